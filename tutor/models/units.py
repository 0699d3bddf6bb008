"""Designs of one's own: units within or across each other, and treatments assigned to them; the model follows.

A treatment is compared by the differences among the units to which it was assigned, so every kind of unit but the
smallest needs an effect of its own. Source: Nelder (1965), Proc. R. Soc. A 283, 147–178; Brien and Bailey (2006),
Multiple randomizations, J. R. Stat. Soc. B 68, 571–609.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sympy

from tutor.algebra.sizes import Size, SizeLike, whole
from tutor.algebra.sizes import size as size_of
from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.design import RESERVED, design_size
from tutor.models.designs.arranged import DesignAtNumbers
from tutor.models.designs.describe import EFFECTS, LETTERS, RANDOM, SCALAR, SHORT, Factorial, describe
from tutor.models.layout import Index, Layout
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.randomization import column_name
from tutor.models.unit_cells import cell_levels, check_cells, is_across, numbered
from tutor.models.unit_kinds import Assigned, Effect, Kind, closure, groups, smallest
from tutor.models.unit_reasons import Reasons, plural_of, reasons
from tutor.models.words import count, listed_words, plural

FIXED = ("rho", "kappa", "lambda")
"""Effects of units that are fixed, as lectures name them: blocks first."""


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
    >>> print(design.reasons()[0])
    Blocks hold several whole plots, which are alike for lying together, so blocks need a random effect, u_k.
    """
    return Units((_kind(name, size, ()),))


def _model_at(design: Units, fixed: str | Sequence[str], **sizes: Size) -> MixedModel:
    """The model with these numbers for the letters of sizes."""
    known = {size_of(name): number for name, number in sizes.items()}
    kinds = tuple(replace(kind, size=kind.size.xreplace(known)) for kind in design.kinds)
    treatments = tuple(replace(own, levels=own.levels.xreplace(known)) for own in design.treatments)
    return Units(kinds, treatments).model(fixed)


def _kind(name: Any, size: SizeLike | None, taken: Iterable[Kind]) -> Kind:
    if not isinstance(name, str) or not name.replace(" ", "").replace("-", "").isalpha():
        raise DataError(f"{name!r} cannot name a kind of unit.", tip='Take a word, as "block" or "whole plot".')
    if size is not None:
        extent = design_size(f"the number of {plural(name)}", size)
        if extent == 1:
            what = (
                f"One {name} is no kind of unit of its own: nothing is compared within it"
                if not taken
                else (f"With one {name} in each {listed_words(smallest([*taken]))} the two are one and the same unit")
            )
            raise SizeError(f"{what}.", tip=f"Leave {name} out, or give two or more.")
        return Kind(name, extent)
    used = {str(letter) for kind in taken for letter in kind.size.free_symbols} | RESERVED
    free = [letter for letter in name.lower() if letter.isalpha() and letter not in used]
    if not free:
        raise SizeError(f"No letter of {name!r} is free for the number of {plural(name)}.",
                        tip=f'Give it: ("{name}", "m") or ("{name}", 3).')  # fmt: skip
    return Kind(name, design_size(f"the number of {plural(name)}", free[0]))


