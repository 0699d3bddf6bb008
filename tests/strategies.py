"""Random sizes, scalars, matrices and conformable trees for property tests.

A symbol's name tells its shape and its facts (S_33 is positive definite, D_33 diagonal, A_32 anything), so that a
name means one thing wherever it occurs in a tree.

Strategies of a shape are made once: to draw a tree takes hundreds of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import prod

import sympy
from hypothesis import assume
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import OF_EACH_ELEMENT, Applied, Indexed
from tutor.algebra.build import symbol
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
    Explicit,
    Fact,
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
from tutor.algebra.parameters import sizes_of
from tutor.algebra.sizes import Size, SizeLike, size
from tutor.algebra.structure.strata import Balanced, Factor
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.notation.meaning.functions import Phi

VARIANCES = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
EFFECTS = (*sympy.symbols("mu tau_1 tau_2 rho x_1 y_11", real=True), sympy.Symbol("y_1_12", real=True))
LETTERS = ("n", "p", "q")
"""Sizes that are not given."""

_RHO = sympy.Symbol("rho", real=True)
_THETA = sympy.Symbol("theta", real=True)
_BY_DISTANCE: tuple[tuple[tuple[sympy.Expr, ...], sympy.Expr, sympy.Expr | None], ...] = (
    ((), _RHO**DISTANCE, None),
    ((), VARIANCES[0] * _RHO**DISTANCE, None),
    ((), VARIANCES[0] * _RHO**DISTANCE / (1 - _RHO**2), None),
    ((sympy.Integer(1),), _THETA * _RHO ** (DISTANCE - 1), None),
    ((sympy.Integer(2), sympy.Integer(-1)), sympy.S.Zero, None),
    ((VARIANCES[0], VARIANCES[0] * _RHO), sympy.S.Zero, None),
    ((sympy.Integer(1), _RHO, _THETA), sympy.S.Zero, None),
    ((1 + _RHO**2, -_RHO), sympy.S.Zero, sympy.Integer(1)),
)  # fmt: skip
"""Entries near the diagonal, beyond, and in its corners: AR(1), ARMA(1, 1), banded, and the inverse of AR(1).

What has one value beside the diagonal is not among them: the reader makes a sum of I and J of it.
"""

FACTS: dict[str, tuple[Fact, ...]] = {
    "A": (),
    "B": (),
    "C": ("full column rank",),
    "S": ("symmetric",),
    "D": ("diagonal", "positive definite"),
    "P": ("symmetric", "positive definite"),
    "Q": ("invertible",),
    "M": ("positive semidefinite",),
    "H": ("idempotent",),
    "O": ("orthogonal",),
}
"""First letter of a symbol's name: what is declared of it."""

SQUARE = "SDPQMHO"
MOMENTS = frozenset({Expectation, Variance, Covariance})
KINDS = frozenset(
    {
        *(Symbol, Scalar, Identity, Ones, Zero, Explicit, Scaled, Sum, Product, Transpose, Inverse, Determinant, Trace),
        *(Kronecker, BlockDiagonal, Block, Expectation, Variance, Covariance),
    }
)
"""The kinds of nodes of which the algebra knows everything."""

WRITTEN_KINDS = KINDS | {Applied, Indexed, ByDistance, UnitVector}
"""All kinds of nodes that can be written and read."""


@cache
def sizes(largest: int = 3, letters: bool = False) -> st.SearchStrategy[Size]:
    """Sizes from 1 on; with ``letters`` also n, p and q."""
    numbers = st.integers(1, largest).map(size)
    return numbers | st.sampled_from(LETTERS).map(size) if letters else numbers


@cache
def rationals() -> st.SearchStrategy[sympy.Expr]:
    """Small fractions and whole numbers of either sign."""
    return st.builds(sympy.Rational, st.integers(-4, 4), st.sampled_from((1, 1, 2, 3, 10)))


