"""Groups of different sizes n_i, of which there are as many as a letter says, against matrices of numbers."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import fmpq

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Matrix
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Determinant, Inverse, Ones, Symbol
from tutor.algebra.sizes import size
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, walk
from tutor.errors import DataError, SizeError, TutorError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.write import write

SIZES = [(2, 3, 5), (1, 4), (2, 2, 1, 6)]
"""The sizes n_1, n_2, … of groups."""


def known(sizes: tuple[int, ...], letter: str = "n", groups: str = "a") -> dict[sympy.Symbol, int]:
    """The letters of a design with these numbers."""
    each = {size(f"{letter}_{number}"): extent for number, extent in enumerate(sizes, start=1)}
    return {size(groups): len(sizes), **each}  # pyright: ignore[reportReturnType]


def unsolved(*trees: Tree) -> bool:
    return any(isinstance(node, Inverse | Determinant) for tree in trees for node in walk(tree))


@pytest.mark.parametrize("sizes", SIZES)
def test_closed_forms_with_letters_are_those_of_the_entries(sizes: tuple[int, ...]) -> None:
    letters, numbers = c.one_way("a", "n_i"), c.one_way(len(sizes), list(sizes))
    instance = DrawnInstance([numbers.V], random.Random(3), sizes=known(sizes))
    V = instance.value(numbers.V)
    one = instance.value(numbers.X)
    assert instance.value(letters.V) == V
    inverse, determinant, ones = (
        tree.closed_form() for tree in (letters.V.inv(), letters.V.det(), letters.X.T @ letters.V.inv() @ letters.X)
    )
    assert not unsolved(inverse, determinant, ones)
    assert instance.value(inverse) == V.inv()
    assert instance.value(determinant)[0, 0] == V.det()
    assert instance.value(ones) == one.transpose() * V.inv() * one
    assert str(ones) == "∑_{i=1}^a (n_i/(σ² + n_i σ²_u))"
    assert instance.value(letters.V.trace().closed_form())[0, 0] == sum(V[i, i] for i in range(V.nrows()))
    assert instance.value(Applied("rank", (letters.V,)).closed_form())[0, 0] == V.nrows()
    assert letters.Z is not None
    between = letters.Z @ letters.Z.T
    assert instance.value(Applied("rank", (between,)).closed_form())[0, 0] == len(sizes)


@pytest.mark.parametrize("sizes", SIZES)
def test_eigenvalues_of_each_group_are_those_of_the_entries(sizes: tuple[int, ...]) -> None:
    letters, numbers = c.one_way("a", "n_i"), c.one_way(len(sizes), list(sizes))
    instance = DrawnInstance([numbers.V], random.Random(3), sizes=known(sizes))
    found = letters.V.eigenvalues()
    assert str(found).splitlines()[1:] == ["σ² + n_i σ²_u  1             i = 1, …, a", "σ²             n_· − a"]
    product, count = fmpq(1), 0
    for value, times in found:
        for number in range(1, len(sizes) + 1) if found.is_of_group(value) else [0]:
            at = {size("n_i"): size(f"n_{number}")} if number else {}
            counted = int(instance.number(times.xreplace(at)))  # pyright: ignore[reportArgumentType]
            product, count = product * instance.number(value.xreplace(at)) ** counted, count + counted
    value = instance.value(numbers.V)
    assert (product, count) == (value.det(), value.nrows())


NESTED = {
    "inner groups": (("a", "b_i", "n"), known((2, 3), "b") | {size("n"): 2}, [(2, 2), (2, 2, 2)]),
    "observations": (("a", "b", "n_i"), known((3, 1, 2)) | {size("b"): 2}, [(3, 3), (1, 1), (2, 2)]),
}
"""Sizes with letters, numbers for them, and for each outer group the sizes of its inner ones."""


@pytest.mark.parametrize("name", NESTED)
def test_nested_groups_with_letters_are_those_of_data(name: str) -> None:
    arguments, numbers, groups = NESTED[name]
    rows = [(f"h{i}", f"s{i}{j}") for i, inner in enumerate(groups) for j, n in enumerate(inner) for _ in range(n)]
    data = {"y": list(range(len(rows))), "herd": [r[0] for r in rows], "sire": [r[1] for r in rows]}
    dense, letters = model("y ~ 1 + (1 | herd/sire)", data=data), c.nested(*arguments)
    instance = DrawnInstance([dense.V], random.Random(5), sizes=numbers)  # pyright: ignore[reportArgumentType]
    V, inverse, determinant = instance.value(dense.V), letters.V.inv().closed_form(), letters.V.det().closed_form()
    assert instance.value(letters.V) == V
    assert not unsolved(inverse, determinant)
    assert instance.value(inverse) == V.inv()
    assert instance.value(determinant)[0, 0] == V.det()


LINES = [[[0, 1, 3], [2, 5]], [[1, 2, 4], [0, 3], [1, 5, 6, 7]], [[0, 2, 3], [1, 4, 6], [1, 3, 7], [2, 5]]]
"""The values of x in each group."""


class WithCovariate(DrawnInstance):
    """An instance with given vectors x_1, x_2, …."""

    def __init__(self, model: MixedModel, values: list[list[int]]) -> None:
        super().__init__([model.V], random.Random(2), sizes=known(tuple(map(len, values)), groups="s"))
        self._given = {f"x_{number}": own for number, own in enumerate(values, start=1)}

    def matrix(self, symbol: Symbol) -> Matrix:
        values = self._given.get(symbol.name)
        if values is None:
            return super().matrix(symbol)
        cells = {(i, 0): self.arithmetic.rational(value) for i, value in enumerate(values)}
        return self.arithmetic.matrix(len(values), 1, cells)


@pytest.mark.parametrize("values", LINES)
@pytest.mark.parametrize("design", [c.random_intercepts, c.random_slopes])
def test_lines_of_groups_with_letters_are_those_of_the_entries(design, values: list[list[int]]) -> None:
    letters, numbers = design("s", "n_j"), design(len(values), values)
    instance = WithCovariate(numbers, values)
    V, X = instance.value(numbers.V), instance.value(numbers.X)
    assert instance.value(letters.V) == V
    assert instance.value(letters.X) == X
    inverse, determinant = letters.V.inv().closed_form(), letters.V.det().closed_form()
    information = (letters.X.T @ letters.V.inv() @ letters.X).closed_form()
    assert instance.value(inverse) == V.inv()
    assert instance.value(determinant)[0, 0] == V.det()
    assert instance.value(information) == X.transpose() * V.inv() * X
    assert str(information).startswith("∑_{j=1}^s") or design is c.random_intercepts
    assert instance.value(letters.V.trace().closed_form())[0, 0] == sum(V[i, i] for i in range(V.nrows()))
    for tree in (inverse, determinant):  # what is left to be inverted has as many rows as a group has coefficients
        assert all(node.tree.rows <= 2 for node in walk(tree) if isinstance(node, Inverse | Determinant))


@pytest.mark.parametrize("what", ["V^-1", "|V|", "y'V^{-1}y", "X'V^{-1}X"])
@pytest.mark.parametrize("design", [c.one_way("a", "n_i"), c.nested("a", "b_i", "n"), c.random_slopes("a", "n_j")])
def test_each_step_of_a_derivation_holds(design: MixedModel, what: str) -> None:
    lines = list(design.derive(what).lines)
    y = {f"y_{index}" for index in "ij"} | {"y"}
    for tree in lines:
        for node in walk(tree):
            if isinstance(node, Symbol) and node.name in y:
                lines = [replace(line, {node: Ones(*node.shape)}) for line in lines]  # the form at a given point
    instance = DrawnInstance([design.V, *lines], random.Random(4))
    assert all(instance.value(line) == instance.value(lines[0]) for line in lines)


def test_the_logarithm_of_the_determinant_has_what_is_common_in_front() -> None:
    result = c.one_way("a", "n_i").derive("log|V|").result
    assert str(result) == "(n_· − a) log(σ²) + ∑_{i=1}^a log(σ² + n_i σ²_u)"


def test_the_weighted_mean_of_groups() -> None:
    m = c.one_way("a", "n_i")
    estimate = (m.X.T @ m.V.inv() @ m.X).inv() @ m.X.T @ m.V.inv() @ m.y
    assert str(closed_form(estimate)) == (
        "(∑_{i=1}^a (n_i/(σ² + n_i σ²_u)))⁻¹(∑_{i=1}^a (1_{n_i}' y_i/(σ² + n_i σ²_u)))"
    )


def test_the_card_says_what_the_total_is() -> None:
    text = str(c.one_way("a", "n_i"))
    assert "n = n_·, n_· = ∑_{i=1}^a n_i" in text
    assert "j = 1, …, n_i" in text
    assert "⨁_{i=1}^a (σ² I_{n_i} + σ²_u J_{n_i})" in text


@pytest.mark.parametrize("dialect", ["unicode", "latex", "markdown", "mathml", "typst", "spoken"])
def test_it_is_written_in_every_dialect(dialect: str) -> None:
    m = c.one_way("a", "n_i")
    for thing in (m, m.V.inv().closed_form(), m.V.det().closed_form(), m.V.eigenvalues(), m.derive("log|V|")):
        assert write(thing, dialect)  # pyright: ignore[reportArgumentType]


def test_letters_for_a_known_number_of_groups_are_told_one_by_one() -> None:
    closed = c.one_way(3, "n_i").V.det().closed_form()
    assert str(closed) == "(σ²)^(n_1 + n_2 + n_3 − 3)(σ² + n_1 σ²_u)(σ² + n_2 σ²_u)(σ² + n_3 σ²_u)"


def test_replicates_of_treatments_may_differ() -> None:
    m = c.crd("t", "r_i")
    instance = DrawnInstance([m.V, m.X], random.Random(1), sizes=known((2, 3), "r", "t"))
    assert instance.value(m.X).rank() == 2 == instance.number(m.rank)
    assert instance.value(m.X).nrows() == 5


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: c.one_way("a", [2, 3]), SizeError),
        (lambda: c.one_way(3, [2, 3]), SizeError),
        (lambda: c.one_way(3, [2, 0, 3]), SizeError),
        (lambda: c.one_way(2, [1, 1]), DataError),
        (lambda: c.one_way(2, ["n", 2]), SizeError),  # pyright: ignore[reportArgumentType]
        (lambda: c.nested("a", "b", "n_ji").V.explicit(), SizeError),
        (lambda: c.rcbd("t_j", "b"), SizeError),
        (lambda: c.random_slopes(2, [[1, 2], [3, "x"]]), DataError),
        (lambda: c.random_slopes(3, [[1, 2], [3, 4]]), SizeError),
        (lambda: c.one_way("a", "n_i").V.explicit(), SizeError),
        (lambda: c.one_way("a", "n_i").strata(), TutorError),
    ],
)
def test_what_has_no_such_groups_is_refused(call, error: type[TutorError]) -> None:
    with pytest.raises(error):
        call()
