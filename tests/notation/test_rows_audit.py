r"""Spellings of many course pages beside the same thing in the lecture's own: plain letters that are transposed, blocks
of a unit, counts of levels, letters side by side, conditions, commands of authors' own.

What each says is told by a formula in bold letters, whose meaning other tests tell by trees, and for what no other
formula says, by its tree.
"""

from __future__ import annotations

import pytest

from tests.notation.test_displays import S2, X, beta, distributed, e, equation, r, without_places
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back, over
from tutor.algebra.build import identity, symbol, zero
from tutor.algebra.nodes import Expectation, Tree
from tutor.algebra.sizes import size
from tutor.errors import ReadError, ShapeError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import Dimension, Equation, Expression, Range, Statement
from tutor.notation.vocabulary import vocabulary_of

COVARIANCE = ("symmetric", "positive definite")
X_i, Z_i = symbol("X_i", "n_i", "p"), symbol("Z_i", "n_i", "q")
Y_i, e_i = symbol("Y_i", "n_i"), symbol("epsilon_i", "n_i", role="random")

TRANSPOSED = [
    (r"a^\top W a", r"\mathbf{a}'\mathbf{W}\mathbf{a}"),
    (r"k^{\top} V^{-1} k", r"\mathbf{k}'\mathbf{V}^{-1}\mathbf{k}"),
    (r"\frac{a^\top M a}{a^\top Q a}", r"\frac{\mathbf{a}'\mathbf{M}\mathbf{a}}{\mathbf{a}'\mathbf{Q}\mathbf{a}}"),
    (r"c^T \hat\beta", r"\mathbf{c}'\hat{\boldsymbol\beta}"),
    (r"c' \hat\beta", r"\mathbf{c}'\hat{\boldsymbol\beta}"),
    (r"\sigma^2 d^\top (X^\top X)^{-1} d", r"\sigma^2 \mathbf{d}'(\mathbf{X}'\mathbf{X})^{-1}\mathbf{d}"),
    (r"k^\top \mu", r"\mathbf{k}'\boldsymbol\mu"),
    (r"X' \Omega^{-1} X", r"\mathbf{X}'\boldsymbol\Omega^{-1}\mathbf{X}"),
    (r"(X^\top \Omega^{-1} X)^{-1} X^\top \Omega^{-1} y",
     r"(\mathbf{X}'\boldsymbol\Omega^{-1}\mathbf{X})^{-1}\mathbf{X}'\boldsymbol\Omega^{-1}\mathbf{y}"),
    (r"Z \Psi Z' + R", r"\mathbf{Z}\boldsymbol\Psi\mathbf{Z}' + \mathbf{R}"),
    (r"\Lambda_\theta^\top Z^\top Z \Lambda_\theta + I_q",
     r"\boldsymbol\Lambda_\theta'\mathbf{Z}'\mathbf{Z}\boldsymbol\Lambda_\theta + \mathbf{I}_q"),
    (r"\boldsymbol\Lambda(\boldsymbol\theta)\boldsymbol\Lambda^\top(\boldsymbol\theta)",
     r"\boldsymbol\Lambda\boldsymbol\Lambda'"),
    (r"\mathbf{V}^{-1}(\boldsymbol\theta)\mathbf{y}", r"\mathbf{V}^{-1}\mathbf{y}"),
    (r"H^\top(\rho) H(\rho)", r"\mathbf{H}'\mathbf{H}"),
    (r"Cov(u, \varepsilon^\top) = 0", r"Cov(\mathbf{u}, \boldsymbol\varepsilon) = \mathbf{0}"),
]  # fmt: skip
"""What is transposed is no number."""

BLOCKS = [
    (r"W_ijb_i", r"W_{ij} b_i"),
    (r"d' = l'X", r"\mathbf{d}' = \mathbf{l}'\mathbf{X}"),
    (r"W = X\beta + Mu", r"W = \mathbf{X}\boldsymbol\beta + \mathbf{M}\mathbf{u}"),
    (r"ps - rt", r"p s - r t"),
    (r"\hat\beta_{WLS} = (X^\top W X)^{-1} X^\top W y",
     r"\hat{\boldsymbol\beta}_{WLS} = (\mathbf{X}'\mathbf{W}\mathbf{X})^{-1}\mathbf{X}'\mathbf{W}\mathbf{y}"),
    (r"W_i = S_i^\top \Sigma S_i", r"\mathbf{W}_i = \mathbf{S}_i'\mathbf{V}\mathbf{S}_i"),
    (r"A_i^\top A_i = B_i^\top C B_i", r"\mathbf{A}_i'\mathbf{A}_i = \mathbf{B}_i'\mathbf{C}\mathbf{B}_i"),
    (r"Z M_h Z'", r"\mathbf{Z}\mathbf{M}_h\mathbf{Z}'"),
    (r"l^\top \Phi P_h \Phi l", r"\mathbf{l}'\boldsymbol\Phi\mathbf{P}_h\boldsymbol\Phi\mathbf{l}"),
    (r"\mathbf{Y}_i = \mathbf{X}_i \beta + \mathbf{Z}_i b_i + \epsilon_i",
     r"\mathbf{Y}_i = \mathbf{X}_i \boldsymbol\beta + \mathbf{Z}_i \mathbf{b}_i + \boldsymbol\epsilon_i"),
    (r"\mathbf{Y_j = X_j \beta + Z_j b_j + \epsilon_j}",
     r"\mathbf{Y}_j = \mathbf{X}_j \boldsymbol\beta + \mathbf{Z}_j \mathbf{b}_j + \boldsymbol\epsilon_j"),
]  # fmt: skip
"""Capitals with the index of a unit are its matrices where one of them is transposed, or stands between matrices."""