@st.composite
def balanced_factors(draw: st.DrawFn, most: int = 4, largest: int = 4) -> tuple[Factor, ...]:
    """One to four factors whose sizes have a product of 48 at most; a factor may have one level."""
    found: list[Factor] = []
    for name in "ABCD"[: draw(st.integers(1, most))]:
        room = 48 // prod(int(factor.size) for factor in found)  # pyright: ignore[reportArgumentType]
        found.append(Factor(name, size(draw(st.integers(1, min(largest, room))))))
    return tuple(found)


@st.composite
def balanced_elements(
    draw: st.DrawFn, factors: tuple[Factor, ...], coefficients: st.SearchStrategy[sympy.Expr]
) -> tuple[Balanced, Tree]:
    """A sum of Kronecker products of I and J over factors, as an element of the balanced algebra and as notation."""
    terms: list[Tree] = []
    total = Balanced.identity(factors) * 0
    for kept in draw(st.sets(st.tuples(*(st.booleans() for _ in factors)), min_size=1, max_size=6)):
        coefficient = draw(coefficients)
        atoms = [Identity(f.size) if keep else Ones(f.size, f.size) for f, keep in zip(factors, kept, strict=True)]
        terms.append(Scaled(Scalar(coefficient), atoms[0] if len(atoms) == 1 else Kronecker(tuple(atoms))))
        total = total + Balanced.kronecker(factors, kept) * coefficient
    return total, terms[0] if len(terms) == 1 else Sum(tuple(terms))


@cache
def scalars() -> st.SearchStrategy[sympy.Expr]:
    """Rational expressions in parameters, that have a value wherever all variances are positive."""
    leaves = rationals() | st.sampled_from((*VARIANCES, *EFFECTS))
    positive = st.sampled_from(VARIANCES)
    return st.recursive(
        leaves,
        lambda smaller: st.one_of(
            st.builds(sympy.Add, smaller, smaller),
            st.builds(sympy.Mul, smaller, smaller),
            st.builds(lambda above, below: above / (below + 1), smaller, positive),
            st.builds(lambda above, below: above / below, smaller, positive),
            st.builds(lambda base: base**2, smaller),
        ),
        max_leaves=4,
    )


@cache
def explicit_matrices(
    rows: int, columns: int, entries: st.SearchStrategy[sympy.Expr] | None = None
) -> st.SearchStrategy[ImmutableDenseMatrix]:
    """Matrices of this shape with rational entries, or with others."""
    cells = st.lists(rationals() if entries is None else entries, min_size=rows * columns, max_size=rows * columns)
    return cells.map(lambda values: ImmutableDenseMatrix(rows, columns, values))


def named(letter: str, rows: SizeLike, columns: SizeLike, random: bool = False) -> Symbol:
    """The symbol of this letter and shape, with the facts of the letter."""
    name = f"{letter}_{rows}{columns}"
    return symbol(name, rows, columns, role="random" if random else "known", facts=FACTS.get(letter, ()))


@cache
def symbols(rows: SizeLike, columns: SizeLike = 1) -> st.SearchStrategy[Symbol]:
    """Named matrices of this shape, with the facts that their letters tell."""
    letters = "ABC" if _may_have_full_column_rank(rows, columns) else "AB"
    if rows == columns:
        letters += SQUARE
    return st.sampled_from(letters).map(lambda letter: named(letter, rows, columns))


def _may_have_full_column_rank(rows: SizeLike, columns: SizeLike) -> bool:
    first, second = size(rows), size(columns)
    return bool(first.is_Integer and second.is_Integer and first >= second)


@cache
def positive_definite(order: Size, depth: int = 1) -> st.SearchStrategy[Tree]:
    """Trees of this order that are positive definite by their form."""
    leaves = st.sampled_from((named("P", order, order), named("D", order, order), Identity(order)))
    if depth == 0:
        return leaves
    smaller = positive_definite(order, depth - 1)
    scale = st.sampled_from(VARIANCES).map(Scalar)
    return st.one_of(
        leaves,
        smaller.map(Inverse),
        smaller.map(Transpose),
        st.builds(Scaled, scale, smaller),
        st.tuples(smaller, smaller).map(Sum),
    )


