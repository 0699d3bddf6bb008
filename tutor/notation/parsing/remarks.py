r"""What is written around a formula and is none of it: \underbrace{…}_{label}, \boxed{…}, and words before a line.

The content is read where it stands; the label of a brace is a remark. A brace says what belongs together to the eye
only, so that a sum in it beside a factor or after a minus sign is refused: its brackets are missing.
"""

from __future__ import annotations

import re

from tutor.notation.parsing.gradients import Gradients
from tutor.notation.parsing.set_labels import label_at
from tutor.notation.parsing.token import OPERAND_END, Span, Token
from tutor.notation.parsing.words_beside import END_MARK, ENDS

_BRACES = re.compile(r"\\(?:underbrace|overbrace|underbracket|overbracket)\s*(?=\{)")
_FRAMES = re.compile(r"\\(?:boxed|fbox|bbox|smash)\s*(?=\{)")
_CANCELLED = re.compile(r"\\(?:cancel|bcancel|xcancel|cancelto)(?![A-Za-z])")
_LABEL = re.compile(r"\s*(?:\\(?:no)?limits\s*)?[_^]\s*(?=\{|\\text|\\mathrm|\\[A-Za-z]+|\w)")
_ONE = re.compile(r"\\[A-Za-z]+\s*(?=\{)|\\[A-Za-z]+|\w")
_WORDS = r"\\(?:text|textrm|textbf|textit|mathrm|mbox|emph)\s*\{\s*"
_HEADING = re.compile(
    rf"(?:[0-9]+(?:\.[0-9]+)?\s*\\?%\s*)?{_WORDS}[A-Za-z][A-Za-z0-9 ,.()'’/-]*(?::\s*\}}|\}}\s*:(?!=))"
)
"""Words before a line that end with a colon: \\text{Level 1:} and 95\\% \\text{ CI}:"""

_BEFORE_FACTOR = frozenset({"MINUS", "TIMES", "SLASH", "KRON", "HADAMARD", "PERCENT", "OPERATOR", "PREFIX"})
_AFTER_FACTOR = OPERAND_END | {
    "TIMES", "SLASH", "KRON", "HADAMARD", "PERCENT", "CARET", "LPAR", "LSQB", "LBAR", "FUNCTION", "PREFIX", "OPERATOR",
    "FRAC", "SQRT",
}  # fmt: skip
_SUFFIXES = frozenset({"PRIME", "INVERSE", "CARET", "METHOD", "FACTORIAL"})
_OPENING = frozenset({"LPAR", "LSQB", "LCURLY", "LBRACE", "LBAR"})
_CLOSING = frozenset({"RPAR", "RSQB", "RCURLY", "RBRACE", "RBAR"})


class Remarks(Gradients):
    """Braces with labels, frames, and headings of lines."""

    def __init__(self, text: str, start: int, end: int, borders: dict[int, tuple[int, int]]) -> None:
        super().__init__(text, start, end, borders)
        self.braced: list[tuple[int, int, Span]] = []  # tokens in a brace, from one to before another, and its place

    def read(self) -> list[Token]:
        """All tokens of the part. Raises ReadError as a scanner does, and where a brace leaves the meaning open."""
        tokens = super().read()
        for first, last, place in self.braced:
            self._check_braced(first, last, place)
        return tokens

    def _read_remark(self, start: int) -> bool:
        """Whether a brace with a label, a frame or a heading starts at an offset, after which the position stands."""
        if self._starts_statement and (heading := _HEADING.match(self.text, start, self.end)) is not None:
            self.position = heading.end()
            return True
        if (mark := END_MARK.match(self.text, start, self.end)) is not None:
            is_behind = self.tokens and self.tokens[-1].type in OPERAND_END | {"SEP"} and not self.brackets
            if is_behind and ENDS.match(self.text, mark.end(), self.end):
                self.position = mark.end()
                return True
        if (struck := _CANCELLED.match(self.text, start, self.end)) is not None:
            raise self._error("What is struck out may be a 0, or a 1 of a fraction.", "struck-out", start, struck.end(),
                              "Write what is left.")  # fmt: skip
        labelled = label_at(self.text, start, self.end)
        brace = _BRACES.match(self.text, start, self.end)
        sign = brace or _FRAMES.match(self.text, start, self.end)
        if sign is None and labelled is None:
            return False
        inner = self._braced(sign.end() if sign is not None else labelled or start)
        first = len(self.tokens)
        self.position = inner.start
        self._read_until(inner.end)
        self.position = inner.end + 1
        if brace is not None:
            self._skip_label()
        if brace is not None or labelled is not None:
            self.braced.append((first, len(self.tokens), Span(start, self.position)))
        return True

    @property
    def _starts_statement(self) -> bool:
        return not self.brackets and (not self.tokens or self.tokens[-1].type == "SEP")

    def _skip_label(self) -> None:
        label = _LABEL.match(self.text, self.position, self.end)
        if label is None:
            return
        at = label.end()
        one = _ONE.match(self.text, at, self.end)
        at = at if one is None or self.text[at] == "{" else one.end()
        self.position = self._braced(at).end + 1 if self.text[at : at + 1] == "{" else at

    def _check_braced(self, first: int, last: int, place: Span) -> None:
        """Raise ReadError "ambiguous-brace" where what stands beside a brace could belong to a part of it only."""
        types = [token.type for token in self.tokens[first:last]]
        before = self.tokens[first - 1].type if first else ""
        after = self.tokens[last].type if last < len(self.tokens) else ""
        is_sum = _has_sign(types)
        beside = before in _BEFORE_FACTOR or before in OPERAND_END or after in _AFTER_FACTOR
        if (is_sum and beside) or (len(types) > 1 and after in _SUFFIXES):
            raise self._error(
                "A brace with a label is no bracket: what stands beside it could belong to a part of it.",
                "ambiguous-brace", place.start, place.end, "Put what is above the label in brackets.",
            )  # fmt: skip


def _has_sign(types: list[str]) -> bool:
    """Whether a sum stands among tokens outside of brackets."""
    depth = 0
    for at, type_ in enumerate(types):
        depth += (type_ in _OPENING) - (type_ in _CLOSING)
        if at and depth == 0 and type_ in {"PLUS", "MINUS", "PLUSMINUS"}:
            return True
    return False
