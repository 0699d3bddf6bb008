"""The words a student reads, made in one place from the facts that the checker found.

There are three strengths: a nudge asks one question and names no mistake; a hint says what is seen, with one cell in
numbers as evidence, and asks; an explanation gives the law instead. None of them holds the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from tutor.algebra.labels import labels
from tutor.algebra.nodes import Scalar
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.checking.feedback.grid import grid
from tutor.checking.feedback.terms import Terms
from tutor.checking.feedback.where import Groups, sentence
from tutor.checking.misconceptions.table import MISCONCEPTIONS, words_of
from tutor.checking.misconceptions.words.kind import Words
from tutor.checking.verdict import Cell, Counterexample
from tutor.checking.words import listed, signed, told_values
from tutor.errors import ShapeError

UNNAMED = Words(
    "Not yet.", "", "Which part of the model says so?",
    "Both sides can be followed by hand at the numbers above: put them in and see where the two part.",
)  # fmt: skip

UNNAMED_NUMBERS = Words(
    "Not yet.", "", "How is it made up, step by step?",
    "Write down what is multiplied and what is added, and put the numbers in last.",
)  # fmt: skip
"""What is said where numbers were asked for: there is no model to look at."""

SEEN_IN_NUMBERS = {
    "covariance-missing": "The diagonal is right; beside it some entries are wrongly zero.",
    "diagonal-only": "The diagonal is right; beside it stand only zeros.",
    "sd-for-variance": "A square or a root is one too many, or missing.",
}
"""What is seen of a slip where numbers were asked for, which need be no variances; it is not the way to the number."""

SEEN_OF_ONE = {
    "covariance-missing": "A covariance is taken for zero.",
    "covariance-everywhere": "By your answer the two have more in common than they have.",
}
"""What is seen of a slip in a single number, beside which there are no others that are right."""

SHOWN_BY_GRID = frozenset(
    {
        "wrong-grouping", "covariance-missing", "covariance-everywhere", "diagonal-only", "kronecker-swapped",
        "wrong-size", "asymmetric", "one-entry", "missing-component-on-diagonal", "wrong-structure",
    }
)  # fmt: skip
"""Keys of the slips that are about places, for which the grid says more than words."""

LONGEST_NUMBER = 15
"""Letters of an exact number that can still be compared with another by eye."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in three strengths."""

    nudge: str
    hint: str
    explanation: str


def told(
    key: str | None,
    facts: Mapping[str, str],
    example: Counterexample | None,
    asked: Tree,
    cells: Sequence[Cell] = (),
    groups: Groups = (),
    terms: Terms | None = None,
    *,
    of_formula: bool = False,
) -> Told:
    """What a student reads about a wrong answer, in each strength.

    What was asked for may be the value of a formula that was asked for, and not numbers that were.
    """
    keys = key.split("+") if key else []
    in_numbers = not of_formula and is_in_numbers(asked)
    unnamed = UNNAMED_NUMBERS if in_numbers else UNNAMED
    known = [words for each in keys if (words := words_of(each)) is not None] or [unnamed]
    first = known[0]
    # Where numbers were asked for, the evidence would be the answer itself.
    proof = "" if example is None or in_numbers else evidence(example)
    seen = " ".join(_sentence(words.filled(words.seen, facts)) for words in known).strip()
    seen = SEEN_IN_NUMBERS.get(key or "", seen) if in_numbers else seen
    seen = SEEN_OF_ONE.get(key or "", seen) if asked.is_scalar else seen
    is_nothing = isinstance(asked, Scalar) and asked.value.is_zero  # which may be the value of any formula
    if in_numbers and not is_nothing and example is not None and example.values:
        seen = f"Numbers were asked for, and your answer has {listed(list(example.values))} in it."
    opening = "Not yet." if len(known) > 1 else first.opening
    by_term = "" if terms is None else terms.sentence
    place = "" if " right" in seen else by_term or where(cells, asked, groups)  # what is right is said once
    if in_numbers and not asked.is_scalar and cells and (len(cells) == 1 or not (seen or place)):
        place = f"Look again at {cells[0].name}."
    shown = not in_numbers and any(each in SHOWN_BY_GRID for each in keys)
    picture = _picture(cells, asked) if shown else ""
    hint = [f"{opening} {' '.join(filter(None, (seen, place)))}".strip(), proof, picture, first.question]
    laws = [words.law for words in known]
    explanation = [f"{opening} {' '.join(filter(None, (seen, place)))}".strip(), proof, picture, *laws]
    return Told(
        f"{opening} {first.question}",
        "\n".join(line for line in hint if line),
        "\n".join(line for line in explanation if line),
    )


