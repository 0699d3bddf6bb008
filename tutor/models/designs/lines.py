"""Designs with a covariate: regression, random intercepts and slopes, and analysis of covariance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Literal

import sympy

from tutor.algebra.indices import depends
from tutor.algebra.sizes import Size, SizeLike
from tutor.errors import DataError
from tutor.models.covariates import Known
from tutor.models.design import design_size
from tutor.models.designs.describe import Treatments, choice, describe, next_letters, treatment_factors
from tutor.models.designs.group_sizes import group_sizes
from tutor.models.index import Name
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.numbers import exact_number
from tutor.models.plan import Repeats, Unit
from tutor.models.words import count

Values = SizeLike | Iterable[Any]
"""A list of numbers, or how many there are: a number for symbols x_1, x_2, …, or a letter."""


def regression(x: Values) -> MixedModel:
    """Intercept and slope: y_i = β_0 + x_i β_1 + ε_i.

    ``x`` is a list of numbers, or how many there are: a number for symbols x_1, x_2, …, or a letter.

    Raises
    ------
    DataError
        For an empty list, or one with something else than finite numbers in it.
    SizeError
        For a number of observations below 1, or a letter that the model needs itself.

    >>> regression([1, 2, 4]).X.explicit()
    Matrix([
    [1, 1],
    [1, 2],
    [1, 4]])
    """
    n, values = _covariate(x)
    return describe(
        "Simple linear regression: intercept and slope",
        (Index("i", "observation", n),),
        ["beta_0", "x_i beta_1"],
        units=(Unit("observation", "i"),),
        known=None if values is None else {Name(("x",), "i"): values},
    )


def random_intercepts(groups: SizeLike, x: Values | Sequence[Sequence[Any]]) -> MixedModel:
    """Lines of one slope with an intercept for each group: y_ij = β_0 + x_i β_1 + u_j + ε_ij.

    ``x`` are the values of the covariate within a group, the same in each: a list of numbers, or how many there are;
    for values x_ij of each group's own a list of lists, or "n_j" for letters.
    Source: Laird and Ware (1982), Biometrics 38, 963–974; Pinheiro and Bates (2000).

    Raises
    ------
    DataError
        For values that are no numbers, or one value of x.
    SizeError
        For fewer than two groups.

    >>> random_intercepts(groups=3, x=[0, 1, 2]).Z.definition.shape
    (9, 3)
    """
    return _lines(groups, x, ["u_j"], "a random intercept for each")


def random_slopes(groups: SizeLike, x: Values | Sequence[Sequence[Any]]) -> MixedModel:
    """A line for each group: y_ij = β_0 + x_i β_1 + u_0j + x_i u_1j + ε_ij, intercept and slope correlated.

    ``x`` are the values of the covariate within a group, the same in each: a list of numbers, or how many there are;
    for values x_ij of each group's own a list of lists, or "n_j" for letters.
    Source: Laird and Ware (1982), Biometrics 38, 963–974; Pinheiro and Bates (2000).

    Raises
    ------
    DataError
        For values that are no numbers, or two of them or fewer: the lines would leave nothing for the residuals.
    SizeError
        For fewer than two groups.

    >>> print(random_slopes("g", "n").V.closed_form())
    I_g ⊗ (σ² I_n + Z_1 Σ_u Z_1')
    """
    return _lines(groups, x, ["u_0j", "x_i u_1j"], "a random intercept and slope for each")


def _lines(groups: SizeLike, x: Values | Sequence[Sequence[Any]], effects: list[str], told: str) -> MixedModel:
    """Lines with random coefficients; y_ij in group j, whose own values of x have both indices."""
    g = design_size("groups", groups, 2)
    if not isinstance(x, str) and isinstance(x, Sequence) and any(isinstance(each, list | tuple) for each in x):
        return _lines_of_groups(g, x, effects, told)
    n, values = _covariate(x)
    known: Known | None = None
    repeats = None
    if values is not None and not g.is_Integer:
        repeats = Repeats(g, partial(_lines, x=values, effects=effects, told=told))
    if values is not None:  # in each row, or with a letter for the groups of one of them
        known = {Name(("x",), "i"): values * int(g) if g.is_Integer else values}  # pyright: ignore[reportArgumentType]
    return describe(
        f"{count(g, 'group')} of {count(n, 'observation')}, {told}",
        (Index("j", "group", g, "gm", prefix="g", short="g"), Index("i", "observation", n, "n")),
        ["beta_0", *_slopes(effects, own=depends(n, "j"))],
        random={"u": "the groups"},
        units=(Unit("group", "j"), Unit("observation", "i", ("group",))),
        known=known,
        rank=None if values is None or g.is_Integer else sympy.Integer(min(len(set(values)), 2)),
        repeats=repeats,
    )


def _slopes(effects: Sequence[str], own: bool) -> list[str]:
    """x_i β_1 and the random effects, with x_ij where each group has values of its own."""
    terms = ["x_i beta_1", *effects]
    return [term.replace("x_i ", "x_ij ") for term in terms] if own else terms


def _lines_of_groups(groups: Size, x: Sequence[Sequence[Any]], effects: list[str], told: str) -> MixedModel:
    """Lines of which each group has values of x of its own, and as many as it has."""
    sizes = group_sizes("x", groups, list(map(len, x)))
    values = tuple(exact_number(value, f"x[{j}][{i}]") for j, own in enumerate(x) for i, value in enumerate(own))
    return describe(
        f"{count(groups, 'group')} of {sizes.told}, {told}",
        (
            Index("j", "group", groups, "gm", prefix="g", short="g"),
            Index("i", "observation", sizes.largest, "n", differing="j"),
        ),
        ["beta_0", *_slopes(effects, own=True)],
        random={"u": "the groups"},
        units=(Unit("group", "j"), Unit("observation", "i", ("group",))),
        known={Name(("x",), "ij"): values},
        codes={"j": sizes.groups, "i": sizes.numbers},
    )


def ancova(
    treatments: Treatments,
    reps: SizeLike,
    blocks_are: Literal["none", "random", "fixed"] = "none",
    slopes: Literal["common", "separate"] = "common",
    x: Iterable[Any] | None = None,
) -> MixedModel:
    """Analysis of covariance: y_ij = μ + τ_i + β x_ij + ε_ij, with a slope for each treatment if asked.

    ``treatments`` may be several factors. ``slopes="separate"`` makes β_i x_ij. With blocks, random or fixed, the
    replicates are blocks: y_ij = μ + τ_i + u_j + β x_ij + ε_ij. ``x`` are the values row by row; without them they are
    symbols x_11, x_12, ….
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    DataError
        For values of x that are no numbers, or not one for each row.
    SizeError
        For fewer than two treatments, replicates in which no residual is left, or separate slopes and letters but for
        one factor of treatments without blocks.
    UnknownNameError
        For another word for blocks or slopes.

    >>> ancova(treatments=3, reps=4).rank, ancova(treatments=3, reps=4, slopes="separate").rank
    (4, 6)
    """
    choice("blocks_are", blocks_are, ("none", "random", "fixed"))
    choice("slopes", slopes, ("common", "separate"))
    t, r = treatment_factors("treatments", treatments), design_size("reps", reps, 2)
    in_blocks = blocks_are != "none"
    (j,) = next_letters(1, t)
    inner = Index(j, "block", r, "br", prefix="b", short="b") if in_blocks else Index(j, "replicate", r, "rn")
    effects = {"none": [], "random": [f"u_{j}"], "fixed": [f"rho_{j}"]}[blocks_are]
    covariate = f"x_{t.letters}{j}"
    known = None
    if x is not None:
        _, values = _covariate(x)
        if values is None or t.size * r != len(values):
            told = "a size" if values is None else f"{len(values)} values"
            raise DataError(f"x is {told}; expected a list of {t.size * r} numbers, one for each row.")
        known = {Name(("x",), t.letters + j): values}
    return describe(
        f"Analysis of covariance: {t.words}, {count(r, f'{blocks_are} block' if in_blocks else 'replicate')}, "
        f"{'a slope for each treatment' if slopes == 'separate' else 'one slope'}",
        (inner, *t.indices) if in_blocks else (*t.indices, inner),
        ["mu", *t.terms, *effects, f"beta_{t.letters} {covariate}" if slopes == "separate" else f"beta {covariate}"],
        random={"u": "the blocks"} if blocks_are == "random" else {},
        units=(Unit("block", j), Unit("plot", t.letters, ("block",))) if in_blocks else (Unit("plot", t.letters + j),),
        treatments=t.letters,
        known=known,
    )


def _covariate(x: Values) -> tuple[Size, tuple[sympy.Rational, ...] | None]:
    """How many values x has, and its numbers where they are given."""
    if isinstance(x, int | str | sympy.Expr):
        return design_size("x", x), None
    try:
        given = list(x)
    except TypeError:
        raise DataError(
            f"x is a {type(x).__name__}; expected a list of numbers, or how many there are.",
            tip="For example regression([1, 2, 4]), regression(5) or regression('n').",
        ) from None
    if not given:
        raise DataError("x is empty.", tip="Give at least two numbers.")
    values = tuple(exact_number(value, f"x[{i}]") for i, value in enumerate(given))
    return sympy.Integer(len(values)), values
