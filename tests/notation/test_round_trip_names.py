"""Names with accents, with labels above and all kinds of subscripts read back as they were written."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from hypothesis import assume, given, settings
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.canonical import canonical
from tests.name_strategies import texts_of_names, trees_of_names
from tests.notation.test_round_trip import STYLES, WRITERS, meaning, trees_of
from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Block, Explicit, Identity, Inverse, Kronecker, Ones, Scalar, Scaled, Transpose, Zero
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import TutorError
from tutor.notation.names import is_variance, root_key, unicode_name
from tutor.notation.read import Reading, read
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.write import Style


def are_told_apart(trees: list[Tree]) -> bool:
    """Whether no two names are written alike, as a and a bold a are where the style has no bold letters; and none as
    the root of another."""
    symbols = {found for tree in trees for found in symbols_of(tree)}
    scalars = [node.value for tree in trees for node in walk(tree) if isinstance(node, Scalar)]
    letters = {letter.name for value in scalars for letter in value.free_symbols if isinstance(letter, sympy.Symbol)}
    names = (*(symbol.name for symbol in symbols), *letters)
    written = [unicode_name(root_key(name) if is_variance(name) else name) for name in names]
    return len(written) == len(set(written))


@pytest.mark.parametrize("dialect", WRITERS)
@given(text=texts_of_names(), style=STYLES)
@settings(max_examples=300, derandomize=True)  # the same names in each run: a gate is no lottery
def test_a_name_that_was_read_is_written_so_that_it_reads_back(dialect: str, text: str, style: Style) -> None:
    """In the vocabulary that knows what the letters stood for: in Unicode nothing tells a bold one."""
    style = replace(style, random="u", covariance="V")  # b, γ and Σ are letters of their own in an open vocabulary
    try:
        reading = read(text)
    except TutorError:
        assume(False)
        raise
    assume(are_told_apart([*trees_of(reading.parts)]))
    assert_reads_back(dialect, reading, style)


def assert_reads_back(dialect: str, reading: Reading, style: Style) -> None:
    """What was read is written in a style, and read in the vocabulary of its names in this style."""
    words = lecture_vocabulary().with_names(*trees_of(reading.parts)).in_style(style)
    shape = reading.tree.shape if reading.tree is not None else None
    told = WRITERS[dialect](reading, style)
    assert meaning(read(told, words, shape=shape).parts) == meaning(reading.parts), told


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("style", [Style(), Style(bold=False), Style(dimensions=True)], ids=repr)
@pytest.mark.parametrize(
    "text",
    [
        r"(\sigma^\star_1)^2",
        r"(\sigma^{(k)})^2 (\tau^{(k+1)}_{u0})^2",
        r"(\sigma^\star)^4 + \sigma^\star_1",
        r"\bar{\mathbf{G}}_{u0} \otimes \dot{\psi}_\alpha'",
        r"(\ddot{\sigma}^{*})^2 \tilde{A}_{k(ij)}",
        r"\ddot{e}_{1\cdot} (\omega^{*})^2",
        r"\dot{\mathbf{X}}^{*} L^{(1)}",
        r"\theta^*_{n_i} (\hat{\tau}^{*}_{0t})^2",
        r"\bar{\Gamma}_{\text{whole plot}} (\bar{\tau}^{(1)})^2",
        r"f_{\alpha\beta}(\mathbf{y}) + f_{i'}(\mathbf{y}) + f_{n_i}(\mathbf{y})",
        r"\mathbf{b} + \mathbf{u}^{(k)}",
        r"\mathbf{r}_{j(i)} X_{j(i)}",
        r"c_A (\dot{\sigma}^{(k+1)}_{i-1})^2",
        r"\hat{\Pi} (\omega^{(k+1)}_{Block})^2",
        r"(\sigma^{(k)})^2 \boldsymbol{\sigma}^{(k)}",
    ],
)
def test_examples_of_names_read_back(dialect: str, text: str, style: Style) -> None:
    assert_reads_back(dialect, read(text), style)


@pytest.mark.parametrize("dialect", WRITERS)
@given(tree=trees_of_names(), style=STYLES)
@settings(max_examples=300, derandomize=True)  # the same names in each run: a gate is no lottery
def test_a_tree_of_such_names_reads_back(dialect: str, tree: Tree, style: Style) -> None:
    assume(not any(isinstance(node, Transpose) and isinstance(node.tree, Scalar) for node in walk(tree)))  # −1', a row?
    assert_tree_reads_back(dialect, tree, style)


def assert_tree_reads_back(dialect: str, tree: Tree, style: Style) -> None:
    """A tree is written in a style, and read in the vocabulary of its names in this style."""
    told = WRITERS[dialect](tree, style)
    found = read(told, Vocabulary.of(tree).in_style(style), shape=tree.shape).tree
    assert found is not None
    assert canonical(found) == canonical(tree), told


A, B = symbol("A", 3, 3), symbol("B", 3, 3)


def in_brackets() -> list[Tree]:
    """Square matrices that have brackets around them, or in them, behind a letter."""
    of_transpose = Applied("generalized inverse", (Transpose(A),))
    entries = Explicit(ImmutableDenseMatrix(3, 3, range(9)))
    return [A + B, Transpose(A + B), Inverse(A + B), of_transpose, entries, A @ (A + B), Scaled(Scalar(-X), A)]


X = sympy.Symbol("x", real=True)
STYLES_OF_FUNCTIONS = [Style(), Style(bold=False), Style(dimensions=True, transpose="T")]


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("style", STYLES_OF_FUNCTIONS, ids=repr)
@pytest.mark.parametrize("name", [*"EtcgKfLPp", "ell", "phi", "Phi", "Gamma", "gamma", "P_1", "f_i", "L_*"])
def test_letters_of_functions_are_factors_before_brackets(name: str, style: Style, dialect: str) -> None:
    matrix, number = symbol(name, 3, 3), sympy.Symbol(name, real=True)
    for inner in in_brackets():
        for before in (matrix, Transpose(matrix), Inverse(matrix)):
            assert_tree_reads_back(dialect, before @ inner, style)
        for value in (number, number**2, number * X):
            assert_tree_reads_back(dialect, Scaled(Scalar(value), inner), style)
    for beside in (X + 1, (X + 1) ** 2, 1 / (X + 1), sympy.Symbol("taualpha_ij", real=True)):
        assert_tree_reads_back(dialect, Scalar(number * beside), style)


SIGMA = symbol("sigma", 2)


def correlation_of(name: str) -> Tree:
    """The logit of a correlation with the product of a matrix of this name and a vector."""
    ahead, behind = symbol("f_ij", "p", role="random"), symbol("c", 3, role="random")
    return Applied("logit", (Applied("Corr", (ahead, symbol(name, 1, 3) @ behind)),))


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("style", STYLES_OF_FUNCTIONS, ids=repr)
@pytest.mark.parametrize(
    "tree",
    [
        Identity(size(3)) @ symbol("a", 3),
        Transpose(Ones(size(3), size(3)) @ symbol("d", 3)),
        Applied("norm", (symbol("chat", "n"),)),
        Applied("expit", (symbol("ahat", "p"),)),
        Applied("L", (Transpose(Scaled(Scalar(-sympy.S.One), Zero(size(1), size("n")))),)),
        Applied("P", (symbol("tdot_12", "q"), Ones(size("n"), size(1)))),
        *(correlation_of(name) for name in ("P", "Phat", "P_1", "Pi_^(k)_XX")),
        Kronecker((symbol("a", "n", 3) @ Explicit(ImmutableDenseMatrix([1, 2, 1])), symbol("ehat", 1, 2))),
        Applied("Corr", (symbol("E", 1, 2) @ SIGMA, Scaled(Scalar(sympy.Symbol("sigma2", positive=True)), SIGMA))),
        Block(((symbol("A_11", 1),), (symbol("B_11", 1),))),
    ],
    ids=str,
)
def test_examples_of_trees_of_names_read_back(tree: Tree, style: Style, dialect: str) -> None:
    assert_tree_reads_back(dialect, tree, style)


@pytest.mark.parametrize("text", ["2b", "Cov(b, 16b)", "b", "3Zb"])
def test_a_letter_that_a_style_writes_is_no_count(text: str) -> None:
    """b is u in this style, and no number of blocks, in a text about no model too."""
    words = lecture_vocabulary().in_style(Style(random="b"))
    found = {symbol.name for tree in trees_of(read(text, words).parts) for symbol in symbols_of(tree)}
    assert "u" in found
