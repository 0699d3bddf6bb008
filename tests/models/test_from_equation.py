"""An equation in elements becomes the model that it describes, or is refused with what is missing."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import numpy as np
import pytest

import tutor
from tutor import data
from tutor.errors import DataError, ReadError, SizeError, TutorError, UnknownNameError
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SPLIT_PLOT = (
    r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk};"
    r"\ u_k \sim N(0, \sigma^2_u), v_{i(k)} \sim N(0, \sigma^2_v)"
)


def values(model: MixedModel) -> dict[str, float]:
    """Some value for each parameter of G and R."""
    return {parameter.key: 1.5 + number for number, parameter in enumerate(model.parameters)}


def indicator(codes: list[int]) -> np.ndarray:
    """One column a code, with a 1 in the rows of that code; by a loop, to be compared with what is structured."""
    matrix = np.zeros((len(codes), max(codes) + 1))
    for row, code in enumerate(codes):
        matrix[row, code] = 1
    return matrix


@pytest.mark.parametrize("form", ["latex", "unicode"])
@pytest.mark.parametrize(
    "original",
    [
        crd(3, 2),
        crd("t", "r"),
        rcbd(3, 4),
        rcbd("t", "b"),
        rcbd(3, 2, "fixed"),
        rcbd("t", "b", "fixed"),
        regression(4),
        regression("n"),
    ],
    ids=repr,
)
def test_the_equation_of_a_design_gives_the_design_again(original: MixedModel, form: Any) -> None:
    block_by_block = "ji" if len(original.index.ranges) == 2 and "block" in original.title else ""
    again = from_equation(str(original.equation("index", form)), order=block_by_block)
    assert again.y.entries == original.y.entries
    assert again.X.definition == original.X.definition
    assert again.beta.entries == original.beta.entries
    assert again.rank == original.rank
    assert again.R.definition == original.R.definition
    assert (again.Z is None) == (original.Z is None)
    if again.Z is not None and original.Z is not None:
        assert again.Z.definition == original.Z.definition
        assert again.u is not None and original.u is not None and again.u.entries == original.u.entries
        assert again.G is not None and original.G is not None and again.G.definition == original.G.definition
    assert again.equation("index") == original.equation("index")


def test_a_split_plot_has_effects_for_blocks_and_for_whole_plots_within_them() -> None:
    found = from_equation(SPLIT_PLOT, {"i": 2, "j": 3, "k": 2})
    rows = [(k, i, j) for k in range(2) for i in range(2) for j in range(3)]
    X = np.hstack(
        [
            np.ones((12, 1)),
            indicator([i for _, i, _ in rows]),
            indicator([j for *_, j in rows]),
            indicator([3 * i + j for _, i, j in rows]),
        ]
    )
    Z = np.hstack([indicator([k for k, *_ in rows]), indicator([2 * k + i for k, i, _ in rows])])
    assert found.Z is not None and found.u is not None and found.u.entries is not None
    assert np.array_equal(found.X.numpy(), X)
    assert np.array_equal(found.Z.numpy(), Z)
    assert found.rank == np.linalg.matrix_rank(X) == 6
    assert [str(entry) for entry in found.u.entries] == ["u_1", "u_2", "v_11", "v_21", "v_12", "v_22"]
    assert [term.group for term in found.random] == ["k", "k:i"]
    assert found.beta.row_labels is not None and found.beta.row_labels[6:8] == ("(τα)11", "(τα)12")


def test_letters_for_sizes_give_the_closed_form() -> None:
    found = from_equation(SPLIT_PLOT, {"i": "a", "j": "b", "k": "r"})
    told = tutor.check(
        r"I_r \otimes I_a \otimes (\sigma^2 I_b + \sigma^2_v J_b) + \sigma^2_u (I_r \otimes J_{ab})", found.V
    )
    assert told.correct
    assert str(found.rank) == "a*b"


def test_ranges_in_the_text_tell_the_sizes_and_levels_may_fill_their_letters() -> None:
    text = r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim N(0, \sigma^2_u), i = 1, \dots, t; j = 1, \dots, b"
    assert str(from_equation(text).n) == "b*t"
    assert from_equation(text, {"t": 3, "j": 4}).n == 12
    assert from_equation(text, {"t": 3, "b": 4}).equation("index") == from_equation(text, {"i": 3, "j": 4}).equation(
        "index"
    )


def test_a_distribution_may_leave_the_indices_out() -> None:
    terms = r"y_{ijk} = \mu + \tau_i + w_{j(i)} + \varepsilon_{ijk}"
    sizes = {"i": 2, "j": 3, "k": 2}
    short = from_equation(terms + r", w \sim N(0, \sigma_w^2), \varepsilon \overset{iid}{\sim} N(0, \sigma^2_e)", sizes)
    whole = from_equation(terms + r", w_{j(i)} \sim N(0, \sigma_w^2), \varepsilon_{ijk} \sim N(0, \sigma^2_e)", sizes)
    assert short.equation("index") == whole.equation("index")
    assert short.V == whole.V


def test_levels_may_have_names() -> None:
    found = from_equation(
        "y_ij = mu + tau_i + u_j + e_ij; u_j ~ N(0, sigma2_u)",
        {"i": ["Golden", "Victory"], "j": 3},
        names={"i": "variety", "j": "block"},
    )
    frame = found.dataframe()
    assert list(frame["variety"])[:3] == ["Golden", "Victory", "Golden"]
    assert found.y.row_labels is not None and found.y.row_labels[1] == "y_21  Victory u1"
    assert found.random[0].group == "block"


@pytest.mark.parametrize(
    "text",
    [
        r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2), \mu_{ij} = \mu + \tau_i + u_j, u_j \sim N(0, \sigma^2_u)",
        r"y_{ij} = \eta_{ij} + \varepsilon_{ij}, \eta_{ij} = \mu + \tau_i + u_j, u_j \sim N(0, \sigma^2_u)",
        "y_ij = mu + tau_i + u_j + e_ij, Var(u_j) = sigma2_u, Var(e_ij) = sigma2",
        r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \mathbf{u} \sim N(\mathbf{0}, \sigma^2_u \mathbf{I}),"
        r"\boldsymbol\varepsilon \sim N(\mathbf{0}, \sigma^2 \mathbf{I})",
        "y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²_ε), cov(u, ε) = 0",
        r"y_{ij} = \mu + \tau_i + b_j + e_{ij}, \quad b_j \sim N(0, \sigma^2_u), \quad e_{ij} \sim N(0, \sigma^2_e)",
    ],
)
def test_one_model_in_many_spellings(text: str) -> None:
    found, expected = from_equation(text, {"i": 3, "j": 2}), rcbd(3, 2)
    assert np.array_equal(found.X.numpy(), expected.X.numpy())
    assert np.array_equal(found.V.numpy(sigma2=2, sigma2_u=3), expected.V.numpy(sigma2=2, sigma2_u=3))


def test_a_letter_of_its_own_for_the_residual_variance_stays() -> None:
    found = from_equation(
        r"y_{ij} = \mu + u_j + \varepsilon_{ij}, u_j \sim N(0, \tau^2), \varepsilon_{ij} \sim N(0, \sigma^2_{plot})"
        .replace(r"\tau^2", r"\sigma^2_{herd}"),
        {"i": 3, "j": 2},
    )  # fmt: skip
    assert {parameter.key for parameter in found.parameters} == {"sigma2_herd", "sigma2_plot"}


def test_slopes_over_a_common_covariate_repeat_in_each_group() -> None:
    found = from_equation(
        r"y_{ij} = \beta_0 + \beta_1 x_i + u_{0j} + u_{1j} x_i + \varepsilon_{ij},"
        r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix},"
        r"\begin{bmatrix} \sigma^2_0 & \sigma_{01} \\ \sigma_{01} & \sigma^2_1 \end{bmatrix}\right)",
        {"i": 3, "j": 2},
    )
    assert found.Z is not None
    x = np.array([[1, 2.0], [1, 4], [1, 7]])
    given = {"x_1": 2, "x_2": 4, "x_3": 7}
    assert np.array_equal(found.Z.numpy(**given), np.kron(np.eye(2), x))
    assert np.array_equal(found.X.numpy(**given), np.vstack([x, x]))
    sigma = np.array([[2, 0.5], [0.5, 1]])
    V = np.kron(np.eye(2), x @ sigma @ x.T) + 3 * np.eye(6)
    assert np.allclose(found.V.numpy(sigma2=3, sigma2_0=2, sigma_01=0.5, sigma2_1=1, **given), V)


def test_slopes_with_letters_for_sizes_are_a_kronecker_product() -> None:
    text = (
        r"y_{ij} = \beta_0 + \beta_1 x_i + u_{0j} + u_{1j} x_i + \varepsilon_{ij}, u_{0j} \sim N(0, \sigma^2_0),"
        r"u_{1j} \sim N(0, \sigma^2_1)"
    )
    found = from_equation(text, {"i": "s", "j": "b"})
    assert str(found.V.closed_form()) == "I_b ⊗ (σ² I_s + Z_1 Σ_u Z_1')"
    assert found.rank == 2
    given = {"x_1": 2, "x_2": 4, "x_3": 7, "sigma2": 1, "sigma2_0": 2, "sigma2_1": 3}
    x = np.array([[1, 2], [1, 4], [1, 7]])
    block = np.eye(3) + x @ np.diag([2, 3]) @ x.T
    numbers = from_equation(text, {"i": 3, "j": 2})
    assert np.array_equal(numbers.V.numpy(**given), np.kron(np.eye(2), block))


def test_a_model_in_levels_is_put_together() -> None:
    levels = from_equation(
        r"y_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + \varepsilon_{ij} \\ "
        r"\beta_{0j} = \gamma_{00} + \gamma_{01} w_j + u_{0j} \\ \beta_{1j} = \gamma_{10} + u_{1j} \\"
        r"u_{0j} \sim N(0, \sigma^2_0) \\ u_{1j} \sim N(0, \sigma^2_1)",
        {"i": 3, "j": 3},
    )
    at_once = from_equation(
        r"y_{ij} = \gamma_{00} + \gamma_{01} w_j + u_{0j} + \gamma_{10} x_{ij} + u_{1j} x_{ij} + \varepsilon_{ij},"
        r"u_{0j} \sim N(0, \sigma^2_0), u_{1j} \sim N(0, \sigma^2_1)",
        {"i": 3, "j": 3},
    )
    assert levels.equation("index") == at_once.equation("index")
    assert levels.X.explicit() == at_once.X.explicit()
    assert levels.V.explicit() == at_once.V.explicit()


def test_a_written_covariance_of_two_coefficients_is_theirs() -> None:
    found = from_equation(
        "y_ij = b_0 + b_1 x_ij + u_0j + u_1j x_ij + e_ij, u_0j ~ N(0, sigma2_0), u_1j ~ N(0, sigma2_1),"
        "cov(u_0j, u_1j) = sigma_01",
        {"i": 3, "j": 3},
        fixed=["b"],
    )
    (block,) = found.domains
    assert [[str(entry) for entry in row] for row in block.tolist()] == [
        ["sigma2_0", "sigma_01"],
        ["sigma_01", "sigma2_1"],
    ]


@pytest.mark.parametrize(
    ("zero", "kept"),
    [
        (r"\tau_1 = 0", ("μ", "τ2", "τ3", "α1", "α2")),
        (r"\tau_3 = \alpha_2 = 0", ("μ", "τ1", "τ2", "α1")),
        (r"\tau_t = 0", ("μ", "τ1", "τ2", "α1", "α2")),
    ],
)
def test_effects_that_are_zero_have_no_column(zero: str, kept: tuple[str, ...]) -> None:
    text = rf"y_{{ijk}} = \mu + \tau_i + \alpha_j + \varepsilon_{{ijk}}, {zero}, i = 1, \dots, t"
    found = from_equation(text, {"i": 3, "j": 2, "k": 2})
    assert found.X.column_labels == kept
    assert found.rank == 4


def test_the_rows_of_data_may_be_any_combinations_and_agree_with_the_formula() -> None:
    found = from_equation(
        r"yield_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{ik} + \varepsilon_{ijk},"
        r"u_k \sim N(0, \sigma^2_u), v_{ik} \sim N(0, \sigma^2_v)",
        {"i": "Variety", "j": "nitro", "k": "Block"},
        data=data.path("oats.csv"),
    )
    expected = model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", data.path("oats.csv"))
    given = {"sigma2": 1.0, "sigma2_u": 2.0, "sigma2_v": 3.0}
    # In the formula u and v are in another order.
    swapped = {
        parameter.key: given["sigma2"]
        if parameter.key == "sigma2"
        else given["sigma2_v" if ":" in parameter.meaning else "sigma2_u"]
        for parameter in expected.parameters
    }
    assert np.allclose(found.V.numpy(**given), expected.V.numpy(**swapped))
    both = np.hstack([found.X.numpy(), expected.X.numpy()])
    assert np.linalg.matrix_rank(both) == found.rank == expected.rank == 12
    assert np.array_equal(found.observed, expected.observed)


def test_covariates_come_from_columns() -> None:
    columns = {
        "i": [1, 2, 3, 1, 2, 3],
        "j": ["a", "a", "a", "b", "b", "b"],
        "x": [1, 4, 9, 2, 3, 5],
        "y": [1, 2, 3, 4, 5, 7],
    }
    found = from_equation("y_ij = beta_0 + beta_1 x_ij + u_j + e_ij, u_j ~ N(0, sigma2_u)", data=columns)
    expected = model("y ~ x + (1 | j)", columns)
    assert np.array_equal(found.X.numpy(), expected.X.numpy())
    assert np.array_equal(found.V.numpy(sigma2=1, sigma2_u=2), expected.V.numpy(sigma2=1, sigma2_u=2))


def test_an_index_may_be_a_covariate() -> None:
    found = from_equation(
        r"y_{it} = \beta_0 + \beta_1 t + b_{0i} + b_{1i} t + \varepsilon_{it}, (b_{0i}, b_{1i})' \sim N(0, \mathbf{D})",
        {"i": 2, "t": 3},
    )
    times = np.array([[1, 1], [1, 2], [1, 3]])
    assert np.array_equal(found.X.numpy(), np.vstack([times, times]))
    assert found.Z is not None and np.array_equal(found.Z.numpy(), np.kron(np.eye(2), times))


def test_incomplete_blocks_keep_only_the_rows_that_there_are() -> None:
    columns = {"i": [1, 2, 2, 3, 1, 3], "j": [1, 1, 2, 2, 3, 3]}
    found = from_equation("y_ij = mu + tau_i + u_j + e_ij, u_j ~ N(0, sigma2_u)", data=columns)
    assert [str(entry) for entry in found.y.entries or ()] == ["y_11", "y_21", "y_22", "y_32", "y_13", "y_33"]
    Z = indicator([0, 0, 1, 1, 2, 2])
    assert np.array_equal(found.V.numpy(sigma2=1, sigma2_u=2), np.eye(6) + 2 * Z @ Z.T)


def test_an_answer_in_the_words_of_the_equation_is_read() -> None:
    found = from_equation(SPLIT_PLOT, {"i": 2, "j": 3, "k": 2})
    assert (
        tutor.check(r"\sigma^2_u + \sigma^2_v + \sigma^2", tutor.read("Var(y_{111})", found.vocabulary).tree or 0)
        is not None
    )


@pytest.mark.parametrize(
    ("text", "levels", "error", "kind", "words"),
    [
        ("y_ij = mu + tau_i + e_ij", {"i": 3}, SizeError, "", "How many levels has j?"),
        ("y_ijk = mu + tau_i + e_ijk", {"i": 3}, SizeError, "", "How many levels have j and k?"),
        ("y_ij = mu + tau_i + b_j + e_ij", {"i": 3, "j": 2}, ReadError, "distribution-missing", "b_j has no"),
        ("y_ij = mu + tau_i + u_k + e_ij; u_k ~ N(0, sigma2_u)", {"i": 3, "j": 2}, ReadError, "index-on-one-side", "k"),
        ("y = X beta + Z u + e", {}, ReadError, "no-index-model", "by elements"),
        ("y_ij ~ Poisson(lambda_ij)", {}, ReadError, "link-missing", "λ_ij"),
        ("y_ij = mu + tau_i", {"i": 3, "j": 2}, ReadError, "no-residual", "ε_ij"),
        ("y_ij = mu + u_j + e_ij; u_j ~ N(0, sigma2_j)", {"i": 3, "j": 2}, ReadError, "variance-of-level", "σ²_u"),
        ("y_ij = mu + u_j + e_ij; u_j ~ N(0, sigma_u)", {"i": 3, "j": 2}, ReadError, "deviation-for-variance", ""),
        ("y_ij = mu + u_j + e_ij; u_j ~ N(1, sigma2_u)", {"i": 3, "j": 2}, ReadError, "no-index-model", "mean 0"),
        ("y_ij = mu + u_j + e_ij; u_j ~ N(0, sigma2_u)", {"i": 3, "j": 1}, DataError, "", "one level"),
        ("y_ij = mu + u_j + e_ij; u_j ~ N(0, sigma2_u)", {"i": 1, "j": 3}, DataError, "", "told apart"),
        ("y_ij = mu - tau_i + e_ij", {"i": 2, "j": 3}, ReadError, "no-index-model", "neither an effect"),
        ("y_ij = eta_ij + e_ij; eta_ij = eta_ij + mu", {"i": 2, "j": 3}, ReadError, "no-index-model", "circle"),
        ("y_ij = mu + tau_i + e_ij", {"i": 3, "j": 2, "k": 4}, UnknownNameError, "", "'k'"),
        ("y_ij = mu + tau_i + e_ij, i = 1, ..., 3", {"i": 4, "j": 2}, SizeError, "", "runs to 3"),
        ("y_ij = mu + tau_i + e_ij; v_j ~ N(0, sigma2_v)", {"i": 3, "j": 2}, ReadError, "not-in-equation", "v_j"),
        ("y_ij = mu + tau_i + e_ij", {"i": 3, "j": ["a", "a"]}, DataError, "", "different names"),
        ("y_ii = mu + e_ii", {"i": 3}, ReadError, "no-index-model", "twice"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_asked_for_by_name(
    text: str, levels: dict[str, Any], error: type[TutorError], kind: str, words: str
) -> None:
    with pytest.raises(error) as told:
        from_equation(text, levels)
    assert words in str(told.value)
    assert getattr(told.value, "kind", "") == kind


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNameError, match="nitrogen"):
        from_equation("y_ij = mu + tau_i + e_ij", {"i": "nitrogen"}, data={"nitro": ["a", "b"], "y": [1, 2]})


@pytest.mark.parametrize("lacking", [[], [4], [0, 7, 8]])
def test_effects_over_an_index_on_the_rows_of_data_are_those_of_the_formula(lacking: list[int]) -> None:
    cells = [
        (subject, time) for number, (subject, time) in enumerate(product("abc", [1, 2, 4])) if number not in lacking
    ]
    rows = [cell for cell in cells for _ in range(2)]  # two observations of each, which tell the effects apart
    random.Random(3).shuffle(rows)
    data = {"j": [subject for subject, _ in rows], "i": [time for _, time in rows], "y": list(range(len(rows)))}
    text = (
        "y_ijk = μ + v_ij + ε_ijk\n"
        "[v_1j, …, v_3j]' ~ N(0, Σ_v),  Σ_v = σ²_v [[1, ρ_v, ρ_v²], [ρ_v, 1, ρ_v], [ρ_v², ρ_v, 1]]"
    )
    found = from_equation(text, data=data)
    formula = model("y ~ 1 + ar1(0 + factor(i) | j)", data)
    values = {"sigma2": 1.5}
    by_equation = found.V.numpy(**values, sigma2_v=2, rho_v=0.3)
    (variance, correlation) = (p.key for p in formula.random[0].parameters)
    assert np.allclose(by_equation, formula.V.numpy(**values, **{variance: 2, correlation: 0.3}))


def test_effects_of_one_letter_are_told_apart_by_their_indices() -> None:
    text = "y_ijk = μ + u_i + u_j(i) + ε_ijk; u_i ~ N(0, σ²_u), u_j(i) ~ N(0, σ²_v)"
    model = from_equation(text, {"i": 2, "j": 2, "k": 2})
    assert "cov(u_i, u_j(i)) = cov(u_i, ε) = cov(u_j(i), ε) = 0" in str(model.equation("index"))
    assert from_equation(str(model.equation("index"))).V.explicit() == model.V.explicit()
