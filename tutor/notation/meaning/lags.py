r"""Distances of time and space: the u of Y(t − u) and of ρ(u) is a number, and so what Y stands before is a time.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_LAG = re.compile(
    r"""[(_{]\s*(?:[ij]{0,2}\s*[ijts])\s*[-+−]\s*u\s*[)}]              # Y(t − u), Y_{ij-u}
    |(?:\\(?:rho|gamma)(?![A-Za-z])|[ργ])\s*\}?\s*(?:\\left\s*)?\(\s*u\s*(?:\\right\s*)?\)   # ρ(u), γ(u)""",
    re.X,
)
_EFFECTS = re.compile(
    r"(?<![A-Za-z\\])Z\s*\}?\s*(?:\\(?:mathbf|boldsymbol|bm|hat)\s*\{?\s*)*u|u\s*\}?\s*(?:\\sim(?![A-Za-z])|[~∼])"
)


def of_lags(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name | None]:
    """The u of ρ(u) and Y(t − u), a distance, where it is no vector of effects."""
    text = usage.text
    if _LAG.search(text) is None or _EFFECTS.search(text) is not None:
        return {}
    return {"u": Name("u", Scalar(sympy.Symbol("u", real=True)))}


def is_at_lag(letter: str, of: syntax.Node, context: Context) -> bool:
    """Whether brackets behind a letter hold a sum of times or places, t − u and s + h, and the letter stands elsewhere
    before one of them alone, as in Y(t) − Y(t − u): who multiplies does not write Y(t)."""
    terms = of.terms if isinstance(of, syntax.Sum) else ()
    names = [term.spelling.letters for term in terms if isinstance(term, syntax.Named) and not term.spelling.accent]
    are_letters = len(names) == len(terms) > 1 and names[0] in {"t", "s", "x"} and all(len(name) == 1 for name in names)
    alone = (
        rf"(?<![A-Za-z\\]){re.escape(letter)}\s*(?:\\left\s*)?\(\s*{names[0]}\s*(?:\\right\s*)?\)"
        if are_letters
        else ""
    )
    return are_letters and context.vocabulary.takes_new_names and stands_in(context.text, alone)
