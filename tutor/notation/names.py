"""How a name is spelled: one plain key, and what LaTeX and Unicode make of it.

A key is a Python identifier: a base, and subscripts after underscores: ``sigma2_u``, ``tau_1``, ``y_11``,
``y_1_12``. Bases are Latin letters or the names of Greek ones; ``sigma2`` is the square of sigma, which the
package takes as the parameter (its root is derived), and ``e`` is the residual, written ε.
Subscripts that are joined by an underscore are written with a comma; digits and letters within one stand side
by side, an index each. A dot is an index that is averaged over, a bar before an underscore tells what comes before it
from what it is nested in: ``ybar_i.``, ``u_i|_k``. The subscript ``*`` is a star above the name, ``t_*``, and one
that starts with ``^`` a label there, ``theta_^(k)``.
A base may end with an accent, ``betahat``, or be an interaction of Greek letters, ``taualpha``. A bar before a name
says what is given: ``y|u``, ``y_ij|u_j``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tutor.notation.escape import escaped

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
    "Omega": (r"\Omega", "Ω"),
    "infinity": (r"\infty", "∞"),
}
"""Base of a key: (LaTeX, Unicode)."""

RESIDUAL = "e"
"""The key of the residual vector and its elements, written ε."""

ACCENT_SIGNS: dict[str, tuple[str, str, str]] = {
    "hat": (r"\hat", r"\widehat", "\u0302"),
    "tilde": (r"\tilde", r"\widetilde", "\u0303"),
    "bar": (r"\bar", r"\overline", "\u0304"),
}
"""Ending of a base: LaTeX over one letter and over more, and the mark that Unicode sets over the letter before it."""

_WORDS = re.compile(f"(?:{'|'.join(sorted(GREEK, key=len, reverse=True))}|[A-Z])+")
_WORD = re.compile(f"{'|'.join(sorted(GREEK, key=len, reverse=True))}|[A-Z]")
_LABEL_WORD = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(GREEK)})(?![A-Za-z])")
_GIVEN = re.compile(r"\|(?!_|$)")
_SAFE_SUBSCRIPT = re.compile(r"[A-Za-z0-9.'()+\-*/×|]*")
_AVERAGE = re.compile(r"(?<!\d)\.|\.(?!\d)")

STAR = "*"
"""The part of a key that is a star above the name."""

RAISED = "^"
"""What the part of a key starts with that is a label above the name: that of θ^{(k)} is ^(k)."""

SUBSCRIPT = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def split_key(key: str) -> tuple[str, bool, tuple[str, ...]]:
    """A key as (base, squared, subscripts).

    >>> split_key("sigma2_u"), split_key("y_1_12"), split_key("x1")
    (('sigma', True, ('u',)), ('y', False, ('1', '12')), ('x', False, ('1',)))
    """
    base, *subscripts = key.split("_")
    squared = base == "sigma2"
    if squared:
        base = "sigma"
    letters = base.rstrip("0123456789")
    if letters and letters != base:
        base, subscripts = letters, [base[len(letters) :], *subscripts]
    return base, squared, tuple(subscripts)


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
def split_base(base: str) -> tuple[tuple[str, ...], str]:
    """A base as the names of its letters, more than one for an interaction, and the accent over them.

    >>> split_base("betahat"), split_base("taualpha"), split_base("SS"), split_base("that")
    ((('beta',), 'hat'), (('tau', 'alpha'), ''), (('SS',), ''), (('t',), 'hat'))
    """
    for accent in ACCENT_SIGNS:
        below = base.removesuffix(accent)
        if below != base and (len(below) == 1 or below in GREEK or _is_interaction(below)):
            return split_base(below)[0], accent
    return (tuple(_WORD.findall(base)) if _is_interaction(base) else (base,)), ""


def _is_interaction(base: str) -> bool:
    """Whether a base is made of Greek letters and capitals, a Greek one among them; capitals alone are a name."""
    return base not in GREEK and not base.isupper() and _WORDS.fullmatch(base) is not None


def bold_letters(text: str) -> str:
    """Letters and digits as bold ones where Unicode has them: upright, and small Greek ones slanted.

    >>> bold_letters("y_1")
    '𝐲_𝟏'
    """
    return "".join(_bold_letter(letter) for letter in text)


def _bold_letter(letter: str) -> str:
    if letter.isdecimal() and letter.isascii():
        return unicodedata.lookup(f"MATHEMATICAL BOLD DIGIT {unicodedata.name(letter).removeprefix('DIGIT ')}")
    alphabet, _, rest = unicodedata.name(letter, "").partition(" ")
    kind, _, name = rest.partition(" LETTER ")
    if alphabet not in ("LATIN", "GREEK"):
        return letter
    slanted = "ITALIC " if alphabet == "GREEK" and kind == "SMALL" else ""
    try:
        return unicodedata.lookup(f"MATHEMATICAL BOLD {slanted}{kind} {name}")
    except KeyError:
        return letter


def latex_name(key: str, *, bold: bool = False) -> str:
    r"""A key in LaTeX; bold for vectors and matrices.

    >>> latex_name("sigma2_u"), latex_name("y_1_12"), latex_name("beta", bold=True), latex_name("X", bold=True)
    ('\\sigma^2_u', 'y_{1,12}', '\\boldsymbol{\\beta}', '\\mathbf{X}')
    >>> latex_name("betahat", bold=True), latex_name("ybar_i."), latex_name("taualpha_ij"), latex_name("u_i|_k")
    ('\\hat{\\boldsymbol{\\beta}}', '\\bar{y}_{i\\cdot}', '(\\tau\\alpha)_{ij}', 'u_{i \\mid k}')
    """
    base, squared, subscripts = split_key(key)
    raised, subscripts = split_raised(subscripts)
    text = latex_base(base, bold=bold)
    above = ("2" if squared else "") + (r"\star" if raised == STAR else latex_label(raised))
    if above:
        text += f"^{above}" if above in {"2", r"\star"} else f"^{{{above}}}"
    if subscripts:
        inner = _joined([_latex_subscript(part) for part in subscripts], r" \mid ")
        text += f"_{inner}" if len(inner) == 1 else f"_{{{inner}}}"
    return text


def latex_label(label: str) -> str:
    r"""What stands in brackets above a name, in LaTeX.

    >>> latex_label("(k+1)"), latex_label("(lambda)")
    ('(k+1)', '(\\lambda)')
    """
    return _LABEL_WORD.sub(lambda found: GREEK[found[0]][0], label)


def unicode_label(label: str) -> str:
    """The same in Unicode."""
    return _LABEL_WORD.sub(lambda found: GREEK[found[0]][1], label)


def latex_base(base: str, *, bold: bool = False) -> str:
    """The letters of a key in LaTeX, under their accent."""
    words, accent = split_base(base)
    letters = [_latex_word(word, bold) for word in words]
    text = letters[0] if len(letters) == 1 else f"({''.join(letters)})"
    if not accent:
        return text
    narrow, wide, _ = ACCENT_SIGNS[accent]
    return f"{narrow if len(letters) == 1 else wide}{{{text}}}"


def _latex_word(word: str, bold: bool) -> str:
    word = "epsilon" if word == RESIDUAL else word
    if word in GREEK:
        return rf"\boldsymbol{{{GREEK[word][0]}}}" if bold else GREEK[word][0]
    letters = _latex_letters(word)
    return rf"\mathbf{{{letters}}}" if bold else letters if len(letters) == 1 else rf"\mathrm{{{letters}}}"


def _joined(parts: list[str], nested: str) -> str:
    """Subscripts with commas between them, or the sign of what one is nested in."""
    text = parts[0]
    for part in parts[1:]:
        text = text[:-1] + nested + part if text.endswith("|") else f"{text},{part}"
    return text


def _latex_subscript(part: str) -> str:
    if part in GREEK:
        return GREEK[part][0]
    if sum(letter.isalpha() for letter in part) > 3:
        return rf"\mathrm{{{_latex_letters(part)}}}"
    if not _SAFE_SUBSCRIPT.fullmatch(part.replace("%", "")):
        return rf"\text{{{escaped(part)}}}"
    # A control word would take in the letter after it.
    return (
        re.sub(r"\\cdot (?![A-Za-z])", r"\\cdot", _AVERAGE.sub(r"\\cdot ", part))
        .replace("×", r" \times ")
        .replace("%", r"\%")
    )


def _latex_letters(text: str) -> str:
    """Letters that mathematics can set; names out of data files may hold anything."""
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
    text = unicode_base(base) + ("²" if squared else "")
    text += "^⋆" if raised == STAR else f"^{{{unicode_label(raised)}}}" if raised else ""
    if subscripts:
        parts = [GREEK[part][1] if part in GREEK else _AVERAGE.sub("·", part) for part in subscripts]
        inner = _joined(parts, "|")
        # A comma or a blank would let what stands behind it seem to belong elsewhere.
        text += f"_{inner}" if inner.replace(".", "").isalnum() else f"_{{{inner}}}"
    return text


def unicode_base(base: str) -> str:
    """The letters of a key in Unicode, each under the accent."""
    words, accent = split_base(base)
    words = tuple("epsilon" if word == RESIDUAL else word for word in words)
    letters = "".join(GREEK[word][1] if word in GREEK else word for word in words)
    if len(words) > 1:
        letters = f"({letters})"
    return unicodedata.normalize("NFC", letters + ACCENT_SIGNS[accent][2]) if accent else letters


def unicode_subscript(text: str) -> str:
    """Digits and letters lowered where Unicode has them all, otherwise after an underscore.

    >>> unicode_subscript("12"), unicode_subscript("b")
    ('₁₂', '_b')
    """
    lowered = text.translate(SUBSCRIPT)
    return lowered if all(new != old for new, old in zip(lowered, text, strict=True)) else f"_{text}"
