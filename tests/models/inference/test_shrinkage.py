"""Predictions as shrunken deviations of means: with letters against numbers, and against û by its formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.designs import CASES, Case
from tutor.errors import DomainError, TutorError
from tutor.models.inference.shrunken import Shrunken
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode

s2, su, sv, sw = sympy.symbols("sigma2 sigma2_u sigma2_v sigma2_w", positive=True)
a, b, n, r, t = sympy.symbols("a b n r t", positive=True, integer=True)

Factors = dict[str, list[tuple[sympy.Expr, str]]]

BALANCED: dict[str, tuple[MixedModel, Factors]] = {
    "one way": (tutor.one_way("a", "n"), {"uhat_i": [(n * su / (s2 + n * su), "ȳ_{i·} − ȳ_{··}")]}),
    "rcbd": (tutor.rcbd("t", "b"), {"uhat_j": [(t * su / (s2 + t * su), "ȳ_{·j} − ȳ_{··}")]}),
    "nested": (
        tutor.nested("a", "b", "n"),
        {
            "uhat_i": [(b * n * su / (s2 + n * sv + b * n * su), "ȳ_{i··} − ȳ_{···}")],
            "vhat_j(i)": [
                (n * sv / (s2 + n * sv), "ȳ_{ij·} − ȳ_{i··}"),
                (n * sv / (s2 + n * sv + b * n * su), "ȳ_{i··} − ȳ_{···}"),
            ],
        },
    ),
    "crossed": (
        tutor.crossed("a", "b", "n"),
        {
            "uhat_i": [(b * n * su / (s2 + n * sw + b * n * su), "ȳ_{i··} − ȳ_{···}")],
            "vhat_j": [(a * n * sv / (s2 + n * sw + a * n * sv), "ȳ_{·j·} − ȳ_{···}")],
            "what_ij": [
                (n * sw / (s2 + n * sw), "ȳ_{ij·} − ȳ_{i··} − ȳ_{·j·} + ȳ_{···}"),
                (n * sw / (s2 + n * sw + a * n * sv), "ȳ_{·j·} − ȳ_{···}"),
                (n * sw / (s2 + n * sw + b * n * su), "ȳ_{i··} − ȳ_{···}"),
            ],
        },
    ),
    "split plot": (
        tutor.split_plot("a", "b", "r"),
        {
            "uhat_k": [(a * b * su / (s2 + b * sv + a * b * su), "ȳ_{··k} − ȳ_{···}")],
            "vhat_i(k)": [
                (b * sv / (s2 + b * sv), "ȳ_{i·k} − ȳ_{··k} − ȳ_{i··} + ȳ_{···}"),
                (b * sv / (s2 + b * sv + a * b * su), "ȳ_{··k} − ȳ_{···}"),
            ],
        },
    ),
}


@pytest.mark.parametrize("name", BALANCED)
def test_the_factor_is_the_share_of_the_eigenvalue(name: str) -> None:
    m, expected = BALANCED[name]
    found = m.blup.shrinkage
    assert [str(each.name.value) for each in found] == list(expected)
    for each in found:
        wanted = expected[str(each.name.value)]
        assert [unicode(share.deviation) for share in each.shares] == [told for _, told in wanted]
        for share, (factor, _) in zip(each.shares, wanted, strict=True):
            assert sympy.cancel(share.factor - factor.xreplace(by_name(share.factor))) == 0
        assert each.derivation is not None
        assert_derivation_holds(each.derivation)


def by_name(expression: sympy.Expr) -> dict[sympy.Basic, sympy.Basic]:
    """Our letters by those of an expression with the same names."""
    own = {str(letter): letter for letter in expression.free_symbols}
    return {letter: own[str(letter)] for letter in (a, b, n, r, t, s2, su, sv, sw) if str(letter) in own}


MAKE: dict[str, tuple[Callable[..., MixedModel], tuple[str, ...]]] = {
    "one way": (tutor.one_way, ("a", "n")),
    "rcbd": (tutor.rcbd, ("t", "b")),
    "nested": (tutor.nested, ("a", "b", "n")),
    "crossed": (tutor.crossed, ("a", "b", "n")),
    "split plot": (tutor.split_plot, ("a", "b", "r")),
}


@pytest.mark.parametrize("name", MAKE)
@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 2, 4), (4, 4, 3)])
def test_letters_are_numbers_at_three_sizes(name: str, sizes: tuple[int, ...]) -> None:
    make, letters = MAKE[name]
    numbers = sizes[: len(letters)]
    explicit = make(*numbers).blup.shrinkage
    put = dict(zip(letters, numbers, strict=True))
    for symbolic, own in zip(BALANCED[name][0].blup.shrinkage, explicit, strict=True):
        for left, right in zip(symbolic.shares, own.shares, strict=True):
            at = {letter: sympy.Integer(put[str(letter)]) for letter in left.factor.free_symbols if str(letter) in put}
            assert sympy.cancel(left.factor.xreplace(at) - right.factor) == 0


UNBALANCED = (
    "latin_square(3, samples=2)",
    "row_column(7, 3, 7)",
    "alpha(12, 3, 4, reps_are=random)",
    "row_column({'A': 2, 'B': 2}, 3, 4)",
    "repeated_measures(2, 4, 3, within=toeph, random_intercept=True)",
    "repeated_measures(3, 4, 2, within=exp, side=G)",
    "repeated_measures(3, 5, within=arh1, side=G)",
    "random_slopes(3, [0, 1, 3, 4])",
)
"""Designs whose predictions are no deviations of means with a factor each."""

SMALL = [case for case in CASES if case.model.n.is_Integer and case.model.n <= 60 and case.model.random]
SATURATED = "ancova(3, 2, x=[1, 2, 3, 5, 8, 13], slopes=separate, blocks_are=random)"
"""A line for each treatment through its two observations."""

SHRUNKEN = [case for case in SMALL if str(case) not in (*UNBALANCED, SATURATED)]


def test_where_the_fixed_effects_fit_all_means_of_groups_the_prediction_is_zero() -> None:
    (case,) = (case for case in SMALL if str(case) == SATURATED)
    with pytest.raises(TutorError, match=r"fit the mean of each block .* û_j = 0"):
        case.model.blup.shrinkage  # noqa: B018  (asking is what raises)
    assert np.allclose(case.model.blup.at(np.arange(6.0) ** 2, sigma2=2.0, sigma2_u=3.0).values, 0)


@pytest.mark.parametrize("case", [case for case in SMALL if str(case) in UNBALANCED], ids=str)
def test_other_predictions_have_no_factors(case: Case) -> None:
    with pytest.raises(TutorError, match="not told as deviations of means with one factor each"):
        case.model.blup.shrinkage  # noqa: B018  (asking is what raises)


def values_of(m: MixedModel) -> dict[str, float]:
    return {parameter.key: 1.0 + 0.7 * i for i, parameter in enumerate(m.parameters)}


@pytest.mark.parametrize("case", SHRUNKEN, ids=str)
def test_the_sum_of_the_shares_is_the_prediction(case: Case) -> None:
    """The means are taken from the cells of the design, the prediction from GZ'V⁻¹(y − Xβ̂)."""
    m, values = case.model, values_of(case.model)
    y = np.random.default_rng(1).normal(10, 3, int(m.n))
    X, V = m.X.numpy(), m.V.numpy(**values)
    weighted = np.linalg.solve(V, X)
    beta = np.linalg.pinv(X.T @ weighted) @ weighted.T @ y
    residual = np.linalg.solve(V, y - X @ beta)
    shrunken = list(m.blup.shrinkage)
    terms = list(zip(m.random, shrunken, strict=True)) if len(shrunken) == len(m.random) else []
    for term, each in terms:
        Z = term.matrix.numpy()
        expected = values[term.parameters[0].key] * Z.T @ residual
        found = sum(factor_of(share.factor, values) * deviations(m, share, y, Z, X @ beta) for share in each.shares)
        assert np.allclose(found, expected, atol=1e-9)
    if not terms:  # a factor for each group of the only random term
        (term,) = m.random
        Z = term.matrix.numpy()
        means = Z.T @ (y - X @ beta) / Z.sum(axis=0)
        factors = [factor_of(each.shares[0].factor, values) for each in shrunken]
        assert np.allclose(factors * means, values[term.parameters[0].key] * Z.T @ residual, atol=1e-9)


