"""Every design of the catalogue with letters for its sizes, and three sets of numbers for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import unwrap
from typing import Any

from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

FIXED = {"blocks_are": "fixed"}
LINES_FIXED = {"rows_and_columns_are": "fixed"}


def _nothing(*_: int) -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Lettered:
    """A design as a function of its sizes: a letter for each, and sets of numbers.

    ``derived`` are letters that the design brings, with what they are for the numbers. ``is_closed`` tells whether V⁻¹
    and |V| have a form without an inverse and a determinant in it.
    """

    design: Callable[..., MixedModel]
    letters: str
    numbers: tuple[tuple[int, ...], ...]
    derived: Callable[..., dict[str, int]] = _nothing
    is_closed: bool = True

    @property
    def name(self) -> str:
        """That of the design in the catalogue."""
        return unwrap(self._inner).__name__

    @property
    def _inner(self) -> Callable[..., MixedModel]:
        return self.design.func if isinstance(self.design, partial) else self.design

    def __str__(self) -> str:
        options = self.design.keywords if isinstance(self.design, partial) else {}
        told = [*self.letters, *(f"{key}={value}" for key, value in options.items())]
        return f"{self._inner.__name__}({', '.join(told)})"

    @property
    def symbolic(self) -> MixedModel:
        return self.design(*self.letters)

    def known(self, sizes: tuple[int, ...]) -> dict[str, int]:
        """The number of each letter."""
        return {**dict(zip(self.letters, sizes, strict=True)), **self.derived(*sizes)}


def _williams(*sizes: int) -> dict[str, int]:
    t = sizes[-1]
    return {"s": t if t % 2 == 0 else 2 * t}


def _factorial(design: Callable[..., MixedModel], **options: Any) -> Callable[..., MixedModel]:
    """The design with two factors of treatments in the place of the first size."""

    def of(a: Any, b: Any, *rest: Any) -> MixedModel:
        return design({"lime": a, "dose": b}, *rest, **options)

    return _named(of, design, f"factorial {design.__name__}")


def _own_names(design: Callable[..., MixedModel], name: str, **options: Any) -> Callable[..., MixedModel]:
    def of(t: Any, *rest: Any) -> MixedModel:
        return design({name: t}, *rest, **options)

    return _named(of, design, f"{design.__name__} of {name}")


def _by(design: Callable[..., MixedModel], *names: str) -> Callable[..., MixedModel]:
    """The design with its sizes by these names of arguments."""

    def of(*sizes: Any) -> MixedModel:
        return design(**dict(zip(names, sizes, strict=True)))

    return _named(of, design, f"{design.__name__} by {names[-1]}")


def _named(of: Callable[..., MixedModel], design: Callable[..., MixedModel], name: str) -> Callable[..., MixedModel]:
    of.__wrapped__ = design  # pyright: ignore[reportFunctionMemberAccess]
    of.__name__ = name
    return of


def _square_of_factors(a: Any, b: Any) -> MixedModel:
    return c.latin_square(treatments={"lime": a, "dose": b})


def _graeco_latin_of_factors(a: Any, b: Any) -> MixedModel:
    return c.graeco_latin(latin={"lime": a, "dose": b})


_named(_square_of_factors, c.latin_square, "factorial latin_square")
_named(_graeco_latin_of_factors, c.graeco_latin, "factorial graeco_latin")

THREE_TWO = ((3, 2), (2, 4), (4, 3))
TWO_THREE_TWO = ((2, 3, 2), (3, 2, 3), (2, 2, 4))
FOUR = ((2, 3, 2, 2), (3, 2, 2, 3), (2, 2, 3, 2))
BALANCED = ((4, 6, 2), (7, 7, 3), (6, 10, 3))
AUGMENTED = ((2, 6, 3), (1, 4, 4), (3, 10, 2))
RESOLVABLE = ((12, 2, 3), (9, 3, 3), (12, 3, 4))

LETTERED = [
    Lettered(c.crd, "tr", THREE_TWO),
    Lettered(c.crd, "trs", TWO_THREE_TWO),
    Lettered(_factorial(c.crd), "abr", TWO_THREE_TWO),
    Lettered(_own_names(c.crd, "variety"), "tr", THREE_TWO),
    Lettered(c.rcbd, "tb", THREE_TWO),
    Lettered(partial(c.rcbd, **FIXED), "tb", THREE_TWO),
    Lettered(_by(c.rcbd, "treatments", "blocks", "samples"), "tbs", TWO_THREE_TWO),
    Lettered(_factorial(c.rcbd, **FIXED), "acb", TWO_THREE_TWO),
    Lettered(_factorial(c.rcbd), "acb", TWO_THREE_TWO),
    Lettered(c.generalized_rcbd, "tbr", TWO_THREE_TWO),
    Lettered(partial(c.generalized_rcbd, **FIXED), "tbr", TWO_THREE_TWO),
    Lettered(_by(c.generalized_rcbd, "treatments", "blocks", "reps", "samples"), "tbrs", FOUR),
    Lettered(c.latin_square, "t", ((3,), (4,), (5,))),
    Lettered(partial(c.latin_square, **LINES_FIXED), "t", ((3,), (4,), (5,))),
    Lettered(_by(c.latin_square, "size", "samples"), "ts", ((3, 2), (4, 3), (5, 2))),
    Lettered(_square_of_factors, "ac", ((2, 2), (2, 3), (3, 2))),
    Lettered(c.graeco_latin, "t", ((3,), (4,), (5,))),
    Lettered(partial(c.graeco_latin, **LINES_FIXED), "t", ((3,), (4,), (5,))),
    Lettered(c.row_column, "trc", ((7, 3, 7), (5, 4, 5), (4, 4, 4))),
    Lettered(partial(c.row_column, **LINES_FIXED), "trc", ((7, 3, 7), (5, 4, 5), (4, 4, 4))),
    Lettered(_graeco_latin_of_factors, "ac", ((2, 2), (2, 4), (3, 3))),
    Lettered(partial(c.row_column, 7, 3), "c", ((7,), (8,), (9,))),
    Lettered(c.bibd, "tbk", BALANCED),
    Lettered(partial(c.bibd, **FIXED), "tbk", BALANCED),
    Lettered(_by(c.bibd, "treatments", "blocks", "block_size", "samples"), "tbhs",
             ((4, 6, 2, 2), (7, 7, 3, 3), (6, 10, 3, 2))),
    Lettered(_factorial(c.bibd), "acbh", ((2, 2, 6, 2), (2, 3, 10, 3), (3, 2, 15, 2))),
    Lettered(c.alpha, "trh", RESOLVABLE),
    Lettered(partial(c.alpha, reps_are="random"), "trh", RESOLVABLE),
    Lettered(_factorial(c.alpha), "acrh", ((3, 4, 2, 3), (3, 3, 3, 3), (4, 3, 3, 4))),
    Lettered(c.augmented, "cnb", AUGMENTED),
    Lettered(partial(c.augmented, **FIXED), "cnb", AUGMENTED),
    Lettered(partial(c.augmented, 2), "nb", ((6, 3), (4, 4), (10, 2))),
    Lettered(partial(c.augmented, blocks=3), "cn", ((2, 6), (1, 3), (3, 9))),
    Lettered(c.split_plot, "asr", TWO_THREE_TWO),
    Lettered(partial(c.split_plot, **FIXED), "asr", TWO_THREE_TWO),
    Lettered(_by(c.split_plot, "whole", "sub", "reps"), "asr", TWO_THREE_TWO),
    Lettered(_by(c.split_plot, "whole", "sub", "blocks", "samples"), "asrn", FOUR),
    Lettered(c.split_split_plot, "abcr", FOUR),
    Lettered(c.strip_plot, "asb", TWO_THREE_TWO),
    Lettered(c.repeated_measures, "sp", ((2, 3), (3, 4), (2, 5))),
    Lettered(partial(c.repeated_measures, within="cs"), "spa", TWO_THREE_TWO),
    Lettered(partial(c.repeated_measures, within="cs", side="G"), "spa", TWO_THREE_TWO),
    Lettered(partial(c.repeated_measures, within="identity"), "spa", TWO_THREE_TWO),
    Lettered(partial(c.repeated_measures, random_intercept=True), "spa", ((2, 3, 2), (3, 4, 2), (2, 3, 3)),
             is_closed=False),
    Lettered(c.crossover, "n", ((2,), (3,), (5,))),
    Lettered(partial(c.crossover, sequences=("ABB", "BAA"), carryover=True), "n", ((2,), (3,), (5,))),
    Lettered(partial(c.crossover, sequences=4, treatments={"A": 2, "B": 2}), "n", ((2,), (3,), (4,))),
    Lettered(partial(c.crossover, sequences=3, carryover=True), "n", ((2,), (3,), (4,))),
    Lettered(c.crossover, "nt", ((2, 2), (2, 3), (3, 4), (2, 5)), _williams),
    Lettered(partial(c.crossover, carryover=True), "nt", ((2, 3), (3, 4), (2, 5), (2, 6)), _williams),
    Lettered(partial(c.crossover, 1), "t", ((3,), (4,), (5,)), _williams),
    Lettered(partial(c.crossover, 1, carryover=True), "t", ((3,), (4,), (5,)), _williams),
    Lettered(c.one_way, "an", THREE_TWO),
    Lettered(c.nested, "abn", TWO_THREE_TWO),
    Lettered(c.nested, "abcn", FOUR),
    Lettered(c.crossed, "abn", TWO_THREE_TWO),
    Lettered(c.crossed, "ab", THREE_TWO),
    Lettered(c.regression, "n", ((3,), (4,), (6,))),
    Lettered(c.random_intercepts, "gn", THREE_TWO),
    Lettered(c.random_slopes, "gn", ((2, 3), (3, 4), (2, 5)), is_closed=False),
    Lettered(partial(c.random_slopes, x=[1, 2, 4]), "g", ((2,), (3,), (5,)), is_closed=False),
    Lettered(partial(c.random_intercepts, x=[0.5, 0.5]), "g", ((2,), (3,), (5,))),
    Lettered(c.ancova, "tr", THREE_TWO),
    Lettered(partial(c.ancova, blocks_are="random"), "tr", THREE_TWO),
    Lettered(c.multilocation, "gsb", TWO_THREE_TWO),
    Lettered(partial(c.multilocation, locations_are="fixed"), "gsb", TWO_THREE_TWO),
]  # fmt: skip
"""Every design of the catalogue, blocks fixed and random, treatments as factorials, and with names of one's own."""
