"""The graded script: questions printed, a file of answers marked, results written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.bank import load
from tutor.frontends.sheet import sheet

SCRIPT = Path(__file__).resolve().parents[2] / "exercises" / "rcbd_variance.py"
MARKED = load(SCRIPT).variant(7)


def right_answers() -> str:
    """A file with the declared right answers to variant 7."""
    return "".join(
        f"{question.key} = r{question.also_right[0]!r}\n".replace("\\\\", "\\") for question in MARKED.questions
    )


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine.py"


def test_the_questions_are_printed_with_their_points(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sheet(SCRIPT, ["--seed", "7"]) == 0
    told = capsys.readouterr().out
    assert "variant 7 (7 points)" in told
    assert all(f"\n{question.key}  (" in told for question in MARKED.questions)
    assert "\\" not in told.replace('r"…"', "")
    assert not list(mine.parent.iterdir())


def test_right_answers_earn_all_points(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine.write_text(right_answers(), encoding="utf-8")
    assert sheet(SCRIPT, ["--answers", "mine.py", "--seed", "7"]) == 0
    assert "7 of 7 points" in capsys.readouterr().out
    results = json.loads(Path("results.json").read_text(encoding="utf-8"))
    assert (results["exercise"], results["seed"], results["score"], results["out_of"]) == ("rcbd_variance", 7, 7, 7)
    assert [q["attempts"][0]["outcome"] for q in results["questions"]] == ["correct"] * 3


def test_a_wrong_answer_is_told_what_is_wrong_with_it(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    others = "".join(right_answers().splitlines(keepends=True)[1:])
    mine.write_text(others + 'q1 = "ZGZ\'"\nseed = 7\n', encoding="utf-8")
    assert sheet(SCRIPT, ["--answers", "mine.py"]) == 1
    told = capsys.readouterr().out
    assert "q1  0 of 2  ✗ Not yet." in told
    assert "5 of 7 points" in told
    results = json.loads(Path("results.json").read_text(encoding="utf-8"))
    assert results["questions"][0]["attempts"][0]["misconception"] == "missing-residual"


def test_an_answer_that_is_missing_is_named(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine.write_text('q1 = "ZGZ\' + R"\n', encoding="utf-8")
    assert sheet(SCRIPT, ["--answers", "mine.py", "--seed", "7"]) == 1
    told = capsys.readouterr().out
    assert "q2  0 of 3  – no answer" in told


def test_an_answer_that_cannot_be_read_shows_the_place(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine.write_text('q1 = r"\\mathbf{Z}\\mathbf{G}\\mathbf{Z}\' + (\\mathbf{R}"\n', encoding="utf-8")
    assert sheet(SCRIPT, ["--answers", "mine.py", "--seed", "7"]) == 1
    assert "^" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        (None, ["--answers", "mine.py"], "There is no file of answers"),
        ("print(1)\n", ["--answers", "mine.py"], "Line 1"),
        ("seed = 3\nq1 = 'R'\n", ["--answers", "mine.py", "--seed", "4"], "variant 3"),
        ("q1 = 'R'\n", ["--answers", "mine.py", "--out", "mine.py"], "was not written by tutor"),
        ("q1 = 'R'\n", ["--answers", "mine.py", "--out", "mine.py/results.json"], "cannot be written"),
    ],
)
def test_bad_usage_has_status_2_and_writes_nothing(
    mine: Path, capsys: pytest.CaptureFixture[str], content: str | None, arguments: list[str], told: str
) -> None:
    if content is not None:
        mine.write_text(content, encoding="utf-8")
    assert sheet(SCRIPT, arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert "Traceback" not in printed.err
    assert [path.name for path in mine.parent.iterdir()] == ([] if content is None else ["mine.py"])
    assert content is None or mine.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("arguments", [["--seed", "x"], ["--answer"], ["--nothing"]])
def test_options_that_are_none_end_with_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        sheet(SCRIPT, arguments)
    assert end.value.code == 2


def test_the_script_itself_marks(mine: Path) -> None:
    mine.write_text("seed = 7\n" + right_answers(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--answers", "mine.py", "--out", "out/marks.json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "out/marks.json" in done.stdout.replace("\\", "/")
    assert json.loads(Path("out/marks.json").read_text(encoding="utf-8"))["score"] == 7


def test_the_same_results_can_be_written_again(mine: Path) -> None:
    mine.write_text(right_answers(), encoding="utf-8")
    for _ in range(2):
        assert sheet(SCRIPT, ["--answers", "mine.py", "--seed", "7"]) == 0
