"""The rows of a model as a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from tutor.errors import SizeError
from tutor.models.elements import LISTED
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def dataframe(model: MixedModel) -> Any:
    """One column a variable of the design or of the data, in the order of y.

    A pandas DataFrame with factors as categories, their levels in order, where pandas is installed; otherwise a
    dictionary of lists. Either can be given to `tutor.model`.

    Raises
    ------
    SizeError
        When a size or a covariate of the model is a letter, or there are too many rows to list.
    """
    if not model.columns:
        raise SizeError(
            f"The {inline(model.n)} rows of this design cannot be listed.",
            tip=f"With numbers in place of letters, up to {LISTED} rows can.",
        )
    levels = {factor.name: factor.levels for factor in model.factors if factor.levels is not None}
    return framed({name: list(values) for name, values in model.columns}, levels)


def framed(columns: Mapping[str, list[Any]], levels: Mapping[str, Sequence[str]]) -> Any:
    """Columns as a pandas DataFrame with factors as categories in order, or as they are where there is no pandas."""
    if find_spec("pandas") is None:
        return dict(columns)
    import pandas

    return pandas.DataFrame(
        {
            name: pandas.Categorical(values, categories=list(levels[name])) if name in levels else values
            for name, values in columns.items()
        }
    )
