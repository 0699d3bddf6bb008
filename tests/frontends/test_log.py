"""The instructor's log from the shell, and that lessons at a prompt write it until they are taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

from tests.frontends.conftest import Ran
from tutor.checking.limits import report
from tutor.frontends.practice.shell import Lessons
from tutor.storage.undecided import cases, kept


def test_the_command_shows_it(tutor_command: Callable[..., Ran]) -> None:
    assert "No answer" in tutor_command("log").out
    with kept():
        report("GZZ'", "V", "a test")
    shown = tutor_command("log").out
    assert "GZZ'" in shown
    assert "a test" in shown
    assert json.loads(tutor_command("log", "--json").out)[0]["answer"] == "GZZ'"


def test_the_command_reads_another_file(tutor_command: Callable[..., Ran], tmp_path: Path) -> None:
    with kept(tmp_path / "other.jsonl"):
        report("GZZ'", "V", "a test")
    assert "GZZ'" in tutor_command("log", "--log", str(tmp_path / "other.jsonl")).out
    assert "GZZ'" not in tutor_command("log").out


def test_lessons_at_a_prompt_write_it_until_they_are_taken_out() -> None:
    lessons = Lessons(InteractiveShell())
    report("GZZ'", "V", "a test")
    lessons.remove()
    report("ZZ'G", "V", "a test")
    assert [case["answer"] for case in cases()] == ["GZZ'"]
