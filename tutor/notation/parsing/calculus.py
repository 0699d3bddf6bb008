r"""Where an integral, a limit or a derivative stands: \int_0^1 f(t) dt, lim_{t→0} f(t), \frac{d}{dt} f(t), d/dt f(t).

An integral ends after its differential, a limit and a derivative after the term that follows. What they are of is
scalar calculus, which the grammar leaves to another parser, but for integrals of densities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.errors import ReadError
from tutor.notation.parsing.token import Span

_LETTER = r"\\[a-z]+|[a-zA-Zα-ωΑ-Ω]"
_SMALL_D = r"(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d(?![A-Za-z])|\\,d|d)"
_BELOW = r"_(?:\{[^{}]*\}|[A-Za-z0-9]+)"
_BOLD = r"\\(?:mathbf|boldsymbol|bm)\s*(?:\{[^{}]*\}|\\[a-z]+)"
INTEGRAL = re.compile(r"\\int(?:op)?(?![A-Za-z])|∫")
LIMIT = re.compile(r"(?:\\lim(?![A-Za-z])|lim(?=\s*_))(?:\\limits)?")
_SQUARE = rf"(?P<square>(?:(?<=\\sigma)|(?<=σ))\s*(?:\^\s*(?:\{{\s*2\s*\}}|2(?![0-9]))|²)(?:\s*{_BELOW})?)?"
DIFFERENTIAL = re.compile(rf"{_SMALL_D}\s*(?P<variable>{_BOLD}|(?:{_LETTER})(?![A-Za-z]))(?P<below>{_BELOW})?{_SQUARE}")
"""dβ, and dσ² and dσ²_u, of which the square is part of the name."""

_ORDER = r"\^\s*\{{?\s*(?P<{}>[2-4])\s*\}}?"
DERIVATIVE = re.compile(
    rf"\\[dt]?frac\s*\{{\s*(?:d|\\partial(?![A-Za-z])|\\mathrm\s*\{{\s*d\s*\}})\s*(?:(?<=[d}}])\s*{_ORDER.format('above')})?\s*\}}"
    rf"\s*\{{\s*(?:d|\\partial(?![A-Za-z])|\\mathrm\s*\{{\s*d\s*\}})\s*(?P<tex>{_LETTER})\s*(?(above)\^\s*\{{?\s*(?P=above)\s*\}}?)\s*\}}"
    rf"|(?P<sign>[d∂])(?:{_ORDER.format('order')})?\s?/\s?(?P=sign)(?P<plain>{_LETTER})(?(order)\^\{{?(?P=order)\}}?)(?![A-Za-z_])(?=\s*[^\s),;\]])"
)
_BELOW_DENSITY = r"_(?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9]+|\\[a-z]+)"
_PHI = rf"(?:\\(?:var)?phi(?![A-Za-z])|[φϕ])(?=\s*(?:{_BELOW_DENSITY}\s*)?\(\s*(?:{_LETTER})\s*[),;|∣])"
_DENSITY = re.compile(
    rf"(?<![A-Za-z\\])([fgpL]|{_PHI}|\\mathcal\s*(?:\{{\s*N\s*\}}|N(?![A-Za-z])))\s*(?:{_BELOW_DENSITY}\s*)?"
    r"(?:\^\s*\{?\s*-\s*1\s*\}?|⁻¹)?\s*(?:\\left\s*)?\("
)
"""f(x), f_{\\mathcal{N}}(x, μ, σ²), g⁻¹(x), and the density φ."""

_GIVEN = re.compile(r"[|∣]|\\(?:mid|vert)(?![A-Za-z])")
_OF_VECTORS = re.compile(
    r"\^\s*\{?\s*(?:T(?![A-Za-z])|\\(?:top|prime|intercal)(?![A-Za-z]))"
    r"|(?<=[A-Za-z0-9}\])])['′](?!\s*(?:\\left\s*)?\()"
)
"""A transpose, x'β: what is integrated is a number that vectors make; f'(t) is a derivative."""

_TRANSPOSED_SUM = re.compile(r"[)\]]\s*['′]")
"""(y − Xβ)'(y − Xβ)"""

_AT_VALUE = re.compile(r"\(\s*[^();]{1,40};")
"""A density with its parameters behind a semicolon, φ(b; 0, σ²)."""

