r"""Regressions whose variables are capitals, means and intercepts beside vectors, and words below names in other
languages than English.

Each row is a text and what it means, node by node; what is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary

ROWS: list[tuple[str, str]] = [
    (r"Y = \beta_0 + \beta_1 X + \varepsilon", "equation: Y = X*beta_1 + beta_0 + e"),
    (r"Y = \alpha + \beta X + \varepsilon", "equation: Y = X*beta + alpha + e"),
    (
        r"Y = \beta_0 + \beta_1 X_1 + \beta_2 Z + \beta_3 X_1 Z + \varepsilon",
        "equation: Y = X_1*Z*beta_3 + X_1*beta_1 + Z*beta_2 + beta_0 + e",
    ),
    (r"Y = \beta_0 + \beta_1 X + \beta_2 X^2 + \varepsilon", "equation: Y = X**2*beta_2 + X*beta_1 + beta_0 + e"),
    (r"\hat{Y} = \hat\beta_0 + \hat\beta_1 X", "equation: Yhat = X*betahat_1 + betahat_0"),
    (r"E(Y \mid X) = \beta_0 + \beta_1 X", "equation: E(Y|X) = X*beta_1 + beta_0"),
    (
        r"\pi = \frac{e^{\beta_0 + \beta_1 X}}{1 + e^{\beta_0 + \beta_1 X}}",
        "equation: pi = exp(X*beta_1 + beta_0)/(exp(X*beta_1 + beta_0) + 1)",
    ),
    (
        r"\log_e \left( \frac{\pi}{1-\pi} \right) = \beta_0 + \beta_1 X_i",
        "equation: log(pi/(1 - pi)) = X_i*beta_1 + beta_0",
    ),
    (r"Y = X\beta + \varepsilon", "equation: Y[n,1] = (X[n,p] @ beta[p,1]) + e[n,1]"),
    (
        r"Y = X_1\beta_1 + X_2\beta_2 + \varepsilon",
        "equation: Y[n,1] = (X_1[n,p] @ beta_1[p,1]) + (X_2[n,p] @ beta_2[p,1]) + e[n,1]",
    ),
    (r"\mathbf{y} = \mu + \mathbf{g} + \boldsymbol{\epsilon}", "equation: y[n,1] = (mu * Ones[n,1]) + g[n,1] + e[n,1]"),
    (r"y = \mu + Zu + e", "equation: y[n,1] = (mu * Ones[n,1]) + (Z[n,q] @ u[q,1]) + e[n,1]"),
    (
        r"E(y \mid u) = \mu + X\beta + Zu",
        "equation: E(y|u[n,1]) = (mu * Ones[n,1]) + (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1])",
    ),
    (r"y = \mu + \varepsilon", "equation: y = e + mu"),
    (
        r"\mathbf{y = 1\beta + Wm + Zu + e}",
        "equation: y[n,1] = (beta * Ones[n,1]) + (W[n,n] @ m[n,1]) + (Z[n,q] @ u[q,1]) + e[n,1]",
    ),
    (
        r"\mathbf{y} = \mathbf{1}_n\boldsymbol\beta + \mathbf{Zu} + \mathbf{e}",
        "equation: y[n,1] = (beta * Ones[n,1]) + (Z[n,q] @ u[q,1]) + e[n,1]",
    ),
    (
        r"C_u = \sigma_A^2 A - \sigma_A^4 APA",
        "equation: C_u[n,n] = (sigma2_A * A[n,n]) + ((-1) * ((sigma2_A**2) * (A[n,n] @ P[n,n] @ A[n,n])))",
    ),
    (
        r"L(\boldsymbol{\beta}, \mathbf{V} | \mathbf{X}, \mathbf{y}) = -\frac{1}{2}\ln|\mathbf{V}|",
        "equation: L(beta|X,y[p,1], |[n,n](V[n,n], X[n,p], y[n,1])) = (-1/2) * log(det(V[n,n]))",
    ),
    (r"E[Y] = E[a'(\Theta)]", "equation: E(Y) = E(a'(Theta))"),
    (
        r"f(y) = \exp\left(\frac{y\theta - a(\theta)}{\phi/v}\right) c(y, \phi/v)",
        "equation: f(y) = exp(((theta*y) + ((-1) * a(theta))) * (v/phi)) * c(y[n,1], phi/v)",
    ),
    (
        r"ICC = \rho(y_{ij}, y_{i'j}) = \frac{\sigma^2_u}{\sigma^2_u + \sigma^2}",
        "equation: ICC = rho(y_ij, y_i'j) = sigma2_u/(sigma2 + sigma2_u)",
    ),
    (r"\operatorname{Var}(\hat\beta_1) = \frac{\sigma^2}{ss_{xx}}", "equation: Var(betahat_1) = sigma2/ss_xx"),
    (r"SQ_{resíduos} = SQ_{total} - SQ_{tratamentos}", "equation: SQ_resíduos = SQ_total - SQ_tratamentos"),
    (
        r"\sigma^2_{\text{Fläche}} + \sigma^2_{\text{parcelle entière}}",
        "scalar: sigma2_Fläche + sigma2_parcelle_entière",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_each_is_read_as_it_is_meant(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_reads_back(text: str) -> None:
    assert_reads_back(read(text))


def test_a_number_added_to_a_vector_is_noted() -> None:
    text = r"\mathbf{y} = \mu + \mathbf{Zu} + \mathbf{e}"
    (found,) = [finding for finding in read(text).findings if finding.key == "ones-missing"]
    assert text[found.start : found.end] == r"\mu"
    assert found.replacement == r"\mathbf{1}\mu"


@pytest.mark.parametrize("text", [r"\mu + Zu", r"y = \sigma^2 + Zu", r"V = \mu + ZGZ'"])
def test_other_numbers_beside_vectors_and_matrices_are_refused(text: str) -> None:
    with pytest.raises(TutorError, match="a scalar and a matrix cannot be added"):
        read(text)


def test_in_an_answer_about_a_model_a_number_is_no_vector() -> None:
    words = replace(lecture_vocabulary(), takes_new_names=False)
    with pytest.raises(TutorError, match="a scalar and a matrix cannot be added"):
        read("y = μ + Zu + ε", words)
