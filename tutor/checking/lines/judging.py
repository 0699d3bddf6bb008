"""A derivation line by line: does each line follow from the one before, and do they reach what was asked for?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tutor.algebra.affine import is_random
from tutor.algebra.laws.joining import alike
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import is_open
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.checking.answers import Answer
from tutor.checking.judge import Request, judge, written
from tutor.checking.lines import words
from tutor.checking.lines.chains import Chain, Chains, Claim, chains_of
from tutor.checking.lines.elements import is_moment
from tutor.checking.lines.explained import Explained, explain
from tutor.checking.lines.grounds import ground
from tutor.checking.lines.nested_order import nested_letters
from tutor.checking.lines.side import Side
from tutor.checking.lines.strides import is_within
from tutor.checking.lines.values import Match, Values
from tutor.checking.verdict import Credit, Line, Verdict
from tutor.checking.words import listed
from tutor.errors import ReadError, TutorError
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import DialectName, write


@dataclass(frozen=True, slots=True)
class Lines:
    """A derivation that is asked for line by line.

    Parameters
    ----------
    goal
        What is to be derived, as Var(y), or a Derivation of it; several of them, as E(y) and Var(y), each of which
        the answer has to reach.
    result
        What it comes to; of a Derivation its last line; of several goals none is given. Only the kind of its form is
        asked for: a result without moments, or in single numbers, is reached by an answer of which that can be said
        too.
    step_size
        How many rules may lie between two lines; None for any number.
    finish
        The share of the score that is for reaching the result, in [0, 1]; the rest is that of the lines.
    """

    goal: Tree | Derivation | tuple[Tree | Derivation, ...]
    result: Tree | None = None
    step_size: int | None = None
    finish: float = 0.5

    def __post_init__(self) -> None:
        if self.step_size is not None and self.step_size < 1:
            raise TutorError(f"A step size of {self.step_size} allows no step.", tip="Give 1 or more.")
        if isinstance(self.goal, tuple) and (not self.goal or self.result is not None):
            raise TutorError("Of several goals each comes to its own result.", tip="Give derivations as goals.")
        if not 0 <= self.finish <= 1:
            raise TutorError(f"The share of the score for the result is {self.finish}.", tip="Give it in [0, 1].")

    @property
    def single(self) -> tuple[Lines, ...]:
        """The lines that are asked for, of each goal by itself."""
        return tuple(replace(self, goal=each) for each in self.goal) if isinstance(self.goal, tuple) else (self,)

    @property
    def derivation(self) -> Derivation:
        """The derivation that is known of the goal, or of the first; of the goal alone if none was given."""
        goal = self.goal[0] if isinstance(self.goal, tuple) else self.goal
        return goal if isinstance(goal, Derivation) else Derivation(goal, ())

    @property
    def end(self) -> Tree:
        """What the goal comes to, as far as that is known."""
        return self.derivation.result if self.result is None else self.result


@dataclass(slots=True)
class Judged:
    """One claim: ``follows`` from the line before it in its chain, is ``true`` of what the chain is about.

    ``before`` is the number of the line before, 0 for what was asked or stands on the left of the line itself.
    """

    claim: Claim
    chain: Chain
    before: int
    side_before: Side
    match: Match
    follows: bool | None
    true: bool | None
    repeats: bool = False
    is_wide: bool = False
    ground: str = ""
    explained: Explained | None = field(default=None)

    @property
    def is_wrong(self) -> bool:
        return self.follows is False and self.true is not True


@judge.register
def judge_derivation(reference: Derivation, answer: Answer, request: Request) -> Verdict:
    """Judge the lines of an answer against a derivation."""
    return judge_lines(Lines(reference), answer, request)


@written.register(Derivation)
@written.register(Lines)
def written_lines(reference: Derivation | Lines, dialect: DialectName = "latex") -> str:
    """The lines of a derivation, an answer that is right."""
    if isinstance(reference, Derivation):
        return write(reference, dialect)
    return "\n".join(write(each.derivation, dialect) for each in reference.single)


@judge.register
def judge_lines(reference: Lines, answer: Answer, request: Request) -> Verdict:
    """Judge the lines of an answer: each follows from the one before, and the last is what was asked for."""
    if isinstance(reference.goal, tuple):
        return of_several([judge_lines(each, answer, request) for each in reference.single], reference.single)
    derivation = reference.derivation
    goal = derivation.goal
    if any(map(is_open, goal.shape)):
        raise TutorError("How large the reference is stays open.", tip="Write its sizes, as I_3 or I_n.")
    vocabulary = _with_names(request.vocabulary, derivation)
    values = Values(vocabulary, goal, derivation.result, general=request.general)
    known = (*derivation.lines, reference.end)
    try:
        chains = chains_of(answer, goal, vocabulary, known)
    except TutorError as error:
        place = (error.start, error.end) if isinstance(error, ReadError) else None
        return Verdict("unreadable", feedback=str(error), costs_attempt=False, place=place)
    judged = _judged(chains, values)
    nested = nested_letters(vocabulary) if any(each.is_wrong for each in judged) else frozenset()
    if nested:
        others = chains_of(answer, goal, vocabulary, known, nested)
        in_others = _judged(others, values)
        if _goes_well(in_others) > _goes_well(judged):
            chains, judged = others, in_others
    goal_chains = [chain for chain in chains.chains if values.match(chain.head, Side("", 0, (goal,))).same]
    first = next((each for each in judged if each.is_wrong), None)
    if first is not None:
        first.explained = explain(first.claim.side, first.side_before, first.match, values, request)
    for each in judged:
        if each.follows and not each.repeats:
            each.ground = ground(each.claim.side, each.side_before, values)
            each.is_wide = reference.step_size is not None and not is_within(
                each.side_before, each.claim.side, reference.step_size, derivation, values
            )
    end = _end(goal_chains, judged, reference)
    return _verdict(reference, judged, chains, goal_chains, end)


def _goes_well(judged: list[Judged]) -> float:
    """How many lines there are before the first that is wrong."""
    return next((place for place, each in enumerate(judged) if each.is_wrong), math.inf)


def _with_names(vocabulary: Vocabulary, derivation: Derivation) -> Vocabulary:
    """The names of the question and those that the derivation brings, as k and P_V, and u where that is given."""
    symbols = {
        symbol.name: symbol
        for line in derivation.lines
        for symbol in symbols_of(line)
        if not (symbol.is_scalar and symbol.role == "random")  # elements are letters
    }
    known = {name: found.tree for name in symbols if (found := vocabulary.lookup(name)) is not None}
    return vocabulary.with_names(
        *(
            symbol
            for name, symbol in symbols.items()
            if name not in known or (is_random(known[name]) and symbol.role != "random")
        )
    )


# Each line


def _judged(chains: Chains, values: Values) -> list[Judged]:
    judged: list[Judged] = []
    last: dict[int, tuple[int, Side]] = {id(chain): (0, chain.head) for chain in chains.chains}
    true_so_far: dict[int, bool] = {}
    for chain, claim in chains.order:
        number, before = last[id(chain)]
        match = values.match(claim.side, before)
        if match.same is False and claim.goes_on:
            other = _other_line(claim, chain, judged, values)
            if other is not None:
                chain, number, before, match = other
        follows = match.same
        true = follows
        if not true_so_far.get(id(chain), True):
            true = values.match(claim.side, chain.head).same
        true_so_far[id(chain)] = true is not False
        repeats = before.terms == claim.side.terms
        judged.append(Judged(claim, chain, number, before, match, follows, true, repeats))
        last[id(chain)] = (claim.number, claim.side)
    return judged


def _other_line(
    claim: Claim, chain: Chain, judged: list[Judged], values: Values
) -> tuple[Chain, int, Side, Match] | None:
    """A line of another chain from which one that only goes on follows: a remark may stand between the two."""
    for other in reversed(judged):
        if other.chain is not chain:
            match = values.match(claim.side, other.claim.side)
            if match.same:
                return other.chain, other.claim.number, other.claim.side, match
    return None


# The end


def _end(chains: list[Chain], judged: list[Judged], reference: Lines) -> Side | None:
    """The side at which the answer reaches what was asked for, at either end of a chain; None where none does."""
    for chain in reversed(chains):
        claims = [each for each in judged if each.chain is chain]
        if not claims:
            continue
        ends = [(chain.head, True), (claims[-1].claim.side, claims[-1].true)]
        if _says_the_goal(ends[-1][0].tree, reference):
            # It runs backwards, from what was typed first.
            ends.append((claims[0].claim.side, claims[0].true))
        for side, true in reversed(ends):
            sure = true or (true is None and not any(each.is_wrong for each in claims))
            if sure and side.tree is not None and is_finished(side.tree, reference):
                return side
    return None


def _says_the_goal(tree: Tree | None, reference: Lines) -> bool:
    """Whether a form is what was asked for itself, as it stands or with definitions for its names."""
    goal = reference.derivation.goal
    if tree is None or goal == reference.end:
        return False
    defined = transform(goal, lambda node: node.definition if isinstance(node, Symbol) else None)
    return alike(tree, goal) or (not is_moment(goal) and not isinstance(goal, Symbol) and alike(tree, defined))


def is_finished(tree: Tree, reference: Lines) -> bool:
    """Whether a form says as much as the result: no moment is left to be worked out, no name stands for the whole,
    and a single number is in numbers and parameters."""
    end = reference.end
    if _says_the_goal(tree, reference):
        return False
    if end == reference.derivation.goal:
        return not any(is_moment(node) for node in walk(tree))
    if tree == end:
        return True
    if any(is_moment(node) for node in walk(tree)) and not any(is_moment(node) for node in walk(end)):
        return False
    names = [node for node in walk(tree) if isinstance(node, Symbol)]
    is_name = isinstance(tree, Symbol) and tree.definition is not None and bool(symbols_of(tree.definition))
    if is_name and tree not in reference.derivation.lines:
        return False
    if isinstance(end, Scalar) and names:
        return False
    goal = symbols_of(reference.derivation.goal)
    # û is worked out in y and β̂, of which the formula is known, as well as in y alone.
    open_ones = {s.name for s in names if s.role == "random" and not (_is_estimate(s) and s not in goal)}
    return not open_ones - {s.name for s in symbols_of(end) if s.role == "random"}


def _is_estimate(symbol: Symbol) -> bool:
    return symbol.definition is not None and symbol.name.partition("_")[0].endswith("hat")


# The verdict


def _verdict(
    reference: Lines, judged: list[Judged], chains: Chains, goal_chains: list[Chain], end: Side | None
) -> Verdict:
    wrong = [each for each in judged if each.is_wrong]
    undecided = [each for each in judged if each.follows is None and each.true is not True]
    wide = [each for each in judged if each.is_wide]
    about = [each for each in judged if any(each.chain is chain for chain in goal_chains)]
    credit = _credit(reference, about, judged, end is not None, _comes_to_an_end(goal_chains, judged, reference))
    score = sum(part.weight * part.earned for part in credit)
    told = words.Told(judged, chains.unreadable, end is not None, bool(about))
    lines = tuple(Line(each.claim.number, each.claim.line) for each in [*wrong, *([] if wrong else wide)])
    if wrong:
        explained = wrong[0].explained
        assert explained is not None
        return Verdict(
            "incorrect",
            score=score,
            misconception=explained.key or None,
            where=tuple(dict.fromkeys(lines)),
            counterexample=explained.counterexample,
            feedback=told.wrong("hint"),
            facts=told.facts(),
            credit=credit,
            nudge=told.wrong("nudge"),
            explanation=told.wrong("explanation"),
        )
    if chains.unreadable:
        first = chains.unreadable[0]
        error = first.error
        place = (first.start + error.start, first.start + error.end) if isinstance(error, ReadError) else None
        return Verdict(
            "unreadable",
            where=tuple(Line(each.number, each.text.strip()) for each in chains.unreadable),
            feedback=told.unreadable_lines(),
            costs_attempt=False,
            place=place,
            credit=credit,
            misconception=error.kind if isinstance(error, ReadError) and error.kind in words.NOTATION else None,
        )
    if undecided:
        return Verdict("undecided", feedback=told.undecided(undecided[0]), costs_attempt=False, credit=credit)
    if wide:
        return Verdict(
            "correct", score=score, where=lines, form="gap-too-wide", feedback=told.wide(wide[0]), credit=credit
        )
    if end is None:
        return Verdict("correct", score=score, form="unfinished", feedback=told.unfinished(), credit=credit)
    return Verdict("correct", score=1.0, feedback=told.right(), explanation=told.right_explained(), credit=credit)


_START = "From which form of the model does one start?"
_WORST_FIRST = ("incorrect", "unreadable", "undecided")


def of_several(verdicts: Sequence[Verdict], goals: Sequence[Lines]) -> Verdict:
    """The verdict on the lines of several derivations: what is wrong with one of them is wrong; each counts alike."""
    share = 1 / len(verdicts)
    credit = tuple(
        replace(part, part=f"{goal.derivation.goal}: {part.part}", weight=share * part.weight)
        for verdict, goal in zip(verdicts, goals, strict=True)
        for part in verdict.credit
        if part.weight
    )
    score = min(1.0, sum(part.weight * part.earned for part in credit))
    for outcome in _WORST_FIRST:
        worst = next((verdict for verdict in verdicts if verdict.outcome == outcome), None)
        if worst is not None:
            return replace(worst, score=score if outcome == "incorrect" else worst.score, credit=credit)
    lacking = [(verdict, goal) for verdict, goal in zip(verdicts, goals, strict=True) if verdict.form is not None]
    if not lacking:
        return replace(verdicts[0], credit=credit)
    verdict, goal = lacking[0]
    reached = [str(each.derivation.goal) for each, known in zip(goals, verdicts, strict=True) if known.form is None]
    told = f"{listed(reached)} {'is' if len(reached) == 1 else 'are'} reached. " if reached else ""
    open_one = goal.derivation.goal
    is_begun = any(part.earned and part.weight for part in verdict.credit)
    said = f"Of {open_one}: {verdict.feedback}" if is_begun else f"{open_one} is still to be derived.\n{_START}"
    return replace(verdict, score=score, credit=credit, feedback=told + said)


def _comes_to_an_end(chains: list[Chain], judged: list[Judged], reference: Lines) -> bool:
    """Whether an answer goes as far as was asked, right or wrong."""
    lasts = {id(each.chain): each.claim.side for each in judged}
    return any(
        all(is_finished(term, reference) for term in lasts[id(chain)].terms) for chain in chains if id(chain) in lasts
    )


def _credit(
    reference: Lines, about: list[Judged], judged: list[Judged], reached: bool, ends: bool
) -> tuple[Credit, ...]:
    """What each line earned, and the end. A line that repeats the one before earns nothing, nor does one that speaks
    of something else; of an answer that stops before its end the lines that are missing count."""
    counted = [each for each in judged if each.is_wrong or (each in about and not each.repeats)]
    expected = len(counted) if reached or (ends and counted) else max(len(counted), len(reference.derivation), 1)
    share = (1 - reference.finish) / expected if expected else 0.0
    parts: list[Credit] = []
    for each in judged:
        weight = share if each in counted else 0.0
        parts.append(Credit(f"line {each.claim.number}", weight, words.earned(each), words.note(each)))
    missing = expected - len(counted)
    if missing > 0:
        parts.append(Credit("lines that are missing", share * missing, 0.0, "not written"))
    parts.append(Credit("the result", reference.finish, float(reached), "reached" if reached else "not reached"))
    return tuple(parts)
