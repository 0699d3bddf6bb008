"""Balanced designs by their Kronecker products: bt plots and b effects where y = (I_b ⊗ 1_t)β + ε."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import NamedTuple

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import NOTHING, Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_SQUARE = frozenset({"I", "J"})
_ONES = "1"


class _Term(NamedTuple):
    """A product of matrices with sizes, how many rows and columns it has, and the effects behind it."""

    rows: Size
    columns: Size
    effects: Factor


def number_of_plots(usage: Usage) -> Size | None:
    """The rows of the first product of matrices with sizes in an equation of all observations or of their variance
    matrix: (1_b ⊗ I_t)τ and I_b ⊗ (σ²_u J_t + σ²I_t)."""
    return next((term.rows for term in _terms(usage)), None) or next(_of_variance(usage), None)


def of_plots(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The effects behind such products, as long as these are wide: the β of (I_b ⊗ 1_t)β has b elements, and the μ of
    (1_b ⊗ 1_t)μ is a number."""
    found: dict[str, Name] = {}
    for term in _terms(usage):
        key = term.effects.key
        known = vocabulary.lookup(key)
        if not term.effects.letter or term.effects.above or term.effects.letter not in vocabulary:
            continue
        role = known.tree.role if known is not None and isinstance(known.tree, Symbol) else "unknown"
        is_number = term.columns == ONE
        tree = named_number(key).tree if is_number else Symbol(key, term.columns, ONE, role)
        found[key] = Name(key, tree, bold=tree)
    return found


def _terms(usage: Usage) -> Iterator[_Term]:
    for left, right in usage.equations():
        if not _is_observed(left, usage):
            continue
        for _, product in usage.terms(right):
            group = product[0].node
            inner = group.inner if isinstance(group, syntax.Group) else None
            factors = [usage.single(factor) for factor in inner.factors] if isinstance(inner, syntax.Kronecker) else []
            if factors and all(map(_has_size, factors)):
                sizes = [(_size(factor), ONE if factor.letter == _ONES else _size(factor)) for factor in factors]
                rows, columns = (prod(extents, start=ONE) for extents in zip(*sizes, strict=True))
                yield _Term(rows, columns, product[1] if len(product) == 2 else NOTHING)


def _of_variance(usage: Usage) -> Iterator[Size]:
    for left, right in usage.equations():
        if not _is_variance(left, usage):
            continue
        for node in (right, *(factor.node for _, product in usage.terms(right) for factor in product)):
            inner = node.inner if isinstance(node, syntax.Group) else node
            sizes = [_extent(factor, usage) for factor in inner.factors] if isinstance(inner, syntax.Kronecker) else []
            if sizes and None not in sizes:
                yield prod((extent for extent in sizes if extent is not None), start=ONE)


def _extent(node: syntax.Node, usage: Usage) -> Size | None:
    """The rows of I_t, and of a sum of such matrices in brackets, each behind numbers; None of any other."""
    inner = node.inner if isinstance(node, syntax.Group) else node
    sizes: set[Size | None] = set()
    for _, product in usage.terms(inner):
        last = product[-1]
        is_sum = isinstance(last.node, syntax.Group) and last.node is not node and not last.above
        sizes.add(_extent(last.node, usage) if is_sum and last.node else _size(last) if _has_size(last) else None)
    return sizes.pop() if len(sizes) == 1 else None


def _is_variance(node: syntax.Node, usage: Usage) -> bool:
    """Whether this is V, Σ, one of their inverses, or Var(y)."""
    if isinstance(node, syntax.Call):
        return node.function == "Var" and _is_observed(node.arguments[0], usage)
    side = usage.single(node)
    return side.letter in {"V", "Sigma"} and side.above in {"", "-1"} and not (side.below or side.accent)


def _has_size(factor: Factor) -> bool:
    return factor.letter in {_ONES, *_SQUARE} and factor.below.isalnum() and not factor.above


def _size(factor: Factor) -> Size:
    """The size below a matrix: a number, or the letters whose product it is, 1_{bt}."""
    counts = (factor.below,) if factor.below.isdigit() else tuple(factor.below)
    return prod(map(size, counts), start=ONE)


def _is_observed(node: syntax.Node, usage: Usage) -> bool:
    """Whether this is y or its mean."""
    of = node.arguments[0] if isinstance(node, syntax.Call) and node.function == "E" else node
    side = usage.single(of.inner if isinstance(of, syntax.Conditional) else of)
    return side.letter in {"y", "Y"} and side.is_bare