@dataclass(frozen=True, slots=True)
class Units:
    """Kinds of unit, holders first, and the treatments that were assigned to them."""

    kinds: tuple[Kind, ...]
    treatments: tuple[Assigned, ...] = ()

    def __truediv__(self, inner: str | tuple[str, SizeLike] | Units) -> Units:
        """Each unit divided: the units on the right lie within those on the left."""
        other = self._as_units(inner)
        holders = smallest(self.kinds)
        held = tuple(kind if kind.within else replace(kind, within=holders) for kind in other.kinds)
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

    def assign(
        self, treatment: str, *, to: str | tuple[str, ...], levels: SizeLike | Sequence[str] | None = None
    ) -> Units:
        """A treatment whose levels are assigned at random to the units of a kind, each equally often within a holder.

        ``levels`` is their number, or their names. Without it there is one for each unit within a holder that no other
        treatment shares. Two kinds that
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
        given = (to,) if isinstance(to, str) else tuple(to) if isinstance(to, Iterable) else ()
        if not given:
            raise DataError(f"{treatment} is assigned to {to!r}, which names no kind of unit.",
                            tip=f'For example to="{names[-1]}".')  # fmt: skip
        for unit in given:
            if unit not in names:
                raise UnknownNameError(f"{treatment} is assigned to units that there are not:", str(unit), names)
        if not isinstance(treatment, str) or not treatment.isidentifier():
            raise DataError(f"{treatment!r} cannot name a treatment.", tip="Take a word, as variety or nitrogen.")
        if treatment in {column_name(name) for name in names} | {other.name for other in self.treatments}:
            raise DataError(f"{treatment} is the name of something else in this design.", tip="Take another name.")
        if len(self.treatments) == len(EFFECTS):
            raise DataError(f"{treatment} is one treatment more than {len(EFFECTS)}.", tip="Leave one out.")
        called, number = _levels(treatment, levels)
        if len(given) == 1:
            own = self._to_units(treatment, given[0], number)
        else:
            own = self._to_cells(treatment, tuple(sorted(given, key=names.index)), number)
        return replace(self, treatments=(*self.treatments, replace(own, names=called)))

    def _to_units(self, treatment: str, to: str, levels: SizeLike | None) -> Assigned:
        left = self._left(to)
        number = left if levels is None else _several(treatment, levels)
        if number == 1:
            raise SizeError(f"No {to} is left for {treatment}: the treatments before it take all of them.",
                            tip=f"Give more than {count(self._kind(to).size, to)}.")  # fmt: skip
        if not (left / number).is_integer or (left / number).is_positive is False:
            holder = listed_words(self._kind(to).within)
            where = f"in each {holder}" if holder else "in all"
            other = "; for blocks that hold some of the treatments take tutor.bibd or alpha" if holder else ""
            raise SizeError(
                f"{number} levels of {treatment} do not fit {count(left, to)} {where}: each comes equally often.",
                tip=f"Give a divisor of {left}{other}.",
            )
        return Assigned(treatment, number, (to,))

    def _to_cells(self, treatment: str, to: tuple[str, ...], levels: SizeLike | None) -> Assigned:
        """A treatment on the cells where two kinds of unit cross."""
        kinds = [self._kind(name) for name in to]
        if len(to) != 2 or len(set(to)) != 2 or kinds[0].within != kinds[1].within:
            raise DataError(f"{' and '.join(to)} do not cross.", tip='Cross them: units("row", 4) * ("column", 4).')
        number = kinds[0].size if levels is None else _several(treatment, levels)
        before = [own.levels for own in self.treatments if own.to == to]
        check_cells(treatment, (kinds[0].size, kinds[1].size), [*before, number], to)
        return Assigned(treatment, number, to)

    def _kind(self, name: str) -> Kind:
        return next(kind for kind in self.kinds if kind.name == name)

    def _left(self, to: str) -> Size:
        """How many units within a holder have the same treatments so far."""
        return sympy.Mul(self._kind(to).size, *(1 / own.levels for own in self.treatments if own.to == (to,)))

    # The model

    def model(self, fixed: str | Sequence[str] = ()) -> MixedModel:
        """The model that follows: all treatments with their interactions, and an effect for each kind of unit but the
        smallest and for the cells where several cross, random unless it is named in ``fixed``.

        Raises
        ------
        UnknownNameError
            For a name in ``fixed`` that is no kind of unit.
        DataError
            For fixed units to which a treatment was assigned, or that lie within others; for treatments of which each
            combination is on one unit only, so that nothing is left to compare them by.
        """
        factors, letters = self._indices()
        effects = self._effects(letters, fixed)
        self._check_repeated(effects, letters)
        in_cells = [index for index, own in zip(factors.indices, self.treatments, strict=True) if len(own.to) > 1]
        indices = [index for kind in self.kinds for index in letters[kind.name]]
        codes = self._codes(letters, indices, in_cells)
        random = {effect.letter: f"the {listed_words(effect.units)} units" for effect in effects if not effect.fixed}
        what = "; ".join(f"{own.name} ({own.levels}) on {plural_of(own.to)}" for own in self.treatments)
        return describe(
            f"{self._counted()}{f'; {what}' if what else ''}",
            [*indices, *in_cells],
            ["mu", *self._terms(factors), *(effect.key for effect in effects)],
            random=random,
            units=[Unit(kind.name, _own(letters[kind.name]), kind.within) for kind in self.kinds],
            treatments=factors.letters,
            codes=codes,
            determined="".join(index.letter for index in in_cells),
            relabelled=bool(in_cells),
            arrangement=self._arrangement(fixed) if in_cells and codes is None else None,
        )

    def _arrangement(self, fixed: str | Sequence[str]) -> DesignAtNumbers:
        """Which treatments are in the cells where the letters for sizes have numbers."""
        rows = sympy.Mul(*(kind.size for kind in self.kinds))
        given = {str(letter): letter for letter in rows.free_symbols}
        return DesignAtNumbers(partial(_model_at, self, fixed), given, rows)

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

    def reasons(self, fixed: str | Sequence[str] = ()) -> Reasons:
        """Why the model has the effects that it has, a sentence for each."""
        _, letters = self._indices()
        return reasons(self.kinds, self.treatments, self._effects(letters, fixed))

    def _counted(self) -> str:
        """4 blocks of 3 plots; 3 rows × 4 columns; 2 squares of (4 rows × 4 columns) of 2 plots."""
        levels: dict[tuple[str, ...], list[Kind]] = {}
        for kind in self.kinds:
            levels.setdefault(kind.within, []).append(kind)
        outer = [(), *(tuple(kind.name for kind in each) for each in levels.values())]
        told = [" × ".join(count(kind.size, kind.name) for kind in each) for each in levels.values()]
        if len(told) == 1 or any(within != held_by for within, held_by in zip(levels, outer, strict=False)):
            return ", ".join(told)
        return " of ".join(f"({each})" if " × " in each else each for each in told)

    def _check_repeated(self, effects: Sequence[Effect], letters: dict[str, list[Index]]) -> None:
        """Refuse units that can only differ where treatments do. Raises DataError."""
        chosen = {own.name for own in self.treatments}
        for effect in effects:
            numbered_by = {index.name for name in closure(self.kinds, effect.units) for index in letters[name]}
            if numbered_by <= chosen:
                told = listed_words([own.name for own in self.treatments if own.name in numbered_by])
                what = f"each level of {told} is" if len(numbered_by) == 1 else f"each combination of {told} is"
                raise DataError(
                    f"{_capital(what)} on one {listed_words(effect.units)} only, so what differs among "
                    f"{plural_of(effect.units)} cannot be told from {told}.",
                    tip=f"Give more {plural_of(effect.units)}, twice as many or more, or fewer levels.",
                )

    def _indices(self) -> tuple[Factorial, dict[str, list[Index]]]:
        """The treatments with their indices, and the indices of each kind: of its treatments, then of what is left."""
        factors = [
            Index(LETTERS[n], own.name, own.levels, f"{'abcd'[n]}pq", own.names, own.name[0].lower(), SHORT[EFFECTS[n]])
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

    def _effects(self, letters: dict[str, list[Index]], fixed: str | Sequence[str]) -> list[Effect]:
        constant = (fixed,) if isinstance(fixed, str) else fixed
        for name in constant:
            self._check_fixed(name)
        larger = groups(self.kinds)
        if len(larger) > len(RANDOM):
            raise DataError(f"The units cross in {len(larger)} ways, and there are letters for {len(RANDOM)} effects.",
                            tip="Leave a unit out.")  # fmt: skip
        found: list[Effect] = []
        random = 0
        for group in larger:
            is_fixed = len(group) == 1 and group[0] in constant
            letter = FIXED[sum(e.fixed for e in found) % len(FIXED)] if is_fixed else RANDOM[random]
            random += not is_fixed
            found.append(Effect(group, f"{letter}_{self._subscript(group, letters)}", letter, is_fixed))
        return found

    def _subscript(self, group: tuple[str, ...], letters: dict[str, list[Index]]) -> str:
        """k, i(k), k(i): what numbers the units, and in brackets that within which it does."""
        held = "".join(
            _own(letters[n]) for n in (k.name for k in self.kinds) if n in closure(self.kinds, group) - {*group}
        )
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
        holds = name not in smallest(self.kinds) or any(name in own.to for own in self.treatments)
        if assigned or self._kind(name).within or not holds:
            why = f"{assigned[0]} was assigned to them" if assigned else "they lie in others, or hold none"
            raise DataError(f"{plural(name)} cannot be fixed: {why}.",
                            tip="Units that hold others can be, as blocks, where no treatment was given.")  # fmt: skip


def _levels(treatment: str, given: SizeLike | Sequence[str] | None) -> tuple[tuple[str, ...] | None, SizeLike | None]:
    """The names of levels, where they are given, and their number."""
    if given is None or isinstance(given, SCALAR) or not isinstance(given, Sequence):
        return None, given  # pyright: ignore[reportReturnType]
    names = tuple(map(str, given))
    if len(set(names)) < len(names):
        raise DataError(f"The levels of {treatment} are {', '.join(names)}; expected different names.")
    return names, len(names)


def _several(treatment: str, levels: SizeLike) -> Size:
    """The number of levels of a treatment, two or more. Raises SizeError."""
    return design_size(f"the number of levels of {treatment}", levels, 2)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _own(indices: Iterable[Index]) -> str:
    return "".join(index.letter for index in indices)
