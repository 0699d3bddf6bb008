"""Balanced blocks from finite geometries: the points of a space over a field, and its planes as blocks."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from tutor.models.designs.finite_field import field, prime_power

Blocks = list[tuple[int, ...]]

MOST_POINTS = 400
"""Points of a space that is built."""

Vector = tuple[int, ...]


def flats(t: int, k: int, concurrence: int) -> Blocks | None:
    """The flats of k points in an affine or a projective space of t points, or None where there is no such space.

    In the space over the field of q elements any two points lie in equally many flats of one dimension: q^d points and
    q^m in a flat of the affine one, (q^(d+1) − 1)/(q − 1) and (q^(m+1) − 1)/(q − 1) of the projective one. Source: Bose
    (1939), On the construction of balanced incomplete block designs, Annals of Eugenics 9, 353–399.

    >>> flats(4, 2, 1)
    [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    """
    if t > MOST_POINTS:
        return None
    for q in range(2, k + 1):
        if prime_power(q) is None:
            continue
        for dimension in range(2, t.bit_length() + 1):
            for inner in range(1, dimension):
                if _number_through_two(q, dimension, inner) != concurrence:
                    continue
                if (t, k) == (q**dimension, q**inner):
                    return _affine(q, dimension, inner)
                if (t, k) == (_projective_points(q, dimension), _projective_points(q, inner)):
                    return _projective(q, dimension, inner)
    return None


def _projective_points(q: int, dimension: int) -> int:
    return (q ** (dimension + 1) - 1) // (q - 1)


def _number_through_two(q: int, dimension: int, inner: int) -> int:
    """How many flats hold two points: the subspaces of one dimension less in a space of one dimension less."""
    found = Fraction(1)
    for step in range(inner - 1):
        found *= Fraction(q ** (dimension - 1 - step) - 1, q ** (inner - 1 - step) - 1)
    return int(found)


class _Space:
    """Vectors over a field, with sums and multiples."""

    def __init__(self, q: int) -> None:
        told = prime_power(q)
        assert told is not None
        add, times = field(*told)
        self.elements = range(q)
        self.sums = [[add(a, b) for b in self.elements] for a in self.elements]
        self.products = [[times(a, b) for b in self.elements] for a in self.elements]

    def add(self, one: Vector, other: Vector) -> Vector:
        return tuple(self.sums[a][b] for a, b in zip(one, other, strict=True))

    def multiple(self, factor: int, of: Vector) -> Vector:
        return tuple(self.products[factor][a] for a in of)

    def span(self, vectors: tuple[Vector, ...], size: int) -> frozenset[Vector]:
        """All combinations of some vectors with this many coordinates."""
        found = {(0,) * size}
        for vector in vectors:
            found = {self.add(one, self.multiple(c, vector)) for one in found for c in self.elements}
        return frozenset(found)

    def subspaces(self, size: int, rank: int) -> list[frozenset[Vector]]:
        """The subspaces of a dimension, each by its basis in reduced form."""
        found: list[frozenset[Vector]] = []
        for leads in combinations(range(size), rank):
            free = [(i, j) for i, lead in enumerate(leads) for j in range(lead + 1, size) if j not in leads]
            for values in product(self.elements, repeat=len(free)):
                basis = [[int(j == lead) for j in range(size)] for lead in leads]
                for (i, j), value in zip(free, values, strict=True):
                    basis[i][j] = value
                found.append(self.span(tuple(map(tuple, basis)), size))
        return found


def _affine(q: int, dimension: int, inner: int) -> Blocks:
    space = _Space(q)
    points = list(product(space.elements, repeat=dimension))
    number = {point: at for at, point in enumerate(points)}
    found = {
        tuple(sorted(number[space.add(point, vector)] for vector in directions))
        for directions in space.subspaces(dimension, inner)
        for point in points
    }
    return sorted(found)


def _projective(q: int, dimension: int, inner: int) -> Blocks:
    space = _Space(q)
    vectors = product(space.elements, repeat=dimension + 1)
    # A point is a line of multiples; the one whose first coordinate that is not 0 is 1 stands for it.
    points = [vector for vector in vectors if next((c for c in vector if c), 0) == 1]
    number = {point: at for at, point in enumerate(points)}
    return sorted(
        tuple(sorted(number[v] for v in flat if v in number)) for flat in space.subspaces(dimension + 1, inner + 1)
    )
