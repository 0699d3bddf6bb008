"""The characters of a text before anything is read: look-alikes made plain, invisible ones refused."""

from __future__ import annotations

import re
import unicodedata

from tutor.errors import ReadError
from tutor.notation.parsing.converted_text import as_written
from tutor.notation.parsing.habits_of_print import without_habits
from tutor.notation.parsing.markup import without_markup
from tutor.notation.parsing.needless_groups import with_brackets_of_family, without_needless_groups
from tutor.notation.parsing.parted_blocks import with_blocks_parted
from tutor.notation.parsing.ranges_beside import with_ranges_beside, without_gaps
from tutor.notation.parsing.spelling import LETTERLIKE

_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
_BOLD = "\U0001d400-\U0001d433\U0001d6a8-\U0001d6e1\U0001d71c-\U0001d755"
_BOLD_ALONE = re.compile(f"(?<![{_BOLD}])[{_BOLD}](?![{_BOLD}])")
"""A bold letter beside no other, which tells a vector from a scalar; a run of them may be a word."""

_LETTER_BESIDE_COMMAND = re.compile(r"\\[A-Za-z]+(?=[\U0001d400-\U0001d6a3])")
r"""A command right before a mathematical letter, \sim𝑁, which the same letter made plain would lengthen."""

_COMMENT = re.compile(r"(?:(?<=\s)(?<![0-9]\s)|^)%(?![*ox]%|in%)[^\n]*", re.M)
"""What TeX leaves out to the end of a line; a sign behind a number says per cent."""

_AND_BETWEEN_FORMULAS = re.compile(r"(?<=\$)(\s*+,?+\s*+)(?:y|e|et|und|och|og|en)(\s++)(?=\$)")
"""The word for "and" in other languages, between two formulas."""

_CODE_MARK = re.compile(r"`{1,3}(?:math(?![A-Za-z]))?(?=\s*[$\\])|(?<=[$)\]}])`{1,3}")
"""What sets a formula off as code, `$x$`, and what Markdown puts around mathematics."""

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u2061\u2062\u2063\u00ad")


def clean(text: str) -> str:
    """The text with full-width and mathematical letters as plain ones, every character in its place.

    Bold letters that stand alone stay, since they may tell a vector from a scalar.

    Raises
    ------
    ReadError
        "control-character", for control characters and marks of writing direction.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        raise ReadError(
            f"There is an invisible character here, U+{ord(forbidden[0]):04X}.", text=text, start=forbidden.start(),
            kind="control-character", tip="Delete it, or type the line again.",
        )  # fmt: skip
    text = without_markup(text)
    if "\\" in text:
        text = as_written(text)
    if "%" in text and "\\" in text:
        text = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    if "\\" in text or ":" in text:
        text = without_habits(text)
    if "\\begin" in text and "dots" in text:
        text = with_ranges_beside(text)
    if "\\" not in text:
        text = without_gaps(text)
    if "N" in text and ("matrix" in text or "\\{" in text):
        text = with_brackets_of_family(text)
    if "}_" in text or "} _" in text or "}^" in text:
        text = without_needless_groups(text)
    if "=" in text and ("[" in text or "(" in text):
        text = with_blocks_parted(text)
    if "`" in text:
        text = _CODE_MARK.sub(lambda found: " " * len(found[0]), text)
    if "$" in text:
        text = _AND_BETWEEN_FORMULAS.sub(_as_comma, text)
    if text.isascii():
        return text
    text = _LETTER_BESIDE_COMMAND.sub(r"\g<0> ", text)
    alone = {found.start() for found in _BOLD_ALONE.finditer(text)}
    return "".join(letter if at in alone else _plain(letter) for at, letter in enumerate(text))


def _as_comma(found: re.Match[str]) -> str:
    """A comma in the place of a word that stands outside of formulas, behind the end of one."""
    is_outside = found.string.count("$", 0, found.start()) % 2 == 0
    return f"{found[1]},{' ' * (len(found[0]) - len(found[1]) - 1)}" if is_outside else found[0]


def _plain(character: str) -> str:
    if character in _INVISIBLE:
        return " "
    if character == "∗":
        return "*"
    if ("！" <= character <= "～" or "\U0001d400" <= character <= "\U0001d7ff") and character not in LETTERLIKE:
        return unicodedata.normalize("NFKC", character)
    return character
