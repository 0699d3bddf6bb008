"""X and Z are those of R and lme4 on data that nobody chose, compared by label; what lme4 refuses is refused.

Where we differ on purpose, the tables at the end say so, and why.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from tests.models.r_matrices import REASON, RAnswer, RCase, RColumn, answers_of_r, r_is_here
from tests.models.truth import FORMULAS, columns_of, random_names, truth
from tutor.errors import TutorError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not r_is_here(), reason=REASON)]

RELATIVE = 1e-14
"""Entries are whole numbers, decimals and logarithms: two roundings of a double at most."""


def trial(seed: int, rows: int) -> tuple[RColumn, ...]:
    """Random unbalanced data with a column of every kind, its rows in random order."""
    chosen = random.Random(seed)

    def drawn(values: Sequence[object]) -> tuple[object, ...]:
        # Each value comes up once at least where there is room, so that no factor has lost its levels.
        some = [*values, *(chosen.choice(values) for _ in range(rows))][:rows]
        chosen.shuffle(some)
        return tuple(some)

    def shuffled(levels: str) -> tuple[str, ...]:
        return tuple(chosen.sample(levels, len(levels)))

    return (
        RColumn("y", "number", tuple(chosen.randint(-999, 999) / 10 for _ in range(rows))),
        RColumn("x", "number", tuple(chosen.randint(-300, 300) / 100 for _ in range(rows))),
        RColumn("w", "number", tuple(chosen.randint(1, 4000) / 8 for _ in range(rows))),
        RColumn("k", "number", drawn([-1.5, 0, 0.25, 2, 10])),
        RColumn("a", "text", drawn(["low", "High", "mid dle"])),
        RColumn("b", "factor", drawn("uvw"), shuffled("uvwxy")),
        RColumn("c", "factor", drawn(["10", "9", "-1"]), ("9", "10", "-1", "0")),
        RColumn("t", "truth", drawn([True, False])),
        RColumn("g", "text", drawn("ABCD")),
        RColumn("h_1", "factor", drawn("pqr"), shuffled("pqrs")),
        RColumn("number.of_plants", "number", tuple(chosen.randint(0, 20) for _ in range(rows))),
        RColumn(".f", "text", drawn(["é", "e", "z"])),
        RColumn("my x", "number", tuple(chosen.randint(-9, 9) for _ in range(rows))),
        RColumn("my f", "text", drawn(["1", "a.b", "_"])),
        RColumn("k3", "factor", drawn("KLM"), shuffled("KLM")),
        RColumn("k4", "factor", drawn("PQRS"), shuffled("PQRS")),
    )


FIXED = [
    "y ~ 1",
    "y ~ x",
    "y ~ a",
    "y ~ 0 + a",
    "y ~ a - 1",
    "y ~ x + a - 1",
    "y ~ 0 + x + a:b",
    "y ~ a:b",
    "y ~ a*b",
    "y ~ a*b - 1",
    "y ~ a*b - a",
    "y ~ a*x",
    "y ~ 0 + a:x",
    "y ~ a:x + b:x",
    "y ~ x:b + a:x:b + a",
    "y ~ x:a:b - 1",
    "y ~ a*b*t",
    "y ~ a*b*x",
    "y ~ a*b*x - a:b - x",
    "y ~ (a + b + x)^2",
    "y ~ (a + b + t)^2 - a:b",
    "y ~ a/b",
    "y ~ a/x - 1",
    "y ~ a/(b + x)",
    "y ~ (a + b)/t",
    "y ~ b %in% a",
    "y ~ b:a + a",
    "y ~ a:a + x:x",
    "y ~ t",
    "y ~ -1 + t",
    "y ~ t:x",
    "y ~ c*t",
    "y ~ factor(k)",
    "y ~ factor(k)*x - 1",
    "y ~ as.factor(c) + factor(a)",
    "y ~ I(x^2)",
    "y ~ I(x**2) + I(x/2) + I(-x) + I(2*(x + .50))",
    "y ~ I((x - 1)^2)*a",
    "y ~ log(w)",
    "y ~ log(w + 1) + sqrt(w) + log2(w) + log10(w) + exp(x)",
    "y ~ I(w*x - 2)^2",
    "y ~ I(1e3*x + 2.50)",
    "y ~ number.of_plants * .f",
    "y ~ `my x` * `my f`",
    "y ~ x + -a",
    "y ~ a + b - (b - x)",
    "y ~ -(a - 1) + x",
    "log(w) ~ x",
    "I(y + x) ~ a",
    "y ~ C(k3, sum)",
    "y ~ C(k4, contr.sum)*x",
    "y ~ C(k3, helmert)*t",
    "y ~ C(k4, treatment) + C(k3, sum):x",
    "y ~ 0 + C(k3, sum)*C(k4, helmert)",
]

POLYNOMIALS = [
    "y ~ poly(x, 2)",
    "y ~ poly(w, 3, raw = TRUE)",
    "y ~ poly(x, degree = 2, raw = T):a",
    "y ~ I(x > 0.5)",
    "y ~ I(k == 2) * x",
    'y ~ I(a != "low") + I("D" == g)',
    "y ~ scale(w)",
    "y ~ scale(w, scale = FALSE) * a",
    "y ~ scale(x, center = FALSE)",
    "y ~ scale(x, FALSE, FALSE)",
    "y ~ I(x - mean(x)) + I(w / sd(w)) + I(max(k) - k + min(x))",
    "y ~ log(w, 2) + log(w, base = 10) + log1p(w) + abs(x) + sin(x) + cos(k)",
    "y ~ ordered(k) * t",
    "y ~ C(factor(k), sum)",
    "y ~ as.numeric(x) + I(w <= 100)",
    "y ~ scale(x) + (scale(x) | g)",
    "y ~ t + (0 + I(x >= 0) | g)",
    "y ~ poly(x, 1):a + t",
    "y ~ C(k4, poly)",
    "y ~ C(k3, poly)*poly(x, 3)",
    "y ~ a + poly(w, 4) + I(x^2)",
    "y ~ poly(number.of_plants, 2)*x + (poly(x, 2) | g)",
]
"""Roots, which R finds by an orthogonal decomposition of doubles."""

RANDOM = [
    "y ~ (1 | g)",
    "y ~ x + (x | g)",
    "y ~ a*x + (1 | g)",
    "y ~ 0 + a + (0 + x | g)",
    "y ~ x + (x || g)",
    "y ~ a*x + (a*x || g)",
    "y ~ a + (a | g)",
    "y ~ a + (0 + a | g)",
    "y ~ a + (a - 1 | g) + (x | h_1)",
    "y ~ a + (a || g)",
    "y ~ a + (-1 + x + a | g)",
    "y ~ x + (0 + x || g)",
    "y ~ x + (x + I(x^2) | g)",
    "y ~ x + (x + log(w) | g)",
    "y ~ a + (1 | g) + (1 | h_1)",
    "y ~ a + (1 | g) + (0 + x | g) + (0 + `my x` | g)",
    "y ~ a + (1 | g/h_1)",
    "y ~ a:b + (1 | g/h_1/t)",
    "y ~ a + (1 | g/(h_1:t))",
    "y ~ a + (1 | g:h_1)",
    "y ~ a + (1 | g:h_1:t) + (1 | g)",
    "y ~ a + (x | g/t)",
    "y ~ x + (t | g)",
    "y ~ x + (0 + t | g)",
    "y ~ x + (c | h_1)",
    "y ~ x + (a:x | g)",
    "y ~ x + (0 + a:x | g)",
    "y ~ x + (factor(k) | g)",
    "y ~ x + (1 | k)",
    "y ~ x + (1 | t)",
    "y ~ x + (1 | k:t)",
    "y ~ b + (1 | b)",
    "y ~ b + (1 | a) + (1 | a:b)",
    "y ~ (1 | g) + a*b + x - 1",
    "y ~ (x | g) + (number.of_plants | .f)",
    "y ~ `my f` + (`my x` | `my f`)",
    "y ~ `my x` + (1 | `my f`:g)",
    "y ~ (x + (1 | g))",
    "log(w) ~ I(x^2) + (1 | g)",
]

LEVELS = [
    "y ~ factor(k, levels = c(2, -1.5, 0, 10, 0.25))",
    'y ~ factor(k, levels = c("10", "2", "0.25", "0", "-1.5")) * x',
    'y ~ factor(a, levels = c("mid dle", "low", "High"))',
    'y ~ factor(t, labels = c("no", "yes"))',
    "y ~ 0 + factor(a, c('low', 'High', 'mid dle'), c('(1)', '~', 'h'))",
    'y ~ relevel(b, ref = "w") * t',
    "y ~ relevel(factor(k), ref = 3)",
    'y ~ relevel(factor(k3, levels = c("M", "K", "L")), "L") + (1 | g)',
    'y ~ ordered(a, levels = c("low", "mid dle", "High"))',
    'y ~ C(factor(a, levels = c("low", "mid dle", "High")), sum)',
    'y ~ x + (0 + factor(a, levels = c("low", "mid dle", "High")) | g)',
]
"""Factors with levels in an order of their own."""

SHIPPED = [name for name in FORMULAS if name != "orthodont_gls_ar1"]
SEEDS = range(4)
LARGE = [RCase(text, trial(seed, 48)) for text in (*FIXED, *RANDOM, *POLYNOMIALS, *LEVELS) for seed in SEEDS]
SMALL = [RCase(text, trial(seed, 4 + seed)) for text in (*FIXED, *RANDOM) for seed in SEEDS]


def shipped(name: str) -> RCase:
    """A data set of the lecture, by its formula."""
    columns, levels = columns_of(truth(name))
    kinds = {name: "factor" if name in levels else "number" for name in columns}
    return RCase(
        FORMULAS[name],
        tuple(RColumn(n, kinds[n], tuple(v), tuple(levels.get(n, ()))) for n, v in columns.items()),  # pyright: ignore[reportArgumentType]
    )


PLAIN = trial(7, 24)


def with_column(name: str, kind: str, values: Sequence[object], levels: Sequence[str] = ()) -> tuple[RColumn, ...]:
    """The plain data with another column of this name."""
    other = RColumn(name, kind, tuple(values), tuple(levels))  # pyright: ignore[reportArgumentType]
    return (*(column for column in PLAIN if column.name != name), other)


REFUSED_BY_BOTH = {
    "a column that is not there": RCase("y ~ nope", PLAIN),
    "a random slope that is not there": RCase("y ~ (nope | g)", PLAIN),
    "a group that is not there": RCase("y ~ (1 | nope)", PLAIN),
    "nothing after +": RCase("y ~ x +", PLAIN),
    "nothing after the bar": RCase("y ~ (1 | )", PLAIN),
    "an open bracket": RCase("y ~ (1 | g", PLAIN),
    "two names side by side": RCase("y ~ x a", PLAIN),
    "a number as a term": RCase("y ~ x + 2", PLAIN),
    "a number times a term": RCase("y ~ 2*x", PLAIN),
    "a power that is no number": RCase("y ~ (a + b)^x", PLAIN),
    "groups that are added": RCase("y ~ (1 | g + h_1)", PLAIN),
    "groups that are crossed": RCase("y ~ (1 | g*h_1)", PLAIN),
    "a group that is calculated": RCase("y ~ (1 | log(w))", PLAIN),
    "a factor with one level": RCase("y ~ a", with_column("a", "text", ["p"] * 24)),
    "indicators of one level": RCase("y ~ 0 + a + (1 | g)", with_column("a", "text", ["p"] * 24)),
    "one used level of two": RCase("y ~ b", with_column("b", "factor", ["u"] * 24, ["u", "v"])),
    "a group with one level": RCase("y ~ (1 | g)", with_column("g", "text", ["p"] * 24)),
    "a group for each row": RCase("y ~ (1 | g)", with_column("g", "number", range(24))),
    "two effects for each pair of rows": RCase("y ~ (x | g)", with_column("g", "number", [*range(12)] * 2)),
    "a function that is not there": RCase("y ~ lag(x) + nofunction(x)", PLAIN),
    "a response of text": RCase("a ~ x + (1 | g)", PLAIN, fit=True),
    "the logarithm of zero": RCase("y ~ log(x)", with_column("x", "number", [0, *range(1, 24)]), fit=True),
    "an infinite number": RCase("y ~ I(1/x) + (1 | g)", with_column("x", "number", [0, *range(1, 24)]), fit=True),
    "arithmetic with text": RCase("y ~ log(a)", PLAIN),
}

REFUSED_BY_US = {
    "two variances of one effect cannot be told apart": RCase("y ~ (1 | g) + (1 | g)", PLAIN),
    "the intercept varies twice": RCase("y ~ (1 | g) + (x | g)", PLAIN),
    "X would have no column": RCase("y ~ 0 + (1 | g)", PLAIN),
    "Z_k would have no column": RCase("y ~ (0 | g)", PLAIN),
    "nothing is dropped in silence": RCase("y ~ log(x)", PLAIN),
    "R takes the response out in silence": RCase("y ~ y + x", PLAIN),
    "a number in a product says something of the intercept": RCase("y ~ x*1", PLAIN),
    "functions that are not known here": RCase("y ~ round(x)", PLAIN),
    "two arguments": RCase("y ~ exp(x) + round(w, 2)", PLAIN),
    "comparisons joined by and": RCase("y ~ I(x > 0 & x < 1)", PLAIN),
    "the dot": RCase("y ~ .", PLAIN),
    "one truth value compares nothing": RCase("y ~ t", with_column("t", "truth", [True] * 24)),
}
"""What we refuse and R does not, and why."""

REFUSED_BY_R = {
    "a group may be declared a factor": RCase("y ~ (1 | factor(k))", PLAIN),
    "brackets in a group": RCase("y ~ (1 | (g/h_1))", PLAIN),
    "nothing to be uncorrelated with": RCase("y ~ (1 || g)", PLAIN),
    "contrasts of a text that is a factor": RCase("y ~ C(a, sum) + (1 | g)", PLAIN),
}
"""What lme4 1.1-31 cannot read and we can: its meaning is plain."""

OTHER_NAMES = {
    "brackets that change nothing": (RCase("y ~ I((x)) + (1 | g)", PLAIN), "I((x))", "I(x)"),
    "long whole numbers": (RCase("y ~ I(100000 * x)", PLAIN), "I(1e+05 * x)", "I(100000 * x)"),
    "long levels": (
        RCase("y ~ factor(k)", with_column("k", "number", [5, 100000] * 12)),
        "factor(k)1e+05",
        "factor(k)100000",
    ),
}
"""Columns that are named otherwise: R's name, and ours."""

