"""What a student writes around an answer, and claims nothing: words, a name of one's own.

`read_around` looks for these only in a text that cannot be read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from tutor.algebra.sizes import ONE, Shape, same_shape
from tutor.checking.left_side import MOMENT_BY_NAME
from tutor.checking.sentences import DENIED, plainly
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import Reading, read
from tutor.notation.vocabulary import Vocabulary

MOST_TEXT = 2_000
"""Characters of a text of which more than one reading is tried."""

_SIZE_BELOW = re.compile(r"(?<=[A-Z])[₀-₉]+")
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_OWN_NAME = re.compile(
    r"\s*+(?P<name>(?:\\(?:mathbf|boldsymbol|bm|mathrm|text)\s*\{)?\\?[^\W\d_]\w{0,20}\}?)\s*+[=:](?![=~])"
)
_REASON = re.compile(r"(?i)\b(?:since|because)\b")
_RESPONSE = re.compile(r"(?<![A-Za-z\\])Y(?![A-Za-z])")
_SQUARE_ONES = re.compile(r"(?<!\.)\b(?P<call>ones|zeros)\(\s*(?P<size>[\w*]+)\s*\)")
"""ones(4), which is a column in NumPy, and a square matrix in SymPy and MATLAB."""


def with_capital_response(vocabulary: Vocabulary, answer: object, reference: object) -> Vocabulary:
    """The names of an answer where any letter may be a new matrix: Y is y all the same, unless the reference has a Y.

    >>> from tutor import lecture_vocabulary
    >>> with_capital_response(lecture_vocabulary(), "X'Y", "X'y").lookup("Y").key
    'y'
    """
    if not vocabulary.takes_new_names or not isinstance(answer, str) or not _RESPONSE.search(answer):
        return vocabulary
    response = vocabulary.lookup("y")
    if response is None or vocabulary.lookup("Y") is not None or _RESPONSE.search(str(reference)):
        return vocabulary
    return vocabulary.with_names(replace(response, aliases=(*response.aliases, "Y")))


def read_around(text: str, vocabulary: Vocabulary, shape: Shape | None = None) -> Reading:
    """The reading of an answer, without what stands around it where it cannot be read as it stands.

    Raises
    ------
    ReadError, ShapeError
        The error of the text as it stands.

    >>> from tutor import one_way
    >>> names = one_way(3, 2).vocabulary
    >>> str(read_around("The variance is ZGZ' + R", names).tree)
    "ZGZ' + R"
    >>> str(read_around("Q = ZGZ' + R", names).tree)
    "ZGZ' + R"
    """
    try:
        reading = read(text, vocabulary, shape=shape)
        return _without_reason(reading, text, vocabulary, shape) or _with_square_ones(reading, text, vocabulary, shape)
    except (ReadError, ShapeError) as error:
        if len(text) <= MOST_TEXT:
            for other in _others(text, error, vocabulary, shape):
                with suppress(ReadError, ShapeError):
                    return read_around(other, vocabulary, shape)
        raise


def _without_reason(reading: Reading, text: str, vocabulary: Vocabulary, shape: Shape | None) -> Reading | None:
    """The reading of an answer without the formula that is given as its reason, "2σ² since Cov(ε_11, ε_21) = 0"; None
    where there is no reason."""
    stated = plainly(text) if len(reading.parts) > 1 and _REASON.search(text) else None
    if stated is not None:
        with suppress(ReadError, ShapeError):
            return read_around(stated, vocabulary, shape)
    return None


def _with_square_ones(reading: Reading, text: str, vocabulary: Vocabulary, shape: Shape | None) -> Reading:
    """The reading, or that with ones(4) and zeros(4) as square matrices where it alone is of the shape that is
    expected."""
    is_fitting = shape is None or reading.tree is None or same_shape(reading.tree.shape, shape)
    if is_fitting or shape is None or not _SQUARE_ONES.search(text):
        return reading
    with suppress(ReadError, ShapeError):
        other = read(_SQUARE_ONES.sub(r"\g<call>(\g<size>, \g<size>)", text), vocabulary, shape=shape)
        if other.tree is not None and same_shape(other.tree.shape, shape):
            return other
    return reading


def _others(text: str, error: ReadError | ShapeError, vocabulary: Vocabulary, shape: Shape | None) -> Iterator[str]:
    """The text without one thing that stands around it; each is shorter in what is left to try."""
    moment = MOMENT_BY_NAME.match(text)
    if moment is not None:
        yield " " * moment.end() + text[moment.end() :]
    if not isinstance(error, ReadError):
        if _SQUARE_ONES.search(text):
            yield _SQUARE_ONES.sub(r"\g<call>(\g<size>, \g<size>)", text)
        return
    stated = plainly(text)
    if stated is not None:
        yield stated
    suggestion = getattr(error, "suggestion", None)
    if error.kind == "text-outside-math" and suggestion and suggestion != text and not DENIED.search(text):
        yield suggestion
    if error.kind == "unknown-name" and _SIZE_BELOW.search(text):
        yield _SIZE_BELOW.sub(lambda found: f"_{found[0].translate(_DIGITS)}", text)  # σ_uJ₆ as σ_u J_6
    if error.kind in ("upper-case", "unknown-name") and _RESPONSE.search(text):
        yield _RESPONSE.sub("y", text)
    is_of_number = error.kind == "lower-case" and shape == (ONE, ONE)  # no number is called R
    if error.kind == "unknown-name" or is_of_number:
        own = _OWN_NAME.match(text)
        if own is not None and error.start < own.end():
            yield " " * own.end() + text[own.end() :]
