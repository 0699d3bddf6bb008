"""μ̂ and û of groups of n_i observations, in letters: exactly, step by step, and against the same groups in numbers."""

from __future__ import annotations

import pytest

from tests.exact import assert_derivation_holds
from tutor.algebra.applied import Indexed
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import SizeError
from tutor.models import catalogue as c
from tutor.notation.write import latex, unicode

LETTERS = c.one_way("a", "n_i")
SIZES = [[2, 3, 4], [1, 5], [3, 3, 3, 2]]
AT = {"sigma2": 1.5, "sigma2_u": 0.7}

MOMENTS = ["Var(uhat_1)", "Var(uhat_2 - u_2)", "Cov(uhat_1, uhat_2)", "Var(uhat_1 - uhat_2)", "Cov(uhat_1, u_1)",
           "Cov(uhat_1, u_2)", "Var(muhat)", "Cov(uhat_1, muhat)", "Var(muhat + uhat_1)", "Cov(muhat, u_1)",
           "Var(muhat + uhat_1 - u_1)", "Var(2 uhat_1 - u_1 - u_2)", "E(uhat_1)", "E(muhat)",
           "E(muhat + uhat_2)"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", MOMENTS)
def test_each_step_holds_and_the_numbers_are_those_of_the_groups(what: str) -> None:
    found = LETTERS.derive(what)
    assert_derivation_holds(found, seeds=3)
    if what.startswith("E("):
        return
    for sizes in SIZES:
        numbers = c.one_way(len(sizes), sizes)
        known = {"a": len(sizes), **{f"n_{i}": size for i, size in enumerate(sizes, start=1)}}
        mine = at(found.result, {**AT, **known})
        assert mine == pytest.approx(at(numbers.derive(what).result, AT), rel=1e-10, abs=1e-12)


def at(tree: Tree, values: dict[str, float]) -> float:
    """The number; of a tree without a sum over the groups at the values of its letters."""
    if not any(isinstance(node, Indexed) for node in walk(tree)):
        values = {str(letter): values[str(letter)] for letter in scalars_of(tree)}
    return float(tree.numpy(**values).item())


def test_the_estimator_of_the_mean_is_weighted() -> None:
    found = LETTERS.blue.of("mu")
    for key in ("estimate", "mean", "variance"):
        assert_derivation_holds(found.derive(key))
    assert_derivation_holds(LETTERS.blue.derive("estimate"))
    assert_derivation_holds(LETTERS.blue.of("3 mu").derive("variance"))
    told = unicode(found)
    assert "w_i = n_i/(σ² + n_i σ²_u)" in told and "1_{n_i}" in told
    for sizes in SIZES:
        numbers = c.one_way(len(sizes), sizes)
        known = {"a": len(sizes), **{f"n_{i}": size for i, size in enumerate(sizes, start=1)}}
        variance = found.derive("variance").result.numpy(**AT, **known)
        assert float(variance.item()) == pytest.approx(float(numbers.se("mu").number(**AT)) ** 2, rel=1e-10)


def test_the_summary_of_the_predictor_tells_the_moments_of_any_group() -> None:
    """Searle, Casella and McCulloch (1992), section 7.4."""
    told = unicode(LETTERS.blup)
    assert "Var(û_i) = n_i σ⁴_u/(σ² + n_i σ²_u) − " in told
    assert "Var(û_i − u_i) = σ² σ²_u/(σ² + n_i σ²_u) + " in told
    assert r"\frac" in latex(LETTERS.blup) or "/" in latex(LETTERS.blup)
    assert "Var" not in unicode(c.one_way(3, [2, 3, 4]).blup.shrinkage)


def test_other_forms_are_refused_with_what_can_be_asked() -> None:
    with pytest.raises(SizeError, match="by their numbers"):
        LETTERS.derive("Var(uhat_i)")
    assert "with numbers they are" in LETTERS.ols.of("mu").remarks[1]
