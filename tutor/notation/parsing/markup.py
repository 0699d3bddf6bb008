r"""What a page has around a formula and no formula has in it: the labels and the number of an equation, and the marks
that open mathematics in Markdown and reStructuredText. So are words
that explain it behind a colon. Blanks take their place, so that every sign keeps its own."""

from __future__ import annotations

import re

_SIGNS = ("\\#", "(#", "{#", ".. math", "```", ":math:", "   (", "\t(")
"""One of these stands in every text with markup."""

_MARKUP = re.compile(
    r"""\(\s*\\?\#[A-Za-z][\w:.-]{1,80}\s*\)                          # (\#eq:blup), of bookdown
    |(?<=\$)\s*\{\s*\#[\w:.-]{1,80}\s*\}                              # $$ {#eq-blup}, of Quarto
    |^\s*\.\.\s+math::|^[ \t]+:(?:label|name|nowrap|class):[^\n]*$    # of Sphinx
    |^[ \t]*```[ \t]*(?:\{?\s*(?:math|latex|tex)\s*\}?)?[ \t]*$       # fences
    |:math:(?=`)|(?<=:math:)`|`(?=[\s.,;]*\Z)""",
    re.X | re.M,
)
_NUMBER = re.compile(r"(?<=[\w)\]}'′’.,])(?:[ ]{3,}|[ ]*\t\s*)\((?:[A-Z0-9]{1,2}[.-])*[0-9]{1,3}[a-z]?\)[ \t]*$", re.M)
"""The number of an equation at the end of its line, far from it."""

_STRUT = re.compile(r"_\s*\{\s*\\vphantom\s*\{[^{}]*\}\s*\}|\\vphantom\s*\{[^{}]*\}|(?<=_\{)\s*\\!")
r"""What has a height and no width, \vphantom{j}, and a gap that is drawn together at the start of a subscript."""

_EXPLAINED = re.compile(
    r"(?<=[)\]}])[ ]*:[ ]+(?:(?:[a-z][a-z-]+[ ,]+){1,8}[a-z-]{3,}\.?[ \t]*\Z|\\text\s*\{\s*(?:[a-z-]+\s*){2,9}\})"
)
"""What is said of a formula behind a colon, N(0, σ²K): random genetic effects."""

_RELATED = re.compile(r"[=~∼≡∝]|\\(?:sim|propto|equiv|approx)(?![A-Za-z])")


def without_markup(text: str) -> str:
    """The text with blanks in the place of markup.

    >>> without_markup("y = Xb + e    (3.1)").rstrip()
    'y = Xb + e'
    """
    if "phantom" in text or "{\\!" in text:
        text = _STRUT.sub(_blank, text)
    if ": " in text and _RELATED.search(text) is not None:
        text = _EXPLAINED.sub(_blank, text)
    if not any(sign in text for sign in _SIGNS):
        return text
    text = _MARKUP.sub(_blank, text)
    return _NUMBER.sub(_blank, text) if _RELATED.search(text) is not None else text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"\S", " ", found[0])
