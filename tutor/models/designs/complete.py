"""Designs in which every block holds every treatment, or in which there are no blocks."""

from __future__ import annotations

from typing import Literal

from tutor.algebra.sizes import SizeLike
from tutor.models.design import design_size
from tutor.models.designs.describe import Treatments, choice, describe, next_letters, treatment_factors
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count

FixedOrRandom = Literal["random", "fixed"]


def crd(treatments: Treatments, reps: SizeLike, samples: SizeLike = 1) -> MixedModel:
    """Completely randomized design: y_ij = μ + τ_i + ε_ij, rows treatment by treatment.

    With ``samples`` of each plot the plots are random: y_ijk = μ + τ_i + v_j(i) + ε_ijk. ``treatments`` may be several
    factors, {"variety": 3, "nitrogen": 4} or (3, 4), with all their interactions.
    Source: Cochran and Cox (1957), Experimental designs, 2nd ed.; Hinkelmann and Kempthorne (2008),
    Design and analysis of experiments, vol. 1, 2nd ed.

    Raises
    ------
    SizeError
        For fewer than two treatments or less than one replicate, or a letter that the model needs itself.
    DataError
        For samples of plots when each treatment has a single plot and sample.

    >>> crd(treatments=3, reps=2).X.shape
    (6, 4)
    >>> crd({"variety": 2, "nitrogen": 3}, reps=4).beta.shape
    (12, 1)
    """
    t, r, s = treatment_factors("treatments", treatments), design_size("reps", reps), design_size("samples", samples)
    j, k = next_letters(2, t)
    title = f"Completely randomized design: {t.words} with {count(r, 'replicate')} each"
    plot = Unit("plot", t.letters + j)
    if s == 1:
        indices = (*t.indices, Index(j, "replicate", r, "rnm"))
        return describe(title, indices, ["mu", *t.terms], units=(plot,), treatments=t.letters)
    return describe(
        f"{title}, {count(s, 'sample')} of each plot",
        (*t.indices, Index(j, "plot", r, "rnm", prefix="p", short="p"), Index(k, "sample", s, "snm")),
        ["mu", *t.terms, f"v_{j}({t.letters})"],
        random={"v": "the plots"},
        units=(plot, Unit("sample", k, ("plot",), ordered=True)),
        treatments=t.letters,
    )


def rcbd(
    treatments: Treatments,
    blocks: SizeLike,
    blocks_are: FixedOrRandom = "random",
    samples: SizeLike = 1,
) -> MixedModel:
    """Randomized complete block design: y_ij = μ + τ_i + u_j + ε_ij, rows block by block.

    Fixed blocks are ρ_j in the place of u_j. With ``samples`` of each plot the plots are random too:
    y_ijk = μ + τ_i + u_j + v_ij + ε_ijk. ``treatments`` may be several factors, as in `crd`.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two treatments or blocks, or a letter that the model needs itself.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> rcbd(treatments=3, blocks=2).Z.definition.shape
    (6, 2)
    >>> rcbd(treatments=3, blocks=2, samples=4).Z.definition.shape
    (24, 8)
    """
    choice("blocks_are", blocks_are)
    t, b = treatment_factors("treatments", treatments), design_size("blocks", blocks, 2)
    s = design_size("samples", samples)
    j, k = next_letters(2, t)
    title = f"Randomized complete block design: {t.words} in {count(b, f'{blocks_are} block')}"
    effect, random = _blocks(blocks_are, j)
    units = (Unit("block", j), Unit("plot", t.letters, ("block",)))
    block = Index(j, "block", b, "brm", prefix="b", short="b")
    if s == 1:
        return describe(
            title,
            (block, *t.indices),
            ["mu", *t.terms, effect],
            random=random,
            units=units,
            treatments=t.letters,
        )
    return describe(
        f"{title}, {count(s, 'sample')} of each plot",
        (block, *t.indices, Index(k, "sample", s, "snm")),
        ["mu", *t.terms, effect, f"v_{t.letters}{j}"],
        random={**random, "v": "the plots"},
        units=(*units, Unit("sample", k, ("plot",), ordered=True)),
        treatments=t.letters,
    )


