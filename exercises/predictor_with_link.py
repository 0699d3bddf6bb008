"""The linear predictor of a generalized model in matrix notation, its moments, and what V no longer is."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, worked

STORIES = (
    ("treatments", "fields", "the number of weeds", "Poisson", "log"),
    ("drugs", "hospitals", "whether a patient recovers", "Bernoulli", "logit"),
    ("baits", "traps", "the number of mice", "Poisson", "log"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks, response, family, link = rng.choice(STORIES)
    t, b = rng.choice(((2, 3), (2, 4), (3, 4), (3, 2), (4, 3)))
    m = rcbd(t, b)
    i, other = rng.sample(range(1, t + 1), 2)
    return Exercise(
        title="The linear predictor",
        story=f"{t} {treatments} are compared in {b} random {blocks}; the response is {response}.\n\n"
            rf"Given $\mathbf{{u}}$ each $y_{{ij}}$ is {family} with a {link} link: $g(\mu_{{ij}}) = \eta_{{ij}}$ and"
            "\n\n"
            r"$$\boldsymbol{\eta} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}, \quad \mathbf{u} \sim "
            r"N(\mathbf{0}, \mathbf{G}), \quad \mathbf{G} = \sigma^2_u\mathbf{I}$$",
        model=m, tags=("GLMM", "linear predictor"), prerequisites=("family_and_link",),
        questions=(
            Question("q1", r"What is $\mathrm{E}(\boldsymbol{\eta})$?", m.X @ m.beta, vocabulary=m.vocabulary, room=2,
                hints=(Hint(r"What is $\mathrm{E}(\mathbf{u})$?"),), solution=m.derive("E(Xβ + Zu)"),
                mistakes=(Mistake("Xβ + Zu", "random-in-mean", "Does u stay in a mean?"),)),
            Question("q2", r"What is $\mathrm{Var}(\boldsymbol{\eta})$?", r"\mathbf{Z}\mathbf{G}\mathbf{Z}'",
                vocabulary=m.vocabulary, points=2, room=2,
                hints=(Hint(r"Is there an $\boldsymbol{\varepsilon}$ in the linear predictor?"),),
                solution=m.derive("Var(Xβ + Zu)"),
                mistakes=(Mistake("ZGZ' + R", None, "The errors are not in the predictor. What takes their place?"),
                          Mistake("ZG", None, "Has that as many columns as rows?"))),
            Question("q3", rf"What is $\mathrm{{Cov}}(\eta_{{{i}1}}, \eta_{{{other}1}})$, within one of the {blocks}?",
                r"\sigma^2_u", vocabulary=m.vocabulary, room=1.5, hints=(Hint("Which random effect is in both?"),),
                solution=worked(
                    "Cov(u_1, u_1)", ("Var(u_1)", "both predictors have u_1 in them, and what else they have is fixed"),
                    ("σ²_u", "G = σ²_u I"), of=m,
                ),
                mistakes=(Mistake("0", None, f"They are of one of the {blocks}."),
                          Mistake(r"\sigma^2_u + \sigma^2", None, "Is there an error in the predictor?"))),
            Question.from_options("q4",
                r"Is $\mathrm{Var}(\mathbf{y})$ here $\mathbf{Z}\mathbf{G}\mathbf{Z}'$ and a diagonal?", rng,
                right=(r"No: the link bends what $\mathbf{u}$ does to $\mathbf{y}$.",),
                wrong={
                    r"Yes, with the variance of the family on the diagonal of $\mathbf{R}$.":
                        ("link-forgotten", "Is Zu added to y, or does it act within the link?"),
                    "Yes, but only if all blocks are equally large.":
                        ("link-forgotten", "The size of blocks has nothing to do with it.")},
                hints=(Hint(r"$\mathbf{y}$ is on the scale of the response, $\mathbf{Z}\mathbf{u}$ on that of $g$."),),
                solution=r"$\mathrm{Var}(\mathbf{y}) = \mathrm{E}(\mathrm{Var}(\mathbf{y} \mid \mathbf{u})) + "
                    r"\mathrm{Var}(\mathrm{E}(\mathbf{y} \mid \mathbf{u}))$, and both depend on the link and on "
                    r"$\mathbf{X}\boldsymbol{\beta}$."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
