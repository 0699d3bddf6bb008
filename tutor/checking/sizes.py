"""At how many sizes two trees have to agree: as many as the degree of what is written in letters of sizes asks for.

Letters for sizes cannot be large, for matrices are made of them, so that chance does not help as it does elsewhere.
What somebody writes to be zero at small sizes has factors like (t − 2)(t − 3)…, and their number is the degree in t of
the scalars that are written. The points have distinct values of each letter, so that a factor in one letter is zero
at one of them at most (with three letters or more only one of them has a new value at each point, or matrices would be
too large): with SIZE_POINTS more points than all degrees together, a product of such factors is not zero
at SIZE_POINTS of them. A factor in several letters, as b − t − 1, is zero at such a point by chance only, which would
have to happen at all of these. What comes of matrices (J_t J_t = tJ_t, the eigenvalues of an inverse) adds degrees that
do not depend on what is written in scalars; they are those of the reference too, and SIZE_POINTS covers them.
A power with a letter in its exponent, as a^{t−1}, counts as EXPONENTIAL degrees: a sum of k such powers of positive
numbers has fewer than k zeros (Pólya and Szegő 1925, part V, problem 75).
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Determinant, Explicit, Scalar
from tutor.algebra.parameters import definitions_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk

SIZE_POINTS = 8
MOST_POINTS = 40
EXPONENTIAL = 2


def points_needed(answer: Tree, reference: Tree, sizes: Iterable[sympy.Symbol]) -> int | None:
    """How many points with other ``sizes`` each time are enough; 0 without such letters, None for too many."""
    letters = set(sizes)
    if not letters:
        return 0
    degree = sum(sum(_degree(expression, letters) for expression in _scalars(tree)) for tree in (answer, reference))
    needed = SIZE_POINTS + degree
    return needed if needed <= MOST_POINTS else None


def has_exponents(sizes: Iterable[sympy.Symbol], *trees: Tree) -> bool:
    """Whether a letter of a size is an exponent in one of the trees, as it is in each determinant."""
    letters = set(sizes)
    for part in definitions_of(*trees):
        for node in walk(part):
            if isinstance(node, Determinant):
                return True
            exponents = [power.exp for power in node.value.atoms(sympy.Pow)] if isinstance(node, Scalar) else []
            if isinstance(node, Applied) and node.function == "power":
                exponents += [part.value for part in node.arguments[1:] if isinstance(part, Scalar)]
            if any(exponent.free_symbols & letters for exponent in exponents):
                return True
    return False


def _scalars(tree: Tree) -> list[sympy.Expr]:
    """What is written in scalars, each once: entries of one matrix stand beside each other, and are compared alone."""
    found: list[sympy.Expr] = []
    for part in definitions_of(tree):
        for node in walk(part):
            if isinstance(node, Scalar):
                found.append(node.value)
            elif isinstance(node, Explicit):
                found.extend(dict.fromkeys(node.filled.values()))
    return list(dict.fromkeys(found))


def _degree(expression: sympy.Basic, letters: set[sympy.Symbol]) -> int:
    """The degree of numerator and denominator together in all letters, at most."""
    if expression in letters:
        return 1
    if not expression.free_symbols & letters:
        return 0
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.base, expression.exp
        if isinstance(exponent, sympy.Rational):
            return _degree(base, letters) * max(1, abs(int(exponent.p)))
        return EXPONENTIAL + _degree(base, letters) + _degree(exponent, letters)
    parts = [_degree(part, letters) for part in expression.args]
    if isinstance(expression, sympy.Add) and not any(_is_fraction(part, letters) for part in expression.args):
        return max(parts)
    return sum(parts)


def _is_fraction(expression: sympy.Basic, letters: set[sympy.Symbol]) -> bool:
    return any(power.exp.is_negative and power.free_symbols & letters for power in expression.atoms(sympy.Pow))
