"""The experimental unit: what was randomized, how often it was repeated, and what is left for the error."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, sheet

STORIES = (
    ("A diet", "tanks", "fish", "weight gain in g", "feeding one tank feeds all of its fish alike"),
    ("A way of teaching", "classes", "pupils", "score in a test", "a teacher teaches the whole class in one way"),
    ("A soil treatment", "plots", "plants", "height in cm", "a plot is treated as a whole"),
    ("An oven temperature", "oven runs", "cakes", "height in mm", "all cakes of a run are baked at one temperature"),
)


def make(rng: random.Random) -> Exercise:
    treatment, units, items, response, because = rng.choice(STORIES)
    t, r, s = rng.choice(((2, 4, 10), (2, 5, 6), (3, 4, 5), (3, 6, 8), (4, 3, 10)))
    n = t * r * s
    return Exercise(
        title="Which unit was randomized?",
        story=f"{treatment} has {t} levels. Each level is drawn by lot for {r} of the {t * r} {units}; {because}. In "
        f"each of them {s} {items} are measured, {n} in all: {response}.",
        tags=("experimental unit", "replication"),
        questions=(
            Question.from_options("q1", "What is the experimental unit?", rng, right=(f"one of the {units}",),
                wrong={f"one of the {items}": ("pseudoreplication",
                           f"Could two {items} of one of the {units} have got different levels?"),
                       f"one of the {t} levels": "A level is what is applied. To what was it applied?"},
                hints=(Hint("Ask what the lot was drawn for."),),
                solution=f"The lot was drawn for {units}: the {items} within one are samples of it."),
            Question("q2", "How many replicates has each level?", r, room=1.5,
                hints=(Hint("Count experimental units."),),
                solution=f"Each level was applied to {r} {units}, independently of the others.",
                mistakes=(
                    Mistake(str(r * s), "pseudoreplication",
                            f"Are {items} that share one of the {units} independent of each other?"),
                    Mistake(str(t * r), None, "That is how many units there are for all levels together."))),
            Question("q3", "How many degrees of freedom has the error against which the levels are tested?",
                t * (r - 1), room=1.5,
                hints=(Hint("It is how much the units vary that got the same level."),
                       Hint(f"Within one level {r} units leave ${r} - 1$ degrees of freedom.", 0.25)),
                solution=in_numbers("t(r - 1)", {"t": t, "r": r},
                                    because="for each of t levels one less than its r units"),
                mistakes=(Mistake(str(n - t), None, f"That takes the {items} for the units."),
                          Mistake(str(t * r - 1), None, "The levels themselves take some of these."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
