"""Statements against statements: distributions, moments and equations, in any order, each part judged by its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.algebra.nodes import Covariance, Expectation, Sum, Symbol, Transpose, Variance, Zero
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.checking.answers import Answer
from tutor.checking.expressions import unreadable
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.claims import Claim, Claims, Shared, claims_of, key_of, name_of, of_vector
from tutor.checking.kinds.distributions import WEIGHT_OF_WHOLE, judge_claim
from tutor.checking.kinds.parametrization import read_with_own_width, with_asked_design
from tutor.checking.kinds.parts import Judged, joined, wrong
from tutor.checking.kinds.renaming import renamed, renaming
from tutor.checking.kinds.stacked_elements import of_stack, stack_of
from tutor.checking.shapes import shapes_do_not_meet
from tutor.checking.verdict import Verdict
from tutor.errors import ShapeError, TutorError
from tutor.notation.names import unicode_name
from tutor.notation.read import Reading
from tutor.notation.statement import Definition, Distribution, Equation, Statement
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Statements:
    """What has to be said, and what may be said beside it: distributions and equations."""

    required: tuple[Statement, ...]
    optional: tuple[Statement, ...] = ()


@judge.register
def judge_distribution(asked: Distribution, answer: Answer, request: Request) -> Verdict:
    """A distribution: subject, family, mean and variance judged apart."""
    return judge_statements(Statements((asked,)), answer, request)


@judge.register
def judge_statements(asked: Statements, answer: Answer, request: Request) -> Verdict:
    """Several statements, in any order; those that are missing are named."""
    try:
        said = statements_of(answer, request.vocabulary, asked.required)
    except ShapeError as error:
        return shapes_do_not_meet(error, request)
    except TutorError as error:
        return unreadable(error)
    # A coding is free for X alone: what else has the same columns is not the same mean, and no variance.
    request = replace(request, up_to=request.up_to - {"column-space"})
    said, designs = with_asked_design(said, request)
    parts = [*judged_parts(asked, said, request), *designs]
    if not parts:
        raise TutorError("The reference makes no statement that can be judged.", tip="Write y ~ N(Xβ, V).")
    return joined(parts, request.weights)


MOST_PROSE = 500
"""Characters of a text that may say it in words; longer ones are formulas."""

_ALONE = re.compile(
    r"\s*(?:\\(?:mathcal|mathrm|text)\s*\{?\s*)?(?:MV)?N(?:ormal)?\s*\}?\s*(?:_\S+\s*)?(?:\\left\s*)?\("
)
_INDEPENDENT = re.compile(
    r"[,;.]\s*(?:and\s+|where\s+|with\s+)?(?P<left>\S+)\s+and\s+(?P<right>\S+)\s+(?:are\s+)?(?:mutually\s+)?independent\.?\s*$"
)
_NAMED = re.compile(r"(?<=[(,])\s*(?:mean|mu|var(?:iance)?|cov(?:ariance)?|Sigma)\s*=(?!=)\s*", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"(?<=[(,])\s*(?:mean|var(?:iance)?|covariance(?:\s+matrix)?)\s+(?=\S)", re.IGNORECASE)
_BY_DEVIATION = re.compile(
    r",\s*(?:sd|s\.d\.|sigma)\s*=\s*(?P<deviation>(?:[^()]|\([^()]*\))+?)\s*\)\s*\Z", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?:(?P<subject>\S+)\s+(?:is|has|follows)\s+)?(?:an?\s+)?"
    r"(?P<family>(?:multivariate\s+)?normal(?:ly\s+distributed)?(?:\s+distribution)?)?[,:]?\s*(?:with\s+)?"
    r"(?:an?\s+)?mean\s*(?:vector\s*)?[:=]?\s*(?P<mean>[^,;]+?)(?:[,;]\s*|\s+)(?:and\s+)?(?:an?\s+|the\s+)?"
    r"(?:variance[\s-]covariance|covariance|variance|dispersion)(?:\s+matrix)?\s*[:=]?\s*(?P<variance>\S.*?)[.\s]*"
)
_BY_NAME = re.compile(r"\s*E\s*=\s*(?P<mean>[^,;=]+?)(?:[,;]\s*|\s+)(?:and\s+)?[Vv]ar\s*=\s*(?P<variance>[^=]+?)[.\s]*")


def statements_of(answer: Answer, vocabulary: Vocabulary, asked: Sequence[Statement] = ()) -> tuple[Statement, ...]:
    """The statements that an answer makes: text, a reading, a statement or several.

    N(Xβ, V) alone is taken to be of the one subject that was asked for.

    Raises
    ------
    ReadError, ShapeError
        For text that cannot be read.
    TutorError
        For what is no statement.
    """
    if isinstance(answer, str):
        return read_with_own_width(_plainly(answer, asked), vocabulary.of_values())
    if isinstance(answer, Reading):
        return answer.parts
    if isinstance(answer, Statement):
        return (answer,)
    if isinstance(answer, list | tuple) and answer:
        return tuple(part for each in answer for part in statements_of(each, vocabulary, asked))
    raise TutorError(f"An answer of type {type(answer).__name__} says nothing of a distribution.",
                     tip="Write it as text, as y ~ N(Xβ, V).")  # fmt: skip


def _plainly(text: str, asked: Sequence[Statement]) -> str:
    if len(text) > MOST_PROSE:
        return text
    subjects = [part.subject for part in asked if isinstance(part, Distribution)]
    told = _IN_WORDS.fullmatch(text.strip()) or _BY_NAME.fullmatch(text)
    subject = None if told is None else told.groupdict().get("subject") or (subjects[0] if len(subjects) == 1 else None)
    if told is not None and subject is not None:
        if told.groupdict().get("family"):
            return f"{subject} ~ N({told['mean']}, {told['variance']})"
        return f"E({subject}) = {told['mean']}, Var({subject}) = {told['variance']}"
    text = _BY_DEVIATION.sub(lambda found: f", ({found['deviation']})^2)", text)
    text = _INDEPENDENT.sub(r"; Cov(\g<left>, \g<right>) = 0", text)
    if "~" in text or "\\sim" in text or "∼" in text:
        return _NAMED_BEFORE.sub(" ", _NAMED.sub(" ", text))
    if len(subjects) == 1 and _ALONE.match(text):
        return f"{subjects[0]} ~ {_NAMED_BEFORE.sub(' ', _NAMED.sub(' ', text))}"
    return text


def judged_parts(asked: Statements, said: Iterable[Statement], request: Request) -> list[Judged]:
    """The parts of what was asked for, each with its verdict, and what else was said that is wrong."""
    theirs, more = claims_of(asked.required), claims_of(asked.optional)
    mine = claims_of(_as_equations(said))
    alone = len(theirs.claims) + len(theirs.shared) + len(theirs.others) == 1
    open_claims = list(mine.claims)
    parts: list[Judged] = []
    for claim in _exact_first(theirs.claims, open_claims):
        parts += _judged_claim(claim, open_claims, request, alone)
    parts += _judged_shared(theirs.shared, mine, request)
    parts += _judged_equations(theirs.others, mine.others, request, missing=True)
    for claim in more.claims:
        if _match(claim, open_claims, request.vocabulary) is not None:
            parts += [part for part in _judged_claim(claim, open_claims, request, alone=False) if part.is_wrong]
    required = {shared.keys for shared in theirs.shared}
    parts += _untrue(open_claims, [each for each in mine.shared if each.keys not in required], request)
    parts += [part for part in _judged_equations(more.others, mine.others, request, missing=False) if part.is_wrong]
    parts += _untrue_equations(mine.others, [*theirs.others, *more.others], request)
    return _explained(parts) if any("equation" in part.keys for part in parts) else parts


def _as_equations(said: Iterable[Statement]) -> Iterator[Statement]:
    """A definition, G := σ²_u I, says what an equation does."""
    for statement in said:
        if isinstance(statement, Definition) and statement.value is not None:
            yield Equation((statement.subject, statement.value), statement.start, statement.end)
        else:
            yield statement


# Distributions


def _exact_first(claims: Iterable[Claim], said: Sequence[Claim]) -> list[Claim]:
    """Claims that have their like in the answer first, so that y and y | u do not take each other's place."""
    places = {(claim.key, claim.given) for claim in said}
    return sorted(claims, key=lambda claim: (claim.key, claim.given) not in places)


