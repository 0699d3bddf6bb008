"""Strategies that apply laws to a goal: shorten, expand, collect, write in terms of a name; each a Derivation."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.affine import is_random
from tutor.algebra.laws.blocks import BLOCKS
from tutor.algebra.laws.inverses import INVERSE_CANCELS_IN_SUM, INVERSES
from tutor.algebra.laws.joining import alike, all_alike, coefficient_of, factors_of, ordered, product_of, sum_of, times
from tutor.algebra.laws.kronecker import KRONECKER_DISTRIBUTED, KRONECKERS, VECS
from tutor.algebra.laws.logarithms import LOGARITHMS
from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.laws.products import COLLECTED_LEFT, COLLECTED_RIGHT, DISTRIBUTED, LIKE_TERMS, PRODUCTS
from tutor.algebra.laws.projections import PROJECTIONS
from tutor.algebra.laws.quadratics import QUADRATICS
from tutor.algebra.laws.ranks import RANKS
from tutor.algebra.laws.traces import DETERMINANTS, TRACES
from tutor.algebra.laws.transposes import TRANSPOSES
from tutor.algebra.laws.woodbury import PULLED_BACK, WOODBURY_BACK
from tutor.algebra.nodes import Product, Sum, Symbol
from tutor.algebra.rules import Derivation, Rewrite, Rule, derive_first
from tutor.algebra.tree import Tree
from tutor.display import writer

SHORTER: tuple[Rule, ...] = (
    *PRODUCTS,
    *TRANSPOSES,
    *INVERSES,
    *PROJECTIONS,
    *KRONECKERS,
    INVERSE_CANCELS_IN_SUM,
)
"""Laws that cancel, join and shorten; none of them opens a bracket."""

OPENED = (DISTRIBUTED, KRONECKER_DISTRIBUTED)
"""Laws that open brackets."""

NORMAL: tuple[Rule, ...] = tuple(
    dict.fromkeys(
        (
            *QUADRATICS,
            *MEANS,
            *VARIANCES,
            *SHORTER,
            *BLOCKS,
            *VECS,
            *TRACES,
            *RANKS,
            *DETERMINANTS,
            *LOGARITHMS,
            *OPENED,
        )
    )
)
"""Laws that lead to a normal form: a sum of products of letters and inverses, brackets opened."""


def shorten(tree: Tree) -> Derivation:
    """Cancel inverses, use idempotency, join terms; brackets stay closed.

    >>> from tutor.algebra.build import symbol
    >>> V = symbol("V", "n", "n", facts=["positive definite"])
    >>> shorten(V.inv() @ V @ V.inv()).result == V.inv()
    True
    """
    return derive_first(tree, SHORTER)


def normal_form(tree: Tree) -> Derivation:
    """The tree as a sum of products, each as short as the laws make it; two trees with one normal form are equal."""
    return derive_first(tree, NORMAL)


def expand(tree: Tree) -> Derivation:
    """Brackets opened, A(B + C) = AB + AC, and like terms added.

    >>> from tutor.algebra.build import symbol
    >>> A, B, C = (symbol(letter, "n", "n") for letter in "ABC")
    >>> expand(A @ (B + C)).result == A @ B + A @ C
    True
    """
    return derive_first(tree, (*PRODUCTS, *OPENED))


def collect(tree: Tree, factor: Tree | None = None) -> Derivation:
    """Common factors put in front of or behind a bracket, AB + AC = A(B + C); all of them, or one.

    >>> from tutor.algebra.build import symbol
    >>> A, B, C = (symbol(letter, "n", "n") for letter in "ABC")
    >>> collect(A @ B + A @ C).result == A @ (B + C)
    True
    """
    rules = (COLLECTED_LEFT, COLLECTED_RIGHT)
    if factor is not None:
        rules = tuple(_only_with(rule, factor) for rule in rules)
    return derive_first(tree, (LIKE_TERMS, *rules))


def _only_with(rule: Rule, factor: Tree) -> Rule:
    def rewrite(tree: Tree) -> Rewrite | None:
        found = rule.rewrite(tree)
        if found is None:
            return None
        terms = found.tree.terms if isinstance(found.tree, Sum) else (found.tree,)
        new = [term for term in terms if isinstance(term, Product) and factor in (term.factors[0], term.factors[-1])]
        return found if any(isinstance(tree, Sum) and term not in tree.terms for term in new) else None

    return Rule(rule.key, rule.because, rewrite, rule.example)


def in_terms_of(tree: Tree, name: Symbol) -> Derivation:
    """The tree with a name wherever its definition stands, in whatever form the laws know: V for ZGZ' + R, V⁻¹ for
    R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹, GZ'V⁻¹ for (Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹."""
    fold = named(name)
    return derive_first(tree, (*PRODUCTS, fold, _folded_in_products(name), WOODBURY_BACK, PULLED_BACK))


