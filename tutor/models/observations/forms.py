"""Linear forms in single effects: ȳ_1· − ȳ_2· is τ_1 − τ_2 + ε̄_1· − ε̄_2·.

Each element of y is what the equation of the model says of it, and an average what the average of the equation says:
ȳ_1· = μ + τ_1 + ū_· + ε̄_1·.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.element_names import element_key_of, letters_of, plain_name
from tutor.models.index import IndexTerm, Name
from tutor.models.observations.cells import DOT, Element, Level, element_of, key_at
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


def equation_of(model: MixedModel, element: Element, held: Iterable[str]) -> LinearForm:
    """What the model says of an element: of y its equation at these levels, of an effect itself.

    ``held`` are the letters of the random vectors that are given, whose effects do not vary.

    Raises
    ------
    TutorError
        For an average of products of what varies over the same index.
    """
    index = model.index
    held = frozenset(held)
    found = LinearForm()
    indices = Indices.of(model)
    if letters_of(element.name) == letters_of(index.response):
        indices.check(element.levels)
    if element.name != index.response:
        _add_random(found, element.name, element.levels, sympy.S.One, held)
        return found
    random = {name for effects in index.effects for name in effects.names}
    for term in index.terms:
        levels = element.at(letters_of(term.coefficient))
        times = _covariates(term, element)
        if term.coefficient in random:
            _add_random(found, term.coefficient, levels, times, held)
            indices.check_plots(letters_of(term.coefficient), element.levels)
        else:
            letter = sympy.Symbol(_fixed_key(term.coefficient, levels), real=True)
            found.add(LinearForm(fixed={letter: times}))
    _add_random(found, index.residual, element.levels, sympy.S.One, held)
    return found


def _add_random(
    found: LinearForm, name: Name, levels: tuple[Level, ...], times: sympy.Expr, held: frozenset[str]
) -> None:
    effect = Element(name, levels)
    if "".join(name.bases) in held:
        found.add(LinearForm(fixed={sympy.Symbol(effect.key, real=True): times}))
    else:
        found.add(LinearForm(random={effect: times}))


def _fixed_key(name: Name, levels: tuple[Level, ...]) -> str:
    """The key of a fixed effect, as β's elements have it."""
    numbers = [level for level in levels if isinstance(level, int)]
    return element_key_of(name, numbers) if len(numbers) == len(levels) else key_at(name, levels)


def _covariates(term: IndexTerm, element: Element) -> sympy.Expr:
    """The product of the covariates of a term, averaged over what the element is averaged over."""
    varying = {letter for letter in letters_of(term.coefficient) if element.level(letter) == DOT}
    value = sympy.S.One
    for covariate in term.covariates:
        averaged = {letter for letter in letters_of(covariate) if element.level(letter) == DOT}
        if averaged & varying:
            told = " ".join(plain_name(name) for name in term.factors)
            raise TutorError(
                f"{element} has the average of {told} over {', '.join(sorted(averaged))}, which is no product of two "
                "averages.", tip="Ask for an average over another index, or for single elements.",
            )  # fmt: skip
        varying |= averaged
        value *= sympy.Symbol(key_at(covariate, element.at(letters_of(covariate))), real=True)
    return value


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


def elements_in(model: MixedModel, expression: sympy.Expr) -> dict[Element, sympy.Expr]:
    """The elements of y, ε and random vectors in an expression with their coefficients.

    Raises
    ------
    TutorError
        For an expression that is not linear in them, and for elements that there are not.
    """
    found: dict[Element, sympy.Expr] = {}
    expanded = sympy.expand(expression)
    letters = {}
    for symbol in sorted(expanded.free_symbols, key=str):
        element = element_of(model, str(symbol))
        if element is not None:
            letters[symbol] = element
    for symbol, element in letters.items():
        coefficient = expanded.coeff(symbol)
        if coefficient.free_symbols & set(letters) or expanded.diff(symbol) != coefficient:
            raise TutorError(f"{Scalar(expression)} is not linear in y, u and ε.",
                             tip="These laws know sums with constant factors.")  # fmt: skip
        found[element] = coefficient
    return found
