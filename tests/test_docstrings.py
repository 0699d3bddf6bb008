"""The examples in docstrings run, and show what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import tutor

MODULES = sorted(found.name for found in walk_packages(tutor.__path__, "tutor.") if not found.name.endswith("__main__"))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.failed == 0


def test_there_are_examples() -> None:
    found = doctest.DocTestFinder().find(import_module("tutor.algebra.structure.solve"))
    assert sum(len(each.examples) for each in found) > 5
