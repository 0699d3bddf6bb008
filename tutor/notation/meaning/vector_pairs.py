r"""Letters that are vectors because one of them is transposed before the other, λ_i'F_t and B_it'θ: nobody
transposes a number. Asked for where a text has no meaning otherwise, or one in which a number is transposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import GREEK
from tutor.notation.parsing.spelling import GREEK_COMMANDS, GREEK_LETTERS
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.vocabulary import Name, Vocabulary

_LETTER = (
    r"(?:\\(?P<{0}accent>hat|tilde|bar|overline|widehat)\s*(?:\{{\s*)?)?(?:\\(?P<{0}command>[a-zA-Z]+)(?![A-Za-z])"
    r"|(?:(?<![A-Za-z\\])|(?<=\^T))(?P<{0}letter>[A-Za-zα-ωΓΔΘΛΞΠΣΦΨΩ])(?![A-Za-z]))\s*\}}?"
    r"(?:\s*_\s*(?:\{{(?P<{0}braced>[^{{}}]*)\}}|(?P<{0}plain>[A-Za-z0-9](?:[a-z0-9](?=['′]))?)))?"
)
_TRANSPOSE = r"\s*(?:['′ᵀ]|\^\s*\{?\s*(?:T(?![a-z][a-z])|t(?=\}?\s*\\)|\\(?:top|prime|intercal)(?![A-Za-z]))\s*\}?)\s*"
_FONT = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?"
_PAIR = re.compile(_LETTER.format("first_") + _TRANSPOSE + _FONT + _LETTER.format("second_"))
_OUTER = re.compile(_LETTER.format("") + r"\s*" + _LETTER.format("second_") + _TRANSPOSE)
"""x_it x_it', of one vector."""

_FORM = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[a-z]){_TRANSPOSE}(?:\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*)?(?:\\Sigma|[ΣV])\s*\}}?\s*(?P=letter)(?![A-Za-z])"
)
"""The a of a'Σa, as long as the vector with this covariance matrix."""

_ANY = re.compile(_LETTER.format(""))
_ACCENTS = {"overline": "bar", "widehat": "hat"}
_NO_VECTORS = frozenset({"e", "V", "R", "G", "I", "J", "Sigma", "sigma", "pi", "y", "Y"})
"""Letters of which another meaning is sure."""

_OF_ONE_OBSERVATION = frozenset({"y", "Y", "e", "epsilon", "v", "nu", "V"})
"""Letters of one observation, its error and the variance of that, beside a product of two vectors."""

_DESIGNS = frozenset({"X", "Z"})
"""Letters of matrices, of vectors for one observation, X_it, and of means, X̄_i."""


def of_pairs(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such vectors, by their keys: two that are multiplied are of one length.

    >>> from tutor.notation.vocabulary import lecture_vocabulary
    >>> sorted(of_pairs(lecture_vocabulary(), "y_{it} = a_i'f_t + e_{it}"))
    ['a_i', 'e_it', 'f_t', 'y_it']
    """
    text = usage.text
    lengths: dict[str, str] = {}
    for found in _PAIR.finditer(text):
        first, second = (_base(found, f"{which}_") for which in ("first", "second"))
        if not first or not second:
            continue
        length = lengths.get(first) or lengths.get(second) or second
        lengths |= {first: length, second: length}
    rows: dict[str, Size] = {}
    for found in _PAIR.finditer(text):
        key, of = _raw(found), vocabulary.lookup(_base(found, "second_"))
        if key and of is not None and of.tree.columns == ONE and not of.tree.is_scalar:
            rows[key] = of.tree.rows
    for found in _OUTER.finditer(text):
        base, below = _base(found, ""), _below(found, "")
        is_same = base and base == _base(found, "second_") and below == _below(found, "second_")
        if is_same and found["accent"] == found["second_accent"]:
            lengths.setdefault(base, base)
    names = {key: Name(key, Symbol(key, size, ONE)) for key, size in rows.items()}
    for key, base in _keys(text) if lengths or rows else ():
        if base in lengths:
            names[key] = Name(key, Symbol(key, _size(lengths, lengths[base], vocabulary, text), ONE))
        elif base in _OF_ONE_OBSERVATION and "_" in key:
            names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return names


def _raw(found: re.Match[str]) -> str:
    """The key of the X_i of X_i'β, which is a vector: its transpose has a column for each coefficient."""
    below = normal_subscript(_below(found, "first_"))
    is_row = found["first_letter"] in _DESIGNS and len(below) in {1, 2, 3} and below.isalpha()
    return f"{found['first_letter']}_{below}" if is_row and not found["first_accent"] else ""


def _size(lengths: Mapping[str, str], length: str, vocabulary: Vocabulary, text: str) -> Size:
    members = {letter for letter, told in lengths.items() if told == length}
    covariance = vocabulary.lookup("V")
    if covariance is not None and members & {found["letter"] for found in _FORM.finditer(text)}:
        return covariance.tree.rows
    known = vocabulary.lookup("beta" if "beta" in members else "u")
    if members & {"beta", "u", "b"} and known is not None:
        return known.tree.rows
    design = vocabulary.lookup(length.upper()) if length in {"X", "x", "Z", "z"} else None
    return size(f"p_{length}") if design is None else design.tree.columns


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """The key of each letter of a text with its base."""
    for found in _ANY.finditer(text):
        base, below = _base(found, ""), _below(found, "")
        if base:
            accent = found["accent"] or ""
            yield base + _ACCENTS.get(accent, accent) + (f"_{normal_subscript(below)}" if below else ""), base


def _base(found: re.Match[str], which: str) -> str:
    letter, command = found[f"{which}letter"] or "", found[f"{which}command"] or ""
    base = GREEK_COMMANDS.get(command, "") if command else GREEK_LETTERS.get(letter, letter)
    below = _below(found, which).strip()
    if base in _DESIGNS and len(below) < 2 and below != "t" and not found[f"{which}accent"]:
        return ""
    if which and base in _NO_VECTORS:
        return ""
    return "" if (command and base not in GREEK) else base


def _below(found: re.Match[str], which: str) -> str:
    return found[f"{which}braced"] or found[f"{which}plain"] or ""
