"""One or several options to choose, each of which earns its credit; and questions that yes or no answers."""

from __future__ import annotations

import re
from abc import ABC
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from typing import Any

import numpy as np

from tutor.checking.answers import Answer
from tutor.checking.expressions import unreadable
from tutor.checking.judge import Plain, Request, judge, written
from tutor.checking.verdict import Credit, Part, Verdict
from tutor.checking.words import listed
from tutor.errors import ExerciseError, TutorError
from tutor.notation.write import DialectName


@dataclass(frozen=True, slots=True)
class Choice(Plain):
    """Options of which one or several are right.

    ``options`` are their texts, called a, b, c, …; ``right`` those that are right, by letter, by number from 1 or by
    text; ``feedback`` says of an option, by the same names, what to tell a student who is wrong about it, and
    ``misconceptions`` which key explains that. With ``several`` off exactly one is to be chosen; by default several
    may be if several are right.

    Raises
    ------
    ExerciseError
        For fewer than two options, one that is there twice, a right one that is none, and a key that is no word or
        words with hyphens.

    >>> str(Choice(("Xβ", "Zu", "ZGZ'"), right=("a", "c")))
    'a, c'
    """

    options: tuple[str, ...]
    right: tuple[str | int, ...] | str | int
    several: bool | None = None
    feedback: Mapping[str | int, str] = field(default_factory=dict, hash=False)
    misconceptions: Mapping[str | int, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(self.options) < 2 or len({_plain(option) for option in self.options}) < len(self.options):
            raise ExerciseError("A choice has two options or more, and none of them twice.")
        if len(self.options) > len(ascii_lowercase):
            raise ExerciseError(f"A choice has {len(ascii_lowercase)} options at most.")
        chosen = self.chosen
        if self.several is False and len(chosen) != 1:
            raise ExerciseError("Of this choice exactly one option is right.")
        for what, given in (("feedback", self.feedback), ("misconceptions", self.misconceptions)):
            if not isinstance(given, Mapping):
                raise ExerciseError(f"The {what} of a choice {'is' if what == 'feedback' else 'are'} given by option.")
            for option in given:
                self.place(option)
        for key in self.misconceptions.values():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise ExerciseError(f"{key!r} is no key of a misconception.", tip="One looks like missing-residual.")

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the right options, from 0."""
        names = (self.right,) if isinstance(self.right, str | int) else self.right
        return frozenset(self.place(name) for name in names)

    @property
    def takes_several(self) -> bool:
        """Whether more than one option may be chosen."""
        return len(self.chosen) != 1 if self.several is None else self.several

    def place(self, name: str | int) -> int:
        """The place of an option, from 0, by its letter, its number from 1 or its text. Raises ExerciseError."""
        found = self.find(str(name))
        if found is None:
            raise ExerciseError(f"{name!r} is no option.", tip=f"The options are a to {self.letter(-1)}.")
        return found

    def find(self, name: str) -> int | None:
        """The place of an option, or None."""
        plain = _plain(name)
        texts = [_plain(option) for option in self.options]
        if plain in texts:
            return texts.index(plain)
        bare = _BARE.sub("", plain)
        if bare.removeprefix("the") in _ORDINALS[: len(self.options)]:
            return _ORDINALS.index(bare.removeprefix("the"))
        if len(bare) == 1 and bare in ascii_lowercase[: len(self.options)]:
            return ascii_lowercase.index(bare)
        return int(bare) - 1 if bare.isdecimal() and len(bare) < 3 and 0 < int(bare) <= len(self.options) else None

    def letter(self, place: int) -> str:
        """The letter of an option."""
        return ascii_lowercase[: len(self.options)][place]

    def __str__(self) -> str:
        return ", ".join(self.letter(place) for place in sorted(self.chosen)) or "none"


_KEY = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_BARE = re.compile(r"^(?:option|answer)|[()\[\].:]")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NONE = frozenset({"none", "∅", "{}", "[]", "noneofthem", "noneofthese"})
_BETWEEN = re.compile(r"\s*(?:[,;&+/\n]|\band\b|\bund\b)\s*")
_ALL = re.compile(
    r"(?i)\s*(?:all|everything|each|both)(?:\s+(?:of\s+)?(?:them|these|the\s+above|the\s+options|options))?"
)
_ALL_BUT = re.compile(rf"{_ALL.pattern}\s*,?\s+(?:but|except(?:\s+for)?|other\s+than|apart\s+from|without)\s+")
_AROUND = re.compile(
    r"(?i)^\s*(?:(?:i\s+(?:choose|chose|pick|take)|it\s+is|only|just|options?|answers?)\b[:\s]*)+"
    r"|\s+(?:is|are)\s+(?:right|correct|true)\s*\.?\s*$|\s+only\s*\.?\s*$"
)
"""What is said of options, and names none: only a and d, a and d are right."""

MOST_TEXT = 5_000


def _plain(text: str) -> str:
    """A text without blanks, capitals and dollar signs."""
    return re.sub(r"[\s$]+", "", text).casefold().rstrip(".")


@judge.register
def judge_choice(asked: Choice, answer: Answer, request: Request) -> Verdict:
    """The options that were chosen. Each option earns its credit by being chosen or left as it should be; one that is
    chosen wrongly takes as much, so that choosing all earns nothing."""
    try:
        chosen = chosen_options(answer, asked)
    except TutorError as error:
        return unreadable(error)
    if not asked.takes_several and len(chosen) > 1:
        told = "Exactly one of the options is right."
        return Verdict("unreadable", feedback=f"{told} Which one?", costs_attempt=False)
    credits = tuple(_credits(asked, chosen, request))
    lacking, stray = asked.chosen - chosen, chosen - asked.chosen
    if not lacking and not stray:
        return Verdict("correct", score=1.0, feedback="Yes.", credit=credits)
    # Shares that cancel leave nothing, also in the arithmetic of a computer.
    score = min(1.0, max(0.0, round(sum(credit.weight * credit.earned for credit in credits), 12)))
    return Verdict(
        "incorrect",
        score=score if asked.takes_several else 0.0,
        misconception=_key(asked, lacking, stray),
        where=tuple(Part(f"option {asked.letter(place)}") for place in sorted(stray)),
        feedback=_told(asked, lacking, stray, bool(chosen & asked.chosen)),
        nudge="Not yet. Go through the options one by one.",
        explanation=_explained(asked, lacking, stray),
        credit=credits,
    )


def _credits(asked: Choice, chosen: frozenset[int], request: Request) -> Iterable[Credit]:
    """Right options share the score; one that is chosen and wrong loses the share of a right one."""
    keys = [(asked.letter(i), option) for i, option in enumerate(asked.options)]
    weights = [next((request.weights[key] for key in names if key in request.weights), 1.0) for names in keys]
    total = sum(weights[i] for i in asked.chosen) or 1.0
    for i in range(len(asked.options)):
        is_right, is_chosen = i in asked.chosen, i in chosen
        if is_right or is_chosen:
            earned = float(is_chosen) if is_right else -1.0
            note = "chosen" if is_right and is_chosen else "left out" if is_right else "chosen, and wrong"
            yield Credit(f"option {asked.letter(i)}", weights[i] / total, earned, note)


MOST_KEYS = 2
"""So many slips are told apart; who chooses more at once has guessed."""


def _key(asked: Choice, lacking: Iterable[int], stray: Iterable[int]) -> str:
    """The misconceptions behind the options that were chosen wrongly, or left out if none was; else that so it is."""
    named = {asked.place(option): key for option, key in asked.misconceptions.items()}
    stray = sorted(stray)
    keys = list(dict.fromkeys(named[place] for place in stray or sorted(lacking) if place in named))
    if 0 < len(keys) <= MOST_KEYS:
        return "+".join(keys)
    return "option-wrong" if stray else "option-missing"


def _told(asked: Choice, lacking: Iterable[int], stray: Iterable[int], any_right: bool) -> str:
    lines = ["Nearly." if any_right else "Not yet."]
    said = {asked.place(key): text for key, text in asked.feedback.items()}
    stray = sorted(stray)
    for place in stray:
        lines.append(f"{asked.letter(place)}: {said.get(place, 'this one does not belong.')}")
    if not stray:
        lines.append("What you chose is right, and something is missing.")
        lines += [said[place] for place in sorted(lacking) if place in said][:1]
    return "\n".join(lines)


def _explained(asked: Choice, lacking: frozenset[int], stray: Iterable[int]) -> str:
    """Which of the chosen ones are wrong, and how many are missing: which ones would be the answer."""
    wrong = [asked.letter(place) for place in sorted(stray)]
    lines = [f"{listed(wrong)} {'does' if len(wrong) == 1 else 'do'} not belong."] if wrong else []
    if asked.takes_several and lacking:
        lines.append(f"{len(lacking)} that {'belongs is' if len(lacking) == 1 else 'belong are'} missing.")
    return "\n".join(lines)


def chosen_options(answer: Answer, asked: Choice) -> frozenset[int]:
    """The places of the options that an answer chooses, from 0. Raises TutorError for what is no option."""
    if isinstance(answer, str):
        return _of_text(answer, asked)
    if isinstance(answer, Mapping):
        return frozenset(_place(name, asked) for name, is_chosen in answer.items() if is_chosen)
    if isinstance(answer, np.ndarray):
        answer = answer.tolist()
    if isinstance(answer, list | tuple | set | frozenset):
        return frozenset(_place(name, asked) for name in answer)
    return frozenset({_place(answer, asked)})


def _place(name: Any, asked: Choice) -> int:
    found = None if isinstance(name, bool) else asked.find(str(name))
    if found is None:
        raise TutorError(f"{str(name)[:40]} is no option.", tip=f"Choose among a to {asked.letter(-1)}.")
    return found


def _of_text(text: str, asked: Choice) -> frozenset[int]:
    if len(text) > MOST_TEXT:
        raise TutorError("This is too long for a choice.", tip=f"Choose among a to {asked.letter(-1)}.")
    if _plain(text) in _NONE:
        return frozenset()
    whole = asked.find(text)
    if whole is not None:
        return frozenset({whole})
    excepted = _ALL_BUT.match(text)
    if excepted is not None:
        return frozenset(range(len(asked.options))) - _of_text(text[excepted.end() :], asked)
    if _ALL.fullmatch(text.strip().rstrip(".")) and ("both" not in text.casefold() or len(asked.options) == 2):
        return frozenset(range(len(asked.options)))
    bare = _AROUND.sub("", text)
    if bare != text and bare.strip():
        return _of_text(bare, asked)
    inner = text.strip().strip("{}[]").strip()
    for pieces in (_BETWEEN.split(inner), inner.split(), list(inner)):
        names = [piece for piece in pieces if piece.strip()]
        found = [asked.find(name) for name in names]
        if names and None not in found and len(set(found)) == len(found):
            return frozenset(place for place in found if place is not None)
    first = next(name for name in [*_BETWEEN.split(inner), text] if asked.find(name) is None)
    return frozenset({_place(first, asked)})


# Yes or no


class Decided(ABC):  # noqa: B024  (what it asks for is looked up by name)
    """A question that a model has decided, as whether a function is estimable: its truth value is the answer, and
    ``because`` gives the reason."""

    @classmethod
    def __subclasshook__(cls, other: type) -> bool:
        """Any class that has these: models and checkers do not know each other."""
        return all(any(name in base.__dict__ for base in other.__mro__) for name in ("__bool__", "because"))


_YES = frozenset({"yes", "y", "true", "ja", "correct", "right", "estimable", "itis", "1", "itisestimable"})
_NO = frozenset({"no", "n", "false", "nein", "incorrect", "wrong", "notestimable", "itisnot", "0", "isnotestimable",
                 "itisnotestimable", "nonestimable", "inestimable"})  # fmt: skip


def yes_or_no(answer: Answer) -> bool | None:
    """What an answer says; None where it says neither."""
    told = _plain(str(answer))
    first = re.split(r"[,;:.]", str(answer).strip(), maxsplit=1)[0]
    return next(
        (is_yes for words, is_yes in ((_YES, True), (_NO, False)) if told in words or _plain(first) in words), None
    )


@judge.register
def judge_yes_or_no(asked: bool, answer: Answer, request: Request) -> Verdict:
    """Yes or no, as for whether a function is estimable."""
    said = yes_or_no(answer)
    if said is None:
        return unreadable(TutorError(f"{str(answer)[:40]} is neither yes nor no.", tip="Write yes or no."))
    if said == asked:
        return Verdict("correct", score=1.0, feedback="Yes.")
    return Verdict("incorrect", feedback="Not yet.\nFrom what does it follow?")


@judge.register
def judge_decided(asked: Decided, answer: Answer, request: Request) -> Verdict:
    """Yes or no, with the reason once the answer is right."""
    verdict = judge_yes_or_no(bool(asked), answer, request)
    return replace(verdict, feedback=f"Yes. {getattr(asked, 'because', '')}".strip()) if verdict.correct else verdict


@written.register(Decided)
@written.register(bool)
def written_yes_or_no(reference: Any, dialect: DialectName = "latex") -> str:
    return "yes" if reference else "no"
