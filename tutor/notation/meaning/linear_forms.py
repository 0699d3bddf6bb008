"""Letters in the moments of linear forms, Var(Ax + a) and E(AX + b): a matrix, a random vector and a constant one."""

from __future__ import annotations

import re
from functools import lru_cache

_MOMENT = re.compile(
    r"""(?<![A-Za-z])(?:E|[Vv]ar|[Cc]ov|V)\s*\}?\s*(?:\\left\s*)?[(\[]\s*
    (?:\\(?:boldsymbol|mathbf|bm)\s*\{\s*)?(?P<matrix>[A-HK-WZ])\s*(?P<vector>[xyzvwXY])(?![A-Za-z_])\s*\}?
    \s*(?:[+−-]\s*(?:\\(?:boldsymbol|mathbf|bm)\s*\{\s*)?(?P<constant>[abcd])(?![A-Za-z_(])\s*\}?)?\s*(?:\\right\s*)?[)\]]""",
    re.X,
)
_OF_MATRICES = re.compile(
    r"""(?<![A-Za-z])(?:E|[Vv]ar|[Cc]ov|V)\s*\}?\s*(?:\\left\s*)?[(\[][^=]{0,40}?(?<![A-Za-z\\])
    (?:[A-HK-WZ][xyzvw]|[A-HK-W][XY][A-HK-W])(?![A-Za-z_])""",
    re.X,
)
"""Cov(Ax, By), E((Ax + a)(Bx + b)') and E(AXB + C)."""

_PRODUCT = re.compile(
    r"(?<![A-Za-z\\])[A-HK-Z]{1,3}[a-dmvwxyz](?![A-Za-z_(]|\s+[A-Za-z]{2})|(?<![A-Za-z\\])[A-HK-Z]{2,3}(?![A-Za-z_(\[])"
)
"""Letters side by side in such a text, all of matrices but a last small one of a vector."""

_CONSTANT = re.compile(r"(?<![A-Za-z\\])[A-HK-WZ][mvwxyz]\s*[+−-]\s*([abcd])(?![A-Za-z_(])")
"""The a of Ax + a."""

_LONGEST = 5_000
"""Characters of a text that is searched; a longer one is a large matrix, or many statements."""


@lru_cache(maxsize=8)
def linear_forms(text: str) -> frozenset[str]:
    """The letters side by side in the moments of linear forms of a text, Ax, and the constant vectors there, a."""
    if len(text) > _LONGEST or not ("ar" in text or "E" in text or "ov" in text or "V" in text):
        return frozenset()
    found = list(_MOMENT.finditer(text))
    products = {moment["matrix"] + moment["vector"] for moment in found}
    if _OF_MATRICES.search(text) is not None:
        products |= {*_PRODUCT.findall(text), *_CONSTANT.findall(text)}
    return frozenset(products | {moment["constant"] for moment in found if moment["constant"]})


def vectors_of_forms(text: str) -> frozenset[str]:
    """The letters of vectors in the moments of linear forms of a text."""
    forms = linear_forms(text)
    told = {moment["vector"] for moment in _MOMENT.finditer(text)} if forms else set[str]()
    return frozenset(form[-1] for form in forms if form[-1].islower() or (len(form) == 2 and form[-1] in told))
