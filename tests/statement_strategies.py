"""Random statements for property tests: every kind of `tutor.notation.statement`, made of trees of `strategies`.

Names are those of the lecture with the shapes of its vocabulary, or matrices whose names tell their shape.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, reduce

import sympy
from hypothesis import assume
from hypothesis import strategies as st

from tests.strategies import VARIANCES, WRITTEN_KINDS, named, positive_definite, sizes, trees
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Block, Expectation, Scalar, Symbol, Variance, Zero
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.notation.statement import (
    Cases,
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Membership,
    Range,
    Statement,
    Term,
)

_ELEMENTS = (
    *("mu", "tau_i", "u_j", "x_ij", "beta_1", "v_k(i)", "rho_2", "y_ij", "alpha_i", "e_ijk", "taualpha_ij"),
    *("ybar_i..", "ybar_..", "betahat_1", "tauhat_i", "ehat_ij", "muhat", "taualphahat_ij", "thetatilde_0t", "x_*_i"),
    *("MS_B(A)", "MS_AB", "SS_Error", "df_E", "theta_GG", "lambda_1A", "phi_REML", "y_i'j", "u_i|_k", "theta_^(k)"),
)
_SIGNS = tuple("<>≤≥≪≫≠≈∝")
_FAMILIES: dict[str, int] = {
    **dict.fromkeys(("N", "Beta", "Gamma", "Binomial", "NegativeBinomial", "Uniform", "t", "InverseGamma"), 2),
    **dict.fromkeys(("Poisson", "Bernoulli", "Exponential", "HalfNormal", "HalfCauchy"), 1),
    **dict.fromkeys(("chi2", "F"), 0),
}
"""Families of numbers, and how many arguments each has."""


@cache
def elements() -> st.SearchStrategy[Scalar]:
    """Scalars by their names, with letters for their indices or without any."""
    return st.sampled_from(_ELEMENTS).map(lambda name: Scalar(sympy.Symbol(name, real=True)))


@cache
def numbers() -> st.SearchStrategy[Tree]:
    """Names of scalars, variances, and small whole numbers."""
    return elements() | st.sampled_from(VARIANCES).map(Scalar) | st.integers(0, 9).map(sympy.Integer).map(Scalar)


@cache
def vectors(rows: Size, random: bool = False) -> st.SearchStrategy[Symbol]:
    """Named vectors of this length."""
    return st.sampled_from("uv" if random else "AB").map(lambda letter: named(letter, rows, 1, random=random))


@st.composite
def expressions(draw: st.DrawFn) -> Expression:
    """An expression alone."""
    return Expression(draw(trees(depth=1, letters=True, kinds=WRITTEN_KINDS)), 0, 0)


@st.composite
def equations(draw: st.DrawFn) -> Equation:
    """A name and one or two trees of its shape, or a chain of scalars with dots in it."""
    if draw(st.integers(0, 4)) == 0:
        names = [Scalar(sympy.Symbol(f"tau_{below}", real=True)) for below in ("1", "2", "t")]
        value = draw(st.sampled_from((Scalar(sympy.S.Zero), Scalar(sympy.Symbol("mu", real=True)))))
        sides = (*names, *([value] if draw(st.booleans()) else []))
        return Equation(sides, 0, 0, (Term((sides[-1],), 0, 0),), gap=2)
    rows, columns = draw(sizes(letters=True)), draw(sizes(letters=True))
    assume((rows, columns) != (1, 1))
    left = draw(_sides_of_shape(rows, columns))
    right = draw(st.lists(trees(rows, columns, depth=1, letters=True, kinds=WRITTEN_KINDS), min_size=1, max_size=2))
    return Equation((left, *right), 0, 0)


@cache
def _sides_of_shape(rows: Size, columns: Size) -> st.SearchStrategy[Tree]:
    """A name, or a moment that is of this shape."""
    name: st.SearchStrategy[Tree] = st.just(named("A", rows, columns))
    vector = vectors(rows, random=True) | vectors_given_others(rows)
    if columns == 1:
        name |= vector.map(Expectation)
    if rows == columns:
        name |= vector.map(Variance)
    return name


@st.composite
def vectors_given_others(draw: st.DrawFn, rows: Size) -> Symbol:
    """u | v, a vector given another."""
    own, given = draw(vectors(rows, random=True)), draw(vectors(draw(sizes(letters=True)), random=True))
    assume(own != given)
    return Symbol(f"{own.name}|{given.name}", rows, ONE, "random")


@st.composite
def equations_of_elements(draw: st.DrawFn) -> Equation:
    """y_ij = μ − 2x_ij β_1 + …, with the terms in an order of their own."""
    terms = draw(st.lists(st.lists(elements(), min_size=1, max_size=2, unique=True), min_size=1, max_size=4))
    told: list[tuple[Tree, ...]] = []
    for factors in terms:
        number = draw(st.sampled_from((None, None, -1, 2)))
        told.append((*([] if number is None else [Scalar(sympy.Integer(number))]), *factors))
    values = [reduce(lambda product, factor: product * factor.value, factors, sympy.S.One) for factors in told]  # pyright: ignore[reportAttributeAccessIssue]
    left = Scalar(sympy.Symbol(draw(st.sampled_from(("y_ijk", "y_ij", "eta_ij"))), real=True))
    return Equation((left, Scalar(sympy.Add(*values))), 0, 0, tuple(Term(factors, 0, 0) for factors in told))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A matrix and what it is defined as, if that is told."""
    rows, columns = draw(sizes(letters=True)), draw(sizes(letters=True))
    subject = named("A", rows, columns)
    value = trees(rows, columns, depth=1, letters=True, kinds=WRITTEN_KINDS)
    return Definition(subject, draw(value | st.none()), 0, 0)


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Of an element, of a vector, or of two vectors together; perhaps given others."""
    return draw(_of_numbers() | _of_vectors() | _joint())


@st.composite
def _of_numbers(draw: st.DrawFn) -> Distribution:
    family = draw(st.sampled_from(sorted(_FAMILIES)))
    arguments = tuple(draw(numbers()) for _ in range(_FAMILIES[family]))
    given = tuple(draw(st.lists(elements(), max_size=2, unique=True)))
    below = {"t": ("nu", "4"), "chi2": ("1", "n-p", "nu"), "F": ("1_n-p", "2_12")}.get(family, ("",))
    manner = draw(st.sampled_from(("", "", "iid", "ind", "approx", "independent")))
    return Distribution(draw(elements()), family, arguments, 0, 0, given, draw(st.sampled_from(below)),
                        not manner and draw(st.booleans()), manner)  # fmt: skip


@st.composite
def _of_vectors(draw: st.DrawFn) -> Distribution:
    rows = draw(sizes(letters=True).filter(lambda rows: rows != 1))
    mean = draw(trees(rows, ONE, depth=1, letters=True) | st.just(Zero(rows, ONE)))
    variance = draw(positive_definite(rows))
    given = tuple(draw(st.lists(vectors(draw(sizes(letters=True)), random=True), max_size=1)))
    subject = draw(vectors(rows, random=True) | st.none())
    assume(subject not in given)
    below = draw(st.sampled_from(("", str(rows)))) if subject is not None else ""
    return Distribution(subject, "N", (mean, variance), 0, 0, given if subject is not None else (), below)


@st.composite
def _joint(draw: st.DrawFn) -> Distribution:
    """u and e with a block diagonal variance: what is 0 has the size that its place gives it."""
    first, second = draw(st.sampled_from("npq")), draw(st.sampled_from("npq"))
    above, below = symbol("u", first, role="random"), symbol("v", second, role="random")
    blocks = draw(positive_definite(size(first))), draw(positive_definite(size(second)))
    variance = Block(((blocks[0], Zero(size(first), size(second))), (Zero(size(second), size(first)), blocks[1])))
    mean = Block(((Zero(size(first), ONE),), (Zero(size(second), ONE),)))
    return Distribution(Block(((above,), (below,))), "N", (mean, variance), 0, 0)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two or three scalars with signs between them."""
    signs = tuple(draw(st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=2)))
    return Comparison(tuple(draw(numbers()) for _ in range(len(signs) + 1)), signs, 0, 0)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """An index and what it runs through."""
    first = draw(st.sampled_from((0, 1)))
    letters = st.sampled_from("tbrn").map(size)
    sums = st.sampled_from((size("n") - 1, size("t") * size("b"), 2 * size("r")))
    last = draw(st.none() | st.integers(first + 1, first + 9).map(sympy.Integer) | letters | sums)
    return Range(draw(st.sampled_from("ijkl")), first, last, 0, 0)


