r"""The syntax of a cell that is a plain sum in TeX, 2\sigma^2_{17} + \frac{1}{2}\rho^{3}\sigma_u^2, by its looks.

A matrix has hundreds of such cells, each another one. What the lexer and the grammar would make of one is made here
without them; any other cell is left to them.
"""

from __future__ import annotations

import re

from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import FUNCTIONS
from tutor.notation.parsing.spelling import GREEK_COMMANDS
from tutor.notation.parsing.token import Span, Spelling

_NUMBER = "[0-9]{1,9}"
_POWER = r"\^(?:([0-9])(?![0-9.])|\{([0-9]{1,3})\})"
_PIECE = re.compile(
    rf"""\s*(?:([+-])
    |({_NUMBER})(?![0-9.{{,]|\s*[0-9^_!'])
    |\\frac\{{({_NUMBER})\}}\{{({_NUMBER})\}}(?!\s*[0-9^_!'])
    |(?:\\([a-z]+)(?![A-Za-z*])|([mqrxzw](?=_)))
     (?:{_POWER}(?=_))?
     (?:_(?:([a-z0-9])(?![A-Za-z0-9.(_]|\s*[_(])|\{{([a-z0-9]{{1,4}})\}}))?
     (?:{_POWER})?(?!\s*[\^_'!(\[|.])
    )\s*""",
    re.X,
)
_SIGN, _DIGITS, _ABOVE, _BELOW, _GREEK, _LETTER, _RAISED, _LOW, _AFTER = 1, 2, 3, 4, 5, 6, 7, 9, 11
"""Groups of a piece; a power and a subscript have a second one for what is in braces."""


def plain_cell(text: str, start: int, end: int) -> syntax.Node | None:
    """The syntax of a part of the text that is a plain sum; None for anything else."""
    signs: list[str] = []
    terms: list[syntax.Node] = []
    factors: list[syntax.Node] = []
    position, first = start, None
    while position < end:
        found = _PIECE.match(text, position, end)
        if found is None:
            return None
        position = found.end()
        if found[_SIGN] is None:
            factor = _factor(found, factors)
            if factor is None:
                return None
            factors.append(factor)
            continue
        if factors:
            terms.append(_term(factors))
            signs = signs or ["+"]
        elif signs:
            return None  # two signs
        else:
            first = found.start(_SIGN)  # a sign leads
        signs.append(found[_SIGN])
        factors = []
    if not factors:
        return None
    terms.append(_term(factors))
    if not signs:
        return terms[0]
    begin = terms[0].start if first is None else first
    return syntax.Sum(begin, terms[-1].end, tuple(signs), tuple(terms))


def _term(factors: list[syntax.Node]) -> syntax.Node:
    if len(factors) == 1:
        return factors[0]
    signs = ("",) * len(factors)
    return syntax.Chain(factors[0].start, factors[-1].end, signs, tuple(factors))


def _factor(found: re.Match[str], before: list[syntax.Node]) -> syntax.Node | None:
    """One factor; None where it is none that can be told from its looks behind those before it."""
    if found[_DIGITS] is not None:
        return None if before else syntax.Number(*found.span(_DIGITS), found[_DIGITS])
    if found[_ABOVE] is not None:
        above, below = (syntax.Number(*found.span(at), found[at]) for at in (_ABOVE, _BELOW))
        opening = found.start(_ABOVE) - len(r"\frac{")
        return None if before else syntax.Fraction(opening, below.end + 1, above, below)
    letters = GREEK_COMMANDS.get(found[_GREEK]) if found[_GREEK] else found[_LETTER]
    is_bare = before and isinstance(before[-1], syntax.Named) and not before[-1].spelling.subscript
    if letters is None or letters in FUNCTIONS or is_bare:  # two letters may be one name, an interaction
        return None
    start = found.start(_GREEK) - 1 if found[_GREEK] else found.start(_LETTER)
    low = _LOW if found[_LOW] else _LOW + 1
    below = Span(*found.span(low)) if found[low] else None
    end = start + len(letters) if found[_LETTER] else found.end(_GREEK)
    if below is not None:
        end = below.end + (low > _LOW)
    spelling = Spelling(letters, subscript=found[low] or "", below=below)
    named = syntax.Named(start, end, spelling)
    raised = [at for at in (_RAISED, _RAISED + 1, _AFTER, _AFTER + 1) if found[at] is not None]
    if not raised:
        return named
    if len(raised) > 1 or found[_RAISED] in {"0", "1"}:  # 0 and 1 may have a subscript, as matrices
        return None
    exponent = syntax.Number(*found.span(raised[0]), found[raised[0]])
    return syntax.Power(start, exponent.end + (raised[0] in {_RAISED + 1, _AFTER + 1}), named, exponent)
