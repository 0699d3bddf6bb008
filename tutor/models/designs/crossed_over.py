"""Crossover trials: each subject has several treatments, one after the other, in a sequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import sympy

from tutor.algebra.build import vstack
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import Explicit, Kronecker, Ones
from tutor.algebra.sizes import Size, SizeLike, same_size, size
from tutor.algebra.tree import Tree
from tutor.errors import DataError, SizeError
from tutor.models.design import design_size
from tutor.models.designs.arranged import DesignAtNumbers
from tutor.models.designs.describe import LETTERS, Factorial, Treatments, describe, treatment_factors
from tutor.models.layout import Index, open_columns
from tutor.models.mixed import MixedModel
from tutor.models.plan import Repeats, Unit
from tutor.models.words import count


def crossover(
    subjects: SizeLike,
    sequences: Sequence[str] | SizeLike = ("AB", "BA"),
    carryover: bool = False,
    treatments: Treatments | None = None,
) -> MixedModel:
    """Crossover: y_ijkl = μ + γ_i + π_j + τ_l + u_k(i) + ε_ijkl, treatment l of subject k of sequence i in period j.

    ``sequences`` are texts with a letter for the treatment of each period, "ABB", or a number of treatments for
    Williams' sequences, in which each treatment follows each other equally often. ``subjects`` is their number for
    each sequence; with one, sequences and subjects are the same, and γ_i is left out. ``carryover`` adds λ_m, what is
    left of the treatment m of the period before, 0 in the first. ``treatments`` may be two factors, whose combinations
    are the letters in the order of the alphabet, the last factor varying fastest; what is left of them is told for
    each combination.

    A letter for the subjects stands for two or more of each sequence: the part of X for the treatments has 1_n ⊗ T_i
    for sequence i, T_i being the treatments of its periods, and V = I_s ⊗ I_n ⊗ (σ² I_p + σ²_u J_p). With a letter for
    the treatments, three or more, there are s of Williams' sequences, s = t for an even t and 2t for an odd one, and
    which treatment a period has is not known: X's parts for the treatments and the carry-over have no entries.
    Source: Jones and Kenward (2014), Design and analysis of cross-over trials, 3rd ed.; Williams
    (1949), Aust. J. Sci. Res. A 2, 149–168; for the rank with carry-over Cheng and Wu (1980), Ann. Statist. 8,
    1272–1283.

    Raises
    ------
    SizeError
        For fewer than one subject, or more than 26 treatments.
    DataError
        For sequences that are not as long as each other, or fewer than two periods or treatments; for factors that
        have not as many combinations as the sequences have letters.

    >>> crossover(subjects=3).Z.definition.shape
    (12, 6)
    >>> print(crossover("n").V.closed_form())
    I_{2n} ⊗ (σ² I₂ + σ²_u J₂)
    """
    s = design_size("subjects", subjects)
    if isinstance(sequences, Mapping):
        raise DataError(
            "sequences is a mapping, as the factors of treatments are.",
            tip="Give the sequences, or their number of treatments, and treatments={…} beside it.",
        )
    if isinstance(sequences, int | str | sympy.Expr):
        number = _number_of_treatments(sequences)
        if not number.is_Integer:
            return _of_letters(s, number, carryover, treatments)
        given = _williams(int(number))  # pyright: ignore[reportArgumentType]
    else:
        given = list(map(str, sequences))
    _check_sequences(given)
    names = sorted(set("".join(given)))
    t = _crossed_over(names, treatments)
    m, several = _index_of_carryover(t), len(given) > 1 and s != 1
    codes = _codes(given, names, t, m, int(s) if s.is_Integer else 1)  # pyright: ignore[reportArgumentType]
    words = f"{t.words}, {', '.join(names)}," if treatments is not None else t.words
    periods, told = sympy.Integer(len(given[0])), tuple(given)
    of_letters: dict[str, Any] = {}
    if not s.is_Integer:
        # The rows of a further subject are those of the first, so that they add nothing to the rank.
        of_letters = {
            "structured": _structured(codes, t, m if carryover else "", s, periods),
            "rank": crossover(2, sequences, carryover, treatments).rank,
            "repeats": Repeats(s, partial(crossover, sequences=given, carryover=carryover, treatments=treatments)),
        }
    return _described(
        _Scheme(t, s, sympy.Integer(len(given)), periods, told, ("none", *names)),
        f"{words} in {count(sympy.Integer(len(given)), 'sequence')} ({', '.join(given)})",
        carryover,
        several,
        codes={letter: codes[letter] for letter in f"ikj{t.letters}{m if carryover else ''}"} if s.is_Integer else None,
        lines="ij" if not carryover and _are_balanced(given) else "",
        **of_letters,
    )


def _are_balanced(sequences: Sequence[str]) -> bool:
    """Whether each treatment is equally often in each sequence and in each period."""
    names, periods = set("".join(sequences)), ["".join(each) for each in zip(*sequences, strict=True)]
    return all(len({line.count(name) for line in lines for name in names}) == 1 for lines in (sequences, periods))


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The treatments, the numbers of subjects of a sequence, of sequences and of periods; the names of the sequences
    and of what is left of a treatment, where there are any."""

    treatments: Factorial
    subjects: Size
    sequences: Size
    periods: Size
    names: tuple[str, ...] | None = None
    left: tuple[str, ...] | None = None


