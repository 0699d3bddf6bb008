"""Pictures: the data in them are right, their words say what they show, and what cannot be drawn is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest

pytest.importorskip("matplotlib")

import matplotlib
import matplotlib.style
from matplotlib.backends.backend_agg import FigureCanvasAgg

import tutor
from tests.pictures import overlaps, ticks
from tutor.covariance import show
from tutor.data import path
from tutor.errors import DataError, DomainError, ShapeError, SizeError, TutorError, UnknownNameError
from tutor.figures.page import ink, title_lines

TWO = {"y": [1, 2, 4, 3], "x": [1, 2, 3, 5], "z": [4, 1, 2, 6], "f": ["a", "a", "b", "b"]}

POINTS = ([1, 2, 3, 4, 5, 6], [2.1, 3.9, 4.2, 6.8, 7.1, 9.5])


def named(figure: Any, name: str) -> list[np.ndarray]:
    """The points of the lines of this name, each 2 × points."""
    return [np.array(line.get_data()) for line in figure.axes[0].lines if line.get_gid() == name]


# The regression line


def test_the_line_is_that_of_least_squares_and_the_densities_have_the_residual_standard_deviation() -> None:
    x, y = POINTS
    figure = tutor.plot_regression(x, y, at=[2, 5])
    slope, intercept = np.polyfit(x, y, 1)
    sd = np.sqrt(np.sum((np.array(y) - intercept - slope * np.array(x)) ** 2) / (len(x) - 2))
    ((across, up),) = named(figure, "line")
    np.testing.assert_allclose(up, intercept + slope * across)
    np.testing.assert_array_equal(named(figure, "points")[0], [x, y])
    for place, (side, heights) in zip([2, 5], named(figure, "density"), strict=True):
        weights = side - place
        mean = np.average(heights, weights=weights)
        assert mean == pytest.approx(intercept + slope * place)
        # Cut at 3.5 standard deviations, the standard deviation of a normal density is 0.3 % less.
        assert np.sqrt(np.average((heights - mean) ** 2, weights=weights)) == pytest.approx(sd, rel=0.005)
    assert "6 points" in figure.alt and f"standard deviation {sd:.4g}" in figure.alt
    assert "At x = 2, 5 " in figure.alt


def test_densities_stand_at_x_of_the_data_where_they_are_enough() -> None:
    assert "At Days = 1, 4, 8 the" in tutor.plot_regression(tutor.model("Reaction ~ Days", path("sleepstudy.csv"))).alt
    assert "At x = 1, 4, 7 the" in tutor.plot_regression([0, 8], beta_0=1, beta_1=1, sigma2=1).alt


def test_densities_do_not_reach_each_other() -> None:
    sides = [side for side, _ in named(tutor.plot_regression(*POINTS, at=[1, 2, 2.5, 6]), "density")]
    assert all(left.max() < right.min() for left, right in pairwise(sides))


def test_a_model_gives_its_own_line_and_names() -> None:
    m = tutor.model("Reaction ~ Days", data=path("sleepstudy.csv"))
    figure = tutor.plot_regression(m)
    ((across, up),) = named(figure, "line")
    # R: coef(lm(Reaction ~ Days)) is 251.40510 and 10.46729; sigma is 47.71472.
    np.testing.assert_allclose(up, 251.40510 + 10.46729 * across, rtol=1e-6)
    assert "σ = 47.71" in figure.alt
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("Days", "Reaction")


@pytest.mark.parametrize("x", [[0, 10], tutor.regression([0, 10])], ids=["numbers", "model"])
def test_without_y_the_line_is_that_of_the_parameters(x: Any) -> None:
    figure = tutor.plot_regression(x, beta_0=3, beta_1=-0.5, sigma2=0.25, at=[4])
    ((across, up),) = named(figure, "line")
    np.testing.assert_allclose(up, 3 - 0.5 * across)
    ((_, heights),) = named(figure, "density")
    assert np.ptp(heights) == pytest.approx(7 * 0.5)
    assert not named(figure, "points")
    assert "E(y) = 3 − 0.5 x, σ = 0.5" in figure.alt


@pytest.mark.parametrize(
    ("build", "kind", "told"),
    [
        (lambda: tutor.plot_regression([1, 2, 3], [1, 2]), DataError, "x has 3 numbers and y has 2"),
        (lambda: tutor.plot_regression([1, 2], [1, 2]), DataError, "2 points leave nothing to estimate σ²"),
        (lambda: tutor.plot_regression([1, 1, 1], [1, 2, 3]), DataError, "All x are the same"),
        (lambda: tutor.plot_regression([1, 2, 4], [2, 4, 8]), DataError, "lie on a line"),
        (lambda: tutor.plot_regression(cast(Any, [1, "a"]), [1, 2]), DataError, "expected a list of numbers"),
        (lambda: tutor.plot_regression(*POINTS, at=[]), DataError, "at least one"),
        (lambda: tutor.plot_regression([1, 2, 3]), DomainError, "values for beta_0, beta_1, sigma2"),
        (lambda: tutor.plot_regression([1, 2], beta_0=1, beta_1=1, sigma2=0), DomainError, "must be positive"),
        (lambda: tutor.plot_regression([1, 2], beta0=1), UnknownNameError, "Did you mean beta_0"),
        (lambda: tutor.plot_regression(*POINTS, sigma2=1), TutorError, "Both y and sigma2"),
        (lambda: tutor.plot_regression(tutor.rcbd(3, 2)), TutorError, "no regression on one covariate"),
        (lambda: tutor.plot_regression(tutor.model("y ~ 0 + x + z", TWO)), TutorError, "no regression on one"),
        (lambda: tutor.plot_regression(tutor.model("y ~ f", TWO)), TutorError, "no regression on one covariate"),
        (lambda: tutor.plot_regression(tutor.regression(4)), SizeError, "are letters"),
        (
            lambda: tutor.plot_regression(tutor.model("Reaction ~ Days + (1 | Subject)", data=path("sleepstudy.csv"))),
            TutorError,
            "no regression on one covariate",
        ),
    ],
)
def test_a_line_that_cannot_be_drawn_is_refused_in_words(
    build: Callable[[], Any], kind: type[Exception], told: str
) -> None:
    with pytest.raises(kind) as refused:
        build()
    assert told in str(refused.value)


# The bivariate normal

SIGMA = np.array([[1, 0.6], [0.6, 1]])


def contours(figure: Any) -> dict[str, np.ndarray]:
    return {
        line.get_label(): np.array(line.get_data()) for line in figure.axes[0].lines if "%" in str(line.get_label())
    }


def test_the_contours_are_the_ellipses_that_hold_so_much() -> None:
    found = contours(tutor.plot_bivariate(SIGMA, (10, 8)))
    # Quantiles of χ² with 2 degrees of freedom, from R: qchisq(c(.5, .9, .99), 2).
    for label, quantile in {"holds 50 %": 1.386294, "holds 90 %": 4.605170, "holds 99 %": 9.210340}.items():
        centred = found[label] - np.array([[10], [8]])
        np.testing.assert_allclose(np.sum(centred * np.linalg.solve(SIGMA, centred), axis=0), quantile, rtol=1e-6)
        lengths = np.linalg.norm(centred, axis=0)
        # The axes are √(λ q) long, with the eigenvalues 1.6 along the diagonal and 0.4 across it.
        np.testing.assert_allclose([lengths.max(), lengths.min()], np.sqrt([1.6 * quantile, 0.4 * quantile]), rtol=1e-3)
        longest = centred[:, np.argmax(lengths)]
        assert longest[0] == pytest.approx(longest[1], rel=0.05)


def test_draws_come_from_the_distribution_and_a_seed_repeats_them() -> None:
    one = tutor.plot_bivariate(SIGMA, (10, 8), draws=4000, seed=3)
    ((points),) = named(one, "draws")
    np.testing.assert_allclose(points.mean(axis=1), [10, 8], atol=0.06)
    np.testing.assert_allclose(np.cov(points), SIGMA, atol=0.06)
    np.testing.assert_array_equal(points, named(tutor.plot_bivariate(SIGMA, (10, 8), draws=4000, seed=3), "draws")[0])
    assert "4000 draws (seed 3)" in one.alt and "ρ = 0.6" in one.alt and "lean upwards" in one.alt


@pytest.mark.parametrize("rho", [0.99999, -0.9999999, 0.5])
def test_a_correlation_that_is_nearly_one_is_not_told_to_be_one(rho: float) -> None:
    told = tutor.plot_bivariate(rho).alt.split("ρ = ")[1].split(". ")[0]
    assert float(told.replace("−", "-")) == rho


def test_a_number_is_a_correlation() -> None:
    by_number, by_matrix = tutor.plot_bivariate(-0.5), tutor.plot_bivariate([[1, -0.5], [-0.5, 1]])
    assert by_number.alt == by_matrix.alt and "lean downwards" in by_number.alt


@pytest.mark.parametrize(
    ("build", "kind", "told"),
    [
        (lambda: tutor.plot_bivariate(1), DomainError, "ρ = 1 is outside its domain −1 < ρ < 1"),
        (lambda: tutor.plot_bivariate([[1, 2], [2, 1]]), DomainError, "between −1 and 1"),
        (lambda: tutor.plot_bivariate([[1, 0.5], [0.4, 1]]), DomainError, "not symmetric"),
        (lambda: tutor.plot_bivariate([[-1, 0], [0, -1]]), DomainError, "not positive"),
        (lambda: tutor.plot_bivariate(np.eye(3)), ShapeError, "Σ is 3 × 3"),
        (lambda: tutor.plot_bivariate(tutor.rcbd(3, 2).G), DomainError, ".numpy(sigma2=1, …)"),
        (lambda: tutor.plot_bivariate(0.5, (1, 2, 3)), TutorError, "expected 2 numbers"),
        (lambda: tutor.plot_bivariate(0.5, draws=10), TutorError, "Draws need a seed"),
        (lambda: tutor.plot_bivariate(0.5, draws=-1, seed=1), DomainError, "from 0 to 10000"),
    ],
)
def test_a_distribution_that_there_is_not_is_refused_in_words(
    build: Callable[[], Any], kind: type[Exception], told: str
) -> None:
    with pytest.raises(kind) as refused:
        build()
    assert told in str(refused.value)


# What all pictures share

PICTURES: dict[str, Callable[[], Any]] = {
    "variance": lambda: tutor.rcbd(3, 2).plot_variance(),
    "labels": lambda: tutor.latin_square(5).plot_variance(),
    "tall": lambda: tutor.model("yield ~ Variety + (1 | Block)", data=path("oats.csv")).plot_matrix("X"),
    "long title": lambda: tutor.repeated_measures(2, 6, within="un").plot_matrix("R"),
    "line": lambda: tutor.plot_regression(*POINTS),
    "bivariate": lambda: tutor.plot_bivariate(0.6, draws=50, seed=1),
    "field": lambda: tutor.rcbd(4, 3).plot_layout(),
    "structure": lambda: show("ar1", n=5, rho=0.6).heatmap(),
    "profiles": lambda: show("ar1", n=5, rho=0.6).profiles(seed=1),
    "long profiles": lambda: show("ar1", n=60, rho=0.6).profiles(seed=1),
    "negative": lambda: show("ar1", n=8, rho=-0.6).heatmap(),
    "large numbers": lambda: show("cs", n=9, sigma2=123456, rho=-0.123).heatmap(),
    "nearly singular": lambda: tutor.plot_bivariate(-0.99999),
    "large line": lambda: tutor.plot_regression([0, 1e6], beta_0=1e5, beta_1=1e4, sigma2=1e16),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_whole_and_without_colour_where_lightness_could_not_tell(name: str) -> None:
    figure = PICTURES[name]()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    box = figure.get_tightbbox(canvas.get_renderer())  # around everything that is drawn, in inches
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.get_figwidth() and box.y1 <= figure.get_figheight()
    pixels = np.asarray(canvas.buffer_rgba()).astype(int)
    if name not in ("field", "negative", "large numbers"):  # their colours differ in lightness, which has its own test
        assert np.ptp(pixels[..., :3], axis=-1).max() <= 2, "only greys"


@pytest.mark.parametrize("name", PICTURES)
def test_a_notebook_gets_the_picture_with_its_words(name: str) -> None:
    shown = PICTURES[name]()._repr_html_()
    assert shown.startswith('<img src="data:image/png;base64,iVBOR')
    assert 'alt="' in shown and len(shown.split('alt="')[1].split('"')[0]) > 60


@pytest.mark.parametrize("name", PICTURES)
def test_a_style_of_the_user_changes_nothing_and_none_is_left_behind(name: str) -> None:
    plain, other = BytesIO(), BytesIO()
    PICTURES[name]().savefig(plain, format="png")
    with matplotlib.style.context("dark_background"):
        before = dict(matplotlib.rcParams)
        figure = PICTURES[name]()
        figure.savefig(other, format="png")
        assert dict(matplotlib.rcParams) == before
    assert plain.getvalue() == other.getvalue()


def test_pictures_are_returned_and_neither_shown_nor_kept() -> None:
    import matplotlib.pyplot

    kept = matplotlib.pyplot.get_fignums()
    for make in PICTURES.values():
        make()
    assert matplotlib.pyplot.get_fignums() == kept


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_texts_lie_over_each_other(name: str) -> None:
    assert overlaps(PICTURES[name]()) == []


def test_labels_of_columns_do_not_lie_over_each_other() -> None:
    for build in (PICTURES["variance"], PICTURES["labels"], PICTURES["tall"]):
        figure = build()
        figure.savefig(BytesIO(), format="png")
        boxes = [text.get_window_extent() for text in figure.axes[0].xaxis.get_ticklabels()]
        assert all(left.x1 <= right.x0 + 0.5 for left, right in pairwise(boxes))


def test_a_dollar_sign_in_the_data_begins_no_formula() -> None:
    data = {"y": [1, 2, 4, 3], "price": ["$5^$", "$5^$", "$9^$", "$9^$"], "x": [1, 2, 3, 5]}
    figure = tutor.model("y ~ x + (1 | price)", data).plot_variance()
    figure.savefig(BytesIO(), format="png")
    assert ticks(figure.axes[0].xaxis)[0] == "y_1  $5^$ 1"


def test_ink_can_be_read_on_every_grey() -> None:
    for grey in np.linspace(0, 1, 50):
        linear = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
        contrast = (linear + 0.05) / 0.05 if ink((grey,) * 3) == "black" else 1.05 / (linear + 0.05)
        assert contrast > 4.5, "what WCAG 2.1 asks of text, criterion 1.4.3"


def test_a_title_is_broken_where_the_figure_ends_and_where_it_is_already() -> None:
    assert title_lines("one two three\nfour", 1) == ["one two", "three", "four"]


def test_without_matplotlib_every_picture_says_what_to_install() -> None:
    code = """
import sys
sys.modules["matplotlib"] = None
import tutor
from tutor.covariance import show
pictures = [
    lambda: tutor.rcbd(3, 2).plot_variance(),
    lambda: tutor.rcbd(3, 2).plot_layout(),
    lambda: tutor.plot_regression([1, 2, 3], [1, 2, 4]),
    lambda: tutor.plot_bivariate(0.5),
    lambda: show("ar1", n=3, rho=0.5).heatmap(),
    lambda: show("ar1", n=3, rho=0.5).profiles(seed=1),
]
for picture in pictures:
    try:
        picture()
    except tutor.TutorError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        done.stdout.splitlines()
        == ['Figures need matplotlib, which is not installed. pip install "mixed-model-tutor[plots]"'] * 6
    )
