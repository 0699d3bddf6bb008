r"""Distributions that words tell in full, as formulas in their place: “the $b_j$ are normal with mean zero and variance
$\sigma_b^2$” is $b_j \sim N(0, \sigma_b^2)$.

The text keeps its length, so that every other place on the page stays where it is. What is not told in full, or of
something that cannot be made out, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.models.clauses import Part, Token, is_and, is_verb, sentences
from tutor.models.formulas_among_words import LONGEST_PAGE, places_of_formulas
from tutor.models.marked_formulas import Marked, marked_formulas
from tutor.models.randomness import AND, Kind, denies, is_of_estimates
from tutor.models.speakers import is_content

_VARIANCE = re.compile(r"varian[cz]\w*|varianz(?:en)?|varianti?es?")
_DEVIATION = re.compile(
    r"deviations?|sds?|standardabweichung(?:en)?|ecarts?-types?|desviaci\w+|deviazion[ei]|desvios?|standaard\w+"
)
_COVARIANCE = re.compile(
    r"co-?varian[cz]\w*|kovarianz\w*|covarianz\w*|covarianti?es?|variance-covariance|varianz-kovarianz\w*"
)
_MATRIX = re.compile(r"matrix|matrices|matriz|matrice|\w*kovarianzmatrix|covariantiematrix")
_MEAN = re.compile(
    r"means?|expectations?|erwartungswert\w*|mittelwert\w*|moyennes?|esperances?|medias?|verwachting|gemiddelde"
)
_FILLING = re.compile(
    r"of|equal|to|is|are|de|von|di|van|with|common|unknown|y|und|and|et|e|en|given|by|standard|tipica|estandar|padrao"
    r"|constant"
)
_ZERO = re.compile(r"(?<![\w.])0(?![\w.])|\b(?:zero|null|nulles?|nul|cero|nulla|nullo|centered|centred)\b", re.I)
_OTHER_MEAN = re.compile(r"[1-9]")
"""A digit among words that tell a mean which is not 0."""
_CORRELATION = re.compile(r"correlation|korrelation|correlacion|correlazione|correlacao|correlatie")
_RESPONSE = re.compile(r"\s*[yYxX](?![A-Za-z])")
_BLANK_BEFORE = re.compile(r"[\s({]*\Z")
_BLANK_BEHIND = re.compile(r"[\s)}.,;']*\Z")
_BETWEEN = re.compile(r"(?:[\s$(:,]|\\\(|\\[ ,;:])*")

_LAW = (
    r"(?:\$|\\\()?\s*+(?:\\(?:mathcal|mathrm|text|operatorname)\s*+\{?\s*+)?(?:NID|MVN|IN|N|Normal)\s*+\}?\s*+(?:\\left)?\(\s*+0\s*+,\s*+"
    r"(?:\\sigma|σ)\s*+(?:(?:\^\s*+\{?2\}?|²)\s*+(?:_\s*+\{?(?:e|\\?(?:var)?epsilon|ε)\}?)?"
    r"|_\s*+\{?(?:e|\\?(?:var)?epsilon|ε)\}?\s*+(?:\^\s*+\{?2\}?|²))\s*+(?:\\right)?\)\s*+(?:\$|\\\))?"
)
_ERRORS = (
    r"(?:errors?|residuals?|fehler|residuen|erreurs?|résidus?|errores|residuos|erros|resíduos|errori|residui|fouten)"
)
_LAW_OF_ERRORS = re.compile(
    rf"(?<!plot )(?<!plots )(?<!block )(?<!group )(?<!subject )\b{_ERRORS}\b"
    r"(?:\s++(?!(?:of|and|in|for|on|at|within|between|from|und|et|y|e|en|der|des|du|de|del|do)\b)"
    rf"[^\W\d_]+\.?(?:[^\W\d_]\.)*,?){{0,7}}?\s*+(?P<law>{_LAW})"
    r"|\b(?:with|and|where|have|has)\s++(?:independent\s++|i\.?i\.?d\.?\s++)?"
    rf"(?P<law_before>{_LAW})\s*+(?=(?:random\s++)?{_ERRORS}\b)",
    re.I,
)
"""“The errors are iid N(0, σ²)”, which the residual is anyway."""

MOST_WORDS = 30
"""Words between the names of effects and their variances."""


@dataclass(frozen=True, slots=True)
class _Law:
    """Statements that words tell, and the tokens from the first of which to the last of which they do."""

    statements: tuple[str, ...]
    first: Token
    last: Token


def with_worded_laws(text: str) -> str:
    """A page with a formula in the place of the words that tell a distribution in full.

    >>> " ".join(with_worded_laws("$y_j = b_j$. The $b_j$ are normal with mean 0 and variance $σ_b^2$.").split())
    '$y_j = b_j$. The $b_j ~ N(0, σ_b^2)$ .'
    """
    if len(text) > LONGEST_PAGE:
        return text
    text = _LAW_OF_ERRORS.sub(_without_law, text)
    marks = list(marked_formulas(text))
    places = places_of_formulas(text)
    if places == [(0, len(text))]:
        return text
    letters = list(text)
    for sentence in sentences(text, places):
        end = -1
        for law in _laws(text, sentence, marks):
            written = _place(text, law, marks, sentence)
            if written is not None and written[0] > end:
                start, end, formula = written
                letters[start:end] = formula
    return "".join(letters)


def _without_law(found: re.Match[str]) -> str:
    """Words about errors with blanks for the distribution that these have in every model."""
    law = found["law"] or found["law_before"]
    return found[0].replace(law, " " * len(law))


def _laws(text: str, sentence: Sequence[Token], marks: Sequence[Marked]) -> Iterator[_Law]:
    for at, token in enumerate(sentence):
        if token.part is not Part.WORD:
            continue
        is_deviation = _DEVIATION.fullmatch(token.text) is not None
        if _MATRIX.fullmatch(token.text) and _is_of_covariances(sentence, at):
            law = _of_matrix(text, sentence, at, marks)
        elif _VARIANCE.fullmatch(token.text) or is_deviation:
            law = _of_variances(text, sentence, at, is_deviation)
        else:
            continue
        if law is not None:
            yield law


def _is_of_covariances(sentence: Sequence[Token], at: int) -> bool:
    near = [own.text for own in sentence[max(0, at - 4) : at + 6]]
    return any(_COVARIANCE.fullmatch(word) or "kovarianz" in word or "covariantie" in word for word in near)


def _of_variances(text: str, sentence: Sequence[Token], at: int, is_deviation: bool) -> _Law | None:
    """Names, words, and as many variances."""
    variances, after = _parameters(text, sentence, at + 1)
    subject = _joined(sentence, _subject(text, sentence, at), len(variances))
    if subject is None or not variances or len(variances) != len(subject.names):
        return None
    values = [_squared(own) if is_deviation else own for own in variances]
    if not all(values):
        return None
    told = [f"{name} ~ N(0, {value})" for name, value in zip(subject.names, values, strict=True)]
    last = sentence[after - 1]
    words = [own.text for own in sentence[after : after + 4] if own.part is Part.WORD]
    if any(map(_CORRELATION.fullmatch, words)):
        return None
    if words and any(map(_COVARIANCE.fullmatch, words)):
        if len(subject.names) != 2:
            return None
        place = next(n for n in range(after, after + 4) if _COVARIANCE.fullmatch(sentence[n].text))
        covariances, after = _parameters(text, sentence, place + 1)
        if len(covariances) != 1:
            return None
        told.append(f"Cov({subject.names[0]}, {subject.names[1]}) = {covariances[0]}")
        last = sentence[after - 1]
    if after < len(sentence) and sentence[after].part is Part.OTHER:
        return None  # σ²/r is no parameter
    return _Law(tuple(told), subject, last)


def _squared(deviation: str) -> str:
    """The variance of a standard deviation that is a letter; none of anything else."""
    return "" if re.search(r"\^|²|[0-9]", re.sub(r"_\s*\{?\w+\}?", "", deviation)) else f"{deviation}^2"


def _of_matrix(text: str, sentence: Sequence[Token], at: int, marks: Sequence[Marked]) -> _Law | None:
    """Names of a vector, words, and the matrix in the formula right behind."""
    subject = _subject(text, sentence, at)
    word = sentence[at]
    behind = next((own for own in marks if own.begin >= word.end), None)
    if subject is None or behind is None or text[word.end : behind.begin].strip():
        return None
    matrix = text[behind.start : behind.end].strip().rstrip(".,;")
    if not matrix or re.search(r"[=~]|\\sim", matrix):
        return None
    (first, *others) = subject.names
    names = f"({', '.join(subject.names)})'" if others else first
    end = Token(Part.OTHER, behind.start, behind.start + len(matrix))
    return _Law((f"{names} ~ N(0, {matrix})",), subject, end)


def _subject(text: str, sentence: Sequence[Token], at: int) -> Token | None:
    """The names before a word of which it tells; None where words deny it, tell another mean or begin with another
    subject, or where there are none."""
    is_last = True
    for place in range(at - 1, max(-1, at - MOST_WORDS), -1):
        token = sentence[place]
        if token.part in (Part.WORD, Part.COMMA):
            # “b_j is random, and errors have variance σ²”: the errors have it.
            if _is_refused(token) or (is_last and is_content(token)):
                return None
            is_last = is_last and token.part is Part.WORD and not AND.fullmatch(token.text)
            continue
        if token.part is not Part.NAME or _OTHER_MEAN.search(text, token.end, sentence[at].start):
            return None
        before = _words_before(sentence, place)
        if any(_MEAN.fullmatch(word) or denies(word) or is_of_estimates(word) or word == "sum" for word in before):
            return None
        fit = all("_" in name and not _RESPONSE.match(name) for name in token.names)
        return token if fit else None
    return None


def _joined(sentence: Sequence[Token], subject: Token | None, count: int) -> Token | None:
    """As many names as there are variances, where “and” joins them: the effects β_j and the errors ε_ij."""
    if subject is None or len(subject.names) >= count:
        return subject
    place = sentence.index(subject)
    joined = False
    for earlier in range(place - 1, max(-1, place - MOST_WORDS), -1):
        token = sentence[earlier]
        if token.part is Part.NAME and joined:
            names = (*token.names, *subject.names)
            return replace(subject, start=token.start, names=names) if len(names) == count else subject
        if is_verb(token) or token.kind not in (None, Kind.ERROR) or token.part not in (Part.WORD, Part.COMMA):
            return subject
        joined = joined or is_and(token)
    return subject


def _is_refused(token: Token) -> bool:
    """Whether a word between names and a variance means that the names have not that variance."""
    is_fixed = token.kind is Kind.FIXED and token.text != "constant"
    return is_fixed or denies(token.text) or is_of_estimates(token.text)


def _words_before(sentence: Sequence[Token], place: int) -> list[str]:
    """The words before a place, the nearest first, up to what is no word."""
    words: list[str] = []
    while place and sentence[place - 1].part is Part.WORD and len(words) < MOST_WORDS:
        place -= 1
        words.append(sentence[place].text)
    return words


def _parameters(text: str, sentence: Sequence[Token], at: int) -> tuple[list[str], int]:
    """The parameters that stand in a list from a place on, and the place behind them."""
    found: list[str] = []
    end = at
    before = sentence[at - 1].end
    for place, token in enumerate(sentence[at : at + MOST_WORDS], start=at):
        if token.part in (Part.NAME, Part.VARIANCE):
            if not _BETWEEN.fullmatch(text, before, token.start):
                break
            found += token.names or (token.text,)
            end = place + 1
        elif token.part is not Part.COMMA and not _is_filling(token, bool(found)):
            break
        before = token.end
    return found, end


def _is_filling(token: Token, is_within: bool) -> bool:
    """Whether a word may stand before a list of parameters, or within it."""
    table = AND if is_within else _FILLING
    return token.part is Part.WORD and table.fullmatch(token.text) is not None


def _place(text: str, law: _Law, marks: Sequence[Marked], sentence: Sequence[Token]) -> tuple[int, int, str] | None:
    """Where a law is written, and what; None where it has no room, or would cut a formula."""
    first, last = _mark_of(law.first.start, marks), _mark_of(law.last.end - 1, marks)
    if (first is None) != (last is None):
        return None
    if first is None or last is None:
        start, end, sign = _start_of_clause(law.first, sentence), law.last.end, ""
    else:
        start, end, sign = first.begin, last.stop, "$"
        if not _BLANK_BEFORE.match(text, first.start, law.first.start):
            return None
        if not _BLANK_BEHIND.match(text[law.last.end : last.end]):
            return None
    between = " " if sign else "; "
    written = between.join(f"{sign}{own}{sign}" for own in law.statements)
    if not sign:
        written = f"; {written};"
    if len(written) > end - start:
        written = re.sub(r"(?<![A-Za-z]) | (?=~)", "", written)
    return (start, end, written.ljust(end - start)) if len(written) <= end - start else None


def _mark_of(place: int, marks: Sequence[Marked]) -> Marked | None:
    return next((own for own in marks if own.start <= place < own.end), None)


def _start_of_clause(token: Token, sentence: Sequence[Token]) -> int:
    """Where the words begin that stand before a name."""
    at = next(place for place, own in enumerate(sentence) if own.start >= token.start)
    while at and sentence[at - 1].part is Part.WORD:
        at -= 1
    return sentence[at - 1].start if at and sentence[at - 1].part is Part.COMMA else sentence[at].start
