"""A student's file of answers, read and never run.

The file is Python in looks: ``q1 = r"\\mathbf{Z}…"``, one assignment an answer. It is parsed, and the only thing
taken from it is a literal on the right of a name: text, a number, or nested lists of these; of numbers that are
calculated with, as 9/15, the text. Anything else is refused with its line.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.errors import TutorError, nearest
from tutor.frontends.files import read_text

LONGEST_FILE = 1_000_000
"""Bytes; a 72 × 72 matrix in LaTeX has about 150,000."""

LONGEST_ARITHMETIC = 200
"""Characters of numbers that are calculated with."""

_ARITHMETIC = (
    ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd,
)  # fmt: skip

_EXAMPLE = 'An answer is a line such as q1 = r"\\mathbf{X}" or q2 = [[1, 0], [0, 1]].'
_PREFIX = re.compile(r"[A-Za-z]*")
_LONE_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z]")
_QUOTES = ('"""', "'''", '"', "'")


class AnswersError(TutorError):
    """A file of answers with something in it that is no answer; ``line`` is where, from 1."""

    def __init__(self, problem: str, *, line: int | None, tip: str | None = None) -> None:
        super().__init__(problem if line is None else f"Line {line}: {problem}", tip=tip)
        self.line = line

    def to_dict(self) -> dict[str, object]:
        return {**super().to_dict(), "line": self.line}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file of answers holds: answers by question, and the seed of the variant if the file names one."""

    answers: Mapping[str, Any]
    seed: int | None = None


def read_answers(path: Path, keys: Iterable[str]) -> Answers:
    """The answers in a file to the questions of these keys.

    Raises
    ------
    FileError
        When the file cannot be read as text.
    AnswersError
        When it holds anything but literals assigned to the keys, or to ``seed``.
    """
    return parse_answers(read_text(path, limit=LONGEST_FILE, what="file of answers"), keys)


def parse_answers(source: str, keys: Iterable[str]) -> Answers:
    """The answers in the text of a file to the questions of these keys; raises AnswersError as `read_answers`."""
    allowed = (*keys, "seed")
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for number, statement in enumerate(_statements(source)):
        if number == 0 and isinstance(statement, ast.Expr) and _is_text(statement.value):
            continue  # a docstring
        name, value = _assignment(statement)
        if name not in allowed:
            near = nearest(name, allowed, cutoff=0.6)
            tip = f"Did you mean {near}?" if near else f"The names are {', '.join(allowed)}."
            raise AnswersError(f"{name} is no question.", line=statement.lineno, tip=tip)
        if name in lines:
            raise AnswersError(
                f"{name} stands here again; line {lines[name]} has it already.", line=statement.lineno, tip="Keep one."
            )
        lines[name] = statement.lineno
        if not (isinstance(value, ast.Constant) and value.value is None):  # None is an answer left out
            found[name] = _literal(value, source)
    seed = found.pop("seed", None)
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool)):
        raise AnswersError(f"seed is {seed!r}; a whole number was expected.", line=None)
    return Answers(found, seed)


def _statements(source: str) -> list[ast.stmt]:
    try:
        with warnings.catch_warnings():
            # "\m" in a string that is not raw is what `_text` mends.
            warnings.simplefilter("ignore")
            return ast.parse(source).body
    except SyntaxError as fault:
        raise AnswersError(
            f"this is no Python: {fault.msg}.",
            line=fault.lineno,
            tip='A formula stands between quotes, q1 = r"…", and brackets are closed.',
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise AnswersError("the file cannot be read: it nests too deeply or holds odd characters.", line=None) from None


def _assignment(statement: ast.stmt) -> tuple[str, ast.expr]:
    """The name and the value of ``name = value`` or ``name: type = value``."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, statement.value
    else:
        raise AnswersError("only assignments are read, and nothing is run.", line=statement.lineno, tip=_EXAMPLE)
    if not isinstance(target, ast.Name):
        raise AnswersError("only a plain name can be assigned to.", line=statement.lineno, tip=_EXAMPLE)
    return target.id, value


def _literal(node: ast.expr, source: str) -> Any:
    if isinstance(node, ast.List | ast.Tuple):
        return [_literal(element, source) for element in node.elts]
    if _is_text(node):
        return _text(node, source)
    if _is_number(node):
        return ast.literal_eval(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return str(node.value)  # yes or no; no number
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd) and _is_number(node.operand):
        value = ast.literal_eval(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if _is_arithmetic(node):
        text = " ".join((ast.get_source_segment(source, node) or "").split())
        if len(text) <= LONGEST_ARITHMETIC:
            return text
    raise AnswersError(
        "only text, numbers and lists of them are read, and nothing is run.",
        line=node.lineno,
        tip='Put a formula between quotes: q1 = r"…".',
    )


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_arithmetic(node: ast.expr) -> bool:
    """Whether numbers are calculated with, and nothing else: the notation reads that, and Python need not."""
    return all(isinstance(part, _ARITHMETIC) or _is_number(part) for part in ast.walk(node))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.expr, source: str) -> str:
    r"""The text of a string literal, with its backslashes as typed.

    In ``"\tau"`` Python reads a tab and "au". LaTeX was meant, so a string without the r in front is taken as if
    it had one as soon as a backslash in it stands before a letter.
    """
    value: str = ast.literal_eval(node)
    segment = ast.get_source_segment(source, node) or ""
    prefix = _PREFIX.match(segment)
    letters = prefix.group() if prefix else ""
    if "r" in letters.lower() or not _LONE_BACKSLASH.search(segment):
        return value
    body = segment[len(letters) :]
    for quote in _QUOTES:
        # A literal of several pieces side by side has a quote inside and stays as Python reads it.
        if body.startswith(quote) and body.endswith(quote) and quote not in body[len(quote) : -len(quote)]:
            return body[len(quote) : -len(quote)]
    return value
