"""(a_i, b_i)' ~ N((α, β)', G): the mean and the variance of effects that stand in a column of their own."""

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.newcomers import key_of
from tutor.notation.parsing import syntax


def variance_of_listed(variance: Tree, subject: Explicit, context: Context) -> Tree:
    """The G that (a_i, b_i)' has for its variance, as a matrix of as many rows, whatever size it has elsewhere."""
    is_general = isinstance(variance, Symbol) and variance.rows.is_Symbol and variance.rows == variance.columns
    if not (is_general and context.vocabulary.takes_new_names) or not isinstance(variance, Symbol):
        return variance
    return Symbol(variance.name, subject.rows, subject.rows, variance.role, variance.facts)


def numbers_as_listed(node: syntax.Node, tree: Tree, like: Explicit) -> Tree:
    """The (α, β)' that (α_j, β_j)' has for its mean as two numbers, although β may be a vector elsewhere."""
    cells = [row[0] for row in node.rows] if isinstance(node, syntax.Matrix) and len(node.rows[0]) == 1 else []
    named = [cell.spelling for cell in cells if isinstance(cell, syntax.Named) and not cell.spelling.bold]
    if isinstance(tree, Explicit) or len(named) != len(cells) or len(cells) != like.rows:
        return tree
    return Explicit(ImmutableDenseMatrix([sympy.Symbol(key_of(spelling), real=True) for spelling in named]))
