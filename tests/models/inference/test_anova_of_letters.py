"""The analysis of variance of incomplete blocks and of groups of unequal sizes, with letters for sizes, against that
of the same designs in numbers; each step on exact instances of such a design."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import pytest
import sympy
from flint import fmpq_mat

from tests.exact import are_same, assert_derivation_holds
from tests.models.designs import CASES
from tests.models.inference.dense import independent_columns
from tests.models.inference.test_anova import has_table
from tests.models.inference.test_fixed_part import number, value
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.arithmetic import Exact
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.evaluate import Instance
from tutor.algebra.indices import Total
from tutor.algebra.nodes import Scalar, Scaled, Symbol
from tutor.algebra.parameters import sizes_of
from tutor.algebra.rules import Derivation
from tutor.models import catalogue as c
from tutor.models.from_formula import model as from_formula
from tutor.models.inference.anova_table import Line
from tutor.models.inference.carryover_sources import is_beside_carryover
from tutor.models.inference.efficiency import efficiency
from tutor.models.inference.incomplete_units import is_incomplete
from tutor.models.inference.unequal_groups import named_sizes
from tutor.models.mixed import MixedModel
from tutor.notation.write import unicode

CROSSED_OVER = [
    Lettered(partial(c.crossover, sequences=sequences), "n", ((2,), (3,), (5,)))
    for sequences in (["ABB", "BAA"], ["AB", "BA", "AA", "BB"], ["ABC", "BCC", "CAA"])
]
INCOMPLETE = [design for design in [*LETTERED, *CROSSED_OVER] if is_incomplete(design.symbolic)]

BESIDE_CARRYOVER = [design for design in LETTERED if is_beside_carryover(design.symbolic)]


def put(expression: Any, known: dict[str, int]) -> Any:
    """The value at numbers for letters."""
    return sympy.nsimplify(
        expression.xreplace({s: sympy.Integer(known[str(s)]) for s in expression.free_symbols if str(s) in known})
    )


def test_the_designs_are_those_of_incomplete_blocks_rows_and_columns() -> None:
    assert {design.name for design in INCOMPLETE} == {"bibd", "alpha", "augmented", "row_column", "crossover"}


@pytest.mark.parametrize("design", [*INCOMPLETE, *BESIDE_CARRYOVER], ids=str)
def test_letters_become_the_numbers_of_the_design(design: Lettered) -> None:
    """A source has the means that these numbers leave it; in letters it may have more, which depends on the rows."""
    letters = design.symbolic.anova()
    for sizes in design.numbers:
        known = design.known(sizes)
        numbers = design.design(*sizes).anova()
        assert [line.name for line in letters] == [line.name for line in numbers]
        for left, right in zip(letters, numbers, strict=True):
            assert put(left.source.degrees_of_freedom, known) == right.source.degrees_of_freedom
            if right.source.degrees_of_freedom == 0:
                continue
            assert [(v, put(share, known)) for v, share in left.source.coefficients] == list(right.source.coefficients)
            assert set(right.source.means) <= set(left.source.means)
            if left.test is not None and put(left.test.degrees_of_freedom, known) != 0:
                assert right.test is not None and left.test.denominator == right.test.denominator
        beside = {line.name: line.source for line in numbers.adjusted}
        for line in letters.adjusted:
            told = beside[line.name].coefficients
            assert [(v, put(share, known)) for v, share in line.source.coefficients] == list(told)
            assert put(line.source.degrees_of_freedom, known) == beside[line.name].degrees_of_freedom


def assert_holds_on(derivation: Derivation, letters: MixedModel, numbers: MixedModel, known: dict[str, int]) -> None:
    """Every line has one value where the columns of treatments are those of the design in numbers."""
    sizes = {letter: known[str(letter)] for letter in sizes_of(*derivation.lines)}
    instance = DrawnInstance(derivation.lines, random.Random(1), sizes=sizes)
    X, labels = Instance(Exact()).value(numbers.X).tolist(), list(numbers.X.column_labels or ())
    for (term, block), own in zip(letters.fixed_blocks(), numbers.fixed, strict=True):
        if isinstance(block, Symbol) and block.definition is None:
            assert term.name == own.name
            places = [labels.index(label) for label in own.columns or ()]
            instance._drawn[block] = fmpq_mat([[row[j] for j in places] for row in X])  # pyright: ignore[reportPrivateUsage]
    first, *others = (instance.value(line) for line in derivation.lines)
    assert all(are_same(first, each) for each in others)


SMALL = [(design, sizes) for design in INCOMPLETE for sizes in design.numbers[:2]]
SMALL += [(design, design.numbers[0]) for design in BESIDE_CARRYOVER]


@pytest.mark.parametrize(("design", "sizes"), SMALL, ids=str)
def test_each_step_holds_on_a_design(design: Lettered, sizes: tuple[int, ...]) -> None:
    letters, numbers, known = design.symbolic, design.design(*sizes), design.known(sizes)
    table = letters.anova()
    for line in (*table, *table.adjusted):
        if put(line.source.degrees_of_freedom, known) == 0:
            continue
        assert_holds_on(line.derivation, letters, numbers, known)
    for line in table.adjusted if put(table["residual"].source.degrees_of_freedom, known) != 0 else ():
        assert line.source.part.variance is not None
        assert_holds_on(table.derive(line.source.part.variance), letters, numbers, known)
    assert all(step.because for line in letters.anova() for step in line.derivation.steps)


def test_blocks_adjusted_for_treatments_tell_the_variance_of_blocks() -> None:
    """Yates (1940) for balanced blocks; with the samples of a plot in the place of the residual."""
    found = c.bibd("t", "b", "k").anova().components()
    assert {str(variance): str(total) for variance, total in found.items()} == {
        "sigma2_u": "MS_block-after-treatment*(b - 1)/(b*k - t) - MS_residual*(b - 1)/(b*k - t)",
        "sigma2": "MS_residual",
    }
    assert "sigma2_u" in map(str, c.augmented("c", "n", "b").anova().components())
    assert "sigma2_r" not in str(c.row_column("t", "r", "c").anova().components())  # neither line may be complete


def test_data_have_the_adjusted_sum_of_squares() -> None:
    """y'Ay by the projections on the listed columns."""
    data = {"y": [1, 3, 2, 5, 4, 7, 6], "g": list("aabbccc"), "x": [1, 2, 1, 3, 2, 5, 4]}
    m = from_formula("y ~ x + (1 | g)", data)
    (line,) = m.anova().adjusted
    value = Instance(Exact()).value
    y = fmpq_mat([[each] for each in data["y"]])
    X, Z = value(m.X), value(m.random[0].matrix)
    both = independent_columns(fmpq_mat([[*a, *b] for a, b in zip(X.tolist(), Z.tolist(), strict=True)]))
    squares = [y.transpose() * C * (C.transpose() * C).inv() * C.transpose() * y for C in (both, X)]
    assert line.observed is not None
    assert str(line.observed.sum_of_squares) == str((squares[0] - squares[1])[0, 0])


