"""Analysis of variance: expected mean squares against traces, sums of squares against projections, F against SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy
from scipy import stats

import tutor
from tests.models.designs import CASES, Case
from tutor.data import path
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.effects import INTERCEPT
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.inference.anova import anova, tail_of_F
from tutor.models.inference.anova_table import Anova
from tutor.models.inference.source_parts import RESIDUAL, Source
from tutor.models.inference.sources import is_orthogonal, sources_by_counting, sources_by_elimination, sources_of
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode


def has_table(m: MixedModel) -> bool:
    """Whether the variance of a model is a sum of variance components, and its covariates are numbers."""
    try:
        sources_of(m)
    except (TutorError, DomainError):
        return False
    return True


WITH_TABLE = [case for case in CASES if has_table(case.model)]
ORTHOGONAL = [case for case in WITH_TABLE if is_orthogonal(case.model)]
MIXED = r"y_{ijk} = \mu + \tau_i + b_j + (\tau b)_{ij} + \varepsilon_{ijk},\ b_j \sim N(0, \sigma^2_b),\ "
MIXED += r"(\tau b)_{ij} \sim N(0, \sigma^2_{ab})"


def projection(columns: np.ndarray) -> np.ndarray:
    """The projection on columns by their singular vectors."""
    left, values, _ = np.linalg.svd(columns, full_matrices=False)
    kept = left[:, values > 1e-9 * max(1, values.max(initial=0))]
    return kept @ kept.T


def columns_of(m: MixedModel, source: Source) -> np.ndarray:
    """The columns of X or Z of a source."""
    if not source.part.is_fixed:
        return m.random[source.part.position].matrix.numpy()
    labels = list(m.X.column_labels or ())
    term = m.fixed[source.part.position]
    return m.X.numpy()[:, [labels.index(label) for label in term.columns or ()]]


def sequential(m: MixedModel, sources: tuple[Source, ...]) -> dict[str, np.ndarray]:
    """P_k − P_{k−1} of each source, and I − P of the residual."""
    n = int(m.n)
    taken = np.ones((n, 1)) if any(term.name == INTERCEPT for term in m.fixed) else np.zeros((n, 0))
    found = {}
    before = projection(taken) if taken.size else np.zeros((n, n))
    for source in sources[:-1]:
        taken = np.hstack([taken, columns_of(m, source)])
        after = projection(taken)
        found[source.name] = after - before
        before = after
    return {**found, RESIDUAL: np.eye(n) - before}


@pytest.mark.parametrize("case", WITH_TABLE, ids=str)
def test_degrees_of_freedom_and_variances_are_ranks_and_traces(case: Case) -> None:
    m = case.model
    sources = sources_of(m)
    for name, A in sequential(m, sources).items():
        source = next(s for s in sources if s.name == name)
        df = float(source.degrees_of_freedom)
        assert np.trace(A) == pytest.approx(df, abs=1e-8)
        if df == 0:
            continue
        told = dict(source.coefficients)
        for term in m.random:
            Z = term.matrix.numpy()
            share = float(told.get(term.parameters[0].symbol, 0))
            assert np.trace(A @ Z @ Z.T) / df == pytest.approx(share, abs=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("case", WITH_TABLE, ids=str)
def test_a_fixed_term_enters_where_its_effects_beyond_those_in_it_are_not_projected_away(case: Case) -> None:
    m = case.model
    sources = sources_of(m)
    fixed = [s for s in sources if s.part.is_fixed]
    for name, A in sequential(m, sources).items():
        found = next(s for s in sources if s.name == name)
        for source in fixed:
            inside = [columns_of(m, other) for other in fixed if other.part.variables < source.part.variables]
            inside.append(np.ones((int(m.n), 1)))
            own = columns_of(m, source)
            own = own - projection(np.hstack(inside)) @ own
            assert (np.abs(A @ own).max() > 1e-8) == (source.name in found.means)


@pytest.mark.parametrize("case", ORTHOGONAL, ids=str)
def test_counting_cells_and_eliminating_columns_agree(case: Case) -> None:
    m = case.model
    assert sources_by_counting(m) == sources_by_elimination(m)


@pytest.mark.parametrize("case", [case for case in ORTHOGONAL if case.letters], ids=str)
def test_letters_become_the_numbers(case: Case) -> None:
    def put(value: sympy.Basic) -> sympy.Basic:
        known = {s: case.values[str(s)] for s in value.free_symbols if str(s) in case.values}
        return sympy.simplify(value.xreplace(known))

    letters, numbers = case.symbolic.anova(), case.model.anova()
    assert [line.name for line in letters] == [line.name for line in numbers]
    for left, right in zip(letters, numbers, strict=True):
        assert put(left.source.degrees_of_freedom) == right.source.degrees_of_freedom
        assert [(v, put(share)) for v, share in left.source.coefficients] == list(right.source.coefficients)
        assert (left.test is None) == (right.test is None)
        if left.test is not None and right.test is not None:
            assert put(left.test.denominator - right.test.denominator) == 0
            assert put(left.test.degrees_of_freedom - right.test.degrees_of_freedom) == 0


def test_a_latin_square_of_letters_is_that_of_numbers() -> None:
    letters, numbers = c.latin_square("t").anova(), c.latin_square(5).anova()
    for left, right in zip(letters, numbers, strict=True):
        assert left.name == right.name
        (t,) = left.source.degrees_of_freedom.free_symbols
        assert left.source.degrees_of_freedom.subs(t, 5) == right.source.degrees_of_freedom


def expected(found: Anova) -> dict[str, str]:
    lines = unicode(found).split("\n\n")[0].split("\n")[1:]
    start = unicode(found).index("E(MS)")
    stop = unicode(found).index("F ratio")
    return {line.split("  ")[0]: line[start:stop].strip() for line in lines}


def test_expected_mean_squares_of_the_textbooks() -> None:
    """Searle (1971), chapter 9; Montgomery, Design and Analysis of Experiments, on mixed models and split plots."""
    assert expected(c.rcbd("t", "b").anova()) == {
        "block": "σ² + t σ²_u",
        "treatment": "σ² + Q(treatment)",
        "residual": "σ²",
    }
    assert expected(c.split_plot("a", "s", "r").anova()) == {
        "block": "σ² + s σ²_v + as σ²_u",
        "A": "σ² + s σ²_v + Q(A)",
        "block:A": "σ² + s σ²_v",
        "B": "σ² + Q(B)",
        "A:B": "σ² + Q(A:B)",
        "residual": "σ²",
    }
    assert expected(c.nested("a", "b", "n").anova()) == {
        "outer": "σ² + n σ²_v + bn σ²_u",
        "outer:inner": "σ² + n σ²_v",
        "residual": "σ²",
    }


def test_the_restricted_model_leaves_the_interaction_out_of_the_random_factor() -> None:
    m = from_equation(MIXED, {"i": "a", "j": "b", "k": "n"})
    assert expected(m.anova())["j"] == "σ² + n σ²_ab + an σ²_b"
    assert expected(m.anova(restricted=True))["j"] == "σ² + an σ²_b"
    for either in (m.anova(), m.anova(restricted=True)):
        assert expected(either)["i"] == "σ² + n σ²_ab + Q(i)"
    tests = [m.anova(restricted=restricted)["j"].test for restricted in (False, True)]
    assert [str(test.denominator) for test in tests if test is not None] == ["MS_j:i", "MS_residual"]


def test_plots_within_blocks_are_no_interaction() -> None:
    m = c.split_plot(2, 3, 4)
    assert [line.source for line in m.anova(restricted=True)] == [line.source for line in m.anova()]


def test_a_ratio_has_the_same_expectation_above_and_below_when_the_source_does_nothing() -> None:
    for case in WITH_TABLE:
        table = case.model.anova()
        means = {line.mean_square: dict(line.source.coefficients) for line in table}
        for line in table:
            if line.test is None:
                continue
            below: dict[sympy.Symbol, sympy.Expr] = {}
            for square, share in line.test.denominator.as_coefficients_dict().items():
                assert not table[str(square).removeprefix("MS_")].source.means
                for variance, value in means[square].items():
                    below[variance] = below.get(variance, sympy.S.Zero) + share * value
            above = {v: s for v, s in line.source.coefficients if v != line.source.part.variance}
            assert {v: s for v, s in below.items() if s != 0} == above


def test_a_strip_plot_has_no_exact_test_of_blocks() -> None:
    line = c.strip_plot("a", "s", "b").anova()["block"]
    assert line.test is not None and not line.test.is_exact
    rows, columns, rest = (sympy.Symbol(f"MS_{name}", positive=True) for name in ("block:A", "block:B", "residual"))
    assert line.test.denominator == rows + columns - rest
    a, s, b = sympy.symbols("a s b", integer=True, positive=True)
    degrees = ((a - 1) * (b - 1), (b - 1) * (s - 1), (a - 1) * (b - 1) * (s - 1))
    below = sum(square**2 / df for square, df in zip((rows, columns, rest), degrees, strict=True))
    assert sympy.simplify(line.test.degrees_of_freedom - (rows + columns - rest) ** 2 / below) == 0
    assert "Satterthwaite" in line.test.because


def test_components_have_the_variances_as_their_expectation() -> None:
    for case in ORTHOGONAL:
        table = case.model.anova()
        values = {
            line.mean_square: sum(s * v for v, s in line.source.coefficients)
            for line in table
            if line.source.degrees_of_freedom != 0
        }
        found = table.components()
        for variance, sum_of_squares in found.items():
            assert sympy.expand(sum_of_squares.xreplace(values) - variance) == 0
        if all(line.source.degrees_of_freedom != 0 for line in table):
            assert set(found) == {parameter.symbol for parameter in case.model.parameters}


FORMULAS = {
    "oats": "yield ~ factor(nitro) * Variety + (1 | Block/Variety)",
    "ergostool": "effort ~ Type + (1 | Subject)",
    "machines": "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
    "pastes": "strength ~ 1 + (1 | batch/cask)",
    "rail": "travel ~ 1 + (1 | Rail)",
    "sleepstudy": "Reaction ~ Days + (1 | Subject)",
    "orthodont": "distance ~ age * Sex + (1 | Subject)",
}


@pytest.mark.parametrize("name", FORMULAS)
def test_sums_of_squares_are_quadratic_forms_of_the_data(name: str) -> None:
    m = model(FORMULAS[name], data=path(f"{name}.csv"))
    table = m.anova()
    forms = sequential(m, tuple(line.source for line in table))
    squares = {}
    for line in table:
        assert line.observed is not None
        total = float(m.observed @ forms[line.name] @ m.observed)
        assert float(line.observed.sum_of_squares) == pytest.approx(total, rel=1e-8)
        squares[line.mean_square] = total / float(line.source.degrees_of_freedom)
    for line in table:
        if line.test is None or line.observed is None or line.observed.ratio is None:
            continue
        below = float(line.test.denominator.subs(squares))
        degrees = float(line.test.degrees_of_freedom.subs(squares))
        ratio = squares[line.mean_square] / below
        assert line.observed.ratio == pytest.approx(ratio, rel=1e-8)
        p = stats.f.sf(ratio, float(line.source.degrees_of_freedom), degrees)
        assert line.observed.p_value == pytest.approx(p, rel=1e-6)


def test_the_table_of_oats_is_that_of_the_book() -> None:
    """Yates (1935); the mean squares in Venables and Ripley, Modern Applied Statistics with S, on the split plot."""
    table = model(FORMULAS["oats"], data=path("oats.csv")).anova()
    seen = {line.name: line.observed for line in table}
    told = {name: round(float(each.mean_square or 0), 1) for name, each in seen.items() if each is not None}
    assert told == {"Block": 3175.1, "Variety": 893.2, "Block:Variety": 601.3, "factor(nitro)": 6673.5,
                    "factor(nitro):Variety": 53.6, "residual": 177.1}  # fmt: skip
    assert "< 0.0001" in unicode(table) and "0.2724" in unicode(table)


@pytest.mark.parametrize(
    ("ratio", "above", "below"), [("7/3", 3, 10), ("1/100", 1, 2), ("250", 4, 40), ("1", 7, "5/2")]
)
def test_the_tail_of_F_is_that_of_scipy(ratio: str, above: int, below: Any) -> None:
    ours = tail_of_F(*map(sympy.Rational, (ratio, above, below)))  # pyright: ignore[reportArgumentType]
    theirs = stats.f.sf(float(sympy.Rational(ratio)), above, float(sympy.Rational(below)))
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_what_has_no_table_says_why() -> None:
    with pytest.raises(TutorError, match="more than one variance"):
        model("Reaction ~ Days + (Days | Subject)", data=path("sleepstudy.csv")).anova()
    with pytest.raises(TutorError, match="covariance structure of their own"):
        c.repeated_measures(3, 4, 2).anova()
    with pytest.raises(SizeError, match="letters do not tell"):
        c.random_intercepts("g", "n_j").anova()
    with pytest.raises(UnknownNameError, match="blok"):
        c.rcbd(3, 4).anova()["blok"]


def test_the_factors_of_a_source_stand_in_any_order() -> None:
    table = c.nested("a", "b", "n").anova()
    assert table["inner:outer"] == table["outer:inner"]


def test_a_model_without_a_degree_of_freedom_for_the_residual_has_no_ratio() -> None:
    table = model("y ~ a", data={"y": [1, 2, 4], "a": ["p", "q", "r"]}).anova()
    assert table["residual"].source.degrees_of_freedom == 0
    assert table["a"].observed is not None and table["a"].observed.ratio is None


def test_the_table_is_written_in_each_dialect() -> None:
    table = c.split_plot("a", "s", "r").anova()
    assert r"\sigma^2 + s \sigma^2_v + as \sigma^2_u" in latex(table)
    assert "| block:A | $(a - 1)(r - 1)$ |" in markdown(table)
    for dialect in ("mathml", "typst", "spoken"):
        assert "block:A" in tutor.write(table, dialect)


def test_anova_is_the_function_of_the_model() -> None:
    m = c.rcbd(3, 4)
    assert m.anova() == anova(m)


@pytest.mark.parametrize("written", [unicode, latex, markdown])
def test_a_table_that_nothing_restricts_says_so(written: Any) -> None:
    alike, apart = c.strip_plot(2, 3, 4), c.generalized_rcbd(3, 4, 2)
    assert "add up to 0" in written(alike.anova(restricted=True))
    assert "add up to 0" not in written(alike.anova())
    assert "add up to 0" not in written(apart.anova(restricted=True))


def test_random_cells_of_fixed_factors_are_units_and_not_restricted() -> None:
    m = c.rcbd("t", "b", blocks_are="fixed", samples="s")
    told = [(line.source.coefficients, line.test and line.test.because) for line in m.anova(restricted=True)]
    assert told == [(line.source.coefficients, line.test and line.test.because) for line in m.anova()]


@pytest.mark.parametrize("sizes", [("t", "b", "k"), (4, 6, 2)])
def test_effects_that_are_not_all_there_do_not_add_up_to_0(sizes: tuple[Any, ...]) -> None:
    with pytest.raises(TutorError, match="add up to 0 over all levels of treatment, and here not every level of block"):
        c.bibd(*sizes, samples=2).anova(restricted=True)
