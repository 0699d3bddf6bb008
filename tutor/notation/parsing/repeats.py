"""What programs repeat, by ⊗ and c( ): np.repeat(np.eye(4), 3, axis=0), and [a]*3 + [b]*3 on a diagonal."""

from __future__ import annotations

import re

from tutor.notation.parsing.brackets import closing_bracket

MOST_REPEATS = 40

_LISTS = re.compile(
    r"(?<=diag\()\s*(?P<lists>\[[^\[\]]{1,80}\](?:\s*\*\s*\d{1,2})?"
    r"(?:\s*\+\s*\[[^\[\]]{1,80}\](?:\s*\*\s*\d{1,2})?)*)\s*(?=\))"
)
_UNPACKED = re.compile(r"(?P<call>(?:block_?diag|bdiag|blkdiag|BlockDiagMatrix)\(\s*)\*\s*\(?\[")
_TIMES = re.compile(r"\s*(?:\*\s*(\d{1,2}))?\s*\)?(?=\s*\))")
_ONE_LIST = re.compile(r"\[(?P<items>[^\[\]]+)\](?:\s*\*\s*(?P<times>\d{1,2}))?")
_ENTRIES = re.compile(r"(?:np\.)?repeat\(\s*\[(?P<items>[^\[\]]{1,120})\]\s*,\s*(?P<times>\d{1,2})\s*\)")
_ROWS = re.compile(
    r"(?:(?:np\.)?repeat|repelem)\((?P<of>[^()]*(?:\([^()]*\)[^()]*)?),\s*(?P<times>\d{1,2})\s*,"
    r"\s*(?:axis\s*=\s*0|1)\s*\)"
)
_PICKED = re.compile(
    r"diag\(\s*(?P<levels>\d{1,2})\s*\)\[\s*rep\(\s*1:(?P=levels)\s*,\s*each\s*=\s*(?P<times>\d{1,2})\s*\)\s*,\s*\]"
)
_COLUMNS = re.compile(r"np\.c_\[(?P<items>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_AS_COLUMN = re.compile(r"\.reshape\(\s*\(?\s*(?:-1|\d{1,2})\s*,\s*1\s*\)?\s*\)|\[:\s*,\s*(?:None|np\.newaxis)\s*\]")
_NAMES = (
    (re.compile(r"(?<![\w.])hcat\("), "column_stack("),
    (re.compile(r"(?<![\w.])Diagonal\(\s*(?:x\s*=\s*)?"), "diag("),
)
"""What other programs call the same thing."""

_MARKS = ("repeat", "repelem", "*", "np.c_", "reshape", ",]", ", ]", "hcat(", "Diagonal(", "None")


def with_repeats_written_out(text: str) -> str:
    """A text of no TeX with what is repeated written out, or by ⊗; any other text as it is.

    >>> with_repeats_written_out("np.repeat(np.eye(4), 3, axis=0)")
    'kron(np.eye(4), ones((3, 1)))'
    >>> with_repeats_written_out("np.diag([a]*2 + [b])")
    'np.diag([a, a, b])'
    """
    if "\\" in text or not any(mark in text for mark in _MARKS):
        return text
    text = _LISTS.sub(_joined, _with_unpacked(text))
    text = _ENTRIES.sub(lambda found: f"[{_each(found['items'], int(found['times']))}]", text)
    text = _ROWS.sub(r"kron(\g<of>, ones((\g<times>, 1)))", text)
    text = _PICKED.sub(r"kron(diag(\g<levels>), rep(1, \g<times>))", text)
    text = _COLUMNS.sub(r"np.column_stack((\g<items>))", text)
    text = _AS_COLUMN.sub("", text)
    for name, other in _NAMES:
        text = name.sub(other, text)
    return text


def _with_unpacked(text: str) -> str:
    """block_diag(A, A, A) for block_diag(*[A]*3)."""
    while (found := _UNPACKED.search(text)) is not None:
        closing = closing_bracket(text, found.end(), 1)
        times = None if closing is None else _TIMES.match(text, closing + 1)
        if closing is None or times is None or int(times[1] or 1) > MOST_REPEATS:
            break
        blocks = ", ".join([text[found.end() : closing]] * int(times[1] or 1))
        text = text[: found.start()] + found["call"] + blocks + text[times.end() :]
    return text


def _joined(found: re.Match[str]) -> str:
    """Lists that are added up and repeated, as one."""
    lists = [(one["items"], int(one["times"] or 1)) for one in _ONE_LIST.finditer(found["lists"])]
    if sum(times for _, times in lists) > MOST_REPEATS or (len(lists) == 1 and lists[0][1] == 1):
        return found[0]
    return "[" + ", ".join(", ".join([items.strip()] * times) for items, times in lists) + "]"


def _each(items: str, times: int) -> str:
    return ", ".join(", ".join([item.strip()] * times) for item in items.split(","))
