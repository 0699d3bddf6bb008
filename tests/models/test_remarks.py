"""A model says by name what no data of its layout can tell, and is silent about all others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tutor
from tutor import covariance, data
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

ROWS: dict[str, list[Any]] = {
    "y": [1, 2, 4, 3, 5, 8.5, 2, 3, 7, 5, 6, 4.0],
    "g": list("aaabbbcccddd"),
    "h": list("pppqqqrrrsss"),
    "z": [1, 2, 3] * 4,
}

UNKNOWN: dict[str, tuple[Callable[[], MixedModel], list[str]]] = {
    "one grouping under two names": (
        lambda: model("y ~ 1 + (1 | g) + (1 | h)", ROWS),
        ["g and h are the same", "σ²_u and σ²_v"],
    ),
    "a nesting that divides nothing": (lambda: model("y ~ 1 + (1 | g/h)", ROWS), ["g and g:h are the same"]),
    "effects that are fixed too": (lambda: model("y ~ g + (1 | g)", ROWS), ["σ²_u from 0"]),
    "effects that are fixed under another name": (lambda: model("y ~ g + (1 | h)", ROWS), ["σ²_u from 0"]),
    "a slope twice": (lambda: model("y ~ z + (0 + z | g) + (0 + I(2 * z) | g)", ROWS), ["σ²_u, σ²_v apart"]),
    "slopes beside free residuals": (
        lambda: model("y ~ z + (z | g)", ROWS, R=covariance.un("z", group="g")),
        ["σ²_u1", "apart"],
    ),
    "compound symmetry of the same groups by another name": (
        lambda: model("y ~ z + (1 | h)", ROWS, R=covariance.cs("z", group="g")),
        ["σ², ρ, σ²_u apart"],
    ),
    "a square without a residual": (lambda: tutor.latin_square(2), ["σ², σ²_r, σ²_c apart"]),
}

KNOWN: dict[str, Callable[[], MixedModel]] = {
    "rcbd": lambda: tutor.rcbd(2, 2),
    "latin square": lambda: tutor.latin_square(3),
    "split plot": lambda: tutor.split_plot(2, 3, 4),
    "strip plot": lambda: tutor.strip_plot(3, 4, 3),
    "nested": lambda: tutor.nested(3, 2, 2),
    "crossed": lambda: tutor.crossed(3, 3, 2),
    "incomplete blocks": lambda: tutor.bibd(4, 4, 3),
    "augmented": lambda: tutor.augmented(3, 4, 3),
    "repeated": lambda: tutor.repeated_measures(4, 3, 2, side="G"),
    "letters": lambda: tutor.rcbd("t", "b"),
    "letters for a covariate": lambda: tutor.random_slopes(3, 4),
    "slopes": lambda: model("Reaction ~ Days + (Days | Subject)", data.path("sleepstudy.csv")),
    "covariate of the groups": lambda: model("y ~ z + (1 | g)", ROWS),
    "autoregression": lambda: model("y ~ z + (z | g)", ROWS, R=covariance.ar1("z", group="g")),
    "distances": lambda: model("y ~ z + (1 | g)", ROWS, R=covariance.exp("z", group="g")),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_no_data_can_tell_is_named_and_shown(name: str) -> None:
    make, words = UNKNOWN[name]
    found = make()
    (remark,) = found.remarks
    assert all(word in remark for word in words)
    assert f"Note: {remark}" in " ".join(str(found).split())
    assert "Note: " in tutor.write(found, "markdown")


@pytest.mark.parametrize("name", KNOWN)
def test_models_that_data_can_tell_have_no_remarks(name: str) -> None:
    assert KNOWN[name]().remarks == ()


def test_two_names_of_one_grouping_give_one_V_for_one_sum() -> None:
    found = UNKNOWN["one grouping under two names"][0]()
    one, other = (found.V.numpy(sigma2=1, sigma2_u=u, sigma2_v=3 - u) for u in (1, 2.5))
    assert np.allclose(one, other)


def test_copies_are_found_among_many_rows() -> None:
    many = {"y": [float(k % 5) for k in range(400)], "g": [f"g{k // 4}" for k in range(400)]}
    many["h"] = [f"h{int(name[1:]) * 7 % 101}" for name in many["g"]]  # pyright: ignore[reportIndexIssue]
    (remark,) = model("y ~ 1 + (1 | g) + (1 | h)", many).remarks
    assert remark.startswith("g and h are the same groups")
