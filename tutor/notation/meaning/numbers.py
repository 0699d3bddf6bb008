r"""Where only a number can stand, a vector's plain letter is one of its elements: λ^y, e^{-y/μ}, Φ(x), y!

Holds where names are open, as in the lecture's vocabulary. In a model of numbers an answer names its elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeGuard

import sympy

from tutor.algebra.applied import OF_EACH_ELEMENT
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.effects import is_before_brackets
from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.labels_above import names_with_labels
from tutor.notation.meaning.letters import is_matrix
from tutor.notation.meaning.newcomers import key_of
from tutor.notation.meaning.resolve import factors
from tutor.notation.meaning.shown_matrices import raised_matrices
from tutor.notation.meaning.usage import NOTHING, Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.dependence import COVARIANCES
from tutor.notation.parsing.functions import MOMENTS, OF_NUMBERS
from tutor.notation.parsing.token import Spelling

_COUNTED = frozenset("abcdghjklmnpqrst")
"""Letters that count levels where they divide together."""

_ITERATED = frozenset("ADHMPSW")
"""Capitals of matrices that change from step to step."""

_EULER = Spelling("e")
_OF_GENERATING_FUNCTIONS = frozenset("ijkrstuXYxy")
"""Letters of e^{it}, e^{tX} and e^{itX}, which are a product."""


def with_numbers(nodes: Sequence[syntax.Node], context: Context) -> Context:
    """The context that knows which names of an expression, whose nodes are these from the leaves to the root, stand
    where only a number can."""
    if not context.vocabulary.is_open:
        return context
    found: set[syntax.Node] = set()
    raised: set[syntax.Node] = set()
    for node in reversed(nodes):
        for part in _numbers_below(node, context):
            if part not in found:
                found.update(syntax.postorder(part))
        if _is_power_of_euler(node) and node not in raised:
            raised.update(filter(_is_power_of_euler, syntax.postorder(node.parts[-1])))
    return replace(context, numbers=context.numbers | found, raised=frozenset(raised)) if found else context


def _is_power_of_euler(node: syntax.Node) -> TypeGuard[syntax.Power]:
    """Whether a node is a plain e with an exponent: within another such exponent it is Euler's number too, e^{e^2}, as
    a letter has one meaning in a text."""
    return isinstance(node, syntax.Power) and isinstance(node.base, syntax.Named) and node.base.spelling == _EULER


def _is_square(node: syntax.Node) -> TypeGuard[syntax.Power]:
    """Whether a node is e², or e with another whole number above: a residual where something random is asked for, as in
    E(e²)."""
    return _is_power_of_euler(node) and isinstance(node.exponent, syntax.Number)


def _numbers_below(node: syntax.Node, context: Context) -> tuple[syntax.Node, ...]:
    """The parts of a node that can only be numbers, and names of factors, as in ex*gen."""
    if isinstance(node, (syntax.Named, syntax.Number)):  # the most of all, which have none
        return ()
    if isinstance(node, syntax.Power):
        is_base = _is_number_base(node.base, context) and not _is_iterated(node, context)
        return (node.exponent, node.base) if is_base else (node.exponent,)
    if isinstance(node, syntax.Call) and node.function in MOMENTS:
        return tuple(
            part.base for argument in node.arguments for part in syntax.postorder(argument) if _is_square(part)
        )
    if isinstance(node, syntax.Call) and node.function in OF_NUMBERS and not _is_named(node, context):
        if _is_of_vector(node, context):
            return ()
        return tuple(
            part for argument in node.arguments for part in _sides(argument) if _is_of_number(part, node, context)
        )
    if isinstance(node, syntax.Call) and node.function == "norm":
        return tuple(part for part in node.arguments if _is_unknown(part, context) and not _is_capital(part))
    if isinstance(node, syntax.Chain) and set(node.signs[1:]) == {"*"}:
        return node.factors if all(_is_factor(factor, context) for factor in node.factors) else ()
    if isinstance(node, syntax.Conditional):
        return tuple(part for part in node.given if _is_unknown(part, context))
    if isinstance(node, syntax.Fraction) and _are_counts(node.below):
        return (node.below,)
    if isinstance(node, syntax.Chain) and "/" in node.signs:
        return tuple(
            factor for sign, factor in zip(node.signs, node.factors, strict=True) if sign == "/" and _are_counts(factor)
        )
    if isinstance(node, syntax.Bars) and isinstance(node.inner, syntax.Named):
        return () if _is_inverted_elsewhere(node.inner, context) else (node.inner,)
    return ()


def _is_inverted_elsewhere(name: syntax.Named, context: Context) -> bool:
    """Whether the text has the inverse of a plain capital, as of the M in |M| beside M⁻¹: its determinant is meant."""
    letters, place = name.spelling.letters, name.spelling.subscript
    if len(letters) != 1 or not letters.isupper() or len(place) > 1:
        return False
    return any(
        factor.letter == letters and factor.below == place and factor.is_inverted for factor in context.usage.factors
    )


def _sides(argument: syntax.Node) -> tuple[syntax.Node, ...]:
    """The sides of an event, T > |t*|, each by itself; any other argument as it is."""
    return argument.sides if isinstance(argument, syntax.Compared) else (argument,)


def _is_of_number(argument: syntax.Node, node: syntax.Call, context: Context) -> bool:
    """Whether an argument is a number: not where a matrix or a bold vector stands in it and its elements have each
    a value, as in exp(Xβ)."""
    if isinstance(argument, syntax.Conditional):
        worked_out = [part for part in argument.given if isinstance(part, (syntax.Chain, syntax.Sum))]
        return _is_of_numbers(argument) and not any(_has_matrix(part, context) for part in worked_out)
    is_vector = node.function in OF_EACH_ELEMENT and _has_matrix(argument, context)
    return not is_vector and _is_of_numbers(argument)


def _has_matrix(node: syntax.Node, context: Context) -> bool:
    """Whether a matrix stands beside another name, as in Xβ."""
    names = [part for part in syntax.postorder(node) if isinstance(part, syntax.Named)]
    if len(names) < 2:
        return False
    labelled = names_with_labels(node, context).values()
    return any(tree.columns != ONE for tree in labelled) or any(_is_known_matrix(name, context) for name in names)


def _is_of_vector(node: syntax.Call, context: Context) -> bool:
    """Whether one of several arguments is told by matrices, or a covariance matrix, so that the density is that of a
    vector: f(y; Xβ, V), φ(y_i; X_iβ, V_i(θ))."""
    if len(node.arguments) < 2 or node.function in OF_EACH_ELEMENT or node.function == "likelihood":
        return False  # a likelihood is one of parameters, whatever they are
    return any(_has_matrix(each, context) or _is_covariance(each, context) for each in node.arguments[1:])


def _is_covariance(node: syntax.Node, context: Context) -> bool:
    """Whether a node is the letter of a covariance matrix, perhaps with an index and its parameters in brackets."""
    first = node.factors[0] if isinstance(node, syntax.Chain) else node
    if not isinstance(first, syntax.Named) or first.spelling.letters not in COVARIANCES - {"D", "W", "B"}:
        return False
    name = context.vocabulary.lookup(first.spelling.letters)
    return name is not None and isinstance(name.tree, Symbol) and name.tree.columns != ONE


def _is_known_matrix(node: syntax.Named, context: Context) -> bool:
    letters, names = node.spelling.letters, context.vocabulary.names
    name = context.vocabulary.lookup(letters)
    told = names.get(letters[:1] if node.spelling.run and name is None else key_of(node.spelling))
    if told is not None and not context.vocabulary.takes_new_names and told.tree.columns != ONE:
        return True  # 𝐏̂, 𝐏_1 and the 𝐏 of 𝐏𝐜, of a model
    if name is None:
        return node.spelling.run and letters[:1] in {"X", "Z"}
    return isinstance(name.tree, Symbol) and name.tree.columns != ONE and not node.spelling.subscript


def _is_named(node: syntax.Call, context: Context) -> bool:
    """Whether the letter of a function is the name of a matrix, or a name by its subscript: P_11 (A + B)."""
    if is_matrix(node, context):
        return True
    key = "_".join(filter(None, (node.spelling.letters, node.spelling.subscript)))
    name = context.vocabulary.lookup(key)
    return name is not None and (bool(node.spelling.subscript) or isinstance(name.tree, Symbol))


def _is_unknown(node: syntax.Node, context: Context) -> bool:
    """Whether a node is a plain word that means nothing in the vocabulary."""
    if not isinstance(node, syntax.Named) or node.spelling.bold or node.spelling.subscript:
        return False
    letters, accent = node.spelling.letters, node.spelling.accent
    return letters.isalpha() and not any(key in context.vocabulary for key in (letters, letters + accent))


def _is_capital(node: syntax.Node) -> bool:
    """Whether a node is a capital, or capitals side by side: matrices have norms as well."""
    return isinstance(node, syntax.Named) and node.spelling.letters.isupper()


def _is_factor(node: syntax.Node, context: Context) -> bool:
    """Whether a node names a factor of an experiment: a word of its own, or the letter of a test, as in T × F."""
    if _is_unknown(node, context):
        return True
    name = context.vocabulary.lookup(node.spelling.letters) if isinstance(node, syntax.Named) else None
    return name is not None and name.about == "statistic"


def _is_iterated(node: syntax.Power, context: Context) -> bool:
    """Whether brackets above a matrix or a vector tell the step of an iteration, W^{(t)}: they are no exponent."""
    is_step = isinstance(node.exponent, syntax.Group) and isinstance(node.exponent.inner, syntax.Named | syntax.Sum)
    letters = node.base.spelling.letters if isinstance(node.base, syntax.Named) else ""
    known = context.vocabulary.lookup(letters) if is_step else None
    is_vector = known is not None and not known.tree.is_scalar
    return is_step and (is_vector or letters in _ITERATED or letters in shown(context.usage).vectors)


def _is_number_base(node: syntax.Node, context: Context) -> bool:
    """Whether what is raised to a power is a plain letter, or brackets in which no matrix stands."""
    if isinstance(node, syntax.Group):
        names = [part for part in syntax.postorder(node) if isinstance(part, syntax.Named)]
        return _is_of_numbers(node) and not any(name.spelling.bold or _is_matrix(name, context) for name in names)
    if not isinstance(node, syntax.Named) or node.spelling == _EULER:
        return False
    if node.spelling.letters == "Omega":
        return False  # Ω^{-1/2} y
    return node.spelling.letters not in raised_matrices(context.usage)


def _is_matrix(node: syntax.Named, context: Context) -> bool:
    letters = node.spelling.letters
    name = context.vocabulary.lookup(letters)
    if name is None:
        return node.spelling.run or letters in {"I", "J", "1", "0"}
    return name.tree.columns != ONE


def _is_of_numbers(node: syntax.Node) -> bool:
    """Whether an argument has nothing in it that only matrices have."""
    matrices = (syntax.Prime, syntax.Matrix, syntax.Bars, syntax.Inverse)
    return not any(isinstance(part, matrices) or _is_of_a_matrix(part) for part in syntax.postorder(node))


def _is_of_a_matrix(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Call) and node.function in {"det", "trace"}


def _are_counts(node: syntax.Node) -> bool:
    """Whether a divisor is two or three plain letters side by side, each a number of levels: lr, (lr)."""
    name = _divisor(node)
    if not isinstance(name, syntax.Named) or name.spelling != Spelling(name.spelling.letters, run=True):
        return False
    return len(name.spelling.letters) in {2, 3} and set(name.spelling.letters) <= _COUNTED


def _divisor(node: syntax.Node) -> syntax.Node:
    """The name in a divisor that is one, perhaps in brackets and behind a number: the lr of 2lr."""
    while isinstance(node, syntax.Group):
        node = node.inner
    if isinstance(node, syntax.Chain) and isinstance(node.factors[0], syntax.Number) and len(node.factors) == 2:
        node = node.factors[1]
    return node


@lru_cache(maxsize=8)
def _divisors(usage: Usage) -> frozenset[int]:
    """Where the names begin that are divisors."""
    chains = (zip(chain.signs, chain.factors, strict=True) for chain in usage.of(syntax.Chain))
    below = [factor for chain in chains for sign, factor in chain if sign == "/"]
    below += [fraction.below for fraction in usage.of(syntax.Fraction)]
    return frozenset(_divisor(node).start for node in below)


@lru_cache(maxsize=8)
def _beside_signs(usage: Usage) -> frozenset[int]:
    """Where the factors begin beside which a sign of multiplication stands."""
    found: set[int] = set()
    for chain in usage.of(syntax.Chain):
        for first, sign, second in zip(chain.factors, chain.signs[1:], chain.factors[1:], strict=False):
            found |= {first.start, second.start} if sign == "*" else set()
    return frozenset(found)


@lru_cache(maxsize=8)
def _in_exponents(usage: Usage) -> frozenset[int]:
    """Where the names begin that stand in an exponent of e."""
    exponents = [power.exponent for power in usage.of(syntax.Power) if _is_power_of_euler(power)]
    exponents += [argument for call in usage.of(syntax.Call) if call.function == "exp" for argument in call.arguments]
    return frozenset(part.start for each in exponents for part in syntax.postorder(each))


def numbers(node: syntax.Named, sizes: list[Tree], context: Context) -> tuple[Tree, ...]:
    """The trees of a name that stands where only a number can."""
    letters = node.spelling.letters
    try:
        trees = factors(node, sizes, context)
    except ReadError:
        usage = context.usage
        if _are_counts(node) and node.start in _divisors(usage):
            return tuple(Scalar(size(letter)) for letter in letters)
        is_plain = node.spelling == Spelling(letters, run=True) and _OF_GENERATING_FUNCTIONS.issuperset(letters)
        is_in_integral = usage.around(node)[1] is NOTHING
        if is_plain and len(letters) < 4 and (is_in_integral or node.start in _in_exponents(usage)):
            return tuple(_number(letter, context) for letter in letters)
        if len(letters) > 3 and letters.isalpha() and is_before_brackets(node, context):
            raise  # a function that nobody knows
        is_letter = len(letters) == 1
        if node.spelling.bold or node.spelling.subscript or not (is_letter or node.start in _beside_signs(usage)):
            raise
        return (Scalar(sympy.Symbol(letters, real=True)),)
    if node.spelling.bold:
        return trees
    counts = as_size(node.spelling, trees[0], context) if len(trees) == 1 else None
    return tuple(map(_element, trees)) if counts is None else (counts,)


def _number(letter: str, context: Context) -> Tree:
    name = context.vocabulary.lookup(letter)
    is_known = name is not None and isinstance(name.tree, Scalar)
    return name.tree if name is not None and is_known else Scalar(sympy.Symbol(letter, real=True))


def as_size(spelling: Spelling, tree: Tree, context: Context) -> Tree | None:
    """A plain letter as the number that it may be beside the vector: b, an alias of u, as the size b, and the slope β
    beside the vector β; None for another."""
    if not isinstance(tree, Symbol) or tree.columns != ONE:
        return None
    letters = spelling.letters
    name = context.vocabulary.lookup(letters)
    is_plain = spelling == Spelling(letters, run=spelling.run)
    if is_plain and letters in context.vocabulary.sizes:
        return context.vocabulary.sizes[letters]  # e of them, in a model that counts so many
    if name is not None and name.element is not None and is_plain:
        return name.element
    is_name = letters == tree.name or letters in context.vocabulary.by_style
    if len(letters) != 1 or spelling != Spelling(letters) or is_name:
        return None
    return context.vocabulary.sizes.get(letters) or Scalar(size(letters))


def _element(tree: Tree) -> Tree:
    if isinstance(tree, Symbol) and tree.columns == ONE and not tree.is_scalar:
        return Scalar(sympy.Symbol(tree.name, real=True))
    return tree
