"""Structures shown: text, Jupyter, figures, the list of all."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.covariance import show, table
from tutor.errors import DomainError, TutorError, UnknownNameError
from tutor.notation.write import write


def test_it_tells_what_it_is_and_shows_letters_and_numbers() -> None:
    text = str(show("cs", n=2, rho=0.5, sigma2=4))
    assert "σ² [ρ + (1−ρ) 1(i=j)]" in text
    assert "−1/(t − 1) < ρ < 1" in text
    assert "SAS: CS · nlme: corCompSymm · glmmTMB: homcs" in text
    assert "CS is homogeneous in SAS and heterogeneous in glmmTMB and lme4" in text
    assert "⎡  σ²   σ² ρ ⎤" in text
    assert "⎡ 4  2 ⎤" in text


def test_its_words_keep_within_a_terminal() -> None:
    lines = write(show("cs", n=2, rho=0.5), "unicode", width=60).split("\n")
    assert max(map(len, lines)) <= 60
    assert "                 in glmmTMB and lme4: glmmTMB's homcs and" in lines


def test_its_matrix_is_numbers() -> None:
    np.testing.assert_allclose(show("ar1", n=3, rho=-0.5).matrix, [[1, -0.5, 0.25], [-0.5, 1, -0.5], [0.25, -0.5, 1]])


def test_jupyter_gets_mathematics() -> None:
    shown = show("ar1", n=3, rho=0.5)
    assert shown._repr_latex_().endswith(r"1 & 0.5 & 0.25 \\ 0.5 & 1 & 0.5 \\ 0.25 & 0.5 & 1 \end{bmatrix}$")
    assert r"$\sigma^2\rho^{d}$" in shown._repr_markdown_()


def test_values_outside_and_unknown_keys_are_refused() -> None:
    with pytest.raises(DomainError, match="The boundary is 1"):
        show("ar1", n=3, rho=1)
    with pytest.raises(UnknownNameError) as unknown:
        show("ar2", n=3, rho=0.5)
    assert unknown.value.nearest == "ar1"


def test_the_heat_map_has_every_entry_and_words() -> None:
    pytest.importorskip("matplotlib")
    figure = show("ar1", n=3, rho=0.5).heatmap()
    axes = figure.axes[0]
    assert np.array_equal(np.asarray(axes.images[0].get_array()), [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])
    assert [text.get_text() for text in axes.texts] == ["1", "0.5", "0.25", "0.5", "1", "0.5", "0.25", "0.5", "1"]
    assert "3 × 3" in figure.alt
    assert "ρ = 0.5" in figure.alt


def test_profiles_are_draws_of_the_structure_and_a_seed_repeats_them() -> None:
    pytest.importorskip("matplotlib")
    shown = show("ar1", n=3, rho=0.9, sigma2=4)

    def lines(seed: int, subjects: int) -> np.ndarray:
        axes = shown.profiles(seed=seed, subjects=subjects).axes[0]
        return np.array([line.get_ydata() for line in axes.lines[:subjects]])

    assert np.array_equal(lines(1, 4), lines(1, 4))
    assert not np.array_equal(lines(1, 4), lines(2, 4))
    np.testing.assert_allclose(np.cov(lines(3, 2000).T), shown.matrix, atol=0.4)
    with pytest.raises(TutorError, match="0 subjects"):
        shown.profiles(seed=1, subjects=0)


def test_the_list_has_a_line_for_each() -> None:
    lines = str(table()).split("\n")
    assert len(lines) == 1 + 25 + 2
    assert next(line for line in lines if line.startswith("csh")).split()[1] == "CSH"
    assert table()._repr_markdown_().count("\n") == 1 + 25 + 2
