"""What the meaning of one text is worked out with: the text, its vocabulary, and the sizes still to be found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import sympy

from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.finding import Finding
from tutor.notation.light_value import light_value
from tutor.notation.meaning.sizing import Sizing
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing.syntax import Named, Node
from tutor.notation.parsing.token import Span
from tutor.notation.vocabulary import Letter, Vocabulary

MOST_HOLES = 50
"""Sizes that may be left out in one text."""


@light_value
class Context:
    """The setting in which a node of syntax gets its meaning.

    ``usage`` is how the letters of the text are used.
    ``size_names`` are the names that stand in sizes, ``triangles`` the matrices of which one triangle is left blank,
    ``symmetric`` those of them that stand where a covariance matrix does; ``numbers`` the names that stand where only
    a number can, ``raised`` the powers of e that stand in an exponent of e; ``interactions`` the letters side by side
    that are one name, with it in the place of the last;
    ``bound`` the indices of the sums around, each with its value, or None where it has none yet;
    ``plain`` the cells of matrices that are plain sums;
    ``columns`` the letters that are vectors by the differences in which they stand, ``crossed`` the matrices beside ⊗;
    ``densities`` the letters, or "[", of densities that are written with a bar somewhere in the text;
    ``taken`` is what letters were taken for;
    ``findings`` gathers slips that leave the meaning clear, ``newcomers`` the matrices that the text brings itself,
    ``made`` how many cells the functions of R and NumPy have made so far, call by call.
    """

    text: str
    usage: Usage
    vocabulary: Vocabulary
    size_names: frozenset[Node] = frozenset()
    triangles: frozenset[Node] = frozenset()
    symmetric: frozenset[Node] = frozenset()
    numbers: frozenset[Node] = frozenset()
    raised: frozenset[Node] = frozenset()
    interactions: Mapping[Node, Named | None] = field(default_factory=dict)
    bound: Mapping[str, int | None] = field(default_factory=dict)
    plain: frozenset[Node] = frozenset()
    columns: frozenset[tuple[str, str, str]] = frozenset()
    crossed: frozenset[tuple[str, str, str]] = frozenset()
    densities: frozenset[str] = frozenset()
    taken: dict[Letter, Tree] = field(default_factory=dict)
    sizing: Sizing = field(default_factory=Sizing)
    findings: list[Finding] = field(default_factory=list)
    newcomers: dict[str, Tree] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)

    def error(self, problem: str, kind: str, place: Node | Span, tip: str | None = None) -> ReadError:
        """A ReadError at a place."""
        return ReadError(problem, text=self.text, start=place.start, end=place.end, kind=kind, tip=tip)

    def hole(self, place: Span, *, may_be_one: bool = False) -> sympy.Symbol:
        """A size to be found, of what stands at a place. Raises ReadError "too-large" beyond a hundred."""
        if len(self.sizing.places) >= MOST_HOLES:
            raise self.error(f"More than {MOST_HOLES} letters have no size.", "too-large", place, "Write I_3, say.")
        return self.sizing.hole(place, may_be_one=may_be_one)
