"""Moments of single random effects given y, E(u_1 | y), Var(u_1 | y), Cov(u_1, u_2 | y), while β is known.

Where the rows are listed l'u stands for a sum of effects, and the entries of E(u | y) and Var(u | y) tell the value.
Source: Searle, Casella and McCulloch (1992), Variance Components, sections 3.4 and 7.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import (
    Expectation,
    Explicit,
    Scalar,
    Variance,
)
from tutor.algebra.random_elements import with_elements
from tutor.algebra.rules import Derivation, Rewrite, Rule, Step, derive_first, without_detours
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.models.inference.effects_given_data_by_letters import WHOLE, derive_by_letters
from tutor.models.inference.estimable_functions import MOST_OBSERVATIONS
from tutor.models.inference.prediction import NORMAL, Prediction
from tutor.models.linear_forms import LETTERS, without_given
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_EFFECTS = 6
"""Random effects of a model without structure of which moments given y are worked out in letters."""


def derive_effects_given_data(model: MixedModel, goal: Tree) -> Derivation:
    """The derivation of E, Var or Cov of sums of random effects given y.

    Raises
    ------
    TutorError
        For anything but a sum of random effects, all of them given y, and in a model without random effects; with
        letters for sizes where matrices are no sums of products of I and J.
    """
    parts = Prediction.of(model)
    plain, given = without_given(goal)
    if given != model.y.name or not all(isinstance(part, Scalar) for part in goal.parts):
        raise TutorError(f"{goal} is not derived.", tip=WHOLE)
    listed = parts.u.entries
    return derive_by_letters(parts, goal, plain) if listed is None else _by_entries(parts, goal, plain)


# Rows that are listed


def _by_entries(parts: Prediction, goal: Tree, plain: Tree) -> Derivation:
    letters = iter(LETTERS)
    form = replace(plain.rebuild(tuple(linear_form(part, [parts.u], letters) for part in plain.parts)),
                   {parts.u: parts.conditional})  # fmt: skip
    vectors = [symbol for symbol in symbols_of(form) if isinstance(symbol.definition, Explicit)]
    if form == plain or parts.conditional not in symbols_of(form):
        raise TutorError(f"{goal} is no moment of random effects.", tip=WHOLE)
    told = ", ".join(f"{k}' = [{', '.join(map(str, k.definition.matrix.flat()))}]" for k in vectors)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    laws = MEANS if isinstance(goal, Expectation) else VARIANCES
    started = derive_first(form, (_of_all(parts), *laws))
    assert parts.u.entries is not None
    elements = {sympy.Symbol(f"{entry}|{parts.model.y.name}", real=True): (parts.conditional, row)
                for row, entry in enumerate(parts.u.entries.flat())}  # fmt: skip
    named = with_elements(goal, elements)
    steps = [Step("linear-form", told, named, form), *started.steps]
    value = _value(parts.model, started.result)
    if value is not None:
        steps.append(Step("entries", "by the entries", started.result, value))
    return without_detours(named, steps)


def _of_all(parts: Prediction) -> Rule:
    """E(u | y) = GZ'V⁻¹(y − Xβ) and Var(u | y) = G − GZ'V⁻¹ZG."""
    conditional = parts.conditional
    moments = {Expectation(conditional): parts.conditional.mean, Variance(conditional): parts.conditional_variance}

    def rewrite(tree: Tree) -> Rewrite | None:
        found = moments.get(tree)
        return None if found is None else Rewrite(found, f"{inline(tree)} = {inline(found)}, since {NORMAL}")

    return Rule("given-data", NORMAL, rewrite, lambda: Variance(conditional))


def _value(model: MixedModel, tree: Tree) -> Tree | None:
    """A number as an expression in the parameters, and in y and β; None of many rows, where entries have no letters,
    and of many effects where V has no structure."""
    if model.n > MOST_OBSERVATIONS or any(s.entries is None and s.definition is None for s in symbols_of(tree)):
        return None
    closed = closed_form(tree)
    if is_unsolved(closed) and model.q is not None and model.q > MOST_EFFECTS:
        return None
    found: Any = (tree if is_unsolved(closed) else closed).explicit()[0, 0]
    effects: list[Any] = [
        entry for vector in (model.y, model.beta) for entry in vector.entries or () if found.has(entry)
    ]
    if not effects:
        return Scalar(collected(sympy.cancel(found)))
    expanded = sympy.expand(found)
    coefficients = {letter: sympy.cancel(expanded.coeff(letter)) for letter in effects}
    # What stands without a letter is there in a model with an offset.
    known = sympy.cancel(expanded.subs(dict.fromkeys(effects, 0)))
    return Scalar(_by_coefficients({**coefficients, sympy.S.One: known} if known != 0 else coefficients))


def _by_coefficients(coefficients: Mapping[sympy.Expr, sympy.Expr]) -> sympy.Expr:
    """A sum with what has the same coefficient, or a multiple of it, in one bracket: c (y_11 + y_21 − 2μ)."""
    brackets: dict[sympy.Expr, sympy.Expr] = {}
    for letter, own in coefficients.items():
        for known in brackets:
            ratio = sympy.cancel(own / known)
            if ratio.is_Rational:
                brackets[known] += ratio * letter  # pyright: ignore[reportOperatorIssue]
                break
        else:
            brackets[own] = letter
    return sympy.Add(*(collected(known) * inside for known, inside in brackets.items()))
