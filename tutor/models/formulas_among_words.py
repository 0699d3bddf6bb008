r"""The formulas of a page that has words around them, as a paper states a model: “…, where $u_j \sim N(0, \sigma^2_u)$
is the effect of school $j$”.

Every character that stays keeps its place, so that an error shows where it is on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.models.marked_formulas import marked_formulas
from tutor.notation.names import GREEK

_RELATION = re.compile(r"=|~|∼|\\sim(?![A-Za-z])|\\equiv\b|\\perp\b|\\in\b|∈|≡|⊥|\\(?:over|under|stack)(?:set|rel)\b")
_LAW = re.compile(
    r"(?P<manner>\s*(?:i\.?\s?i\.?\s?d\.?\s*(?:\\[ ,;]\s*)?)?)(?:\\(?:mathcal|mathrm|text|operatorname)\s*\{?\s*)?"
    r"(?:MVN|NID|IN|N|Normal|Poisson|Pois|Bernoulli|Binomial|Gamma|Beta)\s*\}?(?:_\{?\w+\}?)?\s*(?:\\left\s*)?\("
)
"""A distribution without what has it, which stands before: “the $b_j$ are iid $N(0, σ²_b)$”."""

_NAME_OF_LAW = re.compile(r"\s(?P<law>MVN|NID|IN|N)\$?\s*\Z")
"""The name of a distribution in words before its arguments: the $b_j$ are NID$(0, σ²_b)$."""

_ASSUMED = re.compile(
    r"\|(?!\n)|\b(?:i\.?\s?i\.?\s?d|indep\w*|distribu\w*|normal\w*|follow\w*|drawn|are|is|as|verteilt|ist|sind|est|sont"
    r"|suit|suivent|es|son|sigue\w*|segu\w+)\b|[是为為服従で]|분포",
    re.I,
)
"""What may stand between a name and its distribution: the bar of a table, or words that say that it has one."""

_IID = re.compile(r"\bi\.?\s?i\.?\s?d\.", re.I)
_JOINS = re.compile(r"[\s\\]*(?:[~=|+∼]|\\sim|\\mid|i\.?i\.?d\.?\s*[~∼])[\s\\]*", re.I)
"""A sign alone between two formulas, which makes them one."""

_PROSE = re.compile(
    rf"(?![A-Za-z]?(?:ij|ik|jk|ijk|ijkl)\b)(?!(?:{'|'.join(sorted(GREEK, key=len, reverse=True))})\b)"
    r"(?<![\\A-Za-zÀ-ÖØ-öø-ÿ_{^$])[A-Za-zÀ-ÖØ-öø-ÿ]{2,}+[’']?+[a-z]*+"
    r"(?:[\s,/(‑-]++[A-Za-zÀ-ÖØ-öø-ÿ]++(?![A-Za-z]*\s?[_({^=~∼])\b)+"
)
"""Two words and more in a row; no letter is looked at twice."""

LONGEST_PAGE = 20_000
"""Characters of a page whose words are told from its formulas; a longer text is one formula, and read or refused."""

_LEADING = re.compile(
    r"^(?:[\s>*•·|:;,.-]+|\d+[.)]\s|(?-i:[A-Z])[a-z]{3,},\s|(?:where|with|and|here|let|model|then|so|for|oder|mit|wobei|con|où|donde)\b[\s,:]*)+",
    re.I,
)
_LABEL = re.compile(
    r"\\text(?:bf|it|rm)?\s*\{[^{}]*:\s*\}\s*:?|\\(?:label|tag)\s*\{[^{}]*\}"
    r"|(?<![A-Za-z\\{_])(?:level|nivel|niveau|ebene|stufe|livello)[\s~_-]*[0-9i]+\s*(?:\([^()]*\)\s*)?(?:model\s*)?[:.]?~?"
    r"(?![0-9]*\s*=)|(?<=[\s,~}])\([0-9]+(?:\.[0-9]+)*[a-z]?\)[ \t]*(?=\n|\Z|\$|\\[\])])",
    re.I,
)
"""What numbers or names an equation: Level 1:, \\text{Nested: }, \\label{eq:1}, (9.1)."""

_NORMAL = re.compile(
    r"(?:\\mathcal\s*\{?\s*N\s*\}?|(?<![A-Za-z\\])(?:MVN|NID|N))\s*(?:\\left\s*)?\(\s*(?:\\mathbf\{)?0"
)

_WORDED_LAW = re.compile(
    r"(?P<name>(?:\\[A-Za-z]+|\([^()\s]{1,20}\)|(?<![A-Za-zα-ω\\])[A-Za-zα-ω]++)_(?:\{[^{}]*\}|[a-z0-9]+(?:\([a-z]+\))?)"
    r"(?:['’]s)?)(?P<words>\s+(?:(?:all|both|also)\s+)?(?:are|is|follows?|sind|sont|son)\b(?:(?!\b(?:fixed|not|no)\b)"
    rf"[A-Za-z\s,.-]){{0,60}}?)(?={_LAW.pattern.replace('(?P<manner>', '(?:')})"
)
"""“ρ_i(j) are independent N(0, σ²_ρ)” where nothing marks the formulas."""

_STRUCTURE = re.compile(
    r"\bAR\s*\(\s*1\s*\)|\bauto-?regressive\b|\bunstructured\b|\bcompound symmetr\w+|\bheterosc\w+|\bToeplitz\b",
    re.I,
)

_BEGIN = re.compile(r"[\s.,;:]*")
_END = re.compile(r"[\s.,;:\\]*\Z")

_GLOSS = re.compile(
    r"(?<![A-Za-z0-9_^\\{(+*/=~-])(?<![+=~] )[A-Za-zα-ωε](?:_\{?[a-z(),]+\}?)?\s*=\s*"
    rf"(?!(?:{'|'.join(GREEK)})\b)[a-z]{{3,}}(?:[ -][a-z]+)*(?:\s*\([a-z\s]*\))?(?=\s*(?:[,;.]|\n|\Z))"
)
"""What a letter stands for, in words: S = site, D = day (nested in site)."""

_DANGLING = re.compile(r"[,;]?\s*\b(?:where|with|and|here)\b[^=~∼]*\Z", re.I)
"""A name at the end of a formula of which words go on to tell: “…, where τ_i” are effects."""

_EXPLAINED = re.compile(r"\s*(?:is|are|was|were|denotes?|represents?|stands?)\b")
_LAST = re.compile(r",(?:\\[,;:! ]|[\s~])*+(?![^,]*(?:\.\.\.|…|dots))[^,]*\Z")
"""The last of some things with commas between, which is no end of a range 1, …, n."""

_SOMETHING = re.compile(r"[^\s&|*:;,.()-]")

_OPEN_END = re.compile(r"[-+=*&~(]\s*\Z|\\(?:cdot|times|sim)\s*\Z")
_FURTHER = re.compile(r"\s*(?:[+=&~*∼)]|\\(?:cdot|times|sim)(?![A-Za-z]))")

_BESIDE = re.compile(r"[A-Za-zÀ-ÿ]{3}|^\s*[-*•|#]", re.M)


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    is_formula: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A place that stays; ``goes_on`` where it is of one statement with the place before, with a ~ put at ``sign``."""

    start: int
    end: int
    goes_on: bool = False
    sign: int | None = None


