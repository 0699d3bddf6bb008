"""Conditional against marginal: the mean at u = 0 beside E(y), slopes that attenuate, and what Var(y) is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.nodes import Expectation, Identity, Product, Scalar, Scaled, Sum, Symbol, Transpose, Variance
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError
from tutor.models.effects import INTERCEPT
from tutor.models.glmm.forms import predictor
from tutor.models.glmm.functions import LETTERS
from tutor.models.glmm.moments import missing, told
from tutor.models.glmm.numbers import number, numbers_of
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor, observation
from tutor.models.glmm.question import Question
from tutor.models.glmm.values import by_points
from tutor.models.glmm.words import in_words
from tutor.models.inference.explained import WIDEST_TEXT
from tutor.notation.style import Style
from tutor.notation.write import LECTURE, display, inline, latex, shown_as_table
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.latex_display import stacked_latex, words_in_lines
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import in_lines
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

MOST_ROWS = 24
"""Observations with predictors of their own that a table lists."""


@dataclass(frozen=True, slots=True)
class Means(Shown):
    """A row for each observation that has a predictor of its own: y, E(y | u = 0), E(y), and where they are numbers
    their ratio."""

    rows: tuple[tuple[sympy.Symbol, sympy.Expr, sympy.Expr | Tree], ...]

    @property
    def table(self) -> Table:
        """The rows as a table of formulas or of numbers."""
        headings = ("observation", "mean at u = 0", "marginal mean")
        if not all(isinstance(mean, sympy.Expr) and mean.is_number for _, _, mean in self.rows):
            return Table(headings, self.rows)
        cells = [(y, typical, mean, mean / typical) for y, typical, mean in self.rows if isinstance(mean, sympy.Expr)]
        shortened = [(row[0], *(sympy.Float(f"{float(cell):.6g}") for cell in row[1:])) for row in cells]
        return Table((*headings, "ratio"), tuple(shortened))


@written.register
def write_means(thing: Means, pen: Pen) -> Piece:
    """On one line: each observation with its two means."""
    rows = [pen.dialect.comma.join(pen.whole(cell) for cell in row) for row in thing.table.rows]
    return Piece(pen.dialect.relation(";").join(rows))


shown_as_table(Means, lambda thing: thing.table)


def compare_means(model: GeneralizedModel, given: Mapping[str, Any]) -> Means:
    """The means at u = 0 and the marginal means; see `GeneralizedModel.compare_means`."""
    return Means(tuple(_rows(model, given)))


def _rows(
    model: GeneralizedModel, given: Mapping[str, Any]
) -> Iterator[tuple[sympy.Symbol, sympy.Expr, sympy.Expr | Tree]]:
    for of in different_observations(model):
        mean = model.mean_given(mean_of_predictor(model.linear, of), of.eta)
        if not given:
            yield of.response, mean, model.derive(Expectation(Scalar(of.response))).result
            continue
        numbers = numbers_of(model, given, [of])
        marginal = by_points(model, Question("E", (of,), False), numbers)
        yield of.response, sympy.Float(number(mean, numbers)), sympy.Float(marginal.value)


def different_observations(model: GeneralizedModel) -> list[Observation]:
    """The first observation with each mean and variance of η; of a model of letters one for all.

    Raises
    ------
    SizeError
        When there are more than a table lists.
    """
    linear = model.linear
    if linear.y.entries is None:
        below = "".join(linear.index.response.indices)
        return [observation(linear, f"y_{below}")]
    found: dict[tuple[sympy.Expr, ...], Observation] = {}
    for entry in linear.y.entries.flat():
        of = observation(linear, str(entry))
        own = [value for value in model.constants_of(of.eta).values() if model.by_row]
        found.setdefault((mean_of_predictor(linear, of), covariance_of_predictors(linear, of, of), *own), of)
        if len(found) > MOST_ROWS:
            raise SizeError(
                f"More than {MOST_ROWS} observations have predictors of their own.",
                tip='Ask for some: g.value("E(y_1)", …), or for a picture: g.plot_means(…).',
            )
    return list(found.values())


# Slopes


@dataclass(frozen=True, slots=True)
class Attenuation(Shown):
    """By what a slope on the scale of the link is multiplied when u is averaged out; ``is_exact`` says whether it is so
    or nearly so, ``because`` why."""

    factor: sympy.Expr
    is_exact: bool
    because: str


@written.register
def write_attenuation(thing: Attenuation, pen: Pen) -> Piece:
    """β_marginal = β/√(1 + s), or ≈, and why."""
    return Piece(f"{_equality(thing, pen)}{pen.dialect.between}{in_words(thing.because, pen)}")


def _equality(thing: Attenuation, pen: Pen) -> str:
    left = pen.whole(sympy.Symbol("beta_marginal", real=True))
    right = pen.whole(thing.factor * sympy.Symbol("beta", real=True))
    sign = pen.dialect.relation("=" if thing.is_exact else "≈")
    return f"{left} {sign} {right}"


@latex.register
def _latex(thing: Attenuation, style: Style = LECTURE) -> str:
    """The reason in lines below the equality, for which a page has no room beside."""
    pen = Pen(LATEX, style)
    return stacked_latex([_equality(thing, pen), *words_in_lines(thing.because)])


@display.register
def _display(thing: Attenuation, pen: Pen) -> str:
    if pen.dialect is SPOKEN:
        return pen.whole(thing)
    lines = (sentence(line, pen.dialect) for line in in_lines(thing.because, WIDEST_TEXT))
    return cast(Setting, pen.dialect).stacked([_equality(thing, pen), *lines])


C_SQUARED = sympy.Rational(256, 75) / sympy.pi**2
"""(16√3/(15π))²: the scale at which a normal distribution function is nearest to the logistic one."""

_APPROXIMATION = "an approximation, with 256/(75π²) = (16√3/(15π))² (Zeger, Liang and Albert 1988)"


def attenuation(model: GeneralizedModel, given: Mapping[str, Any]) -> Attenuation:
    """The factor of the slopes; see `GeneralizedModel.attenuation`."""
    s = _variance_of_predictor(model, given)
    factors = {
        "identity": (sympy.S.One, True, "the mean of a linear function is the function of the mean"),
        "log": (sympy.S.One, True, "only the intercept moves, by s/2"),
        "probit": (1 / sympy.sqrt(1 + s), True, "E(Φ(η)) = Φ(m/√(1 + s))"),
        "logit": (1 / sympy.sqrt(1 + C_SQUARED * s), False, _APPROXIMATION),
    }
    if model.link.key not in factors:
        raise TutorError(
            f"No factor is known for the {model.link.key} link: its marginal mean is no function of that link.",
            tip="g.compare_means(…) and g.plot_means(…) show what becomes of it.",
        )
    if model.link.key != "identity" and any(term.coefficients != (INTERCEPT,) for term in model.linear.random):
        raise TutorError(
            "The variance of η changes with the covariate, because its coefficient is random: no one factor holds.",
            tip="g.compare_means(…) and g.plot_means(…) show the marginal means.",
        )
    factor, is_exact, because = factors[model.link.key]
    factor = sympy.sympify(factor, strict=True)
    if factor.has(sympy.Float):
        factor = sympy.Float(f"{float(factor):.6g}")
    return Attenuation(factor, is_exact, f"{because}; s is the variance of η")


def _variance_of_predictor(model: GeneralizedModel, given: Mapping[str, Any]) -> sympy.Expr:
    """s, the variance of η, as a letter; as a number where it is given, or the variances of which it is the sum."""
    s = covariance_of_predictors(model.linear, Observation(""), Observation(""))
    if not given or not s.free_symbols:
        return s
    if "s" not in given:
        s = sympy.Add(*(term.parameters[0].symbol for term in model.linear.random))
    keys = sorted(str(letter) for letter in s.free_symbols)
    for name in given:
        if name not in keys:
            raise UnknownNameError("The variance", name, [*keys, "s"])
    found = number(s, {key: float(value) for key, value in given.items()})
    if found < 0:
        raise DomainError(f"The variance of η is {found:g}; it must not be negative.")
    return sympy.Float(found)


# What the variance of y is made of


def total_variance(model: GeneralizedModel) -> Derivation:
    """Var(y), n × n, by the law of total variance; see `GeneralizedModel.total_variance`."""
    linear = model.linear
    y = linear.y
    lacking = missing(model, "Var")
    if lacking is not None:
        raise DomainError(lacking, tip="Give more degrees of freedom.")
    given = Symbol(f"{y.name}|u", y.rows, y.columns, role="random")
    lines: list[tuple[str, Tree, str]] = [
        ("total-variance", Sum((Expectation(Variance(given)), Variance(Expectation(given)))), "law of total variance")
    ]
    mu = Symbol(model.family.letter, y.rows, y.columns, role="random")
    letter = sympy.Symbol(model.family.letter, real=True)
    within: Tree = Expectation(Variance(given))
    if model.family.key == "lognormal" or linear.Z is None or linear.G is None:
        return Derivation(Variance(y), tuple(_steps(Variance(y), lines)))
    trials = model.constants.get("N")
    mean: Tree = mu if trials is None else Scaled(Scalar(trials), mu)
    if trials is not None and model.by_row:  # n_ij in the diagonal of N
        mean = Product((Symbol("N", y.rows, y.rows, role="known", facts=frozenset({"diagonal"})), mu))
    eta = inline(predictor(model))
    name = f"{told(letter)} = g⁻¹({eta})" if model.link.key != "identity" else f"{told(letter)} = {eta}"
    lines.append(("conditional-mean", Sum((within, Variance(mean))), f"E(y | u) = {mean}, {name}"))
    if model.link.key == "identity" and trials is None:
        between = Product((linear.Z, linear.G, Transpose(linear.Z)))
        lines.append(("linear", Sum((within, between)), "Var(Zu) = ZGZ': with the identity link it comes out"))
    if model.family.key == "normal":
        last = lines[-1][1]
        assert isinstance(last, Sum)
        inner = Scaled(Scalar(model.constants["sigma2"]), Identity(y.rows))
        lines.append(("constant", Sum((inner, last.terms[1])), "Var(y | u) = σ² I, the same for every u"))
    return Derivation(Variance(y), tuple(_steps(Variance(y), lines)))


def _steps(goal: Tree, lines: list[tuple[str, Tree, str]]) -> Iterator[Step]:
    before = goal
    for rule, tree, because in lines:
        yield Step(rule, because, before, tree)
        before = tree


def why_not_zgz(model: GeneralizedModel) -> str:
    """Why ZGZ' + R is not the variance of y, in words with the formulas of this model."""
    lacking = missing(model, "Var")
    if lacking is not None:
        return f"{lacking} So y has none, and ZGZ' is the variance of η = {inline(predictor(model))} only."
    letter = sympy.Symbol(model.family.letter, real=True)
    variance = told(model.family.variance(LETTERS, letter, model.constants))
    if not model.linear.random:
        return f"There are no random effects: Var(y) is diagonal, with entries {variance}."
    changes = letter in model.family.variance(LETTERS, letter, model.constants).free_symbols
    linear = model.link.key == "identity" and model.family.key != "lognormal"
    if linear and not changes:
        return (
            f"With the identity link and Var(y | u) = {variance}, the same for every u, Var(y) is ZGZ' + R "
            f"with R = {f'({variance})' if ' ' in variance else variance} I."
        )
    told_mean = told(model.family.mean(LETTERS, model.link.mean(sympy.Symbol("eta", real=True)), model.constants))
    eta = inline(predictor(model))
    said = [f"ZGZ' is the variance of η = {eta}, on the scale of the link, and y is on another scale."]
    if linear:
        said = [f"ZGZ' is the variance of E(y | u) = {eta}, as in a linear mixed model."]
    else:
        said.append(f"E(y | u) = {told_mean} is not linear in u, so Var(E(y | u)) is no A Var(u) A'.")
    if changes:
        said.append(f"Var(y | u) = {variance} changes with u, so no R fits every u: its mean takes the place of R.")
    return " ".join([*said, "By the law of total variance Var(y) = E(Var(y | u)) + Var(E(y | u))."])
