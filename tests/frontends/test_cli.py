"""The command line: what it prints, where it writes, and its exit status."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
"""The fixture `tutor_command` of conftest.py: words to what the command left."""

COMMANDS = (
    "tour", "derive", "check", "proofread", "practice", "progress", "exercises", "sheet", "handout", "new-exercise",
    "selftest",
)  # fmt: skip
OATS = "yield ~ factor(nitro) + (1 | Block/Variety)"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(tutor_command: Run, command: str) -> None:
    ran = tutor_command(command, "--help")
    assert ran.status == 0
    assert f"Example: tutor {command}" in " ".join(ran.out.split())


def test_help_names_each_command_and_the_place_to_start(tutor_command: Run) -> None:
    ran = tutor_command("--help")
    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)
    assert "tutor tour" in ran.out


def test_derive_prints_the_mathematics_and_nothing_else(tutor_command: Run) -> None:
    ran = tutor_command("derive", OATS, "--data", "oats.csv")
    assert ran.status == 0
    assert ran.err == ""
    first, *rest = ran.out.splitlines()
    assert first.startswith("Var(y) = Var(Xβ + Zu + ε)")
    assert all(line.startswith(("       = ", "         ")) for line in rest)


def test_derive_in_latex_and_json(tutor_command: Run) -> None:
    latex = tutor_command("derive", "--design", "rcbd:t,b", "--latex")
    assert latex.out.startswith(r"\begin{aligned}")
    told = json.loads(tutor_command("derive", "--design", "rcbd:t,b", "--json").out)
    assert told["goal"]["unicode"] == "Var(y)"
    assert all(set(step) == {"rule", "because", "assumption", "relation", "unicode", "latex"} for step in told["steps"])
    assert len(told["steps"]) >= 4


def test_derive_takes_another_moment(tutor_command: Run) -> None:
    ran = tutor_command("derive", "--design", "rcbd:3,4", "--what", "E(y)")
    assert ran.status == 0
    assert re.match(r" *= Xβ  ", ran.out.splitlines()[-1])


@pytest.mark.parametrize(
    ("answer", "reference", "design", "status", "outcome"),
    [
        ("ZGZ' + R", "Var(y)", "rcbd:3,4", 0, "correct"),
        (r"\sigma^2_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}", "V", "rcbd:3,4", 0, "correct"),
        ("ZGZ'", "Var(y)", "rcbd:3,4", 1, "incorrect"),
        ("GZZ' + R", "Var(y)", "rcbd:3,4", 1, "incorrect"),
        ("V", "Var(y)", "rcbd:3,4", 1, "correct"),
        ("ZGZ' + R", "Var(y)", "rcbd:t,b", 0, "correct"),
        ("Xβ", "E(y)", "crd:2,3", 0, "correct"),
        ("Xβ + Zu", "E(y)", "rcbd:2,3", 1, "incorrect"),
        (r"\sigma^2 \mathbf{I}", "V", "crd:2,3", 0, "correct"),
        (r"\sigma^2 \mathbf{I}_5", "Var(y)", "regression:5", 0, "correct"),
        ("[[1, 2], [1, 3], [1, 5]]", "X", "regression:2,3,5", 0, "correct"),
        ("[[1, 1/2], [1, -3], [1, 0.25]]", "X", "regression:0.5,-3,1/4", 0, "correct"),
        ("ZGZ' + R", "V", "rcbd:blocks=4,treatments=3", 0, "correct"),
        ("R", "V", "rcbd:3,4,fixed", 0, "correct"),
        (r"\sigma^2_u", "Cov(y_11, y_21)", "rcbd:3,4", 0, "correct"),
        ("y ~ N(Xβ, ZGZ' + R)", "y ~ N(Xβ, V)", "rcbd:3,4", 0, "correct"),
        ("y ~ N(Xβ, R)", "y ~ N(Xβ, V)", "rcbd:3,4", 1, "incorrect"),
        ("y_kl = μ + τ_k + u_l + e_kl, u_l ~ N(0, σ²_u), e_kl ~ N(0, σ²)", "model", "rcbd:3,4", 0, "correct"),
        ("y_ij = μ + τ_i + ε_ij, ε_ij ~ N(0, σ²)", "model", "rcbd:3,4", 1, "incorrect"),
        ("12 by 4", "Z: 12 × 4", "rcbd:3,4", 0, "correct"),
        (r"\sigma^2_u", "Corr(y_11, y_21)", "rcbd:3,4", 1, "incorrect"),
        (r"2\sigma^2/4", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "rcbd:3,4", 0, "correct"),
    ],
)
def test_check_judges_and_tells_by_its_status(
    tutor_command: Run, answer: str, reference: str, design: str, status: int, outcome: str
) -> None:
    ran = tutor_command("check", answer, "--reference", reference, "--design", design, "--json")
    assert json.loads(ran.out)["outcome"] == outcome
    assert ran.status == status
    read = tutor_command("check", answer, "--reference", reference, "--design", design)
    assert read.status == status
    told = json.loads(ran.out)
    judged = "✓" if outcome == "correct" else "✗"
    assert read.out[0] == ("·" if told["form"] or not told["costs_attempt"] else judged)


@pytest.mark.parametrize(
    ("options", "status", "outcome"),
    [
        ((), 1, "incorrect"),
        (("--up-to", "column-space"), 0, "correct"),
        (("--up-to", "column-space", "--form", "closed-form"), 0, "correct"),
        (("--up-to", "column-space", "--form", "entries"), 1, "correct"),
    ],
)
def test_check_takes_what_is_left_free_and_the_form_that_is_demanded(
    tutor_command: Run, options: tuple[str, ...], status: int, outcome: str
) -> None:
    ran = tutor_command("check", "I_2 ⊗ 1_3", "--reference", "X", "--design", "crd:2,3", "--json", *options)
    assert json.loads(ran.out)["outcome"] == outcome
    assert ran.status == status
    left = tutor_command("check", "V^-1", "--reference", "V^-1", "--design", "crd:2,3", "--without", "V^-1", "--json")
    assert json.loads(left.out)["form"] == "names-left"
    assert tutor_command("check", "X", "--reference", "X", "--design", "crd:2,3", "--form", "nice").status == 2


def test_check_without_a_model_takes_the_notation_of_the_lecture(tutor_command: Run) -> None:
    assert tutor_command("check", "R + ZGZ'", "--reference", "ZGZ' + R").status == 0
    assert tutor_command("check", "ZGZ'", "--reference", "ZGZ' + R").status == 1
    assert tutor_command("check", "y ~ N(Xβ, ZGZ' + R)", "--reference", "y ~ N(Xβ, V)").status == 0


def test_check_of_several_lines_judges_each(tutor_command: Run) -> None:
    model = ("--reference", "Var(y)", "--design", "rcbd:3,4")
    assert tutor_command("check", "Var(y) = Var(Zu) + Var(ε)\n= ZGZ' + R", *model).status == 0
    ran = tutor_command("check", "Var(y) = Var(Zu) + Var(ε)\n= Z Var(u) + R", *model)
    assert ran.status == 1
    assert ran.out.startswith("✗ Line 2 does not follow from line 1.")
    assert tutor_command("check", "Var(y) = Var(Zu) + Var(ε)\n= ZGZ'", "--reference", "V").status == 1


def test_check_of_a_formula_with_data(tutor_command: Run) -> None:
    model = ("--formula", "effort ~ Type + (1 | Subject)", "--data", "ergostool.csv")
    assert tutor_command("check", "ZGZ' + R", "--reference", "V", *model).status == 0


BAD_USAGE: list[tuple[tuple[str, ...], str]] = [
    (("derive",), "No model is given"),
    (("derive", "y ~ x"), "The formula has no data"),
    (("derive", "y ~ x", "--data", "nowhere.csv"), "nowhere.csv"),
    (("derive", "yield ~ nitr", "--data", "oats.csv"), "Did you mean nitro"),
    (("derive", "yield ~ (1 | Block", "--data", "oats.csv"), "^"),
    (("derive", "--design", "rcdb:3,4"), "Did you mean rcbd"),
    (("derive", "--design", "rcbd:3"), "treatments, blocks"),
    (("derive", "--design", "rcbd:3,4,random,5,6"), "no whole design"),
    (("derive", "--design", "rcbd:3,-4"), "positive whole number"),
    (("derive", "--design", "rcbd:3,0"), "positive whole number"),
    (("derive", "--design", "rcbd:3,4;5"), "no size"),
    (("derive", "--design", "regression:1,1/00"), "no size"),
    (("derive", "--design", "rcbd:3,block=4"), "Did you mean blocks"),
    (("derive", "--design", "rcbd:3,treatments=4"), "no whole design"),
    (("derive", "--design", "rcbd:3,4", "--data", "oats.csv"), "no data"),
    (("derive", "--design", "rcbd:3,4", "--what", "Var(w)"), "w"),
    (("derive", "--design", "rcbd:3,4", "--latex", "--json"), "choose one"),
    (("check", "ZGZ'", "--reference", "Var(y", "--design", "rcbd:3,4"), "^"),
    (("check", "ZGZ'", "--design", "rcbd:3,4"), "--reference"),
    (("check", "ZGZ'", "--reference", "V = R", "--design", "rcbd:3,4"), "no equation"),
    (("handout", "nowhere"), "tutor exercises lists them"),
    (("sheet", "rcbd_variance", "--answers", "nowhere.py"), "nowhere.py"),
    (("selftest", "rcbd_varience"), "Did you mean rcbd_variance?"),
    (("selftest", "--seeds", "0"), "--seeds"),
    (("tuor",), "tuor"),
    (("tour", "--out"), "--out"),
]


@pytest.mark.parametrize(("words", "told"), BAD_USAGE, ids=[" ".join(words) for words, _ in BAD_USAGE])
def test_bad_usage_is_told_in_words_with_status_2(
    tutor_command: Run, words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = tutor_command(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


UNREADABLE: list[tuple[str, str]] = [
    ("ZGZ' + (R", "^"),
    ("ZGZ' + R)", "^"),
    ("zgz' + R", "Did you mean ZGZ"),
    (r"\sigma^2_b \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{Q}", "^"),
    (r"\begin{bmatrix} 1 & 0 \\ 0 \end{bmatrix}", "ow 2"),
    ("", ""),
    ("Z" * 100_000, "100,000 characters"),
    ("Z + \x07", ""),
]


@pytest.mark.parametrize(("answer", "told"), UNREADABLE, ids=[answer[:20] for answer, _ in UNREADABLE])
def test_an_answer_that_cannot_be_read_has_status_2(tutor_command: Run, answer: str, told: str) -> None:
    ran = tutor_command("check", answer, "--reference", "V", "--design", "rcbd:3,4")
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("· ")
    assert told in ran.err
    assert len(ran.err) < 1000
    told_json = tutor_command("check", answer, "--reference", "V", "--design", "rcbd:3,4", "--json")
    assert told_json.status == 2
    assert json.loads(told_json.out)["outcome"] == "unreadable"


BAD_DATA: list[tuple[str, bytes | None, str, str]] = [
    ("no such file", None, "y ~ x + (1 | g)", "There is no file"),
    ("an empty file", b"", "y ~ x + (1 | g)", "empty"),
    ("a binary file", bytes(range(256)), "y ~ x + (1 | g)", "mine.csv"),
    ("a header and no rows", b"y,x,g\n", "y ~ x + (1 | g)", "mine.csv"),
    ("a ragged row", b"y,x,g\n1,2,a\n3,4\n", "y ~ x + (1 | g)", "3"),
    ("no such column", b"y,x,grp\n1,2,a\n3,5,a\n4,4,b\n5,1,b\n", "y ~ x + (1 | group)", "Did you mean grp"),
    ("missing values", b"y,x,g\n1,2,a\n3,NA,a\n4,,b\n5,1,b\n", "y ~ x + (1 | g)", "2 observations"),
    ("a factor with one level", b"y,x,g\n1,f,a\n3,f,a\n4,f,b\n5,f,b\n", "y ~ x + (1 | g)", "level"),
    ("a group with one level", b"y,x,g\n1,2,a\n3,5,a\n4,4,a\n5,1,a\n", "y ~ x + (1 | g)", "level"),
    ("a bracket that is not closed", b"y,x,g\n1,2,a\n3,5,a\n4,4,b\n5,1,b\n", "y ~ x + (1 | g", "^"),
    ("a product in a group", b"y,x,g\n1,2,a\n3,5,a\n4,4,b\n5,1,b\n", "y ~ 1 + (1 | g*x)", "^"),
    ("a product with a random term", b"y,x,g\n1,2,a\n3,5,a\n4,4,b\n5,1,b\n", "y ~ x*(1 | g)", "^"),
    ("no response", b"y,x,g\n1,2,a\n3,5,a\n4,4,b\n5,1,b\n", "~ x + (1 | g)", "^"),
]


@pytest.mark.parametrize(
    ("content", "formula", "told"), [case[1:] for case in BAD_DATA], ids=[case[0] for case in BAD_DATA]
)
def test_data_or_formula_that_cannot_be_used_are_told_with_status_2(
    tutor_command: Run, content: bytes | None, formula: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("mine.csv").write_bytes(content)
    ran = tutor_command("derive", formula, "--data", "mine.csv")
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == (3 if told == "^" else 1), ran.err


def test_an_error_of_ours_takes_a_line_or_two_and_the_place(tutor_command: Run) -> None:
    assert len(tutor_command("derive", "--design", "rcdb:3,4").err.splitlines()) == 1
    assert len(tutor_command("derive", "yield ~ (1 | Block", "--data", "oats.csv").err.splitlines()) == 3


@pytest.mark.parametrize("place", [0, 1, 3])
def test_debug_shows_the_traceback_wherever_it_stands(place: int) -> None:
    words = ["derive", "--design", "rcbd:3"]
    words.insert(place, "--debug")
    done = subprocess.run([sys.executable, "-m", "tutor", *words], capture_output=True, text=True, check=False)
    assert "Traceback" in done.stderr
    assert "UsageError" in done.stderr


def test_a_fault_of_the_program_is_told_apart(tutor_command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("tutor.frontends.models.model_of", broken)
    ran = tutor_command("derive", "--design", "rcbd:3,4")
    assert ran.status == 3
    assert "a fault of the program" in ran.err
    assert "Traceback" not in ran.err


def test_data_in_the_working_directory_come_before_those_of_the_package(
    tutor_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("oats.csv").write_text("weight,farm\n1,a\n2,a\n3,b\n5,b\n6,c\n8,c\n", encoding="utf-8")
    assert tutor_command("derive", "weight ~ 1 + (1 | farm)", "--data", "oats.csv").status == 0
    assert tutor_command("derive", OATS, "--data", "oats.csv").status == 2
    assert tutor_command("derive", "effort ~ Type + (1 | Subject)", "--data", "ergostool.csv").status == 0
    assert tutor_command("derive", "effort ~ Type + (1 | Subject)", "--data", "./ergostool.csv").status == 2


def test_an_answer_may_come_from_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "check", "-", "--reference", "V", "--design", "rcbd:3,4"],
        input="ZGZ'\n + R\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout[0]) == (0, "✓")


def test_a_terminal_without_the_signs_is_no_reason_to_fail() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "derive", "--design", "rcbd:3,4"],
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"Var(y) = ")


def test_the_version_is_that_of_the_package(tutor_command: Run) -> None:
    import tutor

    assert tutor_command("--version").out.strip() == tutor.__version__


def test_exercises_lists_the_bank(tutor_command: Run) -> None:
    names = {entry["name"] for entry in json.loads(tutor_command("exercises", "--json").out)}
    root = Path(__file__).resolve().parents[2]
    assert names == {path.stem for path in (root / "exercises").glob("*.py")}
    told = tutor_command("exercises").out
    assert all(name in told for name in names)


def test_exercises_are_listed_by_topic_with_what_they_build_on(tutor_command: Run) -> None:
    found = json.loads(tutor_command("exercises", "--tag", "Blocks", "--json").out)
    assert all(any("blocks" in tag for tag in entry["tags"]) for entry in found)
    (same_block,) = (entry for entry in found if entry["name"] == "same_block")
    assert same_block["prerequisites"] == ["rcbd_variance"]
    assert "after rcbd_variance" in " ".join(tutor_command("exercises", "--tag", "blocks").out.split())
    assert "Did you mean blocks?" in tutor_command("exercises", "--tag", "blokcs").err
