r"""Names and variances as texts write them, and what a formula tells of the names in it beside its terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.notation.names import GREEK

GREEK_COMMANDS = "|".join(sorted((latex[1:] for latex, _ in GREEK.values()), key=len, reverse=True))
BELOW = r"_\s*(?:\{[^{}\n]{0,40}\}|\\?[A-Za-zα-ω0-9]+(?:\([a-z]+\))?)"
NAME = (
    rf"(?:\\[A-Za-z]+|\([^()\n_=]{{1,30}}\)|(?<![A-Za-zα-ω\\])[A-Za-zα-ω]++)\s?{BELOW}"
    r"|\\mathbf\s*\{[^{}]{1,20}\}_\{?\w+\}?"
)
VARIANCE = (
    r"(?:\\(?:sigma|tau|omega|psi)(?![A-Za-z])|[στωψ])\s*(?:"
    rf"(?:\^\s*\{{?\s*2\s*\}}?|²)\s*(?:{BELOW})?|{BELOW}\s*(?:\^\s*\{{?\s*2\s*\}}?|²))"
    rf"|(?:\\sigma(?![A-Za-z])|σ)\s*(?:{BELOW})?"
)
"""σ², σ²_u, σ_u², τ²_0, and a standard deviation σ_u."""


LONGEST_MOMENT = 60
"""Characters of what a moment is of."""

_DRAWN = re.compile(r"(?:~|∼|\\sim(?![A-Za-z]))(?=[\s{\\]*(?:[A-Z(]|i\.?i\.?d|text|math|operatorname|left))")
_MOMENT = re.compile(
    r"(?<![A-Za-z])(?:[vV]ar|E|V|[cC]ov|[cC]orr?|mathbb\{E\}|mathrm\{E\}|operatorname\{(?:E|Var|Cov)\})\s*\}?"
    r"\s*(?:\\left)?\s*[(\[]"
)
_INDEPENDENT = re.compile(r"⊥|\\perp(?![A-Za-z])|\\indep(?![A-Za-z])")
_NAMES = re.compile(NAME)
_NAMED = re.compile(rf"\s*(?:{NAME})")
_BEFORE = re.compile(rf"(?:{NAME})(?:\s*(?:\||\\mid|\\vert)\s*(?:{NAME})(?:\s*,\s*(?:{NAME}))*)?[\s)\]}}'{{]*\Z")
"""What has a distribution: a name, and those that are given."""
_HAT = re.compile(r"\\(?:hat|widehat|tilde|bar|overline)\s*\{?\s*\Z")
_BRACED = re.compile(
    r"\\(?:under|over)brace\s*\{(?P<above>(?:[^{}]|\{[^{}]{0,40}\}){0,120})\}\s*[_^]\s*\{?\s*"
    r"\\(?:text\w*|mathrm|mbox)\s*\{(?P<below>[^{}]{0,80})\}"
)
_TEXT = re.compile(r"\\(?:text(?:rm|it|bf)?|mbox)\s*\{[^{}]*?[A-Za-z]{3}")


def subjects(statement: str) -> tuple[str, ...]:
    """The names that a statement gives a distribution or a moment, takes as given, or calls independent."""
    found: list[str] = []
    for sign in _DRAWN.finditer(statement):
        subject = _BEFORE.search(statement, max(0, sign.start() - LONGEST_MOMENT), sign.start())
        found += [] if subject is None else _names_in(statement, *subject.span())
    for moment in _MOMENT.finditer(statement):
        found += _names_in(statement, moment.end(), _closing(statement, moment.end()))
    for sign in _INDEPENDENT.finditer(statement):
        before = _BEFORE.search(statement, max(0, sign.start() - LONGEST_MOMENT), sign.start())
        behind = _NAMED.match(statement, sign.end())
        found += [own for each in (before, behind) if each is not None for own in _names_in(statement, *each.span())]
    return tuple(dict.fromkeys(found))


def _closing(statement: str, start: int) -> int:
    """Where the bracket closes that opens before a place; not further than a moment may reach."""
    depth = 1
    for place in range(start, min(len(statement), start + LONGEST_MOMENT)):
        depth += (statement[place] in "([") - (statement[place] in ")]")
        if not depth:
            return place
    return start


def _names_in(statement: str, start: int, end: int) -> list[str]:
    """The names between two places, without estimates."""
    names = _NAMES.finditer(statement, start, end)
    return [name[0] for name in names if not _HAT.search(statement, max(0, name.start() - 12), name.start())]


def worded_parts(statement: str) -> Iterator[tuple[int, int, str]]:
    r"""The parts of a formula that have words in it, \text{where } β_j \text{ is random}; what stands over a brace with
    words below it has the sign = between.
    """
    for found in _BRACED.finditer(statement):
        yield *found.span("above"), found["above"]
        yield *found.span("below"), f"={found['below']}"
    text = _TEXT.search(statement)
    if text is not None and not _BRACED.search(statement):
        yield text.start(), len(statement), statement[text.start() :]
