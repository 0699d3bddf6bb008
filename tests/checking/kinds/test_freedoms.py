"""What a question leaves free: the order of columns and elements, sign and scale; labels free the order always."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import check, rcbd
from tutor.errors import DomainError, UnknownNameError

M = rcbd(treatments=2, blocks=3)
Z = "[[1,0,0],[1,0,0],[0,1,0],[0,1,0],[0,0,1],[0,0,1]]"
TURNED = "[[0,0,1],[0,0,1],[1,0,0],[1,0,0],[0,1,0],[0,1,0]]"
BY_ROWS = "[[1,0,0],[0,1,0],[0,0,1],[1,0,0],[0,1,0],[0,0,1]]"
CONTRAST = sympy.Matrix([0, 1, -1])
BASE = pd.DataFrame(
    sympy.Matrix(M.X.explicit()).tolist(), index=list(M.X.row_labels or ()), columns=list(M.X.column_labels or ())
)
BLOCKS = pd.DataFrame([[1, 0, 0]] * 2 + [[0, 1, 0]] * 2 + [[0, 0, 1]] * 2, columns=["block 1", "block 2", "block 3"])
COVARIANCES = pd.DataFrame(M.V.explicit().tolist(), index=["y_11", "y_21", "y_12", "y_22", "y_13", "y_23"],
                           columns=["y_11", "y_21", "y_12", "y_22", "y_13", "y_23"])  # fmt: skip
ABOVE = r"\begin{array}{ccc} \text{block 3} & \text{block 1} & \text{block 2} \\ \begin{bmatrix} 0&1&0\\0&1&0\\0&0&1\\0&0&1\\1&0&0\\1&0&0 \end{bmatrix} \end{array}"  # noqa: E501

CASES: list[tuple[Any, Any, str, bool]] = [
    (M.Z, Z, "", True), (M.Z, Z, "column-order", True), (M.Z, TURNED, "column-order", True), (M.Z, TURNED, "", False),
    (M.Z, BY_ROWS, "column-order", False), (M.Z, TURNED.replace("1", "2"), "column-order", False),
    (M.Z, "[[1,0,0],[1,0,0],[1,0,0],[0,1,0],[0,0,1],[0,0,1]]", "column-order", False),
    (M.Z, "[[1,1,0],[1,1,0],[0,0,1],[0,0,1],[0,0,1],[0,0,1]]", "column-order", False),
    (M.Z, "(I_3 ⊗ 1_2) [[0,1,0],[0,0,1],[1,0,0]]", "column-order", True), (M.Z, "I_3 ⊗ 1_2", "column-order", True),
    (M.Z, BLOCKS, "", True), (M.Z, BLOCKS[["block 3", "block 1", "block 2"]], "", True),
    (M.Z, BLOCKS.set_axis(["block 2", "block 1", "block 3"], axis=1), "", False),
    (M.Z, BLOCKS.set_axis(["Block_2", "block1", "BLOCK 3"], axis=1)[["block1", "Block_2", "BLOCK 3"]], "", False),
    (M.Z, {"block 2": [0, 0, 1, 1, 0, 0], "block 1": [1, 1, 0, 0, 0, 0], "block 3": [0, 0, 0, 0, 1, 1]}, "", True),
    (M.Z, {"u_2": [0, 0, 1, 1, 0, 0], "u_1": [1, 1, 0, 0, 0, 0], "u_3": [0, 0, 0, 0, 1, 1]}, "", True),
    (M.Z, {"block 1": [0, 0, 1, 1, 0, 0], "block 2": [1, 1, 0, 0, 0, 0], "block 3": [0, 0, 0, 0, 1, 1]}, "", False),
    (M.Z, ABOVE, "", True), (M.Z, ABOVE.replace("block 3", "block 9"), "", False),
    (M.X, BASE, "", True), (M.X, BASE[list(reversed(BASE.columns))], "", True), (M.X, BASE.iloc[::-1], "", True),
    (M.X, BASE.iloc[::-1].reset_index(drop=True), "", False), (M.X, BASE.iloc[[1, 0, 2, 3, 5, 4], [2, 0, 1]], "", True),
    (M.V, COVARIANCES, "", True), (M.V, COVARIANCES.iloc[::-1, ::-1], "", True),
    (M.V, COVARIANCES.iloc[[0, 2, 4, 1, 3, 5]], "", True),
    (M.V, COVARIANCES.iloc[[0, 2, 4, 1, 3, 5]].to_numpy(), "", False),
    (CONTRAST, "(0, -1, 1)'", "sign", True), (CONTRAST, "(0, 1, -1)'", "sign", True),
    (CONTRAST, "(0, 2, -2)'", "sign", False),
    (CONTRAST, "(0, -1, 1)'", "", False), (CONTRAST, "(0, 2, -2)'", "scale", True),
    (CONTRAST, "(0, -1/2, 1/2)'", "scale", True),
    (CONTRAST, "(0, 0, 0)'", "scale", False), (CONTRAST, "(0, 1, -2)'", "scale", False),
    (CONTRAST, "(1, 0, -1)'", "scale", False),
    (CONTRAST, "(1, -1, 0)'", "order", True), (CONTRAST, "(-1, 1, 0)'", "order", True),
    (CONTRAST, "(1, 1, 0)'", "order", False),
    (CONTRAST, "(1, -1, 0)'", "", False), (CONTRAST, "(1, -1, 0)", "order", False), (M.V, "2(ZGZ' + R)", "scale", True),
    (M.V, "-ZGZ' - R", "sign", True), (M.V, "ZGZ' - R", "sign", False), (M.V, "σ²(ZGZ' + R)", "scale", False),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "free", "is_right"), CASES)
def test_a_freedom_makes_right_what_it_frees_and_nothing_else(
    asked: Any, answer: Any, free: str, is_right: bool
) -> None:
    verdict = check(answer, asked, up_to=free or ())
    assert verdict.correct is is_right, verdict.feedback
    assert verdict.score == is_right


def test_columns_in_another_order_are_told_where_the_order_is_not_free() -> None:
    verdict = check(TURNED, M.Z)
    assert verdict.correct is False
    assert check(TURNED, M.Z, up_to="column-order").feedback.startswith("Yes. Your columns stand in another order")


def test_several_freedoms_may_be_left() -> None:
    for answer in ("(0, -1, 1)'", "(1, -1, 0)'"):
        assert check(answer, CONTRAST, up_to=("sign", "order")).correct is True


def test_an_unknown_freedom_form_or_weight_is_a_fault_of_the_question() -> None:
    with pytest.raises(UnknownNameError, match="column-order"):
        check(Z, M.Z, up_to="column order")
    with pytest.raises(UnknownNameError, match="kronecker"):
        check(Z, M.Z, form="kroneker")
    with pytest.raises(DomainError, match="weight"):
        check(Z, M.Z, weights={"cells": -1})


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 5), st.integers(1, 5))
def test_any_order_of_columns_and_any_multiple_is_found_and_one_other_cell_is_not(
    seed: int, rows: int, columns: int
) -> None:
    draw = Random(seed)
    asked = sympy.Matrix(rows, columns, lambda i, j: draw.randint(-2, 2))
    order = draw.sample(range(columns), columns)
    shuffled = asked.extract(list(range(rows)), order)
    assert check(shuffled, asked, up_to="column-order").correct is True
    factor = draw.choice([-3, -1, 2, sympy.Rational(1, 2)])
    if any(entry != 0 for entry in asked.flat()):
        assert check(factor * asked, asked, up_to="scale").correct is True
    cells = shuffled.tolist()
    cells[draw.randrange(rows)][draw.randrange(columns)] += 5
    assert check(cells, asked, up_to="column-order").correct is False
