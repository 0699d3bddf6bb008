"""Facts are deduced, not believed: what they say holds on every exact instance."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy
from flint import fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

import tutor
from tests.strategies import KINDS, MOMENTS, congruences, positive_definite, projections, sizes, symbols, trees
from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.deductions.entries import has_fact
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import FACTS, contradictions, facts, known, rank
from tutor.algebra.nodes import Block, Explicit, Fact, Identity, Inverse, Symbol
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

X, Z = symbol("X", "n", "p", facts=["full column rank"]), symbol("Z", "n", "q")
G = symbol("G", "q", "q", "unknown", ["symmetric", "positive definite"])
R = symbol("R", "n", "n", "unknown", ["symmetric", "positive definite"])
S = symbol("S", "q", "q", "unknown", ["positive semidefinite"])
V = symbol("V", "n", "n", "unknown", definition=Z @ G @ Z.T + R)
P = X @ (X.T @ X).inv() @ X.T
I_n = identity("n")
B = symbol("B", "n", "p")
sigma2 = sympy.Symbol("sigma2", positive=True)
VALUES = st.integers(0, 2**32)


def henderson(X: Tree) -> Block:
    """The coefficients of Henderson's equations."""
    across = X.T @ R.inv() @ Z
    return Block(((X.T @ R.inv() @ X, across), (Z.T @ R.inv() @ X, Z.T @ R.inv() @ Z + G.inv())))


def values_of(tree: Tree, seed: int) -> fmpq_mat | None:
    """The value on a random instance; None where the tree has none there."""
    instance = DrawnInstance([tree], random.Random(seed), friendly=seed % 2 == 0)
    try:
        return instance.value(tree)
    except (DomainError, NotRationalError, ZeroDivisionError):
        return None


def assert_facts_hold(tree: Tree, seed: int) -> None:
    value = values_of(tree, seed)
    if value is None:
        return
    for fact in FACTS:
        said = known(fact, tree).value
        assert said is None or said == has_fact(fact, value), known(fact, tree).proof()
    said = rank(tree).value
    if said is not None:
        instance = DrawnInstance([tree], random.Random(seed), friendly=seed % 2 == 0)
        assert (instance.size(said) if said != 0 else 0) == value.rank(), rank(tree).proof()


@settings(max_examples=250, deadline=None)
@given(trees(kinds=KINDS - MOMENTS, depth=3, largest=3), VALUES)
def test_what_facts_say_of_random_trees_holds_on_random_instances(tree: Tree, seed: int) -> None:
    assert_facts_hold(tree, seed)


@settings(max_examples=250, deadline=None)
@given(congruences() | projections(), VALUES)
def test_what_facts_say_of_products_like_those_of_models_holds(tree: Tree, seed: int) -> None:
    assert_facts_hold(tree, seed)


