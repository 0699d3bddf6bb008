"""The named designs have the matrices, labels and sizes of the lecture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

from tutor.algebra.nodes import Block, Identity, Kronecker, Ones, Scaled, Sum
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.elements import LISTED
from tutor.models.mixed import MixedModel


def indicator(levels: list[int], number: int) -> np.ndarray:
    """One column a level, with a 1 in the rows of that level; by a loop, to be compared with what is structured."""
    matrix = np.zeros((len(levels), number))
    for row, level in enumerate(levels):
        matrix[row, level] = 1
    return matrix


def defined(tree: Tree | None) -> Tree:
    """The definition of a symbol."""
    assert tree is not None
    definition = getattr(tree, "definition", None)
    assert isinstance(definition, Tree)
    return definition


@pytest.mark.parametrize(("treatments", "blocks"), [(2, 2), (3, 2), (2, 5), (4, 3)])
def test_rcbd_has_one_column_a_treatment_and_one_a_block(treatments: int, blocks: int) -> None:
    t = [i for _ in range(blocks) for i in range(treatments)]
    b = [j for j in range(blocks) for _ in range(treatments)]
    ones = np.ones((treatments * blocks, 1))
    random, fixed = rcbd(treatments, blocks), rcbd(treatments, blocks, blocks_are="fixed")
    assert random.Z is not None
    assert np.array_equal(random.X.numpy(), np.hstack([ones, indicator(t, treatments)]))
    assert np.array_equal(random.Z.numpy(), indicator(b, blocks))
    assert np.array_equal(fixed.X.numpy(), np.hstack([ones, indicator(t, treatments), indicator(b, blocks)]))
    assert fixed.Z is None


@pytest.mark.parametrize(("treatments", "reps"), [(2, 1), (3, 4), (5, 2)])
def test_crd_has_one_column_a_treatment(treatments: int, reps: int) -> None:
    t = [i for i in range(treatments) for _ in range(reps)]
    X = crd(treatments, reps).X.numpy()
    assert np.array_equal(X, np.hstack([np.ones((treatments * reps, 1)), indicator(t, treatments)]))


@pytest.mark.parametrize(
    "model",
    [
        rcbd(3, 2),
        rcbd(3, 2, "fixed"),
        rcbd(2, 7),
        crd(4, 3),
        crd(2, 1),
        regression([1, 2, 4]),
        regression([3, 3]),
        regression([5]),
    ],
    ids=repr,
)
def test_the_rank_that_is_told_is_the_rank_of_X(model: MixedModel) -> None:
    assert model.rank == np.linalg.matrix_rank(model.X.numpy())
    assert ("full column rank" in model.X.facts) == (model.rank == model.p)


def test_V_of_random_blocks_has_a_block_of_equal_covariances_for_each_block() -> None:
    V = rcbd(3, 2).V.numpy(sigma2=1, sigma2_u=2)
    block = np.array([[3, 2, 2], [2, 3, 2], [2, 2, 3]])
    assert np.array_equal(V, np.block([[block, np.zeros((3, 3))], [np.zeros((3, 3)), block]]))


def test_without_random_effects_V_is_R() -> None:
    for model in (crd(3, 2), rcbd(3, 2, "fixed"), regression(4)):
        assert (model.Z, model.u, model.G, model.q) == (None, None, None, None)
        assert model.V is model.R
        assert np.array_equal(model.V.numpy(sigma2=2), 2 * np.eye(int(model.n)))


@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
def test_letters_stand_for_any_numbers(blocks_are: Any) -> None:
    symbolic = rcbd("t", "b", blocks_are)
    for t, b in [(2, 2), (3, 5)]:
        concrete = rcbd(t, b, blocks_are)
        assert np.array_equal(symbolic.X.numpy(t=t, b=b), concrete.X.numpy())
        values = {p.key: 1.5 + number for number, p in enumerate(concrete.parameters)}
        assert np.allclose(symbolic.V.numpy(t=t, b=b, **values), concrete.V.numpy(**values))
        letters = [(size("t"), t), (size("b"), b)]
        assert symbolic.rank.subs(letters) == concrete.rank
        assert symbolic.n.subs(letters) == concrete.n


def test_letters_stand_for_any_numbers_of_treatments_and_replicates() -> None:
    assert np.array_equal(crd("t", "r").X.numpy(t=3, r=4), crd(3, 4).X.numpy())


def test_the_matrices_are_known_by_structure() -> None:
    model = rcbd("t", "b")
    t, b = model.rank, model.n / model.rank
    assert defined(model.Z) == Kronecker((Identity(b), Ones(t)))
    assert defined(model.X) == Block(((Ones(b * t), Kronecker((Ones(b), Identity(t)))),))
    for covariance, order in ((model.G, b), (model.R, b * t)):
        definition = defined(covariance)
        assert isinstance(definition, Scaled) and definition.tree == Identity(order)


def test_a_large_design_costs_no_more_than_a_small_one() -> None:
    model = rcbd(10**6, 10**6)
    assert model.n == 10**12
    assert model.y.entries is None and model.y.row_labels is None
    assert sum(1 for _ in walk(model.V)) < 10


def test_elements_are_listed_up_to_a_limit() -> None:
    assert crd(2, LISTED // 2).y.entries is not None
    assert crd(2, LISTED // 2 + 1).y.entries is None


def test_elements_are_named_by_treatment_and_block() -> None:
    model = rcbd(2, 2)
    assert [str(y) for y in model.y.explicit()] == ["y_11", "y_21", "y_12", "y_22"]
    assert [str(e) for e in model.e.explicit()] == ["e_11", "e_21", "e_12", "e_22"]
    assert [str(b) for b in model.beta.explicit()] == ["mu", "tau_1", "tau_2"]
    assert model.u is not None
    assert [str(u) for u in model.u.explicit()] == ["u_1", "u_2"]


def test_two_digits_are_kept_apart() -> None:
    names = [str(y) for y in crd(11, 2).y.explicit()]
    assert names[0] == "y_11" and names[-1] == "y_11_2"
    assert len(set(names)) == 22


def test_fixed_blocks_are_rho() -> None:
    model = rcbd(2, 3, "fixed")
    assert [str(b) for b in model.beta.explicit()] == ["mu", "tau_1", "tau_2", "rho_1", "rho_2", "rho_3"]


def test_rows_and_columns_are_labelled() -> None:
    model = rcbd(2, 2)
    assert model.Z is not None and model.G is not None and model.u is not None
    rows = ("y_11  τ1 b1", "y_21  τ2 b1", "y_12  τ1 b2", "y_22  τ2 b2")
    for symbol in (model.y, model.X, model.Z, model.e, model.R, model.covariance):
        assert symbol.row_labels == rows
    assert model.X.column_labels == model.beta.row_labels == ("μ", "τ1", "τ2")
    assert model.Z.column_labels == model.u.row_labels == model.G.row_labels == ("block 1", "block 2")


def test_regression_takes_numbers_exactly() -> None:
    X = regression([1, 0.2, sympy.Rational(1, 3)]).X.explicit()
    assert sympy.Matrix([[1, 1], [1, sympy.Rational(1, 5)], [1, sympy.Rational(1, 3)]]) == X


def test_regression_takes_a_number_of_symbols_or_a_letter() -> None:
    assert [str(x) for x in regression(3).X.explicit().col(1).flat()] == ["x_1", "x_2", "x_3"]
    letter = regression("n")
    assert letter.X.shape == (letter.n, 2) and letter.n.is_Symbol


def test_regression_takes_arrays() -> None:
    assert regression(np.array([1.5, 2.5])) == regression([1.5, 2.5])


def test_y_is_the_sum_of_its_parts() -> None:
    model = rcbd(3, 2)
    assert isinstance(model.y.definition, Sum)
    assert model.y.definition.terms[-1] == model.e
    assert model.e.uncorrelated == {model.u}
    assert model.e.variance == model.R and model.u is not None and model.u.variance == model.G


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: rcbd(1, 4), "treatments = 1"),
        (lambda: rcbd(4, 1), "blocks = 1"),
        (lambda: rcbd(0, 4), "0"),
        (lambda: rcbd(2.5, 4), "2.5"),  # pyright: ignore[reportArgumentType]
        (lambda: rcbd(True, 4), "True"),
        (lambda: rcbd("t", "X"), "X"),
        (lambda: rcbd("sigma", 3), "sigma"),
        (lambda: rcbd("2t", 3), "2t"),
        (lambda: rcbd("__import__('os')", 3), "__import__"),
        (lambda: crd(3, 0), "0"),
        (lambda: crd("i", 2), "i"),
        (lambda: regression(0), "0"),
        (lambda: regression("y"), "y"),
    ],
)
def test_impossible_sizes_are_refused_by_name(build: Any, told: str) -> None:
    with pytest.raises(SizeError) as refusal:
        build()
    assert told in str(refusal.value)


@pytest.mark.parametrize("x", [[], [1, "2"], [1, float("nan")], [1, float("inf")], [1, None], [1, sympy.pi], 2.5, None])
def test_impossible_covariates_are_refused(x: Any) -> None:
    with pytest.raises((DataError, SizeError)):
        regression(x)


def test_blocks_are_random_or_fixed() -> None:
    with pytest.raises(UnknownNameError) as refusal:
        rcbd(2, 2, blocks_are="fixd")  # pyright: ignore[reportArgumentType]
    assert refusal.value.nearest == "fixed"


def test_a_row_is_labelled_with_the_value_of_its_covariate() -> None:
    assert regression([1, 2, 5]).X.row_labels == ("y_1  x = 1", "y_2  x = 2", "y_3  x = 5")
