"""How many parameters a covariance structure takes, and how many more for one more time."""

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, covariance, sheet

STRUCTURES = {
    "diag": ("independent, with a variance each", "$t$", "0", "Has the new time no variance of its own?"),
    "cs": ("compound symmetry", "$2$", "1", "Is there a number in the new row that the others do not have?"),
    "ar1": ("AR(1)", "$2$", "1", "Is the next power of the correlation a parameter of its own?"),
    "un": ("unstructured", "$t(t + 1)/2$", "1", "With how many others does the new time vary together?"),
}
"""The name, the number of parameters for t times, and what is wrong for one more, with what to say to it."""
STORIES = ("the milk yield of a cow in {t} weeks", "the height of a plant on {t} days",
           "the blood pressure of a patient at {t} visits", "the scores of a pupil in {t} tests")  # fmt: skip


def make(rng: random.Random) -> Exercise:
    key, t = rng.choice(sorted(STRUCTURES)), rng.choice((5, 6, 8))
    name, of_size, wrong, say = STRUCTURES[key]
    number = covariance.structure(key).count
    count, after = (int(number.subs(dict.fromkeys(number.free_symbols, times))) for times in (t, t + 1))
    return Exercise(
        title="What a structure costs",
        story=f"An analysis of {rng.choice(STORIES).format(t=t)} takes the structure *{name}* for their variance.",
        tags=("covariance structures",), prerequisites=("structures_by_name",),
        questions=(
            Question("q1", "How many parameters does the variance have?", Integer(count), room=2,
                hints=(Hint("How many different numbers would you have to be told to write the matrix down?"),
                       Hint(f"For $t$ times there are {of_size}.", 0.25)),
                solution=f"For $t$ times there are {of_size}: here {count}.",
                mistakes=(Mistake(str(t**2), None, "Each covariance stands in it twice. And are all different?"),
                          Mistake(str(count + 1), None, "Write it down for two times, and count."))),
            Question("q2", f"How many more parameters would it have for {t + 1} times?", Integer(after - count), room=2,
                hints=(Hint("Which numbers of the new row and the new column have to be told?"),),
                solution=f"For $t$ times there are {of_size}: {after} for {t + 1} times, and {count} for {t}.",
                mistakes=(Mistake(wrong, None, say), Mistake(str(2 * t + 1), None, "Is the matrix symmetric?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
