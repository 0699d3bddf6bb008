"""The laws of the inverse. What has an inverse is known from facts, or the step says that it takes it for granted."""

from __future__ import annotations

import sympy

from tutor.algebra.build import identity, kron, reciprocal, symbol
from tutor.algebra.deductions.definite import congruence
from tutor.algebra.facts import REASONER, known
from tutor.algebra.laws.joining import alike, coefficient_of, factors_of, places, product_of, sum_of, terms_of, times
from tutor.algebra.nodes import (
    BlockDiagonal,
    Identity,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
)
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree
from tutor.display import writer

_Q, _S = symbol("Q", "n", "n", facts=["invertible"]), symbol("S", "n", "n", facts=["positive definite"])
_O = symbol("O", "n", "n", facts=["orthogonal"])
_X = symbol("X", "n", "p", facts=["full column rank"])
_c = Scalar(sympy.Symbol("c", positive=True))


def all_square(trees: tuple[Tree, ...]) -> bool:
    """Whether each tree is square: then each has an inverse where their product has one."""
    return all(same_size(*tree.shape) for tree in trees)


def granted(tree: Tree) -> str | None:
    """What must be assumed for A⁻¹ to exist: "" where it is known to, None where it is known not to.

    X'WX with W positive definite has an inverse exactly if X has full column rank.
    """
    found = known("invertible", tree)
    if found.value is not None:
        return "" if found.value else None
    split = congruence(tree, REASONER)
    if split is not None and REASONER.holds("positive definite", split[1]):
        return f"{writer().inline(split[0])} has full column rank"
    return f"{writer().inline(tree)} has an inverse"


def _of_inverse(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, Inverse):
        return Rewrite(tree.tree.tree)
    return None


def _of_product(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, Product) and all_square(tree.tree.factors):
        return Rewrite(Product(tuple(map(_inverted, reversed(tree.tree.factors)))))
    return None


def _of_scaled(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Inverse) or not isinstance(tree.tree, Scaled):
        return None
    scalar = tree.tree.scalar
    if isinstance(scalar, Scalar) and scalar.value.is_zero:
        return None
    return Rewrite(Scaled(reciprocal(scalar), Inverse(tree.tree.tree)))


def _of_transpose(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, Transpose):
        return Rewrite(Transpose(Inverse(tree.tree.tree)))
    return None


def _of_identity(tree: Tree) -> Rewrite | None:
    return Rewrite(tree.tree) if isinstance(tree, Inverse) and isinstance(tree.tree, Identity) else None


def _of_number(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, Scalar) and not tree.tree.value.is_zero:
        return Rewrite(Scalar(1 / tree.tree.value))
    return None


def _of_orthogonal(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Inverse):
        return None
    found = known("orthogonal", tree.tree)
    return Rewrite(Transpose(tree.tree), found.because) if found.value else None


def _of_kronecker(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, Kronecker) and all_square(tree.tree.factors):
        return Rewrite(Kronecker(tuple(map(_inverted, tree.tree.factors))))
    return None


def _of_block_diagonal(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Inverse) and isinstance(tree.tree, BlockDiagonal) and all_square(tree.tree.blocks):
        return Rewrite(BlockDiagonal(tuple(map(_inverted, tree.tree.blocks))))
    return None


def _inverted(tree: Tree) -> Tree:
    if isinstance(tree, Identity):
        return tree
    return tree.tree if isinstance(tree, Inverse) else Inverse(tree)


