"""Scalars: SymPy expressions in a statistician's order and spelling.

The parameter of a variance is a symbol for the variance itself (`sigma2_u`), so its root is written σ_u and its
square σ⁴_u. What has no handler here (special functions, integrals) is left to SymPy's own printers, with our names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import sympy
from flint import fmpz
from sympy.core.function import AppliedUndef
from sympy.core.numbers import Pi
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from tutor.notation.names import GREEK, split_given, split_key, split_raised
from tutor.notation.parsing.functions import PLACEHOLDER
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.effects import EFFECTS, is_of_a_mean
from tutor.notation.writing.pen import Bind, Pen, Piece, written
from tutor.notation.writing.write_given import conditional

LAST = ("u", "v", "w", "e")
"""Bases of random effects and of the residual, which end a model equation."""


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

_WORDS = {"Max": "max", "Min": "min", "asin": "arcsin"}
"""Functions whose names lectures write otherwise than SymPy."""


@lru_cache(maxsize=4096)
def symbol_rank(symbol: sympy.Symbol) -> tuple[Any, ...]:
    """Where a symbol stands among the factors of a product: sizes, variances (σ² first), effects, the rest."""
    base, squared, subscripts = split_key(symbol.name)
    natural = tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for part in subscripts
        for piece in re.findall(r"\d+|\D+", part)
    )
    if symbol.is_integer:
        return 0, 0, symbol.name, natural
    if base == "sigma":
        residual = not subscripts or subscripts in (("e",), ("epsilon",))
        return 1, (0 if residual else 1 if squared else 2), "", natural
    if base == "phi":  # a dispersion, before the mean
        return 1, 3, "", natural
    if base in EFFECTS:
        return 2, EFFECTS.index(base), base, natural
    if base in GREEK:
        return 2, len(EFFECTS), base, natural
    return 3, (1 + LAST.index(base) if base in LAST else 0), base, natural


def _factor_rank(base: sympy.Expr) -> tuple[Any, ...]:
    if base.is_Number:
        return (0,)
    if isinstance(base, sympy.Symbol):
        return 1, symbol_rank(base)
    return 2, bool(base.is_Add), base.sort_key()


def _degrees(term: sympy.Expr) -> dict[sympy.Expr, sympy.Expr]:
    _, rest = term.as_coeff_Mul()
    return {base: sympy.sympify(exponent, strict=True) for base, exponent in rest.as_powers_dict().items() if base != 1}


def ordered_terms(expression: sympy.Expr) -> list[sympy.Expr]:
    """The terms of a sum as a person writes them: μ + τ_1, σ² + tσ²_u, 1 − ρ, n − 1, 1 + ρ + ρ².

    Low degrees come first, except among sizes alone; within a degree the first letters have the highest powers.
    A number stands first, or last if it is subtracted or added to a size; a sum starts with no minus sign if any
    of its terms has none. A mean stands before a variance: μ + τ_1 + σ²/2.
    """
    terms = list(sympy.Add.make_args(expression))
    if not isinstance(expression, sympy.Add):
        return terms
    powers = {term: _degrees(term) for term in terms}
    bases = sorted({base for degrees in powers.values() for base in degrees}, key=_factor_rank)
    counts = all(symbol.is_integer for symbol in expression.free_symbols)
    if not counts:
        # A size in front of a variance is but its coefficient.
        bases = [base for base in bases if not base.is_integer]
    means = {term for term in terms if is_of_a_mean(powers[term])}
    means = means if len(means) < len(terms) else set()

    def rank(term: sympy.Expr) -> tuple[Any, ...]:
        exponents = [powers[term].get(base, sympy.S.Zero) for base in bases]
        numbers = [float(exponent) if exponent.is_Rational else 1.5 for exponent in exponents]
        degree = sum(abs(number) for number in numbers)
        order = [-number for number in numbers], term.sort_key()
        return term not in means, -degree if counts else degree, *order

    numbers = [term for term in terms if term.is_Number]
    others = sorted((term for term in terms if not term.is_Number), key=rank)
    positive = [term for term in others if not term.could_extract_minus_sign()]
    number_is_positive = bool(numbers) and numbers[0].is_extended_negative is not True
    number_first = number_is_positive and (not counts or not positive)
    if not number_first and positive and others[0] is not positive[0]:
        others.remove(positive[0])
        others.insert(0, positive[0])
    return [*numbers, *others] if number_first else [*others, *numbers]


@written.register
def write_sympy(value: sympy.Expr, pen: Pen) -> Piece:
    """Anything of SymPy that has no handler of its own, by SymPy's printer with our names."""
    name = type(value).__name__
    if isinstance(value, sympy.Function) and name in _FUNCTIONS:
        letter, is_inverse = _FUNCTIONS[name]
        function = pen.dialect.name(letter)
        return _called(pen.dialect.inverted(function) if is_inverse else function, value, pen)
    if name in _WORDS or isinstance(value, AppliedUndef):
        return pen.call(_WORDS.get(name, name), *value.args)
    if pen.dialect is LATEX:
        text = _Latex(pen).doprint(value)
    elif isinstance(value, sympy.Function) and all(isinstance(part, sympy.Expr) for part in value.args):
        return pen.call(name, *value.args)
    else:
        text = pen.dialect.verbatim(_Text(Pen(UNICODE, pen.style)).doprint(value))
    atom = value.is_Atom or value.is_Function
    return Piece(text, Bind.ATOM if atom else Bind.SUM, tall="\\" in text and not atom, word=True)


