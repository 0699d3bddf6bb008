r"""A matrix and its elements: (\mathbf{A}')_{ij} is one of them, \{a_{ij}\} the matrix that has these."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.functions import Arguments, Meaning
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import ELEMENT, ELEMENTS
from tutor.notation.parsing.subscripts import indices_below
from tutor.notation.parsing.token import Span, Spelling

_TWO_INDICES = re.compile("[h-o]{2}")


def with_elements(sides: Sequence[syntax.Node], context: Context) -> list[syntax.Node]:
    r"""The sides of a relation with a name with two indices in braces, \{a_{ij}\}, as the matrix of these; in other
    brackets only beside the letter of a matrix, as in \mathbf{A} = (a_{ij}).

    Raises
    ------
    ReadError
        "element", for braces around the blocks of a matrix, \{a_{ij}\mathbf{B}\}.
    """
    is_matrix = any(isinstance(side, syntax.Named) and _is_capital(side.spelling) for side in sides)
    return [_as_elements(side, is_matrix, context) for side in sides]


def _as_elements(node: syntax.Node, is_matrix: bool, context: Context) -> syntax.Node:
    if not isinstance(node, syntax.Group):
        return node
    opening = context.text[node.start : node.inner.start].replace("\\left", "").strip()
    if not (opening.endswith("{") or (is_matrix and len(opening) == 1)):
        return node
    inner = node.inner
    if isinstance(inner, syntax.Chain) and opening.endswith("{") and _has_blocks(inner):
        raise context.error("Braces around blocks that have indices cannot be read.", "element", node,
                            "Write the matrix with its blocks, or by ⊗.")  # fmt: skip
    if not isinstance(inner, syntax.Named) or inner.spelling.bold:
        return node
    if _TWO_INDICES.fullmatch(inner.spelling.subscript) is None:
        return node
    spelling = Spelling(ELEMENTS, subscript=inner.spelling.subscript)
    return syntax.Call(node.start, node.end, ELEMENTS, spelling, (inner,), ("",))


def _is_capital(spelling: Spelling) -> bool:
    return len(spelling.letters) == 1 and spelling.letters.isupper() and not spelling.subscript


def _has_blocks(chain: syntax.Chain) -> bool:
    first, *others = chain.factors
    is_element = isinstance(first, syntax.Named) and _TWO_INDICES.fullmatch(first.spelling.subscript)
    return bool(is_element) and any(isinstance(other, syntax.Named) and _is_capital(other.spelling) for other in others)


def _elements(node: syntax.Call, arguments: Arguments, context: Context) -> Tree:
    """The matrix with these elements: as many rows and columns as its place tells, or as its indices have values."""
    element = arguments[0]
    shape = context.hole(Span(node.start, node.end)), context.hole(Span(node.start, node.end))
    for hole, index in zip(shape, node.spelling.subscript, strict=True):
        context.sizing.defaults[hole] = sympy.Symbol(f"levels_{index}", integer=True, positive=True)
    return context.sizing.placeholder(shape, lambda known: Applied(ELEMENTS, (element,), "", *known))


def _element(node: syntax.Call, arguments: Arguments, context: Context) -> Tree:
    """The element of a vector or a matrix at its indices; of one that is written out, the entry.

    Raises
    ------
    ReadError
        "element", for a number, a matrix with one index, and a vector with two.
    """
    tree = arguments[0]
    below = node.spelling.subscript
    indices = [index for index in indices_below(below) if index]
    is_vector = ONE in tree.shape and not tree.is_scalar
    if tree.is_scalar or len(indices) != (1 if is_vector else 2):
        what = "a number has no elements" if tree.is_scalar else "a vector has one" if is_vector else "a matrix has two"
        raise context.error(f"{what[0].upper()}{what[1:]}{'' if tree.is_scalar else ' below its element'}.", "element",
                            node, "Write [V]_{ij} for an element of V, and [y]_i for one of y.")  # fmt: skip
    if isinstance(tree, Explicit) and all(index.isdecimal() for index in indices):
        places = [int(index) - 1 for index in indices]
        at = places if len(places) == 2 else [0, places[0]] if tree.rows == ONE else [places[0], 0]
        if not all(0 <= place < extent for place, extent in zip(at, tree.matrix.shape, strict=True)):
            raise context.error(f"This matrix has no element {below}.", "element", node)
        return Scalar(tree.matrix.flat()[at[0] * tree.matrix.cols + at[1]])
    return Applied(ELEMENT, (tree,), below)


def element_of_name(spelling: Spelling, context: Context) -> Tree | None:
    """V_12 and V[1, 2] in a text about a model: the element of a matrix whose letter is not bold, at numbers."""
    name = None if spelling.bold or spelling.accent else context.vocabulary.names.get(spelling.letters)
    if context.vocabulary.takes_new_names or name is None or ONE in name.tree.shape:
        return None
    below = spelling.subscript.replace(",", "_")
    is_at_numbers = len(indices_below(below)) == 2 and all(index.isdecimal() for index in indices_below(below))
    return Applied(ELEMENT, (name.tree,), below) if is_at_numbers else None


ELEMENT_MEANINGS: dict[str, tuple[int, int, Meaning]] = {ELEMENT: (1, 1, _element), ELEMENTS: (1, 1, _elements)}
"""Key of a function: fewest and most arguments, and its meaning."""
