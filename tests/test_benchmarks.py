"""The benchmarks run, and their table is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_the_benchmarks_print_a_table_of_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    _, _, *rows = done.stdout.strip().splitlines()
    assert len(rows) >= 7
    for row in rows:
        _, _, ours, _, peer, ratio, _ = row.split("|")
        assert all(float(number.replace(",", "")) > 0 for number in (ours, peer, ratio))


def test_each_part_of_the_comparison_of_judges_runs() -> None:
    from benchmarks import judging
    from benchmarks.answers import OF_MEAN, Question
    from tutor import rcbd, repeated_measures

    m = rcbd(treatments=2, blocks=2)
    question = Question("E(y)", m.E(m.y), r"\mathbf{X}\boldsymbol{\beta}", m.vocabulary, OF_MEAN)
    assert "| E(y) | tutor | 2 | 0 | 3 | 0 |" in judging.verdicts_on([question])
    for each in (m, repeated_measures(2, 2, treatments=2)):  # with random effects, and without
        assert judging.search_row("a design", each).startswith("| a design | ")


@pytest.mark.slow
def test_the_tasks_with_a_time_to_keep_run() -> None:
    from benchmarks.judging import goals

    assert goals().count("\n") == 7


@pytest.mark.slow
def test_our_reader_is_right_on_each_text_of_the_comparison() -> None:
    from benchmarks.reading import CASES, ours, outcome

    for text, expected in CASES.items():
        assert outcome(ours(), text, expected).judgement == "right", text


@pytest.mark.slow
def test_we_judge_each_answer_of_the_comparison_right() -> None:
    from benchmarks.answers import questions
    from benchmarks.judging import ours

    for question in questions():
        for answer, is_right in question.answers:
            assert ours(question, answer) is is_right, (question.name, answer)
