"""Which means, or which differences of means, are asked for: their factors, their words and their coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import sympy

from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.kinds_of_errors import Question
from tutor.models.inference.marginal import Levels, mean_coefficients
from tutor.models.terms import fixed_terms
from tutor.models.words import plural

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Coefficients = tuple[sympy.Expr, ...]
"""Those of k'β, in the order of X's columns."""


def question_of_means(model: MixedModel, effect: str, at: str | Sequence[str]) -> Question:
    """The means of the levels of an effect."""
    names, others = factors_of(model, effect), factors_of(model, at)
    return Question(frozenset((*names, *others)), frozenset(), f"{_article(':'.join(names))} mean")


def question_of_differences(model: MixedModel, effect: str, at: str | Sequence[str]) -> Question:
    """The differences of the means of two levels of an effect; of several factors, where each has another level."""
    return next(questions_of_differences(model, effect, at))


def questions_of_differences(model: MixedModel, effect: str, at: str | Sequence[str]) -> Iterator[Question]:
    """The differences of all pairs of means, by the factors of the effect that have another level, all of them first:
    of A:B those with other levels of A and B, of A alone, and of B alone."""
    names, others = factors_of(model, effect), factors_of(model, at)
    for number in range(len(names), 0, -1):
        for chosen in combinations(names, number):
            differing = frozenset(chosen)
            held = [name for name in (*names, *others) if name not in differing]
            interacting = frozenset(name for name in held if _interact(model, differing, name))
            way = f" {told_ways(names, [differing])}" if len(names) > 1 else ""
            what = f"{told_differences(model, effect)}{way}{told_at(others)}"
            yield Question(differing | interacting, differing, what)


def told_differences(model: MixedModel, effect: str) -> str:
    """The difference of two A:B means."""
    return f"the difference of two {':'.join(factors_of(model, effect))} means"


def told_ways(names: Sequence[str], ways: Sequence[frozenset[str]]) -> str:
    """Which factors have another level: that differ in A and B or in A alone; in A, with or without the others."""
    common = frozenset[str].intersection(*ways)
    if common and 1 < len(ways) == 2 ** (len(names) - len(common)):
        return f"that differ in {_listed([name for name in names if name in common])}"
    told = [
        f"in {_listed([name for name in names if name in way])}{'' if len(way) == len(names) else ' alone'}"
        for way in ways
    ]
    return f"that differ {' or '.join(told)}"


def told_at(others: Sequence[str]) -> str:
    """At the same level of other factors."""
    return f" at the same {' and '.join(others)}" if others else ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def means_of(model: MixedModel, effect: str, at: str | Sequence[str]) -> dict[Levels, Coefficients]:
    """The functions k'β of all means, by their levels."""
    return mean_coefficients(model, (*factors_of(model, effect), *factors_of(model, at)))


def differences_of(
    model: MixedModel, effect: str, at: str | Sequence[str], differing: frozenset[str] | None = None
) -> dict[tuple[Levels, Levels], Coefficients]:
    """The functions k'β of the differences of all pairs of means, by the levels of both; or of those in which the
    ``differing`` factors of the effect, and no others, have another level."""
    return differences_between(means_of(model, effect, at), factors_of(model, effect), differing)


def differences_between(
    means: Mapping[Levels, Coefficients], names: Sequence[str], differing: frozenset[str] | None = None
) -> dict[tuple[Levels, Levels], Coefficients]:
    """The differences of all pairs of these means that have the same levels of what stands behind ``names``."""
    found: dict[tuple[Levels, Levels], Coefficients] = {}
    for one, other in combinations(means, 2):
        own = frozenset(name for name, a, b in zip(names, one, other, strict=False) if a != b)
        if one[len(names) :] == other[len(names) :] and differing in (None, own):
            found[one, other] = tuple(a - b for a, b in zip(means[one], means[other], strict=True))
    return found


def factors_of(model: MixedModel, effect: str | Sequence[str]) -> tuple[str, ...]:
    """The factors of an effect of the fixed part, by their names or by the letter of the effects."""
    given = effect.split(":") if isinstance(effect, str) else [part for each in effect for part in each.split(":")]
    fixed = dict.fromkeys(name for term in model.fixed for name in term.variables)
    by_plural = {plural(name): name for name in fixed}
    found: list[str] = []
    for asked in given:
        plain = asked.replace("-", "")  # carry-over
        name = asked if asked in fixed else plain if plain in fixed else by_plural.get(plain, asked)
        by_letter = factors_of_letter(model, name)
        if name not in fixed and by_letter is None:
            raise UnknownNameError("The effect", name, fixed)
        if name in fixed and name not in {factor.name for factor in model.factors}:
            raise TutorError(f"{name} is a covariate, which has no levels and so no means of levels.",
                             tip="Ask for its coefficient by its name in m.beta, as m.se(\"beta\").")  # fmt: skip
        found += [name] if name in fixed else by_letter or ()
    return tuple(dict.fromkeys(found))


def factors_of_letter(model: MixedModel, letter: str) -> tuple[str, ...] | None:
    """The factors of the fixed term whose effects have this letter, tau, or these, taualpha."""
    for index, term in fixed_terms(model):
        if letter in ("".join(index.coefficient.bases), " ".join(index.coefficient.bases)) and term.variables:
            return term.variables
    return None


def _article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def _interact(model: MixedModel, factors: frozenset[str], other: str) -> bool:
    """Whether a factor has effects together with one of these."""
    return any(other in term.variables and factors & set(term.variables) for term in model.fixed)
