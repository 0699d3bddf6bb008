"""Moments of single random effects given y with letters for sizes: E(u_1 | y) by averages, Var(u_1 | y) by levels.

GZ'V⁻¹ and Var(u | y) are sums of products of I and J: an I holds the level of its indices, all ones leave it open, so
that a row of GZ'V⁻¹ makes averages of y and an entry of Var(u | y) depends on which levels are the same. Source:
Searle, Casella and McCulloch (1992), Variance Components, sections 3.4 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import (
    Block,
    Expectation,
    Identity,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.random_elements import with_trees
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import among_effects, unit_of
from tutor.models.inference.prediction import NORMAL, Prediction
from tutor.models.levels import DOT, Level
from tutor.models.observations.cells import Element, element_of
from tutor.models.observations.derive import derive_elements, elements_as_symbols
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.layout import Index
    from tutor.models.mixed import MixedModel

WHOLE = "Given y, ask for the whole vector: E(u | y), Var(u | y)."


def derive_by_letters(parts: Prediction, goal: Tree, plain: Tree) -> Derivation:
    """E, Var or Cov of sums of random effects given y, whose ``plain`` form has them without what is given.

    Raises
    ------
    TutorError
        For other sums, and where matrices are no sums of products of I and J.
    """
    sums = [part.value for part in plain.parts if isinstance(part, Scalar)]
    return _mean(parts, plain, sums[0]) if isinstance(goal, Expectation) else _second(parts, goal, plain, sums)


@dataclass(frozen=True, slots=True)
class _Index:
    """An index of the rows or the columns of a matrix: its letter, its size, and its level, a dot where it is open.

    The level of a plot within an incomplete block is its treatment, a level of each factor.
    """

    letter: str
    size: sympy.Expr
    level: Level | tuple[Level, ...] = DOT


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry of a matrix is multiplied by, and at which levels of the indices of its columns it is not 0; at any
    level of those that are not told."""

    factor: sympy.Expr
    levels: Mapping[str, Level | tuple[Level, ...]]


def _mean(parts: Prediction, plain: Tree, value: sympy.Expr) -> Derivation:
    """By averages of y: given these, u_1 is distributed as u_1 − Σ f (ȳ − ȳ₀), with ȳ₀ for their values."""
    model = parts.model
    effects = _effects(model, value)
    weights = {letter: _weights(parts, effect) for letter, effect in effects.items()}
    averages = {levels: Scalar(sympy.Symbol(Element(model.index.response, levels).key, real=True))
                for own in weights.values() for levels in own}  # fmt: skip
    means = {levels: _mean_of(model, average) for levels, average in averages.items()}
    found = elements_as_symbols(model, [*map(Scalar, effects), *averages.values()])
    if found is None:
        raise TutorError(f"{inline(plain)} given y does not follow from the indices of this model.", tip=WHOLE)
    of_effects, of_averages = found[: len(effects)], dict(zip(averages, found[len(effects) :], strict=True))
    by_name: dict[sympy.Symbol, Tree] = {}
    for (letter, own), symbol in zip(weights.items(), of_effects, strict=True):
        apart = [times(-f, Sum((of_averages[at], negated(averages[at])))) for at, f in own.items()]
        by_name[letter] = _given_data(letter, model, Sum((symbol, *apart)) if apart else symbol)
    total: dict[tuple[Level, ...], sympy.Expr] = {}
    for letter, own in weights.items():
        for levels, factor in own.items():
            share = effects[letter].coefficient * factor
            total[levels] = total.get(levels, sympy.S.Zero) + share  # pyright: ignore[reportOperatorIssue]
    factors = {levels: factor for levels, share in total.items() if (factor := collected(sympy.cancel(share))) != 0}
    distances = [times(f, Sum((averages[at], negated(Expectation(of_averages[at]))))) for at, f in factors.items()]
    known = ", ".join(
        f"E({inline(averages[at])}) = {inline(Scalar(mean))}" for at, mean in means.items() if at in factors
    )
    value = sympy.Add(*(f * (averages[at].value - means[at]) for at, f in factors.items()))
    rows = f"E(u | y) = {inline(parts.conditional.mean)}, whose rows take averages of y, since {NORMAL}"
    return chain(
        with_trees(plain, by_name),
        ("given-data", rows, sum_or_term(distances or [Scalar(sympy.S.Zero)])),
        ("known-moments", known, Scalar(value)),
    )


