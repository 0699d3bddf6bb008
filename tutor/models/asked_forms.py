"""What is asked of a model that is no moment: its estimators, what varies by the model, and what does not vary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.laws.moments import definition_of
from tutor.algebra.nodes import Expectation, Explicit, Inverse, Product, Scalar, Symbol, Variance
from tutor.algebra.rules import Derivation, Step, apply, without_detours
from tutor.algebra.structure.method import has_root, is_unsolved
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.errors import TutorError
from tutor.models.fixed_forms import derive_fixed
from tutor.models.inference.named_estimates import KEYS, without_hat
from tutor.models.inference.predicted_effects import derive_predicted
from tutor.models.observations.derive import derive_elements

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

TIP = (
    'Ask for a moment, "E(y)", "Var(ybar_1.)", "Cov(y_11, y_21)"; for a matrix, "V", "V^-1", "tr(V)", "X\'X"; '
    'or for an estimator, "\\hat\\beta", "\\hat u".'
)


MOST_OPERATIONS = 20
"""Sums, products and powers in an entry of an inverse that is shown."""


def derive_form(model: MixedModel, goal: Tree | None, what: str) -> Derivation:
    """The derivation of an estimator, of a linear form in y as the model has it, or of a closed form.

    Raises
    ------
    TutorError
        For what the model does not tell, and for estimates that are not unique.
    """
    if goal is None:
        raise TutorError(f"{what} is no formula whose value could be derived.", tip=TIP)
    found = _estimator(model, goal) or (None if is_unsolved(goal) else _by_model(model, goal))
    if found is not None:
        return found
    if (is_random(goal) and not is_unsolved(goal)) or _unknown(model, goal):
        raise TutorError(f"What {goal} is does not follow from the model.", tip=TIP)
    by_variance = _by_variance(model, goal)
    if by_variance is not None:
        rest = derive_form(model, by_variance.after, what)
        return Derivation(goal, (by_variance, *rest.steps))
    derivation = _that_can_be_read(derive_fixed(model, goal))
    if not derivation.steps:
        derivation = _of_projection(model, goal) or derivation
    if not derivation.steps:
        raise TutorError(f"No other form of {goal} is known.", tip=TIP)
    if has_root(derivation.result):
        raise TutorError(
            f"No closed form of {goal} is known for this structure: a root is made of the eigenvalues and of the "
            "projections on their vectors, and these are not found in letters.",
            tip='Its inverse and determinant may have one, "V^-1", "|V|".',
        )
    return derivation


def _by_variance(model: MixedModel, goal: Tree) -> Step | None:
    """V for Var(y) where that stands in an inverse or a determinant, which have the structure of V."""
    by_name = model.vocabulary.lookup("V")
    if by_name is None:
        return None
    told = transform(goal, lambda node: by_name.tree if node == Variance(model.y) else None)
    return None if told == goal else Step("variance", f"{Variance(model.y)} = {by_name.tree}", goal, told)


def _that_can_be_read(derivation: Derivation) -> Derivation:
    """A derivation without its last line where that has entries of which nobody can read one, as those of
    (σ² I₄ + Σ)⁻¹ for a structure Σ of letters: the line before tells more."""
    *steps, last = derivation.steps or (None,)
    if not steps or last is None or not any(isinstance(node, Inverse) for node in walk(last.before)):
        return derivation
    entries = [entry for node in walk(last.after) if isinstance(node, Explicit) for entry in node.matrix.flat()]
    if all(sympy.count_ops(entry) <= MOST_OPERATIONS for entry in entries):
        return derivation
    return Derivation(derivation.goal, tuple(derivation.steps[:-1]))


def _of_projection(model: MixedModel, goal: Tree) -> Derivation | None:
    """X(X'X)⁻X' and I − X(X'X)⁻X' by their names; None for what is neither."""
    named = next((symbol for symbol in (model.P, model.M) if symbol.definition == goal), None)
    if named is None:
        return None
    rest = derive_fixed(model, named)
    step = Step("definition", f"the projection {named} on the columns of X" if named == model.P else f"{named} = I − P",
                goal, named)  # fmt: skip
    return without_detours(goal, [step, *rest.steps])


def _estimator(model: MixedModel, goal: Tree) -> Derivation | None:
    """β̂, Xβ̂, û, its elements, and the estimates of functions of the fixed effects, τ̂_1 − τ̂_2."""
    if isinstance(goal, Symbol) and goal.name in KEYS:
        estimators = {"uhat": lambda: model.blup, "betahat_OLS": lambda: model.ols}
        return estimators.get(goal.name, lambda: model.blue)().derive("estimate")
    if isinstance(goal, Product) and len(goal.factors) == 2 and goal.factors[0] == model.X:
        last = goal.factors[1]
        if isinstance(last, Symbol) and last.name in KEYS and last.name != "uhat":
            return (model.ols if last.name == "betahat_OLS" else model.blue).fitted.derive("estimate")
    predicted = derive_predicted(model, goal)
    if predicted is not None:
        return predicted
    function = _without_hats(goal)
    if function is None:
        return None
    # Where columns cannot be listed, effects are known by their names in the equation.
    return model.blue.of(function if model.n.is_Integer else str(function.value)).derive("estimate")


def _without_hats(goal: Tree) -> Scalar | None:
    """The function of the fixed effects of which this is the estimate; None for another tree."""
    if not isinstance(goal, Scalar):
        return None
    letters = {letter: without_hat(letter) for letter in goal.value.free_symbols}
    if not letters or None in letters.values():
        return None
    return Scalar(goal.value.xreplace({letter: sympy.Symbol(str(key), real=True) for letter, key in letters.items()}))  # pyright: ignore[reportArgumentType]


def _by_model(model: MixedModel, goal: Tree) -> Derivation | None:
    """y and elements and averages of it, as the model makes them."""
    if model.y in symbols_of(goal) and not goal.is_scalar:
        step = apply(definition_of(model.y, "the model"), goal)
        return None if step is None else Derivation(goal, (step,))
    if not goal.is_scalar:
        return None
    found = derive_elements(model, Expectation(goal))
    if found is None or not found.steps:
        return None
    first = found.steps[0]
    if not isinstance(first.before, Expectation) or not isinstance(first.after, Expectation):
        return None
    return Derivation(first.before.tree, (Step(first.rule, first.because, first.before.tree, first.after.tree),))


def _unknown(model: MixedModel, goal: Tree) -> bool:
    """Whether numbers stand in it that are no parameters of the model, as ICC."""
    if not isinstance(goal, Scalar):
        return False
    known = {parameter.symbol for parameter in model.parameters} | model.n.free_symbols | model.p.free_symbols
    return bool(goal.value.free_symbols - known)
