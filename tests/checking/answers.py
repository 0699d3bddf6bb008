"""Answers as students give them, by question: each row is an answer, and what it is to be judged as."""

from __future__ import annotations

from importlib.resources import files

from tests.checking.variance_answers import NAME, RIGHT, SHAPES, UNNAMED, UNREADABLE, VARIANCE, Rows
from tutor import crd, model, rcbd, regression
from tutor.algebra.nodes import Expectation
from tutor.algebra.tree import Tree
from tutor.notation.read import read

BLOCKS = rcbd(treatments=2, blocks=3)
MORE = rcbd(treatments=3, blocks=4)
LETTERS = rcbd(treatments="t", blocks="b")
FIXED = rcbd(treatments=2, blocks=3, blocks_are="fixed")
PLOTS = crd(treatments=3, reps=2)
LINE = regression([1, 2, 4])
OATS = model("yield ~ nitro + (1 | Block)", str(files("tutor.data") / "oats.csv"))


UNEQUAL = model(
    "y ~ x + (1 | g)",
    {"y": [1, 2, 4, 3, 5], "x": [0, 1, 3, 1, 2], "g": ["a", "a", "a", "b", "b"]},
)


def written(text: str) -> Tree:
    """A reference in the words of the two-by-three block design."""
    tree = read(text, BLOCKS.vocabulary).tree
    assert tree is not None
    return tree


MEAN: Rows = [
    (r"\mathbf{X}\boldsymbol{\beta}", RIGHT),
    (r"\mathbf{X}\bm\beta", RIGHT),
    (r"E(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta}", RIGHT),
    (r"\mathrm{E}[\mathbf{y}] = \mathbf{X}\boldsymbol{\beta}", RIGHT),
    (r"\mathbb{E}(y) = X\beta", RIGHT),
    ("Xβ", RIGHT),
    ("X β", RIGHT),
    ("X*beta", RIGHT),
    ("X @ beta", RIGHT),
    ("X %*% beta", RIGHT),
    ("X.dot(beta)", RIGHT),
    (r"X\beta + 0", RIGHT),
    ("E(y)", NAME),
    (r"X\beta + Zu", "random-in-mean"),
    (r"X\beta + \varepsilon", "error-in-mean"),
    (r"X\beta + e", "error-in-mean"),
    (r"X\beta + Zu + \varepsilon", "random-in-mean"),
    ("y", "random-in-mean"),
    (r"E(y) = X\beta + Zu", "random-in-mean"),
    (r"\beta", "wrong-size"),
    ("X", "wrong-size"),
    (r"X'\beta", SHAPES),
    (r"\beta X", SHAPES),
    (r"-X\beta", "sign"),
    (r"2X\beta", "factor-2"),
    (r"\beta'X'", "transpose-lost"),
    (r"(X\beta)'", "transpose-lost"),
    ("xb", "lower-case"),
    (r"\mu", "wrong-size"),
]

LEAST_SQUARES: Rows = [
    (r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}", RIGHT),
    (r"\left(\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{X}\right)^{-1}\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{y}", RIGHT),
    (r"\hat{\beta} = (X'V^{-1}X)^{-1}X'V^{-1}y", RIGHT),
    (r"\hat{\boldsymbol\beta} = (X'V^{-1}X)^{-1}X'V^{-1}y", RIGHT),
    (r"\widehat{\beta}_{GLS} = (X'V^{-1}X)^{-1}X'V^{-1}y", RIGHT),
    ("(X'V⁻¹X)⁻¹X'V⁻¹y", RIGHT),
    ("(X'V^-1X)^-1X'V^-1y", RIGHT),
    ("solve(t(X) %*% solve(V) %*% X) %*% t(X) %*% solve(V) %*% y", RIGHT),
    ("solve(t(X) %*% solve(V) %*% X, t(X) %*% solve(V) %*% y)", RIGHT),
    ("np.linalg.inv(X.T @ np.linalg.inv(V) @ X) @ X.T @ np.linalg.inv(V) @ y", RIGHT),
    ("inv(X.T @ inv(V) @ X) @ X.T @ inv(V) @ y", RIGHT),
    ("(X.T * V.inv() * X).inv() * X.T * V.inv() * y", RIGHT),
    (r"(X'\Sigma^{-1}X)^{-1}X'\Sigma^{-1}y", RIGHT),
    (r"(X'(ZGZ'+R)^{-1}X)^{-1}X'(ZGZ'+R)^{-1}y", RIGHT),
    ("(X'X)^{-1}X'y", "ols-for-gls"),
    ("(X'R^{-1}X)^{-1}X'R^{-1}y", "ols-for-gls"),
    ("(X'VX)^{-1}X'V^{-1}y", "inverse-lost"),
    ("(X'V^{-1}X)^{-1}X'Vy", "inverse-lost"),
    ("X'V^{-1}X X'V^{-1}y", "inverse-lost"),
    ("X'V^{-1}y", "missing-factor"),
    ("-(X'V^{-1}X)^{-1}X'V^{-1}y", "sign"),
    ("(XV^{-1}X)^{-1}X'V^{-1}y", SHAPES),
    ("(X'V^{-1}X)^{-1}XV^{-1}y", SHAPES),
    ("(X'V^{-1}X)^{-1}X'V^{-1}", "wrong-size"),
    ("X^{-1}y", SHAPES),
]

