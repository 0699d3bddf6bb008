"""The residuals of a fit, ε̂ = y − Xβ̂ − Zû, have moments as β̂ and û have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.exact import assert_derivation_holds
from tests.models.truth import our_model
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel
from tutor.notation.write import unicode

STOOLS = our_model("ergostool_rcbd")


@pytest.mark.parametrize("m", [c.rcbd(2, 3), c.one_way(3, [1, 2, 2]), c.crd(2, 2), c.regression([1, 2, 4])])
@pytest.mark.parametrize("what", ["Var(ehat)", "E(ehat)", "Cov(ehat, y)"])
def test_every_line_has_one_value(m: MixedModel, what: str) -> None:
    assert_derivation_holds(m.derive(what), seeds=1)


def test_their_variance_is_RPR_with_letters_for_sizes_too() -> None:
    assert unicode(c.rcbd("t", "b").Var(r"\hat\varepsilon")) == "RP_V R"


def test_the_values_are_those_of_their_definition() -> None:
    at: dict[str, Any] = {"sigma2": 1.3, "sigma2_u": 2.0}
    X, V = STOOLS.X.numpy(), STOOLS.V.numpy(**at)
    inverse = np.linalg.inv(V)
    P = inverse - inverse @ X @ np.linalg.inv(X.T @ inverse @ X) @ X.T @ inverse
    residuals = 1.3 * P  # R P_V, by which y is multiplied
    assert STOOLS.Var("ehat", **at) == pytest.approx(residuals @ V @ residuals.T)
    assert STOOLS.Cov("ehat", "y", **at) == pytest.approx(residuals @ V)
