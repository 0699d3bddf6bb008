"""Covariates that are transformed in an equation: centred, as x_ij − x̄_·· in an analysis of covariance, means of
groups, as x̄_i· beside x_ij − x̄_i·, and powers, as x_ij² of a quadratic regression."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

import sympy

from tutor.models.element_names import is_greek, letters_of
from tutor.models.index import Name
from tutor.models.layout import Layout
from tutor.models.levels import BAR, DOT
from tutor.models.spelling import key_of_mean

_MEAN = re.compile(r"(?P<base>[A-Za-z]+?)" + BAR + r"_(?P<number>\d*)_?(?P<below>[a-z.]+)")
"""The key of a mean, x̄_i· or x̄_2i·."""

MOST_POWER = 9
"""The degree of a polynomial in a covariate."""


def is_mean(value: sympy.Expr) -> bool:
    """Whether this is the letter of a mean, x̄_··."""
    return bool(value.is_Symbol) and str(value).partition("_")[0].endswith(BAR)


def mean_of_group(value: sympy.Expr) -> Name | None:
    """x̄_i·, x̄_i or x̄_2i· as a covariate that all rows of a group have in common; None for what is none, and for x̄_··,
    which is one number."""
    told = _MEAN.fullmatch(str(value)) if value.is_Symbol else None
    kept = "" if told is None else "".join(filter(str.isalpha, told["below"]))
    if told is None or not kept or len(set(kept)) < len(kept):
        return None
    return Name((told["base"],), kept, number=told["number"], mean=told["below"], is_mean=True)


def refused_mean(values: Sequence[sympy.Expr]) -> tuple[str, str, str] | None:
    """The problem of a product in which the mean of a covariate is neither that of a group nor taken off that
    covariate, the kind of the error, and what to do; None where there is none."""
    means = [value for value in values if is_mean(value)]
    if not means:
        return None
    if any(value.is_negative for value in values):
        return ("The mean of a covariate is taken off no other covariate.", "no-index-model",
                "Write β (x_ij − x̄_i·), or a coefficient of its own for the mean.")  # fmt: skip
    if all(map(mean_of_group, means)):
        return None
    return ("The mean of all values of a covariate is no effect.", "no-index-model",
            "Leave it out, for it moves the intercept, or write β (x_ij − x̄_..).")  # fmt: skip


def transformed(value: sympy.Expr, name_of: Callable[[str], Name]) -> Name | None:
    """x_ij − x̄_··, x̄_i·, x_ij² or (x_ij − x̄_··)² as one covariate; None for what is none of these."""
    base, exponent = value.as_base_exp()
    if exponent == 1:
        return centred(value, name_of) or mean_of_group(value)
    if not (exponent.is_Integer and 2 <= exponent <= MOST_POWER):
        return None
    covariate = centred(base, name_of) or mean_of_group(base)  # pyright: ignore[reportArgumentType]
    if covariate is None and base.is_Symbol and not is_mean(base):  # pyright: ignore[reportArgumentType]
        covariate = name_of(str(base))
    return None if covariate is None else replace(covariate, power=int(exponent))  # pyright: ignore[reportArgumentType]


def power_of_effect(names: Sequence[Name], effects: Container[Name]) -> Name | None:
    """A power in a term that is none of a covariate: of an effect, or without a coefficient before it."""
    powers = [name for name in names if name.power > 1]
    alone = len(powers) == len(names)
    return next((name for name in powers if alone or replace(name, power=1) in effects), None)


def centred(value: sympy.Expr, name_of: Callable[[str], Name]) -> Name | None:
    """x_ij − x̄_·· as a covariate that is centred at its mean; None for what is none.

    The mean is over all rows, x̄ or x̄_··, or over the indices that are dots below it, x̄_i·, or not below it, x̄_i.
    ``name_of`` makes a name of a key.
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
    """What may stand below the mean of a name with these indices: nothing, dots for some of them or for all, or some of
    them alone."""
    for count in range(len(letters)):
        yield from combinations(letters, count)
    yield from (below for below in product(*((letter, DOT) for letter in letters)) if DOT in below)


def of_rows(name: Name, values: Sequence[sympy.Rational], layout: Layout) -> Iterator[sympy.Rational]:
    """The values of a covariate in each row as the equation has it: less their mean over all rows, or over those of the
    same levels of the indices that the mean keeps, or that mean itself; to a power."""
    means = [sympy.S.Zero] * len(values) if name.mean is None else list(_means(values, name.mean, layout))
    for value, mean in zip(values, means, strict=True):
        yield (mean if name.is_mean else value - mean) ** name.power  # pyright: ignore[reportReturnType]


def _means(values: Sequence[sympy.Rational], mean: str, layout: Layout) -> Iterator[sympy.Rational]:
    """The mean of the group of each row."""
    kept = layout.by_row("".join(filter(str.isalpha, mean)))
    counts = Counter(kept)
    sums: dict[tuple[int, ...], sympy.Rational] = {}
    for cell, value in zip(kept, values, strict=True):
        sums[cell] = sums.get(cell, sympy.S.Zero) + value  # pyright: ignore[reportArgumentType]  (of rationals)
    for cell in kept:
        yield sums[cell] / counts[cell]  # pyright: ignore[reportReturnType]
