"""What the rules of the notation lint look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import sympy

from tutor.algebra.nodes import Determinant, Explicit, Trace, Transpose, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.light_value import light_value
from tutor.notation.names import GREEK, greek_letters, unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.statement import Definition, Distribution, Equation, Expression, Statement
from tutor.notation.vocabulary import Vocabulary


@light_value
class Linted:
    """What the rules look at: the text, its syntax, what it says, and the words it says it with; ``plain`` are the
    cells of its matrices that are plain sums, and ``below`` the nodes of each statement without those."""

    text: str
    display: syntax.Display
    parts: tuple[Statement, ...]
    vocabulary: Vocabulary
    plain: frozenset[syntax.Node]
    below: tuple[tuple[syntax.Node, ...], ...]

    @property
    def sides_and_places(self) -> Iterator[tuple[Statement, syntax.Node]]:
        """The statements, each with its syntax."""
        yield from zip(self.parts, self.display.statements, strict=False)

    def as_written(self, key: str) -> str:
        """A name by the letter that the text has for it: b, where the vocabulary calls it u."""
        written = (node.spelling.letters for node in chain.from_iterable(self.below) if isinstance(node, syntax.Named))
        found = [letters for letters in dict.fromkeys(written) if self._is_called(letters, key)]
        letters = next((own for own in found if own == key or own not in GREEK), (*found, key)[0])
        return unicode_name(letters) if greek_letters(letters) != letters else letters

    def _is_called(self, letters: str, key: str) -> bool:
        known = self.vocabulary.lookup(letters)
        return known is not None and known.key == key

    @property
    def is_latex(self) -> bool:
        return "\\" in self.text


def trees_of(part: Statement) -> tuple[Tree, ...]:
    """The trees that a statement is made of."""
    if isinstance(part, Expression):
        return (part.tree,)
    if isinstance(part, Equation):
        return part.sides
    if isinstance(part, Definition):
        return (part.subject,) if part.value is None else (part.subject, part.value)
    if isinstance(part, Distribution):
        return part.arguments if part.subject is None else (part.subject, *part.arguments)
    return ()


def given_law(part: Statement) -> tuple[Tree, ...]:
    """What a statement tells a distribution or a variance of: e in e ~ N(0, R) and in Var(e) = R."""
    if isinstance(part, Distribution) and not part.is_denied and part.subject is not None:
        return (part.subject,)
    sides = part.sides if isinstance(part, Equation) else ()
    return tuple(side.tree for side in sides if isinstance(side, Variance))


def has_matrices(tree: Tree) -> bool:
    """Whether a tree is a vector or a matrix of letters, or a number made of them, as y'V⁻¹y and tr(AV)."""
    if tree.is_scalar:
        return any(isinstance(node, Transpose | Trace | Determinant) for node in walk(tree))
    return not isinstance(tree, Explicit)


def names_of(symbols: Iterable[sympy.Basic]) -> list[str]:
    """Of letters, without SymPy's printer, which takes its time."""
    return [symbol.name if isinstance(symbol, sympy.Symbol) else str(symbol) for symbol in symbols]