def _second(parts: Prediction, goal: Tree, plain: Tree, sums: Sequence[sympy.Expr]) -> Derivation:
    """By the entries of Var(u | y)."""
    model = parts.model
    forms = [_effects(model, value) for value in sums]
    value = _covariance_given(parts, tuple(forms[0].values()), tuple(forms[-1].values()))
    told = f"Var(u | y) = {inline(parts.conditional_variance)}, by its entries, since {NORMAL}"
    line = ("given-data", told, Scalar(value))
    effects = {letter: effect for form in forms for letter, effect in form.items()}
    by_name: dict[sympy.Symbol, Tree] = {}
    for letter, at in _instance(effects).items():
        sizes = [index.size for index in effects[letter].indices]
        row = among_effects(model, effects[letter].place, unit_of(sizes, at))
        by_name[letter] = _given_data(letter, model, Product((Transpose(row), parts.conditional)))
    return chain(with_trees(plain, by_name), line)


def _instance(effects: Mapping[sympy.Symbol, _Effect]) -> dict[sympy.Symbol, list[int]]:
    """Numbers for the levels of the effects: letters are levels that differ, of which the first ones are an instance,
    and the treatments of a block are in its first plots."""
    letters: list[Level | tuple[Level, ...]] = []
    plots: dict[tuple[int, ...], list[Level | tuple[Level, ...]]] = {}
    found: dict[sympy.Symbol, list[int]] = {}
    for letter, effect in effects.items():
        at: list[int] = []
        for index in effect.indices:
            known = plots.setdefault(tuple(at), []) if isinstance(index.level, tuple) else letters
            if not isinstance(index.level, int) and index.level not in known:
                known.append(index.level)
            at.append(index.level if isinstance(index.level, int) else known.index(index.level) + 1)
        found[letter] = at
    return found


def _given_data(letter: sympy.Symbol, model: MixedModel, definition: Tree) -> Symbol:
    return Symbol(f"{letter}|{model.y.name}", ONE, ONE, role="random", definition=definition)


@dataclass(frozen=True, slots=True)
class _Effect:
    """A random effect in a sum: its coefficient, the place of its term, and the levels of its indices."""

    coefficient: sympy.Expr
    place: int
    indices: tuple[_Index, ...]


def _effects(model: MixedModel, value: sympy.Expr) -> dict[sympy.Symbol, _Effect]:
    """The random effects of a sum by their letters."""
    assert model.plan is not None
    names = {effects.names[0]: place for place, effects in enumerate(model.index.effects) if len(effects.names) == 1}
    found: dict[sympy.Symbol, _Effect] = {}
    for letter, coefficient in sympy.expand(value).as_coefficients_dict().items():
        element = element_of(model, str(letter))
        if element is None or element.name not in names or element.is_average or not isinstance(letter, sympy.Symbol):
            raise TutorError(f"{inline(Scalar(value))} is no sum of random effects by their indices.", tip=WHOLE)
        at, place = dict(zip(letters_of(element.name), element.levels, strict=True)), names[element.name]
        found[letter] = _Effect(coefficient, place, _indices(model, at, model.random[place].matrix.columns))  # pyright: ignore[reportArgumentType]
    return found


def _indices(model: MixedModel, at: Mapping[str, Level], columns: sympy.Expr) -> tuple[_Index, ...]:
    """The indices whose combinations are the columns of a term, at the levels of one of its effects."""
    assert model.plan is not None
    layout = model.plan.layout
    indices = [_Index(index.letter, index.size, at[index.letter]) for index in layout.indices if index.letter in at]
    plots = _plots(model)
    if plots is None or same_size(sympy.Mul(*(index.size for index in indices)), columns):
        return tuple(indices)
    treatment = tuple(at[index.letter] for index in indices if index.letter in layout.determined)
    units = [index for index in indices if index.letter not in layout.determined]
    return *units, _Index(plots.letter, plots.size, treatment)


def _plots(model: MixedModel) -> Index | None:
    """The index of the plots of incomplete blocks, which are named by their treatments."""
    assert model.plan is not None
    unnamed = [index for index in model.plan.layout.free if index.letter not in letters_of(model.index.response)]
    return unnamed[0] if len(unnamed) == 1 else None


def _block(tree: Tree, *place: int) -> Tree:
    """The block of the effects of a term; a matrix that is not divided is that of the only one."""
    if not isinstance(tree, Block):
        return tree
    row, column = place if len(place) == 2 else (*place, 0)
    return tree.grid[row][column]


def _closed(tree: Tree) -> Tree:
    closed = closed_form(tree)
    if is_unsolved(closed):
        raise TutorError("Given y the effects of this model have no moments that letters for sizes tell.", tip=WHOLE)
    return closed


