r"""Words behind and between statements, labels on terms, and values at a place below brackets.

Each row says the same as the plain formula beside it; what may be more than a remark is refused.
"""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_lectures import without_places
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.write import write

V, TWO = "V = ZGZ' + R", "V = ZGZ' + R, R = σ²I"
MODEL = r"y = X\beta + e"
MIXED = r"y = X\beta + Zu + e"

SAME: list[tuple[str, str]] = [
    # numbers and names of equations
    (r"y = X\beta + e \quad \text{equation 5}", MODEL),
    (r"y = X\beta + e \quad \text{ Equation 12a}", MODEL),
    (r"y = X\beta + e \text{ (eq. 3)}", MODEL),
    (r"y = X\beta + e \quad (\text{eq. 3.1})", MODEL),
    (r"y = X\beta + e \quad \text{Eq. (3.1)}", MODEL),
    (r"y = X\beta + e \quad \text{Equation}~(2)", MODEL),
    (r"y = X\beta + e \quad \text{(see Eq. 4)}", MODEL),
    (r"y = X\beta + e, \text{Gleichung 7}", MODEL),
    (r"y = X\beta + e \quad \text{Model 1}", MODEL),
    (r"y = X\beta + e \quad \text{模型 2}", MODEL),
    (r"y = X\beta + e \quad \text{equation 5} \\ V = ZGZ' + R \quad \text{equation 6}",
     r"y = X\beta + e, V = ZGZ' + R"),
    # the end of a proof
    (r"y = X\beta + e.\ \checkmark", MODEL),
    (r"y = X\beta + e \qed", MODEL),
    (r"y = X\beta + e \quad \blacksquare", MODEL),
    (r"y = X\beta + e \quad \square", MODEL),
    (r"y = X\beta + e ✓", MODEL),
    ("V = ZGZ' + R ∎", V),
    # connecting words of other languages
    (r"V = ZGZ' + R \text{ und } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{und} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R, \text{wobei } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \text{, oder } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{d.h.} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{bzw.} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \text{ et } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{y} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \text{ e } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R, \quad \text{donde } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{和} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R, \text{其中} R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R 和 R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \textrm{и} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R \quad \text{または} \quad R = \sigma^2 I", TWO),
    (r"y_i = \mu + e_i, \quad \text{für } i = 1, \dots, n", r"y_i = \mu + e_i, i = 1, \dots, n"),
    (r"y_i = \mu + e_i, \quad \text{pour tout } i", r"y_i = \mu + e_i, \text{for all } i"),
    (r"u \text{ und } e", "u, e"),
    # several words that only lead on
    (r"V = ZGZ' + R \quad \text{or equivalently} \quad R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R, \text{ which gives } R = \sigma^2 I", TWO),
    (r"V = ZGZ' + R, \text{ from which it follows that } R = \sigma^2 I", TWO),
    # reasons and properties
    (r"V = ZGZ' + R \quad (\text{by independence})", V),
    (r"V = ZGZ' + R \quad (\text{known})", V),
    (r"V = ZGZ' + R \quad (\text{since } G \text{ is symmetric})", V),
    (r"V = ZGZ' + R, \text{ where } G \text{ is known}", V),
    # labels on terms
    (r"\underset{SST}{y'y} = \underset{SSE}{y'(I-M)y} + \underset{SS_{trt}}{y'My}", "y'y = y'(I-M)y + y'My"),
    (r"y = \underset{\text{fixed}}{X\beta} + \underset{\text{random}}{Zu} + \underset{\text{error}}{e}", MIXED),
    (r"y = \underset{fixed}{X\beta} + \underset{random}{Zu} + e", MIXED),
    (r"y = \overset{\text{fixed part}}{X\beta} + \overset{\text{random part}}{Zu} + e", MIXED),
    (r"y = \stackrel{\text{fixed}}{X\beta} + \stackrel{\text{random}}{Zu} + e", MIXED),
    (r"y = \underset{n \times 1}{X\beta} + \underset{(n \times 1)}{Zu} + e", MIXED),
    (r"\underset{=0}{X'e} + X'y", "X'e + X'y"),
    (r"\underbrace{X'e}_{=0} + X'y", "X'e + X'y"),
]  # fmt: skip

