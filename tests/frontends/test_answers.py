"""A student's file is data: literals are taken from it, and nothing in it ever runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.frontends.answers import AnswersError, parse_answers, read_answers
from tutor.frontends.files import FileError

KEYS = ("q1", "q2", "q3")

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ('q1 = r"\\mathbf{Z}\\mathbf{G}"', {"q1": r"\mathbf{Z}\mathbf{G}"}),
    ("q1 = 'ZGZ\\' + R'", {"q1": "ZGZ' + R"}),
    ('q1 = "ZGZ\' + R"  # my answer', {"q1": "ZGZ' + R"}),
    ("q1 = [[1, 0], [0, -1]]", {"q1": [[1, 0], [0, -1]]}),
    ("q1 = (1, 2.5)", {"q1": [1, 2.5]}),
    ('q1 = [["sigma2", 0], [0, "sigma2"]]', {"q1": [["sigma2", 0], [0, "sigma2"]]}),
    ("q1 = 0.25\nq3 = -3", {"q1": 0.25, "q3": -3}),
    ("q1: str = 'R'", {"q1": "R"}),
    ('"""My answers."""\nq2 = 1', {"q2": 1}),
    ("q1 = 9/(6 + 9)\nq2 = [-1/2, 0.5]\nq3 = 2**-1", {"q1": "9/(6 + 9)", "q2": ["-1/2", 0.5], "q3": "2**-1"}),
    ("q1 = True\nq2 = None", {"q1": "True"}),
    (
        "q1 = r'''\\begin{bmatrix}\n1 & 0 \\\\\n0 & 1\n\\end{bmatrix}'''",
        {"q1": "\\begin{bmatrix}\n1 & 0 \\\\\n0 & 1\n\\end{bmatrix}"},
    ),
    ("q1 = 'Z G Z' \" + R\"", {"q1": "Z G Z + R"}),
    ("", {}),
    ("# nothing yet\n", {}),
]


@pytest.mark.parametrize(("source", "answers"), TAKEN)
def test_literals_are_taken_as_typed(source: str, answers: dict[str, Any]) -> None:
    assert parse_answers(source, KEYS).answers == answers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r"\tau_i", r"\tau_i"),
        (r"\beta", r"\beta"),
        (r"\rho", r"\rho"),
        (r"\frac{1}{2}", r"\frac{1}{2}"),
        (r"\alpha", r"\alpha"),
        (r"\varepsilon", r"\varepsilon"),
        (r"\mathbf{X}\boldsymbol{\beta}", r"\mathbf{X}\boldsymbol{\beta}"),
        (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
        (r"\\mathbf{X}", r"\mathbf{X}"),
        (r"\\sigma^2 \\mathbf{I}", r"\sigma^2 \mathbf{I}"),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'", '"""'])
def test_a_forgotten_r_before_the_quotes_loses_no_backslash(typed: str, meant: str, quote: str) -> None:
    assert parse_answers(f"q1 = {quote}{typed}{quote}", KEYS).answers == {"q1": meant}


REFUSED: list[tuple[str, int | None, str]] = [
    ("import os", 1, "only assignments"),
    ("q1 = 1\nprint(q1)", 2, "only assignments"),
    ("q1 = open('x').read()", 1, "only text, numbers and lists"),
    ("q1 = __import__('os').system('true')", 1, "only text, numbers and lists"),
    ("q1 = f'{1}'", 1, "only text, numbers and lists"),
    ("q1 = b'ZGZ'", 1, "only text, numbers and lists"),
    ("q1 = {'a': 1}", 1, "only text, numbers and lists"),
    ("q1 = [i for i in range(3)]", 1, "only text, numbers and lists"),
    ("q1 = [1, [2, len('x')]]", 1, "only text, numbers and lists"),
    ("q1 = q2", 1, "only text, numbers and lists"),
    ("q1 = 1\nq2 = 2\nq1 = 3", 3, "line 1 has it already"),
    ("q1 = 1/x", 1, "only text, numbers and lists"),
    ("q1 = 1j", 1, "only text, numbers and lists"),
    ("q1 = q2 = 1", 1, "only assignments"),
    ("q1, q2 = 1, 2", 1, "plain name"),
    ("x.q1 = 1", 1, "plain name"),
    ("q1 += 1", 1, "only assignments"),
    ("q1: str", 1, "only assignments"),
    ("def q1():\n    return 1", 1, "only assignments"),
    ("if True:\n    q1 = 1", 1, "only assignments"),
    ("q1 = 1\n'a stray text'", 2, "only assignments"),
    ("\n\nQ1 = 1", 3, "Did you mean q1?"),
    ("answer = 1", 1, "The names are q1, q2, q3, seed"),
    ("q1 = 'ZGZ", 1, "this is no Python"),
    ("q1 = ZGZ' + R", 1, "between quotes"),
    ("q1 = [1, 2", 1, "this is no Python"),
    ("  q1 = 1", 1, "this is no Python"),
    ("q1 = " + "9" * 5000, 1, ""),
    ("seed = 'x'", None, "whole number"),
    ("seed = True", None, "whole number"),
]