PREDICTION: Rows = [
    (r"\mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y}-\mathbf{X}\boldsymbol{\beta})", RIGHT),
    (r"GZ'V^{-1}y - GZ'V^{-1}X\beta", RIGHT),
    (r"\hat{u} = GZ'V^{-1}(y - X\beta)", RIGHT),
    (r"\sigma_u^2 Z'V^{-1}(y - X\beta)", RIGHT),
    (r"(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}(y - X\beta)", RIGHT),
    ("G %*% t(Z) %*% solve(V) %*% (y - X %*% beta)", RIGHT),
    ("G @ Z.T @ np.linalg.solve(V, y - X @ beta)", RIGHT),
    ("GZ'V^{-1}y", "mean-not-subtracted"),
    (r"GZ'V(y - X\beta)", "inverse-lost"),
    (r"Z'V^{-1}(y - X\beta)", "missing-factor"),
    (r"GZ'R^{-1}(y - X\beta)", "R-for-V"),
    (r"G^{-1}Z'V^{-1}(y - X\beta)", "inverse-for-G"),
    (r"GZV^{-1}(y - X\beta)", SHAPES),
    (r"GZ'V^{-1}(X\beta - y)", "sign"),
]

COVARIANCE: Rows = [
    ("GZ'", RIGHT),
    (r"\sigma_u^2 Z'", RIGHT),
    ("Cov(u, y) = GZ'", RIGHT),
    (r"\operatorname{Cov}(\mathbf{u}, \mathbf{y}) = \mathbf{GZ}'", RIGHT),
    ("Var(u)Z'", RIGHT),
    ("ZG", "transpose-lost"),
    ("GZ", SHAPES),
    ("Z'", "missing-factor"),
    ("0", "wrong-size"),
    (r"\sigma_u Z'", "sd-for-variance"),
    ("G^{-1}Z'", "inverse-for-G"),
    ("G", "wrong-size"),
]

SCALARS: Rows = [
    (r"\frac{2\sigma^2}{3}", RIGHT),
    (r"\frac{2}{3}\sigma^2", RIGHT),
    (r"2\sigma^2/3", RIGHT),
    (r"\tfrac{2 \sigma^2}{b}", RIGHT),
    ("2*sigma^2/3", RIGHT),
    ("2*sigma**2/3", RIGHT),
    ("2 * sigma2 / 3", RIGHT),
    ("2σ²/3", RIGHT),
    (r"\sigma^2 \cdot \frac{2}{3}", RIGHT),
    (r"\frac{\sigma^2}{3} + \frac{\sigma^2}{3}", RIGHT),
    (r"(\sqrt{2\sigma^2/3})^2", RIGHT),
    (r"\frac{2\sigma_e^2}{3}", RIGHT),
    (r"\dfrac{\sigma^2}{3}", "factor-2"),
    (r"2\sigma^2", "missing-replication"),
    (r"\frac{2\sigma}{3}", "sd-for-variance"),
    (r"\sqrt{2\sigma^2/3}", "sd-for-variance"),
    (r"\frac{2(\sigma^2+\sigma_u^2)}{3}", "blocks-in-difference"),
    (r"-\frac{2\sigma^2}{3}", "sign"),
    (r"\frac{2\sigma^4}{3}", "squared-twice"),
    (r"\frac{2\sigma_u^2}{3}", "components-swapped"),
    (r"\frac{2\sigma^2}{3} I", UNREADABLE),
]

