"""Formulas keep within a terminal's width, and lose nothing but blanks where a line ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import trees
from tutor.algebra.build import as_tree, identity, symbol
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.models.catalogue import rcbd
from tutor.notation.write import inline, shown, write
from tutor.notation.writing.layout import display_width
from tutor.notation.writing.line_breaks import broken, paragraph

BROKEN = [
    ("ZGZ' + R", 20, ["ZGZ' + R"]),
    ("Var(y) = ZGZ' + R", 12, ["Var(y)", "= ZGZ' + R"]),
    ("AAAA + BBBB − CCCC", 12, ["AAAA + BBBB", "− CCCC"]),
    ("I_b ⊗ [σ² I_t + σ²_u J_t] + R", 20, ["I_b ⊗ [σ² I_t", "       + σ²_u J_t]", "+ R"]),
    ("[[1, 2, 3], [2, 3, 4]]", 14, ["[[1, 2, 3],", " [2, 3, 4]]"]),
    ("[[6, 2 · 1₃'], [2 · 1₃, 2I₃ + J₃]]", 20, ["[[6, 2 · 1₃'],", " [2 · 1₃, 2I₃ + J₃]]"]),
    ("AAAA + 2 · 1₃ + BBBB", 18, ["AAAA + 2 · 1₃", "+ BBBB"]),
    ("E = σ² [[1, ρ], [ρ, 1]]", 18, ["E = σ² [[1, ρ],", "        [ρ, 1]]"]),
    ("y 6×1 · X 6×4 · β 4×1", 15, ["y 6×1 · X 6×4", "· β 4×1"]),
    ("I_{n − 1} AAAA", 7, ["I_{n − 1}", "AAAA"]),
    ("AAAAAAAA", 3, ["AAAAAAAA"]),
    ("u_j ~ N(0, 1),  e = A + B", 20, ["u_j ~ N(0, 1),", "e = A + B"]),
    ("i = 1, 2;  j = 1, 2, 3", 14, ["i = 1, 2;", "j = 1, 2, 3"]),
    ("y = AAAA + BBBB + CCCC", 18, ["y = AAAA + BBBB", "+ CCCC"]),
]


@pytest.mark.parametrize(("text", "width", "lines"), BROKEN, ids=[text for text, *_ in BROKEN])
def test_the_outermost_sum_is_broken_first_and_continues_below(text: str, width: int, lines: list[str]) -> None:
    assert broken(text, width) == lines


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow
@given(trees(depth=3, letters=True), st.integers(1, 60))
def test_breaking_takes_nothing_but_blanks_away(tree: Tree, width: int) -> None:
    text = inline(tree)
    lines = broken(text, width)
    assert without_blanks("".join(lines)) == without_blanks(text)
    assert all(line.strip() == line.lstrip() and line for line in lines)


@pytest.mark.slow
@given(trees(depth=3, letters=True), st.integers(30, 60))
def test_a_line_is_too_long_only_where_it_cannot_be_parted(tree: Tree, width: int) -> None:
    for line in broken(inline(tree), width):
        inner = line.strip()
        assert display_width(line) <= width or len(broken(inner, 1)[0]) == len(inner)


def test_a_paragraph_continues_below_its_own_indentation() -> None:
    assert paragraph("    AAAA + BBBB", 10) == ["    AAAA", "      + BBBB"]


def test_a_large_matrix_within_a_formula_has_dots_before_a_line_is_broken() -> None:
    large = symbol("V", 6, 6) @ as_tree(sympy.Matrix(6, 6, range(36)))
    assert write(large, "unicode", width=200) == inline(large)
    assert write(large, "unicode", width=60) == "V[[0, …, 5], [⋮, ⋱, ⋮], [30, …, 35]]"
    column = symbol("V", 6, 6) @ as_tree(sympy.Matrix(6, 1, range(1, 7)))
    assert write(column, "unicode", width=16) == "V[1, …, 6]'"


SIDES = [symbol("V", 6, 6) + sum((symbol("R", 6, 6) for _ in range(k)), identity(6)) for k in (1, 12, 3)]
LONG = Derivation(
    SIDES[0],
    tuple(Step("test", "this is the reason, and it takes some words to tell", a, b) for a, b in pairwise(SIDES)),
)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("derivation", [LONG, rcbd(3, 2).derive("Var(y)"), rcbd("t", "b").derive("Var(y)")], ids=str)
def test_a_derivation_keeps_within_the_width(derivation: Derivation, width: int) -> None:
    text = write(derivation, "unicode", width=width)
    assert all(display_width(line) <= width for line in text.split("\n"))
    assert without_blanks(text).count("=") >= len(derivation.steps)
    told = " ".join(text.split())
    for step in derivation.steps:
        assert all(word in told for word in step.because.split())


def test_a_derivation_that_fits_looks_the_same_at_any_width() -> None:
    derivation = rcbd(3, 2).derive("Var(y)")
    assert write(derivation, "unicode", width=200) == write(derivation, "unicode")
    assert shown(derivation, "unicode", 200) == write(derivation, "unicode")


@pytest.mark.parametrize("width", [50, 80])
def test_a_model_is_shown_within_the_width(width: int) -> None:
    for line in shown(rcbd(3, 2), "unicode", width).split("\n"):
        assert display_width(line) <= width


def test_a_model_in_a_narrow_terminal_has_its_shapes_below_the_equation() -> None:
    assert shown(rcbd(3, 2), "unicode", 50).split("\n")[-6:] == [
        "",
        "  y = Xβ + Zu + ε",
        "    y 6×1 · X 6×4 (rank 3) · β 4×1 · Z 6×2 ·",
        "    u 2×1 · ε 6×1",
        "  E(y) = Xβ",
        "  Var(y) = ZGZ' + R = I₂ ⊗ (σ² I₃ + σ²_u J₃)",
    ]
