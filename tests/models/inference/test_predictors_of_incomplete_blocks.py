"""Predicted blocks of balanced incomplete blocks with letters for sizes, against matrices of fractions."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import tutor
from tests.exact import are_same, values_on
from tests.models.design_instance import DesignInstance, design_of_letters, design_of_numbers
from tests.models.inference.dense import Dense, numbers_in
from tests.models.lettered_designs import BALANCED, Lettered
from tutor.errors import SizeError

BLOCKS = Lettered(tutor.bibd, "tbk", BALANCED)
SAMPLES = Lettered(partial(tutor.bibd, samples=2), "tbk", BALANCED[:1])
ASKED = {
    "Var(uhat_1)": lambda dense: dense.variance_of_predictor[0, 0],
    "Cov(uhat_1, u_1)": lambda dense: dense.variance_of_predictor[0, 0],
    "Var(uhat_1 - u_1)": lambda dense: dense.error_of_predictor[0, 0],
    "Var(2 uhat_1 - u_1)": lambda dense: dense.G[0, 0],  # 4v − 4v + σ²_u
}


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("design", [BLOCKS, SAMPLES], ids=["blocks", "samples"])
def test_moments_of_a_block_are_those_of_every_size(design: Lettered, ask: str) -> None:
    found = design_of_letters(design).derive(ask)
    result: Any = found.result.explicit()
    for sizes in design.numbers[:2]:
        dense = Dense.of(design_of_numbers(design, sizes))
        values = {**dense.values, **design.known(sizes)}
        assert numbers_in(result, values)[0, 0] == ASKED[ask](dense)
    instance = DesignInstance(design, design.numbers[0], found.lines, seed=1)
    first, *others = values_on(instance, *found.lines)
    assert all(step.because for step in found.steps) and all(are_same(first, each) for each in others)


@pytest.mark.parametrize("ask", ["Cov(uhat_1, uhat_2)", "Var(uhat_1 - uhat_2)"])
def test_two_blocks_depend_on_the_layout(ask: str) -> None:
    with pytest.raises(SizeError, match="how many treatments both hold"):
        design_of_letters(BLOCKS).derive(ask)
