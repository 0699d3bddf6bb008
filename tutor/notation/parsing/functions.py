"""The functions of an answer by each of their spellings, in LaTeX, R, NumPy and SymPy.

What they do is told in `calls`.
"""

from __future__ import annotations

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "E": ("E", "expectation"),
    "Var": ("Var", "var", "VAR", "Variance", "variance"),
    "Cov": ("Cov", "cov", "COV", "Covariance", "covariance"),
    "t": ("t", "transpose", "Transpose"),
    "solve": ("solve",),
    "inverse": ("inv", "pinv", "ginv", "Inverse"),
    "det": ("det", "Det", "Determinant"),
    "trace": ("tr", "trace", "Trace", "Tr"),
    "diag": ("diag", "Diag"),
    "blockdiag": ("blockdiag", "bdiag", "blkdiag", "BlockDiag"),
    "kron": ("kron", "kronecker", "KroneckerProduct", "kronecker_product"),
    "crossprod": ("crossprod",),
    "tcrossprod": ("tcrossprod",),
    "product": ("matmul", "dot", "MatMul"),
    "sum": ("sum", "add", "MatAdd"),
    "matrix": ("matrix",),
    "array": ("array", "asarray", "Matrix", "ImmutableMatrix", "asmatrix", "mat"),
    "c": ("c",),
    "rep": ("rep",),
    "eye": ("eye", "Identity", "identity"),
    "ones": ("ones", "OneMatrix"),
    "zeros": ("zeros", "ZeroMatrix"),
    "sqrt": ("sqrt",),
    "exp": ("exp",),
    "log": ("log", "ln"),
    "logit": ("logit",),
    "link": ("g",),
}

FUNCTIONS: dict[str, str] = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings}
"""Spelling: key of the function."""

PREFIXES = frozenset({"det", "tr", "trace", "log", "ln", "exp", "logit", "diag"})
"""Spellings after which lectures leave the brackets out: log x, tr A."""

MOMENTS = frozenset({"E", "Var", "Cov"})
