"""What a lexer keeps while it goes through a text: the tokens so far, open brackets, arguments still to come."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod

from tutor.errors import ReadError
from tutor.notation.finding import Finding
from tutor.notation.light_value import light_value
from tutor.notation.parsing.brackets import MOST_NESTING, Brackets, Frame, too_deep
from tutor.notation.parsing.functions import CONDITIONED
from tutor.notation.parsing.spelling import ORDER_SIGNS, WIDE_BLANK
from tutor.notation.parsing.symbols import with_subscript
from tutor.notation.parsing.token import OPERAND_END, Span, Spelling, Token

_BLANKS = re.compile(r"(?:\s|~)*")
_DISTRIBUTED = re.compile(r"\\n?sim(?![A-Za-z])|[∼~≁]")


_NORMS = frozenset({"\\|", "‖", "Vert", "lVert", "rVert"})
_TRANSPOSES = frozenset({"T", "\\top", "\\intercal"})
_NAME_AHEAD = re.compile(r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z]))*\{?\s*(?:[A-Za-z]|\\[A-Za-z]|[^\W\d_])")
_BAR_OR_BRACKET = re.compile(r"\\[lr]?vert(?![A-Za-z])|[|∣()\[\]{}]")
_NUMBER_SET = re.compile(
    r"\s*(?:\\mathbb\s*\{\s*([NZR])\s*\}|\\mathbb\s*([NZR])|([ℕℤℝ]))(?:\s*[\^_]\s*(?:\{\s*([+0]|>\s*0)\s*\}|([+0]))|([⁺₀]))?(?!\s*\^)"
)
INDEPENDENT = "⊥"
"""The sign between what is independent."""

MOST_TOKENS = 30_000
"""Letters, numbers and signs outside the cells of matrices: a 100 × 100 matrix as R's matrix(c(…)) has 20,000."""

MOST_NAMES = 10_000
"""Names and letters among them, each of which is looked up; numbers cost less."""

MOST_SEPARATORS = 3_000
"""Commas, semicolons and new lines between the statements of one text."""

MOST_BARE = 20
r"""Arguments without braces within each other, \sqrt\sqrt\sqrt2."""


@light_value
class Planned:
    """A token that ends something read before: its terminal, its value, and where it ends in the text."""

    type: str
    value: object
    end: int


