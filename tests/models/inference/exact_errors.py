"""Standard errors on exact instances: the matrices of a design with numbers in the place of those with letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import sympy
from flint import fmpq, fmpq_mat

from tests.exact import are_same
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.models.inference.standard_error import StandardError
from tutor.models.mixed import MixedModel

Values = Mapping[str, Any]


def parameters_of(m: MixedModel) -> dict[str, Fraction]:
    """A value for each parameter, within the domain: variances are squares, and covariances small beside them."""
    keys = [parameter.key for parameter in m.parameters]
    return {
        key: Fraction(3, 10) + Fraction(i, 50)
        if key.startswith(("rho", "sigma_"))
        else (Fraction(11, 10) + Fraction(i, 6)) ** 2
        for i, key in enumerate(keys)
    }


def fraction(value: Any) -> Fraction:
    """A rational of Python, SymPy or flint; a double that is a decimal."""
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sympy.Rational) else Fraction(value)


class ValuedInstance(DrawnInstance):
    """An instance with these values for letters and sizes by their names; fixed effects have random ones."""

    def __init__(self, values: Values, sizes: Mapping[Any, int]) -> None:
        super().__init__((), Random(0), sizes=dict(sizes))
        self._told = {name: fraction(value) for name, value in values.items()}

    def _draw_scalar(self, parameter: sympy.Symbol) -> Fraction:
        return self._told[parameter.name] if parameter.name in self._told else super()._draw_scalar(parameter)

    def put(self, symbol: Tree, value: fmpq_mat) -> None:
        """A value for a matrix in the place of that of its definition."""
        self._values[symbol] = value


_MATRICES: dict[int, tuple[MixedModel, fmpq_mat, fmpq_mat]] = {}


def matrices_of(m: MixedModel) -> tuple[fmpq_mat, fmpq_mat]:
    """X and V of a design with numbers at `parameters_of`."""
    if id(m) not in _MATRICES:
        instance = ValuedInstance(parameters_of(m), {})
        _MATRICES[id(m)] = m, instance.value(m.X), instance.value(m.covariance)
    _, X, V = _MATRICES[id(m)]
    return X, V


def column(k: Iterable[Any]) -> fmpq_mat:
    return fmpq_mat([[fmpq(*fraction(x).as_integer_ratio())] for x in k])


def direct(m: MixedModel, k: Iterable[Any]) -> fmpq:
    """k'(X'V⁻¹X)⁻k, by the equations X'V⁻¹Xs = k of independent columns."""
    X, V = matrices_of(m)
    reduced, rank = X.rref()
    kept = [next(j for j in range(X.ncols()) if reduced[i, j] != 0) for i in range(rank)]
    own = fmpq_mat([[X[i, j] for j in kept] for i in range(X.nrows())])
    every = [*k]
    vector = column([every[j] for j in kept])
    return (vector.transpose() * (own.transpose() * V.solve(own)).solve(vector))[0, 0]


def at(found: StandardError, values: Values) -> fmpq:
    """The variance at parameters and sizes."""
    tree = found.variance if isinstance(found.variance, Tree) else Scalar(found.variance)
    return ValuedInstance(values, {}).value(tree)[0, 0]


def assert_error_holds(
    found: StandardError, letters: MixedModel, numbers: MixedModel, values: Values, functions: Sequence[Any]
) -> None:
    """Every line of the derivation has one value with the matrices of the design with numbers: that of k'(X'V⁻¹X)⁻k
    for the one function, or the mean over several, or over the differences of each two of them."""
    derivation = found.derivation
    shapes = {each for matrix in _matrices(letters) for each in matrix.shape}
    used = {str(letter) for expression in shapes for letter in expression.free_symbols}
    sizes = {size(name): int(value) for name, value in values.items() if name in used}
    instance = ValuedInstance(values, sizes)
    for mine, theirs in zip(_matrices(letters), _matrices(numbers), strict=True):
        instance.put(mine, instance.value(theirs))
    columns = [column(k) for k in functions]
    for name, number in (("k", 1), ("K", len(columns))):
        side = fmpq_mat([[k[i, 0] for k in columns[:number]] for i in range(columns[0].nrows())])
        for symbol in {symbol for line in derivation.lines for symbol in symbols_of(line) if symbol.name == name}:
            instance.put(symbol, side)
    first, *others = (instance.value(line) for line in derivation.lines)
    assert len(columns) > 1 or first[0, 0] == direct(numbers, functions[0])
    for step, value in zip(derivation.steps, others, strict=True):
        assert step.rule and step.because
        assert are_same(value, first), f"{step.rule}: {step.before} = {step.after}"


def _matrices(m: MixedModel) -> list[Tree]:
    return [m.X, m.covariance, m.R, *(each for each in (m.Z, m.G) if each is not None)]