def has_words(text: str) -> bool:
    """Whether a text marks its mathematics and has words, bars of a table or marks of a list beside it.

    So it is taken wherever it has several formulas, or the marks are those of Markdown or of R, which are no LaTeX.
    """
    if len(text) > LONGEST_PAGE:
        return False
    marked = list(marked_formulas(text))
    letters = list(text)
    for found in marked:
        letters[found.begin : found.stop] = " " * (found.stop - found.begin)
    foreign = any(found.is_foreign and found.start < found.end for found in marked)
    return foreign or len(marked) > 1 or (bool(marked) and _BESIDE.search("".join(letters)) is not None)


def formulas_among_words(text: str) -> str:
    """The text with blanks in the place of what is no formula: words, tables, names that are only explained.

    The formulas are parted by semicolons. Where nothing is left, the text as it was.

    >>> formulas_among_words("$y = u$ where $u$ is an effect, $u ~ N(0, 1)$.")
    ' y = u;                          u ~ N(0, 1)  '
    """
    kept = _kept(text)
    return text if kept is None else _assembled(*kept)


def places_of_formulas(text: str) -> list[tuple[int, int]]:
    """Where the formulas of a text stand among its words, each with what lies between its parts; all of a text in which
    nothing else is.

    >>> places_of_formulas("$y = u$ where $u$ is an effect, $u ~ N(0, 1)$.")
    [(1, 6), (33, 44)]
    """
    kept = _kept(text)
    if kept is None:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for place in kept[1]:
        start = found.pop()[0] if place.goes_on and found else place.start
        found.append((start, place.end))
    return found


