r"""Words of a sentence beside formulas, set in \text or typed: what they say of them, or that they only explain.

"u and ε are independent" is a relation, "subject to" parts two statements, and "where y is the vector of
observations" explains a letter, which changes no meaning.
"""

from __future__ import annotations

import re
from itertools import islice

from tutor.notation.parsing import slips
from tutor.notation.parsing import spelling as spell
from tutor.notation.parsing.pieces import PLURAL
from tutor.notation.parsing.remarks import Remarks
from tutor.notation.parsing.scanner import INDEPENDENT, Planned
from tutor.notation.parsing.token import OPERAND_END, RELATIONS, Spelling
from tutor.notation.parsing.words_beside import (
    ASIDE,
    ENDS,
    REASON,
    are_dots,
    between_statements,
    in_english,
    in_other_script,
    number_of_equation,
)

_SET = r"\\(?:text|textrm|mathrm|mbox|textit|textnormal)\s*\{\s*"
_P_VALUE = re.compile(rf"[pP](?:-value|\s*{_SET}-?\s*value\s*\}})s?(?![A-Za-z])|{_SET}[pP][- ]value\s*\}}")
_INTERVAL = re.compile(
    rf"""[0-9]+(?:\.[0-9]+)?\s*\\?%\s*(?:\\[ ,;]\s*)?(?:{_SET})?
    (?:CI|(?:confidence|credible|prediction)\s+(?:interval|limits))\s*\}}?(?:\s*(?:{_SET})?\s*(?:for|of)(?![A-Za-z])[^:=;\n]{{1,60}}?)?\s*(?::(?!=)|=)""",
    re.X,
)
"""What an interval is called in front of it: 95\\% \\text{ CI for } \\mu:"""

_INDEPENDENT = re.compile(
    rf"(?P<set>{_SET}(?:[,;]\s*)?)?(?:(?:are|is|all|both|mutually|and)\s+){{0,6}}(?:independent|indep\.?)(?:ly)?\s*[.,;]?\s*(?(set)\}}|(?![A-Za-z]))(?!\s*of(?![A-Za-z]))"
)
_BETWEEN = re.compile(
    rf"(?P<set>{_SET}(?:[,;]\s*)?)?(?:(?:are|is|all|both|mutually|and)\s+){{0,6}}"
    r"(?:(?P<independent>(?:independent|indep\.?)(?:ly)?\s+of)|(?P<uncorrelated>uncorrelated\s+with))"
    r"\s*(?(set)\}|(?![A-Za-z]))"
)
"""Words between names of which the one says nothing of the other: "is independent of", "uncorrelated with"."""

_UNCORRELATED = re.compile(
    rf"(?P<set>{_SET}(?:[,;]\s*)?)?(?:(?:are|is|all|both|mutually|and)\s+){{0,6}}uncorrelated\s*[.,;]?\s*(?(set)\}}|(?![A-Za-z]))"
)
_ARE_DISTRIBUTED = re.compile(
    rf"(?P<set>{_SET})?(?:(?:is|are)\s+distributed\s+(?:as|like|according\s+to)|follows?(?:\s+(?:a|an|the))?)\s*"
    r"(?(set)\}|(?![A-Za-z]))"
)
_ARE_IN_MANNER = re.compile(r"(?:is|are)\s+(?=(?:iid|i\.\s?i\.\s?d\.?|ind\.?|NID)[\s(])")
_CONNECTIVE = re.compile(
    rf"(?:{'|'.join(sorted((word for word in spell.CONNECTIVES if ' ' in word), key=len, reverse=True))})(?![A-Za-z])"
)
_DESCRIPTION = re.compile(
    rf"""(?P<set>{_SET})?(?:is|are|denotes?|represents?|contains?|being)\s+
    (?:(?:the|a|an|our|known|unknown|fixed|random|observed)\s+)+
    (?P<words>[a-z]{{3,}}(?:[\s'’-]+[A-Za-z]+){{0,60}})\s*[.]?\s*(?(set)\}}|(?![A-Za-z_(^{{]))""",
    re.X,
)
"""What a name is, in at most so many words that a text of nothing but words costs what its length does."""

