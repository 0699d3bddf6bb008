"""The skeleton of an exercise passes its self-test as it is, and nothing is written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tutor.bank import load
from tutor.rehearsal import rehearse


def test_the_skeleton_is_an_exercise_that_holds_what_it_declares(tutor_command: Any, tmp_path: Path) -> None:
    ran = tutor_command("new-exercise", "mine", "--out", str(tmp_path))
    assert ran.status == 0
    path = tmp_path / "mine.py"
    assert f"tutor selftest {path}" in ran.out
    file = load(path)
    for seed in range(1, 10):
        assert rehearse(file.variant(seed)) == ()
    ran = tutor_command("selftest", str(path), "--seeds", "5")
    assert ran.status == 0
    assert "5 variants" in ran.out
    assert "different), 0 failures" in ran.out


@pytest.mark.parametrize("name", ["", "two words", "class", "1st", "../up", "_hidden"])
def test_a_name_that_names_no_module_is_refused(tutor_command: Any, tmp_path: Path, name: str) -> None:
    assert tutor_command("new-exercise", name, "--out", str(tmp_path)).status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tutor_command: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    assert tutor_command("new-exercise", "mine.py", "--out", str(tmp_path)).status == 2
    assert (tmp_path / "mine.py").read_text() == "mine"


def test_a_question_that_is_asked_again_is_judged_once(tmp_path: Path) -> None:
    from tutor.exercise import Question

    known: set[Question] = set()
    file = load("rcbd_variance")
    rehearse(file.variant(1), known)
    before = len(known)
    assert before == 3
    rehearse(file.variant(1), known)
    assert len(known) == before
