r"""Chains of equalities in LaTeX, as a page has room for them: long sides on several lines, reasons beside or below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutor.algebra.tree import Tree
from tutor.notation.writing.display_lines import side_lines
from tutor.notation.writing.latex_lines import GO_ON, INDENT, latex_lines
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import in_lines, text_to_latex

WIDEST_GOAL = PAGE / 3
"""A wider goal has a line of its own."""

SIGN = 1.6
"""A sign of equality with its room, in ems."""

GAP = 2.0
"""Between the sides and their reasons."""

_REASONS = (72, 56, 44, 34, 26)
"""Characters of a line of a reason: the first for which there is room."""

_SENTENCES = (90, 82, 74, 66, 58, 50)
"""The same of a line of words alone."""

_FEWEST_BESIDE = 34
"""Reasons in lines of fewer characters do not stand beside their sides."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a goal equals, side by side: the sign, the tree, and the reason in words; all in one column of a display."""

    goal: Tree
    sides: tuple[tuple[str, Tree, str], ...]


def aligned_latex(chains: Sequence[Chain], pen: Pen) -> str:
    """The chains in amsmath's aligned, the signs of all of them in one column."""
    goals = [latex_width(pen.whole(each.goal)) for each in chains]
    margin = max((width for width in goals if width <= WIDEST_GOAL), default=INDENT)
    room = PAGE - margin - SIGN
    sides = [[side_lines(tree, pen, room) for _, tree, _ in each.sides] for each in chains]
    widest_side = max((widest(lines) for each in sides for lines in each), default=0.0)
    words = [[reason for *_, reason in each.sides] for each in chains]
    beside = _lines_of([reason for each in words for reason in each], room - widest_side - GAP)
    rows: list[str] = []
    last: set[int] = set()  # rows with a reason below what it is of, which have more room behind them
    for chain, width, shown, reasons in zip(chains, goals, sides, words, strict=True):
        goal = pen.whole(chain.goal)
        if width > WIDEST_GOAL:
            rows += [f"& {line}" for line in latex_lines(goal)]
            goal, lead = "", r"\quad "
        else:
            lead = ""
        for (sign, _, _), lines, reason in zip(chain.sides, shown, reasons, strict=True):
            first, *more = [f"{goal} &{lead}{pen.dialect.relation(sign)} {lines[0]}".strip(),
                            *(f"& {lead}{line}" for line in lines[1:])]  # fmt: skip
            goal = ""
            if beside is None:
                rows += [first, *more, *(rf"& {lead}{GO_ON}{line}" for line in _below(reason))]
                last.add(len(rows) - 1)
            else:
                rows += _side_by_side([first, *more], beside[reason])
    told = [row + (r" \\[1ex]" if at in last else r" \\") for at, row in enumerate(rows[:-1])]
    return "\n".join([r"\begin{aligned}", *told, rows[-1], r"\end{aligned}"])


def words_latex(line: str) -> str:
    """A line of words as text within mathematics."""
    return rf"\text{{{text_to_latex(line)}}}"


def words_in_lines(
    words: str,
    room: float = PAGE,
    widths: Sequence[int] = _REASONS,
    tell: Callable[[str], str] = words_latex,
) -> list[str]:
    """Words as lines of LaTeX of at most ``room`` ems, or of the fewest characters; ``tell`` writes one of them."""
    return [tell(line) for line in lines_of_words(words, room, widths, tell)]


def lines_of_words(words: str, room: float, widths: Sequence[int], tell: Callable[[str], str]) -> list[str]:
    """The same lines in words."""
    lines: list[str] = []
    for width in widths:
        lines = in_lines(words, width)
        if widest([tell(line) for line in lines]) <= room:
            break
    return lines


def sentence_latex(words: str) -> str:
    """A text in lines that the page has room for, which mathematics does not break by itself."""
    return stacked_latex([told for line in words.split("\n") for told in words_in_lines(line, widths=_SENTENCES)])


def stacked_latex(lines: Sequence[str]) -> str:
    """Lines below each other, from the left."""
    return lines[0] if len(lines) == 1 else "\\begin{array}{@{}l@{}}\n" + " \\\\\n".join(lines) + "\n\\end{array}"


def _below(reason: str) -> list[str]:
    return words_in_lines(reason, PAGE - 2 * INDENT - SIGN)


def _lines_of(reasons: Sequence[str], room: float) -> dict[str, list[str]] | None:
    """The lines of each reason where all have room beside the sides."""
    told: dict[str, list[str]] = {}
    for reason in reasons:
        told[reason] = words_in_lines(reason, room, [width for width in _REASONS if width >= _FEWEST_BESIDE])
        if widest(told[reason]) > room:
            return None
    return told


def widest(lines: Sequence[str]) -> float:
    """The width of the widest line, in ems."""
    return max(map(latex_width, lines), default=0.0)


def _side_by_side(lines: Sequence[str], reasons: Sequence[str]) -> Iterator[str]:
    for at in range(max(len(lines), len(reasons))):
        line = lines[at] if at < len(lines) else "&"
        yield f"{line} && {reasons[at]}" if at < len(reasons) else line
