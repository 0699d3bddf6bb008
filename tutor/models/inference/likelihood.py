"""The log-likelihoods of a model at numbers, their scores and their information.

REML leaves out ½ log |X'X|, as lme4 and nlme do. Source: Harville (1977), Maximum likelihood approaches to variance
component estimation, JASA 72, 320–338; Searle, Casella and McCulloch (1992), Variance Components, chapter 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from tutor.algebra.doubles import Floating
from tutor.algebra.numeric import GivenInstance
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.errors import DomainError
from tutor.models.inference.unstructured import Block, blocks_of

if TYPE_CHECKING:
    from tutor.models.effects import RandomTerm
    from tutor.models.mixed import MixedModel

Method = Literal["REML", "ML"]

STEP = 1e-6
"""Relative step of a difference quotient for parameters in which V is not linear, as correlations."""


@dataclass(frozen=True, slots=True)
class Share:
    """A summand of V = Σ Z_k G_k Z_k' + R: its columns, n × q_k, None for R, and the matrix of parameters.

    ``unstructured`` are the blocks of G_k that may be singular.
    """

    Z: np.ndarray | None
    matrix: Tree
    keys: tuple[str, ...]
    unstructured: tuple[Block, ...] = ()

    def value(self, values: Mapping[str, float]) -> np.ndarray:
        """The summand, n × n, at values of the parameters. Raises DomainError outside their domain."""
        return self._spread(self.inner(values))

    def inner(self, values: Mapping[str, float]) -> np.ndarray:
        """G_k, q_k × q_k, or R at values of the parameters. Raises DomainError outside their domain; the one variance
        of a random term may be 0, as estimates are."""
        if self.Z is not None and len(self.keys) == 1 and values[self.keys[0]] == 0:
            return np.zeros((self.Z.shape[1],) * 2)
        if not self.unstructured:
            return self.matrix.numpy(**{key: values[key] for key in self.keys})
        for block in self.unstructured:
            block.check(values)
        return GivenInstance(values, {}, Floating()).value(self.matrix)

    def _spread(self, inner: np.ndarray) -> np.ndarray:
        return inner if self.Z is None else self.Z @ inner @ self.Z.T

    def derivative(self, key: str, values: Mapping[str, float]) -> np.ndarray:
        """Its derivative by a parameter, n × n, by central differences: exact where V is linear in it."""
        step = STEP * max(1.0, abs(values[key]))
        if values[key] > 0:
            step = min(step, values[key] / 2)  # a variance stays one
        # Next to its boundary a covariance may leave the domain by a step, which its derivative does not mind.
        ends = ({**values, key: values[key] + sign * step} for sign in (1, -1))
        above, below = (GivenInstance(end, {}, Floating()).value(self.matrix) for end in ends)
        return self._spread((above - below) / (2 * step))


class Likelihood:
    """The log-likelihood of a model for a response, by REML or ML, as a function of the parameters of G and R.

    ``X`` are the independent columns of the model's X, ``columns`` their positions: those that depend on columns
    before them are left out, as R does, so that their coefficients are 0.
    """

    def __init__(self, model: MixedModel, response: np.ndarray, method: Method) -> None:
        self.method: Method = method
        self.keys = tuple(parameter.key for parameter in model.parameters)
        offset = 0 if model.offset is None else model.offset.numpy().ravel()
        self.y = response - offset
        X = model.X.numpy()
        self.columns = independent_columns(X)
        self.X = X[:, self.columns]
        # Residuals of least squares are as good as y in what follows, and lose no digits to a large mean.
        self.least_squares = np.linalg.lstsq(self.X, self.y, rcond=None)[0]
        self.residual = self.y - self.X @ self.least_squares
        residual = model.R.definition
        assert residual is not None
        self.shares = (*map(_share, model.random), Share(None, residual, _keys(residual)))

    def at(self, values: Mapping[str, float]) -> Point:
        """The likelihood at values. Raises DomainError where V is no covariance matrix."""
        return Point(self, values)


def independent_columns(X: np.ndarray) -> list[int]:
    """The columns of X that do not depend on those before them, by Gram and Schmidt's orthogonalization."""
    found: list[int] = []
    basis = np.zeros((X.shape[0], 0))
    for j, column in enumerate(X.T):
        rest = column - basis @ (basis.T @ column)
        rest = rest - basis @ (basis.T @ rest)  # once more, for what rounding left
        length = np.linalg.norm(rest)
        if length > 1e-8 * max(np.linalg.norm(column), 1e-300):
            basis = np.column_stack([basis, rest / length])
            found.append(j)
    return found


def _share(term: RandomTerm) -> Share:
    tree, matrices = term.covariance.tree, term.covariance.blocks
    keys, blocks = _keys(tree), blocks_of(matrices)
    # Only where the blocks are all that there is of G_k are they looked at alone.
    told = len(blocks) == len(matrices) and {key for block in blocks for key in block.all_keys} == set(keys)
    return Share(term.matrix.numpy(), tree, keys, tuple(blocks) if told else ())


def _keys(tree: Tree) -> tuple[str, ...]:
    return tuple(str(symbol) for symbol in scalars_of(tree))


