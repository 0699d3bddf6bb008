"""A design described in a few lines: its indices, its equation as keys, what is random, and its units.

Every named design is such a description, and one function makes the model of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import sympy

from tutor.algebra.arrangement import Arrangement
from tutor.algebra.sizes import Size, SizeLike
from tutor.algebra.tree import Tree
from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.covariance import Covariance, random_covariance
from tutor.models.covariates import Known, coefficient_name
from tutor.models.design import design_size
from tutor.models.element_names import element_name, letters_of
from tutor.models.elementwise import elementwise
from tutor.models.index import IndexEffects, IndexModel, IndexRange, IndexTerm, Name
from tutor.models.layout import Index, Layout
from tutor.models.mixed import MixedModel
from tutor.models.plan import Plan, Repeats, Unit
from tutor.models.words import count

LETTERS = "ijklmopq"
"""Indices, in the order in which a design gives them out."""

EFFECTS = ("tau", "alpha", "gamma", "delta")
"""Treatment effects of the first factor, the second and so on, as lectures name them."""

RANDOM = "uvwzstpq"
"""Random effects in the order in which a design names them, as many as there are indices."""

FACTORS = "ABCDEFGH"
"""What factors are called that were given no names."""

SHORT = {"tau": "τ", "alpha": "α", "gamma": "γ", "delta": "δ"}

SCALAR = (int, str, sympy.Expr)
"""A size, as opposed to sizes of several factors."""

Treatments = SizeLike | Sequence[SizeLike] | Mapping[str, SizeLike | Sequence[str]]
"""One size; a size for each factor; or the sizes, or the names of the levels, by the names of the factors."""


@dataclass(frozen=True, slots=True)
class Factorial:
    """The treatments: the index of each factor, and the terms of its effects and of all their interactions."""

    indices: tuple[Index, ...]
    effects: tuple[str, ...]

    @property
    def letters(self) -> str:
        return "".join(index.letter for index in self.indices)

    @property
    def terms(self) -> list[str]:
        """τ_i, α_j, (τα)_ij: main effects first, then interactions of two, of three."""
        return [
            f"{''.join(self.effects[i] for i in chosen)}_{''.join(self.indices[i].letter for i in chosen)}"
            for number in range(1, len(self.indices) + 1)
            for chosen in combinations(range(len(self.indices)), number)
        ]

    @property
    def size(self) -> Size:
        """The number of treatments: combinations of levels."""
        return sympy.Mul(*(index.size for index in self.indices))

    @property
    def words(self) -> str:
        """How many there are, in words: "3 treatments", "3 × 4 treatments (variety × nitrogen)"."""
        if len(self.indices) == 1:
            return count(self.size, self.indices[0].name)
        names = " × ".join(index.name for index in self.indices)
        return " × ".join(str(index.size) for index in self.indices) + f" treatments ({names})"

    def levels(self, number: int) -> dict[str, int]:
        """The level of each factor, from 1, in the combination of this number, from 0: the last factor varies fastest.

        Raises
        ------
        TypeError
            For a number of levels that is a letter.
        """
        found: dict[str, int] = {}
        for index in reversed(self.indices):
            number, level = divmod(number, int(index.size))  # pyright: ignore[reportArgumentType]
            found[index.letter] = level + 1
        return found

    def codes(self, numbers: Sequence[int]) -> dict[str, list[int]]:
        """The level of each factor in each row, from the number of its combination."""
        rows = [self.levels(number) for number in numbers]
        return {index.letter: [row[index.letter] for row in rows] for index in self.indices}

    def __add__(self, other: Factorial) -> Factorial:
        return Factorial(self.indices + other.indices, self.effects + other.effects)


def treatment_factors(
    what: str,
    given: Treatments,
    name: str = "treatment",
    letters: str = "t",
    *,
    after: Factorial | None = None,
    start: int = 0,
    single: bool = False,
) -> Factorial:
    """The factors of treatments, ``after`` others; ``start`` indices are taken by what else the design has; times are a
    ``single`` one.

    ``name`` and ``letters`` are what a single factor is called, A or B without a name, and its size, the first of these
    letters that is free.

    Raises
    ------
    SizeError
        For a factor with fewer than two levels.
    DataError
        For no factor or more than four in all, or more than a ``single`` one, or levels that are not different names.
    """
    taken = 0 if after is None else len(after.indices)
    factors = _named_sizes(given, name, taken)
    left = len(EFFECTS) - taken
    if not 1 <= len(factors) <= left:
        beside = f" beside {count(sympy.Integer(taken), 'other')}" if taken else ""
        raise DataError(f"{what} has {count(sympy.Integer(len(factors)), 'factor')}{beside}; a design has one to "
                        f"{len(EFFECTS)} in all.", tip="Give fewer factors.")  # fmt: skip
    alone = len(factors) == 1
    if single and not alone:
        raise DataError(f"{what} has {len(factors)} factors, and this design takes one.",
                        tip="Give the number of their combinations, which are the treatments.")  # fmt: skip
    found = []
    for number, (label, size) in enumerate(factors):
        effect, letter = EFFECTS[taken + number], LETTERS[start + taken + number]
        levels = None
        if isinstance(size, Sequence) and not isinstance(size, str):
            levels = tuple(map(str, size))
            if len(set(levels)) < len(levels):
                raise DataError(f"The levels of {label} are {', '.join(levels)}; expected different names.")
            size = len(levels)
        extent = design_size(f"{what}[{label!r}]" if isinstance(given, Mapping) else what, size, 2)
        prefer = letters if alone else "abcd"[taken + number] + "pqs"[number % 3]
        found.append(
            Index(
                letter,
                label,
                extent,
                prefer,
                levels,
                prefix=label if len(label) == 1 else label[0].lower(),
                short=SHORT[effect],
            )
        )
    return Factorial(tuple(found), EFFECTS[taken : taken + len(found)])


def _named_sizes(given: Treatments, name: str, taken: int) -> list[tuple[str, SizeLike | Sequence[str]]]:
    if isinstance(given, Mapping):
        strange = [label for label in given if not (isinstance(label, str) and label.isidentifier())]
        if strange:
            raise DataError(f"{strange[0]!r} cannot name a factor.", tip="Take a word, as variety or nitrogen.")
        return list(given.items())
    if isinstance(given, SCALAR) or not isinstance(given, Iterable):
        return [(name or FACTORS[taken], given)]
    sizes = list(given)
    if len(sizes) == 1:
        return [(name or FACTORS[taken], sizes[0])]
    return list(zip(FACTORS[taken:], sizes, strict=False))


def next_letters(number: int, after: Factorial, *sizes: Size) -> str:
    """The next indices after those of the treatments that are not the letters of these sizes."""
    taken = {str(letter) for each in sizes for letter in each.free_symbols}
    return "".join(letter for letter in LETTERS[len(after.indices) :] if letter not in taken)[:number]


def with_samples(codes: Mapping[str, Sequence[int]], letter: str, samples: int) -> dict[str, list[int]]:
    """The rows of a layout with several samples of each, whose index has this letter."""
    each = range(1, samples + 1)
    rows = len(next(iter(codes.values())))
    return {**{own: [level for level in levels for _ in each] for own, levels in codes.items()}, letter: [*each] * rows}


def choice(what: str, given: str, known: Sequence[str] = ("random", "fixed")) -> str:
    """One of a few words. Raises UnknownNameError for another."""
    if given not in known:
        raise UnknownNameError(f"{what} =", str(given), known)
    return given


def describe(
    title: str,
    indices: Sequence[Index],
    terms: Sequence[str],
    *,
    units: Sequence[Unit],
    treatments: str = "",
    random: Mapping[str, str] | None = None,
    response: str = "",
    codes: Mapping[str, Sequence[int]] | None = None,
    determined: str = "",
    known: Known | None = None,
    relabelled: bool = False,
    structures: Mapping[str, Covariance] | None = None,
    residual: Covariance | None = None,
    repeated: str = "",
    zeros: Sequence[str] = (),
    structured: Mapping[str, Tree] | None = None,
    rank: Size | None = None,
    lines: str = "",
    repeats: Repeats | None = None,
    arrangement: Arrangement | None = None,
) -> MixedModel:
    """The model of a design.

    ``indices`` come from the slowest to the fastest, ``terms`` in the order of the equation, each its factors with
    blanks between them: "mu", "taualpha_ij", "v_i(k)", "x_ij beta_1". ``random`` says of which units the random
    letters are effects, ``structures`` their covariances where they are not independent, ``residual`` that of ε, and
    ``repeated`` is the index over which those are correlated. ``response`` has the indices of y, those of the rows in
    alphabetical order without it; ``zeros`` are effects that are 0. Where sizes are letters ``structured`` are the
    indicators of determined indices that are known, see `Layout`, and ``rank`` is that of X, where neither rows nor
    combinations of levels tell it; ``lines`` are the indices beside which the determined ones are orthogonal,
    ``arrangement`` is how these are drawn on an instance, and ``repeats`` units that are all alike, see `Plan`.

    Raises
    ------
    SizeError
        For a letter of a size that is an index of the equation too.
    DataError
        For a random effect with one level, or with a value for each observation.
    """
    indices = _with_size_letters(indices)
    _check_names(indices)
    layout = Layout(
        tuple(indices),
        None if codes is None else {k: tuple(v) for k, v in codes.items()},
        determined,
        None if structured is None else {frozenset(k): v for k, v in structured.items()},
        lines,
        None if codes is not None else arrangement,
    )
    random = random or {}
    response = response or "".join(sorted((index.letter for index in indices), key=LETTERS.index))
    read = tuple(map(_term, terms))
    index = IndexModel(
        response=Name(("y",), response),
        terms=read,
        residual=Name(("e",), response),
        effects=tuple(_effects(letter, of, read, layout, structures or {}) for letter, of in random.items()),
        ranges=tuple(_range(layout.index(letter)) for letter in response),
        zeros=tuple(map(element_name, zeros)),
        repeated=repeated,
        glossary=_glossary(read, random, layout),
    )
    plan = Plan(layout, tuple(units), treatments, relabelled, repeats)
    return elementwise(title, index, layout, known=known, residual=residual, plan=plan, rank=rank)


def _check_names(indices: Sequence[Index]) -> None:
    names = [index.name for index in indices]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DataError(f"Two factors of this design are called {twice}.",
                        tip="Give them names of their own, as {'variety': 3} in the place of 3.")  # fmt: skip


def _with_size_letters(indices: Sequence[Index]) -> list[Index]:
    """The indices with the letter for each size: of those that were preferred the first that is not taken."""
    used = {letter for index in indices for letter in index.letter}
    taken = {str(symbol) for index in indices for symbol in index.size.free_symbols}
    clash = sorted(used & taken)
    if clash:
        raise SizeError(f"{clash[0]} is an index of this design, so it cannot be a size.", tip="Take another letter.")
    found = []
    for index in indices:
        own = str(index.size) if index.size.is_Symbol else next((c for c in index.size_letter if c not in taken), "")
        taken.add(own)
        found.append(replace(index, size_letter=own))
    return found


def _term(text: str) -> IndexTerm:
    names = [element_name(key) for key in text.split()]
    (coefficient,) = (name for name in names if name.bases[0] != "x")
    covariates = tuple(name for name in names if name is not coefficient)
    return IndexTerm(coefficient, covariates, covariates_first=names[0] is not coefficient)


def _effects(
    letter: str, of: str, terms: Sequence[IndexTerm], layout: Layout, structures: Mapping[str, Covariance]
) -> IndexEffects:
    mine = [term for term in terms if term.coefficient.bases == (letter,)]
    names = tuple(term.coefficient for term in mine)
    if letter in structures:
        return IndexEffects(names, structures[letter])
    levels = layout.size(letters_of(names[0]))
    coefficients = [coefficient_name(term.covariates) for term in mine]
    return IndexEffects(names, random_covariance(letter, levels, of, coefficients))


def _glossary(terms: Sequence[IndexTerm], random: Mapping[str, str], layout: Layout) -> tuple[tuple[Name, str], ...]:
    """What the effects of single factors speak of, τ variety, α dose; nothing where the only ones are treatments."""
    told = []
    for term in terms:
        name = term.coefficient
        if len(letters_of(name)) == 1 and not term.covariates and name.bases[0] not in random:
            told.append((Name(name.bases), layout.index(name.indices).name))
    return tuple(told) if {factor for _, factor in told} - {"treatment", "block", "row", "column"} else ()


def _range(index: Index) -> IndexRange:
    extent = Name(("n",), index.differing) if index.differing else index.size
    return IndexRange(index.letter, extent, index.size_letter)
