r"""The observations of one subject: blocks with its index have n_i rows, the effects of a subject are of one subject.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.test_displays import S2, beta, distributed, equation, without_places
from tests.notation.test_rows_expressions import assert_reads_back, over
from tutor.algebra.build import identity, symbol, zero
from tutor.algebra.nodes import Tree, Variance
from tutor.notation.read import read
from tutor.notation.statement import Expression, Statement

COVARIANCE = ("symmetric", "positive definite")
X, Z = symbol("X_i", "n_i", "p"), symbol("Z_i", "n_i", "q")
y, e = symbol("y_i", "n_i", role="random"), symbol("epsilon_i", "n_i", role="random")
V, R = (symbol(name, "n_i", "n_i", "unknown", COVARIANCE) for name in ("V_i", "R_i"))
b, D, G = symbol("b_i", "q"), symbol("D", "q", "q"), symbol("G", "q", "q", "unknown", COVARIANCE)
effects = symbol("b_i", "q", role="random")
OF_ONE = Z @ D @ Z.T + S2 * identity("n_i")

FORMULAS: list[tuple[str, Tree | Statement]] = [
    (r"\mathbf{V}_i = \mathbf{Z}_i\mathbf{D}\mathbf{Z}_i' + \sigma^2\mathbf{I}_{n_i}", equation(V, OF_ONE)),
    (r"\mathbf{V}_i = \mathbf{Z}_i\mathbf{D}\mathbf{Z}_i^T + \sigma^2\mathbf{I}", equation(V, OF_ONE)),
    (r"\mathbf{Z}_{i}\mathbf{D}\mathbf{Z}_{i}^\top + \mathbf{R}_{i}", Z @ D @ Z.T + R),
    (r"\mathbf{V}_i = \mathbf{Z}_i\mathbf{G}\mathbf{Z}_i' + \mathbf{R}_i", equation(V, Z @ G @ Z.T + R)),
    (r"Z_i D Z_i' + \sigma^2 I_{n_i}", OF_ONE),
    (r"Z_iDZ_i' + R_i", Z @ D @ Z.T + R),
    (r"V_i = Z_iDZ_i' + R_i", equation(V, Z @ D @ Z.T + R)),
    ("ZᵢDZᵢ′ + σ²I_{n_i}", OF_ONE),
    ("Zᵢ D Zᵢ′ + σ² I_{n_i}", OF_ONE),
    (r"\mathbf{y}_i = \mathbf{X}_i\boldsymbol\beta + \mathbf{Z}_i\mathbf{b}_i + \boldsymbol\varepsilon_i",
     equation(y, X @ beta + Z @ effects + e)),
    (r"y_i = X_i\beta + Z_i b_i + \varepsilon_i", equation(y, X @ beta + Z @ effects + e)),
    (r"\mathbf{y}_i \sim N(\mathbf{X}_i\boldsymbol\beta, \mathbf{V}_i)", distributed(y, "N", X @ beta, V)),
    (r"\mathbf{y}_i \sim N(\mathbf{X}_i\boldsymbol\beta, \mathbf{Z}_i\mathbf{D}\mathbf{Z}_i' "
     r"+ \sigma^2\mathbf{I}_{n_i})",
     distributed(y, "N", X @ beta, OF_ONE)),
    (r"\mathbf{b}_i \sim N(\mathbf{0}, \mathbf{D})", distributed(b, "N", zero("q"), D)),
    (r"\boldsymbol\varepsilon_i \sim N(\mathbf{0}, \sigma^2\mathbf{I}_{n_i})",
     distributed(e, "N", zero("n_i"), S2 * identity("n_i"))),
    (r"Var(\mathbf{y}_i) = \mathbf{Z}_i\mathbf{D}\mathbf{Z}_i' + \mathbf{R}_i",
     equation(Variance(y), Z @ D @ Z.T + R)),
    (r"\mathbf{R}_i = \sigma^2\mathbf{I}_{n_i}", equation(R, S2 * identity("n_i"))),
    (r"\hat{\mathbf{b}}_i = \mathbf{D}\mathbf{Z}_i'\mathbf{V}_i^{-1}"
     r"(\mathbf{y}_i - \mathbf{X}_i\hat{\boldsymbol\beta})",
     equation(symbol("bhat_i", "q", role="random"),
              D @ Z.T @ V.inv() @ (y - X @ symbol("betahat", "p", role="random")))),
    (r"\sum_{i=1}^m \mathbf{X}_i'\mathbf{V}_i^{-1}\mathbf{X}_i", over("i", "m", X.T @ V.inv() @ X)),
    (r"\sum_{i=1}^m \mathbf{X}_i'\mathbf{V}_i^{-1}\mathbf{y}_i", over("i", "m", X.T @ V.inv() @ y)),
    # the parts of Z of one factor each keep all rows
    (r"\sum_{i=1}^r \mathbf{Z}_i\mathbf{u}_i", over("i", "r", symbol("Z_i", "n", "q") @ symbol("u_i", "q"))),
    (r"\mathbf{Z}_k\mathbf{Z}_k'", symbol("Z_k", "n", "q") @ symbol("Z_k", "n", "q").T),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMULAS, ids=[text for text, _ in FORMULAS])
def test_a_formula_of_one_subject_says_what_it_does_of_its_observations(text: str, expected: Tree | Statement) -> None:
    reading = read(text)
    (part,) = reading.parts
    if isinstance(expected, Tree):
        assert isinstance(part, Expression)
        assert part.tree == expected
    else:
        assert without_places(part) == expected
    assert_reads_back(reading)


def test_a_covariate_of_an_index_model_is_no_block() -> None:
    reading = read(r"y_i = \beta_0 + \beta_1 X_i + \varepsilon_i")
    assert all(side.is_scalar for side in reading.parts[0].sides)  # pyright: ignore[reportAttributeAccessIssue]
