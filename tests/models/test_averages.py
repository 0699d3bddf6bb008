"""Averages of elements by their names have the moments of the sums that they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from tests.models.truth import our_model
from tutor import crd, one_way, rcbd, split_plot
from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

S2, S2U, S2V = (sympy.Symbol(key, positive=True) for key in ("sigma2", "sigma2_u", "sigma2_v"))

MOMENTS: list[tuple[MixedModel, str, sympy.Expr]] = [
    (rcbd(3, 4), "Var(ybar_1. - ybar_2.)", S2 / 2),
    (rcbd(3, 4), r"Var(\bar{y}_{1\cdot})", (S2 + S2U) / 4),
    (rcbd(3, 4), r"Cov(\bar{y}_{1\cdot}, \bar{y}_{2\cdot})", S2U / 4),
    (rcbd(2, 11), r"Var(\bar{y}_{\cdot,11})", S2U + S2 / 2),
    (crd(3, 5), "Var(ȳ_1. − ȳ_3.)", 2 * S2 / 5),
    (one_way(4, 3), r"Var(\bar{y}_{\cdot\cdot})", S2U / 4 + S2 / 12),
    (our_model("rail_oneway"), "Var(ybar)", S2U / 6 + S2 / 18),
    (our_model("rail_oneway"), "Cov(ybar, y_18)", S2U / 6 + S2 / 18),
]


@pytest.mark.parametrize(("model", "what", "value"), MOMENTS, ids=[what for _, what, _ in MOMENTS])
def test_an_average_has_the_moments_of_its_sum(model: MixedModel, what: str, value: sympy.Expr) -> None:
    found = model.derive(what).result
    assert isinstance(found, Scalar)
    assert sympy.expand(found.value - value) == 0


def test_an_average_over_several_indices_of_a_split_plot() -> None:
    model = split_plot(whole=2, sub=3, blocks=4)
    tree = model.vocabulary.lookup("ybar_1..")
    assert tree is not None and isinstance(tree.tree, Scalar)
    coefficients = tree.tree.value.as_coefficients_dict()
    assert set(coefficients.values()) == {sympy.Rational(Fraction(1, 12))}
    assert {str(name)[2] for name in coefficients} == {"1"}


@pytest.mark.parametrize("what", [r"Var(\hat\tau_1)", "E(MS_q)", "Var(y_1i)", r"Var(\bar{y}_{j\cdot})"])
@pytest.mark.parametrize("model", [rcbd(3, 4), rcbd("t", "b")], ids=["numbers", "letters"])
def test_what_varies_in_no_known_way_is_no_constant(model: MixedModel, what: str) -> None:
    with pytest.raises(TutorError):
        model.derive(what)
