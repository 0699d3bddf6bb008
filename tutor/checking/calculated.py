"""Names of what is calculated from data, as β̂, ȳ_1· and MSE, whose formula the name does not tell.

On an instance such a name has a value of its own. Where one side has it and the other has data instead, as in
τ̂_1 − τ̂_2 and ȳ_1· − ȳ_2·, two values that differ show nothing: the one may be the formula of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.algebra.fourth_moments import is_quadratic
from tutor.algebra.nodes import Covariance, Expectation, Explicit, Scalar, Symbol, Variance, Zero
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.notation.names import unicode_name
from tutor.notation.parsing.functions import STATISTICS

_INDEX = re.compile(r"[^_.]+")


def untold(answer: Tree, asked: Tree) -> str | None:
    """The name of a calculated quantity on one side that the other side may be the formula of; None without one.

    It is none of the other where that has no data, or has the parameter that is estimated: y − Xβ is not y − Xβ̂. A
    vector given another whose moments do not follow is none in any case.
    """
    for tree in (asked, answer):
        unstated = _unstated_given(tree)
        if unstated is not None:
            return unstated
    for one, other in ((asked, answer), (answer, asked)):
        mine, theirs = set(_names(one)), set(_names(other))
        bases = {_base(name) for name, _ in theirs}
        data = {_kind(name) for name, _ in theirs if _is_calculated(name)} - {_kind(name) for name, _ in mine}
        if not data and not any(is_vector or _base(name) == "y" for name, is_vector in theirs):
            continue
        for name, _ in sorted(mine - theirs):
            if _is_calculated(name) and _base(name).removesuffix("hat").removesuffix("bar") not in bases - {"y"}:
                return unicode_name(name)
    return None


def _unstated_given(tree: Tree) -> str | None:
    """A vector given another of which a moment that stands here does not follow: of u | ε, or of Cov(u, ε | y)."""
    for node in walk(tree):
        if isinstance(node, Expectation | Variance | Covariance):
            vectors = [symbol for symbol in symbols_of(node) if symbol.role == "random"]
            given = [symbol for symbol in vectors if "|" in symbol.name]
            varying = [symbol for symbol in vectors if not isinstance(symbol.variance, Zero)]
            is_open = any(symbol.mean is None and symbol.definition is None for symbol in given)
            is_linear = isinstance(node, Expectation) and not is_quadratic(node.tree)
            if given and (is_open or (len(varying) > 1 and not is_linear)):
                return " and ".join(unicode_name(symbol.name) for symbol in vectors)
    return None


def _names(tree: Tree) -> Iterator[tuple[str, bool]]:
    """The names of scalars and random vectors in a tree, and whether each is a vector that is not an estimate."""
    for node in walk(tree):
        if isinstance(node, Symbol) and node.definition is None and node.role == "unknown":
            yield node.name, False
        elif isinstance(node, Symbol) and node.role == "random":
            if _is_calculated(node.name) and _is_told(node):
                continue
            yield node.name, not _is_calculated(node.name)
        elif isinstance(node, Scalar):
            yield from ((str(letter), False) for letter in node.value.free_symbols)
        elif isinstance(node, Explicit):
            yield from ((str(letter), False) for letter in node.matrix.free_symbols)


def _is_told(symbol: Symbol) -> bool:
    """Whether the formula of an estimate is known, as that of β̂. Of û two are taught, with β and with β̂ in it."""
    return symbol.definition is not None and not any(
        isinstance(node, Symbol) and _is_calculated(node.name) for node in walk(symbol.definition)
    )


def _base(name: str) -> str:
    """The letter without its index: tauhat of tauhat_1; sigma of sigma2_u, which σ̂²_u estimates."""
    base = name.partition("_")[0]
    return "sigma" if base == "sigma2" else base


def _is_calculated(name: str) -> bool:
    base = _base(name)
    return base.endswith(("hat", "bar")) or base in STATISTICS


def _kind(name: str) -> str:
    """The letter with the places of dots in its index: ȳ_1· and ȳ_2· are of one kind, ȳ_·· is of another."""
    return _base(name) + _INDEX.sub("i", name.partition("_")[2])
