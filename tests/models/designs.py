"""Every named design at a few sizes, with the formula of lme4 that means the same on its data frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel


@dataclass(frozen=True)
class Case:
    """A design with arguments; its formula without the response; a call with letters and what they stand for.

    ``order`` is the order of the rows for an equation without data, "" where the rows have to come as data.
    """

    design: Callable[..., MixedModel]
    arguments: tuple[Any, ...]
    formula: str = ""
    letters: tuple[Any, ...] = ()
    values: dict[str, int] = field(default_factory=dict)
    order: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> MixedModel:
        return self.design(*self.arguments, **self.options)

    @property
    def symbolic(self) -> MixedModel:
        return self.design(*self.letters, **self.options)

    def __str__(self) -> str:
        options = [f"{key}={value}" for key, value in self.options.items()]
        return f"{self.design.__name__}({', '.join([*map(str, self.arguments), *options])})"


FIXED = {"blocks_are": "fixed"}
ROWS_FIXED = {"rows_and_columns_are": "fixed"}

PAIR, OTHERS = {"A": 2, "B": 2}, {"C": 2, "D": 2}
"""Factorial treatments."""

CASES = [
    Case(c.crd, (3, 2), "treatment", ("t", "r"), {"t": 3, "r": 2}, "ij"),
    Case(c.crd, ((2, 3), 2), "A * B", (("a", "b"), "r"), {"a": 2, "b": 3, "r": 2}, "ijk"),
    Case(c.crd, (3, 2, 4), "treatment + (1 | treatment:plot)", ("t", "r", "s"), {"t": 3, "r": 2, "s": 4}, "ijk"),
    Case(c.rcbd, (3, 4), "treatment + (1 | block)", ("t", "b"), {"t": 3, "b": 4}, "ji"),
    Case(c.rcbd, (3, 4), "treatment + block", ("t", "b"), {"t": 3, "b": 4}, "ji", FIXED),
    Case(c.rcbd, ({"variety": 2, "dose": ["low", "high"]}, 3), "variety * dose + (1 | block)"),
    Case(
        c.rcbd,
        (3, 2),
        "treatment + (1 | block) + (1 | block:treatment)",
        ("t", "b"),
        {"t": 3, "b": 2},
        "jik",
        {"samples": 2},
    ),
    Case(
        c.generalized_rcbd,
        (3, 2, 2),
        "treatment + (1 | block) + (1 | block:treatment)",
        ("t", "b", "r"),
        {"t": 3, "b": 2, "r": 2},
        "jik",
    ),
    Case(c.generalized_rcbd, (3, 2, 2), "treatment * block", ("t", "b", "r"), {"t": 3, "b": 2, "r": 2}, "jik", FIXED),
    Case(c.latin_square, (4,), "treatment + (1 | row) + (1 | column)"),
    Case(c.latin_square, (3,), "treatment + row + column", options=ROWS_FIXED),
    Case(c.latin_square, (), "A * B + (1 | row) + (1 | column)", options={"treatments": {"A": 2, "B": 2}}),
    Case(
        c.latin_square,
        (3,),
        "treatment + (1 | row) + (1 | column) + (1 | row:column)",
        options={"samples": 2},
    ),
    Case(
        c.generalized_rcbd,
        (3, 2, 2),
        "treatment + (1 | block) + (1 | block:treatment) + (1 | block:treatment:replicate)",
        ("t", "b", "r"),
        {"t": 3, "b": 2, "r": 2},
        "jikl",
        {"samples": 3},
    ),
    Case(c.generalized_rcbd, ((2, 2), 2, 2), "A * B * block", order="kijl", options=FIXED),
    Case(
        c.split_plot,
        (2, 3, 2),
        "A * B + (1 | block) + (1 | block:A) + (1 | block:A:B)",
        ("a", "s", "r"),
        {"a": 2, "s": 3, "r": 2},
        "kijl",
        {"samples": 2},
    ),
    Case(
        c.split_plot,
        (2, 3, None, 2),
        "A * B + (1 | A:replicate) + (1 | A:replicate:B)",
        order="ikjl",
        options={"samples": 2},
    ),
    Case(c.graeco_latin, (4,), "latin + greek + (1 | row) + (1 | column)"),
    Case(c.graeco_latin, (5,), "latin + greek + row + column", options=ROWS_FIXED),
    Case(c.row_column, (7, 3, 7), "treatment + (1 | row) + (1 | column)"),
    Case(c.row_column, (4, 3, 4), "treatment + row + column", options=ROWS_FIXED),
    Case(c.bibd, (4, 6, 2), "treatment + (1 | block)"),
    Case(c.bibd, (7, 7, 3), "treatment + block", options=FIXED),
    Case(c.bibd, (6, 10, 3), "treatment + (1 | block)"),
    Case(c.alpha, (12, 2, 3), "treatment + replicate + (1 | replicate:block)"),
    Case(c.alpha, (12, 3, 4), "treatment + (1 | replicate) + (1 | replicate:block)", options={"reps_are": "random"}),
    Case(c.graeco_latin, (4,), "A * B + C * D + (1 | row) + (1 | column)", options={"latin": PAIR, "greek": OTHERS}),
    Case(c.row_column, (PAIR, 3, 4), "A * B + (1 | row) + (1 | column)"),
    Case(c.bibd, (PAIR, 4, 3), "A * B + (1 | block)"),
    Case(c.bibd, ((2, 3), 10, 3), "A * B + block + (1 | block:A:B)", options={"blocks_are": "fixed", "samples": 2}),
    Case(c.alpha, ((3, 2), 2, 3), "A * B + replicate + (1 | replicate:block)"),
    Case(c.augmented, (2, 7, 3), "entry + (1 | block)"),
    Case(c.augmented, (3, 4, 4), "entry + block", options=FIXED),
    Case(
        c.split_plot,
        (2, 3, 4),
        "A * B + (1 | block) + (1 | block:A)",
        ("a", "s", "r"),
        {"a": 2, "s": 3, "r": 4},
        "kij",
    ),
    Case(c.split_plot, (2, 3, 4), "A * B + block + (1 | block:A)", order="kij", options=FIXED),
    Case(
        c.split_plot,
        (2, 3, None, 4),
        "A * B + (1 | A:replicate)",
        ("a", "s", None, "r"),
        {"a": 2, "s": 3, "r": 4},
        "ikj",
    ),
    Case(c.split_plot, ((2, 2), {"dose": 3}, 2), "A * B * dose + (1 | block) + (1 | block:A:B)", order="lijk"),
    Case(
        c.split_split_plot,
        (2, 3, 2, 2),
        "A * B * C + (1 | block) + (1 | block:A) + (1 | block:A:B)",
        ("a", "b", "c", "r"),
        {"a": 2, "b": 3, "c": 2, "r": 2},
        "lijk",
    ),
    Case(
        c.strip_plot,
        (2, 3, 2),
        "A * B + (1 | block) + (1 | block:A) + (1 | block:B)",
        ("a", "s", "b"),
        {"a": 2, "s": 3, "b": 2},
        "kij",
    ),
    Case(
        c.split_split_plot,
        (2, OTHERS, {"E": 2}, 2),
        "A * C * D * E + (1 | block) + (1 | block:A) + (1 | block:A:C:D)",
        order="mijkl",
    ),
    Case(
        c.split_split_plot,
        (2, 2, 2, 2),
        "A * B * C + (1 | block) + (1 | block:A) + (1 | block:A:B) + (1 | block:A:B:C)",
        ("a", "b", "c", "r"),
        {"a": 2, "b": 2, "c": 2, "r": 2},
        "lijkm",
        {"samples": 2},
    ),
    Case(
        c.strip_plot,
        (PAIR, {"C": 2}, 2),
        "A * B * C + (1 | block) + (1 | block:A:B) + (1 | block:C)",
        (("a", "c"), "s", "b"),
        {"a": 2, "c": 2, "s": 2, "b": 2},
        "lijk",
    ),
    Case(
        c.strip_plot,
        (2, 3, 2),
        "A * B + (1 | block) + (1 | block:A) + (1 | block:B) + (1 | block:A:B)",
        ("a", "s", "b"),
        {"a": 2, "s": 3, "b": 2},
        "kijl",
        {"samples": 2},
    ),
    Case(
        c.repeated_measures,
        (2, 3, PAIR),
        "A * B * time + (1 | A:B:subject)",
        ("s", "p", ("a", "c")),
        {"s": 2, "p": 3, "a": 2, "c": 2},
        "ijlk",
        {"within": "cs", "side": "G"},
    ),
    Case(c.repeated_measures, (3, 3, PAIR), order="ijlk", options={"within": "ar1"}),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        "treatment * time + (1 | treatment:subject)",
        ("s", "p", "a"),
        {"s": 3, "p": 4, "a": 2},
        "ikj",
        {"within": "cs", "side": "G"},
    ),
    Case(c.repeated_measures, (3, 4), "time", ("s", "p"), {"s": 3, "p": 4}, "ji", {"within": "identity"}),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        letters=("s", "p", "a"),
        values={"s": 3, "p": 4, "a": 2},
        order="ikj",
        options={"within": "ar1"},
    ),
    Case(
        c.repeated_measures, (2, 3), letters=("s", "p"), values={"s": 2, "p": 3}, order="ji", options={"within": "cs"}
    ),
    Case(c.repeated_measures, (3, 3, 2), order="ikj", options={"within": "un"}),
    Case(c.repeated_measures, (2, 4, 3), order="ikj", options={"within": "toeph", "random_intercept": True}),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        letters=("s", "p", "a"),
        values={"s": 3, "p": 4, "a": 2},
        order="ikj",
        options={"within": "exp", "side": "G"},
    ),
    Case(c.repeated_measures, (3, 5), order="ji", options={"within": "arh1", "side": "G"}),
    Case(c.crossover, (3,), "sequence + period + treatment + (1 | sequence:subject)"),
    Case(
        c.crossover,
        (2, 3),
        "sequence + period + treatment + carryover + (1 | sequence:subject)",
        options={"carryover": True},
    ),
    Case(c.crossover, (2, 4), "sequence + period + A * B + (1 | sequence:subject)", options={"treatments": PAIR}),
    Case(c.one_way, (4, 3), "1 + (1 | group)", ("a", "n"), {"a": 4, "n": 3}, "ij"),
    Case(c.nested, (3, 2, 4), "1 + (1 | outer/inner)", ("a", "b", "n"), {"a": 3, "b": 2, "n": 4}, "ijk"),
    Case(
        c.nested,
        (2, 2, 2, 2),
        "1 + (1 | level1/level2/level3)",
        ("a", "b", "c", "n"),
        {"a": 2, "b": 2, "c": 2, "n": 2},
        "ijkl",
    ),
    Case(
        c.nested,
        (2, 2, 3, 2, 2),
        "1 + (1 | level1/level2/level3/level4)",
        ("a", "b", "c", "d", "n"),
        {"a": 2, "b": 2, "c": 3, "d": 2, "n": 2},
        "ijklm",
    ),
    Case(
        c.crossed,
        (3, 4, 2),
        "1 + (1 | row) + (1 | column) + (1 | row:column)",
        ("a", "b", "n"),
        {"a": 3, "b": 4, "n": 2},
        "ijk",
    ),
    Case(c.crossed, (3, 4), "1 + (1 | row) + (1 | column)", ("a", "b"), {"a": 3, "b": 4}, "ij"),
    Case(c.regression, ([1, 2, 4, 7],), "x"),
    Case(c.random_intercepts, (3, [0, 1, 3]), "x + (1 | group)"),
    Case(c.random_slopes, (3, [0, 1, 3, 4]), "x + (x | group)"),
    Case(c.ancova, (3, 2), "treatment + x", options={"x": [1, 2, 3, 5, 8, 13]}),
    Case(
        c.ancova,
        (3, 2),
        "treatment + treatment:x + (1 | block)",
        options={"x": [1, 2, 3, 5, 8, 13], "slopes": "separate", "blocks_are": "random"},
    ),
    Case(c.ancova, (PAIR, 2), "A * B + x", options={"x": [1, 2, 3, 5, 8, 13, 21, 34]}),
    Case(
        c.multilocation,
        (PAIR, 3, 2),
        "A * B + (1 | location) + (1 | location:A:B) + (1 | location:block)",
        (("a", "c"), "s", "b"),
        {"a": 2, "c": 2, "s": 3, "b": 2},
        "klij",
    ),
    Case(
        c.multilocation,
        (3, 2, 2),
        "treatment + (1 | location) + (1 | location:treatment) + (1 | location:block)".replace("treatment", "genotype"),
        ("g", "s", "b"),
        {"g": 3, "s": 2, "b": 2},
        "jki",
    ),
    Case(
        c.multilocation,
        (3, 4, 2),
        "genotype * location + (1 | location:block)",
        ("g", "s", "b"),
        {"g": 3, "s": 4, "b": 2},
        "jki",
        {"locations_are": "fixed"},
    ),
]
