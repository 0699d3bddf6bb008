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
    "inverse": ("inv", "Inverse"),
    "Moore-Penrose inverse": ("pinv",),
    "chol": ("chol", "cholesky"),
    "list": ("list",),
    "chol2inv": ("chol2inv",),
    "slogdet": ("slogdet",),
    "rows": ("nrow", "NROW"),
    "columns": ("ncol", "NCOL"),
    "det": ("det", "Det", "Determinant"),
    "trace": ("tr", "trace", "Trace", "Tr"),
    "diag": ("diag", "Diag"),
    "toeplitz": ("toeplitz",),
    "blockdiag": ("blockdiag", "bdiag", "blkdiag", "BlockDiag", "block_diag", "BlockDiagMatrix", "direct_sum"),
    "kron": ("kron", "kronecker", "KroneckerProduct", "kronecker_product"),
    "hadamard": ("hadamard", "hadamard_product", "HadamardProduct", "multiply"),
    "crossprod": ("crossprod",),
    "tcrossprod": ("tcrossprod",),
    "product": ("matmul", "dot", "MatMul", "multi_dot"),
    "sum": ("sum", "add", "MatAdd"),
    "matrix": ("matrix",),
    "array": ("array", "asarray", "Matrix", "ImmutableMatrix", "asmatrix", "mat"),
    "c": ("c",),
    "rep": ("rep",),
    "replicate": ("replicate",),
    "eye": ("eye", "Identity", "identity"),
    "ones": ("ones", "OneMatrix"),
    "zeros": ("zeros", "ZeroMatrix"),
    "sqrt": ("sqrt",),
    "exp": ("exp",),
    "log": ("log", "ln"),
    "logit": ("logit", "qlogis"),
    "expit": ("expit", "plogis", "invlogit", "inv_logit", "ilogit", "logistic", "sigmoid"),
    "cloglog": ("cloglog",),
    "arcsin": ("arcsin", "asin"),
    "link": ("g",),
    "inverse link": ("ginv",),
    "Phi": ("Phi", "pnorm"),
    "probit": ("probit", "qnorm"),
    "phi": ("phi",),
    "gamma": ("Gamma", "gamma"),
    "beta": ("B",),
    "bessel": ("K",),
    "factorial": ("factorial",),
    "binomial": ("choose", "comb", "binom", "binomial"),
    "abs": ("abs",),
    "max": ("max", "Max"),
    "min": ("min", "Min"),
    "Corr": ("Corr", "corr", "Cor", "cor", "Correlation", "correlation"),
    "se": ("se", "SE", "s.e.", "s.e", "StdErr"),
    "sd": ("sd", "SD", "StdDev"),
    "density": ("f",),
    "likelihood": ("L", "ell", "logL", "logLik"),
    "probability": ("P", "Pr", "Prob", "p"),
    "odds": ("odds", "Odds"),
    "information": ("ℐ",),
    "rank": ("rank", "matrix_rank", "rk"),
    "vec": ("vec",),
    "norm": ("norm",),
    "cbind": ("cbind", "hstack", "column_stack"),
    "rbind": ("rbind", "vstack", "row_stack"),
    "block": ("block", "BlockMatrix"),
    "concatenate": ("concatenate",),
    "outer": ("outer",),
    "full": ("full",),
}

FUNCTIONS: dict[str, str] = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings}
"""Spelling: key of the function."""

PREFIXES = frozenset({"det", "tr", "trace", "rank", "log", "ln", "exp", "logit", "expit", "cloglog", "arcsin", "diag"})
"""Spellings after which lectures leave the brackets out: log x, tr A."""

MOMENTS = frozenset({"E", "Var", "Cov", "Corr", "sd"})

ESTIMATED = {"E": "estimated E", "Var": "estimated Var", "Cov": "estimated Cov", "Corr": "estimated Corr"}
"""Key of a moment: that of its estimate, which has a hat."""

HATTED = frozenset({"se", *ESTIMATED})
"""Keys of functions that may have a hat; a standard error is an estimate without it too."""

NAMED = "named"
"""The key of a function of which only the letter is known, by the bar or the semicolon in its brackets."""

DERIVATIVE = "d/d"
"""The key of a derivative with an upright d, dμ/dη; that with a curly one is ∂. The letter d may be any function."""

DERIVED = frozenset({"ell", "f", "g", "h", "l"})
"""Letters of functions of which a prime is the derivative, as in ℓ'(θ): none is a vector that could be transposed."""

ELEMENT = "element"
"""The key of the function that takes one element of what stands in brackets, (A')_{ij}."""

ELEMENTS = "elements"
"""The key of the function that makes a matrix of what stands for each of its elements, \\{a_{ij}\\}."""

ENTRIES = "entries"
"""The key of a matrix with dots by two of its entries: σ²_i in row i on the diagonal, and σ_ij in row i and column j
beside it. What stands below it are these two indices, i,j, or i<j where the lower half mirrors the upper."""

INDICATOR = "indicator"
"""The key of the function that is 1 where an event holds, I(y > 0)."""

CONDITIONED = MOMENTS | {"odds", "density", "likelihood", "probability", "se", "reduction", NAMED}
"""Keys of functions in which a bar says what is given."""

RAISED = frozenset({"Phi", "probit", "phi", "link", "logit", "log", "exp", "density", "gamma"})
"""Keys of functions that may have a power before their argument: φ²(α), Φ⁻¹(μ)."""

WITH_SUBSCRIPT = frozenset({"bessel", "density", "probability", "likelihood"})
"""Keys of functions that may have a subscript: K_κ(x)."""

OF_NUMBERS = frozenset(
    {"exp", "log", "logit", "expit", "cloglog", "arcsin", "sqrt",
     "Phi", "probit", "phi", "gamma", "beta", "bessel", "factorial", "binomial", "abs",
     "max", "min", "density", "likelihood", "probability", NAMED, INDICATOR}
)  # fmt: skip
"""Keys of functions of numbers, in which y is one observation."""

LETTERS = frozenset({"f", "L", "ell", "P", "p", "K", "B", "phi", "Gamma", "gamma"})
"""Spellings of functions that are as often names of something else: where the vocabulary has them, they are that."""

INFORMATION = "ℐ"
"""Fisher's information, before brackets: elsewhere a curly I is an identity matrix as any other."""

CAPITAL_LETTERS = frozenset({"L", "P", "K", "B"})
"""Those of them that are matrices where they are bold."""

PLACEHOLDER = "·"
"""What stands for any argument: g(·)."""

GLUED = ("Var", "var", "Cov", "cov", "det", "solve", "diag", "tr", "t", "E")
"""Functions that may be glued to the capitals before them, as in ZGt(Z) and ZE(u)."""

STATISTICS = frozenset(
    {"AIC", "AICc", "BIC", "SS", "SSE", "SSR", "SST", "MS", "MSE", "MST", "MSR", "MSB", "RMSE", "SSB", "SSTr", "SSTO",
     "CV", "LSD", "HSD", "SE", "SED", "SD", "REML", "ML", "LRT", "ICC", "df", "dfe", "dft", "dfb", "ddf", "ndf", "edf",
     "EMS", "OR", "odds", "logit", "probit", "cloglog", "se", "CI", "MSTr", "BLUP", "BLUE", "EBLUP", "OLS", "GLS",
     "CF", "MSD", "PEV", "RSS", "TSS", "ESS", "SSW", "MSW", "SSA", "SSAB", "MSA", "MSAB", "SCE", "SQ", "SP", "ss",
     "MSEP", "Bias", "bias"}
)  # fmt: skip
"""Names of several letters that statistics has for numbers."""
