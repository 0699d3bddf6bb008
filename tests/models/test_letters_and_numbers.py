"""V⁻¹, |V|, log |V| and traces with letters for sizes against the entries: designs whose V is not all of I and J."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest

from tutor.algebra.applied import Applied
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Determinant, Inverse
from tutor.algebra.provided import Provided
from tutor.algebra.sizes import size
from tutor.algebra.walk import walk
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

Sizes = tuple[int, ...]

DESIGNS: dict[str, tuple[Callable[..., MixedModel], str, list[Sizes]]] = {
    "compound symmetry": (partial(c.repeated_measures, within="cs"), "st", [(2, 3), (3, 2), (4, 5)]),
    "autoregression": (partial(c.repeated_measures, within="ar1"), "st", [(2, 3), (3, 2), (2, 5)]),
    "locations": (c.multilocation, "gsb", [(3, 2, 2), (2, 3, 2), (4, 2, 3)]),
    "randomized blocks": (c.rcbd, "tb", [(3, 2), (2, 4), (5, 3)]),
    "split plot": (c.split_plot, "asr", [(2, 3, 2), (3, 2, 4), (2, 2, 3)]),
    "split plot, whole plots completely randomized": (
        lambda a, s, r: c.split_plot(a, s, reps=r), "asr", [(2, 3, 2), (3, 2, 4), (2, 2, 3)]
    ),
    "strip plot": (c.strip_plot, "asb", [(2, 3, 2), (3, 2, 3), (2, 2, 4)]),
    "four levels": (c.nested, "abcn", [(2, 2, 2, 2), (3, 2, 2, 2), (2, 3, 2, 2)]),
}  # fmt: skip
"""Design: the function, the letters of its sizes, and numbers for them."""

CASES = [(name, sizes) for name, (_, _, each) in DESIGNS.items() for sizes in each]


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_closed_forms_with_letters_are_those_of_the_entries(name: str, sizes: Sizes) -> None:
    design, letters, _ = DESIGNS[name]
    known = {size(letter): number for letter, number in zip(letters, sizes, strict=True)}
    symbolic, numbers = design(*letters), design(*sizes)
    instance = DrawnInstance([numbers.V], random.Random(7), sizes=known)  # pyright: ignore[reportArgumentType]
    value = instance.value(numbers.V)
    inverse, determinant, logarithm, trace = (
        tree.closed_form()
        for tree in (
            symbolic.V.inv(),
            symbolic.V.det(),
            Applied("log", (symbolic.V.det(),)),
            symbolic.V.trace(),
        )
    )
    assert not any(isinstance(node, Inverse | Determinant) for tree in (inverse, determinant) for node in walk(tree))
    assert instance.value(inverse) == value.inv()
    assert instance.value(determinant)[0, 0] == value.det()
    assert instance.value(trace)[0, 0] == sum(value[i, i] for i in range(value.nrows()))
    balls = instance.in_balls()
    told = logarithm.tree if isinstance(logarithm, Provided) else logarithm
    expected = Applied("log", (numbers.V.det(),))
    assert balls.value(told)[0, 0].overlaps(balls.value(expected)[0, 0])
    assert not any(isinstance(node, Determinant) for node in walk(told))
