"""The estimate of a contrast in balanced incomplete blocks, with letters for sizes, by totals.

With w = 1/σ² and w' = 1/(σ² + kσ²_u) the rows of X_τ'V⁻¹y are wQ_i + w'B_i/k: T_i is the total of treatment i, B_i that
of the blocks that hold it, and Q_i = T_i − B_i/k. On contrasts X_τ'V⁻¹X_τ is r e w + r(1 − e)w' times I − J/t, so that
Σ c_i τ̂_i is Σ c_i (wQ_i + w'B_i/k) over that. Fixed blocks leave w' = 0. Source: Yates (1940), The recovery of
inter-block information, Annals of Eugenics 10, 317–325; Cochran and Cox (1957), Experimental Designs, section 11.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import Identity, Ones, Sum, Symbol, Transpose
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import ClosedEstimate, column_of
from tutor.models.inference.errors_of_incomplete_blocks import (
    balanced_incomplete,
    shares_of_treatments,
    variances_of_plots,
)
from tutor.models.observations.cells import levels_below

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


def estimate_in_incomplete_blocks(model: MixedModel, what: Any) -> ClosedEstimate | None:
    """Σ c_i τ̂_i, or c(μ̂ + τ̂_i) beside random blocks; None for any other model, and for
    functions of the effects of blocks.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    """
    difference, plan = balanced_incomplete(model), model.plan
    if difference is None or plan is None:
        return None
    try:
        name, shares = shares_of_treatments(model, what)
    except SizeError:
        return None
    layout = plan.layout
    of_plot, of_block = variances_of_plots(model)
    block, plot, *_ = plan.units
    k, t = layout.index(plot.letters).size, layout.size(plan.treatments)
    samples = sympy.cancel(model.n / layout.size(block.letters) / k)
    half: Any = difference.variance / 2
    of_adjusted = collected(half / (samples * of_plot))
    of_blocks = sympy.S.Zero if of_block is None else collected(half / (samples * k * (of_plot + k * of_block)))
    totals = _Totals(model, name, k, samples)
    total = sympy.Add(*shares.values())
    terms = [times(of_adjusted, _sum(totals.adjusted, shares))]
    if of_blocks != 0:
        inner = _sum(totals.of_blocks, shares)
        if total != 0:
            inner = Sum((inner, times(-total * model.n * k / t, totals.mean)))
        terms.append(times(of_blocks, inner))
    if total != 0:
        terms.append(times(total, totals.mean))
    return ClosedEstimate(sum_or_term(terms), difference.because, _told(k, samples, has_blocks=of_blocks != 0))


def _sum(total: Any, shares: dict[str, sympy.Expr]) -> Tree:
    """Σ c_i Q_i."""
    return sum_or_term([times(share, total(key)) for key, share in shares.items() if share != 0])


def _told(k: sympy.Expr, samples: sympy.Expr, *, has_blocks: bool) -> str:
    each = "" if samples == 1 else f", {samples} samples of each plot"
    told = f"Q_i = T_i − B_i/{k}: T_i is the total of treatment i{each}, B_i that of the blocks that hold it"
    return f"{told}; the weights are those of the information within blocks and between them" if has_blocks else told


class _Totals:
    """Q_i and B_i by the keys of effects, tau_1, and the mean of all, 1 × 1 each, with definitions in y."""

    def __init__(self, model: MixedModel, name: Name, k: sympy.Expr, samples: sympy.Expr) -> None:
        assert model.plan is not None
        self._model, self._name, self._k, self._samples = model, name, k, samples
        names = {index.letter: index.name for index in model.plan.layout.indices}
        treatment = {names[letter] for letter in letters_of(name)}
        block = next(index.name for index in model.plan.layout.indices if index.letter == model.plan.units[0].letters)
        columns = {frozenset(term.variables): found for term, found in model.fixed_blocks()}
        columns |= {frozenset(term.variables): term.matrix for term in model.random}
        self._treatments, self._blocks = columns[frozenset(treatment)], columns[frozenset({block})]

    def adjusted(self, key: str) -> Tree:
        """Q_i = d_i'X_τ'(I − BB'/(ks))y, B having the columns of the blocks."""
        onto = times(1 / (self._k * self._samples), product_of((self._blocks, Transpose(self._blocks))))
        return self._named("Q", key, (Sum((Identity(self._model.n), negated(onto))),))

    def of_blocks(self, key: str) -> Tree:
        """B_i, the total of the blocks that hold treatment i: d_i'X_τ'BB'y, over the samples of each plot."""
        return self._named("B", key, (self._blocks, Transpose(self._blocks)), 1 / self._samples)

    @property
    def mean(self) -> Tree:
        """ȳ_··"""
        model = self._model
        dots = "." * len(letters_of(model.index.response))
        average = times(1 / model.n, product_of((Ones(ONE, model.n), model.y)))
        return Symbol(f"ybar_{dots}", ONE, ONE, "random", definition=average)

    def _named(self, letter: str, key: str, inner: tuple[Tree, ...], share: sympy.Expr = sympy.S.One) -> Tree:
        below = key.partition("_")[2]
        levels = levels_below(below, self._name)
        assert levels is not None
        picked = column_of(self._model, self._name, [int(level) for level in levels])  # pyright: ignore[reportArgumentType]
        value = times(share, product_of((Transpose(picked), Transpose(self._treatments), *inner, self._model.y)))
        return Symbol(f"{letter}_{below}", ONE, ONE, "random", definition=value)
