"""What the left side of an answer says that the right side is: E = …, or E(y_11) = …, where a variance was asked for.

A moment by its name alone, Var = …, is that of what was asked about. Where the right side has the value that was asked
for and the left side is another moment, the equation is false by its left side, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Symbol, Variance
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking import feedback
from tutor.checking.counterexample import counterexample
from tutor.checking.equal import compare
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.notation.vocabulary import Vocabulary

MOMENT_BY_NAME = re.compile(
    r"\s*+(?:(?P<variance>[Vv]ar)|(?P<covariance>[Cc]ov)|(?P<correlation>[Cc]orr?|ICC)|(?P<mean>E)"
    r"|(?P<deviation>[Ss]\.?[Ee]\.?(?:[Dd]\.?)?|[Ss][Dd]))\s*+[=:](?!=)"
)
"""A moment by its name alone, and the sign of equality behind it."""


_OF_NUMBERS = {"deviation": "A standard deviation is that of one number"}
"""Moments that no matrix is."""


def moment_by_name(text: str, asked: Tree, vocabulary: Vocabulary) -> tuple[Tree, int] | None:
    """The moment that a text names before its first sign of equality, and where what it is said to be starts; None for
    a text that names none, and where nothing tells of what it would be.

    >>> from tutor import one_way, read
    >>> m = one_way(3, 2)
    >>> told = moment_by_name("E = σ² + σ_u²", read("Var(y_11)", m.vocabulary).tree, m.vocabulary)
    >>> str(told[0]), told[1]
    ('E(y_11)', 3)

    Raises
    ------
    TutorError
        For a standard deviation where a matrix was asked for.
    """
    found = MOMENT_BY_NAME.match(text)
    pair = None if found is None else _asked_about(asked, vocabulary)
    if found is None or pair is None:
        return None
    if found.lastgroup in _OF_NUMBERS and not asked.is_scalar:
        raise TutorError(f"{_OF_NUMBERS[found.lastgroup]}, and a matrix was asked for.", tip="Write Var = … for it.")
    try:
        moment = _moment(str(found.lastgroup), *pair)
    except TutorError:
        return None
    return None if moment is None else (moment, found.end())


def _asked_about(asked: Tree, vocabulary: Vocabulary) -> tuple[Tree, Tree] | None:
    """What a moment was asked of, twice where it is of one."""
    if isinstance(asked, Covariance) or (isinstance(asked, Applied) and asked.function == "Corr"):
        left, right = asked.parts
        return left, right
    if isinstance(asked, Variance | Expectation):
        return asked.tree, asked.tree
    if isinstance(asked, Applied) and asked.function in ("sqrt", "power") and isinstance(asked.arguments[0], Variance):
        return asked.arguments[0].tree, asked.arguments[0].tree
    V, y = vocabulary.lookup("V"), vocabulary.lookup("y")
    is_of_y = V is not None and isinstance(V.tree, Symbol) and asked in (V.tree, V.tree.definition)
    return (y.tree, y.tree) if is_of_y and y is not None else None


def _moment(kind: str, left: Tree, right: Tree) -> Tree | None:
    if kind == "mean":
        return Expectation(left)
    if kind == "variance" or (kind == "covariance" and left == right):
        return Variance(left)
    if kind == "covariance":
        return Covariance(left, right)
    if not left.is_scalar:
        return None
    if kind == "correlation":
        return Applied("Corr", (left, right))
    return Applied("power", (Variance(left), Scalar(sympy.S.Half)))


def another_quantity(
    written: Sequence[Tree], claimed: Sequence[Tree], asked: Tree, vocabulary: Vocabulary, *, general: bool
) -> Verdict | None:
    """The verdict on an equation whose last side is right and one of whose other sides is another moment; ``written``
    are its sides with their moments, ``claimed`` the same with the values of these."""
    if len(claimed) < 2 or not _is_equal(claimed[-1], asked, general=general):
        return None
    for side, value in zip(written[:-1], claimed[:-1], strict=True):
        name = _word(side)
        if name is None or _is_equal(value, asked, general=general) is not False:
            continue
        seen = f"Nearly. The right side is right, but the left side calls it {name}."
        question = "What does the question ask for?"
        example = None
        if same_shape(value.shape, asked.shape):
            point = compare(value, asked, general=general).points[-1]
            example = counterexample(point, value, asked, vocabulary)
        proof = [] if example is None else [feedback.evidence(example, "the left side", "what was asked for")]
        told = "\n".join([seen, *proof, question])
        return Verdict("incorrect", misconception="wrong-subject", counterexample=example, feedback=told,
                       nudge=f"Nearly. {question}")  # fmt: skip
    return None


def _is_equal(side: Tree, asked: Tree, *, general: bool) -> bool | None:
    return same_shape(side.shape, asked.shape) and compare(side, asked, general=general).same


def _word(side: Tree) -> str | None:
    """What a moment is in a word; None for what is none."""
    if isinstance(side, Applied) and side.function in ("sqrt", "power") and isinstance(side.arguments[0], Variance):
        return "a standard deviation"
    if isinstance(side, Applied):
        return "a correlation" if side.function == "Corr" else None
    words = {Expectation: "a mean", Variance: "a variance", Covariance: "a covariance"}
    return words.get(type(side))