def test_it_says_what_is_taken_for_granted() -> None:
    def told(model: MixedModel) -> set[str | None]:
        return {step.assumption for line in model.anova() for step in line.derivation.steps} - {None}

    assert told(c.bibd("t", "b", "k")) == {"any two levels of treatment are together in equally many blocks"}
    assert told(c.alpha("t", "r", "k")) == {
        "no difference of treatment is hidden by replicate:block, and each replicate holds each treatment once"
    }
    assert told(c.row_column("t", "r", "c")) == {"no difference of treatment is hidden by row and column"}
    assert told(c.augmented("c", "n", "b")) == set()
    (of_williams,) = told(c.crossover("n", "t", carryover=True))
    assert of_williams is not None and of_williams.endswith("follows each other equally often")


def test_incomplete_blocks_ignore_treatments_and_treatments_are_adjusted_for_blocks() -> None:
    """Searle (1971), section 7.1; John and Williams (1995), section 2.3: the efficiency of the blocks is in Q."""
    m = c.bibd("t", "b", "k")
    table = unicode(m.anova())
    assert "σ² + k σ²_u + Q(treatment)" in table and "MS_treatment/MS_residual" in table
    told = unicode(m.anova()["treatment"])
    assert "e = t (k − 1)/(k (t − 1))" in told and "(b (k − 1)/(t − 1)²) (∑_{i=1}^t (τ_i − τ̄_·)²)" in told
    assert unicode(m.anova().derive("sigma2").result) == "σ²"