_PROPERTY = re.compile(
    rf"""(?P<set>{_SET})?(?:is|are)\s+(?:assumed\s+)?(?:always\s+)?(?P<words>(?:a\s+)?(?:symmetric|idempotent|non-?singular|invertible|
    orthogonal|orthonormal|positive[\s-]+(?:semi-?)?definite|(?:un)?known|square|scalar|
    of\s+full(?:\s+(?:column|row))?\s+rank))\s?[.,]?\s?(?(set)\}}|(?![A-Za-z_(^{{]))""",
    re.X,
)
"""What a name is in one word, of which no formula says anything: "since G is symmetric"."""

_SAYS_MORE = re.compile(
    r"\b(?:identity|diagonal|zero|zeros|ones|equal|inverse|transpose|normal|independent|same|sum|product|square|function)"
)
"""Words of what is no mere explanation: that a matrix is the identity."""

_REST = re.compile(
    r"(?:(?!\\text\s*\{\s*(?:and|with|where)\b|\s(?:and|where|with)\s)"
    r"(?:[^,;{}\\\n]|\{[^{}]*\}|\\[A-Za-z]+|\\[ ,;:!])){0,600}"
)
_GOES_ON = re.compile(r"\b(?:and|with|where)$")
_RELATION = re.compile(r"[=<>~∼≤≥≡∈]|\\(?:sim|leq?|geq?|equiv|in|neq?)(?![A-Za-z])")
_ARTICLE = re.compile(rf"(?P<set>{_SET})?(?:is|are|denotes)\s+(?:the|a|an)\s*(?(set)\}}|(?=\s))")
_DIMENSIONS = re.compile(r"\s*\$?\s*[0-9A-Za-z()+\-−\s]{1,20}(?:\\times(?![A-Za-z])|×)")
_ARTICLE_BEFORE = re.compile(
    rf"(?P<set>{_SET})?(?:all\s+(?:of\s+)?)?(?:[Tt]he|[Aa]ll|[Ee]ach|[Ee]very)(?:\s+(?:random\s+)?(?:effects?|errors?|residuals?|blocks?|slopes?|intercepts?))?"
    r"\s*(?(set)\}|(?=\s))\s*(?=(?:\$\s*)?(?:\\(?:mathbf|boldsymbol|bm|varepsilon|epsilon|[a-z]+)|[A-Za-zα-ωε]))"
    r"(?=[^,;.\n]{1,60}?(?:\b(?:is|are|follows?)\b|\\sim|~|∼))"
)
"""An article before a name of which something is said: the u_j's are iid N(0, σ²)."""

_UNDER = re.compile(
    rf"(?P<set>{_SET})?(?:[Uu]nder)(?:\s+the\s+null(?:\s+hypothesis)?)?\s*(?(set)\}}|(?![A-Za-z]))"
    r"\s*(?:\\[,;: ])?\s*\$?\s*H_(?:\{\s*[01aA]\s*\}|[01aA])(?![A-Za-z])(?=\s*\$?\s*(?:[.,;)]|\\\\|\\end|\Z))"
)
"""The hypothesis under which a statement holds."""

_WORDS_WITH_NAMES = re.compile(
    rf"{_SET}(?!(?:for|if|when|where|with|all|in|and|or|on|unless|otherwise|given|independent\w*|iid)\b)"
    r"(?P<words>[A-Za-z][^{}$\\]{1,200}(?:\$[^$]{1,60}\$[^{}$\\]{0,200}){1,6})\}(?=[\s}.,;]*(?:\\\\|\\end(?![A-Za-z])|&|\Z))"
)
r"""Words with names among them at the end of a line, \text{Weight of pup $i$ of litter $j$}."""

