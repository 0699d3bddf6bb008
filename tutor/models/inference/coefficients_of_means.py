"""The coefficients of means of an effect where sizes are letters: K, p × m, for all m of them, and k for one.

The mean of a cell is over all levels of the other factors, and at the mean of a covariate, so that each term of the
fixed part has a Kronecker product in K: I of the factors that the term has in common with the cell, the mean over those
that it has alone, and ones for the others. The letters i and i' of levels are the first and the second on an instance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.build import hstack, vstack
from tutor.algebra.defined_letter import DefinedLetter
from tutor.algebra.laws.joining import negated, times
from tutor.algebra.nodes import Identity, Kronecker, Ones, Product, Scalar, Scaled, Sum, Transpose, Zero
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import unit_of
from tutor.models.inference.standard_error import Contribution, StandardError

if TYPE_CHECKING:
    from tutor.models.inference.kinds_of_errors import Question
    from tutor.models.layout import Index
    from tutor.models.mixed import MixedModel


def coefficients_of_means(model: MixedModel, cell: Iterable[str]) -> Tree | None:
    """K, p × m, for the means of all combinations of levels of these factors, in the order of their indices; None where
    X is not written term by term."""
    plan, names = model.plan, {*cell}
    if plan is None or plan.layout.codes is not None or plan.layout.is_ragged:
        return None
    indices = {index.name: index for index in plan.layout.indices}
    terms = list(model.fixed_blocks())
    if not names <= set(indices) or not terms:
        return None
    found = []
    for term, block in terms:
        own = {name for name in term.variables if name in indices}
        without = _without_column(model) & own
        every = [_of_index(index, own, names, without) for index in indices.values() if index.name in own | names]
        rows: Tree = Identity(ONE) if not every else every[0] if len(every) == 1 else Kronecker(tuple(every))
        if own != set(term.variables):
            total = Product((Transpose(Ones(model.n)), block, Ones(block.columns)))
            rows = Scaled(times(1 / model.n, total), rows)
        if not same_size(rows.rows, block.columns):
            return None
        found.append(rows)
    return vstack(*found)


def _of_index(index: Index, own: set[str], cell: set[str], without: set[str]) -> Tree:
    if index.name not in own:
        return Ones(ONE, index.size)
    columns = index.size - int(index.name in without)
    if index.name not in cell:
        return times(1 / index.size, Ones(columns))
    return hstack(Zero(columns, ONE), Identity(columns)) if index.name in without else Identity(columns)


def _without_column(model: MixedModel) -> set[str]:
    """The factors whose first effect is 0 and has no column, as what is left of no treatment."""
    assert model.plan is not None
    zeros = {"".join(name.bases) for name in model.index.zeros}
    letters = {
        letter
        for term in model.index.terms
        if "".join(term.coefficient.bases) in zeros
        for letter in letters_of(term.coefficient)
    }
    return {model.plan.layout.index(letter).name for letter in letters}


def coefficients_of_mean(model: MixedModel, question: Question, picked: Tree | None = None) -> Tree | None:
    """k, p × 1, for the mean at the first level of each factor, or its difference from that at the second of those that
    differ, or for what is ``picked`` of all means, m × 1; None as `coefficients_of_means`."""
    every = coefficients_of_means(model, question.cell)
    if every is None or model.plan is None:
        return None
    return Product((every, _picked(model, question) if picked is None else picked))


def _picked(model: MixedModel, question: Question) -> Tree:
    assert model.plan is not None
    indices = [index for index in model.plan.layout.indices if index.name in question.cell]
    sizes = [index.size for index in indices]
    first = [1 + (index.name in _without_column(model)) for index in indices]
    own = unit_of(sizes, first)
    if not question.differing:
        return own
    other = [level + (index.name in question.differing) for level, index in zip(first, indices, strict=True)]
    return Sum((own, negated(unit_of(sizes, other))))


def at_first_levels(model: MixedModel, found: StandardError) -> StandardError:
    """The standard error with letters for levels, σ²_j and |j − j'|, that stand for the first and the second level."""
    if model.plan is None:
        return found
    parameters = {parameter.key: parameter.symbol for parameter in model.parameters}
    put: dict[sympy.Basic, Any] = {}
    for index in model.plan.layout.indices:
        for letter in found.letters:
            name = str(letter)
            at = name.replace(f"_{index.letter}_{index.letter}'", "_12")
            at = at.replace(f"_{index.letter}'", "_2").replace(f"_{index.letter}", "_1")
            value = {index.letter: sympy.S.One, f"{index.letter}'": sympy.Integer(2)}.get(name, parameters.get(at))
            if value is not None and name not in parameters and not isinstance(letter, DefinedLetter):
                known = {key: fact for key, fact in letter.assumptions0.items() if key in _FACTS}  # pyright: ignore[reportAttributeAccessIssue]
                put[letter] = DefinedLetter(name, Scalar(value), **known)
    if not put:
        return found

    def told(value: Any) -> Any:
        if isinstance(value, Tree):
            return transform(value, lambda node: Scalar(told(node.value)) if isinstance(node, Scalar) else None)
        return None if value is None else value.xreplace(put)

    parts = tuple(Contribution(told(part.variance), part.because, told(part.formula)) for part in found.contributions)
    return replace(found, variance=told(found.variance), contributions=parts)


_FACTS = {"integer", "positive", "real", "nonnegative"}
"""What is assumed of letters of levels and of parameters."""