ALL_CASES = [
    *LARGE,
    *SMALL,
    *(shipped(name) for name in SHIPPED),
    *REFUSED_BY_BOTH.values(),
    *REFUSED_BY_US.values(),
    *REFUSED_BY_R.values(),
    *(case for case, _, _ in OTHER_NAMES.values()),
]


@cache
def r_answers() -> dict[RCase, RAnswer]:
    """R's answers to all cases of this module, from one process."""
    return dict(zip(ALL_CASES, answers_of_r(ALL_CASES), strict=True))


def assert_same(case: RCase, theirs: RAnswer, absolute: float = 0) -> None:
    """Compare X and Z by the labels of their columns; X's columns come in R's order too."""
    ours = case.ours()
    assert ours.X.column_labels == theirs.fixed_names
    assert theirs.X is not None
    np.testing.assert_allclose(ours.X.numpy(), theirs.X.reshape(ours.X.numpy().shape), rtol=RELATIVE, atol=absolute)
    assert (ours.Z is None) == (theirs.Z is None)
    if ours.Z is not None and theirs.Z is not None:
        mine = random_names(ours)
        assert len(set(mine)) == len(mine) == len(theirs.random_names)
        assert set(mine) == set(theirs.random_names)
        order = [mine.index(name) for name in theirs.random_names]
        np.testing.assert_allclose(ours.Z.numpy()[:, order], theirs.Z, rtol=RELATIVE, atol=absolute)