SIDE_BY_SIDE = [
    (r"X\beta + ZU + \epsilon", r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{U} + \boldsymbol\epsilon"),
    ("Xβ + Zv + ε", r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{v} + \boldsymbol\epsilon"),
    (r"ZUZ^T + R", r"\mathbf{Z}\mathbf{U}\mathbf{Z}' + \mathbf{R}"),
    (r"DZ^TV^{-1}(y - X\hat\beta)",
     r"\mathbf{D}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta})"),
    (r"\mathbf{V} = \mathbf{LL}^T", r"\mathbf{V} = \mathbf{L}\mathbf{L}'"),
    (r"\mathbf{Lx} = \mathbf{z}", r"\mathbf{L}\mathbf{x} = \mathbf{z}"),
    (r"\mathbf{PAP}'", r"\mathbf{P}\mathbf{A}\mathbf{P}'"),
    (r"PAP^\top", r"\mathbf{P}\mathbf{A}\mathbf{P}'"),
    (r"\mathbf{X'WXb = X'Wy}", r"\mathbf{X}'\mathbf{W}\mathbf{X}\boldsymbol\beta = \mathbf{X}'\mathbf{W}\mathbf{y}"),
    (r"ZA_hZ^\top", r"\mathbf{Z}\mathbf{A}_h\mathbf{Z}'"),
]  # fmt: skip
"""Letters side by side of which some are new."""

COUNTS = [
    (r"df_E = I(J-1)", r"df_E = a(b-1)"),
    (r"df = (I - 1)(J - 1)", r"df = (a - 1)(b - 1)"),
    (r"\bar{y}_{i.} = \frac{1}{J}\sum_{j=1}^{J} y_{ij}", r"\bar{y}_{i.} = \frac{1}{b}\sum_{j=1}^{b} y_{ij}"),
    (r"H_0: \tau_i = 0, \ i = 1, \ldots, I", r"H_0: \tau_i = 0, \ i = 1, \ldots, a"),
    (r"E(MS_A) = \sigma^2 + J \sigma^2_a", r"E(MS_A) = \sigma^2 + b \sigma^2_a"),
]
"""I and J that count levels, beside a and b."""

COMMANDS = [
    (r"\by = \bX\bbeta + \bZ\bu + \be", r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}"),
    (r"\bSigma = \bZ\bG\bZ^{\T} + \bR", r"\boldsymbol\Sigma = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    (r"\mb{y} = \mb{X}\bbeta + \bepsilon", r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \boldsymbol\epsilon"),
    (r"\mathbf{X} \in \R^{n \times p}", r"\mathbf{X} \in \mathbb{R}^{n \times p}"),
    (r"{\rm Var}(\mathbf{y}) = \mathbf{V}", r"\mathrm{Var}(\mathbf{y}) = \mathbf{V}"),
    (r"{\rm cov}(\gamma_{0i}, \gamma_{1i})", r"\mathrm{Cov}(\gamma_{0i}, \gamma_{1i})"),
    (r"{\bf y} = {\bf X}\beta + {\bf Zu} + {\bf e}",
     r"\mathbf{y} = \mathbf{X}\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}"),
    (r"\widehat{\sigma^2}_u = MS_A - MS_E", r"\hat{\sigma}^2_u = MS_A - MS_E"),
    (r"(X'X)^g X'y", r"(X'X)^- X'y"),
    ("y = X\\beta + e % the model\n", r"y = X\beta + e"),
    (r"[y_1, . . . , y_n]'", r"[y_1, \dots, y_n]'"),
    (r"\log \prod_{i=1}^n p_i", r"\log\left(\prod_{i=1}^n p_i\right)"),
    (r"\text{MS[B(A)]} = \sigma^2", r"MS_{B(A)} = \sigma^2"),
    (r"\begin{bmatrix} y_1 & y_2 & \hdots & y_n \end{bmatrix}",
     r"\begin{bmatrix} y_1 & y_2 & \dots & y_n \end{bmatrix}"),
]  # fmt: skip
"""Commands and signs of other authors."""

CONDITIONS = [
    (r"E_u[\mathbf{y}]", r"E(\mathbf{y})"),
    (r"\operatorname{Var}_{\mathbf{u}}(\mathbf{y}) = \mathbf{R}", r"Var(\mathbf{y}) = \mathbf{R}"),
    (r"\mathrm{E}_{\boldsymbol\theta}(\mathbf{y} \mid \mathbf{u}) = \mathbf{X}\boldsymbol\beta",
     r"E(\mathbf{y} \mid \mathbf{u}) = \mathbf{X}\boldsymbol\beta"),
    (r"(y \mid X = x) \sim N(\mu, \sigma^2)", r"y \mid X = x \sim N(\mu, \sigma^2)"),
]  # fmt: skip
"""Conditions of moments and of distributions."""

SAME = [*TRANSPOSED, *BLOCKS, *SIDE_BY_SIDE, *COMMANDS, *CONDITIONS[:3]]


@pytest.mark.parametrize(("text", "usual"), SAME, ids=[text for text, _ in SAME])
def test_what_other_authors_write_says_the_same_as_in_the_usual_letters(text: str, usual: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(usual).parts)
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "usual"), COUNTS, ids=[text for text, _ in COUNTS])
def test_a_capital_that_counts_levels_is_no_matrix(text: str, usual: str) -> None:
    told = repr(meaning(read(text).parts)).replace("'I'", "'a'").replace("'J'", "'b'")
    assert told.translate(str.maketrans("IJ", "ab")) == repr(meaning(read(usual).parts)).translate(
        str.maketrans("IJ", "ab")
    )


