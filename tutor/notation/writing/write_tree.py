"""Trees: each kind of node in the order in which it was built, with the brackets that it needs to be read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Block,
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
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, is_open
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.names import GREEK, split_base, split_given, split_key, split_raised
from tutor.notation.writing.layout import select
from tutor.notation.writing.pen import Bind, Pen, Piece, written
from tutor.notation.writing.write_blocks import block_diagonal
from tutor.notation.writing.write_given import conditional, moment_given

MINUS_ONE = Scalar(sympy.Integer(-1))


@written.register
def write_symbol(tree: Symbol, pen: Pen) -> Piece:
    """A name, bold unless it is a scalar, with its dimensions where the style shows them; or its elements in a list."""
    if tree.listed is not None:
        bind = Bind.POWER if pen.dialect.columns_are_transposed else Bind.ATOM
        return Piece(pen.dialect.column(_listed(tree.listed, pen), pen.style), bind, tall=True)
    subject, given = split_given(tree.name)
    if given:
        return conditional(subject, given, pen, bold=not tree.is_scalar)
    key = pen.style.key(subject)
    base, squared, subscripts = split_key(key)
    words, _ = split_base(base)
    # A vector of effects stays one where it has a single element, as the β of μ alone; y_11 is an element.
    is_vector = not tree.is_scalar or (tree.role in ("unknown", "random") and not subscripts)
    name = pen.dialect.name(key, bold=pen.style.bold and is_vector)
    above, _ = split_raised(subscripts)
    bind = Bind.POWER if squared or above else Bind.ATOM
    if not pen.style.dimensions or tree.is_scalar:
        # Of AX^{(k)} both letters would seem to be those of one name.
        is_word = bool(above) or (len(words[0]) > 1 and words[0] not in GREEK)
        return Piece(name, bind, word=is_word, open_end=bool(subscripts))
    if subscripts or squared:
        name = pen.dialect.grouped(name)
    return Piece(pen.dialect.subscript(name, shape_text(tree, pen)), word=True)


def _listed(elements: tuple[tuple[sympy.Expr, ...], ...], pen: Pen, *, across: bool = False) -> list[str]:
    """The elements that name a vector, with dots between the first and the last ones."""
    first, last = ([pen.whole(element) for element in part] for part in elements)
    return [*first, pen.dialect.dots[0 if across or pen.dialect.columns_are_transposed else 1], *last]


@written.register
def write_scalar_tree(tree: Scalar, pen: Pen) -> Piece:
    """The SymPy expression."""
    return written(tree.value, pen)


@written.register
def write_identity(tree: Identity, pen: Pen) -> Piece:
    """I with its order below."""
    return _special("I", tree, pen, single=True)


@written.register
def write_ones(tree: Ones, pen: Pen) -> Piece:
    """The vector 1 or the matrix J."""
    if tree.columns == ONE:
        return replace(_special("1", tree, pen, single=True), word=True)
    if tree.rows == ONE:
        return written(Transpose(Ones(tree.columns)), pen)
    return _special("J", tree, pen, single=tree.rows == tree.columns)


@written.register
def write_zero(tree: Zero, pen: Pen) -> Piece:
    """0 with its rows, and its columns unless it is a vector."""
    return replace(_special("0", tree, pen, single=tree.columns == ONE), word=True)


@written.register
def write_entries(entries: sympy.MatrixBase, pen: Pen) -> Piece:
    """The entries of SymPy's matrix."""
    return written(Explicit(ImmutableDenseMatrix(entries)), pen)


@written.register
def write_explicit(tree: Explicit, pen: Pen) -> Piece:
    """The entries between brackets, within a formula."""
    rows, columns = _shown(tree.matrix.rows, pen), _shown(tree.matrix.cols, pen)
    if columns == [0] and len(rows) > 1:
        return _column(tree.matrix.flat(), pen)
    cells = [[_cell(tree.matrix, row, column, pen) for column in columns] for row in rows]
    return Piece(pen.dialect.matrix(cells, pen.style), tall=True)


def _column(numbers: Sequence[Tree | sympy.Expr], pen: Pen) -> Piece:
    """Numbers below each other, of many the first and the last; in a line, the transpose of a row."""
    transposed = pen.dialect.columns_are_transposed
    gap = pen.dialect.dots[0 if transposed else 1]
    entries = [gap if row is None else pen.whole(numbers[row]) for row in _shown(len(numbers), pen)]
    return Piece(pen.dialect.column(entries, pen.style), Bind.POWER if transposed else Bind.ATOM, tall=True)


