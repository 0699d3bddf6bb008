"""The tour: the whole path, in three screens, and a document that compiles."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor.notation.writing.layout import display_width

Run = Callable[..., Any]

SCREEN = 40
"""Lines of a terminal window of ordinary height."""


def test_the_tour_shows_each_station_in_three_screens(
    tutor_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    ran = tutor_command("tour")
    assert ran.status == 0
    assert ran.err == ""
    stations = [
        "Yates (1935)",
        "y_ijk = μ + ",
        "y ~ N(Xβ, ZGZ' + R)",
        "y = Xβ + Zu + ε",
        "X, with its labels",
        "Z, with its labels",
        "Var(y) = Var(Xβ + Zu + ε)",
        "V = I₆ ⊗",
        "✓ Yes.",
        "✗ Not yet.",
        "tour.tex",
    ]
    places = [ran.out.index(station) for station in stations]
    assert places == sorted(places)
    lines = ran.out.splitlines()
    assert len(lines) <= 3 * SCREEN
    assert lines[-1].strip().startswith("tutor ")
    assert [path.name for path in tmp_path.iterdir()] == ["tour.tex"]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal(
    width: int, tutor_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(width))
    ran = tutor_command("tour")
    assert [line for line in ran.out.splitlines() if display_width(line) > width] == []


def test_the_command_it_ends_with_works(tutor_command: Run, tmp_path: Path) -> None:
    import shlex

    last = tutor_command("tour", "--out", str(tmp_path / "a.tex")).out.splitlines()[-1]
    program, *words = shlex.split(last)
    assert program == "tutor"
    assert tutor_command(*words).status in (0, 1)


def test_a_file_of_somebody_else_stays(tutor_command: Run, tmp_path: Path) -> None:
    path = tmp_path / "thesis.tex"
    path.write_text("mine", encoding="utf-8")
    ran = tutor_command("tour", "--out", str(path))
    assert (ran.status, ran.out) == (2, "")
    assert "thesis.tex" in ran.err
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("columns", ["20", "60", "250"])
def test_a_terminal_of_any_width_will_do(
    tutor_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert tutor_command("tour", "--out", str(tmp_path / "a.tex")).status == 0


@pytest.mark.skipif(
    shutil.which("latexmk") is None or shutil.which("pdflatex") is None,
    reason="latexmk or pdflatex is missing: on Debian, apt-get install texlive-latex-recommended lmodern latexmk",
)
def test_latexmk_compiles_the_document(tutor_command: Run, tmp_path: Path) -> None:
    assert tutor_command("tour", "--out", str(tmp_path / "tour.tex")).status == 0
    command = ["latexmk", "-pdf", "-pdflatex=pdflatex -no-shell-escape %O %S", "-interaction=nonstopmode", "tour.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull" not in (tmp_path / "tour.log").read_text(encoding="utf-8", errors="replace")