def _called(function: str, value: sympy.Expr, pen: Pen) -> Piece:
    """A function whose name is text in the dialect, of the arguments of a value."""
    pieces = [pen.signed(written(part, pen)) for part in value.args]
    tall = any(piece.tall for piece in pieces)
    return Piece(pen.dialect.called(function, [piece.text for piece in pieces], tall), tall=tall, word=True)


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
    if not divisors and divisor != 1 and not pen.decimals:
        whole: Any = sympy.expand_mul(divisor * value)
        return _fraction([whole], [sympy.Integer(divisor)], pen, False)
    return pen.sum([written(term, pen) for term in ordered_terms(value)])


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
    root = _common_root([*above, *(1 / factor for factor in below)], pen)
    if root is not None:
        above = [factor for factor in above if not _is_root(factor)] + [root]
        below = [factor for factor in below if not _is_root(factor)]
    if not below:
        return _side_by_side(above, pen, negative)
    return _fraction(above, below, pen, negative)


@written.register
def write_pow(value: sympy.Pow, pen: Pen) -> Piece:
    """A power, a root, or the fraction that a negative power is."""
    base, exponent = value.args
    if exponent.is_Rational and exponent.is_negative:
        return _fraction([], [sympy.Pow(base, -exponent)], pen, False)
    key = pen.style.key(base.name) if isinstance(base, sympy.Symbol) else ""
    if split_key(key)[1] and (2 * exponent).is_Integer:
        doubled = 2 * exponent
        text = pen.dialect.root_power(key, "" if doubled == 1 else pen.whole(doubled))
        bind = Bind.ATOM if doubled == 1 else Bind.POWER
        return Piece(text, bind, word=True, open_end=bool(split_key(key)[2]))
    if isinstance(exponent, sympy.Rational) and exponent.p == 1 and exponent.q != 1:
        degree = "" if exponent.q == 2 else pen.dialect.number(str(exponent.q))
        return Piece(pen.dialect.root(pen.whole(base), degree), Bind.POWER, tall=True, word=True)
    name = type(base).__name__
    if exponent.is_Integer and exponent.is_positive and _FUNCTIONS.get(name, ("", True))[1] is False:
        return _called(pen.dialect.power(pen.dialect.name(_FUNCTIONS[name][0]), pen.whole(exponent)), base, pen)
    below = pen.at_least(Bind.ATOM, written(base, pen))
    above = written(exponent, pen)
    return Piece(pen.dialect.power(below.text, pen.signed(above).text), Bind.POWER, tall=below.tall, word=True)


