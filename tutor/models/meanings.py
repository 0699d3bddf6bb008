"""The "where" of a model: each symbol, what it means, and its dimensions, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.nodes import Identity, Symbol
from tutor.algebra.walk import symbols_of, walk
from tutor.covariance.parameters import Parameter
from tutor.models.coded_effects import elements_told
from tutor.models.effects import INTERCEPT, FixedTerm, RandomTerm
from tutor.models.element_names import plain_name
from tutor.models.index import IndexTerm, Name
from tutor.models.spelling import spell
from tutor.models.terms import fixed_terms
from tutor.models.words import listed_words, noun, plural
from tutor.notation.names import unicode_name
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.latex_display import widest, words_latex
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import in_lines, text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_tree import shape_text

if TYPE_CHECKING:
    from tutor.models.equation import Form
    from tutor.models.mixed import MixedModel

_SYMBOLS = {
    "y": "the response",
    "X": "the design matrix of the fixed effects",
    "beta": "the fixed effects",
    "o": "the offset, which has no coefficient",
    "Z": "the design matrix of the random effects",
    "u": "the random effects",
    "e": "the residuals",
    "G": "the covariance matrix of the random effects",
    "R": "the covariance matrix of the residuals",
}

_CHARACTERS = (90, 80, 72, 64, 56, 48, 40, 32)
"""Of a line of what a symbol means in a display: the first for which there is room."""

_GAP = 1.5
"""The room around two columns, in ems."""

MOST_LISTED = 4
"""Of more elements of one kind the first and the last are told."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A symbol and what it means in this model; the dimensions of a vector or a matrix are those of the symbol."""

    symbol: Name | Symbol | Identity | Parameter | sympy.Symbol
    words: str

    def spelled(self, pen: Pen) -> str:
        """The symbol in the pen's dialect, without the dimensions that stand behind its meaning."""
        if isinstance(self.symbol, Name):
            return spell(self.symbol, pen)
        plain = replace(pen, style=replace(pen.style, dimensions=False))
        return plain.whole(self.symbol.symbol if isinstance(self.symbol, Parameter) else self.symbol)

    def dimensions(self, pen: Pen) -> str:
        """Rows × columns in the pen's dialect; none for a scalar."""
        return shape_text(self.symbol, pen, apart=True) if isinstance(self.symbol, Symbol | Identity) else ""


def meanings(model: MixedModel, form: Form) -> tuple[Meaning, ...]:
    """The symbols of a form of the model, each once, in the order in which it names them; letters for sizes last."""
    found = [*(_of_elements(model) if form == "index" else _of_matrices(model, form))]
    parameters = [Meaning(parameter, f"the {parameter.meaning}") for parameter in model.parameters]
    first: dict[object, Meaning] = {}
    for meaning in (*found, *parameters, *_of_sizes(model)):
        first.setdefault(meaning.symbol, meaning)
    return tuple(first.values())


def _of_matrices(model: MixedModel, form: Form) -> Iterator[Meaning]:
    for symbol in model.symbols:
        # In the distribution of y the residuals are not named.
        if symbol is not model.covariance and not (symbol is model.e and form == "distribution"):
            words = elements_in_words(model) if symbol is model.beta else ""
            yield Meaning(symbol, "; ".join(filter(None, [_SYMBOLS[symbol.name], words])))
    for symbol in symbols_of(model.X.definition) if model.X.definition is not None else ():
        if symbol.definition is None and symbol.name.startswith("X_"):
            effects = unicode_name(symbol.name.removeprefix("X_"))
            yield Meaning(symbol, f"the columns of X for the effects {effects}: in each row a 1 at its own, else 0")
    yield from _of_groups(model)
    for symbol in (model.G, model.R):
        for node in walk(symbol.definition) if symbol is not None and symbol.definition is not None else ():
            if isinstance(node, Identity):
                yield Meaning(node, "an identity matrix")


