"""Scalars: SymPy expressions in a statistician's order and spelling.

The parameter of a variance is a symbol for the variance itself (`sigma2_u`), so its root is written σ_u and its
square σ⁴_u. What has no handler here (special functions, integrals) is left to SymPy's own printers, with our names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any

import sympy
from flint import fmpz
from sympy.core.function import AppliedUndef
from sympy.core.numbers import Exp1, Pi
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from tutor.algebra.by_distance import Numbered
from tutor.algebra.figure import Figure
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.notation.names import split_given, split_key, split_raised
from tutor.notation.parsing.functions import CAPITAL_LETTERS, FUNCTIONS, PLACEHOLDER
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.pen import Bind, Pen, Piece, written
from tutor.notation.writing.scalar_order import factor_rank, ordered_terms
from tutor.notation.writing.square_roots import joined_roots
from tutor.notation.writing.write_given import conditional

_FUNCTIONS = {
    "Phi": ("Phi", False),
    "Phi2": ("Phi_2", False),
    "probit": ("Phi", True),
    "phi": ("phi", False),
    "phiinv": ("phi", True),
    "gamma": ("Gamma", False),
    "g": ("g", False),
    "ginv": ("g", True),
    "finv": ("f", True),
}
"""Functions with a letter for a name: the letter, and whether it is the inverse."""

_WORD_AHEAD = re.compile(r"[A-Za-z]{2,}\(")
"""A function by its name: log, exp."""

_WORDS = {"Max": "max", "Min": "min", "asin": "arcsin"}
"""Functions whose names lectures write otherwise than SymPy."""


@written.register
def write_sympy(value: sympy.Expr, pen: Pen) -> Piece:
    """Anything of SymPy that has no handler of its own, by SymPy's printer with our names."""
    name = type(value).__name__
    if isinstance(value, sympy.Function) and name in _FUNCTIONS:
        letter, is_inverse = _FUNCTIONS[name]
        function = pen.dialect.name(letter)
        return _called(pen.dialect.inverted(function) if is_inverse else function, value.args, pen)
    if name in _WORDS or isinstance(value, AppliedUndef):
        return pen.call(_WORDS.get(name, name), *value.args)
    if isinstance(value, sympy.besselk) and isinstance(value.args[0], sympy.Symbol):
        return _called(pen.dialect.name(f"K_{value.args[0].name}"), value.args[1:], pen)
    if pen.dialect is LATEX:
        text = _Latex(pen).doprint(value)
    elif isinstance(value, sympy.Function) and all(isinstance(part, sympy.Expr) for part in value.args):
        return pen.call(name, *value.args)
    else:
        text = pen.dialect.verbatim(_Text(Pen(UNICODE, pen.style)).doprint(value))
    atom = value.is_Atom or value.is_Function
    return Piece(text, Bind.ATOM if atom else Bind.SUM, tall="\\" in text and not atom, word=True)


def _called(function: str, arguments: Sequence[sympy.Basic], pen: Pen) -> Piece:
    """A function whose name is text in the dialect."""
    pieces = [pen.signed(written(part, pen)) for part in arguments]
    tall = any(piece.tall for piece in pieces)
    texts = [piece.text for piece in pieces]
    if isinstance(arguments[0], sympy.Symbol) and texts[0].startswith("(") and texts[0].endswith(")"):
        texts[0] = texts[0][1:-1]  # an interaction has the brackets of the function, φ²(τα)
    return Piece(pen.dialect.called(function, texts, tall), tall=tall, word=True)


@written.register
def write_numbered(value: Numbered, pen: Pen) -> Piece:
    """σ_{n−1}, a letter with the number below it."""
    return written(sympy.Symbol(value.name), pen)


@written.register
def write_euler(value: Exp1, pen: Pen) -> Piece:
    """Euler's number as exp(1): e alone would be the residual."""
    return pen.call("exp", sympy.Integer(1))


@written.register
def write_factorial(value: sympy.factorial, pen: Pen) -> Piece:
    """y!"""
    base = pen.at_least(Bind.ATOM, written(value.args[0], pen))
    return Piece(pen.dialect.factorial(base.text), Bind.POWER, tall=base.tall, word=True)


@written.register
def write_binomial(value: sympy.binomial, pen: Pen) -> Piece:
    """The number of ways to choose."""
    above, below = (pen.whole(part) for part in value.args)
    return Piece(pen.dialect.binomial(above, below), tall=True, word=True)


