"""How many rules lie between two lines, where an exercise sets how far one may go at once.

The lines of the known derivation are marks along the way: two lines that stand among them are as far apart as they are
there. Where one does not, the laws are applied to both, each as often as it goes, until they meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

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
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.write import write

MOST_FORMS = 400
"""Forms that are reached from the two lines before the search gives up, and takes the gap for too wide."""


def is_within(before: Side, side: Side, most: int, derivation: Derivation, values: Values) -> bool:
    """Whether at most so many rules lead from one line to the next; what has no value on its own is not measured."""
    if before.tree is None or side.tree is None:
        return True
    marks = [_forms(line, values) for line in derivation.lines]
    known = [
        [place for place, mark in enumerate(marks) if mark & _forms(tree, values)] for tree in (before.tree, side.tree)
    ]
    if known[0] and known[1]:
        return min(abs(i - j) for i in known[0] for j in known[1]) <= most
    start, end = (values.elements.as_symbols(tree) for tree in (before.tree, side.tree))
    return _meet(start, end, most, _rules(start, end, derivation))


def _forms(tree: Tree, values: Values) -> frozenset[Tree]:
    """A line as it stands, and as it is read when it is written."""
    found = {tree}
    with suppress(TutorError):
        read_back = read(write(tree, "latex"), values.vocabulary, shape=tree.shape).tree
        found |= set() if read_back is None else {read_back}
    return frozenset(ordered(values.elements.as_written(form, values.vocabulary)) for form in found)


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
    there, back = _reached(start, most, rules), _reached(end, most, rules)
    return any(there[form] + back[form] <= most for form in there.keys() & back.keys())


def _reached(tree: Tree, most: int, rules: Sequence[Rule]) -> dict[Tree, int]:
    """The forms to which a tree comes by at most so many rules, and how many each needs."""
    found = {ordered(tree): 0}
    front = [tree]
    for count in range(1, most + 1):
        further: list[Tree] = []
        for form in front:
            for rule in rules:
                step = apply(rule, form)
                key = None if step is None else ordered(step.after)
                if step is not None and key is not None and key not in found and len(found) < MOST_FORMS:
                    found[key] = count
                    further.append(step.after)
        front = further
    return found
