r"""Text to tokens: LaTeX, Unicode, plain text, R and Python in one alphabet.

Fonts, spacing and idle braces vanish here; a symbol becomes one token with its subscript; a matrix becomes one
token whose cells are read later. Every token keeps its place in the text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.errors import ReadError, nearest
from tutor.notation.parsing import slips
from tutor.notation.parsing import spelling as spell
from tutor.notation.parsing.brackets import Frame
from tutor.notation.parsing.dimensioned_names import dimensioned_at
from tutor.notation.parsing.environments import nested_list
from tutor.notation.parsing.families import before_family
from tutor.notation.parsing.functions import CONDITIONED, FUNCTIONS, HATTED, INDICATOR, LETTERS, PLACEHOLDER
from tutor.notation.parsing.phrases import Phrases
from tutor.notation.parsing.pieces import PIECE
from tutor.notation.parsing.spreads import SPREADS
from tutor.notation.parsing.superscripts import GENERALIZED, raised, superscript_at
from tutor.notation.parsing.symbols import Found, interaction_at, symbol_at, with_subscript
from tutor.notation.parsing.token import Span, Spelling

MOST_DIGITS = 300
"""Digits of a typed number."""

_KEYWORD = re.compile(r"([A-Za-z][A-Za-z.]*)\s*=(?!=)\s*")
_LINE_WITH_RELATION = re.compile(r"[^\n=~∼<>≤≥≡:∈]+[=~∼<>≤≥≡:∈]")
_DECIMALS = re.compile(r",([0-9]+)(?!\s*,|[0-9])")
_ORDER = re.compile(r"\(\s*([0-9]+)\s*\)")
_CALLED = re.compile(r"(?:abs|max|min|sqrt)\(")
_GREEK_WORD = re.compile("|".join(sorted(set(spell.GREEK_COMMANDS), key=len, reverse=True)))
_STARTS_OPERATOR = frozenset("abdlmpsBΣ")
"""The first letters of argmin, d/dt, lim, min, prod and sum, and the letter for the sign of a sum."""

_WORDLIKE = frozenset({"letter", "command", "number"})
"""The pieces of a text with which words may start."""

_HAS_SUBSCRIPT = re.compile(r"\s*_|[₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]")


class Lexer(Phrases):
    """What each piece of a text is; `read` gives its tokens."""

    def _match(self) -> re.Match[str]:
        found = PIECE.match(self.text, self.position, self.end)
        assert found is not None  # its last group takes any character
        return found

    def _take(self, found: re.Match[str]) -> None:
        if self.planned and self._read_planned(found.start()):
            return
        if found.lastgroup in _WORDLIKE and found[0] not in spell.NAMING and self._read_clause(found.start()):
            return
        getattr(self, f"_read_{found.lastgroup}")(found)

    # Blanks and numbers

    def _read_space(self, found: re.Match[str]) -> None:
        """Blanks print nothing; outside TeX dimensions may follow, or a new line that has a relation of its own."""
        if self._read_dimensions_beside(found.end()):
            return
        if "\n" in found[0] and not self.is_tex and not self.brackets and self._after_operand:
            line = _LINE_WITH_RELATION.match(self.text, found.end(), self.end)
            if line is not None:
                self._emit("SEP", "\n", found.start())

    def _read_mark(self, found: re.Match[str]) -> None:
        if found[0] == "$":
            self._emit("SEP", "$", found.start())

    def _read_number(self, found: re.Match[str]) -> None:
        digits, start = found[0], found.start()
        if "{" in digits:
            digits = digits.replace("{,}", ".")
            self.findings.append(slips.decimal_comma(digits, start, found.end()))
        if len(digits) > MOST_DIGITS:
            raise self._error(f"This number has {len(digits):,} digits; at most {MOST_DIGITS} can be read.",
                              "too-large", start, found.end())  # fmt: skip
        if digits == "1" and self._read_indicator(start, self.position):
            return
        if digits in {"0", "1"} and _HAS_SUBSCRIPT.match(self.text, self.position, self.end):
            self._name(with_subscript(self.text, Spelling(digits), self.position, self.end), start)
            return
        decimals = None if self.brackets.in_list or "." in digits else _DECIMALS.match(self.text, found.end(), self.end)
        listed = self.tokens and (self.tokens[-1].type == "SEP" or self._counts_an_index(digits, decimals))
        if decimals is not None and not listed:
            raise slips.comma_in_number(self.text, digits, decimals[1], start, decimals.end())
        self._emit("NUMBER", digits, start)

    # Names

    def _read_letter(self, found: re.Match[str]) -> None:
        start, top = found.start(), self.brackets.top
        if (
            top is not None
            and top.function not in {"", INDICATOR, *CONDITIONED}
            and self.tokens[-1].type in {"COMMA", "LPAR"}
        ):
            keyword = _KEYWORD.match(self.text, start, self.end)
            if keyword is not None:
                self.position = keyword.end()
                self._emit("KEYWORD", keyword[1], start)
                return
        if top is None and (self._read_verb(start) or (found[0] == "d" and self._read_dimensions_of(start))):
            return
        if found[0] in _STARTS_OPERATOR and self._read_operator(start):
            return
        symbol = self._symbol(start)
        if symbol is not None:
            self._name(symbol, start)
        elif not (self._read_element(start) or self._read_word_of_other_script(start)):
            raise self._error(f"{found[0]} is no letter of this notation.", "unknown-name", start, found.end())

    def _symbol(self, start: int) -> Found | None:
        top = self.brackets.top
        accent = top.accent if top is not None else ""
        return symbol_at(self.text, start, self.end, bold=self._bold, accent=accent)

    def _grouped(self, start: int, sign: str) -> Found | None:
        """A name within brackets that have a subscript: an interaction, or a name with its dimensions."""
        top = self.brackets.top
        accent = top.accent if top is not None else ""
        found = interaction_at(self.text, start, self.end, accent=accent) if sign == "(" else None
        return found or dimensioned_at(self.text, start, self.end, bold=self._bold, accent=accent)

    def _name(self, symbol: Found, start: int) -> None:
        """A name, a function, or a word between statements."""
        spelling = symbol.spelling
        letters = spelling.letters
        self.next_is_bold = False
        self.position = symbol.end
        is_function = letters in FUNCTIONS or f"{letters}_{spelling.subscript}" in FUNCTIONS
        is_function = is_function and (not spelling.accent or FUNCTIONS.get(letters) in HATTED)
        if letters in "I1" and not spelling.subscript and self._read_indicator(start, symbol.end):
            return
        if letters in SPREADS and self._read_spread(spelling, start):
            return
        if is_function and (len(letters) == 1 or letters in LETTERS):  # dimensions stand below no argument
            is_function = dimensioned_at(self.text, self._skip_blanks(symbol.end), self.end) is None
        if is_function and self._is_called(spelling, start, symbol.end):
            return
        glued = self._glued(letters, start, symbol.end)
        if glued < symbol.end:
            before = letters[: glued - start]
            self._emit("NAME", Spelling(before, len(before) > 1, spelling.bold), start, glued)
            self._is_called(Spelling(letters[glued - start :]), glued, symbol.end)
            return
        if letters in spell.TEX_WORDS and not spelling.bold and self.text[symbol.end : symbol.end + 1] == "{":
            raise slips.no_backslash(self.text, letters, start)
        if not spelling.bold and not spelling.accent and self.text[start] != "\\":
            shorthand = slips.FRACTION_OF_DIGITS.fullmatch(letters)
            if shorthand is not None:
                raise slips.no_backslash(self.text, shorthand[1], start)
            if letters in slips.SIGN_WORDS and not spelling.subscript:
                self.findings.append(slips.backslash_missing(letters, start))
                self._emit(*spell.SIGNS[letters], start, symbol.end)
                return
            if self.is_tex and letters in spell.GREEK_COMMANDS and self.text.startswith(letters, start):
                self.findings.append(slips.backslash_missing(letters, start))
        if letters in spell.CONNECTIVES and not spelling.bold:
            self._emit("SEP", letters, start)
            return
        if letters in spell.DIMENSION_NOUNS and not spelling.bold:
            return
        order = _ORDER.match(self.text, symbol.end, self.end) if letters == "I" and not spelling.subscript else None
        if order is not None:  # I(3), as Julia writes it
            spelling, self.position = replace(spelling, subscript=order[1], below=Span(*order.span(1))), order.end()
        self._emit("NAME", spelling, start)
        if symbol.superscript is not None:
            self._read_within(symbol.superscript, symbol.end)

    def _read_method(self, found: re.Match[str]) -> None:
        start = found.start()
        if not self._after_operand:
            raise self._error("There is nothing before this point.", "missing-operand", start)
        name = found[0].lstrip(".").strip().partition("(")[0].strip()
        if name in {"T", "t", "transpose"}:
            self._emit("PRIME", 1, start)
        elif name in {"I", "inv"}:
            self._emit("INVERSE", "", start)
        elif name.startswith("shape"):
            self._emit("METHOD", "rows" if "0" in name else "columns", start)
        elif name == "dot":
            self._emit("DOT", "", start)
        else:
            self._emit("METHOD", name, start)

    # Superscripts

    def _read_small(self, found: re.Match[str]) -> None:
        self.tokens.extend(raised(found[0], found.start()))

    def _read_prime(self, found: re.Match[str]) -> None:
        if self._read_plural(found.start()):
            return
        self._emit("PRIME", len(found[0]) + found[0].count("″"), found.start())

    def _read_power(self, found: re.Match[str]) -> None:
        start, at = found.start(), self._skip_blanks(found.end())
        if self._read_manner_beside(start):
            return
        told_apart = found[0] == "^" or self.text[at : at + 1] in {"-", "("}
        above = superscript_at(self.text, at, self.end) if told_apart else None
        if above is not None:
            self.position = above.end
            if above.kind in GENERALIZED:
                self._emit("METHOD", GENERALIZED[above.kind], start)
            elif above.kind != "transpose":
                self._emit("INVERSE", "", start)
                if above.kind == "unbraced" and found[0] == "^" and self.is_tex:
                    self.findings.append(slips.inverse_without_braces(start, self.position))
            if above.kind in {"transpose", "both", "moore_transposed"}:
                self._emit("PRIME", above.letter or 1, start)
            return
        self.position = at
        self._emit("CARET", found[0], start, found.end())
        if at >= self.end:
            return
        if self.text[at] == "{":
            self.position = at + 1
            self._open("{", at, "LBRACE", "RBRACE")
        elif found[0] == "^" and self.text[at].isascii() and self.text[at].isalpha() and not self._calls(at):
            # x^nk is x to the n, times k; but x^rho has one exponent
            word = _GREEK_WORD.match(self.text, at, self.end)
            self.position = word.end() if word is not None else at + 1
            self._emit("NAME", Spelling(self.text[at : self.position]), at)

    def _calls(self, at: int) -> bool:
        """Whether a function of plain text stands here, as in rho^abs(i - j)."""
        return not self.is_tex and _CALLED.match(self.text, at, self.end) is not None

    # Commands

    def _read_command(self, found: re.Match[str]) -> None:
        name, start = found[0][1:], found.start()
        if found[0] not in spell.NAMING and (
            self._read_manner_above(start) or self._read_operator(start) or self._read_words(start)
        ):
            return
        if (name == "dim" and self._read_dimensions_of(start)) or (name == "Sigma" and self._read_operator(start)):
            return
        if not (self.awaited or self.bare_arguments):
            slips.check_square(self.text, found.end(), start)
        symbol = self._symbol(start)
        if symbol is not None:
            self._name(symbol, start)
        elif (
            self._read_derivative(start)
            or (
                name == "partial" and (self._in_derivative() or self._read_gradient(start) or self._read_partial(start))
            )
            or (name == "nabla" and self._read_gradient(start))
        ):
            return
        elif name == "cdot" and self._is_argument(found.end()):
            self._emit("NAME", Spelling(PLACEHOLDER), start)
        elif name in spell.SIGNS:
            type_, value = spell.SIGNS[name]
            self._emit(type_, 1 if type_ == "PRIME" else value, start)
            if type_ in {"FRAC", "BINOM", "SQRT"}:
                self._await_arguments(1 if type_ == "SQRT" else 2, start)
        elif name in spell.PLAIN_MATRICES:
            self._read_plain_matrix(name, start)
        elif name in FUNCTIONS:
            self._name(with_subscript(self.text, Spelling(name), found.end(), self.end), start)
        elif name in spell.FONTS or name in spell.ACCENTS:
            self._read_style(name, start)
        elif name in {"left", "right"}:
            self._read_sized(name)
        elif name == "bordermatrix":
            self._read_bordered(start)
        elif name == "%" and self._after_operand:
            self._emit("METHOD", "percent", start)
        elif name in spell.WIDE_BLANKS:
            self._wide_blank(start)
        elif name in spell.HORIZONTAL_SPACES:
            self._read_space_of(start)
        elif name in spell.BLANK_WITH_ARGUMENT:
            self._skip_argument()
        elif name in spell.ELLIPSES:
            self._emit("ELLIPSIS", found[0], start)
        elif name in spell.BRACKET_COMMANDS:
            sign, opens = spell.BRACKET_COMMANDS[name]
            if opens:
                self._open(sign, start, *spell.OPENING[sign])
            else:
                self._close(sign, start, found[0])
        elif name in spell.BAR_COMMANDS:
            self._read_bars("\\|" if name == "|" else name, start)
        elif name in {"(", ")", "[", "]"}:  # \( … \) and \[ … \] are around mathematics
            if not self.brackets:
                self._emit("SEP", "$", start)
        elif name not in spell.BLANK:
            raise self._unknown_command(name, start, found.end())

    def _unknown_command(self, name: str, start: int, end: int) -> ReadError:
        if not name.strip():
            return self._error("A backslash stands alone here.", "unexpected", start)
        commands = (*spell.GREEK_COMMANDS, *spell.SIGNS, *spell.FONTS, *spell.ACCENTS, "det", "exp", "log")
        meant = nearest(name, commands, cutoff=0.6)
        return self._error(f"\\{name} is not a command of this notation.", "unknown-command", start, end,
                           f"Did you mean \\{meant}?" if meant else None, f"\\{meant}" if meant else None)  # fmt: skip

    def _read_style(self, name: str, start: int) -> None:
        """A font or an accent around more than one symbol, or a font switched on in a group."""
        top = self.brackets.top
        bold = self._bold or name in spell.BOLD_FONTS
        accent = spell.ACCENTS.get(name, top.accent if top is not None else "")
        at = self._skip_blanks(self.position)
        if at >= self.end:
            raise self._error(f"There is nothing after \\{name}.", "missing-operand", start, self.position)
        if name in {"bf", "rm", "it", "cal"} and self.text[at] != "{":
            if top is not None:
                self.brackets.frames[-1] = Frame(top.sign, top.start, top.terminal, bold, accent, top.function, name)
        elif self.text[at] == "{":
            self.position = at + 1
            self.brackets.push(Frame("{", at, bold=bold, accent=accent, command=name))
        else:
            self.next_is_bold = bold

    # Brackets

    def _read_bar(self, found: re.Match[str]) -> None:
        self._read_bars(found[0], found.start())

    # Signs

    def _read_linebreak(self, found: re.Match[str]) -> None:
        if not self.brackets.in_list:
            self._emit("SEP", "\\\\", found.start())

    def _read_sign(self, found: re.Match[str]) -> None:
        sign, start = found[0], found.start()
        if sign in "({" and (grouped := self._grouped(start, sign)) is not None:
            self._name(grouped, start)
        elif sign in spell.OPENING:
            listed = nested_list(self.text, start, self.end) if sign == "[" else None
            if listed is not None:
                grid, self.position = listed
                self._emit_matrix(grid, start)
            else:
                self._open(sign, start, *spell.OPENING[sign])
        elif sign in spell.CLOSING:
            self._close(spell.CLOSING[sign], start, sign)
        elif sign == "{":
            self._open_brace(start)
        elif sign in {",", ";"}:
            self._emit("COMMA" if self.brackets.in_list else "SEP", sign, start)
        elif sign == "~":
            if not self.is_tex or (self._after_statement and before_family(self.text, found.end(), self.end)):
                self._emit("SIM", "~", start)
            elif self.text.startswith("~", start + 1):  # several blanks are a wide one
                self._wide_blank(start)
        elif sign in "·⋅" and self._is_argument(found.end()):
            self._emit("NAME", Spelling(PLACEHOLDER), start)
        elif sign == "⊕" and self._read_operator(start):
            return
        elif sign in spell.CHARACTERS:
            type_, value = spell.CHARACTERS[sign]
            if sign == "*" and self.is_tex and self._after_operand:
                self.findings.append(slips.star_in_latex(start))
            self._emit(type_, value, start)
            if type_ == "SQRT":
                self._await_arguments(1, start)
        elif sign == "∂":
            if not (self._read_operator(start) or self._read_gradient(start)):
                self._read_partial(start)
        elif (sign == "∇" and self._read_gradient(start)) or (sign in "✓✔∎■□" and self._read_remark(start)):
            return
        elif sign in {"∑", "∏", "⨁", "∫"}:
            self._read_operator(start)
        elif sign == ".":
            self._emit("SEP", ".", start)
        elif sign == "_":
            below = self._read_point, self._read_positive_part, self._read_manner_beside, self._read_element
            if any(read(start) for read in below):
                return
            raise self._error("A subscript belongs to a symbol; there is none before this _.", "missing-operand", start)
        else:
            raise slips.no_meaning(self.text, sign, start)

    def _open_brace(self, start: int) -> None:
        if self._awaits_argument:
            self._await_more(*self.awaited.pop())
            self._open("{", start, "LBRACE", "RBRACE")
            return
        if self._read_choice(start) if self.is_tex else self._read_plain_braces(start):
            return
        symbol = self._symbol(start)
        if symbol is not None:  # {y}: braces that do nothing
            self._name(symbol, start)
            return
        top = self.brackets.top
        self.brackets.push(
            Frame("{", start, bold=top is not None and top.bold, accent=top.accent if top is not None else "")
        )
