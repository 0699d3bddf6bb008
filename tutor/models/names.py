"""The vocabulary of a model: its vectors, matrices, parameters and elements, each with a word on what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.walk import symbols_of
from tutor.models.moments import components
from tutor.notation.vocabulary import Name, Vocabulary

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


def vocabulary(model: MixedModel) -> Vocabulary:
    """The names of a model, for reading what is written about it."""
    symbols = list(model.symbols)
    if model.X.definition is not None:
        symbols += [symbol for symbol in symbols_of(model.X.definition) if symbol not in symbols]
    parts = components(model)
    shares = [part.Z for part in parts] if len(parts) > 1 else []
    about = [Name(symbol.name, symbol, ABOUT.get(symbol.name, "")) for symbol in symbols]
    about += [Name(part.Z.name, part.Z, f"columns of Z for {part.group}") for part in parts if part.Z in shares]
    about += [Name(parameter.key, Scalar(parameter.symbol), parameter.meaning) for parameter in model.parameters]
    for vector in (model.beta, model.u):
        if vector is not None and vector.entries is not None and vector.row_labels is not None:
            about += [
                Name(entry.name, Scalar(entry), label)
                for entry, label in zip(vector.entries.flat(), vector.row_labels, strict=True)
            ]
    sizes = {
        run.size_letter: int(run.extent)
        for run in model.index.ranges
        if run.size_letter and isinstance(run.extent, sympy.Integer)
    }
    parameters = [parameter.symbol for parameter in model.parameters]
    return Vocabulary.of(*symbols, *shares, *parameters, *about, sizes=sizes)