def _of_groups(model: MixedModel) -> Iterator[Meaning]:
    """The covariance matrices of the effects, and of the residuals, of one group: Σ_u, Σ_e."""
    times = _letters(model, _random(model)).get(model.index.repeated, "")
    for term in model.random:
        for symbol in symbols_of(term.covariance.tree):
            names = [name for name in term.variables if name != times]
            group = names[-1] if len(names) < len(term.variables) and names else term.group
            yield Meaning(symbol, f"the covariance matrix of the effects of one {group}")
    if model.index.repeated and model.residual is not None and model.R.definition is not None:
        for symbol in symbols_of(model.R.definition):
            yield Meaning(symbol, f"the covariance matrix of the residuals of one {_repeated_unit(model) or 'group'}")


def _repeated_unit(model: MixedModel) -> str:
    """The unit of a design within which observations are repeated: the subject; none of a model without a design."""
    units = model.plan.units if model.plan is not None else ()
    over = next((unit for unit in units if unit.letters == model.index.repeated), None)
    return over.within[-1] if over is not None and over.within else ""


def _of_sizes(model: MixedModel) -> Iterator[Meaning]:
    """The letters that count something: t treatments, b blocks, r observations of each treatment."""
    letters = _letters(model, _random(model))
    factors = [noun(letters[run.letter]) for run in model.index.ranges if run.letter in letters]
    cell = f" of each {factors[0]}" if len(factors) == 1 else " of each combination of levels" if factors else ""
    counts: dict[Name | sympy.Symbol, list[str]] = {}
    for run in model.index.ranges:
        if isinstance(run.extent, Name) or run.extent.is_Symbol:
            counted = _counted(run.letter, letters, model)
            counted = counted + _of_each(run.letter, letters, model) if counted else f"observations{cell}"
            size = run.extent if isinstance(run.extent, Name) else cast(sympy.Symbol, run.extent)
            counts.setdefault(size, []).append(counted)
    for size, counted in counts.items():
        yield Meaning(size, f"the number of {listed_words(counted)}")


def _of_each(letter: str, letters: dict[str, str], model: MixedModel) -> str:
    """Within what the things of an index are counted: " of each sequence" for the subjects k of u_k(i)."""
    coefficients = [term.coefficient for term in model.index.terms]
    if any(letter in name.indices and not name.within for name in coefficients):
        return ""  # A factor has as many levels everywhere.
    within = next((name.within for name in coefficients if letter in name.indices), "")
    if not within and model.plan is not None:
        units = [unit.letters for unit in model.plan.units if unit.name == letters[letter]]
        within = "".join(units).replace(letter, "")
    held = [noun(letters[holder]) for holder in within if holder in letters]
    return f" of each {held[0]}" if len(held) == len(within) == 1 else ""


def _counted(letter: str, letters: dict[str, str], model: MixedModel) -> str:
    """What an index runs over, in the plural: treatments, levels of Variety; none for observations."""
    if letter in letters:
        # A column of the data has a name, which is no word that could be in the plural.
        of_data = model.index.glossary and model.plan is None
        return f"levels of {letters[letter]}" if of_data else plural(noun(letters[letter]))
    terms = model.index.terms
    classes = {index for term in terms for index in term.coefficient.indices + term.coefficient.within}
    return "levels" if letter in classes else ""


def _random(model: MixedModel) -> dict[Name, tuple[RandomTerm, str]]:
    """The term and the coefficient of each name of a random effect."""
    return {
        name: (term, coefficient)
        for effects, term in zip(model.index.effects, model.random, strict=True)
        for name, coefficient in zip(effects.names, term.coefficients, strict=True)
    }


