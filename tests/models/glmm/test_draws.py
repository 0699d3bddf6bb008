"""Every family with every link: drawn responses have the moments that are told, and so have independent integrals.

The models have random slopes, crossed random effects and an offset.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import integrate, special, stats

from tutor import GeneralizedModel, glmm, model
from tutor.models.glmm.families import FAMILIES
from tutor.models.glmm.links import LINKS
from tutor.models.mixed import MixedModel

COPIES, SEEDS = 60, 50

BOUND = 5
"""Standard errors of the simulation by which a drawn moment may differ. A mean of 3,000 independent values, which is
nearly normal, is so far off with a probability of 6 in 10⁷, and one at least of the 354 moments here with one of 2 in
10⁴; the seeds are fixed, so that it happens always or never."""

FORMULAS = {
    "slopes": ("y ~ x + (x | f)", {"sigma2_u0": 0.3, "sigma_u01": 0.1, "sigma2_u1": 0.1}),
    "crossed": ("y ~ x + (1 | g) + (1 | h)", {"sigma2_u": 0.2, "sigma2_v": 0.15}),
    "offset": ("y ~ x + offset(w) + (1 | g)", {"sigma2_u": 0.3}),
}
"""Four observations in each copy of the design; those of different copies are independent."""

CONSTANTS = {"sigma2": 0.4, "phi": 4.0, "nu": 9.0, "N": 5}

START = {
    ("fraction", "identity"): (0.37, 0.002),
    ("fraction", "log"): (-1.2, 0.02),
    ("positive", "identity"): (4.0, 0.3),
    ("positive", "sqrt"): (2.0, 0.1),
}
"""β_0, and by what the variances are multiplied, where η has ends or μ grows fast."""

PAIRS = [(key, link) for key, family in FAMILIES.items() for link in family.links if LINKS[link].has_mean]


@cache
def linear(name: str, copies: int = COPIES) -> MixedModel:
    labels = np.arange(copies)
    data = {
        "y": [1.0, 2.0, 3.0, 4.0] * copies,
        "x": [0.0, 1.0, 0.5, 0.7] * copies,
        "w": [0.1, -0.2, 0.05, 0.0] * copies,
        "f": [f"f{copy}" for copy in labels for _ in range(4)],
        "g": [f"g{copy}{end}" for copy in labels for end in "ppqq"],
        "h": [f"h{copy}{end}" for copy in labels for end in "pqqp"],
    }
    return model(FORMULAS[name][0], data)


def values_for(g: GeneralizedModel, name: str) -> dict[str, Any]:
    """Effects in the middle of the domain, and variances with which η leaves it less often than can be seen."""
    low, high = g.family.domain
    kind = "fraction" if high == 1 else "positive" if low == 0 else "any"
    start, scale = START.get((kind, g.link.key), (0.3, 1.0))
    if g.family.key == "lognormal":
        scale = 0.3  # its fourth moments must be told by a few thousand draws
    effects = {"beta_0": start, "beta_1": 0.2}
    variances = {key: scale * value for key, value in FORMULAS[name][1].items()}
    constants = {**CONSTANTS, "sigma2": 0.1} if g.family.key == "lognormal" else CONSTANTS
    return {**effects, **variances, **{key: constants[key] for key in g.constants}}


CASES = [(key, link, list(FORMULAS)[number % 3]) for number, (key, link) in enumerate(PAIRS)]
CASES += [(key, FAMILIES[key].usual, name) for key in FAMILIES for name in FORMULAS]
CASES = list(dict.fromkeys(CASES))


@pytest.mark.slow
@pytest.mark.parametrize(("key", "link", "name"), CASES)
def test_draws_of_every_family_and_link_have_the_moments_that_are_told(key: str, link: str, name: str) -> None:
    g = glmm(linear(name), key, link)
    values = values_for(g, name)
    y = np.concatenate([g.simulate(seed=seed, **values).reshape(-1, 4) for seed in range(SEEDS)])
    few = glmm(linear(name, 2), key, link)
    told = {what: float(few.value(what, **values)) for what in asked(name)}
    ends = {f"y_{i + 1}": y[:, i] - told.get(f"E(y_{i + 1})", 0) for i in range(3)}
    for what, moment in told.items():
        inner = what[what.index("(") + 1 : -1].split(", ")
        drawn = y[:, int(inner[0][-1]) - 1] if what.startswith("E") else ends[inner[0]] * ends[inner[-1]]
        assert abs(drawn.mean() - moment) <= BOUND * drawn.std() / np.sqrt(len(drawn)), what


def asked(name: str) -> list[str]:
    pairs = [("y_1", "y_2")] if name != "crossed" else list(pairwise(("y_1", "y_2", "y_3")))
    return [*(f"{moment}(y_{i})" for moment in ("E", "Var") for i in (1, 2, 3)),
            *(f"Cov({a}, {b})" for a, b in pairs)]  # fmt: skip


# Integrals that know nothing of the program

DISTRIBUTIONS = {
    "normal": lambda mu: (mu, 0.4 + 0 * mu),
    "t": lambda mu: (mu, 9 / 7 * 0.4 + 0 * mu),
    "Gamma": lambda mu: stats.gamma.stats(1 / 4, scale=4 * mu, moments="mv"),
    "Beta": lambda mu: stats.beta.stats(4 * mu, 4 * (1 - mu), moments="mv"),
    "Binomial": lambda mu: stats.binom.stats(5, mu, moments="mv"),
    "Bernoulli": lambda mu: stats.bernoulli.stats(mu, moments="mv"),
    "Poisson": lambda mu: stats.poisson.stats(mu, moments="mv"),
    "negative binomial": lambda mu: stats.nbinom.stats(4, 4 / (4 + mu), moments="mv"),
    "lognormal": lambda mu: stats.lognorm.stats(0.1**0.5, scale=np.exp(mu), moments="mv"),
}
INVERSES = {
    "identity": lambda eta: eta, "log": np.exp, "logit": special.expit, "probit": special.ndtr,
    "cloglog": lambda eta: -np.expm1(-np.exp(eta)), "sqrt": lambda eta: eta**2,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("key", "link"), PAIRS)
def test_moments_are_the_integrals_that_scipy_finds(key: str, link: str) -> None:
    """η_1 and η_2 of the model with slopes: means 0.3 and 0.5 or what the domain takes, covariance σ²_0 + σ_01."""
    g = glmm(linear("slopes", 2), key, link)
    values = values_for(g, "slopes")
    m = np.array([values["beta_0"], values["beta_0"] + values["beta_1"]])
    a, b, c = (values[name] for name in ("sigma2_u0", "sigma_u01", "sigma2_u1"))
    root = np.linalg.cholesky([[a, a + b], [a + b, a + 2 * b + c]])

    def moments(eta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        # the formulas in μ hold at any μ, also where a link leaves the domain and scipy has no distribution
        mu = INVERSES[link](eta)
        low, high = (float(end) for end in FAMILIES[key].domain)
        inside = np.clip(mu, low + 1e-12, high - 1e-12)
        mean, variance = (np.asarray(part, dtype=float) for part in DISTRIBUTIONS[key](inside))
        return mean, variance

    def mean_over(function: Any, i: int) -> float:
        sd = np.sqrt(root[i] @ root[i])
        found = integrate.quad(lambda z: function(m[i] + sd * z) * stats.norm.pdf(z), -9, 9, epsabs=1e-13, limit=300)
        return found[0]

    means = [mean_over(lambda eta: moments(eta)[0], i) for i in range(2)]
    variance = mean_over(lambda eta: moments(eta)[1] + (moments(eta)[0] - means[1]) ** 2, 1)
    assert float(g.value("E(y_1)", **values)) == pytest.approx(means[0], rel=1e-9)
    assert float(g.value("E(y_2)", **values)) == pytest.approx(means[1], rel=1e-9)
    assert float(g.value("Var(y_2)", **values)) == pytest.approx(variance, rel=1e-8)
    z = np.linspace(-9, 9, 1201)
    one, other = np.meshgrid(z, z)
    weight = np.exp(-(one**2 + other**2) / 2) / (2 * np.pi) * (z[1] - z[0]) ** 2
    first = moments(m[0] + root[0, 0] * one)[0] - means[0]
    second = moments(m[1] + root[1, 0] * one + root[1, 1] * other)[0] - means[1]
    assert float(g.value("Cov(y_1, y_2)", **values)) == pytest.approx(float((weight * first * second).sum()), rel=1e-8)
