"""The verdict on a design matrix where any one with the same column space is right, and on one in another coding."""

from __future__ import annotations

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import same_shape, same_size
from tutor.algebra.tree import Tree
from tutor.checking import feedback, words
from tutor.checking.column_space import Spaces, column_name, column_spaces
from tutor.checking.demanded import in_form
from tutor.checking.freedoms import same_up_to
from tutor.checking.judge import Request
from tutor.checking.verdict import Part, Verdict
from tutor.errors import TutorError


def spanning(answer: Tree, asked: Tree, request: Request) -> Verdict | None:
    """The verdict by the column space, where the question leaves the coding free and the rows are as many."""
    if "column-space" not in request.up_to or not same_size(answer.rows, asked.rows):
        return None
    spaces = column_spaces(answer, asked, request.vocabulary, general=request.general)
    if spaces is None:
        reason = "its column space could not be found out"
        return Verdict("undecided", feedback=feedback.undecided(reason), costs_attempt=False)
    if spaces.same:
        told = words.other_coding(spaces.coefficients, spaces.inverse, is_right=True)
        return in_form(told, answer, asked, request, facts=_facts(spaces))
    lacking = [column_name(asked, j) for j in spaces.lacking]
    strange = [f"column {j + 1}" for j in spaces.strange]
    constant = bool(spaces.lacking) and not spaces.strange and _is_ones(asked, spaces.lacking[0])
    return Verdict(
        "incorrect",
        misconception="missing-intercept" if constant and len(lacking) == 1 else words.UNSPANNED,
        where=tuple(Part(f"the model's {name}") for name in lacking) + tuple(Part(f"your {name}") for name in strange),
        counterexample=None if spaces.witness is None else spaces.witness.counterexample(),
        feedback=words.other_space(lacking, strange, spaces.witness),
        nudge=words.NUDGE,
    )


def other_coding(answer: Tree, asked: Tree, request: Request) -> Verdict | None:
    """The verdict on an answer that codes the asked design matrix in another way, where that was not left free."""
    if not (isinstance(asked, Symbol) and asked.name == "X") or not same_size(answer.rows, asked.rows):
        return None
    spaces = column_spaces(answer, asked, request.vocabulary, general=request.general)
    if spaces is None or not spaces.same:
        return None
    if same_shape(answer.shape, asked.shape) and same_up_to(answer, asked, frozenset({"column-order"})):
        key = "column-order"
        return Verdict("incorrect", misconception=key, feedback=feedback.wrong(key, {}, None, asked))
    told = words.other_coding(spaces.coefficients, spaces.inverse, is_right=False)
    return Verdict("incorrect", misconception="other-coding", feedback=told, nudge=words.NUDGE, facts=_facts(spaces))


def _facts(spaces: Spaces) -> dict[str, str]:
    """The implied coefficients by their place."""
    name = "beta" if spaces.inverse else "b"
    return {"coding": "other", **{f"{name}_{i}": told for i, told in enumerate(spaces.coefficients, start=1)}}


def _is_ones(asked: Tree, column: int) -> bool:
    """Whether a column of the reference is that of an intercept."""
    try:
        matrix = asked.explicit()
    except TutorError:
        return False
    return all(matrix[i, column] == 1 for i in range(matrix.rows))
