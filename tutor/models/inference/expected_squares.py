"""What the expected mean square of a source with fixed effects is made of, for answers that write it in any way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Expectation, Scalar, Scaled, Symbol
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.notation.quadratic_forms import ExpectedSquare
from tutor.notation.read import read
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.inference.anova_table import Line
    from tutor.models.mixed import MixedModel


def expected_square(model: MixedModel, moment: Tree) -> ExpectedSquare | None:
    """The parts of E(MS_A) of a source whose effects are fixed; None for any other tree, and for a source that the
    model does not have."""
    from tutor.models.inference.anova_table import RESIDUAL
    from tutor.models.inference.asked_sources import squares_asked

    squares = moment.tree if isinstance(moment, Expectation) else None
    name = squares.value if isinstance(squares, Scalar) else squares.name if isinstance(squares, Symbol) else ""
    asked = squares_asked(f"E({name})")
    if asked is None or asked.squares[0][0] != "MS" or asked.squares[0][1] == RESIDUAL:
        return None
    try:
        table = model.anova()
        line = table[asked.squares[0][1]]
    except TutorError:
        return None
    source = line.source
    if not source.means or source.degrees_of_freedom == 0:
        return None
    forms = _forms(model, line)
    others = {other.name: _names(model, other) for other in table if other.source.means and other.name != line.name}
    rest = sum_or_term([Scalar(share * variance) for variance, share in source.coefficients])
    return ExpectedSquare(rest, forms, _multiples(line), _names(model, line), others)


def _forms(model: MixedModel, line: Line) -> tuple[Tree, ...]:
    """Q in effects as it is and with effects that add up to 0, as they are read; Q by its projection where it has no
    such form."""
    from tutor.models.inference.fixed_part import fixed_part_in_effects

    found = [fixed_part_in_effects(model, line.source, sums_are_zero=zero) for zero in (False, True)]
    trees = [read(inline(tree), model.vocabulary).tree for tree in found if tree is not None]
    told = tuple(tree for tree in trees if tree is not None)
    return told or (line.derivation.result,)


def _multiples(line: Line) -> tuple[sympy.Expr, ...]:
    """What Q, the mean of the squares, their sum and Q times its degrees of freedom are multiplied by."""
    told = line.fixed_part
    share = told.scalar.value if isinstance(told, Scaled) and isinstance(told.scalar, Scalar) else sympy.S.One
    freedom = line.source.degrees_of_freedom
    multiples = (sympy.S.One, 1 / freedom) if told is None else (sympy.S.One, share * freedom, share, 1 / freedom)
    return tuple(dict.fromkeys(map(sympy.cancel, multiples)))


def _names(model: MixedModel, line: Line) -> frozenset[str]:
    """A source by its name and by the letters of its effects: A:B and taualpha."""
    places = [at for at, term in enumerate(model.fixed) if term.name in line.source.means]
    letters = {"".join(model.index.terms[at].coefficient.bases) for at in places}
    return frozenset({line.name, *letters})
