"""What every design of the catalogue answers has the value of its definition: with letters at numbers for them, and
with numbers, exactly, against matrices of fractions that are written out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from flint import arb, fmpq, fmpq_mat

from tests.models.inference.dense import Dense, identity, numbers_in, trace
from tests.models.inference.exact_errors import direct, fraction
from tests.models.inference.letters_at import LettersAt
from tests.models.inference.test_catalogue_answers import effects_of, with_covariate
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.nodes import Symbol
from tutor.algebra.parameters import scalars_of
from tutor.algebra.rules import Derivation
from tutor.errors import TutorError
from tutor.models.inference.asked_means import Coefficients, differences_of, means_of
from tutor.models.inference.blue import estimable_functions_of
from tutor.models.inference.errors_by_kind import StandardErrors
from tutor.models.inference.source_parts import RESIDUAL
from tutor.models.mixed import MixedModel

Value = tuple[str, Any, Any]
"""What is asked, the value that was found and that of the definition."""


@dataclass(frozen=True)
class Asked:
    """A model, the design with numbers that it becomes, and both by matrices."""

    m: MixedModel
    numbers: MixedModel
    dense: Dense
    at: LettersAt
    is_open: bool = False

    def lines(self, what: str, derivation: Derivation, expected: fmpq_mat | fmpq) -> Iterator[Value]:
        """Every line but one that only names a prediction, or an effect given y."""
        told = expected if isinstance(expected, fmpq_mat) else one(expected)
        for line in derivation.lines:
            if "| y" not in str(line) and not any("hat_" in letter.name for letter in scalars_of(line)):
                yield f"{what}: {line}", self.at.exact(line), told


Values = Callable[[Asked], Iterator[Value]]


def one(value: Any) -> fmpq_mat:
    return fmpq_mat([[value]])


def moments(asked: Asked) -> Iterator[Value]:
    m, d = asked.m, asked.dense
    yield "E(y)", asked.at.exact(m.E(m.y)), d.X * d.beta
    yield from asked.lines("Var(y)", m.derive("Var(y)"), d.V)


def pairs_of_observations(asked: Asked) -> Iterator[tuple[str, str, int, int]]:
    names = [str(entry) for entry in asked.numbers.y.entries or ()]
    for i, j in ((0, 0), (0, 1), (0, len(names) - 1), (1, len(names) // 2)):
        yield names[i], names[j], i, j


def of_observations(asked: Asked) -> Iterator[Value]:
    d, mean = asked.dense, asked.dense.X * asked.dense.beta
    for a, b, i, j in pairs_of_observations(asked):
        yield from asked.lines(f"E({a})", asked.m.derive(f"E({a})"), mean[i, 0])
        yield from asked.lines(f"Cov({a}, {b})", asked.m.derive(f"Cov({a}, {b})"), d.V[i, j])


def correlations(asked: Asked) -> Iterator[Value]:
    """Their squares, the sign being that of the covariance, where the correlation is irrational."""
    V = asked.dense.V
    for a, b, i, j in pairs_of_observations(asked):
        found = asked.at.ball(asked.m.derive(f"Corr({a}, {b})").result)
        yield f"Corr({a}, {b})", found, arb(V[i, j]) / (arb(V[i, i]) * arb(V[j, j])).sqrt()


def of_effects(asked: Asked) -> Iterator[Value]:
    m, d = asked.m, asked.dense
    assert isinstance(m.u, Symbol)
    yield "Cov(u, y)", asked.at.exact(m.Cov(m.u, m.y)), d.across
    yield from asked.lines("Var(u | y)", m.derive("Var(u | y)"), d.variance_given_y)


def effects(asked: Asked) -> Iterator[tuple[str, str, int, int]]:
    """The first two random effects and the last one, each with another one, and their places."""
    assert asked.numbers.u is not None
    names = [str(entry) for entry in asked.numbers.u.entries or ()]
    for i in sorted({0, 1, len(names) - 1}):
        yield names[i], names[-1 - i], i, len(names) - 1 - i


def single_effects_given_y(asked: Asked) -> Iterator[Value]:
    d = asked.dense
    mean = d.across * d.W * d.deviation
    for a, b, i, j in effects(asked):
        yield from asked.lines(f"E({a} | y)", asked.m.derive(f"E({a} | y)"), mean[i, 0])
        yield from asked.lines(f"Var({a} | y)", asked.m.derive(f"Var({a} | y)"), d.variance_given_y[i, i])
        yield from asked.lines(f"Cov({a}, {b} | y)", asked.m.derive(f"Cov({a}, {b} | y)"), d.variance_given_y[i, j])


def single_predictions(asked: Asked) -> Iterator[Value]:
    d = asked.dense
    for a, b, i, j in effects(asked):
        one_hat, other_hat = (re.sub("^[a-z]+", r"\g<0>hat", name) for name in (a, b))
        for ask, expected in (
            (f"Var({one_hat})", d.variance_of_predictor[i, i]),
            (f"Cov({one_hat}, {other_hat})", d.variance_of_predictor[i, j]),
            (f"Var({one_hat} - {a})", d.error_of_predictor[i, i]),
        ):
            yield from asked.lines(ask, asked.m.derive(ask), expected)


def estimators(asked: Asked) -> Iterator[Value]:
    d = asked.dense
    for kind, projection in (("blue", d.spread * d.W), ("ols", d.hat)):
        fitted = getattr(asked.m, kind).fitted
        yield from asked.lines(f"{kind}, estimate", fitted.derive("estimate"), projection * d.y)
        variance = projection * d.V * projection.transpose()
        yield from asked.lines(f"{kind}, variance", fitted.derive("variance"), variance)


def predictor(asked: Asked) -> Iterator[Value]:
    found, d = asked.m.blup, asked.dense
    yield from asked.lines("blup", found.derive("estimate"), d.predictor)
    yield from asked.lines("Var of blup", found.derive("variance"), d.variance_of_predictor)
    yield from asked.lines("its error", found.derive("prediction error variance"), d.error_of_predictor)


def shrinkage(asked: Asked) -> Iterator[Value]:
    matrix = asked.m.blup.shrinkage.matrix
    if matrix is not None:
        yield "shrinkage", asked.at.exact(matrix @ asked.m.y), asked.dense.predictor


def henderson(asked: Asked) -> Iterator[Value]:
    """The solution of the equations is β̂, in what it fits, and û; each derivation has one value."""
    d = asked.dense
    fitted, precision = d.full.transpose() * d.R.inv(), d.Z.transpose() * d.R.inv()
    left = _stacked([[fitted * d.full, fitted * d.Z], [precision * d.full, precision * d.Z + d.G.inv()]])
    solution = left.solve(_stacked([[fitted * d.y], [precision * d.y]])).tolist()
    p = d.full.ncols()
    yield "fitted by Henderson", d.full * fmpq_mat(solution[:p]), d.spread * d.W * d.y
    yield "predicted by Henderson", fmpq_mat(solution[p:]), d.predictor
    found = asked.m.henderson()
    yield from asked.lines("its error", found.derive("prediction error variance"), d.error_of_predictor)
    for key in ("elimination", "pushed through", "estimate", "inverse", "times the residual variance"):
        if key in found.derivations:
            first, *lines = found.derivations[key].lines
            for line in lines:
                yield f"{key}: {line}", asked.at.exact(line), asked.at.exact(first)


def _stacked(grid: list[list[fmpq_mat]]) -> fmpq_mat:
    rows = [parts for line in grid for parts in zip(*(block.tolist() for block in line), strict=True)]
    return fmpq_mat([[x for part in parts for x in part] for parts in rows])


def intraclass(asked: Asked) -> Iterator[Value]:
    """The least of those that share the unit, which share nothing else; beside a structure over time one of them."""
    for claim in asked.m.icc().claims:
        found = asked.at.exact(claim.derive().result)[0, 0]
        every = asked.dense.correlations(claim.key.split(":"))
        yield f"icc of {claim.key}", found**2, found**2 if asked.m.residual and found**2 in every else min(every)


def log_likelihoods(asked: Asked) -> Iterator[Value]:
    d, by_ml = asked.dense, asked.m.loglik("ML")
    yield "ℓ", asked.at.ball(by_ml.tree), d.log_density(d.deviation)
    if by_ml.profile is not None:
        yield "ℓ at β̂", asked.at.ball(by_ml.profile.result), d.log_density(d.residual)
    yield "ℓ_R", asked.at.ball(asked.m.loglik("REML").tree), d.restricted_log_likelihood


def scores(asked: Asked) -> Iterator[Value]:
    for parameter in asked.numbers.parameters:
        for method in ("ML", "REML"):
            found = asked.at.exact(asked.m.score(parameter.key, method).tree)
            yield f"score of {parameter.key}", found, one(asked.dense.score(parameter.key, method))


def information(asked: Asked) -> Iterator[Value]:
    for method in ("ML", "REML"):
        found = asked.m.information(method)
        for i, key in enumerate(found.keys):
            for other in found.keys[i:]:
                expected = asked.dense.information(key, other, method)
                yield f"{method} {key} {other}", asked.at.exact(found.derive(key, other).result), one(expected)


def variance_estimators(asked: Asked) -> Iterator[Value]:
    """The scores are 0 there; where V has no inverse there, nothing is to be seen."""
    for method in ("ML", "REML"):
        found = asked.m.variance_estimators(method).estimators
        values = {str(letter): fraction(asked.at.exact(tree)[0, 0]) for letter, tree in found.items()}
        there = replace(asked.dense, values={**asked.dense.values, **values})
        if there.V.det() == 0:
            continue
        for parameter in asked.numbers.parameters:
            yield f"{method} {parameter.key}", there.score(parameter.key, method, at_estimate=True), fmpq(0)


def mean_squares(asked: Asked) -> Iterator[Value]:
    """Degrees of freedom, expected mean squares and their fixed parts, by the projection of what a source adds."""
    d = asked.dense
    factors: list[frozenset[str]] = []
    before = d.projection(factors)
    squares = {term.parameters[0].key: numbers_in(term.matrix.explicit(), d.values) for term in asked.numbers.random}
    for line in asked.m.anova():
        source = line.source
        factors += [] if source.name == RESIDUAL else [frozenset(source.part.variables)]
        now = identity(before.nrows()) if source.name == RESIDUAL else d.projection(factors)
        A, before = now - before, now
        f, mean = trace(A, A), d.X * d.beta
        yield f"df of {line.name}", asked.at.exact(source.degrees_of_freedom), one(f)
        if f == 0:
            continue
        told = {str(letter): share for letter, share in source.coefficients}
        for key, Z in squares.items():
            share = trace(A, Z * Z.transpose()) / f
            yield f"{key} in {line.name}", asked.at.exact(told.get(key, 0)), one(share)
        random = sum((asked.at.exact(v * k)[0, 0] for v, k in source.coefficients), fmpq(0))
        yield f"E(MS) of {line.name}", random, trace(A, d.V) / f
        Q = (mean.transpose() * A * mean)[0, 0] / f
        if line.fixed_part is not None:
            yield f"Q of {line.name}", asked.at.exact(line.fixed_part), one(Q)
        elif not source.means:
            yield f"Q of {line.name}", fmpq(0), Q


def restricted_mean_squares(asked: Asked) -> Iterator[Value]:
    """E(MS) where the effects of an interaction with fixed factors add up to 0 over each of these: two of them have the
    covariance σ² ∏ (1(same level) − 1/a) over the fixed factors, a levels each, at the same levels of the others."""
    d, numbers = asked.dense, asked.numbers
    columns = dict(numbers.columns)
    fixed = {name for term in numbers.fixed for name in term.variables if len(term.variables) == 1}
    squares: dict[str, fmpq_mat] = {}
    for term, effects in zip(numbers.random, numbers.index.effects, strict=True):
        # Effects within others, and cells of fixed factors alone, are no interaction of a random with a fixed factor.
        is_mixed = not any(name.within for name in effects.names) and not set(term.variables) <= fixed
        squares[term.parameters[0].key] = covariance_of_effects(
            {name: columns[name] for name in term.variables}, fixed if is_mixed else set()
        )
    factors: list[frozenset[str]] = []
    before = d.projection(factors)
    for line in asked.m.anova(restricted=True):
        source = line.source
        factors += [] if source.name == RESIDUAL else [frozenset(source.part.variables)]
        now = identity(before.nrows()) if source.name == RESIDUAL else d.projection(factors)
        A, before = now - before, now
        f = trace(A, A)
        if f == 0:
            continue
        told = {str(letter): share for letter, share in source.coefficients}
        for key, S in squares.items():
            yield f"{key} in {line.name}", asked.at.exact(told.get(key, 0)), one(trace(A, S) / f)


def covariance_of_effects(levels: Mapping[str, Sequence[Any]], fixed: set[str]) -> fmpq_mat:
    """Of the effects in each two rows, σ² = 1: the product over the factors of the term."""
    rows = range(len(next(iter(levels.values()))))
    found = fmpq_mat([[fmpq(1) for _ in rows] for _ in rows])
    for name, own in levels.items():
        less = fmpq(1, len(set(own))) if name in fixed else fmpq(0)
        for i in rows:
            for j in rows:
                found[i, j] *= int(own[i] == own[j]) - less
    return found


def means(asked: Asked) -> Iterator[Value]:
    for effect in effects_of(asked.m):
        functions = [*means_of(asked.numbers, effect, ()).values()]
        yield from standard_errors(asked, asked.m.se_means(effect), functions, effect)


def differences(asked: Asked) -> Iterator[Value]:
    for effect in effects_of(asked.m):
        functions = [*differences_of(asked.numbers, effect, ()).values()]
        yield from standard_errors(asked, asked.m.se_differences(effect), functions, effect)


def standard_errors(asked: Asked, found: StandardErrors, functions: list[Coefficients], effect: str) -> Iterator[Value]:
    """Each variance as often as it is told, and the average; of letters of levels that of the first."""
    is_estimable = estimable_functions_of(asked.numbers)
    kept = [direct(asked.numbers, k) for k in functions if is_estimable(k)]
    if asked.is_open:
        return
    told = [asked.at.exact(kind.error.variance)[0, 0] for kind in found.kinds]
    numbers = [None if kind.number is None else int(asked.at.exact(kind.number)[0, 0].p) for kind in found.kinds]
    if found.average is not None:
        yield f"average of {effect}", asked.at.exact(found.average.variance)[0, 0], sum(kept, fmpq(0)) / len(kept)
    if len(told) == 1 and found.average is None:
        yield f"first of {effect}", told[0], kept[0]
    elif numbers == [None]:
        yield f"all of {effect}", {told[0]}, set(kept)
    elif None in numbers:
        yield f"kinds of {effect}", set(told), set(kept)
    elif found.average is None:
        yield f"kinds of {effect} at the first levels", set(told) - set(kept), set[fmpq]()
    else:
        counted = Counter[fmpq]()
        for value, number in zip(told, numbers, strict=True):
            counted[value] += number or 0
        yield f"kinds of {effect}", +counted, Counter(kept)


ROWS = "not told by letters"
AVERAGES = "not told as deviations of means"
NO_CLOSED_FORM = "no solution in closed form"

VALUES: dict[str, tuple[Values, tuple[str, ...]]] = {
    "moments": (moments, ()),
    "observations": (of_observations, ()),
    "correlations": (correlations, ()),
    "effects": (of_effects, ()),
    "single effects given y": (
        single_effects_given_y,
        (
            "not all combinations of its indices", "have one plot",
            "are not told by levels of indices", "no sum of random effects by their indices",
            "no moments that letters for sizes",
        ),
    ),
    "single predictions": (single_predictions, (AVERAGES, "how many treatments both hold")),
    "estimators": (estimators, ()),
    "predictor": (predictor, ()),
    "shrinkage": (shrinkage, (AVERAGES,)),
    "henderson": (henderson, ()),
    "icc": (intraclass, ("vary with a covariate",)),
    "log-likelihoods": (log_likelihoods, ()),
    "scores": (scores, ()),
    "information": (information, ()),
    "variance estimators": (variance_estimators, (NO_CLOSED_FORM,)),
    "mean squares": (
        mean_squares, ("covariance structure of their own", "more than one variance"),
    ),
    "restricted mean squares": (
        restricted_mean_squares,
        ("covariance structure of their own", "not every level of block has all of them", "more than one variance"),
    ),
    "means": (means, ("which treatments are together", "estimable")),
    "differences": (differences, ("which treatments are together",)),
}  # fmt: skip
"""What is asked, and the words of the reasons for which it may be refused."""


OF_EFFECTS = {"effects", "single effects given y", "single predictions", "predictor", "shrinkage", "henderson", "icc"}
"""What is asked of models with random effects only."""


@cache
def asked_of(design: Lettered) -> tuple[Asked, Asked]:
    """With letters, and with the first of the numbers for them."""
    sizes = design.numbers[1 if design.name == "graeco_latin" else 0]  # one of three leaves no degrees of freedom
    numbers, told = with_covariate(design, sizes)
    dense, letters = Dense.of(numbers), design.symbolic
    at = LettersAt(letters, dense, design.known(sizes), told)
    return (
        Asked(letters, numbers, dense, at, is_open=design.name == "alpha"),
        Asked(numbers, numbers, dense, LettersAt(numbers, dense, {}, {})),
    )


def refusal(asked: Asked, what: str) -> str:
    """ "" where all values are those of the definitions, or the reason why there is none."""
    values, allowed = VALUES[what]
    if what in OF_EFFECTS and asked.m.u is None:
        return ""
    try:
        for name, found, expected in values(asked):
            if isinstance(found, arb):
                assert found.overlaps(expected) and found.rad() < arb(10) ** -20, f"{asked.m.title}, {name}"
            else:
                assert found == expected, f"{asked.m.title}, {name}"
    except TutorError as refused:
        told = [words for words in allowed if words in str(refused)]
        assert told, f"{what} of {asked.m.title}: {refused}"
        return told[0]
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("what", VALUES)
def test_every_value_of_the_catalogue_is_that_of_its_definition(what: str) -> None:
    given = {refusal(asked_of(design)[0], what) for design in LETTERED}
    _, allowed = VALUES[what]
    assert given - {""} == set(allowed), "a reason that no design gives leaves the table"


SLOW = ("single predictions", "moments")


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=[pytest.mark.slow] if what in SLOW else []) for what in VALUES]
)
def test_values_of_randomized_blocks_are_those_of_their_definitions(what: str) -> None:
    design = next(design for design in LETTERED if design.name == "rcbd")
    assert not any(refusal(asked, what) for asked in asked_of(design))
