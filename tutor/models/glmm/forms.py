"""The three forms of a generalized model as a lecture writes them: in elements, as a distribution, in matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import sympy

from tutor.algebra.nodes import Product, Scalar, Sum, Symbol
from tutor.algebra.tree import Tree
from tutor.errors import UnknownNameError
from tutor.models.element_names import key_of
from tutor.models.equation import (
    Equation,
    Form,
    all_equal,
    composed,
    definitions,
    effect_distributions,
    index_ranges,
    predictor_terms,
    random_vector,
    uncorrelated,
)
from tutor.models.glmm.families import Formula
from tutor.models.glmm.functions import LETTERS
from tutor.models.glmm.moments import missing
from tutor.models.glmm.question import Moment
from tutor.models.index import Name
from tutor.models.meanings import Meaning, meanings
from tutor.models.spelling import spell
from tutor.models.statement_lines import Line, Statement
from tutor.notation.style import Style
from tutor.notation.write import DialectName
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.write_tree import shape_text

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

_NAMES = {"NegativeBinomial": "NegBin"}
"""Key of a distribution: how it is written, if otherwise."""


def equation(model: GeneralizedModel, form: Form, dialect: DialectName, style: Style | None, where: bool) -> Equation:
    """The model in one form, dialect and style; see `GeneralizedModel.equation`."""
    if form not in get_args(Form):
        raise UnknownNameError("The form", str(form), get_args(Form))
    if dialect not in get_args(DialectName):
        raise UnknownNameError("The dialect", str(dialect), get_args(DialectName))
    entries = meanings_of(model, form) if where else ()
    writer = {"index": index_lines, "distribution": distribution_lines, "matrix": matrix_lines}[form]
    return composed(lambda pen: writer(model, pen), entries, dialect, style or Style())


def element(model: GeneralizedModel, base: str) -> sympy.Symbol:
    """The name of one element, with the indices of the response: μ_ij, η_ij."""
    below = key_of(model.linear.index.response).partition("_")[2]
    return sympy.Symbol(f"{base}_{below}" if below else base, real=True)


def vector(model: GeneralizedModel, base: str) -> Symbol:
    """The vector of those elements, n × 1: μ, π, η."""
    return Symbol(base, model.linear.y.rows, model.linear.y.columns)


# In elements


def index_lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    """y_ij | u_j ~ Poisson(μ_ij); log(μ_ij) = η_ij = μ + τ_i + u_j; u_j ~ N(0, σ²_u)."""
    index = model.linear.index
    response = spell(index.response, pen)
    given = [spell(name, pen) for effects in index.effects for name in effects.names]
    left = f"{response} {pen.dialect.relation('|')} {pen.dialect.comma.join(given)}" if given else response
    mu, eta = element(model, model.family.letter), element(model, "eta")
    right = f" {pen.dialect.plus} ".join(predictor_terms(model.linear, pen))
    lines = [
        Line((Statement(left, "~", distribution(model, Scalar(mu), pen)),), index_ranges(model.linear, pen)),
        Line((all_equal(pen.whole(model.link.of(mu)), [pen.whole(eta), right], pen),)),
    ]
    if index.effects:
        letters = [spell(Name(effects.names[0].bases), pen) for effects in index.effects]
        lines.append(Line((*effect_distributions(model.linear, pen), *uncorrelated(letters, pen))))
    if index.zeros:
        first, *others = [spell(zero, pen) for zero in index.zeros]
        lines.append(Line((all_equal(first, [*others, pen.dialect.number("0")], pen),)))
    return lines


def distribution(model: GeneralizedModel, mean: Tree, pen: Pen) -> str:
    """The family with its arguments: Poisson(μ_ij), Gamma(μ_ij, φ), Binomial(N, π_ij), t_ν(μ_ij, σ²)."""
    family = model.family
    name = _NAMES.get(family.written, family.written)
    constants = {key: pen.whole(value) for key, value in model.constants.items()}
    below = constants.pop("nu", "")
    trials = [constants.pop("N")] if "N" in constants else []
    return pen.dialect.applied(name, [*trials, pen.whole(mean), *constants.values()], below=below)


# As a distribution, and in matrices


def distribution_lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    """y | u ~ Poisson(μ), μ = g⁻¹(Xβ + Zu); u ~ N(0, G)."""
    linear, mu = model.linear, vector(model, model.family.letter)
    y = pen.whole(linear.y)
    left = y if linear.u is None else f"{y} {pen.dialect.relation('|')} {pen.whole(linear.u)}"
    inverse = pen.dialect.inverted(pen.dialect.name("g"))
    mean = Statement(pen.whole(mu), "=", pen.dialect.called(inverse, [pen.whole(predictor(model))]))
    note = pen.dialect.verbatim("independent given " if linear.u is not None else "independent of each other")
    note += pen.whole(linear.u) if linear.u is not None else ""
    lines = [Line((Statement(left, "~", distribution(model, mu, pen)),), note), Line((mean, _link_line(model, pen)))]
    return [*lines, *_effects_lines(model, pen)]


def matrix_lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    """g(μ) = η = Xβ + Zu; E(y | u) and Var(y | u) of one element; u ~ N(0, G)."""
    linear, mu = model.linear, vector(model, model.family.letter)
    left = pen.dialect.called(pen.dialect.name("g"), [pen.whole(mu)])
    sides = [pen.whole(vector(model, "eta")), pen.whole(predictor(model))]
    vectors = (linear.y, mu, linear.X, linear.beta, linear.offset, linear.Z, linear.u)
    shapes = " · ".join(f"{pen.whole(v)} {shape_text(v, pen)}" for v in vectors if v is not None)
    first = Line((all_equal(left, sides, pen),), shapes if pen.dialect is UNICODE else "")
    return [first, Line((_link_line(model, pen),)), conditional_line(model, pen), *_effects_lines(model, pen)]


def predictor(model: GeneralizedModel) -> Tree:
    """Xβ + Zu, with an offset Xβ + o + Zu, n × 1."""
    linear = model.linear
    if linear.Z is None or linear.u is None:
        return linear.mean
    fixed = linear.mean.terms if isinstance(linear.mean, Sum) else (linear.mean,)
    return Sum((*fixed, Product((linear.Z, linear.u))))


def conditional_line(model: GeneralizedModel, pen: Pen) -> Line:
    """E(y_ij | u) = μ_ij, Var(y_ij | u) = μ_ij + μ²_ij/φ; those of them that exist."""
    mu = element(model, model.family.letter)
    y = element(model, "y")
    subject = pen.whole(sympy.Symbol(f"{y}|u", real=True) if model.linear.random else y)
    both: tuple[tuple[Moment, Formula], ...] = (("E", model.family.mean), ("Var", model.family.variance))
    told = [(name, formula(LETTERS, mu, model.constants)) for name, formula in both if missing(model, name) is None]
    return Line(tuple(Statement(pen.dialect.applied(name, [subject]), "=", pen.whole(value)) for name, value in told))


def _link_line(model: GeneralizedModel, pen: Pen) -> Statement:
    """g(μ_ij) = log(μ_ij)."""
    mu = element(model, model.family.letter)
    formula = model.link.of(mu) if model.link.key == "probit" else model.link.formula(mu)
    return Statement(pen.dialect.called(pen.dialect.name("g"), [pen.whole(mu)]), "=", pen.whole(formula))


def _effects_lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    linear = model.linear
    if linear.u is None or linear.G is None:
        return []
    return [Line((random_vector(linear.u, linear.G, pen), *definitions([linear.G], pen).statements))]


# What each symbol means


def meanings_of(model: GeneralizedModel, form: Form) -> tuple[Meaning, ...]:
    """The symbols of a form, each with its meaning: those of the linear model without ε and R, then μ, η and the
    constants of the family."""
    linear = model.linear
    gone = {linear.index.residual, linear.e, linear.R, *linear.parameters[:1]}
    if linear.random:
        gone -= set(linear.random[0].parameters)
    kept = [m for m in meanings(linear, form) if m.symbol not in gone and not _is_of_residuals(model, m)]
    what = "probability" if model.family.letter == "pi" else "mean"
    what = f"the {what} given the random effects" if linear.random else f"the {what}"
    if model.family.key == "lognormal":
        what = f"the mean of log(y){' given the random effects' if linear.random else ''}"
    of_effects = [parameter for term in linear.random for parameter in term.parameters]
    own = [Meaning(p, f"the {p.meaning}") for p in model.parameters if p not in of_effects]
    if form == "index":
        mu, eta = element(model, model.family.letter), element(model, "eta")
        return (kept[0], Meaning(mu, what), Meaning(eta, "the linear predictor"), *kept[1:], *own)
    link = Meaning(Name(("g",)), "the link function")
    # The distribution names the linear predictor by its terms only.
    eta = [Meaning(vector(model, "eta"), "the linear predictor")] if form == "matrix" else []
    return (kept[0], Meaning(vector(model, model.family.letter), what), link, *eta, *kept[1:], *own)


def _is_of_residuals(model: GeneralizedModel, meaning: Meaning) -> bool:
    """Whether only R names it: the identity matrix of n rows."""
    order = getattr(meaning.symbol, "order", None)
    return order is not None and order == model.linear.n
