"""The covariance of two sums of elements of β̂, û, y, u and ε, as an expression in the parameters.

Each is written as g'u + r'ε with a vector of weights for either, so that the covariance of two is g'Gh + r'Rs. The
weights of k'β̂ = w'y are those of the estimate, of l'û = l'GZ'V⁻¹(y − Xβ̂) they are those of v'y, v = V⁻¹ZGl, less the
weights of the estimate of v'Xβ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.nodes import Explicit, Inverse, Product, Scalar, Sum, Symbol, Transpose
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.models.collected import in_factors
from tutor.models.inference.blue import weights_of_estimate
from tutor.models.inference.estimable_functions import MOST_OBSERVATIONS

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class _Weights:
    """Those of u, q × 1, and of ε, n × 1; none of u in a model without random effects."""

    u: sympy.Matrix | None
    e: sympy.Matrix


def element_covariance(model: MixedModel, left: Tree, right: Tree) -> sympy.Expr | None:
    """Cov(a, b) of two sums of k'x, x one of β̂, û, y, u, ε; None for other trees, sizes that are letters, and more than
    60 observations."""
    if not model.n.is_Integer or model.n > MOST_OBSERVATIONS:
        return None
    first = _weights(model, left)
    second = first if right == left else _weights(model, right)
    if first is None or second is None:
        return None
    total = (first.e.T * model.R.explicit() * second.e)[0, 0]
    if first.u is not None and second.u is not None and model.G is not None:
        total += (first.u.T * model.G.explicit() * second.u)[0, 0]
    return in_factors(cast(sympy.Expr, total))


def weights_of_observations(model: MixedModel, form: Tree) -> list[sympy.Expr] | None:
    """The w of w'y for a sum of k'β̂, l'û and m'y, n expressions; None where `element_covariance` has none."""
    if not model.n.is_Integer or model.n > MOST_OBSERVATIONS:
        return None
    found = _weights(model, form)
    return None if found is None else [in_factors(cast(sympy.Expr, weight)) for weight in found.e.flat()]


def _weights(model: MixedModel, tree: Tree) -> _Weights | None:
    n = int(model.n)
    of_y, of_e = sympy.zeros(n, 1), sympy.zeros(n, 1)
    of_u = None if model.q is None else sympy.zeros(int(model.q), 1)
    for term in tree.terms if isinstance(tree, Sum) else (tree,):
        if isinstance(term, Scalar):
            continue
        named = _picked(term)
        if named is None:
            return None
        k, vector = named
        if vector.name == model.y.name:
            of_y += k
        elif vector.name == model.e.name:
            of_e += k
        elif model.u is not None and of_u is not None and vector.name == model.u.name:
            of_u += k
        elif vector.name == "uhat":
            of_y += _of_prediction(model, k)
        elif vector.name.startswith("betahat"):
            of_y += sympy.Matrix(weights_of_estimate(model, k.flat(), weighted=vector.name == "betahat"))
        else:
            return None
    if of_u is not None and model.Z is not None:
        of_u += model.Z.explicit().T * of_y
    return _Weights(of_u, of_e + of_y)


def _picked(term: Tree) -> tuple[sympy.Matrix, Symbol] | None:
    """k and x of k'x."""
    if not isinstance(term, Product) or len(term.factors) != 2:
        return None
    row, vector = term.factors
    k = row.tree if isinstance(row, Transpose) else None
    if not isinstance(k, Symbol) or not isinstance(k.definition, Explicit) or not isinstance(vector, Symbol):
        return None
    return sympy.Matrix(k.definition.matrix), vector


def _of_prediction(model: MixedModel, k: sympy.Matrix) -> sympy.Matrix:
    """V⁻¹ZGk less the weights of the estimate of its share of Xβ."""
    assert model.Z is not None and model.G is not None
    inverse = closed_form(Inverse(model.V)).explicit()
    weights = (inverse * model.Z.explicit() * model.G.explicit() * k).applyfunc(sympy.cancel)
    share = (model.X.explicit().T * weights).applyfunc(sympy.cancel)
    return weights - sympy.Matrix(weights_of_estimate(model, share.flat()))
