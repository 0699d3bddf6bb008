"""Moments of elements of β̂ and û with letters for sizes, against those of designs whose rows are listed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.nodes import Scalar
from tutor.algebra.rules import Derivation
from tutor.errors import SizeError, TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex

Case = tuple[Callable[..., MixedModel], tuple[str, ...], list[tuple[int, ...]], list[str]]

CASES: dict[str, Case] = {
    "one way": (tutor.one_way, ("a", "n"), [(3, 2), (4, 3)], ["u_1", "u_2"]),
    "rcbd": (tutor.rcbd, ("t", "b"), [(3, 2), (2, 4)], ["u_1", "u_2"]),
    "nested": (tutor.nested, ("a", "b", "n"), [(2, 3, 2), (3, 2, 2)], ["u_1", "v_2(1)", "v_1(2)"]),
    "crossed": (tutor.crossed, ("a", "b", "n"), [(2, 3, 2), (3, 2, 2)], ["u_1", "v_2", "w_12"]),
    "split plot": (tutor.split_plot, ("a", "s", "r"), [(2, 3, 2), (3, 2, 2)], ["u_1", "v_2(1)", "v_1(2)"]),
    "strip plot": (tutor.strip_plot, ("a", "s", "r"), [(2, 3, 2), (3, 2, 2)], ["u_2", "v_2(1)", "w_1(2)"]),
    "latin square": (tutor.latin_square, ("t",), [(3,)], ["r_1", "c_2"]),
    "repeated": (lambda s, t: tutor.repeated_measures(s, t, 2, "cs", "G"), ("s", "t"), [(2, 3)], ["u_1(1)", "u_2(1)"]),
}  # fmt: skip


IN_BLOCKS = [
    "Var(tauhat_1 + tauhat_2 - 2 tauhat_3)",
    "Cov(tauhat_1 - tauhat_2, tauhat_1 - tauhat_3)",
    "Cov(muhat + tauhat_1, uhat_1)",
    "Cov(muhat + tauhat_1, u_1)",
    "Var(muhat + tauhat_1 + uhat_1 - u_1)",
]


def hat(key: str) -> str:
    base, _, below = key.partition("_")
    return f"{base}hat_{below}"


def parameters_of(m: MixedModel) -> dict[str, float]:
    return {parameter.key: 1.5 + i / 2 for i, parameter in enumerate(m.parameters)}


def value_of(m: MixedModel, ask: str, sizes: dict[str, int]) -> float:
    """A moment at parameters 1.5, 2, 2.5, …"""
    found = m.derive(ask).result
    expression: Any = found.value if isinstance(found, Scalar) else found.explicit()[0, 0]
    values: dict[str, float] = {**parameters_of(m), **sizes}
    return float(expression.subs({letter: values[str(letter)] for letter in expression.free_symbols}))


class Listed:
    """Var of û, of u, and Cov of both, of a design whose rows are listed: Cov(û, u) = Var(û) = GZ'P_V ZG."""

    def __init__(self, m: MixedModel) -> None:
        assert m.Z is not None and m.G is not None and m.u is not None and m.u.entries is not None
        values = parameters_of(m)
        own = {key: values[key] for key in values if key != "sigma2"}
        X, Z, G, W = m.X.numpy(), m.Z.numpy(), m.G.numpy(**own), np.linalg.inv(m.V.numpy(**values))
        P = W - W @ X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W
        spread = G @ Z.T @ P @ Z @ G
        self._both = np.block([[spread, spread], [spread, G]])
        self._names = [str(entry) for entry in m.u.entries.flat()]

    def covariance(self, one: dict[str, int], other: dict[str, int]) -> float:
        """Of two sums of elements of û, by their names with a hat, and of u."""
        return float(self._vector(one) @ self._both @ self._vector(other))

    def _vector(self, shares: dict[str, int]) -> np.ndarray:
        names = [*map(hat, self._names), *self._names]
        return np.array([shares.get(name, 0) for name in names])


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_moments_of_predictors_are_those_of_every_size(name: str) -> None:
    make, letters, sizes, elements = CASES[name]
    of_letters = make(*letters)
    one, other = elements[:2]
    forms = [{hat(e): 1} for e in elements] + [{hat(e): 1, e: -1} for e in elements] + [{e: 1} for e in elements]
    pairs = [(form, form) for form in forms] + [({hat(a): 1}, {hat(b): 1}) for a, b in combinations(elements, 2)]
    pairs += [({hat(one): 1}, {e: 1}) for e in elements]
    difference = {hat(one): 1, hat(other): -1, one: -1, other: 1}
    pairs.append((difference, difference))
    found = [(of_letters.derive(f"Cov({_text(a)}, {_text(b)})" if a != b else f"Var({_text(a)})").result, a, b)
             for a, b in pairs]  # fmt: skip
    for numbers in sizes:
        listed, m = Listed(make(*numbers)), make(*numbers)
        values = {**parameters_of(m), **dict(zip(letters, numbers, strict=True))}
        for result, a, b in found:
            assert isinstance(result, Scalar)
            value = result.value.subs({x: values[str(x)] for x in result.value.free_symbols})
            plain = [{key.replace("(", "").replace(")", ""): share for key, share in form.items()} for form in (a, b)]
            assert float(value) == pytest.approx(listed.covariance(*plain), rel=1e-9, abs=1e-12), (a, b)


