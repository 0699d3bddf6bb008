r"""What stands above a symbol: a transpose, an inverse, or a power.

All spellings of a transpose (^T, ^\top, ^{\prime}, ᵀ), of an inverse (^{-1}, ^-1, ⁻¹, ^{-T}) and of generalized ones
(^{-}, ^{+}, ^\dagger) are told apart from powers here, by their looks; whether ρ^t is a power is for the vocabulary to
say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from tutor.errors import ReadError
from tutor.notation.light_value import light_value
from tutor.notation.names import RAISED, STAR
from tutor.notation.parsing.spelling import SUPERSCRIPT_CHARACTERS
from tutor.notation.parsing.token import Span, Spelling, Token

_SIGN = r"(?:\\top(?![A-Za-z])|\\intercal(?![A-Za-z])|\\prime(?![A-Za-z])|\\(?:T|tp|trans|transp)(?![A-Za-z])|'|′)"
_SURE = rf"(?:\\[!,;:]\s*)*(?:T|{_SIGN})"
_LETTER = rf"(?:t|{_SURE})"
_FONT = r"\\(?:mathrm|mathsf|mathbf|boldsymbol|bm|text|textrm|rm|scriptscriptstyle)\s*"
_TRANSPOSED = re.compile(rf"\^\s*(?:\{{\s*)?(?:T(?![a-z])|{_SIGN})|['′ᵀ]")
_OF_A_PRODUCT = re.compile(r"[)\]]\s*\^\s*(?:\{\s*[gG]\s*\}|g)(?![A-Za-z])")
"""A generalized inverse spelled by its letter, behind brackets."""

_MINUS_ONE = r"[-−]\s*1"
_DAGGER = r"(?:†|\\dag(?:ger)?(?![A-Za-z]))"
_PLUS = rf"(?:\+|{_DAGGER})"
_RAISED_PIECE = re.compile(r"[0-9]+|.")
_WORD = re.compile(
    rf"""(?P<both>\{{\s*(?:[-−]\s*{_SURE}|{_MINUS_ONE}\s*(?:\\[,;!])?\s*{_SURE}|{_SIGN}\s*{_MINUS_ONE})\s*\}})
    |(?P<transpose>\{{\s*(?:{_FONT})?(?:\{{\s*{_LETTER}\s*\}}|{_LETTER})\s*\}}|{_FONT}(?:\{{\s*{_LETTER}\s*\}}|{_LETTER}(?![a-z]))
        |{_LETTER}(?![a-z])|T(?=[a-z](?![A-Za-z])))
    |(?P<inverse>\{{\s*{_MINUS_ONE}\s*\}}|\(\s*{_MINUS_ONE}\s*\))
    |(?P<unbraced>{_MINUS_ONE}(?![0-9.]))
    |(?P<moore_transposed>\{{\s*{_PLUS}\s*{_SURE}\s*\}})
    |(?P<moore>\{{\s*{_PLUS}\s*\}}|{_DAGGER}|\+(?!\s*[0-9.({{]))
    |(?P<generalized>\{{\s*[-−]\s*\}}|[-−](?!\s*[0-9.({{])|(?<=\)\^)[-−](?=\(\s*\\?[A-Za-z]))""",
    re.X,
)

_STAR_AND_PRIME = re.compile(
    r"\s*\^\s*\{\s*(?:\\(?:star|ast)(?![A-Za-z])|\*|⋆)\s*(?P<prime>\\(?:prime|top|intercal)(?![A-Za-z])|['′T])\s*\}"
)
"""A star and a transpose in one pair of braces, u^{*\\prime} and X^{*T}."""

_STAR = re.compile(r"\s*\^\s*(?:\{\s*(?:\\(?:star|ast)|\*|⋆)\s*\}|\\(?:star|ast)(?![A-Za-z])|\*(?!\*)|⋆)")
_METHOD = re.compile(
    r"\s*\^\s*\{\s*(?P<set>\\(?:text|mathrm|textrm|rm|mathsf|operatorname)\s*\{\s*)?(?P<method>(?!T+\b)[A-Z]{2,8})"
    r"\s*(?(set)\}\s*)\}"
)
r"""Capitals above a name that tell how it was estimated, \hat\theta^{REML}, and are no power."""

_CAPITAL = re.compile(r"\s*\^\s*(?:\{\s*([A-GI-SU-Z])\s*\}|([A-GI-SU-Z])(?![A-Za-z]))")
r"""One capital above coefficients, \beta^{M} and \beta^{C} of the marginal and the conditional model: nobody raises
coefficients to a power that is a capital."""

_BRACKETED_WORD = re.compile(
    r"\s*\^\s*\{\s*\(\s*(?:\\(?:text|mathrm|textrm|rm|mathsf|textit)\s*\{\s*([A-Za-z]{2,12})\s*\}|([a-z]{3,12}))\s*\)\s*\}"
)
r"""A word in brackets above a name, b^{(\text{lot})}."""

_SET_WORD = re.compile(
    r"\s*\^\s*\{\s*(?:\\(?:text|mathrm|textrm|rm|mathsf|textit)\s*\{\s*([A-Za-z]{2,12})\s*\}"
    r"|(obs|miss?|com|new|old|true|rep|pred|full|red|null|pre|post|treat|control|male|female|between|within))\s*\}"
)
r"""A word above a name without brackets, \mathbf{Y}^{obs} and y^{\text{loss}}."""

_SQUARE_WITH_LABEL = re.compile(
    r"""\s*\^\s*\{\s*(?P<power>2)(?:(?:\s|~|,|\\[,;:!])+(?=[^\s~,(\\]|\\[a-z])
        (?:\\(?:text|mathrm|textrm|rm|mathsf|operatorname)\s*\{\s*)?(?P<method>[A-Z]{2,8})\s*(?:\}\s*)?
    |(?:\s|~|,|\\[,;:!])*\(\s*(?:\\(?:text|mathrm|textrm|rm|mathsf|operatorname)\s*\{\s*)?(?P<word>[A-Za-z]{2,12})\s*(?:\}\s*)?\)\s*)\}""",
    re.X,
)
r"""A square and a label above an estimate, \hat\sigma^{2,REML} and \hat\sigma^{2\,(ML)}."""

MOST_RAISED = 300
"""Raised characters behind one name."""

GENERALIZED_INVERSE = "generalized inverse"
"""The function that a minus above a matrix stands for, A⁻ with AA⁻A = A."""

MOORE_PENROSE = "Moore-Penrose inverse"
"""The function that a plus or a dagger stands for, A⁺: the one generalized inverse of Moore and Penrose."""

Kind = Literal["both", "transpose", "inverse", "unbraced", "generalized", "moore", "moore_transposed"]

GENERALIZED: dict[str, str] = {
    "generalized": GENERALIZED_INVERSE,
    "moore": MOORE_PENROSE,
    "moore_transposed": MOORE_PENROSE,
}
"""Kind of a superscript: the function that it stands for."""


@light_value
class Superscript:
    """A transpose, an inverse, or both; ``letter`` is T or t, which might be an exponent, and ``end`` where it ends."""

    kind: Kind
    letter: str
    end: int


def superscript_at(text: str, start: int, end: int) -> Superscript | None:
    """The transpose or inverse that stands after a ^, or None for a power."""
    caret = max(0, text.rfind("^", 0, start))
    product = _OF_A_PRODUCT.match(text, max(0, len(text[:caret].rstrip()) - 1), end)
    if product is not None and product.end() > start and _TRANSPOSED.search(text, 0, start) is not None:
        return Superscript("generalized", "", product.end())
    found = _WORD.match(text, start, end)
    if found is None:
        return None
    kind: Kind = found.lastgroup  # pyright: ignore[reportAssignmentType]  (the groups are named as the kinds)
    letters = re.sub(rf"{_FONT}|[\s{{}}]", "", found[0])
    return Superscript(kind, letters if kind == "transpose" and letters in {"T", "t"} else "", found.end())


_PART_ABOVE = re.compile(r"\s*\^\s*\{\s*([1-3][1-3])\s*\}")
"""Two places above a letter, C^{22}: nobody raises a matrix to that power."""
_LETTERS_OF_ELEMENTS = frozenset({"a", "g", "r", "v", "omega"})
_PLACES_ABOVE = re.compile(r"\s*\^\s*\{\s*([a-z][0-9]{1,2}|[ijkl]\s?[ijkl])\s*\}(?!\s*_)")
"""The places of an element of an inverse, a^{ij}, or its source and its numbers, r^{e12}."""

_CAPITALS_OF_ELEMENTS = frozenset("ACGcVT")
_INDICES_ABOVE = re.compile(r"\s*\^\s*\{\s*([ijkl]\s?,?\s?[ijkl])\s*\}(?!\s*_)")
"""Two indices above the letter of a matrix, C^{ii}: an element of its inverse, which no power is."""

_PARTS = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*\}?\s*(?:\^|_)\s*\{\s*([1-3])([1-3])\s*\}")


@lru_cache(maxsize=8)
def _letters_of_parts(text: str) -> frozenset[str]:
    """The letters of a text that have two places above or below them of which the numbers differ or one is no power, as
    in C^{12} beside C^{22}: parts or elements of an inverse."""
    found: dict[str, set[str]] = {}
    for letter, row, column in _PARTS.findall(text):
        found.setdefault(letter, set()).add(row + column)
    return frozenset(letter for letter, places in found.items() if len(places) > 1)


def label_above(text: str, spelling: Spelling, start: int, end: int) -> tuple[str, Span | None, int]:
    r"""What stands above a name and is part of it, as keys have it: the star of t^\star, the method of
    \hat\theta^{REML}; the place of a power before it, the 2 of \hat\sigma^{2,REML}; and where it ends. Nothing, and
    the start, where none stands there."""
    if not spelling.letters:
        return "", None, start
    if (star := _STAR.match(text, start, end)) is not None:
        return STAR, None, star.end()
    if (star := _STAR_AND_PRIME.match(text, start, end)) is not None:
        return STAR, Span(*star.span("prime")), star.end()
    squared = _SQUARE_WITH_LABEL.match(text, start, end) if spelling.letters == "sigma" and spelling.accent else None
    if squared is not None:
        told = squared["method"] or f"({squared['word']})"
        return f"{RAISED}{told}", Span(*squared.span("power")), squared.end()
    is_short = len(spelling.letters) == 1 or (spelling.run and spelling.letters.isupper())  # Z beside C^{22}
    part = _PART_ABOVE.match(text, start, end) if is_short else None
    if part is not None and (spelling.letters.isupper() or spelling.letters in _letters_of_parts(text)):
        return f"{RAISED}{part[1]}", None, part.end()
    if (places := _of_inverse(text, spelling, start, end)) is not None:
        return f"{RAISED}{places[1]}", None, places.end()
    capital = _CAPITAL.match(text, start, end) if spelling.letters == "beta" else None
    if capital is not None:
        return f"{RAISED}{capital[1] or capital[2]}", None, capital.end()
    method = _METHOD.match(text, start, end) if spelling != Spelling("e") else None
    if method is None and (word := _BRACKETED_WORD.match(text, start, end)) is not None:
        return f"{RAISED}({word[1] or word[2]})", None, word.end()
    if method is None and (word := _SET_WORD.match(text, start, end)) is not None:
        return f"{RAISED}({word[1] or word[2]})", None, word.end()
    return ("", None, start) if method is None else (f"{RAISED}{method['method']}", None, method.end())


@lru_cache(maxsize=8)
def _on_diagonal(text: str, letter: str) -> bool:
    """Whether a text has a letter with one index twice above it, C^{ii}."""
    return any(re.search(rf"{letter}\s*\^\s*\{{\s*{index}\s?,?\s?{index}\s*\}}", text) for index in "ijkl")


def _of_inverse(text: str, spelling: Spelling, start: int, end: int) -> re.Match[str] | None:
    """The places above an element of an inverse, of a letter that has none below."""
    if spelling.accent or spelling.subscript or spelling.bold:
        return None
    if spelling.letters in _CAPITALS_OF_ELEMENTS:
        found = _INDICES_ABOVE.match(text, start, end)
        # Without an element of the diagonal beside it, C^{ij} may be a part of the inverse.
        is_element = found is not None and (found[1][0] == found[1][-1] or _on_diagonal(text, spelling.letters))
        return found if is_element else None
    if spelling.letters not in _LETTERS_OF_ELEMENTS:
        return None
    return _PLACES_ABOVE.match(text, start, end)


def raised(characters: str, start: int) -> list[Token]:
    """The tokens of raised Unicode characters at a place: ᵀ, ⁻¹, or a power such as ² and ⁿ⁻¹."""
    content = characters.translate(SUPERSCRIPT_CHARACTERS)
    if len(content) > MOST_RAISED:
        problem = f"This exponent has {len(content):,} signs; at most {MOST_RAISED} can be read."
        raise ReadError(problem, text=characters, start=0, end=len(content), kind="too-large")
    end = start + len(content)
    prime, inverse = Token("PRIME", 1, start, end), Token("INVERSE", "", start, end)
    if content in {"T", "t"}:
        return [prime]
    if content == "-1":
        return [inverse]
    if content in {"-", "+"}:
        return [Token("METHOD", GENERALIZED_INVERSE if content == "-" else MOORE_PENROSE, start, end)]
    if content in {"+T", "+t"}:
        return [Token("METHOD", MOORE_PENROSE, start, end), prime]
    if content in {"-T", "-t", "-1T", "T-1"}:
        return [inverse, prime]
    tokens = [Token("CARET", "^", start, start), Token("LBRACE", "{", start, start)]
    for piece in _RAISED_PIECE.finditer(content):
        type_ = "NUMBER" if piece[0].isdigit() else {"+": "PLUS", "-": "MINUS"}.get(piece[0], "NAME")
        value = Spelling(piece[0]) if type_ == "NAME" else piece[0]
        tokens.append(Token(type_, value, start + piece.start(), start + piece.end()))
    return [*tokens, Token("RBRACE", "}", end, end)]
