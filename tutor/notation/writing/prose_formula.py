"""Formulas in Unicode, as sentences hold them, in LaTeX that pdflatex with amsmath alone and MathJax both set."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from tutor.notation.escape import escaped_letter
from tutor.notation.indices import is_label
from tutor.notation.names import ACCENT_SIGNS, GREEK, RAISED_LETTERS, SUBSCRIPT, SUPERSCRIPT

CALL = re.compile(r"\b(?:Var|Cov|Corr|E|tr|det|diag|blockdiag|rank|exp|log|N)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_LOG = re.compile(r"log(?= [^\s=+−-])")
"""A logarithm without brackets: log a."""

_EXPONENT = re.compile(r"\^\(([^()]+)\)")

_WORD = re.compile(r"(?![A-Z]+(?![A-Za-z]))[A-Za-z]{4,}|REML")
"""A word within a formula; capitals side by side, AVBV, are a product."""

_FUNCTION = re.compile(r"Var|Cov|Corr|tr|det|blockdiag|diag|rank|exp|log|E(?=\()")

_RAISED = {chr(raised): chr(plain) for plain, raised in SUPERSCRIPT.items()} | RAISED_LETTERS

_LOW = rf"(?![{''.join(map(re.escape, _RAISED))}ᵀ])[^\W_]"
"""A letter or a digit below the line: one that is raised is a power of the whole, x_AAAⁿ."""

BELOW = re.compile(rf"_(?:\(([^()_]+)\)|\{{([^{{}}_]+)\}}|(V(?=[A-ZΑ-Ωα-ω])|{_LOW}(?:{_LOW}|[,.](?={_LOW}))*)|(·))")
"""A subscript in Unicode: y_11, y_{1,12}, I_(n − 1), ū_·; of P_VX only the V, and of λ_k² only the k are below."""

_SUM_OVER = re.compile(r"Σ(?=_[h-o] )")
"""A sum over an index, and not the matrix: Σ_i τ_i."""

_SQUARES = re.compile(r"(?:SS|MS|EMS)(?![A-Za-z])")
_ITALIC_OR_BOLD = re.compile("[\U0001d400-\U0001d7ff]")

ACCENTS = {mark: command for command, _, mark in ACCENT_SIGNS.values()}
_WIDE_ACCENTS = {mark: command for _, command, mark in ACCENT_SIGNS.values()}

_IS_MOMENT_OF_VECTORS = re.compile(r"\b(?:E|Cov|Var)\([A-Za-zε, ]+\) = $")
"""What is before a 0 that stands for a vector or a matrix of zeros."""

_LETTERS = {letter: latex for latex, letter in GREEK.values()}
_LOWERED = {chr(lowered): chr(plain) for plain, lowered in SUBSCRIPT.items()} | {"ₓ": r"\times "}

SIGNS = {
    "−": "-",
    "⊗": r"\otimes ",
    "⊙": r"\odot ",
    "⊕": r"\oplus ",
    "×": r"\times ",
    "·": r"\cdot ",
    "≤": r"\leq ",
    "≥": r"\geq ",
    "≠": r"\neq ",
    "≈": r"\approx ",
    "≡": r"\equiv ",
    "±": r"\pm ",
    "∈": r"\in ",
    "→": r"\to ",
    "⇒": r"\Rightarrow ",
    "∞": r"\infty ",
    "√": r"\surd ",
    "∑": r"\sum ",
    "∏": r"\prod ",
    "½": r"\tfrac{1}{2} ",
    "∂": r"\partial ",
    "∼": r"\sim ",
    "~": r"\sim ",
    "…": r"\ldots ",
    "⋯": r"\cdots ",
    "⋮": r"\vdots ",
    "⋱": r"\ddots ",
    "′": "'",
    "ᵀ": "^T",
    "⊤": r"\top ",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "{": r"\{",
    "}": r"\}",
    "\\": r"\backslash ",
    "^": r"\hat{}",
    "_": r"\_",
}
_HAT = "\u0302"
"""The mark over the letter before it, as in β̂."""

HATTED = "âĉêĝĥîĵôŝûŵŷ"
"""Letters with that mark in one character: alone they are estimates, within a word they spell it."""

MATHEMATICAL = {*_LETTERS, *_RAISED, *_LOWERED, *SIGNS, _HAT} - set("%#&$…(){}\\^_0123456789") - set("+-=()")

_VECTORS = frozenset("yuβγε")
"""Letters that are vectors when no subscript follows."""

_VECTORS_IN_MOMENTS = _VECTORS | frozenset("abevwxz")
"""Letters that are random vectors, or constant ones beside them, within Var, Cov and E."""


def taken_apart(hatted: re.Match[str]) -> str:
    """A letter and its mark as two characters."""
    return unicodedata.normalize("NFD", hatted.group())


_COMMANDS = frozenset({"exp", "det", "min", "max", "log"})
"""Functions that LaTeX has commands for."""


def math_to_latex(text: str, *, bold: bool = True) -> str:
    r"""A formula in Unicode as LaTeX; matrices bold by their capitals, vectors where they have no subscript.

    >>> math_to_latex("σ²_u ZZ'"), math_to_latex("y_ij")
    ("\\sigma^2_u \\mathbf{Z}\\mathbf{Z}'", 'y_{ij}')
    """
    text = _SUM_OVER.sub("∑", text)
    text = _ITALIC_OR_BOLD.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = "".join(map(_apart, text))
    out: list[str] = []
    opened: list[int] = []
    position = 0
    text = re.sub(f"[{HATTED}]", taken_apart, text)
    moments = [call.span() for call in CALL.finditer(text) if call.group().startswith(("Var(", "Cov(", "E("))]
    while position < len(text):
        name = _FUNCTION.match(text, position)
        logarithm = _LOG.match(text, position)
        exponent = _EXPONENT.match(text, position)
        squares = _SQUARES.match(text, position)
        word = _WORD.match(text, position)
        letter = text[position]
        accent = text[position + 1 : position + 2]
        if letter == "(":
            opened.append(len(out))
        if letter == ")" and opened:
            group = opened.pop()
            if accent in _WIDE_ACCENTS:
                out[group:] = [f"{_WIDE_ACCENTS[accent]}{{{_spaced([*out[group:], letter])}}}"]
                position += 2
                continue
        if accent in ACCENTS and letter.isalpha():
            vectors = _VECTORS if bold else None
            out.append(f"{ACCENTS[accent]}{{{_letter(letter, text[position + 2 : position + 3], vectors)}}}")
            position += 2
        elif name and (position == 0 or not text[position - 1].isalpha()) and text[name.end() :].startswith("("):
            out.append(rf"\{name.group()}" if name.group() in _COMMANDS else rf"\operatorname{{{name.group()}}}")
            position = name.end()
        elif logarithm and (position == 0 or not text[position - 1].isalpha()):
            out.append(r"\log ")
            position = logarithm.end() + 1
        elif exponent:
            out.append(_attached("^", math_to_latex(exponent[1], bold=False)))
            position = exponent.end()
        elif squares and (position == 0 or not text[position - 1].isalpha()):
            out.append(rf"\mathrm{{{squares.group()}}}")
            position = squares.end()
        elif word:
            out.append(rf"\text{{{word.group()}}}")
            position = word.end()
        elif letter in _RAISED:
            position = _script(text, position, _RAISED, "^", out)
        elif letter in _LOWERED:
            position = _script(text, position, _LOWERED, "_", out)
        elif letter.isdecimal() and position and text[position - 1] in _LETTERS:
            # τ1, as labels write it.
            digits = re.compile(r"\d+").match(text, position)
            end = digits.end() if digits else position + 1
            out.append(_attached("_", text[position:end]))
            position = end
        elif bold and letter == "0" and _IS_MOMENT_OF_VECTORS.search(text[:position]):
            out.append(r"\mathbf{0}")
            position += 1
        elif letter == " " and text[:position].count("[") > text[:position].count("]"):
            # Within square brackets a blank parts the blocks of a matrix.
            out.append(r"\;")
            position += 1
        elif letter == "_":
            below = BELOW.match(text, position)
            inner = next((group for group in below.groups() if group), "") if below else ""
            position = below.end() if below else position + 1
            if inner and text[position : position + 1] in ACCENTS:
                inner, position = inner + text[position], position + 1
            told = _label(inner) if is_label(inner) else math_to_latex(inner, bold=False)
            out.append(_attached("_", told) if inner else r"\_")
        else:
            random = any(start < position < end for start, end in moments)
            vectors = (_VECTORS_IN_MOMENTS if random else _VECTORS) if bold else None
            hat = text[position + 1 : position + 2] == _HAT
            end = position + 1 + hat
            written = _letter(letter, text[end : end + 1], vectors)
            out.append(rf"\hat{{{written}}}" if hat else written)
            position = end
    return re.sub(r" +", " ", _spaced(out)).strip()


def _apart(letter: str) -> str:
    """A letter with a hat, a tilde or a bar as the letter and its mark."""
    parts = unicodedata.normalize("NFD", letter)
    return parts if len(parts) == 2 and parts[1] in ACCENTS else letter


def _label(words: str) -> str:
    """A subscript of words; letters of mathematics in it stand beside them, since no formula is opened within one."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(
        math_to_latex("".join(run), bold=False) if told else rf"\text{{{escape_text(''.join(run))}}}"
        for told, run in groupby(composed, _is_set_as_mathematics)
    )


