"""Each exercise of the bank holds what it declares, and tells it without a trace of markup in each display."""

from __future__ import annotations

import ast
import re
from collections.abc import Hashable
from pathlib import Path

import pytest

from tutor.bank import ExerciseFile, bank, lessons, load
from tutor.errors import ShapeError, TutorError
from tutor.frontends.markup import markup_in, markup_left, texts_of
from tutor.lesson import Lesson, Page, Practice
from tutor.notation.read import read
from tutor.rehearsal import rehearse, right_answers

SEEDS = range(1, 6)

SIGNS = {r"\otimes"}
"""Signs that a text may name alone."""


@pytest.fixture(params=bank(), ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> ExerciseFile:
    return load(request.param)


def test_each_variant_holds_what_it_declares(file: ExerciseFile) -> None:
    known: set[Hashable] = set()
    for seed in SEEDS:
        assert rehearse(file.variant(seed), known) == ()


def test_no_markup_is_left_in_any_display(file: ExerciseFile) -> None:
    for seed in SEEDS:
        assert list(markup_left(file.variant(seed))) == []


def test_the_mathematics_of_a_text_can_be_read(file: ExerciseFile) -> None:
    """What our own reader refuses would be spelled letter by letter to a screen reader."""
    refused = []
    for _, text in texts_of(file.variant(1)):
        for found in re.finditer(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL):
            if (found[1] or found[2]) in SIGNS:
                continue
            try:
                read(found[1] or found[2])
            except ShapeError:
                continue  # whether a product exists may be the question
            except TutorError as error:
                refused.append((found[0], str(error)))
    assert not refused


def test_an_exercise_uses_public_names_only(file: ExerciseFile) -> None:
    for node in ast.walk(ast.parse(file.path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tutor"):
            assert node.module == "tutor"
        if isinstance(node, ast.Import):
            assert all(not name.name.startswith("tutor.") for name in node.names)


def test_a_solution_a_hint_and_a_mistake_belong_to_each_question(file: ExerciseFile) -> None:
    for question in file.variant(1).questions:
        assert question.solution
        assert question.hints
        assert question.mistakes
        assert list(right_answers(question)), "no right answer is tried of it"


@pytest.fixture(params=lessons(), ids=lambda file: file.name)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return request.param.lesson()


def test_a_lesson_is_told_without_markup(lesson: Lesson) -> None:
    for text in (lesson.title, lesson.about, *(part.text for part in lesson.parts if isinstance(part, Page))):
        assert list(markup_in("text", text)) == []


def test_every_exercise_of_the_bank_is_in_a_lesson() -> None:
    worked = {part.exercise for file in lessons() for part in file.lesson().parts if isinstance(part, Practice)}
    assert worked == {Path(path).stem for path in bank()}


def test_what_an_exercise_builds_on_comes_before_it(file: ExerciseFile) -> None:
    order = [part.exercise for each in lessons() for part in each.lesson().parts if isinstance(part, Practice)]
    exercise = file.variant(1)
    assert exercise.tags
    for name in exercise.prerequisites:
        assert order.index(name) < order.index(file.name)


@pytest.mark.slow
def test_two_hundred_variants_hold_what_they_declare(file: ExerciseFile) -> None:
    known: set[Hashable] = set()
    for seed in range(1, 201):
        assert rehearse(file.variant(seed), known) == ()
