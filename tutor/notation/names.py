"""How a name is spelled: one plain key, and what LaTeX and Unicode make of it.

A key is a Python identifier: a base, and subscripts after underscores: ``sigma2_u``, ``tau_1``, ``y_11``,
``y_1_12``. Bases are Latin letters or the names of Greek ones; ``sigma2`` is the square of sigma, and ``tau2`` that of
tau, ``omega2`` and ``psi2`` those of omega and psi, which the package takes as parameters (their roots are derived),
and ``e`` is the residual, written ε. Subscripts that are joined by an underscore are written with a comma; digits and
letters within one stand side by side, an index each. A dot is an index that is averaged over, a bar before an
underscore tells what comes before it from what it is nested in: ``ybar_i.``, ``u_i|_k``. The subscript ``*`` is a star
above the name, ``t_*``, and one that starts with ``^`` a label there, ``theta_^(k)``.
A base may end with an accent, ``betahat``, or with the dot of a derivative, ``Vdot``, or be an interaction of Greek
letters, ``taualpha``. A bar before a name says what is given: ``y|u``, ``y_ij|u_j``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from tutor.notation.bars import BARS
from tutor.notation.escape import escaped
from tutor.notation.indices import is_indices, is_label, shows_its_extent
from tutor.notation.parsing.functions import STATISTICS

GREEK: dict[str, tuple[str, str]] = {
    "alpha": (r"\alpha", "α"),
    "beta": (r"\beta", "β"),
    "gamma": (r"\gamma", "γ"),
    "delta": (r"\delta", "δ"),
    "epsilon": (r"\varepsilon", "ε"),
    "zeta": (r"\zeta", "ζ"),
    "eta": (r"\eta", "η"),
    "theta": (r"\theta", "θ"),
    "iota": (r"\iota", "ι"),
    "kappa": (r"\kappa", "κ"),
    "lambda": (r"\lambda", "λ"),
    "mu": (r"\mu", "μ"),
    "nu": (r"\nu", "ν"),
    "xi": (r"\xi", "ξ"),
    "pi": (r"\pi", "π"),
    "rho": (r"\rho", "ρ"),
    "sigma": (r"\sigma", "σ"),
    "tau": (r"\tau", "τ"),
    "upsilon": (r"\upsilon", "υ"),
    "phi": (r"\phi", "φ"),
    "chi": (r"\chi", "χ"),
    "psi": (r"\psi", "ψ"),
    "omega": (r"\omega", "ω"),
    "ell": (r"\ell", "ℓ"),
    "Gamma": (r"\Gamma", "Γ"),
    "Delta": (r"\Delta", "Δ"),
    "Theta": (r"\Theta", "Θ"),
    "Lambda": (r"\Lambda", "Λ"),
    "Xi": (r"\Xi", "Ξ"),
    "Pi": (r"\Pi", "Π"),
    "Sigma": (r"\Sigma", "Σ"),
    "Phi": (r"\Phi", "Φ"),
    "Psi": (r"\Psi", "Ψ"),
    "Upsilon": (r"\Upsilon", "Υ"),
    "Omega": (r"\Omega", "Ω"),
    "infinity": (r"\infty", "∞"),
}
"""Base of a key: (LaTeX, Unicode)."""

VARIANCES = {"sigma2": "sigma", "tau2": "tau", "omega2": "omega", "psi2": "psi"}
"""Bases of variances, and of their roots."""
_OWN_SIGNS = {"…": r"\ldots", "ℐ": r"\mathcal{I}"}

RESIDUAL = "e"
"""The key of the residual vector and its elements, written ε."""

LATIN_E = "ｅ"
"""The key of an e beside an ε in one text, written e."""
SPELLED = {RESIDUAL: "epsilon", LATIN_E: "e"}

ACCENT_SIGNS: dict[str, tuple[str, str, str]] = {
    "hat": (r"\hat", r"\widehat", "\u0302"),
    "tilde": (r"\tilde", r"\widetilde", "\u0303"),
    "bar": (r"\bar", r"\overline", "\u0304"),
    "ddot": (r"\ddot", r"\ddot", "\u0308"),
    "dot": (r"\dot", r"\dot", "\u0307"),
}
"""Ending of a base: LaTeX over one letter and over more, and the mark that Unicode sets over the letter before it."""

MARK_NAMES = {mark: name for name, (*_, mark) in ACCENT_SIGNS.items()}
"""The name of an accent by its mark."""

DOTS = frozenset({"dot", "ddot"})
"""Accents of derivatives, V̇ and V̈: other accents are those of estimates and means."""

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_BESIDE_LATIN = "|".join(key for key in GREEK if len(key) > 3 or key in {"tau", "rho", "phi"})
"""Greek letters whose names make no word with a small letter beside them, as eta and mu do in meta and mug."""

_ONE_LATIN = f"[a-z](?:{_BESIDE_LATIN})|(?:{_BESIDE_LATIN})[a-z]"
_WORDS = re.compile(f"(?:{_GREEK}|[A-Z])+|{_ONE_LATIN}")
_WORD = re.compile(f"{_GREEK}|[A-Za-z]")
_LETTER_RUN = re.compile("[A-Za-z]+")
_GREEK_RUN = re.compile(f"(?:{_GREEK})+|{_ONE_LATIN}")
_GREEK_NAME = re.compile(_GREEK)
_BLANK = re.compile(r"(\\[A-Za-z]+ (?=[A-Za-z]))| ")
_SUMS_OF_SQUARES = ("SS", "MS")
_GIVEN = re.compile(r"\|(?!_|$)")
_NARROW = {mark: narrow for narrow, _, mark in ACCENT_SIGNS.values()}
_WITH_ACCENT = re.compile(f"(.)([{''.join(_NARROW)}]?)", re.S)
_SAFE_SUBSCRIPT = re.compile(
    rf"[A-Za-z0-9.'()+\-*/×|{BARS}{''.join(letter for _, letter in GREEK.values())}{''.join(_NARROW)}]*"
)
_PRIVATE = str.maketrans("", "", "%‿⨯")
_UPRIGHT = re.compile(r"[A-Za-z0-9.()]+")
_COMMANDS = {letter: latex for latex, letter in GREEK.values()}
_AVERAGE = re.compile(r"(?<!\d)\.|\.(?!\d)")

STAR = "*"
"""The part of a key that is a star above the name."""

BELOW = "‿"
"""In a subscript, what stands before one of its own: df_E is df‿E below t_{α/2, df_E}."""

CROSSED = "⨯"
"""The sign between factors that cross below a name, σ²_{A×B}; × is that of dimensions."""

RAISED = "^"
"""What the part of a key starts with that is a label above the name: that of θ^{(k)} is ^(k)."""

_SIGNS_ABOVE = {STAR: r"\star", "'": r"\prime"}
"""Signs above a name that are a part of it, in LaTeX."""

SUBSCRIPT = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
RAISED_LETTERS = dict(zip("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmoprstuvwxyz", strict=True))
"""Other exponents of sentences: |A|ᵐ."""


def split_key(key: str) -> tuple[str, bool, tuple[str, ...]]:
    """A key as (base, squared, subscripts).

    >>> split_key("sigma2_u"), split_key("y_1_12"), split_key("x1")
    (('sigma', True, ('u',)), ('y', False, ('1', '12')), ('x', False, ('1',)))
    """
    base, *subscripts = key.split("_")
    squared = base in VARIANCES
    base = VARIANCES.get(base, base)
    letters = base.rstrip("0123456789")
    if letters and letters != base:
        base, subscripts = letters, [base[len(letters) :], *subscripts]
    return base, squared, tuple(subscripts)


def is_variance(key: str) -> bool:
    """Whether a key is that of a variance.

    >>> is_variance("tau2_0"), is_variance("tau_0")
    (True, False)
    """
    return key.partition("_")[0] in VARIANCES


def root_key(key: str) -> str:
    """The key of the root of a variance.

    >>> root_key("sigma2_u")
    'sigma_u'
    """
    return key.replace("2", "", 1)


def split_raised(subscripts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """What stands above a name and is no power, and its subscripts without it: a star, or a label in brackets.

    >>> split_raised(("*", "ij")), split_raised(("^(k+1)", "j")), split_raised(("i",))
    (('*', ('ij',)), ('(k+1)', ('j',)), ('', ('i',)))
    """
    raised = [part.removeprefix(RAISED) for part in subscripts if part == STAR or part.startswith(RAISED)]
    rest = tuple(part for part in subscripts if part != STAR and not part.startswith(RAISED))
    return "".join(raised), rest


def split_given(key: str) -> tuple[str, tuple[str, ...]]:
    """A key as the name itself and the names that are given.

    >>> split_given("y_ij|u_j,v"), split_given("u_i|_k")
    (('y_ij', ('u_j', 'v')), ('u_i|_k', ()))
    """
    subject, *given = _GIVEN.split(key, maxsplit=1)
    return subject, tuple(given[0].split(",")) if given else ()


@lru_cache(maxsize=4096)
def split_base(base: str, subscripts: tuple[str, ...] = ()) -> tuple[tuple[str, ...], str]:
    """A base as the names of its letters, more than one for an interaction, and the accent over them.

    Capitals alone are the name of one thing, unless there are as many indices below them: AB_jk is (AB)_jk.

    >>> split_base("betahat"), split_base("taualpha"), split_base("SS"), split_base("that")
    ((('beta',), 'hat'), (('tau', 'alpha'), ''), (('SS',), ''), (('t',), 'hat'))
    >>> split_base("balpha"), split_base("AB"), split_base("AB", ("jk",))
    ((('b', 'alpha'), ''), (('AB',), ''), (('A', 'B'), ''))
    """
    for accent in ACCENT_SIGNS:
        below = base.removesuffix(accent)
        is_word = below.isupper() or below in STATISTICS
        if below != base and (len(below) == 1 or is_word or below in GREEK or _is_interaction(below, subscripts)):
            return split_base(below, subscripts)[0], accent
    return (tuple(_WORD.findall(base)) if _is_interaction(base, subscripts) else (base,)), ""


def _is_interaction(base: str, subscripts: tuple[str, ...]) -> bool:
    """Whether a base is made of Greek letters and others, or of capitals with an index for each."""
    if base.isupper():
        indices = "".join(subscripts)
        told = len(base) == len(set(base)) == len(indices) > 1 and is_indices(indices)
        return told and not base.startswith(_SUMS_OF_SQUARES)
    return base not in GREEK and _WORDS.fullmatch(base) is not None


def are_beside(parts: Sequence[str]) -> bool:
    """Whether subscripts are the letters of an interaction, of which the first is Greek, set without a comma.

    >>> are_beside(("alpha", "b")), are_beside(("i", "j")), are_beside(("1", "alpha"))
    (True, False, False)
    """
    return len(parts) == 2 and parts[0] in GREEK and len(parts[1]) == 1 and parts[1].isalpha()


def greek_letters(text: str) -> str:
    """A subscript with Greek letters for their names; in other words they mean nothing.

    >>> greek_letters("1-alpha/2"), greek_letters("alphabeta"), greek_letters("btau"), greek_letters("Block")
    ('1-α/2', 'αβ', 'bτ', 'Block')
    """
    return _LETTER_RUN.sub(lambda run: _greek_run(run[0]), text)


def _greek_run(letters: str) -> str:
    if _GREEK_RUN.fullmatch(letters) is None:
        return letters
    return _GREEK_NAME.sub(lambda name: GREEK[name[0]][1], letters)


def latex_name(key: str, *, bold: bool = False) -> str:
    r"""A key in LaTeX; bold for vectors and matrices.

    >>> latex_name("sigma2_u"), latex_name("y_1_12"), latex_name("beta", bold=True), latex_name("X", bold=True)
    ('\\sigma^2_u', 'y_{1,12}', '\\boldsymbol{\\beta}', '\\mathbf{X}')
    >>> latex_name("sigma2_*_u")  # a label and a square above one letter would be one power
    '(\\sigma^\\star_u)^2'
    >>> latex_name("betahat", bold=True), latex_name("ybar_i."), latex_name("taualpha_ij"), latex_name("u_i|_k")
    ('\\hat{\\boldsymbol{\\beta}}', '\\bar{y}_{i\\cdot}', '(\\tau\\alpha)_{ij}', 'u_{i \\mid k}')
    """
    base, squared, subscripts = split_key(key)
    raised, subscripts = split_raised(subscripts)
    if squared and raised:
        return f"({latex_name(root_key(key))})^2"
    text = _latex_base(base, subscripts, bold)
    above = "2" if squared else _SIGNS_ABOVE.get(raised, latex_label(raised))
    if above:
        text += f"^{above}" if above in {"2", r"\star", r"\prime"} else f"^{{{above}}}"
    if subscripts:
        words = _joined([*subscripts], "|")
        told = [_latex_subscript(part) for part in subscripts]
        inner = rf"\text{{{words}}}" if " " in words else _joined(told, r" \mid ")
        if are_beside(subscripts):
            inner = _in_commands("".join(map(greek_letters, subscripts))).rstrip()
        text += f"_{inner}" if len(inner) == 1 else f"_{{{inner}}}"
    return text


def latex_label(label: str) -> str:
    r"""What stands in brackets above a name, in LaTeX.

    >>> latex_label("(k+1)"), latex_label("(lambda)")
    ('(k+1)', '(\\lambda)')
    """
    return _in_commands(greek_letters(label))


def _in_commands(text: str) -> str:
    r"""Text with commands for its Greek letters; a blank keeps a letter from being part of one."""
    return _unblanked("".join(_in_command(*found.groups()) for found in _WITH_ACCENT.finditer(text)))


def _in_command(letter: str, mark: str) -> str:
    """A letter in LaTeX, under its accent if it has one."""
    if mark:
        return f"{_NARROW[mark]}{{{_COMMANDS.get(letter, letter)}}}"
    return f"{_COMMANDS[letter]} " if letter in _COMMANDS else letter


def _unblanked(text: str) -> str:
    """Mathematics without blanks, but for those that keep a letter from being part of a command before it."""
    return _BLANK.sub(r"\1", text)


def _latex_base(base: str, subscripts: tuple[str, ...], bold: bool) -> str:
    """The letters of a key in LaTeX, under their accent."""
    words, accent = split_base(base, subscripts)
    letters = [_latex_word(word, bold) for word in words]
    text = letters[0] if len(letters) == 1 else f"({_unblanked(' '.join(letters))})"
    if not accent:
        return text
    narrow, wide, _ = ACCENT_SIGNS[accent]
    is_narrow = len(words) == 1 and (len(words[0]) == 1 or words[0] in GREEK)
    return f"{narrow if is_narrow else wide}{{{text}}}"


def _latex_word(word: str, bold: bool) -> str:
    word = SPELLED.get(word, word)
    if word in GREEK:
        return rf"\boldsymbol{{{GREEK[word][0]}}}" if bold else GREEK[word][0]
    if word in _OWN_SIGNS:
        return _OWN_SIGNS[word]
    letters = _latex_letters(word)
    is_one = len(letters.rstrip("'")) == 1
    return rf"\mathbf{{{letters}}}" if bold else letters if is_one else rf"\mathrm{{{letters}}}"


def _joined(parts: list[str], nested: str) -> str:
    """Subscripts with commas between them, blanks where all are words, or the sign of what one is nested in."""
    text = parts[0]
    if len(parts) > 1 and all(part.isalpha() and part not in GREEK and is_label(part) for part in parts):
        return " ".join(parts)
    for part in parts[1:]:
        text = text[:-1] + nested + part if text.endswith("|") else f"{text},{part}"
    return text


def _latex_subscript(part: str) -> str:
    if BELOW in part and len(head := part.partition(BELOW)[0]) > 2 and head.isalpha() and head not in GREEK:
        return rf"{_latex_subscript(head)}_{{{_latex_subscript(part.partition(BELOW)[2])}}}"
    if CROSSED in part:
        return r" \times ".join(map(_latex_subscript, part.split(CROSSED)))
    if "=" in part:
        return " = ".join(map(_latex_subscript, part.split("=")))
    told = greek_letters(part)
    if is_label(told):
        return rf"\mathrm{{{part}}}" if _UPRIGHT.fullmatch(part) else rf"\text{{{escaped(part)}}}"
    if not _SAFE_SUBSCRIPT.fullmatch(told.translate(_PRIVATE)):
        return rf"\text{{{escaped(part)}}}"
    part = _in_commands(told).replace(BARS, "|")
    # A control word would take in the letter after it.
    spaced = re.sub(r"\\cdot (?![A-Za-z])", r"\\cdot", _AVERAGE.sub(r"\\cdot ", part))
    return spaced.replace("×", r" \times ").replace("%", r"\%").replace(BELOW, "_").replace(CROSSED, r" \times ")


def _latex_letters(text: str) -> str:
    """Letters that mathematics can set, perhaps with primes; names out of data files may hold anything."""
    letters = text.rstrip("'")
    if letters != text and letters:
        return _latex_letters(letters) + text[len(letters) :]
    return text if text.isascii() and text.replace(".", "").isalnum() else rf"\text{{{escaped(text)}}}"


def unicode_name(key: str) -> str:
    """A key in Unicode, for a terminal.

    >>> unicode_name("sigma2_u"), unicode_name("y_11"), unicode_name("y_1_12"), unicode_name("e")
    ('σ²_u', 'y_11', 'y_{1,12}', 'ε')
    >>> unicode_name("ybar_i."), unicode_name("taualpha_ij"), unicode_name("y_ij|u_j"), unicode_name("u_i|_k")
    ('ȳ_{i·}', '(τα)_ij', 'y_ij | u_j', 'u_{i|k}')
    """
    subject, given = split_given(key)
    if given:
        return f"{unicode_name(subject)} | {', '.join(map(unicode_name, given))}"
    base, squared, subscripts = split_key(key)
    raised, subscripts = split_raised(subscripts)
    if squared and raised:
        return f"({unicode_name(root_key(key))})²"
    text = _unicode_base(base, subscripts) + ("²" if squared else "")
    text += "^⋆" if raised == STAR else raised if raised == "'" else f"^{{{greek_letters(raised)}}}" if raised else ""
    if subscripts:
        parts = [_AVERAGE.sub("·", greek_letters(part)) for part in subscripts]
        # Without a command's blank between them, αb would be one index.
        inner = _joined(parts, "|").replace(BELOW, "_").replace(CROSSED, "×").replace(BARS, "|")
        text += f"_{inner}" if shows_its_extent(inner, base) else f"_{{{inner}}}"
    return text


def _unicode_base(base: str, subscripts: tuple[str, ...]) -> str:
    """The letters of a key in Unicode, each under the accent."""
    words, accent = split_base(base, subscripts)
    words = tuple(SPELLED.get(word, word) for word in words)
    letters = "".join(GREEK[word][1] if word in GREEK else word for word in words)
    if len(words) > 1:
        letters = f"({letters})"
    if accent and len(letters) > 1 == len(words):
        return letters + accent  # a mark would be one over the last letter
    return unicodedata.normalize("NFC", letters + ACCENT_SIGNS[accent][2]) if accent else letters


def unicode_subscript(text: str) -> str:
    """Digits and letters lowered where Unicode has them all, otherwise after an underscore.

    >>> unicode_subscript("12"), unicode_subscript("b")
    ('₁₂', '_b')
    """
    lowered = text.translate(SUBSCRIPT)
    return lowered if all(new != old for new, old in zip(lowered, text, strict=True)) else f"_{text}"
