"""Lessons in an IPython shell: magics, bare answers and completion, put in and taken out without a trace."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tutor.bank import bank, lessons
from tutor.errors import TutorError
from tutor.exercise import Question
from tutor.frontends.practice.bare import is_answer, is_idle, reads
from tutor.frontends.practice.commands import COMMANDS
from tutor.frontends.practice.desk import Desk
from tutor.frontends.practice.drawing import PNG, in_kinds
from tutor.frontends.practice.screen import Drawn, Look, Screen, error_text
from tutor.storage.undecided import start_keeping, stop_keeping

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

MAGIC = "tutor"
ALIASES = ("answer", "hint", "solution", "explain", "why", "skip", "back", "repeat", "progress")
"""Subcommands that are magics where nothing has that name; start and quit would mislead, and next is Python's."""


class Lessons:
    """What lessons put into a shell."""

    __slots__ = ("_aliases", "_log", "_pointing", "_transformer", "desk", "shell")

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.desk = Desk(shell.user_ns)
        self._log = start_keeping()
        self._aliases: list[tuple[str, str]] = []
        self._transformer = self._bare_answers
        shell.input_transformers_cleanup.append(self._transformer)
        self._pointing = self._point_out
        shell.events.register("post_run_cell", self._pointing)
        for name in ALIASES:
            self._add_alias(name)
        for key in (f"%{MAGIC}", MAGIC):
            shell.set_hook("complete_command", _completer(self.desk), str_key=key)

    def remove(self) -> None:
        """Take all of it out again."""
        stop_keeping(self._log)
        if self._transformer in self.shell.input_transformers_cleanup:
            self.shell.input_transformers_cleanup.remove(self._transformer)
        if self._pointing in self.shell.events.callbacks["post_run_cell"]:
            self.shell.events.unregister("post_run_cell", self._pointing)
        for kind, name in self._aliases:
            self.shell.magics_manager.magics[kind].pop(name, None)
        for key in (f"%{MAGIC}", MAGIC):
            self.shell.strdispatchers["complete_command"].strs.pop(key, None)

    def run(self, command: str, rest: str) -> None:
        """Run a subcommand and show what it tells. An error is printed in a line or two, and leaves the prompt."""
        try:
            told = COMMANDS[command].run(self.desk, rest)
        except TutorError as fault:
            print(error_text(fault, Look.of_terminal()), file=sys.stderr)
        else:
            self.show(told)

    def show(self, told: Screen) -> None:
        """Show a screen as the display shows it best."""
        if getattr(self.shell, "kernel", None) is None:
            self._print(told)
            return
        for piece in told.pieces():
            if isinstance(piece, Drawn):
                self._draw(piece)
            else:
                self._publish(piece)

    def _print(self, told: Screen) -> None:
        """To a terminal, with pictures where IPython has something that shows them there."""
        look = Look.of_terminal(spoken=self.desk.spoken)
        if look.spoken or PNG not in getattr(self.shell, "mime_renderers", {}):
            print(told.terminal(look))
            return
        for number, piece in enumerate(told.pieces()):
            if number:
                print()
            if isinstance(piece, Drawn):
                self._draw(piece)
            else:
                print(piece.terminal(look))

    def _publish(self, told: Screen) -> None:
        """To a notebook."""
        text = told.terminal(Look(spoken=self.desk.spoken))
        kinds = {"text/plain": text} | ({} if self.desk.spoken else {"text/markdown": told.markdown()})
        self.shell.display_pub.publish(kinds)

    def _draw(self, picture: Drawn) -> None:
        """A picture, as what the display shows best; words where there is nothing to draw with."""
        words = Screen((picture,))
        if self.desk.spoken:
            self._publish(words)
            return
        try:
            figure = picture.draw()
        except TutorError as fault:
            print(error_text(fault, Look.of_terminal()), file=sys.stderr)
            return
        self.shell.display_pub.publish(in_kinds(figure), metadata={})  # without, IPython asks None for some

    def _add_alias(self, name: str) -> None:
        """A magic of this name for lines and cells, unless something has the name: a magic, a variable, a function."""
        magics = self.shell.magics_manager.magics
        if name in self.shell.user_ns or hasattr(builtins, name) or any(name in magics[kind] for kind in magics):
            return

        def alias(line: str, cell: str | None = None) -> None:
            self.run(name, line if cell is None else cell)

        alias.__doc__ = f"%{COMMANDS[name].usage}: {COMMANDS[name].help}."
        self.shell.magics_manager.register_function(verbatim(alias), "line_cell", name)
        self._aliases += [("line", name), ("cell", name)]

    def _called(self, text: str) -> tuple[str, str] | None:
        """The subcommand and the rest of a cell that calls one without a sign in front, as IPython allows: it would
        take the odd apostrophe of answer ZGZ' for an error of Python."""
        command, _, rest = text.removeprefix(f"{MAGIC} ").partition(" ")
        is_called = command in COMMANDS if text.startswith(f"{MAGIC} ") else ("line", command) in self._aliases
        return (command, rest) if is_called else None

    def _only_answers(self, text: str, question: Question) -> bool:
        """Whether Python has no use for a text, which reads as an answer to the question."""
        first = text.split(maxsplit=1)[0] if text else ""
        if first in self.shell.magics_manager.magics["line"]:  # which needs no sign in front
            return False
        return is_idle(text, self.shell.user_ns) and reads(text, question)

    def _point_out(self, result: ExecutionResult) -> None:
        """How to answer, below an error of Python that what was meant as an answer may have raised."""
        fault = result.error_before_exec or result.error_in_exec
        cell = (result.info.raw_cell or "").strip() if result.info is not None else ""
        if self.desk.asks and isinstance(fault, SyntaxError | NameError) and cell and not cell.startswith("%"):
            said = f"%tutor answer {cell}" if "\n" not in cell else "write %%tutor answer above it"
            print(f"If that was your answer: {said}", file=sys.stderr)

    def _bare_answers(self, lines: list[str]) -> list[str]:
        """A cell that can only be an answer becomes one while a question waits; next goes on in a lesson."""
        text = "".join(lines).strip()
        question = self.desk.question
        if text == "next" and self.desk.course is not None and text not in self.shell.user_ns:
            return [f"get_ipython().run_line_magic({MAGIC!r}, 'next')\n"]  # Python's function shows nothing of use
        called = self._called(text)
        if question is not None and called is not None and is_answer(text):
            return [f"get_ipython().run_cell_magic({MAGIC!r}, {called[0]!r}, {called[1]!r})\n"]
        if question is None or not (is_answer(text) or self._only_answers(text, question)):
            return lines
        return [f"get_ipython().run_cell_magic({MAGIC!r}, 'answer', {text!r})\n"]


