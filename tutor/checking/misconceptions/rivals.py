"""Rivals of the reference that the model of a case has: other groups of the rows, other structures, other comparisons.

A rival is right in itself and was not asked for: V of rows that share a treatment, compound symmetry in the place of
AR(1), the variance of another difference. They are found by values, on the exact points of the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from tutor.algebra.nodes import Inverse, Symbol
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.cells import is_symmetric
from tutor.checking.misconceptions.formulas import DIVIDED_TOO_LITTLE
from tutor.checking.misconceptions.roles import groups_of, is_correlation, is_covariance, parameters, symbol_named
from tutor.checking.points import Point, cells_differ, same_matrix
from tutor.errors import TutorError

MOST_ROWS = 40
"""Rows of y up to which its covariances are compared one with another."""

Levels = tuple[str, ...]
Matrix = Any


# Rows in other groups


def other_groups(case: Case) -> Diagnosis | None:
    """The reference with its rows in the order of another factor, or with another factor for the one that groups."""
    groups = groups_of(case.symbols)
    point = case.points[0]
    rows, columns = point.instance.arithmetic.shape(point.reference)
    if not groups or rows != len(groups[0][1]) or rows > MOST_ROWS or len(point.wrong_cells) < 2:
        return None
    if rows == columns and is_symmetric(point, point.reference) and not is_symmetric(point, point.answer):
        return None
    for name, levels in groups:
        order = sorted(range(rows), key=lambda row, levels=levels: _first_seen(levels, row))
        if order != list(range(rows)) and _is_permuted(case, order, both=rows == columns):
            return Diagnosis("wrong-grouping", {"group": name})
    if rows != columns:
        return None
    for name, levels in groups:
        if _shares_by(point, levels):
            return Diagnosis("wrong-grouping", {"group": name})
    for size in range(2, rows) if _has_unequal_groups(point) else ():
        if rows % size == 0 and _shares_by(point, tuple(str(row // size) for row in range(rows))):
            return Diagnosis("wrong-size", {"shape": "pattern"})
    return None


def _has_unequal_groups(point: Point) -> bool:
    """Whether the rows of the reference vary together with more, or fewer, others."""
    differ, zero = cells_differ(point.instance), point.instance.arithmetic.rational(0)
    return len({sum(1 for x in row if differ(x, zero)) for row in point.reference_cells}) > 1


def _first_seen(levels: Levels, row: int) -> tuple[int, int]:
    return levels.index(levels[row]), row


def _is_permuted(case: Case, order: list[int], *, both: bool) -> bool:
    for point in case.points:
        arithmetic = point.instance.arithmetic
        cells = point.reference_cells
        rows, columns = arithmetic.shape(point.reference)
        across = order if both else range(columns)
        moved = {(i, j): cells[old][other] for i, old in enumerate(order) for j, other in enumerate(across)}
        if not same_matrix(point.instance, arithmetic.matrix(rows, columns, moved), point.answer):
            return False
    return True


def _shares_by(point: Point, levels: Levels) -> bool:
    """Whether the answer's covariances are not zero just where rows share a level, with the variances right."""
    arithmetic, differ = point.instance.arithmetic, cells_differ(point.instance)
    answer, reference = point.answer_cells, point.reference_cells
    zero = arithmetic.rational(0)
    rows = range(len(levels))
    if any(differ(answer[i][i], reference[i][i]) for i in rows):
        return False
    values = [str(reference[i][j]) for i in rows for j in range(i) if differ(reference[i][j], zero)]
    return bool(values) and all(
        differ(answer[i][j], zero) == (levels[i] == levels[j])
        and (levels[i] != levels[j] or str(answer[i][j]) in values)
        for i in rows
        for j in range(i)
    )


# Other structures


