"""Strata, V⁻¹, |V| and eigenvalues of the named designs with letters for sizes, against matrices of numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
import sympy

from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Determinant, Inverse, Symbol
from tutor.algebra.sizes import size
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.walk import replace, walk
from tutor.data import path
from tutor.errors import DomainError, TutorError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.write import write

DESIGNS = {
    "one-way": (c.one_way, "an", [(3, 2), (2, 5), (4, 3)]),
    "randomized blocks": (c.rcbd, "tb", [(3, 2), (2, 4), (5, 3)]),
    "Latin square": (c.latin_square, "t", [(2,), (3,), (4,)]),
    "split plot": (c.split_plot, "asr", [(2, 3, 2), (3, 2, 4), (2, 2, 3)]),
    "split-split plot": (c.split_split_plot, "abcr", [(2, 3, 2, 2), (2, 2, 2, 3), (3, 2, 2, 2)]),
    "strip plot": (c.strip_plot, "asb", [(2, 3, 2), (3, 2, 3), (2, 2, 4)]),
    "nested": (c.nested, "abn", [(2, 3, 2), (3, 2, 2), (2, 2, 5)]),
    "nested, three levels": (c.nested, "abcn", [(2, 2, 2, 2), (3, 2, 2, 2), (2, 3, 2, 2)]),
    "crossed": (c.crossed, "abn", [(2, 3, 2), (3, 2, 2), (4, 2, 3)]),
    "crossed without repeats": (c.crossed, "ab", [(2, 3), (3, 4), (5, 2)]),
    "completely randomized": (c.crd, "tr", [(3, 2), (2, 4), (4, 2)]),
}
"""Design: the function, the letters of its sizes, and numbers for them."""

CASES = [(name, sizes) for name, (_, _, each) in DESIGNS.items() for sizes in each]


@dataclass(frozen=True)
class Pair:
    """A design with letters and the same with numbers, on one point."""

    letters: MixedModel
    numbers: MixedModel
    instance: DrawnInstance


def pair(name: str, sizes: tuple[int, ...]) -> Pair:
    design, letters, _ = DESIGNS[name]
    known = {size(letter): number for letter, number in zip(letters, sizes, strict=True)}
    symbolic, numbers = design(*letters), design(*sizes)
    instance = DrawnInstance([numbers.V], random.Random(7), sizes=known)  # pyright: ignore[reportArgumentType]
    return Pair(symbolic, numbers, instance)


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_inverse_and_determinant_with_letters_are_those_of_the_entries(name: str, sizes: tuple[int, ...]) -> None:
    drawn = pair(name, sizes)
    V, value = drawn.letters.V, drawn.instance.value(drawn.numbers.V)
    inverse, determinant = V.inv().closed_form(), V.det().closed_form()
    assert not any(isinstance(node, Inverse | Determinant) for node in (*walk(inverse), *walk(determinant)))
    assert drawn.instance.value(inverse) == value.inv()
    assert drawn.instance.arithmetic.entry(drawn.instance.value(determinant), 0, 0) == value.det()


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_eigenvalues_with_letters_are_those_of_the_entries(name: str, sizes: tuple[int, ...]) -> None:
    drawn = pair(name, sizes)
    value = drawn.instance.value(drawn.numbers.V)
    order = value.nrows()
    counts: dict[object, object] = {}
    for eigenvalue, multiplicity in drawn.letters.V.eigenvalues():
        number = drawn.instance.number(eigenvalue)
        counts[number] = counts.get(number, 0) + drawn.instance.number(multiplicity)  # pyright: ignore[reportOperatorIssue]
    assert sum(counts.values()) == order  # pyright: ignore[reportArgumentType, reportCallIssue]
    for number, multiplicity in counts.items():
        shifted = value - number * drawn.instance.arithmetic.matrix(order, order, {(i, i): 1 for i in range(order)})
        assert shifted.rank() == order - multiplicity  # pyright: ignore[reportOperatorIssue]


@pytest.mark.parametrize(("name", "sizes"), CASES)
def test_strata_are_orthogonal_and_make_up_v(name: str, sizes: tuple[int, ...]) -> None:
    drawn = pair(name, sizes)
    instance, found = drawn.instance, list(drawn.letters.strata())
    projections = [instance.value(stratum.projection) for stratum in found]
    total = instance.value(0 * drawn.numbers.V)
    for stratum, P in zip(found, projections, strict=True):
        assert P * P == P == P.transpose()
        assert P.rank() == instance.number(stratum.degrees_of_freedom)
        total = total + P * instance.number(stratum.eigenvalue)
    assert total == instance.value(drawn.numbers.V)
    assert all((P * Q).rank() == 0 for P in projections for Q in projections if P is not Q)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_expected_sum_of_squares_of_a_stratum_is_its_eigenvalue_times_its_dimension(name: str) -> None:
    """E(y'Py) = tr(PV) + β'X'PXβ."""
    design, letters, (sizes, *_) = DESIGNS[name]
    drawn, symbolic = pair(name, sizes), design(*letters)
    for stratum in symbolic.strata():
        closed = (stratum.projection @ symbolic.V).trace().closed_form()
        value = drawn.instance.arithmetic.entry(drawn.instance.value(closed), 0, 0)
        assert value == drawn.instance.number(stratum.degrees_of_freedom * stratum.eigenvalue)
        product = drawn.instance.value(stratum.projection) * drawn.instance.value(drawn.numbers.V)
        assert value == sum(product[i, i] for i in range(product.nrows()))


NAMES = {
    "one-way": ["grand mean", "groups", "observations (residual)"],
    "randomized blocks": ["grand mean", "blocks", "plots (residual)"],
    "Latin square": ["grand mean", "rows", "columns", "row × column (residual)"],
    "split plot": ["grand mean", "blocks", "whole plots", "subplots (residual)"],
    "split-split plot": ["grand mean", "blocks", "whole plots", "subplots", "sub-subplots (residual)"],
    "strip plot": ["grand mean", "blocks", "row strips", "column strips", "row strip × column strip (residual)"],
    "nested": ["grand mean", "outer groups", "inner groups", "observations (residual)"],
    "crossed": ["grand mean", "rows", "columns", "row × column", "observations (residual)"],
    "completely randomized": ["grand mean", "plots (residual)"],
}


@pytest.mark.parametrize("name", NAMES)
def test_strata_have_the_names_of_their_units(name: str) -> None:
    design, letters, (sizes, *_) = DESIGNS[name]
    for arguments in (letters, sizes):
        assert [stratum.name for stratum in design(*arguments).strata()] == NAMES[name]


def test_strata_of_data_are_named_after_the_groups() -> None:
    oats = model("yield ~ Variety + (1 | Block/Variety)", data=path("oats.csv"))
    assert [(s.name, s.degrees_of_freedom) for s in oats.strata()] == [
        ("grand mean", 1),
        ("Block", 5),
        ("Block:Variety", 12),
        ("residual", 54),
    ]


def test_two_terms_that_share_a_factor_have_a_stratum_of_it() -> None:
    names = [stratum.name for stratum in c.multilocation("g", "s", "b").strata()]
    assert names[0] == "grand mean"
    assert "locations" in names
    assert "location × genotype" in names
    assert len(set(names)) == len(names) == 5


def test_a_model_without_strata_says_what_else_there_is() -> None:
    with pytest.raises(TutorError, match="no strata") as caught:
        c.random_slopes(3, [0, 1, 3]).strata()
    assert "closed_form" in str(caught.value)


@pytest.mark.parametrize("dialect", ["unicode", "latex", "markdown", "mathml", "typst", "spoken"])
def test_strata_and_eigenvalues_are_shown_in_every_dialect(dialect: str) -> None:
    m = c.split_plot("a", "s", "r")
    table = write(m.strata(), dialect)  # pyright: ignore[reportArgumentType]
    assert "whole plots" in table
    assert write(m.V.eigenvalues(), dialect)  # pyright: ignore[reportArgumentType]


def test_the_table_of_strata() -> None:
    assert str(c.rcbd("t", "b").strata()) == (
        "stratum           projection                       df         eigenvalue of V\n"
        "grand mean        (1/(bt)) J_bt                    1          σ² + t σ²_u\n"
        "blocks            (1/t) ((I_b − (1/b) J_b) ⊗ J_t)  b − 1      σ² + t σ²_u\n"
        "plots (residual)  I_b ⊗ (I_t − (1/t) J_t)          b (t − 1)  σ²"
    )


# Derivations


@pytest.mark.parametrize("what", ["V^-1", "|V|", "y'V^{-1}y"])
@pytest.mark.parametrize("name", DESIGNS)
def test_each_step_of_a_derivation_from_the_model_holds(name: str, what: str) -> None:
    design, letters, (sizes, *_) = DESIGNS[name]
    known = {size(letter): number for letter, number in zip(letters, sizes, strict=True)}
    derivation = design(*letters).derive(what)
    lines = derivation.lines
    if what == "y'V^{-1}y":
        assert not any(isinstance(node, Inverse) for node in walk(derivation.result))
        y = next(node for node in walk(derivation.goal) if isinstance(node, Symbol) and node.name == "y")
        lines = tuple(replace(line, {y: Symbol("x", *y.shape)}) for line in lines)  # the form at a given point
    instance = DrawnInstance(lines, random.Random(3), sizes=known)  # pyright: ignore[reportArgumentType]
    values = [instance.value(line) for line in lines]
    assert all(value == values[0] for value in values)
    assert derivation.steps[0].because == "the model"


def test_the_derivation_of_the_inverse_of_v() -> None:
    assert str(c.rcbd("t", "b").derive("V^-1")).split("\n") == [
        "V⁻¹ = (ZGZ' + R)⁻¹                                      the model",
        "    = (I_b ⊗ (σ² I_t + σ²_u J_t))⁻¹                     Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t",
        "    = I_b ⊗ (σ² I_t + σ²_u J_t)⁻¹                       (A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹, I⁻¹ = I",
        "    = I_b ⊗ ((1/σ²) (I_t − (σ²_u/(σ² + t σ²_u)) J_t))   (aI + bJ)⁻¹ = 1/a (I − b/(a + nb) J), for J² = nJ",
    ]


def test_what_has_no_closed_form_is_refused() -> None:
    with pytest.raises(DomainError, match="its rank is t, and it has t"):
        c.rcbd("t", "b").derive("(X'X)^-1")


def test_the_inverse_of_g_says_nothing_of_z() -> None:
    assert [step.because for step in c.rcbd(3, 4).derive("G^-1").steps] == ["G = σ²_u I₄", "(cA)⁻¹ = c⁻¹A⁻¹"]


def test_the_logarithm_of_the_determinant() -> None:
    result = c.split_plot("a", "s", "r").derive("log|V|").result
    s2, su, sv = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
    a, s, r = (size(letter) for letter in "asr")
    expected = (
        r * sympy.log(s2 + s * sv + a * s * su) + r * (a - 1) * sympy.log(s2 + s * sv) + r * a * (s - 1) * sympy.log(s2)
    )
    assert sympy.expand(result.value - expected) == 0  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    "formula",
    ["Reaction ~ Days + (Days | Subject)", "Reaction ~ Days + (1 | Subject)", "Reaction ~ Days + (Days || Subject)"],
)
def test_unequal_groups_go_block_by_block(formula: str) -> None:
    m = model(formula, data=sleepstudy_without({3, 17, 40, 41}, subjects=4))
    closed = m.V.inv().closed_form()
    instance = DrawnInstance([m.V, closed], random.Random(5))
    assert instance.value(closed) == instance.value(m.V).inv()
    determinant = m.V.det().closed_form()
    assert instance.arithmetic.entry(instance.value(determinant), 0, 0) == instance.value(m.V).det()
    entries = m.V.inv().explicit()
    assert DrawnInstance.value(instance, m.V) * _numbers(entries, instance) == _numbers(sympy.eye(int(m.n)), instance)  # pyright: ignore[reportArgumentType]


