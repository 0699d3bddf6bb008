r"""Matrices in a text: where an environment or a nested list ends, and where its cells are.

Cells are found by scanning for separators only, so that a large matrix costs its length and not its grammar.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError, nearest
from tutor.notation.parsing.brackets import MOST_NESTING
from tutor.notation.parsing.ragged import numbers_side_by_side, ragged
from tutor.notation.parsing.rows import apart_by_spaces, completed, labelled_body, spread, without_labels
from tutor.notation.parsing.slips import no_backslash
from tutor.notation.parsing.spelling import CASES_ENVIRONMENTS, MATRIX_ENVIRONMENTS
from tutor.notation.parsing.token import CaseRows, Grid, Span
from tutor.notation.parsing.words import plain_words

MOST_CELLS = 40_000
"""A 200 × 200 matrix; what is larger is no answer that a person writes."""

BEGIN = re.compile(r"\\begin\s*\{\s*([A-Za-z]+\*?)\s*\}")
_BORDER = re.compile(r"\\(begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")
_OPTION = re.compile(r"\s*\[[^\[\]]*\]")
_COLUMNS = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SEPARATOR = re.compile(
    r"\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|sp|\\\w+)\s*\])?|\\cr(?![A-Za-z])|\\tabularnewline(?![A-Za-z])"
    r"|\\begin(?![A-Za-z])|\\end(?![A-Za-z])|\\[{}&]|[&{}]"
)
_RULE = re.compile(
    r"\\(?:hline|hdashline|toprule|midrule|bottomrule)(?![A-Za-z])|\\c(?:dash)?line\s*\{\s*[0-9]+\s*-\s*[0-9]+\s*\}"
)
_UNBRACKETED = frozenset({"array", "matrix"})
_BRACKET_BEFORE = re.compile(r"(?:[(\[|]|\\[{|]|\\[lr]?[vV]ert|\\lbrack|\\lbrace|\\lgroup|\\lmoustache)\s*\Z")
_LONGEST_BRACKET = 20
_RELATION = re.compile(r"=|~|∼|≡|\\(?:sim|equiv|approx|propto|leq?|geq?)(?![A-Za-z])|:=")
_RELATION_WITHIN = re.compile(r"=|~|∼|≡|\\(?:sim|equiv|leq?|geq?)(?![A-Za-z])")
_BRACED = re.compile(r"\{[^{}]*\}")
_CONDITION = re.compile(
    r"\\(?:text\w*|mbox|mathrm)\s*\{\s*,?\s*(?:if|for|when|otherwise|else)\b|\\q?quad(?![A-Za-z])"
    r"|(?:\\[,;: ]|~|\s)+(?=(?:if|for|when|otherwise|else)(?![A-Za-z_^(=]))"
)
_PLAIN_WORDS = re.compile(r"\\(?:text\w*|mbox|mathrm)\s*\{([^{}]*)\}")
_PRINTS_NOTHING = re.compile(r"\\(?:q?quad(?![A-Za-z])|[,;:! ])")
_BLANK_AHEAD = frozenset({"\\ ", "\\,", "\\;", "\\:", "\\!", "\\q"})
_BLANKS = re.compile(r"(?:\\(?:[,;:! ]|q?quad(?![A-Za-z]))\s*)+")
"""What moves a cell to the right, \\quad \\vdots, and what Markdown leaves of a row end, \\\\\\ \\vdots."""

_IN_LINE = re.compile(r"[\[\](){},;]")
_WORD = re.compile(r"\b(?:if|for|when|otherwise|else)\b")
LABELLED = "labelled"
"""In place of an environment: a layout whose one cell is the matrix, and whose other cells were its labels."""

_NO_LIST_OF_LISTS = re.compile(r"\[(?!\s*\[\s*(?:[^\[\s]|\[\s*\[|\[[^\[\]]*\]\s*['′ᵀ]))")
"""A list whose first row does not start with a cell: a letter, a matrix, or a column [1, 2]'."""

_EMPTY_LIST = re.compile(r"\[\s*(?:\[\s*\]\s*)?\]")
_NESTED = re.compile(r"[\[\](),{}]")


