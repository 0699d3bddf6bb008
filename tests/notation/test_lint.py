"""Remarks on notation: each slip is found, good notation is left alone, and no remark makes an answer wrong."""

from __future__ import annotations

import pytest

from tutor.checking.check import check
from tutor.errors import ReadError
from tutor.models.catalogue import rcbd
from tutor.notation.proofread import proofread
from tutor.notation.read import read

MODEL = r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}"
DISTRIBUTIONS = (
    r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})"
)  # fmt: skip
INDEX = r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}"
EFFECTS = r"u_j \sim N(0, \sigma^2_u), \varepsilon_{ij} \sim N(0, \sigma^2)"

CLEAN = [
    MODEL + ", " + DISTRIBUTIONS + r", Cov(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}",
    INDEX + r" \\ " + EFFECTS + r", \operatorname{Cov}(u_j, \varepsilon_{ij}) = 0",
    MODEL + ", " + DISTRIBUTIONS + r", \text{ independent}",
    MODEL + ", " + DISTRIBUTIONS + r", \mathbf{u} \perp \boldsymbol{\varepsilon}",
    r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}",
    r"\mathbf{ZGZ'} + \sigma^2 \mathbf{I}_n",
    "ZGZ' + R",
    "X β",
    r"\sigma^2_u + \sigma^2",
    r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \sigma^2 \mathbf{I})",
    r"y_{ij} \sim N(\mu, \sigma^2)",
    r"\Sigma = \sigma^2 \mathbf{I}",
    r"\mathbf{y} \sim (\boldsymbol{\mu}, \mathbf{\Sigma})",
    r"y_{i} = \beta_0 + x_{i} \beta_1 + \varepsilon_{i}, \\ \varepsilon_i \sim N(0, \sigma^2)",
    r"\mathbf{y}_{n \times 1} \sim N(\boldsymbol{\mu}_{n \times 1}, \sigma^2\mathbf{I}_{n \times n})",
    r"\mathbf{X}_{n\times p} \equiv \begin{bmatrix} \end{bmatrix}",
    r"\boldsymbol{\beta} \equiv [\beta_1, \beta_2, ..., \beta_p]'",
    r"\mathbf{Z}: n \times q, \mathbf{u}: q \times 1",
    r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2)",
    r"\bar{y}_{i\cdot} = \mu + \tau_i + \bar{\varepsilon}_{i\cdot}",
    r"\eta_{ij} = \mu + \tau_i + u_j",
    r"\hat{\boldsymbol{\beta}} = (\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}",
    r"\begin{bmatrix}\mathbf{u}\\ \boldsymbol{\varepsilon}\end{bmatrix} \sim N\left(\mathbf{0}, "
    r"\begin{bmatrix}\mathbf{G} & \mathbf{0}\\ \mathbf{0} & \mathbf{R}\end{bmatrix}\right)",
]

