"""Letters in numbers that stand for what is defined elsewhere: S_xx for the sum of squares x'(I − J/n)x."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.parameters import definitions_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk


class DefinedLetter(sympy.Symbol):
    """A letter with a ``definition``, a tree of 1 × 1, which is its value on every instance that is drawn.

    SymPy calculates with it as with any letter, and it is one where values are given by name.

    >>> from tutor.algebra.nodes import Ones, Product, Symbol, Transpose
    >>> n = sympy.Symbol("n", integer=True, positive=True)
    >>> total = DefinedLetter("x_.", Product((Transpose(Ones(n)), Symbol("x", n, sympy.S.One))), real=True)
    >>> 2 * total / total, total.is_real, print(total.definition)
    1_n' x
    (2, True, None)
    """

    __slots__ = ("definition",)
    definition: Tree

    def __new__(cls, name: str, definition: Tree, **assumptions: bool) -> Any:
        cls._sanitize(assumptions, cls)
        letter = sympy.Symbol.__xnew__(cls, name, **assumptions)
        letter.definition = definition
        return letter

    def __getnewargs_ex__(self) -> Any:
        return (self.name, self.definition), self._assumptions_orig

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.definition)

    @classmethod
    def class_key(cls) -> Any:
        """That of other letters, among which it stands by its name."""
        return sympy.Symbol.class_key()

    def compare(self, other: Any) -> int:
        """As letters are, by the names and the assumptions; the definition has no order."""
        if type(other) is not DefinedLetter:
            return super().compare(other)
        mine, theirs = (sympy.Symbol._hashable_content(each) for each in (self, other))
        return (mine > theirs) - (mine < theirs)


def defined_letters(*trees: Tree) -> dict[str, DefinedLetter]:
    """The letters with a definition that stand in scalars of trees, and in those of definitions, by their names."""
    found: dict[str, DefinedLetter] = {}
    pending = trees
    while pending:
        letters = (
            letter
            for tree in definitions_of(*pending)
            for node in walk(tree)
            if isinstance(node, Scalar)
            for letter in node.value.atoms(DefinedLetter)
        )
        new = {letter.name: letter for letter in letters if letter.name not in found}
        found |= new
        pending = tuple(letter.definition for letter in new.values())
    return found
