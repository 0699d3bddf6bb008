"""Derivations line up at the sign of equality, with the reasons beside."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.test_write import assert_is_sound_latex
from tests.strategies import trees
from tutor.algebra.build import as_tree, identity, kron, ones, symbol
from tutor.algebra.nodes import Variance
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.models.catalogue import rcbd
from tutor.notation.write import latex, markdown, unicode, write
from tutor.notation.writing.layout import display_width

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
X, beta, Z = symbol("X", 6, 4), symbol("beta", 4), symbol("Z", 6, 2)
u, e, y = symbol("u", 2, role="random"), symbol("e", 6, role="random"), symbol("y", 6, role="random")
G, R = symbol("G", 2, 2), symbol("R", 6, 6)


def derivation(*lines: Tree, reasons: list[str]) -> Derivation:
    steps = [Step("test", why, before, after) for (before, after), why in zip(pairwise(lines), reasons, strict=True)]
    return Derivation(lines[0], tuple(steps))


VARIANCE = derivation(
    Variance(y),
    Variance(X @ beta + Z @ u + e),
    Variance(Z @ u + e),
    Variance(Z @ u) + Variance(e),
    Z @ Variance(u) @ Z.T + Variance(e),
    Z @ G @ Z.T + R,
    su * (Z @ Z.T) + s2 * identity(6),
    kron(identity(2), s2 * identity(3) + su * ones(3, 3)),
    reasons=[
        "the model",
        "Xβ is fixed; adding a constant changes no variance",
        "Cov(u, ε) = 0",
        "Var(AX) = A Var(X) A'",
        "Var(u) = G, Var(ε) = R",
        "G = σ²_u I₂, R = σ² I₆",
        "rows are block by block: Z = I₂ ⊗ 1₃, so ZZ' = I₂ ⊗ J₃",
    ],
)


def test_a_derivation_at_the_terminal_has_its_reasons_in_a_second_column() -> None:
    assert str(VARIANCE).split("\n") == [
        "Var(y) = Var(Xβ + Zu + ε)         the model",
        "       = Var(Zu + ε)              Xβ is fixed; adding a constant changes no variance",
        "       = Var(Zu) + Var(ε)         Cov(u, ε) = 0",
        "       = Z Var(u) Z' + Var(ε)     Var(AX) = A Var(X) A'",
        "       = ZGZ' + R                 Var(u) = G, Var(ε) = R",
        "       = σ²_u ZZ' + σ² I₆         G = σ²_u I₂, R = σ² I₆",
        "       = I₂ ⊗ (σ² I₃ + σ²_u J₃)   rows are block by block: Z = I₂ ⊗ 1₃, so ZZ' = I₂ ⊗ J₃",
    ]


def test_a_derivation_in_latex_is_aligned_and_its_reasons_are_typeset() -> None:
    lines = latex(VARIANCE).split("\n")
    assert lines[0] == r"\begin{aligned}" and lines[-1] == r"\end{aligned}"
    assert lines[3] == (
        r"&= \operatorname{Var}(\mathbf{Z}\mathbf{u}) + \operatorname{Var}(\boldsymbol{\varepsilon}) && "
        r"\text{$\operatorname{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$} \\"
    )
    assert all(line.count("&") == 3 for line in lines[1:-1])
    assert_is_sound_latex(latex(VARIANCE))


def test_markdown_is_one_display_that_jupyter_sets() -> None:
    assert markdown(VARIANCE) == f"$$\n{latex(VARIANCE)}\n$$"


def test_a_step_by_itself_is_an_equality_with_its_reason() -> None:
    assert write(VARIANCE.steps[4], "unicode") == "Z Var(u) Z' + Var(ε) = ZGZ' + R   Var(u) = G, Var(ε) = R"


def test_a_derivation_of_no_steps_is_its_goal() -> None:
    empty = Derivation(Variance(y), ())
    assert unicode(empty) == "Var(y)"
    assert latex(empty) == r"\operatorname{Var}(\mathbf{y})"


def test_entries_take_lines_of_their_own_under_the_sign_of_equality() -> None:
    shown = unicode(derivation(G, as_tree(sympy.eye(2) * su), reasons=["G = σ²_u I₂"]))
    assert shown.split("\n") == ["G = ⎡ σ²_u   0   ⎤", "    ⎣  0    σ²_u ⎦", "       G = σ²_u I₂"]


def test_a_long_line_has_its_reason_below() -> None:
    long = X @ beta + Z @ u + e
    for _ in range(6):
        long = long + Z @ u + X @ beta
    shown = unicode(derivation(y, X @ beta + Z @ u + e, long, reasons=["first", "second"])).split("\n")
    assert shown[0] == "y = Xβ + Zu + ε   first"
    assert shown[1].endswith("Xβ") and shown[2] == " " * 18 + "second"


@pytest.mark.slow
@given(st.lists(trees(size(2), size(2)), min_size=2, max_size=4), st.text(max_size=40))
def test_signs_of_equality_stand_in_one_column(lines: list[Tree], reason: str) -> None:
    chain = derivation(*lines, reasons=["because " + " ".join(reason.split())] * (len(lines) - 1))
    goal = unicode(lines[0]) if len(unicode(lines[0]).split("\n")) == 1 else None
    assert_is_sound_latex(latex(derivation(*lines, reasons=["because"] * (len(lines) - 1))))
    if goal is not None:
        signs = [line for line in unicode(chain).split("\n") if line[display_width(goal) :].startswith(" = ")]
        assert len(signs) >= len(lines) - 1


def test_reasons_stand_below_where_a_page_has_no_room_beside() -> None:
    derivation = rcbd("t", "b").derive("E(MS_block)")
    lines = latex(derivation).split("\n")
    assert not any("&&" in line for line in lines) and any(line.startswith(r"& \qquad") for line in lines)
    assert "quad quad" in write(derivation, "typst")
