"""Every design of the catalogue with letters for its sizes is the design with numbers in their place, exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from random import Random
from typing import Any

import pytest
import sympy
from flint import fmpq_mat

from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Block, Covariance, Determinant, Expectation, Explicit, Inverse, Symbol, Variance
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import TutorError
from tutor.models import catalogue as c
from tutor.models.catalogue import DESIGNS
from tutor.models.mixed import MixedModel

CASES = [(each, sizes) for each in LETTERED for sizes in each.numbers]
IDS = [f"{each}-{sizes}" for each, sizes in CASES]


@cache
def of_letters(design: Lettered) -> MixedModel:
    return design.symbolic


@cache
def of_numbers(design: Lettered, sizes: tuple[int, ...]) -> MixedModel:
    return design.design(*sizes)


class Compared:
    """Values of the design with letters and of that with numbers, at the same drawn parameters and covariates."""

    def __init__(self, design: Lettered, sizes: tuple[int, ...]) -> None:
        self.letters, self.numbers = of_letters(design), of_numbers(design, sizes)
        self.known = {size(letter): number for letter, number in design.known(sizes).items()}
        trees = [self.letters.V, self.numbers.V, self.letters.X]
        self.instance = DrawnInstance(trees, Random(5), sizes=self.known)  # pyright: ignore[reportArgumentType]
        self.covariates: dict[Any, Any] = {}
        for each in named_parts(self.letters):
            if each.name == "x":
                X: Any = self.numbers.X.explicit()
                column = (X[i, X.cols - 1] for i in range(X.rows))
                names = dict.fromkeys(cell for cell in column if cell.is_Symbol)  # in the order of the rows
                values = [sympy.Rational(int(v.p), int(v.q)) for v in self.instance.value(each).entries()]
                self.covariates = dict(zip(names, values, strict=True))

    def number(self, told: sympy.Expr) -> sympy.Expr:
        """What a size or a rank of the design with letters is."""
        return told.subs(list(self.known.items()))

    def of_letters(self, tree: Tree) -> fmpq_mat:
        return self.instance.value(tree)

    def of_numbers(self, tree: Tree) -> fmpq_mat:
        if not self.covariates:
            return self.instance.value(tree)
        return self.instance.value(Explicit(tree.explicit().xreplace(self.covariates)))


def named_parts(model: MixedModel) -> list[Symbol]:
    """The symbols of X and Z of which only the name is known."""
    trees = [tree.definition for tree in (model.X, model.Z) if tree is not None and tree.definition is not None]
    found = {symbol for tree in trees for symbol in symbols_of(tree)}
    inner = {symbol for each in found if each.definition is not None for symbol in symbols_of(each.definition)}
    return [symbol for symbol in sorted(found | inner, key=lambda s: s.name) if symbol.definition is None]


def is_known(tree: Tree) -> bool:
    return all(symbol.definition is not None or symbol.name == "x" for symbol in symbols_of(tree))


def test_each_design_of_the_catalogue_is_in_this_table_at_three_sets_of_sizes() -> None:
    assert {each.name for each in LETTERED} == set(DESIGNS)
    assert all(len(set(each.numbers)) >= 3 for each in LETTERED)


@pytest.mark.parametrize(("design", "sizes"), CASES, ids=IDS)
def test_sizes_and_ranks_are_those_of_numbers(design: Lettered, sizes: tuple[int, ...]) -> None:
    both = Compared(design, sizes)
    letters, numbers = both.letters, both.numbers
    assert both.number(letters.n) == numbers.n
    assert both.number(letters.p) == numbers.p
    assert both.number(letters.rank) == numbers.rank == both.of_numbers(numbers.X).rank()
    assert both.number(letters.null_space().dimension) == numbers.null_space().dimension
    assert letters.null_space().told or letters.null_space().dimension == 0
    assert (letters.Z is None) == (numbers.Z is None)
    if letters.q is not None and numbers.q is not None:
        assert both.number(letters.q) == numbers.q
    assert [p.key for p in letters.parameters] == [p.key for p in numbers.parameters]


@pytest.mark.parametrize(("design", "sizes"), CASES, ids=IDS)
def test_X_and_Z_are_those_of_numbers(design: Lettered, sizes: tuple[int, ...]) -> None:
    both = Compared(design, sizes)
    letters, numbers = both.letters, both.numbers
    if letters.Z is not None and numbers.Z is not None:
        assert both.of_letters(letters.Z) == both.of_numbers(numbers.Z)
    whole = both.of_numbers(numbers.X)
    first = 0
    assert letters.X.definition is not None
    blocks = letters.X.definition.grid[0] if isinstance(letters.X.definition, Block) else (letters.X.definition,)
    for block in blocks:
        width = int(both.number(block.columns))  # pyright: ignore[reportArgumentType]
        mine = [[whole[i, j] for j in range(first, first + width)] for i in range(whole.nrows())]
        if is_known(block):
            assert both.of_letters(block) == fmpq_mat(mine)
        else:
            # Which level a row has is not known, and that it has one is: none before the first period.
            assert isinstance(block, Symbol) and block.name.startswith("X_")
            totals = {sum(row) for row in mine}
            assert totals == ({0, 1} if block.name == "X_lambda" else {1})
        first += width
    assert first == whole.ncols()


@pytest.mark.slow
@pytest.mark.parametrize(("design", "sizes"), CASES, ids=IDS)
def test_V_its_inverse_and_its_determinant_are_those_of_numbers(design: Lettered, sizes: tuple[int, ...]) -> None:
    both = Compared(design, sizes)
    V = both.letters.V
    value = both.of_numbers(both.numbers.V)
    assert both.of_letters(V) == both.of_letters(V.closed_form()) == value
    inverse, determinant = V.inv().closed_form(), V.det().closed_form()
    assert both.of_letters(inverse) == value.inv()
    assert both.of_letters(determinant)[0, 0] == value.det()
    if design.is_closed:
        assert not any(
            isinstance(node, Inverse | Determinant) for tree in (inverse, determinant) for node in walk(tree)
        )


@pytest.mark.parametrize(("design", "sizes"), CASES, ids=IDS)
def test_the_moments_of_y_are_derived_as_with_numbers(design: Lettered, sizes: tuple[int, ...]) -> None:
    both = Compared(design, sizes)
    for model in (both.letters, both.numbers):
        assert str(model.derive("E(y)").result) == "Xβ"
    result = both.letters.derive("Var(y)").result
    assert not any(isinstance(node, Variance | Covariance | Expectation) for node in walk(result))
    assert both.of_letters(result) == both.of_numbers(both.numbers.V)


@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_the_equation_with_letters_is_that_of_numbers_but_for_its_ranges(design: Lettered) -> None:
    letters, numbers = of_letters(design), of_numbers(design, design.numbers[0])
    assert [term.coefficient for term in letters.index.terms] == [term.coefficient for term in numbers.index.terms]
    assert letters.index.response == numbers.index.response
    for run in letters.index.ranges:
        assert isinstance(run.extent, sympy.Expr)
        known = {size(letter): number for letter, number in design.known(design.numbers[0]).items()}
        (other,) = (each.extent for each in numbers.index.ranges if each.letter == run.letter)
        assert run.extent.subs(list(known.items())) == other


@pytest.mark.parametrize(("t", "r"), [(2, 3), (3, 2), (4, 3)])
def test_slopes_of_each_treatment_have_the_rank_of_numbers(t: int, r: int) -> None:
    letters, numbers = c.ancova("t", "r", slopes="separate"), c.ancova(t, r, slopes="separate")
    known = [(size("t"), t), (size("r"), r)]
    assert letters.rank.subs(known) == numbers.rank == 2 * t
    assert letters.p.subs(known) == numbers.p
    assert letters.V.numpy(t=t, r=r, sigma2=2).tolist() == numbers.V.numpy(sigma2=2).tolist()


@pytest.mark.parametrize(
    ("built", "closed"),
    [
        (lambda: c.augmented("c", "n", "b"), "I_b ⊗ (σ² I_{n/b + c} + σ²_u J_{n/b + c})"),
        (lambda: c.alpha("t", "r", "k"), "I_{rt/k} ⊗ (σ² I_k + σ²_u J_k)"),
        (lambda: c.crossover("n"), "I_{2n} ⊗ (σ² I₂ + σ²_u J₂)"),
        (lambda: c.crossover("n", "t"), "I_ns ⊗ (σ² I_t + σ²_u J_t)"),
        (lambda: c.crossover("s", "t"), "I_sw ⊗ (σ² I_t + σ²_u J_t)"),
        (lambda: c.bibd("t", "b", "k", samples="s"), "I_b ⊗ (σ² I_ks + σ²_v (I_k ⊗ J_s) + σ²_u J_ks)"),
    ],
)
def test_V_is_known_by_its_structure(built: Callable[[], MixedModel], closed: str) -> None:
    assert str(built().V.closed_form()) == closed


def test_the_part_of_X_without_entries_is_told() -> None:
    told = str(c.graeco_latin("t").glossary("matrix"))
    assert "X_τ" in told and "X_α" in told and "a 1 at its own" in told


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: c.augmented("c", 7, 3), "7 new entries are not shared equally by 3"),
        (lambda: c.alpha(12, "r", 5), "12 treatments do not fill"),
        (lambda: c.alpha("j", "r", "k"), "j stands for something else"),
        (lambda: c.crossover("n", "ABBA"), r'sequences=\["ABBA"\]'),
        (lambda: c.crossover("n", "t", treatments=("a", "b")), "a\\*b combinations"),
        (lambda: c.row_column("t", "r", "c", arrangement=[[1, 2], [2, 1]]), "with letters for sizes there are none"),
        (lambda: c.repeated_measures("s", "t", within="un"), "a parameter for each time"),
        (lambda: c.ancova("t", "b", blocks_are="random", slopes="separate"), "values of its covariate"),
    ],
)
def test_what_no_letter_can_say_is_refused_with_its_reason(call: Callable[[], MixedModel], words: str) -> None:
    with pytest.raises(TutorError, match=words):
        call()


ASKED = ["tau_1 - tau_2", "tau_1", "mu", "mu + tau_1", "tau_1 - 2*tau_2 + tau_3"]

FIXED_UNITS = [
    Lettered(partial(c.augmented, blocks_are="fixed"), "cnb", ((2, 6, 3),)),
    Lettered(c.augmented, "cnb", ((2, 6, 3),)),
    Lettered(partial(c.bibd, blocks_are="fixed"), "tbk", ((4, 6, 2),)),
    Lettered(c.alpha, "trh", ((12, 2, 3),)),
    Lettered(partial(c.row_column, rows_and_columns_are="fixed"), "trc", ((7, 3, 7),)),
    Lettered(partial(c.latin_square, rows_and_columns_are="fixed"), "t", ((4,),)),
    Lettered(c.crossover, "nt", ((2, 3),)),
    Lettered(partial(c.crossover, sequences=3), "n", ((2,),)),
]


@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("design", FIXED_UNITS, ids=str)
def test_what_is_estimable_with_letters_is_estimable_with_numbers(design: Lettered, what: str) -> None:
    letters, numbers = of_letters(design), of_numbers(design, design.numbers[0])
    found = letters.estimable(what)
    assert found.estimable == numbers.estimable(what).estimable
    assert "y_1" not in found.because  # which rows there are is not known
