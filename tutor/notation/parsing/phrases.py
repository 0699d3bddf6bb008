r"""Words in a formula: functions by their names, and what stands between statements or says what dimensions are."""

from __future__ import annotations

import re
from unicodedata import digit

from tutor.notation.parsing import slips
from tutor.notation.parsing import spelling as spell
from tutor.notation.parsing.clauses import Clauses
from tutor.notation.parsing.families import FAMILY_WORDS, prepared_family
from tutor.notation.parsing.functions import (
    CAPITAL_LETTERS,
    ESTIMATED,
    FUNCTIONS,
    INDICATOR,
    MOMENTS,
    PREFIXES,
    RAISED,
    WITH_SUBSCRIPT,
)
from tutor.notation.parsing.joined_words import in_one_word
from tutor.notation.parsing.manners import PREPARED_WORDS, hypothesis_above, manner_beside, sign_at
from tutor.notation.parsing.scanner import INDEPENDENT
from tutor.notation.parsing.spreads import spread_at
from tutor.notation.parsing.token import Spelling, Token

_WORDS = re.compile(
    r"\\(?:text|textrm|textsf|mathsf|mathrm|mbox|textit|textnormal|operatorname\*?|mathop|rm)\s*\{([^{}\\$]*)\}"
)
_OPENS = re.compile(
    r"(?:\s|~|\\[,;:! ])*(?:\\(?:left|[bB]igg?[lr]?)\s*)?(\(|\[|\\\{|\{|\\l(?:brack|paren|group|moustache)(?![A-Za-z]))"
)
_RAISED = re.compile(r"\s*(?:\^\s*(?:\{\s*)?(?:[-−]\s*1|(?P<power>[2-9]))(?:\s*\})?|⁻¹|(?P<small>[²³⁴-⁹]))")
_MATRIX_FOLLOWS = re.compile(r"\s*\\begin\s*\{\s*[A-Za-z]*(?:matrix|array)\*?\s*\}")
_INV = re.compile(r"inv(?![A-Za-z0-9_])")
_ARE = re.compile(r"(?:is|are)\s+(?=(?:iid|i\.\s?i\.\s?d\.?)$)")
_SEVERAL = re.compile(r"^['’]s\s+(?=(?:are|follow)\b)")
_ARTICLE_BEHIND = re.compile(r"(?<=where)\s+(?:all\s+)?(?:the|each)$")
_VERB = re.compile(rf"(?<=\s)(?:{'|'.join(sorted(spell.DIMENSION_VERBS, key=len, reverse=True))})(?=\s)")

_EXTENT = r"(?:[0-9A-Za-z]{1,6}|\([^()]{1,40}\)){1,3}"
_DIMENSIONS_BESIDE = re.compile(
    rf"(?P<sizes>{_EXTENT}\s?×\s?{_EXTENT})(?:\s*\((?:full\s)?rank\s(?:[^()]|\([^()]*\)){{1,40}}\))?\s*(?:[·,;\n]|$)"
)

_CONDITION = re.compile(
    r"\(?(?:for|if|when|where|whenever|because|since|under|unless|in|from|by|assuming|provided)\s"
    r"[A-Za-z ,.'’-]*\)?[.,;]?"
)
"""Words behind a statement that say when it holds, or where it comes from."""

_HEADING = re.compile(r"\s*(?:Level|Stage)[\s~-]*[0-9]{1,2}\s*(?:\([A-Za-z -]{1,40}\)|[Mm]odel)?\s*:?\s*\}\s*:?(?!=)")
"""What the equations of a level are called in front of them, up to the end of their brace."""

