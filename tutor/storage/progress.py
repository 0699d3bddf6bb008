"""The progress of a learner: answers, help and rounds as they come, and what can be asked of them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from tutor.storage.database import TABLES, StorageError, now, prepare, reading, transaction, usual_path
from tutor.storage.schedule import Due, Round, schedule

Help = Literal["hint", "solution", "skip"]

LONGEST_ANSWER = 20_000
"""Characters of an answer that are kept; what is longer is a matrix that nobody will look up."""

COLUMNS = (
    "at",
    "exercise",
    "seed",
    "question",
    "answer",
    "outcome",
    "score",
    "misconception",
    "form",
    "feedback",
    "counted",
)
"""Of an answer, in the order of the exported table."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept; ``at`` is in UTC, ``score`` in [0, 1]."""

    at: str
    exercise: str
    seed: int
    question: str
    answer: str
    outcome: str
    score: float
    misconception: str | None
    form: str | None
    feedback: str
    counted: bool

    @property
    def is_right(self) -> bool:
        """Whether it was right in value and in form."""
        return self.outcome == "correct" and self.form is None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a learner is in a lesson: part and question, counted from 0, and the seed of each exercise's variant."""

    lesson: str
    part: int
    question: int
    seeds: Mapping[str, int]


class Progress:
    """The progress in one file. It may be used from several threads, and by several programs at once.

    ``notice`` is what a person should be told about the file when it was opened: that it was set aside.

    Raises
    ------
    StorageError
        When the file cannot be opened; each method raises it when the file cannot be read or written.
    """

    __slots__ = ("notice", "path")

    def __init__(self, path: Path | None = None) -> None:
        self.path = usual_path() if path is None else path
        self.notice = prepare(self.path)

    def add_answer(self, answer: Kept) -> None:
        """Keep an answer; when this returns, it is on the disk."""
        values = [getattr(answer, column) for column in COLUMNS]
        # Half of a surrogate pair, which a terminal may send, has no place in UTF-8.
        kept = answer.answer[:LONGEST_ANSWER].encode("utf-8", "replace").decode("utf-8")
        values[COLUMNS.index("answer")] = kept
        marks = ", ".join("?" * len(COLUMNS))
        self._write(f"INSERT INTO attempt ({', '.join(COLUMNS)}) VALUES ({marks})", values)

    def add_help(self, exercise: str, seed: int, question: str, kind: Help) -> None:
        """Keep that a hint was given, the solution shown, or the question skipped."""
        self._write(
            "INSERT INTO help (at, exercise, seed, question, kind) VALUES (?, ?, ?, ?, ?)",
            (now(), exercise, seed, question, kind),
        )

    def add_round(self, exercise: str, seed: int, share: float) -> None:
        """Keep that an exercise was worked to its end, with the share of its points in [0, 1]."""
        self._write("INSERT INTO round (at, exercise, seed, share) VALUES (?, ?, ?, ?)", (now(), exercise, seed, share))

    def set_place(self, place: Place) -> None:
        """Keep where the learner is in a lesson."""
        # A row that is replaced becomes the last one.
        self._write(
            "REPLACE INTO place (lesson, at, part, question, seeds) VALUES (?, ?, ?, ?, ?)",
            (place.lesson, now(), place.part, place.question, json.dumps(dict(place.seeds))),
        )

    def place(self, lesson: str) -> Place | None:
        """Where the learner is in a lesson, or None before it was begun."""
        return next(map(_place, self._read("SELECT * FROM place WHERE lesson = ?", (lesson,))), None)

    def last_place(self) -> Place | None:
        """Where the learner was last."""
        return next(map(_place, self._read("SELECT * FROM place ORDER BY rowid DESC LIMIT 1")), None)

    def answers(self, exercise: str | None = None, seed: int | None = None) -> tuple[Kept, ...]:
        """The answers so far, in the order given: all, those to an exercise, or those to one variant of it."""
        where, values = _where(exercise, seed)
        rows = self._read(f"SELECT {', '.join(COLUMNS)} FROM attempt{where} ORDER BY id", values)
        return tuple(Kept(**{**row, "counted": bool(row["counted"])}) for row in rows)

    def helped(self, exercise: str, seed: int, kind: Help) -> dict[str, int]:
        """How often a question of a variant was helped with in this way, by question."""
        rows = self._read(
            "SELECT question, COUNT(*) AS times FROM help "
            "WHERE exercise = ? AND seed = ? AND kind = ? GROUP BY question",
            (exercise, seed, kind),
        )
        return {row["question"]: row["times"] for row in rows}

    def has_round(self, exercise: str, seed: int) -> bool:
        """Whether a variant was worked to its end."""
        return bool(self._read("SELECT 1 FROM round WHERE exercise = ? AND seed = ? LIMIT 1", (exercise, seed)))

    def schedule(self) -> dict[str, Due]:
        """When each exercise that was worked to its end comes back."""
        rows = self._read("SELECT exercise, at, share FROM round")
        return schedule(Round(row["exercise"], datetime.fromisoformat(row["at"]), row["share"]) for row in rows)

    def due(self, moment: datetime | None = None) -> tuple[Due, ...]:
        """The mastered exercises that should be repeated by now, the longest due first."""
        moment = moment or datetime.now(UTC)
        found = [due for due in self.schedule().values() if due.mastered and due.at <= moment]
        return tuple(sorted(found, key=lambda due: due.at))

    def csv(self) -> str:
        """All answers as a table of comma-separated values with a head."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows([getattr(answer, column) for column in COLUMNS] for answer in self.answers())
        return text.getvalue()

    def json(self) -> str:
        """All that is kept, as JSON."""
        tables = {table: self._read(f"SELECT * FROM {table} ORDER BY rowid") for table in TABLES}
        return json.dumps(tables, ensure_ascii=False, indent=2)

    def _write(self, statement: str, values: Any) -> None:
        try:
            with transaction(self.path) as database:
                database.execute(statement, values)
        except sqlite3.Error as error:
            raise self._cannot("written", error) from error

    def _read(self, statement: str, values: Any = ()) -> list[dict[str, Any]]:
        try:
            with reading(self.path) as database:
                return [dict(row) for row in database.execute(statement, values)]
        except sqlite3.Error as error:
            raise self._cannot("read", error) from error

    def _cannot(self, what: str, error: sqlite3.Error) -> StorageError:
        return StorageError(
            f"The progress in {self.path} cannot be {what}: {error}.",
            tip="Nothing that was kept before is lost; start the tutor again.",
        )


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["lesson"], row["part"], row["question"], json.loads(row["seeds"]))


def _where(exercise: str | None, seed: int | None) -> tuple[str, tuple[Any, ...]]:
    told = [("exercise", exercise), ("seed", seed)]
    given = [(column, value) for column, value in told if value is not None]
    if not given:
        return "", ()
    return " WHERE " + " AND ".join(f"{column} = ?" for column, _ in given), tuple(value for _, value in given)
