"""What can be asked of a model that meets data: estimators, likelihoods, standard errors, the analysis of variance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, overload

from tutor.models.parts import ModelParts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.models.inference.anova_table import Anova
    from tutor.models.inference.best_or_not import OlsIsBlue
    from tutor.models.inference.derived import Derived
    from tutor.models.inference.errors_by_kind import StandardErrors
    from tutor.models.inference.fit_table import Fit
    from tutor.models.inference.fixed_effects import FixedEstimator
    from tutor.models.inference.henderson import MixedModelEquations
    from tutor.models.inference.information import Information
    from tutor.models.inference.likelihood import Method
    from tutor.models.inference.log_likelihood import LogLikelihood
    from tutor.models.inference.prediction import Predictor
    from tutor.models.inference.score_equations import VarianceEstimators
    from tutor.models.inference.scores import Score
    from tutor.models.inference.standard_error import StandardError
    from tutor.models.mixed import MixedModel


def _whole(parts: ModelParts) -> MixedModel:
    """The model that has these parts: nothing else is an `Inferences`."""
    return cast("MixedModel", parts)


@dataclass(frozen=True, slots=True, repr=False)
class Inferences(ModelParts):
    """The questions of inference that a `MixedModel` answers; each is answered in `tutor.models.inference`."""

    @property
    def blue(self) -> FixedEstimator:
        """β̂ = (X'V⁻¹X)⁻X'V⁻¹y, p × 1, the best linear unbiased estimator, with what is derived of it; see `blue`."""
        from tutor.models.inference.fixed_effects import blue

        return blue(_whole(self))

    @property
    def ols(self) -> FixedEstimator:
        """β̂ = (X'X)⁻X'y, p × 1, the estimator by ordinary least squares, with what is derived of it; see `ols`."""
        from tutor.models.inference.fixed_effects import ols

        return ols(_whole(self))

    @property
    def blup(self) -> Predictor:
        """û = GZ'V⁻¹(y − Xβ̂), q × 1, the best linear unbiased predictor, with what is derived of it; see `blup` and
        what it raises."""
        from tutor.models.inference.prediction import blup

        return blup(_whole(self))

    def henderson(self, *, multiplied: bool = False) -> MixedModelEquations:
        """The mixed-model equations, of which β̂ and û are the solution, or the same ``multiplied`` by G; see
        `henderson` and what it raises."""
        from tutor.models.inference.henderson import henderson

        return henderson(_whole(self), multiplied=multiplied)

    def ols_is_blue(self) -> OlsIsBlue:
        """Whether ordinary least squares is best, VP = PV, and why or where not; see `ols_is_blue` and what it
        raises."""
        from tutor.models.inference.zyskind import ols_is_blue

        return ols_is_blue(_whole(self))

    def icc(self) -> Derived:
        """The intraclass correlations, of two observations that share a unit, for each random term; see `intraclass`
        and what it raises."""
        from tutor.models.inference.intraclass import intraclass

        return intraclass(_whole(self))

    def anova(self, *, restricted: bool = False) -> Anova:
        """The analysis of variance: for each source its degrees of freedom, expected mean square and F ratio, and with
        data its sum of squares and p-value; see `anova`, which tells what it raises too."""
        from tutor.models.inference.anova import anova

        return anova(_whole(self), restricted=restricted)

    def se_mean(self, effect: str, at: str | Sequence[str] = ()) -> StandardError:
        """The standard error of the mean of a level of ``effect``, "treatment" or "tau", over the levels of the other
        factors but ``at``; see `se_mean` and what it raises."""
        from tutor.models.inference.standard_errors import se_mean

        return se_mean(_whole(self), effect, at)

    def se_difference(self, effect: str, at: str | Sequence[str] = ()) -> StandardError:
        """The standard error of the difference of two such means, of several factors where each has another level, with
        ``at`` at the same level of these factors; see `se_difference` and what it raises."""
        from tutor.models.inference.standard_errors import se_difference

        return se_difference(_whole(self), effect, at)

    def se_means(self, effect: str, at: str | Sequence[str] = ()) -> StandardErrors:
        """The standard errors of all means of ``effect``, by those that have the same; see `se_means` and what it
        raises."""
        from tutor.models.inference.errors_by_kind import se_means

        return se_means(_whole(self), effect, at)

    def se_differences(self, effect: str, at: str | Sequence[str] = ()) -> StandardErrors:
        """The standard errors of the differences of all pairs of means of ``effect``, by those that have the same, and
        on average; see `se_differences` and what it raises."""
        from tutor.models.inference.errors_by_kind import se_differences

        return se_differences(_whole(self), effect, at)

    @overload
    def se(self, what: Any) -> StandardError: ...

    @overload
    def se(self, what: Any, **parameters: float) -> StandardError | float: ...

    def se(self, what: Any, **parameters: float) -> StandardError | float:
        """The standard error of the estimate of a function of the fixed effects, ``m.se("tau_1 - tau_2")``; at values
        of the parameters its number, for any number of rows. See `standard_error`, `standard_error_at` and what they
        raise."""
        from tutor.models.inference.standard_errors import standard_error
        from tutor.models.inference.standard_errors_at import standard_error_at

        return standard_error_at(_whole(self), what, parameters) if parameters else standard_error(_whole(self), what)

    def loglik(self, method: Method = "REML") -> LogLikelihood:
        """The log-likelihood by "REML" or "ML", built up from the normal density; `LogLikelihood.number` has its value
        at parameters; see `log_likelihood` and what it raises."""
        from tutor.models.inference.log_likelihood import log_likelihood

        return log_likelihood(_whole(self), method)

    def score(self, parameter: str, method: Method = "REML") -> Score:
        """The derivative of the log-likelihood by a parameter of G or R: ``m.score("sigma2_u", "ML")``; see `score` and
        what it raises."""
        from tutor.models.inference.scores import score

        return score(_whole(self), parameter, method)

    def information(self, method: Method = "REML") -> Information:
        """The expected information of the parameters of G and R, and its inverse, their asymptotic variances; see
        `information` and what it raises."""
        from tutor.models.inference.information import information

        return information(_whole(self), method)

    def variance_estimators(self, method: Method = "REML") -> VarianceEstimators:
        """The score equations of a balanced design solved for the variances; see `variance_estimators` and what it
        raises."""
        from tutor.models.inference.score_equations import variance_estimators

        return variance_estimators(_whole(self), method)

    def fit(self, y: Any = None, method: Method = "REML") -> Fit:
        """The model fitted to a response, n numbers, by default that of its data; see `fit` and what it raises."""
        from tutor.models.inference.fit import fit

        return fit(_whole(self), y, method)
