"""An exercise as a script: its questions printed, or a file of answers marked and the results written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tutor import __version__
from tutor.bank import ExerciseFile, load
from tutor.errors import TutorError
from tutor.exercise import Exercise, Question
from tutor.frontends.answers import read_answers
from tutor.frontends.files import write_whole
from tutor.frontends.markdown import paragraphs
from tutor.frontends.models import UsageError
from tutor.session import Attempt, Session
from tutor.storage.undecided import kept

ALL_RIGHT, SOME_WRONG, BAD_USAGE = 0, 1, 2
FIRST_SEED = 1
RESULTS_MARK = '"written_by": "tutor '


def sheet(source: str | Path, arguments: Sequence[str] | None = None) -> int:
    """Run the exercise file ``source`` as a script; the exit status is 0 all right, 1 some wrong, 2 bad usage.

    An exercise file ends with ``raise SystemExit(sheet(__file__))``.
    """
    parser = argparse.ArgumentParser(
        prog=f"python {Path(source).name}",
        description="Prints the questions; with --answers, marks a file of answers and writes the results.",
        epilog='A file of answers has a line for each question, such as q1 = r"\\mathbf{X}". It is read and never run.',
    )
    parser.add_argument("--answers", type=Path, metavar="FILE", help="the file of answers to mark")
    parser.add_argument("--seed", type=int, metavar="N", help=f"which variant; {FIRST_SEED} unless told")
    parser.add_argument("--out", type=Path, default=Path("results.json"), metavar="FILE", help="where the results go")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where answers without a verdict are logged")
    parser.add_argument("--debug", action="store_true", help="show the whole traceback of an error")
    given = parser.parse_args(arguments)
    try:
        return run_sheet(load(source), answers=given.answers, seed=given.seed, out=given.out, log=given.log)
    except TutorError as fault:
        if given.debug:
            raise
        print(f"{parser.prog}: {fault}", file=sys.stderr)
        return BAD_USAGE


def run_sheet(file: ExerciseFile, *, answers: Path | None, seed: int | None, out: Path, log: Path | None = None) -> int:
    """Print the questions of a variant, or mark the answers to it, print what came of it and write it to ``out``.

    Answers without a verdict are written to the instructor's log, at ``log`` or where it usually lies.

    Raises
    ------
    TutorError
        When a file cannot be read or written, or the answers are for another variant.
    """
    if answers is None:
        print_questions(file.variant(FIRST_SEED if seed is None else seed))
        return ALL_RIGHT
    # All variants of an exercise ask questions of the same names, so the first tells which to look for.
    keys = [question.key for question in file.variant(FIRST_SEED).questions]
    given = read_answers(answers, keys)
    if seed is not None and given.seed is not None and seed != given.seed:
        raise UsageError(
            f"{answers} is for variant {given.seed}, and --seed says {seed}.", tip="Leave one of them out."
        )
    chosen = next(value for value in (seed, given.seed, FIRST_SEED) if value is not None)
    session = Session(file.variant(chosen))
    with kept(log):
        for key, answer in given.answers.items():
            session.answer(key, answer)
    results = {"written_by": f"tutor {__version__}", **session.to_dict()}
    write_whole(out, json.dumps(results, ensure_ascii=False, indent=2) + "\n", mark=RESULTS_MARK)
    print_marks(session, out)
    return ALL_RIGHT if session.all_right else SOME_WRONG


def print_questions(exercise: Exercise) -> None:
    """Print the story and the questions of an exercise, and how to hand in answers."""
    print(f"{exercise.title}, variant {exercise.seed} ({_points(exercise.points)})\n")
    print(paragraphs(exercise.story))
    for question in exercise.questions:
        print(f"\n{question.key}  ({_points(question.points)})")
        print(paragraphs(question.asked, indent="    "))
    first = exercise.questions[0].key
    print(f'\nWrite your answers into a file, mine.py say, one line each:  {first} = r"…"')
    print(f"Then give it to --answers, with --seed {exercise.seed}. The file is read and never run.")


def print_marks(session: Session, out: Path) -> None:
    """Print the points and the feedback of each question, the total, and where the results are."""
    exercise = session.exercise
    print(f"{exercise.title}, variant {exercise.seed}\n")
    for question in exercise.questions:
        attempts = session.attempts(question.key)
        mark = f"{question.key}  {_amount(session.points(question.key))} of {_amount(question.points)}"
        for line in _told(question, attempts[-1] if attempts else None, mark):
            print(line)
    print(f"\n{_amount(session.score)} of {_points(exercise.points)}. The results are in {out}.")


def _told(question: Question, attempt: Attempt | None, mark: str) -> list[str]:
    if attempt is None:
        return [f"{mark}  – no answer: the file has no line {question.key} = …"]
    first, *rest = str(attempt.verdict).split("\n")
    return [f"{mark}  {first}", *(f"    {line}" for line in rest)]


def _points(number: float) -> str:
    return f"{_amount(number)} point" if number == 1 else f"{_amount(number)} points"


def _amount(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