def pairs(text: str) -> dict[int, tuple[int, int]]:
    r"""For each \begin its offset and where the matching \end starts and ends.

    Raises
    ------
    ReadError
        For a \begin without \end, an \end without \begin, or two that do not match.
    """
    found: dict[int, tuple[int, int]] = {}
    open_: list[re.Match[str]] = []
    for border in _BORDER.finditer(text):
        if border[1] == "begin":
            open_.append(border)
            continue
        if not open_:
            _check_command(text, "begin", border[2], 0, border.start())
            raise _unbalanced(f"\\end{{{border[2]}}} has no \\begin{{{border[2]}}} before it.", text, border)
        begin = open_.pop()
        if begin[2] != border[2]:
            raise _unbalanced(f"\\begin{{{begin[2]}}} is closed by \\end{{{border[2]}}}.", text, begin)
        found[begin.start()] = (border.start(), border.end())
    if open_:
        _check_command(text, "end", open_[-1][2], open_[-1].end(), len(text))
        raise _unbalanced(f"\\begin{{{open_[-1][2]}}} is never closed.", text, open_[-1])
    return found


def _check_command(text: str, word: str, name: str, start: int, end: int) -> None:
    r"""Raise ReadError "missing-backslash" where begin{name} or end{name} stands without it, "unknown-command" where
    its word is misspelt, \bgein{name}."""
    found = re.compile(rf"(?<![A-Za-z\\])(\\?)([A-Za-z]+)\s*\{{\s*{re.escape(name)}\s*\}}").search(text, start, end)
    if found is None or nearest(found[2], ("begin", "end"), cutoff=0.6) != word:
        return
    if not found[1]:
        raise no_backslash(text, word, found.start())
    raise ReadError(f"{found[1]}{found[2]} is not a command of this notation.", text=text, start=found.start(),
                    end=found.end(2), kind="unknown-command", tip=f"Did you mean \\{word}?",
                    replacement=f"\\{word}")  # fmt: skip


def _unbalanced(problem: str, text: str, border: re.Match[str]) -> ReadError:
    return ReadError(
        problem, text=text, start=border.start(), end=border.end(), kind="unbalanced",
        tip=rf"A matrix goes from \begin{{{border[2]}}} to \end{{{border[2]}}}.",
    )  # fmt: skip


def environment(text: str, begin: re.Match[str], closing: int) -> Grid:
    r"""The cells of a matrix environment whose \end starts at ``closing``.

    Raises
    ------
    ReadError
        For rows of different lengths (which row), or more than 40,000 cells.
    """
    return _grid(text, begin[1], begin.start(), start_of_cells(text, begin, closing), closing)


def plain_matrix(text: str, name: str, start: int, first: int, closing: int) -> Grid:
    r"""The cells of a matrix of plain TeX, \pmatrix{1 & 0 \cr 0 & 1}, whose command starts at ``start``.

    The cells are from ``first`` up to its brace at ``closing``.

    Raises
    ------
    ReadError
        As `environment` does, and for a matrix without cells.
    """
    if not text[first:closing].strip():
        raise ReadError("There is nothing in this matrix.", text=text, start=start, end=closing + 1,
                        kind="empty-matrix")  # fmt: skip
    return _grid(text, name, start, first, closing)


def _grid(text: str, name: str, start: int, first: int, closing: int) -> Grid:
    """The cells from ``first`` of a matrix that starts at ``start``."""
    rows = apart_by_spaces(text, spread(text, _cells(text, first, closing)))
    if name in _UNBRACKETED:
        body = None if _in_brackets(text, start) else labelled_body(text, rows)
        if body is not None:
            return Grid(((body,),), LABELLED)
    rows = completed(text, without_labels(text, rows))
    return Grid(_checked(text, rows, start), name.rstrip("*"))


def are_labels(text: str, begin: re.Match[str], closing: int) -> bool:
    """Whether an environment without brackets is one row of words, as the names of the columns beside it."""
    if begin[1] not in _UNBRACKETED or _in_brackets(text, begin.start()):
        return False
    rows = _cells(text, start_of_cells(text, begin, closing), closing)
    words = [text[cell.start : cell.end] for row in rows for cell in row]
    return len(rows) == 1 and len(words) > 1 and all(_PLAIN_WORDS.fullmatch(word) for word in words)


def _in_brackets(text: str, start: int) -> bool:
    """Whether a bracket stands right before a place."""
    return _BRACKET_BEFORE.search(text[max(0, start - _LONGEST_BRACKET) : start]) is not None


