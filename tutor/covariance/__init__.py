"""Covariance structures for G and R, with their matrices, domains, closed forms and names in other programs."""

from __future__ import annotations

from tutor.covariance.base import Structure
from tutor.covariance.compound import kron, nugget
from tutor.covariance.demonstration import Demonstration, show
from tutor.covariance.listing import table
from tutor.covariance.structure import structure

__all__ = ["Demonstration", "Structure", "kron", "nugget", "show", "structure", "table"]
