"""Moments of a predicted block in balanced incomplete blocks, with letters for sizes.

Var(û) = Cov(û, u) = GZ'P_V ZG, of which the diagonal does not depend on the layout. With w = 1/(σ² + kσ²_u) and the
variance 2v of a difference of treatments, Z'V⁻¹Z has kw there, the mean takes kw/b, and the contrasts of the k
treatments that a block holds take w²v times k − k²/t; so Var(û_j) = σ⁴_u (kw(1 − 1/b) − w²vk(1 − k/t)). What two blocks
have in common depends on the layout. Source: Henderson (1975), Biometrics 31, 423–447; Yates (1940), Annals of Eugenics
10, 317–325.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.laws.joining import product_of, times
from tutor.algebra.nodes import Covariance, Product, Scalar, Symbol, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import SizeError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import among_effects
from tutor.models.inference.errors_of_incomplete_blocks import balanced_incomplete, variances_of_plots
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.named_estimates import without_hat
from tutor.models.observations.cells import element_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Shares = tuple[sympy.Expr, sympy.Expr]
"""a and b of a form aû_j + bu_j."""


def moment_of_block(model: MixedModel, goal: Tree) -> Derivation | None:
    """Var(aû_j + bu_j), or the covariance of two such forms of one block; None for other moments, and other designs.

    Raises
    ------
    SizeError
        For the predictors of two blocks.
    """
    if not isinstance(goal, Variance | Covariance) or not all(isinstance(part, Scalar) for part in goal.parts):
        return None
    difference, (of_plot, of_block) = balanced_incomplete(model), (sympy.S.Zero, None)
    if difference is not None:
        of_plot, of_block = variances_of_plots(model)
    forms = [_form(model, cast(Scalar, part).value) for part in goal.parts]
    if difference is None or of_block is None or any(form is None for form in forms):
        return None
    found = [form for form in forms if form is not None]
    levels, first, second = set().union(*(form.levels for form in found)), found[0].shares, found[-1].shares
    if not any(form.has_predictor for form in found):
        return None
    if len(levels) > 1:
        raise SizeError(
            "What the predictors of two blocks have in common depends on how many treatments both hold, which letters "
            "for sizes do not tell.",
            tip=f'Ask for one block, m.Var("uhat_{min(levels)}"), or give numbers for the sizes.',
        )
    (level,), plan = levels, model.plan
    assert plan is not None
    block, plot, *_ = plan.units
    k, b, t = plan.layout.index(plot.letters).size, plan.layout.size(block.letters), plan.layout.size(plan.treatments)
    w, half = 1 / (of_plot + k * of_block), cast(sympy.Expr, difference.variance) / 2
    spread = of_block**2 * (k * w * (1 - 1 / b) - w**2 * half * k * (1 - k / t))
    of_predictor = first[0] * second[0] + first[0] * second[1] + first[1] * second[0]
    value = Scalar(_without_minus(collected(of_predictor * spread + first[1] * second[1] * of_block)))
    picked = _Picked(model, block.name, level, b)
    named = goal.rebuild(tuple(picked.form(form.shares) for form in found))
    matrices = [times(of_predictor, picked.spread)] if of_predictor != 0 else []
    matrices += [Scalar(first[1] * second[1] * of_block)] if first[1] * second[1] != 0 else []
    because = "the diagonal of Z'P_V Z: blocks hold k treatments each, whose differences have one variance"
    return chain(
        named,
        ("prediction-variance", "Var(û) = Cov(û, u) = GZ'P_V ZG", sum_or_term(matrices)),
        ("closed-form", because, value),
    )


def _without_minus(value: sympy.Expr) -> sympy.Expr:
    """A product with a − b in the place of −(b − a)."""
    factors = sympy.Mul.make_args(value)
    turned = next((factor for factor in factors if factor.is_Add), None)
    if turned is None or not value.could_extract_minus_sign():
        return value
    others = [factor for factor in factors if factor is not turned]
    return sympy.Mul(-1, *others, sympy.Add(*(-term for term in turned.args)))  # pyright: ignore[reportArgumentType, reportOperatorIssue]


@dataclass(frozen=True, slots=True)
class _Form:
    """aû_j + bu_j: the levels of the blocks in it, a and b, and whether a predictor is in it."""

    levels: frozenset[int]
    shares: Shares
    has_predictor: bool


def _form(model: MixedModel, value: sympy.Expr) -> _Form | None:
    """The form that an expression is; None for what has other elements."""
    shares: dict[bool, sympy.Expr] = {True: sympy.S.Zero, False: sympy.S.Zero}
    levels: set[int] = set()
    has_predictor = False
    for letter, share in sympy.expand(value).as_coefficients_dict().items():
        key = without_hat(letter) if isinstance(letter, sympy.Symbol) else None
        element = element_of(model, key or str(letter))
        blocks = model.plan.units[0].letters if model.plan is not None else ""
        if element is None or letters_of(element.name) != blocks or not isinstance(element.levels[0], int):
            return None
        levels.add(element.levels[0])
        shares[key is not None] += share
        has_predictor |= key is not None
    return _Form(frozenset(levels), (shares[True], shares[False]), has_predictor) if levels else None


class _Picked:
    """û_j and u_j by their names, with definitions, and the entry of Var(û) that is theirs."""

    def __init__(self, model: MixedModel, block: str, level: int, number: sympy.Expr) -> None:
        term = next(term for term in model.random if term.variables == (block,))
        position = model.random.index(term)
        assert model.u is not None and model.G is not None and model.Z is not None
        self._names = (f"uhat_{level}", f"u_{level}")
        self._row = among_effects(model, position, UnitVector(number, level))
        self._parts = LeastSquares(model)
        self._G, self._Z, self._u = model.G, model.Z, model.u

    def form(self, shares: Shares) -> Tree:
        """aû_j + bu_j."""
        weight = self._parts.residual_weight
        predictor = product_of((Transpose(self._row), self._G, Transpose(self._Z), weight, self._parts.y))
        own = Product((Transpose(self._row), self._u))
        symbols = [Symbol(name, ONE, ONE, "random", definition=definition)
                   for name, definition in zip(self._names, (predictor, own), strict=True)]  # fmt: skip
        return sum_or_term([times(share, symbol) for share, symbol in zip(shares, symbols, strict=True) if share != 0])

    @property
    def spread(self) -> Tree:
        """d'GZ'P_V ZGd."""
        weight = self._parts.residual_weight
        return Product((Transpose(self._row), self._G, Transpose(self._Z), weight, self._Z, self._G, self._row))
