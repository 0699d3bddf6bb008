"""Subscripted names in a dialect: τ_i, (τα)_ij, v_i(k), u_0j."""

from __future__ import annotations

from functools import reduce

from tutor.models.index import Name
from tutor.notation.names import split_key
from tutor.notation.writing.pen import Pen


def spell(name: Name, pen: Pen) -> str:
    """A subscripted name in the pen's dialect and style: τ_i, (τα)_ij, v_i(k), u_0j.

    >>> from tutor.notation.writing.dialects import LATEX, UNICODE
    >>> from tutor.notation.style import Style
    >>> spell(Name(("v",), "i", "k"), Pen(LATEX, Style())), spell(Name(("tau", "alpha"), "ij"), Pen(UNICODE, Style()))
    ('v_{i(k)}', '(τα)_ij')
    """
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
