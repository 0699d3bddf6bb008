"""Whether a number is zero, without what SymPy would work out to know it of a sum in letters."""

from __future__ import annotations

import sympy


def is_nought(value: sympy.Basic) -> bool:
    """Whether an expression is zero: as it stands, or a sum without letters that is.

    SymPy's ``is_zero`` asks a sum in letters for its sign, for which it looks for roots of a derivative; five sums with
    powers within each other take it minutes.

    >>> is_nought(sympy.sqrt(8) - 2 * sympy.sqrt(2)), is_nought(sympy.Symbol("x"))
    (True, False)
    """
    return value == 0 or (value.is_number and value.is_zero is True)
