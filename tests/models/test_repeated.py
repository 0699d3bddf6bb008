"""Repeated measures: the covariance over time in R or G, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tutor
from tutor.covariance.structure import structure
from tutor.errors import DataError, DomainError, SizeError, TutorError, UnknownNameError


def block(structure: str, times: int) -> np.ndarray:
    """Var of one subject entry by entry, at σ² = 2 and ρ = 0.6, or for "un" the values that the test gives."""
    entry = {
        "identity": lambda i, j: 2.0 * (i == j),
        "cs": lambda i, j: 2.0 * (1 if i == j else 0.6),
        "ar1": lambda i, j: 2.0 * 0.6 ** abs(i - j),
        "un": lambda i, j: 2.0 + i if i == j else 0.1 * (i + j),
    }[structure]
    return np.array([[entry(i, j) for j in range(times)] for i in range(times)])


def values(structure: str, times: int) -> dict[str, float]:
    if structure != "un":
        return {"sigma2": 2.0, **({} if structure == "identity" else {"rho": 0.6})}
    found = {f"sigma2_{i + 1}": 2.0 + i for i in range(times)}
    return {**found, **{f"sigma_{i + 1}{j + 1}": 0.1 * (i + j) for i in range(times) for j in range(i + 1, times)}}


@pytest.mark.parametrize("structure", ["identity", "cs", "ar1", "un"])
@pytest.mark.parametrize(("subjects", "times", "treatments"), [(2, 3, 1), (2, 3, 2), (3, 4, 2)])
def test_R_repeats_the_structure_for_each_subject(structure: str, subjects: int, times: int, treatments: int) -> None:
    m = tutor.repeated_measures(subjects, times, treatments, within=structure)
    expected = np.kron(np.eye(subjects * treatments), block(structure, times))
    assert m.Z is None
    assert np.allclose(m.R.numpy(**values(structure, times)), expected)
    assert np.allclose(m.V.numpy(**values(structure, times)), expected)


@pytest.mark.parametrize("structure", ["cs", "ar1"])
def test_letters_are_the_closed_form_of_numbers(structure: str) -> None:
    symbolic = tutor.repeated_measures("s", "p", "a", within=structure)
    numbers = tutor.repeated_measures(2, 4, 3, within=structure)
    given = {"sigma2": 2, "rho": 0.6}
    assert np.allclose(symbolic.V.numpy(s=2, p=4, a=3, **given), numbers.V.numpy(**given))
    assert np.array_equal(symbolic.X.numpy(s=2, p=4, a=3), numbers.X.numpy())


def test_effects_on_the_G_side_stand_beside_independent_residuals() -> None:
    m = tutor.repeated_measures(2, 3, 2, within="ar1", side="G")
    expected = np.kron(np.eye(4), block("ar1", 3) + 0.5 * np.eye(3))
    assert np.allclose(m.V.numpy(sigma2=0.5, sigma2_v=2, rho_v=0.6), expected)
    assert m.residual is None and m.q == 12


def test_compound_symmetry_on_the_G_side_is_a_random_intercept() -> None:
    m = tutor.repeated_measures(2, 3, 2, within="cs", side="G")
    assert str(m.V.closed_form()) == "I₄ ⊗ (σ² I₃ + σ²_u J₃)"
    assert m.index.effects[0].names[0].indices == "k"


@pytest.mark.parametrize("key", ["csh", "ar1", "arh1", "ante1", "exp"])
@pytest.mark.parametrize("options", [{"random_intercept": True}, {"side": "G"}])
def test_structures_unlike_what_is_beside_them_are_taken(key: str, options: dict[str, Any]) -> None:
    assert len(tutor.repeated_measures(3, 5, within=key, **options).random) == 1


def test_times_may_be_unequally_spaced() -> None:
    m = tutor.repeated_measures(2, 3, within=structure("pow", positions=[0, 1, 4]))
    V = m.V.numpy(sigma2=2, rho=0.5)[:3, :3]
    assert np.allclose(V, [[2, 1, 0.125], [1, 2, 0.25], [0.125, 0.25, 2]])


def test_a_random_intercept_beside_an_autoregression() -> None:
    m = tutor.repeated_measures(2, 3, 2, random_intercept=True)
    expected = np.kron(np.eye(4), block("ar1", 3) + 0.5)
    assert np.allclose(m.V.numpy(sigma2=2, rho=0.6, sigma2_u=0.5), expected)


def test_the_structure_is_told_in_all_forms() -> None:
    m = tutor.repeated_measures(2, 3)
    assert "[ε_1j, ε_2j, ε_3j]' ~ N(0, Σ_e),  Σ_e = σ² [[1, ρ, ρ²], [ρ, 1, ρ], [ρ², ρ, 1]]" in m.equation("index")
    assert "R = I₂ ⊗ Σ_e,  Σ_e = σ²" in m.equation("matrix")
    assert r"\begin{bmatrix}" in m.equation("index", "latex")
    longer = tutor.repeated_measures(2, 5, within="cs").equation("index")
    assert "[ε_1j, …, ε_5j]' ~ N(0, Σ_e),  Σ_e = σ² ((1 − ρ) I₅ + ρ J₅)" in longer


def test_subjects_are_a_column_of_the_data() -> None:
    frame = dict(tutor.repeated_measures(2, 3).dataframe())
    assert list(frame["subject"]) == ["s1"] * 3 + ["s2"] * 3
    assert list(frame["time"]) == ["time1", "time2", "time3"] * 2


def test_positive_definiteness_of_a_structure_is_part_of_the_domain() -> None:
    (domain,) = tutor.repeated_measures(2, 3, within="cs").domains
    assert domain.shape == (3, 3)
    assert tutor.check(
        r"I_2 \otimes (\sigma^2 (1-\rho) I_3 + \sigma^2 \rho J_3)", tutor.repeated_measures(2, 3, within="cs").V
    ).correct


@pytest.mark.parametrize("structure", ["cs", "ar1"])
def test_draws_have_the_covariance_of_the_structure(structure: str) -> None:
    m = tutor.repeated_measures(4000, 3, within=structure)
    y = m.simulate(seed=1, beta=[0, 0, 0, 0], sigma2=2, rho=0.6).reshape(-1, 3)
    # The standard error of a covariance of 4000 pairs with variance 2 is below 0.05.
    assert np.allclose(np.cov(y.T), block(structure, 3), atol=0.2)


@pytest.mark.slow
def test_draws_of_effects_on_the_G_side() -> None:
    m = tutor.repeated_measures(4000, 3, side="G")
    y = m.simulate(seed=1, beta=[0, 0, 0, 0], sigma2=0.5, sigma2_v=2, rho_v=0.6).reshape(-1, 3)
    assert np.allclose(np.cov(y.T), block("ar1", 3) + 0.5 * np.eye(3), atol=0.2)


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: tutor.repeated_measures(3, 2, random_intercept=True), DataError, "at 2 times"),
        (lambda: tutor.repeated_measures(3, 4, within="toep", side="G"), DataError, "cannot be told apart"),
        (lambda: tutor.repeated_measures(3, 4, within="cs", random_intercept=True), DataError, "σ², ρ, σ²_u"),
        (lambda: tutor.repeated_measures(3, 4, within="un", random_intercept=True), DataError, "cannot be told apart"),
        (lambda: tutor.repeated_measures(3, 4, within="identity", side="G"), DataError, "cannot be told apart"),
        (lambda: tutor.repeated_measures(3, 4, within="un", side="G"), DataError, "cannot be told apart"),
        (lambda: tutor.repeated_measures(3, 1), SizeError, "too few"),
        (lambda: tutor.repeated_measures(3, "p", within="un"), SizeError, "a parameter for each time"),
        (lambda: tutor.repeated_measures(3, 4, within="ar2"), UnknownNameError, "ar1"),
        (lambda: tutor.one_way(4, 1), DataError, "cannot be told apart"),
        (lambda: tutor.crd(3, 1, samples=2), DataError, "same groups"),
        (lambda: tutor.nested(3, 2, 1), DataError, "cannot be told apart"),
        (lambda: tutor.bibd(5, 5, 3), DataError, "no whole number"),
        (lambda: tutor.bibd(5, 7, 3), DataError, "bk = rt"),
        (lambda: tutor.bibd(16, 6, 8), DataError, "no whole number"),
        (lambda: tutor.bibd(10, 6, 5), DataError, "no whole number"),
        (lambda: tutor.bibd(16, 8, 6), DataError, "Fisher"),
        (lambda: tutor.bibd(15, 21, 5), DataError, "Hall and Connor"),
        (lambda: tutor.bibd(4, 6, 4), DataError, "incomplete block"),
        (lambda: tutor.graeco_latin(6), DataError, "Tarry"),
        (lambda: tutor.graeco_latin(2), DataError, "order 2"),
        (lambda: tutor.alpha(10, 2, 3), SizeError, "do not fill"),
        (lambda: tutor.alpha("j", 2, 3), SizeError, "cannot be called j"),
        (lambda: tutor.augmented("c", 7, 3), SizeError, "not shared equally"),
        (lambda: tutor.augmented(2, 2, 3), SizeError, "cannot be shared"),
        (lambda: tutor.row_column(9, 2, 3), DataError, "in none of"),
        (lambda: tutor.row_column(4, 2, 2, [[1, 2], [3, 4]]), DataError, "hide"),
        (lambda: tutor.row_column(3, 2, 2, [[1, 2], [2, 4]]), DataError, "expected 3"),
        (lambda: tutor.row_column("t", 2, 2, [[1, 2], [2, 1]]), SizeError, "letters"),
        (lambda: tutor.latin_square(3, treatments=(2, 2)), SizeError, "do not fill"),
        (lambda: tutor.latin_square(), SizeError, "needs a size"),
        (lambda: tutor.split_plot(2, 3), SizeError, "needs blocks"),
        (lambda: tutor.crossover(2, ["AB", "B"]), DataError, "equal length"),
        (lambda: tutor.nested(3, 2), SizeError, "expected three"),
        (lambda: tutor.rcbd({"my factor": 2}, 3), DataError, "cannot name"),
        (lambda: tutor.rcbd({"dose": ["a", "a"]}, 3), DataError, "different names"),
        (lambda: tutor.split_plot("k", 2, 3), SizeError, "k"),
        (lambda: tutor.ancova(3, 2, x=[1, 2]), DataError, "expected a list of 6"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(build: Callable[[], Any], error: type[TutorError], words: str) -> None:
    with pytest.raises(error) as told:
        build()
    assert words in str(told.value)


@pytest.mark.parametrize(("rho", "inside"), [(-0.51, False), (-0.49, True), (0.99, True)])
def test_numbers_outside_the_domain_of_a_structure_are_refused(rho: float, inside: bool) -> None:
    found = tutor.repeated_measures(4, 3, within="cs")
    if inside:
        assert np.linalg.eigvalsh(found.V.numpy(sigma2=1, rho=rho))[0] > 0
        return
    with pytest.raises(DomainError, match=r"−1/2 < ρ < 1. The boundary is −1/2"):
        found.V.numpy(sigma2=1, rho=rho)


@pytest.mark.parametrize(
    ("within", "side", "outside", "boundary"),
    [
        ("cs", "R", {"rho": -0.34}, "−1/3"),
        ("csh", "R", {"rho": 1.0}, "1"),
        ("ar1", "R", {"rho": -1.2}, "−1"),
        ("arma11", "R", {"rho": 1.2, "gamma": 0.3}, "1"),
        ("ante1", "R", {"rho_2": 1.0}, "1"),
        ("pow", "R", {"rho": 1.5}, "1"),
        ("ar1", "G", {"rho_v": 1.01}, "1"),
        ("arh1", "G", {"rho_v": -1.0}, "−1"),
    ],
)
def test_a_value_outside_its_domain_is_refused_with_the_boundary(
    within: str, side: Any, outside: dict[str, float], boundary: str
) -> None:
    m = tutor.repeated_measures(3, 4, 2, within=within, side=side)  # pyright: ignore[reportArgumentType]
    inside = {p.key: 1.5 if p.key.startswith("sigma2") else 0.3 for p in m.parameters}
    assert np.linalg.eigvalsh(m.V.numpy(**inside))[0] > 0
    with pytest.raises(DomainError, match=rf"is outside its domain.*The boundary is {boundary}\."):
        m.V.numpy(**{**inside, **outside})
