"""What a learner did is kept at once, survives two prompts and a kill, and a file that cannot be used is set aside."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.storage.database import VERSION, StorageError, usual_path
from tutor.storage.progress import Kept, Place, Progress
from tutor.storage.schedule import DAYS, Round, schedule

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def kept(answer: str = "ZGZ' + R", *, question: str = "q1", outcome: str = "correct", seed: int = 7) -> Kept:
    return Kept(
        START.isoformat(), "rcbd_variance", seed, question, answer, outcome, float(outcome == "correct"),
        None if outcome == "correct" else "missing-residual", None, "Yes.", True,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.sqlite"


def test_an_answer_comes_back_as_it_was_kept(file: Path) -> None:
    progress = Progress(file)
    given = [kept(), kept("ZGZ'", outcome="incorrect"), kept("β\0 \udc80\n⊗", question="q2", seed=8)]
    for answer in given:
        progress.add_answer(answer)
    again = Progress(file)
    assert again.notice is None
    assert again.answers("rcbd_variance", 7) == tuple(given[:2])
    assert again.answers("rcbd_variance", 8)[0].answer == "β\0 ?\n⊗"
    assert len(again.answers()) == 3
    assert again.answers("other") == ()
    assert [answer.is_right for answer in again.answers("rcbd_variance", 7)] == [True, False]


def test_places_and_help_are_kept_by_lesson_and_by_question(file: Path) -> None:
    progress = Progress(file)
    assert progress.place("blocks") is None
    assert progress.last_place() is None
    for lesson, part, question in (("blocks", 2, 0), ("notation", 5, 1), ("blocks", 3, 1)):
        progress.set_place(Place(lesson, part, question, {"rcbd_variance": 11 + part}))
    assert progress.place("blocks") == Place("blocks", 3, 1, {"rcbd_variance": 14})
    last = progress.last_place()
    assert last is not None
    assert last.lesson == "blocks"
    for kind in ("hint", "hint", "solution"):
        progress.add_help("rcbd_variance", 7, "q1", kind)
    assert progress.helped("rcbd_variance", 7, "hint") == {"q1": 2}
    assert progress.helped("rcbd_variance", 8, "hint") == {}


def test_the_exports_hold_every_answer(file: Path) -> None:
    progress = Progress(file)
    progress.add_answer(kept('a "quoted", answer\nof two lines'))
    progress.add_help("rcbd_variance", 7, "q1", "skip")
    rows = list(csv.DictReader(io.StringIO(progress.csv())))
    assert rows[0]["answer"] == 'a "quoted", answer\nof two lines'
    told = json.loads(progress.json())
    assert told["attempt"][0]["outcome"] == "correct"
    assert told["help"][0]["kind"] == "skip"


WRITER = """
import sys
from pathlib import Path
from tutor.storage.progress import Kept, Progress
progress = Progress(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    at = "2026-03-02T09:00:00+00:00"
    progress.add_answer(Kept(at, "e", 1, "q1", str(number), "correct", 1.0, None, None, "", True))
    print(number, flush=True)
"""


def writer(file: Path, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(file), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_prompts_at_once_lose_nothing(file: Path) -> None:
    running = [writer(file, 60) for _ in range(3)]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    numbers = [int(answer.answer) for answer in Progress(file).answers()]
    assert sorted(numbers) == sorted(3 * list(range(60)))


def test_threads_share_one_progress(file: Path) -> None:
    progress = Progress(file)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: progress.add_answer(kept(str(number))), range(80)))
    assert {answer.answer for answer in progress.answers()} == {str(number) for number in range(80)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_prompt_that_is_killed_has_kept_what_it_told(file: Path) -> None:
    process = writer(file, 10_000)
    assert process.stdout is not None
    told = -1
    while told < 20:
        line = process.stdout.readline()
        told = int(line) if line.strip().isdigit() else told
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    told = max([told, *(int(line) for line in rest.split() if line.isdigit())])
    progress = Progress(file)
    assert progress.notice is None
    numbers = [int(answer.answer) for answer in progress.answers()]
    # The last may have been written and not yet told.
    assert numbers in (list(range(told + 1)), list(range(told + 2)))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"this is no database", "damaged"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "damaged"),
    ],
)
def test_a_damaged_file_is_set_aside_untouched(file: Path, content: bytes, word: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    progress = Progress(file)
    assert progress.notice is not None
    (aside,) = file.parent.glob(f"progress-{word}-*.sqlite")
    assert str(aside) in progress.notice
    assert aside.read_bytes() == content
    progress.add_answer(kept())
    assert len(progress.answers()) == 1


def test_a_file_damaged_in_the_middle_is_set_aside(file: Path) -> None:
    progress = Progress(file)
    for number in range(300):
        progress.add_answer(kept(f"{number} " * 40))
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = b"\xaa" * 9000
    file.write_bytes(content)
    again = Progress(file)
    assert again.notice is not None
    assert "damaged" in again.notice
    (aside,) = file.parent.glob("progress-damaged-*.sqlite")
    assert aside.read_bytes() == bytes(content)


def test_a_newer_file_is_set_aside_and_can_be_put_back(file: Path) -> None:
    Progress(file).add_answer(kept())
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    progress = Progress(file)
    assert progress.notice is not None
    assert "newer" in progress.notice
    assert progress.answers() == ()
    (aside,) = file.parent.glob("progress-newer-*.sqlite")
    with sqlite3.connect(aside) as database:
        assert database.execute("SELECT COUNT(*) FROM attempt").fetchone()[0] == 1
    database.close()


def test_a_file_of_another_program_is_set_aside(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    progress = Progress(file)
    assert progress.notice is not None
    assert "another program" in progress.notice


def test_an_empty_file_is_taken_as_new(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.touch()
    assert Progress(file).notice is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be kept"):
        Progress(tmp_path / "file" / "progress.sqlite")


def test_a_file_that_others_write_for_long_is_told_and_not_called_damaged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress(file)
    monkeypatch.setattr("tutor.storage.database.PATIENCE", 0.05)
    with sqlite3.connect(file, isolation_level=None) as database:
        database.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="locked"):
            progress.add_answer(kept())
        with pytest.raises(StorageError, match="locked"):
            Progress(file)
        database.execute("ROLLBACK")
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["progress.sqlite"]


def test_the_usual_path_is_in_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert usual_path().name == "progress.sqlite"


def rounds(*told: tuple[float, float]) -> list[Round]:
    return [Round("e", START + timedelta(days=day), share) for day, share in told]


@pytest.mark.parametrize(
    ("told", "box", "after"),
    [
        ([(0, 1.0)], 1, 1),
        ([(0, 0.79)], 0, 0),
        ([(0, 0.8), (1, 0.9)], 2, 1 + 3),
        ([(0, 1), (0.1, 1), (0.2, 1)], 1, 1),
        ([(0, 1), (1, 1), (4, 1), (11, 1), (32, 1)], 5, 32 + 60),
        ([(0, 1), (1, 1), (4, 1), (11, 1), (32, 1), (92, 1)], 5, 92 + 60),
        ([(0, 1), (1, 1), (4, 0.5)], 0, 4),
        ([(0, 1), (1, 0.2), (1.1, 1)], 1, 1.1 + 1),
        ([(1, 1), (0, 1)], 2, 1 + 3),
    ],
)
def test_what_went_well_comes_back_later_each_time(told: list[tuple[float, float]], box: int, after: float) -> None:
    due = schedule(rounds(*told))["e"]
    assert due.box == box
    assert abs(due.at - START - timedelta(days=after)) < timedelta(seconds=1)
    assert due.mastered is (box > 0)
    assert list(DAYS) == sorted(DAYS)


def test_what_is_due_is_what_is_mastered_and_its_day_has_come(file: Path) -> None:
    progress = Progress(file)
    progress.add_round("well", 1, 1.0)
    progress.add_round("badly", 1, 0.3)
    at_once = progress.due()
    assert at_once == ()
    tomorrow = datetime.now(UTC) + timedelta(days=1, seconds=1)
    assert [due.exercise for due in progress.due(tomorrow)] == ["well"]
