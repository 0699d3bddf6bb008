"""The verdicts on shapes: a product or a sum that does not exist, and an answer of another shape than was asked for.

Where the shape is the question (``Request.hide_shape``), nothing that is said, in no strength and no field, tells a
shape but that of the answer itself.
"""

from __future__ import annotations

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Scaled, Symbol, Transpose
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking import feedback
from tutor.checking.equal import compare
from tutor.checking.judge import Request
from tutor.checking.misconceptions import diagnose_shape
from tutor.checking.misconceptions.factors import turned_round
from tutor.checking.spanning import other_coding
from tutor.checking.verdict import Cell, Counterexample, Verdict
from tutor.checking.witness import sizes
from tutor.errors import ShapeError, TutorError


def shapes_do_not_meet(error: ShapeError, request: Request) -> Verdict:
    """The verdict on a sum or product that does not exist."""
    start, end = getattr(error, "start", None), getattr(error, "end", None)
    said = feedback.shapes_do_not_meet(error, hide_shape=request.hide_shape)
    return Verdict(
        "incorrect",
        misconception="shapes-do-not-meet",
        counterexample=None if request.hide_shape else _unequal_sizes(error),
        feedback=said.hint,
        nudge=said.nudge,
        explanation=said.explanation,
        costs_attempt=request.shape_costs_attempt,
        place=None if start is None or end is None else (start, end),
    )


def _unequal_sizes(error: ShapeError) -> Counterexample:
    """The two sizes that would have to be one."""
    (name, (rows, columns)), *others = error.operands
    if not others:
        wanted = ("columns", columns, "1") if error.operation == "vector" else ("rows", rows, str(columns))
        return Counterexample({}, Cell(0, 0), str(wanted[1]), wanted[2], f"the {wanted[0]} of {name}")
    other, (more_rows, more_columns) = others[0]
    if error.operation == "product":
        told = (columns, more_rows, f"the columns of {name}, and the rows of {other}")
    elif str(rows) != str(more_rows):
        told = (rows, more_rows, f"the rows of {name}, and of {other}")
    else:
        told = (columns, more_columns, f"the columns of {name}, and of {other}")
    return Counterexample({}, Cell(0, 0), str(told[0]), str(told[1]), told[2])


def judge_shape(answer: Tree, asked: Tree, request: Request) -> Verdict:
    """A wrong shape is evidence enough; the mistakes that are common are looked for."""
    general, hidden = request.general, request.hide_shape
    example = None if hidden else sizes(answer, asked)
    turned = (asked.columns, asked.rows)
    square = same_shape(turned, asked.shape)
    if answer.is_scalar and square and compare(Scaled(answer, Identity(asked.rows)), asked, general=general).same:
        return _verdict("missing-identity", feedback.missing_identity(asked, hide_shape=hidden), example)
    if lacks_intercept(answer, asked) or (answer.rows == 1 and lacks_intercept(Transpose(answer), asked)):
        return _verdict("missing-intercept", feedback.told("missing-intercept", {}, None, asked), example)
    coded = other_coding(answer, asked, request)
    if coded is not None:
        return coded
    if same_shape(answer.shape, turned) and compare(Transpose(answer), asked, general=general).same:
        turned_one = turned_round(answer, asked)
        return _verdict(turned_one.key, feedback.told(turned_one.key, turned_one.facts, None, asked), example)
    symbols = tuple(name.tree for name in request.vocabulary if isinstance(name.tree, Symbol))
    slip = diagnose_shape(answer, asked, symbols, general=general)
    if slip is not None:
        return _verdict(slip.key, feedback.told(slip.key, slip.facts, None, asked), example)
    return _verdict("wrong-size", feedback.wrong_shape(answer, asked, hide_shape=hidden), example)


def _verdict(key: str, said: feedback.Told, example: Counterexample | None) -> Verdict:
    return Verdict("incorrect", misconception=key, counterexample=example, feedback=said.hint, nudge=said.nudge,
                   explanation=said.explanation)  # fmt: skip


def lacks_intercept(answer: Tree, asked: Tree) -> bool:
    """Whether the answer is what was asked without its first column, of ones."""
    if asked.columns == 1 or not same_shape(answer.shape, (asked.rows, asked.columns - 1)):
        return False
    try:
        matrix = asked.explicit()
    except TutorError:
        return False
    if any(matrix[i, 0] != 1 for i in range(matrix.rows)):
        return False
    return bool(compare(answer, Explicit(ImmutableDenseMatrix(matrix[:, 1:]))).same)
