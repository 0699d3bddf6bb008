"""What is given of random effects, as in E(y_11 | u) or Var(y_ij | u_j): whole vectors, or single effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.errors import TutorError
from tutor.models.index import Name
from tutor.models.levels import DOT, Level
from tutor.models.observations.cells import Element, element_of
from tutor.notation.names import unicode_name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel
    from tutor.models.observations.overlap import Indices
    from tutor.models.observations.vectors import RandomVector


@dataclass(frozen=True, slots=True)
class Held:
    """The random effects that do not vary: all of the vectors with these ``letters``, and these ``effects``."""

    letters: frozenset[str] = frozenset()
    effects: frozenset[Element] = frozenset()

    def holds(self, name: Name) -> bool:
        """Whether all effects of a name are given."""
        return "".join(name.bases) in self.letters

    def holds_at(self, name: Name, levels: tuple[Level, ...]) -> bool:
        """Whether the effect of a name at these levels is given.

        Raises
        ------
        TutorError
            Where the levels do not tell: for an average over effects of which one is given, and for indices that may
            be the same.
        """
        for effect in self.effects:
            if effect.name != name:
                continue
            if effect.levels == levels:
                return True
            if not any(map(_differ, effect.levels, levels)):
                raise TutorError(
                    f"Whether {effect} is in {Element(name, levels)} does not follow from the indices.",
                    tip=f"Give the whole vector, {''.join(name.bases)}, or name the effect of that observation.",
                )
        return False


def _differ(one: Level, other: Level) -> bool:
    """Whether two levels of an index are different ones: 1 and 2, or i and i'."""
    if DOT in (one, other) or isinstance(one, int) != isinstance(other, int):
        return False
    return one != other


def held_of(model: MixedModel, parts: Sequence[Mapping[Element, sympy.Expr]]) -> Held:
    """What is given in a moment of these elements.

    Raises
    ------
    TutorError
        For what cannot be given, and for elements of which not the same is given.
    """
    told = {element.given for part in parts for element in part}
    if len(told) > 1:
        raise TutorError("Some elements are given something, and others are not.",
                         tip="Give the same for all: Cov(y_11, y_21 | u).")  # fmt: skip
    return held_by(model, told.pop() if told else ())


def held_by(model: MixedModel, given: Iterable[str]) -> Held:
    """What is given by these names: "u" for all random effects, the letter of one vector, or an effect, "u_1".

    Raises
    ------
    TutorError
        For what cannot be given.
    """
    letters = [term.letter for term in model.random]
    random = {name for effects in model.index.effects for name in effects.names}
    vectors: set[str] = set()
    effects: set[Element] = set()
    for key in given:
        if key == "u" and letters:
            vectors.update(letters)  # u is the vector of all random effects
        elif key in letters:
            vectors.add(key)
        else:
            element = element_of(model, key)
            if element is None or element.name not in random or element.is_average:
                raise _refused(key, letters)
            effects.add(element)
    return Held(frozenset(vectors), frozenset(effects))


def _refused(key: str, letters: Sequence[str]) -> TutorError:
    known = " or ".join(f"y_11 | {name}" for name in dict.fromkeys(["u", *letters]))
    return TutorError(
        f"{unicode_name(key)} cannot be given here."
        + ("" if letters else " This model has no random effects besides the residuals."),
        tip=f"Give random effects, by the letter of their vector or one by one: {known}." if letters else None,
    )


def refuse_dependent(held: Held, varying: Iterable[Element], vectors: Sequence[RandomVector], indices: Indices) -> None:
    """Raise TutorError where an effect that is given tells something of one that varies, since both are correlated."""
    varying = list(varying)
    for effect in held.effects:
        for vector in vectors:
            together = [other for other in varying if {effect.name, other.name} <= set(vector.names)]
            for other in together:
                if vector.covariance(effect, other, indices) != 0:
                    raise TutorError(
                        f"{effect} is correlated with {other}: what is given of one changes the other.",
                        tip="Give the whole vector: y_11 | u.",
                    )
