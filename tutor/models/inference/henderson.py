"""Henderson's mixed-model equations: β̂ and û together, without V⁻¹.

They set the gradient of the joint log-density of y and u to 0. û taken out of them leaves the equations of generalized
least squares, and β̂ put into them gives the BLUP. Source: Henderson, Kempthorne, Searle and von Krosigk (1959), The
estimation of environmental and genetic trends from records subject to culling, Biometrics 15, 192–218; Henderson
(1984), Applications of Linear Models in Animal Breeding, chapter 5; Harville (1976), Annals of Statistics 4, 384–395.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.laws.gradients import gradient
from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import (
    Block,
    Determinant,
    Inverse,
    Product,
    Scalar,
    Sum,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.models.inference.derived import Claim, Derived, Line
from tutor.models.inference.equations import HALF, Equations
from tutor.models.inference.equations_by_terms import residual_variance, with_ratios
from tutor.models.inference.equations_in_numbers import SolvedEquations, solved
from tutor.models.inference.prediction import Prediction
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

PUSHED = "(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹ = GZ'V⁻¹"
WOODBURY = "V⁻¹ = R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹"


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class MixedModelEquations(Derived):
    """``left`` times ``unknown`` is ``right``: (p + q) × (p + q), (p + q) × 1 and (p + q) × 1, in blocks.

    ``multiplied`` ones have the equations of û times G, and so no G⁻¹: they exist for a singular G too.
    """

    left: Block
    unknown: Block
    right: Block
    multiplied: bool

    @property
    def opening(self) -> tuple[Line, ...]:
        return (Line((Product((self.left, self.unknown)), self.right), "one line for β̂ and one for û"),)

    def at(self, y: Any = None, **parameters: float) -> SolvedEquations:
        """The equations in numbers at given parameters, for a response of n numbers or that of the data, and their
        solution.

        Raises
        ------
        DomainError
            For a missing value, or one outside its domain; for a singular G, as where a variance is 0, unless the
            equations are multiplied by G.
        UnknownNameError
            For a name that is no parameter of the model.
        TutorError
            Without a response.
        """
        return solved(self.model, y, parameters, self.multiplied)


def henderson(model: MixedModel, *, multiplied: bool = False) -> MixedModelEquations:
    """The mixed-model equations, or the same ``multiplied`` by G where it stands as G⁻¹.

    Raises
    ------
    TutorError
        For a model without random effects.
    """
    parts = Equations(Prediction.of(model))
    title = "mixed-model equations (Henderson)"
    return MixedModelEquations(
        model=model,
        what=f"{title}, those of û multiplied by G" if multiplied else title,
        claims=tuple(_claims(parts)),
        remarks=(MULTIPLIED_REMARK if multiplied else INVERSE_REMARK, parts.prediction.definition_of_weight),
        left=parts.multiplied if multiplied else parts.left,
        unknown=parts.unknown,
        right=parts.multiplied_right if multiplied else parts.right,
        multiplied=multiplied,
    )


INVERSE_REMARK = (
    "G must have an inverse. Where a variance is 0 it has none: m.henderson(multiplied=True) has the equations of û "
    "multiplied by G."
)
MULTIPLIED_REMARK = "These have a solution for a singular G as well; their matrix is not symmetric."


def _claims(parts: Equations) -> Iterator[Claim]:
    yield Claim("log density", "the logarithm of the joint density of y and u", partial(_log_density, parts), False)
    yield Claim("gradient in beta", "0 at the solution: the first line", partial(_in_beta, parts))
    yield Claim("gradient in u", "0 at the solution: the second line", partial(_in_u, parts))
    yield Claim("elimination", "û taken out: what is left is 0 where β solves the equations of GLS",
                partial(_elimination, parts), False)  # fmt: skip
    yield Claim("pushed through", PUSHED, partial(_pushed_through, parts), False)
    yield Claim("estimate", "the second line solved for û: the BLUP", partial(_blup, parts), False)
    yield Claim("first equation", "β̂ of GLS and û of BLUP solve it", partial(_first, parts), False)
    yield Claim("second equation", "β̂ of GLS and û of BLUP solve it", partial(_second, parts), False)
    yield Claim("multiplied", "the second line times G", partial(_multiplied, parts), False)
    yield Claim("inverse", "its blocks are variances: of β̂, of β̂ with û − u, and of û − u",
                partial(_inverse, parts), False)  # fmt: skip
    yield Claim("prediction error variance", "what u varies given y, and what β̂ adds", partial(_error, parts))
    if residual_variance(parts) is not None:
        yield Claim("times the residual variance", "with ratios of variances only", partial(with_ratios, parts))


def _log_density(parts: Equations) -> Derivation:
    model, u, G, R = parts.prediction.model, parts.prediction.u, parts.prediction.G, parts.prediction.model.R
    left = parts.residual(model.beta, u)
    constant = Scalar((model.n + u.rows) * sympy.log(2 * sympy.pi))
    together: list[Tree] = [constant, *(Applied("log", (Determinant(each),)) for each in (R, G))]
    together += [Product((Transpose(left), parts.R, left)), Product((Transpose(u), parts.G, u))]
    definition = parts.log_density.definition
    assert definition is not None
    return chain(
        parts.log_density,
        ("definition", "log f(y, u) = log f(y | u) + log f(u), y | u ~ N(Xβ + Zu, R), u ~ N(0, G)", definition),
        ("collected", "put together", times(-HALF, Sum(tuple(together)))),
    )


def _in_beta(parts: Equations) -> Derivation:
    """∂ℓ/∂β = X'R⁻¹(y − Xβ − Zu)."""
    model = parts.prediction.model
    left = parts.residual(model.beta, parts.prediction.u)
    return chain(
        gradient(parts.log_density, model.beta),
        ("gradient-of-sum", "terms without β add nothing",
         times(-HALF, gradient(Product((Transpose(left), parts.R, left)), model.beta))),
        ("gradient-of-quadratic", "∂(r'Wr)/∂β = 2 A'Wr for r = c + Aβ, here with A = −X",
         product_of((Transpose(parts.X), parts.R, left))),
    )  # fmt: skip


