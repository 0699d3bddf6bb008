r"""Index models as theses, manuals and pages of many fields write them: rows, columns of X, columns of Z and parameters
of each, or the kind of the question where a text tells too little."""

from __future__ import annotations

from typing import Any

import pytest

from tutor import from_equation
from tutor.errors import ReadError, TutorError
from tutor.models.glmm.model import GeneralizedModel

MODELS: dict[str, tuple[str, dict[str, int], tuple[int, int, int], set[str]]] = {
    "ranges of several indices": (
        r"""$$y_{ijk}=\mu+\alpha_i+\tau_j+\beta_k+\epsilon_{ijk},$$ where $i,j,k = 1,...,4$, $y_{ijk}$ is the
        observation in the $ith$ row, $\alpha_i$ is the row effect and $\epsilon_{ijk}$ is the error with
        $\epsilon_{ijk} \sim N(0,\sigma^2).$""",
        {}, (64, 13, 0), {"sigma2"},
    ),
    "a sentence without marks": (
        r"Y_{ijk} = \mu_{...} + \rho_{i(j)} + \alpha_j + \beta_k + (\alpha\beta)_{jk} + \varepsilon_{ijk}, where "
        r"\rho_{i(j)} are independent N(0, \sigma_\rho^2), \varepsilon_{ijk} are independent N(0, \sigma^2)",
        {"i": 3, "j": 2, "k": 4}, (24, 15, 6), {"sigma2", "sigma2_rho"},
    ),
    "vectors without their group": (
        r"y_{ij} = \beta_0 + u_{0i} + w_{0j} + (\beta_1 + u_{1i} + w_{1j}) \times so_{ij} + \varepsilon_{ij}, "
        r"(u_0, u_1)' \sim N(0, \Sigma_u), (w_0, w_1)' \sim N(0, \Sigma_w), \Sigma_u = \begin{pmatrix} \sigma_{u0}^2 & "
        r"\rho_u \sigma_{u0}\sigma_{u1} \\ \rho_u \sigma_{u0}\sigma_{u1} & \sigma_{u1}^2 \end{pmatrix}",
        {"i": 3, "j": 4}, (12, 2, 14),
        {"sigma2", "sigma2_u0", "rho_u", "sigma2_u1", "sigma2_w0", "sigma_w01", "sigma2_w1"},
    ),
    "mirrored covariances": (
        r"Y_{ti} = \pi_{0i} + \pi_{1i} a_{ti} + e_{ti}; \pi_{0i} = \beta_{00} + r_{0i}; "
        r"\pi_{1i} = \beta_{10} + r_{1i}; (r_{0i}, r_{1i})' \sim N(0, T), "
        r"T = [[\tau_{00}, \tau_{01}], [\tau_{10}, \tau_{11}]]",
        {"i": 5, "t": 4}, (20, 2, 10), {"sigma2", "tau_00", "tau_01", "tau_11"},
    ),
    "normal and independent": (
        r"y_{ij} \mid r_j \sim NI(\mu_{ij}, \sigma^2), \mu_{ij} = \eta + \tau_i + r_j, r_j \sim N(0, \sigma_r^2)",
        {"i": 3, "j": 4}, (12, 4, 4), {"sigma2", "sigma2_r"},
    ),
    "one correlation of all": (
        r"y_{ij} = \mu + \tau_j + e_{ij}, Var(e_{ij}) = \sigma^2, Corr(e_{ij}, e_{ik}) = \rho \text{ for } j \neq k",
        {"i": 5, "j": 4}, (20, 5, 0), {"sigma2", "rho"},
    ),
    "a star": (
        r"y_{ij}^* = \beta_0 + \beta_1 x_{ij} + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2)",
        {"i": 3, "j": 2}, (6, 2, 2), {"sigma2", "sigma2_u"},
    ),
    "eps in letters": (
        "y_ij = mu + tau_i + u_j + eps_ij, u_j ~ N(0, sigma2_u), eps_ij ~ N(0, sigma2_eps)",
        {"i": 3, "j": 2}, (6, 4, 2), {"sigma2", "sigma2_u"},
    ),
    "a manner below the sign": (
        r"The model $y_{ij} = \mu + \tau_i + \beta_j + \epsilon_{ij}$ has $\beta_j \sim_{i.i.d} N(0, \sigma^2_\beta)$ "
        r"and $\epsilon_{ij} \sim_{iid} N(0, \sigma^2)$.",
        {"i": 3, "j": 2}, (6, 4, 2), {"sigma2", "sigma2_beta"},
    ),
    "variables by their names in the data": (
        r"y_{ij} = \beta_0 + \beta_1 \text{B1}_{ij} + \beta_2 \text{trial0}_{ij} + \beta_3 \text{Au}_i + u_j + e_{ij}, "
        r"u_j \sim N(0, \sigma_u^2)",
        {"i": 3, "j": 2}, (6, 4, 2), {"sigma2", "sigma2_u"},
    ),
    "variances told in words": (
        r"Y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \varepsilon_{ijk}, where \beta_j and "
        r"(\alpha\beta)_{ij} are random with variances \sigma_\beta^2 and \sigma_{\alpha\beta}^2",
        {"i": 2, "j": 3, "k": 4}, (24, 3, 9), {"sigma2", "sigma2_beta", "sigma2_alphabeta"},
    ),
    "as many coefficients as counts": (
        r"y_{ij} \sim Poisson(\lambda_{ij}), \log \lambda_{ij} = \beta_0 + \beta_1 x_{ij} + u_{0j} + u_{1j} x_{ij}, "
        r"u_{0j} \sim N(0,\sigma^2_0), u_{1j} \sim N(0,\sigma^2_1)",
        {"i": 2, "j": 3}, (6, 2, 6), {"sigma2_0", "sigma2_1"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "levels", "shapes", "parameters"), MODELS.values(), ids=MODELS)
def test_a_page_gives_its_model(
    text: str, levels: dict[str, int], shapes: tuple[int, int, int], parameters: set[str]
) -> None:
    found: Any = from_equation(text, levels=levels)
    linear = found.linear if isinstance(found, GeneralizedModel) else found
    columns = 0 if linear.Z is None else int(linear.Z.columns)
    assert (int(linear.y.rows), int(linear.X.columns), columns) == shapes
    assert {parameter.key for parameter in found.parameters} == parameters
    assert str(found)


LEVELS = {"i": 2, "j": 3, "k": 4}

QUESTIONS = [
    # the text, the kind of the question, and what it must say
    (r"y_i = \alpha_{j[i]} + \beta x_i + \epsilon_i, \alpha_j \sim N(\mu_\alpha, \sigma^2_\alpha)",
     "index-on-one-side", "j[i] is the group of observation i"),
    (r"y_{ijk} = \mu_i + b_{j(i)} + e_{ijk}, b_{j(i)} \sim N(0, \sigma^2_b), e_{ijk} \sim N(0, \sigma^2_{e_i})",
     "variance-of-level", "one variance of all, or one for each level of i"),
    (r"\ln(wage_{ij}) = \beta_0 + \beta_1 educ_i + a_i + u_{ij}, u_{ij} \sim N(0, \sigma_u^2)",
     "no-index-model", "as z_ij for log wage_ij"),
    (r"\text{logit}(P(Y_{ij} = 1)) = \theta_i - \beta_j, \theta_i \sim N(0, \sigma^2_\theta)", "no-index-model",
     "A minus stands before this term"),
    (r"y_{ijk} = \mu + s_i + e_{ijk}, s_i \sim N(0, \sigma^2_s), e_{ijk} \sim N(0, \sigma^2 \Sigma)", "no-index-model",
     "is one number, and its variance here a matrix"),
    (r"$y_{ij} = \mu + \gamma_i + \varepsilon_{ij}$. All of the effects of a site have, by assumption, the law "
     r"$N(0, \sigma^2_\gamma)$.", "no-index-model", ""),
    (r"y_{ij} = \mu + \gamma_i + \varepsilon_{ij}, where each of the gammas was taken at random: N(0, \sigma^2_\gamma)",
     "told-in-words", "no formula says whose it is"),
    (r"Y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \varepsilon_{ijk}, where \beta_j and "
     r"(\alpha\beta)_{ij} are random", "distribution-missing", "(αβ)_ij is called random"),
    (r"$y_{ij}=\mu+\tau_i+\beta_j+\epsilon_{ij}$, donde $\beta_j$ es el efecto aleatorio del bloque "
     r"y $\epsilon_{ij}$ el error",
     "distribution-missing", "β_j is called random"),
    (r"$y_{ij}=\mu+\tau_i+\beta_j+\epsilon_{ij}$ mit dem zufälligen Effekt $\beta_j$ des Blocks",
     "distribution-missing", "β_j is called random"),
    ("The model is:\n\n    Y_ij = mu + tau_i + beta_j + epsilon_ij\n\nwhere tau_i are fixed treatment effects "
     "and beta_j are random block effects\n(blocking variable treated as a random factor).",
     "distribution-missing", "β_j is called random"),
    (r"y_{ij} = \beta_0 + \beta_1 \text{1stAu}_{ij} + e_{ij}", "unknown-name", "its digits stand before a letter"),
    (r"y_i = 1, y_i^* = \beta_0 + \varepsilon_i", "", "*"),
]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        r"donde $\tau_i$ es el efecto del tratamiento y $\epsilon_{ij}$ el error aleatorio",
        r"mit $\tau_i$ als Effekt und $\epsilon_{ij}$ als zufälliger Abweichung, zufällig verteilt",
        r"where $\tau_i$ is fixed and not random",
        r"où $\tau_i$ est un effet fixe et $u_j \sim N(0, \sigma^2_u)$ un effet aléatoire",
    ],
)
def test_fixed_effects_beside_words_for_random_stay_fixed(words: str) -> None:
    text = rf"$y_{{ij}} = \mu + \tau_i {'+ u_j ' if 'u_j' in words else ''}+ \epsilon_{{ij}}$, {words}."
    assert int(from_equation(text, levels={"i": 2, "j": 3}).X.columns) == 3


def test_effects_with_the_letters_of_matrices_are_written_and_read() -> None:
    text = r"Y_{ijk} = \mu + \tau_i + R_j + C_k + \epsilon_{ijk}, R_j \sim N(0, \sigma^2_R), C_k \sim N(0, \sigma^2_C)"
    model = from_equation(text, levels=LEVELS)
    for dialect in ("unicode", "latex", "markdown"):
        again = from_equation(str(model.equation("index", dialect=dialect)))
        assert again.V.explicit() == model.V.explicit()


@pytest.mark.parametrize(("text", "kind", "words"), QUESTIONS)
def test_what_a_page_leaves_open_is_asked_for(text: str, kind: str, words: str) -> None:
    with pytest.raises(ReadError if kind else TutorError) as caught:
        from_equation(text, levels=LEVELS)
    assert words in str(caught.value)
    assert getattr(caught.value, "kind", "") == kind
