r"""Every row of what lectures write, and every rare one: at least three formulas of each, with what they say.

The rows are those of the count of some 800 published formulas; the formulas are in tests/data/notation_patterns.txt.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read

ROWS = (
    "Greek: by count",
    "delimiter: ( ) grouping",
    r"relation: = (also chains a = b = c, \mu = \eta = …)",
    "subscript: one letter or digit without braces: _i _0 _u",
    "operator: + and - of terms",
    "superscript: square: ^2, also on a bracket",
    "subscript: 2 to 7 index letters, one index each: _{ij} .. _{ijklmno}",
    r"relation: \sim distributed as",
    r"font: \mathbf{ } one symbol",
    "distribution: N( , ) mean and variance or matrix",
    r"font: \boldsymbol{ }, \boldsymbol\beta without braces",
    r"superscript: power before subscript: \sigma^2_u",
    r"operator: \frac{ }{ } (nested too)",
    r"separator: \\ between statements (66 of them after a comma)",
    r"accent: \hat{ }, \hat\beta, \hat over bold, bold over \hat",
    "environment: bmatrix",
    "operator: juxtaposed bold symbols: matrix product",
    r"subscript: Greek: _\varepsilon, _{\varepsilon}, _\theta",
    "subscript: one letter or digit in braces, the same thing: _{i}",
    r"subscript: on a bracket, interaction as one symbol: (\tau\alpha)_{ij} (ex \times gen)_{ij}",
    "name: several letters, one symbol: SS_b, df_e, MSE, AIC, dfe, Diet_i, room_k, ex_i",
    r'spacing: \; \, \quad-like blanks and "\ ": no meaning',
    r"relation: | or \vert, given: before \sim, in E( ), Var( ), f( ), p( ), P( )",
    "relation: chain of two or more = in one statement",
    r"font: \text{ } words, conditions, names",
    r"subscript: word: _{REML} _{crit} _{herd} _{whole \ plot} _{\text{Ridge}} _{95\%} _{AC}",
    r"operator: scalar times matrix, either order: \sigma^2 \mathbf{I}, \mathbf{I}\sigma^2",
    "subscript: nested by brackets: _{i(k)} _{j(ik)} _{l(ijk)}",
    "subscript: on a bold vector or matrix, a block and not an element",
    r"name: se( ), s.e.( ), \widehat{s.e.}( ), \hat{se}",
    r"operator: \sqrt{ }",
    r"name: f(y) density, P( ) probability, p( ) likelihood, \mathcal{L}, \ell",
    "distribution: Beta, Gamma, Pois, Poisson, Binomial, Bernoulli, Uniform (upright or not)",
    "name: Var( ), also Var(y|u)",
    r"name: log( ), \log, \ln, \text{log}: natural logarithm",
    r"superscript: subscript before power: \sigma_u^2, \sigma_{\varepsilon}^2",
    r"operator: \cdot as product",
    r"relation: < > \leq (also a < y < b)",
    "name: E( ), also E(y|u)",
    r"name: \mathbf{I} or I: identity, never the imaginary unit",
    r"superscript: prime for transpose: ]', ), \mathbf{Z}'",
    "subscript: on two letters, interaction or name as one symbol",
    r"font: bold zero or one: \boldsymbol{0}, \boldsymbol{1}",
    r"name: g( ) link, also g(\cdot) and \Phi^{-1}( )",
    "ellipsis: list with three full stops: y_1, y_2, ..., y_n; i = 1, 2, ..., t; sum with ...",
    r"subscript: commas: elements (_{1, n}), names (_{v, ik}), quantiles (_{dfe, 1-\alpha})",
    r"operator: \pm interval",
    r"ellipsis: in a square matrix: \dots in rows, \vdots in columns, \ddots at the corner",
    r"superscript: ^T (13) and ^\top (3) for transpose",
    r"superscript: general exponent: \rho^4, ^{N-y}, ^\kappa",
    r"relation: \equiv defined as",
    "environment: scalar in front of a bmatrix",
    r"delimiter: \left( \right), \left\{ \right\}",
    "environment: bmatrix with one column (vector)",
    "superscript: inverse: ^{-1} on a symbol, on brackets ( ) and [ ]",
    r"superscript: star: ^\star, ^{\star} (a statistic, no power)",
    r"operator: \times or * between factors, an interaction: T \times F, ex*gen",
    "subscript: digit and letters, the digit numbers a variable: _{0j} _{1i} _{1 ij}",
    "subscript: 2 or 3 digits: two indices (_{22}) or a label (_{400})",
    r"operator: \times in a dimension: n \times p",
    "subscript: blank between indices: _{i k}, _{i k lm}, _{1 i}",
    r"subscript: dot for an average: _{i\cdot} _{\cdot j} _{1 \cdot}",
    r"name: argmin, argmax; rank( ), diag( ), \Gamma( ), B( , ), K_\kappa( )",
    r"accent: \widehat{ } over an expression",
    "delimiter: [ ] or ( ) with commas and a prime: column vector",
    r"font: one bold command around several symbols: \mathbf{ZGZ' + R}, \mathbf{Zu}, \mathbf{y|u}",
    r"relation: \in with an interval or a list: (0, 1), (-\infty, +\infty), (0, 1, ..., n)",
    r"operator: slash: \sigma^2/n, 1/2, \alpha/2",
    r"environment: array{cc} around a bmatrix: column labels in \text, \phantom{-} as blank",
    r"environment: cases, condition after & in \text",
    r"name: logit( ), \text{logit}( )",
    r"name: \exp, e^{ }",
    r'separator: "; \ \ " or ", " or ",\ " between statements on one line',
    r"delimiter: [ ] grouping; [ ] of a density: [\mathbf{y} \vert \boldsymbol{\theta}]",
    "distribution: MVN( , )",
    "distribution: P( , ), D( , ): any distribution with mean and scale",
    r"accent: \underset{ }{\mathrm{argmin}}",
    r"operator: | | absolute value, \vert \vert determinant, || || norm (_1, ^2)",
    r"distribution: t_\nu( , ), \chi^2_\nu, F( , ): degrees of freedom",
    r"subscript: dimension: _{n \times p}, _{n\times1}",
    r"operator: \sum with limits _{i=1}^n or _m",
    r"environment: block matrix: cells are \mathbf{G}, \boldsymbol{0}, \sigma^2_b \mathbf{I}",
    r"ellipsis: \vdots in a column vector or in one row of Z",
    r"ellipsis: list with \dots: 0, 1, 2, \dots (open end), \frac{1}{N}, \dots, \frac{N}{N}",
    r"name: Cov( , ), \text{cov}( , )",
    "environment: pmatrix or bmatrix used as a bracket",
    "environment: more than 10 columns",
    r"ellipsis: \dots 0: the & left out, one cell short",
    "environment: blank cells (lower triangle, dots left out)",
    r"distribution: i.i.d., \text{iid} in front of N",
    r"separator: \\ inside a statement (after = or in \text): no separator",
    r"rare accent: \tilde",
    r"rare accent: \bar",
    r"rare accent: \hat over a name or over letter and subscript",
    r"rare relation: \ne \neq \approx \rightarrow \nsim",
    "rare relation: H_0:",
    "rare relation: several conditions |u_k, w_l",
    r"rare subscript: nested by a bar _{i \vert k}",
    "rare subscript: prime on an index _{i'}",
    r"rare superscript: power before argument \phi^2(\alpha)",
    "rare superscript: half power ^{1/2}",
    "rare distribution: no name, only ( , )",
    r"rare font: \mathrm \mathcal",
    "rare font: bold around a scalar with its scripts",
    "rare delimiter: semicolon between arguments",
    "rare delimiter: braces that do nothing {y}",
    r"rare operator: \binom and !",
    r"rare environment: closing \\ before \end{bmatrix}",
    "rare environment: cells that are moments",
    "one spelling, several meanings: | ( , ) P R^2 t N( ) E( )",
    "letters side by side: one name, a product or indices",
    "faulty formulas: read as written or refused at the place",
)  # fmt: skip
"""The names of the rows."""

_REFUSED = "refused: "


def _table() -> list[tuple[str, str, str]]:
    """Row, formula and outline, in the order of the file."""
    found: list[tuple[str, str, str]] = []
    row = formula = ""
    text = (Path(__file__).parents[1] / "data" / "notation_patterns.txt").read_text(encoding="utf-8")
    for line in text.partition("\n\n")[2].splitlines():
        if line.startswith("## "):
            row = line.removeprefix("## ")
        elif line.startswith("    "):
            found.append((row, formula, line.strip()))
        elif line:
            formula = line
    return found


TABLE = _table()


def test_no_row_is_missing() -> None:
    counted = Counter(row for row, _, _ in TABLE)
    assert counted.keys() == set(ROWS)
    assert len(ROWS) == len(set(ROWS)) == 112
    assert min(counted.values()) >= 3


def test_no_formula_stands_twice_in_a_row() -> None:
    assert len({(row, formula) for row, formula, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("row", "formula", "meant"), TABLE, ids=[ascii(formula) for _, formula, _ in TABLE])
def test_a_formula_of_each_row_is_read_as_it_is_meant(row: str, formula: str, meant: str) -> None:
    if not meant.startswith(_REFUSED):
        reading = read(formula)
        assert outline(reading) == meant, row
        assert_reads_back(reading)
        return
    with pytest.raises((ReadError, ShapeError)) as refused:
        read(formula)
    kind = refused.value.kind if isinstance(refused.value, ReadError) else "ShapeError"
    assert kind == meant.removeprefix(_REFUSED), row
