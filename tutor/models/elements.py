"""The names of elements: y_11, τ_1, u_0_12, and the columns of symbols made of them."""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.sizes import Size

LISTED = 20_000
"""Vectors with more elements than this are known by their structure only: nobody names or reads so many."""


def listed(size: Size) -> int | None:
    """A size as an integer when its elements are named one by one, otherwise None."""
    if not size.is_Integer or size > LISTED:
        return None
    return int(size)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)


def element_key(base: str, *indices: int) -> str:
    """The key of an element: indices side by side when each is one digit, otherwise joined by underscores.

    >>> element_key("y", 1, 2), element_key("y", 1, 12), element_key("beta", 10)
    ('y_12', 'y_1_12', 'beta_10')
    """
    separator = "" if all(index < 10 for index in indices) else "_"
    return f"{base}_{separator.join(map(str, indices))}"


def column(keys: Iterable[str]) -> ImmutableDenseMatrix:
    """Real symbols of these keys as a column, n × 1."""
    entries = [sympy.Symbol(key, real=True) for key in keys]
    return ImmutableDenseMatrix(len(entries), 1, entries)
