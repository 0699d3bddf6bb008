"""Whether a function k'β of the fixed effects can be estimated: whether it is a function of the means E(y) = Xβ.

k'β is estimable if and only if k = X'a for some a: then k'β = a'Xβ = E(a'y). Otherwise some v with Xv = 0 has
k'v ≠ 0: β and β + v give the same means, and different values of k'β (Searle 1971, Linear Models, section 5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.display import Shown
from tutor.errors import ReadError, SizeError, TutorError
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import plain_name
from tutor.models.estimability_of_letters import with_levels
from tutor.models.index import Name
from tutor.models.mixed import MixedModel
from tutor.models.numbers import exact_number
from tutor.notation.read import read
from tutor.notation.write import inline, latex, unicode
from tutor.notation.writing.prose import text_to_latex

Column = tuple[sympy.Expr, ...]

MOST_PAIRED = 40
"""Rows of X that differ, among which differences are tried before the equations are solved."""

MOST_LEVELS = 8
"""Levels of a factor with a letter for their number that a function may speak of."""

MOST_NAMED = 6
"""Effects that a reason names one by one."""


@dataclass(frozen=True, slots=True, repr=False)
class Estimability(Shown):
    """Whether k'β can be estimated, which is also its truth value, and why.

    ``function`` is k'β, ``coefficients`` k, p × 1. An estimable one has ``combination`` a, n × 1, with k = X'a; another
    has ``change`` v, p × 1, with Xv = 0 and k'v ≠ 0.
    """

    function: Tree
    coefficients: ImmutableDenseMatrix
    combination: ImmutableDenseMatrix | None
    change: ImmutableDenseMatrix | None
    reason: str

    @property
    def estimable(self) -> bool:
        """Whether k is in the row space of X."""
        return self.combination is not None

    def __bool__(self) -> bool:
        return self.estimable

    @property
    def because(self) -> str:
        """The answer and the reason, in one sentence."""
        return f"{inline(self.function)} is {'' if self.estimable else 'not '}estimable: {self.reason}."


def estimable(model: MixedModel, what: Any) -> Estimability:
    """Whether a function of the fixed effects is estimable, and why.

    ``what`` is text in the names of the model ("tau_1 - tau_2"), a tree, or the coefficients in the order of X's
    columns.

    Raises
    ------
    SizeError
        When a size of the model is a letter, unless the design is balanced in factors and ``what`` names effects.
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
        return Estimability(function, _column(k), a, None, _shown_combination(model, found))
    v = _change(model, X, k)
    changed = sympy.factor_terms(_product(k, v))
    reason = (
        f"{_shown_change(model, v, entries)} changes no mean E(y), but changes {inline(function)} by {inline(changed)}"
    )
    return Estimability(function, _column(k), None, _column(v), reason)


def _of_letters(model: MixedModel, text: Any) -> Estimability:
    """By the smallest balanced design that has the levels spoken of; its reason must be that of the next larger one."""
    unread: ReadError | None = None
    for least in range(2, MOST_LEVELS + 1) if isinstance(text, str) else ():
        design, larger = with_levels(model, least), with_levels(model, least + 1)
        if design is None or larger is None:
            break
        try:
            found = estimable(design, text)
        except ReadError as error:
            unread = error  # it may be of a further level
            continue
        if found.because == estimable(larger, text).because:
            return found
        break
    else:
        if unread is not None:
            raise unread
    raise SizeError(
        "The fixed effects cannot be listed while a size is a letter.", tip="Build the model with numbers in its place."
    )


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
    if not tree.is_scalar:
        raise TutorError(
            f"{inline(tree)} is more than one function of the fixed effects.", tip="Ask for one at a time."
        )
    if any(symbol.role == "random" for symbol in symbols_of(tree)):
        raise TutorError(f"{inline(tree)} is random: fixed effects and their sums are estimated.", tip=_EXAMPLE)
    expression = _expression(tree.explicit()[0, 0])
    k = tuple(_expression(expression.coeff(entry)) for entry in entries)
    rest = sympy.expand(expression - sympy.Add(*(c * entry for c, entry in zip(k, entries, strict=True))))
    known = model.X.explicit().free_symbols
    if rest != 0 or any(c.free_symbols - known for c in k):
        listed = ", ".join(map(_name, entries[:MOST_NAMED])) + (", …" if len(entries) > MOST_NAMED else "")
        raise TutorError(
            f"{inline(tree)} is no sum of the fixed effects of this model with known numbers in front.",
            tip=f"They are {listed}.",
        )
    return k


def _read(model: MixedModel, what: str | Tree | sympy.Expr) -> Tree:
    if isinstance(what, Tree):
        return what
    tree = read(what, model.vocabulary).tree if isinstance(what, str) else Scalar(what)
    if tree is None:
        raise TutorError(f"{what} is no function of the fixed effects.", tip=_EXAMPLE)
    return tree


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
    """A solution of Σ a_i x_i = k with as few rows as the rank, by elimination; None where there is none."""
    system = DomainMatrix.from_Matrix(sympy.Matrix([*rows, k]).T).to_field()
    reduced, pivots = system.rref()
    if len(rows) in pivots:
        return None
    last = reduced.to_Matrix()[:, -1]
    return {rows[column]: last[place] for place, column in enumerate(pivots)}


def _shown_combination(model: MixedModel, combination: dict[int, sympy.Expr]) -> str:
    if not combination:
        return "it is 0"
    assert model.y.entries is not None
    means = sympy.Add(*(weight * model.y.entries[i, 0] for i, weight in combination.items()))
    offset = "" if model.offset is None else ", apart from the offset"
    return f"it is E({inline(means)}){offset}"


