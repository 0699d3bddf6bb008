r"""How the letters of a text are used: each as a factor of a product, with what is written below, above and beside it.

What a plain letter is, its text shows: what is transposed is no number, and what stands between a matrix and its
transpose is a matrix. The rules that say so ask the syntax and not the text, so that they hold for every spelling:
\mathbf{a}^\top, a' and aᵀ are one thing here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, NamedTuple, TypeVar

from tutor.notation.meaning.signs_above import exponent, mark
from tutor.notation.names import STAR
from tutor.notation.parsing import syntax
from tutor.notation.parsing.spelling import GREEK_COMMANDS

_Kind = TypeVar("_Kind", bound=syntax.Node)

BRACKET = "("
"""Stands for the letter where a factor is something in brackets; "" where it is anything else without a name."""

_GREEK = sorted((key for key in GREEK_COMMANDS if len(key) > 2), key=len, reverse=True)
_LETTERS = re.compile(rf"{'|'.join(_GREEK)}|[A-Za-z]")
_WORD = re.compile(r"[a-z]{3,}|[A-Za-z]{6,}")
"""Letters side by side that are no factors: a word."""

_CAPITALS = frozenset(ascii_uppercase)
_SMALL = frozenset(ascii_lowercase)
_GREEK_CAPITALS = frozenset(key for key in GREEK_COMMANDS if key[0].isupper())
_SMALL_GREEK = frozenset(key for key in GREEK_COMMANDS if key[0].islower())
_WRAPPED = syntax.Prime | syntax.Inverse | syntax.Power | syntax.Negated


class Factor(NamedTuple):
    """A letter as a factor, as it is written.

    ``above`` joins what stands above it: ``'`` for a prime, ``ᵀ`` for another sign of a transpose, ``T`` or ``t`` for a
    letter that may be one, ``-1``, ``2``, ``1/2``, ``-1/2``, ``(t)``, or ``^`` for another exponent; ``below`` its
    subscript. A ``glued`` letter stands directly behind another one, as the G of ZG.
    """

    letter: str
    accent: str = ""
    below: str = ""
    above: str = ""
    bold: bool = False
    glued: bool = False
    node: syntax.Node | None = None

    @property
    def key(self) -> str:
        """The key of its name: its letter, its accent and its subscript."""
        return self.letter + self.accent + (f"_{self.below}" if self.below else "")

    @property
    def spelled(self) -> tuple[str, str, str]:
        """Its letter, its accent and its subscript: what tells a letter from others wherever it stands."""
        return self.letter, self.accent, self.below

    @property
    def unit(self) -> str:
        """Its subscript, but for the star of what is transformed: the i of X_i^*."""
        return self.below.removeprefix(f"{STAR}_")

    @property
    def is_transposed(self) -> bool:
        """Whether it is transposed by a prime, by a sign of its own, or by a capital T."""
        return self.above[-1:] in {"'", "ᵀ", "T"}

    @property
    def is_inverted(self) -> bool:
        return "-1" in self.above

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands above or below it."""
        return not (self.above or self.below)

    @property
    def is_numbered(self) -> bool:
        """Whether one digit stands below it, as in X_1."""
        return len(self.below) == 1 and self.below.isdigit()

    @property
    def is_alone(self) -> bool:
        """Whether the letter is a name by itself, and stands not side by side with others."""
        return isinstance(self.node, syntax.Named) and self.node.spelling.letters == self.letter

    @property
    def is_capital(self) -> bool:
        """Whether it is one of A to Z."""
        return self.letter in _CAPITALS

    @property
    def is_small(self) -> bool:
        """Whether it is one of a to z."""
        return self.letter in _SMALL

    @property
    def is_greek(self) -> bool:
        return self.letter in GREEK_COMMANDS

    @property
    def is_greek_capital(self) -> bool:
        return self.letter in _GREEK_CAPITALS

    @property
    def is_small_greek(self) -> bool:
        return self.letter in _SMALL_GREEK


NOTHING = Factor("")
"""No letter, of which nothing is so."""

Product = tuple[Factor, ...]

pairs = pairwise
"""Each factor of a product with the one behind it."""


