"""What decides how an answer is judged: the type of the reference, by dispatch, and what the question leaves free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from types import MappingProxyType
from typing import Any, Literal, get_args

from tutor.algebra.build import as_tree
from tutor.algebra.tree import Tree
from tutor.checking.answers import Answer, tree_of
from tutor.checking.verdict import Verdict
from tutor.errors import DomainError, UnknownNameError
from tutor.notation.read import Reading
from tutor.notation.statement import Statement
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import DialectName, write

Freedom = Literal["column-space", "column-order", "order", "sign", "scale"]
"""What a question may leave open: another matrix with the same column space; the columns of a matrix, or the elements
of a vector, in another order; the sign of the whole; a factor of the whole that is a number. Rows and columns that an
answer labels may always come in another order."""

Form = Literal[
    "kronecker", "no-inverse", "simplified", "entries", "matrices", "closed-form", "single-fraction", "numbers",
    "index", "matrix", "distribution",
]  # fmt: skip
"""What a question may demand of the form of an answer, apart from its value; see `forms` and, for the three forms of
a model, `kinds.models`."""


@dataclass(frozen=True, slots=True)
class Request:
    """How a question wants its answer judged.

    ``vocabulary`` holds the names that text may use; ``general`` takes X, Z, G and R as arbitrary conformable
    matrices; a product that does not exist costs an attempt only with ``shape_costs_attempt``. With ``hide_shape`` the
    shape is the question, and nothing that is said tells one but that of the answer. ``up_to`` is what the
    question leaves free and ``form`` what it demands of the form; ``without`` are names, or expressions as V^-1, that
    the answer has to write out. ``weights`` are the shares of the parts of an answer, by their keys. ``of_formula``
    says that a formula was asked for, as Cov(y_11, y_12), whose value may be a number; ``goal`` is that formula where
    the reference is its value. ``text`` is the answer as it was typed, where it was text.
    """

    vocabulary: Vocabulary
    general: bool = False
    shape_costs_attempt: bool = False
    hide_shape: bool = False
    up_to: frozenset[Freedom] = frozenset()
    form: tuple[Form, ...] = ()
    without: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    of_formula: bool = False
    goal: Tree | None = None
    text: str = ""


@singledispatch
def judge(reference: Any, answer: Answer, request: Request) -> Verdict:
    """The verdict on an answer; each kind of reference registers its own. What is no kind of its own is a tree.

    Raises
    ------
    TutorError
        For a reference of a type that nothing can be judged against.
    """
    return judge(tree_of(reference, request.vocabulary), answer, request)


class Plain:
    """A reference of words and numbers rather than of formulas; its text is an answer that is right."""


@singledispatch
def written(reference: Any, dialect: DialectName = "latex") -> str:
    """A reference as an answer that is right, in one dialect; plain text for one of words and numbers.

    Raises
    ------
    TutorError
        When it is no reference at all.
    """
    return write(as_tree(reference), dialect)


@written.register
def written_plain(reference: Plain, dialect: DialectName = "latex") -> str:
    return str(reference)


@written.register(Statement)
@written.register(Reading)
def written_statement(reference: Any, dialect: DialectName = "latex") -> str:
    return write(reference, dialect)


def freedoms(names: str | Iterable[str]) -> frozenset[Freedom]:
    """What a question leaves free, from one name or several. Raises UnknownNameError for another name."""
    return frozenset(_known("The freedom", names, get_args(Freedom)))  # pyright: ignore[reportReturnType]


def demands(names: str | Iterable[str]) -> tuple[Form, ...]:
    """The forms that a question demands, from one name or several. Raises UnknownNameError for another name."""
    return _known("The form", names, get_args(Form))  # pyright: ignore[reportReturnType]


def shares(weights: Mapping[str, float] | None) -> Mapping[str, float]:
    """The weights of the parts of an answer. Raises DomainError for a weight that is negative or no number."""
    for key, weight in (weights or {}).items():
        if not 0 <= weight < float("inf"):
            raise DomainError(f"The weight of {key} is {weight}; a number of 0 or more was expected.")
    return MappingProxyType(dict(weights or {}))


def _known(what: str, names: str | Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    told = (names,) if isinstance(names, str) else tuple(names)
    for name in told:
        if name not in known:
            raise UnknownNameError(what, name, known)
    return told
