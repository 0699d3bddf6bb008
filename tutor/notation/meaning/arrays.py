"""Matrices, lists and the arguments of functions: what is written in cells, and what dots among them stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Determinant, Explicit, Identity, Kronecker, Scalar, Scaled, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.bordered import with_border_of_ones
from tutor.notation.meaning.calls import call
from tutor.notation.meaning.combine import grid, mirrored, mirrored_with_dots
from tutor.notation.meaning.conditional import conditional
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import counted
from tutor.notation.meaning.dimensioned import sized
from tutor.notation.meaning.elaborate import Factors, Value, elaborate, last_of, meaning, on_last, whole
from tutor.notation.meaning.ellipsis import completed_list, completed_matrix, has_dots
from tutor.notation.meaning.functions import derivative
from tutor.notation.meaning.patterns import ambiguous
from tutor.notation.meaning.sequence import run
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import CONDITIONED
from tutor.notation.parsing.superscripts import GENERALIZED
from tutor.notation.parsing.token import Span

_OF_ENTRIES = frozenset({"diag"})
"""Functions of lectures whose arguments are entries, so that dots among them go on as in a list."""

_TRANSPOSED = re.compile(r"\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T|\\top|\\prime))")
_BLOCKS = "Write the first two blocks, dots, and the last one."


@meaning.register
def matrix_meaning(node: syntax.Matrix, parts: list[Value], context: Context) -> Value:
    if not node.rows:
        raise context.error("This matrix has no entries.", "empty-matrix", node)
    trees: dict[syntax.Node, Tree] = {
        cell: whole(value, context) for cell, value in zip(node.parts, parts, strict=True)
    }
    if node.triangle and has_dots(node):
        matrix = completed_matrix(mirrored_with_dots(node, trees, context), trees, context)
    elif node.triangle:
        matrix = grid(mirrored(node, trees, context), context)
    elif has_dots(node):
        matrix = completed_matrix(node, trees, context)
    else:
        matrix = grid(with_border_of_ones([[trees[cell] for cell in row] for row in node.rows], context), context)
    if node.sizes:
        matrix = sized(matrix, node, [trees[part] for part in node.sizes], context)
    if node.environment == "Vmatrix":
        return Applied("norm", (matrix,))
    is_column = len(node.rows) > 1 and all(len(row) == 1 for row in node.rows)  # its bars are brackets
    return Determinant(matrix) if node.environment == "vmatrix" and not is_column else matrix


@meaning.register
def list_meaning(node: syntax.Listed, parts: list[Value], context: Context) -> Value:
    items = [whole(part, context) for part in parts]
    if any(isinstance(item, syntax.Ellipsis) for item in node.items):
        return completed_list(node, items, context)
    if "[" in context.densities and context.text[node.start] == "[" and not _TRANSPOSED.match(context.text, node.end):
        return Applied("f", tuple(items))  # [y, u] beside [y | u]
    if context.text[node.start] == "(" and _are_below_each_other(items, context):
        if _TRANSPOSED.match(context.text, node.end):  # (β, σ²)' is the column (β', σ²)'
            return grid([[item if item.is_scalar else Transpose(item) for item in items]], context)
        return grid([[item] for item in items], context)
    return grid([items], context)


def _are_below_each_other(items: Sequence[Tree], context: Context) -> bool:
    """Whether items are columns of several lengths, as in θ = (β, σ²), which no row can have; of a model they are not,
    whose matrices are to be written as they are."""
    if not context.vocabulary.takes_new_names or any(item.columns != ONE for item in items):
        return False
    lengths = {context.sizing.current(item.rows) for item in items}
    return len(lengths) > 1 and not context.sizing.holes(lengths)


@meaning.register
def derivative_meaning(node: syntax.Derivative, parts: list[Value], context: Context) -> Value:
    of, by = (whole(part, context) for part in parts)
    return derivative(of, by, node, context)


@meaning.register
def call_meaning(node: syntax.Call, parts: list[Value], context: Context) -> Value:
    if isinstance(parts[0] if parts else None, Factors) and _is_suffix(node):
        return on_last(parts[0], whole(call(node, [last_of(parts[0])], context), context))  # ZX⁻
    arguments = [whole(part, context) for part in parts]
    if dots := [argument for argument in node.arguments if isinstance(argument, syntax.Ellipsis)]:
        return _of_dotted(node, arguments, dots[0], context)
    bars = [at for at, argument in enumerate(node.arguments) if isinstance(argument, syntax.Conditional)]
    if bars:
        last = node.arguments[bars[-1]]
        assert isinstance(last, syntax.Conditional)
        if node.function not in CONDITIONED:
            raise context.error("Only a moment is given something else.", "conditional", last, "Write E(y | u).")
        # In Cov(a, b | u) both are given u, in Cov(a | u, b | v) each has its own; in f(y | u; θ) θ is given nothing.
        given = [elaborate(part, context) for part in last.given]
        arguments[: bars[-1]] = [
            argument if isinstance(part, syntax.Conditional) else conditional(argument, given, last, context)
            for part, argument in zip(node.arguments[: bars[-1]], arguments[: bars[-1]], strict=True)
        ]
    return call(node, arguments, context)


def _is_suffix(node: syntax.Call) -> bool:
    """Whether a generalized inverse stands behind what it is of, A⁻."""
    return node.function in GENERALIZED.values() and node.start == node.arguments[0].start


def _of_dotted(node: syntax.Call, arguments: Sequence[Tree], dots: syntax.Node, context: Context) -> Value:
    r"""diag(σ²_1, \dots, σ²_4): a function of entries that dots leave out."""
    of_blocks = any(not argument.is_scalar for argument in arguments)
    if (node.function == "blockdiag" or (node.function == "diag" and of_blocks)) and not any(node.keywords):
        return _dotted_blocks(node, arguments, dots, context)
    if node.function not in _OF_ENTRIES or any(node.keywords):
        raise context.error("Dots cannot be completed here.", "ellipsis", dots, "Write every entry.")
    counted = _counted_diagonal(node, arguments, context)
    if counted is not None:
        return counted
    written = syntax.Listed(node.start, node.end, node.arguments)
    listed = context.sizing.filled(completed_list(written, arguments, context))
    if not isinstance(listed, Explicit):
        raise context.error("How many entries there are is no number.", "ellipsis", dots,
                            "Write it for a number of entries.")  # fmt: skip
    return call(replace(node, arguments=node.arguments[:1], keywords=("",)), [listed], context)


def _dotted_blocks(node: syntax.Call, arguments: Sequence[Tree], dots: syntax.Node, context: Context) -> Tree:
    r"""blockdiag(Z_1, \dots, Z_b) and R_1 ⊕ … ⊕ R_n: I ⊗ A for equal blocks A, else the direct sum over an index."""
    gap = node.arguments.index(dots)
    first, last = arguments[:gap], arguments[gap + 1 :]
    if not first or not last:
        raise ambiguous(dots, context, "The first or the last block is missing.", _BLOCKS)
    if any(isinstance(argument, syntax.Ellipsis) for argument in node.arguments[gap + 1 :]):
        raise ambiguous(dots, context, "There is more than one gap among the blocks.", _BLOCKS)
    if len(set(arguments) - {arguments[gap]}) == 1:
        order = context.hole(Span(node.start, node.end))
        context.sizing.dotted.add(order)
        return Kronecker((Identity(order), first[0]))
    found = counted(first, last[-1], context.vocabulary)
    if found is None or found.used < len(first) or not found.ends(last):
        raise ambiguous(dots, context, "The blocks beside the dots do not tell how they go on.", _BLOCKS)
    return found.joined("direct sum")


def _counted_diagonal(node: syntax.Call, arguments: Sequence[Tree], context: Context) -> Tree | None:
    """diag(σ²_1, …, σ²_n), which has as many entries as a letter says, and diag(σ², …, σ²); None for another."""
    gap = next(at for at, argument in enumerate(node.arguments) if isinstance(argument, syntax.Ellipsis))
    entries = [tree.value for tree in arguments if isinstance(tree, Scalar)]
    if len(entries) < len(arguments):
        told = counted(arguments[:gap], arguments[-1], context.vocabulary) if 0 < gap < len(arguments) - 1 else None
        is_open = told is not None and not told.is_written_out
        return told.joined("direct sum") if told is not None and is_open else None
    found = run(entries[:gap], entries[gap + 1 :], context.vocabulary)
    if found is None:
        return None
    if found.constant is not None and found.length is None:
        order = context.hole(Span(node.start, node.end))
        context.sizing.dotted.add(order)
        return Scaled(Scalar(found.constant), Identity(order))
    if found.length is None or found.length.is_Integer:
        return None
    told = counted(arguments[:gap], arguments[-1], context.vocabulary)
    return told.joined("direct sum") if told is not None else None
