"""A fit: estimates with their standard errors, predictions, and the tables that show them.

Not a rival of lme4 but a bridge to it: `Fit.lines` says which number of lme4's summary is which formula.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from tutor.algebra.boundary import NoInverseError, without_inverse
from tutor.algebra.nodes import Inverse
from tutor.algebra.parameters import scalars_of
from tutor.algebra.walk import walk
from tutor.display import Shown
from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.likelihood import Method
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, inline, latex, markdown, unicode
from tutor.notation.writing.latex_display import sentence_latex
from tutor.notation.writing.line_breaks import sentences
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.write_table import (
    Table,
    apart,
    apart_latex,
    table_display,
    table_latex,
    table_markdown,
    table_text,
)

if TYPE_CHECKING:
    from tutor.algebra.tree import Tree
    from tutor.models.inference.fit_formulas import Formulas
    from tutor.models.inference.lme4_lines import Lines
    from tutor.models.mixed import MixedModel

LECTURE = Style()

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its standard error; None where there is none."""

    value: float
    standard_error: float | None


class ByName(dict[str, Value]):
    """Numbers of a fit by name; for another name `UnknownNameError`, which tells the nearest ones."""

    def __init__(self, what: str, values: Iterable[tuple[str, Value]]) -> None:
        super().__init__(values)
        self._what = what

    def __missing__(self, name: str) -> Value:
        raise UnknownNameError(self._what, name, self)


