"""Structures made of others: with a nugget, and Kronecker products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Kronecker, Product, Scalar, Sum
from tutor.algebra.sizes import Size, whole
from tutor.algebra.tree import Tree
from tutor.covariance.base import Fixed, Order, Structure, refuse_unless_definite
from tutor.covariance.domain import DEFINITE, Condition, check_bounds, condition
from tutor.covariance.forms import times
from tutor.covariance.over import Over, product_over, with_nugget
from tutor.covariance.parameters import Family, Parameter, T, put
from tutor.covariance.structure import Single
from tutor.errors import SizeError, TutorError

NUGGET = Family("c", "nugget, the variance that each row has alone", lower=sympy.Integer(0), closed=True)


@overload
def nugget(structure: Structure) -> Structure: ...
@overload
def nugget(structure: Over) -> Over: ...
def nugget(structure: Structure | Over) -> Structure | Over:
    """A structure with c added to each variance: error of measurement, on top of what is correlated.

    Of a structure over columns of data, ``nugget(exp("day", group="plot"))``, it is one over columns again.

    Raises
    ------
    TutorError
        For a structure that is made of others.
    """
    if isinstance(structure, Over):
        return with_nugget(structure)
    if not isinstance(structure, Single):
        raise TutorError(f"{structure.key} takes no nugget.", tip="Add the nugget to a structure of the table.")
    return WithNugget(structure)


@overload
def kron(first: Structure, second: Structure) -> Structure: ...
@overload
def kron(first: Over, second: Over, *, group: str | Sequence[str] = ()) -> Over: ...
def kron(
    first: Structure | Over, second: Structure | Over, *, group: str | Sequence[str] = ()
) -> Structure | Over:  # fmt: skip
    """The Kronecker product of two structures, as UN@AR(1) of SAS: the first by the variables, the second by times.

    The first parameter of the second structure is 1, since one scale is enough. Where both have parameters of one
    name, those of the first have the subscript a, those of the second b.

    Of structures over columns of data, ``kron(un("trait"), ar1("time"), group="subject")``, it is one over columns.

    Raises
    ------
    TutorError
        For columns that make no product, as two over the same one.
    """
    if isinstance(first, Over) or isinstance(second, Over):
        return product_over(first, second, group)
    return KroneckerProduct(first, second)


@dataclass(frozen=True, repr=False)
class WithNugget(Structure):
    """S + cI."""

    inner: Single

    @property
    def key(self) -> str:
        return f"{self.inner.key} + nugget"

    @property
    def title(self) -> str:
        return f"{self.inner.title} with a nugget"

    @property
    def formula(self) -> str:
        return f"{self.inner.formula} + c 1(i=j)"

    @property
    def latex_formula(self) -> str:
        return f"{self.inner.latex_formula} + c\\,1(i=j)"

    @property
    def programs(self) -> Mapping[str, str]:
        added = {"SAS": " with LOCAL", "nlme": " with nugget = TRUE", "glmmTMB": " + residual"}
        return {name: told + added[name] for name, told in self.inner.programs.items() if name in added}

    @property
    def warnings(self) -> tuple[str, ...]:
        share = "nlme's nugget is the share c/(σ² + c) of the whole variance, which is its σ²."
        return (*self.inner.warnings, share)

    @property
    def parameters(self) -> tuple[Family, ...]:
        return (*self.inner.parameters, NUGGET)

    @property
    def count(self) -> sympy.Expr:
        return self.inner.count + 1

    @property
    def domain(self) -> tuple[Condition, ...]:
        bounds = [one for one in self.inner.domain if one != DEFINITE]
        added = condition(NUGGET)
        assert added is not None
        return (*bounds, added, DEFINITE)

    def order(self, n: Order = None) -> Size:
        return self.inner.order(n)

    def parameters_of(self, n: Order = None, suffix: str = "") -> tuple[Parameter, ...]:
        return (*self.inner.parameters_of(n, suffix), *NUGGET.members(1, 1, suffix))

    def tree(self, n: Order, suffix: str, fixed: Fixed) -> Tree:
        symbol = NUGGET.symbol(suffix)
        inner, c = self.inner.tree(n, suffix, fixed), fixed.get(symbol.name, symbol)
        if isinstance(inner, Explicit):
            return Explicit(ImmutableDenseMatrix(inner.matrix + c * sympy.eye(inner.matrix.rows)))
        return Sum((inner, times(c, Identity(self.order(n)))))

    def corners(self, n: Order, suffix: str = "") -> ImmutableDenseMatrix:
        inner = self.inner.corners(n, suffix)
        return ImmutableDenseMatrix(inner + NUGGET.symbol(suffix) * sympy.eye(inner.rows))

    def entry(self, i: Any, j: Any, suffix: str = "") -> sympy.Expr:
        places = self.inner.places
        first, second = (self.inner.index(one) for one in (i, j))
        return self.inner.entry(i, j, suffix) + NUGGET.symbol(suffix) * places.same(first, second)

    def check_exact(self, values: Fixed, n: Order, suffix: str, fixed: Fixed) -> None:
        self.inner.check_values(values, n, suffix, fixed)
        check_bounds((NUGGET,), values, 1, 1, suffix, fixed)
        refuse_unless_definite(self.tree(n, suffix, fixed), values, self.title)


@dataclass(frozen=True, repr=False)
class KroneckerProduct(Structure):
    """S ⊗ C, the rows of C within each row of S."""

    first: Structure
    second: Structure

    @property
    def key(self) -> str:
        return f"{self.first.key} @ {self.second.key}"

    @property
    def title(self) -> str:
        return f"{self.first.title} by {self.second.title}"

    @property
    def formula(self) -> str:
        return f"S(i₁, j₁) C(i₂, j₂) with S: {self.first.formula}; C: {self.second.formula}, its first parameter 1"

    @property
    def latex_formula(self) -> str:
        return (
            rf"S_{{i_1 j_1}} C_{{i_2 j_2}},\ S:\ {self.first.latex_formula},\ C:\ {self.second.latex_formula}"
        )  # fmt: skip

    @property
    def programs(self) -> Mapping[str, str]:
        both = (self.first.programs.get("SAS"), self.second.programs.get("SAS"))
        # SAS offers the product of an unstructured matrix with these only.
        return {"SAS": "@".join(map(str, both))} if both[0] == "UN" and both[1] in ("UN", "CS", "AR(1)") else {}

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.first.warnings, *self.second.warnings)))

    @property
    def parameters(self) -> tuple[Family, ...]:
        return (*self.first.parameters, *self.second.parameters)

    @property
    def count(self) -> sympy.Expr:
        one, two = (sympy.Symbol(name, integer=True, positive=True) for name in ("t_1", "t_2"))
        return put(self.first.count, {T: one}) + put(self.second.count, {T: two}) - 1

    @property
    def domain(self) -> tuple[Condition, ...]:
        return tuple(dict.fromkeys((*self.first.domain, *self.second.domain)))

    def _orders(self, n: Order) -> tuple[Order, Order]:
        if n is None:
            return None, None
        if isinstance(n, str) or not isinstance(n, Sequence) or len(n) != 2:
            raise SizeError(f"{self.key} has two sizes.", tip="Give n as two of them: n=(2, 3).")
        return n[0], n[1]

    def order(self, n: Order = None) -> Size:
        first, second = self._orders(n)
        return self.first.order(first) * self.second.order(second)

    def suffixes(self, suffix: str) -> tuple[str, str]:
        """The subscripts of the parameters of both factors."""
        names = [{family.base for family in one.parameters} for one in (self.first, self.second)]
        scale = self.second.parameters[0]
        shared = names[0] & (names[1] - {scale.base} if scale.over == "one" else names[1])
        if not shared:
            return suffix, suffix
        return (f"{suffix}_a", f"{suffix}_b") if suffix else ("a", "b")

    def _scale(self, suffix: str) -> sympy.Symbol:
        """The parameter of the second structure that is 1."""
        scale = self.second.parameters[0]
        return scale.symbol(suffix, () if scale.over == "one" else (1,))

    def parameters_of(self, n: Order = None, suffix: str = "") -> tuple[Parameter, ...]:
        (a, b), (rows, columns) = self.suffixes(suffix), self._orders(n)
        free = [one for one in self.second.parameters_of(columns, b) if one.symbol != self._scale(b)]
        return (*self.first.parameters_of(rows, a), *free)

    def tree(self, n: Order, suffix: str, fixed: Fixed) -> Tree:
        (a, b), (rows, columns) = self.suffixes(suffix), self._orders(n)
        return Kronecker((self.first.tree(rows, a, fixed), self.second.tree(columns, b, self._fixed(b, fixed))))

    def _fixed(self, b: str, fixed: Fixed) -> Fixed:
        return {**fixed, self._scale(b).name: sympy.Integer(1)}

    def corners(self, n: Order, suffix: str = "") -> ImmutableDenseMatrix:
        """Raises SizeError: its form with dots is that of its factors."""
        raise SizeError(f"{self.key} is drawn by its factors.", tip="Ask each factor for its picture.")

    def entry(self, i: Any, j: Any, suffix: str = "") -> sympy.Expr:
        """The product of the entries of both; i and j are pairs, the row of the first and that of the second."""
        for pair in (i, j):
            if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
                raise SizeError(f"A row of {self.key} is a pair, as (1, 2).", tip="entry((1, 2), (2, 3))")
        a, b = self.suffixes(suffix)
        second = self.second.entry(i[1], j[1], b)
        return self.first.entry(i[0], j[0], a) * put(second, {self._scale(b): sympy.Integer(1)})

    def check_exact(self, values: Fixed, n: Order, suffix: str, fixed: Fixed) -> None:
        (a, b), (rows, columns) = self.suffixes(suffix), self._orders(n)
        self.first.check_exact(values, rows, a, fixed)
        self.second.check_exact(values, columns, b, self._fixed(b, fixed))

    def inverse(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        """S⁻¹ ⊗ C⁻¹."""
        (a, b), (rows, columns) = self.suffixes(suffix), self._orders(n)
        second = self.second.inverse(columns, b, self._fixed(b, fixed or {}))
        return Kronecker((self.first.inverse(rows, a, fixed), second))

    def determinant(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        """|S|^m |C|^k for S, k × k, and C, m × m; of sizes that are numbers."""
        (a, b), (rows, columns) = self.suffixes(suffix), self._orders(n)
        k, m = whole(self.first.order(rows)), whole(self.second.order(columns))
        first = self.first.determinant(rows, a, fixed)
        second = self.second.determinant(columns, b, self._fixed(b, fixed or {}))
        if isinstance(first, Scalar) and isinstance(second, Scalar):
            return Scalar(first.value**m * second.value**k)
        return Product((first,) * m + (second,) * k)
