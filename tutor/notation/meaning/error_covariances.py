r"""Σ where it is the covariance matrix of the errors, and not the V of all observations: V = ZGZ' + Σ, Var(ε) = Σ."""

from __future__ import annotations

import re

_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|mathrm|text)\s*\{?\s*)?"
_TRANSPOSE = r"(?:['′’ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|\\(?:top|intercal|prime)(?![A-Za-z]))\s*\}?)"
_SIGMA = rf"{_FONT}(?:\\Sigma(?![A-Za-z])|Σ)\s*\}}?"
_ALONE = r"(?!\s*\}?\s*_)"
_ERRORS = r"(?:\\(?:var)?epsilon(?![A-Za-z])|[εϵ]|e(?![A-Za-z]))"

_MATRIX = rf"(?<![A-Za-z\\])Z\s*\}}?\s*{_FONT}"
_INVERSE = r"(?:\^\s*\{\s*[-−]\s*1\s*\}|⁻¹)"
_CLOSING = r"\s*\}?\s*(?:\\right\s*)?\)"

_BESIDE_RANDOM = rf"{_MATRIX}[A-Z]\s*\}}?\s*{_FONT}Z\s*\}}?\s*{_TRANSPOSE}\s*\}}?\s*\+\s*{_SIGMA}{_ALONE}"
"""ZDZ' + Σ."""

_VARIANCE = rf"(?:[VC]ar|[Cc]ov|var)\s*\}}?\s*(?:\\left\s*)?\(\s*{_FONT}{_ERRORS}{_CLOSING}\s*&?=\s*{_SIGMA}{_ALONE}"
"""Var(ε) = Σ."""

_DISTRIBUTION = (
    rf"{_ERRORS}\s*\}}?\s*&?\s*(?:\\sim(?![A-Za-z])|[~∼])[^~∼=;]{{1,40}},\s*(?:\\[,;: ]\s*)?{_SIGMA}{_ALONE}{_CLOSING}"
)
"""ε ~ N(0, Σ)."""

_EQUATIONS = rf"{_MATRIX}{_TRANSPOSE}\s*\}}?\s*{_SIGMA}\s*{_INVERSE}\s*\}}?\s*{_FONT}Z\s*\}}?\s*\+"
"""Z'Σ⁻¹Z + G⁻¹."""

_OF_ERRORS = re.compile("|".join((_BESIDE_RANDOM, _VARIANCE, _DISTRIBUTION, _EQUATIONS)))


def is_of_errors(text: str) -> bool:
    """Whether Σ stands in a text for the covariance matrix of the errors.

    >>> is_of_errors("V = ZGZ' + Σ"), is_of_errors("y ~ N(Xβ, Σ)"), is_of_errors("Var(ε) = Σ")
    (True, False, True)
    """
    return _OF_ERRORS.search(text) is not None
