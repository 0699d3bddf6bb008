"""Nouns in sentences about a model: their plurals, and how many there are."""

from __future__ import annotations

from tutor.algebra.sizes import Size


def plural(noun: str) -> str:
    """The plural of a noun: blocks, varieties.

    >>> plural("block"), plural("variety"), plural("day")
    ('blocks', 'varieties', 'days')
    """
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in {*"aeiou"} else f"{noun}s"


def count(size: Size, noun: str) -> str:
    """3 blocks, 1 block, b blocks."""
    return f"{size} {noun}" if size == 1 else f"{size} {plural(noun)}"