def _judged_claim(asked: Claim, said: list[Claim], request: Request, alone: bool) -> list[Judged]:
    found = _match(asked, said, request.vocabulary)
    if found is not None:
        place, reference, mine = found
        said.pop(place)
        return judge_claim(reference, mine, request, alone)
    name = "the distribution" if alone else f"the distribution of {asked.name}"
    if alone and len(said) == 1:
        other = said.pop()
        told = f"What you say is of {other.name}; it was asked of {asked.name}."
        return [Judged((asked.key,), name, wrong("wrong-subject", told, "What is to the left of the ~?"))]
    told = f"T{name[1:]} is missing."
    return [Judged((asked.key,), name, wrong("missing-distribution", told, "How does it vary?"), WEIGHT_OF_WHOLE)]


def _match(asked: Claim, said: Sequence[Claim], vocabulary: Vocabulary) -> tuple[int, Claim, Claim] | None:
    """The claim of the answer about the same quantity: its place, and both in one form."""
    alike = [i for i, claim in enumerate(said) if claim.key == asked.key]
    for i in sorted(alike, key=lambda i: said[i].given != asked.given):
        return i, asked, said[i]
    for i, claim in enumerate(said):
        if isinstance(asked.subject, Symbol) and claim.key.partition("_")[0] == asked.key and claim.subject.is_scalar:
            whole = of_vector(claim, asked.subject)
            if whole is not None:
                return i, asked, whole
        if isinstance(asked.subject, Symbol) and _is_stack_of(claim.subject, asked.key):
            whole = of_stack(claim, asked.subject)
            if whole is not None:
                return i, asked, whole
        if asked.subject.is_scalar and isinstance(claim.subject, Symbol):
            whole = of_vector(asked, claim.subject) if asked.key.partition("_")[0] == claim.key else None
            if whole is not None:
                return i, whole, claim
        letters = renaming(claim.key, asked.key)
        if letters is not None:
            return i, asked, _renamed(claim, asked, letters)
    return None


