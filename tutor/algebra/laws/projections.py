"""The laws of projections and of generalized inverses.

A(BA)⁻B is a projection on the columns of A. With (BA)⁻¹ it leaves A and B as they are: A(BA)⁻¹BA = A. With a
generalized inverse it does so where BA has the rank of A and of B, as X'X has, and X'WX for a positive definite W
(Searle 1971, Linear Models, section 1.5).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, symbol
from tutor.algebra.deductions.definite import congruence
from tutor.algebra.deductions.form import complement, oblique_middle
from tutor.algebra.deductions.mirror import is_generalized_inverse, settled
from tutor.algebra.facts import REASONER, known
from tutor.algebra.laws.joining import alike, all_alike, factors_of, negated, places, product_of, transposed
from tutor.algebra.nodes import Block, Inverse, Product, Scalar, Sum, Symbol, Transpose, Zero
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree
from tutor.display import writer

_X = symbol("X", "n", "p")
_T = symbol("T", "p", "p", facts=["invertible"])
_P = symbol("P", "n", "n", facts=["symmetric", "idempotent"])


def generalized_inverse(tree: Tree) -> Applied:
    """A⁻, columns × rows: a matrix with AA⁻A = A; its value is Moore's and Penrose's inverse, which always exists."""
    return Applied("generalized inverse", (tree,))


def projection(X: Tree) -> Product:
    """P = X(X'X)⁻X', rows × rows, the projection on the columns of X; with (X'X)⁻¹ where X has full column rank.

    >>> known("idempotent", projection(symbol("X", "n", "p"))).value
    True
    """
    square = Product((Transpose(X), X))
    full = known("full column rank", X).value is True
    return Product((X, Inverse(square) if full else generalized_inverse(square), Transpose(X)))


def residual_projection(X: Tree) -> Sum:
    """M = I − P, rows × rows, the projection on what is orthogonal to the columns of X.

    >>> known("idempotent", residual_projection(symbol("X", "n", "p"))).value
    True
    """
    return Sum((identity(X.rows), negated(projection(X))))


def _symmetric(leaf: Tree) -> bool:
    return REASONER.holds("symmetric", leaf)


def _sides(tree: Tree) -> tuple[tuple[Tree, ...], tuple[Tree, ...]] | None:
    """The factors of A and of B, where a tree, or what it is defined as, is A(BA)⁻B and leaves A and B as they are."""
    if isinstance(tree, Symbol) and tree.definition is not None:
        return _sides(tree.definition)
    flat = settled(tree, _symmetric)
    middle = oblique_middle(flat, REASONER)
    if middle is None or not isinstance(flat, Product):
        return None
    if is_generalized_inverse(middle):
        split = congruence(middle.parts[0], REASONER)
        if split is None or not REASONER.holds("positive definite", split[1]):
            return None
    place = flat.factors.index(middle)
    onto, across = flat.factors[:place], flat.factors[place + 1 :]
    return (onto, across) if onto and across else None


def _generalized_cancels(tree: Tree) -> Rewrite | None:
    """AA⁻A = A and A⁻AA⁻ = A⁻, A a product of any length."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if not is_generalized_inverse(factor):
            continue
        inside = factors_of(factor.parts[0])
        before, behind = place - len(inside), place + 1 + len(inside)
        starts = set(places(tree.factors, inside))
        if before in starts and place + 1 in starts:
            return Rewrite(product_of((*tree.factors[:place], *tree.factors[behind:])), "AA⁻A = A")
        if place + 1 in starts and behind < len(tree.factors) and alike(tree.factors[behind], factor):
            return Rewrite(product_of((*tree.factors[: place + 1], *tree.factors[behind + 1 :])), "A⁻AA⁻ = A⁻")
    return None


def _projected(tree: Tree) -> Rewrite | None:
    """PX = X and X'P = X' for P = X(X'X)⁻X', as a name or written out."""
    if not isinstance(tree, Product):
        return None
    for start, end in _projections_within(tree.factors):
        part = tree.factors[start:end]
        sides = _sides(product_of(part))
        if sides is None:
            continue
        onto, across = sides
        before, behind = tree.factors[:start], tree.factors[end:]
        cancels = any(isinstance(factor, Inverse) for factor in part)  # what is left to the law of A⁻¹A
        if not cancels and all_alike(behind[: len(onto)], onto):
            return Rewrite(product_of((*before, *behind)), _keeps((*part, *onto), onto))
        if not cancels and all_alike(before[len(before) - len(across) :], across):
            return Rewrite(product_of((*before, *behind)), _keeps((*across, *part), across))
        if behind and _is_among(behind[0], onto):
            return Rewrite(product_of((*before, *behind)), _keeps_part((*part, behind[0]), behind[0], onto))
        if before and _is_among(transposed(before[-1]), tuple(map(transposed, across))):
            return Rewrite(product_of((*before, *behind)), _keeps_part((before[-1], *part), before[-1], across))
    return None


def _recoded(tree: Tree) -> Rewrite | None:
    """XT(T'X'WXT)⁻T'X' = X(X'WX)⁻X' within a product, for T with an inverse and W positive definite or I.

    The columns of XT are those of X in another coding.
    """
    flat = settled(tree, _symmetric) if isinstance(tree, Product) else tree
    if not isinstance(flat, Product):
        return None
    for place, factor in enumerate(flat.factors):
        if not is_generalized_inverse(factor) and not isinstance(factor, Inverse):
            continue
        inside = factors_of(settled(factor.parts[0], _symmetric))
        around = (flat.factors[:place], flat.factors[place + 1 :])
        if len(inside) < 3 or known("invertible", inside[-1]).value is not True:
            continue
        core = product_of(inside[1:-1])
        split = congruence(core, REASONER)
        if split is None or not REASONER.holds("positive definite", split[1]):
            continue
        X, T = split[0], inside[-1]
        left, right = (*factors_of(X), T), factors_of(settled(Product((X, T)), _symmetric, flip=True))
        start = len(around[0]) - len(left)
        if start >= 0 and all_alike(around[0][start:], left) and all_alike(around[1][: len(right)], right):
            whole = (*around[0][:-1], factor.rebuild((core,)), *around[1][1:])
            return Rewrite(product_of(whole))
    return None


def _generalized_is_inverse(tree: Tree) -> Rewrite | None:
    """A⁻ = A⁻¹ for A that has an inverse."""
    if not is_generalized_inverse(tree):
        return None
    found = known("invertible", tree.parts[0])
    return (
        Rewrite(Inverse(tree.parts[0]), f"{found.claim}, which is its only generalized inverse")
        if found.value
        else None
    )


def _projections_within(factors: tuple[Tree, ...]) -> Iterator[tuple[int, int]]:
    """Where a factor has a definition, and where A(BA)⁻B is written out."""
    for place, factor in enumerate(factors):
        if isinstance(factor, Symbol) and factor.definition is not None:
            yield place, place + 1
        elif is_generalized_inverse(factor) or isinstance(factor, Inverse):
            inside = factors_of(factor.parts[0])
            for width in range(1, len(inside)):
                across, onto = inside[:width], inside[width:]
                start, end = place - len(onto), place + 1 + width
                fits = start >= 0 and all_alike(factors[start:place], onto)
                if fits and all_alike(factors[place + 1 : end], across):
                    yield start, end


def _keeps(whole: tuple[Tree, ...], kept: tuple[Tree, ...]) -> str:
    return f"{writer().inline(product_of(whole))} = {writer().inline(product_of(kept))}"


def _is_among(tree: Tree, whole: tuple[Tree, ...]) -> bool:
    """Whether a matrix, or all that stands beside each other in it, is part of [A B …], alone or by its name."""
    beside = _columns(whole[0]) if len(whole) == 1 else ()
    parts = _columns(tree) or (tree,)
    return bool(beside) and all(any(alike(part, block) for block in beside) for part in parts)


def _columns(tree: Tree) -> tuple[Tree, ...]:
    """The matrices that stand beside each other in a tree, or in what it is defined as; none in another."""
    known = tree.definition if isinstance(tree, Symbol) else tree
    return known.grid[0] if isinstance(known, Block) and len(known.grid) == 1 else ()


def _keeps_part(whole: tuple[Tree, ...], kept: Tree | None, sides: tuple[Tree, ...]) -> str:
    told = "0" if kept is None else writer().inline(kept)
    lines = "columns" if _columns(sides[0]) else "rows"
    return f"{writer().inline(product_of(whole))} = {told}, for it is among the {lines} of {writer().inline(sides[0])}"


def _annihilated(tree: Tree) -> Rewrite | None:
    """(I − P)X = 0 and X'(I − P) = 0 for P = X(X'X)⁻X', as a name or written out."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        whole = factor.definition if isinstance(factor, Symbol) and factor.definition is not None else factor
        inside = complement(whole) if isinstance(whole, Sum) else None
        sides = None if inside is None else _sides(inside)
        if sides is None:
            continue
        onto, across = sides
        before, behind = tree.factors[:place], tree.factors[place + 1 :]
        if all_alike(behind[: len(onto)], onto):
            return Rewrite(Zero(*tree.shape), f"{_keeps((factor, *onto), onto).partition(' = ')[0]} = 0")
        if across and all_alike(before[len(before) - len(across) :], across):
            return Rewrite(Zero(*tree.shape), f"{_keeps((*across, factor), across).partition(' = ')[0]} = 0")
        if behind and _is_among(behind[0], onto):
            return Rewrite(Zero(*tree.shape), _keeps_part((factor, behind[0]), None, onto))
        if before and _is_among(transposed(before[-1]), tuple(map(transposed, across))):
            return Rewrite(Zero(*tree.shape), _keeps_part((before[-1], factor), None, across))
    return None


def _squared(tree: Tree) -> Rewrite | None:
    """PP = P for neighbours that are equal and known to be idempotent."""
    if not isinstance(tree, Product):
        return None
    for place, (left, right) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        if alike(left, right) and (found := known("idempotent", left)).value:
            return Rewrite(product_of((*tree.factors[: place + 1], *tree.factors[place + 2 :])), found.because)
    return None


GENERALIZED_INVERSE_CANCELS = Rule(
    "generalized-inverse-cancels",
    "AA⁻A = A",
    _generalized_cancels,
    lambda: _X @ generalized_inverse(_X) @ _X,
)
PROJECTION_KEEPS = Rule(
    "projection-keeps", "PX = X: X is projected on its own columns", _projected, lambda: projection(_X) @ _X
)
PROJECTION_ANNIHILATES = Rule(
    "projection-annihilates",
    "(I − P)X = 0: nothing of X is orthogonal to its columns",
    _annihilated,
    lambda: _X.T @ residual_projection(_X),
)


def _power(tree: Tree) -> Rewrite | None:
    """Pᵏ = P for an idempotent P and a whole number k above 0."""
    if not isinstance(tree, Applied) or tree.function != "power" or tree.is_scalar:
        return None
    base, exponent = tree.arguments
    if not isinstance(exponent, Scalar) or not (exponent.value.is_integer and exponent.value.is_positive):
        return None
    found = known("idempotent", base)
    return Rewrite(base, found.because) if found.value else None


IDEMPOTENT_POWER = Rule(
    "idempotent-power",
    "Pᵏ = P for an idempotent P",
    _power,
    lambda: Applied("power", (_P, Scalar(sympy.Integer(3))), row_size=_P.rows, column_size=_P.columns),
)
IDEMPOTENT_SQUARED = Rule("idempotent-squared", "PP = P for an idempotent P", _squared, lambda: _P @ _P)

PROJECTION_RECODED = Rule(
    "projection-recoded",
    "XT(T'X'WXT)⁻T'X' = X(X'WX)⁻X' for T with an inverse: another coding has the same columns",
    _recoded,
    lambda: projection(Product((_X, _T))),
)
GENERALIZED_INVERSE_OF_INVERTIBLE = Rule(
    "generalized-inverse-of-invertible",
    "A⁻ = A⁻¹ where A has an inverse",
    _generalized_is_inverse,
    lambda: generalized_inverse(_T),
)

PROJECTIONS = (
    PROJECTION_ANNIHILATES,
    IDEMPOTENT_SQUARED,
    IDEMPOTENT_POWER,
    GENERALIZED_INVERSE_CANCELS,
    PROJECTION_KEEPS,
    PROJECTION_RECODED,
    GENERALIZED_INVERSE_OF_INVERTIBLE,
)
"""What shortens products with projections."""
