"""Every structure: its matrix, its domain, its form for a letter, its inverse and determinant."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.nodes import Kronecker, Scaled, Symbol
from tutor.algebra.tree import Tree
from tutor.covariance import kron, nugget, structure
from tutor.covariance.base import Structure
from tutor.covariance.catalogue import ROWS
from tutor.covariance.definite import GivenValues, definiteness
from tutor.errors import DomainError, ShapeError, SizeError, TutorError, UnknownNameError

Values = Mapping[str, Any]
Formula = Callable[[int, int, Values], float]


def s(v: Values, i: int) -> float:
    return math.sqrt(v[f"sigma2_{i}"])


def pair(v: Values, base: str, i: int, j: int) -> float:
    return float(v[f"{base}_{min(i, j)}{max(i, j)}"])


def lag(v: Values, base: str, i: int, j: int) -> float:
    return float(v[f"{base}_{abs(i - j)}"])


def spherical(u: float) -> float:
    return 1 - 1.5 * u + 0.5 * u**3 if u < 1 else 0.0


COVARIATE = [1, Fraction(3, 2), 2, Fraction(1, 4), 3]

FORMULAS: dict[str, Formula] = {
    "identity": lambda i, j, v: v["sigma2"] * (i == j),
    "diag": lambda i, j, v: v[f"sigma2_{i}"] * (i == j),
    "cs": lambda i, j, v: v["sigma2"] * (1 if i == j else v["rho"]),
    "csh": lambda i, j, v: s(v, i) * s(v, j) * (1 if i == j else v["rho"]),
    "ar1": lambda i, j, v: v["sigma2"] * v["rho"] ** abs(i - j),
    "arh1": lambda i, j, v: s(v, i) * s(v, j) * v["rho"] ** abs(i - j),
    "arma11": lambda i, j, v: v["sigma2"] * (1 if i == j else v["gamma"] * v["rho"] ** (abs(i - j) - 1)),
    "toep": lambda i, j, v: v["sigma2"] if i == j else lag(v, "sigma", i, j),
    "toepq": lambda i, j, v: v["sigma2"] if i == j else lag(v, "sigma", i, j) if abs(i - j) < 3 else 0,
    "toeph": lambda i, j, v: s(v, i) * s(v, j) * (1 if i == j else lag(v, "rho", i, j)),
    "ante1": lambda i, j, v: s(v, i) * s(v, j) * math.prod(v[f"rho_{k}"] for k in range(min(i, j), max(i, j))),
    "un": lambda i, j, v: v[f"sigma2_{i}"] if i == j else pair(v, "sigma", i, j),
    "unr": lambda i, j, v: s(v, i) * s(v, j) * (1 if i == j else pair(v, "rho", i, j)),
    "hf": lambda i, j, v: (v[f"sigma2_{i}"] + v[f"sigma2_{j}"]) / 2 - v["lambda"] * (i != j),
    "fa1": lambda i, j, v: v[f"lambda_{i}"] * v[f"lambda_{j}"] + v[f"psi_{i}"] * (i == j),
    "exp": lambda i, j, v: v["sigma2"] * math.exp(-abs(i - j) / v["theta"]),
    "pow": lambda i, j, v: v["sigma2"] * v["rho"] ** abs(i - j),
    "gau": lambda i, j, v: v["sigma2"] * math.exp(-((abs(i - j) / v["theta"]) ** 2)),
    "sph": lambda i, j, v: v["sigma2"] * spherical(abs(i - j) / v["theta"]),
    "lin": lambda i, j, v: v["sigma2"] * max(0, 1 - abs(i - j) / v["theta"]),
    "ratio": lambda i, j, v: v["sigma2"] / (1 + (abs(i - j) / v["theta"]) ** 2),
    # κ = 3/2 has the elementary form (1 + u) exp(−u).
    "matern": lambda i, j, v: v["sigma2"] * (1 + abs(i - j) / v["phi"]) * math.exp(-abs(i - j) / v["phi"]),
    "known": lambda i, j, v: v["theta"] * float(i + j + 6 * (i == j)),
    "varpower": lambda i, j, v: v["sigma2"] * abs(COVARIATE[i - 1]) ** (2 * v["theta"]) * (i == j),
    "varexp": lambda i, j, v: v["sigma2"] * math.exp(2 * v["theta"] * COVARIATE[i - 1]) * (i == j),
}
"""Each entry once more, in doubles."""


def made(key: str, n: int) -> Structure:
    """The structure with the options that it needs at this size."""
    if key == "known":
        A = [[i + j + 6 * (i == j) for j in range(1, n + 1)] for i in range(1, n + 1)]
        return structure(key, matrix=A)
    if key in ("varpower", "varexp"):
        return structure(key, covariate=COVARIATE[:n])
    return structure(key, bands=3) if key == "toepq" else structure(key)


def drawn(one: Structure, n: int, seed: int) -> dict[str, Fraction]:
    """Values inside the domain: variances are squares near 4, correlations small and with either sign."""
    rng = random.Random(f"{one.key} {n} {seed}")

    def value(name: str) -> Fraction:
        base = name.split("_")[0]
        if base == "kappa":
            return Fraction(3, 2)
        if base == "sigma2":
            return Fraction(rng.randint(18, 23), 10) ** 2
        if base in ("theta", "phi", "psi", "c"):
            return Fraction(rng.randint(5, 30), 10)
        if base == "lambda":
            # That of hf is near the variances, that of fa1 any loading.
            return Fraction(rng.randint(25, 40), 10) if one.key == "hf" else Fraction(rng.randint(-9, 9), 5)
        smallest = 1 if one.key == "pow" or one.key == "arma11" else -15
        return Fraction(rng.choice([k for k in range(smallest, 16) if k]), 100)

    return {parameter.key: value(parameter.key) for parameter in one.parameters_of(n)}


def at(tree: Tree, values: Values, n: int | None = None, letter: str = "n") -> Any:
    """The exact value of a tree, also of one whose size is a letter."""
    exact = {name: sympy.Rational(str(value)) for name, value in values.items()}
    for arithmetic in (Exact(), Balls()):
        instance = GivenValues(arithmetic, exact)
        if n is not None:
            instance.sizes[sympy.Symbol(letter, integer=True, positive=True)] = n
        try:
            return instance.value(tree)
        except NotRationalError:
            continue
    raise AssertionError


def close(matrix: Any, other: Any) -> bool:
    """Equal exactly, or balls that overlap."""
    pairs = zip(matrix.tolist(), other.tolist(), strict=True)
    return all(a.overlaps(b) if hasattr(a, "overlaps") else a == b for x, y in pairs for a, b in zip(x, y, strict=True))


def test_every_structure_of_the_table_is_tested_here() -> None:
    assert {row.key for row in ROWS} == set(FORMULAS)


@pytest.mark.parametrize("n", [2, 3, 5])
@pytest.mark.parametrize("key", FORMULAS)
def test_the_matrix_has_the_entries_of_its_formula(key: str, n: int) -> None:
    one = made(key, n)
    values = drawn(one, n, seed=1)
    expected = [[FORMULAS[key](i, j, {k: float(v) for k, v in values.items()}) for j in range(1, n + 1)]
                for i in range(1, n + 1)]  # fmt: skip
    np.testing.assert_allclose(one.numpy(values, n), expected, rtol=1e-12)


@pytest.mark.parametrize("key", FORMULAS)
def test_entries_are_those_of_the_matrix(key: str) -> None:
    one = made(key, 4)
    entries = one.matrix(4).explicit()
    for i in range(4):
        for j in range(4):
            assert sympy.simplify(one.entry(i + 1, j + 1) - entries[i, j]) == 0


@pytest.mark.parametrize("key", FORMULAS)
def test_inside_its_domain_it_is_positive_definite(key: str) -> None:
    for n in (2, 4):
        one = made(key, n)
        for seed in range(3):
            values = drawn(one, n, seed)
            one.check(values, n)
            exact = {name: sympy.Rational(str(value)) for name, value in values.items()}
            assert definiteness(one.matrix(n), exact) == ("positive definite", n)


COUNTS = {
    "identity": 1, "diag": 5, "cs": 2, "csh": 6, "ar1": 2, "arh1": 6, "arma11": 3, "toep": 5, "toepq": 3, "toeph": 9,
    "ante1": 9, "un": 15, "unr": 15, "hf": 6, "fa1": 10, "exp": 2, "pow": 2, "gau": 2, "sph": 2, "lin": 2, "ratio": 2,
    "matern": 3, "known": 1, "varpower": 2, "varexp": 2,
}  # fmt: skip


@pytest.mark.parametrize("key", FORMULAS)
def test_it_has_so_many_parameters_with_five_rows(key: str) -> None:
    one = made(key, 5)
    t = sympy.Symbol("t", integer=True, positive=True)
    assert len(one.parameters_of(5)) == COUNTS[key] == one.count.subs(t, 5)
    # Whatever stands in the matrix is a parameter, and the other way round.
    assert one.matrix(5).explicit().free_symbols == {parameter.symbol for parameter in one.parameters_of(5)}


OUTSIDE = [
    ("cs", 5, {"sigma2": 1, "rho": Fraction(-1, 4)}, "boundary is −1/4"),
    ("cs", 3, {"sigma2": 1, "rho": 1}, "boundary is 1."),
    ("cs", 3, {"sigma2": 0, "rho": 0}, "boundary is 0"),
    ("csh", 2, {"sigma2_1": 1, "sigma2_2": 1, "rho": -1}, "boundary is −1."),
    ("ar1", 4, {"sigma2": 2, "rho": -1}, "boundary is −1."),
    ("ar1", 4, {"sigma2": -2, "rho": 0}, "boundary is 0"),
    ("arh1", 2, {"sigma2_1": 1, "sigma2_2": 1, "rho": 1.5}, "boundary is 1."),
    ("arma11", 3, {"sigma2": 1, "rho": 0, "gamma": 0.8}, "first 3 rows"),
    ("toep", 3, {"sigma2": 1, "sigma_1": 0.9, "sigma_2": 0.1}, "first 3 rows"),
    ("toep", 3, {"sigma2": 1, "sigma_1": 1, "sigma_2": 1}, "on the boundary"),
    ("toepq", 4, {"sigma2": 1, "sigma_1": 0.9, "sigma_2": 0}, "not positive definite"),
    ("toeph", 3, {"sigma2_1": 1, "sigma2_2": 2, "sigma2_3": 3, "rho_1": 0.9, "rho_2": 0}, "first 3 rows"),
    ("ante1", 2, {"sigma2_1": 1, "sigma2_2": 2, "rho_1": -1}, "boundary is −1."),
    ("un", 2, {"sigma2_1": 4, "sigma2_2": 9, "sigma_12": 6}, "on the boundary"),
    ("un", 2, {"sigma2_1": 4, "sigma2_2": 9, "sigma_12": 7}, "first 2 rows"),
    # 1 − √2·√2/2 is 0 exactly: no tolerance could tell.
    ("un", 2, {"sigma2_1": 1, "sigma2_2": 1, "sigma_12": sympy.sqrt(2) * sympy.sqrt(2) / 2}, "on the boundary"),
    ("unr", 2, {"sigma2_1": 2, "sigma2_2": 9, "rho_12": 1}, "boundary is 1."),
    ("hf", 2, {"sigma2_1": 1, "sigma2_2": 1, "lambda": 2}, "on the boundary"),
    ("fa1", 2, {"lambda_1": 1, "lambda_2": 1, "psi_1": -1, "psi_2": 1}, "boundary is 0"),
    ("fa1", 2, {"lambda_1": 1, "lambda_2": 1, "psi_1": 0, "psi_2": 0}, "on the boundary"),
    ("exp", 3, {"sigma2": 1, "theta": 0}, "boundary is 0"),
    ("pow", 3, {"sigma2": 1, "rho": -0.5}, "boundary is 0"),
    ("matern", 3, {"sigma2": 1, "phi": 1, "kappa": 0}, "boundary is 0"),
    ("known", 2, {"theta": 0}, "boundary is 0"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "n", "values", "told"), OUTSIDE)
def test_outside_its_domain_it_is_refused_and_the_boundary_named(key: str, n: int, values: Values, told: str) -> None:
    with pytest.raises(DomainError) as refused:
        made(key, n).check(values, n)
    assert told in str(refused.value)


def test_a_hair_inside_the_boundary_is_inside() -> None:
    hair = Fraction(1, 10**40)
    structure("cs").check({"sigma2": 1, "rho": Fraction(-1, 4) + hair}, 5)
    structure("un").check({"sigma2_1": 4, "sigma2_2": 9, "sigma_12": 6 - hair}, 2)
    with pytest.raises(DomainError):
        structure("un").check({"sigma2_1": 4, "sigma2_2": 9, "sigma_12": 6 + hair}, 2)


LETTERS = [row.key for row in ROWS if row.form is not None and row.key not in ("toepq", "varpower", "varexp")]


@pytest.mark.parametrize("suffix", ["", "u"])
@pytest.mark.parametrize("key", [*LETTERS, "toepq"])
def test_a_letter_at_a_number_is_the_matrix_of_that_number(key: str, suffix: str) -> None:
    for n in (4, 6):
        one = made(key, n)
        plain = drawn(one, n, seed=2)
        names = zip(one.parameters_of(n), one.parameters_of(n, suffix), strict=True)
        values = {after.key: plain[before.key] for before, after in names}
        assert close(at(one.matrix("n", suffix), values, n), at(one.matrix(n, suffix), values))


@pytest.mark.parametrize("key", ["toep", "toeph", "ante1", "un", "unr"])
def test_what_has_no_form_for_a_letter_is_a_symbol(key: str) -> None:
    tree = structure(key).matrix("t", "v")
    assert isinstance(tree, Symbol)
    assert tree.name == "Sigma_v"
    assert "positive definite" in tree.facts


PICTURES = {
    "ar1": r"\sigma^2 \rho^{t - 1}",
    "un": r"\sigma_{1t}",
    "toep": r"\sigma_{t-1}",
    "diag": r"\sigma^2_t",
    "cs": r"\sigma^2 \rho",
    "ante1": r"\prod_{k=1}^{t - 1}",
}


@pytest.mark.parametrize("key", FORMULAS)
def test_its_form_with_dots_can_be_written(key: str) -> None:
    one = structure(key, bands=3) if key == "toepq" else structure(key) if key != "known" else None
    if one is None:  # a known matrix has the size that it has
        with pytest.raises(SizeError):
            made(key, 3).picture("t")
        return
    text = one.picture("t")
    assert r"\ddots" in text
    assert PICTURES.get(key, "bmatrix") in text
    with pytest.raises(SizeError):
        one.picture(4)


CLOSED = [row.key for row in ROWS if row.inverse is not None]


@pytest.mark.parametrize("key", [*CLOSED, "known"])
def test_the_inverse_times_the_matrix_is_the_identity_exactly(key: str) -> None:
    for n in (2, 3, 5):
        one = made(key, n)
        for seed in (3, 4):
            values = drawn(one, n, seed)
            product = at(one.inverse(n) @ one.matrix(n), values)
            assert close(product, _eye(product))
            if key != "known":
                assert close(at(one.determinant(n), values), at(one.matrix(n).det(), values))


def _eye(like: Any) -> Any:
    n = like.nrows()
    result = like - like
    for k in range(n):
        result[k, k] = result[k, k] + 1
    return result


@pytest.mark.parametrize("key", [row.key for row in ROWS if row.inverse and row.closed_for_letters])
def test_the_inverse_for_a_letter_is_that_of_every_number(key: str) -> None:
    for n in (2, 3, 6):
        one = structure(key)
        if "covariate" in next(row for row in ROWS if row.key == key).options:
            continue
        values = drawn(one, n, seed=5)
        product = at(one.inverse("n") @ one.matrix("n"), values, n)
        assert close(product, _eye(product))
        assert close(at(one.determinant("n"), values, n), at(one.matrix(n).det(), values))


def test_the_inverse_of_ar1_is_tridiagonal() -> None:
    rho, sigma2 = sympy.Symbol("rho", real=True), sympy.Symbol("sigma2", positive=True)
    expected = sympy.Matrix(
        [[1, -rho, 0, 0], [-rho, 1 + rho**2, -rho, 0], [0, -rho, 1 + rho**2, -rho], [0, 0, -rho, 1]]
    )
    assert sympy.simplify(structure("ar1").inverse(4).explicit() - expected / (sigma2 * (1 - rho**2))) == sympy.zeros(4)


@pytest.mark.parametrize("key", ["toep", "un", "gau"])
def test_without_a_closed_form_it_says_so(key: str) -> None:
    for ask in (structure(key).inverse, structure(key).determinant):
        with pytest.raises(TutorError, match="No closed form"):
            ask(3)


# Positions


def test_distances_are_those_of_the_positions() -> None:
    one = structure("exp", positions=[0, 1, 4])
    expected = [[math.exp(-abs(a - b) / 2) for b in (0, 1, 4)] for a in (0, 1, 4)]
    np.testing.assert_allclose(one.numpy({"sigma2": 1, "theta": 2}), expected, rtol=1e-14)
    field = structure("gau", positions=[(0, 0), (3, 4), (0, 1)])
    assert field.entry(1, 2) == structure("gau", positions=[0, 5]).entry(1, 2)


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda: structure("ar"), UnknownNameError, "ar1"),
        (lambda: structure("nugget"), UnknownNameError, r"nugget\(structure"),
        (lambda: structure("cs", positions=[1, 2]), TutorError, "cs has no positions"),
        (lambda: structure("toepq"), TutorError, "needs bands"),
        (lambda: structure("toepq", bands=0), SizeError, "bands is 0"),
        (lambda: structure("lin", positions=[(0, 0), (1, 1)]), DomainError, "along a line"),
        (lambda: structure("exp", positions=[(0, 0), 1]), DomainError, "one a row"),
        (lambda: structure("exp", positions=["a"]), DomainError, "expected a number"),
        (lambda: structure("exp", positions=[1, 2]).matrix(3), SizeError, "2 rows"),
        (lambda: structure("known", matrix=[[1, 2], [3, 1]]), DomainError, "not symmetric"),
        (lambda: structure("known", matrix=[[1, 2], [2, 1]]), DomainError, "not positive definite"),
        (lambda: structure("known", matrix=[[1, 2]]), ShapeError, "square"),
        (lambda: structure("varpower", covariate=[0, 1]), DomainError, "covariate is 0"),
        (lambda: structure("varexp").check({"sigma2": 1, "theta": 1}, 2), DomainError, "needs the covariate"),
        (lambda: structure("cs").matrix(1), SizeError, "2 rows or more"),
        (lambda: structure("cs").matrix(), SizeError, "A size is needed"),
        (lambda: structure("cs").matrix((2, 2)), SizeError, "one size"),
        (lambda: structure("cs").entry(0, 1), SizeError, "counted from 1"),
        (lambda: structure("ar1").check({"sigma2": 1}, 3), DomainError, "rho .correlation of neighbours"),
        (lambda: structure("ar1").check({"sigma2": 1, "rh": 0}, 3), UnknownNameError, "rho"),
        (lambda: structure("ar1").check({"sigma2": 1, "rho": "0.5"}, 3), DomainError, "expected a number"),
        (lambda: structure("ar1").check({"sigma2": 1, "rho": math.nan}, 3), DomainError, "expected a number"),
        (
            lambda: structure("exp", positions=[1, 2, 1]).check({"sigma2": 1, "theta": 1}),
            DomainError,
            "Rows 1 and 3 lie at one place",
        ),
        (lambda: nugget(nugget(structure("exp"))), TutorError, "takes no nugget"),
        (lambda: kron(structure("un"), structure("ar1")).matrix(4), SizeError, "two sizes"),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], Any], error: type[TutorError], told: str) -> None:
    with pytest.raises(error, match=told):
        make()


# Made of others


def test_a_nugget_adds_to_each_variance() -> None:
    one = nugget(structure("exp", positions=[1, 2, 1]))  # two rows at one place, which a nugget allows
    matrix = one.numpy({"sigma2": 2, "theta": 1, "c": 0.5})
    e = 2 * math.exp(-1)
    np.testing.assert_allclose(matrix, [[2.5, e, 2], [e, 2.5, e], [2, e, 2.5]], rtol=1e-14)
    with pytest.raises(DomainError, match="on the boundary"):
        one.check({"sigma2": 2, "theta": 1, "c": 0})
    with pytest.raises(DomainError, match="boundary is 0"):
        one.check({"sigma2": 2, "theta": 1, "c": -1})
    plain = nugget(structure("ar1"))
    assert plain.count == 3
    assert plain.entry(2, 2) == sympy.Symbol("sigma2", positive=True) + sympy.Symbol("c", nonnegative=True)
    values = {"sigma2": 3, "rho": Fraction(1, 2), "c": 1}
    assert close(at(plain.matrix("n"), values, 4), at(plain.matrix(4), values))


def test_a_kronecker_product_has_one_scale() -> None:
    one = kron(structure("un"), structure("ar1"))
    assert [parameter.key for parameter in one.parameters_of((2, 3))] == ["sigma2_1", "sigma2_2", "sigma_12", "rho"]
    assert one.programs == {"SAS": "UN@AR(1)"}
    tree = one.matrix((2, 3))
    assert isinstance(tree, Kronecker)
    values = {"sigma2_1": 2, "sigma2_2": 3, "sigma_12": 1, "rho": 0.5}
    first, second = [[2, 1], [1, 3]], [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]]
    np.testing.assert_allclose(one.numpy(values, (2, 3)), np.kron(first, second), rtol=1e-14)
    assert one.entry((1, 2), (2, 3)) == sympy.Symbol("sigma_12", real=True) * sympy.Symbol("rho", real=True)
    with pytest.raises(DomainError, match="boundary is 1"):
        one.check({**values, "rho": 1}, (2, 3))


def test_a_kronecker_product_of_two_of_a_kind_tells_their_parameters_apart() -> None:
    one = kron(structure("ar1"), structure("ar1"))
    assert [parameter.key for parameter in one.parameters_of((2, 3))] == ["sigma2_a", "rho_a", "rho_b"]
    values = {"sigma2_a": 2, "rho_a": Fraction(1, 3), "rho_b": Fraction(-1, 2)}
    product = at(one.inverse((2, 3)) @ one.matrix((2, 3)), values)
    assert close(product, _eye(product))
    assert close(at(one.determinant((2, 3)), values), at(one.matrix((2, 3)).det(), values))


def test_an_entry_for_letters_is_an_expression() -> None:
    i, j = (sympy.Symbol(letter, integer=True, positive=True) for letter in "ij")
    rho, sigma2 = sympy.Symbol("rho", real=True), sympy.Symbol("sigma2", positive=True)
    assert structure("ar1").entry("i", "j") == sigma2 * rho ** sympy.Abs(i - j)
    entry = structure("cs").entry("i", "j")
    assert entry.subs({i: 2, j: 2}) == sigma2
    assert sympy.expand(entry.subs({i: 2, j: 3})) == sigma2 * rho
    product = structure("ante1").entry("i", "j").subs({i: 2, j: 4}).doit()
    assert product.has(sympy.Indexed("rho", 2)) and product.has(sympy.Indexed("rho", 3))
    assert not product.has(sympy.Indexed("rho", 4))


def test_integer_sizes_keep_their_structure() -> None:
    assert isinstance(tutor.covariance.structure("cs").matrix(3), Scaled)
    assert str(structure("cs").matrix(3, "u")) == "σ²_u ((1 − ρ_u) I₃ + ρ_u J₃)"


@pytest.mark.parametrize("key", ["exp", "pow"])
def test_the_inverse_along_a_line_at_unequal_places_in_any_order(key: str) -> None:
    one = structure(key, positions=[3, 0, 1.5, 10])
    values = drawn(one, 4, seed=6)
    product = at(one.inverse() @ one.matrix(), values)
    assert close(product, _eye(product))
    point = {each.symbol: sympy.Rational(str(values[each.key])) for each in one.parameters_of(4)}
    determinants: list[Any] = [one.determinant().explicit()[0, 0], one.matrix().explicit().det()]
    ours, theirs = (sympy.N(determinant.xreplace(point), 30) for determinant in determinants)
    assert abs(ours - theirs) < 1e-20
    # Rows 1 and 2 have row 3 between them: given it, they are independent.
    assert one.inverse().explicit()[0, 1] == 0
    with pytest.raises(TutorError, match="In a plane no closed form"):
        structure(key, positions=[(0, 0), (1, 2)]).inverse()


def test_no_name_of_a_program_is_left_in_a_picture() -> None:
    assert "∏_{k=1}^{n − 1} ρ_k" in structure("ante1").picture("n", "unicode")
    assert "K_κ(1/φ)" in structure("matern").picture("n", "unicode")
