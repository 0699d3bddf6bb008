"""The sketch of a field in LaTeX, Markdown and the dialects that set displays: an array with walls for each frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tutor.models.field_grid import Grid, Line
from tutor.models.field_sketch import FieldSketch, parted
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.write_table import apart, apart_latex

LECTURE = Style()


@written.register
def write_sketch(sketch: FieldSketch, pen: Pen) -> Piece:
    """The lines one after the other, as a sentence holds them."""
    told = [_told(sketch.grid, line, ", ".join(cell.text for cell in line.cells)) for line in sketch.grid.lines]
    return Piece(pen.dialect.verbatim("; ".join(told)))


def _told(grid: Grid, line: Line, cells: str) -> str:
    label = grid.line_label(line)
    return f"{label}: {cells}" if label else cells


def _fitted(sketch: FieldSketch, style: Style, width: int) -> str:
    return "\n".join(sketch.lines(width))


def _arrays(sketch: FieldSketch) -> list[str]:
    """An array for each frame."""
    return [_array(sketch.grid, frame) for frame in sketch.grid.frames]


def _array(grid: Grid, frame: Sequence[Line]) -> str:
    longest = max(frame, key=lambda line: len(line.cells))
    walls = "".join("c||" if parted(longest, number) else "c|" for number in range(len(longest.cells)))
    titles = grid.column_labels
    lines = [["", *titles]] if titles is not None else []
    lines += [[grid.line_label(line), *(cell.text for cell in line.cells)] for line in frame]
    # MathJax knows no \cline, so that the rules go below the labels too.
    rows = [" & ".join(map(_words, line)) + r" \\ \hline" for line in lines]
    return "\n".join([rf"\begin{{array}}{{|r|{walls}}} \hline", *rows, r"\end{array}"])


def _words(text: str) -> str:
    return rf"\text{{{text_to_latex(text)}}}" if text else ""


def _latex(sketch: FieldSketch, style: Style = LECTURE) -> str:
    notes = [_words(sketch.grid.note)] if sketch.grid.note else []
    return apart_latex([*_arrays(sketch), *notes])


def _markdown(sketch: FieldSketch, style: Style = LECTURE) -> str:
    notes = [sketch.grid.note] if sketch.grid.note else []
    return "\n\n".join([*(f"$$\n{array}\n$$" for array in _arrays(sketch)), *notes])


def _display(sketch: FieldSketch, pen: Pen) -> str:
    grid, setting = sketch.grid, cast(Setting, pen.dialect)
    displays: list[str] = []
    for frame in grid.frames:
        longest = max(frame, key=lambda line: len(line.cells))
        walls = [number for number in range(len(longest.cells)) if parted(longest, number)]
        rows = [(sentence(grid.line_label(line), setting), [sentence(cell.text, setting) for cell in line.cells])
                for line in frame]  # fmt: skip
        displays.append(setting.framed([sentence(title, setting) for title in grid.column_labels or ()], rows, walls))
    notes = [sentence(grid.note, setting)] if grid.note else []
    return apart([*displays, *notes], pen)


unicode.register(FieldSketch, lambda sketch, style=LECTURE: str(sketch))
fitted.register(FieldSketch, _fitted)
latex.register(FieldSketch, _latex)
markdown.register(FieldSketch, _markdown)
display.register(FieldSketch, _display)
