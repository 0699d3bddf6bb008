"""Sparse entries are the dense ones, in a place that grows with what is not zero."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from tutor import model, ones, rcbd
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

MODEL = rcbd(3, 4)


@pytest.mark.parametrize(
    "tree",
    [MODEL.V, MODEL.X.T @ MODEL.V.inv() @ MODEL.X, MODEL.V.det(), MODEL.V.closed_form(), MODEL.V.trace()],
    ids=str,
)
def test_the_entries_are_those_of_numpy(tree: Tree) -> None:
    values = {str(parameter): 1.5 + i for i, parameter in enumerate(scalars_of(tree))}
    assert np.allclose(tree.sparse(**values).toarray(), tree.numpy(**values))


def test_a_large_V_keeps_what_is_not_zero() -> None:
    n = 3000
    data = {
        "y": list(np.arange(n) / 7),
        "x": list(np.sin(np.arange(n))),
        "g": [f"g{i // 10}" for i in range(n)],
        "h": [f"h{i % 500}" for i in range(n)],
    }
    V = model("y ~ x + (1 | g) + (1 | h)", data).V.sparse(sigma2=1, sigma2_u=2, sigma2_v=3)
    assert V.shape == (n, n)
    assert V.nnz == n * 10 + n * 6 - n  # ten rows a level of g, six of h, and each row with itself
    assert V[0, 0] == 6 and V[0, 9] == 2 and V[0, 500] == 3 and V[0, 11] == 0


def test_values_are_checked_as_for_dense_ones() -> None:
    with pytest.raises(DomainError, match="sigma2 must be positive"):
        MODEL.V.sparse(sigma2=-1, sigma2_u=1)
    with pytest.raises(DomainError, match="singular"):
        ones(2, 2).inv().sparse()


def test_without_scipy_it_is_told_what_to_install() -> None:
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "from tutor import rcbd, TutorError\n"
        "try:\n    rcbd(2, 2).V.sparse(sigma2=1, sigma2_u=1)\n"
        "except TutorError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "mixed-model-tutor[sparse]" in done.stdout
