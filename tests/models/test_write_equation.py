"""The equations of a model, and its named matrices, as things that every dialect writes."""

from __future__ import annotations

import pickle
from typing import get_args

import pytest

import tutor
from tutor import Style, rcbd
from tutor.errors import TutorError
from tutor.models.equation import Form
from tutor.notation.write import DialectName, shown, write

MODEL = rcbd(treatments=3, blocks=2)
DIALECTS = get_args(DialectName)


@pytest.mark.parametrize("form", get_args(Form))
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("where", [False, True])
def test_an_equation_is_written_in_any_dialect(form: Form, dialect: DialectName, where: bool) -> None:
    asked = MODEL.equation(form, dialect, where=where)
    for made_in in ("unicode", "latex", "typst"):
        assert write(MODEL.equation(form, made_in, where=where), dialect) == asked


@pytest.mark.parametrize("dialect", DIALECTS)
def test_it_keeps_its_own_style_and_takes_another(dialect: DialectName) -> None:
    style = Style(random="b", transpose="T")
    assert write(MODEL.equation("matrix", style=style), dialect) == MODEL.equation("matrix", dialect, style=style)
    assert write(MODEL.equation("matrix"), dialect, style) == MODEL.equation("matrix", dialect, style=style)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_glossary_is_written_in_any_dialect(dialect: DialectName) -> None:
    assert write(MODEL.glossary("matrix"), dialect) == MODEL.glossary("matrix", dialect)


def test_out_of_a_pickle_it_has_its_own_dialects_only() -> None:
    kept = pickle.loads(pickle.dumps(MODEL.equation("index")))  # noqa: S301
    assert write(kept, "unicode") == MODEL.equation("index")
    assert write(kept, "latex") == MODEL.equation("index", "latex")
    with pytest.raises(TutorError, match="without its model"):
        write(kept, "typst")


@pytest.mark.parametrize(("dialect", "pieces"), [
    ("mathml", ["<mi>𝐙</mi>", "<mo>=</mo>", "<mtext>block&#xA0;1</mtext>"]),
    ("typst", ["upright(bold(Z)) = #table(columns: 3", '[$"block 2"$]', "[$1$], [$0$]"]),
    ("spoken", ["Z equals columns: block 1, block 2.", "y sub 1 1 tau 1 b1: 1, 0."]),
    ("latex", [r"\mathbf{Z} = \begin{array}", r"\text{block 1}"]),
])  # fmt: skip
def test_a_labelled_matrix_is_shown_with_its_entries(dialect: DialectName, pieces: list[str]) -> None:
    told = shown(MODEL.Z, dialect)
    assert all(piece in told for piece in pieces), told


def test_what_has_no_numbers_is_shown_by_what_it_stands_for() -> None:
    lettered = tutor.rcbd(treatments="t", blocks="b")
    assert shown(lettered.Z, "typst") == "$ upright(bold(Z)) = upright(bold(I))_(b) ⊗ upright(bold(1))_(t) $"
