r"""Letters of one's own: λ + λ²(e^{σ²_u} − 1) with λ = e^{μ + σ²_u/2}, or "Let m = …" before a derivation.

Each stands for what it is said to be, whatever it means elsewhere: an m that is explained is no μ. A letter of the
question keeps its meaning, and so has a matrix of the model, as G; what is said of those is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tutor.algebra.defined_letter import DefinedLetter
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.parameters import scalars_of
from tutor.algebra.sizes import ONE, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary

MOST_TEXT = 2_000
"""Characters of an answer in which letters are looked for."""

MOST_LETTERS = 12
"""Letters of one's own that an answer may explain."""

_SUBSCRIPT = r"(?:_\{[\w,]{1,12}\}|_\w{1,12}|[₀-₉ᵤᵥᵢⱼₜ]{1,6})"
_SQUARE = r"(?:\s?\^\s?\{?2\}?|²)"
_LETTER = (
    r"(?:\\(?:mathbf|boldsymbol|bm|mathrm|text|operatorname)\s*\{\\?[A-Za-zα-ωΑ-Ω]{1,12}\}|\\[A-Za-z]{2,10}"
    rf"|[A-Za-z][A-Za-z0-9]{{0,11}}|[α-ωΑ-Ωϕϱ])(?:{_SUBSCRIPT}{_SQUARE}?|{_SQUARE}{_SUBSCRIPT}?)?"
)
_WORDS = r"(?:where|with|here|wherein|letting|setting|writing|putting|defining|taking)"
_OPENING = rf"(?:{_WORDS}|(?:we\s+)?(?:let|set|put|define|write|denote|take)|and(?:\s+{_WORDS})?)"
_DEFINITION = re.compile(
    rf"(?P<opening>(?:\s*{_OPENING}(?![A-Za-z]))?)[\s$]*(?P<name>{_LETTER})\s*(?P<sign>:=|≡|\\equiv(?![A-Za-z])|=(?!=))"
    r"(?P<value>.+?)[\s.]*\Z",
    re.I | re.S,
)
_SORT = (
    r"(?:the|an?|just|simply|equal|to|given|by|ratio|quotient|total|marginal|conditional|unconditional|overall|common"
    r"|intra-?class|mean|variance|correlation|covariance|expectation|eigenvalue|weight|shrinkage|factor|coefficient"
    r"|linear|predictor|probability|matrix|block)"
)
"""Words for what a letter is, that change no value: the marginal mean, the ratio."""

_IN_WORDS = re.compile(
    rf"(?P<name>(?<![A-Za-z\\_]){_WORDS}[\s$]+{_LETTER})(?P<is>[\s$]+(?:is|denotes|stands\s+for)\s+(?:{_SORT}\s+){{0,5}})"
    r"(?!not\b|no\b)(?=(?:[a-z]{1,3})?[^\sA-Za-z,.;]|[A-Za-z]{1,10}\s?[\^_*/+(\\]|[A-Za-z]\s?[²'])"
)
"""A letter that is said in words to be a formula, "where m is the marginal mean exp(…)"."""

_SET_TEXT = re.compile(
    r"\\(?:text|textrm|mbox|mathrm)\s*\{(?=\s*[,;]?\s*[A-Za-z]{2,}[\s},])|\\q?quad(?![A-Za-z])|(?<!\\)\\[,;:! ]|~"
)
_WITH_INDEX = re.compile(
    r"(?P<base>\\(?:mathbf|boldsymbol|bm)\s*\{\s*\\?[A-Za-z]+\s*\}|\\Sigma|[A-ZΣ])(?:_\{?(?P<index>[i-o])\}?|(?P<small>[ᵢⱼₖ]))"
)
_BREAK = r"(?:\n|\\\\(?![A-Za-z])\s*)(?![\s&]*=)"
_CUT = re.compile(rf"[,;]|:(?!=)|{_BREAK}|\.\s|(?<![A-Za-z\\_]){_OPENING}(?![A-Za-z])", re.I)
_LINE = re.compile(r"\n|\\\\(?![A-Za-z])")
_RELATION = re.compile(r"(?<![<>!:=≤≥]):?=(?!=)|≡|\\equiv(?![A-Za-z])")

_BEGINS = re.compile(r"(?:\A|[,;\n]|\\\\|\.\s)[\s&$]*\Z")
_IS_EQUATED = re.compile(r"[ \t&$]*(?::=|≡|=)")


