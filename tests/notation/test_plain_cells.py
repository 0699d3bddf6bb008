"""A plain sum in a cell is told from its looks; it says the same as what the grammar makes of it."""

from __future__ import annotations

import re

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import plain_sums
from tutor import lecture_vocabulary, rcbd, read
from tutor.errors import TutorError
from tutor.notation.meaning.assembled import added_numbers, multiplied_numbers
from tutor.notation.parsing import syntax
from tutor.notation.parsing.parse import Parse
from tutor.notation.parsing.plain_cells import PlainCells
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
    r"0.5\sigma^2 + 2.25",
    r"3 \cdot \sigma^2 - 2 \cdot 3",
    r"2(\sigma^2 + 3\rho)(1 - \tau_1)",
    r"(1 - \rho)^2\sigma_u^2",
    r"-(\sigma^2 - (\rho - 1))",
    r"\frac{\sigma^2 + 2\rho}{3} + \frac{1}{\tau_1}(2 + \beta)",
    r"\frac{\frac{1}{2}\sigma^2}{7}",
    r"\sigma^2/4 + \rho/\tau_1",
    r"\sigma_{1,2} + \sigma_{\varepsilon}^2 + \sigma_\alpha^2",
    r"\lambda\rho^2",
    r"\sigma_12 + x_17^2",
    "σ² + 2σ²_u",
    "3ρ³ σ_{12}² − σ_ij + x₁₂",
    "2*sigma2_u + rho^2*x1",
    "0.5*(s2 + sigma2_u)/4",
    "σ²/3·τ_1",
    r"\sigma_{u,v}",
    r"\sigma_12x",
    "Zu",
]

OTHER_CELLS = [
    r"\sigma^2u", r"\tau\alpha_{12}", r"12\,\sigma", r"\sigma^2_u'", r"2,5\sigma",
    r"\phi(x)", r"\sigma + - \rho", r"\sigma +", r"2 3", r"\mathbf{X}", r"\beta_1(x)", r"\rho^{i-j}",
    r"\rho^2^3", r"x_{1}3", r"2^3", "",
    r"2*\sigma", r"(\rho)", r"\sigma(2 + \rho)", r"(\tau\alpha)_{12}", r"(2 + \rho)'", r"2 \cdot -3", r"1e5", "2**3",
    r"e^2", r"\frac{1}{2}^2", r"\frac{1}{2}3", r"2\frac{1}{2}", "((((((((1))))))))", "I_3", "σ²′", "log 2",
    r"\hat\sigma", r"\sigma_{n \times p}",
]  # fmt: skip


def _plain(cell: str) -> syntax.Node | None:
    return PlainCells(cell).cell(0, len(cell), Parse(cell).plain_name)


def _without_places(node: syntax.Node) -> str:
    """What a node says: a name that stands twice in a cell has the place of the first."""
    return re.sub(r"(?:start|end)=\d+", "", repr(node))


@pytest.mark.parametrize("cell", CELLS)
def test_the_syntax_of_a_plain_cell_is_that_of_the_grammar(cell: str) -> None:
    told = _plain(cell)
    assert told is not None
    expected = Parse(cell).expression(0, len(cell))
    assert _without_places(told) == _without_places(expected)
    names = [str(node) for node in syntax.postorder(expected) if isinstance(node, syntax.Named)]
    if len(set(map(_spelled, names))) == len(names):
        assert repr(told) == repr(expected)


def _spelled(name: str) -> str:
    return re.sub(r"(?:start|end)=\d+", "", name)


@pytest.mark.parametrize("cell", OTHER_CELLS)
def test_any_other_cell_is_left_to_the_grammar(cell: str) -> None:
    assert _plain(cell) is None


NUMBERS = st.sampled_from(
    [sympy.Integer(n) for n in (-2, -1, 0, 1, 2, 17)] + [sympy.Rational(1, 2), sympy.Rational(-4, 3)]
)
LETTERS = [sympy.Symbol("sigma2", positive=True), sympy.Symbol("rho", real=True), sympy.Symbol("x_12", real=True)]
SUMS = [LETTERS[1] + 1, 1 - LETTERS[1], 2 * LETTERS[2] + 2, LETTERS[0] + 1 / (LETTERS[0] + 1)]
POWERS = st.builds(sympy.Pow, st.sampled_from([*LETTERS, sympy.sqrt(LETTERS[0]), *SUMS]), st.integers(-2, 3))


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
    told = _plain(cell)
    if told is not None:
        assert _without_places(told) == _without_places(Parse(cell).expression(0, len(cell)))
    text = rf"\begin{{bmatrix}} {cell} & {other} \\ 1 & {cell} \end{{bmatrix}}"
    for vocabulary in (LECTURE, MODEL):
        quick = _told(text, vocabulary)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(PlainCells, "cell", lambda cells, start, end, read: None)
            assert quick == _told(text, vocabulary)
