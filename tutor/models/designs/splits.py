"""Designs whose treatments are applied to units of several sizes: split plots, split-split plots, strip plots."""

from __future__ import annotations

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
    random, sample, parts = {"v": "the whole plots"}, [], []
    if s != 1:
        random["w"] = "the subplots"
        sample, parts = [Index(last, "sample", s, "nm")], [Unit("sample", last, ("subplot",), ordered=True)]
    sampled = f", {count(s, 'sample')} of each subplot" if sample else ""
    if blocks is None:
        return describe(
            f"{title}, {count(replication, 'whole plot')} of each treatment{sampled}",
            (
                *first.indices,
                Index(k, "replicate", replication, "rnm", prefix="r", short="r"),
                *second.indices,
                *sample,
            ),
            [
                "mu",
                *both.terms,
                f"v_{k}({first.letters})",
                *([f"w_{second.letters}({first.letters}{k})"] if sample else []),
            ],
            random=random,
            units=(Unit("whole plot", first.letters + k), Unit("subplot", second.letters, ("whole plot",)), *parts),
            treatments=both.letters,
        )
    effect, of_blocks = (f"u_{k}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{k}", {})
    return describe(
        f"{title}, in {count(replication, f'{blocks_are} block')}{sampled}",
        (Index(k, "block", replication, "rnm", prefix="b", short="b"), *first.indices, *second.indices, *sample),
        ["mu", *both.terms, effect, f"v_{first.letters}({k})", *([f"w_{both.letters}({k})"] if sample else [])],
        random={**of_blocks, **random},
        units=(
            Unit("block", k),
            Unit("whole plot", first.letters, ("block",)),
            Unit("subplot", second.letters, ("whole plot",)),
            *parts,
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


def split_split_plot(whole: SizeLike, sub: SizeLike, subsub: SizeLike, blocks: SizeLike) -> MixedModel:
    """Split-split plot: treatments τ on whole plots, α on subplots, γ on sub-subplots, in blocks.

    y_ijkl = μ + τ_i + α_j + γ_k + (τα)_ij + (τγ)_ik + (αγ)_jk + (ταγ)_ijk + u_l + v_i(l) + w_ij(l) + ε_ijkl.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2008), vol. 1.

    Raises
    ------
    SizeError
        For fewer than two of anything.

    >>> split_split_plot(2, 3, 2, blocks=2).Z.definition.shape
    (24, 18)
    """
    first = treatment_factors("whole", whole, "", "ap", single=True)
    second = treatment_factors("sub", sub, "", "bs", after=first, single=True)
    third = treatment_factors("subsub", subsub, "", "cq", after=first + second, single=True)
    all_three, b = first + second + third, design_size("blocks", blocks, 2)
    sizes = " × ".join(str(index.size) for index in all_three.indices)
    return describe(
        f"Split-split plot: {sizes} treatments on whole plots, subplots and sub-subplots, "
        f"in {count(b, 'random block')}",
        (Index("l", "block", b, "rnm", prefix="b", short="b"), *all_three.indices),
        ["mu", *all_three.terms, "u_l", "v_i(l)", "w_ij(l)"],
        random={"u": "the blocks", "v": "the whole plots", "w": "the subplots"},
        units=(
            Unit("block", "l"),
            Unit("whole plot", "i", ("block",)),
            Unit("subplot", "j", ("whole plot",)),
            Unit("sub-subplot", "k", ("subplot",)),
        ),
        treatments="ijk",
    )


def strip_plot(
    rows: SizeLike, columns: SizeLike, blocks: SizeLike, blocks_are: Literal["random", "fixed"] = "random"
) -> MixedModel:
    """Strip plot: treatments τ on row strips and α on column strips that cross in each block.

    y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + w_j(k) + ε_ijk, row strips v and column strips w in blocks u.
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
    first = treatment_factors("rows", rows, "", "ap", single=True)
    second = treatment_factors("columns", columns, "", "bs", after=first, single=True)
    b = design_size("blocks", blocks, 2)
    effect, random = ("u_k", {"u": "the blocks"}) if blocks_are == "random" else ("rho_k", {})
    return describe(
        f"Strip plot: {first.words} on row strips, {second.words} on column "
        f"strips, in {count(b, f'{blocks_are} block')}",
        (Index("k", "block", b, "rnm", prefix="b", short="b"), *first.indices, *second.indices),
        ["mu", *(first + second).terms, effect, "v_i(k)", "w_j(k)"],
        random={**random, "v": "the row strips", "w": "the column strips"},
        units=(
            Unit("block", "k"),
            Unit("row strip", "i", ("block",)),
            Unit("column strip", "j", ("block",)),
        ),
        treatments="ij",
    )
