"""Heat maps: the entries, labels, rules and colours are those of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytest.importorskip("matplotlib")

import tutor
from tests.pictures import drawn, ticks
from tutor.covariance import show
from tutor.covariance.domain import told as in_letters
from tutor.data import path
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError

# Heat maps


def test_the_variance_is_drawn_at_the_values_that_the_title_tells() -> None:
    m = tutor.rcbd(3, 2)
    figure = m.plot_variance(sigma2=1.5)
    np.testing.assert_array_equal(drawn(figure), m.V.numpy(sigma2=1.5, sigma2_u=2))
    assert figure.get_suptitle().split("\n")[0] == "V at σ² = 1.5, $σ^2_{u}$ = 2"
    assert "at σ² = 1.5, σ²_u = 2, in the model" in figure.alt, "no signs of a formula in words"
    axes = figure.axes[0]
    assert ticks(axes.xaxis) == ticks(axes.yaxis) == [*(m.y.row_labels or ())]
    assert [text.get_text() for text in axes.texts[:6]] == ["3.5", "2", "2", "0", "0", "0"]


@pytest.mark.parametrize(
    ("what", "expected", "words"),
    [
        ("G", lambda m: m.G.numpy(sigma2_u=2, sigma2_v=3), "On the diagonal 2 to 3, and 0 elsewhere"),
        ("R", lambda m: np.eye(12), "On the diagonal 1, and 0 elsewhere"),
        ("ZZ'", lambda m: m.Z.numpy() @ m.Z.numpy().T, "beside it 0 or 1 or 2. Blocks along the diagonal: 2"),
        ("Z'Z", lambda m: m.Z.numpy().T @ m.Z.numpy(), "On the diagonal 3 to 6; beside it 0 or 3."),
        ("Z", lambda m: m.Z.numpy(), "Columns: block 1, block 2, block:A 1:1"),
        ("X", lambda m: m.X.numpy(), "Columns: 12 fixed effects"),
        ("X|Z", lambda m: np.hstack([m.X.numpy(), m.Z.numpy()]), "Columns: 18 effects"),
        ("ZGZ'", lambda m: m.V.numpy(sigma2=1, sigma2_u=2, sigma2_v=3) - np.eye(12), "Blocks along the diagonal: 2"),
    ],
)
def test_each_matrix_of_a_model_has_its_picture_and_its_words(
    what: str, expected: Callable[[Any], np.ndarray], words: str
) -> None:
    m = tutor.split_plot(2, 3, 2)
    figure = m.plot_matrix(what)
    np.testing.assert_array_equal(drawn(figure), expected(m))
    assert words in figure.alt
    assert figure.alt.startswith(f"Heat map of {what}, the") and m.title in figure.alt


def test_blocks_of_many_rows_are_ruled_and_named() -> None:
    figure: Any = tutor.model("yield ~ Variety + (1 | Block/Variety)", data=path("oats.csv")).plot_variance()
    axes = figure.axes[0]
    assert ticks(axes.xaxis) == ["I", "II", "III", "IV", "V", "VI"]
    assert list(axes.get_xticks()) == [6.5, 18.5, 30.5, 42.5, 54.5, 66.5]
    rules = [line for line in axes.lines if len(set(line.get_ydata())) == 1]
    assert [line.get_ydata()[0] for line in rules] == [12.5, 24.5, 36.5, 48.5, 60.5]
    assert "72 × 72" in figure.alt and "Blocks along the diagonal: 6" in figure.alt


def test_blocks_are_named_by_the_factors_that_do_not_change_within_them() -> None:
    several = range(45)
    data = {
        "y": [k % 7 for k in several],
        "treatment": [f"nitrate level {k % 3}" for k in several],
        "site": [f"research station of the old university {k // 5}" for k in several],
    }
    figure = tutor.model("y ~ treatment + (1 | site)", data).plot_variance()
    assert ticks(figure.axes[0].yaxis) == [f"research station…ld university {k}" for k in range(9)]
    assert ticks(tutor.rcbd(20, 3).plot_variance().axes[0].yaxis) == ["b1", "b2", "b3"]
    numbered = tutor.model("y ~ treatment + (1 | site)", {**data, "site": [k // 5 for k in several]}).plot_variance()
    assert ticks(numbered.axes[0].yaxis) == [f"site {k}" for k in range(9)]


def test_long_labels_that_would_become_alike_are_left_whole() -> None:
    names = [f"the very same beginning {k} and the very same end" for k in (1, 2)]
    data = {"y": [1, 2, 4, 3], "site": [names[0], names[0], names[1], names[1]]}
    labels = ticks(tutor.model("y ~ 1 + (1 | site)", data).plot_matrix("G").axes[0].yaxis)
    assert labels == [f"site {name}" for name in names]


def test_more_blocks_than_can_be_told_apart_are_not_ruled() -> None:
    assert not tutor.rcbd(3, 40).plot_variance().axes[0].lines


def test_negative_entries_are_told_from_positive_ones_in_colour_and_in_grey() -> None:
    small, large = show("ar1", n=6, rho=-0.6).heatmap(), show("ar1", n=20, rho=-0.6).heatmap()
    for figure in (small, large):
        image: Any = figure.axes[0].images[0]
        zero, up, down = (np.array(image.cmap(image.norm(entry))[:3]) for entry in (0, 0.36, -0.36))
        assert zero.min() > 0.97, "0 is white"
        assert np.ptp(up) < 0.02 < 0.1 < np.ptp(down), "grey, and a colour"
        assert abs(up.mean() - down.mean()) < 0.1, "equal sizes are equally far from white"
        assert "negative entries are orange" in figure.alt
    assert [text.get_text() for text in small.axes[0].texts[:3]] == ["1", "−0.6", "0.36"]
    (hatched,) = [patch for patch in large.axes[0].patches if patch.get_gid() == "negative"]
    for i, j in np.ndindex(20, 20):
        inside = hatched.get_path().contains_point((j + 1.0, i + 1.0))
        assert inside == ((i - j) % 2 == 1), "the entries are (−0.6)^|i − j|"
    assert not show("ar1", n=20, rho=0.6).heatmap().axes[0].patches


def test_the_bar_is_marked_at_the_entries_where_they_are_few() -> None:
    assert [text.get_text() for text in tutor.rcbd(3, 2).plot_variance().axes[1].get_yticklabels()] == ["0", "2", "3"]


def test_terms_are_ruled_and_so_are_the_levels_of_a_single_one() -> None:
    sleep = tutor.model("Reaction ~ Days + (Days | Subject)", data=path("sleepstudy.csv"))
    axes = sleep.plot_matrix("G").axes[0]
    assert ticks(axes.yaxis)[:2] == ["Subject 308", "Subject 309"]
    split: Any = tutor.split_plot(2, 3, 2).plot_matrix("X").axes[0]
    verticals = [line.get_xdata()[0] for line in split.lines if len(set(line.get_xdata())) == 1]
    assert verticals == [1.5, 3.5, 6.5], "after μ, τ and α"


@pytest.mark.parametrize(
    "key",
    [
        *("identity", "diag", "cs", "csh", "ar1", "arh1", "arma11", "toep", "toeph", "ante1", "un", "unr", "hf", "fa1"),
        *("exp", "pow", "gau", "ratio"),
    ],
)
def test_every_structure_has_values_for_a_first_look(key: str) -> None:
    m = tutor.repeated_measures(4, 3, within=key)
    figure = m.plot_matrix("R")
    np.testing.assert_array_less(0, np.linalg.eigvalsh(drawn(figure)))
    assert all(f"{in_letters(parameter.symbol)} = " in figure.alt for parameter in m.parameters[:8])


@pytest.mark.parametrize(
    ("build", "kind", "told"),
    [
        (lambda: tutor.rcbd("t", 2).plot_variance(), SizeError, "V is 2t × 2t: a picture needs numbers"),
        (lambda: tutor.rcbd(100, 20).plot_variance(), SizeError, "2000 × 2000: squares of more than 1000 rows"),
        (lambda: tutor.rcbd(3, 2).plot_matrix("Q"), UnknownNameError, "'Q'"),
        (lambda: tutor.rcbd(3, 2).plot_variance(sigma2_v=1), UnknownNameError, "In V the parameter 'sigma2_v'"),
        (lambda: tutor.rcbd(3, 2).plot_matrix("X", sigma2=1), UnknownNameError, "In X the parameter 'sigma2'"),
        (lambda: tutor.rcbd(3, 2).plot_variance(sigma2=-1), DomainError, "sigma2 must be positive"),
        (lambda: tutor.crd(3, 2).plot_matrix("Z"), TutorError, "no random effects, so there is no Z"),
        (lambda: tutor.regression(3).plot_matrix("X"), DomainError, "X needs values for x_1, x_2, x_3"),
        (
            lambda: tutor.repeated_measures(2, 3, within="cs").plot_variance(rho=-0.9),
            DomainError,
            "No covariance matrix has ρ = −0.9, σ² = 1",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(build: Callable[[], Any], kind: type[Exception], told: str) -> None:
    with pytest.raises(kind) as refused:
        build()
    assert told in str(refused.value)
