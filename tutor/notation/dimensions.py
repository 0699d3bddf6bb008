r"""Dimensions that a text gives its names, \mathbf{X}_{3 \times 2} and u: q × 1, and whether they can meet.

The vocabulary says which sizes are the same: the columns of X and the rows of β are both p. Whatever letters or numbers
a text gives them, it must give both the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from tutor.notation.finding import Finding
from tutor.notation.names import unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Sized:
    """A name with the dimensions that the text gives it, and where."""

    key: str
    sizes: tuple[str, str]
    start: int
    end: int

    @property
    def told(self) -> str:
        return f"{unicode_name(self.key)} is {self.sizes[0]} × {self.sizes[1]}"


def dimensions_apart(text: str, display: syntax.Display, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Names whose dimensions give one size of the vocabulary two values, each told with the first that differs."""
    given: dict[sympy.Symbol, tuple[str, _Sized]] = {}
    for named in _sized_names(text, display):
        known = vocabulary.lookup(named.key)
        tree = None if known is None else known.tree
        if tree is None or tree.is_scalar:
            continue
        for letter, size in zip(tree.shape, named.sizes, strict=True):
            if not isinstance(letter, sympy.Symbol):
                continue
            before, other = given.setdefault(letter, (size, named))
            if before != size:
                yield Finding(
                    "shapes-do-not-meet", named.start, named.end,
                    f"{other.told} and {named.told}: {before} cannot meet {size}.",
                )  # fmt: skip
                break


def _sized_names(text: str, display: syntax.Display) -> Iterator[_Sized]:
    """The names with dimensions of a text, in the order of their places."""
    found = []
    for node in syntax.postorder(display):
        subject, sizes = node, ()
        if isinstance(node, syntax.Named) and "×" in node.spelling.subscript:
            sizes = node.sizes
        elif isinstance(node, syntax.Dimension) and node.sign != "∈" and isinstance(node.size, syntax.Chain):
            subject, sizes = node.subject, node.size.factors
        if isinstance(subject, syntax.Named) and len(sizes) == 2:
            told = tuple(re.sub(r"[\s{}\\]", "", text[size.start : size.end]) for size in sizes)
            found.append(_Sized(subject.spelling.letters, (told[0], told[1]), node.start, node.end))
    yield from sorted(found, key=lambda named: named.start)
