r"""Where a derivative stands, dμ/dη and \partial \ell / \partial\beta, and what it is of: the patterns."""

from __future__ import annotations

import re

_OF_ONE_LETTER = (
    r"(?:\\(?:mathbf|boldsymbol|bm)\s*(?:\{[^{}]*\}|\\[a-z]+)"
    r"|\\(?:(?:wide)?(?:hat|tilde)|bar|overline)(?:\s*\{[^{}]*\}|\s*\\[a-z]+|\s+[a-zA-Z])"
    r"|\\[a-zA-Z]+|[a-zA-Zα-ωÀ-ɏ\U0001d400-\U0001d7cb][\u0302\u0303\u0304]?)"
    r"(?:_(?:\{[^{}]*\}|[A-Za-z0-9]+))?"
)
TOTAL_DERIVATIVE = re.compile(
    rf"\\[dtc]?frac\s*\{{\s*d\s*(?P<of>{_OF_ONE_LETTER})\s*\}}\s*\{{\s*d\s*(?!f[_0-9}}])(?P<by>{_OF_ONE_LETTER})\s*\}}"
    rf"|(?<![A-Za-z])d(?P<above>{_OF_ONE_LETTER})\s*/\s*d(?!f[_0-9])(?P<below>{_OF_ONE_LETTER})(?![A-Za-z])"
)
"""dμ/dη, of a letter by a letter; df_1 and df_2 are degrees of freedom."""
_POWER = r"(?:\^\s*\{?\s*[2-9]\s*\}?|[²³⁴])"
_UPRIGHT_D = r"(?:d|\\mathrm\s*\{\s*d\s*\})"
DERIVATIVE_OF_CALL = re.compile(
    rf"\\[dtc]?frac\s*\{{\s*{_UPRIGHT_D}\s*(?P<order>{_POWER})?\s*"
    r"(?P<of>(?:[A-Zfg]|\\ell|\\log|\\ln)(?:_(?:\{[^{}]*\}|\w))?\s*(?:\\left\s*)?\((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
    rf"\s*\{{\s*{_UPRIGHT_D}\s*(?P<by>{_OF_ONE_LETTER}\s*(?(order){_POWER}))\s*\}}"
)
"""dM(t)/dt, of a function of something."""
_QUOTIENT = r"\\[dt]?frac\s*(?:[0-9]\s*[0-9]|\{\s*[0-9]+\s*\}\s*\{\s*[0-9]+\s*\})"
_TIMES_NUMBER = rf"(?:(?:\\left\s*)?\(\s*)?(?:(?:[0-9.]+|\([0-9]+/[0-9]+\)|{_QUOTIENT})\s*(?:\\[,;]\s*)?)?"
_OF_MATRIX = (
    r"(?:(?:\\(?:log|ln)|log|ln)(?![A-Za-z])\s*(?:\\left\s*)?\(?\s*)?(?:\\left\s*)?"
    r"(?:\\(?:mathbf|boldsymbol|bm|[lr]?vert|det)(?![A-Za-z])|\\operatorname\s*\{\s*tr\s*\}|\|)"
)
"""The start of a determinant, its logarithm, or a product with matrices."""

DERIVATION = re.compile(
    rf"(?:\\[dtc]?frac\s*\{{\s*(?P<sign>d|\\partial(?![A-Za-z]))\s*(?P<order>{_POWER})?\s*\}}"
    rf"\s*\{{\s*(?P=sign)\s*(?P<by>{_OF_ONE_LETTER}\s*(?(order){_POWER}))\s*\}}"
    rf"|(?P<plain>[d∂])(?P<times>{_POWER})?\s?/\s?(?P=plain)(?P<below>{_OF_ONE_LETTER}(?(times){_POWER})))"
)
"""d/dt and \\frac{\\partial}{\\partial\\beta} before what they derive."""

NAME_OR_MATRIX = re.compile(
    rf"\s*{_TIMES_NUMBER}(?:(?:\\?(?:log|ln)(?![A-Za-z])\s*\(?\s*)?(?:[MLfgS]|\\ell|ℓ)(?:_(?:\{{[^{{}}]*\}}|\w))?\s*(?:\\left\s*)?\(|{_OF_MATRIX})"
)
"""A function of which only the name is known, M(t), and what starts with a matrix."""

SECOND_DERIVATION = re.compile(
    r"\\[dtc]?frac\s*\{\s*\\partial\s*\^\s*\{?\s*2\s*\}?\s*\}\s*\{\s*\\partial(?![A-Za-z])[^{}]*\\partial(?![A-Za-z])"
)
"""\\frac{\\partial^2}{\\partial\\beta \\partial\\beta'}, before what it derives."""
ORDER = re.compile(r"[²³⁴-⁹]|\s*\^\s*(?:\{\s*[2-9]\s*\}|[2-9])")
IN_LINE = re.compile(r"(?:[^/\\{}=+]|\\[A-Za-z]+|\{[^{}]{0,20}\}){1,40}/\s*(?:\\partial(?![A-Za-z])|∂)")
"""What is derived in a derivative on one line."""
