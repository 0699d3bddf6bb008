"""What is given something else: y | u, and the arguments of a moment or a density that are all given the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import sympy

from tutor.algebra.applied import OF_EACH_ELEMENT, Applied
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Sum, Symbol, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace as replaced
from tutor.algebra.walk import symbols_of, walk
from tutor.notation.names import GREEK, LATIN_E, RESIDUAL, split_base, split_given, split_key
from tutor.notation.writing.dialects import BOLD_UNICODE, UNICODE
from tutor.notation.writing.pen import Bind, Pen, Piece, written

_OF_OBSERVATIONS = frozenset({"f", "p", "P", "L", "ell", "g"})
"""Densities, probabilities, likelihoods and links, in which a plain y is one observation."""

_OF_PLACES = frozenset({"C", "K"})
"""Functions of two places, which are vectors or numbers."""

_BOLD_PLACES = frozenset({"r", "x"})


def telling_vectors(pen: Pen) -> Pen:
    """The pen with bold letters whatever the style, where only these tell vectors from their elements."""
    dialect = BOLD_UNICODE if pen.dialect is UNICODE else pen.dialect
    return replace(pen, dialect=dialect, style=replace(pen.style, bold=True))


def conditional(subject: str, given: tuple[str, ...], pen: Pen, *, bold: bool) -> Piece:
    """A name and what is given, y | u. What is given is a vector unless it has a subscript of its own: b_i | y_i are
    vectors of one unit, and y_1 | y_2 parts of one vector."""
    base, _, unit = split_key(subject)
    name = pen.dialect.name(pen.style.key(subject), bold=bold and pen.style.bold)
    vectors = [key for key in given if bold and (split_key(key)[2] == unit or split_key(key)[0] == base)]
    if not bold and len(subject) == 1 and subject.isupper():
        pen = replace(pen, style=replace(pen.style, bold=False))  # of one random variable another is given, Y | X
    return _told(name, given, pen, bold=bold, vectors=vectors)


def _told(subject: str, given: tuple[str, ...], pen: Pen, *, bold: bool, vectors: Sequence[str] = ()) -> Piece:
    """What stands before the bar, and the names that are given, some of which are vectors for sure."""
    names = []
    for key in given:
        _, is_squared, subscripts = split_key(key)
        is_vector = not (is_squared or (subscripts and key not in vectors)) and (bold or key not in GREEK)
        names.append(pen.dialect.name(pen.style.key(key), bold=is_vector and pen.style.bold))
    return Piece(f"{subject} {pen.dialect.relation('|')} {pen.dialect.comma.join(names)}", Bind.SUM, open_end=True)


def call_given(
    function: str, arguments: Sequence[Tree], pen: Pen, *, below: str = "", is_inverse: bool = False,
    parted: Sequence[int] = (),
) -> Piece:  # fmt: skip
    """A function of arguments, parted by semicolons behind some; of several that are given the same it is told behind
    the last, as in Cov(a, b | u)."""
    is_of_vector = function in OF_EACH_ELEMENT and not arguments[0].is_scalar
    keys = [_key(argument) for argument in arguments]
    conditions = [_conditions(argument, key) for argument, key in zip(arguments, keys, strict=True)]
    base = function.partition("_")[0]  # f of f_{n_i}
    is_letter = len(base) == 1 or base in GREEK
    primes = base.count("'")
    letter = function.replace("'", "", primes)
    own, accent = split_base(base.rstrip("'"))
    is_of_data = bool(parted or primes or accent) or (any(conditions) and is_letter)
    tells = is_of_vector or is_of_data or base in _OF_OBSERVATIONS or base in _OF_PLACES
    tells = tells or (is_letter and any(map(_is_bold_place, arguments)))
    pen = telling_vectors(pen) if tells else pen
    pieces = _pieces(arguments, keys, conditions, pen)
    tall = any(piece.tall for piece in pieces)
    texts = _parted([piece.text for piece in pieces], parted, pen)
    is_name = letter in GREEK or "_" in letter or accent != ""
    if not is_name and not is_inverse:
        return Piece(pen.dialect.applied(function, texts, tall, below=below), tall=tall, word=True)
    is_residual = own == (RESIDUAL,)  # a function e is no ε
    head = pen.dialect.name(LATIN_E + letter[len(RESIDUAL) :] if is_residual else letter)
    for _ in range(primes):
        head = pen.dialect.transposed(head, replace(pen.style, transpose="prime"))
    head = pen.dialect.inverted(head) if is_inverse else head
    return Piece(
        pen.dialect.called(pen.dialect.subscript(head, below) if below else head, texts, tall), tall=tall, word=True
    )


def _is_bold_place(tree: Tree) -> bool:
    """Whether a letter of places is a vector in a tree, the r of Z(r + h): it is a place only where it is bold."""
    names = (tree.terms if isinstance(tree, Sum) else (tree,)) if not tree.is_scalar else ()
    return any(isinstance(name, Symbol) and name.name.partition("_")[0] in _BOLD_PLACES for name in names)


def moment_given(function: str, arguments: Sequence[Tree], pen: Pen) -> Piece:
    """E, Var or Cov of arguments; of forms whose parts are all given the same it is told once, as in Var(X'y | u)."""
    keys = [_key(argument) for argument in arguments]
    conditions = [_conditions(argument, key) for argument, key in zip(arguments, keys, strict=True)]
    pieces = _pieces(arguments, keys, conditions, pen)
    tall = any(piece.tall for piece in pieces)
    return Piece(pen.dialect.applied(function, [piece.text for piece in pieces], tall), tall=tall, word=True)


def _pieces(
    arguments: Sequence[Tree], keys: Sequence[str], conditions: Sequence[tuple[str, ...]], pen: Pen
) -> list[Piece]:
    """The arguments, of which the last that is given something tells it for those before."""
    pieces = [pen.signed(written(argument, pen)) for argument in arguments]
    bar = max((at for at, given in enumerate(conditions) if given), default=0)
    if bar and len(set(conditions[: bar + 1])) == 1:
        pieces[:bar] = [Piece(_subject(*told, pen)) for told in zip(arguments[:bar], keys[:bar], strict=True)]
    last = arguments[bar]
    if conditions[bar] and not keys[bar] and not isinstance(last, Applied):
        is_of_vectors = any(split_given(symbol.name)[1] and not symbol.is_scalar for symbol in symbols_of(last))
        pieces[bar] = _told(_subject(last, "", pen), conditions[bar], pen, bold=is_of_vectors)
    return pieces


def is_letter(key: str) -> bool:
    """Whether the key of a function is one letter, perhaps with an accent."""
    letters = split_base(key)[0]
    return len(letters) == 1 and (len(letters[0]) == 1 or letters[0] in GREEK)


def vector_at(key: str, arguments: Sequence[Tree], pen: Pen) -> Piece:
    """The value of a vector that varies with time, x(t): its letter is bold."""
    pen = telling_vectors(pen)
    pieces = [pen.signed(written(argument, pen)) for argument in arguments]
    tall = any(piece.tall for piece in pieces)
    head = pen.dialect.name(key, bold=True)
    return Piece(pen.dialect.called(head, [piece.text for piece in pieces], tall), tall=tall, word=True)


def _parted(texts: list[str], parted: Sequence[int], pen: Pen) -> list[str]:
    """Arguments, or all of them as one where semicolons stand among them."""
    if not parted:
        return texts
    groups = [texts[start:end] for start, end in pairwise((0, *parted, len(texts)))]
    return [pen.dialect.semicolon.join(pen.dialect.comma.join(group) for group in groups)]


def _key(tree: Tree) -> str:
    """The key of a name, with what it is given; none for anything else."""
    if isinstance(tree, Symbol):
        return tree.name
    return tree.value.name if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Symbol) else ""


