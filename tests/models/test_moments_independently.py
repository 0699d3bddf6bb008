"""Moments of sums of elements and estimates, of any kind and given anything, against a calculation of its own in
doubles: y, β̂ and û are linear in (u, ε), whose joint normal distribution tells every moment.

Nothing of the algebra is used but the matrices X, Z, G and R in numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest

import tutor
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

DATA = {"y": [1, 2, 4, 3, 5, 2, 6, 3], "x": [1, 2, 3, 4, 5, 7, 2, 1], "g": [*"aabbbcca"], "h": [*"pqpqqppq"],
        "o": [2, 1, 0, 3, 1, 5, 2, 4]}  # fmt: skip
MAKERS: dict[str, Callable[[], MixedModel]] = {
    "blocks": lambda: tutor.rcbd(3, 3),
    "split plot": lambda: tutor.split_plot(2, 2, 2),
    "unbalanced": lambda: tutor.model("y ~ x + (1 | g)", DATA),
    "crossed": lambda: tutor.model("y ~ x + (1 | g) + (1 | h)", DATA),
    "nested": lambda: tutor.nested(2, 2, 2),
    "incomplete blocks": lambda: tutor.bibd(4, 4, 3),
    "offset": lambda: tutor.model("y ~ x + offset(o) + (1 | g)", DATA),
    "ar1": lambda: tutor.repeated_measures(2, 3, 2),
    "crossover": lambda: tutor.crossover(2, sequences=("AB", "BA")),
}
VALUES = (1.3, 0.7, 0.9, 0.4)
ASKED = 14
"""Moments of each model."""

Sum = list[tuple[int, str]]
"""Elements with whole numbers before them."""


@dataclass(frozen=True)
class Joint:
    """The mean and the covariance matrix of (u, ε), and each element as a number and a row of coefficients of it."""

    rows: Mapping[str, tuple[float, np.ndarray]]
    mean: np.ndarray
    covariance: np.ndarray

    def given(self, values: Mapping[str, float]) -> Joint:
        """The same given the values of some elements."""
        if not values:
            return self
        H = np.array([self.rows[key][1] for key in values])
        apart = np.array([value - self.rows[key][0] for key, value in values.items()]) - H @ self.mean
        weights = self.covariance @ H.T @ np.linalg.pinv(H @ self.covariance @ H.T)
        return Joint(self.rows, self.mean + weights @ apart, self.covariance - weights @ H @ self.covariance)

    def expectation(self, form: Sum) -> float:
        return float(sum(times * (self.rows[key][0] + self.rows[key][1] @ self.mean) for times, key in form))

    def second(self, one: Sum, other: Sum) -> float:
        a, b = (sum(times * self.rows[key][1] for times, key in form) for form in (one, other))
        return float(a @ self.covariance @ b)


class Known:
    """A model with numbers for its parameters, its fixed effects, and what was observed."""

    def __init__(self, name: str) -> None:
        self.model = m = MAKERS[name]()
        rng = np.random.default_rng(3)
        self.parameters = {p.key: v for p, v in zip(m.parameters, VALUES, strict=False)}
        self.parameters |= {key: 0.45 for key in self.parameters if key.startswith("rho")}
        X, R = m.X.numpy(), self._numbers(m.R)
        n, q = len(X), 0 if m.Z is None else m.Z.numpy().shape[1]
        Z, G = (np.zeros((n, 0)), np.zeros((0, 0))) if m.Z is None or m.G is None else (m.Z.numpy(), self._numbers(m.G))
        W = np.linalg.inv(Z @ G @ Z.T + R)
        of_beta = np.linalg.pinv(X.T @ W @ X) @ X.T @ W
        beta = rng.normal(size=X.shape[1])
        of_y, of_u = np.hstack([Z, np.eye(n)]), np.eye(q, q + n)
        assert m.y.entries is not None and m.beta.entries is not None
        self.y, self.beta = list(map(str, m.y.entries.flat())), list(map(str, m.beta.entries.flat()))
        self.u = [] if m.u is None or m.u.entries is None else list(map(str, m.u.entries.flat()))
        predicted = G @ Z.T @ (W - W @ X @ of_beta) @ of_y
        known = np.zeros(n) if m.offset is None else m.offset.numpy().ravel()
        rows = {key: (float(X[i] @ beta + known[i]), of_y[i]) for i, key in enumerate(self.y)}
        rows |= {key: (0.0, of_u[i]) for i, key in enumerate(self.u)}
        rows |= {hatted(key): (0.0, predicted[i]) for i, key in enumerate(self.u)}
        rows |= {hatted(key): (float((of_beta @ X @ beta)[i]), (of_beta @ of_y)[i]) for i, key in enumerate(self.beta)}
        covariance = np.block([[G, np.zeros((q, n))], [np.zeros((n, q)), R]])
        self.joint = Joint(rows, np.zeros(q + n), covariance)
        self.observed = dict(zip([*self.y, *self.u], rng.normal(size=n + q), strict=True))
        self.letters = {**self.parameters, **self.observed, **dict(zip(self.beta, beta, strict=True))}

    def _numbers(self, tree: Tree) -> np.ndarray:
        own = {str(letter) for letter in scalars_of(tree)}
        return tree.numpy(**{key: value for key, value in self.parameters.items() if key in own})

    def value(self, tree: Tree) -> float:
        entry = tree.explicit()[0, 0]
        return float(entry.subs({letter: self.letters[str(letter)] for letter in entry.free_symbols}))  # pyright: ignore[reportAttributeAccessIssue]


def hatted(key: str) -> str:
    base, underscore, below = key.partition("_")
    return f"{base}hat{underscore}{below}"


def told(form: Sum) -> str:
    return " ".join(f"{'-' if times < 0 else '+'} {abs(times)} {key}" for times, key in form).removeprefix("+ ")


def questions(known: Known, rng: random.Random) -> tuple[str, float]:
    """A moment as it is asked for, and its value."""
    estimable = [(a, b) for a, b in combinations(known.beta, 2) if a.partition("_")[0] == b.partition("_")[0]
                 and known.model.estimable(f"{a} - {b}")]  # fmt: skip
    given = rng.choice(["", "", "u", "y", "elements"] if known.u else ["", "elements"])
    predicted = [] if given in ("y", "elements") else [hatted(key) for key in known.u]
    pools = [known.u] if given == "y" else [known.y, known.y, [*known.y, *known.u], known.u, predicted]
    forms: list[Sum] = []
    for _ in range(2):
        pool = rng.choice([pool for pool in pools if pool])
        few = rng.sample(pool, min(len(pool), rng.choice([1, 2, 3])))
        forms.append([(rng.choice([1, 1, 2, -1]), key) for key in few])
    if estimable and given in ("", "u") and rng.random() < 0.3:
        a, b = rng.choice(estimable)
        forms[0] = [(1, hatted(a)), (-1, hatted(b))]
    held: Sequence[str] = {"": [], "u": known.u, "y": known.y}.get(given, rng.sample(known.y, 2))
    joint = known.joint.given({key: known.observed[key] for key in held})
    behind = "" if not given else f" | {', '.join(held) if given == 'elements' else given}"
    one, other = forms
    kinds = ["E", "Var", "Cov"] if given else ["E", "Var", "Cov", "product", "square"]
    means = joint.expectation(one), joint.expectation(other)
    return {
        "E": (f"E({told(one)}{behind})", means[0]),
        "Var": (f"Var({told(one)}{behind})", joint.second(one, one)),
        "Cov": (f"Cov({told(one)}, {told(other)}{behind})", joint.second(one, other)),
        "product": (f"E(({told(one)}) ({told(other)}))", joint.second(one, other) + means[0] * means[1]),
        "square": (f"E(({told(one)})^2)", joint.second(one, one) + means[0] ** 2),
    }[rng.choice(kinds)]


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_moments_are_those_of_the_joint_distribution(name: str) -> None:
    known, rng, answered = Known(name), random.Random(name), 0
    for _ in range(ASKED):
        ask, expected = questions(known, rng)
        try:
            result = known.model.derive(ask).result
        except TutorError:
            continue  # a reason for each kind is tested where it belongs
        if {str(letter) for letter in scalars_of(result)} <= known.letters.keys():
            assert known.value(result) == pytest.approx(expected, rel=1e-8, abs=1e-9), ask
            answered += 1
    assert answered >= ASKED * 3 // 4
