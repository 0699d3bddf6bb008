"""How many rules lie between two lines, where an exercise sets how far one may go at once.

The lines of the known derivation are marks along the way: two lines that stand among them are as far apart as they are
there. Where one does not, the laws are applied to both, each as often as it goes, until they meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.laws.joining import ordered
from tutor.algebra.laws.moments import definition_of
from tutor.algebra.nodes import Covariance, Expectation, Symbol, Variance
from tutor.algebra.parameters import definitions_of
from tutor.algebra.reasoning import NORMAL
from tutor.algebra.rules import Derivation, Rewrite, Rule, apply
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.checking.lines.side import Side
from tutor.checking.lines.values import Values

MOST_FORMS = 400
"""Forms that are reached from the two lines before the search gives up, and takes the gap for too wide."""


def is_within(before: Side, side: Side, most: int, derivation: Derivation, values: Values) -> bool:
    """Whether at most so many rules lead from one line to the next; what has no value on its own is not measured."""
    if before.tree is None or side.tree is None:
        return True
    written = [_as_written(tree, values) for tree in (before.tree, side.tree)]
    marks = [_as_written(line, values) for line in derivation.lines]
    known = [[place for place, mark in enumerate(marks) if mark == tree] for tree in written]
    if known[0] and known[1]:
        return min(abs(i - j) for i in known[0] for j in known[1]) <= most
    start, end = (values.elements.as_symbols(tree) for tree in (before.tree, side.tree))
    return _meet(start, end, most, _rules(start, end, derivation))


def _as_written(tree: Tree, values: Values) -> Tree:
    return ordered(values.elements.as_written(tree, values.vocabulary))


def _rules(start: Tree, end: Tree, derivation: Derivation) -> list[Rule]:
    symbols: dict[Symbol, None] = {}
    for tree in definitions_of(start, end):
        symbols.update(dict.fromkeys(symbols_of(tree)))
    definitions = [definition_of(symbol, "") for symbol in symbols if symbol.definition is not None]
    return [*definitions, *_stated(derivation), *NORMAL]


def _stated(derivation: Derivation) -> list[Rule]:
    """The steps of the derivation at nodes, as Var(u) = G: whatever the line is in which the moment stands."""
    known: dict[Tree, Tree] = {}
    for step in derivation.steps:
        if isinstance(step.before, Expectation | Variance | Covariance):
            known.setdefault(step.before, step.after)

    def rule(moment: Tree, value: Tree) -> Rule:
        return Rule("stated", "", lambda tree: Rewrite(value) if tree == moment else None, lambda: moment)

    return [rule(moment, value) for moment, value in known.items()]


def _meet(start: Tree, end: Tree, most: int, rules: Sequence[Rule]) -> bool:
    """Whether the two come to one form by at most so many rules, of which each may go either way."""
    reached: tuple[dict[Tree, int], dict[Tree, int]] = ({ordered(start): 0}, {ordered(end): 0})
    fronts: list[list[Tree]] = [[start], [end]]
    if ordered(start) == ordered(end):
        return True
    for steps in range(most):
        side = steps % 2
        front: list[Tree] = []
        for tree in fronts[side]:
            for rule in rules:
                step = apply(rule, tree)
                if step is None:
                    continue
                key = ordered(step.after)
                if key in reached[1 - side]:
                    return True
                if key not in reached[side] and len(reached[side]) < MOST_FORMS:
                    reached[side][key] = steps
                    front.append(step.after)
        fronts[side] = front
    return False
