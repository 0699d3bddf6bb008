"""The error for a name that is none, with what was probably meant."""

from __future__ import annotations

import re
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, nearest
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.side_by_side import exact, split
from tutor.notation.names import GREEK, unicode_name
from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.functions import FUNCTIONS
from tutor.notation.parsing.spelling import WORDS
from tutor.notation.parsing.syntax import Named
from tutor.notation.parsing.token import Spelling

_CALLED = sorted((spelling for spelling in FUNCTIONS if len(spelling) > 1), key=str.swapcase)
"""What can be called, small letters first."""

_SHORT = frozenset({"Var", "var", "Cov", "cov", "Cor", "cor", "exp", "log", "Det", "det"})
"""Those of three letters that are no product of letters when two are swapped; imn may be one."""

_SWAPPED = {
    swapped: word
    for word in _CALLED
    if word.isalpha() and (len(word) > 3 or word in _SHORT)
    for at in range(len(word) - 1)
    if (swapped := f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}") not in FUNCTIONS
}
"""Each with two letters side by side swapped, Vra, and what was meant."""

_OF_MATRICES = ("rank", "tr", "trace", "det", "diag", "vec", "kron", "inv", "var", "cov", "Var", "Cov", "Det")
_MOMENTS = ("Var", "Cov", "Cor")
_BEFORE_MATRIX = re.compile(
    r"\s*(?:\\left\s*)?\(\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?"
    r"(?:[A-MO-SU-Z]|[yu](?![A-Za-z])|\\(?:varepsilon|epsilon|beta)(?![A-Za-z])|[εβ])[^()+−-]{0,24}\)"
)
"""A matrix or a vector, or a product, alone in brackets: who multiplies it by numbers needs none."""

_CALL = re.compile(r"\s*(?:\\left\s*)?\(")
_SQUARED = re.compile(r"\s*(?:(?:\^|\*\*)\s*\{?\s*2|²)")
_SQUARE_WITHIN = re.compile(r"(?:\^|\*\*)\s*\{?\s*2|²")
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z{_])[a-z]{4,}(?![A-Za-z_}])")


def unknown(named: Named, context: Context) -> ReadError:
    """The error for a name that the vocabulary lacks, with what was probably meant."""
    spelling = named.spelling
    told = context.text[named.start : named.end]
    if len(spelling.letters) > 1 and not spelling.accent and family(spelling.letters) in FAMILIES:
        return context.error(f"{spelling.letters} is a family of distributions, and no factor.", "distribution", named,
                             "Write what has this distribution and ∼ before it, as y ∼ N(μ, σ²).")  # fmt: skip
    reason = _why_lacking(spelling, context)
    if reason is not None:
        return context.error(reason, "unknown-name", named)
    called = _called_by_slip(named, context)
    if called is not None:
        return context.error(f"{told} is no function here.", "unknown-name", named, called)
    swapped = None if _has_strange_word(context) else _swapped_case(spelling, context)
    if swapped is not None:
        lower = spelling.letters != spelling.letters.upper()
        problem = f"{told} is in small letters" if lower else f"{told} is in capital letters"
        rest = "matrices are written in capitals." if lower else "vectors and scalars are written in small letters."
        return context.error(f"{problem}; {rest}", "lower-case" if lower else "upper-case", named,
                             f"Did you mean {swapped}?")  # fmt: skip
    key = f"{spelling.letters}{spelling.accent}" + (f"_{spelling.subscript}" if spelling.subscript else "")
    if spelling.letters == "sigma" and (_SQUARED.match(context.text, named.end) or _SQUARE_WITHIN.search(told)):
        key = key.replace("sigma", "sigma2", 1)
    meant = context.vocabulary.nearest(key)
    described = _described(key, context)
    tip = f"Did you mean {unicode_name(meant.key)}?" if meant is not None else None
    if spelling.run and spelling.letters.isupper() and not spelling.subscript:
        missing = [letter for letter in dict.fromkeys(spelling.letters) if exact(context)(letter) is None]
        told = " and ".join([", ".join(missing[:-1]), missing[-1]]) if len(missing) > 1 else "".join(missing)
        problem = f"{told} {'are no names' if len(missing) > 1 else 'is no name'} of this model."
        if len(missing) > 1 and context.vocabulary.takes_new_names:
            tip = f"If each letter is a matrix, set blanks between those of each product: {' '.join(spelling.letters)}."
        return context.error(problem, "unknown-name", named, tip)
    problem = described or f"{told} is no name of this model."
    return context.error(problem, "unknown-name", named, tip)


