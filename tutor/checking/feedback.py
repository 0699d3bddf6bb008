"""The words a student reads, made in one place from the facts that the checker found.

Each sentence explains the mistake without giving the answer away; each question leads on. Between them stands
the evidence: one cell, in numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.algebra.tree import Tree
from tutor.checking.verdict import Counterexample


@dataclass(frozen=True, slots=True)
class Words:
    """How a slip is told: an opening, what is seen, and a question. Slots are facts of the diagnosis."""

    opening: str
    seen: str
    question: str


SLIPS: dict[str, Words] = {
    "missing-residual": Words(
        "Not yet.", "{kept} is part of it, and that part is right.", "What else makes one observation vary?"
    ),
    "missing-random": Words(
        "Not yet.", "{kept} is part of it, and that part is right.", "What do two observations of one group share?"
    ),
    "missing-term": Words("Not yet.", "A term of the sum is missing.", "Which effects of the model have you counted?"),
    "missing-factor": Words("Not yet.", "A factor is missing.", "Which matrices stand between the outer two?"),
    "missing-identity": Words(
        "Nearly.",
        "Your answer is a single number; a matrix was asked for.",
        "Which matrix has that number on its diagonal?",
    ),
    "random-in-mean": Words(
        "Not yet.", "{added} is random, and a mean is not.", "What is the mean of a random effect?"
    ),
    "error-in-mean": Words("Not yet.", "{added} is random, and a mean is not.", "What is the mean of the error?"),
    "inverse-lost": Words("Nearly.", "An inverse is missing.", "Which matrix should undo the other?"),
    "inverse-of-sum": Words(
        "Not yet.", "The inverse of a sum is not the sum of the inverses.", "What is 1/(1 + 1), and what is 1/1 + 1/1?"
    ),
    "elementwise-inverse": Words(
        "Not yet.", "You inverted the entries one by one.", "What should the product of a matrix and its inverse be?"
    ),
    "inverse-for-G": Words("Nearly.", "G⁻¹ stands where G belongs.", "Is G a variance, or what undoes one?"),
    "inverse-for-R": Words("Nearly.", "R⁻¹ stands where R belongs.", "Is R a variance, or what undoes one?"),
    "kronecker-swapped": Words(
        "Nearly.",
        "The two sides of ⊗ are exchanged.",
        "In which order are the rows: which factor changes slowest from one row to the next?",
    ),
    "wrong-grouping": Words(
        "Not yet.",
        "The values are those of the model, but the covariances sit in other places.",
        "Which pairs of rows share a block?",
    ),
    "ones-for-identity": Words(
        "Nearly.", "A matrix of ones stands where an identity belongs.", "Which observations would then vary together?"
    ),
    "identity-for-ones": Words(
        "Nearly.", "An identity stands where a matrix of ones belongs.", "What do observations of one group share?"
    ),
    "transpose-lost": Words("Nearly.", "A transpose is missing.", "How many rows and columns does each factor have?"),
    "transpose-misplaced": Words(
        "Nearly.", "A transpose is on the wrong matrix.", "What is Var(Ax), for a constant A?"
    ),
    "order-swapped": Words("Nearly.", "Two factors are in the wrong order.", "Does AB equal BA?"),
    "sd-for-variance": Words(
        "Nearly.",
        "Look at the units of the terms.",
        "If y is in kg, what is a standard deviation in, and what is a variance?",
    ),
    "squared-twice": Words(
        "Nearly.", "{parameter} is a variance already.", "What is a variance squared in, if y is in kg?"
    ),
    "components-swapped": Words(
        "Nearly.", "{parameter} have changed places.", "Which of them do two observations of one group share?"
    ),
    "asymmetric": Words(
        "Not yet.", "Your matrix is not symmetric, and Cov(a, b) = Cov(b, a).", "Which cell has no mirror image?"
    ),
    "one-entry": Words("Nearly.", "All entries are right but one.", "What do its row and its column share?"),
    "missing-component-on-diagonal": Words(
        "Nearly.",
        "The covariances are right; the variances are not.",
        "What is the covariance of an observation with itself?",
    ),
    "diagonal-only": Words(
        "Not yet.",
        "The variances are right; every covariance is zero.",
        "Do two observations of one group vary together?",
    ),
    "covariance-missing": Words(
        "Nearly.",
        "The variances are right; some covariances are zero that should not be.",
        "Which pairs share an effect?",
    ),
    "covariance-everywhere": Words(
        "Not yet.", "Observations vary together that share nothing.", "Which random effect would they have in common?"
    ),
    "sign": Words("Nearly.", "It is the negative of what was asked for.", "Can a variance be negative?"),
    "factor-2": Words("Nearly.", "It is off by a factor of 2.", "Where does a 2 come from, and is it there?"),
    "correlation-for-covariance": Words(
        "Not yet.",
        "These are correlations; covariances were asked for.",
        "What is the diagonal of a correlation matrix?",
    ),
    "mean-not-subtracted": Words("Not yet.", "y stands where a deviation from its mean belongs.", "What is E(y)?"),
    "ols-for-gls": Words(
        "Not yet.",
        "This weighs all observations alike, as if they did not vary together.",
        "Which matrix holds the variances and covariances of y?",
    ),
    "R-for-V": Words("Nearly.", "The variance of the error stands where that of y belongs.", "What else makes y vary?"),
    "variance-for-sd": Words(
        "Nearly.", "This is the square of what was asked for.", "If y is in kg, what is a standard error in?"
    ),
    "covariance-for-correlation": Words(
        "Not yet.", "This is a covariance; a correlation was asked for.", "By what is a covariance divided?"
    ),
    "missing-replication": Words(
        "Nearly.", "It does not become smaller with more observations.", "How many observations are averaged?"
    ),
    "blocks-in-difference": Words(
        "Not yet.", "{parameter} is counted in.", "What of it is left when two of one block are subtracted?"
    ),
    "missing-intercept": Words(
        "Nearly.", "The column of the intercept is missing.", "By which number is the intercept multiplied in each row?"
    ),
    "singular-inverse": Words(
        "Not yet.", "Your answer inverts a matrix that has no inverse here.", "What is the rank of that matrix?"
    ),
    "column-order": Words(
        "Nearly.", "Your columns are right and stand in another order.", "In which order are the coefficients?"
    ),
}
"""Key of the slip: its words."""

UNNAMED = Words("Not yet.", "", "Which part of the model says so?")


def wrong(key: str | None, facts: dict[str, str], example: Counterexample | None, reference: Tree) -> str:
    """What a student reads about a wrong answer: what is seen, the evidence, a question."""
    words = SLIPS.get(key or "", UNNAMED)
    opening = f"{words.opening} {words.seen.format_map(facts)}".strip()
    lines = [opening]
    # Of a single number without parameters, the evidence would be the answer itself.
    if example is not None and (example.values or not reference.is_scalar):
        lines.append(evidence(example))
    lines.append(words.question)
    return "\n".join(lines)


def seen_of(key: str, facts: Mapping[str, str]) -> str:
    """What is seen of a slip, as a sentence; "" for a key that has no words or whose facts are not known."""
    words = SLIPS.get(key)
    try:
        return "" if words is None else words.seen.format_map(facts)
    except KeyError:
        return ""


def question_of(key: str) -> str:
    """The question that leads on from a slip, "" where none is known."""
    return SLIPS[key].question if key in SLIPS else ""


def evidence(example: Counterexample) -> str:
    """The counterexample as a sentence."""
    at = ", ".join(f"{name} = {value}" for name, value in example.values.items())
    answer = f"makes {example.quantity} = {example.answer}" if example.quantity else f"is {example.answer}"
    says = f"your answer {answer}; under the model it is {example.reference}."
    return f"At {at} {says}" if at else says[0].upper() + says[1:]


def right(closed: Tree | None) -> str:
    """What a student reads about a right answer; ``closed`` is a form that the answer may not show."""
    return "Yes." if closed is None else f"Yes. Written out by its structure, it is {closed}."


def repeats_the_name(name: Tree) -> str:
    return f"True, but {name} only repeats the name of what was asked for.\nWhat is it made of?"


def wrong_shape(answer: Tree, reference: Tree) -> str:
    mine, theirs = (" × ".join(map(str, tree.shape)) for tree in (answer, reference))
    return f"Not yet. Your answer is {mine}; what was asked for is {theirs}.\nHow many observations are there?"


def missing_identity(reference: Tree) -> str:
    words = SLIPS["missing-identity"]
    rows, columns = reference.shape
    return (
        f"{words.opening} Your answer is a single number; the matrix asked for is {rows} × {columns}.\n{words.question}"
    )


def missing_intercept() -> str:
    words = SLIPS["missing-intercept"]
    return f"{words.opening} {words.seen}\n{words.question}"


def undecided(reason: str) -> str:
    because = f" ({reason.rstrip('.')})" if reason else ""
    return f"I could neither show that this is right nor that it is wrong{because}. It costs you nothing."
