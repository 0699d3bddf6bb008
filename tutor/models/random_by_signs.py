r"""Signs in the words of a page that something is random of which no formula tells the distribution: “blocks are
random”, “the β's are iid normal”, a variance σ²_b that belongs to nothing.

Where a sign cannot be brought home to effects that have a distribution, nobody may take the others for fixed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutor.notation.names import GREEK

_VARIANCE = re.compile(
    r"(?:\\sigma(?![A-Za-z])|σ)\s*(?:\^\s*\{?\s*2\s*\}?\s*|²\s*)?_\s*(?P<below>\{[^{}]*\}|\\?[A-Za-zα-ω]+)"
    r"\s*(?:\^\s*\{?\s*2\s*\}?|²)?"
)
_NO_EFFECT = frozenset({"e", "epsilon", "varepsilon", "y", "x", "Y", "X", "p", "P", "total", "T", "error", "residual"})
"""What stands below variances of residuals and of whole observations."""

_NORMAL = re.compile(
    r"\b(?:normal(?:ly)?|gaussian|NID|i\.?\s?i\.?\s?d\.?|(?:with\s+)?(?:a\s+)?(?:zero\s+means?|means?\s+(?:of\s+)?\$?(?:0|zero)))"
    r"(?![A-Za-z])(?!\s+(?:errors?|residuals?|equations?|score))",
    re.I,
)
_VERB = (
    r"(?:is|are|was|were|be|been|being|(?:may|can|will|should)\s+be)"
    r"(?:\s+(?:all|both|also|each|assumed|taken|treated|considered|regarded|modell?ed|included|specified|fitted|entered|as"
    r"|to\s+be|a|an|the|crossed|nested|independent)){0,5}"
)
_IS_RANDOM = re.compile(
    rf"(?P<subject>[^.;:\n]{{0,90}}?)(?<![A-Za-z])(?:{_VERB}|(?:as|taking|treating))\s+random(?![A-Za-z])"
    r"(?!\s+(?:errors?|residuals?|noise|samples?|variation|variables?|assignment|order|numbers?))",
    re.I,
)
_RANDOM_EFFECTS = re.compile(
    r"\brandom\s+(?P<first>(?:[a-z-]+\s+){0,3}?)(?:effects?|factors?|intercepts?|slopes?|terms?|components?|coefficients?)\b"
    r"(?:\s+(?:of|for|due\s+to|by|associated\s+with)\s+(?P<behind>(?:[a-z-]+[ \t]*){1,4}))?",
    re.I,
)
_ELIDED = re.compile(
    r"\bfixed\b(?P<subject>[^.;:]{1,160}?)\brandom\b(?=\s*(?:[.;,)]|(?:effects|factors|terms|ones)\b|\Z))", re.I
)
"""“genotypes were taken as fixed, and environments random”."""

_IN_BRACKETS = re.compile(r"(?P<subject>[^.;:,(\n]{1,40})\(\s*random\b", re.I)
_SAMPLED = re.compile(
    r"\b(?:random\s+samples?\b|(?:(?:randomly|were|was|are|is)\s+)+(?:selected|chosen|drawn|sampled)\b"
    r"(?:\s+(?:at\s+random|randomly))?)",
    re.I,
)
_ERROR = re.compile(
    r"[\s$]*(?:is|are|denotes?|represents?|being|as|:|=|–|ist|sind|est|es|è)\s+(?:[\w()-]+\s+){0,4}?"
    r"(?<!standard\s)(?<!squared\s)(?:errors?|[a-z]*fehlers?|erreurs?|errore?s?)\b",
    re.I,
)
_ESTIMATED = re.compile(r"\\(?:hat|widehat|bar|tilde)\s*\{?\s*\Z")
_MIXED = re.compile(
    r"\b(?:mixed[- ](?:effects?[- ])?(?:linear[- ])?models?|random[- ]effects?\s+models?|multi-?level\s+models?"
    r"|hierarchical\s+(?:linear\s+)?models?|variance\s+components?)\b",
    re.I,
)
_BEFORE_SUBJECT = re.compile(r"^(?:.*\s\s+|\s+)?(?:[\s,$]*\b(?:where|with|and|in which|so that|the)\b)*\s*")
_NEGATED = re.compile(
    r"\b(?:not|no|nor|neither|never|rather\s+than|instead\s+of|without|or|if|could|might|would|unlike)\b", re.I
)
_FIXED = re.compile(r"\bfixed\b", re.I)
_DENIED = re.compile(rf"{_FIXED.pattern}|{_NEGATED.pattern}", re.I)
_PARTED = re.compile(r",|\b(?:and|while|whereas|but)\b")
_NAME = re.compile(
    r"(?:\\[A-Za-z]+|\([^()\s]{1,30}\)|(?<![A-Za-zα-ω\\])[A-Za-zα-ω]++)_(?:\{[^{}]*\}|[a-z0-9]+(?:\([a-z]+\))?)"
)
_JOINED = re.compile(r"[\s$,&]*(?:and[\s$]*)?")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]+")
_NO_NOUN = frozenset(
    re.findall(
        r"\w+",
        "the an of is are was were be for and in to with where which that this these those effect term random "
        "fixed denote denotes represent represents associated corresponding level th st nd rd ith jth kth lth its "
        "their from by due all both each mean overall model factor it we assume assumed as on at error residual "
        "independent normal normally distributed variance respectively let here within noise sample variation "
        "observation ",
    )
)
"""Stems of words that name nothing."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that something is random: its place, and the names it may speak of, none where that is open."""

    start: int
    end: int
    names: tuple[str, ...]


