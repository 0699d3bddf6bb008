"""The remarks on the notation of any text, also of one whose meaning cannot be made out."""

from __future__ import annotations

from tutor.errors import ReadError, ShapeError
from tutor.notation.dimensions import dimensions_apart
from tutor.notation.finding import Finding
from tutor.notation.lint import in_order, small_matrices
from tutor.notation.lint_estimates import estimate_against_parameter
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.parse import Parse
from tutor.notation.read import HasVocabulary, names_of, read
from tutor.notation.vocabulary import Vocabulary


def proofread(text: str, vocabulary: Vocabulary | HasVocabulary | None = None) -> tuple[Finding, ...]:
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
    vocabulary = names_of(vocabulary)
    try:
        return read(text, vocabulary).findings
    except ShapeError as error:
        told = _unread(text, vocabulary)
        if any(finding.key in _WHY_APART for finding in told):
            return in_order(told)  # read as vectors, with dimensions, or b as effects: why they do not meet
        end = error.end or len(text)
        return in_order([*told, Finding("shapes-do-not-meet", error.start, end, error.sentence)])
    except ReadError:
        told = _unread(text, vocabulary)
        if not told:
            raise
        return in_order(told)


_WHY_APART = frozenset({"matrix-in-lower-case", "shapes-do-not-meet", "estimate-for-parameter"})

LONGEST = 20_000
"""A text of more characters is refused for its length before anything in it is looked at."""


def _unread(text: str, vocabulary: Vocabulary) -> list[Finding]:
    """The remarks on a text that has no meaning, from its syntax alone; none where that is wrong too."""
    if len(text) > LONGEST:
        return []
    cleaned = clean(text)
    parse = Parse(cleaned)
    try:
        display = parse.display(0, len(cleaned))
    except ReadError:
        return []
    return [
        *parse.findings, *small_matrices(display, vocabulary), *estimate_against_parameter(display),
        *dimensions_apart(cleaned, display, vocabulary),
    ]  # fmt: skip
