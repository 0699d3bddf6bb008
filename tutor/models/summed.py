"""Sums over an index within moments, where its size is a letter: Σ_j y_1j over all b levels is b ȳ_1·.

What is known of averages, their means, variances and covariances, so holds of sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.indices import carries, name_at
from tutor.algebra.nodes import Product, Scalar, Scaled, Sum
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.models.levels import BAR

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def levels_of_indices(model: MixedModel) -> dict[str, sympy.Expr]:
    """How many levels each index of a model's equation has, where that is one number or letter for all."""
    return {run.letter: run.extent for run in model.index.ranges if isinstance(run.extent, sympy.Expr)}


def sums_as_averages(model: MixedModel, tree: Tree) -> Tree:
    """The tree with each sum of elements over all levels of an index as their number times their average; sums of
    which not all is known stay.

    Sums of averages are made averages over more: Σ_i Σ_j y_ij is tb ȳ_··.
    """
    if not any(isinstance(node, Indexed) for node in walk(tree)):
        return tree
    places = _places(model)
    levels = levels_of_indices(model)

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Indexed) or node.operation != "sum":
            return None
        body = _folded(transform(node.body, change))
        if not isinstance(body, Scalar) or not isinstance(node.first, Scalar) or not isinstance(node.last, Scalar):
            return None
        found = _summed(body.value, node, places, levels) if node.first.value == 1 else None
        return None if found is None else Scalar(found)

    # What was folded is one number, to which the laws of linear forms apply.
    return tree.rebuild(tuple(_folded(transform(part, change)) for part in tree.parts))


def _places(model: MixedModel) -> dict[str, str]:
    """The letters of a name: its indices in their order, y: ij, u: j."""
    names = [model.index.response, model.index.residual, *(name for each in model.index.effects for name in each.names)]
    return {f"{name.bases[0]}{name.number}": name.indices + name.within for name in names if len(name.bases) == 1}


def _summed(
    body: sympy.Expr, node: Indexed, places: dict[str, str], levels: dict[str, sympy.Expr]
) -> sympy.Expr | None:
    """The sum of an expression that is linear in elements with the index; None where it is not, or does not run over
    all of their levels."""
    assert isinstance(node.last, Scalar)
    count, index = node.last.value, node.index
    found: sympy.Expr = sympy.S.Zero
    for term in sympy.Add.make_args(sympy.expand(body)):
        carrying = [s for s in term.free_symbols if carries(s, index)]
        if not carrying:
            found += count * term
            continue
        (letter, *more), rest = carrying, sympy.cancel(term / carrying[0])
        if more or rest.has(letter) or not isinstance(letter, sympy.Symbol):
            return None
        extent = _extent(letter.name, index, places, levels)
        if extent is None or sympy.expand(extent - count) != 0:
            return None
        base, _, below = name_at(letter.name, index, ".").partition("_")
        average = base if base.endswith(BAR) else base + BAR
        found += count * rest * sympy.Symbol(f"{average}_{below}", real=True)
    return found


def _extent(
    key: str, index: str, places: dict[str, str], levels: dict[str, sympy.Expr]
) -> sympy.Expr | None:  # fmt: skip
    """How many elements there are along an index of a name, by the place where it stands; None where none is told."""
    base, _, below = key.partition("_")
    told = places.get(base.removesuffix(BAR))
    tokens = [part for part in below.split("_") if part] if "_" in below else [*below.replace("(", "").replace(")", "")]
    if told is None or len(tokens) != len(told) or tokens.count(index) != 1:
        return None
    return levels.get(told[tokens.index(index)])


def _folded(tree: Tree) -> Tree:
    """A tree of numbers alone as one number."""
    if isinstance(tree, Scalar) or not isinstance(tree, Sum | Scaled | Product) or not tree.is_scalar:
        return tree
    parts = [_folded(part) for part in tree.parts]
    values = [part.value for part in parts if isinstance(part, Scalar)]
    if len(values) < len(parts):
        return tree
    return Scalar((sympy.Add if isinstance(tree, Sum) else sympy.Mul)(*values))
