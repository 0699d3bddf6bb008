"""Covariates that an equation in elements has as vectors, x_ij'β, written out: β_1 x_1ij + … + β_p x_pij."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.nodes import Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.notation.names import GREEK, unicode_name
from tutor.notation.statement import Equation, Term

LENGTHS = ("p", "q")
"""The letters for how many covariates there are: of fixed effects, and of random ones."""

MOST_COVARIATES = 50
"""Elements of one vector of covariates."""


def written_out(part: Equation, levels: Mapping[str, Any]) -> Equation:
    """An equation with each product of vectors as the sum of its elements; any other equation as it is.

    ``levels`` say how long the vectors are, by the letter of their length: {"p": 2}.

    Raises
    ------
    SizeError
        Where they do not, with the letter that is asked for.
    """
    last = part.sides[-1]
    summands = last.terms if isinstance(last, Sum) else (last,)
    pairs = [_vectors(summand) for summand in summands]
    if not any(pairs):
        return part
    factors = [own for summand, pair in zip(summands, pairs, strict=True) for own in _terms(summand, pair, levels)]
    if not all(isinstance(factor, Scalar) for own in factors for factor in own):
        return part
    total = sympy.Add(*(sympy.Mul(*(factor.value for factor in own)) for own in factors))  # pyright: ignore[reportAttributeAccessIssue]
    terms = tuple(Term(own, part.start, part.end) for own in factors)
    return replace(part, sides=(*part.sides[:-1], Scalar(total)), terms=terms)


def _vectors(tree: Tree) -> tuple[Symbol, Symbol] | None:
    """The two vectors of a'b; None for anything else."""
    if not (isinstance(tree, Product) and len(tree.factors) == 2 and isinstance(tree.factors[0], Transpose)):
        return None
    first, second = tree.factors[0].tree, tree.factors[1]
    if not (isinstance(first, Symbol) and isinstance(second, Symbol)):
        return None
    return (first, second) if first.columns == second.columns == ONE else None


def _terms(
    summand: Tree, pair: tuple[Symbol, Symbol] | None, levels: Mapping[str, Any]
) -> Iterator[tuple[Tree, ...]]:  # fmt: skip
    if pair is None:
        yield (summand.scalar, summand.tree) if isinstance(summand, Scaled) else (summand,)
        return
    # The coefficient stands first, as in β_1 x_1ij: it is the Greek one, and of x_ij and b_i the second.
    coefficients, covariates = pair if _is_greek(pair[0]) else pair[::-1]
    for number in range(1, _length(coefficients, covariates, levels) + 1):
        yield _element(coefficients, number), _element(covariates, number)


def _is_greek(vector: Symbol) -> bool:
    return vector.name.partition("_")[0] in GREEK


def _element(vector: Symbol, number: int) -> Scalar:
    base, _, below = vector.name.partition("_")
    return Scalar(sympy.Symbol(f"{base}_{number}{below}", real=True))


def _length(coefficients: Symbol, covariates: Symbol, levels: Mapping[str, Any]) -> int:
    letter = LENGTHS[0] if _is_greek(coefficients) else LENGTHS[1]
    given = levels.get(letter)
    if given is None:
        first, second = (unicode_name(vector.name) for vector in (covariates, coefficients))
        raise SizeError(
            f"{first}'{second} has {letter} covariates: how many are they?",
            tip=f"Give levels={{'{letter}': 2}}, or write the elements, as β_1 x_1ij + β_2 x_2ij.",
        )
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_COVARIATES:
        raise SizeError(f"{letter} = {given!r} covariates; expected a number from 1 to {MOST_COVARIATES}.",
                        tip=f"Give levels={{'{letter}': 2}}.")  # fmt: skip
    return given
