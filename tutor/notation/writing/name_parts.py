"""A name taken apart, for the dialects that spell each part of it in a way of their own."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.notation.names import SPELLED, split_base, split_key, split_raised


@dataclass(frozen=True, slots=True)
class NameParts:
    """The letters of a name, more than one word for an interaction, the accent over them, whether it is squared, the
    label above it that is no power, and its subscripts."""

    words: tuple[str, ...]
    accent: str
    is_squared: bool
    raised: str
    subscripts: tuple[str, ...]


def name_parts(key: str) -> NameParts:
    """The parts of the name with a key.

    >>> name_parts("betahat_j").words, name_parts("betahat_j").accent
    (('beta',), 'hat')
    """
    base, is_squared, subscripts = split_key(key)
    raised, below = split_raised(subscripts)
    words, accent = split_base(base, below)
    return NameParts(tuple(SPELLED.get(word, word) for word in words), accent, is_squared, raised, below)
