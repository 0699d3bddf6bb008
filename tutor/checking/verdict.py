"""What the checker found, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

Outcome = Literal["correct", "incorrect", "unreadable", "undecided"]

FeedbackDialect = Literal["text", "markdown", "latex"]
"""How feedback is written."""

Strength = Literal["nudge", "hint", "explanation"]
"""How much the feedback gives away, from little to all but the answer."""


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
class Line:
    """A line of a derivation, counted from 1, as it was written."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """The line in words."""
        return f"line {self.number}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer in words: a term of a sum, the mean of a distribution, an option of a list."""

    name: str


Place = Cell | Line | Part
"""Where an answer is wrong."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What one part of an answer earned: ``weight`` is its share of the score, ``earned`` is in [0, 1]."""

    part: str
    weight: float
    earned: float
    note: str = ""


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

    ``where`` lists what is wrong: cells of a matrix, lines of a derivation, or parts; ``credit`` tells how the score
    came about. ``feedback`` is the hint; ``nudge`` says less and ``explanation`` more. ``form`` says what is amiss
    with the form of an answer that is true in value; ``place`` is the span of the text that could not be read. An
    answer that could not be read costs no attempt.

    What is incorrect in value has a ``counterexample`` in numbers. Where nothing that was said has another value, there
    are none: a distribution, its family or its condition is missing or another one, an option of a list is not chosen,
    another vector is described than was asked for. There ``where`` names the part and ``feedback`` says what is missing
    or other, which everybody can see as well as a number.
    """

    outcome: Outcome
    score: float = 0.0
    misconception: str | None = None
    where: tuple[Place, ...] = ()
    counterexample: Counterexample | None = None
    form: str | None = None
    feedback: str = ""
    costs_attempt: bool = True
    place: tuple[int, int] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    credit: tuple[Credit, ...] = ()
    nudge: str = ""
    explanation: str = ""

    @property
    def correct(self) -> bool | None:
        """True, False, or None where nothing was judged."""
        return {"correct": True, "incorrect": False}.get(self.outcome)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The wrong cells of a matrix."""
        return tuple(place for place in self.where if isinstance(place, Cell))

    def told(self, strength: Strength = "hint", dialect: FeedbackDialect = "text") -> str:
        """What the student reads: a nudge names no mistake, a hint shows what is seen, an explanation the law.

        In Markdown and LaTeX the mathematics within sentences is set as mathematics.
        """
        text = {"nudge": self.nudge, "hint": "", "explanation": self.explanation}[strength] or self.feedback
        if dialect == "text":
            return text
        from tutor.checking.feedback.dialects import in_dialect

        return in_dialect(text, dialect)

    def to_dict(self) -> dict[str, object]:
        """The verdict as JSON-ready data."""
        example = self.counterexample
        return {
            "outcome": self.outcome,
            "correct": self.correct,
            "score": self.score,
            "misconception": self.misconception,
            "where": [{**asdict(place), "name": place.name} for place in self.where],
            "credit": [asdict(credit) for credit in self.credit],
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
            "nudge": self.told("nudge"),
            "explanation": self.told("explanation"),
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
