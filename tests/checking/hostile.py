r"""Answers that would take for ever, or all memory, if they were worked out; by what they are made of."""

from __future__ import annotations

from collections.abc import Callable


def nested(start: str, end: str, inner: str, times: int) -> str:
    return start * times + inner + end * times


def matrix(order: int, cell: Callable[[int, int], str]) -> str:
    rows = (" & ".join(cell(i, j) for j in range(order)) for i in range(order))
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


EXPENSIVE = {
    "tower of powers": r"9^{9^{9^9}} R",
    "tower of powers above a letter": r"\sigma^{9^{9^{9^9}}} I",
    "large power of a number": r"2^{1000000} R",
    "large power of a matrix": r"V^{1000000}",
    "large power of a sum": r"(\sigma^2+\sigma_u^2+1)^{9999} I",
    "large power of a product": r"(ZGZ'+R)^{9999}",
    "negative power": r"(ZGZ'+R)^{-500}",
    "powers of sums within each other": nested("(", r"+\sigma^2)^{9}", "1", 12) + " I",
    "Kronecker product of large ones": r"I_{1000} \otimes I_{1000} \otimes I_{1000}",
    "trace of a Kronecker product": r"tr(J_{40} \otimes J_{40} \otimes J_{40}) I_{12}",
    "Kronecker product of models": r"tr((ZGZ'+R) \otimes (ZGZ'+R) \otimes (ZGZ'+R)) I_{12}",
    "Kronecker products within each other": r"tr((V \otimes V) \otimes (V \otimes V)) I_{12}",
    "inverse of 200 rows": r"tr((I_{200}+\sigma^2 J_{200})^{-1}) I_{12}",
    "entries of 100 rows": matrix(100, lambda i, j: str((31 * i + 17 * j) % 101)),
    "determinant of 100 rows": "|" + matrix(100, lambda i, j: str((31 * i + 17 * j) % 101)) + "| I_{12}",
    "determinant of 30 rows of letters": "|" + matrix(30, lambda i, j: rf"\sigma^2+{i * j}\sigma_u^2") + "| I_{12}",
    "inverse of 30 rows of fractions": "tr(("
    + matrix(30, lambda i, j: rf"\frac{{{i + 1}}}{{\sigma^2+{j + 1}}}")
    + ")^{-1}) I_{12}",
    "inverse of 60 rows of letters": "tr(("
    + matrix(60, lambda i, j: rf"{(7 * i + 13 * j) % 17}+\sigma^2" if (i + j) % 3 else str(i * j % 11))
    + ")^{-1}) I_{12}",
    "Hilbert's matrix": "|" + matrix(60, lambda i, j: f"1/{i + j + 1}") + "| I_{12}",
    "determinant of 300 rows": r"|I_{300} + \sigma^2 J_{300}| I_{12}",
    "factorials": "99999!!!! R",
    "factorial of a million": r"(10^6)! R",
    "factorials within each other": r"((9!)!)! R",
    "binomial": r"\binom{10^9}{5\cdot 10^8} R",
    "gamma functions within each other": nested(r"\Gamma(", ")", r"\sigma^2+9", 4) + " I_{12}",
    "sum to a thousand million": r"\sum_{i=1}^{1000000000} \sigma^2 I_{12}",
    "sum of fractions": r"\sum_{i=1}^{10000} \frac{1}{\sigma^2+i} I_{12}",
    "sums within each other": r"\sum_{i=1}^{1000}\sum_{j=1}^{1000}\sum_{k=1}^{1000} \sigma^2 I_{12}",
    "product of sums": r"\prod_{i=1}^{5000} (\sigma^2+i) I_{12}",
    "product of powers": r"\prod_{i=1}^{100} (\sigma^2+i)^{i} I_{12}",
    "1000 matrices": "V " * 1000,
    "1000 inverses": "V^{-1} " * 1000,
    "300 models": "(ZGZ'+R)" * 300,
    "200 factors": "".join(rf"(\sigma^2+{i})" for i in range(200)) + " I_{12}",
    "power of a product of sums": "(" + "".join(rf"(\sigma^2+{i}\sigma_u^2)" for i in range(60)) + r")^{50} I_{12}",
    "brackets": "(" * 5000 + "R" + ")" * 5000,
    "fractions within each other": nested(r"\frac{1}{\sigma^2+", "}", "1", 40) + " I_{12}",
    "fractions within each other that can be read": nested("1/(σ²+", ")", "1", 12) + " I_{12}",
    "a sign of fractions": "|" + nested("1/(σ²+", ")", "1", 11) + r"-\sigma_u^2| I_{12}",
    "a maximum of fractions": r"\max(" + nested("1/(σ²+", ")", "1", 11) + r", \sigma^2) I_{12}",
    "a logarithm of fractions": r"\log(" + nested("1/(σ²+", ")", "1", 11) + ") I_{12}",
    "a sign of fewer fractions": "|" + nested("1/(σ²+", ")", "1.5", 3) + r"-\sigma_u^2| I_{12}",
    "a sign of many fractions": "|" + "+".join(rf"1/(σ² + {k} σ²_u)" for k in range(60)) + r"-\sigma_u^2| I_{12}",
    "roots within each other": nested(r"\sqrt{\sigma^2+", "}", "2", 60) + " I_{12}",
    "inverses within each other": nested("(", "+R)^{-1}", "R", 60),
    "exponentials within each other": nested(r"\exp(", ")", r"\sigma^2", 6) + " I",
    "exponentials of negative ones": r"ZGZ'+R+\exp(-\exp(\exp(\exp(9+\sigma^2)))) I_{12}",
    "logarithms within each other": nested(r"\log(", ")", r"\sigma^2", 60) + " I",
    "exponential of a large power": r"\exp(10^{10^6}) I",
    "long number": "9" * 5000 + "R",
    "a thousandth root": r"(\sigma^2+1)^{1/9973} I",
    "powers of letters within each other": r"\sigma^{\sigma^{\sigma^{\sigma^{\sigma}}}} I",
    "large identity": r"tr(I_{30000}) I_{12}",
    "large ones": r"tr(J_{2000}) I_{12}",
    "product of large ones": r"tr(J_{300}J_{300}J_{300}J_{300}) I_{12}",
    "large blocks": "tr(" + matrix(10, lambda i, j: "J_{100}") + ") I_{12}",
    "sum of 1500 products": "+".join(["ZGZ'"] * 1500),
    "sum of 600 powers": "(" + "+".join(rf"\sigma^{{{k}}}" for k in range(1, 600)) + ") I",
    "sum of 300 fractions": "(" + "+".join(rf"\frac{{1}}{{\sigma^2+{k}}}" for k in range(300)) + ") I",
    "sum of 300 roots": "(" + "+".join(rf"\sqrt{{\sigma^2+{k}}}" for k in range(300)) + ") I",
    "generalized inverse": r"tr((J_{150}+\sigma^2 I_{150})^-) I_{12}",
    "variance of a variance": nested("Var(", ")", "y", 50),
    "covariance of a product": "Cov(" + "(ZGZ'+R)" * 60 + "y, y)",
    "variance of a quadratic form": "Var(y'" + "V" * 30 + "y) I",
    "large derivative": r"\frac{\partial}{\partial \sigma^2} (\sigma^2)^{9999} I",
    "spaces": " " * 19_000 + "R",
}
