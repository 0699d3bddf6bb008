r"""A text as its lines: LaTeX (align, \\), plain lines, numbered lines; reasons beside a line are put apart.

Every line keeps its place in the text, so that what cannot be read can be shown where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from tutor.errors import ReadError
from tutor.notation.parsing.drawn import on_one_line

MOST_LINES = 200
"""Lines of one answer; a derivation of the course has some ten."""

_WRAPPERS = re.compile(
    r"\\(?:begin|end)\s*\{\s*(?:align|aligned|alignat|gather|gathered|split|eqnarray|equation|multline|flalign"
    r"|displaymath|math|dmath|IEEEeqnarray)\*?\s*\}(?:\s*\{[0-9rcl]*\})?|\$\$?|(?<!\\)\\[\[\]]|^\s*```\w*|```\s*$"
)
_ARRAY = re.compile(r"\s*\\begin\s*\{array\}\s*\{\s*r\s*c\s*l\s*\}(?P<body>.*)\\end\s*\{array\}\s*", re.S)
_NOTES = re.compile(r"\\(?:nonumber|notag|displaystyle|allowbreak)(?![A-Za-z])|\\(?:label|tag)\*?\s*\{[^{}]*\}")
_BREAK = re.compile(r"\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in)\s*\])?|\r?\n|\\newline(?![A-Za-z])")
_SCANNED = re.compile(rf"{_BREAK.pattern}|\\begin(?![A-Za-z])|\\end(?![A-Za-z])|\\.|[()\[\]{{}}]", re.S)
_RELATION_FIRST = re.compile(r"[\s&]*(?:=|\\(?:equiv|implies|iff|Rightarrow|Leftrightarrow)(?![A-Za-z])|⇒|⇔|∴|~|∼)")
_OPERATOR = r"(?:[+\-−*/@·×⊗]|%\*%|\\(?:otimes|cdot|times|quad\s*\+)(?![A-Za-z]))"
_CONTINUES = re.compile(rf"(?:[\s&]|\\q?quad(?![A-Za-z])|\\[,;:! ]|\{{\s*\}})*{_OPERATOR}")
_IS_CONTINUED = re.compile(rf"(?:{_OPERATOR}|=)(?:[\s&]|\\\\)*\Z")
_LEADING = re.compile(
    r"(?:\s|&|\\q?quad(?![A-Za-z])|\\[,;:! ]|\\(?:implies|iff|Rightarrow|Leftrightarrow|Longrightarrow|therefore|to)"
    r"(?![A-Za-z])|⇒|⇔|→|∴|[-*•](?=\s+[A-Za-z\\])"
    r"|(?i:(?:therefore|thus|hence|so|then|and|now|finally|first|next|we have|it follows that)(?:\s+(?:that|is))?"
    r"(?:\s*[,:]\s*|\s+)(?=\S)))+"
)
_NUMBER = re.compile(
    r"\s*(?:\(\s*(?P<round>[0-9]{1,3})\s*\)|(?i:line|step)\s*(?P<word>[0-9]{1,3})\s*[.):]?|(?P<dot>[0-9]{1,3})\s*[.):]"
    r"(?![0-9])|(?P<bare>[0-9]{1,3})(?=\s{2,}))\s*(?=\S)"
)
_TAG = re.compile(r"(?:(?<!\s)\s{2,}|\\q?quad\s*)\(\s*(?:[0-9]{1,3}|\*+)\s*\)\s*\Z")
_SECOND_COLUMN = re.compile(r"&\s*&")
_TEXT = re.compile(
    r"(?:(?<![\s,;])(?:\\q?quad(?![A-Za-z])|\\[,;:! ]|[\s,;]++){1,20}+)?"
    r"\\(?:text|textrm|textit|textbf|mbox|intertext|shortintertext|mathrm)\s*\{(?!\s*[A-Za-z]+\s*\}\s*[(\[_^{\\])"
)
"""A text in a line, but for the name of a function, \\mathrm{Var}(y)."""
_BECAUSE = re.compile(
    r"(?<![\s,;.])(?:[\s,;.]++|\\q?quad(?![A-Za-z])|\\[,;:! ]){1,20}(?P<open>[(\[])?\s*"
    r"(?i:since|because|by|using|as|from|where|due to|recall|note|assuming|if|with|law|rule|def|definition|per|see"
    r"|model|the|linearity|independence|independent|constant|uncorrelated|is fixed|for)"
    r"(?![A-Za-z_(^{=])[\s:.]*[A-Za-z\\(].*\Z",
    re.S,
)
_WORDS_IN_BRACKETS = re.compile(r"(?<!\s)\s+[(\[](?P<words>[A-Za-zäöüß,.;:'’\-\s]+)[)\]]\s*\Z")
_NOTATION = frozenset(
    ("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "theta", "iota", "kappa", "lambda", "sigma",
     "omega", "upsilon", "corr", "diag", "kron", "sqrt", "trace", "rank")
)  # fmt: skip
"""Words of four letters and more that are notation."""
_COMMENT = re.compile(r"(?<!\s)\s+(?:#|//|←|<--|--|—|–)\s*(?=[^\s]).*\Z", re.S)
_COLUMN_GAP = re.compile(r"(?:(?<! ) {3,}|(?<!\t)\t+)(?=\S)")
_REMARK = re.compile(
    r"\s*(?:\\(?:text|intertext|shortintertext|mbox|textrm)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*|(?:[A-Za-zäöüß'’,\-]+[\s,:.]+){2,}[A-Za-z'’\-]*"
    r"[.:]?\s*|(?:#|//|%).*)\Z",
    re.S,
)
_BLANK = r"(?:[\s&.,;]|\\q?quad(?![A-Za-z])|\\[,;:! ])*"
_NOTHING = re.compile(rf"{_BLANK}\Z|\s*&{_BLANK}\\text\s*\{{.*\}}\s*\Z", re.S)
"""A row of a display without a formula; one that has words in a column of its own goes on with the reason above."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as it was written: ``number`` counts lines from 1, ``text[0]`` stands at ``start`` of the whole answer.

    ``reason`` is what stands beside it in words.
    """

    number: int
    text: str
    start: int
    reason: str = ""


def written_lines(text: str) -> tuple[WrittenLine, ...]:
    """The lines of an answer without wrappers, numbers, reasons and remarks."""
    text = without_wrappers(text)
    array = _ARRAY.fullmatch(text)
    if array is not None:
        text = " " * array.start("body") + array["body"]
    pieces = [piece for piece in _joined(text, list(_pieces(text))) if not _NOTHING.match(text[slice(*piece)])]
    pieces = _without_numbers(text, pieces)
    equals = [_column(text, piece) for piece in pieces if _RELATION_FIRST.match(text[slice(*piece)])]
    lines: list[WrittenLine] = []
    for start, end in pieces:
        line = text[start:end]
        beside = equals and not _RELATION_FIRST.match(line) and _column(text, (start, end)) > min(equals) + 3
        if _REMARK.match(line) or (lines and beside):
            continue
        body, reason = _without_reason(line)
        leading = _LEADING.match(body)
        skipped = 0 if leading is None else leading.end()
        body = _without_alignment(body[skipped:])
        if not _NOTHING.match(body):
            lines.append(WrittenLine(len(lines) + 1, body.rstrip(" \t\r\n,;"), start + skipped, reason))
    return tuple(lines[:MOST_LINES])


def without_wrappers(text: str) -> str:
    """A text with blanks for the environments of a display, each matrix that is drawn on one line."""
    # A matrix whose brackets do not stand below each other is refused where its lines are read.
    with suppress(ReadError):
        text = on_one_line(text)
    return _blanked(text, _WRAPPERS, _NOTES)


def has_lines(text: object) -> bool:
    """Whether an answer is text of several lines, each a statement."""
    return isinstance(text, str) and _BREAK.search(text) is not None and len(written_lines(text)) > 1


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces between line breaks start and end; a break within a matrix or a bracket is none, unless a
    relation opens the line after it."""
    start = environments = brackets = 0
    is_behind_break = False
    for found in _SCANNED.finditer(text):
        sign = found[0]
        if sign.startswith("\\begin"):
            environments += 1
        elif sign.startswith("\\end"):
            environments = max(0, environments - 1)
        elif _BREAK.fullmatch(sign):
            within = environments or (brackets and sign.strip() == "" and not _RELATION_FIRST.match(text, found.end()))
            is_end_of_row = is_behind_break and sign.strip() == "" and not text[start : found.start()].strip()
            if is_end_of_row:
                start = found.end()  # the line ends behind its \\, and no line is empty
            elif not within:
                yield start, found.start()
                start, brackets = found.end(), 0
            is_behind_break = sign.strip() != ""
        elif sign in "([{":
            brackets += 1
        elif sign in ")]}":
            brackets = max(0, brackets - 1)
    yield start, len(text)


