"""Two models of the same data side by side: what moves between X and Z, and what that does to means and variances.

For effects that are independent between levels, the covariance of two observations is the sum of the variances of the
effects that they share; the variance of a mean is the average of these covariances over all pairs in it. Source: any
text on variance components, as Searle, Casella and McCulloch (1992).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, cast

from tutor.algebra.nodes import Expectation, Variance
from tutor.display import Shown
from tutor.errors import TutorError
from tutor.models.card import variance_forms
from tutor.models.compare_letters import cases_of_letters
from tutor.models.compare_pairs import Case, is_listed, mean_cases, pair_cases
from tutor.models.compare_shares import (
    Share,
    compared,
    covariance_of,
    difference_variance,
    exist,
    factored,
    factors_of,
    is_orthogonal,
    mean_variance,
    shares_of,
    sizes_of,
)
from tutor.models.effects import INTERCEPT
from tutor.models.spelling import spell
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.latex_columns import APART, HEADED, LatexCell, fitted_cells
from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.line_breaks import paragraph
from tutor.notation.writing.pen import Pen

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

HEADING = 28
"""The title of a model is broken into lines at least this wide."""

FIXED, RANDOM, PARAMETERS = "fixed effects (columns of X)", "random effects (columns of Z)", "parameters of G and R"
"""What speaks of matrices; single letters in other lines are factors."""

MOST_ESTIMATED = 36
"""Observations up to which variances of estimates are worked out where they are none of means of observations."""

MOST_FACTORS = 4
"""With more factors the covariances of two observations are too many cases for one table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is compared, and how each model has it, as words or as formulas of one dialect."""

    what: str
    left: str
    right: str
    what_is_formula: bool = False
    are_words: bool = False

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """Two models of the same data, and the lines in which they are compared, by `rows`."""

    left: MixedModel
    right: MixedModel

    def rows(self, dialect: Literal["unicode", "latex"] = "unicode") -> tuple[Row, ...]:
        """The lines of the table, formulas in a dialect."""
        pen = Pen(LATEX if dialect == "latex" else UNICODE, Style())
        return tuple(_rows(self.left, self.right, pen))


def compare(left: MixedModel, right: MixedModel) -> Comparison:
    """Two models of the same data side by side: X, Z, E(y), Var(y), covariances, and variances of means.

    Raises
    ------
    TutorError
        For models with another number of observations, or with factors of other sizes.

    >>> from tutor.models.catalogue import rcbd
    >>> told = compare(rcbd(3, 4, blocks_are="fixed"), rcbd(3, 4))
    >>> [(row.left, row.right) for row in told.rows() if row.what == "Var of the mean of one treatment"]
    [('σ²/4', '(σ² + σ²_u)/4')]
    """
    if left.n != right.n:
        raise TutorError(
            f"One model has {left.n} observations and the other {right.n}.",
            tip="Compare models of the same data.",
        )
    sizes = {factor.name: factor.size for factor in left.factors}
    for factor in right.factors:
        if sizes.get(factor.name, factor.size) != factor.size:
            raise TutorError(
                f"{factor.name} has {sizes[factor.name]} levels in one model and {factor.size} in the other.",
                tip="Compare models of the same data.",
            )
    return Comparison(left, right)


def _rows(left: MixedModel, right: MixedModel, pen: Pen) -> Iterator[Row]:
    both = (left, right)
    yield Row(FIXED, _fixed_words(left), _fixed_words(right), are_words=True)
    yield Row(RANDOM, _random_words(left), _random_words(right), are_words=True)
    yield _row(PARAMETERS, [", ".join(pen.whole(p.symbol) for p in m.parameters) for m in both])
    yield _row("E of one observation", [_mean_of_element(m, pen) for m in both])
    means = (pen.whole(m.mean) for m in both)
    yield Row(pen.whole(Expectation(left.y)), *means, what_is_formula=True)
    variances = (pen.whole(variance_forms(m)[-1]) for m in both)
    yield Row(pen.whole(Variance(left.y)), *variances, what_is_formula=True)
    shares = [shares_of(m) for m in both]
    if None in shares:
        yield from _by_pairs(both, pen)
        return
    told = [share for share in shares if share is not None]
    names = factors_of(both)
    if 0 < len(names) <= MOST_FACTORS:
        yield from _covariances(names, told, pen, both)
    balanced = [sizes_of(m) for m in both]
    sizes = {name: size for known in balanced if known is not None for name, size in known.items()}
    for name in compared(both):
        if None in balanced and is_listed(both) and is_orthogonal(name, both):
            yield from _cases(mean_cases(both, [m.V.explicit() for m in both], name), pen)
            continue
        if None in balanced:
            yield from _estimates(name, both, pen)
            continue
        means = [mean_variance(share, sizes, left.n, (name,)) for share in told]
        yield _row(f"Var of the mean of one {name}", [pen.whole(factored(value)) for value in means])
        apart = [difference_variance(share, sizes, left.n, name) for share in told]
        yield _row(f"Var of the difference of two {name} means", [pen.whole(factored(value)) for value in apart])


def _estimates(name: str, both: Sequence[MixedModel], pen: Pen) -> Iterator[Row]:
    """Var of the estimates by generalized least squares, where means of observations are none."""
    for what, ask in ((f"mean of one {name}", "se_mean"), (f"difference of two {name} means", "se_difference")):
        if not both[0].n.is_Integer and not all(_has_estimate(model, ask, name) for model in both):
            continue
        if not both[0].n.is_Integer or both[0].n > MOST_ESTIMATED:
            told = f'm.{ask}("{name}").variance'
            yield Row(f"Var of the estimated {what}", told, told, are_words=True)
            continue
        values: list[str] = []
        for model in both:
            try:
                values.append(pen.whole(factored(getattr(model, ask)(name).variance)))
            except TutorError:  # levels whose replicates or neighbours differ
                values.append(pen.dialect.verbatim("differs"))
        if any(value != pen.dialect.verbatim("differs") for value in values):
            yield _row(f"Var of the estimated {what}", values)


def _has_estimate(model: MixedModel, ask: str, name: str) -> bool:
    """Whether the variance of an estimate is known where sizes are letters."""
    try:
        getattr(model, ask)(name)
    except TutorError:
        return False
    return True


def _by_pairs(both: Sequence[MixedModel], pen: Pen) -> Iterator[Row]:
    """Variances and covariances where they are no sums of shared variances, from the entries of V."""
    if not is_listed(both):
        if not both[0].n.is_Integer:
            yield from _cases(cases_of_letters(both, compared(both)), pen)
        return
    variances = [m.V.explicit() for m in both]
    cases = list(pair_cases(both, variances))
    yield from _cases(cases, pen)
    for name in compared(both):
        if all(sizes_of(m) is not None for m in both) or is_orthogonal(name, both):
            yield from _cases(mean_cases(both, variances, name), pen)


def _cases(cases: Iterable[Case], pen: Pen) -> Iterator[Row]:
    for case in cases:
        known = (factored(value) if value is not None else None for value in case.values)
        yield _row(case.what, [pen.dialect.verbatim("differs") if v is None else pen.whole(v) for v in known])


def _row(what: str, told: Sequence[str]) -> Row:
    left, right = told
    return Row(what, left, right)


# In words


def _fixed_words(model: MixedModel) -> str:
    return " + ".join("mean" if term.name == INTERCEPT else term.name for term in model.fixed)


def _random_words(model: MixedModel) -> str:
    found = []
    for term in model.random:
        slopes = [label for label in term.coefficients if label != INTERCEPT]
        found.append(f"{', '.join(slopes)} by {term.group}" if slopes else term.group)
    return " + ".join(found) or "none"


def _mean_of_element(model: MixedModel, pen: Pen) -> str:
    """The fixed part of the equation in elements: μ + τ_i."""
    drawn = {name for effects in model.index.effects for name in effects.names}
    terms = [term for term in model.index.terms if term.coefficient not in drawn]
    written = (" ".join(spell(name, pen) for name in term.factors) for term in terms)
    return f" {pen.dialect.plus} ".join(written)


# Covariances of two observations


def _covariances(
    names: Sequence[str], shares: Sequence[tuple[Share, ...]], pen: Pen, models: Sequence[MixedModel]
) -> Iterator[Row]:
    """Var of one observation, and Cov of two by what they have in common, where it is not 0 in both models."""
    every = frozenset(names)
    yield _row("Var of one observation", [pen.whole(covariance_of(s, every, True)) for s in shares])
    for number in range(len(names), -1, -1):
        for chosen in combinations(names, number):
            told = [covariance_of(s, frozenset(chosen), False) for s in shares]
            if any(value != 0 for value in told) and exist(names, models, frozenset(chosen)):
                words = " and ".join(chosen) or "nothing"
                yield _row(f"Cov of two with the same {words}", [pen.whole(value) for value in told])
    if not any(s.factors == frozenset() for share in shares for s in share):
        yield _row("Cov of any other two", ["0", "0"])


# As a table


def comparison_unicode(told: Comparison, style: Style = Style()) -> str:  # noqa: B008  (a Style never changes)
    """The table for a terminal; lines in which the models differ are marked."""
    return _table(told, HEADING)


def comparison_fitted(told: Comparison, style: Style, width: int) -> str:
    """The table within a width: with narrower headings, or each model's side on a line of its own."""
    for heading in (HEADING, HEADING * 3 // 4, 1):
        table = _table(told, heading)
        if max(map(display_width, table.split("\n"))) <= width:
            return table
    lines = [f"1  {told.left.title}", f"2  {told.right.title}", ""]
    for row in told.rows():
        lines.append(f"{'≠' if row.differs else ' '}  {row.what}")
        lines += [f"     1  {row.left}", f"     2  {row.right}"]
    return "\n".join(part for line in lines for part in paragraph(line, width))


def _table(told: Comparison, heading: int) -> str:
    """The table with titles in lines at least ``heading`` wide."""
    rows = told.rows()
    body = [(row.what, row.left, row.right) for row in rows]
    widths = [max(display_width(cells[i]) for cells in body) for i in range(3)]
    widths[1:] = [max(width, heading) for width in widths[1:]]
    titles = [wrap(model.title, width) for model, width in zip((told.left, told.right), widths[1:], strict=True)]
    top = [("", *cells) for cells in zip_longest(*titles, fillvalue="")]
    marked = [(" ", cells) for cells in top]
    marked += [("≠" if row.differs else " ", cells) for row, cells in zip(rows, body, strict=True)]
    lines = [
        "  ".join([mark, *(padded(cell, width) for cell, width in zip(cells, widths, strict=True))]).rstrip()
        for mark, cells in marked
    ]
    return "\n".join([*lines[: len(top)], "   " + "─" * (sum(widths) + 4), *lines[len(top) :]])


def comparison_latex(told: Comparison, style: Style = Style()) -> str:  # noqa: B008
    """The table as an array."""

    def label(text: str) -> LatexCell:
        return LatexCell("", text, LATEX.verbatim)

    def title(model: MixedModel) -> LatexCell:
        # The letters of a formula in R are those of the data.
        return label(model.title) if "~" in model.title else LatexCell("", model.title)

    titles = [LatexCell(""), title(told.left), title(told.right)]
    body = []
    for row in told.rows("latex"):
        words = LatexCell("", row.what) if row.what in (FIXED, RANDOM, PARAMETERS) else label(row.what)
        cells = [label(cell) if row.are_words else LatexCell(cell) for cell in (row.left, row.right)]
        body.append([LatexCell(row.what) if row.what_is_formula else words, *cells])
    head, first, *lines = (" & ".join(row) for row in fitted_cells([titles, *body]))
    rows = f"{APART}\n".join([first + HEADED, *lines])
    return f"\\begin{{array}}{{l|ll}}\n{head} \\\\ \\hline\n{rows}\n\\end{{array}}"


def comparison_markdown(told: Comparison, style: Style = Style()) -> str:  # noqa: B008
    """The table between double dollar signs."""
    return f"$$\n{comparison_latex(told, style)}\n$$"


def comparison_display(told: Comparison, pen: Pen) -> str:
    """A line for each thing that is compared, in a dialect that sets displays."""
    dialect = cast(Setting, pen.dialect)
    found = []
    for row in _rows(told.left, told.right, pen):
        what = row.what if row.what_is_formula else dialect.verbatim(row.what)
        left, right = (dialect.verbatim(cell) if row.are_words else cell for cell in (row.left, row.right))
        found.append(f"{what}{dialect.verbatim(': ')}{left}{dialect.verbatim(' | ')}{right}")
    return dialect.stacked(found)


unicode.register(Comparison, comparison_unicode)
fitted.register(Comparison, comparison_fitted)
latex.register(Comparison, comparison_latex)
markdown.register(Comparison, comparison_markdown)
display.register(Comparison, comparison_display)
