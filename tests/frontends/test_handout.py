"""Worksheet and key: what they say, and that pdflatex compiles them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tutor.algebra.rules import Derivation, turned
from tutor.bank import ExerciseFile, bank, load
from tutor.checking.judge import Plain
from tutor.checking.kinds.choices import Choice
from tutor.checking.kinds.dimensions import Dimensions
from tutor.checking.lines.judging import Lines
from tutor.exercise import Exercise, Mistake, Question
from tutor.frontends import markdown
from tutor.frontends.document import display, document
from tutor.frontends.files import FileError
from tutor.frontends.handout import answer_key, worksheet, write_handout
from tutor.models.catalogue import rcbd, repeated_measures
from tutor.notation.writing.prose import text_to_latex
from tutor.session import written_reference

needs_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is missing: on Debian, apt-get install texlive-latex-recommended lmodern",
)


MOST_NUMBER = 4
"""Characters of an answer that may be found in any document by chance."""


def compiled(source: Path) -> str:
    """The text of the document's pages, after pdflatex compiled it without a complaint."""
    done = subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", source.name],
        cwd=source.parent,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "openin_any": "p", "openout_any": "p"},
        check=False,
    )
    assert done.returncode == 0, "\n".join(re.findall(r"^!.*(?:\n.*){0,6}", done.stdout, re.MULTILINE))
    assert "Missing character" not in done.stdout
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt too wide\)", done.stdout)]
    assert not wide or max(wide) < 1, done.stdout
    tall = [float(points) for points in re.findall(r"Overfull \\vbox \((\d+\.\d+)pt too high\)", done.stdout)]
    assert not tall or max(tall) < 1, done.stdout
    return str(source.with_suffix(".pdf"))


@pytest.fixture(params=bank(), ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> ExerciseFile:
    return load(request.param)


def test_a_worksheet_gives_room_and_nothing_away(file: ExerciseFile) -> None:
    exercise = file.variant(7)
    text = worksheet(exercise)
    assert text.count(r"\vspace*") == len(exercise.questions)
    assert f"{file.name}, variant 7".replace("_", r"\_") in text
    asked = markdown.latex(exercise.story) + "".join(markdown.latex(question.asked) for question in exercise.questions)
    for question in exercise.questions:
        told = [written_reference(question), *(markdown.latex(hint.text) for hint in question.hints)]
        told += [markdown.latex(mistake.say) for mistake in question.mistakes]
        if isinstance(question.solution, str):
            told.append(markdown.latex(question.solution))
        # A number is in any document; what is longer is there only where the question itself says it.
        assert all(thing in asked or thing not in text for thing in told if len(thing) > MOST_NUMBER)
    assert not {"Answer.", "Solution.", "Mistakes to expect"} & set(re.findall(r"\\textit\{(.*?)\}", text))


def test_a_key_has_answers_reasons_and_mistakes(file: ExerciseFile) -> None:
    exercise = file.variant(7)
    text = answer_key(exercise)
    for question in exercise.questions:
        if isinstance(question.reference, Lines):
            continue  # the solution shows its lines
        told = written_reference(question)
        if isinstance(question.reference, Choice):
            told = rf"\textit{{Answer.}} {told}"
        else:
            told = markdown.latex(told) if isinstance(question.reference, Plain) else rf"$\displaystyle {told}$"
        assert told in text or ((question.without or question.form) and question.solution)
    derivations = [question.solution for question in exercise.questions if isinstance(question.solution, Derivation)]
    assert text.count(r"\textit{Solution.}") == len(exercise.questions)
    assert all(text_to_latex(step.because) in text for derivation in derivations for step in derivation.steps)
    assert text.count("Mistakes to expect") == len(exercise.questions)
    assert "variant 7" in text


def test_files_are_named_by_exercise_and_variant(file: ExerciseFile, tmp_path: Path) -> None:
    paths = write_handout(file, seed=3, folder=tmp_path / "out", key=True)
    assert [path.name for path in paths] == [f"{file.name}-3.tex", f"{file.name}-3-key.tex"]
    assert write_handout(file, seed=3, folder=tmp_path / "out", key=False) == paths[:1]
    paths[0].write_text("my own worksheet", encoding="utf-8")
    with pytest.raises(FileError, match="was not written by tutor"):
        write_handout(file, seed=3, folder=tmp_path / "out", key=False)
    assert paths[0].read_text(encoding="utf-8") == "my own worksheet"


def assert_compiles(file: ExerciseFile, seed: int, folder: Path) -> None:
    for path in write_handout(file, seed=seed, folder=folder, key=True):
        assert Path(compiled(path)).stat().st_size > 10_000


@needs_latex
def test_pdflatex_compiles_the_worksheet_and_key_of_an_exercise(tmp_path: Path) -> None:
    assert_compiles(load("rcbd_variance"), 7, tmp_path)


@needs_latex
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 7])
def test_pdflatex_compiles_each_worksheet_and_key(file: ExerciseFile, tmp_path: Path, seed: int) -> None:
    assert_compiles(file, seed, tmp_path)


