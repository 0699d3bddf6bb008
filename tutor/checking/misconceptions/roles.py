"""What a parameter or a symbol is in the model of a case: residual, random, fixed, a correlation, a size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Symbol
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.checking.case import Case
from tutor.notation.names import is_variance

RESIDUAL_VARIANCE = "sigma2"

FIXED_LETTERS = ("mu", "tau", "beta", "alpha", "taualpha", "eta", "delta")
"""Letters of fixed effects, where no model tells them."""

INTERCEPTS = ("mu", "beta_0")
"""The parameter that the column of ones belongs to."""


def names_in(tree: Tree) -> set[str]:
    """The names of the symbols in a tree."""
    return {symbol.name for symbol in symbols_of(tree)}


def symbol_named(case: Case, name: str) -> Symbol | None:
    """The symbol of this name in the model of a case."""
    return next((symbol for symbol in case.symbols if symbol.name == name), None)


def residual_parameters(case: Case) -> frozenset[str]:
    """The names of the parameters of R; the residual variance, by its conventional name, where no model tells."""
    return _of_symbol(case, "R") or frozenset({RESIDUAL_VARIANCE})


def is_residual(case: Case, parameter: sympy.Symbol) -> bool:
    return parameter.name in residual_parameters(case)


def is_random(case: Case, parameter: sympy.Symbol) -> bool:
    """Whether it is a parameter of G: a variance component, or what belongs to one."""
    known = _of_symbol(case, "G")
    if known:
        return parameter.name in known
    return parameter.name != RESIDUAL_VARIANCE and is_variance(parameter.name) and not is_residual(case, parameter)


def is_fixed(case: Case, parameter: sympy.Symbol) -> bool:
    """Whether it is an element of β."""
    beta = symbol_named(case, "beta")
    if beta is not None and beta.entries is not None:
        return parameter in _elements_of(beta)
    return parameter.name.partition("_")[0] in FIXED_LETTERS


def has_data(case: Case) -> bool:
    """Whether observations stand in the reference, from which means are subtracted."""
    y = symbol_named(case, "y")
    if y is None or y.entries is None:
        return False
    return not y.entries.free_symbols.isdisjoint(parameters([case.reference]))


def is_covariance(parameter: sympy.Symbol) -> bool:
    """Whether it is a covariance by its name, as σ_12 and σ_u01, which may be negative."""
    return parameter.name.startswith("sigma_") and not parameter.is_positive


def is_correlation(parameter: sympy.Symbol) -> bool:
    return parameter.name.partition("_")[0] in ("rho", "phi", "lambda") and not parameter.is_positive


@lru_cache(maxsize=4096)
def is_size(parameter: sympy.Basic) -> bool:
    """Whether it is a whole number whatever its letters are; SymPy would think for long about σ²/(σ² + n)."""
    if not isinstance(parameter, sympy.Symbol) and not all(map(is_size, parameter.free_symbols)):
        return False
    return bool(getattr(parameter, "is_integer", False))


def parameters(trees: Iterable[Tree]) -> list[sympy.Symbol]:
    """The parameters of trees that are no sizes."""
    return list(_parameters(tuple(trees)))


@lru_cache(maxsize=1024)
def _parameters(trees: tuple[Tree, ...]) -> tuple[sympy.Symbol, ...]:
    return tuple(parameter for parameter in scalars_of(*trees) if not is_size(parameter))


def groups_of(symbols: Iterable[Symbol]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The factors of the model of these symbols by name, with their levels in each row, where the model tells them."""
    for symbol in symbols:
        groups = getattr(symbol.scope, "groups", None)
        if groups:
            return groups
    return ()


def sizes_of_groups(case: Case) -> tuple[int, ...]:
    """How many levels each factor of the model has, and how many observations each level, and each combination of all
    levels; larger than one."""
    groups = groups_of(case.symbols)
    counts = {len(set(levels)) for _, levels in groups} | {
        len(levels) // len(set(levels)) for _, levels in groups if len(levels) % len(set(levels)) == 0
    }
    together = list(zip(*(levels for _, levels in groups), strict=True))
    if together and len(together) % len(set(together)) == 0:
        counts.add(len(together) // len(set(together)))
    return tuple(sorted((counts | {len(levels) for _, levels in groups}) - {1}))


@lru_cache(maxsize=256)
def _elements_of(symbol: Symbol) -> frozenset[sympy.Basic]:
    """The letters in the entries of a symbol."""
    return frozenset() if symbol.entries is None else frozenset(symbol.entries.free_symbols)


def _of_symbol(case: Case, name: str) -> frozenset[str]:
    symbol = symbol_named(case, name)
    return frozenset() if symbol is None else _parameters_of(symbol)


@lru_cache(maxsize=256)
def _parameters_of(symbol: Symbol) -> frozenset[str]:
    return frozenset(parameter.name for parameter in parameters([symbol]))
