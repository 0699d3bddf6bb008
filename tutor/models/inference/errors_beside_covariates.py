"""Standard errors beside a covariate without values, x_ij: by its means and sums of squares.

In an analysis of covariance β̂ comes from what is left of x beside the treatments, and with blocks beside these, E_xx.
The averages of the treatments are uncorrelated with it, so that k'β̂ = Σ c_i ȳ_i· + (d − Σ c_i x̄_i·) β̂ for
k'β = Σ c_i (μ + τ_i) + dβ. Random blocks tell of β too, with B_xx/(σ² + tσ_u²) beside E_xx/σ². In lines y_ij = β_0 +
β_1 x_i with the same x in each of g groups, OLS is best and Var(k'β̂) = k'(G + σ²(X_0'X_0)⁻¹)k/g. Source: Cochran and
Cox (1957), Experimental Designs, section 3.8; Searle (1971), Linear Models, section 8.2; Laird and Ware (1982).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import coefficients_of_effects
from tutor.models.inference.kinds_of_errors import Kinds, Question, one_kind
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution
from tutor.models.inference.sums_of_products import (
    SumsOfProducts,
    average_over,
    letter_of,
    mean_and_squares,
    squares_within,
    sums_of_products,
)
from tutor.models.observations.cells import levels_below
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


def of_covariance(model: MixedModel, question: Question) -> Kinds | None:
    """Means at the average x̄_·· of the covariate and their differences, of treatments and of fixed blocks; None for a
    model that is no analysis of covariance with letters for the covariate."""
    design = analysis_of_covariance(model)
    if design is None:
        return None
    design.require_one_slope(question)
    classes = Classes(model)
    number = sympy.cancel(model.n / classes.cells(question.cell))
    own = design.average(question.cell)
    if question.differing:
        away = own - design.average(question.cell, other=question.differing)
        shares, told = 2, f"{inline(number)} plots in each mean"
    else:
        away = own - design.average(frozenset())
        shares, told = 1, f"{inline(number)} plots in the mean"
    parts = [Contribution(shares * design.residual / number, told)]
    if design.of_block is not None and not question.differing:
        blocks = classes.cells([design.block])
        parts.append(Contribution(design.of_block / blocks, f"{inline(blocks)} blocks in the mean"))
    if design.has_slopes:
        return one_kind(question.what, *parts, *design.by_own_slopes(question), apart=True)
    return one_kind(question.what, *parts, Contribution(away**2 * design.of_slope, design.told_slope), apart=True)


def of_function_beside_covariate(model: MixedModel, what: Any) -> list[Contribution] | None:
    """The variance of k'β̂ in an analysis of covariance or in lines; None for any other model, and for
    sizes that are numbers.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason.
    """
    if model.n.is_Integer:
        return None
    lines = _lines(model)
    if lines is not None:
        return _of_lines(lines, coefficients_of_effects(model, what))
    design = analysis_of_covariance(model)
    return None if design is None else _of_sum(design, coefficients_of_effects(model, what))


def _has_letters(model: MixedModel) -> bool:
    """Whether X has letters where it is listed: values of a covariate that are not given."""
    return bool(model.X.explicit().free_symbols)


# The analysis of covariance


@dataclass(frozen=True, slots=True)
class Analysis:
    """A complete layout of treatments, in replicates or in blocks, with one covariate x_ij; σ², and σ_u² of random
    blocks."""

    model: MixedModel
    covariate: Name
    treatments: str
    block: str
    of_block: sympy.Expr | None
    has_blocks: bool
    has_slopes: bool

    @property
    def residual(self) -> sympy.Expr:
        return self.model.parameters[0].symbol

    def average(self, cell: frozenset[str], other: frozenset[str] = frozenset()) -> sympy.Expr:
        """x̄_i·, over the levels of what is not in a cell; with another level i' of some factors. On an instance i is
        the first level and i' the second."""
        assert self.model.plan is not None
        levels = {
            index.letter: 2 if index.name in other else 1
            for index in self.model.plan.layout.indices
            if index.name in cell and index.letter in self.covariate.indices
        }
        return average_over(self.model, self.x, self._average(cell, other), levels)

    def _average(self, cell: frozenset[str], other: frozenset[str] = frozenset()) -> str:
        assert self.model.plan is not None
        names = {index.letter: index.name for index in self.model.plan.layout.indices}
        below = "".join(
            "." if names[letter] not in cell else f"{letter}'" if names[letter] in other else letter
            for letter in self.covariate.indices
        )
        return f"{self.x}bar_{below}"

    def average_of(self, of: str, levels: str) -> Symbol:
        """The average of ``of``, y or x, for the treatment with these levels: of 12 ȳ_12."""
        own = dict(zip(self.treatments, levels.split("_") if "_" in levels else levels, strict=True))
        below = [own.get(letter, ".") for letter in self.covariate.indices]
        found = levels_below(levels, self.effect)
        assert found is not None
        name = f"{of}bar_{('_' if '_' in levels else '').join(below)}"
        return self.sums.average(of, name, [int(level) for level in found])  # pyright: ignore[reportArgumentType]

    @property
    def sums(self) -> SumsOfProducts:
        """Averages and sums of products where there is one slope."""
        return sums_of_products(self.model, self.x, self.effect, self.block if self.has_blocks else "")

    @property
    def effect(self) -> Name:
        """The effects of the treatments."""
        return next(
            term.coefficient for term in self.model.index.terms
            if set(letters_of(term.coefficient)) == set(self.treatments) and not term.covariates
        )  # fmt: skip

    @property
    def x(self) -> str:
        """The name of the covariate."""
        return "".join(self.covariate.bases)

    def _square_left(self, letter: str) -> sympy.Expr:
        """E_xx or B_xx, a sum of squares of what is left of x."""
        return letter_of(self.sums.left(letter, self.x, self.x), positive=True)

    @property
    def of_slope(self) -> sympy.Expr:
        """Var(β̂)."""
        within = self._square_left("E")
        if self.of_block is None:
            return self.residual / within
        return 1 / (within / self.residual + self._square_left("B") / self.of_block_total)

    @property
    def of_block_total(self) -> sympy.Expr:
        """σ² + tσ_u² of random blocks."""
        assert self.of_block is not None
        return self.residual + self._treatments * self.of_block

    @property
    def _treatments(self) -> sympy.Expr:
        assert self.model.plan is not None
        return self.model.plan.layout.size(self.treatments)

    @property
    def told_slope(self) -> str:
        x, (treatment, block, all_) = self._element, self._bars
        inside = f"{x} − {treatment} − {block} + {all_}" if self.has_blocks else f"{x} − {treatment}"
        told = f"the slope, with {inline(Scalar(self._square_left('E')))} = Σ ({inside})²"
        if self.of_block is None:
            return told
        between = inline(Scalar(self._square_left("B")))
        return f"{told} within blocks and {between} = {inline(self._treatments)} Σ ({block} − {all_})² between them"

    @property
    def _element(self) -> str:
        return inline(Scalar(sympy.Symbol(f"{self.x}_{self.covariate.indices}")))

    @property
    def _bars(self) -> tuple[str, str, str]:
        """x̄_i·, x̄_·j and x̄_··."""
        assert self.model.plan is not None
        indices = self.model.plan.layout.indices
        treatments = frozenset(index.name for index in indices if index.letter in self.treatments)
        cells = treatments, frozenset({self.block}), frozenset()
        one, two, three = (inline(Scalar(self.average(frozenset(cell)))) for cell in cells)
        return one, two, three

    def require_one_slope(self, question: Question) -> None:
        """Raise TutorError where slopes differ and no sum of squares tells their variance."""
        assert self.model.plan is not None
        names = {index.name for index in self.model.plan.layout.indices if index.letter in self.treatments}
        if self.has_slopes and (self.has_blocks or question.cell != names):
            raise TutorError(
                "With a slope for each treatment the slopes are estimated together with the blocks, by all products of "
                "their values of x, which have no sums of squares of their own.",
                tip="Give numbers for the sizes and x, or one slope.",
            )

    def by_own_slopes(self, question: Question) -> list[Contribution]:
        """(x̄_·· − x̄_i·)² σ²/S_i for each mean, with S_i = Σ_j (x_ij − x̄_i·)²."""
        (letter,) = self.treatments
        levels = [letter, f"{letter}'"] if question.differing else [letter]
        all_, found = self.average(frozenset()), []
        for level in levels:
            own = self.average(question.cell, other=question.cell if level != letter else frozenset())
            square = squares_within(self.model, self.x, f"S_{level}", {letter: 1 + level.endswith("'")})
            told = f"the slope of its own, with {inline(Scalar(square))} = Σ ({self._element} − {self._bars[0]})²"
            found.append(Contribution((all_ - own) ** 2 * self.residual / square, told))
        return found


