"""Var(û) and Var(û − u) of several random terms in letters, in blocks, against the matrices of designs in numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.nodes import Block
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex

DESIGNS: dict[str, tuple[Callable[..., MixedModel], tuple[str, ...], tuple[int, ...]]] = {
    "split plot": (tutor.split_plot, ("a", "s", "r"), (2, 3, 3)),
    "nested": (tutor.nested, ("a", "b", "n"), (3, 2, 2)),
    "crossed": (tutor.crossed, ("a", "b", "n"), (3, 2, 2)),
    "strip plot": (tutor.strip_plot, ("a", "b", "r"), (2, 3, 3)),
}


def expected(m: MixedModel, values: dict[str, float]) -> dict[str, np.ndarray]:
    X, Z, V = m.X.numpy(), m.Z.numpy(), m.V.numpy(**values)  # pyright: ignore[reportOptionalMemberAccess]
    G = m.G.numpy(**{key: value for key, value in values.items() if key != "sigma2"})  # pyright: ignore[reportOptionalMemberAccess]
    W = np.linalg.inv(V)
    P = W - W @ X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W
    spread = G @ Z.T @ P @ Z @ G
    return {r"Var(\hat u)": spread, r"Var(\hat u - u)": G - spread, r"Cov(\hat u, u)": spread}


QUICK = "nested"


@pytest.mark.parametrize(
    "name", [name if name == QUICK else pytest.param(name, marks=pytest.mark.slow) for name in DESIGNS]
)
@pytest.mark.parametrize("in_letters", [True, False])
def test_the_blocks_are_those_of_the_matrices_in_numbers(name: str, in_letters: bool) -> None:
    make, letters, sizes = DESIGNS[name]
    numbers = make(*sizes)
    m = make(*letters) if in_letters else numbers
    values = {parameter.key: 1.0 + 0.7 * k for k, parameter in enumerate(m.parameters)}
    at = dict(zip(letters, sizes, strict=True)) if in_letters else {}
    for asked, value in expected(numbers, values).items():
        found: Any = m.derive(asked).result
        assert isinstance(found, Block) and len(found.grid) == len(m.random)
        assert np.allclose(found.numpy(**at, **values), value, atol=1e-12), asked


def test_each_step_holds_and_is_written() -> None:
    found = tutor.split_plot("a", "s", "r").derive(r"Var(\hat u - u)")
    assert_derivation_holds(found)
    assert r"\sigma^2_v" in latex(found.result)
