"""Designs whose treatments are applied to units of several sizes: split plots, split-split plots, strip plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tutor.algebra.sizes import Size, SizeLike
from tutor.errors import SizeError
from tutor.models.design import design_size
from tutor.models.designs.describe import Treatments, choice, describe, next_letters, treatment_factors
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count


def split_plot(
    whole: Treatments,
    sub: Treatments,
    blocks: SizeLike | None = None,
    reps: SizeLike | None = None,
    blocks_are: Literal["random", "fixed"] = "random",
    samples: SizeLike = 1,
) -> MixedModel:
    """Split plot: y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk, whole plots v in blocks u.

    Fixed blocks are ρ_k. Without blocks the whole plots are completely randomized, ``reps`` of each treatment:
    y_ijk = μ + τ_i + α_j + (τα)_ij + v_k(i) + ε_ijk. With ``samples`` of each subplot the subplots are random too,
    w_ij(k) or w_j(ik). ``whole`` and ``sub`` may each be several factors.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two levels, blocks or replicates; for both blocks and reps, or neither.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> print(split_plot("a", "c", blocks="r").V.closed_form())
    I_r ⊗ (σ² I_ac + σ²_v (I_a ⊗ J_c) + σ²_u J_ac)
    """
    choice("blocks_are", blocks_are)
    first = treatment_factors("whole", whole, "", "ap")
    second = treatment_factors("sub", sub, "", "bs", after=first)
    both = first + second
    k, last = next_letters(2, both)
    replication, s = _replication(blocks, reps), design_size("samples", samples)
    title = f"Split plot: {first.words} on whole plots, {second.words} on subplots"
    random, sample = {"v": "the whole plots"}, _Sample()
    if s != 1:
        random["w"] = "the subplots"
        held = f"{second.letters}({first.letters}{k})" if blocks is None else f"{both.letters}({k})"
        sample = _Sample.of(s, last, "subplot", f"w_{held}")
    if blocks is None:
        return describe(
            f"{title}, {count(replication, 'whole plot')} of each treatment{sample.words}",
            (
                *first.indices,
                Index(k, "replicate", replication, "rnm", prefix="r", short="r"),
                *second.indices,
                *sample.indices,
            ),
            ["mu", *both.terms, f"v_{k}({first.letters})", *sample.terms],
            random=random,
            units=(
                Unit("whole plot", first.letters + k),
                Unit("subplot", second.letters, ("whole plot",)),
                *sample.units,
            ),
            treatments=both.letters,
        )
    effect, of_blocks = (f"u_{k}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{k}", {})
    return describe(
        f"{title}, in {count(replication, f'{blocks_are} block')}{sample.words}",
        (Index(k, "block", replication, "rnm", prefix="b", short="b"), *both.indices, *sample.indices),
        ["mu", *both.terms, effect, f"v_{first.letters}({k})", *sample.terms],
        random={**of_blocks, **random},
        units=(
            Unit("block", k),
            Unit("whole plot", first.letters, ("block",)),
            Unit("subplot", second.letters, ("whole plot",)),
            *sample.units,
        ),
        treatments=both.letters,
    )


def _replication(blocks: SizeLike | None, reps: SizeLike | None) -> Size:
    if (blocks is None) == (reps is None):
        raise SizeError(
            "A split plot needs blocks, or the number of whole plots of each treatment.",
            tip="Give blocks=4, or reps=4 for whole plots that are completely randomized; not both.",
        )
    return design_size("blocks", blocks, 2) if blocks is not None else design_size("reps", reps or 0, 2)


def split_split_plot(
    whole: Treatments, sub: Treatments, subsub: Treatments, blocks: SizeLike, samples: SizeLike = 1
) -> MixedModel:
    """Split-split plot: treatments τ on whole plots, α on subplots, γ on sub-subplots, in blocks.

    y_ijkl = μ + τ_i + α_j + γ_k + (τα)_ij + (τγ)_ik + (αγ)_jk + (ταγ)_ijk + u_l + v_i(l) + w_ij(l) + ε_ijkl.
    One of ``whole``, ``sub`` and ``subsub`` may be two factors. With ``samples`` of each sub-subplot these are random
    too, z_ijk(l).
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two of anything.
    DataError
        For more than four factors in all.

    >>> split_split_plot(2, 3, 2, blocks=2).Z.definition.shape
    (24, 18)
    """
    first = treatment_factors("whole", whole, "", "ap")
    second = treatment_factors("sub", sub, "", "bs", after=first)
    third = treatment_factors("subsub", subsub, "", "cq", after=first + second)
    all_three, b = first + second + third, design_size("blocks", blocks, 2)
    block, last = next_letters(2, all_three)
    sizes = " × ".join(str(each.size) for each in (first, second, third))
    random, sample = {"u": "the blocks", "v": "the whole plots", "w": "the subplots"}, _Sample()
    s = design_size("samples", samples)
    if s != 1:
        random["z"] = "the sub-subplots"
        sample = _Sample.of(s, last, "sub-subplot", f"z_{all_three.letters}({block})")
    return describe(
        f"Split-split plot: {sizes} treatments on whole plots, subplots and sub-subplots, "
        f"in {count(b, 'random block')}{sample.words}",
        (Index(block, "block", b, "rnm", prefix="b", short="b"), *all_three.indices, *sample.indices),
        [
            "mu",
            *all_three.terms,
            f"u_{block}",
            f"v_{first.letters}({block})",
            f"w_{first.letters}{second.letters}({block})",
            *sample.terms,
        ],
        random=random,
        units=(
            Unit("block", block),
            Unit("whole plot", first.letters, ("block",)),
            Unit("subplot", second.letters, ("whole plot",)),
            Unit("sub-subplot", third.letters, ("subplot",)),
            *sample.units,
        ),
        treatments=all_three.letters,
    )


def strip_plot(
    rows: Treatments,
    columns: Treatments,
    blocks: SizeLike,
    blocks_are: Literal["random", "fixed"] = "random",
    samples: SizeLike = 1,
) -> MixedModel:
    """Strip plot: treatments τ on row strips and α on column strips that cross in each block.

    y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + w_j(k) + ε_ijk, row strips v and column strips w in blocks u.
    ``rows`` and ``columns`` may each be several factors. With ``samples`` of each crossing of two strips, a plot, the
    plots are random too, z_ij(k).
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two of anything.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> strip_plot(2, 3, blocks=4).Z.definition.shape
    (24, 24)
    """
    choice("blocks_are", blocks_are)
    first = treatment_factors("rows", rows, "", "ap")
    second = treatment_factors("columns", columns, "", "bs", after=first)
    both, b, s = first + second, design_size("blocks", blocks, 2), design_size("samples", samples)
    k, last = next_letters(2, both)
    effect, random = (f"u_{k}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{k}", {})
    random, sample = {**random, "v": "the row strips", "w": "the column strips"}, _Sample()
    if s != 1:
        random["z"] = "the plots"
        sample = _Sample.of(s, last, "plot", f"z_{both.letters}({k})", ("row strip", "column strip"))
    return describe(
        f"Strip plot: {first.words} on row strips, {second.words} on column "
        f"strips, in {count(b, f'{blocks_are} block')}{sample.words}",
        (Index(k, "block", b, "rnm", prefix="b", short="b"), *both.indices, *sample.indices),
        ["mu", *both.terms, effect, f"v_{first.letters}({k})", f"w_{second.letters}({k})", *sample.terms],
        random=random,
        units=(
            Unit("block", k),
            Unit("row strip", first.letters, ("block",)),
            Unit("column strip", second.letters, ("block",)),
            *sample.units,
        ),
        treatments=both.letters,
    )


@dataclass(frozen=True, slots=True)
class _Sample:
    """What samples of the smallest units add to a design; nothing without them."""

    words: str = ""
    indices: tuple[Index, ...] = ()
    terms: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()

    @classmethod
    def of(cls, size: Size, letter: str, unit: str, effect: str, within: tuple[str, ...] = ()) -> _Sample:
        """``size`` samples with this index of each ``unit``, which has the random ``effect``."""
        return cls(
            f", {count(size, 'sample')} of each {unit}",
            (Index(letter, "sample", size, "nm"),),
            (effect,),
            (Unit("sample", letter, within or (unit,), ordered=True),),
        )
