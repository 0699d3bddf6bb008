"""Random groups of n_i observations each, with a letter for n_i: the coefficient n_0 of their mean square.

Source: Searle, Casella and McCulloch (1992), Variance Components, section 3.6: n_0 = (N − Σ n_i²/N)/(a − 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.indices import Total
from tutor.algebra.laws.joining import sum_of
from tutor.algebra.nodes import Ones, Product, Scalar, Scaled, Trace, Transpose
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

N_0 = sympy.Symbol("n_0", positive=True)
"""What stands for the size of a group where sizes differ."""


def has_unequal_groups(model: MixedModel) -> bool:
    """Whether the observations are random groups of n_i with a letter for n_i."""
    return bool(model.n.has(Total)) and len(model.random) == 1


def trace_of_groups(model: MixedModel) -> Tree:
    """tr(A ZZ') = n_· − Σ n_i²/n_· for the projection A on the groups less their mean."""
    Z, one = model.random[0].matrix, Ones(model.n)
    squares = closed_form(Product((Transpose(one), Z, Transpose(Z), one)))
    whole = closed_form(Trace(Product((Z, Transpose(Z)))))
    return sum_of([whole, Scaled(Scalar(-1 / model.n), squares)])


def size_for_groups(model: MixedModel) -> Tree:
    """n_0 by its formula."""
    return Scaled(Scalar(1 / (model.random[0].size - 1)), trace_of_groups(model))
