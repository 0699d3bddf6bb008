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

from matplotlib.backends.backend_agg import FigureCanvasAgg

import tutor
from tutor.covariance import show
from tutor.covariance.domain import told as in_letters
from tutor.data import path
from tutor.errors import DataError, DomainError, ShapeError, SizeError, TutorError, UnknownNameError
from tutor.figures.page import ink, title_lines

TWO = {"y": [1, 2, 4, 3], "x": [1, 2, 3, 5], "z": [4, 1, 2, 6], "f": ["a", "a", "b", "b"]}

POINTS = ([1, 2, 3, 4, 5, 6], [2.1, 3.9, 4.2, 6.8, 7.1, 9.5])


def drawn(figure: Any) -> np.ndarray:
    """The matrix of a heat map."""
    return np.asarray(figure.axes[0].images[0].get_array())


def ticks(axis: Any) -> list[str]:
    return [text.get_text() for text in axis.get_ticklabels()]


def named(figure: Any, name: str) -> list[np.ndarray]:
    """The points of the lines of this name, each 2 × points."""
    return [np.array(line.get_data()) for line in figure.axes[0].lines if line.get_gid() == name]


# Heat maps


def test_the_variance_is_drawn_at_the_values_that_the_title_tells() -> None:
    m = tutor.rcbd(3, 2)
    figure = m.plot_variance(sigma2=1.5)
    np.testing.assert_array_equal(drawn(figure), m.V.numpy(sigma2=1.5, sigma2_u=2))
    assert figure.get_suptitle().split("\n")[0] == "V at σ² = 1.5, σ²_u = 2"
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
    for label, quantile in {"holds 50%": 1.386294, "holds 90%": 4.605170, "holds 99%": 9.210340}.items():
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
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_whole_and_without_colour_where_lightness_could_not_tell(name: str) -> None:
    figure = PICTURES[name]()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    box = figure.get_tightbbox(canvas.get_renderer())  # around everything that is drawn, in inches
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.get_figwidth() and box.y1 <= figure.get_figheight()
    pixels = np.asarray(canvas.buffer_rgba()).astype(int)
    if name != "field":  # its colours differ in lightness, which has its own test
        assert np.ptp(pixels[..., :3], axis=-1).max() <= 2, "only greys"


@pytest.mark.parametrize("name", PICTURES)
def test_a_notebook_gets_the_picture_with_its_words(name: str) -> None:
    shown = PICTURES[name]()._repr_html_()
    assert shown.startswith('<img src="data:image/png;base64,iVBOR')
    assert 'alt="' in shown and len(shown.split('alt="')[1].split('"')[0]) > 60


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
