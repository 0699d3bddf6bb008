"""Standard errors with letters for sizes against k'(X'V⁻¹X)⁻k of designs of these sizes, in exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.inference.exact_errors import assert_error_holds, at, direct, parameters_of
from tutor.errors import TutorError
from tutor.models.collected import in_factors
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, unicode

Make = Callable[..., MixedModel]

ON_SIDES: list[tuple[str, Any]] = [("cs", "R"), ("cs", "G"), ("ar1", "R"), ("ar1", "G")]

FUNCTIONS: list[tuple[str, Make, tuple[str, ...], list[tuple[int, ...]], list[str]]] = [
    ("one way", tutor.one_way, ("a", "n"), [(3, 2), (2, 5)], ["mu", "3 mu"]),
    ("nested", tutor.nested, ("a", "b", "n"), [(2, 3, 2), (3, 2, 4)], ["mu"]),
    ("crossed", tutor.crossed, ("a", "b", "n"), [(2, 3, 2), (3, 2, 4)], ["mu"]),
    ("crd", tutor.crd, ("t", "r"), [(3, 2), (4, 3)], ["mu + tau_1", "tau_1 - tau_2", "2 tau_1 - tau_2 - tau_3"]),
    ("rcbd", tutor.rcbd, ("t", "b"), [(3, 2), (4, 3)], ["mu + tau_1", "tau_1 - tau_2", "2 tau_1 - tau_2 - tau_3"]),
    ("rcbd, fixed", lambda *n: tutor.rcbd(*n, blocks_are="fixed"), ("t", "b"), [(3, 2), (4, 3)],
     ["mu + tau_1 + rho_2", "tau_1 - tau_2", "rho_1 - rho_2"]),
    ("latin square", tutor.latin_square, ("t",), [(3,), (4,)], ["mu + tau_1", "tau_1 - tau_2"]),
    ("graeco-latin", tutor.graeco_latin, ("t",), [(3,), (4,)], ["mu + tau_1 + alpha_2", "tau_1 - tau_2"]),
    ("split plot", tutor.split_plot, ("a", "s", "r"), [(2, 3, 2), (3, 2, 4)],
     ["mu + tau_1 + alpha_2 + taualpha_12", "alpha_1 - alpha_2 + taualpha_11 - taualpha_12",
      "taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22", "tau_1 - tau_2 + taualpha_12 - taualpha_22"]),
    ("strip plot", tutor.strip_plot, ("a", "s", "r"), [(2, 3, 2), (3, 2, 4)],
     ["alpha_1 - alpha_2 + taualpha_11 - taualpha_12", "taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22"]),
    *[(f"repeated, {key} on {side}", lambda s, t, g, key=key, side=side: tutor.repeated_measures(s, t, g, key, side),
       ("s", "t", "g"), [(2, 3, 2), (3, 4, 3)],
       ["mu + tau_1 + alpha_2 + taualpha_12", "tau_1 - tau_2 + taualpha_13 - taualpha_23",
        "alpha_1 - alpha_3 + taualpha_11 - taualpha_13", "taualpha_11 - taualpha_13 - taualpha_21 + taualpha_23"])
      for key, side in ON_SIDES],
    *[(f"repeated, {key} at 3 times", lambda s, g, key=key: tutor.repeated_measures(s, 3, g, key), ("s", "g"),
       [(2, 2), (4, 3)],
       ["mu + tau_1 + alpha_2 + taualpha_12", "taualpha_11 - taualpha_13 - taualpha_21 + taualpha_23"])
      for key in ("un", "csh", "toep", "ante1")],
]  # fmt: skip


@pytest.mark.parametrize("case", FUNCTIONS, ids=[case[0] for case in FUNCTIONS])
def test_an_estimate_has_the_variance_of_every_size(case: tuple[str, Make, tuple[str, ...], Any, Any]) -> None:
    _, make, letters, sizes, functions = case
    of_letters = make(*letters)
    for what in functions:
        found = of_letters.se(what)
        for numbers in sizes:
            m = make(*numbers)
            values = {**parameters_of(m), **dict(zip(letters, numbers, strict=True))}
            k = m.estimable(what).coefficients.flat()
            assert at(found, values) == direct(m, k)
            assert_error_holds(found, of_letters, m, values, [k])


REPEATED = [*ON_SIDES, ("un", "R"), ("csh", "R"), ("toep", "R"),
            ("csh", "G"), ("arh1", "R")]  # fmt: skip


@pytest.mark.parametrize(("key", "side"), REPEATED)
def test_means_and_differences_of_repeated_measures(key: str, side: Any) -> None:
    number = "t" if key in ("cs", "ar1") else 4
    of_letters = tutor.repeated_measures("s", number, "g", key, side)
    for s, g in ((2, 2), (3, 4)):
        m = tutor.repeated_measures(s, 4, g, key, side)
        values = {**parameters_of(m), "s": s, "g": g, "t": 4, "j": 2, "j'": 4}
        for suffix in ("", "_v"):  # any two times j and j' are times 2 and 4
            values |= {f"sigma2{suffix}_j": values.get(f"sigma2{suffix}_2", 0),
                       f"sigma2{suffix}_j'": values.get(f"sigma2{suffix}_4", 0),
                       f"sigma{suffix}_j_j'": values.get(f"sigma{suffix}_24", 0)}  # fmt: skip
        for names, first, second in (
            (("treatment", "time"), ("1", "time2"), ("2", "time2")),
            (("time", "treatment"), ("time2", "1"), ("time4", "1")),
            (("treatment",), ("1",), ("2",)),
            (("time",), ("time2",), ("time4",)),
        ):
            means = mean_coefficients(m, names)
            levels = list(means)
            one, two = _pick(levels, first), _pick(levels, second)
            found = of_letters.se_mean(*names)
            assert at(found, values) == direct(m, means[one])
            if key == "toep" and names[0] == "time":
                with pytest.raises(TutorError, match="depends on which levels of time"):
                    of_letters.se_difference(*names)
                continue
            difference = [a - b for a, b in zip(means[one], means[two], strict=True)]
            told = of_letters.se_difference(*names)
            assert at(told, values) == direct(m, difference)
            assert latex(told) and unicode(told)


def _pick(levels: list[tuple[str, ...]], asked: tuple[str, ...]) -> tuple[str, ...]:
    """The combination whose levels end in these numbers."""
    return next(level for level in levels if all(a[-1] == b[-1] for a, b in zip(level, asked, strict=True)))


def test_the_elements_of_an_unstructured_block_enter() -> None:
    found = tutor.repeated_measures("s", 3, "g", "un").se_difference("time", "treatment")
    assert unicode(found).startswith("√((σ²_j + σ²_{j'} − 2σ_{j,j'})/s)")


@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
def test_balanced_incomplete_blocks_have_means_and_contrasts(blocks_are: Any) -> None:
    of_letters = tutor.bibd("t", "b", "k", blocks_are=blocks_are)
    for t, b, k in ((4, 6, 2), (7, 7, 3), (5, 10, 3)):
        m = tutor.bibd(t, b, k, blocks_are=blocks_are)
        values = {**parameters_of(m), "t": t, "b": b, "k": k}
        for what in ("tau_1 - tau_2", "tau_1 + tau_2 - 2 tau_3", *(["mu + tau_1"] if blocks_are == "random" else [])):
            expected = direct(m, m.estimable(what).coefficients.flat())
            assert at(of_letters.se(what), values) == expected
        mean = next(iter(mean_coefficients(m, ("treatment",)).values()))
        assert at(of_letters.se_mean("treatment"), values) == direct(m, mean)
    with pytest.raises(TutorError):
        of_letters.se("mu + tau_1 + rho_1" if blocks_are == "fixed" else "tau_1")


def test_a_mean_of_unequal_groups_is_weighted_by_the_variances() -> None:
    found = tutor.one_way("a", "n_i").se("2 mu")
    sizes = (2, 4, 3)
    m = tutor.one_way(3, sizes)
    assert "∑" in unicode(found)
    X, V = m.X.numpy(), m.V.numpy(sigma2=2, sigma2_u=3)
    expected = 4 / (X.T @ np.linalg.solve(V, X)).item()
    assert 4 / sum(n / (2 + 3 * n) for n in sizes) == pytest.approx(expected)
    value = found.tree.numpy(sigma2=2, sigma2_u=3, a=3, n_1=2, n_2=4, n_3=3).item()
    assert value == pytest.approx(np.sqrt(expected))


@pytest.mark.parametrize(
    "m",
    [tutor.repeated_measures("s", "t", "g"), tutor.repeated_measures("s", 3, "g", "un"),
     tutor.repeated_measures("s", "t", "g", "ar1", "G"), tutor.repeated_measures("s", "t", 1, "ar1"),
     tutor.repeated_measures("s", "t", "g", "ar1", random_intercept=True)],
    ids=str,
)  # fmt: skip
def test_ols_is_best_where_the_means_along_a_structure_are_free(m: MixedModel) -> None:
    found = m.ols_is_blue()
    assert found and found.derivation is not None and "free" in found.because
    assert_derivation_holds(found.derivation)


@pytest.mark.parametrize("what", ["tau_1 - tau_2", "mu + tau_1", "tau_1 - 2*tau_2 + tau_3"])
@pytest.mark.parametrize("sizes", [(4, 6, 2, 2), (7, 7, 3, 3), (6, 10, 3, 2)])
def test_a_function_of_treatments_in_incomplete_blocks_with_samples(what: str, sizes: tuple[int, ...]) -> None:
    values = {"sigma2": 1.3, "sigma2_u": 0.7, "sigma2_v": 0.4}
    t, b, h, s = sizes
    letters = tutor.bibd("t", "b", "h", samples="s").se(what)
    numbers = tutor.bibd(t, b, h, samples=s).se(what, **values)
    assert letters.number(t=t, b=b, h=h, s=s, **values) == pytest.approx(numbers, rel=1e-10)


def test_a_correlation_is_written_less_than_one() -> None:
    for m in (tutor.repeated_measures(3, 4, within="cs"), tutor.repeated_measures(2, 3, within="cs")):
        told = [str(m.se("tau_1 - tau_2")), str(m.derive("Var(tau_1_hat - tau_2_hat)"))]
        assert all("(1 − ρ)" in each and "ρ − 1" not in each for each in told)
    rho, sigma2 = sympy.symbols("rho sigma2")
    for given, expected in ((-sigma2 * (rho - 1), sigma2 * (1 - rho)), (3 / (rho - 1) ** 2, 3 / (1 - rho) ** 2)):
        assert in_factors(given) == expected
    assert in_factors(sigma2 * (rho - 2)) == sigma2 * (rho - 2)
