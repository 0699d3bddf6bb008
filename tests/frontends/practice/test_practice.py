"""Lessons at a prompt within the process, at a real terminal, and in a kernel of Jupyter."""

from __future__ import annotations

import csv
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tutor import rcbd
from tutor.bank import bank
from tutor.checking.kinds.choices import Choice
from tutor.checking.kinds.dimensions import Dimensions
from tutor.exercise import Question
from tutor.frontends.practice.bare import is_answer, is_idle, reads
from tutor.frontends.practice.commands import COMMANDS
from tutor.frontends.practice.desk import Desk
from tutor.frontends.practice.export import file_and_format, words_of
from tutor.frontends.practice.screen import Judged, Look, Rows, Thing, Words, screen
from tutor.frontends.practice.shell import ALIASES, completions
from tutor.storage.progress import Progress

RIGHT = r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the progress of this test lies."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "mixed-model-tutor"


LESSON = '''"""Blocks, in short."""

from tutor import Lesson, Page, Practice, rcbd


def make() -> Lesson:
    m = rcbd(treatments=2, blocks=3)
    return Lesson(
        "Blocks as random effects", "What they do to the variance of y.",
        (
            Page("Two ways", r"They have $\\rho_j$, or $u_j \\sim N(0, \\sigma^2_u)$.", shown=m.equation("index")),
            Page("Where the variance comes from", "Line by line.", shown=m.derive("Var(y)")),
            Practice("rcbd_variance"),
        ),
    )
'''


@pytest.fixture
def lesson(data: Path, tmp_path: Path) -> Path:
    """The file of a short lesson: two pages and an exercise of the bank."""
    path = tmp_path / "short.py"
    path.write_text(LESSON, encoding="utf-8")
    return path


@pytest.fixture
def shell(data: Path) -> Any:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config)
    shell.run_cell("%load_ext tutor")
    return shell


@pytest.fixture
def at_question(shell: Any, lesson: Path) -> Any:
    """A shell in which the first question of the block design waits."""
    for line in (f"%tutor start {lesson}", "%tutor next", "%tutor next"):
        shell.run_cell(line)
    return shell


