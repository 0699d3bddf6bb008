r"""Labels that are set over or below a term: \underset{SST}{Y'Y}, \overset{\text{fixed}}{X\beta}, \underset{=0}{X'e}.

Words, the capitals of a statistic, dimensions of a product and a value that is told are remarks. A sign over a single
letter may make another name of it, as a hat does.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.parsing.brackets import closing_brace
from tutor.notation.parsing.symbols import symbol_at

_SET = re.compile(r"\\(?P<place>underset|overset|stackrel)\s*(?=\{)")
_OF_SIGN = re.compile(
    r"\s*(?:\\(?:lim|sup|inf|max|min|arg|argmin|argmax|operatorname|mathop|sum|prod|int|bigoplus|mathrel)(?![A-Za-z])"
    r"|\\(?:text|mathrm|mbox)\s*\{\s*(?:arg|max|min|lim|sup|inf)|(?:arg|max|min|lim)(?![a-z]))"
)
"""What has a condition set below it, or words over it that belong to its meaning."""

_STARTS_TERM = re.compile(r"\s*(?:[(\[]|\\(?:left|frac|begin|text|mathrm|Vert|lVert|\|)(?![A-Za-z])|\|)")
_WORDS = r"\\(?:text|textrm|textbf|textit|textsf|textnormal|mathrm|mathsf|mbox|scriptsize|scriptstyle)(?![A-Za-z])\s*"
_REMARK = re.compile(
    rf"\s*(?:{_WORDS})?(?:{_WORDS}\{{(?!\s*arg ?m)[^{{}}\\$]+\}}\s*"
    r"|[A-Z]{2,6}\s*(?:_\s*(?:\w|\{(?:[^{}]|\{[^{}]*\})*\})\s*)?"
    r"|[A-Za-z]{3,20}\s*(?:effects?|part|terms?)?|=.*)",
    re.S,
)
"""Words, SST and SS_{trt}, a word in italics, and a value, = 0."""

_DIMENSIONS = re.compile(
    r"\s*\(?\s*[A-Za-z0-9_{}+\-() ]{1,20}(?:\\times(?![A-Za-z])|×)[A-Za-z0-9_{}+\-() ]{1,20}\)?\s*"
)
_MARK = re.compile(
    r"\s*(?:[*+.'o^-]|\\(?:ast|star|circ|bullet|cdot|sim|wedge|vee|frown|smile|prime|dagger|ddagger)(?![A-Za-z])|[A-Za-z0-9])\s*"
)


def label_at(text: str, start: int, end: int) -> int | None:
    r"""Where the braces open of a term with a remark over or below it that starts at an offset; None for others.

    >>> label_at(r"\underset{SST}{Y'Y}", 0, 19), label_at(r"\underset{\theta}{\min}", 0, 23)
    (14, None)

    Raises
    ------
    ReadError
        "sign-over-letter", for a sign over a single letter, which may make another name of it.
    """
    found = _SET.match(text, start, end)
    closing = None if found is None else closing_brace(text, found.end(), end)
    if found is None or closing is None:
        return None
    label = text[found.end() + 1 : closing]
    at = closing + 1
    while at < end and text[at].isspace():
        at += 1
    ends = closing_brace(text, at, end) if text[at : at + 1] == "{" else None
    if ends is None or _OF_SIGN.match(text, at + 1, ends):
        return None
    inner = at + 1
    while inner < ends and text[inner].isspace():
        inner += 1
    symbol = symbol_at(text, inner, ends)
    if symbol is None and not _STARTS_TERM.match(text, inner, ends):
        return None
    is_letter = symbol is not None and not symbol.spelling.run and not text[symbol.end : ends].strip()
    if is_letter and found["place"] != "underset" and _MARK.fullmatch(label):
        raise ReadError("A sign over a letter may make another name of it.", text=text, start=start, end=ends + 1,
                        kind="sign-over-letter",
                        tip=r"Write an accent, \hat, \tilde or \bar, or a star behind it, as y^*.")  # fmt: skip
    is_remark = _REMARK.fullmatch(label) or (not is_letter and _DIMENSIONS.fullmatch(label))
    return at if is_remark else None
