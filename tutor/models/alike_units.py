"""X'V⁻¹X of units that are alike and independent, V = I_m ⊗ W⁻¹ by the order of the rows: from the rows of one unit.

A block of columns of X is B ⊗ C with the rows of one unit in C, so that X'(I_m ⊗ W)X has the blocks B_k'B_l ⊗ C_k'WC_l.
Where X = 1_m ⊗ Z_1 and W⁻¹ = σ²I + Z_1ΣZ_1', as of lines with random intercepts and slopes, it is
m(Σ + σ²(Z_1'Z_1)⁻¹)⁻¹: the mean of m coefficients, each of which has the variance of its own line beside Σ.
Source: Laird and Ware (1982), Biometrics 38, 963–974; Searle, Casella and McCulloch (1992), app. M.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.balanced import closed_form
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import (
    Block,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
)
from tutor.algebra.rules import Step
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import Size, same_size
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.errors import TutorError
from tutor.models.collected import collected, in_factors
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_ROWS = 6
"""Rows of a unit of which sums of entries are listed."""

MOST_OPERATIONS = 60
"""Signs of an entry that is shown: the inverse of an unstructured matrix is long, and stays within its product."""

Parts = tuple[Tree, Tree]
"""B and C of a block of columns B ⊗ C of X: the units, and the rows of one."""


def by_units(model: MixedModel, line: Tree) -> Iterator[Step]:
    """The steps from X'(I_m ⊗ W)X to its blocks; none for another line, and where the rows of a unit do not tell it."""
    W = _within(model, line)
    parts = None if W is None else _columns(model, W.rows)
    if W is None or parts is None:
        return
    Z_1 = _rows_of_one(model)
    if Z_1 is not None and _is_of_lines(parts, Z_1):
        yield from _of_lines(line, parts[0][0].rows, W, Z_1)
        return
    if is_unsolved(W) or not (W.rows.is_Integer or isinstance(_number_and_body(W)[1], ByDistance)):
        return
    grid = tuple(tuple(_block(first, W, second) for second in parts) for first in parts)
    if any(isinstance(node, Explicit) and any(map(_is_long, node.filled.values())) for row in grid for node in row):
        return
    blocks = Block(grid) if len(grid) > 1 else grid[0][0]  # pyright: ignore[reportGeneralTypeIssues]
    because = "B_k'B_l ⊗ C_k'WC_l for columns B ⊗ C of X, C with the rows of one unit"
    yield Step("closed-form", because, line, blocks)


def in_known_numbers(tree: Tree) -> Tree:
    """The tree with numbers for products of a covariate whose values are given, 7g for g 1₃'x; a matrix of which all
    entries are numbers then by its entries."""

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scaled) and isinstance(node.scalar, Scalar) and isinstance(node.tree, Scalar):
            return Scalar(node.scalar.value * node.tree.value)
        if isinstance(node, Sum) and all(isinstance(term, Scalar) for term in node.terms):
            return Scalar(collected(sympy.Add(*(term.value for term in node.terms if isinstance(term, Scalar)))))
        if not isinstance(node, Product) or not node.is_scalar or not symbols_of(node):
            return None
        known = all(
            isinstance(s.definition, Explicit) and not s.definition.matrix.free_symbols for s in symbols_of(node)
        )
        return Scalar(node.explicit()[0, 0]) if known else None  # pyright: ignore[reportArgumentType]

    found = transform(tree, change)
    if found == tree or not isinstance(found, Block):
        return found
    cells = [[cell.value for cell in row if isinstance(cell, Scalar)] for row in found.grid]
    listed = all(len(own) == len(row) for own, row in zip(cells, found.grid, strict=True))
    return Explicit(ImmutableDenseMatrix(cells)) if listed else found


def _within(model: MixedModel, line: Tree) -> Tree | None:
    """The W of X'(I_m ⊗ W)X; None for another tree."""
    if not isinstance(line, Product) or len(line.factors) != 3:
        return None
    left, middle, right = line.factors
    if (left, right) != (Transpose(model.X), model.X) or not isinstance(middle, Kronecker):
        return None
    *units, W = middle.factors
    return W if all(isinstance(unit, Identity) for unit in units) else None


def _columns(model: MixedModel, rows: Size) -> list[Parts] | None:
    """The blocks of columns of X, each as B ⊗ C with so many rows in C; None where one is no such product."""
    X = model.X.definition
    blocks = X.parts if isinstance(X, Block) and len(X.grid) == 1 else (X,)
    found = [None if block is None else _split(block, rows) for block in blocks]
    return None if None in found else cast("list[Parts]", found)


