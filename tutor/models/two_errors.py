"""Texts with two errors, of whole plots and of plots: σ²_e beside σ²_ε or σ², which are one elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from tutor.notation.vocabulary import Name

_VARIANCE = re.compile(
    r"((?:\\sigma(?![A-Za-z])|σ)\s*(?:(?:\^\s*\{?\s*2\s*\}?|²)\s*)?)"
    r"(_\s*\{?\s*(?:(?P<latin>e)|(?P<greek>\\(?:var)?epsilon|[εϵ]))(?![A-Za-z0-9_,])(?:\s*\})?|(?!\s*[_^²]))"
)
"""σ² without an index, and with that of an error."""

_LATIN = re.compile(r"(?<![A-Za-z\\_{])e\s*_\s*\{?\s*([a-z(),]+)")
_LATIN_ERROR = re.compile(r"(?<![A-Za-z\\_{])e(?=\s*_)")
_GREEK = re.compile(r"(?<![_{])(?:\\(?:var)?epsilon(?![A-Za-z])|[εϵ])\s*_\s*\{?\s*([a-z(),]+)")


def two_errors(text: str) -> tuple[str, bool]:
    """A text, and whether it has variances of two errors: σ² beside σ²_e, or σ²_e beside σ²_ε.

    Of the last two that of the error with the most indices is the residual's, and loses its index.

    >>> two_errors("N(0, σ²_e), N(0, σ²_ε)"), two_errors("N(0, σ²_u), N(0, σ²_e)")
    (('N(0, σ²_e), N(0, σ²  )', True), ('N(0, σ²_u), N(0, σ²_e)', False))
    """
    kinds = {_kind(found) for found in _VARIANCE.finditer(text)}
    # The errors themselves are told apart by their indices, and not by their letters.
    alike = _LATIN_ERROR.sub("ε", text) if _GREEK.search(text) else text
    if kinds != {"latin", "greek"}:
        return alike, "" in kinds and len(kinds) > 1
    residual = "latin" if _indices(_LATIN, text) > _indices(_GREEK, text) else "greek"

    def without_index(found: re.Match[str]) -> str:
        return found[1] + (" " * len(found[2]) if _kind(found) == residual else found[2])

    return _VARIANCE.sub(without_index, alike), True


def _kind(found: re.Match[str]) -> str:
    return "latin" if found["latin"] else "greek" if found["greek"] else ""


def _indices(error: re.Pattern[str], text: str) -> int:
    return max(map(len, error.findall(text)), default=0)


def variances_apart(names: Mapping[str, Name]) -> Mapping[str, Name]:
    """The names without σ²_e for σ²."""
    own = {f"{base}_{below}" for base in ("sigma2", "sigma") for below in ("e", "epsilon")}
    return MappingProxyType({key: name for key, name in names.items() if key not in own})
