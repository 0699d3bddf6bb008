"""Eigenvalues with their multiplicities, by structure: of strata, blocks, Kronecker products; of entries at last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import singledispatch

import sympy
from sympy.polys.polyerrors import PolynomialError

from tutor.algebra.applied import Indexed
from tutor.algebra.balanced import closed_form
from tutor.algebra.indices import depends, total
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Inverse, Kronecker, Scalar, Scaled, Symbol, Transpose
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.blocks import diagonal_blocks, direct_sum
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.constants import without_minus
from tutor.algebra.structure.entries import components
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.over_index import Groups, copies, diagonal_over
from tutor.algebra.structure.secular import secular
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import DomainError, NoEntriesError, ShapeError, SizeError, TutorError

MOST_ROWS = 30
"""Rows of a block whose characteristic polynomial is looked at."""


@dataclass(frozen=True, slots=True)
class Roots:
    """Eigenvalues that are the roots of a ``polynomial`` in λ, ``times`` each time, and how many they are, each
    counted as often as it is a root.

    There is no closed form for them in general: the roots of a polynomial of degree 5 and more have none.
    """

    polynomial: Tree
    number: sympy.Expr
    times: sympy.Expr = ONE
    of_group: bool = False


@dataclass(frozen=True, slots=True)
class Eigenvalues(Shown):
    """Pairs of an eigenvalue and its multiplicity, each value once; the multiplicities add up to the rows.

    An eigenvalue of group i has the multiplicity that is told for each of the ``groups``, as σ² + n_iσ²_u has. Those
    that have no closed form are ``roots``.
    """

    pairs: tuple[tuple[sympy.Expr, sympy.Expr], ...]
    groups: Groups | None = None
    roots: tuple[Roots, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether each eigenvalue has a closed form."""
        return not self.roots

    def is_of_group(self, value: sympy.Expr) -> bool:
        """Whether an eigenvalue differs from group to group."""
        return self.groups is not None and depends(value, self.groups.index)

    def __iter__(self) -> Iterator[tuple[sympy.Expr, sympy.Expr]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)


def eigenvalues(tree: Tree) -> Eigenvalues:
    """The eigenvalues of a square tree with their multiplicities, in closed form.

    Raises
    ------
    ShapeError
        Unless the tree is square.
    TutorError
        Where no closed form is found.

    >>> from tutor.algebra.build import identity, ones
    >>> a, b = sympy.symbols("a b", positive=True)
    >>> print(eigenvalues(a * identity("n") + b * ones("n", "n")))
    eigenvalue  multiplicity
    a + n b     1
    a           n − 1
    """
    if not same_size(*tree.shape):
        raise ShapeError("square", [("the matrix", tree.shape)])
    over = diagonal_over(tree)
    if over is not None:
        return _of_groups(over)
    element = balanced(tree)
    if element is not None:
        return Eigenvalues(tuple((found.value, without_minus(found.multiplicity)) for found in element.eigenvalues))
    found = _found(tree)
    if found is not None:
        return _collected(found)
    return _with_roots(tree) or _by_blocks(tree)


def _with_roots(tree: Tree) -> Eigenvalues | None:
    """Those that are known, and the polynomial of the others; None for another structure."""
    repeated = tree if isinstance(tree, Kronecker) else copies(tree)
    if repeated is not None and isinstance(repeated.factors[0], Identity):
        head, *rest = repeated.factors
        inner = eigenvalues(rest[0] if len(rest) == 1 else Kronecker(tuple(rest)))
        roots = tuple(replace(each, times=each.times * head.rows) for each in inner.roots)
        return replace(inner, pairs=tuple((value, head.rows * times) for value, times in inner), roots=roots)
    if diagonal_blocks(tree) is not None:
        return None
    found = secular(tree)
    if found is None:
        return None
    roots = () if found.number == 0 else (Roots(found.polynomial, found.number),)
    return replace(_collected(found.pairs), roots=roots)


def _by_blocks(tree: Tree) -> Eigenvalues:
    """Those of the blocks along the diagonal together."""
    blocks = diagonal_blocks(tree)
    if blocks is None:
        raise _unknown()
    counts = Counter(blocks)
    found = [(eigenvalues(block), count) for block, count in counts.items()]
    if any(inner.groups is not None for inner, _ in found):
        raise _unknown()
    pairs = [(value, count * times) for inner, count in found for value, times in inner]
    roots = tuple(replace(each, times=each.times * count) for inner, count in found for each in inner.roots)
    return replace(_collected(pairs), roots=roots)


def _of_groups(tree: Indexed) -> Eigenvalues:
    """Those of the blocks over an index; what is an eigenvalue of all of them has its multiplicities added up."""
    assert isinstance(tree.last, Scalar)
    groups = Groups(tree.index, tree.last.value)
    inner = eigenvalues(tree.body)
    if inner.groups is not None:
        raise _unknown()
    roots = tuple(replace(each, of_group=True) for each in inner.roots)
    made = Eigenvalues(inner.pairs, groups)
    pairs = [(v, m if made.is_of_group(v) else _count(total(m, groups.index, groups.last))) for v, m in inner]
    return Eigenvalues(tuple(pairs), groups, roots)