def _in_u(parts: Equations) -> Derivation:
    """∂ℓ/∂u = Z'R⁻¹(y − Xβ − Zu) − G⁻¹u."""
    model, u = parts.prediction.model, parts.prediction.u
    left = parts.residual(model.beta, u)
    squares = (Product((Transpose(left), parts.R, left)), Product((Transpose(u), parts.G, u)))
    return chain(
        gradient(parts.log_density, u),
        ("gradient-of-sum", "terms without u add nothing",
         times(-HALF, Sum(tuple(gradient(square, u) for square in squares)))),
        ("gradient-of-quadratic", "∂(r'Wr)/∂u = 2 A'Wr for r = c + Au, here with A = −Z and A = I",
         Sum((product_of((Transpose(parts.Z), parts.R, left)), negated(Product((parts.G, u)))))),
    )  # fmt: skip


def _elimination(parts: Equations) -> Derivation:
    """X'R⁻¹(y − Xβ − Zu) at the u that the second line gives is X'V⁻¹(y − Xβ)."""
    X, Z, R, C = parts.X, parts.Z, parts.R, Inverse(parts.precision)
    beta = parts.prediction.model.beta
    r = parts.residual(beta)
    inner = Product((C, Transpose(Z), R, r))
    weight = Sum((R, negated(Product((R, Z, C, Transpose(Z), R)))))
    return chain(
        Product((Transpose(X), R, parts.residual(beta, inner))),
        ("collected", "y − Xβ put behind a bracket", Product((Transpose(X), weight, r))),
        ("woodbury", WOODBURY, Product((Transpose(X), parts.prediction.weight, r))),
    )


def _pushed_through(parts: Equations) -> Derivation:
    """(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹ = GZ'V⁻¹, by multiplying (Z'R⁻¹Z + G⁻¹)GZ' = Z'R⁻¹V with both inverses."""
    Z, R, C, V = Transpose(parts.Z), parts.R, parts.precision, parts.prediction.fixed.V
    weight = parts.prediction.weight
    definition = V.definition
    assert definition is not None
    across = parts.prediction.across
    return chain(
        Product((Inverse(C), Z, R)),
        ("inverse-cancels", "VV⁻¹ = I", Product((Inverse(C), Z, R, V, weight))),
        ("definition-of-V", f"V = {inline(definition)}", Product((Inverse(C), Z, R, definition, weight))),
        ("distributed", "Z'R⁻¹(ZGZ' + R) = (Z'R⁻¹Z + G⁻¹)GZ'", product_of((Inverse(C), C, *across, weight))),
        ("inverse-cancels", "A⁻¹A = I", product_of((*across, weight))),
    )


def _blup(parts: Equations) -> Derivation:
    r = parts.residual(parts.beta)
    return chain(
        product_of((Inverse(parts.precision), Transpose(parts.Z), parts.R, r)),
        ("pulled-back", PUSHED, parts.prediction.formula),
        ("definition", "the BLUP", parts.u),
    )