BLOCKS: dict[str, tuple[Fact, Tree, bool | None]] = {
    "Henderson, X of full rank": ("positive definite", henderson(X), True),
    "Henderson, any X": ("positive semidefinite", henderson(B), True),
    "and no more is known": ("positive definite", henderson(B), None),
    "of y and u": ("positive definite", Block(((V, Z @ G), (G @ Z.T, G))), True),
    "of u and Zu": ("positive semidefinite", Block(((G, G @ Z.T), (Z @ G, Z @ G @ Z.T))), True),
    "normal equations": ("positive semidefinite", Block(((X.T @ X, X.T @ Z), (Z.T @ X, Z.T @ Z))), True),
    "a complement": ("positive definite", Block(((R, Z), (Z.T, G + Z.T @ R.inv() @ Z))), True),
    "a complement of 0": ("positive definite", Block(((R, Z), (Z.T, Z.T @ R.inv() @ Z))), False),
    "which is singular": ("invertible", Block(((R, Z), (Z.T, Z.T @ R.inv() @ Z))), False),
    "triangular": ("invertible", Block(((R, Z), (zero("q", "n"), G))), True),
    "a block below 0": ("positive semidefinite", Block(((R, Z), (Z.T, -G))), False),
    "P of REML": ("positive semidefinite", V.inv() - V.inv() @ X @ (X.T @ V.inv() @ X).inv() @ X.T @ V.inv(), True),
    "is singular": ("invertible", V.inv() - V.inv() @ X @ (X.T @ V.inv() @ X).inv() @ X.T @ V.inv(), False),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_is_known_of_block_matrices_holds_on_instances(name: str) -> None:
    fact, tree, value = BLOCKS[name]
    assert known(fact, tree).value is value
    for seed in range(12):
        assert_facts_hold(tree, seed)


@st.composite
def block_matrices(draw: st.DrawFn) -> Tree:
    """Squares of blocks, and blocks with a complement that is seen, some of them with another block in one place."""
    p, q, n = (draw(sizes()) for _ in range(3))
    L, M = (draw(trees(n, width, depth=1, kinds=frozenset({Symbol, Identity, Explicit}))) for width in (p, q))
    W = draw(positive_definite(n) | symbols(n, n) | st.just(Identity(n)))
    added = draw(positive_definite(q) | symbols(q, q))
    A, C = draw(positive_definite(p)), draw(symbols(p, q))
    inner = C.T @ A.inv() @ C
    made = [
        Block(((L.T @ W @ L, L.T @ W @ M), (M.T @ W @ L, M.T @ W @ M + added))),
        Block(((L.T @ W @ L, L.T @ W @ M), (M.T @ W @ L, M.T @ W @ M))),
        Block(((A, C), (C.T, added + inner))),
        Block(((A, C), (C.T, inner))),
        Block(((A, C), (zero(q, p), added))),
        Block(((A, zero(p, q)), (zero(q, p), added))),
        Block(((inner, C.T), (C, A))),
        Block(((A, C),)),
    ]
    return draw(st.sampled_from(made))


@settings(max_examples=200, deadline=None)
@given(block_matrices(), VALUES)
def test_what_facts_say_of_random_block_matrices_holds(tree: Tree, seed: int) -> None:
    assert_facts_hold(tree, seed)


def ginv(tree: Tree) -> Tree:
    return Applied("generalized inverse", (tree,))


@pytest.mark.parametrize(
    ("fact", "tree", "value"),
    [
        ("positive definite", Z @ G @ Z.T + R, True),
        ("positive semidefinite", Z @ G @ Z.T, True),
        ("positive definite", Z @ G @ Z.T, None),
        ("positive definite", X.T @ V.inv() @ X, True),
        ("positive definite", Z.T @ R.inv() @ Z + G.inv(), True),
        ("positive semidefinite", Z @ S @ Z.T, True),
        ("positive definite", Z @ S @ Z.T + R, True),
        ("positive definite", sigma2 * I_n, True),
        ("positive definite", -sigma2 * I_n, False),
        ("symmetric", Z.T @ X @ X.T @ Z, True),
        ("symmetric", X @ B.T + B @ X.T, True),
        ("symmetric", X.T @ Z, None),
        ("symmetric", Explicit(ImmutableDenseMatrix([[1, 2], [3, 4]])), False),
        ("diagonal", kron(identity("b"), sigma2 * identity("t")), True),
        ("idempotent", P, True),
        ("idempotent", I_n - P, True),
        ("idempotent", Z @ ginv(Z.T @ Z) @ Z.T, True),
        ("idempotent", X @ (X.T @ V.inv() @ X).inv() @ X.T @ V.inv(), True),
        ("symmetric", X @ (X.T @ V.inv() @ X).inv() @ X.T @ V.inv(), None),
        ("invertible", I_n - P, False),
        ("invertible", X.T @ X, True),
        ("invertible", Z.T @ Z, None),
        ("invertible", ones(3, 3), False),
        ("invertible", ones("n", "n"), None),
        ("invertible", zero("n", "n"), False),
        ("orthogonal", -identity(3), True),
        ("full column rank", kron(identity("b"), ones("t")), True),
        ("full column rank", symbol("W", 2, 3), False),
    ],
    ids=str,
)
def test_facts_of_the_matrices_of_mixed_models(fact: Fact, tree: Tree, value: bool | None) -> None:
    assert known(fact, tree).value is value


def test_the_reason_is_made_of_the_reasons_of_the_parts() -> None:
    said = known("positive definite", Z @ G @ Z.T + R)
    assert said.because == ("ZGZ' + R is positive definite: R is positive definite, and ZGZ' is positive semidefinite")
    assert said.proof().split("\n")[1:] == [
        "  R is positive definite: it is declared so",
        "  ZGZ' is positive semidefinite: it is A'BA with A = Z', and G is positive definite",
        "    G is positive definite: it is declared so",
    ]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (P, "p"),
        (I_n - P, "n - p"),
        (V, "n"),
        (kron(identity("b"), ones("t", "t")), "b"),
        (ginv(X), "p"),
        (X @ X.T, "p"),
    ],
    ids=str,
)
def test_ranks_stay_symbols(tree: Tree, expected: str) -> None:
    assert str(rank(tree).value) == expected


