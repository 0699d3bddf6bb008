"""The sets of judged answers about designs of their own, by name, with the files that hold each."""

from __future__ import annotations

from typing import Any

from tests.checking import (
    exam_answers,
    exercise_classes,
    field_notes,
    graduate_exams,
    homework,
    homework_of_other_kinds,
    marked_scripts,
    mid_term,
    oral_answers,
    problem_sheets,
    problem_sheets_of_other_kinds,
    quick_questions,
    rarer_answers,
    rarer_designs,
    seminar_answers,
    short_tests,
    take_home,
    term_papers,
    workshop_answers,
)

SETS: dict[str, tuple[Any, ...]] = {
    "rarer designs": (rarer_designs,),
    "examinations": (exam_answers,),
    "rarer answers": (rarer_answers,),
    "marked scripts": (marked_scripts,),
    "homework": (homework, homework_of_other_kinds),
    "problem sheets": (problem_sheets, problem_sheets_of_other_kinds),
    "seminar": (seminar_answers,),
    "oral examination": (oral_answers,),
    "term papers": (term_papers,),
    "field notes": (field_notes,),
    "quick questions": (quick_questions,),
    "take-home": (take_home,),
    "mid-term": (mid_term,),
    "exercise classes": (exercise_classes,),
    "short tests": (short_tests,),
    "workshop": (workshop_answers,),
    "graduate examinations": (graduate_exams,),
}
"""Name: the files; the first of them knows how its answers are judged."""


def rows_of(modules: tuple[Any, ...], *names: str) -> list[Any]:
    """The rows of the tables of these names in the files of a set, in their order."""
    return [row for name in names for module in modules for row in getattr(module, name, ())]
