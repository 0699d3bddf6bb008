"""What a question demands of the form of an answer, judged apart from its value.

Each form is a function of the answer's tree and of what was asked for; it tells what is amiss, or None.

"Simplified" means that nothing is left to do that makes an expression shorter without a law of its own: no two terms
of a sum that differ by a number only, no transpose of a transpose, inverse of an inverse or factor I, no fraction with
a common factor above and below its line; and not more than twice as many signs as the reference or its closed form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import sympy

from tutor.algebra.balanced import closed_form
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import (
    Block,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import TutorError
from tutor.notation.as_written import Written, as_written
from tutor.notation.names import unicode_name
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary

NAMES_LEFT = "names-left"
"""The form of an answer that is true but leaves names that the question wants written out."""

Amiss = str | None

_NOT_SINGLE = "True, but it was to be written as a single fraction.\nWhat is the common denominator?"


def unmet(answer: Tree, asked: Tree, demanded: Sequence[str]) -> tuple[str, str] | None:
    """The first form that an answer does not have, and what the student reads about it."""
    for form in demanded:
        told = _FORMS[form](answer, asked) if form in _FORMS else None
        if told is not None:
            return form, told
    return None


def unmet_as_written(text: str, vocabulary: Vocabulary, demanded: Sequence[str]) -> tuple[str, str] | None:
    """The first form that the text of an answer does not have though its tree does: SymPy joins the terms of a sum of
    numbers, cancels what a fraction has above and below, and divides term by term, as soon as it has them."""
    if not {"simplified", "single-fraction"} & set(demanded):
        return None
    written = as_written(text, vocabulary)
    left = _left_in_numbers(written)
    if "simplified" in demanded and left is not None:
        return "simplified", f"True, but it can be simplified: {left}."
    if "single-fraction" in demanded and written.has_sum_of_fractions:
        return "single-fraction", _NOT_SINGLE
    return None


def _left_in_numbers(written: Written) -> Amiss:
    for terms in written.sums:
        if any(term.is_zero for term in terms):
            return "a term is zero"
        if any((left / right).is_number for left, right in combinations(terms, 2)):
            return "two terms of a sum differ by a factor only"
    if any(_share_a_factor(above, below) for above, below in written.fractions):
        return "a fraction has a common factor above and below its line"
    return None


def _share_a_factor(above: sympy.Expr, below: sympy.Expr) -> bool:
    try:
        shared = sympy.gcd(above, below)
    except sympy.PolynomialError:
        return False
    return bool(shared.free_symbols) or (shared.is_Integer and shared not in (1, -1))


def names_left(answer: Tree, without: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names, or expressions as V^-1, that an answer should have written out and has not.

    Raises
    ------
    ReadError
        For an expression that cannot be read.
    """
    return tuple(
        unicode_name(told) if told.isidentifier() else told for told in without if _has(answer, told, vocabulary)
    )


def _has(answer: Tree, told: str, vocabulary: Vocabulary) -> bool:
    if told.isidentifier():
        return any(symbol.name == told for symbol in symbols_of(answer))
    unwanted = read(told, vocabulary).tree
    if unwanted is None:
        raise TutorError(f"{told} is no expression that an answer could leave out.", tip="Write it as V^-1.")
    forms = {unwanted}
    if isinstance(unwanted, Inverse) and isinstance(unwanted.tree, Symbol) and unwanted.tree.definition is not None:
        forms.add(Inverse(unwanted.tree.definition))
    return any(node in forms for node in walk(answer))


def _kronecker(answer: Tree, asked: Tree) -> Amiss:
    terms = answer.terms if isinstance(answer, Sum) else (answer,)
    if all(isinstance(_unscaled(term), Kronecker) for term in terms):
        return None
    return "True, but it was to be written as a Kronecker product.\nWhich pattern is repeated, and how often?"


def _no_inverse(answer: Tree, asked: Tree) -> Amiss:
    inverted = next((node for node in walk(answer) if isinstance(node, Inverse)), None)
    if inverted is None:
        return None
    return f"True, but it was to be written without an inverse, and {inverted} is one.\nWhat is it, written out?"


def _entries(answer: Tree, asked: Tree) -> Amiss:
    inner = _unscaled(answer)
    listed = isinstance(inner, Explicit | ByDistance | Block | Zero | Scalar)
    if listed and not any(not symbol.is_scalar and symbol.columns != 1 for symbol in symbols_of(inner)):
        return None
    return "True, but it was to be written as a matrix with its entries.\nWhat stands in its first row?"


