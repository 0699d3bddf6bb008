"""The brackets that are open while a text is scanned, and what is wrong when they do not match."""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.light_value import light_value

MOST_NESTING = 100
"""Brackets within brackets; what is deeper is no answer that a person writes."""

_CLOSING_SIGN = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "|": "|", "‖": "‖", "⟨": "⟩", "\\left.": "\\right|"}
_SCRIPT = re.compile(
    r"\s*-?(?:\\[A-Za-z]+\s*(?:\{[^{}]*\})?|[A-Za-z0-9]+)(?=\s*(?:[-+=~&]|\\(?:sim|otimes)(?![A-Za-z])))"
)
"""One letter, number or command above or below the line, and a sign behind it that belongs there no more."""

_CUT_SHORT = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z0-9])([_^'].*)?\s*$", re.S)


@light_value
class Frame:
    """An open bracket: its sign and place, the terminal that closes it ("" for an idle brace), and what it sets.

    ``function`` is the function whose arguments it holds, ``command`` the font or accent it belongs to.
    """

    sign: str
    start: int
    terminal: str = ""
    bold: bool = False
    accent: str = ""
    function: str = ""
    command: str = ""

    @property
    def holds_list(self) -> bool:
        """Whether commas may stand between items in it; the braces of a fraction or a power hold one expression."""
        return bool(self.terminal) and self.sign != "{"


class Brackets:
    """A stack of open brackets over one text."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.frames: list[Frame] = []
        self.listing = 0

    def __len__(self) -> int:
        return len(self.frames)

    @property
    def top(self) -> Frame | None:
        """The innermost open bracket."""
        return self.frames[-1] if self.frames else None

    @property
    def in_list(self) -> bool:
        """Whether a comma stands between items here, and not between statements."""
        return self.listing > 0

    def push(self, frame: Frame) -> None:
        """Open a bracket. Raises ReadError "too-deep"."""
        if len(self.frames) >= MOST_NESTING:
            raise too_deep(self.text, frame.start)
        self.frames.append(frame)
        self.listing += frame.holds_list

    def pop(self, sign: str, start: int, shown: str) -> Frame:
        """Close the bracket that was opened with ``sign``. Raises ReadError "unbalanced"."""
        if not self.frames:
            raise self.unopened(shown, start)
        frame = self.frames[-1]
        if sign == "{" and frame.sign == "\\{" and shown == "}":
            sign = "\\{"  # outside TeX a brace of a set has no backslash
        if frame.sign != sign and not (frame.terminal == "CLOSES" and {frame.sign, sign} == {"(", "["}):
            opened_before = any(other.sign == sign for other in self.frames)
            raise self.unclosed(frame) if opened_before else self.unopened(shown, start)
        self.frames.pop()
        self.listing -= frame.holds_list
        return frame

    def check_closed(self) -> None:
        """Raise ReadError "unbalanced" for a bracket that is still open."""
        if self.frames:
            raise self.unclosed(self.frames[-1])

    def unopened(self, shown: str, start: int) -> ReadError:
        """The error for a closing bracket too many, or one of another kind than the open one."""
        meant = _CLOSING_SIGN[self.frames[-1].sign] if self.frames else ""
        return ReadError(
            f"This {shown} closes nothing: no bracket was opened for it.", text=self.text, start=start,
            end=start + len(shown), kind="unbalanced", tip="Delete it, or open a bracket before it.", replacement=meant,
        )  # fmt: skip

    def unclosed(self, frame: Frame) -> ReadError:
        """The error for a bracket that is never closed; for a font around one letter, what was probably meant."""
        tip = f"Close it with {_CLOSING_SIGN[frame.sign]}."
        closed = "".join(_CLOSING_SIGN[other.sign] for other in reversed(self.frames))
        suggestion = self.text[: self.end] + closed + self.text[self.end :] if frame in self.frames[-1:] else None
        is_script = frame.start > 0 and self.text[frame.start - 1] in "^_"
        script = _SCRIPT.match(self.text, frame.start + 1, self.end) if is_script else None
        if suggestion is not None and script is not None:
            suggestion = self.text[: script.end()] + "}" + self.text[script.end() :]
        if frame.command:
            inner = _CUT_SHORT.match(self.text, frame.start + 1, self.end)
            if inner is not None:
                meant = f"{{{inner[1]}}}{(inner[2] or '').strip()}"
                tip = f"\\{frame.command}{meant} was probably meant."
                suggestion = self.text[: frame.start] + meant
        problem = "The bars that open here are" if frame.sign == "|" else "The group that opens here is"
        return ReadError(f"{problem} never closed.", text=self.text, start=frame.start,
                         end=frame.start + len(frame.sign), kind="unbalanced", tip=tip,
                         suggestion=suggestion)  # fmt: skip


def too_deep(text: str, start: int) -> ReadError:
    """The error for brackets, roots or fractions within each other without end."""
    return ReadError("Too many brackets, fractions or roots stand within each other here.", text=text, start=start,
                     kind="too-deep", tip="Write the formula with fewer of them.")  # fmt: skip


def closing_brace(text: str, opening: int, end: int) -> int | None:
    """Where the brace that opens at an offset closes, or None."""
    depth, at = 0, opening
    while at < end:
        character = text[at]
        if character == "\\":
            at += 2
            continue
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return None


def closing_bracket(text: str, start: int, depth: int = 0) -> int | None:
    """Where a bracket of any kind closes that opens at a place, or with a ``depth`` of 1 was open there; None where
    it does not."""
    for at in range(start, len(text)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0:
            return at
    return None