def _conditions(tree: Tree, key: str) -> tuple[str, ...]:
    """The names that are given, also of a value that is no name, β̂(θ) | y, and of a form, all of whose names that vary
    are given the same."""
    if isinstance(tree, Applied) and tree.function == "|":
        given = tuple(_key(part) for part in tree.arguments[1:])
        return given if all(given) else ()
    if key or isinstance(tree, Applied):
        return split_given(key)[1]
    if any(isinstance(node, Expectation | Variance | Covariance) for node in walk(tree)):
        return ()  # E(Var(y | u)): what is given belongs to the inner one
    told = {split_given(symbol.name)[1] for symbol in symbols_of(tree) if symbol.role == "random"}
    return told.pop() if len(told) == 1 else ()


def _subject(tree: Tree, key: str, pen: Pen) -> str:
    """The name, or the value, without what it is given."""
    if isinstance(tree, Applied) and tree.function == "|":
        return pen.whole(tree.arguments[0])
    if not key:
        return pen.whole(_without_given(tree))
    return pen.dialect.name(pen.style.key(split_given(key)[0]), bold=pen.style.bold and not tree.is_scalar)


def _without_given(tree: Tree) -> Tree:
    """A form in names that are given something, in the names alone."""
    plain: dict[Tree, Tree] = {symbol: Symbol(split_given(symbol.name)[0], *symbol.shape) for symbol in symbols_of(tree)
             if split_given(symbol.name)[1]}  # fmt: skip
    return replaced(tree, plain)