@dataclass(frozen=True, slots=True, repr=False)
class Fit(Shown):
    """A model with estimates for its parameters.

    ``parameters`` are those of G and R by key; one that is ``at_boundary`` is 0 and has no standard error, nor have
    those of a covariance matrix that is ``singular``. ``beta`` are the fixed effects by label, ``covariance_of_beta``
    their covariance matrix, p × p; a column of X that depends on those before it is ``dropped``: its coefficient is 0,
    and has no standard error. ``effects`` are the BLUPs û by the label of their column of Z, with the standard
    deviations of û − u, and ``conditional_variances`` the diagonal of Var(u | y) at β that is known, the condVar of
    lme4. ``covariance_of_parameters`` is the inverse of the expected information.
    """

    model: MixedModel
    response: np.ndarray
    method: Method
    parameters: Mapping[str, Estimate]
    covariance_of_parameters: np.ndarray
    at_boundary: tuple[str, ...]
    singular: tuple[str, ...]
    beta: Mapping[str, Estimate]
    covariance_of_beta: np.ndarray
    dropped: tuple[str, ...]
    effects: Mapping[str, Estimate]
    conditional_variances: Mapping[str, float]
    log_likelihood: float

    if not TYPE_CHECKING:  # where types are checked, a name that a fit does not have is an error

        def __getattr__(self, name: str) -> Any:
            from tutor.models.asked_by_name import OF_FITS, refuse_attribute

            refuse_attribute(self, "A fit", name, OF_FITS)

    @property
    def values(self) -> dict[str, float]:
        """The estimates of the parameters by key."""
        return {key: estimate.value for key, estimate in self.parameters.items()}

    @property
    def number_of_parameters(self) -> int:
        """Those of G and R, and the fixed effects that were estimated."""
        return len(self.parameters) + len(self.beta) - len(self.dropped)

    @property
    def aic(self) -> float:
        """−2 log L + 2k, as R counts."""
        return -2 * self.log_likelihood + 2 * self.number_of_parameters

    @property
    def bic(self) -> float:
        """−2 log L + k log n, as R counts."""
        return -2 * self.log_likelihood + math.log(len(self.response)) * self.number_of_parameters

    @property
    def fitted(self) -> np.ndarray:
        """Xβ̂ + Zû, n numbers, and the offset where there is one."""
        m = self.model
        found = m.X.numpy() @ np.array([estimate.value for estimate in self.beta.values()])
        if m.Z is not None:
            found = found + m.Z.numpy() @ np.array([estimate.value for estimate in self.effects.values()])
        return found if m.offset is None else found + m.offset.numpy().ravel()

    def estimate(self, what: Any) -> Estimate:
        """k'β̂ with its standard error √(k' Var(β̂) k): ``fit.estimate("tau_1 - tau_2")``.

        Raises
        ------
        TutorError
            When k'β is not estimable, with the reason.
        """
        told = self.model.estimable(what)
        if not told:
            raise TutorError(told.because, tip=told.instead)
        k = np.array(told.coefficients, dtype=float).ravel()
        value = float(k @ np.array([estimate.value for estimate in self.beta.values()]))
        return Estimate(value, math.sqrt(float(k @ self.covariance_of_beta @ k)))

    def lines(self) -> Lines:
        """What lme4's `summary` and `ranef` print for this fit, line by line, with the formula of each number."""
        from tutor.models.inference.lme4_lines import lines

        return lines(self)

    def formulas(self) -> Formulas:
        """The formulas behind the estimates, with the numbers put in: variances from sums of squares and standard
        errors where the design is balanced, Var(u), Var(ε) and V, and the log-likelihood."""
        from tutor.models.inference.fit_formulas import formulas

        return formulas(self)

    @property
    def boundary_reasons(self) -> list[str]:
        """For each variance that was estimated as 0, and each singular covariance matrix, why; none where none was."""
        from tutor.models.inference.fit_formulas import boundary_reasons

        return boundary_reasons(self)

    def number(self, what: str | Tree) -> np.ndarray:
        """A matrix of the model at the estimates: ``fit.number("V")``, ``fit.number("ZGZ'")``, ``fit.number("E(y)")``.

        Raises
        ------
        ReadError
            When it cannot be read.
        DomainError
            For an inverse of what is singular, as G⁻¹ where a variance was estimated as 0; for what is random, as u.
        """
        from tutor.notation.read import read  # the grammar takes a while to load, and a fit does without

        tree = read(what, self.model.vocabulary).tree if isinstance(what, str) else what
        if tree is None:
            raise TutorError(f"{what} is no matrix.", tip='Ask for "V", "X\'V^-1X" or the like.')
        needed = {str(symbol) for symbol in scalars_of(tree)}
        entries = () if self.model.beta.entries is None else self.model.beta.entries.flat()
        fixed = {
            str(entry): estimate.value for entry, estimate in zip(entries, self.beta.values(), strict=bool(entries))
        }
        found = {**fixed, **self.values}
        given = {key: value for key, value in found.items() if key in needed}
        if self.singular or self.at_boundary:
            self._require_inverses(tree, given)
        return tree.numpy(**given)

    def _require_inverses(self, tree: Tree, given: Mapping[str, float]) -> None:
        """Raise NoInverseError for an inverse of what has none at a singular fit: G⁻¹, which is rounding alone."""
        for node in reversed(list(walk(tree))):  # what is inside first
            own = {str(symbol) for symbol in scalars_of(node)}
            if not isinstance(node, Inverse) or not own & {*self.singular, *self.at_boundary}:
                continue
            inside = node.tree.numpy(**{key: value for key, value in self.values.items() if key in own})
            if np.linalg.matrix_rank(inside, tol=1e-9 * float(np.abs(inside).max())) < len(inside):
                error = NoInverseError(
                    f"{inline(node)} does not exist at these estimates: {', '.join(self.boundary_reasons)}",
                    node,
                    tip='G, V and V⁻¹ exist: fit.number("G"), fit.number("V^-1").',
                )
                other = without_inverse(tree, node)
                raise error if other is None else error.with_other_form(tree, other, other.numpy(**given))


# Showing


def tables(found: Fit) -> Iterator[Table]:
    """The parameters of G and R, then the fixed effects."""
    own = found.model.parameters
    yield Table(
        ("parameter", "estimate", "s.e.", "meaning"),
        tuple(
            (
                p.symbol,
                *pair,
                p.meaning + (" (on its boundary)" if p.key in (*found.at_boundary, *found.singular) else ""),
            )
            for p, pair in zip(own, _pairs(found.parameters[p.key] for p in own), strict=True)
        ),
    )
    entries = found.model.beta.entries
    symbols = found.beta if entries is None else entries.flat()
    rows = zip(symbols, found.beta, _pairs(found.beta.values()), strict=True)
    yield Table(
        ("effect", "estimate", "s.e.", ""),
        tuple(
            (entry, *pair, _noted(label, "depends on those before", label in found.dropped))
            for entry, label, pair in rows
        ),
    )


