r"""The states of a Kalman filter, \hat{x}_{t|t-1} = F\hat{x}_{t-1|t-1}: vectors, and the capitals beside them matrices.

That a text is about vectors is told by a variance matrix of a time, w_t ∼ N(0, Q), or by a time given another one
beside a capital that is transposed, taken off I or stands before a state. Filters of single numbers have none of these.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tutor.notation.parsing.subscripts import normal_subscript

_BAR = r"(?:\||\\mid(?![A-Za-z])|\\vert(?![A-Za-z]))"
_TIME = r"t\s*(?:[-+−]\s*1)?"
_BELOW = rf"_\s*(?:\{{\s*({_TIME}(?:\s*{_BAR}\s*{_TIME})?)\s*\}}|(t)(?![A-Za-z0-9]))"
_IN_TIME = re.compile(rf"[A-Za-z]\s*\}}?\s*{_BELOW}")
_GIVEN = re.compile(rf"_\s*\{{\s*{_TIME}\s*{_BAR}\s*{_TIME}\s*\}}")
_HATTED = r"(?:\\(?:hat|widehat|tilde|mathbf|boldsymbol|bm)\s*\{?\s*)*"
_OF_MATRICES = re.compile(
    rf"""(?<![A-Za-z\\])[A-Z]\s*\}}?\s*(?:['′ᵀ]|\^\s*\{{?\s*(?:\\top|\\intercal|\\prime|T)(?![A-Za-z]))  # H'
    |(?<![A-Za-z\\])I\s*[-−]                                                                              # I - KH
    |(?<![A-Za-z\\])[A-Z]\s*{_HATTED}[a-z]\s*\}}?\s*_\s*\{{?\s*t                                            # H x_t
    """,
    re.X,
)
_NOISE = re.compile(
    r"[a-z]\s*\}?\s*_\s*\{?\s*t\s*\}?\s*(?:\\sim(?![A-Za-z])|~|∼)\s*(?:\\mathcal\s*\{?\s*)?N\s*\}?\s*"
    r"(?:\\left\s*)?\(\s*0\s*,\s*[A-Z]\s*(?:\\right\s*)?\)"
)
"""w_t ∼ N(0, Q). Of N(0, H_t), a variance that changes with time, nothing tells whether it is a matrix."""


_STATE = r"(?:[a-z]|\\(?:alpha|beta|theta|xi|eta)(?![A-Za-z])|[αβθξη])"
_TRANSITION = re.compile(
    rf"({_STATE})\s*\}}?\s*_\s*(?:\{{\s*)?t(?![a-z])[^=&\\]{{0,8}}&?\s*=\s*(?:\\mathbf\s*\{{\s*)?(?:[A-Z]|\\(?:Phi|Psi|Gamma|Lambda|Theta))"
    rf"\s*\}}?\s*(?:_\s*\{{?\s*t\s*\}}?)?\s*{_HATTED}\1\s*\}}?\s*_\s*(?:\{{\s*)?t"
)
"""x_{t+1} = A x_t: of numbers the coefficient would be a small letter."""

_OBSERVATION = re.compile(
    rf"(?<![A-Za-z\\])y\s*_\s*\{{?\s*t\s*\}}?\s*&?=\s*[A-Z]\s*_\s*\{{?\s*t\s*\}}?\s*{_STATE}\s*_\s*\{{?\s*t"
)
"""y_t = Z_t α_t, for the same reason; a covariate stands behind its slope, α_t X_t."""

_FIRST_STATE = re.compile(
    rf"{_STATE}\s*_\s*\{{?\s*([01])\s*\}}?\s*(?:\\sim(?![A-Za-z])|~|∼)\s*(?:\\mathcal\s*\{{?\s*)?N\s*\}}?\s*(?:\\left\s*)?\(\s*"
    rf"{_STATE}\s*_\s*\{{?\s*\1\s*\}}?\s*,\s*(?:\\[,;: ]\s*)?[A-Z]\s*_\s*\{{?\s*\1\s*\}}?\s*(?:\\right\s*)?\)"
)
"""α_1 ∼ N(a_1, P_1)."""

_WEIGHTED = re.compile(
    r"_\s*\{?\s*t\s*\}?\s*(?:['′]|\^\s*\{?\s*(?:\\top|\\intercal|\\prime|T)(?![A-Za-z])\s*\}?)\s*[A-Z]\s*\}?\s*_\s*\{?\s*t"
)
"""ν_t'S_t⁻¹."""


@lru_cache(maxsize=8)
def states_of_vectors(text: str) -> frozenset[str]:
    """The times below the letters of a text about vectors of states; none in another text."""
    is_filter = _GIVEN.search(text) is not None and _OF_MATRICES.search(text) is not None
    is_filter = is_filter or _TRANSITION.search(text) is not None or _OBSERVATION.search(text) is not None
    first = {found[1] for found in _FIRST_STATE.finditer(text)}
    if first:
        is_alone = _IN_TIME.search(text) is None
        return frozenset(first | (set() if is_alone else {normal_subscript(a or b) for a, b in _IN_TIME.findall(text)}))
    if not (is_filter or _NOISE.search(text) is not None or _WEIGHTED.search(text) is not None):
        return frozenset()
    return frozenset(normal_subscript(first or second) for first, second in _IN_TIME.findall(text))
