"""A learner's way through a lesson: misses, hints, skips, solutions, and the same place again in another process."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tutor.bank import lessons, load_lesson
from tutor.course import Course, NoQuestionError
from tutor.errors import ExerciseError
from tutor.lesson import Lesson, Page, Practice
from tutor.storage.progress import Progress

EXERCISE = '''"""Two sums."""

import random

import sympy

from tutor import Exercise, Hint, Question, rcbd


def make(rng: random.Random) -> Exercise:
    a = rng.randint(1, 10**6)
    m = rcbd(treatments=2, blocks=3)
    return Exercise(
        title="Sums",
        story="Add.",
        questions=(
            Question("q1", "One more?", sympy.Integer(a + 1), hints=(Hint("Count on."), Hint("By one.", cost=0.5)),
                     solution=f"It is $a + 1$. So {a + 1}."),
            Question("q2", "The variance?", m.V, points=2, solution=m.derive("Var(y)")),
            Question("q3", "Two more?", sympy.Integer(a + 2), attempts=2),
        ),
    )
'''


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    for name in ("first", "second"):
        (tmp_path / f"{name}.py").write_text(EXERCISE)
    return Lesson(
        "Sums", "How to add.",
        (
            Page("Before", "Read this."), Practice(str(tmp_path / "first.py")),
            Page("Between", "And this."), Practice(str(tmp_path / "second.py")),
        ),
        name="sums",
    )  # fmt: skip


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "progress.sqlite")


def course(lesson: Lesson, progress: Progress) -> Course:
    return Course(lesson, progress, random.Random(5))


def right(course: Course) -> object:
    question = course.stop.question
    assert question is not None
    return question.reference


def test_a_lesson_is_read_and_worked_in_its_order(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    assert way.stop.page is not None
    assert way.stop.page.title == "Before"
    met = []
    while not way.next().is_end:
        stop = way.stop
        met.append(stop.page.title if stop.page else f"{stop.number} of {stop.of}")
        if stop.question is not None:
            assert way.answer(right(way)).attempt.verdict.correct
    assert met == ["1 of 3", "2 of 3", "3 of 3", "Between", "1 of 3", "2 of 3", "3 of 3"]
    assert progress.schedule()["first"].mastered
    assert way.next().is_end


def test_another_process_goes_on_where_this_one_stopped(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    way.next()
    way.answer("0")
    way.hint()
    exercise = way.stop.exercise
    way.answer(right(way))
    way.next()
    again = Course(lesson, Progress(progress.path))
    assert again.stop.exercise == exercise
    assert again.stop.number == 2
    practice = lesson.parts[1]
    assert isinstance(practice, Practice)
    session = again.session(practice)
    assert session.attempts_used("q1") == 2
    assert session.solved("q1")
    assert session.hints_given("q1") == 1
    assert session.points("q1") == 1  # the first hint costs nothing
    again.back()
    again.hint()
    assert Course(lesson, Progress(progress.path)).session(practice).points("q1") == 0.5


def test_after_misses_a_hint_is_offered_and_then_the_first_step(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    way.next()
    assert [way.answer(text).offer for text in ("0", "((", "-1", "((", "-2")] == [
        None,
        None,
        "hint",
        None,
        "first step",
    ]
    assert way.first_step() == "It is $a + 1$."
    way.skip()
    assert [way.answer("ZGZ'").offer for _ in range(3)] == [None, None, "first step"]
    step = way.first_step()
    assert len(step) == 1
    way.answer(right(way))
    assert way.answer("ZGZ'").offer is None


ONE_STEP = '''"""One step."""

from tutor import Exercise, Question, rcbd, worked


def make(rng):
    derivation = worked("Var(u)", ("σ²_u I_2", "two blocks share nothing: Cov(u_1, u_2) = 0"), of=rcbd(3, 2))
    return Exercise("A step", "Take it.", (Question.from_derivation("q1", derivation),))
'''


def test_of_a_solution_of_one_line_the_reason_is_told_and_not_the_answer(tmp_path: Path, progress: Progress) -> None:
    (tmp_path / "step.py").write_text(ONE_STEP, encoding="utf-8")
    way = course(Lesson("Steps", "How to step.", (Practice(str(tmp_path / "step.py")),), name="steps"), progress)
    told = r"two blocks share nothing: $\operatorname{Cov}(u_1, u_2) = 0$"
    assert way.first_step() == f"It takes one step: {told}."


def test_what_was_skipped_comes_back_at_the_end(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    way.next()
    way.skip()
    way.answer(right(way))
    way.next()
    way.skip()
    assert way.stop.page is not None
    way.next()
    for _ in range(3):
        way.answer(right(way))
        way.next()
    assert (way.stop.number, way.stop.returns) == (1, True)
    assert way.next().number == 3  # left open once more
    way.answer(right(way))
    assert way.next().number == 1
    way.answer(right(way))
    assert way.next().is_end


def test_a_solution_closes_the_question_and_earns_nothing(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    way.next()
    assert "So" in way.solution()
    assert way.next().number == 2
    way.answer(right(way))
    way.next()
    way.answer("0")
    way.answer("0")  # the last attempt
    assert way.next().page is not None
    rounds = progress.schedule()["first"]
    assert not rounds.mastered


def test_new_numbers_ask_the_exercise_anew_and_keep_the_old_answers(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    way.next()
    old = way.stop.exercise
    way.answer(right(way))
    stop = way.draw_again()
    assert stop.exercise is not None
    assert old is not None
    assert stop.exercise.seed != old.seed
    assert stop.number == 1
    assert len(progress.answers("first", old.seed)) == 1
    assert Course(lesson, progress).stop.exercise == stop.exercise


def test_a_page_and_the_end_ask_nothing(lesson: Lesson, progress: Progress) -> None:
    way = course(lesson, progress)
    for act in (lambda: way.answer("1"), way.hint, way.solution, way.skip, way.draw_again, way.first_step):
        with pytest.raises(NoQuestionError, match="page to read"):
            act()
    assert way.back().page is not None


def test_the_lessons_of_the_package_can_be_walked_from_end_to_end(progress: Progress) -> None:
    for file in lessons():
        assert file.about
        way = Course(load_lesson(file.name), progress)
        for _ in range(200):
            if way.stop.is_end:
                break
            if way.stop.question is not None:
                assert way.solution() is not None
            way.next()
        assert way.stop.is_end


def test_an_unknown_lesson_is_told_with_those_there_are() -> None:
    with pytest.raises(ExerciseError, match="blocks"):
        load_lesson("no such lesson")


@pytest.mark.parametrize("parts", [(), (Page("a", "b"),), (Practice("x"), Practice("x"))])
def test_a_lesson_leads_to_doing(parts: tuple[Page | Practice, ...]) -> None:
    with pytest.raises(ExerciseError):
        Lesson("title", "about", parts)
