r"""The terms of a model equation, y = Xb + Za + Wm + Spe + e: a capital is a design and the letters behind it effects,
also where they count elsewhere, as m, or are two, as the pe of permanent environments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|hat)\s*\{?\s*)*"
_EQUATION = re.compile(
    rf"(?:^\s*|(?<=[$;,&\s\[])){_FONT}[yY]\s*\}}?\s*&?=\s*&?\s*(?P<terms>{_FONT}[Xμ1\\][^=~∼;$]{{0,300}})"
)
_HAS_X = re.compile(rf"(?<![A-Za-z\\])X\s*\}}?\s*{_FONT}(?:\\beta(?![A-Za-z])|β|b(?![A-Za-z]))")
_TERM = re.compile(
    rf"\s*{_FONT}([A-HK-Z])\s*\}}?\s*(?:_\s*\{{?\s*([0-9])\s*\}}?\s*)?{_FONT}(pe|[acdfghmpsvw])\s*\}}*\s*(?=[,.&\\;]|$)"
)
_PE = re.compile(
    rf"[Vv]ar\s*\}}?\s*(?:\\left\s*)?[(\[]\s*{_FONT}pe(?![A-Za-z])|(?<![A-Za-z\\]){_FONT}pe\s*\}}?\s*(?:~|∼|\\sim(?![A-Za-z]))"
)
_COLUMN = re.compile(r"\\begin\s*\{[a-z]*matrix\}((?:(?!\\end|&).){1,200})\\end", re.S)
_CELL = re.compile(rf"\s*{_FONT}(pe|[acdhmpsvw])\s*\}}*\s*")


def of_terms(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such designs and effects, but for those that the vocabulary has as matrices and vectors.

    >>> from tutor.notation.vocabulary import lecture_vocabulary
    >>> sorted(of_terms(lecture_vocabulary(), "y = Xb + Zu + Wm + Spe + e"))
    ['S', 'W', 'm', 'pe']
    """
    text = usage.text
    y, u = vocabulary.lookup("y"), vocabulary.lookup("u")
    if y is None or u is None:
        return {}
    effects = {"pe"} if _PE.search(text) is not None else set[str]()
    for column in _COLUMN.findall(text) if "pe" in text else ():
        cells = [_CELL.fullmatch(cell) for cell in column.split(r"\\")]
        told = {cell[1] for cell in cells if cell is not None}
        effects |= told if "pe" in told else set()
    designs: set[str] = set()
    for equation in _EQUATION.finditer(text):
        terms = equation["terms"]
        found = filter(None, map(_TERM.match, terms.split("+"))) if _HAS_X.search(terms) is not None else ()
        for design, number, effect in (term.groups() for term in found):
            known = vocabulary.lookup(effect)
            if effect == "pe" or (known is not None and known.tree.is_scalar):
                designs.add(f"{design}_{number}" if number else design)
                effects.add(effect)
    names = {letter: Name(letter, Symbol(letter, u.tree.rows, ONE, "random")) for letter in effects}
    new = {letter for letter in designs if letter not in vocabulary.names}
    return names | {letter: Name(letter, Symbol(letter, y.tree.rows, u.tree.rows)) for letter in new}
