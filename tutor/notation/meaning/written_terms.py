"""The terms of an equation between elements, each as its factors, in the order in which they were written."""

from __future__ import annotations

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.meaning.glued import with_interactions
from tutor.notation.parsing import syntax
from tutor.notation.statement import Term


def written_terms(node: syntax.Node, sides: list[Tree], context: Context) -> tuple[Term, ...]:
    """The terms of the last side of an equation between elements, or of a link of one, in the order written."""
    left = sides[0]
    if not (isinstance(left, Scalar) and _is_element(left.value) and all(isinstance(side, Scalar) for side in sides)):
        return ()
    while isinstance(node, syntax.Group):
        node = node.inner
    context = with_interactions(tuple(syntax.postorder(node, context.plain)), context)
    terms = node.terms if isinstance(node, syntax.Sum) else (node,)
    signs = node.signs if isinstance(node, syntax.Sum) else ("+",)
    minus = (Scalar(sympy.Integer(-1)),)
    return tuple(
        Term((*(() if sign == "+" else minus), *_written_factors(term, context)), term.start, term.end)
        for sign, term in zip(signs, terms, strict=True)
    )


def _is_element(value: sympy.Expr) -> bool:
    """Whether it is a name, or a link of one, as log(μ_ij) and 1/μ_ij."""
    return bool(value.is_Symbol or ((value.is_Function or value.is_Pow) and len(value.free_symbols) == 1))


def _written_factors(node: syntax.Node, context: Context) -> tuple[Tree, ...]:
    """The factors of a product of scalars in the order written; what is divided stays whole."""
    if not isinstance(node, syntax.Chain) or "/" in node.signs:
        return (elaborate(node, context),)
    return tuple(
        elaborate(factor, context) for factor in node.factors if context.interactions.get(factor, factor) is not None
    )
