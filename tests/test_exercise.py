"""Exercises: values that check themselves, files that are loaded, variants that a seed names."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tutor.bank import bank, load
from tutor.errors import ExerciseError, UnknownNameError
from tutor.exercise import Exercise, Hint, Question
from tutor.models.catalogue import rcbd
from tutor.session import judge


def question(**changes: object) -> Question:
    return Question(**{"key": "q1", "prompt": "What is $1 + 1$?", "reference": 2, **changes})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "question 1"},
        {"key": ""},
        {"points": 0},
        {"points": float("nan")},
        {"attempts": 0},
        {"hints": (Hint("a", 0.6), Hint("b", 0.6))},
    ],
)
def test_a_question_that_cannot_be_is_a_fault_of_the_exercise(changes: dict[str, object]) -> None:
    with pytest.raises(ExerciseError):
        question(**changes)


@pytest.mark.parametrize("cost", [-0.1, 1.1, float("nan")])
def test_a_hint_costs_a_share(cost: float) -> None:
    with pytest.raises(ExerciseError):
        Hint("Look.", cost)


def test_an_exercise_has_questions_of_different_names() -> None:
    with pytest.raises(ExerciseError, match="asks nothing"):
        Exercise("Empty", "", ())
    with pytest.raises(ExerciseError, match="2 questions q1"):
        Exercise("Twice", "", (question(), question()))


def test_a_question_is_found_by_its_key() -> None:
    exercise = Exercise("Sums", "", (question(), question(key="q2", points=3)))
    assert exercise.question("q2").points == 3
    assert exercise.points == 4
    with pytest.raises(UnknownNameError, match="Did you mean q2"):
        exercise.question("Q2")


def exercise_file(folder: Path, body: str) -> Path:
    path = folder / "sums.py"
    path.write_text(f'"""Sums.\n\nMore."""\n{body}', encoding="utf-8")
    return path


WORKING = """
from tutor import Exercise, Question

def make(rng):
    a = rng.randint(1, 10**9)
    return Exercise("Sums", "", (Question("q1", f"What is ${a} + 1$?", a + 1),))
"""


def test_a_seed_names_a_variant(tmp_path: Path) -> None:
    file = load(exercise_file(tmp_path, WORKING))
    assert (file.name, file.about) == ("sums", "Sums.")
    first, again, other = file.variant(7), file.variant(7), file.variant(8)
    assert first == again
    assert first.questions != other.questions
    assert (first.name, first.seed) == ("sums", 7)


BROKEN: list[tuple[str, str]] = [
    ("def make(rng:\n", "line 4"),
    ("1 / 0\n", "ZeroDivisionError"),
    ("import nowhere_to_be_found\n", "ModuleNotFoundError"),
    ("made = 1\n", "defines no make"),
    ("make = 1\n", "defines no make"),
]


@pytest.mark.parametrize(("body", "told"), BROKEN)
def test_a_file_that_is_no_exercise_is_told_by_name(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(ExerciseError) as refusal:
        load(exercise_file(tmp_path, body))
    assert "sums.py" in str(refusal.value)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("def make(rng):\n    return {}[rng]\n", "variant 7: line 5: KeyError"),
        ("def make(rng):\n    return 1\n", "gave int"),
        ("def make():\n    pass\n", "TypeError"),
    ],
)
def test_a_variant_that_cannot_be_made_is_a_fault_of_the_exercise(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(ExerciseError, match=told):
        load(exercise_file(tmp_path, body)).variant(7)


def test_exercises_of_the_bank_go_by_name_and_by_file_name() -> None:
    assert bank()
    for path in bank():
        assert load(path.stem).path == load(path.name).path == path
        assert load(path).about.endswith(".")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.py", "./rcbd_variance", "../exercises/nowhere.py", ""])
def test_an_exercise_that_is_not_there_is_told_with_those_that_are(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExerciseError):
        load(name)
    with pytest.raises(ExerciseError, match="rcbd_variance"):
        load("rcbd_varianse")


def test_equally_named_files_are_told_apart(tmp_path: Path) -> None:
    for folder, number in (("a", 1), ("b", 2)):
        (tmp_path / folder).mkdir()
        exercise_file(tmp_path / folder, WORKING.replace("+ 1", f"+ {number}"))
    first, second = (load(tmp_path / folder / "sums.py").variant(1).questions[0].reference for folder in "ab")
    assert second == first + 1


def test_a_question_of_a_derivation_asks_for_its_goal_and_is_answered_by_its_last_line() -> None:
    m = rcbd(treatments=2, blocks=3)
    asked = Question.from_derivation("q1", m.derive("Cov(y_11, y_12)"), points=2)
    assert asked.prompt == r"What is $\operatorname{Cov}(y_{11}, y_{12})$?"
    assert (asked.points, asked.solution) == (2, m.derive("Cov(y_11, y_12)"))
    assert judge(asked, "0").outcome == "correct"
    # Nothing of the result is a name of the model, and an answer may use its names all the same.
    assert judge(asked, "σ²_u").outcome == "incorrect"
    assert Question.from_derivation("q1", m.derive("Var(y)"), prompt="Derive it.").prompt == "Derive it."


def test_the_options_of_a_question_are_told_in_the_order_that_is_drawn() -> None:
    wrong = {"Zu": "How large is its mean?", "ε": "What is the mean of an error?"}
    orders = set()
    for seed in range(20):
        asked = Question.from_options("q1", "What is E(y)?", random.Random(seed), right=("Xβ",), wrong=wrong)
        prompt, options = asked.asked.split("\n\n")
        assert prompt == "What is E(y)?"
        letters = {text[4:]: text[1] for text in options.split("  \n")}
        assert judge(asked, letters["Xβ"]).outcome == "correct"
        for option, say in wrong.items():
            assert say in judge(asked, letters[option]).feedback
        assert {mistake.answer: mistake.say for mistake in asked.mistakes} == {
            letters[option]: say for option, say in wrong.items()
        }
        hash(asked)  # a self-test keeps the questions that it judged
        orders.add(asked.asked)
    assert len(orders) == 6
