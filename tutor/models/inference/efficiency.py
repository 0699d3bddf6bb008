"""The efficiency of balanced incomplete blocks, e = t(k − 1)/(k(t − 1)): what blocks leave of each difference.

X_τ'(I − P)X_τ = r e (I − J/t) for the projection P on the blocks, so that within blocks each treatment counts as often
as in r e complete ones, and r(1 − e) is what the blocks tell. Source: Yates (1936), Incomplete randomized blocks,
Annals of Eugenics 7, 121–140; John and Williams (1995), Cyclic and Computer Generated Designs, section 2.3.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import sympy

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def efficiency(model: MixedModel) -> sympy.Expr | None:
    """e of balanced incomplete blocks, in letters or as a number, with samples of each plot too; None for any other
    design."""
    if not model.n.is_Integer:
        return _in_letters(model)
    names = _treatments_and_blocks(model)
    if names is None:
        return None
    codes = {factor.name: factor.codes for factor in model.factors}
    if any(codes.get(name) is None for part in names for name in part):
        return None
    treatments, blocks = (list(zip(*(codes[name] or () for name in part), strict=True)) for part in names)
    return _counted(treatments, blocks)


def _efficiency(t: sympy.Expr, k: sympy.Expr) -> sympy.Expr:
    return t * (k - 1) / (k * (t - 1))


def _in_letters(model: MixedModel) -> sympy.Expr | None:
    """By the plan: plots in blocks whose treatments letters do not tell, and that no replicates hold."""
    plan = model.plan
    if plan is None or not plan.relabelled or len(plan.units) < 2 or plan.layout.lines:
        return None
    layout = plan.layout
    block, plot, *samples = plan.units
    is_nested = plot.within == (block.name,) and all(each.within and each.ordered for each in samples)
    if block.within or not is_nested or any(layout.knows(letter) for letter in layout.determined):
        return None
    return _efficiency(layout.size(plan.treatments), layout.size(plot.letters))


def _treatments_and_blocks(model: MixedModel) -> tuple[list[str], list[str]] | None:
    """The factors of treatments and of blocks: by the plan, or the fixed and the only random ones."""
    fixed = list(dict.fromkeys(name for term in model.fixed for name in term.variables))
    plan = model.plan
    if plan is None:
        return (fixed, list(model.random[0].variables)) if len(model.random) == 1 and fixed else None
    treatments = [index.name for index in plan.layout.indices if index.letter in plan.treatments]
    blocks = [index.name for index in plan.layout.indices if index.letter in plan.units[0].letters]
    known = {factor.name for factor in model.factors}
    if not treatments or not blocks or not {*treatments, *blocks} <= known or set(treatments) & set(blocks):
        return None
    return treatments, blocks


def _counted(treatments: list[tuple[int, ...]], blocks: list[tuple[int, ...]]) -> sympy.Expr | None:
    """e where all plots have equally many rows, all blocks k treatments, and any two of these meet equally often."""
    cells = Counter(zip(treatments, blocks, strict=True))
    held: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    for treatment, block in cells:
        held.setdefault(block, set()).add(treatment)
    every = set(treatments)
    t = len(every)
    together = Counter(pair for each in held.values() for pair in combinations(sorted(each), 2))
    pairs = {together[pair] for pair in combinations(sorted(every), 2)}
    sizes, often = {len(each) for each in held.values()}, set(Counter(treatment for treatment, _ in cells).values())
    if any(len(each) != 1 for each in (set(cells.values()), sizes, often, pairs)) or 0 in pairs:
        return None
    (k,) = sizes
    return _efficiency(sympy.Integer(t), sympy.Integer(k)) if 1 < k < t else None
