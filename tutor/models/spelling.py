"""Subscripted names in a dialect: τ_i, (τα)_ij, v_i(k), u_0j."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from tutor.models.index import Name
from tutor.models.levels import BAR, DOT, Level, key_at
from tutor.notation.names import split_key
from tutor.notation.writing.pen import Pen


def key_of_mean(name: Name, levels: Mapping[str, Level] | None = None) -> str:
    """The key of the mean that is taken off a covariate, or is one; ``levels`` are those of indices that it keeps.

    >>> key_of_mean(Name(("x",), "ij", mean="i.")), key_of_mean(Name(("x",), "ij", mean="i."), {"i": 1})
    ('xbar_i.', 'xbar_1.')
    """
    assert name.mean is not None
    at = [(levels or {}).get(index, index) for index in name.mean]
    base = "".join(name.bases) + ("" if DOT in at else BAR)
    return key_at(Name((base,), name.mean, number=name.number), at)


def spell(name: Name, pen: Pen) -> str:
    """A subscripted name in the pen's dialect and style: τ_i, (τα)_ij, v_i(k), u_0j.

    >>> from tutor.notation.writing.dialects import LATEX, UNICODE
    >>> from tutor.notation.style import Style
    >>> spell(Name(("v",), "i", "k"), Pen(LATEX, Style())), spell(Name(("tau", "alpha"), "ij"), Pen(UNICODE, Style()))
    ('v_{i(k)}', '(τα)_ij')
    """
    if name.power > 1:
        return pen.dialect.power(spell(replace(name, power=1), pen), pen.dialect.number(str(name.power)))
    if name.is_mean:
        return pen.dialect.name(key_of_mean(name))
    if name.mean is not None:
        own, mean = spell(replace(name, mean=None), pen), pen.dialect.name(key_of_mean(name))
        return pen.dialect.bracketed(f"{own} {pen.dialect.minus} {mean}")
    keys = [pen.style.key(base) for base in name.bases]
    below = name.number + name.indices + (f"({name.within})" if name.within else "")
    if len(keys) == 1:
        # The fourth random vector is u_4: its number and the indices share one subscript.
        base, _, own = split_key(keys[0])
        keys = [base]
        below = ",".join([*own, below] if below else own)
    bases = [pen.dialect.name(key) for key in keys]
    if len(bases) == 1:
        return pen.dialect.indexed(bases[0], below) if below else bases[0]
    together = reduce(lambda left, right: pen.dialect.side_by_side(left, right, False), bases)
    together = pen.dialect.bracketed(together)
    return pen.dialect.indexed(together, below) if below else together
