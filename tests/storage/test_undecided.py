"""The instructor's log: every answer without a verdict is in it once and whole, whoever writes beside."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.checking.hostile import EXPENSIVE
from tutor import check, rcbd
from tutor.checking.limits import report
from tutor.exercise import Exercise, Mistake, Question
from tutor.frontends.sheet import sheet
from tutor.session import Session
from tutor.storage.database import StorageError
from tutor.storage.undecided import SETTING, cases, kept, usual_path

BLOCKS = rcbd(treatments=3, blocks=4)
ENDLESS = EXPENSIVE["sum of fractions"]


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of this test."""
    path = tmp_path / "folder" / "log.jsonl"
    monkeypatch.setenv(SETTING, str(path))
    return path


def test_an_undecided_answer_is_kept_whole_with_its_place_and_reason(file: Path) -> None:
    exercise = Exercise("Limits", "", (Question("V", "What is Var(y)?", BLOCKS.V),), name="limits", seed=7)
    with kept():
        Session(exercise).answer("V", ENDLESS)
    (case,) = cases()
    assert (case["answer"], case["asked"]) == (ENDLESS, "ZGZ' + R")
    assert case["place"] == {"exercise": "limits", "seed": 7, "question": "V"}
    assert case["reason"]
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_what_is_decided_is_not_in_it_and_nothing_is_after_it_ends(file: Path) -> None:
    with kept(), kept():
        assert check("ZGZ'", BLOCKS.V).correct is False
        report("twice asked for", "V", "once told")
    report("later", "V", "nobody keeps it")
    logging.getLogger("tutor").warning("something else")
    assert [case["answer"] for case in cases(file)] == ["twice asked for"]


def broken(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("a gap in the program")


def test_a_fault_of_ours_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.session.check", broken)
    with kept():
        attempt = Session(Exercise("Faults", "", (Question("q", "?", BLOCKS.V),))).answer("q", "R")
    assert not attempt.counted
    assert cases()[0]["reason"] == "ZeroDivisionError: a gap in the program"


WRITER = """
import sys
from tutor.checking.limits import report
from tutor.storage.undecided import kept
with kept():
    for number in range(40):
        report(sys.argv[1] * 5000, f"{number}", "a test")
"""


def test_two_processes_write_whole_lines(file: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, letter]) for letter in "σJ"]
    assert [writer.wait() for writer in writers] == [0, 0]
    found = cases()
    assert len(file.read_text(encoding="utf-8").splitlines()) == 80
    for letter in "σJ":
        assert [case["asked"] for case in found if case["answer"] == letter * 5000] == [str(n) for n in range(40)]


def test_what_cannot_be_written_is_told_and_breaks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with kept(tmp_path):
        report("the answer", "V", "a test")
    assert "the answer" in capsys.readouterr().err
    with pytest.raises(StorageError):
        cases(tmp_path)


def test_lines_that_are_no_cases_are_passed_over(file: Path) -> None:
    assert cases() == []
    with kept():
        report("R", "V", "a test")
    with file.open("a", encoding="utf-8") as log:
        log.write('{"at": "now"}\n{"at": \n[]\n')
    assert len(cases()) == 1


def test_a_graded_script_writes_it_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tutor.session.check", broken)
    Path("mine.py").write_text('q1 = "ZGZ\'"\n', encoding="utf-8")
    script = Path(__file__).resolve().parents[2] / "exercises" / "rcbd_variance.py"
    sheet(script, ["--answers", "mine.py", "--log", "mine.jsonl"])
    (case,) = cases(Path("mine.jsonl"))
    assert (case["answer"], case["place"]["exercise"], case["place"]["question"]) == ("ZGZ'", "rcbd_variance", "q1")
    assert not usual_path().exists()


def test_mistakes_that_are_expected_have_no_time_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []

    def counted(*given: Any, **more: Any) -> Any:
        begun.append(given)
        return check(*given, **more)

    monkeypatch.setattr("tutor.session.check", counted)
    mistakes = tuple(Mistake(f"{ENDLESS} + {k}", "sign", "Look again.") for k in range(100))
    question = Question("V", "?", BLOCKS.V, mistakes=mistakes)
    session = Session(Exercise("Limits", "", (question,)))
    started = time.thread_time()
    with kept():
        attempt = session.answer("V", "ZGZ'")
    assert time.thread_time() - started < 2
    assert 1 < len(begun) < len(mistakes)  # they share what there is, and the last are not begun
    assert attempt.verdict.outcome == "incorrect"
    assert cases() == []
