r"""Indices below which plain letters are blocks of a unit, as a text shows: the i of Z_i', of P_i between two matrices,
and of y_i ~ N(μ_i, V_i)."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.notation.meaning.numbered_blocks import NO_BLOCKS, numbered_blocks
from tutor.notation.meaning.shown_matrices import MATRICES, roots
from tutor.notation.meaning.states import states_of_vectors, times_below_capitals
from tutor.notation.meaning.usage import (
    BRACKET,
    NOTHING,
    Factor,
    Product,
    Usage,
    pairs,
    parts,
    triples,
    with_neighbours,
)
from tutor.notation.parsing import syntax

UNITS = frozenset("ghijklms")
"""Letters of an index of units."""

_OF_MOMENTS = UNITS | {"n"}
_RANDOM = frozenset({"y", "Y", "u", "U", "b", "e", "epsilon"})
_COVARIANCES = frozenset({"D", "G", "R", "V"})
_PARTS = frozenset({"11", "12", "21", "22"})
"""The numbers of the parts of a matrix."""


def blocks(usage: Usage) -> frozenset[str]:
    """The indices of blocks."""
    indexed = [product for product in usage.products if any(map(_has_index, product))]
    found = {index for product in indexed for rule in _RULES for index in rule(product)}
    found |= {index for rule in _RULES_OF_NODES for index in rule(usage)}
    found |= times_below_capitals(usage) if _has_transposed_state(usage) else frozenset()
    found |= _PARTS if _has_parts(usage) else frozenset()
    return frozenset(found) | states_of_vectors(usage) | numbered_blocks(usage)


def _has_index(factor: Factor) -> bool:
    """Whether a letter has an index below it that any rule for products may take for that of a block."""
    return factor.below in UNITS or (len(factor.below) == 1 and factor.below.isupper())


def is_derivative_beside_projection(product: Product) -> bool:
    """P V_i: the derivatives of V beside the projection of REML are matrices for all observations."""
    return any(_is_projected(first, second) for first, second in pairs(product))


def _is_projected(first: Factor, second: Factor) -> bool:
    return (
        first.letter == "P"
        and first.is_bare
        and second.letter == "V"
        and second.below in UNITS
        and not (second.above or second.accent)
    )


def _is_matrix(factor: Factor) -> bool:
    is_greek = factor.is_greek_capital and factor.letter != "Sigma"
    return (factor.letter in MATRICES or is_greek) and not factor.bold


def _projected(product: Product) -> Iterator[str]:
    yield from (second.below for first, second in pairs(product) if _is_projected(first, second))


def _of_sums(product: Product) -> Iterator[str]:
    """The i of 1_n'y_i, the sum of the observations of a unit."""
    for ones, vector in pairs(product):
        if ones.letter == "1" and ones.below and ones.is_transposed and vector.is_small and vector.below in UNITS:
            yield vector.below


def _in_between(product: Product) -> Iterator[str]:
    """The h of A P_h A', of Φ P_h Φ and of P_h Φ P_j: what stands between matrices is no number."""
    for before, matrix, behind in triples(product):
        is_block = matrix.is_capital and matrix.below in UNITS and not (matrix.bold or matrix.above or matrix.accent)
        is_around = before.is_capital and behind.letter == before.letter and behind.is_transposed
        if is_block and is_around and before.is_bare and not behind.below:
            yield matrix.below
        is_between = _is_matrix(before) and before.is_bare and _is_matrix(behind) and behind.is_bare
        if is_block and is_between and matrix.letter in MATRICES:
            yield matrix.below


def _transposed(product: Product) -> Iterator[str]:
    """The i of Z_i' and Σ_i', unless it counts, and unless it is the row of one observation, X_i'β."""
    for _, factor, behind in with_neighbours(product):
        is_letter = (factor.is_capital or factor.is_greek_capital) and factor.letter not in NO_BLOCKS
        is_row = factor.letter in {"X", "Z"} and behind.letter == "beta"
        if is_letter and factor.below in UNITS and factor.is_transposed and not (factor.bold or is_row):
            yield factor.below


def _of_ones(product: Product) -> Iterator[str]:
    """The i of 1_i', a row of ones for the observations of a unit."""
    yield from (f.below for f in product if f.letter == "1" and f.below in {"i", "j"} and f.is_transposed)


