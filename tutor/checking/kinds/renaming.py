"""Index letters of one's own: u_i for u_j, y_kl for y_ij, as long as each letter is renamed alike everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform

_INDEX = re.compile(r"[h-o]")


def renaming(key: str, asked: str) -> dict[str, str] | None:
    """The letters by which the index below one key becomes that below another, u_i and u_j: {i: j}; None where the
    keys are of other names or patterns."""
    base, _, below = key.partition("_")
    other, _, pattern = asked.partition("_")
    if base != other or not below or len(below) != len(pattern):
        return None
    letters: dict[str, str] = {}
    for mine, theirs in zip(below, pattern, strict=True):
        is_index = bool(_INDEX.fullmatch(mine) and _INDEX.fullmatch(theirs))
        if (mine != theirs and not is_index) or letters.setdefault(mine, theirs) != theirs:
            return None
    return letters if len(set(letters.values())) == len(letters) else None


def renamed(tree: Tree, letters: Mapping[str, str]) -> Tree:
    """A tree of scalars with other index letters below its names; the names of variances keep theirs."""

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Scalar):
            return None
        swaps = {
            letter: _named(letter, letters)
            for letter in node.value.free_symbols
            if isinstance(letter, sympy.Symbol) and "_" in letter.name and not letter.name.startswith("sigma")
        }
        return Scalar(node.value.xreplace(swaps))  # pyright: ignore[reportArgumentType]  (an expression stays one)

    return transform(tree, change)


def _named(letter: sympy.Symbol, letters: Mapping[str, str]) -> sympy.Symbol:
    base, _, below = letter.name.partition("_")
    return sympy.Symbol(f"{base}_{''.join(letters.get(sign, sign) for sign in below)}", **letter.assumptions0)
