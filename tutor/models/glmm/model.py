"""GeneralizedModel: y given u of a family, whose mean a link joins to the linear predictor η = Xβ + Zu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.nodes import Identity, Scalar, Scaled
from tutor.covariance.parameters import Parameter
from tutor.display import Shown
from tutor.errors import DomainError, TutorError
from tutor.models.glmm.by_row import constants_of, letters_by_row
from tutor.models.glmm.card import card_display, card_latex, card_markdown, card_unicode
from tutor.models.glmm.families import FAMILIES, Family, family_named
from tutor.models.glmm.functions import LETTERS
from tutor.models.glmm.links import Link, link_named
from tutor.models.mixed import MixedModel
from tutor.notation.write import display, fitted, latex, markdown, unicode

if TYPE_CHECKING:
    import numpy as np

    from tutor.algebra.rules import Derivation
    from tutor.algebra.tree import Tree
    from tutor.figures.picture import Picture
    from tutor.models.code.programs import Code
    from tutor.models.equation import Form
    from tutor.models.glmm.contrast import Attenuation, Means
    from tutor.models.glmm.values import Value
    from tutor.models.written_equation import Equation
    from tutor.notation.style import Style
    from tutor.notation.write import DialectName


@dataclass(frozen=True, slots=True, repr=False)
class GeneralizedModel(Shown):
    """y given u of a family, independent of each other; g(E) = η = Xβ + Zu, u ~ N(0, G).

    ``linear`` is the mixed model whose linear predictor this is; its residual ε and its R take no part.
    ``numbers`` are the constants of the family that are given as numbers or by other letters: N trials, ν degrees of
    freedom. A letter with the indices of y, n_ij, is a number of each observation.
    """

    linear: MixedModel
    family: Family
    link: Link
    numbers: tuple[tuple[str, sympy.Expr], ...] = ()

    def __repr__(self) -> str:
        return f"<GeneralizedModel: {self.family.key}, {self.link.key} link; {self.linear.title}, n = {self.linear.n}>"

    @property
    def constants(self) -> Mapping[str, sympy.Expr]:
        """The constants of the family by their keys, as letters or numbers."""
        return {**{constant.key: constant.symbol for constant in self.family.constants}, **dict(self.numbers)}

    @property
    def by_row(self) -> tuple[sympy.Symbol, ...]:
        """The letters among the constants that each observation has its own of: n_ij of y_ij ~ Binomial(n_ij, π_ij)."""
        return letters_by_row(self)

    def constants_of(self, eta: sympy.Expr) -> Mapping[str, sympy.Expr]:
        """The constants of the observation with this η: n_11 for n_ij where it is η_11."""
        return constants_of(self, eta)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the family that are no numbers, then those of G."""
        given = dict(self.numbers)
        own = [constant for constant in self.family.constants if constant.key not in given]
        for constant in self.family.constants:
            value = given.get(constant.key, sympy.S.Zero)
            for letter in sorted(value.free_symbols, key=str):
                if isinstance(letter, sympy.Symbol):
                    own.append(
                        Parameter(letter, constant.meaning if value == letter else f"by it {constant.symbol} = {value}")
                    )
        return (*own, *(parameter for term in self.linear.random for parameter in term.parameters))

    @property
    def density(self) -> Tree:
        """f(y | u) of one observation, a density or a probability, in y_ij, μ_ij and the constants of the family."""
        return self._of_one(self.family.density)

    @property
    def log_likelihood(self) -> Tree:
        """log f(y | u) of one observation, its share of the log-likelihood given u."""
        return self._of_one(self.family.log_likelihood)

    def _of_one(self, formula: Callable[..., sympy.Expr]) -> Tree:
        from tutor.models.glmm.forms import element

        return Scalar(formula(element(self, "y"), element(self, self.family.letter), self.constants))

    def mean_given(self, eta: sympy.Expr, of: sympy.Expr | None = None) -> sympy.Expr:
        """E(y | u) of one observation as a function of its η; ``of`` is the letter of η where η stands written out."""
        return self.family.mean(LETTERS, self.link.mean(eta), self.constants_of(eta if of is None else of))

    def variance_given(self, eta: sympy.Expr, of: sympy.Expr | None = None) -> sympy.Expr:
        """Var(y | u) of one observation as a function of its η; it takes for granted that there is one."""
        return self.family.variance(LETTERS, self.link.mean(eta), self.constants_of(eta if of is None else of))

    def derive(self, what: str | Tree) -> Derivation:
        """A marginal or conditional moment of observations, step by step: "E(y_11)", "Cov(y_11, y_21)", "E(y_11 | u)".

        The last line is a closed form where there is one, otherwise a mean over η that has none: ``value`` takes it by
        quadrature. Of "y" without a subscript, and of "y_i" and "y_j", the line is in the letters m = x'β and s = z'Gz.

        Raises
        ------
        TutorError
            When ``what`` is no moment of observations.
        DomainError
            When the moment does not exist.
        """
        from tutor.models.glmm.moments import derive

        return derive(self, what)

    def value(self, what: str | Tree, **parameters: Any) -> Value:
        """A moment at values of the parameters: ``g.value("E(y_11)", mu=1, tau_1=0, sigma2_u=2)``.

        By the closed form where there is one, otherwise by quadrature, with the change that twice as
        many points made as an estimate of the error. Effects are given by name, or all at once as ``beta=[…]``.

        Raises
        ------
        DomainError
            For a missing value, one outside its domain, and for a moment that does not exist.
        UnknownNameError
            For a name that is no parameter.
        """
        from tutor.models.glmm.values import value

        return value(self, what, parameters)

    def E(self, what: str | Tree, /, *, given: str | None = None, **values: Any) -> Any:
        """The mean of an observation, ``g.E("y_11")``, ``g.E("y_11", given="u")``: the last line of `derive`, or with
        values of the parameters what `value` has."""
        return self._moment("E", (what,), given, values)

    def Var(self, what: str | Tree, /, *, given: str | None = None, **values: Any) -> Any:
        """The variance of an observation; see `E`."""
        return self._moment("Var", (what,), given, values)

    def Cov(self, first: str | Tree, second: str | Tree, /, *, given: str | None = None, **values: Any) -> Any:
        """The covariance of two observations; see `E`."""
        return self._moment("Cov", (first, second), given, values)

    def correlation(self, first: str | Tree, second: str | Tree, /, *, given: str | None = None, **values: Any) -> Any:
        """The correlation of two observations; see `E`."""
        return self._moment("Corr", (first, second), given, values)

    def _moment(self, moment: str, of: tuple[str | Tree, ...], given: str | None, values: Mapping[str, Any]) -> Any:
        what = f"{moment}({', '.join(map(str, of))}{'' if given is None else f' | {given}'})"
        return self.value(what, **values) if values else self.derive(what).result

    def simulate(self, *, seed: int, **parameters: Any) -> np.ndarray:
        """A response drawn from the model, n numbers; the same seed draws the same.

        Raises
        ------
        DomainError
            For a missing value, one outside its domain, and where the link lets μ leave the domain of the family.
        UnknownNameError
            For a name that is no parameter.
        """
        from tutor.models.glmm.simulation import simulate

        return simulate(self, seed, parameters)

    def equation(
        self,
        form: Form = "index",
        dialect: DialectName = "unicode",
        *,
        style: Style | None = None,
        where: bool = False,
    ) -> Equation:
        """The model in one of the three forms of a lecture: "index", "distribution" or "matrix".

        ``style`` chooses the conventions; ``where`` adds what each symbol means, with its dimensions.

        Raises
        ------
        UnknownNameError
            For another form or dialect.
        """
        from tutor.models.glmm.forms import equation

        return equation(self, form, dialect, style, where)

    def compare_means(self, **parameters: Any) -> Means:
        """The mean at u = 0 beside the marginal mean, a row for each observation that has a predictor of its own.

        As formulas, or with values of the parameters as numbers with their ratio.

        Raises
        ------
        SizeError
            When more observations than a table holds have predictors of their own.
        DomainError
            For a missing value or one outside its domain, and where the mean does not exist.
        """
        from tutor.models.glmm.contrast import compare_means

        return compare_means(self, parameters)

    def attenuation(self, **parameters: float) -> Attenuation:
        """By what slopes on the scale of the link are multiplied when u is averaged out; ``s`` is the variance of η,
        which ``sigma2_u=2`` gives too.

        Exact for the identity, log and probit links; for the logit link the approximation of Zeger, Liang and Albert
        (1988, Biometrics 44), and labelled so.

        Raises
        ------
        TutorError
            For a link without such a factor, and where the variance of η changes with a covariate.
        UnknownNameError, DomainError
            For a value of something else, and a negative one.
        """
        from tutor.models.glmm.contrast import attenuation

        return attenuation(self, parameters)

    def total_variance(self) -> Derivation:
        """Var(y), n × n, by the law of total variance: what takes the place of ZGZ' + R.

        Its numbers are those of ``variance_matrix``, its entries those of ``derive("Cov(y_11, y_21)")``.

        Raises
        ------
        DomainError
            When y given u has no variance.
        """
        from tutor.models.glmm.contrast import total_variance

        return total_variance(self)

    def variance_matrix(self, **parameters: Any) -> np.ndarray:
        """Var(y) at values of the parameters, n × n: by closed forms where there are some, otherwise by quadrature.

        Raises
        ------
        SizeError
            For sizes that are letters, and for more observations than can be filled in.
        DomainError, UnknownNameError
            As ``value``.
        """
        from tutor.models.glmm.variance_matrix import variance_matrix

        return variance_matrix(self, parameters)

    def why_not_zgz(self) -> str:
        """Why ZGZ' + R is not the variance of y, or where it is, in words."""
        from tutor.models.glmm.contrast import why_not_zgz

        return why_not_zgz(self)

    def code(self, program: str, data: str = "d") -> Code:
        """The model in "lme4" or "glmmTMB", with its family and link; see `code_of_generalized` and what it raises."""
        from tutor.models.code.generalized import code_of_generalized

        return code_of_generalized(self, program, data)

    def plot_means(self, **parameters: Any) -> Picture:
        """Curves of E(y | u) at u of −2, −1, 0, 1 and 2 standard deviations, and the marginal mean: a Figure.

        Along the covariate of a model with one, otherwise along the fixed part of η. ``figure.alt`` says it in words.

        Raises
        ------
        SizeError
            When a size or a covariate is a letter.
        DomainError
            For a missing value or one outside its domain.
        TutorError
            For a model without random effects, or whose η have several variances; without matplotlib.
        """
        from tutor.models.glmm.plot import plot_means

        return plot_means(self, parameters)