TREES: list[tuple[str, Tree | Statement]] = [
    (r"Y_i \sim N(X_i\beta, \Sigma_i)",
     distributed(Y_i, "N", X_i @ beta, symbol("Sigma_i", "n_i", "n_i", "unknown", COVARIANCE))),
    (r"\epsilon_i \sim N(0, \sigma^2 I)", distributed(e_i, "N", zero("n_i"), S2 * identity("n_i"))),
    (r"b_i \sim N(0, D)", distributed(symbol("b_i", "q", role="random"), "N", zero("q"), symbol("D", "q", "q"))),
    (r"u_k \sim N(0, \Psi)", distributed(symbol("u_k", "q", role="random"), "N", zero("q"), symbol("Psi", "q", "q"))),
    (r"\epsilon \sim N(0, \Omega)", distributed(e, "N", zero("n"), symbol("Omega", "n", "n"))),
    (r"X_i \in \mathbb{R}^{m_i \times p}", Dimension(symbol("X_i", "m_i", "p"), size("m_i"), size("p"), 0, 0)),
    (r"\mathbf{G} \in \mathcal{S}_{++}^q",
     Dimension(symbol("G", "q", "q", "unknown", COVARIANCE), size("q"), size("q"), 0, 0)),
    (r"E[Y | X] = X\beta", equation(Expectation(symbol("Y|X", "n", role="random")), X @ beta)),
    (r"j = 1, \ldots, J", Range("j", 1, size("J"), 0, 0)),
    (r"\sum_{j=1}^J y_{ij}", over("j", "J", r("y_ij"))),
    (r"\sum_{i=1}^n X_i^\top X_i", over("i", "n", X_i.T @ X_i)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TREES, ids=[text for text, _ in TREES])
def test_what_no_bold_letter_tells_is_told_by_the_place(text: str, expected: Tree | Statement) -> None:
    (part,) = read(text).parts
    if isinstance(expected, Tree):
        assert isinstance(part, Expression)
        assert part.tree == expected
    else:
        assert without_places(part) == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (r"\mathbf{Y}_i = \begin{pmatrix} Y_{i1} \\ Y_{i2} \\ \vdots \\ Y_{in_i} \end{pmatrix}", "n_i"),
        (r"\mathbf{y}_j = (y_{1j}, \ldots, y_{n_j j})'", "n_j"),
        (r"\mathbf{y}_i = [y_{i1}, y_{i2}, \dots, y_{i,n_i}]'", "n_i"),
        (
            r"\mathbf{Z}_k = \begin{bmatrix} 1 & t_{k1} \\ 1 & t_{k2} \\ \vdots & \vdots \\ 1 & t_{kn_k} \end{bmatrix}",
            "n_k",
        ),
    ],
)
def test_the_observations_of_a_unit_end_with_a_count_of_its_own(text: str, rows: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Equation)
    assert {side.rows for side in part.sides} == {size(rows)}


@pytest.mark.parametrize(
    "text",
    [
        r"\mathbf{zgz}'",
        r"\sigma^2 I + \sigma^2_u J + 1",
        r"\mu_{x=0}",
    ],
)
def test_a_slip_is_no_other_kind_of_letter(text: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(text)


@pytest.mark.parametrize("text", ["a^T V a", "ZU", r"\Omega^{-1}", r"df = (I-1)(J-1)", r"\bX + \bQ"])
def test_in_an_answer_about_a_model_letters_are_those_of_the_model(text: str) -> None:
    model = rcbd(treatments=3, blocks=2)
    with pytest.raises((ReadError, ShapeError)):
        read(text, vocabulary_of(model.V))


def test_numbers_stay_numbers_where_nothing_is_transposed() -> None:
    for text in (r"y_i = \beta_0 + \beta_1 X_i + \epsilon_i", r"\Lambda = \frac{a}{b}", r"t_i = \lambda c", r"R^2 = 1"):
        (part,) = read(text).parts
        assert isinstance(part, Equation)
        assert all(side.is_scalar for side in part.sides)
