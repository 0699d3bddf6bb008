"""The estimates that pages of lessons tell of the data sets are those of the fits."""

from __future__ import annotations

import pytest

from tutor import model
from tutor.bank import load_lesson
from tutor.data import path
from tutor.lesson import Page

FITS = [
    ("alike", "ergostool.csv", "effort ~ Type + (1 | Subject)", {"sigma2_u": "1.78", "sigma2": "1.21"}),
    (
        "strata",
        "oats.csv",
        "yield ~ nitro + (1 | Block/Variety)",
        {"sigma2_u": "210", "sigma2_v": "121", "sigma2": "166"},
    ),
    (
        "strata",
        "pastes.csv",
        "strength ~ 1 + (1 | batch/cask)",
        {"sigma2_u": "1.66", "sigma2_v": "8.43", "sigma2": "0.68"},
    ),
    (
        "crossed",
        "machines.csv",
        "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
        {"sigma2_u": "22.9", "sigma2_v": "13.9", "sigma2": "0.9"},
    ),
    ("tables", "rail.csv", "travel ~ 1 + (1 | Rail)", {"sigma2_u": "615.3", "sigma2": "16.17"}),
    ("estimates", "rail.csv", "travel ~ 1 + (1 | Rail)", {"sigma2_u": "615.3", "sigma2": "16.17"}),
    ("time", "orthodont.csv", "distance ~ age + (1 | Subject)", {"sigma2_u": "4.47", "sigma2": "2.05"}),
    (
        "slopes",
        "sleepstudy.csv",
        "Reaction ~ Days + (Days | Subject)",
        {"sigma2_u0": "612.1", "sigma2_u1": "35.07", "sigma_u01": "9.604", "sigma2": "654.9"},
    ),
]


@pytest.mark.parametrize(("lesson", "data", "formula", "told"), FITS, ids=lambda value: str(value)[:20])
def test_a_page_tells_the_estimates_of_its_fit(lesson: str, data: str, formula: str, told: dict[str, str]) -> None:
    (page,) = (part for part in load_lesson(lesson).parts if isinstance(part, Page) and data in part.text)
    estimates = model(formula, data=path(data)).fit().values
    for parameter, number in told.items():
        assert f"{estimates[parameter]:.{len(number.partition('.')[2])}f}" == number
        assert number in page.text
