"""Hostile text is refused, or judged wrong: check never raises, and never accepts it."""

from __future__ import annotations

from time import thread_time

import numpy as np
import pytest
import sympy

from tests.checking.hostile import matrix
from tests.work import bounded
from tutor import check, rcbd

BLOCKS = rcbd(treatments=2, blocks=3)

HOSTILE = {
    "nested brackets": "(" * 5000 + "R" + ")" * 5000,
    "open brackets": "(" * 10_000,
    "open braces": "{" * 10_000,
    "closing brackets": ")" * 10_000,
    "huge power of a parameter": r"\sigma^{10^9} I",
    "huge power of a matrix": r"R^{1000000000}",
    "tower of powers": r"9^{9^{9^9}} R",
    "plain tower of powers": "9**9**9**9 * R",
    "huge number": "9" * 5000 + "R",
    "division by zero": "R/0",
    "nought to the nought": r"0^0 ZGZ'",
    "inverse of nought": r"0^{-1} R",
    "fraction by zero": r"\frac{1}{0} R",
    "fraction by a hidden zero": r"\frac{1}{\sigma^2-\sigma^2} R",
    "root of a negative": r"\sqrt{-1} R",
    "mark of direction": "ZGZ'\u202e + R",
    "combining accents": "Z\u0301\u0301GZ' + R",
    "null byte": "ZGZ' \0 + R",
    "lone surrogate": "ZGZ' \ud800 + R",
    "primes": "Z" + "'" * 100_000,
    "many primes": "Z" + "'" * 10_001,
    "deep fractions": r"\frac{1}{" * 500 + "2" + "}" * 500 + " R",
    "deep fractions, open": r"\frac{" * 3000,
    "deep roots": r"\sqrt{" * 1000 + "2" + "}" * 1000 + " R",
    "deep environments": r"\begin{bmatrix}" * 500,
    "import": "__import__('os')",
    "lambda": "lambda: 0",
    "format string": "{0.__class__.__mro__}",
    "percent format": "%s%s%n%n",
    "attribute": "R.__class__.__bases__",
    "call": "exec('1')",
    "macro": r"\input{/etc/passwd}",
    "definition": r"\def\a{\a\a}\a",
    "huge identity": "I_{1000000000}",
    "huge ones": r"J_{10^{10}}",
    "nested Kronecker": r"I_{1000} \otimes I_{1000} \otimes I_{1000}",
    "long sum": "+".join(["R"] * 4000),
    "long signs": "-" * 10_001 + "R",
    "ampersands": "&" * 5000,
    "rows": r"\\" * 5000,
    "equals": "=" * 5000,
    "dollars": "$" * 4999,
    "carets": "Z" + "^" * 5000,
    "subscripts": "Z" + "_1" * 3000,
    "factorials": "99999!!!! R",
    "emoji": "💥" * 100,
    "line ends": "\n" * 5000,
    "not a number": "nan * R",
    "infinity": "1e999 * R",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_never_accepted_and_never_raises(text: str) -> None:
    verdict = check(text, BLOCKS.V)
    assert verdict.outcome != "correct"
    assert verdict.score == 0
    assert 0 < len(verdict.feedback) < 2000
    if verdict.outcome != "incorrect":
        assert not verdict.costs_attempt
    if verdict.place is not None:
        start, end = verdict.place
        assert 0 <= start < end


@pytest.mark.parametrize("text", ["Ｚ Ｇ Ｚ' ＋ Ｒ", "Z\u200bGZ' + R", "\ufeffZGZ' + R", "ZGZ'\u00a0+\u2009R"])
def test_odd_but_harmless_characters_are_read(text: str) -> None:
    assert check(text, BLOCKS.V).correct


@pytest.mark.parametrize("text", [
    "I_{10^9}", r"0_{10^9 \times 10^9}", r"J_{10^6} \otimes \begin{bmatrix}1&2\\3&4\end{bmatrix}",
    "(I_{10^9} + J_{10^9})^{-1}", r"(\sigma^2 I_{10^5} \otimes I_{10^5} + \sigma_u^2 I_{10^5} \otimes J_{10^5})^{-1}",
])  # fmt: skip
def test_of_what_is_too_large_even_for_one_column_nothing_is_decided(text: str) -> None:
    verdict = bounded(lambda: check(text, text))
    assert (verdict.outcome, verdict.costs_attempt) == ("undecided", False)


SUMS_IN_LETTERS = matrix(30, lambda i, j: rf"(\mu+{i})({j}+\rho)")


@pytest.mark.parametrize(("answer", "reference", "outcome"), [
    (rf"{SUMS_IN_LETTERS} + {SUMS_IN_LETTERS}", rf"2 {SUMS_IN_LETTERS}", "correct"),
    (rf"V = {SUMS_IN_LETTERS}", rf"V = {SUMS_IN_LETTERS}", "incorrect"),  # V is n × n
])  # fmt: skip
def test_a_large_matrix_of_sums_in_letters_is_judged_and_not_repeated(
    answer: str, reference: str, outcome: str
) -> None:  # fmt: skip
    verdict = bounded(lambda: check(answer, reference))
    assert (verdict.outcome, len(verdict.feedback) < 200) == (outcome, True)


REFERENCES = {
    "an inverse in 144 letters": f"({matrix(12, lambda i, j: f'x_{{{i},{j}}}')})^{{-1}}",
    "an inverse in 23 logarithms": f"({matrix(12, lambda i, j: f'log({i + j + 2})')})^{{-1}}",
    "an inverse of 900 logarithms": f"({matrix(30, lambda i, j: f'log({i + j + 2})')})^{{-1}}",
    "an inverse of fractions": f"({matrix(12, lambda i, j: f'({i + 1})/(σ² + {j + 1})')} + I)^{{-1}}",
    "900 blocks": r"\bigoplus_{i=1}^{900} (i I_2)",
}


@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES.keys())
def test_a_reference_whose_forms_would_fill_pages_costs_no_time(reference: str) -> None:
    verdict = bounded(lambda: check("ZGZ' + R", reference))
    assert (verdict.outcome, verdict.misconception) == ("incorrect", "wrong-size")


@pytest.mark.parametrize(
    "answer",
    [np.full((1000, 1000), 0.1), [[1] * 1000] * 1000, sympy.zeros(1000, 1000)],
    ids=lambda answer: type(answer).__name__,
)
def test_a_matrix_of_a_million_cells_is_given_up_at_once(answer: object) -> None:
    began = thread_time()
    verdict = check(answer, BLOCKS.V)
    assert verdict.outcome == "undecided" and not verdict.costs_attempt
    assert thread_time() - began < 1
