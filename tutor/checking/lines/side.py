"""One side of a line as a tree, and what it is worth where its shapes do not meet.

Xβ + ZGZ' + R does not exist, yet each of its terms does: it is kept as the sums of its terms of one shape. Where a
product does not exist, the side is read once more with all matrices square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import sympy

from tutor.algebra.nodes import Scalar, Scaled, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import Shape, is_open
from tutor.algebra.tree import Tree
from tutor.checking.answers import sides
from tutor.checking.lines.nested_order import in_other_order
from tutor.checking.lines.squared import Squared
from tutor.checking.own_letters import Letters
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.vocabulary import Vocabulary

_RELATION = re.compile(r"(?<![<>!:=≤≥])(?::=|==?|≡|\\equiv(?![A-Za-z]))(?!=)")
_VARIANCE_OF_Y = re.compile(
    r"\A\s*(?:V|[Cc]ov|\\mathrm\{V\}|\\mathbb\{V\})(?=\s*\(\s*(?:y|\\(?:mathbf|boldsymbol|bm)\{y\})\s*\)\s*\Z)"
)
"""V(y) and cov(y) are the variance of y."""
_SIGN = re.compile(r"[+\-−]")
_NEAR = 40
"""Characters before a sign among which stands what it comes behind."""

_BEFORE_TERM = re.compile(r"(?:[\w)\]}'′ᵀ⁻¹²³⁰-⁹₀-₉·.]|\\(?:top|prime|cdot))\s*\Z")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a line: ``text`` stands at ``start`` of the answer.

    ``terms`` is its tree, or the sums of its terms of one shape where these are several; ``is_square`` says that they
    are in square matrices; ``problem`` is why it does not exist, None for what does.
    """

    text: str
    start: int
    terms: tuple[Tree, ...]
    is_square: bool = False
    problem: ShapeError | None = None

    @property
    def tree(self) -> Tree | None:
        """The tree of a side that exists."""
        return self.terms[0] if self.problem is None else None

    @property
    def shape(self) -> Shape | None:
        return None if self.problem is not None else self.terms[0].shape


@dataclass(slots=True)
class SideReader:
    """Reads sides in a vocabulary, with what letters of one's own stand for in their place."""

    vocabulary: Vocabulary
    letters: Letters = field(default_factory=Letters)
    reordered: frozenset[str] = frozenset()
    """Letters of nested effects that are read with their indices in the other order."""
    squared: Squared = field(default_factory=Squared)
    _square_vocabulary: Vocabulary | None = None

    def read(self, text: str, start: int, shape: Shape | None) -> Side:
        """One side as a tree, of the shape that is expected where nothing else tells.

        Raises
        ------
        ReadError, TutorError
            For a text that is no expression of this vocabulary.
        """
        try:
            return Side(text.strip(), start, (self._tree(text, shape, self.vocabulary),))
        except ShapeError as error:
            problem = error
        terms = self._read_terms(text, shape, self.vocabulary)
        if terms is not None:
            return Side(text.strip(), start, terms, problem=problem)
        if self._square_vocabulary is None:
            self._square_vocabulary = self.squared.vocabulary(self.vocabulary)
        square = self._read_terms(text, None, self._square_vocabulary)
        return Side(text.strip(), start, square or (), is_square=True, problem=problem)

    def _tree(self, text: str, shape: Shape | None, vocabulary: Vocabulary) -> Tree:
        text = _VARIANCE_OF_Y.sub(" Var", text)
        found = self._sides(text, shape, vocabulary)
        if len(found) != 1:
            raise TutorError("An equation stands within a side here.", tip="Write its sides on lines of their own.")
        (tree,) = found
        if shape is not None and shape != tree.shape and tree == Scalar(sympy.S.Zero):
            return Zero(*shape)
        return tree

    def _sides(self, text: str, shape: Shape | None, vocabulary: Vocabulary) -> tuple[Tree, ...]:
        changed = self.letters.in_place(in_other_order(text, self.reordered))
        if changed == text:
            return sides(text, vocabulary, shape)
        try:
            return sides(changed, vocabulary, shape)
        except ReadError as error:
            # Its place is that in another text.
            raise TutorError(error.problem, tip=error.tip) from None

    def _read_terms(self, text: str, shape: Shape | None, vocabulary: Vocabulary) -> tuple[Tree, ...] | None:
        """The terms of a sum, each read alone; None where one of them has no value either."""
        found: list[Tree] = []
        try:
            for sign, term in terms_of_text(text):
                tree = self._tree(term, shape, vocabulary)
                found.append(tree if sign > 0 else Scaled(Scalar(sympy.Integer(-1)), tree))
        except TutorError:
            return None
        return None if any(is_open(extent) for tree in found for extent in tree.shape) else by_shape(found)


def by_shape(terms: Sequence[Tree]) -> tuple[Tree, ...]:
    """The sums of the terms of each shape, in the order of their first terms."""
    groups: dict[tuple[str, str], list[Tree]] = {}
    for term in terms:
        groups.setdefault((str(term.rows), str(term.columns)), []).append(term)
    return tuple(map(sum_or_term, groups.values()))


def sides_of_text(text: str) -> list[tuple[int, str]]:
    """The sides of a line with their places, cut at each = outside of brackets; "" before a leading =."""
    cuts = list(_outside(text, _RELATION))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    return [(start, text[start:end]) for start, end in zip(starts, ends, strict=True)]


def terms_of_text(text: str) -> list[tuple[int, str]]:
    """The terms of a sum as text, each with its sign."""
    cuts = [cut for cut in _outside(text, _SIGN) if _BEFORE_TERM.search(text, max(0, cut.start() - _NEAR), cut.start())]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    signs = [1, *(1 if cut[0] == "+" else -1 for cut in cuts)]
    return [(sign, text[start:end]) for sign, start, end in zip(signs, starts, ends, strict=True)]


def _outside(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The places of a pattern outside of brackets and environments."""
    depth = 0
    at = 0
    while at < len(text):
        if text.startswith("\\begin", at):
            depth += 1
        elif text.startswith("\\end", at):
            depth -= 1
        elif text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
        elif depth == 0:
            found = pattern.match(text, at)
            if found is not None:
                # An exponent's sign, as in V^-1, belongs to the exponent.
                if not text[:at].rstrip().endswith(("^", "_")):
                    yield found
                at = found.end()
                continue
        at += 1