_GAP = r"(?:[\s~]|\\[ ,;:])"
_HEADING = re.compile(
    rf"(?:(?:Level|Stage){_GAP}*[0-9](?:{_GAP}+[A-Za-z]+){{0,3}}"
    rf"|(?:[A-Z][a-z]+{_GAP}+)?[Mm]odel(?:{_GAP}+[0-9])?){_GAP}*:(?!=)"
)
"""Words before a line as they are typed, Level 1: and Mixed model:"""

_RANGES = re.compile(
    r"[(\[]\s*(?:[g-ot]\s*=\s*[0-9]+\s*(?=[,.…;\\])|[0-9]+\s*(?:\\leq?(?:slant)?(?![A-Za-z])|≤|<=)\s*[g-ot]\s*(?:\\leq?|≤|<=))"
    r"(?:[A-Za-z0-9=,;.…≤<\s{}_]|\\(?:l?dots|cdots|leq?(?:slant)?|q?quad|text|[,; ])){0,120}[)\]]"
)
"""What indices run through, in brackets."""

_ANOTHER = r"[g-ost](?:\s*(?:['′]|\^\s*\{?\s*\\prime\s*\}?)){0,2}"
_DIFFERENT = re.compile(
    rf"[(\[]\s*(?:\\text\s*\{{\s*(?:for|if|where|when|with)\s*\}}\s*)?{_ANOTHER}\s*(?:\\neq?(?![A-Za-z])|≠|!=)\s*{_ANOTHER}\s*[)\]]"
)
"""That two indices are not the same, in brackets: (k ≠ k')."""

_VALUE = re.compile(
    rf"(?:(?<=quad)|(?<=quad\s))[(\[]\s*(?:{_SET}[A-Za-z.]{{1,12}}\s*\}}|[A-Za-z]{{1,4}})\s*(?:=|<|\\approx(?![A-Za-z])|≈)\s*[0-9]+(?:\.[0-9]+)?\s*[)\]]"
    r"(?=\s*(?:[.,;$]|\\\\|\\end(?![A-Za-z])|\Z))"
)
"""A value in brackets far behind a statement, at the end of a line: \\quad (df = 45), \\quad (p < 0.01)."""

MOST_EXPLAINED = 200
"""Names before an explanation that may be explained in it."""

_NOUN = re.compile(
    rf"(?P<set>{_SET})(?:[a-z-]++\s+){{0,20}}(?:matrix|vector|matrices|vectors)(?:\s+(?:of|for|with)(?:\s+[a-z-]++){{1,20}})?\s*[.,]?\s*\}}"
)


_ONE_WORD = re.compile(r"\s+[^\W\d_]{2,}\s+")
_RELATING: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (_BETWEEN, "REL", INDEPENDENT),
    (_UNCORRELATED, "SEP", spell.ARE_UNCORRELATED),
    (_INDEPENDENT, "SEP", spell.ARE_INDEPENDENT),
    (_ARE_DISTRIBUTED, "SIM", "~"),
    (_ARE_IN_MANNER, "", ""),
    (_CONNECTIVE, "SEP", ""),
)
"""Words behind a name: the terminal and the value of the token that they are, the words themselves where it has none,
and no token where the terminal is missing."""


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    """What a statement is called in front of it."""
    return _INTERVAL.match(text, start, end) or _HEADING.match(text, start, end)


