r"""A general member between two gaps, y_1, …, y_k, …, y_n: it says how the others look, and leaves out nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.syntax import Chain, Ellipsis, Named, Node, Number, Sum

_INDICES = frozenset("hijklmrstv")


def without_member(items: Sequence[Node]) -> tuple[Node, ...]:
    """The items of a list with one gap in place of two that stand around a member like the last, with a letter for its
    index; any other list as it is.
    """
    gaps = [at for at, item in enumerate(items) if isinstance(item, Ellipsis)]
    if len(gaps) != 2 or gaps[0] == 0 or gaps[1] != gaps[0] + 2 or gaps[1] == len(items) - 1:
        return tuple(items)
    member, last = items[gaps[0] + 1], items[-1]
    # 1, …, k, …, n counts itself
    is_index = isinstance(member, Named) and not member.spelling.subscript and member.spelling.letters in _INDICES
    if is_index and isinstance(items[0], Number):
        return (*items[: gaps[0] + 1], *items[gaps[1] + 1 :])
    before = items[gaps[0] - 1]
    are_equal = len({one.spelling for one in (before, member, last) if isinstance(one, Named)}) == 1
    is_one_of_equals = are_equal and all(isinstance(one, Named) for one in (before, member, last))  # Q, …, Q, …, Q
    is_general = is_one_of_equals or _is_like(member, last)
    return (*items[: gaps[0] + 1], *items[gaps[1] + 1 :]) if is_general else tuple(items)


def terms_without_member(signs: Sequence[str], terms: Sequence[Node]) -> tuple[tuple[str, ...], tuple[Node, ...]]:
    """The same for what stands between signs, which are alike around the member: y_1 + … + y_k + … + y_n."""
    kept = without_member(terms)
    at = next((place for place, term in enumerate(terms) if isinstance(term, Ellipsis)), 0)
    if len(kept) == len(terms) or len(set(signs[at : at + 4])) > 1:
        return tuple(signs), tuple(terms)
    return (*signs[:at], *signs[at + 2 :]), kept


def _is_like(member: Node, last: Node) -> bool:
    """Whether two items differ only in the indices below their letters, of which those of the first hold a letter."""
    pending, has_index = [(member, last)], False
    while pending:
        one, other = pending.pop()
        if type(one) is not type(other) or len(one.parts) != len(other.parts):
            return False
        if isinstance(one, Named) and isinstance(other, Named):
            first, second = one.spelling, other.spelling
            if (first.letters, first.bold, first.accent) != (second.letters, second.bold, second.accent):
                return False
            if bool(first.subscript) != bool(second.subscript):
                return False
            has_index = has_index or not _INDICES.isdisjoint(first.subscript)
        elif _signs(one) != _signs(other):
            return False
        pending += zip(one.parts, other.parts, strict=True)
    return has_index


def _signs(node: Node) -> object:
    """What a node says besides its parts: the digits of a number, the signs between factors and terms."""
    return node.digits if isinstance(node, Number) else node.signs if isinstance(node, Chain | Sum) else None


Rows = tuple[tuple[Node, ...], ...]


def rows_without_member(rows: Rows) -> Rows:
    """The rows of a matrix with dots in both directions without those of a general member, y_i1 … y_ij … y_ip between
    two rows of dots, and with dots for a y_ij amid the dots; any other matrix as it is."""
    if len(rows) < 3 or not any(isinstance(cell, Ellipsis) for row in rows for cell in row):
        return rows
    return _without_member_row(_without_member_row(_without_member_amid(rows), across=True))


def _without_member_row(rows: Rows, *, across: bool = False) -> Rows:
    lines = tuple(zip(*rows, strict=True)) if across else rows
    gaps = [at for at, line in enumerate(lines) if _are_dots(line)]
    if len(gaps) != 2 or gaps[0] == 0 or gaps[1] == len(lines) - 1:
        return rows
    first, second = gaps
    if second == first + 2:
        pairs = [(one, other) for one, other in zip(lines[first + 1], lines[-1], strict=True)
                 if not isinstance(one, Ellipsis)]  # fmt: skip
        if not pairs or not all(_is_like(one, other) for one, other in pairs):
            return rows
    elif second != first + 1:  # two rows of dots, one below the other, are one gap
        return rows
    kept = (*lines[: first + 1], *lines[second + 1 :])
    return tuple(zip(*kept, strict=True)) if across else kept


def _without_member_amid(rows: Rows) -> Rows:
    """The rows with dots for the one cell amid those of a row and of a column, which is like the last one."""
    for at, row in enumerate(rows[1:-1], 1):
        others = [place for place, cell in enumerate(row) if not isinstance(cell, Ellipsis)]
        if len(others) != 1 or not 0 < others[0] < len(row) - 1 or not _is_like(row[others[0]], rows[-1][-1]):
            continue
        column = [line[others[0]] for line in rows]
        if all(isinstance(cell, Ellipsis) for place, cell in enumerate(column) if place != at):
            member = row[others[0]]
            dotted = tuple(Ellipsis(member.start, member.end) if cell is member else cell for cell in row)
            return (*rows[:at], dotted, *rows[at + 1 :])
    return rows


def _are_dots(line: Sequence[Node]) -> bool:
    """Whether a row or a column has nothing but dots and blank cells."""
    return any(isinstance(cell, Ellipsis) for cell in line) and all(
        isinstance(cell, Ellipsis) or cell.start == cell.end for cell in line
    )
