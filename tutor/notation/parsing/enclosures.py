r"""What stands between a beginning and an end: environments, sized brackets, and bars.

A matrix environment becomes one token whose cells are read later, one of cases another; an environment that only
arranges a display, as align, vanishes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.errors import nearest
from tutor.notation.parsing import spelling as spell
from tutor.notation.parsing.brackets import Frame, closing_brace
from tutor.notation.parsing.environments import (
    BEGIN,
    are_labels,
    arranges_statements,
    bordered,
    cases,
    environment,
    is_matrix,
    plain_cases,
    plain_matrix,
    start_of_cells,
)
from tutor.notation.parsing.scanner import Scanner
from tutor.notation.parsing.symbols import with_subscript
from tutor.notation.parsing.token import Grid, Spelling

_ENVIRONMENT_NAME = re.compile(r"\\(?:begin|end)\s*\{\s*([A-Za-z]*\*?)\s*\}")
_WIDTH = re.compile(
    r"\s*(?:\{\s*)?(?:(?:[1-9]|[0-9]*\.[5-9]|[1-9]\.[0-9])[0-9]*\s*(?:cm|in|em)|[1-9][0-9]+\s*(?:mm|pt|ex)"
    r"|[3-9](?:\.[0-9]*)?\s*ex|(?:1[89]|[2-9][0-9])(?:\.[0-9]*)?\s*mu)"
)
"""A width of a quad and more."""

_WIDTH_WITHOUT_BRACES = re.compile(
    r"\s*[-+]?\s*(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*(?:true\s*)?(?:pt|em|ex|mu|cm|mm|in|pc|bp|dd|cc|sp)"
    r"(?:\s+(?:plus|minus)\s+[0-9.]+\s*(?:fil{1,3}|pt|em|ex|mu|cm|mm)){0,2}"
)
r"""The 1em of \hskip 1em and of \kern1em."""

_SIZED_ANGLE = re.compile(r"\s*([<>])")
_SIZED_BAR = re.compile(r"\s*(\||\\[lr]?vert(?![A-Za-z]))")
_BRACED_CASES = re.compile(r"\s*\\(?:\{|lbrace(?![A-Za-z]))\s*(?=\\begin\s*\{\s*(?:array|matrix|aligned)\s*\})")
_NO_RIGHT_SIDE = re.compile(r"\s*\\right\s*\.")
_ALIGNMENT = re.compile(r"\s*\[\s*[tcb]\s*\]")
_COLUMN_PAIRS = re.compile(r"\s*\{\s*[0-9]+\s*\}")


_BRACKETED = frozenset({"RPAR", "RSQB", "RCURLY", "PRIME", "INVERSE"})
_ELEMENT = re.compile(
    r"[0-9h-o]{1,2}|[0-9h-o](?:[+-][0-9])?_[0-9h-o](?:[+-][0-9])?|[0-9]+(?:_[0-9]+)?|[0-9h-o]['*]?[0-9h-o]['*]?"
)
"""One index, or two, of which one may be another of the same letter, ii'."""

_INNER = re.compile(r"\\begin\s*\{[A-Za-z]+\*?\}(?:(?!\\begin|\\end)[\s\S]){0,4000}\\end\s*\{[A-Za-z]+\*?\}")
_CELLS_APART = re.compile(r"&|\\\\(?!\s*$)")
"""What parts the cells of a matrix."""

_POSITIVE_PART = re.compile(r"_\s*(?:\+|\{\s*\+\s*\})")
"""What stands below brackets of which negative values are 0, (x − κ)_+."""

_ELEMENT_IN_BRACES = re.compile(r"\{\s*[^\W\d_]_\{?[h-o]{2}\}?\s*\}")
"""The element of a matrix in braces, {a_ij}, outside of TeX."""


