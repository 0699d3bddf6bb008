"""The hostile texts where a model or remarks are asked for: each is answered, or refused in words, in any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from time import thread_time
from typing import Any

import pytest

from tests.notation.test_hostile import HOSTILE, HUGE_BUT_FINE, UNSAFE
from tests.work import bounded
from tutor.checking.check import check
from tutor.checking.lines.judging import Lines
from tutor.errors import TutorError
from tutor.models.catalogue import rcbd
from tutor.models.from_equation import from_equation
from tutor.notation.proofread import proofread

BLOCKS = rcbd(treatments=2, blocks=3)
ENTRANCES: dict[str, Callable[[str], Any]] = {"from_equation": from_equation, "proofread": proofread}

TEXTS = {
    **{what: text for what, (text, _) in HOSTILE.items()},
    **{what: text for what, (text, _) in HUGE_BUT_FINE.items()},
    "2,500 ranges in brackets": "(i = 1, " * 2500,
    "1,000 gradients": r"\nabla \ell(" * 1000,
    "900 matrices as brackets": r"y \sim " + r"N\begin{pmatrix}" * 900 + "0" + r"\end{pmatrix}" * 900,
    "1,500 gaps": r"y_1, \dots, " * 1500 + r"y_n \sim N(0, 1)",
    "3,000 members": "y_1, " * 3000 + r"\dots, y_n \sim N(0, 1)",
    "1,500 elements": "[V]_{ij}" * 1500,
    "90 fractions by a command between": r"{a \over " * 90 + "b" + "}" * 90,
    "2,000 elements in braces": "{a_ij}" * 2000,
    "4,000 articles": "the " * 4000,
    "a covariance with a tower": r"y_{ij} = \mu + e_{ij}, Cov(e_{ij}, e_{ij'}) = \rho^{9^{9^{9^9}}}",
    "a model of a milliard": r"y_{ij} = \mu + u_i + e_{ij}, u_i \sim N(0, \sigma^2_u), i = 1, \dots, 10^9, j = 1, 2",
    "2.8 MB": "y_{ij} = " + r"\mu + " * 550_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=ENTRANCES.keys())
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_hostile_text_is_answered_or_refused_in_words(text: str, entrance: Callable[[str], Any]) -> None:
    try:
        bounded(partial(entrance, text))
    except TutorError as error:
        assert error.problem
        assert len(str(error)) < 700
        assert not UNSAFE.search(str(error))


@pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=ENTRANCES.keys())
def test_neither_needs_the_main_thread(entrance: Callable[[str], Any]) -> None:
    told: list[str] = []

    def answer(text: str) -> None:
        try:
            entrance(text)
            told.append("answered")
        except TutorError as error:
            told.append(error.problem)

    texts = ["(" * 3000, "V" + "'" * 10_000, "9^{9^{9^9}}", r"y_{ij} = \mu + e_{ij}, i = 1, 2, j = 1, 2"]
    threads = [threading.Thread(target=answer, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == len(texts)
    assert all(told)


PAGE = r"The model $y_{ij} = \mu + \tau_i + u_j + e_{ij}$ has $u_j \sim N(0, \sigma^2_u)$, where "


def _of_page(text: str) -> Any:
    return from_equation(PAGE + text, levels={"i": 3, "j": 4})


def _of_lines(text: str) -> Any:
    return check("Var(y) = Var(Xβ + Zu + e)\n" + text, Lines(BLOCKS.derive("Var(y)")), BLOCKS)


REPEATED = [
    *((_of_page, fragment) for fragment in (
        "b_j are random ", "$b_j$ are random. ", "$b_j$, ", "where ", "β_j is normal ", "x_i ", "x_{ij}", "β",
        "[[1,2],",
        "σ²_b ", "blocks are random. ", "random effects of ", "random ", "$b_j$ and ",
        "error ", "errors are iid $N(0, ", "normal with mean 0 and variance $\\sigma_b^2$ ", "variance ",
        r"\text{a random } ", r"\underbrace{b_j}_{\text{random}} ", "E(b_j) = 0, ", "all but ",
        "fixed ", r"$\beta_j$ is the error ", "a\n", " \n")),
    *((from_equation, fragment) for fragment in (
        r"\(", r"\[", "$`a", r"\begin{align}a", "```math ", "and ", "b_j are ", "β", "u_j ~ N(0, 1) ", "x_i ")),
    *((_of_lines, fragment) for fragment in (
        r"\begin{equation}", r"\end{align}", r"\label{a}", r"\tag{1}", r"\ ", r"\quad", "\t", "Z G Z' + ", "& ")),
    *((proofread, fragment) for fragment in (
        "and ", "w_{ij}^T b_i + ", "the blocks are random ", "u_j (random), ", "x' ")),
]  # fmt: skip
"""Entrances, and pieces of texts whose cost once grew as the square of their length, or might."""

SHORT, LONG = 2_400, 19_200
LINEAR = LONG / SHORT


def _cost(work: Callable[[str], object], text: str) -> float:
    start = thread_time()
    try:
        work(text)
    except TutorError as error:
        assert error.problem
    return thread_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(("entrance", "fragment"), REPEATED, ids=[f"{own[0].__name__}-{own[1]!r}" for own in REPEATED])
def test_the_cost_of_a_fragment_over_and_over_grows_as_the_text(entrance: Callable[[str], Any], fragment: str) -> None:
    """By the ratio of two costs in one thread, the best of several: the square of the length is eight times further."""
    short, long = ((fragment * (length // len(fragment) + 1))[:length] for length in (SHORT, LONG))
    _cost(entrance, short)
    ratios: list[float] = []
    while len(ratios) < 5 and (not ratios or min(ratios) > 3 * LINEAR):
        ratios.append(_cost(entrance, long) / max(_cost(entrance, short), 0.002))
    assert min(ratios) <= 3 * LINEAR
