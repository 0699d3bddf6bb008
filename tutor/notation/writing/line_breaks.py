"""Long formulas over several lines: broken where the sum is, and the continuation set below what it continues."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

from tutor.notation.writing.layout import display_width

_OPENING = "([{"
_CLOSING = ")]}"

_PLACES = (
    (",        ", -2, 9),
    *((",  ", -1, 3), (";  ", -1, 3), (" · ", -1, 1)),
    *(
        (" = ", 0, 1),
        (" + ", 1, 1),
        (" − ", 1, 1),
        (" ⊕ ", 1, 1),
        (" ⊗ ", 3, 1),
        (" ⊙ ", 3, 1),
        (", ", 4, 2),
        (" ", 5, 1),
    ),
)
"""What a line may be broken at: the sign, how late it is chosen, and after how many of its letters. What stands
between statements comes first."""

_EQUAL, _SUM, _FACTOR, _PRODUCT, _MULTIPLE = 0, 1, 2, 5, 6
"""A row of a matrix ends as late as a term of a sum does; a dot that is a sign between numbers, as a product does."""

_EXPONENT_DEPTH = 3
"""As how many brackets those of an exponent count."""

_MEANING = re.compile(r"\s*[^\s,]+ {3,}(?=\S)")
_SIDE = r"(?:\([^()]*\)|\S+)"
_WHOLE = tuple(map(re.compile, (rf"{_SIDE} × {_SIDE}", r"\([^()]*\)(?: ×)?|\S+ ×")))
"""What is not parted in words if a line has room for it: dimensions, or at least their brackets."""

_HARD_BLANK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Break:
    """A line may end before ``position``, within ``depth`` brackets, the innermost of which opens at ``bracket``."""

    position: int
    depth: int
    kind: int
    bracket: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """The least is chosen: a sum within brackets before a product outside of them, the last of its kind.

        Between two brackets that are multiplied, (a + b)(c + d), a line is parted before it is within one of them; a
        quotient and the matrix behind it are parted after what is within the quotient.
        """
        later = 2 if self.kind == _MULTIPLE else int(self.kind > _FACTOR)
        return self.depth + later, self.kind, -self.position


def broken(text: str, width: int) -> list[str]:
    """A formula in lines of at most ``width`` columns, or longer ones where nothing can be parted.

    The outermost sum is broken first, before its signs; what continues within brackets stands below what is in them.
    Only blanks are taken away, where a line ends.

    >>> broken("I₂ ⊗ (σ² I₃ + σ²_u J₃)", 18)
    ['I₂ ⊗ (σ² I₃', '      + σ²_u J₃)']
    >>> broken("ZGZ' + R", 20)
    ["ZGZ' + R"]
    >>> broken("(σ²)^(t − 1)(σ² + t σ²_u)", 20)
    ['(σ²)^(t − 1)', '(σ² + t σ²_u)']
    >>> broken("− (σ²/((a + b)(a + c))) (I ⊗ J)", 26)
    ['− (σ²/((a + b)', '       (a + c))) (I ⊗ J)']
    """
    columns = [0, *accumulate(display_width(letter) for letter in text)]
    breaks = _breaks(text)
    positions = [place.position for place in breaks]
    # The blanks where a line ends take no room in it.
    ends = [len(text[: place.position].rstrip()) for place in breaks]
    lines: list[str] = []
    shifts = [0] * (len(text) + 1)
    begin, indent, depth = 0, 0, 0
    while True:
        reach = columns[begin] + max(width - indent, 1)
        first = bisect_right(positions, begin)
        last = bisect_right(ends, bisect_right(columns, reach) - 1)
        # A bracket opened on an earlier line is found at the column where it was set.
        shifts[begin:] = [indent - columns[begin]] * (len(shifts) - begin)
        # What a line within brackets continues ends with them: the terms after them have a line of their own.
        outside = next((place for place in breaks[first:last] if place.depth < depth and place.kind <= _SUM), None)
        if outside is None and (columns[-1] <= reach or first == len(breaks)):
            lines.append(" " * indent + text[begin:])
            return lines
        # A short left side does not stand alone, and where nothing fits, the line runs over up to the first place.
        least = columns[begin] + width // 4
        fitting = [place for place in breaks[first:last] if place.kind != _EQUAL or columns[place.position] >= least]
        fitting = fitting or breaks[first:last] or breaks[first : first + 1]
        chosen = outside or min(fitting, key=lambda place: place.rank)
        lines.append(" " * indent + text[begin : chosen.position].rstrip())
        begin, depth = chosen.position, chosen.depth
        indent = 0 if chosen.bracket < 0 else columns[chosen.bracket] + shifts[chosen.bracket] + 1
        indent = min(indent, width // 2)


def paragraph(line: str, width: int) -> list[str]:
    """A line that is indented, over several lines with a deeper indentation."""
    if display_width(line) <= width:
        return [line]
    inner = line.lstrip(" ")
    margin = " " * (len(line) - len(inner))
    first, *rest = broken(inner, max(width - len(margin) - 2, 1))
    return [margin + first, *(f"{margin}  {more}" for more in rest)]


def in_width(line: str, width: int) -> str:
    """A line of a formula, or of a symbol with its meaning behind several blanks, over as many lines as it needs.

    >>> print(in_width("β   the fixed effects, (t + 1) × 1", 26))
    β   the fixed effects,
        (t + 1) × 1
    """
    told = _MEANING.match(line)
    if told is None or display_width(line) <= width:
        return "\n".join(paragraph(line, width))
    margin = display_width(told[0])
    rest = line[told.end() :]
    for whole in _WHOLE:
        kept = whole.sub(lambda found: found[0].replace(" ", _HARD_BLANK), rest)
        wrapped = sentences(kept, width - margin)
        if all(display_width(part) <= width - margin for part in wrapped):
            break
    else:
        wrapped = sentences(rest, width - margin)
    return (told[0] + f"\n{' ' * margin}".join(wrapped)).replace(_HARD_BLANK, " ")


def sentences(text: str, width: int) -> list[str]:
    """A sentence in lines of at most ``width`` columns, or longer ones where a word is."""
    return wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False)


def _breaks(text: str) -> list[_Break]:
    found: list[_Break] = []
    brackets: list[int] = []
    quotients: set[int] = set()
    position = 0

    def place(at: int, kind: int) -> _Break:
        depth = sum(_EXPONENT_DEPTH if text[opened - 1 : opened] == "^" else 1 for opened in brackets)
        return _Break(at, depth, kind, brackets[-1] if brackets else -1)

    while position < len(text):
        letter = text[position]
        if letter in _OPENING:
            brackets.append(position)
        elif letter in _CLOSING and brackets:
            is_quotient = brackets.pop() in quotients
            if not any(text[opened] == "{" for opened in brackets):
                if text.startswith(")(", position):
                    found.append(place(position + 1, _FACTOR))
                elif is_quotient and re.match(r"\) [^+−·=⊗⊕]", text[position:]):
                    found.append(place(position + 2, _MULTIPLE))
                    position += 1
        elif letter == "/" and brackets:
            quotients.add(brackets[-1])
        elif letter in " ,;" and text[:position] != "−" and not any(text[opened] == "{" for opened in brackets):
            for sign, kind, after in _PLACES:
                if text.startswith(sign, position):
                    if sign == " · " and (brackets or text[position + len(sign) :][:1].isdecimal()):
                        kind = _PRODUCT
                    elif sign == ", " and brackets and text[position - 1 : position + 3] == "], [":
                        kind = _SUM
                    found.append(place(position + after, kind))
                    position += len(sign) - 1
                    break
        position += 1
    return found
