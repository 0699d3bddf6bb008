"""What is told about a lesson, its stops, answers and progress, as screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.bank import LessonFile
from tutor.checking.words import listed
from tutor.course import Course, Offer, Reply, Stop
from tutor.errors import TutorError
from tutor.exercise import Hint
from tutor.frontends.practice.grounds import ground
from tutor.frontends.practice.screen import Drawn, Judged, Rows, Screen, Thing, Words, screen
from tutor.lesson import Practice
from tutor.notation.read import read
from tutor.notation.writing.prose import text_to_latex
from tutor.session import vocabulary_for
from tutor.storage.progress import Kept, Progress
from tutor.storage.schedule import WELL, Due
from tutor.topics import Entry, known

MOST_TOPICS = 6
"""A progress names the weakest so many, and as many of those that go well."""

OFFERS = {
    "hint": "Would a hint help?  %tutor hint",
    "first step": "Here is how it begins; the rest is yours.",
}
"""What is said after misses."""


def opening(course: Course) -> Screen:
    """The title of a lesson, and where the learner stands in it."""
    lesson = course.lesson
    missing = course.missing()
    before = Words(f"Before this: {_names(missing)}.  %tutor start {missing[0]}", "quiet") if missing else None
    return _joined(
        screen(Words(lesson.title, "head"), Words(lesson.about), before), stop(course, course.stop, story=True)
    )


def stop(course: Course, at: Stop, *, story: bool = False) -> Screen:
    """A page or a question; ``story`` tells the story of its exercise too, as its first question always does."""
    if at.page is not None:
        page = at.page
        thing = None if page.shown is None else Thing(page.shown)
        picture = None if page.picture is None else Drawn(page.picture)
        return screen(Words(page.title, "head"), Words(page.text), thing, picture, Words("%tutor next", "quiet"))
    if at.question is None or at.exercise is None:
        return end(course)
    told = at.number == 1 or story
    head = f"Question {at.number} of {at.of}" + (", which you left open" if at.returns else "")
    return screen(
        Words(at.exercise.title, "head") if told else None,
        Words(at.exercise.story) if told else None,
        Words(head, "head"),
        Words(at.question.asked),
        Words("%tutor answer …   %tutor hint", "quiet") if told else None,
    )


def end(course: Course) -> Screen:
    """The end of a lesson: what was earned, and when it comes back."""
    earned = out_of = 0.0
    for part in course.lesson.parts:
        if isinstance(part, Practice):
            session = course.session(part)
            earned, out_of = earned + session.score, out_of + session.exercise.points
    return screen(
        Words("The lesson is finished", "head"),
        Words(f"{_amount(earned)} of {_amount(out_of)} points. What went well comes back in a day."),
        Words("%tutor progress   %tutor start", "quiet"),
    )


def reply(course: Course, answered: Reply, *, following: Stop | None) -> Screen:
    """What became of an answer, what is offered after misses, and the question that follows a right one."""
    told = screen(
        Judged(answered.attempt.verdict, _as_read(course)),
        *_offered(course, answered.offer),
        _built_on(course) if answered.offer == "first step" else None,
    )
    return told if following is None else _joined(told, stop(course, following))


def _as_read(course: Course) -> Tree | None:
    """The answer that was given last, where it is text of a formula, or a matrix."""
    if course.last is None:
        return None
    question, attempt = course.last
    if isinstance(attempt.answer, Tree):
        return attempt.answer
    if not isinstance(attempt.answer, str):
        return None
    try:
        return read(attempt.answer, vocabulary_for(question)).tree
    except TutorError:
        return None


def _offered(course: Course, offer: Offer | None) -> tuple[Words | Thing, ...]:
    if offer is None:
        return ()
    words = Words(OFFERS[offer], "quiet")
    return (words, worked(course.first_step())) if offer == "first step" else (words,)


def _built_on(course: Course) -> Words | None:
    """What to go back to, where the exercise builds on something that did not go well yet."""
    missing = course.missing(course.stop.exercise) if course.stop.exercise is not None else ()
    if not missing:
        return None
    return Words(f"This builds on {_names(missing)}.  %tutor start {missing[0]}", "quiet")


def _names(exercises: Iterable[str]) -> str:
    """Names of exercises in a row."""
    return listed([f"`{name}`" for name in exercises])


def worked(solution: Any) -> Words | Thing:
    """A solution or a part of one: Markdown, or something with a notation."""
    return Words(solution) if isinstance(solution, str) else Thing(solution)


def hint(given: Hint | None) -> Screen:
    """A hint and what it costs."""
    if given is None:
        return screen(Words("There are no more hints.  %tutor solution shows the way."))
    cost = f"(It costs {given.cost:.0%} of the points.)" if given.cost else None
    return screen(Words(given.text), None if cost is None else Words(cost, "quiet"))


def solution(of: Any) -> Screen:
    """The worked solution of a question."""
    told = worked(of) if of else Words("No solution was written for this question.")
    law = "%tutor why tells the law behind a line; " if isinstance(of, Derivation) else ""
    return screen(Words("Solution", "head"), told, Words(f"{law}%tutor next", "quiet"))


def law(derivation: Derivation, number: int) -> Screen:
    """The law behind a line of a derivation, counted from 1, and why it holds."""
    step: Step = derivation.steps[number - 1]
    because = ground(step)
    why = Words(text_to_latex(because)) if because else None
    assumed = None if step.assumption is None else Words(f"It takes for granted: {text_to_latex(step.assumption)}.")
    line = Derivation(step.before, (step,))
    return screen(Words(f"Line {number}", "head"), Thing(line), why, assumed)


def lessons(files: Iterable[LessonFile], progress: Progress, last: str | None) -> Screen:
    """The lessons there are, marked by how far the learner is."""
    rows = []
    for file in files:
        how_far = "here" if file.name == last else "begun" if progress.place(file.name) is not None else ""
        rows.append((how_far, f"`{file.name}`", file.about))
    return screen(Words("Lessons", "head"), Rows(tuple(rows)), Words("%tutor start NAME", "quiet"))


def exercises(about: Iterable[Entry]) -> Screen:
    """Exercises, with their topics and what they build on."""
    rows = tuple((f"`{each.name}`", f"{each.about} ({_topics_of(each)})") for each in about)
    return screen(Words("Exercises", "head"), Rows(rows), Words("%tutor start NAME", "quiet"))


def _topics_of(exercise: Entry) -> str:
    after = f"after {_names(exercise.prerequisites)}" if exercise.prerequisites else ""
    return "; ".join(filter(None, (", ".join(exercise.tags), after)))


def progress(kept: Progress) -> Screen:
    """What a learner did so far, exercise by exercise, and what is due."""
    answers = kept.answers()
    if not answers:
        return screen(Words("Nothing was answered yet.  %tutor start"))
    schedule = kept.schedule()
    worked_on = {each.name: each for each in known(dict.fromkeys(answer.exercise for answer in answers))}
    rows = []
    for name in dict.fromkeys(answer.exercise for answer in answers):
        mine = [answer for answer in answers if answer.exercise == name and answer.counted]
        right = sum(answer.is_right for answer in mine)
        number = f"{len(mine)} {'answer' if len(mine) == 1 else 'answers'}"
        answered = f"{number}, {right} right" if mine else "none judged yet"
        rows.append((f"`{name}`", answered, _comes_back(schedule.get(name)) + _first(worked_on.get(name), schedule)))
    return screen(Words("Your progress", "head"), Rows(tuple(rows)), *_topics(answers, worked_on), _due(kept.due()))


def _first(exercise: Entry | None, schedule: Mapping[str, Due]) -> str:
    """What to work before an exercise that did not go well."""
    if exercise is None or _went_well(schedule, exercise.name):
        return ""
    missing = [name for name in exercise.prerequisites if not _went_well(schedule, name)]
    return f"; before it {_names(missing)}" if missing else ""


def _went_well(schedule: Mapping[str, Due], name: str) -> bool:
    return name in schedule and schedule[name].mastered


def _topics(answers: Iterable[Kept], exercises: Mapping[str, Entry]) -> Iterator[Words]:
    """The topics by how many of the answers to their exercises were right: those that need work, and the others."""
    right: dict[str, list[bool]] = {}
    for answer in (answer for answer in answers if answer.counted):
        for tag in exercises[answer.exercise].tags if answer.exercise in exercises else ():
            right.setdefault(tag, []).append(answer.is_right)
    for head, is_well in (("Topics that need practice", False), ("Topics that go well", True)):
        told = [f"{tag} ({sum(all_)} of {len(all_)} right)" for tag, all_ in sorted(right.items(), key=_share)
                if (_share((tag, all_)) >= WELL) == is_well]  # fmt: skip
        if told:
            yield Words(f"{head}: {listed(told[:MOST_TOPICS])}.")


def _share(topic: tuple[str, list[bool]]) -> float:
    return sum(topic[1]) / len(topic[1])


def _due(due: tuple[Due, ...]) -> Words:
    if not due:
        return Words("%tutor progress FILE.csv or FILE.json writes all of it to a file.", "quiet")
    return Words(f"{len(due)} to repeat:  %tutor start review")


def _comes_back(due: Due | None) -> str:
    if due is None:
        return "not worked to the end yet"
    if not due.mastered:
        return "worth another round"
    days = (due.at - datetime.now(UTC)).total_seconds() / 86_400
    return "due now" if days <= 0 else f"comes back in {max(1, round(days))} d"


def _amount(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _joined(first: Screen, second: Screen) -> Screen:
    return Screen((*first.parts, *second.parts))
