"""The mean of all observations where groups differ in size, ȳ_·· of n_i in group i: its mean and variance.

It is (1/n)1'y, no average of averages of one size, so that Var(ȳ_··) = 1'V1/n² has a sum over the groups:
σ²/n + σ_u² Σ n_i²/n² of a random effect of each. Source: Searle, Casella and McCulloch (1992), Variance Components,
section 3.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.laws.joining import product_of, sum_of, times
from tutor.algebra.nodes import Expectation, Identity, Ones, Scalar, Scaled, Symbol, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.models.levels import DOT
from tutor.models.observations.cells import element_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def moment_of_overall_mean(model: MixedModel, goal: Tree) -> Derivation | None:
    """E or Var of ȳ_·· in a design whose groups have letters n_i for their sizes, in which μ is the only fixed effect;
    None for any other moment or design."""
    plan = model.plan
    if not isinstance(goal, Expectation | Variance) or plan is None or not plan.layout.is_ragged or model.p != 1:
        return None
    (asked,) = goal.parts
    element = element_of(model, str(asked.value)) if isinstance(asked, Scalar) and asked.value.is_Symbol else None
    if element is None or element.name != model.index.response or set(element.levels) != {DOT} or element.given:
        return None
    ones, n = Ones(model.n, ONE), model.n
    share, row = Scalar(1 / n), Transpose(ones)
    if isinstance(goal, Expectation) and model.Z is not None and model.u is not None:
        (effect,) = (Scalar(sympy.Symbol("".join(term.coefficient.bases), real=True)) for term in model.index.terms[:1])
        varying = [Scaled(share, product_of(part)) for part in ((row, model.Z, model.u), (row, model.e))]
        averaged = sum_of([effect, *varying])
        return chain(
            Expectation(_named(element.key, averaged)),
            ("definition-of-y", "the model, averaged over all observations", Expectation(averaged)),
            ("declared-expectation", "E(u) = 0, E(ε) = 0", effect),
        )
    total = product_of((row, model.y))
    average = _named(element.key, Scaled(share, total))
    square = Scalar(1 / n**2)
    parts = [(Scalar(term.parameters[0].symbol), term.matrix) for term in model.random]
    residual = Scaled(Scalar(model.parameters[0].symbol), Identity(n))
    V = sum_of([*(Scaled(variance, product_of((Z, Transpose(Z)))) for variance, Z in parts), residual])
    squares = [_squares(Z) for _, Z in parts]
    summed = sum_of([*(times(v.value, each) for (v, _), each in zip(parts, squares, strict=True)),
                     Scalar(model.parameters[0].symbol * n)])  # fmt: skip
    return chain(
        Variance(average),
        ("definition-of-mean", "the sum of all observations over their number", Scaled(square, Variance(total))),
        ("variance-of-linear", "Var(a'y) = a'Va", Scaled(square, product_of((row, V, ones)))),
        ("closed-form", "1'ZZ'1 is the sum of the squares of the groups' sizes, and 1'1 = n", Scaled(square, summed)),
    )


def _named(key: str, definition: Tree) -> Symbol:
    return Symbol(key, ONE, ONE, role="random", definition=definition)


def _squares(Z: Tree) -> Tree:
    """1'ZZ'1."""
    ones = Ones(Z.rows, ONE)
    return closed_form(product_of((Transpose(ones), Z, Transpose(Z), ones)))