def _described(scheme: _Scheme, words: str, carryover: bool, several: bool, **more: Any) -> MixedModel:
    """The model; ``several`` tells that sequences have effects beside their subjects'."""
    t, s = scheme.treatments, scheme.subjects
    m = _index_of_carryover(t)
    prefix = "" if scheme.names else "s"
    number = t.size + 1
    left = [Index(m, "carryover", number, "", scheme.left, short="" if scheme.left else "λ")] if carryover else []
    return describe(
        f"Crossover: {words}, {count(s, 'subject')} each{', with carry-over' if carryover else ''}",
        [
            Index("i", "sequence", scheme.sequences, "s", scheme.names, prefix=prefix, short="γ"),
            Index("k", "subject", s, "nm", prefix="s", short="s"),
            Index("j", "period", scheme.periods, "p", prefix="p", short="p"),
            *t.indices,
            *left,
        ],
        ["mu", *(["gamma_i"] if several else []), "pi_j", *t.terms, *([f"lambda_{m}"] if left else []), "u_k(i)"],
        random={"u": "the subjects"},
        response=f"ijk{t.letters}{m if left else ''}",
        zeros=["lambda_1"] if carryover else [],
        units=(Unit("subject", "ik"), Unit("period", "j", ("subject",), ordered=True)),
        treatments=t.letters,
        determined=t.letters + (m if left else ""),
        **more,
    )


def _index_of_carryover(treatments: Factorial) -> str:
    return LETTERS[LETTERS.index(treatments.letters[-1]) + 1]


def _codes(
    given: Sequence[str], names: Sequence[str], treatments: Factorial, m: str, subjects: int
) -> dict[str, list[int]]:
    """The levels of each row by index, from 1: the sequences, the subjects of each, and the periods of a subject."""
    rows = [
        (i, k, j, names.index(sequence[j - 1]) + 1 if j else 0, names.index(sequence[j]))
        for i, sequence in enumerate(given)
        for k in range(subjects)
        for j in range(len(sequence))
    ]
    units = {letter: [row[place] + 1 for row in rows] for place, letter in enumerate("ikj" + m)}
    return {**units, **treatments.codes([row[-1] for row in rows])}


# Letters for sizes


def _structured(
    codes: Mapping[str, Sequence[int]], treatments: Factorial, m: str, subjects: Size, periods: Size
) -> dict[str, Tree]:
    """The indicators of treatments and of what is left of them, 1_n ⊗ T_i below each other, from the rows of one
    subject of each sequence; the first level of the latter, none, has no column."""
    letters = treatments.letters
    terms = ["".join(chosen) for number in range(1, len(letters) + 1) for chosen in combinations(letters, number)]
    found = {}
    for term in [*terms, *([m] if m else [])]:
        rows = list(zip(*(codes[letter] for letter in term), strict=True))
        cells = [cell for cell in sorted(set(rows)) if term != m or cell != (1,)]
        place = {cell: number for number, cell in enumerate(cells)}
        p = int(periods)  # pyright: ignore[reportArgumentType]
        found[term] = vstack(*(_repeated(subjects, rows[start : start + p], place) for start in range(0, len(rows), p)))
    return found


def _repeated(subjects: Size, rows: Sequence[tuple[int, ...]], place: Mapping[tuple[int, ...], int]) -> Tree:
    """1_n ⊗ T: the same for each subject of a sequence."""
    filled = [(i, place[cell], sympy.S.One) for i, cell in enumerate(rows) if cell in place]
    return Kronecker((Ones(subjects), Explicit(FilledCells(filled, rows=len(rows), columns=len(place)))))


SEQUENCES = "swghqv"
"""Letters for the number of Williams' sequences, of which the first is taken that is free."""


