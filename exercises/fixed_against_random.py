"""Variance of a mean and of a difference in numbers, with fixed and with random blocks: effort to arise from stools."""

import random
from typing import Any

from sympy import Expr, Rational

from tutor import Derivation, Exercise, Hint, Mistake, Question, Rounded, in_numbers, rcbd, sheet

STUDIES = (
    ("types of stool", "subjects", "the effort to arise", "Borg points", 4, 9, "1.78", "1.21", " (Devore 2000)"),
    ("varieties of oats", "fields", "the yield", "t/ha", 3, 6, "0.45", "0.18", ""),
    ("drugs", "hospitals", "the fall of the blood pressure", "mmHg", 2, 8, "12", "20", ""),
    ("rations", "litters", "the gain", "kg", 3, 5, "1.5", "2.5", ""),
    ("ways to teach", "schools", "the mean score", "points", 2, 12, "30", "18", ""),
)  # fmt: skip


def make(rng: random.Random) -> Exercise:
    compared, used, response, unit, treatments, blocks, between, within, source = rng.choice(STUDIES)
    blocks += rng.choice((0, 0, 1, 2, 3)) * (not source)
    m = rcbd(treatments=treatments, blocks=blocks)
    fixed = rcbd(treatments=treatments, blocks=blocks, blocks_are="fixed")
    u, s = Rational(between), Rational(within)
    mean_random, mean_fixed, difference = (u + s) / blocks, s / blocks, 2 * s / blocks
    return Exercise(
        title="What fixed and random blocks change",
        story=f"{treatments} {compared} are compared in {blocks} {used}, the blocks; $y_{{ij}}$ is {response}, in "
        f"{unit}{source}. Take the variance of the blocks as $\\sigma^2_u = {between}$ and that of the errors as "
        rf"$\sigma^2 = {within}$. $\bar{{y}}_{{i\cdot}}$ is the mean of one of the {compared}.",
        model=m, tags=("means and differences", "fixed and random", "standard error"),
        prerequisites=("means_and_differences",),
        questions=(
            ask("q1", r"With random blocks, what is $\mathrm{Var}(\bar{y}_{i\cdot})$, to three decimals?", mean_random,
                "Which terms of the model vary, and over how many is the mean?",
                in_numbers(m.derive("Var(ȳ_1·)"), {"σ²_u": between, "σ²": within}, decimals=3),
                (mean_fixed, "Do the blocks vary?"), (u + s, "Over how many observations is the mean?")),
            ask("q2", r"With fixed blocks, what is $\mathrm{Var}(\bar{y}_{i\cdot})$, to three decimals?", mean_fixed,
                "Which terms vary now?",
                in_numbers(fixed.derive("Var(ȳ_1·)"), {"σ²": within}, decimals=3),
                (mean_random, "Does a fixed block vary?"), (s, "Over how many observations is the mean?")),
            ask("q3", r"And $\mathrm{Var}(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})$ with random blocks, to three decimals?",
                difference, "Both means are over the same blocks. What is left of these in the difference?",
                in_numbers(m.derive("Var(ȳ_1· − ȳ_2·)"), {"σ²": within}, decimals=3),
                (2 * mean_random, "Do the two means have their blocks in common?"),
                (mean_fixed, "Of how many means is that?")),
            Question.from_options("q4", "What do random blocks change against fixed ones?", rng,
                right=("the variance of a mean, but not that of a difference",),
                wrong={
                    "the variance of a difference, but not that of a mean":
                        ("blocks-in-difference", "In which of the two do blocks fall out?"),
                    "both variances": ("blocks-in-difference", "Compare the difference for fixed blocks."),
                    "neither of the two": ("missing-random", "Compare the first two answers.")},
                hints=(Hint("Compare what you have calculated."),),
                solution="A mean shall hold for other blocks, so that their variance is part of its own; a difference "
                "is taken within each block, and what a block adds falls out."),
        ))  # fmt: skip


def ask(key: str, prompt: str, value: Expr, hint: str, solution: Derivation, *wrong: Any) -> Question:
    mistakes = tuple(Mistake(f"{float(number):.3f}", None, say) for number, say in wrong)
    return Question(key, prompt, Rounded(value, 3), room=2, hints=(Hint(hint),), solution=solution, mistakes=mistakes)


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