@written.register
def write_parameter(value: sympy.Symbol, pen: Pen) -> Piece:
    """A parameter by its name."""
    if value.name == PLACEHOLDER:
        return Piece(pen.dialect.anything)
    subject, given = split_given(value.name)
    if given:
        return conditional(subject, given, pen, bold=False)
    key = pen.style.key(subject)
    _, squared, subscripts = split_key(key)
    return Piece(
        pen.dialect.name(key),
        Bind.POWER if squared or split_raised(subscripts)[0] else Bind.ATOM,
        word=len(key) > 1,
        open_end=bool(subscripts),
    )


@written.register
def write_integer(value: sympy.Integer, pen: Pen) -> Piece:
    """A whole number."""
    # Python turns no integer of more than 4,300 digits into text, FLINT any.
    return Piece(pen.dialect.number(str(fmpz(abs(int(value))))), negative=value < 0, word=True)


@written.register
def write_figure(value: Figure, pen: Pen) -> Piece:
    """A number in the place of a letter; one below zero has brackets."""
    piece = written(abs(value.value), pen)
    if value.digits:
        piece = Piece(pen.dialect.number(value.digits), word=True)
    return pen.at_least(Bind.ATOM, replace(piece, negative=True)) if value.value < 0 else piece


@written.register(type(sympy.oo))
@written.register(type(-sympy.oo))
def write_infinity(value: sympy.Expr, pen: Pen) -> Piece:
    """No number, but a bound of one."""
    return Piece(pen.dialect.name("infinity"), negative=value < 0, word=True)


@written.register
def write_rational(value: sympy.Rational, pen: Pen) -> Piece:
    """A broken number, as a fraction, or with decimals if it was typed so."""
    digits = pen.as_decimal(value)
    if digits:
        return Piece(pen.dialect.number(digits), negative=value < 0, word=True)
    text = pen.dialect.fraction(*(pen.dialect.number(str(fmpz(abs(part)))) for part in (value.p, value.q)))
    return _fraction_piece(text, pen, negative=value < 0)


@written.register
def write_decimal(value: sympy.Float, pen: Pen) -> Piece:
    """A number with decimals."""
    magnitude = abs(value)
    # Python's shortest text of a double is what was typed; SymPy's shows all its digits.
    text = repr(float(magnitude)) if sympy.Float(float(magnitude)) == magnitude else str(magnitude)
    mantissa, _, exponent = text.partition("e")
    mantissa = mantissa.removesuffix(".0")
    if not exponent:
        return Piece(pen.dialect.number(mantissa), negative=value < 0, word=True)
    power = pen.dialect.power(pen.dialect.number("10"), pen.whole(sympy.Integer(exponent)))
    return Piece(
        f"{pen.dialect.number(mantissa)}{pen.dialect.times}{power}", Bind.PRODUCT, negative=value < 0, word=True
    )


@written.register
def write_pi(value: Pi, pen: Pen) -> Piece:
    """The circle's number."""
    return Piece(pen.dialect.name("pi"))


@written.register
def write_absolute(value: sympy.Abs, pen: Pen) -> Piece:
    """Bars."""
    return Piece(pen.dialect.absolute(pen.whole(value.args[0])), word=True)


@written.register
def write_add(value: sympy.Add, pen: Pen) -> Piece:
    """A sum in a statistician's order, as one fraction if a number divides all of it: (y_1 + y_2)/2."""
    coefficients = [term.as_coeff_Mul()[0] for term in value.args]
    divisors = {number.q if isinstance(number, sympy.Rational) else 1 for number in coefficients}
    divisor = divisors.pop()
    if not divisors and divisor != 1 and not pen.decimals and not _is_likelihood(value):
        whole: Any = sympy.expand_mul(divisor * value)
        return _fraction([whole], [sympy.Integer(divisor)], pen, False)
    return pen.sum([written(term, pen) for term in ordered_terms(value)])


def _is_likelihood(value: sympy.Add) -> bool:
    """Whether terms have logarithms or are fractions of their own, as those of a log likelihood: each keeps its ½."""
    return value.has(sympy.log) or any(term.as_numer_denom()[1].free_symbols for term in value.args)