DESIGNS = {
    "crd": lambda: tutor.crd("t", "r"),
    "rcbd": lambda: tutor.rcbd("t", "b"),
    "rcbd, blocks fixed": lambda: tutor.rcbd("t", "b", "fixed"),
    "split plot": lambda: tutor.split_plot("a", "s", "r"),
    "split-split plot": lambda: tutor.split_split_plot("a", "s", "c", "r"),
    "strip plot": lambda: tutor.strip_plot("a", "c", "b"),
    "nested": lambda: tutor.nested("a", "b", "n"),
    "crossed": lambda: tutor.crossed("a", "b", "n"),
    "latin square": lambda: tutor.latin_square(4),
    "bibd": lambda: tutor.bibd(4, 4, 3),
    "split plot of numbers": lambda: tutor.split_plot(2, 3, 4),
}


@pytest.mark.parametrize("name", DESIGNS)
def test_ranks_of_designs_of_any_size_follow_from_their_columns(name: str) -> None:
    m = DESIGNS[name]()
    found = rank(m.X).value
    assert found is not None and sympy.expand(found - m.rank) == 0
    assert known("positive definite", m.V).value is True


@pytest.mark.parametrize(
    ("facts_", "definition"),
    [
        (["positive definite"], ones(3, 3)),
        (["full column rank"], Explicit(ImmutableDenseMatrix([[1, 2], [2, 4], [3, 6]]))),
        (["symmetric"], Explicit(ImmutableDenseMatrix([[1, 2], [3, 4]]))),
        (["invertible"], I_n - P),
        (["positive definite"], -sigma2 * identity("n")),
    ],
    ids=str,
)
def test_what_is_declared_and_cannot_be_is_told(facts_: list[Fact], definition: Tree) -> None:
    W = Symbol("W", definition.rows, definition.columns, facts=frozenset(facts_), definition=definition)
    told = contradictions(W + W)
    assert [(found.subject, found.what) for found in told] == [(W, facts_[0])]
    assert known(facts_[0], W).value is False, "the definition is believed, and not what is declared"


@pytest.mark.parametrize("name", DESIGNS)
def test_nothing_declared_by_a_design_is_contradicted(name: str) -> None:
    m = DESIGNS[name]()
    assert contradictions(m.V @ m.X) == ()


def test_an_inverse_does_not_make_a_random_matrix_of_the_same_rank_known() -> None:
    y = symbol("y", "n", role="random")
    assert known("positive definite", y @ y.T).value is None
    assert rank(y @ y.T).value is None
    assert rank(Inverse(symbol("A", size(3), size(3)))).value == 3


def test_all_facts_of_a_tree_are_one_table() -> None:
    told = facts(I_n - P)
    assert told["idempotent"].value is True and told["invertible"].value is False
    assert [known.what for known in told.known] == list(FACTS)


@pytest.mark.parametrize("dialect", ["unicode", "latex", "markdown", "mathml", "typst", "spoken"])
def test_the_table_of_facts_is_written_in_every_dialect(dialect: Any) -> None:
    told = tutor.write(tutor.facts(Z @ G @ Z.T + R), dialect).replace("\xa0", " ")
    assert "positive definite" in told and "yes" in told


def test_the_table_of_facts_keeps_within_the_terminal() -> None:
    wide = tutor.write(tutor.facts(tutor.split_plot("a", "s", "r").X), "unicode", width=60).split("\n")
    assert "full column rank" in wide[1] and "no" in wide[1]
    assert all(len(line) <= 60 for line in wide)
