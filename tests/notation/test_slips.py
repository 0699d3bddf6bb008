r"""Ten slips of the pen: each is named wherever it is made, and right text that looks like one is not accused.

A slip that leaves the meaning clear is read as meant, with a finding; another is refused. Both tell the place, and
where it is certain what was meant, the text that should have been written.
"""

from __future__ import annotations

from typing import Any

import pytest

from tutor.errors import ReadError, ShapeError, TutorError
from tutor.models.catalogue import split_plot
from tutor.notation.finding import Finding
from tutor.notation.read import Reading, read

MARK = "¦"
"""Stands before and after the place of a slip in the tables below."""

REFUSED: dict[str, list[tuple[str, str | None]]] = {
    # slip: (text with its place marked, the text that was probably meant)
    "unbalanced": [
        ("¦(¦V + R", "(V + R)"),
        ("V + R¦)¦", "V + R"),
        (r"\left¦(¦ \frac{1}{2} V + R", None),
        (r"\mathbf¦{¦Z", r"\mathbf{Z}"),
        ("y ~ N¦(¦0, σ² I", "y ~ N(0, σ² I)"),
        (r"\frac{1}¦{¦2 + V", None),
        (r"\begin{bmatrix} ¦(¦1 + 2 & 0 \\ 0 & 1 \end{bmatrix}", None),
        ("solve¦(¦t(X) %*% X", "solve(t(X) %*% X)"),
        (r"¦\begin{bmatrix}¦ 1 & 0 \\ 0 & 1", None),
        ("[V + R¦)¦", None),
    ],
    "transpose-of-nothing": [
        ("¦'¦V", None),
        ("V + ¦'¦R", None),
        (r"¦^\top¦\mathbf{X}", None),
        ("V = ¦'¦R", None),
        (r"\begin{bmatrix} ¦'¦ & 1 \\ 1 & 2 \end{bmatrix}", None),
        ("(¦'¦)V", None),
        ("Z ⊗ ¦ᵀ¦", None),
        (r"\mathbf{X}\boldsymbol{\beta} - ¦^{\prime}¦\mathbf{y}", None),
    ],
    "missing-ampersand": [
        (r"\begin{bmatrix} 1¦ ¦0 \\ 0 1 \end{bmatrix}", None),
        (r"\begin{pmatrix} 1 & 0¦ ¦0 \\ 0 & 1 & 0 \end{pmatrix}",
         r"\begin{pmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \end{pmatrix}"),
        (r"\begin{bmatrix} 1 & 0 \\ 0¦ ¦1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\begin{array}{cc} \sigma^2 & \sigma_u^2 \\ \sigma_u^2¦ ¦\sigma^2 \end{array}",
         r"\begin{array}{cc} \sigma^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2 \end{array}"),
        (r"\mathbf{X} = \begin{bmatrix} 1 & x_1 \\ 1¦ ¦x_2 \\ 1 & x_3 \end{bmatrix}",
         r"\mathbf{X} = \begin{bmatrix} 1 & x_1 \\ 1 & x_2 \\ 1 & x_3 \end{bmatrix}"),
        (r"\mathbf{y} \sim N(0, \begin{bmatrix} 1 & 0 & 0 \\ 0 & 1¦ ¦0 \\ 0 & 0 & 1 \end{bmatrix})",
         r"\mathbf{y} \sim N(0, \begin{bmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{bmatrix})"),
        ("[[1, 0], [0¦ ¦1]]", "[[1, 0], [0, 1]]"),
    ],
    "ragged-row": [
        (r"\begin{bmatrix} 1 & 2 \\ ¦3¦ \end{bmatrix}", None),
        ("[[1, 2], [¦3¦]]", None),
        (r"\begin{bmatrix} 1 & 0 & 0 \\ ¦0 & 1¦ \\ 0 & 0 & 1 \end{bmatrix}", None),
        (r"\sigma^2 \begin{pmatrix} 1 & \rho \\ ¦\rho & 1 & 0¦ \end{pmatrix}", None),
        (r"\begin{bmatrix} ¦1¦ \\ 0 & 1 \\ 1 & 1 \end{bmatrix}", None),
        ("np.array([[1, 2, 3], [¦4, 5¦]])", None),
        (r"V = \left[\begin{array}{cc} 1 & 2 \\ ¦3 & 4 & 5¦ \end{array}\right]", None),
    ],
    "missing-backslash": [
        ("¦frac¦{1}{2}", r"\frac{1}{2}"),
        ("V + ¦frac¦12 R", r"V + \frac12 R"),
        (r"\mathbf{Z} ¦mathbf¦{G}", r"\mathbf{Z} \mathbf{G}"),
        (r"¦begin¦{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 ¦end¦{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\begin{bmatrix} ¦sqrt¦{2} & 0 \\ 0 & 1 \end{bmatrix}",
         r"\begin{bmatrix} \sqrt{2} & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"y \sim N(0, ¦boldsymbol¦{\Sigma})", r"y \sim N(0, \boldsymbol{\Sigma})"),
    ],
    "decimal-comma": [
        ("¦0,6¦", "0.6"),
        (r"¦1,5¦\sigma^2", r"1.5\sigma^2"),
        (r"\begin{bmatrix} 1 & ¦0,6¦ \\ 0.6 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0.6 \\ 0.6 & 1 \end{bmatrix}"),
        ("y_1 = ¦0,25¦", "y_1 = 0.25"),
        ("y ~ N(¦0,5¦, 1)", "y ~ N(0.5, 1)"),
        ("y ~ N(0, ¦0,5¦)", "y ~ N(0, 0.5)"),
        (r"\frac{¦2,5¦}{3}", r"\frac{2.5}{3}"),
        ("n = ¦1,000¦", "n = 1000"),
    ],
    "text-outside-math": [
        (r"¦the variance is¦ $\sigma^2$", r"\sigma^2"),
        ("¦Answer¦: $ZGZ' + R$", "ZGZ' + R"),
        (r"$\sigma^2$ ¦is the variance¦", r"\sigma^2"),
        ("¦we get¦ $V$ and $R$", r"V \\ R"),
        ("¦The answer is¦ ZGZ' + R", "ZGZ' + R"),
        ("Var(y) = ZGZ' + R ¦is the variance¦", "Var(y) = ZGZ' + R"),
        (r"¦so the variance is¦ \(\sigma^2\)", r"\sigma^2"),
        ("¦my answer:¦ V", "V"),
    ],
}  # fmt: skip

READ_AS_MEANT: dict[str, list[tuple[str, str]]] = {
    # slip: (text with its place marked, the text that means the same and has no such slip)
    "star-in-latex": [
        (r"\sigma^2¦*¦\mathbf{I}_3", r"\sigma^2\mathbf{I}_3"),
        (r"2¦*¦\sigma^2", r"2\sigma^2"),
        (r"\begin{bmatrix} 2¦*¦\sigma^2 & 0 \\ 0 & 1 \end{bmatrix}",
         r"\begin{bmatrix} 2\sigma^2 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\frac{1}{2¦*¦\sigma^2}", r"\frac{1}{2\sigma^2}"),
        (r"\mathbf{X}¦*¦\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}",
         r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}"),
        (r"(\sigma^2 + 1)¦*¦\mathbf{V}", r"(\sigma^2 + 1)\mathbf{V}"),
    ],
    "inverse-without-braces": [
        (r"\mathbf{V}¦^-1¦", r"\mathbf{V}^{-1}"),
        (r"\mathbf{V}¦^-1¦\mathbf{y}", r"\mathbf{V}^{-1}\mathbf{y}"),
        (r"(\mathbf{X}'\mathbf{X})¦^-1¦", r"(\mathbf{X}'\mathbf{X})^{-1}"),
        (r"\mathbf{G}¦^-1¦ + \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z}",
         r"\mathbf{G}^{-1} + \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z}"),
        (r"\begin{bmatrix} \sigma¦^-1¦ & 0 \\ 0 & 1 \end{bmatrix}",
         r"\begin{bmatrix} \sigma^{-1} & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\left[\mathbf{V}\right]¦^-1¦", r"\left[\mathbf{V}\right]^{-1}"),
    ],
    "missing-underscore": [
        (r"¦\sigma^2u¦", r"\sigma^2_u"),
        (r"¦\sigma^2u¦ + \sigma^2", r"\sigma^2_u + \sigma^2"),
        (r"¦\sigma^{2}u¦", r"\sigma_u^2"),
        (r"¦\sigma^2u¦\mathbf{J}_3", r"\sigma^2_u\mathbf{J}_3"),
        (r"\begin{bmatrix} ¦\sigma^2u¦ & 0 \\ 0 & 1 \end{bmatrix}",
         r"\begin{bmatrix} \sigma^2_u & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\frac{¦\sigma^2u¦}{3}", r"\frac{\sigma^2_u}{3}"),
        (r"¦\sigma^2u¦ZZ' + R", r"\sigma^2_u ZZ' + R"),
        ("¦σ²u¦ + σ²", "σ²_u + σ²"),
    ],
    "missing-backslash": [
        (r"\mathbf{X}¦beta¦", r"\mathbf{X}\beta"),
        (r"¦sigma¦^2_u\mathbf{J}_3", r"\sigma^2_u\mathbf{J}_3"),
        ("Z ¦otimes¦ I_3", r"Z \otimes I_3"),
        (r"2 ¦cdot¦ \mathbf{V}", r"2 \cdot \mathbf{V}"),
        (r"\begin{bmatrix} ¦sigma¦^2 & 0 \\ 0 & 1 \end{bmatrix}",
         r"\begin{bmatrix} \sigma^2 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\frac{¦sigma¦^2}{2}", r"\frac{\sigma^2}{2}"),
    ],
    "decimal-comma": [
        (r"¦0{,}6¦", "0.6"),
        (r"¦1{,}5¦ \mathbf{V}", r"1.5 \mathbf{V}"),
        (r"\begin{bmatrix} 1 & ¦0{,}6¦ \\ 0.6 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0.6 \\ 0.6 & 1 \end{bmatrix}"),
        (r"\frac{¦2{,}5¦}{3}", r"\frac{2.5}{3}"),
        (r"\sigma^2 + ¦0{,}25¦", r"\sigma^2 + 0.25"),
        (r"(¦0{,}5¦ + 1)\mathbf{V}", r"(0.5 + 1)\mathbf{V}"),
    ],
}  # fmt: skip

RIGHT: dict[str, list[str]] = {
    "unbalanced": [
        r"y \in [0, 1)", r"\left(\frac{1}{2}\right) V", r"(\tau\alpha)_{ij}", "{{V}}", "[V + R] + (R)",
        r"\left\{ V + R \right\}",
    ],
    "transpose-of-nothing": [
        "V''", "(V + R)'", r"{\mathbf{X}}'", "x_{i'}", r"[1, 2]'", r"\begin{bmatrix} 1 & 2 \end{bmatrix}'",
    ],
    "missing-ampersand": [
        r"\begin{bmatrix} 2 \sigma^2 & 0 \\ 0 & 1 \end{bmatrix}",
        r"\begin{bmatrix} \sigma^2 \rho & 1 \\ 1 & \rho \sigma^2 \end{bmatrix}",
        r"\begin{bmatrix} 1 - 1 & 0 \\ 0 & 1 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 0 & \dots 0 \\ 0 & 1 & \dots & 0 \\ "
        r"\vdots & & \ddots & \vdots \\ 0 & 0 & \dots & 1 \end{bmatrix}_{4 \times 4}",
        "[[1 + 1, 0], [0, 1]]",
    ],
    "ragged-row": [
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \end{bmatrix}", r"\begin{bmatrix} 1 & 2 \\[2pt] 3 & 4 \end{bmatrix}",
        "[[1, 2], [3, 4]]", "matrix(c(1, 2, 3, 4), 2)", r"\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}",
    ],
    "missing-backslash": ["sigma^2 I_3", "X beta", "V", r"\sigma^2_{beta}", "sigma2_u + sigma2", r"\boldsymbol{\beta}"],
    "decimal-comma": ["[0,6]", "x_{1,2}", "y ~ N(0,1)", "i = 1,2,3", "c(0,6)", "(0,5)", r"y \in (0,1)"],
    "text-outside-math": [
        "$V$ and $R$", r"$\sigma^2$", r"V, \text{where } G = I_3", "$$V = ZGZ' + R$$.", r"\(V\)",
        r"\text{Var}(y) = V",
    ],
    "star-in-latex": [r"\beta^*", "2*sigma2", r"(ex * gen)_{ij}", r"\sigma^2 \cdot 2", "Z*G", r"\mathbf{V}^{*}"],
    "inverse-without-braces": [r"\mathbf{V}^{-1}", "V^-1", "V⁻¹", r"\sigma^{-1}", "solve(V)", r"V^{- 1}"],
    "missing-underscore": [
        r"\sigma^2 \mathbf{u}", r"\sigma^2_u", r"\sigma^2 u", r"\sigma^2\mathbf{u}", r"\sigma^2b", r"x^2y_1", "σ²_u"],
}  # fmt: skip
"""Texts that look like a slip and are none: whether they can be read or not, they are not accused of it."""


def unmarked(told: str) -> tuple[str, int, int]:
    before, place, after = told.split(MARK)
    return before + place + after, len(before), len(before) + len(place)


def cases(table: dict[str, list[tuple[str, str | None]]] | dict[str, list[tuple[str, str]]]) -> list[tuple[str, ...]]:
    return [(slip, *case) for slip, told in table.items() for case in told]  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize(("slip", "told", "meant"), cases(REFUSED))
def test_a_slip_is_refused_by_its_name_at_its_place(slip: str, told: str, meant: str | None) -> None:
    text, start, end = unmarked(told)
    with pytest.raises(ReadError) as caught:
        read(text)
    error = caught.value
    assert (error.kind, error.start, error.end) == (slip, start, end)
    assert error.tip
    if meant is not None:
        assert error.suggestion == meant


@pytest.mark.parametrize("slip", REFUSED)
def test_what_is_suggested_can_be_read(slip: str) -> None:
    for told, _ in REFUSED[slip]:
        with pytest.raises(ReadError) as caught:
            read(unmarked(told)[0])
        if caught.value.suggestion is not None:
            assert slip not in slips_of(caught.value.suggestion)


def slips_of(text: str) -> set[str]:
    """The names of the slips of which a text is accused."""
    try:
        return {finding.key for finding in read(text).findings}
    except TutorError as error:
        return {getattr(error, "kind", "")}


def told_of(reading: Reading, slip: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.key == slip]


@pytest.mark.parametrize(("slip", "told", "same"), cases(READ_AS_MEANT))
def test_a_clear_slip_is_read_as_meant_with_a_finding(slip: str, told: str, same: str) -> None:
    text, start, end = unmarked(told)
    reading, right = read(text), read(same)
    assert reading.tree is not None and reading.tree == right.tree
    [finding] = told_of(reading, slip)
    assert (finding.start, finding.end) == (start, end)
    assert finding.sentence.endswith(".")
    assert not told_of(right, slip)


@pytest.mark.parametrize(("slip", "told", "same"), cases(READ_AS_MEANT))
def test_the_replacement_of_a_finding_mends_the_text(slip: str, told: str, same: str) -> None:
    text, start, end = unmarked(told)
    [finding] = told_of(read(text), slip)
    assert finding.replacement is not None
    mended = read(text[:start] + finding.replacement + text[end:])
    assert mended.tree == read(same).tree
    assert not told_of(mended, slip)


@pytest.mark.parametrize(("slip", "text"), [(slip, text) for slip, texts in RIGHT.items() for text in texts])
def test_right_text_is_not_accused(slip: str, text: str) -> None:
    assert slip not in slips_of(text)


INTERACTIONS: list[tuple[str, str]] = [
    # with its place marked, as it is usually written
    (r"¦\tau\alpha_{12}¦", r"(\tau\alpha)_{12}"),
    (r"¦\tau \alpha_{ij}¦", r"(\tau\alpha)_{ij}"),
    ("¦τα_21¦", "(τα)_21"),
    (r"\mu + \tau_1 + \alpha_2 + ¦\tau\alpha_{12}¦", r"\mu + \tau_1 + \alpha_2 + (\tau\alpha)_{12}"),
    (r"2¦\tau\alpha_{11}¦ - ¦\tau\alpha_{12}¦", r"2(\tau\alpha)_{11} - (\tau\alpha)_{12}"),
    (r"\frac{¦\tau\alpha_{11}¦}{2}", r"\frac{(\tau\alpha)_{11}}{2}"),
]


@pytest.mark.parametrize("levels", [(3, 2, 4), ("a", "b", "r")])
@pytest.mark.parametrize(("told", "usual"), INTERACTIONS)
def test_an_interaction_of_the_model_is_known_without_its_brackets(
    levels: tuple[Any, Any, Any], told: str, usual: str
) -> None:
    words = split_plot(*levels).vocabulary
    text = told.replace(MARK, "")
    reading = read(text, words)
    assert reading.tree == read(usual, words).tree
    found = [finding for finding in reading.findings if finding.key == "brackets-missing"]
    marked = [text[finding.start : finding.end] for finding in found]
    assert marked == told.split(MARK)[1::2]
    for finding in found:
        assert finding.replacement is not None
        assert finding.replacement in finding.sentence
        assert not read(finding.replacement, words).findings


def test_the_letters_of_no_interaction_stay_a_product() -> None:
    assert read(r"\tau\alpha_{12}").tree == read(r"\tau \cdot \alpha_{12}").tree
    with pytest.raises(ReadError):
        read(r"\tau\alpha_2", split_plot(3, 2, 4).vocabulary)


CARETS = [
    # a text with its place marked, and the line below it: the caret stands under what is marked, as terminals show it
    ("V + ¦W¦", "      ^"),
    ("字字 + ¦W¦", "         ^"),
    ("¦字字¦ + W", "  ^^^^"),
    ("Z\u0301G + ¦W¦", "       ^"),
    ("Z\u0301\u0302\u0303 + ¦W¦", "      ^"),
    ("V +\t¦W¦", "      ^"),
    ("V\n+ ¦W¦\n+ R", "    ^"),
    ("V\u202e + ¦W¦", "       ^"),
    ("V\x1b[31m + ¦W¦", "           ^"),
    ("V + " * 100 + "¦W¦", " " * 39 + "^"),
    ("字" * 300 + "¦W¦" + "字" * 300, " " * 39 + "^"),
    (r"\mathbf{V} + ¦\mathbf{W}¦", "               ^^^^^^^^^^"),
    ("¦" + "V + " * 100 + "¦W", "  " + "^" * 72),
    ("V +¦¦", "     ^"),
]


@pytest.mark.parametrize(("told", "caret"), CARETS)
def test_the_caret_stands_below_the_place(told: str, caret: str) -> None:
    text, start, end = unmarked(told)
    line, under = ReadError("It is this.", text=text, start=start, end=end).marked().splitlines()
    assert under == caret
    assert len(line) <= 2 + 72 + 2
    assert all(character.isprintable() for character in line)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (r"\mathbf{y} = \mathbf{X}\mathbf{G} + \boldsymbol\varepsilon", r"\mathbf{X}\mathbf{G}"),
        (r"\mathbf{Z}\mathbf{G}\mathbf{Z} + \mathbf{R}", r"\mathbf{G}\mathbf{Z}"),
        (r"\sigma^2 + \mathbf{V}", r"\sigma^2 + \mathbf{V}"),
    ],
)
def test_shapes_that_do_not_meet_are_marked_under_the_text(text: str, place: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read(text)
    assert text[caught.value.start : caught.value.end] == place
    assert str(caught.value).endswith(" " * (2 + text.index(place)) + "^" * len(place))