# The change that no mean shows


def _change(model: MixedModel, X: ImmutableDenseMatrix, k: Column) -> Column:
    """A v with Xv = 0 and k'v ≠ 0: the first relation of the design that will do, otherwise the shortest of a basis."""
    v = next((v for v in _natural(model, X) if _product(k, v) != 0), None)
    if v is None:
        basis = model.null_space().basis
        vectors: list[Column] = [tuple(basis.col(j).flat()) for j in range(basis.cols)]  # pyright: ignore[reportAssignmentType]
        v = min((v for v in vectors if _product(k, v) != 0), key=lambda v: sum(x != 0 for x in v))
    first = next(x for x in v if x != 0)
    return tuple(-x for x in v) if first.could_extract_minus_sign() else v


def _natural(model: MixedModel, X: ImmutableDenseMatrix) -> list[Column]:
    """For each column that is the sum of columns of another term: 1 for it and −1 for each of those."""
    columns = [tuple(X.col(j).flat()) for j in range(X.cols)]
    support = [{i for i, x in enumerate(column) if x != 0} for column in columns]
    groups = _terms(model)
    found: list[Column] = []
    for j in range(X.cols):
        for group in groups:
            inside = [g for g in group if g != j and support[g] and support[g] <= support[j]]
            if j in group or not inside:
                continue
            if all(x == sum(columns[g][i] for g in inside) for i, x in enumerate(columns[j])):
                found.append(tuple(sympy.Integer((i == j) - (i in inside)) for i in range(X.cols)))
    return found


def _terms(model: MixedModel) -> list[list[int]]:
    """The columns of each fixed term."""
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    return [[place[label] for label in term.columns or ()] for term in model.fixed]


def _shown_change(model: MixedModel, v: Column, entries: Sequence[sympy.Symbol]) -> str:
    """adding 1 to μ and subtracting 1 from every τ_i"""
    told: list[str] = []
    for group, term in zip(_terms(model), _index_names(model, entries), strict=True):
        for value in dict.fromkeys(v[j] for j in group if v[j] != 0):
            changed = [j for j in group if v[j] == value]
            every = None if term is None else _pattern(term, [entries[j] for j in changed], [entries[j] for j in group])
            names = every or _joined([_labelled(model, j, entries) for j in changed])
            negative = value.could_extract_minus_sign()
            size = inline(-value if negative else value)
            told.append(f"subtracting {size} from {names}" if negative else f"adding {size} to {names}")
    return _joined(told, most=len(told))


def _pattern(term: Name, changed: Sequence[sympy.Symbol], group: Sequence[sympy.Symbol]) -> str | None:
    """every τ_i, every (τα)_1j: elements of a term in which each index is one number or takes all its values."""
    cells = [[_cell(entry, len(term.indices)) for entry in entries] for entries in (changed, group)]
    if len(changed) < 2 or not all(cell is not None for part in cells for cell in part):
        return None
    own, every = (list(zip(*part, strict=True)) for part in cells)  # pyright: ignore[reportArgumentType]
    indices, count = "", 1
    for letter, mine, all_of_them in zip(term.indices, own, every, strict=True):
        if (len(set(mine)) > 1 and set(mine) != set(all_of_them)) or (len(set(mine)) == 1 and len(mine[0]) > 1):
            return None  # some of the values only, or a number that would run into the next index
        indices += letter if len(set(mine)) > 1 else mine[0]
        count *= len(set(mine))
    return f"every {plain_name(replace(term, indices=indices))}" if count == len(changed) else None


def _cell(entry: sympy.Symbol, width: int) -> list[str] | None:
    """The indices of an element, each a number: those of tau_12 are 12, or 1 and 2 where there are two."""
    below = entry.name.split("_")[1:]
    if len(below) == 1 and width > 1:
        below = list(below[0])
    return below if len(below) == width and all(part.isdigit() for part in below) else None


def _index_names(model: MixedModel, entries: Sequence[sympy.Symbol]) -> list[Name | None]:
    """τ_i for each fixed term that the equation in elements calls as β's elements are called; None for another."""
    drawn = {name for effects in model.index.effects for name in effects.names}
    fixed = [term.coefficient for term in model.index.terms if term.coefficient not in drawn]
    groups = _terms(model)
    if len(fixed) != len(groups):
        return [None] * len(groups)
    return [
        name if all(entries[j].name.partition("_")[0] == "".join(name.bases) for j in group) else None
        for name, group in zip(fixed, groups, strict=True)
    ]


def _labelled(model: MixedModel, j: int, entries: Sequence[sympy.Symbol]) -> str:
    """The name of an effect, and the label of its column where that says more: β_1 (nitro)."""
    name, label = _name(entries[j]), (model.X.column_labels or ())[j]
    if _bare(label).startswith(_bare(name)):
        return name
    return f"{name} ({label.strip('()') if label == INTERCEPT else label})"


def _bare(name: str) -> str:
    return "".join(letter for letter in name if letter not in "_{} ")


def _joined(names: Sequence[str], most: int = MOST_NAMED) -> str:
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _name(entry: sympy.Symbol) -> str:
    return inline(Scalar(entry))


@unicode.register
def _unicode(thing: Estimability, style: Any = None) -> str:
    return thing.because


@latex.register
def _latex(thing: Estimability, style: Any = None) -> str:
    return rf"\text{{{text_to_latex(thing.because)}}}"
