"""E, Var and Cov of forms given u: β̂, û and ε̂ are linear in y, of which y | u is Xβ + Zu + ε with u held fixed.

Given u, û is biased: E(û | u) = GZ'P_V Zu. Source: Searle, Casella and McCulloch (1992), Variance Components, section
7.4; Robinson (1991), That BLUP is a good thing, Statistical Science 6, 15–32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.laws.joining import coefficient_of, factors_of, product_of, sum_of, times
from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.laws.products import LIKE_TERMS
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Sum, Symbol, Variance, Zero
from tutor.algebra.parameters import scalars_of
from tutor.algebra.random_elements import with_elements
from tutor.algebra.reasoning import expand
from tutor.algebra.rules import Derivation, Rewrite, Rule, Step, without_detours
from tutor.algebra.rules import derive as derive_by
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of, walk
from tutor.errors import DomainError, TutorError
from tutor.models.collected import in_factors
from tutor.models.inference.fitted_residuals import RESIDUALS, fitted_residuals
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.moments_of_estimates import (
    coefficients_told,
    in_vectors,
    in_y,
    is_estimate,
    listed_elements,
    require_unique,
)
from tutor.models.inference.named_estimates import named_estimate, without_hat
from tutor.models.linear_forms import given_effects, without_given
from tutor.notation.names import split_given
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


MOST_WITHOUT_STRUCTURE = 12
"""Rows up to which entries are worked out in letters where V⁻¹ has no closed form and covariates are numbers."""


def derive_given_effects(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of a moment of estimates given u, or of y, u and ε together; None where nothing else is given u.

    Raises
    ------
    TutorError
        For what is not the same for all solutions β̂, and for a form that is not linear.
    """
    if not isinstance(goal, Expectation | Variance | Covariance) or model.u is None:
        return None
    return _of_elements(model, goal) or _of_vectors(model, goal, model.u)


def _of_elements(model: MixedModel, goal: Tree) -> Derivation | None:
    """Of elements of β̂ and û, in a design whose rows are listed."""
    letters = [letter for part in goal.parts if isinstance(part, Scalar) for letter in part.value.free_symbols]
    told = [split_given(str(letter)) for letter in letters]
    hats = [without_hat(sympy.Symbol(name)) for name, _ in told if any(given for _, given in told)]
    if not model.n.is_Integer or not any(hats):
        return None
    plain, given = without_given(goal)
    form = in_vectors(model, plain)
    if form is None or form == plain:
        return None
    for part in form.parts:
        require_unique(model, part, ())
    held = given_effects(model, given)
    of_y: dict[Tree, Tree] = {each: in_y(model, each) for each in symbols_of(form) if is_estimate(each)}
    elements = {
        sympy.Symbol(f"{letter}|{given}", real=True): (replace(replace(vector, of_y), held), row)
        for letter, (vector, row) in listed_elements(model).items()
    }
    linear = replace(replace(form, of_y), held)
    formulas = ", ".join(f"{inline(estimate)} = {inline(made)}" for estimate, made in of_y.items())
    because = f"{coefficients_told(form)}, {formulas}; u is held"
    return _by_laws(Step("linear-form", because, with_elements(goal, elements), linear), model)


def _of_vectors(model: MixedModel, goal: Tree, u: Symbol) -> Derivation | None:
    given = {symbol: split_given(symbol.name)[0] for symbol in symbols_of(goal)
             if split_given(symbol.name)[1] == (u.name,)}  # fmt: skip
    y, estimates = model.y.name, {key for key in given.values() if _estimate(model, key) is not None}
    if not estimates and (isinstance(goal, Expectation) or set(given.values()) <= {y}):
        return None  # what is declared of y | u, ε | u and u | u tells it
    plain = replace(goal, {symbol: _estimate(model, key) or symbol for symbol, key in given.items()})
    for part in plain.parts:
        require_unique(model, part, ())
    held = given_effects(model, u.name)
    own: dict[Tree, Tree] = dict(held) | {model.e: model.e}
    if set(given.values()) - estimates - {y} and not isinstance(goal, Expectation):
        own[model.y] = Sum((model.mean, product_of((model.Z, held[u])), model.e))  # pyright: ignore[reportArgumentType]
    vectors = {vector.name: vector for vector in (model.y, u, model.e)}
    formulas: dict[str, Tree] = {}
    for key in dict.fromkeys(given.values()):
        formula = vectors.get(key)
        formulas[key] = replace(_in_y(model, key) if formula is None else formula, own)
    named: dict[Tree, Tree] = {
        symbol: Symbol(symbol.name, *symbol.shape, role="random", definition=formulas[key])
        for symbol, key in given.items()
    }
    linear = replace(goal, {symbol: formulas[key] for symbol, key in given.items()})
    if own[model.y] == held[model.y]:
        linear = linear.rebuild(tuple(_gathered(part, own[model.y]) for part in linear.parts))
    told = [f"{inline(_estimate(model, key))} = {inline(_in_y(model, key))}" for key in formulas if key in estimates]
    if own[model.y] != held[model.y]:
        told.append(f"{inline(model.y)} = {inline(own[model.y])}")
    return _by_laws(Step("given-effects", "; ".join([*told, "u is held"]), replace(goal, named), linear), model)


