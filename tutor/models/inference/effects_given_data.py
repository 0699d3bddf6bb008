"""Moments of single random effects given y, E(u_1 | y), Var(u_1 | y), Cov(u_1, u_2 | y), while β is known.

Where the rows are listed l'u stands for a sum of effects, and the entries of E(u | y) and Var(u | y) tell the value.
With letters for sizes these matrices are sums of products of I and J: an I holds the level of its indices, all ones
leave it open, so that a row of GZ'V⁻¹ makes averages of y and an entry of Var(u | y) depends on which levels are the
same. Source: Searle, Casella and McCulloch (1992), Variance Components, sections 3.4 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import product_of
from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import (
    Block,
    Expectation,
    Explicit,
    Identity,
    Kronecker,
    Ones,
    Scalar,
    Scaled,
    Sum,
    Variance,
    Zero,
)
from tutor.algebra.random_elements import with_elements
from tutor.algebra.rules import Derivation, Rewrite, Rule, Step, derive_first, without_detours
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.estimable_functions import MOST_OBSERVATIONS
from tutor.models.inference.prediction import NORMAL, Prediction
from tutor.models.levels import DOT, Level
from tutor.models.linear_forms import LETTERS, without_given
from tutor.models.observations.cells import Element, element_of
from tutor.models.observations.derive import derive_elements
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_EFFECTS = 6
"""Random effects of a model without structure of which moments given y are worked out in letters."""

WHOLE = "Given y, ask for the whole vector: E(u | y), Var(u | y)."


def derive_effects_given_data(model: MixedModel, goal: Tree) -> Derivation:
    """The derivation of E, Var or Cov of sums of random effects given y.

    Raises
    ------
    TutorError
        For anything but a sum of random effects, all of them given y, and in a model without random effects; with
        letters for sizes where matrices are no sums of products of I and J.
    """
    parts = Prediction.of(model)
    plain, given = without_given(goal)
    if given != model.y.name or not all(isinstance(part, Scalar) for part in goal.parts):
        raise TutorError(f"{goal} is not derived.", tip=WHOLE)
    listed = parts.u.entries
    return _by_letters(parts, goal, plain) if listed is None else _by_entries(parts, goal, plain)


# Rows that are listed


def _by_entries(parts: Prediction, goal: Tree, plain: Tree) -> Derivation:
    letters = iter(LETTERS)
    form = replace(plain.rebuild(tuple(linear_form(part, [parts.u], letters) for part in plain.parts)),
                   {parts.u: parts.conditional})  # fmt: skip
    vectors = [symbol for symbol in symbols_of(form) if isinstance(symbol.definition, Explicit)]
    if form == plain or parts.conditional not in symbols_of(form):
        raise TutorError(f"{goal} is no moment of random effects.", tip=WHOLE)
    told = ", ".join(f"{k}' = [{', '.join(map(str, k.definition.matrix.flat()))}]" for k in vectors)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    laws = MEANS if isinstance(goal, Expectation) else VARIANCES
    started = derive_first(form, (_of_all(parts), *laws))
    assert parts.u.entries is not None
    elements = {sympy.Symbol(f"{entry}|{parts.model.y.name}", real=True): (parts.conditional, row)
                for row, entry in enumerate(parts.u.entries.flat())}  # fmt: skip
    named = with_elements(goal, elements)
    steps = [Step("linear-form", told, named, form), *started.steps]
    value = _value(parts.model, started.result)
    if value is not None:
        steps.append(Step("entries", "by the entries", started.result, value))
    return without_detours(named, steps)


def _of_all(parts: Prediction) -> Rule:
    """E(u | y) = GZ'V⁻¹(y − Xβ) and Var(u | y) = G − GZ'V⁻¹ZG."""
    conditional = parts.conditional
    moments = {Expectation(conditional): parts.conditional.mean, Variance(conditional): parts.conditional_variance}

    def rewrite(tree: Tree) -> Rewrite | None:
        found = moments.get(tree)
        return None if found is None else Rewrite(found, f"{inline(tree)} = {inline(found)}, since {NORMAL}")

    return Rule("given-data", NORMAL, rewrite, lambda: Variance(conditional))


def _value(model: MixedModel, tree: Tree) -> Tree | None:
    """A number as an expression in the parameters, and in y and β; None of many rows, where entries have no letters,
    and of many effects where V has no structure."""
    if model.n > MOST_OBSERVATIONS or any(s.entries is None and s.definition is None for s in symbols_of(tree)):
        return None
    closed = closed_form(tree)
    if is_unsolved(closed) and model.q is not None and model.q > MOST_EFFECTS:
        return None
    found: Any = (tree if is_unsolved(closed) else closed).explicit()[0, 0]
    effects: list[Any] = [
        entry for vector in (model.y, model.beta) for entry in vector.entries or () if found.has(entry)
    ]
    if not effects:
        return Scalar(collected(sympy.cancel(found)))
    expanded = sympy.expand(found)
    return Scalar(_by_coefficients({letter: sympy.cancel(expanded.coeff(letter)) for letter in effects}))


def _by_coefficients(coefficients: Mapping[sympy.Expr, sympy.Expr]) -> sympy.Expr:
    """A sum with what has the same coefficient, or a multiple of it, in one bracket: c (y_11 + y_21 − 2μ)."""
    brackets: dict[sympy.Expr, sympy.Expr] = {}
    for letter, own in coefficients.items():
        for known in brackets:
            ratio = sympy.cancel(own / known)
            if ratio.is_Rational:
                brackets[known] += ratio * letter  # pyright: ignore[reportOperatorIssue]
                break
        else:
            brackets[own] = letter
    return sympy.Add(*(collected(known) * inside for known, inside in brackets.items()))


# Letters for sizes


@dataclass(frozen=True, slots=True)
class _Index:
    """An index of the rows or the columns of a matrix: its letter, its size, and its level, a dot where it is open."""

    letter: str
    size: sympy.Expr
    level: Level = DOT


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry of a matrix is multiplied by, and at which levels of the indices of its columns it is not 0; at any
    level of those that are not told."""

    factor: sympy.Expr
    levels: Mapping[str, Level]