def _text(shares: dict[str, int]) -> str:
    return " ".join(f"{'-' if share < 0 else '+'} {key}" for key, share in shares.items()).removeprefix("+ ")


def test_a_correlation_of_predictors_is_that_of_exchangeable_ones() -> None:
    assert str(tutor.rcbd("t", "b").derive("Corr(uhat_1, uhat_2)").result) == "−1/(b − 1)"


def test_what_is_given_holds_the_effects() -> None:
    m, numbers = tutor.one_way("a", "n"), tutor.one_way(3, 2)
    told = m.derive("Var(uhat_1 | u)").result
    assert str(told) == "n σ² σ⁴_u (a − 1)/(a (σ² + n σ²_u)²)"
    assert str(m.derive("E(uhat_1 | u)").result) == "n σ²_u (u_1 − ū_·)/(σ² + n σ²_u)"
    assert m.derive("E(uhat_1)").result == Scalar(sympy.S.Zero)
    assert m.derive("Var(uhat_1 - u_1 | u)").result == told
    assert value_of(m, "Var(uhat_1 | u)", {"a": 3, "n": 2}) == pytest.approx(value_of(numbers, "Var(uhat_1 | u)", {}))


def test_estimates_of_fixed_effects_are_sums_of_averages_too() -> None:
    for design, numbers, sizes, ask in (
        *[(tutor.rcbd("t", "b"), tutor.rcbd(3, 4), {"t": 3, "b": 4}, ask) for ask in IN_BLOCKS],
        (tutor.split_plot("a", "s", "r"), tutor.split_plot(2, 3, 2), {"a": 2, "s": 3, "r": 2},
         "Var(tauhat_1 - tauhat_2 + taualphahat_11 - taualphahat_21)"),
    ):  # fmt: skip
        assert value_of(design, ask, sizes) == pytest.approx(value_of(numbers, ask, {}), abs=1e-12)


def test_the_factor_of_shrinkage_stands_in_the_derivation() -> None:
    found = tutor.one_way("a", "n").derive("Var(uhat_1)")
    assert "û_1 = " in found.steps[0].because and latex(found)
    assert str(found.result) == "n σ⁴_u (a − 1)/(a (σ² + n σ²_u))"


@pytest.mark.parametrize("ask", ["Var(uhat_1)", "Var(uhat_1 - u_1)", "Cov(uhat_1, uhat_2)", "Var(uhat_1 | u)"])
@pytest.mark.parametrize("name", ["one way", "rcbd", "split plot"])
def test_every_step_holds(name: str, ask: str) -> None:
    make, letters, _, _ = CASES[name]
    named, *steps = make(*letters).derive(ask).steps  # the first puts averages in place of the predictors
    assert_derivation_holds(Derivation(named.after, tuple(steps)), seeds=1)


def test_what_depends_on_the_rows_says_so() -> None:
    with pytest.raises(SizeError, match="weights for each size"):
        tutor.one_way("a", "n_i").Var("uhat_i")
    with pytest.raises(TutorError, match="not estimable"):
        tutor.rcbd("t", "b").Var("tauhat_1")
    with pytest.raises(TutorError, match="deviations of means"):
        tutor.repeated_measures("s", "t", "g", "ar1", "G").Var("vhat_111")


@pytest.mark.parametrize(
    ("name", "ask"),
    [(name, ask) for name, (_, _, _, elements) in CASES.items() for one, other in [elements[:2]]
     for ask in (f"Var({hat(one)})", f"Cov({hat(one)}, {hat(other)})", f"Var({hat(one)} - {one})",
                 f"Var({hat(one)} | u)")],
)  # fmt: skip
def test_putting_averages_for_predictors_is_a_step_that_holds(name: str, ask: str) -> None:
    make, letters, _, _ = CASES[name]
    derivation = make(*letters).derive(ask)
    assert derivation.steps[0].rule == "averages"
    assert_derivation_holds(derivation)


@pytest.mark.parametrize("ask", IN_BLOCKS)
def test_putting_averages_for_estimates_is_one_too(ask: str) -> None:
    assert_derivation_holds(tutor.rcbd("t", "b").derive(ask))


def test_a_variance_that_the_standard_error_derives_is_that_of_the_estimate() -> None:
    m = tutor.bibd("t", "b", "k")
    of_one: Any = m.derive("Var(tauhat_1 - tauhat_2)").result.explicit()[0, 0]
    assert of_one == m.se("tau_1 - tau_2").variance
    of_two: Any = m.derive("Cov(tauhat_1 - tauhat_2, tauhat_1 - tauhat_3)").result.explicit()[0, 0]
    assert sympy.cancel(2 * of_two - of_one) == 0  # τ_1 is in both
    with pytest.raises(SizeError, match="Give numbers"):
        m.derive("Var(tauhat_1 - tauhat_2 | u)")
