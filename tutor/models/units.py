"""Designs of one's own: units within or across each other, and treatments assigned to them; the model follows.

A treatment is compared by the differences among the units to which it was assigned, so every kind of unit but the
smallest needs an effect of its own. Source: Nelder (1965), Proc. R. Soc. A 283, 147–178; Brien and Bailey (2006),
Multiple randomizations, J. R. Stat. Soc. B 68, 571–609.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy

from tutor.algebra.sizes import Size, SizeLike, whole
from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.design import RESERVED, design_size
from tutor.models.designs.describe import EFFECTS, LETTERS, RANDOM, SHORT, Factorial, describe
from tutor.models.layout import Index, Layout
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.randomization import column_name
from tutor.models.unit_cells import cell_levels, check_cells, is_across, numbered
from tutor.models.words import count, plural

FIXED = ("rho", "kappa", "lambda")
"""Effects of units that are fixed, as lectures name them: blocks first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit: its name, how many there are within the units that hold it, and the names of those."""

    name: str
    size: Size
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """A treatment factor, its number of levels, and the kind of unit to which its levels were assigned at random.

    Two kinds stand for the cells where they cross.
    """

    name: str
    levels: Size
    to: tuple[str, ...]


class Reasons(tuple[str, ...]):
    """Sentences, printed one a line."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)

    __repr__ = __str__

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        for number, line in enumerate(self):
            if number:
                printer.break_()
            printer.text(line)


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a kind of unit, or the cells where two cross, adds to an observation."""

    units: tuple[str, ...]
    key: str
    letter: str
    fixed: bool = False


def units(name: str, size: SizeLike | None = None) -> Units:
    """Units of one kind, to be divided (``/``) or crossed (``*``), to which treatments are assigned.

    ``units("block", 4) / ("plot", 3)`` are 3 plots in each of 4 blocks; ``units("row", 4) * ("column", 4)`` lie across
    each other. Without a size a kind has the first letter of its name that is free.

    Raises
    ------
    SizeError
        For a size that is none.
    DataError
        For a name that is no word.

    >>> design = units("block", 4) / ("whole plot", 3) / ("subplot", 2)
    >>> design = design.assign("variety", to="whole plot").assign("nitrogen", to="subplot")
    >>> print(design.model().equation("index").splitlines()[0])
    y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk,        i = 1, 2, 3;  j = 1, 2;  k = 1, …, 4
    >>> print(design.reasons()[1])
    variety was assigned to whole plots, so whole plots need a random effect, v_i(k): they are what differs under it.
    """
    return Units((_kind(name, size, ()),))


def _kind(name: Any, size: SizeLike | None, taken: Iterable[Kind]) -> Kind:
    if not isinstance(name, str) or not name.replace(" ", "").replace("-", "").isalpha():
        raise DataError(f"{name!r} cannot name a kind of unit.", tip='Take a word, as "block" or "whole plot".')
    if size is not None:
        return Kind(name, design_size(f"the number of {name}s", size, 2))
    used = {str(letter) for kind in taken for letter in kind.size.free_symbols} | RESERVED
    free = [letter for letter in name.lower() if letter.isalpha() and letter not in used]
    if not free:
        raise SizeError(f"No letter of {name!r} is free for the number of {name}s.",
                        tip=f'Give it: ("{name}", "m") or ("{name}", 3).')  # fmt: skip
    return Kind(name, design_size(f"the number of {name}s", free[0]))


@dataclass(frozen=True, slots=True)
class Units:
    """Kinds of unit, holders first, and the treatments that were assigned to them."""

    kinds: tuple[Kind, ...]
    treatments: tuple[Assigned, ...] = ()

    def __truediv__(self, inner: str | tuple[str, SizeLike] | Units) -> Units:
        """Each unit divided: the units on the right lie within those on the left."""
        other = self._as_units(inner)
        smallest = tuple(kind.name for kind in self.kinds if not self._holds(kind))
        held = tuple(kind if kind.within else replace(kind, within=smallest) for kind in other.kinds)
        return self._joined(held, other)

    def __mul__(self, across: str | tuple[str, SizeLike] | Units) -> Units:
        """Units that cross: every unit on the right meets every one on the left."""
        other = self._as_units(across)
        return self._joined(other.kinds, other)

    def _as_units(self, given: str | tuple[str, SizeLike] | Units) -> Units:
        if isinstance(given, Units):
            return given
        name, size = given if isinstance(given, tuple) else (given, None)
        return Units((_kind(name, size, self.kinds),))

    def _joined(self, kinds: tuple[Kind, ...], other: Units) -> Units:
        twice = {kind.name for kind in self.kinds} & {kind.name for kind in kinds}
        if twice:
            raise DataError(f"There are two kinds of unit called {min(twice)}.", tip="Give each its name.")
        return Units(self.kinds + kinds, self.treatments + other.treatments)

    def _holds(self, kind: Kind) -> bool:
        return any(kind.name in other.within for other in self.kinds)

    def assign(self, treatment: str, *, to: str | tuple[str, str], levels: SizeLike | None = None) -> Units:
        """A treatment whose levels are assigned at random to the units of a kind, each equally often within a holder.

        Without ``levels`` there is one for each unit within a holder that no other treatment shares. Two kinds that
        cross, ``to=("row", "column")``, stand for their cells: each level comes equally often in every row and in every
        column, as in a Latin square. A second treatment of as many levels there makes a Graeco-Latin square.

        Raises
        ------
        UnknownNameError
            For a kind of unit that there is not.
        SizeError
            For levels that the units within a holder cannot share equally.
        DataError
            For a name that is taken or no word, or a fifth treatment.
        """
        names = [kind.name for kind in self.kinds]
        units_ = (to,) if isinstance(to, str) else tuple(to)
        for unit in units_:
            if unit not in names:
                raise UnknownNameError(f"{treatment} is assigned to units that there are not:", str(unit), names)
        if not isinstance(treatment, str) or not treatment.isidentifier():
            raise DataError(f"{treatment!r} cannot name a treatment.", tip="Take a word, as variety or nitrogen.")
        if treatment in {column_name(name) for name in names} | {other.name for other in self.treatments}:
            raise DataError(f"{treatment} is the name of something else in this design.", tip="Take another name.")
        if len(self.treatments) == len(EFFECTS):
            raise DataError(f"{treatment} is one treatment more than {len(EFFECTS)}.", tip="Leave one out.")
        alone = isinstance(to, str)
        given = self._to_units(treatment, to, levels) if alone else self._to_cells(treatment, units_, levels)
        return replace(self, treatments=(*self.treatments, given))

    def _to_units(self, treatment: str, to: str, levels: SizeLike | None) -> Assigned:
        left = self._left(to)
        number = left if levels is None else design_size(f"levels of {treatment}", levels, 2)
        if number == 1:
            raise SizeError(f"No {to} is left for {treatment}: the treatments before it take all of them.",
                            tip=f"Give more than {self._kind(to).size} {to}s.")  # fmt: skip
        if not (left / number).is_integer or (left / number).is_positive is False:
            holder = " and ".join(self._kind(to).within)
            where = f"in each {holder}" if holder else "in all"
            raise SizeError(
                f"{number} levels of {treatment} do not fit {left} {to}s {where}: each comes equally often.",
                tip=f"Give a divisor of {left}; for blocks that hold some of the treatments take tutor.bibd or alpha.",
            )
        return Assigned(treatment, number, (to,))

    def _to_cells(self, treatment: str, to: tuple[str, ...], levels: SizeLike | None) -> Assigned:
        """A treatment on the cells where two kinds of unit cross."""
        kinds = [self._kind(name) for name in to]
        if len(to) != 2 or len(set(to)) != 2 or kinds[0].within != kinds[1].within:
            raise DataError(f"{' and '.join(to)} do not cross.", tip='Cross them: units("row", 4) * ("column", 4).')
        number = kinds[0].size if levels is None else design_size(f"levels of {treatment}", levels, 2)
        before = [own.levels for own in self.treatments if own.to == to]
        check_cells(treatment, (kinds[0].size, kinds[1].size), [*before, number], to)
        return Assigned(treatment, number, to)

    def _kind(self, name: str) -> Kind:
        return next(kind for kind in self.kinds if kind.name == name)

    def _left(self, to: str) -> Size:
        """How many units within a holder have the same treatments so far."""
        return sympy.Mul(self._kind(to).size, *(1 / own.levels for own in self.treatments if own.to == (to,)))

    # The model

    def model(self, fixed: Sequence[str] = ()) -> MixedModel:
        """The model that follows: all treatments with their interactions, and an effect for each kind of unit but the
        smallest, random unless it is named in ``fixed``.

        Raises
        ------
        UnknownNameError
            For a name in ``fixed`` that is no kind of unit.
        DataError
            For fixed units to which a treatment was assigned, or that lie within others; for units with one part, which
            cannot be told apart from it.
        """
        factors, letters = self._indices()
        effects = self._effects(letters, fixed)
        in_cells = [index for index, own in zip(factors.indices, self.treatments, strict=True) if len(own.to) > 1]
        indices = [index for kind in self.kinds for index in letters[kind.name]]
        codes = self._codes(letters, indices, in_cells)
        random = {effect.letter: f"the {' and '.join(effect.units)} units" for effect in effects if not effect.fixed}
        sizes = ", ".join(count(kind.size, kind.name) for kind in self.kinds)
        what = "; ".join(f"{own.name} ({own.levels}) on {_plural(own.to)}" for own in self.treatments)
        return describe(
            f"{sizes}{f'; {what}' if what else ''}",
            [*indices, *in_cells],
            ["mu", *self._terms(factors), *(effect.key for effect in effects)],
            random=random,
            units=[Unit(kind.name, _own(letters[kind.name]), kind.within) for kind in self.kinds],
            treatments=factors.letters,
            codes=codes,
            determined="".join(index.letter for index in in_cells),
            relabelled=bool(in_cells),
        )

    def _terms(self, factors: Factorial) -> list[str]:
        """The effects of treatments and their interactions, but for those that lie across each other in a square."""
        apart: list[set[str]] = []
        for to in self._cells():
            mine = [n for n, own in enumerate(self.treatments) if own.to == to]
            if is_across([self.treatments[n].levels for n in mine], self._kind(to[0]).size):
                apart.append({factors.letters[n] for n in mine})
        return [term for term in factors.terms if not any(pair <= {*term.partition("_")[2]} for pair in apart)]

    def _cells(self) -> list[tuple[str, ...]]:
        """The pairs of kinds to whose cells treatments were assigned."""
        return list(dict.fromkeys(own.to for own in self.treatments if len(own.to) > 1))

    def _codes(
        self, letters: dict[str, list[Index]], indices: Sequence[Index], in_cells: Sequence[Index]
    ) -> dict[str, list[int]] | None:
        """The levels of each row where treatments were assigned to cells and sizes are numbers."""
        if not in_cells or not all(index.size.is_Integer for index in indices):
            return None
        assigned = [own for own in self.treatments if len(own.to) > 1]
        free = Layout(tuple(indices))
        codes = {index.letter: [level for (level,) in free.by_row(index.letter)] for index in indices}
        for to in self._cells():
            rows, columns = (numbered(letters[name], codes) for name in to)
            mine = [index for index, own in zip(in_cells, assigned, strict=True) if own.to == to]
            found = cell_levels(rows, columns, [whole(index.size) for index in mine], whole(self._kind(to[0]).size))
            codes.update({index.letter: column for index, column in zip(mine, found, strict=True)})
        return codes

    def reasons(self, fixed: Sequence[str] = ()) -> Reasons:
        """Why the model has the effects that it has, a sentence for each."""
        from tutor.models.element_names import element_name, plain_name

        _, letters = self._indices()
        found = []
        for effect in self._effects(letters, fixed):
            shown = plain_name(element_name(effect.key))
            name = _plural(effect.units)
            assigned = " and ".join(own.name for own in self.treatments if own.to == effect.units)
            if effect.fixed:
                found.append(f"{_capital(name)} were said to be fixed: their effect {shown} is part of the mean.")
            elif assigned:
                verb = "were" if " and " in assigned else "was"
                found.append(f"{assigned} {verb} assigned to {name}, so {name} need a random effect, {shown}: "
                             "they are what differs under it.")  # fmt: skip
            else:
                found.append(f"{_capital(name)} hold several {self._parts(effect.units)}, which are alike for lying "
                             f"together, so {name} need a random effect, {shown}.")  # fmt: skip
        smallest = [kind.name for kind in self.kinds if not self._holds(kind)]
        told = " and ".join(own.name for own in self.treatments if own.to == tuple(smallest))
        verb, its = ("were", "their") if " and " in told else ("was", "its")
        end = f"; {told} {verb} assigned to them, so the residuals are {its} error." if told else "."
        what = _capital(_plural(smallest))
        return Reasons((*found, f"{what} are the smallest units, so what differs among them is the residual ε{end}"))

    def _parts(self, names: tuple[str, ...]) -> str:
        """What the units hold: those that lie within them, or the cells where the smallest cross."""
        inner = [kind.name for kind in self.kinds if set(names) <= set(kind.within)]
        return _plural(inner[:1] or [kind.name for kind in self.kinds if not self._holds(kind)])

    def _closure(self, names: Iterable[str]) -> set[str]:
        """The kinds and all that hold them."""
        found = set(names)
        for name in names:
            found |= self._closure(self._kind(name).within)
        return found

    def _indices(self) -> tuple[Factorial, dict[str, list[Index]]]:
        """The treatments with their indices, and the indices of each kind: of its treatments, then of what is left."""
        factors = [
            Index(
                LETTERS[n], own.name, own.levels, "abcd"[n] + "pq", prefix=own.name[0].lower(), short=SHORT[EFFECTS[n]]
            )
            for n, own in enumerate(self.treatments)
        ]
        letters: dict[str, list[Index]] = {}
        taken = len(factors)
        for kind in self.kinds:
            mine = [index for index, own in zip(factors, self.treatments, strict=True) if own.to == (kind.name,)]
            left = self._left(kind.name)
            if left != 1 or not mine:
                if taken == len(LETTERS):
                    raise DataError("The design has more indices than letters for them.", tip="Leave a unit out.")
                first = kind.name[0].lower()
                mine.append(Index(LETTERS[taken], column_name(kind.name), left, "rbn", prefix=first, short=first))
                taken += 1
            letters[kind.name] = mine
        return Factorial(tuple(factors), EFFECTS[: len(factors)]), letters

    def _effects(self, letters: dict[str, list[Index]], fixed: Sequence[str]) -> list[_Effect]:
        for name in fixed:
            self._check_fixed(name)
        every = {kind.name for kind in self.kinds}
        groups: list[tuple[str, ...]] = []
        for kind in self.kinds:
            # Where a unit lies within the cells of two that cross, these cells are units too.
            groups += [kind.within] if len(kind.within) > 1 and kind.within not in groups else []
            groups += [(kind.name,)]
        larger = [group for group in groups if self._closure(group) != every]
        larger.sort(key=lambda group: len(self._closure(group)))
        found: list[_Effect] = []
        random = 0
        for group in larger:
            is_fixed = group[0] in fixed
            letter = FIXED[sum(e.fixed for e in found) % len(FIXED)] if is_fixed else RANDOM[random]
            random += not is_fixed
            found.append(_Effect(group, f"{letter}_{self._subscript(group, letters)}", letter, is_fixed))
        return found

    def _subscript(self, group: tuple[str, ...], letters: dict[str, list[Index]]) -> str:
        """k, i(k), k(i): what numbers the units, and in brackets that within which it does."""
        held = "".join(_own(letters[n]) for n in (k.name for k in self.kinds) if n in self._closure(group) - {*group})
        own = "".join(_own(letters[name]) for name in group)
        if len(group) == 1 and len(letters[group[0]]) > 1:
            *shared, last = letters[group[0]]
            if last.name == column_name(group[0]):
                held, own = held + _own(shared), last.letter
        return f"{own}({held})" if held else own

    def _check_fixed(self, name: str) -> None:
        if name not in {kind.name for kind in self.kinds}:
            raise UnknownNameError("The kind of unit", name, [kind.name for kind in self.kinds])
        assigned = [own.name for own in self.treatments if own.to == (name,)]
        holds = self._holds(self._kind(name)) or any(name in own.to for own in self.treatments)
        if assigned or self._kind(name).within or not holds:
            why = f"{assigned[0]} was assigned to them" if assigned else "they lie in others, or hold none"
            raise DataError(f"{plural(name)} cannot be fixed: {why}.",
                            tip="Units that hold others can be, as blocks, where no treatment was given.")  # fmt: skip


def _plural(names: Sequence[str]) -> str:
    """Blocks; the cells where rows and columns cross."""
    return plural(names[0]) if len(names) == 1 else f"cells of {' and '.join(names)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _own(indices: Iterable[Index]) -> str:
    return "".join(index.letter for index in indices)
