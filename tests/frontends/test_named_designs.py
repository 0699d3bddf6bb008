"""Every named design can be asked for at the command line by its name."""

from __future__ import annotations

import pytest

import tutor
from tutor.errors import UnknownNameError
from tutor.frontends.models import design_model
from tutor.models.mixed import MixedModel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("split_plot:a,c,r", lambda: tutor.split_plot("a", "c", "r")),
        ("bibd:4,6,2", lambda: tutor.bibd(4, 6, 2)),
        ("nested:3,2,4", lambda: tutor.nested(3, 2, 4)),
        ("rcbd:3,2,samples=2,blocks_are=fixed", lambda: tutor.rcbd(3, 2, "fixed", samples=2)),
        ("crossover:2,3,carryover=True", lambda: tutor.crossover(2, 3, carryover=True)),
        ("crossover:2,3,carryover=False", lambda: tutor.crossover(2, 3)),
    ],
)
def test_a_design_is_typed_with_its_sizes_and_options(text: str, expected: object) -> None:
    found = design_model(text)
    assert isinstance(found, MixedModel)
    assert found.equation("index") == expected().equation("index")  # pyright: ignore[reportCallIssue]
    assert found.V == expected().V  # pyright: ignore[reportCallIssue]


def test_a_misspelled_design_is_met_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean split_plot"):
        design_model("splitplot:2,3,4")
