"""A number right behind a letter is below it, also where the letter is Greek; and more that was misread."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import Determinant, Symbol
from tutor.algebra.sizes import size
from tutor.notation.read import read
from tutor.notation.statement import Distribution

SAME = [
    # what is typed, and the plain spelling of it
    ("β0 + β1 x", r"\beta_0 + \beta_1 x"),
    ("μ1 − μ2", r"\mu_1 - \mu_2"),
    ("Var(τ1 − τ2)", r"Var(\tau_1 - \tau_2)"),
    ("ρ2", r"\rho_2"),
    ("τ11", r"\tau_{11}"),
    ("σ2/2", r"\sigma^2/2"),
    ("σ2_u ZZ' + σ2 I", r"\sigma^2_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}"),
    ("b0_i + b1_i x", r"b_{0i} + b_{1i} x"),
    ("β1_i", r"\beta_{1i}"),
    ("ρ0.5", r"0.5\rho"),
    ("2ρ", r"2\rho"),
    ("ρ 2", r"2\rho"),
]


@pytest.mark.parametrize(("typed", "plain"), SAME)
def test_it_means_what_the_plain_spelling_means(typed: str, plain: str) -> None:
    assert read(typed).tree == read(plain).tree


@pytest.mark.parametrize(
    ("text", "function"),
    [
        (r"\Phi^{-1}(\mathbf{X}\boldsymbol\beta)", "probit"),
        (r"\text{logit}^{-1}(\mathbf{X}\boldsymbol\beta)", "expit"),
        (r"g^{-1}(\mathbf{X}\boldsymbol\beta)", "inverse link"),
        (r"\log^{-1}(|\mathbf{V}|)", "exp"),
        (r"g^{-1}(|\mathbf{V}|)", "inverse link"),
        (r"\Phi(\mathbf{X}\boldsymbol\beta)", "Phi"),
    ],
)
def test_an_inverse_function_of_what_is_no_letter_is_no_function_itself(text: str, function: str) -> None:
    tree = read(text).tree
    assert isinstance(tree, Applied)
    assert tree.function == function


RHO = sympy.Symbol("rho", real=True)
INVERSE_OF_AR1 = ByDistance(size("n"), (1 + RHO**2, -RHO), sympy.S.Zero, corner=sympy.S.One)
PICTURE = (
    r"\begin{bmatrix} 1 & -\rho & 0 & \cdots & 0 \\ -\rho & 1 + \rho^2 & -\rho & \cdots & 0 \\"
    r" \vdots & \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & 0 & \cdots & 1 \end{bmatrix}"
)


def test_the_ends_of_a_diagonal_may_differ_from_what_is_between() -> None:
    tree = read(rf"\mathbf{{y}}'{PICTURE}\mathbf{{y}}").tree
    assert tree is not None
    assert INVERSE_OF_AR1 in tree.parts


TYPED = "[[1, -ρ, 0, …, 0], [-ρ, 1 + ρ², -ρ, …, 0], [⋮, ⋮, ⋮, ⋱, ⋮], [0, 0, 0, …, 1]]"


@pytest.mark.parametrize("text", [rf"|{PICTURE}_{{n \times n}}|", f"|{TYPED}_{{n×n}}|"])
def test_dimensions_stand_below_a_matrix_in_each_dialect(text: str) -> None:
    assert read(text).tree == Determinant(INVERSE_OF_AR1)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{bmatrix} b \\ \varepsilon \end{bmatrix} \sim "
        r"N\left(0, \begin{bmatrix} G & 0 \\ 0 & R \end{bmatrix}\right)",
        "[[b], [ε]] ~ N(0, [[G, 0], [0, R]])",
    ],
)
def test_b_above_the_residuals_is_the_vector_of_random_effects(text: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Distribution)
    assert part.subject is not None
    above = part.subject.parts[0]
    assert isinstance(above, Symbol)
    assert above.name == "u"


def test_a_bar_before_a_denied_distribution_says_what_is_given() -> None:
    (part,) = read("μ | (τα)_ij ≁ t_ν(3, 8)").parts
    assert isinstance(part, Distribution)
    assert part.is_denied
    assert len(part.given) == 1