ODD = (
    "50% of A_1 & B^2 # {x} ~ \\alpha $ 5",
    "σ²_u ZZ' ≠ 0 — “quotes” … naïve Žižek 漢字 🙂 \u202eright\u202c ∑∫ ½ µ",
    "**bold** and *leaning* and `code_%`: $\\mathbf{Z}'$",
    "a\n\nb\n\n\n$$\\sigma^2_u$$\n\nc",
)


@needs_latex
@pytest.mark.parametrize("text", ODD)
def test_text_with_odd_letters_compiles_wherever_it_stands(text: str, tmp_path: Path) -> None:
    question = Question("q1", text, 2, solution=text, mistakes=(Mistake(text, None, text), Mistake("3", None, text)))
    exercise = Exercise(text, text, (question,), name=text.replace("\n", " "), seed=1)
    for name, made in (("sheet", worksheet(exercise)), ("key", answer_key(exercise))):
        path = tmp_path / f"{name}.tex"
        path.write_text(made, encoding="utf-8")
        compiled(path)


LONG = rcbd(3, 4).derive("Var(y)")
THERE_AND_BACK = (*LONG.steps, *(turned(step) for step in reversed(LONG.steps)))


def test_a_derivation_that_is_longer_than_a_page_has_several_formulas() -> None:
    once, often = (display(Derivation(LONG.goal, THERE_AND_BACK * times)) for times in (1, 5))
    assert (once.count(r"\["), often.count(r"\hspace*{2em}$")) == (1, 3)
    assert often.count("&=") == 5 * once.count("&=")


@needs_latex
def test_a_long_derivation_stays_on_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.tex"
    path.write_text(document("Long", [display(Derivation(LONG.goal, THERE_AND_BACK * 5))], footer=""), encoding="utf-8")
    compiled(path)


@needs_latex
@pytest.mark.parametrize("method", ["ML", "REML"])
def test_a_log_likelihood_with_letters_stays_on_its_pages(method: Any, tmp_path: Path) -> None:
    found = repeated_measures("n", "t", treatments="g").loglik(method)
    path = tmp_path / "long.tex"
    path.write_text(document("Long", [display(found)], footer=""), encoding="utf-8")
    compiled(path)


@needs_latex
def test_a_document_may_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.tex"
    path.write_text(document("Nothing", [], footer=""), encoding="utf-8")
    compiled(path)


RCBD = rcbd(3, 2)
TYPESET = [
    ("12 x 4", Dimensions(12, 8), r"$12 \times 4$"),
    ("n q x 2", Dimensions("n", "q"), r"$nq \times 2$"),
    ("y ~ N(Xβ, ZGZ')", RCBD.V, r"$\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \mathbf{Z}\mathbf{G}\mathbf{Z}')$"),
    (
        "y_ij = μ + u_j + ε_ij, u_j ~ N(0, σ_u)",
        RCBD,
        r"$y_{ij} = \mu + u_j + \varepsilon_{ij}$, $u_j \sim N(0, \sigma_u)$",
    ),
    (
        "Var(y) = Var(Zu)\n= ZG",
        RCBD.V,
        r"$\operatorname{Var}(\mathbf{y}) = \operatorname{Var}(\mathbf{Z}\mathbf{u})$ "
        r"\newline $= \mathbf{Z}\mathbf{G}$",
    ),
    (r"\mathbf{Z}\mathbf{X}", RCBD.V, r"$\mathbf{Z}\mathbf{X}$"),
    (r"\input{x}", RCBD.V, r"\texttt{\textbackslash{}input\{x\}}"),
]
"""An expected mistake, the reference of its question, and how the key sets it."""


@pytest.mark.parametrize(("answer", "reference", "meant"), TYPESET)
def test_mistakes_are_set_in_the_notation_of_the_course(answer: str, reference: Any, meant: str) -> None:
    question = Question("q1", "What is it?", reference, mistakes=(Mistake(answer, None, "Look again."),))
    told = answer_key(Exercise("A title", "A story.", (question,)))
    assert f"{meant} & Look again." in told
