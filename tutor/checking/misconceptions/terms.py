"""Edits of sums: a term left out, one too many, one with another sign or twice, a bracket lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import (
    Covariance,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
)  # fmt: skip
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, only_equal, products, replaced_once
from tutor.checking.misconceptions.roles import (
    INTERCEPTS,
    is_correlation,
    is_covariance,
    is_fixed,
    is_random,
    is_residual,
    names_in,
    parameters,
    symbol_named,
)  # fmt: skip
from tutor.checking.misconceptions.written import is_written_as
from tutor.checking.points import same_matrix
from tutor.errors import TutorError

MINUS_ONE = Scalar(sympy.S.NegativeOne)

MOST_TERMS = 8
"""Terms of an answer of which each is tried as one too many."""


def dropped_terms(case: Case, tree: Tree) -> Iterator[Edit]:
    """A sum without one of its terms, or with one term alone."""
    for node in _sums(tree):
        for place, dropped in enumerate(node.terms):
            rest = (*node.terms[:place], *node.terms[place + 1 :])
            yield from _without(case, tree, node, (dropped,), rest)
    for node in _sums(tree):
        if len(node.terms) > 2:
            for place, kept in enumerate(node.terms):
                rest = (*node.terms[:place], *node.terms[place + 1 :])
                yield from _without(case, tree, node, rest, (kept,))


def _sums(tree: Tree) -> Iterator[Sum]:
    return (node for node in walk(tree) if isinstance(node, Sum))


def _without(case: Case, tree: Tree, node: Sum, dropped: tuple[Tree, ...], rest: tuple[Tree, ...]) -> Iterator[Edit]:
    kept = sum_or_term(rest)
    keys = dict.fromkeys(_key_of_dropped(case, term, kept) for term in dropped)
    if len(keys) > 1:
        return
    (key,) = keys
    facts = {"kept": kept}

    def change(part: Tree) -> Iterator[Tree]:
        if part is node:
            yield kept

    for edited in replaced_once(tree, change):
        yield Edit(Diagnosis(key, facts), edited)
    if isinstance(kept, Scaled) and kept.scalar == MINUS_ONE:  # GZ'V⁻¹ZG for G − GZ'V⁻¹ZG: no sign is left before it
        for edited in replaced_once(tree, only_equal(node, kept.tree)):
            yield Edit(Diagnosis(key, {"kept": kept.tree}), edited)


def _key_of_dropped(case: Case, dropped: Tree, kept: Tree) -> str:
    if names_in(kept) == {"y"} and "X" in names_in(dropped) and names_in(dropped) & {"beta", "betahat"}:
        return "mean-not-subtracted"
    inverted = any(isinstance(node, Inverse) for node in walk(dropped))
    if any(isinstance(node, Covariance) for node in walk(dropped)) and not inverted:
        return "variance-of-sum"
    if {"X", "V"} <= names_in(dropped) and _is_log_determinant(dropped):
        return "ml-for-reml"
    left_in_both = names_in(dropped) <= names_in(kept) and set(parameters([dropped])) <= set(parameters([kept]))
    if inverted or left_in_both:
        return "missing-term"
    return key_of_parameters(case, parameters([dropped]), names_in(dropped))


def _is_log_determinant(tree: Tree) -> bool:
    return "log" in str(tree) and any(isinstance(node, Inverse) for node in walk(tree))


def key_of_parameters(case: Case, dropped: list[sympy.Symbol], names: set[str]) -> str:
    """What it is to leave out everything with these parameters and names of matrices."""
    if names & {"R", "e"} and not names & {"Z", "G", "u"}:
        return "missing-residual"
    if names & {"Z", "G", "u"} and not names & {"X", "y"}:
        return "missing-random"
    scales = [parameter for parameter in dropped if not is_correlation(parameter)]
    if scales and all(is_covariance(parameter) for parameter in scales):
        return "variance-of-sum"
    if scales and all(is_residual(case, parameter) for parameter in scales):
        return "missing-residual"
    if scales and any(is_random(case, parameter) for parameter in scales):
        return "missing-random"
    if scales and all(parameter.name in INTERCEPTS for parameter in scales if is_fixed(case, parameter)):
        return "missing-intercept" if any(is_fixed(case, parameter) for parameter in scales) else "missing-term"
    return "missing-term"


def added_terms(case: Case, tree: Tree) -> Iterator[Edit]:
    """The reference with a term of the model that it has not: R beside ZGZ', where ZGZ' alone was asked for."""
    known = names_in(tree)
    for name in ("R", "G", "V"):
        symbol = symbol_named(case, name)
        if symbol is None or symbol.shape != tree.shape or name in known:
            continue
        definition = symbol.definition
        if name == "V" and not isinstance(definition, Sum):
            continue
        for term in definition.terms if isinstance(definition, Sum) else (symbol,):
            if term != tree:
                yield Edit(Diagnosis("extra-term", {"added": term}), tree + term)


def extra_terms(case: Case) -> Diagnosis | None:
    """What was asked for, with a term beside it that does not belong."""
    terms = case.answer.terms if isinstance(case.answer, Sum) else _terms_of_number(case.answer)
    if not 1 < len(terms) <= MOST_TERMS:
        return None
    for place, added in enumerate(terms):
        rest = sum_or_term((*terms[:place], *terms[place + 1 :]))
        if rest.shape == case.reference.shape and (
            is_written_as(rest, case.reference) or _has_value_of_reference(case, rest)
        ):
            return Diagnosis("extra-term", {"added": added})
    return None


def _terms_of_number(tree: Tree) -> tuple[Tree, ...]:
    if not isinstance(tree, Scalar):
        return ()
    terms = sympy.Add.make_args(expanded(tree.value))
    return tuple(Scalar(term) for term in terms if isinstance(term, sympy.Expr))


def _has_value_of_reference(case: Case, tree: Tree) -> bool:
    try:
        return bool(case.points) and all(
            same_matrix(point.instance, point.instance.value(tree), point.reference) for point in case.points
        )
    except (TutorError, NotRationalError, ArithmeticError):
        return False


def lost_parentheses(case: Case, tree: Tree) -> Iterator[Edit]:
    """A bracket left out: A + B⁻¹ for (A + B)⁻¹, cA + B for c(A + B), AB' for (AB)'."""
    del case

    def opened(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse | Transpose) and isinstance(node.tree, Sum | Product):
            yield from _postfix_on_one(node, node.tree)
        if isinstance(node, Scaled) and isinstance(node.tree, Sum):
            yield from _on_one(node.tree, lambda term: Scaled(node.scalar, term))
        if isinstance(node, Product | Kronecker):
            for place, factor in enumerate(node.parts):
                if isinstance(factor, Sum):
                    yield from _split_product(node, place, factor)

    for edited in replaced_once(tree, opened):
        yield Edit(Diagnosis("parentheses-lost"), edited)


def _postfix_on_one(node: Inverse | Transpose, inner: Sum | Product) -> Iterator[Tree]:
    kind = type(node)
    for place, part in enumerate(inner.parts):
        if kind is Inverse and (part.rows != part.columns or isinstance(part, Inverse)):
            continue  # of (X'V⁻¹X)⁻¹ nobody keeps the outer inverse at V⁻¹
        parts = (*inner.parts[:place], kind(part), *inner.parts[place + 1 :])
        if isinstance(inner, Product):
            yield from products(parts)
        elif kind(part).shape == part.shape:
            yield inner.rebuild(parts)


def _on_one(node: Sum, make: Callable[[Tree], Tree]) -> Iterator[Tree]:
    for place, term in enumerate(node.terms):
        try:
            yield Sum((*node.terms[:place], make(term), *node.terms[place + 1 :]))
        except TutorError:
            continue


def _split_product(node: Product | Kronecker, place: int, factor: Sum) -> Iterator[Tree]:
    """L(A + B)M read as LA + BM."""
    single = product_or_factor if isinstance(node, Product) else _kronecker_or_factor
    before, after = node.parts[:place], node.parts[place + 1 :]
    first, last = factor.terms[0], factor.terms[-1]
    terms = single((*before, first)), *factor.terms[1:-1], single((last, *after))
    if all(same_shape(term.shape, terms[0].shape) for term in terms):  # an error that names them costs more
        yield Sum(terms)


def _kronecker_or_factor(factors: tuple[Tree, ...]) -> Tree:
    return factors[0] if len(factors) == 1 else Kronecker(factors)


def scaled_terms(case: Case, tree: Tree) -> Iterator[Edit]:
    """One term of a sum with the other sign, twice, or halved."""
    del case
    signed = (("sign", sympy.Integer(-1)), ("factor-2", sympy.Integer(2)), ("factor-2", sympy.Rational(1, 2)))
    for key, factor in signed:

        def change(node: Tree, factor: sympy.Expr = factor) -> Iterator[Tree]:
            if isinstance(node, Sum):
                for place, term in enumerate(node.terms):
                    changed = Scaled(Scalar(factor), term)
                    yield Sum((*node.terms[:place], changed, *node.terms[place + 1 :]))

        for edited in replaced_once(tree, change):
            yield Edit(Diagnosis(key), edited)


def negative(case: Case, tree: Tree) -> Iterator[Edit]:
    """The whole with the other sign."""
    del case
    yield Edit(Diagnosis("sign"), Scaled(Scalar(sympy.Integer(-1)), tree))


def on_diagonal_lost(case: Case, tree: Tree) -> Iterator[Edit]:
    """J − I where J belongs: a component beside the diagonal that is not on it."""
    del case

    def change(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Ones) and node.rows == node.columns and not node.is_scalar:
            yield Sum((node, Scaled(Scalar(sympy.Integer(-1)), Identity(node.row_size))))

    for edited in replaced_once(tree, change):
        yield Edit(Diagnosis("missing-component-on-diagonal"), edited)