def is_in_numbers(asked: Tree) -> bool:
    """Whether nothing in it is a letter."""
    return not scalars_of(asked) and not symbols_of(asked)


def seen_of(key: str, facts: Mapping[str, str]) -> str:
    """What is seen of a slip, as a sentence; "" for a key that has no words or whose facts are not known."""
    words = words_of(key)
    try:
        return "" if words is None else words.seen.format_map(facts)
    except KeyError:
        return ""


def question_of(key: str) -> str:
    """The question that leads on from a slip, "" where none is known."""
    words = words_of(key)
    return "" if words is None else words.question


def _sentence(text: str) -> str:
    """With a capital where it begins with a word; letters of mathematics stay as they are."""
    start = text[:2]
    begins_with_word = start.isascii() and start.islower() and (start.isalpha() or text.startswith("a "))
    return text[:1].upper() + text[1:] if begins_with_word else text


def wrong(key: str | None, facts: Mapping[str, str], example: Counterexample | None, reference: Tree) -> str:
    """The hint about a wrong answer: what is seen, the evidence, a question."""
    return told(key, facts, example, reference).hint


def where(cells: Sequence[Cell], asked: Tree, groups: Groups = ()) -> str:
    """Which cells are wrong, as a sentence; "" where there is nothing to say beyond the counterexample."""
    shape = _size(asked)
    if shape is None or len(cells) < 2:
        return ""
    rows, columns = labels(asked)
    return sentence(cells, shape, groups, symmetric=rows == columns)


def _picture(cells: Sequence[Cell], asked: Tree) -> str:
    rows, columns = labels(asked)
    shape = _size(asked)
    if shape is None or not cells:
        return ""
    names = [_names(known, size) for known, size in zip((rows, columns), shape, strict=True)]
    return grid(cells, *names)


def _names(known: tuple[str, ...] | None, size: int) -> list[str]:
    firsts = [label.split()[0] for label in known] if known else []
    return firsts if len(set(firsts)) == size else [str(place + 1) for place in range(size)]


def _size(tree: Tree) -> tuple[int, int] | None:
    rows, columns = tree.shape
    return (int(rows), int(columns)) if rows.is_Integer and columns.is_Integer else None  # pyright: ignore[reportArgumentType]


def evidence(example: Counterexample, mine: str = "your answer", theirs: str = "under the model it") -> str:
    """The counterexample as a sentence, with words for what has the one value and what the other."""
    if not example.values and example.quantity:
        # Without parameters the number of the model would be the answer itself.
        answer = _decimal(example.answer, 4)
        is_not = "is not" if answer == example.answer else "is not about"
        return f"{example.quantity[:1].upper()}{example.quantity[1:]} {is_not} {signed(answer)}."
    at = told_values(example.values)
    answer, reference = _readable(example.answer, example.reference)
    equals, is_ = (" = ", "is ") if answer == example.answer else (" ≈ ", "is about ")
    answer = f"makes {example.quantity}{equals}{signed(answer)}" if example.quantity else f"{is_}{signed(answer)}"
    about = "" if reference == example.reference else "about "
    says = f"{mine} {answer}; {theirs} is {about}{signed(reference)}."
    return f"At {at} {says}" if at else says[0].upper() + says[1:]


def _readable(first: str, second: str) -> tuple[str, str]:
    """Two exact numbers that differ; one too long to be compared by eye as a decimal, so exact that they differ."""
    pairs = ((_decimal(first, digits), _decimal(second, digits)) for digits in range(4, 17))
    return next((pair for pair in pairs if pair[0] != pair[1]), (first, second))