def _kept(text: str) -> tuple[str, list[_Kept]] | None:
    """What is looked at of a text, and the places of it that stay; None where it is all formulas."""
    if len(text) > LONGEST_PAGE:
        return None
    for pattern in (_LABEL, _GLOSS):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    text = _WORDED_LAW.sub(lambda found: found["name"] + " ~" + " " * (len(found["words"]) - 2), text)
    parts = _parts(text)
    kept: list[_Kept] = []
    for at, part in enumerate(parts):
        if part.is_formula:
            own = _without_explained(text, part, parts[at + 1] if at + 1 < len(parts) else None)
            kept += _of_formula(text, [*parts[:at], own], kept)
        else:
            kept += _lines(text, part)
    return (text, kept) if kept else None


def _without_explained(text: str, part: _Part, behind: _Part | None) -> _Part:
    """A formula without the last of its statements where that is a name of which words behind tell what it is:
    “$i = 1, 2, μ$ is the mean”."""
    if behind is None or behind.is_formula or _EXPLAINED.match(text, behind.start, behind.end) is None:
        return part
    last = _LAST.search(text, part.start, part.end)
    if last is None or _RELATION.search(text, last.start(), part.end):
        return part
    before = text[part.start : last.start()]
    if any(before.count(opening) != before.count(closing) for opening, closing in ("()", "[]", "{}")):
        return part
    return replace(part, end=last.start()) if _RELATION.search(text, part.start, last.start()) else part


def law_by_words(text: str) -> re.Match[str] | None:
    """A normal distribution that stands among the words and is no part of a formula: nobody can tell whose it is."""
    kept = formulas_among_words(text)
    return next((law for law in _NORMAL.finditer(text) if not kept[law.end() - 1].strip()), None)


def structure_by_words(text: str) -> re.Match[str] | None:
    """Where words, and no formula, tell how residuals or effects are correlated: “follows an AR(1) process”."""
    kept = formulas_among_words(text)
    return next((found for found in _STRUCTURE.finditer(text) if not kept[found.start() : found.end()].strip()), None)


def _parts(text: str) -> list[_Part]:
    """What is marked as mathematics, and what stands between, in order."""
    parts: list[_Part] = []
    end = 0
    for found in marked_formulas(text):
        if text[end : found.begin].strip():
            parts.append(_Part(end, found.begin, is_formula=False))
        parts.append(_Part(found.start, found.end, is_formula=True))
        end = found.stop
    if text[end:].strip():
        parts.append(_Part(end, len(text), is_formula=False))
    return parts