@st.composite
def congruences(draw: st.DrawFn) -> Tree:
    """A'BA, alone or within a sum, a Kronecker product, an inverse or a multiple: what definiteness is known of."""
    order, inner = draw(sizes()), draw(sizes())
    outer = draw(trees(inner, order, depth=1, kinds=frozenset({Symbol, Ones, Identity, Explicit, Sum, Product})))
    middle = draw(positive_definite(inner) | symbols(inner, inner) | st.none())
    square: Tree = Product((Transpose(outer), *([] if middle is None else [middle]), outer))
    other = draw(positive_definite(order) | symbols(order, order))
    scalar = draw(scalars().map(Scalar))
    return draw(
        st.sampled_from(
            (square, Sum((square, other)), Kronecker((other, square)), BlockDiagonal((square, other)), Inverse(square),
             Scaled(scalar, square), Transpose(square), Product((other, square, Transpose(other))))
        )
    )  # fmt: skip


@st.composite
def projections(draw: st.DrawFn) -> Tree:
    """Projections of every kind: on columns that are independent or not, oblique, on means, and what is left over."""
    order, width = draw(st.integers(2, 4)), draw(st.integers(1, 2))
    tall, weight = named("C", order, width), draw(positive_definite(size(order)))
    loose = draw(explicit_matrices(order, width + 1).map(Explicit))
    mean = Scaled(Scalar(sympy.Rational(1, order)), Ones(size(order), size(order)))
    on_columns = Product((tall, Inverse(Product((Transpose(tall), tall))), Transpose(tall)))
    oblique = Product((tall, Inverse(Product((Transpose(tall), weight, tall))), Transpose(tall), weight))
    inside = Applied("generalized inverse", (Product((Transpose(loose), loose)),))
    deficient = Product((loose, inside, Transpose(loose)))
    chosen = draw(st.sampled_from((mean, on_columns, oblique, deficient)))
    left_over = Sum((Identity(chosen.rows), Scaled(Scalar(sympy.Integer(-1)), chosen)))
    return draw(st.sampled_from((chosen, left_over, Transpose(left_over), Kronecker((chosen, left_over)))))


@st.composite
def likenesses(draw: st.DrawFn, example: Tree, depth: int = 1) -> Tree:
    """An example with numbers for the letters of its sizes, and for its symbols other trees with the facts of these."""
    letters = {letter: draw(st.integers(1, 3)) for letter in sizes_of(example)}
    # What is declared to have full column rank must be tall.
    values = {letter: sympy.Integer(number) for letter, number in letters.items()}
    drawn: dict[Symbol, Tree] = {}

    def number(extent: Size) -> Size:
        return size(sympy.expand(extent.xreplace(values)))

    def like(symbol: Symbol) -> Tree:
        rows, columns = number(symbol.rows), number(symbol.columns)
        if symbol.role == "random":
            moved = [v if v is None else change(v) for v in (symbol.mean, symbol.variance)]
            known = frozenset(change(other) for other in symbol.uncorrelated)
            return Symbol(symbol.name, rows, columns, "random", mean=moved[0], variance=moved[1], uncorrelated=known)  # pyright: ignore[reportArgumentType]
        if "positive definite" in symbol.facts:
            return draw(positive_definite(rows, depth))
        for fact, letter in (("full column rank", "C"), ("orthogonal", "O"), ("invertible", "Q")):
            if fact in symbol.facts:
                assume(fact != "full column rank" or rows >= columns)
                return named(letter, rows, columns)
        if symbol.facts or symbol.role == "unknown":
            return Symbol(symbol.name, rows, columns, symbol.role, facts=symbol.facts)
        return draw(trees(rows, columns, depth=depth, kinds=KINDS - MOMENTS - {Inverse, Determinant, Trace}))

    def change(node: Tree) -> Tree:
        if isinstance(node, Symbol):
            if node not in drawn:
                drawn[node] = like(node)
            return drawn[node]
        if isinstance(node, Identity):
            return Identity(number(node.order))
        if isinstance(node, Ones | Zero):
            return type(node)(number(node.row_size), number(node.column_size))
        return node.rebuild(tuple(map(change, node.parts))) if node.parts else node

    return change(example)


