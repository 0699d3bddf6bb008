"""Densities that only the others of a display show to be some: [θ] beside [y | θ], p(θ) beside p(y | θ)."""

from __future__ import annotations

from dataclasses import replace

from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax

_BARS = ("|", "∣", "vert", "mid")
_DENSITIES = frozenset({"density", "likelihood", "probability"})


def with_densities(display: syntax.Display, context: Context) -> Context:
    """The context that knows by which letters, or by square brackets, this display writes densities with a bar."""
    if not any(bar in context.text for bar in _BARS):
        return context
    found = frozenset(
        sign_of(node, context)
        for node in syntax.postorder(display)
        if isinstance(node, syntax.Call)
        and node.function in _DENSITIES
        and any(isinstance(argument, syntax.Conditional) for argument in node.arguments)
    )
    return replace(context, densities=found) if found else context


def sign_of(node: syntax.Node, context: Context) -> str:
    """What shows a density: its letter, or its opening bracket where it has none."""
    letters = node.spelling.letters if isinstance(node, syntax.Call) else ""
    opening = context.text[node.start]
    return opening if opening == "[" else letters
