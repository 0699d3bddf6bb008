"""Small values that are made by the dozen for each text that is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform, overload

_Class = TypeVar("_Class")


@overload
def light_value(of: type[_Class], /) -> type[_Class]: ...
@overload
def light_value(*, eq: bool = True) -> Callable[[type[_Class]], type[_Class]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def light_value(of: type[_Class] | None = None, /, *, eq: bool = True) -> object:
    """A dataclass with slots that is frozen for the type checker alone, which sees every line that is ours.

    One that is frozen when it runs sets each field by a call, and takes four times as long to make. Nodes and values
    that a user is given are frozen then too, by `dataclasses.dataclass`.
    """
    make = dataclass(slots=True, eq=eq, unsafe_hash=eq)
    return make if of is None else make(of)
