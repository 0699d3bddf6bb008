"""Reading the text of a model by elements: its formulas, and what the words around them must not tell alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar
from tutor.errors import ReadError, ShapeError
from tutor.models.asked_of_words import check_laws, check_words
from tutor.models.declaration import Declaration, Declaring
from tutor.models.formulas_among_words import LONGEST_PAGE, formulas_among_words, has_words
from tutor.models.telling import told_by
from tutor.models.two_errors import two_errors, variances_apart
from tutor.models.worded_laws import with_worded_laws
from tutor.notation.names import GREEK
from tutor.notation.read import read
from tutor.notation.vocabulary import Name as Vector
from tutor.notation.vocabulary import element_vocabulary

_BY_WORDS = frozenset(
    {"text-in-formula", "text-outside-math", "unexpected", "unknown-name", "no-residual", "unknown-command"}
)
"""Kinds of refusals that words beside formulas bring about, and lines that no sign parts."""


_ELEMENT = re.compile(r"(?<![A-Za-z\\_^])([a-z])_")
"""A small letter with an index: before a distribution cov(v, ε) speaks of all v_i(k) together, as a vector v."""

_BOLD = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{?\s*\\?([A-Za-z]+)\s*\}?\s*_\s*\{?([a-z]+)\}?(?=[^~=]*(?:~|\\sim))"
)
"""A bold letter with indices before a distribution: the vector ε_i of all ε_ij, of a length that need not be told."""


_OF_SYNTAX = frozenset({*_BY_WORDS, "missing-operand", "unbalanced"} - {"no-residual"})
"""Kinds of refusals by the grammar, which tell nothing of a model."""

_FORMULA = re.compile(
    r"(?<![EPNf])\(\s*(?:[01]\s*[^()|]*|[A-Za-z]+[^()|]*)\|\|?\s*[A-Za-z][\w.]*\s*(?:[/:]\s*\w+\s*)*\)(?!\s*[=~])"
)
"""(1 | block) of a formula of lme4."""

_ARROW = re.compile(r"(?:\\(?:long)?rightarrow|\\to(?![A-Za-z])|→|->)(?=\s*[A-Za-z]\s*=)")
"""An arrow before what follows, i = 1, 2, 3 → a = 3."""

_GROUP_OF = re.compile(
    r"(?<![A-Za-zα-ω\\])\\?[A-Za-zα-ω]++_\s*\{?\s*(?:[0-9]+\s*,?\s*)?"
    r"(?P<group>[a-z])\s*\[\s*(?P<of>[a-z])\s*\]\s*\}?"
)
"""α_j[i], the effect of the group j that observation i is in (Gelman and Hill 2007, section 12.2)."""

_MARGIN = re.compile(r"^[ \t]*(?:#+'?|>)(?=\s)", re.M)
"""What begins the lines of a comment of roxygen, of a heading or of a quotation."""

_CODE = re.compile(r"^```(?P<language>[^\n`]*)\n[^`]*^```|(?<![`$])`[^`$\n]*`(?![`$])|\\code\{[^{}]*\}", re.M)
"""What a page marks as code of a program; in the language math it is none."""

_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>\n]*)?/?>")
"""A mark of HTML, <div class="formula">."""

_TWO_DOTS = re.compile(r"(?<=[0-9])\s*\.\.\s*(?=[0-9A-Za-z])")

_ALPHABET = r"\\(?:mathbf|boldsymbol|bm|vec|symbf)\s*\{?\s*"
_OF_VECTORS = re.compile(
    rf"(?:{_ALPHABET})?(?<![A-Za-z])(?P<covariate>[A-Za-z])\s*\}}?\s*_\s*\{{?(?P<below>[a-z]+)\}}?\s*\}}?\s*"
    r"(?:['′ᵀ]|\^\s*\{?\s*(?:T(?![A-Za-z])|\\(?:top|prime|intercal)(?![A-Za-z])|\\math(?:sf|rm)\s*\{?\s*T\s*\}?)\s*\}?)"
    rf"\s*(?:{_ALPHABET})?(?P<coefficient>\\?[A-Za-z]+|[βγδ])\s*\}}?(?:\s*_\s*\{{?(?P<own>[a-z]+)(?![a-z]))?"
)
"""A row of covariates before their coefficients, x_ij^T β and w_ij'b_i."""

