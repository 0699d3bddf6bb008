r"""How long it takes to read notation, and whether what is read is what was meant: beside SymPy's own parsers and
latex2sympy2 (its fork, which starts on every Python), on the same strings in the same run. Then what a size costs, and
what hostile texts cost, each in a process of its own.

A reading is right when its value equals that of the expected tree, names compared without backslashes and braces
(``\sigma_{u}`` is sigma_u); wrong when it has another value or shape; refused when the parser raises.
Peers that are not installed are left out, and said so.
"""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from statistics import median
from typing import Any

import sympy

from benchmarks.timing import processor_time, timed
from tutor import TutorError, check, kron, lecture_vocabulary, ones, read
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
    yield "latex2sympy2_extended", _latex2sympy2()


def _sympy_parser(backend: str, needs: str) -> Parser | None:
    from importlib.util import find_spec

    if find_spec(needs) is None:
        return None
    from sympy.parsing.latex import parse_latex

    try:
        parse_latex("1", backend=backend)
    except ImportError:  # of another version than it asks for
        return None
    return lambda text: parse_latex(text, backend=backend)


def _latex2sympy2() -> Parser | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from latex2sympy2_extended import latex2sympy
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


GOALS: dict[str, tuple[str, float]] = {
    "an ordinary expression": (r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}", 1),
    "a sum of four terms": (
        r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}",
        1,
    ),
}
"""Task: its text, and how many milliseconds it may take; matrices are in `sizes`."""

UNSEEN_GOALS: dict[str, tuple[tuple[str, ...], float]] = {
    "ordinary expressions, each unseen": (
        (
            r"(\mathbf{X}_{@}'\mathbf{V}_{@}^{-1}\mathbf{X}_{@})^{-1}\mathbf{X}_{@}'\mathbf{V}_{@}^{-1}\mathbf{y}_{@}",
            r"@(X'V^{-1}X)^{-1}X'V^{-1}y",
            r"\mathbf{Z}_{@}\mathbf{G}_{@}\mathbf{Z}_{@}' + \mathbf{R}_{@}",
            r"\sigma_{@}^2\mathbf{J}_{@} + \sigma^2\mathbf{I}_{@}",
            r"\frac{\sigma_{@}^2}{\sigma_{@}^2 + \sigma_e^2}",
            r"\mathbf{G}\mathbf{Z}_{@}'\mathbf{V}_{@}^{-1}(\mathbf{y} - \mathbf{X}_{@}\hat{\boldsymbol{\beta}})",
        ),
        1,
    ),
    "equations, each unseen": (
        (
            r"\mathbf{y}_{@} = \mathbf{X}_{@}\boldsymbol{\beta} + \mathbf{Z}_{@}\mathbf{u}_{@} + \mathbf{e}_{@}",
            "y = Xβ + @Zu + ε",
            r"\mathbf{V}_{@} = \mathbf{Z}_{@}\mathbf{G}\mathbf{Z}_{@}' + \sigma_{@}^2\mathbf{I}",
            r"y_{ij} = \mu + \tau_{@} + \rho_j + \varepsilon_{ij}",
            r"\operatorname{Var}(\mathbf{y}_{@}) = \mathbf{Z}_{@}\mathbf{G}\mathbf{Z}_{@}' + \mathbf{R}_{@}",
            r"\hat{\mathbf{u}}_{@} = \mathbf{G}\mathbf{Z}_{@}'\mathbf{V}_{@}^{-1}"
            r"(\mathbf{y}_{@} - \mathbf{X}_{@}\hat{\boldsymbol{\beta}})",
        ),
        1,
    ),
}
"""Task: the forms of its texts, of which each has a number of its own in place of @, and how many milliseconds one may
take in the median."""

UNSEEN_PER_FORM = 50

MATRIX_GOALS = {12: 10.0, 30: 60.0}
"""Order of a matrix in LaTeX with symbols in it: how many milliseconds it may take when it was not seen before."""

_FIRST = """
import tutor.notation.parsing.parse as parsing, tutor
from importlib.resources import files
from tutor.notation.parsing.tables import Tables
from time import process_time
start = process_time(); parsing._automaton(); kept = 1000 * (process_time() - start)
grammar = files("tutor.notation.parsing").joinpath("answer.lark").read_text(encoding="utf-8")
start = process_time(); Tables.of_grammar(grammar); print(kept, 1000 * (process_time() - start))
"""