def factor_of(factor: sympy.Expr, values: dict[str, float]) -> float:
    return float(factor.subs({letter: values[str(letter)] for letter in factor.free_symbols}))


def deviations(m: MixedModel, share: Any, y: np.ndarray, Z: np.ndarray, fitted: np.ndarray) -> np.ndarray:
    """The deviation of means for each group, from the averages that it names."""
    counts = Z.sum(axis=0)
    if share.matrix is None:
        return Z.T @ (y - fitted) / counts
    total = np.zeros(len(y))
    letters = m.index.response.indices
    assert m.plan is not None
    cells = {letter: [level for (level,) in m.plan.layout.by_row(letter)] for letter in letters}
    terms = share.deviation.parts or (share.deviation,)
    for term in terms:
        sign, mean = term.value.as_coeff_Mul()
        kept = [letter for letter in letters if letter in mean.name.partition("_")[2]]
        keys = list(zip(*(cells[letter] for letter in kept), strict=True)) if kept else [()] * len(y)
        means = {key: np.mean([v for v, k in zip(y, keys, strict=True) if k == key]) for key in set(keys)}
        total += float(sign) * np.array([means[key] for key in keys])
    assert np.allclose(Z @ (Z.T @ total / counts), total)  # the same for all observations of a group
    return Z.T @ total / counts


