"""A prompt of its own for a lesson, and the progress at the command line."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.bank import lessons
from tutor.frontends.practice import tell
from tutor.frontends.practice.export import exported, file_and_format, write_progress
from tutor.frontends.practice.screen import Look
from tutor.storage.progress import Progress


def open_prompt(lesson: str | None, *, plain: bool) -> None:
    """Start IPython with the tutor loaded and a lesson open; returns when the learner leaves.

    Raises
    ------
    ExerciseError
        When there is no such lesson or exercise; then no prompt is opened.
    """
    from IPython import start_ipython
    from traitlets.config import Config

    from tutor.frontends.practice.desk import lesson_of

    if lesson is not None:
        lesson_of(lesson)
    # The line is ours and goes through the magic, which runs nothing of it.
    opening = " ".join(["%tutor start", *(["--plain"] if plain else []), *([] if lesson is None else [f'"{lesson}"'])])
    config = Config()
    config.InteractiveShellApp.extensions = ["tutor"]
    config.InteractiveShellApp.exec_lines = [opening]
    config.TerminalInteractiveShell.banner1 = ""
    config.TerminalInteractiveShell.enable_tip = False
    config.TerminalInteractiveShell.confirm_exit = False
    if plain:
        config.TerminalInteractiveShell.simple_prompt = True
        config.InteractiveShell.colors = "nocolor"
    start_ipython(argv=[], config=config)


def list_lessons() -> None:
    """Print which lessons there are."""
    progress = Progress()
    last = progress.last_place()
    print(tell.lessons(lessons(), progress, None if last is None else last.lesson).terminal(Look.of_terminal()))


def show_progress(words: Sequence[str]) -> None:
    """Print the progress, write it to the file that is named, or print it in the format that is asked for.

    Raises
    ------
    TutorError
        When the progress cannot be read, or the file not be written.
    """
    path, chosen = file_and_format(words)
    progress = Progress()
    if chosen is None:
        print(tell.progress(progress).terminal(Look.of_terminal()))
    elif path is None:
        print(exported(progress, chosen).rstrip("\n"))
    else:
        print(write_progress(progress, path, chosen))
