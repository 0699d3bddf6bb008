"""The normal density of y, and its logarithm line by line: ML from the density of y, REML from that of error contrasts.

Source: Searle, Casella and McCulloch (1992), Variance Components, sections 6.2 and 6.6; Harville (1974), Biometrika 61,
383–385; Khatri (1966), Annals of the Institute of Statistical Mathematics 18, 75–86, lemma 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.chain import Chain
from tutor.algebra.laws.joining import product_of, sum_of
from tutor.algebra.laws.logarithms import log
from tutor.algebra.nodes import Determinant, Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.models.inference.error_contrasts import error_contrasts, independent_columns, response_of
from tutor.models.inference.spectrum import Spectrum, spectrum

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

HALF = sympy.Rational(1, 2)
LOG_TWO_PI = sympy.log(2 * sympy.pi, evaluate=False)


def log_two_pi(times: Size) -> Tree:
    """n log 2π."""
    return Scaled(Scalar(times), Scalar(LOG_TWO_PI))


def minus_half(terms: list[Tree]) -> Tree:
    """−½ (a + b + …)."""
    return Scaled(Scalar(-HALF), sum_of(terms))


def density(x: Tree, V: Tree, size: Size) -> Tree:
    """(2π)^(−n/2) |V|^(−1/2) exp(−½ x'V⁻¹x) of a normal x, n × 1, with the mean 0 and the variance V."""
    constant = Applied("power", (Scalar(2 * sympy.pi), Scalar(-size / 2)))
    root = Applied("power", (Determinant(V), Scalar(-HALF)))
    return Scaled(constant, Scaled(root, Applied("exp", (Scaled(Scalar(-HALF), quadratic(x, V)),))))


def quadratic(x: Tree, V: Tree) -> Tree:
    """x'V⁻¹x."""
    return Product((Transpose(x), Inverse(V), x))


@dataclass(frozen=True)
class Pieces:
    """What the log-likelihoods of a model are made of, each as notation."""

    model: MixedModel

    @cached_property
    def V(self) -> Symbol:
        return self.model.covariance

    @cached_property
    def y(self) -> Tree:
        """y, or y − o with an offset, n × 1."""
        return response_of(self.model)

    @cached_property
    def deviation(self) -> Tree:
        """y − Xβ, n × 1."""
        mean = Product((self.model.X, self.model.beta))
        return sum_of((self.y, Scaled(Scalar(sympy.S.NegativeOne), mean)))

    @cached_property
    def X(self) -> Symbol:
        """X, or X_1 with the independent columns of X, n × p."""
        return independent_columns(self.model)

    @cached_property
    def spectrum(self) -> Spectrum | None:
        return spectrum(self.model)

    @cached_property
    def K(self) -> Symbol:
        """K, n × (n − p), with K'X = 0."""
        return error_contrasts(self.model)

    @cached_property
    def information(self) -> Tree:
        """X'V⁻¹X, p × p."""
        return Product((Transpose(self.X), Inverse(self.V), self.X))

    @cached_property
    def gram(self) -> Tree:
        """X'X, p × p."""
        return Product((Transpose(self.X), self.X))

    @cached_property
    def P(self) -> Symbol:
        """P_V = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹, n × n: P_V y = V⁻¹(y − Xβ̂)."""
        inverse = Inverse(self.V)
        across = (inverse, self.X, Inverse(self.information), Transpose(self.X), inverse)
        definition = Sum((inverse, Scaled(Scalar(sympy.S.NegativeOne), Product(across))))
        return Symbol("P_V", self.model.n, self.model.n, facts=frozenset({"symmetric"}), definition=definition)

    @cached_property
    def estimate(self) -> Symbol:
        """β̂ = (X'V⁻¹X)⁻¹X'V⁻¹y, p × 1; with X_1 its elements for the independent columns."""
        formula = Product((Inverse(self.information), Transpose(self.X), Inverse(self.V), self.y))
        name = "betahat" if self.X == self.model.X else "betahat_1"
        return Symbol(name, self.X.columns, ONE, "random", definition=formula)

    @cached_property
    def residual(self) -> Tree:
        """y − Xβ̂, n × 1."""
        fitted = Product((self.X, self.estimate))
        return sum_of((self.y, Scaled(Scalar(sympy.S.NegativeOne), fitted)))

    @cached_property
    def free(self) -> Size:
        """n − p, p = rank(X)."""
        return self.K.columns

    # ML

    @cached_property
    def ml(self) -> Symbol:
        """ℓ, the logarithm of the density of y."""
        return Symbol("ell", ONE, ONE, definition=log(density(self.deviation, self.V, self.model.n)))

    def ml_chain(self) -> Chain:
        """From the density of y to −½ (n log 2π + log |V| + (y − Xβ)'V⁻¹(y − Xβ))."""
        n, V, x = self.model.n, self.V, self.deviation
        chain = Chain(self.ml).to("normal-density", _normal("y", "Xβ", "V"), log(density(x, V, n)))
        _logarithms(chain, density(x, V, n), n, V, quadratic(x, V))
        return chain.to(
            "common-factor",
            "−½ in front",
            minus_half([log_two_pi(n), log(Determinant(V)), quadratic(x, V)]),
        )

    # REML

    @cached_property
    def reml(self) -> Symbol:
        """ℓ_R, the logarithm of the density of K'y, up to the constants that lme4 leaves out."""
        return Symbol("ell_R", ONE, ONE, definition=self._of_contrasts(log(self._density_of_contrasts)))

    @cached_property
    def _variance_of_contrasts(self) -> Tree:
        return Product((Transpose(self.K), self.V, self.K))

    @cached_property
    def _density_of_contrasts(self) -> Tree:
        return density(Product((Transpose(self.K), self.y)), self._variance_of_contrasts, self.free)

    def _of_contrasts(self, logarithm: Tree) -> Tree:
        """The logarithm of a density of K'y and the constants ½ log |K'K| − ½ log |X'X|."""
        K = Product((Transpose(self.K), self.K))
        plus = Scaled(Scalar(HALF), log(Determinant(K)))
        minus = Scaled(Scalar(-HALF), log(Determinant(self.gram)))
        return sum_of((logarithm, plus, minus))

    def reml_chain(self) -> Chain:
        """From the density of K'y to −½ ((n − p) log 2π + log |V| + log |X'V⁻¹X| + (y − Xβ̂)'V⁻¹(y − Xβ̂))."""
        K, V, X = self.K, self.V, self.X
        middle = self._variance_of_contrasts
        contrasts = Product((Transpose(K), self.y))
        own = _normal(f"{K}'y", "0", f"{K}'V{K}")
        first = self._of_contrasts(log(self._density_of_contrasts))
        chain = Chain(self.reml).to(
            "error-contrasts",
            f"{own} for {K}'X = 0; the constants ½ log |{K}'{K}| − ½ log |{X}'{X}| make it the same for every {K}",
            first,
        )
        _logarithms(chain, self._density_of_contrasts, self.free, middle, quadratic(contrasts, middle))
        gram_of_K = Product((Transpose(K), K))
        constant, form = log_two_pi(self.free), quadratic(contrasts, middle)
        minus_one = Scalar(sympy.S.NegativeOne)
        constants = [Scaled(minus_one, log(Determinant(gram_of_K))), log(Determinant(self.gram))]
        chain.to("common-factor", "−½ in front", minus_half([constant, log(Determinant(middle)), form, *constants]))
        told = [log(Determinant(V)), log(Determinant(self.information))]
        chain.to(
            "determinant-of-contrasts",
            f"|{K}'V{K}| = |{K}'{K}||V||{X}'V⁻¹{X}|/|{X}'{X}| for {K}'X = 0 (Harville 1974)",
            minus_half([constant, *told, form]),
        )
        inner = product_of((Transpose(self.y), self.P, self.y))
        chain.to(
            "projection-by-contrasts",
            f"{K}({K}'V{K})⁻¹{K}' = {self.P} = {self.P.definition} (Khatri 1966)",
            minus_half([constant, *told, inner]),
        )
        return chain.to(
            "residuals",
            f"the residuals of GLS: V⁻¹ times them is {self.P} y, and {self.P} V {self.P} = {self.P}",
            minus_half([constant, *told, quadratic(self.residual, V)]),
        )


def _normal(vector: str, mean: str, variance: str) -> str:
    return f"the density of {vector} ~ N({mean}, {variance})"


def _logarithms(chain: Chain, whole: Tree, size: Size, V: Tree, form: Tree) -> None:
    """log of a density as a sum of logarithms, then worked out."""
    assert isinstance(whole, Scaled) and isinstance(whole.tree, Scaled)
    constant, root, exponential = log(whole.scalar), log(whole.tree.scalar), log(whole.tree.tree)
    chain.put("log-of-product", "log abc = log a + log b + log c", {log(whole): Sum((constant, root, exponential))})
    told: dict[Tree, Tree] = {
        constant: Scaled(Scalar(-size / 2), Scalar(LOG_TWO_PI)),
        root: Scaled(Scalar(-HALF), log(Determinant(V))),
        exponential: Scaled(Scalar(-HALF), form),
    }
    chain.put("log-of-power", "log aᵏ = k log a, log exp(x) = x", told)
