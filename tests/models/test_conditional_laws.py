r"""Distributions on a condition, and effects of which a page leaves open what they are: the question by name."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.errors import ReadError

EQUATION = r"$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ with $\varepsilon_{ij} \sim N(0, \sigma^2)$. "
LAW = r"$\beta_j \sim N(0, \sigma^2_\beta)$"

OPEN = [
    rf"In a Model I analysis the $\beta_j$ are constants with $\sum_j \beta_j = 0$. In a Model II analysis {LAW}.",
    rf"If blocks are random, {LAW}, where $\beta_j$ is the effect of block $j$.",
    rf"When the blocks are a random sample of many, we take {LAW}; otherwise $\sum_j \beta_j = 0$.",
    rf"The block effects are fixed with $\sum_j \beta_j = 0$, or, if they are random, {LAW}.",
    rf"Here $\beta_j$ is a fixed or random effect of block $j$ ($\sum_j \beta_j = 0$ or {LAW}).",
    r"Whether the blocks, with effects $\beta_j$, should be regarded as random or as fixed is another question.",
    r"The $\beta_j$ may be either fixed or random.",
    rf"Depending on how blocks were chosen, the $\beta_j$ are fixed, or random with {LAW}.",
]

TOLD = [
    rf"Blocks are random: {LAW}.",
    rf"{LAW}. If there were no blocks, nothing else would change.",
    rf"When all blocks have the same size, the analysis is simple. The $\beta_j$ are random, {LAW}.",
    rf"{LAW}, where $\beta_j$ is the effect of block $j$. If treatments were random, $\tau_i$ would have one, too.",
    rf"We assume that the blocks are random, so that {LAW}; in either case the treatments are fixed.",
]


@pytest.mark.parametrize("words", OPEN)
def test_what_a_page_leaves_open_is_asked_for(words: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_equation(EQUATION + words, levels={"i": 2, "j": 3})
    assert caught.value.kind == "distribution-missing"
    assert "β_j" in caught.value.problem
    assert 'fixed=["beta"]' in str(caught.value)


@pytest.mark.parametrize("words", TOLD)
def test_what_a_page_tells_is_no_question(words: str) -> None:
    model = from_equation(EQUATION + words, levels={"i": 2, "j": 3})
    assert [name for name in ("beta",) if any(name in parameter.key for parameter in model.parameters)] == ["beta"]
