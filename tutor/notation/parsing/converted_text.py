r"""What programs make of a formula that they copy: word processors set a bracket within the font of the letter beside
it, \mathbf{(X}'\mathbf{X)}, Markdown takes a backslash off or puts one before _, and recognition from an image sets
blanks between letters, \operatorname {V a r}. Every sign keeps its place.
"""

from __future__ import annotations

import re

from tutor.notation.parsing.functions import FUNCTIONS, STATISTICS
from tutor.notation.parsing.spelling import CONNECTIVES, DIMENSION_VERBS, INDEPENDENCE, REMARKS

_FONT = r"\\(?:mathbf|boldsymbol|bm|pmb|symbf)\s*"
_ALONE_IN_FONT = re.compile(rf"(?:{_FONT}|\\(?:mathrm|text|textrm|textbf)\s*)\{{\s*(?P<bracket>[()\[\]])\s*\}}")
r"""\mathbf{(} and \text{(}."""

_INNER = r"(?:[^{}()\[\]]|\{[^{}()\[\]]*\})+"
_OPENS_IN_FONT = re.compile(rf"(?P<font>{_FONT}\{{)(?P<bracket>[(\[])(?P<inner>{_INNER})\}}")
_CLOSES_IN_FONT = re.compile(rf"(?P<font>{_FONT}\{{{_INNER})(?P<bracket>[)\]])\}}")

_THIRD_BACKSLASH = re.compile(r"(?<!\\)\\\\\\(?=[\s0-9&(\[|+$'-]|\Z)")
r"""A row end \\ of which Markdown would take a backslash off."""

_MARKED_SUBSCRIPT = re.compile(r"(?<=[\w}')\]])\\_(?=\s*\{|[A-Za-z0-9](?![A-Za-z0-9]))")
r"""A subscript that Markdown would take for emphasis, \sigma\_{u}; in words, plot\_id, the sign is one of them."""

_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|mbox|texttt|label|tag)\w*\*?\s*\{[^{}]*\}")

_TEXT = r"\\(?:text(?:rm|it|normal)?|mathrm|mbox)\s*\{\s*"
_REMARK = re.compile(
    rf"(?:(?<=[\s,;:.&~])|(?<=quad))(?P<open>\(\s*{_TEXT}|{_TEXT}\()(?P<words>(?:(?P<joins>for|if|where|when|with|since|because)|written|denoted|called"
    r"|say|namely|see|note|i\.\s?e\.|e\.\s?g\.)(?![A-Za-z])[^{}()]*\})(?P<inner>(?:[^()]|\([^()]*\))*?)\)"
)
r"""A remark in brackets that words open: (\text{for } i = 1, …, n) and \text{(written } \bar\chi^2\text{)}."""

_SPACED_WORD = re.compile(
    r"(?P<font>\\(?:operatorname\s*\*?|mathrm|mathit|mathsf|text|textrm)\s+\{)\s*"
    r"(?P<letters>[A-Za-z](?: [A-Za-z])+)(?P<gap>\s*)\}"
)
_SPACED_WORDS = re.compile(
    r"(?P<open>\\(?:operatorname\s*\*?|math(?:rm|sf)|text(?:rm|sf|normal|up)?|mbox)\s*\{)"
    r"(?P<words>(?:[\s~]|\\[ ,;:])*+[A-Za-z][A-Za-z]*+(?:(?:[\s~]|\\[ ,;:])++[A-Za-z]++)*+(?:[\s~,.]|\\[ ,;:])*+)\}"
)
_BETWEEN_WORDS = re.compile(r"(?:~|\\[ ,;:]|\s{2})(?:[\s~]|\\[ ,;:])*")
"""What parts two words of which recognition has parted the letters."""

_SPACED_NAME = re.compile(r"(?<![A-Za-z\\])(?<!bf \{)(?<!symbol \{)[A-Za-z](?: [A-Za-z]){1,5}(?![A-Za-z])")
_KNOWN_WORDS = CONNECTIVES | DIMENSION_VERBS | INDEPENDENCE | REMARKS
"""Words between formulas and around them."""

_SUBSCRIPT_APART = re.compile(r" [_^] \{")
"""How recognition sets what stands below and above a letter."""

_JOINED = {"SS", "MS"} | {name for name in STATISTICS | FUNCTIONS.keys() if len(name) > 2}
"""Names whose letters are joined; of two letters as a C and a V side by side, most are factors."""


def as_written(text: str) -> str:
    r"""The text as its author wrote it.

    >>> as_written(r"\mathbf{(X}'\mathbf{X)}^{-1}"), as_written(r"\operatorname {V a r} (y)")
    ("(\\mathbf{X}'\\mathbf{X})^{-1}", '\\operatorname {Var}   (y)')
    """
    if "{(" in text or "{[" in text or ")}" in text or "]}" in text:
        text = _ALONE_IN_FONT.sub(lambda found: found["bracket"].ljust(len(found[0])), text)
        text = _OPENS_IN_FONT.sub(lambda found: f"{found['bracket']}{found['font']}{found['inner']}}}", text)
        text = _CLOSES_IN_FONT.sub(lambda found: f"{found['font']}}}{found['bracket']}", text)
    if "(\\" in text or "{(" in text:
        text = _REMARK.sub(_without_brackets, text)
    if "\\\\\\" in text:
        text = _THIRD_BACKSLASH.sub(lambda _: "\\\\ ", text)
    if "\\_" in text:
        words = [found.span() for found in _WORDS.finditer(text)]
        text = _MARKED_SUBSCRIPT.sub(lambda found: _lowered(found, words), text)
    if "rm{" in text or "t{" in text or "x{" in text or "e{" in text or "~" in text:
        text = _SPACED_WORDS.sub(_known_words, text)
    if " {" in text:
        text = _SPACED_WORD.sub(_joined_word, text)
        text = _SPACED_NAME.sub(_joined_name, text) if _SUBSCRIPT_APART.search(text) is not None else text
    return text


def _without_brackets(found: re.Match[str]) -> str:
    """A condition or a reason without its brackets, which joins two statements as it would without them; nothing of
    another name for what stands before."""
    if found["joins"] is None:
        return " " * len(found[0])
    return f"{found['open'].replace('(', ' ')}{found['words']}{found['inner']} "


def _lowered(found: re.Match[str], words: list[tuple[int, int]]) -> str:
    return found[0] if any(start < found.start() < end for start, end in words) else " _"


def _joined_word(found: re.Match[str]) -> str:
    letters = found["letters"].replace(" ", "")
    return f"{found['font']}{letters}}}".ljust(len(found[0]))


def _known_words(found: re.Match[str]) -> str:
    """Words between formulas, or the name of a function, with their letters joined; other words as they are."""
    written = found["words"]
    if written.strip().isalpha():
        return found[0]
    parts = [part.strip(" \t\n,.") for part in _BETWEEN_WORDS.split(written)]
    each = ["".join(part.split()) if all(len(letter) == 1 for letter in part.split()) else part for part in parts]
    told = " ".join(filter(None, each))
    is_known = told in _KNOWN_WORDS or (told in _JOINED and len(told) > 2)
    if not is_known or told == written.strip():
        return found[0]
    return f"{found['open']}{told}}}".ljust(len(found[0]))


def _joined_name(found: re.Match[str]) -> str:
    """A name of several letters, M S, behind others that are factors, n M S."""
    letters = found[0].split()
    for first in range(len(letters) - 1):
        name = "".join(letters[first:])
        if name in _JOINED:
            return " ".join([*letters[:first], name]).ljust(len(found[0]))
    return found[0]