class Enclosures(Scanner):
    """Environments, \\left and \\right, and bars."""

    def _read_environment(self, found: re.Match[str]) -> None:
        start = found.start()
        begin = BEGIN.match(self.text, start, self.end)
        if begin is not None and start in self.borders:
            closing, end = self.borders[start]
            if are_labels(self.text, begin, closing) and BEGIN.match(self.text, self._skip_blanks(end), self.end):
                self.position = end  # an array of words before a matrix names its columns
                return
            if is_matrix(begin[1]) and self._read_as_brackets(begin, closing, end):
                return
            if is_matrix(begin[1]) and not arranges_statements(self.text, begin, closing):
                self.position = end
                self._matrix(begin, closing, start)
                return
            if begin[1] in spell.CASES_ENVIRONMENTS and not arranges_statements(self.text, begin, closing):
                self.position = end
                self._emit("CASES", cases(self.text, begin, closing), start)
                return
        name = _ENVIRONMENT_NAME.match(self.text, start, self.end)
        if name is not None and name[1] in spell.TRANSPARENT_ENVIRONMENTS:
            options = _COLUMN_PAIRS if name[1].startswith("alignat") else _ALIGNMENT
            told = options.match(self.text, name.end(), self.end)
            self.position = name.end() if told is None else told.end()
            if name[1].rstrip("*") in spell.DISPLAYS and not self.brackets:
                self._emit("SEP", "$", start)
        elif name is not None and (is_matrix(name[1]) or name[1] in spell.CASES_ENVIRONMENTS):
            self.position = name.end() if begin is None else start_of_cells(self.text, begin, self.end)
        else:
            shown = name[1] if name is not None else "…"
            known = spell.MATRIX_ENVIRONMENTS | spell.CASES_ENVIRONMENTS | spell.TRANSPARENT_ENVIRONMENTS
            meant = nearest(shown, sorted(known, key=str.swapcase), cutoff=0.7)  # bmatrix before Bmatrix
            raise self._error(
                f"The environment {shown} cannot be read.", "unknown-environment", start,
                found.end() if name is None else name.end(),
                f"Did you mean {meant}?" if meant else "Matrices are written with bmatrix, pmatrix or array.", meant,
            )  # fmt: skip

    def _read_as_brackets(self, begin: re.Match[str], closing: int, end: int) -> bool:
        r"""Whether a matrix is the brackets of a distribution, \sim N\begin{pmatrix} \mu, \Sigma \end{pmatrix}."""
        before = [token.type for token in self.tokens[-2:]]
        start = start_of_cells(self.text, begin, closing)
        inside = _INNER.sub("", self.text[start:closing])
        is_unnamed = before[-1:] == ["SIM"] and "," in inside  # ∼ (0, G), a mean and a variance
        if not (before == ["SIM", "NAME"] or is_unnamed) or _CELLS_APART.search(inside):
            return False
        self._open("(", begin.start(), "LPAR", "RPAR")
        self.position = start
        self._read_until(closing)
        self._close("(", closing, ")")
        self.position = end
        return True

    def _matrix(self, begin: re.Match[str], closing: int, start: int) -> None:
        self._emit_matrix(environment(self.text, begin, closing), start)

    def _emit_matrix(self, grid: Grid, start: int) -> None:
        """A matrix that ends here, with its dimensions if these stand below it."""
        below = with_subscript(self.text, Spelling(""), self.position, self.end)
        if below.superscript is None:
            grid, self.position = replace(grid, below=below.spelling.below), below.end
        self._emit("MATRIX", grid, start)

    def _read_element(self, start: int) -> bool:
        r"""Whether the indices of an element stand below brackets, (A')_{ij}."""
        if not self.tokens or self.tokens[-1].type not in _BRACKETED:
            return False
        below = with_subscript(self.text, Spelling(""), start, self.end)
        if below.superscript is not None or _ELEMENT.fullmatch(below.spelling.subscript) is None:
            return False
        self.position = below.end
        self._emit("ELEMENT", below.spelling.subscript, start)
        return True

    def _read_positive_part(self, start: int) -> bool:
        r"""Whether a plus stands below brackets, (x - \kappa)_+, which is what they hold where that is positive."""
        part = _POSITIVE_PART.match(self.text, start, self.end)
        if part is None or not self.tokens or self.tokens[-1].type not in _BRACKETED:
            return False
        self.position = part.end()
        self._emit("METHOD", "positive part", start)
        return True

    def _read_plain_braces(self, start: int) -> bool:
        """Whether braces outside TeX, where they are signs of their own, hold cases or the values of a set."""
        is_element = not (self.brackets or self._after_operand) and _ELEMENT_IN_BRACES.match(self.text, start, self.end)
        if self._after_membership or is_element:
            self._open("\\{", start, *spell.OPENING["\\{"])
            return True
        found = plain_cases(self.text, start, self.end) if not self._after_operand else None
        if found is None:
            return False
        rows, self.position = found
        self._emit("CASES", rows, start)
        return True

    def _read_plain_matrix(self, name: str, start: int) -> None:
        r"""\pmatrix{1 & 0 \cr 0 & 1 \cr}, with the cells in braces."""
        at = self._skip_blanks(self.position)
        closing = closing_brace(self.text, at, self.end) if self.text[at : at + 1] == "{" else None
        if closing is None:
            raise self._error("The cells of this matrix are missing.", "missing-operand", start, self.position,
                              rf"Write \begin{{{name}}} 1 & 0 \\ 0 & 1 \end{{{name}}}.")  # fmt: skip
        self.position = closing + 1
        self._emit_matrix(plain_matrix(self.text, name, start, at + 1, closing), start)

    def _read_bordered(self, start: int) -> None:
        r"""\bordermatrix{ & a & b \cr c & 1 & 0 \cr}: its first row and its first column are labels."""
        at = self._skip_blanks(self.position)
        closing = closing_brace(self.text, at, self.end) if self.text[at : at + 1] == "{" else None
        if closing is None:
            raise self._error("The cells of this matrix are missing.", "missing-operand", start, self.position,
                              r"Write \bordermatrix{ & a & b \cr c & 1 & 0 \cr}.")  # fmt: skip
        self.position = closing + 1
        self._emit("MATRIX", bordered(self.text, at + 1, closing), start)

    def _read_sized(self, name: str) -> None:
        r"""\left and \right: before a point nothing, before a bar the bar; \left\{ of an array without a right side
        are cases."""
        if self.text[self.position : self.position + 1] == ".":
            self.position += 1
            return
        angle = _SIZED_ANGLE.match(self.text, self.position, self.end)
        if angle is not None:
            self.position = angle.end()
            if name == "left":
                self._open("⟨", angle.start(1), *spell.OPENING["⟨"])
            else:
                self._close("⟨", angle.start(1), angle[1])
            return
        bar = _SIZED_BAR.match(self.text, self.position, self.end)
        if bar is not None:
            self.position = bar.end()
            if name == "left":
                self._open("|", bar.start(1), "LBAR", "RBAR")
            else:
                self._close("|", bar.start(1), "|")
            return
        braced = _BRACED_CASES.match(self.text, self.position, self.end) if name == "left" else None
        begin = None if braced is None else BEGIN.match(self.text, braced.end(), self.end)
        if begin is None or begin.start() not in self.borders:
            return
        closing, end = self.borders[begin.start()]
        behind = _NO_RIGHT_SIDE.match(self.text, end, self.end)
        if behind is None:
            return
        start = self.position
        if begin[1] == "aligned" or arranges_statements(self.text, begin, closing, in_brace=True):
            self.position = start_of_cells(self.text, begin, closing)
        else:
            self.position = behind.end()
            self._emit("CASES", cases(self.text, begin, closing), start)

    def _read_space_of(self, start: int) -> None:
        r"""The argument of \hspace or \kern, perhaps without braces; from a quad on, 1em, it is a wide blank."""
        width = _WIDTH.match(self.text, self.position, self.end)
        if width is not None:
            self._wide_blank(start)
        bare = _WIDTH_WITHOUT_BRACES.match(self.text, self.position, self.end)
        if bare is not None:
            self.position = bare.end()
        elif self.text.startswith("{", self._skip_blanks(self.position)) or self.text.startswith("\\hspace", start):
            self._skip_argument()
        else:
            raise self._error("How wide this blank is is missing.", "missing-operand", start, self.position,
                              r"Write \quad, or a width behind it as 1em.")  # fmt: skip

    def _skip_argument(self) -> None:
        at = self._skip_blanks(self.position)
        if at < self.end and self.text[at] == "{":
            closing = closing_brace(self.text, at, self.end)
            if closing is None:
                raise self.brackets.unclosed(Frame("{", at))
            self.position = closing + 1