@cache
def random_vectors(rows: Size) -> st.SearchStrategy[Tree]:
    """Vectors that are linear in the random vectors u and e of any length: u, Au, Au + e, a + Bu, −Au, …"""
    return sizes().flatmap(partial(_random_vectors, rows))


@cache
def _random_vectors(rows: Size, width: Size) -> st.SearchStrategy[Tree]:
    own = st.sampled_from("uv").map(lambda letter: named(letter, rows, 1, random=True))
    moved = symbols(rows, width).map(lambda A: Product((A, named("u", width, 1, random=True))))
    terms = own | moved | st.builds(Scaled, scalars().map(Scalar), own | moved)
    constant = symbols(rows, 1)
    return terms | st.tuples(terms, terms).map(Sum) | st.tuples(constant, terms).map(Sum)


@st.composite
def trees(
    draw: st.DrawFn,
    rows: Size | None = None,
    columns: Size | None = None,
    *,
    depth: int = 2,
    kinds: frozenset[type[Tree]] = KINDS,
    letters: bool = False,
    largest: int = 3,
) -> Tree:
    """Conformable trees of a shape, drawn if it is not given, made of these kinds of nodes.

    Inverses are of positive definite trees, so that they exist; moments are of vectors linear in random ones, which
    occur nowhere else. With ``letters`` some sizes are n, p and q.
    """
    rows = rows if rows is not None else draw(sizes(largest, letters))
    columns = columns if columns is not None else draw(sizes(largest, letters))

    return draw(_of_shape(rows, columns, depth, kinds, letters, largest))


@cache
def _of_shape(
    rows: Size, columns: Size, depth: int, kinds: frozenset[type[Tree]], letters: bool, largest: int
) -> st.SearchStrategy[Tree]:
    def smaller(height: Size, width: Size) -> st.SearchStrategy[Tree]:
        return _of_shape(height, width, depth - 1, kinds, letters, largest)

    choices = _leaves(rows, columns, kinds)
    if depth > 0:
        inner = sizes(largest, letters)
        choices += [made for kind, made in _nodes(rows, columns, smaller, inner) if kind in kinds]
    return st.one_of(choices)


def _leaves(rows: Size, columns: Size, kinds: frozenset[type[Tree]]) -> list[st.SearchStrategy[Tree]]:
    choices: list[tuple[type[Tree], st.SearchStrategy[Tree]]] = [
        (Symbol, symbols(rows, columns)),
        (Ones, st.just(Ones(rows, columns))),
        (Zero, st.just(Zero(rows, columns))),
    ]
    if rows == columns:
        choices.append((Identity, st.just(Identity(rows))))
    if rows == columns == 1:
        choices.append((Scalar, scalars().map(Scalar)))
    if rows.is_Integer and columns.is_Integer:
        choices.append((Explicit, explicit_matrices(int(rows), int(columns)).map(Explicit)))
    if rows == columns != 1:
        choices.append((ByDistance, st.sampled_from(_BY_DISTANCE).map(lambda told: ByDistance(rows, *told))))
    if columns == 1 != rows:
        # One place for each length, since d_2 is one vector wherever it occurs in a tree.
        place = int(rows) if rows.is_Integer else {"n": 1, "p": 4, "q": 5}[str(rows)]
        choices.append((UnitVector, st.just(UnitVector(rows, place))))
    if Applied in kinds:
        choices += [(Scalar, functions_of_numbers().map(Scalar))] if rows == columns == 1 else []
    allowed = [made for kind, made in choices if kind in kinds]
    return allowed or [symbols(rows, columns)]


Smaller = Callable[[Size, Size], st.SearchStrategy[Tree]]


