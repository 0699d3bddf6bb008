"""What a reader sees of a generalized model: its forms, its card, and that all of it is LaTeX."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.models.test_typeset import assert_compiles
from tutor import TutorError, crd, glmm, model, random_slopes, rcbd, split_plot, write
from tutor.models.equation import Form
from tutor.models.glmm.families import FAMILIES
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import DialectName

FORMS: tuple[Form, ...] = ("index", "distribution", "matrix")
DATA = {"y": [1, 2, 3, 4, 5, 6], "x": [0, 1, 0, 1, 2, 0], "g": list("aabbcc")}


def test_the_three_forms_are_those_of_the_lecture() -> None:
    g = glmm(rcbd(3, 2), "Poisson", "log")
    assert g.equation("index") == (
        "y_ij | u_j ~ Poisson(μ_ij),        i = 1, 2, 3;  j = 1, 2\nlog(μ_ij) = η_ij = μ + τ_i + u_j\nu_j ~ N(0, σ²_u)"
    )
    assert g.equation("distribution") == (
        "y | u ~ Poisson(μ),        independent given u\n"
        "μ = g⁻¹(Xβ + Zu),  g(μ_ij) = log(μ_ij)\n"
        "u ~ N(0, G),  G = σ²_u I₂"
    )
    assert g.equation("matrix") == (
        "g(μ) = η = Xβ + Zu,        y 6×1 · μ 6×1 · X 6×4 · β 4×1 · Z 6×2 · u 2×1\n"
        "g(μ_ij) = log(μ_ij)\n"
        "E(y_ij | u) = μ_ij,  Var(y_ij | u) = μ_ij\n"
        "u ~ N(0, G),  G = σ²_u I₂"
    )


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("normal", "y_ij | u_j ~ N(μ_ij, σ²)"),
        ("t", "y_ij | u_j ~ t_ν(μ_ij, σ²)"),
        ("Gamma", "y_ij | u_j ~ Gamma(μ_ij, φ)"),
        ("Beta", "y_ij | u_j ~ Beta(μ_ij, φ)"),
        ("Binomial", "y_ij | u_j ~ Binomial(N, π_ij)"),
        ("Bernoulli", "y_ij | u_j ~ Bernoulli(π_ij)"),
        ("negative binomial", "y_ij | u_j ~ NegBin(μ_ij, φ)"),
        ("lognormal", "y_ij | u_j ~ Lognormal(μ_ij, σ²)"),
    ],
)
def test_each_family_is_written_with_its_constants(key: str, line: str) -> None:
    assert glmm(rcbd(3, 2), key).equation().startswith(line + ",")


def test_numbers_take_the_place_of_constants() -> None:
    assert "Binomial(12, π_ij)" in glmm(rcbd(3, 2), "Binomial", trials=12).equation()
    assert "Binomial(k, π_ij)" in glmm(rcbd(3, 2), "Binomial", trials="k").equation()
    assert "t₄(μ_ij, σ²)" in glmm(rcbd(3, 2), "t", df=4).equation()
    assert "2σ²" in str(glmm(rcbd(3, 2), "t", df=4).derive("Var(y_11)").result)


def test_several_random_terms_are_all_given() -> None:
    told = glmm(split_plot(2, 2, 3), "Binomial").equation()
    assert told.startswith("y_ijk | u_k, v_i(k) ~ Binomial(N, π_ijk)")
    assert "cov(u, v) = 0" in told and "ε" not in told


def test_a_model_without_random_effects_has_nothing_given() -> None:
    g = glmm(crd(3, 2), "Gamma", "inverse")
    assert g.equation("index").startswith("y_ij ~ Gamma(μ_ij, φ)")
    assert "1/μ_ij = η_ij = μ + τ_i" in g.equation("index")
    assert "independent of each other" in g.equation("distribution")
    assert "|" not in str(g)


def test_the_card_tells_the_moments_and_that_there_is_no_residual() -> None:
    card = str(glmm(rcbd(3, 2)))
    assert card.startswith("Poisson mixed model, log link (canonical). Randomized complete block design")
    assert "E(y_ij) = exp(μ + τ_i + σ²_u/2)" in card
    assert "There is no ε" in card
    assert "no closed form" in str(glmm(rcbd(3, 2), "Beta"))
    assert "E(y) does not exist" in str(glmm(rcbd(3, 2), "Gamma", "inverse"))


@pytest.mark.parametrize("form", FORMS)
def test_the_glossary_names_what_there_is_and_no_residual(form: Form) -> None:
    told = glmm(rcbd(3, 2), "Gamma").equation(form, where=True)
    assert ("the linear predictor" in told) == (form != "distribution")
    assert "the mean given the random effects" in told and "dispersion" in told
    assert "residual" not in told and "ε" not in told


@pytest.mark.parametrize("key", ["Poisson", "Gamma", "Bernoulli", "Binomial"])
def test_what_is_written_in_elements_can_be_read(key: str) -> None:
    for line in glmm(rcbd("t", "b"), key).equation("index", "latex").replace("&", "").split("\\\\\n")[1:]:
        text = line.replace("\\begin{aligned}", "").replace("\\end{aligned}", "").strip()
        assert read(text, lecture_vocabulary()).kind in {"equation", "distribution", "index-model"}


@pytest.mark.parametrize("dialect", get_args(DialectName))
def test_everything_is_written_in_every_dialect(dialect: DialectName) -> None:
    g = glmm(rcbd(3, 2), "Bernoulli", "probit")
    things = [g, g.derive("Cov(y_11, y_21)"), g.compare_means(), g.attenuation(), g.total_variance()]
    for thing in things:
        assert len(write(thing, dialect)) > 20
    for form in FORMS:
        assert len(g.equation(form, dialect, where=True)) > 20


@pytest.mark.slow
def test_all_of_it_is_latex(tmp_path: Path) -> None:
    formulas: list[str] = []
    for key, family in FAMILIES.items():
        for link in family.links:
            g = glmm(random_slopes(3, [1, 2, 4]), key, link)
            formulas += [write(g), *(g.equation(form, "latex", where=True) for form in FORMS)]
            formulas += [write(g.total_variance()), write(g.density), write(g.log_likelihood)]
            if link != "inverse":
                formulas += [write(g.derive(what)) for what in ("E(y_11)", "Var(y_ij)", "Cov(y_11, y_21)", "Var(y)")]
    bernoulli = glmm(rcbd(2, 2), "Bernoulli")
    values = {"mu": 0, "tau_1": 0, "tau_2": 1, "sigma2_u": 1}
    formulas += [write(bernoulli.attenuation()), write(bernoulli.value("E(y_11)", **values))]
    formulas += [write(bernoulli.compare_means(**values)), write(glmm(rcbd(2, 2)).derive("Corr(y_11, y_21)"))]
    assert_compiles(formulas, tmp_path)


@pytest.mark.parametrize("key", FAMILIES)
def test_the_density_and_the_log_likelihood_of_one_observation_are_formulas(key: str) -> None:
    g = glmm(rcbd(3, 2), key)
    for tree in (g.density, g.log_likelihood):
        told = write(tree, "unicode")
        assert "y_ij" in told and f"{'π' if g.family.letter == 'pi' else 'μ'}_ij" in told
    assert write(glmm(rcbd(3, 2)).density, "unicode") == "μ_ij^(y_ij) exp(−μ_ij)/y_ij!"


def test_a_formula_with_data_is_a_model_as_well() -> None:
    g = glmm(model("y ~ x + (1 | g)", DATA), "negative binomial")
    assert "NegBin(μ_ij, φ)" in g.equation() and "n = 6" in str(g)


def test_models_can_be_copied_by_pickle() -> None:
    g = glmm(rcbd(3, 2), "Gamma")
    assert str(pickle.loads(pickle.dumps(g))) == str(g)  # noqa: S301  (our own bytes)


def test_another_form_or_dialect_is_refused() -> None:
    unknown: list[tuple[Any, Any]] = [("matrices", "latex"), ("index", "html")]
    for form, dialect in unknown:
        with pytest.raises(TutorError, match="not known"):
            glmm(rcbd(2, 2)).equation(form, dialect)
