r"""Words behind and between statements that change no meaning: the number of an equation, the mark at the end of a
proof, a reason in brackets, and "and" and "where" of other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from tutor.notation.parsing.token import RELATIONS, Token

_MEANT = {
    "and": "und, sowie, et, y, e, en, og, och, oraz, ve, ja, и, "
    "да, 和, 与, 與, 及, 以及, 并且, 且, および, 及び, かつ, 그리고, 및",
    "or": "oder, ou, o, of, eller, lub, veya, tai, или, 或, 或者, または, 또는",
    "where": "wobei, wo, dabei, où, donde, ove, dove, onde, waar, hvor, "
    "där, gdzie, kde, missä, где, 其中, 这里, 這裡, ここで, 여기서",
    "with": "mit, avec, con, com, met, med, dengan, с, 带有",
    "then": "dann, also, donc, alors, entonces, allora, então, dus, så, 则, 因此, 所以, したがって, 따라서",
    "if": "falls, wenn, si, se, hvis, om, jeśli, если, 若, 如果, もし",
    "that is": "das heißt, c'est-à-dire, es decir, o sea, ou seja, то есть, d.h, cioè, 即, すなわち",
    "for": "für, pour, para, per, voor, för, dla, для, 对于",
    "for all": "für alle, pour tout, para todo, para cada, per ogni, "
    "voor alle, för alla, для всех, 对所有, 对于所有, 对任意",
}  # fmt: skip
"""English words, and those of other languages that say the same."""

_ENGLISH = {word: english for english, words in _MEANT.items() for word in words.split(", ")}

_LEADS = frozenset(
    {"equivalently", "therefore", "hence", "thus", "similarly", "likewise", "so", "or", "and", "where", "that",
     "gives", "yields", "implies", "get", "obtain", "have", "find", "to", "means", "respectively",
     "alternatively", "words", "again", "finally", "moreover", "furthermore", "namely", "i.e"}
)  # fmt: skip
"""The last of several words that only lead to the next statement."""

_LEADS_ON = frozenset(
    {"also", "then", "which", "this", "it", "we", "one", "follows", "is", "equivalent", "in", "other", "from",
     "now", "consequently", "as", "a", "result"}
)  # fmt: skip
_LOOKED_BACK = 300
"""Tokens among which the sign is looked for that makes a statement of those before a word."""

_FIRST_CYRILLIC = "\u0400"
_IN_OTHER_SCRIPTS = sorted((word for word in _ENGLISH if min(word) >= _FIRST_CYRILLIC), key=len, reverse=True)
_OTHER_SCRIPTS = re.compile(rf"(?:{'|'.join(_IN_OTHER_SCRIPTS)})(?![\u0400-\uffff])")
_NUMBER = r"\(?\s?[A-Z]?[0-9]{1,3}(?:[.-][0-9]{1,3}){0,3}[a-z]?'?\s?\)?"
_NOUN = (
    r"(?:(?:see|from|by|cf\.?|siehe|voir|ver)\s+)?"
    r"(?:equations?|eqn?s?|formula|model|level|stage|step|line|gleichung|gl|formel|modell|équation|modèle|ecuación|"
    r"ec|modelo|equação|equazione|modello|формула|модель|公式|方程|式|模型|模型)\s?\.?(?:\s|~|\\[ ,]){0,5}"
)
_NUMBERED = re.compile(rf"[(\[]?\s?{_NOUN}{_NUMBER}\s?[)\]]?\s?[.,;]?", re.I)
"""\\text{equation 5}, \\text{(eq. 3.1)}, \\text{模型 2}."""

_NOUN_ALONE = re.compile(rf"[(\[]?\s?{_NOUN}", re.I)
_NUMBER_BEHIND = re.compile(rf"(?:\s|~|\\[,;:! ]){{0,5}}{_NUMBER}(?:\s?[)\]])?")

END_MARK = re.compile(r"\\(?:checkmark|qed|qedsymbol|blacksquare|square|Box)(?![A-Za-z])|[✓✔∎■□]")
"""What says that a proof is at its end, or a calculation checked."""

_SET = r"\\(?:text|textrm|textit|textnormal|mathrm|mbox)\s*\{"
ASIDE = re.compile(rf"[(\[]\s*{_SET}(?P<words>[^{{}}\\$()\[\]]{{1,120}})\}}\s*[)\]]")
"""Nothing but words in brackets, (\\text{by independence})."""

REASON = re.compile(
    rf"[(\[]\s*{_SET}\s*(?:since|because|as|by|using|from|due to|weil|da|car|puisque|porque|因为)(?![A-Za-z])"
    r"[^{}]{0,80}\}(?:[^{}()\[\]&\n\\]|\\[A-Za-z,;:! ]|\{[^{}]{0,80}\}|\([^()]{0,40}\)){0,200}[)\]]"
)
"""Why a statement holds, in brackets, which may have formulas in it: (\\text{since } G \\text{ is symmetric})."""

ENDS = re.compile(r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z])|\})*(?:[,.;$&]|\\\\|\\end(?![A-Za-z])|\\tag|\\\]|\Z)")
"""What a statement ends with."""

_DOTS = re.compile(
    r"[\s,;]*(?:\.\s?\.\s?\.|…|(?:(?:and|und)\s)?so (?:on|forth|weiter)[\s,]{0,3}(?:(?:until|up to|to|through|bis)\b)?)"
    r"[\s,;:]{0,5}"
)
"""Dots in words, \\text{, ..., } and \\text{ and so on up to }."""

_UP_TO = frozenset({"to", "up to", "until", "through", "bis", "jusqu'à", "hasta", "fino a", "do", "до", "到", "直到"})
"""Words between the first and the last value of an index."""

_WIDE = re.compile(r"(?:\s|\\[,;:! ])*(?:\\q?quad(?![A-Za-z])|~\s*~|\\hspace)")
_GOES_ON = re.compile(
    r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z]))*"
    r"(?:[=<>+*/^_)\]~∼≤≥∈]|\\(?:sim|leq?|geq?|neq?|approx|equiv|in|times|cdot|right)(?![A-Za-z])|[.,;]?\Z)"
)
"""What cannot begin a statement."""


def number_of_equation(text: str, content: str, end: int, stop: int) -> int | None:
    """Where the number of an equation ends of which some words, up to an offset, are all or the noun; None for others.

    >>> number_of_equation("", "eq. 3", 0, 0), number_of_equation("(3)", "equation", 0, 3)
    (0, 3)
    """
    if _NUMBERED.fullmatch(content) is not None:
        return end if ENDS.match(text, end, stop) else None
    if _NOUN_ALONE.fullmatch(content) is None:
        return None
    behind = _NUMBER_BEHIND.match(text, end, stop)
    return behind.end() if behind is not None and ENDS.match(text, behind.end(), stop) else None


def in_english(text: str, words: str, end: int, stop: int, before: Sequence[Token]) -> str | None:
    """The English for a word of another language between two statements, of which the first are some tokens, or for
    several that only lead to the second, "or equivalently"; None for other words, and for those that may be a name.

    ``words`` are as they stand in their braces, with the blanks around them.
    """
    told = _ENGLISH.get(words.strip(" ,.;:~").lower())
    told = told or ("then" if _are_connecting(words) else None)
    is_loose = words[:1].isspace() and words[-1:].isspace()
    is_name = len(words.strip(" ,.;:~")) == 1 or not is_loose
    if told is None or (is_name and not _has_relation(before)) or _GOES_ON.match(text, end, stop):
        return None
    is_parted = before[-1].type == "SEP"
    is_between = is_parted and _WIDE.match(text, end, stop) is not None
    if len(words.strip(" ,.;:~")) == 1 and words.isascii():  # y may be a name
        return told if is_loose or is_between else None
    return told if is_parted or words != words.strip() or not words.isascii() else None


def are_dots(text: str, words: str, end: int, stop: int, before: Sequence[Token]) -> bool:
    """Whether words stand for dots between statements or elements, of which more follow; between the first value of an
    index and the last, i = 1 to n, a word is enough."""
    is_range = [token.type for token in before[-3:]] == ["NAME", "REL", "NUMBER"] and before[-2].value == "="
    is_told = _DOTS.fullmatch(words) is not None or (is_range and words.strip() in _UP_TO)
    return is_told and not ENDS.match(text, end, stop)


def _are_connecting(words: str) -> bool:
    told = [word.strip(",.;:()") for word in words.lower().split()]
    return len(told) > 1 and told[-1] in _LEADS and all(word in _LEADS or word in _LEADS_ON for word in told)


def between_statements(text: str, words: str, end: int, stop: int, before: Sequence[Token]) -> bool:
    r"""Whether one word stands between two statements with a wide blank on both its sides, \quad \text{resp} \quad."""
    words = words.removesuffix(".")
    is_between = before[-1].type == "SEP" and _WIDE.match(text, end, stop) is not None
    return (
        is_between
        and words.isalpha()
        and len(words) > 1
        and _has_relation(before)
        and not _GOES_ON.match(text, end, stop)
    )


def in_other_script(text: str, start: int, stop: int, before: Sequence[Token]) -> tuple[str, int] | None:
    """The English for a word in another script that is typed between statements, and where it ends."""
    found = _OTHER_SCRIPTS.match(text, start, stop)
    if found is None or not before or _GOES_ON.match(text, found.end(), stop):
        return None
    return _ENGLISH[found[0]], found.end()


def _has_relation(tokens: Sequence[Token]) -> bool:
    return any(token.type in RELATIONS for token in islice(reversed(tokens), _LOOKED_BACK))
