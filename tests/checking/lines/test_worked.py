"""Derivations that an author writes down: what follows stands, what does not is refused by its line."""

import pytest

from tutor import Derivation, ReadError, TutorError, check, random_intercepts, rcbd, worked, write

BLOCKS = rcbd(treatments=2, blocks=3)
LINES = random_intercepts(3, [0, 1, 2])

FOLLOWS = [
    (BLOCKS, False, "ZGZ'", [r"\sigma^2_u ZZ'", r"\sigma^2_u (I_3 \otimes J_2)"]),
    (BLOCKS, False, "Var(y)", ["ZGZ' + R", r"I_3 \otimes (\sigma^2_u J_2 + \sigma^2 I_2)"]),
    (BLOCKS, False, "Corr(y_11, y_21)", [r"Cov(y_11, y_21)/\sqrt{Var(y_11) Var(y_21)}", "σ²_u/(σ² + σ²_u)"]),
    (BLOCKS, True, "(Xβ)'", ["β'X'"]),
    (LINES, False, "Cov(u, y)", ["Cov(u, Xβ + Zu + ε)", "Cov(u, u) Z'", "GZ'"]),
    (None, False, r"\sigma^2 + \sigma^2 - 2\rho\sigma^2", [r"2\sigma^2(1 - \rho)"]),
]


@pytest.mark.parametrize(("model", "general", "goal", "lines"), FOLLOWS, ids=[goal for _, _, goal, _ in FOLLOWS])
def test_lines_that_follow_are_a_derivation(model, general, goal, lines):
    found = worked(goal, *((line, f"reason {number}") for number, line in enumerate(lines)), of=model, general=general)
    assert isinstance(found, Derivation)
    assert [step.reason for step in found.steps] == [f"reason {number}" for number in range(len(lines))]
    assert check(write(found), found).correct


@pytest.mark.parametrize(
    ("goal", "lines", "told"),
    [
        ("ZGZ'", [r"\sigma^2_u ZZ'", r"\sigma^2_u (I_3 \otimes I_2)"], "Line 2 .* does not follow from σ²_u ZZ'"),
        ("Var(y)", ["ZG"], "Line 1 .*, ZG, does not follow from"),
        ("Var(y_11 - y_21)", ["2σ² + 2σ²_u"], "Line 1 .* does not follow"),
        ("Var(y)", ["y ~ N(Xβ, V)"], "is no formula"),
    ],
)
def test_a_line_that_does_not_follow_is_refused(goal, lines, told):
    with pytest.raises(TutorError, match=told):
        worked(goal, *((line, "so it is said") for line in lines), of=BLOCKS)


def test_what_could_not_be_compared_is_refused_with_the_reason():
    with pytest.raises(TutorError, match=r"Line 1 .* could not be compared .*y_1 .*known"):
        worked("Var(y_1 - y_2)", ("Var(y_1) + Var(y_2) - 2 Cov(y_1, y_2)", "the variance of a difference"))


def test_a_line_that_cannot_be_read_shows_where():
    with pytest.raises(ReadError, match="no name of this model"):
        worked("ZGZ'", ("ZGQ", "so it is said"), of=BLOCKS)