@pytest.mark.parametrize("sizes", [(4, 6, 2), (7, 7, 3), (6, 10, 3)])
@pytest.mark.parametrize("options", [{}, {"blocks_are": "fixed"}, {"samples": 2}], ids=str)
def test_the_efficiency_shares_the_effects_between_and_within_blocks(sizes: Any, options: Any) -> None:
    """Q of letters is (Xβ)'AXβ/f of numbers, of the blocks and of the treatments."""
    letters, numbers = c.bibd("t", "b", "k", **options), c.bibd(*sizes, **options)
    known = dict(zip("tbk", sizes, strict=True))
    e, theirs = efficiency(letters), efficiency(numbers)
    assert e is not None and put(e, known) == theirs == sympy.Rational(
        sizes[0] * (sizes[2] - 1), sizes[2] * (sizes[0] - 1)
    )
    seen = 0
    for mine, other in zip(letters.anova(), numbers.anova(), strict=True):
        assert (mine.fixed_part is None) == (other.fixed_part is None)
        if mine.fixed_part is not None and other.fixed_part is not None:
            seen += 1
            factor = put(number(mine.fixed_part.parts[0]), known)
            assert factor == (number(other.fixed_part.parts[0]) if isinstance(other.fixed_part, Scaled) else 1)
            assert_is_Q(other, numbers)
    assert seen == (1 if options.get("blocks_are") else 2)


def assert_is_Q(line: Line, model: MixedModel) -> None:
    """In effects Q is (Xβ)'AXβ/f."""
    assert model.beta.entries is not None and line.fixed_part is not None and line.squares is not None
    rng = random.Random(2)
    beta: dict[sympy.Basic, int] = {entry: rng.randint(-9, 9) for entry in model.beta.entries.flat()}
    if line.name == "block":  # random: Q is of the treatments alone
        assert line.source.means == ("treatment",)
    mean = model.X.explicit() * model.beta.entries.xreplace(beta)
    A = line.squares.projections[line.name].explicit()
    assert value(line.fixed_part, model, beta) == (mean.T * A * mean)[0, 0] / line.source.degrees_of_freedom


def test_data_in_balanced_incomplete_blocks_have_the_efficiency_too() -> None:
    frame = c.bibd(4, 4, 3).dataframe()
    rows = {name: list(frame[name]) for name in frame}
    rows["y"] = [float(i * i % 7) for i in range(12)]
    assert efficiency(from_formula("y ~ treatment + (1 | block)", rows)) == sympy.Rational(8, 9)
    assert efficiency(c.rcbd(3, 4)) is None and efficiency(c.alpha(12, 2, 3)) is None
    assert efficiency(c.augmented("c", "n", "b")) is None and efficiency(c.row_column("t", "r", "c")) is None


# Groups of unequal sizes

RAGGED: list[tuple[Any, list[tuple[dict[str, int], MixedModel]]]] = [
    (("a", "n_i"), [({"a": 3, "n_1": 2, "n_2": 3, "n_3": 4}, c.one_way(3, [2, 3, 4])),
                    ({"a": 2, "n_1": 1, "n_2": 5}, c.one_way(2, [1, 5]))]),
    (("a", "b", "n_ij"), [({"a": 2, "b": 2, "n_11": 1, "n_12": 3, "n_21": 2, "n_22": 2},
                           c.nested(reps=[[1, 3], [2, 2]])),
                          ({"a": 3, "b": 2, "n_11": 1, "n_12": 3, "n_21": 2, "n_22": 4, "n_31": 1, "n_32": 1},
                           c.nested(reps=[[1, 3], [2, 4], [1, 1]]))]),
    (("a", "b_i", "n_ij"), [({"a": 2, "b_1": 2, "b_2": 3, "n_11": 1, "n_12": 3, "n_21": 2, "n_22": 2, "n_23": 4},
                             c.nested(reps=[[1, 3], [2, 2, 4]]))]),
    (("a", "b_i", "n"), [({"a": 2, "b_1": 2, "b_2": 4, "n": 3}, c.nested(reps=[[3, 3], [3, 3, 3, 3]])),
                         ({"a": 3, "b_1": 2, "b_2": 4, "b_3": 3, "n": 2}, c.nested(reps=[[2, 2], [2] * 4, [2] * 3]))]),
    (("a", "b", "n_j"), [({"a": 2, "b": 3, "n_1": 2, "n_2": 1, "n_3": 4}, c.nested(reps=[[2, 1, 4], [2, 1, 4]]))]),
    (("a", "b_i", "c_ij", "n"), [({"a": 2, "b_1": 2, "b_2": 3, "c_11": 2, "c_12": 1, "c_21": 1, "c_22": 2, "c_23": 2,
                                   "n": 2},
                                 c.nested(reps=[[[2, 2], [2]], [[2], [2, 2], [2, 2]]]))]),
]  # fmt: skip


