r"""Index models as lectures write them, against E(y_ij) and Cov(y_ij, y_i'j') worked out element by element.

X, Z, G and R are not looked at apart: Xβ is compared with the mean of each element, and V with the covariance of each
two, by the indices of their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sympy

from tutor.errors import ReadError, SizeError
from tutor.models.from_equation import from_equation
from tutor.models.mixed import MixedModel

Levels = dict[str, int]
At = dict[str, int]


def s(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def v(key: str = "") -> sympy.Symbol:
    return sympy.Symbol(f"sigma2_{key}" if key else "sigma2", positive=True)


def same(a: At, b: At, letters: str) -> int:
    return int(all(a[letter] == b[letter] for letter in letters))


def effects(*bases: str) -> Callable[[At], sympy.Expr]:
    """μ and effects: "tau i", "taualpha ij"."""

    def mean(at: At) -> sympy.Expr:
        told = [base.split() for base in bases]
        return sympy.Add(s("mu"), *(s(f"{name}_{''.join(str(at[k]) for k in letters)}") for name, letters in told))

    return mean


def components(**groups: str) -> Callable[[At, At], sympy.Expr]:
    """Variances by their subscript, each with the indices that two elements share; σ² of the residual besides."""

    def covariance(a: At, b: At) -> sympy.Expr:
        told = [v(name) * same(a, b, letters) for name, letters in groups.items()]
        return sympy.Add(*told, v() * int(a == b))

    return covariance


def line(intercept: str, slope: str, x: str, letters: str) -> Callable[[At], sympy.Expr]:
    return lambda at: s(intercept) + s(slope) * s(f"{x}_{''.join(str(at[k]) for k in letters)}")


E = r",\ \varepsilon_{%s} \sim N(0, \sigma^2)"
CASES: list[tuple[str, str, Levels, Callable[[At], sympy.Expr], Callable[[At, At], sympy.Expr], dict[str, Any]]] = [
    ("one way", r"y_{ij} = \mu + u_i + \varepsilon_{ij}; u_i \sim N(0, \sigma^2_u)",
     {"i": 3, "j": 2}, effects(), components(u="i"), {}),
    ("fixed groups", r"y_{kl} = \mu + \gamma_k + \varepsilon_{kl}" + E % "kl",
     {"k": 3, "l": 2}, effects("gamma k"), components(), {}),
    ("blocks by d", r"w_{jk} = \mu + \tau_j + d_k + e_{jk},\ d_k \sim N(0, \sigma^2_d),\ e_{jk} \sim N(0, \sigma^2)",
     {"j": 3, "k": 2}, effects("tau j"), components(d="k"), {}),
    ("fixed blocks", r"y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}",
     {"i": 2, "j": 3}, effects("tau i", "rho j"), components(), {}),
    ("square of fixed effects", r"y_{ijk} = \mu + \rho_i + \gamma_j + \tau_k + \varepsilon_{ijk}" + E % "ijk",
     {"i": 2, "j": 2, "k": 2}, effects("rho i", "gamma j", "tau k"), components(), {}),
    ("square of random rows and columns",
     r"y_{ijk} = \mu + r_i + c_j + \tau_k + \varepsilon_{ijk} \\ r_i \sim N(0, \sigma^2_r) \\ "
     r"c_j \sim N(0, \sigma^2_c)",
     {"i": 2, "j": 3, "k": 2}, effects("tau k"), components(r="i", c="j"), {}),
    ("split plot with a bracket",
     r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + b_k + w_{i(k)} + \varepsilon_{ijk};"
     r" b_k \sim N(0, \sigma^2_b); w_{i(k)} \sim N(0, \sigma^2_w)",
     {"i": 2, "j": 2, "k": 2}, effects("tau i", "alpha j", "taualpha ij"), components(b="k", w="ik"), {}),
    ("split plot with a bar",
     r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + b_k + w_{i|k} + \varepsilon_{ijk};"
     r" b_k \sim N(0, \sigma^2_b); w_{i|k} \sim N(0, \sigma^2_w)",
     {"i": 2, "j": 2, "k": 2}, effects("tau i", "alpha j", "taualpha ij"), components(b="k", w="ik"), {}),
    ("split plot without brackets",
     r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + r_k + w_{ik} + e_{ijk}; r_k \sim N(0, \sigma^2_r);"
     r" w_{ik} \sim N(0, \sigma^2_w); e_{ijk} \sim N(0, \sigma^2)",
     {"i": 2, "j": 2, "k": 2}, effects("tau i", "alpha j", "taualpha ij"), components(r="k", w="ik"), {}),
    ("nested by a vertical bar", r"y_{ijk} = \mu + u_i + v_{j \vert i} + \varepsilon_{ijk}, u_i \sim N(0, \sigma^2_u), "
     r"v_{j \vert i} \sim N(0, \sigma^2_v)", {"i": 2, "j": 2, "k": 2}, effects(), components(u="i", v="ij"), {}),
    ("nested in a fixed factor", r"y_{ijk} = \mu + \alpha_i + b_{j|i} + e_{ijk}, b_{j|i} \sim N(0, \sigma^2_b)",
     {"i": 2, "j": 2, "k": 2}, effects("alpha i"), components(b="ij"), {}),
    ("three levels of nesting",
     r"y_{ijkl} = \mu + u_i + v_{j(i)} + w_{k(ij)} + \varepsilon_{ijkl}; u_i \sim N(0, \sigma^2_u);"
     r" v_{j(i)} \sim N(0, \sigma^2_v); w_{k(ij)} \sim N(0, \sigma^2_w)",
     {"i": 2, "j": 2, "k": 2, "l": 2}, effects(), components(u="i", v="ij", w="ijk"), {}),
    ("crossed", r"y_{ijk} = \mu + a_i + b_j + (ab)_{ij} + \varepsilon_{ijk}; a_i \sim N(0, \sigma^2_a);"
     r" b_j \sim N(0, \sigma^2_b); (ab)_{ij} \sim N(0, \sigma^2_{ab})",
     {"i": 2, "j": 2, "k": 2}, effects(), components(a="i", b="j", ab="ij"), {}),
    ("two fixed factors and blocks",
     r"y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + u_k + \varepsilon_{ijk},"
     r" u_k \sim N(0, \sigma^2_u)", {"i": 2, "j": 2, "k": 2}, effects("alpha i", "beta j", "alphabeta ij"),
     components(u="k"), {}),
    ("regression", r"y_i = \beta_0 + \beta_1 x_i + \varepsilon_i", {"i": 4}, line("beta_0", "beta_1", "x", "i"),
     components(), {}),
    ("random intercepts", r"y_{ij} = \beta_0 + \beta_1 x_{ij} + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)",
     {"i": 3, "j": 2}, line("beta_0", "beta_1", "x", "ij"), components(u="i"), {}),
    ("a slope δ of z", r"y_{ij} = \mu + \delta z_{ij} + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 3}, line("mu", "delta", "z", "ij"), components(u="i"), {}),
    ("a Greek covariate", r"y_{ij} = \mu + \beta\xi_{ij} + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 3}, line("mu", "beta", "xi", "ij"), components(u="i"), {"covariates": ["xi"]}),
    ("a Greek covariate by its sign", r"y_i = \beta_0 + \beta_1 \phi_i + \varepsilon_i",
     {"i": 4}, line("beta_0", "beta_1", "phi", "i"), components(), {"covariates": "φ"}),
    ("a Greek covariate before its slope", r"y_i = \mu + \zeta_i\gamma + \varepsilon_i",
     {"i": 4}, line("mu", "gamma", "zeta", "i"), components(), {"covariates": [r"\zeta"]}),
    ("a slope for each treatment", r"y_{ij} = \mu + \beta_i x_{ij} + \varepsilon_{ij}", {"i": 2, "j": 3},
     lambda at: s("mu") + s(f"beta_{at['i']}") * s(f"x_{at['i']}{at['j']}"), components(), {}),
    ("levels", r"y_{ij} = \beta_{0j} + \varepsilon_{ij},\ \beta_{0j} = \gamma_{00} + u_{0j},"
     r"\ u_{0j} \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 3}, lambda at: s("gamma_00"), components(u="j"), {}),
    ("given the effect", r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2),\ \mu_{ij} = \mu + \tau_i + u_j,"
     r"\ u_j \sim N(0, \sigma^2_u)", {"i": 2, "j": 3}, effects("tau i"), components(u="j"), {}),
    ("random slopes",
     r"y_{ij} = \beta_0 + \beta_1 t_j + u_{0i} + u_{1i} t_j + \varepsilon_{ij}, \begin{bmatrix} u_{0i} \\ u_{1i} "
     r"\end{bmatrix} \sim N\left(\mathbf{0}, \begin{bmatrix} \sigma^2_0 & \sigma_{01} \\ \sigma_{01} & \sigma^2_1 "
     r"\end{bmatrix}\right)", {"i": 2, "j": 3}, line("beta_0", "beta_1", "t", "j"),
     lambda a, b: same(a, b, "i") * (v("0") + s("sigma_01") * (s(f"t_{a['j']}") + s(f"t_{b['j']}"))
                                     + v("1") * s(f"t_{a['j']}") * s(f"t_{b['j']}")) + v() * int(a == b), {}),
    ("residuals of each group", r"y_{ij} = \mu + \tau_i + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0, \sigma^2_i)",
     {"i": 3, "j": 2}, effects("tau i"), lambda a, b: v(str(a["i"])) * int(a == b), {}),
    ("a variance for each of the second index, given the effects",
     r"y_{ij} \mid u_i \sim N(\mu_{ij}, \sigma^2_j),\ \mu_{ij} = \mu + u_i,\ u_i \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 2}, effects(), lambda a, b: v("u") * same(a, b, "i") + v(str(a["j"])) * int(a == b), {}),
    ("a variance for each cell",
     r"y_{ijk} = \mu + u_j + \varepsilon_{ijk}, Var(\varepsilon_{ijk}) = \sigma^2_{ij}, u_j \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 2, "k": 2}, effects(),
     lambda a, b: v("u") * same(a, b, "j") + v(f"{a['i']}{a['j']}") * int(a == b), {}),
    ("a Greek slope that is random",
     r"y_{ij} = \mu + \beta\xi_j + u_i \xi_j + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)",
     {"i": 2, "j": 3}, line("mu", "beta", "xi", "j"),
     lambda a, b: v("u") * same(a, b, "i") * s(f"xi_{a['j']}") * s(f"xi_{b['j']}") + v() * int(a == b),
     {"covariates": ["xi"]}),
]  # fmt: skip


def built(text: str, levels: Levels, options: dict[str, Any]) -> tuple[MixedModel, list[At]]:
    """The model, and for each row the values of its indices."""
    model = from_equation(text, levels=levels, **options)
    assert model.y.entries is not None
    found = [re.findall(r"\d", str(entry).partition("_")[2]) for entry in model.y.entries.flat()]
    return model, [dict(zip(levels, map(int, digits), strict=True)) for digits in found]


@pytest.mark.parametrize(("name", "text", "levels", "mean", "covariance", "options"), CASES, ids=[c[0] for c in CASES])
def test_mean_and_variance_are_those_of_each_element(
    name: str, text: str, levels: Levels, mean: Any, covariance: Any, options: dict[str, Any]
) -> None:
    model, rows = built(text, levels, options)
    assert model.beta.entries is not None
    assert len(rows) == len({tuple(row.values()) for row in rows}) == sympy.prod(levels.values())
    told = by_name(model.X.explicit() * model.beta.entries)
    assert all(sympy.expand(value - by_name(mean(at))) == 0 for value, at in zip(told, rows, strict=True)), name
    V = by_name(model.V.explicit())
    for m, a in enumerate(rows):
        for n, b in enumerate(rows):
            assert sympy.expand(V[m, n] - by_name(covariance(a, b))) == 0, (name, a, b)


def by_name(value: Any) -> Any:
    """The same with symbols that are known by their names alone, whatever is assumed of them."""
    return value.xreplace({symbol: sympy.Symbol(str(symbol)) for symbol in value.free_symbols})


def test_a_variance_for_each_level_needs_their_number() -> None:
    text = r"y_{ij} = \mu + \tau_i + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0, \sigma^2_i)"
    with pytest.raises(SizeError, match="a variance for each level of i"):
        from_equation(text, levels={"i": "t", "j": 2})
    with pytest.raises(ReadError) as refused:
        from_equation(text.replace(r"\sigma^2_i", r"\sigma^2_{ij}"), levels={"i": 3, "j": 2})
    assert refused.value.kind == "no-index-model"


def test_two_greek_letters_side_by_side_are_asked_about() -> None:
    with pytest.raises(ReadError) as refused:
        from_equation(r"y_{ij} = \mu + \beta\xi_{ij} + \varepsilon_{ij}", levels={"i": 2, "j": 3})
    assert refused.value.kind == "effects-multiplied"
    assert refused.value.tip is not None
    assert 'covariates=["xi"]' in refused.value.tip


@pytest.mark.parametrize("letter", ["xi", "tau", "u"])
def test_a_covariate_that_is_none_is_refused(letter: str) -> None:
    with pytest.raises(ReadError) as refused:
        from_equation(r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0, \sigma^2_u)",
                      levels={"i": 2, "j": 3}, covariates=[letter])  # fmt: skip
    assert refused.value.kind == "no-covariate"
