"""Treatments that are combinations of factors, in every design: the same rows, spaces and variances as one factor."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tutor.errors import DataError, SizeError, TutorError
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

PAIR = {"A": 2, "B": 3}

SAME: dict[str, tuple[Callable[[], MixedModel], Callable[[], MixedModel]]] = {
    "crd": (lambda: c.crd(PAIR, 2), lambda: c.crd(6, 2)),
    "rcbd": (lambda: c.rcbd(PAIR, 2), lambda: c.rcbd(6, 2)),
    "latin_square": (lambda: c.latin_square(PAIR), lambda: c.latin_square(6)),
    "graeco_latin": (
        lambda: c.graeco_latin(4, latin={"A": 2, "B": 2}, greek={"C": 2, "D": 2}),
        lambda: c.graeco_latin(4),
    ),
    "row_column": (lambda: c.row_column(PAIR, 3, 6), lambda: c.row_column(6, 3, 6)),
    "bibd": (lambda: c.bibd(PAIR, 10, 3), lambda: c.bibd(6, 10, 3)),
    "alpha": (lambda: c.alpha(PAIR, 2, 3), lambda: c.alpha(6, 2, 3)),
    "whole plots": (lambda: c.split_plot(PAIR, {"C": 2}, 2), lambda: c.split_plot(6, 2, 2)),
    "subplots": (lambda: c.split_plot({"C": 2}, PAIR, 2), lambda: c.split_plot(2, 6, 2)),
    "sub-subplots": (
        lambda: c.split_split_plot({"C": 2}, {"D": 2}, {"A": 2, "B": 2}, 2),
        lambda: c.split_split_plot(2, 2, 4, 2),
    ),
    "strips": (lambda: c.strip_plot({"C": 2}, PAIR, 2), lambda: c.strip_plot(2, 6, 2)),
    "repeated measures": (lambda: c.repeated_measures(2, 3, PAIR), lambda: c.repeated_measures(2, 3, 6)),
    "crossover": (
        lambda: c.crossover(2, 4, treatments={"A": 2, "B": 2}),
        lambda: c.crossover(2, 4),
    ),
    "ancova": (lambda: c.ancova(PAIR, 2, x=range(12)), lambda: c.ancova(6, 2, x=range(12))),
    "multilocation": (lambda: c.multilocation(PAIR, 2, 2), lambda: c.multilocation(6, 2, 2)),
}
"""A design with combinations of factors, and with as many treatments of one factor."""


@pytest.mark.parametrize("name", SAME)
def test_combinations_of_factors_are_treatments(name: str) -> None:
    several, single = (build() for build in SAME[name])
    assert several.n == single.n and several.rank == single.rank
    ours, theirs = several.X.numpy(), single.X.numpy()
    assert np.linalg.matrix_rank(np.hstack([ours, theirs])) == np.linalg.matrix_rank(ours)  # the same column space
    if several.Z is not None and single.Z is not None:
        assert np.array_equal(several.Z.numpy(), single.Z.numpy())
    values = {p.key: 1.0 + i if p.symbol.is_positive else 0.3 for i, p in enumerate(several.parameters)}
    assert np.array_equal(several.V.numpy(**values), single.V.numpy(**values))
    assert str(several.V.closed_form()) == str(single.V.closed_form())


@pytest.mark.parametrize("name", SAME)
def test_a_randomization_keeps_the_combinations_together(name: str) -> None:
    several, single = (build() for build in SAME[name])
    ours, theirs = (dict(m.randomize(seed=5)) for m in (several, single))
    combined = [name for name in ours if name not in theirs]
    assert combined
    split = [name for name in theirs if name not in ours and name != "y"]
    rows = set(zip(*(map(str, ours[name]) for name in combined), strict=True))
    if split and name != "crossover":
        assert len(rows) == len(set(zip(*(map(str, theirs[name]) for name in split), strict=True)))


def test_a_dictionary_is_no_size() -> None:
    assert c.latin_square({"A": 2, "B": 2}) == c.latin_square(treatments={"A": 2, "B": 2})
    assert c.latin_square(4, treatments={"A": 2, "B": 2}).n == 16
    with pytest.raises(SizeError, match="do not fill a square of 5"):
        c.latin_square(5, treatments={"A": 2, "B": 2})
    with pytest.raises(SizeError, match="do not fill"):
        c.graeco_latin(5, latin={"A": 2, "B": 2})


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: c.strip_plot(3, {"A": 2, "B": 2}, 2), "Two factors of this design are called A"),
        (lambda: c.split_split_plot((2, 2), (2, 2), 2, 2), "4 others"),
        (lambda: c.crossover(2, 2, treatments={"A": 2, "B": 2}), "4 combinations"),
        (lambda: c.crossover(2, 8, treatments=(2, 2, 2)), "a crossover takes two"),
        (lambda: c.augmented({"A": 2, "B": 2}, 6, 2), "compared one by one"),  # pyright: ignore[reportArgumentType]
        (lambda: c.augmented(2, {"A": 2, "B": 2}, 2), "compared one by one"),  # pyright: ignore[reportArgumentType]
        (lambda: c.row_column({"A": 2, "B": 2}, 2, 4, [list("pqrs"), list("qrsp")]), "combinations of several"),
        (lambda: c.crd((2, 2, 2, 2, 2), 2), "5 factors"),
        (lambda: c.rcbd({"block": 2, "B": 2}, 3), "called block"),
    ],
)
def test_what_is_no_design_is_refused_in_words(build: Callable[[], MixedModel], words: str) -> None:
    with pytest.raises(TutorError, match=words) as told:
        build()
    assert isinstance(told.value, DataError | SizeError)