display.register(GeneralizedModel, card_display)
unicode.register(GeneralizedModel, card_unicode)
fitted.register(GeneralizedModel, card_unicode)
latex.register(GeneralizedModel, card_latex)
markdown.register(GeneralizedModel, card_markdown)


def glmm(
    model: MixedModel | str, family: str = "Poisson", link: str | None = None, *, data: Any = None,
    factors: Mapping[str, Iterable[Any]] | Iterable[str] = (), contrasts: str | Mapping[str, str] = "",
    trials: int | str | None = None, df: float | str | None = None,
) -> GeneralizedModel:  # fmt: skip
    """A generalized linear mixed model: the linear predictor of a mixed model, with a family and a link.

    The model is a named design, a formula with data, or an equation; its residual ε drops out, because the family says
    how y varies given u. ``family`` is one of "normal", "t", "Gamma", "Beta", "Binomial", "Bernoulli", "Poisson",
    "negative binomial" and "lognormal"; ``link`` one of "identity", "log", "logit", "probit", "cloglog", "inverse" and
    "sqrt", by default the usual one of the family. ``trials`` is N of the binomial, ``df`` is ν of the t distribution:
    numbers, or letters.

    A formula with ``data``, ``factors`` and ``contrasts``, as `model` takes them, may have a random effect of each
    observation, ``glmm("y ~ x + (1 | plot)", "Poisson", data=…)``: without ε it is told apart, and says how much more y
    varies than its family does (Harrison 2014, PeerJ 2, e616).

    Raises
    ------
    UnknownNameError
        For another family or link.
    TutorError
        For a link that the family does not take, for a model whose residuals have a structure, and for a formula
        without data.
    FormulaError, DataError
        For a formula or data that make no model; see `model`.
    DomainError
        For trials that are no positive whole number, and degrees of freedom that are not positive.

    >>> from tutor.models.catalogue import rcbd
    >>> glmm(rcbd(3, 4), "Poisson", "log")
    <GeneralizedModel: Poisson, log link; Randomized complete block design: 3 treatments in 4 random blocks, n = 12>
    """
    if isinstance(model, str):
        model = _of_formula(model, data, factors, contrasts)
    elif data is not None:
        raise TutorError("data goes with a formula, and a model was given, which has its own.",
                         tip='Give the formula: glmm("y ~ x + (1 | g)", "Poisson", data=data).')  # fmt: skip
    if not isinstance(model, MixedModel):
        raise TutorError(
            f"glmm takes a model, not {type(model).__name__}.", tip='For example glmm(rcbd(3, 4), "Poisson").'
        )
    of = family_named(family)
    alike = model.R.definition
    if model.residual is not None and not (isinstance(alike, Scaled) and isinstance(alike.tree, Identity)):
        raise TutorError(
            f"The residuals of this model have a structure, R = {model.R.definition}, and a generalized model "
            "has no ε.",
            tip='Give the structure to the random effects instead, with side="G" or a term (… | g).',
        )
    return GeneralizedModel(model, of, _link(of, link), tuple(_numbers(of, {"N": trials, "nu": df})))


