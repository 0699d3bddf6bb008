"""Two forms of one thing, read together: letters that a vocabulary lacks are the same in both, of the sizes that fit.

A law is about any matrices: tr(AB) = tr(BA), Var(a'y) = a'Va. A capital that is no name is a matrix, a small letter
that is transposed or bold a vector, and another before a capital, as c in cA, a number.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from types import MappingProxyType
from typing import Literal

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, ShapeError
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.customs import by_custom
from tutor.notation.meaning.side_by_side import exact, split
from tutor.notation.meaning.special import SIZED, hole
from tutor.notation.meaning.state import statement
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.drawn import on_one_line
from tutor.notation.parsing.parse import Parse
from tutor.notation.statement import Equation
from tutor.notation.vocabulary import Name, Vocabulary

Kind = Literal["matrix", "vector", "number"]

_ROWS, _COLUMNS = "nmrst", "klhdw"
"""Letters for sizes that nothing tells, in turn: square A and B are n × n and m × m."""

_NEW = "new "


@dataclass(frozen=True, slots=True)
class _Letter:
    kind: Kind
    place: syntax.Named


def read_forms(start: str, goal: str, vocabulary: Vocabulary) -> tuple[Tree, Tree] | None:
    """Both forms, where the first brings letters that the vocabulary lacks; None where it brings none.

    What only the second one brings is no name. One text must be one expression.

    Raises
    ------
    ReadError, ShapeError
        As `read` does, with places in the text "start = goal".
    """
    texts = [clean(on_one_line(text)) for text in (start, goal)]
    text = " = ".join(texts)
    parse = Parse(text)
    display = parse.display(0, len(text))
    node = display.statements[0]
    if len(display.statements) > 1 or not isinstance(node, syntax.Relation) or node.signs != ("=",):
        return None
    # Of a single formula custom tells that the k of k'β is as long as β; of a law k is any vector.
    any_vectors = {key for key, _ in _vectors(node, vocabulary)}
    usage = Usage(text, node)
    custom = by_custom(vocabulary, usage)
    names = {key: name for key, name in custom.names.items() if key not in any_vectors}
    vocabulary = replace(custom, names=MappingProxyType(names))
    letters = _letters(node, vocabulary)
    if not letters:
        return None

    def read(relation: syntax.Relation) -> tuple[Tree, ...]:
        context = Context(text, usage, vocabulary, frozenset(parse.size_names))
        context = replace(context, vocabulary=_with_letters(letters, context))
        found = statement(relation, context, None)
        assert isinstance(found, Equation)
        return found.sides

    # The sizes of one side may tell those of the other, and not the other way round: vec(ABC) = (C' ⊗ A) vec(B).
    try:
        first, second = read(node)
    except (ReadError, ShapeError) as error:
        try:
            second, first = read(replace(node, sides=node.sides[::-1]))
        except (ReadError, ShapeError):
            raise error from None
    return first, second


def _letters(relation: syntax.Relation, vocabulary: Vocabulary) -> dict[str, _Letter]:
    """The new letters of the first side, each with what it is; vectors are known by a prime on either side."""
    vectors = {key: _Letter("vector", place) for key, place in _vectors(relation, vocabulary)}
    found: dict[str, _Letter] = {}
    for node in syntax.postorder(relation.sides[0]):
        if isinstance(node, syntax.Named) and _is_plain(node):
            for key in _new_in(node, vectors, vocabulary):
                found[key] = vectors.get(key) or _Letter("matrix" if key.isupper() else "number", node)
    return found


def _vectors(relation: syntax.Relation, vocabulary: Vocabulary) -> Iterator[tuple[str, syntax.Named]]:
    """Small letters that are transposed or bold, which the vocabulary lacks or knows as numbers."""
    for node in syntax.postorder(relation):
        named = node.inner if isinstance(node, syntax.Prime) else node
        if not isinstance(named, syntax.Named) or not _is_plain(named):
            continue
        letters = named.spelling.letters
        is_bold_letter = named.spelling.bold and len(letters) == 1
        is_vector = letters[-1].islower() and (isinstance(node, syntax.Prime) or is_bold_letter)
        if is_vector and _is_no_vector(letters, vocabulary):
            yield letters[-1], named


def _is_plain(named: syntax.Named) -> bool:
    spelling = named.spelling
    return spelling.letters.isascii() and spelling.letters.isalpha() and not spelling.subscript and not spelling.accent


def _is_no_vector(letters: str, vocabulary: Vocabulary) -> bool:
    """Whether what ends a name is a letter by itself that is unknown, or a number."""
    whole, last = vocabulary.lookup(letters), vocabulary.lookup(letters[-1])
    if len(letters) > 1 and (whole is not None or not letters[-2].isupper()):
        return False
    return last is None or last.tree.is_scalar


def _new_in(named: syntax.Named, vectors: Container[str], vocabulary: Vocabulary) -> list[str]:
    """The new letters of one name, AB or cA or A; none where it cannot be cut into letters and names."""
    letters = named.spelling.letters
    context = Context(letters, Usage(letters, named), vocabulary)
    known = exact(context)
    if letters in vectors:
        return [letters]
    if letters in SIZED or vocabulary.lookup(letters) is not None or (len(letters) > 1 and not named.spelling.run):
        return []
    if len(letters) > 1 and split(letters, context, known) is not None and not any(v in vectors for v in letters):
        return []

    def meaning(part: str) -> Tree | None:
        told = None if part in vectors else known(part)
        if told is None and len(part) == 1 and (part.isupper() or part in vectors or part == letters[0] != letters):
            return Scalar(sympy.Symbol(_NEW + part))
        return told

    parts = split(letters, context, meaning) or ()
    told = [str(part.value) for part in parts if isinstance(part, Scalar)]
    return [key.removeprefix(_NEW) for key in told if key.startswith(_NEW)]


def _with_letters(letters: Mapping[str, _Letter], context: Context) -> Vocabulary:
    """The vocabulary with the new letters, whose sizes are still to be found."""
    rows, columns = (cycle(letters) for letters in (_ROWS, _COLUMNS))
    names: dict[str, Name] = dict(context.vocabulary.names)
    for key, letter in letters.items():
        if letter.kind == "number":
            names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
            continue
        height = hole(letter.place, context, True)
        width = ONE if letter.kind == "vector" else hole(letter.place, context, True)
        context.sizing.defaults[height] = size(next(rows))
        if isinstance(width, sympy.Symbol):
            context.sizing.defaults[width] = size(next(columns))
        tree = context.sizing.placeholder((height, width), lambda known, key=key: Symbol(key, *known), name=key)
        names[key] = Name(key, tree, bold=tree)
    return replace(context.vocabulary, names=MappingProxyType(names))
