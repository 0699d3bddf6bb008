r"""Formulas as published courses write them, each with what it means: densities, derivatives, independence, counts."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.build import identity
from tutor.algebra.nodes import Scalar, Scaled, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.statement import Comparison, Dimension, Distribution, Equation, Membership
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import DialectName, write


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def real(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def r(key: str) -> Scalar:
    return Scalar(real(key))


def variance(below: str) -> sympy.Symbol:
    return sympy.Symbol(f"sigma2_{below}" if below else "sigma2", positive=True)


def derived(of: Tree, by: Tree, order: str = "", rows: sympy.Expr = ONE, columns: sympy.Expr = ONE) -> Applied:
    return Applied("∂", (of, by), order, rows, columns)


def over_i(last: str, body: Tree) -> Indexed:
    return Indexed("direct sum", "i", Scalar(ONE), Scalar(size(last)), body)


X, Z, V, G, u, y, beta, ell = (lecture(key) for key in ("X", "Z", "V", "G", "u", "y", "beta", "ell"))
n, p, q, b = (size(letter) for letter in "npqb")
s2u = Scalar(variance("u"))
V_I = Symbol("V_i", n, n, role=V.role, facts=V.facts) if isinstance(V, Symbol) else V
U_K, Z_K = Symbol("u_k", q, ONE), Symbol("Z_k", n, q)

TREES: list[tuple[str, Tree]] = [
    (r"\frac{\partial \mu_i}{\partial \eta_i}", derived(r("mu_i"), r("eta_i"))),
    (r"\frac{\partial \ell}{\partial \boldsymbol\beta}", derived(ell, beta, "", p)),
    (r"\frac{\partial^2 \ell}{\partial \theta^2}", derived(ell, Scalar(real("theta") ** 2), "2")),
    (r"\frac{\partial \mathbf{V}}{\partial \sigma^2_u}", derived(V, s2u, "", n, n)),
    (r"\frac{\partial}{\partial \sigma^2_u} \mathbf{V}", derived(V, s2u, "", n, n)),
    (r"\frac{\partial \mathbf{X}\boldsymbol\beta}{\partial \boldsymbol\beta}", derived(X @ beta, beta, "", n, p)),
    ("∂μ_i/∂η_i", derived(r("mu_i"), r("eta_i"))),
    ("∂²ℓ/∂θ", derived(ell, r("theta"), "2")),
    (r"\text{diag}(\sigma^2_1, \dots, \sigma^2_n)", over_i("n", Scalar(variance("i")))),
    (r"\operatorname{diag}(\lambda_1, \lambda_2, \ldots, \lambda_b)", over_i("b", r("lambda_i"))),
    (r"\mathbf{V} - \text{diag}(\sigma^2_u, \ldots, \sigma^2_u)",
     V - Scaled(s2u, identity("n"))),
    (r"\begin{bmatrix} \mathbf{V}_1 & 0 & 0 \\ 0 & \ddots & 0 \\ 0 & 0 & \mathbf{V}_b \end{bmatrix}", over_i("b", V_I)),
    (r"95\%", Scalar(sympy.Rational(19, 20))),
    (r"100(1 - \alpha)\%", Scalar(1 - real("alpha"))),
    (r"\eta_{i\star}", r("eta_i*")),
    (r"(b - 1)^2", Scalar((b - 1) ** 2)),
    (r"rb\sigma^2_u", Scalar(size("r") * b * variance("u"))),
    (r"1 - R^2", Scalar(1 - real("R") ** 2)),
    (r"\underset{n \times p}{\mathbf X}\ \underset{p \times 1}{\boldsymbol\beta}", X @ beta),
    (r"\mathbf{Z}_k \mathbf{u}_k", Z_K @ U_K),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), TREES, ids=[ascii(text) for text, _ in TREES])
def test_an_expression_reads_as_it_is_meant(text: str, meaning: Tree) -> None:
    assert read(text, lecture_vocabulary()).tree == meaning


def density(*arguments: Tree) -> Applied:
    return Applied("f", arguments)


def test_brackets_beside_densities_are_densities() -> None:
    (bayes,) = read(r"[\theta|y] = \frac{[y|\theta][\theta]}{[y]}").parts
    assert isinstance(bayes, Equation)
    found = [node for node in walk(bayes.sides[1]) if isinstance(node, Applied) and node.function == "f"]
    assert found == [density(r("y|theta")), density(r("theta")), density(y)]


def test_brackets_without_densities_are_brackets() -> None:
    assert read(r"[\theta]").tree == r("theta")


def test_a_letter_that_writes_one_density_writes_the_others_too() -> None:
    (posterior,) = read(r"p(\theta | y) \propto p(y | \theta) p(\theta)").parts
    assert isinstance(posterior, Comparison)
    assert Applied("p", (r("theta"),)) in posterior.sides[1].parts
    assert read(r"p(1 - p)").tree == Scalar(size("p") * (1 - size("p")))


@pytest.mark.parametrize("text", [r"\mathbf{u} \perp \mathbf{y}", r"\mathbf u \perp\!\!\!\perp \mathbf y", "u ⫫ y"])
def test_independence_asks_for_no_common_shape(text: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Comparison)
    assert (part.sides, part.signs) == ((u, y), ("⊥",))


@pytest.mark.parametrize(("text", "numbers"), [
    (r"\mu \in \mathbb{R}^+", "R+"), (r"\mu \in \mathbb{R}_{>0}", "R+"), ("μ ∈ ℝ⁺", "R+"),
    (r"\mu \in \mathbb{N}_0", "N0"),
])  # fmt: skip
def test_a_set_of_numbers_is_read_and_written(text: str, numbers: str) -> None:
    reading = read(text)
    (part,) = reading.parts
    assert isinstance(part, Membership) and (part.subject, part.numbers) == (r("mu"), numbers)
    for written in (write(reading, "latex"), write(reading, "unicode")):
        (again,) = read(written).parts
        assert isinstance(again, Membership) and (again.subject, again.numbers) == (r("mu"), numbers)


def test_a_vector_of_a_space_has_its_dimension() -> None:
    (part,) = read(r"\mathbf{y} \in \mathbb{R}^n").parts
    assert isinstance(part, Dimension) and (part.subject, part.rows, part.columns) == (y, n, ONE)


@pytest.mark.parametrize(("text", "family"), [
    (r"\sigma_u \sim \text{Half-Cauchy}(0, 5)", "HalfCauchy"),
    (r"\sigma^2 \sim \text{Inverse-Gamma}(a, b)", "InverseGamma"),
    (r"y_{ij} \overset{ind}{\sim} \text{Poisson}(\lambda_{ij})", "Poisson"),
])  # fmt: skip
def test_families_by_the_names_that_courses_give_them(text: str, family: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Distribution) and part.family == family


def test_the_condition_of_a_case_keeps_its_letters_and_signs() -> None:
    text = r"\mu = \begin{cases} 1 & \text{if } \lambda \neq 0 \\ 0 & \lambda = 0 \end{cases}"
    assert write(read(text), "unicode").strip() == "μ = {1, if λ ≠ 0;  0, λ = 0}"


def test_derivatives_and_independence_are_said_in_words() -> None:
    derivative, independence = read(r"\frac{\partial \ell}{\partial \theta}"), read(r"u_i \perp \varepsilon_{ij}")
    assert write(derivative, "spoken") == "the fraction partial ell over partial theta end fraction"
    assert write(independence, "spoken") == "u sub i is independent of epsilon sub i j"


def test_words_above_the_columns_are_no_factor() -> None:
    labelled = r"\begin{array}{cc}\text{Int} & \text{A}\end{array} \begin{bmatrix} 1 & 1 \\ 1 & 0 \end{bmatrix}"
    assert read(labelled).tree == read("[[1, 1], [1, 0]]").tree


@pytest.mark.parametrize("text", [r"\partial x", r"{\partial} + 1", r"\frac{\partial \mathbf{V}}{\partial \mathbf{u}}"])
def test_a_derivative_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind in {"unknown-command", "derivative"}


@pytest.mark.parametrize(("text", "meaning"), TREES, ids=[ascii(text) for text, _ in TREES])
@pytest.mark.parametrize("dialect", ["latex", "unicode"])
def test_what_is_written_reads_back(text: str, meaning: Tree, dialect: DialectName) -> None:
    written = write(meaning, dialect)
    # Unicode has no bold, by which a block V_i is told from an element.
    blocks = [node for node in walk(meaning) if isinstance(node, Symbol) and "_" in node.name]
    names = lecture_vocabulary().with_names(*blocks) if dialect == "unicode" else lecture_vocabulary()
    assert read(written, names).tree == meaning
