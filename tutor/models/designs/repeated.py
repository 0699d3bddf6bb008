"""Several observations of a subject in time: repeated measures, and crossover trials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import sympy

from tutor.algebra.sizes import Size, SizeLike
from tutor.covariance.structure import Structure
from tutor.errors import DataError, SizeError
from tutor.models.design import design_size
from tutor.models.designs.describe import (
    LETTERS,
    Factorial,
    Treatments,
    choice,
    describe,
    next_letters,
    treatment_factors,
)
from tutor.models.designs.within import check_told_apart, structure_of, within_subjects
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count


def repeated_measures(
    subjects: SizeLike,
    times: SizeLike,
    treatments: Treatments = 1,
    within: str | Structure = "ar1",
    side: Literal["R", "G"] = "R",
    random_intercept: bool = False,
) -> MixedModel:
    """Repeated measures: y_ijk = μ + τ_i + α_j + (τα)_ij + ε_ijk, time j of subject k of treatment i.

    ``subjects`` is their number for each treatment; ``treatments`` may be two or three factors; with one treatment
    y_ij = μ + τ_i + ε_ij, time i of subject j. ``within`` is the covariance over the times of a subject, a key of
    `tutor.covariance` ("identity", "cs", "ar1", "un", …) or a structure from there, as for times that are not equally
    spaced. On the R side the residuals of a subject have it, R = I ⊗ Σ; on the G side random effects v_ijk do, beside
    independent residuals, and "cs" is a random intercept u_k(i) of each subject. ``random_intercept`` adds u_k(i) to a
    structure of the R side.
    Source: Diggle, Heagerty, Liang and Zeger (2002), Analysis of longitudinal data, 2nd ed.; Littell et al.
    (2006), SAS for mixed models, 2nd ed.

    Raises
    ------
    SizeError
        For fewer than two subjects or times, or a letter for times that each have a parameter.
    UnknownNameError
        For another structure or side.
    DataError
        For parameters that data cannot tell apart: a random intercept beside compound symmetry or an unstructured Σ,
        or effects of each time with a variance of their own beside independent residuals.

    >>> print(repeated_measures(subjects="s", times="t", within="cs").V.closed_form())
    I_s ⊗ (σ² (1 − ρ) I_t + σ² ρ J_t)
    >>> repeated_measures(subjects=4, times=3, treatments=2).R.shape
    (24, 24)
    """
    choice("side", side, ("R", "G"))
    over_time = structure_of(within)
    key = over_time.key
    s, times_ = design_size("subjects", subjects, 2), design_size("times", times, 2)
    _check_identifiable(over_time, times_, side, random_intercept)
    groups = treatments != 1
    t = treatment_factors("treatments", treatments, letters="ag") if groups else None
    time = treatment_factors("times", times_, "time", "tp", after=t, single=True)
    time = replace(time, indices=tuple(replace(index, prefix="time") for index in time.indices))
    j = time.letters
    of_treatment = "" if t is None else t.letters
    (k,) = next_letters(1, time if t is None else t + time)
    own = f"{k}({of_treatment})" if groups else k
    subject = Index(k, "subject", s, "snm", prefix="s", short="s")
    number = s if t is None else s * t.size
    terms = ["mu", *(time if t is None else t + time).terms]
    random, structures, residual = {}, {}, None
    group = (*(() if t is None else (index.name for index in t.indices)), "subject")
    if random_intercept or (side == "G" and key == "cs"):
        random["u"] = "the subjects"
        terms.append(f"u_{own}")
    elif side == "G":
        random["v"] = "the times of subjects"
        structures["v"] = within_subjects(over_time, number, time.indices[0], "v", "effects", group)
        terms.append(f"v_{of_treatment}{j}{k}")
    if side == "R" and key != "identity":
        residual = within_subjects(over_time, number, time.indices[0], "", "residuals", group)
    who = f"{t.words}, {count(s, 'subject')} each" if t is not None else count(s, "subject")
    how = key if side == "R" else f"{key} on the G side"
    intercepts = " and random intercepts" if random_intercept else ""
    return describe(
        f"Repeated measures: {who}, {count(times_, 'time')}, {how}{intercepts}",
        (*(() if t is None else t.indices), subject, *time.indices),
        terms,
        random=random,
        structures=structures,
        residual=residual,
        repeated=j if residual is not None or structures else "",
        units=(Unit("subject", of_treatment + k), Unit("time", j, ("subject",), ordered=True)),
        treatments=of_treatment,
    )


def _check_identifiable(within: Structure, times: Size, side: str, random_intercept: bool) -> None:
    """Raise for variances that no data of such subjects can tell apart."""
    if side == "G" and random_intercept:
        raise DataError("On the G side the structure is that of the random effects already.",
                        tip="Give side='R' for a random intercept beside correlated residuals.")  # fmt: skip
    # Compound symmetry of effects is a random intercept, with the residuals as the rest of the variance.
    if not (side == "G" and within.key == "cs"):
        check_told_apart(within, times, intercept=random_intercept, residual=side == "G")


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
    Source: Jones and Kenward (2014), Design and analysis of cross-over trials, 3rd ed.; Williams
    (1949), Aust. J. Sci. Res. A 2, 149–168.

    Raises
    ------
    SizeError
        For fewer than one subject, or letters: the treatments of periods are no product of sizes.
    DataError
        For sequences that are not as long as each other, or fewer than two periods or treatments; for factors that
        have not as many combinations as the sequences have letters.

    >>> crossover(subjects=3).Z.definition.shape
    (12, 6)
    """
    s = design_size("subjects", subjects)
    given = _williams(sequences) if isinstance(sequences, int | str | sympy.Expr) else list(map(str, sequences))
    _check_sequences(given)
    if not s.is_Integer:
        raise SizeError(f"The treatments of periods are no product of sizes, so {s} cannot be a letter.",
                        tip="Give the number of subjects as a number.")  # fmt: skip
    names = sorted(set("".join(given)))
    rows = [
        (i, k, j, names.index(sequence[j - 1]) + 1 if j else 0, names.index(sequence[j]))
        for i, sequence in enumerate(given)
        for k in range(int(s))  # pyright: ignore[reportArgumentType]
        for j in range(len(sequence))
    ]
    t = _crossed_over(names, treatments)
    (m,) = LETTERS[LETTERS.index(t.letters[-1]) + 1 :][:1]
    several = len(given) > 1 and s != 1
    left = [Index(m, "carryover", sympy.Integer(len(names) + 1), "", ("none", *names))] if carryover else []
    codes = {letter: [row[place] + 1 for row in rows] for place, letter in enumerate("ikj" + (m if carryover else ""))}
    words = f"{t.words}, {', '.join(names)}," if treatments is not None else t.words
    return describe(
        f"Crossover: {words} in {count(sympy.Integer(len(given)), 'sequence')} "
        f"({', '.join(given)}), {count(s, 'subject')} each{', with carry-over' if carryover else ''}",
        [
            Index("i", "sequence", sympy.Integer(len(given)), "s", tuple(given)),
            Index("k", "subject", s, "nm", prefix="s", short="s"),
            Index("j", "period", sympy.Integer(len(given[0])), "p", prefix="p", short="p"),
            *t.indices,
            *left,
        ],
        ["mu", *(["gamma_i"] if several else []), "pi_j", *t.terms, *([f"lambda_{m}"] if left else []), "u_k(i)"],
        random={"u": "the subjects"},
        response=f"ijk{t.letters}{m if left else ''}",
        codes={**codes, **t.codes([row[-1] for row in rows])},
        zeros=["lambda_1"] if carryover else [],
        units=(Unit("subject", "ik"), Unit("period", "j", ("subject",), ordered=True)),
        treatments=t.letters,
        determined=t.letters + (m if left else ""),
    )


