"""README shows nothing that was not run: each block of it is executed here, and what it prints is what stands there."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import tutor

ROOT = Path(tutor.__file__).resolve().parent.parent
README = ROOT / "README.md"

WIDTH = "100"
"""Columns of the terminal in which README's transcripts were typed."""

KINDS = {"console", "python", "ipython", "sh"}
"""The languages of blocks: a transcript of a shell, Python with >>> or a file that a transcript uses, a transcript of
IPython, and the commands that the gate itself runs."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """One block of README: its language, its text, and its first line's number."""

    language: str
    text: str
    line: int

    @property
    def file_name(self) -> str | None:
        """The file that a Python block shows, which its first line names: # mine.py."""
        found = re.match(r"# (\w+\.py)\n", self.text)
        return found.group(1) if self.language == "python" and found else None


def blocks_of(text: str) -> list[Fenced]:
    """The fenced blocks of a Markdown text, in order."""
    return [
        Fenced(found.group(1), found.group(2), text[: found.start()].count("\n") + 2)
        for found in re.finditer(r"^```(\S*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]


BLOCKS = blocks_of(README.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a transcript, and the lines that it prints."""

    words: list[str]
    printed: str


def commands_of(text: str) -> Iterator[Command]:
    """The commands of a transcript: a line that starts with $, and what follows it up to the next."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield Command(shlex.split(command), printed.rstrip("\n"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as a reader would work in: the exercises, and the files that README shows."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "exercises").symlink_to(ROOT / "exercises", target_is_directory=True)
    for block in BLOCKS:
        if block.file_name:
            (folder / block.file_name).write_text(block.text, encoding="utf-8")
    return folder


def numbered(language: str) -> list[pytest.ParameterSet]:
    return [pytest.param(block, id=f"line {block.line}") for block in BLOCKS if block.language == language]


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {block.language for block in BLOCKS} == KINDS


@pytest.mark.parametrize("block", numbered("console"))
def test_this_transcript_of_a_shell_is_true(block: Fenced, desk: Path) -> None:
    status = 0
    environment = {**os.environ, "COLUMNS": WIDTH, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    for command in commands_of(block.text):
        if command.words == ["echo", "$?"]:
            assert command.printed == str(status)
            status = 0
            continue
        assert status == 0, "a command failed, and the transcript does not say so with: echo $?"
        program, *arguments = command.words
        launch = {"tutor": ["-m", "tutor"], "python": []}[program]
        done = subprocess.run(
            [sys.executable, *launch, *arguments],
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.stdout + done.stderr).rstrip("\n") == command.printed
        status = done.returncode
    assert status == 0, "the last command failed, and the transcript does not say so with: echo $?"


def test_the_python_is_true(monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COLUMNS", WIDTH)
    names: dict[str, object] = {}
    told: list[str] = []
    for block in BLOCKS:
        if block.language == "python" and not block.file_name:
            test = doctest.DocTestParser().get_doctest(block.text, names, "README", str(README), block.line)
            assert test.examples, "Python that is not shown with >>> shows nothing"
            doctest.DocTestRunner(verbose=False).run(test, out=told.append, clear_globs=False)
            names.update(test.globs)
    assert not told, "".join(told)


def test_each_file_that_is_shown_is_used() -> None:
    transcripts = [block.text for block in BLOCKS if block.language == "console"]
    for block in BLOCKS:
        assert not block.file_name or any(block.file_name in text for text in transcripts)


@pytest.mark.parametrize("block", numbered("ipython"))
def test_this_transcript_of_ipython_is_true(block: Fenced, monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.setenv("XDG_DATA_HOME", str(desk / "data"))
    assert ipython_transcript(block.text) == block.text


def ipython_transcript(text: str) -> str:
    """What IPython shows when the inputs of a transcript are typed again."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    shown: list[str] = []
    for number, (typed, cell) in enumerate(inputs_of(text), 1):
        with capture_output() as captured:
            shell.run_cell(cell, store_history=True)
        whole = f"In [{number}]: {typed}\n{plain(captured.stdout)}{captured.stderr}"
        # IPython leaves a blank after Out[1]: that no editor would keep.
        shown.append("\n".join(line.rstrip() for line in whole.rstrip("\n").split("\n")) + "\n")
    shell.run_line_magic("unload_ext", "tutor")  # the log would be open to the tests that come after
    return "\n".join(shown)


def inputs_of(text: str) -> Iterator[tuple[str, str]]:
    """(as shown, as typed) of each input; lines after the first start with the prompt of a continuation, ...:"""
    for found in re.finditer(r"^In \[\d+\]: (.*(?:\n +\.\.\.: .*)*)", text, re.MULTILINE):
        yield found.group(1), re.sub(r"\n +\.\.\.: ", "\n", found.group(1))


def plain(text: str) -> str:
    """A text without the colours of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_the_commands_of_the_set_up_are_targets_of_make() -> None:
    told = [line for block in BLOCKS if block.language == "sh" for line in block.text.splitlines()]
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    made = {line.split()[1] for line in told if line.startswith("make ")}
    assert {"tour", "test"} <= made <= targets


def test_a_wrong_transcript_would_be_found(desk: Path) -> None:
    wrong = Fenced("console", "$ tutor --version\n0.0.0\n", 1)
    with pytest.raises(AssertionError):
        test_this_transcript_of_a_shell_is_true(wrong, desk)
    with pytest.raises(AssertionError):
        test_this_transcript_of_a_shell_is_true(Fenced("console", "$ tutor nothing\n", 1), desk)
