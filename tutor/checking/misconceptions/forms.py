"""The forms of a reference that are edited: as it is, V and all other names by what they stand for, by structure."""

from __future__ import annotations

from functools import lru_cache

from tutor.algebra.balanced import closed_form
from tutor.algebra.laws.joining import factors_of, product_of
from tutor.algebra.laws.low_rank import inverted, low_rank_sums
from tutor.algebra.laws.moments import MEANS, VARIANCES, definition_of
from tutor.algebra.nodes import Covariance, Expectation, Inverse, Kronecker, Product, Scaled, Sum, Symbol, Variance
from tutor.algebra.rules import derive_first
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.checking.case import Case
from tutor.checking.equal import compare
from tutor.checking.misconceptions.roles import symbol_named
from tutor.errors import TutorError

MOST_NODES = 120
"""A larger form is not edited."""


@lru_cache(maxsize=256)
def forms_of(tree: Tree) -> tuple[Tree, ...]:
    """The forms of a tree, each once, the plainest first."""
    forms = [tree, closed_form(tree), _once(tree)]
    if any(isinstance(node, Inverse) for node in walk(tree)):
        forms += [_within_inverses(tree), solved(tree)]
    forms += [inlined(tree), _spread(forms[1])]
    return tuple(form for form in dict.fromkeys(forms) if sum(1 for _ in walk(form)) <= MOST_NODES)


def of_moment(tree: Tree) -> tuple[Tree, ...]:
    """The forms of Cov(u, y), Var(y) or E(y) as the laws of moments work it out, GZ', ZGZ' + R and Xβ; () for what is
    no moment of vectors, or one that they do not reach."""
    if not isinstance(tree, Variance | Covariance | Expectation) or tree.is_scalar:
        return ()
    vectors = [part for part in symbols_of(tree) if part.role == "random" and part.definition is not None]
    laws = MEANS if isinstance(tree, Expectation) else VARIANCES
    found = derive_first(tree, (*(definition_of(vector, "") for vector in vectors), *laws)).result
    if any(isinstance(node, Variance | Covariance | Expectation) for node in walk(found)):
        return ()
    return forms_of(found)


def of_low_rank(tree: Tree) -> tuple[Tree, ...]:
    """V⁻¹ as R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹, by Woodbury's identity, GZ'V⁻¹ as (Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹, and
    G − GZ'V⁻¹ZG as (Z'R⁻¹Z + G⁻¹)⁻¹; () for what has no inverse of such a sum."""
    if isinstance(tree, Inverse):
        return tuple(split.inverse for split in low_rank_sums(tree.tree))[:1]
    if isinstance(tree, Sum):
        inverses = dict.fromkeys(node for node in walk(tree) if isinstance(node, Inverse))
        for split in (split for inverse in inverses for split in low_rank_sums(inverse.tree)):
            if same_shape(tree.shape, split.C.shape) and compare(Inverse(split.inside), tree).same:
                return (Inverse(split.inside),)
        return ()
    factors = factors_of(tree)
    for place, factor in enumerate(factors):
        for split in low_rank_sums(factor.tree) if isinstance(factor, Inverse) and place > 1 else ():
            if factors[place - 2 : place] == (split.C, split.W):
                inner = (Inverse(split.inside), split.W, inverted(split.A))
                return (product_of((*factors[: place - 2], *inner, *factors[place + 1 :])),)
    return ()


def of_inverse(case: Case) -> tuple[Tree, ...]:
    """(ZGZ' + R)⁻¹ for R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹; () for what is no sum that is V⁻¹."""
    V = symbol_named(case, "V")
    if V is None or not isinstance(V.definition, Sum) or not same_shape(case.reference.shape, V.shape):
        return ()
    if not isinstance(case.reference, Sum) or not any(isinstance(node, Inverse) for node in walk(case.reference)):
        return ()
    return (Inverse(V.definition),) if compare(Inverse(V), case.reference).same else ()


def of_sandwich(case: Case) -> tuple[Tree, ...]:
    """(X'V⁻¹X)⁻¹ as (X'V⁻¹X)⁻¹X'V⁻¹VV⁻¹X(X'V⁻¹X)⁻¹, the variance of what (X'V⁻¹X)⁻¹X'V⁻¹ makes of y, where the answer
    begins and ends with this inverse; () for any other."""
    tree, factors = case.reference, factors_of(case.answer)
    if len(factors) < 3 or not isinstance(tree, Inverse) or not isinstance(tree.tree, Product):
        return ()
    middle = tree.tree.factors[1]
    if len(tree.tree.factors) != 3 or not isinstance(middle, Inverse) or {factors[0], factors[-1]} != {tree}:
        return ()
    left, _, right = tree.tree.factors
    return (Product((tree, left, middle, middle.tree, middle, right, tree)),)


def _once(tree: Tree) -> Tree:
    """Names of sums by what they stand for: ZGZ' + R for V."""

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Symbol) and node.definition is not None and node.role != "random":
            return node.definition if symbols_of(node.definition) else None
        return None

    return transform(tree, change)


@lru_cache(maxsize=1024)
def inlined(tree: Tree) -> Tree:
    """The tree with each name by what it stands for, and that by what its names stand for; vectors keep theirs."""

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Symbol) and node.definition is not None and node.role != "random":
            return inlined(node.definition)
        return None

    return transform(tree, change)


def _spread(tree: Tree) -> Tree:
    """A closed form with each term for itself: σ² (I_b ⊗ I_t) + σ²_u (I_b ⊗ J_t) for I_b ⊗ (σ² I_t + σ²_u J_t)."""
    *before, last = tree.parts or (tree,)
    if not isinstance(tree, Kronecker) or not isinstance(last, Sum):
        return tree
    return Sum(tuple(_factored(tuple(before), term) for term in last.terms))


def _factored(before: tuple[Tree, ...], term: Tree) -> Tree:
    if isinstance(term, Scaled):
        return Scaled(term.scalar, _factored(before, term.tree))
    after = term.factors if isinstance(term, Kronecker) else (term,)
    return Kronecker((*before, *after))


def _within_inverses(tree: Tree) -> Tree:
    """What is inverted by its structure, and not yet inverted: (I_b ⊗ (σ² I_t + σ²_u J_t))⁻¹ for V⁻¹."""

    def change(node: Tree) -> Tree | None:
        return Inverse(closed_form(node.tree)) if isinstance(node, Inverse) else None

    return transform(tree, change)


@lru_cache(maxsize=256)
def _worked_out(inverse: Inverse) -> Tree:
    """An inverse by the structure of what is inverted, as it is where that has none."""
    try:
        return inverse.closed_form()
    except (TutorError, ValueError):
        return inverse


@lru_cache(maxsize=256)
def solved(tree: Tree) -> Tree:
    """The tree with its inverses worked out; a number as a whole.

    A product such as X'V⁻¹X keeps its factors: worked out as well it has many cells, which nobody edits.
    """

    def change(node: Tree) -> Tree | None:
        return _worked_out(node) if isinstance(node, Inverse) else None

    if not tree.is_scalar:
        return transform(tree, change)
    try:
        return tree.closed_form()
    except (TutorError, ValueError):
        return tree
