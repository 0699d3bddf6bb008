r"""Other spellings of the rarer patterns: conditions below operators, derivatives, means in Unicode, nested numbers, ~.

Each row says the same as the plain formula beside it; what is read is also written, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.test_displays import without_places
from tests.notation.test_round_trip import meaning
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.write import write

SAME: list[tuple[str, str]] = [
    # as a lecture writes it, the plain formula
    (r"\underset{\lambda > 0}{\mathrm{argmax}} \ \ell(\lambda)", r"\argmax_{\lambda>0} \ell(\lambda)"),
    (r"\arg\max_{\lambda\gt 0} \ell(\lambda)", r"\operatorname{argmax}_{λ > 0} \ell(\lambda)"),
    (r"\sum_{j \neq k} \rho_{jk}", "∑_{j≠k} ρ_jk"),
    (r"\sum\limits_{j\ne k}\rho_{jk}", "Σ_{j ≠ k} ρ_jk"),
    (r"\sum_{k \leqslant l} z_{kl}", r"\sum_{k<=l} z_{kl}"),
    (r"\underset{\bm\beta, \lambda}{\operatorname{arg\,min}}\; L(\lambda)", r"\argmin_{β,λ} L(\lambda)"),
    ("∑ᵢ yᵢ", r"\sum_i y_i"),
    ("⨁ₖ Vₖ", r"\bigoplus_k V_k"),
    ("ȳ₁. − ȳ₂.", r"\bar y_{1\cdot} - \bar y_{2\cdot}"),
    ("Var(ȳᵢ·) = σ²/b", r"Var(\bar{y}_{i\cdot}) = \frac{\sigma^2}{b}"),
    ("ȳ·ⱼ − ȳ.₁", r"\bar{y}_{\cdot j} - \bar{y}_{\cdot 1}"),
    ("ȳ_k·", r"\bar y_{k \cdot}"),
    ("x̄ᵢ·z", r"\bar x_i z"),
    ("alpha_1(1)", r"\alpha_{1(1)}"),
    ("v_i(2) − v_i(3)", r"v_{i(2)} - v_{i(3)}"),
    (r"w_{12(3)}", "w_12(3)"),
    ("beta_0 + beta_1(4)", r"\beta_0 + 4\beta_1"),
    ("M(2)", "M(2)"),
    (r"\frac{d M(t)}{dt}", r"\frac{d}{dt} M(t)"),
    (r"\frac{dM(t)}{d t}", "d/dt M(t)"),
    (r"\dfrac{\mathrm{d} M(t)}{\mathrm{d}t}", r"\frac{d}{dt} M(t)"),
    (r"\frac{d^2 M(t)}{dt^2}", r"\frac{d^2}{dt^2} M(t)"),
    (r"\frac{d\ell(\theta)}{d\theta} = 0", r"\frac{d}{d\theta} \ell(\theta) = 0"),
    (r"\frac{\partial}{\partial\theta} 2\ell(\theta)", r"\frac{\partial}{\partial \theta} \left(2 \ell(\theta)\right)"),
    (r"\frac{d}{dt} \frac12 M(t)", r"\frac{d}{dt} \left(\frac{1}{2} M(t)\right)"),
    (r"\frac{d \bar y}{dt}", "dȳ/dt"),
    (r"\dfrac{d\hat{\mu}}{d\eta}", "dμ̂/dη"),
    (r"\mathbf{P} = \mathbf{I} - \frac1n\mathbf{J}", r"\mathbf{P} = \mathbf{I}_n - \frac{1}{n} \mathbf{J}_n"),
    (r"\mathbf{A} = \mathbf{I} - \mathbf{J}", "A = I_n − J_n"),
    (r"{m \choose y}\pi^y(1-\pi)^{m-y}", r"\binom{m}{y} \pi^y (1-\pi)^{m-y}"),
    (r"{ m_{k} \choose y_k }", r"\binom{m_k}{y_k}"),
    (r"\mathbf{e} ~ MVN(\mathbf{0}, \sigma^2\mathbf{I}_n)", r"\mathbf{e} \sim N(\mathbf{0}, \sigma^2\mathbf{I}_n)"),
    (r"d_k ~ \mathcal{N}\left(0, \sigma_d^2\right)", r"d_k \sim N(0, \sigma^2_d)"),
    (r"e_{kl} ~ iid N(0, \sigma^2)", r"e_{kl} \overset{iid}{\sim} N(0, \sigma^2)"),
    (r"y_{kl} \mid d_k ~ Pois(\lambda_{kl})", r"y_{kl} \mid d_k \sim \text{Poisson}(\lambda_{kl})"),
    (r"\mathbf{Z}~\mathbf{u}", r"\mathbf{Zu}"),
    (r"s_{\hat\tau_1 - \hat\tau_2}", r"s_{\hat{\tau}_1-\hat{\tau}_2}"),
    (r"s_{\bar y_1 - \bar y_3}", r"s_{\bar{y}_1-\bar{y}_3}"),
    (r"x \overset{(a)}{=} z", "x = z"),
]


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[text for text, _ in SAME])
def test_a_lectures_spelling_says_what_the_plain_formula_says(text: str, plain: str) -> None:
    found, other = (
        [meaning(without_places(part)) for part in reading.parts] or reading.tree
        for reading in map(read, (text, plain))
    )
    assert found == other


TOLD: list[tuple[str, str]] = [
    # text, how it is written in LaTeX: nothing of it is lost
    (r"\underset{\lambda > 0}{\operatorname{argmax}} \ell(\lambda)",
     r"\operatorname{argmax}_{\lambda > 0} \ell(\lambda)"),
    (r"\sum_{j\ne k} \rho_{jk}", r"\sum_{j \neq k} \rho_{jk}"),
    ("∑_{i<j, j≤4} y_ij", r"\sum_{i < j, j \leq 4} y_{ij}"),
    (r"\argmin_{\mu_1} L(\mu_1)", r"\operatorname{argmin}_{\mu_1} L(\mu_1)"),
    (r"s_{\hat\alpha_1 - \hat\alpha_3}", r"s_{\hat{\alpha}_1-\hat{\alpha}_3}"),
    (r"s_{\bar y_1 - \bar y_3}", r"s_{\bar{y}_1-\bar{y}_3}"),
    ("alpha_1(1)", r"\alpha_{1(1)}"),
    (r"\frac{d}{dt} \frac12 M(t)", r"\frac{d}{dt} \left(\frac{1}{2} M(t)\right)"),
    (r"\frac{\partial}{\partial\theta} 2\ell(\theta)", r"\frac{\partial(2 \ell(\theta))}{\partial\theta}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "latex"), TOLD, ids=[text for text, _ in TOLD])
def test_what_is_read_is_written_whole_and_reads_back(text: str, latex: str) -> None:
    tree = read(text).tree
    assert tree is not None
    assert write(tree) == latex
    for dialect in ("latex", "unicode"):
        again = read(write(tree, dialect, style=Style())).tree
        assert again == tree


@pytest.mark.parametrize(
    "text",
    [r"\varepsilon \overset{?}{\sim} N(0, \sigma^2)", r"x \overset{?}{=} z"],
)
def test_words_over_a_sign_are_not_dropped_in_silence(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "unknown-manner"
