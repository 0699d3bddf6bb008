"""What a link does: the limits in which it keeps a mean, and what random effects act on."""

import random

from tutor import Exercise, Hint, Question, sheet

LINKS = {
    "log": (("weeds", "insects in traps", "nests"), "the positive numbers", r"$e^\eta$ is positive for each $\eta$."),
    "logit": (("seeds that germinate or do not", "eggs that hatch or do not", "plants that are sick or sound"),
              "the numbers between 0 and 1", r"$1/(1 + e^{-\eta})$ is between 0 and 1 for each $\eta$."),
}  # fmt: skip
"""What may have such a link, the limits in which it keeps the mean, and why."""


def make(rng: random.Random) -> Exercise:
    linked, unlike = rng.sample(sorted(LINKS), 2)
    responses, within, why = LINKS[linked]
    forgotten = ("link-forgotten", "Only with an identity link is that the same.")
    return Exercise(
        title="What a link does",
        story=f"A model of {rng.choice(responses)} on random fields has the linear predictor $\\eta = \\mathbf{{X}}"
        rf"\boldsymbol{{\beta}} + \mathbf{{Z}}\mathbf{{u}}$ and a {linked} link $g$, with $g(\mu) = \eta$.",
        tags=("GLMM", "link"), prerequisites=("family_and_link",),
        questions=(
            Question.from_options("q1", f"Whatever $\\eta$ is, a {linked} link keeps the mean within what?", rng,
                right=(within,),
                wrong={LINKS[unlike][1]: "Undo the link and see.",
                       "all real numbers": ("link-forgotten", "That is where the linear predictor lies."),
                       "the whole numbers": "A mean of counts need not be whole."},
                hints=(Hint("What is the inverse of the link?"),),
                solution=why),
            Question.from_options("q2", "What do the random effects act on?", rng, right=("the linear predictor",),
                wrong={"the response, to which they are added": forgotten,
                       "the mean, to which they are added": forgotten},
                hints=(Hint(r"Where does $\mathbf{Z}\mathbf{u}$ stand?"),),
                solution=r"They stand in $\eta$, and the mean is what the inverse of the link makes of $\eta$."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
