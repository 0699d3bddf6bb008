"""Nested groups whose sizes repeat or vary at any depth, with letters, against matrices of entries."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
import sympy
from flint import arb

from tests.exact import are_same, assert_derivation_holds
from tutor.algebra.applied import at_index
from tutor.algebra.arithmetic import Matrix
from tutor.algebra.between import derivation_between
from tutor.algebra.build import identity, kron, ones, symbol
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.indices import at_numbers, value_at
from tutor.algebra.laws.ranks import rank_of
from tutor.algebra.nodes import Determinant, Explicit, Inverse, Scalar, Scaled, Sum, Symbol, Trace
from tutor.algebra.sizes import size
from tutor.algebra.structure.eigenvalues import Eigenvalues
from tutor.algebra.structure.secular import LAMBDA
from tutor.algebra.structure.solve import log_determinant
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import NotEqualError
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

DESIGNS: list[tuple[Any, ...]] = [
    ("a", "b", "n_j"),
    ("a", "b", "n_i"),
    ("a", 3, "n_j"),
    (2, "b", "n_j"),
    (2, 2, "n_j"),
    ("a", "b_i", "n_j"),
    ("a", "b", "n_ij"),
    ("a", "b", "c", "n_k"),
    ("a", "b", "c", "n_jk"),
    ("a", "b", "c", "n_ik"),
    ("a", "b", "c", "n_ijk"),
    ("a", "b", "c_j", "n"),
    ("a", "b_i", "c_ij", "n"),
]


GIVEN = [{"a": 2, "b": 2, "c": 2}, {"a": 2, "b": 3, "c": 2}, {"a": 3, "b": 2, "c": 2}]
"""How many groups there are at each depth, in three instances."""


def letters(given: dict[str, int], rng: random.Random) -> dict[sympy.Symbol, int]:
    """All sizes of the designs above, those with an index from 1 to 3."""
    each = {f"b_{i}": rng.randint(1, 3) for i in range(1, 4)}
    for depth in range(1, 4):
        for place in product(range(1, 4), repeat=depth):
            below = "".join(map(str, place))
            each[f"n_{below}"] = rng.randint(1, 3)
            each[f"c_{below}"] = rng.randint(1, 2)
    return {size(name): number for name, number in {**each, **given, "n": 2}.items()}  # pyright: ignore[reportReturnType]


def instances(design: MixedModel, *trees: Tree) -> Iterable[DrawnInstance]:
    """Three instances with sizes of their own, each exact."""
    for seed, given in enumerate(GIVEN):
        sizes = letters(given, random.Random(seed))
        yield DrawnInstance([design.V, *trees], random.Random(seed), sizes=sizes)


def random_columns(design: MixedModel) -> Symbol:
    assert design.Z is not None
    return design.Z


def entries(design: MixedModel, instance: DrawnInstance) -> Matrix:
    """V, n × n, entry by entry: a term of V for each effect that two observations share."""
    Z, G, R = (instance.value(tree) for tree in (random_columns(design), design.G, design.R) if tree is not None)
    return Z * G * Z.transpose() + R


def is_closed(tree: Tree) -> bool:
    matrices = (node for node in walk(tree) if isinstance(node, Inverse) and not node.is_scalar)
    return next(matrices, None) is None and not any(
        isinstance(node, Determinant | Trace | Explicit) for node in walk(tree)
    )


@pytest.mark.slow
@pytest.mark.parametrize("sizes", DESIGNS, ids=str)
def test_closed_forms_are_those_of_the_entries(sizes: tuple[Any, ...]) -> None:
    design = c.nested(*sizes)
    V = design.V
    forms = {
        "V": V.closed_form(),
        "inverse": V.inv().closed_form(),
        "determinant": V.det().closed_form(),
        "trace": V.trace().closed_form(),
        "trace of the inverse": V.inv().trace().closed_form(),
        "trace of the square": (V @ V).trace().closed_form(),
        "information": (design.X.T @ V.inv() @ design.X).closed_form(),
        "Z'Z": (random_columns(design).T @ random_columns(design)).closed_form(),
        "X'Z": (design.X.T @ random_columns(design)).closed_form(),
        "log|V|": design.derive("log|V|").result,
    }
    assert [name for name, form in forms.items() if not is_closed(form)] == []
    for instance in instances(design, *forms.values()):
        values = {name: instance.value(form) for name, form in forms.items() if name != "log|V|"}
        dense, X, Z = entries(design, instance), instance.value(design.X), instance.value(random_columns(design))
        inverse, order = dense.inv(), dense.nrows()
        assert values["V"] == dense
        assert values["inverse"] == inverse
        assert values["determinant"][0, 0] == dense.det()
        assert values["trace"][0, 0] == sum(dense[i, i] for i in range(order))
        assert values["trace of the inverse"][0, 0] == sum(inverse[i, i] for i in range(order))
        assert values["trace of the square"][0, 0] == sum((dense * dense)[i, i] for i in range(order))
        assert values["information"] == X.transpose() * inverse * X
        assert values["Z'Z"] == Z.transpose() * Z
        assert values["X'Z"] == X.transpose() * Z
        balls = instance.in_balls()
        logarithms = [balls.value(tree) for tree in (forms["log|V|"], design.derive("log|V|").goal)]
        assert are_same(*logarithms)


@pytest.mark.parametrize("sizes", DESIGNS, ids=str)
@pytest.mark.parametrize("what", ["V^-1", "|V|", "log|V|", "X'V^{-1}X"])
def test_each_step_holds(sizes: tuple[Any, ...], what: str) -> None:
    design = c.nested(*sizes)
    lines = design.derive(what).lines
    instance = next(iter(instances(design, *lines)))
    instance = instance.in_balls() if "log" in what else instance
    values = [instance.value(line) for line in lines]
    assert all(are_same(value, values[0]) for value in values)


def characteristic(found: Eigenvalues, instance: DrawnInstance) -> Any:
    """∏ (λ_k − λ) over all eigenvalues, by the polynomial of those without a closed form; and how many there are."""
    groups = found.groups
    value, count = instance.number(sympy.S.One), 0

    def each(of_group: bool, tree: Tree, *counts: sympy.Expr) -> Iterable[list[Any]]:
        if groups is None or not of_group:
            yield [instance.value(tree)[0, 0], *(number(count) for count in counts)]
            return
        for i in range(1, instance.size(groups.last) + 1):
            told = [number(value_at(count, groups.index, i)) for count in counts]
            yield [instance.value(at_index(tree, groups.index, i))[0, 0], *told]

    def number(count: sympy.Expr) -> int:
        return int(at_numbers(count, instance.sizes))  # pyright: ignore[reportArgumentType]

    for eigenvalue, times in found:
        for difference, power in each(found.is_of_group(eigenvalue), Scalar(eigenvalue - LAMBDA), times):
            value, count = value * difference**power, count + power
    for roots in found.roots:
        for polynomial, power, degree in each(roots.of_group, roots.polynomial, roots.times, roots.number):
            value, count = value * polynomial**power, count + power * degree
    return value, count


@pytest.mark.slow
@pytest.mark.parametrize("sizes", DESIGNS, ids=str)
def test_eigenvalues_make_up_the_characteristic_polynomial(sizes: tuple[Any, ...]) -> None:
    design = c.nested(*sizes)
    found = design.V.eigenvalues()
    for instance in instances(design, *(roots.polynomial for roots in found.roots)):
        balls = instance.in_balls()  # roots of a quadratic are irrational
        dense = instance.value(design.V)
        order = dense.nrows()
        at = instance.arithmetic.matrix(order, order, {(i, i): instance.number(LAMBDA) for i in range(order)})
        value, count = characteristic(found, balls)
        assert count == order
        assert value.overlaps(arb((dense - at).det())) and value.rad() < 1e-9 * abs(value)


LISTS = [[[2, 3], [4, 1]], [[1, 2, 2], [3, 1, 4]], [[2, 2], [3, 3]], [[1, 2, 3], [1, 2, 3]]]


@pytest.mark.parametrize("groups", LISTS, ids=str)
def test_eigenvalues_of_lists_of_sizes(groups: list[list[int]]) -> None:
    design = c.nested(reps=groups)
    found = design.V.eigenvalues()
    assert found.is_complete == all(len(set(group)) < 3 for group in groups)
    instance = DrawnInstance([design.V, *(roots.polynomial for roots in found.roots)], random.Random(3)).in_balls()
    dense = instance.value(design.V)
    order = dense.nrows()
    at = instance.arithmetic.matrix(order, order, {(i, i): instance.number(LAMBDA) for i in range(order)})
    value, count = characteristic(found, instance)
    assert count == order and value.overlaps((dense - at).det()) and value.rad() < 1e-9 * abs(value)


def test_the_reason_why_some_eigenvalues_have_no_closed_form_is_their_equation() -> None:
    found = c.nested("a", "b", "n_ij").V.eigenvalues()
    assert not found.is_complete
    assert str(found).splitlines() == [
        f"{'eigenvalue':<101}  multiplicity  for each",
        f"{'σ²':<101}  n_{{··}} − ab",
        "the roots λ of (∏_{j=1}^b (σ² + n_ij σ²_v − λ))(1 + σ²_u (∑_{j=1}^b (n_ij/(σ² + n_ij σ²_v − λ)))) = 0"
        "  b             i = 1, …, a",
    ]
    assert c.nested("a", "b", "n_i").V.eigenvalues().is_complete


@pytest.mark.parametrize(("sizes", "told"), [
    (("a", "b", "n_j"), "I_a ⊗ (⨁_{j=1}^b (σ² I_{n_j} + σ²_v J_{n_j}) + σ²_u J_{n_·})"),
    ((2, "b", "n_j"), "I₂ ⊗ (⨁_{j=1}^b (σ² I_{n_j} + σ²_v J_{n_j}) + σ²_u J_{n_·})"),
    (("a", "b", "c", "n_k"),
     "I_a ⊗ (I_b ⊗ (⨁_{k=1}^c (σ² I_{n_k} + σ²_w J_{n_k}) + σ²_v J_{n_·}) + σ²_u J_{b n_·})"),
])  # fmt: skip
def test_groups_that_are_alike_stand_in_front(sizes: tuple[Any, ...], told: str) -> None:
    assert str(c.nested(*sizes).V.closed_form()) == told


def test_the_trace_of_an_inverse_is_told_by_eigenvalues() -> None:
    assert str(c.one_way("a", "n_i").V.inv().trace().closed_form()) == ("(n_· − a)/σ² + ∑_{i=1}^a (1/(σ² + n_i σ²_u))")
    assert str(c.nested("a", "b", "n_ij").V.inv().trace().closed_form()) == (
        "(n_{··} − ab)/σ² + ∑_{i=1}^a (∑_{j=1}^b (1/(σ² + n_ij σ²_v)) − (∑_{j=1}^b (n_ij/(σ² + n_ij σ²_v)²))/"
        "(1/σ²_u + ∑_{j=1}^b (n_ij/(σ² + n_ij σ²_v))))"
    )


@pytest.mark.parametrize("sizes", [("a", "b", "n_j"), ("a", "b", "n_ij"), ("a", "b", "c", "n_k")], ids=str)
def test_the_rank_of_a_variance_is_that_of_its_rows(sizes: tuple[Any, ...]) -> None:
    design = c.nested(*sizes)
    assert rank_of(design.V).closed_form() == Scalar(design.n)


def test_a_difference_is_told_by_the_sizes_of_all_groups_alone() -> None:
    V = c.nested("a", "b", "n_ij").V
    with pytest.raises(NotEqualError) as told:
        derivation_between(V.det().closed_form(), Scalar(sympy.Integer(1)))
    assert "n_11 = " in str(told.value) and "n_ij = " not in str(told.value)


@pytest.mark.parametrize(("design", "told"), [
    (c.repeated_measures("s", "t"), "s (t log(σ²) + (t − 1) log(1 − ρ²))"),
    (c.repeated_measures("s", 4), "s (4 log(σ²) + 3 log(1 − ρ²))"),
    (c.repeated_measures("s", 4, within="cs"), "s (4 log(σ²) + 3 log(1 − ρ) + log(1 + 3ρ))"),
])  # fmt: skip
def test_the_logarithm_of_a_determinant_has_the_subjects_in_front(design: MixedModel, told: str) -> None:
    derivation = design.derive("log|V|")
    assert str(derivation.result) == told
    assert "positive definite" in derivation.steps[-1].because
    assert_derivation_holds(derivation)


def test_logarithms_of_unknown_signs_stay_together() -> None:
    A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
    assert str(log_determinant(A @ B).derivation.result) == "log(|A| |B|)"


def test_five_factors_with_letters_are_quick() -> None:
    letters = iter(sympy.symbols("v_1:33", positive=True))
    sizes = "pqrst"
    terms: list[Tree] = []
    for kept in product((True, False), repeat=5):
        factors = [identity(s) if keep else ones(s, s) for s, keep in zip(sizes, kept, strict=True)]
        terms.append(Scaled(Scalar(next(letters)), kron(*factors)))
    assert len(Sum(tuple(terms)).eigenvalues()) == 32