def analysis_of_covariance(model: MixedModel) -> Analysis | None:
    """The analysis of covariance that a model with letters for its covariate is; None for any other model."""
    plan = model.plan
    if plan is None or plan.layout.codes is not None or plan.layout.determined or not plan.treatments:
        return None
    terms = [term for term in model.index.terms if term.covariates]
    if len(terms) != 1 or len(terms[0].covariates) != 1 or len(model.random) > 1 or model.index.zeros:
        return None
    covariate = terms[0].covariates[0]
    if set(covariate.indices) != {index.letter for index in plan.layout.indices} or len(model.parameters) > 2:
        return None
    if model.n.is_Integer and not _has_letters(model):
        return None
    others = [index for index in plan.layout.indices if index.letter not in plan.treatments]
    if len(others) != 1 or any(term.variables != (others[0].name,) for term in model.random):
        return None
    fixed = {name for term in model.fixed for name in term.variables}
    return Analysis(
        model,
        covariate,
        plan.treatments,
        others[0].name,
        model.random[0].parameters[0].symbol if model.random else None,
        bool(model.random) or others[0].name in fixed,
        bool(letters_of(terms[0].coefficient)),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """The coefficients of Σ c_i (μ + τ_i) + dβ: c_i by what stands below τ, and d."""

    effect: Name
    of_treatments: dict[str, sympy.Expr]
    of_slope: sympy.Expr

    @property
    def total(self) -> sympy.Expr:
        return sympy.Add(*self.of_treatments.values())


def shares_beside_covariate(design: Analysis, shares: dict[str, sympy.Expr]) -> Shares | None:
    """The coefficients of treatments and of one slope; None where slopes differ, where single effects of blocks are in
    the function, and for a mean over fixed blocks."""
    model, plan = design.model, design.model.plan
    assert plan is not None
    random = {name for effects in model.index.effects for name in effects.names}
    fixed = [term for term in model.index.terms if term.coefficient not in random]
    of_cells = next(t for t in fixed if set(letters_of(t.coefficient)) == set(plan.treatments) and not t.covariates)
    inside = {"".join(t.coefficient.bases) for t in fixed if set(letters_of(t.coefficient)) <= set(plan.treatments)}
    slope = next("".join(t.coefficient.bases) for t in fixed if t.covariates)
    if design.has_slopes or any(effect.partition("_")[0] not in inside for effect in shares):
        return None
    own = {effect.partition("_")[2]: share for effect, share in shares.items()
           if effect.partition("_")[0] == "".join(of_cells.coefficient.bases)}  # fmt: skip
    found = Shares(of_cells.coefficient, own, shares.get(slope, sympy.S.Zero))
    return None if design.has_blocks and design.of_block is None and found.total != 0 else found


def _of_sum(design: Analysis, shares: dict[str, sympy.Expr]) -> list[Contribution] | None:
    """Σ c_i (μ + τ_i) + dβ with one slope."""
    found, plan = shares_beside_covariate(design, shares), design.model.plan
    if found is None or plan is None:
        return None
    r = sympy.cancel(design.model.n / plan.layout.size(plan.treatments))
    own = found.of_treatments
    averages = [share * letter_of(design.average_of(design.x, levels), real=True) for levels, share in own.items()]
    away = found.of_slope - sympy.Add(*averages)
    squares = sympy.Add(*(share**2 for share in own.values()))
    parts = []
    if squares != 0:
        parts.append(Contribution(squares * design.residual / r, f"averages of {inline(r)} plots"))
    if design.of_block is not None and found.total != 0:
        parts.append(Contribution(found.total**2 * design.of_block / r, f"{inline(r)} blocks in the mean"))
    return [*parts, Contribution(away**2 * design.of_slope, design.told_slope)]


# Lines with the same values of x in each group


@dataclass(frozen=True, slots=True)
class _Lines:
    """g groups of n observations at x_1, …, x_n, and the variances and covariances of their intercepts and slopes; x̄_·
    and S_xx."""

    groups: sympy.Expr
    observations: sympy.Expr
    residual: sympy.Expr
    covariances: dict[tuple[int, int], sympy.Expr]
    x: str
    mean: sympy.Expr
    squares: sympy.Expr
    slope: str
    intercept: str


def _lines(model: MixedModel) -> _Lines | None:
    plan = model.plan
    if plan is None or plan.repeats is not None or plan.layout.codes is not None or len(model.fixed) != 2:
        return None
    by_covariate = [term for term in model.index.terms if term.covariates and not letters_of(term.coefficient)]
    alone = [term for term in model.index.terms if not term.covariates and not letters_of(term.coefficient)]
    if len(by_covariate) != 1 or len(alone) != 1 or len(by_covariate[0].covariates) != 1 or plan.layout.is_ragged:
        return None
    covariate = by_covariate[0].covariates[0]
    within = [index for index in plan.layout.indices if index.letter in covariate.indices]
    groups = [index for index in plan.layout.indices if index not in within]
    if len(covariate.indices) != 1 or len(groups) > 1 or len(groups) < min(len(model.random), 1):
        return None
    covariances: dict[tuple[int, int], sympy.Expr] = {}
    for term in model.random:
        if term.variables != (groups[0].name,) or term.covariance.over is not None:
            return None
        places = [int(each != INTERCEPT) for each in term.coefficients]
        block: Any = term.covariance.of_one_level
        covariances |= {(one, other): block[i, j] for i, one in enumerate(places) for j, other in enumerate(places)}
    x = "".join(covariate.bases)
    mean, squares = mean_and_squares(model, x)
    return _Lines(
        groups[0].size if groups else sympy.S.One,
        within[0].size,
        model.parameters[0].symbol,
        covariances,
        f"{x}_{covariate.indices}",
        mean,
        squares,
        _key(by_covariate[0].coefficient),
        _key(alone[0].coefficient),
    )


def _key(name: Name) -> str:
    return "".join(name.bases) + (f"_{name.number}" if name.number else "")


def _of_lines(lines: _Lines, shares: dict[str, sympy.Expr]) -> list[Contribution]:
    """c β_0 + d β_1."""
    c, d = shares.get(lines.intercept, sympy.S.Zero), shares.get(lines.slope, sympy.S.Zero)
    letter = lines.x.partition("_")[2]
    n, g, mean, square = lines.observations, lines.groups, lines.mean, lines.squares
    found: list[Contribution] = []
    between = sympy.Add(*((c, d)[i] * (c, d)[j] * entry for (i, j), entry in lines.covariances.items()))
    if between != 0:
        found.append(Contribution(between / g, f"{inline(g)} groups with effects of their own"))
    if c != 0:
        found.append(Contribution(c**2 * lines.residual / (g * n), f"the mean of {inline(g * n)} observations"))
    x, bar = (inline(Scalar(each)) for each in (sympy.Symbol(lines.x), mean))
    told = f"the slope, with {inline(Scalar(square))} = Σ_{letter} ({x} − {bar})²"
    told += f" in each of {inline(g)} groups" if g != 1 else ""
    found.append(Contribution(collected((d - c * mean) ** 2 * lines.residual / (g * square)), told))
    return found
