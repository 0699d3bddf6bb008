"""How the answers of a set are judged: about designs by name, whole models, dimensions and derivations; and what a
verdict has to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from tests.checking.lines.derivations import Case, derivation_of
from tutor import Dimensions, Verdict, check, lecture_vocabulary, read
from tutor.algebra.build import symbol
from tutor.checking.verdict import Line
from tutor.notation.vocabulary import Vocabulary


class Marking:
    """The designs of a set, each built when it is first asked for; ``linked`` are those behind a link, whose
    quantities are derived."""

    def __init__(self, built: Mapping[str, Callable[[], Any]], *, linked: tuple[str, ...]) -> None:
        self.linked = linked
        self.model: Callable[[str], Any] = cache(lambda design: built[design]())

    def vocabulary(self, design: str) -> Vocabulary:
        """The names of a design; of "lecture" those of the course, of "square" square matrices A, B and C beside
        them."""
        if design == "square":
            matrices = (symbol(letter, "n", "n", facts=["invertible"]) for letter in "ABC")
            return lecture_vocabulary().with_names(*matrices)
        return lecture_vocabulary() if design == "lecture" else self.model(design).vocabulary

    def judged(self, design: str, asked: str, answer: str, **options: Any) -> Verdict:
        """The verdict on an answer; "model" asks for the whole model, "dim:" for the dimensions of what follows."""
        if design in self.linked:
            return check(answer, self.model(design).derive(asked), **options)
        if asked == "model":
            return check(answer, self.model(design), **options)
        names = self.vocabulary(design)
        if asked.startswith("dim:"):
            tree = read(asked[4:], names).tree
            assert tree is not None
            return check(answer, Dimensions.of(tree), names, **options)
        return check(answer, asked, names, **options)

    def derived(self, case: Case) -> Verdict:
        """The verdict on a derivation; where the model knows none, the goal alone is given."""
        m = self.model(case.model)
        names = None if case.model in self.linked else m.vocabulary
        return check(case.text, derivation_of(m, case.asked), names)


def label(verdict: Verdict) -> str:
    """The word by which the tables name a verdict."""
    if verdict.outcome == "correct":
        return verdict.form or "correct"
    return verdict.misconception or verdict.outcome


def assert_refused(verdict: Verdict, keys: str) -> None:
    """That an answer is wrong, with one of the slips ``a|b``."""
    assert verdict.outcome == "incorrect", verdict.feedback
    assert label(verdict) in keys.split("|"), verdict.feedback


def assert_line(case: Case, verdict: Verdict) -> None:
    """That the first wrong line of a derivation is found, with its slip where one is told."""
    numbers = [place.number for place in verdict.where if isinstance(place, Line)][:1]
    assert numbers == ([] if case.line is None else [case.line]), verdict.feedback
    assert verdict.outcome == ("correct" if case.line is None else "incorrect"), verdict.feedback
    assert case.key is None or verdict.misconception in case.key.split("|"), verdict.feedback
