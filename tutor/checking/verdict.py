"""What the checker found, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["correct", "incorrect", "unreadable", "undecided"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix, counted from 0, with the labels of its row and column where they are known."""

    row: int
    column: int
    row_label: str | None = None
    column_label: str | None = None

    @property
    def name(self) -> str:
        """The cell in words: its labels, or its place counted from 1."""
        if self.row_label is not None and self.column_label is not None:
            return f"{self.row_label}, {self.column_label}"
        if self.row_label is not None and self.column == 0:
            return self.row_label
        return f"row {self.row + 1}, column {self.column + 1}"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Values of the parameters at which the answer and the reference differ, in one cell.

    ``values`` are parameter names with exact numbers as text, ``answer`` and ``reference`` the two numbers in the
    cell, exact where both are rational. Everybody can put the numbers in and see. ``quantity`` says what they are, as
    Var(y_11); "" for a single number.
    """

    values: Mapping[str, str]
    cell: Cell
    answer: str
    reference: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one answer.

    ``where`` lists wrong cells; ``form`` says what is amiss with the form of an answer that is true in value;
    ``place`` is the span of the text that could not be read. An answer that could not be read costs no attempt.
    """

    outcome: Outcome
    score: float = 0.0
    misconception: str | None = None
    where: tuple[Cell, ...] = ()
    counterexample: Counterexample | None = None
    form: str | None = None
    feedback: str = ""
    costs_attempt: bool = True
    place: tuple[int, int] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def correct(self) -> bool | None:
        """True, False, or None where nothing was judged."""
        return {"correct": True, "incorrect": False}.get(self.outcome)

    def to_dict(self) -> dict[str, object]:
        """The verdict as JSON-ready data."""
        example = self.counterexample
        return {
            "outcome": self.outcome,
            "correct": self.correct,
            "score": self.score,
            "misconception": self.misconception,
            "where": [{"row": cell.row, "column": cell.column, "name": cell.name} for cell in self.where],
            "counterexample": None
            if example is None
            else {
                "values": dict(example.values),
                "cell": example.cell.name,
                "quantity": example.quantity,
                "answer": example.answer,
                "reference": example.reference,
            },
            "form": self.form,
            "feedback": self.feedback,
            "costs_attempt": self.costs_attempt,
            "place": list(self.place) if self.place else None,
        }

    def __str__(self) -> str:
        sign = "·" if self.form or not self.costs_attempt else "✓" if self.correct else "✗"
        first, *rest = self.feedback.split("\n")
        if not self.costs_attempt:
            rest.append("(no attempt used)")
        return "\n".join([f"{sign} {first}", *(f"  {line}" for line in rest)])

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        printer.text(str(self))  # pyright: ignore[reportAttributeAccessIssue]  (IPython's printer)
