"""The value of a line of a derivation of a generalized model at numbers, by a quadrature of its own."""

from __future__ import annotations

import numpy as np
import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Scaled, Sum, Variance
from tutor.algebra.tree import Tree
from tutor.models.glmm.functions import NUMBERS
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.glmm.predictor import covariance_of_predictors, mean_of_predictor, observation
from tutor.models.glmm.values import number

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(90)
WEIGHTS = WEIGHTS / np.sqrt(2 * np.pi)
FUNCTIONS = [{"Phi": NUMBERS.Phi}, "numpy"]


class Line:
    """Values of lines about one or two observations of a model, at numbers for every letter."""

    def __init__(self, model: GeneralizedModel, keys: list[str], numbers: dict[str, float]) -> None:
        self.model = model
        self.numbers = dict(numbers)
        self.of = [observation(model.linear, key) for key in keys]
        self.mean = np.array([self._number(mean_of_predictor(model.linear, o)) for o in self.of])
        self.covariance = np.array(
            [
                [
                    self._number(covariance_of_predictors(model.linear, *sorted((a, b), key=self.of.index)))
                    for b in self.of
                ]
                for a in self.of
            ]
        )
        self._letters()
        eigenvalues, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.clip(eigenvalues, 0, None))
        grid = np.array(np.meshgrid(*[NODES] * len(keys), indexing="ij")).reshape(len(keys), -1)
        self.etas = self.mean[:, None] + root @ grid
        self.weights = np.prod(np.array(np.meshgrid(*[WEIGHTS] * len(keys))), axis=0).ravel()

    def _letters(self) -> None:
        """The letters m, s and c of the line before the last."""
        tails = [""] if len(self.of) == 1 else ["_1", "_2"]
        for at, tail in enumerate(tails):
            self.numbers[f"m{tail}"], self.numbers[f"s{tail}"] = self.mean[at], self.covariance[at, at]
        self.numbers["c"] = self.covariance[0, -1]

    def _number(self, expression: sympy.Expr) -> float:
        return number(expression, self.numbers)

    def _function(self, tree: Tree) -> np.ndarray:
        """A tree given u, at each point: a function of the ηs, or a moment of y given u."""
        if isinstance(tree, Expectation | Variance):
            (inner,) = tree.parts
            assert isinstance(inner, Scalar)
            name = str(inner.value).partition("|")[0]
            at = [str(o.response) for o in self.of].index(name)
            constants = {key: self._number(value) for key, value in self.model.constants.items()}
            mu = self.model.link.inverse(NUMBERS, self.etas[at])
            moment = self.model.family.mean if isinstance(tree, Expectation) else self.model.family.variance
            return moment(NUMBERS, mu, constants) + 0 * self.etas[0]
        if isinstance(tree, Covariance):
            return 0 * self.etas[0]  # of two observations given u
        assert isinstance(tree, Scalar)
        etas = [o.eta for o in self.of]
        others = {s: self.numbers[str(s)] for s in tree.value.free_symbols if s not in etas}
        return sympy.lambdify(etas, tree.value.xreplace(others), FUNCTIONS)(*self.etas) + 0 * self.etas[0]

    def value(self, tree: Tree) -> float:
        """The value of a line that is not the goal itself."""
        if isinstance(tree, Sum):
            return sum(self.value(term) for term in tree.terms)
        if isinstance(tree, Product):
            return float(np.prod([self.value(factor) for factor in tree.factors]))
        if isinstance(tree, Scaled):
            return self.value(tree.scalar) * self.value(tree.tree)
        if isinstance(tree, Applied):
            base, power = tree.arguments
            return self.value(base) ** self.value(power)
        if isinstance(tree, Expectation):
            return float(self.weights @ self._function(tree.tree))
        if isinstance(tree, Variance):
            values = self._function(tree.tree)
            return float(self.weights @ (values - self.weights @ values) ** 2)
        if isinstance(tree, Covariance):
            left, right = self._function(tree.left), self._function(tree.right)
            return float(self.weights @ ((left - self.weights @ left) * (right - self.weights @ right)))
        assert isinstance(tree, Scalar)
        return self._number(tree.value)
