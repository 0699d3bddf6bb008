"""The checks and new entries of augmented blocks with letters for sizes, by the indicator of the entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Block, Identity, Kronecker, Ones

if TYPE_CHECKING:
    from tutor.models.plan import Plan


@dataclass(frozen=True, slots=True)
class Entries:
    """``checks`` in each of the ``blocks``, and ``new`` entries of its own in each."""

    checks: sympy.Expr
    new: sympy.Expr
    blocks: sympy.Expr


def entries_of(plan: Plan) -> Entries | None:
    """Those of a plan whose entries are known to be so, [1_b ⊗ [I_c; 0], I_b ⊗ [0; I_m]]; None for any other."""
    if plan.relabelled or len(plan.units) != 2:
        return None
    indicator = (plan.layout.structured or {}).get(frozenset(plan.treatments))
    if not isinstance(indicator, Block) or len(indicator.grid) != 1 or len(indicator.grid[0]) != 2:
        return None
    checks, new = indicator.grid[0]
    if not isinstance(checks, Kronecker) or not isinstance(new, Kronecker):
        return None
    everywhere, once = checks.factors[0], new.factors[0]
    if not isinstance(everywhere, Ones) or not isinstance(once, Identity):
        return None
    return Entries(checks.columns, sympy.cancel(new.columns / once.order), once.order)
