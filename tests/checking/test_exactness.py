"""What differs from the right answer only rarely, or by very little, is refused; what is equal never is."""

from __future__ import annotations

import random

import pytest
import sympy

from tutor import check, rcbd
from tutor.algebra.parameters import scalars_of
from tutor.checking.equal import compare
from tutor.checking.verdict import Cell
from tutor.notation.vocabulary import lecture_vocabulary

BLOCKS = rcbd(treatments=3, blocks=4)
WORDS = lecture_vocabulary()

WRONG = {
    "zero at the small numbers": "ZGZ' + R + " + "".join(rf"(\sigma^2 - {k})" for k in range(1, 21)) + " I",
    "zero at the small squares": "ZGZ' + R + " + "".join(rf"(\sigma^2 - {k * k})" for k in range(1, 21)) + " I",
    "zero where two are in a small ratio": "ZGZ' + R + "
    + "".join(rf"(\sigma_u^2 - {k}\sigma^2)(\sigma^2 - {k}\sigma_u^2)" for k in range(1, 11)) + " I",
    "zero at a large prime": r"ZGZ' + (2^{61} - 1) R",
    "a large whole number": r"ZGZ' + R + 2^{61}(2^{61} - 1)(2^{64} - 1) I",
    "40 digits": r"ZGZ' + (1 + 10^{-40}) R",
    "200 digits": r"ZGZ' + R + 10^{-200} \sigma^2 I",
    "40 digits of a component": r"ZGZ' + R + 10^{-40} \sigma_u^2 J_{12}",
    "an exponent": r"ZGZ' + \sigma^{2.0000000000000001} I",
    "an exponent near one half": r"ZGZ' + (\sigma^4)^{0.50000000000000001} I",
    "a decimal": "ZGZ' + 1.0000000000000000001 R",
    "a third in decimals": r"ZGZ' + 3 \cdot 0.3333333333333333333 R",
    "a large power": r"ZGZ' + R + (\sigma_u^2/\sigma^2)^{900} I",
    "a small root": r"ZGZ' + R + \sqrt{\sigma^4 + \sigma_u^2} I - \sqrt{\sigma^4 + (1 + 10^{-150})\sigma_u^2} I",
    "a logarithm": r"ZGZ' + R + (\log(\sigma^2\sigma_u^2) - \log(\sigma^2) - (1 + 10^{-60})\log(\sigma_u^2)) I",
    "an exponential": r"ZGZ' + \sigma^2 \exp(10^{-50}\sigma_u^2) I",
    "another branch": r"ZGZ' + |\sigma^2 - \sigma_u^2/10^5 + 10^{-6}| I + \sigma_u^2/10^5 I - 10^{-6} I",
}  # fmt: skip

RIGHT = {
    "a removable point": r"ZGZ' + \frac{\sigma^4 - \sigma_u^4}{\sigma^2 - \sigma_u^2} I - \sigma_u^2 I",
    "removable points": r"ZGZ' + \frac{(\sigma^2 - 1)(\sigma^2 - 2)}{(\sigma^2 - 1)(\sigma^2 - 2)} R",
    "a power and its root": r"ZGZ' + (\sigma^{200})^{1/100} I",
    "large numbers that cancel": r"ZGZ' + R + 2^{300} I - 2^{300} I",
    "a logarithm of a power": r"ZGZ' + \frac{\log(\sigma^{20})}{10\log(\sigma^2)} R",
    "an exponential of a logarithm": r"ZGZ' + \exp(\log(\sigma^2)) I",
    "a root of a square": r"ZGZ' + \sqrt{(\sigma^2 + \sigma_u^2)^2} I - \sigma_u^2 I",
    "nested roots": r"ZGZ' + R + (\sqrt{3 + 2\sqrt{2}} - 1 - \sqrt{2}) I",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_what_differs_by_little_or_rarely_is_refused_with_a_counterexample(text: str) -> None:
    for _ in range(3):
        verdict = check(text, BLOCKS.V)
        assert verdict.correct is False, verdict.feedback
        assert verdict.counterexample is not None
        assert verdict.counterexample.answer != verdict.counterexample.reference


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_equal_wherever_it_has_a_value_is_right(text: str) -> None:
    for _ in range(3):
        verdict = check(text, BLOCKS.V)
        assert verdict.correct is True, verdict.feedback


def test_one_cell_of_900_counts() -> None:
    m = rcbd(treatments=5, blocks=6)
    entries = m.V.explicit().tolist()
    assert check(entries, m.V).correct
    sigma2 = scalars_of(m.V)[0]
    rng = random.Random(7)
    for _ in range(3):
        i, j = rng.randrange(30), rng.randrange(30)
        changed = [list(line) for line in entries]
        changed[i][j] = changed[i][j] + sigma2 / sympy.Integer(10) ** 30
        verdict = check(changed, m.V)
        assert verdict.correct is False
        assert [(cell.row, cell.column) for cell in verdict.where if isinstance(cell, Cell)] == [(i, j)]


@pytest.mark.parametrize(
    ("answer", "reference", "right"),
    [
        (r"\sqrt{\rho^2}", r"|\rho|", True),
        (r"\sqrt{\rho^2}", r"\rho", False),
        (r"|\rho|^3", r"\rho^3", False),
        (r"\sqrt{\sigma^4 - 2\sigma^2\sigma_u^2 + \sigma_u^4}", r"\sigma^2 - \sigma_u^2", False),
        (r"\sqrt{\sigma^4 + 2\sigma^2\sigma_u^2 + \sigma_u^4}", r"\sigma^2 + \sigma_u^2", True),
        (r"\sqrt{2}\sqrt{3}", r"\sqrt{6}", True),
        (r"\sqrt{2}", "1.414213562373095048801688724209698", False),
        (r"\frac{1}{\sqrt{2} - 1}", r"1 + \sqrt{2}", True),
        (r"\exp(\pi)", r"23.14069263277926900572908636794854738", False),
    ],
)
def test_a_branch_is_not_left_to_chance(answer: str, reference: str, right: bool) -> None:
    for _ in range(5):
        assert check(answer, reference, WORDS).correct is right


def test_nobody_can_write_an_answer_for_points_known_beforehand() -> None:
    """The random numbers are the system's: two comparisons draw other ones."""
    drawn = [compare(BLOCKS.V, BLOCKS.V.closed_form()).points[-1].instance.scalars for _ in range(2)]
    assert drawn[0] != drawn[1]
    assert all(abs(value) > 1000 for value in drawn[0].values())
