"""The named designs with several observations of a subject, at two sets of sizes."""

from __future__ import annotations

from tests.models.design_case import PAIR, Case
from tutor.covariance import ar1, cs, toeph, un
from tutor.models import catalogue as c

REPEATED = [
    Case(
        c.repeated_measures,
        (2, 3, PAIR),
        "A * B * time + (1 | A:B:subject)",
        ("s", "p", ("a", "c")),
        {"s": 2, "p": 3, "a": 2, "c": 2},
        "ijlk",
        {"within": "cs", "side": "G"},
        larger=(3, 3, PAIR),
    ),
    Case(
        c.repeated_measures,
        (3, 3, PAIR),
        "A * B * time",
        order="ijlk",
        options={"within": "ar1"},
        larger=(4, 3, PAIR),
        residual=ar1("time", group=["A", "B", "subject"]),
    ),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        "treatment * time + (1 | treatment:subject)",
        ("s", "p", "a"),
        {"s": 3, "p": 4, "a": 2},
        "ikj",
        {"within": "cs", "side": "G"},
        larger=(4, 4, 3),
    ),
    Case(
        c.repeated_measures, (3, 4), "time", ("s", "p"), {"s": 3, "p": 4}, "ji", {"within": "identity"}, larger=(4, 3)
    ),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        "treatment * time",
        letters=("s", "p", "a"),
        values={"s": 3, "p": 4, "a": 2},
        order="ikj",
        options={"within": "ar1"},
        larger=(4, 4, 3),
        residual=ar1("time", group=["treatment", "subject"]),
    ),
    Case(
        c.repeated_measures,
        (2, 3),
        "time",
        letters=("s", "p"),
        values={"s": 2, "p": 3},
        order="ji",
        options={"within": "cs"},
        larger=(3, 4),
        residual=cs("time", group="subject"),
    ),
    Case(
        c.repeated_measures,
        (3, 3, 2),
        "treatment * time",
        order="ikj",
        options={"within": "un"},
        larger=(4, 3, 3),
        residual=un("time", group=["treatment", "subject"]),
    ),
    Case(
        c.repeated_measures,
        (2, 4, 3),
        "treatment * time + (1 | treatment:subject)",
        order="ikj",
        options={"within": "toeph", "random_intercept": True},
        larger=(3, 4, 4),
        residual=toeph("time", group=["treatment", "subject"]),
    ),
    Case(
        c.repeated_measures,
        (3, 4, 2),
        "treatment * time + exp(0 + factor(step) | treatment:subject)",
        letters=("s", "p", "a"),
        values={"s": 3, "p": 4, "a": 2},
        order="ikj",
        options={"within": "exp", "side": "G"},
        larger=(4, 4, 3),
    ),
    Case(
        c.repeated_measures,
        (3, 5),
        "time + hetar1(0 + time | subject)",
        order="ji",
        options={"within": "arh1", "side": "G"},
        larger=(4, 4),
    ),
    Case(c.crossover, (3,), "sequence + period + treatment + (1 | sequence:subject)", larger=(4,)),
    Case(
        c.crossover,
        (2, 3),
        "sequence + period + treatment + carryover + (1 | sequence:subject)",
        options={"carryover": True},
        larger=(3, 4),
    ),
    Case(
        c.crossover,
        (2, 4),
        "sequence + period + A * B + (1 | sequence:subject)",
        options={"treatments": PAIR},
        larger=(3, 4),
    ),
]
