"""Averages in incomplete blocks with letters for sizes: how often two averages meet in a block, and in a plot.

Which treatments a block has is not told by letters, but how often two of them are in one block may be: in a balanced
design λ = r(k − 1)/(t − 1) times, in a resolvable one, whose replicates hold every treatment once, as often as they are
there where one of the averages has all treatments. So two averages of a and b treatments, c of them in both, meet in
c(r − λ) + abλ pairs of plots of one block. An augmented design has every check in every block. Source: Yates (1936),
Incomplete randomized blocks, Annals of Eugenics 7, 121–140; Bailey (2008), Design of Comparative Experiments,
sections 11.3 and 11.8; Federer (1956), Hawaiian Planters' Record 55, 191–208.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.errors import TutorError
from tutor.models.checks import entries_of
from tutor.models.levels import DOT, Level
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.plan import Plan

Levels = Mapping[str, Level]

NUMBERS = "Give numbers for the sizes."


@dataclass(frozen=True, slots=True)
class IncompleteBlocks:
    """Blocks of ``plots`` plots, ``block`` being the letter of the block and ``replicate`` that of the replicate which
    holds it, if there is one; ``treatments`` are the letters of the treatments.

    ``checks`` is their number in an augmented design, of which the entries up to it are in every block, and the others
    in one plot each; None in designs that have each treatment equally often. ``observed`` are the treatments and units
    of observations that are known to be there.
    """

    treatments: str
    replicate: str
    block: str
    sizes: Mapping[str, sympy.Expr]
    names: Mapping[str, str]
    plots: sympy.Expr
    checks: sympy.Expr | None = None
    observed: frozenset[tuple[Level, ...]] = frozenset()

    @classmethod
    def of(cls, plan: Plan, response: str) -> IncompleteBlocks | None:
        """Those of a plan whose sizes have letters, plots being no index of the ``response``; None for any other."""
        layout = plan.layout
        plots = [unit for unit in plan.units if unit.within and not unit.ordered and unit.letters not in response]
        if layout.codes is not None or set(layout.determined) != set(plan.treatments) or len(plots) != 1:
            return None
        (plot,) = plots
        block = plan.unit(plot.within[0])
        outer = [plan.unit(name) for name in block.within]
        entries = entries_of(plan)
        if (
            not (plan.relabelled or entries)
            or any(len(unit.letters) != 1 for unit in (block, *outer))
            or len(outer) > 1
        ):
            return None
        return cls(
            plan.treatments,
            outer[0].letters if outer else "",
            block.letters,
            {index.letter: index.size for index in layout.indices},
            {index.letter: index.name for index in layout.indices},
            layout.index(plot.letters).size,
            None if entries is None else entries.checks,
        )

    @property
    def letters(self) -> str:
        """The indices that do not classify the rows in all combinations."""
        return self.treatments + self.replicate + self.block

    def beside(self, observations: Iterable[Levels]) -> IncompleteBlocks:
        """The same, of which it is known that there are these observations."""
        return replace(self, observed=frozenset(tuple(at[x] for x in self.letters) for at in observations))

    def _is_observed(self, one: Levels, other: Levels) -> bool:
        """Whether the treatment of one average is known to be in the block of the other."""
        units = self.replicate + self.block
        at = [one[x] if x not in units else other[x] for x in self.letters]
        return tuple(at) in self.observed and all(one[x] in (DOT, other[x]) for x in units)

    # How many

    @property
    def _every(self) -> sympy.Expr:
        return sympy.Mul(*(self.sizes[letter] for letter in self.treatments))

    @property
    def _rows(self) -> sympy.Expr:
        replicates = self.sizes[self.replicate] if self.replicate else ONE
        return replicates * self.sizes[self.block] * self.plots

    @property
    def _times(self) -> sympy.Expr:
        """How often a treatment is in all blocks, or in those of one replicate."""
        return ONE if self.replicate else self._rows / self._every

    def _treatments(self, *at: Levels) -> sympy.Expr:
        """How many treatments all of these averages have."""
        free = [x for x in self.treatments if all(each[x] == DOT for each in at)]
        return sympy.Mul(*(self.sizes[letter] for letter in free))

    def _has_all(self, at: Levels) -> bool:
        return all(at[letter] == DOT for letter in self.treatments)

    def _number(self, at: Levels) -> sympy.Expr:
        """The plots of an average."""
        if at[self.block] != DOT:
            return self.plots if self._has_all(at) else ONE
        if self.checks is not None:
            return self._rows if self._has_all(at) else self.sizes[self.block]
        replicates = self.sizes[self.replicate] if self.replicate and at[self.replicate] == DOT else ONE
        return replicates * self._times * self._treatments(at)

    def check(self, at: Levels) -> None:
        """Raise TutorError for an average whose plots are not told."""
        own = {letter for letter in self.treatments if at[letter] != DOT}
        if self.replicate and at[self.block] != DOT and at[self.replicate] == DOT:
            raise TutorError(f"The {self._name(self.block)}s are numbered within each {self._name(self.replicate)}.",
                             tip=f"Name the {self._name(self.replicate)} too, or average over both.")  # fmt: skip
        if at[self.block] != DOT and own and own != set(self.treatments):
            raise TutorError(
                f"Which plots of {self._name(self.block)} {at[self.block]} have {self._told(at)} is not told by "
                "letters.",
                tip=f"{NUMBERS} Or name both, or average over one of them.",
            )
        if self.checks is not None and own and at[self.block] == DOT:
            (letter,), (level,) = self.treatments, (at[x] for x in self.treatments)
            if not isinstance(level, int):
                raise TutorError(f"Whether {self._name(letter)} {level} is a check is not told.",
                                 tip="Take a number: 1 is a check.")  # fmt: skip
            if not (self.checks - level).is_nonnegative:  # pyright: ignore[reportOptionalOperand]
                raise TutorError(
                    f"Whether {self._name(letter)} {level} is a check, which is in every {self._name(self.block)}, or "
                    "a new one, which has one plot, is not told.",
                    tip="Give the number of checks; the mean of a new entry is its one observation.",
                )

    def is_uniform(self, letters: str, at: Levels) -> bool:
        """Whether an average has all levels of these indices that it is averaged over equally often; plots are told by
        the average itself."""
        if set(self.letters) <= set(letters):
            return True
        averaged = {letter for letter in letters if at[letter] == DOT}
        if averaged & set(self.treatments) and (at[self.block] != DOT or self.checks is not None):
            return False
        return self.block not in averaged or self._has_all(at) or self.checks is not None

    @property
    def told(self) -> str:
        """How often treatments are in a block, and together in one, in words."""
        treatment, block = " ".join(self._name(x) for x in self.treatments), self._name(self.block)
        if self.checks is not None:
            return f"every check is in each {block}"
        if self.replicate:
            return f"each {self._name(self.replicate)} has every treatment once"
        if len(self.treatments) > 1:
            treatment = "treatment"
        r, t, k = self._times, self._every, self.plots
        return (
            f"a {treatment} is in r = {inline(r)} {block}s, and two {treatment}s are together in "
            f"λ = r({inline(k - 1)})/({inline(t - 1)}) of them"
        )

    # What two averages share

    def overlap(self, letters: str, own: Levels, others: Levels) -> sympy.Expr:
        """Σ w w' over the levels of ``letters``: of plots where treatments are among them, else of units."""
        if set(letters) & set(self.treatments):
            pairs = self._plots_in_both(own, others)
        elif self.block in letters:
            pairs = self._pairs_in_blocks(own, others)
        else:
            return self._in_replicates(own, others)
        return normal(pairs / (self._number(own) * self._number(others)))

    def _plots_in_both(self, own: Levels, others: Levels) -> sympy.Expr:
        for one, other in ((own, others), (others, own)):
            if one[self.block] != DOT and not self._has_all(one) and self._agree(one, other):
                return ONE
            if one[self.block] != DOT and self._is_observed(other, one):
                return ONE
        if self.checks is not None:
            if self._has_all(own) or self._has_all(others):
                at = others if self._has_all(own) else own
                there = own[self.block] != DOT or others[self.block] != DOT
                return (self.plots if self._has_all(at) else ONE) if there else self._number(at)
            return self.sizes[self.block] * self._treatments(own, others)
        if own[self.block] != DOT or others[self.block] != DOT:
            if self._has_all(own) and self._has_all(others):
                return self.plots
            raise self._open(own, others)
        return self._replicates(own, others) * self._times * self._treatments(own, others)

    def _agree(self, one: Levels, other: Levels) -> bool:
        """Whether an observation is one of an average: it has all levels that the average has."""
        return all(other[letter] in (DOT, one[letter]) for letter in self.letters)

    def _replicates(self, own: Levels, others: Levels) -> sympy.Expr:
        """How many replicates both averages have, 1 where there are none."""
        if not self.replicate or DOT not in (own[self.replicate], others[self.replicate]):
            return ONE
        both = own[self.replicate] == others[self.replicate]
        return self.sizes[self.replicate] if both else ONE

    def _pairs_in_blocks(self, own: Levels, others: Levels) -> sympy.Expr:
        """The pairs of plots, one of each average, that lie in one block."""
        named = [at for at in (own, others) if at[self.block] != DOT]
        if len(named) == 2:
            return self._number(own) * self._number(others)
        if self.checks is not None:
            count = ONE if named else self.sizes[self.block]
            each = [
                self._number(at) if at in named else self.plots if self._has_all(at) else ONE for at in (own, others)
            ]
            return count * sympy.Mul(*each)
        if named:
            (one,), other = named, others if named[0] is own else own
            if self._has_all(other):
                return self._number(one) * self.plots
            if (not self._has_all(one) and self._agree(one, other)) or self._is_observed(other, one):
                return self._number(one) if self._has_all(one) else ONE
            raise self._open(own, others)
        a, b, c = (self._treatments(*at) for at in ((own,), (others,), (own, others)))
        if any(own[x] != others[x] and DOT not in (own[x], others[x]) for x in self.treatments):
            c = sympy.S.Zero
        return self._replicates(own, others) * self._meetings(own, others, a, b, c)

    def _meetings(self, own: Levels, others: Levels, a: sympy.Expr, b: sympy.Expr, c: sympy.Expr) -> sympy.Expr:
        """The pairs of plots in one block, in all blocks or in those of one replicate."""
        if not self.replicate:
            r = self._times
            together = r * (self.plots - 1) / (self._every - 1)
            return c * (r - together) + a * b * together
        if self._has_all(own) or self._has_all(others):
            return (b if self._has_all(own) else a) * self.plots
        if a == b == c == 1:
            return ONE
        raise TutorError(
            f"How often {self._told(own)} and {self._told(others)} are in one {self._name(self.block)} is not told by "
            "letters.",
            tip=NUMBERS,
        )

    def _in_replicates(self, own: Levels, others: Levels) -> sympy.Expr:
        """Each replicate holds all treatments once, so that averages over them have the same of each."""
        return 1 / self.sizes[self.replicate] if DOT in (own[self.replicate], others[self.replicate]) else ONE

    def _open(self, own: Levels, others: Levels) -> TutorError:
        at, other = (own, others) if own[self.block] != DOT else (others, own)
        if self._has_all(other):
            other = at
        return TutorError(
            f"Whether {self._told(other)} is in {self._name(self.block)} {at[self.block]} is not told by letters.",
            tip=NUMBERS,
        )

    def _name(self, letter: str) -> str:
        return self.names[letter]

    def _told(self, at: Levels) -> str:
        return " and ".join(f"{self._name(x)} {at[x]}" for x in self.treatments if at[x] != DOT)
