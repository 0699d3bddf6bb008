"""The conventions that a course may choose: one Style value switches each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args, get_type_hints

from tutor.errors import UnknownNameError

_RANDOM = re.compile(r"^u(?=\d*(?:hat|tilde|bar)?$)")
_RANDOM_SUBSCRIPT = re.compile(r"^u(?=\d*$)")
_NAMED_FOR_EFFECTS = ("sigma", "Sigma", "Z", "G")
"""Bases whose subscript is the letter of random effects: σ²_u, σ_u01, Σ_u, Z_u."""


@dataclass(frozen=True, slots=True)
class Style:
    """How formulas are written; the defaults are the lecture's.

    ``transpose`` is Z', Z with a raised T, or with \\top. ``covariance`` is the letter of Var(y), ``random`` that of
    the random effects, of their elements and of what is named for them (σ²_u, Z_u, Σ_u). ``brackets`` are those
    around a matrix; ``dimensions`` puts rows × columns under every matrix and vector; without ``bold`` vectors and
    matrices are set as scalars are.

    Raises
    ------
    UnknownNameError
        For a choice that there is not.

    >>> Style(random="b").key("sigma2_u"), Style(covariance="Sigma").key("V")
    ('sigma2_b', 'Sigma')
    """

    transpose: Literal["prime", "T", "top"] = "prime"
    covariance: Literal["V", "Sigma"] = "V"
    random: Literal["u", "b", "gamma"] = "u"
    brackets: Literal["square", "round"] = "square"
    dimensions: bool = False
    bold: bool = True

    def __post_init__(self) -> None:
        for name, kind in get_type_hints(type(self)).items():
            value = getattr(self, name)
            known = get_args(kind)
            if known and value not in known:
                raise UnknownNameError(f"The style {name} =", str(value), known)

    def key(self, key: str) -> str:
        """The key of a name in this style."""
        if key == "V":
            return self.covariance
        if self.random == "u" or "u" not in key:
            return key
        base, *subscripts = key.split("_")
        if base.startswith(_NAMED_FOR_EFFECTS):
            subscripts = [_RANDOM_SUBSCRIPT.sub(self.random, part) for part in subscripts]
        return "_".join([_RANDOM.sub(self.random, base), *subscripts])