DOTS_IN_WORDS: list[tuple[str, str]] = [
    (r"y_1 = \mu + e_1, \text{ and so on, } y_n = \mu + e_n", "y_i = μ + ε_i;  i = 1, …, n"),
    (r"y_1 = \mu + e_1, \text{ and so on up to } y_n = \mu + e_n", "y_i = μ + ε_i;  i = 1, …, n"),
    (r"y_1 = x_1\beta + e_1 \text{, ..., } y_n = x_n\beta + e_n", "y_i = x_i β + ε_i;  i = 1, …, n"),
    (r"y_1 \sim N(0,1) \text{ ... } y_n \sim N(0,1)", "y_i ~ N(0, 1);  i = 1, …, n"),
    (r"u_1, u_2, \text{..., } u_q", "u_1, u_2, …, u_q"),
    (r"i = 1 \text{ to } n", "i = 1, …, n"),
    (r"y_i = \mu + e_i, i = 1 \text{ bis } n", "y_i = μ + ε_i;  i = 1, …, n"),
    (r"y_1 + y_2 + \text{...} + y_n", "∑_{i=1}^n y_i"),
]

AT_A_PLACE: list[tuple[str, str]] = [
    (r"\left(\frac{d\mu}{d\eta}\right)_{\mu=\mu_{ij}}", "(dμ/dη)|_{μ = μ_ij}"),
    (r"\left(\frac{d\mu}{d\eta}\right)_{\mu=\mu_{ij}}^{-1}", "((dμ/dη)|_{μ = μ_ij})⁻¹"),
    (r"\left.\frac{d\mu}{d\eta}\right|_{\eta=\eta_0}^{-1}", "((dμ/dη)|_{η = η_0})⁻¹"),
    (r"\left[\left(\frac{d\mu}{d\eta}\right)_{\mu=\mu_{ij}}\right]^2", "((dμ/dη)|_{μ = μ_ij})²"),
    (r"\left[\frac{\partial\ell}{\partial\theta}\right]_{\theta=\hat\theta}", "(∂ℓ/∂θ)|_{θ = θ̂}"),
    (r"\left\{\frac{\partial\ell}{\partial\theta}\right\}_{\theta=0}", "(∂ℓ/∂θ)|_{θ = 0}"),
    (r"(x^2)_{x=3} + 1", "(x²)|_{x = 3} + 1"),
]

REFUSED: list[str] = [
    r"V = ZGZ' + R \quad \text{sauf } i = 1",  # says where it does not hold
    r"y = \text{model 1} + e",  # a term
    r"V = R(\text{some thing})",  # an argument
    r"R(\text{known})",
    r"V = ZGZ' + R \text{ if } G \text{ is diagonal}",  # says more than a remark
    r"\square + 3",
    r"y_1 = \mu + e_1, \text{ and so on}",  # how far
    r"V = R \text{ up to } c",
    r"\overset{*}{y}",  # marks make other names
    r"\overset{\circ}{y}",
    r"\underset{\sim}{y}",
    r"\underset{a}{y}",
    r"\underset{\text{fixed}}{X\beta + Z}u",  # how far does the label reach
    r"\overset{\text{fixed}}{X\beta + Z}u",
    r"(y_i)_{i=1}^n",  # a run of elements
    r"(y_i)_{i=1,\dots,n}",
    r"(y_t)_{t=1}^T",
    r"[x^2]_{x=0}^{1}",  # a difference
    r"\left(\frac{d\mu}{d\eta}\right)_{\mu=\mu_{ij}}^2",
    r"\left.\frac{d\mu}{d\eta}\right|_{\eta=\eta_0}^{2}",
]


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[ascii(text) for text, _ in SAME])
def test_words_beside_formulas_change_nothing(text: str, plain: str) -> None:
    told = [[meaning(without_places(part)) for part in read(written).parts] for written in (text, plain)]
    assert told[0] == told[1]


@pytest.mark.parametrize(("text", "plain"), DOTS_IN_WORDS, ids=[ascii(text) for text, _ in DOTS_IN_WORDS])
def test_dots_in_words_are_dots(text: str, plain: str) -> None:
    assert write(read(text), "unicode") == plain


@pytest.mark.parametrize(("text", "plain"), AT_A_PLACE, ids=[ascii(text) for text, _ in AT_A_PLACE])
def test_a_place_stands_below_brackets(text: str, plain: str) -> None:
    assert write(read(text), "unicode") == plain


@pytest.mark.parametrize("text", REFUSED, ids=[ascii(text) for text in REFUSED])
def test_what_may_say_more_than_a_remark_is_refused(text: str) -> None:
    with pytest.raises(TutorError):
        read(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"y = X\beta + \text{y}", "y = Xβ + y"),
        (r"y = 3, \text{se} = 2", "y = 3;  se = 2"),
        (r"\text{und} = 3", "und = 3"),
    ],
)
def test_a_word_that_is_a_name_stays_one(text: str, plain: str) -> None:
    assert write(read(text), "unicode") == plain
