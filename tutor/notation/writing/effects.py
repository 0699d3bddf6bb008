"""The names of effects, and the terms of a mean that are made of them."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from tutor.notation.names import split_key

EFFECTS = ("mu", "tau", "alpha", "beta", "gamma", "delta", "rho", "eta", "theta")
"""Bases in the order in which a model equation names them; other Greek letters follow, then Latin ones."""


def is_of_a_mean(degrees: Mapping[sympy.Expr, sympy.Expr]) -> bool:
    """Whether a term is one of a linear predictor, an effect and perhaps covariates, without a variance: β_1 x_i.

    ``degrees`` are the powers of its factors. A ρ without a subscript is a correlation.
    """
    keys = [split_key(base.name) for base in degrees if isinstance(base, sympy.Symbol)]
    bases = {base for base, _, _ in keys}
    effects = [base for base, _, subscripts in keys if base in EFFECTS and (base != "rho" or subscripts)]
    linear = len(keys) == len(degrees) and all(abs(degree) == 1 for degree in degrees.values())
    return len(effects) == 1 and linear and "sigma" not in bases
