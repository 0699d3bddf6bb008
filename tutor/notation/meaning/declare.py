"""New names: what stands left of =, ≡ or ~ may be a name that a display brings, as K = (…) and F ~ F(a, b).

In a vocabulary whose names are open, as the lecture's; a model has its names, and a new one there is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import sympy

from tutor.algebra.applied import OF_EACH_ELEMENT, Applied
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Symbol, Variance, Zero
from tutor.algebra.sizes import ONE, Shape
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.bold_vectors import is_greek_vector_below
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.effects import is_set_word, is_statistic, is_word_below
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.names import GREEK, RAISED
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import MOMENTS
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import Name, Vocabulary

_ASSIGNED = re.compile(r"\s*<-")


def left_side(node: syntax.Node, right: Sequence[Tree], context: Context) -> Tree:
    """The tree of a left side; a new name takes the shape of what it is equal to.

    Raises
    ------
    ReadError, ShapeError
        As `elaborate` does; "unknown-name" also for a name that looks like a slip in another one.
    """
    if not isinstance(node, syntax.Named):
        listed = _variances_listed(node, right, context)
        return listed or _of_each_element(node, right, context) or elaborate(node, context)
    is_identifier = node.spelling.run and _ASSIGNED.match(context.text, node.end) is not None
    is_identifier = (
        is_identifier and context.vocabulary.lookup(node.spelling.letters) is None and not node.spelling.bold
    )
    if is_set_word(node, context) or (is_identifier and _may_be_new(node, context)):
        like = next((tree for tree in right if not tree.is_scalar), None)
        key = "_".join(filter(None, (f"{node.spelling.letters}{node.spelling.accent}", node.spelling.subscript)))
        return Scalar(sympy.Symbol(key, real=True)) if like is None else _shaped(key, like, context)
    if is_statistic(node.spelling, context):
        return Scalar(sympy.Symbol(node.spelling.letters, real=True))
    if _is_index_or_information(node.spelling, context) and all(tree.columns == ONE for tree in right):
        return Scalar(sympy.Symbol("_".join(filter(None, ("I", node.spelling.subscript))), real=True))
    if is_greek_vector_below(node.spelling, context) and not all(tree.is_scalar for tree in right):
        return elaborate(node, context)
    known_only = replace(context, vocabulary=_known_only(context.vocabulary))
    named = _with_one_subscript(node, context)
    like = next((tree for tree in right if not tree.is_scalar), None)
    if like is not None and like.columns == ONE and _is_new_estimate(node.spelling, context):
        return _shaped(f"{node.spelling.letters}hat", like, context)
    try:
        found = elaborate(named, known_only)
        spelling = node.spelling
        is_of_any_length = spelling.bold and spelling.letters in _OF_ANY_LENGTH and isinstance(found, Symbol)
        if is_of_any_length and like is not None and like.columns == ONE:
            told = context.sizing.filled(like)
            if isinstance(found, Symbol) and not context.sizing.may_meet(found.rows, told.rows):
                return _shaped(found.name, told, context)
        is_listed = bool(right) and not any(tree.is_scalar for tree in right)
        is_vector = found.is_scalar and (spelling.bold or is_listed)
        is_one = not spelling.subscript or (not spelling.bold and len(spelling.subscript) < 3)
        is_capital = len(spelling.letters) == 1 and spelling.letters.isupper() and 0 < len(spelling.subscript) < 3
        if found.is_scalar and is_capital and is_listed and like is not None and like.columns != ONE:
            return _shaped(f"{spelling.letters}_{spelling.subscript}", like, context)
        if found.is_scalar and _is_estimate(spelling) and like is not None and like.columns == ONE:
            return _shaped(
                "_".join(filter(None, (spelling.letters + spelling.accent, spelling.subscript))), like, context
            )
        if is_vector and is_one and like is not None and like.columns == ONE and _may_be_new(node, context):
            return _shaped("_".join(filter(None, (spelling.letters, spelling.subscript))), like, context)
        return found
    except ReadError as error:
        new = error.kind == "unknown-name" or (error.kind == "lower-case" and (like is None or like.columns == ONE))
        new = new or (error.kind == "upper-case" and node.spelling.run and like is None)
        new = new and not (node.spelling.run and like is not None)
        if not new or not _may_be_new(node, context) or "×" in node.spelling.subscript:
            return elaborate(node, context)
        spelling = node.spelling
        key = f"{spelling.letters}_{spelling.subscript}" if spelling.subscript else spelling.letters
        return Scalar(sympy.Symbol(key, real=True)) if like is None else _shaped(key, like, context)


def _variances_listed(node: syntax.Node, right: Sequence[Tree], context: Context) -> Tree | None:
    r"""\boldsymbol\sigma^2 = (\sigma^2_u, \sigma^2)', the vector of all variances; None for another left side."""
    if not (isinstance(node, syntax.Power) and isinstance(node.base, syntax.Named)):
        return None
    if not context.vocabulary.takes_new_names or replace(node.base.spelling, bold=False) != Spelling("sigma"):
        return None
    like = next((tree for tree in right if not tree.is_scalar), None)
    if like is None or like.columns != ONE or (isinstance(like, Symbol) and like.name != "sigma2"):
        return None  # σ² = y is a slip
    return _shaped("sigma2", like, context)


