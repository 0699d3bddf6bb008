"""Effects that are drawn about a mean, β_0j ~ N(γ_00, σ²_u): the mean is fixed, and u_0j = β_0j − γ_00 is random.

Gelman and Hill (2007, section 12.5) show that both ways to write it are one model.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.notation.statement import Equation, Statement, Term

DEVIATIONS = ("u", "v", "w", "b", "d")
"""Letters for what effects deviate by, the first that a text does not use."""


def deviations(keys: Sequence[str], used: Container[str], taken: Container[str] = ()) -> list[str] | None:
    """The keys of what some effects deviate by, with one letter that no key of ``used`` has; None where all are taken.

    Effects of one vector with the same indices are numbered; ``taken`` are deviations of other effects.

    >>> deviations(["alpha_j", "beta_j"], {"y", "v"}), deviations(["beta_0j"], {"u"}), deviations(["a_j"], {}, {"u_j"})
    (['u_0j', 'u_1j'], ['v_0j'], ['v_j'])
    """
    below = [key.partition("_")[2] for key in keys]
    if len(set(below)) < len(below):
        below = [f"{number}{own}" for number, own in enumerate(below)]
    for letter in DEVIATIONS:
        found = [f"{letter}_{own}" for own in below]
        if letter not in used and not any(key in taken for key in found):
            return found
    return None


def keys_of(equation: Equation) -> set[str]:
    """The keys on the right side of an equation."""
    return {key for term in equation.terms for tree in term.factors for key in letters_of_tree(tree)}


def letters_of_tree(tree: Tree) -> set[str]:
    """The keys of the letters in a scalar; none of any other tree."""
    return {str(symbol) for symbol in tree.value.free_symbols} if isinstance(tree, Scalar) else set()


def is_about_mean(key: str, mean: Tree) -> bool:
    """Whether an effect with an index is drawn about a mean in letters."""
    return bool(letters_of_tree(mean)) and any(map(str.isalpha, key.partition("_")[2]))


def is_deviation(key: str) -> bool:
    """Whether an effect is called as a deviation is: u_j about a mean that the equation has too would have it twice."""
    return key.partition("_")[0] in DEVIATIONS


def as_sum(key: str, mean: Tree, deviation: str, place: Statement) -> Equation:
    """The equation β_0j = γ_00 + u_0j of an effect, its mean and its deviation."""
    assert isinstance(mean, Scalar)
    symbol = Scalar(sympy.Symbol(deviation, real=True))
    sides = (Scalar(sympy.Symbol(key, real=True)), Scalar(mean.value + symbol.value))
    terms = tuple(Term((each,), place.start, place.end) for each in (mean, symbol))
    return Equation(sides, place.start, place.end, terms)
