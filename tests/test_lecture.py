r"""The lecture's own examples come out as on its pages, from text to model and from model to text."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from tutor import MixedModel, check, identity, lecture_vocabulary, rcbd, read, regression, write
from tutor.algebra.nodes import Explicit, Identity
from tutor.notation.statement import Definition, Distribution, Equation

WORDS = lecture_vocabulary()
FOUR = (
    r"\mathbf{I}_{4 \times 4} = "
    r"\begin{bmatrix} 1 & 0 & 0 & 0 \\ 0 & 1 & 0 & 0 \\ 0 & 0 & 1 & 0 \\ 0 & 0 & 0 & 1  \end{bmatrix}"
)
BIVARIATE = (
    r"\begin{bmatrix}y_1 \\ y_2 \end{bmatrix} \sim MVN \left( \begin{bmatrix} 10 \\ 8 \end{bmatrix} , "
    r"\begin{bmatrix}1 & 0.6 \\ 0.6 & 1 \end{bmatrix} \right)"
)


def test_the_identity_for_four_observations() -> None:
    (equation,) = read(FOUR, WORDS).parts
    assert isinstance(equation, Equation)
    name, entries = equation.sides
    assert name == Identity(sympy.Integer(4))
    assert entries.explicit() == sympy.eye(4)
    assert check(FOUR, identity(4)).correct
    assert read(write(Explicit(identity(4).explicit())), WORDS).tree == entries
    assert read(write(identity(4)), WORDS).tree == name


def test_the_bivariate_normal() -> None:
    (statement,) = read(BIVARIATE, WORDS).parts
    assert isinstance(statement, Distribution)
    mean, variance = statement.arguments
    assert statement.family == "N"
    assert mean.explicit() == sympy.Matrix([10, 8])
    # The correlation that the students are asked to read off.
    assert variance.explicit() == sympy.Matrix([[1, sympy.Rational(3, 5)], [sympy.Rational(3, 5), 1]])
    assert check(np.array([[1, 0.6], [0.6, 1]]), variance).correct


@pytest.mark.parametrize(
    ("model", "equation", "distributions"),
    [
        (
            rcbd(3, 3, blocks_are="fixed"),
            r"y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}",
            [r"\varepsilon_{ij} \sim N(0, \sigma^2)"],
        ),
        (
            rcbd(3, 3),
            r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}",
            [r"u_j \sim N(0, \sigma^2_u)", r"\varepsilon_{ij} \sim N(0, \sigma^2)"],
        ),
        (
            regression("n"),
            r"y_i = \beta_0 + x_i \beta_1 + \varepsilon_i",
            [r"\varepsilon_i \sim N(0, \sigma^2)"],
        ),
    ],
    ids=["blocks fixed", "blocks random", "intercept and slope"],
)
def test_a_model_is_written_as_the_lecture_writes_it(
    model: MixedModel, equation: str, distributions: list[str]
) -> None:
    text = str(model.equation("index", "latex")).replace(" &", " ")
    assert equation in text
    assert all(line in text for line in distributions)
    assert read(equation, WORDS).kind in ("equation", "index-model")


def test_what_differs_between_blocks_fixed_and_random() -> None:
    fixed, random = rcbd(3, 4, blocks_are="fixed"), rcbd(3, 4)
    assert fixed.Z is None and random.Z is not None
    assert fixed.V.explicit()[0, 1] == 0
    assert random.V.explicit()[0, 1] == sympy.Symbol("sigma2_u", positive=True)
    # The columns of the blocks move from X to Z.
    assert fixed.X.explicit()[:, 4:] == random.Z.explicit()


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        (r"\mathbf{y} \equiv (y_1, y_2, ..., y_n)'", ("n", "1")),
        (r"\mathbf{y}_{n\times1}", ("n", "1")),
        (r"\boldsymbol{\beta}_{p\times1}", ("p", "1")),
        (r"\boldsymbol{\beta} \equiv [\beta_1, \beta_2, ..., \beta_p]'", ("p", "1")),
        (r"\mathbf{X}_{n\times p} \equiv \begin{bmatrix} \end{bmatrix}", ("n", "p")),
        (r"\Sigma", ("n", "n")),
        (r"\sigma^2", ("1", "1")),
        (r"\beta_0", ("1", "1")),
    ],
)
def test_each_cell_of_the_notation_table_reads(cell: str, shape: tuple[str, str]) -> None:
    reading = read(cell, WORDS)
    (part,) = reading.parts
    tree = part.subject if isinstance(part, Definition) else reading.tree
    assert tree is not None
    assert tuple(map(str, tree.shape)) == shape


def test_sigma_is_often_sigma_squared_times_the_identity() -> None:
    (equation,) = read(r"\Sigma = \sigma^2 \mathbf{I}", WORDS).parts
    assert isinstance(equation, Equation)
    assert equation.sides[1].shape == equation.sides[0].shape
