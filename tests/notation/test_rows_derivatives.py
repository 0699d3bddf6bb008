r"""Dots of derivatives, primes of likelihoods, generalized inverses, and semicolons in densities: each row is a formula
and what it means, node by node. What is read is also written, in each dialect and style, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import DIALECTS, assert_reads_back, trees_in
from tutor.algebra.nodes import Symbol
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import DialectName, write

V, VDOT = "V[n,n]", "Vdot[n,n]"
X, Y = "X[n,p]", "y[n,1]"

ROWS: list[tuple[str, str]] = [
    # a dot is an accent: the name of a derivative, of the shape of what it is of
    (r"\dot{V}", f"symbol: {VDOT}"),
    (r"\dot V", f"symbol: {VDOT}"),
    (r"\dot{\mathbf{V}}", f"symbol: {VDOT}"),
    (r"\mathbf{\dot V}", f"symbol: {VDOT}"),
    ("V̇", f"symbol: {VDOT}"),
    (r"\ddot{\mathbf V}", "symbol: Vddot[n,n]"),
    (r"\dot{\mathbf{V}}_i", "symbol: Vdot_i[n,n]"),
    (r"\dot V_i", "symbol: Vdot_i[n,n]"),
    (r"\ddot{\mathbf V}_{ij}", "symbol: Vddot_ij[n,n]"),
    (r"\dot{V}_{\theta}", "symbol: Vdot_theta[n,n]"),
    (r"\dot{\mathbf{G}}_k", "symbol: Gdot_k[q,q]"),
    (r"\dot\mu_i", "scalar: mudot_i"),
    (r"\dot{y}_{ij}", "scalar: ydot_ij"),
    (r"\dot\ell", "scalar: elldot"),
    (r"\dot\ell(\theta)", "scalar: elldot(theta)"),
    (r"\ddot\ell(\boldsymbol\theta)", "scalar: ellddot(theta[n,1])"),
    (r"\dot\ell(\theta; y)", "scalar: elldot(theta, y parted (1,))"),
    (r"\hat\mu(x)", "scalar: muhat(x)"),
    (r"\dot V = \frac{\partial V}{\partial\theta}", f"equation: {VDOT} = ∂[n,n]({V}, theta)"),
    (r"\dot{V}_i = \partial V/\partial\theta_i", f"equation: Vdot_i[n,n] = ∂[n,n]({V}, theta_i)"),
    (r"\mathbf{Z}\dot{\mathbf{G}}\mathbf{Z}' + \dot{\mathbf{R}}",
     "matrix-expression: (Z[n,q] @ Gdot[q,q] @ transpose(Z[n,q])) + Rdot[n,n]"),
    (r"-\frac12 tr(V^{-1}\dot V) + \frac12 y'V^{-1}\dot V V^{-1}y",
     f"scalar: ((-1/2) * tr(inv({V}) @ {VDOT})) + "
     f"(1/2 * (transpose({Y}) @ inv({V}) @ {VDOT} @ inv({V}) @ {Y}))"),
    (r"\operatorname{tr}(\mathbf{P}\dot{\mathbf{V}}_i\mathbf{P}\dot{\mathbf{V}}_j)",
     "scalar: tr(P[n,n] @ Vdot_i[n,n] @ P[n,n] @ Vdot_j[n,n])"),
    # a derivative on one line
    (r"\partial \ell/\partial\theta", "scalar: ∂(ell, theta)"),
    (r"\partial\mathbf{V}/\partial\sigma^2_u", f"matrix-expression: ∂[n,n]({V}, sigma2_u)"),
    ("∂V/∂θ", f"matrix-expression: ∂[n,n]({V}, theta)"),
    # any generalized inverse, and the one of Moore and Penrose
    ("A^-", "matrix-expression: generalized inverse[n,n](A[n,n])"),
    ("A^{-}", "matrix-expression: generalized inverse[n,n](A[n,n])"),
    (r"\mathbf{A}^-", "matrix-expression: generalized inverse[n,n](A[n,n])"),
    ("A⁻", "matrix-expression: generalized inverse[n,n](A[n,n])"),
    ("A^+", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    ("A^{+}", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    (r"A^\dagger", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    (r"\mathbf{A}^{\dagger}", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    ("A†", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    ("A⁺", "matrix-expression: generalized inverse_+[n,n](A[n,n])"),
    ("(X'X)^-", f"matrix-expression: generalized inverse[p,p](transpose({X}) @ {X})"),
    ("(X'X)^-X'y", f"matrix-expression: generalized inverse[p,p](transpose({X}) @ {X}) @ transpose({X}) @ {Y}"),
    ("(X'X)^{+}X'y", f"matrix-expression: generalized inverse_+[p,p](transpose({X}) @ {X}) @ transpose({X}) @ {Y}"),
    ("X^+y", f"matrix-expression: generalized inverse_+[p,n]({X}) @ {Y}"),
    ("X^{+T}", f"matrix-expression: transpose(generalized inverse_+[p,n]({X}))"),
    ("X^{+'}", f"matrix-expression: transpose(generalized inverse_+[p,n]({X}))"),
    ("(X^-)'", f"matrix-expression: transpose(generalized inverse[p,n]({X}))"),
    ("ZZ^-X", f"matrix-expression: Z[n,q] @ generalized inverse[q,n](Z[n,q]) @ {X}"),
    ("V^- - V^+", f"matrix-expression: generalized inverse[n,n]({V}) + ((-1) * generalized inverse_+[n,n]({V}))"),
    ("X(X'X)^-X' = XX^+",
     f"equation: {X} @ generalized inverse[p,p](transpose({X}) @ {X}) @ transpose({X}) = "
     f"{X} @ generalized inverse_+[p,n]({X})"),
    # what stands behind a semicolon is given nothing
    (r"f(y \mid \mu; \sigma^2)", "scalar: f(y|mu, sigma2 parted (1,))"),
    (r"f(y; \mu, \sigma^2)", "scalar: f(y, mu, sigma2 parted (1,))"),
    (r"f(y \mid u, w; \theta)", "scalar: f(y|u,w, theta parted (1,))"),
    (r"f(y, u; \theta)", "scalar: f(y, u, theta parted (2,))"),
    (r"f(y, u \mid \theta; \phi)", "scalar: f(y|theta, u|theta, phi parted (2,))"),
    (r"[y \mid \theta; \phi]", "scalar: f(y|theta, phi parted (1,))"),
    (r"f_{y|u}(y \mid u; \theta)", "scalar: f_y|_u(y|u, theta parted (1,))"),
    (r"L(\theta; y)", "scalar: L(theta, y parted (1,))"),
    (r"\mathcal{L}(\boldsymbol\theta; \mathbf{y})", f"scalar: L(theta[n,1], {Y} parted (1,))"),
    (r"L(\beta, \theta; y, X)", f"scalar: L(beta, theta, y, {X} parted (2,))"),
    (r"\ell(\sigma^2 \mid y)", "scalar: ell(sigma2|y)"),
    (r"\ell(\beta; \sigma^2 \mid y)", "scalar: ell(beta|y, sigma2|y parted (1,))"),
    (r"\ell_R(\theta; y)", "scalar: ell_R(theta, y parted (1,))"),
    (r"f(y_1, \dots, y_n; \theta)", f"scalar: f({Y}, theta parted (1,))"),
    (r"f(y_1, y_2, \dots, y_n \mid \theta)", "scalar: f(y|theta[n,1])"),
    (r"L(\theta; y_1, ..., y_k, ..., y_n)", f"scalar: L(theta, {Y} parted (1,))"),
    (r"\prod_{i=1}^n f(y_i; \theta)", "scalar: product over i from 1 to n of f(y_i, theta parted (1,))"),
    (r"P(Y = y; \theta)", "scalar: P(=(Y, y), theta parted (1,))"),
    (r"\phi(y; \mu, \sigma^2)", "scalar: phi(y, mu, sigma2 parted (1,))"),
    (r"\log L(\theta; y) = \ell(\theta; y)",
     "equation: log(L(theta, y parted (1,))) = ell(theta, y parted (1,))"),
    (r"\int f(y \mid u; \beta) f(u; \theta) \, du",
     "scalar: integral(f(y|u, beta parted (1,)) * f(u, theta parted (1,)), u[q,1])"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_formula_means_what_it_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


@pytest.mark.parametrize("text", [text for text, _ in ROWS], ids=[text for text, _ in ROWS])
def test_it_reads_back_from_each_style(text: str) -> None:
    reading = read(text)
    words = lecture_vocabulary().with_names(*trees_in(reading.parts))
    for style in (Style(transpose="T"), Style(transpose="top"), Style(covariance="Sigma"), Style(brackets="round")):
        for dialect in DIALECTS:
            written = write(reading, dialect, style=style)
            assert meaning(read(written, words).parts) == meaning(reading.parts), written


@pytest.mark.parametrize(("text", "latex"), [
    (r"\dot{\mathbf{V}}_i", r"\dot{\mathbf{V}}_i"),
    (r"\ddot\mu", r"\ddot{\mu}"),
    (r"\dot\ell(\theta)", r"\dot{\ell}(\theta)"),
    (r"\ell''(\theta)", r"\ell''(\theta)"),
    (r"\mathbf{A}^{+}", r"\mathbf{A}^+"),
    (r"\mathbf{A}^{-}", r"\mathbf{A}^{-}"),
    (r"f(y \mid \mu; \sigma^2)", r"f(y \mid \mu; \sigma^2)"),
    (r"\ell(\beta; \sigma^2 \mid \mathbf{y})", r"\ell(\beta; \sigma^2 \mid \mathbf{y})"),
    (r"f(y, u \mid \theta; \phi)", r"f(y, u \mid \theta; \phi)"),
])  # fmt: skip
def test_it_is_written_as_lectures_do(text: str, latex: str) -> None:
    assert write(read(text), "latex") == latex


@pytest.mark.parametrize(("text", "dialect", "sign"), [
    (r"\dot{\mathbf{V}}", "mathml", "<mo>˙</mo>"),
    (r"\ddot{\mathbf{V}}", "typst", "dot.double(upright(bold(V)))"),
    (r"\dot{\mathbf{V}}", "spoken", "V dot"),
    (r"\mathbf{A}^+", "spoken", "A Moore-Penrose inverse"),
    (r"\mathbf{A}^-", "spoken", "A generalized inverse"),
    (r"\mathbf{A}^+", "mathml", "<mo>+</mo>"),
    (r"\mathbf{A}^+", "typst", "upright(bold(A))^(+)"),
])  # fmt: skip
def test_the_other_dialects_have_their_signs(text: str, dialect: DialectName, sign: str) -> None:
    assert sign in write(read(text), dialect)


def test_a_derivative_of_a_symmetric_matrix_is_symmetric_and_may_be_singular() -> None:
    told = read(r"\dot{\mathbf{V}}_i").tree
    assert isinstance(told, Symbol)
    assert told.facts == {"symmetric"}
