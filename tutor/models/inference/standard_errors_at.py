"""Standard errors as numbers at values of the parameters, straight from the matrices.

√(k'(X'V⁻¹X)⁻k) is the same for all generalized inverses of an estimable k: that of the independent columns of X, with 0
for the others, is taken. Source: Searle (1971), Linear Models, section 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.sizes import whole
from tutor.errors import TutorError
from tutor.models.inference.likelihood import Likelihood
from tutor.models.inference.log_likelihood import checked_values

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def standard_error_at(model: MixedModel, what: Any, parameters: Mapping[str, float]) -> float:
    """The standard error of k'β̂ by generalized least squares at these variances.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason.
    DomainError, UnknownNameError
        For a parameter that is missing, out of its domain or unknown.
    SizeError
        When a size of the model is a letter.
    """
    values = checked_values(model, parameters)
    response = np.zeros(whole(model.n, "the number of observations"))
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    k = np.array([float(each) for each in told.coefficients.flat()])
    likelihood = Likelihood(model, response, "ML")
    kept = k[likelihood.columns]
    return float(np.sqrt(kept @ likelihood.at(values).covariance_of_beta @ kept))
