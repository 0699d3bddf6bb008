"""Why a line does not follow: the law that was broken, or the slip that makes it of the line before, and a cell in
numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.algebra.budget import within
from tutor.algebra.laws.moments import uncorrelated
from tutor.algebra.nodes import Sum, Variance
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.counterexample import counterexample
from tutor.checking.feedback.said import QUESTION_OF_SHAPES
from tutor.checking.judge import Request, judge
from tutor.checking.lines.broken import Broken, broken_law
from tutor.checking.lines.elements import is_moment
from tutor.checking.lines.side import Side
from tutor.checking.lines.values import Match, Values
from tutor.checking.verdict import Counterexample
from tutor.errors import ShapeError, TutorError

MOST_PLACE = 60
"""Characters of a node that is quoted."""


SEARCH_SECONDS = 0.4
"""What each search for false rules may take: a line is wrong without them as well."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What is known of a wrong step. ``law`` is what holds, ``holds_if`` under which condition the step would be
    right, each "" where none is known; ``place`` is the part of the line before to which it was done."""

    key: str = ""
    seen: str = ""
    question: str = ""
    law: str = ""
    holds_if: str = ""
    place: str = ""
    counterexample: Counterexample | None = None
    shapes: ShapeError | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def explain(side: Side, before: Side, match: Match, values: Values, request: Request) -> Explained:
    """What a wrong step is, as far as it can be told."""
    example = _example(match, values)
    shapes = side.problem or _shapes(side, before)
    if side.is_square and _same_if_square(side, before, values):
        return Explained("shapes-do-not-meet", "It would follow if all these matrices were square.",
                         "How many rows and columns has each factor?", shapes=shapes,
                         holds_if="all these matrices were square and had inverses")  # fmt: skip
    broken = within(SEARCH_SECONDS, lambda: broken_law(side, before, values, two=False), None)
    if broken is None and side.problem is None and before.problem is None:
        slip = _slip(side, before, values, request)
        if slip is not None:
            key, facts = slip
            if key == "wrong-size" and shapes is not None:
                return _of_another_shape(shapes)
            return Explained(key, counterexample=example, shapes=shapes, facts=facts)
    if broken is None:
        broken = within(SEARCH_SECONDS, lambda: broken_law(side, before, values), None)
    if broken is None:
        if side.problem is None and shapes is not None:
            return _of_another_shape(shapes)
        key = "" if side.problem is None else "shapes-do-not-meet"
        return Explained(key, counterexample=example, shapes=shapes)
    first = broken.rules[0]
    return Explained(
        broken.key,
        seen=" ".join(dict.fromkeys(rule.seen for rule in broken.rules)),
        question=first.question,
        law="; ".join(dict.fromkeys(rule.law for rule in broken.rules)),
        holds_if=_condition(broken),
        place=_quoted(broken.place),
        counterexample=example,
        shapes=shapes,
    )


def _same_if_square(side: Side, before: Side, values: Values) -> bool:
    """Whether a line that does not exist were equal to the one before it if only its shapes met."""
    mine, theirs = values.in_square(side), values.in_square(before)
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    return all(values.same(one, other, general=True).same for one, other in zip(mine, theirs, strict=True))


def _example(match: Match, values: Values) -> Counterexample | None:
    if match.comparison is None or match.answer is None or match.reference is None or not match.comparison.points:
        return None
    return counterexample(match.comparison.points[-1], match.answer, match.reference, values.vocabulary)


def _of_another_shape(shapes: ShapeError) -> Explained:
    return Explained("wrong-size", "It has another shape.", QUESTION_OF_SHAPES, shapes=shapes)


def _shapes(side: Side, before: Side) -> ShapeError | None:
    """The two shapes of lines that differ in them."""
    if side.tree is None or before.tree is None or same_shape(side.tree.shape, before.tree.shape):
        return None
    return ShapeError("equation", [(str(before.tree), before.tree.shape), (str(side.tree), side.tree.shape)])


def _slip(side: Side, before: Side, values: Values, request: Request) -> tuple[str, Mapping[str, str]] | None:
    """The slip by which the line is made of the one before, as an answer is of its reference."""
    try:
        known = before.terms[0]
        if any(is_moment(node) for node in walk(known)):
            known = values.of(known)
        said = values.of(side.terms[0])
        found = judge(known, said, request)
        V = request.vocabulary.lookup("V")
        is_general = found.misconception in (None, "wrong-size")
        if is_general and V is not None and same_shape(V.tree.shape, known.shape) and V.tree != known:
            # Of the effects of several factors only the name of V tells G and R apart.
            found = judge(V.tree, said, request) if values.same(V.tree, known).same else found
    except TutorError:
        return None
    return None if found.misconception is None else (found.misconception, found.facts)


def _condition(broken: Broken) -> str:
    """Under which condition the step would be right; of a sum that has two terms, in their names."""
    first = broken.rules[0]
    if first.key == "variance-of-sum" and isinstance(broken.place, Variance) and isinstance(broken.place.tree, Sum):
        terms = broken.place.tree.terms
        pairs = [(a, b) for i, a in enumerate(terms) for b in terms[i + 1 :] if uncorrelated(a, b) is None]
        if len(pairs) == 1:
            return f"Cov({_bare(pairs[0][0])}, {_bare(pairs[0][1])}) = 0"
    return first.holds_if


def _bare(term: Tree) -> str:
    return str(term).lstrip("−-+ ")


def _quoted(place: Tree) -> str:
    text = str(place)
    return text if len(text) <= MOST_PLACE else ""
