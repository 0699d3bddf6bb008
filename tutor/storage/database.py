"""The file of a learner's progress: where it lies, how it is opened, and what becomes of one that cannot be used.

Each use opens the file anew and ends with it, so that threads and processes share nothing but the file. SQLite's
rollback journal is kept, and not its write-ahead log: home folders lie on network drives, where the log does not work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from tutor.errors import TutorError

APPLICATION = 0x5455544F
"""Marks the file as ours: "TUTO" in its header."""

VERSION = 1
"""Of the tables; a file of a later one was written by a newer program."""

PATIENCE = 5.0
"""Seconds that one prompt waits while another writes."""

_TABLES = """
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score REAL NOT NULL,
    misconception TEXT,
    form TEXT,
    feedback TEXT NOT NULL,
    counted INTEGER NOT NULL
);
CREATE TABLE help (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('hint', 'solution', 'skip'))
);
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    exercise TEXT NOT NULL,
    seed INTEGER NOT NULL,
    share REAL NOT NULL
);
CREATE TABLE place (
    lesson TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    part INTEGER NOT NULL,
    question INTEGER NOT NULL,
    seeds TEXT NOT NULL
);
CREATE INDEX attempt_of_variant ON attempt (exercise, seed);
CREATE INDEX help_of_variant ON help (exercise, seed);
"""

TABLES = ("attempt", "help", "round", "place")


class StorageError(TutorError):
    """The file of the progress cannot be opened or written."""


def usual_path() -> Path:
    """Where the progress lies unless told otherwise: in the user's folder for the data of programs."""
    return user_data_path("mixed-model-tutor", appauthor=False) / "progress.sqlite"


def prepare(path: Path) -> str | None:
    """Make the file ready for use; what there is to tell about it, if it could not be used and was set aside.

    A file that is damaged, of another program or of a newer version of this one is renamed, never written to.

    Raises
    ------
    StorageError
        When the folder cannot be made, or the file not be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fault = _fault(path) if path.exists() else None
        told = None if fault is None else _set_aside(path, *fault)
        with transaction(path) as database:
            _make_tables(database)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"The progress cannot be kept in {path}: {error}.", tip="Is the folder yours, and is there room?"
        ) from error
    return told


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection within one transaction: all that is written is there afterwards, or nothing."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads, which waits for no other reader."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        yield database


def now() -> str:
    """This moment in UTC, as ISO 8601 says it to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _make_tables(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _TABLES.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")


def _fault(path: Path) -> tuple[str, str] | None:
    """Why a file cannot be used, in a word for its new name and in a sentence."""
    if path.stat().st_size == 0:
        return None
    try:
        with reading(path) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            application = database.execute("PRAGMA application_id").fetchone()[0]
            sound = [row[0] for row in database.execute("PRAGMA quick_check")] == ["ok"]
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise  # locked, or not to be opened: that is no damage
        return "damaged", "is damaged"
    if not sound:
        return "damaged", "is damaged"
    if application != APPLICATION and (version or tables):
        return "foreign", "was written by another program"
    if version > VERSION:
        return "newer", "was written by a newer version of the tutor"
    missing = version == VERSION and not set(TABLES) <= tables
    return ("damaged", "lacks some of its tables") if missing else None


def _set_aside(path: Path, kind: str, reason: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.stem}-{kind}-{stamp}{path.suffix}")
    # Another prompt may have been first; then its new file is already there, and this one is gone.
    with suppress(FileNotFoundError):
        path.rename(aside)
    return f"The file of your progress {reason}. It was kept as {aside}, and a new one was begun."
