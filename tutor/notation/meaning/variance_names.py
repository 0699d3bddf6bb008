"""Variances by the names that programs and keyboards give them: su2, sig2_u, var_u and sigmau for σ²_u and σ_u."""

from __future__ import annotations

import re

import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import Name, Vocabulary

_JOINED = re.compile(r"s(?:ig(?:ma)?)?_?(?P<index>[a-z])2")
_VARIANCES = frozenset({"sig2", "sigsq", "sigmasq", "var", "Var"})
_DEVIATIONS = frozenset({"sig", "sd", "SD", "sigma"})
_NEW = re.compile("s[abcdghmrtw]2")
"""Names of variances that no model tells: sa2 and sg2, of animals and genotypes."""

_ROOT = re.compile(r"sig(?:ma)?(?P<index>[a-z])")


def variance_by_program_name(spelling: Spelling, vocabulary: Vocabulary) -> Name | None:
    """The variance, or the standard deviation, that a name of several letters stands for where the vocabulary has it:
    sigma2_u for su2, sig2_u and var_u, sigma_u for sd_u and sigmau; None for other names.

    >>> from tutor.notation.vocabulary import lecture_vocabulary
    >>> variance_by_program_name(Spelling("su2", run=True), lecture_vocabulary()).key
    'sigma2_u'
    """
    key = "" if spelling.bold or spelling.accent else _key(spelling.letters, spelling.subscript)
    known = vocabulary.names.get(key) if key else None
    if known is None and vocabulary.takes_new_names and _NEW.fullmatch(spelling.letters) and not spelling.subscript:
        return Name(key, Scalar(sympy.Symbol(key, positive=True)))
    return known


def _key(letters: str, subscript: str) -> str:
    if subscript:
        index = subscript if subscript.isalpha() else ""
        if letters == "sigma" and index == "":
            return _of_two(subscript)
        base = "sigma2" if letters in _VARIANCES else "sigma" if letters in _DEVIATIONS else ""
        return f"{base}_{index}" if base and index else _squared(letters, subscript)
    joined, root = _JOINED.fullmatch(letters), _ROOT.fullmatch(letters)
    if joined is not None:
        return f"sigma2_{joined['index']}"
    return f"sigma_{root['index']}" if root is not None else "sigma2" if letters in _VARIANCES - {"var", "Var"} else ""


def _squared(letters: str, subscript: str) -> str:
    """s_u2 and sig_u2."""
    return _of_two(subscript) if letters in ("s", "sig") else ""


def _of_two(subscript: str) -> str:
    """sigma_u2 is σ²_u."""
    return f"sigma2_{subscript[0]}" if len(subscript) == 2 and subscript[0].isalpha() and subscript[1] == "2" else ""
