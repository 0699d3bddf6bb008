"""Conditional against marginal: tables, factors of slopes, the law of total variance, and the picture."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from tutor import TutorError, crd, glmm, model, random_intercepts, random_slopes, rcbd, split_plot
from tutor.models.glmm.plot import POINTS

VALUES = {"mu": 0.3, "tau_1": 0.2, "tau_2": -0.4, "sigma2_u": 0.7}
LINE = {"beta_0": 0.1, "beta_1": 0.3}


def test_the_table_has_both_means_of_each_predictor() -> None:
    g = glmm(rcbd(2, 3), "Bernoulli")
    rows = g.compare_means(**VALUES).rows
    assert [str(y) for y, _, _ in rows] == ["y_11", "y_21"]
    for y, typical, marginal in rows:
        eta = 0.3 + VALUES["tau_1" if str(y) == "y_11" else "tau_2"]
        assert float(typical) == pytest.approx(1 / (1 + np.exp(-eta)), rel=1e-12)
        assert isinstance(marginal, sympy.Expr)
        assert float(marginal) == pytest.approx(float(g.value(f"E({y})", **VALUES)), rel=1e-12)
        assert abs(float(marginal) - 0.5) < abs(float(typical) - 0.5)  # towards 1/2, as every logit mean


def test_the_table_is_in_symbols_without_numbers() -> None:
    told = str(glmm(rcbd("t", "b")).compare_means())
    assert "exp(μ + τ_i)" in told and "exp(μ + τ_i + σ²_u/2)" in told


def test_a_table_of_too_many_rows_is_refused() -> None:
    data = {"y": list(range(60)), "x": list(range(60)), "g": list("abc" * 20)}
    with pytest.raises(TutorError, match="More than 24"):
        glmm(model("y ~ x + (1 | g)", data)).compare_means()


@pytest.mark.parametrize("s", [0.3, 1.0, 2.5])
def test_the_factor_of_the_probit_is_exact_and_that_of_the_logit_an_approximation(s: float) -> None:
    for link, factor in (("probit", 1 / np.sqrt(1 + s)), ("logit", 1 / np.sqrt(1 + 256 / (75 * np.pi**2) * s))):
        found = glmm(rcbd(2, 3), "Bernoulli", link).attenuation(s=s)
        assert float(found.factor) == pytest.approx(factor, rel=1e-5)
        assert found.is_exact == (link == "probit")
        assert ("approximation" in str(found)) == ("≈" in str(found)) == (link == "logit")
    g = glmm(rcbd(2, 3), "Bernoulli")
    for m in (-2, -0.5, 1, 3):
        mean, approximation, typical = (float(g.value("E(y)", m=m, s=s)), *(expit(m * f) for f in (found.factor, 1)))
        assert 0 < abs(mean - approximation) < min(0.02, abs(mean - typical))


def expit(eta: sympy.Expr | float) -> float:
    return 1 / (1 + np.exp(-float(eta)))


def test_links_that_keep_their_slope_say_so_and_others_have_no_factor() -> None:
    for link in ("identity", "log"):
        assert glmm(rcbd(2, 3), "Poisson", link).attenuation().factor == 1
    with pytest.raises(TutorError, match="No factor is known for the cloglog link"):
        glmm(rcbd(2, 3), "Bernoulli", "cloglog").attenuation()
    with pytest.raises(TutorError, match="no one factor"):
        glmm(random_slopes(3, [1, 2, 4])).attenuation()


def test_total_variance_comes_back_to_the_linear_mixed_model_for_the_normal_family_alone() -> None:
    m = rcbd(2, 3)
    result = glmm(m, "normal").total_variance().result
    assert result.explicit() == m.V.explicit()
    poisson = glmm(m).total_variance()
    assert str(poisson.result) == "E(Var(y | u)) + Var(μ)"
    assert "E(y | u) = μ, μ = g⁻¹(Xβ + Zu)" in str(poisson)
    assert "ZGZ'" in str(glmm(m, "Poisson", "identity").total_variance())


def test_why_is_told_in_words_with_the_formulas_of_the_model() -> None:
    m = rcbd(2, 3)
    assert "Var(y) is ZGZ' + R with R = σ² I" in glmm(m, "normal").why_not_zgz()
    told = glmm(m).why_not_zgz()
    assert "E(y | u) = exp(η) is not linear in u" in told and "Var(y | u) = μ changes with u" in told
    assert "Var(y | u) = φ μ² changes" in glmm(m, "Gamma").why_not_zgz()
    assert "changes with u" not in glmm(m, "normal", "log").why_not_zgz()
    assert "no random effects" in glmm(crd(2, 2)).why_not_zgz()


def lines(figure, gid: str) -> list[tuple[np.ndarray, np.ndarray]]:
    (axes,) = figure.axes
    return [(line.get_xdata(), line.get_ydata()) for line in axes.get_lines() if line.get_gid() == gid]


def test_the_picture_shows_conditional_curves_and_the_marginal_mean() -> None:
    g = glmm(rcbd(2, 3), "Bernoulli")
    figure = g.plot_means(**VALUES)
    assert len(lines(figure, "conditional")) == 5
    ((x, y),) = lines(figure, "marginal")
    assert len(x) == POINTS
    for place, mean in zip(x[::20], y[::20], strict=True):
        assert mean == pytest.approx(float(g.value("E(y)", m=place, s=0.7)), abs=1e-11)
    for k, (x, y) in zip((-2, -1, 0, 1, 2), lines(figure, "conditional"), strict=True):
        assert y == pytest.approx(1 / (1 + np.exp(-x - k * np.sqrt(0.7))), rel=1e-12)
    assert "marginal mean E(y), along the fixed part of η" in figure.alt


def test_a_model_of_one_covariate_is_shown_along_it() -> None:
    figure = glmm(random_intercepts(3, [0, 1, 2, 4])).plot_means(**LINE, sigma2_u=0.3)
    ((x, y),) = lines(figure, "marginal")
    assert (x.min(), x.max()) == (0, 4)
    assert y == pytest.approx(np.exp(0.1 + 0.3 * x + 0.15), rel=1e-11)
    assert figure.axes[0].get_xlabel() == "x"


def test_slopes_vary_along_the_longest_axis_and_the_marginal_mean_takes_all_of_them() -> None:
    values = {**LINE, "sigma2_u0": 0.3, "sigma_u01": 0.05, "sigma2_u1": 0.04}
    figure = glmm(random_slopes(3, [0, 1, 2, 4])).plot_means(**values)
    ((x, y),) = lines(figure, "marginal")
    assert y == pytest.approx(np.exp(0.1 + 0.3 * x + (0.3 + 2 * x * 0.05 + x**2 * 0.04) / 2), rel=1e-11)
    assert "longest axis" in figure.alt


@pytest.mark.parametrize(
    ("make", "given", "words"),
    [
        (lambda: glmm(crd(2, 2)), {}, "Without random effects"),
        (lambda: glmm(rcbd("t", "b")), {}, "needs numbers"),
        (lambda: glmm(rcbd(2, 3)), {"mu": 0}, "Values are needed"),
        (lambda: glmm(rcbd(2, 3), "Gamma", "inverse"), VALUES, "has no mean"),
    ],
)
def test_pictures_that_cannot_be_are_refused(make, given: dict, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        make().plot_means(**given)


def test_the_factor_takes_the_variances_by_their_names() -> None:
    g = glmm(rcbd(2, 3), "Bernoulli", "probit")
    assert float(g.attenuation(sigma2_u=3).factor) == float(g.attenuation(s=3).factor) == 0.5
    for wrong, words in (({"sigma2_v": 1}, "sigma2_v"), ({"sigma2_u": -1}, "negative")):
        with pytest.raises(TutorError, match=words):
            g.attenuation(**wrong)


@pytest.mark.parametrize(("family", "link"), [("Poisson", "log"), ("Bernoulli", "logit"), ("normal", "identity")])
def test_the_matrix_of_variances_has_the_moments_of_each_pair(family: str, link: str) -> None:
    g = glmm(split_plot(2, 2, 2), family, link)
    given = {"beta": [0.1, 0.2, -0.3, 0, 0.1, 0.4, 0, 0, 0.2], "sigma2_u": 0.4, "sigma2_v": 0.3}
    given |= {"sigma2": 0.7} if family == "normal" else {}
    found = g.variance_matrix(**given)
    names = [str(entry) for entry in g.linear.y.entries.flat()]  # pyright: ignore[reportOptionalMemberAccess]
    for i, j in ((0, 0), (0, 1), (3, 1), (7, 7), (6, 4), (7, 0)):
        what = f"Var({names[i]})" if i == j else f"Cov({names[i]}, {names[j]})"
        assert found[i, j] == pytest.approx(float(g.value(what, **given)), rel=1e-9, abs=1e-14)
    assert (found == found.T).all() and np.linalg.eigvalsh(found)[0] > 0
    if family == "normal":
        assert found == pytest.approx(g.linear.V.numpy(sigma2=0.7, sigma2_u=0.4, sigma2_v=0.3))


def test_the_matrix_of_variances_of_independent_observations_is_diagonal() -> None:
    assert glmm(crd(2, 2), "Poisson").variance_matrix(mu=0, tau_1=0, tau_2=1) == pytest.approx(
        np.diag([1, 1, np.e, np.e])
    )
    with pytest.raises(TutorError, match="letter"):
        glmm(crd("t", 2), "Poisson").variance_matrix(mu=0)
    with pytest.raises(TutorError, match="121 rows"):
        glmm(crd(11, 11), "Poisson").variance_matrix(beta=[0] * 12)


@pytest.mark.parametrize(("df", "lacking"), [(1, ["mean", "variance"]), (2, ["variance"]), (3, [])])
def test_moments_that_do_not_exist_are_on_no_card_and_the_reason_is(df: int, lacking: list[str]) -> None:
    g = glmm(rcbd(3, 4), "t", df=df)
    card = str(g)
    for name, formula in (("mean", "E(y_ij | u) ="), ("variance", "Var(y_ij | u) =")):
        assert (formula in card) == (name not in lacking)
        assert (f"The {name} of the t distribution does not exist for ν = {df}" in card) == (name in lacking)
    assert "zoo" not in card and "quadrature" not in card
    if lacking:
        assert "So y has none" in g.why_not_zgz()
        with pytest.raises(TutorError, match="needs ν > 2"):
            g.total_variance()


def test_degrees_of_freedom_by_another_letter_are_looked_at() -> None:
    given = {"mu": 0, "tau_1": 0, "sigma2": 1, "sigma2_u": 1}
    g = glmm(rcbd(3, 4), "t", df="k")
    assert "exists for k > 1, the variance for k > 2" in str(g)
    with pytest.raises(TutorError, match="needs ν > 2"):
        g.value("Var(y_11)", **given, k=1.5)
    assert float(g.value("Var(y_11)", **given, k=4)) == pytest.approx(3)


def test_the_condition_of_a_moment_stands_beside_it() -> None:
    assert "where ν > 2" in str(glmm(rcbd(3, 4), "t").derive("Var(y_11)"))
    assert "where ν > 1" in str(glmm(rcbd(3, 4), "t").derive("E(y_11)"))
    told = str(glmm(rcbd(3, 4), "Poisson", "identity").derive("Var(y_11)"))
    assert "where μ > 0 for every u, which a normal η does not guarantee with the identity link" in told
    assert "take for granted μ > 0" in str(glmm(rcbd(3, 4), "Poisson", "identity"))
    assert "take for granted" not in str(glmm(rcbd(3, 4), "Poisson"))


def test_an_offset_is_part_of_the_predictor_that_is_told() -> None:
    data = {"y": [1, 2, 3, 4, 5, 6], "x": [0, 1, 2, 0, 1, 2], "w": [0.1, 0.2, 0, 0.3, 0.1, 0.2], "g": list("aabbcc")}
    g = glmm(model("y ~ x + offset(w) + (1 | g)", data))
    assert "η = Xβ + o + Zu" in g.why_not_zgz() and "g⁻¹(Xβ + o + Zu)" in str(g.total_variance())
    picture = g.plot_means(beta_0=0, beta_1=0.2, sigma2_u=0.5)
    assert "x'β + o" in picture.alt
