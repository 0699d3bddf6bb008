"""Every named design is one model in its equation, its matrices, its formula and its letters."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.models.design_case import Case
from tests.models.designs import ALL, CASES
from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import size
from tutor.models.catalogue import DESIGNS
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel


def values_by_group(of: MixedModel) -> dict[str, float]:
    """A value for each parameter, the same for the same group and coefficients in any model of the data."""
    values = {"sigma2": 1.5} if of.residual is None else inside([p.symbol for p in of.residual.parameters], 1.5)
    for number, term in enumerate(sorted(of.random, key=lambda term: sorted(term.variables))):
        values |= inside([p.symbol for p in term.parameters], 2.0 + number)
    return values


def inside(parameters: list[sympy.Symbol], variance: float) -> dict[str, float]:
    """Variances from the one given upwards, and covariances and correlations that go with them."""
    return {str(s): variance + 0.5 * place if s.is_positive else 0.25 for place, s in enumerate(parameters)}


def numbers(of: MixedModel) -> dict[str, float]:
    """A value for each letter of X: covariates without numbers."""
    return {str(symbol): 1.0 + 0.7 * n for n, symbol in enumerate(sorted(of.X.explicit().free_symbols, key=str))}


def null_space_of(matrix: np.ndarray) -> int:
    return matrix.shape[1] - int(np.linalg.matrix_rank(matrix))


def test_each_design_of_the_catalogue_is_in_this_table() -> None:
    assert {case.design.__name__ for case in CASES} == set(DESIGNS)


@pytest.mark.parametrize("name", sorted(DESIGNS))
def test_each_design_is_a_public_name(name: str) -> None:
    assert getattr(tutor, name) is DESIGNS[name]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rank_and_the_null_space_of_X_are_numpys(case: Case) -> None:
    m = case.model
    X = m.X.numpy(**numbers(m))
    assert m.rank == np.linalg.matrix_rank(X)
    null = m.null_space()
    assert null.dimension == null_space_of(X) == null.basis.cols
    assert null.basis.rank() == null.basis.cols
    assert (m.X.explicit() * null.basis).is_zero_matrix is not False


def test_each_design_has_two_sets_of_sizes_and_a_formula() -> None:
    for case in CASES:
        assert case.formula
        other = case.of_other_sizes
        assert (other.arguments, other.options) != (case.arguments, case.options)
        assert other.values.keys() == case.values.keys()


@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_data_frame_and_the_formula_give_the_same_model(case: Case) -> None:
    m = case.model
    frame = m.dataframe()
    if "time" in frame:
        frame["step"] = frame["time"].cat.codes + 1  # distances are of numbers
    frame["y"] = np.random.default_rng(1).normal(size=len(frame))
    again = model(f"y ~ {case.formula}", frame, R=case.residual)
    assert again.n == m.n
    assert np.allclose(again.V.numpy(**values_by_group(again)), m.V.numpy(**values_by_group(m)))
    X, other = m.X.numpy(**numbers(m)), again.X.numpy()
    assert again.rank == m.rank == np.linalg.matrix_rank(np.hstack([X, other]))


@pytest.mark.parametrize("case", [case for case in ALL if case.letters], ids=str)
def test_letters_give_the_closed_form_of_numbers(case: Case) -> None:
    symbolic, m = case.symbolic, case.model
    letters = [(size(letter), value) for letter, value in case.values.items()]
    values = {p.key: 0.3 if p.symbol.is_positive is None else 1.5 + k for k, p in enumerate(m.parameters)}
    assert symbolic.n.subs(letters) == m.n
    assert symbolic.rank.subs(letters) == m.rank
    assert symbolic.null_space().dimension.subs(letters) == m.null_space().dimension
    assert np.array_equal(symbolic.X.numpy(**case.values), m.X.numpy())
    assert np.allclose(symbolic.V.numpy(**case.values, **values), m.V.numpy(**values))
    closed = symbolic.V.closed_form()
    assert np.allclose(closed.numpy(**case.values, **values), m.V.closed_form().numpy(**values))


@pytest.mark.parametrize("form", ["unicode", "latex"])
@pytest.mark.parametrize("case", [case for case in ALL if case.order], ids=str)
def test_the_equation_with_its_ranges_gives_the_matrices_and_the_matrices_the_equation(case: Case, form: Any) -> None:
    m = case.model
    again = from_equation(str(m.equation("index", form)), order=case.order)
    assert again.equation("index") == m.equation("index")
    assert again.X.definition == m.X.definition
    assert_the_same(again, m)


@pytest.mark.parametrize("form", ["unicode", "latex"])
@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_equation_with_the_columns_of_the_design_gives_the_matrices(case: Case, form: Any) -> None:
    # Which treatment a cell of an incomplete or square layout has is in no equation: the columns tell it.
    m = case.model
    assert m.plan is not None
    frame = m.dataframe()
    columns = {letter: m.plan.layout.index(letter).name for letter in m.index.response.indices}
    known = {letter: name for letter, name in columns.items() if name in frame}
    again = from_equation(str(m.equation("index", form)), known, data=frame)
    assert_the_same(again, m)


def assert_equal_columns(one: tuple[Symbol, Symbol], other: tuple[Symbol, Symbol], values: dict[str, float]) -> None:
    """The same columns of a design matrix by the name of their effect; interactions may stand in another order."""
    mine, theirs = (
        dict(zip(map(str, effects.explicit().flat()), matrix.numpy(**values).T.tolist(), strict=True))
        for effects, matrix in (one, other)
    )
    assert mine == theirs


def assert_the_same(again: MixedModel, m: MixedModel) -> None:
    """The same y, β and X, the same columns of Z by the name of their effect, the same V."""
    assert again.y.entries == m.y.entries
    assert again.rank == m.rank
    assert_equal_columns((again.beta, again.X), (m.beta, m.X), numbers(m))
    assert (again.Z is None) == (m.Z is None)
    if again.Z is not None and m.Z is not None and again.u is not None and m.u is not None:
        assert_equal_columns((again.u, again.Z), (m.u, m.Z), {})
    values = {p.key: 0.3 if p.symbol.is_positive is None else 1.5 + k for k, p in enumerate(m.parameters)}
    assert np.allclose(again.V.numpy(**values), m.V.numpy(**values))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_data_frame_has_a_row_for_each_observation(case: Case) -> None:
    m = case.model
    frame = dict(m.dataframe())
    assert {len(column) for column in frame.values()} == {int(m.n)}  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("built", "closed"),
    [
        (lambda: tutor.latin_square("t"), "σ² I_{t²} + σ²_r (I_t ⊗ J_t) + σ²_c (J_t ⊗ I_t)"),
        (lambda: tutor.graeco_latin("t"), "σ² I_{t²} + σ²_r (I_t ⊗ J_t) + σ²_c (J_t ⊗ I_t)"),
        (lambda: tutor.bibd("t", "b", "k"), "I_b ⊗ (σ² I_k + σ²_u J_k)"),
        (lambda: tutor.row_column("t", "r", "c"), "σ² I_cr + σ²_r (I_r ⊗ J_c) + σ²_c (J_r ⊗ I_c)"),
        (lambda: tutor.split_plot("a", "s", "r"), "I_r ⊗ (σ² I_as + σ²_v (I_a ⊗ J_s) + σ²_u J_as)"),
    ],
)
def test_V_is_known_by_structure_where_the_treatments_of_cells_are_not(built: object, closed: str) -> None:
    m = built()  # pyright: ignore[reportCallIssue]
    assert str(m.V.closed_form()) == closed
    assert m.X.rows == m.n


def test_the_rank_of_a_square_of_letters_is_that_of_numbers() -> None:
    for fixed in ("random", "fixed"):
        symbolic, t = tutor.latin_square("t", fixed).rank, size("t")
        assert [symbolic.subs(t, n) for n in (3, 4, 5)] == [tutor.latin_square(n, fixed).rank for n in (3, 4, 5)]


# The combinatorics


@pytest.mark.parametrize("n", [2, 3, 4, 7])
def test_each_treatment_is_once_in_each_row_and_column_of_a_latin_square(n: int) -> None:
    frame = dict(tutor.latin_square(n).dataframe())
    for side in ("row", "column"):
        assert len(set(zip(frame[side], frame["treatment"], strict=True))) == n * n


@pytest.mark.parametrize("n", [3, 4, 5, 7, 8, 9, 10, 12])
def test_each_pair_comes_once_in_a_graeco_latin_square(n: int) -> None:
    frame = dict(tutor.graeco_latin(n).dataframe())
    for pair in combinations(("row", "column", "latin", "greek"), 2):
        assert len(set(zip(frame[pair[0]], frame[pair[1]], strict=True))) == n * n


@pytest.mark.parametrize(
    ("v", "r", "k", "most"),
    [(12, 2, 3, 1), (20, 4, 4, 1), (25, 3, 5, 1), (24, 3, 6, 2), (12, 4, 4, 2)],
)
def test_alpha_blocks_hold_each_treatment_once_a_replicate_and_pairs_seldom(v: int, r: int, k: int, most: int) -> None:
    frame = dict(tutor.alpha(v, r, k).dataframe())
    assert Counter(zip(frame["replicate"], frame["treatment"], strict=True)).most_common(1)[0][1] == 1
    blocks: dict[tuple[str, str], list[str]] = {}
    for replicate, block, treatment in zip(frame["replicate"], frame["block"], frame["treatment"], strict=True):
        blocks.setdefault((replicate, block), []).append(treatment)
    met = Counter(pair for held in blocks.values() for pair in combinations(sorted(held), 2))
    assert {len(held) for held in blocks.values()} == {k}
    assert max(met.values()) <= most


@pytest.mark.parametrize("t", [2, 3, 4, 5, 6])
def test_in_williams_sequences_each_treatment_follows_each_other_equally_often(t: int) -> None:
    frame = dict(tutor.crossover(1, t).dataframe()) if t > 2 else dict(tutor.crossover(2, t).dataframe())
    rows = list(zip(frame["sequence"], frame["period"], strict=True))
    sequences = {str(sequence) for sequence, _ in rows}
    followed = Counter(pair for sequence in sequences for pair in pairwise(sequence))
    assert len(followed) == t * (t - 1) and len(set(followed.values())) == 1


def test_a_letter_square_has_a_part_of_X_without_entries() -> None:
    m = tutor.latin_square("t")
    with pytest.raises(tutor.TutorError):
        m.X.numpy(t=3)
    assert m.X.columns == sympy.Symbol("t", integer=True, positive=True) + 1
