"""The hostile texts where a model or remarks are asked for: each is answered, or refused in words, in any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.notation.test_hostile import HOSTILE, HUGE_BUT_FINE, UNSAFE
from tests.work import bounded
from tutor.errors import TutorError
from tutor.models.from_equation import from_equation
from tutor.notation.proofread import proofread

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
