"""A subscript as a name of the vocabulary spells it, without its fonts, blanks and braces."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from unicodedata import normalize

from tutor.notation.bars import BARS, with_bars
from tutor.notation.escape import is_latin
from tutor.notation.names import ACCENT_SIGNS, BELOW, CROSSED, split_base
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.parsing.spelling import ACCENTS, BLANK, FONTS, GREEK_COMMANDS, GREEK_LETTERS, WORD_FONTS
from tutor.notation.parsing.token import Span, Spelling

MARKS = {mark: ending for ending, (_, _, mark) in ACCENT_SIGNS.items()}
"""What a subscript's spelling has for an accent above a letter, by the mark itself."""

_SIGN = re.compile(r"\s*([-+−:])\s*")
_RAISED_PRIME = re.compile(r"\^\s*(?:\{\s*(?:\\prime|['′])\s*\}|\\prime(?![A-Za-z])\s*)")
_ALL_MARKS = "".join(MARKS)
_MARKED_OR_WORD = re.compile(rf"[^\W\d_]{{2,}}[{_ALL_MARKS}]*|[^\W\d_]+[{_ALL_MARKS}]+")
_SUBSCRIPT_PART = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|([0-9]+\.[0-9]+|[0-9]+|[A-Za-z]+)|(\s|~)|(.)", re.S)
_FRACTION = re.compile(r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_KEPT = {**{sign: sign for sign in f"()|+-*/^=:{BARS}"}, "−": "-", "[": "(", "]": ")"}
"""Signs that stay in a subscript, each as it is spelled."""

_SIGNS = frozenset({*_KEPT, *MARKS, *GREEK_LETTERS, *string.ascii_letters, *"{}·⋅•.×'′⋆%,;_ℓ∣&", BELOW, CROSSED, BARS})
_INDICES_APART = re.compile(r"\s*[0-9]?[h-o]*(?:(?:\s|~|\\[,;: ])+[h-o]+)+\s*")
"""Index letters with blanks between them, i k lm, of which the first may be the number of a variable, 0 jk."""

_LETTERS = re.compile(r"[^\W\d_]+")
_COUNT_OF_ITS_OWN = re.compile(r"\s*([0-9g-l]*)(?:\s|\\[,; ]|,)*([nNmJTKr])\s*_\s*\{?\s*([a-dg-l])\s*\}?\s*")
"""The last of a unit's indices, i n_i: the count has an index of its own."""

_COUNT_BEFORE = re.compile(r"\s*([nNmJTKr])\s*_\s*(?:\{\s*([g-l])\s*\}|([g-l]))(?:\s|\\[,; ]|,)*([0-9g-l])\s*")
_COUNT_OF_SAME = re.compile(
    r"\s*(?P<before>[A-Za-z0-9]*?)(?P<unit>[A-Za-z0-9])(?:\s|\\[,; ]|,)*(?P<count>[nNmJTKr])\s*_"
    r"\s*(?:\{\s*(?P=unit)\s*\}|(?P=unit))\s*"
)
"""The last element of a unit, m n_m and 1,n_1: below the count stands the unit that stands before it."""

_NAME_WITH_INDEX = r"((?:\\[a-z]+\s*|[A-Za-z])_\s*(?:\{[A-Za-z0-9]{1,3}\}|[A-Za-z0-9]))"
_TWO_NAMES = re.compile(rf"\s*{_NAME_WITH_INDEX}(?:\s|\\[,; ]|,)*{_NAME_WITH_INDEX}\s*")
"""Two names with an index each, of which there is a covariance: σ_{u_1u_2}."""

_AVERAGED = re.compile(
    r"(?:\s|~|\\[,;: ]){0,9}(?:\\(?:cdot|bullet)(?![A-Za-z])|[·⋅•]|(?<![0-9])\.(?![0-9]))(?:\s|~|\\[,;: ]){0,9}"
)
"""A dot in the place of an index with the blanks around it, which tell nothing: i \\cdot \\cdot is i\\cdot\\cdot."""

_BLANKS_APART = re.compile(r"\s|~|\\[,;: ]")
_WORDS_JOINED = re.compile(r"[A-Za-z]{2}[\s}]*:[\s{]*(?:\\[a-z]+\s*\{\s*)?[A-Za-z]{2}")
"""rep:block, as R names an interaction; y_{1:n} are many elements, and y_{i:n} one in its order."""

_LETTER_IN_SUM = re.compile(r"[A-Za-z0-9][-+][A-Za-z]\Z")
_OPENS_SUM = re.compile(r"[A-Za-z]_(?:\{[A-Za-z0-9]\}|[A-Za-z0-9])\s*[-+−]\s*[A-Za-z]_")
"""q_1 - q_0, a difference of two names with subscripts of their own."""

_HISTORY = re.compile(r"\s*(?:\\text\s*\{)?\s*[01]\s*:\s*[stT]\s*(?:[-+−]\s*1)?\s*\}?\s*")
"""All times up to one, y_{1:t}; other elements that a colon takes together, y_{1:n}, have no name."""

_OF_TRAIT = re.compile(r"\s*(?:\\text\s*\{)?\s*[g-mr-t]{1,4}\s*:\s*[0-9]{1,2}\s*\}?\s*")
"""The indices of a unit and the number of its trait, y_{ij:1}; y_{1:n} are many elements."""

_BAR = re.compile(r"[|∣]|\\(?:mid|r?vert)(?![A-Za-z])")
_WORDS = frozenset({"max", "min", "sup", "inf", "ref"})
_COMMANDS = frozenset(
    {*ACCENTS, *GREEK_COMMANDS, *FONTS, *WORD_FONTS, *BLANK, *_WORDS, "ell", "cdot", "bullet", "times", "prime", "star",
     "ast", "mid", "vert", "left", "right", "bf", "it", "rm", "cal"}
)  # fmt: skip


_OF_FACTORS = STATISTICS | {"sigma", "F"}
"""Names below which factors may cross; below others × stands between dimensions."""

_CROSSED = re.compile(r"(?:[A-Z]|[A-Za-z]{2,})(?:×(?:[A-Z]|[A-Za-z]{2,}))+")
_CROSSED_BELOW_SIGMA = re.compile(r"[A-Za-z]+(?:×[A-Za-z]+)+")
"""Factors that cross, A×B and block×trt, which are no dimensions; a deviation has none at all, σ_{m×p}."""


def are_crossed(subscript: str, spelling: Spelling) -> bool:
    """Whether the parts of a subscript with a × below a name are factors that cross, and no dimensions."""
    crossed = _CROSSED_BELOW_SIGMA if spelling.letters == "sigma" and not spelling.bold else _CROSSED
    letters, *others = split_base(spelling.letters)[0]
    return letters in _OF_FACTORS and not others and crossed.fullmatch(subscript) is not None


_CHAINED = re.compile(r"(?:\[\s*[A-Za-z0-9]{1,3}\s*\]){2,6}")


def chained_places(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The indices of an element as programs write it with a bracket for each, y[i][j], and where they end."""
    found = _CHAINED.match(text, start, end)
    if found is None:
        return None
    parts = re.findall("[A-Za-z0-9]+", found[0])
    return ("" if all(len(part) == 1 for part in parts) else "_").join(parts), found.end()


_NESTED = re.compile(r"[A-Za-z0-9]{1,4}['′’]{0,3}\((?:[i-o]['′’]{0,3}){1,6}\)")
_NESTED_NUMBER = re.compile(r"(?:[0-9]{1,2}|[i-o])\([0-9]{1,2}\)")
_ANOTHER_INDEX = re.compile(r"[0-9h-l]*[h-l]['′’]{1,3}[0-9h-l][h-l'′’]{0,6}(?![A-Za-z0-9_])")
"""Indices without braces of which one before the last has a prime: y_i'j. A last prime is a transpose, x_i'."""

_ANOTHER_MEAN = re.compile(
    r"[0-9h-l.·⋅]{0,6}[h-l]['′’]{1,3}(?:[0-9h-l.]['′’]{0,3}|[·⋅](?!\s*[\w(\\])){1,6}(?![A-Za-z0-9_])"
)
"""The same below a mean, ȳ_i'. and ȳ_.j'k, where a dot stands for an index."""


def marked_indices(text: str, start: int, end: int, *, has_dots: bool, has_number: bool) -> re.Match[str] | None:
    """Indices without braces of which some are nested, i(k'), or have primes, i'j; below a mean they may have dots, and
    but for names that are multiplied by a number in brackets, numbers, 2(1)."""
    another = _ANOTHER_MEAN if has_dots else _ANOTHER_INDEX
    found = _NESTED.match(text, start, end) or another.match(text, start, end)
    return found or (_NESTED_NUMBER.match(text, start, end) if has_number else None)


def foreign_sign(raw: str) -> tuple[int, int] | None:
    """Where a subscript has a sign that no name has, as the < of y_{i<j}; None for all others.

    >>> foreign_sign("i<j"), foreign_sign("i,j")
    ((1, 2), None)
    """
    raw = with_bars(raw)
    may_be_value = _BAR.search(raw) is not None  # below μ_{Y|X=x}; μ_{x=0} may be its value there
    for piece in _SUBSCRIPT_PART.finditer(_FRACTION.sub(lambda found: "a" * len(found[0]), raw)):
        command, other = piece[1], piece[5]
        if other == "=" and not may_be_value:
            return piece.span()
        if other == ":" and not (_WORDS_JOINED.search(raw) or _HISTORY.fullmatch(raw) or _OF_TRAIT.fullmatch(raw)):
            return piece.span()
        is_letter = other is None or set(normalize("NFD", other)) <= _SIGNS or is_latin(other)
        if (command and command not in _COMMANDS) or not is_letter:
            return piece.span()
    return None


def normal_subscript(raw: str) -> str:
    r"""A subscript without its fonts, blanks and braces: parts that are longer than a character are joined by ``_``.

    >>> [normal_subscript(raw) for raw in (r"\varepsilon", "1,12", "i k lm", r"n \times p", r"i \mid k", "in_i")]
    ['e', '1_12', 'iklm', 'n×p', 'i|_k', 'i_n‿i']
    """
    counted = _COUNT_OF_ITS_OWN.fullmatch(raw)
    if counted is not None:
        before = normal_subscript(counted[1]) if counted[1] else ""
        return "_".join(filter(None, (before, f"{counted[2]}{BELOW}{counted[3]}")))
    counted = _COUNT_OF_SAME.fullmatch(raw) if "_" in raw else None
    if counted is not None:
        before = normal_subscript(f"{counted['before']}{counted['unit']}")
        return f"{before}_{counted['count']}{BELOW}{counted['unit']}"
    counted = _COUNT_BEFORE.fullmatch(raw)
    if counted is not None:
        return f"{counted[1]}{BELOW}{counted[2] or counted[3]}_{counted[4]}"
    if "_" in raw and (names := _TWO_NAMES.fullmatch(raw)) is not None:
        return f"{normal_subscript(names[1])}_{normal_subscript(names[2])}"
    if _INDICES_APART.fullmatch(raw):
        return _BLANKS_APART.sub("", raw)
    parts: list[str] = [""]
    mark = ""
    raw = with_bars(_AVERAGED.sub("·", _RAISED_PRIME.sub("'", raw)))
    raw = _SIGN.sub(r"\1", raw if raw.isascii() else _with_marks_of_letters(raw))
    for piece in _SUBSCRIPT_PART.finditer(_FRACTION.sub(r"\1/\2", raw)):
        command, escaped, word, blank, other = piece.groups()
        if blank and mark:
            continue  # the blank of \\bar y ends the command
        if command in ACCENTS:
            mark = ACCENT_SIGNS[ACCENTS[command]][2]
        elif mark and (word or command in GREEK_COMMANDS or other in GREEK_LETTERS):
            base = GREEK_COMMANDS.get(command) or GREEK_LETTERS.get(other) or word[0]
            parts[-1] += base + mark + (word or "")[1:]
            mark = ""
        elif other in MARKS:
            parts[-1] += other
        elif word:
            parts[-1] += word
        elif command == "ell" or other == "ℓ":
            parts[-1] += "l"  # an index as any other
        elif command in _WORDS:
            parts[-1] += command
        elif command in GREEK_COMMANDS:
            parts[-1] += "e" if GREEK_COMMANDS[command] == "epsilon" else GREEK_COMMANDS[command]
        elif command == "times" or other in {"×"}:
            parts = ["_".join(filter(None, parts)) + "×"]
        elif other in {"·", "."}:
            parts[-1] += "."
        elif command in {"prime"} or other in {"'", "′"}:
            parts[-1] += "'"
        elif command in {"star", "ast"} or other == "⋆":
            parts[-1] += "*"
        elif other in GREEK_LETTERS:
            parts[-1] += "e" if GREEK_LETTERS[other] == "epsilon" else GREEK_LETTERS[other]
        elif other == "_" and _MARKED_OR_WORD.fullmatch(re.split("[-+]", parts[-1])[-1]):
            parts[-1] += BELOW
        elif other == "_" and _LETTER_IN_SUM.search(parts[-1]) is not None:
            parts[-1] += BELOW  # the degrees of freedom q_1 - q_0
        elif other == "_" and _OPENS_SUM.match(raw) is not None and parts == [raw[0]]:
            parts[-1] += BELOW
        elif other == "_" and parts[-1].isalpha():
            continue  # u_0 below a name is u0
        elif escaped == "%" or other == "%":
            parts[-1] += "%"
        elif blank or escaped or other in {",", ";", "_"} or command in {"quad", "qquad"}:
            parts.append("")
        elif command == "partial" or other == "∂":
            parts[-1] += "∂"  # the neighbours of a place, j ∈ ∂_i
        elif other in _KEPT or command in {"mid", "vert"}:
            parts[-1] += _KEPT.get(other, "|")
        elif other and is_latin(other):
            parts[-1] += other  # of a word, résidus
    told = [part for part in parts if part]
    if told and "×" in told[0]:
        return "".join(told)
    joined = "".join(told) if all(len(part.strip(".")) < 2 for part in told) else "_".join(told)
    # The underscore tells the bar of a nested index from one after which something is given.
    return re.sub(r"_*=_*", "=", re.sub(r"_*\|_*(?=.)", "|_", joined))


def _with_marks_of_letters(raw: str) -> str:
    """A subscript in which accents are signs of their own, ŷ, but for those of words: Fläche."""
    whole = normalize("NFC", raw)
    return _LETTERS.sub(lambda word: word[0] if len(word[0]) > 3 else normalize("NFD", word[0]), whole)


def indices_below(below: str) -> Sequence[str]:
    """The indices of a subscript: numbers of several digits are parted, and a prime belongs to the letter before."""
    if "_" in below:
        return below.split("_")
    told: list[str] = []
    for sign in below:
        if sign in "'*" and told:
            told[-1] += sign
        else:
            told.append(sign)
    return told


_NUMBER_BESIDE = re.compile(r"(?<=[a-z])[0-9]{1,2}(?![0-9.,^])")
_NUMBERED = frozenset({"beta", "alpha", "gamma", "mu", "tau", "theta", "delta", "lambda", "eta", "epsilon"})
"""Greek letters of which a number right behind their command is an index: no factor stands behind a letter."""


def number_beside(text: str, letters: str, start: int, end: int) -> Span | None:
    """The place of the digits of such an index at an offset; None where there is none."""
    found = _NUMBER_BESIDE.match(text, start, end) if letters in _NUMBERED and "\\" in text else None
    return None if found is None else Span(*found.span())