FAULTS: list[tuple[str, list[tuple[str, str]]]] = [
    (r"\mathbf{X}\beta", [("bold-missing", r"\beta")]),
    (r"X\boldsymbol{\beta}", [("bold-missing", "X")]),
    (r"X\beta + X\beta", [("bold-missing", "X"), ("bold-missing", r"\beta")]),
    (r"\sigma^2 I_3", [("bold-missing", "I_3")]),
    (r"\mathbf{z}\mathbf{G}\mathbf{z}'", [("matrix-in-lower-case", r"\mathbf{z}")] * 1),
    (MODEL, [("distribution-missing", MODEL)] * 2),
    (INDEX, [("distribution-missing", INDEX)] * 2),
    (MODEL + ", " + DISTRIBUTIONS, [("covariance-unstated", DISTRIBUTIONS.split(", \\b")[1])]),
    (r"u_j \sim N(0, \sigma_u)", [("deviation-for-variance", r"\sigma_u")]),
    (
        r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \sigma \mathbf{I})",
        [("deviation-for-variance", r"\sigma \mathbf{I}")],
    ),
    (r"\mathbf{G}\mathbf{Z}", [("shapes-do-not-meet", r"\mathbf{G}\mathbf{Z}")]),
    (r"\mathbf{R} + \mathbf{G}\mathbf{Z}", [("shapes-do-not-meet", r"\mathbf{G}\mathbf{Z}")]),
    (
        r"\mathbf{X}_{3\times 2}\boldsymbol{\beta}_{3\times 1}",
        [("shapes-do-not-meet", r"\boldsymbol{\beta}_{3\times 1}")],
    ),
    (
        r"\mathbf{X}_{n \times p} \boldsymbol\beta_{q \times 1}",
        [("shapes-do-not-meet", r"\boldsymbol\beta_{q \times 1}")],
    ),
    (r"\mathbf{Z}: n \times q, \mathbf{u}: p \times 1", [("shapes-do-not-meet", r"\mathbf{u}: p \times 1")]),
    (r"\mathbf{V}^-1", [("inverse-without-braces", "^-1")]),
    (r"2*\mathbf{V}", [("star-in-latex", "*")]),
    (r"\mathbf{X}beta", [("missing-backslash", "beta"), ("bold-missing", "beta")]),
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_the_notation_of_the_lecture_is_left_alone(text: str) -> None:
    assert proofread(text) == ()


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=[text for text, _ in FAULTS])
def test_a_slip_is_found_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    found = proofread(text)
    if expected[0][0] == "matrix-in-lower-case":
        assert {finding.key for finding in found} == {"matrix-in-lower-case"}
        assert text[found[0].start : found[0].end] == expected[0][1]
    elif expected[0][0] == "covariance-unstated":
        assert [finding.key for finding in found] == ["covariance-unstated"]
        assert text[found[0].start : found[0].end].startswith(r"\boldsymbol{\varepsilon} \sim")
    else:
        assert [(finding.key, text[finding.start : finding.end]) for finding in found] == expected
    assert all(finding.sentence.endswith(".") for finding in found)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (r"y_{ijk} = \mu + \tau_i + u_j", {"k": "left"}),
        (r"y_{ij} = \mu + \tau_i + u_k + \varepsilon_{ij}", {"k": "right"}),
    ],
)
def test_an_index_that_one_side_has_is_told(text: str, letters: dict[str, str]) -> None:
    found = [finding for finding in proofread(text) if finding.key == "index-on-one-side"]
    assert [finding.sentence for finding in found] == [
        f"The index {letter} stands on the {side} and not on the {'right' if side == 'left' else 'left'}."
        for letter, side in letters.items()
    ]


def test_what_cannot_be_read_is_refused_as_reading_refuses_it() -> None:
    with pytest.raises(ReadError):
        proofread(r"\mathbf{Z} +")


def test_no_remark_makes_an_answer_wrong() -> None:
    model = rcbd(3, 2)
    answer = r"Z G Z^\top + R"
    assert proofread(answer, model.vocabulary)
    assert check(answer, model.V).correct


def test_the_findings_of_a_reading_are_its_remarks() -> None:
    assert [finding.key for finding in read(r"\mathbf{X}\beta").findings] == ["bold-missing"]


def test_dimensions_that_cannot_meet_are_told_with_their_names() -> None:
    [finding] = proofread(r"\mathbf{X}_{3\times 2}\boldsymbol{\beta}_{3\times 1}")
    assert finding.sentence == "X is 3 × 2 and β is 3 × 1: 2 cannot meet 3."


