"""An expected mean square with fixed effects: σ² + Q(τ), with the letter of the quadratic form or with its sum.

The letter stands for the whole, or for its sum of squares before a factor, as in σ² + b κ²_τ: who writes it does not
say which, so that each is right that some lecture has. In a written sum effects may be any, or add up to 0.
"""

from __future__ import annotations

import re
from dataclasses import replace

import sympy

from tutor.algebra.nodes import Scalar, Sum
from tutor.algebra.tree import Tree
from tutor.checking.answers import Answer
from tutor.checking.judge import Request, judge
from tutor.checking.verdict import Verdict
from tutor.notation.names import GREEK
from tutor.notation.quadratic_forms import ExpectedSquare
from tutor.notation.vocabulary import Name

_LETTER = (
    r"(?:\\(?:theta|vartheta|phi|varphi|Phi|kappa|psi)(?![A-Za-z])|(?<![A-Z\\])[QqK](?![A-Za-z])|[θϑφϕΦκψ]"
    r"|(?<![A-Za-z\\])(?:theta|phi|kappa)(?![A-Za-z]))"
)
_SQUARE = r"(?:\^\{?2\}?|²)?"
_ARGUMENT = (
    r"(?:_?\s*(?:\\left\s*)?\((?P<called>[^()]{1,30}|\([^()]{1,20}\))(?:\\right\s*)?\)"
    r"|_\{(?P<braced>(?:\\(?:text|mathrm)\s*\{[^{}]{1,30}\}|[^{}]){1,30})\}|_(?P<below>\\?[A-Za-zα-ω]{1,12}))"
)
_FORM = re.compile(rf"{_LETTER}\s?{_SQUARE}\s?{_ARGUMENT}{_SQUARE}|(?<![A-Za-z\\])Q(?![A-Za-z(_\[{{])")
_RESTRICTION = re.compile(
    r"[\s,;(]+(?:(?:with|where|if|when|under|assuming|and|as|since|because)\s+)?\$?(?:\\sum|[Σ∑]|sum)[^=,;+]{1,40}=\s*0\$?\s*\)?\s*\.?\s*\Z"
)
"""The usual restriction, Σ τ_i = 0, behind the answer that it belongs to."""

_NOTHING = re.compile(r"\\(?:left|right|text|mathrm|mathbf|boldsymbol|times|[,;! ])|[\s{}()\\:*×·]|_[i-o]+(?![a-z])")
_USUAL = frozenset({"t", "trt", "trts", "treat", "treatment", "treatments", "a"})
"""What the treatments are called wherever they are the only source of fixed effects."""

_AVERAGE = re.compile(
    r"(?P<letter>\\bar\s*\{?\s*\\?[a-z]+\s*\}?|[α-ω]\u0304|(?<![A-Za-z])(?:tau|alpha|beta)bar)(?!\s*[_.·⋅A-Za-z])"
)


def judge_expected_square(parts: ExpectedSquare, asked: Tree, answer: Answer, request: Request) -> Verdict:
    """The verdict on an expected mean square of a source with fixed effects."""
    vocabulary, forms = request.vocabulary, parts.forms
    if isinstance(answer, str):
        answer = _AVERAGE.sub(r"\g<letter>_{.}", _RESTRICTION.sub("", answer))
        letters = {name: Scalar(sympy.Symbol(name, positive=True)) for name in _symbols(parts)}
        told = _with_letters(answer, parts)
        if told != answer:
            answer = told
            vocabulary = vocabulary.with_names(*(Name(name, tree) for name, tree in letters.items()))
            forms = tuple(Scalar(multiple * letters["Q"].value) for multiple in parts.multiples)
    request = replace(request, vocabulary=vocabulary, goal=asked)
    verdicts = [judge(Sum((parts.rest, form)), answer, request) for form in forms]
    return next((verdict for verdict in verdicts if verdict.correct), verdicts[-1 if forms == parts.forms else 0])


def _symbols(parts: ExpectedSquare) -> list[str]:
    """Q for the source that was asked for, and another letter for each other source."""
    names = (name if name.isalnum() and name.isascii() else str(at) for at, name in enumerate(parts.others, 1))
    return ["Q", *(f"Q_{name}" for name in names)]


def _with_letters(text: str, parts: ExpectedSquare) -> str:
    """The text with Q for the form of this source and Q_1, … for those of the others; others stay as they are."""
    known = [parts.names, *parts.others.values()]

    def letter(found: re.Match[str]) -> str:
        argument = found["called"] or found["braced"] or found["below"]
        if argument is None:
            return " Q "
        wanted = _plain(argument)
        for symbol, names in zip(_symbols(parts), known, strict=True):
            if wanted in map(_plain, names):
                return f" {symbol} "
        return " Q " if not parts.others and wanted.casefold() in _USUAL else found[0]

    return _FORM.sub(letter, text)


def _plain(name: str) -> str:
    """A source or an effect without brackets, fonts, indices and signs between factors: τα, AB."""
    for key, (_, letter) in GREEK.items():
        name = name.replace(f"\\{key}", letter)
    bare = _NOTHING.sub("", name)
    for key, (_, letter) in GREEK.items():
        bare = bare.replace(key, letter) if len(key) > 2 else bare
    return bare