def _is_stack_of(subject: Tree, key: str) -> bool:
    """Whether a vector is written as some elements of the one of this key, below one another."""
    return {name.partition("_")[0] for name in stack_of(subject) or ()} == {key}


def _renamed(claim: Claim, asked: Claim, letters: dict[str, str]) -> Claim:
    """A claim with the index letters of what was asked for, u_i ~ N(0, σ²_u) for u_j."""
    return replace(
        claim,
        subject=asked.subject,
        given=frozenset("_".join(_with_letters(key.split("_"), letters)) for key in claim.given),
        mean=None if claim.mean is None else renamed(claim.mean, letters),
        variance=None if claim.variance is None else renamed(claim.variance, letters),
    )


def _with_letters(parts: list[str], letters: dict[str, str]) -> list[str]:
    """The base of a key, and what is below it by other letters."""
    return [parts[0], *("".join(letters.get(sign, sign) for sign in below) for below in parts[1:])]


# Covariances


def _judged_shared(asked: Iterable[Shared], said: Claims, request: Request) -> Iterator[Judged]:
    for shared in asked:
        name = f"the covariance of {name_of(shared.left)} and {name_of(shared.right)}"
        mine = next((each for each in said.shared if each.keys == shared.keys), None)
        if mine is None and said.are_independent:
            nothing = Zero(shared.left.rows, shared.right.rows)
            verdict = judge(shared.covariance, nothing, request)
        elif mine is None:
            told = f"T{name[1:]} is not told."
            verdict = wrong("covariance-not-told", told, "Do they vary together?")
        else:
            turned = key_of(mine.left) != key_of(shared.left)
            verdict = judge(shared.covariance, Transpose(mine.covariance) if turned else mine.covariance, request)
        yield Judged(("covariance",), name, verdict, weight=0.5)


