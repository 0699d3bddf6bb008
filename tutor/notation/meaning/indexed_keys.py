"""Keys of names with an index in them, y_1 and x_1k: what stands before it and behind, and the number that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import Size, size
from tutor.notation.names import BELOW
from tutor.notation.vocabulary import Vocabulary

_INDEX = re.compile(rf"([0-9]+)|([A-Za-z](?:{BELOW}[A-Za-z0-9])?)([+-][0-9]+)?")


def apart(keys: Sequence[str]) -> list[str]:
    """Keys with their indices parted alike: beside x_200_1, x_11 is x_1_1."""
    most = max(key.count("_") for key in keys)
    if most < 2:
        return list(keys)
    told = [key.partition("_") for key in keys]
    return [
        f"{base}_{'_'.join(below)}" if len(below) == most else key
        for key, (base, _, below) in zip(keys, told, strict=True)
    ]


def together(key: str) -> str:
    """A key with indices of one character each side by side: x_11 for x_1_1."""
    base, *indices = key.split("_")
    return f"{base}_{''.join(indices)}" if len(indices) > 1 and all(len(index) == 1 for index in indices) else key


def frames(key: str, other: str) -> Iterator[tuple[str, str]]:
    """What two keys have before and behind an index in which they differ; the least before it first."""
    least = key.find("_") + 1
    if least == 0:
        least = len(key.rstrip("0123456789"))
    for start in range(least, len(key)):
        if key[:start] != other[:start]:
            return
        for end in range(len(key), start, -1):
            if other.endswith(key[end:]) and len(other) - (len(key) - end) > start:
                yield key[:start], key[end:]


def index_of(key: str, prefix: str, suffix: str, vocabulary: Vocabulary) -> sympy.Expr | None:
    """The index between a prefix and a suffix, a number or a letter for one; None where there is none."""
    if not (key.startswith(prefix) and key.endswith(suffix) and len(key) > len(prefix) + len(suffix)):
        return None
    found = _INDEX.fullmatch(key[len(prefix) : len(key) - len(suffix)])
    if found is None:
        return None
    if found[1]:
        return sympy.Integer(found[1])
    return letter_size(found[2].replace(BELOW, "_"), vocabulary) + sympy.Integer(found[3] or 0)


def letter_size(letter: str, vocabulary: Vocabulary) -> Size:
    """The number that a letter counts up to in a vocabulary, or the letter as a size."""
    count = vocabulary.sizes.get(letter)
    if count is None:
        name = vocabulary.lookup(letter)
        count = name.tree if name is not None else None
    if isinstance(count, Scalar) and count.value.is_integer and count.value.is_positive:
        return count.value
    return size(letter)
