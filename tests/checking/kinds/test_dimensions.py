"""Dimensions are read as students write them, and rows and columns are judged apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Dimensions, check, rcbd, read

M = rcbd(treatments=3, blocks=4)
LETTERS = rcbd(treatments="t", blocks="b")
Z, OF_LETTERS = M.Z, LETTERS.Z
assert Z is not None
assert OF_LETTERS is not None
SIZES, LETTERED = Dimensions.of(Z), Dimensions.of(OF_LETTERS)

RIGHT = [
    "12 × 4", "12 x 4", "12x4", "12 X 4", "12*4", "12 by 4", "(12, 4)", "[12, 4]", "12, 4", r"12 \times 4",
    r"$12 \times 4$", "Z: 12 × 4", "Z is 12x4", "Z is 12 by 4.", "Z is a 12 × 4 matrix", "Z = 12 x 4",
    r"\mathbf{Z}: 12 \times 4", "dim(Z) = 12 × 4", "Z ∈ R^{12×4}", r"\mathbf{Z} \in \mathbb{R}^{12 \times 4}",
    "Z_{12×4}", r"\mathbf{Z}_{12 \times 4}", "12 rows and 4 columns", "rows: 12, columns: 4", "12 rows, 4 columns",
    "Z has 12 rows and 4 columns", "Z has dimension 12 × 4", "n × q", "n x q", "n by b", "tb × b", "t·b × b",
    "12 × 4 because there are 4 blocks", "12 rows × 4 cols", "4 columns, 12 rows", "twelve by four", "12-by-4",
    "n × q = 12 × 4", "tb × b = 12 × 4", "n × b with n = tb", "n x q where n = bt and q = b", "dim(Z) = c(12, 4)",
    "shape (12, 4)", r"\mathbf{Z}_{12\times4}", "12 × 4 (one column for each block)",
    [12, 4], (12, 4), Dimensions(12, 4), M.Z,
]  # fmt: skip

WRONG = [
    ("4 × 12", "transposed-dimensions", 0), ("q x n", "transposed-dimensions", 0),
    ("(4, 12)", "transposed-dimensions", 0),
    ("12 × 3", "wrong-dimension", 0.5), ("12 x 12", "wrong-dimension", 0.5), ("4 × 4", "wrong-dimension", 0.5),
    ("3 × 3", "wrong-dimension", 0), ("n × p", None, None), ("12 × 1", "wrong-dimension", 0.5),
    ("Z is 11 by 4", "wrong-dimension", 0.5), ("13 rows and 4 columns", "wrong-dimension", 0.5),
    ("Z: 3 × 4", "wrong-dimension", 0.5), ("t × b", "wrong-dimension", 0.5), ("n × t", "wrong-dimension", 0.5),
    ("b × tb", "transposed-dimensions", 0), ([12, 5], "wrong-dimension", 0.5), ((4, 12), "transposed-dimensions", 0),
    (M.X.T, None, None), ("1 × 1", "wrong-dimension", 0), ("12 × t", "wrong-dimension", 0.5),
    ("(11, 5)", "wrong-dimension", 0), ("6 by 2", "wrong-dimension", 0), ("24 x 4", "wrong-dimension", 0.5),
    ("n × b with n = t", "wrong-dimension", 0.5), ("4 rows × 12 cols", "transposed-dimensions", 0),
    ("12 columns, 4 rows", "transposed-dimensions", 0), ("12 × 3 because there are 3 blocks", "wrong-dimension", 0.5),
    ("12 by 16", "wrong-dimension", 0.5), ("48 × 1", "wrong-dimension", 0),
]  # fmt: skip

UNREADABLE = [
    "",
    "12",
    "large",
    "12 × 4 × 3",
    "12 ×",
    "x",
    12,
    "Z",
    "0 × 4",
    "-12 × 4",
    "12.5 × 4",
    "1" * 500,
    None,
    "n × q = 12 × 3",
    "12 × four or five",
]


@pytest.mark.parametrize("answer", RIGHT)
def test_dimensions_are_right_in_every_spelling(answer: object) -> None:
    for reference in (Dimensions(12, 4), "Z: 12 × 4", SIZES):
        verdict = check(answer, reference, M.vocabulary)
        assert verdict.correct is True, verdict.feedback


@pytest.mark.parametrize(("answer", "key", "score"), WRONG)
def test_wrong_dimensions_are_told_by_rows_and_columns(answer: object, key: str | None, score: float | None) -> None:
    reference = Dimensions(12, 4) if key else Dimensions(12, 3)
    verdict = check(answer, reference, M.vocabulary)
    assert verdict.correct is False
    assert verdict.misconception == (key or verdict.misconception)
    if score is not None:
        assert verdict.score == pytest.approx(score)
    assert "12 × 4" not in verdict.feedback
    assert verdict.feedback.rstrip().endswith("?")


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_gives_no_two_sizes_is_unreadable(answer: object) -> None:
    verdict = check(answer, Dimensions(12, 4), M.vocabulary)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        ("tb × b", True),
        ("t b x b", True), ("bt by b", True), ("n × b", True), ("n × q", True), ("(tb, b)", True),
        ("b × tb", False), ("t × b", False), ("tb × t", False), ("12 × 4", False), ("2tb × b", False),
    ],
)  # fmt: skip
def test_sizes_may_be_letters(answer: str, is_right: bool) -> None:
    assert check(answer, LETTERED, LETTERS.vocabulary).correct is is_right


def test_a_vector_has_one_column() -> None:
    reference = read("y: 12 × 1", M.vocabulary)
    assert check("12 × 1", reference, M.vocabulary).correct is True
    assert check("1 × 12", reference, M.vocabulary).misconception == "transposed-dimensions"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 400), st.integers(1, 400), st.integers(1, 400), st.integers(1, 400),
    st.sampled_from(["{} × {}", "{}x{}", "{} by {}", "({}, {})", "A: {} × {}", "{} rows and {} columns"]),
)  # fmt: skip
def test_dimensions_are_right_if_and_only_if_both_numbers_are(
    a: int, b: int, rows: int, columns: int, form: str
) -> None:
    verdict = check(form.format(a, b), Dimensions(rows, columns))
    assert verdict.correct is ((a, b) == (rows, columns))
    assert check(form.format(rows, columns), Dimensions(rows, columns)).correct is True