def _joined(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces with those joined that go on with a sum or product begun on the line before."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and not _NOTHING.match(text[slice(*joined[-1])]):
            before = text[slice(*joined[-1])]
            if _CONTINUES.match(text, start, end) or (_IS_CONTINUED.search(before) and text[start:end].strip()):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _without_numbers(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces without the numbers in front of them, if these count 1, 2, 3, … in most of two lines or more."""
    numbered = [(piece, _NUMBER.match(text, *piece)) for piece in pieces]
    counted = [int(next(filter(None, found.groups()))) for _, found in numbered if found is not None]
    if len(counted) < 2 or counted != list(range(1, len(counted) + 1)) or 2 * len(counted) < len(pieces):
        return pieces
    return [piece if found is None else (found.end(), piece[1]) for piece, found in numbered]


def _column(text: str, piece: tuple[int, int]) -> int:
    """The column in which a piece has its first sign."""
    first = piece[0] + len(text[slice(*piece)]) - len(text[slice(*piece)].lstrip())
    return first - (text.rfind("\n", 0, first) + 1)


def _without_reason(line: str) -> tuple[str, str]:
    """A line and the reason beside it: in a second column, in words, in \\text{…}, in brackets, behind a #."""
    body = _TAG.sub("", line)
    for found in _SECOND_COLUMN.finditer(body):
        if body[: found.start()].strip() and not _environments(body[: found.start()]):
            return _parted(body, found.start(), found.end())
    for found in _TEXT.finditer(body):
        if _is_whole(body[: found.start()]):
            return _parted(body, found.start(), found.start())
    for found in _COLUMN_GAP.finditer(body):
        before, after = body[: found.start()], body[found.end() :]
        goes_on = _CONTINUES.match(after) or after.startswith(("=", "&")) or _IS_CONTINUED.search(before)
        if before.strip(" &=") and not goes_on and _depth(before) == 0:
            return _parted(body, found.start(), found.end())
    starts = [
        found.start()
        for pattern in (_BECAUSE, _WORDS_IN_BRACKETS, _COMMENT)
        for found in pattern.finditer(body)
        if _is_whole(body[: found.start()]) and (pattern is not _WORDS_IN_BRACKETS or _are_words(found["words"]))
    ]
    return _parted(body, min(starts), min(starts)) if starts else (body, "")


def _is_whole(text: str) -> bool:
    """Whether a text may be a side: something stands there, no bracket is open, and no operator waits for more."""
    return bool(text.strip(" &=")) and _depth(text) == 0 and _IS_CONTINUED.search(text) is None


def _are_words(text: str) -> bool:
    """Whether what stands in brackets is language: a word that is no notation."""
    return any(len(word) > 3 and word.lower() not in _NOTATION for word in re.findall(r"[A-Za-zäöüß]+", text))


def _without_alignment(line: str) -> str:
    """A line with blanks for the & outside of its matrices."""
    return "".join(" " if sign == "&" and not _environments(line[:at]) else sign for at, sign in enumerate(line))


def _environments(text: str) -> int:
    return text.count("\\begin") - text.count("\\end")


def _parted(body: str, end: int, start: int) -> tuple[str, str]:
    return body[:end], body[start:].strip(" \t\n&,;")


def _depth(text: str) -> int:
    """How many brackets and environments are open at the end of a text."""
    opened = sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
    return opened + _environments(text)
