"""Moments of elements of β̂ and û while sizes are letters: both are sums of averages of y in a balanced design.

û_1 is f(ȳ_1· − ȳ_··) with its factors of shrinkage, τ̂_1 − τ̂_2 is ȳ_1· − ȳ_2·; what follows is the moment of averages.
Source: Searle, Casella and McCulloch (1992), Variance Components, sections 3.4 and 7.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Expectation, Product, Scalar, Symbol, Transpose, Variance
from tutor.algebra.random_elements import with_trees
from tutor.algebra.rules import Derivation, Step, chain, without_detours
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import SizeError, TutorError
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.inference.averages_of_cells import averages_of_estimate
from tutor.models.inference.closed_estimate import row_of_effect
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.named_estimates import without_hat
from tutor.models.inference.predictors_of_incomplete_blocks import moment_of_block
from tutor.models.inference.shrinkage import shrinkage
from tutor.models.inference.shrunken import Shrunken
from tutor.models.inference.weighted_mean import moment_of_groups
from tutor.models.levels import Level
from tutor.models.observations.cells import Element, element_of
from tutor.models.observations.derive import derive_elements
from tutor.notation.names import split_given
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

ESTIMABLE = 'The means are estimable: m.Var("X beta_hat").'


def derive_letters(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of E, Var or Cov of elements of β̂ and û in a design with letters for sizes; None where there are
    none of them.

    Raises
    ------
    TutorError
        For what is not estimable; for predictors that are no deviations of means.
    SizeError
        Where the estimate depends on the rows.
    """
    if model.n.is_Integer or not all(isinstance(part, Scalar) for part in goal.parts):
        return None
    values = [part.value for part in goal.parts if isinstance(part, Scalar)]
    if not any(_hats(model, value) for value in values):
        return None
    of_groups = moment_of_groups(model, goal)
    if of_groups is not None:
        return of_groups
    of_block = moment_of_block(model, goal)
    if of_block is not None:
        return of_block
    told: list[str] = []
    try:
        put = [_averages(model, value, told) for value in values]
    except SizeError:
        known = _of_estimates_alone(model, goal, values) or _by_standard_errors(model, goal, values)
        if known is None:
            raise
        return known
    form = goal.rebuild(tuple(Scalar(_with(value, own)) for value, own in zip(values, put, strict=True)))
    found = derive_elements(model, form)
    if found is None:
        raise SizeError(f"{inline(goal)} does not follow from the indices of this model.",
                        tip="Give numbers for the sizes.")  # fmt: skip
    names = {symbol.name: symbol for symbol in symbols_of(found.goal)}
    names = _cancelled(model, put, names) | names
    goal = goal.rebuild(tuple(_by_names(model, value, own, names) for value, own in zip(values, put, strict=True)))
    steps = [Step("averages", ", ".join(dict.fromkeys(told)), goal, found.goal), *found.steps]
    result = _worked_out(found.result)
    if result != found.result:
        steps.append(Step("closed-form", "the fractions put together", found.result, result))
    return without_detours(goal, steps)


def _hats(model: MixedModel, value: sympy.Expr) -> dict[sympy.Symbol, tuple[str, tuple[str, ...]]]:
    """The elements of β̂ and û in an expression: the key of what is estimated, and the names of what is given."""
    bases = {"".join(term.coefficient.bases) for term in model.index.terms}
    found: dict[sympy.Symbol, tuple[str, tuple[str, ...]]] = {}
    # What is given is told of a sum as a whole, though it may stand behind one of its letters only.
    told = next((given for letter in value.free_symbols if (given := split_given(str(letter))[1])), ())
    for letter in sorted(value.free_symbols, key=str):
        subject, own = split_given(str(letter))
        given = own or told
        key = without_hat(sympy.Symbol(subject))
        if isinstance(letter, sympy.Symbol) and key is not None and key.partition("_")[0] in bases:
            found[letter] = key, given
    return found


def _of_estimates_alone(model: MixedModel, goal: Tree, values: list[sympy.Expr]) -> Derivation | None:
    """E of a sum of elements of β̂ is what they estimate; None where other elements are in it, and given something."""
    hats = _hats(model, values[0])
    if not isinstance(goal, Expectation) or any(given for _, given in hats.values()):
        return None
    if set(hats) != values[0].free_symbols or any(element_of(model, key) is not None for key, _ in hats.values()):
        return None
    told = model.estimable(str(_without_hats(values[0], hats)))
    if not told:
        raise TutorError(told.because, tip=ESTIMABLE)
    because = f"unbiased, since {told.because.removesuffix('.')}"
    keys = {sympy.Symbol(key, real=True): key for key, _ in hats.values()}
    return chain(
        with_estimates(model, goal), ("mean-of-estimate", because, _by_rows(model, told.function, keys, model.beta))
    )


