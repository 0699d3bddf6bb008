r"""A matrix that an answer tells by its element, I ⊗ Σ with Σ_ij = σ²ρ^{|i − j|}, or I ⊗ σ²[ρ^{|i−j|}]: written out.

How large it is, nothing tells but what was asked for: each size is tried, and the one that fits is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ROWS = 12
MOST_TEXT = 2_000

_LAG = re.compile(
    r"(?:\||\\lvert|\\vert|\\left\s*\||abs\()\s*(?:i\s*[-−]\s*j|j\s*[-−]\s*i|k\s*[-−]\s*l)\s*"
    r"(?:\||\\rvert|\\vert|\\right\s*\||\))"
)
_MATRIX = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{\s*\\?[A-Z][a-z]*\s*\}|\\(?:Sigma|Omega|Gamma)|[A-ZΣΩΓ])"
_TOLD = re.compile(
    rf"[\s,;]*(?:(?:where|with|and)\s+)?\$?\[?(?P<name>{_MATRIX})\]?\s*_\s*\{{?\s*(?:i\s*,?\s*j|k\s*,?\s*l)\s*\}}?"
    r"\s*=\s*(?P<body>[^,;=]{1,120}?)\$?\s*(?=[,;.]?\s*\Z|[,;])"
)
_WITHIN = re.compile(
    r"(?:\\left\s*)?(?P<open>\\\{|[\[({])(?P<body>[^\[\](){}=]*(?:\{[^{}]*\}[^\[\](){}=]*?)*?)(?:\\right\s*)?(?:\\\}|[\])}])"
    r"(?:\s*_\s*(?:\{[^{}]{1,12}\}|ij)(?:\s*\^\s*(?:\{\w+\}|\w))?)?"
)
_OTHER_INDEX = re.compile(r"(?<![A-Za-z\\])[ijkl](?![A-Za-z])")


def written_out(text: str) -> Iterator[str]:
    """The text with its matrix by elements written out, 2 × 2, 3 × 3 and so on; nothing where it has none.

    >>> next(written_out("I_2 ⊗ Σ, Σ_ij = σ²ρ^|i−j|"))
    'I_2 ⊗ [[σ²ρ^(0), σ²ρ^(1)], [σ²ρ^(1), σ²ρ^(0)]]'
    """
    if len(text) > MOST_TEXT or _LAG.search(text) is None:
        return
    told = _TOLD.search(text)
    if told is not None:
        rest, body = text[: told.start()] + text[told.end() :], told["body"]
        name = re.compile(rf"{re.escape(told['name'])}(?![A-Za-z_])")
        if name.search(rest) is None or not _is_of_lag(body):
            return
        for size in range(2, MOST_ROWS + 1):
            yield name.sub(lambda _, size=size: _grid(body, size, text), rest)
        return
    within = next((found for found in _WITHIN.finditer(text) if _is_of_lag(found["body"])), None)
    if within is None or text[: within.start()].rstrip().endswith(("^", "**")):
        return
    for size in range(2, MOST_ROWS + 1):
        yield text[: within.start()] + _grid(within["body"], size, text) + text[within.end() :]


def _is_of_lag(body: str) -> bool:
    """Whether an element depends on its place by the lag alone."""
    rest = _LAG.sub("", body)
    return rest != body and _OTHER_INDEX.search(rest) is None


def _grid(body: str, size: int, text: str) -> str:
    def cell(lag: int) -> str:
        return _LAG.sub(f"({lag})", body).strip()

    rows = [[cell(abs(i - j)) for j in range(size)] for i in range(size)]
    if "\\" not in text:
        return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(row) for row in rows) + r"\end{bmatrix}"