@written.register
def write_mul(value: sympy.Mul, pen: Pen) -> Piece:
    """A product, or a fraction where a factor has a negative power."""
    coefficient, _ = value.as_coeff_Mul()
    negative = bool(coefficient.is_extended_negative)
    above: list[sympy.Expr] = []
    below: list[sympy.Expr] = []
    for factor in value.args:
        if isinstance(factor, sympy.Rational) and pen.as_decimal(factor):
            above.append(-factor if factor is coefficient and negative else factor)
        elif isinstance(factor, sympy.Rational):
            numerator = -factor.p if factor is coefficient and negative else factor.p
            above += [sympy.Integer(numerator)] if numerator != 1 else []
            below += [sympy.Integer(factor.q)] if factor.q != 1 else []
        elif factor is coefficient and negative:
            above.append(-factor)
        elif isinstance(factor, sympy.Pow) and factor.exp.as_coeff_Mul()[0].is_negative and not factor.exp.is_Add:
            below.append(sympy.Pow(factor.base, -factor.exp))
        else:
            above.append(factor)
    above, below = joined_roots(above, below)
    behind = [factor for factor in above if _stands_behind(factor, below)]
    if behind:
        above = [factor for factor in above if factor not in behind]
        head = _fraction(above, below, pen, False)
        head = head if pen.dialect.fractions_bind else pen.at_least(Bind.POWER, head)
        pieces = [head, *(written(factor, pen) for factor in behind)]
        text = reduce(lambda told, piece: pen.dialect.side_by_side(told, piece.text, True), pieces[1:], head.text)
        return Piece(text, Bind.PRODUCT, negative, tall=True, word=True)
    if not below:
        return _side_by_side(above, pen, negative)
    return _fraction(above, below, pen, negative)


@written.register
def write_pow(value: sympy.Pow, pen: Pen) -> Piece:
    """A power, a root, or the fraction that a negative power is."""
    base, exponent = value.args
    if exponent.is_Rational and exponent.is_negative:
        return _fraction([], [sympy.Pow(base, -exponent)], pen, False)
    key = pen.style.key(base.name) if isinstance(base, sympy.Symbol | Numbered) else ""
    if split_key(key)[1] and (2 * exponent).is_Integer:
        doubled, below = 2 * exponent, split_key(key)[2]
        text = pen.dialect.root_power(key, "" if doubled == 1 else pen.whole(doubled))
        bind = Bind.ATOM if doubled == 1 and not split_raised(below)[0] else Bind.POWER
        return Piece(text, bind, word=True, open_end=bool(below))
    if isinstance(exponent, sympy.Rational) and exponent.p == 1 and exponent.q != 1:
        degree = "" if exponent.q == 2 else pen.dialect.number(str(exponent.q))
        return Piece(pen.dialect.root(pen.whole(base), degree), Bind.POWER, tall=True, word=True)
    name = type(base).__name__
    if exponent.is_Integer and exponent.is_positive and _FUNCTIONS.get(name, ("", True))[1] is False:
        return _called(pen.dialect.power(pen.dialect.name(_FUNCTIONS[name][0]), pen.whole(exponent)), base.args, pen)
    below = pen.at_least(Bind.ATOM, written(base, pen))
    return Piece(pen.dialect.power(below.text, exponent_text(exponent, pen)), Bind.POWER, tall=below.tall, word=True)


def exponent_text(exponent: sympy.Expr | Tree, pen: Pen) -> str:
    """An exponent; a fraction that LaTeX would set too small has a slash, n/2."""
    value = exponent.value if isinstance(exponent, Scalar) else exponent
    if pen.dialect is not LATEX or not isinstance(value, sympy.Rational | sympy.Mul) or pen.decimals:
        return pen.whole(exponent)
    above, below = value.as_numer_denom()
    if below == 1:
        return pen.whole(exponent)
    is_negative = above.could_extract_minus_sign()
    numerator = pen.at_least(Bind.PRODUCT, written(-above if is_negative else above, pen))
    denominator = pen.at_least(Bind.POWER, written(below, pen))
    return f"{pen.dialect.minus if is_negative else ''}{numerator.text}/{denominator.text}"


@written.register
def write_exp(value: sympy.exp, pen: Pen) -> Piece:
    """The exponential function; e with an exponent would look like the residual."""
    return pen.call("exp", *value.args)


@written.register
def write_log(value: sympy.log, pen: Pen) -> Piece:
    """The natural logarithm."""
    return pen.call("log", *value.args)


def _stands_behind(factor: sympy.Expr, below: list[sympy.Expr]) -> bool:
    """Whether a function reads best behind the fraction: (n/2) log(2π), and an exponential with a fraction in it."""
    if isinstance(factor, sympy.log):
        return bool(below) and all(divisor.is_Integer for divisor in below)
    return isinstance(factor, sympy.exp) and bool(below) and sympy.fraction(factor.args[0])[1] != 1


