"""Standard errors in letters where random effects are without balance: against numbers, and refused at once."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy

import tutor
from tutor.errors import TutorError
from tutor.models.inference import crossed_terms
from tutor.models.inference.crossed_terms import are_crossed, are_unbalanced
from tutor.models.mixed import MixedModel

AT = [(1.0, 2.0, 0.5), (0.3, 0.01, 4.0), (2.5, 1.0, 1.0)]


def drawn(formula: str, n: int, g: int, h: int, seed: int = 1) -> MixedModel:
    """Rows whose levels are drawn at random."""
    rng = random.Random(seed)
    rows: dict[str, list[Any]] = {"y": [rng.gauss(0, 1) for _ in range(n)], "x": [i % 7 for i in range(n)]}
    for name, levels in (("a", 3), ("g", g), ("h", h)):
        rows[name] = [f"{name}{rng.randrange(levels)}" for _ in range(n)]
    return tutor.model(formula, rows)


CASES = [
    ("y ~ a + (1 | g) + (1 | h)", 16, 3, 4),
    ("y ~ a + (1 | g) + (1 | h)", 100, 6, 5),
    ("y ~ x + (1 | g) + (1 | h)", 100, 10, 8),
    ("y ~ a + (1 | g/h)", 100, 6, 4),
    ("y ~ a + (1 | g) + (1 | h) + (1 | g:h)", 40, 3, 3),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_formula_has_the_number_of_the_matrices(case: Any) -> None:
    m = drawn(*case)
    assert are_unbalanced(m)
    k = [0, 1, *[0] * (int(m.p) - 2)]
    found = m.se(k)
    for values in AT:
        given = dict(zip((parameter.key for parameter in m.parameters), (*values, 1.5), strict=False))
        assert found.number(**given) == pytest.approx(m.se(k, **given), rel=1e-9)


def test_the_formula_is_that_of_the_entries_exactly() -> None:
    """Of few rows, by V⁻¹ itself at exact numbers."""
    m = drawn("y ~ a + (1 | g) + (1 | h)", 12, 3, 3)
    X, V = m.X.explicit(), m.V.explicit()
    for numbers in ((1, 2, 3), (2, 1, 5)):
        put = {parameter.symbol: sympy.Integer(value) for parameter, value in zip(m.parameters, numbers, strict=True)}
        exact = (X.T * V.xreplace(put).inv() * X).inv()
        for j in range(X.cols):
            k = [int(i == j) for i in range(X.cols)]
            assert sympy.nsimplify(m.se(k).variance.xreplace(put)) == exact[j, j]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("formula", "n", "g", "h"),
    [
        ("y ~ a + (1 | g) + (1 | h)", 230, 30, 30),
        ("y ~ a + (x | g) + (1 | h)", 100, 6, 5),
        ("y ~ a + (x | g)", 100, 6, 5),
    ],
)
def test_what_takes_longer_is_refused_before_any_equations_are_solved_and_named_as_a_number(
    monkeypatch: pytest.MonkeyPatch, formula: str, n: int, g: int, h: int
) -> None:
    def solved(*_: object) -> None:
        raise AssertionError("the equations were solved, and then refused")

    monkeypatch.setattr(crossed_terms, "_at_points", solved)
    m = drawn(formula, n, g, h)
    with pytest.raises(TutorError, match="not worked out in letters") as told:
        m.se([0, 1, 0])
    assert "as a number at once" in str(told.value)
    given = {
        parameter.key: 1.5 if "_" not in parameter.key or "sigma2" in parameter.key else 0.1
        for parameter in m.parameters
    }
    assert float(m.se([0, 1, 0], **given)) > 0  # pyright: ignore[reportArgumentType]


def test_balanced_and_single_terms_go_their_own_way() -> None:
    for m in (tutor.crossed(2, 3, 2), tutor.split_plot(2, 3, 2), drawn("y ~ a + (1 | g)", 20, 4, 3)):
        assert not are_unbalanced(m) and not are_crossed(m)
