"""X with independent columns, X_1, and K of the error contrasts K'y, of which REML takes the likelihood.

A set of n − rank(X) independent vectors that are orthogonal to the columns of X makes K. Source: Harville (1974),
Bayesian inference for variance components using only error contrasts, Biometrika 61, 383–385; Patterson and Thompson
(1971), Recovery of inter-block information when block sizes are unequal, Biometrika 58, 545–554.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.evaluate import Instance
from tutor.algebra.filled import FilledCells
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Explicit,
    Identity,
    Kronecker,
    Ones,
    Product,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.entries import determinant_of_entries
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.strata import Balanced, Factor, Subset, subsets
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, TutorError
from tutor.models.column_relations import pivot_columns
from tutor.models.effects import FixedTerm
from tutor.models.inference.sources import is_orthogonal

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_LISTED = 2000
"""Rows of a model for which K is written down."""

MOST_LISTED_OF_LETTERS = 60
"""Rows for which it is where covariates have letters for values."""


def response_of(model: MixedModel) -> Tree:
    """y, or y − o of a model with an offset: what has the mean Xβ, n × 1."""
    return model.y if model.offset is None else Sum((model.y, negated(model.offset)))


def independent_columns(model: MixedModel) -> Symbol:
    """X_1, n × rank(X): the columns of X that do not depend on those before them, as R keeps them; X itself where it
    has full column rank.

    Of a model with letters for sizes whose columns cannot be listed by terms they are found where X has numbers.
    """
    if same_size(model.rank, model.p):
        return model.X
    definition = _listed_columns(model) if model.n.is_Integer else _columns_by_terms(model)
    if definition is None:
        definition = Applied("independent columns", (model.X,), row_size=model.n, column_size=model.rank)
    return Symbol(
        "X_1",
        model.n,
        model.rank,
        facts=frozenset({"full column rank"}),
        definition=definition,
        scope=model.scope,
    )


def _listed_columns(model: MixedModel) -> Tree:
    X = model.X.explicit()
    return Explicit(ImmutableDenseMatrix(X.extract(list(range(X.rows)), list(pivot_columns(X)))))


def _columns_by_terms(model: MixedModel) -> Tree | None:
    """XC: of each term the columns without the last level of each factor whose effects are in the terms before."""
    sizes = {factor.name: factor.size for factor in model.factors}
    covered: set[frozenset[str]] = set()
    blocks: list[Tree] = []
    for term in model.fixed:
        new = set(_margins(term)) - covered
        needed = frozenset.intersection(*new) if new else frozenset()
        if new != {margin for margin in _margins(term) if needed <= margin}:
            return None
        # A covariate has one column, of which nothing is in the terms before.
        blocks.append(_chosen([(sizes.get(name, ONE), name in needed and name in sizes) for name in term.variables]))
        covered |= new
    chosen = blocks[0] if len(blocks) == 1 else BlockDiagonal(tuple(blocks))
    if not same_size(chosen.rows, model.p) or not same_size(sympy.expand(chosen.columns), sympy.expand(model.rank)):
        return None
    return Product((model.X, chosen))


def _margins(term: FixedTerm) -> Iterator[frozenset[str]]:
    """The sets of factors whose effects the columns of a term can tell: all subsets of its own."""
    for number in range(len(term.variables) + 1):
        yield from map(frozenset, combinations(term.variables, number))


def _chosen(factors: Sequence[tuple[Size, bool]]) -> Tree:
    """⊗ of the columns that are kept: all levels, or all but the last."""
    kept = [_without_last(extent) if lost else Identity(extent) for extent, lost in factors]
    if not kept:
        return Identity(ONE)
    return kept[0] if len(kept) == 1 else Kronecker(tuple(kept))


def _without_last(extent: Size) -> Tree:
    return Block(((Identity(extent - 1),), (Zero(ONE, extent - 1),)))


def log_gram_determinant(model: MixedModel) -> sympy.Expr | None:
    """log |X_1'X_1| of a design all of whose cells have as many observations; None for another with letters.

    The columns of a set S of factors without their last levels, centred, which changes no determinant, are orthogonal
    to those of other sets, and |I − J/n_i| = 1/n_i for n_i − 1 levels: |X_1'X_1| is the product over S of
    (n/∏ n_i)^m ∏ n_i^(−m/(n_i − 1)) with m = ∏ (n_i − 1), i in S.
    """
    if model.n.is_Integer:
        X = independent_columns(model)
        return sympy.log(_exact_determinant(Product((Transpose(X), X))))
    if not is_orthogonal(model) or isinstance(independent_columns(model).definition, Applied):
        return None
    sizes = {factor.name: factor.size for factor in model.factors}
    margins = dict.fromkeys(margin for term in model.fixed for margin in _margins(term))
    total: sympy.Expr = sympy.S.Zero
    for margin in margins:
        extents = [sizes[name] for name in sorted(margin)]
        dimension = sympy.Mul(*(extent - 1 for extent in extents))
        shared = sympy.log(model.n / sympy.Mul(*extents))
        own = [sympy.log(extent) / (extent - 1) for extent in extents]
        total += dimension * (sympy.expand_log(shared) - sympy.Add(*own))
    return _collected_logarithms(total)


def _exact_determinant(tree: Tree) -> sympy.Expr:
    try:
        found = Instance(Exact()).value(tree).det()
    except DomainError:
        return normal(determinant_of_entries(tree.explicit()))
    return sympy.Rational(int(found.p), int(found.q))  # pyright: ignore[reportReturnType]


def _collected_logarithms(total: sympy.Expr) -> sympy.Expr:
    """Each logarithm once, with its factor: t log b."""
    expanded = sympy.expand(sympy.expand_log(total))
    logarithms = sorted(expanded.atoms(sympy.log), key=str)
    parts = [normal(expanded.coeff(each)) * each for each in logarithms]
    return sympy.Add(*parts)


def fixed_subsets(model: MixedModel, factors: Sequence[Factor]) -> tuple[Subset, ...] | None:
    """The sets of factors whose strata make up the column space of X; None where it is no sum of strata."""
    square = balanced(Product((model.X, Transpose(model.X))), factors)
    return None if square is None else _not_empty(square)


def _not_empty(square: Balanced) -> tuple[Subset, ...]:
    pairs = zip(subsets(len(square.factors)), square.values, strict=True)
    return tuple(subset for subset, value in pairs if not is_zero(value))


def error_contrasts(model: MixedModel) -> Symbol:
    """K, n × (n − rank(X)), with K'X = 0 and independent columns.

    Beyond 2000 rows, 60 with letters for covariates, and for letters for sizes where the columns of X do not fill
    strata, its entries are not written down: it is then worked out from those of X where these are numbers.

    Raises
    ------
    TutorError
        When X has as many independent columns as rows.
    """
    if same_size(model.n, model.rank):
        raise TutorError(
            f"X has {model.n} rows and its rank is {model.rank}: no error contrasts are left, of which REML could take "
            "the likelihood.",
            tip="Take a model with fewer fixed effects, or ML.",
        )
    definition: Tree | None = None
    square = balanced(Product((model.X, Transpose(model.X))))
    if square is not None:
        definition = _by_strata(_not_empty(square), square.factors)
    elif model.n.is_Integer and model.n <= MOST_LISTED:
        definition = _listed_contrasts(model)
    if definition is None:
        definition = Applied("left null", (independent_columns(model),))
    return Symbol(
        "K",
        model.n,
        normal(model.n - model.rank),
        facts=frozenset({"full column rank"}),
        definition=definition,
        scope=model.scope,
    )


def _by_strata(fixed: Sequence[Subset], factors: Sequence[Factor]) -> Tree:
    """[⊗ of (I, −1)' or 1 …] for each set of factors that is not fixed."""
    blocks = [_contrasts_of(each, factors) for each in subsets(len(factors)) if each not in set(fixed)]
    return blocks[0] if len(blocks) == 1 else Block((tuple(blocks),))


def _contrasts_of(subset: Subset, factors: Sequence[Factor]) -> Tree:
    parts = [_against_last(f.size) if inside else Ones(f.size) for f, inside in zip(factors, subset, strict=True)]
    return parts[0] if len(parts) == 1 else Kronecker(tuple(parts))


def _against_last(extent: Size) -> Tree:
    """Each level but the last against the last."""
    return Block(((Identity(extent - 1),), (negated(Ones(ONE, extent - 1)),)))


def _listed_contrasts(model: MixedModel) -> Tree | None:
    """(−B A⁻¹, I)' for X_1 with the rows A, which are independent, and B, each in its place."""
    try:
        X = Instance(Exact()).value(independent_columns(model))
    except DomainError:
        return _contrasts_of_letters(model) if model.n <= MOST_LISTED_OF_LETTERS else None
    except NotRationalError:  # covariates as sin(2πx), which elimination cannot tell from 0
        return None
    echelon, rank = X.transpose().rref()
    rows = X.tolist()
    pivots = [next(j for j, x in enumerate(line) if x != 0) for line in echelon.tolist()[:rank]]
    chosen = set(pivots)
    others = [i for i in range(len(rows)) if i not in chosen]
    # The echelon form of X_1' is A'⁻¹X_1': its other columns are the rows of B A⁻¹.
    weights = echelon.tolist()
    filled = [(row, j, sympy.S.One) for j, row in enumerate(others)]
    filled += [
        (row, j, sympy.Rational(-int(x.p), int(x.q)))
        for i, row in enumerate(pivots)
        for j, other in enumerate(others)
        if (x := weights[i][other]) != 0
    ]
    return Explicit(FilledCells(filled, rows=len(rows), columns=len(others)))


def _contrasts_of_letters(model: MixedModel) -> Tree:
    """The same for covariates with letters for values."""
    X = independent_columns(model).explicit()
    pivots = pivot_columns(X.T)
    others = [i for i in range(X.rows) if i not in pivots]
    columns = list(range(X.cols))
    weights = X.extract(others, columns) * X.extract(list(pivots), columns).inv()
    entries = {(row, j): sympy.S.One for j, row in enumerate(others)}
    entries |= {(row, j): -weights[j, i] for i, row in enumerate(pivots) for j in range(len(others))}
    return Explicit(ImmutableDenseMatrix.from_dok(X.rows, len(others), entries))
