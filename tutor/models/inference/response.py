"""The response that a model is fitted to: that of its data, or numbers that are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import DataError, SizeError
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def response_of(model: MixedModel, given: Any = None) -> np.ndarray:
    """A response of n numbers; without one that of the model's data.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    DataError
        For a response of another length, or with something that is no number.
    TutorError
        Without a response.
    """
    if not model.n.is_Integer:
        raise SizeError(
            f"A model with n = {inline(model.n)} observations has no data.", tip="Give numbers for the sizes."
        )
    return model.observed if given is None else _numbers(given, int(model.n))


def _numbers(response: Any, n: int) -> np.ndarray:
    try:
        found = np.asarray(response, dtype=float).ravel()
    except (TypeError, ValueError):
        raise DataError(f"The response {response!r} is no list of numbers.") from None
    if len(found) != n:
        raise DataError(f"The response has {len(found)} values; the model has {n} observations.",
                        tip="Give a number for each row of m.dataframe().")  # fmt: skip
    if not np.isfinite(found).all():
        raise DataError(f"Value {int(np.argmin(np.isfinite(found))) + 1} of the response is missing or infinite.",
                        tip="Leave the row out of the data.")  # fmt: skip
    return found
