"""The symbols of a model from its fixed part, its random terms and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Fact, Product, Sum, Symbol, Zero
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.models.covariance import Covariance, residual_covariance
from tutor.models.design import Factor
from tutor.models.effects import FixedPart, RandomTerm, random_blocks, random_matrix
from tutor.models.elements import column, element_key, listed
from tutor.models.index import IndexModel
from tutor.models.mixed import MixedModel
from tutor.models.plan import Plan
from tutor.models.rows import Rows
from tutor.models.scope import Scope

COVARIANCE_FACTS: frozenset[Fact] = frozenset({"symmetric", "positive definite"})


def assemble(
    *,
    title: str,
    rows: Rows,
    fixed: FixedPart,
    random: Sequence[RandomTerm],
    index: IndexModel,
    factors: Iterable[Factor] = (),
    columns: Sequence[tuple[str, tuple[Any, ...]]] = (),
    response: tuple[float, ...] | None = None,
    response_name: str = "y",
    offset: Sequence[sympy.Expr] | None = None,
    residual: Covariance | None = None,
    plan: Plan | None = None,
    left_out: tuple[int, ...] = (),
) -> MixedModel:
    """The model y = Xβ + Zu + ε of a fixed part and random terms, with R = σ² I where ``residual`` does not tell.

    ``left_out`` are the rows of the data that are not among ``rows``.

    Every symbol knows its definition by structure, its elements where they are listed, and the model.
    """
    scope = Scope()
    n, labels = rows.number, rows.labels
    X = Symbol(
        "X",
        n,
        fixed.matrix.columns,
        facts=frozenset({"full column rank"} if fixed.rank == fixed.matrix.columns else ()),
        definition=fixed.matrix,
        row_labels=labels,
        column_labels=fixed.labels,
        scope=scope,
    )
    beta = Symbol(
        "beta",
        X.columns,
        ONE,
        role="unknown",
        entries=None if fixed.keys is None else column(fixed.keys),
        row_labels=fixed.labels,
        scope=scope,
    )
    structured, residual = residual, residual or residual_covariance(n)
    R = Symbol(
        "R",
        n,
        n,
        role="unknown",
        facts=COVARIANCE_FACTS,
        definition=residual.tree,
        row_labels=labels,
        column_labels=labels,
        scope=scope,
    )
    Z, u, G = _random_symbols(random, n, labels, scope) if random else (None, None, None)
    e = Symbol(
        "e",
        n,
        ONE,
        role="random",
        entries=_entries(rows, "e"),
        mean=Zero(n),
        variance=R,
        uncorrelated=frozenset() if u is None else frozenset({u}),
        row_labels=labels,
        scope=scope,
    )
    predictor: list[Tree] = [Product((X, beta))]
    known = None
    if offset is not None:
        values = Explicit(ImmutableDenseMatrix(len(offset), 1, list(offset)))
        known = Symbol("o", n, ONE, definition=values, row_labels=labels, scope=scope)
        predictor.append(known)
    variance = R
    if Z is not None and u is not None and G is not None:
        predictor.append(Product((Z, u)))
        variance = Sum((Product((Z, G, Z.T)), R))
    y = Symbol(
        "y",
        n,
        ONE,
        role="random",
        definition=Sum((*predictor, e)),
        entries=_entries(rows, "y"),
        row_labels=labels,
        scope=scope,
    )
    covariance = Symbol(
        "V",
        n,
        n,
        role="unknown",
        facts=COVARIANCE_FACTS,
        definition=variance,
        row_labels=labels,
        column_labels=labels,
        scope=scope,
    )
    return MixedModel(
        title=title,
        y=y,
        X=X,
        beta=beta,
        Z=Z,
        u=u,
        e=e,
        G=G,
        R=R,
        covariance=covariance,
        fixed=fixed.terms,
        random=tuple(random),
        parameters=tuple(dict.fromkeys([*residual.parameters, *(p for term in random for p in term.parameters)])),
        rank=fixed.rank,
        factors=tuple(factors),
        index=index,
        columns=tuple(columns),
        response=response,
        response_name=response_name,
        scope=scope,
        plan=plan,
        residual=structured,
        offset=known,
        left_out=left_out,
    )


def _entries(rows: Rows, base: str) -> Any:
    keys = rows.keys(base)
    return None if keys is None else column(keys)


def _random_symbols(
    random: Sequence[RandomTerm], n: Size, labels: tuple[str, ...] | None, scope: Scope
) -> tuple[Symbol, Symbol, Symbol]:
    """Z, u and G of one random term or more."""
    matrix = random_matrix(random)
    q = matrix.columns
    effect_labels = _joined(term.labels for term in random)
    effect_keys = _joined(effect_keys_of(term) for term in random)
    Z = Symbol("Z", n, q, definition=matrix, row_labels=labels, column_labels=effect_labels, scope=scope)
    G = Symbol(
        "G",
        q,
        q,
        role="unknown",
        facts=COVARIANCE_FACTS,
        definition=random_blocks(random),
        row_labels=effect_labels,
        column_labels=effect_labels,
        scope=scope,
    )
    u = Symbol(
        "u",
        q,
        ONE,
        role="random",
        entries=None if effect_keys is None else column(effect_keys),
        mean=Zero(q),
        variance=G,
        row_labels=effect_labels,
        scope=scope,
    )
    return Z, u, G


def effect_keys_of(term: RandomTerm) -> tuple[str, ...] | None:
    """The keys of the elements of a random term's vector: u_1, u_2, … or u_01, u_11, u_02, … for two coefficients."""
    if term.keys is not None:
        return term.keys
    levels = listed(term.size)
    if levels is None or term.levels is None:
        return None
    if len(term.coefficients) == 1:
        return tuple(element_key(term.letter, level) for level in range(1, levels + 1))
    return tuple(
        element_key(term.letter, number, level)
        for level in range(1, levels + 1)
        for number in range(len(term.coefficients))
    )


def _joined(parts: Iterable[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    joined: list[str] = []
    for part in parts:
        if part is None:
            return None
        joined += part
    return tuple(joined)
