"""Names that nobody introduced are read by the custom of lectures, where a text is about no model in particular."""

from __future__ import annotations

import pytest
import sympy

from tutor import check, rcbd
from tutor.algebra.nodes import Product, Scalar, Symbol, Trace, Transpose
from tutor.algebra.sizes import size
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read
from tutor.notation.statement import Equation, Range
from tutor.notation.vocabulary import element_vocabulary, lecture_vocabulary


def real(key: str) -> Scalar:
    return Scalar(sympy.Symbol(key, real=True))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (r"\mathbf{A}", ("n", "n")),
        (r"\mathbf{k}'\boldsymbol{\beta}", (1, 1)),
        (r"\mathbf{K}'\boldsymbol{\beta}", ("n", 1)),
        (r"\mathbf{L}\boldsymbol{\beta}", ("n", 1)),
        (r"\mathbf{A}\mathbf{X}", ("n", "p")),
        (r"\mathbf{A}_{m \times n}\mathbf{y}", ("m", 1)),
        (r"\mathbf{X}_{12 \times 4}\boldsymbol{\beta}_{4 \times 1}", (12, 1)),
        (r"\mathbf{r}'\mathbf{V}^{-1}\mathbf{r}", (1, 1)),
        (r"\boldsymbol{\Sigma}_u", ("n", "n")),
        (r"\hat{\mathbf{V}}", ("n", "n")),
        (r"\hat{\mathbf{V}}^{-1}\mathbf{y}", ("n", 1)),
    ],
)
def test_bold_capitals_are_matrices_and_bold_small_letters_vectors(text: str, shape: tuple[object, object]) -> None:
    assert read(text, lecture_vocabulary()).shape == tuple(map(size, shape))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("k", real("k")),
        ("i", real("i")),
        (r"\Lambda", real("Lambda")),
        ("d_{ij}", real("d_ij")),
        ("G_j", real("G_j")),
        (r"\kappa_{12}", real("kappa_12")),
        ("i'", real("i'")),
        (r"\log(L)", Scalar(sympy.log(sympy.Symbol("L", real=True)))),
    ],
)
def test_other_letters_are_numbers(text: str, tree: Scalar) -> None:
    assert read(text, lecture_vocabulary()).tree == tree


def test_a_name_is_the_same_wherever_it_stands() -> None:
    tree = read(r"\operatorname{tr}(\mathbf{A}\mathbf{B}) - \operatorname{tr}(\mathbf{B}\mathbf{A})").tree
    assert tree is not None
    traces = [node for node in tree.parts for node in ([node] if isinstance(node, Trace) else node.parts)]
    products = [node.tree for node in traces if isinstance(node, Trace)]
    assert all(isinstance(product, Product) for product in products)
    names = [[factor.name for factor in p.parts if isinstance(factor, Symbol)] for p in products]
    assert names == [["A", "B"], ["B", "A"]]


def test_a_row_of_X_is_primed() -> None:
    tree = read(r"x_i'\boldsymbol\beta").tree
    assert isinstance(tree, Product)
    assert tree.factors[0] == Transpose(Symbol("x_i", size("p"), sympy.S.One))


def test_another_value_of_an_index() -> None:
    (equation, condition) = read(r"Cov(y_{ij}, y_{i'j}) = \sigma^2_u, \ i \neq i'").parts
    assert isinstance(equation, Equation)
    assert condition.sides == (real("i"), real("i'"))  # pyright: ignore[reportAttributeAccessIssue]


def test_a_count_may_have_an_index() -> None:
    (part,) = read(r"k = 1, \ldots, n_{ij}").parts
    assert isinstance(part, Range) and str(part.last) == "n_ij"


@pytest.mark.parametrize("text", ["hello", "sgima_u", r"\mathbf{g}", "(ZG)_{ij}"])
def test_words_and_slips_stay_unknown(text: str) -> None:
    with pytest.raises(ReadError):
        read(text, lecture_vocabulary())


@pytest.mark.parametrize("text", ["K", r"\mathbf{A}\mathbf{y}", "c_{ij}", r"\hat{\mathbf{V}}"])
def test_a_model_has_its_names(text: str) -> None:
    with pytest.raises(ReadError):
        read(text, rcbd(3, 2).vocabulary)


def test_an_answer_brings_no_new_names() -> None:
    reference = read("X'V^{-1}X").tree
    assert reference is not None
    assert check(r"\mathbf{X}'\mathbf{W}\mathbf{X}", reference).outcome == "unreadable"


def test_dimensions_that_cannot_meet_are_told() -> None:
    with pytest.raises(ShapeError):
        read(r"\mathbf{X}_{3 \times 2}\boldsymbol{\beta}_{3 \times 1}")
    with pytest.raises(ReadError) as caught:
        read(r"\mathbf{y}_{3 \times 2}")
    assert caught.value.kind == "wrong-dimension"


def test_any_letters_with_an_index_are_elements_in_a_model_by_elements() -> None:
    (equation,) = read(r"y_{ij} = \mu + Diet_i + G_j + (DG)_{ij}", element_vocabulary()).parts
    assert isinstance(equation, Equation)
    keys = [str(tree.value) for term in equation.terms for tree in term.factors if isinstance(tree, Scalar)]
    assert keys == ["mu", "Diet_i", "G_j", "DG_ij"]
