"""The vocabulary of a model: its vectors, matrices, parameters and elements, each with a word on what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar, Symbol, Zero
from tutor.algebra.sizes import ONE
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.models.averages import Averages
from tutor.models.coded_effects import coded_effects
from tutor.models.components import components
from tutor.models.element_names import key_of, letters_of
from tutor.models.index import Name as IndexName
from tutor.models.inference.covariate_names import covariate_name
from tutor.models.inference.expected_squares import expected_square
from tutor.models.inference.named_estimates import named_estimate
from tutor.models.moments import element_moment
from tutor.models.observations.cells import element_of, levels_below
from tutor.models.summed import levels_of_indices
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.vocabulary import Family, Name, Vocabulary

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

ABOUT = {
    "y": "response",
    "X": "design matrix of the fixed effects",
    "beta": "fixed effects",
    "o": "offset",
    "Z": "design matrix of the random effects",
    "u": "random effects",
    "e": "residuals",
    "G": "variance of the random effects",
    "R": "variance of the residuals",
    "V": "variance of the response",
    "x": "covariate",
}
_NOT_RANDOM = "This model has no random effects, and so no {}."


def vocabulary(model: MixedModel) -> Vocabulary:
    """The names of a model, for reading what is written about it."""
    symbols = list(model.symbols)
    if model.X.definition is not None:
        symbols += [symbol for symbol in symbols_of(model.X.definition) if symbol not in symbols]
    parts = components(model)
    shares = [part.Z for part in parts] if len(parts) > 1 else []
    taken = {symbol.name for symbol in model.symbols}
    about = [_named(symbol, model) for symbol in symbols]
    about += [Name(part.Z.name, part.Z, f"columns of Z for {part.group}") for part in parts if part.Z in shares]
    for parameter in model.parameters:
        value, words_below = parameter.symbol, _words_below(model, parameter.key)
        aliases = tuple(f"sigma2_{word}" for word in words_below)
        about.append(Name(parameter.key, Scalar(value), parameter.meaning, aliases))
        if words_below:
            roots = tuple(f"sigma_{word}" for word in words_below)
            about.append(Name(parameter.key.replace("sigma2", "sigma"), Scalar(sympy.sqrt(value)), aliases=roots))
    for vector in (model.beta, model.u):
        if vector is not None and vector.entries is not None and vector.row_labels is not None:
            about += [
                Name(entry.name, Scalar(entry), label)
                for entry, label in zip(vector.entries.flat(), vector.row_labels, strict=True)
                if entry.name not in taken  # a slope β beside the vector β: the place tells which
            ]
    sizes = {
        run.size_letter: int(run.extent)
        for run in model.index.ranges
        if run.size_letter and isinstance(run.extent, sympy.Integer)
    }
    about += _elementwise(model)
    if "pi" not in _families(model):
        about.append(Name("pi", Scalar(sympy.pi)))  # as in log 2π; a crossover calls the effects of periods π_j
    parameters = [parameter.symbol for parameter in model.parameters]
    words = Vocabulary.of(*symbols, *shares, *parameters, *about, families=_families(model), sizes=sizes)
    vectors = [vector for vector in (model.y, model.beta, model.u, model.e) if vector is not None]
    vectors += [symbol for symbol in symbols if symbol.levels is not None and symbol.entries is not None]
    made, moment = _Made(Averages(tuple(vectors)), model), partial(element_moment, model)
    levels = {letter: Scalar(extent) for letter, extent in levels_of_indices(model).items()}
    lacking = {} if model.u is not None else {letter: _NOT_RANDOM.format(letter) for letter in ("u", "Z", "G")}
    return replace(
        words, made=made, knows_estimates=True, element_moment=moment, levels=levels, lacking=MappingProxyType(lacking),
        expected_square=partial(expected_square, model),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Made:
    """The names that are made when they are asked for: averages of elements, statistics of any subscript, β̂ and û, and
    elements that no vector lists, of which v_{1(2)} and v_12 are one."""

    averages: Averages
    model: MixedModel

    def __call__(self, key: str) -> Name | None:
        base, _, below = key.partition("_")
        covariate = covariate_name(self.model, key)
        if covariate is not None:
            return covariate
        if base in STATISTICS and below.isalnum() == bool(below):
            return Name(key, Scalar(sympy.Symbol(key, real=True)), "statistic", has_value=False)
        return (
            self.averages.name(key)
            or self._estimate(key)
            or self._coded(key)
            or self._unlisted(key)
            or _size_of_group(self.model, key)
        )

    def _estimate(self, key: str) -> Name | None:
        estimate = named_estimate(self.model, key)
        return None if estimate is None else Name(key, estimate, "estimate")

    def _coded(self, key: str) -> Name | None:
        value = coded_effects(self.model).get(key)
        return None if value is None else Name(key, Scalar(value), "effect of the equation in elements")

    def _unlisted(self, key: str) -> Name | None:
        if self.model.y.entries is not None:
            return None
        try:
            element = element_of(self.model, key)
        except TutorError:
            return None  # refused with its reason where its moment is asked for
        # Where a size is a letter a base takes any index, and only the spelling of a nested effect is to be settled.
        if element is None or element.given or not (element.name.within or self.model.n.is_Integer):
            return None
        return Name(key, Scalar(sympy.Symbol(element.key, real=True)))


def _size_of_group(model: MixedModel, key: str) -> Name | None:
    """n_2, how many levels of an index group 2 has, where that differs from group to group."""
    base, _, below = key.partition("_")
    response = model.index.response
    for run in model.index.ranges:
        extent = run.extent
        if not isinstance(extent, IndexName) or extent.bases != (base,) or model.y.entries is None:
            continue
        group = levels_below(below, extent)
        if group is None:
            continue
        counted: set[object] = set()
        for entry in model.y.entries.flat():
            levels = levels_below(str(entry).partition("_")[2], response)
            if levels is None:
                return None
            of = dict(zip(response.indices, levels, strict=True))
            if tuple(of.get(letter) for letter in extent.indices) == group:
                counted.add(of.get(run.letter))
        return Name(key, Scalar(sympy.Integer(len(counted))), "size") if counted else None
    return None


def _named(symbol: Symbol, model: MixedModel) -> Name:
    """A vector or a matrix; one that the equation in elements has without an index is a number there, a slope."""
    alone = any(key_of(name) == symbol.name and not letters_of(name) for name in _index_names(model))
    element = Scalar(sympy.Symbol(symbol.name, real=True)) if alone and symbol.columns == ONE else None
    return Name(symbol.name, symbol, ABOUT.get(symbol.name, ""), element=element)


def _index_names(model: MixedModel) -> list[IndexName]:
    """The names of the equation of one observation."""
    index = model.index
    factors = [factor for term in index.terms for factor in term.factors]
    offset = [] if index.offset is None else [index.offset]
    return [index.response, *factors, *offset, index.residual, *index.zeros]


def _elementwise(model: MixedModel) -> list[Name]:
    """The names of the equation that have no index, as μ, and the vectors of each of several random terms."""
    taken = {symbol.name for symbol in model.symbols}
    alone = {key_of(name) for name in _index_names(model) if not letters_of(name)} - taken
    alone |= _of_centred(model)
    found = [Name(key, Scalar(sympy.Symbol(key, real=True))) for key in sorted(alone)]
    others = frozenset({model.e})
    for term in model.random:
        if term.letter not in taken:
            size = term.matrix.columns
            vector = Symbol(term.letter, size, ONE, role="random", mean=Zero(size), uncorrelated=others)
            found.append(Name(term.letter, vector, f"random effects of {term.group}"))
    return found


def _of_centred(model: MixedModel) -> set[str]:
    """The letters in the columns of covariates that are centred, x_11 and x̄_··, which are no elements of a vector."""
    if model.y.entries is None or all(name.mean is None for name in _index_names(model)):
        return set()
    matrices = [matrix for matrix in (model.X, model.Z) if matrix is not None]
    return {str(letter) for matrix in matrices for letter in matrix.explicit().free_symbols}


_RESIDUALS = ("E", "error", "errors", "err", "res", "resid", "residual", "residuals")
"""What stands below the variance of the residuals as a word."""


def _words_below(model: MixedModel, key: str) -> tuple[str, ...]:
    """The words below a variance for what varies, σ²_block and σ²_error: of an effect that has the only variance of
    its group."""
    if key == "sigma2":
        return _RESIDUALS
    groups = [term.group for term in model.random if key == f"sigma2_{term.letter}" and ":" not in term.group]
    words = {word for group in groups for word in (group, group.lower(), group.capitalize()) if len(word) > 1}
    return tuple(f"{word}{plural}" for word in sorted(words) for plural in ("", "s"))


def _families(model: MixedModel) -> dict[str, Family]:
    """The bases that have an index in the equation: an index letter, or any where a letter says how many there are."""
    extents = [run.extent for run in model.index.ranges]
    are_letters = any(isinstance(extent, sympy.Expr) and not extent.is_Integer for extent in extents)
    bases = {"".join(name.bases) for name in _index_names(model) if letters_of(name)}
    return dict.fromkeys(bases, "any" if are_letters else "index")
