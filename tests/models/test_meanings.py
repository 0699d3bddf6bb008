"""The "where" of a model names each symbol once, with its meaning and its dimensions."""

from __future__ import annotations

import pickle

import pytest

from tests.models.truth import FORMULAS, our_model
from tutor.errors import UnknownNameError
from tutor.models.catalogue import (
    crd,
    crossover,
    graeco_latin,
    latin_square,
    nested,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_plot,
)
from tutor.models.equation import Form
from tutor.models.from_formula import model as build_model
from tutor.models.glmm.model import glmm
from tutor.models.meanings import meanings
from tutor.models.mixed import MixedModel
from tutor.notation.style import Style
from tutor.notation.write import write

NAMED = [rcbd(3, 2), rcbd("t", "b"), rcbd(3, 4, "fixed"), crd(2, "r"), regression([1, 2, 4])]


def told(model: MixedModel, form: Form) -> dict[str, str]:
    """Symbol and meaning of each line of a glossary."""
    lines = [line.split("   ", 1) for line in model.glossary(form).split("\n")]
    return {name.strip(): meaning.strip() for name, meaning in lines}


def test_the_elements_are_told_by_the_factors_of_the_design() -> None:
    assert told(rcbd(3, 2), "index") == {
        "y_ij": "the response of one observation",
        "μ": "the overall mean",
        "τ_i": "the effect of treatment i",
        "u_j": "the random effect of block j",
        "ε_ij": "the residual of that observation",
        "i": "the index of the treatments",
        "j": "the index of the blocks",
        "σ²": "the variance of the residuals",
        "σ²_u": "the variance of the effects of the blocks",
    }


def test_vectors_and_matrices_are_told_with_their_dimensions() -> None:
    found = told(rcbd("t", "b"), "matrix")
    assert found["Z"] == "the design matrix of the random effects, bt × b"
    assert found["ε"] == "the residuals, bt × 1"


def test_the_letters_of_sizes_are_explained() -> None:
    assert told(rcbd("t", "b"), "matrix")["t"] == "the number of treatments"
    assert told(crd(2, "r"), "index")["r"] == "the number of observations of each treatment"
    assert told(regression("n"), "distribution")["n"] == "the number of observations"
    assert "t" not in told(rcbd(3, 2), "matrix")


def test_the_effects_of_a_formula_are_told_by_its_factors() -> None:
    rows = [(block, variety, dose) for block in "ab" for variety in "xy" for dose in (0, 1, 2)]
    data = {
        "yield": [3, 5, 4, 8, 6, 9, 1, 4, 2, 6, 8, 5],
        "Block": [block for block, _, _ in rows],
        "Variety": [variety for _, variety, _ in rows],
        "dose": [dose for *_, dose in rows],
    }
    nested = told(build_model("yield ~ dose + (1 | Block/Variety)", data), "index")
    assert nested["v_k(j)"] == "the random effect of Variety k within Block j"
    assert nested["k"] == "the index of the levels of Variety"
    slopes = told(build_model("yield ~ dose + (dose | Block)", data), "index")
    assert slopes["u_0j"] == "the random intercept of Block j"
    assert slopes["u_1j"] == "the random slope of dose for Block j"
    assert slopes["σ²_u0"] == "the variance of the random intercepts for Block"
    levels = told(build_model("yield ~ dose + (Variety | Block)", data), "index")
    assert levels["u_1j"] == "the random coefficient of Varietyy for Block j"


@pytest.mark.parametrize("form", ["index", "distribution", "matrix"])
@pytest.mark.parametrize("model", NAMED, ids=repr)
def test_every_symbol_of_the_matrix_form_has_one_line(model: MixedModel, form: Form) -> None:
    spelled = [meaning.symbol for meaning in meanings(model, form)]
    assert len(set(spelled)) == len(spelled)
    if form != "index":
        assert {symbol.name for symbol in model.symbols} - {"V"} <= told(model, form).keys() | {"beta", "e"}


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_has_a_glossary_in_each_form(name: str) -> None:
    model = our_model(name)
    for form in ("index", "distribution", "matrix"):
        for meaning in told(model, form).values():
            assert meaning


