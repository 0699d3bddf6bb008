"""Whether a function k'β of the fixed effects can be estimated: whether it is a function of the means E(y) = Xβ.

k'β is estimable if and only if k = X'a for some a: then k'β = a'Xβ = E(a'y). Otherwise some v with Xv = 0 has
k'v ≠ 0: β and β + v give the same means, and different values of k'β (Searle 1971, Linear Models, section 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import ReadError, SizeError, TutorError
from tutor.models.carryover import Carryover, carryover_of
from tutor.models.coded_effects import by_keys, coded_effects, known_effects
from tutor.models.column_relations import combination_of_rows, solve_rows
from tutor.models.element_names import key_of, plain_name
from tutor.models.estimability_of_letters import WithLevels, with_levels
from tutor.models.estimability_words import (
    MOST_NAMED,
    Column,
    name_of,
    shown_change,
    shown_combination,
    shown_orthogonality,
    terms_of_columns,
)
from tutor.models.inference.explained import Explained, Part
from tutor.models.irrational_numbers import is_irrational
from tutor.models.mixed import MixedModel
from tutor.models.numbers import exact_number
from tutor.notation.read import read
from tutor.notation.write import inline
from tutor.notation.writing.pen import Pen, Piece, written

MOST_PAIRED = 40
"""Rows of X that differ, among which differences are tried before the equations are solved."""

MOST_LEVELS = 8
"""Levels of a factor with a letter for their number that a function may speak of."""


@dataclass(frozen=True, slots=True, repr=False)
class Estimability(Explained):
    """Whether k'β can be estimated, which is also its truth value, and why.

    ``function`` is k'β, ``coefficients`` k, p × 1. An estimable one has ``combination`` a, n × 1, with k = X'a, unless
    it would be of many irrational numbers; another has ``change`` v, p × 1, with Xv = 0 and k'v ≠ 0.
    """

    function: Tree
    coefficients: ImmutableDenseMatrix
    combination: ImmutableDenseMatrix | None
    change: ImmutableDenseMatrix | None
    reason: str

    @property
    def estimable(self) -> bool:
        """Whether k is in the row space of X."""
        return self.change is None

    def __bool__(self) -> bool:
        return self.estimable

    @property
    def parts(self) -> Sequence[Part]:
        return [self.because]

    @property
    def because(self) -> str:
        """The answer and the reason, in one sentence."""
        return f"{inline(self.function)} is {'' if self.estimable else 'not '}estimable: {self.reason}."

    @property
    def instead(self) -> str:
        """What to ask for in the place of what is not estimable."""
        if sympy.Add(*self.coefficients.flat()) != 0:
            others = "m.null_space() tells which columns of X add up to others."
            return f"Ask for a difference of effects, or for a mean; {others}"
        return (
            "Take in the effects that change with them, as m.se_difference(…) does with those of the other factors; "
            "m.null_space() has all columns of X that add up to others."
        )


def estimable(model: MixedModel, what: Any) -> Estimability:
    """Whether a function of the fixed effects is estimable, and why.

    ``what`` is text in the names of the model ("tau_1 - tau_2"), a tree, or the coefficients in the order of X's
    columns.

    Raises
    ------
    SizeError
        When a size of the model is a letter and ``what`` is a list, or it is not known which levels of the fixed
        effects stand in one row. Covariates without values count as numbers that fulfil no equation.
    TutorError
        When ``what`` is no sum of fixed effects with known factors.
    ReadError
        When it cannot be read.
    """
    if model.beta.entries is None or not model.n.is_Integer:
        return _of_letters(model, what)
    entries = [entry for entry in model.beta.entries.flat() if isinstance(entry, sympy.Symbol)]
    k = _coefficients(model, what, entries)
    function = Scalar(sympy.Add(*(c * entry for c, entry in zip(k, entries, strict=True))))
    X = model.X.explicit()
    found = _combination(X, k)
    if found is not None:
        a = ImmutableDenseMatrix(X.rows, 1, [found.get(i, sympy.S.Zero) for i in range(X.rows)])
        return Estimability(function, _column(k), a, None, shown_combination(model, found))
    if is_irrational(X.flat()) and all(_product(k, v) == 0 for v in _null_vectors(model)):
        return Estimability(function, _column(k), None, None, shown_orthogonality(model))
    v = _change(model, X, k)
    changed = sympy.factor_terms(_product(k, v))
    reason = (
        f"{shown_change(model, v, entries)} changes no mean E(y), but changes {inline(function)} by {inline(changed)}"
    )
    return Estimability(function, _column(k), None, _column(v), reason)


def _of_letters(model: MixedModel, text: Any) -> Estimability:
    """By the smallest design that has the levels spoken of; its reason must be that of the next larger one."""
    beside = carryover_of(model) if isinstance(text, str | Tree | sympy.Expr) else None
    if beside is not None:
        return _beside_carryover(model, beside, text)
    has_covariates = any(term.covariates for term in model.index.terms)
    repeats = None if model.plan is None else model.plan.repeats
    # More units have the same rows, and the same values of covariates.
    if repeats is not None and (has_covariates or with_levels(model, 2) is None):
        return estimable(cast("MixedModel", repeats.with_number(2)), text)
    unread: ReadError | None = None
    for least in range(2, MOST_LEVELS + 1) if isinstance(text, str) else ():
        design, larger = with_levels(model, least), with_levels(model, least + 1)
        if design is None or larger is None:
            break
        try:
            found = estimable(design.model, text)
        except ReadError as error:
            unread = error  # it may be of a further level
            continue
        # Without covariates the rows that show it are rows of every larger design.
        shown = found.estimable and not has_covariates
        if shown or found.because == estimable(larger.model, text).because:
            return found if design.has_rows else replace(found, reason=_of_any_row(model, design, found))
        if not has_covariates:
            break  # with covariates more rows may tell more
    else:
        if unread is not None:
            raise unread
    if isinstance(text, str) and with_levels(model, 2) is None:
        raise SizeError(
            "Which levels of the fixed effects stand in one row is not known while a size is a letter, and what is "
            "estimable depends on it.",
            tip="Build the model with numbers in its place.",
        )
    raise SizeError(
        "The fixed effects cannot be listed while a size is a letter.", tip="Build the model with numbers in its place."
    )


def _beside_carryover(model: MixedModel, beside: Carryover, what: str | Tree | sympy.Expr) -> Estimability:
    """By the relations of the columns, for three treatments or more; the coefficients are those of the effects that are
    named, in their order."""
    shares = beside.shares(_read(model, what))
    function = beside.function(shares)
    k, changed = _column(tuple(shares.values())), beside.changed(shares)
    if changed is None:
        told = f"{shown_orthogonality(model)}, from three treatments on" if shares else "it is 0"
        return Estimability(function, k, None, None, told)
    reason = (
        f"{changed.told} changes no mean E(y), but changes {inline(function)} by {inline(Scalar(changed.of(shares)))}"
    )
    return Estimability(function, k, None, _column(changed.vector(shares)), reason)


def _cells(column: ImmutableDenseMatrix | None) -> list[Any]:
    return [] if column is None else list(column.flat())


def _of_any_row(model: MixedModel, design: WithLevels, found: Estimability) -> str:
    """The reason where the row of a level is not known: E(y_ij) where k is 1 less E(y_ij) where k is 2."""
    if found.combination is None:
        return found.reason
    reduced = design.model
    letters = [run.letter for run in reduced.index.ranges]
    cells = [(entry.name.partition("_")[2], weight) for entry, weight in
             zip(_cells(reduced.y.entries), _cells(found.combination), strict=True) if weight != 0]  # fmt: skip
    name = plain_name(model.index.response)
    told: list[str] = []
    for below, weight in cells:
        levels = list(below.replace("_", "")) if len(below) == len(letters) else below.split("_")
        where = " and ".join(f"{letter} is {level}" for letter, level in zip(letters, levels, strict=True))
        size = abs(weight)
        mean = f"{'' if size == 1 else inline(size) + ' '}E({name}) where {where}"
        told.append(f"{'less ' if weight.is_negative else 'plus ' if told else ''}{mean}")
    if not told:
        return found.reason
    rank = f", of all combinations of levels, which the rows of X span with their rank of {inline(Scalar(model.rank))}"
    return f"it is {' '.join(told)}{rank if design.spanned else ''}"


def _product(k: Column, v: Column) -> sympy.Expr:
    """k'v."""
    return sympy.expand(sympy.Add(*(c * x for c, x in zip(k, v, strict=True))))


