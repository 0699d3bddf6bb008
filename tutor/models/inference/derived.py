"""Results that are derived: a title, what is claimed with its derivation, and words; shown in one way.

What each of them claims is in the modules `fixed_effects`, `prediction` and `henderson`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import UnknownNameError
from tutor.models.inference.numbers_of import numbers_of
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.latex_display import Chain, aligned_latex
from tutor.notation.writing.line_breaks import sentences
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_derivation import equality_rows

if TYPE_CHECKING:
    import numpy as np

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


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class Derived(Shown):
    """A result in a model: ``what`` it is in words, the ``claims`` that are derived, and what else should be known."""

    model: MixedModel
    what: str
    claims: tuple[Claim, ...]
    remarks: tuple[str, ...] = ()

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

    def numpy(self, key: str = "estimate", **values: float) -> np.ndarray:
        """What a claim leads to as numbers, rows × columns, at values of the model's parameters and of what else is in
        it: ``m.icc().numpy("block", sigma2=1, sigma2_u=2)``. A parameter that cancelled need not be told.

        Raises
        ------
        UnknownNameError
            For another key, and for a value of something else.
        DomainError
            For a value that is missing or outside its domain.
        """
        return numbers_of(self.derive(key).result, self.model, values)

    @property
    def derivations(self) -> dict[str, Derivation]:
        """All derivations by their keys."""
        return {claim.key: claim.derive() for claim in self.claims}

    @property
    def opening(self) -> tuple[Line, ...]:
        """What the summary says before the claims."""
        return ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What the summary says after the claims."""
        return ()


# Showing


def summary(found: Derived) -> Iterator[Line]:
    """The claims that are shown, and what is said element by element."""
    yield from found.opening
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
def write_derived(found: Derived, pen: Pen) -> Piece:
    """The first line of the summary."""
    sides = next(summary(found)).sides
    return Piece(f" {pen.dialect.relation('=')} ".join(map(pen.whole, sides)))


def _unicode(found: Derived, style: Style = LECTURE) -> str:
    return _text(found, style, None)


def _fitted(found: Derived, style: Style, width: int) -> str:
    return _text(found, style, width)


def _text(found: Derived, style: Style, width: int | None) -> str:
    title = f"{found.what[:1].upper()}{found.what[1:]}"
    lines = [*(sentences(title, width) if width else [title]), ""]
    for line in summary(found):
        goal, *others = line.sides
        ends = chain(goal, *(("summary", "", side) for side in others))
        told = fitted(ends, style, width - 2) if width else unicode(ends, style)
        reasons = sentences(line.about, width - 6) if width else [line.about]
        lines += [*(f"  {part}" for part in told.split("\n")), *(f"      {reason}" for reason in reasons)]
    words = [*found.remarks, f"Derivations: {', '.join(claim.key for claim in found.claims)}."]
    lines += ["", *(part for words in words for part in (sentences(words, width) if width else [words]))]
    return "\n".join(lines)


def _latex(found: Derived, style: Style = LECTURE) -> str:
    return aligned_latex([_chain(line) for line in summary(found)], Pen(LATEX, style))


def _chain(line: Line) -> Chain:
    """The sides below each other, the words beside the first of them."""
    goal, *others = line.sides
    return Chain(goal, tuple(("=", side, "" if at else line.about) for at, side in enumerate(others)))


def _markdown(found: Derived, style: Style = LECTURE) -> str:
    words = "\n\n".join(found.remarks)
    return f"$$\n{_latex(found, style)}\n$$" + (f"\n\n{words}" if words else "")


def _display(found: Derived, pen: Pen) -> str:
    setting = cast(Setting, pen.dialect)
    if setting is SPOKEN:
        equals = f" {setting.relation('=')} "
        return setting.stacked([equals.join(map(pen.whole, line.sides)) for line in summary(found)])
    return setting.equalities(equality_rows([_chain(line) for line in summary(found)], pen))


unicode.register(Derived, _unicode)
fitted.register(Derived, _fitted)
latex.register(Derived, _latex)
markdown.register(Derived, _markdown)
display.register(Derived, _display)
