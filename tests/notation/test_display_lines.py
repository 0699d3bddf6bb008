"""Formulas wider than a page, in every dialect that sets displays: broken at the same places, and nothing lost."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import sympy

import tutor
from tutor.algebra.nodes import Explicit
from tutor.algebra.tree import Tree
from tutor.models.catalogue import crossed, latin_square, nested, rcbd, repeated_measures
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.write import latex, shown, write
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.display_lines import lines_in, side_lines
from tutor.notation.writing.latex_lines import breaks_of
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.mathml_lines import MathMlParts
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.typst import TYPST
from tutor.notation.writing.typst_lines import TypstParts

FORMULAS: dict[str, Tree] = {
    "inverse": crossed(3, 4, 2).V.inv().closed_form(),
    "determinant": nested("a", "b", "n").V.det().closed_form(),
    "prediction": nested(3, 2, 2).blup.derive("estimate").result,
    "with letters": rcbd("t", "b").blup.derive("prediction error variance").result,
    "log-likelihood": next(
        part.result
        for part in repeated_measures(4, 3, 2, side="G").loglik("ML").parts
        if isinstance(part, tutor.Derivation)
    ),
}


def _written(tree: Tree) -> tuple[str, str, str]:
    style = Style()
    return Pen(LATEX, style).whole(tree), Pen(TYPST, style).whole(tree), Pen(MATHML, style).whole(tree)


def _letters(mathml: str) -> str:
    return "".join(ElementTree.fromstring(f"<mrow>{mathml}</mrow>").itertext()).replace(" ", "")


@pytest.mark.parametrize("tree", FORMULAS.values(), ids=FORMULAS)
def test_a_line_may_end_at_the_same_places_in_all_dialects(tree: Tree) -> None:
    tex, typst, mathml = _written(tree)
    told = [(each.depth, each.kind) for each in breaks_of(tex)]
    assert [(each.depth, each.kind) for each in TypstParts(typst).breaks] == told
    assert [(each.depth, each.kind) for each in MathMlParts(mathml).breaks] == told


@pytest.mark.parametrize("room", [12, 30])
@pytest.mark.parametrize("tree", FORMULAS.values(), ids=FORMULAS)
def test_lines_hold_all_that_the_formula_holds(tree: Tree, room: float) -> None:
    tex, typst, mathml = _written(tree)
    lines = lines_in(MATHML, mathml, tex, room)
    assert "".join(map(_letters, lines)) == _letters(mathml)
    whole = re.sub(r"\s", "", typst)
    told = "".join(lines_in(TYPST, typst, tex, room)).replace('quad quad "" ', "").replace("quad quad", "")
    assert re.sub(r"\s|\\", "", told) == whole.replace("\\", "")
    assert lines_in(SPOKEN, "as it is", tex, room) == ["as it is"]


def test_what_is_broken_starts_with_its_sign() -> None:
    tex, typst, mathml = _written(FORMULAS["inverse"])
    counts = [len(lines_in(*given, tex)) for given in ((LATEX, tex), (TYPST, typst), (MATHML, mathml))]
    assert counts[0] > 1 and len(set(counts)) == 1
    assert lines_in(TYPST, typst, tex)[1].startswith('quad quad "" −')
    assert lines_in(MATHML, mathml, tex)[1].startswith(f'{MATHML.inset}<mo form="infix">−</mo>')


def test_brackets_that_are_parted_in_mathml_and_typst_are_closed_on_the_last_line() -> None:
    tree = read(r"(\mathbf{A} + \mathbf{B})^{-1}\mathbf{y}", shape=None).tree
    assert tree is not None
    tex, typst, mathml = _written(tree)
    assert lines_in(TYPST, typst, tex, 3)[0].startswith(r"\(")
    first, second = lines_in(MATHML, mathml, tex, 3)
    assert first.count("(") == 1 and "<msup><mo" in second


def test_a_long_block_has_a_name_in_each_dialect() -> None:
    tree = FORMULAS["prediction"]
    for dialect in (LATEX, TYPST, MATHML):
        first, *more = side_lines(tree, Pen(dialect, Style()), 30)
        name = dialect.name("B_21", bold=True)
        assert name in first and any(name in line for line in more)


@pytest.mark.parametrize("dialect", ["latex", "typst"])
def test_entries_wider_than_a_page_are_told_by_the_block_that_repeats(dialect: str) -> None:
    entries = Explicit(rcbd(3, 4).V.explicit())
    block = Explicit(sympy.ImmutableDenseMatrix(entries.matrix[:3, :3]))
    told = write(entries, dialect)  # pyright: ignore[reportArgumentType]
    assert write(tutor.kron(tutor.identity(4), block), dialect) == told  # pyright: ignore[reportArgumentType]


def test_the_block_that_repeats_reads_back() -> None:
    model = rcbd(3, 4)
    found = read(latex(model.V.explicit()), model.vocabulary).tree
    assert found is not None and found.explicit() == model.V.explicit()


def test_entries_without_such_a_block_are_all_written_and_shown_with_dots() -> None:
    V = Explicit(latin_square(4).V.explicit())
    assert latex(V).count("&") == 15 * 16
    assert latex_width(shown(V, "latex")) <= PAGE and r"\ddots" in shown(V, "latex")


def test_a_formula_wider_than_a_page_reads_back() -> None:
    model = crossed(3, 4, 2)
    told = latex(model.V.inv().closed_form())
    assert told.startswith(r"\begin{aligned}")
    whole = Pen(LATEX, Style()).whole(model.V.inv().closed_form())
    assert read(told, model.vocabulary).tree == read(whole, model.vocabulary).tree
