"""Nouns in sentences about a model: their plurals, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.sizes import Size

IRREGULAR = {
    "leaf": "leaves", "half": "halves", "loaf": "loaves", "calf": "calves", "child": "children", "mouse": "mice",
    "person": "persons", "man": "men", "woman": "women", "tooth": "teeth", "foot": "feet", "ox": "oxen",
    "sheep": "sheep", "fish": "fish", "series": "series", "species": "species", "analysis": "analyses",
}  # fmt: skip
"""Nouns of experimental units whose plural is no rule's."""


_NOUNS = {"outer": "outer group", "inner": "inner group", "latin": "Latin letter", "greek": "Greek letter"}
"""Factors of the designs whose names are adjectives, and what their levels are called."""


def noun(factor: str) -> str:
    """What one level of a factor is called in a sentence.

    >>> noun("block"), noun("outer")
    ('block', 'outer group')
    """
    return _NOUNS.get(factor, factor)


def plural(noun: str) -> str:
    """The plural of a noun: blocks, varieties, leaves; of a factor that is called by a letter, levels of A.

    >>> plural("block"), plural("variety"), plural("day"), plural("A")
    ('blocks', 'varieties', 'days', 'levels of A')
    >>> plural("upper leaf"), plural("batch"), plural("glass")
    ('upper leaves', 'batches', 'glasses')
    """
    if len(noun) == 1:
        return f"levels of {noun}"
    before, blank, last = noun.rpartition(" ")
    if last in IRREGULAR:
        return f"{before}{blank}{IRREGULAR[last]}"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in {*"aeiou"} else f"{noun}s"


def count(size: Size, noun: str) -> str:
    """3 blocks, 1 block, b blocks."""
    return f"{size} {noun}" if size == 1 else f"{size} {plural(noun)}"


def listed_words(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c.

    >>> listed_words(["μ", "τ_1", "ū_·"])
    'μ, τ_1 and ū_·'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
