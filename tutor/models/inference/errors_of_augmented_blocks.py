"""Augmented blocks with letters for sizes: the variances of checks and new entries, and of their differences.

A new entry is grown once, so that its plot tells its own effect only, and the checks alone tell those of the blocks. A
check is estimated by its average. A new entry of block j is estimated by its plot less û_j, where û_j = w (ȳ_·j − ȳ_··)
over the checks, w = cσ_u²/(σ² + cσ_u²) for random blocks and 1 for fixed ones. Of u_j it leaves
h = σ²σ_u²/(σ² + cσ_u²), and σ²/c for fixed blocks, as for an infinite σ_u². Source: Federer and Raghavarao (1975), On
augmented designs, Biometrics 31, 29–35; Searle, Casella and McCulloch (1992), Variance components, section 7.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.build import vstack
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Sum, Zero
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import SizeError, TutorError
from tutor.models.checks import entries_of
from tutor.models.inference.closed_estimate import unit_of
from tutor.models.inference.kinds_of_errors import Kind, Kinds, Question, one_kind
from tutor.models.inference.standard_error import Contribution
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class _Augmented:
    """c checks in each of b blocks, m new entries of its own in each; σ², and σ_u² of random blocks."""

    checks: sympy.Expr
    new: sympy.Expr
    blocks: sympy.Expr
    residual: sympy.Expr
    of_block: sympy.Expr | None

    def check(self, number: int) -> Tree:
        """The column that picks a check among all entries."""
        return vstack(UnitVector(self.checks, number), Zero(self.blocks * self.new, ONE))

    def new_entry(self, block: int, number: int) -> Tree:
        """The column that picks a new entry among all, by its number in a block."""
        return vstack(Zero(self.checks, ONE), unit_of([self.blocks, self.new], [block, number]))

    @property
    def left(self) -> sympy.Expr:
        """h, the variance of what û_j leaves of u_j where the means of the checks are known."""
        if self.of_block is None:
            return self.residual / self.checks
        return self.residual * self.of_block / (self.residual + self.checks * self.of_block)

    @property
    def told_left(self) -> str:
        if self.of_block is None:
            return f"the effect of a block is told by its {inline(self.checks)} checks"
        return f"what the {inline(self.checks)} checks of a block leave of its effect"


def of_augmented(model: MixedModel, question: Question) -> Kinds | None:
    """The kinds of means or differences of entries, or of fixed blocks; None for any other design."""
    design, plan = _augmented(model), model.plan
    if design is None or plan is None:
        return None
    entry, block = plan.layout.index(plan.treatments).name, plan.units[0].name
    if question.cell == {block} and design.of_block is None:
        return _of_blocks(design, question)
    if question.cell != {entry}:
        return None
    return _differences(design) if question.differing else _means(design)


def of_two_entries(model: MixedModel, shares: Mapping[sympy.Expr, sympy.Expr]) -> Kind | None:
    """The kind of τ_i − τ_j, of two checks or of a check and a new entry, where the number of checks tells which they
    are; None for any other function.

    Raises
    ------
    SizeError
        For two new entries, which may be in one block or in two.
    """
    design, plan = _augmented(model), model.plan
    if design is None or plan is None or len(shares) != 2 or set(shares.values()) != {1, -1}:
        return None
    levels = [int(below) for below in (str(effect).partition("_")[2] for effect in shares) if below.isdecimal()]
    if len(levels) != 2 or not design.checks.is_Integer:
        return None
    checks, one_new, *_ = _differences(design).kinds if design.checks > 1 else (None, *_differences(design).kinds)
    number = sum(level <= int(design.checks) for level in levels)
    if number == 0:
        raise SizeError(
            "Both are new entries, and letters for sizes do not tell whether they are in one block.",
            tip='m.se_differences("entry") has the standard error of either kind.',
        )
    return checks if number == 2 else one_new


def _augmented(model: MixedModel) -> _Augmented | None:
    plan = model.plan
    found = None if plan is None or model.n.is_Integer else entries_of(plan)
    if found is None:
        return None
    variance = model.random[0].parameters[0].symbol if model.random else None
    return _Augmented(found.checks, found.new, found.blocks, model.parameters[0].symbol, variance)


def _means(design: _Augmented) -> Kinds:
    c, m, b = design.checks, design.new, design.blocks
    between = design.of_block or sympy.S.Zero
    own = Contribution(design.residual, "the plot of a new entry")
    adjusted = Contribution(design.left * (1 - 1 / b), design.told_left)
    mean = Contribution(between / b, "the mean of the blocks, that of the checks being over all of them")
    plots = Contribution((design.residual + between) / b, f"{inline(b)} plots, one in each block")
    kinds = (
        Kind("a check mean", (plots,), c, picked=design.check(1)),
        Kind("the mean of a new entry", (own, adjusted, *([mean] if design.of_block is not None else [])), b * m, True,
             design.new_entry(1, 1)),
    )  # fmt: skip
    return Kinds(kinds, differ="a check has a plot in each block, and a new entry one plot")


def _differences(design: _Augmented) -> Kinds:
    c, m, b = design.checks, design.new, design.blocks
    residual = design.residual
    new, less = design.new_entry(1, 1), negated(design.new_entry(1, 1))
    same = Contribution(sympy.S.Zero, "both have the same block, whose effect cancels")
    kinds = (
        Kind("the difference of two checks",
             (Contribution(2 * residual / b, f"{inline(b)} plots of each, in the same blocks, whose effects cancel"),),
             c * (c - 1) / 2, picked=_difference(design.check, 1, 2)),
        Kind("the difference of a check and a new entry",
             (Contribution(residual * (1 + 1 / b), f"one plot of the new entry, and {inline(b)} of the check"),
              Contribution(design.left * (1 - 1 / b), design.told_left)),
             b * c * m, True, Sum((design.check(1), less))),
        Kind("the difference of two new entries of one block",
             (Contribution(2 * residual, "one plot of each"), same), b * m * (m - 1) / 2,
             picked=_difference(partial(design.new_entry, 1), 1, 2)),
        Kind("the difference of two new entries of different blocks",
             (Contribution(2 * residual, "one plot of each"),
              Contribution(2 * design.left, f"of both blocks {design.told_left}")),
             b * (b - 1) / 2 * m**2, True, Sum((new, negated(design.new_entry(2, 1))))),
    )  # fmt: skip
    return Kinds(
        tuple(kind for kind in kinds if kind.number != 0),
        differ="a check has a plot in each block and a new entry one plot, whose block is compared by the checks",
    )


def _difference(entry: Callable[[int], Tree], one: int, other: int) -> Tree | None:
    """The difference of two entries; None where letters that are numbers leave one of them out."""
    try:
        return Sum((entry(one), negated(entry(other))))
    except TutorError:
        return None


def _of_blocks(design: _Augmented, question: Question) -> Kinds:
    c, m, b = design.checks, design.new, design.blocks
    told = f"blocks are compared by their {inline(c)} checks"
    if question.differing:
        return one_kind(question.what, Contribution(2 * design.residual / c, told))
    entries = c + b * m
    return one_kind(
        question.what,
        Contribution(
            design.residual * (c / b + b * m) / entries**2, f"all entries, the checks with {inline(b)} plots each"
        ),
        Contribution(design.residual * (1 - 1 / b) / c, told),
        apart=True,
    )
