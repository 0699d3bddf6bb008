"""Laws of any matrices, derived from text: letters that are no names stand for matrices, vectors and numbers."""

from __future__ import annotations

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import NotEqualError, ReadError
from tutor.notation.forms import read_forms
from tutor.notation.vocabulary import lecture_vocabulary

LAWS = [
    ("(AB)'", "B'A'"),
    ("(ABC)'", "C'B'A'"),
    ("(A')'", "A"),
    ("(A')^-1", "(A^-1)'"),
    ("(AB)^-1", "B^-1 A^-1"),
    ("(A^-1)^-1", "A"),
    (r"(A \otimes B)'", r"A' \otimes B'"),
    (r"(A \otimes B)^-1", r"A^-1 \otimes B^-1"),
    (r"(A \otimes B)(C \otimes D)", r"AC \otimes BD"),
    (r"\mathbf{(A \otimes B)(C \otimes D)}", r"\mathbf{AC} \otimes \mathbf{BD}"),
    (r"(A \otimes B)(A \otimes B)^-1", "I"),
    ("A(B + C)", "AB + AC"),
    ("(A + B)(A - B)", "AA - AB + BA - BB"),
    ("tr(AB)", "tr(BA)"),
    ("tr(ABC)", "tr(CAB)"),
    ("tr(ABC)", "tr(C'B'A')"),
    ("tr(A')", "tr(A)"),
    ("tr(A + B)", "tr(A) + tr(B)"),
    ("tr(cA)", "c tr(A)"),
    (r"tr(A \otimes B)", "tr(A) tr(B)"),
    (r"tr(I_n \otimes J_t)", "nt"),
    ("tr(A'B)", "vec(A)' vec(B)"),
    ("vec(AXB)", r"(B' \otimes A) vec(X)"),
    (r"(C' \otimes A) vec(B)", "vec(ABC)"),
    ("vec(AB)", r"(I \otimes A) vec(B)"),
    ("vec(AB)", r"(B' \otimes I) vec(A)"),
    ("tr(ABCD)", r"vec(D)'(A \otimes C') vec(B')"),
    ("|AB|", "|A| |B|"),
    ("|A'|", "|A|"),
    ("|A^-1|", "1/|A|"),
    ("|cA|", "c^n |A|"),
    (r"|A \otimes B|", "|A|^m |B|^n"),
    (r"log|A \otimes B|", "m log|A| + n log|B|"),
    ("|I + AB|", "|I + BA|"),
    ("(I + AB)^-1 A", "A (I + BA)^-1"),
    ("(A + B)^-1", "A^-1 - A^-1 (A^-1 + B^-1)^-1 A^-1"),
    ("(A^-1 + B^-1)^-1", "A (A + B)^-1 B"),
    ("A A^- A", "A"),
    ("tr(A A^-)", "rank(A)"),
    ("rank(A'A)", "rank(A)"),
    (r"rank(A \otimes B)", "rank(A) rank(B)"),
    ("a'b", "b'a"),
    ("x'Ax", "tr(A x x')"),
    ("y'Ay", "tr(A y y')"),
    ("E(Ay)", "AX beta"),
    ("Var(Ay)", "AVA'"),
    ("Cov(Ay, By)", "AVB'"),
    ("E(y'Ay)", "tr(AV) + beta'X'AX beta"),
    ("Var(a'y)", "a'Va"),
    ("Cov(a'y, c'y)", "a'Vc"),
    ("E(k'(X'X)^-1X'y)", "k'beta"),
    ("Var(k'(X'V^-1X)^-1X'V^-1y)", "k'(X'V^-1X)^-1 k"),
    ("(a I_n + b J_n)^-1", "1/a (I_n - b/(a + n b) J_n)"),
    ("|a I_n + b J_n|", "a^(n-1) (a + n b)"),
]


