"""A randomized design keeps its restrictions, draws the same for the same seed, and differs between seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

import tutor
from tutor.errors import DomainError, SizeError, TutorError
from tutor.models.mixed import MixedModel

Frame = Any


def pairs(frame: Frame, *names: str) -> Counter[tuple[Any, ...]]:
    """How often each combination of these columns comes."""
    return Counter(zip(*(frame[name] for name in names), strict=True))


RESTRICTIONS = [
    # design, and columns whose every combination of levels that comes comes equally often: this number of times
    (lambda: tutor.crd(3, 4), ["treatment"], 3, 4),
    (lambda: tutor.rcbd(4, 3), ["block", "treatment"], 12, 1),
    (lambda: tutor.rcbd((2, 2), 3), ["block", "A", "B"], 12, 1),
    (lambda: tutor.latin_square(5), ["row", "treatment"], 25, 1),
    (lambda: tutor.latin_square(5), ["column", "treatment"], 25, 1),
    (lambda: tutor.latin_square(5), ["row", "column"], 25, 1),
    (lambda: tutor.graeco_latin(4), ["latin", "greek"], 16, 1),
    (lambda: tutor.split_plot(3, 2, 4), ["block", "A", "B"], 24, 1),
    (lambda: tutor.split_plot(3, 2, 4), ["block", "whole_plot", "A"], 12, 2),
    (lambda: tutor.split_plot(3, 2, reps=4), ["whole_plot", "A"], 12, 2),
    (lambda: tutor.split_split_plot(2, 2, 3, 2), ["block", "whole_plot", "subplot", "A", "B"], 8, 3),
    (lambda: tutor.strip_plot(2, 3, 4), ["block", "row_strip", "A"], 8, 3),
    (lambda: tutor.strip_plot(2, 3, 4), ["block", "column_strip", "B"], 12, 2),
    (lambda: tutor.alpha(12, 2, 3), ["replicate", "treatment"], 24, 1),
    (lambda: tutor.alpha(12, 2, 3), ["replicate", "block"], 8, 3),
    (lambda: tutor.bibd(4, 6, 2), ["treatment"], 4, 3),
    (lambda: tutor.crd(3, 2, samples=4), ["plot", "treatment"], 6, 4),
    (lambda: tutor.repeated_measures(3, 4, 2), ["subject", "treatment"], 6, 4),
    (lambda: tutor.multilocation(4, 2, 3), ["location", "block", "genotype"], 24, 1),
]


@pytest.mark.parametrize(("build", "columns", "number", "times"), RESTRICTIONS)
def test_restrictions_hold(build: Callable[[], MixedModel], columns: list[str], number: int, times: int) -> None:
    for seed in range(5):
        frame = tutor.randomize(build(), seed=seed)
        counted = pairs(frame, *columns)
        assert len(counted) == number and set(counted.values()) == {times}


def test_balanced_blocks_stay_balanced() -> None:
    for seed in range(5):
        frame = tutor.bibd(7, 7, 3).randomize(seed=seed)
        held: dict[int, set[str]] = {}
        for block, treatment in zip(frame["block"], frame["treatment"], strict=True):
            held.setdefault(block, set()).add(treatment)
        met = Counter((a, b) for block in held.values() for a in block for b in block if a < b)
        assert set(met.values()) == {1} and len(met) == 21


@pytest.mark.parametrize("build", [lambda: tutor.crd(3, 4), lambda: tutor.latin_square(5), lambda: tutor.bibd(4, 6, 2)])
def test_a_seed_draws_the_same_and_another_seed_something_else(build: Callable[[], MixedModel]) -> None:
    first, again, other = (build().randomize(seed=seed) for seed in (7, 7, 8))
    assert first.equals(again)
    assert not first.equals(other)


def test_every_order_within_a_block_comes_equally_often() -> None:
    m = tutor.rcbd(3, 2)
    orders = Counter(tuple(m.randomize(seed=seed)["treatment"][:3]) for seed in range(600))
    assert len(orders) == 6
    # Each of 6 orders is expected 100 times; 60 is 4.4 standard deviations below.
    assert min(orders.values()) > 60


def test_subplots_stay_in_their_whole_plots_and_periods_in_order() -> None:
    frame = tutor.split_plot(3, 2, 2).randomize(seed=3)
    assert list(frame["whole_plot"]) == [1, 1, 2, 2, 3, 3] * 2
    assert list(frame["plot"]) == list(range(1, 13))
    trial = tutor.crossover(3).randomize(seed=3)
    sequences = {tuple(trial["treatment"][i : i + 2]) for i in range(0, 12, 2)}
    assert sequences == {("A", "B"), ("B", "A")}
    assert list(trial["period"]) == [1, 2] * 6


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: tutor.one_way(3, 2).randomize(seed=1), TutorError, "Nothing is assigned"),
        (lambda: tutor.rcbd("t", "b").randomize(seed=1), SizeError, "cannot be listed"),
        (lambda: tutor.rcbd(3, 2).randomize(seed=-1), DomainError, "-1"),
        (lambda: tutor.rcbd(3, 2).randomize(seed="a"), DomainError, "'a'"),  # pyright: ignore[reportArgumentType]
        (lambda: tutor.model("y ~ x", {"y": [1, 2, 3], "x": [1, 2, 4]}).randomize(seed=1), TutorError, "no plan"),
    ],
)
def test_what_cannot_be_randomized_says_why(build: Callable[[], Any], error: type[TutorError], words: str) -> None:
    with pytest.raises(error) as told:
        build()
    assert words in str(told.value)


def test_the_field_of_a_split_plot_shows_blocks_whole_plots_and_subplots() -> None:
    assert str(tutor.split_plot(2, 2, 2).layout()) == "\n".join(
        [
            "        ┌───────┬───────╥───────┬───────┐",
            "block 1 │ τ1 α1 │ τ1 α2 ║ τ2 α1 │ τ2 α2 │",
            "        └───────┴───────╨───────┴───────┘",
            "        ┌───────┬───────╥───────┬───────┐",
            "block 2 │ τ1 α1 │ τ1 α2 ║ τ2 α1 │ τ2 α2 │",
            "        └───────┴───────╨───────┴───────┘",
        ]
    )


def test_the_field_of_blocks_of_different_sizes_and_of_a_completely_randomized_design() -> None:
    assert str(tutor.augmented(1, 3, 2).layout()).split("\n")[4] == "block 2 │ check1 │ new3   │"
    assert str(tutor.crd(2, 3).layout()) == "\n".join(
        [
            "┌────┬────┬────┬────┐",
            "│ τ1 │ τ1 │ τ1 │ τ2 │",
            "├────┼────┼────┴────┘",
            "│ τ2 │ τ2 │",
            "└────┴────┘",
        ]
    )


def test_rows_and_columns_of_a_square_are_named() -> None:
    lines = str(tutor.latin_square(2).layout()).split("\n")
    assert lines[0].split() == ["c1", "c2"]
    assert lines[2] == "row 1 │ τ1 │ τ2 │" and lines[4] == "row 2 │ τ2 │ τ1 │"


def test_a_randomized_field_is_that_of_the_randomized_rows() -> None:
    m = tutor.rcbd(3, 2)
    shown = [line.split("│")[1:-1] for line in str(m.layout(seed=5)).split("\n") if "│" in line]
    drawn = m.randomize(seed=5)["treatment"]
    assert [cell.strip().replace("τ", "t") for line in shown for cell in line] == list(drawn)


def test_samples_of_a_plot_are_one_cell() -> None:
    *field, note = str(tutor.rcbd(2, 2, samples=3).layout()).split("\n")
    assert "\n".join(field) == str(tutor.rcbd(2, 2).layout())
    assert note == "each cell: one plot (3 samples)"


@pytest.mark.parametrize(
    "build", [lambda: tutor.split_plot(2, 3, 2), lambda: tutor.latin_square(4), lambda: tutor.crd(3, 5)]
)
def test_the_figure_has_a_cell_for_each_plot_and_words_for_those_who_cannot_see_it(
    build: Callable[[], MixedModel],
) -> None:
    m = build()
    figure = m.plot_layout(seed=2)
    texts = [text.get_text() for text in figure.axes[0].texts]
    cells = [
        cell.strip() for line in str(m.layout(seed=2)).split("\n") for cell in line.replace("║", "│").split("│")[1:-1]
    ]
    assert sorted(text for text in texts if text in set(cells)) == sorted(cells)
    assert m.title in figure.alt and all(cell in figure.alt for cell in cells)


def test_shades_of_a_figure_are_told_apart_by_their_lightness() -> None:
    figure: Any = tutor.rcbd(4, 2).plot_layout()
    shades = {patch.get_facecolor() for patch in figure.axes[0].patches if patch.get_fill()}
    lightness = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in shades)
    assert len(lightness) == 4
    assert min(b - a for a, b in pairwise(lightness)) > 0.05
    assert lightness[0] > 0.35, "black letters could not be read on it"
