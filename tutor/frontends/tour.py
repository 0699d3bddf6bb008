"""The whole path on a real experiment: model, matrices, derivation, closed form, two answers judged, a document."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from tutor.checking.check import check
from tutor.data import path
from tutor.frontends import markdown
from tutor.frontends.document import MARK, display, document
from tutor.frontends.files import write_whole
from tutor.models.equation import Form
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, matrix_table, write
from tutor.notation.writing.line_breaks import sentences

FORMULA = "yield ~ Variety + factor(nitro) + (1 | Block/Variety)"
SOURCE = "Yates (1935), Complex experiments, Supplement to the Journal of the Royal Statistical Society 2, 181–247"
ANSWERS = (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", r"\mathbf{Z}\mathbf{G}\mathbf{Z}'")
"""A right one and a wrong one, as a student would type them."""

FORMS: tuple[tuple[Form, str], ...] = (
    ("index", "by index"),
    ("distribution", "by distribution"),
    ("matrix", "in matrices"),
)
WIDTH = 100
NARROWEST = 60
ROWS_SHOWN = 7


def tour(out: Path) -> None:
    """Print the tour and write its LaTeX document to ``out``.

    Raises
    ------
    FileError
        When the document cannot be written.
    """
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    width = max(NARROWEST, min(WIDTH, console.width))
    oats = model(FORMULA, data=str(path("oats.csv")))
    derivation = oats.derive("Var(y)")
    written = write_whole(out, tour_document(oats), mark=MARK)

    def section(title: str) -> None:
        console.print("\n" + _within(title, width), style="bold")

    section(
        f"Yates' oats: {oats.n} plots, 3 varieties on whole plots, 4 amounts of nitrogen on their quarters, 6 blocks"
    )
    console.print(_within(f"  {SOURCE}", width))
    console.print(_within(f'  model("{FORMULA}", data="oats.csv")', width))
    for form, told in FORMS:
        section(f"The model {told}")
        console.print(_indented(write(oats.equation(form), "unicode", width=width - 2)))
    for matrix in (oats.X, oats.Z):
        if matrix is not None:
            section(f"{matrix}, with its labels")
            console.print(matrix_table(matrix, width, ROWS_SHOWN))
    section("The variance of y, step by step")
    console.print(_indented(write(derivation, "unicode", width=width - 2)))
    section("Its closed form")
    console.print(f"  V = {write(oats.V.closed_form(), 'unicode')}")
    for answer in ANSWERS:
        section(f"An answer: {markdown.terminal(f'${answer}$')}")
        console.print(_within(_indented(str(check(answer, oats.V))), width))
    section(f"All of this in LaTeX: {written}")
    console.print("  pdflatex compiles it.")
    section("Try next")
    console.print("""  tutor check "GZZ' + R" --reference "Var(y)" --design rcbd:2,3""")


def tour_document(oats: MixedModel) -> str:
    """The tour as a LaTeX document."""
    parts = [markdown.latex(f"{SOURCE}.\n\nThe model `{FORMULA}`.")]
    for form, told in FORMS:
        parts += [rf"\textbf{{The model {told}}}", rf"{{\small\[ {oats.equation(form, dialect='latex')} \]}}"]
    parts += [r"\textbf{The variance of $\mathbf{y}$, step by step}", display(oats.derive("Var(y)"))]
    parts += [r"\textbf{Its closed form}", rf"\[ \mathbf{{V}} = {latex(oats.V.closed_form())} \]"]
    return document("Yates' oats", parts, footer="tutor tour")


def _within(text: str, width: int) -> str:
    """Lines of words broken between them; a line goes on two columns further in."""
    lines: list[str] = []
    for line in text.split("\n"):
        margin = " " * (len(line) - len(line.lstrip(" ")))
        first, *more = sentences(line.lstrip(" "), width - len(margin) - 2) or [""]
        lines += [margin + first, *(f"{margin}  {further}" for further in more)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