@pytest.mark.parametrize(("start", "goal"), LAWS)
def test_a_law_is_derived_for_any_matrices(start: str, goal: str) -> None:
    assert_derivation_holds(tutor.derive(start, to=goal))


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("(AB)'", "A'B'"),
        ("(AB)^-1", "A^-1 B^-1"),
        ("tr(AB)", "tr(A) tr(B)"),
        ("|A + B|", "|A| + |B|"),
        ("vec(AXB)", r"(B \otimes A) vec(X)"),
        (r"|A \otimes B|", "|A|^n |B|^m"),
        ("log|AB|", "log|A| log|B|"),
        ("Var(Ay)", "A'VA"),
        ("E(y'Ay)", "beta'X'AX beta"),
        ("tr(P)", "p"),
        ("Var(y'Ay)", "2 tr(AVAV) + 4 beta'X'AVAX beta"),  # holds for a symmetric A
    ],
)
def test_what_is_no_law_is_told_with_numbers_on_which_it_fails(start: str, goal: str) -> None:
    with pytest.raises(NotEqualError, match="are not equal") as caught:
        tutor.derive(start, to=goal)
    assert isinstance(caught.value.instance, DrawnInstance)
    assert caught.value.values[0] != caught.value.values[1]


MODELS = {
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "fixed blocks": lambda: tutor.rcbd(3, 4, "fixed"),
    "slopes": lambda: tutor.random_slopes(3, [0, 1, 3]),
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("E(y'Ay)", "tr(AV) + beta'X'AX beta"),
        ("Cov(Ay, By)", "AVB'"),
        ("Var(a'y)", "a'Va"),
        ("E(k'y)", "k'X beta"),
        ("Var(y'My)", "2 tr(MVMV)"),
        ("Cov(y'My, y'Py)", "2 tr(MVPV)"),
    ],
)
def test_a_model_takes_letters_that_are_no_names_of_it(name: str, start: str, goal: str) -> None:
    assert_derivation_holds(MODELS[name]().derive(start, to=goal), seeds=2)


def test_what_only_the_goal_brings_is_no_name_of_a_model() -> None:
    for start, goal in (("V", "Q"), ("Var(y)", "AVA'"), ("Var(Ay)", "AVA' + Q")):
        with pytest.raises(ReadError, match="no name"):
            tutor.rcbd(3, 2).derive(start, to=goal)


def test_the_letters_of_a_counterexample_are_small_numbers() -> None:
    with pytest.raises(NotEqualError, match="at n = 5, σ² = 2,"):
        tutor.rcbd(3, 4, "fixed").derive("Var(Qy)", to="QQ'")  # at σ² = 1 these are equal


def shapes(tree: Tree) -> dict[str, tuple[sympy.Expr, sympy.Expr]]:
    return {symbol.name: symbol.shape for symbol in symbols_of(tree) if isinstance(symbol, Symbol)}


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [
        ("AXB", "AXB", {"A": "nn", "B": "pl"}),
        ("(AB)^-1", "B^-1 A^-1", {"A": "nn", "B": "nn"}),
        (r"|A \otimes B|", "|A|^m |B|^n", {"A": "nn", "B": "mm"}),
        ("y'Ay", "tr(Ayy')", {"A": "nn"}),
        ("a'V", "(Va)'", {"a": "n1"}),
        ("cA", "cA", {"A": "nk"}),
        ("|AB|", "|A||B|", {"A": "nn"}),
    ],
)
def test_new_letters_have_the_sizes_that_fit_both_sides(start: str, goal: str, expected: dict[str, str]) -> None:
    found = read_forms(start, goal, lecture_vocabulary())
    assert found is not None
    known = shapes(found[0])
    for name, (rows, columns) in expected.items():
        assert known[name] == (size(rows), size(columns)), name


@pytest.mark.parametrize("texts", [("V", "ZGZ' + R"), ("hello", "V"), ("Zg", "V"), ("X'Wx", "V"), ("y = V", "V")])
def test_nothing_is_new_in_names_and_words(texts: tuple[str, str]) -> None:
    assert read_forms(*texts, tutor.rcbd(3, 2).vocabulary) is None