def test_groups_of_different_sizes_have_a_factor_each() -> None:
    m = tutor.one_way(3, [2, 3, 4])
    found = list(m.blup.shrinkage)
    values = {"sigma2": 2.0, "sigma2_u": 3.0}
    y = np.arange(9.0) ** 2
    mu = m.blue.at(y, **values).values[0]
    groups = [y[:2], y[2:5], y[5:]]
    expected = [
        factor_of(each.shares[0].factor, values) * (g.mean() - mu) for each, g in zip(found, groups, strict=True)
    ]
    assert np.allclose(m.blup.at(y, **values).values, expected)
    assert unicode(found[0].tree) == "(2σ²_u/(σ² + 2σ²_u)) (ȳ_{1·} − μ̂)"
    letters = list(tutor.one_way("a", "n_i").blup.shrinkage)
    assert [f"{unicode(each.name)} = {unicode(each.tree)}" for each in letters] == [
        "û_i = (n_i σ²_u/(σ² + n_i σ²_u)) (ȳ_{i·} − μ̂)"
    ]


def test_the_mean_of_a_group_is_compared_with_what_is_fitted_to_it() -> None:
    (found,) = tutor.bibd(4, 4, 3).blup.shrinkage
    assert isinstance(found, Shrunken)
    assert unicode(found.tree) == "(3σ²_u/(σ² + 3σ²_u)) (ȳ_{·j} − x̄_j'β̂)"


@pytest.mark.parametrize(
    "m",
    [
        tutor.random_slopes(3, [0, 1, 3]),
        tutor.model("y ~ 1 + (1 | g) + (1 | h)", {"y": [1, 2, 3, 5, 4, 6], "g": list("aabbcc"), "h": list("xyxyxx")}),
    ],
)
def test_without_a_factor_for_each_deviation_there_is_none(m: MixedModel) -> None:
    with pytest.raises(TutorError, match="one factor each"):
        m.blup.shrinkage  # noqa: B018  (asking is what raises)
    assert "shrinkage" not in unicode(m.blup)
    assert m.blup.at(range(int(m.n)), **dict.fromkeys([p.key for p in m.parameters if p.key[:6] == "sigma2"], 1.0),
                     **{p.key: 0.2 for p in m.parameters if p.key[:6] != "sigma2"})  # fmt: skip


@pytest.mark.parametrize("name", BALANCED)
def test_shrinkage_is_part_of_what_the_predictor_shows(name: str) -> None:
    m, expected = BALANCED[name]
    for write in (unicode, latex, markdown):
        assert write(m.blup.shrinkage)
        assert write(m.blup)
    for told in expected.values():
        assert all(deviation in unicode(m.blup) for _, deviation in told)


def test_the_factors_have_numbers() -> None:
    assert tutor.one_way("a", "n").blup.shrinkage.at(n=4, sigma2=2, sigma2_u=1) == {"uhat_i": (4 / 6,)}
    found = tutor.nested(2, 3, 2).blup.shrinkage.at(sigma2=1, sigma2_u=2, sigma2_v=3)
    assert found == {"uhat_i": (12 / 19,), "vhat_j(i)": (6 / 7, 6 / 19)}
    with pytest.raises(DomainError, match="sigma2_u"):
        tutor.one_way(2, 3).blup.shrinkage.at(sigma2=1)