def sizes() -> str:
    """What an expression and matrices cost, beside what they may."""
    lines = ["| task | ms | at most |", "|---|---:|---:|"]
    built = [subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, encoding="utf-8", check=True).stdout
             for _ in range(5)]  # fmt: skip
    kept, by_lark = (min(map(float, times)) for times in zip(*map(str.split, built), strict=True))
    lines.append(f"| the grammar, once a process | {kept:.0f} | 150 |")
    lines.append(f"| the grammar after a change of it, by lark | {by_lark:.0f} | |")
    for task, (text, most) in GOALS.items():
        lines.append(f"| {task} | {_of_processor([partial(read, text, VOCABULARY)] * 51):.2f} | {most:g} |")
    for task, (forms, most) in UNSEEN_GOALS.items():
        texts = [form.replace("@", str(index)) for index in range(1, 1 + UNSEEN_PER_FORM) for form in forms]
        taken = sorted(processor_time(partial(read, text, VOCABULARY)) for text in texts)
        lines.append(f"| {task} | {median(taken):.2f} | {most:g} |")
        lines.append(f"| {task}, the 95th percentile | {taken[len(taken) * 95 // 100]:.2f} | |")
    for order, most in MATRIX_GOALS.items():
        fresh = [partial(read, matrix_of(order, seed), VOCABULARY) for seed in range(12)]
        lines.append(f"| a {order} × {order} matrix, unseen | {_of_processor(fresh):.1f} | {most:g} |")
        fresh = [partial(read, different_sums(order, seed), VOCABULARY) for seed in range(12)]
        lines.append(
            f"| a {order} × {order} matrix of different sums, unseen | {_of_processor(fresh):.1f} | {most:g} |"
        )
    return "\n".join(lines)


def _of_processor(runs: Iterable[Callable[[], object]]) -> float:
    """The median of what calls take of the processor, in milliseconds."""
    return median(map(processor_time, runs))


def matrix_of(order: int, seed: int) -> str:
    """A covariance matrix in LaTeX, as a student types it; each seed gives cells that no other has."""
    rows = (
        " & ".join(
            rf"\sigma^2 + \sigma_u^2 + {seed}" if i == j else rf"\rho^{{{abs(i - j)}}} \sigma_u^2 + {seed}"
            for j in range(order)
        )
        for i in range(order)
    )
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def different_sums(order: int, seed: int) -> str:
    """A matrix in LaTeX of which no two cells are alike: coefficients, fractions, subscripts and powers."""

    def cell(i: int, j: int) -> str:
        at = i * order + j + 1
        kinds = (
            rf"\sigma^2_{{{at}}} + {at + seed + 1}\sigma^2_u",
            rf"\frac{{{at}}}{{{seed + 2}}}\sigma_u^2 + \rho^{{{i + j}}}",
            rf"x_{{{at}}} - {at + seed}\sigma^2",
            rf"{at + 1}\rho^{{{seed + 2}}}\sigma_v^2 + \sigma^2",
        )
        return kinds[(i + j) % 4]

    rows = (" & ".join(cell(i, j) for j in range(order)) for i in range(order))
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


GROWTH: dict[str, Callable[[int], str]] = {
    "terms": lambda n: " + ".join([r"\mathbf{Z}\mathbf{G}\mathbf{Z}'"] * n),
    "factors": lambda n: r"\mathbf{V} " * n,
    "equal cells": lambda n: r"\begin{bmatrix}" + r" \\ ".join([r"\sigma^2 & 0 & 1"] * n) + r"\end{bmatrix}",
    "different cells": lambda n: (
        r"\begin{bmatrix}" + r" \\ ".join(f"x_{{{i}}} + 1" for i in range(n)) + r"\end{bmatrix}"
    ),
    "statements": lambda n: r" \\ ".join([r"y_1 = \mu + \tau_1"] * n),
    "brackets that never close": lambda n: "(" * n,
    "backslashes": lambda n: "\\" * n,
    "primes": lambda n: "V" + "'" * n,
}
"""What a text is made of: a text of n of them."""


def growth() -> str:
    """Milliseconds for n, 2n and 4n of a thing; at a cost that is linear the last is four times the first."""
    lines = ["| n of them | n | ms for n | for 2n | for 4n | 4n : n |", "|---|---:|---:|---:|---:|---:|"]
    for what, text in GROWTH.items():
        n = 100
        taken = [_of_processor([partial(attempt, text(n * factor))] * 5) for factor in (1, 2, 4)]
        lines.append(f"| {what} | {n} | {' | '.join(f'{ms:.2f}' for ms in taken)} | {taken[2] / taken[0]:.1f} |")
    return "\n".join(lines)


