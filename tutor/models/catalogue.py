"""The named designs: sizes in, a model in the lecture's notation out.

All are over-parameterised as lectures write them, μ + τ_i: a column of ones and one for each level. The rows are
ordered by the factors of the design, the first slowest, and a size may be a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, Literal

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import hstack
from tutor.algebra.nodes import Explicit, Ones, Symbol
from tutor.algebra.sizes import ONE, Size, SizeLike
from tutor.algebra.tree import Tree
from tutor.errors import DataError, UnknownNameError
from tutor.models.assemble import Rows, assemble
from tutor.models.covariance import random_covariance
from tutor.models.design import Factor, Run, design_size, kronecker
from tutor.models.effects import INTERCEPT, FixedPart, FixedTerm, RandomTerm
from tutor.models.elements import column, listed
from tutor.models.index import IndexEffects, IndexModel, IndexRange, IndexTerm, Name
from tutor.models.mixed import MixedModel
from tutor.models.numbers import exact_number


def crd(treatments: SizeLike, reps: SizeLike) -> MixedModel:
    """Completely randomized design: y_ij = μ + τ_i + ε_ij, rows treatment by treatment.

    Raises
    ------
    SizeError
        For fewer than two treatments or less than one replicate, or a letter that the model needs itself.

    >>> crd(treatments=3, reps=2).X.shape
    (6, 4)
    """
    t, r = design_size("treatments", treatments, 2), design_size("reps", reps)
    layout = _Layout((("treatment", "t", t), ("replicate", "r", r)))
    fixed = _effects(layout, [("treatment", "tau", "τ")], rank=t)
    index = IndexModel(
        response=Name(("y",), "ij"),
        terms=(IndexTerm(Name(("mu",))), IndexTerm(Name(("tau",), "i"))),
        residual=Name(("e",), "ij"),
        effects=(),
        ranges=(IndexRange("i", t, "t"), IndexRange("j", r, "r")),
    )
    return assemble(
        title=f"Completely randomized design: {_count(t, 'treatment')} with {_count(r, 'replicate')} each",
        rows=layout.rows(("treatment", "replicate"), lambda level: f"τ{level['treatment']}"),
        fixed=fixed,
        random=(),
        index=index,
        factors=layout.factors(("treatment",)),
        columns=layout.columns(("treatment",)),
    )


def rcbd(treatments: SizeLike, blocks: SizeLike, blocks_are: Literal["random", "fixed"] = "random") -> MixedModel:
    """Randomized complete block design: y_ij = μ + τ_i + u_j + ε_ij, rows block by block.

    Fixed blocks are ρ_j in the place of u_j.

    Raises
    ------
    SizeError
        For fewer than two treatments or blocks, or a letter that the model needs itself.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> rcbd(treatments=3, blocks=2).Z.definition.shape
    (6, 2)
    """
    if blocks_are not in ("random", "fixed"):
        raise UnknownNameError("blocks_are =", str(blocks_are), ("random", "fixed"))
    t, b = design_size("treatments", treatments, 2), design_size("blocks", blocks, 2)
    layout = _Layout((("block", "b", b), ("treatment", "t", t)))
    are_random = blocks_are == "random"
    if are_random:
        fixed = _effects(layout, [("treatment", "tau", "τ")], rank=t)
        random = (_random_intercepts(layout, "block", "u"),)
        block_effect = Name(("u",), "j")
        effects = (IndexEffects((block_effect,), random[0].covariance),)
    else:
        fixed = _effects(layout, [("treatment", "tau", "τ"), ("block", "rho", "block ")], rank=t + b - 1)
        random, effects, block_effect = (), (), Name(("rho",), "j")
    index = IndexModel(
        response=Name(("y",), "ij"),
        terms=(IndexTerm(Name(("mu",))), IndexTerm(Name(("tau",), "i")), IndexTerm(block_effect)),
        residual=Name(("e",), "ij"),
        effects=effects,
        ranges=(IndexRange("i", t, "t"), IndexRange("j", b, "b")),
    )
    return assemble(
        title=f"Randomized complete block design: {_count(t, 'treatment')} in {_count(b, f'{blocks_are} block')}",
        rows=layout.rows(("treatment", "block"), lambda level: f"τ{level['treatment']} b{level['block']}"),
        fixed=fixed,
        random=random,
        index=index,
        factors=layout.factors(("treatment", "block")),
        columns=layout.columns(("treatment", "block")),
    )


def regression(x: SizeLike | Iterable[Any]) -> MixedModel:
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
    covariate, values = _covariate(x)
    n = covariate.rows
    number = listed(n)
    rank = sympy.Integer(1 if n == 1 or (values is not None and len(set(values)) == 1) else 2)
    fixed = FixedPart(
        matrix=hstack(Ones(n), covariate),
        terms=(FixedTerm(INTERCEPT, (), ("β0",)), FixedTerm("x", ("x",), ("β1 x",))),
        keys=("beta_0", "beta_1"),
        labels=("β0", "β1 x"),
        rank=rank,
    )
    index = IndexModel(
        response=Name(("y",), "i"),
        terms=(
            IndexTerm(Name(("beta",), number="0")),
            IndexTerm(Name(("beta",), number="1"), (Name(("x",), "i"),), covariates_first=True),
        ),
        residual=Name(("e",), "i"),
        effects=(),
        ranges=(IndexRange("i", n),),
    )
    positions = None if number is None else range(1, number + 1)
    words = [f"x = {value}" for value in values] if values is not None else None
    return assemble(
        title="Simple linear regression: intercept and slope",
        rows=Rows(
            n,
            None if positions is None else tuple((i,) for i in positions),
            None if positions is None else tuple(words or (f"x_{i}" for i in positions)),
        ),
        fixed=fixed,
        random=(),
        index=index,
        columns=() if values is None else (("x", tuple(values)),),
    )


# Parts of designs


class _Layout:
    """Rows ordered by factors, the slowest first: (name, letter, size) each."""

    def __init__(self, factors: Sequence[tuple[str, str, Size]]) -> None:
        self.names = [name for name, _, _ in factors]
        self.letters = {name: letter for name, letter, _ in factors}
        self.sizes = {name: size for name, _, size in factors}
        self.number = sympy.Mul(*self.sizes.values())
        self._listed = listed(self.number) is not None

    def indicator(self, name: str) -> Tree:
        """The matrix that tells the level of this factor in each row, n × levels."""
        return kronecker([Run(other == name, self.sizes[other]) for other in self.names])

    def levels(self, name: str) -> range | None:
        """The levels of a factor, from 1; None where they are not listed."""
        number = listed(self.sizes[name])
        return None if number is None or not self._listed else range(1, number + 1)

    def _by_row(self) -> list[dict[str, int]] | None:
        if not self._listed:
            return None
        ranges = [self.levels(name) or range(0) for name in self.names]
        return [dict(zip(self.names, levels, strict=True)) for levels in product(*ranges)]

    def rows(self, indexed_by: Sequence[str], word: Any) -> Rows:
        """The rows, their elements indexed by these factors."""
        by_row = self._by_row()
        if by_row is None:
            return Rows(self.number, None, None)
        indices = tuple(tuple(level[name] for name in indexed_by) for level in by_row)
        return Rows(self.number, indices, tuple(word(level) for level in by_row))

    def factors(self, names: Sequence[str]) -> tuple[Factor, ...]:
        """These factors with their levels and the level of each row."""
        by_row = self._by_row()
        found = []
        for name in names:
            levels = self.levels(name)
            if by_row is None or levels is None:
                found.append(Factor(name, self.sizes[name]))
                continue
            called = tuple(f"{self.letters[name]}{level}" for level in levels)
            found.append(Factor(name, self.sizes[name], called, tuple(level[name] - 1 for level in by_row)))
        return tuple(found)

    def columns(self, names: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The columns of the design's data frame."""
        return tuple(
            (factor.name, tuple(factor.levels[code] for code in factor.codes))
            for factor in self.factors(names)
            if factor.levels is not None and factor.codes is not None
        )


