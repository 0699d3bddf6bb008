r"""Models in words and equations: the model that a text states, or the question by name where its words leave it open.
Never another model."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy

from tests.models.equation_texts import PAGES, Text
from tutor import from_equation
from tutor.errors import TutorError
from tutor.models.glmm.model import GeneralizedModel


def faults(told: Text, model: Any) -> list[str]:
    """In what a model is another one than the text states."""
    linear = model.linear if isinstance(model, GeneralizedModel) else model
    shape = (int(linear.X.columns), 0 if linear.Z is None else int(linear.Z.columns))
    found = [] if shape == told.columns else [f"the columns of X and Z are {shape}"]
    if isinstance(model, GeneralizedModel):
        keys = {parameter.key for parameter in model.parameters}
        return found if keys == told.parameters else [*found, f"the parameters are {keys}"]
    letters = "".join(told.levels) if all(len(k) == 1 and k in "ijkls" for k in told.levels) else "ij"
    if told.shares:
        for pair in product(product((1, 2), repeat=len(letters)), repeat=2):
            first, second = ("".join(map(str, at)) for at in pair)
            same = {letter for letter, a, b in zip(letters, *pair, strict=True) if a == b}
            expected = sum(sympy.Symbol(key) for shared, key in told.shares.items() if set(shared) <= same)
            found += _other(model, first, second, sympy.sympify(expected))
    for (first, second), text in told.covariances.items():
        names = {name: sympy.Symbol(name) for name in sympy.sympify(text).free_symbols and _names(text)}
        found += _other(model, first, second, sympy.sympify(text, locals=names))
    return found


def _names(text: str) -> set[str]:
    return {str(symbol) for symbol in sympy.sympify(text).free_symbols}


def _other(model: Any, first: str, second: str, expected: sympy.Expr) -> list[str]:
    value = model.Cov(f"y_{first}", f"y_{second}").value
    plain = value.xreplace({symbol: sympy.Symbol(symbol.name) for symbol in value.free_symbols})
    same = sympy.expand(plain - expected) == 0
    return [] if same else [f"Cov(y_{first}, y_{second}) is {plain}, not {expected}"]


def answer(told: Text) -> tuple[str, str]:
    """What comes of a text: right, asked, refused or wrong, and how."""
    try:
        model = from_equation(told.text, levels=told.levels)
    except TutorError as error:
        kind = getattr(error, "kind", type(error).__name__)
        asked = "*" in told.questions or (kind in told.questions and told.about in error.problem)
        return ("asked" if asked else "refused"), f"{kind}: {error.problem}"
    if told.columns == (0, 0):
        return "wrong", f"a model: {model.equation('index')}"
    found = faults(told, model)
    return ("wrong", "; ".join(found[:3])) if found else ("right", "")


@pytest.mark.parametrize("told", PAGES.values(), ids=PAGES.keys())
def test_a_text_gives_its_model_or_the_question_by_name(told: Text) -> None:
    outcome, how = answer(told)
    assert outcome in ("right", "asked"), how
