"""Several observations of a subject in time: repeated measures."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from tutor.algebra.sizes import Size, SizeLike
from tutor.covariance.structure import Structure
from tutor.errors import DataError
from tutor.models.design import design_size
from tutor.models.designs.describe import (
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