_GLUED = re.compile(r"(?<![A-Za-z\\_{0-9])(?P<base>[A-Za-zα-ω])(?P<number>[0-9]+)(?P<below>[a-z]{1,4})(?![a-z0-9_({^])")
_LEFT_SIDE = re.compile(r"\s*(?:\$+\s*)?[A-Za-z](?P<under>_?\{?)(?P<letters>[a-z]{1,5})\}?\s*(?:=|[~|∼])")
_INDICES = frozenset("ijklmnrst")
_SQUARE = re.compile(r"σ2\s*(?![0-9])([a-z]{1,3}[0-9]?)?(?![A-Za-z0-9])")


def key_of_letter(letter: str) -> str:
    r"""The key of a letter that may be Greek: "xi" for ξ and \xi."""
    keys = {shown: key for key, (_, shown) in GREEK.items()}
    return keys.get(letter, letter.removeprefix("\\"))


_IID = re.compile(r"(?<![A-Za-z\\{])(?:i\.?i\.?d\.?|ind\.?)(?=\s*(?:[~∼]|\\sim(?![A-Za-z])))")
"""Letters that a copied page has before the sign they stood above, as β_j iid∼ N(0, σ²)."""

_LETTER_I = re.compile(r"(?<![A-Za-z\\])I_(?:\{\s*(?P<braced>[0-9]+[a-z]+)\s*\}|(?P<plain>[0-9]+[a-z]+))")
"""I_0i, an effect of items: the identity has a size below."""


_NAME = r"(?:\\[A-Za-z]+|[A-Za-zα-ω]+|\([^()]{1,40}\))"
_UNCORRELATED = re.compile(
    rf"(?:[,;]\s{{0,40}}+)?(?<!=)(?<!=\s)(?<!=\s\s)(?:(?:\\(?:operatorname|mathrm|text)\s*\{{\s*)?[Cc]ov\s*\}}?\s*"
    rf"\(\s*{_NAME}\s*,\s*{_NAME}\s*\)\s*&?\s*=\s*(?:(?:…|\.\.\.|\\[cl]?dots)\s*=\s*)?)++0(?![\w.])"
)
"""cov(u, ε) = cov(R, ε) = 0, of letters that stand for vectors here and for matrices elsewhere: what holds anyway."""

_UPRIGHT = re.compile(
    r"\\(?:text|textrm|textit|mathrm|mathit)\s*\{\s*(?P<word>[A-Za-z0-9]*[0-9][A-Za-z0-9]*)\s*\}\s*_\s*\{?(?P<below>[a-z]+)\}?"
)
"""\\text{B1}_{ij}, a variable by its name in the data."""

_STARRED = re.compile(
    r"(?<![A-Za-z\\])(?P<base>[A-Za-z])\s*(?P<below>_\s*(?:\{[^{}]*\}|[A-Za-z0-9]+)\s*)?"
    r"(?P<star>\^\s*(?:\{\s*(?:\*|\\(?:ast|star)\b)\s*\}|\*|\\(?:ast|star)(?![A-Za-z])))"
)
"""y*_ij and y_ij^{*}: a response that is transformed, or not seen itself."""


def _without_stars(text: str) -> str:
    """A text in which a letter that always has a star has none: y*_ij is the response, by whatever name.

    >>> _without_stars("y_i^* = x_i"), _without_stars("y_i = 1, y_i^* > 0")
    ('y_i   = x_i', 'y_i = 1, y_i^* > 0')
    """
    for base in {found["base"] for found in _STARRED.finditer(text)}:
        own = re.compile(rf"(?<![A-Za-z\\]){base}(?![A-Za-z])")
        if len(own.findall(text)) == sum(found["base"] == base for found in _STARRED.finditer(text)):
            text = _STARRED.sub(
                lambda found, base=base: (
                    base + (found["below"] or "") + " " * len(found["star"]) if found["base"] == base else found[0]
                ),
                text,
            )
    return text