def _column(values: Sequence[sympy.Expr]) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix(len(values), 1, list(values))


# The function that is asked for


def _coefficients(model: MixedModel, what: Any, entries: Sequence[sympy.Symbol]) -> Column:
    """k, one coefficient for each fixed effect."""
    if not isinstance(what, str | Tree | sympy.Expr):
        return _listed(what, len(entries))
    tree = _read(model, what)
    slope = next((entry for entry in entries if entry.name == model.beta.name), None)
    tree = Scalar(slope) if tree == model.beta and slope is not None else tree
    if not tree.is_scalar:
        raise TutorError(
            f"{inline(tree)} is more than one function of the fixed effects.", tip="Ask for one at a time."
        )
    if any(symbol.role == "random" for symbol in symbols_of(tree)):
        raise TutorError(f"{inline(tree)} is random: fixed effects and their sums are estimated.", tip=_EXAMPLE)
    zeros = {sympy.Symbol(key_of(zero), real=True): sympy.S.Zero for zero in model.index.zeros}
    expression = cast(sympy.Expr, _expression(tree.explicit()[0, 0]).xreplace(zeros))
    expression = _in_columns(model, expression, entries)
    k = tuple(_expression(expression.coeff(entry)) for entry in entries)
    rest = sympy.expand(expression - sympy.Add(*(c * entry for c, entry in zip(k, entries, strict=True))))
    known = model.X.explicit().free_symbols
    if rest != 0 or any(c.free_symbols - known for c in k):
        listed = ", ".join(map(name_of, entries[:MOST_NAMED])) + (", …" if len(entries) > MOST_NAMED else "")
        raise TutorError(
            f"{inline(tree)} is no sum of the fixed effects of this model with known numbers in front.",
            tip=f"They are {listed}.",
        )
    return k