def _noted(words: str, note: str, applies: bool) -> str:
    return f"{words} ({note})" if applies else words


def _pairs(estimates: Iterable[Estimate]) -> list[tuple[str, str]]:
    """The estimates and their standard errors, each column with one number of decimals."""
    own = list(estimates)
    values = alike([each.value for each in own])
    return list(zip(values, alike([each.standard_error for each in own]), strict=True))


def rounded(value: float) -> str:
    """Six significant digits, and a minus sign that is no hyphen."""
    return _with_minus(f"{value:.6g}")


MOST_DECIMALS = 6


def alike(values: Sequence[float | None]) -> list[str]:
    """The numbers of one column, with as many decimals as its largest has of six digits, or as its smallest needs for
    four; each by itself where that would be too many.

    >>> alike([165.5583, 32.16091, None]), alike([9, 12]), alike([1e-7, 20.5])
    (['165.558', '32.161', ''], ['9', '12'], ['1e-07', '20.5'])
    """
    told = [abs(value) for value in values if value]
    if not all(map(math.isfinite, told)) or all(value == int(value) for value in told):
        return ["" if value is None else rounded(value) for value in values]
    first = [math.floor(math.log10(value)) for value in told]
    decimals = max(5 - max(first), 3 - min(first), 0)
    if decimals > MOST_DECIMALS:
        return ["" if value is None else rounded(value) for value in values]
    return ["" if value is None else _with_minus(f"{value:.{decimals}f}") if value else "0" for value in values]


def _with_minus(number: str) -> str:
    return f"−{number[1:]}" if number.startswith("-") else number


def _numbers(found: Fit) -> dict[str, str]:
    """The maximum of the likelihood, and what is reckoned from it."""
    numbers = (_with_minus(f"{value:.4f}") for value in (found.log_likelihood, found.aic, found.bic))
    return dict(zip(("log L", "AIC", "BIC"), numbers, strict=True))


def _head(found: Fit) -> str:
    told = ", ".join(f"{name} = {value}" for name, value in _numbers(found).items())
    return f"{found.model.title}\n{found.method} fit: {told}"


def _headed(found: Fit) -> Iterator[Table]:
    """The tables below one of the numbers that are told in words elsewhere."""
    numbers = _numbers(found)
    yield Table(("fit", *numbers), ((found.method, *numbers.values()),))
    yield from tables(found)


@written.register
def write_fit(found: Fit, pen: Pen) -> Piece:
    """The heading on one line."""
    return Piece(pen.dialect.verbatim(_head(found).replace("\n", ", ")))


def _fit_text(found: Fit, style: Style = LECTURE) -> str:
    told = (table_text(table, style) for table in tables(found))
    return "\n\n".join([_head(found), *told, *found.boundary_reasons])


def _fit_fitted(found: Fit, style: Style, width: int) -> str:
    def in_lines(words: str) -> str:
        return "\n".join(part for line in words.split("\n") for part in sentences(line, width))

    told = (table_text(table, style, width) for table in tables(found))
    return "\n\n".join([in_lines(_head(found)), *told, *map(in_lines, found.boundary_reasons)])


def _fit_latex(found: Fit, style: Style = LECTURE) -> str:
    told = map(sentence_latex, found.boundary_reasons)
    return apart_latex([*(table_latex(table, style) for table in _headed(found)), *told])


def _fit_markdown(found: Fit, style: Style = LECTURE) -> str:
    told = (table_markdown(table, style) for table in tables(found))
    return "\n\n".join([_head(found), *told, *found.boundary_reasons])


def _fit_display(found: Fit, pen: Pen) -> str:
    told = (sentence(reason, pen.dialect) for reason in found.boundary_reasons)
    return apart([*(table_display(table, pen) for table in _headed(found)), *told], pen)


unicode.register(Fit, _fit_text)
fitted.register(Fit, _fit_fitted)
latex.register(Fit, _fit_latex)
markdown.register(Fit, _fit_markdown)
display.register(Fit, _fit_display)
