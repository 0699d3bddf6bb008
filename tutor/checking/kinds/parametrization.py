"""A model in matrices with a design matrix of its own: y = Aβ + Zu + ε, or y ~ N(Aβ, V), with A written out.

β is then that of A, as many as A has columns. Where A spans the column space of X, Aβ has the same means as Xβ, and the
model is the same one; see `column_space`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra.nodes import Product, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.checking.around import read_around
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.parts import Judged
from tutor.errors import ShapeError
from tutor.notation.statement import Distribution, Equation, Statement
from tutor.notation.vocabulary import Vocabulary


def read_with_own_width(text: str, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """The statements of a text in which β may be as long as the matrix before it is wide.

    Raises
    ------
    ReadError, ShapeError
        For text that cannot be read so either.
    """
    try:
        return read_around(text, vocabulary).parts
    except ShapeError as error:
        beta = _symbol(vocabulary, "beta")
        if beta is None or error.operation != "product":
            raise
        (_, (_, width)), (second, _) = error.operands[:2]
        if second != str(beta):
            raise
        own = Symbol(beta.name, width, beta.column_size, beta.role)  # pyright: ignore[reportArgumentType]
        return read_around(text, vocabulary.with_names(own)).parts


def with_asked_design(parts: Sequence[Statement], request: Request) -> tuple[tuple[Statement, ...], list[Judged]]:
    """The statements with Xβ in the place of each Aβ of the same means, and the verdicts on the matrices A."""
    X, beta = _symbol(request.vocabulary, "X"), _symbol(request.vocabulary, "beta")
    if X is None or beta is None or X.definition is None:
        return tuple(parts), []
    verdicts: dict[Tree, Judged] = {}

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Product):
            return None
        *before, last = node.factors
        if not isinstance(last, Symbol) or last.name != beta.name or before == [X]:
            return None
        design = before[0] if len(before) == 1 else Product(tuple(before))
        if symbols_of(design):
            return None  # 2X or ZX in the place of X is no matrix of one's own: β is that of X
        verdict = judge(X, design, replace(request, up_to=frozenset({"column-space"}), form=(), without=()))
        if verdict.outcome != "correct" and last.shape == beta.shape:
            return None  # its term is judged as it stands
        verdicts[design] = Judged(("X", "mean"), "the design matrix", verdict, 2.0)
        return Product((X, beta))

    changed: list[Statement] = []
    for part in parts:
        if isinstance(part, Equation):
            changed.append(replace(part, sides=tuple(transform(side, change) for side in part.sides)))
        elif isinstance(part, Distribution):
            changed.append(replace(part, arguments=tuple(transform(each, change) for each in part.arguments)))
        else:
            changed.append(part)
    return tuple(changed), list(verdicts.values())


def _symbol(vocabulary: Vocabulary, key: str) -> Symbol | None:
    name = vocabulary.lookup(key)
    return name.tree if name is not None and isinstance(name.tree, Symbol) else None
