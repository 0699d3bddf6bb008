r"""Letters that are parts of a matrix by where they stand: the X_1 of X = [X_1, X_2], the x of X = [1_n, x].

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_MEAN_OF_PART = re.compile(
    r"(?<![A-Za-z\\{])X\s*_?\s*\{?(?P<part>[0-9₀-₉])\}?\s*(?:E|\\operatorname\{E\}|\\mathbb\{?E\}?)\s*(?:\\left\s*)?[\[(]\s*"
    r"(?:\\beta|β)\s*_?\s*\{?(?P=part)\}?\s*(?:\\right\s*)?[\])]"
)
"""X_1 E(β_1): coefficients that have a mean are those of a part of X, as a covariate stands behind its own."""

_PARTED = re.compile(
    r"(?<![A-Za-z\\{])(?P<letter>[XZW])(?:\s*(?:\\beta|β|u))?\s*=\s*(?:\\left\s*)?[\[(]"
    r"\s*(?P<parts>(?P=letter)_\{?[1-9]\}?(?:\s*,\s*(?:(?P=letter)_\{?[1-9a-zA-Z]\}?|…|\\[lc]?dots|\.\.\.)){1,8})\s*(?:\\right\s*)?[\])](?!\s*[\^'′])"
)
"""X = [X_1, X_2] and Z = [Z_1, …, Z_m]: parts of a matrix, and no numbers."""

_BOLD = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?"
_GAP = r"(?:,|\\[,;: ]|\\q?quad(?![A-Za-z])|[~\s])+"
_COLUMN = rf"{_BOLD}[a-hk-z](?:\s*\}})?(?:_(?:\{{\w\}}|\w))?"
_ROW_OF_COLUMNS = re.compile(
    rf"\[\s*(?:{_BOLD}1(?:\s*\}})?_\{{?(?P<rows>[a-zN])\}}?|\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*1\s*\}}?)"
    rf"(?P<columns>(?:{_GAP}{_COLUMN}){{1,9}})\s*(?:\\right\s*)?\]"
)
"""[1_n, x]: columns, beside which no number can stand."""

_NAMED = re.compile(r"(?<![A-Za-z\\_{])([a-hk-z])\s*\}?(?:_\{?(\w)\}?)?(?![A-Za-z])")


def of_matrix_parts(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """X_1 and β_1 as a part of X and its coefficients, where they stand as X_1 E(β_1); the parts of [X_1, X_2]."""
    text = usage.text
    keys = [f"{letter}_{unicodedata.digit(part)}" for part in _MEAN_OF_PART.findall(text) for letter in ("X", "beta")]
    keys += [
        re.sub(r"[{}\s]", "", part)
        for parted in _PARTED.finditer(text)
        for part in parted["parts"].split(",")
        if "_" in part
    ]
    whole = {key: vocabulary.lookup(key.partition("_")[0]) for key in keys}
    return {
        key: Name(key, Symbol(key, *name.tree.shape, name.tree.role))
        for key, name in whole.items()
        if name is not None and isinstance(name.tree, Symbol)
    }


def of_columns(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The x of [1_n, x] is as long as the ones."""
    text = usage.text
    changes: dict[str, Name | None] = {}
    for found in _ROW_OF_COLUMNS.finditer(text):
        rows = size(found["rows"] or "n")
        for letter, below in _NAMED.findall(found["columns"]):
            key = f"{letter}_{below}" if below else letter
            changes[key] = Name(key, Symbol(key, rows, ONE))
    return changes
