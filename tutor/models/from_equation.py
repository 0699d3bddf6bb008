"""A model from its equation in elements, as a lecture writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import Size
from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.asked_of_words import fixed_by_words
from tutor.models.data import Table, table
from tutor.models.declaration import Declaration, Place
from tutor.models.declared import declared, key_of_letter
from tutor.models.design import design_size
from tutor.models.determined import determined, in_square
from tutor.models.element_names import key_of, letters_of, plain_name
from tutor.models.elementwise import elementwise
from tutor.models.equation_data import counted, known_covariates, observed_response, offset
from tutor.models.glmm.families import family_named
from tutor.models.glmm.links import link_named
from tutor.models.glmm.model import glmm
from tutor.models.index import IndexEffects, IndexModel, IndexRange, Name
from tutor.models.layout import Index, Layout
from tutor.models.told_covariance import effects_covariance, of_cells, residuals_covariance
from tutor.models.vector_covariates import LENGTHS
from tutor.notation.write import unicode

Levels = int | str | Sequence[Any] | sympy.Expr
"""How many levels an index has, a letter for that number, or what the levels are called."""

FIXED_OR_RANDOM = frozenset("abcdefghlmnopqrstuvwz")
"""Letters of which nobody can tell without a distribution whether they are fixed or random."""


def from_equation(
    text: str,
    levels: Mapping[str, Levels] | None = None,
    *,
    data: Any = None,
    names: Mapping[str, str] | None = None,
    fixed: Sequence[str] = (),
    covariates: Sequence[str] = (),
    order: str = "",
) -> Any:
    r"""The model that an equation in elements describes: y_ij = μ + τ_i + u_j + ε_ij; u_j ~ N(0, σ²_u).

    A MixedModel; a GeneralizedModel where the response has another distribution or a link: y_ij | u_j ~ Poisson(λ_ij);
    log λ_ij = μ + τ_i + u_j. The text decides, so that no type can tell.

    What has a distribution is random, all else is fixed. A Latin letter of which a lecture might mean either needs its
    distribution, or to be named in ``fixed``. The residual ε needs none: it is N(0, σ²). Words around the formulas may
    tell a distribution in full, “the b_j are normal with mean zero and variance σ²_b”; whatever else they say of
    randomness must speak of what has a distribution, or is asked for by name, which ``fixed`` answers, too.

    ``levels`` gives for each index how many levels it has, a letter for that number, or the names of the levels;
    what the text says itself (i = 1, …, t) need not be said again, and t may be given in place of i. With ``data``, a
    CSV file or columns, the rows are those of the data, and ``levels`` names the column of an index that is not
    called by its letter. Covariates and the response are columns too; without data a covariate is a letter, x_11.
    One with a Greek letter is named in ``covariates``: ["xi"], or "ξ". One that is centred, x_ij − x̄_·· or x_ij − x̄_i·,
    is called x_c where a program names its column, and the mean of a group, x̄_i·, is called x_m. Vectors of covariates,
    x_ij'β and z_ij'b_i, are written out, with p and q elements: levels={"p": 2, "q": 1}.

    Of y_ij(k) with effects ρ_i and κ_j the index k follows from i and j: with as many levels of each this is the
    standard Latin square, k = i + j − 1 modulo their number; any other arrangement is given as data.

    ``names`` say what an index counts ({"i": "variety"}). The rows are all combinations of the levels, ordered by
    ``order``, the slowest index first; by default the groups of random effects come first, so that V is block diagonal.

    Raises
    ------
    ReadError
        For a text that is no such model; "distribution-missing" names the letter, "link-missing" the mean of which no
        link is told; "no-covariate" for a letter in ``covariates`` that multiplies nothing.
    SizeError
        For indices without a number of levels.
    DataError, UnknownNameError
        For a column that there is not, or cannot be used.

    >>> equation = r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij},\ u_j \sim N(0, \sigma^2_u)"
    >>> from_equation(equation, levels={"i": 3, "j": 4}).Z.definition.shape
    (12, 4)
    """
    if not isinstance(levels, Mapping | None):
        raise DataError(f"levels are given by index, and {type(levels).__name__} has none.",
                        tip="For example levels={'i': 3, 'j': 4}.")  # fmt: skip
    told = declared(
        text, [key_of_letter(letter) for letter in covariates], levels, [key_of_letter(letter) for letter in fixed]
    )
    _check_distributions(told, fixed)
    rows = None if data is None else table(data)
    layout = _layout(told, dict(levels or {}), rows, names or {}, order)
    index = _index_model(told, layout)
    model = elementwise(
        f"The model {plain_name(told.response)} = {_right_side(index)}" if told.law is None else _title(told, index),
        index,
        layout,
        known={
            **counted(index, layout),
            **({} if rows is None else known_covariates(index, rows, dict(levels or {}), layout)),
        },
        residual=residuals_covariance(told, layout) if told.law is None else None,
        response=None if rows is None else observed_response(told, rows),
        has_residual=told.law is None or told.law.family in ("normal", "t", "Bernoulli"),
        offset=offset(told, layout, rows, dict(levels or {})),
    )
    if told.law is None:
        return model
    return replace(glmm(model, told.law.family, told.law.link), numbers=told.law.numbers)


def _title(told: Declaration, index: IndexModel) -> str:
    assert told.law is not None
    mean = sympy.Symbol(f"{family_named(told.law.family).letter}_{letters_of(told.response)}", real=True)
    terms = " + ".join(" ".join(plain_name(name) for name in term.factors) for term in index.terms)
    return f"The model {unicode(Scalar(link_named(told.law.link).of(mean)))} = {terms}"


def _right_side(index: IndexModel) -> str:
    terms = [" ".join(plain_name(name) for name in term.factors) for term in index.terms]
    return " + ".join([*terms, plain_name(index.residual)])


def _check_distributions(told: Declaration, fixed: Sequence[str]) -> None:
    """Raise for a name that may be fixed or random, unless words call it fixed, and for a distribution of nothing."""
    drawn = {name for effects in told.random for name in effects.names}
    stray = [effects for effects in told.random if not set(effects.names) & {t.coefficient for t in told.terms}]
    if stray:
        name = plain_name(stray[0].names[0])
        raise told.error(f"{name} has a distribution and is not in the equation.", "not-in-equation",
                         f"Add + {name} to the equation, or leave it out.", stray[0].statement)  # fmt: skip
    if all(term.coefficient in drawn for term in told.terms):
        shown = plain_name(told.response)
        raise told.error(f"The mean of {shown} has no fixed effect.", "no-fixed-effect",
                         f"Add one, {shown} = μ + ….")  # fmt: skip
    doubtful = [
        (name, place)
        for name, place in ((term.coefficient, place) for term, place in zip(told.terms, told.places, strict=True))
        if name not in drawn and letters_of(name) and all(b in FIXED_OR_RANDOM for b in name.bases)
        if "".join(name.bases) not in fixed
    ]
    called = fixed_by_words(told.text, told) if doubtful else frozenset()
    for name, place in doubtful:
        if key_of(name) not in called:
            shown, base = plain_name(name), "".join(name.bases)
            raise told.error(
                f"{shown} has no distribution: is it fixed or random?", "distribution-missing",
                f'Add {shown} ~ N(0, σ²_{base}) if it is random, or say fixed=["{base}"].', place,
            )  # fmt: skip


# The rows


def _layout(
    told: Declaration, levels: dict[str, Levels], rows: Table | None, names: Mapping[str, str], order: str
) -> Layout:
    letters = letters_of(told.response)
    if len(set(letters)) != len(letters):
        raise told.error(f"{plain_name(told.response)} has an index twice.", "no-index-model", "Give each its letter.")
    used = (
        (letter, place)
        for term, place in zip(told.terms, told.places, strict=True)
        for name in term.factors
        for letter in letters_of(name)
    )
    for strange, place in used:
        if strange in letters:
            continue
        word = next((name.indices for name in _names_at(told, place) if _is_word(name.indices, letters)), "")
        if word:
            raise told.error(f"{word} is a word, and no index.", "index-on-one-side",
                             "Write an effect with the letter of its index, as τ_i.", place)  # fmt: skip
        raise told.error(f"The index {strange} is on the right and not on the left.", "index-on-one-side",
                         f"Write it below {told.response.bases[0]} too, or leave it out.", place)  # fmt: skip
    slowest_first = _order(told, letters, order)
    if rows is not None:
        return _observed(told, slowest_first, levels, rows, names)
    sizes = {letter: _size(told, letter, levels) for letter in letters}
    missing = [letter for letter in letters if sizes[letter] is None]
    if missing:
        *others, last = missing
        told_missing = f"{', '.join(others)} and {last}" if others else last
        example = ", ".join(f"'{letter}': {3 + i}" for i, letter in enumerate(missing))
        raise SizeError(
            f"How many levels {'has' if len(missing) == 1 else 'have'} {told_missing}?",
            tip=f"Give levels={{{example}}}, or write {missing[0]} = 1, …, t in the text.",
        )
    _check_known(levels, letters, told)
    layout = Layout(tuple(_index(told, letter, sizes[letter], levels, names) for letter in slowest_first))
    return in_square(layout, told, sizes) if determined(told) else layout  # pyright: ignore[reportArgumentType]


def _names_at(told: Declaration, place: Place) -> list[Name]:
    return [name for term, at in zip(told.terms, told.places, strict=True) if at is place for name in term.factors]


def _is_word(below: str, letters: str) -> bool:
    return len(below) > 2 and not set(below) & set(letters)


def _order(told: Declaration, letters: str, order: str) -> str:
    """The indices from the slowest to the fastest: those of random effects, the fewest first, then the others."""
    if order:
        if sorted(order) != sorted(letters):
            raise UnknownNameError("The order", order, (letters,), tip=f"Give each of {', '.join(letters)} once.")
        return order
    groups = sorted((letters_of(e.names[0]) for e in told.random), key=len)
    nested = [letter for group in groups for letter in (n for n in group)]
    within = [letter for e in told.random for letter in e.names[0].within]
    found = dict.fromkeys([*within, *nested, *letters])
    if told.repeated:  # what is correlated stands together
        found = dict.fromkeys([*(letter for letter in found if letter != told.repeated), told.repeated])
    return "".join(found)


def _size(told: Declaration, letter: str, levels: Mapping[str, Levels]) -> Size | None:
    """The number of levels of an index, from `levels` or from the range in the text; None where neither tells."""
    last = told.ranges.get(letter)
    given = levels.get(letter, levels.get(str(last)) if last is not None else None)
    if given is None:
        return None if last is None else design_size(f"The range of {letter}", last)
    extent = (
        design_size(f"levels of {letter}", given)
        if isinstance(given, int | str | sympy.Expr)
        else _count(letter, given)
    )
    if last is not None and last.is_Integer and extent != last:
        raise SizeError(f"{letter} runs to {last} in the text and has {extent} levels by levels=.",
                        tip="Say it once.")  # fmt: skip
    return extent


def _count(letter: str, given: Sequence[Any]) -> Size:
    if not isinstance(given, Iterable):
        raise SizeError(f"{letter} has a whole number of levels, not {given}.", tip=f"Give levels={{'{letter}': 3}}.")
    named = [str(level) for level in given]
    if not named or len(set(named)) != len(named):
        raise DataError(f"The levels of {letter} are {named}; expected different names.", tip="Give each level once.")
    return sympy.Integer(len(named))


def _index(
    told: Declaration, letter: str, size: Size | None, levels: Mapping[str, Levels], names: Mapping[str, str]
) -> Index:
    assert size is not None
    last = told.ranges.get(letter)
    given = levels.get(letter)
    named = None if given is None or isinstance(given, int | str | sympy.Expr) else tuple(str(level) for level in given)
    size_letter = str(last) if last is not None and not last.is_Integer else str(size) if size.is_Symbol else ""
    return Index(letter, names.get(letter, letter), size, size_letter, named, prefix=letter, short=_short(told, letter))


def _short(told: Declaration, letter: str) -> str:
    """What stands before a level in the label of a row: the effect of that index alone, τ1, or the index itself."""
    alone = (term.coefficient for term in told.terms if letters_of(term.coefficient) == letter and not term.covariates)
    effect = next(alone, None)
    return letter if effect is None else plain_name(Name(effect.bases))


def _check_known(levels: Mapping[str, Levels], letters: str, told: Declaration) -> None:
    known = [*letters, *(str(last) for last in told.ranges.values() if last is not None)]
    for key in levels:
        if key not in known and key not in LENGTHS:
            raise UnknownNameError("The index", key, known)


def _observed(
    told: Declaration, letters: str, levels: Mapping[str, Levels], rows: Table, names: Mapping[str, str]
) -> Layout:
    """The layout of data: an index is a column, a combination of indices that has no rows is left out."""
    indices: list[Index] = []
    codes: dict[str, tuple[int, ...]] = {}
    replicates: list[str] = []
    used = {letter for term in told.terms for letter in letters_of(term.coefficient)}
    for letter in letters:
        name = _column_name(letter, levels, names)
        if name not in rows.raw:
            if letter in used:
                raise UnknownNameError(f"The column of the index {letter},", name, rows.raw)
            replicates.append(letter)
            continue
        labels = rows.column(name).labels()
        present = rows.column(name).levels or tuple(dict.fromkeys(_sorted_levels(labels)))
        position = {level: number for number, level in enumerate(present, start=1)}
        codes[letter] = tuple(position[label] for label in labels)
        indices.append(Index(letter, name, sympy.Integer(len(present)), levels=tuple(present)))
    if len(replicates) > 1:
        raise UnknownNameError("The column of an index", replicates[0], rows.raw)
    for letter in replicates:
        codes[letter] = _numbered(list(zip(*codes.values(), strict=True)) if codes else [()] * rows.rows)
        indices.append(Index(letter, letter, sympy.Integer(max(codes[letter]))))
    return Layout(tuple(indices), codes)


def _column_name(letter: str, levels: Mapping[str, Levels], names: Mapping[str, str]) -> str:
    told = levels.get(letter, names.get(letter, letter))
    return told if isinstance(told, str) else letter


def _sorted_levels(labels: Sequence[str]) -> list[str]:
    """Levels in order: numbers by size, texts by the alphabet."""
    try:
        return sorted(set(labels), key=float)
    except ValueError:
        return sorted(set(labels))


def _numbered(cells: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The rows of each cell counted from 1."""
    seen: dict[tuple[int, ...], int] = {}
    found = []
    for cell in cells:
        seen[cell] = seen.get(cell, 0) + 1
        found.append(seen[cell])
    return tuple(found)


# The equation and the covariances


def _index_model(told: Declaration, layout: Layout) -> IndexModel:
    return IndexModel(
        response=told.response,
        terms=told.terms,
        residual=told.residual,
        cells=of_cells(told),
        effects=tuple(
            IndexEffects(effects.names, effects_covariance(effects, told, layout)) for effects in told.random
        ),
        ranges=tuple(
            IndexRange(letter, layout.index(letter).size, layout.index(letter).size_letter)
            for letter in letters_of(told.response)
        ),
        zeros=told.zeros,
        repeated=told.repeated,
        offset=Name(("o",), told.response.indices, told.response.within) if told.offsets else None,
        glossary=(
            *_of_offsets(told),
            *(
                (name, layout.index(letters_of(name)).name)
                for name in (
                    Name(t.coefficient.bases, letters_of(t.coefficient)) for t in told.terms if not t.covariates
                )
                if len(letters_of(name)) == 1 and layout.index(letters_of(name)).name != letters_of(name)
            ),
        ),
    )


def _of_offsets(told: Declaration) -> tuple[tuple[Name, str], ...]:
    label = " + ".join(offset.label for offset in told.offsets)
    return ((Name(("o",)), label),) if label else ()
