"""Designs whose sizes are letters: each of the catalogue is judged, right ones right and wrong ones wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tutor import (
    check,
    crd,
    crossed,
    generalized_rcbd,
    graeco_latin,
    latin_square,
    multilocation,
    nested,
    one_way,
    rcbd,
    repeated_measures,
    split_plot,
    split_split_plot,
    strip_plot,
)
from tutor.algebra.nodes import Determinant, Identity, Inverse, Kronecker, Ones
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.models.catalogue import DESIGNS
from tutor.models.mixed import MixedModel
from tutor.notation.write import write

LETTERS: dict[str, Callable[[], MixedModel]] = {
    "crd": lambda: crd("t", "r"),
    "rcbd": lambda: rcbd("t", "b"),
    "rcbd, fixed blocks": lambda: rcbd("t", "b", blocks_are="fixed"),
    "generalized_rcbd": lambda: generalized_rcbd("t", "b", "r"),
    "latin_square": lambda: latin_square("t"),
    "graeco_latin": lambda: graeco_latin("t"),
    "split_plot": lambda: split_plot("a", "s", "r"),
    "split_split_plot": lambda: split_split_plot("a", "s", "c", "r"),
    "strip_plot": lambda: strip_plot("a", "c", "r"),
    "repeated_measures": lambda: repeated_measures("s", "t", within="cs"),
    "repeated_measures, ar1": lambda: repeated_measures("s", "t"),
    "one_way": lambda: one_way("a", "n"),
    "nested": lambda: nested("a", "b", "n"),
    "crossed": lambda: crossed("a", "b", "n"),
    "multilocation": lambda: multilocation("g", "s", "b"),
}
NEEDS_NUMBERS = {
    "row_column", "bibd", "alpha", "augmented", "crossover", "regression", "random_intercepts", "random_slopes",
    "ancova",
}  # fmt: skip
"""Designs whose arrangement, plan or covariate is a list, so that at least one size is a number."""

BUILT: dict[str, MixedModel] = {}


def model(name: str) -> MixedModel:
    if name not in BUILT:
        BUILT[name] = LETTERS[name]()
    return BUILT[name]


def swapped(tree: Tree) -> Tree:
    """I for J and J for I."""

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Identity):
            return Ones(node.order, node.order)
        square = isinstance(node, Ones) and node.rows == node.columns
        return Identity(node.rows) if square else None

    return transform(tree, change)


def reversed_factors(tree: Tree) -> Tree:
    """The factors of each Kronecker product in the other order."""
    return transform(tree, lambda node: Kronecker(node.factors[::-1]) if isinstance(node, Kronecker) else None)


def judged(answer: Tree | str, reference: Tree) -> str:
    """The outcome, which takes less than 2 s of the processor."""
    started = time.thread_time()
    verdict = check(answer, reference)
    assert time.thread_time() - started < 2
    shown = verdict.counterexample
    assert shown is None or shown.answer != shown.reference
    return verdict.outcome


SOME_FIRST = [
    name if name in ("rcbd", "latin_square", "split_plot") else pytest.param(name, marks=pytest.mark.slow)
    for name in LETTERS
]
"""Each design, of which `make test` takes a few."""


def test_no_design_of_the_catalogue_is_left_out() -> None:
    assert {name.partition(",")[0] for name in LETTERS} | NEEDS_NUMBERS == set(DESIGNS)


@pytest.mark.parametrize("name", LETTERS)
def test_a_variance_in_letters_is_right_in_each_form(name: str) -> None:
    m = model(name)
    closed = m.V.closed_form()
    right: list[Tree | str] = [
        "V",
        closed,
        write(closed, "latex"),
        write(closed, "unicode"),
        closed.T,
        2 * closed - closed,
    ]
    if m.Z is not None:
        right += ["ZGZ' + R", "R + ZGZ'", r"\mathbf{Z}\mathbf{G}\mathbf{Z}^\top + \mathbf{R}"]
    for answer in right:
        assert judged(answer, m.V) == "correct", answer


@pytest.mark.parametrize("name", SOME_FIRST)
def test_a_wrong_variance_in_letters_is_wrong(name: str) -> None:
    m = model(name)
    closed = m.V.closed_form()
    wrong: list[Tree | str] = [2 * closed, closed + Identity(closed.rows), "2V", "V^{-1}", swapped(closed)]
    if m.Z is not None:
        wrong += ["ZGZ'", "ZGZ' + 2R", "2ZGZ' + R", "ZGZ' - R", "R"]
    if reversed_factors(closed) != closed and not name.startswith("repeated"):
        wrong.append(reversed_factors(closed))
    for answer in wrong:
        if isinstance(answer, Tree) and answer.shape != closed.shape:
            continue
        assert judged(answer, m.V) == "incorrect", answer


@pytest.mark.parametrize("name", SOME_FIRST)
def test_inverse_and_determinant_in_letters(name: str) -> None:
    m = model(name)
    inverse, determinant = m.V.inv().closed_form(), m.V.det()
    for answer in (inverse, "V^{-1}", *(("(ZGZ' + R)^{-1}",) if m.Z is not None else ())):
        assert judged(answer, Inverse(m.V)) == "correct", answer
    for answer in (2 * inverse, inverse + Identity(inverse.rows), "V"):
        assert judged(answer, Inverse(m.V)) == "incorrect", answer
    assert judged(determinant, Determinant(m.V)) == "correct"
    assert judged("|V|", determinant) == "correct"
    for answer in (2 * determinant, determinant + 1, "|R|/2"):
        assert judged(answer, Determinant(m.V)) == "incorrect", answer


@pytest.mark.parametrize("name", ["rcbd", "split_plot", "split_split_plot"])
def test_estimators_in_letters(name: str) -> None:
    m = model(name)
    estimator = m.blue.formula
    for answer in ("(X'V^{-1}X)^{-}X'V^{-1}y", "(X'X)^{-}X'y"):
        assert judged(answer, estimator) == "correct", answer
    for answer in ("(X'V^{-1}X)^{-}X'y", "2(X'X)^{-}X'y"):
        assert judged(answer, estimator) == "incorrect", answer


def test_what_vanishes_at_small_sizes_is_wrong_and_shown() -> None:
    for name in ("rcbd", "split_split_plot"):
        m = model(name)
        letter = "t" if name == "rcbd" else "a"
        zero = "".join(f"({letter} - {k})" for k in range(2, 16))
        verdict = check(rf"ZGZ' + R + {zero} \sigma^2 I", m.V)
        assert verdict.correct is False, verdict.feedback
        assert verdict.counterexample is not None
        assert verdict.counterexample.answer != verdict.counterexample.reference
        assert int(verdict.counterexample.values[letter]) > 15


def test_the_order_of_factors_counts_where_sizes_are_equal_by_chance_only() -> None:
    m = model("rcbd")
    assert judged("I_b ⊗ (σ² I_t + σ²_u J_t)", m.V) == "correct"
    assert judged("I_t ⊗ (σ² I_b + σ²_u J_b)", m.V) == "incorrect"
    assert judged("(σ² I_t + σ²_u J_t) ⊗ I_b", m.V) == "incorrect"
    assert judged("σ² I_{tb} + σ²_u I_b ⊗ J_t", m.V) == "correct"
    assert judged("σ² I_{tb} + σ²_u J_t ⊗ I_b", m.V) == "incorrect"
