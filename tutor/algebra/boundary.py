"""Values on the boundary of the domain, as a variance of 0: what does not exist there, why, and what it is equal to.

G⁻¹ does not exist where the effects do not vary. (C⁻¹ + B)⁻¹ with C for G is C − CZ'(ZCZ' + R)⁻¹ZC where C has an
inverse, by Woodbury's identity, and this form has a value for every C ≥ 0: the first one is its own limit there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import sympy

from tutor.algebra.laws.low_rank import low_rank_sums
from tutor.algebra.nodes import Inverse, Scalar, Sum
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.display import writer
from tutor.errors import DomainError

SINGULAR = 1e-12
"""A singular value that is 0, in a matrix whose rows and columns are scaled."""


MOST_SHOWN = 4
"""Entries of a value that an error tells."""


class NoInverseError(DomainError):
    """The inverse of a matrix that is singular at the values given; ``inverse`` is the tree of it. ``instead`` is what
    the tree that was asked for is equal to where the inverse exists, and ``value`` its value here, if a law tells."""

    def __init__(
        self,
        problem: str,
        inverse: Inverse,
        *,
        tip: str | None = None,
        instead: Tree | None = None,
        value: np.ndarray | None = None,
    ) -> None:
        super().__init__(problem, tip=tip)
        self.inverse = inverse
        self.instead = instead
        self.value = value

    def with_other_form(self, tree: Tree, instead: Tree, value: np.ndarray) -> NoInverseError:
        """The same error with a form of the tree that was asked for that has a value here."""
        if not np.abs(value).max():
            told = "0"
        elif value.size <= MOST_SHOWN:
            rows = [", ".join(f"{entry:.6g}" for entry in row) for row in value]
            told = rows[0] if value.size == 1 else f"[{', '.join(f'[{row}]' for row in rows)}]"
        else:
            told = f"{value.shape[0]} × {value.shape[1]} numbers, the .value of this error"
        same = f"{writer().inline(tree)} = {writer().inline(instead)}"
        tip = f"Where it exists {same}, and this has a value here too: {told}."
        return NoInverseError(self.problem, self.inverse, tip=tip, instead=instead, value=value)


def is_singular(matrix: np.ndarray) -> bool:
    """Whether a square matrix is singular up to rounding. Its rows and columns are scaled first, so that variances in
    other units count no less than others."""
    sizes = np.abs(matrix)
    rows = np.sqrt(sizes.max(axis=1, initial=0))
    if not rows.all():
        return True
    scaled = matrix / rows[:, None]
    columns = np.abs(scaled).max(axis=0)
    if not columns.all():
        return True
    return int(np.linalg.matrix_rank(scaled / columns, tol=SINGULAR * len(matrix))) < len(matrix)


def no_inverse(inverse: Inverse, values: Mapping[str, float], scopes: Iterable[Any]) -> NoInverseError:
    """The error for an inverse that does not exist at these values: which component is 0, and what that says."""
    letters = [letter for letter in scalars_of(inverse.tree) if letter.name in values]
    zero = [letter for letter in letters if values[letter.name] == 0 and letter.is_positive]
    inside = writer().inline(inverse.tree)
    at = ", ".join(f"{writer().inline(Scalar(letter))} = {values[letter.name]:g}" for letter in zero or letters)
    told = [words for scope in scopes for letter in zero if (words := scope.not_varying(letter.name))]
    why = f"{inside} is singular there" if at else f"{inside} is singular"
    if told:
        why += f", since {' and '.join(dict.fromkeys(told))} do not vary"
    return NoInverseError(
        f"{writer().inline(inverse)} does not exist{f' at {at}' if at else ''}: {why}.",
        inverse,
        tip="Forms without this inverse may have a value there, as G, V and V⁻¹ have.",
    )


def division_by_zero(expression: sympy.Basic, values: Mapping[str, float]) -> DomainError:
    """The error for an expression that divides by 0, or takes the logarithm of 0, at these values."""
    own = sorted((letter for letter in expression.atoms(sympy.Symbol) if str(letter) in values), key=str)
    names = [str(letter) for letter in own if values[str(letter)] == 0]
    what = "is not defined for this number" if isinstance(expression, sympy.Function) else "divides by 0"
    if names:
        at = ", ".join(f"{writer().inline(Scalar(letter))} = 0" for letter in own if str(letter) in names)
        problem = f"{writer().inline(Scalar(expression))} does not exist at {at}: it {what}."  # pyright: ignore[reportArgumentType]
    else:
        zero = ", ".join(f"{name} = 0" for name, value in values.items() if value == 0)
        problem = f"The expression does not exist at {zero or 'these values'}: a part of it {what}."
    return DomainError(
        problem, tip="Where a variance is 0 ask for a form without it, as m.Var(…) or V, which has a value there."
    )


def without_inverse(tree: Tree, inverse: Inverse) -> Tree | None:
    """What the tree is equal to wherever the inverse exists, without this inverse; None where no law takes it away.

    Each (C⁻¹ + WA⁻¹U)⁻¹ in it, with the inverse of C, is C − CW(A + UCW)⁻¹UC.
    """

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Inverse) or not isinstance(node.tree, Sum):
            return None
        for found in low_rank_sums(node.tree):
            if inverse in walk(found.A) and inverse not in walk(found.inverse):
                return found.inverse
        return None

    found = transform(tree, change)
    return None if found == tree or inverse in walk(found) else found
