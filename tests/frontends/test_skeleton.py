"""The skeleton of an exercise passes its self-test as it is, and nothing is written over."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest

from tutor.bank import load
from tutor.frontends.skeleton import write_skeleton
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


SLIPS: list[tuple[str, str, str]] = [
    ("rng.choice(((", "rng.choice(1 / 0 or ((", "line 10: ZeroDivisionError: division by zero."),
    ("hints=", "hint=", "unexpected keyword argument 'hint'."),
    (", 0.25)", ", 2.5)", "A hint costs 2.5 of the points"),
    ("m.E(m.y)", '"X("', "q1: The reference or the solution is none."),
    (r'\boldsymbol{\beta}",),', '",),', r"'\\mathbf{X}' should be correct, and came out incorrect"),
    (r" + \mathbf{Z}\mathbf{u}", "", "should be incorrect: random-in-mean, and came out correct."),
    ("random-in-mean", "sign", "should be incorrect: sign, and came out incorrect: random-in-mean."),
    ("What is the mean of a", "What is $E(u)$ of a", r"q1, mistake 1: A learner would see …What is $E(u)$"),
    (r"Write $", r"Write $$", "q1, prompt: A learner would see …Write $E(y)"),
    ("prerequisites=()", 'prerequisites=("nowhere",)', "Its prerequisite 'nowhere' is no exercise."),
    (
        "        ))  # fmt: skip",
        '            Question("q1", "?", 1),\n        ))  # fmt: skip',
        "has 2 questions q1.",
    ),
]
"""What stands in the skeleton, what an author makes of it, and what the self-test says."""


@pytest.mark.parametrize(("stands", "slip", "told"), SLIPS)
def test_a_slip_of_an_author_is_told_in_words_and_once(
    tutor_command: Any, tmp_path: Path, stands: str, slip: str, told: str
) -> None:
    path = write_skeleton("mine", tmp_path)
    text = path.read_text(encoding="utf-8")
    assert stands in text
    path.write_text(text.replace(stands, slip), encoding="utf-8")
    ran = tutor_command("selftest", str(path), "--seeds", "3")
    assert ran.status == 1
    assert ran.out.count(told) == 1
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("name", ["", "two words", "class", "1st", "../up", "_hidden"])
def test_a_name_that_names_no_module_is_refused(tutor_command: Any, tmp_path: Path, name: str) -> None:
    assert tutor_command("new-exercise", name, "--out", str(tmp_path)).status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tutor_command: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    assert tutor_command("new-exercise", "mine.py", "--out", str(tmp_path)).status == 2
    assert (tmp_path / "mine.py").read_text() == "mine"


def test_a_question_that_is_asked_again_is_judged_once(tmp_path: Path) -> None:

    known: set[Hashable] = set()
    file = load("rcbd_variance")
    rehearse(file.variant(1), known)
    before = len(known)
    assert before == 3
    rehearse(file.variant(1), known)
    assert len(known) == before
