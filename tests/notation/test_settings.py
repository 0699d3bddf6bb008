"""MathML, Typst and speech say what LaTeX says, and are well formed."""

from __future__ import annotations

from typing import cast
from xml.etree import ElementTree

import pytest
import sympy
import typst
from hypothesis import given, settings

from tests.notation.test_write import SCALARS, STYLED, STYLES, TREES
from tests.strategies import trees
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar, Variance
from tutor.algebra.tree import Tree
from tutor.models.catalogue import rcbd
from tutor.models.equation import Form
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.style import Style
from tutor.notation.write import DialectName, latex, write
from tutor.notation.writing.spoken import said

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "mfrac": 2, "mroot": 2}
"""How many children the elements of MathML have that take a number of them."""

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
b, t, n = sympy.symbols("b t n", integer=True, positive=True)
rho = sympy.Symbol("rho", real=True)
X, beta, Z = symbol("X", 6, 4), symbol("beta", 4), symbol("Z", 6, 2)
u, e, y = symbol("u", 2, role="random"), symbol("e", 6, role="random"), symbol("y", 6, role="random")
G, R, V = symbol("G", 2, 2), symbol("R", 6, 6), symbol("V", 6, 6)

SLOPES = model(
    "y ~ x + (x | herd)",
    {"y": [3, 5, 4, 8, 6, 9], "x": [0, 1, 2, 0, 1, 2], "herd": ["a 1", "a 1", "a 1", "b%", "b%", "b%"]},
)
MODELS = [rcbd(3, 2), rcbd("t", "b"), rcbd(3, 4, "fixed"), SLOPES]


def compiled(text: str) -> bytes:
    """The page that Typst makes of a display."""
    return cast(bytes, typst.compile(text.encode(), format="pdf"))


def assert_is_sound_mathml(text: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text)
    assert root.tag == f"{NAMESPACE}math"
    assert root.get("alttext")
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        assert name in CHILDREN or not name.startswith("msu"), name
        assert len(element) == CHILDREN.get(name, len(element)), ElementTree.tostring(element)
        if name in ("mi", "mn", "mo", "mtext"):
            assert len(element) == 0 and element.text
    return root


def letters_of(root: ElementTree.Element) -> str:
    return "".join(text for text in root.itertext() if text.strip())


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (Z @ G @ Z.T + R, "Z G Z transpose plus R"),
        (X @ beta + Z @ u + e, "X vector beta plus Z vector u plus vector epsilon"),
        (V.trace() * V, "the trace of V, times V"),
        ((V.trace() * V).trace(), "the trace of open bracket the trace of V, times V close bracket"),
        (Z @ Variance(u) @ Z.T, "Z times the variance of vector u, times Z transpose"),
        (
            Scalar(su / (s2 + su)),
            "the fraction sigma squared sub u over sigma squared plus sigma squared sub u end fraction",
        ),
        (Scalar(sympy.sqrt(su)), "sigma sub u"),
        (Scalar(rho ** (n - 1)), "rho to the power n minus 1 end power"),
        (V.inv() - R.T, "V inverse minus R transpose"),
        (symbol("Sigma", 2, 2), "capital sigma"),
        (Scalar(sympy.Symbol("y_1_12")), "y sub 1 comma 12"),
        (Scalar(sympy.Symbol("y_12")), "y sub 1 2"),
    ],
    ids=str,
)  # fmt: skip
def test_a_formula_is_read_aloud(tree: Tree, said: str) -> None:
    assert write(tree, "spoken") == said


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Z @ G @ Z.T + R, "𝐙⁢𝐆⁢𝐙′+𝐑"),
        (X @ beta, "𝐗⁢𝜷"),
        (Scalar(2 * s2 / b), "2⁢σ2b"),
        (Scalar(sympy.Mul(2, 3, evaluate=False)), "2·3"),
        (symbol("Sigma", 2, 2), "𝚺"),
    ],
    ids=str,
)
def test_mathml_holds_the_letters_of_the_formula(tree: Tree, text: str) -> None:
    assert letters_of(assert_is_sound_mathml(write(tree, "mathml"))) == text


