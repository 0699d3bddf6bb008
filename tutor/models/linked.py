"""Links in an equation by elements: log(μ_ij) = η_ij, and μ_ij = exp(η_ij), which says the same."""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Expectation, Scalar
from tutor.algebra.tree import Tree
from tutor.models.glmm.links import LINKS

UNTOLD = "g"
"""The key of a link of which only the letter is known."""


def link_of_tree(tree: Tree) -> tuple[str, str] | None:
    """The key of a link and that of the element it is of; None where a tree is none.

    Of log(E(y_ij | u_j)) the element is y_ij|u_j, as the reader calls it.

    >>> link_of_tree(Scalar(sympy.log(sympy.Symbol("mu_ij", real=True))))
    ('log', 'mu_ij')
    """
    if isinstance(tree, Applied) and len(tree.arguments) == 1 and isinstance(tree.arguments[0], Expectation):
        of = tree.arguments[0].tree
        known = tree.function in LINKS or tree.function == "link"
        is_element = isinstance(of, Scalar) and of.value.is_Symbol
        return (UNTOLD if tree.function == "link" else tree.function, str(of.value)) if known and is_element else None  # pyright: ignore[reportAttributeAccessIssue]
    if not isinstance(tree, Scalar) or tree.value.is_Symbol or len(tree.value.free_symbols) != 1:
        return None
    (element,) = tree.value.free_symbols
    if "_" not in str(element):
        return None
    if tree.value == sympy.Function(UNTOLD, real=True)(element):
        return UNTOLD, str(element)
    found = (key for key, link in LINKS.items() if tree.value in (link.formula(element), link.of(element)))  # pyright: ignore[reportArgumentType]
    key = next((key for key in found if key != "identity"), None)
    return None if key is None else (key, str(element))


def inverse_link(value: sympy.Expr) -> tuple[str, sympy.Expr] | None:
    """The key of a link and its η where an expression is the inverse of the link at η; None where it is none.

    >>> eta = sympy.Symbol("eta_ij", real=True)
    >>> inverse_link(1 / (1 + sympy.exp(-eta))), inverse_link(sympy.exp(eta))
    (('logit', eta_ij), ('log', eta_ij))
    """
    names = {"expit": "logit", "Phi": "probit", "ginv": UNTOLD, "exp": "log"}
    if isinstance(value, sympy.Function | sympy.exp) and type(value).__name__ in names:
        eta = value.args[0]
        assert isinstance(eta, sympy.Expr)
        return names[type(value).__name__], eta
    parts = [part for part in sympy.preorder_traversal(value) if isinstance(part, sympy.Expr) and not part.is_number]
    for key in ("logit", "cloglog", "sqrt", "inverse"):  # 1/(1 + exp(−η)) is the inverse of 1 + exp(−η), too
        for eta in (eta for part in parts[1:] for eta in (part, -part)):
            odds = sympy.exp(eta) / (1 + sympy.exp(eta))
            if value == LINKS[key].mean(eta) or (key == "logit" and value == odds):
                return key, eta
    return None
