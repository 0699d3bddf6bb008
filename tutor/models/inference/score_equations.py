"""The score equations of a balanced design solved: variances from sums of squares.

With V = Σ λ_k P_k the scores are −½ Σ (∂λ_k/∂θ_i)(d_k/λ_k²)(λ_k − SS_k/d_k), d_k = f_k by REML and m_k by ML. Where
there are as many λ_k as parameters, and none of them is bound to the others, all are 0 at λ_k = SS_k/d_k only. Source:
Searle, Casella and McCulloch (1992), Variance Components, sections 4.8 and 6.7; Anderson (1979), Annals of Statistics
7, 1–36.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import sum_of
from tutor.algebra.nodes import Product, Scalar, Scaled, Sum, Symbol
from tutor.algebra.rules import Derivation
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, TutorError, UnknownNameError
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.likelihood import Method
from tutor.models.inference.log_density import Pieces
from tutor.models.inference.log_likelihood import check_method, meanings
from tutor.models.inference.response import response_of
from tutor.models.inference.scores import degrees, score_derivation
from tutor.models.inference.slopes import Slope, slopes
from tutor.models.inference.spectrum import Level, Spectrum
from tutor.notation.write import inline
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    import numpy as np

    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Solution:
    """The eigenvalues that a likelihood tells about, and θ = L⁻¹λ: the parameters from them, q × q."""

    levels: tuple[Level, ...]
    inverse: sympy.ImmutableDenseMatrix

    def covariance(self, i: int, j: int, method: Method) -> list[sympy.Expr]:
        """The asymptotic covariance of the estimates of two parameters, Σ_k L⁻¹_ik L⁻¹_jk 2λ_k²/d_k, by its terms."""
        found = []
        for k, level in enumerate(self.levels):
            weight = normal(2 * self.inverse[i, k] * self.inverse[j, k] / degrees(level, method))  # pyright: ignore[reportOperatorIssue]
            if not is_zero(weight):
                found.append(weight * level.value**2)
        return found


def solution(found: Spectrum | None, every: Sequence[Slope], method: Method) -> Solution | None:
    """How the score equations of an orthogonal balanced design are solved; None where they are not in closed form."""
    if found is None or not found.is_orthogonal:
        return None
    levels = found.levels if method == "ML" else found.left
    matrix = sympy.Matrix([[level.slope(each.symbol) for each in every] for level in levels])
    if not _is_constant(matrix, every) or len(levels) != len(every) or normal(matrix.det()) == 0:
        return None
    return Solution(levels, sympy.ImmutableDenseMatrix(matrix.inv().applyfunc(normal)))


def _is_constant(matrix: sympy.Matrix, every: Sequence[Slope]) -> bool:
    """Whether the eigenvalues are linear in all parameters together."""
    return not any(each.symbol in matrix.free_symbols for each in every)


@dataclass(frozen=True, slots=True, repr=False)
class VarianceEstimators(Explained):
    """The estimators of the variances of a balanced design, where they come out positive.

    ``eigenvalues`` are SS_k/d_k for each eigenvalue λ_k of V; ``estimators`` the variances as sums of them, in the
    letters SS_….
    """

    model: MixedModel = field(repr=False)
    method: Method
    scores: tuple[Derivation, ...]
    eigenvalues: tuple[tuple[sympy.Expr, sympy.Expr, Symbol], ...]
    estimators: Mapping[sympy.Symbol, Tree]

    def __getitem__(self, parameter: str | sympy.Symbol) -> Tree:
        """The estimator of a variance, by its key or symbol. Raises KeyError for another."""
        return {str(symbol): tree for symbol, tree in self.estimators.items()}[str(parameter)]

    def number(self, y: Any = None, **values: float) -> dict[str, float]:
        """The estimates by the keys of the parameters, for a response of n numbers, by default that of the data.

        Instead of a response the sums of squares can be given by their names, ``SS_block=12, SS_residual=8``, with the
        sizes that are letters, ``t=3, b=4``.

        Raises
        ------
        DomainError
            When a solution is negative: it is no estimate, since the likelihood is largest on the boundary.
            For a sum of squares or a size that is missing or outside its domain, and beside a response.
        UnknownNameError
            For a name that is none of them.
        DataError, SizeError, TutorError
            For the response, as `response_of`.
        """
        squares = [square for *_, square in self.eigenvalues]
        if y is not None and values:
            raise DomainError("Both a response and sums of squares were given.", tip="One of them tells the other.")
        if values:
            sizes = sorted({letter for _, d, _ in self.eigenvalues for letter in d.free_symbols}, key=str)
            told, put = _given(squares, sizes, values)
        else:
            told, put = sums_of_squares(self.model, response_of(self.model, y), squares), {}
        found = {symbol: value_at(tree, told, put) for symbol, tree in self.estimators.items()}
        for symbol, value in found.items():
            if value < 0:
                raise DomainError(
                    f"{inline(symbol)} comes out as {value:.6g}, and a variance cannot be negative: the likelihood is "
                    f"largest on the boundary, at {inline(symbol)} = 0, where these formulas do not hold.",
                    tip="m.fit(y) finds the estimates there; m.anova().components() has those of mean squares.",
                )
        return {str(symbol): value for symbol, value in found.items()}

    @property
    def parts(self) -> Sequence[Part]:
        letter = "m_k, the multiplicity of λ_k" if self.method == "ML" else "f_k, what the fixed effects leave of m_k"
        found: list[Part] = [f"The score equations by {self.method}", *self.scores]
        if self.method == "ML":
            found.append("At the GLS estimate of β, which is least squares here, (y − Xβ̂)'P_k (y − Xβ̂) is SS_k.")
        found.append(
            f"All are 0 only where each λ_k is SS_k/d_k with d_k = {letter}, for there are as many λ_k as parameters "
            "and they determine each other:"
        )
        rows = [(value, Scaled(Scalar(1 / d), square)) for value, d, square in self.eigenvalues]
        found.append(Table(("eigenvalue of V", "estimate"), tuple(rows)))
        found.append(Table(("parameter", "estimator"), tuple(self.estimators.items())))
        found.append(_LAST[self.method])
        return [*found, *meanings(self.model, self.scores, [square for *_, square in self.eigenvalues])]


_LAST: Mapping[Method, str] = {
    "REML": "These equate each mean square to its expectation: REML gives the estimators of the analysis of variance. "
    "They hold where none is negative; otherwise the maximum is on the boundary, with a variance of 0.",
    "ML": "ML divides by the multiplicity of the eigenvalue and not by the degrees of freedom, as if the fixed effects "
    "had cost none: it is biased. The formulas hold where none is negative; otherwise the maximum is on the boundary, "
    "with a variance of 0.",
}


def variance_estimators(model: MixedModel, method: Method = "REML") -> VarianceEstimators:
    """The estimators by REML or ML in closed form.

    Raises
    ------
    UnknownNameError
        For another method.
    TutorError
        Where the score equations have no solution in closed form, with the reason.
    """
    check_method(method)
    pieces = Pieces(model)
    found, every = pieces.spectrum, slopes(model)
    solved = solution(found, every, method)
    if solved is None or any(level.sum_of_squares is None for level in solved.levels):
        why = _why(found, every, method)
        raise TutorError(
            f"The score equations of this model by {method} have no solution in closed form: {why}.",
            tip="m.fit(y) solves them in numbers.",
        )
    scores = tuple(score_derivation(pieces, each, method) for each in every)
    told = [_observed(level, method) for level in solved.levels]
    estimators = {each.symbol: _estimator(solved, i, told) for i, each in enumerate(every)}
    return VarianceEstimators(model, method, scores, tuple(told), estimators)


def _observed(level: Level, method: Method) -> tuple[sympy.Expr, sympy.Expr, Symbol]:
    assert level.sum_of_squares is not None
    return level.value, degrees(level, method), level.sum_of_squares


def _estimator(solved: Solution, i: int, told: Sequence[tuple[sympy.Expr, sympy.Expr, Symbol]]) -> Tree:
    """Σ_k L⁻¹_ik SS_k/d_k."""
    terms: list[Tree] = []
    for k, (_, d, square) in enumerate(told):
        weight = normal(solved.inverse[i, k] / d)  # pyright: ignore[reportOperatorIssue]
        if not is_zero(weight):
            terms.append(square if weight == 1 else Scaled(Scalar(weight), square))
    return sum_of(terms)


def sums_of_squares(model: MixedModel, response: np.ndarray, squares: Sequence[Symbol]) -> dict[Symbol, float]:
    """The numbers of y'Ay for a response of n numbers; y is what is left of it without the offset."""
    y = response - (0 if model.offset is None else model.offset.numpy().ravel())
    values = {}
    for square in squares:
        assert isinstance(square.definition, Product)
        inner = square.definition.factors[1:-1]
        A = (inner[0] if len(inner) == 1 else Product(inner)).numpy()
        values[square] = float(y @ A @ y)
    return values


