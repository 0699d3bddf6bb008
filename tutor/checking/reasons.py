"""The reason that is given with an answer: "since u and e are correlated". The model knows whether it is so."""

from __future__ import annotations

import re

import sympy

from tutor.algebra.nodes import Covariance, Scalar, Zero
from tutor.algebra.tree import Tree
from tutor.checking.equal import compare
from tutor.checking.moments import of_vectors
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary

_NAME = r"\$?((?:\\(?:mathbf|boldsymbol|bm|mathrm)\s*\{?\s*)?\\?[^\W\d_]{1,10}(?:_(?:\w+|\{[^{}]{1,12}\}))?\}?)\$?"
_REASON = re.compile(
    rf"(?:^|(?<=[\s,(])){_NAME}(?:\s+and\s+{_NAME})?\s+(?:are|is)\s+(?P<denied>not\s+)?(?:assumed\s+(?:to\s+be\s+)?)?"
    rf"(?P<what>correlated|dependent|uncorrelated|independent)(?:\s+(?:of|with|on)\s+{_NAME})?"
)
"""Two random quantities, and what is said of them."""

_TOGETHER = frozenset({"correlated", "dependent"})


def false_reason(text: str, vocabulary: Vocabulary) -> str:
    """What is said of a reason that does not hold in the model; "" where none is given, or where it holds.

    >>> from tutor import rcbd
    >>> names = rcbd(3, 2).vocabulary
    >>> false_reason("Since u and e are correlated, Var(y) = ZGZ' + R", names)
    'Your reason does not hold, though: Cov(u, ε) = 0 in this model.'
    >>> false_reason("Since u and e are independent, Var(y) = ZGZ' + R", names)
    ''
    """
    for found in _REASON.finditer(text):
        pair = [name for name in (found[1], found[2], found[5]) if name]
        if len(pair) != 2:
            continue
        claims_covariance = (found["what"] in _TOGETHER) != bool(found["denied"])
        told = _told(pair, vocabulary, claims_covariance=claims_covariance)
        if told:
            return told
    return ""


def _told(pair: list[str], vocabulary: Vocabulary, *, claims_covariance: bool) -> str:
    try:
        left, right = (_random(name, vocabulary) for name in pair)
        if left is None or right is None:
            return ""
        covariance = Covariance(left, right)
        is_zero = compare(of_vectors(covariance, vocabulary), _nothing(covariance)).same
    except TutorError:
        return ""
    if is_zero is None or is_zero is not claims_covariance:
        return ""
    relation = "= 0" if is_zero else "is not 0"
    return f"Your reason does not hold, though: {covariance} {relation} in this model."


def _random(name: str, vocabulary: Vocabulary) -> Tree | None:
    tree = read(name, vocabulary).tree
    return tree if tree is not None and tree.columns == 1 else None


def _nothing(tree: Tree) -> Tree:
    return Scalar(sympy.S.Zero) if tree.is_scalar else Zero(tree.rows, tree.columns)
