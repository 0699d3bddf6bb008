"""What a tree depends on: its scalar parameters, the letters of its sizes, its blocks of covariances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.arrangement import Arranged
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.indices import Total, carries, letters_in
from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk


def scalars_of(*trees: Tree) -> tuple[sympy.Symbol, ...]:
    """The scalar parameters of trees and of the definitions below them, in the order in which they are met."""
    found: dict[sympy.Symbol, None] = {}
    for tree in definitions_of(*trees):
        for node in walk(tree):
            expressions: list[Any] = []
            if isinstance(node, Scalar):
                expressions = [node.value]
            elif isinstance(node, Explicit):
                expressions = list(dict.fromkeys(node.filled.values()))
            elif isinstance(node, ByDistance):
                expressions = [*node.near, node.entry(sympy.Integer(1))]
            elif isinstance(node, Symbol) and node.entries is not None and _is_made_of_parameters(node):
                expressions = list(dict.fromkeys(node.entries.todok().values()))
            for expression in expressions:
                found.update(dict.fromkeys(sorted(expression.atoms(sympy.Symbol), key=str)))
    return tuple(found)


def by_name(values: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Values by the names of parameters: one that is a word of Python, as lambda, is given with a line below it.

    >>> by_name({"lambda_": 2, "rho": 0.5}, ["lambda", "rho"])
    {'lambda': 2, 'rho': 0.5}
    """
    words = {f"{name}_": name for name in known if iskeyword(name)}
    return {words.get(name, name): value for name, value in values.items()}


def argument_name(name: str) -> str:
    """What a parameter is called where its value is given by name, lambda_ for lambda."""
    return f"{name}_" if iskeyword(name) else name


def holds_calculus(*trees: Tree) -> bool:
    """Whether a number in the trees is an integral, a limit or a derivative as written: it has no value here."""
    for tree in trees:
        for node in walk(tree):
            entries = [node.value] if isinstance(node, Scalar) else []
            if isinstance(node, Explicit):
                entries = list(dict.fromkeys(node.filled.values()))
            if any(entry.has(sympy.Integral, sympy.Limit, sympy.Derivative) for entry in entries):
                return True
    return False


def _has_letters(tree: Explicit) -> bool:
    return any(entry.free_symbols for entry in tree.filled.values())


def _is_made_of_parameters(symbol: Symbol) -> bool:
    return symbol.definition is None and symbol.role != "random"


def sizes_of(*trees: Tree) -> tuple[sympy.Symbol, ...]:
    """The letters that stand for sizes in trees and in the definitions below them; not n_i, which stands for many."""
    found: dict[sympy.Symbol, None] = {}
    for extent in extents_of(*trees):
        letters = (s for s in extent.free_symbols if isinstance(s, sympy.Symbol))
        found.update(dict.fromkeys(sorted(letters, key=str)))
    if not found:
        return ()
    many = {letter for each in totals_of(*trees) for letter in _letters_of_many(each)}
    return tuple(letter for letter in found if letter not in many)


def totals_of(*trees: Tree) -> tuple[Total, ...]:
    """The totals n_. of sizes n_i in trees and in the definitions below them."""
    found: dict[Total, None] = {}
    for extent in extents_of(*trees):
        found.update(dict.fromkeys(sorted(extent.atoms(Total), key=str)))
    return tuple(found)


def _letters_of_many(of: Total) -> Iterator[sympy.Basic]:
    """The n_ij of n_.., and what the number of levels depends on, as b_i."""
    yield of.letter
    if isinstance(of.letter, Total):
        yield from _letters_of_many(of.letter)
        yield from (letter for letter in letters_in(of.letter.last) if carries(letter, of.index))


def extents_of(*trees: Tree) -> tuple[sympy.Expr, ...]:
    """The rows, columns and limits of indices in trees and in the definitions below them, each once; no numbers."""
    found: dict[sympy.Expr, None] = {}
    for tree in definitions_of(*trees):
        for node in walk(tree):
            found.update((extent, None) for extent in node.shape if not extent.is_Integer)
            if isinstance(node, Indexed):
                limits = (limit.value for limit in (node.first, node.last) if isinstance(limit, Scalar))
                found.update((limit, None) for limit in limits if not limit.is_Integer)
    return tuple(found)


def definitions_of(*trees: Tree) -> tuple[Tree, ...]:
    """The trees themselves, then the definitions, means and variances of their symbols, each once."""
    found: dict[Tree, None] = {}
    pending = list(reversed(trees))
    while pending:
        tree = pending.pop()
        if tree in found:
            continue
        found[tree] = None
        for symbol in symbols_of(tree):
            pending.extend(t for t in (symbol.variance, symbol.mean, symbol.definition) if t is not None)
    return tuple(found)


def arranged_symbols(*trees: Tree) -> dict[Symbol, Arranged]:
    """The symbols in trees and in the definitions below them that are drawn as an arrangement says."""
    return {
        symbol: symbol.arranged
        for tree in definitions_of(*trees)
        for symbol in symbols_of(tree)
        if symbol.arranged is not None
    }


def covariance_blocks(*trees: Tree) -> tuple[sympy.ImmutableDenseMatrix, ...]:
    """The explicit blocks inside matrices that are declared positive definite: their parameters belong together."""
    found: dict[sympy.ImmutableDenseMatrix, None] = {}
    for tree in definitions_of(*trees):
        for symbol in symbols_of(tree):
            if "positive definite" not in symbol.facts or symbol.definition is None:
                continue
            for node in walk(symbol.definition):
                if isinstance(node, Explicit) and node.given.shape[0] == node.given.shape[1] > 1 and _has_letters(node):
                    found[node.matrix] = None
    return tuple(found)


def connected_blocks(matrix: sympy.ImmutableDenseMatrix) -> Iterator[sympy.ImmutableDenseMatrix]:
    """The blocks of a symmetric matrix along its diagonal once its rows are sorted by what they are correlated with.

    It is positive definite if they are; of equal ones there is one.
    """
    rows: dict[int, dict[int, sympy.Expr]] = {}
    for (i, j), entry in matrix.todok().items():
        rows.setdefault(i, {})[j] = entry
    seen: set[int] = set()
    known: set[tuple[object, ...]] = set()
    for start in range(matrix.rows):
        if start in seen:
            continue
        reached, pending = {start}, [start]
        while pending:
            for other in rows.get(pending.pop(), {}):
                if other not in reached:
                    reached.add(other)
                    pending.append(other)
        seen |= reached
        order = sorted(reached)
        entries = tuple(rows.get(i, {}).get(j, sympy.S.Zero) for i in order for j in order)
        if entries not in known:
            known.add(entries)
            yield matrix if len(order) == matrix.rows else sympy.ImmutableDenseMatrix(len(order), len(order), entries)
