"""A cell without a magic that can only be the answer to the question which waits.

Nothing of it is evaluated: it is parsed, by Python to see that Python has no use for it, and by the tutor.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Container

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.checking.check import read_reference
from tutor.checking.kinds.choices import Choice, Decided, chosen_options, yes_or_no
from tutor.checking.kinds.dimensions import Dimensions, sizes_of_answer
from tutor.errors import ShapeError, TutorError
from tutor.exercise import Question
from tutor.session import vocabulary_for

_TRANSPOSE = re.compile(r"[A-Za-z)\]}]\s*'")
_COMMAND = re.compile(r"\\[A-Za-z]")
_LATEX = re.compile(r"\A[^\"#]*(?:\\[A-Za-z]{2}|[_^]\{)")
"""A LaTeX command, or a subscript or power in braces, where no string or remark of Python can hold it."""

_SIGNS = re.compile("[⁰¹²³⁴-⁹⁺⁻ᵀ′⊗⊕√∑₀-₉]")
"""Signs of a formula that no line of Python has outside of its strings."""


MOST_BARE = 2_000
"""Characters of a cell that is looked at without one of the signs of a formula in it."""


def is_answer(text: str) -> bool:
    """Whether a cell is plainly an answer: no Python, but with LaTeX, a transpose or a formula's sign in it."""
    if not text or _is_command(text):
        return False
    if not (_COMMAND.match(text) or _LATEX.match(text) or _TRANSPOSE.search(text) or _SIGNS.search(text)):
        return False
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return False


def _is_command(text: str) -> bool:
    """Whether a line of a cell is one to IPython."""
    return text.endswith("?") or any(line.lstrip().startswith(("%", "!", "?")) for line in text.split("\n"))


def is_idle(text: str, names: Container[str]) -> bool:
    """Whether Python has no use for a cell: no Python, an expression with a letter that has no value, or a literal
    number or table of numbers; ``names`` are those that have a value."""
    if not text or len(text) > MOST_BARE or _is_command(text):
        return False
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return True
    except (ValueError, RecursionError, MemoryError):
        return False
    if len(statements) != 1 or not isinstance(statements[0], ast.Expr):
        return False
    parts = list(ast.walk(statements[0].value))
    used = {part.id for part in parts if isinstance(part, ast.Name)}
    if used:
        return not all(name in names or hasattr(builtins, name) for name in used)
    return all(isinstance(part, _LITERAL) for part in parts) and all(
        type(part.value) in (int, float) for part in parts if isinstance(part, ast.Constant)
    )


_LITERAL = (ast.Constant, ast.List, ast.Tuple, ast.UnaryOp, ast.USub, ast.Load)


def reads(text: str, question: Question) -> bool:
    """Whether a text can be read as an answer to a question, be it right or wrong."""
    asked, vocabulary = question.reference, vocabulary_for(question)
    try:
        if isinstance(asked, Choice):
            return bool(chosen_options(text, asked))
        if isinstance(asked, bool | Decided):
            return yes_or_no(text) is not None
        if isinstance(asked, Dimensions):
            return bool(sizes_of_answer(text, vocabulary))
        read = read_reference(text, vocabulary).tree
        if isinstance(read, Scalar) and read.value.is_number and isinstance(asked, Tree):
            return asked.shape == read.shape  # a lone number is no slip about a matrix
        return True
    except ShapeError:
        return True  # a product that does not exist was read
    except TutorError:
        return False
