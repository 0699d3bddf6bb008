"""What the functions of an answer mean: moments, and R, NumPy and SymPy spellings of matrices."""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.notation.meaning.arithmetic import power
from tutor.notation.meaning.combine import made_square, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.functions import FUNCTION_MEANINGS, Arguments, Meaning, inverse_function
from tutor.notation.meaning.letters import is_factor, is_lag
from tutor.notation.meaning.stacking import STACKING_MEANINGS
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.functions import LETTERS, STATISTICS
from tutor.notation.parsing.syntax import Call, Matrix, Named

_DISPERSION = Scalar(sympy.Symbol("phi", real=True))


def call(node: Call, arguments: Arguments, context: Context) -> Tree:
    """The tree of a function of arguments.

    A letter that is both a function of R and a name here, t or c, is the function before a matrix and the name
    before a scalar: t(X) is a transpose and t(b − 1) a product.

    Raises
    ------
    ReadError
        For the wrong number or kind of arguments.
    ShapeError
        For arguments that do not conform.
    """
    if node.function == "gamma" and len(arguments) == 1 and is_lag(arguments[0], context):
        return Applied(node.spelling.letters, tuple(arguments))
    name = context.vocabulary.lookup("_".join(filter(None, (node.spelling.letters, node.spelling.subscript))))
    is_density = node.spelling.letters in context.densities
    is_named = name is not None and len(arguments) == 1 and node.spelling.letters not in STATISTICS
    if name is not None and is_named and not is_density and is_factor(name.tree, node, arguments[0]):
        return _times(name.tree, node, arguments[0], context)
    if node.spelling.letters == "gamma" and isinstance(node.arguments[0], Named) and not node.power:
        return Applied("gamma", tuple(arguments))
    if name is None and node.spelling.bold and node.spelling.letters in LETTERS:
        raise context.error(f"{node.spelling.letters} is no name of this model.", "unknown-name", node)
    if node.spelling.letters == "t" and name is None and len(arguments) == 1 and isinstance(arguments[0], Scalar):
        raise context.error("t( ) is the transpose of a matrix, and t is no name here.", "unknown-name", node,
                            "Write the number itself.")  # fmt: skip
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


def _times(name: Tree, node: Call, argument: Tree, context: Context) -> Tree:
    factor = name
    if isinstance(name, Scalar) and node.power:
        factor = Scalar(power(name.value, sympy.Integer(int(node.power)), node, context))
    return product([("", factor), ("", argument)], context)


def _positional(node: Call, arguments: Arguments) -> list[Tree]:
    return [argument for argument, keyword in zip(arguments, node.keywords, strict=True) if not keyword]


