"""Right lines are accepted in any spelling and order; of wrong ones the first wrong line is named, and its law."""

from __future__ import annotations

import re

import pytest

from tests.checking.lines.derivations import RIGHT, WRONG, Case, derivation, model
from tests.checking.lines.varied_derivations import VARIED_RIGHT, VARIED_WRONG
from tutor import Derivation, Lines, TutorError, check, rcbd, split_plot
from tutor.checking.lines.text import written_lines
from tutor.checking.verdict import Line, Verdict


def judged(case: Case) -> Verdict:
    return check(case.text, derivation(case.model, case.asked), model(case.model).vocabulary)


def name(case: Case) -> str:
    return ascii(f"{case.model} {case.text[:60]}")


@pytest.mark.parametrize("case", [*RIGHT, *VARIED_RIGHT], ids=name)
def test_a_right_derivation_is_accepted(case: Case) -> None:
    verdict = judged(case)
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.form is None, verdict.feedback
    assert verdict.score == pytest.approx(1)
    assert sum(part.weight * part.earned for part in verdict.credit) == pytest.approx(1)


@pytest.mark.parametrize("case", [*WRONG, *VARIED_WRONG], ids=name)
def test_the_first_wrong_line_and_the_law_that_it_breaks_are_named(case: Case) -> None:
    verdict = judged(case)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert isinstance(verdict.where[0], Line)
    assert verdict.where[0].number == case.line
    assert case.key is None or verdict.misconception == case.key, verdict.feedback
    assert verdict.facts.get("carried", "") == ", ".join(map(str, case.carried))
    assert verdict.facts.get("right again", "") == ", ".join(map(str, case.again))
    assert verdict.score < 1
    assert sum(part.weight for part in verdict.credit) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "lines", "reasons"),
    [
        ("V = A\n= B (since Cov(u, ε) = 0)", ["V = A", "= B"], ["", "(since Cov(u, ε) = 0)"]),
        (r"V = a (\mathbf{I}_3 \otimes \mathbf{J}_3)", [r"V = a (\mathbf{I}_3 \otimes \mathbf{J}_3)"], [""]),
        ("x = a + by + c", ["x = a + by + c"], [""]),
        ("x = A (sigma tau)", ["x = A (sigma tau)"], [""]),
        ("x = A (constant factor)", ["x = A"], ["(constant factor)"]),
        ("x = A by linearity", ["x = A"], ["by linearity"]),
        (r"x &= A \quad\text{(by $u$)} \\[2pt] &= B \tag{1}", ["x  = A", "= B"], [r"\quad\text{(by  u )}", ""]),
        ("1) x = A\n2) = B", ["x = A", "= B"], ["", ""]),
        ("2 x = A\n= B", ["2 x = A", "= B"], ["", ""]),
        ("x = [[1, 2],\n [3, 4]]\n= B", ["x = [[1, 2],\n [3, 4]]", "= B"], ["", ""]),
        (r"\begin{matrix} 1 \\ 3 \end{matrix} \\ = B", [r"\begin{matrix} 1 \\ 3 \end{matrix}", "= B"], ["", ""]),
        ("x = (A\n= B", ["x = (A", "= B"], ["", ""]),
        ("x = A +\nB\n+ C", ["x = A +\nB\n+ C"], [""]),
        ("Start here:\nx = A\n# now the rest\n= B", ["x = A", "= B"], ["", ""]),
        ("", [], []),
    ],
    ids=lambda value: ascii(value)[:50],
)  # fmt: skip
def test_a_text_is_parted_into_lines_and_reasons(text: str, lines: list[str], reasons: list[str]) -> None:
    found = written_lines(text)
    assert [line.text for line in found] == lines
    assert [line.reason for line in found] == reasons
    assert [line.number for line in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("end", [r" \\ ", " \\\\\n", "\n"])
@pytest.mark.parametrize("sign", [r"& \qquad {}+ ", "&+ ", r"\quad + "])
def test_a_sum_that_goes_on_in_the_next_line_is_one_line(end: str, sign: str) -> None:
    rest = r"R) \\ &= ZGZ' + R"
    lines = written_lines(f"Var(y) &= Var(Zu{end}{sign}{rest}")
    assert [line.text.split()[0] for line in lines] == ["Var(y)", "="]
    assert lines[0].text.endswith("R)")


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_judged() -> None:
    asked = derivation("blocks", "Var(y)")
    text = "Var(y) = Var(Zu) + Var(ε)\n= Z Var(u Z' + R\n= ZGZ' + R"
    verdict = check(text, asked)
    assert verdict.outcome == "unreadable"
    assert [place.name for place in verdict.where] == ["line 2"]
    assert "other lines are right" in verdict.feedback
    assert not verdict.costs_attempt
    assert verdict.place is not None
    assert text[verdict.place[0]] == "("
    wrong = check("Var(y) = Var(Zu) + Var(ε)\n= Z Var(u Z' + R\n= ZGZ' - R", asked)
    assert wrong.outcome == "incorrect"
    assert [place.name for place in wrong.where] == ["line 3"]
    assert "line 2 could not be read" in wrong.feedback


def test_a_drawn_matrix_that_is_torn_spoils_its_own_lines_only() -> None:
    text = "Var(y) = Var(Zu) + Var(ε)\n= ZGZ' + R\n= ⎡ 1  2 ⎤\n⎣ 3  4 ⎦"
    verdict = check(text, derivation("blocks", "Var(y)"))
    assert verdict.outcome == "unreadable"
    assert verdict.where[0].name == "line 3"
    assert "other lines are right" in verdict.feedback


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Var(y)", "unfinished"),
        ("Var(y) = Var(Zu) + Var(ε)", "unfinished"),
        ("Var(y) = V", "unfinished"),
        ("Var(ε) = R", "unfinished"),
        ("Var(y) = Z Var(u) Z' + R", "unfinished"),
        ("Var(y) = ZGZ' + R", None),
    ],
)
def test_what_is_true_and_stops_early_is_told_so_and_earns_a_part(text: str, form: str | None) -> None:
    verdict = check(text, derivation("blocks", "Var(y)"))
    assert verdict.outcome == "correct"
    assert verdict.form == form
    assert (verdict.score == 1) == (form is None)