@written.register
def write_exp(value: sympy.exp, pen: Pen) -> Piece:
    """The exponential function; e with an exponent would look like the residual."""
    return pen.call("exp", *value.args)


@written.register
def write_log(value: sympy.log, pen: Pen) -> Piece:
    """The natural logarithm."""
    return pen.call("log", *value.args)


def _is_root(factor: sympy.Expr) -> bool:
    return isinstance(factor, sympy.Pow) and factor.exp in (sympy.S.Half, -sympy.S.Half)


def _common_root(factors: list[sympy.Expr], pen: Pen) -> sympy.Expr | None:
    """The square roots among the factors under one root, √(2σ²/b); None for one alone, or standard deviations alone."""
    roots = [factor for factor in factors if _is_root(factor)]
    bases = [root.args[0] for root in roots]
    deviations = [base for base in bases if isinstance(base, sympy.Symbol) and split_key(base.name)[1]]
    if len(roots) < 2 or len(deviations) == len(roots):
        return None
    inside = sympy.Mul(*(root**2 for root in roots))
    return sympy.Pow(inside, sympy.S.Half, evaluate=False)


def _side_by_side(factors: list[sympy.Expr], pen: Pen, negative: bool) -> Piece:
    """Factors without a sign between them, numbers first; two numbers with one."""
    if not factors:
        return Piece(pen.dialect.number("1"), negative=negative, word=True)
    ordered = sorted(factors, key=lambda factor: _factor_rank(factor.as_base_exp()[0]))
    if len(ordered) == 1:
        piece = written(ordered[0], pen)
        if not negative:
            return piece
        inner = pen.at_least(Bind.PRODUCT, piece)
        return Piece(inner.text, inner.bind, True, inner.tall, inner.word, inner.open_end)
    pieces = [pen.at_least(Bind.POWER, written(factor, pen)) for factor in ordered]
    text = pieces[0].text
    for factor, piece in zip(ordered[1:], pieces[1:], strict=True):
        if pen.dialect.starts_with_digit(piece.text):
            text += pen.dialect.times + piece.text
        else:
            sizes = factor.is_integer and len(piece.text) == 1 and text[-1:].isalnum() and text.isalnum()
            brackets = text.endswith(")") and piece.text.startswith("(")
            text = pen.dialect.side_by_side(text, piece.text, not (pen.dialect.is_number(text) or sizes or brackets))
    return Piece(
        text, Bind.PRODUCT, negative, any(piece.tall for piece in pieces), word=True, open_end=pieces[-1].open_end
    )


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


class _Latex(LatexPrinter):
    """SymPy's LaTeX, with our names, order and powers below functions that only SymPy knows."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def _print_Symbol(self, expr: sympy.Symbol, style: str = "plain") -> str:
        return self.pen.whole(expr)

    def _print_Add(self, expr: sympy.Add, order: str | None = None) -> str:
        return self.pen.whole(expr)

    def _print_Mul(self, expr: sympy.Expr) -> str:
        return self.pen.whole(expr)

    def _print_Pow(self, expr: sympy.Pow) -> str:
        return self.pen.whole(expr)


class _Text(StrPrinter):
    """SymPy's plain text, with our names, order and powers below functions that only SymPy knows."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def _print_Symbol(self, expr: sympy.Symbol) -> str:
        return self.pen.whole(expr)

    def _print_Add(self, expr: sympy.Add, order: str | None = None) -> str:
        return self.pen.whole(expr)

    def _print_Mul(self, expr: sympy.Expr) -> str:
        return self.pen.whole(expr)

    def _print_Pow(self, expr: sympy.Pow, rational: bool = False) -> str:
        return self.pen.whole(expr)
