r"""Integrals over densities that are named by what stands below them, and functions set as text in calculus."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_lectures import without_places
from tutor.notation.read import read
from tutor.notation.write import write

WRITTEN: list[tuple[str, str]] = [
    (r"\int (e^x - \mu_i)^2 f_{\mathcal{N}}(x, \mu_i, \sigma^2)dx", "∫ (exp(x) − μ_i)² f_N(x, μ_i, σ²) dx"),
    (r"\int \text{exp}(x) f_{\mathcal{N}}(x, \mu, \sigma^2) dx", "∫ exp(x) f_N(x, μ, σ²) dx"),
    (r"\int \mathrm{exp}(x) f_{\mathrm{N}}(x, \mu, \sigma^2) dx", "∫ exp(x) f_N(x, μ, σ²) dx"),
    (r"\int \exp(x) f_N(x \mid \mu, \sigma^2) dx", "∫ exp(x) f_N(x | μ, σ²) dx"),
    (r"\int \operatorname{logit}^{-1}(x) f_{N}(x, 0, \sigma^2) dx", "∫ expit(x) f_N(x, 0, σ²) dx"),
    (r"\int \Phi(x) \phi(x) dx", "∫ Φ(x) φ(x) dx"),
    (r"\int x \varphi(x) dx", "∫ x φ(x) dx"),
    (r"\bar\mu_i = \int g^{-1}(x) f_{\mathcal{N}}(x, \mu_i, \sigma^2_u) dx", "μ̄_i = ∫ g⁻¹(x) f_N(x, μ_i, σ²_u) dx"),
]

SAME: list[tuple[str, str]] = [
    (r"\int \text{exp}(-x) dx", r"\int \exp(-x) dx"),
    (r"\int_0^1 \mathrm{log}(x) dx", r"\int_0^1 \log(x) dx"),
    (r"\int_0^1 \operatorname{exp}(-x) dx", r"\int_0^1 e^{-x} dx"),
]


@pytest.mark.parametrize(("text", "plain"), WRITTEN, ids=[ascii(text) for text, _ in WRITTEN])
def test_an_integral_of_a_density_is_read_as_it_stands(text: str, plain: str) -> None:
    assert write(read(text), "unicode") == plain


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[ascii(text) for text, _ in SAME])
def test_a_function_set_as_text_is_that_function_in_calculus(text: str, plain: str) -> None:
    told = [[meaning(without_places(part)) for part in read(written).parts] for written in (text, plain)]
    assert told[0] == told[1]


def test_a_number_before_brackets_is_no_density() -> None:
    assert write(read(r"\int_0^1 \phi(1 - t) dt"), "unicode") == "∫_0^1 φ (1 − t) dt"
