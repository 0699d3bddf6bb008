"""Structures shown: text, Jupyter, figures, the list of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest

from tutor import repeated_measures
from tutor.covariance import show, structure, table
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError
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
    assert shown._repr_markdown_().split("\n\n")[:2] == [
        r"**autoregression of order 1** (ar1), entry $(i, j)$: $\sigma^2\rho^{d}$",
        "- domain: $\\sigma^2 > 0$; $-1 < \\rho < 1$\n- parameters: $2$\n"
        "- SAS: `AR(1)`; nlme: `corAR1`; glmmTMB: `ar1`; lme4: `ar1`\n"
        "- nlme's `corAR1(form = ~ 1 | g)` takes the order of the rows for time; name the time: `~ time | g`.",
    ]
    assert r"at $\sigma^2 = 1, \rho = 0.5$:" in shown._repr_markdown_()
    assert show("csh", n=2, rho=-0.5)._repr_markdown_().count(r"\rho = -0.5") == 1


def test_tables_of_markdown_have_formulas_and_no_bars_of_their_own() -> None:
    lines = table()._repr_markdown_().split("\n")
    assert {len(line.split(" | ")) for line in [lines[0], *lines[2:]]} == {7}
    assert r"$\sigma^2\vert v_i\vert ^{2\theta}" in next(line for line in lines if line.startswith("| varpower"))


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


KEYS: dict[str, dict[str, Any]] = {
    "identity": {},
    "diag": {"sigma2_2": 4},
    "cs": {"rho": 0.5},
    "csh": {"rho": 0.5, "sigma2_1": 4},
    "ar1": {"rho": -0.6},
    "arh1": {"rho": 0.6},
    "arma11": {"rho": 0.6, "gamma": 0.4},
    "toep": {"sigma_1": 0.5, "sigma_2": 0.2, "sigma_3": 0.1},
    "toepq": {"bands": 2, "sigma_1": 0.3},
    "toeph": {"rho_1": 0.5, "rho_2": 0.2, "rho_3": 0.1},
    "ante1": {"rho_1": 0.5, "rho_2": 0.2, "rho_3": 0.1},
    "un": {"sigma_12": 0.5, "sigma_13": 0.2, "sigma_14": 0, "sigma_23": 0.2, "sigma_24": 0, "sigma_34": -0.1},
    "unr": {"rho_12": 0.5, "rho_13": 0.2, "rho_14": 0, "rho_23": 0.2, "rho_24": 0, "rho_34": -0.1},
    "hf": {"lambda_": 0.5},
    "fa1": {**{f"lambda_{k}": k for k in (1, 2, 3, 4)}, **{f"psi_{k}": 1 for k in (1, 2, 3, 4)}},
    "exp": {"theta": 2},
    "pow": {"rho": 0.6},
    "gau": {"theta": 2},
    "sph": {"theta": 2},
    "lin": {"theta": 2},
    "ratio": {"theta": 2},
    "matern": {"phi": 2, "kappa": 1.5},
    "varpower": {"covariate": [1, 2, 3, 5], "theta": 0.5},
    "varexp": {"covariate": [1, 2, 3, 5], "theta": 0.1},
    "known": {"matrix": [[2, 1, 0, 0], [1, 2, 1, 0], [0, 1, 2, 1], [0, 0, 1, 2]]},
}


def test_every_key_of_the_list_is_shown_here() -> None:
    assert {line.split()[0] for line in str(table()).split("\n")[1:]} - {"nugget", "kron"} == KEYS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_structure_is_shown_by_its_key_with_both_pictures(key: str) -> None:
    pytest.importorskip("matplotlib")
    from tests.pictures import drawn, overlaps

    shown = show(key, **({} if {"covariate", "matrix"} & KEYS[key].keys() else {"n": 4}), **KEYS[key])
    first, second = shown.heatmap(), shown.profiles(seed=1)
    np.testing.assert_array_equal(drawn(first), shown.matrix)
    assert len(shown.matrix) == 4 and np.linalg.eigvalsh(shown.matrix)[0] > 0
    assert overlaps(first) == overlaps(second) == []
    for figure in (first, second):
        assert shown.structure.title in figure.alt and shown.setting in figure.alt


def test_lambda_which_python_keeps_for_itself_has_a_name() -> None:
    np.testing.assert_allclose(show("hf", n=2, lambda_=0.25).matrix, [[1, 0.75], [0.75, 1]])
    with pytest.raises(DomainError, match=r"as lambda_=…"):
        show("hf", n=2)
    m = repeated_measures(2, 2, within="hf")
    np.testing.assert_array_equal(m.R.numpy(lambda_=0.25, sigma2_1=1, sigma2_2=1)[:2, :2], [[1, 0.75], [0.75, 1]])
    with pytest.raises(DomainError, match=r"numpy\(lambda_=1"):
        m.R.numpy(sigma2_1=1, sigma2_2=1)
    assert "λ = 0.25" in m.plot_matrix("R", lambda_=0.25).alt


def test_rows_that_lie_along_a_line_are_drawn_there() -> None:
    pytest.importorskip("matplotlib")
    shown = show("exp", positions=[0, 7, 1.5], theta=2)
    assert [text.get_text() for text in shown.heatmap().axes[0].yaxis.get_ticklabels()] == ["0", "7", "1.5"]
    axes = shown.profiles(seed=1, subjects=1).axes[0]
    line: Any = axes.lines[0]
    assert list(line.get_xdata()) == [0, 1.5, 7], "from the first to the last"
    by_row: Any = show("exp", n=3, theta=2).profiles(seed=1, subjects=1).axes[0].lines[0]
    assert list(by_row.get_xdata()) == [1, 2, 3]


@pytest.mark.parametrize(
    ("build", "kind", "told"),
    [
        (lambda: show("ar1", n="t", rho=0.5), SizeError, "A demonstration needs numbers: n is t"),
        (lambda: show("ar1", rho=0.5), SizeError, "Give n"),
        (lambda: show("ar1", n=2, bands=2, rho=0.5), TutorError, "ar1 has no bands"),
        (lambda: show(structure("ar1"), n=2, bands=2, rho=0.5), TutorError, "The structure has its bands already"),
        (lambda: show(cast(Any, 5), n=2), TutorError, "5 is no structure"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(build: Callable[[], Any], kind: type[Exception], told: str) -> None:
    with pytest.raises(kind) as refused:
        build()
    assert told in str(refused.value)
