"""Closed forms of what is asked beside V⁻¹ and |V|: traces, ranks, roots, projections, numbers; and what is refused."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import sympy

from tests.strategies import VARIANCES
from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, ones
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Explicit, Inverse, Scalar
from tutor.algebra.provided import Provided
from tutor.algebra.sizes import size
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DomainError
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

s2, su, _ = VARIANCES
a, b = sympy.symbols("a b", real=True)
RCBD, SPLIT, ONE_WAY = c.rcbd("t", "b"), c.split_plot("a", "s", "r"), c.one_way("a", "n")
UNEQUAL = c.one_way("a", "n_i")


def power(tree: Tree, exponent: sympy.Expr | int) -> Tree:
    return Applied("power", (tree, Scalar(sympy.sympify(exponent))), "", *tree.shape)


def rank(tree: Tree) -> Tree:
    return Applied("rank", (tree,))


def pseudo(tree: Tree) -> Tree:
    return Applied("generalized inverse", (tree,))


EXACT: dict[str, Tree] = {
    "tr V": RCBD.V.trace(),
    "tr V⁻¹": SPLIT.V.inv().trace(),
    "tr of the stratum times V": (SPLIT.strata()["whole plots"].projection @ SPLIT.V).trace(),
    "tr M": RCBD.M.trace(),
    "tr P of a split plot": SPLIT.P.trace(),
    "tr AR(1)": c.repeated_measures("s", "t").V.trace(),
    "rank V": rank(SPLIT.V),
    "P": RCBD.P,
    "P of a split plot": SPLIT.P,
    "MVM": SPLIT.M @ SPLIT.V @ SPLIT.M,
    "P of unequal groups": UNEQUAL.P,
    "tr M of unequal groups": UNEQUAL.M.trace(),
    "(X'V⁻¹X)⁻¹": (ONE_WAY.X.T @ ONE_WAY.V.inv() @ ONE_WAY.X).inv(),
    "|V⁻¹|": RCBD.V.inv().det(),
    "(V')⁻¹": RCBD.V.T.inv(),
    "V V⁻¹ of unequal groups": UNEQUAL.V @ UNEQUAL.V.inv(),
    "V⁺ of unequal groups": pseudo(UNEQUAL.V),
}
"""Requests, each of which has a closed form without an inverse in it."""


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_closed_form_has_the_value_of_what_was_asked(name: str, seed: int) -> None:
    asked = EXACT[name]
    closed = asked.closed_form()
    assert not any(isinstance(node, Inverse | Applied) for node in walk(closed)), closed
    instance = DrawnInstance([asked, closed], random.Random(seed))
    assert instance.value(closed) == instance.value(asked)


@pytest.mark.parametrize("model", [RCBD, UNEQUAL])
def test_a_root_times_itself_is_the_matrix(model: MixedModel) -> None:
    root = power(model.V, sympy.S.Half).closed_form()
    assert root.shape == model.V.shape
    assert not any(isinstance(node, Applied) for node in walk(root))
    instance = DrawnInstance([model.V], random.Random(3)).in_balls()
    square, V = (instance.arithmetic.entries(instance.value(tree)) for tree in (root @ root, model.V))
    assert all(x.overlaps(y) for mine, theirs in zip(square, V, strict=True) for x, y in zip(mine, theirs, strict=True))


WRITTEN: dict[str, tuple[Callable[[], Tree], str]] = {
    "the number 1": (lambda: ones(1, 1).inv(), "1"),
    "one row of AR(1)": (lambda: ByDistance(size(1), (), s2 * a**DISTANCE).inv(), "1/σ²"),
    "variance of the mean": (lambda: EXACT["(X'V⁻¹X)⁻¹"], "(σ² + n σ²_u)/(an)"),
    "degrees of freedom": (lambda: RCBD.M.trace(), "t (b − 1)"),
    "a mean square": (lambda: EXACT["tr of the stratum times V"], "r (a − 1)(σ² + s σ²_v)"),
    "P": (lambda: RCBD.P, "(1/b) (J_b ⊗ I_t)"),
    "a determinant that is 0": (lambda: ones("n", "n").det(), "0,  if n ≥ 2"),
    "a determinant of numbers that is 0": (lambda: ones(3, 3).det(), "0"),
    "a rank": (lambda: rank(identity("n") * a + ones("n", "n") * b), "n,  if a + n b ≠ 0, a ≠ 0"),
    "a number that may be 0": (
        lambda: (ones("n").T @ (identity("n") * a + ones("n", "n") * b) @ ones("n")).inv(),
        "1/(n (a + n b)),  if n (a + n b) ≠ 0",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_closed_form_as_text(name: str) -> None:
    asked, text = WRITTEN[name]
    assert str(asked().closed_form()) == text


def test_a_rank_holds_where_no_eigenvalue_is_0() -> None:
    closed = rank(identity(3) * a + ones(3, 3) * b).closed_form()
    assert isinstance(closed, Provided)
    pole = DrawnInstance([closed], random.Random(1), sizes={})
    with pytest.raises(DomainError):
        pole.changed({a: 3, b: -1}).value(closed)  # pyright: ignore[reportArgumentType]  (whole numbers are fractions)


REFUSED: dict[str, tuple[Callable[[], Tree], str]] = {
    "X'X with letters": (lambda: (RCBD.X.T @ RCBD.X).inv(), "μ = ∑_i τ_i"),
    "X'X with numbers": (lambda: (lambda X: (X.T @ X).inv())(c.rcbd(3, 4).X), "μ = ∑_i τ_i"),
    "X'V⁻¹X": (lambda: (RCBD.X.T @ RCBD.V.inv() @ RCBD.X).inv(), "μ = ∑_i τ_i"),
    "P": (lambda: RCBD.P.inv(), "no inverse"),
    "ZGZ'": (lambda: (UNEQUAL.V - identity(UNEQUAL.n) * s2).inv(), "no inverse unless n_i = 1"),
    "log 0": (lambda: Applied("log", (ones(3, 3).det(),)), "no logarithm"),
    "1/0": (lambda: (ones("n").T @ (identity("n") - ones("n", "n") * (1 / size("n"))) @ ones("n")).inv(), "is 0"),
    "a boundary of compound symmetry": (
        lambda: (identity(3) * sympy.Rational(3, 2) - ones(3, 3) * sympy.Rational(1, 2)).inv(),
        "rows add up to 0",
    ),
    "a correlation of −1": (lambda: ByDistance(size("n"), (), sympy.Integer(-1) ** DISTANCE).inv(), "singular"),
    "a semidefinite block": (lambda: Explicit(sympy.ImmutableMatrix([[su, su], [su, su]])).inv(), "singular"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_exist_is_refused_with_the_reason(name: str) -> None:
    asked, told = REFUSED[name]
    with pytest.raises(DomainError, match=told):
        closed_form(asked())
