"""Log-likelihoods: each step on exact instances, letters against numbers, numbers against R."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.stats import multivariate_normal

import tutor
from tests.exact import assert_derivation_holds
from tests.models.design_instance import assert_derivation_holds_in_design
from tests.models.designs import CASES, Case
from tests.models.inference.test_fit import fitted_model
from tests.models.lettered_designs import LETTERED, Lettered
from tests.models.truth import FORMULAS, fitted_by_r, log_likelihoods, parameters_of, truth
from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Exact
from tutor.algebra.balls import Balls
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Explicit, Product, Symbol, Transpose
from tutor.data import path
from tutor.errors import DataError, DomainError, SizeError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.inference import likelihood
from tutor.models.inference.error_contrasts import error_contrasts, independent_columns, log_gram_determinant
from tutor.models.inference.likelihood import Method
from tutor.models.inference.log_likelihood import LogLikelihood
from tutor.models.inference.spectrum import spectrum
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, unicode, write

METHODS: tuple[Method, ...] = ("ML", "REML")

LETTERS: dict[str, Any] = {
    "crd": lambda: c.crd("t", "r"),
    "rcbd": lambda: c.rcbd("t", "b"),
    "rcbd with fixed blocks": lambda: c.rcbd("t", "b", blocks_are="fixed"),
    "one way": lambda: c.one_way("a", "n"),
    "one way with n_i": lambda: c.one_way("a", "n_i"),
}

NUMBERS: dict[str, Any] = {
    "rcbd": lambda: c.rcbd(3, 2),
    "one way": lambda: c.one_way(3, [2, 3, 4]),
    "latin square": lambda: c.latin_square(3),
    "bibd": lambda: c.bibd(3, 3, 2),
    "strip plot": lambda: c.strip_plot(2, 3, 2),
    "nested": lambda: c.nested(2, 2, 2),
    "regression": lambda: c.regression([1, 2, 4, 7]),
    "slopes": lambda: c.random_slopes(3, [0, 1, 3]),
    "ar1": lambda: c.repeated_measures(2, 3, 2),
    "ar1 and intercepts": lambda: c.repeated_measures(2, 3, 2, random_intercept=True),
    "split plot": lambda: c.split_plot(2, 2, 2),
    "offset": lambda: tutor.model("y ~ x + offset(o) + (1 | g)", {**_DATA, "o": [1, 0, 2, 0, 1, 3]}),
}
_DATA: dict[str, list[Any]] = {"y": [3, 1, 4, 1, 5, 9], "x": [0, 1, 0, 1, 2, 2], "g": list("aabbcc")}


def derivations(found: LogLikelihood) -> list[Any]:
    every = (found.derivation, found.profile, found.invariance)
    return [derivation for derivation in every if derivation is not None]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LETTERS)
def test_each_step_holds_with_letters_for_sizes(name: str, method: Method) -> None:
    for derivation in derivations(LETTERS[name]().loglik(method)):
        assert_derivation_holds(derivation, seeds=2)


def test_each_step_of_a_split_plot_of_letters_holds() -> None:
    for derivation in derivations(c.split_plot("a", "s", "r").loglik("REML")):
        assert_derivation_holds(derivation, seeds=1)


@pytest.mark.parametrize(
    "design", [each for each in LETTERED if each.name in ("ancova", "regression", "alpha")], ids=str
)
def test_each_step_of_a_REML_likelihood_of_letters_holds_in_the_design(design: Lettered) -> None:
    for derivation in derivations(design.symbolic.loglik("REML")):
        assert_derivation_holds_in_design(derivation, design)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", NUMBERS)
def test_each_step_holds_with_numbers_for_sizes(name: str, method: Method) -> None:
    for derivation in derivations(NUMBERS[name]().loglik(method)):
        assert_derivation_holds(derivation, seeds=2)


def test_the_closed_forms_of_the_randomized_complete_block_design() -> None:
    m = c.rcbd("t", "b")
    assert unicode(m.loglik("REML").tree) == (
        "−(1/2) (t (b − 1) log(2π) + t log(b) + (b − 1) log(σ² + t σ²_u) + (b − 1)(t − 1) log(σ²)"
        " + SS_block/(σ² + t σ²_u) + SS_residual/σ²)"
    )
    profile = m.loglik("ML").profile
    assert profile is not None
    assert unicode(profile.result) == (
        "−(1/2) (bt log(2π) + b log(σ² + t σ²_u) + b (t − 1) log(σ²) + SS_block/(σ² + t σ²_u) + SS_residual/σ²)"
    )


WITH_POWERS = ("repeated_measures(3, 4, 2, within=ar1)", "repeated_measures(3, 4, 2, within=exp, side=G)")
"""Designs whose V is no sum of Kronecker products of I and J."""

BALANCED = [case for case in CASES if case.letters and str(case) not in WITH_POWERS]


@pytest.mark.parametrize("case", [case for case in CASES if str(case) in WITH_POWERS], ids=str)
def test_powers_of_a_correlation_have_no_spectrum(case: Case) -> None:
    assert spectrum(case.symbolic) is None and spectrum(case.model) is None


@pytest.mark.parametrize("case", BALANCED, ids=str)
def test_what_the_fixed_effects_leave_is_the_same_with_letters_and_with_numbers(case: Case) -> None:
    letters, numbers = spectrum(case.symbolic), spectrum(case.model)
    assert letters is not None and numbers is not None and letters.is_orthogonal and numbers.is_orthogonal

    def put(value: sympy.Expr) -> sympy.Basic:
        return sympy.expand(value.subs({s: case.values[str(s)] for s in value.free_symbols if str(s) in case.values}))

    def told(found: Any, put: Any) -> dict[sympy.Basic, tuple[sympy.Basic, sympy.Basic]]:
        return {put(level.value): (put(level.multiplicity), put(level.free)) for level in found.levels}

    assert told(letters, put) == told(numbers, sympy.expand)


@pytest.mark.parametrize("size", [3, 4, 5])
def test_a_latin_square_of_letters_is_that_of_numbers(size: int) -> None:
    letters, numbers = c.latin_square("t"), c.latin_square(size)
    mine, theirs = spectrum(letters), spectrum(numbers)
    assert mine is not None and theirs is not None
    for left, right in zip(mine.levels, theirs.levels, strict=True):
        for a, b in ((left.value, right.value), (left.multiplicity, right.multiplicity), (left.free, right.free)):
            assert a is not None and b is not None
            assert sympy.expand(a.subs({s: size for s in a.free_symbols if str(s) == "t"}) - b) == 0
    constants = [log_gram_determinant(m) for m in (letters, numbers)]
    assert constants[0] is not None and constants[1] is not None
    (t,) = constants[0].free_symbols
    assert float(constants[0].subs({t: size})) == pytest.approx(float(constants[1]))


@pytest.mark.parametrize("case", [case for case in CASES if case.letters], ids=str)
def test_the_columns_that_are_kept_of_letters_are_those_of_numbers(case: Case) -> None:
    letters, m = independent_columns(case.symbolic), case.model
    X = m.X.numpy()
    if letters.definition is None or letters == case.symbolic.X:
        return
    sizes = {key: value for key, value in case.values.items() if key in {str(s) for s in letters.shape[0].free_symbols}}
    assert np.array_equal(letters.numpy(**sizes), X[:, likelihood.independent_columns(X)])
    constant = log_gram_determinant(case.symbolic)
    if constant is not None:
        kept = X[:, likelihood.independent_columns(X)]
        value = float(constant.subs({s: case.values[str(s)] for s in constant.free_symbols}))
        assert value == pytest.approx(np.linalg.slogdet(kept.T @ kept)[1])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_error_contrasts_are_orthogonal_to_the_columns_of_X(case: Case) -> None:
    if case.model.n == case.model.rank:
        with pytest.raises(TutorError, match="no error contrasts are left"):
            case.model.loglik("REML")
        return
    K, X = error_contrasts(case.model), case.model.X.numpy()
    if K.definition is None:
        assert case.model.n > 60
        return
    contrasts = K.numpy()
    assert np.abs(contrasts.T @ X).max() < 1e-9
    assert np.linalg.matrix_rank(contrasts) == contrasts.shape[1] == X.shape[0] - np.linalg.matrix_rank(X)


def fit_of_R(name: str) -> tuple[MixedModel, dict[str, float]]:
    """Our model of a fit of R, and R's parameters by our keys."""
    if name.startswith("orthodont"):
        return fitted_by_r(name)
    ours = fitted_model(name)
    return ours, parameters_of(name, ours)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_numbers_are_those_of_R(name: str) -> None:
    facts = truth(name).facts["loglik"]
    ours, values = fit_of_R(name)
    for method in METHODS:
        found = ours.loglik(method).number(**values)  # pyright: ignore[reportArgumentType]
        assert found == pytest.approx(facts[method], rel=1e-10, abs=1e-8)
    plus = ours.loglik("REML").number(harville=True, **values)  # pyright: ignore[reportArgumentType]
    assert plus == pytest.approx(facts["REML_plus_half_logdet_XtX"], abs=1e-8)