def start_of_cells(text: str, begin: re.Match[str], closing: int) -> int:
    """Where the first cell of an environment starts, after the letters that align its columns."""
    start = begin.end()
    option = _OPTION.match(text, start, closing) if begin[1].endswith("*") or begin[1] == "array" else None
    if option is not None:
        start = option.end()
    columns = _COLUMNS.match(text, start, closing) if begin[1] == "array" else None
    return start if columns is None else columns.end()


def bordered(text: str, start: int, end: int) -> Grid:
    r"""The cells of \bordermatrix without its labels, the first row and the first column.

    Raises
    ------
    ReadError
        For rows of different lengths, and for a matrix that has nothing but labels.
    """
    rows = [row[1:] for row in _cells(text, start, end)[1:]]
    if not rows or not rows[0]:
        raise ReadError("This matrix has labels only.", text=text, start=start, end=end, kind="empty-matrix",
                        tip="Its first row and its first column are labels.")  # fmt: skip
    return Grid(_checked(text, completed(text, rows), start), "pmatrix")


def arranges_statements(text: str, begin: re.Match[str], closing: int, *, in_brace: bool = False) -> bool:
    """Whether an array or cases arrange the lines of a display: a relation stands in a first cell, in each of one
    column, or opens the next.

    ``in_brace`` says that an array stands behind one large brace, as cases do.
    """
    is_brace = in_brace or begin[1] in CASES_ENVIRONMENTS
    if not is_brace and (begin[1] not in _UNBRACKETED or _in_brackets(text, begin.start())):
        return False
    rows = _cells(text, start_of_cells(text, begin, closing), closing)
    if is_brace and any(_relates(text, row[0]) for row in rows):
        return True
    if rows and all(len(row) == 1 for row in rows):
        return all(_relates(text, row[0]) for row in rows)
    if rows and all(len(row) > 1 and row[0].start == row[0].end for row in rows):  # & y = … \\\\ & V = …
        rows = [row[1:] for row in rows]
        if all(len(row) == 1 for row in rows):
            return all(_relates(text, row[0]) for row in rows)
    return any(_RELATION.match(text, cell.start, cell.end) for row in rows for cell in row[1:2])


def _relates(text: str, cell: Span) -> bool:
    """Whether a relation stands in a cell outside of braces."""
    return _RELATION_WITHIN.search(_BRACED.sub("", text[cell.start : cell.end])) is not None


def cases(text: str, begin: re.Match[str], closing: int) -> CaseRows:
    """The rows of cases, a value and the words of its condition each.

    Raises
    ------
    ReadError
        "empty-matrix", where there are no rows.
    """
    rows = _cells(text, start_of_cells(text, begin, closing), closing)
    if not rows:
        raise ReadError("There are no cases here.", text=text, start=begin.start(), kind="empty-matrix",
                        tip=r"Write \begin{cases} 1 & \text{if …} \\ 0 & \text{otherwise} \end{cases}.")  # fmt: skip
    return CaseRows(tuple(_case(text, row) for row in rows))


def _case(text: str, row: list[Span]) -> tuple[Span, str]:
    value, *conditions = row
    if not conditions:
        word = _CONDITION.search(text, value.start, value.end)
        if word is not None:
            value, conditions = Span(value.start, word.start()), [Span(word.start(), value.end)]
    end = value.end
    while end > value.start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    words = " ".join(_PLAIN_WORDS.sub(r"\1", text[cell.start : cell.end]) for cell in conditions)
    return Span(value.start, end), plain_words(_PRINTS_NOTHING.sub(" ", words)).strip(".,; ")


def plain_cases(text: str, start: int, end: int) -> tuple[CaseRows, int] | None:
    """Cases in one line, {1, if λ ≠ 0; 0, otherwise}, that open at ``start``, and where they end; None for another."""
    rows: list[tuple[Span, str]] = []
    depth, piece, comma = 0, start + 1, 0
    for mark in _IN_LINE.finditer(text, start, end):
        sign = mark[0]
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 1 and sign == "," and not comma:
            comma = mark.start()
        elif (depth == 1 and sign == ";") or depth == 0:
            if not comma:
                return None
            rows.append((_trimmed(text, piece, comma), " ".join(text[comma + 1 : mark.start()].split())))
            piece, comma = mark.end(), 0
        if depth == 0:
            is_cases = sign == "}" and (len(rows) > 1 or _WORD.search(rows[0][1]) is not None)
            return (CaseRows(tuple(rows)), mark.end()) if is_cases else None
    return None