def _with_numbers_below(text: str) -> str:
    r"""A text in which the number of a variable stands below its letters: \text{B1}_{ij} is B_1ij.

    Raises
    ------
    ReadError
        "unknown-name" for a word with a digit before a letter.

    >>> _with_numbers_below(r"\text{B1}_{ij}").rstrip()
    'B_{1ij}'
    """

    def lowered(found: re.Match[str]) -> str:
        letters = found["word"].rstrip("0123456789")
        if not letters.isalpha():
            raise ReadError(f"{found['word']} is no name: its digits stand before a letter.", text=text,
                            start=found.start(), end=found.end(), kind="unknown-name",
                            tip="Begin with letters, and put digits behind them, as Au1.")  # fmt: skip
        return f"{letters}_{{{found['word'][len(letters) :]}{found['below']}}}".ljust(len(found[0]))

    return _UPRIGHT.sub(lowered, text)


def _with_subscripts(text: str) -> str:
    """A text as a terminal has it, u0j, with the subscripts of its names marked: u_0j is no product of u_0 and j.

    >>> _with_subscripts("y_ij = β0 + u0j + β1jX_ij + e_ij")
    'y_ij = β0 + u_{0j} + β_{1j} X_ij + e_ij'
    """
    left = _LEFT_SIDE.match(text)
    letters = set() if left is None else set(left["letters"])

    def marked(found: re.Match[str]) -> str:
        behind = " " if text[found.end() : found.end() + 1].isalpha() else ""
        is_index = set(found["below"]) <= letters
        return f"{found['base']}_{{{found['number']}{found['below']}}}{behind}" if is_index else found[0]

    text = _GLUED.sub(marked, text)
    if left is None or left["under"] or not letters <= _INDICES:
        return text
    # Copied from a page, y_ij has lost its place below the line everywhere: yij = μ + αi + eij, αi ~ N(0, σ2a).
    name = r"(?<![A-Za-z\\_{])([A-Za-zα-ωµǫ]|(?<=[α-ωA-Za-z])\))"
    text = re.sub(rf"{name}([{left['letters']}]{{1,5}})(?![A-Za-z0-9_({{^])", r"\1_{\2}", text)
    return _SQUARE.sub(lambda found: f"σ²_{{{found[1]}}}" if found[1] else "σ²", text)


def _blanks(found: re.Match[str]) -> str:
    """Blanks in the place of a match, which keep what follows in its place."""
    return re.sub(r"[^\n]", " ", found[0])


def declared(
    text: str,
    covariates: Sequence[str] = (),
    levels: Mapping[str, Any] | None = None,
    fixed: Sequence[str] = (),
) -> Declaration:
    """What a text declares: an equation in elements, with distributions, ranges of indices and effects that are 0.

    ``covariates`` are Greek letters that name covariates, by their keys: "xi"; ``levels`` tell lengths of vectors, and
    ``fixed`` are the letters of effects of which words need not tell that they are. The equation may come in levels
    (β_0j = γ_00 + u_0j), or as the mean of y_ij | u_j ~ N(μ_ij, σ²).

    Raises
    ------
    ReadError
        "no-index-model" for a text without such an equation, "not-normal" for another distribution,
        "deviation-for-variance" for N(0, σ), and as `tutor.read` does.
    """
    text = _MARGIN.sub(_blanks, text)
    without_code = _CODE.sub(
        lambda code: code[0] if (code["language"] or "").strip() == "math" else _blanks(code), text
    )
    text = _TAG.sub(_blanks, without_code) if has_words(without_code) else text
    _check_no_formula(text)
    _check_no_group_of(text)
    text = _ARROW.sub(lambda found: ";" + " " * (len(found[0]) - 1), _TWO_DOTS.sub(", …, ", text))
    if len(text) <= LONGEST_PAGE:
        text = _UNCORRELATED.sub(_blanks, _with_numbers_below(_without_stars(text)))
    text = _IID.sub(_blanks, _with_subscripts(text))
    worded = with_worded_laws(text)
    if worded != text:
        try:
            return replace(_of_page(worded, covariates, levels, fixed), text=text)
        except (ReadError, ShapeError):
            pass  # of what the formulas tell without it the error is told, or what the words leave open
    return _of_page(text, covariates, levels, fixed)


