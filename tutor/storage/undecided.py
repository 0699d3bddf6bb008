"""The instructor's log: answers without a verdict, one line of JSON each.

It lies in the user's folder for the data of programs, or where the environment variable TUTOR_LOG says. A line is
appended by one write of the system to a file opened for appending, so that lines of two processes do not mix.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from tutor.checking.limits import Undecided
from tutor.storage.database import StorageError, now

SETTING = "TUTOR_LOG"
"""The environment variable that names another file."""


def usual_path() -> Path:
    """Where the log lies unless told otherwise."""
    named = os.environ.get(SETTING)
    return Path(named) if named else user_data_path("mixed-model-tutor", appauthor=False) / "undecided.jsonl"


class UndecidedLog(logging.Handler):
    """Writes the undecided cases that Python's logger "tutor" is told. ``path`` None is the usual one at that time."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(logging.WARNING)
        self.path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Append a case. Where it cannot be written it is told on the error stream, so that it is not lost."""
        case = getattr(record, "undecided", None)
        if not isinstance(case, Undecided):
            return
        line = json.dumps({"at": now(), **asdict(case)}, ensure_ascii=False)
        try:
            _append(self.path or usual_path(), line)
        except OSError as error:
            told = f"tutor: the log cannot be written ({error}): {line}"
            if logging.lastResort is not None:
                logging.lastResort.handle(logging.makeLogRecord({"msg": told, "levelno": logging.WARNING}))


@contextmanager
def kept(path: Path | None = None) -> Iterator[None]:
    """Undecided cases are written to the log while this lasts; to each file once, however often it is asked for."""
    handler = start_keeping(path)
    try:
        yield
    finally:
        stop_keeping(handler)


def start_keeping(path: Path | None = None) -> UndecidedLog | None:
    """Write undecided cases from now on; None where that is done already."""
    logger = logging.getLogger("tutor")
    if any(isinstance(handler, UndecidedLog) and handler.path == path for handler in logger.handlers):
        return None
    handler = UndecidedLog(path)
    logger.addHandler(handler)
    return handler


def stop_keeping(handler: UndecidedLog | None) -> None:
    """Write no more to what `start_keeping` returned."""
    if handler is not None:
        logging.getLogger("tutor").removeHandler(handler)


def cases(path: Path | None = None) -> list[dict[str, Any]]:
    """The cases of a log, the oldest first; none where there is no log yet. A line that is no case is left out.

    Raises
    ------
    StorageError
        When the file cannot be read.
    """
    file = path or usual_path()
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
    except OSError as error:
        raise StorageError(f"The log {file} cannot be read: {error}.", tip="Is it a file, and yours?") from error
    return [case for case in map(_case, lines) if case is not None]


def _case(line: str) -> dict[str, Any] | None:
    try:
        case = json.loads(line)
    except ValueError:
        return None
    return case if isinstance(case, dict) and {"at", "answer", "asked", "reason"} <= set(case) else None


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Binary, since a text file on Windows would write a line's end apart from it.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        data = f"{line}\n".encode(errors="replace")
        written = os.write(file, data)
        while written < len(data):  # a full disk may take a part; the error is raised by the next write
            written += os.write(file, data[written:])
    finally:
        os.close(file)