def is_call_by_slip(named: Named, context: Context) -> bool:
    """Whether letters before brackets are nearly those of a function: Vra(y), ran(X) and Va(u) are no products."""
    return _function_by_slip(named, context) is not None


def _function_by_slip(named: Named, context: Context) -> str | None:
    """The function whose letters these before brackets are with two swapped, or before a matrix nearly so."""
    spelling, letters = named.spelling, named.spelling.letters
    if len(letters) < 2 or spelling.bold or _CALL.match(context.text, named.end) is None:
        return None
    if letters in _SWAPPED:
        return _SWAPPED[letters]
    if len(letters) in {3, 4} and letters[0] in "VC" and letters[1:].islower() and letters not in FUNCTIONS:
        return nearest(letters, _MOMENTS, cutoff=0.6 if len(letters) == 3 else 0.8)  # Vry(y), Varr(y)
    if spelling.subscript or spelling.accent or _BEFORE_MATRIX.match(context.text, named.end) is None:
        return None
    if len(letters) == 2:
        return next((word for word in _OF_MATRICES if word[0].isupper() and word[:2] == letters), None)
    return nearest(letters, _OF_MATRICES, cutoff=0.75) if letters.islower() and letters not in FUNCTIONS else None


def _called_by_slip(named: Named, context: Context) -> str | None:
    """What is said of a name that is called as a function is, kroneker( )."""
    letters, behind = named.spelling.letters, context.text[named.end : named.end + 1]
    swapped = _function_by_slip(named, context)
    if swapped is not None:
        return f"Did you mean {swapped}?"
    meant = nearest(letters, _CALLED, cutoff=0.75) if behind == "(" and len(letters) > 2 else None
    return None if meant is None else f"Did you mean {meant}?"


def _why_lacking(spelling: Spelling, context: Context) -> str | None:
    """Why a letter is missing that one would look for, also in a product of names, Zu, where it is all that is."""
    lacking = context.vocabulary.lacking
    letters = spelling.letters if spelling.run else ""
    if not all(letter in lacking or exact(context)(letter) is not None for letter in letters):
        letters = ""
    return next((lacking[told] for told in (spelling.letters, *letters) if told in lacking), None)


@lru_cache(maxsize=4)  # a text of many statements is asked about at each of them
def _plain_words(text: str) -> frozenset[str]:
    return frozenset(_PLAIN_WORD.findall(text))


def _has_strange_word(context: Context) -> bool:
    """Whether a word in the text is no name: beside it no letter is a slip for a capital."""
    words = _plain_words(context.text) - GREEK.keys() - FUNCTIONS.keys() - WORDS
    return any(context.vocabulary.lookup(word) is None and split(word, context, exact(context)) is None
               and _swapped_case(Spelling(word), context) is None for word in words)  # fmt: skip


def _described(key: str, context: Context) -> str:
    """The names of the same base that the model has, with what they are: σ² (residual) and σ²_u (blocks)."""
    base = key.partition("_")[0]
    cousins = [
        name for name in context.vocabulary if name.key.partition("_")[0] == base and name.about and name.tree.is_scalar
    ]
    if not cousins:
        return ""
    told = [f"{unicode_name(name.key)} ({name.about})" for name in cousins[:4]]
    return f"This model has {' and '.join(filter(None, [', '.join(told[:-1]), told[-1]]))}."


def _swapped_case(spelling: Spelling, context: Context) -> str | None:
    """The letters in the case in which they are known, or None."""
    changed: list[str] = []

    def meaning(letters: str) -> Tree | None:
        for candidate in (letters, letters.swapcase()):
            name = context.vocabulary.lookup(candidate)
            told = candidate in {"I", "J"} if name is None else candidate == letters or not name.tree.is_scalar
            if told:
                return Scalar(sympy.Symbol(candidate))
        return None

    letters = spelling.letters.rstrip("0123456789")
    if spelling.accent or not letters.isalpha():
        return None
    if spelling.subscript and context.vocabulary.lookup(f"{letters.swapcase()}_{spelling.subscript}") is not None:
        return unicode_name(f"{letters.swapcase()}_{spelling.subscript}")
    if spelling.subscript:
        return None
    names = split(letters, context, meaning)
    if names is None or (len(letters) > 1 and len(names) > 4 and len(names) == len(letters)):
        return None
    changed = [str(tree.value) for tree in names if isinstance(tree, Scalar)]
    return "".join(changed)
