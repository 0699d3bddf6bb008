"""The random vectors of a model by their indices: which effects there are, and how two of them vary together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Identity, Kronecker, Scalar, Scaled
from tutor.algebra.tree import Tree
from tutor.models.element_names import letters_of
from tutor.models.index import Name
from tutor.models.observations.cells import Element
from tutor.models.observations.overlap import Indices
from tutor.models.observations.structures import between

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class RandomVector:
    """u, v, … or ε: the names of its elements, and what is known of its variance.

    Elements with all indices the same are one; effects of different levels are independent. ``block`` is the variance
    of the coefficients of one level, 1 × 1 for one; or ``structure`` that over the index ``repeated`` within a group.
    """

    letter: str
    names: tuple[Name, ...]
    block: ImmutableDenseMatrix | None = None
    structure: Tree | None = None
    repeated: str = ""

    @property
    def letters(self) -> str:
        """The indices of its elements."""
        return letters_of(self.names[0])

    def covariance(self, one: Element, other: Element, indices: Indices) -> sympy.Expr:
        """The covariance of two of its elements or averages.

        Raises
        ------
        TutorError
            Where it depends on what is not told; see `overlap` and `structures`.
        """
        group = "".join(letter for letter in self.letters if letter not in self.repeated)
        same = indices.overlap(group, *(indices.at(self.letters, each.levels, each.plots) for each in (one, other)))
        if same == 0:
            return same
        if self.structure is not None:
            levels = (each.level(self.repeated) for each in (one, other))
            return same * between(self.structure, *levels)
        assert self.block is not None
        return same * self.block[self.names.index(one.name), self.names.index(other.name)]


def random_vectors(model: MixedModel) -> tuple[RandomVector, ...] | None:
    """The random vectors of a model, ε last; None where the indices of its equation do not tell how they vary."""
    index = model.index
    found: list[RandomVector | None] = [
        _vector(effects.names, effects.covariance.tree, index.repeated) for effects in index.effects
    ]
    residual = model.R.definition if model.residual is None else model.residual.tree
    found.append(None if residual is None else _vector((index.residual,), residual, index.repeated))
    letters = set(letters_of(index.response))
    known = [vector for vector in found if vector is not None and set(vector.letters) <= letters]
    return tuple(known) if len(known) == len(found) else None


def _vector(names: Sequence[Name], variance: Tree, repeated: str) -> RandomVector | None:
    letter = "".join(names[0].bases)
    if len({letters_of(name) for name in names}) > 1:
        return None
    if isinstance(variance, Scaled) and isinstance(variance.tree, Identity) and isinstance(variance.scalar, Scalar):
        return RandomVector(letter, tuple(names), block=ImmutableDenseMatrix([[variance.scalar.value]]))
    if not isinstance(variance, Kronecker) or not all(isinstance(part, Identity) for part in variance.factors[:-1]):
        return None
    inner = variance.factors[-1]
    if len(names) > 1:
        return RandomVector(letter, tuple(names), block=inner.explicit())
    if not repeated or repeated not in letters_of(names[0]):
        return None
    return RandomVector(letter, tuple(names), structure=inner, repeated=repeated)
