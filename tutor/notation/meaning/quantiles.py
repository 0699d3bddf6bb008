r"""Quantiles of sampling distributions by what stands below their letter: F_{0.95}(t − 1, n − t), t_{1-α/2}(n − p)."""

from __future__ import annotations

import re

from tutor.algebra.applied import Applied
from tutor.algebra.tree import Tree
from tutor.notation.parsing.token import Spelling

DEGREES_OF_FREEDOM = {"F": 2, "t": 1, "chi": 1, "q": 2}
"""Letter of a distribution: how many degrees of freedom its quantiles have; q, of the studentized range, has a number
of groups first."""

_PROBABILITY = re.compile(r"(?:1\s*-\s*)?(?:alpha|gamma|p|0?\.\d+)(?:/2)?")


def quantile_of(spelling: Spelling, arguments: tuple[Tree, ...]) -> Tree | None:
    """The quantile of a distribution whose letter has a probability below it and degrees of freedom in brackets behind
    it; F with both in the brackets. None for others."""
    if spelling.letters not in DEGREES_OF_FREEDOM or not all(argument.is_scalar for argument in arguments):
        return None
    is_told = is_quantile(spelling) and len(arguments) == DEGREES_OF_FREEDOM[spelling.letters]
    if is_told or (spelling == Spelling("F") and len(arguments) == 3):
        return Applied(spelling.letters, arguments, spelling.subscript)
    return None


def is_quantile(spelling: Spelling) -> bool:
    """Whether the letter of a distribution has a probability below it; all that stands below a q is one."""
    if spelling.letters not in DEGREES_OF_FREEDOM or spelling.bold or spelling.accent:
        return False
    is_range = spelling.letters == "q" and spelling.subscript != ""
    return is_range or _PROBABILITY.fullmatch(spelling.subscript) is not None
