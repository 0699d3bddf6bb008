r"""Functions of numbers and of matrices: SymPy's where the arguments are its own, otherwise as notation.

log(μ) is SymPy's; log |V|, se(\hat\beta) and f(y | μ) are `Applied`, which keeps their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from tutor.algebra.applied import OF_EACH_ELEMENT, Applied
from tutor.algebra.nodes import Explicit, Inverse, Scalar
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.notation.meaning.arithmetic import MOST_EXPONENT, is_beyond
from tutor.notation.meaning.conditional import as_column
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.functions import DERIVATIVE, INDICATOR, INFORMATION, NAMED
from tutor.notation.parsing.superscripts import GENERALIZED_INVERSE, MOORE_PENROSE
from tutor.notation.parsing.syntax import Call, Derivative, Node

Arguments = Sequence[Tree]
Meaning = Callable[[Call, Arguments, Context], Tree]


def exponential(exponent: sympy.Expr, node: Node, context: Context) -> sympy.Expr:
    """e to an exponent. Raises ReadError "too-large"."""
    if is_beyond(exponent, MOST_EXPONENT):
        raise context.error("This power is too large to be computed.", "too-large", node)
    return _unasked(sympy.exp)(exponent)


class Phi(sympy.Function):
    """The distribution function of the standard normal, Φ(x)."""


def _named(name: str) -> Callable[..., sympy.Expr]:
    return sympy.Function(name, real=True)


def _extreme(function: Any, name: str) -> Callable[..., sympy.Expr]:
    """The largest or the smallest of some numbers; of one letter, max(μ_i), it is that of all its values, and stays."""

    def found(*values: sympy.Expr) -> sympy.Expr:
        is_over_index = len(values) == 1 and not values[0].is_number
        return _named(name)(*values) if is_over_index else _unasked(function)(*values)

    return found


_MOST_COMPARED = 10
"""Arguments of a maximum that SymPy may compare, each with each."""


def _unasked(function: Any) -> Callable[..., sympy.Expr]:
    """A function of SymPy that is left as written of many arguments, of a number with sums below a line, of the
    logarithm of a number and of a tower of exponentials: SymPy would ask for its sign, which doubles its work with each
    fraction or logarithm within another, and for the value of the tower."""

    def left(*values: sympy.Expr) -> sympy.Expr:
        is_dear = len(values) > _MOST_COMPARED or any(
            _has_divisors(value) or (value.is_number and _is_dear_number(value)) for value in values
        )
        return function(*values, evaluate=False) if is_dear else function(*values)

    return left


def _is_dear_number(value: sympy.Expr) -> bool:
    """Whether a number is made of logarithms, or of exponentials of exponentials."""
    return value.has(sympy.log) or any(power.args[0].has(sympy.exp) for power in value.atoms(sympy.exp))


def _has_divisors(value: sympy.Expr) -> bool:
    """Whether a number in letters has a sum in letters below a line."""
    below = (power.base for power in value.atoms(sympy.Pow) if power.exp.is_negative)
    return any(base.is_Add and not base.is_number for base in below)


def absolute(value: sympy.Expr) -> sympy.Expr:
    """|x| of a number. Of a letter that may be a size, as t, SymPy would drop the bars; they are what was written."""
    return sympy.Abs(value, evaluate=False) if value.is_Symbol else _unasked(sympy.Abs)(value)


def _of_probability(name: str) -> Callable[[sympy.Expr], sympy.Expr]:
    """A function of a probability, which keeps its name; of a number that is none it is none."""

    def link(value: sympy.Expr) -> sympy.Expr:
        if value.is_number and not (value.is_positive and (1 - value).is_positive):
            return sympy.nan
        return _named(name)(value)

    return link


INVERSES: dict[str, tuple[str, Callable[..., Any]]] = {
    "Phi": ("probit", _named("probit")),
    "probit": ("Phi", Phi),
    "logit": ("expit", _named("expit")),
    "log": ("exp", sympy.exp),
    "exp": ("log", sympy.log),
    "link": ("inverse link", _named("ginv")),
    "phi": ("phiinv", _named("phiinv")),
    "density": ("finv", _named("finv")),
}
"""Key of a function of a number: the key of its inverse, Φ⁻¹(μ), and what SymPy makes of that."""

_OF_NUMBERS: dict[str, tuple[int, int, Callable[..., Any]]] = {
    "sqrt": (1, 1, sympy.sqrt),
    "exp": (1, 1, _unasked(sympy.exp)),
    "log": (1, 1, _unasked(sympy.log)),
    "logit": (1, 1, _of_probability("logit")),
    "expit": (1, 1, _named("expit")),
    "cloglog": (1, 1, _of_probability("cloglog")),
    "arcsin": (1, 1, sympy.asin),
    "Phi": (1, 1, Phi),
    "phi": (1, 1, _named("phi")),
    "probit": (1, 1, _named("probit")),
    "gamma": (1, 1, sympy.gamma),
    "beta": (2, 2, lambda a, b: sympy.gamma(a) * sympy.gamma(b) / sympy.gamma(a + b)),
    "factorial": (1, 1, sympy.factorial),
    "binomial": (2, 2, sympy.binomial),
    "percent": (1, 1, lambda number: number / 100),
    "abs": (1, 1, _unasked(sympy.Abs)),
    "max": (1, 99, _extreme(sympy.Max, "max")),
    "min": (1, 99, _extreme(sympy.Min, "min")),
}
"""Key: fewest and most arguments, and what SymPy makes of them."""


_BY_LETTER = frozenset({"density", "likelihood", "probability", "bessel", NAMED})


GROWING = frozenset({"factorial", "binomial", "gamma", "beta"})
"""Functions of which the values grow fast."""

MOST_FACTORIAL = 1_000
"""The largest number of which a factorial is computed."""


def of_numbers(key: str, function: Callable[..., sympy.Expr]) -> Meaning:
    """The meaning of a function of numbers; a product as y'Vy, which is a number too, keeps its form in it, and of a
    vector, as in log(y), it is that of each element."""

    def meaning(node: Call, arguments: Arguments, context: Context) -> Tree:
        if key in OF_EACH_ELEMENT and arguments[0].columns == ONE and not arguments[0].is_scalar:
            return Applied(key, tuple(arguments))
        if not all(argument.is_scalar for argument in arguments):
            raise context.error(f"{node.spelling.letters} takes a scalar.", "arguments", node)
        arguments = [_unbracketed(argument) for argument in arguments]
        numbers = [argument.value for argument in arguments if isinstance(argument, Scalar)]
        if len(numbers) < len(arguments):
            return Applied(key, tuple(arguments), node.spelling.subscript)
        if node.function in GROWING and any(is_beyond(number, MOST_FACTORIAL) for number in numbers):
            raise context.error("This number is too large to be computed.", "too-large", node)
        if node.function == "exp":
            return Scalar(exponential(numbers[0], node, context))
        value = function(*numbers)
        if node.function == "log" and node.spelling.subscript:
            value /= sympy.log(int(node.spelling.subscript))
        if value.has(sympy.zoo, sympy.nan, sympy.oo):
            raise context.error(f"{node.spelling.letters} has no value here.", "division-by-zero", node)
        return Scalar(value)

    return meaning


def _unbracketed(tree: Tree) -> Tree:
    """A matrix of one entry, which stands for brackets around it, as the number; any other tree as it is."""
    return Scalar(tree.matrix.flat()[0]) if isinstance(tree, Explicit) and tree.is_scalar else tree


def _kept(node: Call, arguments: Arguments, context: Context) -> Tree:
    """A function of which the notation is all: a number. Densities go by their letter, f, p or L."""
    name = f"{node.spelling.letters}{node.spelling.accent}" if node.function in _BY_LETTER else node.function
    return Applied(name, tuple(arguments), node.spelling.subscript, parted=node.parted)


def _estimated_covariance(node: Call, arguments: Arguments, context: Context) -> Tree:
    """Of one vector it is the estimated variance matrix."""
    return Applied(node.function if len(arguments) == 2 else "estimated Var", tuple(arguments))


def _positive_part(node: Call, arguments: Arguments, context: Context) -> Tree:
    """(x − κ)_+, the larger one of x − κ and 0."""
    return of_numbers("max", _unasked(sympy.Max))(node, [Scalar(sympy.Integer(0)), *arguments], context)


def _correlation(node: Call, arguments: Arguments, context: Context) -> Tree:
    left, right = arguments[0], arguments[-1]  # of one vector its correlation matrix
    left, right = as_column(left, context), as_column(right, context)
    if left.columns != ONE or right.columns != ONE:
        raise context.error("A correlation is that of two random vectors or elements.", "arguments", node)
    return Applied("Corr", (left, right))


def _generalized_inverse(node: Call, arguments: Arguments, context: Context) -> Tree:
    """A⁻, of which Moore's and Penrose's stands for all: where a result depends on the choice, it is theirs. That one
    alone is A⁺. Of a product that is 1 × 1, as X'V⁻¹X where X has one column, it is the inverse."""
    (matrix,) = arguments
    if matrix.is_scalar and symbols_of(matrix):
        return Inverse(matrix)
    if matrix.is_scalar:
        raise context.error("A number has no generalized inverse.", "unexpected", node, "Write 1/x for the inverse.")
    return Applied("generalized inverse", (matrix,), "" if node.function == GENERALIZED_INVERSE else "+")