def test_covariates_with_irrational_values_have_a_restricted_likelihood() -> None:
    data = {"y": [1.0, 2, 4, 3, 3, 2, 5, 7], "x": [0.1, 0.3, 0.4, 0.7] * 2, "g": list("aaaabbbb")}
    m = tutor.model("y ~ sin(2 * pi * x) + (1 | g)", data)
    values = {"sigma2": 1.5, "sigma2_u": 0.7}
    expected = log_likelihoods(m, m.V.numpy(**values))[1]
    found = m.loglik("REML")
    assert found.number(**values) == pytest.approx(expected, rel=1e-12)  # pyright: ignore[reportArgumentType]
    assert "REML" in str(found)


def test_with_coefficients_it_is_the_density_of_y() -> None:
    m = c.rcbd(3, 4)
    y = m.simulate(seed=1, beta=[5, 0, 1, 2], sigma2=1, sigma2_u=2)
    V = m.V.numpy(sigma2=1, sigma2_u=2)
    mean = m.X.numpy() @ [5, 0, 1, 2]
    found = m.loglik("ML")
    value = found.number(y, beta=[5, 0, 1, 2], sigma2=1, sigma2_u=2)
    assert value == pytest.approx(multivariate_normal(mean, V).logpdf(y), rel=1e-12)  # pyright: ignore[reportArgumentType]
    assert found.number(y, sigma2=1, sigma2_u=2) > value


