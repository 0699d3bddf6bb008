"""MixedModel: y = Xβ + Zu + ε with its matrices, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.origins import derivation_of
from tutor.algebra.tree import Tree
from tutor.models.card import card_display, card_latex, card_markdown, card_unicode
from tutor.models.inferences import Inferences
from tutor.notation.write import display, fitted, latex, markdown, unicode

if TYPE_CHECKING:
    import numpy as np

    from tutor.algebra.rules import Derivation
    from tutor.figures.picture import Picture
    from tutor.models.code.programs import Code, Program
    from tutor.models.equation import Form
    from tutor.models.estimability import Estimability
    from tutor.models.field_sketch import FieldSketch
    from tutor.models.null_space import NullSpace
    from tutor.models.strata import Strata
    from tutor.models.written_equation import Equation
    from tutor.notation.style import Style
    from tutor.notation.write import DialectName


@dataclass(frozen=True, slots=True, repr=False)
class MixedModel(Inferences):
    """A linear mixed model y = Xβ + Zu + ε with u ~ N(0, G), ε ~ N(0, R) and cov(u, ε) = 0.

    y and e are n × 1, X is n × p, beta p × 1, Z n × q, u q × 1, G q × q, R n × n. A model without random effects has
    None for Z, u and G. ``covariance`` is Var(y) as a name, V; its definition is ZGZ' + R. ``parameters`` are those
    of G and R, ``domains`` the blocks of them that must be positive definite together, ``rank`` is that of X. ``plan``
    tells the units of a designed experiment and what was assigned to them; ``residual`` is the structure of R where it
    is not σ² I.
    ``response_name`` is what the data call y; ``left_out`` are the rows of the data, from 1, that have no part in the
    model because a value is missing in them.
    """

    def __post_init__(self) -> None:
        self.scope.belong(self)

    if not TYPE_CHECKING:  # where types are checked, a name that a model does not have is an error

        def __getattr__(self, name: str) -> Any:
            from tutor.models.asked_by_name import OF_MODELS, refuse_attribute

            refuse_attribute(self, "A model", name, OF_MODELS)

    @property
    def P(self) -> Symbol:
        """X(X'X)⁻X', n × n: the projection on the columns of X, by any generalized inverse."""
        from tutor.models.projections import projections

        return projections(self)[0]

    @property
    def M(self) -> Symbol:
        """I − P, n × n: the projection on what is orthogonal to the columns of X, My being the residuals."""
        from tutor.models.projections import projections

        return projections(self)[1]

    def derive(self, what: str | Tree, to: str | Tree | None = None) -> Derivation:
        """What is asked of the model, step by step: ``m.derive("E(y)")``, ``m.derive("Cov(y_11, y_21)")``.

        E, Var, Cov and Corr of linear forms in y, u and ε, of products of two elements and of quadratic forms, given u
        or single random effects too, and of u given y; mean squares by their projections, "E(MS_block)" and
        "Var(MS_block)"; matrices, inverses, determinants, traces by the structure of V: "V^-1", "log|V|", "tr(V)",
        "X'X"; estimators, "\\hat u", "\\hat\\tau_1 - \\hat\\tau_2"; and y and averages of it as the model has them.

        With ``to``, the steps from any form to another one: ``m.derive("Var(My)", to="MVM")``; see `derivations`.

        Raises
        ------
        TutorError
            Without ``to``: when ``what`` does not follow from the model. With it: NotEqualError when the two
            differ, NoDerivationError when no law joins them, DomainError for an inverse that does not exist.
        ReadError
            When a form cannot be read.
        """
        from tutor.models.derivations import derive_in

        return derivation_of(self.y.scope, derive_in(self, what, to))

    def E(self, what: str | Tree, /, *, given: str | Tree | None = None, **values: float) -> Any:
        """The mean of a linear form in y, u and ε, a tree: ``m.E("y_11")``, ``m.E(m.y, given=m.u)``, ``m.E("y | u")``.

        ``what`` is text or a tree, of a vector or a number; ``given`` are random effects that are held fixed. With
        values of parameters by their keys, ``mu=10, tau_1=2``, it is a number, or the array of a vector. The steps to
        it are those of ``m.derive("E(…)")``. For what is raised see `moment`.
        """
        from tutor.models.asked_moments import moment

        return moment(self, "E", (what,), given, values)

    def Var(self, what: str | Tree, /, *, given: str | Tree | None = None, **values: float) -> Any:
        """The variance of a linear form, in closed form: ``m.Var(m.y)``, ``m.Var("ybar_1. - ybar_2.")``.

        ``m.Var("y_11", sigma2=1, sigma2_u=2)`` is its value there. Arguments are as those of `E`.
        """
        from tutor.models.asked_moments import moment

        return moment(self, "Var", (what,), given, values)

    def Cov(self, first: str | Tree, second: str | Tree, /, *, given: str | Tree | None = None, **values: float) -> Any:
        """The covariance of two linear forms, in closed form: ``m.Cov(m.u, m.y)``, ``m.Cov("y_11", "y_21")``.

        Arguments are as those of `E`.
        """
        from tutor.models.asked_moments import moment

        return moment(self, "Cov", (first, second), given, values)

    def correlation(
        self, first: str | Tree, second: str | Tree, /, *, given: str | Tree | None = None, **values: float
    ) -> Any:
        """The correlation of two elements or averages, in closed form: ``m.correlation("y_11", "y_21")``.

        Arguments are as those of `E`.

        Raises
        ------
        TutorError
            For vectors, and for what does not vary.
        """
        from tutor.models.asked_moments import moment

        return moment(self, "Corr", (first, second), given, values)

    def why_correlated(self, first: str | Tree, second: str | Tree, /, *, given: str | Tree | None = None) -> str:
        """Why two observations are correlated, or are not, in a sentence: what they share, and their covariance.

        Raises
        ------
        TutorError
            For anything but two elements of y.
        """
        from tutor.models.asked_moments import why

        return why(self, first, second, given)

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

    @property
    def remarks(self) -> tuple[str, ...]:
        """What no data of this layout can tell, a sentence each, as which variances only their sum is known of; and
        which rows were left out because a value is missing in them."""
        from tutor.models.remarks import remarks

        return remarks(self)

    def strata(self) -> Strata:
        """The strata of a balanced design: name, projection, degrees of freedom and eigenvalue of V for each.

        Raises
        ------
        TutorError
            For a model whose V is no sum of Kronecker products of I and J.
        """
        from tutor.models.strata import strata

        return strata(self)

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
        """A matrix of the model as a labelled heat map; a matplotlib Figure.

        ``what`` is "V", "G", "R", "ZGZ'", "ZZ'", "Z'Z", "Z", "X", or "X|Z" for X and Z side by side. Rows are labelled
        where there are few, and blocks are ruled where there are many; ``figure.alt`` describes the picture in words.
        Values of parameters go by their keys (``sigma2=1, sigma2_u=2``). The title tells them all, those too that are
        not given: 1 for the residual variance, 2, 3, … for those of the random terms, correlations of 1/2.

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
