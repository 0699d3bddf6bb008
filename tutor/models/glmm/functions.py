"""The functions of links and families, of SymPy's expressions and of NumPy's numbers alike.

A link or a family is written once, as a formula in `exp`, `log`, `Phi`, …; which numbers it is about is told when it is
used: by `LETTERS` it makes an expression, by `NUMBERS` an array.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy

from tutor.notation.meaning.functions import Phi


class Phi2(sympy.Function):
    """P(x ≤ a, y ≤ b) of two standard normal variables with correlation ρ: Φ₂(a, b, ρ)."""


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions that formulas of links and families are made of."""

    exp: Callable[[Any], Any]
    expm1: Callable[[Any], Any]
    log: Callable[[Any], Any]
    Phi: Callable[[Any], Any]


def _normal_distribution(x: Any) -> np.ndarray:
    """Φ(x), entry by entry; by erfc, which keeps its digits in the lower tail."""
    scaled = -np.asarray(x, dtype=float) / math.sqrt(2)
    return np.array([math.erfc(value) for value in scaled.flat]).reshape(scaled.shape) / 2


LETTERS = Functions(sympy.exp, lambda x: sympy.exp(x) - 1, sympy.log, Phi)
"""Of SymPy's expressions."""

NUMBERS = Functions(np.exp, np.expm1, np.log, _normal_distribution)
"""Of arrays of numbers, entry by entry."""


class Joint(sympy.Function):
    """Φ₂(a, b, ρ) − Φ(a)Φ(b): what the correlation adds to the probability of independent variables."""


def joint_probability(a: float, b: float, rho: float) -> float:
    """Φ₂(a, b, ρ) − Φ(a)Φ(b) for −1 < ρ < 1, by Plackett's integral over the correlation, to its own last digits.

    ∂Φ₂/∂ρ is the density at (a, b), which has one sign: nothing is lost where the probabilities are next to 0 or 1.
    With ρ = sin θ it is smooth, and Gauss–Legendre points are taken until twice as many change nothing (Plackett 1954,
    Biometrika 41; Drezner and Wesolowsky 1990).

    >>> round(joint_probability(0, 0, 0.5), 12) == round(1 / 3 - 1 / 4, 12)
    True
    """
    end = math.asin(rho)
    total = previous = float("nan")
    for points in (16, 32, 64, 128, 256):
        nodes, weights = _legendre(points)
        angle = end * (nodes + 1) / 2
        exponent = -(a * a + b * b - 2 * a * b * np.sin(angle)) / (2 * np.cos(angle) ** 2)
        total = float(weights @ np.exp(exponent)) * end / 2
        if abs(total - previous) <= 1e-14 * abs(total):
            break
        previous = total
    return total / (2 * math.pi)


@cache
def _legendre(points: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(points)
