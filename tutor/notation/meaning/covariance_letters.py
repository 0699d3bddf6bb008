"""σ with two letters below it: a covariance, σ_uv and σ_{G,E}, or the deviation of an interaction."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.meaning.indexed_keys import together
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import BELOW
from tutor.notation.parsing.spelling import GREEK_LETTERS
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.vocabulary import Name, Vocabulary

_TWO_BELOW = re.compile(r"(?:sigma|σ)\s*_\s*(?:[{(]|[a-z]{2}|1[A-Za-z\s&,])")
"""What all patterns below begin with."""

_LOWERED = r"([a-z](?:_?\{?[0-9]\}?)?)"
_COVARIANCE = re.compile(
    rf"""(?:\\sigma|σ|(?<![A-Za-z])sigma)\s*_\s*
    (?:\{{\s*{_LOWERED}\s*,?\s*{_LOWERED}\s*\}}|([a-z])([a-z])(?![A-Za-z]))(?!\s*\^|²)""",
    re.X,
)
_GREEK_EFFECT = r"(?:alpha|beta|gamma|delta|tau|rho|theta|[αβγδτρθ])"
_COVARIANCE_OF_CAPITALS = re.compile(
    r"(?:\\sigma|σ|(?<![A-Za-z])sigma)\s*_\s*[{(]\s*([A-Z])\s*(,?)\s*([A-Z])\s*[})](?!\s*\^|²)"
)
"""σ_{G,E}, and σ_{GE}, which may be the deviation of an interaction too."""

_COVARIANCE_OF_GREEK = re.compile(
    rf"(?:\\sigma|σ)\s*_\s*\{{\s*\\?({_GREEK_EFFECT})\s*(,?)\s*\\?({_GREEK_EFFECT})\s*\}}(?!\s*\^|²)"
)
"""σ_{αβ}, a covariance beside σ²_α and σ²_β, and the deviation of an interaction where the text has its square."""

_SQUARE = re.compile(
    r"""(?:\\sigma|σ|sigma)\s*(?:\^\s*\{?\s*2\s*\}?|²|2)\s*_\s*(?:\{([^{}]*)\}|([A-Za-z]+))
    |(?:\\sigma|σ)\s*_\s*\{([^{}]*)\}\s*\^\s*\{?2""",
    re.X,
)
_INDICES = frozenset("hijklmno")
_SIGMA = r"(?:\\sigma|σ|(?<![A-Za-z])sigma)\s*"
_OF_FIRST_ROW = rf"{_SIGMA}_\s*"
_LAST_OF_ROW = re.compile(
    rf"{_OF_FIRST_ROW}(?:\{{\s*1\s*,?\s*([A-Za-z](?:\s*_\s*\{{?\s*[a-z]\s*\}}?)?)\s*\}}|1([A-Za-z])(?![A-Za-z0-9]))(?!\s*\^|²)"
)
_SECOND_OF_ROW = re.compile(rf"{_OF_FIRST_ROW}(?:\{{\s*1\s*,?\s*2\s*\}}|12(?![A-Za-z0-9]))")
"""σ_12, …, σ_1t: the ends of a row of covariances."""

_BY_DIFFERENCE = re.compile(rf"{_SIGMA}_\s*\{{\s*((?:[|∣]|\\[lr]?vert(?![A-Za-z]))[^{{}}^]*)\}}(?!\s*\^|²)")
_BY_LAG = re.compile(
    rf"{_SIGMA}(?:\^\s*\{{?\s*2\s*\}}?|²)\s*[&,]\s*{_SIGMA}_\s*\{{?\s*1\s*\}}?\s*[&,][^=~]{{0,200}}?{_SIGMA}_\s*\{{\s*([A-Za-z])\s*[-−]\s*1\s*\}}"
)
"""σ², σ_1, …, σ_{t−1}: a row of a Toeplitz matrix."""


def of_covariances(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """σ_uv is a covariance where no σ²_uv stands and none is known, of which it would be the root; so are σ_{G,E}, and
    σ_{GE} beside σ²_G and σ²_E."""
    text = usage.text
    if _TWO_BELOW.search(text) is None:
        return {}
    pairs = {tuple(filter(None, groups)) for groups in set(_COVARIANCE.findall(text))}
    of_capitals = set(_COVARIANCE_OF_CAPITALS.findall(text)) if not text.islower() else set()
    of_greek = set(_COVARIANCE_OF_GREEK.findall(text))
    of_rows = _of_rows(text) | _of_lags(text) | _of_differences(text)
    if not pairs and not of_capitals and not of_greek:
        return of_rows
    squares = {_plain(next(filter(None, groups), "")) for groups in set(_SQUARE.findall(text))}
    keys: dict[str, Name] = dict(of_rows)
    known = {key.removeprefix("sigma2_") for key in vocabulary.names if key.startswith("sigma2_")}
    for pair in pairs:
        first, second = map(_plain, pair)
        are_indices = {first[0], second[0]} & _INDICES and not {first, second} <= squares  # σ_am beside σ²_a and σ²_m
        if first == second or first + second in squares | known or are_indices:
            continue
        key = f"sigma_{first}{second}" if len(first + second) == 2 else f"sigma_{first}_{second}"
        keys[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    for first, comma, second in of_capitals:
        is_root = first == second or first + second in squares | known
        if not is_root and (comma or {first, second} <= squares):
            key = f"sigma_{first}_{second}"
            keys[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    told = {square.replace("\\", "") for square in squares}
    for first, comma, second in of_greek:
        is_root = first == second or first + second in told
        if not is_root and (comma or {first, second} <= told or (second, "", first) in of_greek):
            below = [GREEK_LETTERS.get(letter) or letter for letter in (first, second)]
            key = f"sigma_{'_'.join(below) if comma else ''.join(below)}"
            keys[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return keys


def _of_rows(text: str) -> dict[str, Name]:
    """The σ_1t, σ_t1 and σ_tt of a matrix that begins with σ_12, …, σ_1t: no deviations of a first t."""
    if _SECOND_OF_ROW.search(text) is None:
        return {}
    keys: dict[str, Name] = {}
    for braced, plain in set(_LAST_OF_ROW.findall(text)):
        letter = BELOW.join(re.findall("[A-Za-z]", braced or plain))
        ends = [pair for number in "123456789" for pair in ((number, letter), (letter, number))]
        for pair in (*ends, (letter, letter)):
            key = together(f"sigma_{'_'.join(pair)}")
            keys[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return keys


def _of_lags(text: str) -> dict[str, Name]:
    """The σ_1, σ_2 and σ_{t−1} of a Toeplitz matrix with σ² on its diagonal: covariances of so many steps."""
    found = _BY_LAG.search(text)
    if found is None:
        return {}
    numbers = range(1, 10)
    keys = [*(f"sigma_{number}" for number in numbers), *(f"sigma_{found[1]}-{number}" for number in numbers)]
    return {key: Name(key, Scalar(sympy.Symbol(key, real=True))) for key in keys}


def _of_differences(text: str) -> dict[str, Name]:
    """σ_{|i−j|}, the covariance of two so far apart."""
    keys = {f"sigma_{normal_subscript(below)}" for below in _BY_DIFFERENCE.findall(text)}
    return {key: Name(key, Scalar(sympy.Symbol(key, real=True))) for key in keys}


def _plain(below: str) -> str:
    return re.sub(r"[\s_{},]", "", below)
