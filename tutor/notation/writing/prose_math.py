"""Sentences with formulas in them in the dialects that set displays: words as text, formulas as mathematics.

The formulas of a sentence are Unicode; `prose` knows how they are set in LaTeX, with the commands that are read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tutor.notation.bold import bold_letters
from tutor.notation.names import GREEK
from tutor.notation.writing.dialect import Dialect
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.prose import pieces, text_to_latex
from tutor.notation.writing.prose_formula import math_to_latex
from tutor.notation.writing.typst import TYPST

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\s+|.", re.DOTALL)
_GREEK_LETTERS = {command.removeprefix("\\"): letter for command, letter in GREEK.values()}
_SIGNS = {
    "otimes": "⊗", "oplus": "⊕", "times": "×", "cdot": "·", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈",
    "equiv": "≡", "pm": "±", "in": "∈", "to": "→", "Rightarrow": "⇒", "infty": "∞", "surd": "√", "sum": "∑",
    "prod": "∏", "partial": "∂", "sim": "∼", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "top": "⊤",
    "backslash": "\\", "%": "%", "#": "#", "&": "&", "$": "$", "{": "{", "}": "}", "_": "_", ";": " ", ",": " ",
}  # fmt: skip
_ACCENTS = {"hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "bar": "¯", "overline": "¯",
            "dot": "˙", "ddot": "¨"}  # fmt: skip
_WITH_WORDS = frozenset({"operatorname", "text", "mathrm"})
_BOLD = frozenset({"mathbf", "boldsymbol"})


@dataclass(frozen=True, slots=True)
class _Speller:
    """How the pieces of a formula are spelled in a dialect; each function takes what it spells, already spelled."""

    letter: Callable[[str, bool], str]
    number: Callable[[str], str]
    sign: Callable[[str], str]
    word: Callable[[str], str]
    accent: Callable[[str, str], str]
    fraction: Callable[[str, str], str]
    scripts: Callable[[str, str, str, int], str]
    between: str
    gap: str = ""
    """The room beside a logarithm, where the dialect has none of its own."""


def sentence(text: str, dialect: Dialect, whole: str = "") -> str:
    """A sentence as it stands beside a formula: its words as text, its formulas as mathematics. ``whole`` is the text
    of which it is a line, where it is one.

    >>> sentence("Var(u) = G by assumption", TYPST)
    'op("Var") ( upright(bold(u)) ) = upright(bold(G))" by assumption"'
    """
    if dialect is LATEX:
        return rf"\text{{{text_to_latex(text)}}}"
    speller = _MATHML if dialect is MATHML else _TYPST if dialect is TYPST else None
    if speller is None:
        return dialect.verbatim(text)
    told = [
        _spelled(math_to_latex(piece), speller) if told else dialect.verbatim(piece)
        for piece, told in pieces(text, whole)
    ]
    return "".join(told)


def _spelled(latex: str, speller: _Speller) -> str:
    """A formula in the LaTeX of `prose` in another spelling."""
    return _row(_TOKEN.findall(latex), speller)


def _row(tokens: list[str], speller: _Speller, *, bold: bool = False) -> str:
    """What stands side by side; the tokens are taken from the front until a brace closes."""
    found: list[str] = []
    while tokens:
        token = tokens.pop(0)
        if token == "}":
            break
        if token.isspace():
            continue
        if token in {"^", "_", "'"}:
            _attach(token, tokens, found, speller)
            continue
        piece = _atom(token, tokens, speller, bold)
        if piece == speller.word("log") and speller.gap:
            # As TeX sets it: apart from what is before and from an argument without brackets.
            before = speller.gap if found and not found[-1].startswith("<mo") else ""
            behind = "" if next((each for each in tokens if not each.isspace()), "") == "(" else speller.gap
            piece = before + piece + behind
        found.append(piece)
    return speller.between.join(found)


def _atom(token: str, tokens: list[str], speller: _Speller, bold: bool) -> str:
    name = token.removeprefix("\\") if len(token) > 1 and token[0] == "\\" else ""
    if token == "{":
        return _row(tokens, speller, bold=bold)
    if name in _WITH_WORDS:
        return speller.word(_words(tokens))
    if name in _BOLD:
        return _argument(tokens, speller, bold=True)
    if name in _ACCENTS:
        return speller.accent(_argument(tokens, speller, bold=bold), _ACCENTS[name])
    if name == "tfrac":
        return speller.fraction(_argument(tokens, speller), _argument(tokens, speller))
    if name in _GREEK_LETTERS:
        return speller.letter(_GREEK_LETTERS[name], bold)
    if name in _SIGNS:
        return speller.sign(_SIGNS[name])
    if name:
        return speller.word(name)
    if token[0].isdecimal():
        return speller.letter(token, True) if bold else speller.number(token)
    return speller.letter(token, bold) if token.isalpha() else speller.sign("−" if token == "-" else token)


def _argument(tokens: list[str], speller: _Speller, *, bold: bool = False) -> str:
    while tokens and tokens[0].isspace():
        tokens.pop(0)
    return _atom(tokens.pop(0), tokens, speller, bold) if tokens else ""


def _words(tokens: list[str]) -> str:
    """The letters between two braces."""
    closing = tokens.index("}")
    told = "".join(tokens[1:closing])
    del tokens[: closing + 1]
    return told


def _attach(token: str, tokens: list[str], found: list[str], speller: _Speller) -> None:
    """Put the scripts that follow to what stands before them."""
    base, above, below, primes = (found.pop() if found else ""), "", "", 0
    while token in {"^", "_", "'"}:
        if token == "'":
            primes += 1
        elif token == "^":
            above = _argument(tokens, speller)
        else:
            below = _argument(tokens, speller)
        token = tokens[0] if tokens else ""
        is_doubled = (token == "^" and above) or (token == "_" and below)
        if is_doubled or token not in {"^", "_", "'"}:
            break
        tokens.pop(0)
    found.append(speller.scripts(base, below, above, primes))


# MathML


def _mathml_scripts(base: str, below: str, above: str, primes: int) -> str:
    rows = [f"<mrow>{part}</mrow>" for part in (base, below, above) if part or part is base]
    name = "msubsup" if below and above else "msub" if below else "msup"
    scripted = f"<{name}>{''.join(rows)}</{name}>" if below or above else base
    return MATHML.primed(scripted, primes) if primes else scripted


def _mathml_sign(sign: str) -> str:
    if sign == "|":
        return '<mo fence="true" stretchy="false" lspace="0" rspace="0">|</mo>'  # of a determinant, and no relation
    if sign == "/":
        return '<mo lspace="0" rspace="0">/</mo>'
    return f'<mo stretchy="false">{escape(sign)}</mo>' if sign.strip() else '<mspace width="0.3em"/>'


def _mathml_word(word: str) -> str:
    upright = ' mathvariant="normal"' if len(word) == 1 else ""
    return f"<mi{upright}>{escape(word)}</mi>"


_MATHML = _Speller(
    letter=lambda letter, bold: f"<mi>{escape(bold_letters(letter) if bold else letter)}</mi>",
    number=lambda digits: f"<mn>{digits}</mn>",
    sign=_mathml_sign,
    word=_mathml_word,
    accent=lambda inner, sign: f'<mover accent="true"><mrow>{inner}</mrow><mo>{sign}</mo></mover>',
    fraction=lambda above, below: f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>",
    scripts=_mathml_scripts,
    between="",
    gap='<mspace width="0.17em"/>',
)

# Typst

_TYPST_ACCENTS = {"^": "hat", "~": "tilde", "¯": "macron", "˙": "dot", "¨": "dot.double"}
_TYPST_ESCAPED = frozenset('#$&\\_/"@{}[]')


def _typst_letter(letter: str, bold: bool) -> str:
    if not bold:
        return letter
    return f"upright(bold({letter}))" if letter.isascii() else f"bold({letter})"


def _typst_scripts(base: str, below: str, above: str, primes: int) -> str:
    raised = " ".join([*(["prime"] * primes), *([above] if above else [])])
    return (base or '""') + (f"_({below})" if below else "") + (f"^({raised})" if raised else "")


def _typst_sign(sign: str) -> str:
    if sign == "|":
        return 'class("normal", \\|)'  # of a determinant, and no relation
    return "thin" if not sign.strip() else f"\\{sign}" if sign in _TYPST_ESCAPED else sign


_TYPST = _Speller(
    letter=_typst_letter,
    number=lambda digits: digits,
    sign=_typst_sign,
    word=lambda word: f'op("{word}")',
    accent=lambda inner, sign: f"{_TYPST_ACCENTS[sign]}({inner})",
    fraction=lambda above, below: f"frac({above}, {below})",
    scripts=_typst_scripts,
    between=" ",
)
