"""The commonest symbols are read in one look, and as they are read step by step."""

from __future__ import annotations

from itertools import product

import pytest

from tutor.notation.parsing import symbols
from tutor.notation.parsing.common_symbols import common_symbol
from tutor.notation.parsing.symbols import symbol_at

LETTERS = (r"\mathbf{X}", r"\boldsymbol{\beta}", r"\bm{u}", r"\sigma", r"\hat", r"\mathbf{\hat}", "V", "y", "Zu", "x1")
ENDINGS = ("", "'", "' y", "'_1", "''", "′_u", ")", " + 1", "_1", " _1", "^2", "^2_u", "^{-1}", "^{-1} _u",
           "^{2,REML}", r"^\top", r"^\top_1", "^T x", "^Tx", "^*", r"^{\star}", "₁", "²", "[1]", "_hat", ".1",
           r" \mathbf{y}", "u", "̂", "(t)", "^{(ML)}", "^{REML}", "&", "}", ",1", "=", "-1", "^2₁")  # fmt: skip


@pytest.mark.parametrize("bold", [False, True])
def test_what_is_read_in_one_look_is_what_is_read_step_by_step(bold: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [letter + ending for letter, ending in product(LETTERS, ENDINGS)]
    told = [symbol_at(text, 0, len(text), bold=bold) for text in texts]
    in_one_look = [text for text in texts if common_symbol(text, 0, len(text), bold) is not None]
    monkeypatch.setattr(symbols, "common_symbol", lambda *_: None)
    assert told == [symbol_at(text, 0, len(text), bold=bold) for text in texts]
    assert {r"\mathbf{X}", "V'", r"\boldsymbol{\beta} + 1", r"\sigma^2", r"\mathbf{X}^{-1}"} <= set(in_one_look)
    assert not {r"\sigma^2_u", "V'_1", "y_1", r"\sigma^{2,REML}", "Zu"} & set(in_one_look)