def _of_elements(model: MixedModel) -> Iterator[Meaning]:
    index = model.index
    random = _random(model)
    letters = _letters(model, random)
    yield Meaning(index.response, "the response of one observation")
    fixed = dict(fixed_terms(model))
    covariates = {(name.bases, name.number): label for name, label in index.glossary}
    for term in index.terms:
        if term.coefficient in random:
            yield Meaning(term.coefficient, _random_words(term.coefficient, *random[term.coefficient], letters, model))
        else:
            told = [label for c in term.covariates if (label := covariates.get((c.bases, c.number)))]
            words = _fixed_words(term, fixed.get(term), letters, told, bool(index.zeros))
            yield Meaning(term.coefficient, "; ".join(filter(None, [words, elements_in_words(model, term)])))
        for covariate in term.covariates:
            label = covariates.get((covariate.bases, covariate.number))
            yield Meaning(covariate, f"the value of {label}" if label else "the value of the covariate")
    if index.offset is not None:
        yield Meaning(index.offset, "the offset, which has no coefficient")
    yield Meaning(index.residual, "the residual of that observation")
    yield from _of_groups(model)
    for run in index.ranges:
        counted = _counted(run.letter, letters, model) or "observations"
        yield Meaning(Name((run.letter,)), f"the index of the {counted}")


def _letters(model: MixedModel, random: dict[Name, tuple[RandomTerm, str]]) -> dict[str, str]:
    """The factor that each index runs over. Of an index in v_i(k) the others are known from terms before."""
    factors = {factor.name for factor in model.factors}
    named = [
        (term.coefficient, [name for name in of.variables if name in factors])
        for term, of in fixed_terms(model)
        if term.coefficient not in random
    ]
    named += [(name, [*term.variables]) for name, (term, _) in random.items()]
    found: dict[str, str] = {}
    for name, variables in named:
        letters = [letter for letter in name.indices + name.within if letter not in found]
        unnamed = [variable for variable in variables if variable not in found.values()]
        if len(letters) == len(unnamed) == 1:
            found[letters[0]] = unnamed[0]
    # Subjects to which no effect belongs are a factor without an index of its own in the equation.
    unnamed = [name for name in (factor.name for factor in model.factors) if name not in found.values()]
    unused = [run.letter for run in model.index.ranges if run.letter not in found]
    if len(unnamed) == len(unused) == 1:
        found[unused[0]] = unnamed[0]
    # An index that counts nothing by name is called by its letter.
    return {letter: variable for letter, variable in found.items() if letter != variable}


def elements_in_words(model: MixedModel, term: IndexTerm | None = None) -> str:
    """What elements of β are by the names of the equation, where it names them otherwise: "β_1, β_2 are τ_2, τ_3", of
    all; "τ_2, τ_3 are β_1, β_2", of one term."""
    pairs = [(name, element) for name, element in elements_told(model, term) if plain_name(name) != plain_name(element)]
    if not pairs:
        return ""
    names = _runs([name for name, _ in pairs], lambda at: pairs[at][0].bases)
    # Between the elements of a run there is none of another name.
    elements = _runs([element for _, element in pairs], lambda at: int(pairs[at][1].number) - at)
    left, right = (elements, names) if term is None else (names, elements)
    return f"{left} {'is' if len(pairs) == 1 else 'are'} {right}"


def _runs(names: Sequence[Name], kind: Callable[[int], object]) -> str:
    """Names between commas; of a long run of one kind the first and the last."""
    told: list[str] = []
    for _, places in groupby(range(len(names)), key=kind):
        run = [plain_name(names[at]) for at in places]
        told += [run[0], "…", run[-1]] if len(run) > MOST_LISTED else run
    return ", ".join(told)


def _fixed_words(
    term: IndexTerm, of: FixedTerm | None, letters: dict[str, str], columns: Sequence[str], constrained: bool
) -> str:
    if of is None:
        return "a fixed effect"
    if not of.variables:
        if term.coefficient.bases != ("mu",):
            return "the intercept"
        return "the mean where the effects are 0" if constrained else "the overall mean"
    levels = _levels(term.coefficient.indices, letters)
    slopes = [name for name in of.variables if name not in {*letters.values(), *term.coefficient.indices}]
    if not term.covariates:
        return f"the effect of {levels[0]}" if len(levels) == 1 else f"the interaction of {listed_words(levels)}"
    slope = f"the slope of {' times '.join(columns or slopes)}"
    return f"the change of {slope} for {listed_words(levels)}" if levels else slope


