"""Every text of the reading tables is written so that it reads back as it was meant, in each dialect and style."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import sympy

from tests.notation import (
    test_calculus,
    test_displays,
    test_lectures,
    test_lint,
    test_patterns,
    test_read,
    test_read_ellipsis,
    test_read_matrices,
    test_read_models,
    test_read_statements,
    test_round_trip,
    test_rows_lectures,
    test_rows_remarks,
    test_slips,
    test_write_statement,
)
from tests.notation.test_round_trip import ALL_STYLES, WRITERS, meaning, trees_of
from tutor.algebra.nodes import Scalar
from tutor.algebra.walk import walk
from tutor.errors import TutorError
from tutor.notation.parsing.lexer import MOST_DIGITS
from tutor.notation.read import Reading, read
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.write import Style, inline

TABLES = [
    test_calculus, test_displays, test_lectures, test_lint, test_patterns, test_read, test_read_ellipsis,
    test_read_matrices, test_read_models, test_read_statements, test_round_trip, test_rows_lectures,
    test_rows_remarks, test_slips,
    test_write_statement,
]  # fmt: skip

MOST_CHARACTERS = 2_000
"""Of a text; a longer one may be written longer than can be read."""


def texts() -> Iterator[str]:
    """Every text in a table of these modules."""
    for module in TABLES:
        for name, table in vars(module).items():
            if name.isupper() and isinstance(table, list | dict | tuple):
                yield from within(table)


def within(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        yield from within(list(table.values()))
    elif isinstance(table, list | tuple):
        for part in table:
            yield from within(part)


@functools.cache
def read_texts() -> list[tuple[str, Reading]]:
    """The texts that say something in the lecture's vocabulary, read once and not while tests are collected."""
    found: dict[str, Reading] = {}
    for text in dict.fromkeys(texts()):
        with suppress(TutorError):
            found[text] = read(text)
    return list(found.items())


MOST_FLOORS = 6
"""Fractions within each other: what `canonical` asks SymPy to cancel takes many times as long with each more."""


def floors(value: Any) -> int:
    """How many fractions stand below the line of each other."""
    return max(map(floors, value.args), default=0) + bool(value.is_Pow and value.exp.is_negative)


def is_tower(reading: Reading) -> bool:
    values = (node.value for tree in trees_of(reading.parts) for node in walk(tree) if isinstance(node, Scalar))
    return any(floors(value) > MOST_FLOORS for value in values)


@functools.cache
def short_ones() -> list[tuple[str, Reading, Any, Vocabulary]]:
    """Those that are written, each with its meaning and with the vocabulary in which it is read again."""
    return [
        (text, reading, meaning(reading.parts), words_of(reading))
        for text, reading in read_texts()
        if len(text) <= MOST_CHARACTERS and not has_endless_number(reading) and not is_tower(reading)
    ]


def words_of(reading: Reading) -> Vocabulary:
    """The lecture's vocabulary with what the letters of a reading stand for in it."""
    return lecture_vocabulary().with_names(*trees_of(reading.parts))


def has_endless_number(reading: Reading) -> bool:
    """Whether a power in it came to a number of more digits than a person may type."""
    numbers = (
        value
        for tree in trees_of(reading.parts)
        for node in walk(tree)
        if isinstance(node, Scalar)
        for value in node.value.atoms(sympy.Rational)
    )
    return any(max(abs(number.p), number.q) >= 10**MOST_DIGITS for number in numbers)


WRITTEN = {
    r"\frac{1}{\sqrt{2\pi\sigma^2}} \exp(-\frac{(y-\mu)^2}{2\sigma^2})": "(1/√(2π σ²)) exp(−(y − μ)²/(2σ²))",
    r"Var(y) = E(y^2) - E(y)^2": "Var(y) = E(y²) − E(y)²",
    r"\exp(\sigma_u^2/2 + \mu)": "exp(μ + σ²_u/2)",
    r"\Gamma(\alpha + \beta)": "Γ(α + β)",
    r"\frac{1}{2}\frac{\mathbf{y}'\mathbf{y}}{n}": "(1/2) (y'y/n)",
}
"""A scalar as it was typed, and as a statistician writes it."""


@pytest.mark.parametrize("text", WRITTEN)
def test_scalars_are_written_as_a_statistician_does(text: str) -> None:
    assert inline(read(text), Style()) == WRITTEN[text]


@pytest.mark.slow
def test_there_are_texts_enough() -> None:
    assert len(read_texts()) > 1000


@pytest.mark.slow
@pytest.mark.parametrize("style", [style for style in ALL_STYLES if style.random == "u"], ids=repr)
@pytest.mark.parametrize("dialect", WRITERS)
def test_what_is_written_reads_back(dialect: str, style: Style) -> None:
    lost = []
    for text, reading, meant, words in short_ones():
        told = WRITERS[dialect](reading, style)
        try:
            same = meaning(read(told, words.in_style(style)).parts) == meant
        except TutorError as error:
            told, same = f"{told}: {error.problem}", False
        if not same:
            lost.append((text, told[:500]))
    assert not lost
