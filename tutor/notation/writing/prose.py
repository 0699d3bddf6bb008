r"""Sentences with formulas in them, as LaTeX text with mathematics between dollar signs.

The reasons of a derivation are sentences that may hold Unicode notation ("Var(AX) = A Var(X) A'"), and labels hold
whatever a data file does. Both must pass pdflatex with amsmath alone, and MathJax, inside \text{…}.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from tutor.notation.escape import escaped_letter
from tutor.notation.names import ACCENT_SIGNS, GREEK, RAISED_LETTERS, SUBSCRIPT, SUPERSCRIPT

_CALL = re.compile(r"\b(?:Var|Cov|Corr|E|tr|det|diag|blockdiag|rank|exp|log|N)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_NESTED = r"(?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*"
_GROUP = re.compile(
    rf"\((?!{_NESTED}?[A-Za-z]{{4}}){_NESTED} (?:[=+−⊗⊕×·-]) {_NESTED}\)|\|(?![^|]*[A-Za-z]{{4}})[^|]+\|"
    r"|\[(?![^\[\]]*[A-Za-z]{4})[^\[\]]+\]"
)
_BARS = re.compile(r"(?:[^|]*\|(?![^|]*[A-Za-z]{4})[^|]*[A-Z][^|]*\|)+[^|]*")
"""A determinant or several, without a blank in it: |A||B|."""

_LOG = re.compile(r"log(?= [^\s=+−-])")
"""A logarithm without brackets: log a."""

_EXPONENT = re.compile(r"\^\(([^()]+)\)")

_FUNCTION = re.compile(r"Var|Cov|Corr|tr|det|blockdiag|diag|rank|exp|log|E(?=\()")

_DOLLAR = re.compile(r"(?<!\\)\$")

_BELOW = re.compile(r"_(?:\(([^()_]+)\)|\{([^{}_]+)\}|([^\W_](?:[^\W_]|[,.](?=[^\W_]))*)|(·))")
"""A subscript in Unicode: y_11, y_{1,12}, I_(n − 1), ū_·."""

_ACCENTS = {mark: command for command, _, mark in ACCENT_SIGNS.values()}
_WIDE_ACCENTS = {mark: command for _, command, mark in ACCENT_SIGNS.values()}

_ACCENTED = re.compile(rf"(?<![^\W_])(?:[^\W\d_]|\))[{''.join(_ACCENTS)}](?![^\W_])")
"""A letter of its own, or a group in brackets, with a hat, a tilde or a bar."""

_IS_MOMENT_OF_VECTORS = re.compile(r"\b(?:E|Cov|Var)\([A-Za-zε, ]+\) = $")
"""What is before a 0 that stands for a vector or a matrix of zeros."""

_LETTERS = {letter: latex for latex, letter in GREEK.values()}
_RAISED = {chr(raised): chr(plain) for plain, raised in SUPERSCRIPT.items()} | RAISED_LETTERS
_LOWERED = {chr(lowered): chr(plain) for plain, lowered in SUBSCRIPT.items()} | {"ₓ": r"\times "}

_SIGNS = {
    "−": "-",
    "⊗": r"\otimes ",
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

_HATTED = "âĉêĝĥîĵôŝûŵŷ"
"""Letters with that mark in one character: alone they are estimates, within a word they spell it."""

_LONE_HATTED = re.compile(rf"(?<![^\W\d_])[{_HATTED}](?![^\W\d_])")

_OPERATORS = {"=", "+", "-", "<", ">", "/", *_SIGNS} - {"…", "%", "#", "&", "$", "{", "}", "\\", "^", "_", "′", "ᵀ"}
_MATHEMATICAL = {*_LETTERS, *_RAISED, *_LOWERED, *_SIGNS, _HAT} - set("%#&$…(){}\\^_0123456789") - set("+-=()")

_VECTORS = frozenset("yuβγε")
"""Letters that are vectors when no subscript follows."""

_VECTORS_IN_MOMENTS = _VECTORS | frozenset("abevwxz")
"""Letters that are random vectors, or constant ones beside them, within Var, Cov and E."""


def text_to_latex(text: str) -> str:
    r"""The inside of \text{…} for a sentence: words escaped, formulas set as mathematics.

    >>> text_to_latex("Cov(u, ε) = 0 by assumption")
    '$\\operatorname{Cov}(\\mathbf{u}, \\boldsymbol{\\varepsilon}) = \\mathbf{0}$ by assumption'
    """
    # The blanks within Cov(u, ε) and within (A + B) do not part them.
    held = " ".join(text.replace("\0", " ").split())
    held = _LONE_HATTED.sub(_taken_apart, held)
    for pattern in (_CALL, _GROUP):
        held = pattern.sub(lambda match: match.group().replace(" ", "\0"), held)
    tokens = [_parted(token) for token in held.split(" ") if token]
    kinds = [_kind(core) for _, core, _ in tokens]
    return _joined(tokens, kinds)


def holds_formula(text: str) -> bool:
    """Whether a text has a sign of mathematics, so that it is more than a label.

    >>> holds_formula("any n − p columns"), holds_formula("block:A")
    (True, False)
    """
    return any(letter in _MATHEMATICAL for letter in text)


def _taken_apart(hatted: re.Match[str]) -> str:
    """A letter and its mark as two characters."""
    return unicodedata.normalize("NFD", hatted.group())


def words_to_latex(text: str) -> str:
    r"""A sentence within mathematics: its words in \text{…}, its formulas beside them.

    >>> words_to_latex("if λ ≠ 0")
    '\\text{if } \\lambda \\neq 0'
    """
    pieces = _DOLLAR.split(text_to_latex(text))
    return " ".join(piece if at % 2 else rf"\text{{{piece}}}" for at, piece in enumerate(pieces) if piece)


def _joined(tokens: list[tuple[str, str, str]], kinds: list[str]) -> str:
    """The tokens with runs of mathematics between dollar signs."""
    runs: list[list[int]] = []
    for number, (before, _, _) in enumerate(tokens):
        broken = not number or before or tokens[number - 1][2]
        if not broken and (kinds[number] == "text") == (kinds[number - 1] == "text"):
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        inside = set(_formula([(number, tokens[number][1], kinds[number]) for number in run]))
        for is_formula, group in groupby(run, key=inside.__contains__):
            numbers = list(group)
            cores = " ".join(tokens[number][1] for number in numbers).replace("\0", " ")
            shown = f"${math_to_latex(cores)}$" if is_formula else escape_text(cores)
            words.append(escape_text(tokens[numbers[0]][0]) + shown + escape_text(tokens[numbers[-1]][2]))
    return " ".join(words)


def _parted(token: str) -> tuple[str, str, str]:
    """Punctuation before, core, punctuation after; brackets stay with a core that has both."""
    core = token.rstrip(".,;:!?") or token
    after = token[len(core) :]
    before = ""
    for opening, closing in ("()", "[]"):
        if core.startswith(opening) and core.count(opening) > core.count(closing):
            before, core = before + opening, core[1:]
        if core.endswith(closing) and core.count(closing) > core.count(opening):
            core, after = core[:-1], closing + after
    return before, core, after


def _kind(core: str) -> str:
    """What a token is: "formula" for sure, "operator", "operand" if its neighbours agree, or "text"."""
    if core in _OPERATORS:
        return "operator"
    if core == "log":
        return "operand"
    if _BARS.fullmatch(core):
        return "formula"
    if _ACCENTED.search(unicodedata.normalize("NFD", core)):
        return "formula"
    if "\0" in core or _CALL.search(core) or any(letter in _MATHEMATICAL for letter in core):
        return "formula"
    if re.fullmatch(r"[^\W_]{1,2}" + _BELOW.pattern + "'?", core):
        return "formula"
    if (
        re.fullmatch(r"(?:[A-Za-z]'?|\((?:[A-Z]'?)+\)'?){1,6}", core)
        and re.search(r"[A-Z)]'", core)
        and core[-2:] != "'s"
    ):
        return "formula"
    if re.fullmatch(r"\(?\d+/(?:\d+|[A-Za-z]{1,3}|\([^()]*\))\)?", core):
        return "operand"
    if re.fullmatch(r"\(?(?:[A-Z][A-Za-z]{0,2}|[a-z]{1,2}[A-Z]|[a-z]'?|\d+(?:\.\d+)?)\)?", core):
        return "operand"
    return "text"


def _formula(run: list[tuple[int, str, str]]) -> list[int]:
    """Which tokens of a run without words are mathematics."""
    certain = any(kind == "formula" for _, _, kind in run) or (
        len(run) > 2 and any(kind == "operator" for _, _, kind in run[1:-1])
    )
    if run[0][2] == "text":
        return []
    if not certain:
        return [
            number
            for number, core, kind in run
            if kind == "operator" or (len(core) == 1 and core.isalpha() and core not in "aAI")
        ]
    first, last = 0, len(run)
    # An article before a formula is a word, and so is At before σ² = 1.
    while last - first > 1 and run[first][1] in ("a", "A", "I", "At") and run[first + 1][2] != "operator":
        first += 1
    return [number for number, _, _ in run[first:last]]


def math_to_latex(text: str, *, bold: bool = True) -> str:
    r"""A formula in Unicode as LaTeX; matrices bold by their capitals, vectors where they have no subscript.

    >>> math_to_latex("σ²_u ZZ'"), math_to_latex("y_ij")
    ("\\sigma^2_u \\mathbf{Z}\\mathbf{Z}'", 'y_{ij}')
    """
    text = "".join(map(_apart, text))
    out: list[str] = []
    opened: list[int] = []
    position = 0
    text = re.sub(f"[{_HATTED}]", _taken_apart, text)
    moments = [call.span() for call in _CALL.finditer(text) if call.group().startswith(("Var(", "Cov(", "E("))]
    while position < len(text):
        name = _FUNCTION.match(text, position)
        logarithm = _LOG.match(text, position)
        exponent = _EXPONENT.match(text, position)
        word = re.compile(r"[A-Za-z]{4,}").match(text, position)
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
        if accent in _ACCENTS and letter.isalpha():
            vectors = _VECTORS if bold else None
            out.append(f"{_ACCENTS[accent]}{{{_letter(letter, text[position + 2 : position + 3], vectors)}}}")
            position += 2
        elif name and (position == 0 or not text[position - 1].isalpha()) and text[name.end() :].startswith("("):
            out.append(r"\operatorname{E}" if name.group() == "E" else rf"\operatorname{{{name.group()}}}")
            position = name.end()
        elif logarithm and (position == 0 or not text[position - 1].isalpha()):
            out.append(r"\log ")
            position = logarithm.end() + 1
        elif exponent:
            out.append(_attached("^", math_to_latex(exponent[1], bold=False)))
            position = exponent.end()
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
            below = _BELOW.match(text, position)
            inner = next((group for group in below.groups() if group), "") if below else ""
            out.append(_attached("_", math_to_latex(inner, bold=False)) if inner else r"\_")
            position = below.end() if below else position + 1
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
    return parts if len(parts) == 2 and parts[1] in _ACCENTS else letter


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
    if letter in _SIGNS:
        return _SIGNS[letter]
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
        f"${math_to_latex(letter)}$"
        if not letter.isascii() and letter != "…" and letter in _MATHEMATICAL
        else escaped_letter(letter)
        for letter in text
    )
