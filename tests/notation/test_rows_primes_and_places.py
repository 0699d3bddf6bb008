r"""Elements with a prime that are names of their own, functions by their equation, and elements of an inverse."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_lectures import without_places
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.write import write

WRITTEN: list[tuple[str, str]] = [
    # another error of the same observation
    (r"y_{ijk} = \eta + \tau_k + \epsilon^{\prime}_{ijk}, \epsilon^{\prime}_{ijk} \sim N(0, \sigma^2)",
     "y_ijk = η + τ_k + ε'_ijk;  ε'_ijk ~ N(0, σ²)"),
    (r"y_{ijk} = \eta + \tau_k + \epsilon'_{ijk}, \epsilon'_{ijk} \sim N(0, \sigma^2)",
     "y_ijk = η + τ_k + ε'_ijk;  ε'_ijk ~ N(0, σ²)"),
    (r"y_{ijk} = \eta + \tau_k + e_{ijk}', \quad e_{ijk}' \sim N(0, \sigma^2)",
     "y_ijk = η + τ_k + ε'_ijk;  ε'_ijk ~ N(0, σ²)"),
    (r"y_{ijk} = \eta + \tau_k + e_{ijk}^\prime; e_{ijk}^\prime \overset{iid}{\sim} N(0, \sigma^2)",
     "y_ijk = η + τ_k + ε'_ijk;  ε'_ijk ~ iid N(0, σ²)"),
    (r"y_{ij} = \mu + u_i + e'_{ij}, e'_{ij} = e_{ij} - u_i", "y_ij = μ + u_i + ε'_ij;  ε'_ij = ε_ij − u_i"),
    # a row of X stays a row
    (r"y_{ij} = x_{ij}'\beta + e_{ij}", "y_ij = x_ij'β + ε_ij"),
    # functions
    (r"\sigma_{G}(T,t) = (1+f_{t})\sigma_{A}^{2}", "σ_G(T, t) = σ²_A (1 + f_t)"),
    (r"\rho_{12}(s,t) = \sigma^2 \exp(-s - t), \quad \theta = \rho_{12}(s,t)",
     "ρ₁₂(s, t) = σ² exp(−s − t);  θ = ρ₁₂(s, t)"),
    # elements of an inverse
    (r"\operatorname{PEV}_i = \operatorname{var}(u_i - \hat{u}_i) = C^{ii}", "PEV_i = Var(u_i − û_i) = C^{ii}"),
    (r"h^2 = 1 - \frac{C^{ii}}{\sigma^2}", "h² = 1 − C^{ii}/σ²"),
    (r"\operatorname{Var}(\hat\tau_i - \hat\tau_j) = C^{ii} + C^{jj} - 2C^{ij}",
     "Var(τ̂_i − τ̂_j) = C^{ii} − 2C^{ij} + C^{jj}"),
]  # fmt: skip

REFUSED: list[str] = [
    r"y_{ijk} = \eta + \tau_k + \epsilon_{ijk}^{\prime}",  # nothing says that this is a name of its own
    r"y_{ij} = u'_{ij}\beta, u'_{ij} \sim N(0, 1)",  # a row before a vector
    r"y_{ij} = \mu + 2 u'_{ij}, u'_{ij} \sim N(0, 1)",
    r"y_{ij} = \mu + e'_i, e'_i \sim N(0, 1)",  # may be the errors of a unit
    r"\sigma_G(T,t)",  # nothing says that this is a function
    r"\sigma_G(1,2) = 3",
    r"A^{ij} u_j",  # a part of the inverse, or an element
    r"X^{ij}",
]


@pytest.mark.parametrize(("text", "plain"), WRITTEN, ids=[ascii(text) for text, _ in WRITTEN])
def test_a_name_with_a_sign_above_is_that_name(text: str, plain: str) -> None:
    reading = read(text)
    assert write(reading, "unicode") == plain
    told = [meaning(without_places(part)) for part in reading.parts]
    for dialect in ("latex", "unicode"):
        again = read(write(reading, dialect))
        assert [meaning(without_places(part)) for part in again.parts] == told


@pytest.mark.parametrize("text", REFUSED, ids=[ascii(text) for text in REFUSED])
def test_what_may_be_a_row_or_a_product_is_refused(text: str) -> None:
    with pytest.raises(TutorError):
        read(text)


def _block_diagonal(letter: str, last: str, *, zeros: bool) -> str:
    """LaTeX of three blocks, dots and the last one on a diagonal, with zeros that tell their places if asked for."""
    places = ["1", "2", "3", last]
    rows = []
    for row in places:
        cells = [f"{letter}_{row}" if row == column else f"0_{{{row}{column}}}" if zeros else "0" for column in places]
        rows.append(" & ".join([*cells[:3], r"\cdots", cells[3]]))
    rows.insert(3, r"\vdots & \vdots & \vdots & \ddots & \vdots")
    cells = r" \\ ".join(rows)
    return rf"{letter} = \begin{{bmatrix}} {cells} \end{{bmatrix}}"


@pytest.mark.parametrize(("letter", "last"), [("Z", "J"), ("Z", "m"), ("V", "n"), ("R", "m")])
@pytest.mark.parametrize("zeros", [False, True], ids=["plain zeros", "zeros with places"])
def test_three_blocks_before_the_dots_count_as_two_do(letter: str, last: str, *, zeros: bool) -> None:
    text = _block_diagonal(letter, last, zeros=zeros)
    assert write(read(text), "unicode") == f"{letter} = ⨁_{{i=1}}^{last} {letter}_i"


@pytest.mark.parametrize("text", [r"\log|\mathbf{H}(\hat{\mathbf{b}})|", r"\log|H(\hat b)|"])
def test_second_derivatives_at_an_estimate_are_no_product(text: str) -> None:
    assert write(read(text), "unicode") == "log |Ĥ|"
