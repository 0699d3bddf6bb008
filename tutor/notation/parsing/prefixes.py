r"""Functions without brackets: how far what they are of reaches, as in \log 2\pi\sigma^2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tutor.notation.names import GREEK
from tutor.notation.parsing.syntax import Call, Chain, Inverse, Named, Node, Number, Power, Prime
from tutor.notation.parsing.token import Spelling

_TO_A_BASE = re.compile(r"log([2-9]|[1-9][0-9]{1,2})")


def with_whole_arguments(found: Sequence[Any]) -> list[Any]:
    """The factors of a product, and the signs between them, with log 2π, log 2ρ and log 2πσ² as one factor.

    Nobody writes log(2) π so: a number before a Greek letter, and what is a variance behind it, belongs to the
    logarithm.
    """
    result: list[Any] = []
    for item in _with_matrices(found):
        before = result[-1] if result else None
        if isinstance(item, Node) and isinstance(before, Named) and (base := _base_of_logarithm(before)):
            spelling = Spelling("log", subscript="" if base == "e" else base)
            result[-1] = Call(before.start, item.end, "log", spelling, (item,), ("",))
        elif isinstance(before, Call) and _is_open(before) and _goes_on(before.arguments[0], item):
            argument = before.arguments[0]
            factors = (*(argument.factors if isinstance(argument, Chain) else (argument,)), item)
            chain = Chain(argument.start, item.end, ("",) * len(factors), factors)
            result[-1] = replace(before, end=item.end, arguments=(chain,))
        else:
            result.append(item)
    return result


def _with_matrices(found: Sequence[Any]) -> list[Any]:
    """The items with determinants and traces without brackets, and logarithms of them, of all matrices that follow:
    tr A'B, log det X'V⁻¹X."""
    result: list[Any] = []
    at = 0
    while at < len(found):
        item, stop = found[at], at + 1
        if isinstance(item, Call):
            while stop < len(found) and isinstance(found[stop], Node) and _is_matrix(found[stop]):
                stop += 1
            whole = _of_product(item, found[at + 1 : stop]) if stop > at + 1 else None
            item, stop = (item, at + 1) if whole is None else (whole, stop)
        result.append(item)
        at = stop
    return result


def _of_product(call: Call, more: Sequence[Node]) -> Call | None:
    """The determinant or the trace without brackets, or the logarithm of one, of the product with more matrices; None
    for any other call."""
    if len(call.arguments) != 1 or call.end != call.arguments[0].end:
        return None
    (argument,) = call.arguments
    if call.function in {"log", "exp"}:
        inner = _of_product(argument, more) if isinstance(argument, Call) else None
        return None if inner is None else replace(call, end=inner.end, arguments=(inner,))
    if call.function not in {"det", "trace"} or not _is_matrix(argument):
        return None
    factors = (argument, *more)
    chain = Chain(argument.start, more[-1].end, ("",) * len(factors), factors)
    return replace(call, end=chain.end, arguments=(chain,))


def _is_matrix(node: Node) -> bool:
    """Whether a factor is a capital letter, bold or plain, or such with a prime or an exponent."""
    base = node.base if isinstance(node, Power) else node
    while isinstance(base, Prime | Inverse):
        base = base.inner
    if not isinstance(base, Named):
        return False
    letters = base.spelling.letters
    return letters[:1].isupper() and (len(letters) == 1 or letters in GREEK)


def _base_of_logarithm(name: Named) -> str:
    r"""The number below a logarithm, \log_2 q, \log_e q and log10(x); none below anything else."""
    if name.spelling.bold or name.spelling.accent:
        return ""
    if (name.spelling.letters, name.spelling.subscript) == ("log", "e"):
        return "e"
    found = _TO_A_BASE.fullmatch(f"{name.spelling.letters}{name.spelling.subscript}")
    return found[1] if found is not None else ""


def _is_open(call: Call) -> bool:
    """Whether a logarithm stands without brackets before a number, or what starts with one."""
    if call.function != "log" or len(call.arguments) != 1 or call.end != call.arguments[0].end:
        return False
    argument = call.arguments[0]
    return isinstance(argument.factors[0] if isinstance(argument, Chain) else argument, Number)


def _goes_on(argument: Node, item: Any) -> bool:
    """Whether a factor belongs to a number before it, a Greek letter, or to 2π, a variance."""
    base = item.base if isinstance(item, Power) else item
    if isinstance(argument, Number):
        return isinstance(base, Named) and base.spelling.letters in GREEK and not base.spelling.bold
    return isinstance(base, Named) and base.spelling.letters == "sigma" and not base.spelling.bold
