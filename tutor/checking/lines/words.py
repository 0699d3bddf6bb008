"""The words about lines: which line, from which it does not follow, what of the rest is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.checking import feedback
from tutor.checking.lines.chains import Unreadable
from tutor.checking.misconceptions.table import words_of
from tutor.checking.verdict import Counterexample, Strength
from tutor.checking.words import signed, told_values
from tutor.errors import LocatedError

if TYPE_CHECKING:
    from tutor.checking.lines.explained import Explained
    from tutor.checking.lines.judging import Judged

NOTATION = ("lower-case", "not-bold")
"""Slips of notation that are misconceptions too."""

QUESTION = "What was done between the two lines, and which law allows it?"

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def earned(judged: Judged) -> float:
    """What a line earns: one that is right in itself, or follows from a wrong one, all; one too far from the line
    before it half; one that could not be judged all."""
    if judged.is_wrong:
        return 0.0
    return 0.5 if judged.is_wide else 1.0


def note(judged: Judged) -> str:
    """What a line is, in words."""
    if judged.is_wrong:
        return "does not follow"
    if judged.follows is None:
        return "could not be judged"
    if not judged.follows:
        return "right again"
    if judged.true is False:
        return f"follows from line {judged.before}"
    if judged.is_wide:
        return "right, but too many steps at once"
    if judged.repeats:
        return "repeats the line before"
    return f"right, {judged.ground}" if judged.ground else "right"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about the lines of one answer."""

    judged: Sequence[Judged]
    unreadable: Sequence[Unreadable]
    reaches_end: bool
    is_about_goal: bool

    def wrong(self, strength: Strength) -> str:
        """About the first line that is wrong."""
        first = next(each for each in self.judged if each.is_wrong)
        explained = first.explained
        assert explained is not None
        if strength == "nudge":
            return self._nudge(first)
        lines = [f"{_does_not_follow(first)} {_seen(explained)}".strip()]
        if explained.shapes is not None and explained.counterexample is None:
            lines.append(str(explained.shapes.problem))
        if explained.counterexample is not None:
            lines.append(evidence(explained.counterexample, first))
        if strength == "explanation":
            lines += _law(explained)
        else:
            lines.append(_question(explained))
        rest = [*self._later(first), *map(_not_read, self.unreadable)]
        return "\n".join([*lines, f"({'; '.join(rest)})"] if rest else lines)

    def facts(self) -> dict[str, str]:
        """Which line is wrong, which follow from it all the same, and which are right again."""
        first = next(each for each in self.judged if each.is_wrong)
        explained = first.explained
        assert explained is not None
        told = {"line": str(first.claim.number), "before": str(first.before)}
        follows, again = self._carried(first), self._again(first)
        if follows:
            told["carried"] = ", ".join(str(each.claim.number) for each in follows)
        if again:
            told["right again"] = ", ".join(str(each.claim.number) for each in again)
        for name, text in (("law", explained.law), ("holds if", explained.holds_if), ("place", explained.place)):
            if text:
                told[name] = text
        return {**explained.facts, **told}

    def unreadable_lines(self) -> str:
        """About the lines that could not be read, and what of the others is known."""
        lines: list[str] = []
        for each in self.unreadable:
            lines.append(f"Line {each.number} could not be read: {each.error.problem}{_tip(each)}")
            if isinstance(each.error, LocatedError):
                lines.append(each.error.marked())
        if self.judged:
            lines.append("(the other lines are right)" if len(self.judged) > 1 else "(the other line is right)")
        return "\n".join(lines)

    def undecided(self, judged: Judged) -> str:
        """About a line that could be neither shown right nor wrong."""
        return f"Line {judged.claim.number}: {feedback.undecided(judged.match.reason)}"

    def wide(self, judged: Judged) -> str:
        """About a step that is right but too long."""
        return (
            f"True, but {_between(judged)} more happens at once than this exercise allows.\n"
            "Which line would stand between the two?"
        )

    def unfinished(self) -> str:
        """About lines that are right and stop too early, or speak of something else."""
        if not self.judged:
            return "So far this only says what was asked for.\nWhat is it made of?"
        if not self.is_about_goal:
            return "True, but it says nothing yet of what was asked for.\nWhat does the question start from?"
        last = self.judged[-1]
        return (
            f"True so far; not finished. Line {last.claim.number} is right, and can be worked out further.\n"
            "What do you know of the parts that are left?"
        )

    def right(self) -> str:
        """About an answer that is right throughout."""
        steps = [each for each in self.judged if not each.repeats]
        count = len({each.claim.number for each in steps})
        if count < 2:
            return "Yes."
        place = next((each for each in steps if each.ground), None)
        since = "" if place is None else f"; line {place.claim.number} does {place.ground}"
        return f"Yes. Each of the {count} lines follows from the one before{since}."

    def right_explained(self) -> str:
        """Every line with what it rests on."""
        lines = [f"Line {each.claim.number} is {note(each)}." for each in self.judged if each.ground]
        return "\n".join([self.right(), *lines]) if lines else ""

    def _nudge(self, first: Judged) -> str:
        if len(self.judged) == 1:
            return "Not yet. Look at your line once more."
        right = [each for each in self.judged if each.claim.number < first.claim.number]
        if not right:
            return "Not yet. Look again at your lines, from the first on."
        return f"Not yet. Look again at the lines after the {_ordinal(right[-1].claim.number)}."

    def _carried(self, first: Judged) -> list[Judged]:
        after = self.judged[list(self.judged).index(first) + 1 :]
        return [each for each in after if each.follows and each.true is False]

    def _again(self, first: Judged) -> list[Judged]:
        after = self.judged[list(self.judged).index(first) + 1 :]
        return [each for each in after if each.follows is False and each.true]

    def _later(self, first: Judged) -> list[str]:
        """What is right of the lines after the first wrong one, and which other is wrong."""
        after = self.judged[list(self.judged).index(first) + 1 :]
        told: list[str] = []
        for each in after:
            if each in self._carried(first):
                told.append(f"line {each.claim.number} follows from line {each.before}")
            elif each in self._again(first):
                told.append(
                    f"line {each.claim.number} is right again, though it does not follow from line {each.before}"
                )
            elif each.is_wrong:
                told.append(f"line {each.claim.number} does not follow from line {each.before} either")
        return told


