"""Estimators: each step of what is derived of them, their numbers against R's, closed forms against explicit ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tests.models.truth import FORMULAS, fitted_by_r, random_names, truth
from tutor.algebra.laws.joining import coefficient_of, times
from tutor.algebra.nodes import Product
from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import DataError, DomainError, TutorError, UnknownNameError
from tutor.models.inference.estimates import numbers
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.prediction import Prediction
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode, write

UNBALANCED = {"y": [1, 2, 3, 4, 5], "x": [0, 1, 0, 1, 2], "g": list("aabbb")}

MAKERS = {
    "one way": lambda: tutor.one_way(3, 2),
    "one way of letters": lambda: tutor.one_way("a", "n"),
    "unequal groups": lambda: tutor.one_way(3, [1, 2, 3]),
    "unequal groups of letters": lambda: tutor.one_way("a", "n_i"),
    "rcbd": lambda: tutor.rcbd(3, 2),
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "rcbd, fixed blocks": lambda: tutor.rcbd("t", 3, blocks_are="fixed"),
    "split plot": lambda: tutor.split_plot(2, 2, 2),
    "split plot of letters": lambda: tutor.split_plot("a", "b", "r"),
    "latin square": lambda: tutor.latin_square(3),
    "bibd": lambda: tutor.bibd(3, 3, 2),
    "regression": lambda: tutor.regression([1, 2, 4, 7]),
    "slopes": lambda: tutor.random_slopes(3, [0, 1, 3]),
    "data": lambda: tutor.model("y ~ x + (1 | g)", UNBALANCED),
    "offset": lambda: tutor.model("y ~ offset(x) + (1 | g)", UNBALANCED),
    "ar1": lambda: tutor.repeated_measures(2, 3),
    "exponential": lambda: tutor.repeated_measures(2, 3, 2, within="exp", side="G"),
}


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("kind", ["blue", "ols"])
def test_each_step_of_what_is_derived_of_an_estimator_of_fixed_effects_holds(name: str, kind: str) -> None:
    derivations = getattr(made(name), kind).derivations
    assert {"estimate", "normal equations", "solution", "minimum", "mean", "variance"} <= set(derivations)
    for derivation in derivations.values():
        assert len(derivation) > 0
        assert_derivation_holds(derivation, seeds=2)


def close(ours: np.ndarray, theirs: np.ndarray, bound: float = 1e-8) -> bool:
    """Whether entries agree, relative to those that are larger than 1."""
    assert ours.shape == theirs.shape
    return bool(np.all(np.abs(ours - theirs) <= bound * np.maximum(1, np.abs(theirs))))


@pytest.mark.parametrize("name", FORMULAS)
def test_the_BLUE_at_the_estimates_of_R_is_that_of_R(name: str) -> None:
    fit = truth(name)
    ours, values = fitted_by_r(name)
    found = ours.blue.at(**values)
    assert list(found.names) == fit.fixed_names
    assert close(found.values, fit.array("beta_gls"))
    assert close(found.covariance, fit.array("vcov_beta").reshape(found.covariance.shape))


@pytest.mark.parametrize("name", FORMULAS)
def test_least_squares_is_that_of_NumPy_with_its_variance(name: str) -> None:
    ours, values = fitted_by_r(name)
    X, V, y = ours.X.numpy(), ours.V.numpy(**values), ours.observed
    found = ours.ols.at(**values)
    inverse = np.linalg.pinv(X)
    assert close(found.values, np.linalg.lstsq(X, y, rcond=None)[0])
    assert close(found.covariance, inverse @ V @ inverse.T)


def test_a_vector_that_is_not_unique_has_no_numbers_and_says_why() -> None:
    m = tutor.rcbd(3, 2)
    with pytest.raises(TutorError, match=r"β̂ is not unique: X has 4 columns and rank 3 \(μ = ∑_i τ_i\)"):
        m.blue.at(range(6), sigma2=1, sigma2_u=2)


def test_what_is_missing_or_unknown_is_refused() -> None:
    m = tutor.one_way(3, 2)
    with pytest.raises(TutorError, match="no observations"):
        m.blue.at(sigma2=1, sigma2_u=2)
    with pytest.raises(DataError, match="5 values"):
        m.blue.at(range(5), sigma2=1, sigma2_u=2)
    with pytest.raises(UnknownNameError, match="sigma2_v"):
        m.blue.at(range(6), sigma2=1, sigma2_v=2)
    with pytest.raises(DomainError, match="sigma2_u"):
        m.blue.at(range(6), sigma2=1)
    with pytest.raises(UnknownNameError, match="varianz"):
        m.blue.derive("varianz")


@pytest.mark.parametrize("name", ["one way of letters", "rcbd of letters", "split plot", "unequal groups"])
def test_an_estimator_is_shown_in_every_dialect(name: str) -> None:
    for found in (made(name).blue, made(name).ols):
        assert isinstance(found, Estimator)
        assert "unbiased" in unicode(found) and "Derivations: estimate" in unicode(found)
        assert latex(found).startswith("\\begin{aligned}") and r"\hat{" in latex(found)
        assert "$$" in markdown(found)
        for dialect in ("mathml", "typst", "spoken"):
            assert write(found, dialect)
        assert max(map(len, write(found, "unicode", width=60).split("\n"))) <= 60


RANDOM = [name for name in MAKERS if name not in ("rcbd, fixed blocks", "regression", "ar1")]


@pytest.mark.parametrize("name", RANDOM)
def test_each_step_of_what_is_derived_of_the_predictor_holds(name: str) -> None:
    found = made(name).blup
    assert {"conditional mean", "uncorrelated", "joint density", "variance", "prediction error variance"} <= set(
        found.derivations
    )
    for derivation in found.derivations.values():
        assert len(derivation) > 0
        assert_derivation_holds(derivation, seeds=2)


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "orthodont_gls_ar1"])
def test_the_BLUP_at_the_estimates_of_R_is_that_of_R(name: str) -> None:
    fit = truth(name)
    ours, values = fitted_by_r(name)
    found = ours.blup.at(**values)
    order = [random_names(ours).index(column) for column in fit.random_names]
    assert close(found.values[order], fit.array("u_blup"))
    assert ours.Z is not None and ours.G is not None
    X, Z, V = ours.X.numpy(), ours.Z.numpy(), ours.V.numpy(**values)
    names = {str(letter) for letter in scalars_of(ours.G)}
    G = ours.G.numpy(**{key: value for key, value in values.items() if key in names})
    W = np.linalg.inv(V)
    P = W - W @ X @ fit.array("vcov_beta").reshape(X.shape[1], -1) @ X.T @ W
    assert close(found.covariance, G - G @ Z.T @ P @ Z @ G)


def test_a_model_without_random_effects_has_nothing_to_predict() -> None:
    with pytest.raises(TutorError, match="no random effects"):
        _ = made("regression").blup


SIZES: dict[str, tuple[Callable[..., MixedModel], tuple[str, ...]]] = {
    "one way": (tutor.one_way, ("a", "n")),
    "rcbd": (tutor.rcbd, ("t", "b")),
    "nested": (tutor.nested, ("a", "b", "n")),
    "split plot": (tutor.split_plot, ("a", "b", "r")),
}


def closed_matrix(found: Estimator) -> Tree:
    """What y is multiplied by in the last line of a derivation."""
    coefficient, product = coefficient_of(found.derive("estimate").result)
    assert isinstance(product, Product)
    return times(coefficient, product.factors[0])


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 2, 4), (4, 3, 3)])
def test_closed_forms_in_letters_are_the_formulas_at_three_sizes(name: str, sizes: tuple[int, ...]) -> None:
    make, letters = SIZES[name]
    symbolic, own = make(*letters), make(*sizes[: len(letters)])
    values = {parameter.key: 1.0 + 0.7 * i for i, parameter in enumerate(own.parameters)}

    def at(tree: Tree) -> np.ndarray:
        given = {**dict(zip(letters, sizes, strict=False)), **values}
        names = {str(letter) for letter in (*scalars_of(tree), *sizes_of(tree))}
        return tree.numpy(**{key: value for key, value in given.items() if key in names})

    for closed, formula in [
        (closed_matrix(symbolic.blue.fitted), own.blue.fitted.matrix),
        (symbolic.blue.fitted.derive("variance").result, own.blue.fitted.variance),
        (closed_matrix(symbolic.ols.fitted), own.ols.fitted.matrix),
        (symbolic.ols.fitted.derive("variance").result, own.ols.fitted.variance),
        (closed_matrix(symbolic.blup), own.blup.matrix),
    ]:
        assert not {symbol.name for symbol in symbols_of(closed)} & {"X", "Z", "G", "R", "V", "P"}
        assert close(at(closed), numbers(formula, values))
    if len(own.random) == 1:
        for key, formula in [("variance", Prediction.of(own).spread), ("prediction error variance", own.blup.variance)]:
            assert close(at(symbolic.blup.derive(key).result), numbers(formula, values))


def test_a_variance_of_0_predicts_0_and_leaves_least_squares() -> None:
    m = tutor.one_way(3, [1, 2, 3])
    y = np.array([1.0, 2, 3, 4, 5, 9])
    assert close(m.blup.at(y, sigma2=2, sigma2_u=0).values, np.zeros(3))
    assert close(m.blue.at(y, sigma2=2, sigma2_u=0).values, m.ols.at(y, sigma2=2, sigma2_u=1).values)
    with pytest.raises(DomainError, match="sigma2"):
        m.blue.at(y, sigma2=0, sigma2_u=1)


@pytest.mark.parametrize("name", ["machines_interaction", "orthodont_ri_varident", "sleep_corr"])
@pytest.mark.parametrize("kind", ["blue", "ols"])
def test_the_variance_of_data_in_letters_is_that_in_numbers(name: str, kind: str) -> None:
    ours, values = fitted_by_r(name)
    found = getattr(ours, kind)
    told = found.derive("variance")
    assert told.steps[-1].because == "by the entries"
    assert close(numbers(told.result, values), numbers(found.variance, values))


def test_many_columns_have_the_formula_of_their_variance_only() -> None:
    ours, _ = fitted_by_r("oats_splitplot")
    assert ours.blue.derive("variance").result == ours.blue.variance
    assert "Var(β̂) = (X'V⁻¹X)⁻¹" in unicode(ours.blue)


@pytest.mark.parametrize("name", ["rcbd of letters", "nested", "data", "offset"])
def test_all_that_is_derived_is_LaTeX(name: str) -> None:
    """Reasons hold hats and signs too, which are no characters of LaTeX's text."""
    m = tutor.nested("a", "b", "n") if name == "nested" else made(name)
    found = [m.blue, m.ols, m.blue.fitted, m.blup, m.henderson()]
    texts = [latex(each) for each in found]
    texts += [latex(derivation) for each in found for derivation in each.derivations.values()]
    texts.append(latex(m.ols_is_blue()))
    for text in texts:
        assert "U+" not in text and "\u0302" not in text and "∂" not in text
        assert text.count("{") == text.count("}")
