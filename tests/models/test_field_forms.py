"""The sketch of a field and the null space of X in LaTeX, Markdown, MathML, Typst and speech."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

from tutor.models.catalogue import latin_square, rcbd, regression, split_plot, strip_plot
from tutor.notation.write import write

MATHML = "{http://www.w3.org/1998/Math/MathML}"

THINGS: dict[str, Any] = {
    "blocks": rcbd(3, 2).layout(),
    "split plot": split_plot(2, 3, 2).layout(seed=4),
    "strip plot": strip_plot(2, 3, 2).layout(),
    "Latin square": latin_square(4).layout(),
    "null space": split_plot(2, 2, 2).null_space(),
    "null space of letters": rcbd("t", "b").null_space(),
    "no null space": regression(5).null_space(),
}


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_it_is_set_in_every_dialect(thing: Any) -> None:
    assert typst.compile(write(thing, "typst").encode())
    ElementTree.fromstring(write(thing, "mathml"))
    for text in (write(thing, "latex"), thing._repr_latex_(), thing._repr_markdown_()):
        assert text.count("{") == text.count("}")
        assert text.count(r"\begin{array}") == text.count(r"\end{array}")
    assert write(thing, "unicode") == str(thing)
    assert not re.search(r"[│║_Σ&\\]", write(thing, "spoken"))


@pytest.mark.parametrize("name", ["blocks", "split plot", "strip plot", "Latin square"])
def test_every_cell_of_the_field_is_there(name: str) -> None:
    sketch = THINGS[name]
    lines = [line for frame in sketch.grid.frames for line in frame]
    rows = [row for row in write(sketch, "latex").split("\n") if r"\text{row" in row or r"\text{block" in row]
    assert [row.count("&") for row in rows] == [len(line.cells) for line in lines]
    cells = ElementTree.fromstring(write(sketch, "mathml")).iter(f"{MATHML}mtd")
    walled = [cell for cell in cells if "border:1px" in (cell.get("style") or "")]
    assert len(walled) == sum(len(line.cells) for line in lines)
    assert write(sketch, "spoken").count(":") >= len(lines)


def test_whole_plots_are_parted_by_a_double_wall() -> None:
    sketch = split_plot(2, 3, 2).layout()
    assert r"\begin{array}{|r|c|c|c||c|c|c|} \hline" in write(sketch, "latex")
    assert write(sketch, "mathml").count("4px double") == 2
    assert "table.vline(x: 4" in write(sketch, "typst")


def test_the_columns_of_a_square_have_titles() -> None:
    sketch = latin_square(3).layout()
    assert r" & \text{c1} & \text{c2} & \text{c3} \\ \hline" in write(sketch, "latex")
    assert write(sketch, "spoken").startswith("columns: c1, c2, c3.")


def test_relations_are_sums_of_columns() -> None:
    found = split_plot(2, 2, 2).null_space()
    assert r"\text{$\tau_i = \sum _j (\tau\alpha)_{ij}$}" in write(found, "latex")
    assert "- $\\mu = \\sum _i \\tau_i$" in write(found, "markdown").split("\n")
    assert "mu equals the sum over i of tau sub i" in write(found, "spoken")
