r"""How long it takes to read notation, and whether what is read is what was meant: beside SymPy's own parsers and
latex2sympy2, on the same strings in the same run.

A reading is right when its value equals that of the expected tree, names compared without backslashes and braces
(``\sigma_{u}`` is sigma_u); wrong when it has another value or shape; refused when the parser raises.
Peers that are not installed are left out, and said so.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy

from benchmarks.timing import timed
from tutor import check, kron, lecture_vocabulary, ones, read
from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.tree import Tree

REPEATS = 10
Parser = Callable[[str], Any]
VOCABULARY = lecture_vocabulary()


def _tree(key: str) -> Tree:
    name = VOCABULARY.lookup(key)
    assert name is not None
    return name.tree


def _scalar(text: str) -> Tree:
    tree = read(text, VOCABULARY).tree
    assert tree is not None
    return tree


s2, su = (sympy.Symbol(name, positive=True) for name in ("sigma2", "sigma2_u"))
Z, G, R, X, V, y, beta = map(_tree, ("Z", "G", "R", "X", "V", "y", "beta"))

CASES: dict[str, Tree] = {
    r"\sigma^2": Scalar(s2),
    r"\sigma^2 + \sigma_u^2": Scalar(s2 + su),
    r"\sigma^{2}_{u}": Scalar(su),
    r"\frac{2\sigma^2}{3}": Scalar(2 * s2 / 3),
    r"\frac{\sigma_u^2}{\sigma_u^2 + \sigma^2}": Scalar(su / (su + s2)),
    r"\sqrt{\sigma^2 + \sigma_u^2}": Scalar(sympy.sqrt(s2 + su)),
    r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}": Explicit(sympy.ImmutableMatrix(sympy.eye(2))),
    r"\begin{bmatrix} \sigma^2+\sigma_u^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2+\sigma_u^2 \end{bmatrix}": Explicit(
        sympy.ImmutableMatrix([[s2 + su, su], [su, s2 + su]])
    ),
    r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}": Z @ G @ Z.T + R,
    r"ZGZ^T + R": Z @ G @ Z.T + R,
    r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}": (X.T @ V.inv() @ X).inv()
    @ X.T
    @ V.inv()
    @ y,
    r"\mathbf{X}\boldsymbol{\beta}": X @ beta,
    r"\mathbf{1}_3 \otimes \mathbf{1}_2": kron(ones(3), ones(2)),
}
"""Text: what a lecture means by it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a parser makes of one text: right, wrong or refused, and how long it takes in milliseconds."""

    judgement: str
    milliseconds: float


def peers() -> Iterator[tuple[str, Parser | None]]:
    """Name and parser, None where it is not installed."""
    yield "SymPy (lark)", _sympy_parser("lark", "lark")
    yield "SymPy (antlr)", _sympy_parser("antlr", "antlr4")
    yield "latex2sympy2", _latex2sympy2()


def _sympy_parser(backend: str, needs: str) -> Parser | None:
    from importlib.util import find_spec

    if find_spec(needs) is None:
        return None
    from sympy.parsing.latex import parse_latex

    return lambda text: parse_latex(text, backend=backend)


def _latex2sympy2() -> Parser | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from latex2sympy2 import latex2sympy  # pyright: ignore[reportMissingImports]  (an optional peer)
    except ImportError:
        return None
    parser: Parser = latex2sympy
    return parser


def outcome(parse: Parser, text: str, expected: Tree) -> Outcome:
    """One parser on one text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = parse(text)
            taken = timed(lambda: parse(text), REPEATS)
    except Exception:
        # Whatever a peer raises on a text that it does not know, it has refused it.
        return Outcome("refused", 0.0)
    return Outcome("right" if _means(result, expected) else "wrong", taken)


def _means(result: Any, expected: Tree) -> bool:
    if isinstance(result, sympy.Basic | sympy.MatrixBase):
        result = result.xreplace(_plain_names(result))
    return check(result, expected, VOCABULARY).correct is True


def _plain_names(result: Any) -> Mapping[Any, Any]:
    r"""The symbols of a peer under the names that we give: ``\sigma_{u}`` as sigma_u."""
    return {
        symbol: sympy.Symbol(re.sub(r"\\mathbf|\\boldsymbol|[\\{}]", "", symbol.name))
        for symbol in result.free_symbols
        if isinstance(symbol, sympy.Symbol)
    }


@cache
def ours() -> Parser:
    """Our reader as a parser: text to tree."""
    return lambda text: read(text, VOCABULARY).tree


def table() -> str:
    """One row a text, one column a parser."""
    every = [("tutor", ours()), *peers()]
    there = [(name, parse) for name, parse in every if parse is not None]
    lines = [f"| text | {' | '.join(name for name, _ in there)} |", "|---" * (len(there) + 1) + "|"]
    for text, expected in CASES.items():
        cells = [outcome(parse, text, expected) for _, parse in there]
        told = [o.judgement if o.judgement == "refused" else f"{o.judgement}, {o.milliseconds:.2f} ms" for o in cells]
        lines.append(f"| `{text}` | {' | '.join(told)} |")
    missing = [name for name, parse in every if parse is None]
    if missing:
        lines += ["", f"Not installed, so left out: {', '.join(missing)}."]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
