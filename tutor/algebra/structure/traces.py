"""Traces and ranks by structure: the sum of the eigenvalues, and the number of those that are not 0."""

from __future__ import annotations

from collections.abc import Callable

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.facts import known
from tutor.algebra.facts import rank as known_rank
from tutor.algebra.nodes import (
    BlockDiagonal,
    Explicit,
    Identity,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
)
from tutor.algebra.provided import Condition, Provided, provided
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import same_size
from tutor.algebra.structure.blocks import diagonal_blocks
from tutor.algebra.structure.conditions import has_denominator, normal
from tutor.algebra.structure.cut_products import multiples, together, trace_of
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.method import in_numbers
from tutor.algebra.structure.over_index import copies, diagonal_over
from tutor.algebra.structure.strata import Balanced
from tutor.algebra.tree import Tree

Finder = Callable[[Tree], Tree | None]


def is_trace_or_rank(tree: Tree) -> bool:
    """Whether this is tr(A), or rank(A)."""
    return isinstance(tree, Trace) or (isinstance(tree, Applied) and tree.function == "rank")


def trace_or_rank(tree: Tree, closed: Tree) -> Tree:
    """tr(A) or rank(A) of the closed form of A, with the conditions under which it holds; as it is written where no
    structure tells."""
    inner, conditions = (closed.tree, closed.conditions) if isinstance(closed, Provided) else (closed, ())
    if not isinstance(tree, Trace) and (order := known_rank(tree.parts[0]).value) is not None:
        return Scalar(order)
    found = _trace(inner) if isinstance(tree, Trace) else _rank(inner)
    return tree if found is None else provided(found, conditions)


def as_number(tree: Tree) -> sympy.Expr | None:
    """The value of a matrix of one row and one column; None where it is not known as a number."""
    if isinstance(tree, Scalar):
        return tree.value
    if not tree.is_scalar:
        return None
    element = balanced(tree)
    if element is not None:
        return element.values[-1]
    if isinstance(tree, Explicit):
        return tree.matrix[0, 0]  # pyright: ignore[reportReturnType]  (of expressions)
    return tree.entry(0) if isinstance(tree, ByDistance) else None


def _trace(tree: Tree) -> Tree | None:
    """A number, or a sum over an index; None for a matrix without a structure."""
    if known("idempotent", tree).value is True:
        rank = known_rank(tree).value
        if rank is not None:
            return Scalar(rank)
    element = balanced(tree)
    if element is not None:
        return Scalar(_sum_of_eigenvalues(element))
    if isinstance(tree, Scaled):
        inner = _trace(tree.tree)
        return None if inner is None else _number(Scaled(tree.scalar, inner))
    if isinstance(tree, Transpose):
        return _trace(tree.tree)
    if isinstance(tree, ByDistance):
        corner = 0 if tree.corner is None else 2 * (tree.corner - tree.entry(0))
        return Scalar(normal(tree.order * tree.entry(0) + corner))
    if isinstance(tree, Explicit):
        return Scalar(normal(tree.matrix.trace()))
    if isinstance(tree, Symbol):
        return None if tree.definition is None else _trace(tree.definition)
    if tree.is_scalar and (value := as_number(tree)) is not None:
        return Scalar(value)
    if isinstance(tree, Sum):
        return _joined(tree.terms, lambda term: _trace(term) or Trace(term), Sum)
    if isinstance(tree, Kronecker) and all(same_size(*factor.shape) for factor in tree.factors):
        return _joined(tree.factors, _trace, Product)
    if isinstance(tree, Product):
        return _trace_of_product(tree)
    return _by_blocks(tree, _trace)


def _sum_of_eigenvalues(element: Balanced) -> sympy.Expr:
    if not any(has_denominator(found.value) for found in element.eigenvalues):
        return element.trace
    return sympy.Add(*(found.multiplicity * normal(found.value) for found in element.eigenvalues))


def _trace_of_product(tree: Product) -> Tree | None:
    """By blocks, or term by term of the product multiplied out."""
    found = _by_blocks(tree, _trace) or trace_of(tree.factors)
    terms = multiples(tree.factors) if found is None else None
    if terms is None or (len(terms) == 1 and not terms[0][0]):
        return found
    products = [(scalars, product_or_factor(rest) if rest else Identity(tree.rows)) for scalars, rest in terms]
    traces = [(scalars, _trace(each) or trace_of((each,))) for scalars, each in products]
    known = [(scalars, value) for scalars, value in traces if value is not None]
    return _number(together(known)) if len(known) == len(traces) else None


def _rank(tree: Tree) -> Tree | None:
    """A number, or a sum over an index, for all values of the parameters for which no eigenvalue is 0."""
    element = balanced(tree)
    if element is not None:
        return provided(Scalar(normal(element.rank)), element.conditions("pseudo inverse"))
    found = known_rank(tree).value
    return _by_blocks(tree, _rank) if found is None else Scalar(found)


def _by_blocks(tree: Tree, find: Finder) -> Tree | None:
    """The sum of what the blocks along the diagonal have."""
    repeated = copies(tree)
    if repeated is not None:
        return find(repeated)
    over = diagonal_over(tree)
    if over is not None:
        body = find(over.body)
        inner, conditions = (body.tree, body.conditions) if isinstance(body, Provided) else (body, ())
        if inner is None:
            return None
        return provided(_number(type(over)("sum", over.index, over.first, over.last, inner)), conditions)
    blocks = tree.blocks if isinstance(tree, BlockDiagonal) else diagonal_blocks(tree)
    return None if blocks is None else _joined(blocks, find, Sum)


def _joined(parts: tuple[Tree, ...], find: Finder, join: type[Sum] | type[Product]) -> Tree | None:
    """What the parts have, added or multiplied, under all of their conditions."""
    known: list[Tree] = []
    conditions: dict[Condition, None] = {}
    for part in parts:
        found = find(part)
        if found is None:
            return None
        if isinstance(found, Provided):
            conditions.update(dict.fromkeys(found.conditions))
            found = found.tree
        known.append(found)
    total = known[0] if len(known) == 1 else join(tuple(known))
    return provided(_number(total), tuple(conditions))


def _number(tree: Tree) -> Tree:
    """Worked out where it is a number."""
    found = in_numbers(tree)
    return Scalar(_told(found.value)) if isinstance(found, Scalar) else found


def _told(value: sympy.Expr) -> sympy.Expr:
    """A polynomial in factors; fractions one by one, (n − 1)/a + 1/(a + nb), as together they are long."""
    parts = sympy.Mul.make_args(value)
    if any(has_denominator(part) and part.is_Add for part in parts):
        return sympy.Mul(*(sympy.Add(*map(normal, part.args)) if part.is_Add else part for part in parts))
    return value if has_denominator(value) else normal(sympy.expand(value))
