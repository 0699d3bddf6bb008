r"""Index models in the manner of many courses: variances τ², errors of whole plots with a variance of their own, levels
of an index with their number, general means with dots, and what is asked for where a line says too little."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.statement import Range

SPLIT = r"y_{ikl} = \mu + \alpha_l + %s_{il} + \beta_k + %s_{ikl}, %s_{il} \sim N(0, %s), %s_{ikl} \sim N(0, %s)"


@pytest.mark.parametrize(
    ("whole", "plot", "of_whole", "of_plot"),
    [
        ("e", r"\epsilon", r"\sigma^2_e", r"\sigma^2_\epsilon"),
        ("e", r"\varepsilon", r"\sigma_e^2", r"\sigma_{\varepsilon}^2"),
        ("e", r"\varepsilon", r"\sigma_e^2", r"\sigma^2"),
        (r"\varepsilon", "e", r"\sigma_{\varepsilon}^2", r"\sigma_{e}^2"),
        ("ε", "e", "σ²_ε", "σ²_e"),
    ],
)
def test_two_errors_have_two_variances(whole: str, plot: str, of_whole: str, of_plot: str) -> None:
    model = from_equation(SPLIT % (whole, plot, whole, of_whole, plot, of_plot), levels={"i": 2, "k": 2, "l": 3})
    assert [parameter.key for parameter in model.parameters] == ["sigma2", "sigma2_e"]
    assert str(model.Var("y_111")) == "σ² + σ²_e"
    assert str(model.Cov("y_111", "y_121")) == "σ²_e"


def test_one_error_has_the_residual_variance_by_any_index() -> None:
    for index in ("", "_e", r"_\epsilon", r"_{\varepsilon}"):
        text = rf"y_{{ij}} = \mu + u_i + e_{{ij}}, u_i \sim N(0, \sigma^2_u), e_{{ij}} \sim N(0, \sigma{index}^2)"
        assert [p.key for p in from_equation(text, levels={"i": 2, "j": 3}).parameters] == ["sigma2", "sigma2_u"]


def test_the_square_of_tau_is_a_variance() -> None:
    model = from_equation(
        r"Y_{ij} = \beta_0 + \beta_1 x_i + U_i + W_{ij}, U_i \sim N(0, \tau^2), W_{ij} \sim N(0, \sigma^2)",
        levels={"i": 2, "j": 3},
    )
    assert [parameter.key for parameter in model.parameters] == ["sigma2", "tau2"]
    assert str(model.Var("y_11")) == "τ² + σ²"
    (part,) = read(r"\tau^2", model.vocabulary).parts
    assert part.tree == model.Cov("y_11", "y_12")  # pyright: ignore[reportAttributeAccessIssue]


def test_squares_of_tau_beside_a_correlation() -> None:
    model = from_equation(
        r"y_{ij} = \beta_0 + \beta_1 t_{ij} + u_{0i} + u_{1i} t_{ij} + e_{ij}, e_{ij} \sim N(0, \sigma^2),"
        r"\begin{pmatrix} u_{0i} \\ u_{1i} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix},"
        r"\begin{pmatrix} \tau_0^2 & \rho \tau_0 \tau_1 \\ \rho \tau_0 \tau_1 & \tau_1^2 \end{pmatrix}\right)",
        levels={"i": 3, "j": 3},
    )
    assert [parameter.key for parameter in model.parameters] == ["sigma2", "tau2_0", "rho", "tau2_1"]


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        (r"y_{ij} = \mu_{..} + \alpha_i + e_{ij}, i = 1,..,a, j = 1,..,n", (6, 3, 0)),
        (r"y_{ij} = \bar\mu_{\cdot\cdot} + \alpha_i + e_{ij}, i = 1, \ldots, a = 2, j = 1, \ldots, n = 3", (6, 3, 0)),
        (r"y_{ij} = \mu + \alpha_i + b_j + e_{ij}, b_j \sim N(0, \sigma^2_b), b_j \perp e_{ij}", (6, 3, 3)),
    ],
)
def test_rows_and_columns(text: str, shapes: tuple[int, int, int]) -> None:
    levels = {} if "= 3" in text else {"a": 2, "n": 3} if "n" in text.split("i = 1")[-1] and "i = 1" in text else None
    model = from_equation(text, levels={"i": 2, "j": 3} if levels is None else levels)
    columns = 0 if model.Z is None else model.Z.columns
    assert (model.y.rows, model.X.columns, columns) == shapes


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (r"y_{ij} = \alpha_i + e_{ij}, \alpha_i \sim N(0, \sigma^2_\alpha)", "no-fixed-effect", "no fixed effect"),
        (r"y_{ij} = \mu + \beta_{\text{dose}(j)} + e_{ij}", "index-on-one-side", "dose is a word"),
        (
            r"Y_{ij} | b_i \sim N(\beta_0 + b_i, \sigma^2), b_i \sim N(\beta_0, \sigma^2_b)",
            "no-index-model",
            "A random effect has the mean 0",
        ),
    ],
)
def test_what_a_text_lacks_is_asked_for(text: str, kind: str, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        from_equation(text, levels={"i": 2, "j": 3})
    assert caught.value.kind == kind


@pytest.mark.parametrize("text", ["i = 1,..,a", r"i = 1, \ldots, a = 4", r"i = 1, 2, \dots, a = 4"])
def test_ranges(text: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Range)
    assert str(part.last) == ("4" if "4" in text else "a")


def test_a_capital_below_a_variance_is_not_bold() -> None:
    text = r"y_{ijk} = \mu + A_i + B_{j(i)} + e_{ijk}, A_i \sim N(0, \sigma^2_A), B_{j(i)} \sim N(0, \sigma^2_B)"
    assert "σ²_B (I₂ ⊗ J₂)" in str(from_equation(text, levels={"i": 2, "j": 2, "k": 2}))
