r"""Statements as lectures and textbooks write them: distributions, joint ones, dimensions, definitions.

What a display says is told by its statements in the plainest LaTeX, one a line.
"""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.statement import Definition, Distribution
from tutor.notation.write import write

MODEL = r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}"
U, E = r"u_j \sim N(0, \sigma^2_u)", r"\varepsilon_{ij} \sim N(0, \sigma^2)"
IID = r"\varepsilon_{ij} \overset{\text{iid}}{\sim} N(0, \sigma^2)"
JOINT = (
    r"\begin{bmatrix} \mathbf{u} \\ \boldsymbol{\varepsilon} \end{bmatrix} \sim "
    r"N\left(\begin{bmatrix} \mathbf{0} \\ \mathbf{0} \end{bmatrix}, "
    r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}\right)"
)
V = r"\mathbf{V} \equiv \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"

APART = (
    r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}) \text{ independent of }"
    r" \boldsymbol\varepsilon \sim N(\mathbf{0}, \mathbf{R})"
)

SAID: list[tuple[str, list[str]]] = [
    # families
    (r"y_i \sim \text{Bernoulli}(p_i)", [r"y_i \sim \operatorname{Bernoulli}(p_i)"]),
    (r"y_i \sim \mathrm{Bin}(n_i, \pi_i)", [r"y_i \sim \operatorname{Binomial}(n_i, \pi_i)"]),
    ("y_i ~ Po(λ_i)", [r"y_i \sim \operatorname{Poisson}(\lambda_i)"]),
    (r"y_{ij} \mid u_j \sim \operatorname{Poisson}(\lambda_{ij})",
     [r"y_{ij} \mid u_j \sim \operatorname{Poisson}(\lambda_{ij})"]),
    (r"y \sim \mathrm{Beta}\left(\alpha,\beta\right)", [r"y \sim \operatorname{Beta}(\alpha, \beta)"]),
    (r"y \sim \text{Ga}(\alpha, \beta)", [r"y \sim \operatorname{Gamma}(\alpha, \beta)"]),
    (r"y_i \sim \text{Negative Binomial}(\mu_i, k)", [r"y_i \sim \operatorname{NegBin}(\mu_i, k)"]),
    (r"y_i \sim \mathrm{NB}\left(\mu_i, \phi\right)", [r"y_i \sim \operatorname{NegBin}(\mu_i, \phi)"]),
    (r"T \sim t_{n-1}", [r"T \sim t_{n-1}"]),
    (r"Q \sim \chi^2_{n-p}", [r"Q \sim \chi^2_{n-p}"]),
    (r"Q \sim \chi^{2}(n-p)", [r"Q \sim \chi^2(n - p)"]),
    (r"F \sim F(3, 12)", [r"F \sim F(3, 12)"]),
    (r"y \sim \text{Exp}(\lambda)", [r"y \sim \operatorname{Exponential}(\lambda)"]),
    (r"\sigma^2 \sim \text{Inverse-Gamma}(a, b)", [r"\sigma^2 \sim \operatorname{InverseGamma}(a, b)"]),
    (r"\theta \sim \mathcal{U}(0, 1)", [r"\theta \sim \operatorname{Uniform}(0, 1)"]),
    (r"\mathbf{y} \sim \mathcal{N}_n(\mathbf{X}\boldsymbol\beta, \sigma^2\mathbf{I})",
     [r"\mathbf{y} \sim N_n(\mathbf{X}\boldsymbol{\beta}, \sigma^2 \mathbf{I}_n)"]),
    (r"\mathbf{u} \sim \mathrm{MVN}(\mathbf{0}, \mathbf{G})", [r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})"]),
    (r"\mathbf{y} \sim (\mathbf{X}\boldsymbol\beta, \mathbf{V})",
     [r"\mathbf{y} \sim (\mathbf{X}\boldsymbol{\beta}, \mathbf{V})"]),
    (r"[\mathbf{y} \mid \mathbf{u}] \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Zu}, \mathbf{R})",
     [r"\mathbf{y} \mid \mathbf{u} \sim N(\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}, \mathbf{R})"]),
    # joint
    (JOINT, [JOINT]),
    (r"\left(\begin{array}{c} \mathbf{u} \\ \mathbf{e} \end{array}\right) \sim \mathcal{N}\left("
     r"\begin{pmatrix} \mathbf{0} \\ \mathbf{0} \end{pmatrix}, "
     r"\begin{pmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{pmatrix}\right)",
     [JOINT]),
    (r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N(\mathbf{0}, \mathbf{G})",
     [r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N(\mathbf{0}, \mathbf{G})"]),
    # how
    (r"\varepsilon_{ij} \overset{iid}{\sim} N(0, \sigma^2)", [IID]),
    (r"\varepsilon_{ij} \stackrel{\text{i.i.d.}}{\sim} \mathcal{N}(0,\sigma^2)", [IID]),
    (r"\varepsilon_{ij} \sim_{iid} N(0, \sigma^2)", [IID]),
    (r"\varepsilon_{ij} \sim \text{iid } N(0, \sigma^2)", [IID]),
    (r"\varepsilon_{ij} \sim N(0, \sigma^2) \text{ iid}", [IID]),
    (r"\varepsilon_{ij}\ \text{i.i.d.}\ N(0, \sigma^2)", [IID]),
    (r"\varepsilon_{ij} \text{ are iid } N(0, \sigma^2)", [IID]),
    ("ε_ij iid N(0, σ²)", [IID]),
    ("e_ij ~iid N(0, σ²)", [IID]),
    (r"\varepsilon_{ij} \sim NID(0, \sigma^2)", [r"\varepsilon_{ij} \overset{\text{ind}}{\sim} N(0, \sigma^2)"]),
    # several
    (rf"{MODEL} \\ {U} \\ {E}", [MODEL, U, E]),
    (rf"{MODEL},\ {U},\ {E}", [MODEL, U, E]),
    (rf"{MODEL}; \quad {U}; \quad {E}", [MODEL, U, E]),
    (rf"{MODEL}, \quad \text{{where }} {U} \text{{ and }} {E}", [MODEL, U, E]),
    (rf"{MODEL} \text{{ with }} {U}, i = 1, \dots, t, j = 1, \dots, b",
     [MODEL, U, r"i = 1, \dots, t", r"j = 1, \dots, b"]),
    ("y_ij = μ + τ_i + u_j + ε_ij where u_j ~ N(0, σ²_u) and ε_ij ~ N(0, σ²)", [MODEL, U, E]),
    ("y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²_u), e_ij iid N(0, σ²)", [MODEL, U, IID]),
    (rf"\begin{{align*}} {MODEL.replace('=', '&=')} \\ {U.replace('=', '&=')} \end{{align*}}", [MODEL, U]),
    (rf"\left\{{\begin{{aligned}} {MODEL} \\ {U} \end{{aligned}}\right.", [MODEL, U]),
    (rf"\begin{{cases}} {U} \\ {E} \end{{cases}}", [U, E]),
    (r"E(\mathbf{y}) = \mathbf{X}\boldsymbol\beta, \; Var(\mathbf{y}) = \mathbf{V}",
     [r"\operatorname{E}(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta}", r"\operatorname{Var}(\mathbf{y}) = \mathbf{V}"]),
    (APART,
     [r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})\text{, independent}",
      r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})"]),
    (r"\text{Var}(\mathbf{y}) = \mathbf{V}, \text{ say}", [r"\operatorname{Var}(\mathbf{y}) = \mathbf{V}"]),
    ("Var(y) = V, say", [r"\operatorname{Var}(\mathbf{y}) = \mathbf{V}"]),
    (r"H_0\colon \mathbf{K}'\boldsymbol\beta = \mathbf{0}"
     r" \text{ vs } H_1\colon \mathbf{K}'\boldsymbol\beta \neq \mathbf{0}",
     [r"H_0: \mathbf{K}'\boldsymbol{\beta} = \mathbf{0}", r"H_1: \mathbf{K}'\boldsymbol{\beta} \neq \mathbf{0}"]),
    (r"i = 1, \ldots, a; \quad j = 1, \ldots, b", [r"i = 1, \dots, a", r"j = 1, \dots, b"]),
    # dimensions
    (r"\mathbf{Z}: n \times q", [r"\mathbf{Z}: n \times q"]),
    (r"\mathbf{Z} \text{ is } n \times q", [r"\mathbf{Z}: n \times q"]),
    (r"\mathbf{X} \in \mathbb{R}^{n \times p}", [r"\mathbf{X}: n \times p"]),
    (r"\mathbf{y} \in \mathbb{R}^n", [r"\mathbf{y}: n \times 1"]),
    (r"\mathbf{y} \text{ is an } n \times 1 \text{ vector}", [r"\mathbf{y}: n \times 1"]),
    ("X is n × p; Z is n × q", [r"\mathbf{X}: n \times p", r"\mathbf{Z}: n \times q"]),
    (r"\underset{(n \times p)}{\mathbf{X}} \underset{(p \times 1)}{\boldsymbol\beta}",
     [r"\mathbf{X}\boldsymbol{\beta}"]),
    (r"\underset{n \times p}{\mathbf{X}}\,\underset{p \times 1}{\boldsymbol\beta}", [r"\mathbf{X}\boldsymbol{\beta}"]),
    # definitions and chains
    *((rf"\mathbf{{V}} {sign} \mathbf{{Z}}\mathbf{{G}}\mathbf{{Z}}' + \mathbf{{R}}", [V])
      for sign in (r"\equiv", ":=", r"\coloneqq", r"\colon=", r"\mathrel{:=}", r"\triangleq", r"\stackrel{def}{=}",
                   r"\overset{\text{def}}{=}", "≔")),
    (r"\mathbf{V} =: \mathbf{M}", [r"\mathbf{V} \equiv \mathbf{M}"]),
    (r"Var(\mathbf{y}) = \mathbf{V} = \mathbf{ZGZ}' + \mathbf{R} = \sigma^2_u\mathbf{ZZ}' + \sigma^2\mathbf{I}",
     [r"\operatorname{Var}(\mathbf{y}) = \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} = "
      r"\sigma^2_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}_n"]),
    # densities and derivatives
    (r"[\mathbf{y}, \mathbf{u}] = [\mathbf{y} \mid \mathbf{u}][\mathbf{u}]",
     [r"f(\mathbf{y}, \mathbf{u}) = f(\mathbf{y} \mid \mathbf{u}) f(\mathbf{u})"]),
    (r"L(\theta) = \prod_{i=1}^n f(y_i \mid \theta)", [r"L(\theta) = \prod_{i=1}^n f(y_i \mid \theta)"]),
    (r"\frac{\partial}{\partial\theta}\log|\mathbf{V}|", [r"\frac{\partial\log|\mathbf{V}|}{\partial\theta}"]),
    (r"\frac{\partial}{\partial\theta}\frac12\log|\mathbf{V}|",
     [r"\frac{\partial\left(\frac{1}{2} \log|\mathbf{V}|\right)}{\partial\theta}"]),
    (r"\frac{d}{dt}\mathbf{G}", [r"\frac{d\mathbf{G}}{dt}"]),
    (r"\frac{\partial}{\partial\sigma^2}\mathbf{V}", [r"\frac{\partial\mathbf{V}}{\partial\sigma^2}"]),
    (r"\frac{d}{d\theta}\log|\mathbf{V}|", [r"\frac{d}{d\theta} \log|\mathbf{V}|"]),
    (r"SS(\text{Block}) = SS_{\text{Block}}", [r"\mathrm{SS}_{\mathrm{Block}} = \mathrm{SS}_{\mathrm{Block}}"]),
    (r"MS(\text{Error})/df(\text{Error})", [r"\frac{\mathrm{MS}_{\mathrm{Error}}}{\mathrm{df}_{\mathrm{Error}}}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID, ids=[text for text, _ in SAID])
def test_a_display_makes_these_statements(text: str, said: list[str]) -> None:
    reading = read(text)
    assert [write(part) for part in reading.parts] == said
    assert_reads_back(reading)


def test_what_is_defined_and_how_something_is_distributed_is_told_by_the_parts() -> None:
    (defined,) = read(r"\mathbf{V} \colon= \mathbf{R}").parts
    assert isinstance(defined, Definition)
    assert str(defined.subject) == "V"
    first, second = read(APART).parts
    assert isinstance(first, Distribution)
    assert isinstance(second, Distribution)
    assert (first.family, first.manner, second.manner) == ("N", "independent", "")
    (alone,) = read("ε_ij iid N(0, σ²)").parts
    assert isinstance(alone, Distribution)
    assert alone.manner == "iid"


@pytest.mark.parametrize("text", [r"\operatorname{MVN}_n", r"\text{Poisson}(\lambda)"])
def test_a_family_alone_asks_what_has_it(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == "distribution"
    assert refused.value.tip is not None
    assert "∼" in refused.value.tip
