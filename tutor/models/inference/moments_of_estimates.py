"""E, Var and Cov of linear forms in which β̂ and û stand: both are linear in y.

What is claimed of β̂ and û themselves has its own derivation; of other forms the laws of moments leave Cov(β̂, y),
Cov(û, u) and their like, which are known. Source: Searle, Casella and McCulloch (1992), Variance Components, section
7.4; Henderson (1975), Biometrics 31, 423–447.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.facts import known
from tutor.algebra.laws.joining import negated, product_of, transposed
from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.random_elements import Elements, elements_of, with_elements
from tutor.algebra.reasoning import expand
from tutor.algebra.rules import Derivation, Rewrite, Rule, Step, derive_first, without_detours
from tutor.algebra.rules import derive as derive_by
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of, walk
from tutor.errors import TutorError
from tutor.models.collected import in_factors
from tutor.models.inference.element_covariance import element_covariance
from tutor.models.inference.estimates_by_letters import derive_letters
from tutor.models.inference.fitted_residuals import (
    RESIDUALS,
    fitted_residuals,
    named_residuals,
    told_residuals,
    variance_of_residuals,
)
from tutor.models.inference.fixed_effects import blue, ols
from tutor.models.inference.least_squares import CLOSED, LeastSquares, in_closed_form
from tutor.models.inference.named_estimates import KEYS, listed_estimates, named_estimate, without_hat
from tutor.models.inference.prediction import Prediction, blup
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LETTERS = ("k", "l", "m", "a", "c", "d", "f", "g", "h", "w")
"""Names for vectors of coefficients, in the order in which they are needed."""


def derive_estimates(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of E, Var or Cov of forms with β̂, β̂_OLS or û, or with elements of β̂ and û; None where there are
    none of them, or other estimates too.

    Raises
    ------
    TutorError
        For what is not the same for all solutions β̂, and for elements that do not follow while sizes are letters.
    """
    if not isinstance(goal, Expectation | Variance | Covariance):
        return None
    residuals = next((symbol for symbol in symbols_of(goal) if symbol.name == RESIDUALS), None)
    if residuals is not None:
        return _of_residuals(model, goal, residuals)
    named = _named(model, goal)
    form = in_vectors(model, named)
    if form is None:
        return derive_letters(model, named)
    found = [symbol for symbol in symbols_of(form) if is_estimate(symbol)]
    if not found:
        return None
    for part in form.parts:
        require_unique(model, part, ())
    named = with_elements(named, listed_elements(model))
    steps = [] if form == named else [Step("linear-form", coefficients_told(form), named, form)]
    own = _claimed(model, form) or _by_laws(model, form, found)
    steps += own.steps
    value = _value(model, form, own.result) if all(part.is_scalar for part in form.parts) else None
    if value is not None and value != own.result:
        steps.append(Step("entries", "by the entries", own.result, value))
    return without_detours(named, steps)


def _of_residuals(model: MixedModel, goal: Tree, letter: Symbol) -> Derivation | None:
    """A moment in which ε̂ stands."""
    name = named_residuals(model)
    if goal == Variance(letter) and model.Z is not None and model.offset is None:
        return variance_of_residuals(model, name)
    inner = replace(goal, {letter: fitted_residuals(model)})
    found = derive_estimates(model, inner)
    if found is None:
        return None
    named = with_elements(_named(model, replace(goal, {letter: name})), listed_elements(model))
    return Derivation(named, (Step("definition", told_residuals(name), named, found.goal), *found.steps))


def is_estimate(symbol: Symbol) -> bool:
    return symbol.name in KEYS and symbol.definition is not None


def _named(model: MixedModel, goal: Tree) -> Tree:
    """The moment with the definitions of β̂ and û."""
    told = {symbol: named_estimate(model, symbol.name) for symbol in symbols_of(goal) if symbol.name in KEYS}
    return replace(goal, {symbol: estimate for symbol, estimate in told.items() if estimate is not None})


