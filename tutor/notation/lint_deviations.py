"""Remarks on σ where σ² belongs: in N(0, σ), and in variances and covariances, Var(u_j) = σ_u and R = σ I."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sympy

from tutor.algebra.nodes import Covariance, Explicit, Scalar, Scaled, Sum, Symbol, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.finding import Finding
from tutor.notation.linted import Linted
from tutor.notation.names import unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.statement import Definition, Distribution, Equation, Statement

_PAIR = re.compile(r"[0-9]{2}|[a-z]{2}|[0-9a-z]'?[0-9a-z]'")
"""What is below the letter of a covariance: σ_12, σ_uv, σ_jj'."""

_COVARIANCE_MATRICES = frozenset({"V", "G", "R", "D", "Sigma"})


def deviation_for_variance(told: Linted) -> Iterator[Finding]:
    """N(0, σ): the second argument is a variance."""
    for part, node in told.sides_and_places:
        if not isinstance(part, Distribution) or part.family != "N" or len(part.arguments) != 2:
            continue
        deviations = [value for tree in walk(part.arguments[1]) for value in _on_diagonal(tree) if _is_deviation(value)]
        if deviations:
            place = node.arguments[1] if isinstance(node, syntax.Distributed) else node
            key = str(deviations[0].args[0])
            name, square = unicode_name(key.replace("sigma2", "sigma", 1)), unicode_name(key)
            yield Finding(
                "deviation-for-variance", place.start, place.end,
                f"The second argument of N is a variance: {square}, not {name}.",
            )  # fmt: skip


def _on_diagonal(tree: Tree) -> tuple[sympy.Basic, ...]:
    """A number itself, and the numbers on the diagonal of a matrix of numbers."""
    if isinstance(tree, Scalar):
        return (tree.value,)
    if not isinstance(tree, Explicit) or not (tree.rows.is_Integer and tree.rows == tree.columns):
        return ()
    return tuple(tree.matrix.diagonal())


def _is_deviation(value: sympy.Basic) -> bool:
    root = isinstance(value, sympy.Pow) and value.exp == sympy.S.Half and isinstance(value.base, sympy.Symbol)
    return root and str(value.args[0]).startswith("sigma2") and not _of_a_pair(value.args[0])


def deviation_in_covariances(told: Linted) -> Iterator[Finding]:
    """Var(y_ij) = σ_u + σ and R = σ I: a variance or a covariance with the units of a standard deviation."""
    for part, node in told.sides_and_places:
        if not any(_is_covariance(side) for side in _sides(part)):
            continue
        values = (value for side in _sides(part) for value in _summands(side))
        deviation = next((found for value in values if (found := _of_first_degree(value)) is not None), None)
        if deviation is not None:
            name, square = unicode_name(deviation.replace("sigma2", "sigma", 1)), unicode_name(deviation)
            start, end = _place(node, deviation)
            sentence = f"A variance has the square of the units of y: {square}, not {name}."
            yield Finding("deviation-for-variance", start, end, sentence)


def _place(statement: syntax.Node, variance: str) -> tuple[int, int]:
    """Where the root of a variance stands in a statement, σ_u without a square."""
    nodes = tuple(syntax.postorder(statement))
    squared = {node.base for node in nodes if isinstance(node, syntax.Power)}
    below = variance.partition("_")[2]
    found = (
        node
        for node in nodes
        if isinstance(node, syntax.Named)
        and node not in squared
        and (node.spelling.letters, node.spelling.subscript) == ("sigma", below)
    )
    place = next(found, statement)
    return place.start, place.end


def _sides(part: Statement) -> tuple[Tree, ...]:
    if isinstance(part, Equation):
        return part.sides
    return (part.subject, part.value) if isinstance(part, Definition) and part.value is not None else ()


def _is_covariance(tree: Tree) -> bool:
    if isinstance(tree, Symbol):
        return tree.name.partition("_")[0] in _COVARIANCE_MATRICES and tree.rows == tree.columns
    return isinstance(tree, Variance | Covariance)


def _summands(tree: Tree) -> Iterator[sympy.Expr]:
    """The numbers that are added in a side: of a matrix its entries, of σ² I and σ² ZZ' what stands before."""
    if isinstance(tree, Sum):
        for term in tree.terms:
            yield from _summands(term)
    elif isinstance(tree, Scaled):
        yield from _summands(tree.scalar)
    elif isinstance(tree, Explicit):
        for entry in _on_diagonal(tree):
            yield from sympy.Add.make_args(entry)  # pyright: ignore[reportArgumentType]  beside it σ_1 may be a covariance
    elif isinstance(tree, Scalar):
        yield from sympy.Add.make_args(tree.value)


def _of_a_pair(variance: sympy.Basic) -> bool:
    """Whether σ_12 and σ_11 are letters of covariances, as in the theory of several variables."""
    return _PAIR.fullmatch(str(variance).partition("_")[2].replace("_", "").replace(",", "")) is not None


def _of_first_degree(value: sympy.Expr) -> str | None:
    """The key of the variance of which a number has the root, and no other: σ_u, and ρσ_u; None for σ² and σ_0σ_1."""
    powers = [factor.as_base_exp() for factor in sympy.Mul.make_args(value)]
    deviations = [(base, exponent) for base, exponent in powers if str(base).startswith("sigma2")]
    others = all(base.is_number or base.is_Symbol for base, _ in powers)
    if len(deviations) == 1 and deviations[0][1] == sympy.S.Half and others and not _of_a_pair(deviations[0][0]):
        return str(deviations[0][0])
    return None