def _of_weights(product: Product) -> Iterator[str]:
    """The i of (y_i − μ_i)'V_i⁻¹."""
    for row, weight in pairs(product):
        is_row = row.letter == BRACKET and row.is_transposed
        if is_row and _is_weight(weight):
            yield weight.below


def _is_weight(factor: Factor) -> bool:
    is_matrix = factor.letter in MATRICES or factor.is_greek_capital
    return is_matrix and factor.below in UNITS and factor.is_inverted


def _of_roots(product: Product) -> Iterator[str]:
    """The i of A_i^{1/2} R A_i^{1/2}: the roots of a number would stand together."""
    yield from (factor.below for factor in roots(product) if factor.below in UNITS)


def _beside_bold_responses(usage: Usage) -> Iterator[str]:
    """The i of a bold Y_i and of plain capitals, which are no numbers beside it."""
    responses = {f.below for f in usage.factors if f.letter in {"y", "Y"} and f.bold and not f.accent}
    plain = {f.below for f in usage.factors if f.is_capital and not f.bold}
    yield from responses & plain & UNITS


def _with_covariance_matrices(usage: Usage) -> Iterator[str]:
    """The i of b_i ∼ N(0, D): what has a variance matrix is a vector."""
    for node in usage.of(syntax.Distributed):
        if node.subject is None or len(node.arguments) < 2 or _is_told(node.arguments[0]):
            continue
        index, matrix = usage.product(node.subject)[-1].below, usage.product(node.arguments[-1])[-1]
        is_matrix = matrix.letter in _COVARIANCES or matrix.is_greek_capital
        if index in UNITS and is_matrix and matrix.below in {"", index} and not matrix.above:
            yield index


def _is_told(mean: syntax.Node) -> bool:
    """Whether the elements of a mean are written out, so that they tell how long the vector is."""
    return any(isinstance(part, syntax.Matrix) for part in (mean, *parts(mean)))


def _with_moments(usage: Usage) -> Iterator[str]:
    """The i of Cov(Y_i), which is no number, and of Var(b_i) = D."""
    for call in usage.of(syntax.Call):
        yield from _index_of_moment(call, usage) if call.function == "Cov" else ()
    for call, side in usage.equations():
        if isinstance(call, syntax.Call) and call.function == "Var" and _is_covariance_matrix(side, usage):
            yield from _index_of_moment(call, usage)


def _index_of_moment(call: syntax.Call, usage: Usage) -> Iterator[str]:
    of = usage.single(call.arguments[0]) if len(call.arguments) == 1 else NOTHING
    is_element = of.letter in _RANDOM and of.below in _OF_MOMENTS
    if is_element and not (of.bold or of.accent or of.above):
        yield of.below


def _is_covariance_matrix(side: syntax.Node, usage: Usage) -> bool:
    product = usage.terms(side)[0][1]
    first = product[0]
    is_matrix = first.letter in {"Sigma", "Omega", "Psi", "R", "D", "G"} and not first.bold
    is_whole = len(product) == 1 or product[1].letter == BRACKET
    return is_matrix and len(first.below) < 2 and is_whole


def _has_transposed_state(usage: Usage) -> bool:
    """Whether a matrix of a time is transposed, Z_t'."""
    return any(f.is_capital and f.below == "t" and f.is_transposed and not f.bold for f in usage.factors)


def _has_parts(usage: Usage) -> bool:
    """Whether a text has parts of a matrix: A_{12} A_{22}^{-1} A_{21}, of elements of which the divisor would stand
    last, or A^{-1} beside A_{22}^{-1}."""
    inverted = [f for f in usage.factors if f.is_capital and f.is_inverted and not f.bold]
    if {f.letter for f in inverted if not f.below} & {f.letter for f in inverted if f.below in _PARTS}:
        return True
    return any(
        first.letter == second.letter == third.letter
        and (first.is_capital or first.letter == "Sigma") and not first.bold
        and second.is_inverted and {first.below, second.below, third.below} <= _PARTS
        for first, second, third in usage.in_threes
    )  # fmt: skip


_RULES = (
    _projected,
    _of_sums,
    _in_between,
    _transposed,
    _of_ones,
    _of_weights,
    _of_roots,
)
"""What one product shows."""

_RULES_OF_NODES = (_beside_bold_responses, _with_covariance_matrices, _with_moments)