def _read(model: MixedModel, what: str | Tree | sympy.Expr) -> Tree:
    if isinstance(what, Tree):
        return what
    tree = _by_names(model, what) if isinstance(what, str) else Scalar(what)
    if tree is None:
        raise TutorError(f"{what} is no function of the fixed effects.", tip=_EXAMPLE)
    return tree


def _in_columns(model: MixedModel, expression: sympy.Expr, entries: Sequence[sympy.Symbol]) -> sympy.Expr:
    """Effects that only the equation in elements names, as μ beside β_0, in those of the columns of X."""
    others = [letter for letter in expression.free_symbols if letter not in entries]
    known = coded_effects(model) if others else {}
    return _expression(expression.xreplace({letter: known[str(letter)] for letter in others if str(letter) in known}))


def _by_names(model: MixedModel, text: str) -> Tree | None:
    """The tree of a text in the names of the model, or in those of R for its coefficients."""
    try:
        return read(by_keys(model, text), model.vocabulary).tree
    except ReadError as error:
        known, name = known_effects(model), error.text[error.start : error.end]
        if known is None or error.kind != "unknown-name" or name not in text:
            raise
        start = text.index(name)
        raise ReadError(
            error.problem, text=text, start=start, end=start + len(name), tip=known, kind=error.kind
        ) from None


def _expression(value: Any) -> sympy.Expr:
    expanded = sympy.expand(value)
    assert isinstance(expanded, sympy.Expr)
    return expanded


_EXAMPLE = 'As in m.estimable("tau_1 - tau_2").'


def _listed(what: Any, count: int) -> Column:
    given = what.flat() if isinstance(what, sympy.MatrixBase) else what
    values = list(given) if isinstance(given, Iterable) else []
    if len(values) != count:
        raise TutorError(f"Expected {count} coefficients, one for each column of X, not {len(values)}.", tip=_EXAMPLE)
    return tuple(exact_number(value, f"coefficient {place}") for place, value in enumerate(values, start=1))