def listed_elements(model: MixedModel) -> Elements:
    """The elements of y, u and ε that are listed, and those of β̂ and û."""
    own = [vector for vector in (model.y, model.u, model.e) if vector is not None]
    return elements_of(own) | {
        letter: (estimate, row)
        for estimate, vector in listed_estimates(model)
        for letter, (_, row) in elements_of([vector]).items()
    }


def in_vectors(model: MixedModel, goal: Tree) -> Tree | None:
    """The moment with elements as k'β̂, l'û, m'y; None where hats are left."""
    listed = list(listed_estimates(model))
    hats = {entry for _, vector in listed for entry in (vector.entries.flat() if vector.entries is not None else ())}
    used = {letter for part in goal.parts if isinstance(part, Scalar) for letter in part.value.free_symbols}
    if any(without_hat(letter) is not None for letter in used - hats):
        return None
    if not used & hats and not any(map(is_estimate, symbols_of(goal))):
        return goal
    own = [vector for vector in (model.y, model.u, model.e) if vector is not None and vector.entries is not None]
    letters = iter(LETTERS)
    parts = tuple(linear_form(part, [*(vector for _, vector in listed), *own], letters) for part in goal.parts)
    return replace(goal.rebuild(parts), {vector: estimate for estimate, vector in listed})


def in_y(model: MixedModel, estimate: Symbol) -> Tree:
    """β̂ or û as a matrix times y less the offset, GZ'P_V y."""
    return product_of((_matrix(model, estimate), LeastSquares(model).y))


def coefficients_told(form: Tree) -> str:
    """What the vectors of coefficients are: k'β̂ with k' = [0, 1, −1]."""
    told = []
    for symbol in symbols_of(form):
        if symbol.name in LETTERS and isinstance(symbol.definition, Explicit):
            told.append(f"{symbol}' = [{', '.join(map(str, symbol.definition.matrix.flat()))}]")
    return ", ".join(told)


# What all solutions have in common


def require_unique(model: MixedModel, tree: Tree, before: tuple[Tree, ...]) -> None:
    """Raise TutorError where β̂ stands behind what does not make the same of all solutions."""
    if isinstance(tree, Sum):
        for term in tree.terms:
            require_unique(model, term, before)
    elif isinstance(tree, Product):
        require_unique(model, tree.factors[-1], (*before, *tree.factors[:-1]))
    elif isinstance(tree, Scaled):
        require_unique(model, tree.tree, before)
    elif isinstance(tree, Symbol) and is_estimate(tree) and tree.name != "uhat":
        _require_estimable(model, tree, before)


def _require_estimable(model: MixedModel, estimate: Symbol, before: tuple[Tree, ...]) -> None:
    if LeastSquares(model).is_full or (before and before[-1] == model.X):
        return
    if len(before) == 1 and isinstance(before[0], Transpose) and isinstance(before[0].tree, Symbol):
        k = before[0].tree.definition
        if isinstance(k, Explicit):
            told = model.estimable(k.matrix.flat())
            if not told:
                raise TutorError(told.because, tip=_tip(model))
            return
    if before and model.n.is_Integer and _is_free_of_the_solution(model, product_of(before)):
        return
    reason = (blue if estimate.name == "betahat" else ols)(model).not_unique
    assert reason is not None
    raise TutorError(reason, tip=_tip(model))


def _is_free_of_the_solution(model: MixedModel, matrix: Tree) -> bool:
    """Whether a matrix takes to 0 whatever X does."""
    return all(entry == 0 for entry in (matrix.explicit() * model.null_space().basis).flat())


def _tip(model: MixedModel) -> str:
    """What is estimable: the means, and a difference of two effects where there is one."""
    entries = [] if model.beta.entries is None or not model.n.is_Integer else model.beta.entries.flat()
    for one, other in combinations(entries[:MOST_TRIED], 2):
        if str(one).partition("_")[0] == str(other).partition("_")[0] and model.estimable(f"{one} - {other}"):
            return f'The means are estimable, m.Var("X beta_hat"), and m.Var("{one}_hat - {other}_hat").'
    return 'The means are estimable: m.Var("X beta_hat").'


