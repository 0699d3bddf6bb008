"""Functions of trees, and sums, products and direct sums over an index, written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sympy

from tutor.algebra.applied import Applied, Indexed, at_index
from tutor.algebra.function_value import FunctionValue, as_tree
from tutor.algebra.indices import Total
from tutor.algebra.nodes import Determinant, Product, Scalar, Symbol
from tutor.algebra.tree import Tree
from tutor.notation.names import BELOW, GREEK, greek_letters, split_key, split_raised
from tutor.notation.parsing.functions import DERIVATIVE, ELEMENT, ELEMENTS, ENTRIES
from tutor.notation.writing.dialects import BOLD_UNICODE, LATEX, UNICODE
from tutor.notation.writing.pen import Bind, Pen, Piece, written
from tutor.notation.writing.write_by_place import write_by_place
from tutor.notation.writing.write_calculus import integral
from tutor.notation.writing.write_given import call_given, is_letter, telling_vectors, vector_at
from tutor.notation.writing.write_scalar import exponent_text

_SIGNS = {"sum": "∑", "product": "∏", "direct sum": "⨁"}
"""Operation: its sign."""

_IN_UNICODE = frozenset({UNICODE, BOLD_UNICODE})
_NORM = {LATEX: (r"\lVert ", r" \rVert"), **dict.fromkeys(_IN_UNICODE, ("‖", "‖"))}
_INVERSES = {"inverse link": "g", "hinv": "h"}
"""Functions that are written as the inverses of others."""

_ESTIMATES = {
    f"estimated {moment}": (rf"\widehat{{\operatorname{{{moment}}}}}", f"{moment}\u0302")
    for moment in ("E", "Var", "Cov", "Corr")
}
_OF_PLACES = frozenset({"x", "y", "z", "w", "u", "b", "e", "epsilon", "mu", "eta", "beta"})
"""Letters of vectors that vary with a place, which may be a vector itself: x(s)."""

_HALF = sympy.S.Half
_SHIFTED = re.compile("([a-z])([+-])([0-9]+)")
"""An index and a number, i + 1."""

_COMPARES = re.compile("[<>≤≥≠∈~,]")
"""What stands between the names of a condition below an operator."""


@written.register
def write_applied(tree: Applied, pen: Pen) -> Piece:
    """A function by its name, or by the signs that it has."""
    if tree.function in _SIGNS or tree.function.startswith("arg"):
        return _operator(tree, pen)
    if tree.function == "±":
        # The sign takes the whole sum before it, but for what has a sign of its own.
        first = written(tree.arguments[0], pen)
        first = pen.at_least(Bind.KRONECKER, first) if isinstance(tree.arguments[0], Applied) else pen.signed(first)
        parts = [first, *(pen.at_least(Bind.KRONECKER, written(argument, pen)) for argument in tree.arguments[1:])]
        sign = f" {pen.dialect.relation('±')} "
        return Piece(sign.join(part.text for part in parts), Bind.SUM, tall=any(part.tall for part in parts))
    if tree.function == "|":
        event, *given = (pen.signed(written(argument, pen)).text for argument in tree.arguments)
        return Piece(f"{event} {pen.dialect.relation('|')} {pen.dialect.comma.join(given)}", Bind.SUM)
    if tree.function in "=<>≤≥≠":
        sides = [pen.signed(written(argument, pen)).text for argument in tree.arguments]
        return Piece(f" {pen.dialect.relation(tree.function)} ".join(sides), Bind.SUM)
    if tree.function == "at":
        return _evaluated(tree, pen)
    if tree.function in {"∂", DERIVATIVE}:
        return _derivative(tree, pen)
    if tree.function == "power":
        base, exponent = tree.arguments
        if isinstance(exponent, Scalar) and exponent.value == _HALF and base.is_scalar:
            return Piece(pen.dialect.root(pen.whole(base), ""), Bind.POWER, tall=True, word=True)
        below = pen.at_least(Bind.ATOM, written(base, pen))
        return Piece(
            pen.dialect.power(below.text, exponent_text(exponent, pen)), Bind.POWER, tall=below.tall, word=True
        )
    if tree.function == "generalized inverse":
        below = pen.at_least(Bind.ATOM, written(tree.arguments[0], pen))
        sign = pen.dialect.plus if tree.below == "+" else pen.dialect.minus
        return Piece(pen.dialect.power(below.text, sign), Bind.POWER, tall=below.tall, word=True)
    if tree.function == "hadamard":
        parts = [pen.at_least(Bind.POWER, written(argument, pen)) for argument in tree.arguments]
        text = pen.dialect.hadamard.join(part.text for part in parts)
        return Piece(text, Bind.KRONECKER, tall=any(part.tall for part in parts), open_end=parts[-1].open_end)
    if tree.function in _ESTIMATES:
        latex, unicode = _ESTIMATES[tree.function]
        known = {LATEX: latex, **dict.fromkeys(_IN_UNICODE, unicode)}
        told = known.get(pen.dialect, pen.dialect.verbatim(tree.function))
        return Piece(pen.dialect.called(told, [pen.whole(argument) for argument in tree.arguments]), word=True)
    if tree.function == ELEMENT:
        text = pen.dialect.fenced(pen.whole(tree.arguments[0]), "[]")
        below = _subscript(tree.below.replace("_", ","), pen)
        return Piece(pen.dialect.subscript(text, below), Bind.POWER, word=True, open_end=True)
    if tree.function == ENTRIES:
        return write_by_place(tree, pen)
    if tree.function == ELEMENTS:
        return Piece(pen.dialect.fenced(pen.whole(tree.arguments[0]), "{}"))
    if tree.function == "integral":
        body, variable, *limits = tree.arguments
        return integral(written(body, pen), pen.whole(variable), [pen.whole(limit) for limit in limits], pen)
    if tree.function == "link":
        return call_given("g", tree.arguments, pen)
    if tree.function in _INVERSES:
        return call_given(_INVERSES[tree.function], tree.arguments, pen, is_inverse=True)
    if tree.function == "norm" and pen.dialect in _NORM:
        left, right = _NORM[pen.dialect]
        text = f"{left}{pen.whole(tree.arguments[0])}{right}"
        return Piece(pen.dialect.subscript(text, tree.below) if tree.below else text, word=True)
    inside = _inside_bars(tree)
    if inside is not None:
        bars = written(tree.arguments[0], pen)
        if bars.text != pen.call("det", inside).text:  # the word is written where bars would tell too little
            text = pen.dialect.applied_to_bars("log", bars.text)
            return Piece(text, Bind.POWER, tall=bars.tall, word=True)
    is_at_place = all(argument.is_scalar or tree.function in _OF_PLACES for argument in tree.arguments)
    if not tree.is_scalar and is_at_place and is_letter(tree.function):
        return vector_at("_".join(filter(None, (tree.function, tree.below))), tree.arguments, pen)
    if (is_letter(tree.function) and _is_of_name(tree.below)) or split_raised(tuple(tree.below.split("_")))[
        0
    ]:  # a label above the letter is a part of its name
        return call_given(f"{tree.function}_{tree.below}", tree.arguments, pen, parted=tree.parted)
    return call_given(tree.function, tree.arguments, pen, below=_subscript(tree.below, pen), parted=tree.parted)


def _is_of_name(below: str) -> bool:
    """Whether what stands below a letter is more than one word: t_{1−α/2}, θ_{1,12}, f_{n_i}, ρ_{αβ}."""
    return below != "" and (not below.isalnum() or greek_letters(below) != below)


def _inside_bars(tree: Tree) -> Tree | None:
    """The matrix of log |V|; None of any other tree."""
    if not isinstance(tree, Applied) or tree.function != "log" or tree.below:
        return None
    inner = tree.arguments[0]
    return inner.tree if isinstance(inner, Determinant) else None


def _derivative(tree: Applied, pen: Pen) -> Piece:
    """∂ℓ above ∂β, or dμ above dη."""
    pen = pen if all(argument.is_scalar for argument in tree.arguments) else telling_vectors(pen)
    # At a terminal ∂log |V| would be a name of its own.
    level = Bind.ATOM if pen.dialect in _IN_UNICODE and _inside_bars(tree.arguments[0]) is not None else Bind.POWER
    of = pen.at_least(level, written(tree.arguments[0], pen)).text
    by = pen.at_least(Bind.POWER, written(tree.arguments[1], pen)).text
    if tree.function == DERIVATIVE:
        sign = pen.dialect.name("d")
    else:
        sign = r"\partial" if pen.dialect is LATEX else "∂" if pen.dialect in _IN_UNICODE else pen.dialect.verbatim("∂")
    above = pen.dialect.power(sign, pen.dialect.number(tree.below)) if tree.below else sign
    if tree.function == DERIVATIVE and not isinstance(tree.arguments[0], Scalar | Symbol):
        fraction = pen.dialect.fraction(above, pen.beside(sign, by, False))
        return Piece(f"{fraction} {of}", Bind.QUOTIENT, tall=True, word=True, open_end=True)
    names = _by_names(tree.arguments[1]) if pen.dialect not in _IN_UNICODE else []
    below = " ".join(pen.beside(sign, pen.at_least(Bind.POWER, written(name, pen)).text, False) for name in names)
    # No sign of multiplication stands behind that of a derivative, ∂²0.
    fraction = pen.dialect.fraction(pen.dialect.side_by_side(above, of, False), below or pen.beside(sign, by, False))
    return Piece(fraction, Bind.QUOTIENT, tall=True, word=True)


def _by_names(tree: Tree) -> Sequence[Any]:
    """The two names by which is derived one after the other, ∂β ∂β' and ∂θ_i ∂θ_j; none of one name."""
    if isinstance(tree, Product):
        return tree.factors if len(tree.factors) == 2 else ()
    value = tree.value if isinstance(tree, Scalar) else None
    are_names = value is not None and value.is_Mul and all(factor.is_Symbol for factor in value.args)
    return value.as_ordered_factors() if value is not None and are_names and len(value.args) == 2 else ()


