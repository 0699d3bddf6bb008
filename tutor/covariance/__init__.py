"""Covariance structures for G and R, with their matrices, domains, closed forms and names in other programs."""

from __future__ import annotations

from tutor.covariance.base import Structure
from tutor.covariance.compound import kron, nugget
from tutor.covariance.demonstration import Demonstration, show
from tutor.covariance.listing import table
from tutor.covariance.over import (
    Over,
    ante1,
    ar1,
    arh1,
    arma11,
    cs,
    csh,
    diag,
    exp,
    fa1,
    gau,
    hf,
    known,
    lin,
    matern,
    pow,
    ratio,
    sph,
    toep,
    toeph,
    toepq,
    un,
    unr,
    varexp,
    varpower,
)
from tutor.covariance.structure import structure

__all__ = [
    "Demonstration",
    "Over",
    "Structure",
    "ante1",
    "ar1",
    "arh1",
    "arma11",
    "cs",
    "csh",
    "diag",
    "exp",
    "fa1",
    "gau",
    "hf",
    "known",
    "kron",
    "lin",
    "matern",
    "nugget",
    "pow",
    "ratio",
    "show",
    "sph",
    "structure",
    "table",
    "toep",
    "toeph",
    "toepq",
    "un",
    "unr",
    "varexp",
    "varpower",
]
