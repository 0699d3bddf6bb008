r"""Letters with numbers that a text shows to be blocks, by how they are listed with dots: V_1, …, V_m on a diagonal."""

from __future__ import annotations

import re

from tutor.notation.meaning.transposing import TRANSPOSE

GREEK_CAPITALS = "Gamma|Delta|Theta|Lambda|Xi|Pi|Phi|Psi|Omega"
"""The commands of Greek capitals but Σ, as a choice of a pattern."""

_FONT_OR_NONE = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?"
_WITHIN = r"(?:(?!\\end)[^~∼=]){0,400}?"
_ON_DIAGONAL = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[A-Z]|\\(?:Sigma|{GREEK_CAPITALS}))\s*_\s*\{{?\s*1\s*\}}?\s*&{_WITHIN}(?:\\ddots|⋱){_WITHIN}"
    r"(?<![A-Za-z])(?P=letter)\s*_\s*(?:\{\s*)?(?P<last>[A-Za-z0-9])\s*\}?\s*(?:\\\\\s*)?\\end"
)
"""The V_1 and V_m of a matrix with dots between them on its diagonal."""

_IN_DIAG = re.compile(
    rf"diag\s*\}}?\s*(?:\\left\s*)?\\?[({{\[]\s*(?P<letter>[A-Z]|\\(?:Sigma|{GREEK_CAPITALS}))\s*_\s*\{{?\s*1\s*\}}?\s*,[^&~∼=()]{{1,60}}?"
    r"(?<![A-Za-z])(?P=letter)\s*_\s*(?:\{\s*)?(?P<last>[A-Za-z0-9])\s*\}?\s*(?:\\right\s*)?\\?[)}\]]"
)
"""diag(V_1, …, V_m)."""

_BELOW_EACH_OTHER = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[XZ])\s*\}}?\s*=\s*(?:\\left\s*[\[(]\s*)?\\begin\s*\{{[a-z]*matrix\}}\s*{_FONT_OR_NONE}(?P=letter)\s*\}}?\s*"
    rf"_\s*\{{?\s*1\s*\}}?\s*(?:\\\\[^&~∼=]{{0,60}}?){{0,3}}\\vdots\s*\\\\\s*{_FONT_OR_NONE}(?P=letter)\s*\}}?\s*_\s*\{{?\s*(?P<last>[A-Za-z])\s*\}}?\s*(?:\\\\\s*)?\\end"
)
"""X = (X_1; …; X_m): the rows of each unit."""

_BELOW_IN_LIST = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[XZ])\s*=\s*(?:\\left\s*)?[\[(]\s*(?P=letter)\s*_\s*\{{?\s*1\s*\}}?\s*{TRANSPOSE}\s*,[^&~∼=()\[\]]{{1,60}}?"
    rf"(?<![A-Za-z])(?P=letter)\s*_\s*(?:\{{\s*)?(?P<last>[A-Za-z])\s*\}}?\s*{TRANSPOSE}\s*(?:\\right\s*)?[)\]]"
)
"""X = (X_1', …, X_m')', the same in a line."""

_PART_OF_ERRORS = re.compile(
    r"(?:\\(?:var)?epsilon|[εϵ])\s*_\s*\{\s*\([1-3]\)\s*(?P<unit>[g-m])\s*\}\s*(?:&\s*)?(?:\\sim(?![A-Za-z])|[~∼])\s*[^,~∼=]{1,20}\(\s*"
    r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*0|[^,~∼=]{1,20},[^~∼=;]{1,30}(?<![A-Za-z\\])[A-Z]\s*\}?\s*_)"
)
"""ε_{(2)i} ~ N(0, σ²I_{n_i}): serial errors and those of measurement of all observations of a unit."""

_SET = r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{?\s*)?"
_QUADRATIC = re.compile(
    rf"(?<![A-Za-z\\])(?P<vector>[a-zY])\s*\}}?\s*{TRANSPOSE}\s*{_SET}[A-HK-Z]\s*\}}?\s*_\s*\{{?\s*(?P<number>[0-9])\s*\}}?\s*"
    rf"{_SET}(?P=vector)(?![A-Za-z_])"
)
"""y'A_1y: between a vector and its transpose stands no number."""

_MARKS = ("dots", "⋱", "…", "...")
NO_BLOCKS = frozenset("NFT")
"""Capitals that count or test, with whatever index."""


def numbered_blocks(text: str) -> frozenset[str]:
    """The indices 1, 2 and the last of the blocks that a text lists: on a diagonal, in diag( ), and the rows of X."""
    parts = _parts_of_errors(text) if "(1)" in text else frozenset[str]()
    parts |= {found["number"] for found in _QUADRATIC.finditer(text)}
    if not any(mark in text for mark in _MARKS):
        return parts
    rules = (_ON_DIAGONAL, _IN_DIAG, _BELOW_EACH_OTHER, _BELOW_IN_LIST)
    ends = {found["last"] for rule in rules for found in rule.finditer(text) if found["letter"] not in NO_BLOCKS}
    return parts | (ends | {"1", "2"} if ends else frozenset())


def _parts_of_errors(text: str) -> frozenset[str]:
    """The unit and the numbered parts of the errors of a unit, where one of them is told to be a vector."""
    found = _PART_OF_ERRORS.search(text)
    return frozenset({found["unit"], *(f"({number}){found['unit']}" for number in "123")}) if found else frozenset()
