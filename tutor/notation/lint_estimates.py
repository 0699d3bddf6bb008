"""Remarks on estimates that are written as the parameters they estimate, β = (X'X)⁻¹X'y and K'β = K'b, and on numbers
that stand for matrices, r = σ² I."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tutor.algebra.affine import is_random
from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.notation.finding import Finding
from tutor.notation.light_value import light_value
from tutor.notation.linted import Linted
from tutor.notation.names import unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.statement import Equation
from tutor.notation.vocabulary import Vocabulary

_ESTIMATES = frozenset({"hat", "widehat", "tilde"})
_SOLUTIONS = {"b": "beta"}
"""Letters without an accent that are estimates: b of β, as in Searle (1971, Linear Models)."""

_RESIDUALS = frozenset({"e", "epsilon", "varepsilon"})


def estimate_against_parameter(display: syntax.Display) -> Iterator[Finding]:
    """Sides that are the same but for a parameter in the one and its estimate in the other: K'β = K'b."""
    for statement in display.statements:
        if not isinstance(statement, syntax.Relation):
            continue
        for left, right in pairwise(statement.sides):
            if left is None or right is None:
                continue
            pair = _only_difference(left, right)
            if pair is not None:
                parameter, estimate = pair
                yield Finding(
                    "estimate-for-parameter", estimate.node.start, estimate.node.end,
                    f"{estimate.shown} is an estimate and {parameter.shown} the parameter: the two sides are not "
                    "equal, but the one estimates the other.",
                )  # fmt: skip


@light_value
class _Spelled:
    """A name as it is spelled, and its node; of letters side by side, Xb, each is one."""

    letters: str
    accent: str
    subscript: str
    node: syntax.Named

    @property
    def key(self) -> tuple[str, str, str]:
        return self.letters, self.accent, self.subscript

    @property
    def shown(self) -> str:
        return unicode_name("_".join(filter(None, (self.letters + self.accent, self.subscript))))


def _spelled(side: syntax.Node) -> list[_Spelled]:
    found: list[_Spelled] = []
    for node in syntax.postorder(side):
        if isinstance(node, syntax.Named):
            told = node.spelling
            parts = list(told.letters) if told.run and not told.subscript else [told.letters]
            found += [_Spelled(letters, told.accent, told.subscript, node) for letters in parts]
    return found


def _form(side: syntax.Node) -> list[type]:
    """The kinds of the nodes without names, and products of them: what is done with the names."""
    return [type(node) for node in syntax.postorder(side) if not isinstance(node, syntax.Named | syntax.Chain)]


def _only_difference(left: syntax.Node, right: syntax.Node) -> tuple[_Spelled, _Spelled] | None:
    """The parameter and its estimate where names differ there alone, and others stand beside them."""
    ours, theirs = _spelled(left), _spelled(right)
    if len(ours) != len(theirs) or len(ours) < 2 or _form(left) != _form(right):
        return None
    apart = [pair for pair in zip(ours, theirs, strict=True) if pair[0].key != pair[1].key]
    if len(apart) != 1:
        return None
    one, other = apart[0]
    if _estimates(other, one):
        return one, other
    return (other, one) if _estimates(one, other) else None


def _estimates(estimate: _Spelled, parameter: _Spelled) -> bool:
    if parameter.accent or estimate.subscript != parameter.subscript:
        return False
    has_hat = estimate.letters == parameter.letters and estimate.accent in _ESTIMATES
    return has_hat or (not estimate.accent and _SOLUTIONS.get(estimate.letters) == parameter.letters)


def estimate_without_hat(told: Linted) -> Iterator[Finding]:
    """A parameter, or a random effect, that is equal to a function of y: β = (X'X)⁻¹X'y."""
    for part, node in told.sides_and_places:
        if not (isinstance(part, Equation) and isinstance(node, syntax.Relation)):
            continue
        left = part.sides[0]
        if not isinstance(left, Symbol) or left.is_scalar or left.name in {"y", *_RESIDUALS}:
            continue
        first = next(iter(_spelled(node)), None)
        if first is None or first.accent or first.letters in _SOLUTIONS:
            continue
        observed = any(_is_of_y_alone(side) for side in part.sides[1:])
        if observed and left.role in ("unknown", "random") and left.definition is None:
            hatted = replace(first, accent="hat").shown
            yield Finding(
                "estimate-for-parameter", first.node.start, first.node.end,
                f"What is calculated from y is an estimate and has a hat: {hatted}, not {first.shown}.",
            )  # fmt: skip


def _is_of_y_alone(tree: Tree) -> bool:
    """Whether y is the only random vector in a tree."""

    drawn = {symbol.name for symbol in symbols_of(tree) if symbol.role == "random"}
    return drawn == {"y"} and is_random(tree)


def number_for_square(part: Equation, node: syntax.Node, vocabulary: Vocabulary) -> syntax.Named | None:
    """The small letter on the left of r = σ² I, which is a number, and whose capital names a square matrix."""
    named = next((found for found in syntax.postorder(node) if isinstance(found, syntax.Named)), None)
    if named is None or named.spelling.accent or named.spelling.subscript:
        return None
    letter = named.spelling.letters
    capital = vocabulary.lookup(letter.upper()) if len(letter) == 1 and letter.islower() else None
    first, *others = part.sides
    are_square = all(not side.is_scalar and side.rows == side.columns for side in others)
    if capital is None or not first.is_scalar or not are_square:
        return None
    return named if not capital.tree.is_scalar and capital.tree.rows == capital.tree.columns else None
