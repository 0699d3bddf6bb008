"""Tables keep within a terminal's width, cell by cell, and lose nothing but blanks."""

from __future__ import annotations

import pytest

from tutor.covariance import table
from tutor.data import path
from tutor.models.catalogue import rcbd, split_plot
from tutor.models.from_formula import model
from tutor.notation.write import unicode, write
from tutor.notation.writing.columns import Formula, in_columns
from tutor.notation.writing.layout import display_width

LINES = [
    ["source", "E(MS)", "meaning"],
    ["block", Formula("σ² + t σ²_u"), "a block has all treatments"],
    ["residual", Formula("σ²"), ""],
]


def test_what_has_room_stands_side_by_side() -> None:
    assert in_columns(LINES).split("\n")[1] == "block     σ² + t σ²_u  a block has all treatments"
    assert in_columns(LINES, 80) == in_columns(LINES)


def test_the_widest_column_gives_way_first() -> None:
    assert in_columns(LINES, 36).split("\n") == [
        "source    E(MS)        meaning",
        "block     σ² + t σ²_u  a block has",
        "                       all",
        "                       treatments",
        "residual  σ²",
    ]


def test_a_formula_is_broken_before_its_signs() -> None:
    assert in_columns([line[:2] for line in LINES], 19).split("\n")[1:3] == ["block     σ²", "          + t σ²_u"]


def test_what_cannot_be_made_narrow_is_several_tables_with_the_first_column_in_each() -> None:
    lines = [["source", "df", "F"], ["block:A", "(a−1)(r−1)", "MS_{block:A}/MS_residual"]]
    assert in_columns(lines, 34).split("\n") == [
        "source   df",
        "block:A  (a−1)(r−1)",
        "",
        "source   F",
        "block:A  MS_{block:A}/MS_residual",
    ]


OATS = model("yield ~ Variety + nitro + (1 | Block/Variety)", path("oats.csv"))
TABLES = {
    "structures": table(),
    "analysis of variance": split_plot("a", "b", "r").anova(),
    "strata": split_plot("a", "b", "r").strata(),
    "standard error": split_plot("a", "b", "r").se_difference("A"),
    "analysis of data": OATS.anova(),
    "fit": OATS.fit(),
    "eigenvalues": rcbd("t", "b").V.eigenvalues(),
}


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("thing", TABLES.values(), ids=TABLES)
def test_a_table_keeps_within_the_width(thing: object, width: int) -> None:
    told = write(thing, "unicode", width=width)
    assert max(map(display_width, told.split("\n"))) <= width
    assert set("".join(unicode(thing).split())) == set("".join(told.split()))


def test_formulas_that_would_be_in_many_short_lines_have_a_table_of_their_own() -> None:
    told = write(split_plot("a", "s", "r").strata(), "unicode", width=60)
    assert "whole plots          (1/s) (I_r ⊗ (I_a − (1/a) J_a) ⊗ J_s)" in told
    assert told.count("stratum") == 2