def _shown(count: int, pen: Pen) -> list[int | None]:
    """The numbers of the rows or columns that are written; None stands for those left out."""
    return [*select(count, count if pen.most_cells is None else pen.most_cells, 2, 1).indices]


def _cell(matrix: ImmutableDenseMatrix, row: int | None, column: int | None, pen: Pen) -> str:
    return _gap(row, column, pen) if row is None or column is None else pen.whole(matrix[row, column])


def _gap(row: int | None, column: int | None, pen: Pen) -> str:
    """The dots in the place of rows, columns or both that are left out."""
    return pen.dialect.dots[1 if column is not None else 0 if row is not None else 2]


@written.register
def write_scaled(tree: Scaled, pen: Pen) -> Piece:
    """A scalar in front; minus one is a minus sign, and a number divided by what is no parameter a fraction."""
    plain = _without_minus(tree)
    if plain is not None:
        return pen.negated(written(plain, pen))
    above, below = _divided(tree)
    if below and tree.is_scalar:
        return _quotient(above, below, pen)
    times = _times_itself(tree)
    if times:
        return _power(tree.scalar, times, pen)
    inner = written(tree.tree, pen)
    if tree.scalar == MINUS_ONE:
        # A minus sign reaches over products of every kind, so these need no brackets below it.
        return pen.negated(inner)
    if isinstance(tree.tree, Scaled):
        # c |V| log x is read as c(|V| log x) without brackets.
        needs_none = tree.is_scalar and isinstance(tree.tree.scalar, Applied | Determinant)
        inner = replace(inner, word=True) if needs_none else pen.at_least(Bind.POWER, inner)
    scalar = written(tree.scalar, pen)
    if _is_product_of_matrices(tree.scalar):
        # Of y'y A, only brackets tell that y'y is one number.
        scalar = pen.at_least(Bind.POWER, scalar)
    piece = pen.scaled(scalar, inner)
    if _seems_a_vector(scalar, tree.tree, pen):
        return replace(piece, text=scalar.text + pen.dialect.times + pen.at_least(Bind.PRODUCT, inner).text)
    return piece


def _seems_a_vector(number: Piece, beside: Tree, pen: Pen) -> bool:
    """Whether a number would be read as a vector of zeros or ones: 0 and 1 beside a row."""
    return beside.rows == ONE != beside.columns and number.text in (pen.dialect.number("0"), pen.dialect.number("1"))


def _without_minus(tree: Scaled) -> Tree | None:
    """A number without the minus sign that the first of its factors has, where this is no scalar alone: ℓ(θ)/σ² of
    (−ℓ(θ))/σ²; None for others, whose sign shows by itself."""
    inner = tree.scalar
    if not (tree.is_scalar and isinstance(inner, Scaled)):
        return None
    if inner.scalar == MINUS_ONE:
        return Scaled(inner.tree, tree.tree)
    if isinstance(inner.scalar, Scalar) and inner.scalar.value.as_coeff_Mul()[0].is_negative:
        return Scaled(replace(inner, scalar=Scalar(-inner.scalar.value)), tree.tree)
    deeper = _without_minus(inner)
    return None if deeper is None else Scaled(deeper, tree.tree)


def _times_itself(tree: Scaled) -> int:
    """How often one number is a factor, where it is all of them; 0 elsewhere."""
    times, rest = 1, tree.tree
    while isinstance(rest, Scaled) and rest.scalar == tree.scalar:
        times, rest = times + 1, rest.tree
    return times + 1 if rest == tree.scalar else 0


def _power(number: Tree, exponent: int, pen: Pen) -> Piece:
    """A number times itself: E(y)²."""
    base = pen.at_least(Bind.ATOM, written(number, pen))
    return Piece(pen.dialect.power(base.text, pen.dialect.number(str(exponent))), Bind.POWER, tall=base.tall, word=True)


