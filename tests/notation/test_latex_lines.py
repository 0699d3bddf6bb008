"""Displays in LaTeX stay within the page: long sides are broken, and what is broken reads back."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Product
from tutor.models.catalogue import crossed, rcbd, split_plot
from tutor.models.mixed import MixedModel
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import latex
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.latex_columns import LatexCell, fitted_cells
from tutor.notation.writing.latex_lines import latex_lines
from tutor.notation.writing.latex_width import latex_width
from tutor.notation.writing.pen import Pen

TEXT_WIDTH = 460.6
"""Points of a line of an A4 page with margins of 2.4 cm."""

FONT = 10.95
"""Points of an em at 11 points."""

SHOWN = {
    "derivation": lambda: rcbd("t", "b").derive("E(MS_block)"),
    "inverse": lambda: crossed(3, 4, 2).derive("V^-1"),
    "estimator": lambda: rcbd(3, 4).blup,
    "equations": lambda: rcbd(3, 4).henderson(),
    "likelihood": lambda: split_plot(2, 3, 4).loglik("REML"),
}


def test_a_sum_is_broken_before_a_sign_that_keeps_its_room() -> None:
    assert latex_lines(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", 4) == [
        r"\mathbf{Z}\mathbf{G}\mathbf{Z}'",
        r"\qquad {}+ \mathbf{R}",
    ]


def test_brackets_that_are_parted_have_one_size() -> None:
    first, second = latex_lines(r"c \left(\frac{a}{b} \mathbf{A} + \frac{c}{d} \mathbf{B}\right)\mathbf{y}", 5)
    assert first.startswith(r"c \biggl(") and second.endswith(r"\mathbf{B}\biggr)\mathbf{y}")


@pytest.mark.parametrize(
    "text",
    [r"\begin{bmatrix} a + b & c + d \end{bmatrix}", r"x_{i + j + k}", r"\frac{a + b + c}{d + e + f}", r"-\mathbf{A}"],
)
def test_what_is_one_piece_is_not_parted(text: str) -> None:
    assert latex_lines(text, 1) == [text]


@pytest.mark.parametrize("room", [8, 20])
def test_broken_lines_read_back(room: float) -> None:
    model = crossed(3, 4, 2)
    whole = Pen(LATEX, Style()).whole(model.V.inv().closed_form())
    lines = latex_lines(whole, room)
    display = "\\begin{aligned} &" + " \\\\ &".join(lines) + "\\end{aligned}"
    assert len(lines) > 1 and read(display, model.vocabulary).tree == read(whole, model.vocabulary).tree


def test_a_wide_goal_has_a_line_of_its_own() -> None:
    rows = latex(rcbd(3, 4).henderson()).split("\n")
    assert rows[1].startswith(r"& \begin{bmatrix}") and rows[2].startswith(r"&\quad = ")


@pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is missing: on Debian, apt-get install texlive-latex-recommended lmodern",
)
@pytest.mark.slow
def test_displays_are_no_wider_than_the_page_and_as_wide_as_is_estimated(tmp_path: Path) -> None:
    shown = {name: latex(make()) for name, make in SHOWN.items()}
    boxes = [rf"\setbox0\hbox{{$\displaystyle {text}$}}\typeout{{WIDTH \the\wd0}}" for text in shown.values()]
    preamble = r"\documentclass[11pt]{article}\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage{amsmath}"
    source = tmp_path / "shown.tex"
    source.write_text("\n".join([preamble, r"\begin{document}", *boxes, r"\end{document}"]), encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name],
        cwd=tmp_path, capture_output=True, encoding="utf-8", errors="replace", check=True,
    )  # fmt: skip
    widths = [float(points) for points in re.findall(r"WIDTH ([\d.]+)pt", done.stdout)]
    assert len(widths) == len(shown) and max(widths) <= TEXT_WIDTH
    for text, width in zip(shown.values(), widths, strict=True):
        assert latex_width(text) * FONT == pytest.approx(width, rel=0.15)


def test_a_number_before_a_vector_of_ones_does_not_run_into_it() -> None:
    model: MixedModel = split_plot(2, 3, 4)
    assert r"12 \cdot \mathbf{1}_2'" in latex(model.henderson())


def test_blocks_that_are_too_long_have_names() -> None:
    shown = latex(split_plot(2, 3, 4).blup)
    assert r"& \mathbf{B}_{12} \\ \mathbf{B}_{21} & \mathbf{B}_{22} \end{bmatrix}" in shown
    assert r"\qquad \mathbf{B}_{12} = \frac{3\sigma^2_u \sigma^2_v}" in shown


def test_the_widest_columns_of_a_table_stand_in_lines() -> None:
    rows = [[LatexCell("a"), LatexCell("", "words " * 30)], [LatexCell("b + c"), LatexCell("", "few")]]
    (first, long), second = fitted_cells(rows)
    assert first == "a" and second == ["b + c", r"\text{few}"] and latex_width(long) <= 40
    assert long.startswith(r"\begin{array}{@{}l@{}}") and long.count(r"\text{words") > 1


def test_a_line_that_goes_on_with_a_factor_in_brackets_has_the_sign_of_a_product() -> None:
    """Without it the brackets would be a formula of their own."""
    factors = (Applied("hadamard", tuple(symbol(f"{letter}_{n}", 3, 3) for n in range(1, 11))) for letter in "AB")
    tree = Product(tuple(factors))
    told = latex(tree)
    assert r"\qquad {}\cdot (\mathbf{B}_1" in told
    assert read(told, Vocabulary.of(tree)).tree == tree
