"""What only programs write: functions that take a list, and one of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lark import UnexpectedToken

from tutor.notation.parsing.syntax import Call, Group, Listed, Node, Number
from tutor.notation.parsing.token import Spelling

_OF_A_LIST = frozenset({"product", "cbind", "rbind", "concatenate"})
"""Keys of functions of NumPy whose one list or tuple holds what they put together."""


def as_in_programs(call: Call) -> Call:
    """A call with the items of its list as its arguments, and chol2inv(chol(A)) as the inverse of A."""
    first = call.arguments[0] if call.arguments else None
    if call.function in _OF_A_LIST and isinstance(first, Listed) and not any(call.keywords[:1]):
        arguments = (*first.items, *call.arguments[1:])
        return replace(call, arguments=arguments, keywords=("",) * len(first.items) + call.keywords[1:])
    if call.function == "blockdiag" and isinstance(first, Call) and first.function == "list":
        return replace(call, arguments=first.arguments, keywords=first.keywords)
    if call.function == "blockdiag" and isinstance(first, Call) and (blocks := _repeated_list(first)):
        return replace(call, arguments=blocks, keywords=("",) * len(blocks))
    if call.function == "chol2inv" and isinstance(first, Call) and first.function == "chol":
        return replace(call, function="inverse", spelling=Spelling("inv"), arguments=first.arguments)
    return call


def _repeated_list(call: Call) -> tuple[Node, ...]:
    """The blocks of rep(list(A), 3) and replicate(3, A, simplify = FALSE); () for anything else."""
    if len(call.arguments) < 2:
        return ()
    first, second = call.arguments[:2]
    if call.function == "rep" and call.keywords[1] in ("", "times") and isinstance(first, Call):
        blocks, times = (first.arguments if first.function == "list" else ()), second
    elif call.function == "replicate":
        blocks, times = (second,), first
    else:
        return ()
    is_number = isinstance(times, Number) and times.digits.isdecimal() and len(times.digits) < 3
    return blocks * int(times.digits) if is_number and isinstance(times, Number) else ()


def counted(first: Node, last: Node, *, most: int = 1000) -> Call | None:
    """R's 1:3, the whole numbers from one to another, as c(1, 2, 3); None for letters, and for too many numbers."""
    ends = [node.digits if isinstance(node, Number) else "" for node in (first, last)]
    if not all(end.isdecimal() for end in ends):
        return None
    start, stop = map(int, ends)
    if abs(stop - start) >= most:
        return None
    step = 1 if start <= stop else -1
    items = tuple(Number(first.start, last.end, str(number)) for number in range(start, stop + step, step))
    return Call(first.start, last.end, "c", Spelling("c"), items, ("",) * len(items))


def rows_between_semicolons(found: Sequence[Any]) -> tuple[tuple[Node, ...], ...] | None:
    """The rows of [1, 2; 3, 4] as programs for matrices write it; None where no semicolon parts rows.

    Raises
    ------
    UnexpectedToken
        For the first semicolon, where the rows are not of one length.
    """
    rows: list[list[Node]] = [[]]
    for item in found:
        if isinstance(item, Node):
            rows[-1].append(item)
        elif item.value == ";":
            rows.append([])
    if len({len(row) for row in rows}) > 1:
        raise UnexpectedToken(next(item for item in found if not isinstance(item, Node) and item.value == ";"), set())
    return tuple(map(tuple, rows)) if len(rows) > 1 else None


def with_logarithms(found: Sequence[Any]) -> list[Any]:
    """The factors of a product, and the signs between them, with slogdet(A)[1] as one factor."""
    result: list[Any] = []
    for item in found:
        logarithm = _log_determinant(result[-1], item) if result else None
        if logarithm is not None:
            result.pop()
        result.append(item if logarithm is None else logarithm)
    return result


def _log_determinant(one: Any, other: Any) -> Call | None:
    """NumPy's slogdet(A)[1], the second of a sign and a logarithm, as log |A|; None for other neighbours."""
    is_pair = isinstance(one, Call) and one.function == "slogdet"
    is_second = isinstance(other, Group) and isinstance(other.inner, Number) and other.inner.digits == "1"
    if not (isinstance(one, Call) and is_pair and is_second):
        return None
    determinant = replace(one, function="det", spelling=Spelling("det"))
    return Call(one.start, other.end, "log", Spelling("log"), (determinant,), ("",))
