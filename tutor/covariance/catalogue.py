"""The table of covariance structures: one row each, with names, parameters, formulas and forms.

What programs call a structure is from the manuals of SAS/STAT (PROC MIXED), nlme, glmmTMB and lme4 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import sympy

import tutor.covariance.entries as entries
import tutor.covariance.forms as forms
import tutor.covariance.inverses as inverses
from tutor.covariance.entries import Entry
from tutor.covariance.forms import Form
from tutor.covariance.parameters import Family, T, number_of_parameters
from tutor.errors import UnknownNameError

Program = Literal["SAS", "nlme", "glmmTMB", "lme4"]
Option = Literal["positions", "covariate", "bands", "matrix"]
"""What a structure takes beside its size: where its rows lie, a covariate, the number of bands, a known matrix."""


@dataclass(frozen=True, slots=True)
class Row:
    """One structure.

    ``formula`` and ``latex`` give the entry (i, j) in words of mathematics, d being |i − j| or the distance d_ij.
    ``form`` is its notation for a size that is a letter, and with ``form_for_numbers`` for a number too. With
    ``must_be_definite`` the bounds of the parameters are not all: the matrix has to be positive definite besides.
    """

    key: str
    title: str
    programs: Mapping[Program, str]
    formula: str
    latex: str
    families: tuple[Family, ...]
    entry: Entry
    form: Form | None = None
    form_for_numbers: bool = False
    inverse: Form | None = None
    determinant: Form | None = None
    must_be_definite: bool = False
    fewest: int = 1
    options: frozenset[Option] = frozenset()
    needed: Option | None = None
    dimensions: int = 2
    warnings: tuple[str, ...] = ()
    closed_for_letters: bool = True
    """Whether the inverse and the determinant are known for a letter as well."""
    count: sympy.Expr = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", number_of_parameters(self.families))


def _variance(over: Literal["one", "index"] = "one") -> Family:
    meaning = "variance" if over == "one" else "variance of row"
    return Family("sigma2", meaning, over, lower=sympy.Integer(0))


ONE = sympy.Integer(1)
VARIANCE, VARIANCES = _variance(), _variance("index")
EQUAL = Family("rho", "correlation of any two rows", lower=-1 / (T - 1), upper=ONE)
NEXT = Family("rho", "correlation of neighbours", lower=-ONE, upper=ONE)
RATE = Family("rho", "ratio of a correlation to that of one row less between", lower=-ONE, upper=ONE)
FIRST = Family("gamma", "correlation of neighbours", lower=-ONE, upper=ONE)
DECAY = Family("rho", "correlation at distance 1", lower=sympy.Integer(0), upper=ONE)
RANGE = Family("theta", "range", lower=sympy.Integer(0))
LAGS = Family("sigma", "covariance at distance", "step")
BANDS = Family("sigma", "covariance at distance", "band")
LAG_CORRELATIONS = Family("rho", "correlation at distance", "step", lower=-ONE, upper=ONE)
STEPS = Family("rho", "correlation of a row with the next, from row", "next", lower=-ONE, upper=ONE)
PAIRS = Family("sigma", "covariance of rows", "pair")
PAIR_CORRELATIONS = Family("rho", "correlation of rows", "pair", lower=-ONE, upper=ONE)

ROW_ORDER = "nlme's corAR1(form = ~ 1 | g) takes the order of the rows for time; name the time: ~ time | g."
CS_CLASH = (
    "CS is homogeneous in SAS and heterogeneous in glmmTMB and lme4: glmmTMB's homcs and lme4's cs(…, hom = TRUE) are "
    "SAS's CS, and their cs is SAS's CSH."
)
TOEP_CLASH = (
    "TOEP is homogeneous in SAS and heterogeneous in glmmTMB: glmmTMB's homtoep is SAS's TOEP, and its toep is SAS's "
    "TOEPH."
)
DIAG_CLASH = (
    "diag has one variance a row in glmmTMB, and in lme4 by default: one common variance is homdiag, or diag(…, hom = "
    "TRUE)."
)
INTERCEPT = (
    "A random intercept (1 | g) makes CS with ρ ≥ 0 only. It cannot be told apart from a CS residual on the same group."
)
_SPATIAL: frozenset[Option] = frozenset({"positions"})


def _spatial(
    key: str, title: str, programs: Mapping[Program, str], formula: str, latex: str, correlation: entries.Correlation,
    families: tuple[Family, ...] = (RANGE,), near: int = 0, dimensions: int = 2, warnings: tuple[str, ...] = (),
    multiplies: bool = False,
) -> Row:  # fmt: skip
    """The row of a structure of distance: σ² times a correlation that falls with it.

    ``multiplies`` tells that along a line correlations multiply, so that the inverse is tridiagonal.
    """
    return Row(
        key, title, programs, formula, latex, (VARIANCE, *families), entries.homogeneous(correlation),
        form=forms.homogeneous(forms.by_distance(correlation, near)), options=_SPATIAL, dimensions=dimensions,
        warnings=warnings,
        inverse=inverses.inverse_of_homogeneous(inverses.inverse_of_decay(correlation)) if multiplies else None,
        determinant=inverses.determinant_of_homogeneous(inverses.determinant_of_decay(correlation))
        if multiplies else None,
    )  # fmt: skip


def banded(bands: int) -> Row:
    """The row of a Toeplitz structure with this many bands, the diagonal among them."""
    entry = entries.banded(bands)
    return Row(
        "toepq", "banded Toeplitz", {"SAS": "TOEP(q)"}, "σ_d 1(d<q), σ_0 = σ²",
        r"\sigma_{d}\,1(d<q),\ \sigma_0=\sigma^2", (VARIANCE, BANDS), entry,
        form=forms.banded(bands, entry), form_for_numbers=True, must_be_definite=True,
        options=frozenset({"bands"}), needed="bands",
    )  # fmt: skip


def known(matrix: sympy.ImmutableDenseMatrix) -> Row:
    """The row of θA with this A."""
    theta = Family("theta", "scale", lower=sympy.Integer(0))
    return Row(
        "known", "known matrix", {"SAS": "LIN(1)", "glmmTMB": "propto"}, "θ A_ij", r"\theta A_{ij}", (theta,),
        entries.known(matrix), options=frozenset({"matrix"}), needed="matrix",
    )  # fmt: skip


_HOMOGENEOUS_CS = forms.homogeneous(forms.exchangeable_correlations)
_INDEPENDENT = entries.heterogeneous(entries.independent)

ROWS: tuple[Row, ...] = (
    Row(
        "identity", "independent, one variance", {"SAS": "VC", "nlme": "the default", "glmmTMB": "homdiag",
        "lme4": "diag(…, hom = TRUE)"}, "σ² 1(i=j)", r"\sigma^2\,1(i=j)", (VARIANCE,),
        entries.homogeneous(entries.independent), form=forms.scaled_identity, form_for_numbers=True,
        inverse=inverses.inverse_of_scaled_identity, determinant=inverses.determinant_of_scaled_identity,
    ),
    Row(
        "diag", "independent, one variance a row", {"SAS": "UN(1)", "nlme": "varIdent, pdDiag", "glmmTMB": "diag",
        "lme4": "diag"}, "σ²_i 1(i=j)", r"\sigma^2_i\,1(i=j)", (VARIANCES,), _INDEPENDENT,
        form=forms.on_diagonal(_INDEPENDENT), inverse=inverses.inverse_of_diagonal(_INDEPENDENT),
        determinant=inverses.determinant_of_diagonal(_INDEPENDENT), warnings=(DIAG_CLASH,),
    ),
    Row(
        "cs", "compound symmetry", {"SAS": "CS", "nlme": "corCompSymm", "glmmTMB": "homcs",
        "lme4": "cs(…, hom = TRUE)"}, "σ² [ρ + (1−ρ) 1(i=j)]", r"\sigma^2[\rho+(1-\rho)\,1(i=j)]", (VARIANCE, EQUAL),
        entries.homogeneous(entries.exchangeable), form=_HOMOGENEOUS_CS, form_for_numbers=True, fewest=2,
        inverse=inverses.inverse_of_homogeneous(inverses.inverse_of_exchangeable),
        determinant=inverses.determinant_of_homogeneous(inverses.determinant_of_exchangeable),
        warnings=(CS_CLASH, INTERCEPT),
    ),
    Row(
        "csh", "compound symmetry, one variance a row", {"SAS": "CSH", "nlme": "corCompSymm with varIdent",
        "glmmTMB": "cs", "lme4": "cs"}, "σ_i σ_j [ρ + (1−ρ) 1(i=j)]", r"\sigma_i\sigma_j[\rho+(1-\rho)\,1(i=j)]",
        (VARIANCES, EQUAL), entries.heterogeneous(entries.exchangeable),
        form=forms.heterogeneous(forms.exchangeable_correlations), fewest=2,
        inverse=inverses.inverse_of_heterogeneous(inverses.inverse_of_exchangeable),
        determinant=inverses.determinant_of_heterogeneous(inverses.determinant_of_exchangeable), warnings=(CS_CLASH,),
    ),
    Row(
        "ar1", "autoregression of order 1", {"SAS": "AR(1)", "nlme": "corAR1", "glmmTMB": "ar1", "lme4": "ar1"},
        "σ² ρ^d", r"\sigma^2\rho^{d}", (VARIANCE, NEXT), entries.homogeneous(entries.autoregressive),
        form=forms.homogeneous(forms.by_distance(entries.autoregressive, 0)), form_for_numbers=True, fewest=2,
        inverse=inverses.inverse_of_homogeneous(inverses.inverse_of_autoregressive),
        determinant=inverses.determinant_of_homogeneous(inverses.determinant_of_autoregressive), warnings=(ROW_ORDER,),
    ),
    Row(
        "arh1", "autoregression of order 1, one variance a row", {"SAS": "ARH(1)", "nlme": "corAR1 with varIdent",
        "glmmTMB": "hetar1"}, "σ_i σ_j ρ^d", r"\sigma_i\sigma_j\rho^{d}", (VARIANCES, NEXT),
        entries.heterogeneous(entries.autoregressive),
        form=forms.heterogeneous(forms.by_distance(entries.autoregressive, 0)), fewest=2,
        inverse=inverses.inverse_of_heterogeneous(inverses.inverse_of_autoregressive),
        determinant=inverses.determinant_of_heterogeneous(inverses.determinant_of_autoregressive),
        warnings=(ROW_ORDER,),
    ),
    Row(
        "arma11", "autoregressive moving average (1, 1)", {"SAS": "ARMA(1,1)", "nlme": "corARMA(p = 1, q = 1)"},
        "σ² [1(i=j) + γ ρ^(d−1) 1(i≠j)]", r"\sigma^2[1(i=j)+\gamma\rho^{d-1}\,1(i\neq j)]", (VARIANCE, FIRST, RATE),
        entries.homogeneous(entries.autoregressive_moving_average),
        form=forms.homogeneous(forms.by_distance(entries.autoregressive_moving_average, 1)), must_be_definite=True,
        fewest=2, warnings=("nlme estimates φ and θ of the process: ρ = φ and γ = (1+φθ)(φ+θ)/(1+2φθ+θ²).",),
    ),
    Row(
        "toep", "Toeplitz", {"SAS": "TOEP", "glmmTMB": "homtoep"}, "σ_d, σ_0 = σ²", r"\sigma_{d},\ \sigma_0=\sigma^2",
        (VARIANCE, LAGS), entries.toeplitz, must_be_definite=True, warnings=(TOEP_CLASH,),
    ),
    Row(
        "toeph", "Toeplitz, one variance a row", {"SAS": "TOEPH", "glmmTMB": "toep"}, "σ_i σ_j ρ_d, ρ_0 = 1",
        r"\sigma_i\sigma_j\rho_{d},\ \rho_0=1", (VARIANCES, LAG_CORRELATIONS),
        entries.heterogeneous(entries.banded_correlation), must_be_definite=True, warnings=(TOEP_CLASH,),
    ),
    Row(
        "ante1", "antedependence of order 1", {"SAS": "ANTE(1)"}, "σ_i σ_j ∏ ρ_k, k = i … j−1",
        r"\sigma_i\sigma_j\prod_{k=i}^{j-1}\rho_k", (VARIANCES, STEPS), entries.heterogeneous(entries.antedependent),
        inverse=inverses.inverse_of_heterogeneous(inverses.inverse_of_antedependent),
        determinant=inverses.determinant_of_heterogeneous(inverses.determinant_of_antedependent),
        closed_for_letters=False,
    ),
    Row(
        "un", "unstructured", {"SAS": "UN", "nlme": "pdSymm", "glmmTMB": "us", "lme4": "us"}, "σ_ij, σ_ii = σ²_i",
        r"\sigma_{ij},\ \sigma_{ii}=\sigma^2_i", (VARIANCES, PAIRS), entries.unstructured, must_be_definite=True,
    ),
    Row(
        "unr", "unstructured, by correlations", {"SAS": "UNR", "nlme": "corSymm with varIdent", "glmmTMB": "us",
        "lme4": "us"}, "σ_i σ_j ρ_ij, ρ_ii = 1", r"\sigma_i\sigma_j\rho_{ij},\ \rho_{ii}=1",
        (VARIANCES, PAIR_CORRELATIONS), entries.heterogeneous(entries.paired), must_be_definite=True,
    ),
    Row(
        "hf", "Huynh-Feldt", {"SAS": "HF"}, "(σ²_i+σ²_j)/2 − λ 1(i≠j)",
        r"\tfrac{1}{2}(\sigma^2_i+\sigma^2_j)-\lambda\,1(i\neq j)",
        (VARIANCES, Family("lambda", "half the variance of a difference of two rows", lower=sympy.Integer(0))),
        entries.huynh_feldt, form=forms.huynh_feldt, must_be_definite=True, fewest=2,
        inverse=inverses.inverse_of_huynh_feldt, determinant=inverses.determinant_of_huynh_feldt,
        closed_for_letters=False,
    ),
    Row(
        "fa1", "factor analytic, one factor", {"SAS": "FA(1)", "glmmTMB": "rr (with d = 1, without ψ)"},
        "λ_i λ_j + ψ_i 1(i=j)", r"\lambda_i\lambda_j+\psi_i\,1(i=j)",
        (Family("lambda", "loading of row", "index"),
         Family("psi", "variance that the factor leaves of row", "index", lower=sympy.Integer(0), closed=True)),
        entries.factor_analytic, form=forms.factor_analytic, inverse=inverses.inverse_of_factor_analytic,
        determinant=inverses.determinant_of_factor_analytic, must_be_definite=True,
        warnings=("The loadings can all change their signs: λ and −λ give one matrix.",),
    ),
    _spatial(
        "exp", "exponential", {"SAS": "SP(EXP)", "nlme": "corExp", "glmmTMB": "exp"}, "σ² exp(−d/θ)",
        r"\sigma^2\exp(-d/\theta)", entries.exponential, multiplies=True,
        warnings=("At whole times it is AR(1) with ρ = exp(−1/θ), which is positive.",),
    ),
    _spatial(
        "pow", "power", {"SAS": "SP(POW)", "nlme": "corCAR1", "glmmTMB": "ou"}, "σ² ρ^d", r"\sigma^2\rho^{d}",
        entries.power, families=(DECAY,), multiplies=True, warnings=("It is exp with ρ = exp(−1/θ).",),
    ),
    _spatial(
        "gau", "Gaussian", {"SAS": "SP(GAU)", "nlme": "corGaus", "glmmTMB": "gau"}, "σ² exp(−(d/θ)²)",
        r"\sigma^2\exp(-(d/\theta)^2)", entries.gaussian,
    ),
    _spatial(
        "sph", "spherical", {"SAS": "SP(SPH)", "nlme": "corSpher"}, "σ² (1 − 1.5u + 0.5u³) 1(u<1), u = d/θ",
        r"\sigma^2(1-1.5u+0.5u^3)\,1(u<1),\ u=d/\theta", entries.spherical,
    ),
    _spatial(
        "lin", "linear", {"SAS": "SP(LIN)", "nlme": "corLin"}, "σ² (1 − d/θ) 1(d<θ)",
        r"\sigma^2(1-d/\theta)\,1(d<\theta)", entries.linear, dimensions=1,
    ),
    _spatial(
        "ratio", "rational quadratic", {"nlme": "corRatio"}, "σ² / (1 + (d/θ)²)", r"\sigma^2/(1+(d/\theta)^2)",
        entries.rational_quadratic,
    ),
    _spatial(
        "matern", "Matérn", {"SAS": "SP(MATERN)", "glmmTMB": "mat"}, "σ² 2^(1−κ)/Γ(κ) (d/φ)^κ K_κ(d/φ)",
        r"\sigma^2\frac{2^{1-\kappa}}{\Gamma(\kappa)}(d/\phi)^{\kappa}K_{\kappa}(d/\phi)", entries.matern,
        families=(Family("phi", "range", lower=sympy.Integer(0)),
                  Family("kappa", "smoothness", lower=sympy.Integer(0))),
        near=1, warnings=("With κ = 1/2 it is exp.",),
    ),
    banded(2),
    known(sympy.ImmutableDenseMatrix([[1]])),
    Row(
        "varpower", "variance by a power of a covariate", {"SAS": "LOCAL=EXP()", "nlme": "varPower",
        "glmmTMB": "dispformula"}, "σ² |v_i|^(2θ) 1(i=j)", r"\sigma^2|v_i|^{2\theta}\,1(i=j)",
        (VARIANCE, Family("theta", "power")), entries.power_of_covariate,
        form=forms.on_diagonal(entries.power_of_covariate),
        inverse=inverses.inverse_of_diagonal(entries.power_of_covariate),
        determinant=inverses.determinant_of_diagonal(entries.power_of_covariate), options=frozenset({"covariate"}),
        warnings=("SAS's LOCAL=EXP(z) is σ² exp(δz): with z = log|v| its δ is 2θ.",),
    ),
    Row(
        "varexp", "variance by the exponential of a covariate", {"SAS": "LOCAL=EXP()", "nlme": "varExp",
        "glmmTMB": "dispformula"}, "σ² exp(2θv_i) 1(i=j)", r"\sigma^2\exp(2\theta v_i)\,1(i=j)",
        (VARIANCE, Family("theta", "rate")), entries.exponential_of_covariate,
        form=forms.on_diagonal(entries.exponential_of_covariate),
        inverse=inverses.inverse_of_diagonal(entries.exponential_of_covariate),
        determinant=inverses.determinant_of_diagonal(entries.exponential_of_covariate),
        options=frozenset({"covariate"}), warnings=("SAS's LOCAL=EXP(v) is σ² exp(δv): its δ is 2θ.",),
    ),
)  # fmt: skip
"""All structures that have a key; `nugget` and `kron` make more of them."""

MADE: Mapping[str, str] = {"nugget": "nugget(structure(…))", "kron": "kron(structure(…), structure(…))"}
"""Names of what is made of other structures, and how."""


def row_of(key: str) -> Row:
    """The row of a structure by its key.

    Raises
    ------
    UnknownNameError
        For another key, with the nearest.
    """
    for row in ROWS:
        if row.key == key:
            return row
    if key in MADE:
        raise UnknownNameError(
            "The structure", key, [row.key for row in ROWS], tip=f"It is made of others: {MADE[key]}."
        )
    raise UnknownNameError("The structure", key, [row.key for row in ROWS])
