r"""Names that a text explains behind its formula: [A, B_12; B_21, C] and below it B_12 = …, as long blocks are written.

In a model a new name is a slip, but not where the text says what it stands for.
"""

from __future__ import annotations

from dataclasses import replace

from tutor.algebra.nodes import Symbol
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.meaning.newcomers import key_of
from tutor.notation.meaning.settled import settled
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import Name


def with_glossary(display: syntax.Display, context: Context) -> Context:
    """The context with the names that stand in the first formula of a text and alone on the left side of a later
    equation, each a matrix with what it stands for as its definition; only where names are those of a model.

    Raises
    ------
    ReadError, ShapeError
        As `elaborate` does, for what a name stands for.
    """
    if context.vocabulary.takes_new_names or len(display.statements) < 2:
        return context
    first, *others = display.statements
    used = {_key(node.spelling) for node in syntax.postorder(first) if isinstance(node, syntax.Named)}
    names: list[Name] = []
    for node in others:
        subject = node.sides[0] if isinstance(node, syntax.Relation) and len(node.sides) == 2 else None
        if not (isinstance(subject, syntax.Named) and isinstance(node, syntax.Relation)):
            continue
        key = _key(subject.spelling)
        if key in used and key not in context.vocabulary and not isinstance(node.sides[1], syntax.Ellipsis):
            value = settled(elaborate(node.sides[1], context), context)
            names.append(Name(key, Symbol(key, *value.shape, definition=value)))
    return replace(context, vocabulary=context.vocabulary.with_names(*names)) if names else context


def _key(spelling: Spelling) -> str:
    """The key of a name, without the dimensions that may stand below it."""
    return key_of(replace(spelling, subscript="") if "×" in spelling.subscript else spelling)