def test_where_stands_below_the_equation_in_each_dialect() -> None:
    model = rcbd(3, 2)
    plain = model.equation("matrix")
    assert model.equation("matrix", where=True).split("\nwhere\n")[0] == plain
    assert r"\text{the residuals, $6 \times 1$}" in model.equation("matrix", "latex", where=True)
    assert "vector epsilon: the residuals, 6 by 1." in model.equation("matrix", "spoken", where=True)


def test_the_style_reaches_the_equation_and_its_glossary() -> None:
    model = rcbd(3, 2)
    style = Style(random="b", covariance="Sigma")
    assert "Zb" in model.equation("matrix", style=style)
    assert "σ²_b" in model.glossary("index", style=style)


def test_a_form_or_dialect_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean matrix"):
        rcbd(3, 2).glossary("matrx")  # pyright: ignore[reportArgumentType]
    with pytest.raises(UnknownNameError, match="Did you mean typst"):
        rcbd(3, 2).equation("index", "typs")  # pyright: ignore[reportArgumentType]


def test_a_glossary_can_be_pickled_with_its_latex() -> None:
    glossary = rcbd(3, 2).glossary()
    copy = pickle.loads(pickle.dumps(glossary))  # noqa: S301  (our own bytes)
    assert (copy, copy.latex) == (glossary, glossary.latex)


WORDS = [
    (split_plot("a", "s", "r"), "τ_i", "the effect of level i of A"),
    (split_plot("a", "s", "r"), "(τα)_ij", "the interaction of level i of A and level j of B"),
    (latin_square("t"), "t", "the number of rows, columns and treatments"),
    (crossover("n", "t"), "n", "the number of subjects of each sequence"),
    (repeated_measures("n", "t", treatments="g"), "n", "the number of subjects of each treatment"),
    (repeated_measures("n", "t", treatments="g"), "k", "the index of the subjects"),
    (
        repeated_measures("n", "t", treatments="g"),
        "Σ_e",
        "the covariance matrix of the residuals of one subject, t × t",
    ),
    (repeated_measures(5, 4, side="G"), "Σ_v", "the covariance matrix of the effects of one subject, 4 × 4"),
    (random_slopes(6, [1, 2, 3]), "Σ_u", "the covariance matrix of the effects of one group, 2 × 2"),
    (random_slopes(6, [1, 2, 3]), "u_1j", "the random slope of x for group j"),
    (nested(2, 3, reps=2), "v_j(i)", "the random effect of inner group j within outer group i"),
    (graeco_latin(4), "l", "the index of the Greek letters"),
]


@pytest.mark.parametrize(("model", "name", "meaning"), WORDS)
def test_the_elements_are_told_as_a_statistician_would(model: MixedModel, name: str, meaning: str) -> None:
    assert told(model, "index")[name] == meaning


def test_what_a_form_does_not_name_has_no_line() -> None:
    assert "ε" not in told(rcbd(3, 2), "distribution")
    counts = glmm(rcbd(3, 2), "Poisson")
    lines = str(counts.equation("distribution", where=True)).split("\nwhere\n")[1]
    assert "the link function" in lines and "η" not in lines


def test_a_factor_that_is_called_by_a_letter_is_no_matrix() -> None:
    glossary = split_plot(2, 3, 2).glossary("index", "latex")
    assert r"\text{the interaction of level $i$ of A and level $j$ of B}" in glossary


def test_the_words_of_a_glossary_hang_below_each_other() -> None:
    lines = write(rcbd("t", "b").equation("matrix", where=True), "unicode", width=44).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("  X "))
    assert lines[at : at + 3] == [
        "  X      the design matrix of the fixed",
        "         effects, bt × (t + 1)",
        lines[at + 2],
    ]


def test_the_last_level_of_a_vector_over_time_is_an_index_in_each_dialect() -> None:
    told = repeated_measures("n", "t").equation("index", "mathml")
    assert "&lt;" not in told and "<mrow><mi>t</mi><mi>j</mi></mrow>" in told
