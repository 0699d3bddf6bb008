r"""The terms of a model equation, y = Xb + Za + Wm + Spe + e: a capital is a design and the letters behind it effects,
also where they count elsewhere, as m, or are two, as the pe of permanent environments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import Product, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_EFFECTS = frozenset("acdfghmpsvw") | {"pe"}
_BESIDE_ENVIRONMENTS = frozenset("acdhmpsvw") | {"pe"}
_RESPONSES = frozenset("yY")
_DESIGNS = frozenset("ABCDEFGHKLMNOPQRSTUVWXYZ")


def of_terms(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such designs and effects, but for those that the vocabulary has as matrices and vectors.

    >>> from tutor.notation.parsing.parse import Parse
    >>> from tutor.notation.vocabulary import lecture_vocabulary
    >>> text = "y = Xb + Zu + Wm + Spe + e"
    >>> sorted(of_terms(lecture_vocabulary(), Usage(text, Parse(text).display(0, len(text)))))
    ['S', 'W', 'm', 'pe']
    """
    if usage.letters.isdisjoint(_RESPONSES) and "pe" not in usage.text:
        return {}
    y, u = vocabulary.lookup("y"), vocabulary.lookup("u")
    if y is None or u is None:
        return {}
    effects = set(_environments(usage))
    designs: set[str] = set()
    for design, effect in _terms(usage):
        known = vocabulary.lookup(effect)
        if effect == "pe" or (known is not None and known.tree.is_scalar):
            designs.add(design)
            effects.add(effect)
    names = {letter: Name(letter, Symbol(letter, u.tree.rows, ONE, "random")) for letter in effects}
    new = {letter for letter in designs if letter not in vocabulary.names}
    return names | {letter: Name(letter, Symbol(letter, y.tree.rows, u.tree.rows)) for letter in new}


def _terms(usage: Usage) -> Iterator[tuple[str, str]]:
    """The designs, with the number below them, and the effects of the terms that are added to y = Xβ."""
    for subject, side in usage.equations():
        response = usage.single(subject)
        if response.letter not in _RESPONSES or not response.is_bare:
            continue
        products = [product for sign, product in usage.terms(side) if sign == "+"]
        if not any(product[0].letter == "X" and product[-1].letter in {"beta", "b"} for product in products):
            continue
        for design, *letters in products:
            effect = _name(tuple(letters))
            is_name = not design.below or design.is_numbered
            if design.letter in _DESIGNS and is_name and not design.above and effect in _EFFECTS:
                yield design.key, effect


def _environments(usage: Usage) -> Iterator[str]:
    """The pe of Var(pe) and pe ~ N(0, Iσ²_pe), and the effects beside it in a column, (m, pe)'."""
    told = [node.subject for node in usage.of(syntax.Distributed) if node.subject is not None]
    told += [call.arguments[0] for call in usage.of(syntax.Call) if call.function == "Var" and call.arguments]
    yield from (name for node in told if (name := _name(usage.product(node))) == "pe")
    for matrix in usage.of(syntax.Matrix):
        if all(len(row) == 1 for row in matrix.rows):
            column = {_name(usage.product(row[0])) for row in matrix.rows}
            yield from column & _BESIDE_ENVIRONMENTS if "pe" in column else ()


def _name(product: Product) -> str:
    """The letters of an effect that has nothing above or below it."""
    return "".join(factor.letter for factor in product) if all(factor.is_bare for factor in product) else ""
