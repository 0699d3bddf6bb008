"""The estimates that pages of lessons tell of published data are those of the model on the page, as far as written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import numpy as np
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
FIRST_LINE = "A line, and what is beside it"
FEWEST = 20
"""Estimates that the lessons tell: fewer would mean that they are no longer found."""


def _told() -> Iterator[tuple[str, str, str]]:
    """The file, the parameter and the number of each estimate of a variance or covariance on a page."""
    for lesson in lessons():
        for page in (part for part in lesson.lesson().parts if isinstance(part, Page)):
            if named := _FILE.search(page.text):
                for squared, effect, number in _ESTIMATE.findall(page.text):
                    yield named[1], "sigma" + ("2" if squared else "") + (f"_{effect}" if effect else ""), number


def _page(lesson: str, title: str) -> str:
    """The text of a page."""
    parts = next(file for file in lessons() if file.name == lesson).lesson().parts
    return next(part.text for part in parts if isinstance(part, Page) and part.title == title)


def test_the_line_of_one_boy_is_that_of_his_data() -> None:
    with path("orthodont.csv").open(encoding="utf-8") as lines:
        boy = [row for row in csv.DictReader(lines) if row["Subject"] == "M01"]
    ages, distances = ([int(row[name]) for row in boy] for name in ("age", "distance"))
    slope, intercept = np.polyfit(ages, distances, 1)
    errors = [round(distance - intercept - slope * age, 10) for age, distance in zip(ages, distances, strict=True)]
    text = _page("design_matrix", "What is expected, and what is left")
    for told in (distances, [f"1 & {age}" for age in ages], errors):
        assert r" \\ ".join(f"{entry:g}" if isinstance(entry, float) else str(entry) for entry in told) in text
    assert rf"\beta_0 = {intercept:g}$" in text and rf"\beta_1 = {slope:g}$" in text
    assert f"{intercept:g} + {slope:g} \\cdot {ages[-1]} = {intercept + slope * ages[-1]:g}$" in text
    assert f"{distances[-1]} - {distances[-1] - errors[-1]:g} = {errors[-1]:g}$" in text
    assert ", ".join(map(str, ages[:-1])) + f" and {ages[-1]}, in mm" in _page("design_matrix", FIRST_LINE)


def test_the_sizes_and_variances_of_the_stools_are_those_of_their_data() -> None:
    random, fixed = (
        model(f"effort ~ Type + {persons}", data=path("ergostool.csv"))
        for persons in ("(1 | Subject)", "factor(Subject)")
    )
    n, rank = int(random.y.rows), int(fixed.rank)
    assert f"${n} - {rank} = {n - rank}$" in _page("fixed_blocks", "A parameter for each person")
    between, within = (round(random.fit().parameters[key].value, 2) for key in ("sigma2_u", "sigma2"))
    whole = f"{between} + {within} = {between + within:.2f}"
    assert whole in _page("blocks", "Nine persons as blocks")
    assert f"covariance {between}, and one has the variance {between + within:.2f}" in _page(
        "three_notations", "As a distribution"
    )
    blocks = _page("designs", "What blocks were worth")
    assert rf"2 \cdot {within}/9 = {2 * within / 9:.2f}" in blocks
    assert f"2({between} + {within})/9 = {2 * (between + within) / 9:.2f}" in blocks


def test_the_mean_of_two_tests_of_a_cask_is_that_of_the_pastes() -> None:
    estimates = model(MODELS["pastes.csv"], data=path("pastes.csv")).fit().parameters
    casks, tests = round(estimates["sigma2_v"].value, 2), round(estimates["sigma2"].value, 3)
    text = _page("designs", "Sixty tests, thirty casks")
    assert f"{casks} + {tests}/2 = {casks + tests / 2:.2f}" in text
    assert f"{casks} + {tests} = {casks + tests:.2f}" in text


def test_a_page_tells_the_estimates_of_its_data() -> None:
    told = list(_told())
    assert len(told) >= FEWEST
    fits = {file: model(MODELS[file], data=path(file)).fit() for file in {file for file, _, _ in told}}
    for file, parameter, number in told:
        digits = len(number.partition(".")[2])
        estimate = fits[file].parameters[parameter].value
        assert float(number) == pytest.approx(estimate, abs=0.5 * 10**-digits), (file, parameter)
