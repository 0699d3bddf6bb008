"""A derivation written down line by line, with other derivations used for parts of a line."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.algebra.laws.joining import sum_of
from tutor.algebra.nodes import Sum
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, transform


class Chain:
    """The lines so far; each method that adds some gives the chain itself.

    >>> from tutor.algebra.build import symbol
    >>> A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
    >>> print(Chain(A + B - B).to("cancel", "B − B = 0", A).derivation)
    A + B − B = A   B − B = 0
    """

    def __init__(self, goal: Tree) -> None:
        self._goal = goal
        self._steps: list[Step] = []

    @property
    def line(self) -> Tree:
        """The last line."""
        return self._steps[-1].after if self._steps else self._goal

    @property
    def derivation(self) -> Derivation:
        return Derivation(self._goal, tuple(self._steps))

    def to(self, rule: str, because: str, after: Tree, assumption: str | None = None) -> Chain:
        """The next line with its reason; a line that is like the last one is left out."""
        if after != self.line:
            self._steps.append(Step(rule, because, self.line, after, assumption))
        return self

    def put(self, rule: str, because: str, replacements: Mapping[Tree, Tree], assumption: str | None = None) -> Chain:
        """The next line has other trees in the places of some."""
        return self.to(rule, because, _flat(replace(self.line, replacements)), assumption)

    def follow(self, derivation: Derivation) -> Chain:
        """The steps of a derivation of a part of the line; the last one loses its brackets where it is a sum."""
        lines = [replace(self.line, {derivation.goal: part}) for part in derivation.lines[1:]]
        for number, (step, line) in enumerate(zip(derivation.steps, lines, strict=True), start=1):
            self.to(step.rule, step.because, _flat(line) if number == len(lines) else line, step.assumption)
        return self


def _flat(tree: Tree) -> Tree:
    """A sum among the terms of a sum without its brackets."""
    return transform(tree, lambda node: sum_of(node.terms) if isinstance(node, Sum) else None)
