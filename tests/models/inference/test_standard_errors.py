"""Standard errors by counting effects against generalized least squares, letters against numbers, and the textbooks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
import sympy

import tutor
from tests.models.designs import CASES, Case
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.collected import collected
from tutor.models.from_formula import model
from tutor.models.inference.blue import quadratic_form, variance_of_estimate
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.standard_error import StandardError
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode


def fixed_factors(m: MixedModel) -> list[str]:
    named = {factor.name for factor in m.factors}
    return list(dict.fromkeys(name for term in m.fixed for name in term.variables if name in named))


def is_by_counting(m: MixedModel) -> bool:
    try:
        m.anova()
    except (TutorError, DomainError):
        return False
    return is_orthogonal(m)


COUNTED = [(case, name) for case in CASES if is_by_counting(case.model) for name in fixed_factors(case.model)]


@pytest.mark.slow
@pytest.mark.parametrize(("case", "name"), COUNTED, ids=str)
def test_counting_effects_is_generalized_least_squares(case: Case, name: str) -> None:
    m = case.model
    means = list(mean_coefficients(m, (name,)).values())
    assert sympy.simplify(quadratic_form(m, means[0]) - m.se_mean(name).variance) == 0
    for one, other in combinations(means[:3], 2):
        k = [a - b for a, b in zip(one, other, strict=True)]
        assert sympy.simplify(quadratic_form(m, k) - m.se_difference(name).variance) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("case", "name"), COUNTED, ids=str)
def test_differences_at_a_level_of_another_factor(case: Case, name: str) -> None:
    m = case.model
    for other in fixed_factors(m):
        if other == name:
            continue
        means = mean_coefficients(m, (name, other))
        pair = next((means[a], means[b]) for a, b in combinations(means, 2) if a[0] != b[0] and a[1] == b[1])
        k = [x - y for x, y in zip(*pair, strict=True)]
        assert sympy.simplify(quadratic_form(m, k) - m.se_difference(name, at=other).variance) == 0


def _number(found: StandardError) -> sympy.Expr:
    """The variance of an estimate, where it is no sum over an index."""
    assert not isinstance(found.variance, Tree)
    return found.variance


@pytest.mark.parametrize("case", [case for case in CASES if case.letters and is_by_counting(case.model)], ids=str)
def test_letters_become_the_numbers(case: Case) -> None:
    letters, numbers = case.symbolic, case.model
    for one, other in zip(fixed_factors(letters), fixed_factors(numbers), strict=True):
        for left, right in (
            (letters.se_mean(one), numbers.se_mean(other)),
            (letters.se_difference(one), numbers.se_difference(other)),
        ):
            known = {s: case.values[str(s)] for s in _number(left).free_symbols if str(s) in case.values}
            assert sympy.simplify(_number(left).xreplace(known) - _number(right)) == 0


@pytest.mark.parametrize("sizes", [(4, 6, 2), (7, 7, 3), (6, 10, 3), (5, 10, 3)])
@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
def test_incomplete_blocks_of_letters_become_those_of_numbers(sizes: tuple[int, int, int], blocks_are: str) -> None:
    letters = c.bibd("t", "b", "k", blocks_are).se_difference("tau")  # pyright: ignore[reportArgumentType]
    numbers = c.bibd(*sizes, blocks_are).se_difference("tau")  # pyright: ignore[reportArgumentType]
    known = {s: dict(zip("tbk", sizes, strict=True))[str(s)] for s in _number(letters).free_symbols if str(s) in "tbk"}
    assert sympy.simplify(_number(letters).xreplace(known) - _number(numbers)) == 0


def test_the_textbooks() -> None:
    """Cochran and Cox (1957), section 7.16; Montgomery on blocks; FACTS of split plots are theirs."""
    split = c.split_plot("a", "s", "r")
    a, s, r, b = sympy.symbols("a s r b", integer=True, positive=True)
    s2, su, sv = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
    for found, expected in (
        (split.se_difference("A"), 2 * (s * sv + s2) / (r * s)),
        (split.se_difference("B"), 2 * s2 / (r * a)),
        (split.se_difference("B", at="A"), 2 * s2 / r),
        (split.se_difference("A", at="B"), 2 * (sv + s2) / r),
        (split.se_difference("A:B"), 2 * (sv + s2) / r),
        (c.rcbd("t", "b").se_mean("tau"), (s2 + su) / b),
        (c.rcbd("t", "b", "fixed").se_mean("tau"), s2 / b),
        (c.rcbd("t", "b").se_difference("tau"), 2 * s2 / b),
        (c.crd("t", "r").se_mean("treatment"), s2 / r),
    ):
        assert sympy.simplify(found.variance - expected) == 0


def test_the_variance_of_a_difference_is_that_of_numbers() -> None:
    """Var(k'β̂) from the matrices, at random variances."""
    for m, what in (
        (c.bibd(7, 7, 3), "tau_1 - tau_2"),
        (c.augmented(2, 7, 3), "tau_1 - tau_4"),
        (c.repeated_measures(3, 4, 2), "tau_1 - tau_2 + taualpha_13 - taualpha_23"),
        (c.random_slopes(4, [0, 1, 3]), "beta_1"),
    ):
        values = {p.key: 1.5 + i / 3 if p.symbol.is_positive else 0.3 for i, p in enumerate(m.parameters)}
        X, V = m.X.numpy(), m.V.numpy(**values)
        k = np.array(m.estimable(what).coefficients, dtype=float).ravel()
        direct = k @ np.linalg.pinv(X.T @ np.linalg.solve(V, X)) @ k
        found = variance_of_estimate(m, what)
        value = found.subs({p.symbol: values[p.key] for p in m.parameters})
        assert float(value) == pytest.approx(float(direct), rel=1e-9)
        assert float(
            m.se(what).tree.numpy(**{str(s): values[str(s)] for s in found.free_symbols})[0, 0]
        ) == pytest.approx(float(np.sqrt(direct)), rel=1e-9)


@pytest.mark.slow
def test_pairs_with_different_errors_are_not_called_the_same() -> None:
    with pytest.raises(TutorError, match="4 different values"):
        c.alpha(12, 2, 3).se_difference("tau")
    pairs = {str(c.alpha(12, 2, 3).se(f"tau_1 - tau_{j}").variance) for j in range(2, 13)}
    assert 1 < len(pairs) <= 4


def test_what_has_no_standard_error_says_why() -> None:
    m = c.rcbd(3, 4)
    with pytest.raises(TutorError, match="not estimable"):
        m.se("tau_1")
    with pytest.raises(UnknownNameError, match="treatment"):
        m.se_mean("treatmnt")
    with pytest.raises(TutorError, match="not estimable"):
        c.rcbd("t", "b").se("tau_1")
    with pytest.raises(TutorError, match="no observations"):
        tutor.model("y ~ a * b", {"y": [1, 2, 4, 3], "a": ["p", "q", "p", "p"], "b": ["u", "u", "v", "v"]}).se_mean("a")


def test_a_covariate_is_held_at_its_mean() -> None:
    data = {"y": [1, 2, 4, 3, 5, 9], "a": ["p", "q"] * 3, "x": [1, 2, 3, 4, 5, 9]}
    m = tutor.model("y ~ a * x", data)
    X, mean = m.X.numpy(), 4.0
    (k, other) = mean_coefficients(m, ("a",)).values()
    labels = list(m.X.column_labels or ())
    assert [float(x) for x in k] == [1, 0, mean, 0] and [float(x) for x in other] == [1, 1, mean, mean]
    assert labels[2] == "x" and X.shape == (6, 4)


@pytest.mark.parametrize("formula", ["y ~ a + x", "y ~ a * x", "y ~ a + a:x", "y ~ C(a, sum) * x"])
def test_a_covariate_that_is_0_is_held_at_its_mean_too(formula: str) -> None:
    x = [0, 2, 0, 3, 5, 2]
    data = {"y": [1, 2, 4, 3, 5, 9], "a": ["p", "q"] * 3, "x": x}
    m = tutor.model(formula, data)
    factor = m.fixed[1].variables[0]
    for level, k in mean_coefficients(m, (factor,)).items():
        # The mean of a response that is 1, x, or the indicator of the level: 1, x̄ and 1.
        own = [float(name == level[0]) for name in data["a"]]
        for response, expected in (([1.0] * 6, 1), (x, np.mean(x)), (own, 1)):
            assert np.array(k, dtype=float) @ np.linalg.pinv(m.X.numpy()) @ response == pytest.approx(expected)


@pytest.mark.parametrize(
    "formula", ["y ~ factor(n)", "y ~ log(n) + a + (1|g)", "y ~ sqrt(n) * a", "y ~ factor(n) + log(x + 1) + (1|g)"]
)
def test_factors_of_numbers_and_irrational_covariates_have_errors_in_letters(formula: str) -> None:
    data = {"y": [1, 2, 4, 3, 5, 9], "a": ["p", "q"] * 3, "n": [1, 1, 2, 2, 3, 3], "x": [0, 2, 1, 3, 0, 5],
            "g": list("uuvwwv")}  # fmt: skip
    m = tutor.model(formula, data)
    values = {p.key: 1.5 + i for i, p in enumerate(m.parameters)}
    X, V = m.X.numpy(), m.V.numpy(**values)
    for place in range(int(m.p)):
        k = [int(j == place) for j in range(int(m.p))]
        direct = np.array(k) @ np.linalg.inv(X.T @ np.linalg.solve(V, X)) @ np.array(k)
        assert m.se(k).number(**values) == pytest.approx(np.sqrt(direct), rel=1e-9)
    factor = m.fixed[1].variables[0]
    if factor.startswith("factor"):
        assert len([name for kind in m.se_means(factor).kinds for name in kind.members] or [1, 1, 1]) == 3


def test_a_sum_is_collected_by_variances() -> None:
    t, k = sympy.symbols("t k", positive=True)
    s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
    expression = s2 / ((t - 1) * s2 + t * (k - 1) * su)
    assert str(
        collected(sympy.expand(expression.as_numer_denom()[0]) / sympy.expand(expression.as_numer_denom()[1]))
    ) == str(expression)


def test_a_standard_error_is_written_with_its_reasons() -> None:
    found = c.rcbd("t", "b").se_difference("tau")
    assert unicode(found).splitlines()[0].startswith("√(2σ²/b)")
    assert "same effects of block, which cancel" in unicode(found)
    assert latex(found) == r"\sqrt{\frac{2\sigma^2}{b}}"
    assert markdown(found).startswith("$$")
    for dialect in ("mathml", "typst", "spoken"):
        assert tutor.write(found, dialect)


@pytest.mark.parametrize(
    "make",
    [lambda: c.ancova(2, 3), lambda: model("y ~ x + g", {"y": [1, 2, 4, 3], "x": [1, 2, 3, 5], "g": list("abab")})],
)
def test_a_covariate_has_no_means_of_levels(make: Callable[[], MixedModel]) -> None:
    for ask in (make().se_mean, make().se_difference):
        with pytest.raises(TutorError, match="x is a covariate"):
            ask("x")


def test_a_mean_at_the_average_of_many_letters_is_refused_at_once() -> None:
    two = "y_ij = mu + tau_i + beta_1 x_ij + beta_2 z_ij + epsilon_ij"
    with pytest.raises(TutorError, match="in 25 letters"):
        tutor.from_equation(two, levels={"i": 3, "j": 4}).se_mean("tau")
    with_numbers = c.ancova(3, 4, x=[1, 2, 4, 5, 2, 3, 5, 6, 1, 3, 4, 6])
    found = _number(with_numbers.se("tau_1 - tau_2"))
    X = with_numbers.X.numpy()[:, 1:]
    contrast = np.array([1.0, -1.0, 0.0, 0.0])
    at_one = Scalar(found).numpy(sigma2=1)
    assert float(at_one.item()) == pytest.approx(contrast @ np.linalg.inv(X.T @ X) @ contrast, rel=1e-12)


def test_an_effect_is_known_by_its_plural_and_by_its_word() -> None:
    m = tutor.crossover("n", "t", carryover=True)
    assert m.se_difference("treatments").variance == m.se_difference("treatment").variance
    assert str(m.se_differences("carry-over")) == str(m.se_differences("carryover"))
