"""Covariates that are transformed in an equation: centred, as x_ij − x̄_·· in an analysis of covariance, and powers,
as x_ij² of a quadratic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from itertools import product

import sympy

from tutor.models.element_names import is_greek, letters_of
from tutor.models.index import Name
from tutor.models.layout import Layout
from tutor.models.levels import BAR, DOT
from tutor.models.spelling import key_of_mean

MOST_POWER = 9
"""The degree of a polynomial in a covariate."""


def is_mean(value: sympy.Expr) -> bool:
    """Whether this is the letter of a mean, x̄_··."""
    return bool(value.is_Symbol) and str(value).partition("_")[0].endswith(BAR)


def advice(mean: sympy.Expr) -> str:
    """What to do about a mean of a covariate that is not taken off it."""
    kept = "".join(filter(str.isalpha, str(mean).partition("_")[2]))
    if kept:
        return f"Give it a letter of its own, as z_{kept}."
    return "Leave it out, for it only moves the intercept, or write β (x_ij − x̄_..)."


def transformed(value: sympy.Expr, name_of: Callable[[str], Name]) -> Name | None:
    """x_ij − x̄_··, x_ij² or (x_ij − x̄_··)² as one covariate; None for what is none of these."""
    base, exponent = value.as_base_exp()
    if exponent == 1:
        return centred(value, name_of)
    if not (exponent.is_Integer and 2 <= exponent <= MOST_POWER):
        return None
    covariate = name_of(str(base)) if base.is_Symbol and not is_mean(base) else centred(base, name_of)  # pyright: ignore[reportArgumentType]
    return None if covariate is None else replace(covariate, power=int(exponent))  # pyright: ignore[reportArgumentType]


def power_of_effect(names: Sequence[Name], effects: Container[Name]) -> Name | None:
    """A power in a term that is none of a covariate: of an effect, or without a coefficient before it."""
    powers = [name for name in names if name.power > 1]
    alone = len(powers) == len(names)
    return next((name for name in powers if alone or replace(name, power=1) in effects), None)


def centred(value: sympy.Expr, name_of: Callable[[str], Name]) -> Name | None:
    """x_ij − x̄_·· as a covariate that is centred at its mean; None for what is none.

    The mean is over all rows, x̄ or x̄_··, or over the indices that are dots below it, x̄_i·. ``name_of`` makes a name
    of a key.
    """
    if not isinstance(value, sympy.Add) or len(value.args) != 2:
        return None
    for own, mean in (value.args, value.args[::-1]):
        if own.is_Symbol and is_mean(-mean) and not is_mean(own):
            name = name_of(str(own))
            means = (replace(name, mean="".join(below)) for below in _below(letters_of(name)))
            return next((each for each in means if key_of_mean(each) == str(-mean) and not is_greek(name)), None)
    return None


def _below(letters: str) -> Iterator[tuple[str, ...]]:
    """What may stand below the mean of a name with these indices: nothing, or dots for some of them or for all."""
    yield ()
    yield from (below for below in product(*((letter, DOT) for letter in letters)) if DOT in below)


def less_mean(values: Sequence[sympy.Rational], mean: str, layout: Layout) -> Iterator[sympy.Rational]:
    """The values of a covariate in each row less their mean over all rows, or over those of the same levels of the
    indices that the mean keeps."""
    kept = layout.by_row("".join(filter(str.isalpha, mean)))
    counts = Counter(kept)
    sums: dict[tuple[int, ...], sympy.Rational] = {}
    for cell, value in zip(kept, values, strict=True):
        sums[cell] = sums.get(cell, sympy.S.Zero) + value  # pyright: ignore[reportArgumentType]  (of rationals)
    for cell, value in zip(kept, values, strict=True):
        yield value - sums[cell] / counts[cell]  # pyright: ignore[reportReturnType]
