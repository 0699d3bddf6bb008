"""Names with accents, stars, averages, nesting, interactions and conditions, spelled in each dialect."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Expectation, Scalar, Variance
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import DialectName, Style, write

NAMES: list[tuple[str, str, str, str, str]] = [
    ("muhat", r"\hat{\mu}", "μ̂", "hat(μ)", "mu hat"),
    ("ybar_i.", r"\bar{y}_{i\cdot}", "ȳ_{i·}", "macron(y)_(i dot.op)", "y bar sub i dot"),
    ("thetatilde", r"\tilde{\theta}", "θ̃", "tilde(θ)", "theta tilde"),
    ("taualpha_ij", r"(\tau\alpha)_{ij}", "(τα)_ij", "(τ α)_(i j)", "tau alpha sub i j"),
    ("taualphahat_ij", r"\widehat{(\tau\alpha)}_{ij}", "(τα)̂_ij", "hat((τ α))_(i j)", "tau alpha hat sub i j"),
    ("balpha_ij", r"(b\alpha)_{ij}", "(bα)_ij", "(b α)_(i j)", "b alpha sub i j"),
    ("taub_ij", r"(\tau b)_{ij}", "(τb)_ij", "(τ b)_(i j)", "tau b sub i j"),
    ("AB_jk", "(AB)_{jk}", "(AB)_jk", "(A B)_(j k)", "capital A capital B sub j k"),
    ("MS_jk", r"\mathrm{MS}_{jk}", "MS_jk", '"MS"_(j k)', "MS sub j k"),
    ("sigma2_alphabeta", r"\sigma^2_{\alpha\beta}", "σ²_{αβ}", "σ_(α β)^2", "sigma squared sub alpha beta"),
    ("sigma2_alpha_b", r"\sigma^2_{\alpha b}", "σ²_{α,b}", "σ_(α b)^2", "sigma squared sub alpha b"),
    ("u_b_alpha", r"u_{b,\alpha}", "u_{b,α}", "u_(b,α)", "u sub b comma alpha"),
    ("u_tau_b", r"u_{\tau b}", "u_{τ,b}", "u_(τ b)", "u sub tau b"),
    ("z_1-alpha/2", r"z_{1-\alpha/2}", "z_{1-α/2}", r"z_(1 − α \/ 2)", "z sub 1 minus alpha over 2 end sub"),
    ("z_0.975", "z_{0.975}", "z_{0.975}", "z_(0.975)", "z sub 0.975"),
    ("y_hijk", "y_{hijk}", "y_hijk", "y_(h i j k)", "y sub h i j k"),
    ("MS_Error(a)", r"\mathrm{MS}_{\mathrm{Error(a)}}", "MS_{Error(a)}", '"MS"_("Error(a)")', "MS sub Error(a)"),
    ("v_i(k)", "v_{i(k)}", "v_{i(k)}", "v_(i ( k ))", "v sub i in k"),
    ("u_i|_k", r"u_{i \mid k}", "u_{i|k}", "u_(i ∣ k)", "u sub i within k"),
    ("y_i'j", "y_{i'j}", "y_{i'j}", "y_(i' j)", "y sub i prime j"),
    ("y_1_12", "y_{1,12}", "y_{1,12}", "y_(1,12)", "y sub 1 comma 12"),
    ("t_*", r"t^\star", "t^⋆", "t^(⋆)", "t star"),
    ("sigma2_Block", r"\sigma^2_{\mathrm{Block}}", "σ²_Block", 'σ_("Block")^2', "sigma squared sub Block"),
    ("SS_b", r"\mathrm{SS}_b", "SS_b", '"SS"_(b)', "SS sub b"),
    ("y_ij|u_j", r"y_{ij} \mid u_j", "y_ij | u_j", "y_(i j) ∣ u_(j)", "y sub i j given u sub j"),
]


@pytest.mark.parametrize(("key", "tex", "text", "typst", "spoken"), NAMES, ids=[key for key, *_ in NAMES])
def test_a_key_is_spelled_in_each_dialect(key: str, tex: str, text: str, typst: str, spoken: str) -> None:
    name = Scalar(sympy.Symbol(key, real=True))
    assert write(name, "latex") == tex
    assert write(name, "unicode") == text
    assert write(name, "typst") == f"$ {typst} $"
    assert write(name, "spoken") == spoken


def test_letters_below_a_name_keep_their_accents() -> None:
    error = read(r"SE_{\hat\tau}")
    assert write(error, "typst") == '$ "SE"_(hat(τ)) $'
    assert write(error, "spoken") == "SE sub tau hat"
    assert '<mover accent="true"><mi>τ</mi><mo>^</mo></mover>' in write(error, "mathml")


@pytest.mark.parametrize("style", [Style(), Style(bold=False)], ids=repr)
@pytest.mark.parametrize("dialect", ["latex", "unicode", "markdown"])
def test_a_sum_before_plus_or_minus_needs_no_brackets(dialect: DialectName, style: Style) -> None:
    limits = read(r"(f_1 - f_2) \pm (a + b) SE")
    told = write(limits, dialect, style)
    assert told.lstrip("$").startswith("f_1")
    assert read(told).tree == limits.tree
    with pytest.raises(TutorError, match="two formulas"):
        read(r"f_1 - f_2 \pm SE + 1")


READ_BACK = [key for key, *_ in NAMES if "|u" not in key and not key.startswith("sigma2")]


@pytest.mark.parametrize("key", READ_BACK)
@pytest.mark.parametrize("dialect", ["latex", "unicode", "markdown"])
def test_a_name_reads_back_in_the_notation_of_the_lecture(key: str, dialect: DialectName) -> None:
    name = Scalar(sympy.Symbol(key, real=True))
    assert read(write(name, dialect)).tree == name


def test_an_accent_of_mathml_stands_over_the_letter() -> None:
    assert '<mover accent="true"><mi>𝜷</mi><mo>^</mo></mover>' in write(symbol("betahat", 4), "mathml")


GIVEN = symbol("y|u", 6, role="random")


@pytest.mark.parametrize(
    ("dialect", "style", "text"),
    [
        ("latex", Style(), r"\operatorname{E}(\mathbf{y} \mid \mathbf{u})"),
        ("latex", Style(random="gamma"), r"\operatorname{E}(\mathbf{y} \mid \boldsymbol{\gamma})"),
        ("latex", Style(bold=False), r"\operatorname{E}(y \mid u)"),
        ("unicode", Style(random="b"), "E(y | b)"),
        ("markdown", Style(), r"$$\operatorname{E}(\mathbf{y} \mid \mathbf{u})$$"),
        ("typst", Style(), "$ upright(E) (upright(bold(y)) ∣ upright(bold(u))) $"),
        ("spoken", Style(), "the expectation of open bracket vector y given vector u close bracket"),
    ],
)
def test_a_conditional_moment_is_written_as_in_a_lecture(dialect: DialectName, style: Style, text: str) -> None:
    assert write(Expectation(GIVEN), dialect, style) == text


def test_what_is_given_has_brackets_only_outside_of_a_moment() -> None:
    assert write(Variance(GIVEN), "unicode") == "Var(y | u)"
    assert write(symbol("A", 2, 6) @ GIVEN, "unicode") == "A(y | u)"


STYLED = [
    ("u", "b"),
    ("uhat", "bhat"),
    ("u_11", "b_11"),
    ("sigma2_u", "sigma2_b"),
    ("sigma_u01", "sigma_b01"),
    ("Sigma_u", "Sigma_b"),
    ("Z_u", "Z_b"),
    ("mu", "mu"),
    ("tau_u", "tau_u"),
]


@pytest.mark.parametrize(("key", "styled"), STYLED)
def test_the_letter_of_random_effects_is_that_of_the_style(key: str, styled: str) -> None:
    assert Style(random="b").key(key) == styled


def test_a_vocabulary_in_a_style_knows_what_the_style_writes() -> None:
    sigma2_u = sympy.Symbol("sigma2_u", positive=True)
    words = Vocabulary.of(symbol("u", 3), sigma2_u)
    assert words.in_style(Style(random="gamma")).lookup("sigma2_gamma") == words.lookup("sigma2_u")
    assert words.in_style(Style()).lookup("sigma2_gamma") is None
    assert read(r"\sigma^2_b", words.in_style(Style(random="b"))).tree == Scalar(sigma2_u)
