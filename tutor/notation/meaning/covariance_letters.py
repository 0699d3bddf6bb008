"""σ with two letters below it: a covariance, σ_uv and σ_{G,E}, or the deviation of an interaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tutor.notation.bars import BARS
from tutor.notation.meaning.indexed_keys import together
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.names import BELOW
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_GREEK = "alpha|beta|gamma|delta|tau|rho|theta"
_PAIR = re.compile(
    rf"(?P<small>[a-z][0-9]?)_?([a-z][0-9]?)|(?P<capital>[A-Z])_?([A-Z])|(?P<greek>{_GREEK})_?({_GREEK})"
)
"""Two letters below σ, as they are spelled there."""

_INDICES = frozenset("hijklmno")
_LAST_OF_ROW = re.compile(rf"1_?([A-Za-z](?:{BELOW}[a-z])?)")
_LAST_LAG = re.compile("([A-Za-z])-1")


def of_covariances(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """σ_uv is a covariance where no σ²_uv stands and none is known, of which it would be the root; so are σ_{G,E}, and
    σ_{GE} beside σ²_G and σ²_E."""
    sigmas = [factor for factor in (*usage.factors, *usage.in_cells) if factor.letter == "sigma"]
    if all(len(factor.below) < 2 for factor in sigmas):
        return {}
    plain = [factor for factor in sigmas if not factor.above and not _is_squared(factor)]
    squares = {_joined(factor) for factor in sigmas if _is_squared(factor)}
    known = {key.removeprefix("sigma2_") for key in vocabulary.names if key.startswith("sigma2_")}
    keys = {*_of_pairs(plain, squares, known, usage), *_of_rows(plain), *_of_differences(plain), *_of_lags(usage)}
    return {key: named_number(key) for key in sorted(keys)}


def _is_squared(factor: Factor) -> bool:
    """σ²_u, and sigma2_u as programs have it."""
    is_by_name = isinstance(factor.node, syntax.Named) and factor.node.spelling.letters == "sigma2"
    return is_by_name or factor.above == "2"


def _joined(factor: Factor) -> str:
    return factor.below.replace("_", "")


def _of_pairs(sigmas: Sequence[Factor], squares: set[str], known: set[str], usage: Usage) -> Iterator[str]:
    """σ_uv, σ_{G,E} and σ_{αβ}: of small letters any but indices, of others those with a comma and those beside σ²_G
    and σ²_E, for without these σ_{GE} may be the deviation of an interaction."""
    below = {_joined(factor) for factor in sigmas}
    for factor in sigmas:
        found = _PAIR.fullmatch(factor.below)
        if found is None:
            continue
        first, second = filter(None, found.groups())
        if first == second or first + second in squares | known:
            continue
        have_squares = {first, second} <= squares
        if found["small"]:
            if have_squares or not {first[0], second[0]} & _INDICES:  # σ_am beside σ²_a and σ²_m
                yield f"sigma_{first}{second}" if len(first + second) == 2 else f"sigma_{first}_{second}"
        elif have_squares or _has_comma(factor, usage.text) or (found["greek"] and second + first in below):
            yield f"sigma_{first}_{second}" if found["capital"] else f"sigma_{factor.below}"


def _has_comma(factor: Factor, text: str) -> bool:
    """Whether a comma parts the letters below a name; their spelling has it no more where they are single letters."""
    place = factor.node.spelling.below if isinstance(factor.node, syntax.Named) else None
    return place is not None and "," in text[place.start : place.end]


def _of_rows(sigmas: Sequence[Factor]) -> Iterator[str]:
    """The σ_1t, σ_t1 and σ_tt of a matrix that begins with σ_12, …, σ_1t: no deviations of a first t."""
    if all(factor.below != "12" for factor in sigmas):
        return
    for found in filter(None, (_LAST_OF_ROW.fullmatch(factor.below) for factor in sigmas)):
        ends = [pair for number in "123456789" for pair in ((number, found[1]), (found[1], number))]
        yield from (together(f"sigma_{'_'.join(pair)}") for pair in (*ends, (found[1], found[1])))


def _of_lags(usage: Usage) -> Iterator[str]:
    """The σ_1, σ_2 and σ_{t−1} of a Toeplitz matrix with the row σ², σ_1, …, σ_{t−1}: covariances of so many steps."""
    rows: Iterable[Sequence[syntax.Node]] = (row for matrix in usage.of(syntax.Matrix) for row in matrix.rows)
    for row in (*rows, *(listed.items for listed in usage.of(syntax.Listed))):
        cells = [usage.single(cell) for cell in row]
        if not all(cell.letter in {"sigma", ""} for cell in cells) or len(cells) < 3:
            continue
        first, second, last = cells[0], cells[1], _LAST_LAG.fullmatch(cells[-1].below)
        if _is_squared(first) and not first.below and second.below == "1" and last is not None:
            for number in range(1, 10):
                yield from (f"sigma_{number}", f"sigma_{last[1]}-{number}")


def _of_differences(sigmas: Sequence[Factor]) -> Iterator[str]:
    """σ_{|i−j|}, the covariance of two so far apart."""
    yield from (f"sigma_{factor.below}" for factor in sigmas if factor.below.startswith(BARS))
