"""Words by which effects are correlated or nested where the formulas say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.algebra.nodes import Explicit
from tutor.errors import ReadError
from tutor.models.clauses import Clause, Token, is_verb
from tutor.models.declaration import Declaration
from tutor.models.element_names import element_name, key_of, letters_of, plain_name
from tutor.models.index import Name
from tutor.models.randomness import Kind
from tutor.models.speakers import Speakers, is_content
from tutor.models.words import listed_words

_INTERCEPT = re.compile(r"(?:\w+-)?intercept\w*|achsenabschnitt\w*|ordonnees?|intercetta|intercette")
_SLOPE = re.compile(r"slopes?|steigung\w*|pentes?|pendientes?|pendenz[ae]|inclinac\w+|helling\w*")


def worded_structure(text: str, speakers: Speakers, told: Declaration) -> ReadError | None:
    """The error for the first words by which effects are correlated or nested, and formulas by which they are not."""
    apart = [names for names in map(_uncorrelated, told.random) if names]
    for clause in speakers.clauses:
        for at, token in enumerate(clause.tokens):
            if token.kind not in (Kind.CORRELATED, Kind.NESTED) or speakers.is_denied(clause, at):
                continue
            if token.kind is Kind.NESTED:
                keys = _nested(speakers, clause, at)
                if keys:
                    return _ask_nesting(text, token, keys)
            else:
                names = next((own for own in apart if _are_meant(speakers, clause, own)), None)
                if names is not None:
                    return _ask_covariance(text, token, names)
    return None


def _uncorrelated(effects: object) -> tuple[Name, ...]:
    """The random coefficients of one group where their covariances are 0; none of any other effects."""
    matrix = getattr(effects, "variance", None)
    names = getattr(effects, "names", ())
    return names if isinstance(matrix, Explicit) and len(names) > 1 and matrix.matrix.is_diagonal() else ()


def _are_meant(speakers: Speakers, clause: Clause, names: Sequence[Name]) -> bool:
    """Whether a clause that says that something is correlated speaks of these coefficients."""
    keys = {key_of(name) for name in names}
    if any(len(keys & set(speakers.known(token))) > 1 for token in clause.tokens if token.names):
        return True
    words = [token for each in (clause, *clause.before) for token in each.tokens]
    of_both = all(any(table.fullmatch(token.text) for token in words) for table in (_INTERCEPT, _SLOPE))
    return of_both or any(token.kind is Kind.RANDOM for token in clause.tokens)


def _nested(speakers: Speakers, clause: Clause, at: int) -> list[str]:
    """The keys of effects that a word calls nested and that have a single index."""
    meant = [*_speaks_of(speakers, clause, at)]
    letters = speakers.effects.letters
    return [] if any(len(letters.get(key, "")) != 1 for key in meant) else meant


def _speaks_of(speakers: Speakers, clause: Clause, at: int) -> Iterator[str]:
    tokens = clause.tokens
    for place in range(at - 1, max(-1, at - 12), -1):
        if tokens[place].names:
            between = tokens[place + 1 : at]
            if any(map(is_verb, between)) or not any(map(is_content, between)):
                yield from speakers.known(tokens[place])
            return
        if is_content(tokens[place]):
            keys = speakers.described(tokens[place].text)
            if keys:
                yield from sorted(keys)
                return


def _ask_nesting(text: str, token: Token, keys: Sequence[str]) -> ReadError:
    name = element_name(keys[0])
    letters = letters_of(name)
    shown = plain_name(name)
    return ReadError(
        f"{shown} is told to be nested, and its index {letters} numbers levels that are crossed with all others.",
        text=text, start=token.start, end=token.end, kind="told-in-words",
        tip=f"Write it with the index of its group in brackets, {plain_name(Name(name.bases))}_{letters}(i).",
    )  # fmt: skip


def _ask_covariance(text: str, token: Token, names: Sequence[Name]) -> ReadError:
    shown = [plain_name(name) for name in names]
    return ReadError(
        f"{listed_words(shown)} are told to be correlated, and no formula tells their covariance.",
        text=text, start=token.start, end=token.end, kind="told-in-words",
        tip=f"Add Cov({shown[0]}, {shown[1]}) = σ_01, or write ({', '.join(shown)})' ~ N(0, G).",
    )  # fmt: skip
