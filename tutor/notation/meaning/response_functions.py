"""Functions of a generalized linear model: the response function h, μ = h(η), and derivatives, g'(μ) and b''(θ)."""

from __future__ import annotations

from tutor.algebra.applied import Applied
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import DERIVED
from tutor.notation.parsing.token import Spelling

_PREDICTORS = frozenset({"eta", "mu", "beta", "gamma"})
"""Letters of which one stands in what a link, or its inverse, is a function of."""


def is_response_function(spelling: Spelling, of: syntax.Node, context: Context) -> bool:
    """Whether h stands before a linear predictor or a mean, h(x_i'β), where names are open."""
    named = (part.spelling.letters for part in syntax.postorder(of) if isinstance(part, syntax.Named))
    return spelling == Spelling("h") and context.vocabulary.takes_new_names and not _PREDICTORS.isdisjoint(named)


def without_step(node: syntax.Node) -> syntax.Node:
    """What a function is of without the step of an iteration above it, the μ_i of V(μ_i^{(t)})."""
    is_step = isinstance(node, syntax.Power) and isinstance(node.exponent, syntax.Group)
    return node.base if is_step and isinstance(node, syntax.Power) else node


def is_derived(name: syntax.Node, brackets: syntax.Node, context: Context) -> bool:
    """Whether a letter with a prime before brackets is the derivative of a function, g'(μ) and ℓ''(θ)."""
    letter = name.inner if isinstance(name, syntax.Prime) and not name.letter else None
    if not isinstance(letter, syntax.Named):
        return False
    spelling = letter.spelling
    is_plain = spelling == Spelling(spelling.letters, below=spelling.below, subscript=spelling.subscript)
    is_one = isinstance(brackets, syntax.Group) and isinstance(without_step(brackets.inner), syntax.Named)
    return is_plain and is_one and spelling.letters in DERIVED and context.vocabulary.takes_new_names


def derivative(
    name: syntax.Prime, letter: syntax.Named, brackets: syntax.Node, value: Tree, context: Context
) -> Tree | None:  # fmt: skip
    """ℓ'(θ) and ℓ''(θ), derivatives of a function that has no vector in its name: by a vector they have its length, the
    second ones as many rows and columns."""
    spelling = letter.spelling
    if not is_derived(name, brackets, context):
        return None
    shape = (value.rows, value.rows if name.count == 2 else ONE) if name.count < 3 else (ONE, ONE)
    return Applied(spelling.letters + "'" * name.count, (value,), spelling.subscript, *shape)
