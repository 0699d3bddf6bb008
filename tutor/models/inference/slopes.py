"""∂V/∂θ of a model: Z_kZ_k' for the variance of a random term, I for σ², otherwise by the entries of G and R."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.differentiate import depends_on_parameter, derivative, differentiated
from tutor.algebra.laws.joining import product_of, short_product, sum_of
from tutor.algebra.nodes import Identity, Product, Scalar, Scaled, Transpose
from tutor.algebra.tree import Tree
from tutor.covariance.parameters import Parameter
from tutor.errors import ReadError, UnknownNameError
from tutor.models.components import components
from tutor.notation.read import read

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True)
class Slope:
    """∂V/∂θ of a model for one of its parameters: as it is written, ``name``, and worked out, ``tree``, both n × n."""

    model: MixedModel
    parameter: Parameter

    @property
    def symbol(self) -> sympy.Symbol:
        return self.parameter.symbol

    @property
    def name(self) -> Tree:
        return derivative(self.model.covariance, self.symbol)

    @cached_property
    def tree(self) -> Tree:
        shares: list[Tree] = []
        for part in components(self.model):
            if depends_on_parameter(part.G, self.symbol):
                inner = differentiated(part.G, self.symbol)
                shares.append(product_of((part.Z, *_without_identity(inner), Transpose(part.Z))))
        residual = self.model.R.definition
        if residual is not None and depends_on_parameter(residual, self.symbol):
            shares.append(differentiated(residual, self.symbol))
        return sum_of(shares)

    def between(self, *factors: Tree) -> Tree:
        """A ∂V/∂θ B …: a product in which the parameter's place is held by ``name``, without I where it is that."""
        worked = [self.tree if factor == self.name else factor for factor in factors]
        return short_product(*worked) if any(isinstance(each, Identity) for each in worked) else product_of(worked)


def _without_identity(tree: Tree) -> tuple[Tree, ...]:
    return () if isinstance(tree, Identity) else (tree,)


def slope(model: MixedModel, parameter: Any) -> Slope:
    """The slope of V by a parameter of G or R: by its key, its symbol, or as it is written, \\sigma^2_u.

    Raises
    ------
    UnknownNameError
        For something that is no parameter of the model.
    """
    asked = (parameter, _read(model, parameter))
    for each in model.parameters:
        if each.key in asked or each.symbol in asked:
            return Slope(model, each)
    raise UnknownNameError("The parameter", str(parameter), [each.key for each in model.parameters])


def _read(model: MixedModel, parameter: Any) -> Any:
    """What a text in notation stands for; None for what cannot be read."""
    if not isinstance(parameter, str):
        return None
    try:
        tree = read(parameter, model.vocabulary).tree
    except ReadError:
        return None
    return tree.value if isinstance(tree, Scalar) else None


def slopes(model: MixedModel) -> tuple[Slope, ...]:
    """Those of all parameters of G and R."""
    return tuple(Slope(model, each) for each in model.parameters)


def negative(tree: Tree) -> Tree:
    """−A as it is written."""
    return Scaled(Scalar(sympy.S.NegativeOne), tree)


def form(x: Tree, *factors: Tree) -> Tree:
    """x'A…x."""
    return Product((Transpose(x), *factors, x))
