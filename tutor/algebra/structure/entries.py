"""Inverses and determinants of matrices of entries: by connected rows, then as a multiple of I and few columns, dense
last.

Rows that share an entry, directly or through others, make a component; without the rows between them a component is
a block of its own. Equal blocks are worked out once. All arithmetic is that of polynomials over the rationals.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

import sympy
from flint import fmpq, fmpq_mat
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix
from sympy.polys.matrices.exceptions import DMNonInvertibleMatrixError

from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.dense_costs import allow_determinant, allow_inverse
from tutor.algebra.structure.generators import as_rational_functions, put_back
from tutor.errors import DomainError

SINGULAR = "The matrix is singular: it has no inverse."

FEWEST_SHIFTED = 4
"""A smaller block is inverted as it is."""


def components(matrix: ImmutableDenseMatrix) -> list[list[int]]:
    """The rows of a square matrix in groups, such that entries between rows of different groups are 0."""
    parent = list(range(matrix.rows))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for row, column in matrix.todok():
        parent[root(row)] = root(column)
    groups: dict[int, list[int]] = {}
    for row in range(matrix.rows):
        groups.setdefault(root(row), []).append(row)
    return list(groups.values())


def inverse_of_entries(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    """The inverse of a square matrix, n × n, each entry cancelled.

    Raises
    ------
    DomainError
        For a singular matrix.
    TooDearError
        For a dense one in so many letters that nobody would wait for it.
    """
    rational, back = as_rational_functions(matrix)
    known: dict[ImmutableDenseMatrix, list[list[sympy.Expr]]] = {}
    cells: dict[tuple[int, int], sympy.Expr] = {}
    for rows in components(rational):
        block = ImmutableDenseMatrix(rational.extract(rows, rows))
        if block not in known:
            known[block] = _inverse_of_block(block)
        for i, line in zip(rows, known[block], strict=True):
            cells.update({(i, j): value for j, value in zip(rows, line, strict=True) if value != 0})
    if back:
        cells = {place: put_back(value, back) for place, value in cells.items()}
    return ImmutableDenseMatrix.from_dok(matrix.rows, matrix.rows, cells)


def determinant_of_entries(matrix: ImmutableDenseMatrix) -> sympy.Expr:
    """The determinant of a square matrix, in factors. Raises TooDearError as `inverse_of_entries` does."""
    rational, back = as_rational_functions(matrix)
    blocks = Counter(ImmutableDenseMatrix(rational.extract(rows, rows)) for rows in components(rational))
    return sympy.Mul(
        *(with_plain_signs(put_back(_determinant_of_block(block), back)) ** times for block, times in blocks.items())
    )


def with_plain_signs(value: sympy.Expr) -> sympy.Expr:
    """A product whose sums have more terms to add than to take off, where that is so without a minus in front of it:
    (σ² + σ²_v − σ²_v ρ²)(…) of −(σ²_v ρ² − σ² − σ²_v)(…).

    >>> from sympy.abc import a, b, c
    >>> with_plain_signs(-(a - b - c) * (a + b)), with_plain_signs((a - b - c)**2)
    ((a + b)*(-a + b + c), (-a + b + c)**2)
    """
    coefficient, factors = value.as_coeff_mul()
    turned = [index for index, factor in enumerate(factors) if _takes_off(factor.as_base_exp()[0])]
    odd = [index for index in turned if not factors[index].as_base_exp()[1].is_even]
    if any(not factor.as_base_exp()[1].is_Integer for factor in factors if _takes_off(factor.as_base_exp()[0])):
        return value
    if len(odd) % 2 and not coefficient.is_negative:
        turned.remove(odd.pop())
    found = [
        (-factor.as_base_exp()[0]) ** factor.as_base_exp()[1] if index in turned else factor
        for index, factor in enumerate(factors)
    ]
    return sympy.Mul((-1) ** len(odd) * coefficient, *found)


def _takes_off(value: sympy.Expr) -> bool:
    """Whether a sum has more terms with a minus than without."""
    terms = sympy.Add.make_args(value) if value.is_Add else ()
    signs = [term.as_coeff_Mul()[0].is_negative for term in terms]
    return 2 * sum(map(bool, signs)) > len(signs)


# One block


@dataclass(frozen=True, slots=True)
class _Shifted:
    """A block as sI + M'CM: s, a number of the domain, C, k × k, and M, k × n, which has numbers only."""

    shift: Any
    M: DomainMatrix
    C: DomainMatrix

    @property
    def inner(self) -> DomainMatrix:
        """sI + MM'C, k × k."""
        return self.shift * DomainMatrix.eye(self.M.shape[0], self.M.domain) + self.M * self.M.transpose() * self.C


