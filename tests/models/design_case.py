"""A named design in a table: its sizes, its formula, and letters for the sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tutor.covariance.over import Over
from tutor.models.mixed import MixedModel

PAIR = {"A": 2, "B": 2}
"""Factorial treatments."""


@dataclass(frozen=True)
class Case:
    """A design with arguments; its formula without the response; a call with letters and what they stand for.

    ``order`` is the order of the rows for an equation without data, "" where the rows have to come as data.
    ``residual`` is the structure of R beside the formula. ``larger`` are arguments of other sizes, and
    ``larger_options`` the options that go with them. A model never changes, so that the tests share each.
    """

    design: Callable[..., MixedModel]
    arguments: tuple[Any, ...]
    formula: str = ""
    letters: tuple[Any, ...] = ()
    values: dict[str, int] = field(default_factory=dict)
    order: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    larger: tuple[Any, ...] = ()
    larger_options: dict[str, Any] = field(default_factory=dict)
    residual: Over | None = None

    @cached_property
    def model(self) -> MixedModel:
        return self.design(*self.arguments, **self.options)

    @cached_property
    def symbolic(self) -> MixedModel:
        return self.design(*self.letters, **self.options)

    @property
    def of_other_sizes(self) -> Case:
        """The same with the other sizes, and those for the letters."""
        sizes = dict(zip(_each(self.letters), _each(self.larger), strict=True)) if self.letters else {}
        values = {letter: size for letter, size in sizes.items() if letter is not None}
        options = {**self.options, **self.larger_options}
        return replace(self, arguments=self.larger, options=options, values=values)

    def __str__(self) -> str:
        options = [f"{key}={value}" for key, value in self.options.items()]
        return f"{self.design.__name__}({', '.join([*map(str, self.arguments), *options])})"


def _each(arguments: Iterable[Any]) -> Iterator[Any]:
    """The sizes one by one, those of factorial treatments too."""
    for argument in arguments:
        if isinstance(argument, dict):
            yield from argument.values()
        elif isinstance(argument, tuple):
            yield from argument
        else:
            yield argument
