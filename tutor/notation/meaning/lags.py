r"""Distances of time and space: the u of Y(t − u) and of ρ(u) is a number, and so what Y stands before is a time.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.notation.meaning.context import Context
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import Factor, Product, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_LAGGED = re.compile(r"[ij]{0,2}[ijts][-+]u")
"""A subscript of what is a distance away, t − u."""

_TIMES = frozenset("ijts")
_OF_LAGS = frozenset({"rho", "gamma"})


def of_lags(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name | None]:
    """The u of ρ(u) and Y(t − u), a distance, where it is no vector of effects."""
    if not _has_lag(usage) or usage.has("Z", "u") or _has_distribution(usage):
        return {}
    return {"u": named_number("u")}


def _has_lag(usage: Usage) -> bool:
    """Y_{t-u}, Y(t − u) and ρ(u)."""
    if any(_LAGGED.fullmatch(factor.below) for factor in usage.factors if "u" in factor.below):
        return True
    if "u" not in usage.letters:
        return False
    if any(usage.single(part).letter == "u" for _, of in usage.arguments(_OF_LAGS) for part in of):
        return True
    places = [group.inner for group in usage.of(syntax.Group)]
    places += [argument for call in usage.of(syntax.Call) for argument in call.arguments]
    sums = (place.terms for place in places if isinstance(place, syntax.Sum) and len(place.terms) == 2)
    return any(_is_lag(usage.product(first), usage.single(second)) for first, second in sums)


def _is_lag(first: Product, lag: Factor) -> bool:
    return first[-1].letter in _TIMES and lag.letter == "u" and lag.is_bare


def _has_distribution(usage: Usage) -> bool:
    """u ~ N(0, G)."""
    subjects = (usage.single(node.subject) for node in usage.of(syntax.Distributed))
    return any(subject.letter == "u" and not subject.below for subject in subjects)


def is_at_lag(letter: str, of: syntax.Node, context: Context) -> bool:
    """Whether brackets behind a letter hold a sum of times or places, t − u and s + h, and the letter stands elsewhere
    before one of them alone, as in Y(t) − Y(t − u): who multiplies does not write Y(t)."""
    terms = of.terms if isinstance(of, syntax.Sum) else ()
    names = [term.spelling.letters for term in terms if isinstance(term, syntax.Named) and not term.spelling.accent]
    are_letters = len(names) == len(terms) > 1 and names[0] in {"t", "s", "x"} and all(len(name) == 1 for name in names)
    if not (are_letters and context.vocabulary.takes_new_names):
        return False
    single = (arguments[0] for _, arguments in context.usage.arguments({letter}) if len(arguments) == 1)
    return any(context.usage.single(argument).letter == names[0] for argument in single)
