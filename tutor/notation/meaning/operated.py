"""Sums, products and direct sums over an index, and optima: the body gets its meaning with the index in it.

Between limits that are numbers a sum is written out, each term read as if its index stood there; between others it
stays a node of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied, Indexed, Operation, depends_on
from tutor.algebra.function_value import as_number
from tutor.algebra.nodes import BlockDiagonal, Identity, Kronecker, Product, Scalar, Sum
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.notation.meaning.combine import fitted, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_factors import MOST_FACTORS
from tutor.notation.meaning.counted_terms import MOST_TERMS
from tutor.notation.meaning.elaborate import Value, elaborate, meaning, whole
from tutor.notation.parsing import syntax

_OPTIMA = frozenset({"argmin", "argmax", "min", "max"})
_LONGEST_LIMIT = 9
"""Digits of a limit up to which terms could be written out."""

_FIRST = Scalar(sympy.Integer(1))


@meaning.register
def operated_meaning(node: syntax.Operated, parts: list[Value], context: Context) -> Value:
    operator = node.operator
    body = node.body
    if body is None:
        return Applied(operator.operation, (), operator.below)
    if operator.operation == "direct sum" and context.vocabulary.takes_new_names:
        body = _as_block(body)
    if operator.operation in _OPTIMA:
        return _optimum(operator, elaborate(body, context), context)
    if not operator.indices and operator.operation == "sum" and not operator.below:
        operator = replace(operator, indices=_index_within(body, context))
    if not operator.indices:
        tree = elaborate(body, context)
        return Applied(operator.operation, (tree,), operator.below, *tree.shape)
    first = _FIRST if operator.first is None else _limit(operator.first, context)
    body, behind = _scope(operator, body)
    if behind:
        factors = [_over(list(operator.indices), first, operator, body, context)]
        factors += [elaborate(factor, context) for factor in behind]
        return product([("", factor) for factor in factors], context)
    return _over(list(operator.indices), first, operator, body, context)


def _index_within(body: syntax.Node, context: Context) -> tuple[str, ...]:
    """The one index of a model that stands in the terms of a sum that tells none; () where there is none, or more."""
    if context.vocabulary.takes_new_names:
        return ()
    below = (node.spelling.subscript for node in syntax.postorder(body) if isinstance(node, syntax.Named))
    letters = {letter for told in below for letter in told if letter.isalpha()} - context.bound.keys()
    return tuple(letters) if len(letters) == 1 and letters <= context.vocabulary.levels.keys() else ()


def _scope(operator: syntax.Operator, body: syntax.Node) -> tuple[syntax.Node, Sequence[syntax.Node]]:
    """The factors of a product over an index, and those behind them in which no index of it stands: the f(u) of
    ∏_i f(y_i | u) f(u) is a factor once."""
    if operator.operation != "product" or not isinstance(body, syntax.Chain) or set(body.signs) != {""}:
        return body, ()
    has_index = [any(_mentions(part, operator.indices) for part in syntax.postorder(factor)) for factor in body.factors]
    last = max((at for at, told in enumerate(has_index, 1) if told), default=len(has_index))
    within, behind = body.factors[:last], body.factors[last:]
    if not behind or not isinstance(behind[0], syntax.Call):
        return body, ()
    if len(within) == 1:
        return within[0], behind
    return syntax.Chain(body.start, within[-1].end, body.signs[:last], within), behind


def _mentions(node: syntax.Node, indices: Sequence[str]) -> bool:
    """Whether a node is an index, or a name below which one stands."""
    if not isinstance(node, syntax.Named | syntax.Call):
        return False
    spelling = node.spelling
    return spelling.letters in indices or any(index in spelling.subscript for index in indices)


def _as_block(body: syntax.Node) -> syntax.Node:
    """The V_i of ⨁ V_i as a block, which is a matrix also where its letter is not bold: a capital with an index."""
    if isinstance(body, syntax.Group):
        inner = _as_block(body.inner)
        return inner if inner is not body.inner else body
    if not isinstance(body, syntax.Named) or not body.spelling.subscript:
        return body
    letters = body.spelling.letters
    is_matrix = letters in {"Sigma", "Omega"} or (len(letters) == 1 and letters.isupper())
    return replace(body, spelling=replace(body.spelling, bold=True)) if is_matrix else body


def _optimum(operator: syntax.Operator, body: Tree, context: Context) -> Tree:
    """argmin_β has the shape of β; a minimum is a number."""
    name = context.vocabulary.lookup(operator.below) if operator.operation.startswith("arg") else None
    shape = (ONE, ONE) if name is None else name.tree.shape
    return Applied(operator.operation, (body,), operator.below, *shape)


def _limit(node: syntax.Node, context: Context) -> Scalar:
    """A limit of a sum: its letters count something."""
    names = context.size_names | frozenset(syntax.postorder(node))
    limit = elaborate(node, replace(context, size_names=names))
    value = as_number(limit)  # the N(h) pairs at a distance
    if not isinstance(limit, Scalar) and value is not None:
        return Scalar(value)
    if not isinstance(limit, Scalar):
        raise context.error("The limit of a sum is a number or a letter.", "wrong-dimension", node)
    return limit


def _over(indices: list[str], first: Scalar, operator: syntax.Operator, body: syntax.Node, context: Context) -> Tree:
    """The sum over the first of the indices of the sums over the others."""
    index = indices[0]
    operation: Operation = operator.operation  # pyright: ignore[reportAssignmentType]  (no optimum)
    known = context.vocabulary.levels.get(index) or Scalar(_levels(index))
    last = known if operator.last is None else _limit(operator.last, context)

    def at(value: int | None) -> Tree:
        inner = replace(context, bound={**context.bound, index: value})
        if len(indices) > 1:
            return _over(indices[1:], first, operator, body, inner)
        return elaborate(body, inner)

    count = last.value - first.value + 1
    if count.is_Integer and first.value.is_Integer:
        number = int(count)
        if number < 1:
            raise context.error("This sum has no terms.", "wrong-dimension", operator, "Its upper limit is the larger.")
        made = _made(number, len(indices), body)
        if context.sizing.terms + made <= _most_terms(operation, body, context):
            context.sizing.terms += number
            start = int(first.value)  # pyright: ignore[reportArgumentType]
            return _joined(operation, [at(start + k) for k in range(number)], context)
        # Of sums within each other all are written out or none, so that what is written is read as the same.
        before, context.sizing.terms = context.sizing.terms, MOST_TERMS
        body_tree = at(None)
        context.sizing.terms = before
    else:
        body_tree = at(None)
    if operation == "direct sum" and not depends_on(body_tree, index):
        try:
            return Kronecker((Identity(size(count)), body_tree))
        except SizeError as error:
            raise context.error(error.problem, "wrong-dimension", operator) from None
    if any(letter.name == index for extent in body_tree.shape for letter in extent.free_symbols):  # pyright: ignore[reportAttributeAccessIssue]
        raise context.error("The sizes of these terms depend on the index.", "wrong-dimension", operator)
    return Indexed(operation, index, first, last, body_tree)


def _made(number: int, indices: int, body: syntax.Node) -> int:
    """Terms that a sum makes over so many indices, each of them so many numbers, with those of sums within it."""
    made = 0
    for inner in _operated(body):
        first, last = (_digits(limit) for limit in (inner.operator.first, inner.operator.last))
        inner_number = 0 if last is None else max(0, last - (first or 1) + 1)
        assert inner.body is not None
        made += _made(inner_number, len(inner.operator.indices), inner.body)
    for _ in range(indices):
        made = number * (1 + made)
    return made


def _most_terms(operation: Operation, body: syntax.Node, context: Context) -> int:
    """Terms that are written out in one text; fewer where factors are among them. Within terms that are written out
    all are."""
    is_within = any(value is not None for value in context.bound.values())
    return MOST_FACTORS if not is_within and (operation == "product" or _has_product(body)) else MOST_TERMS


def _has_product(body: syntax.Node) -> bool:
    return any(
        node.operator.operation == "product" or (node.body is not None and _has_product(node.body))
        for node in _operated(body)
    )


def _operated(body: syntax.Node) -> list[syntax.Operated]:
    """The sums, products and direct sums over an index in a body, but for those within each other."""
    found = (node for node in syntax.postorder(body) if isinstance(node, syntax.Operated))
    return [node for node in found if node.operator.indices and node.body is not None]


def _digits(limit: syntax.Node | None) -> int | None:
    is_number = isinstance(limit, syntax.Number) and limit.digits.isdecimal() and len(limit.digits) < _LONGEST_LIMIT
    return int(limit.digits) if is_number and isinstance(limit, syntax.Number) else None


def _levels(index: str) -> sympy.Symbol:
    """The number of values of an index of which no limit is written."""
    return sympy.Symbol(f"levels_{index}", integer=True, positive=True)


def _joined(operation: Operation, terms: Sequence[Tree], context: Context) -> Tree:
    numbers = [term.value for term in terms if isinstance(term, Scalar)]
    if len(numbers) == len(terms) and operation != "direct sum":
        return Scalar(sympy.Add(*numbers) if operation == "sum" else sympy.Mul(*numbers))
    if len(terms) == 1:
        return terms[0]
    if operation == "direct sum":
        if all(term == terms[0] for term in terms):
            return Kronecker((Identity(size(len(terms))), terms[0]))
        return BlockDiagonal(tuple(terms))
    return Sum(tuple(fitted(terms, context))) if operation == "sum" else Product(tuple(terms))


@meaning.register
def integral_meaning(node: syntax.Integral, parts: list[Value], context: Context) -> Value:
    """∫ f(y | u) f(u) du as notation: what is integrated, what over, and the limits that are written."""
    body, *others = (whole(part, context) for part in parts)
    return Applied("integral", (body, *others), row_size=body.rows, column_size=body.columns)


@meaning.register
def compared_meaning(node: syntax.Compared, parts: list[Value], context: Context) -> Value:
    """An event, as F > F* in P(F > F*)."""
    sides = [whole(part, context) for part in parts]
    return Applied("".join(node.signs), tuple(fitted(sides, context)))