CORRELATION: Rows = [
    (r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", RIGHT),
    ("σ²_u/(σ²_u + σ²)", RIGHT),
    (r"\sigma_u^2(\sigma^2+\sigma_u^2)^{-1}", RIGHT),
    (r"1 - \frac{\sigma^2}{\sigma^2+\sigma_u^2}", RIGHT),
    (r"\frac{1}{1+\sigma^2/\sigma_u^2}", RIGHT),
    ("sigma_u^2 / (sigma_u^2 + sigma^2)", RIGHT),
    (r"\frac{\sigma_u^2}{\sqrt{\sigma_u^2+\sigma^2}\sqrt{\sigma_u^2+\sigma^2}}", RIGHT),
    (r"\sigma_u^2", "covariance-for-correlation"),
    (r"\frac{\sigma^2}{\sigma_u^2+\sigma^2}", "components-swapped"),
    (r"\frac{\sigma_u}{\sigma_u+\sigma}", "sd-for-variance"),
    (r"\frac{\sigma_u^2}{\sigma^2}", "missing-random"),
    (r"\frac{1}{0}", UNREADABLE),
]

ERROR: Rows = [
    (r"\sqrt{\frac{2\sigma^2}{3}}", RIGHT),
    (r"\sqrt{2/3}\,\sigma", RIGHT),
    (r"\sigma\sqrt{\frac{2}{3}}", RIGHT),
    ("sqrt(2*sigma^2/3)", RIGHT),
    (r"(2\sigma^2/3)^{1/2}", RIGHT),
    ("np.sqrt(2*sigma2/3)", RIGHT),
    ("√(2σ²/3)", RIGHT),
    (r"\frac{2\sigma^2}{3}", "variance-for-sd"),
    (r"\frac{2\sigma}{\sqrt{3}}", "sum-of-sd"),
]

SLOPES: Rows = [
    (r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 4 \end{bmatrix}", RIGHT),
    (r"\begin{pmatrix} 1 & 1 \\[2pt] 1 & 2 \\[2pt] 1 & 4 \end{pmatrix}", RIGHT),
    (r"\left[\begin{array}{cc} 1 & 1 \\ 1 & 2 \\ 1 & 4 \end{array}\right]", RIGHT),
    (r"\left(\begin{smallmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 4 \end{smallmatrix}\right)", RIGHT),
    (r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 4 \\ \end{bmatrix}", RIGHT),
    (r"X = \begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 4 \end{bmatrix}", RIGHT),
    ("[[1, 1], [1, 2], [1, 4]]", RIGHT),
    ("np.array([[1, 1], [1, 2], [1, 4]])", RIGHT),
    ("Matrix([[1, 1], [1, 2], [1, 4]])", RIGHT),
    ("matrix(c(1, 1, 1, 1, 2, 4), 3, 2)", RIGHT),
    (r"\begin{bmatrix} 1 & 1.0 \\ 1 & 2.0 \\ 1 & 4.0 \end{bmatrix}", RIGHT),
    (r"\begin{bmatrix} 1 & 1 & 1 \\ 1 & 2 & 4 \end{bmatrix}'", RIGHT),
    (r"\begin{bmatrix} 1 & 1 & 1 \\ 1 & 2 & 4 \end{bmatrix}", "transpose-lost"),
    (r"\begin{bmatrix} 1 \\ 2 \\ 4 \end{bmatrix}", "missing-intercept"),
    (r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 5 \end{bmatrix}", "one-entry"),
    (r"\begin{bmatrix} 1 & 1 \\ 2 & 1 \\ 4 & 1 \end{bmatrix}", "column-order"),
    (r"\begin{bmatrix} 1 & 1 \\ 1 \\ 1 & 4 \end{bmatrix}", UNREADABLE),
    (r"\begin{bmatrix} 1 & 1 \\ 1 & 2 ", UNREADABLE),
]

INCIDENCE: Rows = [
    (r"\mathbf{I}_3 \otimes \mathbf{1}_2", RIGHT),
    (r"I_3 \otimes \begin{bmatrix} 1 \\ 1 \end{bmatrix}", RIGHT),
    ("kronecker(diag(3), rep(1, 2))", RIGHT),
    ("np.kron(np.eye(3), np.ones((2, 1)))", RIGHT),
    (r"\begin{bmatrix} 1&0&0\\1&0&0\\0&1&0\\0&1&0\\0&0&1\\0&0&1 \end{bmatrix}", RIGHT),
    (r"1_2 \otimes I_3", "kronecker-swapped"),
    (r"\begin{bmatrix} 1&0&0\\0&1&0\\0&0&1\\1&0&0\\0&1&0\\0&0&1 \end{bmatrix}", "wrong-grouping"),
    (r"I_3 \otimes 1_2'", "transpose-lost"),
    (r"I_3 \otimes J_2", "ones-matrix-for-vector"),
    (r"I_6", "wrong-size"),
]

SYMBOLIC: Rows = [
    (r"\mathbf{I}_b \otimes (\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t)", RIGHT),
    (r"\sigma^2 \mathbf{I}_{bt} + \sigma_u^2 \mathbf{I}_b \otimes \mathbf{J}_t", RIGHT),
    (r"\sigma^2 \mathbf{I}_{tb} + \sigma_u^2 \mathbf{I}_b \otimes \mathbf{1}_t\mathbf{1}_t'", RIGHT),
    (r"\sigma^2 \mathbf{I} + \sigma_u^2 \mathbf{Z}\mathbf{Z}'", RIGHT),
    (r"\sigma^2 \mathbf{I}_n + \sigma_u^2 \mathbf{Z}\mathbf{Z}'", RIGHT),
    ("ZGZ' + R", RIGHT),
    ("ZGZ'", "missing-residual"),
    ("R", "missing-random"),
    (r"\sigma_u ZZ' + \sigma^2 I", "sd-for-variance"),
    (r"(\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t) \otimes \mathbf{I}_b", "kronecker-swapped"),
    (r"\mathbf{I}_t \otimes (\sigma^2 \mathbf{I}_b + \sigma_u^2 \mathbf{J}_b)", "wrong-size"),
    (r"\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t", "wrong-size"),
    ("(ZGZ' + R)^{-1}", "inverse-lost"),
]

FIXED_VARIANCE: Rows = [
    ("R", RIGHT),
    (r"\sigma^2 I", RIGHT),
    (r"\sigma^2 I_6", RIGHT),
    (r"\sigma_e^2 \mathbf{I}_{n}", RIGHT),
    ("sigma^2 * diag(6)", RIGHT),
    (r"\sigma^2", "missing-identity"),
    (r"\sigma I", "sd-for-variance"),
    (r"\sigma^4 I", "squared-twice"),
    (r"\sigma^2 J", "ones-for-identity"),
    (r"I", "missing-factor"),
    (r"R^{-1}", "inverse-for-R"),
    (r"\sigma^2 I_5", "wrong-size"),
]

QUADRATIC: Rows = [
    ("X'V^{-1}X", RIGHT),
    (r"\mathbf{X}^T\mathbf{V}^{-1}\mathbf{X}", RIGHT),
    ("t(X) %*% solve(V) %*% X", RIGHT),
    ("X.T @ inv(V) @ X", RIGHT),
    ("(V^{-1}X)'X", RIGHT),
    (r"X'\Sigma^{-1}X", RIGHT),
    (r"X'R^{-1}X", "R-for-V"),
    ("X'VX", "inverse-lost"),
    ("X'X", "ols-for-gls"),
    ("(X'V^{-1}X)'", RIGHT),
    ("X'(V'X)", "inverse-lost"),
    ("XV^{-1}X'", SHAPES),
    ("X'V^{-1}", "wrong-size"),
    (r"X'(ZGZ')^{-1}X", "singular-inverse"),
    (r"X'(ZGZ' + R)^{-1}X", RIGHT),
]

OF_EFFECTS: Rows = [
    ("ZGZ'", RIGHT),
    (r"\sigma_u^2 ZZ'", RIGHT),
    (r"Var(Zu) = ZGZ'", RIGHT),
    (r"Z Var(u) Z'", RIGHT),
    (r"\sigma_u^2 I_3 \otimes J_2", RIGHT),
    ("ZG", "wrong-size"),
    ("ZZ'G", SHAPES),
    ("Z^2 G", SHAPES),
    ("ZZ'", "missing-factor"),
    ("ZGZ' + R", "extra-term"),
    (r"\sigma_u ZZ'", "sd-for-variance"),
    (r"\sigma_u^2", "wrong-size"),
]


def of(words: str) -> Tree:
    """A reference in the words of the model with unequal groups, where generalized least squares is not ordinary."""
    tree = read(words, UNEQUAL.vocabulary).tree
    assert tree is not None
    return tree


QUESTIONS: dict[str, tuple[Tree, Rows]] = {
    "Var(y)": (BLOCKS.V, VARIANCE),
    "Var(y) of oats": (OATS.V, [row for row in VARIANCE[:34] if "align*" not in row[0]]),
    "E(y)": (MORE.X @ MORE.beta, MEAN),
    "E(y) as a moment": (Expectation(BLOCKS.y), [row for row in MEAN if row[1] != NAME]),
    "GLS": (of("(X'V^{-1}X)^{-1}X'V^{-1}y"), LEAST_SQUARES),
    "BLUP": (of(r"GZ'V^{-1}(y - X\beta)"), PREDICTION),
    "Cov(u, y)": (of("GZ'"), COVARIANCE),
    "Var(difference)": (written(r"\frac{2\sigma^2}{3}"), SCALARS),
    "correlation": (written(r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}"), CORRELATION),
    "standard error": (written(r"\sqrt{2\sigma^2/3}"), ERROR),
    "X of a line": (LINE.X, SLOPES),
    "Z": (written("Z"), INCIDENCE),
    "Var(y), letters for sizes": (LETTERS.V, SYMBOLIC),
    "Var(y), fixed blocks": (FIXED.V, FIXED_VARIANCE),
    "Var(y), no blocks": (PLOTS.V, FIXED_VARIANCE),
    "X'V^{-1}X": (of("X'V^{-1}X"), QUADRATIC),
    "Var(Zu)": (written("ZGZ'"), OF_EFFECTS),
}
"""What is asked: the reference, and the answers to it."""
