"""Matrices and derivations of designs with 12 to 40 rows keep within a terminal: no line is longer than it is wide."""

from __future__ import annotations

import pytest

from tutor.algebra.nodes import Explicit, Symbol
from tutor.models.catalogue import (
    bibd,
    latin_square,
    nested,
    one_way,
    random_slopes,
    rcbd,
    repeated_measures,
    split_plot,
)
from tutor.models.mixed import MixedModel
from tutor.notation.write import shown, write
from tutor.notation.writing.layout import display_width

MODELS: dict[str, MixedModel] = {
    "rcbd": rcbd(3, 4),
    "bibd": bibd(4, 4, 3),
    "split plot": split_plot(3, 4, 3),
    "Latin square": latin_square(6),
    "nested": nested(3, 4, 3),
    "repeated measures": repeated_measures(5, 4, side="G"),
    "random slopes": random_slopes(6, [1, 2, 3, 4]),
    "one way": one_way(10, 4),
}


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_nothing_is_wider_than_the_terminal(model: MixedModel, width: int) -> None:
    matrices = [matrix for matrix in (model.V, model.X, model.Z, model.G, model.R, model.y, model.beta) if matrix]
    texts = [shown(matrix, "unicode", width) for matrix in matrices]
    texts += [write(matrix, "unicode", width=width) for matrix in matrices]
    texts += [shown(Explicit(matrix.explicit()), "unicode", width) for matrix in (model.V, model.R)]
    texts += [shown(thing, "unicode", width) for thing in (model, model.V.closed_form(), model.derive("Var(y)"))]
    for text in texts:
        assert max(map(display_width, text.split("\n"))) <= width, text


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_rows_of_a_matrix_stay_whole(model: MixedModel, width: int) -> None:
    """A line that opens a bracket closes it, and all rows are of one length."""
    assert isinstance(model.Z, Symbol)
    for text in (shown(model.Z, "unicode", width), shown(Explicit(model.V.explicit()), "unicode", width)):
        lines = [line for line in text.split("\n") if any(sign in line for sign in "⎡⎢⎣")]
        rows = [line[: max(line.rfind(sign) for sign in "⎤⎥⎦") + 1] for line in lines]
        assert len(rows) >= 2
        assert all(any(sign in row for sign in "⎤⎥⎦") for row in rows)
        assert len({display_width(row) for row in rows}) == 1