def _of_page(
    text: str, covariates: Sequence[str], levels: Mapping[str, Any] | None, fixed: Sequence[str]
) -> Declaration:
    """What the formulas of a page declare, if its words leave nothing open."""
    formulas = _with_subscripts(formulas_among_words(text))
    first: ReadError | ShapeError | None = None
    if not has_words(text):
        try:
            told = _declared(text, covariates, levels)
        except (ReadError, ShapeError) as error:
            if formulas == text:
                raise
            first = error
        else:
            check_words(text, told, fixed)
            return told
    try:
        told = _declared(formulas, covariates, levels)
    except (ReadError, ShapeError) as error:
        is_told = isinstance(error, ReadError) and error.kind not in _OF_SYNTAX
        by_words = isinstance(first, ReadError) and first.kind in _BY_WORDS
        if first is not None and not (by_words and is_told):
            raise first from None
        raise _on_the_page(error, text, formulas) from None
    check_laws(text)
    check_words(text, told, fixed)
    return replace(told, text=text) if told.text == formulas else told


def _on_the_page(error: ReadError | ShapeError, page: str, formulas: str) -> ReadError | ShapeError:
    """An error about the formulas of a page, shown in the page, where they stand in the same place."""
    if not isinstance(error, ReadError) or error.text != formulas or len(page) != len(formulas):
        return error
    return ReadError(error.problem, text=page, start=error.start, end=error.end, kind=error.kind, tip=error.tip)


def _check_no_formula(text: str) -> None:
    """Raise ReadError "formula" for y ~ x + (1 | block), which is no equation."""
    found = _FORMULA.search(text)
    if found is not None:
        raise ReadError(f"{found[0]} is of a formula as lme4 has them, and no term of an equation.", text=text,
                        start=found.start(), end=found.end(), kind="formula",
                        tip='Give it to model("y ~ x + (1 | g)", data=…), or write u_j ~ N(0, σ²_u).')  # fmt: skip


def _check_no_group_of(text: str) -> None:
    """Raise ReadError "index-on-one-side" for α_j[i]: which group an observation is in only two indices tell."""
    found = _GROUP_OF.search(text) if len(text) <= LONGEST_PAGE else None
    if found is not None:
        group, of = found["group"], found["of"]
        raise ReadError(f"The index {group} is on the right and not on the left: {group}[{of}] is the group of "
                        f"observation {of}.", text=text, start=found.start(), end=found.end(), kind="index-on-one-side",
                        tip=f"Write both below the response, as y_{of}{group}, and {group} alone below the effect; "
                        "with data each is a column.")  # fmt: skip


def _vectors(found: re.Match[str]) -> Iterator[Vector]:
    """The names of a row of covariates and of its coefficients, p of fixed ones, q of those of a group."""
    length = "p" if found["own"] is None else "q"
    covariates = symbol(f"{found['covariate']}_{found['below']}", length)
    yield Vector(covariates.name, covariates, bold=covariates)
    letter = key_of_letter(found["coefficient"])
    key = letter if found["own"] is None else f"{letter}_{found['own']}"
    coefficients = symbol(key, length, role="unknown" if found["own"] is None else "random")
    yield Vector(key, coefficients, bold=coefficients)


def _declared(text: str, covariates: Sequence[str], levels: Mapping[str, Any] | None) -> Declaration:
    text, has_two = two_errors(text)
    vocabulary = element_vocabulary()
    known = {name.key for name in vocabulary}
    elements = _ELEMENT.findall(text, 0, max(text.rfind("~"), text.rfind("\\sim"), 0))
    vectors = [symbol(letter, f"q_{letter}", role="random") for letter in dict.fromkeys(elements)]
    whole = [
        Vector(key, Scalar(sympy.Symbol(key, real=True)), bold=symbol(key, f"q_{key}", role="random"))
        for key in dict.fromkeys("_".join(found) for found in _BOLD.findall(text))
    ]
    of_items = {f"I_{found['braced'] or found['plain']}" for found in _LETTER_I.finditer(text)}
    whole += [Vector(key, Scalar(sympy.Symbol(key, real=True))) for key in sorted(of_items)]
    whole += [name for found in _OF_VECTORS.finditer(text) for name in _vectors(found)]
    try:
        more = vocabulary.with_names(*(vector for vector in vectors if vector.name not in known), *whole)
        names = variances_apart(more.names) if has_two else more.names
        reading = read(text, replace(more, names=names, any_element=True))
    except ShapeError:
        reading = read(text)  # by matrices, perhaps, which is told below
    return Declaring(told_by(reading, levels), frozenset(covariates)).declaration()