def _does_not_follow(judged: Judged) -> str:
    number = judged.claim.number
    if judged.before in (0, number):
        return f"Line {number} does not hold."
    return f"Line {number} does not follow from line {judged.before}."


def _between(judged: Judged) -> str:
    if judged.before in (0, judged.claim.number):
        return f"within line {judged.claim.number}"
    return f"between line {judged.before} and line {judged.claim.number}"


def _seen(explained: Explained) -> str:
    if explained.seen:
        return explained.seen
    return feedback.seen_of(explained.key, explained.facts)


def _question(explained: Explained) -> str:
    return explained.question or feedback.question_of(explained.key) or QUESTION


def _law(explained: Explained) -> list[str]:
    told: list[str] = []
    if explained.law:
        told.append(f"What holds is: {explained.law}.")
        if explained.holds_if:
            told.append(f"The step would be right if {explained.holds_if}.")
    else:
        words = words_of(explained.key)
        told.append(_question(explained) if words is None else words.law)
    return told


def evidence(example: Counterexample, judged: Judged) -> str:
    """The numbers in one cell of the two lines."""
    at = told_values(example.values)
    number = judged.claim.number
    is_one = judged.before in (0, number)
    before, mine = ("its left side", "its right side") if is_one else (f"line {judged.before}", f"line {number}")
    makes, too = (f"makes {example.quantity} =", "makes it") if example.quantity else ("is", "is")
    told = f"{before} {makes} {signed(example.reference)}, and {mine} {too} {signed(example.answer)}."
    return f"At {at} {told}" if at else told[0].upper() + told[1:]


def _not_read(each: Unreadable) -> str:
    return f"line {each.number} could not be read: {each.error.problem.rstrip('.')}"


def _tip(each: Unreadable) -> str:
    return f" {each.error.tip}" if each.error.tip else ""


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
