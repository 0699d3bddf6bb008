"""The commonest symbols are read in one look, and as they are read step by step."""

from __future__ import annotations

from itertools import product

import pytest

from tutor.notation.parsing import symbols
from tutor.notation.parsing.common_symbols import common_symbol
from tutor.notation.parsing.symbols import symbol_at

LETTERS = (r"\mathbf{X}", r"\boldsymbol{\beta}", r"\bm{u}", r"\sigma", r"\hat", r"\mathbf{\hat}", "V", "y", "Zu", "x1",
           r"\hat{\mathbf{u}}", r"\widetilde{\boldsymbol{\beta}}", r"\hat{\sigma}", r"\hat{y}", r"\hat{\hat}",
           r"\bar{y}", r"\mathbf{X}_{12}", r"\mathbf{X}_1", r"\sigma_{u}", r"\sigma_u", "y_{ij}", "y_i",
           r"\hat{\beta}_{1}", "I_{3}", "F_{2}", "β", "β_{1}", "σ", "Σ")  # fmt: skip
ENDINGS = ("", "'", "' y", "'_1", "''", "′_u", ")", " + 1", "_1", " _1", "^2", "^2_u", "^{-1}", "^{-1} _u",
           "^{2,REML}", r"^\top", r"^\top_1", "^T x", "^Tx", "^*", r"^{\star}", "₁", "²", "[1]", "_hat", ".1",
           r" \mathbf{y}", "u", "̂", "(t)", "^{(ML)}", "^{REML}", "&", "}", ",1", "=", "-1", "^2₁", "β", " u", " _u",
           "'j", "'(k)", "(j)", "_{k}", ".", "..", "|", "*x", "~", "]")  # fmt: skip


@pytest.mark.parametrize("bold", [False, True])
def test_what_is_read_in_one_look_is_what_is_read_step_by_step(bold: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [letter + ending for letter, ending in product(LETTERS, ENDINGS)]
    told = [symbol_at(text, 0, len(text), bold=bold) for text in texts]
    in_one_look = [text for text in texts if common_symbol(text, 0, len(text), bold) is not None]
    monkeypatch.setattr(symbols, "common_symbol", lambda *_: None)
    assert told == [symbol_at(text, 0, len(text), bold=bold) for text in texts]
    seen = {r"\mathbf{X}", "V'", r"\boldsymbol{\beta} + 1", r"\sigma^2", r"\mathbf{X}^{-1}", r"\sigma_{u}^2", "y_i'"}
    assert seen | {r"\hat{y}", r"\hat{\mathbf{u}}", "β_{1}", "yβ", r"\mathbf{X}_1 + 1"} <= set(in_one_look)
    unseen = {r"\sigma^2_u", "V'_1", "y_i'j", "y_i(j)", r"\sigma^{2,REML}", "Zu", r"\bar{y}", r"\hat{\hat}"}
    assert not unseen & set(in_one_look)
