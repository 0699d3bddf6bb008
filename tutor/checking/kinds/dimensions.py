"""Dimensions, rows × columns: 12 × 4, n x q, (12, 4), Z is 12 by 4, 12 rows and 4 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import ONE, Size, SizeLike, same_size, size
from tutor.algebra.tree import Tree
from tutor.checking.answers import Answer
from tutor.checking.expressions import unreadable
from tutor.checking.judge import Plain, Request, judge
from tutor.checking.kinds.parts import Judged, joined, right, wrong
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.notation.read import Reading, read
from tutor.notation.statement import Dimension
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Dimensions(Plain):
    """The dimensions that an answer has to give: rows and columns, numbers or letters or products of them.

    >>> str(Dimensions(12, 4)), str(Dimensions("n", "q"))
    ('12 × 4', 'n × q')
    """

    rows: SizeLike
    columns: SizeLike = 1

    @classmethod
    def of(cls, tree: Tree) -> Dimensions:
        """The dimensions of a tree."""
        return cls(tree.rows, tree.columns)

    @property
    def sizes(self) -> tuple[Size, Size]:
        """Rows and columns as sizes. Raises SizeError for what is none."""
        return size(self.rows), size(self.columns)

    def __str__(self) -> str:
        return " × ".join(_shown(each) for each in self.sizes)


def _shown(extent: Size) -> str:
    return str(extent).replace("*", "·")


@judge.register
def judge_dimension(asked: Dimension, answer: Answer, request: Request) -> Verdict:
    """The dimensions of a name, as read: Z : 12 × 4."""
    return judge_dimensions(Dimensions(asked.rows, asked.columns), answer, request)


@judge.register
def judge_dimensions(asked: Dimensions, answer: Answer, request: Request) -> Verdict:
    """Rows and columns, each judged apart; rows for columns and the reverse are told as one mistake."""
    try:
        rows, columns = sizes_of_answer(answer, request.vocabulary)
    except TutorError as error:
        return unreadable(error)
    theirs = asked.sizes
    fits = [same_size(mine, other) for mine, other in zip((rows, columns), theirs, strict=True)]
    if not any(fits) and same_size(rows, theirs[1]) and same_size(columns, theirs[0]):
        verdict = wrong("transposed-dimensions", "Rows and columns are exchanged.", "Which is told first?")
        return replace(
            joined([Judged(("dimensions",), "the order of rows and columns", verdict)], {}),
            feedback="Not yet. Rows and columns are exchanged.\nWhich is told first?",
            nudge="Not yet. Which is told first, rows or columns?",
            explanation="Not yet. The number of rows is told first: a row for each observation, "
            "and a column for each effect.",
        )
    told = [
        Judged(
            (what,), f"the number of {what}", right() if fit else wrong("wrong-dimension", _counted(what, mine), ask)
        )
        for what, mine, fit, ask in (
            ("rows", rows, fits[0], "For what does it have a row?"),
            ("columns", columns, fits[1], "For what does it have a column?"),
        )
    ]
    return joined(told, request.weights)


def _counted(what: str, mine: Size) -> str:
    return f"It does not have {_shown(mine)} {what if mine != ONE else what[:-1]}."


_SUBJECT = re.compile(
    r"\s*(?:dim(?:ension)?s?\s*)?\(?\s*(?P<name>\\?[A-Za-zβεΣ]+|\\(?:mathbf|boldsymbol|bm)\s*\{?\s*\\?[A-Za-z]+\s*\}?)\s*\)?"
    r"\s*(?::|=|is\b(?:\s+an?\b)?|has\b|∈|\\in\b)\s*(?:of\s+)?(?:(?:dimensions?|order|size)\s*:?\s*)?"
)
_SPACE = re.compile(r"(?:ℝ|\\(?:mathbb|mathcal|mathrm)\s*\{?R\}?|R)\s*\^\s*\{?(?P<inside>[^{}]*)\}?\s*")
_IN_WORDS = re.compile(
    r"(?P<columns3>[^,]+?)\s*col(?:umn)?s?\s*(?:,|and|&|by|×|x|with)\s*(?P<rows3>.+?)\s*rows?"
    r"|(?P<rows>.+?)\s*rows?\s*(?:,|and|&|by|×|x|with)?\s*(?P<columns>.+?)\s*col(?:umn)?s?"
    r"|rows?\s*[:=]\s*(?P<rows2>.+?)\s*[,;]\s*col(?:umn)?s?\s*[:=]\s*(?P<columns2>.+?)"
)
_REASON = re.compile(r"\s*(?:[,;(]\s*)?\b(?:because|since|as|one\s+(?:row|column)|for\s+(?:the|each))\b.*", re.DOTALL)
_EXPLAINED = re.compile(
    r"[\s,;(]*(?:\b(?:with|where|and|for)\b|[,;])\s*(?P<letter>[A-Za-z])\s*=\s*(?P<value>[A-Za-z0-9*·() ]{1,20}?)"
    r"\)?\s*\Z"
)
_WORD = re.compile(r"[A-Za-z]{5,}|\b(?:rows?|cols?|are|the|and|with|has|for|per|not|each|or|but|if)\b")
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNTS[1:])})\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:×|✕|⨯|\\times(?![A-Za-z])|-?\bby\b-?|,|;|(?<=[\s\d)])[xX*](?=[\s\d(])|(?<=\d)[xX](?=\w)|(?<=\s)[xX](?=\s))\s*"
)
_BELOW = re.compile(
    r"\s*(?:\\(?:mathbf|boldsymbol|bm)\s*)?\{?\\?[A-Za-z]*\}?_\s*\{?\s*(?P<inside>[^{}_]*(?:×|\\times|x)[^{}_]*)\}?\s*"
)
MOST_TEXT = 200


def sizes_of_answer(answer: Answer, vocabulary: Vocabulary) -> tuple[Size, Size]:
    """Rows and columns of an answer.

    Raises
    ------
    TutorError
        For what gives no two sizes.
    """
    if isinstance(answer, Dimensions):
        return answer.sizes
    if isinstance(answer, Tree):
        return answer.shape
    if isinstance(answer, Dimension):
        return answer.rows, answer.columns
    if isinstance(answer, Reading) and len(answer.parts) == 1 and isinstance(answer.parts[0], Dimension):
        return answer.parts[0].rows, answer.parts[0].columns
    if isinstance(answer, list | tuple) and len(answer) == len(("rows", "columns")):
        first, second = (_size(str(each), vocabulary) for each in answer)
        return first, second
    if isinstance(answer, str):
        return _sizes_of_text(answer, vocabulary)
    raise _no_dimensions(str(answer))


def _no_dimensions(text: str) -> TutorError:
    return TutorError(f"{text[:60]} gives no rows and columns.", tip="Write rows × columns, as 12 × 4 or n × q.")


def _sizes_of_text(text: str, vocabulary: Vocabulary) -> tuple[Size, Size]:
    """The two sizes that a text tells, of which each side of n × q = 6 × 3 says the same; letters that it explains
    stand for what they are said to be."""
    plain = _COUNT.sub(lambda found: str(_COUNTS.index(found[0].lower())), _REASON.sub("", text))
    own: dict[str, str] = {}
    while (found := _EXPLAINED.search(plain)) is not None and len(own) < len(_COUNTS):
        own[found["letter"]] = f"({found['value'].strip()})"
        plain = plain[: found.start()]

    def told(piece: str) -> Size:
        return _size(
            re.sub(r"[A-Za-z]", lambda letter: own.get(letter[0], letter[0]), piece) if own else piece, vocabulary
        )

    sides = [side for side in re.split(r"(?<=[\s\w)])=(?=[\s\w(])", plain) if _BETWEEN.search(side)]
    if len(sides) > 1 and not any(_IN_WORDS.search(side) for side in sides):
        found_sizes = [tuple(map(told, _pieces(side))) for side in sides]
        if all(same_size(one, other) for pair in found_sizes for one, other in zip(pair, found_sizes[0], strict=True)):
            return found_sizes[0][0], found_sizes[0][1]
        raise _no_dimensions(text)
    first, second = map(told, _pieces(plain))
    return first, second


def _pieces(text: str) -> tuple[str, str]:
    """The two sizes that a text tells, as text."""
    if len(text) > MOST_TEXT:
        raise _no_dimensions(text)
    inner = re.sub(r"\\(?:[,;:! ]|quad|left|right)|[$]|\\[()\[\]]", " ", text).strip().rstrip(".")
    if not re.match(r"rows?\b", inner):
        inner = _SUBJECT.sub("", inner, count=1)
    for pattern in (_SPACE, _BELOW):
        around = pattern.fullmatch(inner)
        inner = around["inside"] if around else inner
    words = _IN_WORDS.fullmatch(inner.strip())
    if words is not None:
        found = words.groupdict()
        rows, columns = (
            next(found[what + at] for at in ("", "2", "3") if found[what + at]) for what in ("rows", "columns")
        )
        return str(rows), str(columns)
    inner = re.sub(
        r"\s*(?:matrix|vector|array)\.?$|^(?:shape|dim(?:ensions?)?|size)\s*(?=\()|^c(?=\()", "", inner.strip()
    )
    if inner[:1] in "([" and inner[-1:] in ")]":
        inner = inner[1:-1]
    pieces = _BETWEEN.split(inner.strip())
    if len(pieces) != len(("rows", "columns")) or not all(pieces):
        raise _no_dimensions(text)
    return pieces[0], pieces[1]


def _size(text: str, vocabulary: Vocabulary) -> Size:
    """A size, from a number, a letter or a product of them; a letter that the vocabulary lacks stands for a size."""
    plain = text.strip().strip("{}$ ")
    if plain[:1] == "(" and plain[-1:] == ")" and plain.count("(") == 1:
        plain = plain[1:-1].strip()
    known = vocabulary.lookup(plain)
    counted = vocabulary.sizes.get(plain)
    for tree in (counted, None if known is None else known.tree):
        if isinstance(tree, Scalar) and tree.value.is_integer:
            return size(tree.value)
    if plain.isdigit() or (plain.isidentifier() and len(plain) == 1):
        return size(plain)
    try:
        tree = read(plain, vocabulary).tree
    except TutorError:
        tree = None
    if isinstance(tree, Scalar) and tree.value.is_integer and (tree.value.is_positive or tree.value.free_symbols):
        return size(tree.value)
    return size(_calculated(plain, vocabulary))


def _calculated(text: str, vocabulary: Vocabulary) -> sympy.Expr:
    """tb, t·b, 3b, r(1 + a) or ar + r: sums of products, each letter a size.

    Raises
    ------
    TutorError
        For anything else.
    """
    if _WORD.search(text):
        raise _no_dimensions(text)
    signs = re.sub(r"\\cdot\b|[\s*·{}$]", "", text).replace("−", "-")
    terms = (sympy.Mul(-1 if sign == "-" else 1, *_factors(term, vocabulary)) for sign, term in _terms(signs))
    return sympy.expand(sympy.Add(*terms))


def _terms(signs: str) -> Iterator[tuple[str, str]]:
    """The terms of a sum, each with the sign before it; what is in brackets stays whole."""
    depth, start, sign = 0, 0, "+"
    for place, letter in enumerate(signs):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in "+-":
            yield sign, signs[start:place]
            start, sign = place + 1, letter
    yield sign, signs[start:]


def _factors(term: str, vocabulary: Vocabulary) -> Iterator[sympy.Expr]:
    """The factors of a product: numbers, letters, and sums in brackets."""
    if not term:
        raise TutorError(
            "A factor or a bracket is missing in these sizes.", tip="Write them as 12 × 4 or n × r(1 + a)."
        )
    while term:
        if term.startswith("("):
            end = next((i for i in range(1, len(term) + 1) if term[:i].count("(") == term[:i].count(")")), 0)
            yield _calculated(term[1 : end - 1], vocabulary)
        else:
            told = re.match(r"\d{1,9}|[A-Za-z]", term)
            if told is None:
                raise _no_dimensions(term)
            end = told.end()
            yield _size(told[0], vocabulary)
        term = term[end:] if end else ""