def _evaluated(tree: Applied, pen: Pen) -> Piece:
    """What is taken at a place, and the names with their values there."""
    pen = pen if tree.is_scalar and all(argument.is_scalar for argument in tree.arguments) else telling_vectors(pen)
    inner, *told = tree.arguments
    count = len(told) // 2 if tree.below else 0
    texts = [pen.whole(value) for value in told[count:]]
    equals = f" {pen.dialect.relation('=')} "
    if count:
        texts = [f"{pen.whole(name)}{equals}{text}" for name, text in zip(told[:count], texts, strict=True)]
    text = pen.dialect.evaluated(pen.whole(inner), pen.dialect.comma.join(texts))
    return Piece(text, Bind.POWER, tall=True, word=True, open_end=True)  # a prime behind it would be that of the place


def _subscript(below: str, pen: Pen) -> str:
    """A name below an operator, or a condition of names and numbers with the signs between them, i < j."""
    names, signs = _COMPARES.split(below), [*_COMPARES.findall(below), ""]
    told = [pen.dialect.number(name) if name.isdecimal() else _name_below(name, pen) for name in names]
    if len(told) == 1:
        return _name_below(below, pen)
    shown = [pen.dialect.comma if sign == "," else f" {pen.dialect.relation(sign)} " if sign else "" for sign in signs]
    return "".join(name + sign for name, sign in zip(told, shown, strict=True))