def _decimal(text: str, digits: int) -> str:
    """The number as it is, or rounded to so many digits where it is long."""
    if len(text) <= LONGEST_NUMBER:
        return text
    try:
        # a Fraction of 1e+1000000000 would write all of its zeros out
        value = float(text) if "e" in text.lower() else float(Fraction(text))
    except (ValueError, OverflowError):  # no rational number, or one that no double holds
        return text
    if not isfinite(value):
        return _as_power_of_ten(text)
    short = f"{value:.{digits}g}"
    return f"{value:.0f}" if "e+" in short and abs(value) < 10**LONGEST_NUMBER else short


def _as_power_of_ten(text: str) -> str:
    """3.9542245e+7934…350 as 10^(7.93e+475): of such a number not even the number of digits is read."""
    mantissa, _, exponent = text.lower().partition("e")
    digits = exponent.lstrip("+")
    if not digits.isdecimal() or len(digits) < LONGEST_NUMBER:
        return text
    return f"{'-' * mantissa.startswith('-')}10^({digits[0]}.{digits[1:3]}e+{len(digits) - 1})"


def right(closed: Tree | None) -> str:
    """What a student reads about a right answer; ``closed`` is a form that the answer may not show."""
    return "Yes." if closed is None else f"Yes. Written out by its structure, it is {closed}."


def repeats_the_name(name: Tree) -> str:
    return f"True, but {name} only repeats the name of what was asked for.\nWhat is it made of?"


QUESTION_OF_SHAPES = "What does each row stand for, and what each column?"
_LAW_OF_SIZES = "Rows and columns are counted: a row, or a column, stands for one observation or for one effect."


def wrong_shape(answer: Tree, asked: Tree, *, hide_shape: bool = False) -> Told:
    """Another shape than was asked for; where the shape is the question, only that of the answer is told."""
    question = QUESTION_OF_SHAPES
    if asked.is_scalar and not hide_shape:
        question = "What is it that was asked for: one number, or several?"
    seen = f"Not yet. Your answer is {_shape(answer)}; {_asked_shape(asked, hide_shape)}."
    return Told(f"Not yet. {question}", f"{seen}\n{question}", f"{seen}\n{_LAW_OF_SIZES}")


def _shape(tree: Tree) -> str:
    return "a single number" if tree.is_scalar else " × ".join(map(str, tree.shape))


def _asked_shape(asked: Tree, hide_shape: bool) -> str:
    return "another shape was asked for" if hide_shape else f"what was asked for is {_shape(asked)}"


def missing_identity(asked: Tree, *, hide_shape: bool = False) -> Told:
    words = MISCONCEPTIONS["missing-identity"].words
    theirs = "a matrix was asked for" if hide_shape else f"the matrix asked for is {_shape(asked)}"
    seen = f"{words.opening} Your answer is a single number; {theirs}."
    return Told(f"{words.opening} {words.question}", f"{seen}\n{words.question}", f"{seen}\n{words.law}")


_NOT_MEETING = {
    "product": "the columns of the one cannot meet the rows of the other",
    "sum": "only matrices of one shape can be added",
    "square": "it is not square, and only a square matrix has an inverse, a determinant or a trace",
    "vector": "it is no column vector",
    "entries": "only matrices of one shape are multiplied entry by entry",
}
_WHAT_IS_NOT = {"product": "The product", "entries": "The product", "sum": "The sum"}


def shapes_do_not_meet(error: ShapeError, *, hide_shape: bool = False) -> Told:
    """A product or a sum that does not exist."""
    words = MISCONCEPTIONS["shapes-do-not-meet"].words
    what = _WHAT_IS_NOT.get(error.operation)
    opening = f"{what} does not exist" if what else "This does not exist"
    nudge = f"{opening}. {words.question}"
    if hide_shape:
        names = " and ".join(name for name, _ in error.operands)
        seen = f"{opening}: {names}: {_NOT_MEETING.get(error.operation, 'their sizes do not fit in one matrix')}."
    else:
        seen = f"{opening}: {error.sentence}"
    return Told(nudge, seen, f"{seen}\n{words.law}")


def undecided(reason: str) -> str:
    because = f" ({reason.rstrip('.')})" if reason else ""
    return f"I could neither show that this is right nor that it is wrong{because}. It costs you nothing."
