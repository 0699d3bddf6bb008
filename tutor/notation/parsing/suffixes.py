"""What stands behind an operand, as a node: primes, inverses, evaluations, methods of a program; and R's truth."""

from __future__ import annotations

from typing import Any

from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import ELEMENT
from tutor.notation.parsing.token import Spelling

_TRUTH = {"TRUE": "1", "T": "1", "True": "1", "FALSE": "0", "F": "0", "False": "0"}


def truth(value: syntax.Node) -> syntax.Node:
    """R's TRUE as 1 and FALSE as 0, after a keyword."""
    if isinstance(value, syntax.Named) and value.spelling.letters in _TRUTH:
        return syntax.Number(value.start, value.end, _TRUTH[value.spelling.letters])
    return value


def suffixed(base: syntax.Node, kind: str, carried: Any, end: int) -> syntax.Node:
    """An operand with one suffix, of a kind and with what it carries, that ends at an offset."""
    if kind == "prime":
        if isinstance(carried, str):
            return syntax.Prime(base.start, end, base, 1, carried)
        return syntax.Prime(base.start, end, base, carried)
    if kind == "evaluated":
        return syntax.Evaluated(base.start, end, base, *carried)
    if kind == "element":
        return syntax.Call(base.start, end, ELEMENT, Spelling(ELEMENT, subscript=carried), (base,), ("",))
    if kind == "inverse":
        return syntax.Inverse(base.start, end, base)
    if kind == "dotted":
        group = syntax.Group(carried.start, end, carried)
        return syntax.Chain(base.start, end, ("", "@"), (base, group))
    return syntax.Call(base.start, end, carried, Spelling(carried), (base,), ("",))
