"""Functions of the fixed effects beside carry-over in Williams' sequences, while sizes are letters.

Each treatment follows each other, the first period has no carry-over, and every later one has that of one treatment.
So the columns of the carry-over add up to those of the later periods, and X, of s + 3t + 1 columns and rank s + 3t − 3
from three treatments on, has four relations: the columns of sequences, of periods and of treatments add up to that of
μ, and so do that of the first period and those of the carry-over. k'β is estimable where no such change changes it.
Source: Jones and Kenward (2014), Design and analysis of cross-over trials, 3rd ed., chapter 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.element_names import plain_name
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.algebra.tree import Tree
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel

Shares = Mapping[tuple[str, int], sympy.Expr]
"""The coefficients of a function by the letter of the effects and their level; μ has the level 0."""


@dataclass(frozen=True, slots=True)
class Carryover:
    """The fixed effects of Williams' sequences by their letters, of carry-over ``left``; None for sequences that have
    none. ``names`` are all as the equation writes them."""

    intercept: str
    sequence: str | None
    period: str
    treatment: str
    left: str
    names: Mapping[str, Name]

    def shares(self, function: Tree) -> Shares:
        """The coefficients of a function of these effects; λ_1, of nothing, is 0.

        Raises
        ------
        TutorError
            For anything that is no sum of these effects at numbered levels with known numbers in front.
        """
        found: dict[tuple[str, int], sympy.Expr] = {}
        value = sympy.expand(function.value) if isinstance(function, Scalar) else sympy.nan
        coefficients: dict[sympy.Expr, sympy.Expr] = value.as_coefficients_dict() if value != 0 else {}  # pyright: ignore[reportAssignmentType]
        for letter, share in coefficients.items():
            base, _, level = str(letter).partition("_")
            known = base in self.names and (level.isdigit() or (base == self.intercept and not level))
            if not known or not share.is_Rational:
                told = ", ".join(plain_name(name) for name in self.names.values())
                raise TutorError(
                    f"{inline(function)} is no sum of fixed effects at numbered levels with known numbers in front.",
                    tip=f"They are {told}; write tau_1 - tau_2.",
                )
            if (base, level) != (self.left, "1"):
                found[base, int(level or 0)] = share
        return found

    def function(self, shares: Shares) -> Scalar:
        """The function with these coefficients."""
        effects = {
            effect: sympy.Symbol(effect[0] + (f"_{effect[1]}" if effect[1] else ""), real=True) for effect in shares
        }
        return Scalar(sympy.Add(*(share * effects[effect] for effect, share in shares.items())))

    @property
    def relation(self) -> str:
        """μ = π_1 + ∑_m λ_m, of columns of X; λ_1 has none."""
        left = self.names[self.left]
        return f"{plain_name(self.names[self.intercept])} = {self.first_period} + ∑_{left.indices} {plain_name(left)}"

    @property
    def first_period(self) -> str:
        """π_1."""
        return plain_name(replace(self.names[self.period], indices="1"))

    def changed(self, shares: Shares) -> Change | None:
        """A change of the effects that changes no mean but the function; None where the function is estimable."""
        whole = [base for base in (self.sequence, self.period, self.treatment) if base is not None]
        changes = [Change(self, every) for every in whole] + [Change(self, self.left)]
        return next((change for change in changes if change.of(shares) != 0), None)


@dataclass(frozen=True, slots=True)
class Change:
    """1 added to μ and taken from all effects with the letter ``every``, for those of carry-over from π_1 too: no mean
    changes."""

    beside: Carryover
    every: str

    def of(self, shares: Shares) -> sympy.Expr:
        """By how much it changes a function."""
        return sympy.Add(*(share * self._at(*effect) for effect, share in shares.items()))

    def vector(self, shares: Shares) -> list[sympy.Expr]:
        """What it adds to each of the effects of a function."""
        return [self._at(*effect) for effect in shares]

    def _at(self, base: str, level: int) -> sympy.Expr:
        if base == self.beside.intercept:
            return sympy.S.One
        first = self.every == self.beside.left and (base, level) == (self.beside.period, 1)
        return sympy.S.NegativeOne if base == self.every or first else sympy.S.Zero

    @property
    def told(self) -> str:
        """The change in words."""
        names = self.beside.names
        adding, every = f"adding 1 to {plain_name(names[self.beside.intercept])}", plain_name(names[self.every])
        if self.every != self.beside.left:
            return f"{adding} and subtracting 1 from every {every}"
        return f"{adding}, subtracting 1 from {self.beside.first_period} and subtracting 1 from every {every}"


def carryover_of(model: MixedModel) -> Carryover | None:
    """The fixed effects of a crossover of Williams' sequences with carry-over whose number of treatments is a letter,
    one factor being the treatments; None for any other model."""
    plan = model.plan
    if plan is None or model.n.is_Integer or len(plan.units) != 2 or not plan.units[1].ordered:
        return None
    layout = plan.layout
    left = "".join(letter for letter in layout.determined if letter not in plan.treatments)
    treatments = plan.treatments
    if len(left) != 1 or len(treatments) != 1 or any(layout.knows(letter) for letter in treatments):
        return None
    drawn = {name for effects in model.index.effects for name in effects.names}
    names = {
        "".join(term.coefficient.bases): term.coefficient for term in model.index.terms if term.coefficient not in drawn
    }
    by_index = {name.indices: base for base, name in names.items()}
    period, sequence = plan.units[1].letters, plan.units[0].letters[0]
    if not {"", period, treatments, left} <= set(by_index) or not set(by_index) <= {
        "",
        period,
        treatments,
        left,
        sequence,
    }:
        return None
    return Carryover(
        by_index[""], by_index.get(sequence), by_index[period], by_index[treatments], by_index[left], names
    )
