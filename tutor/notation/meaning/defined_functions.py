r"""A letter that is a function by the equation that says what it is: ζ(X) = d/‖X‖²."""

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
