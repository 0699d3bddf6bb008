"""What is known of a matrix from how it is written: yes, no or unknown, with the reason.

Facts are deduced from the tree, from the definitions of its symbols, and from what is declared of symbols that have
none. What is declared of a symbol *with* a definition counts only where the definition does not decide, and
`contradictions` tells where it does otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.deductions import definite, form
from tutor.algebra.deductions import rank as of_rank
from tutor.algebra.deductions.eigenvalues import fact_of_eigenvalues, rank_of_eigenvalues
from tutor.algebra.deductions.entries import fact_of_entries, rank_of_entries
from tutor.algebra.deductions.known import Deduction, Found, Known, Value, size_name
from tutor.algebra.deductions.over_index import fact_over_index
from tutor.algebra.nodes import Fact, Symbol
from tutor.algebra.sizes import Size, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.display import Shown

FACTS: tuple[Fact, ...] = get_args(Fact)
"""Every fact, in the order in which it is told."""

_DEDUCTIONS: dict[Fact, Deduction] = {
    "symmetric": form.symmetric,
    "diagonal": form.diagonal,
    "idempotent": form.idempotent,
    "orthogonal": form.orthogonal,
    "positive definite": definite.positive_definite,
    "positive semidefinite": definite.positive_semidefinite,
    "invertible": of_rank.invertible,
    "full column rank": of_rank.full_column_rank,
}
"""Fact: what deduces it. Of the same tree each asks only those above it, and the rank asks the definite ones."""

_OF_SYMMETRIC = frozenset({"diagonal", "positive definite", "positive semidefinite"})
"""Facts that only a symmetric matrix has."""


_OF_FULL_RANK = frozenset({"positive definite", "orthogonal"})
"""Facts that no singular matrix has, and that are asked for before the inverse."""


class _Deducing:
    """Answers deductions by deducing again, each question once."""

    def known(self, fact: Fact, tree: Tree) -> Known[bool]:
        return known(fact, tree)

    def holds(self, fact: Fact, tree: Tree) -> bool:
        return known(fact, tree).value is True

    def rank(self, tree: Tree) -> Known[Size]:
        return rank(tree)


REASONER = _Deducing()
"""What `deductions` may be asked with."""


@lru_cache(maxsize=2**15)
def known(fact: Fact, tree: Tree) -> Known[bool]:
    """Whether a tree has a fact: its value is True, False or None, with the reason.

    >>> from tutor.algebra.build import symbol
    >>> Z, G = symbol("Z", "n", "q"), symbol("G", "q", "q", facts=["positive definite"])
    >>> known("positive semidefinite", Z @ G @ Z.T).value, known("positive definite", Z @ G @ Z.T).value
    (True, None)
    """
    found = _found(fact, tree)
    if found is None:
        return Known(tree, fact, None, "")
    return Known(tree, fact, found.value, found.reason, found.about)


def _found(fact: Fact, tree: Tree) -> Found[bool] | None:
    if fact != "full column rank" and not same_size(*tree.shape):
        if (tree.rows - tree.columns).is_zero is not False:
            return None  # n × p is square where n is p
        return Found(False, f"it is {size_name(tree.rows)} × {size_name(tree.columns)}, not square")
    if is_random(tree) and fact != "symmetric":
        return None
    if isinstance(tree, Symbol) and tree.definition is not None:
        defined = known(fact, tree.definition)
        if defined.value is not None:
            return _by_definition(tree.definition, defined)
    if fact in _OF_SYMMETRIC and fact != "diagonal":
        symmetric = known("symmetric", tree)
        if symmetric.value is False:
            return Found(False, "{}", (symmetric,))
    return (
        _DEDUCTIONS[fact](tree, REASONER)
        or fact_over_index(fact, tree, REASONER)
        or fact_of_eigenvalues(fact, tree)
        or (of_rank.too_low(tree, REASONER) if fact in _OF_FULL_RANK else None)
        or fact_of_entries(fact, tree)
    )


@lru_cache(maxsize=2**15)
def rank(tree: Tree) -> Known[Size]:
    """The rank of a tree, a size or None, with the reason.

    >>> from tutor.algebra.build import identity, kron, ones
    >>> rank(kron(identity("b"), ones("t"))).value
    b
    """
    found = None if is_random(tree) else _found_rank(tree)
    if found is None:
        return Known(tree, "rank", None, "")
    return Known(tree, "rank", found.value, found.reason, found.about)


def _found_rank(tree: Tree) -> Found[sympy.Expr] | None:
    if isinstance(tree, Symbol) and tree.definition is not None:
        defined = rank(tree.definition)
        if defined.value is not None:
            return _by_definition(tree.definition, defined)
    return of_rank.rank(tree, REASONER) or rank_of_eigenvalues(tree) or rank_of_entries(tree)


def _by_definition(definition: Tree, defined: Known[Value]) -> Found[Value]:
    return Found(defined.value, f"it is {{}}, and {defined.reason}", (definition, *defined.about))


def is_symmetric(tree: Tree) -> Known[bool]:
    """Whether A' = A."""
    return known("symmetric", tree)


def is_diagonal(tree: Tree) -> Known[bool]:
    """Whether all entries beside the diagonal are 0."""
    return known("diagonal", tree)


def is_positive_definite(tree: Tree) -> Known[bool]:
    """Whether A is symmetric and x'Ax > 0 for every x that is not 0."""
    return known("positive definite", tree)


def is_positive_semidefinite(tree: Tree) -> Known[bool]:
    """Whether A is symmetric and x'Ax ≥ 0 for every x."""
    return known("positive semidefinite", tree)


def is_idempotent(tree: Tree) -> Known[bool]:
    """Whether AA = A."""
    return known("idempotent", tree)


def is_orthogonal(tree: Tree) -> Known[bool]:
    """Whether A'A = I, A square."""
    return known("orthogonal", tree)


def is_invertible(tree: Tree) -> Known[bool]:
    """Whether A has an inverse."""
    return known("invertible", tree)


def has_full_column_rank(tree: Tree) -> Known[bool]:
    """Whether the columns of A are independent."""
    return known("full column rank", tree)


@dataclass(frozen=True, slots=True, repr=False)
class Facts(Shown):
    """All that is known of a tree, one fact a line, the rank last."""

    tree: Tree
    known: tuple[Known[bool], ...]
    rank: Known[Size]

    def __getitem__(self, fact: Fact) -> Known[bool]:
        return next(known for known in self.known if known.what == fact)


def facts(tree: Tree) -> Facts:
    """What is known of a tree, with the reasons: symmetric, definite, diagonal, idempotent, invertible, its rank.

    Of one that is not square only its rank is of interest.

    >>> from tutor.algebra.build import symbol
    >>> facts(symbol("X", "n", "p", facts=["full column rank"]))["full column rank"].value
    True
    """
    asked: tuple[Fact, ...] = FACTS if same_size(*tree.shape) else ("full column rank",)
    return Facts(tree, tuple(known(fact, tree) for fact in asked), rank(tree))


def contradictions(tree: Tree) -> tuple[Known[bool], ...]:
    """What is declared of the symbols of a tree and cannot be, by their definitions or beside one another."""
    found: dict[Known[bool], None] = {}
    pending = list(symbols_of(tree))
    seen: set[Symbol] = set()
    while pending:
        symbol = pending.pop()
        if symbol in seen:
            continue
        seen.add(symbol)
        for fact in sorted(symbol.facts):
            deduced = known(fact, symbol)
            if deduced.value is False:
                found[deduced] = None
        if symbol.definition is not None:
            pending += symbols_of(symbol.definition)
    return tuple(found)
