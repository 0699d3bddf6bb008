"""Rows and columns as crossed blocks: Latin and Graeco-Latin squares, and other row-column designs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any, Literal

import sympy

from tutor.algebra.sizes import Size, SizeLike, same_size, whole
from tutor.algebra.sizes import size as size_of
from tutor.errors import DataError, SizeError
from tutor.models.design import design_size
from tutor.models.designs.arranged import DesignAtNumbers
from tutor.models.designs.describe import (
    LETTERS,
    SCALAR,
    Factorial,
    Treatments,
    choice,
    describe,
    treatment_factors,
    with_samples,
)
from tutor.models.designs.difference_family import difference_set
from tutor.models.designs.squares_of_order import Square, cyclic, orthogonal_pair
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count

FixedOrRandom = Literal["random", "fixed"]

UNITS = (Unit("row", "i"), Unit("column", "j"))


def latin_square(
    size: Treatments | None = None,
    rows_and_columns_are: FixedOrRandom = "random",
    treatments: Treatments | None = None,
    samples: SizeLike = 1,
) -> MixedModel:
    """Latin square: y_ijk = μ + τ_k + r_i + c_j + ε_ijk, each treatment once in each row i and column j.

    The standard cyclic square, k = i + j − 1; ``m.randomize(seed=…)`` permutes it. Fixed rows and columns are ρ_i and
    κ_j. ``treatments`` may be several factors, {"nitrogen": 2, "variety": 2}, whose combinations fill the square. With
    ``samples`` of each plot the plots are random too, v_ij. With a letter for the size, V and the rank of X are known
    and which treatment is in a cell is not: X's part for the treatments is a matrix without entries. Source: Cochran
    and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two treatments, or factors whose combinations are not as many as rows.
    UnknownNameError
        For rows and columns that are neither "random" nor "fixed".

    >>> latin_square(3).X.shape, latin_square(3).Z.definition.shape
    ((9, 4), (9, 6))
    >>> print(latin_square("t").V.closed_form())
    σ² I_{t²} + σ²_r (I_t ⊗ J_t) + σ²_c (J_t ⊗ I_t)
    """
    choice("rows_and_columns_are", rows_and_columns_are)
    given = size if treatments is None else treatments
    if given is None:
        raise SizeError("A Latin square needs a size.", tip="latin_square(4), or treatments={'lime': 2, 'dose': 2}.")
    t = treatment_factors("treatments", given, letters="t", start=2)
    n = t.size
    if treatments is not None:
        _check_fills(t, size)
    effects, random = _rows_and_columns(rows_and_columns_are)
    s, last = design_size("samples", samples), LETTERS[2 + len(t.indices)]
    codes = None
    if n.is_Integer and s.is_Integer:
        codes = _codes(cyclic(whole(n)), t)
    title, sample, units = f"Latin square: {t.words}, rows and columns {rows_and_columns_are}", [], UNITS
    if s != 1:
        title, random = f"{title}, {count(s, 'sample')} of each plot", {**random, "v": "the plots"}
        effects, sample = [*effects, "v_ij"], [Index(last, "sample", s, "snm")]
        units = (*UNITS, Unit("sample", last, ("row", "column"), ordered=True))
        codes = None if codes is None else with_samples(codes, last, whole(s))
    return describe(
        title,
        (*_sides(n, n), *sample, *t.indices),
        ["mu", *t.terms, *effects],
        random=random,
        codes=codes,
        determined=t.letters,
        units=units,
        treatments=t.letters,
        relabelled=True,
        lines="ij",
        arrangement=DesignAtNumbers(
            latin_square, {"size": size, "treatments": treatments, "samples": samples}, n**2 * s
        ),
    )


def _check_fills(treatments: Factorial, size: Treatments | None) -> None:
    """Raise where the treatments are not as many as the rows of a square of the size that was given beside them."""
    if size is None:
        return
    if not isinstance(size, SCALAR) or design_size("size", size, 2) != treatments.size:
        raise SizeError(
            f"{treatments.words} do not fill a square of {size} rows.",
            tip=f"Give size={treatments.size}, or leave it out.",
        )


def graeco_latin(
    size: SizeLike | None = None,
    rows_and_columns_are: FixedOrRandom = "random",
    latin: Treatments | None = None,
    greek: Treatments | None = None,
) -> MixedModel:
    """Graeco-Latin square: y_ijkl = μ + τ_k + α_l + r_i + c_j + ε_ijkl, two orthogonal Latin squares in one.

    Each pair (k, l) comes once. ``latin`` and ``greek`` tell the two sets of treatments, each of which may be the
    combinations of several factors; factors of one set do not interact with those of the other. Without a size it is
    that of the first set. Source: Hinkelmann and
    Kempthorne (2008), vol. 1; the constructions are those of `tutor.models.designs.squares_of_order`.

    Raises
    ------
    DataError
        For 2 and 6, of which there are no two orthogonal squares, and for sizes without a known construction.
    SizeError
        For fewer than three treatments.
    UnknownNameError
        For rows and columns that are neither "random" nor "fixed".

    >>> graeco_latin(4).X.shape
    (16, 9)
    """
    choice("rows_and_columns_are", rows_and_columns_are)
    given = size if latin is None or size is not None else treatment_factors("latin", latin, "latin").size
    if given is None:
        raise SizeError("A Graeco-Latin square needs a size.", tip="graeco_latin(4), or latin={'lime': 2, 'dose': 2}.")
    n = design_size("size", given, 2)
    first = treatment_factors("latin", n if latin is None else latin, "latin", "t", start=2)
    second = treatment_factors("greek", n if greek is None else greek, "greek", "s", after=first, start=2)
    for each in (first, second):
        _check_fills(each, n)
    codes = None
    if n.is_Integer:
        latin_table, greek_table = orthogonal_pair(int(n))  # pyright: ignore[reportArgumentType]
        codes = {**_codes(latin_table, first), **second.codes([entry for row in greek_table for entry in row])}
    letters = first.letters + second.letters
    sets = " and ".join(" × ".join(index.name for index in each.indices) for each in (first, second))
    told = f" ({sets})" if latin is not None or greek is not None else ""
    effects, random = _rows_and_columns(rows_and_columns_are)
    return describe(
        f"Graeco-Latin square: two sets of {count(n, 'treatment')}{told}, rows and columns {rows_and_columns_are}",
        (*_sides(n, n), *first.indices, *_greek(second).indices),
        ["mu", *first.terms, *second.terms, *effects],
        random=random,
        codes=codes,
        determined=letters,
        units=UNITS,
        treatments=letters,
        relabelled=True,
        lines="ij",
        arrangement=DesignAtNumbers(graeco_latin, {"size": size, "latin": latin, "greek": greek}, n**2),
    )


def _greek(treatments: Factorial) -> Factorial:
    """The second set of treatments, whose levels are g1, g2, … where they have no names."""
    first, *others = treatments.indices
    return treatments if others else replace(treatments, indices=(replace(first, prefix="g"),))


def row_column(
    treatments: Treatments,
    rows: SizeLike,
    columns: SizeLike,
    arrangement: Sequence[Sequence[Any]] | None = None,
    rows_and_columns_are: FixedOrRandom = "random",
) -> MixedModel:
    """Row-column design: y_ijk = μ + τ_k + r_i + c_j + ε_ijk, one treatment in each cell of rows × columns.

    ``treatments`` may be several factors, as in `latin_square`. ``arrangement`` tells the treatment of each cell, a
    list of rows with numbers from 1, or names where the treatments are one factor. Without it the rows
    are shifts of each other by the elements of a difference set, a Youden square, where there is one for as many
    columns as treatments; otherwise they are cyclic. With letters for sizes V is known, and the rank of X, since
    rows and columns hide no difference of treatments; which treatment is in a cell is not.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2005), vol. 2.

    Raises
    ------
    DataError
        For an arrangement of another shape, one that leaves a treatment out, or one in which rows and columns hide
        differences of treatments.
    SizeError
        For fewer than two of anything; for an arrangement beside letters.
    UnknownNameError
        For rows and columns that are neither "random" nor "fixed".

    >>> m = row_column(treatments=7, rows=3, columns=7)
    >>> print(m.layout())
            c1   c2   c3   c4   c5   c6   c7
          ┌────┬────┬────┬────┬────┬────┬────┐
    row 1 │ τ1 │ τ2 │ τ3 │ τ4 │ τ5 │ τ6 │ τ7 │
          ├────┼────┼────┼────┼────┼────┼────┤
    row 2 │ τ2 │ τ3 │ τ4 │ τ5 │ τ6 │ τ7 │ τ1 │
          ├────┼────┼────┼────┼────┼────┼────┤
    row 3 │ τ4 │ τ5 │ τ6 │ τ7 │ τ1 │ τ2 │ τ3 │
          └────┴────┴────┴────┴────┴────┴────┘
    """
    choice("rows_and_columns_are", rows_and_columns_are)
    t = treatment_factors("treatments", treatments, letters="t", start=2)
    r, c = design_size("rows", rows, 2), design_size("columns", columns, 2)
    listed = all(size.is_Integer for size in (t.size, r, c))
    if not listed and arrangement is not None:
        raise SizeError("An arrangement tells the treatment of each cell, and with letters for sizes there are none.",
                        tip="Give numbers, or leave the arrangement out.")  # fmt: skip
    codes = None
    if listed:
        table, names = _arranged(int(t.size), int(r), int(c), arrangement)  # pyright: ignore[reportArgumentType]
        _check_connected(table, int(t.size))  # pyright: ignore[reportArgumentType]
        if names is not None and len(t.indices) > 1:
            raise DataError("The arrangement names the treatments, which are combinations of several factors.",
                            tip="Number the combinations from 1, the last factor varying fastest.")  # fmt: skip
        codes = _codes(table, t)
        if names is not None:
            t = treatment_factors("treatments", {"treatment": names}, start=2)
    effects, random = _rows_and_columns(rows_and_columns_are)
    is_square = same_size(t.size, r) and same_size(r, c) and not listed
    return describe(
        f"Row-column design: {t.words} in {count(r, 'row')} × {count(c, 'column')}, {rows_and_columns_are}",
        (*_sides(r, c), *t.indices),
        ["mu", *t.terms, *effects],
        random=random,
        codes=codes,
        determined=t.letters,
        units=UNITS,
        treatments=t.letters,
        relabelled=True,
        lines="ij" if is_square else "",
        arrangement=DesignAtNumbers(
            row_column if is_square else _with_any_cells,
            {"treatments": treatments, "rows": rows, "columns": columns},
            r * c,
        ),
    )


def _with_any_cells(treatments: Treatments, rows: SizeLike, columns: SizeLike) -> MixedModel:
    """A row-column design in which nothing is balanced: the treatments in the cells by chance, each at least once.

    Raises
    ------
    DataError
        Where none is found that tells all differences.
    """
    t = int(treatment_factors("treatments", treatments).size)  # pyright: ignore[reportArgumentType]
    r, c = whole(size_of(rows)), whole(size_of(columns))
    rng = Random(t * 10_000 + r * 100 + c)
    for _ in range(MOST_TABLES):
        cells = [*range(1, t + 1), *(rng.randint(1, t) for _ in range(r * c - t))]
        rng.shuffle(cells)
        try:
            return row_column(treatments, rows, columns, [cells[i * c : (i + 1) * c] for i in range(r)])
        except DataError:
            continue
    raise DataError(f"No {r} × {c} cells were found that tell all differences of {t} treatments.")


MOST_TABLES = 20
"""Tables of cells that are drawn for an instance."""


def _sides(rows: Size, columns: Size) -> tuple[Index, Index]:
    return (
        Index("i", "row", rows, "r", prefix="r", short="r"),
        Index("j", "column", columns, "c", prefix="c", short="c"),
    )


def _rows_and_columns(are: str) -> tuple[list[str], dict[str, str]]:
    if are == "random":
        return ["r_i", "c_j"], {"r": "the rows", "c": "the columns"}
    return ["rho_i", "kappa_j"], {}


def _codes(table: Square, treatments: Factorial) -> dict[str, list[int]]:
    """The level of each cell, row by row: rows, columns, and the factors whose combinations number the treatments."""
    cells = [(i, j, entry) for i, row in enumerate(table) for j, entry in enumerate(row)]
    return {
        "i": [i + 1 for i, _, _ in cells],
        "j": [j + 1 for _, j, _ in cells],
        **treatments.codes([entry for *_, entry in cells]),
    }


def _arranged(t: int, r: int, c: int, given: Sequence[Sequence[Any]] | None) -> tuple[Square, list[str] | None]:
    """The treatment of each cell, numbered from 0, and the treatments' names where they were given."""
    if given is None:
        shifts = (difference_set(t, r) if c == t and r < t else None) or range(r)
        return [[(shift + j) % t for j in range(c)] for shift in shifts], None
    if len(given) != r or any(len(row) != c for row in given):
        widths = sorted({len(row) for row in given})
        raise DataError(f"The arrangement has {len(given)} rows of {widths} cells; expected {r} rows of {c}.")
    cells = [entry for row in given for entry in row]
    names = list(dict.fromkeys(map(str, cells)))
    by_number = all(isinstance(entry, int) for entry in cells)
    if len(names) != t or (by_number and set(cells) != set(range(1, t + 1))):
        raise DataError(f"The arrangement holds {len(names)} treatments, {', '.join(names[:8])}; expected {t}.",
                        tip="Number them from 1, each at least once, or give them names.")  # fmt: skip
    if by_number:
        return [[entry - 1 for entry in row] for row in given], None
    return [[names.index(str(entry)) for entry in row] for row in given], names


def _check_connected(table: Square, t: int) -> None:
    """Raise where rows and columns hide a difference of treatments, or a treatment is in no cell."""
    present = {entry for row in table for entry in row}
    if len(present) < t:
        missing = min(set(range(t)) - present) + 1
        raise DataError(f"Treatment {missing} is in none of the {len(table)} × {len(table[0])} cells.",
                        tip="Give more rows or columns, or an arrangement.")  # fmt: skip
    r, c = len(table), len(table[0])
    lines = [
        [1, *(int(entry == k) for k in range(t)), *(int(i == k) for k in range(r)), *(int(j == k) for k in range(c))]
        for i, row in enumerate(table)
        for j, entry in enumerate(row)
    ]
    rank = sympy.Matrix(lines).rank()
    if rank < t + r + c - 2:
        raise DataError(
            f"Rows and columns hide {t + r + c - 2 - rank} of the {t - 1} independent differences of treatments here.",
            tip="Give more rows or columns, or an arrangement in which every treatment meets the others.",
        )