_LABEL = re.compile(
    r"(?:\s|~)*(?:\((?:Level|Stage|Step|Model|Part|L)(?:[\s~-]*(?:[0-9]{1,2}[a-z]?|[IVX]{1,4}|[A-Z]))?(?:[\s~-]+[Mm]odel)?\)"
    r"|(?:[A-Z][a-z]{2,}\s+)?\((?:[0-9]{1,2}[a-z]?|[ivx]{1,4})\)(?:\s+(?:in|into|to|and|with)\s+\((?:[0-9]{1,2}[a-z]?|[ivx]{1,4})\)){0,3})"
    r"(?:\s|~)*:?(?:\s|~)*\}\s*:?(?!=)"
)
"""The same in brackets, (Level 1), and numbers of equations, (2) in (1); up to the end of their brace."""

_IN_BRACKETS = re.compile(r"\([^\W\d_][\w /,.'’-]*\)[.,;]?")
"""A remark behind a statement, (linearity of expectation)."""

_EXPLANATION = re.compile(
    r"(?:is|are|being)\s(?:(?:the|an?)\s)[a-z][A-Za-z /,.'’-]*[.,;]?|(?:[a-z]{3,}[\s/-]){2,}[a-z]{3,}[.,;]?"
)
"""What a term is, "is the effect of subjects", and several words behind a comma, "variation between units"."""

_CHANGES_MEANING = re.compile(
    r"\b(?:not|no|identity|diagonal|zero|zeros|ones|equals?|inverse|transpose|independent|dependent|same|sum|product|square|function|"
    r"and|or|with|where|if|for|is|are|given|each|all|every|wrong|false|incorrect)\b"
)
"""Words of what is no mere explanation."""

_STATEMENT_ENDS = re.compile(r"(?:\s|~|\\[,;:! ]|\\q?quad)*(?:[,.;$]|\\\\|\\end|\\\]|$)")

_ENDS_FACTOR = re.compile(r"(?:\s|~|\\[,;:! ])*(?:[-+−)\]$,]|\\(?:right|\\|end)|$)")

_BEFORE_TERM = frozenset({"LBRACE", "REL", "DEFINES", "PLUS", "MINUS", "SLASH"})
_IS_SET_EQUAL = re.compile(r"(?:\s|~|\\[,;:! ])*(?:=|:=|\\(?:equiv|approx|coloneqq)(?![A-Za-z]))")
_ENDS_TERM = re.compile(r"(?:\s|~|\\[,;:! ])*(?:[-+−)\]}$,.=/]|\\(?:right|times|cdot|approx|\\|end)|$)")
"""What follows a term in words, and one that is the left side of an equation."""

_NOTHING = re.compile(r"\s*(?:[})\]+=/,&$]|\\right|$)")
"""What cannot follow the name of a function: of 1/(tr) the letters are numbers."""

_MOMENT_WORDS = frozenset({"Var", "Cov", "Corr"})
_VARIES = re.compile(
    r"(?:\s|~|\\[,;:! ])*(?:\\(?:mathbf|boldsymbol|bm|(?:wide)?hat|(?:wide)?tilde|bar|(?:var)?epsilon|beta)(?![A-Za-z])"
    r"|[A-Za-zα-ω\U0001d400-\U0001d7cb](?![A-Za-z])|(?:\\(?:text|mathrm)\s*\{\s*)?[MS]S[A-Z_}a-e])"
)
"""What a mean is of, right behind its E."""

_ESTIMATE_FOLLOWS = re.compile(r"\s*\\(?:wide)?(?:hat|tilde)(?![A-Za-z])")
_BELOW_MOMENT = re.compile(r"\s*_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[A-Za-z])")
_SOURCE = re.compile(r"(SS|MS|df|EMS)\s*[\[(]\s*([A-Za-z]+(?:\([A-Za-z]+\))?)\s*[\])]")
"""A statistic of one source of variation, in a word: MS[R(T)]."""

_NO_VARIABLES = frozenset("0123456789hijklmno,.")
"""What stands below a number of that letter, E_ij, and below no moment."""

