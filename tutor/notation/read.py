"""Reading: text to tree, or a located, worded refusal."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

import sympy

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import Shape, is_open, same_shape
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.finding import Finding
from tutor.notation.lint import in_order, lint
from tutor.notation.meaning.alternatives import alternatives
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.customs import by_custom
from tutor.notation.meaning.doubts import doubts
from tutor.notation.meaning.other_kinds import (
    MOST_ATTEMPTS,
    MOST_READ,
    Change,
    KindSearch,
    needs_numbers,
    with_kinds,
)
from tutor.notation.meaning.plausible import are_degenerate, are_numbers, is_hardly_meant, refusal
from tutor.notation.meaning.state import statements
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.blanks import are_certain, with_commas
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.copied_inverses import with_inverses_raised
from tutor.notation.parsing.drawn import on_one_line
from tutor.notation.parsing.grids import with_grids_written_out
from tutor.notation.parsing.other_programs import from_mathematica, least_squares, with_left_divisions
from tutor.notation.parsing.parse import Parse
from tutor.notation.parsing.plain_sums import with_indices_of_sums
from tutor.notation.parsing.repeats import with_repeats_written_out
from tutor.notation.parsing.words import words_around
from tutor.notation.statement import Equation, Expression, Kind, Statement, kind_of
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.writing.pen import Pen, Piece, written

MOST_TEXT = 20_000
"""Characters of a text outside matrices. A thesis formula has some hundred."""

MOST_MATRIX_TEXT = 600_000
"""Characters of a text with matrices in it: a 72 × 72 matrix of long entries has some 150,000."""

_HAS_CELLS = re.compile(r"\\begin\s*\{|\[\s*\[|\bmatrix\s*\(|[⎡⎛]")

_DECIMAL = re.compile(r"(?<![0-9.])([0-9]{0,300})(?:\.|\{,\})([0-9]{1,300})(?!\.?[0-9])")

MOST_FOR_DOUBTS = 12
"""Attempts to read a text without doubts, where it has a meaning with them."""

_BY_WORDS = frozenset({"unexpected", "unknown-name", "wrong-dimension", "missing-operand"})
"""Kinds of refusals that words around a formula bring about."""

_BY_KIND_OF_LETTERS = frozenset(
    {"division-by-matrix", "unexpected", "root", "size-unknown", "wrong-dimension", "unknown-name"}
)
"""Kinds of refusals that a letter brings about which is a number, a vector or a matrix, and was taken for another."""


@dataclass(frozen=True, slots=True)
class Reading(Shown):
    """What a text says.

    ``kind`` is what it is as a whole, ``tree`` the tree of a single expression, ``parts`` the statements,
    ``findings`` remarks on its notation. Places are those in ``text``, in which a matrix that was drawn over several
    lines stands on one.
    """

    text: str
    kind: Kind
    parts: tuple[Statement, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def tree(self) -> Tree | None:
        """The tree of a single expression; None for equations, distributions and several statements."""
        return self.parts[0].tree if len(self.parts) == 1 and isinstance(self.parts[0], Expression) else None

    @property
    def decimals(self) -> frozenset[sympy.Rational]:
        """The numbers that were typed as decimals, exactly."""
        typed = (sympy.Rational(f"{found[1]}.{found[2]}") for found in _DECIMAL.finditer(self.text))
        return frozenset(number for number in typed if isinstance(number, sympy.Rational))

    @property
    def shape(self) -> Shape | None:
        """Rows and columns of a single expression; None also for σ²I alone, which may be of any size."""
        shape = None if self.tree is None else self.tree.shape
        return None if shape is None or any(map(is_open, shape)) else shape


class HasVocabulary(Protocol):
    """What has names of its own, as a model does."""

    @property
    def vocabulary(self) -> Vocabulary: ...


def names_of(given: Vocabulary | HasVocabulary | None) -> Vocabulary:
    """A vocabulary, or that of a model; the lecture's where none is given.

    Raises
    ------
    TutorError
        For anything else.
    """
    if not isinstance(given, Vocabulary) and given is not None:
        given = getattr(given, "vocabulary", given)
        if not isinstance(given, Vocabulary):
            raise TutorError(
                f"A vocabulary says what the letters of a text stand for; {type(given).__name__} has none.",
                tip="Give a model, or m.vocabulary of one.",
            )
    return given if given is not None and given.names else lecture_vocabulary()


def read(text: str, vocabulary: Vocabulary | HasVocabulary | None = None, *, shape: Shape | None = None) -> Reading:
    """Read a formula in LaTeX, Unicode, plain text, R, NumPy or SymPy spelling.

    ``vocabulary``, or the model that has it, says what the letters are (the lecture's, if none is given); ``shape`` is
    the shape that is expected of the whole, used only for the size of an I, J, 1 or 0 that nothing else determines, and
    to tell cells with blanks between them, [σ² ρ; ρ σ²], from products.

    Raises
    ------
    ReadError
        With ``kind``, ``start`` and ``end``, for a text that is no formula of this vocabulary.
    ShapeError
        For sums and products whose shapes do not meet.
    TutorError
        For a text or a vocabulary that is none.

    >>> read(r"\\mathbf{X}\\boldsymbol{\\beta}").shape
    (n, 1)
    """
    _check_text(text)
    text = on_one_line(text)
    typed = clean(text)
    vocabulary = names_of(vocabulary)
    cleaned = with_left_divisions(from_mathematica(with_repeats_written_out(with_grids_written_out(typed))))
    cleaned = with_indices_of_sums(cleaned, _covariates(vocabulary))
    parted = with_commas(cleaned)
    if parted is not None and are_certain(cleaned):
        cleaned, parted = parted, None
    try:
        reading = _read_by_custom(text, cleaned, vocabulary, shape)
        return reading if parted is None else _of_shape(reading, text, parted, vocabulary, shape)
    except (ReadError, ShapeError) as error:
        if parted is not None:
            with suppress(ReadError, ShapeError):
                return _read_by_custom(text, parted, vocabulary, shape)
        is_copied = isinstance(error, ShapeError) and vocabulary.takes_new_names
        raised = with_inverses_raised(cleaned) if is_copied else None
        if raised is not None:
            with suppress(ReadError, ShapeError):
                return _read_by_custom(text, raised, vocabulary, shape)
        if isinstance(error, ShapeError):
            if cleaned != typed and "\\" in typed:
                raise least_squares(typed) from None
            raise
        around = words_around(cleaned) if error.kind in _BY_WORDS else None
        if around is None:
            raise
        raise around from None


def _covariates(vocabulary: Vocabulary) -> str:
    """The letters of vectors of a model that are known numbers, of which sum(x) is the sum of the elements."""
    if vocabulary.takes_new_names:
        return ""
    names = (vocabulary.names.get(letter) for letter in "xzw")
    return "".join(name.key for name in names if name is not None and isinstance(name.tree, Symbol)
                   and name.tree.role == "known" and name.tree.columns == 1)  # fmt: skip


def _of_shape(reading: Reading, text: str, parted: str, vocabulary: Vocabulary, shape: Shape | None) -> Reading:
    """The reading, or that with blanks between cells where this one alone is of the shape that is expected."""
    if shape is None or _has_shape(reading, shape):
        return reading
    with suppress(ReadError, ShapeError):
        other = _read_by_custom(text, parted, vocabulary, shape)
        if _has_shape(other, shape):
            return other
    return reading


def _has_shape(reading: Reading, shape: Shape) -> bool:
    """Whether what a text says is of a shape: its expression, or the last side of its equation."""
    last = reading.parts[-1] if reading.parts else None
    tree = last.sides[-1] if isinstance(last, Equation) and last.sides else reading.tree
    return tree is None or same_shape(tree.shape, shape)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A text with its syntax, which is the same whatever its letters mean."""

    text: str
    cleaned: str
    parse: Parse
    display: syntax.Display
    usage: Usage


def _parsed(text: str, cleaned: str) -> _Parsed:
    parse = Parse(cleaned)
    display = parse.display(0, len(cleaned))
    return _Parsed(text, cleaned, parse, display, Usage(cleaned, display, parse.plain))


def _read_by_custom(text: str, cleaned: str, vocabulary: Vocabulary, shape: Shape | None) -> Reading:
    """The reading with y and β as vectors, and where that has no meaning with other meanings of the letters."""
    parsed = _parsed(text, cleaned)
    custom = by_custom(vocabulary, parsed.usage)
    try:
        reading, doubtful = _read_with_doubts(parsed, custom, shape)
    except (ShapeError, ReadError) as error:
        if isinstance(error, ShapeError) or error.kind in _BY_KIND_OF_LETTERS:
            found = _read_otherwise(parsed, vocabulary, shape, error)
            if found is not None:
                return found
        raise
    if not vocabulary.takes_new_names:
        return reading
    if not is_hardly_meant(reading.parts):
        return _without_doubts(parsed, custom, shape, doubtful) or reading
    found = _read_otherwise(parsed, vocabulary, shape, None)
    if found is not None and not is_hardly_meant(found.parts):
        return found
    error = refusal(reading.parts, parsed.usage)
    if error is not None:
        raise error
    return reading


def _without_doubts(
    parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None, doubtful: tuple[Change, ...]
) -> Reading | None:
    """The reading in which letters are what their places show; None where there is none that leaves less in doubt."""
    if not doubtful or len(parsed.cleaned) > MOST_READ:
        return None
    search = KindSearch(parsed.usage, vocabulary, MOST_FOR_DOUBTS)
    for told in ((change,) for change in doubtful):
        search.then(told)
    search.then(doubtful)
    return _searched(parsed, vocabulary, shape, search, len(doubtful))


def _read_otherwise(
    parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None, error: ShapeError | ReadError | None
) -> Reading | None:
    """The first reading with other meanings of the letters that is one, a likely one if there is."""
    unlikely = None
    for other in alternatives(vocabulary, parsed.usage):
        custom = by_custom(other, parsed.usage)
        with suppress(ShapeError, ReadError):
            found, doubtful = _read_with_doubts(parsed, custom, shape)
            found = _without_doubts(parsed, custom, shape, doubtful) or found
            if not is_hardly_meant(found.parts):
                return found
            unlikely = unlikely or found
    return _read_by_other_kinds(parsed, vocabulary, shape, error) or unlikely


def _read_by_other_kinds(
    parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None, error: ShapeError | ReadError | None
) -> Reading | None:
    """The reading with the fewest letters of another kind than is custom; None where that gives no likely one."""
    if not vocabulary.takes_new_names or len(parsed.cleaned) > MOST_READ:
        return None
    search = KindSearch(parsed.usage, by_custom(vocabulary, parsed.usage), MOST_ATTEMPTS)
    if len(search.vectors()) > 1:
        search.then(search.vectors())
    search.failed((), 0.0, _place(error))
    return _searched(parsed, vocabulary, shape, search)


def _searched(
    parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None, search: KindSearch, doubts_before: int = 0
) -> Reading | None:
    """The first reading of a search that is a likely one and leaves no letter in doubt, or else fewer than before."""
    doubted = None
    for cost, changes in search:
        other = with_kinds(vocabulary, changes)
        try:
            found, doubtful = _read_with_doubts(parsed, by_custom(other, parsed.usage), shape)
        except (ShapeError, ReadError) as failure:
            search.failed(changes, cost, _place(failure))
            continue
        is_likely = not is_hardly_meant(found.parts) and not are_degenerate(found.parts, changes)
        is_of_numbers = are_numbers(found.parts) or not needs_numbers(other)
        if is_likely and is_of_numbers and not doubtful:
            return found
        if is_likely and is_of_numbers and doubted is None and len(doubtful) < doubts_before:
            doubted = found
        if is_likely and doubtful:
            search.then((*changes, *doubtful), cost + 1)
        search.failed(changes, cost, None)
    return doubted


def _place(error: ShapeError | ReadError | None) -> tuple[int, int] | None:
    """Where a reading failed; None where that is not known."""
    return None if error is None or error.start is None or error.end is None else (error.start, error.end)


def _read(parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None) -> Reading:
    return _read_with_doubts(parsed, vocabulary, shape)[0]


def _read_with_doubts(
    parsed: _Parsed, vocabulary: Vocabulary, shape: Shape | None
) -> tuple[Reading, tuple[Change, ...]]:
    """The reading, and which letters it took for numbers that their places show to be something else."""
    parse, display = parsed.parse, parsed.display
    size_names, triangles = frozenset(parse.size_names), frozenset(parse.triangles)
    plain = frozenset(parse.plain)
    symmetric = frozenset(parse.symmetric)
    context = Context(parsed.cleaned, parsed.usage, vocabulary, size_names, triangles, symmetric, plain=plain)
    parts = statements(display, context, shape)
    remarks = lint(parsed.cleaned, display, parts, context.vocabulary, plain)
    findings = in_order([*parse.findings, *context.findings, *remarks])
    doubtful = doubts(parsed.usage, context.taken) if context.taken else ()
    return Reading(parsed.text, kind_of(parts), parts, findings), doubtful


@written.register
def write_reading(reading: Reading, pen: Pen) -> Piece:
    """The statements of a reading, its decimals as they were typed."""
    return written(reading.parts, replace(pen, decimals=reading.decimals))


def _check_text(text: str) -> None:
    if not isinstance(text, str):
        raise TutorError(f"A formula is read from text, and {type(text).__name__} is none.",
                         tip="A tree, a matrix and a model need no reading.")  # fmt: skip
    limit = MOST_TEXT
    if len(text) > limit and _HAS_CELLS.search(text[:MOST_TEXT]):
        limit = MOST_MATRIX_TEXT
    if len(text) > limit:
        raise ReadError(
            f"This text has {len(text):,} characters; at most {limit:,} can be read.", text=text[:200], start=0,
            kind="too-long", tip="Write only the formula that was asked for.",
        )  # fmt: skip
