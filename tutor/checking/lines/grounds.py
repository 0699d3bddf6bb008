"""What a right step rests on: Cov(u, ε) = 0 where the variance of a sum became a sum of variances."""

from __future__ import annotations

from tutor.algebra.laws.joining import alike
from tutor.algebra.laws.moments import (
    COVARIANCE_OF_UNCORRELATED,
    DECLARED_EXPECTATION,
    DECLARED_VARIANCE,
    VARIANCE_OF_UNCORRELATED_SUM,
)
from tutor.algebra.nodes import Sum, Symbol, Variance
from tutor.algebra.parameters import sizes_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.checking.equal import compare
from tutor.checking.lines.broken import FALSE_RULES, candidates
from tutor.checking.lines.side import Side
from tutor.checking.lines.values import Values
from tutor.errors import TutorError

_ASSUMING = (VARIANCE_OF_UNCORRELATED_SUM, COVARIANCE_OF_UNCORRELATED, DECLARED_EXPECTATION, DECLARED_VARIANCE)
"""Laws that rest on what the model says."""

THIS_MODEL = "for the matrices of this model"

MOST_DEFINITION = 60
"""Characters of a definition that is quoted."""

MOST_NODES = 40
"""Nodes of a line up to which it is asked whether a false rule made the next."""


def ground(side: Side, before: Side, values: Values) -> str:
    """On what a right step rests, as "since Cov(u, ε) = 0"; "" where it rests on nothing, or nothing is known."""
    if side.tree is None or before.tree is None:
        return ""
    old = values.elements.as_symbols(before.tree)
    new = values.elements.as_symbols(side.tree)
    found: dict[str, None] = {}
    # Where a variance of a sum still stands, nothing was taken for uncorrelated yet.
    unsplit = any(isinstance(node, Variance) and isinstance(node.tree, Sum) for node in walk(new))
    for rule in _ASSUMING:
        if rule is VARIANCE_OF_UNCORRELATED_SUM and unsplit:
            continue
        for node in _gone(old, new):
            rewritten = rule.rewrite(node)
            if rewritten is not None and rewritten.assumption:
                found[rewritten.assumption] = None
    if found:
        return f"since {', '.join(found)}"
    condition = _condition(old, new)
    return f"since {condition}" if condition else _of_this_model(before.tree, side.tree, values)


def _of_this_model(old: Tree, new: Tree, values: Values) -> str:
    """The names whose definitions a step uses, as G = σ²_u I; "" for a step that holds for any matrices."""
    names = [symbol for symbol in symbols_of(old) if symbol.definition is not None and symbol.role != "random"]
    # With letters for sizes a comparison takes long, and more of it is known by laws.
    if values.general or not names or sizes_of(old, new):
        return ""
    told = values.of(old), values.of(new)
    if told[0] == told[1] or compare(*told, general=True).same is not False:
        return ""
    gone = [symbol for symbol in names if symbol not in symbols_of(new)]
    meant = [f"{symbol} = {symbol.definition}" for symbol in gone]
    short = ", ".join(text for text in meant if len(text) <= MOST_DEFINITION)
    if new == old or not short or any(isinstance(node, Symbol) and node.role == "random" for node in walk(new)):
        return THIS_MODEL
    return f"since {short}"


def _gone(old: Tree, new: Tree) -> list[Tree]:
    """The nodes of a line that do not stand in the next."""
    kept = set(walk(new))
    return [node for node in dict.fromkeys(walk(old)) if node not in kept]


def _condition(old: Tree, new: Tree) -> str:
    """When a step is right that is made by a rule which holds under a condition only, as AB = BA."""
    if sum(1 for _ in walk(old)) > MOST_NODES:
        return ""
    for rule in FALSE_RULES:
        if rule.holds_if:
            for candidate in candidates((old,), rule.rewrite):
                try:
                    if len(candidate.terms) == 1 and alike(candidate.terms[0], new):
                        return rule.holds_if
                except TutorError:
                    continue
    return ""
