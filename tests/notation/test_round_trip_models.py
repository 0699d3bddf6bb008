"""What the program writes of its own designs and models reads back: quantities, every line of a derivation, the names
of long blocks with what they stand for, and the three forms of a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.canonical import canonical
from tests.notation.test_round_trip import ALL_MODELS, ALL_STYLES, MODELS, WRITERS, meaning
from tutor.algebra.nodes import Block, Explicit, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.errors import TutorError
from tutor.models.catalogue import generalized_rcbd, rcbd, split_plot
from tutor.models.mixed import MixedModel
from tutor.notation.read import read
from tutor.notation.statement import Equation, Expression
from tutor.notation.write import Style, inline
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.display_lines import side_lines
from tutor.notation.writing.pen import Pen

QUANTITIES = [
    *("y", "X", "Z", "beta", "u", "e", "G", "R", "V", "betahat", "uhat", "V^-1", "det(V)", "E(y)", "E(y|u)"),
    *("Var(y)", "Var(u)", "Var(y|u)", "Var(betahat)", "Var(uhat - u)", "Cov(u, y)", "ybar_1.", "Var(ybar_1.)"),
    *("Var(y_11)", "Cov(y_11, y_12)"),
]
"""What a model is asked for; one that has no such thing says so, and another model has it."""

MOST_ENTRIES = 150
"""Of matrices of entries in a line; tests of their own write and read larger ones."""

MOST_CHARACTERS = 1_500
"""Of a line: what nobody reads in one is written in several, which have a test of their own."""

NARROW = 30.0
"""Ems of a line in which most block matrices have no room."""


def lines_of(model: MixedModel) -> Iterator[Tree]:
    """The lines of all derivations of a model."""
    for quantity in QUANTITIES:
        try:
            derivation = model.derive(quantity)
        except TutorError:
            continue
        for line in derivation.lines:
            entries = sum(len(node.matrix) for node in walk(line) if isinstance(node, Explicit))
            is_in_words = inline(line).startswith("the ")  # "the 72 × 2 matrix", of one that no line can show
            if entries <= MOST_ENTRIES and len(inline(line)) <= MOST_CHARACTERS and not is_in_words:
                yield line


@pytest.mark.slow
@pytest.mark.parametrize("model", ALL_MODELS.values(), ids=ALL_MODELS)
def test_every_line_of_every_derivation_reads_back(model: MixedModel) -> None:
    """In the style of the lecture: that of each tree is drawn for all kinds of trees elsewhere."""
    assert_lines_read_back(model, Style())


@pytest.mark.parametrize("style", ALL_STYLES, ids=repr)
@pytest.mark.parametrize("name", ["rcbd", "fixed blocks"])
def test_every_line_of_a_derivation_reads_back(name: str, style: Style) -> None:
    assert_lines_read_back(MODELS[name], style)


def assert_lines_read_back(model: MixedModel, style: Style) -> None:
    """A derivation has names of its own, P_V and k, which its first line or a reason explains."""
    for line in lines_of(model):
        words = model.vocabulary.with_names(line).in_style(style)
        for writer in WRITERS.values():
            text = writer(line, style)
            found = read(text, words, shape=line.shape).tree
            assert found is not None
            assert canonical(found) == canonical(line), text


WITH_LONG_BLOCKS = {
    "rcbd with samples": rcbd(3, 2, samples=2),
    "generalized": generalized_rcbd(3, 2, 2),
    "split plot": split_plot(2, 3, 2),
}


@pytest.mark.parametrize("style", [Style(), Style(bold=False), Style(dimensions=True, brackets="round")], ids=repr)
@pytest.mark.parametrize("model", WITH_LONG_BLOCKS.values(), ids=WITH_LONG_BLOCKS)
def test_long_blocks_read_back_by_their_names(model: MixedModel, style: Style) -> None:
    """B_12 is no name of the model: the lines below the formula tell what it stands for."""
    named = 0
    for line in lines_of(model):
        lines = side_lines(line, Pen(LATEX, style), NARROW)
        if not (any(isinstance(node, Block) for node in walk(line)) and " = " in lines[-1] + "".join(lines[1:])):
            continue
        named += 1
        text = " \\\\\n".join(lines)
        first, *below = read(text, model.vocabulary.with_names(line).in_style(style)).parts
        assert isinstance(first, Expression)
        blocks = {part.sides[0]: part.sides[1] for part in below if isinstance(part, Equation)}
        assert len(blocks) == len(below)
        assert canonical(with_blocks(first.tree, blocks)) == canonical(line), text
    assert named


def with_blocks(tree: Tree, blocks: dict[Tree, Tree]) -> Tree:
    """A formula with blocks in the place of their names."""
    return transform(tree, lambda node: blocks.get(node) if isinstance(node, Symbol) else None)


@pytest.mark.parametrize("text", [r"\mathbf{V} = \mathbf{Q} + \mathbf{R}", r"\mathbf{Q}", r"\mathbf{Q} = \mathbf{R}"])
def test_a_name_that_nothing_explains_is_a_slip_in_a_model(text: str) -> None:
    with pytest.raises(TutorError, match="no name of this model"):
        read(text, MODELS["rcbd"].vocabulary)


ON_PAGES = [*(("latex", style) for style in ALL_STYLES), ("markdown", Style())]
"""Markdown is LaTeX between dollar signs."""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["index", "distribution", "matrix"])
@pytest.mark.parametrize(("dialect", "style"), ON_PAGES, ids=repr)
@pytest.mark.parametrize("model", ALL_MODELS.values(), ids=ALL_MODELS)
def test_the_three_forms_read_back_from_a_page(model: MixedModel, style: Style, dialect: Any, form: Any) -> None:
    if style.random != "u" and style.random in model.vocabulary.families:
        pytest.skip(f"The model has effects {style.random} of its own, so that no reader can tell them from u.")
    wanted = meaning(read(model.equation(form, "latex"), model.vocabulary).parts)
    words = model.vocabulary.in_style(style)
    assert meaning(read(model.equation(form, dialect, style=style), words).parts) == wanted