def _is_index_or_information(spelling: Spelling, context: Context) -> bool:
    """Whether this may be a selection index, I = b'x, or an element of the information, I_jk = ½ tr(…), of which what
    it is equal to tells that it is no identity."""
    is_plain = spelling.letters == "I" and not spelling.bold and not spelling.accent
    return is_plain and (not spelling.subscript or spelling.subscript.isalnum()) and context.vocabulary.takes_new_names


@lru_cache(maxsize=8)
def _known_only(vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary that takes no new names; the same one for every equation of a text."""
    return replace(vocabulary, takes_new_names=False)


def _is_estimate(spelling: Spelling) -> bool:
    r"""Whether this is an estimate that may be a vector: bold, \hat{\mathbf{f}}, or by a method, \hat\beta_{FE}."""
    by_method = (spelling.subscript.isupper() and len(spelling.subscript) > 1) or spelling.subscript.startswith(RAISED)
    is_vector = spelling.accent in {"hat", "tilde", "bar"} and spelling.bold and not spelling.subscript
    return is_vector or (spelling.accent == "hat" and by_method)


def _is_new_estimate(spelling: Spelling, context: Context) -> bool:
    r"""Whether this is an estimate of a letter that means nothing elsewhere, the \hat{g} of \hat g = K(K + λI)⁻¹y."""
    is_letter = len(spelling.letters) == 1 and spelling.letters.islower() and not spelling.subscript
    known = context.vocabulary.lookup(spelling.letters)
    is_size = known is not None and known.about == "size" and f"{spelling.letters}hat" not in context.vocabulary
    is_new = context.vocabulary.takes_new_names and (known is None or is_size)
    return spelling.accent == "hat" and is_letter and is_new


def _with_one_subscript(node: syntax.Named, context: Context) -> syntax.Named:
    """A name with letters below it and no braces, y_abc: where names are open all of them are indices."""
    is_word = node.spelling.loose and is_word_below(node.spelling, context)
    return replace(node, spelling=replace(node.spelling, loose=False)) if is_word else node


def blocks_beside(
    nodes: Sequence[syntax.Node], trees: Sequence[Tree], context: Context, others: Sequence[Tree] = ()
) -> list[Tree]:
    r"""Trees in which a bold letter with an index is a vector where one of them, or of the ``others``, is one, as in
    E(\mathbf{y}_i) = \boldsymbol{\mu}_i."""
    like = next((tree for tree in (*trees, *others) if tree.columns == ONE and not tree.is_scalar), None)
    if like is None:
        return list(trees)
    return [
        _shaped(str(tree.value), like, context) if _is_bold_element(node, tree) and isinstance(tree, Scalar) else tree
        for node, tree in zip(nodes, trees, strict=True)
    ]


def of_covariance_matrix(
    nodes: Sequence[syntax.Node], subject: Tree, arguments: Sequence[Tree], context: Context
) -> tuple[Tree, list[Tree]]:  # fmt: skip
    """What has a distribution, and its mean and variance: where the variance is a matrix, letters of numbers or of
    matrices are vectors of as many rows, as the ε_i of ε_i ~ N(0, σ²I_{n_i}) and the X_i of X_i ~ N(μ, Σ).

    ``nodes`` are the subject's and those of the arguments.
    """
    if len(arguments) != 2 or not context.vocabulary.takes_new_names:
        return subject, list(arguments)
    if arguments[1].columns == ONE:
        return subject, [arguments[0], _as_covariance(nodes[2], arguments[1], subject, context)]
    like = Zero(arguments[1].rows, ONE)
    mean, variance = arguments
    subject = _as_vector(nodes[0], subject, like, context)
    if subject.columns == ONE and not subject.is_scalar:
        mean = _as_vector(nodes[1], mean, subject, context)
    return subject, [mean, variance]


def _as_covariance(node: syntax.Node, tree: Tree, subject: Tree, context: Context) -> Tree:
    r"""A bold small Greek letter where a vector has its variance, b ~ N(0, \boldsymbol\psi_\theta), as a matrix; any
    other tree as it is."""
    is_letter = isinstance(node, syntax.Named) and node.spelling.bold and node.spelling.letters in GREEK
    if not is_letter or tree.is_scalar or subject.is_scalar or subject.columns != ONE or not isinstance(tree, Symbol):
        return tree
    return _shaped(tree.name, Zero(subject.rows, subject.rows), context)


def _as_vector(node: syntax.Node, tree: Tree, like: Tree, context: Context) -> Tree:
    """The vector that a plain name is beside others; any other tree as it is."""
    if not isinstance(node, syntax.Named) or node.spelling.bold:
        return tree
    if isinstance(tree, Scalar) and tree.value.is_Symbol:
        return _shaped(str(tree.value), like, context)
    is_matrix = isinstance(tree, Symbol) and tree.columns != ONE
    return _shaped(tree.name, like, context) if is_matrix and isinstance(tree, Symbol) else tree


def _is_bold_element(node: syntax.Node, tree: Tree) -> bool:
    is_name = isinstance(node, syntax.Named) and node.spelling.bold and bool(node.spelling.subscript)
    return is_name and isinstance(tree, Scalar) and tree.value.is_Symbol is True


def _shaped(key: str, like: Tree, context: Context) -> Tree:
    """A name with the shape of what it is equal to, once that is known: P = I - J is n × n."""
    shape = context.sizing.filled(like).shape
    return context.sizing.placeholder(shape, lambda known: Symbol(key, *known), name=key)


_OF_ANY_LENGTH = frozenset({"theta", "delta", "tau", "alpha", "gamma", "phi", "psi", "lambda", "xi", "pi"})
"""Bold Greek letters of parameters, which are as long as what they are equal to."""


def _of_each_element(node: syntax.Node, right: Sequence[Tree], context: Context) -> Tree | None:
    """log(y) as a vector where it is equal to one, log(y) = Xβ + ε, although y is in plain letters; None otherwise."""
    if not (isinstance(node, syntax.Call) and node.function in OF_EACH_ELEMENT and len(node.arguments) == 1):
        return None
    (argument,) = node.arguments
    if not (isinstance(argument, syntax.Named) and any(not tree.is_scalar for tree in right)):
        return None
    spelling = argument.spelling
    name = None if spelling.subscript else context.vocabulary.lookup(spelling.letters + spelling.accent)
    is_vector = name is not None and isinstance(name.tree, Symbol) and name.tree.columns == ONE
    return Applied(node.function, (name.tree,)) if is_vector and name is not None else None


def _may_be_new(node: syntax.Named, context: Context) -> bool:
    spelling = node.spelling
    is_abbreviation = spelling.letters.isupper() and not spelling.bold and len(spelling.letters) < 5
    is_assigned = len(spelling.letters) > 1 and _ASSIGNED.match(context.text, node.end) is not None
    return (
        (not spelling.run or is_abbreviation or is_assigned or _is_word(spelling))
        and (is_assigned or not spelling.accent)
        and "any" in context.vocabulary.families.values()
    )


def _is_word(spelling: Spelling) -> bool:
    """Whether this is the name of a quantity that is a word or its beginning, as Rel; not two letters, as Zu."""
    return not spelling.bold and len(spelling.letters) > 2 and spelling.letters.isalpha() and spelling.letters.istitle()


def with_declared(subject: Tree | None, context: Context) -> Context:
    """The context in which a matrix, a vector or a word that a statement brought is a name."""
    if isinstance(subject, Scalar) and subject.value.is_Symbol and context.vocabulary.takes_new_names:
        key = subject.value.name if isinstance(subject.value, sympy.Symbol) else str(subject.value)
        is_word = len(key) > 2 and key.isalpha() and key.istitle()
        if not is_word or key in context.vocabulary:
            return context
        return replace(context, vocabulary=context.vocabulary.with_names(Name(key, subject)))
    if not isinstance(subject, Symbol) or subject.name in context.vocabulary.names:
        return context
    return replace(context, vocabulary=context.vocabulary.with_names(subject))


def declared_here(subject: Tree, shape: Shape, sign: str, context: Context) -> Tree | None:
    r"""A name with the dimensions that a text gives it, \beta_l \in \mathbb{R}^D, where it says nothing else of it:
    what would be a number is a vector, and coefficients may be one more than p. None where the two contradict."""
    if sign != "∈" or not context.vocabulary.takes_new_names:
        return None
    if isinstance(subject, Scalar) and subject.value.is_Symbol and "_" in str(subject.value):
        return Symbol(str(subject.value), *shape)
    if not isinstance(subject, Symbol) or subject.columns != shape[1]:
        return None
    return Symbol(subject.name, *shape, subject.role) if (shape[0] - subject.rows).is_number else None


def plain_elements(nodes: Sequence[syntax.Node], trees: Sequence[Tree], context: Context) -> list[Tree]:
    """Trees in which moments of plain letters beside scalars are those of one element: E(y) = np, Var(y) = np(1 − p).

    A vector is bold; a plain letter that may have any index stands for an element where nothing else is a vector.
    """
    made = [_of_element(node, tree, context) for node, tree in zip(nodes, trees, strict=True)]
    others = [tree for tree, element in zip(trees, made, strict=True) if element is None]
    if not others or not all(tree.is_scalar for tree in others):
        return list(trees)
    if all(isinstance(tree, Scalar) and tree.value == 0 for tree in others):
        return list(trees)
    return [tree if element is None else element for tree, element in zip(trees, made, strict=True)]


def _of_element(node: syntax.Node, tree: Tree, context: Context) -> Tree | None:
    """The moment of an element in place of that of a vector, if its letters are plain; None for anything else."""
    if not (isinstance(node, syntax.Call) and node.function in MOMENTS):
        return None
    if not isinstance(tree, Expectation | Variance | Covariance) or not all(
        isinstance(part, Symbol) and part.columns == ONE and not _is_declared(part, context) for part in tree.parts
    ):
        return None
    names = [part for part in syntax.postorder(node) if isinstance(part, syntax.Named)]
    if any(name.spelling.bold or context.vocabulary.families.get(name.spelling.letters) != "any" for name in names):
        return None
    return tree.rebuild(tuple(element_of(part) for part in tree.parts))


def _is_declared(one: Symbol, context: Context) -> bool:
    """Whether the vocabulary has a symbol as a vector of one row, which no element stands for."""
    known = context.vocabulary.names.get(one.name)
    return known is not None and known.tree == one and one.is_scalar


def element_of(tree: Tree) -> Tree:
    """An element, without its index, of the vector that a symbol stands for; any other tree as it is."""
    return Scalar(sympy.Symbol(tree.name, real=True)) if isinstance(tree, Symbol) else tree
