"""factor(), ordered() and relevel() with levels; what R makes of them is in test_against_r.py."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from tutor.errors import TutorError
from tutor.models.catalogue import repeated_measures
from tutor.models.from_formula import model

DATA = {"y": [1.0, 2, 4, 3, 5, 7, 6, 8, 9.5], "f": list("abcabcabc"), "x": [1, 2, 3] * 3, "g": list("uuuvvvwww")}


@pytest.mark.parametrize(
    ("term", "words", "place"),
    [
        ('relevel(f, ref = "d")', "'d' is no level", '"d"'),
        ("relevel(f, ref = 4)", "from 1 to 3", "4"),
        ("relevel(f)", "comes first", "relevel(f)"),
        ("relevel(x, ref = 1)", "no factor", "x"),
        ('relevel(ordered(f), "b")', "relevel() takes a factor", 'relevel(ordered(f), "b")'),
        ('relevel(factor(f, ordered = TRUE), "b")', "have an order", 'relevel(factor(f, ordered = TRUE), "b")'),
        ("factor(x, levels = c(1, 2, 2, 3))", "twice", "c(1, 2, 2, 3)"),
        ("factor(x, levels = g)", "no list of levels", "g"),
        ("factor(x, levels = c(g, 1))", "no list of levels", "g"),
        ("factor(x, levels = 1:99999999999)", "no list of levels", "1:99999999999"),
        ('factor(x, labels = c("a", "b"))', "3 levels and 2 labels", 'c("a", "b")'),
        ("factor(x, exclude = 1)", "no argument of factor()", "exclude = 1"),
        ("as.factor(x, levels = c(1, 2, 3))", "no argument of as.factor()", "levels = c(1, 2, 3)"),
    ],
)
def test_what_they_cannot_take_is_refused_in_its_place(term: str, words: str, place: str) -> None:
    text = f"y ~ {term} + (1 | g)"
    with pytest.raises(TutorError, match=re.escape(words)) as refusal:
        model(text, DATA)
    error: Any = refusal.value
    assert text[error.start : error.end] == place


def test_values_that_are_no_level_are_not_dropped_in_silence() -> None:
    with pytest.raises(TutorError, match="'3', which is not among its levels"):
        model("y ~ factor(x, levels = c(1, 2)) + (1 | g)", DATA)


@pytest.mark.parametrize("sizes", [(3, 4), (4, 3, 2)])
@pytest.mark.parametrize("within", ["ar1", "arh1", "cs", "csh"])
def test_the_code_for_lme4_of_a_design_comes_back_as_its_formula(within: str, sizes: tuple[int, ...]) -> None:
    design = repeated_measures(*sizes, within=within, side="G")
    told = re.search(r"lmer\((.+), data = d\)", design.code("lme4"))
    assert told is not None
    frame = design.dataframe()
    frame["y"] = np.random.default_rng(1).normal(size=len(frame))
    again = model(told[1], frame)
    values = {"sigma2": 1.5}
    (mine,), (theirs,) = design.random, again.random
    keys = [p.symbol for p in mine.parameters]
    told_values = [2 + 0.5 * k if symbol.is_positive else 0.25 for k, symbol in enumerate(keys)]
    ours = design.V.numpy(**values, **dict(zip(map(str, keys), told_values, strict=True)))
    names = [p.key for p in theirs.parameters]
    assert np.allclose(again.V.numpy(**values, **dict(zip(names, told_values, strict=True))), ours)
    assert design.rank == np.linalg.matrix_rank(np.hstack([design.X.numpy(), again.X.numpy()]))


def test_contrasts_of_a_call_are_named_in_backticks_and_orders_are_polynomials_by_themselves() -> None:
    assert 'list(`factor(x)` = "contr.sum")' in model("y ~ factor(x) + (1 | g)", DATA, contrasts="sum").code("lme4")
    assert "contrasts" not in model("y ~ ordered(x, levels = 3:1) + (1 | g)", DATA).code("lme4")


@pytest.mark.parametrize("term", ['factor(x, levels = c("3", "1", "2"))', 'relevel(factor(x), ref = "2")'])
def test_sas_is_told_the_column(term: str) -> None:
    assert "class x g;" in model(f"y ~ {term} + (1 | g)", DATA).code("sas")
