"""Derivations as students write them: what was asked, the lines, the first wrong line, and the law that it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tutor import (
    Derivation,
    MixedModel,
    one_way,
    random_intercepts,
    rcbd,
    regression,
    split_plot,
)
from tutor.checking.lines.judging import Lines
from tutor.notation.read import read


@dataclass(frozen=True, slots=True)
class Case:
    """``line`` is the first wrong one, None for an answer that is right; ``key`` the misconception."""

    model: str
    asked: str
    text: str
    line: int | None = None
    key: str | None = None
    form: str | None = None
    outcome: str | None = None

    @property
    def expected(self) -> str:
        return self.outcome or ("correct" if self.line is None else "incorrect")


@cache
def model(name: str) -> MixedModel:
    return {
        "blocks": lambda: rcbd(treatments=3, blocks=4),
        "letters": lambda: rcbd(treatments="t", blocks="b"),
        "line": lambda: regression([1, 2, 4]),
        "intercepts": lambda: random_intercepts(3, [1, 2, 3]),
        "split": lambda: split_plot(whole=2, sub=2, blocks=3),
        "groups": lambda: one_way(groups=3, reps=2),
    }[name]()


@cache
def derivation(name: str, asked: str) -> Derivation | Lines:
    """The derivation that the model knows; where it knows none, the goal alone."""
    try:
        return model(name).derive(asked)
    except Exception:  # the model derives no quotient or product of forms
        tree = read(asked, model(name).vocabulary).tree
        assert tree is not None
        return Lines(tree)