def _count(value: sympy.Expr) -> sympy.Expr:
    return without_minus(normal(value))


def _unknown() -> TutorError:
    return TutorError(
        "No closed form of the eigenvalues is known for this structure: they are the roots λ of |A − λI| = 0, "
        "and no law tells that determinant in numbers.",
        tip="With numbers for the parameters numpy has them: numpy.linalg.eigvalsh(tree.numpy(…)).",
    )


Pairs = list[tuple[sympy.Expr, sympy.Expr]]


def _collected(pairs: Iterable[tuple[sympy.Expr, sympy.Expr]]) -> Eigenvalues:
    """Equal values with the sum of their multiplicities."""
    counts: dict[sympy.Expr, list[tuple[sympy.Expr, sympy.Expr]]] = {}
    for value, multiplicity in pairs:
        counts.setdefault(normal(value), []).append((value, multiplicity))
    return Eigenvalues(
        tuple((group[0][0], _count(sympy.Add(*(times for _, times in group)))) for group in counts.values())
    )


def _found(tree: Tree) -> Pairs | None:
    """By strata where the tree is balanced, otherwise by the kind of its node, its blocks and its entries."""
    element = balanced(tree)
    if element is not None:
        return [(found.value, found.multiplicity) for found in element.eigenvalues]
    found = _of_node(tree)
    if found is not None:
        return found
    closed = closed_form(tree)
    if closed != tree:
        return _found(closed)
    repeated = copies(tree)
    if repeated is not None:
        return _found(repeated)
    blocks = diagonal_blocks(tree)
    return _of_node(direct_sum(blocks)) if blocks is not None else _of_entries(tree)


@singledispatch
def _of_node(tree: Tree) -> Pairs | None:
    return None


@_of_node.register
def _of_symbol(tree: Symbol) -> Pairs | None:
    return None if tree.definition is None else _found(tree.definition)


@_of_node.register
def _of_identity(tree: Identity) -> Pairs:
    return [(sympy.S.One, tree.order)]


@_of_node.register
def _of_scaled(tree: Scaled) -> Pairs | None:
    inner = _found(tree.tree)
    if inner is None or not isinstance(tree.scalar, Scalar):
        return None
    return [(tree.scalar.value * value, times) for value, times in inner]


@_of_node.register
def _of_transpose(tree: Transpose) -> Pairs | None:
    return _found(tree.tree)


@_of_node.register
def _of_inverse(tree: Inverse) -> Pairs | None:
    inner = _found(tree.tree)
    if inner is None:
        return None
    if any(is_zero(value) for value, _ in inner):
        raise DomainError("The matrix is singular: 0 is one of its eigenvalues, so it has no inverse.")
    return [(1 / value, times) for value, times in inner]


@_of_node.register
def _of_direct_sum(tree: BlockDiagonal) -> Pairs | None:
    known: dict[Tree, Pairs | None] = {}
    pairs: Pairs = []
    for block in tree.blocks:
        if block.rows != block.columns:
            return None
        if block not in known:
            known[block] = _found(block)
        found = known[block]
        if found is None:
            return None
        pairs += found
    return pairs


@_of_node.register
def _of_kronecker(tree: Kronecker) -> Pairs | None:
    """The products of the eigenvalues of the factors."""
    pairs: Pairs = [(sympy.S.One, sympy.S.One)]
    for factor in tree.factors:
        found = _found(factor) if factor.rows == factor.columns else None
        if found is None:
            return None
        pairs = [(value * other, times * more) for value, times in pairs for other, more in found]
    return pairs


def _of_entries(tree: Tree) -> Pairs | None:
    """The roots of the characteristic polynomial of each block of connected rows, where all are at most quadratic."""
    try:
        entries = tree.explicit()
    except (NoEntriesError, SizeError):
        return None
    pairs: Pairs = []
    for rows in components(entries):
        if len(rows) > MOST_ROWS:
            return None
        roots = _roots(Explicit(entries.extract(rows, rows)))
        if roots is None:
            return None
        pairs += roots
    return pairs


def _roots(block: Explicit) -> Pairs | None:
    over_ring = sympy.Matrix(block.matrix).to_DM()
    unknown = sympy.Dummy()
    coefficients = [over_ring.domain.to_sympy(c) for c in over_ring.charpoly()]
    polynomial = sum((c * unknown**k for k, c in enumerate(reversed(coefficients))), sympy.S.Zero)
    try:
        factors = sympy.factor_list(polynomial, unknown)[1]
    except PolynomialError:
        return None
    pairs: Pairs = []
    for factor, times in factors:
        terms = sympy.Poly(factor, unknown)
        if terms.degree() > 2:
            return None
        pairs += [(root, sympy.Integer(times * count)) for root, count in sympy.roots(terms).items()]
    return pairs
