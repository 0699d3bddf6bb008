"""A number beside a matrix in R and NumPy, diag(4) + s: there it is added to each entry. In a formula such a sum does
not exist, and in SymPy neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.algebra.nodes import Ones, Scalar, Scaled
from tutor.algebra.tree import Tree
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context

_ADDS_TO_EACH = re.compile(
    r"\bnp\.|\bnumpy\.|%\*%|%[xo]%|\b(?:kronecker|t?crossprod|solve|matrix|rbind|cbind|bdiag|diag|outer)\s*\("
)
"""What stands in R and NumPy only."""


def added_to_each(terms: Sequence[Tree], context: Context) -> list[Tree]:
    """The terms of a sum with each number as a matrix of it, where a program adds it to a matrix of a known size."""
    matrices = [term for term in terms if not term.is_scalar]
    numbers = [term for term in terms if isinstance(term, Scalar)]
    is_mixed = bool(matrices) and len(matrices) + len(numbers) == len(terms) > len(matrices)
    if not is_mixed or not all(extent.is_Integer for matrix in matrices for extent in matrix.shape):
        return list(terms)
    if "\\" in context.text or not context.text.isascii() or not stands_in(context.text, _ADDS_TO_EACH):
        return list(terms)
    shape = matrices[0].shape
    return [Scaled(term, Ones(*shape)) if isinstance(term, Scalar) else term for term in terms]