def _of_formula(text: str, parts: list[_Part], kept: list[_Kept]) -> list[_Kept]:
    """The last of some parts, with the name before it that it speaks of; nothing where it tells nothing."""
    *others, last = parts
    piece = text[last.start : last.end]
    if len(others) > 1 and others[-2].is_formula and not others[-1].is_formula:
        name, between = others[-2], others[-1]
        words = text[between.start : between.end]
        is_name = _RELATION.search(text, name.start, name.end) is None
        head = [] if kept and kept[-1].end == name.end else [_Kept(name.start, name.end)]
        if is_name and _JOINS.fullmatch(words) and not _in_table(text, between.start):
            return [*head, _Kept(between.start, between.end, goes_on=True), _Kept(last.start, last.end, goes_on=True)]
        named = _NAME_OF_LAW.search(words)
        if is_name and named is not None and piece.startswith("(") and _is_assumed(words):
            start = between.start + named.start("law")
            return [*head, _Kept(start, between.end, goes_on=True, sign=between.start),
                    _Kept(last.start, last.end, goes_on=True)]  # fmt: skip
        law = _LAW.match(piece)
        if is_name and law is not None and _is_assumed(words):
            begin = last.start + law.end("manner")
            return [*head, _Kept(begin, last.end, goes_on=True, sign=between.start)]
    # A distribution of nothing stays, so that it is asked whose it is.
    return [_Kept(last.start, last.end)] if _RELATION.search(piece) or _LAW.match(piece) else []


def _in_table(text: str, place: int) -> bool:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line.lstrip().startswith("|")


def _is_assumed(between: str) -> bool:
    """Whether words say that the name before has the distribution behind, in one sentence."""
    whole = _IID.sub("iid", between)
    return _ASSUMED.search(whole) is not None and ". " not in whole and "\n\n" not in whole


def _lines(text: str, part: _Part) -> list[_Kept]:
    """The statements among lines that nothing marks: before, between and behind words."""
    found: list[_Kept] = []
    start = part.start
    for line in text[part.start : part.end].splitlines(keepends=True):
        stop = start + len(line)
        if found and found[-1].end == start and _goes_on(text, found[-1].end, start, stop):
            found.append(_Kept(start, stop, goes_on=True))
            start = stop
            continue
        begin = start + len(line) - len(_LEADING.sub("", line))
        words = [begin, *(place for run in _PROSE.finditer(text, begin, stop) for place in run.span()), stop]
        for first, last in zip(words[::2], words[1::2], strict=True):
            begin = _BEGIN.match(text, first, last)
            first = first if begin is None else begin.end()
            dangling = _DANGLING.search(text, first, last)
            end = last if dangling is None else dangling.start()
            if _is_statement(text, first, end):
                found.append(_Kept(first, end))
        start = stop
    return found


def _goes_on(text: str, before: int, start: int, stop: int) -> bool:
    """Whether a line goes on with the formula of the line before: one of them ends or begins with a sign."""
    if not text[start:stop].strip() or _PROSE.search(text, start, stop):
        return False
    if _OPEN_END.search(text, max(before - 40, 0), before) or _FURTHER.match(text, start, stop):
        return True
    own = text[start:stop].strip()
    return own.startswith("-") and len(own) > 1 and _RELATION.search(own) is None


def _is_statement(text: str, start: int, end: int) -> bool:
    """Whether there is a relation with something on either side of it."""
    relation = _RELATION.search(text, start, end)
    return (
        relation is not None
        and _SOMETHING.search(text, start, relation.start()) is not None
        and _SOMETHING.search(text, relation.end(), end) is not None
    )


def _assembled(text: str, kept: list[_Kept]) -> str:
    """The kept places of a text with blanks around, parted by semicolons where they are statements of their own."""
    letters = [" "] * (len(text) + 1)
    for at, place in enumerate(kept):
        end = _END.search(text, place.start, place.end)
        stop = place.end if end is None else end.start()
        letters[place.start : stop] = text[place.start : stop]
        if place.sign is not None:
            letters[place.sign] = "~"
        if at + 1 < len(kept) and not kept[at + 1].goes_on:
            letters[stop] = ";"
    return "".join(letters[: len(text)])
