"""What plain letters are where custom alone gives a text no meaning: told by where they stand, and never guessed."""

from __future__ import annotations

import pytest

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read
from tutor.notation.statement import Distribution, Equation, Expression


def trees(text: str) -> list[Tree]:
    found: list[Tree] = []
    for part in read(text).parts:
        if isinstance(part, Equation):
            found += part.sides
        elif isinstance(part, Expression):
            found.append(part.tree)
        elif isinstance(part, Distribution):
            found += [*part.arguments, *([] if part.subject is None else [part.subject])]
    return found


def kinds(text: str) -> dict[str, str]:
    """What each name of a text was read as."""
    told: dict[str, str] = {}
    for node in (node for tree in trees(text) for node in walk(tree)):
        if isinstance(node, Symbol):
            told[node.name] = "vector" if node.columns == ONE else "matrix"
        elif isinstance(node, Scalar):
            told |= dict.fromkeys(map(str, node.value.free_symbols), "number")
    return told


TOLD = [
    (r"y = X\beta + g + Hc + e", {"g": "vector", "H": "matrix", "c": "vector"}),
    ("y = Xb + g + e; g ~ N(0, G)", {"g": "vector", "beta": "vector"}),
    (r"g \sim (0, \sigma_g^2 A), c \sim (0, \sigma_c^2 I)", {"g": "vector", "c": "vector", "A": "matrix"}),
    (r"b_i = \Psi Z_i'\Sigma_i^{-1}r_i", {"r_i": "vector", "Psi": "matrix"}),
    ("bᵢ = ΨZᵢ'Σᵢ⁻¹rᵢ", {"r_i": "vector", "Psi": "matrix"}),
    ("w_i'S_iw_i", {"w_i": "vector", "S_i": "matrix"}),
    (r"w_j^\top S_j w_j", {"w_j": "vector", "S_j": "matrix"}),
    (r"\frac{Y'MY}{Y'(I-M)Y}", {"Y": "vector", "M": "matrix"}),
    (r"\hat\Omega = \sum_{i=1}^N \hat v_{i}\hat v'_{i}/N", {"vhat_i": "vector", "Omegahat": "matrix"}),
    (r"E[\Delta u_i\Delta u_i'] = \sigma_e^2 I_{T-1}", {"u_i": "vector"}),
    (r"I - P_\iota", {"P_iota": "matrix"}),
    (r"G = \Lambda\Lambda^\top + \mathrm{diag}(\psi)", {"psi": "vector", "Lambda": "matrix"}),
    (r"e_t = y_t - X_t\hat{\beta}_{OLS}", {"y_t": "vector", "X_t": "matrix"}),
    (r"X\beta = X^\star\beta^\star", {"X_*": "matrix", "beta_*": "vector"}),
    ("M = UDV'", {"U": "matrix", "D": "matrix", "V": "matrix"}),
    (r"k'\hat{\mu} + \hat{u} = L'y", {"muhat": "vector", "k": "vector"}),
    (r"\mu^{(t)} = G^{(t)}Z'V^{-1}(y - X\beta^{(t)})", {"beta_^(t)": "vector"}),
    (r"\hat{\theta} = (X'C^{-1}X)^{-1}X'C^{-1}y", {"thetahat": "vector", "C": "matrix"}),
    ("y = W\\kappa + Z\\omega + e", {"kappa": "vector", "omega": "vector"}),
    (r"\sigma^2 = J\sigma^2_b + \sigma^2_w", {"J": "number"}),
    (r"\gamma = \frac{\sigma_u^2}{\sigma^2}", {"gamma": "number"}),
    ("V = σ²(I + γZZ')", {"gamma": "number"}),
    (r"\hat b_i = \gamma(\bar y_i - \bar y)", {"gamma": "number"}),
    (r"y = X\beta + Z\gamma + e", {"u": "vector"}),
    # responses to selection are numbers
    ("R = h^2S", {"R": "number", "S": "number"}),
    (r"\Delta G = \frac{i r \sigma_A}{L}", {"Delta": "number", "G": "number"}),
    (r"\Delta G = i r\sqrt{\sigma^2_A}/L", {"Delta": "number", "G": "number"}),
    ("V = ZGZ' + R, R = h^2I", {"R": "matrix"}),
    ("R = h^2A", {"R": "matrix", "A": "matrix"}),
    (r"\Delta G = G_1 - G_2", {"G": "matrix"}),
    # what a single formula shows
    (r"\rho(u)", {"u": "number"}),
    ("Z_i b", {"u": "vector", "Z_i": "matrix"}),
    ("P(X > x) = 0.05; Var(Y) = 4", {"X": "number", "Y": "number"}),
    ("Cov(X, Y^*)", {"X": "number"}),
    (r"Corr(X, Y) = \rho", {"X": "number"}),
    ("Cov(X, Y) = E(XY) - E(X)E(Y)", {"X": "number", "Y": "number"}),
    (r"\Phi^{-1}(\pi) = \eta", {"pi": "number", "eta": "number"}),
    (r"\beta \sim N(\mu_0, \Sigma_0)", {"mu_0": "vector", "Sigma_0": "matrix"}),
    (r"\sigma_{\alpha\beta} = \sigma_{\beta\alpha}", {"sigma_alphabeta": "number"}),
    (r"y = X\beta + Su + e", {"S": "matrix", "u": "vector"}),
    (r"p^T(1-p)^{n-T}", {"p": "number", "T": "number"}),
    (r"y - X\beta - Mu", {"M": "matrix", "u": "vector"}),
    (r"x_t = x_{t-1} + w_t, w_t \sim N(0, Q)", {"x_t": "vector", "Q": "matrix"}),
    (r"x_t = x_{t-1} + w_t, w_t \sim MVN(0, Q)", {"x_t": "vector", "Q": "matrix"}),
    (r"x_{t+1} = \Phi x_t + w_t", {"Phi": "matrix", "w_t": "vector"}),
    (r"P_{t|n} = P_{t|t} + J_t(P_{t+1|n} - P_{t+1|t})J_t'", {"J_t": "matrix"}),
    (r"\hat{x}_{t|n} = \hat{x}_{t|t} + J_t(\hat{x}_{t+1|n} - \hat{x}_{t+1|t}), w_t \sim N(0, Q)",
     {"J_t": "matrix", "xhat_t|_n": "vector", "xhat_t|_t": "vector"}),
    (r"b_i \sim N(0, \Gamma)", {"b_i": "vector", "Gamma": "matrix"}),
    (r"x \sim MVN(\mu, WW' + \Psi)", {"x": "vector", "mu": "vector"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_a_letter_is_of_the_kind_that_its_place_tells(text: str, expected: dict[str, str]) -> None:
    found = kinds(text)
    assert {name: found.get(name) for name in expected} == expected


REFUSED = [
    "M = X'(X'X)^{-1}X",  # the first transpose is one too many
    "(X'X)^{-1}Xy",
    "V = ZGZ + R",
    r"\mu + Zu",  # its 1 is missing
    r"y = X\beta + Zu + \sigma^2",
    r"I \otimes J, IJ - 1",  # I and J are matrices, or count
    r"Var(y)=[Z_1, Z_2] \begin{bmatrix} D_1 & 0 \\ 0 & D_2 \end{bmatrix} \begin{bmatrix} Z_1 \\ Z_2 \end{bmatrix} + R",
    r"\hat\beta = (\sum_{i=1}^N X'_i\Omega^{-1}X_i)^{-1}\sum_{i=1}^N X_i\Omega^{-1}y_i",
]
"""Slips: with X, Z or V as something else each of them would have a meaning."""


@pytest.mark.parametrize("text", REFUSED)
def test_a_slip_stays_one(text: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(text)


SUMS_WITH_GAPS = [
    (r"a_1 + \dots + a_p + b_1 + \dots + b_q", r"\sum_{i=1}^p a_i + \sum_{i=1}^q b_i"),
    (r"\beta_1x_{ij1} + \cdots + \beta_px_{ijp} + \varepsilon_{ij}", r"\sum_{k=1}^p \beta_kx_{ijk} + \varepsilon_{ij}"),
    ("a_1 + … + a_p − b_1 − … − b_q", r"\sum_{i=1}^p a_i - \sum_{i=1}^q b_i"),
    (r"1 + 2 + \dots + 9 + c_1 + c_2 + \dots + c_n", r"45 + \sum_{i=1}^n c_i"),
]


@pytest.mark.parametrize(("text", "meant"), SUMS_WITH_GAPS)
def test_each_dots_of_a_sum_go_on_from_the_terms_before_them(text: str, meant: str) -> None:
    assert read(text).tree == read(meant).tree
