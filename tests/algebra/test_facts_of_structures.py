"""Facts of sums of I and J, of direct sums over an index and of differences, against matrices of numbers."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy

from tests.algebra.test_facts import assert_facts_hold
from tutor.algebra.build import hstack, identity, kron, ones, symbol
from tutor.algebra.deductions.entries import has_fact
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import FACTS, known, rank
from tutor.algebra.nodes import BlockDiagonal, Fact
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.models import catalogue as c

b, t = size("b"), size("t")
s2, u2 = sympy.symbols("sigma2 sigma2_u", positive=True)
w2 = sympy.Symbol("sigma2_w", nonnegative=True)
MEAN_B, MEAN_T = ones("b", "b") / b, ones("t", "t") / t
REST_B, REST_T = identity("b") - MEAN_B, identity("t") - MEAN_T
WITHIN, BETWEEN = kron(identity("b"), REST_T), kron(identity("b"), MEAN_T)

BALANCED: dict[str, tuple[Any, dict[Fact, bool | None], str | None]] = {
    "I + J": (s2 * identity("t") + u2 * ones("t", "t"), {"positive definite": True}, "t"),
    "I − J": (s2 * identity("t") - u2 * ones("t", "t"), {"positive definite": None, "invertible": None}, None),
    "σ²_w that may be 0": (w2 * ones("t", "t") + s2 * identity("t"), {"positive definite": True}, "t"),
    "σ²_w J": (w2 * ones("t", "t"), {"positive semidefinite": True, "positive definite": None}, None),
    "means": (MEAN_T, {"idempotent": True, "positive definite": None}, "1"),
    "differences": (REST_T, {"idempotent": True, "positive definite": False, "orthogonal": False}, "t - 1"),
    "interaction": (
        kron(REST_B, REST_T), {"idempotent": True, "invertible": False, "full column rank": False}, "(b - 1)*(t - 1)"
    ),
    "two strata": (kron(MEAN_B, MEAN_T) + kron(REST_B, MEAN_T), {"idempotent": True, "invertible": None}, "b"),
    "all but the mean": (
        kron(MEAN_B, REST_T) + kron(REST_B, identity("t")), {"idempotent": True, "positive definite": False}, "b*t - 1"
    ),
    "weighted strata": (s2 * WITHIN + (s2 + t * u2) * BETWEEN, {"positive definite": True, "invertible": True}, "b*t"),
    "one below 0": (s2 * WITHIN - s2 * BETWEEN, {"positive semidefinite": False, "invertible": True}, "b*t"),
    "strata apart": (kron(REST_B, identity("t")) @ kron(MEAN_B, identity("t")), {"symmetric": True}, "0"),
    "−I ⊗ −I": (kron(-identity("b"), -identity("t")), {"positive definite": True, "orthogonal": True}, "b*t"),
    "blocks below 0": (BlockDiagonal((identity("t"), -identity("b"))), {"positive semidefinite": False}, "b + t"),
    "reflection": (identity("t") - 2 * MEAN_T, {"orthogonal": True, "invertible": True}, "t"),
    "nearly one": (identity("t") - 3 * MEAN_T, {"orthogonal": False, "invertible": True}, "t"),
}  # fmt: skip


@pytest.mark.parametrize("name", BALANCED)
def test_sums_of_identities_and_ones_have_the_facts_of_their_eigenvalues(name: str) -> None:
    tree, told, ranked = BALANCED[name]
    for fact, value in told.items():
        assert known(fact, tree).value is value, fact
    assert (None if rank(tree).value is None else str(rank(tree).value)) == ranked
    for numbers in ((1, 1), (1, 3), (3, 1), (2, 3), (4, 2)):
        instance = DrawnInstance([tree], random.Random(sum(numbers)), sizes=dict(zip((b, t), numbers, strict=True)))  # pyright: ignore[reportArgumentType]
        value = instance.value(tree)
        for fact in FACTS:
            said = known(fact, tree).value
            assert said is None or said == has_fact(fact, value), (numbers, known(fact, tree).proof())
        said = rank(tree).value
        assert said is None or instance.number(said) == value.rank(), (numbers, rank(tree).proof())


def test_the_reason_is_the_eigenvalues() -> None:
    said = known("positive definite", BALANCED["weighted strata"][0])
    assert said.why == "its eigenvalues are σ² + t σ²_u (b times) and σ² (b (t − 1) times)"


NUMBERS: dict[sympy.Symbol, int] = {
    size(letter): number  # pyright: ignore[reportAssignmentType]
    for letter, number in {
        "a": 2,
        "b": 2,
        "n": 3,
        "n_1": 2,
        "n_2": 3,
        "b_1": 1,
        "b_2": 2,
        "n_11": 2,
        "n_12": 1,
        "n_21": 3,
        "n_22": 2,
    }.items()
}

GROUPS = {
    "one way": (c.one_way("a", "n_i"), "a", True),
    "inner groups": (c.nested("a", "b_i", "n"), "b_.", False),
    "cells": (c.nested("a", "b", "n_ij"), "a*b", False),
    "ragged cells": (c.nested("a", "b_i", "n_ij"), "b_.", False),
    "alike": (c.nested("a", "b", "n_j"), "a*b", False),
    "of outer groups": (c.nested("a", "b", "n_i"), "a*b", False),
}


@pytest.mark.parametrize("name", GROUPS)
def test_ranks_of_indicators_of_unequal_groups(name: str) -> None:
    model, ranked, is_full = GROUPS[name]
    assert model.Z is not None
    assert str(rank(model.Z).value) == ranked
    assert known("full column rank", model.Z).value is is_full
    assert str(model.derive("rank(Z)").result) == str(model.derive("rank(ZZ')").result)
    for tree in (model.Z, model.V.closed_form(), hstack(model.X, model.Z)):
        instance = DrawnInstance([tree], random.Random(2), sizes=NUMBERS)
        value = instance.value(tree)
        said = rank(tree).value
        assert said is not None and instance.number(said) == value.rank()
        assert all(known(fact, tree).value in (None, has_fact(fact, value)) for fact in FACTS)


G = symbol("G", "q", "q", "unknown", ["positive definite"])
R = symbol("R", "n", "n", "unknown", ["positive definite"])
S, Z, X = symbol("S", "q", "q", "unknown", ["positive semidefinite"]), symbol("Z", "n", "q"), symbol("X", "n", "p")
V, W = Z @ G @ Z.T + R, Z @ S @ Z.T + R
DIFFERENCES: dict[str, tuple[Tree, bool | None]] = {
    "the variance of u given y": (G - G @ Z.T @ V.inv() @ Z @ G, True),
    "without a definite G": (S - S @ Z.T @ W.inv() @ Z @ S, None),
    "another matrix in the middle": (G - G @ Z.T @ R.inv() @ Z @ G, None),
    "of the residuals": (R - R @ V.inv() @ R, None),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_schur_complement_is_definite_as_its_blocks_are(name: str) -> None:
    tree, value = DIFFERENCES[name]
    assert known("positive definite", tree).value is value
    for seed in range(8):
        assert_facts_hold(tree, seed)


def test_a_symmetric_idempotent_symbol_is_semidefinite() -> None:
    K = symbol("K", "n", "n", facts=["symmetric", "idempotent"])
    assert known("positive semidefinite", K).value is True
    assert known("orthogonal", 2 * K - identity("n")).value is True
    for seed in range(6):
        assert_facts_hold(2 * K - identity("n"), seed)
