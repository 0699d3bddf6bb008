"""The sum A + UCW, few columns added to a matrix A: its inverse and its determinant from those of A and C.

(A + UCW)⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ and |A + UCW| = |A||C||C⁻¹ + WA⁻¹U| (Woodbury 1950; Henderson and Searle
1981, On deriving the inverse of a sum of matrices, SIAM Review 23, 53–60). Where C may be singular it is taken to U:
A + (UC)IW, and C⁻¹ + WA⁻¹U becomes I + WA⁻¹UC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.algebra.build import reciprocal
from tutor.algebra.laws.inverses import granted
from tutor.algebra.laws.joining import coefficient_of, factors_of, negated, product_of, short_product, square, sum_of
from tutor.algebra.nodes import Identity, Inverse, Scalar, Scaled, Sum, Symbol
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree


@dataclass(frozen=True, slots=True)
class LowRank:
    """The sum A + UCW: A is n × n, U n × k, C k × k, W k × n; ``first`` tells whether UCW is written first."""

    A: Tree
    U: Tree
    C: Tree
    W: Tree
    first: bool = False

    @property
    def whole(self) -> Tree:
        """A + UCW in the order written."""
        scalar, body = _scaled(self.C)
        update = _times(scalar, short_product(self.U, body, self.W))
        return sum_of((update, self.A) if self.first else (self.A, update))

    @property
    def inside(self) -> Tree:
        """C⁻¹ + WA⁻¹U, k × k; in the order of the whole."""
        return self.inside_with(inverted(self.A))

    def inside_with(self, A_inverse: Tree) -> Tree:
        """C⁻¹ + WA⁻¹U, k × k, for a form of A⁻¹ that is known."""
        scalar, body = _scaled(A_inverse)
        parts = (_times(scalar, short_product(self.W, body, self.U)), inverted(self.C))
        return sum_of(parts if self.first else reversed(parts))

    @property
    def inverse(self) -> Sum:
        """A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹, n × n."""
        return self.inverse_with(inverted(self.A))

    def inverse_with(self, A_inverse: Tree) -> Sum:
        """A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹, n × n, for a form of A⁻¹ that is known."""
        scalar, body = _scaled(A_inverse)
        update = short_product(body, self.U, Inverse(self.inside_with(A_inverse)), self.W, body)
        return Sum((A_inverse, negated(update if scalar is None else Scaled(square(scalar), update))))

    @property
    def with_core_in_columns(self) -> LowRank:
        """The same sum as A + (UC)IW, of which no inverse of C is asked."""
        return LowRank(self.A, short_product(self.U, self.C), Identity(self.C.rows), self.W, self.first)

    @property
    def assumed(self) -> tuple[str, ...] | None:
        """What must be assumed for A and C to have inverses; None where one is known to have none."""
        told = [granted(self.A), granted(self.C)]
        return None if None in told else tuple(filter(None, told))


def inverted(tree: Tree) -> Tree:
    """A⁻¹ as it is written: I for I, A for A⁻¹, (1/c) A⁻¹ for a number c times A."""
    if isinstance(tree, Identity):
        return tree
    if isinstance(tree, Inverse):
        return tree.tree
    if isinstance(tree, Scaled) and (isinstance(tree.scalar, Scalar) or isinstance(tree.tree, Identity)):
        return Scaled(reciprocal(tree.scalar), inverted(tree.tree))
    return Inverse(tree)


def _scaled(tree: Tree) -> tuple[Tree | None, Tree]:
    """cA as (c, A), another tree as (None, tree)."""
    return (tree.scalar, tree.tree) if isinstance(tree, Scaled) else (None, tree)


def _times(scalar: Tree | None, body: Tree) -> Tree:
    return body if scalar is None else Scaled(scalar, body)


def low_rank_sums(tree: Tree) -> Iterator[LowRank]:
    """The ways to see a sum, or a name for one, as A + UCW with fewer columns in U than rows, as far as sizes tell."""
    if isinstance(tree, Symbol) and isinstance(tree.definition, Sum):
        tree = tree.definition
    if not isinstance(tree, Sum):
        return
    for place, term in enumerate(tree.terms):
        rest = sum_of(tree.terms[:place] + tree.terms[place + 1 :])
        split = _update(term)
        if split is not None:
            yield LowRank(rest, *split, first=place == 0)


def _update(term: Tree) -> tuple[Tree, Tree, Tree] | None:
    """The U, C and W of a term UCW, or of a term c UW with C = cI."""
    coefficient, body = coefficient_of(term)
    factors = factors_of(body)
    if len(factors) < 2 or coefficient.is_zero is not False:
        return None
    for place, factor in enumerate(factors[1:-1], start=1):
        if same_size(*factor.shape) and not same_size(factor.rows, term.rows) and coefficient == 1:
            return product_of(factors[:place]), factor, product_of(factors[place + 1 :])
    for place in range(1, len(factors)):
        width = factors[place].rows
        if not same_size(width, term.rows):
            unit = Identity(width)
            C = unit if coefficient == 1 else Scaled(Scalar(coefficient), unit)
            return product_of(factors[:place]), C, product_of(factors[place:])
    return None
