"""The values of functions of trees, and of sums, products and direct sums over an index."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy
from flint import arb, fmpq_mat, nmod

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.arithmetic import Exact, Matrix, NotRationalError, Number
from tutor.algebra.balls import Balls
from tutor.algebra.budget import allow
from tutor.algebra.evaluate_derivative import gradient_value
from tutor.algebra.independence import independent_columns_value, left_null_value
from tutor.algebra.nodes import BlockDiagonal, Covariance, Identity, Product, Scalar, Transpose, Variance
from tutor.algebra.parameters import definitions_of
from tutor.algebra.sizes import ONE, whole
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance

_HIDING = (sympy.Derivative, sympy.Integral, sympy.Limit, sympy.Sum)
"""What has variables of its own in it."""

MOST_TERMS = 10_000
"""Terms of a sum over an index that are added one by one."""

MOST_WHOLE_RESIDUE = 2**31
"""A larger residue stands for a fraction or a negative number, or for no limit of a sum."""

_OF_NUMBERS: dict[str, Callable[..., sympy.Expr]] = {
    "log": sympy.log,
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
    "power": sympy.Pow,
}
"""Functions of numbers that SymPy knows, here of trees of one row and one column."""


def applied_value(tree: Applied, instance: Instance) -> Matrix:
    """The value of a function, or for a name of which nothing is known one that depends on its arguments only.

    Raises
    ------
    DomainError, NotRationalError
        For a function of matrices that has no value in these numbers, as the root of a matrix.
    """
    known = _OF_NUMBERS.get(tree.function)
    if known is not None and tree.is_scalar and not tree.below:
        return _single(_of_numbers(known, tree, instance), instance)
    if tree.function in _OF_MATRICES:
        return _OF_MATRICES[tree.function](tree, instance)
    return instance.uninterpreted(tree)


def _without_value(problem: str, instance: Instance) -> Exception:
    """The error for what is not valued: where values only decide whether two trees agree, that stays undecided."""
    return NotRationalError(problem) if instance.arithmetic.decides else DomainError(problem)


def _single(number: Number, instance: Instance) -> Matrix:
    return instance.arithmetic.matrix(1, 1, {(0, 0): number})


def _of_numbers(function: Callable[..., sympy.Expr], tree: Applied, instance: Instance) -> Number:
    """A function of numbers; an exponent stays the expression that it is, as n in |V|ⁿ."""
    arguments: list[sympy.Expr] = []
    values: dict[sympy.Basic, Number] = {}
    for place, argument in enumerate(tree.arguments):
        if place and tree.function == "power" and isinstance(argument, Scalar):
            arguments.append(argument.value)
            continue
        letter = sympy.Dummy(positive=True)
        arguments.append(letter)
        values[letter] = instance.arithmetic.entry(instance.value(argument), 0, 0)
    return instance.number_at(function(*arguments), values)


def _norm(tree: Applied, instance: Instance) -> Matrix:
    """‖x‖₁ = Σ |x_i|, otherwise the root of the sum of squares."""
    entries = [x for line in instance.arithmetic.entries(instance.value(tree.arguments[0])) for x in line]
    zero = instance.arithmetic.rational(0)
    if tree.below == "1" and instance.arithmetic.is_ordered:
        return _single(sum(map(abs, entries), zero), instance)
    if tree.below not in {"", "2", "F"}:
        raise _without_value(f"Only the norms of degree 1 and 2 can be valued, not {tree.below}.", instance)
    square = sum((x * x for x in entries), zero)
    return _single(instance.arithmetic.power(square, sympy.S.Half), instance)  # pyright: ignore[reportArgumentType]  (a number of the kind, not int)


def _vec(tree: Applied, instance: Instance) -> Matrix:
    """The columns of a matrix below each other."""
    columns = zip(*instance.arithmetic.entries(instance.value(tree.arguments[0])), strict=True)
    stacked = [x for column in columns for x in column]
    return instance.arithmetic.matrix(len(stacked), 1, {(i, 0): x for i, x in enumerate(stacked)})


def _hadamard(tree: Applied, instance: Instance) -> Matrix:
    """The products of the entries that stand in one place."""
    arithmetic = instance.arithmetic
    first, *others = (arithmetic.entries(instance.value(argument)) for argument in tree.arguments)
    entries = {(i, j): x for i, line in enumerate(first) for j, x in enumerate(line)}
    for other in others:
        entries = {(i, j): x * other[i][j] for (i, j), x in entries.items()}
    return arithmetic.matrix(len(first), len(first[0]), entries)


def _diagonal(tree: Applied, instance: Instance) -> Matrix:
    """The diagonal matrix with the entries of a vector, and the vector of the entries on the diagonal of a matrix."""
    arithmetic = instance.arithmetic
    column = arithmetic.entries(instance.value(tree.arguments[0]))
    if tree.columns == ONE:
        return arithmetic.matrix(len(column), 1, {(i, 0): row[i] for i, row in enumerate(column)})
    zero = column[0][0] - column[0][0]
    entries = {(i, j): x if i == j else zero for i, (x,) in enumerate(column) for j in range(len(column))}
    return arithmetic.matrix(len(column), len(column), entries)


def _rank(tree: Applied, instance: Instance) -> Matrix:
    return _single(instance.arithmetic.rational(instance.arithmetic.rank(instance.value(tree.arguments[0]))), instance)


def _correlation(tree: Applied, instance: Instance) -> Matrix:
    """Cov(a, b) with each entry divided by both standard deviations."""
    left, right = tree.arguments
    arithmetic = instance.arithmetic
    covariance = arithmetic.entries(instance.value(Covariance(left, right)))
    deviations = [
        [arithmetic.power(line[i], sympy.S.Half) for i, line in enumerate(arithmetic.entries(variance))]
        for variance in (instance.value(Variance(left)), instance.value(Variance(right)))
    ]
    if any(deviation == 0 for line in deviations for deviation in line):
        raise _without_value("A correlation with a constant has no value.", instance)
    entries = {
        (i, j): x / (deviations[0][i] * deviations[1][j])
        for i, line in enumerate(covariance)
        for j, x in enumerate(line)
    }
    return arithmetic.matrix(len(deviations[0]), len(deviations[1]), entries)


def _generalized_inverse(tree: Applied, instance: Instance) -> Matrix:
    """Balls cannot tell a rank. What is of whole numbers, as X'X in a design, is left for exact ones, and X'WX with
    rational numbers in X has the rank of X."""
    arithmetic, inner = instance.arithmetic, tree.arguments[0]
    matrix = instance.value(inner)
    if not isinstance(arithmetic, Balls):
        return arithmetic.generalized_inverse(matrix)
    whole = _whole_numbers(matrix, arithmetic)
    if whole is not None:
        return _in_balls(Exact().generalized_inverse(whole), arithmetic)
    sides = inner.factors if isinstance(inner, Product) else ()
    X = _rational_numbers(sides[-1], instance) if sides and sides[0] == Transpose(sides[-1]) else None
    return arithmetic.generalized_inverse(matrix) if X is None else _of_congruence(matrix, X, arithmetic)


def _of_congruence(matrix: Matrix, X: fmpq_mat, arithmetic: Balls) -> Matrix:
    """(X'WX)⁻ = K(C'WC)⁻¹K' with K = F'(FF')⁻¹, X = CF for independent columns C of X: C'WC is a part of X'WX."""
    echelon, rank = X.rref()
    F = fmpq_mat(echelon.tolist()[:rank])
    pivots = [next(j for j, x in enumerate(line) if x != 0) for line in F.tolist()]
    entries = {(i, j): matrix[a, b] for i, a in enumerate(pivots) for j, b in enumerate(pivots)}
    K = _in_balls(F.transpose() * (F * F.transpose()).inv(), arithmetic)
    try:
        inner = arithmetic.inverse(arithmetic.matrix(rank, rank, entries))
    except DomainError:
        raise NotRationalError("generalized inverse") from None
    return K * inner * K.transpose()


def _whole_numbers(matrix: Matrix, arithmetic: Balls) -> fmpq_mat | None:
    """The same matrix with exact numbers, where all are whole; None for another."""
    lines = [[number for x in line if x.is_exact() and (number := _whole(x)) is not None]
             for line in arithmetic.entries(matrix)]  # fmt: skip
    return None if any(len(line) < arithmetic.shape(matrix)[1] for line in lines) else fmpq_mat(lines)


def _rational_numbers(tree: Tree, instance: Instance) -> fmpq_mat | None:
    """A matrix with exact numbers, where it has such; None for another."""
    assert isinstance(instance.arithmetic, Balls)
    whole = _whole_numbers(instance.value(tree), instance.arithmetic)
    exact = instance.in_rationals()
    if whole is not None or exact is instance:
        return whole
    try:
        return exact.value(tree)
    except NotRationalError:
        return None


def _in_balls(exact: fmpq_mat, arithmetic: Balls) -> Matrix:
    entries = {
        (i, j): arithmetic.rational(int(x.p), int(x.q))
        for i, line in enumerate(exact.tolist())
        for j, x in enumerate(line)
    }
    return arithmetic.matrix(exact.nrows(), exact.ncols(), entries)


def _at_place(tree: Applied, instance: Instance) -> Matrix:
    """What is taken where names have values: with these in their places, if nothing in it hides them.

    What a derivative or a function that only has a name makes of a value is not known, so that two of them agree
    only where all that they are of does.
    """
    inner, *told = tree.arguments
    count = len(told) // 2 if tree.below else 0
    names = [name.value for name in told[:count] if isinstance(name, Scalar)]
    values = [value.value for value in told[count:] if isinstance(value, Scalar)]
    if not names or not len(names) == len(values) == count or not all(map(_shows_names, walk(inner))):
        return instance.uninterpreted(tree)
    put = dict(zip(names, values, strict=True))
    return instance.value(transform(inner, lambda node: _with_values(node, put)))


def _shows_names(node: Tree) -> bool:
    """Whether the names that a node has can be told from those that it binds: in numbers, and in f(θ) and M'(t)."""
    if isinstance(node, Applied):
        return node.function.rstrip("'").isalpha() and node.function not in {"d", "at", "integral"}
    return isinstance(node, Scalar) and not node.value.has(*_HIDING)


def _with_values(node: Tree, put: dict[sympy.Expr, sympy.Expr]) -> Tree | None:
    """A scalar with values for the names in it."""
    if not isinstance(node, Scalar):
        return None
    value = node.value.subs(list(put.items()), simultaneous=True)
    assert isinstance(value, sympy.Expr)
    return Scalar(value)


def _derivative(tree: Applied, instance: Instance) -> Matrix:
    """∂f/∂x by a vector, or ∂A/∂θ by a parameter; of what depends on it in name only, a value of its own."""
    from tutor.algebra.differentiate import depends_on_parameter
    from tutor.algebra.dual import slope_of

    of, by = tree.arguments
    if not isinstance(by, Scalar):
        return gradient_value(tree, instance)
    parameter = by.value
    named = (node for part in definitions_of(of) for node in walk(part) if isinstance(node, Applied))
    is_known = all(node.function in _OF_NUMBERS or node.function in _OF_MATRICES for node in named)
    if tree.below or not is_known or not isinstance(parameter, sympy.Symbol) or not depends_on_parameter(of, parameter):
        return instance.uninterpreted(tree)
    return slope_of(of, parameter, instance)


def _power_of_matrix(tree: Applied, instance: Instance) -> Matrix:
    """A^c for a whole number c; a root is not valued."""
    base, exponent = tree.arguments
    if not isinstance(exponent, Scalar) or not exponent.value.is_Integer:
        raise _without_value("The root of a matrix is not valued.", instance)
    number = int(exponent.value)  # pyright: ignore[reportArgumentType]
    matrix = instance.value(base)
    if number < 0:
        matrix = instance.arithmetic.inverse(matrix)
    result = instance.value(Identity(base.rows))
    for _ in range(abs(number)):
        result = instance.arithmetic.multiply(result, matrix)
    return result


_OF_MATRICES: dict[str, Callable[[Applied, Instance], Matrix]] = {
    "norm": _norm,
    "vec": _vec,
    "hadamard": _hadamard,
    "diag": _diagonal,
    "rank": _rank,
    "generalized inverse": _generalized_inverse,
    "independent columns": independent_columns_value,
    "left null": left_null_value,
    "Corr": _correlation,
    "power": _power_of_matrix,
    "at": _at_place,
    "∂": _derivative,
}


def _whole(number: Number) -> int | None:
    """The whole number that a number is, in a ball the only one; None for another.

    Raises SizeError for a letter.
    """
    if isinstance(number, arb):
        found = number.unique_fmpz()
        return None if found is None else int(found)
    if isinstance(number, sympy.Expr):
        return whole(number, "the limit of a sum")
    if isinstance(number, nmod):
        return int(number) if int(number) < MOST_WHOLE_RESIDUE else None
    return int(number) if number == int(number) else None


def indexed_value(tree: Indexed, instance: Instance) -> Matrix:
    """The terms one by one, put together. Raises DomainError or NotRationalError for more than ten
    thousand, and for a limit that is not whole."""
    arithmetic = instance.arithmetic
    numbers = (arithmetic.entry(instance.value(limit), 0, 0) for limit in (tree.first, tree.last))
    first, last = (_whole(arithmetic.alone(number)) for number in numbers)
    if first is None or last is None or not 1 <= last - first + 1 <= MOST_TERMS:
        raise _without_value(f"A sum over {tree.index} needs whole limits, at most {MOST_TERMS:,} apart.", instance)
    terms: list[Tree] = []
    for number in range(first, last + 1):
        allow()  # SymPy puts a number in, which takes a while for each of ten thousand
        terms.append(tree.term(number))
    if tree.operation == "direct sum":
        return instance.value(BlockDiagonal(tuple(terms)))
    total = instance.value(terms[0])
    join = instance.arithmetic.add if tree.operation == "sum" else instance.arithmetic.multiply
    for term in terms[1:]:
        total = join(total, instance.value(term))
    return total