def _divided(tree: Tree, is_last: bool = False) -> tuple[list[Tree], list[Tree]]:
    """The factors of a number, and those by which it is divided; either may be none. A broken number divides where it
    is the last factor. What is divided by a quotient keeps what it is divided by itself: F is a quotient of two."""
    if isinstance(tree, Scaled) and isinstance(tree.tree, Inverse) and _is_quotient(tree.tree.tree):
        return [tree.scalar], [tree.tree.tree]
    if isinstance(tree, Inverse) and tree.is_scalar:
        return [], [tree.tree]
    if isinstance(tree, Scalar) and (is_last or not tree.value.is_number):
        numerator, denominator = tree.value.as_numer_denom()
        if numerator == 1 != denominator:
            return [], [Scalar(denominator)]
    if not (isinstance(tree, Scaled) and tree.is_scalar) or tree.scalar == MINUS_ONE:
        return [tree], []
    (above, below), (more_above, more_below) = _divided(tree.scalar), _divided(tree.tree, True)
    return above + more_above, below + more_below


def _is_quotient(tree: Tree) -> bool:
    return isinstance(tree, Scaled) and tree.is_scalar and bool(_divided(tree)[1])


def _quotient(above: list[Tree], below: list[Tree], pen: Pen) -> Piece:
    if len(above) > 1 and isinstance(above[0], Scalar) and above[0].value.is_Rational and not above[0].value.is_Integer:
        # A broken number stands before the fraction, and not above its line.
        return pen.scaled(written(above[0], pen), _quotient(above[1:], below, pen))
    above = above or [Scalar(sympy.S.One)]
    numerator = written(above[0], pen) if len(above) == 1 else pen.product([written(tree, pen) for tree in above])
    denominator = written(below[0], pen) if len(below) == 1 else pen.product([written(tree, pen) for tree in below])
    if not pen.dialect.fractions_bind:
        numerator, denominator = pen.at_least(Bind.PRODUCT, numerator), pen.at_least(Bind.POWER, denominator)
        if len(below) > 1:
            denominator = pen.at_least(Bind.ATOM, denominator)
    text = pen.dialect.fraction(pen.signed(numerator).text, pen.signed(denominator).text)
    binds = pen.dialect.fractions_bind
    return Piece(text, Bind.PRODUCT if binds else Bind.QUOTIENT, tall=binds, word=True)


def _is_product_of_matrices(tree: Tree) -> bool:
    """Whether a scalar is written as factors that are none themselves."""
    if isinstance(tree, Product):
        return not all(factor.is_scalar for factor in tree.factors)
    return isinstance(tree, Scaled) and any(map(_is_product_of_matrices, tree.parts))


@written.register
def write_sum(tree: Sum, pen: Pen) -> Piece:
    """The terms in the order written; a term that is a sum itself is in brackets."""
    pieces = [written(term, pen) for term in tree.terms]
    return pen.sum(
        [
            pen.at_least(Bind.ATOM, piece) if isinstance(term, Sum) else piece
            for term, piece in zip(tree.terms, pieces, strict=True)
        ]
    )


@written.register
def write_product(tree: Product, pen: Pen) -> Piece:
    """The factors side by side."""
    pieces = [written(factor, pen) for factor in tree.factors]
    # A number behind a factor would seem to be an index or an element of it: 1₂ · 1.
    dotted = {
        n
        for n, beside in enumerate(tree.factors[1:])
        if _seems_a_vector(pieces[n], beside, pen) or (isinstance(beside, Scalar) and beside.value.is_number)
    }
    return pen.product(pieces, dotted)


@written.register
def write_transpose(tree: Transpose, pen: Pen) -> Piece:
    """A prime after the tree, or the sign that the style asks for; a column that is listed is listed as a row."""
    if isinstance(tree.tree, Symbol) and tree.tree.listed is not None:
        return Piece(pen.dialect.matrix([_listed(tree.tree.listed, pen, across=True)], pen.style), tall=True)
    inner = written(tree.tree, pen)
    is_number = isinstance(tree.tree, Scalar) and tree.tree.value.is_Integer  # 1' is a row of ones
    inner = pen.at_least(Bind.ATOM, replace(inner, bind=Bind.SUM) if is_number else inner)
    return Piece(pen.dialect.transposed(inner.text, pen.style), Bind.POWER, tall=inner.tall, word=inner.word)


@written.register
def write_inverse(tree: Inverse, pen: Pen) -> Piece:
    """A raised −1."""
    inner = pen.at_least(Bind.ATOM, written(tree.tree, pen))
    return Piece(pen.dialect.inverted(inner.text), Bind.POWER, tall=inner.tall, word=inner.word)


