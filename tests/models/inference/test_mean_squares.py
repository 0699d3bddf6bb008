"""Expected mean squares as derivations: steps on exact instances, and the table's own expectations at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.designs import CASES, Case
from tests.models.inference.test_anova import MIXED, WITH_TABLE, sequential
from tutor.algebra.nodes import Scalar, Sum, Symbol
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.data import path
from tutor.errors import NotEqualError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.inference.asked_sources import AskedSquares, squares_asked
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.sources import sources_of
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, unicode


def terms_of(derivation: Derivation) -> tuple[sympy.Expr, list[str]]:
    """The variances of the last line, added up, and the names of what else there is."""
    result = derivation.result
    terms = result.terms if isinstance(result, Sum) else (result,)
    variances = sympy.Add(*(term.value for term in terms if isinstance(term, Scalar)))
    return variances, [term.name for term in terms if isinstance(term, Symbol)]


@pytest.mark.slow
@pytest.mark.parametrize("case", WITH_TABLE, ids=str)
def test_each_step_to_an_expected_mean_square_holds(case: Case) -> None:
    for line in case.model.anova():
        if line.source.degrees_of_freedom == 0:
            continue
        assert_derivation_holds(line.derivation, seeds=1)
        variances, others = terms_of(line.derivation)
        assert sympy.expand(variances - sympy.Add(*(v * share for v, share in line.source.coefficients))) == 0
        assert others == ([f"Q_{'+'.join(line.source.means)}"] if line.source.means else [])


SMALL = [case for case in WITH_TABLE if case.letters and not case.options.get("samples") and len(case.values) < 4]


@pytest.mark.parametrize("case", SMALL, ids=str)
def test_each_step_holds_with_letters_for_sizes(case: Case) -> None:
    for line in case.symbolic.anova():
        assert_derivation_holds(line.derivation, seeds=1)


@pytest.mark.parametrize("case", WITH_TABLE, ids=str)
def test_the_projections_are_those_of_the_sequential_sums_of_squares(case: Case) -> None:
    m = case.model
    sources = sources_of(m)
    expected = sequential(m, sources)
    for name, A in MeanSquares(m, sources).projections.items():
        assert np.allclose(A.numpy(), expected[name], atol=1e-8)


@pytest.mark.parametrize("size", [3, 4, 5])
def test_a_latin_square_of_letters_ends_where_that_of_numbers_does(size: int) -> None:
    letters, numbers = c.latin_square("t").anova(), c.latin_square(size).anova()
    for left, right in zip(letters, numbers, strict=True):
        assert_derivation_holds(right.derivation, seeds=1)
        mine, theirs = terms_of(left.derivation), terms_of(right.derivation)
        put = {s: sympy.Integer(size) for s in mine[0].free_symbols if str(s) == "t"}
        assert sympy.expand(mine[0].xreplace(put) - theirs[0]) == 0 and mine[1] == theirs[1]


def test_a_latin_square_of_letters_tells_what_it_takes_for_granted() -> None:
    """Its columns of treatments are a name: the lines hold where each treatment is once in each row and column."""
    m = c.latin_square("t")
    told = {step.assumption for line in m.anova() for step in line.derivation.steps}
    told |= {step.assumption for step in m.loglik().derivation.steps}
    told |= {step.assumption for step in m.score("sigma2").derivation.steps}
    assert told == {None, "each level of treatment is once in each row and once in each column"}
    pairs = {step.assumption for line in c.graeco_latin("t").anova() for step in line.derivation.steps}
    assert any(each is not None and "all combinations of their levels" in each for each in pairs)
    assert all(step.assumption is None for line in c.rcbd("t", "b").anova() for step in line.derivation.steps)


SUMS = [
    # a design by letters, numbers for them, a source, and E(SS)
    (lambda: c.rcbd("t", "b"), lambda: c.rcbd(3, 4), {"t": 3, "b": 4}, "block"),
    (lambda: c.rcbd("t", "b"), lambda: c.rcbd(2, 5), {"t": 2, "b": 5}, "residual"),
    (lambda: c.split_plot("a", "s", "r"), lambda: c.split_plot(2, 3, 4), {"a": 2, "s": 3, "r": 4}, "block:A"),
    (lambda: c.nested("a", "b", "n"), lambda: c.nested(3, 2, 2), {"a": 3, "b": 2, "n": 2}, "inner"),
]


@pytest.mark.parametrize(("letters", "numbers", "sizes", "source"), SUMS)
def test_the_expectation_of_a_sum_of_squares_is_that_of_the_mean_square_times_its_degrees_of_freedom(
    letters: Callable[[], MixedModel], numbers: Callable[[], MixedModel], sizes: dict[str, int], source: str
) -> None:
    names = [line.name for line in numbers().anova()]
    source = source if source in names else names[1]
    for m in (letters(), numbers()):
        found, line = m.derive(f"E(SS_{{{source}}})"), m.anova()[source]
        assert_derivation_holds(found, seeds=2)
        assert found == line.sum_of_squares
        difference = value_of(found.result) - line.source.degrees_of_freedom * value_of(line.derivation.result)
        assert sympy.expand(difference) == 0
    put = {s: sizes[str(s)] for s in value_of(letters().derive(f"E(SS_{source})").result).free_symbols
           if str(s) in sizes}  # fmt: skip
    mine, theirs = (value_of(m.E(f"SS_{source}")) for m in (letters(), numbers()))
    assert sympy.expand(mine.xreplace(put) - theirs) == 0


def value_of(tree: Tree) -> sympy.Expr:
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    return sympy.Add(*(term.value for term in terms if isinstance(term, Scalar)))


def test_a_sum_of_squares_with_fixed_effects_keeps_them_as_a_quadratic_form() -> None:
    for m in (c.rcbd("t", "b"), c.rcbd(3, 4)):
        found = m.derive("E(SS_treatment)")
        assert_derivation_holds(found, seeds=2)
        assert "(Xβ)'A_treatment Xβ" in unicode(found.result)


def test_a_source_without_degrees_of_freedom_has_no_mean_square() -> None:
    for m in (c.graeco_latin(3), c.graeco_latin(3, rows_and_columns_are="fixed")):
        table = m.anova()
        assert "no mean square" in str(table) and "no degrees of freedom" in str(table["residual"])
        with pytest.raises(TutorError, match=r"'residual' has no degrees of freedom.*E\(SS_residual\)"):
            m.derive("E(MS_residual)")
        assert_derivation_holds(m.derive("E(SS_residual)"), seeds=1)
        assert m.derive("E(SS_residual)").result == Scalar(sympy.S.Zero)


def test_a_source_is_asked_for_in_many_spellings() -> None:
    for text in ("E(MSE)", "E(MS_E)", "E[MS_error]", r"\mathrm{E}(\mathrm{MS}_{\mathrm{residual}})", "E(MS_{e})"):
        assert squares_asked(text) == AskedSquares("E", (("MS", "residual"),))
    for text in ("E(SS_block:A)", r"E(\text{SS}_{block:A})", "E(SS_{block:A})"):
        assert squares_asked(text) == AskedSquares("E", (("SS", "block:A"),))


def test_the_derivation_can_be_asked_for_by_its_expectation() -> None:
    m = c.rcbd("t", "b")
    assert unicode(m.derive("E(MS_block)").result) == "σ² + t σ²_u"
    assert m.derive(r"\mathrm{E}(\mathrm{MS}_{\mathrm{treatment}})") == m.anova()["treatment"].derivation
    assert m.derive("E(MS_E)") == m.anova()["residual"].derivation
    assert c.split_plot("a", "s", "r").derive("E(MS_{block:A})").result == (
        c.split_plot("a", "s", "r").derive("E(MS_block:A)").result
    )
    assert_derivation_holds(m.derive("E(MS_block)", to=r"t\sigma^2_u + \sigma^2"))
    with pytest.raises(NotEqualError, match="not equal"):
        m.derive("E(MS_block)", to=r"\sigma^2")
    assert squares_asked("E(y)") is None and squares_asked("E(SSQ)") is None
    with pytest.raises(UnknownNameError, match="plot"):
        m.derive("E(MS_plot)")


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("levels", [{"i": "a", "j": "b", "k": "n"}, {"i": 2, "j": 3, "k": 2}])
def test_the_restricted_model_has_its_own_variance(restricted: bool, levels: dict[str, Any]) -> None:
    table = from_equation(MIXED, levels).anova(restricted=restricted)
    for line in table:
        assert_derivation_holds(line.derivation, seeds=2)
        variances, _ = terms_of(line.derivation)
        assert sympy.expand(variances - sympy.Add(*(v * share for v, share in line.source.coefficients))) == 0
    told = unicode(table["j"])
    assert ("I_a − (1/a) J_a" in told) == (restricted and levels["i"] == "a")


def test_unequal_groups_have_the_size_n_0() -> None:
    """Searle, Casella and McCulloch (1992), section 3.6."""
    m = c.one_way("a", "n_i")
    assert "σ² + n_0 σ²_u" in unicode(m.anova()) and "∑_{i=1}^a n_i²" in unicode(m.anova())
    for line in m.anova():
        assert_derivation_holds(line.derivation)
    assert_derivation_holds(m.anova().derive("sigma2_u"))
    sizes = [2, 3, 4]
    total = sum(sizes)
    n_0 = sympy.Rational(total**2 - sum(n**2 for n in sizes), total * (len(sizes) - 1))
    numbers = c.one_way(3, sizes)
    assert dict(numbers.anova()["group"].source.coefficients)[numbers.parameters[1].symbol] == n_0


@pytest.mark.parametrize(
    "make",
    [
        lambda: c.rcbd("t", "b"),
        lambda: c.nested("a", "b", "n"),
        lambda: c.latin_square(3),
        lambda: c.strip_plot(2, 3, 2),
        lambda: c.split_split_plot(2, 2, 2, 2),
        lambda: c.bibd(4, 6, 2),
    ],
)
def test_a_variance_is_what_its_combination_of_mean_squares_expects(make: Any) -> None:
    table = make().anova()
    for variance in table.components():
        found = table.derive(variance)
        assert_derivation_holds(found, seeds=1)
        assert found.result == Scalar(variance)
    with pytest.raises(UnknownNameError, match="sigma2_x"):
        table.derive("sigma2_x")


@pytest.mark.parametrize("name", ["strip_plot", "strip_plot of letters", "multilocation"])
def test_the_degrees_of_freedom_of_Satterthwaite_follow_from_two_moments(name: str) -> None:
    """All lines, and that the last one is the formula of the table."""
    m = {
        "strip_plot": lambda: c.strip_plot(2, 3, 2),
        "strip_plot of letters": lambda: c.strip_plot("a", "b", "r"),
        "multilocation": lambda: c.multilocation(3, 2, 2),
    }[name]()
    found = [(line, line.satterthwaite) for line in m.anova() if line.satterthwaite is not None]
    assert found
    for line, derivation in found:
        assert derivation is not None and line.test is not None
        assert_derivation_holds(derivation, seeds=1)
        put = {other.mean_square: sympy.Add(*(v * s for v, s in other.source.coefficients)) for other in m.anova()}
        expected = line.test.degrees_of_freedom.xreplace(put)
        values = {s: sympy.Integer(3 + i) for i, s in enumerate(sorted(expected.free_symbols, key=str))}
        given = {str(s): float(v) for s, v in values.items()}
        names = {str(s) for s in expected.free_symbols}
        assert derivation.result.numpy(**{k: v for k, v in given.items() if k in names})[0, 0] == pytest.approx(
            float(expected.xreplace(values))  # pyright: ignore[reportArgumentType]
        )


def test_the_moments_of_a_combination_of_mean_squares_are_exact() -> None:
    m = c.rcbd(2, 2)
    squares = MeanSquares(m, sources_of(m))
    block, residual = squares.source("block"), squares.source("residual")
    two: Any = sympy.Integer(2)
    assert_derivation_holds(squares.satterthwaite([(block, two), (residual, sympy.S.NegativeOne)]), seeds=2)


def test_data_have_derivations_too() -> None:
    m = model("strength ~ 1 + (1 | batch/cask)", data=path("pastes.csv"))
    for line in m.anova():
        assert_derivation_holds(line.derivation, seeds=1)


def test_a_line_is_written_in_each_dialect_with_its_test() -> None:
    line = c.strip_plot("a", "b", "r").anova()["block"]
    told = unicode(line)
    assert "no single mean square" in told and "2 E(D)²/Var(D)" in told
    assert r"\begin{aligned}" in latex(line)
    for dialect in ("mathml", "typst", "spoken", "markdown"):
        assert "no single mean square" in tutor.write(line, dialect)


def test_a_fixed_part_is_0_without_effects_and_positive_with_them() -> None:
    m = c.split_plot(2, 3, 2)
    for line in m.anova():
        if line.source.means:
            Q = line.derivation.result.parts[-1]
            assert isinstance(Q, Symbol) and Q.definition is not None
            values = {str(entry): 0.0 for entry in m.beta.entries or ()}
            assert Q.numpy(**values)[0, 0] == pytest.approx(0)
            spread = {key: float(i**2 % 7) for i, key in enumerate(values)}
            assert Q.numpy(**spread)[0, 0] > 0


def test_what_is_too_large_to_be_listed_says_so() -> None:
    rows = {"y": [float(i * i % 11) for i in range(250)], "g": [f"g{min(i // 20, i % 13)}" for i in range(250)]}
    m = model("y ~ 1 + (1 | g)", rows)
    with pytest.raises(TutorError, match="not written down"):
        m.anova()["g"].derivation  # noqa: B018  (asking is what raises)


def test_there_are_designs_of_each_kind() -> None:
    assert len(WITH_TABLE) > 40 and len(SMALL) > 10 and len(CASES) > 60
