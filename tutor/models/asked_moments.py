"""E, Var, Cov and Corr as a person asks for them: of text or trees, given random effects, in letters or in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.boundary import NoInverseError
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Variance, Zero
from tutor.algebra.origins import with_origins
from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of
from tutor.errors import DomainError, TutorError, UnknownNameError, size_text
from tutor.models.moments import derive, why_of_two
from tutor.models.observations.cells import element_of, indices_fit, primed
from tutor.notation.read import read
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Asked = str | Tree
"""What a moment is asked of: text in any notation that is read, or a tree."""

_KINDS: Mapping[str, Callable[..., Tree]] = {
    "E": Expectation,
    "Var": Variance,
    "Cov": Covariance,
    "Corr": lambda left, right: Applied("Corr", (left, right)),
}


def moment(
    model: MixedModel,
    kind: str,
    of: Sequence[Asked],
    given: Asked | None = None,
    values: Mapping[str, float] | None = None,
) -> Any:
    """A moment in closed form, a tree; with values for its parameters a number, or an array of a vector's.

    ``kind`` is "E", "Var", "Cov" or "Corr"; ``given`` are random effects that are held fixed, "u".

    Raises
    ------
    TutorError
        For what is not linear in y, u and ε, and elements that there are not.
    ReadError
        For text that cannot be read.
    UnknownNameError
        For a value of a name that is no parameter of the model.
    DomainError
        For a missing value, or one outside its domain.
    """
    from tutor.models.inference.asked_sources import squares_asked

    asked = f"{kind}({', '.join(map(str, of))})"
    if given is None and squares_asked(asked) is not None:
        result = model.derive(asked).result
        return _at(model, result, values) if values else result
    trees = _read(model, of, given)
    result = derive(model, _KINDS[kind](*trees)).result
    if isinstance(result, Zero) and result.is_scalar:
        result = Scalar(sympy.S.Zero)
    result = with_origins(result, (model.scope,))
    if not values:
        return result
    if kind == "Corr":
        _require_variation(model, trees, values)
    return _at(model, result, values)


def _require_variation(model: MixedModel, trees: Sequence[Tree], values: Mapping[str, float]) -> None:
    """Refuse a correlation of what does not vary at these values, which is 0/0 whatever the letters cancel to."""
    for tree in trees:
        variance = with_origins(derive(model, Variance(tree)).result, (model.scope,))
        if not isinstance(variance, Zero) and variance.is_scalar and _at(model, variance, values) == 0:
            zero = ", ".join(f"{name} = 0" for name, value in values.items() if value == 0)
            raise DomainError(
                f"At {zero or 'these values'}, {inline(tree)} does not vary: a correlation with it is 0/0.",
                tip=f'Its variance is 0 there, and its covariances are: m.Cov("{tree}", …).',
            )


def why(model: MixedModel, first: Asked, second: Asked, given: Asked | None = None) -> str:
    """Why two observations are correlated, or are not, in a sentence.

    Raises
    ------
    TutorError
        For anything but two elements of y.
    ReadError
        For text that cannot be read.
    """
    left, right = _read(model, (first, second), given)
    return why_of_two(model, left, right)


def _read(model: MixedModel, of: Sequence[Asked], given: Asked | None) -> list[Tree]:
    trees = [_tree(model, each) for each in of]
    return trees if given is None else [_given(model, tree, given) for tree in trees]


def _tree(model: MixedModel, asked: Asked) -> Tree:
    tree = read(asked, model.vocabulary).tree if isinstance(asked, str) else asked
    if asked is None:
        raise TutorError("This model has no random effects: m.Z, m.u and m.G are None.",
                         tip="Its moments are those of m.y and m.e.")  # fmt: skip
    if not isinstance(tree, Tree):
        raise TutorError(f"{asked} is no vector and no element whose moments could be asked for.",
                         tip='Write m.Var("y_11"), m.Var(m.y), m.Cov("y_11", "y_21").')  # fmt: skip
    if tree.columns != ONE:
        raise TutorError(f"{tree} is {size_text(tree.rows)} × {size_text(tree.columns)}; "
                         "moments are those of a vector or a number.",
                         tip="Ask for a linear form, as m.Var(m.y) or m.Var(\"y_11 - y_21\").")  # fmt: skip
    return primed(tree)


def _given(model: MixedModel, tree: Tree, given: Asked) -> Tree:
    """A tree with what is given beside all that varies in it."""
    told = given if isinstance(given, str) else str(given)
    names = ",".join(part.strip() for part in told.split(","))
    if isinstance(tree, Scalar):
        letters = {letter: sympy.Symbol(f"{letter}|{names}", real=True) for letter in tree.value.free_symbols
                   if _is_element(model, letter)}  # fmt: skip
        return Scalar(tree.value.xreplace(letters))  # pyright: ignore[reportArgumentType]
    random = [symbol for symbol in symbols_of(tree) if symbol.role == "random"]
    conditional = {symbol: read(f"{symbol.name} | {names}", model.vocabulary).tree for symbol in random}
    return replace(tree, {symbol: known for symbol, known in conditional.items() if known is not None})


def _is_element(model: MixedModel, letter: sympy.Basic) -> bool:
    if indices_fit(model):
        return element_of(model, str(letter)) is not None
    vectors = (model.y, model.u, model.e)
    return any(v is not None and v.entries is not None and letter in v.entries.free_symbols for v in vectors)


def _at(model: MixedModel, tree: Tree, values: Mapping[str, float]) -> Any:
    """The value of a tree; parameters and fixed effects of the model that are not in it may be given too."""
    used = {str(letter) for letter in (*scalars_of(tree), *sizes_of(tree))}
    known = model.scope.symbols
    of_groups = {name for name in values if (told := re.fullmatch(r"(\w+_)\d+", name)) and {f"{told[1]}i"} & used}
    for name, value in values.items():
        if not isinstance(value, Real):
            raise DomainError(f"{name} = {value!r} is no number.")
        if name not in used | set(known) | of_groups:
            raise UnknownNameError("The parameter", name, [*known, *sorted(used)])
        vanishes = value == 0 and name in model.scope.may_vanish
        if name not in used and name in known and known[name].is_positive and not value > 0 and not vanishes:
            raise DomainError(f"{name} must be positive; it is {value}.")
    model.scope.check({**values})
    try:
        found = tree.numpy(**{name: value for name, value in values.items() if name in used | of_groups})
    except NoInverseError as error:  # the moment exists, though this form of it does not
        if error.value is None:
            raise
        found = error.value
    return float(found[0, 0]) if tree.is_scalar else found
