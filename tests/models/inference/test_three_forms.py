"""Each result in symbols, as LaTeX, in Markdown, and as a number at given parameters.

Every public name of a model is either a result, and tried here, or listed as what it is instead: a new one that is
neither fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import tutor
from tutor.data import path
from tutor.errors import DataError, DomainError, SizeError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode

AT = {"sigma2": 1.5, "sigma2_u": 2.0}
M = c.rcbd(3, 4)
Y = [5.0, 7.0, 6.0, 4.0, 8.0, 5.0, 9.0, 9.5, 7.0, 3.0, 6.0, 5.5]
BETA: dict[str, float] = {"mu": 1.0, "tau_1": 2.0, "tau_2": 0.0, "tau_3": -2.0}
FIT = tutor.model("effort ~ Type + (1 | Subject)", path("ergostool.csv"))
G = tutor.glmm(M, "Poisson")
ON_LINK: dict[str, Any] = {**BETA, "sigma2_u": 0.5}
OF_11: dict[str, float] = {"mu": 1.0, "tau_1": 2.0, "sigma2_u": 0.5}


@dataclass(frozen=True)
class Result:
    """A result that is ``made``, its ``number`` and what that is; None where another test in this file tells."""

    made: Callable[[], Any]
    number: Callable[[Any], Any]
    expected: float | None


def V(m: MixedModel) -> np.ndarray:
    return m.V.numpy(**AT)


def block_means() -> np.ndarray:
    return np.array(Y).reshape(4, 3).mean(axis=1)


def shrunken() -> float:
    """û_1 of a balanced design: the deviation of the mean of the block times t σ²_u/(σ² + t σ²_u)."""
    return float((block_means()[0] - np.mean(Y)) * 6 / 7.5)


def mean_square_error() -> float:
    table = np.array(Y).reshape(4, 3)
    rest = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    return float((rest**2).sum() / 6)


def poisson_mean(eta: float) -> float:
    return float(np.exp(eta + 0.25))


RESULTS: Mapping[str, Result] = {
    "E": Result(lambda: M.E("y_11"), lambda x: x.numpy(mu=1, tau_1=2)[0, 0], 3.0),
    "Var": Result(lambda: M.Var("y_11"), lambda x: x.numpy(**AT)[0, 0], 3.5),
    "Cov": Result(lambda: M.Cov("y_11", "y_21"), lambda x: x.numpy(sigma2_u=2)[0, 0], 2.0),
    "correlation": Result(lambda: M.correlation("y_11", "y_21"), lambda x: x.numpy(**AT)[0, 0], 2 / 3.5),
    "derive": Result(lambda: M.derive("Corr(y_11, y_21)"), lambda x: x.result.numpy(**AT)[0, 0], 2 / 3.5),
    "blue": Result(lambda: M.blue, lambda x: x.fitted.numpy("variance", **AT)[0, 0], (1.5 + 2) / 4),
    "ols": Result(lambda: M.ols, lambda x: x.fitted.numpy("variance", **AT)[0, 0], (1.5 + 2) / 4),
    "blup": Result(lambda: M.blup, lambda x: x.at(Y, **AT).values[0], shrunken()),
    "henderson": Result(lambda: M.henderson(), lambda x: x.at(Y, **AT).effects.values[0], shrunken()),
    "se": Result(lambda: M.se("tau_1 - tau_2"), lambda x: x.number(**AT), np.sqrt(2 * 1.5 / 4)),
    "se_mean": Result(lambda: M.se_mean("treatment"), lambda x: x.number(**AT), np.sqrt(3.5 / 4)),
    "se_difference": Result(lambda: M.se_difference("tau"), lambda x: x.number(**AT), np.sqrt(2 * 1.5 / 4)),
    "se_means": Result(lambda: M.se_means("treatment"), lambda x: x.average.number(**AT), np.sqrt(3.5 / 4)),
    "se_differences": Result(lambda: M.se_differences("tau"), lambda x: x.average.number(**AT), np.sqrt(2 * 1.5 / 4)),
    "icc": Result(lambda: M.icc(), lambda x: x.numpy("block", **AT)[0, 0], 2 / 3.5),
    "anova": Result(lambda: M.anova(), lambda x: x["block"].number(**AT), 1.5 + 3 * 2),
    "strata": Result(lambda: M.strata(), lambda x: x.number(**AT)["blocks"], 1.5 + 3 * 2),
    "loglik": Result(lambda: M.loglik("ML"), lambda x: x.number(Y, **AT), None),
    "score": Result(lambda: M.score("sigma2", "ML"), lambda x: x.number(Y, **AT), None),
    "information": Result(lambda: M.information("ML"), lambda x: x.number(**AT)[0, 0], 4 / 1.5**2 + 2 / 7.5**2),
    "variance_estimators": Result(M.variance_estimators, lambda x: x.number(Y)["sigma2"], mean_square_error()),
    "fit": Result(lambda: FIT.fit(), lambda x: x.values["sigma2"], 1.2107),
    "estimable": Result(lambda: M.estimable("tau_1 - tau_2"), lambda x: float(x.coefficients[1]), 1.0),
    "null_space": Result(lambda: M.null_space(), lambda x: float(sum(M.X.explicit() * x.basis)), 0.0),
    "ols_is_blue": Result(lambda: M.ols_is_blue(), bool, 1.0),
    **{name: Result(lambda name=name: getattr(M, name), lambda x: x.numpy().sum(), float(total))
       for name, total in (("X", 24), ("Z", 12), ("P", 12), ("M", 0))},
    **{name: Result(lambda name=name: getattr(M, name), lambda x: x.numpy(**AT)[0, 0], value)
       for name, value in (("V", 3.5), ("covariance", 3.5))},
    "G": Result(lambda: M.G, lambda x: x.numpy(sigma2_u=2.0)[0, 0], 2.0),
    "R": Result(lambda: M.R, lambda x: x.numpy(sigma2=1.5)[0, 0], 1.5),
    "mean": Result(lambda: M.mean, lambda x: x.numpy(**BETA)[0, 0], 3.0),
}  # fmt: skip

INSTEAD: Mapping[str, str] = {
    "parts of the model": "y beta u e n p q rank title fixed random parameters domains factors index columns response "
    "response_name observed scope plan residual offset left_out symbols vocabulary fixed_blocks",
    "the model in words, equations or programs": "equation glossary code remarks why_correlated",
    "numbers without a formula": "simulate dataframe randomize",
    "pictures": "plot_variance plot_matrix plot_layout layout",
}

POISSON_VARIANCE = poisson_mean(3.0) + poisson_mean(3.0) ** 2 * np.expm1(0.5)

OF_GENERALIZED: Mapping[str, Result] = {
    "derive": Result(lambda: G.derive("E(y_11)"), lambda x: x.result.numpy(**OF_11)[0, 0], poisson_mean(3.0)),
    "value": Result(lambda: G.value("E(y_11)", **ON_LINK), float, poisson_mean(3.0)),
    "E": Result(lambda: G.E("y_11"), lambda _: float(G.E("y_11", **ON_LINK)), poisson_mean(3.0)),
    "Var": Result(lambda: G.Var("y_11"), lambda _: float(G.Var("y_11", **ON_LINK)), POISSON_VARIANCE),
    "Cov": Result(lambda: G.Cov("y_11", "y_11"), lambda _: float(G.Cov("y_11", "y_11", **ON_LINK)), POISSON_VARIANCE),
    "correlation": Result(lambda: G.correlation("y_11", "y_12"),
                          lambda _: float(G.correlation("y_11", "y_12", **ON_LINK)), 0.0),
    "compare_means": Result(lambda: G.compare_means(), lambda x: G.compare_means(**ON_LINK).rows[1][2],
                            poisson_mean(1.0)),
    "attenuation": Result(lambda: tutor.glmm(M, "Bernoulli", "probit").attenuation(),
                          lambda x: x.factor.subs(dict.fromkeys(x.factor.free_symbols, 3)), 0.5),
    "total_variance": Result(lambda: G.total_variance(), lambda x: G.variance_matrix(**ON_LINK)[0, 0],
                             POISSON_VARIANCE),
    "density": Result(lambda: G.density, lambda x: x.numpy(y_ij=3, mu_ij=2)[0, 0], np.exp(-2) * 8 / 6),
    "log_likelihood": Result(lambda: G.log_likelihood, lambda x: x.numpy(y_ij=3, mu_ij=2)[0, 0],
                             np.log(np.exp(-2) * 8 / 6)),
}  # fmt: skip

INSTEAD_OF_GENERALIZED: Mapping[str, str] = {
    "parts of the model": "linear family link numbers constants parameters by_row",
    "expressions of one η": "mean_given variance_given constants_of",
    "the model in words, equations or programs": "equation why_not_zgz code",
    "numbers without a formula": "simulate variance_matrix",
    "pictures": "plot_means",
}


@pytest.mark.parametrize(
    ("kind", "results", "instead"),
    [(MixedModel, RESULTS, INSTEAD), (GeneralizedModel, OF_GENERALIZED, INSTEAD_OF_GENERALIZED)],
)
def test_every_public_name_of_a_model_is_a_result_or_known_to_be_none(kind: type, results: Any, instead: Any) -> None:
    public = {name for name in dir(kind) if not name.startswith("_")}
    others = [name for names in instead.values() for name in names.split()]
    assert public == {*results, *others}
    assert len(results) + len(others) == len(public)


@pytest.mark.parametrize(
    "result",
    [*RESULTS.values(), *OF_GENERALIZED.values()],
    ids=[*RESULTS, *(f"glmm {name}" for name in OF_GENERALIZED)],
)
def test_a_result_is_told_in_symbols_in_latex_in_markdown_and_as_a_number(result: Result) -> None:
    found = result.made()
    assert unicode(found) and str(found) and latex(found) and markdown(found)
    assert found._repr_latex_() and found._repr_markdown_()
    value = float(result.number(found))
    assert np.isfinite(value)
    if result.expected is not None:
        assert value == pytest.approx(
            result.expected, rel=1e-4 if found.__class__.__name__ == "Fit" else 1e-10, abs=1e-12
        )


def test_values_of_all_parameters_of_the_model_may_be_given() -> None:
    everything: dict[str, Any] = {**AT, **BETA}
    assert M.E("y_11", **everything) == 3.0 and M.Var("y_11", **everything) == 3.5
    assert M.anova()["block"].number(**everything) == 7.5
    with pytest.raises(UnknownNameError, match="tau_4"):
        M.E("y_11", **everything, tau_4=1)


def test_results_of_results_have_numbers_too() -> None:
    table, error = M.anova(), mean_square_error()
    assert table["treatment"].number(**AT, **BETA) == pytest.approx(1.5 + 4 * 8 / 2)
    assert table["residual"].number(**AT) == 1.5
    found = M.variance_estimators("ML").number(Y)
    assert found["sigma2"] == pytest.approx(error * 6 / 8)
    blocks = 3 * float(((block_means() - np.mean(Y)) ** 2).sum())
    assert M.variance_estimators().number(Y)["sigma2_u"] == pytest.approx((blocks / 3 - error) / 3)
    told = c.rcbd("t", "b").variance_estimators().number(SS_block=blocks, SS_residual=6 * error, t=3, b=4)
    assert told == pytest.approx(M.variance_estimators().number(Y))
    shares = M.blup.shrinkage.at(**AT)
    assert next(iter(shares.values()))[0] == pytest.approx(6 / 7.5)


def test_the_likelihood_is_that_of_the_normal_density() -> None:
    X, y = M.X.numpy(), np.array(Y)
    W = np.linalg.inv(V(M))
    r = y - X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W @ y
    expected = -0.5 * (12 * np.log(2 * np.pi) + np.linalg.slogdet(V(M))[1] + r @ W @ r)
    assert M.loglik("ML").number(Y, sigma2=1.5, sigma2_u=2.0) == pytest.approx(expected, rel=1e-12)
    slope = -0.5 * np.trace(W) + 0.5 * r @ W @ W @ r
    assert M.score("sigma2", "ML").number(Y, **AT) == pytest.approx(slope, rel=1e-10)


def test_a_number_is_refused_with_the_reason() -> None:
    with pytest.raises(DomainError, match="sigma2"):
        M.anova()["block"].number(sigma2_u=1)
    with pytest.raises(UnknownNameError, match="sigma2_x"):
        M.anova()["block"].number(**AT, sigma2_x=1)
    with pytest.raises(UnknownNameError, match="sigma2_x"):
        M.strata().number(**AT, sigma2_x=1)
    with pytest.raises(UnknownNameError, match="blok"):
        M.icc().numpy("blok", **AT)
    assert c.rcbd("t", "b").anova()["block"].number(t=3, **AT) == 7.5


def test_estimators_of_variances_refuse_what_they_cannot_take() -> None:
    found = c.rcbd("t", "b").variance_estimators()
    whole = {"SS_block": 12, "SS_residual": 8, "t": 3, "b": 4}
    with pytest.raises(SizeError, match="has no data"):
        found.number(Y)
    with pytest.raises(DomainError, match="needed for SS_residual, b, t"):
        found.number(SS_block=12)
    with pytest.raises(UnknownNameError, match="SS_block"):
        found.number(**{**whole, "SS_blok": 3})
    for wrong in ({"b": 1}, {"t": 2.5}, {"SS_block": -1}, {"SS_residual": float("nan")}):
        with pytest.raises(DomainError, match=next(iter(wrong))):
            found.number(**{**whole, **wrong})
    with pytest.raises(DomainError, match="Both"):
        M.variance_estimators().number(Y, SS_block=12, SS_residual=8)
    with pytest.raises(DataError, match="2 values"):
        M.variance_estimators().number([1, 2])
