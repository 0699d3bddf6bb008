r"""Bold letters with a subscript, \mathbf{x}_i and \mathbf{w}_j: vectors of their own, and how long they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.names import RAISED
from tutor.notation.parsing.token import Spelling

_VECTOR_LETTERS = frozenset("xyzuvwb")
_GREEK_VECTORS = frozenset(
    {"mu", "theta", "eta", "alpha", "tau", "xi", "zeta", "lambda", "psi", "phi", "delta", "nu", "omega"}
)

_PRIOR_MEANS = frozenset({"mu", "theta", "sigma"})
"""Greek letters of means, of which a bold one with a 0 below it is that of a prior, and that of the covariances with
what is at a place 0."""

_ROWS = frozenset("xz")
_COEFFICIENTS = frozenset({"a", "b", "g", "u", "alpha", "beta", "gamma"})


@lru_cache(maxsize=8)
def _covariates(usage: Usage) -> frozenset[tuple[str, str]]:
    """The letters and subscripts of the covariates of all observations in a text."""
    return frozenset((factor.letter, factor.below) for factor in _covariates_in(usage))


def _covariates_in(usage: Usage) -> Iterator[Factor]:
    """The z_j of z_j'V⁻¹, of z_j g_j with a coefficient of its index, and of g_j z_j, the other way round."""
    for first, second in usage.beside:
        is_weighted = first.is_transposed and second.letter in {"V", "R"} and second.above
        is_multiplied = not first.above and first.below == second.below
        if first.letter in _ROWS and (is_weighted or (is_multiplied and second.letter in _COEFFICIENTS)):
            yield first
        if second.letter in _ROWS and is_multiplied and first.letter in _COEFFICIENTS and not second.is_transposed:
            yield second


def is_vector_below(spelling: Spelling, context: Context) -> bool:
    """Whether a bold letter with a subscript is a vector of its own."""
    base = spelling.letters + spelling.accent
    is_any = context.vocabulary.families.get(base) == "any"
    return spelling.bold and bool(spelling.subscript) and base in _VECTOR_LETTERS and is_any


def is_by_label(spelling: Spelling, context: Context) -> bool:
    r"""Whether coefficients have a label above them and no index, \boldsymbol\beta^{RE}, and are bold or stand behind
    their design: a vector of their own."""
    if not spelling.subscript.startswith(RAISED) or "_" in spelling.subscript:
        return False
    return spelling.bold or any(
        design.letter in {"X", "Z"} and factor.letter == spelling.letters and factor.below.startswith(RAISED)
        for design, factor in context.usage.beside
    )


def is_of_open_length(spelling: Spelling, context: Context) -> bool:
    """Whether nothing tells how long a vector with something below it is: new names are as long as fits."""
    is_prior = spelling.subscript == "0" and context.vocabulary.lookup(spelling.letters) is None
    is_new = spelling.subscript.isalpha() or (is_prior and spelling.letters not in {"x", "z"})
    is_open = is_new and context.vocabulary.takes_new_names
    return is_open and length_of(spelling.letters, spelling.subscript, context) is None


def is_greek_vector_below(spelling: Spelling, context: Context) -> bool:
    r"""Whether a bold Greek letter that is a number where it is not bold has one index below it, \boldsymbol{\mu}_i: a
    vector of its own."""
    is_vector = spelling.letters in _GREEK_VECTORS or (spelling.letters == "sigma" and spelling.subscript == "0")
    if not (spelling.bold and is_vector and len(spelling.subscript) == 1):
        return False
    known = context.vocabulary.lookup(spelling.letters)
    is_known = f"{spelling.letters}{spelling.accent}_{spelling.subscript}" in context.vocabulary.names
    is_unit = spelling.subscript.isalpha() or (spelling.subscript == "0" and spelling.letters in _PRIOR_MEANS)
    is_new = not is_known and context.vocabulary.takes_new_names and is_unit
    return is_new and (known is None or known.tree.is_scalar)


def length_of(base: str, subscript: str, context: Context) -> Size | None:
    """The length of a bold letter with a subscript: x_1 is a column of X, x_i the row of X of an observation, and u_k
    the effects of one factor, as long as u; None where nothing tells."""
    y = context.vocabulary.lookup("y")
    if y is not None and isinstance(y.tree, Symbol) and (base, subscript) in _covariates(context.usage):
        return y.tree.rows
    matrix = context.vocabulary.lookup({"x": "X", "z": "Z"}.get(base, ""))
    if matrix is not None and isinstance(matrix.tree, Symbol) and (subscript.isalpha() or subscript == "0"):
        return matrix.tree.columns
    known = context.vocabulary.lookup(base)
    if known is not None and isinstance(known.tree, Symbol) and known.tree.columns == ONE:
        return known.tree.rows
    return None


def length_of_mean(spelling: Spelling, context: Context) -> Size | None:
    r"""The length of the bold mean of the rows of X of a unit, \bar{\mathbf{x}}_i, or of what is left without it; None
    for other letters."""
    is_mean = spelling.bold and spelling.accent in {"bar", "tilde"} and spelling.letters in {"x", "z"}
    below = spelling.subscript.strip(".")
    if not (is_mean and below.isalpha() and context.vocabulary.takes_new_names):
        return None
    return length_of(spelling.letters, below, context)
