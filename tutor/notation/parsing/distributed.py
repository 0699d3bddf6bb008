"""What the grammar finds of distributions as nodes: u_j ~ N(0, σ²), several before one family, and a multiple of one,
SS ~ σ²χ²_k, which is that SS/σ² has it."""

from __future__ import annotations

from typing import Any

from lark import UnexpectedToken

from tutor.notation.parsing import syntax
from tutor.notation.parsing.all_members import below_each_other, each_of
from tutor.notation.parsing.generic_member import without_member
from tutor.notation.parsing.token import Token


def distributed(found: list[Any]) -> syntax.Distributed:
    """A subject, a sign, perhaps a factor, and a family with its arguments as one node."""
    subject, sign, *scale, (name, arguments, end) = found
    if scale:
        subject = _divided(subject, scale[-1])
    if isinstance(subject, syntax.Call) and subject.function == "density" and len(subject.arguments) == 1:
        subject = subject.arguments[0]  # [y | u] ~ N( ), the density by what it is of
    inner, given = (subject.inner, subject.given) if isinstance(subject, syntax.Conditional) else (subject, ())
    return syntax.Distributed(subject.start, end, inner, given, name, arguments, sign.value)


def each_distributed(found: list[Any]) -> tuple[syntax.Node, ...]:
    """u_j, v_k ~ N(0, σ²) as one statement for each, and u_1, …, u_b ~ N(0, σ²) as one on all of them."""
    *subjects, sign, family = found
    written = without_member(subjects[::2])
    gaps = [subject for subject in written if isinstance(subject, syntax.Ellipsis)]
    if not gaps:
        told = below_each_other(written, family[0], family[1], given=False)
        return tuple(distributed([subject, sign, family]) for subject in told)
    told = each_of(written, family[1])
    if told is None:
        dots = Token("ELLIPSIS", "…", gaps[0].start, gaps[0].end)
        raise UnexpectedToken(dots, set())  # pyright: ignore[reportArgumentType]
    member, *numbers = told
    return distributed([member, sign, family]), *numbers


def _divided(node: syntax.Node, divisor: syntax.Node) -> syntax.Chain:
    groups = (syntax.Group(node.start, node.end, node), syntax.Group(divisor.start, divisor.end, divisor))
    return syntax.Chain(node.start, divisor.end, ("", "/"), groups)
