"""A model at a glance: what it is, its equation, its matrices with their shapes, E(y) and Var(y)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from tutor.algebra.applied import Indexed
from tutor.algebra.indices import Total
from tutor.algebra.nodes import BlockDiagonal, Expectation, Explicit, Scalar, Variance
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.models.equation import dimensions, index_lines
from tutor.models.meanings import elements_in_words
from tutor.models.spelling import spell
from tutor.models.statement_lines import Line, Statement, aligned, displayed, plain, stacked
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.layout import display_width
from tutor.notation.writing.line_breaks import paragraph, sentences
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import in_lines
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LECTURE = Style()

MOST_BLOCKS = 4
"""Blocks of V that are written beside each other."""

WIDEST_TITLE = 72
"""Characters of a line of the headline in a display."""

MARGIN = 2
"""Columns by which the lines below the headline are set in."""


def card_unicode(model: MixedModel, style: Style = LECTURE, width: int | None = None) -> str:
    """The card for a terminal; in lines of at most ``width`` columns wherever they can be broken."""
    pen = Pen(UNICODE, style)
    sections = [plain(index_lines(model, pen), pen), _moments_unicode(model, pen, width)]
    words = glossary(model, pen)
    if words:
        sections.insert(1, words)
    if model.remarks:
        sections.append("\n".join(f"Note: {remark}" for remark in model.remarks))
    body = "\n\n".join(sections)
    lines = [f"  {line}" if line else "" for line in body.split("\n")]
    if width is None:
        return "\n".join([headline(model, pen), "", *lines])
    broken = [part for line in lines for part in paragraph(line, width)]
    # The number of observations is not parted from its name.
    title = [line.replace("\0", " ") for line in sentences(headline(model, pen).replace(" = ", "\0=\0"), width)]
    return "\n".join([*title, "", *broken])


def card_latex(model: MixedModel, style: Style = LECTURE) -> str:
    """The formulas of the card, for display mathematics."""
    pen = Pen(LATEX, style)
    return aligned(displayed(partial(_lines, model), pen))


def card_markdown(model: MixedModel, style: Style = LECTURE) -> str:
    """The card with its mathematics between double dollar signs."""
    words = glossary(model, Pen(UNICODE, style))
    below = "".join(f"\n\n{escaped(told)}" for told in (words, *(f"Note: {each}" for each in model.remarks)) if told)
    return f"{escaped(headline(model, Pen(UNICODE, style)))}\n\n$$\n{card_latex(model, style)}\n$${below}"


def card_display(model: MixedModel, pen: Pen) -> str:
    """The formulas of the card below what the model is, in a dialect that sets displays."""
    title = title_lines(headline(model, Pen(UNICODE, pen.style)), pen)
    return cast(Setting, pen.dialect).titled(title, stacked(displayed(partial(_lines, model), pen), (), pen))


def title_lines(headline: str, pen: Pen) -> str:
    """What a model is, above its formulas in a dialect that sets displays; in lines that a page has room for."""
    if pen.dialect is SPOKEN:
        return sentence(headline, pen.dialect)
    told = [sentence(line, pen.dialect, headline) for line in in_lines(headline, WIDEST_TITLE)]
    return told[0] if len(told) == 1 else cast(Setting, pen.dialect).stacked(told)


def _lines(model: MixedModel, pen: Pen) -> list[Line]:
    return [*index_lines(model, pen), _model_line(model, pen), *_moment_lines(model, pen)]


def glossary(model: MixedModel, pen: Pen) -> str:
    """What each name speaks of: "τ Variety, u Block", the block that Z repeats, and the elements of β."""
    told = [f"{spell(name, pen)} {column}" for name, column in model.index.glossary]
    for term in model.random:
        told += [f"{pen.whole(block)} the part of Z for one {term.group}" for block in symbols_of(term.matrix)]
    return "\n".join(filter(None, [",  ".join(told), elements_in_words(model)]))


def headline(model: MixedModel, pen: Pen) -> str:
    """What the model is, and the number of observations."""
    if size("n") in model.n.free_symbols:  # "n = n²" would be no help
        return f"{model.title}, {pen.whole(model.n)} observations"
    told = [f"n = {pen.whole(model.n)}"]
    for each in sorted(model.n.atoms(Total), key=str):
        summed = Indexed("sum", each.index, Scalar(ONE), Scalar(each.last), Scalar(each.letter))
        told.append(f"{pen.whole(each)} = {pen.whole(summed)}")
    return f"{model.title}, {', '.join(told)}"


def _model_line(model: MixedModel, pen: Pen) -> Line:
    assert model.y.definition is not None
    return Line((Statement(pen.whole(model.y), "=", pen.whole(model.y.definition)),))


def _moment_lines(model: MixedModel, pen: Pen) -> list[Line]:
    mean = Statement(pen.whole(Expectation(model.y)), "=", pen.whole(model.mean))
    forms = f" {pen.dialect.relation('=')} ".join(pen.whole(form) for form in variance_forms(model))
    return [Line((mean,)), Line((Statement(pen.whole(Variance(model.y)), "=", forms),))]


def _moments_unicode(model: MixedModel, pen: Pen, width: int | None) -> str:
    """The model, E(y) and Var(y); shapes and the variance in a second column, or below where there is no room."""
    mean, variance = (line.statements[0].written(pen) for line in _moment_lines(model, pen))
    left = [_model_line(model, pen).statements[0].written(pen), mean]
    shapes = dimensions(model, pen)
    column = max(map(len, left)) + 5
    lines = [f"{first:<{column}}{second}" for first, second in zip(left, [shapes, variance], strict=True)]
    if width is None or max(map(display_width, lines)) <= width - MARGIN:
        return "\n".join(lines)
    told: list[str] = []
    for shape in shapes.split(" · "):
        # A shape is not parted from its name.
        if told and display_width(f"{told[-1]} · {shape} ·") <= width - 2 * MARGIN:
            told[-1] += f" · {shape}"
        else:
            told = [*told[:-1], f"{told[-1]} ·", shape] if told else [shape]
    return "\n".join([left[0], *(" " * MARGIN + line for line in told), mean, variance])


def variance_forms(model: MixedModel) -> list[Tree]:
    """ZGZ' + R, then its closed form where the order of the rows gives one."""
    closed = model.V.closed_form()
    if isinstance(closed, BlockDiagonal) and len(closed.blocks) > MOST_BLOCKS:
        return [model.V]
    if closed == model.V or set(symbols_of(closed)) & set(model.symbols) or _has_cells(closed):
        return [model.V]
    return [model.V, closed]


def _has_cells(tree: Tree) -> bool:
    return any(isinstance(node, Explicit) for node in walk(tree))


def escaped(text: str) -> str:
    """Words as Markdown shows them."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>|#~" else c for c in text)
