"""Moments of elements in an answer: Var(y_11) is that of k'y, and not of a constant.

Where no vector lists its elements, the model tells the moment. An element of a matrix, [V]_{12}, is d_1'Vd_2."""

from __future__ import annotations

from itertools import count

from tutor.algebra.applied import Applied
from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import Covariance, Expectation, Explicit, Product, Scalar, Symbol, Transpose, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import transform, walk
from tutor.errors import TutorError
from tutor.notation.names import unicode_name
from tutor.notation.parsing.functions import ELEMENT, STATISTICS
from tutor.notation.parsing.subscripts import indices_below
from tutor.notation.vocabulary import Vocabulary


def of_vectors(tree: Tree, vocabulary: Vocabulary) -> Tree:
    """A tree with elements of random vectors in its moments written as k'y, or with the value of such a moment, and
    with elements of matrices as products with columns of I.

    Raises
    ------
    TutorError
        For a function of elements that is not linear, and for an element whose index has no number.
    """
    vectors = [name.tree for name in vocabulary if isinstance(name.tree, Symbol) and name.tree.role == "random"]
    listed = [vector for vector in vectors if vector.entries is not None]
    bases = {vector.name for vector in vectors}
    letters = (f"k_{number}" for number in count(1))

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Applied) and node.function == ELEMENT:
            return element_by_columns(node)
        correlation = isinstance(node, Applied) and node.function == "Corr"
        if not correlation and not isinstance(node, Expectation | Variance | Covariance):
            return None
        known = None if vocabulary.element_moment is None else vocabulary.element_moment(node)
        if known is not None:
            return known
        parts = tuple(linear_form(part, listed, letters) for part in node.parts)
        # Within a sum over an index too: as a constant it would have no variance.
        for leaf in (leaf for part in parts for leaf in walk(part) if isinstance(leaf, Scalar | Explicit)):
            for letter in leaf.value.free_symbols if isinstance(leaf, Scalar) else leaf.matrix.free_symbols:
                base = str(letter).partition("_")[0]
                if base.removesuffix("bar") in bases or base.endswith("hat") or base in STATISTICS:
                    raise TutorError(f"{unicode_name(str(letter))} is no element whose distribution is known.",
                                     tip="Write one with numbers below it, as y_11.")  # fmt: skip
        return node.rebuild(parts) if parts != node.parts else None

    return transform(tree, change)


def element_by_columns(node: Applied) -> Tree | None:
    """d_i'Ad_j for an element [A]_{ij} at numbers; None at letters.

    Raises
    ------
    SizeError
        For a row or a column that A does not have.
    """
    (matrix,), places = node.arguments, indices_below(node.below)
    if len(places) != 2 or not all(place.isdecimal() for place in places):
        return None
    row, column = (UnitVector(extent, int(place)) for extent, place in zip(matrix.shape, places, strict=True))
    return Product((Transpose(row), matrix, column))
