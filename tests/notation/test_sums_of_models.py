"""A sum over an index that tells no limit runs over the levels that the model has; Σ with a limit below is a sum."""

from __future__ import annotations

import pytest

from tutor import rcbd, read

NUMBERS, LETTERS = rcbd(treatments=2, blocks=3), rcbd(treatments="t", blocks="b")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\sum_j y_{1j}", "y_11 + y_12 + y_13"),
        ("Σ_j y_1j", "y_11 + y_12 + y_13"),
        (r"\sum_i \tau_i", "τ_1 + τ_2"),
        ("Σ_{j=1}^3 Var(y_1j)", "Var(y_11) + Var(y_12) + Var(y_13)"),
    ],
)
def test_a_sum_runs_over_the_levels_of_a_model(text: str, meant: str) -> None:
    names = NUMBERS.vocabulary
    assert read(text, names).tree == read(meant, names).tree


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\sum_j y_{1j}", r"\sum_{j=1}^b y_{1j}"),
        (r"\sum_i Var(y_{i1})", r"\sum_{i=1}^t Var(y_{i1})"),
        ("Σ_{j=1}^b E(y_1j)", r"\sum_{j=1}^b E(y_{1j})"),
        ("1/b Σ_{j=1}^b Var(y_1j)", r"\frac{1}{b} \sum_{j=1}^b Var(y_{1j})"),
    ],
)
def test_a_sum_runs_to_a_letter_of_the_model(text: str, meant: str) -> None:
    names = LETTERS.vocabulary
    assert read(text, names).tree == read(meant, names).tree
