r"""Letters under an accent: \hat\beta and \bar{y}_{1\cdot} are estimates and means of what the letter is."""

from __future__ import annotations

import re
from dataclasses import replace

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.bold_vectors import length_of_mean
from tutor.notation.meaning.context import Context
from tutor.notation.names import DOTS, RAISED
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import Name

_OF_DERIVATIVES = frozenset({"symmetric"})
"""What is known of a derivative of a matrix of which it is known."""

_ACCENTED = re.compile(r"([A-Za-z]+)(hat|bar|tilde)")
_OF_GROUP = re.compile(r"[A-Za-z]{3,}|[A-Z]{2}|[g-n]|\^[A-Z]+(?:_[g-n])?")
"""What below a bold estimate tells the method or the group it is of, and is no place in it."""


def accented(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    r"""\hat\beta and \bar{y}_{1\cdot} where the base takes any index: an estimate of the same shape."""
    told = None if spelling.accent else _ACCENTED.fullmatch(spelling.letters)
    if told is not None:
        spelling = replace(spelling, letters=told[1], accent=told[2], run=False)
    name = context.vocabulary.lookup(spelling.letters)
    letters = spelling.letters if name is None or spelling.letters in context.vocabulary.families else name.key
    takes_any = context.vocabulary.families.get(letters) == "any" or context.vocabulary.takes_new_names
    takes_any = takes_any or (spelling.accent == "hat" and _has_estimate(letters, spelling.subscript, context))
    if not spelling.accent or not takes_any or (name is None and letters not in context.vocabulary.families):
        return None
    key = letters + spelling.accent
    base = None if name is None else letter_of(name, spelling)
    if spelling.accent in DOTS and isinstance(base, Symbol) and (spelling.bold or base.columns != ONE):
        full = f"{key}_{spelling.subscript}" if spelling.subscript else key
        return (Symbol(full, *base.shape, facts=base.facts & _OF_DERIVATIVES),)
    if spelling.subscript:
        full = f"{key}_{spelling.subscript}"
        is_block = len(letters) == 1 or _OF_GROUP.fullmatch(spelling.subscript)
        is_matrix = isinstance(base, Symbol) and base.columns != ONE
        is_estimate = spelling.accent == "hat" and spelling.subscript.isupper()
        is_estimate = is_estimate and (is_matrix or len(spelling.subscript.removeprefix(RAISED)) > 1)
        if (spelling.bold or is_estimate) and isinstance(base, Symbol) and is_block:
            return (Symbol(full, *base.shape, role="random"),)  # the ridge estimate is a vector too
        if (row := length_of_mean(spelling, context)) is not None:
            return (Symbol(full, row, ONE),)
        # A deviation is the root of a variance, and positive as it.
        letter = sympy.Symbol(full, positive=True) if letters == "sigma" else sympy.Symbol(full, real=True)
        return (Scalar(letter),)
    if isinstance(base, Symbol) and not (spelling.accent == "bar" and not spelling.bold):
        return (Symbol(key, *base.shape, role="random"),)
    if spelling.bold and context.vocabulary.takes_new_names:
        return None  # a vector, as all bold letters
    # A deviation is the root of a variance, and positive as it; the mean of all y is a number.
    return (Scalar(sympy.Symbol(key, positive=True) if key == "sigmahat" else sympy.Symbol(key, real=True)),)


def _has_estimate(letters: str, subscript: str, context: Context) -> bool:
    """Whether a vocabulary in which numbers and vectors may have a hat knows the name without it, and it is one."""
    if not context.vocabulary.knows_estimates:
        return False
    known = context.vocabulary.lookup(f"{letters}_{subscript}" if subscript else letters)
    if known is None:
        return context.vocabulary.member(letters, subscript) is not None
    return known.tree.columns == ONE


def letter_of(name: Name, spelling: Spelling) -> Tree:
    """What a name stands for where it is bold, or where it is not."""
    return name.bold if spelling.bold and name.bold is not None else name.tree
