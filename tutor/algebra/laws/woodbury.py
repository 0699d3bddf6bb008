"""The laws of a sum A + UCW with an inverse that is known from those of A and C.

(A + UCW)⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ and |A + UCW| = |A||C||C⁻¹ + WA⁻¹U| (Henderson and Searle 1981, On
deriving the inverse of a sum of matrices). With them CW(A + UCW)⁻¹ = (C⁻¹ + WA⁻¹U)⁻¹WA⁻¹, by which GZ'V⁻¹ is
(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.algebra.build import reciprocal, symbol
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.laws.inverses import granted
from tutor.algebra.laws.joining import (
    alike,
    all_alike,
    coefficient_of,
    factors_of,
    negated,
    product_of,
    square,
    sum_of,
    terms_of,
)
from tutor.algebra.nodes import Determinant, Identity, Inverse, Product, Scalar, Scaled, Sum, Symbol
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree
from tutor.display import writer

_Z, _G = symbol("Z", "n", "q"), symbol("G", "q", "q", facts=["positive definite"])
_R = symbol("R", "n", "n", facts=["positive definite"])


@dataclass(frozen=True, slots=True)
class LowRank:
    """The sum A + UCW: A is n × n, U n × k, C k × k, W k × n; ``first`` tells whether UCW is written first."""

    A: Tree
    U: Tree
    C: Tree
    W: Tree
    first: bool

    @property
    def whole(self) -> Tree:
        """A + UCW in the order written."""
        update = product_of((self.U, *(() if isinstance(self.C, Identity) else (self.C,)), self.W))
        if isinstance(self.C, Scaled) and isinstance(self.C.tree, Identity):
            update = Scaled(self.C.scalar, product_of((self.U, self.W)))
        return sum_of((update, self.A) if self.first else (self.A, update))

    @property
    def inside(self) -> Tree:
        """C⁻¹ + WA⁻¹U, k × k; in the order of the whole."""
        middle = product_of((self.W, *_inverse_factors(self.A), self.U))
        scalar, body = _scaled_inverse(self.A)
        if scalar is not None:
            middle = Scaled(scalar, product_of((self.W, *body, self.U)))
        parts = (middle, inverted(self.C))
        return sum_of(parts if self.first else reversed(parts))

    @property
    def assumed(self) -> tuple[str, ...] | None:
        """What must be assumed for A and C to have inverses; None where one is known to have none."""
        told = [granted(self.A), granted(self.C)]
        return None if None in told else tuple(filter(None, told))


def inverted(tree: Tree) -> Tree:
    """A⁻¹ as it is written: I for I, A for A⁻¹, (1/c) I for cI."""
    if isinstance(tree, Identity):
        return tree
    if isinstance(tree, Inverse):
        return tree.tree
    if isinstance(tree, Scaled) and isinstance(tree.tree, Identity):
        return Scaled(reciprocal(tree.scalar), tree.tree)
    return Inverse(tree)


def _scaled_inverse(tree: Tree) -> tuple[Tree | None, tuple[Tree, ...]]:
    """1/c and no factor for cI: I among factors is not written."""
    if isinstance(tree, Scaled) and isinstance(tree.tree, Identity):
        return reciprocal(tree.scalar), ()
    return None, ()


def _inverse_factors(tree: Tree) -> tuple[Tree, ...]:
    return () if isinstance(tree, Identity) else (inverted(tree),)


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


def _assumption(*parts: tuple[str, ...] | None) -> str | None:
    return ", ".join(dict.fromkeys(told for part in parts if part for told in part)) or None


def _named(tree: Tree) -> str | None:
    """V = ZGZ' + R, where the sum has a name."""
    if isinstance(tree, Symbol) and tree.definition is not None:
        return f"{writer().inline(tree)} = {writer().inline(tree.definition)}"
    return None


def _reason(sentence: str, tree: Tree) -> str:
    named = _named(tree)
    return sentence if named is None else f"{sentence}, and {named}"


def _woodbury(tree: Tree) -> Rewrite | None:
    """(A + UCW)⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹."""
    if not isinstance(tree, Inverse):
        return None
    for found in low_rank_sums(tree.tree):
        assumed = found.assumed
        if assumed is None:
            continue
        outer = inverted(found.A)
        scalar, _ = _scaled_inverse(found.A)
        if scalar is None:
            around = _inverse_factors(found.A)
            update = product_of((*around, found.U, Inverse(found.inside), found.W, *around))
        else:
            inner = product_of((found.U, Inverse(found.inside), found.W))
            update = Scaled(square(scalar), inner)
        return Rewrite(Sum((outer, negated(update))), _reason(WOODBURY_SENTENCE, tree.tree), _assumption(assumed))
    return None


def _woodbury_back(tree: Tree) -> Rewrite | None:
    """A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ = (A + UCW)⁻¹, for a sum of these two terms."""
    if not isinstance(tree, Sum) or len(tree.terms) != 2:
        return None
    for outer, update in (tree.terms, tree.terms[::-1]):
        coefficient, body = coefficient_of(update)
        factors = factors_of(body)
        if coefficient != -1 or not isinstance(outer, Inverse) or len(factors) < 3:
            continue
        if not alike(factors[0], outer) or not alike(factors[-1], outer):
            continue
        for place, factor in enumerate(factors):
            if not isinstance(factor, Inverse) or not 1 < place < len(factors) - 2:
                continue
            U, W = factors[1:place], factors[place + 1 : -1]
            C = _core(factor.tree, (*W, outer, *U))
            if C is not None:
                found = LowRank(outer.tree, product_of(U), C, product_of(W), first=True)
                assumed = found.assumed
                if assumed is not None:
                    return Rewrite(Inverse(found.whole), None, _assumption(assumed))
    return None


