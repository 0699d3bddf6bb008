"""Averages of y and of a covariate, and sums of products of what is left of them, as names with definitions.

In a complete layout of treatments in r replicates or blocks, x'My is E_xy with M = I − X_τX_τ'/r, and I − X_τX_τ'/r −
BB'/t + J/n beside blocks; B_xy with M = BB'/t − J/n is what is between these. Of a line with the same values of x in
each group S_xy has M = I − J/n. Source: Cochran and Cox (1957), Experimental Designs, section 3.8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.defined_letter import DefinedLetter
from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import Identity, Ones, Product, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import column_of, unit_of

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class SumsOfProducts:
    """Those of a layout: ``vectors`` are y and x by their names, n × 1; ``treatments`` and ``blocks`` the indicators
    of their levels, ``effect`` the effects of the treatments. Without blocks these are None."""

    model: MixedModel
    vectors: dict[str, Tree]
    effect: Name
    treatments: Tree
    blocks: Tree | None

    def average(self, of: str, name: str, levels: Sequence[int]) -> Symbol:
        """ȳ_1· = (1/r) d_1'X_τ'y for the treatment with these levels."""
        picked = column_of(self.model, self.effect, levels)
        share = sympy.cancel(self.treatments.columns / self.model.n)
        value = times(share, product_of((Transpose(picked), Transpose(self.treatments), self.vectors[of])))
        return self._named(name, of, value)

    def left(self, letter: str, x: str, of: str) -> Symbol:
        """E_xy or B_xy: x'My, M taking off treatments and blocks, or leaving what is between blocks."""
        matrix = self._within if letter == "E" else self._between
        value = product_of((Transpose(self.vectors[x]), matrix, self.vectors[of]))
        return self._named(f"{letter}_{x}{of}", of, value)

    def _named(self, name: str, of: str, value: Tree) -> Symbol:
        return Symbol(name, ONE, ONE, "random" if of == "y" else "known", definition=value)

    @property
    def _between(self) -> Tree:
        assert self.blocks is not None
        return Sum((self._onto(self.blocks), negated(_mean(self.model.n))))

    @property
    def _within(self) -> Tree:
        left = [Identity(self.model.n), negated(self._onto(self.treatments))]
        if self.blocks is not None:
            left += [negated(self._onto(self.blocks)), _mean(self.model.n)]
        return Sum(tuple(left))

    def _onto(self, columns: Tree) -> Tree:
        return times(sympy.cancel(columns.columns / self.model.n), Product((columns, Transpose(columns))))


def sums_of_products(model: MixedModel, x: str, effect: Name, block: str) -> SumsOfProducts:
    """Those of a model whose fixed part is written term by term; ``block`` is "" without blocks."""
    assert model.plan is not None
    columns: dict[frozenset[str], Tree] = {frozenset(term.variables): found for term, found in model.fixed_blocks()}
    columns |= {frozenset(term.variables): term.matrix for term in model.random}
    names = {index.letter: index.name for index in model.plan.layout.indices}
    treatments = columns[frozenset(names[letter] for letter in letters_of(effect))]
    blocks = columns[frozenset({block})] if block else None
    return SumsOfProducts(model, {"y": model.y, x: columns[frozenset({x})]}, effect, treatments, blocks)


def average_over(model: MixedModel, x: str, name: str, levels: Mapping[str, int]) -> Any:
    """x̄_i·, the mean of a covariate over the rows at these levels of indices, by a name for formulas."""
    assert model.plan is not None
    layout = model.plan.layout
    number = sympy.Mul(*(layout.index(letter).size for letter in levels)) / model.n
    rows = _rows_at(model, levels)
    return DefinedLetter(name, times(number, product_of((Transpose(rows), _values(model, x)))), real=True)


def squares_within(model: MixedModel, x: str, name: str, levels: Mapping[str, int]) -> Any:
    """S_i, the sum of squares about their mean of a covariate with a slope for each level of an index, at one of them,
    by a name for formulas: x'(I − dd'/r)x with the column x of this slope and the r rows d of the level."""
    (column,) = (block for term, block in model.fixed_blocks() if x in term.variables)
    ((letter, level),) = levels.items()
    assert model.plan is not None
    size, rows = model.plan.layout.index(letter).size, _rows_at(model, levels)
    own = Product((column, unit_of([size], [level])))
    centred = Sum((Identity(model.n), negated(times(size / model.n, Product((rows, Transpose(rows)))))))
    return DefinedLetter(name, product_of((Transpose(own), centred, own)), positive=True)


def _rows_at(model: MixedModel, levels: Mapping[str, int]) -> Tree:
    """1 for the rows at these levels of indices and 0 for others, n × 1."""
    assert model.plan is not None
    indices = [index for index in model.plan.layout.indices if index.letter in levels]
    if not indices:
        return Ones(model.n)
    letters = "".join(index.letter for index in indices)
    picked = unit_of([index.size for index in indices], [levels[letter] for letter in letters])
    return Product((model.plan.layout.indicator(letters, letters), picked))


def _values(model: MixedModel, x: str) -> Tree:
    """The values of a covariate, n × 1, whose slopes may differ."""
    (column,) = (block for term, block in model.fixed_blocks() if x in term.variables)
    return column if column.columns == ONE else Product((column, Ones(column.columns)))


def letter_of(symbol: Symbol, **assumptions: bool) -> Any:
    """A known number by its name, for formulas: S_xx with what it stands for."""
    assert symbol.definition is not None
    return DefinedLetter(symbol.name, symbol.definition, **assumptions)


def mean_and_squares(model: MixedModel, x: str) -> tuple[Any, Any]:
    """x̄_· and S_xx of a covariate with the same values in each group."""
    (column,) = (block for term, block in model.fixed_blocks() if term.variables == (x,))
    (values,) = symbols_of(column)
    n = values.rows
    centred = Sum((Identity(n), negated(_mean(n))))
    average = times(1 / n, Product((Transpose(Ones(n)), values)))
    return (
        DefinedLetter(f"{x}bar_.", average, real=True),
        DefinedLetter(f"S_{x}{x}", Product((Transpose(values), centred, values)), positive=True),
    )


def _mean(rows: sympy.Expr) -> Tree:
    return times(1 / rows, Ones(rows, rows))