def _weights(parts: Prediction, effect: _Effect) -> dict[tuple[Level, ...], sympy.Expr]:
    """What averages of y are multiplied by in a row of GZ'V⁻¹(y − Xβ), by the levels of their indices."""
    model = parts.model
    assert model.plan is not None
    layout, response = model.plan.layout, model.index.response
    columns = tuple(_Index(index.letter, index.size) for index in layout.free)
    matrix = _closed(product_of((*parts.across, parts.weight)))
    found: dict[tuple[Level, ...], sympy.Expr] = {}
    for entry in _entries(_block(matrix, effect.place), effect.indices, columns):
        free = sympy.Mul(*(index.size for index in columns if index.letter not in entry.levels))
        named: dict[str, Level] = {}
        for letter, level in entry.levels.items():
            named |= dict(zip(layout.determined, level, strict=True)) if isinstance(level, tuple) else {letter: level}
        if not set(named) <= set(letters_of(response)):
            raise TutorError("Which levels meet in a row is not told by letters for sizes.", tip=WHOLE)
        levels = tuple(named.get(letter, DOT) for letter in letters_of(response))
        found[levels] = found.get(levels, sympy.S.Zero) + entry.factor * free
    return found


def _mean_of(model: MixedModel, average: Scalar) -> sympy.Expr:
    mean = derive_elements(model, Expectation(average))
    if mean is None or not isinstance(mean.result, Scalar):
        raise TutorError(f"E({inline(average)}) does not follow from the indices of this model.", tip=WHOLE)
    return mean.result.value


def _covariance_given(parts: Prediction, first: Sequence[_Effect], second: Sequence[_Effect]) -> sympy.Expr:
    matrix = _closed(parts.conditional_variance)
    found: list[sympy.Expr] = []
    for one in first:
        for other in second:
            entries = _entries(_block(matrix, one.place, other.place), one.indices, other.indices)
            found.append(one.coefficient * other.coefficient * sympy.Add(*(entry.factor for entry in entries)))
    # Effects of one term have fractions that cancel; those of several terms stay apart, for they are put together
    # slowly, and tell nothing more.
    if len({one.place for one in first}) == len({other.place for other in second}) == 1:
        found = [sympy.Add(*found)]
    return sympy.factor_terms(sympy.Add(*(collected(sympy.cancel(each)) for each in found if each != 0)))  # pyright: ignore[reportArgumentType]


def _entries(tree: Tree, rows: Sequence[_Index], columns: Sequence[_Index]) -> Iterator[_Entry]:
    """The parts of the entries in the row and the columns at these levels of their indices.

    Raises
    ------
    TutorError
        For matrices that are no sums of products of I and J, and for levels of which it is open whether they are the
        same.
    """
    if isinstance(tree, Sum):
        for term in tree.terms:
            yield from _entries(term, rows, columns)
    elif isinstance(tree, Scaled) and isinstance(tree.scalar, Scalar):
        for entry in _entries(tree.tree, rows, columns):
            yield _Entry(tree.scalar.value * entry.factor, entry.levels)
    elif isinstance(tree, Kronecker):
        first, *others = tree.factors
        above, below = _taken(rows, first.rows), _taken(columns, first.columns)
        rest = others[0] if len(others) == 1 else Kronecker(tuple(others))
        for one in _entries(first, above, below):
            for other in _entries(rest, rows[len(above) :], columns[len(below) :]):
                yield _Entry(one.factor * other.factor, {**one.levels, **other.levels})
    elif isinstance(tree, Ones):
        yield _Entry(sympy.S.One, {})
    elif isinstance(tree, Identity):
        pairs = list(zip(rows, columns, strict=True))
        if all(column.level == DOT or _are_same(row.level, column.level) for row, column in pairs):
            yield _Entry(sympy.S.One, {column.letter: row.level for row, column in pairs})
    elif not isinstance(tree, Zero):
        raise TutorError(f"The entries of {inline(tree)} are not told by levels of indices.", tip=WHOLE)


def _taken(indices: Sequence[_Index], number: sympy.Expr) -> Sequence[_Index]:
    """The first indices whose combinations are so many."""
    for end in range(len(indices) + 1):
        if sympy.expand(sympy.Mul(*(index.size for index in indices[:end])) - number) == 0:
            return indices[:end]
    raise TutorError("The levels of several indices stand together in one matrix.", tip=WHOLE)


def _are_same(one: Level | tuple[Level, ...], other: Level | tuple[Level, ...]) -> bool:
    """Whether two levels are the same: i and i' are not, nor are combinations of levels of which one differs.

    Raises
    ------
    TutorError
        Where that is open, as of i and 2.
    """
    pairs = (
        list(zip(one, other, strict=True)) if isinstance(one, tuple) and isinstance(other, tuple) else [(one, other)]
    )
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if apart and all(_is_open(*pair) for pair in apart):
        raise TutorError(f"Whether {apart[0][0]} and {apart[0][1]} are one level is open.",
                         tip="Write u_j and u_j', or numbers.")  # fmt: skip
    return not apart


def _is_open(one: object, other: object) -> bool:
    """Whether letters for two levels that are not written alike may be one level."""
    letters = [level for level in (one, other) if isinstance(level, str)]
    return bool(letters) and (len(letters) == 1 or letters[0].rstrip("'") != letters[1].rstrip("'"))
