"""MixedModel: y = Xβ + Zu + ε with its matrices, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.models.card import card_display, card_latex, card_markdown, card_unicode
from tutor.models.parts import ModelParts
from tutor.notation.write import display, fitted, latex, markdown, unicode

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from tutor.algebra.rules import Derivation
    from tutor.figures.picture import Picture
    from tutor.models.code.programs import Code, Program
    from tutor.models.equation import Equation, Form
    from tutor.models.estimability import Estimability
    from tutor.models.field_sketch import FieldSketch
    from tutor.models.inference.anova_table import Anova
    from tutor.models.inference.fit_table import Fit
    from tutor.models.inference.information import Information
    from tutor.models.inference.likelihood import Method
    from tutor.models.inference.log_likelihood import LogLikelihood
    from tutor.models.inference.score_equations import VarianceEstimators
    from tutor.models.inference.scores import Score
    from tutor.models.inference.standard_errors import StandardError
    from tutor.models.null_space import NullSpace
    from tutor.models.strata import Strata
    from tutor.notation.style import Style
    from tutor.notation.write import DialectName


@dataclass(frozen=True, slots=True, repr=False)
class MixedModel(ModelParts):
    """A linear mixed model y = Xβ + Zu + ε with u ~ N(0, G), ε ~ N(0, R) and cov(u, ε) = 0.

    y and e are n × 1, X is n × p, beta p × 1, Z n × q, u q × 1, G q × q, R n × n. A model without random effects has
    None for Z, u and G. ``covariance`` is Var(y) as a name, V; its definition is ZGZ' + R. ``parameters`` are those
    of G and R, ``domains`` the blocks of them that must be positive definite together, ``rank`` is that of X. ``plan``
    tells the units of a designed experiment and what was assigned to them; ``residual`` is the structure of R where it
    is not σ² I.
    ``response_name`` is what the data call y.
    """

    def __post_init__(self) -> None:
        self.scope.belong(self)

    @property
    def P(self) -> Symbol:
        """X(X'X)⁻X', n × n: the projection on the columns of X, by any generalized inverse."""
        from tutor.models.derivations import projections

        return projections(self)[0]

    @property
    def M(self) -> Symbol:
        """I − P, n × n: the projection on what is orthogonal to the columns of X, My being the residuals."""
        from tutor.models.derivations import projections

        return projections(self)[1]

    def derive(self, what: str | Tree, to: str | Tree | None = None) -> Derivation:
        """E, Var or Cov of linear forms in y, u and ε, step by step; ``what`` is "E(y)", "Var(y)", "Cov(u, y)", ….

        With ``to``, the steps from any form to another one: ``m.derive("Var(My)", to="MVM")``; see `derivations`.
        Inverses, determinants and quadratic forms are worked out by the structure of V: "V^-1", "|V|", "log|V|"; mean
        squares by their projections: "E(MS_block)".

        Raises
        ------
        TutorError
            Without ``to``: when ``what`` is no moment, or not linear in y, u and ε. With it: NotEqualError when the two
            differ, NoDerivationError when no law joins them, DomainError for an inverse that does not exist.
        ReadError
            When a form cannot be read.
        """
        from tutor.models.inference.mean_squares import derive_mean_square, source_asked

        source = source_asked(what)
        if source is not None:
            return derive_mean_square(self, source, to)
        if to is not None:
            from tutor.models.derivations import derive_to

            return derive_to(self, what, to)
        from tutor.models.moments import derive

        return derive(self, what)

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
        from tutor.models.equation import equation

        return equation(self, form, dialect, style=style, where=where)

    def glossary(self, form: Form = "matrix", dialect: DialectName = "unicode", style: Style | None = None) -> Equation:
        """What each symbol of a form means, with its dimensions, in words.

        Raises
        ------
        UnknownNameError
            For another form or dialect.
        """
        from tutor.models.equation import glossary_of

        return glossary_of(self, form, dialect, style)

    def simulate(self, *, seed: int, **parameters: Any) -> np.ndarray:
        """A response drawn from the model, n numbers; the same seed draws the same.

        Parameters of G and R by their keys (``sigma2=1, sigma2_u=2``), effects by theirs (``mu=10, tau_1=0``) or all
        at once in the order of X's columns (``beta=[10, 0, 1, 3]``).

        Raises
        ------
        DomainError
            When a value is missing, or outside its domain.
        UnknownNameError
            For a name that is no parameter of the model.
        """
        from tutor.models.simulation import simulate

        return simulate(self, seed, parameters)

    def code(self, program: Program, data: str = "d") -> Code:
        """The model in the words of "lme4", "nlme", "glmmTMB", "sas" or "statsmodels".

        ``data`` is what that program calls the data.

        Raises
        ------
        UnknownNameError
            For another program.
        TutorError
            For a model that the program has no words for, with one that has.
        """
        from tutor.models.code.programs import code

        return code(self, program, data)

    def null_space(self) -> NullSpace:
        """The relations among the columns of X: as many as p exceeds the rank, each as a sum of columns that is 0.

        Raises
        ------
        SizeError
            When a size of the model is a letter; its dimension, ``m.p - m.rank``, is known then too.
        """
        from tutor.models.null_space import null_space

        return null_space(self)

    def estimable(self, what: Any) -> Estimability:
        """Whether a function of the fixed effects is estimable, and why: ``m.estimable("tau_1 - tau_2")``.

        ``what`` is text, a tree, or the coefficients in the order of X's columns.

        Raises
        ------
        SizeError
            When a size of the model is a letter, unless the design is balanced in factors and ``what`` names effects.
        TutorError
            When ``what`` is no sum of fixed effects, or cannot be read.
        """
        from tutor.models.estimability import estimable

        return estimable(self, what)

    def strata(self) -> Strata:
        """The strata of a balanced design: name, projection, degrees of freedom and eigenvalue of V for each.

        Raises
        ------
        TutorError
            For a model whose V is no sum of Kronecker products of I and J.
        """
        from tutor.models.strata import strata

        return strata(self)

    def anova(self, *, restricted: bool = False) -> Anova:
        """The analysis of variance: for each source its degrees of freedom, expected mean square and F ratio, and with
        data its sum of squares and p-value; see `anova`, which tells what it raises too."""
        from tutor.models.inference.anova import anova

        return anova(self, restricted=restricted)

    def se_mean(self, effect: str, at: str | Sequence[str] = ()) -> StandardError:
        """The standard error of the mean of a level of ``effect``, "treatment" or "tau", over the levels of the other
        factors but ``at``; see `se_mean` and what it raises."""
        from tutor.models.inference.standard_errors import se_mean

        return se_mean(self, effect, at)

    def se_difference(self, effect: str, at: str | Sequence[str] = ()) -> StandardError:
        """The standard error of the difference of two such means, with ``at`` at the same level of these factors; see
        `se_difference` and what it raises."""
        from tutor.models.inference.standard_errors import se_difference

        return se_difference(self, effect, at)

    def se(self, what: Any) -> StandardError:
        """The standard error of the estimate of a function of the fixed effects, ``m.se("tau_1 - tau_2")``; see
        `standard_error` and what it raises."""
        from tutor.models.inference.standard_errors import standard_error

        return standard_error(self, what)

    def loglik(self, method: Method = "REML") -> LogLikelihood:
        """The log-likelihood by "REML" or "ML", built up from the normal density; `LogLikelihood.number` has its value
        at parameters; see `log_likelihood` and what it raises."""
        from tutor.models.inference.log_likelihood import log_likelihood

        return log_likelihood(self, method)

    def score(self, parameter: str, method: Method = "REML") -> Score:
        """The derivative of the log-likelihood by a parameter of G or R: ``m.score("sigma2_u", "ML")``; see `score` and
        what it raises."""
        from tutor.models.inference.scores import score

        return score(self, parameter, method)

    def information(self, method: Method = "REML") -> Information:
        """The expected information of the parameters of G and R, and its inverse, their asymptotic variances; see
        `information` and what it raises."""
        from tutor.models.inference.information import information

        return information(self, method)

    def variance_estimators(self, method: Method = "REML") -> VarianceEstimators:
        """The score equations of a balanced design solved for the variances; see `variance_estimators` and what it
        raises."""
        from tutor.models.inference.score_equations import variance_estimators

        return variance_estimators(self, method)

    def fit(self, y: Any = None, method: Method = "REML") -> Fit:
        """The model fitted to a response, n numbers, by default that of its data; see `fit` and what it raises."""
        from tutor.models.inference.fit import fit

        return fit(self, y, method)

    def randomize(self, *, seed: int) -> Any:
        """The rows of the design in the order of the field, randomized as its units allow; see `randomize`.

        Raises
        ------
        TutorError
            For a model without a design, or one in which nothing is assigned.
        SizeError
            When a size of the design is a letter.
        """
        from tutor.models.randomization import randomize

        return randomize(self, seed=seed)

    def layout(self, *, seed: int | None = None) -> FieldSketch:
        """The field as text: its units with their treatments, in order or randomized by a seed.

        Raises
        ------
        TutorError
            For a model without a design.
        SizeError
            When a size of the design is a letter.
        """
        from tutor.models.field_sketch import sketch

        return sketch(self, seed=seed)

    def plot_variance(self, **parameters: float) -> Picture:
        """V = Var(y), n × n, as a labelled heat map; ``plot_matrix("V", …)`` in a word."""
        return self.plot_matrix("V", **parameters)

    def plot_matrix(self, what: str, /, **parameters: float) -> Picture:
        """A matrix of the model as a labelled heat map: "V", "G", "R", "ZZ'", "Z'Z", "Z" or "X"; a matplotlib Figure.

        Rows are labelled where there are few, and blocks are ruled where there are many; ``figure.alt`` describes the
        picture in words. Values of parameters go by their keys (``sigma2=1, sigma2_u=2``). The title tells them all,
        those too that are not given: 1 for the residual variance, 2, 3, … for those of the random terms, correlations
        of 1/2.

        Raises
        ------
        UnknownNameError
            For another matrix, or a parameter that it does not have.
        DomainError
            For a value outside its domain, or a covariate whose values are letters and not given.
        SizeError
            When a size is a letter, or more than 1000.
        TutorError
            For a matrix that the model does not have, or without matplotlib.
        """
        from tutor.models.matrix_plot import plot_matrix

        return plot_matrix(self, what, parameters)

    def plot_layout(self, *, seed: int | None = None) -> Picture:
        """The field as a matplotlib figure, readable in grey; ``figure.alt`` describes it in words.

        Raises
        ------
        TutorError
            For a model without a design, or without matplotlib.
        SizeError
            When a size of the design is a letter.
        """
        from tutor.models.field_plot import plot_layout

        return plot_layout(self, seed=seed)

    def dataframe(self) -> Any:
        """The rows of the design or the data that were used, one column a variable, in the order of y.

        A pandas DataFrame with factors as categories where pandas is installed, otherwise a dictionary of lists.
        """
        from tutor.models.frame import dataframe

        return dataframe(self)


display.register(MixedModel, card_display)
unicode.register(MixedModel, card_unicode)
fitted.register(MixedModel, card_unicode)
latex.register(MixedModel, card_latex)
markdown.register(MixedModel, card_markdown)