# The combination of rows


def _combination(X: ImmutableDenseMatrix, k: Column) -> dict[int, sympy.Expr] | None:
    """The entries of an a with X'a = k that are not 0, one row or differences if it can be; None if there is none."""
    first = {tuple(row): place for place, row in reversed(list(enumerate(X.tolist())))}
    rows = sorted(first, key=lambda row: first[row])
    simple = _of_differences(rows, k) if len(rows) <= MOST_PAIRED else None
    if simple is None:
        solved = _solved(rows, k)
        if solved is None:
            return None
        simple = solved
    return {first[row]: weight for row, weight in simple.items() if weight != 0}


def _of_differences(rows: Sequence[Column], k: Column) -> dict[Column, sympy.Expr] | None:
    """A row, a difference of two, or a difference of two differences that is k."""
    one = sympy.S.One
    if not any(k):
        return {}
    if k in rows:
        return {k: one}
    differences: dict[Column, tuple[Column, Column]] = {}
    for x in rows:
        for y in rows:
            differences.setdefault(_minus(x, y), (x, y))
    if k in differences:
        x, y = differences[k]
        return {x: one, y: -one}
    for difference, (x, y) in differences.items():
        other = differences.get(_minus(difference, k))
        if other is not None and len({x, y, *other}) == 4:
            return {x: one, y: -one, other[0]: -one, other[1]: one}
    return None


def _minus(left: Column, right: Column) -> Column:
    return tuple(a - b for a, b in zip(left, right, strict=True))


def _solved(rows: Sequence[Column], k: Column) -> dict[Column, sympy.Expr] | None:
    irrational = any(is_irrational(row) for row in rows)
    solved = combination_of_rows(rows, k) if irrational else solve_rows(rows, k)
    return None if solved is None else {rows[i]: weight for i, weight in solved.items()}


# The change that no mean shows


def _change(model: MixedModel, X: ImmutableDenseMatrix, k: Column) -> Column:
    """A v with Xv = 0 and k'v ≠ 0: the first relation of the design that will do, otherwise the shortest of a basis."""
    v = next((v for v in _natural(model, X) if _product(k, v) != 0), None)
    if v is None:
        v = min((v for v in _null_vectors(model) if _product(k, v) != 0), key=lambda v: sum(x != 0 for x in v))
    first = next(x for x in v if x != 0)
    return tuple(-x for x in v) if first.could_extract_minus_sign() else v


def _null_vectors(model: MixedModel) -> list[Column]:
    basis = model.null_space().basis
    return [tuple(basis.col(j).flat()) for j in range(basis.cols)]  # pyright: ignore[reportReturnType]


def _natural(model: MixedModel, X: ImmutableDenseMatrix) -> list[Column]:
    """For each column that is a sum of multiples of columns of another term: 1 for it and what takes each of those
    away. μ is the sum of τ_1, τ_2, …; of a covariate that has one value x_i at each level i it is x_i times τ_i."""
    columns = [tuple(X.col(j).flat()) for j in range(X.cols)]
    support = [{i for i, x in enumerate(column) if x != 0} for column in columns]
    found: dict[bool, list[Column]] = {True: [], False: []}
    for j in range(X.cols):
        for group in terms_of_columns(model):
            multiples = {g: {columns[j][i] for i in support[g]} for g in group if support[g] & support[j]}
            if j in group or not multiples or any(len(values) > 1 for values in multiples.values()):
                continue
            weights = {g: values.pop() for g, values in multiples.items()}
            if all(x == sum(weights[g] * columns[g][i] for g in weights) for i, x in enumerate(columns[j])):
                v = tuple((sympy.S.One if i == j else sympy.S.Zero) - weights.get(i, 0) for i in range(X.cols))
                found[all(weight == 1 for weight in weights.values())].append(v)
    return [*found[True], *found[False]]


@written.register
def write_estimability(found: Estimability, pen: Pen) -> Piece:
    """The sentence."""
    return Piece(pen.dialect.verbatim(found.because))