@pytest.mark.parametrize("text", ["", " \n ", "$$ $$", [], [""], "the block is shared:"])
def test_no_line_is_no_answer(text: str | list[str]) -> None:
    verdict = check(text, derivation("blocks", "Var(y)"))
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)
    assert "no line with a formula" in verdict.feedback


def test_more_lines_earn_more_and_the_result_its_share() -> None:
    asked = derivation("blocks", "Var(y)")
    assert isinstance(asked, Derivation)
    lines = ["Var(y) = Var(Zu + ε)", "= Var(Zu) + Var(ε)", "= Z Var(u) Z' + Var(ε)"]
    scores = [check("\n".join(lines[:count]), asked).score for count in (1, 2, 3)]
    assert 0 < scores[0] < scores[1] < scores[2] < 0.5
    carried = check("Var(y) = Xβ + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", asked)
    again = check("Var(y) = Xβ + Var(Zu) + Var(ε)\n= ZGZ' + R", asked)
    assert 0 < carried.score < again.score < 1
    weighed = check("Var(y) = Xβ + Var(Zu) + Var(ε)\n= ZGZ' + R", Lines(asked, finish=0.8), None)
    assert weighed.score == pytest.approx(0.9)


def test_a_gap_counts_only_where_a_step_size_is_set() -> None:
    asked = derivation("blocks", "Var(y)")
    assert isinstance(asked, Derivation)
    text = "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu + ε)\n= ZGZ' + R"
    assert check(text, asked).form is None
    wide = check(text, Lines(asked, step_size=2))
    assert (wide.outcome, wide.form) == ("correct", "gap-too-wide")
    assert [place.name for place in wide.where] == ["line 3"]
    assert wide.score < 1
    assert check(text, Lines(asked, step_size=3)).form is None
    # A line that the model does not have is measured by the laws.
    own = "Var(y) = Var(ε + Zu + Xβ)\n= Var(ε + Zu)\n= Var(ε) + Var(Zu)\n= R + Z Var(u) Z'\n= R + ZGZ'"
    assert check(own, Lines(asked, step_size=2)).form is None