def _nodes(
    rows: Size, columns: Size, smaller: Smaller, inner: st.SearchStrategy[Size]
) -> list[tuple[type[Tree], st.SearchStrategy[Tree]]]:
    """The kinds of operations that can have this shape, with a strategy for each."""
    one = size(1)
    same = smaller(rows, columns)
    found: list[tuple[type[Tree], st.SearchStrategy[Tree]]] = [
        (Sum, st.lists(same, min_size=2, max_size=3).map(lambda terms: Sum(tuple(terms)))),
        (Scaled, st.builds(Scaled, smaller(one, one) | scalars().map(Scalar), same)),
        (Scaled, same.map(lambda tree: -tree)),
        (Product, inner.flatmap(lambda k: st.tuples(smaller(rows, k), smaller(k, columns))).map(Product)),
        (Transpose, smaller(columns, rows).map(Transpose)),
    ]
    if rows == columns:
        found.append((Inverse, positive_definite(rows).map(Inverse)))
    if rows == columns == 1:
        square = inner.flatmap(lambda order: smaller(order, order))
        found += [(Determinant, square.map(Determinant)), (Trace, square.map(Trace))]
    found.append((Kronecker, _split_product(rows, columns, smaller)))
    if rows.is_Integer and columns.is_Integer:
        found.append((Block, _split_sum(int(rows), int(columns), smaller)))
        if rows > 1 and columns > 1:
            found.append((BlockDiagonal, _diagonal(int(rows), int(columns), smaller)))
    if columns == 1:
        found.append((Expectation, random_vectors(rows).map(Expectation)))
    if rows == columns:
        found.append((Variance, random_vectors(rows).map(Variance)))
    found.append((Covariance, st.builds(Covariance, random_vectors(rows), random_vectors(columns))))
    found += [(Applied, made) for made in _functions(rows, columns, smaller, inner)]
    found += [(Indexed, made) for made in _over_an_index(rows, columns)]
    return found


@cache
def functions_of_numbers() -> st.SearchStrategy[sympy.Expr]:
    """Functions of scalars as SymPy holds them; φ is not among them, which before brackets may be a factor as well."""
    named_functions = st.sampled_from(("logit", "expit", "cloglog", "probit", "g", "ginv"))
    letter = st.sampled_from((*VARIANCES, *EFFECTS))
    inner = letter | st.builds(sympy.Add, letter, letter) | st.builds(sympy.Mul, letter, letter)
    count = st.sampled_from([sympy.Symbol(name, integer=True, positive=True) for name in LETTERS])
    return st.one_of(
        st.builds(
            lambda f, x: f(x), st.sampled_from((sympy.exp, sympy.log, sympy.sqrt, sympy.Abs, Phi, sympy.asin)), inner
        ),
        st.builds(lambda name, x: sympy.Function(name, real=True)(x), named_functions, inner),
        st.builds(lambda f, x, k: f(x) ** k, st.sampled_from((sympy.log, sympy.gamma)), letter, st.integers(2, 3)),
        st.builds(sympy.Max, letter, letter),
        st.builds(sympy.gamma, letter),
        st.builds(sympy.binomial, count, count),
        st.builds(sympy.factorial, count),
        st.builds(
            lambda base, k, top: base ** (k / top),
            st.sampled_from(VARIANCES),
            st.sampled_from((sympy.Integer(1), sympy.Integer(2))),
            count,
        ),
        st.builds(lambda f, x, scale: scale * f**2 + x, st.builds(sympy.log, letter), inner, rationals()),
    )


