r"""What stands around formulas in lectures: labelled braces, frames, headings, words; bars, and functions of GLMMs.

Each row says the same as the plain formula beside it; what is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_displays import S2, r, real, without_places, y
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.write import write

SAME: list[tuple[str, str]] = [
    # as a lecture writes it, the plain formula
    (r"\mathbf{y} = \underbrace{\mathbf{X}\boldsymbol\beta}_{\text{fixed}} + \underbrace{\mathbf{Z}\mathbf{u}}"
     r"_{\text{random}} + \boldsymbol\varepsilon", "y = Xβ + Zu + ε"),
    (r"y_{ij} = \underbrace{\mu + \tau_i}_{\text{fixed part}} + \underbrace{u_j + e_{ij}}_{\text{random}}",
     r"y_{ij} = \mu + \tau_i + u_j + e_{ij}"),
    (r"\underbrace{\begin{bmatrix} y_1 \\ y_2 \end{bmatrix}}_{\mathbf{y}} = \underbrace{\begin{bmatrix} 1 & 0 \\ 0 & 1 "
     r"\end{bmatrix}}_{\mathbf{X}} \begin{bmatrix} \tau_1 \\ \tau_2 \end{bmatrix}",
     r"\begin{bmatrix} y_1 \\ y_2 \end{bmatrix} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix} \begin{bmatrix} \tau_1 "
     r"\\ \tau_2 \end{bmatrix}"),
    (r"\overbrace{\mathbf{X}\boldsymbol\beta}^{\text{fixed part}} + \mathbf{Zu}", "Xβ + Zu"),
    (r"\underbrace{(\sigma^2 + \sigma^2_u)}_{Var(y)} \mathbf{I}_3", r"(\sigma^2 + \sigma^2_u)\mathbf{I}_3"),
    (r"\boxed{\mathbf{V} = \mathbf{ZGZ}' + \mathbf{R}}", "V = ZGZ' + R"),
    (r"\text{Level 1:} \quad y_{ij} = \beta_{0j} + \varepsilon_{ij}", r"y_{ij} = \beta_{0j} + \varepsilon_{ij}"),
    (r"\text{Level 1: } y_{ij} = \beta_{0j} + \varepsilon_{ij} \\ \text{Level 2: } \beta_{0j} = \gamma_{00} + u_{0j}",
     r"y_{ij} = \beta_{0j} + \varepsilon_{ij} \\ \beta_{0j} = \gamma_{00} + u_{0j}"),
    (r"\text{Model}: \mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e}", "y = Xβ + ε"),
    (r"\mathbf{u} \text{ independent of } \boldsymbol\varepsilon", "u ⊥ ε"),
    (r"u_j \sim N(0, \sigma^2_u), \text{ independent}", "u_j ~ N(0, σ²_u), independent"),
    (r"y_{ij} \sim \text{indep. Binomial}(n_{ij}, \pi_{ij})", r"y_{ij} \overset{ind}{\sim} Binomial(n_{ij}, \pi_{ij})"),
    (r"\begin{bmatrix} \sigma^2_1 & \sigma_{12} \\ \text{sym.} & \sigma^2_2 \end{bmatrix}",
     r"\begin{bmatrix} \sigma^2_1 & \sigma_{12} \\ \sigma_{12} & \sigma^2_2 \end{bmatrix}"),
    (r"\begin{bmatrix} a_1 & a_2 & a_3 \\ & a_4 & a_5 \\ \text{sym.} & & a_6 \end{bmatrix}",
     r"\begin{bmatrix} a_1 & a_2 & a_3 \\ a_2 & a_4 & a_5 \\ a_3 & a_5 & a_6 \end{bmatrix}"),
    (r"(y_{ij} | u_j) \sim N(\mu + u_j, \sigma^2)", r"y_{ij} | u_j \sim N(\mu + u_j, \sigma^2)"),
    (r"y_{ij} \;|\; u_j", "y_{ij} | u_j"),
    (r"\text{cloglog}(\pi_i) = \eta_i", "cloglog(π_i) = η_i"),
    (r"\text{expit}(\eta) = \frac{1}{1 + e^{-\eta}}", "plogis(η) = 1/(1 + exp(−η))"),
    (r"\mathbf{X}^{\!\top}\mathbf{y}", "X'y"),
    (r"\mathbf{X}^{+}\mathbf{y}", r"\mathbf{X}^\dagger\mathbf{y}"),
    (r"\operatorname*{arg\,max}_{\theta} \ell(\theta)", r"\text{argmax}_{\theta} \ell(\theta)"),
]  # fmt: skip

POSITIVE = ("symmetric", "positive definite")
A, HALF = symbol("A", "n", "n"), Scalar(sympy.Rational(1, 2))
ROOT_A = Applied("power", (A, HALF), "", *A.shape)

TREES: list[tuple[str, Tree]] = [
    (r"\arcsin\sqrt \theta", Scalar(sympy.asin(sympy.sqrt(real("theta"))))),
    (r"\arcsin(\theta)", Scalar(sympy.asin(real("theta")))),
    (r"\text{cloglog}(\pi)", Scalar(sympy.Function("cloglog", real=True)(real("pi")))),
    (r"\mathbf{A}^{1/2}\mathbf{R}\mathbf{A}^{1/2}", ROOT_A @ symbol("R", "n", "n", "unknown", POSITIVE) @ ROOT_A),
    (r"f(y; \theta)", Applied("f", (r("y"), r("theta")), parted=(1,))),
    (r"\ell(\theta; y_1, y_2)", Applied("ell", (r("theta"), r("y_1"), r("y_2")), parted=(1,))),
    (r"L(\mu, \sigma^2; \mathbf{y})", Applied("L", (r("mu"), S2, y), parted=(2,))),
    ("p_Y(y; θ)", Applied("p", (r("y"), r("theta")), "Y", parted=(1,))),
    ("f(y, θ)", Applied("f", (r("y"), r("theta")))),
    (r"SE_{\hat\tau}", r("SE_tau\u0302")),
    (r"SE_{\bar{y}}", r("SE_y\u0304")),
    ("s_{ȳ}", r("s_y\u0304")),
    (r"\sigma^2_{\hat{\mu}}", Scalar(sympy.Symbol("sigma2_mu\u0302", positive=True))),
    (r"se_{diff}", r("se_diff")),
    (r"\text{odds}", r("odds")),
    (r"\text{odds}(x)", Applied("odds", (r("x"),))),
    (r"\text{logit}", r("logit")),
    (r"\frac{\sigma^2}{lr}", Scalar(S2.value / (size("l") * size("r")))),
    (r"2\sigma^2/(3ls)", Scalar(2 * S2.value / (3 * size("l") * size("s")))),
    (r"\mathbf{y} \mid \boldsymbol\beta, \sigma^2", symbol("y|beta,sigma2", "n", role="random")),
    (r"y_{ij} \mid u_j, v_k", r("y_ij|u_j,v_k")),
    (r"R(\tau|\mu)", Applied("R", (Scalar(real("tau|mu")),))),
    (r"SS(\tau \mid \mu)", Applied("SS", (Scalar(real("tau|mu")),))),
    (r"b'(\theta)", Applied("b'", (Scalar(real("theta")),))),
    (r"b''(\theta)", Applied("b''", (Scalar(real("theta")),))),
]

WRITTEN: list[tuple[str, str, str]] = [
    # text, how LaTeX and Unicode write it
    (r"\sqrt{2\hat\sigma^2/r}", r"\sqrt{\frac{2\hat{\sigma}^2}{r}}", "√(2σ̂²/r)"),
    (r"\hat\sigma/\sqrt{n}", r"\frac{\hat{\sigma}}{\sqrt{n}}", "σ̂/√n"),
    (r"\mathbf{y} \mid \sigma^2", r"\mathbf{y} \mid \sigma^2", "y | σ²"),
    (r"SE_{\hat\tau}", r"\mathrm{SE}_{\hat{\tau}}", "SE_{τ̂}"),
    (r"\text{odds}(x)", r"\operatorname{odds}(x)", "odds(x)"),
    (r"\mathbf{J} = \mathbf{11}'", r"\mathbf{J}_n = \mathbf{1}_n \mathbf{1}_n'", "J_n = 1_n 1_n'"),
]


@pytest.mark.parametrize(("text", "tex", "plain"), WRITTEN, ids=[ascii(text) for text, *_ in WRITTEN])
def test_what_is_read_is_written_as_it_was_typed(text: str, tex: str, plain: str) -> None:
    reading = read(text)
    assert (write(reading, "latex"), write(reading, "unicode")) == (tex, plain)
    assert_reads_back(reading)


REFUSED: list[tuple[str, str]] = [
    # what a person may write, the kind of the refusal
    (r"\text{cloglog}(2)", "division-by-zero"),
    (r"\sigma^2 3^{+}", "unexpected"),
    (r"\underbrace{\sigma^2 + \sigma^2_u}_{Var} \mathbf{I}_3", "ambiguous-brace"),
    (r"\mu - \underbrace{\alpha + \tau}_{x}", "ambiguous-brace"),
    (r"\underbrace{\mathbf{Z}\mathbf{u}}_{x}'", "ambiguous-brace"),
    (r"\cancel{\sigma^2} + \sigma^2_u", "struck-out"),
    (r"\begin{bmatrix} 1 & \rho & \rho \\ \text{sym.} & 1 & \rho \\ \rho & \rho & 1 \end{bmatrix}", "missing-operand"),
    (r"3 + (y_{ij} | u_j)", "conditional"),
    (r"(\mathbf{X} | \mathbf{Z})", "conditional"),
]


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[ascii(text) for text, _ in SAME])
def test_what_stands_around_a_formula_changes_nothing(text: str, plain: str) -> None:
    reading, other = read(text), read(plain)
    assert [meaning(without_places(part)) for part in reading.parts] == [
        meaning(without_places(part)) for part in other.parts
    ]
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[ascii(text) for text, _ in TREES])
def test_a_function_of_a_lecture_reads_as_it_is_meant(text: str, tree: Tree) -> None:
    reading = read(text)
    assert reading.tree is not None
    assert meaning(reading.tree) == meaning(tree)
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "kind"), REFUSED, ids=[ascii(text) for text, _ in REFUSED])
def test_what_has_no_certain_meaning_is_refused_at_its_place(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind
    assert caught.value.start is not None
