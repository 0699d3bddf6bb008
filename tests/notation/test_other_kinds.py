r"""Letters of another kind than is custom, where a text has no meaning otherwise; and what sets of them stay refused: a
slip in a formula of the course gets no meaning by that."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor import rcbd
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read

MEANT = [
    (r"Y = X \beta + Z \alpha + \epsilon",
     "equation: Y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ alpha[q,1]) + e[n,1]"),
    (r"Y \mid \alpha \sim N(X \beta + Z \alpha, R)",
     "distribution: Y[n,1] | alpha[q,1] ~ N((X[n,p] @ beta[p,1]) + (Z[n,q] @ alpha[q,1]), R[n,n])"),
    (r"y = W\kappa + Z\omega + e",
     "equation: y[n,1] = (W[n,n] @ kappa[n,1]) + (Z[n,q] @ omega[q,1]) + e[n,1]"),
    (r"\sigma^2 = J\sigma^2_b + \sigma^2_w", "equation: sigma2 = J*sigma2_b + sigma2_w"),
    (r"\hat{y}_{ij} = \frac{t B_j + r T_i - G}{(t-1)(r-1)}",
     "equation: yhat_ij = (B_j*t - G + T_i*r)/((r - 1)*(t - 1))"),
]  # fmt: skip

REFUSED = [
    r"\mathbf{y} - \mu",
    r"y - X\beta - \mu",
    r"\sigma^2 I + \sigma^2_u J + 1",
    r"V = Z' G Z + R + 1",
    r"\mathbf{V} = \mathbf{Z}'\operatorname{Var}(\mathbf{u})\mathbf{Z} + \sigma^2\mathbf{I}_n",
    r"y = X\beta + uZ + e",
]


@pytest.mark.parametrize(("text", "told"), MEANT, ids=[text for text, _ in MEANT])
def test_a_letter_is_what_its_text_needs_it_to_be(text: str, told: str) -> None:
    assert outline(read(text)) == told
    assert_reads_back(read(text))


@pytest.mark.parametrize("text", REFUSED)
def test_a_slip_stays_one(text: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(text)


def test_the_letters_of_a_model_stay_what_they_are() -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(r"X\beta + Z\tau_1 + \epsilon", rcbd(3, 2))


def test_a_text_of_many_letters_is_refused_after_a_bounded_search() -> None:
    terms = [f"{letter}\\{greek}" for letter in "ABCDFHKLMPQSTW" for greek in ("alpha", "omega")]
    text = rf"y = X\beta + X + {' + '.join(terms)}"
    with pytest.raises((ReadError, ShapeError)):
        read(text)
