"""Putting the verdicts on the parts of an answer together: one outcome, one score, one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.checking.misconceptions.table import words_of
from tutor.checking.verdict import Credit, Part, Verdict
from tutor.checking.words import listed

MOST_TOLD = 2
"""Wrong parts of which is told what is wrong; a student mends these first."""

MOST_LISTED = 3
"""Right parts that are listed by their names."""

_OPENING = re.compile(r"(?:Not yet|Nearly)\.\s*")


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one part: ``keys`` are those by which a question weighs it, the most special first, ``name`` is
    the part in words, ``weight`` what it weighs where the question says nothing."""

    keys: tuple[str, ...]
    name: str
    verdict: Verdict
    weight: float = 1.0

    def share(self, weights: Mapping[str, float]) -> float:
        """What the part weighs for the question."""
        return next((weights[key] for key in self.keys if key in weights), self.weight)

    @property
    def is_wrong(self) -> bool:
        return self.verdict.outcome == "incorrect"


def right(told: str = "") -> Verdict:
    """The verdict on a part that is right."""
    return Verdict("correct", score=1.0, feedback=told)


def wrong(key: str | None, told: str, question: str = "") -> Verdict:
    """The verdict on a part that is wrong, with what is seen and a question that leads on; the explanation has the law
    of the slip instead, where it is one of the table."""
    words = None if key is None else words_of(key)
    asked = f"{told}\n{question}" if question else told
    explained = asked if words is None else f"{told}\n{words.law}"
    return Verdict("incorrect", misconception=key, feedback=asked, explanation=explained)


def joined(parts: Sequence[Judged], weights: Mapping[str, float], told: str = "Yes.") -> Verdict:
    """The verdict on an answer of which these are the parts; ``told`` is what is said where all are right.

    One wrong part makes the answer wrong, and the score is that of the right ones. What can be neither shown to be
    right nor wrong leaves an answer without wrong parts undecided.
    """
    total = sum(part.share(weights) for part in parts) or 1.0
    credits = tuple(
        Credit(part.name, part.share(weights) / total, part.verdict.score, _note(part.verdict)) for part in parts
    )
    score = min(1.0, sum(credit.weight * credit.earned for credit in credits))
    bad = [part for part in parts if part.is_wrong]
    open_ones = [part for part in parts if part.verdict.outcome not in ("correct", "incorrect")]
    if bad:
        return _wrong(parts, bad, score, credits)
    if open_ones:
        first = open_ones[0].verdict
        return Verdict(first.outcome, feedback=first.feedback, costs_attempt=False, place=first.place)
    amiss = next((part.verdict for part in parts if part.verdict.form is not None), None)
    if amiss is not None:
        return Verdict("correct", score=score, form=amiss.form, feedback=amiss.feedback, costs_attempt=False,
                       credit=credits)  # fmt: skip
    coded = next((part.verdict for part in parts if "coding" in part.verdict.facts), None)
    if coded is not None:
        return Verdict("correct", score=1.0, feedback=coded.feedback, facts=coded.facts, credit=credits)
    return Verdict("correct", score=1.0, feedback=told, credit=credits)


def _note(verdict: Verdict) -> str:
    if verdict.outcome == "incorrect":
        return verdict.misconception or "wrong"
    return "right" if verdict.outcome == "correct" and verdict.form is None else verdict.form or verdict.outcome


def _wrong(parts: Sequence[Judged], bad: Sequence[Judged], score: float, credits: tuple[Credit, ...]) -> Verdict:
    keys = list(dict.fromkeys(part.verdict.misconception for part in bad if part.verdict.misconception))
    fine = [part.name for part in parts if part.verdict.outcome == "correct"]
    first = bad[0].verdict
    return Verdict(
        "incorrect",
        score=score,
        misconception="+".join(keys[:2]) or None,
        where=tuple(Part(part.name) for part in bad),
        counterexample=next((p.verdict.counterexample for p in bad if p.verdict.counterexample is not None), None),
        feedback=_said(fine, bad),
        nudge=_nudge(len(fine), len(parts)),
        explanation=_said(fine, bad, explained=True),
        facts=dict(first.facts),
        credit=credits,
        costs_attempt=any(part.verdict.costs_attempt for part in bad),
        place=first.place,
    )


def _said(fine: Sequence[str], bad: Sequence[Judged], *, explained: bool = False) -> str:
    """The opening, and what is said of the wrong parts. One part that is missing is told in one sentence."""
    lines = _lines(bad, None if explained else MOST_TOLD, explained=explained)
    first, _, rest = lines[0].partition("\n") if lines else ("", "", "")
    names = _counted([part.name for part in bad])
    if len(names) == 1 and fine and first == f"{_capital(bad[0].name)} is missing.":
        told = f"{_capital(names[0])} {_is(bad)} missing"
        return "\n".join(filter(None, [f"Not yet. {told}; all else is right.", rest]))
    return "\n".join([_opening(fine, [part.name for part in bad]), *lines])


def _opening(fine: Sequence[str], bad: Sequence[str]) -> str:
    """Not yet. The mean is right; the variance is not."""
    if not fine:
        return "Not yet."
    if len(fine) > MOST_LISTED:
        return f"Not yet. {_capital(listed(_counted(bad)))} {_is(bad)} not right; all else is."
    return f"Not yet. {_capital(listed(_counted(fine)))} {_is(fine)} right; {listed(_counted(bad))} {_is(bad)} not."


def _counted(names: Sequence[str]) -> list[str]:
    """The names with those that are alike in one: two fixed effects for a fixed effect and a fixed effect, the means of
    u and ε for the mean of u and the mean of ε."""
    alike: dict[str, list[str]] = {}
    for name in names:
        found = _KIND.fullmatch(name)
        if found is not None:
            alike.setdefault(found["kind"], []).append(found["of"])
    told = {f"the {kind} {of[0]}": f"the {kind.replace(' of', 's of') if ' of' in kind else f'{kind}s'} {listed(of)}"
            for kind, of in alike.items() if len(of) > 1}  # fmt: skip
    told |= {f"the {kind} {each}": "" for kind, of in alike.items() for each in of[1:]}
    names = [named for name in names if (named := told.get(name, name))]
    counts = Counter(names)
    return [name if times == 1 else f"{_NUMBERS.get(times, str(times))} {name.removeprefix('a ')}s"
            for name, times in counts.items()]  # fmt: skip


_KIND = re.compile(r"the (?P<kind>term|(?:distribution|mean|variance|range) of) (?P<of>.+)")
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def _is(names: Sequence[object]) -> str:
    return "is" if len(names) == 1 else "are"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lines(bad: Sequence[Judged], most: int | None = None, *, explained: bool = False) -> list[str]:
    """What is said of each wrong part, without the openings; what is said of several is said once."""
    names: dict[str, list[str]] = {}
    for part in bad:
        told = part.verdict.told("explanation") if explained else part.verdict.feedback
        told = _OPENING.sub("", told, count=1).strip()
        if told:
            names.setdefault(told, []).append(part.name)
    if len(names) <= 1:
        return list(names)
    return [f"{_capital(listed(of))}: {told}" for told, of in list(names.items())[:most]]


def _nudge(fine: int, parts: int) -> str:
    if parts == 1:
        return "Not yet. Read it once more, sign by sign."
    if fine == 0:
        return f"Not yet. Look at each of its {parts} parts once more."
    verb, others = "is" if fine == 1 else "are", "is" if parts - fine == 1 else "are"
    return f"Not yet. Of its {parts} parts, {fine} {verb} right. Which {others} not?"
