"""Names with accents, with labels above and all kinds of subscripts read back as they were written."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from hypothesis import assume, given, settings

from tests.canonical import canonical
from tests.name_strategies import texts_of_names, trees_of_names
from tests.notation.test_round_trip import STYLES, WRITERS, meaning, trees_of
from tutor.algebra.nodes import Kronecker, Scalar, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import TutorError
from tutor.notation.names import unicode_name
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.write import Style


def are_told_apart(trees: list[Tree]) -> bool:
    """Whether no two names are written alike, as a and a bold a are where the style has no bold letters."""
    symbols = {found for tree in trees for found in symbols_of(tree)}
    scalars = [node.value for tree in trees for node in walk(tree) if isinstance(node, Scalar)]
    letters = {letter.name for value in scalars for letter in value.free_symbols if isinstance(letter, sympy.Symbol)}
    written = [unicode_name(name) for name in (*(symbol.name for symbol in symbols), *letters)]
    return len(written) == len(set(written))


@pytest.mark.parametrize("dialect", WRITERS)
@given(text=texts_of_names(), style=STYLES)
@settings(max_examples=300, derandomize=True)  # the same names in each run: a gate is no lottery
def test_a_name_that_was_read_is_written_so_that_it_reads_back(dialect: str, text: str, style: Style) -> None:
    """In the vocabulary that knows what the letters stood for: in Unicode nothing tells a bold one."""
    style = replace(style, random="u")  # b and γ are letters of their own in an open vocabulary
    try:
        reading = read(text)
    except TutorError:
        assume(False)
        raise
    # Numbers have no Kronecker product: what stands beside its sign is read as a matrix.
    factors = [factor for tree in trees_of(reading.parts) if isinstance(tree, Kronecker) for factor in tree.factors]
    assume(not any(factor.is_scalar for factor in factors))
    assume(are_told_apart([*trees_of(reading.parts)]))
    # Of two bold vectors side by side the reader makes one a 1 × 1 matrix, to which no name of the other is bound.
    assume(not any(symbol.is_scalar for tree in trees_of(reading.parts) for symbol in symbols_of(tree)))
    words = lecture_vocabulary().with_names(*trees_of(reading.parts)).in_style(style)
    shape = reading.tree.shape if reading.tree is not None else None
    told = WRITERS[dialect](reading, style)
    assert meaning(read(told, words, shape=shape).parts) == meaning(reading.parts), told


@pytest.mark.parametrize("dialect", WRITERS)
@given(tree=trees_of_names(), style=STYLES)
@settings(max_examples=300, derandomize=True)  # the same names in each run: a gate is no lottery
def test_a_tree_of_such_names_reads_back(dialect: str, tree: Tree, style: Style) -> None:
    assume(not any(isinstance(node, Transpose) and isinstance(node.tree, Scalar) for node in walk(tree)))  # −1', a row?
    told = WRITERS[dialect](tree, style)
    found = read(told, Vocabulary.of(tree).in_style(style), shape=tree.shape).tree
    assert found is not None
    assert canonical(found) == canonical(tree), told
