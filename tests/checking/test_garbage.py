"""While an answer is judged, Python searches for garbage rarely; afterwards as before."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from tutor import check, rcbd
from tutor.checking.garbage import YOUNG, rarely_searched


@pytest.fixture(autouse=True)
def usual() -> Iterator[tuple[int, int, int]]:
    """The thresholds of a fresh Python, and those of the tests again afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.set_threshold(*before)


def test_the_threshold_is_raised_and_comes_back_even_after_an_error(usual: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="within"), rarely_searched(), rarely_searched():
        assert gc.get_threshold()[0] == YOUNG
        raise ValueError("within")
    assert gc.get_threshold() == usual


@pytest.mark.parametrize("young", [0, 10 * YOUNG])
def test_who_searches_more_rarely_or_never_is_left_alone(young: int) -> None:
    gc.set_threshold(young, 10, 10)
    with rarely_searched():
        assert gc.get_threshold()[0] == young
    assert gc.get_threshold()[0] == young


def test_the_last_thread_to_leave_puts_it_back(usual: tuple[int, int, int]) -> None:
    both_within = Barrier(2)

    def judging() -> None:
        with rarely_searched():
            both_within.wait(timeout=5)

    other = Thread(target=judging)
    with rarely_searched():
        other.start()
        both_within.wait(timeout=5)
        other.join()
        assert gc.get_threshold()[0] == YOUNG
    assert gc.get_threshold() == usual


def test_a_verdict_leaves_no_old_objects_to_search(usual: tuple[int, int, int]) -> None:
    m = rcbd(treatments=3, blocks=4)
    searched: list[int] = []

    def counted(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            searched.append(info["generation"])

    gc.callbacks.append(counted)
    try:
        assert check("ZGZ' + R + 5I", m.V).correct is False
    finally:
        gc.callbacks.remove(counted)
    assert len(searched) <= 2 and 2 not in searched
    assert gc.get_threshold() == usual


def test_a_search_that_is_due_falls_after_the_end(usual: tuple[int, int, int]) -> None:
    searched: list[int] = []

    def counted(phase: str, info: dict[str, int]) -> None:
        searched.append(info["generation"])

    within = rarely_searched()
    gc.collect()
    within.__enter__()
    made = [[number] for number in range(2 * usual[0])]
    gc.callbacks.append(counted)
    was_enabled = gc.isenabled()
    gc.enable()  # the tests search rarely themselves
    try:
        within.__exit__(None, None, None)
        at_the_end = len(searched)
        made += [[number] for number in range(usual[0])]  # more than are kept ready
        afterwards = len(searched)
    finally:
        if not was_enabled:
            gc.disable()
        gc.callbacks.remove(counted)
    assert at_the_end == 0 < afterwards