def _functions(
    rows: Size, columns: Size, smaller: Smaller, inner: st.SearchStrategy[Size]
) -> list[st.SearchStrategy[Tree]]:
    """Functions of trees that have this shape."""
    same = smaller(rows, columns)
    parameter = st.sampled_from(VARIANCES).map(Scalar)
    found: list[st.SearchStrategy[Tree]] = [
        st.lists(same, min_size=2, max_size=3).map(lambda parts: Applied("hadamard", tuple(parts)))
        if (rows, columns) != (1, 1)
        else _functions_to_numbers(smaller, inner),
        st.builds(
            lambda tree, by, order: Applied("∂", (tree, by), order, rows, columns),
            same,
            parameter,
            st.sampled_from(("", "2")),
        ),
        st.builds(
            lambda tree, by, value: Applied("at", (tree, by, Scalar(value)), "=", rows, columns),
            same,
            parameter,
            scalars(),
        ),
    ]
    if (rows, columns) != (1, 1):
        found.append(smaller(columns, rows).map(lambda tree: Applied("generalized inverse", (tree,))))
    if rows == columns != 1:
        root = st.sampled_from((sympy.S.Half, -sympy.S.Half)).map(Scalar)
        found += [
            st.builds(lambda tree, half: Applied("power", (tree, half), "", rows, columns), same, root),
            st.builds(lambda v: Applied("ℐ", (v,), "", rows, rows), symbols(rows, 1)),
            random_vectors(rows).map(lambda vector: Applied("estimated Var", (vector,))),
        ]  # fmt: skip
    if columns == 1 != rows:
        each = st.sampled_from(sorted(OF_EACH_ELEMENT))
        found += [
            st.builds(lambda name, tree: Applied(name, (tree,)), each, same),
            random_vectors(rows).map(lambda vector: Applied("estimated E", (vector,))),
            st.builds(
                lambda of, by: Applied("∂", (of, by), "", rows, columns), smaller(size(1), size(1)), symbols(rows, 1)
            ),
        ]
    for function in ("Corr", "estimated Cov", "estimated Corr"):
        found.append(
            st.builds(lambda a, b, name=function: Applied(name, (a, b)), random_vectors(rows), random_vectors(columns))
        )
    return found


def _functions_to_numbers(smaller: Smaller, inner: st.SearchStrategy[Size]) -> st.SearchStrategy[Tree]:
    """Functions of matrices and vectors that are numbers."""
    matrix = st.tuples(inner, inner).flatmap(lambda shape: smaller(*shape))
    vector = inner.flatmap(lambda order: smaller(order, size(1)))
    number = st.sampled_from((Determinant, Trace)).flatmap(
        lambda kind: inner.flatmap(lambda n: smaller(n, n)).map(kind)
    )
    exponent = st.sampled_from(
        (sympy.S.Half, -sympy.S.Half, sympy.Rational(1, 3), VARIANCES[0], *map(sympy.Integer, (2, 3, 25)))
    )
    functions = st.sampled_from(
        ("log", "exp", "logit", "expit", "cloglog", "probit", "Phi", "arcsin", "link", "inverse link", "abs", "max")
    )
    return st.one_of(
        st.builds(lambda name, tree: Applied(name, (tree,)), functions, number),
        st.builds(lambda tree, power: Applied("power", (tree, Scalar(power))), number, exponent),
        matrix.map(lambda tree: Applied("rank", (tree,))),
        st.builds(lambda tree, below: Applied("norm", (tree,), below), vector, st.sampled_from(("", "1", "2"))),
        (vector | number).map(lambda tree: Applied("se", (tree,))),
        st.builds(
            lambda name, parts, semicolon: Applied(
                name, tuple(parts), parted=(1,) if semicolon and len(parts) > 1 else ()
            ),
            st.sampled_from(("f", "L", "P")),
            st.lists(vector, min_size=1, max_size=3),
            st.booleans(),
        ),
        st.builds(lambda tree, value: Applied("P", (Applied(">", (tree, Scalar(value))),)), number, scalars()),
    )


def _over_an_index(rows: Size, columns: Size) -> list[st.SearchStrategy[Tree]]:
    """Sums and products over an index that stands below the names of the term, up to a letter."""
    last = st.sampled_from(LETTERS).map(lambda name: Scalar(size(name)))
    first = st.sampled_from((1, 1, 2)).map(lambda number: Scalar(sympy.Integer(number)))
    if rows == columns == 1:
        x, mean = sympy.Symbol("x_i", real=True), EFFECTS[0]
        term = st.sampled_from((x, x**2, (x - mean) ** 2, x / VARIANCES[0], x * sympy.Symbol("y_i", real=True)))
        operation = st.sampled_from(("sum", "product"))
        return [st.builds(Indexed, operation, st.just("i"), first, last, term.map(Scalar))]
    # One name has one shape, wherever it stands in a tree.
    matrix = st.sampled_from("AB").map(lambda name: Symbol(f"{name}_i_{rows}{columns}", rows, columns))
    term = matrix | st.builds(Scaled, scalars().map(Scalar), matrix)
    return [st.builds(Indexed, st.just("sum"), st.just("i"), first, last, term)]


