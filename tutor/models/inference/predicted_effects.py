"""Elements of û, and sums of them and of elements of β̂, as averages of y: û_1, μ̂ + τ̂_1 + û_1.

l'û = l'GZ'P_V y, and the weights of observations that are alike make means of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Expectation, Scalar, Scaled, Sum, Symbol
from tutor.algebra.rules import Derivation, Step, without_detours
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of
from tutor.errors import TutorError
from tutor.models.inference.element_covariance import weights_of_observations
from tutor.models.inference.estimable_functions import in_means
from tutor.models.inference.estimates_by_letters import derive_letters
from tutor.models.inference.moments_of_estimates import coefficients_told, in_vectors, in_y, require_unique
from tutor.models.inference.named_estimates import KEYS, without_hat
from tutor.models.observations.cells import element_of
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def derive_predicted(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of a sum with elements of û in it; None for any other tree.

    Raises
    ------
    TutorError
        For what is not estimable, and where sizes are letters and û_1 is no sum of averages for all of them.
    """
    if not isinstance(goal, Scalar) or not any(_is_predicted(model, letter) for letter in goal.value.free_symbols):
        return None
    return _of_rows(model, goal) if model.n.is_Integer else _of_letters(model, goal)


def _is_predicted(model: MixedModel, letter: sympy.Basic) -> bool:
    key = without_hat(letter)
    if key is None or model.u is None:
        return False
    if model.u.entries is not None:
        return any(str(entry) == key for entry in model.u.entries.flat())
    random = {"".join(name.bases) for effects in model.index.effects for name in effects.names}
    return key.partition("_")[0] in random and element_of(model, key) is not None


def _of_rows(model: MixedModel, goal: Scalar) -> Derivation | None:
    """By the weights of the observations, where rows are listed."""
    form, named = _in_vectors(model, goal), _by_names(model, goal)
    if form is None or named is None:
        return None
    require_unique(model, form, ())
    estimates = [symbol for symbol in symbols_of(form) if symbol.name in KEYS]
    formulas: dict[Tree, Tree] = {estimate: in_y(model, estimate) for estimate in estimates}
    told = ", ".join(f"{inline(estimate)} = {inline(formula)}" for estimate, formula in formulas.items())
    put = replace(form, formulas)
    steps = [
        Step("linear-form", coefficients_told(form), named, form),
        Step("definition", told, form, put),
    ]
    weights = weights_of_observations(model, form)
    means = None if weights is None or model.offset is not None else in_means(model, weights)
    if means is not None:
        steps.append(Step("closed-form", "the weights of the observations, those that are alike as means", put, means))
    return without_detours(named, steps)


def _in_vectors(model: MixedModel, goal: Scalar) -> Tree | None:
    """k'β̂ + l'û, where nothing else stands in the sum."""
    if any(without_hat(letter) is None for letter in goal.value.free_symbols):
        return None
    moment = in_vectors(model, Expectation(goal))
    return None if moment is None else moment.parts[0]


def _by_names(model: MixedModel, goal: Scalar) -> Tree | None:
    """The sum with each of its elements as a name that has k'β̂ or l'û for a definition, so that it has a value."""

    def named(letter: Scalar) -> Tree | None:
        form = _in_vectors(model, letter)
        return None if form is None else Symbol(str(letter.value), ONE, ONE, role="random", definition=form)

    return _sum_of(goal, named)


def _sum_of(goal: Scalar, named: Callable[[Scalar], Tree | None]) -> Tree | None:
    """A sum of multiples of letters with a tree for each, those with a minus last; None where one has none."""
    terms: list[Tree] = []
    for letter, share in sorted(
        _shares(goal).items(), key=lambda each: (each[1].could_extract_minus_sign(), str(each[0]))
    ):
        tree = named(Scalar(letter))
        if tree is None:
            return None
        terms.append(times(share, tree))
    return sum_or_term(terms)


def _of_letters(model: MixedModel, goal: Scalar) -> Derivation:
    """By averages, as the moments of û_1 are derived."""
    found = derive_letters(model, Expectation(goal))
    first = None if found is None or not found.steps else found.steps[0]
    if first is None or not isinstance(first.before, Expectation) or not isinstance(first.after, Expectation):
        raise TutorError(f"{inline(goal)} is not told as averages while sizes are letters.",
                         tip=r'm.derive("\hat u") has the whole vector; give numbers for its elements.')  # fmt: skip
    because = "û = GZ'V⁻¹(y − Xβ̂), whose rows take averages of y"
    before, after = first.before.tree, first.after.tree
    if isinstance(before, Scalar) and len(_shares(goal)) > 1:  # averages of one element cancel with those of another
        apart = {letter: _of_letters(model, Scalar(letter)) for letter in _shares(goal)}
        before = _sum_of(goal, lambda letter: apart[letter.value].goal) or before
        after = _added((share, apart[letter].result) for letter, share in _shares(goal).items())
    return Derivation(before, (Step("averages", because, before, after),))


def _shares(goal: Scalar) -> dict[sympy.Expr, sympy.Expr]:
    return cast("dict[sympy.Expr, sympy.Expr]", sympy.expand(goal.value).as_coefficients_dict())


def _added(parts: Iterable[tuple[sympy.Expr, Tree]]) -> Tree:
    """A sum of multiples of sums of averages, each average once."""
    total: dict[Tree, sympy.Expr] = {}
    for share, tree in parts:
        for term in tree.terms if isinstance(tree, Sum) else (tree,):
            of, each = (term.scalar, term.tree) if isinstance(term, Scaled) else (Scalar(sympy.S.One), term)
            number = cast(Scalar, of).value
            total[each] = normal(total.get(each, sympy.S.Zero) + share * number)
    terms = [times(share, each) for each, share in total.items() if share != 0]
    return sum_or_term(terms) if terms else Scalar(sympy.S.Zero)
