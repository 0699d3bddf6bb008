"""Remarks on how something is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark on the notation, apart from right and wrong: its key, its place, and a sentence.

    ``replacement`` is what belongs in the place, where that is certain.
    """

    key: str
    start: int
    end: int
    sentence: str
    replacement: str | None = None
