r"""σ²I alone may be of any size: it is read, has no shape, and is asked for its size only where something needs it."""

from __future__ import annotations

import pytest

from tutor import rcbd
from tutor.algebra.nodes import Identity, Scaled
from tutor.checking.check import check
from tutor.errors import ReadError, TutorError
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.write import write

OPEN = [
    r"\sigma^2\mathbf{I}",
    r"\mathbf{I}",
    r"\sigma^2_u\mathbf{J} + \sigma^2\mathbf{I}",
    r"\mathbf{I} \otimes \mathbf{J}",
    r"\mathbf{I} \otimes \mathbf{G}",
    r"(\sigma^2\mathbf{I})^{-1}",
    r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \sigma^2\mathbf{I} \end{bmatrix}",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_of_any_size_has_no_shape_and_reads_back(text: str) -> None:
    reading = read(text)
    assert reading.kind in {"matrix", "matrix-expression"}
    assert reading.shape is None
    assert reading.tree is not None
    for dialect in ("latex", "unicode", "markdown"):
        for style in (Style(), Style(transpose="T", dimensions=True)):
            assert read(write(reading.tree, dialect, style=style)).tree == reading.tree


def test_it_is_a_multiple_of_an_identity() -> None:
    tree = read(r"\sigma^2\mathbf{I}").tree
    assert isinstance(tree, Scaled)
    assert isinstance(tree.tree, Identity)
    assert write(tree) == r"\sigma^2 \mathbf{I}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\mathbf{R} = \sigma^2\mathbf{I}", r"\mathbf{R} = \sigma^2 \mathbf{I}_n"),
        (r"\mathbf{I}_3 + \rho\mathbf{J}", None),
        (r"\mathbf{Z}\,\sigma^2_u\mathbf{I}\,\mathbf{Z}'", None),
    ],
)
def test_what_stands_beside_it_tells_its_size(text: str, written: str | None) -> None:
    reading = read(text)
    if written is None:
        assert reading.shape is not None
    else:
        assert write(reading) == written


@pytest.mark.parametrize("text", [r"\operatorname{tr}(\mathbf{I})", r"|\sigma^2\mathbf{I}|", r"\mathbf{1}'\mathbf{1}"])
def test_a_number_that_depends_on_the_size_asks_for_it(text: str) -> None:
    with pytest.raises(ReadError) as asked:
        read(text)
    assert asked.value.kind == "size-unknown"


def test_of_a_model_the_size_is_asked_for() -> None:
    with pytest.raises(ReadError) as asked:
        read(r"\sigma^2\mathbf{I}", rcbd(treatments=2, blocks=2).vocabulary)
    assert asked.value.kind == "size-unknown"


def test_an_answer_takes_the_size_of_what_is_asked_for() -> None:
    assert check(r"\sigma^2\mathbf{I}", rcbd(treatments=2, blocks=2).R).correct


def test_a_reference_must_have_a_size() -> None:
    with pytest.raises(TutorError) as refused:
        check(r"\sigma^2 I_3", r"\sigma^2\mathbf{I}")
    assert "size" in str(refused.value)