def _expectation(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Expectation(arguments[0])


def _variance(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Variance(arguments[0])


def _covariance(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Covariance(arguments[0], arguments[1]) if len(arguments) == 2 else Variance(arguments[0])


def _transpose(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Transpose(arguments[0])


def _solve(node: Call, arguments: Arguments, context: Context) -> Tree:
    inverse = _inverse(node, arguments, context)
    return inverse if len(arguments) == 1 else _multiplied([inverse, arguments[1]], context)


def _inverse(node: Call, arguments: Arguments, context: Context) -> Tree:
    matrix = arguments[0]
    if not isinstance(matrix, Scalar):
        return Inverse(matrix)
    if matrix.value.is_zero:
        raise context.error("Division by zero is not defined.", "division-by-zero", node)
    return Scalar(1 / matrix.value)


def _determinant(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Determinant(made_square(arguments[0], context))


def _trace(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Trace(made_square(arguments[0], context))


def _kronecker(node: Call, arguments: Arguments, context: Context) -> Tree:
    return Kronecker(tuple(arguments))


def _block_diagonal(node: Call, arguments: Arguments, context: Context) -> Tree:
    return BlockDiagonal(tuple(arguments))


def _multiplied(factors: Sequence[Tree], context: Context) -> Tree:
    flat = [factor for tree in factors for factor in (tree.factors if isinstance(tree, Product) else (tree,))]
    return product([("", factor) for factor in flat], context)


def _cross_product(node: Call, arguments: Arguments, context: Context) -> Tree:
    return _multiplied([Transpose(arguments[0]), arguments[-1]], context)


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


# Matrices by their entries


def _entries(tree: Tree, context: Context, node: Call) -> list[sympy.Expr]:
    """The entries of a scalar or an explicit matrix, row by row."""
    if isinstance(tree, Scalar):
        return [tree.value]
    if isinstance(tree, Explicit):
        return list(tree.matrix.flat())
    if isinstance(tree, Ones | Zero) and all(dimension.is_Integer for dimension in tree.shape):
        value = sympy.Integer(1 if isinstance(tree, Ones) else 0)
        return [value] * int(tree.rows * tree.columns)  # pyright: ignore[reportArgumentType]
    raise context.error(f"{node.spelling.letters}( ) needs numbers or symbols as entries.", "arguments", node)


def _explicit(rows: int, columns: int, entries: Sequence[sympy.Expr]) -> Tree:
    return Explicit(ImmutableDenseMatrix(rows, columns, list(entries)))


def _combined(node: Call, arguments: Arguments, context: Context) -> Tree:
    is_program = context.text.isascii() and "\\" not in context.text
    if not is_program and len(arguments) == 2 and arguments[1] == _DISPERSION:
        return Applied("c", tuple(arguments))  # c(y, φ) of an exponential family
    entries = [entry for argument in arguments for entry in _entries(argument, context, node)]
    return _explicit(len(entries), 1, entries)


def _size(tree: Tree, context: Context, node: Call) -> Size:
    try:
        return size(tree.value if isinstance(tree, Scalar) else 0)
    except SizeError as error:
        raise context.error(error.problem, "wrong-dimension", node) from None


def _whole(tree: Tree, context: Context, node: Call) -> int:
    found = _size(tree, context, node)
    if not found.is_Integer or found > MOST_CELLS:  # pyright: ignore[reportOperatorIssue]
        raise context.error(f"{node.spelling.letters}( ) needs a whole number here.", "arguments", node)
    return int(found)  # pyright: ignore[reportArgumentType]


def _repeated(node: Call, arguments: Arguments, context: Context) -> Tree:
    entries = _entries(arguments[0], context, node)
    if isinstance(arguments[0], Scalar) and len(arguments) == 2 and node.keywords[1] in {"", "times"}:
        order = _size(arguments[1], context, node)
        if arguments[0].value == 1:
            return Ones(order, ONE)
        if arguments[0].value == 0:
            return Zero(order, ONE)
    for keyword, argument in list(zip(node.keywords, arguments, strict=True))[1:]:
        times = _whole(argument, context, node)
        _bounded(len(entries) * times, context, node)
        entries = [e for e in entries for _ in range(times)] if keyword == "each" else entries * times
    return _explicit(len(entries), 1, entries)


def _bounded(cells: int, context: Context, node: Call) -> None:
    if cells > MOST_CELLS:
        raise context.error(f"This matrix would have {cells:,} cells.", "too-large", node)


def _matrix(node: Call, arguments: Arguments, context: Context) -> Tree:
    """R's matrix(data, nrow, ncol, byrow), filled column by column unless byrow is TRUE."""
    told: dict[str, Tree] = {}
    free = [name for name in ("data", "nrow", "ncol", "byrow") if name not in node.keywords]
    for keyword, argument in zip(node.keywords, arguments, strict=True):
        name = keyword or (free.pop(0) if free else "?")
        matching = [full for full in ("data", "nrow", "ncol", "byrow") if full.startswith(name)]
        if len(matching) != 1:
            raise context.error(f"matrix( ) has no argument {name}.", "arguments", node)
        told[matching[0]] = argument
    if "data" not in told:
        raise context.error("matrix( ) needs its entries first.", "arguments", node, "Write matrix(c(1, 2), nrow = 2).")
    rows = _size(told["nrow"], context, node) if "nrow" in told else None
    columns = _size(told["ncol"], context, node) if "ncol" in told else None
    data = told["data"]
    if isinstance(data, Explicit) and rows is None and columns is None and data.columns != ONE:
        return data
    if isinstance(data, Scalar) and data.value in (0, 1) and (rows is not None or columns is not None):
        kind = Ones if data.value == 1 else Zero
        return kind(ONE if rows is None else rows, ONE if columns is None else columns)
    return _filled(node, _entries(data, context, node), rows, columns, _is_true(told.get("byrow")), context)


def _filled(
    node: Call, entries: list[sympy.Expr], rows: Size | None, columns: Size | None, by_row: bool, context: Context
) -> Tree:
    count = len(entries)
    height = None if rows is None else _whole(Scalar(rows), context, node)
    width = None if columns is None else _whole(Scalar(columns), context, node)
    if height is None:
        height = count if width is None else -(-count // width)
    if width is None:
        width = -(-count // height)
    cells = height * width
    _bounded(cells, context, node)
    if cells % count:
        raise context.error(f"{count} entries do not fill {height} rows and {width} columns.", "ragged-row", node)
    entries = entries * (cells // count)
    if by_row:
        return _explicit(height, width, entries)
    return _explicit(height, width, [entries[j * height + i] for i in range(height) for j in range(width)])


def _is_true(tree: Tree | None) -> bool:
    return isinstance(tree, Scalar) and tree.value == ONE


def _array(node: Call, arguments: Arguments, context: Context) -> Tree:
    """NumPy's array and SymPy's Matrix: of a list of lists as it is, of a flat list a column."""
    if len(arguments) == 3 and not any(node.keywords):
        entries = _entries(arguments[2], context, node)
        height, width = (_whole(argument, context, node) for argument in arguments[:2])
        if height * width != len(entries):
            raise context.error(f"{len(entries)} entries do not fill {height} × {width}.", "ragged-row", node)
        return _explicit(height, width, entries)
    inner = arguments[0]
    if isinstance(inner, Explicit) and inner.rows == ONE and not isinstance(node.arguments[0], Matrix):
        return Explicit(ImmutableDenseMatrix(inner.matrix.T))
    return inner


def _diagonal(node: Call, arguments: Arguments, context: Context) -> Tree:
    """diag(3) and diag(n) are identities, diag(a, b) and diag(c(a, b)) diagonal, diag(A) the column of a diagonal."""
    if len(arguments) == 2 and isinstance(arguments[0], Scalar) and node.keywords[1] in {"nrow", "ncol"}:
        order = _size(arguments[1], context, node)
        return Identity(order) if arguments[0].value == 1 else Scaled(arguments[0], Identity(order))
    if len(arguments) == 2 and isinstance(arguments[1], Scalar) and isinstance(arguments[0], Scalar):
        _check_order(node, arguments[0].value, arguments[1].value, context)
    if len(arguments) == 1 and isinstance(arguments[0], Scalar):
        return Identity(_size(arguments[0], context, node))
    if len(arguments) == 1 and isinstance(arguments[0], Explicit) and ONE not in arguments[0].shape:
        return Explicit(ImmutableDenseMatrix(arguments[0].matrix.diagonal().T))
    if len(arguments) > 1 and not all(isinstance(argument, Scalar) for argument in arguments):
        return BlockDiagonal(tuple(arguments))
    if len(arguments) == 1 and isinstance(arguments[0], Ones) and arguments[0].columns == ONE:
        return Identity(arguments[0].rows)
    entries = [entry for argument in arguments for entry in _entries(argument, context, node)]
    _bounded(len(entries) ** 2, context, node)
    return Explicit(ImmutableDenseMatrix(sympy.diag(*entries)))


def _check_order(node: Call, first: sympy.Expr, second: sympy.Expr, context: Context) -> None:
    """Raise ReadError where diag(x, 3) may be R's x I_3, or the diagonal matrix of x and 3."""
    if not first.is_number and second.is_Integer and second > 1 and "\\" not in context.text:  # pyright: ignore[reportOperatorIssue]
        raise context.error("In R the second argument is the number of rows, elsewhere an entry.", "ambiguous-call",
                            node, "Write diag(x, nrow = 3), or diag(c(x, 3)).")  # fmt: skip


def _sizes(node: Call, arguments: Arguments, context: Context) -> list[Size]:
    given = _positional(node, arguments)
    listed = given[0] if len(given) == 1 and isinstance(given[0], Explicit) else None
    trees = [Scalar(entry) for entry in listed.matrix.flat()] if listed is not None else given
    return [_size(tree, context, node) for tree in trees]


def _eye(node: Call, arguments: Arguments, context: Context) -> Tree:
    sizes = _sizes(node, arguments, context)
    if len(sizes) == 2 and sizes[0] != sizes[1]:
        raise context.error("The identity matrix is square.", "wrong-dimension", node)
    return Identity(sizes[0])


def _ones(node: Call, arguments: Arguments, context: Context) -> Tree:
    sizes = _sizes(node, arguments, context)
    return Ones(sizes[0], sizes[1] if len(sizes) > 1 else ONE)


def _zeros(node: Call, arguments: Arguments, context: Context) -> Tree:
    sizes = _sizes(node, arguments, context)
    return Zero(sizes[0], sizes[1] if len(sizes) > 1 else ONE)


def _full(node: Call, arguments: Arguments, context: Context) -> Tree:
    """np.full((2, 3), x): one number everywhere."""
    sizes = _entries(arguments[0], context, node)
    rows, columns = size(sizes[0]), size(sizes[1]) if len(sizes) > 1 else ONE
    return product([("", arguments[1]), ("", Ones(rows, columns))], context)


def _reduction(node: Call, arguments: Arguments, context: Context) -> Tree:
    """R(μ, τ), by how much a sum of squares falls with these effects, of which some are numbers and some vectors."""
    return Applied(node.spelling.letters, tuple(arguments))


_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    "E": (1, 1, _expectation),
    "Var": (1, 1, _variance),
    "Cov": (1, 2, _covariance),
    "t": (1, 1, _transpose),
    "transpose": (1, 1, _transpose),
    "solve": (1, 2, _solve),
    "inverse": (1, 1, _inverse),
    "det": (1, 1, _determinant),
    "trace": (1, 1, _trace),
    "diag": (1, 99, _diagonal),
    "blockdiag": (1, 99, _block_diagonal),
    "kron": (2, 99, _kronecker),
    "crossprod": (1, 2, _cross_product),
    "tcrossprod": (1, 2, _outer_product),
    "product": (2, 99, _product),
    "sum": (1, 99, _sum),
    "matrix": (0, 4, _matrix),
    "array": (1, 3, _array),
    "c": (1, MOST_CELLS, _combined),
    "rep": (1, 2, _repeated),
    "eye": (1, 2, _eye),
    "ones": (1, 2, _ones),
    "zeros": (1, 2, _zeros),
    "full": (2, 2, _full),
    "reduction": (1, 99, _reduction),
    **FUNCTION_MEANINGS,
    **STACKING_MEANINGS,
}
"""Key of a function: fewest and most arguments, and its meaning."""
