"""A design with letters for its sizes at numbers of them: its matrices, its response and its averages have the values
of the design with numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import sympy
from flint import arb, fmpq_mat

from tests.models.inference.dense import Dense, ratio
from tests.models.inference.exact_errors import ValuedInstance, Values, fraction
from tutor.algebra.balls import Balls
from tutor.algebra.nodes import Scalar
from tutor.algebra.parameters import scalars_of
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.models.mixed import MixedModel

OVER_PLOTS = re.compile(r"(\w+)bar_\((.+)\)")

LEVELS = {"i": 1, "i'": 2, "j": 1, "j'": 2, "k": 1, "k'": 2}
"""The first levels of indices."""


def plain(name: str) -> str:
    """v_1(2) as v_12, and ybar_1_._2 as ybar_1.2."""
    base, _, below = name.partition("_")
    return f"{base}_{re.sub('[(),_]', '', below)}" if below else base


def levels_of(below: str) -> tuple[str, ...]:
    """The levels below a name: side by side when each is one sign, otherwise joined by underscores."""
    return tuple(part for part in below.split("_") if part) if "_" in below else tuple(below)


def _fits(pattern: tuple[str, ...], levels: tuple[str, ...]) -> bool:
    """Whether levels are those of a pattern, whose dots stand for any."""
    return len(pattern) == len(levels) and all(each in (".", x) for each, x in zip(pattern, levels, strict=True))


class LettersAt(ValuedInstance):
    """The instance of a model with letters that has the values of `Dense`, with these ``sizes``; ``told`` are sums of
    squares of a covariate and what else it names."""

    def __init__(self, letters: MixedModel, dense: Dense, sizes: Mapping[str, int], told: Values) -> None:
        super().__init__({**dense.values, **told}, {size(name): number for name, number in sizes.items()})
        self._given: dict[Tree, fmpq_mat] = {}
        self.model = letters
        self._rows = dense.model.y.entries or ()
        self._told = {plain(name): value for name, value in self._told.items()}
        single = {"".join(t.coefficient.bases) for t in letters.index.terms if len(t.coefficient.indices) == 1}
        self._cells: dict[tuple[str, tuple[str, ...]], Fraction] = {}
        vectors = (letters.y, dense.y, dense.model.y), (letters.beta, dense.beta, dense.model.beta)
        for mine, value, theirs in vectors:
            self.put(mine, value)
            names = () if theirs.entries is None else theirs.entries.flat()
            for name, number in zip(names, value.entries(), strict=False):
                self._told[plain(str(name))] = fraction(number)
                base, _, below = str(name).partition("_")
                self._cells[base, (below,) if below and base in single else levels_of(below)] = fraction(number)
        self._told |= {name: value for name, value in dense.covariates.items() if name not in self._told}
        self._told |= {
            f"{''.join(name.bases)}_{name.indices}{name.number}": Fraction(0) for name in letters.index.zeros
        }
        for symbol in symbols_of(letters.X.definition or letters.X):  # a covariate that is a vector
            values = [self._told.get(f"{symbol.name}_{row}") for row in range(1, len(dense.values) + 1)]
            if symbol.definition is None and symbol.columns == 1 and values[0] is not None:
                self.put(symbol, fmpq_mat([[ratio(value)] for value in values if value is not None]))
        for mine, value in ((letters.X, dense.X), (letters.covariance, dense.V), (letters.R, dense.R)):
            self.put(mine, value)
        if letters.Z is not None and letters.G is not None:
            self.put(letters.Z, dense.Z)
            self.put(letters.G, dense.G)

    def _draw_scalar(self, parameter: sympy.Symbol) -> Fraction:
        name = plain(parameter.name)
        if name in self._told:
            return self._told[name]
        over_plots = OVER_PLOTS.fullmatch(parameter.name)
        if over_plots is not None:
            return self._over_plots(*over_plots.groups())
        base, _, below = parameter.name.partition("bar_")
        pattern = levels_of(below)
        elements = [value for (other, levels), value in self._cells.items() if other == base and _fits(pattern, levels)]
        if not elements:
            letters = re.compile(f"{re.escape(base)}_{plain(f'_{below}')[1:].replace('.', '[0-9]')}")
            elements = [value for other, value in self._told.items() if letters.fullmatch(other)]
        assert elements, f"nothing is known of {parameter.name}"
        return sum(elements, Fraction(0)) / len(elements)

    def _over_plots(self, base: str, below: str) -> Fraction:
        """The average of an effect over the rows that an average of y has: τ̄_(·1)."""
        response = self.model.index.response.indices
        own = next(t.coefficient for t in self.model.index.terms if "".join(t.coefficient.bases) == base)
        pattern = levels_of(below)
        rows = [levels_of(str(row).partition("_")[2]) for row in self._rows]
        values = []
        for row in rows:
            if _fits(pattern, row):
                at = dict(zip(response, row, strict=True))
                values.append(self._cells[base, tuple(at[letter] for letter in own.indices)])
        return sum(values, Fraction(0)) / len(values)

    def exact(self, told: Tree | sympy.Basic | int) -> fmpq_mat:
        """The value of a tree or an expression; letters of levels, as in ρ^|j − j'|, are those of `LEVELS`."""
        if isinstance(told, Tree) and not isinstance(told, Scalar):
            return self.value(told)
        expression: sympy.Basic = told.value if isinstance(told, Scalar) else sympy.sympify(told)
        levels = {x: sympy.Integer(LEVELS[str(x)]) for x in expression.free_symbols - set(self.sizes)
                  if str(x) in LEVELS}  # fmt: skip
        value = expression.xreplace(levels)
        return self.value(Scalar(value.doit() if levels else value))  # pyright: ignore[reportArgumentType]

    def ball(self, told: Tree) -> arb:
        """The value of an irrational tree, 1 × 1: a logarithm."""
        for parameter in set(scalars_of(told)) - set(self.sizes):
            self.scalar(parameter)
        balls, arithmetic = self.in_balls(), Balls()
        for symbol, value in self._given.items():
            cells = {(i, j): arithmetic.rational(*fraction(x).as_integer_ratio())
                     for i, line in enumerate(value.tolist()) for j, x in enumerate(line)}  # fmt: skip
            balls.value_at(symbol, {symbol: arithmetic.matrix(value.nrows(), value.ncols(), cells)})
        return balls.value(told)[0, 0]

    def put(self, symbol: Tree, value: fmpq_mat) -> None:
        super().put(symbol, value)
        self._given[symbol] = value
