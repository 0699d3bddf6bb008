"""What the bank asks for beside expressions is changed in one place, again and again: each change is refused."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, islice
from pathlib import Path

import pytest

from tests.checking.mutants import mutants
from tests.checking.test_mutants import TIMES, differ
from tutor import Choice, Dimensions, MixedModel, Rounded, read, write
from tutor.algebra.tree import Tree
from tutor.bank import bank, load
from tutor.checking.judge import written
from tutor.exercise import Question
from tutor.notation.statement import Distribution
from tutor.session import judge


def changed(question: Question) -> Iterator[str]:
    """Answers that differ from the reference of a question in one place, and in what they mean."""
    asked, rng = question.reference, random.Random(question.key)
    if isinstance(asked, Choice):
        places = range(len(asked.options))
        chosen = chain.from_iterable(combinations(places, size) for size in (1, 2, 3))
        yield from (", ".join("abcdefghij"[i] for i in each) for each in chosen if set(each) != set(asked.chosen))
    elif isinstance(asked, Dimensions):
        for rows, columns in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            yield f"{int(asked.rows) + rows} × {int(asked.columns) + columns}"
        if asked.rows != asked.columns:
            yield f"{asked.columns} × {asked.rows}"
    elif isinstance(asked, Rounded):
        step = 10 ** -(asked.decimals or 0)
        for times in (-3, 2, 5, 40):
            yield str(replace(asked, value=asked.value + times * step))
    elif isinstance(asked, int) and not isinstance(asked, bool):
        others = (asked + 1, asked - 1, 2 * asked, -asked, asked + 10)
        yield from (str(other) for other in others if other != asked)  # twice 0 is 0
    elif isinstance(asked, MixedModel):
        yield from models(written(asked))
    elif isinstance(asked, str):
        yield from texts(asked, question, rng)


def models(text: str) -> Iterator[str]:
    """A model by elements without one of its terms, with one more sign, index or root, or without a distribution."""
    for term in re.findall(r"(?<=\+ )[^+,&]+?(?= \+|,)", text.splitlines()[1] + ","):
        yield text.replace(f" + {term}", "", 1)
    if r"\tau_i" in text:
        yield text.replace(r"\tau_i", r"\tau_j", 1)
        yield text.replace(r"+ \tau_i", r"- \tau_i", 1)
    if "u_j" in text:
        yield text.replace("u_j + ", "u_{ij} + ", 1).replace("u_j &", "u_{ij} &")
    for name in re.findall(r"\\sigma\^2(?:_u)?\)", text):
        yield text.replace(name, name.replace("^2", ""), 1)
        yield text.replace(f"N(0, {name}", f"N({name[:-1]}, 0)", 1)


def texts(text: str, question: Question, rng: random.Random) -> Iterator[str]:
    """A formula, or the mean or the variance of a distribution, with one node changed."""
    reading = read(text, question.vocabulary)
    (part,) = reading.parts
    places = range(len(part.arguments)) if isinstance(part, Distribution) else [0]
    for place in places:
        tree = part.arguments[place] if isinstance(part, Distribution) else reading.tree
        assert isinstance(tree, Tree)
        for mutant in islice(mutants(tree, rng), TIMES):
            if not differ(mutant, tree):
                continue
            if isinstance(part, Distribution):
                arguments = (*part.arguments[:place], mutant, *part.arguments[place + 1 :])
                yield f"{write(part.subject)} \\sim N({', '.join(map(write, arguments))})"
            else:
                yield write(mutant)


@pytest.mark.slow
@pytest.mark.parametrize("path", bank(), ids=lambda path: path.stem)
def test_a_changed_choice_count_model_or_distribution_is_refused(path: Path) -> None:
    for question in load(path).variant(3).questions:
        for answer in islice(changed(question), TIMES):
            verdict = judge(question, answer)
            assert verdict.outcome in ("incorrect", "unreadable"), (question.key, answer, verdict.feedback)
