r"""Models in words and equations: the model that a text states, or the question by name where its words leave it open.
Never another model."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy

from tests.models.equation_texts import FURTHER, MISSING, PAGES, Text
from tests.models.further_worded_texts import FURTHER_WORDED
from tests.models.plain_texts import FIXED_PAGES, MIXED_PAGES
from tests.models.worded_texts import WORDED
from tests.models.worded_variants import (
    ASKED_OF_BLOCKS,
    ASKED_OF_SITES,
    BLOCKS,
    BUILT_OF_BLOCKS,
    BUILT_OF_SITES,
    LAST_ASKED_OF_BLOCKS,
    LAST_BUILT_OF_BLOCKS,
    SHORT_PAGES,
    SITES,
)
from tutor import from_equation
from tutor.errors import ReadError, TutorError
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.worded_laws import with_worded_laws


def faults(told: Text, model: Any) -> list[str]:
    """In what a model is another one than the text states."""
    linear = model.linear if isinstance(model, GeneralizedModel) else model
    shape = (int(linear.X.columns), 0 if linear.Z is None else int(linear.Z.columns))
    found = [] if shape == told.columns else [f"the columns of X and Z are {shape}"]
    if isinstance(model, GeneralizedModel):
        keys = {parameter.key for parameter in model.parameters}
        return found if keys == told.parameters else [*found, f"the parameters are {keys}"]
    letters = "".join(told.levels) if all(len(k) == 1 and k in "ijkls" for k in told.levels) else "ij"
    if told.shares:
        for pair in product(product((1, 2), repeat=len(letters)), repeat=2):
            first, second = ("".join(map(str, at)) for at in pair)
            same = {letter for letter, a, b in zip(letters, *pair, strict=True) if a == b}
            expected = sympy.Add(*(sympy.Symbol(key) for shared, key in told.shares.items() if set(shared) <= same))
            found += _other(model, first, second, expected)
    for (first, second), text in told.covariances.items():
        found += _other(model, first, second, sympy.sympify(text))
    return found


def _other(model: Any, first: str, second: str, expected: Any) -> list[str]:
    value = model.Cov(f"y_{first}", f"y_{second}").value
    plain = value.xreplace({symbol: sympy.Symbol(symbol.name) for symbol in value.free_symbols})
    same = sympy.expand(plain - expected) == 0
    return [] if same else [f"Cov(y_{first}, y_{second}) is {plain}, not {expected}"]


def answer(told: Text) -> tuple[str, str]:
    """What comes of a text: right, asked, refused or wrong, and how."""
    try:
        model = from_equation(told.text, levels=told.levels)
    except TutorError as error:
        kind = getattr(error, "kind", type(error).__name__)
        asked = "*" in told.questions or (kind in told.questions and told.about in error.problem)
        return ("asked" if asked else "refused"), f"{kind}: {error.problem}"
    if told.columns == (0, 0):
        return "wrong", f"a model: {model.equation('index')}"
    found = faults(told, model)
    return ("wrong", "; ".join(found[:3])) if found else ("right", "")


TEXTS = PAGES | FURTHER | WORDED | FURTHER_WORDED


@pytest.mark.parametrize("told", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_gives_its_model_or_the_question_by_name(told: Text) -> None:
    outcome, how = answer(told)
    assert outcome in ("right", "asked"), how


BESIDE_A_RANDOM_EFFECT = [
    "Treatments are fixed and blocks are random, where $u_j$ is the effect of block $j$.",
    "Blocks are random and treatments are fixed.",
    "This is a mixed model with random block effects.",
    "The treatments were assigned to the plots at random.",
    "The errors are iid normal with mean zero.",
    r"Here $\tau_i$ is the fixed effect of treatment $i$, and random effects and errors are independent and normal.",
    r"where $\tau_i$ is the effect of treatment and the $\varepsilon_{ijk}$ are normally distributed.",
    "Plots were randomly selected from the field.",
    r"The intraclass correlation is $\sigma_u^2/(\sigma_u^2+\sigma^2)$.",
    "The random-effects model of Fisher; the variance components are estimated by REML.",
    r"The standard error of a difference of two $\tau_i$ is given below.",
    r"We test whether $\tau_i$ differ; the Type I error is 0.05.",
    r"$\hat\tau_i$ is normally distributed.",
    r"$\tau_i$ are estimated with the smallest mean squared error.",
    "The random sample of 20 students gives $y_{ijk}$.",
    "All random effects are independent.",
    r"where $\tau_i$ is the treatment effect, $u_j$ the random effect of the site and $\varepsilon_{ijk}$ the error.",
    r"If treatments were random, $\tau_i$ would have a distribution.",
    "The model has one random effect, for sites, and one fixed effect, for treatments.",
    r"Let $\tau_1, \dots, \tau_t$ be fixed constants with $\sum_i \tau_i = 0$ and let the $u_j$ be random.",
]
"""Words beside a model whose only random effect has its distribution."""

BESIDE_FIXED_EFFECTS = [
    "Both treatments and blocks are fixed.",
    "The treatments were randomized within blocks.",
    "The design is a randomized complete block design; plots were assigned at random.",
    "where the errors are random and normally distributed.",
    "Blocks could also be taken as random; we do not.",
    r"$\rho_j$ is the effect of block $j$, $\varepsilon_{ij}$ the random error.",
    "With fixed blocks no random effects are needed.",
    r"where $\tau_i$ and $\rho_j$ are fixed and $\varepsilon_{ij}$ is random.",
    r"where $\tau_i$ and $\rho_j$ are constants and the $\varepsilon_{ij}$ are iid normal.",
    "Unlike in a mixed model, no effect is random here.",
]
"""Words beside a model without random effects."""


@pytest.mark.parametrize("words", BESIDE_A_RANDOM_EFFECT)
def test_words_that_speak_of_what_has_a_distribution_ask_nothing(words: str) -> None:
    text = (
        r"$y_{ijk} = \mu + \tau_i + u_j + \varepsilon_{ijk}$, $u_j \sim N(0, \sigma_u^2)$, "
        rf"$\varepsilon_{{ijk}} \sim N(0, \sigma^2)$. {words}"
    )
    model = from_equation(text, levels={"i": 2, "j": 3, "k": 4})
    assert [int(model.X.columns), int(model.Z.columns)] == [3, 3]


@pytest.mark.parametrize("words", BESIDE_FIXED_EFFECTS)
def test_words_that_call_nothing_random_ask_nothing(words: str) -> None:
    text = (
        rf"$y_{{ij}} = \mu + \tau_i + \rho_j + \varepsilon_{{ij}}$, $\varepsilon_{{ij}} \sim N(0, \sigma^2)$. {words}"
    )
    assert not from_equation(text, levels={"i": 2, "j": 3}).random


@pytest.mark.parametrize("words", [*ASKED_OF_BLOCKS, *LAST_ASKED_OF_BLOCKS])
def test_words_by_which_blocks_may_be_random_ask_for_their_distribution(words: str) -> None:
    with pytest.raises(ReadError, match="β_j") as caught:
        from_equation(f"{BLOCKS}. {words}", levels={"i": 3, "j": 4})
    assert caught.value.kind == "distribution-missing"


@pytest.mark.parametrize("words", ASKED_OF_SITES)
def test_words_by_which_another_effect_may_be_random_ask_for_its_distribution(words: str) -> None:
    with pytest.raises(ReadError, match="γ_k") as caught:
        from_equation(f"{SITES}. {words}", levels={"i": 2, "j": 3, "k": 2})
    assert caught.value.kind == "distribution-missing"


@pytest.mark.parametrize("words", [*BUILT_OF_BLOCKS, *LAST_BUILT_OF_BLOCKS])
def test_words_about_residuals_and_fixed_effects_ask_nothing(words: str) -> None:
    assert not from_equation(f"{BLOCKS}. {words}", levels={"i": 3, "j": 4}).random


@pytest.mark.parametrize("words", BUILT_OF_SITES)
def test_words_about_what_has_a_distribution_ask_nothing_of_others(words: str) -> None:
    model = from_equation(f"{SITES}. {words}", levels={"i": 2, "j": 3, "k": 2})
    assert [int(model.X.columns), int(model.Z.columns)] == [5, 3]


@pytest.mark.parametrize("text", FIXED_PAGES.values(), ids=FIXED_PAGES.keys())
def test_a_page_about_fixed_effects_asks_nothing(text: str) -> None:
    model = from_equation(text, levels={"i": 3, "j": 4})
    assert int(model.X.columns) == 8
    assert model.Z is None


@pytest.mark.parametrize("text", MIXED_PAGES.values(), ids=MIXED_PAGES.keys())
def test_a_page_about_random_effects_with_distributions_asks_nothing(text: str) -> None:
    model = from_equation(text, levels={"i": 3, "j": 4})
    assert [int(model.X.columns), int(model.Z.columns)] == [4, 4]


def test_what_words_ask_is_answered_by_fixed() -> None:
    text = f"{BLOCKS}. Blocks are random."
    with pytest.raises(ReadError, match="is it τ_i or β_j"):
        from_equation(text, levels={"i": 3, "j": 4})
    model = from_equation(text, levels={"i": 3, "j": 4}, fixed=["τ", "β"])
    assert not model.random


IN_FORMULAS = [
    r"$y_{ij} = \mu + \tau_i + \underbrace{\beta_j}_{\text{random}} + \varepsilon_{ij}$",
    r"y_{ij} = \mu + \tau_i + \underbrace{\beta_j}_{\text{random}} + \varepsilon_{ij}",
    rf"{BLOCKS}, $\mathrm{{E}}(\beta_j) = 0$",
    rf"{BLOCKS}, $\mathrm{{Cov}}(\beta_j, \varepsilon_{{ij}}) = 0$",
    rf"{BLOCKS}, $\beta_j \perp \varepsilon_{{ij}}$",
    rf"{BLOCKS}, $H_0: \sigma^2_\beta = 0$",
    rf"{BLOCKS} with $\rho = \sigma^2_\beta / (\sigma^2_\beta + \sigma^2)$",
    r"$y_{ij} \mid \beta_j \sim N(\mu + \tau_i + \beta_j, \sigma^2)$",
    r"$$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij} \quad \text{where } \beta_j \text{ are random effects}$$",
]
"""Formulas by which β_j is random, and none that tells its distribution."""


@pytest.mark.parametrize("text", IN_FORMULAS)
def test_formulas_that_make_random_what_has_no_distribution_ask_for_it(text: str) -> None:
    with pytest.raises(ReadError, match="β_j") as caught:
        from_equation(text, levels={"i": 3, "j": 4})
    assert caught.value.kind == "distribution-missing"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (r"The intercept $b_{0i}$ and the slope $b_{1i}$ are correlated.", "b_0i and b_1i are told to be correlated"),
        ("Random intercepts and slopes covary.", "b_0i and b_1i are told to be correlated"),
        (r"The slopes $b_{1i}$ are nested within sites.", "b_1i is told to be nested"),
    ],
)
def test_words_by_which_effects_are_correlated_or_nested_are_not_passed_over(words: str, named: str) -> None:
    text = (
        r"$y_{ij} = \beta_0 + \beta_1 t_{ij} + b_{0i} + b_{1i} t_{ij} + \varepsilon_{ij}$, "
        rf"$b_{{0i}} \sim N(0, \sigma_0^2)$, $b_{{1i}} \sim N(0, \sigma_1^2)$. {words}"
    )
    with pytest.raises(ReadError, match=named) as caught:
        from_equation(text, levels={"i": 3, "j": 4})
    assert caught.value.kind == "told-in-words"


NO_LAW = [
    r"$\beta_j$ is a random effect and the error variance is $\sigma^2$.",
    r"$\beta_j$ is random, and errors have variance $\sigma^2$.",
    r"$\beta_j$ is random and the variance between sites is $\sigma_s^2$.",
    r"$\beta_j$ is normal with mean 1 and variance $\sigma_b^2$.",
    r"If $\beta_j$ were normal with mean 0 and variance $\sigma_b^2$, all would change.",
    r"$\beta_j$ is independent of errors with variance $\sigma^2$.",
    r"$\beta_j$ has variance $\sigma_b^2 + \sigma^2$.",
    r"$\hat\tau_i$ has variance $\sigma^2$.",
    r"$\beta_j$ and $\varepsilon_{ij}$ are normal with mean zero and the same variance $\sigma^2$.",
    r"Estimates of $\beta_j$ have variance $\sigma_b^2$.",
    r"The mean of $\beta_j$ has variance $\sigma_b^2$.",
    r"$\beta_j$ is normal with mean $\mu_\beta$ and variance $\sigma_b^2$.",
    r"$\beta_j$ and $\gamma_j$ have mean zero, variances $\sigma_b^2$ and $\sigma_c^2$ and correlation $\rho$.",
]

LAWS = [
    (r"$\beta_j$ is the effect of block $j$, has mean zero and variance $\sigma_b^2$.", r"\beta_j ~ N(0, \sigma_b^2)"),
    (r"$\beta_j$ is the random effect of block $j$, with variance $\sigma_b^2$.", r"\beta_j ~ N(0, \sigma_b^2)"),
    (r"The $\beta_j$ are iid normal random variables with zero mean and finite variance $\sigma_b^2$.",
     r"\beta_j ~ N(0, \sigma_b^2)"),
    (r"Blocks $\beta_j$ and the errors $\varepsilon_{ij}$ are independent and normal with variances $\sigma_b^2$ and "
     r"$\sigma^2$.", r"\varepsilon_{ij} ~ N(0, \sigma^2)"),
    (r"The $\beta_j$ have mean 0 and standard deviation $\sigma_b$.", r"\beta_j ~ N(0, \sigma_b^2)"),
    (r"$u_j$ and $v_j$ have mean zero, variances $\sigma_u^2$ and $\sigma_v^2$ and covariance $\sigma_{uv}$.",
     r"Cov(u_j, v_j) = \sigma_{uv}"),
    (r"$(u_j, v_j)'$ is bivariate normal with mean vector $0$ and covariance matrix $\mathbf{G}$.",
     r"(u_j, v_j)' ~ N(0, \mathbf{G})"),
]  # fmt: skip


@pytest.mark.parametrize("words", NO_LAW)
def test_words_that_tell_no_distribution_in_full_stay_words(words: str) -> None:
    text = f"{BLOCKS}. {words}"
    assert with_worded_laws(text) == text


@pytest.mark.parametrize(("words", "law"), LAWS)
def test_words_that_tell_a_distribution_in_full_are_a_formula_in_their_place(words: str, law: str) -> None:
    text = f"{BLOCKS}. {words} More."
    told = with_worded_laws(text)
    assert law in told
    assert len(told) == len(text)
    assert told.endswith(" More.")


@pytest.mark.parametrize(
    ("words", "builds"),
    [
        (r"The errors are iid $N(0, \sigma^2)$.", True),
        (r"with independent $N(0, \sigma_e^2)$ errors.", True),
        ("errors distributed as NID(0, σ²).", True),
        (r"The errors of the blocks are $N(0, \sigma_b^2)$.", False),
        (r"Errors and blocks are $N(0, \sigma^2)$.", False),
        (r"The whole-plot errors in the field are $N(0, \sigma^2)$.", False),
    ],
)
def test_a_distribution_of_errors_is_that_of_the_residual(words: str, builds: bool) -> None:
    text = rf"$y_{{ij}} = \mu + \tau_i + u_j + \varepsilon_{{ij}}$, $u_j \sim N(0, \sigma_u^2)$. {words}"
    try:
        built = bool(from_equation(text, levels={"i": 3, "j": 4}).random)
    except ReadError as error:
        assert error.kind in ("no-index-model", "told-in-words")
        built = False
    assert built == builds


@pytest.mark.parametrize(("text", "levels", "expected"), SHORT_PAGES)
def test_a_short_page_gives_its_model_or_the_question_by_name(
    text: str, levels: dict[str, int], expected: str | tuple[int, int]
) -> None:
    if isinstance(expected, str):
        with pytest.raises(ReadError, match=expected) as caught:
            from_equation(text, levels=levels)
        assert caught.value.kind in MISSING
    else:
        model = from_equation(text, levels=levels)
        assert (int(model.X.columns), 0 if model.Z is None else int(model.Z.columns)) == expected
