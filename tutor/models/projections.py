"""P = X(X'X)⁻X' and M = I − P of a model or of the lecture, as names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tutor.algebra.laws.projections import projection, residual_projection
from tutor.algebra.nodes import Symbol
from tutor.notation.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@cache
def _projections(X: Symbol) -> tuple[Symbol, Symbol]:
    facts = frozenset({"symmetric", "idempotent"})
    made = (("P", projection(X)), ("M", residual_projection(X)))
    P, M = (Symbol(name, X.rows, X.rows, facts=facts, definition=tree, scope=X.scope) for name, tree in made)  # pyright: ignore[reportArgumentType]
    return P, M


def projections(model: MixedModel) -> tuple[Symbol, Symbol]:
    """P = X(X'X)⁻X' and M = I − P, n × n, as names; with (X'X)⁻¹ where X has full column rank."""
    return _projections(model.X)


def with_projections(vocabulary: Vocabulary) -> Vocabulary:
    """The names of a vocabulary, and P and M for its X where they are no names of it."""
    X = vocabulary.lookup("X")
    if X is None or not isinstance(X.tree, Symbol):
        return vocabulary
    new = [symbol for symbol in _projections(X.tree) if symbol.name not in vocabulary]
    return vocabulary.with_names(*new) if new else vocabulary
