"""The three forms of a model read as the lecture writes them."""

from __future__ import annotations

import itertools
import pickle
import re
from typing import Any

import pytest

from tutor.errors import UnknownNameError
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.equation import spell
from tutor.models.from_formula import model
from tutor.models.index import Name
from tutor.models.mixed import MixedModel
from tutor.notation.style import Style
from tutor.notation.write import latex, markdown, unicode
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.pen import Pen


def data(**columns: str) -> dict[str, Any]:
    """Columns of letters, one a row, a response, and the covariates x and z."""
    rows = len(next(iter(columns.values())))
    numbers = {"y": list(range(rows)), "x": [(3 * i) % 7 for i in range(rows)], "z": [i * i % 11 for i in range(rows)]}
    return {**numbers, **{name: list(values) for name, values in columns.items()}}


SPLIT_PLOT = data(block="A" * 6 + "B" * 6, whole="uuuvvv" * 2, sub="pqr" * 4)
GROUPS = data(g="aaaabbbbcccc", h="ppqqppqqppqq")
UNEQUAL = data(g="aaaabbbccccc")

INDEX = {
    "random blocks": (
        rcbd(3, 2),
        "y_ij = μ + τ_i + u_j + ε_ij,        i = 1, 2, 3;  j = 1, 2",
        "u_j ~ N(0, σ²_u),  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
    ),
    "fixed blocks": (
        rcbd(3, 4, "fixed"),
        "y_ij = μ + τ_i + ρ_j + ε_ij,        i = 1, 2, 3;  j = 1, …, 4",
        "ε_ij ~ N(0, σ²)",
    ),
    "letters": (
        rcbd("t", "b"),
        "y_ij = μ + τ_i + u_j + ε_ij,        i = 1, …, t;  j = 1, …, b",
        "u_j ~ N(0, σ²_u),  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
    ),
    "completely randomized": (
        crd(2, "r"),
        "y_ij = μ + τ_i + ε_ij,        i = 1, 2;  j = 1, …, r",
        "ε_ij ~ N(0, σ²)",
    ),
    "regression": (
        regression("n"),
        "y_i = β_0 + x_i β_1 + ε_i,        i = 1, …, n",
        "ε_i ~ N(0, σ²)",
    ),
    "split-plot": (
        model("y ~ whole*sub + (1 | block/whole)", SPLIT_PLOT),
        "y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk,        i = 1, 2;  j = 1, 2, 3;  k = 1, 2",
        "u_k ~ N(0, σ²_u),  v_i(k) ~ N(0, σ²_v),  ε_ijk ~ N(0, σ²)",
        "cov(u, v) = cov(u, ε) = cov(v, ε) = 0",
        "τ_1 = α_1 = (τα)_1j = (τα)_i1 = 0",
    ),
    "one way": (
        model("y ~ 1 + (1 | g)", GROUPS),
        "y_ij = μ + u_i + ε_ij,        i = 1, 2, 3;  j = 1, …, 4",
        "u_i ~ N(0, σ²_u),  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
    ),
    "groups of unequal size": (
        model("y ~ 1 + (1 | g)", UNEQUAL),
        "y_ij = μ + u_i + ε_ij,        i = 1, 2, 3;  j = 1, …, n_i",
        "u_i ~ N(0, σ²_u),  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
    ),
    "nested": (
        model("y ~ 1 + (1 | g/h)", GROUPS),
        "y_ijk = μ + u_i + v_j(i) + ε_ijk,        i = 1, 2, 3;  j = 1, 2;  k = 1, 2",
        "u_i ~ N(0, σ²_u),  v_j(i) ~ N(0, σ²_v),  ε_ijk ~ N(0, σ²)",
        "cov(u, v) = cov(u, ε) = cov(v, ε) = 0",
    ),
    "crossed": (
        model("y ~ 1 + (1 | g) + (1 | h) + (1 | g:h)", GROUPS),
        "y_ijk = μ + u_i + v_j + w_ij + ε_ijk,        i = 1, 2, 3;  j = 1, 2;  k = 1, 2",
        "u_i ~ N(0, σ²_u),  v_j ~ N(0, σ²_v),  w_ij ~ N(0, σ²_w),  ε_ijk ~ N(0, σ²)",
        "cov(u, v) = cov(u, w) = cov(u, ε) = cov(v, w) = cov(v, ε) = cov(w, ε) = 0",
    ),
    "random slopes": (
        model("y ~ x + (x | g)", GROUPS),
        "y_ij = β_0 + β_1 x_ij + u_0j + u_1j x_ij + ε_ij,        i = 1, …, 4;  j = 1, 2, 3",
        "[u_0j, u_1j]' ~ N(0, Σ_u),  Σ_u = [[σ²_u0, σ_u01], [σ_u01, σ²_u1]],  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
    ),
    "uncorrelated slopes": (
        model("y ~ x + (x || g)", GROUPS),
        "y_ij = β_0 + β_1 x_ij + u_j + v_j x_ij + ε_ij,        i = 1, …, 4;  j = 1, 2, 3",
        "u_j ~ N(0, σ²_u),  v_j ~ N(0, σ²_v),  ε_ij ~ N(0, σ²)",
        "cov(u, v) = cov(u, ε) = cov(v, ε) = 0",
    ),
    "two covariates": (
        model("y ~ x*z", GROUPS),
        "y_i = β_0 + β_1 x_1i + β_2 x_2i + β_3 x_1i x_2i + ε_i,        i = 1, …, 12",
        "ε_i ~ N(0, σ²)",
    ),
    "analysis of covariance": (
        model("y ~ h*x + (1 | g)", GROUPS),
        "y_ijk = β_0 + τ_i + β_2 x_ijk + (τβ)_i x_ijk + u_j + ε_ijk,        i = 1, 2;  j = 1, 2, 3;  k = 1, 2",
        "u_j ~ N(0, σ²_u),  ε_ijk ~ N(0, σ²),  cov(u, ε) = 0",
        "τ_1 = (τβ)_1 = 0",
    ),
    "means": (
        model("y ~ 0 + h", GROUPS),
        "y_ij = τ_i + ε_ij,        i = 1, 2;  j = 1, …, 6",
        "ε_ij ~ N(0, σ²)",
    ),
}