def other_structures(case: Case) -> Diagnosis | None:
    """Compound symmetry for AR(1), AR(1) for compound symmetry, equal variances for unequal ones: of what varies in
    time, which has correlations or covariances of its own, and not of an inverse."""
    structured = any(is_correlation(p) or is_covariance(p) for p in parameters([case.answer, case.reference]))
    if not structured or any(isinstance(node, Inverse) for node in walk(case.reference)):
        return None
    point = case.points[0]
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows != columns or rows < 3:
        return None
    answer, reference = point.answer_cells, point.reference_cells
    if not is_symmetric(point, point.answer) or not is_symmetric(point, point.reference):
        return None
    size, own = _block_size(point, reference), _block_size(point, answer)
    if size is not None and own is not None and _is_of_other_size(point, own, size):
        return Diagnosis("wrong-size", {"shape": "pattern"})
    if size is None or size < 3 or not _zero_outside(point, answer, size):
        return None
    blocks = [_block(cells, start, size) for cells in (answer, reference) for start in range(0, rows, size)]
    mine, theirs = blocks[: rows // size], blocks[rows // size :]
    if not _are_alike(point, mine) or not _are_alike(point, theirs):
        return None
    found, asked = structure(point, mine[0]), structure(point, theirs[0])
    if found in ("unstructured", "diagonal", "identity", asked):
        return None
    # ρ³ for ρ² in one place is no other structure: that has a parameter for each distance.
    if (found, asked) == ("Toeplitz", "AR(1)") and not set(parameters([case.answer])) - set(
        parameters([case.reference])
    ):
        return None
    return Diagnosis("wrong-structure", {"structure": NAMES[found]})


def _is_of_other_size(point: Point, own: int, size: int) -> bool:
    """Whether the answer has the same structure in blocks of another size, all alike."""
    cells, differ = (point.answer_cells, point.reference_cells), cells_differ(point.instance)
    if own == size or min(own, size) < 3 or not _zero_outside(point, cells[0], own):
        return False
    blocks = [
        [_block(each, start, k) for start in range(0, len(each), k)] for each, k in zip(cells, (own, size), strict=True)
    ]
    if not all(_are_alike(point, each) for each in blocks):
        return False
    mine, theirs = blocks[0][0], blocks[1][0]
    if structure(point, mine) != structure(point, theirs) or structure(point, mine) in ("unstructured", "diagonal"):
        return False
    return not any(differ(x, y) for x, y in zip(mine[0], theirs[0], strict=False))


NAMES = {
    "identity": "one variance and no covariances",
    "compound symmetry": "one covariance for all pairs",
    "AR(1)": "covariances that fall by the same factor with each step",
    "Toeplitz": "a covariance for each distance",
}
"""Structure: what its cells are, in words."""


def structure(point: Point, cells: list[list[Any]]) -> str:
    """What a covariance matrix is by its cells: the simplest structure that it has."""
    differ, size = cells_differ(point.instance), len(cells)
    zero = point.instance.arithmetic.rational(0)
    lags = [[cells[i][i + lag] for i in range(size - lag)] for lag in range(size)]
    equal_variances = not any(differ(x, lags[0][0]) for x in lags[0])
    if not any(differ(x, zero) for lag in lags[1:] for x in lag):
        return "identity" if equal_variances else "diagonal"
    if not equal_variances or any(differ(x, lag[0]) for lag in lags for x in lag):
        return "unstructured"
    first = [lag[0] for lag in lags]
    if not any(differ(x, first[1]) for x in first[1:]):
        return "compound symmetry"
    if all(not differ(first[d] * first[0], first[d - 1] * first[1]) for d in range(2, size)):
        return "AR(1)"
    return "Toeplitz"


def _block_size(point: Point, cells: list[list[Any]]) -> int | None:
    """How many rows the first block along the diagonal has."""
    differ, zero = cells_differ(point.instance), point.instance.arithmetic.rational(0)
    linked = [j for j, x in enumerate(cells[0]) if differ(x, zero)]
    size = linked[-1] + 1
    return size if len(cells) % size == 0 and len(linked) == size else None


def _zero_outside(point: Point, cells: list[list[Any]], size: int) -> bool:
    differ, zero = cells_differ(point.instance), point.instance.arithmetic.rational(0)
    rows = range(len(cells))
    return not any(differ(cells[i][j], zero) for i in rows for j in rows if i // size != j // size)


def _block(cells: list[list[Any]], start: int, size: int) -> list[list[Any]]:
    return [line[start : start + size] for line in cells[start : start + size]]


def _are_alike(point: Point, blocks: list[list[list[Any]]]) -> bool:
    differ, first = cells_differ(point.instance), blocks[0]
    return not any(
        differ(x, y)
        for block in blocks[1:]
        for line, other in zip(block, first, strict=True)
        for x, y in zip(line, other, strict=True)
    )


# Other comparisons


def other_comparisons(case: Case) -> Diagnosis | None:
    """The variance of another difference of means than was asked for."""
    return _of_kinds(case, frozenset({"difference"}))


def other_elements(case: Case) -> Diagnosis | None:
    """Another mean, or another pair of observations, than was asked for; one observation for a mean or a pair."""
    return _of_kinds(case, frozenset({"mean", "variance", "covariance"}))


def _of_kinds(case: Case, kinds: frozenset[str]) -> Diagnosis | None:
    V = symbol_named(case, "V")
    groups = fixed_groups(case)
    if not case.reference.is_scalar or V is None or not V.rows.is_Integer or V.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return None
    if not parameters([case.reference]):
        return None
    found = [set(_kinds(point, V, groups, kinds)) for point in case.points]
    common = set.intersection(*found)
    asked = {kind for kind, is_answer in common if not is_answer}
    answered = {kind for kind, is_answer in common if is_answer}
    if ("difference", OBSERVATIONS) in asked:  # nothing was to be averaged
        asked, answered = (known - {("difference", OBSERVATIONS)} for known in (asked, answered))
    single = {name for name, classes in _classes(groups) if len(classes) == V.rows} | {OBSERVATIONS}
    return _key_of(asked, answered, single) if asked and answered else None


def fixed_groups(case: Case) -> tuple[tuple[str, Levels], ...]:
    """The factors whose levels are compared: not those that the columns of Z are named by."""
    Z = symbol_named(case, "Z")
    random = {label.split()[0] for label in Z.column_labels or () if label.split()} if Z is not None else set()
    return tuple((name, levels) for name, levels in groups_of(case.symbols) if name not in random)


def sums_of_pairs(case: Case) -> Diagnosis | None:
    """Var(a) + Var(b) for Var(a + b), or for Var(a − b), of two observations that vary together."""
    V = symbol_named(case, "V")
    if not case.reference.is_scalar or V is None or not V.rows.is_Integer or V.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return None
    known = set(parameters([case.reference]))
    if not known:
        return None
    # A component that falls out of a difference and was left in it is a slip of its own.
    signs = (1, -1) if known.issuperset(parameters([case.answer])) else (1,)
    for point in case.points:
        try:
            cells = point.instance.arithmetic.entries(point.instance.value(V))
        except (TutorError, ArithmeticError):
            return None
        entry, differ = point.instance.arithmetic.entry, cells_differ(point.instance)
        mine, theirs = entry(point.answer, 0, 0), entry(point.reference, 0, 0)
        pairs = ((cells[i][i] + cells[j][j], 2 * cells[i][j]) for i in range(len(cells)) for j in range(i))
        if not any(
            not differ(apart, mine) and any(not differ(apart + sign * twice, theirs) for sign in signs)
            for apart, twice in pairs
        ):
            return None
    return Diagnosis("variance-of-sum")


OBSERVATIONS = "two observations"
"""The name of a difference of two observations, which nothing averages."""

Kind = tuple[str, str]
"""What a quantity is, as ("difference", "A"), ("mean", "A"), ("variance", "y") or ("covariance", "y")."""


def _key_of(asked: set[Kind], answered: set[Kind], single: set[str]) -> Diagnosis | None:
    """What it is to answer with other quantities than were asked for; ``single`` groups are of one row each."""
    theirs, mine = {kind for kind, _ in asked}, {kind for kind, _ in answered}
    for kind in ("difference", "mean"):
        if kind in theirs and kind in mine:
            names = sorted((name for known, name in answered if known == kind), key=lambda x: (x == OBSERVATIONS, x))
            if names[0] in single and not any(name in single for known, name in asked if known == kind):
                return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
            return Diagnosis("wrong-comparison", {"comparison": names[0]})
    if theirs == {"covariance"} and "variance" in mine:
        return Diagnosis("variance-for-covariance")
    if "mean" in theirs and "variance" in mine:
        return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
    alike = any(kind in theirs and kind in mine for kind in ("covariance", "variance"))
    return Diagnosis("wrong-index") if alike else None


def _kinds(
    point: Point, V: Symbol, groups: tuple[tuple[str, Levels], ...], kinds: frozenset[str]
) -> Iterator[tuple[Kind, bool]]:
    """What of the model's quantities has the answer's value (True), and what the reference's (False)."""
    try:
        cells = point.instance.arithmetic.entries(point.instance.value(V))
    except (TutorError, ArithmeticError):
        return
    differ = cells_differ(point.instance)
    entry = point.instance.arithmetic.entry
    mine, theirs = entry(point.answer, 0, 0), entry(point.reference, 0, 0)
    for kind, value in _quantities(point, cells, groups, kinds):
        if not differ(value, mine):
            yield kind, True
        if not differ(value, theirs):
            yield kind, False


def _quantities(
    point: Point, cells: list[list[Any]], groups: tuple[tuple[str, Levels], ...], kinds: frozenset[str]
) -> Iterator[tuple[Kind, Any]]:
    rows = len(cells)
    seen: set[str] = set()
    for i, j in product(range(rows), repeat=2):
        kind = "variance" if i == j else "covariance"
        if kind in kinds and j <= i and (key := f"{kind}{cells[i][j]}") not in seen:
            seen.add(key)
            yield (kind, "y"), cells[i][j]
    for kind, contrasts in (("mean", _means), ("difference", _differences)):
        if kind in kinds:
            for name, weights in contrasts(point, groups):
                yield (kind, name), _bilinear(cells, weights)


def _bilinear(cells: list[list[Any]], weights: dict[int, Any]) -> Any:
    """k'Vk for a vector k with these weights."""
    terms = (a * cells[i][j] * b for i, a in weights.items() for j, b in weights.items())
    return sum(terms, start=0 * cells[0][0])


def _means(point: Point, groups: tuple[tuple[str, Levels], ...]) -> Iterator[tuple[str, dict[int, Any]]]:
    """The mean of the first level of each factor, and of the first of each pair of factors."""
    for name, classes in _classes(groups):
        yield name, _average(point, next(iter(classes.values())))


def _differences(point: Point, groups: tuple[tuple[str, Levels], ...]) -> Iterator[tuple[str, dict[int, Any]]]:
    """Differences of the means of two levels: of a factor, and of cells of two factors, at the same level of one."""
    for name, classes in _classes(groups):
        first, *others = list(classes.items())
        seen: set[tuple[bool, ...]] = set()
        for key, members in others:
            same = tuple(x == y for x, y in zip(key, first[0], strict=True))
            if same in seen:
                continue
            seen.add(same)
            weights = dict(_average(point, first[1]))
            for row, weight in _average(point, members).items():
                weights[row] = weights.get(row, 0 * weight) - weight
            yield name if not any(same) else f"{name} at one level", weights
    one = point.instance.arithmetic.rational(1)
    for row in range(1, len(groups[0][1]) if groups else 1):
        yield OBSERVATIONS, {0: one, row: -one}


def _classes(groups: tuple[tuple[str, Levels], ...]) -> Iterator[tuple[str, dict[tuple[str, ...], list[int]]]]:
    named = list(groups)
    chosen = [(one,) for one in named] + [(one, two) for k, one in enumerate(named) for two in named[k + 1 :]]
    for factors in chosen:
        classes: dict[tuple[str, ...], list[int]] = {}
        for row in range(len(factors[0][1])):
            classes.setdefault(tuple(levels[row] for _, levels in factors), []).append(row)
        if len(classes) > 1:
            yield " and ".join(name for name, _ in factors), classes


def _average(point: Point, rows: list[int]) -> dict[int, Any]:
    weight = point.instance.arithmetic.rational(1, len(rows))
    return dict.fromkeys(rows, weight)
