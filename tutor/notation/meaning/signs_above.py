"""What stands above a factor, spelled in one way: the sign of a transpose, and an exponent."""

from __future__ import annotations

from tutor.notation.parsing import syntax

_PRIMES = frozenset("'′’")


def mark(prime: syntax.Prime, text: str) -> str:
    """The sign of a transpose: a prime may be that of a derivative or of another value too, the others may not."""
    start = prime.start if isinstance(prime.inner, syntax.Named) else prime.inner.end  # it may stand ahead of an index
    return "ᵀ" if _PRIMES.isdisjoint(text[start : prime.end]) else "'"


def exponent(node: syntax.Node, text: str) -> str:
    match node:
        case syntax.Number():
            return node.digits
        case syntax.Group(inner=inner):
            return _half(inner) or "".join(text[node.start : node.end].split())
        case _:
            return _half(node) or "^"


def _half(node: syntax.Node) -> str:
    """1/2 and −1/2, however they are written."""
    sign = ""
    match node:
        case syntax.Sum(signs=("-",), terms=(inner,)) | syntax.Negated(inner=inner):
            sign, node = "-", inner
        case _:
            pass
    match node:
        case (
            syntax.Chain(signs=(_, "/"), factors=(syntax.Number(digits="1"), syntax.Number(digits="2")))
            | syntax.Fraction(above=syntax.Number(digits="1"), below=syntax.Number(digits="2"))
        ):
            return f"{sign}1/2"
        case _:
            return ""
