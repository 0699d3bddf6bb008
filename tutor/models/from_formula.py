"""The function that makes a model of a formula and data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tutor.covariance.over import Over
from tutor.models.build import Missing, build
from tutor.models.mixed import MixedModel


def model(
    formula: str,
    data: Any,
    *,
    factors: Mapping[str, Iterable[Any]] | Iterable[str] = (),
    contrasts: str | Mapping[str, str] = "",
    R: Over | None = None,
    missing: Missing = "omit",
) -> MixedModel:
    """The model of a formula of lme4 on data.

    ``data`` is the path of a CSV file, a mapping of columns, or a data frame of pandas or polars. Text is a factor;
    ``factors`` names columns of numbers that are, or gives the levels of factors in order. The first level is the one
    with which the others are compared.

    ``contrasts`` are "treatment", "sum", "helmert" or "poly" as R has them, for all factors or by name; "effects" gives
    every level a column beside the intercept, as a lecture writes μ + τ_i, and "means" each cell its mean. Ordered
    factors have "poly", others "treatment".

    ``R`` is a covariance structure of the residuals over a column: ``R=covariance.ar1("time", group="subject")``,
    ``R=covariance.diag("Sex")``; with variances of their own, ``ar1("time", group="subject", variances=diag("Sex"))``;
    over coordinates, ``covariance.exp(["row", "column"])``; with ``covariance.nugget(…)`` around. Without it R = σ² I.

    Rows with a missing value in a column that the model uses are left out, as lme4 does; its title and ``remarks`` say
    so. ``missing="fail"`` refuses them, as nlme does.

    Raises
    ------
    FormulaError
        For a formula that lme4 would reject, with the place.
    DataError
        For data that cannot be used: no such file, no row without a missing value, a factor with one level; for an R
        whose parameters no data can tell apart.
    UnknownNameError
        For a column that there is not, with the nearest name.

    >>> data = {"y": [3, 5, 4, 8, 6, 9], "dose": [0, 1, 2, 0, 1, 2], "herd": ["a", "a", "a", "b", "b", "b"]}
    >>> model("y ~ dose + (1 | herd)", data).Z.definition.shape
    (6, 2)
    """
    return build(formula, data, factors, contrasts, R, missing)
