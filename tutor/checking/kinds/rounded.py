"""Numbers to be given with so many decimals or significant digits: right is what is a correct rounding, or more exact.

An answer with as many digits as were asked for, or more, is right if and only if the exact value rounds to it, at the
unit of its last digit; a fraction, or a root, if it is the exact value. A tie may be rounded either way. There is no
tolerance: the numbers that round to an answer are an interval of exact rational ends, and the exact value lies in it
or does not. Irrational values are balls, as in `equal`; one that overlaps an end is undecided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.checking.answers import Answer
from tutor.checking.equal import compare
from tutor.checking.expressions import unreadable
from tutor.checking.judge import Plain, Request, judge
from tutor.checking.kinds.parts import wrong
from tutor.checking.verdict import Credit, Verdict
from tutor.errors import ExerciseError, TutorError
from tutor.notation.read import read

MOST_TEXT = 200

PER_CENT = 100

CERTAIN_DIGITS = 15
"""Decimal digits that a double always keeps."""

CREDIT_OF_ROUNDING = 0.5
"""What a number earns that is right but wrongly or not finely enough rounded, and one with a wrong unit; {"rounding":
…} and {"unit": …} among the weights say otherwise."""


@dataclass(frozen=True, slots=True)
class Rounded(Plain):
    """A number that the student gives with so many ``decimals``, or ``significant`` digits; its value is exact.

    ``unit`` is that of the number, "kg": an answer may leave it out unless ``needs_unit``. With ``percent`` the answer
    may be given in per cent as well, 83 % for 0.83.

    Raises
    ------
    ExerciseError
        Unless one of decimals and significant digits is told.

    >>> str(Rounded(sympy.Rational(5, 6), decimals=2)), str(Rounded(1234, significant=2, unit="kg"))
    ('0.83', '1200 kg')
    """

    value: Any
    decimals: int | None = None
    significant: int | None = None
    unit: str = ""
    needs_unit: bool = False
    percent: bool = False

    def __post_init__(self) -> None:
        if (self.decimals is None) == (self.significant is None):
            raise ExerciseError("A number to be rounded needs its decimals or its significant digits, one of the two.")
        if self.significant is not None and self.significant < 1:
            raise ExerciseError(f"A number has one significant digit or more, not {self.significant}.")
        if not self.exact.is_real or self.exact.free_symbols:
            raise ExerciseError(f"{self.value} is no number that could be rounded.")

    @property
    def exact(self) -> sympy.Expr:
        """The number itself. A double is the number that it shows."""
        if isinstance(self.value, Tree):
            (entry,) = self.value.explicit().flat()
            return entry
        if isinstance(self.value, float | Decimal):
            return sympy.Rational(str(self.value))
        return sympy.sympify(self.value, strict=True)

    @property
    def last_place(self) -> int:
        """The power of ten of the last digit that was asked for: −2 for two decimals."""
        if self.decimals is not None:
            return -self.decimals
        assert self.significant is not None
        if self.exact.is_zero:
            return 1 - self.significant
        size = abs(self.exact)
        power = int(sympy.floor(sympy.log(size, 10).evalf(30)))
        while sympy.Integer(10) ** power > size:
            power -= 1
        while sympy.Integer(10) ** (power + 1) <= size:
            power += 1
        return power - self.significant + 1

    def __str__(self) -> str:
        return f"{_digits(self.exact, self.last_place)}{f' {self.unit}' if self.unit else ''}"


def _digits(value: sympy.Expr, place: int) -> str:
    """The value rounded to a power of ten, with all of its digits."""
    unit = sympy.Integer(10) ** place
    whole = int(sympy.floor(value / unit + sympy.Rational(1, 2)))
    if place >= 0:
        return str(whole * 10**place)
    return f"{Decimal(whole).scaleb(place):.{-place}f}"


_YES = Verdict("correct", score=1.0, feedback="Yes.")


@dataclass(frozen=True, slots=True)
class _Given:
    """A number as a student wrote it: ``place`` is the power of ten of its last digit, None for an exact one."""

    value: sympy.Expr
    place: int | None
    unit: str


@judge.register
def judge_rounded(asked: Rounded, answer: Answer, request: Request) -> Verdict:
    """Whether a number is a correct rounding of the exact value, at the unit that was asked for or a finer one."""
    try:
        given = _given(answer, asked, request)
    except TutorError as error:
        return unreadable(error)
    steps = _steps_between(given.unit, asked.unit)
    if steps is not None:
        ten = sympy.Integer(10) ** steps
        converted = _Given(given.value * ten, None if given.place is None else given.place + steps, asked.unit)
        if _judge_number(asked, converted, request).correct or not _judge_number(asked, given, request).correct:
            given = converted  # else the number is right, and its unit is not
    if given.unit != asked.unit and (given.unit or asked.needs_unit):
        return _unit_verdict(asked, given, request)
    return _judge_number(asked, given, request)


_PREFIXES = {"k": 3, "M": 6, "h": 2, "d": -1, "c": -2, "m": -3, "µ": -6, "μ": -6, "n": -9, None: 0}
_METRIC = re.compile(r"(?P<prefix>[kMhdcmµμn])?(?P<base>g|m|l|L|s|N|J|W|Pa|K)\s*(?:\^?\{?(?P<power>[23²³])\}?)?")


def _steps_between(unit: str, asked: str) -> int | None:
    """The power of ten by which a number in one unit is multiplied for another of the same kind, −3 from g to kg; None
    where they are of different kinds, or one and the same."""
    mine, theirs = _METRIC.fullmatch(unit.strip()), _METRIC.fullmatch(asked.strip())
    if mine is None or theirs is None or unit.strip() == asked.strip():
        return None
    powers = [int((found["power"] or "1").replace("²", "2").replace("³", "3")) for found in (mine, theirs)]
    if mine["base"].lower() != theirs["base"].lower() or powers[0] != powers[1]:
        return None
    return powers[0] * (_PREFIXES[mine["prefix"]] - _PREFIXES[theirs["prefix"]])


def _unit_verdict(asked: Rounded, given: _Given, request: Request) -> Verdict:
    number = _judge_number(asked, given, request)
    if number.outcome != "correct":
        return number
    share = request.weights.get("unit", CREDIT_OF_ROUNDING)
    credits = (
        Credit("number", 1 - share, 1.0, "right"),
        Credit("unit", share, 0.0, "wrong" if given.unit else "missing"),
    )
    told = (
        f"The number is right. Its unit is not {given.unit}." if given.unit else "The number is right. It has a unit."
    )
    key = "wrong-unit" if given.unit else "missing-unit"
    return Verdict("incorrect", score=1 - share, misconception=key, feedback=f"Nearly. {told}\nIn what is it measured?",
                   credit=credits)  # fmt: skip


def _judge_number(asked: Rounded, given: _Given, request: Request) -> Verdict:
    exact, place = asked.exact, asked.last_place
    if given.place is None:
        same = compare(Scalar(given.value), Scalar(exact)).same
        if same is None:
            return _undecided()
        return _YES if same else _off(given, exact, place)
    rounds = _is_rounding(given.value, sympy.Integer(10) ** given.place, exact)
    fits = _is_rounding(given.value, sympy.Integer(10) ** place, exact)
    if rounds is None or fits is None:
        return _undecided()
    if (rounds and given.place <= place) or (fits and (given.value / sympy.Integer(10) ** place).is_Integer):
        return _YES
    if rounds and given.value == exact:
        return _YES  # 0.5 is all there is of 1/2
    share = request.weights.get("rounding", CREDIT_OF_ROUNDING) if given.place <= place + 1 else 1.0
    if rounds:
        told = f"The value is right as far as it goes; it was asked for {_asked_for(asked)}."
        return _rounding("rounded-too-far", told, "How does it go on?", share)
    if given.place <= place and _sign(abs(given.value - exact) - sympy.Integer(10) ** place) in (-1, 0):
        told = "You have the right number, and its last digit is rounded wrongly."
        return _rounding("rounding", told, "Is the next digit 5 or more?", share)
    return _off(given, exact, place)


def _asked_for(asked: Rounded) -> str:
    count = asked.decimals if asked.decimals is not None else asked.significant
    what = "decimal" if asked.decimals is not None else "significant digit"
    return f"{count} {what}{'' if count == 1 else 's'}"


def _rounding(key: str, told: str, question: str, share: float) -> Verdict:
    credits = (Credit("value", 1 - share, 1.0, "right"), Credit("rounding", share, 0.0, key))
    return Verdict("incorrect", score=1 - share, misconception=key, feedback=f"Nearly. {told}\n{question}",
                   nudge="Nearly. Look at the last digit.", credit=credits)  # fmt: skip


def _off(given: _Given, exact: sympy.Expr, place: int) -> Verdict:
    """Off by more than rounding: a sign, per cent, a factor of 2, a square and a root are told."""
    root = sympy.sqrt(1 / exact) if exact.is_positive else 0
    for key, factor, told, question in (
        ("sign", -1, "It has the wrong sign.", "Which way does it go?"),
        ("factor-2", 2, "A factor of 2 is too many, or missing.", "Where does a 2 come from, and is it there?"),
        ("factor-2", sympy.Rational(1, 2), "A factor of 2 is too many, or missing.", "Where does a 2 belong?"),
        ("percent", PER_CENT, "It is off by a factor of 100.", "Is it a share or per cent?"),
        ("percent", sympy.Rational(1, 100), "It is off by a factor of 100.", "Is it a share or per cent?"),
        ("variance-for-sd", exact, "A square or a root is one too many, or missing.", "What is it measured in?"),
        ("sd-for-variance", root, "A square or a root is one too many, or missing.", "What is it measured in?"),
    ):  # fmt: skip
        if key == "percent" and given.unit not in ("", "%"):
            continue
        if _rounds_to(given, factor * exact, place + 1 + 2 * (factor == PER_CENT)):
            return wrong(key, f"Not yet. {told}", question)
    is_exact = (exact / sympy.Integer(10) ** place).is_integer
    told = "It is another number." if is_exact else "It is another number, and not only by its rounding."
    return wrong(None, f"Not yet. {told}", "How is it calculated?")


def _rounds_to(given: _Given, value: sympy.Expr, coarsest: int) -> bool:
    """Whether a number that is not coarser than a place is a rounding of a value; anything rounds to 0."""
    if value.is_zero:
        return False
    if given.value == value:
        return True
    if given.place is None:
        return compare(Scalar(given.value), Scalar(value)).same is True
    return given.place <= coarsest and _is_rounding(given.value, sympy.Integer(10) ** given.place, value) is True


def _is_rounding(number: sympy.Expr, unit: sympy.Expr, exact: sympy.Expr) -> bool | None:
    """Whether the exact value lies in the interval of those that round to a number at this unit, ends included."""
    signs = _sign(number + unit / 2 - exact), _sign(exact - number + unit / 2)
    return None if None in signs else all(sign is not None and sign >= 0 for sign in signs)


def _undecided() -> Verdict:
    told = "I could not tell whether this is right. It costs you nothing."
    return Verdict("undecided", feedback=told, costs_attempt=False)


def _sign(difference: sympy.Expr) -> int | None:
    """The sign of a number: exact for a rational one, by 1,000 digits for another; None where these do not tell."""
    if difference.is_Rational:
        return int(sympy.sign(difference))  # pyright: ignore[reportArgumentType]  (the sign of a number)
    size = difference.evalf(1000)
    if abs(size) < sympy.Float(10) ** -900:
        return None
    return 1 if size > 0 else -1


# What the student wrote


_DECIMAL = re.compile(r"(?P<sign>[-−+]?)\s*(?P<whole>\d*)(?:[.,](?P<part>\d*))?(?:[eE](?P<power>[-+−]?\d{1,3}))?")
_SCIENTIFIC = re.compile(
    r"(?<=[\d.])\s*(?:\\cdot|\\times|[×·⋅*])\s*10\s*(?:(?:\^|\*\*)\s*(?P<power>\{\s*[-+−]?\d{1,3}\s*\}|[-+−]?\d{1,3})"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?!\d)"
)
"""The power of ten of 8.8 · 10^{-4}, which is 8.8e-4: a number with the digits that stand before it."""
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−", "0123456789+--", "{} ")
_UNIT = re.compile(r"(?P<number>.*?[\d.)}])\s*(?P<unit>[^\d\s.,()=+*/{}-][^\d=+]*?(?:\^\{?[23]\}?)?)?", re.DOTALL)
_SHARES = {f"{share}{ending}": power for power, share in enumerate(("tenth", "hundredth", "thousandth"), 1)
           for ending in ("", "s")}  # fmt: skip
_ABOUT = re.compile(r"(?:(?:about|approx(?:imately|\.)?|circa|ca\.?|roughly|rounded(?:\s+to)?)\s+)+", re.IGNORECASE)
_AROUND = re.compile(
    r"(?i)^(?:(?:so|thus|hence|therefore)[\s,]+|(?:it|this|that)\s+is\s+|i\s+get\s+|answer\s*:\s*)+"
    r"|\s*\((?:rounded|approx(?:imately|\.)?|=\s*[^()=]{1,40})\)$"
)
"""Words before a number, and behind it in brackets how it was found."""

_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?=\.\d)|(?<![\d.,])\d{1,3}(?:[  \u202f'’]\d{3})+(?![\d'’])"
    r"|(?<![\d.,])\d{1,3}(?:\.\d{3})+(?=,\d)"
)
"""Digits in groups of three, where nothing else can be meant: 1,234.5, 1 234 and 1.234,5; of 1,234 the comma may be a
decimal one."""

_LEFT = re.compile(r"[^=≈≃]*(?:=|≈|≃|\\approx\b|~)\s*")


def _given(answer: Answer, asked: Rounded, request: Request) -> _Given:
    if isinstance(answer, str):
        return _of_text(answer, asked, request)
    if isinstance(answer, bool):
        raise TutorError(f"{answer} is no number.", tip="Write a number, as 0.83.")
    if isinstance(answer, float | Decimal):
        return _of_text(repr(float(answer)) if isinstance(answer, float) else str(answer), asked, request)
    if isinstance(answer, Scalar):
        answer = answer.value
    try:
        number = sympy.Integer(1) * sympy.sympify(answer, strict=True)
    except (sympy.SympifyError, TypeError, ValueError):
        raise TutorError(f"An answer of type {type(answer).__name__} is no number.", tip="Write it as 0.83.") from None
    return _Given(number, None, asked.unit)


def _of_text(text: str, asked: Rounded, request: Request) -> _Given:
    if len(text) > MOST_TEXT:
        raise TutorError("This is too long for a number.", tip="Write it as 0.83.")
    text = re.sub(r"\\(?:text|mathrm)\s*\{([^{}]*)\}", r" \1 ", text)
    plain = re.sub(r"\\[,;:! ]|[$]|\\[()\[\]]|~", " ", text).replace("\\%", "%").strip().rstrip(".")
    plain = _AROUND.sub("", _ABOUT.sub("", _LEFT.sub("", _AROUND.sub("", plain)))).strip()
    plain = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    plain = _SCIENTIFIC.sub(lambda found: f"e{(found['power'] or found['raised']).translate(_LOWERED)}", plain)
    number, unit = plain, ""
    told = _UNIT.fullmatch(plain)
    if told is not None and told["unit"] and (_DECIMAL.fullmatch(told["number"].strip()) or asked.unit):
        number, unit = told["number"].strip(), _raised(told["unit"])
    decimal = _DECIMAL.fullmatch(number.strip())
    if unit == "%" and asked.unit != "%":
        if not asked.percent:
            raise TutorError("The number was not asked for in per cent.", tip="Write it as 0.83, not as 83 %.")
        scale, unit = 2, ""
    else:
        scale = _SHARES.get(unit.casefold(), 0)
        unit = "" if scale else unit
    if decimal is not None and (decimal["whole"] or decimal["part"]):
        return _of_decimal(decimal, scale, unit or ("" if asked.needs_unit else asked.unit))
    tree = read(number, request.vocabulary).tree
    if not isinstance(tree, Scalar) or tree.value.free_symbols:
        raise TutorError(f"{text.strip()!r} is no number.", tip="Write a number, as 0.83 or 5/6.")
    value = tree.value / sympy.Integer(10) ** scale
    return _Given(value, None, unit or ("" if asked.needs_unit else asked.unit))


def _raised(unit: str) -> str:
    """A unit with its power in print, m² of m^2."""
    plain = re.sub(r"[\^{}]", "", unit).strip()
    return re.sub(r"(?<=[A-Za-z])[23]$", lambda found: "²" if found[0] == "2" else "³", plain)


def _of_decimal(told: re.Match[str], scale: int, unit: str) -> _Given:
    part = told["part"] or ""
    power = int((told["power"] or "0").replace("−", "-")) - scale
    try:
        number = sympy.Integer((told["whole"] or "0") + part)
    except (InvalidOperation, ValueError):
        raise TutorError("This is no number.", tip="Write it as 0.83.") from None
    place = power - len(part)
    # Of a whole number without a point the zeros at the end may be of its rounding.
    if not part and not told["power"] and number != 0:
        digits = told["whole"].lstrip("0")
        place += len(digits) - len(digits.rstrip("0")) if scale == 0 else 0
    value = number * sympy.Integer(10) ** (power - len(part))
    # What a program prints has fifteen digits for certain; those beyond come from its arithmetic.
    beyond = len(str(number)) - CERTAIN_DIGITS
    if beyond > 0:
        place = max(place, power - len(part) + beyond)
    return _Given(-value if told["sign"] in ("-", "−") else value, place, unit)
