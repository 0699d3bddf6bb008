"""What a student may hand in, as a tree: text, SymPy, NumPy, nested lists, or a tree.

Text is read by our grammar and never reaches Python. Exact numbers stay exact; a double stands for the numbers
that it may have been rounded from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.budget import allow
from tutor.algebra.convert import from_sympy
from tutor.algebra.nodes import Explicit, Scalar, Symbol, Variance
from tutor.algebra.parameters import scalars_of
from tutor.algebra.sizes import Shape, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.checking.around import read_around
from tutor.checking.left_side import moment_by_name
from tutor.checking.sentences import with_moment_named
from tutor.errors import TutorError
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.read import Reading, read
from tutor.notation.statement import Equation, Expression, Statement
from tutor.notation.vocabulary import Vocabulary

CELL_SECONDS, CELL_BYTES = 3e-6, 400
"""What a cell takes in a SymPy matrix, where all cells are numbers that stand there already."""

Answer = Any
"""Text, a tree, a SymPy expression or matrix, a NumPy array, a number, or nested lists of numbers and texts."""


def sides(
    answer: Answer, vocabulary: Vocabulary, shape: Shape | None, asked: Tree | None = None
) -> tuple[Tree, ...]:  # fmt: skip
    """The trees that an answer claims to be equal to what was asked: one, or each side of an equation. Where it is
    told what was ``asked``, Var = … names a moment of that.

    Raises
    ------
    ReadError, ShapeError
        For text that cannot be read, or whose shapes do not meet.
    TutorError
        For a type that is no answer, and ragged lists.
    """
    if isinstance(answer, str):
        return _sides_of_text(answer, vocabulary, shape, asked)
    if isinstance(answer, Reading):
        return _sides_of(answer, vocabulary, asked)
    return (tree_of(answer, vocabulary),)


_ITEM = re.compile(r"\s*+\([a-h]\)\s+(?=[^\s=+*/@^'_,)−-])")
"""The letter of a question before its answer, (b) ZGZ' + R."""

_LEADING_EQUALS = re.compile(
    r"\s*+(?:&\s*+)?(?:=>?|->|[→⇒⟹∴]|\\(?:Rightarrow|rightarrow|to|implies|therefore|Longrightarrow)(?![A-Za-z]))"
)
_FREEDOM = re.compile(r"(?i)(?<=[\d)])\s*(?:d\.?f\.?|degrees?\s+of\s+freedom)\s*\.?\s*\Z")
"""What a number of degrees of freedom counts, behind it."""

_VARIANCE_OF_Y = re.compile(
    r"\s*(?:V|\\mathbb\s*\{?\s*V\s*\}?|\\mathrm\s*\{V\}|[Cc]ov)\s*\(\s*(?:y|\\(?:mathbf|boldsymbol|bm)\s*\{y\})\s*\)\s*="
)
_VARIANCE_OF_ELEMENTS = re.compile(r"\s*+V(?=\s*\(\s*(?:\\(?:bar|overline)\s*\{?\s*)?[yYȳ][^=]{0,200}\)\s*=)")
_ESTIMATE = re.compile(
    r"\s*(?:\\(?:wide)?(?:hat|tilde)\b[^=+−-]{0,80}|[ûŷ]|\w{1,20}?(?:\u0302|\u0303|_hat)"
    r"|E\s*[(\[]\s*MS(?:\w{0,20}(?:\{\w{1,20}\})?|\s?\(\s?\w{1,20}\s?\))\s*[)\]]|EMS(?:\w{0,20}|\s?\(\s?\w{1,20}\s?\))|(?:\\rho|ρ|rho)_\{?ICC?\}?)\s*="
)


def _sides_of_text(
    text: str, vocabulary: Vocabulary, shape: Shape | None, asked: Tree | None
) -> tuple[Tree, ...]:  # fmt: skip
    """The sides of a line. A leading = continues the question; V(y), V(y_11) and cov(y) are variances; an estimate,
    as β̂, is the name of what was asked for."""
    item = _ITEM.match(text)
    if item is not None:
        text = _blanked(text, item.end())
    text = with_moment_named(text)
    if isinstance(asked, Scalar) and asked.value.is_number:
        text = _FREEDOM.sub("", text)
    covariance = vocabulary.lookup("V")
    named = _VARIANCE_OF_Y.match(text)
    if named is not None and covariance is not None:
        reading = read(_blanked(text, named.end()), vocabulary, shape=shape)
        return (covariance.tree, *_sides_of(reading, vocabulary, asked))
    moment = None if asked is None else moment_by_name(text, asked, vocabulary)
    if moment is not None:
        return (moment[0], *_sides_of(read_around(_blanked(text, moment[1]), vocabulary, shape), vocabulary, asked))
    text = _VARIANCE_OF_ELEMENTS.sub("Var", text, count=1)
    leading = _LEADING_EQUALS.match(text)
    if leading is not None:
        text = _blanked(text, leading.end())
    estimate = _ESTIMATE.match(text)
    if estimate is not None:
        # What an estimate, or an expected mean square, is called is no claim: û of a known β is û too.
        text = _blanked(text, estimate.end())
    return _sides_of(read_around(text, vocabulary, shape), vocabulary, asked)


