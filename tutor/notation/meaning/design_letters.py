r"""Designs with an index, and the effects behind them, by where they stand: the X_1 and X_2 of (X_2'X_2)^{-1}, the Z_p
and the p of Z_p p, the β_2 of β̂_2', and the projection P_Z of X'P_ZX.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.linear_forms import moments
from tutor.notation.meaning.usage import NOTHING, Factor, Usage, with_neighbours
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_PROJECTIONS = frozenset("PMHQ")
_OWN = frozenset("abcdfghlmpqrsuvw")
"""Letters of effects below their design; i, j, k and t are indices."""

_OF_UNITS = frozenset({"y", "X", "V", "R", "n", "epsilon"})
"""Letters below which an index is one of units, also where it stands below a Z."""

_COEFFICIENTS = frozenset({"beta", "gamma", "theta"})
_PART = re.compile("[0-9ij]")
_EFFECTS = frozenset({"alpha", "beta", "gamma", "delta", "tau", "rho", "theta", "phi", "eta"})


@lru_cache(maxsize=8)
def numbered_designs(usage: Usage) -> Mapping[str, str]:
    """The X_1 and X_2 of (X_2'X_2)^{-1}, with the letter of their columns, and the P_2 and M_2 beside them, which have
    none; nothing where X_1 and X_2 may be parts of a random vector.

    >>> from tutor.notation.parsing.parse import Parse
    >>> def told(text):
    ...     return dict(numbered_designs(Usage(text, Parse(text).display(0, len(text)))))
    >>> told("P_2 = X_2(X_2'X_2)^{-1}X_2'"), told("Cov(X_1, X_2) = E(X_1 X_2')")
    ({'X_2': 'p_2', 'P_2': ''}, {})
    """
    numbered = [f for f in usage.factors if len(f.below) == 1 and f.below.isdigit() and not f.bold]
    designs = [f for f in numbered if f.letter == "X" and not f.accent]
    transposed = {f.below for f in designs if f.is_transposed}
    if not transposed or usage.of(syntax.Distributed) or moments(usage):
        return {}
    if any(f.letter == "y" and f.below for f in usage.factors):
        return {}
    told = {f"X_{number}": f"p_{number}" for number in sorted({f.below for f in designs})}
    return told | {f.key: "" for f in numbered if f.letter in _PROJECTIONS and not f.accent}


@lru_cache(maxsize=8)
def designs(usage: Usage) -> Mapping[str, str]:
    """The designs with the letter of their effects below them, and the key of the effects where these stand behind.

    >>> from tutor.notation.parsing.parse import Parse
    >>> def told(text):
    ...     return sorted(designs(Usage(text, Parse(text).display(0, len(text)))).items())
    >>> told("y = Xβ + Z_p p + Z_m u_m"), told("Z_a A Z_a'"), told("y_g = Z_g u_g")
    ([('Z_m', 'u_m'), ('Z_p', 'p')], [('Z_a', '')], [])
    """
    of_units = {f.below for f in usage.factors if f.letter in _OF_UNITS}
    told = {f.key: "" for f in usage.factors if _is_design(f) and f.is_transposed}
    for design, effect in usage.beside:
        is_own = effect.letter in _OWN and not effect.bold and (effect.below or effect.letter) == design.below
        if _is_numbered(design) and effect.letter in _EFFECTS and effect.is_bare:
            told[design.key] = ""  # the X_2 of X_1τ + X_2β: coefficients stand ahead of one covariate
        if _is_design(design) and not design.above and is_own:
            told[design.key] = f"{effect.letter}_{effect.below}" if effect.below else effect.letter
    return {key: effect for key, effect in told.items() if key[-1] not in of_units}


def _is_numbered(factor: Factor) -> bool:
    return factor.letter in {"X", "Z"} and factor.below.isdigit() and not (factor.above or factor.bold or factor.accent)


def _is_design(factor: Factor) -> bool:
    return factor.letter in {"Z", "W"} and factor.below in _OWN and not (factor.bold or factor.accent)


def of_designs(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The p and the u_m of Z_p p and Z_m u_m: effects, also where the letter elsewhere is a count."""
    effects = {key for key in designs(usage).values() if key}
    return {key: Name(key, Symbol(key, size("q"), ONE, "random")) for key in effects - {"u", "b"}}


def of_parts(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β_2 and β̂_2 of β̂_2'Var(β̂_2)⁻¹β̂_2 as vectors: nobody transposes a number."""
    changes: dict[str, Name | None] = {}
    for part, rows in (*_transposed_parts(usage), *_parts_behind_rows(usage)):
        for accent in ("", "hat", "tilde"):
            key = f"{part.letter}{accent}_{part.below}"
            changes[key] = Name(key, Symbol(key, rows, ONE, role="random" if accent else "unknown"))
    return changes


def _is_part(factor: Factor) -> bool:
    return factor.letter in _COEFFICIENTS and _PART.fullmatch(factor.below) is not None


def _transposed_parts(usage: Usage) -> Iterator[tuple[Factor, Size]]:
    """β̂_2': one part of the coefficients, with a prime, which may be that of a derivative, before what a row is
    multiplied with."""
    for product in usage.products:
        for _, part, behind in with_neighbours(product):
            is_sure = part.above[-1:] in {"ᵀ", "T"} or (behind is not NOTHING and _follows_row(behind))
            if _is_part(part) and part.is_transposed and is_sure:
                yield part, size(f"p_{part.below}" if part.below.isdigit() else "p")


def _follows_row(factor: Factor) -> bool:
    """Whether a factor may be one that a row is multiplied with: anything but a number or a small letter of one."""
    is_number = factor.letter.isdigit() or (factor.is_small and factor.letter not in {"x", "z"})
    return not is_number or factor.bold or bool(factor.accent)


def _parts_behind_rows(usage: Usage) -> Iterator[tuple[Factor, Size]]:
    """The β_j of x_i'β_j and the γ_i of u_ij'γ_i, as long as the row of X or Z before them."""
    for row, part in usage.beside:
        is_row = row.letter in {"x", "z", "u", "w"} and row.is_transposed
        if is_row and _is_part(part):
            yield part, size("p" if row.letter == "x" else "q")


def of_projections(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The P_Z of X'P_Z X and the M_X of M_X y: the projection on the columns of a matrix, n × n, and what is left."""
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    rows = y.tree.rows
    found = (matrix.key for matrix, behind in usage.beside if _projects(matrix, behind))
    return {key: Name(key, Symbol(key, rows, rows, "known", frozenset({"symmetric"}))) for key in found}


def _projects(matrix: Factor, behind: Factor) -> bool:
    is_projection = matrix.letter in {"P", "M", "Q"} and matrix.below in frozenset("XZDWV")
    return is_projection and not matrix.accent and behind.letter in {"X", "Z", "D", "T", "y", "Y", "e", "u", "epsilon"}