def shown(shell: Any, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a cell prints."""
    capsys.readouterr()
    shell.run_cell(cell)
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_a_lesson_from_its_first_page_to_a_right_answer(
    shell: Any, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Blocks as random effects" in shown(shell, f"%tutor start {lesson}", capsys)
    assert "= ZGZ' + R" in shown(shell, "%tutor next", capsys)
    assert "Question 1 of 3" in shown(shell, "%tutor next", capsys)
    assert "What else makes one observation vary?" in shown(shell, "%tutor answer ZGZ'", capsys)
    assert "Which terms on the right" in shown(shell, "%tutor hint", capsys)
    told = shown(shell, f"%tutor answer {RIGHT}", capsys)
    assert told.startswith("✓")
    assert "Question 2 of 3" in told


@pytest.mark.parametrize(
    "cell",
    [
        RIGHT,
        "ZGZ' + R",
        "(ZG)Z' + R",
        f"%%answer\n{RIGHT}",
        f"%answer {RIGHT}",
        "answer ZGZ' + R",
        "tutor answer ZGZ' + R",
        "%%tutor answer\n\\mathbf{Z}\\mathbf{G}\\mathbf{Z}'\n+ \\mathbf{R}",
        f"Z = 5; G = 6\n%tutor answer {RIGHT}",
    ],
)
def test_an_answer_may_come_in_many_ways(at_question: Any, cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "✓" in shown(at_question, cell, capsys)


def test_a_variable_that_holds_an_answer_answers(at_question: Any, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.search(r"in\s(\d)\s[\w\s]+,\sthe\sblocks", shown(at_question, "%tutor repeat", capsys))
    treatments = re.search(r"compares\s(\d)", shown(at_question, "%tutor repeat", capsys))
    assert blocks is not None
    assert treatments is not None
    made = f"from tutor import rcbd; mine = rcbd(treatments={treatments[1]}, blocks={blocks[1]}).V"
    shown(at_question, made, capsys)
    assert "✓" in shown(at_question, "%tutor answer mine", capsys)


def test_a_part_of_a_model_answers_and_what_would_be_calculated_is_not(
    at_question: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shown(at_question, "from tutor import rcbd; m = rcbd(2, 7)", capsys)
    assert "✗" in shown(at_question, "%tutor answer m.R", capsys)
    assert "mine = m.V.explicit()" in shown(at_question, "%tutor answer m.V.explicit()", capsys)
    assert "The part of m 'W' is not known" in shown(at_question, "%tutor answer m.W", capsys)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", True),
        (r"\sigma^2 I", True),
        ("ZGZ' + R", True),
        ("(X'X)^{-1}X'y", True),
        ("X' + 1", True),
        ("x = 'a' + 'b'", False),
        ("'ZGZ'", False),
        ("print('it')", False),
        ("a = b'", True),
        (r"e^{\mu + \sigma^2_u/2}", True),
        (r"2\sigma^2/3", True),
        ("y_{11} + y_{21}", True),
        (r'open("C:\data', False),
        (r"1 +  # \sigma", False),
        ("d = {1: 2,", False),
        ("σ² + σ²_u", True),
        ("I_3 ⊗ (σ²I_2 + σ²_u J_2)", True),
        ('print("σ²")', False),
        ("x = 3  # σ²", False),
        ("%tutor hint", False),
        ("!ls 'x", False),
        ("m.V?", False),
        ("x = 3", False),
        ("1 +", False),
        ("", False),
        ("\\", False),
        ("Z = 5\n%tutor answer ZGZ'", False),
        ("\\mathbf{Z}'\n+ 1", True),
    ],
)
def test_only_what_is_plainly_an_answer_is_taken_as_one(text: str, expected: bool) -> None:
    assert is_answer(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x4", True),
        ("a, c", True),
        ("Z G Z^T + R", True),
        ("Z @ G @ Z.T + R", True),
        ("Z %*% G %*% t(Z) + R", True),
        ("yes", True),
        ("5", True),
        ("-0.5", True),
        ("[[1, 0], [0, 1]]", True),
        ("2/5", False),
        ("held + 1", False),
        ("held = new", False),
        ("print(1)", False),
        ("'a'", False),
        ("None", False),
        ("%tutor next", False),
        ("Z?", False),
        ("", False),
    ],
)
def test_python_has_no_use_for_what_only_an_answer_can_be(text: str, expected: bool) -> None:
    assert is_idle(text, {"held"}) is expected


@pytest.mark.parametrize(
    ("reference", "text", "expected"),
    [
        (Choice(("Xβ", "Zu", "ZGZ'"), right=("a", "c")), "a, c", True),
        (Choice(("Xβ", "Zu", "ZGZ'"), right=("a", "c")), "start", False),
        (Dimensions(3, 4), "3x4", True),
        (Dimensions(3, 4), "m = rcbd(3", False),
        (True, "yes", True),
        (True, "perhaps", False),
        (rcbd(2, 3).V, "Z @ G @ Z.T + R", True),
        (rcbd(2, 3).V, "Z Z", True),
        (rcbd(2, 3).V, "5", False),
        (rcbd(2, 3).V, "[[1, 0], [0, 1]]", True),
        (rcbd(2, 3).E("y_11"), "5", True),
        (rcbd(2, 3).V, "m = rcbd(3", False),
        (rcbd(2, 3).V, "for i in range(3):", False),
        (rcbd(2, 3).V, "start", False),
    ],
)
def test_what_reads_as_an_answer_depends_on_the_question(reference: Any, text: str, expected: bool) -> None:
    assert reads(text, Question("q1", "What is it?", reference, 1)) is expected


def test_below_an_error_of_python_stands_how_to_answer(at_question: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert "✓" in shown(at_question, "Z @ G @ Z.T + R", capsys)
    assert "If that was your answer: %tutor answer what it was" in shown(at_question, "what it was", capsys)
    assert "your answer" not in shown(at_question, "1 / 0", capsys)
    assert "your answer" not in shown(at_question, "%tutor quit\nwhat", capsys)


def test_without_a_question_a_bare_answer_is_the_error_it_always_was(
    shell: Any, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "SyntaxError" in shown(shell, RIGHT, capsys)
    shown(shell, f"%tutor start {lesson}", capsys)
    assert "SyntaxError" in shown(shell, RIGHT, capsys)


def test_next_goes_on_in_a_lesson_and_is_python_s_function_elsewhere(
    shell: Any, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "<function next>" in shown(shell, "next", capsys)
    first = shown(shell, f"%tutor start {lesson}", capsys)
    second = shown(shell, "next", capsys)
    assert "<function" not in second and second != first and RIGHT not in second
    assert "3" in shown(shell, "next(iter([3]))", capsys)
    shell.user_ns["next"] = "mine"
    assert "mine" in shown(shell, "next", capsys)


def test_variables_in_braces_and_after_dollars_are_left_alone(
    at_question: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    at_question.user_ns.update(Z="Q", G="Q", n=3)
    assert "✓" in shown(at_question, f"%tutor answer ${RIGHT}$", capsys)
    assert at_question.user_ns["Z"] == "Q"


def test_a_user_s_names_are_never_touched_and_unloading_leaves_no_trace(
    data: Path, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config)
    shell.user_ns["hint"] = "mine"

    def state() -> tuple[object, ...]:
        strings = shell.strdispatchers["complete_command"].strs
        magics = {kind: set(held) for kind, held in shell.magics_manager.magics.items()}
        names = {name for name in shell.user_ns if not re.match(r"_|In$|Out$", name)}
        return magics, list(shell.input_transformers_cleanup), set(strings), shell.custom_exceptions, names

    before = state()
    shell.run_cell("%load_ext tutor")
    assert "hint" not in shell.magics_manager.magics["line"]
    assert set(ALIASES) - {"hint"} <= set(shell.magics_manager.magics["line"])
    for line in (f"%tutor start {lesson}", "%tutor next", "%tutor next", "%answer ZGZ'", "%tutor quit"):
        shell.run_cell(line)
    assert shell.user_ns["hint"] == "mine"
    shell.run_cell("%unload_ext tutor")
    assert state() == before


def test_a_seed_names_the_numbers(shell: Any, lesson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for seed in ("7", "7", "8"):
        shown(shell, f"%tutor start {lesson} --seed {seed}", capsys)
        shown(shell, "%tutor next", capsys)
        told.append(shown(shell, "%tutor next", capsys))
    assert told[0] == told[1] != told[2]
    assert "cannot be read" in shown(shell, f"%tutor start {lesson} --sed 7", capsys)


def test_why_tells_the_law_behind_a_line(shell: Any, lesson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in (f"%tutor start {lesson}", "%tutor next"):
        shell.run_cell(line)
    assert "Cov(u, ε) = 0" in shown(shell, "%tutor why 3", capsys)
    assert "The lines are 1 to" in shown(shell, "%tutor why 99", capsys)
    shown(shell, "%tutor next", capsys)
    assert "%tutor why" in shown(shell, "%tutor solution", capsys)
    shown(shell, "%tutor start sizes_of_the_model", capsys)
    text = shown(shell, "%tutor solution", capsys)
    assert "Solution" in text and "%tutor why" not in text


def test_each_command_says_what_it_needs_where_there_is_none(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for name in set(COMMANDS) - {"start", "progress", "quit"}:
        assert "No lesson is open." in shown(shell, f"%tutor {name}", capsys)
    assert "There is no lesson or exercise" in shown(shell, "%tutor start nowhere", capsys)
    assert "Did you mean blocks?" in shown(shell, "%tutor start blcks", capsys)
    assert "Nothing was answered yet" in shown(shell, "%tutor progress", capsys)
    assert "Nothing is due" in shown(shell, "%tutor start review", capsys)


def test_a_fault_of_an_exercise_is_ours_and_costs_nothing(
    at_question: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in here")

    with monkeypatch.context() as patch:
        patch.setattr("tutor.session.judge", broken)
        told = shown(at_question, "%tutor answer ZGZ'", capsys)
    assert "The fault is ours" in told
    assert "Traceback" not in told
    assert Progress(data / "progress.sqlite").answers() == ()
    assert "✓" in shown(at_question, RIGHT, capsys)


def test_the_progress_is_shown_and_written(
    at_question: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown(at_question, "%tutor answer ZG +", capsys)
    assert "none judged yet" in shown(at_question, "%tutor progress", capsys)
    shown(at_question, "ZGZ'", capsys)
    assert "1 answer, 0 right" in shown(at_question, "%tutor progress", capsys)
    assert "Written" in shown(at_question, f"%tutor progress {tmp_path / 'mine.csv'}", capsys)
    with (tmp_path / "mine.csv").open(encoding="utf-8") as file:
        unread, row = csv.DictReader(file)
    assert unread["counted"] == "False"
    assert row["misconception"] == "missing-residual"
    assert "Written" in shown(at_question, f"%tutor progress --csv {tmp_path / 'mine.csv'}", capsys)  # once more
    (tmp_path / "other.csv").write_text("a,b\n", encoding="utf-8")
    assert "stays as it is" in shown(at_question, f"%tutor progress {tmp_path / 'other.csv'}", capsys)


@pytest.mark.parametrize(
    ("line", "path", "chosen"),
    [
        ("", None, None),
        ("mine.csv", "mine.csv", "csv"),
        ("MINE.JSON", "MINE.JSON", "json"),
        ("csv", None, "csv"),
        ("--json", None, "json"),
        ("--csv mine.csv", "mine.csv", "csv"),
        ("--csv=mine.csv", "mine.csv", "csv"),
        ("mine.csv --csv", "mine.csv", "csv"),
        ("csv answers", "answers", "csv"),
        ('"my own.csv"', "my own.csv", "csv"),
    ],
)
def test_an_export_is_asked_for_in_any_usual_way(line: str, path: str | None, chosen: str | None) -> None:
    assert file_and_format(words_of(line)) == (None if path is None else Path(path), chosen)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("mine.txt", "neither"),
        ("--out mine.csv", "no option"),
        ("a.csv b.csv", "two"),
        ("csv json", "two"),
        ("--csv mine.json", "no name of a CSV file"),
        ('"mine.csv', "not closed"),
    ],
)
def test_an_export_that_cannot_be_understood_says_why(
    shell: Any, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in shown(shell, f"%tutor progress {line}", capsys)


def test_where_no_progress_can_be_kept_the_lesson_goes_on_for_now(
    shell: Any, data: Path, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.write_text("no folder", encoding="utf-8")
    told = shown(shell, f"%tutor start {lesson}", capsys)
    assert "cannot be kept" in told and "forgotten when you leave" in told
    assert "Question 1 of 3" in shown(shell, "%tutor next\n%tutor next", capsys)
    assert "✓" in shown(shell, RIGHT, capsys)
    assert "1 answer, 1 right" in shown(shell, "%tutor progress", capsys)
    assert data.read_text(encoding="utf-8") == "no folder"


def test_a_page_draws_its_picture_into_a_file(shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib", reason="a picture needs matplotlib, which the extra plots brings")
    (tmp_path / "drawn.py").write_text(
        LESSON.replace('"Line by line."', '"Line by line.", picture=m.plot_variance'), encoding="utf-8"
    )
    shown(shell, f"%tutor start {tmp_path / 'drawn.py'}", capsys)
    assert "No picture belongs" in shown(shell, "%tutor picture", capsys)
    assert "%tutor picture" in shown(shell, "%tutor next", capsys)
    assert "no name of a picture" in shown(shell, f"%tutor picture {tmp_path / 'v.txt'}", capsys)
    assert "Written" in shown(shell, f"%tutor picture {tmp_path / 'v.png'}", capsys)
    assert (tmp_path / "v.png").read_bytes().startswith(b"\x89PNG")
    assert "stays as it is" in shown(shell, f"%tutor picture {tmp_path / 'v.png'}", capsys)


def test_a_terminal_that_can_show_pictures_shows_them(
    shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="a picture needs matplotlib, which the extra plots brings")
    path = tmp_path / "drawn.py"
    path.write_text(LESSON.replace('"Line by line."', '"Line by line.", picture=m.plot_variance'), encoding="utf-8")
    pictures: list[bytes] = []
    # What IPython puts there where the terminal speaks the graphics protocol of kitty.
    shell.mime_renderers = {"image/png": lambda png, _: pictures.append(png)}
    shown(shell, f"%tutor start {path}", capsys)
    told = shown(shell, "%tutor next", capsys)
    (picture,) = pictures
    assert picture.startswith(b"\x89PNG")
    assert "%tutor picture" not in told
    assert "%tutor next" in told


def test_words_tell_a_screen_reader_what_a_picture_shows(
    shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="a picture needs matplotlib, which the extra plots brings")
    path = tmp_path / "drawn.py"
    path.write_text(LESSON.replace('"Line by line."', '"Line by line.", picture=m.plot_variance'), encoding="utf-8")
    shown(shell, f"%tutor start {path} --plain", capsys)
    assert "Picture: " in shown(shell, "%tutor next", capsys)


def test_completion_knows_commands_lessons_and_the_names_of_the_question(at_question: Any) -> None:
    from IPython.core.completer import provisionalcompleter

    def offered(line: str) -> set[str]:
        with provisionalcompleter():
            return {found.text for found in at_question.Completer.completions(line, len(line))}

    assert "answer" in offered("%tutor ans")
    assert "blocks" in offered("%tutor start bl")
    assert {"Z", "G", "R", "sigma2_u"} <= offered("%tutor answer ")
    assert completions(Desk(), "%tutor answer ") == []


def test_a_lesson_names_what_comes_before_it_until_that_went_well(
    shell: Any, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Before this: shapes_that_meet and fixed_or_random." in shown(shell, "%tutor start blocks", capsys)
    kept = Progress(data / "progress.sqlite")
    kept.add_round("shapes_that_meet", 1, 1.0)
    kept.add_round("fixed_or_random", 1, 0.5)
    assert "Before this: fixed_or_random. %tutor start fixed_or_random" in shown(shell, "%tutor start blocks", capsys)
    kept.add_round("fixed_or_random", 2, 0.9)
    assert "Before this" not in shown(shell, "%tutor start blocks", capsys)


def test_an_exercise_opens_by_itself_and_a_student_who_fails_is_sent_to_what_it_builds_on(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Question 1 of 3" in shown(shell, "%tutor start means_and_differences", capsys)
    for answer in ("1", "2"):
        assert "builds on" not in shown(shell, f"%tutor answer {answer}", capsys)
    assert "This builds on same_block. %tutor start same_block" in shown(shell, "%tutor answer 3", capsys)
    assert "no attempt used" in shown(shell, "%tutor answer 💥", capsys)  # which tells nothing of a topic
    told = shown(shell, "%tutor progress", capsys)
    assert "Topics that need practice: blocks (0 of 3 right)" in told
    assert "before it same_block" in re.sub(r"\s+", " ", told)
    assert "One exercise" in shown(shell, "%tutor start", capsys)


def test_the_file_of_an_exercise_opens_as_that_of_a_lesson_does(
    shell: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "of_mine.py"
    own.write_text((bank()[0].parent / "same_block.py").read_text(encoding="utf-8"), encoding="utf-8")
    assert "Question 1 of 4" in shown(shell, f"%tutor start {own}", capsys)
    assert "Not yet" in shown(shell, "%tutor answer 0", capsys)
    shown(shell, "%tutor quit", capsys)
    assert "Question 1 of 4" in shown(shell, "%tutor start", capsys)  # found again by its path
    own.write_text("def make():\n    return 3\n", encoding="utf-8")
    assert "a Lesson was expected" in shown(shell, f"%tutor start {own}", capsys)


def test_exercises_are_found_by_their_topic(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(shell, "%tutor start list Variance comp", capsys)
    assert "components_from_mean_squares" in told
    assert "rcbd_variance" not in told
    assert "Did you mean blocks?" in shown(shell, "%tutor start list blokcs", capsys)
    assert "start list TOPIC" in shown(shell, "%tutor start blocks variance", capsys)


def test_a_lesson_that_was_interrupted_is_gone_on_with_after_another(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shown(shell, "%tutor start notation", capsys)
    shown(shell, "%tutor start identity_matrix", capsys)
    while "The lesson is finished" not in shown(shell, "%tutor next", capsys):
        shown(shell, "%tutor solution", capsys)
    assert shown(shell, "%tutor start", capsys).startswith("Letters and tables")


def test_words_for_a_screen_reader_hold_no_signs(
    at_question: Any, lesson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = shown(at_question, f"%tutor start {lesson} --plain", capsys)
    assert "sigma squared sub u" in told
    told = shown(at_question, "%tutor answer ZGZ'", capsys)
    assert told.startswith("Wrong.")
    assert "\x1b" not in told


def test_colour_is_only_for_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    part = screen(Words("Head", "head"), Rows((("a", "b"), ("longer", "c"))))
    assert "\x1b[1mHead\x1b[0m" in part.terminal(Look(colour=True))
    assert part.terminal(Look()) == "Head\n\na       b\nlonger  c"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert Look.of_terminal().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Look.of_terminal().colour


def test_help_and_errors_keep_to_the_width_of_the_terminal(
    shell: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shell.run_cell("from tutor import read")
    text = " + ".join(["ZGZ'"] * 20)
    for cell in ("%tutor", "%tutor start nowhere", "%tutor nothing", f"read('''{text} + (''')"):
        told = shown(shell, cell, capsys)
        assert max(map(len, told.splitlines())) <= 60
    assert told.splitlines()[-1].lstrip() == "^"


def test_each_kind_of_part_is_told_in_each_display() -> None:
    from tutor import check, rcbd

    m = rcbd(treatments=2, blocks=3)
    parts = screen(Words("$\\sigma^2_u$"), Thing(m), Thing(m.V), Thing(m.equation("index")), Rows((("`a`", "b"),)),
                   Judged(check("ZGZ'", m.V)), Judged(check("ZGZ' + R", m.V)))  # fmt: skip
    for told in (parts.terminal(Look(60)), parts.terminal(Look(spoken=True))):
        assert "\\" not in told
        assert "$" not in told
    assert "$\\sigma^2_u$" in parts.markdown()
    running = screen(*(part for part in parts.parts if not isinstance(part, Thing))).terminal(Look(60))
    assert all(len(line) <= 60 for line in running.splitlines())


@pytest.mark.parametrize(
    ("answer", "boxes"),
    [
        ("ZGZ'", 6),
        ("R", 12),
        ("ZGZ' + 2R", 6),
        ("I_2 ⊗ (σ²I_3 + σ²_u J_3)", 10),
        ("ZGZ' + R", 0),  # right
        ("V^-1", 0),  # its entries nobody has worked out
        ("Z", 0),  # another shape
        ("J_6", 0),  # every cell is wrong
    ],
)
def test_a_notebook_marks_the_wrong_cells_of_an_answer(answer: str, boxes: int) -> None:
    from tutor import check, rcbd, read

    m = rcbd(treatments=2, blocks=3)
    told = screen(Judged(check(answer, m.V), read(answer, m.vocabulary).tree)).markdown()
    assert told.count("\\boxed") == boxes
    assert "○" not in told
    assert ("the boxes are what differs" in told) == bool(boxes)


def test_a_text_that_cannot_be_read_keeps_its_caret_below_the_place_in_a_notebook() -> None:
    from tutor import check, rcbd

    told = screen(Judged(check("ZGZ' + (R", rcbd(2, 3).V))).markdown()
    _, code, _ = told.split("```")
    text, caret = code.strip("\n").split("\n")
    assert text[caret.index("^")] == "("


@pytest.mark.slow
def test_a_terminal_session_is_taken_up_again_by_the_next_process(lesson: Path, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect", reason="a real prompt needs pexpect, which the extra dev brings")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "TERM": "dumb", "PYTHONUTF8": "1"}
    environment["XDG_DATA_HOME"] = str(tmp_path)

    def prompt(*words: str) -> Any:
        command = ["-m", "tutor", "practice", "--plain", *words]
        return pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=60)

    def typed(child: Any, line: str, answer: str) -> None:
        child.expect(r"In \[\d+\]: ")
        child.sendline(line)
        child.expect_exact(answer)

    child = prompt(str(lesson))
    try:
        child.expect_exact("Blocks as random effects")
        typed(child, "%tutor next", "Where the variance comes from")
        typed(child, "%tutor next", "Question 1 of 3")
        typed(child, "ZGZ'", "Wrong.")
        typed(child, "%hint", "Which terms on the right")
        typed(child, "ZGZ' + R", "Question 2 of 3")
        child.expect(r"In \[\d+\]: ")
    finally:
        child.close(force=True)  # killed, not asked to leave
    child = prompt()
    try:
        child.expect_exact("Question 2 of 3")
        typed(child, "%tutor progress", "2 answers, 1 right")
        typed(child, "%tutor quit", "Until next time.")
        child.expect(r"In \[\d+\]: ")
        child.sendeof()
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)


@pytest.mark.slow
def test_a_notebook_is_taken_up_again_by_the_next_kernel(lesson: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="a kernel needs nbclient, which the extra dev brings")
    import nbformat

    lesson.write_text(LESSON.replace('"Line by line."', '"Line by line.", picture=m.plot_variance'), encoding="utf-8")

    def run(*cells: str) -> list[str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        told = []
        for cell in notebook["cells"]:
            assert all(output["output_type"] != "error" for output in cell["outputs"])
            kinds = [output.get("data", {}) for output in cell["outputs"]]
            told.append("".join(kind.get("text/markdown", kind.get("text/html", "")) for kind in kinds))
        return told

    told = run("%load_ext tutor", f"%tutor start {lesson}", "%tutor next", "%tutor next", RIGHT, "%tutor hint")
    assert "$\\rho_j$" in told[1]
    assert "aligned" in told[2]
    assert 'src="data:image/png' in told[2]
    assert "$\\mathrm{Var}(\\mathbf{y})$" in told[3]
    assert told[4].startswith("✓")
    again = run("%load_ext tutor", "%tutor start")
    assert "Question 2 of 3" in again[1]
