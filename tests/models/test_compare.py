"""Two models side by side: the table says what their matrices say."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tutor import covariance, data
from tutor.errors import TutorError
from tutor.models.catalogue import crd, random_intercepts, random_slopes, rcbd, repeated_measures
from tutor.models.compare import compare
from tutor.models.compare_letters import APART, cases_of_letters
from tutor.models.compare_pairs import mean_cases, pair_cases
from tutor.models.compare_shares import difference_variance, factored, mean_variance, shares_of, sizes_of
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.style import Style
from tutor.notation.write import fitted
from tutor.notation.writing.layout import display_width

SPLIT_PLOT = (
    r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{ik} + e_{ijk};"
    r"u_k \sim N(0, \sigma^2_u), v_{ik} \sim N(0, \sigma^2_v)"
)
MODELS = {
    "crd": lambda: crd(3, 4),
    "rcbd": lambda: rcbd(3, 4),
    "fixed blocks": lambda: rcbd(3, 4, blocks_are="fixed"),
    "split plot": lambda: from_equation(SPLIT_PLOT, {"i": 2, "j": 3, "k": 4}),
    "repeated cells": lambda: from_equation(
        "y_ijk = mu + tau_i + u_j + e_ijk; u_j ~ N(0, sigma2_u)", {"i": 2, "j": 3, "k": 2}
    ),
}


@pytest.mark.parametrize("name", MODELS)
def test_variances_of_means_and_differences_are_those_of_V(name: str) -> None:
    found: MixedModel = MODELS[name]()
    values = {p.key: 2.0 + 3 * number for number, p in enumerate(found.parameters)}
    letters = [(p.symbol, sympy.Float(values[p.key])) for p in found.parameters]
    V = found.V.numpy(**values)
    shares, sizes = shares_of(found), sizes_of(found)
    assert shares is not None and sizes is not None
    for factor in found.factors:
        codes = np.array(factor.codes)
        first, second = ((codes == level) / (codes == level).sum() for level in (0, 1))
        mean = mean_variance(shares, sizes, found.n, (factor.name,)).subs(letters)
        assert float(mean) == pytest.approx(first @ V @ first)
        apart = first - second
        difference = difference_variance(shares, sizes, found.n, factor.name).subs(letters)
        assert float(difference) == pytest.approx(apart @ V @ apart)


def test_blocks_fixed_against_blocks_random() -> None:
    told = {row.what: (row.left, row.right) for row in compare(rcbd("t", "b", "fixed"), rcbd("t", "b")).rows()}
    assert told["fixed effects (columns of X)"] == ("mean + treatment + block", "mean + treatment")
    assert told["random effects (columns of Z)"] == ("none", "block")
    assert told["E of one observation"] == ("μ + τ_i + ρ_j", "μ + τ_i")
    assert told["Var(y)"] == ("σ² I_bt", "I_b ⊗ (σ² I_t + σ²_u J_t)")
    assert told["Var of one observation"] == ("σ²", "σ² + σ²_u")
    assert told["Cov of two with the same block"] == ("0", "σ²_u")
    assert told["Var of the mean of one treatment"] == ("σ²/b", "(σ² + σ²_u)/b")
    assert told["Var of the difference of two treatment means"] == ("2σ²/b", "2σ²/b")
    assert "Cov of two with the same treatment and block" not in told


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_the_table_keeps_within_a_width(width: int) -> None:
    text = fitted(compare(rcbd("t", "b", "fixed"), rcbd("t", "b")), Style(), width)
    assert max(map(display_width, text.split("\n"))) <= width
    assert "Var of the difference" in text and "2σ²/b" in text


def test_two_observations_in_one_cell_share_its_effects() -> None:
    repeated = MODELS["repeated cells"]()
    told = {row.what: row.right for row in compare(repeated, repeated).rows()}
    assert told["Cov of two with the same i and j"] == "σ²_u"


def test_the_table_marks_what_differs() -> None:
    lines = str(compare(rcbd(3, 4, "fixed"), rcbd(3, 4))).split("\n")
    marked = {line[3:].split("  ")[0] for line in lines if line.startswith("≠")}
    assert "Var of the mean of one treatment" in marked
    assert "Var of the difference of two treatment means" not in marked
    assert max(map(len, lines)) <= 110


def test_correlated_slopes_and_unbalanced_data_leave_out_what_has_no_one_value() -> None:
    rows = {"y": [1, 2, 4, 3, 5, 8.5, 2], "x": [1, 2, 3, 1, 2, 3, 4], "g": list("aaabbbb"), "f": list("pqppqqp")}
    intercepts, without, slopes = (model(f"y ~ f{more}", rows) for more in (" + (1 | g)", "", " + (x | g)"))
    told = {row.what for row in compare(intercepts, without).rows()}
    assert "Cov of two with the same g" in told
    assert not any("mean of one" in what for what in told)
    by_place = {row.what: row.left for row in compare(slopes, without).rows()}
    assert by_place["Cov of two with the same g, x = 1 and x = 2"] == "σ²_u0 + 2σ²_u1 + 3σ_u01"


@pytest.mark.parametrize("dialect", ["latex", "markdown", "mathml", "typst", "spoken"])
def test_the_table_in_every_dialect(dialect: str) -> None:
    text = tutor.write(compare(rcbd(3, 2, "fixed"), rcbd(3, 2)), dialect)  # pyright: ignore[reportArgumentType]
    assert "block" in text


def test_models_of_other_data_are_refused() -> None:
    with pytest.raises(TutorError, match="12 observations and the other 6"):
        compare(rcbd(3, 4), rcbd(3, 2))
    with pytest.raises(TutorError, match="treatment has 3 levels in one model and 4 in the other"):
        compare(rcbd(3, 4), rcbd(4, 3))


def test_letters_become_the_numbers() -> None:
    letters = shares_of(rcbd("t", "b"))
    sizes = sizes_of(rcbd("t", "b"))
    assert letters is not None and sizes is not None
    value = mean_variance(letters, sizes, rcbd("t", "b").n, ("treatment",))
    sigma2, sigma2_u = (p.symbol for p in rcbd("t", "b").parameters)
    assert sympy.simplify(value - (sigma2 + sigma2_u) / sizes["block"]) == 0


CORRELATED = {
    "ar1": lambda: repeated_measures(3, 4, 2, within="ar1"),
    "un": lambda: repeated_measures(3, 3, 2, within="un"),
    "ar1 of effects": lambda: repeated_measures(3, 4, 2, within="ar1", side="G"),
    "slopes": lambda: random_slopes(3, [0, 1, 3]),
    "variances": lambda: model(
        "y ~ a + (1 | g)", {"y": range(8), "a": [*"xyxyxyxy"], "g": [*"mmnnoopp"]}, R=covariance.diag("a")
    ),
}


@pytest.mark.parametrize("name", CORRELATED)
def test_each_pair_of_observations_has_its_line_where_effects_are_correlated(name: str) -> None:
    """The values of the lines, in numbers, are the entries of V, and each entry is in one."""
    found: MixedModel = CORRELATED[name]()
    values = {p.key: 2.0 + 0.1 * k if p.symbol.is_positive else 0.3 for k, p in enumerate(found.parameters)}
    symbols = [(p.symbol, sympy.Float(values[p.key])) for p in found.parameters]
    V = found.V.numpy(**values)
    cases = list(pair_cases([found], [found.V.explicit()]))
    told = {"Var": set[float](), "Cov": set[float]()}
    for case in cases:
        assert case.values[0] is not None
        told[case.what[:3]].add(round(float(case.values[0].subs(symbols)), 9))
    assert told["Var"] == {round(float(v), 9) for v in np.diag(V)}
    assert told["Cov"] == {round(float(v), 9) for v in V[np.triu_indices_from(V, 1)]}
    for factor in (f for f in found.factors if f.name == "time"):
        codes = np.array(factor.codes)
        average = [(codes == level) / (codes == level).sum() for level in range(max(codes) + 1)]
        given = {round(float(a @ V @ a), 9) for a in average}
        given |= {round(float((a - b) @ V @ (a - b)), 9) for a, b in combinations(average, 2)}
        means = {case.values[0] for case in mean_cases([found], [found.V.explicit()], "time")}
        assert {round(float(value.subs(symbols)), 9) for value in means if value is not None} == given


def test_compound_symmetry_against_autoregression_by_lags() -> None:
    rows = compare(repeated_measures(5, 4, 2, within="cs"), repeated_measures(5, 4, 2, within="ar1")).rows()
    told = {row.what: (row.left, row.right) for row in rows}
    assert told["Cov of two with the same treatment and subject, time 2 apart"] == ("σ² ρ", "σ² ρ²")
    assert told["Cov of any other two"] == ("0", "0")
    assert told["Var of the mean of one time"] == ("σ²/10", "σ²/10")


def test_pairs_are_told_by_place_where_the_distance_does_not_tell() -> None:
    rows = compare(random_intercepts(3, [0, 1, 3]), random_slopes(3, [0, 1, 3])).rows()
    told = {row.what: (row.left, row.right) for row in rows}
    assert told["Cov of two with the same group, x = 0 and x = 3"] == ("σ²_u", "σ²_u0 + 3σ_u01")
    assert told["Var of one observation, x = 1"] == ("σ² + σ²_u", "σ² + σ²_u0 + σ²_u1 + 2σ_u01")


@pytest.mark.parametrize(
    "pair",
    [
        (tutor.split_plot(2, 3, 4), rcbd(6, 4)),
        (tutor.latin_square(4), tutor.latin_square(4, "fixed")),
        (tutor.nested(2, 2, 3), tutor.one_way(4, 3)),
        (tutor.bibd(4, 6, 2), tutor.bibd(4, 6, 2, blocks_are="fixed")),
    ],
)
def test_only_pairs_that_there_are_have_a_line(pair: tuple[MixedModel, MixedModel]) -> None:
    codes = {f.name: f.codes for m in pair for f in m.factors if f.codes is not None}
    V = [m.V.explicit() for m in pair]
    expected = {
        " and ".join(name for name, own in codes.items() if own[a] == own[b]) or "nothing"
        for a, b in combinations(range(int(pair[0].n)), 2)
        if any(matrix[a, b] != 0 for matrix in V)
    }
    start = "Cov of two with the same "
    told = {row.what.removeprefix(start) for row in compare(*pair).rows() if row.what.startswith(start)}
    assert told == expected


def test_models_with_rows_in_another_order_are_compared_by_what_each_has() -> None:
    told = {row.what: (row.left, row.right) for row in compare(rcbd(4, 3), crd(4, 3)).rows()}
    assert told["Cov of two with the same block"] == ("σ²_u", "0")
    assert "Cov of two with the same treatment and block" not in told


# Designs in which not all combinations are there


def told(left: MixedModel, right: MixedModel) -> dict[str, tuple[str, str]]:
    return {row.what: (row.left, row.right) for row in compare(left, right).rows()}


@pytest.mark.parametrize("size", [3, 4, "n"])
def test_a_latin_square_has_the_variances_of_its_means(size: int | str) -> None:
    found = told(tutor.latin_square(size), tutor.latin_square(size, rows_and_columns_are="fixed"))
    assert found["Var of the mean of one treatment"] == (f"(σ² + σ²_c + σ²_r)/{size}", f"σ²/{size}")
    twice = {3: "2σ²/3", 4: "σ²/2", "n": "2σ²/n"}[size]
    assert found["Var of the difference of two treatment means"] == (twice, twice)
    # Two observations in one row are in other columns, and have other treatments.
    assert [what for what in found if what.startswith("Cov of two")] == [
        "Cov of two with the same row",
        "Cov of two with the same column",
    ]


def test_incomplete_blocks_have_the_variances_of_estimates() -> None:
    """Balanced incomplete blocks: 2/(λt/kσ² + (r − λ)/k(σ² + kσ²_u)) with recovery, 2kσ²/λt within blocks."""
    found = told(tutor.bibd(4, 4, 3), tutor.bibd(4, 4, 3, blocks_are="fixed"))
    random, fixed = found["Var of the estimated difference of two treatment means"]
    assert (random, fixed) == ("2σ² (σ² + 3σ²_u)/(3σ² + 8σ²_u)", "3σ²/4")
    s, u = sympy.symbols("s u", positive=True)
    inter = 2 / (sympy.Rational(8, 3) / s + sympy.Rational(1, 3) / (s + 3 * u))
    assert sympy.simplify(inter - 2 * s * (s + 3 * u) / (3 * s + 8 * u)) == 0
    assert "Var of the mean of one treatment" not in found


def test_thirty_six_plots_in_incomplete_blocks_have_them_too() -> None:
    """By the same formula: t = 9, b = 12, k = 3, r = 4, λ = 1."""
    found = told(tutor.bibd(9, 12, 3), tutor.bibd(9, 12, 3, blocks_are="fixed"))
    assert found["Var of the estimated difference of two treatment means"] == (
        "2σ² (σ² + 3σ²_u)/(4σ² + 9σ²_u)", "2σ²/3",
    )  # fmt: skip


def test_many_incomplete_blocks_say_how_to_ask() -> None:
    found = told(tutor.bibd(10, 30, 3), tutor.bibd(10, 30, 3, blocks_are="fixed"))
    assert found["Var of the estimated difference of two treatment means"][0] == 'm.se_difference("treatment").variance'


def test_subjects_of_other_names_in_each_treatment_are_counted_once() -> None:
    rows = {
        "y": [float(k) for k in range(8)],
        "drug": list("aaaabbbb"),
        "who": ["p", "p", "q", "q", "r", "r", "s", "s"],
    }
    found = told(model("y ~ drug", rows), model("y ~ drug + (1 | who)", rows))
    assert found["Var of the mean of one drug"] == ("σ²/4", "(σ² + 2σ²_u)/4")
    assert found["Var of the difference of two drug means"] == ("σ²/2", "(σ² + 2σ²_u)/2")


def test_levels_are_in_the_order_of_their_numbers() -> None:
    children = data.path("orthodont.csv")
    found = told(
        model("distance ~ age + (1 | Subject)", children), model("distance ~ age + (age | Subject)", children)
    )  # fmt: skip
    ages = [what.split("= ")[1] for what in found if what.startswith("Var of one observation, age")]
    assert ages == ["8", "10", "12", "14"]


def test_a_minus_stays_inside() -> None:
    s, rho = sympy.symbols("s rho")
    for value in (s * (1 - rho) / 4, s * (1 - rho) * (1 + rho), 2 - 2 * rho, -s, s + rho):
        assert sympy.expand(factored(value) - value) == 0
        assert value == -s or not factored(value).as_coeff_Mul()[0] < 0


LETTERS: list[tuple[dict[str, object], dict[str, object]]] = [
    ({"within": "ar1"}, {"within": "cs"}),
    ({"within": "cs"}, {"within": "identity", "random_intercept": True}),
    ({"within": "ar1", "side": "G"}, {"within": "exp"}),
    ({"within": "ar1", "random_intercept": True}, {"within": "gau"}),
]


@pytest.mark.parametrize(("left", "right"), LETTERS)
def test_letters_have_the_covariances_by_distance_that_numbers_have(
    left: dict[str, Any], right: dict[str, Any]
) -> None:
    """Each line at d = 1, 2 is the entry of V of a design with numbers."""
    numbers = [repeated_measures(3, 4, 2, **given) for given in (left, right)]
    letters = [repeated_measures("s", "t", "a", **given) for given in (left, right)]
    cases = {case.what: case.values for case in cases_of_letters(letters, ["treatment", "time"])}
    assert {row.what for row in compare(*letters).rows()} >= set(cases)
    sizes = {sympy.Symbol(name, integer=True, positive=True): size for name, size in (("s", 3), ("t", 4), ("a", 2))}
    for side, found in enumerate(numbers):
        V: Any = found.V.explicit()
        columns = dict(found.columns)
        rows = [row for row in range(24) if columns["treatment"][row] == columns["treatment"][0]
                and columns["subject"][row] == columns["subject"][0]]  # fmt: skip
        first = [row for row in range(24) if columns["time"][row] == columns["time"][rows[0]]]

        def value(what: str, d: int, side: int = side) -> Any:
            at = cases[what][side]
            assert at is not None
            return at.xreplace({APART: sympy.Integer(d), **sizes})

        assert sympy.simplify(value("Var of one observation", 1) - V[rows[0], rows[0]]) == 0
        mean = sum(V[i, j] for i in first for j in first) / 36
        assert sympy.simplify(value("Var of the mean of one time", 1) - mean) == 0
        for d in (1, 2):
            covariance_ = value("Cov of two with the same treatment and subject, time d apart", d)
            assert sympy.simplify(covariance_ - V[rows[0], rows[d]]) == 0
            other = [row for row in range(24) if columns["time"][row] == columns["time"][rows[d]]]
            weights = [(row, 1) for row in first] + [(row, -1) for row in other]
            apart = sum(v * w * V[i, j] for i, v in weights for j, w in weights) / 36
            assert sympy.simplify(value("Var of the difference of two time means, d apart", d) - apart) == 0


def test_blocks_that_differ_are_not_listed_in_a_cell_of_the_table() -> None:
    children = data.path("orthodont.csv")
    plain = covariance.ar1("age", group="Subject")
    by_sex = covariance.ar1("age", group="Subject", variances=covariance.diag("Sex"))
    left, right = (model("distance ~ age * Sex", children, R=R) for R in (plain, by_sex))
    assert max(map(display_width, str(compare(left, right)).split("\n"))) < 200
    assert told(left, right)["Var(y)"][1] == "R"