def _name_below(below: str, pen: Pen) -> str:
    if (shifted := _SHIFTED.fullmatch(below)) is not None:
        index, sign, number = shifted.groups()
        sign = pen.dialect.plus if sign == "+" else pen.dialect.minus
        return f"{pen.dialect.name(index)}{sign}{pen.dialect.number(number)}"
    return pen.dialect.name(below.replace(BELOW, "_")) if below in GREEK or below.isalpha() or BELOW in below else below


def _operator(tree: Applied, pen: Pen) -> Piece:
    """argmin_β Q(β), and a sum over what is told in words only."""
    head = pen.dialect.operator(_SIGNS.get(tree.function, tree.function), _subscript(tree.below, pen))
    return _with_body(head, tree.arguments[0] if tree.arguments else None, pen)


@written.register
def write_indexed(tree: Indexed, pen: Pen) -> Piece:
    """The sign with its limits, then the term; limits that were not written stay away."""
    sign, index = _SIGNS[tree.operation], pen.dialect.name(tree.index)
    if _is_diagonal(tree):
        ends = [pen.whole(at_index(tree.body, tree.index, number)) for number in (1, str(tree.last))]
        return Piece(pen.dialect.applied("diag", [ends[0], pen.dialect.listed, ends[1]]), word=True)
    if isinstance(tree.last, Scalar) and str(tree.last.value) == f"levels_{tree.index}":
        return _with_body(pen.dialect.operator(sign, index), tree.body, pen)
    equals = pen.dialect.relation("=")
    first = f"{index}{f' {equals} ' if equals.isalpha() else equals}{pen.whole(tree.first)}"
    return _with_body(pen.dialect.operator(sign, first, pen.whole(tree.last)), tree.body, pen)


def _is_diagonal(tree: Indexed) -> bool:
    """Whether it is numbers of one name along a diagonal, as diag(σ²_1, …, σ²_n) is read."""
    if tree.operation != "direct sum" or tree.index != "i" or not isinstance(tree.body, Scalar):
        return False
    last = tree.last.value if isinstance(tree.last, Scalar) else None
    if tree.first != Scalar(sympy.S.One) or not isinstance(last, sympy.Symbol) or str(last) == f"levels_{tree.index}":
        return False
    value = tree.body.value
    return isinstance(value, sympy.Symbol) and split_key(value.name)[2] == (tree.index,)


def _with_body(head: str, body: object, pen: Pen) -> Piece:
    """The body binds as a product does: a sum in it is in brackets, and what follows is another factor of it."""
    if body is None:
        return Piece(head, word=True)
    inner = pen.at_least(Bind.PRODUCT, written(body, pen))
    return Piece(f"{head} {inner.text}", Bind.QUOTIENT, tall=inner.tall, word=True, open_end=inner.open_end)


@written.register
def write_function_value(value: FunctionValue, pen: Pen) -> Piece:
    """γ(0), as the tree that it is elsewhere."""
    return written(as_tree(value), pen)


@written.register
def write_total(value: Total, pen: Pen) -> Piece:
    """n_., with a dot for the index over which n_i is added up."""
    return Piece(pen.dialect.name(value.name), word=True, open_end=True)