def _side_by_side(factors: list[sympy.Expr], pen: Pen, negative: bool) -> Piece:
    """Factors without a sign between them, numbers first; two numbers with one."""
    if not factors:
        return Piece(pen.dialect.number("1"), negative=negative, word=True)
    ordered = sorted(factors, key=lambda factor: factor_rank(factor.as_base_exp()[0]))
    if len(ordered) == 1:
        piece = written(ordered[0], pen)
        if not negative:
            return piece
        inner = pen.at_least(Bind.PRODUCT, piece)
        return Piece(inner.text, inner.bind, True, inner.tall, inner.word, inner.open_end)
    pieces = [pen.at_least(Bind.POWER, written(factor, pen)) for factor in ordered]
    text = pieces[0].text
    for (before, factor), piece in zip(pairwise(ordered), pieces[1:], strict=True):
        if pen.dialect.starts_with_digit(piece.text) or _seems_called(before, factor, piece.text):
            text += pen.dialect.times + piece.text
        else:
            sizes = len(piece.text) == 1 and text[-1:].isalnum() and text.isalnum() and factor.is_integer
            brackets = text.endswith(")") and piece.text.startswith("(")
            # Of 3 log(σ²) the number stands apart from the word, but not in LaTeX, which sets it so.
            is_number = pen.dialect.is_number(text) and not _WORD_AHEAD.match(piece.text)
            text = pen.dialect.side_by_side(text, piece.text, not (is_number or sizes or brackets))
    return Piece(
        text, Bind.PRODUCT, negative, any(piece.tall for piece in pieces), word=True, open_end=pieces[-1].open_end
    )


_CALLED = CAPITAL_LETTERS | {"ell"}
"""Letters that are read as a function's before a sum in brackets; of the others, t(b − 1) is a product."""


def _seems_called(before: sympy.Expr, factor: sympy.Expr, text: str) -> bool:
    """Whether a letter that names a function too stands before brackets, of φ · (τα)_11, K_1 · (τα)_11 and L · (μ + τ).
    Any name may be a function of the one letter in the brackets of Ã · (σ^⋆)²."""
    letter, name = before.as_base_exp()[0], factor.as_base_exp()[0]
    if not isinstance(letter, sympy.Symbol):
        return False
    is_labelled = isinstance(name, sympy.Symbol) and split_raised(split_key(name.name)[2])[0] != ""
    function = split_key(letter.name)[0]
    if function not in FUNCTIONS:
        return is_labelled and text.startswith("(")
    if name.is_Add:
        return letter.name in _CALLED
    return text.startswith("(") or function == "E"


def _fraction(above: list[sympy.Expr], below: list[sympy.Expr], pen: Pen, negative: bool) -> Piece:
    numerator = _side_by_side(above, pen, False)
    denominator = _side_by_side(below, pen, False)
    if not pen.dialect.fractions_bind:
        numerator = pen.at_least(Bind.PRODUCT, numerator)
        denominator = pen.at_least(Bind.POWER, denominator)
    text = pen.dialect.fraction(pen.signed(numerator).text, pen.signed(denominator).text)
    return _fraction_piece(text, pen, negative)


def _fraction_piece(text: str, pen: Pen, negative: bool) -> Piece:
    binds = pen.dialect.fractions_bind
    return Piece(text, Bind.PRODUCT if binds else Bind.QUOTIENT, negative=negative, tall=binds, word=True)


class _WithPen:
    """A printer of SymPy with our names, order and powers below functions that only SymPy knows."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def _told(self, expr: sympy.Expr, *_: Any, **__: Any) -> str:
        return self.pen.whole(expr)

    _print_Symbol = _print_Add = _print_Mul = _print_Pow = _told


class _Latex(_WithPen, LatexPrinter):
    """SymPy's LaTeX."""


class _Text(_WithPen, StrPrinter):
    """SymPy's plain text."""

    def _print_Product(self, expr: sympy.Product) -> str:
        index, first, last = (self.pen.whole(part) for part in expr.limits[0])
        letters = {each: sympy.Symbol(f"{each.base}_{each.indices[0]}") for each in expr.function.atoms(sympy.Indexed)}
        return f"∏_{{{index}={first}}}^{{{last}}} {self.pen.whole(expr.function.xreplace(letters))}"
