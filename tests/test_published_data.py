"""The estimates that pages of lessons tell of published data are those of the model on the page, as far as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tutor import model
from tutor.bank import lessons
from tutor.data import path
from tutor.lesson import Page

MODELS = {
    "ergostool.csv": "effort ~ Type + (1 | Subject)",
    "machines.csv": "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
    "oats.csv": "yield ~ nitro + (1 | Block/Variety)",
    "orthodont.csv": "distance ~ age + (1 | Subject)",
    "pastes.csv": "strength ~ 1 + (1 | batch/cask)",
    "rail.csv": "travel ~ 1 + (1 | Rail)",
    "sleepstudy.csv": "Reaction ~ Days + (Days | Subject)",
}
_FILE = re.compile(r"`(\w+\.csv)`")
_ESTIMATE = re.compile(r"\\sigma(\^2)?(?:_\{?(\w+)\}?)? = ([\d.]+\d)")
FEWEST = 14
"""Estimates that the lessons tell: fewer would mean that they are no longer found."""


def _told() -> Iterator[tuple[str, str, str]]:
    """The file, the parameter and the number of each estimate of a variance or covariance on a page."""
    for lesson in lessons():
        for page in (part for part in lesson.lesson().parts if isinstance(part, Page)):
            if named := _FILE.search(page.text):
                for squared, effect, number in _ESTIMATE.findall(page.text):
                    yield named[1], "sigma" + ("2" if squared else "") + (f"_{effect}" if effect else ""), number


def test_a_page_tells_the_estimates_of_its_data() -> None:
    told = list(_told())
    assert len(told) >= FEWEST
    fits = {file: model(MODELS[file], data=path(file)).fit() for file in {file for file, _, _ in told}}
    for file, parameter, number in told:
        digits = len(number.partition(".")[2])
        estimate = fits[file].parameters[parameter].value
        assert float(number) == pytest.approx(estimate, abs=0.5 * 10**-digits), (file, parameter)