def _by_letters(parts: Prediction, goal: Tree, plain: Tree) -> Derivation:
    model = parts.model
    forms = [_effects(model, part.value) for part in plain.parts if isinstance(part, Scalar)]
    if isinstance(goal, Expectation):
        told, value = f"{inline(parts.conditional.mean)}, whose rows take averages of y", _mean_given(parts, forms[0])
    else:
        told = f"{inline(parts.conditional_variance)}, by its entries"
        value = _covariance_given(parts, forms[0], forms[-1])
    moment = "E(u | y)" if isinstance(goal, Expectation) else "Var(u | y)"
    step = Step("given-data", f"{moment} = {told}, since {NORMAL}", goal, Scalar(value))
    return Derivation(goal, (step,))


Effects = Sequence[tuple[sympy.Expr, int, tuple[_Index, ...]]]
"""A sum of random effects: of each the coefficient, the position of its term, and the levels of its indices."""


def _effects(model: MixedModel, value: sympy.Expr) -> Effects:
    assert model.plan is not None
    names = {effects.names[0]: place for place, effects in enumerate(model.index.effects) if len(effects.names) == 1}
    found = []
    for letter, coefficient in sympy.expand(value).as_coefficients_dict().items():
        element = element_of(model, str(letter))
        if element is None or element.name not in names or element.is_average:
            raise TutorError(f"{inline(Scalar(value))} is no sum of random effects by their indices.", tip=WHOLE)
        at = dict(zip(letters_of(element.name), element.levels, strict=True))
        indices = tuple(
            _Index(index.letter, index.size, at[index.letter])
            for index in model.plan.layout.indices
            if index.letter in at
        )
        found.append((coefficient, names[element.name], indices))
    return found


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


def _mean_given(parts: Prediction, effects: Effects) -> sympy.Expr:
    """Σ factor × (ȳ − E(ȳ)) with the average over the columns of each entry of GZ'V⁻¹."""
    model = parts.model
    assert model.plan is not None
    layout, response = model.plan.layout, model.index.response
    columns = tuple(_Index(index.letter, index.size) for index in layout.free)
    weights = _closed(product_of((*parts.across, parts.weight)))
    found: dict[tuple[Level, ...], sympy.Expr] = {}
    for coefficient, place, rows in effects:
        for entry in _entries(_block(weights, place), rows, columns):
            if not set(entry.levels) <= set(letters_of(response)):
                raise TutorError("Which levels meet in a row is not told by letters for sizes.", tip=WHOLE)
            free = sympy.Mul(*(index.size for index in columns if index.letter not in entry.levels))
            levels = tuple(entry.levels.get(letter, DOT) for letter in letters_of(response))
            found[levels] = found.get(levels, sympy.S.Zero) + coefficient * entry.factor * free
    total: sympy.Expr = sympy.S.Zero
    for levels, factor in found.items():
        average = Scalar(sympy.Symbol(Element(response, levels).key, real=True))
        mean = derive_elements(model, Expectation(average))
        if mean is None or not isinstance(mean.result, Scalar):
            raise TutorError(f"E({inline(average)}) does not follow from the indices of this model.", tip=WHOLE)
        total += collected(sympy.cancel(factor)) * (average.value - mean.result.value)  # pyright: ignore[reportArgumentType]
    return total


def _covariance_given(parts: Prediction, first: Effects, second: Effects) -> sympy.Expr:
    matrix = _closed(parts.conditional_variance)
    found: list[sympy.Expr] = []
    for left, row, rows in first:
        for right, column, columns in second:
            entries = _entries(_block(matrix, row, column), rows, columns)
            found.append(left * right * sympy.Add(*(entry.factor for entry in entries)))
    # Effects of one term have fractions that cancel; those of several terms stay apart, for they are put together
    # slowly, and tell nothing more.
    if len({place for _, place, _ in first}) == len({place for _, place, _ in second}) == 1:
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


def _are_same(one: Level, other: Level) -> bool:
    """Whether two levels are the same: i and i' are not.

    Raises
    ------
    TutorError
        Where that is open, as of i and 2.
    """
    if one == other:
        return True
    letters = [level for level in (one, other) if isinstance(level, str)]
    if letters and (len(letters) == 1 or letters[0].rstrip("'") != letters[1].rstrip("'")):
        raise TutorError(f"Whether {one} and {other} are one level is open.", tip="Write u_j and u_j', or numbers.")
    return False
