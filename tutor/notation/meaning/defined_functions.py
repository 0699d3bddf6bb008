r"""A letter that is a function by the equation that says what it is: ζ(X) = d/‖X‖², σ_G(T, t) = (1 + f_t) σ²_A."""

from __future__ import annotations

from functools import lru_cache

from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax


def is_left_side(name: syntax.Node, brackets: syntax.Node, context: Context) -> bool:
    """Whether a name and what stands in brackets behind it are all of the left side of an equation."""
    return (name.start, brackets.end) in _left_sides(context.usage)


@lru_cache(maxsize=8)
def _left_sides(usage: Usage) -> frozenset[tuple[int, int]]:
    """Where the left side of each equation stands."""
    return frozenset(
        (first.start, first.end) for first, *_ in (relation.sides for relation in usage.of(syntax.Relation))
    )


def is_defined(name: syntax.Node, brackets: syntax.Node, key: str, context: Context) -> bool:
    """Whether a letter that is no number of the vocabulary, by its ``key``, and what stands in brackets behind it are
    all of the left side of an equation. What is a number there is a factor: σ²V = …, though somebody set brackets."""
    return is_left_side(name, brackets, context) and key not in context.vocabulary


def is_defined_of_several(name: syntax.Named, brackets: syntax.Listed, context: Context) -> bool:
    """Whether somewhere in the text this name and several other names in brackets are all of the left side of an
    equation, and as many arguments stand here."""
    return (_sign(name), len(brackets.items)) in _functions_of_several(context.usage)


@lru_cache(maxsize=8)
def _functions_of_several(usage: Usage) -> frozenset[tuple[tuple[str, str, str], int]]:
    """The names that an equation defines as functions of several, and of how many."""
    found: set[tuple[tuple[str, str, str], int]] = set()
    for relation in usage.of(syntax.Relation):
        first = relation.sides[0]
        if len(relation.sides) == 1 or not isinstance(first, syntax.Chain) or len(first.factors) != 2:
            continue
        name, brackets = first.factors
        are_names = isinstance(brackets, syntax.Listed) and all(isinstance(of, syntax.Named) for of in brackets.items)
        if (
            isinstance(name, syntax.Named)
            and isinstance(brackets, syntax.Listed)
            and are_names
            and first.signs[1] == ""
        ):
            found.add((_sign(name), len(brackets.items)))
    return frozenset(found)


def _sign(name: syntax.Named) -> tuple[str, str, str]:
    return name.spelling.letters, name.spelling.accent, name.spelling.subscript
