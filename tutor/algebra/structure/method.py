"""How closed forms are found: structures that know inverses and determinants, used until none is left to be found.

A `Structure` looks at a matrix A and gives the lines by which A⁻¹ or |A| becomes something simpler, in which smaller
inverses and determinants may stand. `work_out` uses the first structure of a list that applies anywhere, again and
again, and records every line as a Step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.facts import known
from tutor.algebra.nodes import Determinant, Explicit, Inverse, Product, Scalar, Scaled, Sum
from tutor.algebra.provided import Condition
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.single import product_or_factor
from tutor.algebra.structure.constants import without_constants
from tutor.algebra.structure.logarithms import POSITIVE, split_logarithm, with_positive
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.display import writer
from tutor.errors import DomainError


@dataclass(frozen=True, slots=True)
class Line:
    """What an inverse or a determinant equals, why, and what must hold of the parameters for that.

    ``is_final`` says that the inverses and determinants in it are its last form; ``positive`` are numbers of it that
    are above 0 where the matrix is positive definite.
    """

    tree: Tree
    because: str
    conditions: tuple[Condition, ...] = ()
    is_final: bool = False
    positive: tuple[sympy.Expr, ...] = ()


Lines = Sequence[Line]
"""One line after the other, each equal to the one before; none where a structure is not there."""

Finder = Callable[[Tree], Lines]
"""The lines for A⁻¹, or for |A|, from A."""


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure that a matrix may have, with what it makes of the inverse and of the determinant.

    ``function`` makes something of a root or a generalized inverse, where the structure knows these; ``example`` is a
    matrix that has it.
    """

    key: str
    inverse: Finder
    determinant: Finder
    example: Callable[[], Tree]
    function: Callable[[Applied], Lines] = lambda tree: ()

    def lines(self, node: Tree) -> Lines:
        """The lines for an inverse, a determinant or a function of a matrix; none for another node."""
        if isinstance(node, Inverse):
            return self.inverse(node.tree)
        if isinstance(node, Determinant):
            return self.determinant(node.tree)
        return self.function(node) if _is_function(node) else ()


def is_unsolved(tree: Tree) -> bool:
    """Whether an inverse of a matrix, a determinant, a root or a generalized inverse stands in a tree."""
    return any(_is_goal(node) and not (isinstance(node, Inverse) and node.is_scalar) for node in walk(tree))


def _is_goal(node: Tree) -> bool:
    return isinstance(node, Inverse | Determinant) or _is_function(node)


def _is_function(node: Tree) -> TypeGuard[Applied]:
    """Whether this is a power of a matrix that is no product, or a generalized inverse."""
    return isinstance(node, Applied) and node.function in ("power", "generalized inverse") and not node.is_scalar


def has_root(tree: Tree) -> bool:
    """Whether a broken power of a matrix stands in a tree."""
    return any(
        _is_function(node)
        and node.function == "power"
        and isinstance(node.arguments[1], Scalar)
        and node.arguments[1].value.is_integer is False
        for node in walk(tree)
    )


@dataclass(frozen=True, slots=True)
class Worked:
    """A derivation, and the conditions under which its steps hold."""

    derivation: Derivation
    conditions: tuple[Condition, ...]


def work_out(goal: Tree, structures: Sequence[Structure], start: Sequence[Step] = ()) -> Worked:
    """The derivation that leads from a tree to its closed form, after the steps of ``start``.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    """
    steps = list(start)
    line = steps[-1].after if steps else goal
    conditions: dict[Condition, None] = {}
    positive: dict[sympy.Expr, None] = {}
    settled: set[Tree] = set()
    seen = {line}
    while (found := _next(line, structures, settled)) is not None:
        key, chains = found
        stages = max(map(len, chains.values()))
        for stage in range(stages):
            after = _replaced(line, _moves(chains, stage))
            after = in_numbers(after) if stage == stages - 1 else after
            fresh = [lines[stage] for lines in chains.values() if stage < len(lines)]
            told = dict.fromkeys(condition for each in fresh for condition in each.conditions)
            conditions.update(told)
            positive.update(dict.fromkeys(number for each in fresh for number in each.positive))
            because = ", ".join(dict.fromkeys(each.because for each in fresh))
            steps.append(Step(key, because, line, after, _told(tuple(told)) or None))
            line = after
        if line in seen:
            break
        seen.add(line)
        for lines in chains.values():
            if lines[-1].is_final:
                settled.update(node for node in walk(lines[-1].tree) if isinstance(node, Inverse | Determinant))
    if positive and _is_log_of_definite(goal) and (apart := with_positive(line, tuple(positive))) != line:
        steps.append(Step("logarithm", POSITIVE, line, apart))
    return Worked(Derivation(goal, tuple(steps)), tuple(conditions))


def _is_log_of_definite(goal: Tree) -> bool:
    """Whether the determinants of which logarithms are taken are all those of positive definite matrices."""
    logs = [node for node in walk(goal) if isinstance(node, Applied) and node.function == "log"]
    inside = [part for node in logs for part in walk(node) if isinstance(part, Determinant)]
    return bool(inside) and all(known("positive definite", node.tree).value for node in inside)


