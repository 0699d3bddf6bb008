"""A generalized model from its equations in elements: the same model as by `glmm`, in each spelling of a lecture."""

from __future__ import annotations

import pytest
import sympy

from tutor import from_equation, glmm, rcbd
from tutor.errors import ReadError, SizeError
from tutor.models.glmm.families import FAMILIES
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.mixed import MixedModel

LEVELS = {"i": 3, "j": 4}
EFFECTS = r", u_j \sim N(0, \sigma^2_u)"
SUM = r"\mu + \tau_i + u_j"

SPELLINGS = [
    # the text without the distribution of u, family, link, values of the constants
    (rf"y_{{ij}} \mid u_j \sim Poisson(\lambda_{{ij}}), \log \lambda_{{ij}} = {SUM}", "Poisson", "log", {}),
    (rf"y_{{ij}} | u_j \sim \text{{Poisson}}(\mu_{{ij}}),\ \ln(\mu_{{ij}}) = \eta_{{ij}},\ \eta_{{ij}} = {SUM}",
     "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Pois(\lambda_{{ij}}); \log(\lambda_{{ij}}) = \eta_{{ij}} = {SUM}", "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \lambda_{{ij}} = \exp({SUM})", "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Poisson(e^{{\eta_{{ij}}}}), \eta_{{ij}} = {SUM}", "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \eta_{{ij}} = \log(\lambda_{{ij}}), \eta_{{ij}} = {SUM}",
     "Poisson", "log", {}),
    (rf"y_{{ij}} \mid u_j \sim Poisson(\lambda_{{ij}}), \log(E(y_{{ij}} \mid u_j)) = {SUM}", "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \sqrt{{\lambda_{{ij}}}} = {SUM}", "Poisson", "sqrt", {}),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \lambda_{{ij}} = {SUM}", "Poisson", "identity", {}),
    (r"y_ij | u_j ~ Poisson(λ_ij); log(λ_ij) = μ + τ_i + u_j", "Poisson", "log", {}),
    (rf"y_{{ij}} \sim Bernoulli(p_{{ij}}), \text{{logit}}(p_{{ij}}) = {SUM}", "Bernoulli", "logit", {}),
    (rf"y_{{ij}} \sim Bernoulli(p_{{ij}}), \Phi^{{-1}}(p_{{ij}}) = {SUM}", "Bernoulli", "probit", {}),
    (rf"y_{{ij}} \sim Bernoulli(p_{{ij}}), p_{{ij}} = \Phi({SUM})", "Bernoulli", "probit", {}),
    (rf"y_{{ij}} \sim Bernoulli(\pi_{{ij}}), \text{{cloglog}}(\pi_{{ij}}) = {SUM}", "Bernoulli", "cloglog", {}),
    (rf"y_{{ij}} \sim Bin(n, \pi_{{ij}}), \pi_{{ij}} = \frac{{1}}{{1+e^{{-\eta_{{ij}}}}}}, \eta_{{ij}} = {SUM}",
     "Binomial", "logit", {"N": sympy.Symbol("n", integer=True, positive=True)}),
    (rf"y_{{ij}} \sim Binomial(10, p_{{ij}}), \log\left(\frac{{p_{{ij}}}}{{1-p_{{ij}}}}\right) = {SUM}",
     "Binomial", "logit", {"N": sympy.Integer(10)}),
    (rf"y_{{ij}} \sim NB(\mu_{{ij}}, \phi), \log \mu_{{ij}} = {SUM}", "negative binomial", "log", {}),
    (rf"y_{{ij}} \sim Gamma(\mu_{{ij}}, \phi), \log \mu_{{ij}} = {SUM}", "Gamma", "log", {}),
    (rf"y_{{ij}} \sim Gamma(\mu_{{ij}}, \kappa), 1/\mu_{{ij}} = {SUM}", "Gamma", "inverse",
     {"phi": sympy.Symbol("kappa", positive=True)}),
    (rf"y_{{ij}} \sim Gamma(\alpha, \alpha/\mu_{{ij}}), \log \mu_{{ij}} = {SUM}", "Gamma", "log",
     {"phi": 1 / sympy.Symbol("alpha", positive=True)}),
    (rf"y_{{ij}} \sim Beta(\mu_{{ij}}\phi, (1-\mu_{{ij}})\phi), logit(\mu_{{ij}}) = {SUM}", "Beta", "logit", {}),
    (rf"y_{{ij}} | u_j \sim N(\mu_{{ij}}, \sigma^2), \log \mu_{{ij}} = {SUM}", "normal", "log", {}),
    (rf"P(y_{{ij}} = 1 | u_j) = \frac{{\exp(\eta_{{ij}})}}{{1 + \exp(\eta_{{ij}})}}, \eta_{{ij}} = {SUM}",
     "Bernoulli", "logit", {}),
    (rf"\text{{logit}}(\Pr(y_{{ij}} = 1)) = {SUM}", "Bernoulli", "logit", {}),
    (rf"p_{{ij}} = P(y_{{ij}} = 1), logit(p_{{ij}}) = {SUM}", "Bernoulli", "logit", {}),
    (rf"y_{{ij}} \sim Bernoulli(p_{{ij}}), probit(P(y_{{ij}} = 1)) = {SUM}", "Bernoulli", "probit", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "family", "link", "numbers"), SPELLINGS)
