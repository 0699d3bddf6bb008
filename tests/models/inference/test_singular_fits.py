"""Fits whose covariance matrix of random effects is singular: lme4's likelihood, and the conditions of a maximum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import DomainError
from tutor.models.from_formula import model
from tutor.models.inference.fit_table import Fit
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.unstructured import spectrum, unstructured_blocks
from tutor.notation.write import latex, unicode


def grid(seed: int, groups: int = 9, others: int = 6, correlation: float = 1.0) -> dict[str, list[float] | list[str]]:
    """Observations of groups × others with intercepts and slopes of this correlation, in 4 digits."""
    draw = np.random.default_rng(seed)
    group, other = np.repeat(np.arange(groups), others), np.tile(np.arange(others), groups)
    x, z = draw.normal(size=(2, groups * others)).round(2)
    u, w = draw.normal(size=(2, groups))
    slope = correlation * u + np.sqrt(1 - correlation**2) * w
    y = 2 + x + 0.5 * u[group] + 0.3 * slope[group] * x + 0.5 * draw.normal(size=others)[other]
    y = (y + draw.normal(size=groups * others)).round(4)
    return {
        "yield": y.tolist(),
        "x": x.tolist(),
        "z": z.tolist(),
        "g": [f"g{i + 1}" for i in group],
        "h": [f"h{i % 2}" for i in other],
        "cr": [f"c{i + 1}" for i in other],
    }


LME4: list[tuple[str, Method, float]] = [
    ("yield ~ x + (x | g)", "REML", -90.26369819),
    ("yield ~ x + (x | g)", "ML", -88.83846127),
    ("yield ~ x + (x | g) + (1 | cr)", "REML", -86.54430733),
    ("yield ~ x + (x | g) + (1 | cr)", "ML", -85.67055078),
    ("yield ~ x + (x | g:h)", "REML", -91.01281305),
    ("yield ~ x + (x | g:h)", "ML", -89.44358510),
    ("yield ~ x + z + (x + z | g)", "REML", -90.75043024),
    ("yield ~ x + z + (x + z | g)", "ML", -88.50361806),
    ("yield ~ x + (x | g) + (x | cr)", "REML", -86.51265190),
    ("yield ~ x + (x | g) + (x | cr)", "ML", -85.65110829),
]
"""Of ``grid(4)``: lmer(formula, data, REML = …), logLik; each is singular there."""


@pytest.mark.parametrize(("formula", "method", "theirs"), LME4)
def test_a_singular_fit_reaches_the_likelihood_of_lme4(formula: str, method: Method, theirs: float) -> None:
    found = model(formula, grid(4)).fit(method=method)
    assert found.log_likelihood == pytest.approx(theirs, abs=1e-6)
    assert found.singular and not found.at_boundary
    assert all(found.parameters[key].standard_error is None for key in found.singular)
    assert found.parameters["sigma2"].standard_error is not None


def test_a_singular_fit_ends_where_the_expected_information_is_half_of_the_observed() -> None:
    """Steps by the expected information alone go to and fro here, and have not ended after 200."""
    found = model("yield ~ x + z + (x + z | g)", grid(162, 7, 6, -1.0)).fit()
    assert found.log_likelihood == pytest.approx(-60.7405254551, abs=1e-8)  # lme4's
    assert is_maximum(found)


def test_a_covariance_matrix_may_vanish() -> None:
    found = model("yield ~ x + (0 + x | g) + (z | cr)", grid(3, 7, 6, -1.0)).fit()
    assert found.log_likelihood == pytest.approx(-68.2758001648, abs=1e-8)  # lme4's, all of whose effects are 0
    assert {key: value for key, value in found.values.items() if value} == {
        "sigma2": pytest.approx(1.21077**2, rel=1e-4)
    }
    assert "σ²_v0, σ²_v1 is 0" in unicode(found)
    assert not any(estimate.value for estimate in found.effects.values())


def is_maximum(found: Fit) -> bool:
    """The conditions of Karush, Kuhn and Tucker: SG = 0, and S has no positive eigenvalue on the null space of G."""
    score, _ = (likelihood := Likelihood(found.model, found.response, found.method)).at(
        {key: value or 1e-12 for key, value in found.values.items()}
    ).score_and_information()  # fmt: skip
    slope = dict(zip(likelihood.keys, score, strict=True))
    for block in unstructured_blocks(found.model):
        G = block.matrix(found.values)
        values, vectors, scales = spectrum(G)
        S = np.array(
            [[slope[key] / (1 if i == j else 2) for j, key in enumerate(row)] for i, row in enumerate(block.keys)]
        )
        S = S * np.outer(scales, scales)
        null = vectors[:, values < 1e-6]
        if np.abs(S @ (G / np.outer(scales, scales))).max() > 1e-2:
            return False
        if null.shape[1] and np.linalg.eigvalsh(null.T @ S @ null)[-1] > 1e-3:
            return False
    return True


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([-1.0, -0.5, 0.0, 0.9, 1.0]), st.sampled_from([row[0] for row in LME4]))
def test_a_fit_is_a_maximum_at_the_boundary_or_inside(seed: int, correlation: float, formula: str) -> None:
    m = model(formula, grid(seed, 7, 6, correlation))
    found = m.fit()
    assert is_maximum(found)
    likelihood = Likelihood(m, found.response, found.method)
    draw = np.random.default_rng(seed)
    for block in unstructured_blocks(m):
        G = block.matrix(found.values)
        for size in (1e-3, 1e-2, 0.1):
            root = size * draw.normal(size=G.shape)
            there = {**found.values, **block.values(0.99 * G + root @ root.T)}
            there = {key: value or 1e-12 for key, value in there.items()}
            assert likelihood.at(there).log_likelihood <= found.log_likelihood + 1e-8


def test_a_singular_fit_says_what_is_singular() -> None:
    found = model("yield ~ x + (x | g)", grid(4)).fit()
    for text in (unicode(found), unicode(found.formulas())):
        assert "is singular, with a correlation of 1" in text
    assert "singular" in latex(found) and "on its boundary" in unicode(found)
    three = model("yield ~ x + z + (x + z | g)", grid(4)).fit()
    assert "in place of 3" in unicode(three)
    named = {line.name: line.value for line in found.lines()}
    assert named["g x and (Intercept), Corr"] == pytest.approx(1, abs=1e-6)
    G = unstructured_blocks(found.model)[0].matrix(found.values)
    assert found.number("V").shape == (54, 54) and np.linalg.eigvalsh(G)[0] == pytest.approx(0, abs=1e-9)


def test_a_fit_inside_the_domain_is_not_called_singular() -> None:
    found = model("yield ~ x + (x | g) + (1 | cr)", grid(7)).fit()
    assert not found.singular and found.log_likelihood == pytest.approx(-66.95501130, abs=1e-6)  # lme4's
    assert found.boundary_reasons == []


def test_a_singular_matrix_has_no_inverse_and_the_others_have_theirs() -> None:
    found = model("yield ~ x + (x | g)", grid(4)).fit()
    with pytest.raises(DomainError, match="does not exist at these estimates"):
        found.number("G^-1")
    V = found.number("V")
    assert np.allclose(V @ found.number("V^-1"), np.eye(len(V))) and found.number("G").shape == (18, 18)
