"""The command line, run within the test's process, and a log of its own for each test."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tutor.frontends import cli
from tutor.storage.undecided import SETTING, UndecidedLog


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def log_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes to the user's log, nor to that of a shell that an earlier test left open."""
    monkeypatch.setenv(SETTING, str(tmp_path / "log.jsonl"))
    logger = logging.getLogger("tutor")
    others = [handler for handler in logger.handlers if not isinstance(handler, UndecidedLog)]
    monkeypatch.setattr(logger, "handlers", others)


@pytest.fixture
def tutor_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run ``tutor`` with these words."""

    def run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tutor", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        printed = capsys.readouterr()
        code = end.value.code
        return Ran(code if isinstance(code, int) else 0 if code is None else 1, printed.out, printed.err)

    return run
