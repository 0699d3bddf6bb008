r"""Bold letters with a subscript, \mathbf{x}_i and \mathbf{w}_j: vectors of their own, and how long they are."""

from __future__ import annotations

import re

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.token import Spelling

_VECTOR_LETTERS = frozenset("xyzuvwb")


def _is_covariate(letter: str, index: str, text: str) -> bool:
    r"""Whether \mathbf{z}_j is a covariate of all observations: beside V^{-1}, or before a coefficient of its index."""
    name = rf"{letter}\s*\}}?\s*_\s*\{{?\s*{re.escape(index)}\s*\}}?"
    transposed = r"\^\s*\{?\s*(?:T(?![a-z])|\\top)\s*\}?|['′]"
    behind = rf"\s*(?:{transposed})\s*\\?(?:mathbf|boldsymbol|bm)?\s*\{{?\s*[VR]\s*\}}?\s*\^"
    coefficient = rf"\s*(?:b|\\beta|\\alpha)\s*_\s*\{{?\s*{re.escape(index)}(?![A-Za-z0-9])"
    return re.search(rf"{name}(?:{behind}|{coefficient})", text) is not None


def is_vector_below(spelling: Spelling, context: Context) -> bool:
    """Whether a bold letter with a subscript is a vector of its own."""
    base = spelling.letters + spelling.accent
    is_any = context.vocabulary.families.get(base) == "any"
    return spelling.bold and bool(spelling.subscript) and base in _VECTOR_LETTERS and is_any


def is_of_open_length(spelling: Spelling, context: Context) -> bool:
    """Whether nothing tells how long a vector with something below it is: new names are as long as fits."""
    is_prior = spelling.subscript == "0" and context.vocabulary.lookup(spelling.letters) is None
    is_new = spelling.subscript.isalpha() or (is_prior and spelling.letters not in {"x", "z"})
    is_open = is_new and context.vocabulary.takes_new_names
    return is_open and length_of(spelling.letters, spelling.subscript, context) is None


def length_of(base: str, subscript: str, context: Context) -> Size | None:
    """The length of a bold letter with a subscript: x_1 is a column of X, x_i the row of X of an observation, and u_k
    the effects of one factor, as long as u; None where nothing tells."""
    y = context.vocabulary.lookup("y")
    if base in "xz" and y is not None and isinstance(y.tree, Symbol) and _is_covariate(base, subscript, context.text):
        return y.tree.rows
    matrix = context.vocabulary.lookup({"x": "X", "z": "Z"}.get(base, ""))
    if matrix is not None and isinstance(matrix.tree, Symbol) and (subscript.isalpha() or subscript == "0"):
        return matrix.tree.columns
    known = context.vocabulary.lookup(base)
    if known is not None and isinstance(known.tree, Symbol) and known.tree.columns == ONE:
        return known.tree.rows
    return None
