"""Block matrices at a terminal, between brackets that span their lines."""

from __future__ import annotations

import pytest

from tutor.models.catalogue import rcbd, split_plot
from tutor.notation.style import Style
from tutor.notation.write import write
from tutor.notation.writing.boxes import boxed
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.layout import display_width
from tutor.notation.writing.pen import Pen

PEN = Pen(UNICODE, Style())


def test_factors_stand_beside_the_middle_of_a_block_matrix() -> None:
    goal = rcbd(3, 4).henderson().derive("times the residual variance").goal
    assert boxed(goal, PEN, 80) == [
        "σ² ⎡ X'R⁻¹X     X'R⁻¹Z    ⎤",
        "   ⎣ Z'R⁻¹X  Z'R⁻¹Z + G⁻¹ ⎦",
    ]


def test_what_has_no_block_matrix_is_no_box() -> None:
    assert boxed(rcbd(3, 4).V, PEN, 80) is None


@pytest.mark.parametrize("width", [60, 80])
def test_many_blocks_have_dots_within_the_width(width: int) -> None:
    text = write(split_plot(3, 2, 4).henderson().derive("times the residual variance"), "unicode", width=width)
    assert max(map(display_width, text.split("\n"))) <= width
    assert "…" in text and "⎢" in text


def test_long_blocks_have_names_below_the_matrix() -> None:
    lines = write(split_plot(3, 2, 4).blup.derive("estimate"), "unicode", width=80).split("\n")
    at = next(number for number, line in enumerate(lines) if "⎣" in line and "B_21" in line)
    assert lines[at].endswith("⎦") and lines[at + 1].strip().startswith("B_21 = ")
