"""Every entry of the table of two models, worked out again from V pair by pair, exactly."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import pytest
import sympy

import tutor
from tutor.data import path
from tutor.models.compare import Comparison, compare
from tutor.models.mixed import MixedModel

RAGGED = {
    "y": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8],
    "trt": ["a", "a", "b", "b", "c", "a", "b", "c", "c", "a", "b", "c"],
    "site": ["s1", "s1", "s1", "s1", "s1", "s2", "s2", "s2", "s2", "s3", "s3", "s3"],
}

PAIRS: dict[str, Callable[[], tuple[MixedModel, MixedModel]]] = {
    "rcbd": lambda: (tutor.rcbd(3, 4, "fixed"), tutor.rcbd(3, 4)),
    "rcbd with samples": lambda: (tutor.rcbd(3, 2, "fixed", samples=2), tutor.rcbd(3, 2, samples=2)),
    "factorial": lambda: (tutor.rcbd((2, 2), 3, "fixed"), tutor.rcbd((2, 2), 3)),
    "generalized": lambda: (tutor.generalized_rcbd(2, 3, 2, "fixed"), tutor.generalized_rcbd(2, 3, 2)),
    "split plot": lambda: (tutor.split_plot(2, 3, 2, blocks_are="fixed"), tutor.split_plot(2, 3, 2)),
    "strip plot": lambda: (tutor.strip_plot(2, 3, 2, "fixed"), tutor.strip_plot(2, 3, 2)),
    "latin square": lambda: (tutor.latin_square(3, "fixed"), tutor.latin_square(3)),
    "incomplete": lambda: (tutor.bibd(4, 4, 3, "fixed"), tutor.bibd(4, 4, 3)),
    "locations": lambda: (tutor.multilocation(2, 3, 2, "fixed"), tutor.multilocation(2, 3, 2)),
    "data": lambda: (
        tutor.model("yield ~ Variety + Block", path("oats.csv")),
        tutor.model("yield ~ Variety + (1 | Block/Variety)", path("oats.csv")),
    ),
    "ragged data": lambda: (tutor.model("y ~ trt + site", RAGGED), tutor.model("y ~ trt + (1 | site)", RAGGED)),
}


def value(text: str) -> sympy.Expr:
    """A formula of the table, by the reader of answers."""
    return sympy.sympify(tutor.read(text).tree)  # pyright: ignore[reportReturnType]


def levels_of(told: Comparison) -> dict[str, tuple[object, ...]]:
    """The level of each factor in each row, of both models."""
    names = {factor.name for m in (told.left, told.right) for factor in m.factors}
    names |= {name for m in (told.left, told.right) for term in m.random for name in term.variables}
    return {name: tuple(values) for m in (told.left, told.right) for name, values in m.columns if name in names}


@pytest.fixture(scope="module", params=PAIRS)
def told(request: pytest.FixtureRequest) -> Comparison:
    return compare(*PAIRS[request.param]())


def test_covariances_are_those_of_all_pairs_that_have_so_much_in_common(told: Comparison) -> None:
    columns, both = levels_of(told), [m.V.explicit() for m in (told.left, told.right)]
    rows = {row.what.removeprefix("Cov of two with the same "): (row.left, row.right) for row in told.rows()}
    single = tuple(map(value, rows["Var of one observation"]))
    seen: set[str] = set()
    for a in range(int(told.left.n)):
        assert all(sympy.expand(V[a, a] - one) == 0 for V, one in zip(both, single, strict=True))
        for b in range(a):
            agree = {name for name, values in columns.items() if values[a] == values[b]}
            named = [what for what in rows if set(what.split(" and ")) == agree or (what == "nothing" and not agree)]
            (what,) = named or ["Cov of any other two"]
            seen.add(what)
            for V, text in zip(both, rows[what], strict=True):
                assert sympy.expand(V[a, b] - value(text)) == 0, f"{what}: rows {b + 1} and {a + 1}"
    lines = {row.what.removeprefix("Cov of two with the same ") for row in told.rows() if row.what.startswith("Cov")}
    assert lines == seen, "a line for each kind of pair that there is, and for no other"


def test_variances_of_means_are_averages_of_all_entries_of_v(told: Comparison) -> None:
    columns, both = levels_of(told), [m.V.explicit() for m in (told.left, told.right)]
    for row in told.rows():
        texts = (row.left, row.right)
        if row.what.startswith("Var of the mean of one "):
            parts, name = 1, row.what.removeprefix("Var of the mean of one ")
        elif row.what.startswith("Var of the difference of two "):
            parts, name = 2, row.what.removeprefix("Var of the difference of two ").removesuffix(" means")
        else:
            continue
        level = columns[name]
        found = [[a for a, each in enumerate(level) if each == one] for one in dict.fromkeys(level)]
        for chosen in combinations(found, parts):
            weights = {a: sympy.Rational((1, -1)[k], len(group)) for k, group in enumerate(chosen) for a in group}
            for V, text in zip(both, texts, strict=True):
                total = sympy.Add(*(weights[a] * weights[b] * V[a, b] for a, b in product(weights, weights)))
                assert sympy.expand(total - value(text)) == 0, row.what


def test_variances_of_estimates_are_those_of_generalized_least_squares() -> None:
    told = compare(*PAIRS["incomplete"]())
    values = {"sigma2": 2, "sigma2_u": 3}

    def at(expression: Any) -> Any:
        return expression.subs({letter: values[letter.name] for letter in expression.free_symbols})

    text = next(row for row in told.rows() if row.what == "Var of the estimated difference of two treatment means")
    for m, shown in zip((told.left, told.right), (text.left, text.right), strict=True):
        X, V = m.X.explicit(), at(m.V.explicit())
        information = X.T * V.inv() * X
        labels = list(m.beta.row_labels or ())
        contrast = sympy.Matrix([(label == "τ1") - (label == "τ2") for label in labels])
        solved = information.pinv() * contrast
        assert (contrast.T * solved)[0] == at(value(shown))