def _inverse_link(node: Call, arguments: Arguments, context: Context) -> Tree:
    """The inverse of the link of a number or of each element of a vector; R's ginv() of a matrix is another thing."""
    (argument,) = arguments
    if argument.is_scalar:
        return of_numbers(*INVERSES["link"])(node, arguments, context)
    if argument.columns != ONE:
        return _generalized_inverse(node, arguments, context)
    return Applied("inverse link", (argument,))


def _information(node: Call, arguments: Arguments, context: Context) -> Tree:
    """Fisher's information on a parameter, or its matrix, p × p, on p of them."""
    (parameter,) = arguments
    return Applied(INFORMATION, (parameter,), "", parameter.rows, parameter.rows)


def _indicator(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Applied("I", tuple(arguments))


def _norm(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Applied("norm", (arguments[0],), node.spelling.subscript)


def _vec(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Applied("vec", (arguments[0],))


def _link(node: Call, arguments: Arguments, context: Context) -> Tree:
    """g(μ), of which only the name is known: a scalar of a scalar, a vector of a vector."""
    mean = arguments[0]
    if isinstance(mean, Scalar):
        return Scalar(_named("g")(mean.value))
    return Applied("link", (mean,))


def derivative(of: Tree, by: Tree, node: Derivative, context: Context) -> Tree:
    """∂ℓ/∂β as notation: of a scalar it has the shape of β, by a scalar that of what is derived, and of a vector by a
    vector as many rows as the one and as many columns as the other.

    Raises
    ------
    ReadError
        "derivative", for a matrix by a vector or a matrix.
    """
    if by.is_scalar:
        shape = of.shape
    elif of.is_scalar:
        shape = by.shape
    elif of.columns == by.columns == ONE:
        shape = (of.rows, by.rows)
    elif of.columns == by.rows == ONE:
        shape = (of.rows, by.columns)  # ∂μ/∂β'
    elif of.rows == by.columns == ONE:
        shape = (by.rows, of.columns)  # ∂μ'/∂β
    else:
        raise context.error("A matrix is derived by one number at a time.", "derivative", node,
                            "Write the derivative by one parameter.")  # fmt: skip
    return Applied(DERIVATIVE if node.sign == "d" else node.sign, (of, by), node.order, *shape)


def inverse_function(node: Call, arguments: Arguments, context: Context) -> Tree:
    """Φ⁻¹(μ): the inverse of a function of one number."""
    if node.function == "link" and len(arguments) == 1:
        return _inverse_link(node, arguments, context)
    inverse = INVERSES.get(node.function)
    if inverse is None or len(arguments) != 1:
        raise context.error(f"The inverse of {node.spelling.letters} cannot be read.", "unexpected", node)
    return of_numbers(*inverse)(node, arguments, context)


FUNCTION_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    **{key: (least, most, of_numbers(key, function)) for key, (least, most, function) in _OF_NUMBERS.items()},
    "link": (1, 1, _link),
    "inverse link": (1, 1, _inverse_link),
    GENERALIZED_INVERSE: (1, 1, _generalized_inverse),
    MOORE_PENROSE: (1, 1, _generalized_inverse),
    "bessel": (1, 2, _kept),
    "estimated E": (1, 1, _kept),
    "estimated Var": (1, 1, _kept),
    "estimated Cov": (1, 2, _estimated_covariance),
    "estimated Corr": (2, 2, _kept),
    "se": (1, 1, _kept),
    "odds": (1, 99, _kept),
    "density": (1, 99, _kept),
    "likelihood": (1, 99, _kept),
    "probability": (1, 99, _kept),
    NAMED: (1, 99, _kept),
    INDICATOR: (1, 1, _indicator),
    "information": (1, 1, _information),
    "rank": (1, 1, _kept),
    "positive part": (1, 1, _positive_part),
    "Corr": (1, 2, _correlation),
    "norm": (1, 1, _norm),
    "vec": (1, 1, _vec),
}
"""Key of a function: fewest and most arguments, and its meaning."""