MORE_CLEAN = [
    r"u_j \sim N(0,\sigma_u^2), e_{ij} \sim N(0,\sigma^2), \text{ mutually independent}",
    r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V})",
    r"\operatorname{Var}(y_{ij}) = \sigma_u^2 + \sigma^2",
    r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2), u_j \sim N(0,\sigma_u^2)",
    r"\hat\tau_i - \hat\tau_{i'}",
    r"\operatorname{Cov}(y_{ij}, y_{i'j}) = \sigma_u^2",
    r"SS_A = \sum_i n(\bar y_{i\cdot} - \bar y_{\cdot\cdot})^2",
    r"y_{i\cdot} = \sum_j y_{ij}",
    r"\mu_{i} = \mu + \tau_i",
    r"E(y_{ij}) = \mu + \tau_i",
    r"\bar y_{i\cdot} = \mu + \tau_i + \bar u_\cdot + \bar\varepsilon_{i\cdot}",
    r"\mathbf{H} = \mathbf{X}(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'",
    r"s^2 = \frac{1}{n-1}\sum_i (y_i - \bar y)^2",
]  # fmt: skip


@pytest.mark.parametrize("text", MORE_CLEAN)
def test_good_lecture_text_has_no_findings(text: str) -> None:
    assert proofread(text) == ()


def test_a_letter_that_belongs_below_the_line_is_no_vector_that_should_be_bold() -> None:
    found = proofread(r"\sigma^2_u\mathbf{Z}\mathbf{Z}' + \sigma^2e\mathbf{I}")
    assert [(finding.key, finding.start) for finding in found] == [("missing-underscore", 34)]


ESTIMATES: list[tuple[str, str, str]] = [
    # the text, the place of the estimate that is taken for its parameter, and what is said of it
    (r"\mathbf{K}'\boldsymbol{\beta} = \mathbf{K}'\mathbf{b}", r"\mathbf{b}", "b is an estimate and β the parameter"),
    (r"\mathbf{K}'\boldsymbol{\beta} = \mathbf{K}'\hat{\boldsymbol{\beta}}", r"\hat{\boldsymbol{\beta}}", "β̂ is an"),
    ("K'β = K'β̂", "β̂", "β̂ is an estimate and β the parameter"),
    (r"\boldsymbol\mu = \mathbf{X}\boldsymbol\beta = \mathbf{X}\mathbf{b}", r"\mathbf{b}", "b is an estimate"),
    (r"\boldsymbol\beta = (\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}", r"\boldsymbol\beta", "β̂, not β"),
    (r"\mathbf{u} = \mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)", r"\mathbf{u}",
     "û, not u"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), ESTIMATES)
def test_an_estimate_that_is_written_as_its_parameter_is_found(text: str, place: str, words: str) -> None:
    (found,) = (finding for finding in proofread(text) if finding.key == "estimate-for-parameter")
    assert text[found.start : found.end] == place
    assert words in found.sentence


@pytest.mark.parametrize(
    "text",
    [
        r"\mathrm{E}(\mathbf{k}'\hat{\boldsymbol\beta}) = \mathbf{k}'\boldsymbol\beta",
        r"\hat{\boldsymbol\beta} = (\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}",
        r"\mathbf{b} = (\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}",
        r"\mathbf{X}\hat{\boldsymbol\beta} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}",
        r"\mathbf{r} = \mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta}",
        r"\mathbf{u} = \mathbf{y} - \mathbf{X}\boldsymbol\beta - \mathbf{e}",
        r"\boldsymbol\beta = \hat{\boldsymbol\beta}",
    ],
)
def test_estimates_and_parameters_that_stand_where_they_may(text: str) -> None:
    assert not proofread(text)


@pytest.mark.parametrize(("text", "letter"), [
    (r"\mathbf{r} = \sigma^2\mathbf{I}", r"\mathbf{r}"), ("r = σ²I", "r"), (r"v = \sigma^2 I_n", "v"),
])  # fmt: skip
def test_a_small_letter_for_a_square_matrix_is_told_as_that(text: str, letter: str) -> None:
    found = next(iter(proofread(text)))
    assert (found.key, text[found.start : found.end]) == ("matrix-in-lower-case", letter)
