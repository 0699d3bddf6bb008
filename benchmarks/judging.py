"""How long it takes to read an answer and to judge it, the text never seen before; and who judges right.

`python -m benchmarks.judging` sets us beside Math-Verify, which grades answers in LaTeX by SymPy: on one list of right
and wrong answers, and on the matrices that have a time to keep. Then what the search for a slip costs where none is
found, on up to sixteen wrong answers to each of eleven designs. These times are of the processor, not of the wall.
"""

from __future__ import annotations

import logging
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from statistics import median

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from benchmarks.answers import DESIGNS, Question, in_entries, questions, wrong_answers
from benchmarks.timing import Row, processor_time, timed, timed_each
from tutor import MixedModel, check, rcbd, read
from tutor.algebra.tree import Tree

REPEATS = 30
SLOW_REPEATS = 3

Spelling = Callable[[random.Random], str]
"""A way to write σ²_u, from a source of chance."""


def rows() -> Iterator[Row]:
    """An expression and two matrices of entries, beside SymPy's simplify on entries that are already read."""
    m = rcbd(treatments=3, blocks=4)
    rng = random.Random(1)
    expression = r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"
    yield Row(
        "judge `ZGZ' + R`",
        timed(lambda: check(expression, m.V), REPEATS),
        "SymPy: multiply out, simplify",
        timed(lambda: simplified_difference(product(m), product(m)), REPEATS),
    )
    yield matrix_row("judge a new 12 × 12 matrix in LaTeX", m, rng, plainly)
    yield matrix_row("the same, its entries as fractions", m, rng, as_fraction)


def matrix_row(task: str, m: MixedModel, rng: random.Random, spelling: Spelling) -> Row:
    """V in LaTeX, a new text each time, beside SymPy's simplify of its difference from V."""
    texts = [matrix_text(rng, spelling) for _ in range(REPEATS)]
    read_before = [entries(matrix_text(rng, spelling), m) for _ in range(SLOW_REPEATS)]
    assert check(matrix_text(rng, spelling), m.V).correct
    return Row(
        task,
        timed_each(_judging(text, m) for text in texts),
        "SymPy: multiply out, simplify, reading not counted",
        timed_each(_simplifying(answer, m) for answer in read_before),
    )


def _judging(text: str, m: MixedModel) -> Callable[[], object]:
    return lambda: check(text, m.V)


def _simplifying(answer: ImmutableDenseMatrix, m: MixedModel) -> Callable[[], object]:
    return lambda: simplified_difference(answer, product(m))


def plainly(rng: random.Random) -> str:
    """σ²_u in one of the spellings of a lecture."""
    return rng.choice((r"\sigma^2_u", r"\sigma_u^2", r"\sigma_{u}^{2}", r"\sigma^{2}_{u}"))


def as_fraction(rng: random.Random) -> str:
    """σ²_u as a fraction that has to be cancelled."""
    k = rng.randint(2, 9)
    return rf"\frac{{\sigma_u^4 + {k}\sigma^2\sigma_u^2}}{{\sigma_u^2 + {k}\sigma^2}}"


def matrix_text(rng: random.Random, spelling: Spelling, treatments: int = 3, blocks: int = 4) -> str:
    """V of a randomized complete block design in LaTeX, each cell in a spelling of its own."""
    n = treatments * blocks
    cells = [[_cell(i, j, treatments, rng, spelling) for j in range(n)] for i in range(n)]
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(line) for line in cells) + r"\end{bmatrix}"


def _cell(i: int, j: int, treatments: int, rng: random.Random, spelling: Spelling) -> str:
    if i // treatments != j // treatments:
        return "0"
    return rf"\sigma^2 + {spelling(rng)}" if i == j else spelling(rng)


def entries(text: str, m: MixedModel) -> ImmutableDenseMatrix:
    """The matrix that a text stands for, as SymPy holds it."""
    tree = read(text, m.vocabulary).tree
    assert tree is not None
    return tree.explicit()


def product(m: MixedModel) -> ImmutableDenseMatrix:
    """ZGZ' + R, multiplied out by SymPy."""
    assert m.Z is not None
    assert m.G is not None
    Z, G, R = (sympy.Matrix(part.explicit()) for part in (m.Z, m.G, m.R))
    return ImmutableDenseMatrix(Z * G * Z.T + R)


def simplified_difference(answer: ImmutableDenseMatrix, reference: ImmutableDenseMatrix) -> bool:
    """Whether the two are equal in the eyes of SymPy's simplify."""
    return (answer - reference).applyfunc(sympy.simplify).is_zero_matrix is True


# Right and wrong, beside Math-Verify

Judge = Callable[[Question, str], bool | None]
"""Whether an answer to a question is right; None where the judge has no verdict."""


def ours(question: Question, answer: str) -> bool | None:
    """Our verdict; a text that cannot be read, or a product that does not exist, is not accepted."""
    verdict = check(answer, question.asked, question.vocabulary)
    return None if verdict.outcome == "undecided" else verdict.correct is True


def math_verify() -> Judge | None:
    """Math-Verify as its documentation calls it; None where it is not installed."""
    try:
        from math_verify import LatexExtractionConfig, parse, verify  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    logging.getLogger("math_verify").setLevel(logging.CRITICAL)

    def judge(question: Question, answer: str) -> bool | None:
        sides = [parse(f"${text}$", [LatexExtractionConfig()]) for text in (question.reference, answer)]
        return verify(*sides) if all(sides) else None

    return judge


