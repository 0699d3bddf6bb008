"""Names of numbers of which nothing is known but that they are real."""

import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.vocabulary import Name


def named_number(key: str, about: str = "") -> Name:
    """The name of a number.

    >>> named_number("rho").tree.value.is_real
    True
    """
    return Name(key, Scalar(sympy.Symbol(key, real=True)), about)