def _of_formula(
    formula: str, data: Any, factors: Mapping[str, Iterable[Any]] | Iterable[str], contrasts: str | Mapping[str, str]
) -> MixedModel:
    """The mixed model whose linear predictor a formula has on data."""
    from tutor.models.build import build

    if data is None:
        raise TutorError("A formula needs data.", tip=f'For example glmm("{formula}", "Poisson", data="file.csv").')
    return build(formula, data, factors, contrasts, has_residual=False)


def _link(family: Family, key: str | None) -> Link:
    link = link_named(family.usual if key is None else key)
    if link.key not in family.links:
        low, high = family.domain
        inside = f"between {low} and {high}" if high != sympy.oo else f"above {low}" if low == 0 else "any number"
        takers = ", ".join(name for name, other in FAMILIES.items() if key in other.links)
        raise TutorError(
            f"The {key} link does not go with the {family.key} family: its inverse gives {link.range}, and the "
            f"parameter of that family is {inside}.",
            tip=f"Its links are {', '.join(family.links)}; the {key} link goes with {takers}.",
        )
    return link


_CONSTANT = {"N": ("trials", "Binomial"), "nu": ("df", "t")}
"""Key of a constant: the argument that gives it, and the family that has it."""


def _numbers(family: Family, given: Mapping[str, Any]) -> Iterator[tuple[str, sympy.Expr]]:
    known = {constant.key for constant in family.constants}
    for key, value in given.items():
        argument, owner = _CONSTANT[key]
        if value is None:
            continue
        if key not in known:
            raise TutorError(f"{argument} was given, and the {family.key} family has none: the {owner} family has it.")
        if isinstance(value, str) and value.isidentifier():
            yield key, sympy.Symbol(value, positive=True, integer=True if key == "N" else None)
            continue
        from tutor.models.numbers import exact_number

        number = exact_number(value, argument)
        if not number > 0 or (key == "N" and not number.is_Integer):
            what = "a positive whole number" if key == "N" else "positive"
            raise DomainError(f"{argument} is {value}; it must be {what}, or a letter.")
        yield key, number