MOST_TRIED = 6
"""Effects among which a difference that is estimable is looked for."""


# The derivations


def _claimed(model: MixedModel, form: Tree) -> Derivation | None:
    """The derivation that β̂, Xβ̂ or û has of this moment; None of any other form."""
    for estimator in (blue(model), ols(model)):
        estimate, means = estimator.symbol, estimator.fitted.symbol
        if form in (Variance(estimate), Expectation(estimate)):
            return estimator.derive("variance" if isinstance(form, Variance) else "mean")
        if form in (Variance(means), Expectation(means)):
            return estimator.fitted.derive("variance" if isinstance(form, Variance) else "mean")
    if model.u is None:
        return None
    predictor = blup(model)
    moments = {
        Expectation(predictor.symbol): "mean",
        Variance(predictor.symbol): "variance",
        Covariance(predictor.symbol, model.u): "covariance",
        Variance(Sum((predictor.symbol, negated(model.u)))): "prediction error variance",
    }
    return predictor.derive(moments[form]) if form in moments else None


def _by_laws(model: MixedModel, form: Tree, found: list[Symbol]) -> Derivation:
    """By the laws of linear forms and the moments of the vectors that are known.

    Raises
    ------
    TutorError
        For a form that is not linear.
    """
    if isinstance(form, Expectation):
        # E(X(β̂ − β)) is E(Xβ̂) − Xβ: the mean of β̂ alone may depend on the solution.
        opened = expand(form)
        rest = derive_first(opened.result, (_means(model), *MEANS))
        started = Derivation(form, (*opened.steps, *rest.steps))
    else:
        started = derive_by(form, (_covariances(model, found), *VARIANCES))
    if any(isinstance(node, Expectation | Variance | Covariance) for node in walk(started.result)):
        raise TutorError(f"{form} is not linear in y, u, ε, β̂ and û, so these laws do not reach it.")
    steps = [*started.steps, *expand(started.result).steps]
    result = steps[-1].after if steps else form
    closed = in_closed_form(model, result)
    if closed is not None:
        steps.append(Step("closed-form", CLOSED, result, closed))
    return without_detours(form, steps)


def _means(model: MixedModel) -> Rule:
    """E(y), E(û) = 0, and E(Aβ̂) = Aβ of what is estimable."""
    beta = model.beta

    def rewrite(tree: Tree) -> Rewrite | None:
        inner = tree.tree if isinstance(tree, Expectation) else None
        last = inner.factors[-1] if isinstance(inner, Product) else inner
        if not isinstance(last, Symbol) or tree == inner:
            return None
        if last.name == model.y.name and inner == last:
            return Rewrite(model.mean, f"E(y) = {inline(model.mean)}")
        if last.name == "uhat" and inner == last and is_estimate(last):
            return Rewrite(Zero(*last.shape), "E(û) = 0")
        if not is_estimate(last) or last.name == "uhat":
            return None
        if LeastSquares(model).is_full and inner == last:
            return Rewrite(beta, f"E({inline(last)}) = β")
        if isinstance(inner, Product):
            because = f"E(A{inline(last)}) = Aβ for what is estimable, A = CX: X stays what it is under its projection"
            return Rewrite(product_of((*inner.factors[:-1], beta)), because)
        return None

    return Rule("mean-of-estimate", "estimators are unbiased", rewrite, lambda: Expectation(model.y))