def _blanked(text: str, end: int) -> str:
    """The text with blanks up to a place, so that every other place stays what it is."""
    return " " * end + text[end:]


def _sides_of(reading: Reading, vocabulary: Vocabulary, asked: Tree | None) -> tuple[Tree, ...]:
    if reading.tree is not None:
        return (reading.tree,)
    if len(reading.parts) == 1 and isinstance(reading.parts[0], Equation):
        first, *others = reading.parts[0].sides
        return tuple(others) if _is_own_name(first, others, vocabulary, asked) else (first, *others)
    for place, statement in enumerate(reading.parts):
        stated = _stated(statement, asked)
        explained = _explained([*reading.parts[:place], *reading.parts[place + 1 :]]) if stated else None
        if explained is not None and stated[0] not in explained and _are_used(explained, stated):
            return tuple(transform(side, explained.get) for side in stated)
    raise TutorError(
        f"One expression was asked for, and this reads as {reading.kind}.",
        tip="Write the expression alone, or an equation.",
    )


def _is_own_name(side: Tree, others: Sequence[Tree], vocabulary: Vocabulary, asked: Tree | None) -> bool:
    """Whether the left side of an equation is only what its author calls the whole, r or ρ_I: a letter that the model
    does not have, that stands nowhere else, and that names nothing to everyone, as MSE does."""
    if not isinstance(side, Scalar) or not side.value.is_Symbol or not others:
        return False
    key = str(side.value)
    base, _, below = key.partition("_")
    is_known = vocabulary.lookup(key) is not None or (below and vocabulary.member(base, below) is not None)
    is_number = isinstance(asked, Scalar) and bool(asked.value.is_number)
    is_claim = base in STATISTICS and not (is_number and base.endswith("df"))  # df = 12 is what was asked for
    return not (is_known or is_claim) and side.value not in scalars_of(*others, *(() if asked is None else (asked,)))


def _stated(statement: Statement, asked: Tree | None) -> tuple[Tree, ...]:
    """The trees that a statement makes equal to what was asked for; () for one that explains a name."""
    if isinstance(statement, Expression):
        return (statement.tree,)
    if not isinstance(statement, Equation):
        return ()
    name = statement.sides[0]
    explains = isinstance(name, Symbol) and name.definition is not None and not _is_asked(name, asked)
    return () if explains else tuple(statement.sides)


def _is_asked(name: Symbol, asked: Tree | None) -> bool:
    """Whether a name is that of what was asked for, as V is of Var(y)."""
    if isinstance(asked, Variance) and isinstance(asked.tree, Symbol) and asked.tree.name == "y":
        return name.name == "V"
    return asked in (None, name, name.definition)


def _explained(statements: Sequence[Statement]) -> dict[Tree, Tree] | None:
    """What is said of names behind an answer, ZGZ' + R where G = σ²_u I: each means there what it is said to be. None
    where anything else is said."""
    explained: dict[Tree, Tree] = {}
    for statement in statements:
        if not isinstance(statement, Equation) or len(statement.sides) != 2:
            return None
        name, value = statement.sides
        if not isinstance(name, Symbol) or name in explained or not same_shape(name.shape, value.shape):
            return None
        explained[name] = value
    return explained


def _are_used(explained: Mapping[Tree, Tree], stated: Sequence[Tree]) -> bool:
    """Whether each name that is explained stands in what is stated, or in what another name is said to be."""
    used = {symbol for tree in (*stated, *explained.values()) for symbol in (*symbols_of(tree), *_defining(tree))}
    return all(name in used for name in explained)


def _defining(tree: Tree) -> Iterator[Symbol]:
    """The names in the definitions of those of a tree, as Z, G and R in that of V."""
    for symbol in symbols_of(tree):
        if symbol.definition is not None:
            yield from symbols_of(symbol.definition)


