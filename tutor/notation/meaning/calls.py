"""What the functions of an answer mean: moments, and R, NumPy and SymPy spellings of matrices."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
    Explicit,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.nought import is_nought
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.arithmetic import power
from tutor.notation.meaning.combine import fitted, made_square, product
from tutor.notation.meaning.conditional import as_column
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import Factors, Value, elaborate
from tutor.notation.meaning.elements import ELEMENT_MEANINGS
from tutor.notation.meaning.entries import ENTRY_MEANINGS, meet_where_alike
from tutor.notation.meaning.functions import FUNCTION_MEANINGS, Arguments, Meaning, inverse_function
from tutor.notation.meaning.letters import is_factor, is_lag, is_lag_beside_nought, stands_for_factor
from tutor.notation.meaning.resolve import factors
from tutor.notation.meaning.stacking import STACKING_MEANINGS
from tutor.notation.parsing.functions import LETTERS, NAMED, STATISTICS
from tutor.notation.parsing.syntax import Call, Named
from tutor.notation.parsing.token import Span

_INSTEAD = {
    "chol": "Write chol2inv(chol(V)) or solve(V) for the inverse.",
    "chol2inv": "Write chol2inv(chol(V)) or solve(V) for the inverse.",
    "slogdet": "Write slogdet(V)[1] or log(det(V)) for the logarithm.",
    "replicate": "Write bdiag(A, A) for equal blocks.",
    "list": "Write bdiag(A, B) for blocks and c(1, 2) for numbers.",
}
"""Key of a function of programs: what says in this notation what it is for."""


def call(node: Call, arguments: Arguments, context: Context) -> Value:
    """The tree of a function of arguments, or the factors that they are.

    A letter that is both a function of R and a name here, t or c, is the function before a matrix and the name
    before a scalar: t(X) is a transpose and t(b − 1) a product.

    Raises
    ------
    ReadError
        For the wrong number or kind of arguments.
    ShapeError
        For arguments that do not conform.
    """
    if node.parted[:1] == (1,) and isinstance(arguments[1], Zero):
        context.sizing.meet_shapes(arguments[0].shape, arguments[1].shape)  # the mean of φ(b; 0, D)
    if (
        node.function == "gamma"
        and len(arguments) == 1
        and (is_lag(arguments[0], context) or is_lag_beside_nought(node.spelling.letters, node.arguments[0], context))
    ):
        return Applied(node.spelling.letters, tuple(arguments))
    name = context.vocabulary.lookup("_".join(filter(None, (node.spelling.letters, node.spelling.subscript))))
    is_density = node.spelling.letters in context.densities or node.function == NAMED
    is_named = name is not None and len(arguments) == 1 and node.spelling.letters not in STATISTICS
    if name is not None and is_named and not is_density and is_factor(name.tree, node, arguments[0], context):
        return _times((name.tree,), node, arguments[0], context)
    if name is None and not is_density and stands_for_factor(node, tuple(arguments), context):
        letter = Named(node.start, node.start + 1, node.spelling)
        names = factors(letter, (), context) if not node.spelling.subscript else (elaborate(letter, context),)
        return _times(names, node, arguments[0], context)
    if node.function == "beta" and len(arguments) == 1:
        return Applied("B", tuple(arguments))  # of Euler's has two
    if node.spelling.letters == "gamma" and isinstance(node.arguments[0], Named) and not node.power:
        return Applied("gamma", tuple(arguments))
    if name is None and node.spelling.bold and node.spelling.letters in LETTERS:
        raise context.error(f"{node.spelling.letters} is no name of this model.", "unknown-name", node)
    if node.spelling.letters == "t" and name is None and len(arguments) == 1 and isinstance(arguments[0], Scalar):
        raise context.error("t( ) is the transpose of a matrix, and t is no name here.", "unknown-name", node,
                            "Write the number itself.")  # fmt: skip
    if node.function == "link" and len(arguments) > 1 and not any(node.keywords) and not node.power:
        return Applied("g", tuple(arguments), node.spelling.subscript)  # g(t_j, t_k), of two times, is no link
    least, most, meaning = _MEANINGS[node.function]
    positional = [argument for argument, keyword in zip(arguments, node.keywords, strict=True) if not keyword]
    if not least <= len(positional) <= most:
        expected = f"{least}" if least == most else f"{least} to {most}" if most < 99 else f"{least} or more"
        raise context.error(f"{node.spelling.letters}( ) takes {expected} arguments, not {len(positional)}.",
                            "arguments", node)  # fmt: skip
    if node.power == "-1":
        return inverse_function(node, arguments, context)
    value = meaning(node, arguments, context)
    if not node.power:
        return value
    if isinstance(value, Scalar):
        return Scalar(power(value.value, sympy.Integer(int(node.power)), node, context))
    return Applied("power", (value, Scalar(sympy.Integer(int(node.power)))))


def _times(names: tuple[Tree, ...], node: Call, argument: Tree, context: Context) -> Factors:
    """A letter and what stands in the brackets behind it as factors, so that what is behind the brackets is theirs."""
    last = names[-1]
    if isinstance(last, Scalar) and node.power:
        last = Scalar(power(last.value, sympy.Integer(int(node.power)), node, context))
    elif node.power:
        base = Inverse(last) if node.power == "-1" else last
        return Factors((*names[:-1], *[base] * abs(int(node.power)), argument))
    return Factors((*names[:-1], last, argument))


def _expectation(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Expectation(as_column(arguments[0], context))


def _variance(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Variance(as_column(arguments[0], context))


def _standard_deviation(node: Call, arguments: Arguments, context: Context) -> Tree:
    """SD(y_11), the root of the variance.

    Raises
    ------
    ReadError
        "unexpected", for a vector.
    """
    if not arguments[0].is_scalar:
        raise context.error("A standard deviation is that of one number.", "unexpected", node,
                            "Write SD(y_11) for an observation; Var(y) is the matrix of a vector.")  # fmt: skip
    return Applied("power", (Variance(arguments[0]), Scalar(sympy.S.Half)))


def _covariance(node: Call, arguments: Arguments, context: Context) -> Tree:
    if len(arguments) == 1:
        return Variance(as_column(arguments[0], context))
    first, second = arguments
    is_row = isinstance(second, Transpose) and second.columns != ONE and first.columns == ONE
    return Covariance(first, second.tree if is_row and isinstance(second, Transpose) else second)  # Cov(u, ε')


def _transpose(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Transpose(arguments[0])


def _solve(node: Call, arguments: Arguments, context: Context) -> Tree:
    inverse = _inverse(node, arguments, context)
    return inverse if len(arguments) == 1 else _multiplied([inverse, arguments[1]], context)


def _inverse(node: Call, arguments: Arguments, context: Context) -> Tree:
    matrix = arguments[0]
    if not isinstance(matrix, Scalar):
        return Inverse(matrix)
    if is_nought(matrix.value):
        raise context.error("Division by zero is not defined.", "division-by-zero", node)
    return Scalar(1 / matrix.value)


def _determinant(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Determinant(made_square(arguments[0], context))


def _trace(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Trace(made_square(arguments[0], context))


def _factor(node: Call, arguments: Arguments, context: Context) -> Tree:
    """What programs work with and no formula has: a triangular factor, a sign with a logarithm, a list."""
    raise context.error(f"{node.spelling.letters}( ) has no meaning alone in this notation.", "unknown-name", node,
                        _INSTEAD[node.function])  # fmt: skip


def _count(node: Call, arguments: Arguments, context: Context) -> Tree:
    """How many rows or columns a matrix has, as a number or the letter for one."""
    return Scalar(arguments[0].rows if node.function == "rows" else arguments[0].columns)


def _kronecker(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Kronecker(tuple(arguments))


def _hadamard(node: Call, arguments: Arguments, context: Context) -> Tree:
    """Matrices multiplied entry by entry."""
    if any(argument.is_scalar for argument in arguments):
        raise context.error("Only matrices are multiplied entry by entry.", "unexpected", node,
                            "Write numbers side by side, and a function of a function as f(g(x)).")  # fmt: skip
    return Applied("hadamard", tuple(fitted(arguments, context)))


def _block_diagonal(node: Call, arguments: Arguments, context: Context) -> Tree:
    if all(argument.is_scalar for argument in arguments):
        return BlockDiagonal(tuple(arguments))
    meet_where_alike(node, arguments, context)
    return BlockDiagonal(tuple(_zeros_of_any_order(argument, node, context) for argument in arguments))


def _zeros_of_any_order(block: Tree, node: Call, context: Context) -> Tree:
    """A 0 on the diagonal, beside matrices, as the square of zeros that fits; one number where nothing tells."""
    if not isinstance(block, Scalar) or not is_nought(block.value):
        return block
    order = context.sizing.hole(Span(node.start, node.end), may_be_one=True)
    context.sizing.defaults[order] = ONE
    return Zero(order, order)


def _multiplied(factors: Sequence[Tree], context: Context) -> Tree:
    flat = [factor for tree in factors for factor in (tree.factors if isinstance(tree, Product) else (tree,))]
    return product([("", factor) for factor in flat], context)


def _cross_product(node: Call, arguments: Arguments, context: Context) -> Tree:
    return _multiplied([Transpose(arguments[0]), arguments[-1]], context)


def _inner_product(node: Call, arguments: Arguments, context: Context) -> Tree:
    """⟨x, y⟩ = x'y and ⟨x, y⟩_V = x'Vy, numbers; a plain letter of one number beside a vector is a vector of its
    length, and where names are open u and v beside V are any two of as many rows."""
    first, second, *metric = arguments if len(arguments) > 1 else (arguments[0], arguments[0])
    is_below = not metric or "_" in context.text[node.arguments[1].end : node.arguments[2].start]
    left, right = _beside(first, second), _beside(second, first)
    if len(arguments) == 1 or not is_below or left.columns != ONE or right.columns != ONE:
        raise context.error("An inner product is that of two vectors of one length.", "arguments", node)
    if metric and context.vocabulary.takes_new_names:
        left, right = (
            Symbol(side.name, metric[0].rows, ONE, side.role) if isinstance(side, Symbol) else side
            for side in (left, right)
        )
    return _multiplied([Transpose(left), *metric, right], context)


def _beside(one: Tree, other: Tree) -> Tree:
    """A letter as a vector beside another; any other tree, and one beside a number, as it is."""
    if isinstance(one, Scalar) and one.value.is_Symbol and not other.is_scalar:
        return Symbol(str(one.value), *other.shape)
    return one


def _outer_product(node: Call, arguments: Arguments, context: Context) -> Tree:
    return _multiplied([arguments[0], Transpose(arguments[-1])], context)


def _product(node: Call, arguments: Arguments, context: Context) -> Tree:
    return _multiplied(arguments, context)


def _sum(node: Call, arguments: Arguments, context: Context) -> Tree:
    if len(arguments) == 1:
        total = arguments[0]
        if isinstance(total, Explicit):
            return Scalar(sympy.Add(*total.matrix.flat()))
        raise context.error("A sum over a matrix needs its entries.", "arguments", node)
    return Sum(tuple(arguments))


def _reduction(node: Call, arguments: Arguments, context: Context) -> Tree:
    """R(μ, τ), by how much a sum of squares falls with these effects, of which some are numbers and some vectors."""
    return Applied(node.spelling.letters, tuple(arguments))


_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    "E": (1, 1, _expectation),
    "Var": (1, 1, _variance),
    "Cov": (1, 2, _covariance),
    "sd": (1, 1, _standard_deviation),
    "t": (1, 1, _transpose),
    "transpose": (1, 1, _transpose),
    "solve": (1, 2, _solve),
    "inverse": (1, 1, _inverse),
    "det": (1, 1, _determinant),
    "chol": (1, 1, _factor),
    "list": (0, 99, _factor),
    "replicate": (2, 3, _factor),
    "chol2inv": (1, 1, _factor),
    "slogdet": (1, 1, _factor),
    "rows": (1, 1, _count),
    "columns": (1, 1, _count),
    "trace": (1, 1, _trace),
    "blockdiag": (1, 99, _block_diagonal),
    "kron": (2, 99, _kronecker),
    "hadamard": (2, 99, _hadamard),
    "crossprod": (1, 2, _cross_product),
    "tcrossprod": (1, 2, _outer_product),
    "inner product": (1, 3, _inner_product),
    "product": (2, 99, _product),
    "sum": (1, 99, _sum),
    "reduction": (1, 99, _reduction),
    **FUNCTION_MEANINGS,
    **STACKING_MEANINGS,
    **ENTRY_MEANINGS,
    **ELEMENT_MEANINGS,
}
"""Key of a function: fewest and most arguments, and its meaning."""
