r"""Where an integral, a limit or a derivative ends: scalar calculus, which the grammar leaves to another parser.

An integral ends after its differential, \int_0^1 f(t) dt; a limit and a derivative after the term that follows.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.parsing.token import Span

INTEGRALS = frozenset({"int", "intop"})
LIMITS = frozenset({"lim"})
DIFFERENTIAL = re.compile(
    r"(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d(?![A-Za-z])|\\,d|d)\s*(\\[a-z]+|[a-zA-Z])(?![A-Za-z])"
)
_D = r"(?:d|\\partial(?![A-Za-z])|\\mathrm\s*\{\s*d\s*\})"
DERIVATIVE = re.compile(rf"\\[dt]?frac\s*\{{\s*{_D}\s*\}}\s*\{{\s*{_D}\s*(\\[a-z]+|[a-zA-Z])\s*\}}")
_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.S)
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_ENDS_TERM = frozenset({"+", "-", "−", "=", "<", ">", "~", "&", ",", ";", "\\\\", "\\sim", "\\leq", "\\geq", "\\text"})


def calculus_at(text: str, name: str, start: int, end: int) -> Span | None:
    r"""The place of the integral, limit or derivative whose command ``name`` starts at an offset; None for another.

    Raises
    ------
    ReadError
        "missing-differential", for an integral without one.
    """
    if name in INTEGRALS:
        return Span(start, _after_differential(text, start, end))
    if name in LIMITS:
        return Span(start, _after_term(text, start + len(name) + 1, end))
    derivative = DERIVATIVE.match(text, start, end) if name in {"frac", "dfrac", "tfrac"} else None
    return None if derivative is None else Span(start, _after_term(text, derivative.end(), end))


def _after_differential(text: str, start: int, end: int) -> int:
    depth = integrals = 0
    before = ""
    at = start
    while at < end:
        piece = _PIECE.match(text, at, end)
        assert piece is not None  # it takes any character
        sign = piece[0]
        differential = DIFFERENTIAL.match(text, at, end) if not (before.isalpha() or before == "\\") else None
        if differential is not None and depth == 0:
            integrals -= 1
            at = differential.end()
            if integrals == 0:
                return at
            before = ""
            continue
        integrals += sign[1:] in INTEGRALS and sign[0] == "\\"
        depth += (sign in _OPENS) - (sign in _CLOSES)
        if depth < 0:
            break
        before, at = sign if len(sign) == 1 else "", piece.end()
    raise ReadError("This integral has no differential.", text=text, start=start, end=start + 4,
                    kind="missing-differential", tip=r"End it with what is integrated over, as \, dt.")  # fmt: skip


def _after_term(text: str, start: int, end: int) -> int:
    depth, at, empty = 0, start, True
    while at < end:
        piece = _PIECE.match(text, at, end)
        assert piece is not None
        sign = piece[0]
        if depth == 0 and (sign in _CLOSES or (sign in _ENDS_TERM and not (empty and sign in "+-−"))):
            break
        depth += (sign in _OPENS) - (sign in _CLOSES)
        empty = empty and (sign.isspace() or (text[start:at].lstrip().startswith("_") and depth > 0) or sign in "_}")
        at = piece.end()
    return at