def _effects(layout: _Layout, effects: Sequence[tuple[str, str, str]], rank: Size) -> FixedPart:
    """X = [1 | one indicator matrix a factor]; each effect is (factor, key, prefix of its labels)."""
    matrices: list[Tree] = [Ones(layout.number)]
    terms = [FixedTerm(INTERCEPT, (), ("μ",))]
    keys: list[str] | None = ["mu"]
    for name, key, prefix in effects:
        levels = layout.levels(name)
        matrices.append(layout.indicator(name))
        columns = None if levels is None else tuple(f"{prefix}{level}" for level in levels)
        terms.append(FixedTerm(name, (name,), columns))
        keys = None if keys is None or levels is None else [*keys, *(f"{key}_{level}" for level in levels)]
    labels = None if keys is None else tuple(label for term in terms for label in term.columns or ())
    return FixedPart(hstack(*matrices), tuple(terms), None if keys is None else tuple(keys), labels, rank)


def _random_intercepts(layout: _Layout, name: str, letter: str) -> RandomTerm:
    levels = layout.levels(name)
    return RandomTerm(
        letter=letter,
        group=name,
        variables=(name,),
        coefficients=(INTERCEPT,),
        size=layout.sizes[name],
        levels=None if levels is None else tuple(str(level) for level in levels),
        matrix=layout.indicator(name),
        covariance=random_covariance(letter, layout.sizes[name], f"the {name}s", (INTERCEPT,)),
    )


def _covariate(x: SizeLike | Iterable[Any]) -> tuple[Symbol, tuple[sympy.Rational, ...] | None]:
    """x as a known vector, n × 1, and its numbers where they are given."""
    if isinstance(x, int | str | sympy.Expr):
        n = design_size("x", x)
        number = listed(n)
        entries = None if number is None else column(f"x_{i}" for i in range(1, number + 1))
        return Symbol("x", n, ONE, entries=entries), None
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
    matrix = ImmutableDenseMatrix(len(values), 1, list(values))
    return Symbol("x", sympy.Integer(len(values)), ONE, definition=Explicit(matrix)), values


def _count(size: Size, noun: str) -> str:
    return f"{size} {noun}" if size == 1 else f"{size} {noun}s"
