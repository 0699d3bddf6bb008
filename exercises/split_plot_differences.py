"""Split plots: why a difference on whole plots is less precise than one on subplots."""

import random

from tutor import Exercise, Hint, Mistake, Question, sheet, split_plot, write

STORIES = (
    ("irrigation", "varieties", "Water is led to large pieces of a field, and seed is sown in small ones."),
    ("tillage", "fertilizer", "A plough needs room, and fertilizer is spread by hand."),
    ("oven temperature", "recipes", "An oven has one temperature for all that is baked in it."),
    ("housing", "feed", "A pen houses animals in one way, and each of them is fed by itself."),
    ("pasture", "vaccines", "A herd shares a pasture, and each animal is vaccinated by itself."),
)


def make(rng: random.Random) -> Exercise:
    whole, sub = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2), (3, 4), (2, 5)))
    blocks = rng.choice([number for number in (3, 4, 5, 6) if number not in (whole, sub)])
    first, second, use = rng.choice(STORIES)
    m = split_plot(whole, sub, blocks)
    on_whole = m.derive("Var(ybar_1.. - ybar_2..)")
    on_sub = m.derive("Var(ybar_.1. - ybar_.2.)")
    return Exercise(
        title="Differences in a split plot",
        story=f"{use} A split plot has {blocks} random blocks, {whole} whole plots in each of them with factor A "
        f"({first}), and {sub} subplots in each whole plot with factor B ({second}).\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}$$"
        "\n\n"
        r"$\mathrm{Var}(u_k) = \sigma^2_u$, $\mathrm{Var}(v_{i(k)}) = \sigma^2_v$ and "
        r"$\mathrm{Var}(\varepsilon_{ijk}) = \sigma^2$.",
        model=m, tags=("split plot", "variance", "means and differences"),
        prerequisites=("means_and_differences", "split_plot_pairs"),
        questions=(
            Question.from_derivation("q1", on_whole, points=2, room=4,
                prompt=f"Two levels of A are compared. What is ${write(on_whole.goal)}$?",
                hints=(Hint("Average the model over blocks and subplots. Which effects do the two means share?"),
                       Hint(f"Each mean is over {blocks} whole plots and {blocks * sub} subplots of its own.", 0.25)),
                mistakes=(
                    Mistake(
                        rf"\frac{{2\sigma^2}}{{{blocks * sub}}}", "missing-random",
                        "Are the whole plots of the two the same?",
                    ),
                    Mistake(
                        rf"\frac{{2\sigma^2}}{{{blocks * sub}}} + \frac{{2\sigma^2_v}}{{{blocks * sub}}}", None,
                        "Over how many whole plots is each mean?",
                    ),
                )),
            Question.from_derivation("q2", on_sub, points=2, room=4,
                prompt=f"Two levels of B are compared. What is ${write(on_sub.goal)}$?",
                hints=(Hint("Both levels of B are on each whole plot. What is left of the whole plots?"),),
                mistakes=(
                    Mistake(
                        rf"\frac{{2\sigma^2}}{{{blocks * whole}}} + \frac{{2\sigma^2_v}}{{{blocks * whole}}}", None,
                        "Are the whole plots of the two means the same?",
                    ),
                    Mistake(rf"\frac{{\sigma^2}}{{{blocks * whole}}}", "factor-2", "Of how many means is that?"),
                )),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