def _next(line: Tree, structures: Sequence[Structure], settled: set[Tree]) -> tuple[str, dict[Tree, Lines]] | None:
    """The first structure that applies somewhere, and what it makes of each of the nodes to which it does."""
    nodes = [node for node in dict.fromkeys(_outermost(line)) if node not in settled]
    for structure in structures:
        chains = {node: lines for node in nodes if (lines := structure.lines(node))}
        if chains:
            return structure.key, chains
    return None


def _outermost(line: Tree) -> Iterator[Tree]:
    """The inverses, determinants and functions of matrices that stand in no other one; within the inverse of a number
    those that are left."""
    is_number = isinstance(line, Inverse) and line.is_scalar
    if _is_goal(line) and not (is_number and any(map(_is_goal, walk(line.parts[0])))):
        yield line
        return
    for part in line.parts:
        yield from _outermost(part)


def _moves(chains: dict[Tree, Lines], stage: int) -> dict[Tree, Tree]:
    """What takes the place of each node, or of the line of the stage before, at one stage."""
    return {
        lines[stage - 1].tree if stage else node: lines[stage].tree
        for node, lines in chains.items()
        if stage < len(lines)
    }


def _replaced(line: Tree, replacements: dict[Tree, Tree]) -> Tree:
    """The line with other trees in the places of these, the outermost first, and nothing replaced twice."""
    if line in replacements:
        return replacements[line]
    parts = tuple(_replaced(part, replacements) for part in line.parts)
    changed = any(new is not old for new, old in zip(parts, line.parts, strict=True))
    return line.rebuild(parts) if changed else line


# Numbers


_OF_NUMBERS = {"power": sympy.Pow, "log": sympy.log}


def in_numbers(tree: Tree) -> Tree:
    """The tree with powers, products and logarithms of scalars worked out, as |A| becomes known."""
    return transform(tree, _number)


def _number(node: Tree) -> Tree | None:
    if isinstance(node, Scaled) and isinstance(node.scalar, Scalar) and isinstance(node.tree, Scalar):
        return Scalar(node.scalar.value * node.tree.value)
    if isinstance(node, Scaled) and isinstance(node.scalar, Scalar) and isinstance(node.tree, Scaled):
        inner = node.tree.scalar
        return Scaled(Scalar(node.scalar.value * inner.value), node.tree.tree) if isinstance(inner, Scalar) else None
    if isinstance(node, Product | Sum) and all(isinstance(part, Scalar) for part in node.parts):
        values = [part.value for part in node.parts if isinstance(part, Scalar)]
        return Scalar(_multiplied(values) if isinstance(node, Product) else sympy.Add(*values))
    if isinstance(node, Sum) and node.is_scalar and any(isinstance(term, Sum) for term in node.terms):
        return Sum(tuple(inner for term in node.terms for inner in (term.terms if isinstance(term, Sum) else (term,))))
    if isinstance(node, Explicit) and node.is_scalar:
        return Scalar(node.matrix[0, 0])  # pyright: ignore[reportArgumentType]  (of expressions)
    if isinstance(node, Inverse) and isinstance(node.tree, Scalar):
        return Scalar(1 / node.tree.value)
    if isinstance(node, Applied) and node.function in _OF_NUMBERS and node.is_scalar:
        values = [argument.value for argument in node.arguments if isinstance(argument, Scalar)]
        if node.function == "log" and any(value.is_zero for value in values):
            raise DomainError("A determinant that is 0 has no logarithm: the matrix is singular.")
        if len(values) == len(node.arguments):
            return Scalar(sympy.expand_log(_OF_NUMBERS[node.function](*values)))
        return split_logarithm(node.arguments[0]) if node.function == "log" else None
    return without_constants(node) if isinstance(node, Indexed) else None


def _multiplied(values: Sequence[sympy.Expr]) -> sympy.Expr:
    """The product of numbers: c^{n_1 − 1} c^{n_2 − 1} is c^{n_1 + n_2 − 2}."""
    exponents: dict[sympy.Expr, sympy.Expr] = {}
    for factor in sympy.Mul.make_args(sympy.Mul(*values)):
        base, exponent = factor.as_base_exp()
        exponents[base] = exponents.get(base, sympy.S.Zero) + exponent
    return sympy.Mul(*(base**exponent for base, exponent in exponents.items()))


def power(scalar: Tree, exponent: sympy.Expr) -> Tree:
    """A scalar tree to a power, as notation."""
    return scalar if exponent == 1 else Applied("power", (scalar, Scalar(exponent)))


def times(scalars: Sequence[Tree]) -> Tree:
    """A product of scalar trees, as notation."""
    if not scalars:
        return Scalar(sympy.S.One)
    return product_or_factor(scalars)


def _told(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(writer().inline(condition) for condition in conditions)