def _by_standard_errors(model: MixedModel, goal: Tree, values: list[sympy.Expr]) -> Derivation | None:
    """Var and Cov of sums of elements of β̂ by what `m.se` knows for all sizes, where the estimates are no averages:
    Cov(a, b) = (Var(a + b) − Var(a − b))/4. None of other moments, and where no standard error is known in letters."""
    hats = [_hats(model, value) for value in values]
    if any(set(own) != value.free_symbols for own, value in zip(hats, values, strict=True)):
        return None
    if isinstance(goal, Expectation) or any(given for own in hats for _, given in own.values()):
        return None
    functions = [_without_hats(value, own) for value, own in zip(values, hats, strict=True)]
    try:
        if isinstance(goal, Variance):
            law, found = "Var(k'β̂) = k'(X'V⁻¹X)⁻k", [(sympy.S.One, model.se(str(functions[0])))]
            if isinstance(whole := found[0][1].variance, Tree):
                return chain(with_estimates(model, goal), ("generalized-least-squares", law, whole))
        else:
            law, (first, second) = "Cov(a, b) = (Var(a + b) − Var(a − b))/4, Var(k'β̂) = k'(X'V⁻¹X)⁻k", functions
            forms = ((sympy.Rational(1, 4), first + second), (-sympy.Rational(1, 4), first - second))
            found = [(times, model.se(str(sympy.expand(form)))) for times, form in forms if sympy.expand(form) != 0]
    except TutorError:
        return None
    terms = [times * error.variance for times, error in found if not isinstance(error.variance, Tree)]
    if len(terms) < len(found):
        return None
    because = "; ".join(dict.fromkeys(part.because for _, error in found for part in error.contributions))
    value = Scalar(collected(sympy.cancel(sympy.Add(*terms))))  # pyright: ignore[reportArgumentType]
    return chain(with_estimates(model, goal), ("generalized-least-squares", f"{law}: {because}", value))


def with_estimates(model: MixedModel, tree: Tree) -> Tree:
    """A sum of elements of β̂, or a moment of such sums, with each as k'β̂, so that it has a value."""
    sums = (tree,) if isinstance(tree, Scalar) else tree.parts
    letters = [letter for part in sums if isinstance(part, Scalar) for letter in part.value.free_symbols]
    keys = {letter: key for letter in letters if (key := without_hat(letter)) is not None}
    return _by_rows(model, tree, keys, LeastSquares(model).estimate)


def _by_rows(model: MixedModel, tree: Tree, keys: Mapping[Any, str], vector: Symbol) -> Tree:
    """A tree with rows of β or of β̂ for letters, by the keys of the effects; as it is where a row is not known."""
    rows = {letter: row_of_effect(model, key) for letter, key in keys.items()}
    if not all(rows.values()):
        return tree
    forms = {letter: Product((Transpose(row), vector)) for letter, row in rows.items() if row is not None}
    named = {letter: Symbol(str(letter), ONE, ONE, vector.role, definition=form) for letter, form in forms.items()}
    return with_trees(tree, named)


def _without_hats(value: sympy.Expr, hats: dict[sympy.Symbol, tuple[str, tuple[str, ...]]]) -> sympy.Expr:
    named = {letter: sympy.Symbol(key, real=True) for letter, (key, _) in hats.items()}
    return sympy.expand(value.xreplace(named))  # pyright: ignore[reportReturnType]


def _with(value: sympy.Expr, put: Mapping[sympy.Symbol, sympy.Expr]) -> sympy.Expr:
    return cast(sympy.Expr, sympy.expand(value.xreplace(dict(put))))


def _cancelled(
    model: MixedModel, put: Iterable[Mapping[sympy.Symbol, sympy.Expr]], names: Mapping[str, Symbol]
) -> dict[str, Symbol]:
    """The averages that stand in one estimate and cancel with those of another, each by its name."""
    letters = {letter for own in put for averages in own.values() for letter in averages.free_symbols}
    found: dict[str, Symbol] = {}
    for letter in sorted(letters, key=str):
        if str(letter) in names or element_of(model, str(letter)) is None:
            continue
        alone = derive_elements(model, Expectation(Scalar(cast(sympy.Expr, letter))))
        if alone is not None:
            found |= {symbol.name: symbol for symbol in symbols_of(alone.goal) if symbol.name == str(letter)}
    return found


def _by_names(
    model: MixedModel, value: sympy.Expr, put: Mapping[sympy.Symbol, sympy.Expr], names: Mapping[str, Symbol]
) -> Tree:
    """A linear form with each estimate as a name that has its averages for a definition, so that putting them in its
    place can be verified; the form as it is where an average has no name."""
    defined: dict[str, Symbol] = {}
    for letter, averages in put.items():
        tree = sum_of_names(model, averages, names)
        if tree is None:
            return Scalar(value)
        defined[str(letter)] = Symbol(str(letter), ONE, ONE, role="random", definition=tree)
    return sum_of_names(model, value, {**names, **defined}) or Scalar(value)


