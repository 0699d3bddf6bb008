"""The words a student reads, in three strengths and three dialects."""

from tutor.checking.feedback.said import (
    Told,
    evidence,
    is_in_numbers,
    missing_identity,
    question_of,
    repeats_the_name,
    right,
    seen_of,
    shapes_do_not_meet,
    told,
    undecided,
    where,
    wrong,
    wrong_shape,
)  # fmt: skip
from tutor.checking.feedback.terms import Terms, terms_of

__all__ = [
    "Terms",
    "Told",
    "evidence",
    "is_in_numbers",
    "missing_identity",
    "question_of",
    "repeats_the_name",
    "right",
    "seen_of",
    "shapes_do_not_meet",
    "terms_of",
    "told",
    "undecided",
    "where",
    "wrong",
    "wrong_shape",
]  # fmt: skip