Key = Callable[[str], str]


def unanswered(
    words: str,
    key_of: Key,
    fixed: Sequence[str],
    drawn: Sequence[str],
    variances: frozenset[str],
    interactions: frozenset[str] = frozenset(),
) -> Sign | None:
    """The first sign in words that no distribution answers; None where each is answered.

    ``fixed`` and ``drawn`` are the keys of effects without a distribution and with one, ``variances`` the keys of all
    parameters, ``interactions`` those of the effects that are one.

    >>> unanswered("blocks are random", lambda name: "", ["tau_i", "beta_j"], [], frozenset()).names
    ()
    """
    if not fixed:
        return None
    signs = (_of_variance, _of_normal, _of_errors, _of_samples, _of_nouns, _of_kind)
    told = _Words(words, key_of, tuple(fixed), tuple(drawn), variances, interactions)
    return next((sign for rule in signs for sign in rule(told)), None)


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    key_of: Key
    fixed: tuple[str, ...]
    drawn: tuple[str, ...]
    variances: frozenset[str]
    interactions: frozenset[str]


def _of_variance(told: _Words) -> Iterator[Sign]:
    """A variance that is no parameter: NID(0, σ²_τ) among words."""
    greek = {shown: key for key, (_, shown) in GREEK.items()}
    for found in _VARIANCE.finditer(told.text):
        letters = re.sub(r"[{}\\\s(),]", "", found["below"])
        below = greek.get(letters, letters)
        known = {key.partition("_")[2].replace("_", "") for key in told.variances}
        if below in _NO_EFFECT or below in known:
            continue
        own = tuple(key for key in told.fixed if _base(key) == below)
        yield Sign(*found.span(), own or _told_of(told, found.start()))


def _of_normal(told: _Words) -> Iterator[Sign]:
    """Names, or nouns, of which words say that they are normal: the β_j are iid normal with mean 0."""
    for found in _NORMAL.finditer(told.text):
        own = _told_of(told, found.start())
        if own:
            yield Sign(*found.span(), own)


def _told_of(told: _Words, place: int) -> tuple[str, ...]:
    """The keys without a distribution in the last list of names of a sentence before a place, unless it is denied."""
    names = list(_NAME.finditer(told.text, _start_of_sentence(told.text, place), place))
    if not names or _DENIED.search(told.text, names[-1].end(), place):
        return ()
    if _ESTIMATED.search(told.text, max(0, names[-1].start() - 12), names[-1].start()):
        return ()
    listed = [told.key_of(name[0]) for name in _list_before(told.text, names)]
    return tuple(key for key in listed if key in told.fixed)