def sum_of_names(model: MixedModel, value: sympy.Expr, names: Mapping[str, Symbol]) -> Tree | None:
    """A sum of multiples of elements and averages by their names; None where one has no name here."""
    value = cast(sympy.Expr, sympy.expand(value))
    known = (letter for letter in value.free_symbols if isinstance(letter, sympy.Symbol) and str(letter) in names)
    shares = {letter: normal(value.coeff(letter)) for letter in known}
    letters = sorted(shares, key=lambda letter: (shares[letter].could_extract_minus_sign(), str(letter)))
    rest = value.xreplace(dict.fromkeys(letters, sympy.S.Zero))
    if any(element_of(model, str(letter)) is not None for letter in rest.free_symbols):
        return None
    terms = [times(shares[letter], names[str(letter)]) for letter in letters]
    return sum_or_term([*terms, *([Scalar(cast(sympy.Expr, rest))] if rest != 0 or not terms else [])])


def _averages(model: MixedModel, value: sympy.Expr, told: list[str]) -> dict[sympy.Symbol, sympy.Expr]:
    """The averages that stand for the elements of β̂ and û in an expression; ``told`` gathers what they are."""
    hats = _hats(model, value)
    predicted = {letter: element_of(model, key) for letter, (key, _) in hats.items()}
    put: dict[sympy.Symbol, sympy.Expr] = {}
    for letter, element in predicted.items():
        if element is not None:
            put[letter] = _predictor(model, element, hats[letter][1])
            told.append(f"{inline(Scalar(letter))} = {inline(Scalar(put[letter]))}")
    fixed = {letter: hats[letter] for letter, element in predicted.items() if element is None}
    if fixed:
        put |= _estimator(model, value, fixed, told)
    return put


def _estimator(
    model: MixedModel, value: sympy.Expr, fixed: dict[sympy.Symbol, tuple[str, tuple[str, ...]]], told: list[str]
) -> dict[sympy.Symbol, sympy.Expr]:
    """What is put for elements of β̂: for the first the whole of their sum in averages, for the others nothing."""
    linear = sympy.expand(value)
    shares = {letter: cast(sympy.Expr, linear.coeff(letter)) for letter in fixed}
    combined = sympy.Add(*(share * letter for letter, share in shares.items()))
    if any(share.free_symbols for share in shares.values()) or len({given for _, given in fixed.values()}) > 1:
        raise TutorError(f"{inline(Scalar(value))} is no sum of estimates with numbers in front, of which the same is "
                         "given.", tip='As in m.Var("tau_hat_1 - tau_hat_2").')  # fmt: skip
    function = str(_without_hats(combined, fixed))
    estimable = model.estimable(function)
    if not estimable:
        raise TutorError(estimable.because, tip=ESTIMABLE)
    averages = averages_of_estimate(model, function)
    (given, *_) = (given for _, given in fixed.values())
    form = sympy.Add(*(times * _letter(each, given) for each, times in averages.items()))
    told.append(f"{inline(Scalar(combined))} = {inline(Scalar(form))}")
    first, *others = shares
    return {first: form / shares[first], **dict.fromkeys(others, sympy.S.Zero)}


def _predictor(model: MixedModel, element: Element, given: Iterable[str]) -> sympy.Expr:
    """û_1 as a sum of averages with its factors.

    Raises
    ------
    TutorError
        As `shrinkage`; for groups of different sizes, whose mean has weights that depend on the variances.
    """
    shrunken = next(each for each in shrinkage(model) if _is_of(model, each, element))
    at = dict(zip(letters_of(element.name), element.levels, strict=True))
    found = [share.factor * _deviation(model, share.deviation, at, tuple(given)) for share in shrunken.shares]
    return sympy.Add(*found)


def _is_of(model: MixedModel, shrunken: Shrunken, element: Element) -> bool:
    """Whether this is the predictor of the effects with the name of an element."""
    key = without_hat(shrunken.name.value)
    own = None if key is None else element_of(model, key)
    return own is not None and own.name == element.name


def _deviation(model: MixedModel, tree: Tree, at: dict[str, Level], given: tuple[str, ...]) -> sympy.Expr:
    """A deviation of means at levels of its indices."""
    whole: sympy.Expr = tree.explicit()[0, 0]  # pyright: ignore[reportAssignmentType]
    put: dict[sympy.Basic, sympy.Expr] = {}
    for letter in whole.free_symbols:
        average = element_of(model, str(letter))
        if average is None:
            raise SizeError(
                "The predictors of groups of different sizes have a mean with weights for each size.",
                tip='Ask for groups by their numbers, m.Var("uhat_1 - u_1"), or for all: m.Var("u_hat - u").',
            )
        levels = tuple(at.get(level, level) if isinstance(level, str) else level for level in average.levels)
        put[letter] = _letter(Element(average.name, levels), given)
    return whole.xreplace(put)  # pyright: ignore[reportReturnType]


def _letter(element: Element, given: tuple[str, ...]) -> sympy.Symbol:
    """The element as a letter, with what is given behind a bar."""
    return sympy.Symbol("|".join(filter(None, (element.key, ",".join(given)))), real=True)


def _worked_out(tree: Tree) -> Tree:
    """A number as one fraction."""
    if not isinstance(tree, Scalar):
        return tree
    variances = {str(letter) for letter in tree.value.free_symbols if str(letter).startswith("sigma")}
    return Scalar(collected(sympy.cancel(tree.value))) if variances else Scalar(sympy.factor_terms(tree.value))  # pyright: ignore[reportArgumentType]
