"""Elements as symbols of one row and one column, so that what is derived of them has a value on every instance.

The effects of one random vector that occur in a question are the elements of a vector of their own, whose variance has
their variances and covariances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Explicit, Product, Scalar, Symbol, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.models.observations.cells import Element
from tutor.models.observations.forms import LinearForm
from tutor.models.observations.overlap import Indices
from tutor.models.observations.vectors import RandomVector


@dataclass(frozen=True, slots=True)
class Effects:
    """The random effects of a question: a symbol for each, and the covariance of any two; and a symbol for each average
    of fixed effects whose sum is known."""

    symbols: Mapping[Element, Symbol]
    covariances: Mapping[tuple[Element, Element], sympy.Expr]
    averages: Mapping[sympy.Expr, Symbol]

    @classmethod
    def of(
        cls,
        elements: Iterable[Element],
        vectors: Iterable[RandomVector],
        indices: Indices,
        sums: Mapping[sympy.Expr, sympy.Expr],
    ) -> Effects:
        """The symbols of these effects, and of averages of fixed effects by their ``sums``.

        Raises
        ------
        TutorError
            Where the covariance of two of them is not told.
        """
        every = list(dict.fromkeys(elements))
        symbols: dict[Element, Symbol] = {}
        covariances: dict[tuple[Element, Element], sympy.Expr] = {(a, b): sympy.S.Zero for a in every for b in every}
        before: frozenset[Symbol] = frozenset()
        for vector in vectors:
            own = [element for element in every if element.name in vector.names]
            if not own:
                continue
            for one in own:
                for other in own:
                    covariances[one, other] = vector.covariance(one, other, indices)
            number = size(len(own))
            variance = ImmutableDenseMatrix(len(own), len(own), [covariances[a, b] for a in own for b in own])
            stacked = Symbol(vector.letter, number, ONE, role="random", mean=Zero(number), variance=Explicit(variance),
                             uncorrelated=before)  # fmt: skip
            before |= {stacked}
            for place, element in enumerate(own):
                row = Explicit(ImmutableDenseMatrix(1, len(own), [int(k == place) for k in range(len(own))]))
                symbols[element] = Symbol(
                    element.key, ONE, ONE, role="random", definition=Product((row, stacked)), mean=Zero(ONE),
                    variance=Scalar(covariances[element, element]),
                )  # fmt: skip
        averages = {letter: Symbol(str(letter), ONE, ONE, role="unknown", definition=Scalar(total))
                    for letter, total in sums.items()}  # fmt: skip
        return cls(symbols, covariances, averages)

    def tree(self, form: LinearForm) -> Tree:
        """A form as a sum of its constants and effects."""
        return sum_or_term([*self.constants(form), *self.effects(form)] or [Scalar(sympy.S.Zero)])

    def constants(self, form: LinearForm) -> list[Tree]:
        """The terms that do not vary."""
        return [
            times(coefficient, self.averages.get(letter) or Scalar(letter))
            for letter, coefficient in form.fixed.items()
        ]

    def effects(self, form: LinearForm) -> list[Tree]:
        """The terms that vary."""
        return [times(coefficient, self.symbols[effect]) for effect, coefficient in form.random.items()]
