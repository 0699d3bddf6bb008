"""A generalized model at a glance: what it is, its equation, its conditional and its marginal moments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.card import escaped, title_lines
from tutor.models.card import headline as linear_headline
from tutor.models.glmm.forms import conditional_line, element, index_lines
from tutor.models.glmm.moments import domain, exists, missing
from tutor.models.statement_lines import Line, Statement, aligned, displayed, plain, stacked
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.line_breaks import paragraph, sentences
from tutor.notation.writing.pen import Pen

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

LECTURE = Style()


def headline(model: GeneralizedModel) -> str:
    """The family and the link, then what the design or the formula is."""
    kind = "mixed model" if model.linear.random else "linear model"
    link = f"{model.link.key} link{' (canonical)' if model.link.key == model.family.canonical else ''}"
    return f"{_capital(model.family.key)} {kind}, {link}. {linear_headline(model.linear, Pen(UNICODE, LECTURE))}"


def _capital(words: str) -> str:
    """Words that begin a sentence; a letter that is a name, as t, stays small."""
    return words[0].upper() + words[1:] if words[:1].isascii() and words[1:2].isalpha() else words


def marginal_lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    """E(y_ij) and Var(y_ij) in closed form, where they have one."""
    found: list[Line] = []
    if not model.linear.random:
        return found
    for moment in ("E", "Var"):
        result, goal = _result(model, f"{moment}({element(model, 'y')})")
        if isinstance(result, Scalar):
            found.append(Line((Statement(pen.whole(goal), "=", pen.whole(result)),)))
    return found


def _result(model: GeneralizedModel, what: str) -> tuple[Tree | None, Tree | None]:
    """The last line and the goal of a derivation; of any observation where letters cannot tell one."""
    try:
        derivation = model.derive(what)
    except TutorError:
        return None, None
    return derivation.result, derivation.goal


def notes(model: GeneralizedModel) -> list[str]:
    """What a reader of the linear model must know of this one, in words."""
    told = [f"{_capital(model.family.note)}."] if model.family.note else []
    lacking = [each for each in (missing(model, "E"), missing(model, "Var")) if each is not None]
    told += lacking
    if model.linear.random and not lacking and not marginal_lines(model, Pen(UNICODE, LECTURE)):
        by_points = "has no closed form: value('E(y)', …) takes it by quadrature"
        none = "does not exist: 1/η has none when η is normal"
        told.append(f"E(y) {by_points if model.link.has_mean else none}.")
    if exists(model, "E") is not None:
        told.append(f"The mean exists for {exists(model, 'E')}, the variance for {exists(model, 'Var')}.")
    granted = domain(model)
    if model.linear.random and granted is not None:
        told.append(f"E(y) and Var(y) take for granted {granted}.")
    return [*told, "There is no ε: the family tells how y varies given u." if model.linear.random else
            "There is no ε: the family tells how y varies."]  # fmt: skip


def _lines(model: GeneralizedModel, pen: Pen) -> list[Line]:
    return [*index_lines(model, pen), conditional_line(model, pen), *marginal_lines(model, pen)]


def card_unicode(model: GeneralizedModel, style: Style = LECTURE, width: int | None = None) -> str:
    """The card for a terminal; in lines of at most ``width`` columns wherever they can be broken."""
    pen = Pen(UNICODE, style)
    moments = [conditional_line(model, pen), *marginal_lines(model, pen)]
    sections = [plain(index_lines(model, pen), pen), plain(moments, pen), "\n".join(notes(model))]
    body = [f"  {line}" if line else "" for line in "\n\n".join(sections).split("\n")]
    if width is None:
        return "\n".join([headline(model), "", *body])
    broken = [part for line in body for part in paragraph(line, width)]
    title = [line.replace("\0", " ") for line in sentences(headline(model).replace(" = ", "\0=\0"), width)]
    return "\n".join([*title, "", *broken])


def card_latex(model: GeneralizedModel, style: Style = LECTURE) -> str:
    """The formulas of the card, for display mathematics."""
    pen = Pen(LATEX, style)
    return aligned(displayed(partial(_lines, model), pen))


def card_markdown(model: GeneralizedModel, style: Style = LECTURE) -> str:
    """The card with its mathematics between double dollar signs."""
    words = " ".join(notes(model))
    return f"{escaped(headline(model))}\n\n$$\n{card_latex(model, style)}\n$$\n\n{escaped(words)}"


def card_display(model: GeneralizedModel, pen: Pen) -> str:
    """The formulas of the card below what the model is, in a dialect that sets displays."""
    title = title_lines(headline(model), pen)
    return cast(Setting, pen.dialect).titled(title, stacked(displayed(partial(_lines, model), pen), (), pen))
