r"""Products entry by entry, A ⊙ B: read in each spelling, valued exactly, and written so that they read back."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.test_rows_expressions import assert_reads_back
from tests.strategies import explicit_matrices
from tutor.algebra.applied import Applied
from tutor.algebra.build import kron, symbol
from tutor.algebra.nodes import Explicit, Tree
from tutor.checking.check import check
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def entrywise(*factors: Tree) -> Applied:
    return Applied("hadamard", factors)


A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
V, R, X, Z = map(lecture, "VRXZ")

SPELLINGS: list[tuple[str, Tree]] = [
    (r"\mathbf{A} \odot \mathbf{B}", entrywise(A, B)),
    (r"\mathbf{A} \circ \mathbf{B}", entrywise(A, B)),
    ("V ⊙ R", entrywise(V, R)),
    ("V ∘ R", entrywise(V, R)),
    ("np.multiply(V, R)", entrywise(V, R)),
    (r"\mathbf{Z}\mathbf{Z}' \odot \mathbf{V}", entrywise(Z @ Z.T, V)),
    (r"\mathbf{V} \odot \mathbf{R} + \mathbf{R}", entrywise(V, R) + R),
    (r"\mathbf{A} \odot \mathbf{B} \odot \mathbf{V}", entrywise(A, B, V)),
    (r"(\mathbf{A} \odot \mathbf{B}) \otimes \mathbf{V}", kron(entrywise(A, B), V)),
    (r"\mathbf{A} \odot (\mathbf{B} + \mathbf{V})", entrywise(A, B + V)),
    (r"\mathbf{X}'(\mathbf{V} \odot \mathbf{R})\mathbf{X}", X.T @ entrywise(V, R) @ X),
    (r"(\mathbf{V} \odot \mathbf{R})^{-1}", entrywise(V, R).inv()),
    (r"(\mathbf{V} \odot \mathbf{R})'", entrywise(V, R).T),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_a_product_entry_by_entry_is_read_and_written(text: str, expected: Tree) -> None:
    reading = read(text)
    assert reading.tree == expected
    assert_reads_back(reading)


@given(
    pair=st.tuples(st.integers(1, 4), st.integers(2, 4)).flatmap(
        lambda shape: st.tuples(explicit_matrices(*shape), explicit_matrices(*shape))
    )
)
def test_its_entries_are_the_products_of_the_entries(pair: tuple[sympy.Matrix, sympy.Matrix]) -> None:
    left, right = (sympy.ImmutableMatrix(matrix) for matrix in pair)
    expected = sympy.ImmutableMatrix(sympy.matrix_multiply_elementwise(left, right))
    assert entrywise(Explicit(left), Explicit(right)).explicit() == expected


def test_an_answer_is_judged_by_its_entries() -> None:
    product = r"\begin{bmatrix}1&2\\3&4\end{bmatrix} \odot \begin{bmatrix}5&6\\7&8\end{bmatrix}"
    assert check(r"\begin{bmatrix}5&12\\21&32\end{bmatrix}", product).correct is True
    assert check(r"\begin{bmatrix}5&12\\21&33\end{bmatrix}", product).correct is False
    assert check(r"\begin{bmatrix}19&22\\43&50\end{bmatrix}", product).correct is False  # the matrix product


def test_shapes_must_be_the_same_and_two_signs_need_brackets() -> None:
    with pytest.raises(ShapeError, match="multiplied entry by entry"):
        read(r"\mathbf{X} \odot \mathbf{Z}")
    for text, kind in ((r"2 \odot 3", "unexpected"), (r"\mathbf{A} \odot \mathbf{B} \otimes \mathbf{V}", "unexpected")):
        with pytest.raises(ReadError) as caught:
            read(text)
        assert caught.value.kind == kind