@dataclass(frozen=True, slots=True)
class Definition:
    """``name`` stands for ``value``, both as they were typed; ``start`` and ``end`` are where that is said, and
    ``is_told`` whether in words or with :=, so that it is no claim. ``claim`` is what is said of the value besides, as
    E(y_11 | u) = e^{μ + u_1} in m = E(y_11 | u) = e^{μ + u_1}."""

    name: str
    value: str
    start: int
    end: int
    is_told: bool
    claim: tuple[int, int] | None = None
    is_of_each: bool = False
    """Whether it is of each index: V_1, …, V_b where V_j = …"""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Where the name stands by itself: no part of another, no subscript."""
        name = r"\s?".join(map(re.escape, self.name.split()))
        if self.is_of_each:
            base = _WITH_INDEX.fullmatch(self.name)
            assert base is not None
            return re.compile(rf"(?<![A-Za-z\\]){re.escape(base['base'])}\s?(?:_\{{?\w{{1,3}}\}}?|[₀-₉ᵢⱼₖ]+)")
        first, last = self.name[0], self.name[-1]
        # Beside a capital others may stand, WGW'; small letters beside each other are a word.
        letters = "a-z" if len(self.name) == 1 and first.isupper() else "A-Za-z"
        is_latin = first.isascii() and first != "\\"
        behind = rf"(?<![{letters}\\_])(?<!_\{{)" if is_latin else r"(?<![\\_])(?<!_\{)"
        # A small letter of one's own may stand right before a matrix, aI_3 + bJ_3 and kZZ'.
        ahead = rf"(?![{letters}0-9_])" if len(self.name) > 1 or first.isupper() else r"(?![a-zA-HK-WY0-9_])"
        ahead = ahead if last.isalnum() and last.isascii() else r"(?![_₀-₉])"
        return re.compile(behind + name + ahead)


@dataclass(frozen=True, slots=True)
class Letters:
    """What letters of one's own stand for."""

    definitions: tuple[Definition, ...] = ()

    def in_place(self, text: str) -> str:
        """A text with the values, in brackets, in the place of the letters."""
        for _ in self.definitions:
            before = text
            for each in self.definitions:
                text = each.pattern.sub(lambda _, value=each.value: f"({value})", text)
            if text == before or len(text) > MOST_TEXT:
                break
        return text


def without_letters(text: str, vocabulary: Vocabulary, *known: Tree) -> str:
    """An answer with what its letters stand for in their place; as it is where it explains none.

    >>> from tutor import rcbd
    >>> m = rcbd("t", "b")
    >>> without_letters("k/(1 + k) where k = σ_u²/σ²", m.vocabulary, m.V)
    '(σ_u²/σ²)/(1 + (σ_u²/σ²))'
    """
    letters, left = parted(text, vocabulary, known)
    return letters.in_place(left).strip(" \t\n,;").lstrip(" \t\n.:") if letters.definitions else text


def parted(text: str, vocabulary: Vocabulary, known: tuple[Tree, ...]) -> tuple[Letters, str]:
    """The letters that a text explains, and the text with blanks where it does; the text itself where it explains
    none. ``known`` is what was asked for."""
    if len(text) > MOST_TEXT:
        return Letters(), text
    text = _IN_WORDS.sub(lambda found: f"{found['name']} =".ljust(len(found[0])), text)
    if not _RELATION.search(text):
        return Letters(), text
    plain = _without_closing(_SET_TEXT.sub(lambda gap: " " * len(gap[0]), text))
    letters = _letters_of(plain, vocabulary, known)
    return letters, _without_definitions(plain, letters) if letters.definitions else text


def _without_definitions(text: str, letters: Letters) -> str:
    """A text with blanks where letters are explained; what is said of their values besides stays, on one line."""
    for each in letters.definitions:
        begin, end = each.claim or (each.end, each.end)
        said = re.sub(r"\n|\\\\", lambda found: " " * len(found[0]), text[begin:end])
        before, after = (re.sub(r"[^\n]", " ", part) for part in (text[each.start : begin], text[end : each.end]))
        text = text[: each.start] + before + said + after + text[each.end :]
    return text


def _letters_of(text: str, vocabulary: Vocabulary, known: tuple[Tree, ...]) -> Letters:
    """The definitions that give a letter a meaning: of one that is free, explained once and not by itself, and used
    elsewhere in the text."""
    definitions = [each for each in islice(_definitions(text), MOST_LETTERS) if not each.pattern.search(each.value)]
    definitions = [_of_each(each, text) for each in definitions]
    names = [each.name for each in definitions]
    once = [each for each in definitions if names.count(each.name) == 1]
    used = [each for each in once if _is_used(each, text) or _is_count(each, vocabulary)]
    own = {str(letter) for letter in scalars_of(*known)} | {s.name for tree in known for s in symbols_of(tree)}
    together = Letters(tuple(used))
    return Letters(tuple(each for each in used if _is_free(each, together, vocabulary, own)))


def _of_each(definition: Definition, text: str) -> Definition:
    """A definition of a matrix with an index letter as one of each, where the text has it at other indices: V_1 and
    V_b beside V_j."""
    indexed = _WITH_INDEX.fullmatch(definition.name)
    others = text[: definition.start] + text[definition.end :]
    if indexed is None or definition.pattern.search(others) is not None or f"_{indexed['index']}" in definition.value:
        return definition
    return replace(definition, is_of_each=True)