def _core(inside: Tree, middle: tuple[Tree, ...]) -> Tree | None:
    """The C of C⁻¹ + WA⁻¹U, whose second term is given by its factors; None where the sum is another."""
    terms = terms_of(inside)
    if len(terms) != 2:
        return None
    for first, second in (terms, terms[::-1]):
        if all_alike(factors_of(first), middle):
            return inverted(second)
    return None


def _pushed_through(tree: Tree) -> Rewrite | None:
    """CW(A + UCW)⁻¹ = (C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ and (A + UCW)⁻¹UC = A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹, within a product."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if not isinstance(factor, Inverse):
            continue
        before, behind = tree.factors[:place], tree.factors[place + 1 :]
        for found in low_rank_sums(factor.tree):
            assumed = found.assumed
            if assumed is None or isinstance(found.C, Scaled | Identity) or isinstance(found.A, Scaled | Identity):
                continue
            U, C, W = factors_of(found.U), found.C, factors_of(found.W)
            because = _reason(PUSHED_SENTENCE, factor.tree)
            if all_alike(before[len(before) - 1 - len(W) :], (C, *W)):
                new = (Inverse(found.inside), *W, *_inverse_factors(found.A))
                kept = (*before[: len(before) - 1 - len(W)], *new, *behind)
                return Rewrite(product_of(kept), because, _assumption(assumed))
            if all_alike(behind[: len(U) + 1], (*U, C)):
                new = (*_inverse_factors(found.A), *U, Inverse(found.inside))
                return Rewrite(product_of((*before, *new, *behind[len(U) + 1 :])), because, _assumption(assumed))
    return None


def _pulled_back(tree: Tree) -> Rewrite | None:
    """(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ = CW(A + UCW)⁻¹ and A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹ = (A + UCW)⁻¹UC, within a product."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if not isinstance(factor, Inverse) or len(terms_of(factor.tree)) != 2:
            continue
        before, behind = tree.factors[:place], tree.factors[place + 1 :]
        for low in _seen_as(factor.tree):
            assumed = low.assumed
            if assumed is None:
                continue
            outer = Inverse(low.A)
            U, W = factors_of(low.U), factors_of(low.W)
            if all_alike(behind[: len(W) + 1], (*W, outer)):
                new = (low.C, *W, Inverse(low.whole))
                return Rewrite(product_of((*before, *new, *behind[len(W) + 1 :])), None, _assumption(assumed))
            if all_alike(before[len(before) - 1 - len(U) :], (outer, *U)):
                new = (Inverse(low.whole), *U, low.C)
                kept = (*before[: len(before) - 1 - len(U)], *new, *behind)
                return Rewrite(product_of(kept), None, _assumption(assumed))
    return None


def _seen_as(inside: Tree) -> Iterator[LowRank]:
    """C⁻¹ + WA⁻¹U as what comes of A + UCW, for each inverse among the factors of one of its terms."""
    terms = terms_of(inside)
    for first, second in (terms, terms[::-1]):
        factors = factors_of(first)
        for place, factor in enumerate(factors):
            if isinstance(factor, Inverse) and 0 < place < len(factors) - 1:
                W, U = product_of(factors[:place]), product_of(factors[place + 1 :])
                yield LowRank(factor.tree, U, inverted(second), W, first=True)


def _determinant(tree: Tree) -> Rewrite | None:
    """|A + UCW| = |A||C||C⁻¹ + WA⁻¹U|."""
    if not isinstance(tree, Determinant):
        return None
    for found in low_rank_sums(tree.tree):
        assumed = found.assumed
        if assumed is not None:
            parts = Scaled(Determinant(found.A), Scaled(Determinant(found.C), Determinant(found.inside)))
            return Rewrite(parts, _reason(LEMMA_SENTENCE, tree.tree), _assumption(assumed))
    return None


WOODBURY_SENTENCE = "(A + UCW)⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹"
PUSHED_SENTENCE = "CW(A + UCW)⁻¹ = (C⁻¹ + WA⁻¹U)⁻¹WA⁻¹"
LEMMA_SENTENCE = "|A + UCW| = |A||C||C⁻¹ + WA⁻¹U|"

WOODBURY = Rule("woodbury", WOODBURY_SENTENCE, _woodbury, lambda: (_Z @ _G @ _Z.T + _R).inv())
WOODBURY_BACK = Rule(
    "woodbury-back",
    "A⁻¹ − A⁻¹U(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ = (A + UCW)⁻¹",
    _woodbury_back,
    lambda: _R.inv() + MINUS_ONE * (_R.inv() @ _Z @ (_Z.T @ _R.inv() @ _Z + _G.inv()).inv() @ _Z.T @ _R.inv()),
)
PUSHED_THROUGH = Rule(
    "pushed-through", PUSHED_SENTENCE, _pushed_through, lambda: _G @ _Z.T @ (_Z @ _G @ _Z.T + _R).inv()
)
PULLED_BACK = Rule(
    "pulled-back",
    "(C⁻¹ + WA⁻¹U)⁻¹WA⁻¹ = CW(A + UCW)⁻¹",
    _pulled_back,
    lambda: (_Z.T @ _R.inv() @ _Z + _G.inv()).inv() @ _Z.T @ _R.inv(),
)
DETERMINANT_LEMMA = Rule("determinant-lemma", LEMMA_SENTENCE, _determinant, lambda: (_Z @ _G @ _Z.T + _R).det())

LOW_RANK = (WOODBURY, WOODBURY_BACK, PUSHED_THROUGH, PULLED_BACK, DETERMINANT_LEMMA)
"""What changes between the inverse of a sum and those of its parts, in either direction."""
