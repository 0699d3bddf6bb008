r"""The blocks of one unit of a panel, y_i = X_iβ + 1_Tα_i + u_i: a row for each of the T times that I_T and 1_T tell,
and what stands behind 1_T is one number.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.residual_letters import of_residuals
from tutor.notation.meaning.subjects import STARRED
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import LATIN_E
from tutor.notation.parsing.spelling import GREEK_COMMANDS, GREEK_LETTERS
from tutor.notation.vocabulary import Name, Vocabulary

_BEHIND = r"(?:1|\\(?:mathbf|boldsymbol|bm)\s*(?:\{\s*)?(?:[1ij]|\\iota)(?![A-Za-z])|\\iota(?![A-Za-z])|ι)\s*\}*\s*"
_ONES = rf"(?<![A-Za-z0-9._^])(?<!\\|\{{){_BEHIND}"
_TIMES = r"_\s*(?:T(?![A-Z0-9])|\{\s*T\s*\})"
_SIZED = re.compile(rf"(?:{_ONES}|(?<![A-Za-z\\])[IJ]\s*\}}?\s*){_TIMES}")
_COUNT = rf"(?:{_TIMES}|_\s*\{{?\s*[nT]_\{{?\s*[gi]\s*\}}*)"
_LETTER = r"(?:\\(?P<command>[a-z]+)|(?P<letter>[abcuvα-ω]))\s*_\s*(?:\{\s*(?P<braced>[gij])\s*\}|(?P<plain>[gij]))"
_EFFECTS = (
    re.compile(rf"{_ONES}{_COUNT}?\s*{_LETTER}(?![A-Za-z0-9])"),
    re.compile(rf"(?<![A-Za-z\\]){_LETTER}\s*{_BEHIND}{_COUNT}"),
)
"""1_T α_i and α_i 1_T: one value for a unit."""

_BLOCK = re.compile(
    r"(?<![A-Za-z\\])(?:\\(?P<command>(?:var)?epsilon|Omega|Sigma|eta|nu)(?![A-Za-z])|(?P<letter>[yYXZeuvVRεΩΣην]))\s*\}*\s*"
    rf"{STARRED}"
    r"_\s*(?:\{\s*(?P<braced>[gi])\s*\}|(?P<plain>[gi])(?![A-Za-z0-9](?!\s*_)))"
)
_ROW_OF_ONES = re.compile(
    rf"(?<![A-Za-z\\])([jle])\s*{_TIMES}\s*\}}?\s*(?:['′’ᵀ]|\^\s*\{{?\s*(?:T(?![a-z])|\\(?:top|prime)(?![A-Za-z])))"
)
"""j_T', by a letter of ones."""

_WITH_Z = re.compile(r"(?<![A-Za-z\\])Z\s*\}?\s*_\s*\{?\s*[gi]")


def of_panels(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of the blocks of a unit, by their keys, where I_T or 1_T stands, and of effects behind ones."""
    text = usage.text
    names: dict[str, Name] = {}
    if _SIZED.search(text) is not None:
        apart = "e" in {key.partition("_")[0] for key in of_residuals(vocabulary, usage)}
        X, Z, times = vocabulary.lookup("X"), vocabulary.lookup("Z"), size("T")
        assert X is not None and Z is not None
        for letter in _ROW_OF_ONES.findall(text):
            names[f"{letter}_T"] = Name(f"{letter}_T", Symbol(f"{letter}_T", times, ONE))
        for found in _BLOCK.finditer(text):
            letter, index = _key(found), found["braced"] or found["plain"]
            if letter in {"u", "v"} and _WITH_Z.search(text) is not None:
                continue  # Z_i u_i
            columns = {"X": X.tree.columns, "Z": Z.tree.columns}.get(
                letter, times if letter[0].isupper() and letter != "Y" else ONE
            )
            base = LATIN_E if letter == "e" and apart else letter
            block = Symbol(f"{base}_{index}", times, columns)
            names[f"{letter}_{index}"] = Name(block.name, block, bold=block)
    for found in (found for pattern in _EFFECTS for found in pattern.finditer(text)):
        key = f"{_key(found)}_{found['braced'] or found['plain']}"
        names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return names


def _key(found: re.Match[str]) -> str:
    letter = GREEK_COMMANDS.get(found["command"], "") if found["command"] else found["letter"]
    return GREEK_LETTERS.get(letter, letter)
