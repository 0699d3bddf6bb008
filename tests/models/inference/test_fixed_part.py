"""Q of an expected mean square in effects is (Xβ)'A Xβ/f, exactly, whatever β is."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy

import tutor
from tests.models.designs import CASES, Case
from tutor.algebra.applied import Indexed
from tutor.algebra.nodes import Scaled
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models import catalogue as c
from tutor.models.averages import Averages
from tutor.models.from_formula import model as from_formula
from tutor.models.inference.fixed_part import fixed_part_in_effects, told_in_effects
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.orthogonal_terms import terms_are_orthogonal
from tutor.models.inference.sources import sources_of
from tutor.models.mixed import MixedModel


def number(tree: Tree) -> Any:
    """The entry of a 1 × 1 tree."""
    return tree.explicit()[0, 0]


def expanded(tree: Tree) -> Any:
    """The sums written out, with names such as taubar_. in them."""
    if isinstance(tree, Scaled):
        return expanded(tree.scalar) * expanded(tree.tree)
    if isinstance(tree, Indexed):
        return sympy.Add(*(expanded(tree.term(each)) for each in range(1, int(number(tree.last)) + 1)))
    return number(tree)


def value(tree: Tree, model: MixedModel, beta: dict[sympy.Basic, int]) -> sympy.Expr:
    """The value at effects: of a mean of effects that of all that it is a mean of."""
    found = expanded(tree)
    averages = Averages((model.beta,))
    put: dict[sympy.Basic, sympy.Expr] = {}
    for letter in found.free_symbols:
        mean = averages.name(str(letter))
        if mean is not None:
            put[letter] = number(mean.tree)
    return found.xreplace(put).xreplace(beta)


def balanced(case: Case) -> bool:
    try:
        return any(fixed_part_in_effects(case.model, source) is not None for source in sources_of(case.model))
    except TutorError:
        return False


WITH_EFFECTS = [case for case in CASES if balanced(case)]


def test_enough_designs_have_effects() -> None:
    assert len(WITH_EFFECTS) > 8


@pytest.mark.parametrize("case", WITH_EFFECTS, ids=str)
def test_the_part_of_fixed_effects_is_that_sum_of_squares(case: Case) -> None:
    model, rng = case.model, random.Random(1)
    assert model.beta.entries is not None
    squares = MeanSquares(model, sources_of(model))
    beta: dict[sympy.Basic, int] = {entry: rng.randint(-9, 9) for entry in model.beta.entries.flat()}
    mean = model.X.explicit() * model.beta.entries.xreplace(beta)
    for source in squares.sources:
        found = fixed_part_in_effects(model, source)
        if found is None:
            continue
        A = squares.projections[source.name].explicit()
        assert value(found, model, beta) == (mean.T * A * mean)[0, 0] / source.degrees_of_freedom


@pytest.mark.parametrize(("a", "s", "r"), [(2, 3, 2), (3, 2, 4)])
def test_letters_tell_what_numbers_do(a: int, s: int, r: int) -> None:
    numbers, letters = tutor.split_plot(a, s, r), tutor.split_plot("a", "s", "r")
    put = {"a": a, "s": s, "r": r}
    for one, other in zip(numbers.anova(), letters.anova(), strict=True):
        if one.fixed_part is None:
            assert other.fixed_part is None
            continue
        assert other.fixed_part is not None
        assert isinstance(other.fixed_part, Scaled)
        factor = number(other.fixed_part.scalar)
        factor = factor.xreplace({letter: sympy.Integer(put[str(letter)]) for letter in factor.free_symbols})
        assert factor == (number(one.fixed_part.scalar) if isinstance(one.fixed_part, Scaled) else 1)


@pytest.mark.parametrize("blocks_are", ["fixed", "random"])
def test_effects_that_add_up_to_nothing_leave_their_squares(blocks_are: str) -> None:
    model = tutor.rcbd("t", "b", blocks_are=blocks_are)  # pyright: ignore[reportArgumentType]
    (source,) = (source for source in sources_of(model) if source.name == "treatment")
    assert told_in_effects(model, source) == (
        "In effects Q(treatment) = (b/(t − 1)) (∑_{i=1}^t (τ_i − τ̄_·)²); with the usual ∑_{i=1}^t τ_i = 0 it is "
        "(b/(t − 1)) (∑_{i=1}^t τ_i²)."
    )


def test_the_line_of_the_table_tells_it() -> None:
    assert "In effects Q(treatment) =" in str(tutor.rcbd(3, 4).anova()["treatment"])
    assert "In effects" not in str(tutor.rcbd(3, 4).anova()["residual"])


def test_other_designs_keep_the_quadratic_form() -> None:
    for model in (tutor.alpha(12, 2, 3), tutor.regression([1, 2, 4])):
        assert all(line.fixed_part is None for line in model.anova())


def test_squares_of_numbers_have_effects_and_blocks_that_are_not_balanced_none() -> None:
    """The cells of a square are not all there, and its terms meet in proportion; those of incomplete blocks do not."""
    for make in (c.latin_square, c.graeco_latin):
        letters, numbers = make("t").anova(), make(4).anova()
        for left, right in zip(letters, numbers, strict=True):
            assert (left.fixed_part is None) == (right.fixed_part is None)
    assert [line.name for line in c.graeco_latin(4).anova() if line.fixed_part is not None] == ["latin", "greek"]
    for unbalanced in (c.alpha(12, 2, 3), c.augmented(2, 7, 3)):
        assert all(line.fixed_part is None for line in unbalanced.anova())


def test_terms_that_never_meet_are_not_orthogonal() -> None:
    assert terms_are_orthogonal(c.split_plot(2, 3, 4)) and terms_are_orthogonal(c.crossover(3))
    assert not terms_are_orthogonal(c.crossover(3, ["ABB", "BAA"])) and not terms_are_orthogonal(c.latin_square("t"))
    rows = {"y": [1, 2, 3, 4], "a": ["p", "p", "q", "q"], "b": ["u", "v", "w", "x"]}
    assert not terms_are_orthogonal(from_formula("y ~ a + b", data=rows))
