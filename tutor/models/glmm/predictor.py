"""The linear predictor of single observations: the mean of η, and its covariances z'Gz*.

An observation is found by its name: y_11 as an element of y, by its row of X and of Z; y_ij by the equation of one
observation, where letters stand for levels and different letters for different ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Kronecker, Product, Scaled, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import TutorError, UnknownNameError
from tutor.models.element_names import element_key_of, key_of, letters_of
from tutor.models.index import IndexTerm, Name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

_TOKENS = re.compile(r"\d+|[a-z]'*")


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation by what stands below y: ``row`` is its place in the data, ``indices`` what its letters are, and
    neither of them is known of an observation at large."""

    below: str
    row: int | None = None
    indices: tuple[tuple[str, str], ...] = ()

    @property
    def response(self) -> sympy.Symbol:
        """y with its subscript."""
        return sympy.Symbol(f"y_{self.below}" if self.below else "y", real=True)

    @property
    def given(self) -> sympy.Symbol:
        """y with its subscript, given u."""
        return sympy.Symbol(f"{self.response.name}|u", real=True)

    @property
    def eta(self) -> sympy.Symbol:
        """η with its subscript."""
        return sympy.Symbol(f"eta_{self.below}" if self.below else "eta", real=True)

    @property
    def at_large(self) -> bool:
        """Whether it is any observation, of which only letters are known."""
        return self.row is None and not self.indices


def observation(model: MixedModel, key: str) -> Observation:
    """The observation of a name: y_11, y_ij, or y for any.

    Raises
    ------
    UnknownNameError
        For a name that is no observation of the model.
    """
    base, _, below = key.partition("_")
    if base != "y":
        raise UnknownNameError("The observation", key, _some_names(model))
    entries = [] if model.y.entries is None else [str(entry) for entry in model.y.entries.flat()]
    if key in entries:
        return Observation(below, row=entries.index(key))
    tokens = [token for part in below.split("_") for token in _split(part)]
    letters = letters_of(model.index.response)
    if not below or (len(tokens) == 1 and tokens[0].isalpha() and len(letters) > 1):
        return Observation(below)
    if len(tokens) != len(letters) or (entries and not any(token[0].isalpha() for token in tokens)):
        raise UnknownNameError("The observation", key, entries or _some_names(model))
    return Observation(below, indices=tuple(zip(letters, tokens, strict=True)))


def _split(part: str) -> list[str]:
    """The indices of a subscript: letters one by one, a number alone as a whole, digits beside others one by one."""
    return [part] if part.isdecimal() and "_" in part else _TOKENS.findall(re.sub(r"(\d)", r"\1 ", part))


def _some_names(model: MixedModel) -> list[str]:
    return ["y", key_of(model.index.response)]


def mean_of_predictor(model: MixedModel, of: Observation) -> sympy.Expr:
    """E(η) of one observation: x'β, and its offset if there is one."""
    if of.at_large:
        return sympy.Symbol(f"m_{of.below}" if of.below else "m", real=True)
    if of.row is None:
        return _mean_by_index(model, dict(of.indices))
    return sum((_entry(Transpose(_row(model, of.row)), tree) for tree in _fixed_parts(model)), start=sympy.S.Zero)


def covariance_of_predictors(model: MixedModel, one: Observation, other: Observation) -> sympy.Expr:
    """Cov(η, η*) of two observations, z'Gz*; the variance for the same one twice."""
    if one.at_large or other.at_large:
        return _at_large(model, one, other)
    if one.row is not None and other.row is not None:
        return _covariance_by_rows(model, one.row, other.row)
    if one.row is None and other.row is None:
        return _covariance_by_index(model, dict(one.indices), dict(other.indices))
    raise TutorError(
        f"{one.response} is one of the observations and {other.response} any: their covariance depends on which.",
        tip="Ask for two of the data, or for two by letters, as y_ij and y_kj.",
    )


def predictor_of(model: MixedModel, of: Observation) -> sympy.Expr:
    """η of one observation, fixed and random effects: μ + τ_1 + u_1; at large the letter η, which is m without random
    effects."""
    if of.at_large:
        return of.eta if model.random else mean_of_predictor(model, of)
    if of.row is None:
        indices = dict(of.indices)
        random = _random_names(model)
        varying = [_value(term.factors, indices) for term in model.index.terms if term.coefficient in random]
        return sympy.Add(_mean_by_index(model, indices), *varying)
    mean = mean_of_predictor(model, of)
    if model.Z is None or model.u is None:
        return mean
    return mean + _entry(Transpose(_row(model, of.row)), Product((model.Z, model.u)))


