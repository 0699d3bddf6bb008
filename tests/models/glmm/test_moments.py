"""Derivations of generalized models: every line has one value, and closed forms agree with quadrature."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.glmm.lines import Line, Points
from tutor import TutorError, crd, glmm, model, random_slopes, rcbd, repeated_measures, split_plot
from tutor.algebra.nodes import Scalar
from tutor.errors import DomainError
from tutor.models.glmm.families import FAMILIES
from tutor.models.glmm.links import LINKS
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.glmm.numbers import number
from tutor.models.glmm.predictor import covariance_of_predictors, mean_of_predictor, observation
from tutor.models.glmm.question import question
from tutor.models.glmm.values import by_points
from tutor.models.mixed import MixedModel

UNBALANCED = {
    "y": [1, 2, 3, 4, 5, 6, 7, 8],
    "x": [0, 1, 0, 1, 2, 0, 2, 1],
    "g": list("aabbbccc"),
    "h": list("pqpqpqqp"),
}

MAKERS = {
    "rcbd": (lambda: rcbd(2, 2), ["y_11", "y_21", "y_12"]),
    "rcbd of letters": (lambda: rcbd("t", "b"), ["y_ij", "y_kj", "y_ik"]),
    "rcbd, any letters": (lambda: rcbd(3, 4), ["y_ij", "y_1j", "y_i2"]),
    "split plot": (lambda: split_plot(2, 2, 2), ["y_111", "y_121", "y_211"]),
    "slopes": (lambda: random_slopes(3, [1, 2, 4]), ["y_11", "y_21", "y_12"]),
    "slopes by letters": (lambda: random_slopes(3, [1, 2, 4]), ["y_ij", "y_kj", "y_ik"]),
    "crossed and unbalanced": (lambda: model("y ~ x + (1 | g) + (1 | h)", UNBALANCED), ["y_3", "y_4", "y_8"]),
    "slopes, unbalanced": (lambda: model("y ~ x + (x | g)", UNBALANCED), ["y_4", "y_5", "y_1"]),
    "at large": (lambda: rcbd(2, 2), ["y_i", "y_j"]),
    "no random effects": (lambda: crd(2, 2), ["y_11", "y_12"]),
}
PAIRS = [(key, link) for key, family in FAMILIES.items() for link in family.links if LINKS[link].has_mean]


@cache
def linear(name: str) -> MixedModel:
    return MAKERS[name][0]()


@st.composite
def numbers_for(draw: st.DrawFn, g: GeneralizedModel, keys: list[str]) -> dict[str, float]:
    """Values of all letters of these observations, with covariances that there can be."""
    of = [observation(g.linear, key) for key in keys]
    letters = {s for o in of for s in mean_of_predictor(g.linear, o).free_symbols}
    pairs = [(a, b) for number, a in enumerate(of) for b in of[number:]]
    letters |= {s for a, b in pairs for s in covariance_of_predictors(g.linear, a, b).free_symbols}
    values = {"sigma2": draw(st.floats(0.2, 1.5)), "phi": draw(st.floats(0.5, 4)), "nu": draw(st.floats(3, 9)), "N": 6}
    values = {key: value for key, value in values.items() if key in g.constants}
    for letter in sorted(letters, key=str):
        name = str(letter)
        if name.startswith("sigma2") or (name.startswith("s_") and letter.is_nonnegative):
            values[name] = draw(st.floats(0.2, 0.8))
        elif name.startswith(("sigma_", "s_")):
            values[name] = draw(st.floats(-0.15, 0.15))
        else:
            values[name] = draw(st.floats(-0.6, 0.6))
    return values


@st.composite
def points(draw: st.DrawFn, observations: int, independent: bool) -> Points:
    """Predictors of finitely many values, independent of each other on request."""
    few = st.lists(st.fractions(-1, 2, max_denominator=9), min_size=2, max_size=3)
    if independent:
        grid = list(product(*(draw(few) for _ in range(observations))))
        return Points([Fraction(1, len(grid))] * len(grid), grid)
    at = draw(st.lists(st.tuples(*[st.fractions(-1, 2, max_denominator=9)] * observations), min_size=2, max_size=4))
    weights = draw(st.lists(st.integers(1, 5), min_size=len(at), max_size=len(at)))
    return Points([Fraction(weight, sum(weights)) for weight in weights], at)


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("moment", ["E", "Var", "Cov"])
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_each_step_of_a_derivation_is_verified_in_certain_bounds(name: str, moment: str, data: st.DataObject) -> None:
    """The step that needs the normal distribution is tried on it, all others on any distribution."""
    key, link = data.draw(st.sampled_from(PAIRS))
    g = glmm(linear(name), key, link)
    keys = data.draw(st.permutations(MAKERS[name][1]))[: 2 if moment == "Cov" else 1]
    drawn = data.draw(numbers_for(g, keys))
    line = Line(g, keys, {letter: Fraction(value).limit_denominator(20) for letter, value in drawn.items()})
    if g.linear.random:
        anything = data.draw(points(len(keys), independent=line.normal.covariance == 0))
    else:
        anything = Points([Fraction(1)], [line.normal.means])
    derivation = g.derive(f"{moment}({', '.join(keys)})")
    for step in derivation.steps:
        law = line.normal if step.rule == "normal-moments" else anything
        difference = line.value(step.before, law) - line.value(step.after, law)
        assert difference.contains(0) and difference.rad() < 1e-15, step.rule


def is_outside(g: GeneralizedModel, one: str, numbers: dict[str, float]) -> bool:
    """Whether the mean of an observation in closed form is outside the range of its family."""
    low, high = g.family.domain
    closed = g.derive(f"E({one})").result
    assert isinstance(closed, Scalar)
    mean = number(closed.value, numbers)
    most = numbers.get("N", 1.0) if high != sympy.oo else math.inf
    return mean <= float(low) or mean >= most


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "no random effects"])
@pytest.mark.parametrize("moment", ["E", "Var", "Cov", "Corr"])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_closed_forms_agree_with_quadrature(name: str, moment: str, data: st.DataObject) -> None:
    key, link = data.draw(st.sampled_from(PAIRS))
    g = glmm(linear(name), key, link)
    keys = data.draw(st.permutations(MAKERS[name][1]))[: 2 if moment in ("Cov", "Corr") else 1]
    numbers = data.draw(numbers_for(g, keys))
    what = f"{moment}({', '.join(keys)})"
    if isinstance(g.derive(what).result, Scalar):
        try:
            found = g.value(what, **numbers)
        except DomainError as error:  # where the link leaves the domain a mean or a variance is outside its range
            assert "leave its domain" in str(error) and link in ("identity", "log", "sqrt")
            assert moment in ("Var", "Corr") or any(is_outside(g, one, numbers) for one in keys)
            return
        assert found.method == "closed form"
        try:
            quadrature = by_points(g, question(g.linear, what), numbers)
        except DomainError:  # of doubles, which closed forms do without
            variances = [number(g.derive(f"Var({one})").result.value, numbers) for one in keys]  # pyright: ignore[reportAttributeAccessIssue]
            assert moment == "Corr" and min(variances) < 1e-12
            return
        assert quadrature.error < 1e-10 * max(1, abs(found.value))
        assert found.value == pytest.approx(quadrature.value, rel=1e-10, abs=1e-10)


def test_no_correlation_is_told_that_there_cannot_be() -> None:
    g = glmm(linear("crossed and unbalanced"), "Bernoulli", "identity")
    with pytest.raises(DomainError, match=r"the correlation would be 5e\+77: the identity link"):
        g.value("Corr(y_3, y_4)", beta_0=1e-78, beta_1=0, sigma2_u=0.5, sigma2_v=0.5)


CLOSED = {("Beta", "cloglog"), ("Beta", "logit"), ("Binomial", "cloglog"), ("Binomial", "logit"),
          ("Bernoulli", "cloglog"), ("Bernoulli", "logit")}  # fmt: skip
"""Pairs of family and link without closed forms."""


@pytest.mark.parametrize(("key", "link"), PAIRS)
def test_what_has_a_closed_form_is_given_in_one_and_nothing_else_is(key: str, link: str) -> None:
    for what in ("E(y_11)", "Var(y_11)", "Cov(y_11, y_21)"):
        assert isinstance(glmm(linear("rcbd"), key, link).derive(what).result, Scalar) == ((key, link) not in CLOSED)


def test_formulas_are_those_of_the_books() -> None:
    m, s, c = sympy.Symbol("m", real=True), sympy.Symbol("s", nonnegative=True), sympy.Symbol("s_ij", real=True)
    mi, mj = sympy.symbols("m_i m_j", real=True)
    si, sj = sympy.symbols("s_i s_j", nonnegative=True)
    poisson = glmm(linear("rcbd"), "Poisson", "log")
    mean = sympy.exp(m + s / 2)
    assert value_of(poisson, "E(y)") == mean
    assert sympy.expand(value_of(poisson, "Var(y)") - mean - (sympy.exp(s) - 1) * mean**2, power_exp=False) == 0
    product = sympy.exp(mi + mj + si / 2 + sj / 2)
    assert sympy.expand(value_of(poisson, "Cov(y_i, y_j)") - product * (sympy.exp(c) - 1)) == 0
    normal = glmm(linear("rcbd"), "normal")
    assert value_of(normal, "Var(y)") == s + sympy.Symbol("sigma2", positive=True)
    assert str(value_of(glmm(linear("rcbd"), "Bernoulli", "probit"), "E(y)")) == "Phi(m/sqrt(s + 1))"


def value_of(g: GeneralizedModel, what: str) -> sympy.Expr:
    result = g.derive(what).result
    assert isinstance(result, Scalar)
    return result.value


@pytest.mark.parametrize(("name", "keys"), [(name, keys) for name, (_, keys) in MAKERS.items() if name == "rcbd"])
def test_the_normal_family_with_the_identity_is_the_linear_mixed_model(name: str, keys: list[str]) -> None:
    g = glmm(linear(name), "normal")
    for what in (*(f"Var({key})" for key in keys), *(f"Cov({keys[0]}, {key})" for key in keys[1:])):
        theirs = g.linear.derive(what).result
        assert isinstance(theirs, Scalar)
        assert sympy.expand(value_of(g, what) - theirs.value) == 0


def test_observations_that_share_nothing_are_uncorrelated_and_the_reason_is_told() -> None:
    derivation = glmm(linear("rcbd")).derive("Cov(y_11, y_12)")
    assert derivation.result == Scalar(sympy.S.Zero)
    assert "share no random effect" in derivation.steps[-1].because
    letters = glmm(linear("rcbd of letters")).derive("Cov(y_ij, y_ik)")
    assert letters.steps[-1].assumption == "j ≠ k"


def test_conditional_moments_are_functions_of_the_predictor() -> None:
    g = glmm(linear("rcbd"), "negative binomial")
    mu, tau, u = sympy.symbols("mu tau_1 u_1", real=True)
    eta = mu + tau + u
    phi = sympy.Symbol("phi", positive=True)
    assert value_of(g, "E(y_11 | u)") == sympy.exp(eta)
    assert sympy.expand(value_of(g, "Var(y_11 | u)") - sympy.exp(eta) - sympy.exp(2 * eta) / phi) == 0
    assert value_of(g, "Cov(y_11, y_21 | u)") == 0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: glmm(rcbd(2, 2), "Poisson", "logit"), "logit link does not go with the Poisson family"),
        (lambda: glmm(rcbd(2, 2), "Poisson", "lgo"), "Did you mean log"),
        (lambda: glmm(rcbd(2, 2), "t", df=2).derive("Var(y_11)"), "needs ν > 2"),
        (lambda: glmm(rcbd(2, 2), "t", df=1).derive("E(y_11)"), "needs ν > 1"),
        (lambda: glmm(rcbd(2, 2), "Gamma", "inverse").derive("E(y_11)"), "1/η has no mean"),
        (lambda: glmm(rcbd(2, 2), "Gamma", trials=3), "the Binomial family has it"),
        (lambda: glmm(rcbd(2, 2), "Binomial", trials=-2), "positive whole number"),
        (lambda: glmm(rcbd(2, 2), "t", df=-1), "must be positive"),
        (lambda: glmm(3), "takes a model"),  # pyright: ignore[reportArgumentType]
        (lambda: glmm("rcbd"), "A formula needs data"),
        (lambda: glmm(repeated_measures(2, 3), "Poisson"), "has no ε"),
        (lambda: glmm(rcbd(2, 2)).derive("E(y_99)"), "not known"),
        (lambda: glmm(rcbd(2, 2)).derive("y_11"), "no mean, variance or covariance"),
        (lambda: glmm(rcbd(2, 2)).derive("E(y_11 + y_21)"), "no mean, variance or covariance"),
    ],
)
def test_what_cannot_be_is_refused_in_words(make, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        make()


def test_the_inverse_link_has_moments_given_u_and_without_random_effects() -> None:
    assert str(value_of(glmm(rcbd(2, 2), "Gamma", "inverse"), "E(y_11 | u)")) == "1/(mu + tau_1 + u_1)"
    assert str(value_of(glmm(crd(2, 2), "Gamma", "inverse"), "E(y_11)")) == "1/(mu + tau_1)"


EXACT = [("normal", "identity"), ("Poisson", "log"), ("lognormal", "identity"), ("Bernoulli", "probit"),
         ("Gamma", "log"), ("negative binomial", "log")]  # fmt: skip
"""The families whose marginal moments a course has in closed form."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("key", "link"), EXACT)
def test_each_exact_case_agrees_with_quadrature_at_random_parameters(key: str, link: str, seed: int) -> None:
    g = glmm(linear("split plot"), key, link)
    rng = np.random.default_rng(seed)
    letters = {p.key: rng.uniform(0.1, 1.2) for p in g.parameters}
    effects = {str(entry): rng.uniform(-0.6, 0.6) for entry in g.linear.beta.entries or ()}
    for what in ("E(y_111)", "Var(y_111)", "Cov(y_111, y_121)", "Cov(y_111, y_221)"):
        found = g.value(what, **letters, **effects)
        integral = by_points(g, question(g.linear, what), {**letters, **effects})
        if (key, link) != ("Bernoulli", "probit") or what.startswith("E"):
            assert found.method == "closed form"
        assert found.value == pytest.approx(integral.value, rel=1e-10, abs=1e-10), what