def _definitions(text: str) -> Iterator[Definition]:
    """Each clause of a text that says what a letter is."""
    cuts = list(_cuts(text))
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        is_line = _LINE.match(text, start) is not None
        if text[text.rfind("\n", 0, start) + 1 : start].strip() and not is_line:
            end = next(_cuts(text[:end], _LINE, start), end)  # no chain of lines
        found = _DEFINITION.match(text, start + _separators(text[start:end]), end)
        if found is None:
            continue
        sides = list(_relations(text, found.start("value"), found.end("value")))
        begin = sides[-1].end() if sides else found.start("value")
        value = text[begin : found.end("value")].strip(" \t\n$.")
        claim = (found.start("value"), found.end("value")) if sides else None
        is_told = bool(found["opening"].strip()) or found["sign"] != "=" or text[start : start + 1] in (",", ";")
        if value:
            yield Definition(found["name"].strip(), value, start, end, is_told, claim)


def _is_used(definition: Definition, text: str) -> bool:
    """Whether a letter stands elsewhere in a text, and there not as another name of the whole."""
    others = text[: definition.start] + " ; " + text[definition.end :]
    return any(
        _BEGINS.search(others[: found.start()]) is None or _IS_EQUATED.match(others, found.end()) is None
        for found in definition.pattern.finditer(others)
    )


def _is_free(definition: Definition, together: Letters, vocabulary: Vocabulary, own: set[str]) -> bool:
    """Whether a letter may be given a meaning: it has none, or none that was asked about."""
    if _is_count(definition, vocabulary):
        return True
    meaning, value = _read(definition.name, vocabulary), _read(together.in_place(definition.value), vocabulary)
    if meaning is None:
        return True  # what it stands for may be read only where it stands, as an I without a size
    if value is None:
        return False
    if isinstance(meaning, Symbol):
        # Σ is V, and may as well be a block of it, and x = 3 is one value of a covariate; of G what is said is a claim.
        is_value = meaning.columns == ONE and isinstance(value, Scalar) and bool(value.value.is_number)
        is_alias = meaning.definition is None or spelling(definition.name) != meaning.name or is_value
        is_other = definition.is_told and not value.is_scalar and ONE not in value.shape  # an R of one subject
        return (is_alias or is_other) and not same_shape(meaning.shape, value.shape)
    if not isinstance(meaning, Scalar):
        return False
    if isinstance(value, Scalar) and value.value == meaning.value:
        return True  # said to be what it is
    if isinstance(meaning.value, DefinedLetter):
        return definition.is_told  # S_xx, said to be what it is or another
    letters = {str(letter) for letter in meaning.value.free_symbols}
    if not letters:
        is_formula = isinstance(value, Scalar) and bool(value.value.free_symbols)
        return not meaning.value.is_Rational or (definition.is_told and is_formula)  # a, no number of blocks
    if not letters & own:
        return not (isinstance(value, Scalar) and value.value.is_Integer)
    if not isinstance(value, Scalar):
        return False
    if meaning.value.is_Symbol:
        # An m beside the μ of which it is made is another letter.
        return meaning.value in value.value.free_symbols
    is_root = meaning.value.is_Pow and meaning.value.args[0].is_Symbol
    return definition.is_told and not is_root


def spelling(name: str) -> str:
    """A letter as it was typed without what sets it bold."""
    return re.sub(r"\\(?:mathbf|boldsymbol|bm|mathrm)|[{}\\\s]", "", name)


def _is_count(definition: Definition, vocabulary: Vocabulary) -> bool:
    """Whether a letter is said to be the number that it counts."""
    size = vocabulary.sizes.get(definition.name)
    return isinstance(size, Scalar) and str(size.value) == definition.value


def _read(text: str, vocabulary: Vocabulary) -> Tree | None:
    try:
        return read(text, vocabulary).tree
    except TutorError:
        return None


def _cuts(text: str, pattern: re.Pattern[str] = _CUT, at: int = 0) -> Iterator[int]:
    """Where clauses start, or another pattern, outside of brackets and environments."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if text.startswith("\\begin", at) or text.startswith("\\end", at):
            depth += 1 if text.startswith("\\begin", at) else -1
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth == 0 and (found := pattern.match(text, at)) is not None:
            yield at
            at = found.end()
            continue
        at += 1


def _separators(piece: str) -> int:
    """How many signs that part clauses open one."""
    return len(piece) - len(piece.lstrip(" \t\n,;:.&$"))


def _relations(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    depth = 0
    for found in re.finditer(rf"[(\[{{]|[)\]}}]|{_RELATION.pattern}", text[:end]):
        if found.start() < start:
            continue
        if found[0] in "([{":
            depth += 1
        elif found[0] in ")]}":
            depth -= 1
        elif depth == 0:
            yield found


def _without_closing(text: str) -> str:
    """A text with blanks for the braces that are closed and were not opened."""
    depth, signs = 0, list(text)
    for at, sign in enumerate(text):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth < 0:
                signs[at], depth = " ", 0
    return "".join(signs)
