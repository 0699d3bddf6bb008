"""Matrices as R, NumPy and SymPy make them of their entries: matrix(c(1, 2), 2), np.eye(3), diag(a, b), rep(1, n)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.nodes import Block, BlockDiagonal, Explicit, Identity, Ones, Scalar, Scaled, Zero
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.combine import grid, made_square, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.functions import Arguments, Meaning
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Call, Matrix, Named, postorder

MOST_MADE = 2 * MOST_CELLS
"""Cells that the functions of one text make in all, of those that go into others too."""

_DISPERSION = sympy.Symbol("phi", real=True)

_IN_R = re.compile(r"%\*%|%[xo]%|\b(?:kronecker|crossprod|tcrossprod|solve|matrix|rep|cbind|rbind|bdiag|c|t)\s*\(")
"""What only R writes."""


def _positional(node: Call, arguments: Arguments) -> list[Tree]:
    return [argument for argument, keyword in zip(arguments, node.keywords, strict=True) if not keyword]


def _entries(tree: Tree, context: Context, node: Call) -> list[sympy.Expr]:
    """The entries of a scalar or an explicit matrix, row by row."""
    if isinstance(tree, Scalar):
        return [tree.value]
    if isinstance(tree, Explicit):
        return list(tree.matrix.flat())
    if isinstance(tree, Scaled) and isinstance(tree.scalar, Scalar) and isinstance(tree.tree, Explicit):
        return [tree.scalar.value * entry for entry in tree.tree.matrix.flat()]
    if isinstance(tree, Ones | Zero) and all(dimension.is_Integer for dimension in tree.shape):
        cells = int(tree.rows * tree.columns)  # pyright: ignore[reportArgumentType]
        _bounded(cells, context, node)
        return [sympy.Integer(1 if isinstance(tree, Ones) else 0)] * cells
    raise context.error(f"{node.spelling.letters}( ) needs numbers or symbols as entries.", "arguments", node)


def _combined(node: Call, arguments: Arguments, context: Context) -> Tree:
    is_program = context.text.isascii() and "\\" not in context.text
    if not is_program and len(arguments) == 2 and _is_dispersion(arguments[1]):
        return Applied("c", tuple(arguments))  # c(y, φ) of an exponential family
    if all(argument.is_scalar for argument in arguments) and not all(isinstance(a, Scalar) for a in arguments):
        return grid([[argument] for argument in arguments], context)  # numbers that have no entry, as sums of letters
    entries: list[sympy.Expr] = []
    for argument in arguments:
        entries += _entries(argument, context, node)
        _bounded(len(entries), context, node)
    return _made(len(entries), 1, entries, context, node)


def _is_dispersion(tree: Tree) -> bool:
    """φ, and the φ/w of an observation of weight w."""
    return (
        isinstance(tree, Scalar)
        and _DISPERSION in tree.value.free_symbols
        and bool(tree.value.is_Mul or tree.value.is_Symbol)
    )


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
    return _made(len(entries), 1, entries, context, node)


def _bounded(cells: int, context: Context, node: Call) -> None:
    if cells > MOST_CELLS:
        raise context.error(f"This matrix would have {cells:,} cells.", "too-large", node)


def _made(rows: int, columns: int, entries: Sequence[sympy.Expr], context: Context, node: Call) -> Tree:
    """The matrix with these entries, unless it or all that the functions of the text make have too many cells."""
    cells = len(entries)
    _bounded(cells, context, node)
    context.made.append(cells + (context.made[-1] if context.made else 0))
    if context.made[-1] > MOST_MADE:
        raise context.error(f"The functions of this text make more than {MOST_MADE:,} cells.", "too-large", node)
    return Explicit(ImmutableDenseMatrix(rows, columns, list(entries)))


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
    by_row = _is_true(told.get("byrow"))
    if isinstance(data, Block) and data.columns == ONE and all(len(row) == 1 and row[0].is_scalar for row in data.grid):
        cells = [row[0] for row in data.grid]
        height, places = _places(node, len(cells), rows, columns, by_row, context)
        width = len(places) // height
        return grid([[cells[place] for place in places[i * width : (i + 1) * width]] for i in range(height)], context)
    entries = _entries(data, context, node)
    height, places = _places(node, len(entries), rows, columns, by_row, context)
    return _made(height, len(places) // height, [entries[place] for place in places], context, node)


def _places(
    node: Call, count: int, rows: Size | None, columns: Size | None, by_row: bool, context: Context
) -> tuple[int, list[int]]:
    """How many rows a matrix of so many entries has, and which of them stands in each of its cells, row by row."""
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
    if by_row:
        return height, [at % count for at in range(cells)]
    return height, [(j * height + i) % count for i in range(height) for j in range(width)]


def _is_true(tree: Tree | None) -> bool:
    return isinstance(tree, Scalar) and tree.value == ONE


def _array(node: Call, arguments: Arguments, context: Context) -> Tree:
    """NumPy's array and SymPy's Matrix: of a list of lists as it is, of a flat list a column."""
    if len(arguments) == 3 and not any(node.keywords):
        entries = _entries(arguments[2], context, node)
        height, width = (_whole(argument, context, node) for argument in arguments[:2])
        if height * width != len(entries):
            raise context.error(f"{len(entries)} entries do not fill {height} × {width}.", "ragged-row", node)
        return _made(height, width, entries, context, node)
    inner = arguments[0]
    if isinstance(inner, Explicit) and inner.rows == ONE and not isinstance(node.arguments[0], Matrix):
        return Explicit(ImmutableDenseMatrix(inner.matrix.T))
    return inner


def _diagonal(node: Call, arguments: Arguments, context: Context) -> Tree:
    """diag(3), diag(n) and R's diag(1, 3) are identities, diag(a, b) and diag(c(a, b)) diagonal.

    diag(A) is the column of a diagonal.
    """
    is_sized = len(arguments) == 2 and (node.keywords[1] in {"nrow", "ncol"} or stands_in(context.text, _IN_R))
    if is_sized and isinstance(arguments[0], Scalar):
        order = _size(arguments[1], context, node)
        return Identity(order) if arguments[0].value == 1 else Scaled(arguments[0], Identity(order))
    if len(arguments) == 2 and isinstance(arguments[1], Scalar) and isinstance(arguments[0], Scalar):
        _check_order(node, arguments[0].value, arguments[1].value, context)
    index = _index_of(node) if len(arguments) == 1 and context.vocabulary.takes_new_names else ""
    if index and arguments[0].is_scalar:
        levels = Scalar(sympy.Symbol(f"levels_{index}", integer=True, positive=True))
        return Indexed("direct sum", index, Scalar(sympy.S.One), levels, arguments[0])
    if len(arguments) == 1 and isinstance(arguments[0], Scalar):
        return Identity(_size(arguments[0], context, node))
    if len(arguments) == 1 and isinstance(arguments[0], Explicit) and ONE not in arguments[0].shape:
        return Explicit(ImmutableDenseMatrix(arguments[0].matrix.diagonal().T))
    if len(arguments) > 1 and not all(isinstance(argument, Scalar) for argument in arguments):
        meet_where_alike(node, arguments, context)
        return BlockDiagonal(tuple(arguments))
    if len(arguments) == 1 and isinstance(arguments[0], Ones) and arguments[0].columns == ONE:
        return Identity(arguments[0].rows)
    is_symbolic = len(arguments) == 1 and not isinstance(arguments[0], Explicit | Zero)
    is_vector = is_symbolic and arguments[0].columns == ONE
    if is_vector and context.vocabulary.takes_new_names:
        return Applied("diag", (arguments[0],))
    matrix = made_square(arguments[0], context) if is_symbolic and not is_vector else arguments[0]
    if is_symbolic and not is_vector and matrix.rows == matrix.columns:
        return Applied("diag", (matrix,))
    entries = [entry for argument in arguments for entry in _entries(argument, context, node)]
    _bounded(len(entries) ** 2, context, node)
    return Explicit(ImmutableDenseMatrix(sympy.diag(*entries)))


def meet_where_alike(node: Call, blocks: Arguments, context: Context) -> None:
    """Make the blocks of a call that are written alike of one size: σ²I + σ_u²J is the same in each place."""
    written = [context.text[part.start : part.end] for part in node.arguments]
    for told, block in zip(written, blocks, strict=True):
        context.sizing.meet_shapes(blocks[written.index(told)].shape, block.shape)


def _index_of(node: Call) -> str:
    """The one index below the names in diag(w_i), for whose values the entries stand; none where there is none."""
    below = {part.spelling.subscript for part in postorder(node.arguments[0]) if isinstance(part, Named)} - {""}
    return below.pop() if len(below) == 1 and below <= {"i", "j", "k"} else ""


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
    return Ones(sizes[0], sizes[1] if len(sizes) > 1 else _width(node, sizes[0], context))


def _zeros(node: Call, arguments: Arguments, context: Context) -> Tree:
    sizes = _sizes(node, arguments, context)
    return Zero(sizes[0], sizes[1] if len(sizes) > 1 else _width(node, sizes[0], context))


def _width(node: Call, rows: Size, context: Context) -> Size:
    """The columns where only rows are given: SymPy's ones(3) is square, NumPy's has one dimension."""
    return rows if context.text[: node.start].endswith(("sp.", "sympy.")) else ONE


def _full(node: Call, arguments: Arguments, context: Context) -> Tree:
    """np.full((2, 3), x): one number everywhere."""
    sizes = _entries(arguments[0], context, node)
    rows, columns = size(sizes[0]), size(sizes[1]) if len(sizes) > 1 else ONE
    return product([("", arguments[1]), ("", Ones(rows, columns))], context)


def _toeplitz(node: Call, arguments: Arguments, context: Context) -> Tree:
    """toeplitz(c(1, rho, rho^2)): the entry in row i and column j is that number |i − j| of the vector."""
    (vector,) = arguments
    if ONE not in vector.shape:
        raise context.error(
            "A Toeplitz matrix is made of a vector.", "arguments", node, "Write toeplitz(c(1, ρ, ρ^2))."
        )
    cells = _entries(vector, context, node)
    order = len(cells)
    _bounded(order * order, context, node)
    entries = [cells[abs(i - j)] for i in range(order) for j in range(order)]
    return _made(order, order, entries, context, node)


ENTRY_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    "diag": (1, 99, _diagonal),
    "matrix": (0, 4, _matrix),
    "array": (1, 3, _array),
    "c": (1, MOST_CELLS, _combined),
    "rep": (1, 2, _repeated),
    "eye": (1, 2, _eye),
    "ones": (1, 2, _ones),
    "zeros": (1, 2, _zeros),
    "full": (2, 2, _full),
    "toeplitz": (1, 1, _toeplitz),
}
"""Key of a function: fewest and most arguments, and its meaning."""