def _covariances(model: MixedModel, estimates: list[Symbol]) -> Rule:
    """The variances and covariances of the estimates that are asked for, y, u and ε."""
    told: dict[Tree, tuple[Tree, str]] = {}

    def add(left: Symbol, right: Symbol, value: Tree, because: str = "") -> None:
        goal = Variance(left) if left == right else Covariance(left, right)
        told[goal] = (value, because or f"{inline(goal)} = {inline(value)}")
        if left != right:
            turned = Covariance(right, left)
            other = _transposed(model, value)
            told[turned] = (other, f"{inline(turned)} = {inline(other)}")

    y, u, e, V = model.y, model.u, model.e, model.covariance
    add(y, y, V)
    add(y, e, model.R)
    add(e, e, model.R)
    if u is not None and model.Z is not None and model.G is not None:
        add(u, u, model.G)
        add(y, u, product_of((model.Z, model.G)))
    matrices = {estimate: _matrix(model, estimate) for estimate in estimates}
    for estimate, matrix in matrices.items():
        add(estimate, y, _with_y(model, estimate, matrix))
        add(estimate, e, product_of((matrix, model.R)))
        if u is not None and model.Z is not None and model.G is not None:
            add(estimate, u, product_of((matrix, model.Z, model.G)))
    for estimate, matrix in matrices.items():
        add(estimate, estimate, _variance(model, estimate))
        for other, another in matrices.items():
            if other != estimate and Covariance(estimate, other) not in told:
                kinds = {estimate.name, other.name}
                value = product_of((matrix, V, _transposed(model, another)))
                value = Zero(*value.shape) if "uhat" in kinds and "betahat" in kinds else value
                add(estimate, other, value)

    def rewrite(tree: Tree) -> Rewrite | None:
        found = told.get(tree)
        return None if found is None else Rewrite(*found)

    return Rule("known-moment", "known of the estimates", rewrite, lambda: Variance(estimates[0]))


def _transposed(model: MixedModel, tree: Tree) -> Tree:
    """The transpose, factor by factor: (X'WX)⁻ of Moore and Penrose is symmetric, as V, G and R are."""
    if isinstance(tree, Zero):
        return Zero(tree.columns, tree.rows)
    inverses = [LeastSquares(model, weighted=weighted).inverse for weighted in (True, False)]
    turned = [
        factor if factor in inverses or known("symmetric", factor).value else transposed(factor)
        for factor in (tree.factors if isinstance(tree, Product) else (tree,))
    ]
    return product_of(tuple(reversed(turned)))


def _matrix(model: MixedModel, estimate: Symbol) -> Tree:
    """The matrix by which y is multiplied."""
    if estimate.name == "uhat":
        parts = Prediction.of(model)
        return product_of((*parts.across, parts.fixed.residual_weight))
    return LeastSquares(model, weighted=estimate.name == "betahat").matrix


def _variance(model: MixedModel, estimate: Symbol) -> Tree:
    if estimate.name == "uhat":
        return Prediction.of(model).spread
    return LeastSquares(model, weighted=estimate.name == "betahat").variance


def _with_y(model: MixedModel, estimate: Symbol, matrix: Tree) -> Tree:
    """Cov of an estimate with y: (X'V⁻¹X)⁻X' of the BLUE."""
    if estimate.name == "betahat":
        return product_of((LeastSquares(model).inverse, Transpose(model.X)))
    return product_of((matrix, model.covariance))


def _value(model: MixedModel, form: Tree, result: Tree) -> Tree | None:
    """A number of elements worked out, 1 × 1; None where it is not."""
    if isinstance(form, Expectation):
        if isinstance(result, Scalar) or model.beta.entries is None:
            return None
        if any(symbol.entries is None and symbol.definition is None for symbol in symbols_of(result)):
            return None
        return Scalar(sympy.expand(result.explicit()[0, 0]))
    found = element_covariance(model, form.parts[0], form.parts[-1])
    if found is None and all(isinstance(symbol.definition, Explicit) for symbol in symbols_of(result)):
        found = in_factors(cast(sympy.Expr, result.explicit()[0, 0]))
    return None if found is None else Scalar(found)