@pytest.mark.parametrize("name", ["rcbd", "latin square", "bibd", "ar1", "slopes", "one way"])
@pytest.mark.parametrize("method", METHODS)
def test_the_last_line_has_the_numbers(name: str, method: Method) -> None:
    """The closed form at a response and at values is what the matrices give."""
    m = NUMBERS[name]()
    values = {p.key: 1.5 + i if p.symbol.is_positive else 0.3 for i, p in enumerate(m.parameters)}
    y = m.simulate(seed=2, beta=[1.0] * int(m.p), **values)
    found = m.loglik(method)
    tree = found.tree if found.profile is None else found.profile.result
    response = sympy.ImmutableDenseMatrix(y.reshape(-1, 1).tolist())
    given = value_with_response(tree, m, response, values)
    assert given == pytest.approx(found.number(y, **values), rel=1e-9)


def value_with_response(tree: Any, m: MixedModel, y: Any, values: dict[str, float]) -> float:
    """A tree at numbers for y and for the parameters."""
    from tutor.algebra.doubles import Floating
    from tutor.algebra.nodes import Explicit
    from tutor.algebra.numeric import GivenInstance
    from tutor.algebra.walk import transform

    def change(node: Any) -> Any:
        if node == m.y:
            return Explicit(y)
        if isinstance(node, Symbol) and node.definition is not None and node not in m.symbols:
            return transform(node.definition, change)
        return None

    return float(GivenInstance(values, {}, Floating()).value(transform(tree, change))[0, 0])


def test_a_log_likelihood_is_written_in_each_dialect() -> None:
    found = c.rcbd("t", "b").loglik("REML")
    assert r"\begin{aligned}" in latex(found) and r"\log" in latex(found)
    assert "Harville" in unicode(found) and "X_1" in unicode(found)
    for dialect in ("mathml", "typst", "spoken", "markdown"):
        assert "Harville" in tutor.write(found, dialect)
    assert max(map(len, tutor.write(found, "unicode", width=80).split("\n"))) <= 80


def test_what_has_no_number_says_why() -> None:
    m = c.rcbd(3, 2)
    y = [1, 2, 3, 4, 5, 7]
    with pytest.raises(UnknownNameError, match="REML"):
        m.loglik("OLS")  # pyright: ignore[reportArgumentType]
    with pytest.raises(SizeError, match="no data"):
        c.rcbd("t", "b").loglik().number(y, sigma2=1, sigma2_u=1)
    with pytest.raises(DomainError, match="sigma2_u"):
        m.loglik().number(y, sigma2=1)
    with pytest.raises(DomainError, match="positive"):
        m.loglik().number(y, sigma2=-1, sigma2_u=1)
    with pytest.raises(UnknownNameError, match="sigma2_v"):
        m.loglik().number(y, sigma2=1, sigma2_u=1, sigma2_v=1)
    with pytest.raises(DomainError, match="no part"):
        m.loglik().number(y, beta=[0, 0, 0, 0], sigma2=1, sigma2_u=1)
    with pytest.raises(DataError, match="4 columns"):
        m.loglik("ML").number(y, beta=[0], sigma2=1, sigma2_u=1)
    assert math.isfinite(m.loglik("ML").number(y, beta=[0, 1, 2, 3], sigma2=1, sigma2_u=1))


