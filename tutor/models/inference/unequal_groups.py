"""Random groups within groups of sizes n_i, n_ij, with letters for them: the coefficients of their mean squares.

With P_k the projection on the groups of level k, tr(P_k Z_rZ_r') is Σ_g (1/n_g) Σ_h n_h² over the groups g of level k
and the groups h of level r that lie in them; level 0 is one group of all observations. The mean square of level k has
the projection P_k − P_{k−1}. Source: Searle, Casella and McCulloch (1992), Variance Components, section 3.6, n_0 =
(N − Σ n_i²/N)/(a − 1); Searle (1971), Linear Models, section 11.3, for groups within groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Applied, Indexed, depends_on
from tutor.algebra.indices import Total, letters_in, total
from tutor.algebra.laws.joining import negated, sum_of
from tutor.algebra.nodes import Inverse, Scalar, Scaled
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.effects import INTERCEPT
from tutor.models.inference.source_parts import Part, Source, ordered_parts, variances_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

N_0 = sympy.Symbol("n_0", positive=True)
"""What stands for the size of a group where sizes differ."""


@dataclass(frozen=True, slots=True)
class Size:
    """A coefficient of a variance by its name: ``trace`` is tr(AZZ'), ``definition`` that over the degrees of freedom;
    both are 1 × 1."""

    trace: Tree
    definition: Tree


@dataclass(frozen=True, slots=True)
class UnequalGroups:
    """The sources of groups within groups, and what the letters in their coefficients stand for."""

    sources: tuple[Source, ...]
    sizes: Mapping[sympy.Symbol, Size]


def unequal_groups(model: MixedModel) -> UnequalGroups | None:
    """The sources of random groups within groups with letters for sizes that differ; None for another model.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    """
    levels = _levels(model)
    if levels is None:
        return None
    *parts, residual = ordered_parts(model)
    depth = len(parts)
    named: dict[sympy.Symbol, Size] = {}
    found: list[Source] = []
    for k, part in enumerate(parts, start=1):
        degrees = model.random[part.position].size - (model.random[parts[k - 2].position].size if k > 1 else ONE)
        shares: dict[Part, sympy.Expr] = {}
        for r in range(k, depth + 1):
            name = N_0 if depth == 1 else sympy.Symbol(f"{_letter(model)}_{len(named) + 1}", positive=True)
            share = _coefficient(levels, k, r, degrees)
            if isinstance(share, Size):
                named[name] = share
            shares[parts[r - 1]] = name if isinstance(share, Size) else share
        found.append(Source(part, degrees, variances_of({residual: sympy.S.One, **shares}), ()))
    degrees = model.n - model.random[parts[-1].position].size
    return UnequalGroups((*found, Source(residual, degrees, variances_of({residual: sympy.S.One}), ())), named)


def named_sizes(model: MixedModel) -> Mapping[sympy.Symbol, Size]:
    """What the letters in the coefficients of variances stand for; none for a model without groups of letters for
    sizes."""
    found = unequal_groups(model)
    return {} if found is None else found.sizes


def tree_of(value: sympy.Expr, names: Mapping[sympy.Symbol, Tree]) -> Tree:
    """An expression with trees for some of its letters, 1 × 1."""
    if not value.free_symbols & set(names):
        return Scalar(value)
    if isinstance(value, sympy.Symbol):
        return names[value]
    if isinstance(value, sympy.Add):
        return sum_of([tree_of(term, names) for term in value.args])  # pyright: ignore[reportArgumentType]
    if isinstance(value, sympy.Pow):
        body = tree_of(value.base, names)
        return Inverse(body) if value.exp == -1 else Applied("power", (body, Scalar(value.exp)))
    plain, rest = value.as_independent(*names, as_Add=False)
    first, *more = [tree_of(factor, names) for factor in sympy.Mul.make_args(rest)]  # pyright: ignore[reportArgumentType]
    for factor in more:
        first = Scaled(first, factor)
    return first if plain == 1 else Scaled(Scalar(plain), first)  # pyright: ignore[reportArgumentType]


# The groups of each level


@dataclass(frozen=True, slots=True)
class _Level:
    """The groups of one level by their letter within those of the level before: how many in each of these, and how
    many observations n_h has each. Level 0 is one group of all."""

    letter: str
    extent: sympy.Expr
    size: sympy.Expr


def _levels(model: MixedModel) -> list[_Level] | None:
    """The levels of groups that lie within each other, level 0 first, where sizes differ by letters; None for another
    model."""
    if not model.n.has(Total) or [term.name for term in model.fixed] != [INTERCEPT] or not model.random:
        return None
    if any(not isinstance(run.extent, sympy.Expr) for run in model.index.ranges):
        return None
    runs = {run.letter: run.extent for run in model.index.ranges if isinstance(run.extent, sympy.Expr)}
    letters = {run.letter: run.letter for run in model.index.ranges}
    if model.plan is not None:
        letters = {index.name: index.letter for index in model.plan.layout.indices}
    chain = sorted((frozenset(term.variables) for term in model.random), key=len)
    steps = [within - before for before, within in zip([frozenset[str](), *chain], chain, strict=False)]
    if any(len(step) != 1 for step in steps) or any(not name <= set(letters) for name in steps):
        return None
    own = [letters[next(iter(step))] for step in steps]
    rest = [letter for letter in runs if letter not in own]
    if len(rest) != 1 or list(runs) != [*own, *rest]:
        return None
    found: list[_Level] = []
    size: sympy.Expr = runs[rest[0]]
    for letter in reversed(own):
        found.append(_Level(letter, runs[letter], size))
        size = total(size, letter, runs[letter])
    return [_Level("", ONE, size), *reversed(found)]


def _coefficient(levels: Sequence[_Level], k: int, r: int, degrees: sympy.Expr) -> sympy.Expr | Size:
    """tr((P_k − P_{k−1}) Z_rZ_r') over the degrees of freedom: a number, or as a formula with sums."""
    mine, before = _trace(levels, k, r), _trace(levels, k - 1, r)
    if isinstance(mine, sympy.Expr) and isinstance(before, sympy.Expr):
        return sympy.cancel((mine - before) / degrees)
    trees = [Scalar(each) if isinstance(each, sympy.Expr) else each for each in (mine, before)]
    trace = sum_of([trees[0], negated(trees[1])])
    return Size(trace, Scaled(Scalar(1 / degrees), trace))


def _trace(levels: Sequence[_Level], k: int, r: int) -> sympy.Expr | Tree:
    """tr(P_k Z_rZ_r'): n for k = r, n_h for each group where all of level r have as many."""
    if k == r:
        return levels[0].size
    size = levels[r].size
    if not letters_in(size) or all(not _carries(size, level.letter) for level in levels[1:]):
        number: sympy.Expr = ONE
        for level in reversed(levels[1 : k + 1]):
            number = total(number, level.letter, level.extent)
        return size * number
    inner = _summed(levels[k + 1 : r + 1], Scalar(size**2))
    return _summed(levels[1 : k + 1], Scaled(Scalar(1 / levels[k].size), inner))


def _carries(size: sympy.Expr, letter: str) -> bool:
    return depends_on(Scalar(size), letter)


def _summed(levels: Sequence[_Level], body: Tree) -> Tree:
    """The sum over the groups of these levels, the innermost first."""
    for level in reversed(levels):
        if depends_on(body, level.letter):
            body = Indexed("sum", level.letter, Scalar(sympy.S.One), Scalar(level.extent), body)
        else:
            body = Scaled(Scalar(level.extent), body)
    return body


def _letter(model: MixedModel) -> str:
    """What the coefficients are called: k_1, k_2, or another letter where sizes have this one."""
    used = {str(letter).partition("_")[0] for run in model.index.ranges if isinstance(run.extent, sympy.Expr)
            for letter in run.extent.free_symbols}  # fmt: skip
    return next(letter for letter in "kcdg" if letter not in used)
