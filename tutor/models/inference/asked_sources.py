"""Mean squares and sums of squares of a source, as they are asked for: "E(MS_block)", "E(SS_{treatment})"."""

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
from tutor.models.inference.source_parts import RESIDUAL
from tutor.notation.read import read

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

_WORDS = re.compile(r"\\(?:mathrm|operatorname|mathbb|text)\s*\{([^{}]*)\}")

_ASKED = re.compile(
    r"\s*\\?E\s*[(\[]\s*(?P<kind>MS|SS)(?:_\{(?P<braced>[^{}]+)\}|_(?P<plain>[^{}()]+?)|(?P<joined>[ER]))\s*[)\]]\s*"
)

_RESIDUALS = {"e", "error", "errors", "residuals", "res"}
"""What the residual is called elsewhere."""


@dataclass(frozen=True, slots=True)
class AskedSource:
    """The name of a source, and whether its mean square or its sum of squares is asked for."""

    name: str
    kind: Literal["MS", "SS"]


def source_asked(what: object) -> AskedSource | None:
    """The source of "E(MS_block)", also as \\mathrm{E}(MS_{block}), and of "E(SS_block)", "E(MSE)"; None for anything
    else."""
    found = _ASKED.fullmatch(_WORDS.sub(r"\1", what)) if isinstance(what, str) else None
    if found is None:
        return None
    name = (found["braced"] or found["plain"] or RESIDUAL).strip()
    kind: Literal["MS", "SS"] = "MS" if found["kind"] == "MS" else "SS"
    return AskedSource(RESIDUAL if name.casefold() in _RESIDUALS else name, kind)


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
    squares = {letter: source for letter in formula.free_symbols if (source := source_asked(f"E({letter})"))}
    if not squares or not formula.is_polynomial(*squares) or sympy.Poly(formula, *squares).total_degree() > 1:
        return None
    means = {letter: derive_source(model, source).result for letter, source in squares.items()}
    if any(symbols_of(mean) for mean in means.values()):
        return None  # of the part that fixed effects bring only the name is known
    value: Any = formula.xreplace({letter: mean.explicit()[0, 0] for letter, mean in means.items()})
    return Scalar(value)


def derive_source(model: MixedModel, asked: AskedSource, to: str | Tree | None = None) -> Derivation:
    """E(MS) or E(SS) of a source; with ``to``, to another way to write it.

    Raises
    ------
    UnknownNameError
        For another source.
    NotEqualError
        When what it should lead to has another value.
    TutorError
        For the mean square of a source without degrees of freedom.
    """
    line = model.anova()[asked.name]
    found = line.derivation if asked.kind == "MS" else line.sum_of_squares
    if to is None:
        return found
    goal = to if isinstance(to, Tree) else read(to, model.vocabulary).tree
    if goal is None:
        raise TutorError(f"{to} is no formula that could be derived.", tip="Give a sum of variances.")
    if goal in found.lines:
        return Derivation(found.goal, found.steps[: found.lines.index(goal)])
    require_equal(found.goal, goal)
    return Derivation(found.goal, (*found.steps, Step("written-otherwise", "the same sum", found.result, goal)))
