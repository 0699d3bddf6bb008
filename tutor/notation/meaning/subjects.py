r"""The blocks of one subject, V_i = Z_iDZ_i' + σ²I_{n_i}: they have a row for each of its n_i observations.

That a text is about subjects is told by n_i in it, or by blocks with one index that only the rows of a subject have in
common: X_i beside y_i, Z_i or V_i, and V_i or R_i beside Z_i or y_i. A Z_k alone is the part of Z of one factor. Of
letters that are not bold, where X_i may be a covariate, it is told by a block that is transposed or stands before β
or b_i.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.kinds import rows_of_unit
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

_BOLD = r"\\(?:mathbf|boldsymbol|bm|symbf|pmb)\s*(?:\{\s*)?"
_LETTER = r"(?:\\hat\s*\{?\s*)?(?P<letter>[yYXZVR]|\\(?:var)?epsilon(?![A-Za-z])|\\Sigma(?![A-Za-z])|[εΣe])"
STARRED = r"(?:\^\s*\{?\s*(?:\\(?:star|ast)(?![A-Za-z])|[*⋆])\s*\}?\s*)?"
"""The star of X^*_i, if there is one."""

_OF_PARAMETERS = r"\(\s*(?:\\(?:boldsymbol|mathbf|bm)\s*\{?\s*)?(?:\\[a-z]|[α-ω])"
_INDEX = (
    rf"\s*(?:\}}\s*)?{STARRED}"
    r"(?:_\s*\{?\s*(?P<index>[g-ms])(?:(?=[DG]Z)|(?![A-Za-z0-9,(])|(?=" + _OF_PARAMETERS + r"))|(?P<small>[ᵢⱼₖ]))"
)
_BLOCK = re.compile(rf"{_BOLD}{_LETTER}{_INDEX}")
_PLAIN_BLOCK = re.compile(rf"(?<![A-Za-z\\{{]){_LETTER}{_INDEX}")
_COUNT = re.compile(rf"(?:(?<![A-Za-z\\])|(?<=[{{,\s][g-m]))(?P<letter>n){_INDEX}")
_MAY_BE = re.compile("[XZVRΣ]|Sigma|n(?:_|[ᵢⱼₖ])")
"""What no text about subjects is without."""

_BOLD_GROUP = re.compile(r"\\(?:mathbf|boldsymbol)\s*\{(?:[^{}]|\{[^{}]*\}){4,300}\}")
_IN_GROUP = re.compile(r"(?<![A-Za-z\\])(?:[XYZVR]|\\Sigma)(?=\s*_)|(?<=_[g-ms])[XYZV](?=\s*_)")

_SMALL = {"ᵢ": "i", "ⱼ": "j", "ₖ": "k"}
_TRANSPOSED = r"\s*\}?\s*(?:['′ᵀ]|\^\s*\{?\s*(?:T|\\top|\\prime)(?![A-Za-z]))"
_EFFECTS = r"\s*\}?\s*(?:b|u|\\gamma(?![A-Za-z])|γ)\s*(?:_\s*\{?\s*[g-ms]|[ᵢⱼₖ])"
_SLOPES = r"\s*\}?\s*(?:\\(?:hat|widehat)\s*\{?\s*)?(?:\\beta(?![A-Za-z])|β)(?!\s*\}?\s*_|[₀-₉])"
_GLUED = re.compile(rf"DZ{_INDEX}")
_IS_MATRIX = re.compile(rf"(?<![A-CE-Za-z\\{{])[XZ]{_INDEX}(?:{_TRANSPOSED}(?!\s*{_SLOPES})|{_EFFECTS}|{_SLOPES})")
"""X_i'V_i⁻¹, Z_ib_i and X_iβ; X_i'β has the covariates of one observation."""

_TOGETHER = (
    {"X", "y"}, {"X", "Z"}, {"X", "V"}, {"Z", "V"}, {"Z", "R"}, {"Z", "Sigma"}, {"epsilon", "Sigma"}, {"e", "Sigma"},
    {"y", "V"}, {"y", "R"}, {"y", "Sigma"},
)  # fmt: skip
_KEYS = {"Y": "y", "Σ": "Sigma", r"\Sigma": "Sigma", "ε": "epsilon", r"\epsilon": "epsilon", r"\varepsilon": "epsilon"}
_BLOCKS = frozenset({"y", "X", "Z", "R", "V", "Sigma", "e", "epsilon", "varepsilon", "mu", "eta", "u", "b", "gamma"})


_MEANS = frozenset({"mu", "eta"})
"""Those of them that are numbers where no index is."""


def of_subjects(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of the blocks of a subject, by their keys, where a text is about subjects."""
    text = usage.text
    if _MAY_BE.search(text) is None:
        return {}  # a large matrix of numbers: the other patterns would take their time
    bold, plain = _indices(_BLOCK, _each_bold(text)), _indices(_PLAIN_BLOCK, text)
    counted = set(_indices(_COUNT, text))
    matrices = {_index(found) for found in _IS_MATRIX.finditer(text)}
    names: dict[str, Name] = {}
    for index in {*bold, *plain}:
        letters = bold.get(index, set()) | (plain.get(index, set()) if index in matrices else set())
        if letters and (index in counted or any(pair <= letters for pair in _TOGETHER)):
            names |= {name.key: name for name in _blocks(vocabulary, index, usage, is_plain=index in matrices)}
            names |= {name.key: name for name in _parts_of_errors(names, index, text)}
            effects = vocabulary.lookup("G")
            if effects is not None and vocabulary.lookup("D") is None and _GLUED.search(text) is not None:
                # A letter that nobody introduced is told from the one behind it only by what is known of both.
                names["D"] = Name("D", Symbol("D", *effects.tree.shape))
    return names