def judges() -> dict[str, Judge]:
    """The judges that are there, ours first."""
    theirs = math_verify()
    return {"tutor": ours} if theirs is None else {"tutor": ours, "Math-Verify": theirs}


def verdicts() -> str:
    """One row a question and a judge: how many right answers are accepted, how many wrong ones refused."""
    return verdicts_on(questions())


def verdicts_on(asked: Sequence[Question]) -> str:
    """The rows of these questions."""
    known = judges()
    lines = ["| question | judge | right accepted | right refused | wrong refused | wrong accepted | no verdict | ms |",
             "|---|---|---:|---:|---:|---:|---:|---:|"]  # fmt: skip
    for question in asked:
        for name, judge in known.items():
            lines.append(_counted(question, name, judge))
    if "Math-Verify" not in known:
        lines += ["", "Math-Verify is not installed, so left out."]
    return "\n".join(lines)


def _counted(question: Question, name: str, judge: Judge) -> str:
    told: list[tuple[bool, bool | None]] = []
    taken = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for answer, is_right in question.answers:
            taken.append(
                processor_time(
                    lambda answer=answer, is_right=is_right: told.append((is_right, judge(question, answer)))
                )
            )
    counts = [told.count(pair) for pair in ((True, True), (True, False), (False, False), (False, True))]
    without = sum(verdict is None for _, verdict in told)
    cells = [question.name, name, *map(str, counts), str(without), f"{median(taken):.1f}"]
    return f"| {' | '.join(cells)} |"


# What may be taken


def goals() -> str:
    """What reading and judging take of the processor, beside what they may and what Math-Verify takes."""
    small, large = rcbd(treatments=3, blocks=4), rcbd(treatments=5, blocks=6)
    inverse = small.V.inv()
    asked = questions()
    rng = random.Random(2)
    tasks: list[tuple[str, float, Question, list[str]]] = [
        ("judge `ZGZ' + R`", 2, asked[0], [r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"] * 9),
        ("12 × 12, entry by entry", 15, asked[5], [matrix_text(rng, plainly) for _ in range(9)]),
        ("the inverse, 12 × 12", 30, asked[6], [_multiplied(inverse, k) for k in range(2, 11)]),
        ("30 × 30, entry by entry", 120, asked[7], [matrix_text(rng, plainly, 5, 6) for _ in range(9)]),
        ("12 × 12 with one wrong entry", 150, asked[5], [_with_one_wrong(small, k) for k in range(9)]),
        ("30 × 30 with one wrong entry", 150, asked[7], [_with_one_wrong(large, k) for k in range(9)]),
    ]
    known = judges()
    lines = [
        f"| task | at most | {' | '.join(f'{name}, ms' for name in known)} |",
        "|---|---:" + "|---:" * len(known) + "|",
    ]
    for task, most, question, answers in tasks:
        # A peer that takes seconds for a matrix is asked once.
        cells = [
            f"{_median(judge, question, answers if judge is ours else answers[:1]):.1f}" for judge in known.values()
        ]
        lines.append(f"| {task} | {most:g} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _median(judge: Judge, question: Question, answers: list[str]) -> float:
    return median(processor_time(lambda answer=answer: judge(question, answer)) for answer in answers)


def _multiplied(tree: Tree, factor: int) -> str:
    """A matrix entry by entry, above and below each line multiplied by a number, so that no text was seen before."""

    def multiplied(i: int, j: int, entry: sympy.Expr) -> sympy.Expr:
        above, below = sympy.fraction(sympy.together(entry))
        return sympy.Mul(sympy.expand(factor * above), sympy.Pow(sympy.expand(factor * below), -1), evaluate=False)

    return in_entries(tree, multiplied)


def _with_one_wrong(m: MixedModel, place: int) -> str:
    return in_entries(m.V, lambda i, j, entry: entry + place + 1 if (i, j) == (place, place) else entry)


def searches() -> str:
    """What judging a wrong answer takes, with the search for its slip: of each design the median and the worst."""
    lines = ["| design | median, ms | worst, ms | asked | answer | its slip |", "|---|---:|---:|---|---|---|"]
    lines += [search_row(name, build()) for name, build in DESIGNS.items()]
    return "\n".join(lines)


def search_row(name: str, m: MixedModel) -> str:
    """The row of one design."""
    check("R", m.V)
    taken = [_searched(m, text, answer) for text, answer in wrong_answers(m)]
    spent, text, answer, slip = max(taken)
    return f"| {name} | {median(row[0] for row in taken):.0f} | {spent:.0f} | `{text}` | `{answer}` | {slip} |"


def _searched(m: MixedModel, text: str, answer: str) -> tuple[float, str, str, str]:
    """Milliseconds, what was asked, the answer and the slip that was found."""
    asked = m.V if text == "V" else read(text, m.vocabulary).tree
    assert asked is not None
    slips: list[str] = []
    spent = processor_time(lambda: slips.append(check(answer, asked, m.vocabulary).misconception or "none"))
    return spent, text, answer, slips[0]


if __name__ == "__main__":
    for part in (verdicts, goals, searches):
        print(part(), end="\n\n")