@pytest.mark.parametrize(("source", "line", "told"), REFUSED, ids=[source[:30] for source, _, _ in REFUSED])
def test_anything_else_is_refused_with_its_line(source: str, line: int | None, told: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        parse_answers(source, KEYS)
    assert refusal.value.line == line
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    "source",
    [
        "q1 = " + "[" * 5000 + "]" * 5000,
        "q1 = " + "(" * 150 + "1" + ")" * 150 + "(" * 300,
        "q1 = " + "-" * 50_000 + "1",
        "q1 = 'a\x00b'",
        "q1" + ".a" * 50_000 + " = 1",
        "q1 = 1 " + "+ 1 " * 50_000,
    ],
    ids=["nested lists", "brackets", "signs", "a null byte", "attributes", "a long sum"],
)
def test_hostile_files_are_refused_in_words(source: str) -> None:
    with pytest.raises(AnswersError):
        parse_answers(source, KEYS)


def test_nothing_in_the_file_runs(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    mine = tmp_path / "mine.py"
    mine.write_text(f"q1 = 1\nopen({str(witness)!r}, 'w').close()\n", encoding="utf-8")
    with pytest.raises(AnswersError):
        read_answers(mine, KEYS)
    assert not witness.exists()


def test_the_file_may_name_its_variant() -> None:
    answers = parse_answers("seed = 7\nq1 = 1", KEYS)
    assert (answers.seed, dict(answers.answers)) == (7, {"q1": 1})


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe\x00", "no UTF-8 text"), (b"#" * 1_000_001, "more than 1,000,000 bytes")],
    ids=["binary", "too long"],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    mine = tmp_path / "mine.py"
    mine.write_bytes(content)
    with pytest.raises(FileError, match=told):
        read_answers(mine, KEYS)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TutorError, match="There is no file of answers"):
        read_answers(tmp_path / "nowhere.py", KEYS)
    with pytest.raises(TutorError, match="is a folder"):
        read_answers(tmp_path, KEYS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_an_editor_of_windows_saves_is_read(tmp_path: Path, encoding: str) -> None:
    mine = tmp_path / "mine.py"
    mine.write_bytes("q1 = 'σ²'\r\nq2 = 1\r\n".encode(encoding))
    assert read_answers(mine, KEYS).answers == {"q1": "σ²", "q2": 1}


@given(st.text(max_size=200) | st.text(alphabet="q1=seed'\"\\\\[](){},.-+#r \n", max_size=60))
def test_any_text_is_taken_or_refused_in_words(source: str) -> None:
    try:
        answers = parse_answers(source, KEYS)
    except AnswersError as refusal:
        assert refusal.problem
    else:
        assert set(answers.answers) <= set(KEYS)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="'\r\n\0", exclude_categories=["Cs"]), max_size=60)
)
def test_text_behind_an_r_comes_as_it_was_typed(typed: str) -> None:
    typed = typed.rstrip("\\")
    assert parse_answers(f"q1 = r'{typed}'", KEYS).answers == {"q1": typed}