class Clauses(Remarks):
    """Words that part statements, relate names, or explain them."""

    def _read_clause(self, start: int) -> bool:
        """Whether words of a sentence start at an offset, after which the position stands."""
        name = _P_VALUE.match(self.text, start, self.end)
        if name is not None:
            self.position = name.end()
            self._emit("NAME", Spelling("p", subscript="value"), start)
            return True
        if self._read_words_with_names(start):
            return True
        if self.brackets:
            return False
        article = _ARTICLE_BEFORE.match(self.text, start, self.end) if self._starts_statement else None
        if article is not None:
            self.position = article.end()
            return True
        label = _label(self.text, start, self.end) if self._starts_statement else None
        if label is not None:
            self.position = label.end()
            return True
        return self._read_hypothesis(start) or self._read_relating(start) or self._read_explaining(start)

    def _open(self, sign: str, start: int, type_: str, terminal: str) -> None:
        """A bracket, unless it holds no more than what the indices behind a statement are, (i = 1, …, t), (k ≠ k'), or
        a value, (df = 45)."""
        ranges = None
        if sign in "([" and not self.brackets:
            if self._read_aside(start):
                return
            behind = (_RANGES, _DIFFERENT, _VALUE)
            ranges = next((found for rule in behind if (found := rule.match(self.text, start, self.end))), None)
        if ranges is None or not (self.tokens and self.tokens[-1].type in OPERAND_END | {"SEP"}):
            super()._open(sign, start, type_, terminal)
            return
        self._emit("SEP", ",", start)
        closing = ranges.end() - 1
        self.planned[closing] = Planned("SEP", ",", closing + 1)

    def _read_aside(self, start: int) -> bool:
        """Whether brackets behind a statement, apart from it, hold the number of an equation, words, or a reason."""
        before = self.tokens[-1].type if self.tokens else ""
        is_apart = before == "SEP" or (before in OPERAND_END and self.text[start - 1].isspace())
        if not is_apart or not any(token.type in RELATIONS for token in islice(reversed(self.tokens), MOST_EXPLAINED)):
            return False
        aside = ASIDE.match(self.text, start, self.end)
        found = aside or REASON.match(self.text, start, self.end)
        if found is None or not ENDS.match(self.text, found.end(), self.end):
            return False
        words = "" if aside is None else aside["words"].strip()
        is_numbered = number_of_equation("", words, 0, 0) is not None
        if aside is not None and not (is_numbered or before == "SEP" or len(words.split()) > 1):
            return False  # R (\text{known}) may be a function
        self.position = found.end()
        if not is_numbered:
            self.findings.append(slips.words_dropped(found[0], start, self.position))
        return True

    def _read_word_of_other_script(self, start: int) -> bool:
        """Whether a word in another script stands between statements, as 和 for "and"."""
        is_behind = bool(self.tokens) and self.tokens[-1].type in OPERAND_END | {"SEP"} and not self.brackets
        told = in_other_script(self.text, start, self.end, self.tokens) if is_behind else None
        if told is None:
            return False
        word, self.position = told
        self._emit("SEP", word, start)
        return True

    def _read_beside(self, words: str, start: int, end: int) -> bool:
        """Whether words behind a statement number it, or part it from the next in another language."""
        number = number_of_equation(self.text, words.strip(), end, self.end)
        if number is not None:
            self.position = number
            return True
        if are_dots(self.text, words, end, self.end, self.tokens):
            if self.tokens[-1].type != "SEP":
                self._emit("SEP", ",", start, end)
            self._emit("ELLIPSIS", "…", start, end)
            self._emit("SEP", ",", start, end)
            return True
        told = in_english(self.text, words, end, self.end, self.tokens)
        if told is not None:
            self._emit("SEP", told, start, end)
        return told is not None

    def _joins_statements(self, words: str, end: int) -> bool:
        """Whether a word with blanks around it stands behind a comma, as in any language's "with"."""
        if not self._after_statement or self.tokens[-1].type != "SEP":
            return False
        return _ONE_WORD.fullmatch(words) is not None or between_statements(
            self.text, words, end, self.end, self.tokens
        )

    @property
    def _after_statement(self) -> bool:
        """Whether what stands before is complete: a statement, and perhaps a comma."""
        before = [token for token in self.tokens[-2:] if token.type != "SEP"]
        return not self.brackets and bool(before) and before[-1].type in OPERAND_END

    def _read_plural(self, start: int) -> bool:
        """Whether the s of several of a name stands at an offset, as in u_j's."""
        plural = PLURAL.match(self.text, start, self.end) if not self.brackets else None
        if plural is not None:
            self.position = plural.end()
        return plural is not None

    def _read_words_with_names(self, start: int) -> bool:
        """Whether a remark in words and names stands behind a statement, at the end of its line."""
        is_behind = bool(self.tokens) and not any(frame.terminal for frame in self.brackets.frames)
        found = _WORDS_WITH_NAMES.match(self.text, start, self.end) if is_behind else None
        if found is None:
            return False
        self.position = found.end()
        self.findings.append(slips.words_dropped(found["words"], start, self.position))
        return True

    def _read_hypothesis(self, start: int) -> bool:
        r"""Whether \text{under } H_0 stands behind a statement, which says no more of it."""
        under = _UNDER.match(self.text, start, self.end) if self.tokens else None
        if under is None:
            return False
        self.position = under.end()
        self.findings.append(slips.words_dropped("under", start, self.position))
        return True

    def _read_relating(self, start: int) -> bool:
        """Whether words relate or part statements: "are independent", "is distributed as", "subject to"."""
        if not self.tokens or self.text[start - 1 : start] in {"_", "^", "\\"}:
            return False
        for pattern, type_, value in _RELATING:
            found = pattern.match(self.text, start, self.end)
            if found is None:
                continue
            self.position = found.end()
            if pattern is _BETWEEN and found["uncorrelated"]:
                value = spell.UNCORRELATED
            if type_:
                self._emit(type_, value or found[0], start)
            return True
        return False

    def _read_explaining(self, start: int) -> bool:
        """Whether words say what a name is: with its dimensions, "is the n × p design matrix", or in words alone."""
        if self._read_noun(start):
            return True
        if len(self.tokens) < 2 or not isinstance(self.tokens[-1].value, Spelling):
            return False
        article = _ARTICLE.match(self.text, start, self.end)
        if article is not None and _DIMENSIONS.match(self.text, article.end(), self.end):
            self.position = article.end()
            self._emit("COLON", "is", start)
            return True
        told = _PROPERTY.match(self.text, start, self.end)
        if told is not None and ENDS.match(self.text, told.end(), self.end) and self._drop_explained():
            self.position = told.end()
            self.findings.append(slips.words_dropped(told["words"], start, self.position))
            return True
        words = _DESCRIPTION.match(self.text, start, self.end)
        if words is None or _SAYS_MORE.search(words["words"]):
            return False
        goes_on = _GOES_ON.search(words["words"])
        rest = _REST.match(self.text, words.end(), self.end) if goes_on is None else None
        if (rest is not None and _RELATION.search(rest[0])) or not self._drop_explained():
            return False
        self.position = words.end() if rest is None else rest.end()
        self.findings.append(slips.words_dropped(words["words"], start, self.position))
        if goes_on is not None:
            self._emit("SEP", goes_on[0], start)
        return True

    def _read_noun(self, start: int) -> bool:
        r"""Whether \text{ design matrix} stands behind the dimensions of a name."""
        noun = _NOUN.match(self.text, start, self.end)
        # The last of these tells, so that a long text without a noun costs no look at what stands before.
        if noun is None or next((t.type for t in reversed(self.tokens) if t.type in ("COLON", "SEP")), "") != "COLON":
            return False
        self.position = noun.end()
        return True

    def _drop_explained(self) -> bool:
        """Take the names that are explained out of the tokens; False where nothing else stands before them."""
        last = len(self.tokens) - 1
        for back, token in enumerate(islice(reversed(self.tokens), MOST_EXPLAINED)):
            if not (token.type == "SEP" or isinstance(token.value, Spelling)):
                break
            if token.value == "where":
                last -= back - 1
                break
        if last == 0 or self.tokens[last - 1].type != "SEP" or self.tokens[last].type != "NAME":
            return False
        if last > 1 and self.tokens[last - 2].type == "ELLIPSIS":
            return False  # the n of j = 1, …, n
        del self.tokens[last:]
        return True
