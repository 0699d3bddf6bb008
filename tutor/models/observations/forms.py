"""Linear forms in single effects: ȳ_1· − ȳ_2· is τ_1 − τ_2 + ε̄_1· − ε̄_2·.

Each element of y is what the equation of the model says of it, and an average what the average of the equation says:
ȳ_1· = μ + τ_1 + ū_· + ε̄_1·.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.sizes import whole
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.models.element_names import element_key_of, letters_of, plain_name, value_at
from tutor.models.index import IndexTerm, Name
from tutor.models.levels import DOT, Level, key_at, key_over
from tutor.models.observations.cells import Element, element_of
from tutor.models.observations.held import Held
from tutor.models.observations.overlap import Indices

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(slots=True)
class LinearForm:
    """Σ c_k β_k + Σ c_l u_l + a number: coefficients by the letters of constants, and by random effects."""

    fixed: dict[sympy.Expr, sympy.Expr] = field(default_factory=dict)
    random: dict[Element, sympy.Expr] = field(default_factory=dict)

    def add(self, other: LinearForm, times: sympy.Expr = sympy.S.One) -> None:
        """Add a multiple of another form; what cancels is left out."""
        for mine, theirs in ((self.fixed, other.fixed), (self.random, other.random)):
            for key, coefficient in theirs.items():
                total = sympy.expand(mine.get(key, sympy.S.Zero) + times * coefficient)  # pyright: ignore[reportArgumentType, reportCallIssue]
                mine[key] = total  # pyright: ignore[reportArgumentType]
                if total == 0:
                    del mine[key]  # pyright: ignore[reportArgumentType]

    @property
    def constant(self) -> sympy.Expr:
        """The part that does not vary."""
        return sympy.Add(*(letter * coefficient for letter, coefficient in self.fixed.items()))


def equation_of(model: MixedModel, element: Element, held: Held) -> LinearForm:
    """What the model says of an element: of y its equation at these levels, of an effect itself.

    ``held`` are the random effects that are given, which do not vary.

    Raises
    ------
    TutorError
        For an average of products of what varies over the same index, and where the indices do not tell whether an
        effect is given.
    """
    index = model.index
    indices = Indices.of(model)
    if letters_of(element.name) == letters_of(index.response):
        indices.check(element.levels)
    random = {name for effects in index.effects for name in effects.names} | {index.residual}
    fixed = _constants(model, held)
    if element.name != index.response:
        terms = [(element.name, sympy.S.One)]
    else:
        terms = [(term.coefficient, _covariates(model, term, element)) for term in index.terms]
        terms.append((index.residual, sympy.S.One))
    found = LinearForm()
    for name, times in terms:
        levels = element.at(letters_of(name))
        if name in random and name != index.residual and element.name == index.response:
            indices.check_plots(letters_of(name), element.levels)
        plots = element.levels if averaged_by_plots(model, element, name, indices) else ()
        if name in fixed or held.holds_at(name, levels):
            letter = sympy.Symbol(key_over(name, plots), real=True) if plots else _letter(model, name, levels)
            found.add(LinearForm(fixed={letter: times}))
        else:
            found.add(LinearForm(random={Element(name, levels, plots=plots): times}))
    return found


def averaged_by_plots(model: MixedModel, element: Element, name: Name, indices: Indices) -> bool:
    """Whether the average of an effect in an average of y is over those plots only which that has, and not all levels
    equally often: τ̄_(·1) of the treatments that block 1 has."""
    if element.name != model.index.response or DOT not in element.at(letters_of(name)):
        return False
    return not indices.is_uniform(letters_of(name), element.levels)


def _constants(model: MixedModel, held: Held) -> set[Name]:
    """The names of the effects that do not vary: fixed ones, and random ones that are given."""
    random = {name for effects in model.index.effects for name in effects.names}
    given = {name for name in random if held.holds(name)}
    return {term.coefficient for term in model.index.terms if term.coefficient not in random} | given


def _letter(model: MixedModel, name: Name, levels: Sequence[Level]) -> sympy.Symbol:
    """An effect that does not vary as a letter: that of β's and u's elements where they are listed."""
    numbers = [level for level in levels if isinstance(level, int)]
    within = bool(name.within) and model.y.entries is None
    plain = len(numbers) == len(levels) and not within
    return sympy.Symbol(element_key_of(name, numbers) if plain else key_at(name, levels), real=True)


def written_out(model: MixedModel, elements: Iterable[Element], held: Held) -> dict[sympy.Expr, sympy.Expr]:
    """The averages of effects that do not vary in these elements as sums, where the numbers of levels are known: τ̄_· as
    (τ_1 + τ_2 + τ_3)/3."""
    indices = Indices.of(model)
    found: dict[sympy.Expr, sympy.Expr] = {}
    for element in elements:
        for name in _constants(model, held) if element.name == model.index.response else ():
            levels = element.at(letters_of(name))
            if averaged_by_plots(model, element, name, indices):
                continue
            sizes = [
                indices.sizes[letter] for letter, level in zip(letters_of(name), levels, strict=True) if level == DOT
            ]
            known = [whole(extent) for extent in sizes if extent is not None and extent.is_Integer]
            if not sizes or len(known) < len(sizes):
                continue
            counts = iter(known)
            every = [
                _letter(model, name, cell)
                for cell in product(*(range(1, next(counts) + 1) if level == DOT else (level,) for level in levels))
            ]
            found[_letter(model, name, levels)] = sympy.Add(*every) / len(every)  # pyright: ignore[reportArgumentType]
    return found


def _covariates(model: MixedModel, term: IndexTerm, element: Element) -> sympy.Expr:
    """The product of the covariates of a term, averaged over what the element is averaged over; numbers where their
    values are given."""
    varying = {letter for letter in letters_of(term.coefficient) if element.level(letter) == DOT}
    value = sympy.S.One
    for covariate in term.covariates:
        averaged = {letter for letter in letters_of(covariate) if element.level(letter) == DOT}
        if averaged & varying or (averaged and covariate.power > 1):
            told = " ".join(plain_name(name) for name in term.factors)
            raise TutorError(
                f"{element} has the average of {told} over {', '.join(sorted(averaged))}, which is no product of two "
                "averages.", tip="Ask for an average over another index, or for single elements.",
            )  # fmt: skip
        varying |= averaged
        levels = element.at(letters_of(covariate))
        own = _given_value(model, covariate, levels)
        value *= value_at(covariate, levels) if own is None else own**covariate.power
    return value


def _given_value(model: MixedModel, covariate: Name, levels: Sequence[Level]) -> sympy.Expr | None:
    """The value of a covariate x_i at a level of its one index, or its average, where the design was given numbers for
    it and letters for other sizes; None for letters."""
    definition = model.X.definition
    if model.y.entries is not None or definition is None or len(levels) != 1:
        return None
    if covariate.mean is not None or covariate.is_mean:
        return None
    (level,) = levels
    name = "".join(covariate.bases)
    given = next((symbol.definition for symbol in symbols_of(definition) if symbol.name == name), None)
    if not isinstance(given, Explicit):
        return None
    values = given.matrix.flat()
    if level == DOT:
        return sympy.Add(*values) / len(values)  # pyright: ignore[reportReturnType]
    return values[level - 1] if isinstance(level, int) and 1 <= level <= len(values) else None


def combined(parts: Mapping[Element, sympy.Expr], forms: Mapping[Element, LinearForm], rest: sympy.Expr) -> LinearForm:
    """The form of a sum of elements with coefficients, and of a constant beside it."""
    found = LinearForm()
    for element, coefficient in parts.items():
        found.add(forms[element], coefficient)
    for term in sympy.Add.make_args(rest):
        coefficient, letter = term.as_coeff_Mul()
        if coefficient != 0:
            found.add(LinearForm(fixed={letter: coefficient}))  # pyright: ignore[reportArgumentType]
    return found


def averages_of(
    parts: Mapping[Element, sympy.Expr], response: Name, indices: Indices
) -> dict[Element, sympy.Expr] | None:
    """A sum of elements of y as one of averages, of those that have one coefficient: (y_11 + y_12)/2 is ȳ_1· of two
    blocks. None where those are not all combinations of some levels with every level of the other indices."""
    if not indices.complete or any(element.name != response for element in parts):
        return None
    found: dict[Element, sympy.Expr] = {}
    for coefficient in dict.fromkeys(parts.values()):
        own = [element for element, times in parts.items() if times == coefficient]
        levels = [set(column) for column in zip(*(element.levels for element in own), strict=True)]
        sizes = [indices.sizes[letter] for letter in indices.letters]
        whole = [len(each) == 1 or len(each) == extent for each, extent in zip(levels, sizes, strict=True)]
        if not all(whole) or math.prod(map(len, levels)) != len(own):
            return None
        pattern = tuple(next(iter(each)) if len(each) == 1 else DOT for each in levels)
        average = Element(response, pattern, own[0].given)
        found[average] = sympy.expand(coefficient * len(own))  # pyright: ignore[reportArgumentType]
    return found


def elements_in(model: MixedModel, expression: sympy.Expr) -> tuple[dict[Element, sympy.Expr], sympy.Expr]:
    """The elements of y, ε and random vectors in an expression with their coefficients, and what stands beside them.

    Raises
    ------
    TutorError
        For an expression that is not linear in them, and for elements that there are not.
    """
    expanded = sympy.expand(expression)
    elements = {letter: element_of(model, str(letter)) for letter in expanded.free_symbols}
    found: dict[Element, sympy.Expr] = {}
    rest: list[sympy.Expr] = []
    for term in sympy.Add.make_args(expanded):
        letters = [letter for letter in term.free_symbols if elements[letter] is not None]
        if not letters:
            rest.append(term)
            continue
        coefficient, varying = term.as_independent(*letters)
        element = elements.get(varying)
        if element is None:
            raise TutorError(f"{Scalar(expression)} is not linear in y, u and ε.",
                             tip="These laws know sums with constant factors.")  # fmt: skip
        found[element] = found.get(element, sympy.S.Zero) + coefficient  # pyright: ignore[reportOperatorIssue]
    return dict(sorted(found.items(), key=lambda item: item[0].key)), sympy.Add(*rest)