@pytest.mark.parametrize("expected", INDEX.values(), ids=INDEX)
def test_the_equation_in_elements(expected: tuple[Any, ...]) -> None:
    ours, *lines = expected
    assert str(ours.equation("index")).split("\n") == lines


def test_random_blocks_in_latex() -> None:
    assert rcbd(3, "b").equation("index", dialect="latex").split("\n") == [
        r"\begin{aligned}",
        r"y_{ij} &= \mu + \tau_i + u_j + \varepsilon_{ij}, \quad i = 1, 2, 3;\; j = 1, \dots, b \\",
        r"u_j &\sim N(0, \sigma^2_u), \quad \varepsilon_{ij} \sim N(0, \sigma^2), "
        r"\quad \operatorname{cov}(u, \varepsilon) = 0",
        r"\end{aligned}",
    ]


def test_the_distribution() -> None:
    assert rcbd(3, 2).equation("distribution").split("\n") == [
        "y ~ N(Xβ, ZGZ' + R)",
        "y | u ~ N(Xβ + Zu, R),  u ~ N(0, G)",
        "G = σ²_u I₂,  R = σ² I₆",
    ]
    assert crd(3, 2).equation("distribution").split("\n") == ["y ~ N(Xβ, R)", "R = σ² I₆"]


def test_the_matrices_with_their_dimensions() -> None:
    assert rcbd(3, 2).equation("matrix").split("\n") == [
        "y = Xβ + Zu + ε,        y 6×1 · X 6×4 (rank 3) · β 4×1 · Z 6×2 · u 2×1 · ε 6×1",
        "u ~ N(0, G),  ε ~ N(0, R),  cov(u, ε) = 0",
        "G = σ²_u I₂,  R = σ² I₆",
    ]
    first = rcbd(3, 2).equation("matrix", "latex").split("\n")[1]
    assert r"\mathbf{X}_{6 \times 4}" in first and r"\mathbf{Z}_{6 \times 2}" in first


def test_a_size_with_a_sum_is_in_brackets() -> None:
    assert "X bt×(t + 1) (rank t)" in rcbd("t", "b").equation("matrix")


EVERY = [ours for ours, *_ in INDEX.values()]


@pytest.mark.parametrize("form", ["index", "distribution", "matrix"])
@pytest.mark.parametrize("ours", EVERY, ids=INDEX)
def test_latex_is_well_formed(ours: MixedModel, form: Any) -> None:
    text = ours.equation(form, "latex")
    assert text.count("{") == text.count("}")
    assert re.findall(r"\\begin{(\w+)}", text)[0] == "aligned"
    assert sorted(re.findall(r"\\begin{(\w+)}", text)) == sorted(re.findall(r"\\end{(\w+)}", text))
    assert text.isascii()
    # A second subscript on one base is an error of TeX.
    assert not re.search(r"_(\w|{[^{}]*})_", text)


def test_an_equation_is_text_that_jupyter_typesets() -> None:
    equation = rcbd(3, 2).equation("index")
    assert isinstance(equation, str)
    assert equation.latex == rcbd(3, 2).equation("index", "latex")
    assert equation._repr_latex_() == f"$\\displaystyle {equation.latex}$"
    assert rcbd(3, 2).equation("index", "markdown") == f"$$\n{equation.latex}\n$$"
    restored = pickle.loads(pickle.dumps(equation))  # noqa: S301  (our own bytes)
    assert restored == equation and restored.latex == equation.latex