def _list_before(text: str, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last of some names, and those before it in one list: τ_i, β_j and ε_ij."""
    found = [names[-1]]
    for name in reversed(names[:-1]):
        if _JOINED.fullmatch(text, name.end(), found[-1].start()) is None:
            break
        found.append(name)
    return found


def _of_errors(told: _Words) -> Iterator[Sign]:
    """A name beside the residual that words call an error: η_ij is the whole-plot error."""
    for name, about in _told_behind(told):
        found = _ERROR.match(about)
        key = told.key_of(name[0])
        if found is not None and key in told.fixed and not _DENIED.search(about):
            yield Sign(name.start(), name.end() + found.end(), (key,))


def _of_samples(told: _Words) -> Iterator[Sign]:
    """A name of which the levels are a sample: the levels of τ are a random sample of a population."""
    for found in _SAMPLED.finditer(told.text):
        start = _start_of_sentence(told.text, found.start())
        before = told.text[start : found.start()]
        own = {key: place for key in told.fixed if (place := re.search(_alone(_base(key)), before)) is not None}
        if own and not _DENIED.search(before):
            yield Sign(start + min(place.start() for place in own.values()), found.end(), tuple(own))


def _alone(base: str) -> str:
    """The pattern of a letter that has an index or none."""
    latex, shown = GREEK.get(base, (base, base))
    return rf"(?<![A-Za-z\\])(?:{re.escape(latex)}|{re.escape(shown)})(?![A-Za-z])|{re.escape(latex)}(?![A-Za-z])"


def _of_nouns(told: _Words) -> Iterator[Sign]:
    """Nouns that are called random and describe an effect, or are its name: blocks are random."""
    described = _descriptions(told)
    for start, end, phrase in _called_random(told.text):
        names = [name for name in _NAME.finditer(phrase) if told.key_of(name[0])]
        if names:
            listed = [told.key_of(name[0]) for name in _list_before(phrase, names)]
            own = [key for key in listed if key in told.fixed]
            if own:
                yield Sign(start, end, tuple(own))
            continue
        words = _WORD.findall(phrase)
        own = [key for key in told.fixed if len(_base(key)) > 1 and _base(key) not in GREEK and _base(key) in words]
        if own:
            yield Sign(start, end, tuple(own))
            continue
        nouns = {_stem(word) for word in words} - _NO_NOUN
        meant = [key for key, about in described.items() if nouns & about]
        if any(key in told.drawn for key in meant):
            continue
        if meant:
            yield Sign(start, end, tuple(meant))
        elif nouns and not told.drawn:
            yield Sign(start, end, ())


def _of_kind(told: _Words) -> Iterator[Sign]:
    """The kind of the model, mixed, where nothing has a distribution."""
    found = None if told.drawn else _MIXED.search(told.text) or _RANDOM_EFFECTS.search(told.text)
    if found is not None and not _NEGATED.search(told.text, max(0, found.start() - 30), found.start()):
        yield Sign(*found.span(), ())


def _called_random(text: str) -> Iterator[tuple[int, int, str]]:
    """The places where something is called random, and what."""
    for pattern in (_IS_RANDOM, _IN_BRACKETS):
        for found in pattern.finditer(text):
            subject = found["subject"]
            fixed = [*_FIXED.finditer(subject)]
            if fixed:
                cut = _PARTED.search(subject, fixed[-1].end())
                subject = "" if cut is None else subject[cut.end() :]
            subject = _BEFORE_SUBJECT.sub("", subject)
            if subject and not _NEGATED.search(subject):
                yield found.end("subject") - len(subject), found.end(), subject
    for found in _ELIDED.finditer(text):
        cut = _PARTED.search(found["subject"])
        if cut is not None and not _DENIED.search(found["subject"]):
            yield found.start("subject") + cut.end(), found.end(), found["subject"][cut.end() :]
    for found in _RANDOM_EFFECTS.finditer(text):
        if not _NEGATED.search(text, max(0, found.start() - 30), found.start()):
            yield *found.span(), f"{found['first']} {found['behind'] or ''}"


def _descriptions(told: _Words) -> dict[str, frozenset[str]]:
    """What is said behind each name, as the stems of its nouns: β_j is the effect of block j."""
    found: dict[str, frozenset[str]] = {}
    for name, about in _told_behind(told):
        key = told.key_of(name[0])
        if key in told.fixed or key in told.drawn:
            nouns = {_stem(word) for word in _WORD.findall(about)} - _NO_NOUN
            found[key] = found.get(key, frozenset()) | nouns
    for key in told.interactions:
        found[key] = found.get(key, frozenset()) | {"interaction"}
    return found


def _told_behind(told: _Words) -> Iterator[tuple[re.Match[str], str]]:
    """Each name and what is said behind it, up to the next or to the end of that part of the sentence."""
    names = list(_NAME.finditer(told.text))
    for at, name in enumerate(names):
        stop = names[at + 1].start() if at + 1 < len(names) else len(told.text)
        yield name, re.split(r"[.;,]|\n\s*\n|\n\s*[-*•]", told.text[name.end() : min(stop, name.end() + 80)])[0]


def _base(key: str) -> str:
    return key.partition("_")[0]


def _stem(word: str) -> str:
    small = word.lower()
    return small[:-1] if small.endswith("s") and not small.endswith("ss") and len(small) > 3 else small


def _start_of_sentence(text: str, place: int) -> int:
    return max(text.rfind(". ", 0, place), text.rfind(";", 0, place), text.rfind("\n\n", 0, place), place - 160, -1) + 1