def _untrue(claims: Iterable[Claim], shared: Iterable[Shared], request: Request) -> Iterator[Judged]:
    """What was said beside what was asked for, and is not true of the model."""
    for claim in claims:
        if not isinstance(claim.subject, Symbol) or claim.given:
            continue
        for moment, value, what in (
            (Expectation(claim.subject), claim.mean, "mean"), (Variance(claim.subject), claim.variance, "variance"),
        ):  # fmt: skip
            if value is not None:
                verdict = judge(moment, value, _plain(request))
                if verdict.outcome == "incorrect":
                    yield Judged((what,), f"the {what} of {claim.name}", verdict)
    for each in shared:
        verdict = judge(Covariance(each.left, each.right), each.covariance, _plain(request))
        if verdict.outcome == "incorrect":
            name = f"the covariance of {unicode_name(key_of(each.left))} and {unicode_name(key_of(each.right))}"
            yield Judged(("covariance",), name, verdict)


def _untrue_equations(said: Iterable[Statement], asked: Iterable[Statement], request: Request) -> Iterator[Judged]:
    """X = … and the like, said of a matrix of the model beside what was asked for, that is not that matrix. What is
    right of it is told where it has something to tell, as another coding of X."""
    named = {part.sides[0] for part in asked if isinstance(part, Equation)}
    for equation in (part for part in said if isinstance(part, Equation)):
        left = equation.sides[0]
        if request.general or not isinstance(left, Symbol) or left.definition is None or left in named:
            continue
        plain = _plain(request)
        allowed = replace(plain, up_to=plain.up_to | {"column-space"}) if left.name == "X" else plain
        for side in equation.sides[1:]:
            verdict = judge(left, side, allowed)
            if verdict.outcome != "correct" or "coding" in verdict.facts:
                yield Judged((key_of(left), "equation"), f"the equation for {left}", verdict, 2.0)


def _plain(request: Request) -> Request:
    """A request that demands no form: for what was not asked for."""
    return replace(request, form=(), without=())


# Equations


def _of_term(verdict: Verdict, asked: Tree) -> Verdict:
    """A verdict that names the term that is missing from a model: the random effects, or the residuals."""
    dropped = verdict.facts.get("dropped")
    if verdict.misconception != "missing-term" or not isinstance(asked, Sum):
        return verdict
    for term in asked.terms:
        if str(term) == dropped and any(symbol.role == "random" for symbol in symbols_of(term)):
            return replace(verdict, misconception="missing-residual" if isinstance(term, Symbol) else "missing-random")
    return verdict


def _explained(parts: list[Judged]) -> list[Judged]:
    """The parts, where what is missing from the equation is why its distribution is missing too."""
    keys = {part.verdict.misconception for part in parts} & {"missing-random", "missing-residual"}
    if len(keys) != 1:
        return parts
    (key,) = keys
    return [
        replace(part, verdict=replace(part.verdict, misconception=key))
        if part.verdict.misconception == "missing-distribution" and "equation" not in part.keys
        else part
        for part in parts
    ]


def _judged_equations(
    asked: Iterable[Statement], said: Iterable[Statement], request: Request, *, missing: bool
) -> Iterator[Judged]:
    """G = σ²_u I and the like, by the name on their left."""
    mine = [part for part in said if isinstance(part, Equation)]
    for equation in asked:
        if not isinstance(equation, Equation):
            continue
        left, right = equation.sides[0], equation.sides[-1]
        name = f"the equation for {left}"
        found = next((part for part in mine if left in part.sides), None)
        if found is not None:
            for side in found.sides:
                if side != left:
                    yield Judged((key_of(left), "equation"), name, _of_term(judge(right, side, request), right), 2.0)
        elif missing:
            yield Judged((key_of(left), "equation"), name, wrong("missing-equation", f"{left} = … is missing."), 2.0)
