"""The expected information of the parameters of G and R, and its inverse, their asymptotic variances.

Source: Searle, Casella and McCulloch (1992), Variance Components, sections 6.3 and 6.6e: ½ tr(V⁻¹V_iV⁻¹V_j) by ML and
½ tr(P V_i P V_j) by REML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.chain import Chain
from tutor.algebra.laws.joining import product_of, sum_of
from tutor.algebra.nodes import Covariance, Identity, Inverse, Scalar, Scaled, Sum, Trace, Variance
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import whole
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.over_index import diagonal_over
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import DomainError, TutorError
from tutor.models.inference.block_traces import trace_by_blocks
from tutor.models.inference.closed_log_density import ORTHOGONAL, in_levels
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.log_density import HALF, Pieces
from tutor.models.inference.log_likelihood import check_method, checked_values, meanings
from tutor.models.inference.score_equations import Solution, solution
from tutor.models.inference.scores import degrees
from tutor.models.inference.slopes import Slope, form, slope, slopes
from tutor.models.inference.spectrum import Spectrum, assumed
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


MOST_INVERTED = 3
"""Parameters of an information in letters that is inverted as a whole."""


@dataclass(frozen=True, repr=False)
class Information(Explained):
    """The expected information of the parameters of G and R, q × q in the order of ``keys``.

    Each entry is −E(∂²ℓ/∂θ_i∂θ_j), the covariance of two scores.
    """

    model: MixedModel = field(repr=False)
    method: Method
    keys: tuple[str, ...]
    _pieces: Pieces = field(repr=False, compare=False)

    @cached_property
    def entries(self) -> ImmutableDenseMatrix | None:
        """The information in letters; None where its entries have no closed form."""
        every = [[_value(self.derive(a, b).result) for b in self.keys] for a in self.keys]
        if any(entry is None for line in every for entry in line):
            return None
        return ImmutableDenseMatrix(every)

    @cached_property
    def variances(self) -> ImmutableDenseMatrix:
        """The inverse of the information: the asymptotic covariance matrix of the estimates, q × q.

        Raises
        ------
        TutorError
            Where the information has no closed form, or an inverse of more than 3 parameters that is not told term by
            term of the eigenvalues of V.
        DomainError
            Where it is singular: the parameters cannot be told apart.
        """
        solved = self._solution
        if solved is not None:
            q = len(self.keys)
            return ImmutableDenseMatrix(
                [[sympy.Add(*solved.covariance(i, j, self.method)) for j in range(q)] for i in range(q)]
            )
        if self.entries is None:
            raise TutorError("The information of this model has no closed form.",
                             tip="m.information(method).number(…) has its numbers.")  # fmt: skip
        if len(self.keys) > MOST_INVERTED:
            raise TutorError(
                f"The inverse of this information, {len(self.keys)} × {len(self.keys)}, is too long to be told in "
                "letters: V has more eigenvalues than parameters.",
                tip="np.linalg.inv(m.information(method).number(…)) has its numbers.",
            )
        matrix = DomainMatrix.from_Matrix(sympy.Matrix(self.entries)).to_field()
        if matrix.rank() < len(self.keys):
            raise DomainError("The information is singular: the data cannot tell these parameters apart.",
                              tip="Leave a random effect out of the model.")  # fmt: skip
        return ImmutableDenseMatrix(matrix.inv().to_Matrix().applyfunc(normal))

    @property
    def _solution(self) -> Solution | None:
        return solution(self._pieces.spectrum, slopes(self.model), self.method)

    def _covariance(self, i: int, j: int) -> Tree:
        """An entry of the inverse with a term for each eigenvalue of V, where there are as many as parameters."""
        solved = self._solution
        if solved is None:
            entry: Any = self.variances[i, j]
            return Scalar(entry)
        return sum_of([Scalar(term) for term in solved.covariance(i, j, self.method)] or [Scalar(sympy.S.Zero)])

    def derive(self, first: Any, second: Any = None) -> Derivation:
        """The entry of two parameters, or of one with itself, from the covariance of their scores.

        Raises
        ------
        UnknownNameError
            For something that is no parameter of the model.
        """
        one = slope(self.model, first)
        other = one if second is None else slope(self.model, second)
        return information_derivation(self._pieces, one, other, self.method)

    def number(self, **parameters: float) -> np.ndarray:
        """The information at values of the parameters, q × q.

        Raises
        ------
        DomainError, UnknownNameError
            For a value that is missing, outside its domain, or no parameter.
        SizeError
            When a size of the model is a letter.
        """
        values = checked_values(self.model, parameters)
        point = Likelihood(self.model, np.zeros(rows_of(self.model)), self.method).at(values)
        return point.score_and_information()[1]

    @property
    def parts(self) -> Sequence[Part]:
        found: list[Part] = [_HEAD.format(self.method)]
        every = [self.derive(a, b) for i, a in enumerate(self.keys) for b in self.keys[i:]]
        found += [every[0], *_pairs(self.model, self.keys, every)]
        if self.entries is not None:
            found += _matrix(self)
        return [*found, *meanings(self.model, every[:1])]


_HEAD = (
    "The information by {}, −E(∂²ℓ/∂θ_i∂θ_j): scores have the mean 0, and this is their covariance, of which only the "
    "quadratic form varies. For the first parameter:"
)


def _pairs(model: MixedModel, keys: Sequence[str], every: Sequence[Derivation]) -> list[Part]:
    symbols = {parameter.key: parameter.symbol for parameter in model.parameters}
    pairs = [(symbols[a], symbols[b]) for i, a in enumerate(keys) for b in keys[i:]]
    rows = [(a, b, derivation.result) for (a, b), derivation in zip(pairs, every, strict=True)]
    return [Table(("parameter", "and", "information"), tuple(rows))]


def _matrix(found: Information) -> list[Part]:
    try:
        found.variances  # noqa: B018  (whether there are any)
    except TutorError as problem:
        return [str(problem)]
    symbols = {parameter.key: parameter.symbol for parameter in found.model.parameters}
    rows = [
        (symbols[a], symbols[b], found._covariance(i, i + j))
        for i, a in enumerate(found.keys)
        for j, b in enumerate(found.keys[i:])
    ]
    return ["Its inverse is the asymptotic covariance matrix of the estimates:",
            Table(("parameter", "and", "covariance"), tuple(rows))]  # fmt: skip


def information(model: MixedModel, method: Method = "REML") -> Information:
    """The expected information of the parameters of G and R.

    Raises
    ------
    UnknownNameError
        For another method.
    TutorError
        For REML when X has as many independent columns as rows.
    """
    check_method(method)
    return Information(model, method, tuple(each.parameter.key for each in slopes(model)), Pieces(model))


def rows_of(model: MixedModel) -> int:
    """n as a number. Raises SizeError where it is a letter."""
    return whole(model.n, "the number of observations")


def information_derivation(pieces: Pieces, one: Slope, other: Slope, method: Method) -> Derivation:
    """From ¼ Cov(x'V⁻¹V_iV⁻¹x, x'V⁻¹V_jV⁻¹x) to its closed form."""
    x, weight = (pieces.deviation, Inverse(pieces.V)) if method == "ML" else (pieces.y, pieces.P)
    forms = [form(x, *_flat(weight, each.tree, weight)) for each in (one, other)]
    moment = Variance(forms[0]) if one == other else Covariance(*forms)
    chain = Chain(Scaled(Scalar(HALF**2), moment))
    name = writer().inline(weight)
    V = pieces.V
    first, second = (_flat(weight, each.tree, weight, V) for each in (one, other))
    mean = "x = y − Xβ has the mean 0" if method == "ML" else f"{name}Xβ = 0 for {name}X = 0"
    chain.to(
        "quadratic-variance",
        f"Cov(x'Ax, x'Bx) = 2 tr(AVBV) + 4 E(x)'AVB E(x) for a normal x, and {mean}",
        Scaled(Scalar(HALF), Trace(product_of((*first, *second)))),
        "y is normal",
    )
    shorter = Trace(product_of((*_flat(weight, one.tree), *_flat(weight, other.tree))))
    because = f"{name} V {name} = {name}" if method == "REML" else "V⁻¹V = I"
    chain.to("inverse-cancels", because, Scaled(Scalar(HALF), shorter))
    found = pieces.spectrum
    if found is not None and (method == "ML" or found.is_orthogonal):
        _by_levels(chain, one, other, found, method)
    elif (value := _by_blocks(pieces, one, other, shorter, method)) is not None:
        chain.to("trace-by-blocks", "the trace by the groups along the diagonal of V", value)
    return chain.derivation


def _flat(*factors: Tree) -> tuple[Tree, ...]:
    """The factors without I."""
    return tuple(factor for factor in factors if not isinstance(factor, Identity))


def _by_levels(chain: Chain, one: Slope, other: Slope, found: Spectrum, method: Method) -> None:
    """½ Σ d_k (∂λ_k/∂θ_i)(∂λ_k/∂θ_j)/λ_k²."""
    terms: list[Tree] = []
    for level in found.levels:
        weight = normal(degrees(level, method) * level.slope(one.symbol) * level.slope(other.symbol) / 2)
        if not is_zero(weight):
            terms.append(Scalar(weight / level.value**2))
    letter = "m_k" if method == "ML" else "f_k"
    because = f"V = {in_levels(found)}: ½ ∑ {letter} (∂λ_k/∂θ_i)(∂λ_k/∂θ_j)/λ_k²"
    if method == "REML":
        because += f"; {ORTHOGONAL} and leave f_k dimensions of them"
    assumption = assumed(one.model) if method == "REML" else None
    chain.to("strata", because, sum_of(terms or [Scalar(sympy.S.Zero)]), assumption)


def _value(tree: Tree) -> sympy.Expr | None:
    """A number, or a sum of numbers; None for another tree."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    if not all(isinstance(term, Scalar) for term in terms):
        return None
    return sympy.Add(*(term.value for term in terms if isinstance(term, Scalar)))


def _by_blocks(pieces: Pieces, one: Slope, other: Slope, trace: Trace, method: Method) -> Tree | None:
    """½ tr(V⁻¹V_iV⁻¹V_j) by the groups of V, numbered or with a letter for their number; None without groups."""
    if method == "REML":
        return None
    terms = trace_by_blocks(pieces.V, [one.tree, other.tree])
    if terms is not None:
        return sum_of([Scalar(normal(term / 2)) for term in terms] or [Scalar(sympy.S.Zero)])
    if pieces.model.n.is_Integer or diagonal_over(pieces.model.V) is None:
        return None
    return Scaled(Scalar(HALF), closed_form(trace))
