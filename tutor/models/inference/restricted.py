"""What an interaction of a random factor brings to V where its effects add up to 0 over the fixed factors in it.

The effects have the variance σ² (I − J/a) ⊗ I over the a levels of the fixed factor. Source: Cornfield and Tukey
(1956), Annals of Mathematical Statistics 27, 907–949; Searle (1971), Linear Models, section 9.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Identity, Kronecker, Ones, Product, Scalar, Scaled, Sum, Transpose
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.strata import Factor
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.strata import strata

if TYPE_CHECKING:
    from tutor.models.effects import RandomTerm
    from tutor.models.mixed import MixedModel


def is_restricted(model: MixedModel, term: RandomTerm) -> bool:
    """Whether the effects of a random term add up to 0 over a fixed factor in the restricted model: those of an
    interaction of a random with a fixed factor. Cells of fixed factors alone whose effects are random are units."""
    fixed = {name for each in model.fixed for name in each.variables}
    own = set(term.variables)
    return not term.nested and bool(own & fixed) and bool(own - fixed)


def restricted_square(model: MixedModel, term: RandomTerm) -> Tree:
    """Z_k (C ⊗ I) Z_k', n × n, with C = I − J/a for each fixed factor in a random term.

    Raises
    ------
    TutorError
        For a design that is not balanced.
    """
    factors = strata(model).element.factors
    mine = _kept(Product((term.matrix, Transpose(term.matrix))), factors)
    fixed: set[int] = set()
    for each, block in model.fixed_blocks():
        if len(each.variables) == 1 and each.variables[0] in term.variables:
            fixed |= _kept(Product((block, Transpose(block))), factors)
    atoms: list[Tree] = []
    for place, factor in enumerate(factors):
        ones = Ones(factor.size, factor.size)
        if place in fixed:
            atoms.append(Sum((Identity(factor.size), Scaled(Scalar(-1 / factor.size), ones))))
        else:
            atoms.append(Identity(factor.size) if place in mine else ones)
    return atoms[0] if len(atoms) == 1 else Kronecker(tuple(atoms))


def _kept(square: Tree, factors: tuple[Factor, ...]) -> set[int]:
    """The factors, by their positions, that make the groups of ZZ'."""
    found = balanced(square, factors)
    coefficients = () if found is None else found.coefficients()
    if len(coefficients) != 1 or coefficients[0][1] != sympy.S.One:
        raise TutorError("The restricted model is derived for balanced designs.",
                         tip="m.anova(restricted=True) has its expected mean squares.")  # fmt: skip
    return {place for place, keep in enumerate(coefficients[0][0]) if keep}
