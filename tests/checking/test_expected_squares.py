"""An expected mean square with fixed effects is decided: by the letter of its quadratic form, or by its sum."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tutor import check, crd, latin_square, rcbd, split_plot
from tutor.models.mixed import MixedModel

BUILT: dict[str, Callable[[], MixedModel]] = {
    "letters": lambda: rcbd("t", "b"),
    "blocks": lambda: rcbd(2, 3),
    "split": lambda: split_plot("a", "s", "r"),
    "plots": lambda: crd(3, 4),
    "square": lambda: latin_square(3),
}
MODEL = cache(lambda name: BUILT[name]())

RIGHT = [
    ("letters", "treatment", (
        "σ² + Q(τ)", "σ² + Q", "σ² + Q_τ", "σ² + Q(treatment)", "EMS = σ² + Q(trt)", "σ² + Q(τ_i)",
        r"\sigma^2 + Q(\tau)",
        "σ² + bQ(τ)", "σ² + bθ_τ", "σ² + bφ(τ)", "σ² + b κ²_τ", r"\sigma^2 + b\theta^2_{\tau}", "σ² + bQ(τ)/(t−1)",
        "σ² + b Σ τ_i²/(t−1)", "σ² + b/(t−1) Σ_i (τ_i − τ̄)²", "sigma^2 + b*sum(tau_i^2)/(t-1)",
        r"\sigma^2 + \frac{b}{t-1}\sum_i (\tau_i - \bar\tau_\cdot)^2", r"\sigma^2 + \frac{b\sum\tau_i^2}{t-1}",
        "σ² + bΣ_i τ_i²/(t−1) with Σ τ_i = 0",
    )),
    ("blocks", "treatment", (
        "σ² + Q(τ)", "σ² + 3θ_τ", "σ² + 3(τ_1−τ_2)²/2", "σ² + 3(τ_1² + τ_2²)", "σ² + 3Σ(τ_i − τ̄)²",
    )),
    ("split", "A", (
        "σ² + sσ_v² + Q(A)", "σ² + sσ_v² + Q(τ)", "σ² + sσ_v² + rs Στ_i²/(a−1)", "σ² + sσ_v² + rsθ_A",
        r"\sigma^2 + s\sigma_v^2 + rs\,\theta_A^2",
    )),
    ("split", "{A:B}", (
        "σ² + Q(AB)", "σ² + Q(A:B)", "σ² + Q(τα)", "σ² + rθ_{AB}", r"\sigma^2 + Q(A \times B)",
        "σ² + r ΣΣ(τα)_ij²/((a−1)(s−1))", r"\sigma^2 + \frac{r\sum_i\sum_j (\tau\alpha)_{ij}^2}{(a-1)(s-1)}",
    )),
    ("plots", "treatment", ("σ² + Q(τ)", "σ² + 2Στ_i²", "σ² + 2(τ_1² + τ_2² + τ_3²)")),
    ("square", "treatment", ("σ² + Q(τ)", "σ² + 3Στ_k²/2", "σ² + 3θ_τ")),
]  # fmt: skip

WRONG = [
    ("letters", "treatment", (
        "σ²", "σ² + tQ(τ)", "σ² + t Σ τ_i²/(t−1)", "σ² + b Σ τ_i²/t", "σ² + bΣτ_i²", "σ_u² + Q(τ)", "Q(τ)", "σ² − Q(τ)",
        "σ² + tσ_u² + Q(τ)", "σ² + 2Q(τ)", "σ² + b Σ τ_i/(t−1)",
    )),
    ("blocks", "treatment", ("σ² + 2θ_τ", "σ² + 3(τ_1−τ_2)²", "σ² + τ_1² + τ_2²")),
    ("split", "A", (
        "σ² + Q(A)", "σ² + sσ_v²", "σ² + sσ_v² + Q(B)", "σ² + sσ_v² + Q(AB)", "σ² + sσ_v² + r Στ_i²/(a−1)",
        "σ² + sσ_v² + rs Σα_j²/(s−1)",
    )),
    ("split", "{A:B}", ("σ² + Q(A)", "σ² + sσ_v² + Q(AB)", "σ² + ΣΣ(τα)_ij²/((a−1)(s−1))")),
]  # fmt: skip


def cases(table: list[tuple[str, str, tuple[str, ...]]]) -> list[tuple[str, str, str]]:
    return [(design, source, answer) for design, source, answers in table for answer in answers]


@pytest.mark.parametrize(("design", "source", "answer"), cases(RIGHT))
def test_each_way_to_write_the_fixed_part_is_right(design: str, source: str, answer: str) -> None:
    m = MODEL(design)
    verdict = check(answer, m.derive(f"E(MS_{source})").goal, m)
    assert verdict.correct is True, verdict.feedback


@pytest.mark.parametrize(("design", "source", "answer"), cases(WRONG))
def test_another_fixed_part_or_another_variance_is_wrong(design: str, source: str, answer: str) -> None:
    m = MODEL(design)
    verdict = check(answer, m.derive(f"E(MS_{source})").goal, m)
    assert verdict.correct is False, verdict.feedback
    assert verdict.counterexample is not None


def test_the_question_may_be_text_and_a_letter_of_nothing_is_not_read() -> None:
    assert check("σ² + Q(τ)", "E(MS_treatment)", MODEL("letters")).correct is True
    assert check("σ² + Q(x)", "E(MS_treatment)", MODEL("letters")).outcome == "unreadable"
