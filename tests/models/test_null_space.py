"""The null space of X says which columns add up to which."""

from __future__ import annotations

import pytest
import sympy

import tutor
from tutor.errors import SizeError
from tutor.models.mixed import MixedModel


@pytest.mark.parametrize(
    ("model", "relations"),
    [
        (tutor.crd(3, 2), ("μ = ∑_i τ_i",)),
        (tutor.rcbd("t", "b", "fixed"), ("μ = ∑_i τ_i", "μ = ∑_j ρ_j")),
        (
            tutor.split_plot("a", "s", "r"),
            ("μ = ∑_i τ_i", "μ = ∑_j α_j", "τ_i = ∑_j (τα)_ij", "α_j = ∑_i (τα)_ij"),
        ),
        (tutor.one_way(3, 2), ()),
        (tutor.regression(4), ()),
    ],
    ids=repr,
)
def test_relations_of_a_design_come_from_its_terms(model: MixedModel, relations: tuple[str, ...]) -> None:
    null = model.null_space()
    assert null.relations == relations
    assert sympy.expand(null.dimension - (model.p - model.rank)) == 0


def test_a_basis_is_a_matrix_whose_columns_X_takes_to_zero() -> None:
    m = tutor.rcbd(2, 2, "fixed")
    basis = m.null_space().basis
    assert basis.shape == (5, 2)
    assert (m.X.explicit() * basis).is_zero_matrix
    assert all(entry.is_Integer for entry in basis.flat())


def test_covariates_that_are_letters_stay_in_the_basis() -> None:
    m = tutor.from_equation("y_ij = mu + tau_i + beta x_i + e_ij", {"i": 3, "j": 2})
    null = m.null_space()
    assert null.dimension == 2
    assert not any(sympy.expand(entry) for entry in (m.X.explicit() * null.basis).flat())
    assert {str(symbol) for symbol in null.basis.free_symbols} == {"x_1", "x_2", "x_3"}


def test_columns_of_data_are_told_by_their_names() -> None:
    columns = {"y": [1, 2, 3, 4], "a": ["p", "p", "q", "q"], "b": ["r", "r", "s", "s"]}
    told = str(tutor.model("y ~ a + b", columns).null_space())
    assert "dimension 1" in told and "aq = bs" in told


def test_independent_columns_have_no_relation() -> None:
    assert "independent" in str(tutor.regression(3).null_space())


def test_a_basis_needs_numbers() -> None:
    with pytest.raises(SizeError, match="give numbers"):
        _ = tutor.crd("t", "r").null_space().basis