def _at_large(model: MixedModel, one: Observation, other: Observation) -> sympy.Expr:
    if not model.random:
        return sympy.S.Zero
    below = one.below if one == other else f"{one.below}{other.below}"
    return sympy.Symbol(f"s_{below}" if below else "s", real=True, nonnegative=True if one == other else None)


# By rows


def _row(model: MixedModel, row: int) -> Symbol:
    size = int(model.n)  # pyright: ignore[reportArgumentType]
    picked = ImmutableDenseMatrix(size, 1, lambda i, _: int(i == row))
    return Symbol("k", model.n, ONE, definition=Explicit(picked))


def _fixed_parts(model: MixedModel) -> list[Tree]:
    return [Product((model.X, model.beta)), *([model.offset] if model.offset is not None else [])]


def _entry(left: Tree, right: Tree) -> sympy.Expr:
    return sympy.expand(Product((left, *(right.factors if isinstance(right, Product) else (right,)))).explicit()[0, 0])


def _covariance_by_rows(model: MixedModel, one: int, other: int) -> sympy.Expr:
    """Σ over the random terms of Σ z_a z_b G_ab, over the columns in which both rows have something."""
    total: sympy.Expr = sympy.S.Zero
    for term in model.random:
        rows = [Product((Transpose(_row(model, row)), term.matrix)).explicit().todok() for row in {one, other}]
        left, right = rows[0], rows[-1]
        entry = _entries(term.covariance.tree)
        for (_, a), x in left.items():
            total = total + sympy.Add(*(x * z * entry(a, b) for (_, b), z in right.items()))
    return sympy.expand(total)


def _entries(tree: Tree) -> Callable[[int, int], sympy.Expr]:
    """The entries of G_k by row and column; of σ² I and I ⊗ Σ without writing all of them out."""
    if isinstance(tree, Scaled) and isinstance(tree.tree, Identity):
        block = tree.scalar.explicit()
    elif isinstance(tree, Kronecker) and len(tree.factors) == 2 and isinstance(tree.factors[0], Identity):
        block = tree.factors[1].explicit()
    else:
        block = tree.explicit()
    size = block.rows
    cells = {place: cast(sympy.Expr, entry) for place, entry in block.todok().items()}

    def entry(a: int, b: int) -> sympy.Expr:
        return cells.get((a % size, b % size), sympy.S.Zero) if a // size == b // size else sympy.S.Zero

    return entry


# By the equation of one observation


def _named(name: Name, indices: Mapping[str, str]) -> sympy.Symbol:
    """A name with its indices put in: τ_1, τ_i, (τα)_1j."""
    own = [indices.get(letter, letter) for letter in name.indices]
    within = [indices.get(letter, letter) for letter in name.within]
    if all(token.isdecimal() for token in own + within):
        return sympy.Symbol(element_key_of(name, [int(token) for token in own + within]), real=True)
    return sympy.Symbol(key_of(replace(name, indices="".join(own), within="".join(within))), real=True)


def _value(names: tuple[Name, ...], indices: Mapping[str, str]) -> sympy.Expr:
    return sympy.Mul(*(_named(name, indices) for name in names))


def _random_names(model: MixedModel) -> set[Name]:
    return {name for effects in model.index.effects for name in effects.names}


def _mean_by_index(model: MixedModel, indices: Mapping[str, str]) -> sympy.Expr:
    random = _random_names(model)
    fixed = [_value(term.factors, indices) for term in model.index.terms if term.coefficient not in random]
    if model.index.offset is not None:
        fixed.append(_named(model.index.offset, indices))
    return sympy.Add(*fixed)


def _covariance_by_index(model: MixedModel, one: Mapping[str, str], other: Mapping[str, str]) -> sympy.Expr:
    if model.index.repeated:
        raise TutorError(
            "Effects that are correlated over an index have no covariance in its letters.",
            tip="Give sizes as numbers, and ask for two observations by theirs, as y_11 and y_21.",
        )
    terms = {term.coefficient: term for term in model.index.terms}
    return sympy.expand(sympy.Add(*_shares(model, terms, one, other)))


def _shares(
    model: MixedModel, terms: Mapping[Name, IndexTerm], one: Mapping[str, str], other: Mapping[str, str]
) -> Iterator[sympy.Expr]:
    """z_a z_b Cov(u_a, u_b) of each two coefficients of one level that both observations share."""
    for effects in model.index.effects:
        letters = letters_of(effects.names[0])
        if any(one[letter] != other[letter] for letter in letters):
            continue
        block = effects.covariance.of_one_level
        for a, first in enumerate(effects.names):
            for b, second in enumerate(effects.names):
                left, right = _value(terms[first].covariates, one), _value(terms[second].covariates, other)
                yield left * right * block[a, b]
