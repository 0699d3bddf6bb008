"""Numbers over an index: what does not change with it stands in front."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.indices import depends, total
from tutor.algebra.nodes import Product, Scalar, Sum
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import has_denominator, normal
from tutor.algebra.tree import Tree
from tutor.errors import SizeError


def without_constants(tree: Indexed) -> Tree | None:
    """A sum or a product of numbers over an index from 1, with what has a total in front of it; None where nothing has.

    >>> c, n_i = sympy.Symbol("c", positive=True), sympy.Symbol("n_i", integer=True, positive=True)
    >>> a = sympy.Symbol("a", integer=True, positive=True)
    >>> print(without_constants(Indexed("product", "i", Scalar(ONE), Scalar(a), Scalar(c**n_i))))
    c^(n_·)
    """
    if tree.first != Scalar(ONE) or not isinstance(tree.last, Scalar):
        return None
    if not isinstance(tree.body, Scalar):
        return _parted(tree)
    if tree.operation == "sum":
        value = tree.body.value
        is_told = value.has(sympy.log) or (value.is_Add and has_denominator(value))
        return _sum(tree, value if is_told else normal(value), tree.last.value)
    return _product(tree, tree.body.value, tree.last.value) if tree.operation == "product" else None


def _parted(tree: Indexed) -> Tree | None:
    """A product over an index of numbers and determinants, or a sum of numbers and logarithms, in two."""
    kinds: dict[str, type[Product] | type[Sum]] = {"product": Product, "sum": Sum}
    kind = kinds.get(tree.operation)
    if kind is None or not isinstance(tree.body, kind) or not tree.is_scalar:
        return None
    parts = tuple(_flat(tree.body, kind))
    numbers = tuple(part for part in parts if isinstance(part, Scalar))
    others = tuple(part for part in parts if not isinstance(part, Scalar))
    if not numbers or not others:
        return None
    made = [replace(tree, body=parts[0] if len(parts) == 1 else kind(parts)) for parts in (numbers, others)]
    return kind(tuple(without_constants(_in_one(over)) or over for over in made))


def _flat(tree: Tree, kind: type[Product] | type[Sum]) -> Iterator[Tree]:
    """The factors of a product of products, or the terms of a sum of sums."""
    for part in tree.parts if isinstance(tree, kind) else ():
        yield from _flat(part, kind) if isinstance(part, kind) else (part,)


def _in_one(tree: Indexed) -> Indexed:
    """The body as one number where it is made of numbers."""
    if not isinstance(tree.body, Sum | Product) or not all(isinstance(part, Scalar) for part in tree.body.parts):
        return tree
    join = sympy.Add if isinstance(tree.body, Sum) else sympy.Mul
    return replace(tree, body=Scalar(join(*(part.value for part in tree.body.parts if isinstance(part, Scalar)))))


def _sum(tree: Indexed, value: sympy.Expr, last: sympy.Expr) -> Tree | None:
    """Σ (n_i − 1)c is (n_. − a)c; of Σ c/(1 + n_i) the c is in front."""
    known, rest = sympy.S.Zero, sympy.S.Zero
    for term in sympy.Add.make_args(value):
        try:
            known += total(term, tree.index, last)
        except SizeError:
            rest += term
    if rest == 0:
        return Scalar(without_minus(normal(known)))
    made = replace(tree, body=Scalar(rest))
    if known == 0:
        return made if made != tree else None
    return Sum((Scalar(without_minus(normal(known))), made))


def without_minus(value: sympy.Expr) -> sympy.Expr:
    """−c(a − n) as c(n − a)."""
    number, factors = value.as_coeff_mul()
    place = next((i for i, factor in enumerate(factors) if factor.is_Add), None)
    if place is None or not number.is_negative:
        return value
    turned = sympy.expand(-factors[place])
    return sympy.Mul(-number, *factors[:place], turned, *factors[place + 1 :])


def _product(tree: Indexed, value: sympy.Expr, last: sympy.Expr) -> Tree | None:
    """Π c^{n_i − 1} is c^{n_. − a}."""
    known, rest = sympy.S.One, sympy.S.One
    for factor in sympy.Mul.make_args(value):
        base, exponent = factor.as_base_exp()
        try:
            if depends(base, tree.index):
                rest *= factor
            else:
                known *= base ** total(exponent, tree.index, last)
        except SizeError:
            rest *= factor
    if rest == 1:
        return Scalar(known)
    if known == 1:
        return None
    return Product((Scalar(known), replace(tree, body=Scalar(rest))))
