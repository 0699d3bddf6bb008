r"""Plain letters that are vectors by the differences in which they stand: (x - \mu)'\Sigma^{-1}(x - \mu) says what its
bold form says. A difference of numbers stays one."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tests.notation.test_rows_lectures import without_places
from tutor.notation.read import read

BOLD: list[tuple[str, str]] = [
    # what a lecture writes, and the same with its vectors in bold
    (r"(x-\mu)'\Sigma^{-1}(x-\mu)",
     r"(\mathbf{x}-\boldsymbol\mu)'\Sigma^{-1}(\mathbf{x}-\boldsymbol\mu)"),
    (r"(y-\mu)^T V^{-1} (y-\mu)",
     r"(\mathbf{y}-\boldsymbol\mu)'\mathbf{V}^{-1}(\mathbf{y}-\boldsymbol\mu)"),
    ("(y − μ)′V⁻¹(y − μ)",
     r"(\mathbf{y}-\boldsymbol\mu)'\mathbf{V}^{-1}(\mathbf{y}-\boldsymbol\mu)"),
    (r"D^2 = (x - \mu)^\top \Sigma^{-1} (x - \mu)",
     r"D^2 = (\mathbf{x}-\boldsymbol\mu)'\Sigma^{-1}(\mathbf{x}-\boldsymbol\mu)"),
    (r"S^{-1}(\bar x - \mu)", r"\mathbf{S}^{-1}(\bar{\mathbf{x}} - \boldsymbol\mu)"),
    (r"V^{-1}(y - \mu)", r"\mathbf{V}^{-1}(\mathbf{y} - \boldsymbol\mu)"),
    (r"E[(y - \mu)(y - \mu)'] = V", r"E[(\mathbf{y} - \boldsymbol\mu)(\mathbf{y} - \boldsymbol\mu)'] = \mathbf{V}"),
    (r"u | y \sim N(GZ'V^{-1}(y - \mu), G - GZ'V^{-1}ZG)",
     r"\mathbf{u} | \mathbf{y} \sim N(\mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \boldsymbol\mu), "
     r"\mathbf{G} - \mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}\mathbf{Z}\mathbf{G})"),
    ("c'Σ⁻¹c", r"\mathbf{c}'\Sigma^{-1}\mathbf{c}"),
    ("a'Σa", r"\mathbf{a}'\Sigma\mathbf{a}"),
]  # fmt: skip

TOLD: list[tuple[str, str]] = [
    # what a lecture writes, and what it means, node by node
    ("c'Σ⁻¹(X_1 − μ_1)", "scalar: transpose(c[n,1]) @ inv(V[n,n]) @ (X_1[n,1] + ((-1) * mu_1[n,1]))"),
    (r"a'(\bar{x}_1 - \bar{x}_2)", "scalar: transpose(a[n,1]) @ (xbar_1[n,1] + ((-1) * xbar_2[n,1]))"),
    (r"(y_i - \mu_i)^\top V_i^{-1} (y_i - \mu_i)",
     "scalar: transpose(y_i[n_i,1] + ((-1) * mu_i[n_i,1])) @ inv(V_i[n_i,n_i]) @ (y_i[n_i,1] + ((-1) * mu_i[n_i,1]))"),
    (r"(y_i - \mu_i)'\Sigma^{-1}(y_i-\mu_i)",
     "scalar: transpose(y_i[n,1] + ((-1) * mu_i[n,1])) @ inv(V[n,n]) @ (y_i[n,1] + ((-1) * mu_i[n,1]))"),
    (r"S = \frac{1}{n-1}\sum_{i=1}^n (x_i - \bar{x})(x_i - \bar{x})'",
     "equation: S[p,p] = (1/(n - 1)) * (sum over i from 1 to n of "
     "((x_i[p,1] + ((-1) * xbar[p,1])) @ transpose(x_i[p,1] + ((-1) * xbar[p,1]))))"),
    (r"\sum_{i=1}^2 (x_i - \mu)'\Sigma^{-1}(x_i - \mu)",
     "scalar: (transpose(x_1[n,1] + ((-1) * mu[n,1])) @ inv(V[n,n]) @ (x_1[n,1] + ((-1) * mu[n,1])))"
     " + (transpose(x_2[n,1] + ((-1) * mu[n,1])) @ inv(V[n,n]) @ (x_2[n,1] + ((-1) * mu[n,1])))"),
    (r"T^2 = (\bar{x} - \mu_0)'S^{-1}(\bar{x} - \mu_0)",
     "equation: T**2 = transpose(xbar[n,1] + ((-1) * mu_0[n,1])) @ inv(S[n,n]) @ (xbar[n,1] + ((-1) * mu_0[n,1]))"),
    (r"\hat\beta(\lambda) = (X'X + \lambda I)^{-1}X'y",
     "equation: betahat[p,1](lambda) = inv((transpose(X[n,p]) @ X[n,p]) + (lambda * I[p])) @ "
     "transpose(X[n,p]) @ y[n,1]"),
    (r"\hat{\boldsymbol\beta}(k)", "matrix-expression: betahat[p,1](k)"),
    (r"X\hat\beta(\lambda)", "matrix-expression: X[n,p] @ betahat[p,1](lambda)"),
    (r"c'\hat\beta + \hat u", "scalar: (transpose(c[p,1]) @ betahat[p,1]) + uhat"),
    (r"k'\beta + u", "scalar: (transpose(k[p,1]) @ beta[p,1]) + u"),
    # differences of numbers
    (r"F^{-1}(x - \mu)", "scalar: (-mu + x)/F"),
    (r"\sigma^{-1}(y_i - \mu_i)", "scalar: (-mu_i + y_i)/sqrt(sigma2)"),
    (r"V^{-1}(\sigma^2 - \rho)", "matrix-expression: (-rho + sigma2) * inv(V[n,n])"),
    (r"(y_i - \mu_i)^2", "scalar: (-mu_i + y_i)**2"),
    (r"\frac{y_i - \mu_i}{\sigma}", "scalar: (-mu_i + y_i)/sqrt(sigma2)"),
]  # fmt: skip


@pytest.mark.parametrize(("plain", "bold"), BOLD, ids=[plain for plain, _ in BOLD])
def test_a_plain_difference_says_what_the_bold_one_says(plain: str, bold: str) -> None:
    readings = [read(text) for text in (plain, bold)]
    told = [[meaning(without_places(part)) for part in reading.parts] for reading in readings]
    assert told[0] == told[1]
    assert_reads_back(readings[0])


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_letters_are_vectors_or_numbers_by_where_they_stand(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
