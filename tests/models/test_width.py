"""What a model shows in a terminal keeps within its width, whatever the design, and nothing but blanks is lost."""

from __future__ import annotations

import re

import pytest

from tests.models.designs import CASES, Case
from tutor.models.equation import Form
from tutor.models.mixed import MixedModel
from tutor.models.written_equation import Equation
from tutor.notation.write import write
from tutor.notation.writing.layout import display_width

WIDTHS = (40, 60, 80, 100)
FORMS: tuple[Form, ...] = ("index", "distribution", "matrix")


def models(case: Case) -> list[MixedModel]:
    return [case.model, case.symbolic] if case.letters else [case.model]


def too_long(text: str, width: int) -> list[str]:
    """The lines that are longer than the width and have a blank at which they could have been parted."""
    return [line for line in text.split("\n") if display_width(line) > width and " " in line.strip()]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class Printer:
    """What IPython hands to an object that prints itself."""

    def __init__(self) -> None:
        self.shown = ""

    def text(self, text: str) -> None:
        self.shown += text

    def break_(self) -> None:
        self.shown += "\n"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_equations_and_their_glossary_keep_within_the_width(case: Case) -> None:
    for model in models(case):
        for equation in (*(model.equation(form) for form in FORMS), *(model.glossary(form) for form in FORMS)):
            for width in WIDTHS:
                text = equation.within(width)
                assert not too_long(text, width)
                assert squeezed(text) == squeezed(equation)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_variance_and_its_derivation_keep_within_the_width(case: Case) -> None:
    for model in models(case):
        things = [model.V, model.V.closed_form(), model.derive("Var(y)"), model]
        for width in WIDTHS:
            for thing in things:
                assert not too_long(write(thing, "unicode", width=width), width)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dimensions_in_brackets_are_not_parted_where_a_line_has_room(case: Case) -> None:
    for model in models(case):
        for line in model.glossary().within(80).split("\n"):
            assert line.count("(") == line.count(")")


def test_a_terminal_gets_lines_of_its_width_and_what_is_not_unicode_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    model = next(case for case in CASES if "split_plot" in str(case)).symbolic
    printer = Printer()
    model.equation("matrix")._repr_pretty_(printer, False)
    assert max(map(display_width, printer.shown.split("\n"))) <= 40
    assert "\n  · β" in printer.shown
    latex = model.equation("matrix", dialect="latex")
    assert isinstance(latex, Equation) and latex.within(40) == latex
