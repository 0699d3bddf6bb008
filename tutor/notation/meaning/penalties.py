"""Estimates that are shrunken more or less: β̂(λ) and β̂(k) of ridge regression, one vector for each λ or k."""

from __future__ import annotations

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.tree import Tree
from tutor.notation.parsing import syntax

_PENALTIES = frozenset({"lambda", "k"})


def penalized_estimate(name: syntax.Node, brackets: syntax.Node, value: Tree, known: Tree) -> Tree | None:
    """β̂ as a function of its penalty, as long as β; None for β̂(θ), which is β̂ at the parameters of V."""
    of = brackets.inner if isinstance(brackets, syntax.Group) else None
    if not (isinstance(name, syntax.Named) and isinstance(of, syntax.Named) and isinstance(value, Scalar)):
        return None
    is_estimate = (name.spelling.letters, name.spelling.accent) == ("beta", "hat") and isinstance(known, Symbol)
    if not is_estimate or of.spelling.letters not in _PENALTIES or of.spelling.bold:
        return None
    return Applied("betahat", (value,), name.spelling.subscript, *known.shape)
