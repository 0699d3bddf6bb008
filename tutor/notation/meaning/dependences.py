r"""Brackets after a matrix that only say what it depends on: \mathbf{V}(\boldsymbol\theta), \Lambda^\top(\theta)."""

from __future__ import annotations

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.defined_functions import is_left_side
from tutor.notation.parsing import syntax
from tutor.notation.parsing.dependence import PARAMETERS, is_dependent
from tutor.notation.parsing.token import Spelling


def says_dependence(name: syntax.Node, brackets: syntax.Node, matrix: Tree) -> bool:
    """Whether brackets after a covariance matrix only say what it depends on, as in V(θ)."""
    if not (isinstance(brackets, syntax.Group) and isinstance(brackets.inner, syntax.Named)):
        return False
    return isinstance(matrix, Symbol) and not matrix.is_scalar and is_dependent(name, brackets)


def says_dependence_of_transpose(name: syntax.Node, brackets: syntax.Node) -> bool:
    r"""Whether brackets after a transposed capital only say what it depends on, as in \Lambda^\top(\theta)."""
    if not (isinstance(name, syntax.Prime | syntax.Inverse) and isinstance(brackets, syntax.Group)):
        return False
    inner = name.inner.inner if isinstance(name.inner, syntax.Prime | syntax.Inverse) else name.inner
    if not isinstance(inner, syntax.Named) or inner.spelling.letters in {"X", "Z", "I"}:
        return False  # X'(σ²)X is a product
    return inner.spelling.letters[0].isupper() and is_parameter(brackets.inner)


def is_of_covariances(name: syntax.Node, brackets: syntax.Node, value: Tree, context: Context) -> bool:
    """Whether V(G) or H(β) opens an equation, V(G) = ZGZ' + R: a matrix that depends on another or on the vector of all
    parameters, and no product."""
    of = brackets.inner if isinstance(brackets, syntax.Group) else None
    if not (isinstance(name, syntax.Named) and isinstance(of, syntax.Named) and context.vocabulary.takes_new_names):
        return False
    is_plain = not (name.spelling.subscript or of.spelling.subscript or name.spelling.run or of.spelling.run)
    is_told = name.spelling.letters in {"V", "Sigma"} and of.spelling.letters in {"G", "D", "R", "Psi"}
    is_told = is_told or (name.spelling.letters in {"H", "J"} and of.spelling.letters in {"beta", "theta"})
    return is_plain and is_told and not value.is_scalar and is_left_side(name, brackets, context)


def at_estimate(matrix: Tree, brackets: syntax.Node, context: Context) -> Tree:
    """V(θ) as V, and V(θ̂) as the estimate V̂."""
    is_estimated = any(
        isinstance(part, syntax.Named) and part.spelling.accent == "hat" for part in syntax.postorder(brackets)
    )
    base, underscore, below = matrix.name.partition("_") if isinstance(matrix, Symbol) else ("", "", "")
    if not (is_estimated and base) or base.endswith("hat"):
        return matrix
    key = f"{base}hat{underscore}{below}"
    # A matrix of a size that is yet to be found has a name of its own to be found by.
    return context.sizing.placeholder(matrix.shape, lambda shape: Symbol(key, *shape, role="random"), name=key)


def is_parameter(node: syntax.Node) -> bool:
    """Whether a node is the name of a parameter: θ, σ², σ²_u, ρ̂, perhaps bold."""
    if isinstance(node, syntax.Power):
        is_square = isinstance(node.exponent, syntax.Number) and node.exponent.digits == "2"
        return is_square and is_parameter(node.base)
    return isinstance(node, syntax.Named) and node.spelling.letters in PARAMETERS


def is_curvature(name: Spelling, of: syntax.Node) -> bool:
    """Whether H stands before an estimate of effects, H(b̂): second derivatives there, and no product."""
    estimated = of.spelling if isinstance(of, syntax.Named) else Spelling("")
    is_estimate = estimated.accent in {"hat", "tilde"} and estimated.letters in {"b", "u", "v", "gamma", "eta"}
    return name.letters == "H" and not name.accent and is_estimate
