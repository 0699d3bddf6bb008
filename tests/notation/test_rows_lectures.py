r"""Words, names and functions of lectures: what stands in sentences, statistics, likelihoods, fields, GLMMs.

Each row says the same as the plain formula beside it, or is the tree beside it; what is read is also written, in each
dialect, and read again.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_displays import Z, real, u, without_places, y
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import BETAHAT, VHAT, V, X, assert_reads_back, beta
from tutor import rcbd, split_plot
from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar, Sum, Symbol
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.read import read


def r(key: str) -> Scalar:
    return Scalar(real(key))


def of(function: str, *arguments: Tree) -> Applied:
    return Applied(function, arguments)


SAME: list[tuple[str, str]] = [
    # as a lecture writes it, the plain formula
    (r"\mathbf{u}, \boldsymbol\varepsilon \text{ are independent}", "u ⊥ ε"),
    (r"\mathbf{v} \text{ and } \boldsymbol\varepsilon \text{ are mutually independent}",
     r"\mathbf{v} \perp \boldsymbol\varepsilon"),
    ("u and ε are independent", "u ⊥ ε"),
    (r"d_{ik}, e_{ijk} \text{ independent}", r"d_{ik} \perp e_{ijk}"),
    (r"w_k, d_{ik} \text{ and } e_{ijk} \text{ are independent}", r"w_k \perp d_{ik} \perp e_{ijk}"),
    (r"d_{ik} \sim N(0, \sigma^2_d), \; e_{ijk} \sim N(0, \sigma^2) \text{ are independent}",
     r"d_{ik} \sim N(0, \sigma^2_d), \; e_{ijk} \sim N(0, \sigma^2), independent"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e} \text{ where } \mathbf{y} \text{ is the vector of yields}",
     "y = Xβ + ε"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e}, \text{ where } \mathbf{e} \text{ is the vector "
     r"of residuals and } \mathbf{e} \sim N(\mathbf{0}, \sigma^2\mathbf{I})", r"y = Xβ + ε, ε \sim N(0, \sigma^2 I)"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta, \text{ where } \mathbf{X} \text{ is the } n \times p "
     r"\text{ design matrix}",
     r"\mathbf{y} = \mathbf{X}\boldsymbol\beta, \mathbf{X}: n \times p"),
    (r"y_{ij} = \beta_0 + b_{0i} + \varepsilon_{ij}, \text{ where } b_{0i} \text{ is the random "
     r"intercept of subject } i",
     r"y_{ij} = \beta_0 + b_{0i} + \varepsilon_{ij}"),
    ("y = Xβ + Zu + ε, where u is the vector of random effects, and u ~ N(0, G)", "y = Xβ + Zu + ε, u ~ N(0, G)"),
    (r"y_{ik} = \mu + \alpha_i + e_{ik} \text{ subject to } \sum_i \alpha_i = 0",
     r"y_{ik} = \mu + \alpha_i + e_{ik} \\ \sum_i \alpha_i = 0"),
    ("y_{ik} = μ + α_i + ε_ik such that Σ_i α_i = 0", r"y_{ik} = \mu + \alpha_i + e_{ik} \\ \sum_i \alpha_i = 0"),
    (r"\rho_k = \rho \text{ for all } k", r"\rho_k = \rho"),
    (r"95\% \text{ CI}: \hat\alpha \pm 2 se(\hat\alpha)", r"\hat\alpha \pm 2 se(\hat\alpha)"),
    (r"90\% \text{ CI for } \alpha_1 = \hat\alpha_1 \pm t_{df, 0.95} \cdot se(\hat\alpha_1)",
     r"\hat\alpha_1 \pm t_{df, 0.95} \cdot se(\hat\alpha_1)"),
    (r"p\text{-value} = P(F > F^\star)", r"p_{value} = P(F > F^\star)"),
    (r"\text{p-value} < 0.01", "p_{value} < 0.01"),
    (r"\mathbf{V}(\boldsymbol\theta) = \mathbf{Z}\mathbf{G}(\boldsymbol\theta)\mathbf{Z}' + "
     r"\mathbf{R}(\boldsymbol\theta)", "V = ZGZ' + R"),
    (r"\hat{\boldsymbol\beta}(\boldsymbol\theta)", r"\hat{\boldsymbol\beta}"),
    (r"\mathbf{V}(\hat{\boldsymbol\theta})", r"\hat{\mathbf{V}}"),
    ("Σ_i Σ_j (y_ij - ȳ_i.)²", r"\sum_i \sum_j (y_{ij} - \bar{y}_{i\cdot})^2"),
    ("Σ_{k=1}^b ρ_k² = 0", r"\sum_{k=1}^{b} \rho_k^2 = 0"),
    ("log(y) = Xβ + ε", r"\log(\mathbf{y}) = \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon"),
    (r"\bar{y}_{\cdot j\cdot}", r"\bar{y}_{\cdot{}j{}\cdot}"),
    (r"EMS_{wp} = \sigma^2 + s\sigma^2_w", r"\text{EMS}_{wp} = \sigma^2 + s\sigma_w^2"),
    (r"\log(\lambda_{ij}) = \log(t_{ij}) + \mathbf{x}_{ij}'\boldsymbol\beta + b_j",
     r"\ln(\lambda_{ij}) = \ln(t_{ij}) + \mathbf{x}_{ij}^\top\boldsymbol\beta + b_j"),
]  # fmt: skip

MU, TAU, H, S = r("mu"), symbol("tau", "n"), r("h"), size("s")
T = size("t")

TREES: list[tuple[str, Tree]] = [
    (r"R(\mu, \boldsymbol\tau)", of("R", MU, TAU)),
    (r"R(\mu, \tau)", of("R", MU, r("tau"))),
    (r"R(\alpha \mid \mu, \rho)", of("R", r("alpha|mu,rho"))),
    (r"R(\boldsymbol\tau \mid \mu)", of("R", symbol("tau|mu", "n", role="random"))),
    (r"R(\mu, \alpha) - R(\mu)", Sum((of("R", MU, r("alpha")), -of("R", MU)))),
    (r"EMS_A", r("EMS_A")),
    (r"SE_{diff}", r("SE_diff")),
    (r"BLUP_j", r("BLUP_j")),
    (r"EBLUP_k", r("EBLUP_k")),
    (r"MS_{trt}", r("MS_trt")),
    (r"LSD_{0.05}", r("LSD_0.05")),
    (r"AIC_{REML}", r("AIC_REML")),
    (r"BLUE(\boldsymbol\beta)", of("BLUE", beta)),
    (r"BLUP(\mathbf{u})", of("BLUP", u)),
    (r"\log(\mathbf{y})", of("log", y)),
    (r"\exp(\mathbf{X}\boldsymbol\beta)", of("exp", X @ beta)),
    (r"\text{logit}(\boldsymbol\pi)", of("logit", symbol("pi", "n"))),
    ("expit(Xβ + Zu)", of("expit", X @ beta + Z @ u)),
    (r"\gamma(h)", of("gamma", H)),
    (r"\Gamma(h)", of("Gamma", H)),
    (r"\rho(h)", of("rho", H)),
    (r"C(h)", of("C", H)),
    (r"y(s + h) - y(s)", Sum((of("y", Scalar(S + real("h"))), -of("y", Scalar(S))))),
    (r"M(t)", of("M", Scalar(T))),
    (r"\frac{d^2}{dt^2} e^{t}", Scalar(sympy.Derivative(sympy.exp(T), T, 2))),
    (r"d^2/dt^2 e^t", Scalar(sympy.Derivative(sympy.exp(T), T, 2))),
    (r"P(T > |t^\star|)", of("P", of(">", r("T"), Scalar(sympy.Abs(real("t_*")))))),
    (r"\mathbf{V}(\hat{\boldsymbol\theta})\mathbf{X}\hat{\boldsymbol\beta}(\boldsymbol\theta)", VHAT @ X @ BETAHAT),
    (r"\mathbf{V}(\boldsymbol\theta)\mathbf{y}", V @ y),
    (r"\Gamma(\alpha)", Scalar(sympy.gamma(real("alpha")))),
]  # fmt: skip

REFUSED: list[tuple[str, str]] = [
    # what a person may write, the kind of the refusal
    ("banana", "unknown-name"),
    ("x banana", "unknown-name"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta \text{ where } \mathbf{X} \text{ is the identity matrix}",
     "text-in-formula"),
    (r"\mathbf{y} \text{ is the vector of observations}", "text-in-formula"),
]  # fmt: skip

DESIGN = rcbd(treatments=3, blocks=4)


def mean(*keys: str) -> Scalar:
    return Scalar(sympy.Add(*map(real, keys)) / len(keys))


IN_A_DESIGN: list[tuple[str, Tree]] = [
    (r"\bar{y}_{1\cdot}", mean("y_11", "y_12", "y_13", "y_14")),
    ("ybar_3.", mean("y_31", "y_32", "y_33", "y_34")),
    ("ȳ_1.", mean("y_11", "y_12", "y_13", "y_14")),
    (r"\bar y_{\cdot 2}", mean("y_12", "y_22", "y_32")),
    (r"\bar{y}_{\cdot\cdot}", Scalar(sympy.Add(*(real(f"y_{i}{j}") for i in (1, 2, 3) for j in (1, 2, 3, 4))) / 12)),
    (r"\bar\varepsilon_{\cdot 4}", mean("e_14", "e_24", "e_34")),
    (r"\bar{u}_\cdot", mean("u_1", "u_2", "u_3", "u_4")),
    (r"\bar{y}_{i\cdot}", r("ybar_i.")),
    (r"\hat\tau_i", r("tauhat_i")),
    (r"\hat\tau_1 - \hat\tau_2", Scalar(real("tauhat_1") - real("tauhat_2"))),
    (r"se(\hat\tau_1)", of("se", r("tauhat_1"))),
    ("MS_e", r("MS_e")),
    ("MSE", r("MSE")),
    (r"SS_{trt}", r("SS_trt")),
    ("df_e", r("df_e")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[ascii(text) for text, _ in SAME])
def test_a_sentence_says_what_the_plain_formula_says(text: str, plain: str) -> None:
    reading, other = read(text), read(plain)
    assert [meaning(without_places(part)) for part in reading.parts] == [
        meaning(without_places(part)) for part in other.parts
    ]
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[ascii(text) for text, _ in TREES])
def test_a_name_or_function_reads_as_it_is_meant(text: str, tree: Tree) -> None:
    reading = read(text)
    assert reading.tree is not None
    assert meaning(reading.tree) == meaning(tree)
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "kind"), REFUSED, ids=[ascii(text) for text, _ in REFUSED])
def test_words_that_say_more_are_refused_at_their_place(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind
    assert caught.value.start is not None


@pytest.mark.parametrize(("text", "tree"), IN_A_DESIGN, ids=[ascii(text) for text, _ in IN_A_DESIGN])
def test_a_name_of_a_design_has_its_meaning_there(text: str, tree: Tree) -> None:
    found = read(text, DESIGN.vocabulary).tree
    assert found is not None
    assert meaning(found) == meaning(tree)


def test_the_estimate_of_a_design_is_its_blue() -> None:
    """A model knows what β̂ is made of; what it is called without one is only a name."""
    found = read(r"\hat{\boldsymbol\beta}", DESIGN.vocabulary).tree
    assert isinstance(found, Symbol) and (found.name, found.shape, found.role) == ("betahat", (4, 1), "random")
    assert found.definition is not None and str(found.definition) == "(X'V⁻¹X)⁻ X'V⁻¹y"


@pytest.mark.parametrize("text", [r"\bar{y}_{4\cdot}", r"\bar{y}_{1\cdot\cdot}", r"\hat\alpha_1", r"\sigma^2_{g}"])
def test_a_design_knows_no_more_than_it_has(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, DESIGN.vocabulary)
    assert caught.value.kind == "unknown-name"


def test_an_interaction_is_one_symbol_where_the_design_has_it() -> None:
    words = split_plot(whole=2, sub=2, blocks=2).vocabulary
    told = [read(text, words).tree for text in (r"(\tau\alpha)_{12}", "(τα)_12")]
    assert {meaning(tree) for tree in told} == {meaning(r("taualpha_12"))}