MOST_CROSSED_OVER = 2
"""Factors of a crossover's treatments: the third effect, γ, is that of the sequences."""


def _crossed_over(names: Sequence[str], given: Treatments | None) -> Factorial:
    """The treatments of a crossover: its letters as they are, or the factors whose combinations they stand for."""
    if given is None:
        return treatment_factors("treatments", {"treatment": names}, start=3)
    found = treatment_factors("treatments", given, start=3)
    if len(found.indices) > MOST_CROSSED_OVER:
        raise DataError(f"treatments has {len(found.indices)} factors; a crossover takes two.",
                        tip="Give the letters of the sequences alone.")  # fmt: skip
    if found.size != len(names):
        raise DataError(
            f"{found.words} are {found.size} combinations, and the sequences have {len(names)} letters, "
            f"{', '.join(names)}.",
            tip="Give each combination its letter, in the order of the alphabet.",
        )
    return found


def _check_sequences(given: Sequence[str]) -> None:
    lengths = {len(sequence) for sequence in given}
    if len(lengths) != 1 or min(lengths) < 2 or len(set("".join(given))) < 2 or len(set(given)) < len(given):
        raise DataError(
            f"The sequences are {', '.join(given) or 'none'}; expected different ones of equal length, two periods or "
            "more, and two treatments or more.",
            tip="Write one letter for each period: sequences=['AB', 'BA'] or ['ABB', 'BAA'].",
        )


def _williams(treatments: SizeLike) -> list[str]:
    """Williams' sequences: t for an even number of treatments, 2t for an odd one."""
    t = design_size("sequences", treatments, 2)
    if not t.is_Integer or t > 26:
        raise SizeError(f"Williams' sequences of {t} treatments cannot be listed.", tip="Give a number up to 26.")
    number = int(t)  # pyright: ignore[reportArgumentType]
    first = [place // 2 if place % 2 == 0 else number - 1 - place // 2 for place in range(number)]
    found = [[(entry + step) % number for entry in first] for step in range(number)]
    if number % 2:
        found += [list(reversed(sequence)) for sequence in found]
    return ["".join(chr(ord("A") + entry) for entry in sequence) for sequence in found]