class Scanner(ABC):
    """A pass over ``text[start:end]``; a subclass says what each piece of text is.

    ``borders`` says where the environments of the text end.
    """

    def __init__(self, text: str, start: int, end: int, borders: dict[int, tuple[int, int]]) -> None:
        self.text = text
        self.position = start
        self.end = end
        self.borders = borders
        self.is_tex = "\\" in text
        self.tokens: list[Token] = []
        self.findings: list[Finding] = []  # slips that leave the meaning clear
        self.brackets = Brackets(text, end)
        # (brackets open, arguments to come) of each fraction and root being read
        self.awaited: list[tuple[int, int]] = []
        self.bare_arguments = 0
        self.names = self.separators = 0
        self.next_is_bold = False
        self.planned: dict[int, Planned] = {}  # by the place where each starts
        self.distributed = -1  # where the next ∼ was found, or the end

    def read(self) -> list[Token]:
        """All tokens of the part. Raises ReadError with the place of what cannot be one."""
        while self.position < self.end:
            self._step()
        self.brackets.check_closed()
        return self.tokens

    @property
    def _after_membership(self) -> bool:
        """Whether what comes is what something is a member of."""
        return bool(self.tokens) and self.tokens[-1].type == "IN"

    def _read_number_set(self) -> bool:
        """Whether a set of numbers stands here, ℝ or ℕ_0: not ℝ^n, which has a dimension."""
        found = _NUMBER_SET.match(self.text, self.position, self.end)
        if found is None:
            return False
        start, self.position = self.position, found.end()
        letter, below = (next(filter(None, groups), "") for groups in (found.groups()[:3], found.groups()[3:]))
        below = "+" if below.startswith(">") else below
        self._emit("SET", unicodedata.normalize("NFKC", letter + below), start)
        return True

    @abstractmethod
    def _match(self) -> re.Match[str]:
        """The piece of text at the position; its kind is the name of the group."""

    @abstractmethod
    def _take(self, found: re.Match[str]) -> None:
        """Make tokens of a piece, after which the position stands."""

    def _step(self) -> None:
        """Read one piece: a token, or what prints nothing."""
        if self._after_membership and self._read_number_set():
            return
        found = self._match()
        if self._awaits_argument and found.lastgroup != "space" and found[0] != "{":
            self._read_bare_argument(found)
            return
        self.position = found.end()
        self._take(found)

    def _read_until(self, end: int) -> None:
        """Read the pieces up to an offset, as if the text ended there."""
        whole, self.end = self.end, end
        while self.position < end:
            self._step()
        self.end = whole

    def _read_planned(self, start: int) -> bool:
        """Whether what stands here was found before, when what it belongs to was read."""
        planned = self.planned.get(start)
        if planned is None:
            return False
        self.position = planned.end
        self._emit(planned.type, planned.value, start)
        return True

    @property
    def _awaits_argument(self) -> bool:
        return bool(self.awaited) and self.awaited[-1][0] == len(self.brackets)

    def _emit(self, type_: str, value: object, start: int, end: int | None = None) -> None:
        if len(self.tokens) >= MOST_TOKENS:
            raise self._error(f"More than {MOST_TOKENS:,} letters and signs cannot be read.", "too-long", start,
                              tip="Write it by its structure, with I, J and Kronecker products.")  # fmt: skip
        self.names += type_ == "NAME"
        if self.names > MOST_NAMES:
            raise self._error(f"More than {MOST_NAMES:,} names cannot be read.", "too-long", start,
                              tip="Write it by its structure, with I, J and Kronecker products.")  # fmt: skip
        if value == INDEPENDENT and self.tokens and self.tokens[-1].value == INDEPENDENT:
            return  # \perp\!\!\!\perp draws one sign of two
        if type_ == "FACTORIAL" and self.tokens and self.tokens[-1].type == "FACTORIAL":
            raise self._error("Two signs ! are another function than a factorial twice.", "unexpected", start,
                              tip="Write (x!)!, or the product itself.")  # fmt: skip
        self.separators += type_ == "SEP" and bool(self.tokens) and self.tokens[-1].type != "SEP"
        if self.separators > MOST_SEPARATORS:
            raise self._error(f"More than {MOST_SEPARATORS:,} statements cannot be read.", "too-long", start,
                              tip="Write only those that were asked for.")  # fmt: skip
        self.tokens.append(Token(type_, value, start, self.position if end is None else end))

    def _error(
        self, problem: str, kind: str, start: int, end: int | None = None, tip: str | None = None,
        replacement: str | None = None,
    ) -> ReadError:  # fmt: skip
        return ReadError(problem, text=self.text, start=start, end=end, kind=kind, tip=tip, replacement=replacement)

    def _skip_blanks(self, start: int) -> int:
        found = _BLANKS.match(self.text, start, self.end)
        return start if found is None else found.end()

    def _wide_blank(self, start: int) -> None:
        """A blank that may part two statements."""
        if not self.brackets and self._after_operand:
            self._emit("SEP", WIDE_BLANK, start)

    @property
    def _after_operand(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].type in OPERAND_END

    @property
    def _bold(self) -> bool:
        top = self.brackets.top
        return self.next_is_bold or (top is not None and top.bold)

    # Signs

    def _read_ellipsis(self, found: re.Match[str]) -> None:
        self._emit("ELLIPSIS", found[0], found.start())

    def _read_vulgar(self, found: re.Match[str]) -> None:
        """½ as (1/2)."""
        above, _, below = unicodedata.normalize("NFKC", found[0]).partition("\u2044")
        for type_, value in (("LPAR", "("), ("NUMBER", above), ("SLASH", "/"), ("NUMBER", below), ("RPAR", ")")):
            self._emit(type_, value, found.start())

    def _read_percent(self, found: re.Match[str]) -> None:
        self._emit("PERCENT", found[0], found.start())

    def _read_defines(self, found: re.Match[str]) -> None:
        self._emit("DEFINES", "≡", found.start())

    def _read_order(self, found: re.Match[str]) -> None:
        self._emit("REL", ORDER_SIGNS[found[0]], found.start())

    def _read_denied(self, found: re.Match[str]) -> None:
        self._emit(*(("REL", "≠") if found[0].endswith("=") else ("SIM", "≁")), found.start())

    def _read_equal(self, found: re.Match[str]) -> None:
        self._emit("REL", "=", found.start())

    # Arguments of \frac and \sqrt

    def _await_arguments(self, number: int, start: int) -> None:
        if len(self.awaited) >= MOST_NESTING:
            raise too_deep(self.text, start)
        self.awaited.append((len(self.brackets), number))

    def _await_more(self, depth: int, number: int) -> None:
        """Await the arguments after one of a ``number`` of them."""
        if number > 1:
            self.awaited.append((depth, number - 1))

    def _read_bare_argument(self, found: re.Match[str]) -> None:
        r"""An argument without braces, as in \frac12 and √2: it gets them here."""
        start = self.position
        if found[0] == "[" and self.tokens[-1].type == "SQRT":
            self.position = found.end()
            self._open("[", start, "LSQB", "RSQB")
            return
        # Until the argument is read, what comes belongs to it.
        waiting = self.awaited.pop()
        self.bare_arguments += 1
        if self.bare_arguments > MOST_BARE:
            raise too_deep(self.text, start)
        self._emit("LBRACE", "{", start, start)
        depth, awaited, end = len(self.brackets), len(self.awaited), self.end
        if self.is_tex and found[0][0].isascii() and found[0][0].isalnum():
            self.end = start + 1
        self._step()
        self.end = end
        while (len(self.brackets) > depth or len(self.awaited) > awaited) and self.position < self.end:
            self._step()
        self._emit("RBRACE", "}", self.position, self.position)
        self.bare_arguments -= 1
        self._await_more(*waiting)

    def _read_within(self, superscript: Span, end: int) -> None:
        """Read a superscript that stood within a name, σ^2_u, σ^{2,REML} and X^{*T}, after all of the name, which ends
        at ``end``; of the second only the number."""
        if self.text[superscript.start : superscript.end] in _TRANSPOSES:
            self._emit("PRIME", 1, superscript.start, superscript.end)
            self.position = end
            return
        self.position = superscript.start
        if self.text[self.position].isdecimal():
            self._emit("CARET", "^", self.position, self.position)
        self._read_until(superscript.end)
        self.position = end

    # Brackets

    def _open(self, sign: str, start: int, type_: str, terminal: str) -> None:
        function = ""
        if sign == "⟨":
            self._emit("FUNCTION", ("inner product", Spelling("⟨"), ""), start, start)
        if sign in {"(", "["} and self.tokens and self.tokens[-1].type == "FUNCTION":
            value = self.tokens[-1].value
            function = str(value[0]) if isinstance(value, tuple) else ""
        if self._after_membership:
            type_, terminal = "OPENS", "CLOSES"  # an interval, which may be open on one side, or a set
        top = self.brackets.top
        self.brackets.push(Frame(sign, start, terminal, bold=top is not None and top.bold, function=function))
        self._emit(type_, sign, start, start + len(sign))

    def _close(self, sign: str, start: int, shown: str) -> None:
        frame = self.brackets.pop(sign, start, shown)
        if sign == "⟨":
            self._read_metric(start)
        if frame.terminal:
            self._emit(frame.terminal, shown, start)

    def _read_metric(self, start: int) -> None:
        """The matrix below an inner product, ⟨x, y⟩_V = x'Vy, as its last argument."""
        below = with_subscript(self.text, Spelling("x"), self.position, self.end)
        inner = below.spelling.below
        if inner is None or below.superscript is not None:
            return
        self._emit("COMMA", ",", start)
        self.position = inner.start
        self._read_until(inner.end)
        self.position = below.end

    def _read_bars(self, name: str, start: int) -> None:
        """Whether a bar opens a determinant, closes it, or means "given"."""
        if self._read_norm(name, start):
            return
        top = self.brackets.top
        if name == "lvert" or (name != "rvert" and not self._after_operand):
            self._open("|", start, "LBAR", "RBAR")
        elif (name == "rvert" and not self._conditions_alone()) or (top is not None and top.sign == "|"):
            self._close("|", start, self.text[start : self.position])
        elif self._may_condition():
            self._emit("GIVEN", "|", start)
        else:
            self._open("|", start, "LBAR", "RBAR")

    def _read_norm(self, name: str, start: int) -> bool:
        """Whether bars are those of a norm, ‖x‖ or ||x||."""
        top = self.brackets.top
        doubled = name == "|" and self.text[self.position : self.position + 1] == "|"
        if not (name in _NORMS or (doubled and not (top is not None and top.sign == "|"))):
            return False
        self.position += doubled
        if name in {"lVert"} or not (top is not None and top.sign == "‖"):
            self._open("‖", start, "LBAR", "RBAR")
            return True
        self.brackets.pop("‖", start, self.text[start : self.position])
        below = with_subscript(self.text, Spelling(""), self.position, self.end)
        if below.superscript is None:
            self.position = below.end
        self._emit("RBAR", below.spelling.subscript if below.superscript is None else "", start)
        return True

    def _may_condition(self) -> bool:
        if any(frame.function in CONDITIONED for frame in self.brackets.frames):
            return True
        frames = self.brackets.frames
        if _NAME_AHEAD.match(self.text, self.position, self.end) is not None and self._is_last_bar():
            # [y | θ] is a density; in \mathbf{y|u} the braces are those of a font.
            return frames[-1].sign in {"[", "("} if frames and frames[-1].sign != "{" else True
        # In \mathbf{y|u} the braces are those of a font.
        return all(frame.sign == "{" for frame in self.brackets.frames) and self._is_distributed_ahead()

    def _is_distributed_ahead(self) -> bool:
        """Whether a ∼ is still to come; each stretch of the text is looked through once."""
        if self.distributed < self.position:
            found = _DISTRIBUTED.search(self.text, self.position, self.end)
            self.distributed = self.end if found is None else found.start()
        return self.distributed < self.end

    def _conditions_alone(self) -> bool:
        r"""Whether an \rvert that closes nothing stands for a bar that conditions, y \rvert u \sim …."""
        return all(frame.sign != "|" for frame in self.brackets.frames) and self._may_condition()

    def _is_last_bar(self) -> bool:
        """Whether no other bar follows within the brackets around this one, which a determinant would need."""
        depth = 0
        for found in _BAR_OR_BRACKET.finditer(self.text, self.position, self.end):
            sign = found[0]
            if sign in {"(", "[", "{"}:
                depth += 1
            elif sign in {")", "]", "}"}:
                depth -= 1
                if depth < 0:
                    return True
            elif depth == 0:
                return False
        return True
