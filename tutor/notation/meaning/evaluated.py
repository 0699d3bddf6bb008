r"""What is taken at a place: \left. ∂ℓ/∂θ \right|_{θ = θ̂}, x²|_{x = 3}.

A bar without \left. belongs to what stands right before it. Where that leaves open how far it reaches, because
a name below it stands further to the left as well, brackets are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Symbol, Zero
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import fitted, is_nought
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import Value, meaning, whole
from tutor.notation.parsing import syntax


@meaning.register
def evaluated_meaning(node: syntax.Evaluated, parts: list[Value], context: Context) -> Value:
    """The value, of the shape of what is evaluated."""
    inner, *others = (whole(part, context) for part in parts)
    names, values = others[: len(node.names)], others[len(node.names) :]
    for name, tree in zip(node.names, names, strict=True):
        if not isinstance(tree, Symbol) and not (isinstance(tree, Scalar) and tree.value.is_Symbol):
            raise context.error("A name was expected before the sign.", "evaluation", name, "Write x = 0.")
    told = [_fitted(name, value, context) for name, value in zip(names, values, strict=True)] if names else values
    return Applied("at", (inner, *names, *told), "=" if names else "", *inner.shape)


def _fitted(name: Tree, value: Tree, context: Context) -> Tree:
    """The value of a name, of its shape."""
    if is_nought(value) and not name.is_scalar:
        return Zero(*name.shape)
    return fitted([name, value], context)[1]


def check_reach(nodes: Sequence[syntax.Node], context: Context) -> None:
    """Raise ReadError "ambiguous-bar" where, of the terms of a sum or the factors of a product, one has a bar without
    brackets and a name below it that also stands in the ones before."""
    bars = [_bar(node) for node in nodes]
    if not any(bars):
        return
    before: set[tuple[str, str, str] | None] = set()
    for node, bar in zip(nodes, bars, strict=True):
        if bar is not None and before.intersection(_keys(bar.names)):
            raise context.error("How far to the left this bar reaches is open.", "ambiguous-bar", bar,
                                r"Put what is evaluated in brackets, or write \left. … \right|_{x = 0}.")  # fmt: skip
        before |= _keys((node,))


def _bar(node: syntax.Node) -> syntax.Evaluated | None:
    """What has a bar without brackets around what it is of: a term, or a factor of it."""
    factors = node.factors if isinstance(node, syntax.Chain) else (node,)
    found = (factor for factor in factors if isinstance(factor, syntax.Evaluated))
    return next((bar for bar in found if not isinstance(bar.inner, syntax.Group)), None)


def _keys(nodes: Sequence[syntax.Node]) -> set[tuple[str, str, str] | None]:
    """The names in some nodes."""
    return {_key(part) for node in nodes for part in syntax.postorder(node)} - {None}


def _key(node: syntax.Node) -> tuple[str, str, str] | None:
    if not isinstance(node, syntax.Named):
        return None
    return node.spelling.letters, node.spelling.accent, node.spelling.subscript