def _numbers(entries: sympy.MatrixBase, instance: DrawnInstance):
    cells = {place: instance.number(entry) for place, entry in entries.todok().items()}
    return instance.arithmetic.matrix(*entries.shape, cells)


def sleepstudy_without(rows: set[int], subjects: int) -> dict[str, list[object]]:
    """The first subjects of sleepstudy without some rows, counted from 0."""
    import csv

    lines = path("sleepstudy.csv").read_text(encoding="utf-8").splitlines()
    data = [row for i, row in enumerate(csv.DictReader(lines)) if i not in rows]
    names = list(dict.fromkeys(row["Subject"] for row in data))[:subjects]
    kept = [row for row in data if row["Subject"] in names]
    return {
        "Reaction": [float(row["Reaction"]) for row in kept],
        "Days": [int(row["Days"]) for row in kept],
        "Subject": [row["Subject"] for row in kept],
    }


def test_nested_groups_of_different_sizes() -> None:
    data = {
        "y": [1.0, 2, 4, 3, 5, 6, 2, 7, 8, 5],
        "herd": list("aaaabbbbbb"),
        "sire": ["a1", "a1", "a2", "a2", "b1", "b1", "b1", "b2", "b3", "b3"],
    }
    m = model("y ~ 1 + (1 | herd/sire)", data=data)
    closed = closed_form(m.V.inv())
    instance = DrawnInstance([m.V, closed], random.Random(5))
    assert instance.value(closed) == instance.value(m.V).inv()