_DATA_FOLLOW = re.compile(r"(?:\s|~|\\[,;:! ])+(?:\\(?:mathbf|boldsymbol|bm)\s*\{\s*)?[yYu](?![A-Za-z])")
"""What varies, after a blank: E y is the mean of y also where the E is in italics."""

_DIMENSIONS_OF = re.compile(
    r"\\?dim\s*(?:\\left\s*)?\((?P<name>[^()=]{1,60}?)(?:\\right\s*)?\)\s*(?:=|:)\s*(?=[^=]{1,40}(?:\\times(?![A-Za-z])|×))"
)

_EVENT = re.compile(
    r"(?:\\left\s*)?(?:\(|\[|\\\{)(?:[^()\[\]{}=<>≤≥≠~∼,;:]|\{[^{}]{0,20}\}){1,40}"
    r"(?:[=<>≤≥≠]|\\(?:leq?|geq?|neq?|lt|gt)(?![A-Za-z]))"
)
"""Brackets with a relation in them."""

_INDICES = frozenset("hijklmnrst")


def _digit(small: str | None) -> str:
    return str(digit(small)) if small else ""


def _independently_for(content: str) -> str:
    """The words of "independently for all" that stand before indices; none in others."""
    before, _, behind = content.strip(",; ").partition(" ")
    return behind if before in {"independently", "independent"} and behind in spell.QUANTIFIERS else ""


def _bare(words: str) -> str:
    """Words without a verb before "iid", the s of several names, and an article behind "where"."""
    return _ARTICLE_BEHIND.sub("", _ARE.sub("", _SEVERAL.sub("", words)))


def _is_coefficient(token: Token) -> bool:
    """Whether a token is the name of a coefficient, β_1 or γ_10."""
    spelling = token.value if token.type == "NAME" else None
    return isinstance(spelling, Spelling) and spelling.letters in {"beta", "gamma"} and bool(spelling.subscript)