@pytest.mark.parametrize("text", [*FIXED, *RANDOM])
def test_random_data_make_the_matrices_of_R(text: str) -> None:
    for case in (case for case in LARGE if case.formula == text):
        theirs = r_answers()[case]
        assert theirs.error is None
        assert_same(case, theirs)


@pytest.mark.parametrize("text", LEVELS)
def test_levels_in_an_order_of_their_own_are_those_of_R(text: str) -> None:
    for case in (case for case in LARGE if case.formula == text):
        theirs = r_answers()[case]
        assert theirs.error is None
        assert_same(case, theirs, absolute=1e-12)


@pytest.mark.parametrize("text", POLYNOMIALS)
def test_polynomials_are_those_of_R(text: str) -> None:
    for case in (case for case in LARGE if case.formula == text):
        assert_same(case, r_answers()[case], absolute=1e-10)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_data_of_the_lecture_make_the_matrices_of_R(name: str) -> None:
    assert_same(shipped(name), r_answers()[shipped(name)])


@pytest.mark.parametrize("text", [*FIXED, *RANDOM])
def test_few_rows_are_refused_where_R_refuses_them(text: str) -> None:
    for case in (case for case in SMALL if case.formula == text):
        theirs = r_answers()[case]
        if theirs.error is None:
            assert_same(case, theirs)
        else:
            with pytest.raises(TutorError):
                case.ours()


