"""What decides how an answer is judged: the type of the reference, by dispatch, and what the question leaves free."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from tutor.checking.answers import Answer, tree_of
from tutor.checking.verdict import Verdict
from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Request:
    """How a question wants its answer judged.

    ``vocabulary`` holds the names that text may use; ``general`` takes X, Z, G and R as arbitrary conformable
    matrices; a product that does not exist costs an attempt only with ``shape_costs_attempt``.
    """

    vocabulary: Vocabulary
    general: bool = False
    shape_costs_attempt: bool = False


@singledispatch
def judge(reference: Any, answer: Answer, request: Request) -> Verdict:
    """The verdict on an answer; each kind of reference registers its own. What is no kind of its own is a tree.

    Raises
    ------
    TutorError
        For a reference of a type that nothing can be judged against.
    """
    return judge(tree_of(reference, request.vocabulary), answer, request)
