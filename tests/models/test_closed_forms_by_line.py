"""The closed forms of the course, a table with a key for each: they come out as these formulas, with letters for sizes.

The lines are those of the list that the program is measured by: inverses and determinants, designs, standard errors,
expected mean squares, Henderson, autoregression, variances of sums, likelihoods, generalized models. Sources: Searle
(1982), Matrix Algebra Useful for Statistics; Searle, Casella and McCulloch (1992), Variance Components.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
import sympy

import tutor
from tutor.algebra.nodes import Covariance, Sum, Variance
from tutor.algebra.rules import Derivation
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline

MADE: Mapping[str, Callable[[], Any]] = {
    "crd": lambda: c.crd("t", "r"),
    "rcbd": lambda: c.rcbd("t", "b"),
    "rcbd fixed": lambda: c.rcbd("t", "b", "fixed"),
    "split": lambda: c.split_plot("a", "s", "r"),
    "nested": lambda: c.nested("a", "b", "n"),
    "crossed": lambda: c.crossed("a", "b", "n"),
    "mixed": lambda: tutor.from_equation(
        "y_ijk = μ + τ_i + v_j + w_ij + ε_ijk, v_j ~ N(0, σ²_v), w_ij ~ N(0, σ²_w), ε_ijk ~ N(0, σ²)",
        levels={"i": "a", "j": "b", "k": "n"},
    ),
    "strip": lambda: c.strip_plot("a", "s", "r"),
    "split split": lambda: c.split_split_plot("a", "s", "c", "r"),
    "latin": lambda: c.latin_square("t"),
    "bibd": lambda: c.bibd("t", "b", "k"),
    "unequal": lambda: c.one_way("a", "n_i"),
    "times": lambda: c.repeated_measures("s", "t"),
    "aI + bJ": lambda: sympy.Symbol("a") * tutor.identity("n") + sympy.Symbol("b") * tutor.ones("n", "n"),
    "vectors": lambda: variance_of_a_sum(),
    "poisson": lambda: tutor.glmm(c.rcbd("t", "b"), "Poisson"),
    "logit": lambda: tutor.glmm(c.rcbd("t", "b"), "Bernoulli"),
}


def variance_of_a_sum() -> Derivation:
    """Var(Ax + Bz) of any two random vectors."""
    A, B = tutor.symbol("A", "m", "k"), tutor.symbol("B", "m", "l")
    x, z = tutor.symbol("x", "k", role="random"), tutor.symbol("z", "l", role="random")
    parts = (A @ Variance(x) @ A.T, A @ Covariance(x, z) @ B.T, B @ Covariance(z, x) @ A.T, B @ Variance(z) @ B.T)
    return tutor.derive(Variance(A @ x + B @ z), to=Sum(parts))


@cache
def made(name: str) -> Any:
    return MADE[name]()


def error(ask: str, *of: Any) -> Callable[[MixedModel], Any]:
    """A variance of a mean or a difference."""
    return lambda m: getattr(m, f"se_{ask}")(*of).variance


def square(name: str, restricted: bool = False) -> Callable[[MixedModel], Any]:
    """An expected mean square without its fixed part."""
    return lambda m: sympy.Add(*(k * v for v, k in m.anova(restricted=restricted)[name].source.coefficients))


def eigenvalues(m: Any) -> str:
    return "; ".join(f"{inline(value)} × {inline(times)}" for value, times in m.V.eigenvalues())


def line_with(derivation: Derivation, *words: str) -> str:
    """The last line of a derivation with these words."""
    return [line for line in map(str, derivation.lines) if all(word in line for word in words)][-1]


def derived(start: str, to: str) -> Callable[[Any], Any]:
    return lambda m: m.derive(start, to=to).result


FORMULAS: Mapping[str, tuple[str, Callable[[Any], Any], str]] = {
    "1 inverse": ("aI + bJ", lambda V: V.inv().closed_form(),
                  "(1/a) (I_n − (b/(a + n b)) J_n),  if a ≠ 0, a + n b ≠ 0"),
    "1 determinant": ("aI + bJ", lambda V: V.det().closed_form(), "a^(n − 1)(a + n b)"),
    "2 V": ("rcbd", lambda m: m.V.closed_form(), "I_b ⊗ (σ² I_t + σ²_u J_t)"),
    "2 inverse": ("rcbd", lambda m: m.V.inv().closed_form(),
                  "I_b ⊗ ((1/σ²) (I_t − (σ²_u/(σ² + t σ²_u)) J_t))"),
    "2 determinant": ("rcbd", lambda m: m.V.det().closed_form(), "((σ²)^(t − 1)(σ² + t σ²_u))^b"),
    "3 mean, CRD": ("crd", error("mean", "tau"), "sigma2/r"),
    "3 difference, CRD": ("crd", error("difference", "tau"), "2*sigma2/r"),
    "3 mean, random blocks": ("rcbd", error("mean", "tau"), "(sigma2 + sigma2_u)/b"),
    "3 mean, fixed blocks": ("rcbd fixed", error("mean", "tau"), "sigma2/b"),
    "3 difference, random blocks": ("rcbd", error("difference", "tau"), "2*sigma2/b"),
    "3 difference, fixed blocks": ("rcbd fixed", error("difference", "tau"), "2*sigma2/b"),
    "4 V": ("split", lambda m: m.V.closed_form(), "I_r ⊗ (σ² I_as + σ²_v (I_a ⊗ J_s) + σ²_u J_as)"),
    "4 A": ("split", error("difference", "A"), "2*(s*sigma2_v + sigma2)/(r*s)"),
    "4 B": ("split", error("difference", "B"), "2*sigma2/(r*a)"),
    "4 B at the same A": ("split", error("difference", "B", "A"), "2*sigma2/r"),
    "4 A at the same B": ("split", error("difference", "A", "B"), "2*(sigma2_v + sigma2)/r"),
    "4 A at another B": ("split", lambda m: m.se(
                             "tau_1 + alpha_1 + (tau alpha)_11 - tau_2 - alpha_2 - (tau alpha)_22").variance,
                         "2*(sigma2_v + sigma2)/r"),
    "4 eigenvalues": ("split", eigenvalues,
                      "σ² + as σ²_u + s σ²_v × r; σ² + s σ²_v × r (a − 1); σ² × ar (s − 1)"),
    "4 inverse": ("split", lambda m: m.derive("V^-1").result,
                  "I_r ⊗ ((1/σ²) I_as − (σ²_v/(σ² (σ² + s σ²_v))) (I_a ⊗ J_s) "
                  "− (σ²_u/((σ² + s σ²_v)(σ² + as σ²_u + s σ²_v))) J_as)"),
    "5 RCBD block": ("rcbd", square("block"), "sigma2 + t*sigma2_u"),
    "5 RCBD treatment": ("rcbd", square("treatment"), "sigma2"),
    "5 RCBD treatment, fixed part": ("rcbd", lambda m: m.anova()["treatment"].fixed_part,
                                     "(b/(t − 1)) (∑_{i=1}^t (τ_i − τ̄_·)²)"),
    "5 RCBD error": ("rcbd", square("residual"), "sigma2"),
    "5 split-plot block": ("split", square("block"), "sigma2 + s*sigma2_v + a*s*sigma2_u"),
    "5 split-plot A": ("split", square("A"), "sigma2 + s*sigma2_v"),
    "5 split-plot error a": ("split", square("block:A"), "sigma2 + s*sigma2_v"),
    "5 split-plot B": ("split", square("B"), "sigma2"),
    "5 split-plot AB": ("split", square("A:B"), "sigma2"),
    "5 split-plot error b": ("split", square("residual"), "sigma2"),
    "5 nested A": ("nested", square("outer"), "sigma2 + n*sigma2_v + b*n*sigma2_u"),
    "5 nested B(A)": ("nested", square("outer:inner"), "sigma2 + n*sigma2_v"),
    "5 crossed A": ("crossed", square("row"), "sigma2 + n*sigma2_w + b*n*sigma2_u"),
    "5 crossed AB": ("crossed", square("row:column"), "sigma2 + n*sigma2_w"),
    "5 unrestricted B": ("mixed", square("j"), "sigma2 + n*sigma2_w + a*n*sigma2_v"),
    "5 restricted B": ("mixed", square("j", restricted=True), "sigma2 + a*n*sigma2_v"),
    "5 quadratic form": ("rcbd", derived("E(y'Ay)", "tr(AV) + beta'X'AX beta"), "tr(AV) + β'X'AXβ"),
    "6 left": ("rcbd", lambda m: m.henderson().left, "[[X'R⁻¹X, X'R⁻¹Z], [Z'R⁻¹X, Z'R⁻¹Z + G⁻¹]]"),
    "6 BLUP": ("rcbd", lambda m: m.henderson().derive("pushed through").result, "GZ'V⁻¹"),
    "6 BLUP formula": ("rcbd", lambda m: m.blup.formula, "GZ'V⁻¹(y − Xβ̂)"),
    "6 Woodbury": ("rcbd", derived("(ZGZ' + R)^{-1}", "R^{-1} - R^{-1}Z(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}"),
                   "R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹"),
    "6 determinant": ("rcbd", derived("|ZGZ' + R|", "|R||G||G^{-1} + Z'R^{-1}Z|"), "|R| |G| |G⁻¹ + Z'R⁻¹Z|"),
    "7 inverse": ("times", lambda m: m.V.inv().closed_form(),
                  "I_s ⊗ ((1/(σ² (1 − ρ²))) [[1, −ρ, 0, …, 0], [−ρ, 1 + ρ², −ρ, …, 0], [⋮, ⋮, ⋮, ⋱, ⋮], "
                  "[0, 0, 0, …, 1]]_{t×t}),  if t ≥ 2"),
    "7 determinant": ("times", lambda m: m.V.det().closed_form(), "((σ²)^t (1 − ρ²)^(t − 1))^s"),
    "8 variance of a sum": ("vectors", lambda d: d.result,
                            "A Var(x) A' + A Cov(x, z) B' + B Cov(z, x) A' + B Var(z) B'"),
    "9 REML": ("rcbd", lambda m: line_with(m.loglik("REML").derivation, "log |V|", "X_1 β̂_1"),
               "−(1/2) (t (b − 1) log(2π) + log |V| + log |X_1'V⁻¹X_1| + (y − X_1 β̂_1)'V⁻¹(y − X_1 β̂_1))"),
    "9 REML of times": ("times", lambda m: m.loglik("REML").derivation.result,
                        "−(1/2) (t (s − 1) log(2π) + st log(σ²) + s (t − 1) log(1 − ρ²) + log |X_1'V⁻¹X_1| "
                        "+ (y − X_1 β̂_1)'V⁻¹(y − X_1 β̂_1))"),
    "10 mean": ("poisson", lambda g: g.derive("E(y)").result, "exp(m + s/2)"),
    "10 variance": ("poisson", lambda g: g.derive("Var(y)").result, "exp(m + s/2) + (exp(s) − 1) exp(2m + s)"),
    "10 covariance": ("poisson", lambda g: g.derive("Cov(y_ij, y_kj)").result,
                      "(exp(σ²_u) − 1) exp(2μ + τ_i + τ_k + σ²_u)"),
    "10 logit": ("logit", lambda g: g.derive("E(y)").result, "E(1/(1 + exp(−η)))"),
    "others: strip-plot A": ("strip", error("difference", "A"), "2*(s*sigma2_v + sigma2)/(r*s)"),
    "others: strip-plot B": ("strip", error("difference", "B"), "2*(a*sigma2_w + sigma2)/(r*a)"),
    "others: strip-plot A at the same B": ("strip", error("difference", "A", "B"), "2*(sigma2_v + sigma2)/r"),
    "others: strip-plot E(MS) A": ("strip", square("A"), "sigma2 + s*sigma2_v"),
    "others: split-split A": ("split split", error("difference", "A"),
                              "2*(s*c*sigma2_v + c*sigma2_w + sigma2)/(r*s*c)"),
    "others: split-split B": ("split split", error("difference", "B"), "2*(c*sigma2_w + sigma2)/(r*a*c)"),
    "others: split-split C": ("split split", error("difference", "C"), "2*sigma2/(r*a*s)"),
    "others: split-split block": ("split split", square("block"),
                                  "sigma2 + c*sigma2_w + s*c*sigma2_v + a*s*c*sigma2_u"),
    "others: Latin square": ("latin", error("difference", "tau"), "2*sigma2/t"),
    "others: Latin square mean": ("latin", error("mean", "tau"),
                                  "(sigma2 + sigma2_r + sigma2_c)/t"),
    "others: Latin square row": ("latin", square("row"), "sigma2 + t*sigma2_r"),
    "others: Latin square eigenvalues": ("latin", eigenvalues,
        "σ² + t σ²_c + t σ²_r × 1; σ² + t σ²_r × t − 1; σ² + t σ²_c × t − 1; σ² × (t − 1)²"),
    "others: unequal groups, E(MS)": ("unequal", square("group"), "sigma2 + n_0*sigma2_u"),
    "others: unequal groups": ("unequal", lambda m: m.V.closed_form(), "⨁_{i=1}^a (σ² I_{n_i} + σ²_u J_{n_i})"),
    "others: unequal groups, inverse": ("unequal", lambda m: m.V.inv().closed_form(),
                                        "⨁_{i=1}^a (1/σ²) (I_{n_i} − (σ²_u/(σ² + n_i σ²_u)) J_{n_i})"),
    "others: unequal groups, determinant": ("unequal", lambda m: m.V.det().closed_form(),
                                            "(σ²)^(n_· − a) (∏_{i=1}^a (σ² + n_i σ²_u))"),
    "others: incomplete blocks": ("bibd", error("difference", "tau"),
                                 "2*sigma2*t*(t - 1)*(k*sigma2_u + sigma2)"
                                 "/(b*k*(sigma2*(t - 1) + sigma2_u*t*(k - 1)))"),
}  # fmt: skip


def test_no_line_is_missing() -> None:
    assert {key.split()[0] for key in FORMULAS} == {*map(str, range(1, 11)), "others:"}


@pytest.mark.parametrize("key", FORMULAS)
def test_the_formula_comes_out_as_it_is_written(key: str) -> None:
    name, ask, expected = FORMULAS[key]
    found = ask(made(name))
    if isinstance(found, sympy.Expr):
        letters = {str(letter): letter for letter in found.free_symbols}
        wanted = sympy.sympify(expected, locals=letters)  # pyright: ignore[reportCallIssue, reportArgumentType]
        assert sympy.expand(sympy.numer(sympy.together(found - wanted))) == 0, found
    else:
        assert str(found) == expected
