"""Indices that the others of a response determine: the k of y_ij(k), the treatment of a plot of a Latin square."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tutor.algebra.sizes import Size, same_size, whole
from tutor.errors import SizeError
from tutor.models.declaration import Declaration
from tutor.models.designs.arranged import DesignAtNumbers, RenamedLevels
from tutor.models.designs.squares import latin_square
from tutor.models.designs.squares_of_order import cyclic
from tutor.models.element_names import letters_of, plain_name
from tutor.models.layout import Layout


def determined(told: Declaration) -> str:
    """The indices in brackets below a response where those before them are crossed, as in y_ij(k) beside ρ_i and κ_j.

    Of y_k(ij) they are cells in which k counts; there k has no effect without them.
    """
    own, inner = told.response.indices, told.response.within
    if len(own) < 2 or not inner:
        return ""
    terms = [set(letters_of(name)) for term in told.terms for name in term.factors]
    crossed = all(any(letter in letters and not letters & set(inner) for letters in terms) for letter in own)
    return inner if crossed else ""


def in_square(layout: Layout, told: Declaration, sizes: Mapping[str, Size]) -> Layout:
    """The layout of a Latin square, k = i + j − 1 where the sizes are numbers, which is determined by rows and columns.

    Raises
    ------
    SizeError
        Where rows, columns and treatments are not as many, or more than one index is determined.
    """
    own, inner = told.response.indices, determined(told)
    order = sizes[own[0]]
    is_square = len(own) == 2 and len(inner) == 1 and all(same_size(order, sizes[letter]) for letter in own + inner)
    if not is_square:
        raise SizeError(
            f"{plain_name(told.response)} says that {' and '.join(own)} determine {' and '.join(inner)}, and not how.",
            tip="Give the rows as data, or as many rows as columns and treatments for a Latin square.",
        )
    codes = None
    if order.is_Integer:
        square = cyclic(whole(order))
        cells = [(i, j, treatment) for i, row in enumerate(square, 1) for j, treatment in enumerate(row, 1)]
        places = zip(own + inner, zip(*((i, j, k + 1) for i, j, k in cells), strict=True), strict=True)
        codes = {letter: tuple(levels) for letter, levels in places}
    arranged = None if codes is not None else RenamedLevels(
        DesignAtNumbers(latin_square, {"size": order}, order**2), {inner: "k"}
    )  # fmt: skip
    return replace(layout, codes=codes, determined=inner, lines=own, arrangement=arranged)