def attempt(text: str) -> str:
    """What becomes of a text: its kind, or the kind of the refusal."""
    try:
        return read(text, VOCABULARY).kind
    except TutorError as error:
        return f"refused: {getattr(error, 'kind', '') or type(error).__name__}"


HOSTILE: dict[str, str] = {
    "nothing but importing": "''",
    "3,000 brackets": "'(' * 3000 + 'V' + ')' * 3000",
    "3,000 fractions": "r'\\frac{' * 3000 + 'V' + '}{2}' * 3000",
    "3,000 matrices in matrices": "r'\\begin{bmatrix}' * 3000 + '1' + r'\\end{bmatrix}' * 3000",
    "2.8 MB of terms": "'V+' * 1_400_000 + 'V'",
    "2.8 MB of blanks": "' ' * 2_800_000",
    "2.8 MB of a matrix": "r'\\begin{bmatrix}' + '1 & ' * 700_000 + r'1\\end{bmatrix}'",
    "600 kB beside a matrix": "r'\\begin{bmatrix}1\\end{bmatrix}' + '+V' * 280_000",
    "a 200 × 200 matrix in LaTeX": r"r'\begin{bmatrix}' + r'\\'.join(['&'.join('0' * 200)] * 200) + r'\end{bmatrix}'",
    "a 200 × 200 list, all different": "str([[200 * i + j for j in range(200)] for i in range(200)])",
    "a 200 × 200 matrix of R": "'matrix(c(' + ','.join('1' * 40_000) + '), 200, 200)'",
    "9,000 different cells": (
        r"r'\begin{bmatrix}' + r'\\'.join(f'x_{{{i}}}+1' for i in range(9000)) + r'\end{bmatrix}'"
    ),
    "a tower of powers": "'9^{9^{9^9}}'",
    "100,000 primes": "'V' + chr(39) * 100_000",
    "a milliard of terms": r"r'\sum_{i=1}^{1000000000} x_i'",
    "90 logarithms": "'log(' * 90 + '2' + ')' * 90",
    "a chain of 3,000": "'='.join(['V'] * 3000)",
    "3,000 equations": r"r'\\'.join(['y=1'] * 3000)",
    "24 fractions within each other": "'1/(sigma2 + ' * 24 + '2' + ')' * 24",
    "144 cells of 20 fractions": (
        r"r'\begin{bmatrix}' + r'\\'.join('&'.join(r'\frac{1}{1+' * 20 + rf'\sigma^2+{12 * i + j}' + '}' * 20 "
        r"for j in range(12)) for i in range(12)) + r'\end{bmatrix}'"
    ),
    "500,000 digits in a cell": r"r'\begin{bmatrix}' + '9' * 500_000 + r'\end{bmatrix}'",
    "50,000 numbers in a cell": r"r'\begin{bmatrix}' + '1 ' * 50_000 + r'& 2\end{bmatrix}'",
    "1,200 explanations": "'the variance is ' * 1200",
    "9,000 letters with accents": "('V' + chr(769)) * 9000",
    "families of emoji": "(chr(128105) + chr(8205)) * 6000",
    "lone surrogates": "chr(0xd800) * 19_000",
    "a Kronecker product of huge identities": "'np.kron(np.eye(10**9), np.eye(10**9))'",
    "99 columns of 40,000 entries": "'cbind(' + 'rep(2, 40000),' * 98 + 'rep(2, 40000))'",
}
"""What it is: a Python expression that makes it, so that a process is given no more than a line."""

_HOSTILE_RUN = """
import resource, sys, threading
from time import process_time
from benchmarks.reading import attempt
attempt("V")
text = eval(sys.argv[1])
told = []
threading.stack_size(256 * 1024)
thread = threading.Thread(target=lambda: told.append(attempt(text)))
start = process_time()
thread.start()
thread.join()
print(told[0], process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, sep="|")
"""


def hostile() -> str:
    """Seconds and megabytes that each hostile text takes, in a process of its own that has read one letter before,
    in a thread with a stack of 256 kB."""
    lines = ["| text | outcome | s | MB of the process |", "|---|---|---:|---:|"]
    for what, expression in HOSTILE.items():
        done = subprocess.run(
            [sys.executable, "-c", _HOSTILE_RUN, expression], capture_output=True, encoding="utf-8", check=True
        )
        told, seconds, megabytes = done.stdout.strip().rsplit("|", 2)
        lines.append(f"| {what} | {told} | {float(seconds):.3f} | {float(megabytes):.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    for part in (table, sizes, growth, hostile):
        print(part(), end="\n\n")