def _cancelled(tree: Tree) -> Rewrite | None:
    """A⁻¹A = AA⁻¹ = I within a product, A itself a product of any length."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if not isinstance(factor, Inverse):
            continue
        inside = factors_of(factor.tree)
        for start in (place + 1, place - len(inside)):
            if start < 0 or start not in places(tree.factors, inside):
                continue
            assumed = granted(factor.tree)
            if assumed is None:
                continue
            first, last = min(place, start), max(place + 1, start + len(inside))
            rest = product_of((*tree.factors[:first], *tree.factors[last:]), factor.rows)
            return Rewrite(rest, _cancelling(factor, after=start > place), assumed or None)
    return None


def _cancelling(inverse: Inverse, after: bool) -> str:
    parts = (inverse, *factors_of(inverse.tree)) if after else (*factors_of(inverse.tree), inverse)
    return f"{writer().inline(Product(parts))} = I"


def _cancelled_in_sum(tree: Tree) -> Rewrite | None:
    """A⁻¹B + A⁻¹C = I where A = B + C, with the same factors before and behind in each term; so on the right too."""
    if not isinstance(tree, Sum):
        return None
    for term in tree.terms:
        for place, factor in enumerate(factors_of(coefficient_of(term)[1])):
            if isinstance(factor, Inverse) and isinstance(factor.tree, Sum):
                for after in (True, False):
                    found = _whole_inside(tree, term, place, factor, after)
                    if found is not None:
                        return found
    return None


def _whole_inside(tree: Sum, term: Tree, place: int, inverse: Inverse, after: bool) -> Rewrite | None:
    """The sum with all terms of an inverted sum, which stand beside the inverse, replaced by what is around."""
    scale, body = coefficient_of(term)
    factors = factors_of(body)
    first, *others = terms_of(inverse.tree)
    multiple, first_body = coefficient_of(first)
    own = () if isinstance(first_body, Identity) else factors_of(first_body)
    start = place + 1 if after else place - len(own)
    if start < 0 or tuple(factors[start : start + len(own)]) != tuple(own):
        return None
    before, behind = factors[: min(place, start)], factors[max(place + 1, start + len(own)) :]
    scale = scale / multiple

    def expected(part: Tree) -> Tree:
        coefficient, inner = coefficient_of(part)
        middle = () if isinstance(inner, Identity) else factors_of(inner)
        between = (inverse, *middle) if after else (*middle, inverse)
        return times(scale * coefficient, product_of((*before, *between, *behind)))

    rest = [other for other in tree.terms if other is not term]
    for part in others:
        match = next((other for other in rest if alike(_simple(other), _simple(expected(part)))), None)
        if match is None:
            return None
        rest.remove(match)
    assumed = granted(inverse.tree)
    if assumed is None:
        return None
    whole = times(scale, product_of((*before, *behind), inverse.rows))
    position = tree.terms.index(term)
    kept = [other for other in tree.terms[:position] if other in rest]
    return Rewrite(sum_of([*kept, whole, *[other for other in rest if other not in kept]]), None, assumed or None)


def _simple(tree: Tree) -> Tree:
    coefficient, body = coefficient_of(tree)
    simple = sympy.cancel(coefficient)
    assert isinstance(simple, sympy.Expr)
    return times(simple, body)


INVERSE_OF_INVERSE = Rule("inverse-of-inverse", "(A⁻¹)⁻¹ = A", _of_inverse, lambda: _Q.inv().inv())
INVERSE_OF_PRODUCT = Rule(
    "inverse-of-product", "(AB)⁻¹ = B⁻¹A⁻¹ for square A and B", _of_product, lambda: (_Q @ _S).inv()
)
INVERSE_OF_SCALED = Rule("inverse-of-scaled", "(cA)⁻¹ = (1/c) A⁻¹", _of_scaled, lambda: (_c * _Q).inv())
INVERSE_OF_TRANSPOSE = Rule("inverse-of-transpose", "(A')⁻¹ = (A⁻¹)'", _of_transpose, lambda: _Q.T.inv())
INVERSE_OF_IDENTITY = Rule("inverse-of-identity", "I⁻¹ = I", _of_identity, lambda: identity("n").inv())
INVERSE_OF_NUMBER = Rule("inverse-of-number", "the inverse of a number is 1 over it", _of_number, lambda: _c.inv())
INVERSE_OF_ORTHOGONAL = Rule(
    "inverse-of-orthogonal", "the inverse of an orthogonal matrix is its transpose", _of_orthogonal, lambda: _O.inv()
)
INVERSE_OF_KRONECKER = Rule(
    "inverse-of-kronecker", "(A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹ for square A and B", _of_kronecker, lambda: kron(_Q, _S).inv()
)
INVERSE_OF_BLOCK_DIAGONAL = Rule(
    "inverse-of-block-diagonal",
    "each block along the diagonal is inverted",
    _of_block_diagonal,
    lambda: BlockDiagonal((_Q, _S)).inv(),
)
INVERSE_CANCELS = Rule("inverse-cancels", "A⁻¹A = AA⁻¹ = I", _cancelled, lambda: (_X.T @ _X).inv() @ _X.T @ _X)
INVERSE_CANCELS_IN_SUM = Rule(
    "inverse-cancels-in-sum",
    "(A + B)⁻¹A + (A + B)⁻¹B = I",
    _cancelled_in_sum,
    lambda: (_S + identity("n")).inv() @ _S + (_S + identity("n")).inv(),
)

INVERSES = (
    INVERSE_OF_INVERSE,
    INVERSE_OF_IDENTITY,
    INVERSE_OF_NUMBER,
    INVERSE_OF_SCALED,
    INVERSE_CANCELS,
    INVERSE_OF_ORTHOGONAL,
    INVERSE_OF_PRODUCT,
    INVERSE_OF_KRONECKER,
    INVERSE_OF_BLOCK_DIAGONAL,
)
"""What brings inverses down to letters and sums, and cancels them."""
