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
    for at, node in enumerate(nodes):
        if isinstance(node, syntax.Chain):
            node = next((factor for factor in node.factors if isinstance(factor, syntax.Evaluated)), node)
        if not isinstance(node, syntax.Evaluated) or isinstance(node.inner, syntax.Group):
            continue
        names = {_key(part) for name in node.names for part in syntax.postorder(name)} - {None}
        if any(_key(part) in names for other in nodes[:at] for part in syntax.postorder(other)):
            raise context.error("How far to the left this bar reaches is open.", "ambiguous-bar", node,
                                r"Put what is evaluated in brackets, or write \left. … \right|_{x = 0}.")  # fmt: skip


def _key(node: syntax.Node) -> tuple[str, str, str] | None:
    if not isinstance(node, syntax.Named):
        return None
    return node.spelling.letters, node.spelling.accent, node.spelling.subscript
