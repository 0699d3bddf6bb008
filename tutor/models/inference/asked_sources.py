"""Moments of mean squares and sums of squares, as they are asked for: "E(MS_block)", "Var(SS_{treatment})"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import sympy

from tutor.algebra.between import require_equal
from tutor.algebra.nodes import Expectation, Scalar
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.models.inference.source_parts import RESIDUAL, Source
from tutor.models.inference.variances_of_squares import Kind, SecondMoment
from tutor.notation.read import read

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

_WORDS = re.compile(r"\\(?:mathrm|operatorname|mathbb|text)\s*\{([^{}]*)\}")

_ASKED = re.compile(r"\s*\\?(?P<moment>E|Var|V|Cov)\s*[(\[](?P<squares>.+)[)\]]\s*")

_SQUARE = re.compile(r"\s*(?P<kind>MS|SS)(?:_\{(?P<braced>[^{}]+)\}|_(?P<plain>[^{}()]+?)|(?P<joined>[ER]))\s*")

_RESIDUALS = {"e", "error", "errors", "residuals", "res"}
"""What the residual is called elsewhere."""


@dataclass(frozen=True, slots=True)
class AskedSquares:
    """The moment that is asked for, and of each of the squares in it its kind and the name of its source."""

    moment: Literal["E", "Var", "Cov"]
    squares: tuple[tuple[Kind, str], ...]


def squares_asked(what: object) -> AskedSquares | None:
    """What "E(MS_block)" asks for, also as \\mathrm{E}(MS_{block}), "Var(SS_block)" or "Cov(MS_A, MSE)"; None for
    anything else."""
    found = _ASKED.fullmatch(_WORDS.sub(r"\1", what)) if isinstance(what, str) else None
    if found is None:
        return None
    squares = tuple(square for part in found["squares"].split(",") if (square := _square(part)) is not None)
    moment = {"E": "E", "Var": "Var", "V": "Var", "Cov": "Cov"}.get(found["moment"])
    if (
        moment is None
        or len(squares) != found["squares"].count(",") + 1
        or len(squares) != (2 if moment == "Cov" else 1)
    ):
        return None
    return AskedSquares(moment, squares)  # pyright: ignore[reportArgumentType]  (one of the three)


def _square(text: str) -> tuple[Kind, str] | None:
    """MS_block as ("MS", "block")."""
    found = _SQUARE.fullmatch(text)
    if found is None:
        return None
    name = (found["braced"] or found["plain"] or RESIDUAL).strip()
    return "MS" if found["kind"] == "MS" else "SS", RESIDUAL if name.casefold() in _RESIDUALS else name


def mean_of_squares(model: MixedModel, moment: Tree) -> Tree | None:
    """The value of E(SS_e), E(MS_block)/3 or E((MS_block − MS_e)/3), 1 × 1; None for what is no mean of such.

    Raises
    ------
    UnknownNameError
        For a source that the model does not have.
    """
    if not isinstance(moment, Expectation) or not isinstance(moment.tree, Scalar):
        return None
    formula = moment.tree.value
    squares = {letter: asked for letter in formula.free_symbols if (asked := squares_asked(f"E({letter})"))}
    if not squares or not formula.is_polynomial(*squares) or sympy.Poly(formula, *squares).total_degree() > 1:
        return None
    means = {letter: derive_squares(model, asked).result for letter, asked in squares.items()}
    if any(symbols_of(mean) for mean in means.values()):
        return None  # of the part that fixed effects bring only the name is known
    value: Any = formula.xreplace({letter: mean.explicit()[0, 0] for letter, mean in means.items()})
    return Scalar(value)


def derive_squares(model: MixedModel, asked: AskedSquares, to: str | Tree | None = None) -> Derivation:
    """A moment of mean squares or sums of squares; with ``to``, to another way to write it.

    Raises
    ------
    UnknownNameError
        For another source.
    NotEqualError
        When what it should lead to has another value.
    TutorError
        For the mean square of a source without degrees of freedom.
    """
    table = model.anova()
    lines = [table[name] for _, name in asked.squares]
    kinds: list[Kind] = [kind for kind, _ in asked.squares]
    if asked.moment == "E":
        found = lines[0].derivation if kinds == ["MS"] else lines[0].sum_of_squares
    else:
        assert lines[0].squares is not None  # of a table
        squares: list[tuple[Kind, Source]] = [(kind, line.source) for kind, line in zip(kinds, lines, strict=True)]
        found = SecondMoment(lines[0].squares, squares[0], squares[-1]).derive()
    if to is None:
        return found
    goal = to if isinstance(to, Tree) else read(to, model.vocabulary).tree
    if goal is None:
        raise TutorError(f"{to} is no formula that could be derived.", tip="Give a sum of variances.")
    if goal in found.lines:
        return Derivation(found.goal, found.steps[: found.lines.index(goal)])
    require_equal(found.goal, goal)
    return Derivation(found.goal, (*found.steps, Step("written-otherwise", "the same sum", found.result, goal)))
