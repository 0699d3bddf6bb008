"""Designs whose sizes may be letters, with letters for the sizes and three sets of numbers for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

Sizes = tuple[int, ...]

DESIGNS: dict[str, tuple[Callable[..., MixedModel], str, list[Sizes]]] = {
    "completely randomized": (c.crd, "tr", [(3, 2), (2, 4), (4, 3)]),
    "randomized blocks": (c.rcbd, "tb", [(3, 2), (2, 4), (4, 3)]),
    "fixed blocks": (partial(c.rcbd, blocks_are="fixed"), "tb", [(3, 2), (2, 4), (4, 3)]),
    "generalized blocks": (c.generalized_rcbd, "tbr", [(3, 2, 2), (2, 3, 2), (2, 2, 3)]),
    "split plot": (c.split_plot, "asr", [(2, 3, 2), (3, 2, 4), (2, 2, 3)]),
    "split-split plot": (c.split_split_plot, "abcr", [(2, 3, 2, 2), (2, 2, 2, 3), (3, 2, 2, 2)]),
    "strip plot": (c.strip_plot, "asb", [(2, 3, 2), (3, 2, 3), (2, 2, 4)]),
    "random groups": (c.one_way, "an", [(3, 2), (2, 4), (4, 3)]),
    "nested": (c.nested, "abn", [(2, 3, 2), (3, 2, 2), (2, 2, 3)]),
    "crossed": (c.crossed, "abn", [(2, 3, 2), (3, 2, 2), (2, 2, 3)]),
    "locations": (c.multilocation, "gsb", [(3, 2, 2), (2, 3, 2), (2, 2, 3)]),
    "autoregression": (c.repeated_measures, "sp", [(2, 3), (3, 4), (2, 5)]),
    "autoregression of subjects": (
        lambda s, p, a: c.repeated_measures(s, p, a, random_intercept=True), "spa", [(2, 3, 2), (3, 4, 2), (2, 3, 3)]
    ),
    "autoregression as effects": (
        lambda s, p, a: c.repeated_measures(s, p, a, side="G"), "spa", [(2, 3, 2), (3, 4, 2), (2, 3, 3)]
    ),
    "compound symmetry": (partial(c.repeated_measures, within="cs"), "sp", [(2, 3), (3, 4), (2, 5)]),
    "lines": (c.random_slopes, "gn", [(2, 3), (3, 4), (2, 5)]),
    "latin square": (c.latin_square, "t", [(3,), (4,), (5,)]),
    "graeco-latin square": (c.graeco_latin, "t", [(3,), (4,), (5,)]),
}  # fmt: skip
"""Design: the function, the letters of its sizes, and numbers for them."""

DRAWN = [(name, sizes) for name, (_, _, each) in DESIGNS.items() for sizes in each]


@cache
def of_numbers(name: str, sizes: Sizes) -> MixedModel:
    return DESIGNS[name][0](*sizes)


@cache
def of_letters(name: str) -> MixedModel:
    design, letters, _ = DESIGNS[name]
    return design(*letters)
