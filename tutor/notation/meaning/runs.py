"""What a sequence with dots is, once its rule is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.tree import Tree
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Run:
    """How a sequence goes on: its value at each position from 0, its length if the values tell it.

    ``constant`` is the value that all of the sequence has, ``vector`` the name whose elements are counted, ``written``
    those of them before the dots and after,
    ``formula`` the first values and the one beyond them, an expression in `DISTANCE`.
    """

    value: Callable[[int], sympy.Expr]
    length: Size | None = None
    constant: sympy.Expr | None = None
    vector: str = ""
    written: tuple[tuple[sympy.Expr, ...], tuple[sympy.Expr, ...]] | None = None
    formula: tuple[tuple[sympy.Expr, ...], sympy.Expr] | None = None

    def column(self, rows: Size, vocabulary: Vocabulary) -> Tree | None:
        """A vector of counted elements, rows × 1, as the symbol of its name; None for another sequence."""
        if not self.vector:
            return None
        known = vocabulary.lookup(self.vector)
        for tree in (known.tree, known.bold) if known is not None else ():
            if isinstance(tree, Symbol) and tree.columns == ONE and same_size(tree.rows, rows):
                return replace(tree, listed=self.written)
        return Symbol(self.vector, rows, ONE, listed=self.written)


def assumptions(model: sympy.Symbol) -> dict[str, bool]:
    """What is assumed of a symbol whose name is like that of another one."""
    return {"positive": True} if model.is_positive else {"real": True}
