"""Why two observations of one block are correlated: covariances by pairs, and the intraclass correlation."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, write


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((3, 4), (4, 3), (3, 5), (2, 4)))
    block, other = rng.sample(range(1, blocks + 1), 2)
    first, second = sorted(rng.sample(range(1, treatments + 1), 2))
    m = rcbd(treatments=treatments, blocks=blocks)
    here, beside, away = f"y_{first}{block}", f"y_{second}{block}", f"y_{first}{other}"
    correlation = m.derive(f"Corr({here}, {beside})")
    return Exercise(
        title="Why observations of one block are correlated",
        story=f"{treatments} treatments are compared in {blocks} random blocks.\n\n"
        r"$$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$",
        model=m, tags=("blocks", "covariance", "intraclass correlation"), prerequisites=("rcbd_variance",),
        questions=(
            Question.from_derivation("q1", m.derive(f"Var({here})"),
                hints=(Hint("Which terms on the right of the model vary?"),),
                mistakes=(Mistake(r"\sigma^2", "missing-random", "Does the block vary too?"),
                          Mistake(r"\sigma + \sigma_u", None, "Are those variances?"))),
            Question.from_derivation("q2", m.derive(f"Cov({here}, {beside})"),
                hints=(Hint("Write both out. Which term do they share?"),),
                mistakes=(Mistake("0", None, "Do they share an effect?"),
                          Mistake(r"\sigma^2_u + \sigma^2", None, "Do they share their errors too?"),
                          Mistake(r"\sigma_u", "sd-for-variance", "Is that a covariance, by its units?"))),
            Question.from_derivation("q3", m.derive(f"Cov({here}, {away})"),
                hints=(Hint("Which effects do two observations of different blocks share?"),),
                mistakes=(Mistake(r"\sigma^2_u", None, "Are they in one block?"),
                          Mistake(r"\sigma^2", None, "Do they share an error?"))),
            Question.from_derivation("q4", correlation, points=2, room=3,
                prompt=f"What is their correlation within the block, ${write(correlation.goal)}$?",
                hints=(Hint("A correlation is a covariance divided by two standard deviations."),),
                mistakes=(
                    Mistake(r"\sigma^2_u", "covariance-for-correlation", "Between which bounds is a correlation?"),
                    Mistake(r"\sigma^2_u/\sigma^2", None, "Of what is the variance of one observation made up?"),
                    Mistake(r"\sigma^2/(\sigma^2 + \sigma^2_u)", "components-swapped",
                            "Which of the two variances do they share?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
