"""A model from what is typed: a formula with data, or a named design such as ``rcbd:3,4``; and what is asked of it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from tutor.algebra.nodes import Expectation, Variance
from tutor.algebra.tree import Tree
from tutor.checking.check import read_reference
from tutor.checking.lines.judging import Lines
from tutor.checking.lines.text import has_lines
from tutor.errors import TutorError, UnknownNameError
from tutor.models.catalogue import DESIGNS
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.read import Reading
from tutor.notation.vocabulary import lecture_vocabulary

PARTS = ("y", "X", "beta", "Z", "u", "e", "G", "R", "V")
"""The attributes of a model that may be named after a point."""

WHOLE_MODEL = "model"
"""What is said where the whole model was asked for."""

_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(/0*[1-9]\d{0,29})?")
_WORD = re.compile(r"[A-Za-z]\w*")


class UsageError(TutorError):
    """A command that lacks something, or has too much of it."""


def model_of(formula: str | None, source: str | None, design: str | None) -> MixedModel:
    """The model that a formula with data describes, or a named design.

    Raises
    ------
    UsageError
        When neither or both are given.
    """
    if design is not None:
        if formula is not None or source is not None:
            raise UsageError("A design needs no formula and no data.", tip="Give --design, or a formula with --data.")
        return design_model(design)
    if formula is None:
        raise UsageError("No model is given.", tip='Give a formula with --data, or --design "rcbd:3,4".')
    if source is None:
        raise UsageError("The formula has no data.", tip="Add --data FILE; oats.csv comes with the package.")
    return model(formula, data=source)


def design_model(text: str) -> MixedModel:
    """The model of a design written as name:size,size or name:size,option=value; a letter is a size left open.

    Raises
    ------
    UnknownNameError
        For a design or an option that does not exist.
    UsageError
        For sizes that are too few, too many, or no sizes.
    """
    name, _, rest = text.partition(":")
    name = name.strip()
    if name not in DESIGNS:
        raise UnknownNameError("The design", name, DESIGNS)
    make: Any = DESIGNS[name]
    parameters = list(inspect.signature(make).parameters)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for piece in filter(None, (part.strip() for part in rest.split(","))):
        key, equals, value = piece.partition("=")
        if not equals:
            positional.append(_value(piece))
            continue
        if key.strip() not in parameters:
            raise UnknownNameError(f"The option of {name}", key.strip(), parameters)
        named[key.strip()] = _value(value.strip())
    if len(parameters) == 1 and len(positional) > 1:
        positional = [positional]
    try:
        inspect.signature(make).bind(*positional, **named)
    except TypeError as fault:
        raise UsageError(
            f"{text!r} is no whole design: {fault}.", tip=f"The parts of {name} are {', '.join(parameters)}."
        ) from None
    return make(*positional, **named)


def find(path: str, variables: Mapping[str, Any]) -> MixedModel | Tree:
    """The model, or the tree of one, that a variable and its public attributes name.

    Raises
    ------
    UnknownNameError
        When no variable holds such a thing, or it has no such part.
    """
    name, _, part = path.partition(".")
    thing = variables.get(name)
    if not isinstance(thing, MixedModel | Tree):
        held = [key for key, value in variables.items() if isinstance(value, MixedModel | Tree) and key[0] != "_"]
        raise UnknownNameError("The model", name, held, tip=None if held else "Make one first: m = rcbd(3, 4)")
    if not part:
        return thing
    if not isinstance(thing, MixedModel) or part not in PARTS:
        raise UnknownNameError(f"The part of {name}", part, PARTS if isinstance(thing, MixedModel) else ())
    found = getattr(thing, part)
    if found is None:
        raise UsageError(f"{name} has no random effects, and so no {part}.")
    return found


def reference_of(about: MixedModel | None, what: str) -> Tree | Reading | MixedModel:
    """What ``what`` names in a model, or in the lecture's vocabulary without one: a tree, statements, or with "model"
    the model itself.

    Var(y) is ZGZ' + R and E(y) is Xβ, so that what is wrong with an answer can be told by its terms.

    Raises
    ------
    ReadError
        When it cannot be read.
    """
    if what == WHOLE_MODEL and about is not None:
        return about
    reading = read_reference(what, lecture_vocabulary() if about is None else about.vocabulary)
    tree = reading.tree
    if tree is None:
        return reading
    if about is not None and tree == Variance(about.y):
        return about.V
    if about is not None and tree == Expectation(about.y):
        return about.X @ about.beta
    return tree


def asked_for(
    about: MixedModel | None, what: str | Tree, answer: object
) -> Tree | Reading | MixedModel | Lines:  # fmt: skip
    """What an answer is judged against: what was asked for, or to an answer of several lines its derivation.

    Raises
    ------
    ReadError, TutorError
        As `reference_of` does.
    """
    tree = what if isinstance(what, Tree) else reference_of(about, what)
    if not isinstance(tree, Tree) or not has_lines(answer):
        return tree
    if about is not None and isinstance(what, str):
        with suppress(TutorError):
            return Lines(about.derive(what))
    return Lines(tree)


def _value(text: str) -> int | str | Fraction:
    if text in ("True", "False"):
        return text == "True"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _WORD.fullmatch(text):
        return text
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    raise UsageError(
        f"{text!r} is no size and no number.", tip="Sizes are numbers or letters, as in rcbd:3,4 or rcbd:t,b."
    )
