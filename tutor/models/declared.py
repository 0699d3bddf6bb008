"""Reading the text of a model by elements: its formulas, and what the words around them must not tell alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar
from tutor.errors import ReadError, ShapeError
from tutor.models.declaration import Declaration, Declaring
from tutor.models.element_names import key_of
from tutor.models.formulas_among_words import formulas_among_words, has_words, random_by_words, structure_by_words
from tutor.models.told import told_by
from tutor.models.two_errors import two_errors, variances_apart
from tutor.notation.names import unicode_name
from tutor.notation.read import read
from tutor.notation.vocabulary import Name as Vector
from tutor.notation.vocabulary import element_vocabulary

_BY_WORDS = frozenset({"text-in-formula", "text-outside-math", "unexpected", "unknown-name", "no-residual"})
"""Kinds of refusals that words beside formulas bring about, and lines that no sign parts."""


_ELEMENTS = re.compile(r"(?<![A-Za-z\\_^])([a-z])_(?=[^~]*(?:~|\\sim))")
"""A small letter with an index before a distribution: cov(v, ε) speaks of all v_i(k) together, as a vector v."""

_BOLD = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{?\s*\\?([A-Za-z]+)\s*\}?\s*_\s*\{?([a-z]+)\}?(?=[^~=]*(?:~|\\sim))"
)
"""A bold letter with indices before a distribution: the vector ε_i of all ε_ij, of a length that need not be told."""


def declared(text: str, covariates: Sequence[str] = (), levels: Mapping[str, Any] | None = None) -> Declaration:
    """What a text declares: an equation in elements, with distributions, ranges of indices and effects that are 0.

    ``covariates`` are Greek letters that name covariates, by their keys: "xi"; ``levels`` tell lengths of vectors. The
    equation may come in levels (β_0j = γ_00 + u_0j), or as the mean of y_ij | u_j ~ N(μ_ij, σ²).

    Raises
    ------
    ReadError
        "no-index-model" for a text without such an equation, "not-normal" for another distribution,
        "deviation-for-variance" for N(0, σ), and as `tutor.read` does.
    """
    if not has_words(text):
        try:
            return _declared(text, covariates, levels)
        except ReadError as error:
            if error.kind not in _BY_WORDS or formulas_among_words(text) == text:
                raise
    formulas = formulas_among_words(text)
    try:
        told = _declared(formulas, covariates, levels)
    except ReadError as error:
        raise _on_the_page(error, text, formulas) from None
    _check_words(text, told)
    return replace(told, text=text) if told.text == formulas else told


def _on_the_page(error: ReadError, page: str, formulas: str) -> ReadError:
    """An error about the formulas of a page, shown in the page, where they stand in the same place."""
    if error.text != formulas:
        return error
    return ReadError(error.problem, text=page, start=error.start, end=error.end, kind=error.kind, tip=error.tip)


def _check_words(text: str, told: Declaration) -> None:
    """Raise for what words around the formulas tell, and no formula: random effects, correlated residuals."""
    drawn = {key_of(name) for effects in told.random for name in effects.names}
    terms = {key_of(name) for term in told.terms for name in term.factors}
    for start, end in random_by_words(text):
        key = str(getattr(read(text[start:end], replace(element_vocabulary(), any_element=True)).tree, "value", ""))
        if key in terms - drawn:
            shown = unicode_name(key)
            raise ReadError(f"{shown} is called random and has no distribution.", text=text, start=start, end=end,
                            kind="distribution-missing",
                            tip=f"Add {shown} ~ N(0, σ²_{unicode_name(key.partition('_')[0])}).")  # fmt: skip
    structure = structure_by_words(text)
    if structure is not None and told.correlated is None and not any(effects.over for effects in told.random):
        raise ReadError(f"{structure[0]} is told in words, and no formula says it.", text=text,
                        start=structure.start(), end=structure.end(), kind="told-in-words",
                        tip="Write it as a formula, as Cov(ε_ij, ε_ij') = σ² ρ^|j−j'|, or leave it out.")  # fmt: skip


def _declared(text: str, covariates: Sequence[str], levels: Mapping[str, Any] | None) -> Declaration:
    text, has_two = two_errors(text)
    vocabulary = element_vocabulary()
    known = {name.key for name in vocabulary}
    vectors = [symbol(letter, f"q_{letter}", role="random") for letter in dict.fromkeys(_ELEMENTS.findall(text))]
    whole = [
        Vector(key, Scalar(sympy.Symbol(key, real=True)), bold=symbol(key, f"q_{key}", role="random"))
        for key in dict.fromkeys("_".join(found) for found in _BOLD.findall(text))
    ]
    try:
        more = vocabulary.with_names(*(vector for vector in vectors if vector.name not in known), *whole)
        names = variances_apart(more.names) if has_two else more.names
        reading = read(text, replace(more, names=names, any_element=True))
    except ShapeError:
        reading = read(text)  # by matrices, perhaps, which is told below
    return Declaring(told_by(reading, levels), frozenset(covariates)).declaration()
