r"""Sentences with formulas in them, as LaTeX text with mathematics between dollar signs.

The reasons of a derivation are sentences that may hold Unicode notation ("Var(AX) = A Var(X) A'"), and labels hold
whatever a data file does. Both must pass pdflatex with amsmath alone, and MathJax, inside \text{…}.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from tutor.notation.writing.line_breaks import sentences
from tutor.notation.writing.prose_formula import (
    ACCENTS,
    BELOW,
    CALL,
    HATTED,
    MATHEMATICAL,
    SIGNS,
    escape_text,
    math_to_latex,
    taken_apart,
)

_NESTED = r"(?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*"
_GROUP = re.compile(
    rf"\((?!{_NESTED}?[A-Za-z]{{4}}){_NESTED} (?:[=+−⊗⊕×·-]) {_NESTED}\)|\|(?![^|]*[A-Za-z]{{4}})[^|]+\|"
    r"|\[(?![^\[\]]*[A-Za-z]{4})[^\[\]]+\]"
)
_BARS = re.compile(r"(?:[^|]*\|(?![^|]*[A-Za-z]{4})[^|]*[A-Z][^|]*\|)+[^|]*")
"""A determinant or several, without a blank in it: |A||B|."""

_DOLLAR = re.compile(r"(?<!\\)\$")

_ACCENTED = re.compile(rf"(?<![^\W_])(?:[^\W\d_]|\))[{''.join(ACCENTS)}](?![^\W_])")
"""A letter of its own, or a group in brackets, with a hat, a tilde or a bar."""

_LONE_HATTED = re.compile(rf"(?<![^\W\d_])[{HATTED}](?![^\W\d_])")

_OPERATORS = {"=", "+", "-", "<", ">", "/", *SIGNS} - {"…", "%", "#", "&", "$", "{", "}", "\\", "^", "_", "′", "ᵀ"}

_WORDS = frozenset({
    "Add", "All", "And", "Any", "Are", "As", "Ask", "At", "But", "By", "Can", "Did", "Do", "For", "Had", "Has", "He",
    "How", "If", "In", "Is", "It", "Its", "Let", "May", "No", "Nor", "Not", "Now", "Of", "Off", "On", "One", "Or",
    "Our", "Out", "Per", "Put", "See", "Set", "She", "So", "Ten", "The", "To", "Too", "Try", "Two", "Up", "Use",
    "Was", "We", "Who", "Why", "Yes", "You",
})  # fmt: skip
"""Short words at the start of a sentence, which could be products of a matrix and vectors."""

_OF_MATRICES = frozenset({"matrix", "matrices", "rows", "columns", "rank", "symmetric"})
"""Words of which one shows that a sentence speaks of matrices."""

_AFTER_NAMES = frozenset({"with", "is", "has", "of", "times"})
"""Words that stand behind a name and never behind an article."""

_COUNTED = frozenset({
    "blocks", "columns", "groups", "levels", "observations", "plots", "replicates", "rows", "subjects", "times",
    "treatments", "units", "varieties",
})  # fmt: skip
"""What a letter counts: an a before them is that number."""

_PRODUCTS = frozenset({"Zu", "Ax", "Ay"})
"""Products of a matrix and a vector that sentences name; others in small letters may be words."""


def text_to_latex(text: str) -> str:
    r"""The inside of \text{…} for a sentence: words escaped, formulas set as mathematics.

    >>> text_to_latex("Cov(u, ε) = 0 by assumption")
    '$\\operatorname{Cov}(\\mathbf{u}, \\boldsymbol{\\varepsilon}) = \\mathbf{0}$ by assumption'
    """
    return "".join(f"${math_to_latex(piece)}$" if told else escape_text(piece) for piece, told in pieces(text))


def pieces(text: str, whole: str = "") -> list[tuple[str, bool]]:
    """A sentence cut into words and formulas, each with whether it is a formula; a line of a ``whole`` text has its
    letters.

    >>> pieces("the blocks: Var(u) = σ²_u I, by design")
    [('the blocks: ', False), ('Var(u) = σ²_u I', True), (', by design', False)]
    """
    # The blanks within Cov(u, ε) and within (A + B) do not part them.
    held = " ".join(text.replace("\0", " ").split())
    held = _LONE_HATTED.sub(taken_apart, held)
    for pattern in (CALL, _GROUP):
        held = pattern.sub(lambda match: match.group().replace(" ", "\0"), held)
    tokens = [_parted(token) for token in held.split(" ") if token]
    cores = [core for _, core, _ in tokens]
    kinds = [_kind(core) for core in cores]
    letters = {core for core in (*cores, *re.findall(r"[^\s.,;:]+", whole)) if len(core) == 1}
    speaks_of_a = any("A" in core for core, kind in zip(cores, kinds, strict=True) if kind == "formula") or not (
        _OF_MATRICES.isdisjoint(cores)
    )
    for at, (_, core, after) in enumerate(tokens):
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        starts = not at or tokens[at - 1][2].endswith((".", "!", "?"))
        if at > 1 and len(core) == 1 and core.isupper() and _is_of_levels(tokens, at):
            kinds[at] = "text"  # "level i of A", "the levels of B": a factor and no matrix
        elif core == "A" and (following in {"and", "or"} or (speaks_of_a and following in _AFTER_NAMES)):
            kinds[at] = "formula"  # "square A and B", "A with m rows"; elsewhere an A alone is an article
        elif core == "a" and following in _COUNTED:
            kinds[at] = "formula"  # "a levels of A"
        elif 1 < len(core) == len(set(core)) and core.islower() and letters.issuperset(core):
            kinds[at] = "formula"  # "log abc = log a + log b + log c", "a levels, b levels, n = ab"
        elif starts and len(core) == 1 and core.isupper() and after == ":":
            kinds[at] = "text"  # "B: 4 manures", the label of what follows
        elif (
            at > 1
            and len(core) == 1
            and cores[at - 1 : at] == ["in"]
            and tokens[at - 2][2] == ","
            and (after or not following)
        ):
            kinds[at] = "text"  # "the weight of an apple, in g"
        elif core in _WORDS and "operator" not in kinds[max(at - 1, 0) : at + 2]:
            kinds[at] = "text"
    found: list[tuple[str, bool]] = []
    for piece, is_formula in _joined(tokens, kinds):
        if found and not (is_formula or found[-1][1]):
            found[-1] = (found[-1][0] + piece, False)
        elif piece:
            found.append((piece, is_formula))
    return found


def _is_of_levels(tokens: list[tuple[str, str, str]], at: int) -> bool:
    """Whether "of" stands before, and before that levels or one of them."""
    before = [core for _, core, _ in tokens[max(at - 3, 0) : at]]
    return before[-1] == "of" and (before[-2] in {"level", "levels"} or (before[0] == "level" and len(before[-2]) == 1))


def in_lines(text: str, width: int) -> list[str]:
    """A sentence in lines of at most ``width`` characters, broken between words and never within a formula that fits.

    >>> in_lines("the blocks have Var(u) = σ²_u I by design", 30)
    ['the blocks have', 'Var(u) = σ²_u I by design']
    """
    told = (
        piece.replace(" ", "\0") if is_formula and len(piece) <= width else piece for piece, is_formula in pieces(text)
    )
    return [line.replace("\0", " ") for line in sentences("".join(told), width)]


def holds_formula(text: str) -> bool:
    """Whether a text has a sign of mathematics, so that it is more than a label.

    >>> holds_formula("any n − p columns"), holds_formula("block:A")
    (True, False)
    """
    return any(letter in MATHEMATICAL for letter in text)


def words_to_latex(text: str) -> str:
    r"""A sentence within mathematics: its words in \text{…}, its formulas beside them.

    >>> words_to_latex("if λ ≠ 0")
    '\\text{if } \\lambda \\neq 0'
    """
    parts = _DOLLAR.split(text_to_latex(text))
    return " ".join(part if at % 2 else rf"\text{{{part}}}" for at, part in enumerate(parts) if part)


def _joined(tokens: list[tuple[str, str, str]], kinds: list[str]) -> list[tuple[str, bool]]:
    """The tokens with their blanks, runs of mathematics as one piece each."""
    runs: list[list[int]] = []
    for number, (before, _, _) in enumerate(tokens):
        broken = not number or before or tokens[number - 1][2]
        if not broken and (kinds[number] == "text") == (kinds[number - 1] == "text"):
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[tuple[str, bool]] = []
    for run in runs:
        inside = set(_formula([(number, tokens[number][1], kinds[number]) for number in run]))
        for is_formula, group in groupby(run, key=inside.__contains__):
            numbers = list(group)
            cores = " ".join(tokens[number][1] for number in numbers).replace("\0", " ")
            blank = [(" ", False)] if found else []
            before, after = tokens[numbers[0]][0], tokens[numbers[-1]][2]
            found += [*blank, (before, False), (cores, is_formula), (after, False)]
    return found


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
    if core in _PRODUCTS:
        return "formula"
    if _BARS.fullmatch(core):
        return "formula"
    if _ACCENTED.search(unicodedata.normalize("NFD", core)):
        return "formula"
    if "\0" in core or CALL.search(core) or any(letter in MATHEMATICAL for letter in core):
        return "formula"
    if re.fullmatch(rf"[^\W_]{{1,2}}{BELOW.pattern}'?(?:/[^\W_]{{1,2}}{BELOW.pattern})?", core):
        return "formula"
    if (
        re.fullmatch(r"(?:[A-Za-z]'?|\((?:[A-Z]'?)+\)'?){1,6}", core)
        and re.search(r"[A-Z)]'|[a-z]'[A-Z]", core)
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
    # An article before a formula is a word.
    while (
        last - first > 1
        and run[first][2] != "formula"
        and run[first][1] in ("a", "A", "I")
        and run[first + 1][2] != "operator"
    ):
        first += 1
    return [number for number, _, _ in run[first:last]]