def _each_bold(text: str) -> str:
    r"""The text in which each letter of a bold group has the font, \mathbf{X_iV_iX_i'} as \mathbf X_i \mathbf V_i ….

    >>> _each_bold(r"\mathbf{V_iX_i}")
    '\\mathbf{\\mathbf V_i\\mathbf X_i}'
    """
    return _BOLD_GROUP.sub(lambda found: _IN_GROUP.sub(lambda letter: rf"\mathbf {letter[0]}", found[0]), text)


def _indices(pattern: re.Pattern[str], text: str) -> dict[str, set[str]]:
    """Index: the letters that stand with it."""
    told: dict[str, set[str]] = {}
    for found in pattern.finditer(text):
        told.setdefault(_index(found), set()).add(_KEYS.get(found["letter"], found["letter"]))
    return told


def _index(found: re.Match[str]) -> str:
    return found["index"] or _SMALL[found["small"]]


def _blocks(vocabulary: Vocabulary, index: str, usage: Usage, *, is_plain: bool) -> Iterator[Name]:
    """The names of the blocks; if the letters are ``is_plain`` they are blocks also where they are not bold."""
    for key, name in vocabulary.names.items():
        tree = Symbol(key, size("n"), ONE) if key in _MEANS else name.bold or name.tree
        if key not in _BLOCKS or not isinstance(tree, Symbol):
            continue
        rows, columns = (rows_of_unit(index, usage) if extent == size("n") else extent for extent in tree.shape)
        block = Symbol(f"{key}_{index}", rows, columns, tree.role, tree.facts)
        element = Scalar(sympy.Symbol(f"{key}_{index}", real=True))
        yield Name(block.name, block if is_plain else element, name.about, bold=block)


def _parts_of_errors(names: Mapping[str, Name], index: str, text: str) -> Iterator[Name]:
    """The ε_{(1)i} and ε_{(2)i} of a subject, as long as ε_i."""
    for key in (f"epsilon_{index}", f"e_{index}"):
        error = names.get(key)
        for part in (f"({number}){index}" for number in "123" if f"({number}){index}" in text):
            if error is not None and isinstance(error.bold, Symbol):
                block = Symbol(f"{key.partition('_')[0]}_{part}", *error.bold.shape, error.bold.role)
                yield Name(block.name, block if isinstance(error.tree, Symbol) else error.tree, error.about, bold=block)
