"""Balanced incomplete blocks with letters for sizes: what the variances of means and contrasts are made of.

The information on a difference comes from within blocks and from between them, r e/σ² + r(1 − e)/(σ² + kσ²_u) with the
efficiency e = t(k − 1)/(k(t − 1)); the mean of all plots is uncorrelated with it. Source: Yates (1940), The recovery of
inter-block information, Annals of Eugenics 10, 317–325; Cochran and Cox (1957), Experimental Designs, chapter 11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.defined_letter import DefinedLetter
from tutor.algebra.laws.joining import product_of, times
from tutor.algebra.nodes import Product, Scalar, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import SizeError, TutorError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.kinds_of_errors import Kind, Kinds, Question, one_kind
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution
from tutor.notation.read import read
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


def balanced_incomplete(model: MixedModel) -> Contribution | None:
    """Balanced incomplete blocks with letters for sizes: the variance of a difference by intra- and inter-block
    information; None for any other model."""
    plan = model.plan
    if plan is None or not plan.relabelled or model.n.is_Integer or not 2 <= len(plan.units) <= 3:
        return None
    sizes = {index.letter: index.size for index in plan.layout.indices}
    block, plot, *samples = plan.units
    if any(unit.within != (plot.name,) or not unit.ordered for unit in samples):
        return None
    if plot.within != (block.name,):
        return None
    t, b, k = plan.layout.size(plan.treatments), sizes[block.letters], sizes[plot.letters]
    r, e = b * k / t, t * (k - 1) / (k * (t - 1))
    of_plot, of_block = variances_of_plots(model)
    sampled = ", σ² being that of the mean of a plot" if samples else ""
    within = r * e / of_plot
    if of_block is None:
        told = f"r = bk/t replicates count as r e, e = t(k − 1)/(k(t − 1)) being the efficiency{sampled}"
        return Contribution(collected(2 / within), told, 2 / within)
    between = r * (1 - e) / (of_plot + k * of_block)
    return Contribution(
        collected(2 / (within + between)),
        f"information within blocks, r e/σ², and between them, r(1 − e)/(σ² + kσ²_u), add up{sampled}",
        2 / (within + between),
    )


def of_balanced_incomplete(model: MixedModel, question: Question) -> Kinds | None:
    """Means and differences of treatments, or of levels of a factor of them, and of fixed blocks; None for any other
    model."""
    difference, plan = balanced_incomplete(model), model.plan
    if difference is None or plan is None:
        return None
    treatments = {index.name for index in plan.layout.indices if index.letter in plan.treatments}
    if question.cell == {plan.units[0].name}:
        return _of_fixed_blocks(model, question)
    if not question.cell <= treatments:
        return None
    t = plan.layout.size(plan.treatments)
    number = sympy.cancel(t / Classes(model).cells(question.cell))
    if not question.differing:
        return one_kind(question.what, *of_incomplete(model, difference, sympy.S.One, 1 / number - 1 / t))
    if number == 1:
        return one_kind(question.what, difference)
    told = f"means of {inline(number)} treatments: {difference.because}"
    return one_kind(question.what, Contribution(collected(difference.variance / number), told))


def _of_fixed_blocks(model: MixedModel, question: Question) -> Kinds:
    """Blocks adjusted for treatments: σ²C⁺ with C = kI − N'N/r, which has the eigenvalues ke, t − 1 times, and k.

    N'N tells how many treatments two blocks have in common, k on the diagonal, and C⁺ is a polynomial in it.
    """
    assert model.plan is not None
    block, plot, *_ = model.plan.units
    layout, (residual, _) = model.plan.layout, variances_of_plots(model)
    t, b, k = layout.size(model.plan.treatments), layout.size(block.letters), layout.index(plot.letters).size
    adjusted = "blocks adjusted for treatments, by (kI − N'N/r)⁺"
    if not question.differing:
        e = t * (k - 1) / (k * (t - 1))
        own = residual * ((t - 1) / (k * e) + (b - t) / k) / b
        mean = Contribution(residual / (b * k), "the mean of all plots, which is uncorrelated with differences")
        return one_kind(question.what, mean, Contribution(collected(own), adjusted))
    taken = {index.size_letter for index in layout.indices} | {str(letter) for letter in (t * b * k).free_symbols}
    letter = next(letter for letter in "gcmwz" if letter not in taken)
    together = DefinedLetter(letter, _in_common(model), integer=True, nonnegative=True)
    shared = 2 * residual * (t - 1) * (k - together) / (b * k**2 * (k - 1))
    told = f"{adjusted}, {together} being the number of treatments that the two have in common"
    kind = Kind(
        f"{question.what} with {together} treatments in common",
        (Contribution(2 * residual / k, f"{inline(k)} plots in each"), Contribution(shared, told)),
        apart=True,
    )
    return Kinds((kind,), differ="it depends on how many treatments two blocks have in common" if b != t else "")


def _in_common(model: MixedModel) -> Tree:
    """The number of treatments that the first two blocks have in common, e_1'N'Ne_2, with samples of each plot."""
    assert model.plan is not None
    block, layout = model.plan.units[0], model.plan.layout
    columns = {frozenset(term.variables): found for term, found in model.fixed_blocks()}
    names = frozenset(index.name for index in layout.indices if index.letter in model.plan.treatments)
    treatments, blocks = columns[names], columns[frozenset({block.name})]
    one, two = (Product((blocks, UnitVector(blocks.columns, place))) for place in (1, 2))
    repeats = sympy.cancel(model.n / layout.size(block.letters) / layout.index(model.plan.units[1].letters).size)
    return times(1 / repeats**2, product_of((Transpose(one), treatments, Transpose(treatments), two)))


def variances_of_plots(model: MixedModel) -> tuple[sympy.Expr, sympy.Expr | None]:
    """The variance of a plot, σ², or σ²_v + σ²/s of the mean of s samples, and that of random blocks."""
    assert model.plan is not None
    residual = model.parameters[0].symbol
    block, plot, *_ = model.plan.units
    repeats = sympy.cancel(model.n / model.plan.layout.size(block.letters) / model.plan.layout.index(plot.letters).size)
    of_plot: sympy.Expr = residual / repeats
    of_block: sympy.Expr | None = None
    for term in model.random:
        variance = term.parameters[0].symbol
        if term.variables == (block.name,):
            of_block = variance
        else:
            of_plot += variance
    return of_plot, of_block


def of_contrast(model: MixedModel, what: Any, difference: Contribution) -> list[Contribution]:
    """Var(c_0(μ + τ̄_·) + Σ (c_i − c_0/t)τ_i) in balanced incomplete blocks, where all differences have one variance and
    the mean of all plots is uncorrelated with them."""
    assert model.plan is not None
    _, own = shares_of_treatments(model, what)
    total, t = sympy.Add(*own.values()), model.plan.layout.size(model.plan.treatments)
    squares = sympy.Add(*(share**2 for share in own.values())) - total**2 / t
    return of_incomplete(model, difference, total**2, squares)


def shares_of_treatments(model: MixedModel, what: Any) -> tuple[Name, dict[str, sympy.Expr]]:
    """The effects of single treatments by their name, and their coefficients in an estimable function.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    SizeError
        For a function of other effects, and for a mean over fixed blocks.
    """
    plan = model.plan
    assert plan is not None
    drawn = {name for effects in model.index.effects for name in effects.names}  # those of plots with samples too
    fixed = [term.coefficient for term in model.index.terms if term.coefficient not in drawn]
    every = set(plan.treatments)
    (name,) = (each for each in fixed if set(letters_of(each)) == every)
    inside = {"".join(each.bases) for each in fixed if each != name and set(letters_of(each)) <= every}
    function = _contrast_or_mean(model, what)
    shares = {str(effect): share for effect, share in sympy.expand(function).as_coefficients_dict().items()}
    own = {effect: share for effect, share in shares.items() if effect.partition("_")[0] == "".join(name.bases)}
    rest = {effect for effect in set(shares) - set(own) if effect.partition("_")[0] not in inside}
    if rest and not own:
        raise SizeError(f"{what} is no function of the treatments.", tip='m.se_differences("block") has what is known '
                        "of blocks, by the number of treatments that two have in common.")  # fmt: skip
    if rest or (sympy.Add(*own.values()) != 0 and variances_of_plots(model)[1] is None):
        raise SizeError("A mean over fixed blocks has an effect of each, which cannot be listed in letters.",
                        tip='m.se_mean("treatment") has its standard error.')  # fmt: skip
    return name, own


def _contrast_or_mean(model: MixedModel, what: Any) -> Any:
    """An estimable function as an expression; beside fixed blocks, whose plots are not listed, a function as it is
    written: every contrast of treatments is estimable there, since each two of them meet in a block."""
    if variances_of_plots(model)[1] is None:
        tree = read(what, model.vocabulary).tree if isinstance(what, str) else what
        if not isinstance(tree, Tree) or not tree.is_scalar:
            raise TutorError(f"{what} is no function of the fixed effects.", tip='As in m.se("tau_1 - tau_2").')
        return value_of(tree)
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    return value_of(told.function)


def of_incomplete(
    model: MixedModel, difference: Contribution, of_mean: sympy.Expr, of_contrasts: sympy.Expr
) -> list[Contribution]:
    """Multiples of the variance of the mean of all plots and of half of that of a difference."""
    of_plot, of_block = variances_of_plots(model)
    assert model.plan is not None
    block, plot, *_ = model.plan.units
    sizes = {index.letter: index.size for index in model.plan.layout.indices}
    between = sympy.S.Zero if of_block is None else sizes[plot.letters] * of_block
    found = [Contribution(collected(of_contrasts * difference.variance / 2), f"the treatments: {difference.because}")]
    if of_mean != 0:
        mean = of_mean * (of_plot + between) / (sizes[block.letters] * sizes[plot.letters])
        found.append(Contribution(collected(mean), "the mean of all plots, which is uncorrelated with differences"))
    return found


def value_of(tree: Tree) -> Any:
    """The expression that a tree of one entry is."""
    return tree.value if isinstance(tree, Scalar) else tree.explicit()[0, 0]
