"""Henderson's equations: every step of what is derived, their solution against GLS, BLUP and R, and a singular G."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.inference.test_estimators import RANDOM, close, made
from tests.models.truth import FORMULAS, fitted_by_r, random_names, truth
from tutor.algebra.nodes import Block
from tutor.errors import DomainError, TutorError, UnknownNameError
from tutor.notation.write import latex, markdown, unicode, write

WITH_EFFECTS = [name for name in FORMULAS if name != "orthodont_gls_ar1"]


@pytest.mark.parametrize("name", RANDOM)
def test_each_step_of_what_is_derived_of_the_equations_holds(name: str) -> None:
    derivations = made(name).henderson().derivations
    assert {"gradient in beta", "gradient in u", "elimination", "pushed through", "inverse"} <= set(derivations)
    for derivation in derivations.values():
        assert len(derivation) > 0
        assert_derivation_holds(derivation, seeds=1)


@pytest.mark.parametrize("multiplied", [False, True])
@pytest.mark.parametrize("name", WITH_EFFECTS)
def test_the_solution_at_the_estimates_of_R_is_that_of_R(name: str, multiplied: bool) -> None:
    fit = truth(name)
    ours, values = fitted_by_r(name)
    found = ours.henderson(multiplied=multiplied).at(**values)
    order = [random_names(ours).index(column) for column in fit.random_names]
    assert close(found.beta.values, fit.array("beta_gls"))
    assert close(found.beta.covariance, fit.array("vcov_beta").reshape(found.beta.covariance.shape))
    assert close(found.effects.values[order], fit.array("u_blup"))
    assert close(found.effects.covariance, ours.blup.at(**values).covariance)


def test_where_columns_of_X_depend_on_each_other_only_what_is_unique_is_told() -> None:
    m = tutor.rcbd(3, 2)
    y = np.array([1.0, 2, 3, 4, 5, 9])
    found = m.henderson().at(y, sigma2=1, sigma2_u=2)
    assert np.allclose(found.matrix @ found.solution, found.right)
    assert close(found.effects.values, m.blup.at(y, sigma2=1, sigma2_u=2).values)
    assert close(found.effects.covariance, m.blup.at(y, sigma2=1, sigma2_u=2).covariance)
    with pytest.raises(TutorError, match="not unique"):
        _ = found.beta


def test_a_variance_of_0_makes_G_singular_and_the_multiplied_equations_have_a_solution() -> None:
    m = tutor.one_way(3, 2)
    y = np.array([1.0, 2, 3, 4, 5, 9])
    with pytest.raises(DomainError, match=r"since sigma2_u = 0: G⁻¹ does not exist.*multiplied=True"):
        m.henderson().at(y, sigma2=1, sigma2_u=0)
    found = m.henderson(multiplied=True).at(y, sigma2=1, sigma2_u=0)
    assert close(found.effects.values, np.zeros(3)) and close(found.effects.covariance, np.zeros((3, 3)))
    assert close(found.beta.values, np.array([4.0])) and close(found.beta.covariance, np.array([[1 / 6]]))


def test_a_correlation_of_1_makes_G_singular_too() -> None:
    m = tutor.random_slopes(3, [0, 1, 3])
    y = np.arange(9.0) ** 1.5
    values = {"sigma2": 1.0, "sigma2_u0": 4.0, "sigma2_u1": 1.0, "sigma_u01": 2.0}
    with pytest.raises(DomainError, match="G is singular at these values"):
        m.henderson().at(y, **values)
    found = m.henderson(multiplied=True).at(y, **values)
    near = m.henderson().at(y, **{**values, "sigma_u01": 2 - 1e-9})
    assert close(found.effects.values, near.effects.values, 1e-6)
    assert close(found.effects.values[0::2], 2 * found.effects.values[1::2])
    with pytest.raises(DomainError, match="negative eigenvalue"):
        m.henderson(multiplied=True).at(y, **{**values, "sigma_u01": 3.0})


def test_what_is_missing_or_unknown_is_refused() -> None:
    m = tutor.one_way(3, 2)
    with pytest.raises(DomainError, match="sigma2_u"):
        m.henderson().at(range(6), sigma2=1)
    with pytest.raises(DomainError, match="sigma2"):
        m.henderson().at(range(6), sigma2_u=1)
    with pytest.raises(UnknownNameError, match="sigma2_v"):
        m.henderson().at(range(6), sigma2=1, sigma2_u=1, sigma2_v=2)
    with pytest.raises(TutorError, match="no random effects"):
        tutor.regression([1, 2, 4]).henderson()


@pytest.mark.parametrize("sizes", [(2, 3), (3, 2), (4, 4)])
def test_the_closed_form_of_the_equations_is_that_of_numbers(sizes: tuple[int, int]) -> None:
    symbolic = tutor.rcbd("t", "b").henderson().derive("times the residual variance").result
    m = tutor.rcbd(*sizes)
    explicit = m.henderson().left.explicit()
    own = m.henderson().derive("times the residual variance").result
    assert isinstance(symbolic, Block) and len(symbolic.grid) == 3
    assert unicode(symbolic) == ("[[bt, b 1_t', t 1_b'], [b 1_t, b I_t, J_{t×b}], [t 1_b, J_{b×t}, (t + σ²/σ²_u) I_b]]")
    s2 = m.parameters[0].symbol
    assert (own.explicit() - s2 * explicit).applyfunc(sympy.cancel).is_zero_matrix
    numbers = symbolic.numpy(t=sizes[0], b=sizes[1], sigma2=2, sigma2_u=3)
    assert np.allclose(numbers, 2 * m.henderson().at(range(int(m.n)), sigma2=2, sigma2_u=3).matrix)


def test_the_equations_are_shown_in_every_dialect() -> None:
    for m in (tutor.rcbd("t", "b"), tutor.rcbd(3, 2)):
        for found in (m.henderson(), m.henderson(multiplied=True)):
            assert "Mixed-model equations" in unicode(found) and latex(found) and markdown(found)
            for dialect in ("mathml", "typst", "spoken"):
                assert write(found, dialect)
    solved = tutor.rcbd(3, 2).henderson().at(range(6), sigma2=1, sigma2_u=2)
    assert "block 1" in unicode(solved) and latex(solved) and markdown(solved)