def _split(block: Tree, rows: Size) -> Parts | None:
    """B ⊗ C with so many rows in C."""
    units = sympy.cancel(block.rows / rows)
    if isinstance(block, Ones) and same_size(block.columns, sympy.S.One):
        return Ones(units, sympy.S.One), Ones(rows, sympy.S.One)
    if isinstance(block, Identity):
        return Identity(units), Identity(rows)
    if isinstance(block, Explicit):
        return _repeated(block, rows)
    if isinstance(block, Symbol) and block.definition is not None:
        return _split(block.definition, rows)
    factors = block.factors if isinstance(block, Kronecker) else ()
    for place in range(1, len(factors)):
        first, last = (each[0] if len(each) == 1 else Kronecker(each) for each in (factors[:place], factors[place:]))
        if same_size(last.rows, rows):
            return first, last
    first, *others = factors or (block,)
    if isinstance(first, Ones) and same_size(first.columns, sympy.S.One) and others:
        inner = others[0] if len(others) == 1 else Kronecker(tuple(others))
        if same_size(inner.rows, rows):
            return first, inner
    return None


def _repeated(block: Explicit, rows: Size) -> Parts | None:
    """1 ⊗ C for a list of entries that repeats after so many rows."""
    if not rows.is_Integer:
        return None
    entries, size = block.matrix, int(rows)
    first = entries[:size, :]
    if any(entries[k : k + size, :] != first for k in range(0, entries.rows, size)):
        return None
    return Ones(sympy.Integer(entries.rows // size), sympy.S.One), Explicit(ImmutableDenseMatrix(first))


def _block(first: Parts, W: Tree, second: Parts) -> Tree:
    """B_k'B_l ⊗ C_k'WC_l, with one number in front."""
    number, units = _number_and_body(closed_form(Product((Transpose(first[0]), second[0]))))
    other, within = _number_and_body(_weighted(first[1], W, second[1]))
    factors = [each for each in (units, within) if each is not None]
    value = _without_minus(in_factors(number * other))
    if not factors:
        return Scalar(value)
    return times(value, factors[0] if len(factors) == 1 else Kronecker(tuple(factors)))


def _number_and_body(tree: Tree) -> tuple[sympy.Expr, Tree | None]:
    """cA as c and A, a number as itself and None."""
    if isinstance(tree, Scalar):
        return tree.value, None
    if isinstance(tree, Scaled) and isinstance(tree.scalar, Scalar):
        number, body = _number_and_body(tree.tree)
        return tree.scalar.value * number, body
    return sympy.S.One, tree


def _without_minus(value: sympy.Expr) -> sympy.Expr:
    """A fraction without a minus in front: its first sum takes it, t + 2ρ − tρ for −(tρ − t − 2ρ)."""
    factors = sympy.Mul.make_args(value)
    place = next((k for k, factor in enumerate(factors) if factor.is_Add), None)
    if place is None or not value.could_extract_minus_sign() or sympy.S.NegativeOne not in factors:
        return value
    others = [factor for k, factor in enumerate(factors) if k != place and factor != -1]
    return sympy.Mul(*others, sympy.expand(-factors[place]))  # pyright: ignore[reportOperatorIssue, reportReturnType]


def _weighted(left: Tree, W: Tree, right: Tree) -> Tree:
    """C_k'WC_l for the rows of one unit: W itself, sums of its entries, or the product as it is."""
    if isinstance(W, Scaled) and isinstance(W.scalar, Scalar):
        return times(W.scalar.value, _weighted(left, W.tree, right))
    if isinstance(left, Ones) and isinstance(right, Ones) and isinstance(W, ByDistance):
        total = _sum_of_entries(W)
        if total is not None:
            return Scalar(total)
    before = [] if isinstance(left, Identity) else [Transpose(left)]
    product = product_or_factor([*before, W, *([] if isinstance(right, Identity) else [right])])
    if not W.rows.is_Integer or W.rows > MOST_ROWS:
        return product
    if any(map(_is_open, symbols_of(product))):
        return product
    entries = product.explicit().applyfunc(in_factors)
    return Scalar(entries[0, 0]) if product.is_scalar else Explicit(ImmutableDenseMatrix(entries))


def _is_long(entry: sympy.Expr) -> bool:
    return sympy.count_ops(entry) > MOST_OPERATIONS


def _is_open(symbol: Symbol) -> bool:
    return not isinstance(symbol.definition, Explicit)


def _sum_of_entries(W: ByDistance) -> sympy.Expr | None:
    """1'W1 of a banded matrix: 2(t − d) entries at each distance d, and t on the diagonal."""
    if W.beyond != 0 or not W.near:
        return None
    t, diagonal = W.order, W.near[0]
    corner = diagonal if W.corner is None else W.corner
    beside = (2 * (t - d) * entry for d, entry in enumerate(W.near) if d)
    return collected(sympy.cancel(sympy.Add((t - 2) * diagonal + 2 * corner, *beside)))  # pyright: ignore[reportArgumentType]


# Lines with random intercepts and slopes


def _rows_of_one(model: MixedModel) -> Symbol | None:
    """Z_1 of Z = I_m ⊗ Z_1."""
    Z = None if model.Z is None else model.Z.definition
    last = Z.factors[-1] if isinstance(Z, Kronecker) and len(Z.factors) == 2 else None
    return last if isinstance(last, Symbol) and isinstance(last.definition, Block | Explicit) else None


def _is_of_lines(parts: list[Parts], Z_1: Symbol) -> bool:
    """Whether X = 1_m ⊗ Z_1, with columns that do not depend on one another."""
    units, rows = parts[0][0], Z_1.definition
    if not isinstance(units, Ones) or any(part[0] != units for part in parts) or _is_constant(Z_1):
        return False
    if isinstance(rows, Block):
        return tuple(part[1] for part in parts) == rows.grid[0]
    columns = [part[1].explicit() for part in parts]
    return bool(rows.matrix == ImmutableDenseMatrix.hstack(*columns)) if isinstance(rows, Explicit) else False


def _is_constant(Z_1: Symbol) -> bool:
    """Whether the values of the covariate are numbers that are all the same."""
    if isinstance(Z_1.definition, Explicit):
        return Z_1.definition.matrix.rank() < Z_1.columns
    values = [
        s.definition.matrix.flat() for s in symbols_of(cast(Tree, Z_1.definition)) if isinstance(s.definition, Explicit)
    ]
    return any(len(set(each)) == 1 for each in values)


def _of_lines(line: Tree, units: Size, W: Tree, Z_1: Symbol) -> Iterator[Step]:
    """m Z_1'WZ_1 = m(Σ + σ²(Z_1'Z_1)⁻¹)⁻¹ for W = (1/σ²)I − (1/σ⁴)Z_1(Σ⁻¹ + (1/σ²)Z_1'Z_1)⁻¹Z_1'."""
    together = next((node.tree for node in walk(W) if isinstance(node, Inverse) and isinstance(node.tree, Sum)), None)
    inverse = (
        None
        if together is None
        else next(
            (term for term in together.parts if isinstance(term, Inverse) and isinstance(term.tree, Symbol)), None
        )
    )
    scale = (
        None
        if together is None
        else next(
            (term.scalar for term in together.parts if isinstance(term, Scaled) and isinstance(term.scalar, Scalar)),
            None,
        )
    )
    if inverse is None or scale is None:
        return
    inside = Product((Transpose(Z_1), W, Z_1))
    first = times(units, inside)
    yield Step("order-of-rows", f"X = 1 ⊗ {Z_1}: each unit has the same rows", line, first)
    squares = Product((Transpose(Z_1), Z_1))
    variance = sympy.cancel(1 / scale.value)
    parallel = times(units, Inverse(Sum((inverse.tree, times(variance, Inverse(squares))))))  # pyright: ignore[reportArgumentType]
    told = "A − A(A + B)⁻¹A = (A⁻¹ + B⁻¹)⁻¹ where A and B have inverses"
    A = times(scale.value, squares)
    yield Step("inverse-of-sum-back", f"{told}, A = {inline(A)}", first, parallel)
    entries = _entries(parallel, units)
    if entries is not None:
        yield Step("entries", "by the entries", parallel, entries)


def _entries(tree: Tree, units: Size) -> Tree | None:
    """The matrix by its entries where the values of the covariate are numbers."""
    inside = tree.tree if isinstance(tree, Scaled) else tree
    if any(_is_open(symbol) and symbol.definition is None for symbol in symbols_of(inside)):
        return None
    try:
        found = inside.explicit()
    except TutorError:
        return None
    numbers = ImmutableDenseMatrix(*found.shape, [collected(sympy.cancel(units * entry)) for entry in found])
    return Explicit(numbers)
