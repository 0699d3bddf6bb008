"""A plain sum in a cell is told from its looks; it says the same as what the grammar makes of it."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import plain_sums
from tutor import lecture_vocabulary, rcbd, read
from tutor.errors import TutorError
from tutor.notation.meaning.combine import multiplied_numbers
from tutor.notation.meaning.plain_cells import added_numbers
from tutor.notation.parsing import parse
from tutor.notation.parsing.parse import Parse
from tutor.notation.parsing.plain_cells import plain_cell
from tutor.notation.vocabulary import Vocabulary

LECTURE, MODEL = lecture_vocabulary(), rcbd(3, 2).vocabulary

CELLS = [
    r"\sigma^2_{17} + 18\sigma^2_u",
    r"- \frac{1}{2}\rho^{3}\sigma_u^{2}-x_{12}+2",
    r"+\sigma",
    r"2 \sigma_u^2",
    r"\sigma^2 + \sigma_u^2 + \sigma^2",
    r"\sigma_1^2 - \sigma_1^2",
    r"0\rho + 3",
    r"\rho + \rho^2 + \rho^0",
    r"\tau_1 + \alpha_{12}",
]

OTHER_CELLS = [
    r"\sigma^2u", r"\tau\alpha_{12}", r"12\,\sigma", r"\sigma_uZ", r"\sigma^2_u'", r"2,5\sigma", r"\sigma_{u,v}",
    r"\phi(x)", r"\sigma + - \rho", r"\sigma +", r"2 3", r"\mathbf{X}", r"\beta_1(x)", r"\rho^{i-j}", r"\sigma_12x",
    r"\rho^2^3", r"x_{1}3", r"2^3", r"\frac{1}{\rho}", "",
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_the_syntax_of_a_plain_cell_is_that_of_the_grammar(cell: str) -> None:
    told = plain_cell(cell, 0, len(cell))
    assert told is not None
    assert repr(told) == repr(Parse(cell).expression(0, len(cell)))


@pytest.mark.parametrize("cell", OTHER_CELLS)
def test_any_other_cell_is_left_to_the_grammar(cell: str) -> None:
    assert plain_cell(cell, 0, len(cell)) is None


NUMBERS = st.sampled_from(
    [sympy.Integer(n) for n in (-2, -1, 0, 1, 2, 17)] + [sympy.Rational(1, 2), sympy.Rational(-4, 3)]
)
LETTERS = [sympy.Symbol("sigma2", positive=True), sympy.Symbol("rho", real=True), sympy.Symbol("x_12", real=True)]
POWERS = st.builds(sympy.Pow, st.sampled_from([*LETTERS, sympy.sqrt(LETTERS[0])]), st.integers(-2, 3))


@given(factors=st.lists(NUMBERS | POWERS, min_size=1, max_size=4))
def test_a_product_is_that_of_sympy(factors: list[sympy.Expr]) -> None:
    told, expected = multiplied_numbers(factors), sympy.Mul(*factors)
    assert (told, told.args, type(told)) == (expected, expected.args, type(expected))
    assert told.is_commutative


@given(terms=st.lists(st.lists(NUMBERS | POWERS, min_size=1, max_size=3).map(lambda f: sympy.Mul(*f)), max_size=4))
def test_a_sum_is_that_of_sympy(terms: list[sympy.Expr]) -> None:
    told, expected = added_numbers(terms), sympy.Add(*terms)
    assert (told, told.args, type(told)) == (expected, expected.args, type(expected))
    assert told.is_commutative


def _told(text: str, vocabulary: Vocabulary) -> object:
    """What a text is read as: its tree and its remarks, or the kind of the refusal."""
    try:
        reading = read(text, vocabulary)
    except TutorError as error:
        return type(error), getattr(error, "kind", None), str(error)
    return reading.tree, reading.findings


@given(cell=plain_sums(), other=plain_sums())
def test_every_plain_sum_has_the_syntax_and_the_meaning_that_the_grammar_gives_it(cell: str, other: str) -> None:
    told = plain_cell(cell, 0, len(cell))
    if told is not None:
        assert repr(told) == repr(Parse(cell).expression(0, len(cell)))
    text = rf"\begin{{bmatrix}} {cell} & {other} \\ 1 & {cell} \end{{bmatrix}}"
    for vocabulary in (LECTURE, MODEL):
        quick = _told(text, vocabulary)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parse, "plain_cell", lambda text, start, end: None)
            assert quick == _told(text, vocabulary)