def _matrices(answer: Tree, asked: Tree) -> Amiss:
    if any(not symbol.is_scalar for symbol in symbols_of(answer)) and not scalars_of_text(answer):
        return None
    return "True, but it was to be written with the matrices of the model.\nWhich of them stand for these numbers?"


def _closed_form(answer: Tree, asked: Tree) -> Amiss:
    if any(not symbol.is_scalar for symbol in symbols_of(answer)):
        return "True, but its closed form was asked for, in I, J and ⊗.\nHow does each of its matrices look?"
    if any(isinstance(node, Inverse) for node in walk(answer)):
        return "True, but its closed form was asked for, and an inverse is left to be worked out.\nWhat is it?"
    if not asked.is_scalar and isinstance(_unscaled(answer), Explicit):
        return "True, but its closed form was asked for, in I, J and ⊗.\nWhich pattern do the entries have?"
    return None


def _single_fraction(answer: Tree, asked: Tree) -> Amiss:
    if all(_is_single_fraction(value) for value in _values(answer)) and not isinstance(answer, Sum):
        return None
    return _NOT_SINGLE


def _numbers(answer: Tree, asked: Tree) -> Amiss:
    if not symbols_of(answer) and not scalars_of(answer):
        return None
    return "True, but it was to be given in numbers.\nWhich value does each letter have?"


def _simplified(answer: Tree, asked: Tree) -> Amiss:
    for node in walk(answer):
        told = _left_to_do(node)
        if told is not None:
            return f"True, but it can be simplified: {told}."
    if any(_has_common_factor(value) for value in _values(answer)):
        return "True, but it can be simplified: a fraction has a common factor above and below its line."
    shortest = min(_signs(asked), _signs(closed_form(asked)))
    if _signs(answer) > 2 * shortest:
        return "True, but it can be written much shorter.\nWhich parts of it cancel or can be joined?"
    return None


_FORMS: dict[str, Callable[[Tree, Tree], Amiss]] = {
    "kronecker": _kronecker,
    "no-inverse": _no_inverse,
    "entries": _entries,
    "matrices": _matrices,
    "closed-form": _closed_form,
    "single-fraction": _single_fraction,
    "numbers": _numbers,
    "simplified": _simplified,
}


def _left_to_do(node: Tree) -> Amiss:
    if isinstance(node, Transpose | Inverse) and type(node.tree) is type(node):
        return "something is turned round twice"
    if isinstance(node, Product) and any(isinstance(factor, Identity) for factor in node.factors):
        return "a factor I changes nothing"
    if isinstance(node, Sum):
        bare = [_unscaled(term) for term in node.terms]
        if any(isinstance(term, Zero) for term in bare):
            return "a term is zero"
        if any(left == right for i, left in enumerate(bare) for right in bare[:i]) and not node.is_scalar:
            return "two terms of a sum differ by a factor only"
    return None


def _unscaled(tree: Tree) -> Tree:
    while isinstance(tree, Scaled):
        tree = tree.tree
    return tree


def scalars_of_text(tree: Tree) -> tuple[sympy.Symbol, ...]:
    """The letters of the scalars and entries as they are written, those of definitions left aside."""
    return tuple(letter for value in _values(tree) for letter in value.free_symbols if isinstance(letter, sympy.Symbol))


def _values(tree: Tree) -> Iterator[sympy.Expr]:
    for node in walk(tree):
        if isinstance(node, Scalar):
            yield node.value
        elif isinstance(node, Explicit):
            yield from node.filled.values()


def _is_single_fraction(value: sympy.Expr) -> bool:
    """Whether no fraction stands in a sum or in another one. A divisor that is a number stands with each term of a sum
    as soon as SymPy has it, and does not count."""
    sides = sympy.fraction(value)
    inner = (part for side in sides for part in sympy.preorder_traversal(side) if isinstance(part, sympy.Expr))
    return all(_is_root(part) or not sympy.fraction(part)[1].free_symbols for part in inner)


def _is_root(part: sympy.Expr) -> bool:
    return isinstance(part, sympy.Pow) and not part.exp.is_integer


def _has_common_factor(value: sympy.Expr) -> bool:
    above, below = sympy.fraction(value)
    return below != 1 and not below.is_Number and _share_a_factor(above, below)


def _signs(tree: Tree) -> int:
    """How many letters, numbers and signs of operations a tree is written with."""
    own = 0
    if isinstance(tree, Scalar):
        own = int(sympy.count_ops(tree.value))
    elif isinstance(tree, Explicit):
        own = sum(1 + int(sympy.count_ops(value)) for value in tree.filled.values())
    return 1 + own + sum(_signs(part) for part in tree.parts)
