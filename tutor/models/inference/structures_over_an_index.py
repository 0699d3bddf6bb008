"""Designs with a covariance structure over one index, whose fixed effects leave the means along it free.

With all levels of the index j in each group, V is a sum of A ⊗ Σ with Σ over j, and the columns of X span all C ⊗ I:
P = P_C ⊗ I, which commutes with every A ⊗ Σ where A is made of I and J. Source: Zyskind (1967), Annals of Mathematical
Statistics 38, 1092–1109; for repeated measures Rao (1967), Fifth Berkeley Symposium 1, 355–372.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.algebra.nodes import Product, Transpose
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.structure.conditions import is_zero
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.forms import projection as onto
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.models.inference.sources import is_orthogonal
from tutor.models.observations.vectors import RandomVector, random_vectors
from tutor.models.strata import design_factors

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class OverIndex:
    """The index over which G or R has a structure, by its letter and its name, the random vectors of the model, ε last,
    and P, n × n, by the order of the rows."""

    letter: str
    name: str
    vectors: tuple[RandomVector, ...]
    P: Tree


def over_index(model: MixedModel) -> OverIndex | None:
    """How a structure and the fixed effects share an index; None for a model without a structure, and for one whose X
    does not leave the means along that index free, or that has other random effects than intercepts beside it."""
    letter, plan = model.index.repeated, model.plan
    if not letter or plan is None or plan.layout.is_ragged or plan.layout.codes is not None:
        return None
    vectors, factors = random_vectors(model), design_factors(model)
    if vectors is None or factors is None or not is_orthogonal(model):
        return None
    if any(vector.block is not None and vector.block.shape != (1, 1) for vector in vectors):
        return None
    name = plan.layout.index(letter).name
    square = balanced(Product((model.X, Transpose(model.X))), factors)
    if square is None or not all(is_zero(value) or value.is_positive for value in square.values):
        return None
    kept = {s for found in square.eigenvalues if not is_zero(found.value) for s in found.subsets}
    place = next(i for i, factor in enumerate(factors) if factor.name == name)
    if any((*s[:place], not s[place], *s[place + 1 :]) not in kept for s in kept):
        return None
    return OverIndex(letter, name, vectors, onto(factors, tuple(sorted(kept))))


def commuting(model: MixedModel, found: OverIndex) -> Derivation:
    """VP = PV, by the closed forms of both."""
    V, P = model.covariance, model.P
    closed = closed_form(model.V)
    product = closed_form(Product((closed, found.P)))
    rule = "(A ⊗ Σ)(P_C ⊗ I) = AP_C ⊗ Σ, and A is made of I and J, which commute with P_C"
    return chain(
        Product((V, P)),
        ("closed-form", "V and P by the order of the rows", Product((closed, found.P))),
        ("kronecker-products", rule, product),
        ("kronecker-products", "the same product in the other order", Product((found.P, closed))),
        ("closed-form", "P and V by their names", Product((P, V))),
    )
