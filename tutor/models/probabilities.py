"""The probability of one outcome as a mean: logit P(Y_ij = 1 | u_j) = η_ij says that Y_ij is Bernoulli."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.models.glmm.links import LINKS
from tutor.notation.statement import Distribution, Equation, Term


def with_means(part: Equation, laws: Sequence[Distribution]) -> tuple[Equation | None, Distribution | None]:
    """An equation with the mean π_ij in the place of P(Y_ij = 1), and Y_ij ~ Bernoulli(π_ij), which that says.

    The mean is p_ij where ``laws`` have Y_ij ~ Bernoulli(p_ij). Of p_ij = P(Y_ij = 1) there is the distribution alone;
    any other equation is as it was.
    """
    means = {str(law.subject.value): law.arguments[-1] for law in laws if isinstance(law.subject, Scalar)}
    found: dict[str, Scalar] = {}
    sides = tuple(_with_mean(side, means, found) for side in part.sides)
    if len(found) != 1:
        return part, None
    ((key, response),) = found.items()
    others = [side for side in part.sides if side in sides]
    if len(part.sides) == 2 and len(others) == 1 and _is_element(others[0]):
        return None, None if key in means else Distribution(response, "Bernoulli", (others[0],), part.start, part.end)
    law = None if key in means else Distribution(response, "Bernoulli", (_mean(key),), part.start, part.end)
    terms = part.terms or (Term((sides[-1],), part.start, part.end),)
    return replace(part, sides=sides, terms=terms), law


def _with_mean(tree: Tree, means: Mapping[str, Tree], found: dict[str, Scalar]) -> Tree:
    """P(Y_ij = 1) as its mean, and a link of it as the link of that mean."""
    if not isinstance(tree, Applied) or len(tree.arguments) != 1:
        return tree
    (inner,) = tree.arguments
    if tree.function in {"P", "Pr", "p"}:
        response = _response(inner)
        if response is None:
            return tree
        key = str(response.value)
        found[key] = response
        return means.get(key, _mean(key))
    of = _with_mean(inner, means, found)
    if tree.function not in LINKS or of is inner or not isinstance(of, Scalar):
        return tree
    return Scalar(LINKS[tree.function].of(of.value))  # pyright: ignore[reportArgumentType]


def _response(outcome: Tree) -> Scalar | None:
    """The Y_ij of Y_ij = 1, also with what is given behind it."""
    if isinstance(outcome, Applied) and outcome.function == "|":
        return _response(outcome.arguments[0])
    if not isinstance(outcome, Applied) or outcome.function != "=" or len(outcome.arguments) != 2:
        return None
    own, value = outcome.arguments
    return own if _is_element(own) and value == Scalar(sympy.S.One) else None  # pyright: ignore[reportReturnType]


def _is_element(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and bool(tree.value.is_Symbol) and "_" in str(tree.value)


def _mean(response: str) -> Scalar:
    return Scalar(sympy.Symbol(f"pi_{response.partition('_')[2]}", real=True))
