"""The remarks on the notation of any text, also of one whose meaning cannot be made out."""

from __future__ import annotations

from tutor.errors import ReadError, ShapeError
from tutor.notation.finding import Finding
from tutor.notation.lint import in_order, small_matrices
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.parse import Parse
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary


def proofread(text: str, vocabulary: Vocabulary | None = None) -> tuple[Finding, ...]:
    r"""The remarks on a text, in the order of their places; none where its notation is the lecture's.

    They are the findings of its reading and, where it has no reading, matrices in small letters and shapes that do not
    meet.

    Raises
    ------
    ReadError
        For a text that cannot be read, unless a remark tells why.

    >>> [finding.key for finding in proofread(r"\mathbf{X}\beta")]
    ['bold-missing']
    """
    vocabulary = vocabulary or lecture_vocabulary()
    try:
        return read(text, vocabulary).findings
    except ShapeError as error:
        return in_order([*_small(text, vocabulary), Finding("shapes-do-not-meet", 0, len(text), str(error))])
    except ReadError:
        small = _small(text, vocabulary)
        if not small:
            raise
        return in_order(small)


LONGEST = 20_000
"""A text of more characters is refused for its length before anything in it is looked at."""


def _small(text: str, vocabulary: Vocabulary) -> list[Finding]:
    if len(text) > LONGEST:
        return []
    cleaned = clean(text)
    try:
        return list(small_matrices(Parse(cleaned).display(0, len(cleaned)), vocabulary))
    except ReadError:
        return []
