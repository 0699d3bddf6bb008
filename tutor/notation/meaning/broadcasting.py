"""A number beside a matrix in R and NumPy, diag(4) + s: there it is added to each entry. In a formula such a sum does
not exist, and in SymPy neither; but handouts write y = μ + Zu + ε for y = 1μ + Zu + ε, which the findings note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.algebra.nodes import Ones, Scalar, Scaled
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.finding import Finding
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import ones
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax

_ADDS_TO_EACH = re.compile(
    r"\bnp\.|\bnumpy\.|%\*%|%[xo]%|\b(?:kronecker|t?crossprod|solve|matrix|rbind|cbind|bdiag|diag|outer)\s*\("
)
"""What stands in R and NumPy only."""

_INTERCEPTS = {("mu", ""), ("beta", "0"), ("alpha", "0"), ("b", "0")}


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


def with_intercept(nodes: Sequence[syntax.Node], terms: Sequence[Tree], context: Context) -> list[Tree]:
    """The terms of a sum with the mean of all observations as a vector, where a text that is no answer adds the number
    to vectors: y = μ + Zu + ε. What is missing is noted in the findings."""
    at = next((at for at, node in enumerate(nodes) if _is_intercept(node) and isinstance(terms[at], Scalar)), None)
    if at is None or not context.vocabulary.takes_new_names:
        return list(terms)
    others = [*terms[:at], *terms[at + 1 :]]
    are_columns = all(not term.is_scalar and context.sizing.may_meet(term.columns, ONE) for term in others)
    node = nodes[at]
    if not (are_columns and _are_vectors([*nodes[:at], *nodes[at + 1 :]]) and _is_of_response(context.usage)):
        return list(terms)
    written = context.text[node.start : node.end]
    sentence = f"{written} is a number and the rest a vector: a mean of all observations is 1{written}, with ones in 1."
    context.findings.append(Finding("ones-missing", node.start, node.end, sentence, rf"\mathbf{{1}}{written}"))
    return [*terms[:at], Scaled(terms[at], ones(node, context)), *terms[at + 1 :]]


def _is_intercept(node: syntax.Node) -> bool:
    if not isinstance(node, syntax.Named) or node.spelling.bold or node.spelling.accent:
        return False
    return (node.spelling.letters, node.spelling.subscript) in _INTERCEPTS


def _are_vectors(nodes: Sequence[syntax.Node]) -> bool:
    """Whether terms are no elements of vectors, which have such letters too: products and bold names."""
    return any(not isinstance(node, syntax.Named) or node.spelling.bold or node.spelling.run for node in nodes)


def _is_of_response(usage: Usage) -> bool:
    """Whether an equation tells what y, its mean or a bold vector is."""
    if any(isinstance(left, syntax.Call) and left.function == "E" for left, _ in usage.equations()):
        return True
    sides = (usage.single(left) for left, _ in usage.equations())
    return any(left.letter in {"y", "Y"} or (left.bold and left.is_small) for left in sides)
