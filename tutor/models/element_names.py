"""The names in an equation by elements, from the keys that the reader makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import sympy

from tutor.errors import TutorError
from tutor.models.elements import element_key
from tutor.models.index import Name
from tutor.models.levels import Level, key_at
from tutor.models.spelling import key_of_mean, spell
from tutor.notation.names import GREEK
from tutor.notation.style import Style
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen

_KEY = re.compile(
    r"(?P<base>[A-Za-z]+?)(?:_(?P<number>\d*)[_,]?(?:\((?P<first>[A-Za-z,_]+)\)(?=[A-Za-z]))?(?P<own>[A-Za-z_,]*)"
    r"(?:[(|](?P<within>[A-Za-z,_(|]+)\)*)?)?"
)

_INDEX_LETTERS = frozenset("ghijklmnopqrstuvw")

_PEN = Pen(UNICODE, Style())


def element_name(key: str, bases: Iterable[str] = ()) -> Name:
    """A key as a subscripted name; ``bases`` are those of which an interaction may be made.

    Raises
    ------
    TutorError
        For a key with other things below it than digits and index letters.

    >>> element_name("v_i(k)").within, element_name("u_0j").number, element_name("taualpha_ij").bases
    ('k', '0', ('tau', 'alpha'))
    >>> element_name("e_(ij)k") == element_name("e_k(ij)")
    True
    """
    told = _KEY.fullmatch(key)
    if told is None:
        raise TutorError(f"{key} is no name with index letters.", tip="Write τ_i, v_i(k), u_0j.")
    own, within, first = (re.sub(r"[_,(|]", "", told[group] or "") for group in ("own", "within", "first"))
    within += first
    number = told["number"] or ""
    if own.isupper() and not (number or within):
        number, own = own, ""  # β_W and β_B: no index is a capital
    if own in GREEK and not (number or within):
        number, own = own, ""  # μ_α, the mean of the α_j
    if len(own) > 3 and not (number or within or set(own) <= _INDEX_LETTERS):
        number, own = own, ""  # β_social: a word
    return Name(split_base(told["base"], bases), own, within, number)


def split_base(base: str, bases: Iterable[str]) -> tuple[str, ...]:
    """The letters of an interaction, (τα) and (GE), where each is a name of its own; otherwise one word.

    >>> split_base("GE", {"G", "E"}), split_base("GE", {"G"}), split_base("beta", {"b", "eta"})
    (('G', 'E'), ('GE',), ('beta',))
    """
    if base in GREEK:
        return (base,)
    known = {*GREEK, *bases} - {base}
    found: list[str] = []
    rest = base
    while rest:
        head = max((letters for letters in known if rest.startswith(letters)), key=len, default="")
        if not head:
            return (base,)
        found.append(head)
        rest = rest[len(head) :]
    return tuple(found)


def key_of(name: Name) -> str:
    """The key as the reader makes it.

    >>> key_of(Name(("v",), "i", "k")), key_of(Name(("mu",)))
    ('v_i(k)', 'mu')
    """
    below = name.number + name.indices + (f"({name.within})" if name.within else "")
    return "".join(name.bases) + (f"_{below}" if below else "")


def is_greek(name: Name) -> bool:
    """Whether all letters of a name are Greek."""
    return all(base in GREEK for base in name.bases)


def letters_of(name: Name) -> str:
    """The index letters of a name, those in brackets last."""
    return name.indices + name.within


def element_key_of(name: Name, cell: Sequence[int]) -> str:
    """The key of the element of a name at these levels: tau_1, taualpha_12, u_03, mu.

    >>> element_key_of(Name(("u",), "j", number="0"), (3,)), element_key_of(Name(("tau", "alpha"), "ij"), (1, 12))
    ('u_03', 'taualpha_1_12')
    """
    base = "".join(name.bases)
    numbers = [*((int(name.number),) if name.number and cell else ()), *cell]
    return element_key(base, *numbers) if numbers else f"{base}_{name.number}" if name.number else base


def plain_name(name: Name) -> str:
    """A name in Unicode: τ_i, (τα)_ij, x."""
    return spell(name, _PEN)


def plain_variable(name: Name) -> str:
    """The variable of a covariate, as its column is called: x, x1, x_c where it is centred, x_m where it is the mean of
    a group, and I(x^2) to a power."""
    variable = name.bases[0] + name.number + ("" if name.mean is None else "_m" if name.is_mean else "_c")
    return variable if name.power == 1 else f"I({variable}^{name.power})"


def value_of(name: Name, cell: Sequence[int]) -> sympy.Expr:
    """The value of a covariate at these levels of its indices as letters: x_11, x_11 − x̄_·· of a centred one, x̄_1· of
    a mean.

    >>> value_of(Name(("x",), "ij"), (1, 2)), value_of(Name(("x",), "ij", mean="i."), (1, 2))
    (x_12, x_12 - xbar_1.)
    """
    return _value(name, element_key_of(name, cell), dict(zip(letters_of(name), cell, strict=True)))


def value_at(name: Name, levels: Sequence[Level]) -> sympy.Expr:
    """The value of a covariate at levels of which some may be dots, for an average over that index."""
    return _value(name, key_at(name, levels), dict(zip(letters_of(name), levels, strict=True)))


def _value(name: Name, key: str, levels: Mapping[str, Level]) -> sympy.Expr:
    mean = sympy.S.Zero if name.mean is None else sympy.Symbol(key_of_mean(name, levels), real=True)
    value = mean if name.is_mean else sympy.Symbol(key, real=True) - mean
    return value**name.power
