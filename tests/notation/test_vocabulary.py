"""A vocabulary knows what the symbols and parameters of a model bring with them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, symbol
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import size
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary, vocabulary_of

S2 = sympy.Symbol("sigma2", positive=True)
S2U = sympy.Symbol("sigma2_u", positive=True)
ENTRIES = ImmutableDenseMatrix([sympy.Symbol(f"y_{i}{j}", real=True) for j in (1, 2) for i in (1, 2, 3)])
Y = symbol("y", 6, role="random", entries=ENTRIES)
X = symbol("X", 6, 4)
Z = symbol("Z", 6, 2)
G = symbol("G", 2, 2, "unknown", definition=Scalar(S2U) * identity(2))
MODEL = Vocabulary.of(
    Y, X, Z, symbol("u", 2, role="random", variance=G), symbol("V", 6, 6), symbol("e", 6, role="random"),
    Name("sigma2", Scalar(S2), "residual"), Name("sigma2_u", Scalar(S2U), "blocks"),
)  # fmt: skip


def tree_of(key: str) -> object:
    name = MODEL.lookup(key)
    return None if name is None else name.tree


@pytest.mark.parametrize(
    ("key", "tree"),
    [
        ("y", Y),
        ("X", X),
        ("sigma2", Scalar(S2)),
        ("sigma", Scalar(sympy.sqrt(S2))),
        ("sigma2_u", Scalar(S2U)),
        ("sigma_u", Scalar(sympy.sqrt(S2U))),
        ("y_11", Scalar(sympy.Symbol("y_11", real=True))),
        ("y_32", Scalar(sympy.Symbol("y_32", real=True))),
        ("G", G),
        ("n", Scalar(sympy.Integer(6))),
        ("p", Scalar(sympy.Integer(4))),
        ("q", Scalar(sympy.Integer(2))),
        ("Sigma", symbol("V", 6, 6)),
        ("epsilon", symbol("e", 6, role="random")),
        ("sigma2_e", Scalar(S2)),
        ("sigma_e", Scalar(sympy.sqrt(S2))),
        ("y_41", None),
        ("W", None),
        ("sigma2_b", None),
    ],
)
def test_a_model_brings_its_names_entries_roots_and_sizes(key: str, tree: object) -> None:
    assert tree_of(key) == tree


def test_second_letters_stand_for_u_only_where_they_are_free() -> None:
    assert tree_of("b") == tree_of("u") == tree_of("gamma")
    taken = Vocabulary.of(symbol("u", "b", role="random"))
    name = taken.lookup("b")
    assert name is not None and name.tree == Scalar(size("b"))


def test_the_parameters_of_definitions_are_found() -> None:
    name = Vocabulary.of(symbol("u", 2, role="random", variance=G)).lookup("sigma_u")
    assert name is not None and name.tree == Scalar(sympy.sqrt(S2U))


def test_names_of_ones_own_win() -> None:
    own = Vocabulary.of(Y, Name("n", Scalar(size("b") * size("t")), "observations"))
    name = own.lookup("n")
    assert name is not None and name.tree == Scalar(size("b") * size("t"))


def test_aliases_are_keys_too() -> None:
    words = Vocabulary.of(Name("W", symbol("W", 3, 3), aliases=("Omega", "weights")))
    assert {key for key in ("W", "Omega", "weights") if key in words} == {"W", "Omega", "weights"}
    assert [name.key for name in words] == ["W"]


def test_with_names_adds_and_replaces() -> None:
    changed = MODEL.with_names(symbol("K", 2, 6), Name("sigma2", Scalar(S2), "plots"))
    assert changed.names["sigma2"].about == "plots"
    assert changed.names["sigma2_u"].about == "blocks"
    assert "K" in changed and "K" not in MODEL
    assert changed.lookup("y_11") is not None


@pytest.mark.parametrize(
    ("wrong", "meant"), [("sigma2_b", "sigma2_u"), ("sigma_b", "sigma_u"), ("y_9", "y_31"), ("Xx", "X"), ("gama", "u")]
)
def test_the_nearest_name_has_the_same_base(wrong: str, meant: str) -> None:
    name = MODEL.nearest(wrong)
    assert name is not None
    assert name.key.partition("_")[0] == meant.partition("_")[0]
    if wrong.startswith("sigma"):
        assert name.key == meant


@pytest.mark.parametrize(
    ("base", "subscript", "key"), [("y", "ij", "y_ij"), ("y", "i1", "y_i1"), ("y", "99", None), ("q", "i", None)]
)
def test_a_model_takes_index_letters_where_it_has_entries(base: str, subscript: str, key: str | None) -> None:
    expected = None if key is None else Scalar(sympy.Symbol(key, real=True))
    assert MODEL.member(base, subscript) == expected


@pytest.mark.parametrize(
    ("base", "subscript", "value"),
    [
        ("tau", "i", sympy.Symbol("tau_i", real=True)),
        ("x", "1i", sympy.Symbol("x_1i", real=True)),
        ("sigma2", "pens", sympy.Symbol("sigma2_pens", positive=True)),
        ("sigma", "pens", sympy.sqrt(sympy.Symbol("sigma2_pens", positive=True))),
        ("sigma", "u01", sympy.Symbol("sigma_u01", real=True)),
        ("sigma", "12", sympy.Symbol("sigma_12", real=True)),
        ("sigma", "ij", sympy.Symbol("sigma_ij", real=True)),
        ("epsilon", "ijk", sympy.Symbol("e_ijk", real=True)),
    ],
)
def test_the_lecture_takes_any_subscript(base: str, subscript: str, value: sympy.Expr) -> None:
    assert lecture_vocabulary().member(base, subscript) == Scalar(value)


def test_the_lecture_defines_y_and_V() -> None:
    words = {key: name.tree for key, name in lecture_vocabulary().names.items()}
    assert words["V"].shape == (size("n"), size("n"))
    V, y = words["V"], words["y"]
    assert isinstance(V, Symbol) and V.definition == words["Z"] @ words["G"] @ words["Z"].T + words["R"]
    assert isinstance(y, Symbol) and y.definition == words["X"] @ words["beta"] + words["Z"] @ words["u"] + words["e"]
    assert words["Sigma"] == V and words["b"] == words["u"]


@dataclass(frozen=True)
class Model:
    """A scope, as a model is one."""

    vocabulary: Vocabulary


def test_a_tree_knows_the_vocabulary_of_its_model() -> None:
    scoped = symbol("Z", 6, 2, scope=Model(MODEL))
    assert vocabulary_of(scoped @ scoped.T) is MODEL


def test_a_tree_without_a_model_extends_the_lecture_by_its_names() -> None:
    words = vocabulary_of(symbol("A", 3, 3) @ symbol("X", 3, 2))
    A, own = words.lookup("A"), words.lookup("X")
    assert A is not None and A.tree.shape == (3, 3)
    assert own is not None and own.tree.shape == (3, 2)
    assert "beta" in words


def test_a_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        lecture_vocabulary().names["X"] = MODEL.names["X"]  # pyright: ignore[reportIndexIssue]


def test_elements_of_a_vector_of_symbolic_length_may_have_any_index() -> None:
    symbolic = Vocabulary.of(symbol("y", "n", role="random"))
    assert symbolic.member("y", "11") == Scalar(sympy.Symbol("y_11", real=True))


def test_a_letter_that_counts_is_a_number_where_it_has_no_other_meaning() -> None:
    counted = Vocabulary.of(symbol("u", 3, role="random"), sizes={"b": 3, "t": 2})
    assert counted.sizes == {"b": Scalar(sympy.Integer(3)), "t": Scalar(sympy.Integer(2))}
    b, t = counted.lookup("b"), counted.lookup("t")
    assert b is not None and b.key == "u"
    assert t is not None and t.tree == Scalar(sympy.Integer(2))


def test_a_name_without_likeness_has_no_nearest() -> None:
    assert MODEL.nearest("W") is None
    assert MODEL.nearest("kappa") is None
