r"""A symbol of a text with its fonts, its accent and its subscript, read in one go.

``\mathbf{y}``, ``\hat{\boldsymbol{\beta}}_1``, ``\sigma_{\varepsilon}``, ``σ²ᵤ``, ``sigma2_u``: each is one name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from tutor.errors import ReadError
from tutor.notation.light_value import light_value
from tutor.notation.names import ACCENT_SIGNS, CROSSED, DOTS, STAR
from tutor.notation.parsing.brackets import closing_brace
from tutor.notation.parsing.common_symbols import common_symbol
from tutor.notation.parsing.functions import ESTIMATED, FUNCTIONS, INFORMATION, STATISTICS
from tutor.notation.parsing.interactions import interaction_below_accent, interaction_in
from tutor.notation.parsing.joined_words import of_program, word_in_font
from tutor.notation.parsing.line_dots import with_dots
from tutor.notation.parsing.macros import bold_letter
from tutor.notation.parsing.spelling import (
    ACCENTS,
    BOLD_FONTS,
    FONTS,
    GREEK_COMMANDS,
    GREEK_LETTERS,
    LETTERLIKE,
    SUBSCRIPT_CHARACTERS,
    WORD_FONTS,
)
from tutor.notation.parsing.subscripts import (
    MARKS,
    are_crossed,
    chained_places,
    foreign_sign,
    marked_indices,
    normal_subscript,
    number_beside,
)
from tutor.notation.parsing.superscripts import label_above
from tutor.notation.parsing.token import Span, Spelling

_COMMAND = re.compile(r"\\([A-Za-z]+(?:(?<=operatorname)\*)?)\s*")
_WORD = re.compile(r"[A-Za-z]+[0-9]*")
_DIGITS_BESIDE = re.compile(r"[0-9]+(?!\.?[0-9])")
_INDEX_BESIDE = re.compile(r"[a-z](?=\s*(?:\^|\*\*|²))(?![A-Za-z0-9_(.'])")
"""The index of a variance as it is typed in haste, σu²."""
_BLANKS = re.compile(r"(?:\s|~|\\[,;:! ])*")
_SUBSCRIPT = re.compile(r"\s*_\s*")
_SMALL = "[₀-₎ₐ-ₜⱼᵢᵣᵤᵥᵦᵧᵨᵩᵪ]"
_UNICODE_SUBSCRIPT = re.compile(rf"{_SMALL}+")
_UNICODE_AVERAGE = re.compile(rf"[.·⋅]*{_SMALL}+(?:[.·⋅]+(?!\s*[^\W\d_]))?{_SMALL}*")
"""As the same below a mean, whose dots stand on the line, ȳ₁. or ȳ·ⱼ; before a letter a dot is a product."""
_SPELLED_ACCENT = re.compile(rf"[_.]({'|'.join(sorted(ACCENT_SIGNS.keys() - DOTS))})(?![A-Za-z0-9])")
"""An accent as programs write it behind a name, beta_hat, b.hat and tau_1_hat."""

_TAKES_A_VALUE = (
    FUNCTIONS.keys() | STATISTICS | {"beta", "gamma", "b", "f", "g", "p", "M", "L", "S", "F", "t", "ell", "chi"}
)
"""Names after whose subscript a number in brackets is an argument, or a value that a slope is multiplied by."""

_LOOSE = re.compile(
    r"([a-z])(?=[xtz]\s*\^\s*\{?\s*\1(?![A-Za-z]))|[0-9](?=[xzwX](?![A-Za-z0-9]))|[0-9]+(?:_[0-9]+)+|[A-Za-z0-9]+"
)
_AVERAGE = re.compile(r"(?:[A-Za-z0-9.]+|[·⋅]+[A-Za-z0-9]*)(?:[·⋅]+(?!\s*[\w(\\]))?")
"""Indices without braces below a mean, ȳ_1· or ȳ_·j: right after _ a dot is no product."""
_SUPERSCRIPT_BEFORE = re.compile(
    r"\s*(?:(?:\^|\*\*)\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z0-9*])|['′’]+|[⁰¹²³⁴-⁹ᵀ]+)\s*(?:_|(?=[₀-₉ₐ-ₜᵢᵣᵤᵥ]))"
)
_ACCENT_OVER_SQUARE = re.compile(
    rf"\\(?P<accent>{'|'.join(ACCENTS)})\s*\{{\s*(?P<of>\\?[A-Za-z]+|[α-ω])\s*(?P<caret>\^)\s*(?P<power>[0-9]|\{{\s*[0-9]\s*\}})\s*\}}"
    r"(?=\s*_)"
)
r"""The estimate of a square with its subscript behind both, \widehat{\sigma^2}_u."""

_NUMBER_THEN_EFFECTS = re.compile("[0-9][abdgmpuv]")
_SMALL_THEN_CAPITAL = re.compile(r"([a-z0-9]+?)(?:[A-Z]|(?<=[0-9])y$)")
_SWITCH = re.compile(r"\\(bf|rm|it|cal|sf)(?![A-Za-z])\s*(?!\{)")
r"""A font that is switched on for the rest of a group, {\rm Var}."""

_INDICES_THEN_NAME = re.compile(r"[i-o]{2,3}[a-hp-z]")

_NESTING = 8
_DOT = re.compile(r"[.·⋅](?![0-9A-Za-z.·⋅])")
_BLACKBOARD_MOMENT = re.compile(
    r"\\mathbb\s*(?:\{\s*([VCE])\s*\}|([VCE])(?![A-Za-z]))"
    r"(?:ar|ov|\\(?:mathrm|mathsf|operatorname|text|rm)\s*\{\s*(?:ar|ov)\s*\})?(?=\s*(?:\\left\s*)?(?:\\?[\[({]))"
)
_DOTTED_IN_FONT = re.compile(r"\{\s*s\.\s?e\.?\s*\}")
"""The standard error in full below a hat, \\widehat{\\text{s.e.}}."""

_IN_BRACKETS = re.compile(r"\s*\(([^()]*(?:\\times(?![A-Za-z])|×)[^()]*)\)\s*")
_SIZED = frozenset("IJ10")
_OF_TWO_NUMBERS = frozenset({"F", "q"})
_TWO_NUMBERS = re.compile(r"\s*[0-9]+\s*,\s*[0-9]+\s*")
"""Degrees of freedom below a statistic, F_{2, 9}, which are no indices."""

_PLACE = re.compile(r"\[\s*((?:[0-9]+|[i-o])(?:\s*,\s*(?:[0-9]+|[i-o]))*)\s*\]")
"""The place of an element as programs write it, y[1] and V[i, j]."""

_INFORMATION = re.compile(
    r"\\(?:mathcal|mathscr)\s*(?:\{\s*I\s*\}|I(?![A-Za-z]))"
    r"(?=\s*(?:(?:\\left\s*)?\(|=|\^\s*\{\s*-\s*1|_\s*\{\s*(?:[a-z]\s*,?\s*[a-z]|\\[a-z]+\s*,?\s*\\[a-z]+)\s*\}))"
)

_ACCENT_OVER_NAME = re.compile(
    r"(?P<braces>\\(?P<accent>hat|widehat|tilde|widetilde|bar|overline)\s*\{\s*(?P<of>[^{}\s]{1,12}_\s*(?:\{[^{}]{1,12}\}|\w))\s*\})"
    r"(?=\s*\^)"
)
r"""\hat{\beta_{0j}} with something above it."""


@light_value
class Found:
    """A symbol of the text: its spelling, where it ends, and the place of a superscript inside it (σ^2_u), if any."""

    spelling: Spelling
    end: int
    superscript: Span | None = None


def symbol_at(text: str, start: int, end: int, *, bold: bool = False, accent: str = "") -> Found | None:
    """The symbol that starts at an offset, with its subscript; None where none starts.

    Raises
    ------
    ReadError
        For a subscript that is empty or has no end.
    """
    if not accent and (common := common_symbol(text, start, end, bold)) is not None:
        return Found(*common)
    square = _ACCENT_OVER_SQUARE.match(text, start, end)
    if square is not None:
        inner = _base(text, square.start("of"), square.start("caret"), Spelling("", bold=bold), _NESTING)
        if inner is not None and inner[1] == square.end("of"):
            accented = replace(inner[0], accent=ACCENTS[square["accent"]])
            lowered = _subscript(text, accented, square.end(), end)
            if lowered is not None:
                return replace(lowered, superscript=Span(square.start("caret"), square.end("power")))
    starred = _ACCENT_OVER_NAME.match(text, start, end) if "*" in text or r"\star" in text or r"\ast" in text else None
    if starred is not None and not accent:
        inner = symbol_at(text, starred.start("of"), starred.end("of"), bold=bold, accent=ACCENTS[starred["accent"]])
        above = "" if inner is None else label_above(text, inner.spelling, starred.end("braces"), end)[0]
        if inner is not None and inner.end == starred.end("of") and inner.superscript is None and above == STAR:
            spelling = replace(inner.spelling, subscript=f"{STAR}_{inner.spelling.subscript}")
            return Found(spelling, label_above(text, inner.spelling, starred.end("braces"), end)[2])
    base = _base(text, start, end, Spelling("", bold=bold, accent=accent), _NESTING)
    return None if base is None else with_dots(text, with_subscript(text, *base, end), end)


def interaction_at(text: str, start: int, end: int, *, accent: str = "") -> Found | None:
    r"""(\tau\alpha)_{ij} or (ex \times gen)_{ij}: letters in brackets with a subscript are one name."""
    inner = interaction_in(text, start, end)
    if inner is None:
        return None
    letters, mark, stop = inner
    return with_subscript(text, Spelling(letters, accent=mark or accent), stop, end)


def _base(text: str, start: int, end: int, style: Spelling, nesting: int) -> tuple[Spelling, int] | None:
    """The letters of a symbol under its fonts, accents and idle braces, and where they end."""
    if start >= end or nesting == 0:
        return None
    character = text[start]
    if character == "\\":
        return _commanded(text, start, end, style, nesting)
    if character == "{":
        start = _blank(text, start + 1, end)
        switch = _SWITCH.match(text, start, end)
        if switch is not None:
            start, style = switch.end(), replace(style, bold=style.bold or switch[1] in BOLD_FONTS)
        inner = _base(text, start, end, style, nesting - 1)
        if inner is None:
            return None
        closing = _blank(text, inner[1], end)
        return (inner[0], closing + 1) if closing < end and text[closing] == "}" else None
    if character == "(" and style.accent:
        interaction = interaction_below_accent(text, start, end)
        return None if interaction is None else (replace(style, letters=interaction[0]), interaction[1])
    if not character.isascii() and normalize("NFD", character)[1:] in MARKS:
        letter, mark = normalize("NFD", character)
        return replace(style, letters=GREEK_LETTERS.get(letter, letter), accent=MARKS[mark]), start + 1
    if character.isascii() and character.isalpha():
        joined = of_program(text, start, end) if "\\" not in text else None
        if joined is not None:
            return replace(style, letters=joined[0], run=not joined[1], subscript=joined[1]), joined[2]
        word = _WORD.match(text, start, end)
        assert word is not None
        if text[word.end() : word.end() + 1] in MARKS and len(word[0]) > 1 and word[0] not in ESTIMATED:
            # The mark is over the last of these letters only, unless they are the name of a moment.
            return replace(style, letters=word[0][:-1], run=len(word[0]) > 2), word.end() - 1
        letters = "I" if word[0] == "Id" else word[0]  # the identity matrix by its name
        return _marked(text, replace(style, letters=letters, run=len(letters) > 1), word.end())
    if character in GREEK_LETTERS:
        # As typed in full: β1 is beta1, and no product.
        number = _DIGITS_BESIDE.match(text, start + 1, end)
        letters, stop = GREEK_LETTERS[character], start + 1
        beside = number or (_INDEX_BESIDE.match(text, start + 1, end) if letters == "sigma" else None)
        if beside is not None:
            letters, stop = letters + beside[0], beside.end()
        return _marked(text, replace(style, letters=letters, run=beside is not None), stop)
    if character == INFORMATION:
        return replace(style, letters=INFORMATION), start + 1
    if character in LETTERLIKE:
        return replace(style, letters=LETTERLIKE[character], bold=True), start + 1
    if "\U0001d400" <= character <= "\U0001d755":
        plain = normalize("NFKC", character)
        return _marked(text, replace(style, letters=GREEK_LETTERS.get(plain, plain), bold=True), start + 1)
    if character in "01" and style.bold:
        return replace(style, letters=character), start + 1
    return None


def _marked(text: str, spelling: Spelling, end: int) -> tuple[Spelling, int]:
    """A letter with the mark that Unicode sets over it, or with the name of one, if one follows."""
    ending = MARKS.get(text[end : end + 1])
    spelled = _SPELLED_ACCENT.match(text, end)
    if spelled is not None and not spelling.accent:
        return replace(spelling, accent=spelled[1]), spelled.end()
    return (spelling, end) if ending is None else (replace(spelling, accent=ending), end + 1)


def _commanded(text: str, start: int, end: int, style: Spelling, nesting: int) -> tuple[Spelling, int] | None:
    command = _COMMAND.match(text, start, end)
    if command is None:
        return None
    name = command[1]
    if name in GREEK_COMMANDS:
        return replace(style, letters=GREEK_COMMANDS[name]), start + 1 + len(name)
    moment = _BLACKBOARD_MOMENT.match(text, start, end)
    if moment is not None:
        letters = {"V": "Var", "C": "Cov", "E": "E"}[moment[1] or moment[2]]
        return replace(style, letters=letters), moment.end()
    information = _INFORMATION.match(text, start, end)
    if information is not None:
        return replace(style, letters=INFORMATION), information.end()
    if name in {"R", "RR", "reals"}:
        return replace(style, letters="R"), start + 1 + len(name)
    if name == "ell":
        return replace(style, letters="ell"), start + 1 + len(name)
    dotted = _DOTTED_IN_FONT.match(text, command.end(), end) if name in WORD_FONTS and style.accent else None
    if dotted is not None:
        return replace(style, letters="se"), dotted.end()
    word = word_in_font(text, command.end(), end) if name in WORD_FONTS else None
    if word is not None:
        return replace(style, letters=word[0], subscript=word[1]), word[2]
    letter = bold_letter(name)
    if letter:
        return replace(style, letters=letter, bold=True), start + 1 + len(name)
    if name in FONTS:
        blackboard = name == "mathbb" and text[command.end() : command.end() + 2] in {"{1", "{0"}
        styled = replace(style, bold=style.bold or name in BOLD_FONTS or blackboard)
    elif name in ACCENTS:
        is_grand_mean = style.accent == ACCENTS[name] == "bar"
        styled = replace(style, accent=ACCENTS[name], subscript=".." if is_grand_mean else style.subscript)
    else:
        return None
    if text[command.end() : command.end() + 1] == "{":
        return _base(text, command.end(), end, styled, nesting - 1)
    # A font without braces takes one character or one command.
    inner = _base(text, command.end(), min(end, command.end() + 1), styled, nesting - 1)
    return inner or _base(text, command.end(), end, styled, nesting - 1)


def _blank(text: str, start: int, end: int) -> int:
    found = _BLANKS.match(text, start, end)
    return start if found is None else found.end()


def with_subscript(text: str, spelling: Spelling, base_end: int, end: int) -> Found:
    r"""A base and the subscript that follows it, before or after a superscript; the star of t^\star and the label of
    \hat\theta^{REML} are part of it."""
    above, power, stop = label_above(text, spelling, base_end, end)
    found = _with_subscript(text, spelling, stop, end)
    if not above and found.superscript is None:
        above, power, stop = label_above(text, spelling, found.end, end)
        found = replace(found, end=stop) if above else found
    if not above:
        return found
    subscript = f"{above}_{found.spelling.subscript}" if found.spelling.subscript else above
    spelling = replace(found.spelling, subscript=subscript)
    return replace(found, spelling=spelling, superscript=power or found.superscript)


def _with_subscript(text: str, spelling: Spelling, base_end: int, end: int) -> Found:
    lowered = _subscript(text, spelling, base_end, end)
    if lowered is not None:
        spelled = None if spelling.accent else _SPELLED_ACCENT.match(text, lowered.end, end)
        if spelled is None:
            return lowered
        return replace(lowered, spelling=replace(lowered.spelling, accent=spelled[1]), end=spelled.end())
    before = _SUPERSCRIPT_BEFORE.match(text, base_end, end)
    if before is not None:
        sign = before.end() - 1 if before[0].endswith("_") else before.end()
        lowered = _subscript(text, spelling, sign, end)
        if lowered is not None:
            return _cut_short(text, replace(lowered, superscript=Span(base_end, sign)))
    return Found(spelling, base_end)


def _cut_short(text: str, found: Found) -> Found:
    r"""\sigma^2_uZ: the subscript without braces ends before a capital, since the power would go astray after it."""
    below = found.spelling.below
    cut = None if below is None else _SMALL_THEN_CAPITAL.match(text, below.start, below.end)
    if cut is None or not found.spelling.loose:
        return found
    spelling = replace(found.spelling, subscript=cut[1], below=Span(*cut.span(1)), loose=cut.end(1) - cut.start(1) > 1)
    return replace(found, spelling=spelling, end=cut.end(1))


def _subscript(text: str, spelling: Spelling, start: int, end: int) -> Found | None:
    place = _PLACE.match(text, start, end) if spelling.letters and "\\" not in text else None
    chained = chained_places(text, start, end) if spelling.letters and "\\" not in text else None
    if chained is not None:
        told, stop = chained
        return Found(replace(spelling, run=False, subscript=told, below=Span(start + 1, stop - 1)), stop)
    if place is not None and spelling.letters not in {"N", *FUNCTIONS}:
        return _finished(text, spelling, Span(*place.span(1)), place.end(), False)
    is_mean = spelling.accent == "bar" or spelling.letters.endswith("bar")
    small = (_UNICODE_AVERAGE if is_mean else _UNICODE_SUBSCRIPT).match(text, start, end)
    if small is not None:
        normal = normal_subscript(small[0].translate(SUBSCRIPT_CHARACTERS))
        return Found(replace(spelling, subscript=normal, below=Span(*small.span())), small.end())
    if (beside := number_beside(text, spelling.letters, start, end)) is not None:
        return _finished(text, spelling, beside, beside.end, False)
    sign = _SUBSCRIPT.match(text, start, end)
    if sign is None:
        return None
    at = sign.end()
    if at >= end:
        raise ReadError("The subscript after _ is missing.", text=text, start=sign.start(), kind="missing-operand")
    if text[at] == "{":
        closing = closing_brace(text, at, end)
        if closing is None:
            raise ReadError("The subscript that opens here is never closed.", text=text, start=at, kind="unbalanced",
                            tip="Close it with }.")  # fmt: skip
        return _finished(text, spelling, Span(at + 1, closing), closing + 1, False)
    if text[at] == "\\":
        command = _COMMAND.match(text, at, end)
        if command is None:
            raise ReadError("The subscript after _ is missing.", text=text, start=at, kind="missing-operand")
        stop = at + 1 + len(command[1])
        if command[1] in FONTS and text[command.end() : command.end() + 1] == "{":
            closing = closing_brace(text, command.end(), end)
            stop = stop if closing is None else closing + 1
        return _finished(text, spelling, Span(at, stop), stop, False)
    below_mean, numbered = is_mean and not spelling.bold, spelling.letters not in _TAKES_A_VALUE
    if (nested := marked_indices(text, at, end, has_dots=below_mean, has_number=numbered)) is not None:
        return _finished(text, spelling, Span(at, nested.end()), nested.end(), False)
    loose = (_AVERAGE if is_mean else _LOOSE).match(text, at, end)
    if loose is None:
        if text[at] in GREEK_LETTERS or _DOT.match(text, at, end) or (text[at] == "*" != text[at + 1 : at + 2]):
            return _finished(text, spelling, Span(at, at + 1), at + 1, False)
        raise ReadError("The subscript after _ is missing.", text=text, start=at, kind="missing-operand")
    stop = loose.end()
    is_matrix = spelling.letters[-1:].isupper() and (loose[0][1:2].isupper() or loose[0][1:] == "y")
    cut = _SMALL_THEN_CAPITAL.match(loose[0]) if "\\" in text or is_matrix else None
    if cut is None and spelling.letters[-1:] in {"X", "Z", "W"} and _NUMBER_THEN_EFFECTS.fullmatch(loose[0]):
        stop = at + 1  # Z_1a, a design and its effects
    if cut is not None:
        stop = at + cut.end(1)  # ZP_hZ^\top: in TeX only the h stands below, and so it does below V_iP
    if _SUBSCRIPT.match(text, stop, end) and len(loose[0]) > 1 and not _SPELLED_ACCENT.match(text, stop, end):
        stop = at + 1  # x_iy_i: the second subscript shows that the first is one letter
        if _INDICES_THEN_NAME.fullmatch(loose[0]):
            stop = loose.end() - 1  # and in Z_ijb_i that it is all but the last
    return _finished(text, spelling, Span(at, stop), stop, stop - at > 1)


def _finished(text: str, spelling: Spelling, below: Span, stop: int, loose: bool) -> Found:
    raw = text[below.start : below.end]
    inner = _IN_BRACKETS.fullmatch(raw)
    if inner is not None:
        below = Span(below.start + inner.start(1), below.start + inner.end(1))
        raw = inner[1]
    plain = raw.isalnum() and raw.isascii()
    is_size = spelling.letters in _SIZED or "×" in raw or "\\times" in raw
    foreign = None if plain or is_size else foreign_sign(raw)
    if foreign is not None:
        first, last = (below.start + at for at in foreign)
        raise ReadError(f"{text[first:last]} can be no part of a name.", text=text, start=first, end=last,
                        kind="unexpected", tip="Below a name are letters, numbers and commas.")  # fmt: skip
    normal = raw if plain else normal_subscript(raw)
    normal = normal.replace("×", CROSSED) if "×" in normal and are_crossed(normal, spelling) else normal
    if spelling.letters in _OF_TWO_NUMBERS and _TWO_NUMBERS.fullmatch(raw):
        normal = "_".join(re.findall("[0-9]+", raw))
    if spelling.subscript.isdigit():
        normal = f"{spelling.subscript}_{normal}"
    if not normal:
        raise ReadError("The subscript is empty.", text=text, start=below.start, end=below.end, kind="missing-operand")
    return Found(replace(spelling, subscript=normal, below=below, loose=loose), stop)