@st.composite
def direct_sums(draw: st.DrawFn) -> Tree:
    """⊕ over an index of blocks that have it below them, all of one size."""
    rows, columns = draw(sizes(letters=True)), draw(sizes(letters=True))
    block = draw(st.sampled_from("AB").map(lambda name: Symbol(f"{name}_i", rows, columns)))
    last = draw(st.sampled_from(LETTERS).map(lambda name: Scalar(size(name))))
    return Indexed("direct sum", "i", Scalar(sympy.S.One), last, block)


@st.composite
def _split_product(draw: st.DrawFn, rows: Size, columns: Size, smaller: Smaller) -> Tree:
    """A Kronecker product of this shape."""

    def divisors(number: Size) -> list[Size]:
        if not number.is_Integer:
            return [size(1), number]
        return [size(int(divisor)) for divisor in sympy.divisors(number)]

    height, width = draw(st.sampled_from(divisors(rows))), draw(st.sampled_from(divisors(columns)))
    return Kronecker((draw(smaller(height, width)), draw(smaller(size(rows / height), size(columns / width)))))


@st.composite
def _split_sum(draw: st.DrawFn, rows: int, columns: int, smaller: Smaller) -> Tree:
    """A block matrix of this shape, in one or two rows and columns of blocks."""
    heights, widths = draw(_parts(rows)), draw(_parts(columns))
    return Block(tuple(tuple(draw(smaller(height, width)) for width in widths) for height in heights))


@st.composite
def _diagonal(draw: st.DrawFn, rows: int, columns: int, smaller: Smaller) -> Tree:
    """Two blocks along the diagonal."""
    height, width = draw(st.integers(1, rows - 1)), draw(st.integers(1, columns - 1))
    return BlockDiagonal(
        (
            draw(smaller(size(height), size(width))),
            draw(smaller(size(rows - height), size(columns - width))),
        )
    )


@cache
def _parts(total: int) -> st.SearchStrategy[tuple[Size, ...]]:
    whole = st.just((size(total),))
    if total == 1:
        return whole
    return whole | st.integers(1, total - 1).map(lambda first: (size(first), size(total - first)))


@st.composite
def averaged(draw: st.DrawFn, cells: Sequence[tuple[int, ...]]) -> tuple[int | str, ...]:
    """The levels of one of these cells, with dots for some of its indices."""
    cell = draw(st.sampled_from(cells))
    return tuple("." if draw(st.booleans()) else level for level in cell)


def plain_sums() -> st.SearchStrategy[str]:
    """Pieces of sums as they are typed in the cells of a matrix, in TeX or not, mostly such that are sums."""
    return st.one_of(_sums_of_pieces(in_tex=True), _sums_of_pieces(in_tex=False))


def _sums_of_pieces(in_tex: bool) -> st.SearchStrategy[str]:
    if in_tex:
        letter = st.sampled_from([r"\sigma", r"\rho", r"\tau", "x", r"\beta", r"\mathbf{Z}", "u"])
        below = st.sampled_from(["", "_u", "_{12}", "_{ij}", "_1", "_12", "_{1,2}", r"_\varepsilon"])
        above = st.sampled_from(["", "", "^2", "^{3}", "^{12}", "^0", "'"])
        number = st.sampled_from(["", "2", "17 ", r"\frac{1}{2}", r"\frac{4}{6}", "0", "0.25", r"3 \cdot "])
    else:
        letter = st.sampled_from(["σ", "ρ", "τ", "x", "sigma2", "rho", "Z", "u"])
        below = st.sampled_from(["", "_u", "_{12}", "_ij", "_1", "_12", "₁₂"])
        above = st.sampled_from(["", "", "^2", "²", "³", "'"])
        number = st.sampled_from(["", "2", "17 ", "0", "0.25", "3*", "2·", "1/2*"])
    name = st.builds("{}{}{}".format, letter, above, below) | st.builds("{}{}{}".format, letter, below, above)
    term = st.builds("{}{}".format, number, st.lists(name, min_size=1, max_size=2).map(" ".join)) | st.just("3")
    plain = _with_signs(term)
    group = st.builds("{}({}){}".format, number, plain, st.sampled_from(["", "^2", "/3"])) | st.builds(
        "({})({})".format, plain, plain
    )
    fraction = (
        st.builds(r"\frac{{{}}}{{{}}}".format, plain, term) if in_tex else st.builds("({})/{}".format, plain, name)
    )
    return _with_signs(st.one_of(term, term, group, fraction))


