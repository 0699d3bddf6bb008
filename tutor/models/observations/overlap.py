"""How many rows two averages share: Σ_s w(s) w'(s) over the combinations s of levels of some indices.

An average over m combinations gives each the weight 1/m. Two elements share 1 where they are one, and 0 where an index
differs; an average of m and one of its elements share 1/m. This is Cov(ū, ū')/σ² of independent effects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.indices import carries, letter_at
from tutor.algebra.sizes import ONE, Size
from tutor.errors import SizeError, TutorError
from tutor.models.element_names import letters_of
from tutor.models.index import Name
from tutor.models.levels import DOT, Level
from tutor.models.observations.cells import factor_of
from tutor.models.observations.incomplete import IncompleteBlocks

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


Levels = Mapping[str, Level]
"""The level of each index."""


@dataclass(frozen=True, slots=True)
class Indices:
    """The indices of the response and their sizes.

    ``determined`` are those whose level follows from the others'; ``square`` are the two indices that tell them, with
    them, beside each of which these have all levels equally often, as rows, columns and treatments of a Latin square or
    sequences, periods and treatments of a crossover. ``complete`` tells whether the rows are all combinations of the
    indices that are not determined; ``blocks`` are incomplete ones.
    """

    letters: str
    sizes: dict[str, Size | None]
    names: dict[str, str]
    determined: str
    square: str
    complete: bool
    blocks: IncompleteBlocks | None = None

    @classmethod
    def of(cls, model: MixedModel) -> Indices:
        letters = letters_of(model.index.response)
        sizes = {run.letter: None if isinstance(run.extent, Name) else run.extent for run in model.index.ranges}
        names = {letter: factor_of(model, letter) for letter in letters}
        if model.plan is None:
            return cls(letters, sizes, names, "", "", not model.n.is_Integer)
        layout = model.plan.layout
        free = {index.letter for index in layout.free}
        complete = layout.codes is None and free <= set(letters)
        square = layout.lines + layout.determined if complete and layout.lines else ""
        blocks = IncompleteBlocks.of(model.plan, letters) if layout.determined and not square else None
        return cls(letters, sizes, names, layout.determined, square, complete, blocks)

    def overlap(self, letters: str, own: Levels, others: Levels) -> sympy.Expr:
        """Σ_s w(s) w'(s) over the levels of ``letters``, for two patterns of levels by letter.

        Raises
        ------
        TutorError
            Where it is not told whether two levels are one, or which rows an average has.
        """
        if any(_differ(own[letter], others[letter]) for letter in letters):
            return sympy.S.Zero
        crossed = "".join(letter for letter in letters if letter in self.square)
        incomplete = "" if self.blocks is None else "".join(x for x in letters if x in self.blocks.letters)
        apart = crossed if len(crossed) > 1 else incomplete
        rest = [letter for letter in letters if letter not in apart]
        found = self._in_square(crossed, own, others) if len(crossed) > 1 else ONE
        if self.blocks is not None and incomplete:
            found = self.blocks.overlap(incomplete, own, others)
        for letter in rest:
            found *= self._share(letter, own, others)
        return found

    def at(self, letters: str, levels: Sequence[Level], plots: Sequence[Level] = ()) -> Levels:
        """The level of each index for an element with these letters, in an average of y over these ``plots``; what an
        element has no index for is averaged over."""
        own = dict(zip(self.letters, plots, strict=True) if plots else zip(letters, levels, strict=True))
        return {**dict.fromkeys(self.letters, DOT), **own}

    def beside(self, observations: Iterable[Sequence[Level]]) -> Indices:
        """These indices, of which it is known that there are these observations."""
        if self.blocks is None:
            return self
        there = [dict(zip(self.letters, levels, strict=True)) for levels in observations if DOT not in levels]
        return replace(self, blocks=self.blocks.beside(there))

    def number(self, letter: str, at: Levels) -> sympy.Expr:
        """How many levels an index has, of n_i those at the level of i."""
        extent = self.sizes.get(letter)
        if extent is None:
            raise SizeError(f"The number of levels of {self.names[letter]} differs between groups.",
                            tip="Write the average as a sum of elements: (y_11 + y_12)/2.")  # fmt: skip
        for index in self.letters:
            if any(carries(symbol, index) for symbol in extent.free_symbols):
                if at[index] == DOT:
                    raise self._unequal(index)
                extent = extent.xreplace({s: letter_at(s, index, at[index]) for s in extent.free_symbols})  # pyright: ignore[reportArgumentType]
        return extent  # pyright: ignore[reportReturnType]

    def _unequal(self, letter: str) -> SizeError:
        return SizeError(
            f"Each {self.names[letter]} has a size of its own, so an average over them all has no short formula here.",
            tip=f"Ask for the mean of one {self.names[letter]}.",
        )

    def _share(self, letter: str, own: Levels, others: Levels) -> sympy.Expr:
        """Σ w w' over one index."""
        for at in (own, others):
            if at[letter] == DOT:
                return 1 / self.number(letter, at)
        if own[letter] == others[letter]:
            return ONE
        first, second = own[letter], others[letter]
        raise TutorError(f"Whether {first} and {second} are the same {self.names[letter]} is not told.",
                         tip=f"Write numbers for both, or {letter} and {letter}′.")  # fmt: skip

    def check(self, levels: Sequence[Level]) -> None:
        """Raise TutorError for an average of y whose rows are not told."""
        at = dict(zip(self.letters, levels, strict=True))
        if DOT not in at.values():
            return
        if self.blocks is not None:
            self.blocks.check(at)
        elif not self.complete or (self.determined and not self.square):
            raise TutorError(
                "The rows of this design are not all combinations of its indices, so which of them an average has is "
                "not told.",
                tip="Write single elements, as y_11; or, with numbers for the sizes, an average by its numbers, ȳ_1..",
            )
        for letter in self.letters:
            if at[letter] == DOT and any(carries(s, letter) for e in self.sizes.values() if e for s in e.free_symbols):
                raise self._unequal(letter)
        fixed = {letter for letter in self.square if at[letter] != DOT}
        if len(self.square) > len(fixed) > 1 and (self._sets > 1 or not fixed <= set(self.determined)):
            told = " and ".join(f"{self.names[letter]} {at[letter]}" for letter in self.square if letter in fixed)
            if self._one_size:
                raise TutorError(f"{told} have one plot, so that there is nothing to average over.",
                                 tip="Put a dot for one of them too.")  # fmt: skip
            raise TutorError(f"Which plots have {told} is told by the design.",
                             tip="Put a dot for one of them too, or give numbers for the sizes.")  # fmt: skip

    @property
    def _one_size(self) -> bool:
        """Whether the indices of the square have one size, so that any two of them tell the others."""
        return len({self.sizes[letter] for letter in self.square}) == 1

    @property
    def _sets(self) -> int:
        """How many sets of treatments a square has: 2 of a Graeco-Latin one, 1 where the factors of one are crossed."""
        return len(self.determined) if self._one_size else 1

    def is_uniform(self, letters: str, levels: Sequence[Level]) -> bool:
        """Whether an average of y has all levels of these indices that it is averaged over equally often."""
        at = dict(zip(self.letters, levels, strict=True))
        return self.blocks is None or self.blocks.is_uniform(letters, at)

    def check_plots(self, letters: str, levels: Sequence[Level]) -> None:
        """Raise TutorError for an average of effects of plots of a square that is over the plots of one treatment."""
        at = dict(zip(self.letters, levels, strict=True))
        crossed = [letter for letter in letters if letter in self.square]
        others = [letter for letter in self.square if letter not in crossed and at[letter] != DOT]
        if len(crossed) > 1 and others and any(at[letter] == DOT for letter in crossed):
            raise TutorError(f"The plots that have {self.names[others[0]]} {at[others[0]]} are told by the square.",
                             tip="Give its size as a number.")  # fmt: skip

    def _in_square(self, crossed: str, own: Levels, others: Levels) -> sympy.Expr:
        """The same over the plots of a square."""
        mine, theirs = ({letter for letter in crossed if at[letter] != DOT} for at in (own, others))
        both = mine | theirs
        if (
            max(len(mine), len(theirs)) < len(both)
            and len(both) > 2
            and (self._sets > 1 or set(self.square[:2]) <= both)
        ):
            raise TutorError(
                "Whether these two have a plot in common depends on the square.", tip="Give its size as a number."
            )
        for letter in mine & theirs:
            self._share(letter, own, others)
        return self._plots(both) / (self._plots(mine) * self._plots(theirs))

    def _plots(self, told: set[str]) -> sympy.Expr:
        """The plots of a square at one level of each of these indices: one of both lines, and else as many for all
        levels, treatments being equally often beside each line."""
        lines = self.square[:2]
        if set(lines) <= told or (self._sets > 1 and len(told) > 2):
            return ONE
        sizes = {letter: self.number(letter, {}) for letter in self.square}
        return sympy.Mul(*(sizes[letter] for letter in lines)) / sympy.Mul(*(sizes[letter] for letter in told))

    def refuse_impossible(self, own: Sequence[Level], others: Sequence[Level]) -> None:
        """Raise TutorError for two plots of a square that cannot both be there."""
        if not self.square or DOT in (*own, *others):
            return
        # Beside both lines, or in a square, another level of what they determine is in another plot.
        place = [self.letters.index(letter) for letter in self.square]
        same = [i for i in place if own[i] == others[i]]
        lines = {self.letters.index(letter) for letter in self.square[:2]}
        if 1 < len(same) < len(place) and (self._one_size or lines <= set(same)):
            told = " and ".join(f"{self.names[self.letters[i]]} {own[i]}" for i in same)
            raise TutorError(f"{told} meet in one plot, so these two cannot both be observed.",
                             tip="Change one index more.")  # fmt: skip


def _differ(one: Level, other: Level) -> bool:
    """Whether two levels are known to be different: two numbers, or i and i'."""
    return DOT not in (one, other) and type(one) is type(other) and one != other