@pytest.mark.slow
@given(trees(depth=3, letters=True), STYLES)
@settings(max_examples=60)
def test_mathml_of_any_tree_in_any_style_is_sound(tree: Tree, style: Style) -> None:
    assert_is_sound_mathml(write(tree, "mathml", style))


@pytest.mark.slow
@given(trees(depth=3, letters=True), STYLES)
@settings(max_examples=60)
def test_speech_of_any_tree_has_no_sign_that_a_voice_leaves_out(tree: Tree, style: Style) -> None:
    said = write(tree, "spoken", style)
    assert said.isascii()
    assert not set(said) & set("()[]{}^_+=*/\\|&-")
    assert said.count("open bracket") == said.count("close bracket")


def test_typst_compiles_every_example_in_every_style() -> None:
    examples = [write(tree, "typst") for tree, *_ in TREES]
    examples += [write(Scalar(value), "typst") for value, *_ in SCALARS]
    examples += [write(tree, "typst", style) for tree, style, *_ in STYLED]
    assert compiled("\n\n".join(examples)).startswith(b"%PDF")


def test_typst_with_a_fault_does_not_compile() -> None:
    with pytest.raises(typst.TypstError):
        compiled("$ frac(a $")


@given(trees(depth=2, letters=True), STYLES)
@settings(max_examples=15, deadline=None)
def test_typst_of_any_tree_in_any_style_compiles(tree: Tree, style: Style) -> None:
    assert compiled(write(tree, "typst", style)).startswith(b"%PDF")


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_a_model_and_its_derivation_are_set_in_every_dialect(model: MixedModel) -> None:
    forms: tuple[Form, ...] = ("index", "distribution", "matrix")
    for thing in (model, model.derive("Var(y)"), model.derive("Var(y)").steps[0]):
        assert_is_sound_mathml(write(thing, "mathml"))
        assert compiled(write(thing, "typst")).startswith(b"%PDF")
        assert not set(write(thing, "spoken")) & set("σε₂²⊗=_")
    for form in forms:
        assert_is_sound_mathml(model.equation(form, "mathml", where=True))
        assert compiled(model.equation(form, "typst", where=True)).startswith(b"%PDF")
        assert not set(model.equation(form, "spoken", where=True)) & set("σε₂²⊗=_")


def test_a_name_out_of_a_data_file_cannot_leave_its_quotation_marks() -> None:
    hostile = symbol('a"] #panic("in', 2, 2)
    assert compiled(write(hostile @ hostile.T, "typst")).startswith(b"%PDF")
    assert_is_sound_mathml(write(symbol("a<b>&", 2, 2), "mathml"))


def test_the_equation_keeps_its_latex_beside_each_dialect() -> None:
    dialects: tuple[DialectName, ...] = ("mathml", "typst", "spoken")
    for dialect in dialects:
        assert MODELS[0].equation("matrix", dialect).latex == MODELS[0].equation("matrix", "latex")
    assert latex(MODELS[0])


SAID = {
    "Var(Ax) = A Var(x) A'": "the variance of (Ax) equals A times the variance of x, times A transpose",
    "Cov(u, ε) = 0": "the covariance of u and epsilon equals 0",
    "X(X'X)⁻X'": "X(X transpose X) generalized inverse X transpose",
    "A_block = J_t": "A sub block equals J sub t",
    "if i ≠ j": "if i is not j",
}


@pytest.mark.parametrize("text", SAID)
def test_the_formulas_of_a_reason_are_told_as_they_are_spoken(text: str) -> None:
    assert said(text) == SAID[text]


def test_lines_of_a_model_are_aligned_and_its_glossary_has_two_columns() -> None:
    typst, mathml = (MODELS[0].equation("index", dialect, where=True) for dialect in ("typst", "mathml"))
    assert "= μ" in typst and "&" in typst and "#grid(" in typst and "grid(columns: 2" in typst
    assert "text-align:-webkit-right" in mathml and "<mtext>:" not in mathml