class Usage:
    """The uses of the letters of one text.

    >>> from tutor.notation.parsing.parse import Parse
    >>> text = "ZGZ' + R_0"
    >>> for product in Usage(text, Parse(text).display(0, len(text))).products:
    ...     print([(factor.letter, factor.above, factor.below) for factor in product])
    [('Z', '', ''), ('G', '', ''), ('Z', "'", '')]
    [('R', '', '0')]
    """

    def __init__(self, text: str, display: syntax.Node | None, plain: Container[syntax.Node] = frozenset()) -> None:
        """``plain`` are the cells that are plain sums of numbers: of what letters are they tell nothing."""
        self.text = text
        self._told: dict[syntax.Node, Product] = {}  # asked for by rule after rule
        self._cells: list[syntax.Node] = []
        self._nodes: dict[type[syntax.Node], list[Any]] = defaultdict(list)
        self.products: tuple[Product, ...] = () if display is None else tuple(self._found(display, plain))[::-1]
        self.factors: tuple[Factor, ...] = tuple(factor for product in self.products for factor in product)

    @cached_property
    def in_cells(self) -> tuple[Factor, ...]:
        """The letters in the cells that are plain sums of numbers, as the σ_uv of a matrix: of those with one spelling
        and one exponent the last only, for the cells are many and their letters few."""
        found: dict[tuple[int, str], syntax.Node] = {}
        pending = list(self._cells)
        while pending:
            node = pending.pop()
            match node:
                case syntax.Number():
                    pass
                case syntax.Named(spelling=spelling):
                    found[id(spelling), ""] = node
                case syntax.Power(base=syntax.Named(spelling=spelling), exponent=syntax.Number(digits=digits)):
                    found[id(spelling), digits] = node
                case _:
                    pending += node.parts
        return tuple(factor for node in found.values() for factor in product_of(node, self.text))

    def around(self, name: syntax.Named) -> tuple[Factor, Factor, Factor]:
        """The factor before a name, the last letter of the name itself, and the factor behind it, each `NOTHING` where
        there is none."""
        return self._around.get(name.start, (NOTHING, NOTHING, NOTHING))

    @cached_property
    def _around(self) -> dict[int, tuple[Factor, Factor, Factor]]:
        found: dict[int, tuple[Factor, Factor, Factor]] = {}
        for product in self.products:
            for before, factor, behind in with_neighbours(product):
                if isinstance(factor.node, syntax.Named):
                    first = found.get(factor.node.start, (before,))[0]
                    found[factor.node.start] = (first, factor, behind)
        return found

    def of(self, kind: type[_Kind]) -> Sequence[_Kind]:
        """The nodes of one kind, in no particular order; names, primes, inverses and powers only where they are no
        factors of a product, for those are in ``products``."""
        return self._nodes.get(kind, ())

    def product(self, node: syntax.Node) -> Product:
        """A node as a product; of a quotient what is divided."""
        told = self._told.get(node)
        if told is None:
            inner = node.inner if isinstance(node, syntax.Negated) else node
            is_chain = isinstance(inner, syntax.Chain)
            told = next(_products(inner, self.text)) if is_chain else tuple(product_of(inner, self.text))
            self._told[node] = told
        return told

    def single(self, node: syntax.Node | None) -> Factor:
        """A node that is one letter; `NOTHING` for any other."""
        product = () if node is None else self.product(node)
        return product[0] if len(product) == 1 else NOTHING

    def terms(self, node: syntax.Node) -> list[tuple[str, Product]]:
        """The terms of a sum with their signs, "+", "-" or "±"; one term of what is no sum."""
        if isinstance(node, syntax.Sum):
            return [(sign, self.product(term)) for sign, term in zip(node.signs, node.terms, strict=True)]
        return [("+", self.product(node))]

    @cached_property
    def beside(self) -> tuple[tuple[Factor, Factor], ...]:
        """Each factor with the one behind it, of all products."""
        return tuple(pair for product in self.products for pair in pairs(product))

    @cached_property
    def in_threes(self) -> tuple[tuple[Factor, Factor, Factor], ...]:
        """Each factor with the two behind it, of all products."""
        return tuple(triple for product in self.products if len(product) > 2 for triple in triples(product))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that are factors anywhere in the text."""
        return frozenset(factor.letter for factor in self.factors)

    def has(self, first: str, second: str) -> bool:
        """Whether a letter with nothing above or below it stands before another one, as in Xb."""
        return any(
            before.letter == first and before.is_bare and behind.letter == second for before, behind in self.beside
        )

    def arguments(self, letters: Container[str]) -> Iterator[tuple[Factor, tuple[syntax.Node, ...]]]:
        """Letters with what stands in brackets behind them, be it read as a function, ℓ(β, γ), or as factors, V(γ)."""
        for call in self.of(syntax.Call):
            if call.spelling.letters in letters:
                yield product_of(call, self.text)[0], call.arguments
        for product in self.products:
            for name, brackets in pairs(product):
                if name.letter not in letters:
                    continue
                match brackets.node:
                    case syntax.Group(inner=inner):
                        yield name, (inner,)
                    case syntax.Listed(items=items):
                        yield name, items
                    case syntax.Conditional():
                        yield name, (brackets.node,)
                    case _:
                        pass

    def first_letter(self, factor: Factor) -> Factor:
        """The letter that a factor begins with, in brackets that of its first factor: the X' of (X'X)⁻¹ and (X'X)⁻."""
        while True:
            match factor.node:
                case syntax.Group(inner=inner) | syntax.Call(function="generalized inverse", arguments=(inner,)):
                    factor = self.terms(inner)[0][1][0]
                case _:
                    return factor

    def quotients(self) -> Iterator[tuple[Product, Product]]:
        """What is divided, and what it is divided by."""
        for fraction in self.of(syntax.Fraction):
            yield self.product(fraction.above), self.product(fraction.below)
        for chain in self.of(syntax.Chain):
            if "/" in chain.signs:
                yield from pairwise(_products(chain, self.text))

    def equations(self) -> Iterator[tuple[syntax.Node, syntax.Node]]:
        """The sides of each equation; of one with several signs, each side with the next."""
        for relation in self.of(syntax.Relation):
            yield from pairwise(relation.sides)

    def within(self, node: syntax.Node) -> Iterator[Factor]:
        """The factors in a node."""
        return (f for f in self.factors if f.node is not None and node.start <= f.node.start < node.end)

    def _found(self, display: syntax.Node, plain: Container[syntax.Node]) -> Iterator[Product]:
        pending = [display]
        while pending:
            node = pending.pop()
            if node in plain:
                self._cells.append(node)
                continue
            self._nodes[type(node)].append(node)
            if isinstance(node, syntax.Chain):
                yield from _products(node, self.text)
                for factor in node.factors:
                    pending += _within(factor)
            elif isinstance(node, syntax.Named | _WRAPPED):
                yield tuple(product_of(node, self.text))
                pending += _within(node)
            else:
                pending += parts(node)


def triples(product: Product) -> Iterator[tuple[Factor, Factor, Factor]]:
    """Each factor of a product with the two behind it."""
    return zip(product, product[1:], product[2:], strict=False)


def with_neighbours(product: Product) -> Iterator[tuple[Factor, Factor, Factor]]:
    """Each factor of a product between the one before and the one behind it, `NOTHING` at an end."""
    return zip((NOTHING, *product), product, (*product[1:], NOTHING), strict=False)


def elements(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """What is listed in a vector or a matrix, as b and ε in (b, ε)'; nothing of what is no list."""
    while isinstance(node, syntax.Prime | syntax.Group):
        node = node.inner
    match node:
        case syntax.Matrix(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case syntax.Listed(items=items):
            return items
        case _:
            return ()


def parts(node: syntax.Node) -> Iterator[syntax.Node]:
    """The nodes directly below one, with the body of a sum and the statements that stand within another."""
    yield from node.parts
    match node:
        case syntax.Operated():
            yield from (part for part in (node.operator.first, node.operator.last, node.body) if part is not None)
        case syntax.Labelled():
            yield node.relation
        case syntax.Cases():
            yield from (value for value, _ in node.rows)
        case _:
            pass


def _products(chain: syntax.Chain, text: str) -> Iterator[Product]:
    """The products of a chain of factors: each divisor begins one of its own."""
    found: list[Factor] = []
    for sign, factor in zip(chain.signs, chain.factors, strict=True):
        if sign == "/" and found:
            yield tuple(found)
            found = []
        found += product_of(factor, text)
    yield tuple(found)


def product_of(node: syntax.Node, text: str) -> list[Factor]:
    """A node as factors: the letters of a name, of which the last has what stands above and below, or one factor."""
    above = ""
    while isinstance(node, _WRAPPED):
        match node:
            case syntax.Prime(letter=letter):
                above = (letter or mark(node, text)) + above
                node = node.inner
            case syntax.Inverse():
                above, node = "-1" + above, node.inner
            case syntax.Power():
                above, node = exponent(node.exponent, text) + above, node.base
            case _:
                node = node.inner
    inner = node.inner if isinstance(node, syntax.Group) else None
    if above and isinstance(inner, syntax.Named) and inner.spelling.subscript == STAR:
        node = inner  # (x^*)'
    if isinstance(node, syntax.Named):
        return _letters_of(node, above)
    if isinstance(node, syntax.Number):
        return [Factor(node.digits, above=above, node=node)]
    if isinstance(node, syntax.Call) and len(node.spelling.letters) == 1:
        name = node.spelling  # a function, or a factor before brackets
        before = Factor(name.letters, name.accent, name.subscript, "", name.bold)
        return [before, Factor(BRACKET, above=above, node=node)]
    letter = BRACKET if isinstance(node, syntax.Group | syntax.Listed) else ""
    return [Factor(letter, above=above, node=node)]


def _letters_of(named: syntax.Named, above: str) -> list[Factor]:
    spelling = named.spelling
    letters, below = [spelling.letters], spelling.subscript
    if spelling.run and spelling.letters.isascii() and not _WORD.fullmatch(spelling.letters):
        letters = _LETTERS.findall(spelling.letters)
        below = spelling.letters[len(spelling.letters.rstrip(digits)) :] + below  # Z1 is Z_1
    last = Factor(letters[-1], spelling.accent, below, above, spelling.bold, len(letters) > 1, named)
    before = [Factor(letter, bold=spelling.bold, glued=at > 0, node=named) for at, letter in enumerate(letters[:-1])]
    return [*before, last]


def _within(node: syntax.Node) -> list[syntax.Node]:
    """What is still to be looked into of a factor: what stands in its brackets, in its exponents, or below a name."""
    found: list[syntax.Node] = []
    while isinstance(node, _WRAPPED):
        if isinstance(node, syntax.Power):
            found.append(node.exponent)
            node = node.base
        else:
            node = node.inner
    return found if isinstance(node, syntax.Named | syntax.Number) else [*found, node]
