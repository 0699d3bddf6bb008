"""The analysis of variance of every design at both sets of sizes, against explicit matrices, exactly."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import fmpq, fmpq_mat

from tests.exact import assert_derivation_holds
from tests.models.designs import ALL, Case
from tests.models.inference.test_anova import has_table
from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Symbol
from tutor.errors import SizeError
from tutor.models import catalogue as c
from tutor.models.effects import INTERCEPT
from tutor.models.inference.anova_table import Line
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.sources import sources_of
from tutor.models.mixed import MixedModel

MOST_ROWS = 100
"""Rows of a design whose n × n matrices are multiplied as fractions."""

TABLES = [case for case in ALL if has_table(case.model) and case.model.n <= MOST_ROWS]


def ids(case: Case) -> str:
    return f"{case}-{case.arguments}-{sorted(case.options)}"


def exact(value: Any) -> fmpq:
    found = Fraction(str(sympy.Rational(value)))
    return fmpq(found.numerator, found.denominator)


def trace(A: fmpq_mat, B: fmpq_mat) -> fmpq:
    """tr(AB)."""
    pairs = zip(A.tolist(), B.transpose().tolist(), strict=True)
    return sum((x * y for row, column in pairs for x, y in zip(row, column, strict=True)), fmpq(0))


def eye(n: int) -> fmpq_mat:
    return fmpq_mat([[fmpq(int(i == j)) for j in range(n)] for i in range(n)])


def projections(m: MixedModel) -> dict[str, fmpq_mat]:
    value = Instance(Exact()).value
    return {name: value(A) for name, A in MeanSquares(m, sources_of(m)).projections.items()}


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES, ids=ids)
def test_sums_of_squares_split_what_there_is(case: Case) -> None:
    """Projections that are idempotent, symmetric, orthogonal, and add up to I − J/n; degrees of freedom are ranks."""
    m = case.model
    n, found = int(m.n), projections(m)
    total = eye(n) - eye(n)
    zero = total * 1
    degrees = {source.name: source.degrees_of_freedom for source in sources_of(m)}
    for name, A in found.items():
        assert A.transpose() == A and A * A == A
        assert trace(A, A) == exact(degrees[name])
        assert total * A == zero, f"{name} is not orthogonal to those before it"
        total += A
    has_mean = any(term.name == INTERCEPT for term in m.fixed)
    assert has_mean
    assert total == eye(n) - fmpq_mat([[fmpq(1, n)] * n for _ in range(n)])
    assert sympy.Add(*degrees.values()) == n - 1


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES, ids=ids)
def test_an_expected_mean_square_is_that_of_explicit_matrices(case: Case) -> None:
    """E(MS) = tr(AV)/f + (Xβ)'A Xβ/f with V = Σ σ²_k Z_kZ_k' + σ² I, each variance and each effect by itself."""
    m = case.model
    value, table = Instance(Exact()).value, m.anova()
    squares = {term.parameters[0].symbol: value(term.matrix) for term in m.random}
    X, rng = value(m.X), random.Random(2)
    beta = fmpq_mat([[fmpq(b)] for b in rng.sample(range(-999, 1000), X.ncols())])
    for name, A in projections(m).items():
        line = table[name]
        f = line.source.degrees_of_freedom
        if f == 0:
            continue
        told = dict(line.source.coefficients)
        for variance, Z in squares.items():
            assert trace(A, Z * Z.transpose()) / exact(f) == exact(told.get(variance, 0))
        assert told[m.parameters[0].symbol] == 1
        mean = X * beta
        Q = (mean.transpose() * A * mean)[0, 0] / exact(f)
        assert (Q != 0) == bool(line.source.means)
        assert_fixed_part(line, m, beta, Q)


def assert_fixed_part(line: Line, m: MixedModel, beta: fmpq_mat, Q: fmpq) -> None:
    """The Q at the end of the derivation has this value at the effects."""
    if not line.source.means:
        return
    result = line.derivation.result
    symbol: Any = result if isinstance(result, Symbol) else result.parts[-1]
    assert m.beta.entries is not None
    values = {
        str(entry): float(Fraction(str(b))) for entry, b in zip(m.beta.entries.flat(), beta.entries(), strict=True)
    }
    got = symbol.numpy(**values)[0, 0]
    assert got == pytest.approx(float(Fraction(str(Q))), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("case", TABLES, ids=ids)
@pytest.mark.parametrize("restricted", [False, True])
def test_an_error_term_expects_what_the_source_does_without_its_effects(case: Case, restricted: bool) -> None:
    """Of each F ratio; and where no test is told, no mean square expects that."""
    table = case.model.anova(restricted=restricted)
    expects = {line.mean_square: dict(line.source.coefficients) for line in table}
    for line in table:
        own = line.source.part.variance
        wanted = {v: share for v, share in line.source.coefficients if v != own}
        if line.test is None:
            others = [o for o in table if o.name != line.name and not o.source.means and o.source.degrees_of_freedom]
            is_pure = set(line.source.means) == ({line.name} if own is None else set())
            assert line.name == "residual" or not is_pure or all(expects[o.mean_square] != wanted for o in others)
            continue
        below: dict[sympy.Symbol, sympy.Expr] = {}
        for square, share in line.test.denominator.as_coefficients_dict().items():
            for variance, value in expects[square].items():
                below[variance] = below.get(variance, sympy.S.Zero) + share * value
        assert {v: share for v, share in below.items() if share} == wanted
        assert line.test.because
        assert line.test.is_exact or "Satterthwaite" in line.test.because


@pytest.mark.parametrize("sequences", [("AB", "BA"), 3, 4, "t"])
@pytest.mark.parametrize(("n", "t"), [(2, 4), (3, 3)])
def test_a_crossover_of_letters_has_the_table_of_numbers(sequences: Any, n: int, t: int) -> None:
    letters = c.crossover("n", sequences)
    numbers = c.crossover(n, t if sequences == "t" else sequences)
    put = {"n": n, "t": t, "s": 2 * t if t % 2 else t}
    for left, right in zip(letters.anova(), numbers.anova(), strict=True):
        assert left.name == right.name and left.source.means == right.source.means
        assert with_sizes(left.source.degrees_of_freedom, put) == right.source.degrees_of_freedom
        assert [with_sizes(share, put) for _, share in left.source.coefficients] == [
            share for _, share in right.source.coefficients
        ]
        assert (left.test is None) == (right.test is None)
        if left.test is not None and right.test is not None:
            assert left.test.denominator == right.test.denominator
        assert (left.fixed_part is None) == (right.fixed_part is None)


def with_sizes(value: sympy.Expr, sizes: dict[str, int]) -> Any:
    return value.xreplace({s: sympy.Integer(sizes[str(s)]) for s in value.free_symbols if str(s) in sizes})


@pytest.mark.parametrize("sequences", [("AB", "BA"), 3, 4])
def test_each_step_of_a_crossover_of_letters_holds(sequences: Any) -> None:
    for line in c.crossover("n", sequences).anova():
        assert_derivation_holds(line.derivation, seeds=2)
        assert all(step.assumption is None for step in line.derivation.steps)


def test_williams_sequences_of_letters_tell_what_is_taken_for_granted() -> None:
    told = {step.assumption for line in c.crossover("n", "t").anova() for step in line.derivation.steps}
    assert told == {None, "each level of treatment is equally often in each sequence and equally often in each period"}


def test_a_crossover_whose_treatments_are_those_of_subjects_is_refused_with_the_reason() -> None:
    with pytest.raises(SizeError, match="letters do not tell"):
        c.crossover("n", ["AA", "BB"]).anova()
