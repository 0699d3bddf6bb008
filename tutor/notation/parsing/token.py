"""The tokens of a text: what the lexer gives to the grammar."""

from __future__ import annotations

from typing import ClassVar

from tutor.notation.light_value import light_value


@light_value
class Span:
    """A place in the text."""

    start: int
    end: int


@light_value
class Spelling:
    """A name as it was written.

    ``letters`` is the base ("sigma", "Z", "ZGZ"); ``run`` says that its letters may be names side by side;
    ``subscript`` is normalised ("u", "11", "1_12", "n×p"), ``below`` its place; a ``loose`` subscript had no
    braces, so that only its first character may belong to it.
    """

    letters: str
    run: bool = False
    bold: bool = False
    accent: str = ""
    subscript: str = ""
    below: Span | None = None
    loose: bool = False


@light_value
class Grid:
    """A matrix before its cells are read: where each cell stands, row by row, in which environment, and the place of
    the dimensions below it."""

    rows: tuple[tuple[Span, ...], ...]
    environment: str
    below: Span | None = None


@light_value
class CaseRows:
    """Cases before they are read: where each value stands, and the words of its condition."""

    rows: tuple[tuple[Span, str], ...]


OPEN = frozenset({"LPAR", "LSQB", "LCURLY", "LBRACE", "LBAR", "OPENS"})
"""Terminals that open a bracket."""

CLOSED = frozenset({"RPAR", "RSQB", "RCURLY", "RBRACE", "RBAR", "CLOSES"})
"""Terminals that close one."""

RELATIONS = frozenset({"REL", "DEFINES", "SIM", "IN", "COLON"})
"""Terminals of the signs that make a statement."""


@light_value
class Token:
    """A terminal of the grammar, its value, and its place in the text."""

    type: str
    value: object
    start: int
    end: int

    @property
    def is_comma(self) -> bool:
        """Whether it parts items of a list."""
        return self.type == "SEP" and self.value in {",", ";"}

    # lark asks these of a token; places in this package are offsets.
    line: ClassVar[int] = 1
    column: ClassVar[int] = 1
    end_line: ClassVar[int] = 1
    end_column: ClassVar[int] = 1

    @property
    def start_pos(self) -> int:
        return self.start

    @property
    def end_pos(self) -> int:
        return self.end


OPERAND_END = frozenset(
    {
        "NUMBER",
        "NAME",
        "MATRIX",
        "CALCULUS",
        "DIFFERENTIAL",
        "RPAR",
        "RSQB",
        "RBRACE",
        "RCURLY",
        "RBAR",
        "CLOSES",
        "CASES",
        "PRIME",
        "INVERSE",
        "METHOD",
        "FACTORIAL",
        "AT",
        "ELEMENT",
    }
)
"""Terminals after which an operand is complete."""
