"""The "where" of a model: each symbol, what it means, and its dimensions, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tutor.algebra.nodes import Symbol
from tutor.algebra.walk import symbols_of
from tutor.models.covariance import Parameter
from tutor.models.effects import INTERCEPT, FixedTerm, RandomTerm
from tutor.models.index import IndexTerm, Name
from tutor.models.spelling import spell
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.write_tree import shape_text

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

_SYMBOLS = {
    "y": "the response",
    "X": "the design matrix of the fixed effects",
    "beta": "the fixed effects",
    "Z": "the design matrix of the random effects",
    "u": "the random effects",
    "e": "the residuals",
    "G": "the variance of the random effects",
    "R": "the variance of the residuals",
    "V": "the variance of the response",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A symbol and what it means in this model; the dimensions of a vector or a matrix are those of the symbol."""

    symbol: Name | Symbol | Parameter
    words: str

    def spelled(self, pen: Pen) -> str:
        """The symbol in the pen's dialect."""
        if isinstance(self.symbol, Name):
            return spell(self.symbol, pen)
        return pen.whole(self.symbol.symbol if isinstance(self.symbol, Parameter) else self.symbol)

    def sentence(self, pen: Pen) -> str:
        """What it means, with rows × columns where it has some, in Unicode."""
        if not isinstance(self.symbol, Symbol):
            return self.words
        return f"{self.words}, {shape_text(self.symbol, Pen(UNICODE, pen.style)).replace('×', ' × ')}"


def meanings(model: MixedModel, form: Literal["index", "distribution", "matrix"]) -> tuple[Meaning, ...]:
    """The symbols of a form of the model, each once, in the order in which it names them."""
    found = [*(_of_elements(model) if form == "index" else _of_matrices(model))]
    parameters = [Meaning(parameter, f"the {parameter.meaning}") for parameter in model.parameters]
    first: dict[object, Meaning] = {}
    for meaning in (*found, *parameters):
        first.setdefault(meaning.symbol, meaning)
    return tuple(first.values())


def _of_matrices(model: MixedModel) -> Iterator[Meaning]:
    for symbol in model.symbols:
        if symbol is not model.covariance:
            yield Meaning(symbol, _SYMBOLS[symbol.name])
    for term in model.random:
        for symbol in symbols_of(term.covariance.tree):
            yield Meaning(symbol, f"the variance of the effects of one {term.group}")
        for symbol in symbols_of(term.matrix):
            yield Meaning(symbol, f"the part of Z for one {term.group}")


def _of_elements(model: MixedModel) -> Iterator[Meaning]:
    index = model.index
    random = {
        name: (term, coefficient)
        for effects, term in zip(index.effects, model.random, strict=True)
        for name, coefficient in zip(effects.names, term.coefficients, strict=True)
    }
    letters = _letters(model, random)
    yield Meaning(index.response, "the response of one observation")
    fixed = iter(model.fixed)
    covariates = {(name.bases, name.number): label for name, label in index.glossary}
    for term in index.terms:
        if term.coefficient in random:
            yield Meaning(term.coefficient, _random_words(*random[term.coefficient]))
        else:
            yield Meaning(term.coefficient, _fixed_words(term, next(fixed, None), letters, bool(index.zeros)))
        for covariate in term.covariates:
            label = covariates.get((covariate.bases, covariate.number))
            yield Meaning(covariate, f"the value of {label}" if label else "the value of the covariate")
    yield Meaning(index.residual, "the residual of that observation")
    for run in index.ranges:
        counted = letters.get(run.letter)
        yield Meaning(Name((run.letter,)), f"the index of {counted}" if counted else "the index of the observation")


def _letters(model: MixedModel, random: dict[Name, tuple[RandomTerm, str]]) -> dict[str, str]:
    """The factor that each index runs over. Of an index in v_i(k) the others are known from terms before."""
    factors = {factor.name for factor in model.factors}
    fixed = [term for term in model.index.terms if term.coefficient not in random]
    named = [
        (term.coefficient, [name for name in of.variables if name in factors])
        for term, of in zip(fixed, model.fixed, strict=False)
    ]
    named += [(name, [*term.variables]) for name, (term, _) in random.items()]
    found: dict[str, str] = {}
    for name, variables in named:
        letters = [letter for letter in name.indices + name.within if letter not in found]
        unnamed = [variable for variable in variables if variable not in found.values()]
        if len(letters) == len(unnamed) == 1:
            found[letters[0]] = unnamed[0]
    return found


def _fixed_words(term: IndexTerm, of: FixedTerm | None, letters: dict[str, str], constrained: bool) -> str:
    if of is None:
        return "a fixed effect"
    if not of.variables:
        if term.coefficient.bases != ("mu",):
            return "the intercept"
        return "the mean where the effects are 0" if constrained else "the overall mean"
    levels = [f"{letters[i]} {i}" if i in letters else i for i in term.coefficient.indices]
    slopes = [name for name in of.variables if name not in letters.values()]
    if not term.covariates:
        return f"the effect of {levels[0]}" if len(levels) == 1 else f"the interaction of {' and '.join(levels)}"
    slope = f"the slope of {' times '.join(slopes)}"
    return f"the change of {slope} for {' and '.join(levels)}" if levels else slope


def _random_words(term: RandomTerm, coefficient: str) -> str:
    if coefficient == INTERCEPT:
        return f"the random effect of {term.group}"
    return f"the random effect of {coefficient} for {term.group}"


def where_text(entries: Sequence[Meaning], pen: Pen) -> list[str]:
    """The meanings for a terminal, below a line that says "where"."""
    names = [entry.spelled(pen) for entry in entries]
    column = max(map(display_width, names), default=0)
    told = [f"  {padded(name, column)}   {entry.sentence(pen)}" for name, entry in zip(names, entries, strict=True)]
    return ["where", *told] if told else []


def where_latex(entries: Sequence[Meaning], pen: Pen) -> str:
    """The meanings as an array with the symbols in the first column."""
    lines = [rf"{entry.spelled(pen)} & \text{{{text_to_latex(entry.sentence(pen))}}}" for entry in entries]
    return "\\begin{array}{ll}\n" + " \\\\\n".join(lines) + "\n\\end{array}"


def where_set(entries: Sequence[Meaning], pen: Pen) -> list[str]:
    """The meanings in a dialect that sets displays, one a line."""
    return [f"{entry.spelled(pen)}{pen.dialect.verbatim(': ' + entry.sentence(pen))}" for entry in entries]
