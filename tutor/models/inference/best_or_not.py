"""The answer whether ordinary least squares is best: yes or no, why, and numbers where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from flint import arb

from tutor.algebra.arithmetic import NotRationalError, Number
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import known
from tutor.algebra.laws.projections import generalized_inverse, projection
from tutor.algebra.nodes import Inverse, Product, Transpose
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.models.inference.explained import Explained, Part
from tutor.notation.write import inline
from tutor.notation.writing.pen import Pen, Piece, written


@dataclass(frozen=True, slots=True)
class Difference:
    """Where VP and PV differ: row and column from 1, the values of the parameters, and those of both products.

    ``variances`` are those of the estimate of the mean of the observation in this row, by OLS and by the BLUE.
    """

    place: tuple[int, int]
    parameters: dict[str, sympy.Expr]
    values: tuple[sympy.Expr, sympy.Expr]
    variances: tuple[sympy.Expr, sympy.Expr]

    def __str__(self) -> str:
        at = ", ".join(f"{inline(sympy.Symbol(name))} = {value}" for name, value in self.parameters.items())
        i, j = self.place
        return (
            f"at {at} entry ({i}, {j}) of VP is {self.values[0]} and of PV {self.values[1]}; the mean of "
            f"observation {i} is estimated with variance {self.variances[0]} by OLS and {self.variances[1]} by the BLUE"
        )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OlsIsBlue(Explained):
    """Whether ordinary least squares is best for all values of the parameters, which is also its truth value, and why.

    ``strata`` are those whose projections P is the sum of, None where V has none with that property; ``derivation``
    leads from VP to PV by them. ``counterexample`` is there where the answer is no.
    """

    holds: bool
    reason: str
    strata: tuple[str, ...] | None = None
    derivation: Derivation | None = None
    counterexample: Difference | None = None

    def __bool__(self) -> bool:
        return self.holds

    @property
    def parts(self) -> Sequence[Part]:
        return [self.because] if self.derivation is None else [self.because, self.derivation]

    @property
    def because(self) -> str:
        """The answer and the reason, in one sentence."""
        return f"OLS is {'' if self.holds else 'not '}BLUE: {self.reason}."


class Products:
    """VP and PV, and the variances of the estimates of E(y) by both estimators, as trees to be valued.

    X is n × p with independent columns or the model's own while a size is a letter, V n × n.
    """

    def __init__(self, X: Tree, V: Tree) -> None:
        P = projection(X)
        information = Product((Transpose(X), Inverse(V), X))
        full = known("full column rank", X).value is True
        inverse = Inverse(information) if full else generalized_inverse(information)
        self._products = (Product((V, P)), Product((P, V)))
        self._variances = (Product((P, V, P)), Product((X, inverse, Transpose(X))))

    def difference(self, instance: DrawnInstance) -> Difference | None:
        """Where the products differ on an instance, the row with the largest loss by OLS first; None where they do not.

        Raises DomainError where they have no value.
        """
        try:
            return self._difference(instance)
        except NotRationalError:
            return self._difference(instance.in_balls())

    def _difference(self, instance: DrawnInstance) -> Difference | None:
        left, right = (instance.arithmetic.entries(instance.value(tree)) for tree in self._products)
        cells = [(i, j) for i, line in enumerate(left) for j, x in enumerate(line) if _differ(x, right[i][j])]
        if not cells:
            return None
        by_ols, by_blue = (instance.arithmetic.entries(instance.value(tree)) for tree in self._variances)
        losses = [float(_number(by_ols[i][i] - by_blue[i][i])) for i in range(len(by_ols))]
        i, j = max(cells, key=lambda cell: (losses[cell[0]], -cell[0], -cell[1]))
        letters = {**instance.sizes, **{k: v for k, v in instance.scalars.items() if k not in instance.sizes}}
        return Difference(
            (i + 1, j + 1),
            {str(letter): sympy.Rational(value.numerator, value.denominator) for letter, value in letters.items()},
            (_number(left[i][j]), _number(right[i][j])),
            (_number(by_ols[i][i]), _number(by_blue[i][i])),
        )


def _differ(left: Number, right: Number) -> bool:
    return not left.overlaps(right) if isinstance(left, arb) else left != right


def _number(value: Number) -> sympy.Expr:
    """A rational number, or six digits of one that is not."""
    if isinstance(value, arb):
        return sympy.Float(float(value.mid()), 6)
    return sympy.Rational(int(value.p), int(value.q))


# Showing


@written.register
def write_ols_is_blue(found: OlsIsBlue, pen: Pen) -> Piece:
    """The sentence."""
    return Piece(pen.dialect.verbatim(found.because))
