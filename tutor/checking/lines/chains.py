"""The lines of an answer as chains of equal sides: what each line claims, and of what.

A line that opens with = goes on with the chain before it; one that repeats what a chain is about, as Var(y) = …, or its
last side, goes on with that chain; any other equation begins one of its own. y ~ N(Xβ, V) claims E(y) = Xβ and
Var(y) = V.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import sympy

from tutor.algebra.laws.joining import alike
from tutor.algebra.nodes import Expectation, Scalar, Variance
from tutor.algebra.parameters import scalars_of
from tutor.algebra.sizes import Shape
from tutor.algebra.tree import Tree
from tutor.checking.answers import tree_of
from tutor.checking.lines.side import Side, SideReader, sides_of_text
from tutor.checking.lines.text import WrittenLine, without_wrappers, written_lines
from tutor.checking.own_letters import Letters, parted
from tutor.checking.scripts import without_script
from tutor.checking.sentences import plainly
from tutor.errors import ReadError, TutorError
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.read import read
from tutor.notation.statement import Distribution
from tutor.notation.vocabulary import Vocabulary

_DISTRIBUTED = re.compile(r"~|∼|\\sim(?![A-Za-z])")
_DISTRIBUTION_AGAIN = re.compile(
    r"[\s&]*=\s*(?=(?:\\math(?:cal|rm)\s*\{\s*M?V?N\s*\}|M?V?N)(?:_\w+|_\{[^{}]*\})?\s*(?:\\left\s*)?\()"
)
"""= N( on a line of its own: what the line before has said of something is said of it again."""

_RESPONSE_ALONE = re.compile(r"(?<![A-Za-z_\\{^])y(?![A-Za-z_0-9ᵢⱼ₀-₉'′\u0304̂])")
_EFFECT_ALONE = re.compile(
    r"(?<![A-Za-z_\\{^σ])(?<![A-Za-z][0-9])u(?![A-Za-z_0-9ᵢⱼ₀-₉'′^²])|(?<=[+|]\s)u(?=[})\s])|(?<=[+|])u(?=[})])"
)
_EFFECT_WITH_INDEX = re.compile(r"(?<![A-Za-zσ\\^_{²])u\s?[_ᵢⱼ₀-₉]")
_ELEMENT_OR_MATRIX = re.compile(r"(?<![A-Za-z])y\s?[_ᵢⱼ₀-₉]|[XZGRVI](?![A-Za-z(])|\\math(?:bf|cal)|\\bold|β")
"""What shows that y is the vector, or that elements of it are told apart."""

_MEANS = frozenset({"pi", "p", "lambda"})
"""Letters of means that have the index of an observation, or of its group."""

_NAME = re.compile(r"\s*\\?[^\W\d_]\w{0,20}\s*")


@dataclass(frozen=True, slots=True)
class Claim:
    """A side that a line claims to be equal to the one before it in its chain.

    ``number`` is that of the line; ``goes_on`` says that nothing tells of what the line speaks but the line before.
    """

    number: int
    line: str
    side: Side
    goes_on: bool = False


@dataclass(slots=True)
class Chain:
    """head = claims[0] = claims[1] = …"""

    head: Side
    claims: list[Claim] = field(default_factory=list)

    @property
    def last(self) -> Side:
        return self.claims[-1].side if self.claims else self.head


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that could not be read, and why; places of the error count from ``start`` of the answer."""

    number: int
    text: str
    start: int
    error: TutorError


@dataclass(frozen=True, slots=True)
class Chains:
    """What an answer claims; ``order`` has the claims with their chains in the order in which they were written."""

    chains: tuple[Chain, ...]
    order: tuple[tuple[Chain, Claim], ...]
    unreadable: tuple[Unreadable, ...]


def chains_of(
    answer: Any,
    goal: Tree,
    vocabulary: Vocabulary,
    known: tuple[Tree, ...] = (),
    reordered: frozenset[str] = frozenset(),
) -> Chains:
    """The chains of an answer: text of one line or several, a list of texts and trees, or a tree.

    A letter that the answer explains stands for what it is said to be, unless the goal or what is ``known`` of it has
    that letter. The nested effects with the letters ``reordered`` have their indices in the other order.

    Raises
    ------
    TutorError
        For an answer of another type that is no tree, and for one without a line.
    """
    items = list(answer) if _is_list_of_lines(answer) else [answer]
    texts = [without_wrappers(_of_one(item, goal, vocabulary)) if isinstance(item, str) else item for item in items]
    if len(texts) == 1 and isinstance(texts[0], str):
        texts = [_without_sentence(without_script(texts[0]), vocabulary)]
    letters, texts = _own_letters(texts, vocabulary, (goal, *known))
    reader = _Reader(Side(str(goal), 0, (goal,)), SideReader(vocabulary, letters, reordered), scalars_of(goal, *known))
    for item in texts:
        reader.add(item)
    if not reader.lines:
        raise TutorError("There is no line with a formula here.", tip="Type a line, as Var(y) = ZGZ' + R.")
    return reader.found()


def _of_one(text: str, goal: Tree, vocabulary: Vocabulary) -> str:
    """A text about one observation, y_11, in which this is called y, and its effect u: E(y) = E(E(y | u))."""
    elements = {str(letter) for letter in scalars_of(goal) if str(letter).startswith("y_")}
    names = {name.partition("|")[0] for name in elements}
    if not goal.is_scalar or len(names) != 1 or _ELEMENT_OR_MATRIX.search(text):
        return text
    (name,) = names
    predictor = vocabulary.lookup(f"eta{name[1:]}")
    effects = [] if predictor is None else [str(s) for s in scalars_of(predictor.tree) if str(s).startswith("u_")]
    if len(effects) == 1 and _EFFECT_WITH_INDEX.search(text) is None:
        text = _EFFECT_ALONE.sub(effects[0], text)
    return _RESPONSE_ALONE.sub(name, text)


def _without_sentence(text: str, vocabulary: Vocabulary) -> str:
    """A value in a sentence, "by the mean of a lognormal, exp(μ + σ²_u/2)", as the value alone."""
    if "=" in text or "\n" in text or (stated := plainly(text)) is None:
        return text
    try:
        read(text, vocabulary)
    except TutorError:
        return stated
    return text


def _own_letters(items: list[Any], vocabulary: Vocabulary, known: tuple[Tree, ...]) -> tuple[Letters, list[Any]]:
    """The letters that texts explain, and the texts without that."""
    text = "\n".join(item if isinstance(item, str) else "" for item in items)
    letters, left = parted(text, vocabulary, known)
    if not letters.definitions:
        return letters, items
    # Each has as many signs as before.
    ends = list(accumulate(len(item) + 1 if isinstance(item, str) else 1 for item in items))
    starts = [0, *ends]
    found = [left[start : end - 1] for start, end in zip(starts, ends, strict=False)]
    return letters, [line if isinstance(item, str) else item for line, item in zip(found, items, strict=True)]


def _is_list_of_lines(answer: Any) -> bool:
    """Whether a list holds lines: texts and trees, and no numbers, of which it would be a matrix."""
    return isinstance(answer, Sequence) and not isinstance(answer, str) and all(
        isinstance(item, str | Tree) for item in answer
    )  # fmt: skip


class _Reader:
    def __init__(self, goal: Side, sides: SideReader, asked: Container[sympy.Basic]) -> None:
        self._goal = goal
        self._asked = asked
        """The letters of what was asked for."""
        self._sides = sides
        self._chains: list[Chain] = []
        self._order: list[tuple[Chain, Claim]] = []
        self._unreadable: list[Unreadable] = []
        self._number = 0
        self._at = 0
        """Where the text starts that is being read."""
        self._distributed = ""
        """What the distribution on the line before was of, as it was written."""

    @property
    def lines(self) -> int:
        """How many lines there are, those that cannot be read too."""
        return self._number

    def found(self) -> Chains:
        return Chains(tuple(self._chains), tuple(self._order), tuple(self._unreadable))

    def add(self, item: Any) -> None:
        """The claims of a text or of a tree."""
        if not isinstance(item, str):
            self._number += 1
            tree = tree_of(item, self._sides.vocabulary)
            self._claim(self._number, str(tree), [Side(str(tree), 0, (tree,))], goes_on=True)
            return
        lines = written_lines(item)
        single = len(lines) == 1
        is_alone = not self._chains and all(line.text.lstrip(" &").startswith("=") for line in lines[1:])
        for line in lines:
            self._number += 1
            self._at = line.start
            try:
                distributed, again = _DISTRIBUTED.search(line.text), _DISTRIBUTION_AGAIN.match(line.text)
                if distributed is not None:
                    self._distributed = line.text[: distributed.start()]
                    self._add_distribution(line, line.text)
                elif again is not None and self._distributed:
                    self._add_distribution(line, f"{self._distributed} ~ {line.text[again.end() :]}")
                else:
                    self._distributed = ""
                    self._add_line(line, counts_sides=single and self._number == 1, is_alone=is_alone)
            except TutorError as error:
                self._unreadable.append(Unreadable(self._number, line.text, self._at, error))

    def _add_distribution(self, line: WrittenLine, text: str) -> None:
        parts = [part for part in read(text, self._sides.vocabulary).parts if isinstance(part, Distribution)]
        if not parts or any(part.family != "N" or len(part.arguments) != 2 or part.is_denied for part in parts):
            raise TutorError(
                f"{line.text.strip()} does not tell a mean and a variance.", tip="Write y ~ N(mean, variance)."
            )
        for part in parts:
            if part.subject is None:
                raise TutorError(f"{line.text.strip()} tells of nothing.", tip="Write y ~ N(mean, variance).")
            for moment, value in zip((Expectation, Variance), part.arguments, strict=True):
                head = moment(part.subject)
                self._claim(
                    self._number,
                    line.text.strip(),
                    [Side(str(head), line.start, (head,)), Side(str(value), line.start, (value,))],
                )

    def _add_line(self, line: WrittenLine, *, counts_sides: bool, is_alone: bool) -> None:
        """``is_alone`` tells that all the answer is one chain."""
        pieces = sides_of_text(line.text)
        goes_on = len(pieces) > 1 and not pieces[0][1].strip()
        if goes_on:
            pieces = pieces[1:]
        shape = self._shape_before() if goes_on or len(pieces) == 1 else None
        read_sides: list[Side] = []
        for start, text in pieces:
            self._at = line.start + start
            try:
                side = self._sides.read(text, self._at, shape)
            except ReadError as error:
                is_name = is_alone and text is not pieces[-1][1] and _NAME.fullmatch(text) is not None
                if error.kind != "unknown-name" or not is_name:
                    raise
                side = self._goal  # by a name of one's own
            if is_alone and self._is_own_name(side, text, pieces):
                side = self._goal
            shape = side.shape or shape
            read_sides.append(side)
        self._claim(
            self._number, line.text.strip(), read_sides, goes_on=goes_on or len(pieces) == 1, counts_sides=counts_sides
        )

    def _is_own_name(self, side: Side, text: str, pieces: list[tuple[int, str]]) -> bool:
        """Whether a side is only what its author calls the whole, p or λ: a letter without an index that the question
        does not have, or π_1 and λ_1, that stands in no other side."""
        tree = side.terms[0] if len(side.terms) == 1 else None
        others = [other for _, other in pieces if other is not text]
        if not isinstance(tree, Scalar) or not tree.value.is_Symbol or not others or _NAME.fullmatch(text) is None:
            return False
        base, line, _ = str(tree.value).partition("_")
        is_free = tree.value not in self._asked and (not line or base in _MEANS) and base not in STATISTICS
        pattern = re.compile(rf"(?<![A-Za-z\\]){re.escape(text.strip())}(?![A-Za-z])")
        is_number = re.fullmatch(r"[\s\d.]*", pieces[-1][1]) is not None
        return is_free and not is_number and not any(pattern.search(other) for other in others)

    def _shape_before(self) -> Shape | None:
        return (self._chains[-1].last.shape or self._chains[-1].head.shape) if self._chains else self._goal.shape

    def _claim(
        self, number: int, line: str, sides: list[Side], *, goes_on: bool = False, counts_sides: bool = False
    ) -> None:
        """Add the sides of a line to the chain to which they belong."""
        if goes_on:
            if not self._chains:
                self._chains.append(Chain(self._goal))
                if len(sides) == 1 and same_side(sides[0], self._goal):
                    return
            chain = self._chains[-1]
        else:
            chain = self._chain_of(sides[0])
            if same_side(sides[0], chain.last) or same_side(sides[0], chain.head):
                sides = sides[1:]
        for place, side in enumerate(sides):
            told = number + place if counts_sides else number
            claim = Claim(told, f"= {side.text}" if counts_sides and place else line, side, goes_on)
            chain.claims.append(claim)
            self._order.append((chain, claim))
        if chain is not self._chains[-1]:
            self._chains.remove(chain)
            self._chains.append(chain)
        if counts_sides:
            self._number = number + max(0, len(sides) - 1)

    def _chain_of(self, left: Side) -> Chain:
        """The chain with which an equation goes on by its left side; a new one where there is none."""
        for chain in reversed(self._chains):
            if same_side(left, chain.last) or same_side(left, chain.head):
                return chain
        chain = Chain(left)
        self._chains.append(chain)
        return chain


def same_side(one: Side, other: Side) -> bool:
    """Whether two sides are written alike, up to the order of terms."""
    return (
        len(one.terms) == len(other.terms)
        and one.is_square == other.is_square
        and bool(one.terms)
        and all(a.shape == b.shape and alike(a, b) for a, b in zip(one.terms, other.terms, strict=True))
    )