LARGER: dict[str, Any] = {
    "split plot": lambda: c.split_plot(3, 4, 6),
    "bibd": lambda: c.bibd(9, 12, 3),
    "latin square": lambda: c.latin_square(9),
    "alpha": lambda: c.alpha(12, 6, 3),
    "oats": lambda: tutor.model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", path("oats.csv")),
    "orthodont": lambda: tutor.model("distance ~ age * Sex + (1 | Subject)", path("orthodont.csv")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGER)
def test_each_step_holds_for_many_rows_too(name: str) -> None:
    """K is written down whatever the number of rows, so that the lines with it have values."""
    m = LARGER[name]()
    assert m.n > 35
    for derivation in derivations(m.loglik("REML")):
        assert_derivation_holds(derivation, seeds=1)


@pytest.mark.parametrize("name", ["bibd", "oats", "orthodont"])
def test_error_contrasts_of_many_rows_are_independent_and_orthogonal_to_X(name: str) -> None:
    m = LARGER[name]()
    K, X = error_contrasts(m).numpy(), m.X.numpy()
    assert np.abs(K.T @ X).max() < 1e-9
    assert np.linalg.matrix_rank(K) == m.n - m.rank


def test_nothing_is_taken_for_granted_of_K() -> None:
    """Where its entries are not written down they are worked out from those of X."""
    for m in (c.latin_square("t"), c.rcbd("t", "b"), c.ancova("t", "r"), c.regression("n")):
        for step in m.loglik("REML").derivation.steps:
            assert step.assumption is None or "each level of treatment" in step.assumption


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("design", [each for each in LETTERED if "X_" in str(each.symbolic.X.definition)], ids=str)
def test_each_step_holds_in_designs_whose_columns_letters_do_not_tell(design: Lettered, method: Method) -> None:
    for derivation in derivations(design.symbolic.loglik(method)):
        assert_derivation_holds_in_design(derivation, design)


def test_K_is_orthogonal_to_X_in_each_kind_of_numbers() -> None:
    m = c.ancova("t", "r")
    K = error_contrasts(m)
    across = Product((Transpose(K), m.X))
    exact = DrawnInstance([across], Random(1))
    assert all(x == 0 for x in exact.value(across).entries())
    assert exact.value(K).ncols() == exact.value(K).nrows() - exact.size(m.rank)
    balls = DrawnInstance([across], Random(1), arithmetic=Balls()).value(across)
    assert all(x.contains(0) and x.rad() < 1e-300 for x in balls.entries())
    twice = Explicit(sympy.ImmutableDenseMatrix([[1, 2]] * 4))
    with pytest.raises(DomainError, match="depend on one another"):
        Instance(Exact()).value(Applied("left null", (twice,)))
    for values in ([[1, 0], [0, 1], [2, 3]], [[1, 1], [1, 1], [0, 5]]):
        X = Explicit(sympy.ImmutableDenseMatrix(values))
        assert np.abs(np.array(values).T @ Applied("left null", (X,)).numpy()).max() < 1e-12


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: c.repeated_measures(3, 4), "8 log(2π) + 6 log(1 − ρ²) + 8 log(σ²) + log(81) + ("),
        (lambda: c.repeated_measures("s", "t"), "t (s − 1) log(2π) + st log(σ²) + s (t − 1) log(1 − ρ²) + log |X_1'"),
        (lambda: c.random_slopes(4, [1, 2, 3]), "+ 12 log(σ²) + 4 log(σ²_u0 σ²_u1 − σ_u01²) + 4 log |Σ_u⁻¹ + "),
        (lambda: c.random_slopes(4, [1, 2, 3]), "log(96) − log(σ⁴ + 3σ² σ²_u0 + "),
    ],
)
def test_logarithms_are_told_once_and_of_what_is_positive(make, told: str) -> None:
    assert told in str(make().loglik("REML").derivation.result)


def test_an_inverse_whose_entries_have_no_room_stays_one() -> None:
    model = c.repeated_measures(4, 3, side="G")
    assert str(model.loglik("ML").derivation.result).endswith("(y − Xβ)'(I₄ ⊗ (σ² I₃ + Σ_v)⁻¹)(y − Xβ))")
    assert "3 log((σ² + σ²_v − σ²_v ρ_v²)(" in str(model.loglik("REML").derivation.result)


def test_bars_of_a_broken_line_stay_in_their_row() -> None:
    told = write(c.split_plot(2, 3, 4).loglik("REML").derivation, "mathml")
    assert told.count('<mo fence="true">|</mo>') == 2 * told.count('<mrow><mo fence="true">|</mo>')
