"""Whole models: by elements, in matrices, or as distributions, whichever of these an answer writes.

Fixed effects may be others with the same means, as μ_ij, and X may be in another coding; what the effects of the answer
are in those of the reference is told.
Index letters are the student's own, as long as each is renamed alike everywhere; so are the letters of effects and of
variances that the reference does not use for something else. Terms and lines stand in any order; ranges of indices may
be left out. An effect of the cells of i and k is the same effect as v_ik, v_i(k) or v_k(i).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from typing import Any, Protocol, runtime_checkable

from tutor.checking import words
from tutor.checking.answers import Answer
from tutor.checking.demanded import wrong_form
from tutor.checking.expressions import unreadable
from tutor.checking.feedback import evidence
from tutor.checking.judge import Form, Request, judge, written
from tutor.checking.kinds.index_means import other_means
from tutor.checking.kinds.index_models import IndexModel, index_model
from tutor.checking.kinds.index_moments import differing_moment
from tutor.checking.kinds.matching import matched, partners
from tutor.checking.kinds.parametrization import read_with_own_width
from tutor.checking.kinds.parts import Judged, joined, right
from tutor.checking.kinds.statements import Statements, judge_statements
from tutor.checking.shapes import shapes_do_not_meet
from tutor.checking.verdict import Verdict
from tutor.errors import ShapeError, TutorError
from tutor.notation.read import Reading, read
from tutor.notation.statement import Distribution, Equation, Statement
from tutor.notation.vocabulary import Vocabulary, element_vocabulary
from tutor.notation.write import DialectName

MOST_INDICES = 6
"""Indices of a response of which every order is tried: 720."""

FORMS: tuple[Form, ...] = ("index", "matrix", "distribution")


@runtime_checkable
class Model(Protocol):
    """What a model tells of itself: its equation in elements, in matrices, and as a distribution."""

    def equation(self, form: Any = "index", dialect: Any = "unicode") -> Any: ...

    def null_space(self) -> Any: ...


@judge.register
def judge_model(asked: Model, answer: Answer, request: Request) -> Verdict:
    """A model in one of its three forms, the one that was asked for where the question asks for one."""
    if isinstance(answer, Model):
        answer = str(answer.equation("index", "latex"))
    try:
        form, parts = _read(answer, request.vocabulary)
    except ShapeError as error:
        return shapes_do_not_meet(error, request)
    except TutorError as error:
        return unreadable(error)
    demanded: list[Form] = [each for each in request.form if each in FORMS]
    request = replace(request, form=tuple(each for each in request.form if each not in FORMS))
    if form == "index":
        reference = index_model(read(str(asked.equation("index", "latex")), element_vocabulary()).parts)
        verdict = judge_index_model(reference, Reading("", "index-model", parts), request)
    else:
        verdict = _of_matrices(asked, form, parts, request)
    if verdict.correct and verdict.form is None and demanded and form not in demanded:
        told = f"True, but the model was to be written {_IN_WORDS[demanded[0]]}.\nHow does it look there?"
        return wrong_form(demanded[0], told, request)
    return verdict


_IN_WORDS: dict[Form, str] = {
    "index": "by its elements, y_ij = …",
    "matrix": "in matrices, y = …",
    "distribution": "as a distribution, y ~ …",
}


def _read(answer: Answer, vocabulary: Vocabulary) -> tuple[Form, tuple[Statement, ...]]:
    """The form in which an answer writes a model, and its statements."""
    if isinstance(answer, Reading):
        return _form_of(answer.parts), answer.parts
    if not isinstance(answer, str):
        raise TutorError(f"An answer of type {type(answer).__name__} is no model.", tip="Write its equation as text.")
    try:
        parts = read_with_own_width(answer, vocabulary.of_values())
    except TutorError:
        parts = ()
    form = _form_of(parts) if parts else "index"
    return (form, parts) if form != "index" else (form, read(answer, element_vocabulary()).parts)


def _form_of(parts: tuple[Statement, ...]) -> Form:
    for part in parts:
        if isinstance(part, Equation) and not part.sides[0].is_scalar and not part.terms:
            if str(part.sides[0]).strip() == "y":
                return "matrix"
        elif (
            isinstance(part, Distribution)
            and part.subject is not None
            and not part.subject.is_scalar
            and _name(part) == "y"
        ):
            return "distribution"
    return "index"


def _name(part: Distribution) -> str:
    return str(getattr(part.subject, "name", part.subject)).partition("|")[0]


def _of_matrices(asked: Model, form: Form, parts: tuple[Statement, ...], request: Request) -> Verdict:
    """The model in matrices, or as a distribution: what that needs, and what else it may say."""
    every: list[Statement] = []
    for each in ("matrix", "distribution"):
        every += read(str(asked.equation(each, "latex")), request.vocabulary).parts
    verdicts = [judge_statements(Statements(tuple(need), tuple(part for part in every if part not in need)),
                                 Reading("", "several", parts), request)
                for need in _needed(every, form)]  # fmt: skip
    return max(verdicts, key=lambda verdict: (verdict.correct is True, verdict.score))


def _needed(every: list[Statement], form: Form) -> list[list[Statement]]:
    """The statements that are a model: y = Xβ + Zu + ε with the distributions of u and ε; or y ~ N(Xβ, V), or y | u and
    u together."""
    drawn = [part for part in every if isinstance(part, Distribution)]
    if form == "matrix":
        equation: list[Statement] = [part for part in every if isinstance(part, Equation) and str(part.sides[0]) == "y"]
        names = dict.fromkeys(_name(part) for part in drawn if _name(part) != "y")
        return [equation[:1] + [next(part for part in drawn if _name(part) == name) for name in names]]
    marginal = [part for part in drawn if _name(part) == "y" and not part.given and "|" not in str(part.subject)]
    given = [part for part in drawn if _name(part) == "y" and part not in marginal]
    effects = [part for part in drawn if _name(part) not in ("y", "e", "epsilon", "varepsilon")]
    ways: list[list[Statement]] = [[*marginal[:1]]]
    return [*ways, [given[0], effects[0]]] if given and effects else ways


@judge.register
def judge_index_model(asked: IndexModel, answer: Answer, request: Request) -> Verdict:
    """A model by elements: the way of renaming its indices counts by which most of it is right."""
    try:
        parts = answer.parts if isinstance(answer, Reading) else read(str(answer), element_vocabulary()).parts
        said = index_model(parts)
    except TutorError as error:
        return unreadable(error)
    ways = _renamings(asked, said)
    verdicts = [joined(matched(asked, said, letters, request), request.weights) for letters in ways]
    if not any(verdict.correct for verdict in verdicts):
        # Of effects that are others and have the same means, the way of renaming is that by which they have.
        others = [(letters, found) for letters in ways if (found := _of_other_means(asked, said, letters, request))]
        if others:
            ways, verdicts = [letters for letters, _ in others], [joined(found, request.weights) for _, found in others]
    best = max(range(len(ways)), key=lambda way: (verdicts[way].correct is True, verdicts[way].score))
    if verdicts[best].correct and len(asked.effects) != len(said.effects):
        return _with_means_told(verdicts[best], asked, said, ways[best])
    return _with_numbers(verdicts[best], asked, said, ways[best])


def _with_means_told(verdict: Verdict, asked: IndexModel, said: IndexModel, letters: Mapping[str, str]) -> Verdict:
    """A right model with what its effects are in those that were asked for, where they are others."""
    told = other_means(asked, said, letters, is_free=True)
    if not told or "coding" in verdict.facts:
        return verdict
    return replace(verdict, feedback=words.other_effects(told), facts={"coding": "other", **told})


def _of_other_means(
    asked: IndexModel, said: IndexModel, letters: Mapping[str, str], request: Request
) -> list[Judged] | None:
    """The parts of a model whose fixed effects are others than those that were asked for, with the same means; None of
    one with other means."""
    told = other_means(asked, said, letters, is_free="column-space" in request.up_to)
    if told is None:
        return None
    verdict = replace(right(words.other_effects(told)), facts={"coding": "other", **told})
    rest = matched(_random_part(asked), _random_part(said), letters, request)
    return [Judged(("terms",), "the fixed effects", verdict), *rest]


def _random_part(model: IndexModel) -> IndexModel:
    """A model without its fixed effects."""
    return replace(model, effects=tuple(each for each in model.effects if model.distribution(each) is not None))


def _with_numbers(verdict: Verdict, asked: IndexModel, said: IndexModel, letters: Mapping[str, str]) -> Verdict:
    """A wrong model with numbers that show it: a moment of one or two observations that is another one."""
    if verdict.outcome != "incorrect" or verdict.counterexample is not None:
        return verdict
    example = differing_moment(asked, said, letters, partners(asked, said, letters))
    if example is None:
        return verdict
    *seen, law = verdict.explanation.split("\n")
    return replace(verdict, counterexample=example, explanation="\n".join([*seen, evidence(example), law]))


def _renamings(asked: IndexModel, said: IndexModel) -> list[Mapping[str, str]]:
    """Every way to give the student's index letters those of the reference; the one that keeps them first."""
    mine, theirs = sorted(said.response.indices), sorted(asked.response.indices)
    if max(len(mine), len(theirs)) > MOST_INDICES:
        return [{letter: letter for letter in mine}]
    same = [letter for letter in mine if letter in theirs]
    others = [letter for letter in theirs if letter not in same]
    if len(mine) < len(theirs):
        ways = [dict(zip(mine, order, strict=True)) for order in permutations(theirs, len(mine))]
    else:
        ways = [dict(zip(order, theirs, strict=True)) for order in permutations(mine, len(theirs))]
    return sorted(ways, key=lambda way: -sum(way.get(letter) == letter for letter in same)) if others or ways else [{}]


@written.register
def written_model(reference: Model, dialect: DialectName = "latex") -> str:
    return str(reference.equation("index", dialect))
