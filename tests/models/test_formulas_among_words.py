r"""Models as pages state them: formulas among words, “where” lines, tables and lists; effects drawn about a mean."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.errors import ReadError, SizeError
from tutor.models.formulas_among_words import formulas_among_words

PAGES: list[tuple[str, dict[str, int], tuple[int, int, int]]] = [
    # the text, the levels of its indices, and n, the columns of X and those of Z
    (r"""$$Y_{ij} = \beta_0 + u_{0j} + \varepsilon_{ij}$$
Where $\beta_0$ is the grand mean, $u_{0j} \sim N(0, \sigma^2_{u0})$ is the random effect for class $j$, and
$\varepsilon_{ij} \sim N(0, \sigma^2_\varepsilon)$ is the residual.""", {"i": 2, "j": 3}, (6, 1, 3)),
    (r"""Level-1: $Y_{ij} = \beta_{0j} + \beta_{1j} X_{ij} + e_{ij}$
**Level 2:**
$$\beta_{0j} = \gamma_{00} + \gamma_{01} W_j + u_{0j}$$
$$\beta_{1j} = \gamma_{10} + u_{1j}$$
- $u_{0j} \sim N(0, \tau_{00}^2)$ is the random intercept
- $u_{1j} \sim N(0, \tau_{11}^2)$ is the random slope""", {"i": 3, "j": 2}, (6, 3, 4)),
    (r"""y_{ijk} = \mu + \alpha_i + b_j + \epsilon_{ijk},
where the school effect $b_j$'s are
IID $N(0,\sigma^2_b).$ The $\epsilon_{ijk}$'s are
IID $N(0,\sigma^2_\epsilon),$ and are independent of the $b_j$'s.""", {"i": 2, "j": 3, "k": 2}, (12, 3, 3)),
    (r"""$$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$$

| Symbol | Meaning | Distribution |
|---|---|---|
| $\tau_i$ | treatment ($i = 1, \dots, 3$) | — |
| $\beta_j$ | block | $N(0, \sigma^2_\beta)$ |
| $j$ | $j = 1, \dots, 2$ | — |
| $\varepsilon_{ij}$ | error | $N(0, \sigma^2)$ independent |""", {}, (6, 4, 2)),
    (r"""\deqn{y_{ijkl} = \mu + \alpha_i + b_{j(i)} + c_{k(j(i))} + \varepsilon_{ijkl}}
with \eqn{b_{j(i)} \sim N(0, \sigma^2_{Rat})} and \eqn{c_{k(j(i))} \sim N(0, \sigma^2_{Liver})}, where S = site.""",
     {"i": 2, "j": 2, "k": 2, "l": 2}, (16, 3, 12)),
    (r"""```math
\log(\mu_{ij}) = \beta_0
  + \beta_1 \text{Male}_{ij}
  + u_j
```
- $`Y_{ij} \sim \text{NegBin}(\mu_{ij}, \theta)`$
- $`u_j \sim N(0, \sigma^2_u)`$""", {"i": 3, "j": 2}, (6, 2, 2)),
    ("Y_ij = β0 + u0j + β1*X_ij + ε_ij\nWhere u0j ~ N(0, τ²) is the random intercept for group j.",
     {"i": 2, "j": 3}, (6, 2, 3)),
    ("y_{ij} = \\beta_0 + \\gamma_{0i} + \\epsilon_{ij}\n\\gamma_{0i} \\sim N(0, \\tau_0^2)",
     {"i": 2, "j": 3}, (6, 1, 2)),
    (r"""y_{ij} = \mu + G_i + B_j + e_{ij}   (9.1)
其中 $B_j \sim N(0,\sigma_B^2)$.""", {"i": 2, "j": 3}, (6, 3, 3)),
    ("y_ij = μ + τ_i + u_j + e_ij, where τ_i are treatment effects, u_j ~ N(0, σ²_u) are block effects and "
     "e_ij ~ N(0, σ²) are errors", {"i": 2, "j": 3}, (6, 3, 3)),
    ("y_ij = μ + τ_i + u_j + e_ij, where\n  τ_i = effect of treatment i\n  u_j = effect of block j, u_j ~ N(0, σ²_u)\n"
     "  e_ij = residual", {"i": 2, "j": 3}, (6, 3, 3)),
    # copied from a page, where what stood below the line is beside the letter
    ("yijk = µ+ αi + βj + (αβ)ij + ǫijk,\n\ni = 1, . . . , a; j = 1, . . . , b; k = 1, . . . ,m, (9.1)\n\n"
     "βj iid∼ N(0, σ2b ), (αβ)ij iid∼ N(0, σ2ab), ǫijk iid∼ N(0, σ2), and they are mutually independent.",
     {"i": 2, "j": 3, "k": 2}, (12, 3, 9)),
    ("Yij = β0j + β1jXij + eij\nβ0j = γ00 + γ01Wj +u0j\nβ1j = γ10 + u1j\nu0j ~ N(0, σ2u0), u1j ~ N(0, σ2u1)",
     {"i": 3, "j": 2}, (6, 3, 4)),
    # effects about a mean, as hierarchical models have them
    (r"y_{ij} \sim N(\theta_i, \sigma^2), \theta_i \sim N(\mu, \tau^2)", {"i": 2, "j": 3}, (6, 1, 2)),
    (r"y_{ij} \sim N(\beta_{0j} + \beta_1 x_{ij}, \sigma_y^2), "
     r"\beta_{0j} \sim N(\gamma_{00} + \gamma_{01} w_j, \sigma_0^2)",
     {"i": 2, "j": 3}, (6, 3, 3)),
    (r"y_{ij} \sim N(\alpha_j + \beta_j x_{ij}, \sigma^2), "
     r"\begin{pmatrix}\alpha_j \\ \beta_j\end{pmatrix} \sim "
     r"N(\begin{pmatrix}\mu_\alpha \\ \mu_\beta\end{pmatrix}, \Sigma)",
     {"i": 3, "j": 3}, (9, 2, 6)),
    # coefficients γ_10 before a bracket, and vectors of covariates of any letter
    (r"y_{ij} = \gamma_{00} + \gamma_{10}(z_{ij} - \bar z_j) + \gamma_{01} \bar z_j + u_{0j} + e_{ij}, "
     r"u_{0j} \sim N(0, \tau_{00})", {"i": 2, "j": 3}, (6, 3, 3)),
    (r"y_{it} = x_{it}^T\beta + w_{it}'b_i + \epsilon_{it}, b_i \sim N(0, D)",
     {"i": 2, "t": 4, "p": 3, "q": 2}, (8, 3, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "levels", "counts"), PAGES)
