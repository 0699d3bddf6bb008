"""The table of misconceptions: each with its key, what it edits, and its words.

The order is that in which the two keys of a composite stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.checking.misconceptions.words.kind import Words
from tutor.checking.misconceptions.words.of_products import OF_PRODUCTS
from tutor.checking.misconceptions.words.of_sums import OF_SUMS
from tutor.checking.misconceptions.words.of_values import OF_VALUES

Edited = Literal["tree", "parameters", "values", "rival", "shape", "statement", "letters"]
"""What a slip changes: the reference as written, its parameters, its value; or it is something else of the model, of
another shape, an argument of a statement, the letters of the text."""

_EDITED: dict[str, Edited] = {
    "missing-residual": "tree",
    "missing-random": "tree",
    "missing-intercept": "tree",
    "missing-term": "tree",
    "missing-factor": "tree",
    "missing-component-on-diagonal": "tree",
    "missing-identity": "shape",
    "missing-replication": "values",
    "transpose-lost": "tree",
    "transpose-misplaced": "tree",
    "order-swapped": "tree",
    "parentheses-lost": "tree",
    "inverse-lost": "tree",
    "inverse-of-sum": "tree",
    "elementwise-inverse": "values",
    "singular-inverse": "values",
    "G-for-inverse": "tree",
    "inverse-for-G": "tree",
    "R-for-V": "tree",
    "inverse-for-R": "tree",
    "sd-for-variance": "parameters",
    "variance-for-sd": "values",
    "forgot-square": "tree",
    "squared-twice": "parameters",
    "components-swapped": "parameters",
    "covariance-missing": "values",
    "diagonal-only": "values",
    "covariance-everywhere": "values",
    "wrong-grouping": "rival",
    "wrong-structure": "rival",
    "dropped-rho-power": "tree",
    "off-by-one": "tree",
    "correlation-for-covariance": "values",
    "covariance-for-correlation": "values",
    "variance-for-covariance": "values",
    "asymmetric": "values",
    "one-entry": "values",
    "identity-for-ones": "tree",
    "ones-for-identity": "tree",
    "ones-matrix-for-vector": "tree",
    "kronecker-swapped": "tree",
    "wrong-size": "shape",
    "wrong-dimension": "shape",
    "shapes-do-not-meet": "shape",
    "wrong-count": "values",
    "column-order": "values",
    "wrong-index": "parameters",
    "wrong-comparison": "rival",
    "random-in-mean": "tree",
    "error-in-mean": "tree",
    "mean-in-variance": "tree",
    "mean-not-subtracted": "tree",
    "mean-variance-swapped": "statement",
    "fixed-random-confused": "tree",
    "factor-2": "tree",
    "sign": "tree",
    "sum-of-sd": "tree",
    "blocks-in-difference": "values",
    "scalar-rule": "tree",
    "variance-of-sum": "tree",
    "ols-for-gls": "tree",
    "ml-for-reml": "tree",
    "conditional-for-marginal": "rival",
    "link-forgotten": "tree",
    "jensen": "tree",
    "extra-term": "tree",
    "lower-case": "letters",
    "not-bold": "letters",
}


@dataclass(frozen=True, slots=True)
class Misconception:
    """A known slip: its key, what it edits, its words."""

    key: str
    edits: Edited
    words: Words


_WORDS = {**OF_SUMS, **OF_PRODUCTS, **OF_VALUES}

MISCONCEPTIONS: dict[str, Misconception] = {
    key: Misconception(key, edits, _WORDS[key]) for key, edits in _EDITED.items()
}
"""Key: the misconception."""

ORDER = {key: place for place, key in enumerate(MISCONCEPTIONS)}
"""Key: its place in the table."""


def words_of(key: str) -> Words | None:
    """The words of a slip; of two at once those of the first."""
    known = MISCONCEPTIONS.get(key.partition("+")[0])
    return None if known is None else known.words