def named(name: Symbol) -> Rule:
    """The rule that puts a name in the place of what it is defined as, also of some terms of a longer sum."""

    def rewrite(tree: Tree) -> Rewrite | None:
        definition = name.definition
        if definition is None or tree == name or is_random(name):
            return None
        if alike(tree, definition):
            return Rewrite(name)
        if isinstance(tree, Sum) and isinstance(definition, Sum):
            return _part_of_sum(tree, definition, name)
        if isinstance(tree, Product) and isinstance(definition, Product):
            return _part_of_product(tree, definition, name)
        return None

    return Rule(
        f"name-{name.name}", _defined(name), rewrite, lambda: name if name.definition is None else name.definition
    )


def _part_of_sum(tree: Sum, definition: Sum, name: Symbol) -> Rewrite | None:
    """c times the definition among the terms of a longer sum."""
    wanted = [coefficient_of(term) for term in definition.terms]
    for term in tree.terms:
        coefficient, body = coefficient_of(term)
        if not alike(body, wanted[0][1]):
            continue
        scale = coefficient / wanted[0][0]
        rest = list(tree.terms)
        for own, part in wanted:
            match = next((t for t in rest if _is_multiple(t, scale * own, part)), None)
            if match is None:
                break
            rest.remove(match)
        else:
            return Rewrite(sum_of([times(scale, name), *rest]))
    return None


def _is_multiple(term: Tree, coefficient: object, body: Tree) -> bool:
    own, inner = coefficient_of(term)
    return own == coefficient and alike(inner, body)


def _part_of_product(tree: Product, definition: Product, name: Symbol) -> Rewrite | None:
    width = len(definition.factors)
    for start in range(len(tree.factors) - width + 1):
        if all_alike(tree.factors[start : start + width], definition.factors):
            return Rewrite(product_of((*tree.factors[:start], name, *tree.factors[start + width :])))
    return None


def _folded_in_products(name: Symbol) -> Rule:
    """A(B + C)D = AVD read backwards: terms ABD and ACD of a sum, where V is B + C."""

    def rewrite(tree: Tree) -> Rewrite | None:
        if not isinstance(tree, Sum) or not isinstance(name.definition, Sum) or is_random(name):
            return None
        first = name.definition.terms[0]
        for term in tree.terms:
            for before, behind in _around(term, first):
                found = _terms_around(tree, before, behind, term, name)
                if found is not None:
                    return found
        return None

    return Rule(f"name-{name.name}-between", _defined(name), rewrite, lambda: name)


def _defined(name: Symbol) -> str:
    """V = ZGZ' + R; "" for a name without a definition."""
    return "" if name.definition is None else f"{writer().inline(name)} = {writer().inline(name.definition)}"


def _around(term: Tree, part: Tree) -> list[tuple[Sequence[Tree], Sequence[Tree]]]:
    """What stands before and behind a part of a term, for each place where it stands."""
    factors, inner = factors_of(coefficient_of(term)[1]), factors_of(coefficient_of(part)[1])
    width = len(inner)
    return [
        (factors[:start], factors[start + width :])
        for start in range(len(factors) - width + 1)
        if all_alike(factors[start : start + width], inner) and width < len(factors)
    ]


def _terms_around(
    tree: Sum, before: Sequence[Tree], behind: Sequence[Tree], term: Tree, name: Symbol
) -> Rewrite | None:
    assert isinstance(name.definition, Sum)
    scale = coefficient_of(term)[0] / coefficient_of(name.definition.terms[0])[0]
    rest = list(tree.terms)
    for part in name.definition.terms:
        coefficient, body = coefficient_of(part)
        wanted = ordered(times(scale * coefficient, product_of((*before, body, *behind))))
        match = next((t for t in rest if ordered(t) == wanted), None)
        if match is None:
            return None
        rest.remove(match)
    return Rewrite(sum_of([times(scale, product_of((*before, name, *behind))), *rest]))