@written.register
def write_determinant(tree: Determinant, pen: Pen) -> Piece:
    """Bars; the word around bars, which do not tell which is opening, and around a scalar, whose bars mean its size."""
    if tree.tree.is_scalar or any(isinstance(node, Determinant) for part in tree.parts for node in walk(part)):
        return pen.call("det", tree.tree)
    inner = pen.signed(written(tree.tree, pen))
    return Piece(pen.dialect.determinant(inner.text, inner.tall), tall=inner.tall, word=True)


@written.register
def write_trace(tree: Trace, pen: Pen) -> Piece:
    """tr with brackets."""
    return pen.call("tr", tree.tree)


@written.register
def write_kronecker(tree: Kronecker, pen: Pen) -> Piece:
    """The factors with ⊗ between them; of products only a scalar in front of the first one has no brackets."""
    pieces = [written(factor, pen) for factor in tree.factors]
    # All products bind tighter than ⊗ does, but a person would stumble over AB ⊗ C.
    parts = [
        pen.at_least(Bind.PRODUCT if isinstance(factor, Scaled) and number == 0 else Bind.POWER, piece)
        for number, (factor, piece) in enumerate(zip(tree.factors, pieces, strict=True))
    ]
    return Piece(
        pen.dialect.kronecker.join(part.text for part in parts),
        Bind.KRONECKER,
        tall=any(part.tall for part in parts),
        open_end=parts[-1].open_end,
    )


@written.register
def write_block_diagonal(tree: BlockDiagonal, pen: Pen) -> Piece:
    """A ⊕ B, or diag(a, b) where all are scalars; of many blocks the first and the last."""
    return block_diagonal(tree.blocks, pen)


@written.register
def write_block(tree: Block, pen: Pen) -> Piece:
    """The blocks in their places, of many the first and the last. A zero block whose neighbours tell its size is a
    plain 0."""
    are_names = all(len(line) == 1 and isinstance(line[0], Scalar | Symbol) and line[0].is_scalar for line in tree.grid)
    if len(tree.grid) > 1 and are_names:
        return _column([line[0] for line in tree.grid], pen)
    told_rows = {number for number, line in enumerate(tree.grid) if not all(isinstance(b, Zero) for b in line)}
    columns = list(zip(*tree.grid, strict=True))
    told_columns = {number for number, line in enumerate(columns) if not all(isinstance(b, Zero) for b in line)}

    def cell(row: int | None, column: int | None) -> str:
        if row is None or column is None:
            return _gap(row, column, pen)
        block = tree.grid[row][column]
        is_plain = isinstance(block, Zero) and row in told_rows and column in told_columns
        return pen.letter("0") if is_plain else pen.whole(block)

    cells = [[cell(row, column) for column in _shown(len(columns), pen)] for row in _shown(len(tree.grid), pen)]
    return Piece(pen.dialect.matrix(cells, pen.style), tall=True)


@written.register
def write_expectation(tree: Expectation, pen: Pen) -> Piece:
    """E with brackets."""
    return moment_given("E", tree.parts, pen)


@written.register
def write_variance(tree: Variance, pen: Pen) -> Piece:
    """Var with brackets."""
    return moment_given("Var", tree.parts, pen)


@written.register
def write_covariance(tree: Covariance, pen: Pen) -> Piece:
    """Cov with brackets; what both are given is told once."""
    return moment_given("Cov", tree.parts, pen)


def shape_text(tree: Tree, pen: Pen, *, apart: bool = False) -> str:
    """Rows × columns of a tree; ``apart`` where they are no subscript."""
    rows, columns = (pen.at_least(Bind.PRODUCT, written(extent, pen)).text for extent in tree.shape)
    return pen.dialect.shape(rows, columns, apart=apart)


def _special(letter: str, tree: Tree, pen: Pen, single: bool) -> Piece:
    """A matrix with a name of its own; ``single`` when its rows tell its shape."""
    if any(map(is_open, tree.shape)):
        return Piece(pen.letter(letter), word=not (pen.style.bold and pen.dialect.fractions_bind))
    below = pen.whole(tree.rows) if single and not pen.style.dimensions else shape_text(tree, pen)
    text = pen.dialect.subscript(pen.letter(letter), below)
    # Without a font of its own the letter would be one word with the letters before it: ZI_q.
    is_plain = not (pen.style.bold and pen.dialect.fractions_bind)
    # A letter beside a number below the line, I_3a, would be below it too.
    return Piece(
        text, word=is_plain and not below.isdecimal(), open_end=not tree.rows.is_Integer or text.endswith(f"_{below}")
    )
