"""Blocks that hold some of the treatments: balanced, resolvable (alpha), and augmented by entries in one block each."""

from __future__ import annotations

from typing import Literal

import sympy

from tutor.algebra.sizes import Size, SizeLike
from tutor.errors import SizeError
from tutor.models.design import design_size
from tutor.models.designs.alpha_blocks import alpha_blocks
from tutor.models.designs.balanced_blocks import balanced_blocks
from tutor.models.designs.block_conditions import balance
from tutor.models.designs.describe import (
    SCALAR,
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
    j, last = next_letters(2, t)
    b, k = design_size("blocks", blocks, 2), design_size("block_size", block_size, 2, allowed="k")
    block = Index(j, "block", b, "b", prefix="b", short="b")
    effect, random = (f"u_{j}", {"u": "the blocks"}) if blocks_are == "random" else (f"rho_{j}", {})
    title = f"Balanced incomplete block design: {t.words} in {count(b, f'{blocks_are} block')} of {k}"
    indices, codes, plot = (block, *t.indices), None, Unit("plot", t.letters, ("block",))
    if all(size.is_Integer for size in (t.size, b, k)):
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
        codes = _sampled(codes, last, s)
    return describe(
        title,
        indices,
        ["mu", *t.terms, *effects],
        random=random,
        response=response,
        codes=codes,
        determined=t.letters,
        units=units,
        treatments=t.letters,
        relabelled=True,
    )


def _sampled(codes: dict[str, list[int]] | None, letter: str, samples: Size) -> dict[str, list[int]] | None:
    """The rows with several samples of each. Raises SizeError where the plots, or their samples, are letters."""
    if codes is None or not samples.is_Integer:
        raise SizeError("Samples of the plots of incomplete blocks need numbers for all sizes.",
                        tip="Give treatments, blocks, block_size and samples as numbers.")  # fmt: skip
    return with_samples(codes, letter, int(samples))  # pyright: ignore[reportArgumentType]


def alpha(
    treatments: Treatments, reps: SizeLike, block_size: SizeLike, reps_are: FixedOrRandom = "fixed"
) -> MixedModel:
    """Resolvable incomplete blocks, an alpha design: y_ijk = μ + τ_i + ρ_j + u_k(j) + ε_ijk.

    Each replicate j holds every treatment once, in blocks k of ``block_size``. Random replicates are v_j in the place
    of ρ_j. ``treatments`` may be several factors, as in `bibd`. Sizes are numbers: the array that makes the blocks is
    found for them.
    Source: Patterson and Williams (1976), Biometrika 63, 83–92; John and Williams (1995), Cyclic and computer
    generated designs.

    Raises
    ------
    SizeError
        For a number of treatments that blocks of this size do not share equally, a single block in a replicate, more
        treatments of a block than blocks, or letters.
    UnknownNameError
        For replicates that are neither "random" nor "fixed".

    >>> alpha(treatments=12, reps=2, block_size=3).Z.definition.shape
    (24, 8)
    """
    choice("reps_are", reps_are)
    t, r = treatment_factors("treatments", treatments), design_size("reps", reps, 2)
    k = design_size("block_size", block_size, 2)
    in_replicate, in_block = next_letters(2, t)
    _only_numbers("An alpha design", t.size, r, k)
    s, rest = divmod(int(t.size), int(k))  # pyright: ignore[reportArgumentType]
    if rest or s < 2:
        raise SizeError(
            f"{t.size} treatments do not fill two or more blocks of {k}.",
            tip=f"The number of treatments is a multiple of {k}, and more than {k}.",
        )
    arrays = alpha_blocks(s, int(k), int(r))  # pyright: ignore[reportArgumentType]
    rows = [(q, j, i) for q, replicate in enumerate(arrays) for j, held in enumerate(replicate) for i in sorted(held)]
    random = {} if reps_are == "fixed" else {"v": "the replicates"}
    effect = f"{'v' if random else 'rho'}_{in_replicate}"
    return describe(
        f"Alpha design: {t.words}, {count(r, f'{reps_are} replicate')} of {count(sympy.Integer(s), 'block')} of {k}",
        (
            Index(in_replicate, "replicate", r, "r", prefix="r", short="r"),
            Index(in_block, "block", sympy.Integer(s), "s", prefix="b", short="b"),
            *t.indices,
        ),
        ["mu", *t.terms, effect, f"u_{in_block}({in_replicate})"],
        random={**random, "u": "the blocks"},
        codes=_codes(rows, in_replicate + in_block, t),
        units=(
            Unit("replicate", in_replicate),
            Unit("block", in_block, ("replicate",)),
            Unit("plot", t.letters, ("block",)),
        ),
        treatments=t.letters,
        relabelled=True,
    )


def augmented(checks: SizeLike, new: SizeLike, blocks: SizeLike, blocks_are: FixedOrRandom = "random") -> MixedModel:
    """Augmented blocks: every check in every block, each new entry in one: y_ij = μ + τ_i + u_j + ε_ij.

    τ_1, τ_2, … are the checks, then the new entries, shared by the blocks as equally as can be. Only the combinations
    (i, j) that were grown have a row. Entries are compared one by one, so that they are no combinations of factors.
    Source: Federer (1956), Hawaiian Planters' Record 55, 191–208; Federer (1961),
    Biometrics 17, 447–473.

    Raises
    ------
    SizeError
        For fewer than two blocks, no check or no new entry, fewer entries than blocks, or letters: the entries of a
        block are no structure of letters.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> m = augmented(checks=2, new=5, blocks=3)
    >>> m.n, m.rank
    (11, 7)
    """
    choice("blocks_are", blocks_are)
    for what, given in (("checks", checks), ("new", new)):
        if not isinstance(given, SCALAR):
            raise SizeError(
                f"{what} is {given!r}; expected a number: the entries of an augmented design are compared one by one, "
                "and grown too seldom to show effects of factors.",
                tip="Give the number of entries; for combinations of factors take tutor.rcbd or tutor.bibd.",
            )
    c, e, b = design_size("checks", checks), design_size("new", new), design_size("blocks", blocks, 2)
    _only_numbers("An augmented design", c, e, b)
    c, e, b = int(c), int(e), int(b)  # pyright: ignore[reportArgumentType]
    if e < b:
        raise SizeError(f"{count(sympy.Integer(e), 'new entry')} cannot be shared by {b} blocks.",
                        tip="Give at least one new entry for each block.")  # fmt: skip
    names = [*(f"check{i + 1}" for i in range(c)), *(f"new{i + 1}" for i in range(e))]
    starts = [j * (e // b) + min(j, e % b) for j in range(b + 1)]
    rows = [(j, i) for j in range(b) for i in [*range(c), *range(c + starts[j], c + starts[j + 1])]]
    effect, random = ("u_j", {"u": "the blocks"}) if blocks_are == "random" else ("rho_j", {})
    return describe(
        f"Augmented block design: {count(sympy.Integer(c), 'check')} in each of "
        f"{count(sympy.Integer(b), f'{blocks_are} block')}, {count(sympy.Integer(e), 'new entry')} in one each",
        (
            Index("j", "block", sympy.Integer(b), "b", prefix="b", short="b"),
            Index("i", "entry", sympy.Integer(c + e), "t", tuple(names)),
        ),
        ["mu", "tau_i", effect],
        random=random,
        codes={letter: [row[place] + 1 for row in rows] for place, letter in enumerate("ji")},
        units=(Unit("block", "j"), Unit("plot", "i", ("block",))),
        treatments="i",
    )


def _codes(rows: list[tuple[int, ...]], letters: str, treatments: Factorial) -> dict[str, list[int]]:
    """The levels of each row by index, numbered from 1, from rows numbered from 0: of the units with these letters, and
    of the factors whose combination is the last number."""
    units = {letter: [row[place] + 1 for row in rows] for place, letter in enumerate(letters)}
    return {**units, **treatments.codes([row[-1] for row in rows])}


def _only_numbers(what: str, *sizes: Size) -> None:
    letters = [str(size) for size in sizes if not size.is_Integer]
    if letters:
        raise SizeError(f"{what} has rows that are no product of sizes, so {letters[0]} cannot be a letter.",
                        tip="Give all sizes as numbers.")  # fmt: skip
