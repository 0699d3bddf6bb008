"""The field of a design, as text and as a picture: every plot is there, nothing is cut off, lines fit the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import tutor
from tutor.models.catalogue import DESIGNS
from tutor.models.field_grid import EMPTY, grid
from tutor.models.field_sketch import sketch
from tutor.models.mixed import MixedModel

NAMED = {"variety": ["Golden Rain", "Marvellous", "Victory"], "nitrogen": ["0 cwt", "0.2 cwt"]}

FIELDS: dict[str, Callable[[], MixedModel]] = {
    "crd": lambda: tutor.crd(7, 5),
    "crd with samples": lambda: tutor.crd(3, 4, samples=2),
    "rcbd": lambda: tutor.rcbd(4, 3),
    "rcbd of many": lambda: tutor.rcbd(30, 2),
    "rcbd of names": lambda: tutor.rcbd(NAMED, 2),
    "generalized_rcbd": lambda: tutor.generalized_rcbd(3, 4, 2),
    "latin_square": lambda: tutor.latin_square(6),
    "graeco_latin": lambda: tutor.graeco_latin(5),
    "row_column": lambda: tutor.row_column(4, 3, 4),
    "bibd": lambda: tutor.bibd(7, 7, 3),
    "alpha": lambda: tutor.alpha(24, 3, 4),
    "augmented": lambda: tutor.augmented(3, 12, 4),
    "split_plot": lambda: tutor.split_plot(4, 5, 2),
    "split_plot in a crd": lambda: tutor.split_plot(2, 3, reps=4),
    "split_plot with long parts": lambda: tutor.split_plot(2, 25, 2),
    "split_split_plot": lambda: tutor.split_split_plot(2, 3, 4, 2),
    "strip_plot": lambda: tutor.strip_plot(3, 4, 2),
    "repeated_measures": lambda: tutor.repeated_measures(3, 4, treatments=2),
    "repeated_measures of one group": lambda: tutor.repeated_measures(6, 4),
    "crossover": lambda: tutor.crossover(2, 8),
    "one_way": lambda: tutor.one_way(5, 3),
    "nested": lambda: tutor.nested(3, 2, 4),
    "crossed": lambda: tutor.crossed(4, 3, 2),
    "regression": lambda: tutor.regression([1, 2, 4]),
    "random_intercepts": lambda: tutor.random_intercepts(3, [1, 2, 4]),
    "random_slopes": lambda: tutor.random_slopes(3, [1, 2, 4]),
    "ancova": lambda: tutor.ancova(3, 4),
    "multilocation": lambda: tutor.multilocation(3, 2, 4),
    "an own design": lambda: (
        (tutor.units("orchard", 2) / ("tree", 2) / ("branch", 3))
        .assign("rootstock", to="tree")
        .assign("spray", to="branch")
        .model()
    ),
}


def test_every_design_of_the_catalogue_has_its_field_here() -> None:
    assert {name.split(" ")[0] for name in FIELDS} >= DESIGNS.keys()


def cells(lines: list[str]) -> list[str]:
    """What stands between the walls of a sketch."""
    rows = [line.replace("║", "│").split("│")[1:-1] for line in lines if "│" in line or "║" in line]
    return [cell.strip() for row in rows for cell in row if cell.strip()]


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", FIELDS)
def test_a_sketch_fits_the_terminal_and_leaves_out_no_plot(name: str, width: int) -> None:
    m = FIELDS[name]()
    lines = sketch(m, seed=1).lines(width)
    assert max(map(len, lines)) <= width
    words = [word for line in grid(m, 1).lines for cell in line.cells for word in cell.words]
    shown = cells(lines)
    joined = [" ".join(words[k : k + len(words) // len(shown)]) for k in range(0, len(words), len(words) // len(shown))]
    assert Counter(shown) == Counter(joined)


def test_long_lines_are_stacked_and_then_broken_between_whole_plots() -> None:
    lines = sketch(tutor.split_plot(2, 4, 1 + 1)).lines(40)
    assert lines[:7] == [
        "        ┌────┬────┬────┬────┐",
        "block 1 │ τ1 │ τ1 │ τ1 │ τ1 │",
        "        │ α1 │ α2 │ α3 │ α4 │",
        "        ├────┼────┼────┼────┤",
        "        │ τ2 │ τ2 │ τ2 │ τ2 │",
        "        │ α1 │ α2 │ α3 │ α4 │",
        "        └────┴────┴────┴────┘",
    ]


def test_lines_are_broken_into_parts_of_about_one_length() -> None:
    assert [len(line.cells) for line in grid(tutor.rcbd(11, 2)).within(5).lines] == [4, 4, 3] * 2


def test_what_a_cell_stands_for_is_told_where_it_is_more_than_one_observation() -> None:
    assert str(tutor.crd(3, 4, samples=2).layout()).endswith("each cell: one plot (2 samples)")
    assert str(tutor.repeated_measures(3, 4, 2).layout()).endswith("each cell: one subject (4 times)")
    assert "each cell" not in str(tutor.rcbd(3, 4).layout())


# The picture


@pytest.mark.parametrize("name", FIELDS)
def test_a_picture_of_a_field_is_whole_and_no_two_texts_lie_over_each_other(name: str) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from tests.pictures import overlaps

    m = FIELDS[name]()
    figure = m.plot_layout(seed=1)
    assert overlaps(figure) == []
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in (*figure.texts, *figure.axes[0].texts)]
    assert min(box.x0 for box in boxes) >= 0 and min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= figure.bbox.x1 and max(box.y1 for box in boxes) <= figure.bbox.y1
    assert figure.get_figwidth() <= 13 and figure.get_figheight() <= 13, "inches of a slide"


@pytest.mark.parametrize("name", FIELDS)
def test_words_stay_within_their_cells(name: str) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure: Any = FIELDS[name]().plot_layout(seed=1)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes = [patch.get_window_extent(renderer) for patch in figure.axes[0].patches if patch.get_fill()]
    held = [text.get_window_extent(renderer) for text in figure.axes[0].texts if text.get_ha() == "center"]
    middles = [((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for box in held]
    inside = 0
    for box, (x, y) in zip(held, middles, strict=True):
        for cell in boxes:
            if cell.x0 < x < cell.x1 and cell.y0 < y < cell.y1:
                inside += 1
                assert cell.x0 <= box.x0 and box.x1 <= cell.x1 and cell.y0 <= box.y0 and box.y1 <= cell.y1
    assert inside == len(boxes)


def test_cells_without_treatments_are_white_and_are_not_called_empty() -> None:
    pytest.importorskip("matplotlib")
    figure: Any = tutor.one_way(2, 3).plot_layout()
    faces = {patch.get_facecolor() for patch in figure.axes[0].patches if patch.get_fill()}
    assert faces == {(1.0, 1.0, 1.0, 1.0)}
    assert "group 1: 3 without treatments; group 2: 3 without treatments" in figure.alt
    assert EMPTY not in figure.alt
