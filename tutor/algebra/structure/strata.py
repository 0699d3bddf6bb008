"""The commutative algebra of balanced designs: sums of Kronecker products of I and J over the factors of a design.

Over factors with n_1, …, n_f levels let J̄ = J/n. The matrices P_S = ⊗_i (I − J̄ where i is in S, otherwise J̄), one
for each subset S of the factors, are symmetric, idempotent and orthogonal to each other, and add up to I. Every sum of
Kronecker products of I and J is Σ_S λ_S P_S, so that λ_S are its eigenvalues and what is done with the matrix is done
with these 2^f numbers, whatever the sizes are. The space of P_S has the dimension ∏_{i in S} (n_i − 1).
Source: Nelder (1965), The analysis of randomized experiments with orthogonal block structure, Proc. R. Soc. A 283,
147–178; Searle and Henderson (1979), Dispersion matrices for variance components models, JASA 74, 465–470.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any, Literal

import sympy

from tutor.algebra.provided import Condition
from tutor.algebra.sizes import ONE, Size, SizeLike, same_size, size
from tutor.algebra.structure.conditions import has_denominator, is_zero, nonnegative, nonzero, normal, positive
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import DomainError, ShapeError

Subset = tuple[bool, ...]
"""For each factor whether it is in S."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor that classifies the rows, by name, and the number of its levels."""

    name: str
    size: Size


def factors(**sizes: SizeLike) -> tuple[Factor, ...]:
    """Factors by name with their sizes, the one that changes slowest from row to row first."""
    return tuple(Factor(name, size(number)) for name, number in sizes.items())


@dataclass(frozen=True, slots=True)
class Eigenvalue:
    """An eigenvalue with its multiplicity, and the subsets S whose strata have it."""

    value: sympy.Expr
    multiplicity: sympy.Expr
    subsets: tuple[Subset, ...]