class Phrases(Clauses):
    """Words, and letters that make a function."""

    def _read_spread(self, spelling: Spelling, start: int) -> bool:
        r"""Whether the letter before the position is a variance or a deviation, \sigma^2\{Y_i\}; it is emitted then."""
        spread = spread_at(self.text, spelling, self.position, self.end)
        if spread is None:
            return False
        told, self.position = spread
        return self._is_called(told, start, self.position)

    def _is_called(self, spelling: Spelling, start: int, end: int) -> bool:
        """Whether a name is a function here, in which case its token is emitted."""
        letters, power = spelling.letters, ""
        over = self._moment_over(spelling, end)
        if over is not None:
            spelling, end = Spelling(letters), over
            self.position = end
        key = FUNCTIONS.get(f"{letters}_{spelling.subscript}") if spelling.subscript else None
        if key is None and spelling.subscript and FUNCTIONS.get(letters) not in WITH_SUBSCRIPT:
            return False
        if letters in CAPITAL_LETTERS and len(spelling.subscript) > 1 and spelling.subscript.isdigit():
            return False  # P_11 is a block of a matrix
        if spelling.bold and (letters in CAPITAL_LETTERS or letters == "c"):
            return False  # a matrix before brackets, and the coefficients of a contrast
        key = key or FUNCTIONS[letters]
        key = ESTIMATED.get(key, key) if spelling.accent == "hat" else key
        raised = _RAISED.match(self.text, end, self.end) if key in RAISED else None
        if not self.is_tex and _DIMENSIONS_BESIDE.match(self.text, self._skip_blanks(end), self.end):
            return False  # γ (q + 1)×1
        opening = _OPENS.match(self.text, end if raised is None else raised.end(), self.end)
        if opening is not None and "\n" in opening[0] and not self.is_tex and not self.brackets:
            opening = None  # g at the end of a line is a letter: what opens the next belongs to a statement of its own
        if opening is not None and opening[1] != "{":
            if raised is not None:
                power, end = raised["power"] or _digit(raised["small"]) or "-1", raised.end()
                self.position = end
            self._emit("FUNCTION", (key, spelling, power), start, end)
            return True
        if spelling.subscript:
            return False
        takes_what_follows = letters in PREFIXES and not _NOTHING.match(self.text, end, self.end)
        is_of_matrix = FUNCTIONS[letters] in MOMENTS and _MATRIX_FOLLOWS.match(self.text, end, self.end)
        if takes_what_follows or is_of_matrix:
            self._emit("PREFIX", FUNCTIONS[letters], start, end)
            return True
        is_upright = self.text[start] == "\\" and not spelling.bold
        varies = key == "E" and is_upright and _VARIES.match(self.text, end, self.end)
        if key == "E" and letters == "E" and not spelling.bold and not varies:
            varies = _ESTIMATE_FOLLOWS.match(self.text, end, self.end)
        if key == "E" and not spelling.bold and not self._after_operand:
            varies = varies or _DATA_FOLLOW.match(self.text, end, self.end)
        if (letters in _MOMENT_WORDS or varies) and not spelling.accent:
            raise slips.moment_without_brackets(self.text, letters, start, end)
        return False

    def _moment_over(self, spelling: Spelling, end: int) -> int | None:
        r"""Where E_u ends, the moment over what stands below it, if brackets follow; None for other names."""
        if FUNCTIONS.get(spelling.letters) not in MOMENTS or spelling.bold or spelling.accent:
            return None
        if spelling.subscript:
            stop = end if set(spelling.subscript) - _NO_VARIABLES else None
        else:
            below = _BELOW_MOMENT.match(self.text, end, self.end)
            stop = None if below is None else below.end()
        opening = None if stop is None else _OPENS.match(self.text, stop, self.end)
        return stop if opening is not None and opening[1] != "{" else None

    def _read_indicator(self, start: int, end: int) -> bool:
        """Whether the I or the 1 that ends at an offset is that of an event in brackets right behind it, I(y > 0)."""
        if _EVENT.match(self.text, end, self.end) is None:
            return False
        self.position = end
        self._emit("FUNCTION", (INDICATOR, Spelling("I"), ""), start, end)
        return True

    def _read_prepared(self, found: re.Match[str]) -> None:
        """i.i.d. and "ind.", before a family or behind it."""
        self._emit("NAME", Spelling("".join(found[0].split())), found.start())

    def _read_dotted(self, found: re.Match[str]) -> None:
        self._emit("FUNCTION", ("se", Spelling("se"), ""), found.start())

    def _read_program(self, found: re.Match[str]) -> None:
        self._emit("FUNCTION", (found[0], Spelling(found[0]), ""), found.start())

    def _read_pointed(self, found: re.Match[str]) -> None:
        """A point between letters, which in TeX ends a statement, and elsewhere joins the words of a program's name."""
        start, end = found.span()
        if self.is_tex:
            self._emit("SEP", ".", start)
            return
        if _INV.match(self.text, end):
            raise self._error("inv is no name of this model.", "unknown-name", end, end + 3,
                              "The inverse is solve(V) in R and np.linalg.inv(V) in NumPy.")  # fmt: skip
        raise self._error("A name has no point in it.", "unknown-name", start, end,
                          "Write the second part below the line, as mu_y for mu.y.")  # fmt: skip

    def _read_module(self, found: re.Match[str]) -> None:
        """np.linalg.inv is inv."""

    def _read_words(self, start: int) -> bool:
        r"""\text{and}, \operatorname{Var}: whether the words are a separator or a function."""
        if self._read_remark(start):
            return True
        words = _WORDS.match(self.text, start, self.end)
        if words is None:
            return False
        content, end = _bare(words[1].strip()), words.end()
        before, self.position = self.position, end
        if self._starts_statement and (heading := self._heading(words.start(1))) is not None:
            self.position = heading.end()
            return True
        called = content in FUNCTIONS and self._is_called(Spelling(content), start, end)
        if not called:
            if content in PREPARED_WORDS and self.tokens and self.tokens[-1].type == "SIM":
                self._emit("NAME", Spelling(content), start, end)
            elif content.partition(" ")[0] in spell.EXCEPTIONS:
                raise self._error(f"What “{content}” excepts cannot be read.", "text-outside-math", start, end,
                                  "Write where the equation holds, as i ≠ j.")  # fmt: skip
            elif content.strip(",.;: ") in spell.CONNECTIVES:
                self._emit("SEP", content, start, end)
            elif self._after_statement and self._read_beside(words[1], start, end):
                return True
            elif content in spell.DIMENSION_VERBS:
                self._emit("COLON", content, start, end)
            elif content in spell.DIMENSION_NOUNS:
                self.position = end
            elif content in spell.INDEPENDENCE:
                self._emit("REL", INDEPENDENT, start, end)
            elif content.strip(",;:() ") in PREPARED_WORDS and self._after_statement:
                self._emit("NAME", Spelling(content.strip(",;:() ")), start, end)
            elif content.strip(",.;:() ") in spell.REMARKS and self._after_statement:
                self.position = end
            elif (prepared := prepared_family(content)) is not None:
                for word in prepared:
                    self._emit("NAME", Spelling(word), start, end)
            elif content in PREPARED_WORDS or content in FAMILY_WORDS:
                self._emit("NAME", Spelling(content), start, end)
            elif self._after_statement and self._is_mere_condition(content, end):
                self.position = end
                self.findings.append(slips.words_dropped(content, start, end))
            elif (source := _SOURCE.fullmatch(content)) is not None:
                self._emit("NAME", Spelling(source[1], subscript=source[2]), start, end)
            elif (prepared := _independently_for(content)) and self._after_statement:
                self._emit("SEP", spell.ARE_INDEPENDENT, start, end)
                self._emit("SEP", prepared, start, end)
            elif self._joins_statements(words[1], end):
                self._emit("SEP", content, start, end)
                self.findings.append(slips.words_dropped(content, start, end))
            elif (name := self._variable_of_words(content, end)) is not None:
                self._emit("NAME", Spelling(name), start, end)
            elif len(content.split()) > 1:
                shown = content if len(content) < 60 else f"{content[:60]}…"
                raise self._error(f"“{shown}” is text, and only formulas can be read.", "text-in-formula", start, end,
                                  "Leave the words out.")  # fmt: skip
            elif content.strip(",.;:"):
                self.position = before
                return False
            elif content in {"...", "…"}:
                self._emit("ELLIPSIS", content, start, end)
            elif content in {",", ";"} and not self.brackets:
                self._emit("SEP", content, start, end)
        return True

    def _heading(self, start: int) -> re.Match[str] | None:
        """What stands in words before an equation, from an offset within their braces."""
        return _HEADING.match(self.text, start, self.end) or _LABEL.match(self.text, start, self.end)

    def _variable_of_words(self, content: str, end: int) -> str | None:
        r"""The name that several words make as a factor, \beta_1 \times \text{time of day}, a term, or above or below
        the bar of a fraction; None for other words."""
        words = content.replace("-", " ").split()
        before = self.tokens[:-1] if self.tokens and self.tokens[-1].type == "LPAR" else self.tokens
        is_factor = bool(before) and (before[-1].type == "TIMES" or _is_coefficient(before[-1]))
        is_term = not before or before[-1].type in _BEFORE_TERM
        is_difference = "-" in content and max(map(len, words), default=0) < 3  # \text{x-y}
        if is_difference or _CONDITION.fullmatch(content) is not None or content.startswith("for "):
            return None
        if not (is_factor or is_term) or not 1 < len(words) < 6 or not (content.isascii() and "".join(words).isalpha()):
            return None
        ends = _ENDS_FACTOR if is_factor else _ENDS_TERM if before else _IS_SET_EQUAL
        return in_one_word(words) if ends.match(self.text, end) else None

    def _is_mere_condition(self, content: str, end: int) -> bool:
        """Whether words that end a statement say when it holds, without a formula: "for all pairs", not "for all i"."""
        words = re.findall("[A-Za-z]+", content)
        is_apart = self.tokens[-1].type == "SEP"  # MS \text{(Block)} is a name
        if _IN_BRACKETS.fullmatch(content) and (len(words) > 1 or is_apart):
            return _STATEMENT_ENDS.match(self.text, end, self.end) is not None
        if _EXPLANATION.fullmatch(content) and len(self.tokens) > 2 and not self._ends_range:
            is_told = is_apart or content.startswith(("is ", "are ", "being "))
            said = content.partition(" ")[2] if not is_apart else content
            if is_told and _CHANGES_MEANING.search(said) is None:
                return _STATEMENT_ENDS.match(self.text, end, self.end) is not None
        is_prose = len(words) > 1 and len(words[-1]) > 1 and _CONDITION.fullmatch(content) is not None
        return is_prose and _STATEMENT_ENDS.match(self.text, end, self.end) is not None

    @property
    def _ends_range(self) -> bool:
        """Whether what stands before are the values of an index, j = 1, …, n, and nothing more is told of it."""
        return any(token.type == "ELLIPSIS" for token in self.tokens[-3:])

    def _read_manner_above(self, start: int) -> bool:
        r"""Whether ~ stands here with words over it, \\overset{iid}{\\sim}, or = with "def"."""
        found = sign_at(self.text, start, self.end)
        if found is not None:
            terminal, value, self.position = found
            self._emit(terminal, value, start)
            under = hypothesis_above(self.text, start, self.end)
            if under is not None:
                self.findings.append(slips.words_dropped(self.text[slice(*under)], *under))
        return found is not None

    def _read_manner_beside(self, start: int) -> bool:
        r"""Whether words stand below or above the ~ before, \\sim_{iid}."""
        found = manner_beside(self.text, start, self.end) if self.tokens and self.tokens[-1].type == "SIM" else None
        if found is not None:
            sign = self.tokens[-1]
            told, self.position = found
            self.tokens[-1] = Token("SIM", told, sign.start, self.position)
        return found is not None

    def _read_dimensions_beside(self, end: int) -> bool:
        """Whether the blank before an offset stands between a name and its dimensions, as in y 6×1 · X 6×4 (rank 3)."""
        told = _DIMENSIONS_BESIDE.match(self.text, end, self.end)
        if told is None or self.is_tex or not (self.tokens and self.tokens[-1].type == "NAME"):
            return False
        self._emit("COLON", ":", self.position)
        self._read_until(told.end("sizes"))
        self.position = told.end()
        self._emit("SEP", ",", told.end("sizes"))
        return True

    def _counts_an_index(self, first: str, second: re.Match[str] | None) -> bool:
        """Whether two numbers with a comma between them are the first of an index, as in j = 1,2."""
        if second is None or len(self.tokens) < 2 or self.tokens[-1].value != "=" or int(second[1]) != int(first) + 1:
            return False
        index = self.tokens[-2].value
        return isinstance(index, Spelling) and index.letters in _INDICES and not index.subscript

    def _read_dimensions_of(self, start: int) -> bool:
        r"""\dim(Z) = n \times q: whether a name stands here with its dimensions behind an equal sign."""
        told = _DIMENSIONS_OF.match(self.text, start, self.end) if not self.brackets else None
        if told is None:
            return False
        self.position = told.start("name")
        self._read_until(told.end("name"))
        self.position = told.end()
        self._emit("COLON", ":", told.end("name"))
        return True

    def _read_verb(self, start: int) -> bool:
        """Z is n × q: whether words stand here that come before dimensions."""
        verb = _VERB.match(self.text, start, self.end)
        if verb is None:
            return False
        self.position = verb.end()
        self._emit("COLON", verb[0], start)
        return True
