"""Elements by their indices: y_12, ȳ_1·, v_2(1), y_i'j; and the levels that such a name tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar, Scaled, Sum, Transpose
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.element_names import letters_of, plain_name
from tutor.models.index import IndexModel, Name
from tutor.models.levels import BAR, DOT, SIGN, Level, key_at, key_over
from tutor.notation.names import RESIDUAL, split_given, unicode_name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

_PART = re.compile(r"[_,()|]+")
_WHOLE = re.compile(r"\d+|[a-z]'*|\.")
_ENDS_IN_INDEX = re.compile(r"[A-Za-z]+_[0-9h-o'.]*[h-o]")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of y, of ε or of a random term, or an average of elements: its name in the equation, the level of each
    of its indices (those in brackets last), and the names of what is given.

    ``plots`` are the levels of an average of y that an average of effects belongs to, where it is over the plots of
    that only and not over all levels equally often.
    """

    name: Name
    levels: tuple[Level, ...]
    given: tuple[str, ...] = ()
    plots: tuple[Level, ...] = ()

    @property
    def key(self) -> str:
        """The key by which it is written, without what is given: y_12, ybar_1., v_2(1)."""
        return key_over(self.name, self.plots) if self.plots else key_at(self.name, self.levels)

    @property
    def is_average(self) -> bool:
        """Whether an index is averaged over."""
        return DOT in self.levels

    def level(self, letter: str) -> Level:
        """The level of an index."""
        return self.levels[letters_of(self.name).index(letter)]

    def at(self, letters: str) -> tuple[Level, ...]:
        """The levels of these indices."""
        return tuple(map(self.level, letters))

    def __str__(self) -> str:
        return unicode_name(self.key)


def element_of(model: MixedModel, key: str) -> Element | None:
    """The element that a key names; None for what is no element of y, ε or a random term, as τ_1 and σ².

    Raises
    ------
    TutorError
        For too few or too many indices, for a level that there is not, and for an index in the place of another.
    """
    subject, given = split_given(key)
    base, underscore, below = subject.partition("_")
    averaged = base.endswith(BAR) and base.removesuffix(BAR) in _bases(model.index)
    known = _bases(model.index).get(base.removesuffix(BAR) if averaged else base)
    if known is None or not (underscore or averaged):
        return None
    for name in known:
        levels = levels_below(below, name) if underscore else (DOT,) * len(letters_of(name))
        if levels is not None and (DOT in levels) == averaged:
            _check(model, subject, name, levels)
            return Element(name, levels, given)
    raise _no_element(model, subject, known[0])


def with_primes(moment: Tree) -> Tree:
    """A moment in which the prime behind an element tells its last index from another, Cov(y_ij, y_ij'): the reader
    takes it for a transpose, which a number does not need."""
    parts = tuple(map(primed, moment.parts))
    return moment if parts == moment.parts else moment.rebuild(parts)


def primed(part: Tree) -> Tree:
    """Elements with a prime behind their last index, u_j', which the reader takes for a transpose, also in a sum of
    multiples; others as they are."""
    if isinstance(part, Sum):
        terms = tuple(map(primed, part.terms))
        if terms == part.terms:
            return part
        values = [term.value for term in terms if isinstance(term, Scalar)]
        return Scalar(sympy.Add(*values)) if len(values) == len(terms) else Sum(terms)
    if isinstance(part, Scaled) and isinstance(part.scalar, Scalar):
        inner = primed(part.tree)
        return Scalar(part.scalar.value * inner.value) if isinstance(inner, Scalar) else part
    if not isinstance(part, Transpose) or not isinstance(part.tree, Scalar) or not part.tree.value.is_Symbol:
        return part
    key = str(part.tree.value)
    return Scalar(sympy.Symbol(f"{key}'", real=True)) if _ENDS_IN_INDEX.fullmatch(key) else part


def indices_fit(model: MixedModel) -> bool:
    """Whether the elements of y are named by the indices of the equation, and not by their rows, as those of data."""
    if model.y.entries is None:
        return True
    subject = str(model.y.entries[0, 0])
    return levels_below(subject.partition("_")[2], model.index.response) is not None


def _bases(index: IndexModel) -> dict[str, list[Name]]:
    """The names of the response, of random effects and of the residual by their letter."""
    found: dict[str, list[Name]] = {}
    for name in (index.response, index.residual, *(name for effects in index.effects for name in effects.names)):
        found.setdefault("".join(name.bases), []).append(name)
    if RESIDUAL in found:
        found["epsilon"] = found[RESIDUAL]
    return found


def levels_below(below: str, name: Name) -> tuple[Level, ...] | None:
    """The levels that stand below a name, as numbers or letters; None where they are not as many as it has indices."""
    parts = [part for part in _PART.split(below) if part]
    signs = list(_signs(parts))
    number = [*name.number]
    for told in (parts, signs):
        mine = told[len(number) :]
        if told[: len(number)] == number and len(mine) == len(letters_of(name)) and all(map(_WHOLE.fullmatch, mine)):
            return tuple(int(level) if level.isdecimal() else level for level in mine)
    return None


def _signs(parts: Sequence[str]) -> Iterator[str]:
    """The indices one by one where they stand side by side; what is none as it is."""
    for part in parts:
        signs = SIGN.findall(part)
        yield from signs if "".join(signs) == part else (part,)


def _check(model: MixedModel, key: str, name: Name, levels: Sequence[Level]) -> None:
    ranges = {run.letter: run.extent for run in model.index.ranges}
    for letter, level in zip(letters_of(name), levels, strict=True):
        extent = ranges.get(letter)
        if isinstance(level, int) and (level < 1 or (not isinstance(extent, Name) and (extent - level).is_negative)):  # pyright: ignore[reportOptionalOperand]
            raise TutorError(
                f"{unicode_name(key)} is no element of this model: {_index(model, letter)} goes from 1 to {extent}.",
                tip="Take numbers within the sizes of the design.",
            )
        if isinstance(level, str) and level != DOT and level.rstrip("'") != letter:
            raise TutorError(
                f"{unicode_name(key)} has {level} in the place of {_index(model, letter)}.",
                tip=f"Write {letter} for any level there, {letter}′ for another one, or a number.",
            )


def _no_element(model: MixedModel, key: str, name: Name) -> TutorError:
    letters = letters_of(name)
    told = ", ".join(_index(model, letter) for letter in letters)
    many = f"{len(letters)} indices" if len(letters) > 1 else "one index"
    example = key_at(name, [*range(1, len(letters)), 12])
    return TutorError(
        f"{unicode_name(key)} is no element of this model: {plain_name(name)} has {many}, {told}.",
        tip=f"Write {unicode_name(key_at(name, [1] * len(letters)))}, and commas beside numbers above 9, as in "
        f"{unicode_name(example)}; a bar over the letter where a dot stands for an index.",
    )


def _index(model: MixedModel, letter: str) -> str:
    """An index in words: treatment i; an index without a name by its letter."""
    name = factor_of(model, letter)
    return letter if name == letter else f"{name} {letter}"


def factor_of(model: MixedModel, letter: str) -> str:
    """What an index counts: treatment, block; the letter itself where that has no name."""
    if model.plan is None:
        return letter
    return next((index.name for index in model.plan.layout.indices if index.letter == letter), letter)
