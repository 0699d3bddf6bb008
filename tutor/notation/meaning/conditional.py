r"""Something given something else: y | u is y with u held fixed, so that E(y | u) = Xβ + Zu and Var(y | u) = R."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Block,
    Covariance,
    Expectation,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Variance,
    Zero,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace as replaced
from tutor.algebra.walk import symbols_of, transform
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.syntax import Call, Node

_HALF = sympy.Rational(1, 2)


def conditional(inner: Tree, given: Sequence[Tree], node: Node, context: Context) -> Tree:
    """The random vector or element ``inner`` given others, as a symbol of its own, of the same shape.

    A vector that is defined has its mean and its variance from there: of y | u, Xβ + Zu and Var(ε). An element, as
    y_ij given u_j, is a name only, and a form in elements or vectors, as X'y | u, one in such names.

    Raises
    ------
    ReadError
        "conditional", where either side is no name.
    """
    if isinstance(inner, Applied) or any(isinstance(tree, Applied) for tree in given):
        return _of_events(inner, given)  # P(y = 1 | u), E(y | x = 2)
    inner = as_column(inner, context)
    names = [_names(tree) for tree in given]
    own = _names(inner)
    if len(own) == 1 and not all(names) and context.vocabulary.takes_new_names:
        return _of_events(inner, given)  # p(y | Xβ, V), given the values of what is worked out
    if len(own) == 1 and all(names):
        known = context.vocabulary.names.get(f"{own[0]}|{','.join(name for group in names for name in group)}")
        if known is not None:
            return known.tree
    if isinstance(inner, Scalar) and len(own) == 1 and all(names):
        told = ",".join(name for group in names for name in group)
        return Scalar(sympy.Symbol(f"{own[0]}|{told}", real=True))
    is_square = isinstance(inner, Scalar) and inner.value.is_Pow and inner.value.args[1] == 2  # E(y_11² | u)
    if isinstance(inner, Scalar) and all(names) and (is_square or _is_plain_form(inner)):
        form = _form_given(inner, ",".join(name for group in names for name in group), context)
        if form is not None:
            return form
    is_form = not isinstance(inner, Symbol | Scalar)
    if all(names) and is_form and any(symbol.role == "random" for symbol in symbols_of(inner)):
        return _form_of_vectors(inner, given, node, context)
    if context.vocabulary.takes_new_names and not isinstance(inner, Symbol) and inner.columns == ONE:
        return _of_events(inner, given)  # E(aX + b | X)
    if all(names) and is_form:
        return inner
    if isinstance(inner, Symbol | Scalar) and any(isinstance(tree, Scalar) and not _names(tree) for tree in given):
        raise context.error("What is given is a sum; it should be single observations or effects.", "conditional", node,
                            "Write it as E(y_11 | y_21, y_31).")  # fmt: skip
    is_argument = any(node in call.arguments for call in context.usage.of(Call))
    if is_argument and isinstance(inner, Symbol) and inner.columns != ONE and context.vocabulary.takes_new_names:
        return _of_events(inner, given)  # L(β, V | y), the likelihood of a matrix
    if not isinstance(inner, Symbol) or inner.columns != ONE or not all(names):
        raise context.error("What is given, and what it is given for, should be names.", "conditional", node,
                            "Write it as E(y | u).")  # fmt: skip
    told = ",".join(name for group in names for name in group)
    if inner in given:
        return _held(inner, told)
    if inner.definition is not None and any(map(_is_defined, symbols_of(inner.definition))):
        definition = _form_of_vectors(inner.definition, given, node, context)
        return Symbol(f"{inner.name}|{told}", *inner.shape, role="random", definition=definition)
    mean, variance = _moments(inner, given)
    name = f"{inner.name}|{told}"
    if context.sizing.holes(inner.shape):
        return context.sizing.placeholder(inner.shape, lambda known: Symbol(name, *known, role="random"), name=name)
    return Symbol(name, *inner.shape, role="random", mean=mean, variance=variance)


def as_column(inner: Tree, context: Context) -> Tree:
    """What varies as a column, Y among it, where nothing else tells how wide it is."""
    if isinstance(inner, Symbol) and inner.columns != ONE and context.sizing.holes([inner.columns]):
        context.sizing.meet(inner.columns, ONE)
        return Symbol(inner.name, inner.rows, ONE, role="random")
    return inner


def _of_events(inner: Tree, given: Sequence[Tree]) -> Applied:
    """Where an event stands on either side of the bar; a plain y given a value of a number is one observation."""
    is_of_numbers = all(part.is_scalar for tree in given for part in (tree, *tree.parts))
    if isinstance(inner, Symbol) and is_of_numbers and inner.columns == ONE:
        inner = Scalar(sympy.Symbol(inner.name, real=True))
    return Applied("|", (inner, *given), row_size=inner.rows, column_size=inner.columns)


def _form_given(inner: Scalar, given: str, context: Context) -> Scalar | None:
    """A sum of elements given something: each element of a random vector and each estimate in it is given that; None
    without any."""
    vectors = {name.tree.name for name in context.vocabulary if isinstance(name.tree, Symbol)
               and name.tree.role == "random"}  # fmt: skip
    letters = {
        letter: sympy.Symbol(f"{letter}|{given}", real=True)
        for letter in inner.value.free_symbols
        if _is_random(str(letter).partition("_")[0], vectors) and "|" not in str(letter)
    }
    return Scalar(inner.value.xreplace(letters)) if letters else None  # pyright: ignore[reportArgumentType]


def _form_of_vectors(inner: Tree, given: Sequence[Tree], node: Node, context: Context) -> Tree:
    """A form in vectors given others: each that varies is given these, and those do not vary."""
    held = {tree.name for tree in given if isinstance(tree, Symbol)}
    told = ",".join(name for tree in given for name in _names(tree))

    def change(leaf: Tree) -> Tree | None:
        if isinstance(leaf, Scalar):
            return _form_given(leaf, told, context)
        if not isinstance(leaf, Symbol) or leaf.role != "random":
            return None
        return _held(leaf, told) if leaf.name in held else conditional(leaf, given, node, context)

    return transform(inner, change)


def _held(vector: Symbol, told: str) -> Symbol:
    """A vector that is among what is given, u | u: it has its own value for a mean, and does not vary."""
    zero = Zero(vector.rows, vector.rows)
    return Symbol(f"{vector.name}|{told}", *vector.shape, role="random", mean=vector, variance=zero)


def _is_plain_form(inner: Scalar) -> bool:
    """Whether a number is a sum of letters with numbers before them, y_1 − y_2."""
    terms = inner.value.as_coefficients_dict()
    return all(term.is_Symbol or term.is_number for term in terms)


def _is_random(base: str, vectors: set[str]) -> bool:
    """Whether a letter is an element or an average of a random vector, or an estimate, τ̂."""
    return base.removesuffix("bar") in vectors or (base.endswith("hat") and base != "hat")


def _moments(inner: Symbol, given: Sequence[Tree]) -> tuple[Tree | None, Tree | None]:
    """The mean, in which what is given stays as it is, and the variance, to which it adds nothing."""
    definition = inner.definition
    (first, *others) = given
    if not others and isinstance(first, Symbol) and first.role == "random" and first.definition is not None:
        return _moments_given_data(inner, first)
    if definition is None and all(_are_uncorrelated(inner, tree) for tree in given):
        return inner.mean, inner.variance
    if definition is None or not all(isinstance(tree, Symbol) for tree in given):
        return None, None
    means: dict[Tree, Tree] = {
        symbol: symbol.mean
        for symbol in symbols_of(definition)
        if symbol.role == "random" and symbol not in given and symbol.mean is not None
    }
    known: dict[Tree, Tree] = {tree: Symbol(tree.name, *tree.shape) for tree in given if isinstance(tree, Symbol)}
    mean = replaced(definition, means)
    if isinstance(mean, Sum):
        # E(ε) = 0 is part of the model, and nobody writes it.
        mean = sum_or_term([term for term in mean.terms if not isinstance(term, Zero)] or [Zero(*inner.shape)])
    return mean, Variance(replaced(definition, known))


def _is_defined(symbol: Symbol) -> bool:
    """Whether a symbol is a random vector that is made of others, as y within β̂."""
    return symbol.role == "random" and symbol.definition is not None


def _are_uncorrelated(one: Symbol, other: Tree) -> bool:
    return isinstance(other, Symbol) and (other in one.uncorrelated or one in other.uncorrelated)


def _moments_given_data(inner: Symbol, data: Symbol) -> tuple[Tree, Tree]:
    """The moments given a vector that is made of others, of u | y or ε | y, when all are normal together.

    E(u) + Cov(u, y) Var(y)⁻¹(y − E(y)) and Var(u) − Cov(u, y) Var(y)⁻¹ Cov(y, u). Source: Searle, Casella and McCulloch
    (1992), Variance Components, appendix S.2.
    """
    slope = (Covariance(inner, data), Inverse(Variance(data)))
    deviation = Sum((data, Scaled(Scalar(sympy.S.NegativeOne), Expectation(data))))
    less = Scaled(Scalar(sympy.S.NegativeOne), Product((*slope, Covariance(data, inner))))
    return Sum((Expectation(inner), Product((*slope, deviation)))), Sum((Variance(inner), less))


def _names(tree: Tree) -> tuple[str, ...]:
    if isinstance(tree, Symbol):
        return (tree.name,)
    if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Symbol):
        return (tree.value.name,)
    if isinstance(tree, Scalar) and tree.value.is_Pow and tree.value.args[0].is_Symbol and tree.value.args[1] == _HALF:
        return (str(tree.value.args[0]).replace("sigma2", "sigma", 1),)
    if isinstance(tree, Block):
        return tuple(name for block in tree.parts for name in _names(block))
    return ()