def value_at(estimator: Tree, squares: Mapping[Symbol, float], sizes: Mapping[sympy.Basic, sympy.Integer]) -> float:
    """Σ c_k SS_k at sums of squares, with numbers for the letters in the c_k."""
    total = 0.0
    for term in estimator.terms if isinstance(estimator, Sum) else (estimator,):
        square, weight = (term.tree, term.scalar) if isinstance(term, Scaled) else (term, Scalar(sympy.S.One))
        assert isinstance(square, Symbol) and isinstance(weight, Scalar)
        total += float(weight.value.xreplace(dict(sizes))) * squares[square]  # pyright: ignore[reportArgumentType]
    return total


def _given(
    squares: Sequence[Symbol], letters: Sequence[sympy.Basic], values: Mapping[str, float]
) -> tuple[dict[Symbol, float], dict[sympy.Basic, sympy.Integer]]:
    """Sums of squares and sizes that are given by their names."""
    names = [*(square.name for square in squares), *map(str, letters)]
    for name in values:
        if name not in names:
            raise UnknownNameError("The sum of squares", name, names)
    missing = [name for name in names if name not in values]
    if missing:
        raise DomainError(f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: {missing[0]}=1, ….")
    for letter in letters:
        if not (values[str(letter)] == int(values[str(letter)]) >= 2):
            raise DomainError(f"{letter} is {values[str(letter)]:g}; a size is a whole number, here 2 or more.")
    for square in squares:
        if not 0 <= float(values[square.name]) < float("inf"):
            raise DomainError(f"{square.name} is {values[square.name]:g}; a sum of squares is 0 or more.")
    return {square: float(values[square.name]) for square in squares}, {
        letter: sympy.Integer(int(values[str(letter)])) for letter in letters
    }


def _why(found: Spectrum | None, every: Sequence[Slope], method: Method) -> str:
    if found is None:
        return "V is no sum of Kronecker products of I and J"
    if not found.is_orthogonal:
        return "the columns of X do not lie in the spaces of the eigenvalues of V"
    levels = found.levels if method == "ML" else found.left
    if not _is_constant(sympy.Matrix([[level.slope(each.symbol) for each in every] for level in levels]), every):
        return "the eigenvalues of V are not linear in the parameters"
    if method == "ML" and len(found.left) < len(levels):
        return "the fixed effects fill the space of an eigenvalue, of which no residuals are left to tell it"
    if len(levels) < len(every):
        return f"{len(every)} parameters cannot be told from the {len(levels)} eigenvalues that residuals are left of"
    if len(levels) > len(every):
        return f"{len(levels)} eigenvalues are bound to each other by {len(every)} parameters"
    return "the parameters do not follow from the eigenvalues"