def _with_signs(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(st.sampled_from([" + ", "-", " - "]), terms), min_size=1, max_size=4).map(
        lambda told: "".join(sign + term for sign, term in told).removeprefix(" + ")
    )


PATTERN_LETTERS = ("a", "b", "c")


@cache
def patterned_trees(rows: str = "abc", columns: str = "abc", depth: int = 3) -> st.SearchStrategy[Tree]:
    """A matrix whose rows and columns are counted by letters: I, J and 1 joined by sums, products, transposes,
    inverses, determinants and traces."""
    return _patterned(rows, columns, depth)


@st.composite
def _patterned(draw: st.DrawFn, rows: str, columns: str, depth: int) -> Tree:
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return _pattern(draw, rows, columns)
    smaller = partial(patterned_trees, depth=depth - 1)
    kind = draw(st.sampled_from(("sum", "product", "transpose", "scaled", "kronecker", "inverse", "blocks")))
    if kind == "sum":
        return Sum((draw(smaller(rows, columns)), draw(smaller(rows, columns))))
    if kind == "product":
        middle = draw(st.sampled_from(("", "a", "ab", "bc", "abc")))
        return Product((draw(smaller(rows, middle)), draw(smaller(middle, columns))))
    if kind == "transpose":
        return Transpose(draw(smaller(columns, rows)))
    if kind == "scaled":
        inner = draw(smaller(columns, columns))
        number = draw(st.sampled_from((Trace, Determinant)))(inner) if columns else Scalar(draw(scalars()))
        return Scaled(number, draw(smaller(rows, columns)))
    if kind == "kronecker" and rows and columns:
        return Kronecker((draw(smaller(rows[:1], columns[:1])), draw(smaller(rows[1:], columns[1:]))))
    if kind == "inverse" and rows == columns:
        inner = draw(smaller(rows, rows))
        return Inverse(Sum((_pattern(draw, rows, rows, whole=True), Product((inner, Transpose(inner))))))
    first, second = (draw(st.sampled_from(("a", "bc"))) for _ in range(2))
    left = Block(((draw(smaller(rows, first)), draw(smaller(rows, second))),))
    right = BlockDiagonal((draw(smaller(first, first)), draw(smaller(second, second))))
    last = Block(((draw(smaller(first, columns)),), (draw(smaller(second, columns)),)))
    return Product((left, right, last))


def _pattern(draw: st.DrawFn, rows: str, columns: str, whole: bool = False) -> Tree:
    """One Kronecker product of I, J and 1; with ``whole`` it is I. What stands beside each other may be one factor."""
    atoms: list[Tree] = []
    for letter in PATTERN_LETTERS:
        down, across = (size(letter) if letter in side else size(1) for side in (rows, columns))
        same = down == across and down != 1 and (whole or draw(st.booleans()))
        if same and atoms and isinstance(atoms[-1], Identity) and draw(st.booleans()):
            atoms[-1] = Identity(atoms[-1].order * down)
        elif same:
            atoms.append(Identity(down))
        elif down != 1 or across != 1:
            atoms.append(Ones(down, across))
    if not atoms:
        return Scalar(draw(scalars()))
    return atoms[0] if len(atoms) == 1 else Kronecker(tuple(atoms))
