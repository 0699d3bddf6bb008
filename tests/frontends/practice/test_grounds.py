"""`%tutor why` says more than the reason beside a line, of rules that there are, and in text without markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tutor
from tutor import rcbd
from tutor.frontends.markup import markup_in
from tutor.frontends.practice.grounds import _GROUNDS, ground
from tutor.notation.writing.prose import text_to_latex

PACKAGE = Path(tutor.__file__).parent
KEYS = {
    key
    for folder in ("algebra", "models")
    for path in (PACKAGE / folder).rglob("*.py")
    for key in re.findall(r'"([a-z]+(?:-[a-zVy]+)*)"', path.read_text(encoding="utf-8"))
}
"""Texts of the code that derives, in which the keys of its rules are."""


@pytest.mark.parametrize("key", _GROUNDS)
def test_a_ground_is_that_of_a_rule_which_derivations_use(key: str) -> None:
    assert key in KEYS or key.startswith("definition-of-")


@pytest.mark.parametrize("key", _GROUNDS)
def test_a_ground_is_set_in_all_displays(key: str) -> None:
    told = text_to_latex(_GROUNDS[key])
    assert not list(markup_in(key, told))
    assert r"\hat" not in told  # of a power that was not read as one


def test_each_line_of_the_two_moments_has_a_ground_that_its_reason_does_not_give() -> None:
    m = rcbd(treatments=2, blocks=3)
    for asked in ("E(y)", "Var(y)"):
        for step in m.derive(asked).steps:
            assert ground(step)
            assert ground(step) != step.reason


def test_a_name_has_a_ground_by_being_one() -> None:
    step = rcbd(treatments=2, blocks=3).derive("Z").steps[0]
    assert step.rule == "definition-of-Z"
    assert ground(step).startswith("A name is replaced")
