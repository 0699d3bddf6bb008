"""Letters before brackets that are functions as often as names: t(X) and t(b − 1), p(y) and p(1 − p), γ(h)."""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.nought import is_nought
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.functions import CONDITIONED, LETTERS
from tutor.notation.parsing.syntax import Call, Named, Node

_DATA = frozenset("xyz")


def is_factor(name: Tree, node: Call, argument: Tree) -> bool:
    """Whether a letter before brackets is a name that multiplies what is in them: t(b − 1), p(1 − p), P(y − μ).

    A density is one of data or of an event, p(y) and P(F > 2); φ²(α), with its power first, of one letter.
    """
    if node.function == "se":
        return False  # SE is a statistic as well
    if node.spelling.subscript:
        # What is known with its subscript is that name, and no family of functions.
        return True
    if node.function == "likelihood":
        return not name.is_scalar
    if node.spelling.letters in LETTERS:
        if _is_one_letter(node.arguments[0], argument):
            return False
        if node.power:
            return not (isinstance(argument, Scalar) and argument.value.is_Symbol)
        return not (node.function in CONDITIONED and _is_data(argument))
    return isinstance(name, Scalar) and isinstance(argument, Scalar)


def is_lag(tree: Tree, context: Context) -> bool:
    """Whether an argument is nought or the distance h or d, of which γ is a semivariogram and no factor, and Γ no
    product."""
    if not context.vocabulary.takes_new_names:
        return False
    if isinstance(tree, Applied):
        return tree.function == "norm"
    if isinstance(tree, Scalar) and (is_nought(tree.value) or isinstance(tree.value, sympy.Abs)):
        return True
    letter = tree.value if isinstance(tree, Scalar) else tree
    return isinstance(letter, sympy.Symbol | Symbol) and letter.name.partition("_")[0] in {"h", "d"}


def _is_one_letter(written: Node, argument: Tree) -> bool:
    """Whether a plain small letter stands alone in the brackets, as in φ(z) and p(x): who multiplies needs none."""
    if not isinstance(written, Named) or written.spelling.bold or written.spelling.subscript:
        return False
    return written.spelling.letters in _DATA and argument.is_scalar


def _is_data(tree: Tree) -> bool:
    """Whether a tree is an observation, something given something else, or an event."""
    if isinstance(tree, Symbol):
        return tree.role == "random"
    if isinstance(tree, Scalar):
        return tree.value.is_Symbol and (str(tree.value).startswith("y") or "|" in str(tree.value))
    return isinstance(tree, Applied)
