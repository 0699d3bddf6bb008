"""A design with letters for its sizes at numbers of them: what it leaves open, as the columns of treatments in a Latin
square, is that of the design with numbers, so that what a step takes for granted of it holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

from flint import fmpq_mat

from tests.exact import are_same, values_on
from tests.models.lettered_designs import Lettered
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Block, Symbol
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import DomainError
from tutor.models.mixed import MixedModel


@cache
def design_of_letters(design: Lettered) -> MixedModel:
    return design.symbolic


@cache
def design_of_numbers(design: Lettered, sizes: tuple[int, ...]) -> MixedModel:
    return design.design(*sizes)


class DesignInstance(DrawnInstance):
    """Random values for the parameters, numbers for the sizes, and the columns of X that these sizes have."""

    def __init__(
        self, design: Lettered, sizes: tuple[int, ...], trees: Iterable[Tree], seed: int, *, proper: bool = False
    ) -> None:
        known = {size(letter): number for letter, number in design.known(sizes).items()}
        super().__init__(trees, Random(seed), sizes=known, proper=proper)  # pyright: ignore[reportArgumentType]
        self._drawn.update(_open_columns(design, sizes))


@cache
def _open_columns(design: Lettered, sizes: tuple[int, ...]) -> dict[object, fmpq_mat]:
    """The blocks of X that only have a name with letters, as numbers."""
    letters, numbers = design_of_letters(design), design_of_numbers(design, sizes)
    if not isinstance(letters.X.definition, Block):
        return {}
    known = [(size(letter), number) for letter, number in design.known(sizes).items()]
    entries, first = None, 0
    found: dict[object, fmpq_mat] = {}
    for block in letters.X.definition.grid[0]:
        width = int(block.columns.subs(known))  # pyright: ignore[reportArgumentType]
        if isinstance(block, Symbol) and block.definition is None and block.name.startswith("X_"):
            entries = numbers.X.explicit().tolist() if entries is None else entries
            found[block] = fmpq_mat([[int(x) for x in line[first : first + width]] for line in entries])
        first += width
    return found


def assert_derivation_holds_in_design(derivation: Derivation, design: Lettered) -> None:
    """Every line has one value in the design at each of its sets of sizes; with fractions for the numbers where none
    has a value without."""
    for sizes in design.numbers:
        assert any(_holds(derivation, design, sizes, proper) for proper in (False, True)), "no instance has a value"
    assert all(step.because and step.rule for step in derivation.steps)


def _holds(derivation: Derivation, design: Lettered, sizes: tuple[int, ...], proper: bool) -> bool:
    try:
        values = values_on(DesignInstance(design, sizes, derivation.lines, 1, proper=proper), *derivation.lines)
    except DomainError:
        return False
    for step, value in zip(derivation.steps, values[1:], strict=True):
        assert are_same(value, values[0]), f"{step.rule}: {step.before} = {step.after} in {design} at {sizes}"
    return True
