r"""Conditional moments, families of distributions, names of effects, ranges, dimensions and comparisons."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.nodes import Covariance, Expectation, Scalar, Variance
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.checking.check import check
from tutor.errors import ReadError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import Comparison, Dimension, Distribution, Equation, Range
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import write


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def scalar(key: str) -> Scalar:
    return Scalar(sympy.Symbol(key, real=True))


MOMENTS: list[tuple[str, type, tuple[str, ...], tuple[str, str]]] = [
    (r"E(\mathbf{y} | \mathbf{u})", Expectation, ("y|u",), ("n", "1")),
    (r"E[\mathbf{y} \mid \mathbf{u}]", Expectation, ("y|u",), ("n", "1")),
    (r"\mathbb{E}(\mathbf{y} \vert \mathbf{u})", Expectation, ("y|u",), ("n", "1")),
    (r"\operatorname{Var}(\mathbf{y} | \mathbf{u})", Variance, ("y|u",), ("n", "n")),
    ("Var(y ∣ u)", Variance, ("y|u",), ("n", "n")),
    (r"E(y_{ij} | u_j)", Expectation, ("y_ij|u_j",), ("1", "1")),
    (r"Var(y_{ij} \mid u_j)", Variance, ("y_ij|u_j",), ("1", "1")),
    (r"Cov(y_1, y_2 \mid u_1)", Covariance, ("y_1|u_1", "y_2|u_1"), ("1", "1")),
]


@pytest.mark.parametrize(("text", "kind", "names", "shape"), MOMENTS, ids=[text for text, *_ in MOMENTS])
def test_a_moment_given_something_is_read(
    text: str, kind: type, names: tuple[str, ...], shape: tuple[str, str]
) -> None:
    reading = read(text)
    assert reading.kind == "moment" and reading.tree is not None and isinstance(reading.tree, kind)
    parts: tuple[Tree, ...] = getattr(reading.tree, "parts", ())
    assert tuple(str(part.value) if isinstance(part, Scalar) else getattr(part, "name", "") for part in parts) == names
    assert reading.shape == (size(shape[0]), size(shape[1]))


def test_what_is_given_is_constant_for_the_variance_and_stays_in_the_mean() -> None:
    model = rcbd(treatments=2, blocks=3)
    assert model.Z is not None and model.u is not None
    mean, variance = read("E(y|u)", model.vocabulary).tree, read("Var(y|u)", model.vocabulary).tree
    assert mean is not None and variance is not None
    assert check(mean, model.X @ model.beta + model.Z @ model.u).outcome == "correct"
    assert check(variance, model.R).outcome == "correct"
    assert check(variance, model.V).outcome == "incorrect"


FAMILIES: list[tuple[str, str, int, str]] = [
    (r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2)", "N", 2, ""),
    (r"\mathbf{y|u} \sim N(\mathbf{X\beta + Zu}, \mathbf{R})", "N", 2, ""),
    (r"\mathbf{y} \sim N_n(\mathbf{X}\boldsymbol\beta, \mathbf{V})", "N", 2, "n"),
    (r"\varepsilon_{ij} \sim NID(0, \sigma^2)", "N", 2, ""),
    (r"\varepsilon_{ij} \stackrel{\text{iid}}{\sim} N(0, \sigma^2)", "N", 2, ""),
    (r"y_{ij}|u_j \sim Poisson(\lambda_{ij})", "Poisson", 1, ""),
    (r"y_{ij}|u_j \sim \text{Pois}(\lambda_{ij})", "Poisson", 1, ""),
    (r"y \sim Binomial(n, p)", "Binomial", 2, ""),
    (r"y_{ij} | u_j \sim \mathrm{Bin}(n_{ij}, \pi_{ij})", "Binomial", 2, ""),
    (r"y_i \sim \text{Bernoulli}(p_i)", "Bernoulli", 1, ""),
    (r"y_i \sim \mathrm{Beta}(\alpha_i, \beta_i)", "Beta", 2, ""),
    (r"y_{ij} \sim \Gamma(\mu_{ij}, \phi)", "Gamma", 2, ""),
    (r"y_{ij} \sim Gamma(\mu_{ij}, \phi)", "Gamma", 2, ""),
    (r"y_i \sim NB(\mu_i, \theta)", "NegativeBinomial", 2, ""),
    (r"y_i \sim \text{Negative Binomial}(\mu_i, \theta)", "NegativeBinomial", 2, ""),
    (r"y_i \sim t_{\nu}(\mu, \sigma^2)", "t", 2, "nu"),
    (r"\theta \sim \chi^2_{\nu}", "chi2", 0, "nu"),
    (r"\theta \sim t_{12}", "t", 0, "12"),
    (r"\theta \sim F_{2, 12}", "F", 0, "2_12"),
    (r"\theta \sim U(0, 1)", "Uniform", 2, ""),
    (r"y_{ij} \sim P(\mu_{ij}, \phi)", "P", 2, ""),
]


@pytest.mark.parametrize(("text", "family", "arguments", "below"), FAMILIES, ids=[text for text, *_ in FAMILIES])
def test_a_family_is_known_by_each_spelling(text: str, family: str, arguments: int, below: str) -> None:
    reading = read(text)
    (part,) = reading.parts
    assert reading.kind == "distribution" and isinstance(part, Distribution)
    assert (part.family, len(part.arguments), part.below) == (family, arguments, below)
    assert bool(part.given) == ("|" in text or r"\mid" in text)


NAMES: list[tuple[str, str]] = [
    (r"(\tau\alpha)_{ij}", "taualpha_ij"),
    (r"(\tau \alpha)_{ij}", "taualpha_ij"),
    (r"\left(\tau\alpha\right)_{ij}", "taualpha_ij"),
    ("(τα)_ij", "taualpha_ij"),
    (r"(TG)_{ij}", "TG_ij"),
    (r"(\tau \times \rho)_{ij}", "taurho_ij"),
    (r"(ex \times gen)_{ij}", "exgen_ij"),
    (r"TR_{ij}", "TR_ij"),
    (r"Diet_i", "Diet_i"),
    (r"v_{i(k)}", "v_i(k)"),
    (r"\bar{y}_{i\cdot}", "ybar_i."),
    (r"\hat{\mu}_{1\cdot}", "muhat_1."),
    (r"\tilde{u}_j", "utilde_j"),
]


@pytest.mark.parametrize(("text", "key"), NAMES, ids=[text for text, _ in NAMES])
def test_an_effect_is_one_name(text: str, key: str) -> None:
    assert read(text).tree == scalar(key)


def test_a_product_in_brackets_is_no_interaction() -> None:
    with pytest.raises(ReadError):
        read(r"(ZG)_{ij}")


def test_a_slip_in_a_name_is_no_new_effect() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"sigmma_u")
    assert caught.value.kind == "unknown-name"


RANGES: list[tuple[str, list[tuple[str, int, str | None]]]] = [
    (r"i = 1, \dots, t", [("i", 1, "t")]),
    (r"i = 1, 2, ..., t", [("i", 1, "t")]),
    (r"i = 1, 2, \ldots, 12", [("i", 1, "12")]),
    (r"j = 1, …, b", [("j", 1, "b")]),
    (r"y = 0, 1, 2, \dots", [("y", 0, None)]),
    ("i = 1, 2, 3", [("i", 1, "3")]),
    ("i = 1, 2, 3; j = 1, 2", [("i", 1, "3"), ("j", 1, "2")]),
    (r"i = 1, \dots, t, \; j = 1, \dots, r", [("i", 1, "t"), ("j", 1, "r")]),
    (r"i = 1, \dots, t \text{ and } j = 1, \dots, b", [("i", 1, "t"), ("j", 1, "b")]),
]


@pytest.mark.parametrize(("text", "ranges"), RANGES, ids=[text for text, _ in RANGES])
def test_an_index_runs_through_its_range(text: str, ranges: list[tuple[str, int, str | None]]) -> None:
    told = [(part.index, part.first, part.last) for part in read(text).parts if isinstance(part, Range)]
    assert told == [(index, first, None if last is None else size(last)) for index, first, last in ranges]


def test_an_index_model_has_its_distributions_and_ranges() -> None:
    reading = read(
        r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}, \\"
        r"u_k \sim N(0, \sigma^2_u), \\ v_{i(k)} \sim N(0, \sigma^2_v), \\ \varepsilon_{ijk} \sim N(0, \sigma^2), \\"
        r"i = 1, \dots, a, \quad j = 1, \dots, s, \quad k = 1, \dots, r"
    )
    assert reading.kind == "index-model"
    assert [type(part) for part in reading.parts] == [Equation, *[Distribution] * 3, *[Range] * 3]


def test_dimensions_are_read_and_checked() -> None:
    for text in (r"\mathbf{Z}: n \times q", "Z: n × q", r"\mathbf{Z} \in \mathbb{R}^{n \times q}"):
        reading = read(text)
        (part,) = reading.parts
        assert reading.kind == "dimension" and isinstance(part, Dimension)
        assert (part.subject, part.rows, part.columns) == (lecture("Z"), size("n"), size("q"))
    with pytest.raises(ReadError) as caught:
        read(r"\mathbf{Z}: q \times n")
    assert caught.value.kind == "wrong-dimension"
    with pytest.raises(ReadError) as caught:
        read(r"\mathbf{Z}: n")
    assert caught.value.kind == "wrong-dimension"


COMPARISONS: list[tuple[str, tuple[str, ...]]] = [
    (r"\mu > 0", (">",)),
    (r"0 < \rho < 1", ("<", "<")),
    (r"-1 \leq \rho \le 1", ("≤", "≤")),
    (r"\sigma^2 \geq 0", ("≥",)),
    (r"\mu_1 \neq \mu_2", ("≠",)),
    ("0 ≤ ρ < 1", ("≤", "<")),
]


@pytest.mark.parametrize(("text", "signs"), COMPARISONS, ids=[text for text, _ in COMPARISONS])
def test_a_comparison_is_no_equation(text: str, signs: tuple[str, ...]) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Comparison) and part.signs == signs and len(part.sides) == len(signs) + 1


def test_a_link_is_a_function_of_the_mean() -> None:
    (part,) = read(r"g(\mu_{ij}) = \eta_{ij}").parts
    assert isinstance(part, Equation)
    mean = sympy.Symbol("mu_ij", real=True)
    assert part.sides == (Scalar(sympy.Function("g", real=True)(mean)), scalar("eta_ij"))
    (part,) = read(r"g(\boldsymbol{\mu}) = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}").parts
    assert isinstance(part, Equation)
    assert part.sides[0].shape == (size("n"), size(1))
    assert write(part.sides[0], "latex") == r"g(\boldsymbol{\mu})"


@pytest.mark.parametrize(
    "text",
    [
        r"df_e = (t - 1)(b - 1)",
        r"\sigma^2_u = \frac{MS_b - MSE}{t}",
        r"\hat{y}_{ij} = \hat\mu + \hat\tau_i",
        r"\mu_{ij} = \eta_{ij}",
        r"\Sigma_{ij} = \sigma^2 + d_{ij}",
        r"\rho_1 = \phi_i + \theta_i",
    ],
)
def test_an_equation_with_subscripts_is_not_always_a_model(text: str) -> None:
    assert read(text).kind == "equation"


@pytest.mark.parametrize(
    "text",
    [r"y_{hij} = \mu + \tau_h + \varepsilon_{hij}", r"\eta_{ij} = \beta_0 + \beta_1 x_i", r"z_i = \mu + e_i"],
)
def test_an_element_that_is_a_sum_of_elements_is_a_model(text: str) -> None:
    assert read(text).kind == "index-model"


@pytest.mark.parametrize("text", ["i = 1.5, ..., 3", "i = 1, ..., 2.5", "i = 1, ..., -t"])
def test_a_range_of_no_whole_numbers_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)


def test_many_letters_in_brackets_are_read_at_once() -> None:
    assert read("(" + r"\tau" * 2000 + ")").kind == "scalar"
