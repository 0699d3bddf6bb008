"""X has R's columns under R's names; Z has one column a level, structured or not."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.algebra.build import ones
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import BlockDiagonal, Explicit, Kronecker, Symbol
from tutor.algebra.tree import Tree
from tutor.errors import DataError, UnknownNameError
from tutor.models.from_formula import model
from tutor.models.matrices import ModelMatrix, rank
from tutor.models.mixed import MixedModel

CROSSED = {
    "y": [float(i) for i in range(12)],
    "a": [a for a in "pq" for _ in range(6)],
    "b": [b for _ in range(2) for b in "rst" for _ in range(2)],
    "x": [1, 2, 4, 3, 5, 7, 2, 2, 9, 1, 6, 8],
    "z": [0.5, 1, 0.25, 2, 3, 4, 1, 1, 2, 5, 0.2, 6],
}
"""2 × 3 cells with two observations each, and two covariates."""

# What R's model.matrix gives for these formulas with a in p, q and b in r, s, t.
COLUMNS = {
    "y ~ a": "(Intercept) aq",
    "y ~ a + b": "(Intercept) aq bs bt",
    "y ~ a*b": "(Intercept) aq bs bt aq:bs aq:bt",
    "y ~ b*a": "(Intercept) bs bt aq bs:aq bt:aq",
    "y ~ 0 + a": "ap aq",
    "y ~ a - 1": "ap aq",
    "y ~ 0 + a + b": "ap aq bs bt",
    "y ~ 0 + b + a": "br bs bt aq",
    "y ~ 0 + a*b": "ap aq bs bt aq:bs aq:bt",
    "y ~ 0 + a:b": "ap:br aq:br ap:bs aq:bs ap:bt aq:bt",
    "y ~ a:b": "(Intercept) ap:br aq:br ap:bs aq:bs ap:bt aq:bt",
    "y ~ a/b": "(Intercept) aq ap:bs aq:bs ap:bt aq:bt",
    "y ~ b %in% a": "(Intercept) br:ap bs:ap bt:ap br:aq bs:aq bt:aq",
    "y ~ b + a:b": "(Intercept) bs bt br:aq bs:aq bt:aq",
    "y ~ x": "(Intercept) x",
    "y ~ 0 + x": "x",
    "y ~ x + a": "(Intercept) x aq",
    "y ~ x*a": "(Intercept) x aq x:aq",
    "y ~ a*x": "(Intercept) aq x aq:x",
    "y ~ x:a": "(Intercept) x:ap x:aq",
    "y ~ x + x:a": "(Intercept) x x:aq",
    "y ~ a + x:a": "(Intercept) aq ap:x aq:x",
    "y ~ a/x": "(Intercept) aq ap:x aq:x",
    "y ~ 0 + a/x": "ap aq ap:x aq:x",
    "y ~ 0 + x + a": "x ap aq",
    "y ~ 0 + x:a": "x:ap x:aq",
    "y ~ x*z": "(Intercept) x z x:z",
    "y ~ x + I(x^2)": "(Intercept) x I(x^2)",
    "y ~ log(x)": "(Intercept) log(x)",
    "y ~ factor(z):a + a": None,
    "y ~ a*b*x": "(Intercept) aq bs bt x aq:bs aq:bt aq:x bs:x bt:x aq:bs:x aq:bt:x",
    "y ~ a*b - b": "(Intercept) aq ap:bs aq:bs ap:bt aq:bt",
}


def entries(data: dict[str, Any], label: str) -> np.ndarray:
    """A column of X by its name alone: the product of what its parts say, computed apart from the package."""
    column = np.ones(len(data["y"]))
    for part in [] if label == "(Intercept)" else label.split(":"):
        if part in data:
            column = column * np.array(data[part], dtype=float)
        elif part == "I(x^2)":
            column = column * np.array(data["x"], dtype=float) ** 2
        elif part == "log(x)":
            column = column * np.log(np.array(data["x"], dtype=float))
        else:
            column = column * (np.array(data[part[0]]) == part[1:])
    return column


@pytest.mark.parametrize(("formula", "expected"), [(f, e) for f, e in COLUMNS.items() if e is not None])
def test_the_columns_of_X_are_those_of_R(formula: str, expected: str) -> None:
    ours = model(formula, CROSSED)
    assert ours.X.column_labels == tuple(expected.split())
    by_name = np.column_stack([entries(CROSSED, label) for label in expected.split()])
    assert np.allclose(ours.X.numpy(), by_name, rtol=1e-14, atol=0)
    assert ours.rank == np.linalg.matrix_rank(by_name)


def test_terms_know_their_columns() -> None:
    ours = model("y ~ a*b + x", CROSSED)
    told = {term.name: term.columns for term in ours.fixed}
    assert told == {
        "(Intercept)": ("(Intercept)",),
        "a": ("aq",),
        "b": ("bs", "bt"),
        "x": ("x",),
        "a:b": ("aq:bs", "aq:bt"),
    }


factor_terms = st.lists(st.sets(st.sampled_from("abc"), min_size=1, max_size=3), min_size=1, max_size=4)


@given(terms=factor_terms, intercept=st.booleans(), seed=st.integers(0, 2**32 - 1))
def test_the_coding_spans_all_means_that_the_terms_allow(terms: list[set[str]], intercept: bool, seed: int) -> None:
    """On complete data, hierarchical terms span the same space as one indicator for each level of each term."""
    generator = np.random.default_rng(seed)
    cells = list(product("pq", "rst", "uv"))
    order = generator.permutation(len(cells))
    data: dict[str, Any] = {name: [cells[i][k] for i in order] for k, name in enumerate("abc")}
    data["y"] = list(range(len(cells)))
    closed = {frozenset(part) for term in terms for part in _subsets(term)} - {frozenset()}
    written = sorted((sorted(term) for term in closed), key=lambda term: (len(term), term))
    ours = model(f"y ~ {int(intercept)} + " + " + ".join(":".join(term) for term in written), data)
    full = np.column_stack([_indicators(data, term) for term in written] + [np.ones(len(cells))])
    rank = np.linalg.matrix_rank(full)
    assert ours.rank == ours.p == rank
    assert np.linalg.matrix_rank(np.column_stack([full, ours.X.numpy()])) == rank


def _subsets(term: set[str]) -> list[set[str]]:
    return [
        {name for name, kept in zip(sorted(term), keep, strict=True) if kept}
        for keep in product([0, 1], repeat=len(term))
    ]


def _indicators(data: dict[str, Any], term: list[str]) -> np.ndarray:
    combined = list(zip(*(data[name] for name in term), strict=True))
    return np.column_stack([[row == level for row in combined] for level in sorted(set(combined))]).astype(float)


# Random terms


def definition_of(symbol: Symbol | None) -> Tree:
    assert symbol is not None and symbol.definition is not None
    return symbol.definition


def check_Z(ours: MixedModel, data: dict[str, list[Any]]) -> None:
    """Every column of Z is what its name says: the rows of its level, times its coefficient."""
    assert ours.Z is not None and ours.u is not None
    Z = ours.Z.numpy()
    columns = [(term, column) for term in ours.random for column in term.columns or ()]
    assert Z.shape[1] == len(columns) == len({(c.group, c.level, c.coefficient) for _, c in columns})
    for j, (term, column) in enumerate(columns):
        names = [":".join(str(data[name][i]) for name in term.variables) for i in range(len(Z))]
        factor = np.ones(len(Z)) if column.coefficient == "(Intercept)" else np.array(data[column.coefficient], float)
        assert np.array_equal(Z[:, j], factor * (np.array(names) == column.level))


groups = st.lists(
    st.tuples(st.sampled_from("pqr"), st.sampled_from("uvw"), st.integers(-3, 3)), min_size=8, max_size=16
)


@given(rows=groups, ordered=st.booleans())
def test_each_column_of_Z_is_what_its_name_says(rows: list[tuple[str, str, int]], ordered: bool) -> None:
    rows = sorted(rows) if ordered else rows
    data: dict[str, list[Any]] = {
        "g": [g for g, _, _ in rows],
        "h": [h for _, h, _ in rows],
        "x": [x for _, _, x in rows],
        "y": list(range(len(rows))),
    }
    assume(len(set(data["g"])) > 1 and 2 * len(set(data["g"])) < len(rows))
    assume(1 < len(set(zip(data["g"], data["h"], strict=True))) < len(rows))
    check_Z(model("y ~ 1 + (x|g) + (1|g:h)", data), data)
    check_Z(model("y ~ 1 + (0 + x|g)", data), data)


BALANCED: dict[str, list[Any]] = {
    "y": list(range(24)),
    "g": [g for g in "pqr" for _ in range(8)],
    "h": [h for _ in range(3) for h in "uv" for _ in range(4)],
    "t": [t for _ in range(6) for t in "abcd"],
    "x": [x for _ in range(6) for x in (0, 1, 2, 4)],
}


@pytest.mark.parametrize(
    "formula", ["(1|g)", "(1|g/h)", "(1|g:h)", "(1|h)", "(1|t)", "(1|t:g)", "(x|g)", "(x||g)", "(x|g:h)"]
)
def test_balanced_rows_make_a_structured_Z(formula: str) -> None:
    ours = model(f"y ~ 1 + {formula}", BALANCED)
    check_Z(ours, BALANCED)
    assert all(isinstance(term.matrix, Kronecker) for term in ours.random)


def test_the_places_of_a_structured_Z_are_the_factors() -> None:
    ours = model("y ~ 1 + (1|g) + (1|g:h) + (1|g:t)", BALANCED)
    shapes = [[(int(f.rows), int(f.columns)) for f in term.matrix.parts] for term in ours.random]
    assert shapes == [[(3, 3), (2, 1), (4, 1)], [(3, 3), (2, 2), (4, 1)], [(3, 3), (2, 1), (4, 4)]]


def test_groups_of_unequal_size_in_order_make_blocks() -> None:
    data = {"y": list(range(6)), "g": list("aaabbc"), "x": [1, 2, 3, 1, 2, 1]}
    ours = model("y ~ 1 + (1|g)", data)
    check_Z(ours, data)
    assert definition_of(ours.Z) == BlockDiagonal((ones(3), ones(2), ones(1)))


def test_groups_in_no_order_are_listed_entry_by_entry() -> None:
    data = {"y": list(range(6)), "g": list("abacbc")}
    ours = model("y ~ 1 + (1|g)", data)
    check_Z(ours, data)
    assert isinstance(definition_of(ours.Z), Explicit)
    assert ours.random[0].levels == ("a", "b", "c")


def test_only_observed_combinations_have_a_column() -> None:
    data = {"y": list(range(6)), "a": list("ppqqqp"), "b": list("uvuuvu")}
    assert model("y ~ 1 + (1|a:b)", data).random[0].levels == ("p:u", "p:v", "q:u", "q:v")
    data["b"] = list("uvuuuu")
    assert set(model("y ~ 1 + (1|a:b)", data).random[0].levels or ()) == {"p:u", "p:v", "q:u"}


def test_a_factor_within_groups_has_a_coefficient_a_level() -> None:
    ours = model("y ~ 1 + (0 + a|b) + (a|x)", {**CROSSED, "x": [1, 2, 3] * 4, "b": list("rrss") * 3})
    assert ours.random[0].coefficients == ("ap", "aq")
    assert ours.random[1].coefficients == ("(Intercept)", "aq")


def test_numbers_group_in_the_order_of_numbers() -> None:
    data = {"y": list(range(6)), "g": [10, 9, 10, 2, 9, 2]}
    assert model("y ~ 1 + (1|g)", data).random[0].levels == ("2", "9", "10")


def test_parameters_are_named_by_term() -> None:
    ours = model("y ~ 1 + (1|g) + (x|h) + (1|t) + (1|g:h)", BALANCED)
    assert [p.key for p in ours.parameters] == [
        "sigma2",
        "sigma2_u",
        "sigma2_v0",
        "sigma_v01",
        "sigma2_v1",
        "sigma2_w",
        "sigma2_u4",
    ]
    assert ours.parameters[0].meaning == "variance of the residuals"
    assert ours.parameters[1].meaning == "variance of the effects of g"
    assert "covariance" in ours.parameters[3].meaning and "x" in ours.parameters[3].meaning
    positive = {p.key: p.symbol.is_positive for p in ours.parameters}
    assert positive["sigma2_v0"] and positive["sigma_v01"] is None
    assert [block.shape for block in ours.domains] == [(2, 2)]


@pytest.mark.parametrize(
    ("formula", "changes", "told"),
    [
        ("y ~ a", {"a": ["p"] * 12}, "one level"),
        ("y ~ 0 + a", {"a": ["p"] * 12}, "one level"),
        ("y ~ 1 + (1|a)", {"a": ["p"] * 12}, "one level"),
        ("y ~ 1 + (1|g)", {"g": [f"l{i}" for i in range(12)]}, "12 levels"),
        ("y ~ 1 + (x|g)", {"g": [f"l{i % 6}" for i in range(12)]}, "12 random effects"),
        ("y ~ 1 + (1|a:b:g)", {"g": [f"l{i}" for i in range(12)]}, "12 levels"),
        ("a ~ x", {}, "text"),
        ("y ~ I(a + 1)", {}, "text"),
        ("y ~ log(x)", {"x": [1, 0, *range(2, 11), -4]}, "rows 2 and 12"),
        ("y ~ sqrt(x)", {"x": [1, -1, *range(2, 12)]}, "row 2"),
        ("y ~ I(1/x)", {"x": [1, 0, *range(2, 12)]}, "row 2"),
        ("y ~ exp(exp(exp(x)))", {}, "no finite real value"),
        ("y ~ I((x^50)^50)", {}, "no finite real value"),
        ("y ~ I(((x^50)^50)^50)", {}, "digits"),
        ("y ~ x", {"x": [1, float("inf"), *range(2, 12)]}, "row 2"),
        ("y ~ x", {"x": [1, None, float("nan"), *range(3, 12)]}, "rows 2 and 3"),
        ("y ~ x", {"y": [None, *range(1, 12)]}, "y is missing in row 1"),
        ("y ~ 1 + (1|g)", {"g": ["p", "", "NA", *"qpqpqpqpq"]}, "g is missing in rows 2 and 3"),
    ],
)
def test_data_that_cannot_be_used_is_refused(formula: str, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(DataError) as refusal:
        model(formula, {**CROSSED, **changes}, missing="fail")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value) and len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "formula", ["yy ~ a", "y ~ A", "y ~ log(xx)", "y ~ a + (1|bb)", "y ~ a + (zz|b)", "y ~ I(x + aa)"]
)
def test_a_column_that_is_not_there_is_named_with_the_nearest(formula: str) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        model(formula, CROSSED)
    assert refusal.value.nearest == refusal.value.name[0].lower()


def test_unused_columns_may_hold_anything() -> None:
    assert model("y ~ x", {**CROSSED, "q": [None] * 12, "r": [object()] * 12}).n == 12


def test_matrices_of_equal_entries_are_one_however_they_are_stored() -> None:
    entries = {(0, 1): sympy.Integer(2), (2, 0): sympy.Rational(1, 3), (1, 1): sympy.Symbol("x", real=True)}
    dense = sympy.ImmutableDenseMatrix(3, 2, lambda i, j: entries.get((i, j), 0))
    kinds = [
        dense,
        sympy.ImmutableSparseMatrix(3, 2, entries),
        FilledCells(((i, j, entry) for (i, j), entry in entries.items()), rows=3, columns=2),
    ]
    assert len({Explicit(matrix) for matrix in kinds}) == 1
    other = Explicit(sympy.ImmutableDenseMatrix(2, 3, dense.flat()))
    assert other != Explicit(dense) and hash(other) != hash(Explicit(dense))
    changed = dense.copy().as_mutable()
    changed[0, 0] = 1
    assert Explicit(changed.as_immutable()) != Explicit(dense)


@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.dictionaries(st.integers(0, width - 1), st.sampled_from([-1, 1, 1, 2, sympy.Rational(1, 3)])), max_size=9
        )
    )
)
def test_the_rank_is_that_of_the_entries(rows: list[dict[int, Any]]) -> None:
    """Columns that a row settles alone are peeled off before numbers are looked at."""
    cells = tuple(tuple(sorted((j, sympy.sympify(value)) for j, value in row.items())) for row in rows)
    full = sympy.zeros(len(rows), 6)
    for i, row in enumerate(rows):
        for j, value in row.items():
            full[i, j] = value
    assert rank(ModelMatrix((), tuple("abcdef"), cells)) == full.rank()


def test_the_rank_of_irrational_columns_leaves_settled_ones_out() -> None:
    root = sympy.sqrt(2)
    rows = (((0, sympy.S.One),), ((0, sympy.S.One), (1, root), (2, 2 * root)), ((1, sympy.S.One), (2, sympy.S(2))))
    assert rank(ModelMatrix((), tuple("abc"), rows)) == 2
