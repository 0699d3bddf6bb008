r"""Brackets above a name that are no power: \theta^{(k)} is a name of its own, in the k-th step of an iteration."""

from __future__ import annotations

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.tree import Tree
from tutor.notation.meaning.accents import letter_of
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.newcomers import key_of, placed
from tutor.notation.names import RAISED, VARIANCES, is_variance
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.parsing.syntax import Chain, Group, Named, Node, Number, Power, Sum, postorder
from tutor.notation.parsing.token import Spelling

_STEPS = frozenset("ijklmrst")
"""Letters that count the steps of an iteration."""


def names_with_labels(root: Node, context: Context) -> dict[Node, Tree]:
    """The powers below a node that are names with brackets above them, of which the vocabulary knows all; what stands
    in these brackets need not be known."""
    if "^" not in context.text:
        return {}
    found: dict[Node, Tree] = {}
    for node in postorder(root):
        if isinstance(node, Power) and isinstance(node.base, Named) and isinstance(node.exponent, Group):
            label = normal_subscript(context.text[node.exponent.start : node.exponent.end])
            known = context.vocabulary.lookup(_with_label(key_of(node.base.spelling), label))
            if known is not None:
                found[node] = letter_of(known, node.base.spelling)
    return found


def square_in_step(node: Power) -> tuple[Named, Group] | None:
    r"""The letter and the step in brackets of \sigma^{2(k)} and (\sigma^2)^{(k+1)}, a variance in an iteration; None of
    any other power."""
    base, step = node.base, node.exponent
    if isinstance(base, Group) and isinstance(base.inner, Power) and _is_two(base.inner.exponent):
        base = base.inner.base
    elif isinstance(step, Chain) and len(step.factors) == 2 and _is_two(step.factors[0]):
        step = step.factors[1]
    else:
        return None
    if not (isinstance(base, Named) and base.spelling.letters in VARIANCES.values() and isinstance(step, Group)):
        return None
    first = step.inner.terms[0] if isinstance(step.inner, Sum) else step.inner
    return (base, step) if isinstance(first, Named) and first.spelling.letters in _STEPS else None


def _is_two(node: Node) -> bool:
    return isinstance(node, Number) and node.digits == "2"


def labelled(tree: Tree, spelling: Spelling, label: str, context: Context) -> Tree:
    """A name with a label above it, which is another name."""
    key = key_with_label(tree, spelling, label, context)
    known = None if is_variance(key) else context.vocabulary.lookup(key)
    if known is not None:
        return known.tree
    if isinstance(tree, Symbol) and tree.name in context.sizing.pending:
        return placed(key, tree.shape, context)
    if isinstance(tree, Symbol):
        return Symbol(key, *tree.shape, role=tree.role)
    if is_variance(key):  # of a deviation, which is the root of its variance
        return Scalar(sympy.sqrt(sympy.Symbol(key, positive=True)))
    return Scalar(sympy.Symbol(key, real=True))


def key_with_label(tree: Tree, spelling: Spelling, label: str, context: Context) -> str:
    """The key of a name with a label above it, of a deviation that of its variance: the key that is known, where Σ is
    another letter for V."""
    names = [key_of(spelling)]
    if isinstance(tree, Symbol):
        names.insert(0, tree.name)
    elif isinstance(tree, Scalar) and len(tree.value.free_symbols) == 1:
        names.insert(0, str(*tree.value.free_symbols))
    keys = [_with_label(name, label) for name in names]
    return next((key for key in keys if key in context.vocabulary), keys[0])


def _with_label(key: str, label: str) -> str:
    base, *subscripts = key.split("_")
    return "_".join([base, f"{RAISED}{label}", *subscripts])