def tree_of(answer: Answer, vocabulary: Vocabulary) -> Tree:
    """An answer that is a Python object as a tree. Raises TutorError for other types and for ragged lists."""
    if isinstance(answer, Tree):
        return answer
    if isinstance(answer, sympy.MatrixBase | sympy.MatrixExpr | sympy.Expr):
        return _from_sympy(answer, vocabulary)
    if isinstance(answer, np.ndarray):
        return _from_rows(answer.tolist(), vocabulary)
    if isinstance(answer, np.generic):
        return Scalar(_entry(answer.item(), vocabulary))
    if isinstance(answer, list | tuple):
        return _from_rows(answer, vocabulary)
    return Scalar(_entry(answer, vocabulary))


def _from_sympy(expression: Any, vocabulary: Vocabulary) -> Tree:
    known = [name.tree for name in vocabulary if isinstance(name.tree, Symbol)]
    if isinstance(expression, sympy.MatrixBase):
        _allow_cells(expression.rows * expression.cols)
        rows = expression.tolist()
        return Explicit(ImmutableDenseMatrix([[_renamed(entry, vocabulary) for entry in row] for row in rows]))
    if isinstance(expression, sympy.MatrixExpr):
        return from_sympy(_renamed(expression, vocabulary), known)
    return Scalar(_renamed(expression, vocabulary))


def _renamed(expression: Any, vocabulary: Vocabulary) -> Any:
    """The expression with the vocabulary's symbols for those of the same name: SymPy tells apart ``sigma2`` that
    was declared positive from one that was not."""
    swaps: dict[Any, Any] = {}
    for free in expression.free_symbols:
        if not isinstance(free, sympy.Symbol):
            continue
        name = vocabulary.lookup(free.name)
        if name is not None and isinstance(name.tree, Scalar):
            swaps[free] = name.tree.value
    return expression.xreplace(swaps)


def _from_rows(rows: Sequence[Any], vocabulary: Vocabulary) -> Tree:
    if not rows:
        raise TutorError("The answer is an empty list.", tip="A matrix is a list of rows, as [[1, 0], [0, 1]].")
    lines: list[Sequence[Any]] = [row if isinstance(row, list | tuple) else [row] for row in rows]
    _allow_cells(sum(map(len, lines)))
    cells = [_entries(line, vocabulary) for line in lines]
    for number, line in enumerate(cells, start=1):
        if len(line) != len(cells[0]):
            raise TutorError(
                f"Row {number} has {len(line)} entries and row 1 has {len(cells[0])}.",
                tip="Give each row the same number of entries.",
            )
        if not line:
            raise TutorError(f"Row {number} is empty.", tip="A matrix is a list of rows, as [[1, 0], [0, 1]].")
    return Explicit(ImmutableDenseMatrix(cells))


def _allow_cells(number: int) -> None:
    """Raises BudgetSpentError where the matrix alone would take too long to be made of so many cells."""
    allow(number * CELL_SECONDS, number * CELL_BYTES)


def _entries(line: Sequence[Any], vocabulary: Vocabulary) -> list[sympy.Expr]:
    allow()
    return [_entry(entry, vocabulary) for entry in line]


def _entry(entry: Any, vocabulary: Vocabulary) -> sympy.Expr:
    if isinstance(entry, bool):
        raise TutorError(f"{entry} is no number.", tip="Write 1 or 0.")
    if isinstance(entry, int):
        return sympy.Integer(entry)
    if isinstance(entry, Fraction):
        return sympy.Rational(entry.numerator, entry.denominator)
    if isinstance(entry, Decimal) and entry.is_finite():
        return sympy.Rational(str(entry))
    if isinstance(entry, float):
        if not np.isfinite(entry):
            raise TutorError(f"{entry} is no number.")
        return sympy.Integer(int(entry)) if entry == int(entry) else sympy.Float(entry)
    if isinstance(entry, str):
        tree = read(entry, vocabulary).tree
        if isinstance(tree, Scalar):
            return tree.value
        raise TutorError(f"{entry!r} is no scalar.", tip="Each entry of a list is a number or a scalar expression.")
    if isinstance(entry, sympy.Expr):
        return _renamed(entry, vocabulary)
    raise TutorError(
        f"An answer of type {type(entry).__name__} cannot be judged.",
        tip="Give text, a SymPy or NumPy matrix, a number, or nested lists.",
    )
