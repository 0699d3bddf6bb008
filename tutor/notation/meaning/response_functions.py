r"""Functions: μ = h(η), derivatives, g'(μ) and b''(θ), and σ²(\hat L), which is the variance of \hat L."""

from __future__ import annotations

from functools import lru_cache

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Variance
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import BRACKET, NOTHING, Usage
from tutor.notation.names import RAISED
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family
from tutor.notation.parsing.functions import DERIVED
from tutor.notation.parsing.token import Spelling

_PREDICTORS = frozenset({"eta", "mu", "beta", "gamma"})
"""Letters of which one stands in what a link, or its inverse, is a function of."""


def is_response_function(spelling: Spelling, of: syntax.Node, context: Context) -> bool:
    """Whether h stands before a linear predictor or a mean, h(x_i'β), where names are open."""
    named = (part.spelling.letters for part in syntax.postorder(of) if isinstance(part, syntax.Named))
    return spelling == Spelling("h") and context.vocabulary.takes_new_names and not _PREDICTORS.isdisjoint(named)


def is_logistic_function(spelling: Spelling, value: Tree, context: Context) -> bool:
    """Whether σ stands before what it is a function of: in a probability, and before the value of another function."""
    if spelling.letters != "sigma" or spelling.subscript or spelling.bold or spelling.accent:
        return False
    if not context.vocabulary.takes_new_names:
        return False
    return isinstance(value, Applied) or _is_probability(context.usage)


@lru_cache(maxsize=8)
def _is_probability(usage: Usage) -> bool:
    """Whether a text has P(y = 1) = σ(η), π_i = σ(η_i) or Bernoulli(σ(η)): σ is the logistic function."""
    values = [second for first, second in usage.equations() if _may_be_probability(first, usage)]
    trials = (node.arguments for node in usage.of(syntax.Distributed) if family(node.family.letters) == "Bernoulli")
    values += [argument for arguments in trials for argument in arguments]
    return any([factor.letter for factor in usage.terms(value)[0][1][:2]] == ["sigma", BRACKET] for value in values)


def _may_be_probability(node: syntax.Node, usage: Usage) -> bool:
    if isinstance(node, syntax.Call):
        return node.function == "probability"
    factor = usage.single(node)
    return factor.letter in {"pi", "p"} or (factor.letter == "y" and factor.accent == "hat")


def without_step(node: syntax.Node) -> syntax.Node:
    """What a function is of without the step of an iteration above it, the μ_i of V(μ_i^{(t)})."""
    is_step = isinstance(node, syntax.Power) and isinstance(node.exponent, syntax.Group)
    return node.base if is_step and isinstance(node, syntax.Power) else node


def has_step(value: Tree) -> bool:
    """Whether the brackets above a letter are a part of its name in what it means, and no power of a number."""
    letters = value.value.free_symbols if isinstance(value, Scalar) else ()
    return not letters or any(RAISED in str(letter) for letter in letters)


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


def spread_of(power: syntax.Power, value: Tree, context: Context) -> Tree | None:
    r"""σ²(\hat L), the variance of an estimate, and s²(\hat L), that variance estimated; None for other squares."""
    if not _is_spread_told(context.usage):
        return None
    base = power.base.spelling.letters if isinstance(power.base, syntax.Named) else ""
    if not (isinstance(power.exponent, syntax.Number) and power.exponent.digits == "2") or base not in {"sigma", "s"}:
        return None
    return Variance(value) if base == "sigma" else Applied("estimated Var", (value,))


@lru_cache(maxsize=8)
def _is_spread_told(usage: Usage) -> bool:
    r"""Whether a text tells what σ²(\hat L) is, and so means a variance and no product."""
    for left, _ in usage.equations():
        square, brackets = product if len(product := usage.product(left)) == 2 else (NOTHING, NOTHING)
        of = usage.terms(brackets.node.inner)[0][1] if isinstance(brackets.node, syntax.Group) else (NOTHING,)
        if square.letter in {"sigma", "s"} and square.above == "2" and of[0].accent:
            return True
    return False
