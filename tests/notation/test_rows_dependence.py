r"""Matrices that depend on parameters, direct sums of blocks, letters below in bold, and lists with a general member:
each row is a text and what it means."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (r"V(\theta)", "symbol: V[n,n]"),
    (r"V(\boldsymbol\theta)", "symbol: V[n,n]"),
    (r"\mathbf{V}(\boldsymbol{\theta})", "symbol: V[n,n]"),
    (r"\mathbf{V}(\theta_1, \dots, \theta_k)", "symbol: V[n,n]"),
    (r"\mathbf{V}(\sigma^2_1, \sigma^2_2, \dots, \sigma^2_k)^{-1}", "matrix-expression: inv(V[n,n])"),
    (r"\mathbf{V}_i(\boldsymbol\theta)", "symbol: V_i[n,n]"),
    (r"\mathbf{V}^{-1}(\boldsymbol\theta)", "matrix-expression: inv(V[n,n])"),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V}(\boldsymbol\theta))",
     "distribution: y[n,1] ~ N(X[n,p] @ beta[p,1], V[n,n])"),
    (r"\bigoplus V_i", "matrix-expression: direct sum[n,n](V_i[n,n])"),
    ("⨁ V_i", "matrix-expression: direct sum[n,n](V_i[n,n])"),
    (r"\bigoplus_{i=1}^t V_i", "matrix-expression: direct sum over i from 1 to t of V_i[n,n]"),
    (r"\bigoplus_{i=1}^{t} \mathbf{V}_i", "matrix-expression: direct sum over i from 1 to t of V_i[n,n]"),
    (r"\bigoplus\limits_{i=1}^t V_i", "matrix-expression: direct sum over i from 1 to t of V_i[n,n]"),
    (r"\bigoplus_i V_i", "matrix-expression: direct sum over i from 1 to levels_i of V_i[n,n]"),
    ("⨁ᵢ Vᵢ", "matrix-expression: direct sum over i from 1 to levels_i of V_i[n,n]"),
    (r"\bigoplus_{i=1}^{3} V_i", "matrix: blockdiag(V_1[n,n], V_2[n,n], V_3[n,n])"),
    (r"\bigoplus_{i=1}^n \sigma^2_i", "matrix-expression: direct sum over i from 1 to n of sigma2_i"),
    (r"\sigma^2_{\mathbf B}", "scalar: sigma2_B"),
    (r"\sigma_{\mathbf{u}}^2", "scalar: sigma2_u"),
    (r"\sigma^2_{\boldsymbol\alpha}", "scalar: sigma2_alpha"),
    (r"\mathbf{G}_{\mathbf u}", "symbol: G_u[q,q]"),
    ("y_1, …, y_k, …, y_n", "other:  in <y_1, …, y_n>"),
    (r"[y_1, \dots, y_k, \dots, y_n]'", "symbol: y[n,1]"),
    (r"y_1 + \dots + y_k + \dots + y_n", "scalar: sum over i from 1 to n of y_i"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_text_means_what_it_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "places"), [
    (r"\mathbf{V}(\gamma)", []),
    (r"\mathbf{V}(\sigma^2_u, \sigma^2)^{-1}\mathbf{y}", []),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V}(\theta))", []),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V}(\boldsymbol\theta))", []),
    (r"V(\gamma)\mathbf{y}", ["V"]),
    (r"\mathbf{Z}\gamma", [r"\gamma"]),
])  # fmt: skip
def test_a_parameter_in_brackets_is_no_vector_without_bold(text: str, places: list[str]) -> None:
    found = [finding for finding in read(text).findings if finding.key == "bold-missing"]
    assert [text[finding.start : finding.end] for finding in found] == places