_BELOW_LIMIT = re.compile(r"\s*_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\([^()]*\))")
_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.S)
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_SIZES = {"\\left": 1, "\\right": -1}
_BAR_BELOW = re.compile(r"(?:\\[bB]igg?[lrm]?\s*)?(?:\||\\r?vert(?![A-Za-z]))\s*_")
"""A bar that says where all before it is taken."""

_ENDS_TERM = frozenset(
    {"+", "-", "−", "=", "<", ">", "~", "&", ",", ";", "$", "≤", "≥", "≠", "≈", "≡", "→", "\\\\", "\\sim", "\\leq",
     "\\geq", "\\neq", "\\approx", "\\equiv", "\\text"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calculus:
    """The place of an integral, a limit or a derivative; of an integral of densities that of its differential."""

    start: int
    end: int
    differential: re.Match[str] | None = None


def calculus_at(text: str, start: int, end: int) -> Calculus | None:
    r"""The integral, limit or derivative that starts at an offset; None for anything else.

    Raises
    ------
    ReadError
        "missing-differential", for an integral without one.
    """
    if INTEGRAL.match(text, start, end):
        differential = _last_differential(text, start, end)
        is_notation = _is_of_densities(text, start, differential)
        return Calculus(start, differential.end(), differential if is_notation else None)
    if (limit := LIMIT.match(text, start, end)) is not None:
        return Calculus(start, _after_term(text, _after_below(text, limit.end(), end), end))
    derivative = DERIVATIVE.match(text, start, end)
    return None if derivative is None else Calculus(start, _after_term(text, derivative.end(), end))


def is_of_vectors(text: str, start: int, end: int) -> bool:
    """Whether something is transposed in the term that starts at an offset: a number that vectors make."""
    stop = _after_term(text, start, end)
    return any(sign.search(text, start, stop) is not None for sign in (_OF_VECTORS, _TRANSPOSED_SUM))


def _is_of_densities(text: str, start: int, differential: re.Match[str]) -> bool:
    """Whether an integral is over an effect, a vector, or functions of which only the name is known."""
    body = text[start : differential.start()]
    letters = {found[1] for found in _DENSITY.finditer(body)} - {differential["variable"]}
    is_named = differential["below"] is not None or differential["variable"].startswith(("\\math", "\\bold", "\\bm"))
    signs = (_GIVEN, _OF_VECTORS, _AT_VALUE)
    return is_named or bool(letters) or any(sign.search(body) is not None for sign in signs)


def _last_differential(text: str, start: int, end: int) -> re.Match[str]:
    """The differential that belongs to the integral at ``start``: the one after those of the integrals within it."""
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
                return differential
            before = ""
            continue
        integrals += INTEGRAL.fullmatch(sign) is not None
        depth += (sign in _OPENS) - (sign in _CLOSES)
        if depth < 0:
            break
        before, at = sign if len(sign) == 1 else "", piece.end()
    found = INTEGRAL.match(text, start, end)
    raise ReadError("This integral has no differential.", text=text, start=start, end=found.end() if found else start,
                    kind="missing-differential", tip=r"End it with what is integrated over, as \, dt.")  # fmt: skip


def _after_term(text: str, start: int, end: int) -> int:
    """Where the term ends that starts at an offset; its signs belong to it."""
    depth, sized, at, empty = 0, 0, start, True
    while at < end:
        piece = _PIECE.match(text, at, end)
        assert piece is not None
        sign = piece[0]
        if depth == 0 and (sign in _CLOSES or (sign in _ENDS_TERM and not (empty and sign in "+-−"))):
            break
        sized += _SIZES.get(sign, 0)
        if sized < 0 or (depth == 0 and _BAR_BELOW.match(text, at, end)):
            break
        depth += (sign in _OPENS) - (sign in _CLOSES)
        empty = empty and sign.isspace()
        at = piece.end()
    return at


def _after_below(text: str, start: int, end: int) -> int:
    """Where what stands below a limit ends, {t \\to 0} or (t → 0)."""
    below = _BELOW_LIMIT.match(text, start, end)
    return start if below is None else below.end()


def variable_of(differential: re.Match[str]) -> Span:
    """Where the name stands that a differential has after its d."""
    return Span(differential.start("variable"), differential.end())