def test_feedback_has_three_strengths() -> None:
    verdict = check(
        "Var(y) = Var(Xβ + Zu + ε)\n= Xβ + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", derivation("blocks", "Var(y)")
    )
    nudge, hint, law = (verdict.told(strength) for strength in ("nudge", "hint", "explanation"))
    assert nudge == "Not yet. Look again at the lines after the first."
    assert hint.startswith("Line 2 does not follow from line 1. A constant left the variance")
    assert "How much does a constant vary?" in hint
    assert "(line 3 follows from line 2)" in hint
    assert "Var(c + x) = Var(x)" in law
    assert "Var(c + x)" not in hint


@pytest.mark.parametrize(
    ("asked", "text", "rests_on"),
    [
        ("Var(y)", "Var(y) = Var(Zu + ε)\n= Var(Zu) + Var(ε)\n= ZGZ' + R", "Cov(u, ε) = 0"),
        ("betahat", "β̂ = (X'V⁻¹X)⁻¹X'V⁻¹y\n= (X'X)⁻¹X'y", "the matrices of this model"),
    ],
)  # fmt: skip
def test_a_step_that_is_right_under_an_assumption_names_it(asked: str, text: str, rests_on: str) -> None:
    verdict = check(text, derivation("blocks" if asked == "Var(y)" else "intercepts", asked))
    assert verdict.outcome == "correct"
    notes = " ".join(part.note for part in verdict.credit)
    assert rests_on in notes


@pytest.mark.parametrize(
    ("text", "line", "shapes"),
    [
        ("Var(y) = Xβ", 1, ("Var(y) is 6 × 6", "Xβ is 6 × 1")),
        ("Var(y) = Var(Zu) + Var(ε)\n= Z'Z", 2, ("Var(Zu) + Var(ε) is 6 × 6", "Z'Z is 3 × 3")),
    ],
)
def test_a_line_of_another_shape_is_told_both_and_of_no_pattern(text: str, line: int, shapes: tuple[str, str]) -> None:
    m = rcbd(treatments=2, blocks=3)
    verdict = check(text, Lines(m.derive("Var(y)")), m)
    assert (verdict.misconception, verdict.facts["line"]) == ("wrong-size", str(line))
    told = verdict.told("hint")
    assert f"{shapes[0]} and {shapes[1]}: only matrices of one shape can be equal." in told
    assert "pattern" not in told


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Var(y_11 + y_21) = Var(y_11) + Var(y_21)", "Cov(y_11, y_21) = 0"),
        ("Var(y_11 + y_21) = Var(y_11 - y_21)", ""),
    ],
)
def test_a_wrong_step_tells_when_it_would_be_right(text: str, condition: str) -> None:
    verdict = check(text, derivation("blocks", "Var(y_11 + y_21)"), model("blocks").vocabulary)
    assert verdict.outcome == "incorrect"
    assert condition in verdict.facts.get("holds if", "") + verdict.told("explanation")
    assert verdict.counterexample is not None
    assert verdict.counterexample.answer != verdict.counterexample.reference


