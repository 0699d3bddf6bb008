"""The matrices of a model as labelled heat maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

import numpy as np
import sympy

from tutor.algebra.build import hstack
from tutor.algebra.labels import Labels, labels
from tutor.algebra.nodes import Explicit
from tutor.algebra.parameters import argument_name, by_name, scalars_of
from tutor.algebra.tree import Tree
from tutor.covariance.domain import told
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError
from tutor.figures.heat_map import Side, heat_map, how_drawn
from tutor.figures.page import number, span
from tutor.models.usual_values import usual_values

if TYPE_CHECKING:
    from tutor.figures.picture import Picture
    from tutor.models.mixed import MixedModel

MATRICES: dict[str, tuple[str, str, str, str]] = {
    "V": ("the covariance matrix of y", "observation", "observation", "covariance"),
    "G": ("the covariance matrix of the random effects u", "random effect", "random effect", "covariance"),
    "R": ("the covariance matrix of the residuals ε", "observation", "observation", "covariance"),
    "ZGZ'": ("the part of V that the random effects bring", "observation", "observation", "covariance"),
    "ZZ'": ("the random effects that two observations share", "observation", "observation", "entry of ZZ'"),
    "Z'Z": ("the observations that two random effects share", "random effect", "random effect", "entry of Z'Z"),
    "Z": ("the design matrix of the random effects", "observation", "random effect", "entry of Z"),
    "X": ("the design matrix of the fixed effects", "observation", "fixed effect", "entry of X"),
    "X|Z": ("the design matrices of the fixed and the random effects", "observation", "effect", "entry of X or Z"),
}
"""Matrix: what it is, what its rows and its columns are, and what its entries are."""

MOST_DRAWN = 1000
"""Rows or columns of a picture; more could not be told apart."""

MOST_TOLD = 8
"""Values of parameters that a title repeats."""


def plot_matrix(model: MixedModel, what: str, values: Mapping[str, float]) -> Picture:
    """The heat map of one matrix of a model; see `MixedModel.plot_matrix`."""
    tree = _tree(model, what)
    rows, columns = _extents(tree, what)
    full = _values(model, tree, what, values)
    matrix = tree.numpy(**full)
    of_rows, of_columns = labels(tree) if what != "X|Z" else _labels_side_by_side(model)
    about, down, across, scale = MATRICES[what]
    one_side = down == across
    left = _side(model, down, rows, of_rows, _row_ends(matrix) if down == "observation" else _term_ends(model, down))
    right = left if one_side else _side(model, across, columns, of_columns, _term_ends(model, across))
    setting = f" at {_told(full)}" if full else ""
    alt = (
        f"Heat map of {what}, {about}, {rows} × {columns}{setting}, in the model: {model.title}. Entries are "
        f"{span(matrix.flat)}; {how_drawn(matrix)}. {_in_words(matrix, left, right)}"
    )
    title = f"{what}{setting}\n{model.title}"
    return heat_map(matrix, title=title, alt=alt, rows=left, columns=right, scale=scale)


def _tree(model: MixedModel, what: str) -> Tree:
    if what not in MATRICES:
        raise UnknownNameError("The matrix", what, MATRICES)
    Z, G = model.Z, model.G
    if Z is None or G is None:
        trees: dict[str, Tree | None] = {"V": model.V, "R": model.R, "X": model.X}
    else:
        trees = {"V": model.V, "G": G, "R": model.R, "ZZ'": Z @ Z.T, "Z'Z": Z.T @ Z, "Z": Z, "X": model.X}
        trees |= {"ZGZ'": Z @ G @ Z.T, "X|Z": hstack(model.X, Z)}
    tree = trees.get(what)
    if tree is None:
        raise TutorError(f"This model has no random effects, so there is no {what} to draw.", tip="V, R and X are.")
    return tree


def _labels_side_by_side(model: MixedModel) -> tuple[Labels, Labels]:
    """The labels of X and Z side by side; those of the columns where both have some."""
    assert model.Z is not None  # or there were no such tree
    of_rows, fixed = labels(model.X)
    drawn = labels(model.Z)[1]
    return of_rows, None if fixed is None or drawn is None else (*fixed, *drawn)


def _extents(tree: Tree, what: str) -> tuple[int, int]:
    rows, columns = tree.shape
    if not rows.is_Integer or not columns.is_Integer:
        raise SizeError(
            f"{what} is {told(rows)} × {told(columns)}: a picture needs numbers for these sizes.",
            tip="Build the model with numbers in place of the letters.",
        )
    if max(rows, columns) > MOST_DRAWN:  # pyright: ignore[reportArgumentType]  (both are integers)
        raise SizeError(
            f"{what} is {rows} × {columns}: squares of more than {MOST_DRAWN} rows cannot be told apart.",
            tip="Draw the same design with fewer groups; V.sparse(…) has the numbers.",
        )
    return int(rows), int(columns)  # pyright: ignore[reportArgumentType]


# Values of the parameters


def _values(model: MixedModel, tree: Tree, what: str, values: Mapping[str, float]) -> dict[str, float]:
    """The values of all parameters in a matrix: those that are given, and usual ones for the others."""
    needed = [str(parameter) for parameter in scalars_of(tree)]
    values = by_name(values, needed)
    usual = usual_values(model)
    missing = [key for key in needed if key not in values and key not in usual]
    if missing:
        raise DomainError(
            f"{what} needs values for {', '.join(missing[:12])}{', …' if len(missing) > 12 else ''}.",
            tip=f"Give them by name: {argument_name(missing[0])}=1, ….",
        )
    for key in values:
        if key not in needed:
            raise UnknownNameError(f"In {what} the parameter", key, needed)
    full = {key: values.get(key, usual.get(key, 0.0)) for key in needed}
    for block in model.domains:
        inside = {symbol.name: full[symbol.name] for symbol in _parameters(block) if symbol.name in full}
        if len(inside) == len(block.free_symbols) and np.linalg.eigvalsh(Explicit(block).numpy(**inside))[0] <= 0:
            raise DomainError(
                f"No covariance matrix has {_told(inside)}: it would not be positive definite.",
                tip=f"Give values by name, for example {argument_name(min(inside))}=….",
            )
    return full


def _parameters(block: sympy.ImmutableDenseMatrix) -> list[sympy.Symbol]:
    return sorted((s for s in block.free_symbols if isinstance(s, sympy.Symbol)), key=str)


def _told(values: Mapping[str, float]) -> str:
    """σ² = 1, σ²_u = 2, and how many more there are."""
    listed = [f"{told(sympy.Symbol(key))} = {number(value)}" for key, value in values.items()]
    more = f" and {len(listed) - MOST_TOLD} more" if len(listed) > MOST_TOLD else ""
    return ", ".join(listed[:MOST_TOLD]) + more


# Blocks


def _side(model: MixedModel, name: str, size: int, named: Labels, ends: tuple[int, ...]) -> Side:
    if len(ends) in (1, size):
        ends = ()  # one block, or each row its own, is nothing to rule
    if named is None or not ends:
        return Side(name, size, named, ends)
    starts = (0, *ends[:-1])
    if name == "observation":
        blocks = _common_levels(model, starts)
    else:
        blocks = tuple(_common_words(named[start:end]) for start, end in zip(starts, ends, strict=True))
    return Side(name, size, named, ends, blocks if all(blocks) else None)


def _common_levels(model: MixedModel, starts: Sequence[int]) -> tuple[str, ...]:
    """The levels of the factors that are the same in all rows of each block, and not in all: block 2, or Victory."""
    factors = {factor.name for factor in model.factors}
    told = [
        [str(values[start]) if not _is_number(values[start]) else f"{name} {values[start]}" for start in starts]
        for name, values in model.columns
        if name in factors and len(set(values)) > 1 and _is_constant(values, starts)
    ]
    return tuple(", ".join(levels) for levels in zip(*told, strict=True)) or ("",) * len(starts)


def _is_number(value: object) -> bool:
    return str(value).replace(".", "", 1).isdigit()


def _is_constant(values: Sequence[object], starts: Sequence[int]) -> bool:
    ends = (*starts[1:], len(values))
    return all(len(set(values[start:end])) == 1 for start, end in zip(starts, ends, strict=True))


def _common_words(several: Sequence[str]) -> str:
    """The words with which all labels of a block begin: "g a" of "g a (Intercept)" and "g a x"."""
    together = zip(*(label.split() for label in several), strict=False)
    return " ".join(words[0] for words in takewhile(lambda words: len(set(words)) == 1, together))


def _row_ends(matrix: np.ndarray) -> tuple[int, ...]:
    """After which rows the blocks of a matrix end: no row has an entry in a column that a row of another block uses."""
    used = matrix != 0
    shared = used if len(matrix) == matrix.shape[1] else used @ used.T
    apart = np.arange(len(matrix))
    furthest = np.maximum.accumulate(np.where(shared, apart, -1).max(axis=1, initial=-1))
    return tuple(int(k) + 1 for k in np.flatnonzero(furthest <= apart))


def _term_ends(model: MixedModel, side: str) -> tuple[int, ...]:
    """After which columns of X its terms end; of Z those too, or the levels of its only term."""
    if side == "fixed effect":
        return tuple(accumulate(len(term.columns or ()) for term in model.fixed))
    if side == "effect":
        fixed = _term_ends(model, "fixed effect")
        first = fixed[-1] if fixed else 0
        return (*fixed, *(first + end for end in _term_ends(model, "random effect")))
    sizes = [(int(term.size), len(term.coefficients)) for term in model.random]  # pyright: ignore[reportArgumentType]
    if len(sizes) > 1:
        return tuple(accumulate(levels * coefficients for levels, coefficients in sizes))
    return tuple(accumulate(coefficients for levels, coefficients in sizes for _ in range(levels)))


def _in_words(matrix: np.ndarray, rows: Side, columns: Side) -> str:
    """What a look at the picture tells: the diagonal, what else is not zero, and the blocks."""
    if rows is not columns:
        share = f"{np.count_nonzero(matrix)} of {matrix.size} entries are not 0."
        return f"{share} Columns: {_listed(columns)}."
    diagonal = np.diag(matrix)
    inside = f"On the diagonal {span(diagonal)}"
    beside = matrix[~np.eye(len(matrix), dtype=bool)]
    distinct = np.unique(np.round(beside, 12))
    if not distinct.any():
        return f"{inside}, and 0 elsewhere."
    off = " or ".join(number(value, 3) for value in distinct) if len(distinct) <= 4 else "other values"
    blocks = f" Blocks along the diagonal: {len(rows.ends)}." if rows.ends and rows.name == "observation" else ""
    return f"{inside}; beside it {off}.{blocks}"


def _listed(side: Side) -> str:
    if side.labels is None or len(side.labels) > MOST_TOLD:
        return f"{side.size} {side.name}s"
    return ", ".join(side.labels)
