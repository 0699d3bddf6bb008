r"""Subscripts that run on over a Greek letter without braces: σ²_bτ, the variance of the interaction (bτ).

A Greek letter behind σ²_b is a factor, σ²_b τ, unless a variance of the long name is known: to the vocabulary, or to
the text itself, which has the interaction (bτ) in brackets. In LaTeX, where braces are the rule, that is a slip, which
the findings note; in plain text it is how the name is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tutor.notation.finding import Finding
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context
from tutor.notation.names import GREEK, RESIDUAL
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

_SPREADS = frozenset({"sigma", "sigma2"})
_KEYS = {"epsilon": RESIDUAL}
"""Greek letters that are spelled otherwise below a name."""


def long_subscripts(chains: Iterable[syntax.Chain], context: Context) -> Mapping[syntax.Node, syntax.Named | None]:
    """The deviations and variances with a Greek letter in their subscripts that no braces hold: each as the name that
    it is, and what became a part of it as nothing."""
    found: dict[syntax.Node, syntax.Named | None] = {}
    for chain in chains:
        for first in range(len(chain.factors) - 1):
            found |= _joined(chain, first, context)
    return found


def _joined(chain: syntax.Chain, first: int, context: Context) -> dict[syntax.Node, syntax.Named | None]:
    name = _name(chain.factors[first])
    if name is None or name.spelling.letters not in _SPREADS or name.spelling.below is None:
        return {}
    letters = _letters_beside(chain, first, name.spelling.below.end)
    while letters and not _is_known(name, letters, context):
        letters.pop()
    if not letters:
        return {}
    last = letters[-1]
    is_raised = chain.factors[first + len(letters)] is not last
    if is_raised and chain.factors[first] is not name:
        return {}  # σ²_bτ²: a square of the name stands before the letter already
    below = replace(name.spelling.below, end=last.end)
    told = replace(name, end=last.end, spelling=replace(name.spelling, subscript=_key(name, letters), below=below))
    if "\\" in context.text:
        _note_braces(name, below.start, last.end, context)
    # A power behind the last letter is one of the whole name.
    return {**dict.fromkeys(letters), name: None, last: told} if is_raised else {**dict.fromkeys(letters), name: told}


def _letters_beside(chain: syntax.Chain, first: int, end: int) -> list[syntax.Named]:
    """The bare Greek letters that stand directly behind a subscript that ends at an offset of the text."""
    found: list[syntax.Named] = []
    for at in range(first + 1, len(chain.factors)):
        letter = _name(chain.factors[at])
        is_bare = letter is not None and letter.spelling == Spelling(letter.spelling.letters)
        if letter is None or not is_bare or chain.signs[at] or letter.start != end:
            break
        if letter.spelling.letters not in GREEK:
            break
        found.append(letter)
        end = letter.end
        if letter is not chain.factors[at]:
            break
    return found


def _name(node: syntax.Node) -> syntax.Named | None:
    """The name that a factor is, or that it is a power of."""
    base = node.base if isinstance(node, syntax.Power) else node
    return base if isinstance(base, syntax.Named) else None


def _key(name: syntax.Named, letters: Sequence[syntax.Named]) -> str:
    told = (_KEYS.get(letter.spelling.letters, letter.spelling.letters) for letter in letters)
    return name.spelling.subscript + "".join(told)


def _is_known(name: syntax.Named, letters: Sequence[syntax.Named], context: Context) -> bool:
    key = _key(name, letters)
    if context.vocabulary.names.get(f"sigma2_{key}") is not None:
        return True
    assert name.spelling.below is not None
    written = "".join(context.text[name.spelling.below.start : letters[-1].end].split())
    in_brackets = r"\s*".join(re.escape(character) for character in written)
    return stands_in(context.text, rf"\(\s*{in_brackets}\s*\)\s*_")


def _note_braces(name: syntax.Named, start: int, end: int, context: Context) -> None:
    below = context.text[start:end]
    usual = f"{context.text[name.start : start]}{{{below}}}"
    sentence = f"Without braces only the first letter stands below the line: {usual}."
    context.findings.append(Finding("braces-missing", name.start, end, sentence, usual))