def generalized_rcbd(
    treatments: Treatments,
    blocks: SizeLike,
    reps: SizeLike,
    blocks_are: FixedOrRandom = "random",
    samples: SizeLike = 1,
) -> MixedModel:
    """Generalized randomized block design, each treatment ``reps`` times in a block, so that its interaction with
    blocks can be estimated: y_ijk = μ + τ_i + u_j + v_ij + ε_ijk, or with fixed blocks μ + τ_i + ρ_j + (τρ)_ij + ε_ijk.
    With ``samples`` of each plot the plots are random too, w_k(ij). ``treatments`` may be several factors, as in `crd`.
    Source: Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two treatments, blocks or replicates.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> print(generalized_rcbd(3, 2, 4).V.closed_form())
    I₂ ⊗ (σ² I₁₂ + σ²_v (I₃ ⊗ J₄) + σ²_u J₁₂)
    """
    choice("blocks_are", blocks_are)
    t, b = treatment_factors("treatments", treatments), design_size("blocks", blocks, 2)
    r, s = design_size("reps", reps, 2), design_size("samples", samples)
    j, k, last = next_letters(3, t)
    effect, random = _blocks(blocks_are, j)
    if random:
        random["v"] = "the combinations of treatments and blocks"
    interactions = [f"v_{t.letters}{j}"] if random else [_with_units(term, "rho", j) for term in t.terms]
    plot = Unit("plot", t.letters + k, ("block",))
    sample, parts, plots = [], [], []
    if s != 1:
        random["w"] = "the plots"
        sample, parts = [Index(last, "sample", s, "snm")], [Unit("sample", last, ("plot",), ordered=True)]
        plots = [f"w_{k}({t.letters}{j})"]
    sampled = f", {count(s, 'sample')} of each plot" if sample else ""
    return describe(
        f"Generalized randomized block design: {t.words} in {count(b, f'{blocks_are} block')}, "
        f"{count(r, 'plot')} of each treatment in a block{sampled}",
        (Index(j, "block", b, "bm", prefix="b", short="b"), *t.indices, Index(k, "replicate", r, "rn"), *sample),
        ["mu", *t.terms, effect, *interactions, *plots],
        random=random,
        units=(Unit("block", j), plot, *parts),
        treatments=t.letters,
    )


def multilocation(
    genotypes: Treatments, locations: SizeLike, blocks: SizeLike, locations_are: FixedOrRandom = "random"
) -> MixedModel:
    """A trial at several locations, blocks within each: y_ijk = μ + τ_i + v_j + w_ij + u_k(j) + ε_ijk.

    τ are the genotypes, v the locations, w genotype × location, u the blocks. Fixed locations are λ_j and (τλ)_ij.
    ``genotypes`` may be several factors, {"variety": 3, "nitrogen": 2}; w then belongs to their combinations.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two of anything.
    UnknownNameError
        For locations that are neither "random" nor "fixed".

    >>> multilocation(3, 4, 2).Z.definition.shape
    (24, 24)
    """
    choice("locations_are", locations_are)
    t = treatment_factors("genotypes", genotypes, "genotype", "gt")
    j, k = next_letters(2, t)
    s, b = design_size("locations", locations, 2), design_size("blocks", blocks, 2)
    random = {"v": "the locations", "w": "genotypes at locations"} if locations_are == "random" else {}
    effects = [f"v_{j}", f"w_{t.letters}{j}"]
    if not random:
        effects = [f"lambda_{j}", *(_with_units(term, "lambda", j) for term in t.terms)]
    return describe(
        f"Trial of {t.words} at {count(s, f'{locations_are} location')}, {count(b, 'block')} each",
        (
            Index(j, "location", s, "ls", prefix="l", short="l"),
            Index(k, "block", b, "br", prefix="b", short="b"),
            *t.indices,
        ),
        ["mu", *t.terms, *effects, f"u_{k}({j})"],
        random={**random, "u": "the blocks"},
        units=(
            Unit("location", j, ordered=True),
            Unit("block", k, ("location",)),
            Unit("plot", t.letters, ("block",)),
        ),
        treatments=t.letters,
    )


def _with_units(term: str, units: str, letter: str) -> str:
    """(τρ)_ij from τ_i: the interaction of treatments with fixed blocks ρ_j, or with other units."""
    effect, _, indices = term.partition("_")
    return f"{effect}{units}_{indices}{letter}"


def _blocks(blocks_are: str, letter: str) -> tuple[str, dict[str, str]]:
    """The effect of a block, and which letters are random by it."""
    return (f"u_{letter}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{letter}", {})
