"""The functions of links and families, of SymPy's expressions and of NumPy's numbers alike.

A link or a family is written once, as a formula in `exp`, `log`, `Phi`, …; which numbers it is about is told when it is
used: by `LETTERS` it makes an expression, by `NUMBERS` an array.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
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