@st.composite
def dimensions(draw: st.DrawFn) -> Dimension:
    """A name and its shape."""
    rows, columns = draw(sizes(12, letters=True)), draw(sizes(12, letters=True))
    assume((rows, columns) != (1, 1))
    return Dimension(named("A", rows, columns), rows, columns, 0, 0)


@st.composite
def memberships(draw: st.DrawFn) -> Membership:
    """A scalar and the values it may take."""
    subject = draw(elements())
    numbers_by_letter = draw(st.sampled_from(("", "", "", "R", "R+", "N", "N0", "Z")))
    if numbers_by_letter:
        return Membership(subject, (), "", None, 0, 0, numbers_by_letter)
    if draw(st.booleans()):
        ends = st.sampled_from([Scalar(value) for value in (-sympy.oo, sympy.S.Zero, -sympy.S.One)])
        tops = st.sampled_from([Scalar(value) for value in (sympy.oo, sympy.S.One, sympy.Symbol("mu", real=True))])
        return Membership(
            subject, (draw(ends), draw(tops)), draw(st.sampled_from(("()", "[]", "[)", "(]"))), None, 0, 0
        )
    values = tuple(Scalar(sympy.Integer(number)) for number in (0, 1))
    if draw(st.booleans()):
        return Membership(subject, (*values, Scalar(sympy.Symbol("n", integer=True, positive=True))), "{}", 2, 0, 0)
    return Membership(subject, values, "{}", None, 0, 0)


@st.composite
def hypotheses(draw: st.DrawFn) -> Hypothesis:
    """H_0: a relation of scalars."""
    first, second = draw(elements()), draw(numbers())
    relation = draw(st.sampled_from(("=", "≠", "<", ">")))
    if relation == "=":
        return Hypothesis("H_0", Equation((first, second), 0, 0, (Term((second,), 0, 0),)), 0, 0)
    return Hypothesis("H_1", Comparison((first, second), (relation,), 0, 0), 0, 0)


@st.composite
def cases(draw: st.DrawFn) -> Cases:
    """A value in each of two or three cases."""
    words = ("if i = j", "if x < 0", "otherwise")
    values = draw(st.lists(numbers(), min_size=2, max_size=3))
    conditions = (*words[: len(values) - 1], words[-1])
    return Cases(draw(elements() | st.none()), tuple(values), conditions, 0, 0)


STATEMENTS: dict[type, Callable[[], st.SearchStrategy[Statement]]] = {
    Expression: expressions,
    Equation: lambda: equations() | equations_of_elements(),
    Definition: definitions,
    Distribution: distributions,
    Comparison: comparisons,
    Range: ranges,
    Dimension: dimensions,
    Membership: memberships,
    Hypothesis: hypotheses,
    Cases: cases,
}
"""Kind of a statement: what draws one."""
