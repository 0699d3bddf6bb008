"""Estimators and predictors as results of one shape: a formula, what is derived of it, and numbers at given parameters.

What each of them is, and how that is derived, is in the modules `fixed_effects`, `prediction` and `henderson`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.estimates import Estimates, check_names, numbers
from tutor.models.inference.response import response_of
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.line_breaks import paragraph
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import text_to_latex

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LECTURE = Style()


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is derived: its ``key``, what it says in words, and the function that derives it.

    ``shown`` tells whether its first and last line are part of the summary.
    """

    key: str
    about: str
    derive: Callable[[], Derivation]
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary, sides that are equal, with a word on it."""

    sides: tuple[Tree, ...]
    about: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Estimator(Shown):
    """An estimator or a predictor that is linear in y: ``matrix`` times y (less the offset), k × n and n × 1.

    ``symbol`` is its name, k × 1, with its ``formula`` as definition; ``variance`` is what its standard errors are
    taken from, k × k: the variance of an estimator, and of û − u for predictions. ``names`` are those of its elements,
    None where they are not listed. ``claims`` are what is derived of it, ``remarks`` what else should be known.
    ``not_unique`` says why its elements have no value of their own, where they have none.
    """

    model: MixedModel
    what: str
    symbol: Tree
    formula: Tree
    matrix: Tree
    variance: Tree
    names: tuple[str, ...] | None
    claims: tuple[Claim, ...]
    remarks: tuple[str, ...] = ()
    not_unique: str | None = None

    def derive(self, key: str = "estimate") -> Derivation:
        """The derivation of one of the claims, by its key.

        Raises
        ------
        UnknownNameError
            For another key.
        """
        found = {claim.key: claim for claim in self.claims}
        if key not in found:
            raise UnknownNameError("The derivation", key, found)
        return found[key].derive()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What the summary says besides, element by element."""
        return ()

    @property
    def derivations(self) -> dict[str, Derivation]:
        """All derivations by their keys."""
        return {claim.key: claim.derive() for claim in self.claims}

    def at(self, y: Any = None, **parameters: float) -> Estimates:
        """The numbers at given parameters, for a response of n numbers or that of the data.

        Raises
        ------
        DomainError
            For a missing value, or one outside its domain.
        UnknownNameError
            For a name that is no parameter of the model.
        TutorError
            Without a response, and for a vector that is not unique.
        """
        if self.not_unique is not None:
            raise TutorError(self.not_unique, tip=NOT_UNIQUE_TIP)
        response = response_of(self.model, y)
        check_names(self.model, parameters)
        if self.model.offset is not None:
            response = response - self.model.offset.numpy().ravel()
        values = numbers(self.matrix, parameters) @ response
        names = self.names or tuple(str(i + 1) for i in range(len(values)))
        return Estimates(self.what, names, values, numbers(self.variance, parameters))


NOT_UNIQUE_TIP = 'Ask for a function that is estimable, m.blue.of("tau_1 - tau_2"), or for the means: m.blue.fitted.'


# Showing


def summary(found: Estimator) -> Iterator[Line]:
    """The claims that are shown, and what is said element by element."""
    for claim in found.claims:
        if claim.shown:
            yield Line(_ends(claim.derive()), claim.about)
    yield from found.lines


def _ends(derivation: Derivation) -> tuple[Tree, ...]:
    """The goal and the last line; between them the formula of which the last line is the closed form."""
    lines = derivation.lines
    is_closed = len(lines) > 2 and derivation.steps[-1].rule == "closed-form"
    return (derivation.goal, *(lines[-2:] if is_closed else lines[1:][-1:]))


@written.register
def write_estimator(found: Estimator, pen: Pen) -> Piece:
    """The name with its formula."""
    return Piece(f"{pen.whole(found.symbol)} {pen.dialect.relation('=')} {pen.whole(found.formula)}")


def _unicode(found: Estimator, style: Style = LECTURE) -> str:
    return _text(found, style, None)


def _fitted(found: Estimator, style: Style, width: int) -> str:
    return _text(found, style, width)


def _text(found: Estimator, style: Style, width: int | None) -> str:
    title = f"{found.what[:1].upper()}{found.what[1:]}"
    lines = [*(paragraph(title, width) if width else [title]), ""]
    for line in summary(found):
        goal, *others = line.sides
        ends = chain(goal, *(("summary", "", side) for side in others))
        told = fitted(ends, style, width - 2) if width else unicode(ends, style)
        reasons = paragraph(line.about, width - 6) if width else [line.about]
        lines += [*(f"  {part}" for part in told.split("\n")), *(f"      {reason}" for reason in reasons)]
    words = [*found.remarks, f"Derivations: {', '.join(claim.key for claim in found.claims)}."]
    lines += ["", *(part for words in words for part in (paragraph(words, width) if width else [words]))]
    return "\n".join(lines)


def _latex(found: Estimator, style: Style = LECTURE) -> str:
    pen = Pen(LATEX, style)
    lines = [rf"{_aligned(line, pen)} && \text{{{text_to_latex(line.about)}}}" for line in summary(found)]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _aligned(line: Line, pen: Pen) -> str:
    first, *rest = map(pen.whole, line.sides)
    return " ".join([first, *(f"&= {side}" if not i else f"= {side}" for i, side in enumerate(rest))])


def _markdown(found: Estimator, style: Style = LECTURE) -> str:
    words = "\n\n".join(found.remarks)
    return f"$$\n{_latex(found, style)}\n$$" + (f"\n\n{words}" if words else "")


def _display(found: Estimator, pen: Pen) -> str:
    setting = cast(Setting, pen.dialect)
    equals = f" {setting.relation('=')} "
    return setting.stacked([equals.join(map(pen.whole, line.sides)) for line in summary(found)])


unicode.register(Estimator, _unicode)
fitted.register(Estimator, _fitted)
latex.register(Estimator, _latex)
markdown.register(Estimator, _markdown)
display.register(Estimator, _display)