def test_few_rows_are_refused_often_and_taken_often() -> None:
    refused = sum(r_answers()[case].error is not None for case in SMALL)
    assert len(SMALL) / 10 < refused < len(SMALL) * 9 / 10


@pytest.mark.parametrize("case", REFUSED_BY_BOTH.values(), ids=REFUSED_BY_BOTH)
def test_what_R_refuses_is_refused(case: RCase) -> None:
    assert r_answers()[case].error is not None
    with pytest.raises(TutorError):
        case.ours()


@pytest.mark.parametrize("case", REFUSED_BY_US.values(), ids=REFUSED_BY_US)
def test_what_only_we_refuse(case: RCase) -> None:
    assert r_answers()[case].error is None
    with pytest.raises(TutorError):
        case.ours()


@pytest.mark.parametrize("case", REFUSED_BY_R.values(), ids=REFUSED_BY_R)
def test_what_only_R_refuses(case: RCase) -> None:
    assert r_answers()[case].error is not None
    assert case.ours().Z is not None


@pytest.mark.parametrize(("case", "theirs", "ours"), OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_what_is_named_otherwise(case: RCase, theirs: str, ours: str) -> None:
    assert r_answers()[case].fixed_names[-1] == theirs
    assert case.ours().X.column_labels == (*r_answers()[case].fixed_names[:-1], ours)
