"""A model is one value: its parts know each other, it can be stored, and its data frame gives it again."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import tutor
from tests.models.truth import FORMULAS, our_model
from tutor.algebra.nodes import Product, Sum, Transpose
from tutor.errors import SizeError, TutorError
from tutor.models.catalogue import bibd, crd, latin_square, rcbd, regression
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.models.scope import Scope

MODELS: dict[str, MixedModel] = {
    "random blocks": rcbd(3, 2),
    "fixed blocks": rcbd(3, 2, "fixed"),
    "letters": rcbd("t", "b"),
    "completely randomized": crd(3, 2),
    "regression": regression([1, 2, 4]),
    **{name: our_model(name) for name in FORMULAS},
}


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_the_shapes_meet(ours: MixedModel) -> None:
    n, p = ours.n, ours.p
    assert ours.y.shape == ours.e.shape == (n, 1)
    assert ours.X.shape == (n, p) and ours.beta.shape == (p, 1)
    assert ours.R.shape == ours.V.shape == (n, n)
    if ours.Z is not None and ours.u is not None and ours.G is not None:
        assert ours.Z.shape == (n, ours.q) and ours.u.shape == (ours.q, 1) and ours.G.shape == (ours.q, ours.q)


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_V_is_ZGZ_plus_R_in_that_order(ours: MixedModel) -> None:
    if ours.Z is None:
        assert ours.V is ours.R
    else:
        assert ours.G is not None
        assert Sum((Product((ours.Z, ours.G, Transpose(ours.Z))), ours.R)) == ours.V


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_every_symbol_knows_its_model(ours: MixedModel) -> None:
    for symbol in ours.symbols:
        assert isinstance(symbol.scope, Scope)
        assert symbol.scope.model is ours
        assert symbol.scope.vocabulary is ours.vocabulary


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_the_vocabulary_has_every_name_of_the_model(ours: MixedModel) -> None:
    for symbol in ours.symbols:
        found = ours.vocabulary.lookup(symbol.name)
        assert found is not None and found.tree == symbol and found.about
    for parameter in ours.parameters:
        found = ours.vocabulary.lookup(parameter.key)
        assert found is not None and found.about == parameter.meaning
    for symbol in ours.symbols:
        for entry in [] if symbol.entries is None else symbol.entries.flat():
            assert str(entry) in ours.vocabulary


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_labels_are_as_many_as_rows_and_columns(ours: MixedModel) -> None:
    for symbol in ours.symbols:
        for labels, size in ((symbol.row_labels, symbol.rows), (symbol.column_labels, symbol.columns)):
            assert labels is None or len(labels) == size == len(set(labels))


@pytest.mark.parametrize("ours", MODELS.values(), ids=MODELS)
def test_a_model_survives_being_stored(ours: MixedModel) -> None:
    restored = pickle.loads(pickle.dumps(ours))  # noqa: S301  (our own bytes)
    assert restored == ours and hash(restored) == hash(ours)
    assert restored.y.scope.model is restored
    assert str(restored) == str(ours)
    assert copy.deepcopy(ours) == ours


def test_a_model_shows_itself_in_a_process_that_only_unpickles_it() -> None:
    stored = pickle.dumps(rcbd(3, 2))
    code = f"import tutor, pickle; print(pickle.loads({stored!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("Randomized complete block design")


def test_a_symbol_that_is_stored_alone_forgets_its_model() -> None:
    restored = pickle.loads(pickle.dumps(rcbd(3, 2).Z))  # noqa: S301  (our own bytes)
    assert restored == rcbd(3, 2).Z
    assert restored.scope.model is None and restored.scope.vocabulary is None


def test_equal_designs_are_equal() -> None:
    assert rcbd(3, 2) == rcbd(3, 2) != rcbd(2, 3)
    assert len({rcbd(3, 2), rcbd(3, 2), rcbd(3, 2, "fixed")}) == 2
    assert len({bibd(4, 6, 2), bibd(4, 6, 2), latin_square(3), latin_square(3), latin_square(4)}) == 3


def test_a_scope_belongs_to_one_model() -> None:
    scope = rcbd(2, 2).scope
    with pytest.raises(RuntimeError):
        scope.belong(rcbd(2, 3))


ROUND_TRIPS: dict[str, tuple[MixedModel, str]] = {
    "random blocks": (rcbd(3, 4), "y ~ treatment + (1 | block)"),
    "ten blocks and more": (rcbd(2, 12), "y ~ treatment + (1 | block)"),
    "fixed blocks": (rcbd(3, 4, "fixed"), "y ~ treatment + block"),
    "completely randomized": (crd(3, 4), "y ~ treatment"),
}


@pytest.mark.parametrize(("design", "formula"), ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_the_data_frame_of_a_design_gives_the_design_again(design: MixedModel, formula: str) -> None:
    frame = design.dataframe()
    frame["y"] = np.arange(float(design.n))
    again = model(formula, frame)
    assert again.rank == design.rank
    # The codings differ, the space of means does not.
    both = np.hstack([design.X.numpy(), again.X.numpy()])
    assert np.linalg.matrix_rank(both) == design.rank
    values = {parameter.key: 1.5 for parameter in design.parameters}
    assert np.array_equal(again.V.numpy(**values), design.V.numpy(**values))


@pytest.mark.parametrize("name", FORMULAS)
def test_the_data_frame_of_data_gives_the_model_again(name: str) -> None:
    ours = our_model(name)
    frame = ours.dataframe()
    again = model(FORMULAS[name], frame)
    assert again == ours
    assert np.array_equal(again.observed, ours.observed)


def test_without_pandas_the_rows_are_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.models.frame.find_spec", lambda name: None)
    columns = rcbd(2, 2).dataframe()
    assert columns == {"treatment": ["t1", "t2", "t1", "t2"], "block": ["b1", "b1", "b2", "b2"]}


@pytest.mark.parametrize(
    "design", [rcbd("t", 2), crd(3, "r"), regression(3), regression("n"), crd(10**5, 10**5)], ids=repr
)
def test_rows_of_letters_cannot_be_listed(design: MixedModel) -> None:
    with pytest.raises(SizeError, match="cannot be listed"):
        design.dataframe()


def test_a_design_has_no_observations() -> None:
    with pytest.raises(TutorError, match="no observations"):
        rcbd(2, 2).observed  # noqa: B018  (the property raises)


def test_the_function_and_the_package_of_one_name_are_one() -> None:
    data = {"y": [1, 2, 4], "x": [1, 2, 3]}
    assert tutor.model("y ~ x", data) == model("y ~ x", data)
    code = "import tutor.models.catalogue; from tutor import model; model('y ~ x', {'y': [1, 2], 'x': [1, 2]})"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_response_may_be_transformed() -> None:
    ours: Any = model("log(y) ~ x", {"y": [1, 2, 4], "x": [1, 2, 3]})
    assert np.allclose(ours.observed, np.log([1, 2, 4]), rtol=1e-15)


def test_rows_are_labelled_by_number_and_levels() -> None:
    data = {"y": [1, 2, 3, 4], "g": ["a", "a", "b", "b"], "dose": [0, 0.2, 0, 0.2], "unused": [1, 1, 1, 1]}
    ours = model("y ~ dose + (1 | g)", data)
    assert ours.y.row_labels == ("y_1  a 0", "y_2  a 0.2", "y_3  b 0", "y_4  b 0.2")
    assert ours.Z is not None and ours.Z.column_labels == ("g a", "g b")
    assert model("y ~ dose + (dose || unused:g)", {**data, "y": [1, 2, 3, 4]}).random[0].group == "unused:g"
