r"""A name before several arguments in brackets: a function of them, no factor of a row: C(s, t), ρ(y_ij, y_ik)."""

from __future__ import annotations

import re

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.declare import element_of
from tutor.notation.meaning.defined_functions import is_defined_of_several
from tutor.notation.meaning.dependences import at_estimate, is_parameter
from tutor.notation.meaning.letters import stands_alone
from tutor.notation.meaning.quantiles import quantile_of
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.token import Span, Spelling

COEFFICIENTS = frozenset({"beta", "gamma", "alpha", "pi", "u", "b", "v"})
"""Letters of coefficients, fixed and random, that numbers below them tell apart."""

_OBSERVED = frozenset({"y", "Y", "u", "e", "epsilon"})

_OF_TWO_PLACES = frozenset({"C", "K", "Gamma"})

_ROUND = re.compile(r"(?:\\(?:left|[bB]igg?[lr]?)\s*)?\(")


def is_round(brackets: syntax.Node, context: Context) -> bool:
    """Whether brackets are round, as those of arguments are."""
    return _ROUND.match(context.text, brackets.start) is not None


def is_only_called(spelling: Spelling, context: Context) -> bool:
    """Whether a capital stands before round brackets wherever it stands, and so is the letter of a function."""
    return len(spelling.letters) == 1 and not stands_alone(spelling.letters, context.text)


def of_several(
    name: syntax.Named, spelling: Spelling, brackets: syntax.Listed, value: Tree, known: Tree, context: Context
) -> Tree | None:  # fmt: skip
    """A name before several arguments in round brackets. Raises ReadError where they may be a row."""
    if not is_round(brackets, context):
        return None
    place = Span(name.start, brackets.end)
    is_open = context.vocabulary.takes_new_names
    if is_open and _are_coordinates(spelling, brackets) and isinstance(value, Explicit):
        return Applied(spelling.letters, _items(value), spelling.subscript)  # β_k(u_i, v_i)
    if is_open and (quantile := quantile_of(spelling, tuple(map(element_of, _items(value))))) is not None:
        return quantile
    if is_open and spelling == Spelling("rho") and _are_observed(brackets):
        return Applied("rho", _items(value))
    if not spelling.bold and len(brackets.items) == 2 and family(name.spelling.letters) in FAMILIES:
        raise context.error("A distribution is no factor.", "distribution", place,
                            "Write what has this distribution and ∼ before it, as y ∼ N(μ, σ²).")  # fmt: skip
    parameters = [item for item in brackets.items if not isinstance(item, syntax.Ellipsis)]
    if is_open and isinstance(known, Symbol) and known.columns != ONE and all(map(is_parameter, parameters)):
        return at_estimate(known, brackets, context)
    if spelling.bold:
        return None
    is_new = isinstance(known, Symbol) and spelling.letters not in context.vocabulary and isinstance(value, Explicit)
    is_function = is_new and spelling.letters.isupper() and is_only_called(spelling, context)
    if is_open and (is_function or (spelling.letters in _OF_TWO_PLACES and len(brackets.items) == 2)):
        return Applied(spelling.letters, _items(value), spelling.subscript)
    if is_open and isinstance(known, Scalar) and is_defined_of_several(name, brackets, context):
        return Applied(f"{spelling.letters}{spelling.accent}", _items(value), spelling.subscript)
    if isinstance(known, Scalar):
        raise ambiguous(name, brackets, context)
    return None


def _are_coordinates(spelling: Spelling, brackets: syntax.Listed) -> bool:
    """Whether behind a coefficient with a number or an index stand two coordinates of one place, β_k(u_i, v_i)."""
    named = [item.spelling for item in brackets.items if isinstance(item, syntax.Named)]
    below = {told.subscript for told in named}
    is_coefficient = spelling.letters in COEFFICIENTS and spelling.subscript != "" and not spelling.bold
    return is_coefficient and len(named) == len(brackets.items) == 2 and len(below) == 1 and below != {""}


def _are_observed(brackets: syntax.Listed) -> bool:
    """Whether two observations or effects stand in brackets, y_ij and y_ik, which have a correlation."""
    named = [item.spelling.letters for item in brackets.items if isinstance(item, syntax.Named)]
    return len(named) == len(brackets.items) == 2 and _OBSERVED.issuperset(named)


def _items(row: Tree) -> tuple[Tree, ...]:
    """The arguments that were read as a row."""
    return tuple(map(Scalar, row.matrix.flat())) if isinstance(row, Explicit) else row.parts


def ambiguous(name: syntax.Node, brackets: syntax.Node, context: Context) -> ReadError:
    written = context.text[name.start : name.end]
    what, tip = "it", "Write a product without these brackets."
    if isinstance(brackets, syntax.Listed):
        what, tip = "a row", f"A row has square brackets: {written} [1, 2]."
    return context.error(f"{written} may be a function of what stands in the brackets, or a factor of {what}.",
                         "ambiguous-call", Span(name.start, brackets.end), tip)  # fmt: skip