def is_matrix(name: str) -> bool:
    """Whether an environment of this name is a matrix."""
    return name in MATRIX_ENVIRONMENTS


def _cells(text: str, start: int, closing: int) -> list[list[Span]]:
    rows: list[list[Span]] = [[]]
    cell, depth, nested, count = start, 0, 0, 0
    for mark in _SEPARATOR.finditer(text, start, closing):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == "\\begin":
            nested += 1
        elif sign == "\\end":
            nested -= 1
        elif depth <= 0 and nested == 0 and sign not in {"\\{", "\\}", "\\&"}:
            rows[-1].append(_trimmed(text, cell, mark.start()))
            cell = mark.end()
            if sign != "&":
                rows.append([])
            count += 1
            if count > MOST_CELLS:
                raise _too_many(text, start)
    rows[-1].append(_trimmed(text, cell, closing))
    # A line break before \end, or a rule, begins no row.
    return _without_last_sign([row for row in rows if not (len(row) == 1 and row[0].start == row[0].end)])


def _without_last_sign(rows: list[list[Span]]) -> list[list[Span]]:
    """The rows without the blank cell behind an & at the end of all those that are one cell longer than the others."""
    least = min(map(len, rows), default=0)
    longer = [row for row in rows if len(row) > least]
    ends_blank = all(len(row) == least + 1 and row[-1].start == row[-1].end for row in longer)
    return [row[:least] for row in rows] if longer and ends_blank else rows


def _trimmed(text: str, start: int, end: int) -> Span:
    if text.find("line", start, end) >= 0 or text.find("rule", start, end) >= 0:  # few of many cells
        for rule in _RULE.finditer(text, start, end):
            start = rule.end()
    while start < end and text[start].isspace():
        start += 1
    if text[start : start + 2] in _BLANK_AHEAD:
        blank = _BLANKS.match(text, start, end)
        start = start if blank is None else blank.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _checked(text: str, rows: list[list[Span]], start: int, sign: str = "&") -> tuple[tuple[Span, ...], ...]:
    if sum(map(len, rows)) > MOST_CELLS:
        raise _too_many(text, start)
    if any(len(row) != len(rows[0]) for row in rows):
        raise ragged(text, rows, sign)
    numbers_side_by_side(text, rows, sign)
    return tuple(map(tuple, rows))


def _too_many(text: str, start: int) -> ReadError:
    return ReadError(
        f"This matrix has more than {MOST_CELLS:,} cells.", text=text, start=start, kind="too-large",
        tip="Write it by its structure, with I, J and Kronecker products.",
    )  # fmt: skip


def nested_list(text: str, start: int, end: int) -> tuple[Grid, int] | None:
    """The cells of a list of lists, [[a, b], [c, d]], that opens at ``start``, and where it ends; None for another.

    Raises
    ------
    ReadError
        For rows of different lengths, or too many cells.
    """
    empty = _EMPTY_LIST.match(text, start, end)
    if empty is not None:
        return Grid((), "list"), empty.end()
    if _NO_LIST_OF_LISTS.match(text, start, end):
        return None
    rows: list[list[Span]] = []
    depth, cell = 0, start
    after_row = True
    for mark in _NESTED.finditer(text, start, end):
        sign = mark[0]
        if sign in "([{":
            depth += 1
            if depth > MOST_NESTING:
                return None  # which is refused where the bracket is read
            if depth == 2:
                if sign != "[" or not after_row or text[cell : mark.start()].strip(" \t\r\n["):
                    return None
                rows.append([])
                cell = mark.end()
        elif sign in ")]}":
            if depth == 2:
                if sign != "]":
                    return None
                last = _trimmed(text, cell, mark.start())
                if last.start != last.end:
                    rows[-1].append(last)
                after_row, cell = False, mark.end()
            depth -= 1
            if depth == 0:
                if sign != "]" or not rows or not all(rows) or text[cell : mark.start()].strip():
                    return None
                return Grid(_checked(text, rows, start, ","), "list"), mark.end()
        elif depth == 2:
            rows[-1].append(_trimmed(text, cell, mark.start()))
            cell = mark.end()
        elif depth == 1:
            if text[cell : mark.start()].strip():
                return None
            after_row, cell = True, mark.end()
    return None
