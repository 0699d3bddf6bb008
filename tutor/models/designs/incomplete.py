"""Blocks that hold some of the treatments: balanced, and resolvable (alpha)."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Literal

import sympy

from tutor.algebra.arrangement import Numbers
from tutor.algebra.indices import at_numbers
from tutor.algebra.sizes import Size, SizeLike, whole
from tutor.errors import SizeError
from tutor.models.design import Run, design_size, kronecker
from tutor.models.designs.alpha_blocks import alpha_blocks
from tutor.models.designs.arranged import DesignAtNumbers, drawn_below
from tutor.models.designs.balanced_blocks import balanced_blocks
from tutor.models.designs.block_conditions import balance, is_possible
from tutor.models.designs.describe import (
    Factorial,
    Treatments,
    choice,
    describe,
    next_letters,
    treatment_factors,
    with_samples,
)
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count

FixedOrRandom = Literal["random", "fixed"]


def bibd(
    treatments: Treatments,
    blocks: SizeLike,
    block_size: SizeLike,
    blocks_are: FixedOrRandom = "random",
    samples: SizeLike = 1,
) -> MixedModel:
    """Balanced incomplete blocks: y_ij = μ + τ_i + u_j + ε_ij, any two treatments together in λ blocks.

    Only the pairs (i, j) of a treatment and a block that holds it have a row. The design is constructed, see
    `tutor.models.designs.balanced_blocks`. ``treatments`` may be several factors, whose combinations are the
    treatments. With ``samples`` of each plot the plots are random too, v_ij. With letters V and the rank of X are
    known, and which treatments a block holds is not: X's part for the treatments is a matrix without entries.
    Source: Cochran and Cox (1957); Hinkelmann and Kempthorne (2005), vol. 2.

    Raises
    ------
    DataError
        Where bk = rt, λ(t − 1) = r(k − 1) or b ≥ t fails, or when no such design is known.
    SizeError
        For fewer than three treatments, or blocks of less than two.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> bibd(treatments=4, blocks=6, block_size=2).X.shape
    (12, 5)
    >>> print(bibd("t", "b", "k").V.closed_form())
    I_b ⊗ (σ² I_k + σ²_u J_k)
    """
    choice("blocks_are", blocks_are)
    t, s = treatment_factors("treatments", treatments), design_size("samples", samples)
    b, k = design_size("blocks", blocks, 2), design_size("block_size", block_size, 2, allowed="k")
    j, last = next_letters(2, t, t.size, b, k, s)
    block = Index(j, "block", b, "b", prefix="b", short="b")
    effect, random = (f"u_{j}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{j}", {})
    title = f"Balanced incomplete block design: {t.words} in {count(b, f'{blocks_are} block')} of {k}"
    indices, codes, plot = (block, *t.indices), None, Unit("plot", t.letters, ("block",))
    structured = None
    if all(size.is_Integer for size in (t.size, b, k, s)):
        found = sorted(tuple(sorted(each)) for each in balanced_blocks(int(t.size), int(b), int(k)))  # pyright: ignore[reportArgumentType]
        _, meetings = balance(int(t.size), int(b), int(k))  # pyright: ignore[reportArgumentType]
        title += f", any two together in {meetings}"
        codes = _codes([(place, i) for place, held in enumerate(found) for i in held], j, t)
    else:
        indices, plot = (block, Index("q", "plot", k, "k"), *t.indices), Unit("plot", "q", ("block",))
    response, units, effects = t.letters + j, (Unit("block", j), plot), [effect]
    if s != 1:
        title, random = f"{title}, {count(s, 'sample')} of each plot", {**random, "v": "the plots"}
        indices, response = (*indices, Index(last, "sample", s, "snm")), response + last
        units, effects = (*units, Unit("sample", last, ("plot",), ordered=True)), [effect, f"v_{t.letters}{j}"]
        if codes is None:
            structured = {t.letters + j: kronecker([Run(True, b), Run(True, k), Run(False, s)])}
        else:
            codes = with_samples(codes, last, whole(s))
    return describe(
        title,
        indices,
        ["mu", *t.terms, *effects],
        random=random,
        response=response,
        codes=codes,
        structured=structured,
        determined=t.letters,
        units=units,
        treatments=t.letters,
        relabelled=True,
        arrangement=DesignAtNumbers(
            bibd,
            {"treatments": treatments, "blocks": blocks, "block_size": block_size, "samples": samples},
            b * k * s,
            propose=partial(_balanced_sizes, t.size, b, k, s),
        ),
    )


MOST_BLOCKS = 40
"""Blocks that are drawn for an instance."""


def _balanced_sizes(t: Size, b: Size, k: Size, s: Size, rng: Random, largest: int) -> Numbers | None:
    """Sizes of a balanced design, where a letter alone stands for the number of blocks; others where they fit."""
    known = drawn_below(largest, sorted((t * b * k * s).free_symbols, key=str), rng)
    v, h = int(at_numbers(t, known)), int(at_numbers(k, known))  # pyright: ignore[reportArgumentType]
    if b.is_Symbol:
        fit = [each for each in range(v, MOST_BLOCKS + 1) if is_possible(v, each, h)]
        known[b] = rng.choice(fit) if fit else 0
    return known if known.get(b, 1) else None


def alpha(
    treatments: Treatments, reps: SizeLike, block_size: SizeLike, reps_are: FixedOrRandom = "fixed"
) -> MixedModel:
    """Resolvable incomplete blocks, an alpha design: y_ijk = μ + τ_i + ρ_j + u_k(j) + ε_ijk.

    Each replicate j holds every treatment once, in blocks k of ``block_size``. Random replicates are v_j in the place
    of ρ_j. ``treatments`` may be several factors, as in `bibd`. With letters V and the rank of X are known, and which
    treatments a block holds is not, for the array that makes the blocks is found for numbers: X's part for the
    treatments is a matrix without entries.
    Source: Patterson and Williams (1976), Biometrika 63, 83–92; John and Williams (1995), Cyclic and computer
    generated designs.

    Raises
    ------
    SizeError
        For a number of treatments that blocks of this size do not share equally, a single block in a replicate, or more
        treatments of a block than blocks.
    UnknownNameError
        For replicates that are neither "random" nor "fixed".

    >>> alpha(treatments=12, reps=2, block_size=3).Z.definition.shape
    (24, 8)
    >>> print(alpha("t", "r", "k").V.closed_form())
    I_{rt/k} ⊗ (σ² I_k + σ²_u J_k)
    """
    choice("reps_are", reps_are)
    t, r = treatment_factors("treatments", treatments), design_size("reps", reps, 2)
    k = design_size("block_size", block_size, 2, allowed="k")
    in_replicate, in_block = next_letters(2, t, t.size, r, k)
    s, codes, plot = sympy.cancel(t.size / k), None, Unit("plot", t.letters, ("block",))
    if s.is_Rational and (not s.is_Integer or s < 2):
        raise SizeError(
            f"{t.size} treatments do not fill two or more blocks of {k}.",
            tip=f"The number of treatments is a multiple of {k}, and more than {k}.",
        )
    indices = (
        Index(in_replicate, "replicate", r, "r", prefix="r", short="r"),
        Index(in_block, "block", s, "s", prefix="b", short="b"),
    )
    if all(size.is_Integer for size in (t.size, r, k)):
        arrays = alpha_blocks(int(s), int(k), int(r))  # pyright: ignore[reportArgumentType]
        rows = [
            (q, j, i) for q, replicate in enumerate(arrays) for j, held in enumerate(replicate) for i in sorted(held)
        ]
        codes = _codes(rows, in_replicate + in_block, t)
    else:
        indices, plot = (*indices, Index("q", "plot", k, "k")), Unit("plot", "q", ("block",))
    random = {} if reps_are == "fixed" else {"v": "the replicates"}
    effect = f"{'v' if random else 'rho'}_{in_replicate}"
    return describe(
        f"Alpha design: {t.words}, {count(r, f'{reps_are} replicate')} of {count(s, 'block')} of {k}",
        (*indices, *t.indices),
        ["mu", *t.terms, effect, f"u_{in_block}({in_replicate})"],
        random={**random, "u": "the blocks"},
        response=t.letters + in_replicate + in_block,
        codes=codes,
        determined=t.letters,
        units=(Unit("replicate", in_replicate), Unit("block", in_block, ("replicate",)), plot),
        treatments=t.letters,
        relabelled=True,
        arrangement=DesignAtNumbers(
            alpha,
            {"treatments": treatments, "reps": reps, "block_size": block_size},
            r * t.size,
            propose=partial(_resolvable_sizes, t.size, r, k),
        ),
    )


def _resolvable_sizes(t: Size, r: Size, k: Size, rng: Random, largest: int) -> Numbers:
    """Sizes of an alpha design, where a letter alone stands for the number of treatments; others where they fit."""
    known = drawn_below(largest, sorted((t * r * k).free_symbols, key=str), rng)
    if t.is_Symbol and (k.is_Symbol or k.is_Integer):
        h = rng.randrange(2, largest - 3) if k.is_Symbol else whole(k)
        known |= {k: h} if k.is_Symbol else {}
        known[t] = h * (h + rng.randrange(largest - 5))
    return known


def _codes(rows: list[tuple[int, ...]], letters: str, treatments: Factorial) -> dict[str, list[int]]:
    """The levels of each row by index, numbered from 1, from rows numbered from 0: of the units with these letters, and
    of the factors whose combination is the last number."""
    units = {letter: [row[place] + 1 for row in rows] for place, letter in enumerate(letters)}
    return {**units, **treatments.codes([row[-1] for row in rows])}