def _of_letters(s: Size, t: Size, carryover: bool, treatments: Treatments | None) -> MixedModel:
    """Williams' sequences of a number of treatments that is a letter.

    Every treatment is once in each sequence, and equally often in each period: treatments add t − 1 to the rank. Beside
    subjects and periods the information on treatments and carry-over is n[[H, −H/t], [−H/t, (1 − 1/t − 1/t²)H]] with
    H = I − J/t, and 1 − 1/t − 2/t² = (t − 2)(t + 1)/t² is not 0 for three treatments or more: carry-over adds t − 1.
    """
    found = treatment_factors("treatments", t if treatments is None else treatments, letters="t", start=3)
    _check_few(found)
    if not same_size(found.size, t):
        raise DataError(f"{found.words} are {found.size} combinations, and the sequences are of {t} treatments.",
                        tip=f"Give sequences={found.size}.")  # fmt: skip
    taken = {str(letter) for letter in (s * t * found.size).free_symbols} | {
        index.size_letter for index in found.indices
    }
    number = size(next(letter for letter in SEQUENCES if letter not in taken))
    several, m = s != 1, _index_of_carryover(found)
    rank = t + t - 1 + (number - 1 if several else 0) + (t - 1 if carryover else 0)
    rows = number * s * t
    arranged = DesignAtNumbers(
        partial(crossover, carryover=carryover),
        {"subjects": s, "sequences": t, "treatments": treatments},
        2 * s * t**2,
        derived={number: "i"},
        least=3 if carryover else 2,
    )
    return _described(
        _Scheme(found, s, number, t),
        f"{found.words} in {number} Williams sequences ({number} = {t} where {t} is even, else 2{t})",
        carryover,
        several,
        structured={m: open_columns("X_lambda", (rows, t), m, arranged, first=1)} if carryover else None,
        rank=sympy.expand(rank),
        lines="" if carryover else "ij",
        arrangement=arranged,
    )


# The sequences


MOST_CROSSED_OVER = 2
"""Factors of a crossover's treatments: the third effect, γ, is that of the sequences."""


def _crossed_over(names: Sequence[str], given: Treatments | None) -> Factorial:
    """The treatments of a crossover: its letters as they are, or the factors whose combinations they stand for."""
    if given is None:
        return treatment_factors("treatments", {"treatment": names}, start=3)
    found = treatment_factors("treatments", given, start=3)
    _check_few(found)
    if found.size != len(names):
        raise DataError(
            f"{found.words} are {found.size} combinations, and the sequences have {len(names)} letters, "
            f"{', '.join(names)}.",
            tip="Give each combination its letter, in the order of the alphabet.",
        )
    return found


def _check_few(treatments: Factorial) -> None:
    if len(treatments.indices) > MOST_CROSSED_OVER:
        raise DataError(f"treatments has {len(treatments.indices)} factors; a crossover takes two.",
                        tip="Give the letters of the sequences alone.")  # fmt: skip


def _check_sequences(given: Sequence[str]) -> None:
    lengths = {len(sequence) for sequence in given}
    if len(lengths) != 1 or min(lengths) < 2 or len(set("".join(given))) < 2 or len(set(given)) < len(given):
        raise DataError(
            f"The sequences are {', '.join(given) or 'none'}; expected different ones of equal length, two periods or "
            "more, and two treatments or more.",
            tip="Write one letter for each period: sequences=['AB', 'BA'] or ['ABB', 'BAA'].",
        )


def _number_of_treatments(given: SizeLike) -> Size:
    """The number of treatments of Williams' sequences. Raises DataError for a text that looks like one sequence."""
    if isinstance(given, str) and len(given) > 1 and given.isalpha() and given.isupper():
        raise DataError(f"{given} is one sequence; expected a list of them, or the number of treatments.",
                        tip=f'Write sequences=["{given}"], with the others beside it.')  # fmt: skip
    number = design_size("sequences", given, 2)
    if number.is_Integer and number > 26:
        raise SizeError(f"Williams' sequences of {number} treatments cannot be listed.", tip="Give a number up to 26.")
    return number


def _williams(number: int) -> list[str]:
    """Williams' sequences: t for an even number of treatments, 2t for an odd one."""
    first = [place // 2 if place % 2 == 0 else number - 1 - place // 2 for place in range(number)]
    found = [[(entry + step) % number for entry in first] for step in range(number)]
    if number % 2:
        found += [list(reversed(sequence)) for sequence in found]
    return ["".join(chr(ord("A") + entry) for entry in sequence) for sequence in found]