def verbatim(magic: Callable[..., Any]) -> Callable[..., Any]:
    """The magic, with its line as it was typed: IPython would put variables for {…} and $…, which LaTeX is full of."""
    from IPython.core.magic import no_var_expand

    return no_var_expand(magic)


def _completer(desk: Desk) -> Callable[[Any, Any], list[str]]:
    def complete(shell: Any, event: Any) -> list[str]:
        return completions(desk, event.line)

    return complete


def completions(desk: Desk, line: str) -> list[str]:
    """What may stand for the last word of a line that starts with %tutor: subcommands, lessons, names."""
    words = line.split()
    command = words[1] if len(words) > 1 and (len(words) > 2 or line.endswith(" ")) else ""
    if not command:
        return [*COMMANDS, "check", "derive", "help", "traceback"]
    if command == "start":
        return ["list", "review", "--plain", *(file.name for file in lessons()), *(path.stem for path in bank())]
    if command == "answer":
        return _names(desk)
    return [path.stem for path in bank()] if command == "sheet" else []


def _names(desk: Desk) -> list[str]:
    """The symbols that an answer to the question may use, in their plain spelling."""
    question = desk.question
    if question is None:
        return []
    from tutor.session import vocabulary_for

    return sorted(name.key for name in vocabulary_for(question))