def test_a_page_is_read(text: str, levels: dict[str, int], counts: tuple[int, int, int]) -> None:
    model = from_equation(text, levels=levels)
    linear = getattr(model, "linear", model)
    assert (linear.n, linear.X.columns, linear.Z.columns) == counts


REFUSED: list[tuple[str, str, str]] = [
    # what words alone tell is asked for, and its place is on the page
    ("$y_{ij} = \\mu + \\beta_j + e_{ij}$, where $\\beta_j$ is the random effect of block $j$", "distribution-missing",
     r"\beta_j"),
    ("y_ij = μ + τ_i + β_j + e_ij, where β_j are random effects", "distribution-missing", "β_j"),
    ("y_ij = μ + τ_i + β_j + e_ij with random effects β_j of blocks", "distribution-missing", "β_j"),
    ("$y_{ij} = \\mu + \\tau_i + e_{ij}$ with errors of an AR(1) process", "told-in-words", "AR(1)"),
    ("$y_{ij} = \\mu + u_j + e_{ij}$; $u_j$ at $j = 1, 2$ is $N(0, \\sigma^2)$", "no-index-model", "N("),
    ("$y_{ij} = \\mu + u_j + e_{ij}$, where $u_j$ are effects", "distribution-missing", "u_j"),
    ("y_ij = β0 + u0j + e_ij", "distribution-missing", "u_{0j}"),
    ("y_{ij} = \\gamma_{00} + u_{0j} + r_{ij}, u_{0j} \\sim N(0, \\tau_{00})", "no-residual", "y_"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "place"), REFUSED)
def test_what_words_alone_tell_is_asked_for(text: str, kind: str, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_equation(text, levels={"i": 2, "j": 3})
    assert caught.value.kind == kind
    assert caught.value.text[caught.value.start :].startswith(place)


@pytest.mark.parametrize("text", [page for page, _, _ in PAGES])
def test_what_stays_keeps_its_place(text: str) -> None:
    formulas = formulas_among_words(text)
    assert len(formulas) == len(text)
    assert all(new in (old, " ", ";", "~") for new, old in zip(formulas, text, strict=True))


@pytest.mark.parametrize(
    "words",
    [
        "$\\mu$ is the mean of a random plot of treatment $i$",
        "$\\beta_j$ are effects of blocks, to which $\\tau_i$ were assigned at random",
        "$\\varepsilon_{ij}$ is the random error",
        "$\\beta_j$ is a fixed effect and not random",
    ],
)
def test_words_that_call_nothing_random(words: str) -> None:
    text = f"$y_{{ij}} = \\mu + \\tau_i + \\beta_j + \\varepsilon_{{ij}}$, where {words}."
    assert not from_equation(text, levels={"i": 2, "j": 3}).random


def test_all_missing_sizes_are_asked_for_at_once() -> None:
    with pytest.raises(SizeError, match=r"How many levels have i, j and k\?"):
        from_equation(r"y_{ijk} = \mu + \tau_i + \beta_j + \varepsilon_{ijk}")