def test_a_family_and_a_link_make_a_generalized_model(
    text: str, family: str, link: str, numbers: dict[str, sympy.Expr]
) -> None:
    """Its moments are those of the same family and link on the linear model of the same effects."""
    found = from_equation(text + EFFECTS, LEVELS)
    linear = from_equation(rf"y_{{ij}} = {SUM} + \varepsilon_{{ij}}" + EFFECTS, LEVELS)
    assert isinstance(found, GeneralizedModel)
    assert isinstance(linear, MixedModel)
    assert (found.family.key, found.link.key, dict(found.numbers)) == (family, link, numbers)
    assert (found.linear.X.definition, found.linear.G) == (linear.X.definition, linear.G)
    assert found.linear.Z is not None
    assert linear.Z is not None
    assert found.linear.Z.definition == linear.Z.definition
    if found.link.key in {"log", "identity", "sqrt"}:
        expected = glmm(linear, family, link).derive("E(y_11)").lines[-1]
        assert found.derive("E(y_11)").lines[-1] == expected
    letters = {str(letter) for value in numbers.values() for letter in value.free_symbols}
    assert letters <= {str(parameter.symbol) for parameter in found.parameters}


def test_an_offset_is_the_known_number_of_each_row() -> None:
    text = rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \log \lambda_{{ij}} = {SUM} + \log N_{{ij}}" + EFFECTS
    letters = from_equation(text, {"i": 3, "j": 2})
    assert letters.linear.X.columns == 4
    elements = [sympy.log(sympy.Symbol(f"N_{i}{j}", real=True)) for j in (1, 2) for i in (1, 2, 3)]
    assert list(letters.linear.offset.definition.explicit()) == elements
    columns = {"i": [1, 2, 3, 1, 2, 3], "j": [1, 1, 1, 2, 2, 2], "N": [1, 2, 3, 5, 7, 11], "y": [0, 1, 2, 3, 4, 5]}
    numbers = from_equation(text, data=columns)
    assert list(numbers.linear.offset.definition.explicit()) == [sympy.log(value) for value in columns["N"]]
    assert "offset(log(N))" in str(numbers.code("lme4"))
    with pytest.raises(SizeError, match="offset N_ij"):
        from_equation(text, {"i": "t", "j": "b"})


@pytest.mark.parametrize("dialect", ["unicode", "latex"])
@pytest.mark.parametrize("family", [key for key in FAMILIES if key != "normal"])
def test_the_equation_of_a_generalized_model_gives_the_model_again(family: str, dialect: str) -> None:
    model = glmm(rcbd(3, 4), family)
    again = from_equation(str(model.equation("index", dialect)))  # pyright: ignore[reportArgumentType]
    assert isinstance(again, GeneralizedModel)
    assert (again.family, again.link, again.numbers) == (model.family, model.link, model.numbers)
    assert again.linear.n == model.linear.n
    assert str(again.equation("index")) == str(model.equation("index"))


REFUSED = [
    # the text, the kind of the refusal, and a name that it must speak of
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), g(\lambda_{{ij}}) = {SUM}" + EFFECTS, "link-missing", "λ_ij"),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \eta_{{ij}} = {SUM}" + EFFECTS, "link-missing", "λ_ij"),
    (rf"\log(\lambda_{{ij}}) = {SUM}" + EFFECTS, "distribution-missing", "λ_ij"),
    (rf"y_{{ij}} \sim Poisson(\lambda_{{ij}}), \log(\lambda_{{ij}}) = {SUM}", "distribution-missing", "u_j"),
    (rf"y_{{ij}} \sim Binomial(n_i, \pi_{{ij}}), logit(\pi_{{ij}}) = {SUM}" + EFFECTS, "parametrization", "n_i"),
    (rf"y_{{ij}} \sim Gamma(\phi, \mu_{{ij}}), \log \mu_{{ij}} = {SUM}" + EFFECTS, "parametrization", "Gamma"),
    (rf"y_{{ij}} = {SUM} + e_{{ij}}, u_j \sim Gamma(a, b)", "not-normal", "Gamma"),
    (r"\mathbf{y} \mid \mathbf{u} \sim Poisson(\boldsymbol\mu), \log(\boldsymbol\mu) = \mathbf{X}\boldsymbol\beta",
     "no-index-model", "matrices"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), REFUSED)
def test_what_is_missing_is_asked_for_by_name(text: str, kind: str, name: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_equation(text, LEVELS)
    assert caught.value.kind == kind
    assert name in caught.value.problem
