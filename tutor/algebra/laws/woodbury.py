"""The laws of a sum A + UCW: Woodbury's identity, the determinant lemma, and GZ'V⁻¹ = (Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹.

The last is CW(A + UCW)⁻¹ = (C⁻¹ + WA⁻¹U)⁻¹WA⁻¹, which follows from Woodbury's identity (Henderson and Searle 1981, On
deriving the inverse of a sum of matrices).
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra.build import symbol
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.laws.inverses import granted
from tutor.algebra.laws.joining import (
    alike,
    all_alike,
    coefficient_of,
    factors_of,
    product_of,
    terms_of,
    times,
)
from tutor.algebra.laws.low_rank import LowRank, inverted, low_rank_sums
from tutor.algebra.nodes import Determinant, Identity, Inverse, Product, Scaled, Sum, Symbol
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree
from tutor.display import writer

_Z, _G = symbol("Z", "n", "q"), symbol("G", "q", "q", facts=["positive definite"])
_R = symbol("R", "n", "n", facts=["positive definite"])


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
        if assumed is not None:
            return Rewrite(found.inverse, _reason(WOODBURY_SENTENCE, tree.tree), _assumption(assumed))
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
                new = (Inverse(found.inside), *W, *factors_of(inverted(found.A)))
                kept = (*before[: len(before) - 1 - len(W)], *new, *behind)
                return Rewrite(product_of(kept), because, _assumption(assumed))
            if all_alike(behind[: len(U) + 1], (*U, C)):
                new = (*factors_of(inverted(found.A)), *U, Inverse(found.inside))
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


def _pushed_through_identity(tree: Tree) -> Rewrite | None:
    """A(cI + BA)⁻¹ = (cI + AB)⁻¹A, since A(cI + BA) = (cI + AB)A: I in the sum, and A before the inverse."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if not isinstance(factor, Inverse) or not isinstance(factor.tree, Sum) or len(factor.tree.terms) != 2:
            continue
        for outer, inner in (factor.tree.terms, factor.tree.terms[::-1]):
            number, body = coefficient_of(outer)
            scale, product = coefficient_of(inner)
            inside = factors_of(product)
            for width in range(1, len(inside)):
                B, A = inside[:-width], inside[-width:]
                if (
                    not isinstance(body, Identity)
                    or width > place
                    or not all_alike(tree.factors[place - width : place], A)
                ):
                    continue
                other = Sum((times(number, Identity(A[0].rows)), times(scale, product_of((*A, *B)))))
                assumed = granted(factor.tree)
                if assumed is not None:
                    before, behind = tree.factors[: place - width], tree.factors[place + 1 :]
                    return Rewrite(product_of((*before, Inverse(other), *A, *behind)), None, assumed or None)
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

IDENTITY_PUSHED_THROUGH = Rule(
    "identity-pushed-through",
    "A(I + BA)⁻¹ = (I + AB)⁻¹A",
    _pushed_through_identity,
    lambda: _Z @ (Identity(_Z.columns) + _Z.T @ _Z).inv(),
)

LOW_RANK = (WOODBURY, WOODBURY_BACK, PUSHED_THROUGH, PULLED_BACK, DETERMINANT_LEMMA, IDENTITY_PUSHED_THROUGH)
"""What changes between the inverse of a sum and those of its parts, in either direction."""