def _inverse_of_block(block: ImmutableDenseMatrix) -> list[list[sympy.Expr]]:
    entries = sympy.Matrix(block).to_DM()
    shifted = _shifted(block, entries)
    if shifted is None:
        return _quotients(*_adjugate(entries))
    # (sI + M'CM)⁻¹ = s⁻¹(I − M'C(sI + MM'C)⁻¹M), by the identity of Woodbury (1950).
    M = shifted.M
    inner, determinant = _adjugate(shifted.inner)
    eye = DomainMatrix.eye(M.shape[1], M.domain)
    return _quotients(determinant * eye - M.transpose() * shifted.C * inner * M, shifted.shift * determinant)


def _determinant_of_block(block: ImmutableDenseMatrix) -> sympy.Expr:
    entries = sympy.Matrix(block).to_DM()
    shifted = _shifted(block, entries)
    if shifted is None:
        return normal(_determinant(entries))
    rank, order = shifted.M.shape
    shift = entries.domain.to_sympy(shifted.shift)
    return shift ** (order - rank) * normal(_determinant(shifted.inner))


def _determinant(matrix: DomainMatrix) -> sympy.Expr:
    allow_determinant(matrix)
    return matrix.domain.to_sympy(matrix.charpoly()[-1]) * (-1) ** matrix.shape[0]


def _adjugate(matrix: DomainMatrix) -> tuple[DomainMatrix, Any]:
    """N and d with A⁻¹ = N/d."""
    allow_inverse(matrix)
    try:
        return matrix.inv_den()
    except DMNonInvertibleMatrixError:
        raise DomainError(SINGULAR) from None


def _quotients(numerators: DomainMatrix, denominator: Any) -> list[list[sympy.Expr]]:
    """The entries divided by one number, each cancelled; what stands below a fraction is in factors."""
    field = numerators.domain.get_field()
    below = field.convert_from(denominator, numerators.domain)
    order, _ = numerators.shape
    found = [[sympy.S.Zero] * order for _ in range(order)]
    known: dict[Any, sympy.Expr] = {}
    for i, line in numerators.to_sdm().items():
        for j, value in line.items():
            if value not in known:
                above = field.convert_from(value, numerators.domain)
                p, q = sympy.fraction(field.to_sympy(above / below))
                known[value] = p / normal(q)
            found[i][j] = known[value]
    return found


def _shifted(block: ImmutableDenseMatrix, entries: DomainMatrix) -> _Shifted | None:
    """A block whose diagonal has a letter that no other entry has, s, such that the rest is M'CM of a small rank."""
    order, domain = block.rows, cast("Any", entries.domain)
    letters = _letters_of_diagonal(block)
    if order < FEWEST_SHIFTED or len(letters) != 1 or not domain.is_PolynomialRing:
        return None
    shift = domain.from_sympy(letters.pop())
    rest = entries - shift * DomainMatrix.eye(order, domain)
    rng = random.Random(order)  # any point but those of a null set tells the rank; what is found is checked below
    point = [fmpq(rng.randint(1, 2**31)) for _ in domain.symbols]
    values = fmpq_mat([[_at(rest, i, j, point) for j in range(order)] for i in range(order)])
    echelon, rank = values.rref()
    if not 0 < rank <= order // 2:
        return None
    pivots = [next(j for j in range(order) if echelon[i, j] != 0) for i in range(rank)]
    ring = domain.set_domain(sympy.QQ)
    numbers = [[sympy.QQ(int(x.p), int(x.q)) for x in line] for line in echelon.tolist()[:rank]]
    M = DomainMatrix([[ring(x) for x in line] for line in numbers], (rank, order), ring).to_sparse()
    C = rest.extract(pivots, pivots).convert_to(ring)
    if M.transpose() * C * M != rest.convert_to(ring).to_sparse():
        return None
    return _Shifted(ring.convert_from(shift, domain), M, C)


def _at(matrix: DomainMatrix, i: int, j: int, point: list[fmpq]) -> fmpq:
    """An entry, a polynomial with rational coefficients, at a point."""
    value = fmpq(0)
    entry: Any = matrix[i, j]  # SymPy does not tell an entry from a slice
    for powers, coefficient in entry.element.terms():
        term = fmpq(int(coefficient.numerator), int(coefficient.denominator))
        for number, power in zip(point, powers, strict=True):
            term *= number ** int(power)
        value += term
    return value


def _letters_of_diagonal(block: ImmutableDenseMatrix) -> set[sympy.Symbol]:
    """The letters that every diagonal entry has and no other."""
    cells: dict[tuple[int, int], sympy.Expr] = block.todok()
    beside = set().union(*(value.free_symbols for (i, j), value in cells.items() if i != j))
    return set.intersection(*(cells.get((i, i), sympy.S.Zero).free_symbols - beside for i in range(block.rows)))