def _left_over(parts: Equations, before: Tree) -> list[tuple[str, str, Tree]]:
    """The lines from A R⁻¹(y − Xβ̂ − Zû) to A V⁻¹(y − Xβ̂)."""
    r, V, weight = parts.residual(parts.beta), parts.prediction.fixed.V, parts.prediction.weight
    moved = product_of((parts.Z, *parts.prediction.across))
    return [
        ("definition", "û = GZ'V⁻¹(y − Xβ̂)",
         product_of((before, parts.R, parts.residual(parts.beta, parts.prediction.formula)))),
        ("collected", "V⁻¹(y − Xβ̂) put behind a bracket",
         product_of((before, parts.R, Sum((V, negated(moved))), weight, r))),
        ("definition-of-V", "V − ZGZ' = R, and R⁻¹R = I", product_of((before, weight, r))),
    ]  # fmt: skip


def _first(parts: Equations) -> Derivation:
    """The first line: X'R⁻¹Xβ̂ + X'R⁻¹Zû is X'R⁻¹y, less what is 0."""
    X = Transpose(parts.X)
    goal = Product((X, parts.R, parts.residual(parts.beta, parts.u)))
    return chain(
        goal,
        *_left_over(parts, X),
        ("normal-equations", "the equations of GLS, X'V⁻¹Xβ̂ = X'V⁻¹y", Zero(*goal.shape)),
    )


def _second(parts: Equations) -> Derivation:
    """The second line: what is left of it, Z'R⁻¹(y − Xβ̂ − Zû), is G⁻¹û."""
    Z = Transpose(parts.Z)
    across = parts.prediction.across
    r, weight = parts.residual(parts.beta), parts.prediction.weight
    return chain(
        Product((Z, parts.R, parts.residual(parts.beta, parts.u))),
        *_left_over(parts, Z),
        ("inverse-cancels", "G⁻¹G = I", product_of((parts.G, *across, weight, r))),
        ("definition", "û = GZ'V⁻¹(y − Xβ̂)", Product((parts.G, parts.u))),
    )


def _multiplied(parts: Equations) -> Derivation:
    (_, second), (_, wanted) = parts.multiplied.grid, parts.multiplied_right.grid
    G, own = parts.prediction.G, parts.left.grid[1]
    return chain(
        Product((G, Sum((product_of((own[0], parts.beta)), Product((own[1], parts.u)))))),
        ("distributed", "GG⁻¹ = I", Sum((product_of((second[0], parts.beta)), Product((second[1], parts.u))))),
        ("definition", "the second line, Z'R⁻¹Xβ̂ + (Z'R⁻¹Z + G⁻¹)û = Z'R⁻¹y", wanted[0]),
    )


def _inverse(parts: Equations) -> Derivation:
    """The inverse of the matrix of the equations in blocks; with dependent columns of X a generalized inverse K, for
    which the matrix A has AKA = A."""
    fixed, across = parts.prediction.fixed, parts.prediction.across
    S, weight = fixed.inverse, parts.prediction.weight
    beside = negated(product_of((S, Transpose(parts.X), weight, parts.Z, parts.prediction.G)))
    below = negated(product_of((*across, weight, parts.X, S)))
    blocks = Block(((S, beside), (below, parts.prediction.error_variance)))
    reason = "û taken out leaves X'V⁻¹X, whose inverse is Var(β̂); the others by solving back"
    if fixed.is_full:
        return chain(Inverse(parts.left), ("schur", reason, blocks))
    return chain(
        Product((parts.left, blocks, parts.left)),
        ("schur", f"AKA = A for this K: {reason.replace('inverse', 'generalized inverse')}", parts.left),
    )


def _error(parts: Equations) -> Derivation:
    prediction, fixed = parts.prediction, parts.prediction.fixed
    weight = prediction.weight
    added = product_of((*prediction.across, weight, parts.X, fixed.inverse, Transpose(parts.X), weight, parts.Z,
                        prediction.G))  # fmt: skip
    given = Sum((prediction.G, negated(product_of((*prediction.across, weight, parts.Z, prediction.G)))))
    return chain(
        Variance(Sum((parts.u, negated(prediction.u)))),
        ("known-moment", "the lower right block of the inverse", prediction.error_variance),
        ("definition", "P_V = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻X'V⁻¹", Sum((*given.terms, added))),
        ("woodbury", "G − GZ'V⁻¹ZG = (Z'R⁻¹Z + G⁻¹)⁻¹ = Var(u | y)", Sum((Inverse(parts.precision), added))),
    )
