"""Random samples of groups, nested in each other or crossed, with nothing assigned to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from tutor.algebra.sizes import Size, SizeLike
from tutor.errors import SizeError
from tutor.models.design import design_size
from tutor.models.designs.describe import LETTERS, RANDOM, describe
from tutor.models.designs.group_sizes import NESTED_EXAMPLE, group_sizes, nested_sizes
from tutor.models.layout import Index
from tutor.models.mixed import MixedModel
from tutor.models.plan import Unit
from tutor.models.words import count


def one_way(groups: SizeLike, reps: SizeLike | Sequence[int]) -> MixedModel:
    """Random groups: y_ij = μ + u_i + ε_ij.

    ``reps`` are the observations of each group: a size for all of them, "n_i" for a letter of each group's own, or a
    list of numbers, one for each group.
    Source: Searle, Casella and McCulloch (1992), Variance components.

    Raises
    ------
    SizeError
        For fewer than two groups, or a list of more or fewer numbers than groups.
    DataError
        For one observation in each group: u and ε cannot be told apart.

    >>> print(one_way("a", "n").V.closed_form())
    I_a ⊗ (σ² I_n + σ²_u J_n)
    >>> print(one_way("a", "n_i").V.det().closed_form())
    (σ²)^(n_· − a) (∏_{i=1}^a (σ² + n_i σ²_u))
    """
    g = design_size("groups", groups, 2)
    if isinstance(reps, str) or not isinstance(reps, Sequence):
        each, r = None, design_size("reps", reps)
    else:
        each = group_sizes("reps", g, reps)
        r = each.largest
    return describe(
        f"Random groups: {count(g, 'group')} of {count(r, 'observation') if each is None else each.told}",
        (
            Index("i", "group", g, "am", prefix="g", short="g"),
            Index("j", "replicate", r, "nr", differing="" if each is None else "i"),
        ),
        ["mu", "u_i"],
        random={"u": "the groups"},
        units=(Unit("group", "i"), Unit("observation", "j", ("group",))),
        codes=None if each is None else {"i": each.groups, "j": each.numbers},
    )


def nested(*sizes: SizeLike | Sequence[int], reps: SizeLike | Sequence[Any] | None = None) -> MixedModel:
    """Groups within groups to any depth, all random: y_ijk = μ + u_i + v_j(i) + ε_ijk for nested(outer, inner, reps).

    The last size is that of the observations of each innermost group, unless ``reps`` gives it. Letters with an index
    are sizes of each group's own: "b_i" inner groups, "n_ij" observations; so are lists within lists, as
    nested(2, [2, 1], reps=[[2, 3], [4]]).
    Source: Searle, Casella and McCulloch (1992); Cochran and Cox (1957).

    Raises
    ------
    SizeError
        For fewer than two groups within a group, fewer than two depths, more than seven, or lists that do not fit.
    DataError
        For one observation in each innermost group.

    >>> nested(4, 3, 2).Z.definition.shape
    (24, 16)
    >>> print(nested("a", "b", "c", "n").equation("index").splitlines()[0])
    y_ijkl = μ + u_i + v_j(i) + w_k(ij) + ε_ijkl,        i = 1, …, a;  j = 1, …, b;  k = 1, …, c;  l = 1, …, n
    """
    if reps is not None and not isinstance(reps, str) and isinstance(reps, Sequence):
        return _nested_in_lists(sizes, reps)
    every = [*sizes] if reps is None else [*sizes, reps]
    if not 3 <= len(every) < len(LETTERS):
        raise SizeError(
            f"nested has {len(every)} sizes; expected three to {len(LETTERS) - 1}.",
            tip="nested(4, 3, 2): 4 outer groups, 3 inner ones in each, 2 observations of each of those.",
        )
    if any(not isinstance(size, str) and isinstance(size, Sequence) for size in every):
        raise SizeError("A list of sizes tells only part of the design.", tip=NESTED_EXAMPLE)
    *groups, last = every
    extents = [design_size(f"size {number}", size, 2) for number, size in enumerate(groups, start=1)]  # pyright: ignore[reportArgumentType]
    r = design_size("reps", last)  # pyright: ignore[reportArgumentType]
    told = f"{' × '.join(map(str, extents))}, {count(r, 'observation')} of each innermost group"
    return _nested(told, [*extents, r])


def _nested(
    told: str, extents: Sequence[Size], differing: Sequence[bool] = (), codes: Sequence[tuple[int, ...]] = ()
) -> MixedModel:
    """Groups within groups with these numbers of levels, the observations last; with codes the largest numbers."""
    depth = len(extents) - 1
    names = ["outer", "inner"] if depth == 2 else [f"level{number}" for number in range(1, depth + 1)]
    letters = LETTERS[: depth + 1]
    effects = [f"{RANDOM[n]}_{letters[n]}" + (f"({letters[:n]})" if n else "") for n in range(depth)]
    differs = [letters[:n] if n < len(differing) and differing[n] else "" for n in range(depth + 1)]
    return describe(
        f"Nested groups: {told}",
        [
            *(
                Index(letters[n], name, extents[n], "abcdfgh"[n] + "m", prefix=letters[n], short=letters[n],
                      differing=differs[n])
                for n, name in enumerate(names)
            ),
            Index(letters[depth], "replicate", extents[depth], "nr", differing=differs[depth]),
        ],
        ["mu", *effects],
        random={RANDOM[n]: f"the groups called {name}" for n, name in enumerate(names)},
        units=[
            *(Unit(name, letters[n], (names[n - 1],) if n else ()) for n, name in enumerate(names)),
            Unit("observation", letters[depth], (names[-1],)),
        ],
        codes=dict(zip(letters, codes, strict=True)) if codes else None,
    )  # fmt: skip


def _nested_in_lists(sizes: Sequence[Any], reps: Sequence[Any]) -> MixedModel:
    """Groups within groups of sizes told by lists; the sizes in front must be those of the lists."""
    depth = len(sizes) or _depth(reps)
    if not 2 <= depth < len(LETTERS) - 1:
        raise SizeError(f"reps has lists for {count(sympy.Integer(depth), 'depth')}; expected two or more.",
                        tip=NESTED_EXAMPLE)  # fmt: skip
    found = nested_sizes(reps, depth)
    line: list[Any] = [reps]
    for number in range(1, depth + 1):
        lengths = [len(group) for group in line]
        size = sizes[number - 1] if sizes else lengths
        given = list(size) if isinstance(size, list | tuple) else [size] * len(lengths)
        if given != lengths:
            raise SizeError(
                f"Size {number} is {size}, and reps has {', '.join(map(str, lengths))} at that depth.",
                tip=NESTED_EXAMPLE,
            )
        line = [inner for group in line for inner in group]
    observations = f"{', '.join(map(str, line[:-1]))} and {line[-1]} observations"
    groups = sympy.Integer(len(line))
    return _nested(f"{found.largest[0]} outer and {groups} innermost ones of {observations}", found.largest,
                   found.differing, found.codes)  # fmt: skip


def _depth(given: Any) -> int:
    """How many lists stand within each other."""
    return 1 + _depth(given[0]) if isinstance(given, list | tuple) and given else 0


def crossed(rows: SizeLike, columns: SizeLike, reps: SizeLike = 1) -> MixedModel:
    """Two crossed samples, all random: y_ijk = μ + u_i + v_j + w_ij + ε_ijk, the interaction w included.

    With one observation of each combination w cannot be told apart from ε, and is left out: μ + u_i + v_j + ε_ij.
    Source: Searle, Casella and McCulloch (1992).

    Raises
    ------
    SizeError
        For fewer than two rows or columns.

    >>> crossed(3, 4, 2).Z.definition.shape
    (24, 19)
    """
    a, b, r = design_size("rows", rows, 2), design_size("columns", columns, 2), design_size("reps", reps)
    single = r == 1
    title = f"Crossed samples: {count(a, 'row')} × {count(b, 'column')}, {count(r, 'observation')} of each combination"
    indices = [
        Index("i", "row", a, "am", prefix="r", short="r"),
        Index("j", "column", b, "bp", prefix="c", short="c"),
    ]
    random = {"u": "the rows", "v": "the columns"}
    units = [Unit("row", "i"), Unit("column", "j")]
    if single:
        return describe(title, indices, ["mu", "u_i", "v_j"], random=random, units=units)
    return describe(
        title,
        [*indices, Index("k", "replicate", r, "nr")],
        ["mu", "u_i", "v_j", "w_ij"],
        random={**random, "w": "the combinations of rows and columns"},
        units=[*units, Unit("observation", "k", ("row", "column"))],
    )
