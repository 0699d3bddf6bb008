"""Why the model of a design of one's own has the effects that it has, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tutor.models.element_names import element_name, plain_name
from tutor.models.unit_kinds import Assigned, Effect, Kind, smallest
from tutor.models.words import listed_words, plural


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


def plural_of(names: Sequence[str]) -> str:
    """Blocks; cells of row and column, where these cross."""
    return plural(names[0]) if len(names) == 1 else f"cells of {listed_words(names)}"


def reasons(kinds: Sequence[Kind], treatments: Sequence[Assigned], effects: Sequence[Effect]) -> Reasons:
    """A sentence for each effect of units, and one for the residual."""
    last = smallest(kinds)
    told = listed_words([own.name for own in treatments if own.to == last])
    verb, its = ("were", "their") if " and " in told else ("was", "its")
    end = f"; {told} {verb} assigned to them, so the residuals are {its} error." if told else "."
    residual = f"{_capital(plural_of(last))} are the smallest units, so what differs among them is the residual ε{end}"
    return Reasons((*(_reason(kinds, treatments, effect) for effect in effects), residual))


def _reason(kinds: Sequence[Kind], treatments: Sequence[Assigned], effect: Effect) -> str:
    name, shown = plural_of(effect.units), plain_name(element_name(effect.key))
    if effect.fixed:
        return f"{_capital(name)} were said to be fixed: their effect {shown} is part of the mean."
    assigned = [own.name for own in treatments if own.to == effect.units]
    if assigned:
        verb, its = ("was", "its") if len(assigned) == 1 else ("were", "their")
        return (
            f"{listed_words(assigned)} {verb} assigned to {name}, so {name} need a random effect, {shown}: differences "
            f"among them are {its} error."
        )
    alike = f"hold several {_parts(kinds, effect.units)}, which are alike for lying together"
    return f"{_capital(name)} {alike}, so {name} need a random effect, {shown}."


def _parts(kinds: Sequence[Kind], names: tuple[str, ...]) -> str:
    """What units hold: those that lie within them, or the smallest, or the cells where the smallest cross."""
    inner = [kind.name for kind in kinds if set(names) <= set(kind.within)]
    parts = tuple(inner[:1]) or smallest(kinds)
    return plural(parts[0]) if len(parts) == 1 else "cells"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