class Point:
    """What follows at one value of the parameters: log-likelihood, score, information, β̂ and û."""

    def __init__(self, of: Likelihood, values: Mapping[str, float]) -> None:
        self.of, self.values = of, dict(values)
        V = sum(share.value(values) for share in of.shares)
        try:
            root = np.linalg.cholesky(V)
        except np.linalg.LinAlgError:
            raise DomainError("V is not positive definite at these values.") from None
        inverse_root = np.linalg.solve(root, np.eye(len(root)))
        self.V_inverse = inverse_root.T @ inverse_root
        self.log_determinant = 2 * float(np.log(np.diag(root)).sum())
        self.information_of_beta = of.X.T @ self.V_inverse @ of.X

    @cached_property
    def covariance_of_beta(self) -> np.ndarray:
        """(X'V⁻¹X)⁻¹ for the independent columns."""
        return np.linalg.inv(self.information_of_beta)

    @cached_property
    def beta(self) -> np.ndarray:
        """The GLS estimate of the coefficients of the independent columns."""
        return self.of.least_squares + self._change

    @cached_property
    def _change(self) -> np.ndarray:
        """How GLS differs from least squares: the GLS estimate from the residuals of the latter."""
        return self.covariance_of_beta @ (self.of.X.T @ (self.V_inverse @ self.of.residual))

    @cached_property
    def weighted_residuals(self) -> np.ndarray:
        """V⁻¹(y − Xβ̂) = Py."""
        return self.V_inverse @ (self.of.residual - self.of.X @ self._change)

    @cached_property
    def P(self) -> np.ndarray:
        """V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹."""
        weighted = self.V_inverse @ self.of.X
        return self.V_inverse - weighted @ self.covariance_of_beta @ weighted.T

    @cached_property
    def log_likelihood(self) -> float:
        n, p = self.of.X.shape
        quadratic = float(self.of.residual @ self.weighted_residuals)
        total = self.log_determinant + quadratic
        if self.of.method == "ML":
            return -0.5 * (n * math.log(2 * math.pi) + total)
        _, of_beta = np.linalg.slogdet(self.information_of_beta)
        return -0.5 * ((n - p) * math.log(2 * math.pi) + total + float(of_beta))

    @cached_property
    def derivatives(self) -> dict[str, np.ndarray]:
        """∂V/∂θ for each parameter θ."""
        found: dict[str, np.ndarray] = {}
        for share in self.of.shares:
            for key in share.keys:
                own = share.derivative(key, self.values)
                found[key] = found[key] + own if key in found else own
        return found

    def score_and_information(self) -> tuple[np.ndarray, np.ndarray]:
        """The derivatives of the log-likelihood, and the expected information, in the order of the parameters.

        Source: Searle, Casella and McCulloch (1992), sections 6.2d and 6.6e.
        """
        return self._slopes

    @cached_property
    def _slopes(self) -> tuple[np.ndarray, np.ndarray]:
        weight = self.P if self.of.method == "REML" else self.V_inverse
        projected = {key: weight @ dV for key, dV in self.derivatives.items()}
        r = self.weighted_residuals
        score = [-0.5 * np.trace(projected[key]) + 0.5 * r @ self.derivatives[key] @ r for key in self.of.keys]
        information = [[0.5 * float(np.sum(projected[a] * projected[b].T)) for b in self.of.keys] for a in self.of.keys]
        return np.array(score), np.array(information)

    def observed_information(self) -> np.ndarray:
        """What −∂²ℓ/∂θ∂θ' is where V is linear in the parameters, in their order; V's own curvature is left out.

        −½ tr(P V_i P V_j) + y'P V_i P V_j Py, with V⁻¹ for P within the trace by ML. Twice the average information of
        Gilmour, Thompson and Cullis (1995, Biometrics 51) less the expected one.
        """
        moved = np.array([self.derivatives[key] @ self.weighted_residuals for key in self.of.keys])
        return moved @ self.P @ moved.T - self.score_and_information()[1]

    def effects(self) -> list[np.ndarray]:
        """û = G Z'V⁻¹(y − Xβ̂), term by term."""
        return [G @ share.Z.T @ self.weighted_residuals for share, G in self._random()]  # pyright: ignore[reportOptionalMemberAccess]

    def prediction_variances(self) -> list[np.ndarray]:
        """The diagonal of Var(û − u) = G − GZ'PZG, term by term."""
        found = []
        for share, G in self._random():
            across = G @ share.Z.T  # pyright: ignore[reportOptionalMemberAccess]
            found.append(np.diag(G) - np.einsum("ij,jk,ik->i", across, self.P, across))
        return found

    def conditional_variances(self) -> list[np.ndarray]:
        """The diagonal of Var(u | y) = G − GZ'V⁻¹ZG at β that is known, term by term: the condVar of lme4's ranef."""
        found = []
        for share, G in self._random():
            across = G @ share.Z.T  # pyright: ignore[reportOptionalMemberAccess]
            found.append(np.diag(G) - np.einsum("ij,jk,ik->i", across, self.V_inverse, across))
        return found

    def _random(self) -> list[tuple[Share, np.ndarray]]:
        drawn = [share for share in self.of.shares if share.Z is not None]
        return [(share, share.inner(self.values)) for share in drawn]
