"""A product with a vector is that of the whole value, and a large matrix has its slip named as a small one has."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq, fmpq_mat, nmod
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checking.misconceptions.designs import reference
from tutor import MixedModel, check, nested, rcbd, read, repeated_measures, split_plot
from tutor.algebra.arithmetic import Exact
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance, draw_sizes
from tutor.algebra.residues import Residues
from tutor.algebra.tree import Tree
from tutor.checking.diagnostic_points import diagnostic_points, rational_point
from tutor.checking.misconceptions.forms import forms_of
from tutor.checking.points import in_column
from tutor.checking.probe import Probe
from tutor.errors import DomainError

ASKED = ["V", "V^{-1}", "ZGZ' + R", "Z'V^{-1}X", "R^{-1} - R^{-1}Z(G^{-1} + Z'R^{-1}Z)^{-1}Z'R^{-1}", "3GZ'"]
MIXED = ["blocks", "more blocks", "blocks by letters", "split plots", "split plots by letters", "nested", "slopes"]


@pytest.mark.parametrize("design", MIXED)
@pytest.mark.parametrize("text", ASKED)
def test_the_product_with_a_vector_is_that_of_the_value(design: str, text: str) -> None:
    for tree in forms_of(reference(design, text)):
        rng = random.Random(7)
        instance = DrawnInstance((tree,), rng, proper=True, arithmetic=Floating(), sizes=draw_sizes((tree,), rng))
        vector = np.array([[rng.uniform(0.5, 1.5)] for _ in range(instance.size(tree.columns))])
        probe = Probe(instance)
        once, again = probe.product(tree, vector), probe.product(tree, vector)
        expected = instance.value(tree) @ vector
        assert np.allclose(once, expected, rtol=1e-9) and np.allclose(again, expected, rtol=1e-9)
        assert np.allclose(Probe(instance).product(tree, vector), expected, rtol=1e-12)


@pytest.mark.parametrize("design", [name for name in MIXED if "letters" not in name])
@pytest.mark.parametrize("text", ASKED)
def test_what_a_change_of_parameters_leaves_is_what_it_is_anew(design: str, text: str) -> None:
    asked = reference(design, text)
    trees: list[Tree] = [asked, reference(design, "Z")]
    instance = DrawnInstance(trees, random.Random(3), arithmetic=Exact())
    before = [instance.value(tree) for tree in trees]
    for name in list(instance.scalars):
        other = instance.changed({name: Fraction(instance.scalars[name]) * 4 + 1})
        anew = DrawnInstance(trees, random.Random(3), arithmetic=Exact())
        anew.scalars.update(other.scalars)
        assert [other.value(tree) for tree in trees] == [anew.value(tree) for tree in trees]
    assert [instance.value(tree) for tree in trees] == before


@pytest.mark.parametrize(
    ("answer", "slip"),
    [("ZGZ'", "missing-residual"), ("R", "missing-random"), ("ZG^{-1}Z' + R", "inverse-for-G"), ("ZGZ' - R", "sign"),
     (r"\sigma^2 ZZ' + \sigma^2_u I", "components-swapped")],
)  # fmt: skip
def test_a_matrix_of_more_than_150_rows_has_its_slip_named(answer: str, slip: str) -> None:
    assert check(answer, rcbd(treatments=8, blocks=20).V).misconception == slip


def test_of_a_large_matrix_of_two_strata_the_slip_is_named() -> None:
    assert check("ZGZ'", split_plot(4, 4, 10).V).misconception == "missing-residual"


@pytest.mark.parametrize("design", ["blocks", "split plots", "nested", "slopes"])
@pytest.mark.parametrize("text", ASKED)
def test_a_column_in_exact_numbers_is_that_of_the_value(design: str, text: str) -> None:
    asked = reference(design, text)
    instance = DrawnInstance((asked,), random.Random(5), friendly=True, sizes={})
    whole = instance.arithmetic.entries(instance.value(asked))
    for column in {0, len(whole[0]) - 1}:
        point = in_column(asked, asked, DrawnInstance((asked,), random.Random(5), friendly=True, sizes={}), column)
        told = point.instance.arithmetic.entries(point.reference)
        assert [line[column] for line in told] == [line[column] for line in whole]
        assert point.agrees


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_what_is_solved_for_by_blocks_is_the_product_with_the_inverse(seed: int, singular: bool) -> None:
    draw = random.Random(seed)
    sizes = [draw.randint(1, 3) for _ in range(3)]
    exact = Exact()
    blocks = [fmpq_mat(n, n, [draw.randint(-3, 3) for _ in range(n * n)]) for n in sizes]
    if singular:
        blocks[draw.randrange(3)] = fmpq_mat(2, 2, [1, 1, 1, 1])
    matrix = exact.block_diagonal(blocks)
    rows = matrix.nrows()
    right = exact.matrix(rows, 2, {(draw.randrange(rows), 0): fmpq(1), (draw.randrange(rows), 1): fmpq(2)})
    if matrix.det() == 0:
        with pytest.raises(DomainError):
            exact.solve(matrix, right)
    else:
        assert exact.solve(matrix, right) == matrix.inv() * right


@pytest.mark.parametrize(
    ("answer", "slip"), [("ZGZ'", "missing-residual"), ("R", "missing-random"), ("ZGZ' - R", "sign")]
)
def test_of_matrices_too_large_to_be_valued_one_column_shows_where_they_differ(answer: str, slip: str) -> None:
    verdict = check(answer, nested(10, 8, 5).V)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", slip)
    example = verdict.counterexample
    assert example is not None
    residual, outer, inner = (int(example.values[name]) for name in ("σ²", "σ²_u", "σ²_v"))
    assert example.cell.row == example.cell.column == 0
    assert int(example.reference) == residual + outer + inner
    told = {"ZGZ'": outer + inner, "R": residual, "ZGZ' - R": outer + inner - residual}
    assert int(example.answer) == told[answer]


def test_of_an_inverse_too_large_to_be_valued_one_column_is_solved_for() -> None:
    V = repeated_measures(20, 10).V
    verdict = check("R", V.inv())
    assert (verdict.outcome, verdict.misconception) == ("incorrect", "inverse-lost")
    assert check("R^{-1}", V.inv()).correct


W = (
    r"I_{10} \otimes (\frac{1}{\sigma^2} (I_{40} - \frac{\sigma_v^2}{\sigma^2+5\sigma_v^2} I_8 \otimes J_5) "
    r"- \frac{\sigma_u^2}{(\sigma^2+5\sigma_v^2)(\sigma^2+5\sigma_v^2+40\sigma_u^2)} J_{40})"
)
"""V⁻¹ of ten groups of eight of five, written out."""


@pytest.mark.parametrize(
    ("answer", "outcome", "slip"),
    [
        (W, "correct", None),
        (W.replace("40\\sigma", "8\\sigma"), "incorrect", None),
        ("R^{-1} - R^{-1}Z(Z'R^{-1}Z + G)^{-1}Z'R^{-1}", "incorrect", "G-for-inverse"),
    ],
)
def test_an_inverse_of_400_rows_is_decided(answer: str, outcome: str, slip: str | None) -> None:
    m = nested(10, 8, 5)
    verdict = check(answer, "V^{-1}", m.vocabulary)
    assert (verdict.outcome, verdict.misconception) == (outcome, slip), verdict.feedback


@pytest.mark.slow
@pytest.mark.parametrize("text", ["(3 I_{5} \\otimes A)^{-1}", "R^{-1}", "(A \\otimes (2 I_{100}))^{-1}"])
def test_an_inverse_by_its_parts_is_the_inverse(text: str) -> None:
    m = rcbd(treatments=10, blocks=12)
    tree = read(text.replace("A", "(I_{40} + \\sigma^2 J_{40})"), m.vocabulary).tree
    assert tree is not None
    instance = DrawnInstance((tree,), random.Random(4), friendly=True, arithmetic=Floating(), sizes={})
    vector = np.array([[float(i % 7)] for i in range(instance.size(tree.columns))])
    assert np.allclose(Probe(instance).product(tree, vector), instance.value(tree) @ vector, rtol=1e-8, atol=1e-8)


def test_a_singular_part_has_no_inverse() -> None:
    tree = read(r"(J_{20} \otimes (2 I_{10}))^{-1}", rcbd(2, 3).vocabulary).tree
    assert tree is not None
    instance = DrawnInstance((tree,), random.Random(4), sizes={})
    vector = instance.arithmetic.matrix(200, 1, {(0, 0): fmpq(1)})
    with pytest.raises(DomainError):
        Probe(instance).product(tree, vector)


def _tree(m: MixedModel, text: str) -> Tree:
    tree = read(text, m.vocabulary).tree
    assert tree is not None
    return tree


def test_residues_of_a_point_are_those_of_its_rational_numbers() -> None:
    m = split_plot(2, 3, 2)
    asked, answer = _tree(m, "V^{-1} - V^{-1}X(X'V^{-1}X)^{-}X'V^{-1}"), _tree(m, "V^{-1}")
    (first, *_) = diagnostic_points(answer, asked)
    rational = rational_point(first, answer, asked)
    assert first.is_modular and not rational.is_modular
    arithmetic = first.instance.arithmetic
    assert isinstance(arithmetic, Residues)
    prime = arithmetic.prime
    for residues, exact in ((first.answer, rational.answer), (first.reference, rational.reference)):
        assert residues.entries() == [nmod(int(x.p), prime) / nmod(int(x.q), prime) for x in exact.entries()]
    assert first.wrong_cells == rational.wrong_cells


def test_what_is_drawn_of_a_point_is_drawn_of_it_in_other_numbers_too() -> None:
    m = rcbd(treatments=2, blocks=2)
    asked = _tree(m, "ZGZ' + R")
    instance = DrawnInstance((asked,), random.Random(2), general=True, largest=100)
    doubles = instance.in_numbers(Floating())
    value = doubles.value(asked)  # Z, G and R are drawn here
    assert np.allclose(value, [[float(int(x.p) / int(x.q)) for x in line] for line in instance.value(asked).tolist()])
    assert doubles.in_rationals() is instance
    assert instance.in_rationals() is instance


@pytest.mark.parametrize("sign", ["", "-"])
def test_correlations_need_the_signs_of_the_covariances(sign: str) -> None:
    m = rcbd(treatments=2, blocks=2)
    rho = rf"{sign}\frac{{\sigma_u^2}}{{\sigma^2 + \sigma_u^2}}"
    block = rf"\begin{{bmatrix}} 1 & {rho} \\ {rho} & 1 \end{{bmatrix}}"
    found = check(rf"I_2 \otimes {block}", m.V).misconception
    assert (found == "correlation-for-covariance") == (sign == "")
