"""The tutor at an IPython prompt and in Jupyter: ``%load_ext tutor`` gives %tutor, %%tutor and the lessons.

What a person types after the magic is read by this module and by the tutor's own grammar; nothing of it is
evaluated. A model is named by the variable that holds it, and its parts by their public attributes: m, m.V, m.X.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tutor.checking.check import check
from tutor.errors import TutorError, UnknownNameError
from tutor.frontends.models import UsageError, asked_for, find
from tutor.frontends.practice.commands import COMMANDS
from tutor.frontends.practice.screen import Look, Rows, Words, error_text, screen
from tutor.frontends.practice.shell import MAGIC, Lessons, verbatim
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from tutor.algebra.rules import Derivation
    from tutor.checking.verdict import Verdict

HELP = screen(
    Rows((
        ("`%tutor derive m`", "Var(y) of the model in your variable m, step by step"),
        ("`%tutor derive m E(y)`", "another moment of it"),
        ("`%tutor derive FORMULA --data FILE`", "the same for a formula with data"),
        ("`%tutor check m.V ZGZ' + R`", "judge an answer; `m.V` is what was asked for, or: `m Var(y)`"),
        ("`%%tutor check m Var(y)`", "the same, with the answer in the lines below: several, each with =, are judged "
                                     "line by line"),
        ("`%%tutor check m model`", "the same for the whole model, whose equation stands in the lines below"),
        ("`%tutor traceback`", "where the last error of the tutor was raised, for those who write programs"),
    )),
    Words("In a lesson", "head"),
    Rows(tuple((f"`%tutor {command.usage}`", command.help) for command in COMMANDS.values())),
)  # fmt: skip
"""What %tutor can do."""

_FORMULA = re.compile(
    r"(?P<formula>[^~]+~.+?)\s+--data[ =]\s*(?P<data>\"[^\"]+\"|'[^']+'|\S+)(\s+--what[ =]\s*(?P<what>\S+))?\s*"
)


_LOADED: WeakKeyDictionary[InteractiveShell, Lessons] = WeakKeyDictionary()
"""What was put into each shell, to take it out again."""


def load(shell: InteractiveShell) -> None:
    """Register the magics and the lessons with a shell."""
    unload(shell)
    lessons = Lessons(shell)

    def magic(line: str, cell: str | None = None) -> Any:
        command, _, rest = line.strip().partition(" ")
        if command in COMMANDS:
            return lessons.run(command, rest if cell is None else f"{rest}\n{cell}")
        if command in ("", "help"):
            return lessons.show(HELP)
        return run(line, cell, shell.user_ns)

    magic.__doc__ = HELP.terminal(Look())
    shell.magics_manager.register_function(verbatim(magic), "line_cell", MAGIC)
    shell.set_custom_exc((TutorError,), _show)
    _LOADED[shell] = lessons


def unload(shell: InteractiveShell) -> None:
    """Take the magics and the lessons away again."""
    if shell.custom_exceptions == (TutorError,):
        shell.set_custom_exc((), None)
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop(MAGIC, None)
    lessons = _LOADED.pop(shell, None)
    if lessons is not None:
        lessons.remove()


def _show(
    shell: InteractiveShell, kind: type[BaseException], fault: BaseException, place: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:  # fmt: skip
    """Show an error by its message: where in the program it was raised says nothing to a student."""
    sys.last_type, sys.last_value, sys.last_traceback = kind, fault, place  # as for every other error, for %debug
    message = [error_text(fault, Look.of_terminal()) if isinstance(fault, TutorError) else str(fault)]
    shell._showtraceback(kind, fault, message)  # what a prompt prints, and a kernel sends
    return message


def _traceback() -> str:
    fault = getattr(sys, "last_value", None)
    if fault is None:
        raise UsageError("There was no error yet.")
    return "".join(traceback.format_exception(fault))


def run(line: str, cell: str | None, variables: Mapping[str, Any]) -> Derivation | Verdict | None:
    """What a magic gives: a derivation or a verdict, which the shell displays; an error is printed in a line or two."""
    command, _, rest = line.strip().partition(" ")
    try:
        if command == "derive" and cell is None:
            return _derive(rest.strip(), variables)
        if command == "check":
            return _check(rest.strip(), cell, variables)
        if command == "traceback":
            print(_traceback())
            return None
        raise UnknownNameError("The command", command, ("derive", "check", "traceback", "help", *COMMANDS))
    except TutorError as fault:
        print(error_text(fault, Look.of_terminal()), file=sys.stderr)
    return None


def _derive(text: str, variables: Mapping[str, Any]) -> Derivation:
    if not text:
        raise UsageError("Which model?", tip="%tutor derive m, where m is a variable that holds one.")
    by_formula = _FORMULA.fullmatch(text)
    if by_formula:
        formula, source, what = by_formula["formula"], by_formula["data"].strip("\"'"), by_formula["what"]
        held = variables.get(source)
        # A name of a variable in which the data are; anything else is a file.
        m = model(formula.strip("\"' "), data=source if held is None else held)
        return m.derive(what or "Var(y)")
    if "~" in text:
        raise UsageError("The formula has no data.", tip="Add --data FILE, or --data and a variable.")
    path, _, what = text.partition(" ")
    thing = find(path, variables)
    if not isinstance(thing, MixedModel):
        raise UsageError(f"{path} is a part of a model.", tip="Name the model and the moment, as in: m Var(y)")
    return thing.derive(what.strip() or "Var(y)")


def _check(text: str, cell: str | None, variables: Mapping[str, Any]) -> Verdict:
    if not text:
        raise UsageError("Which answer to what?", tip="%tutor check m.V ANSWER, where m is a variable with a model.")
    path, _, rest = text.partition(" ")
    thing, rest = find(path, variables), rest.strip()
    vocabulary, what = None, ""
    if isinstance(thing, MixedModel):
        what, rest = _first_formula(rest)
        if not what:
            raise UsageError(f"{path} is a model; what was asked for?", tip=f"Say {path}.V, or {path} Var(y).")
        vocabulary = thing.vocabulary
    if (cell is not None and rest) or (cell is None and not rest):
        raise UsageError("Where is the answer?", tip="%tutor check m.V ANSWER, or %%tutor check m.V and lines below.")
    answer = rest if cell is None else cell
    asked = asked_for(thing, what, answer) if isinstance(thing, MixedModel) else asked_for(None, thing, answer)
    return check(answer, asked, vocabulary)


def _first_formula(text: str) -> tuple[str, str]:
    """What stands before the first space outside brackets, as Cov(y_11, y_21), and what follows it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter.isspace() and depth <= 0:
            return text[:place], text[place:].strip()
    return text, ""