def _estimate(model: MixedModel, key: str) -> Symbol | None:
    """β̂, û or ε̂ by its key, defined by y."""
    if key == RESIDUALS:
        return Symbol(RESIDUALS, *model.y.shape, role="random", definition=fitted_residuals(model))
    return named_estimate(model, key)


def _in_y(model: MixedModel, key: str) -> Tree:
    """An estimate as a form in y alone; y − Xβ̂ = VP_V y and û = GZ'P_V y, so that ε̂ is RP_V y."""
    if key == RESIDUALS:
        return product_of((model.R, LeastSquares(model).residual_weight, LeastSquares(model).y))
    estimate = named_estimate(model, key)
    assert estimate is not None
    return in_y(model, estimate)


def _gathered(form: Tree, y: Tree) -> Tree:
    """Ay + By as (A + B)y, whose moments are short; other terms behind it."""
    if not isinstance(form, Sum):
        return form
    matrices, rest = [], []
    for term in form.terms:
        coefficient, body = coefficient_of(term)
        *before, last = _factors(body)
        if last == y:
            matrices.append(times(coefficient, product_of(before, y.rows)))
        else:
            rest.append(term)
    return sum_of([product_of((sum_of(matrices), y)), *rest]) if len(matrices) > 1 else form


def _factors(tree: Tree) -> list[Tree]:
    """The factors of a product, those of products within it too."""
    return [inner for factor in tree.factors for inner in _factors(factor)] if isinstance(tree, Product) else [tree]


def _projected(model: MixedModel) -> Rule:
    """P_V X = 0, and X(X'V⁻¹X)⁻X'V⁻¹X = X."""
    parts = LeastSquares(model)
    kept = factors_of(product_of((model.X, parts.matrix, model.X)))
    lost = (parts.residual_weight, model.X)

    def rewrite(tree: Tree) -> Rewrite | None:
        factors = tree.factors if isinstance(tree, Product) else ()
        for start in range(len(factors)):
            if factors[start : start + 2] == lost:
                return Rewrite(Zero(*tree.shape), f"{inline(product_of(lost))} = 0")
            if factors[start : start + len(kept)] == tuple(kept):
                short = product_of((*factors[:start], model.X, *factors[start + len(kept) :]))
                return Rewrite(short, f"{inline(product_of(kept))} = X")
        return None

    return Rule("projection-keeps", "P_V takes the columns of X to 0", rewrite, lambda: product_of(lost))


def _by_laws(first: Step, model: MixedModel) -> Derivation:
    """From the form in y | u by the laws of moments to the entries, where the rows are listed."""
    laws = MEANS if isinstance(first.before, Expectation) else VARIANCES
    started = derive_by(first.after, laws)
    if any(isinstance(node, Expectation | Variance | Covariance) for node in walk(started.result)):
        raise TutorError(f"{first.before} is not linear in y, u, ε, β̂ and û, so these laws do not reach it.")
    steps = [first, *started.steps]
    if isinstance(first.before, Expectation):
        steps += expand(started.result).steps
        steps += derive_by(steps[-1].after, (_projected(model), LIKE_TERMS, *laws)).steps
    result = steps[-1].after
    value = _value(model, result) if result.is_scalar else None
    if value is not None:
        steps.append(Step("entries", "by the entries", result, value))
    return without_detours(first.before, steps)


def _value(model: MixedModel, result: Tree) -> Scalar | None:
    """A number as an expression; None where letters or many rows without structure leave no entries to work out."""
    if any(symbol.entries is None and symbol.definition is None for symbol in symbols_of(result)):
        return None
    closed = closed_form(result)
    weight = LeastSquares(model).residual_weight
    unsolved = is_unsolved(closed) or any(symbol in symbols_of(closed) for symbol in (weight, model.V))
    few = model.n.is_Integer and model.n <= MOST_WITHOUT_STRUCTURE and not scalars_of(model.X, cast(Symbol, model.Z))
    if unsolved and not few:
        return None
    try:
        return Scalar(in_factors(cast(sympy.Expr, (result if unsolved else closed).explicit()[0, 0])))
    except DomainError:
        return None  # entries that would fill pages
