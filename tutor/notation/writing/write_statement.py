"""What a display says, written: equations, definitions, distributions, ranges, dimensions, values and cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import TypeGuard

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Block, Scalar, Zero
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.notation.names import BELOW, GREEK
from tutor.notation.parsing.manners import BESIDES
from tutor.notation.statement import (
    Cases,
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Membership,
    Range,
)
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.pen import Bind, Pen, Piece, written
from tutor.notation.writing.write_given import telling_vectors

_FAMILIES = {"NegativeBinomial": "NegBin", "chi2": "chi"}
"""Key of a family: the name under which it is written, if that is another."""

_LINKS = frozenset({"link", "inverse link"})

_DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ"}
"""Letter of a set of numbers: the set."""

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_BELOW = re.compile(rf"(?:{_GREEK}|[A-Za-z]+){BELOW}[A-Za-z0-9]+|{_GREEK}|[A-Za-z]|[0-9.]+|.")


@written.register
def write_expression(statement: Expression, pen: Pen) -> Piece:
    """The tree."""
    return written(statement.tree, pen)


@written.register
def write_equation(statement: Equation, pen: Pen) -> Piece:
    """The sides with = between them; the terms of a sum of elements in the order in which they were written."""
    if any(isinstance(side, Applied) and side.function in _LINKS for side in statement.sides):
        pen = telling_vectors(pen)  # η = g(μ) is said of vectors and of elements
    sides = [_beside_others(side, pen) for side in statement.sides]
    if statement.terms:
        sides[-1] = pen.signed(pen.sum([_term(term.factors, pen) for term in statement.terms])).text
    if statement.gap is not None:
        sides.insert(statement.gap, pen.dialect.dots[0])
    return _chain(sides, "=" * (len(sides) - 1), pen)


@written.register
def write_comparison(statement: Comparison, pen: Pen) -> Piece:
    """The sides with their signs."""
    return _chain([_beside_others(side, pen) for side in statement.sides], statement.signs, pen)


@written.register
def write_definition(statement: Definition, pen: Pen) -> Piece:
    """A name, ≡, and what it stands for; an empty matrix where that is left open."""
    value = pen.dialect.matrix([[""]], pen.style) if statement.value is None else pen.whole(statement.value)
    return _chain([pen.whole(statement.subject), value], "≡", pen)


@written.register
def write_distribution(statement: Distribution, pen: Pen) -> Piece:
    """The subject and what it is given, ~, and the family of the distribution with its arguments."""
    subject = "" if statement.subject is None else pen.whole(statement.subject)
    if statement.given:
        given = pen.dialect.comma.join(pen.whole(tree) for tree in statement.given)
        subject = f"{subject} {pen.dialect.relation('|')} {given}"
    pieces = [pen.signed(written(argument, pen)) for argument in statement.arguments]
    is_of_vector = statement.subject is None or not statement.subject.is_scalar
    told = [_heights(tree) for tree in (statement.subject, *statement.arguments) if isinstance(tree, Block)]
    texts = [
        _nought(tree, pen) if is_of_vector and _is_nought(tree, told) else piece.text
        for tree, piece in zip(statement.arguments, pieces, strict=True)
    ]
    tall = any(piece.tall for piece in pieces)
    family = _family(statement, texts, tall, pen)
    if statement.subject is None:
        return Piece(family)
    if statement.manner == BESIDES:
        family += pen.dialect.verbatim(f", {BESIDES}")
    elif statement.manner:
        return Piece(f"{subject} {pen.dialect.relation(statement.manner)} {family}", Bind.SUM)
    return _chain([subject, family], "≁" if statement.is_denied else "~", pen)


def _family(statement: Distribution, arguments: Sequence[str], tall: bool, pen: Pen) -> str:
    name, below = _FAMILIES.get(statement.family, statement.family), _below(statement.below, pen)
    if not name:
        return pen.dialect.bracketed(pen.dialect.comma.join(arguments), tall)
    if arguments and statement.family != "chi2":
        return pen.dialect.applied(name, arguments, tall, below=below)
    head = pen.dialect.name(name)
    if statement.family == "chi2":
        head = pen.dialect.power(head, pen.dialect.number("2"))
    head = pen.dialect.subscript(head, below) if below else head
    return pen.dialect.called(head, arguments, tall) if arguments else head


def _below(text: str, pen: Pen) -> str:
    """The degrees of freedom or the dimension that stand below a family."""
    signs = {"-": pen.dialect.minus, "+": pen.dialect.plus, "_": pen.dialect.comma, "(": "(", ")": ")"}
    return "".join(
        signs[part]
        if part in signs
        else pen.dialect.number(part)
        if part[0].isdecimal()
        else pen.dialect.name(part.replace(BELOW, "_"))
        for part in _BELOW.findall(text)
    )


@written.register
def write_range(statement: Range, pen: Pen) -> Piece:
    """An index and its numbers: i = 1, …, t, or k = 0, 1, 2, … without an end; a few are written out."""
    first, last = statement.first, statement.last
    if last is None:
        values = [str(first), str(first + 1), str(first + 2), None]
    elif last.is_Integer and last <= first + 2:
        values = [str(number) for number in range(first, int(last) + 1)]
    else:
        values = [str(first), None]
    told = [pen.dialect.listed if value is None else pen.dialect.number(value) for value in values]
    if last is not None and None in values:
        told.append(pen.whole(last))
    return _chain([pen.dialect.name(statement.index), pen.dialect.comma.join(told)], "=", pen)


@written.register
def write_dimension(statement: Dimension, pen: Pen) -> Piece:
    """A name and rows × columns."""
    sizes = [pen.at_least(Bind.PRODUCT, written(size, pen)).text for size in (statement.rows, statement.columns)]
    return _chain([pen.whole(statement.subject), pen.dialect.shape(*sizes, apart=True)], ":", pen)


@written.register
def write_membership(statement: Membership, pen: Pen) -> Piece:
    """A name and its values: in brackets after ∈, or side by side after =."""
    values = [pen.whole(value) for value in statement.values]
    if statement.gap is not None:
        values.insert(statement.gap, pen.dialect.listed)
    inside = pen.dialect.comma.join(values)
    listed = pen.dialect.fenced(inside, statement.brackets) if statement.brackets else inside
    if statement.subject is None:
        return Piece(listed)
    if statement.numbers:
        return _chain([pen.whole(statement.subject), _number_set(statement.numbers, pen)], "∈", pen)
    return _chain([pen.whole(statement.subject), listed], "∈" if statement.brackets else "=", pen)


def _number_set(numbers: str, pen: Pen) -> str:
    """ℝ, ℝ⁺ or ℕ₀."""
    letter = rf"\mathbb{{{numbers[0]}}}" if pen.dialect is LATEX else pen.dialect.verbatim(_DOUBLE_STRUCK[numbers[0]])
    if numbers[1:] == "+":
        return pen.dialect.power(letter, "+")
    return pen.dialect.subscript(letter, pen.dialect.number("0")) if numbers[1:] else letter


@written.register
def write_hypothesis(statement: Hypothesis, pen: Pen) -> Piece:
    """The name, a colon, and the relation."""
    return _chain([pen.dialect.name(statement.name), pen.whole(statement.relation)], ":", pen)


@written.register
def write_cases(statement: Cases, pen: Pen) -> Piece:
    """A value in each case, the conditions in their own words beside them."""
    values = [pen.whole(value) for value in statement.values]
    cases = pen.dialect.cases(values, statement.conditions)
    return Piece(cases) if statement.subject is None else _chain([pen.whole(statement.subject), cases], "=", pen)


@written.register
def write_several(statements: tuple, pen: Pen) -> Piece:
    """Statements one after the other."""
    return Piece(pen.dialect.relation(";").join(pen.whole(statement) for statement in statements))


def _chain(sides: Sequence[str], signs: Sequence[str], pen: Pen) -> Piece:
    """Sides with their signs between them."""
    text = sides[0]
    for sign, side in zip(signs, sides[1:], strict=True):
        text += f"{'' if sign == ':' else ' '}{pen.dialect.relation(sign)} {side}"
    return Piece(text, Bind.SUM)


def _term(factors: Sequence[Tree], pen: Pen) -> Piece:
    """Factors of one term of an equation between elements, in their order; minus one is its sign."""
    negative = factors[0] == Scalar(sympy.Integer(-1)) and len(factors) > 1
    pieces = [written(factor, pen) for factor in factors[negative:]]
    if len(pieces) == 1:
        piece = pieces[0]
        return pen.negated(piece) if negative else piece
    texts = [pen.at_least(Bind.POWER, piece).text for piece in pieces]
    text = reduce(lambda left, right: pen.beside(left, right, True), texts)
    return Piece(text, Bind.PRODUCT, negative=negative, tall=any(piece.tall for piece in pieces))


def _beside_others(side: Tree, pen: Pen) -> str:
    """One side of a relation; the others tell how large a zero is."""
    return _nought(side, pen) if isinstance(side, Zero) else pen.whole(side)


def _is_nought(tree: Tree, heights: Sequence[list[Size]]) -> TypeGuard[Zero | Block]:
    """Whether the place of a zero, or of blocks, tells how large they are: beside blocks that are as high."""
    return isinstance(tree, Zero) or (isinstance(tree, Block) and heights.count(_heights(tree)) > 1)


def _heights(blocks: Block) -> list[Size]:
    """How many rows there are in each line of blocks."""
    return [line[0].rows for line in blocks.grid]


def _nought(tree: Zero | Block, pen: Pen) -> str:
    """A zero whose size its place tells, alone or in each block."""
    if isinstance(tree, Zero):
        return pen.letter("0")
    if not all(isinstance(block, Zero) for block in tree.parts):
        return pen.whole(tree)
    return pen.dialect.matrix([[pen.letter("0")] * len(line) for line in tree.grid], pen.style)
