"""What sides are worth: trees with the values of their moments, compared on exact instances."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of, walk
from tutor.checking.calculated import untold
from tutor.checking.equal import Comparison, compare
from tutor.checking.lines.elements import Elements, is_moment, moments_changed
from tutor.checking.lines.side import Side
from tutor.checking.lines.squared import Squared
from tutor.checking.moments import of_vectors
from tutor.errors import ShapeError, TutorError
from tutor.notation.names import unicode_name
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Match:
    """Whether a side is equal to the one before it: ``same`` is None where neither was shown, for this ``reason``.

    ``comparison`` is of the trees ``answer`` and ``reference``, None where shapes tell already.
    """

    same: bool | None
    answer: Tree | None = None
    reference: Tree | None = None
    comparison: Comparison | None = None
    reason: str = ""


class Values:
    """Values of the trees of one derivation, whose ``goal`` is known to be equal to ``result``."""

    def __init__(self, vocabulary: Vocabulary, goal: Tree, result: Tree, *, general: bool = False) -> None:
        self.vocabulary = vocabulary
        self.elements = Elements(vocabulary, symbols_of(goal))
        self.squared = Squared()
        self.general = general
        self._replaced = {} if goal == result else {goal: result}
        self._known: dict[Tree, Tree] = {}
        self._moments: dict[Tree, Tree] = {}
        self._told: dict[Tree, Tree] = {}

    def of(self, tree: Tree) -> Tree:
        """The tree with the values of its moments, as far as the model tells them.

        Raises
        ------
        TutorError
            For a moment that does not follow from the model.
        """
        if tree not in self._known:
            symbols = self.elements.as_symbols(replace(tree, self._replaced) if self._replaced else tree)
            with_goal = replace(symbols, self._replaced) if self._replaced else symbols
            told = moments_changed(self.elements.as_listed(with_goal), self._moment, self._told)
            letter = self.elements.left_over(told)
            if letter is not None:
                raise TutorError(f"How {unicode_name(letter)} varies is not told here.")
            self._known[tree] = told
        return self._known[tree]

    def _moment(self, node: Tree) -> Tree | None:
        """The value of a moment, where the model has to be asked for it; each once."""
        if not is_moment(node) or self.elements.are_all_listed(node):
            return None
        if node not in self._moments:
            try:
                self._moments[node] = of_vectors(node, self.vocabulary)
            except TutorError:
                known = self._of_statistics(node)
                if known is not None:
                    self._moments[node] = known
                    return known
                # Of k'β̂ the variance has a value, though of β̂ alone, which is not unique, the model tells none.
                if any(isinstance(part, Scalar) and part.value.free_symbols for part in walk(node)):
                    raise
                self._moments[node] = node
        return self._moments[node]

    def _of_statistics(self, node: Tree) -> Tree | None:
        """The value of a moment of several mean squares, of which the goal may be that of one; None for others."""
        by_letters = self.elements.as_written(node, self.vocabulary)
        if by_letters == node or self.vocabulary.element_moment is None:
            return None
        with suppress(TutorError):
            return self.vocabulary.element_moment(by_letters)
        return None

    def match(self, side: Side, before: Side) -> Match:
        """Whether a side follows from the one before it."""
        if side.problem is None and before.problem is None:
            return self.same(side.terms[0], before.terms[0])
        if side.problem is None or before.problem is None:
            # What does not exist equals nothing that does.
            return Match(False, side.tree, before.tree)
        mine, theirs = side.terms, before.terms
        if side.is_square or before.is_square:
            one, other = self.in_square(side), self.in_square(before)
            if one is None or other is None:
                return Match(None, reason="neither line has a value")
            mine, theirs = one, other
        if len(mine) != len(theirs):
            return Match(False)
        found = [self.same(one, other) for one, other in zip(mine, theirs, strict=True)]
        for verdict in (False, None):
            for each in found:
                if each.same is verdict:
                    return each
        return found[0]

    def same(self, answer: Tree, reference: Tree, *, general: bool = False) -> Match:
        """Whether two trees are equal; with ``general`` for any matrices."""
        if not same_shape(answer.shape, reference.shape):
            return Match(False, answer, reference)
        try:
            told = self.of(answer), self.of(reference)
            if told[0] == told[1]:
                return Match(True, *told)
            comparison = compare(*told, general=self.general or general)
        except ShapeError:
            return Match(False, answer, reference)
        except TutorError as error:
            return Match(None, answer, reference, reason=error.problem)
        if comparison.same is not False:
            return Match(comparison.same, *told, comparison, comparison.reason)
        name = untold(*told)
        if name is not None:
            return Match(None, *told, comparison, f"{name} is calculated from data, and how was not told")
        return Match(False, *told, comparison)

    def in_square(self, side: Side) -> tuple[Tree, ...] | None:
        """The terms of a side in square matrices; None where it has no such form."""
        if side.is_square:
            return side.terms or None
        terms = [self.squared.tree(term) for term in side.terms]
        known = tuple(term for term in terms if term is not None)
        return known if len(known) == len(terms) else None
