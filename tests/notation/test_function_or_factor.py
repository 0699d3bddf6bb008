r"""A letter before brackets: function or factor? Each row is a formula and what it means, node by node.

The vocabulary, what stands in the brackets and whether the text is a program decide. What is read is also written, in
each dialect and in each style, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import DIALECTS, assert_reads_back, trees_in
from tutor import rcbd
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import write

X = "X[n,p]"
XX = f"transpose({X}) @ {X}"
Y = "y[n,1]"

ROWS: list[tuple[str, str]] = [
    # c: R's only where the text is plainly a program, or has commas
    ("c(a - b)", "scalar: c*(a - b)"),
    ("c(a − b)", "scalar: c*(a - b)"),
    (r"c(\mu_1 - \mu_2)", "scalar: c*(mu_1 - mu_2)"),
    (r"c(\sigma^2 + \sigma^2_u)", "scalar: c*(sigma2 + sigma2_u)"),
    ("c(r-1)", "scalar: c*(r - 1)"),
    ("c(1 - c)", "scalar: c*(1 - c)"),
    ("c^2(a-b)", "scalar: c**2*(a - b)"),
    ("c(a-b)^2", "scalar: c*(a - b)**2"),
    ("ac(a-b)", "scalar: a*c*(a - b)"),
    ("rc(n-1)", "scalar: c*r*(n - 1)"),
    ("abc(n-1)", "scalar: a*b*c*(n - 1)"),
    (r"c(\mathbf{X}'\mathbf{X})", f"matrix-expression: c * ({XX})"),
    (r"\mathbf{c}(a-b)", "matrix-expression: (a - b) * c[n,1]"),
    ("c(1, 2, 3)", "vector: [1; 2; 3]"),
    ("c(a, b)", "vector: [a; b]"),
    ("rep(c(a), 3)", "vector: [a; a; a]"),
    ("kronecker(diag(2), c(1, 1))", "matrix-expression: kron(I[2], [1; 1])"),
    ("c(rep(1, 2), rep(0, 2))", "vector: [1; 1; 0; 0]"),
    ("matrix(c(a), 1, 1)", "scalar: [a]"),
    (r"c(y, \phi)", f"scalar: c({Y}, phi)"),
    # quantiles: a probability below the letter, or in the brackets of an F
    (r"F_{0.95}(t-1, n-t)", "scalar: F_0.95(t - 1, n - t)"),
    (r"F_{1-\alpha}(a-1, n-a)", "scalar: F_1-alpha(a - 1, -a + n)"),
    (r"F(t-1, n-t, \gamma)", "scalar: F(t - 1, n - t, gamma)"),
    (r"t_{1-\alpha/2}(n-p)", "scalar: t_1-alpha/2(n - p)"),
    (r"\chi^2_{0.95}(n-p)", "scalar: power(chi_0.95(n - p), 2)"),
    ("t_i(a-b)", "scalar: t_i*(a - b)"),
    # V: the variance of what varies, and a matrix before what is more than a name
    ("V(Y)", "moment: Var(Y[n,1])"),
    (r"\mathbf{V}(\mathbf{y})", f"moment: Var({Y})"),
    (r"\mathbf{V}(\mathbf{y} - \mathbf{x})", f"matrix-expression: V[n,n] @ ({Y} + ((-1) * x[n,1]))"),
    # all that a function can be of
    (r"E[\cdot]", "moment: E(·)"),
    (r"\operatorname{Var}\left[\cdot\right]", "moment: Var(·)"),
    # t: a transpose of matrices, a number before numbers
    ("t(X)", f"matrix-expression: transpose({X})"),
    (r"t(\mathbf{X})", f"matrix-expression: transpose({X})"),
    ("t(y)", f"matrix-expression: transpose({Y})"),
    ("t(a-1)", "scalar: t*(a - 1)"),
    ("t(b-1)^2", "scalar: t*(b - 1)**2"),
    # densities and probabilities, and what they multiply as numbers
    ("p(1-p)", "scalar: p*(1 - p)"),
    ("p(1-p)^2", "scalar: p*(1 - p)**2"),
    ("p(1-p)^{-1}", "scalar: p/(1 - p)"),
    ("np(1-p)", "scalar: n*p*(1 - p)"),
    ("p(n-p)", "scalar: p*(n - p)"),
    (r"p(\theta)", "scalar: p(theta)"),
    (r"p(\boldsymbol\theta)", "scalar: p(theta[n,1])"),
    (r"p(\sigma^2)", "scalar: p(sigma2)"),
    ("p(u)", "scalar: p(u)"),
    ("p(y)", "scalar: p(y)"),
    (r"p(\theta \mid y) \propto p(y \mid \theta) p(\theta)", "other: p(theta|y) ∝ p(y|theta) * p(theta)"),
    (r"\pi(\theta \mid \mathbf{y})", "scalar: pi(theta|y)"),
    (r"\pi(1-\pi)", "scalar: pi*(1 - pi)"),
    (r"\pi(x)", "scalar: pi(x)"),
    ("P(F > 2)", "scalar: P(>(F, 2))"),
    ("P(A)", "scalar: P(A)"),
    (r"P(\mathbf{y} - \mathbf{X}\boldsymbol\beta)",
     f"matrix-expression: P[n,n] @ ({Y} + ((-1) * ({X} @ beta[p,1])))"),
    ("f(x)", "scalar: f(x)"),
    (r"f(\mathbf{y})", f"scalar: f({Y})"),
    ("N(y; \\mu, \\sigma^2)", "scalar: N(y, mu, sigma2 parted (1,))"),
    (r"\mathcal{N}(y \mid \mu, \sigma^2)", "scalar: N(y|mu,sigma2)"),
    (r"N(\mu, \sigma^2)", "distribution:  ~ N(mu, sigma2)"),
    (r"N(\mu; \sigma^2)", "distribution:  ~ N(mu, sigma2)"),
    ("N(1-p)", "scalar: N*(1 - p)"),
    # likelihoods, kernels and Euler's function, and the matrices of the same letters
    (r"L(\theta)", "scalar: L(theta)"),
    (r"L(\mu, \sigma^2)", "scalar: L(mu, sigma2)"),
    ("L(X'X)^{-1}L'", f"matrix-expression: L[n,p] @ inv({XX}) @ transpose(L[n,p])"),
    (r"\ell(\theta)", "scalar: ell(theta)"),
    (r"\ell'(\theta)", "scalar: ell'(theta)"),
    (r"\ell''(\boldsymbol\theta)", "matrix-expression: ell''[n,n](theta[n,1])"),
    (r"\ell'(\theta; y)", "scalar: ell'(theta, y parted (1,))"),
    (r"g'(\mu)", "scalar: g'(mu)"),
    ("K(h)", "scalar: K(h)"),
    ("K(X'X)^{-1}K'", f"matrix-expression: K[n,p] @ inv({XX}) @ transpose(K[n,p])"),
    ("K(a-b)", "matrix-expression: (a - b) * K[n,n]"),
    ("B(a, b)", "scalar: gamma(a)*gamma(b)/gamma(a + b)"),
    ("B(t)", "scalar: B(t)"),
    ("B(X'X)", f"matrix-expression: B[n,p] @ ({XX})"),
    # moments, information and indicators, and the matrices V, I and J
    ("E(a-b)", "moment: E(a - b)"),
    ("V(y)", f"moment: Var({Y})"),
    ("V(y | u)", "moment: Var(y|u[n,1])"),
    (r"V(\theta)", "symbol: V[n,n]"),
    (r"V(\mu)", "scalar: V(mu)"),
    ("V(a-b)", "matrix-expression: (a - b) * V[n,n]"),
    (r"I(\theta)", "scalar: ℐ(theta)"),
    ("I(y > 0)", "scalar: I(>(y, 0))"),
    ("I(y = 0)", "scalar: I(=(y, 0))"),
    (r"\mathbf{1}(y_{ij} = 0)", "scalar: I(=(y_ij, 0))"),
    (r"\mathbb{1}\{y > 0\}", "scalar: I(>(y, 0))"),
    (r"\pi I(y = 0) + (1-\pi) f(y)", "scalar: (pi * I(=(y, 0))) + ((1 - pi) * f(y))"),
    # variances before brackets, and quadratic forms of effects
    (r"\sigma^2(1+\rho)", "scalar: sigma2*(rho + 1)"),
    (r"\sigma^2(1+\rho)^2", "scalar: sigma2*(rho + 1)**2"),
    (r"\phi^2(\tau)", "scalar: phi(tau)**2"),
    (r"\varphi^2(\tau\alpha)", "scalar: phi(taualpha)**2"),
    (r"\phi^2((\tau\alpha))", "scalar: phi(taualpha)**2"),
    (r"\phi^2(\tau \times \alpha)", "scalar: phi(taualpha)**2"),
    (r"\phi^2(AB)", "scalar: phi(AB)**2"),
    (r"\phi^2(1-\mu)", "scalar: phi**2*(1 - mu)"),
    (r"\sigma^2 + ab\phi^2(\tau\alpha)", "scalar: a*b*phi(taualpha)**2 + sigma2"),
    (r"Q(\tau)", "scalar: Q(tau)"),
    (r"Q(\tau\alpha)", "scalar: Q(taualpha)"),
    ("Q(AB)", "scalar: Q(AB)"),
    (r"Q(\theta \mid \theta_0)", "scalar: Q(theta|theta_0)"),
    # values of functions, and matrices as functions of their parameters
    ("D(x)", "scalar: D(x)"),
    (r"\sigma^2(x)", "scalar: power(sigma(x), 2)"),
    (r"r^2(\theta)", "scalar: power(r(theta), 2)"),
    (r"\theta^2(\tau)", "scalar: power(theta(tau), 2)"),
    (r"V(\alpha)", "symbol: V[n,n]"),
    (r"\mathbf{D}(\alpha)", "symbol: D[n,n]"),
    (r"V(\alpha) = ZD(\alpha)Z' + R(\alpha)",
     "equation: V[n,n] = (Z[n,q] @ D[q,q] @ transpose(Z[n,q])) + R[n,n]"),
    # covariances by a lag, and letters of numbers
    ("C(s-t)", "scalar: C(s - t)"),
    (r"\rho(t-s)", "scalar: rho(-s + t)"),
    (r"\gamma(s-t)", "scalar: gamma(s - t)"),
    (r"\rho(t-1)", "scalar: rho*(t - 1)"),
    (r"\mu(1-\mu)", "scalar: mu*(1 - mu)"),
    (r"\mu(x)", "scalar: mu(x)"),
    (r"\Gamma(a+b)", "scalar: gamma(a + b)"),
    (r"g(\mu)", "scalar: g(mu)"),
    ("h(y; \\theta)", "scalar: h(y, theta parted (1,))"),
    ("q(u | y)", "scalar: q(u|y)"),
    ("J(a-b)", "matrix-expression: (a - b) * Ones[?,?]"),
    ("r(X)", f"scalar: rank({X})"),
    ("r(t-1)", "scalar: r*(t - 1)"),
    ("D(a-b)", "matrix-expression: (a - b) * D[n,n]"),
    # a small letter with a prime before a vector or a matrix is a vector of coefficients
    ("k'(X'X)^{-1}k", f"scalar: transpose(k[p,1]) @ inv({XX}) @ k[p,1]"),
    (r"c'\hat\beta", "scalar: transpose(c[p,1]) @ betahat[p,1]"),
    ("a'y", f"scalar: transpose(a[n,1]) @ {Y}"),
    (r"\lambda'\beta", "scalar: transpose(lambda[p,1]) @ beta[p,1]"),
    (r"k'\beta + m'u", "scalar: (transpose(k[p,1]) @ beta[p,1]) + (transpose(m[q,1]) @ u[q,1])"),
    (r"|k - k'|", "scalar: Abs(k - k')"),
]  # fmt: skip

REFUSED: list[tuple[str, str]] = [
    # what may be either, and nothing tells
    (r"D(x) + \mathbf{Z}D\mathbf{Z}'", "ambiguous-call"),
    ("G(x)", "ambiguous-call"),
    ("D(y)", "ambiguous-call"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_letter_before_brackets_is_a_function_or_a_factor(text: str, told: str) -> None:
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


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_may_be_either_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind


@pytest.mark.parametrize(("text", "plain"), [
    # in an answer about a model brackets are brackets, and c is R's where the model has none
    ("t(b - 1)", "(b - 1)t"),
    ("c(1, 2)", "[1, 2]'"),
    (r"V(\sigma^2)", r"\sigma^2 V"),
])  # fmt: skip
def test_the_names_of_a_model_come_first(text: str, plain: str) -> None:
    words = rcbd(treatments="t", blocks="b").vocabulary
    assert meaning(read(text, words).parts) == meaning(read(plain, words).parts)


VARIANCES = [
    ("V(y)", "Var(y)"), ("V[y]", "Var(y)"), ("V(y_11)", "Var(y_11)"), ("V(u_1) + V(ε_11)", "Var(u_1) + Var(ε_11)"),
    (r"V(X\beta + Zu + \varepsilon)", "Var(Xβ + Zu + ε)"), ("V(y_{11} - y_{21})", "Var(y_11 − y_21)"),
    ("Z V(u) Z' + V(ε)", "Z Var(u) Z' + Var(ε)"), (r"V(\hat\beta)", "Var(β̂)"), ("V(Zu)", "Var(Zu)"),
    (r"V(X\beta)", "V(Xβ)"), (r"G Z' V(y - X\beta)", "GZ'V(y − Xβ)"), (r"V^{-1}(y - X\beta)", "V⁻¹(y − Xβ)"),
]  # fmt: skip
"""V before what varies is its variance; before what does not, and behind a matrix that it fits, a factor."""


@pytest.mark.parametrize(("text", "shown"), VARIANCES, ids=[text for text, _ in VARIANCES])
def test_a_v_before_what_varies_is_a_variance_in_an_answer(text: str, shown: str) -> None:
    assert str(read(text, rcbd(3, 4))) == shown
