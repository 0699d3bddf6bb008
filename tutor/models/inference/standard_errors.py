"""Standard errors of means and of differences between means, with letters for sizes and variances.

In an orthogonal design the estimate of a mean is the average of its observations. A random effect enters its variance
with σ²/m, m being how many different effects of its kind the mean has; it leaves a difference when both means have the
same effects. In balanced incomplete blocks the information on a difference comes from within blocks and from between
them, r e/σ² + r(1 − e)/(σ² + kσ²_u) with the efficiency e = t(k − 1)/(k(t − 1)). Source: Cochran and Cox (1957),
Experimental Designs, chapters 4, 7 and 11; Yates (1940), The recovery of inter-block information.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Inverse, Product, Scalar, Transpose
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.display import Shown
from tutor.errors import SizeError, TutorError, UnknownNameError
from tutor.models.collected import collected
from tutor.models.inference.averages_of_cells import averages_of_estimate, told_averages, variance_of_averages
from tutor.models.inference.blue import quadratic_forms, require_estimable, variance_of_estimate
from tutor.models.inference.errors_of_incomplete_blocks import (
    balanced_incomplete,
    of_contrast,
    of_incomplete,
    value_of,
)
from tutor.models.inference.errors_over_an_index import Asked, Contribution, shares_over_index
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.inference.source_parts import RESIDUAL, Classes, Part, ordered_parts
from tutor.models.inference.sources import is_orthogonal
from tutor.notation.style import Style
from tutor.notation.write import fitted, inline, latex, markdown, unicode
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table, table_text

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LECTURE = Style()

GENERALIZED = "Var(k'β̂) = k'(X'V⁻¹X)⁻k, by generalized least squares"


@dataclass(frozen=True, slots=True, repr=False)
class StandardError(Shown):
    """The standard error of an estimate: the root of its ``variance``, of what it is made and why.

    ``variance`` is an expression, or a tree with a sum over an index.
    """

    what: str
    variance: sympy.Expr | Tree
    contributions: tuple[Contribution, ...]

    @property
    def tree(self) -> Tree:
        """The root of the variance, 1 × 1, which has a value: ``se.tree.numpy(sigma2=1)``."""
        if isinstance(self.variance, Tree):
            return Applied("power", (self.variance, Scalar(sympy.Rational(1, 2))))
        return Scalar(sympy.sqrt(self.variance))

    def number(self, **values: float) -> float:
        """The value at values of the parameters, and of sizes that are letters; names that are not in it are left out.

        Raises
        ------
        DomainError
            For a value that is missing or outside its domain.
        """
        known = {str(each) for each in self.letters}
        return float(self.tree.numpy(**{name: value for name, value in values.items() if name in known})[0, 0])

    @property
    def letters(self) -> frozenset[sympy.Basic]:
        """The letters in the variance."""
        if isinstance(self.variance, Tree):
            return frozenset(
                letter for node in walk(self.variance) if isinstance(node, Scalar) for letter in node.value.free_symbols
            )
        return frozenset(self.variance.free_symbols)


def se_mean(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardError:
    """The standard error of the mean of one level of ``effect``, over all levels of the other factors but ``at``.

    ``effect`` is a factor, "treatment", several of them, "A:B", or the letter of its effects, "tau".

    Raises
    ------
    UnknownNameError
        For an effect that the fixed part does not have.
    TutorError
        Where the means of the levels do not have the same variance; for a covariate.
    SizeError
        For a design that is not orthogonal with letters for sizes.
    """
    names, others = _factors(model, effect), _factors(model, at)
    every = frozenset((*names, *others))
    what = f"{_article(':'.join(names))} mean"
    components = _components(model, every)
    if components is not None:
        return _told(what, [_of_mean(part, every, model) for part in components])
    incomplete = _of_treatments(model, every)
    if incomplete is not None and model.plan is not None:
        share = 1 - 1 / model.plan.layout.index(model.plan.treatments).size
        return _told(what, of_incomplete(model, incomplete, sympy.S.One, share))
    shares = shares_over_index(model, Asked(every))
    if shares is not None:
        return _told(what, shares)
    means = mean_coefficients(model, (*names, *others))
    return _the_same(model, what, [list(k) for k in means.values()])


def se_difference(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardError:
    """The standard error of the difference between the means of two levels of ``effect``; with ``at`` at the same level
    of these factors.

    Raises
    ------
    As `se_mean`.
    """
    names, others = _factors(model, effect), _factors(model, at)
    differing = frozenset(names)
    same = f" at the same {' and '.join(others)}" if others else ""
    what = f"the difference of two {':'.join(names)} means{same}"
    incomplete = _of_treatments(model, differing)
    if incomplete is not None:
        return _told(what, (incomplete,))
    interacting = frozenset(name for name in others if _interact(model, differing, name))
    components = _components(model, differing | interacting)
    if components is not None:
        return _told(what, [_of_difference(part, differing, differing | interacting, model) for part in components])
    shares = shares_over_index(model, Asked(differing | interacting, differing))
    if shares is not None:
        return _told(what, shares)
    means = mean_coefficients(model, (*names, *others))
    pairs = [
        [a - b for a, b in zip(means[one], means[other], strict=True)]
        for one, other in combinations(means, 2)
        if one[len(names) :] == other[len(names) :]
        and all(a != b for a, b in zip(one[: len(names)], other[: len(names)], strict=True))
    ]
    return _the_same(model, what, pairs)


def _of_treatments(model: MixedModel, names: frozenset[str]) -> Contribution | None:
    """What balanced incomplete blocks tell of a difference of treatments; None for their fixed blocks, whose
    differences vary with the treatments in them."""
    found, plan = balanced_incomplete(model), model.plan
    if found is None or plan is None:
        return None
    treatments = {index.name for index in plan.layout.indices if index.letter in plan.treatments}
    return found if names <= treatments else None


def _told(what: str, parts: Sequence[Contribution]) -> StandardError:
    total = sympy.Add(*(part.variance for part in parts if isinstance(part.variance, sympy.Expr)))
    # Powers of a correlation, as 1 − ρ^t, stay as the structure has them.
    structured = any(str(letter).startswith("rho") for letter in total.free_symbols)
    return StandardError(what, sympy.factor_terms(total) if structured else collected(total), tuple(parts))


def standard_error(model: MixedModel, what: Any) -> StandardError:
    """The standard error of k'β̂ by generalized least squares, for sizes that are numbers.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason; for more than 240 observations.
    SizeError
        When a size of the model is a letter.
    """
    if not model.n.is_Integer:
        return _of_letters(model, what)
    found = variance_of_estimate(model, what)
    told = inline(model.estimable(what).function)
    return StandardError(told, found, (Contribution(found, GENERALIZED),))


def _of_letters(model: MixedModel, what: Any) -> StandardError:
    """The standard error of k'β̂ while a size is a letter: by the one column of X, by balanced incomplete blocks, or by
    averages where OLS is best."""
    incomplete = balanced_incomplete(model)
    if incomplete is not None:
        return _told(str(what), of_contrast(model, what, incomplete))
    try:
        averages = averages_of_estimate(model, what)
    except SizeError:
        if model.p != 1:
            raise
        return _of_one_column(model, what)
    found = value_of(variance_of_averages(model, averages).result)
    return StandardError(
        str(what), found, (Contribution(found, f"the variance of {told_averages(averages)}, the estimate by averages"),)
    )


def _of_one_column(model: MixedModel, what: Any) -> StandardError:
    """c²/(x'V⁻¹x) for one fixed effect, which is estimated with weights that depend on the variances."""
    (coefficient,) = model.estimable(what).coefficients.flat()
    information = closed_form(Product((Transpose(model.X), Inverse(model.V), model.X)))
    found = times(coefficient**2, Inverse(information))
    return StandardError(str(what), found, (Contribution(found, "1/(x'V⁻¹x) for the one column x of X"),))


def _factors(model: MixedModel, effect: str | Sequence[str]) -> tuple[str, ...]:
    """The factors of an effect of the fixed part, by their names or by the letter of the effects."""
    given = effect.split(":") if isinstance(effect, str) else [part for each in effect for part in each.split(":")]
    fixed = dict.fromkeys(name for term in model.fixed for name in term.variables)
    found: list[str] = []
    for name in given:
        by_letter = _of_letter(model, name)
        if name not in fixed and by_letter is None:
            raise UnknownNameError("The effect", name, fixed)
        if name in fixed and name not in {factor.name for factor in model.factors}:
            raise TutorError(f"{name} is a covariate, which has no levels and so no means of levels.",
                             tip="Ask for its coefficient by its name in m.beta, as m.se(\"beta\").")  # fmt: skip
        found += [name] if name in fixed else by_letter or ()
    return tuple(dict.fromkeys(found))


def _of_letter(model: MixedModel, letter: str) -> tuple[str, ...] | None:
    """The factors of the fixed term whose effects have this letter, tau, or these, taualpha."""
    for index, term in zip(model.index.terms, model.fixed, strict=False):
        if letter in ("".join(index.coefficient.bases), " ".join(index.coefficient.bases)) and term.variables:
            return term.variables
    return None


def _article(words: str) -> str:
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


# Orthogonal designs


def _interact(model: MixedModel, factors: frozenset[str], other: str) -> bool:
    """Whether a factor has effects together with one of these."""
    return any(other in term.variables and factors & set(term.variables) for term in model.fixed)


def _components(model: MixedModel, cell: frozenset[str]) -> list[Part] | None:
    """The random terms and the residual of an orthogonal design in which the mean of a cell is estimated by that of its
    observations, since the cells have effects of their own; None for other designs and other covariances."""
    if not is_orthogonal(model) or all(frozenset(term.variables) != cell for term in model.fixed):
        return None
    try:
        parts = ordered_parts(model)
    except TutorError:  # a structure of its own
        return None
    return [part for part in parts if not part.is_fixed]


def _different(part: Part, every: frozenset[str], model: MixedModel) -> sympy.Expr:
    """How many different effects of this kind the mean of a cell of these factors has."""
    classes = Classes(model)
    if part.name == RESIDUAL:
        return sympy.cancel(model.n / classes.cells(every))
    return sympy.cancel(classes.cells(part.variables) / classes.cells(every & classes.closure(part.variables)))


def _of_mean(part: Part, every: frozenset[str], model: MixedModel) -> Contribution:
    assert part.variance is not None
    number = _different(part, every, model)
    return Contribution(part.variance / number, f"{_counted(number, part)} in the mean")


def _of_difference(part: Part, differing: frozenset[str], every: frozenset[str], model: MixedModel) -> Contribution:
    assert part.variance is not None
    if part.name != RESIDUAL and not differing & Classes(model).closure(part.variables):
        return Contribution(sympy.S.Zero, f"both means have the same effects of {part.name}, which cancel")
    number = _different(part, every, model)
    return Contribution(2 * part.variance / number, f"{_counted(number, part)} in each mean, others in the other")


def _counted(number: sympy.Expr, part: Part) -> str:
    """12 observations; b effects of block."""
    several = "" if number == 1 else "s"
    told = Pen(UNICODE, LECTURE).whole(number)
    return f"{told} observation{several}" if part.name == RESIDUAL else f"{told} effect{several} of {part.name}"


def _the_same(model: MixedModel, what: str, functions: Sequence[Sequence[sympy.Expr]]) -> StandardError:
    """The variance of several estimates, if they have the same.

    Raises
    ------
    TutorError
        When one of them is not estimable, and when the variances differ.
    """
    require_estimable(model, functions)
    found = list(dict.fromkeys(quadratic_forms(model, functions)))
    if len(found) != 1:
        raise TutorError(
            f"The standard error of {what} is not the same for all: {len(found)} different values.",
            tip=f'Ask for one of them: m.se("{_as_asked(model, functions[0])}").',
        )
    return StandardError(what, found[0], (Contribution(found[0], GENERALIZED),))


def _as_asked(model: MixedModel, k: Sequence[sympy.Expr]) -> str:
    """k'β in the names that can be typed: tau_1 - tau_2."""
    assert model.beta.entries is not None
    return str(sympy.Add(*(c * effect for c, effect in zip(k, model.beta.entries.flat(), strict=True))))


# Showing


def _rows(found: StandardError) -> Iterator[tuple[object, str]]:
    yield found.tree, f"standard error of {found.what}"
    for part in found.contributions:
        yield part.variance, part.because


def _table(found: StandardError) -> Table:
    first, *rest = _rows(found)
    return Table(("", ""), (first, *rest))


@written.register
def write_standard_error(found: StandardError, pen: Pen) -> Piece:
    """The root of the variance."""
    return written(found.tree, pen)


def _unicode(found: StandardError, style: Style = LECTURE) -> str:
    return table_text(_table(found), style).removeprefix("\n")


def _fitted(found: StandardError, style: Style, width: int) -> str:
    return table_text(_table(found), style, width).removeprefix("\n")


def _latex(found: StandardError, style: Style = LECTURE) -> str:
    return latex(found.tree, style)


def _markdown(found: StandardError, style: Style = LECTURE) -> str:
    return f"$${latex(found.tree, style)}$$"


unicode.register(StandardError, _unicode)
fitted.register(StandardError, _fitted)
latex.register(StandardError, _latex)
markdown.register(StandardError, _markdown)
