"""Henderson's equations times the residual variance: what is left are ratios of variances, and counts in a design."""

from __future__ import annotations

from tutor.algebra.build import identity
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
)
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.models.inference.equations import Equations
from tutor.models.inference.least_squares import in_closed_form
from tutor.notation.write import inline


def residual_variance(parts: Equations) -> Scalar | None:
    """σ² where R = σ² I; None for another R."""
    R = parts.prediction.model.R.definition
    if not isinstance(R, Scaled) or not isinstance(R.scalar, Scalar) or R.tree != identity(R.rows):
        return None
    return R.scalar


def with_ratios(parts: Equations) -> Derivation:
    """σ² times the matrix of the equations: X'X, X'Z, Z'X and Z'Z + σ²G⁻¹, by the terms of the model where each block
    has a closed form."""
    variance = residual_variance(parts)
    assert variance is not None
    X, Z, G = parts.X, parts.Z, parts.prediction.G
    corner = Scaled(variance, parts.G)

    def blocks(last: Tree) -> Block:
        first = (Product((Transpose(X), X)), Product((Transpose(X), Z)))
        return Block((first, (Product((Transpose(Z), X)), Sum((Product((Transpose(Z), Z)), last)))))

    ratio = _ratio(corner, G)
    lines: list[tuple[str, str, Tree]] = [("scaled-inverse", f"{inline(variance)} R⁻¹ = I", blocks(corner))]
    if ratio != corner:
        lines.append(("inverse-of-G", f"G = {inline(G.definition)}", blocks(ratio)))
    closed = _by_terms(parts, ratio)
    if closed is not None:
        lines.append(("closed-form", "each term of the model by itself, by the order of the rows", closed))
    return chain(Scaled(variance, parts.left), *lines)


MOST_ENTRIES = 2
"""The inverse of a matrix with more rows of letters is no help written out."""


def _ratio(corner: Scaled, G: Tree) -> Tree:
    """σ²G⁻¹ in closed form; by the inverse of Σ_u where its entries would fill lines."""
    closed = closed_form(corner)
    repeated = G.definition if isinstance(G, Symbol) else G
    written_out = (node for node in walk(closed) if isinstance(node, Explicit) and node.rows > MOST_ENTRIES)
    if not isinstance(repeated, Kronecker) or next(written_out, None) is None:
        return closed
    factors = (each if isinstance(each, Identity) else Inverse(each) for each in repeated.factors)
    return Scaled(corner.scalar, Kronecker(tuple(factors)))


def _by_terms(parts: Equations, ratio: Tree) -> Block | None:
    """W'W with G⁻¹ times the residual variance added, W = [X Z] by the terms of the model, each block in closed form;
    None where one has none."""
    model = parts.prediction.model
    if parts.X.definition is None:
        return None
    fixed, random = _columns(parts.X.definition), [term.matrix for term in model.random]
    inner = _diagonal(ratio, len(random))
    every = [*fixed, *random]
    grid: list[tuple[Tree, ...]] = []
    for i, left in enumerate(every):
        line: list[Tree] = []
        for j, right in enumerate(every):
            block: Tree = Product((Transpose(left), right))
            if i == j >= len(fixed):
                if inner is None:
                    return None
                block = Sum((block, inner[i - len(fixed)]))
            closed = in_closed_form(model, block)
            if closed is None or any(isinstance(node, Explicit) for node in walk(closed)):
                return None
            line.append(closed)
        grid.append(tuple(line))
    return Block(tuple(grid))


def _columns(tree: Tree) -> list[Tree]:
    """The blocks that stand side by side, or the tree alone."""
    return list(tree.grid[0]) if isinstance(tree, Block) and len(tree.grid) == 1 else [tree]


def _diagonal(tree: Tree, number: int) -> list[Tree] | None:
    """The blocks along the diagonal of so many terms."""
    if number == 1:
        return [tree]
    if isinstance(tree, BlockDiagonal) and len(tree.blocks) == number:
        return list(tree.blocks)
    if isinstance(tree, Block) and len(tree.grid) == number:
        return [line[i] for i, line in enumerate(tree.grid)]
    return None
