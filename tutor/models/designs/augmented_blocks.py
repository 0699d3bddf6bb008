"""Blocks that hold every check and some of the new entries, each of which is grown once."""

from __future__ import annotations

from typing import Literal

import sympy

from tutor.algebra.build import hstack, vstack
from tutor.algebra.nodes import Identity, Kronecker, Ones, Zero
from tutor.algebra.sizes import Size, SizeLike
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.models.design import design_size
from tutor.models.designs.describe import SCALAR, choice, describe
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count


def augmented(
    checks: SizeLike, new: SizeLike, blocks: SizeLike, blocks_are: Literal["random", "fixed"] = "random"
) -> MixedModel:
    """Augmented blocks: every check in every block, each new entry in one: y_ij = μ + τ_i + u_j + ε_ij.

    τ_1, τ_2, … are the checks, then the new entries, shared by the blocks as equally as can be. Only the combinations
    (i, j) that were grown have a row. Entries are compared one by one, so that they are no combinations of factors.
    With a letter for a size the blocks are equal, c checks and n/b new entries in each: V = I_b ⊗ (σ² I_k + σ²_u J_k)
    with k = c + n/b, and the part of X for the entries is [1_b ⊗ [I_c; 0], I_b ⊗ [0; I_{n/b}]].
    Source: Federer (1956), Hawaiian Planters' Record 55, 191–208; Federer (1961),
    Biometrics 17, 447–473.

    Raises
    ------
    SizeError
        For fewer than two blocks, no check or no new entry, fewer entries than blocks; for numbers of new entries and
        blocks that are not shared equally, beside a letter for the checks.
    UnknownNameError
        For blocks that are neither "random" nor "fixed".

    >>> m = augmented(checks=2, new=5, blocks=3)
    >>> m.n, m.rank
    (11, 7)
    >>> print(augmented("c", "n", "b").X.definition)
    [[1_{bc + n}, [[1_b ⊗ [[I_c], [0_{(n/b)×c}]], I_b ⊗ [[0_{c×(n/b)}], [I_{n/b}]]]]]]
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
    if (e / b).is_Rational and e < b:
        raise SizeError(f"{count(e, 'new entry')} cannot be shared by {b} blocks.",
                        tip="Give at least one new entry for each block.")  # fmt: skip
    effect, random = ("u_j", {"u": "the blocks"}) if blocks_are == "random" else ("rho_j", {})
    title = (
        f"Augmented block design: {count(c, 'check')} in each of {count(b, f'{blocks_are} block')}, "
        f"{count(e, 'new entry')} in one each"
    )
    block = Index("j", "block", b, "b", prefix="b", short="b")
    numbers = all(size.is_Integer for size in (c, e, b))
    m = sympy.cancel(e / b)
    names, codes = _entries(int(c), int(e), int(b)) if numbers else (None, None)  # pyright: ignore[reportArgumentType]
    entry = Index("i", "entry", c + e, "t", names, short="τ")
    if not numbers:
        _check_equal(e, b)
        title += f", {m} in each block" if m != e else ""
    return describe(
        title,
        (block, entry) if numbers else (block, Index("q", "plot", c + m, "k"), entry),
        ["mu", "tau_i", effect],
        random=random,
        response="ij",
        codes=codes,
        structured=None if numbers else {"i": _of_entries(c, m, b)},
        determined="" if numbers else "i",
        units=(Unit("block", "j"), Unit("plot", "i" if numbers else "q", ("block",))),
        treatments="i",
    )


def _entries(c: int, e: int, b: int) -> tuple[tuple[str, ...], dict[str, list[int]]]:
    """The names of the entries, and the block and the entry of each row."""
    starts = [j * (e // b) + min(j, e % b) for j in range(b + 1)]
    rows = [(j, i) for j in range(b) for i in [*range(c), *range(c + starts[j], c + starts[j + 1])]]
    names = (*(f"check{i + 1}" for i in range(c)), *(f"new{i + 1}" for i in range(e)))
    return names, {letter: [row[place] + 1 for row in rows] for place, letter in enumerate("ji")}


def _check_equal(e: Size, b: Size) -> None:
    """Raise for blocks that cannot be equal, whatever the letter of the checks stands for."""
    if e.is_Integer and b.is_Integer and e % b != 0:
        raise SizeError(
            f"With a letter for the checks the blocks are equal, and {e} new entries are not shared equally by {b}.",
            tip=f"Give a multiple of {b} for the new entries, or numbers for all sizes.",
        )


def _of_entries(c: Size, m: Size, b: Size) -> Tree:
    """The indicator of the entries, b(c + m) × (c + bm): in each block the checks, then m new entries of its own."""
    checks = Kronecker((Ones(b), vstack(Identity(c), Zero(m, c))))
    return hstack(checks, Kronecker((Identity(b), vstack(Zero(c, m), Identity(m)))))
