"""Integrals, limits and derivatives, written: of scalars as SymPy holds them, and of densities as notation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import sympy

from tutor.notation.writing.pen import Bind, Pen, Piece, written


@written.register
def write_integral(value: sympy.Integral, pen: Pen) -> Piece:
    """The signs with their limits, the outermost first; what is integrated; its differentials, the innermost first."""
    piece = written(cast(sympy.Expr, value.args[0]), pen)
    for bounds in value.args[1:]:
        variable, *limits = cast("Any", bounds)
        piece = integral(piece, pen.whole(variable), [pen.whole(limit) for limit in limits], pen)
    return piece


def integral(body: Piece, variable: str, limits: Sequence[str], pen: Pen) -> Piece:
    """One sign and one differential around a body."""
    inner = pen.at_least(Bind.QUOTIENT, body)
    text = f"{pen.dialect.operator('∫', *limits)} {inner.text} {pen.dialect.differential(variable)}"
    return Piece(text, Bind.QUOTIENT, tall=True, word=True, open_end=True)


@written.register
def write_limit(value: sympy.Limit, pen: Pen) -> Piece:
    """lim, where the variable goes, from above or below where that is told, and the term."""
    body, variable, target, direction = cast("tuple[Any, Any, Any, sympy.Symbol]", value.args)
    goal = pen.whole(target)
    if direction.name in {"+", "-"} and not target.is_infinite:
        goal = pen.dialect.one_sided(goal, direction.name)
    way = f"{pen.whole(variable)} {pen.dialect.relation('→')} {goal}"
    return _before_term(pen.dialect.operator("lim", way), body, pen)


@written.register
def write_derivative(value: sympy.Derivative, pen: Pen) -> Piece:
    """d/dt before a term, as often as it is taken."""
    body = cast(sympy.Expr, value.args[0])
    signs = [
        pen.dialect.derivation(pen.whole(variable))
        for variable, times in cast("tuple[tuple[Any, Any], ...]", value.args[1:])
        for _ in range(int(times))
    ]
    return _before_term(" ".join(signs), body, pen)


def _before_term(head: str, body: sympy.Expr, pen: Pen) -> Piece:
    """A sign and the term that it takes, to the end of which it reaches."""
    inner = pen.at_least(Bind.QUOTIENT, written(body, pen))
    return Piece(f"{head} {inner.text}", Bind.QUOTIENT, tall=inner.tall, word=True, open_end=True)