def test_of_twelve_lines_of_matrices_the_wrong_one_is_found() -> None:
    def row(i: int, k: int) -> str:
        shared = f"(σ⁴_u + {k}σ²_u)/(σ²_u + {k})"
        return ", ".join("σ²+σ²_u" if i == j else shared if i // 2 == j // 2 else "0" for j in range(6))

    rows = ["[" + ", ".join(f"[{row(i, k)}]" for i in range(6)) + "]" for k in range(1, 13)]
    rows[7] = rows[7].replace("σ²+σ²_u", "σ²", 1)
    text = "Var(y) = " + "\n= ".join(rows)
    asked = derivation("groups", "Var(y)")
    verdict = check(text, asked)
    assert verdict.where == (verdict.where[0],)
    assert verdict.where[0].name == "line 8"
    assert verdict.facts["right again"] == "9"


def test_a_step_that_leaves_a_sum_together_takes_nothing_for_uncorrelated() -> None:
    text = "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu + ε)\n= Var(Zu) + Var(ε)\n= ZGZ' + R"
    told = check(text, derivation("blocks", "Var(y)")).feedback
    assert "line 2" not in told
    assert "line 3 does since Cov(u, ε) = 0" in told


BOTH = "E(y) = Xβ + Z E(u) + E(ε)\n= Xβ\nVar(y) = Var(Zu) + Var(ε)\n= ZGZ' + R"


@pytest.mark.parametrize(
    ("text", "outcome", "form", "score", "told"),
    [
        (BOTH, "correct", None, 1.0, "Yes."),
        ("y ~ N(Xβ, ZGZ' + R)", "correct", None, 1.0, "Yes."),
        ("Var(y) = ZGZ' + R\nE(y) = Xβ", "correct", None, 1.0, "Yes."),
        ("E(y) = Xβ", "correct", "unfinished", 0.5, "E(y) is reached. Var(y) is still to be derived."),
        ("Var(y) = ZGZ' + R", "correct", "unfinished", 0.5, "Var(y) is reached. E(y) is still to be derived."),
        (BOTH.replace("= Xβ\n", "= Xβ + Zu\n"), "incorrect", None, None, "Line 2 does not follow from line 1."),
        (BOTH.replace("' + R", "' - R"), "incorrect", None, None, "Line 4 does not follow from line 3."),
        ("y ~ N(Xβ, ZGZ')", "incorrect", None, None, "Line 1"),
    ],
)
def test_several_things_may_be_derived_in_one_answer(
    text: str, outcome: str, form: str | None, score: float | None, told: str
) -> None:
    goals = derivation("blocks", "E(y)"), derivation("blocks", "Var(y)")
    assert all(isinstance(goal, Derivation) for goal in goals)
    verdict = check(text, Lines(tuple(goal for goal in goals if isinstance(goal, Derivation))))
    assert (verdict.outcome, verdict.form) == (outcome, form), verdict.feedback
    assert verdict.feedback.startswith(told)
    assert sum(part.weight for part in verdict.credit) == pytest.approx(1)
    assert verdict.score == pytest.approx(sum(part.weight * part.earned for part in verdict.credit))
    assert verdict.score < 1 if score is None else verdict.score == pytest.approx(score)


def test_several_goals_need_derivations_that_tell_their_ends() -> None:
    goal = derivation("blocks", "E(y)")
    assert isinstance(goal, Derivation)
    with pytest.raises(TutorError):
        Lines((goal, goal), result=goal.result)
    with pytest.raises(TutorError):
        Lines(())


def test_the_numbers_of_two_lines_stand_beside_each_other():
    verdict = check("E(y) = E(Xβ + Zu + ε)\n= Xβ + Zu", rcbd(treatments=2, blocks=3).derive("E(y)"))
    assert re.search(r"At [^-]* line 1 makes E\(y_11\) = [−\d]+, and line 2 makes it [−\d]+\.", verdict.feedback)


def test_an_equation_within_a_side_is_told() -> None:
    model = rcbd(treatments=3, blocks=4)
    text = "Cov(y_11, y_21)\n= Var(u_1)\n= \\text{ \\operatorname{Var}(u_1) = \\sigma^2_u }"
    verdict = check(text, model.derive("Cov(y_11, y_21)"))
    assert verdict.outcome == "unreadable"
    assert "An equation stands within a side" in str(verdict.feedback)


def test_a_wrong_line_that_no_law_explains_is_refused_in_a_design_of_letters_and_in_one_of_72_rows() -> None:
    for m in (split_plot("a", "s", "r"), split_plot(3, 4, 6)):
        asked = m.derive("Var(ybar_1.. - ybar_2..)")
        text = "Var(ȳ_1.. − ȳ_2..) = Var(v̄_1. − v̄_2. + ε̄_1.. − ε̄_2..)\n= 5σ_v²/6 + 7σ²/11"
        verdict = check(text, asked, m.vocabulary)
        assert (verdict.outcome, verdict.misconception) == ("incorrect", None), verdict.feedback
        assert [place.number for place in verdict.where if isinstance(place, Line)] == [2]