def ragged(sizes: Any) -> MixedModel:
    return c.one_way(*sizes) if len(sizes) == 2 else c.nested(*sizes)


@pytest.mark.parametrize(("sizes", "cases"), RAGGED, ids=lambda given: str(given) if isinstance(given[0], str) else "")
def test_unequal_groups_have_the_coefficients_of_their_numbers(sizes: Any, cases: Any) -> None:
    """Searle (1971), section 11.3: traces of (P_k − P_{k−1}) Z_rZ_r', found there by elimination."""
    letters = ragged(sizes)
    table, named = letters.anova(), named_sizes(letters)
    for known, numbers in cases:
        shares = {name: size.definition.numpy(**known)[0, 0] for name, size in named.items()}
        for left, right in zip(table, numbers.anova(), strict=True):
            df = Scalar(left.source.degrees_of_freedom).numpy(**needed(left.source.degrees_of_freedom, known))[0, 0]
            assert df == pytest.approx(float(right.source.degrees_of_freedom))
            mine, others = dict(left.source.coefficients), dict(right.source.coefficients)
            assert list(mine) == list(others)
            for variance, share in mine.items():
                at = (
                    shares[share]
                    if isinstance(share, sympy.Symbol) and share in shares
                    else Scalar(share).numpy(**needed(share, known))[0, 0]
                )
                assert at == pytest.approx(float(others[variance]), rel=1e-12)


def needed(expression: sympy.Expr, known: dict[str, int]) -> dict[str, int]:
    """The numbers that a size asks for, those of the letters n_ij and b_i of its totals with it."""
    letters = {str(letter) for letter in expression.free_symbols}
    several = {base for each in expression.atoms(Total) for base in bases_of(each)}
    return {name: size for name, size in known.items() if name in letters or name.partition("_")[0] in several}


def bases_of(total: Any) -> set[str]:
    """n and b of n_.. = Σ_i Σ_j n_ij with j up to b_i."""
    inner = bases_of(total.letter) if isinstance(total.letter, Total) else {total.letter.name.partition("_")[0]}
    return inner | {str(letter).partition("_")[0] for letter in total.last.free_symbols if "_" in str(letter)}


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [each for each, _ in RAGGED], ids=str)
def test_each_step_to_a_mean_square_of_unequal_groups_holds(sizes: Any) -> None:
    table = ragged(sizes).anova()
    for line in table:
        assert_derivation_holds(line.derivation, seeds=1)
    for variance in table.components():
        found = table.derive(variance)
        assert_derivation_holds(found, seeds=1)
        assert found.result == Scalar(variance)
    assert "where" in unicode(table) and "is" in unicode(table)


def test_mean_squares_of_unequal_groups_are_no_multiples_of_chi_squared() -> None:
    """So that Satterthwaite's formula has no derivation there, and the line says why; with equal ones it has."""
    for unequal in (c.nested(reps=[[1, 3], [2, 2, 4]]), c.nested("a", "b_i", "n_ij")):
        line = unequal.anova()["outer"]
        assert line.test is not None and not line.test.is_exact and line.satterthwaite is None
        assert "multiples of χ²" in unicode(line)
    for equal in (c.strip_plot(2, 3, 2), c.strip_plot("a", "b", "r")):
        found = equal.anova()["block"].satterthwaite
        assert found is not None
        assert_derivation_holds(found, seeds=1)


def test_every_degrees_of_freedom_of_a_sum_that_are_derived_hold_on_designs_in_numbers() -> None:
    derived = [line.satterthwaite for case in CASES if has_table(case.model) for line in case.model.anova()]
    assert len([each for each in derived if each is not None]) > 3
    for each in derived:
        if each is not None:
            assert_derivation_holds(each, seeds=1)