def test_many_random_vectors_are_not_paired_one_by_one() -> None:
    columns = {name: "".join("ab"[(i >> k) % 2] for i in range(64)) for k, name in enumerate("cdefg")}
    formula = "y ~ 1 + " + " + ".join(f"(1 | {name})" for name in columns)
    text = model(formula, data(**columns)).equation("index")
    assert "cov(u, v) = cov(u, w) = … = cov(u_5, ε) = 0" in text
    assert "u_4,l" in text


@pytest.mark.parametrize(("form", "dialect"), [("indx", "unicode"), ("index", "latx")])
def test_other_forms_and_dialects_are_refused_with_the_nearest(form: Any, dialect: Any) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        rcbd(2, 2).equation(form, dialect)
    assert refusal.value.nearest in ("index", "latex")


@pytest.mark.parametrize(
    ("name", "in_latex", "in_unicode"),
    [
        (Name(("mu",)), r"\mu", "μ"),
        (Name(("tau",), "i"), r"\tau_i", "τ_i"),
        (Name(("tau", "alpha"), "ij"), r"(\tau\alpha)_{ij}", "(τα)_ij"),
        (Name(("v",), "i", "k"), "v_{i(k)}", "v_i(k)"),
        (Name(("u",), "j", number="0"), "u_{0j}", "u_0j"),
        (Name(("y",), "ijkl"), "y_{ijkl}", "y_ijkl"),
        (Name(("u4",), "ij"), "u_{4,ij}", "u_4,ij"),
        (Name(("u4",)), "u_4", "u_4"),
    ],
)
def test_names_are_spelled_in_each_dialect(name: Name, in_latex: str, in_unicode: str) -> None:
    assert spell(name, Pen(LATEX, Style())) == in_latex
    assert spell(name, Pen(UNICODE, Style())) == in_unicode


# The card


def test_the_card_of_a_design() -> None:
    assert str(rcbd(3, 2)).split("\n") == [
        "Randomized complete block design: 3 treatments in 2 random blocks, n = 6",
        "",
        "  y_ij = μ + τ_i + u_j + ε_ij,        i = 1, 2, 3;  j = 1, 2",
        "  u_j ~ N(0, σ²_u),  ε_ij ~ N(0, σ²),  cov(u, ε) = 0",
        "",
        "  y = Xβ + Zu + ε     y 6×1 · X 6×4 (rank 3) · β 4×1 · Z 6×2 · u 2×1 · ε 6×1",
        "  E(y) = Xβ           Var(y) = ZGZ' + R = I₂ ⊗ (σ² I₃ + σ²_u J₃)",
    ]


@pytest.mark.parametrize("ours", EVERY, ids=INDEX)
def test_every_way_to_show_a_model(ours: MixedModel) -> None:
    assert str(ours) == unicode(ours)
    assert ours.title in str(ours)
    assert latex(ours) in markdown(ours) == ours._repr_markdown_()
    assert latex(ours).startswith(r"\begin{aligned}") and latex(ours) in ours._repr_latex_()
    assert len(repr(ours)) < 200 and "\n" not in repr(ours)


def test_the_card_says_which_column_a_letter_speaks_of() -> None:
    card = str(model("y ~ whole + (1 | block/whole)", SPLIT_PLOT))
    assert "τ whole,  u block,  v block:whole" in card


def test_names_of_columns_are_text_in_markdown() -> None:
    columns = {"y": [1, 2, 3, 5], "a_*b_": [1, 2, 3, 4]}
    text = markdown(model("y ~ `a_*b_`", columns))
    assert r"a\_\*b\_" in text


def free_effects(ours: MixedModel) -> int:
    """How many effects the equation in elements leaves free: every index of every fixed term, but those set to 0."""
    levels = {r.letter: int(r.extent) for r in ours.index.ranges if not isinstance(r.extent, Name)}  # pyright: ignore[reportArgumentType]
    fixed = ours.index.terms[: len(ours.fixed)]
    every = set()
    for name in (term.coefficient for term in fixed):
        for combination in itertools.product(*(range(1, levels[letter] + 1) for letter in name.indices)):
            zeros = [z for z in ours.index.zeros if (z.bases, z.number) == (name.bases, name.number)]
            places = [zip(zero.indices, name.indices, combination, strict=True) for zero in zeros]
            fits = (all(told in (letter, str(index)) for told, letter, index in place) for place in places)
            if not any(fits):
                every.add((name.bases, name.number, combination))
    return len(every)


@pytest.mark.parametrize(
    "terms",
    [
        *("g", "g - 1", "g:h", "g*h", "g*h - 1", "g*h - g", "g*x", "g:x", "g + x + g:x - 1", "g*x - x", "g/x - 1"),
        *("g*h*x", "g:h:x", "g:x:z + x:z", "(g + h + x + z)^2", "x:z + x", "g:h + x:h - 1"),
    ],
)
def test_the_equation_leaves_as_many_effects_free_as_X_has_columns(terms: str) -> None:
    ours = model(f"y ~ {terms}", GROUPS)
    assert free_effects(ours) == ours.p