def _is_set_as_mathematics(letter: str) -> bool:
    return not letter.isascii() and letter != "…" and letter in MATHEMATICAL


def _script(text: str, position: int, plain: dict[str, str], sign: str, out: list[str]) -> int:
    end = position
    while end < len(text) and text[end] in plain:
        end += 1
    out.append(_attached(sign, "".join(plain[letter] for letter in text[position:end])))
    return end


def _attached(sign: str, inner: str) -> str:
    return f"{sign}{inner}" if len(inner) == 1 else f"{sign}{{{inner}}}"


def _letter(letter: str, following: str, vectors: frozenset[str] | None) -> str:
    """One letter or sign of a formula, ``following`` is what stands after it; without ``vectors`` nothing is bold."""
    lowered = following == "_" or following in _LOWERED
    if letter in _LETTERS:
        bold = vectors is not None and ((letter in vectors and not lowered) or letter == "Σ")
        return rf"\boldsymbol{{{_LETTERS[letter]}}}" if bold else _LETTERS[letter]
    if letter.isascii() and letter.isalpha():
        matrix = letter.isupper() and not (letter == "N" and following == "(")
        bold = vectors is not None and (matrix or (letter in vectors and not lowered))
        return rf"\mathbf{{{letter}}}" if bold else letter
    if letter in "01" and following and (following == "_" or following in _LOWERED):
        return rf"\mathbf{{{letter}}}"
    if letter in SIGNS:
        return SIGNS[letter]
    if letter in ACCENTS:
        return f"{ACCENTS[letter]}{{}}"  # over nothing
    if letter.isascii():
        return letter if letter.isprintable() else " "
    return rf"\text{{{escape_text(letter)}}}"


def _spaced(pieces: list[str]) -> str:
    """The pieces, with a blank where a letter would become part of a control word, and no double scripts."""
    text = ""
    raised = lowered = False
    for piece in pieces:
        above, below = piece[:1] in ("^", "'"), piece[:1] == "_"
        # TeX takes a power after a prime, but no second power and no prime after a power.
        if (above and raised) or (below and lowered):
            text += "{}"
            raised = lowered = False
        raised = (raised or (above and piece != "'")) if above or below else False
        lowered = (lowered or below) if above or below else False
        if piece[:1].isalpha() and re.search(r"\\[A-Za-z]+$", text):
            text += " "
        text += piece
    return text


def escape_text(text: str) -> str:
    r"""Text that LaTeX sets letter by letter; single letters of mathematics are set as such.

    >>> escape_text("50% of A_1")
    '50\\% of A\\_1'
    """
    return "".join(
        f"${math_to_latex(letter)}$" if _is_set_as_mathematics(letter) else escaped_letter(letter) for letter in text
    )
