"""Where roots, absolute values and maxima take another branch: chance may miss it, so it is looked for.

|x| and x agree wherever x is positive, √(a² − 2ab + b²) and a − b wherever a is larger. Each of these has an expression
whose sign decides. One whose sign the letters tell decides nothing; for any other, points of both signs are looked for
among parameters of very different sizes, and the two trees are compared there as well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DomainError

LOOKS = 80
SCALES = (-12, -6, -3, -1, 0, 1, 3, 6, 12)
"""Powers of 10 between which parameters are drawn."""

MOST_OPERATIONS = 60
"""Operations in what stands below a root, up to which its factors are looked for."""


def other_branches(instance: DrawnInstance, rng: random.Random, *trees: Tree) -> Iterator[DrawnInstance]:
    """The instance with parameters such that each deciding expression is positive on one and negative on another,
    where such are found, and with the other sign for each number in a function that may be negative."""
    for name in dict.fromkeys(name for tree in trees for name in _of_either_sign(tree)):
        if name in instance.scalars:
            yield instance.changed({name: -Fraction(instance.scalars[name])})
    wanted = {(expression, sign) for expression in deciding(*trees) for sign in (-1, 1)}
    if not wanted:
        return
    names = [name for name in scalars_of(*trees) if name not in instance.sizes]
    for _ in range(LOOKS):
        if not wanted:
            return
        changed = instance.changed({name: _at_scale(name, rng) for name in names})
        seen = {(e, s) for e, s in wanted if _sign(e, changed) == s}
        if seen:
            wanted -= seen
            yield changed


def deciding(*trees: Tree) -> tuple[sympy.Expr, ...]:
    """The expressions whose sign decides on a branch, but those whose sign is known."""
    found: dict[sympy.Expr, None] = {}
    for tree in trees:
        for node in walk(tree):
            expressions = [node.value] if isinstance(node, Scalar) else []
            if isinstance(node, Explicit):
                expressions = list(dict.fromkeys(node.filled.values()))
            for expression in expressions:
                found.update(dict.fromkeys(_deciding(expression)))
    return tuple(e for e in found if e.is_nonnegative is None and e.is_nonpositive is None)


def _deciding(expression: sympy.Expr) -> Iterator[sympy.Expr]:
    for part in sympy.preorder_traversal(expression):
        if isinstance(part, sympy.Abs):
            yield part.args[0]  # pyright: ignore[reportReturnType]
        elif isinstance(part, sympy.Max | sympy.Min):
            first, *others = part.args
            yield from (other - first for other in others)  # pyright: ignore[reportOperatorIssue]
        elif isinstance(part, sympy.Pow) and part.exp.is_Rational and not part.exp.is_Integer:
            yield from _squares_below(part.base)


def _squares_below(base: sympy.Expr) -> Iterator[sympy.Expr]:
    """The factors of even multiplicity below a root: √(a² − 2ab + b²) is |a − b|."""
    if not base.is_Add or base.count_ops() > MOST_OPERATIONS:
        return
    roots = {letter: sympy.Dummy(positive=True) for letter in base.free_symbols if letter.is_positive}
    squared = base.xreplace({letter: root**2 for letter, root in roots.items()})
    try:
        factors = sympy.factor_list(squared)[1]
    except sympy.PolynomialError:
        return
    back = {root: sympy.sqrt(letter) for letter, root in roots.items()}
    yield from (factor.xreplace(back) for factor, times in factors if times % 2 == 0)


def _of_either_sign(tree: Tree) -> Iterator[sympy.Symbol]:
    """The numbers that may be negative and stand in a function or a root, whose domain and branches follow the sign."""
    for node in walk(tree):
        is_root = isinstance(node, Scalar) and any(not power.exp.is_integer for power in node.value.atoms(sympy.Pow))
        if is_root or isinstance(node, Applied) or (isinstance(node, Scalar) and node.value.has(sympy.Function)):
            yield from (name for name in scalars_of(node) if not name.is_nonnegative)


def _at_scale(name: sympy.Symbol, rng: random.Random) -> Fraction:
    number = Fraction(rng.randint(1, 1000), 100) * Fraction(10) ** rng.choice(SCALES)
    return number if name.is_nonnegative or rng.random() < 0.5 else -number


def _sign(expression: sympy.Expr, instance: DrawnInstance) -> int:
    """1 or −1, and 0 where neither is certain."""
    number = instance if isinstance(instance.arithmetic, Balls) else instance.in_balls()
    try:
        value = number.number(expression)
    except (DomainError, NotRationalError):
        return 0
    return 1 if value > 0 else -1 if value < 0 else 0
