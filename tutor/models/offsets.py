"""Offsets of an equation in elements: log N_ij beside the effects of a log λ_ij, with no coefficient to estimate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import SizeError
from tutor.models.element_names import element_name, letters_of, plain_name, plain_variable, value_of
from tutor.models.index import Name
from tutor.models.layout import Layout
from tutor.notation.statement import Term

_CALLED = frozenset({"o", "offset"})
"""What an offset is called where it is no logarithm."""

Values = Callable[[Name], Sequence[sympy.Expr] | None]
"""The numbers of a known in each row, as data have them; None where it is a letter."""


@dataclass(frozen=True, slots=True)
class Offset:
    """A known number of each observation, N_ij, or its logarithm."""

    name: Name
    is_logarithm: bool

    @property
    def label(self) -> str:
        """The offset as a formula has it, offset(log(N))."""
        variable = plain_variable(self.name)
        return f"offset(log({variable}))" if self.is_logarithm else f"offset({variable})"

    def of_rows(self, layout: Layout, values: Values) -> list[sympy.Expr]:
        """The offset in each row.

        Raises
        ------
        SizeError
            While the number of rows is a letter.
        """
        if not layout.is_listed:
            raise SizeError(f"The offset {plain_name(self.name)} is one of each row, and their number is a letter.",
                            tip="Give the sizes as numbers.")  # fmt: skip
        known = values(self.name)
        if known is None:
            known = [value_of(self.name, cell) for cell in layout.by_row(letters_of(self.name))]
        return [sympy.log(value) for value in known] if self.is_logarithm else list(known)


def offset_of(term: Term, response: Name) -> Offset | None:
    """The offset that a term of a linear predictor is; None for an effect, and for what the response itself is in."""
    factor = term.factors[0] if len(term.factors) == 1 else None
    if not isinstance(factor, Scalar):
        return None
    is_logarithm = isinstance(factor.value, sympy.log)
    known = factor.value.args[0] if is_logarithm else factor.value
    if not isinstance(known, sympy.Symbol):
        return None
    name = element_name(str(known))
    is_known = is_logarithm or (len(name.bases) == 1 and name.bases[0] in _CALLED)
    own = bool(letters_of(name)) and set(letters_of(name)) <= set(letters_of(response)) and name.bases != response.bases
    return Offset(name, is_logarithm) if is_known and own else None
