"""No verdict takes longer than 2 s or 300 MB; past that it is undecided, costs nothing, and the log names it."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.checking.hostile import EXPENSIVE
from tutor import check, rcbd, split_split_plot
from tutor.algebra import budget
from tutor.algebra.budget import BudgetSpentError, allow, limited, within
from tutor.checking.verdict import Verdict
from tutor.exercise import Exercise, Question
from tutor.session import Session

BLOCKS = rcbd(treatments=3, blocks=4)
ENDLESS = EXPENSIVE["sum of fractions"]

MEASURED = """
import json, resource, sys, time
from tests.checking.hostile import EXPENSIVE
from tutor import check, rcbd

V = rcbd(treatments=3, blocks=4).V
check("ZGZ'", V)
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
took = {}
for name, text in EXPENSIVE.items():
    started = time.process_time()
    verdict = check(text, V)
    took[name] = (time.process_time() - started, verdict.outcome, verdict.costs_attempt, verdict.feedback)
held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024
print(json.dumps({"took": took, "megabytes": held}))
"""


@pytest.mark.slow
def test_what_would_take_long_ends_in_time_and_in_words_and_is_never_accepted() -> None:
    """In a process of its own, whose memory nothing else has used before."""
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, encoding="utf-8", check=True)
    told = json.loads(done.stdout)
    assert len(told["took"]) >= 40
    assert told["megabytes"] < 300
    for name, (seconds, outcome, costs, feedback) in told["took"].items():
        assert seconds < 2, name
        assert outcome != "correct", name
        assert feedback.strip(), name
        if outcome != "incorrect":
            assert not costs, name


def test_the_log_names_the_answer_and_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="tutor"):
        assert check(ENDLESS, BLOCKS.V).outcome == "undecided"
    (record,) = caplog.records
    assert "ZGZ' + R" in record.getMessage()
    assert "frac{1}" in record.getMessage()
    assert len(record.getMessage()) < 500


def test_it_counts_as_no_attempt() -> None:
    exercise = Exercise("Limits", "", (Question("V", "What is Var(y)?", BLOCKS.V, attempts=1),))
    session = Session(exercise)
    attempt = session.answer("V", ENDLESS)
    assert (attempt.verdict.outcome, attempt.counted, attempt.fault) == ("undecided", False, None)
    assert session.answer("V", "ZGZ' + R").verdict.correct


def outcomes_in_turn(texts: list[str]) -> list[str]:
    return [check(text, BLOCKS.V).outcome for text in texts]


def test_the_limit_holds_in_threads_and_leaves_nothing_behind() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(outcomes_in_turn, [[ENDLESS, "ZGZ' + R"]] * 4))
    assert found == [["undecided", "correct"]] * 4
    assert budget._current.get() is None
    assert check("ZGZ' + R", BLOCKS.V).correct


def test_quick_answers_beside_slow_ones_are_judged_as_alone_and_in_time() -> None:
    def judged(text: str) -> tuple[str, float]:
        started = budget.thread_time()
        return check(text, BLOCKS.V).outcome, budget.thread_time() - started

    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(judged, [ENDLESS, "ZGZ' + R", "ZGZ'", "ZGZ' +", EXPENSIVE["a sign of many fractions"], "R"])
        )
    assert [outcome for outcome, _ in found[:4]] == ["undecided", "correct", "incorrect", "unreadable"]
    assert found[4][0] != "correct"
    assert max(seconds for _, seconds in found) < 2


class InterruptedByTestError(Exception):
    pass


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="There are no timers here.")
def test_a_verdict_that_a_signal_ends_leaves_no_budget_behind() -> None:
    def interrupt(number: int, frame: object) -> None:
        raise InterruptedByTestError

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with pytest.raises(InterruptedByTestError):
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            check(ENDLESS, BLOCKS.V)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert budget._current.get() is None
    assert check("ZGZ' + R", BLOCKS.V).correct


def test_the_limit_holds_in_a_coroutine_and_beside_one() -> None:
    async def judged() -> list[str]:
        apart = asyncio.to_thread(outcomes_in_turn, [ENDLESS, "ZGZ' + R"])
        here = outcomes_in_turn([ENDLESS, "ZGZ'"])
        return [*await apart, *here]

    assert asyncio.run(judged()) == ["undecided", "correct", "undecided", "incorrect"]


def test_a_budget_belongs_to_the_task_that_opened_it() -> None:
    async def spends() -> str:
        with limited(1e-9, 1.0):
            await asyncio.sleep(0)
            try:
                allow(1e-3)
            except BudgetSpentError:
                return "spent"
            return "allowed"

    async def has_none() -> str:
        await asyncio.sleep(0)
        allow(1e6, 1e12)
        return "allowed"

    async def both() -> list[str]:
        return list(await asyncio.gather(spends(), has_none(), spends()))

    assert asyncio.run(both()) == ["spent", "allowed", "spent"]


@pytest.fixture
def garbage() -> Iterator[list[list[int]]]:
    """Objects that a search for garbage looks through in some hundredths of a second, and no others."""
    gc.collect()
    gc.freeze()
    yield [[] for _ in range(100_000)]
    gc.unfreeze()


def collecting(seconds: float) -> None:
    """Search for garbage for so long."""
    start = budget.thread_time()
    while budget.thread_time() < start + seconds:
        gc.collect()


def test_a_search_for_garbage_takes_nothing_from_a_budget(garbage: list[list[int]]) -> None:
    with limited(0.05, 1e6):
        collecting(budget.GARBAGE_SECONDS / 2)
        allow()
    with pytest.raises(BudgetSpentError), limited(0.05, 1e6):
        start = budget.thread_time()
        while budget.thread_time() < start + 0.3:
            allow()


def test_there_is_an_end_to_what_searches_for_garbage_may_take(garbage: list[list[int]]) -> None:
    with pytest.raises(BudgetSpentError), limited(0.05, 1e6):
        collecting(budget.GARBAGE_SECONDS + 0.2)
        allow()


def test_what_is_too_long_does_not_begin() -> None:
    begun: list[int] = []

    def work() -> str:
        allow(budget.LONGEST_CALL * 2)
        begun.append(1)
        return "done"

    assert within(1.0, work, "left out") == "done", "without a budget everything is allowed"
    with limited(1.0, 1e6):
        assert within(1.0, work, "left out") == "left out"
        with pytest.raises(BudgetSpentError):
            allow(0.0, 2e6)
    assert begun == [1]


def test_an_inner_budget_ends_with_the_outer_one() -> None:
    with limited(0.0, 1e9), limited(10.0, 1e9), pytest.raises(BudgetSpentError):
        allow(0.001)


NESTED = EXPENSIVE["Kronecker products within each other"]


@pytest.mark.parametrize("text", [NESTED, ENDLESS])
def test_an_undecided_answer_is_told_why_in_words(text: str) -> None:
    verdict: Verdict = check(text, BLOCKS.V)
    assert verdict.outcome == "undecided"
    assert "too long" in verdict.feedback
    assert not verdict.costs_attempt


def test_right_answers_to_large_questions_are_not_cut_off() -> None:
    m = rcbd(treatments=6, blocks=6)
    assert check("(ZGZ' + R)^{-1}", m.V.inv()).correct
    assert check("|ZGZ' + R|", m.V.det()).correct
    large = split_split_plot("a", "s", "c", "r")
    assert check("ZGZ' + R", large.V).correct