@dataclass(frozen=True)
class Balanced:
    """Σ_S λ_S P_S over factors: a matrix of the balanced algebra, n × n for the product n of the sizes.

    ``values`` are the 2^f eigenvalues λ_S, for S in the order of `subsets`: without any factor first, with all of them
    last, the last factor changing fastest. Immutable; two of them can be added and multiplied if they have the same
    factors.

    >>> a, b = sympy.symbols("a b", positive=True)
    >>> t = factors(treatment="t")
    >>> V = a * Balanced.identity(t) + b * Balanced.ones(t)
    >>> V.inverse().values
    (1/(a + b*t), 1/a)
    >>> V.determinant()
    a**(t - 1)*(a + b*t)
    """

    factors: tuple[Factor, ...]
    values: tuple[sympy.Expr, ...]

    def __post_init__(self) -> None:
        if len(self.values) != 2 ** len(self.factors):
            raise ValueError(f"{len(self.factors)} factors have {2 ** len(self.factors)} strata.")
        # I − J̄ of a factor with one level is 0: its strata get the values of those without it, so that I is J.
        single = [factor.size == ONE for factor in self.factors]
        if any(single):
            known = dict(self._pairs)
            values = tuple(known[tuple(i and not alone for i, alone in zip(s, single, strict=True))] for s in known)
            object.__setattr__(self, "values", values)

    # Making

    @classmethod
    def kronecker(cls, factors: Sequence[Factor], kept: Iterable[bool]) -> Balanced:
        """⊗ of I where a factor is ``kept`` and of J where it is not.

        J has the eigenvalue n on J̄ and 0 on I − J̄.
        """
        kept = tuple(kept)
        others = sympy.Mul(*(factor.size for factor, keep in zip(factors, kept, strict=True) if not keep))
        return cls(
            tuple(factors),
            tuple(
                others if all(keep or not inside for keep, inside in zip(kept, subset, strict=True)) else sympy.S.Zero
                for subset in subsets(len(factors))
            ),
        )

    @classmethod
    def identity(cls, factors: Sequence[Factor]) -> Balanced:
        """I."""
        return cls.kronecker(factors, [True] * len(factors))

    @classmethod
    def ones(cls, factors: Sequence[Factor]) -> Balanced:
        """J."""
        return cls.kronecker(factors, [False] * len(factors))

    @classmethod
    def projection(cls, factors: Sequence[Factor], members: Iterable[Subset]) -> Balanced:
        """Σ P_S over these subsets S."""
        chosen = set(members)
        return cls(tuple(factors), tuple(sympy.Integer(subset in chosen) for subset in subsets(len(factors))))

    # Arithmetic

    @property
    def order(self) -> Size:
        """n, the number of rows."""
        return sympy.Mul(*(factor.size for factor in self.factors))

    def __add__(self, other: Balanced) -> Balanced:
        return self._with(other, lambda mine, theirs: mine + theirs)

    def __sub__(self, other: Balanced) -> Balanced:
        return self._with(other, lambda mine, theirs: mine - theirs)

    def __neg__(self) -> Balanced:
        return -1 * self

    def __matmul__(self, other: Balanced) -> Balanced:
        return self._with(other, lambda mine, theirs: mine * theirs)

    def __mul__(self, scalar: sympy.Expr | int) -> Balanced:
        number = sympy.sympify(scalar, strict=True)
        return replace(self, values=tuple(number * value for value in self.values))

    __rmul__ = __mul__

    def _with(self, other: Balanced, join: Callable[[sympy.Expr, sympy.Expr], sympy.Expr]) -> Balanced:
        sizes = [(mine.size, theirs.size) for mine, theirs in zip(self.factors, other.factors, strict=False)]
        if len(self.factors) != len(other.factors) or not all(same_size(*pair) for pair in sizes):
            told = [(" × ".join(str(f.size) for f in e.factors), (e.order, e.order)) for e in (self, other)]
            raise ShapeError("sum", told, tip="Both need the same factors, in the same order.")
        return replace(self, values=tuple(map(join, self.values, other.values)))

    def same_as(self, other: Balanced) -> bool:
        """Whether both are one matrix, for all sizes and parameters."""
        difference = self - other
        return all(is_zero(value) for value in difference.values)

    # Functions of the matrix

    def power(self, exponent: sympy.Expr | int) -> Balanced:
        """The matrix to a whole or broken power: λ_S to that power; 1/2 is the symmetric root, −1/2 its inverse.

        Raises
        ------
        DomainError
            For a negative power of a singular matrix, or a root of one with a negative eigenvalue.
        """
        power = sympy.sympify(exponent, strict=True)
        if power.is_negative:
            self.require_invertible()
        if not power.is_Integer:
            for found in self.eigenvalues:
                if found.value.is_negative:
                    raise DomainError(f"The eigenvalue {found.value} is negative, so there is no real root.")
        return replace(self, values=tuple(value**power for value in self.values))

    def inverse(self) -> Balanced:
        """The inverse, Σ λ_S⁻¹ P_S. Raises DomainError for a singular matrix; see `conditions`."""
        return self.power(-1)

    def sqrt(self) -> Balanced:
        """The symmetric root, Σ √λ_S P_S. Raises DomainError for a negative eigenvalue."""
        return self.power(sympy.S.Half)

    def pseudo_inverse(self) -> Balanced:
        """The inverse of Moore and Penrose: λ_S⁻¹, and 0 where λ_S is 0."""
        return replace(self, values=tuple(sympy.S.Zero if is_zero(v) else 1 / v for v in self.values))

    @property
    def trace(self) -> sympy.Expr:
        """Σ m_S λ_S."""
        return normal(sympy.Add(*(found.multiplicity * found.value for found in self.eigenvalues)))

    @property
    def rank(self) -> sympy.Expr:
        """The dimension of all strata whose eigenvalue is not 0."""
        found: Any = sympy.Add(*(e.multiplicity for e in self.eigenvalues if not is_zero(e.value)))
        return sympy.expand(found)

    def determinant(self) -> sympy.Expr:
        """∏ λ_S^{m_S}; 0 only where an eigenvalue is 0 on a stratum that has a dimension for every size."""
        return sympy.Mul(*(found.value**found.multiplicity for found in self.eigenvalues))

    def log_determinant(self) -> sympy.Expr:
        """Σ m_S log λ_S. Raises DomainError for a singular matrix."""
        self.require_invertible()
        return sympy.Add(*(found.multiplicity * sympy.log(found.value) for found in self.eigenvalues))

    def conditions(
        self, of: Literal["inverse", "pseudo inverse", "root", "inverse root", "logarithm"]
    ) -> tuple[Condition, ...]:
        """What must hold of the parameters for a function of the matrix to exist as it is given here; nothing where
        their signs already tell."""
        kinds = {"root": nonnegative, "inverse root": positive, "logarithm": positive}
        told = [kinds.get(of, nonzero)(found.value) for found in self.eigenvalues if not is_zero(found.value)]
        return tuple(dict.fromkeys(condition for condition in told if condition is not None))

    def require_invertible(self) -> None:
        """Raises DomainError where an eigenvalue is 0, with the rank and the sizes for which that does not matter."""
        lost = [found for found in self.eigenvalues if is_zero(found.value)]
        if not lost:
            return
        missing = sympy.factor(sympy.Add(*(found.multiplicity for found in lost)))
        single = [f.size for f in self.factors if not f.size.is_Integer and missing.subs(f.size, 1) == 0]
        told = writer().inline
        unless = f" unless {told(single[0])} = 1" if single else f" unless {told(missing)} = 0"
        unless = "" if missing.is_number else unless
        rank, rows = told(self.rank), told(self.order)
        raise DomainError(
            f"The matrix {'' if unless else 'is singular: it '}has rank {rank} and {rows} rows, so it has no "
            f"inverse{unless}.",
            tip="Its generalized inverse of Moore and Penrose exists.",
        )

    # Strata

    @property
    def _pairs(self) -> Iterable[tuple[Subset, sympy.Expr]]:
        return zip(subsets(len(self.factors)), self.values, strict=True)

    def multiplicity(self, subset: Subset) -> sympy.Expr:
        """The dimension of the stratum of one subset, ∏_{i in S} (n_i − 1)."""
        return sympy.Mul(*(f.size - 1 for f, inside in zip(self.factors, subset, strict=True) if inside))

    def _is_empty(self, subset: Subset) -> bool:
        return any(f.size == ONE for f, inside in zip(self.factors, subset, strict=True) if inside)

    @cached_property
    def eigenvalues(self) -> tuple[Eigenvalue, ...]:
        """The distinct eigenvalues with their multiplicities, the grand mean's first and that of the units last."""
        groups: dict[sympy.Expr, list[tuple[Subset, sympy.Expr]]] = {}
        for subset, value in self._pairs:
            if not self._is_empty(subset):
                # Multiplying out is one form of a polynomial as factors are, and quick with many letters.
                key = normal(value) if has_denominator(value) else sympy.expand(value)
                groups.setdefault(key, []).append((subset, value))
        found = [
            Eigenvalue(members[0][1], self.dimension(s for s, _ in members), tuple(s for s, _ in members))
            for members in groups.values()
        ]
        return tuple(sorted(found, key=lambda each: max((sum(s), [not i for i in s]) for s in each.subsets)))

    def dimension(self, members: Iterable[Subset]) -> sympy.Expr:
        """The dimension of several strata together, in factors: b(t − 1)."""
        return normal(sympy.Add(*map(self.multiplicity, members)))

    def coefficients(self) -> tuple[tuple[Subset, sympy.Expr], ...]:
        """The same matrix as Σ_T c_T ⊗ (I where i is in T, otherwise J): c_T by T, without those that are 0.

        P_S is a product of I − J/n and J/n, so c_T = ∏_{i not in T} n_i⁻¹ Σ_{S ⊇ T} (−1)^{|S| − |T|} λ_S.
        """
        found = []
        for kept in subsets(len(self.factors)):
            total = sympy.Add(
                *(
                    (-1) ** (sum(subset) - sum(kept)) * value
                    for subset, value in self._pairs
                    if all(inside or not keep for keep, inside in zip(kept, subset, strict=True))
                )
            )
            others = sympy.Mul(*(f.size for f, keep in zip(self.factors, kept, strict=True) if not keep))
            coefficient = _told(total, others)
            if coefficient != 0:
                found.append((kept, coefficient))
        return tuple(found)

    def tree(self) -> Tree:
        """The matrix as notation, in I and J: I_b ⊗ (σ² I_t + σ²_u J_t)."""
        from tutor.algebra.structure.forms import in_identities

        return in_identities(self)


MOST_FRACTIONS = 6
"""Fractions that are put over one denominator: of more that is slow, and a page long."""


def _told(total: sympy.Expr, others: sympy.Expr) -> sympy.Expr:
    """A sum divided by a number, in factors, or as the sum of fractions that it is where these are many."""
    fractions = [term for term in sympy.Add.make_args(total) if sympy.fraction(term)[1].free_symbols]
    if len(fractions) <= MOST_FRACTIONS or _vanishes(total):
        return normal(total / others)
    return total / others


def _vanishes(total: sympy.Expr) -> bool:
    """Whether a sum may be 0 for all values of its letters: it is at some primes, which are no roots of another."""
    letters = sorted(total.free_symbols, key=str)
    return (
        total.xreplace({letter: sympy.prime(100 + place) for place, letter in enumerate(letters)}).is_zero is not False
    )


def subsets(number: int) -> tuple[Subset, ...]:
    """All subsets of so many factors, the last one changing fastest."""
    return tuple(product((False, True), repeat=number))
