"""The effects of a formula may be named as its equation in elements names them, and as R names its coefficients."""

from __future__ import annotations

import pytest

from tests.models.truth import our_model
from tutor.errors import ReadError
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.write import unicode

DATA = {
    "y": [1.0, 3, 2, 5, 4, 7, 6, 8, 9, 12, 11, 10, 3],
    "A": [*"aaaaabbbbcccc"],
    "B": [*"xxyyzxxyyxzzz"],
    "x": [1.5, 2, 3, 1, 2, 2, 1, 4, 2, 5, 3, 2, 1],
    "g": [*"1234512345123"],
}
CODED = model("y ~ A * B + x + (1 | g)", DATA)
PLAIN = model("y ~ A + (1 | g)", DATA)


@pytest.mark.parametrize(
    ("m", "asked", "column"),
    [
        (CODED, "Ab - Ac", {"Ab": 1, "Ac": -1}),
        (CODED, "tau_2 - tau_3", {"Ab": 1, "Ac": -1}),
        (CODED, "tau_2 - tau_1", {"Ab": 1}),
        (CODED, r"\alpha_3", {"Bz": 1}),
        (CODED, "Ab:By", {"Ab:By": 1}),
        (CODED, r"(\tau\alpha)_{22} - (\tau\alpha)_{12}", {"Ab:By": 1}),
        (CODED, "(Intercept) + 2 x", {"(Intercept)": 1, "x": 2}),
        (PLAIN, "mu + tau_3", {"(Intercept)": 1, "Ac": 1}),
        (our_model("machines_interaction"), "MachineB - MachineC", {"MachineB": 1, "MachineC": -1}),
    ],
)
def test_a_function_of_effects_is_that_of_their_columns(m: MixedModel, asked: str, column: dict[str, int]) -> None:
    labels = m.X.column_labels
    assert labels is not None
    found = m.estimable(asked)
    told = {label: k for label, k in zip(labels, found.coefficients.flat(), strict=True) if k != 0}
    assert told == column
    assert m.se(asked, sigma2=1, **{p.key: 2 for p in m.parameters[1:]}) == pytest.approx(
        m.se([column.get(label, 0) for label in labels], sigma2=1, **{p.key: 2 for p in m.parameters[1:]})
    )


def test_an_estimate_has_these_names_too() -> None:
    fit = PLAIN.fit()
    assert fit.estimate("Ab") == fit.estimate("tau_2")
    assert fit.estimate("Ab").value == pytest.approx(fit.beta["Ab"].value)


@pytest.mark.parametrize("contrasts", ["sum", "helmert"])
def test_with_another_coding_no_effect_of_a_level_is_a_column(contrasts: str) -> None:
    with pytest.raises(ReadError, match="tau_2 is no name"):
        model("y ~ A + (1 | g)", DATA, contrasts=contrasts).estimable("tau_2")


def test_a_name_that_is_none_is_told_which_there_are() -> None:
    with pytest.raises(ReadError, match=r"The fixed effects are \(Intercept\), Ab, Ac\.") as refused:
        PLAIN.estimable("Ab - Aq")
    assert refused.value.text[refused.value.start : refused.value.end] == "Aq"


def test_a_slope_has_the_number_of_its_column() -> None:
    assert CODED.X.column_labels is not None
    number = CODED.X.column_labels.index("x")
    assert f"β_{number} x_" in CODED.equation("index") and CODED.estimable(f"beta_{number}").coefficients[number] == 1


def test_the_card_tells_which_elements_of_beta_the_effects_are() -> None:
    assert "β_0, …, β_4 are μ, τ_2, τ_3, α_2, α_3" in unicode(model("y ~ A + B + (1 | g)", DATA))
    assert "β_0, β_1, β_2 are μ, τ_2, τ_3, 3 × 1" in PLAIN.glossary("matrix")
    assert "τ_2, τ_3 are β_1, β_2" in PLAIN.glossary("index")
    every = model("y ~ A + (1 | g)", DATA, contrasts="effects")
    assert "β_0, β_1, β_2, β_3 are μ, τ_1, τ_2, τ_3" in unicode(every)
    assert " are " not in unicode(model("y ~ x + (1 | g)", DATA))


def test_each_column_of_a_polynomial_has_its_name() -> None:
    told = model("y ~ poly(x, 2) + A", DATA).glossary("index")
    assert "the slope of poly(x, 2)1" in told and "the slope of poly(x, 2)2" in told
    assert "τ_2, τ_3 are β_3, β_4" in told