def _random_words(name: Name, term: RandomTerm, coefficient: str, letters: dict[str, str], model: MixedModel) -> str:
    group = listed_words(_levels(name.indices, letters)) or term.group
    if name.within:
        group += f" within {listed_words(_levels(name.within, letters))}"
    if coefficient != INTERCEPT:
        covariate = next((term.covariates for term in model.index.terms if term.coefficient == name), ())
        if model.plan is not None and len(covariate) == 1:
            return f"the random slope of {unicode_name(covariate[0].bases[0])} for {group}"
        # The coefficient of a level of a factor is no slope.
        covariates = {column for column, _ in model.columns} - {factor.name for factor in model.factors}
        return f"the random {'slope' if coefficient in covariates else 'coefficient'} of {coefficient} for {group}"
    return f"the random {'effect' if len(term.coefficients) == 1 else 'intercept'} of {group}"


def _levels(indices: str, letters: dict[str, str]) -> list[str]:
    """The levels that indices stand for, each in words: treatment i, block j; of a factor A level i of A."""
    found: list[str] = []
    for index in indices:
        name = letters.get(index, "level")
        found.append(f"level {index} of {name}" if len(name) == 1 else f"{noun(name)} {index}")
    return found


def where_text(entries: Sequence[Meaning], pen: Pen) -> list[str]:
    """The meanings for a terminal, below a line that says "where"."""
    names = [entry.spelled(pen) for entry in entries]
    column = max(map(display_width, names), default=0)
    told = [
        f"  {padded(name, column)}   {', '.join(filter(None, [entry.words, entry.dimensions(pen)]))}"
        for name, entry in zip(names, entries, strict=True)
    ]
    return ["where", *told] if told else []


def where_latex(entries: Sequence[Meaning], pen: Pen) -> str:
    """The meanings as an array with the symbols in the first column."""
    lines: list[str] = []
    for entry, told in zip(entries, _told(entries, pen), strict=True):
        shape = entry.dimensions(pen)
        words = [text_to_latex(line) for line in told]
        words[-1] += f", ${shape}$" if shape else ""
        lines += [rf"{'' if number else entry.spelled(pen)} & \text{{{line}}}" for number, line in enumerate(words)]
    return "\\begin{array}{ll}\n" + " \\\\[2pt]\n".join(lines) + "\n\\end{array}"


def where_set(entries: Sequence[Meaning], pen: Pen) -> list[tuple[str, str]]:
    """The meanings in a dialect that sets displays: each symbol with its meaning and its dimensions."""
    found: list[tuple[str, str]] = []
    for entry, told in zip(entries, _told(entries, pen), strict=True):
        shape = entry.dimensions(pen)
        words = [sentence(line, pen.dialect) for line in told]
        words[-1] += pen.dialect.verbatim(", ") + shape if shape else ""
        found += [("" if number else entry.spelled(pen), line) for number, line in enumerate(words)]
    return found


def _told(entries: Sequence[Meaning], pen: Pen) -> list[list[str]]:
    """What each symbol means, in lines for which a page has room beside the symbols; a voice is told it at once."""
    latex = Pen(LATEX, pen.style)
    room = PAGE - _GAP - widest([entry.spelled(latex) for entry in entries])
    if pen.dialect is SPOKEN:
        return [[entry.words] for entry in entries]
    return [
        next((lines for count in _CHARACTERS
              if widest(list(map(words_latex, lines := in_lines(entry.words, count))))
              + latex_width(entry.dimensions(latex)) <= room), in_lines(entry.words, _CHARACTERS[-1]))
        for entry in entries
    ]  # fmt: skip
