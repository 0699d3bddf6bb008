"""A response whose logarithm is normal: the median, the mean, and what the blocks do to each."""

import random

from sympy import Rational, exp

from tutor import Exercise, Hint, Mistake, Question, glmm, in_numbers, one_way, sheet, worked

STORIES = (("barns", "concentration of ammonia"), ("lakes", "number of cells in a millilitre"),
           ("patients", "level of a hormone"), ("streets", "number of soot particles in a litre of air"),
           ("wells", "concentration of nitrate"), ("villages", "income of a household"),
           ("trees", "area of a leaf"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, response = rng.choice(STORIES)
    mu, between, within = rng.choice((1, 2, 3)), rng.choice((2, 3, 4)), rng.choice((1, 2, 3))
    logarithm = one_way(5, 4)
    of_logarithm = worked("Var(μ + u_i + ε_ij)",
        ("Var(u_i + ε_ij)", "μ is fixed; adding a constant changes no variance"),
        ("Var(u_i) + Var(ε_ij)", "u_i and ε_ij are independent"),
        ("σ²_u + σ²", "the variances that the model gives them"), of=logarithm)  # fmt: skip
    return Exercise(
        title="Back from the logarithm",
        story=f"$y_{{ij}}$ is the {response}, in a random sample of {groups}. Its logarithm is normal.\n\n"
        r"$$\log(y_{ij}) = \mu + u_i + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$" "\n\n"
        r"If $x \sim N(m, s)$, with $s$ for the variance, then the median of $e^x$ is $e^m$ and its mean "
        r"$e^{m + s/2}$.",
        tags=("GLMM", "lognormal"), prerequisites=("poisson_counts",),
        questions=(
            Question.from_derivation("q1", of_logarithm, prompt=r"What is $\mathrm{Var}(\log(y_{ij}))$?", room=2,
                hints=(Hint("On this scale it is the model that you know."),),
                mistakes=(
                    Mistake(r"\sigma^2", None, f"Do the {groups} not vary?"),
                    Mistake(r"\sigma^2_u", None, "Has it no error?"))),
            Question.from_derivation("q2", glmm(logarithm, "lognormal").derive("E(y_ij)"), points=2,
                prompt=rf"What is $\mathrm{{E}}(y_{{ij}})$, over all {groups}?",
                hints=(
                    Hint("Which mean and which variance has its logarithm?"),
                    Hint(r"Put $m = \mu$ and $s = \sigma^2 + \sigma^2_u$ into the mean of $e^x$.", 0.25)),
                mistakes=(
                    Mistake(r"e^{\mu}", None, "Is the mean of a function the function of the mean?"),
                    Mistake(r"e^{\mu + \sigma^2/2}", None, f"Do the {groups} not vary?"),
                    Mistake(r"e^{\mu + \sigma^2 + \sigma^2_u}", None, "Look again at the mean of eˣ."))),
            Question("q3", rf"Let $\mu = {mu}$, $\sigma^2_u = {between}$ and $\sigma^2 = {within}$. By which factor is "
                "the mean larger than the median?", exp(Rational(between + within, 2)), room=2,
                hints=(Hint("Divide one by the other before you put numbers in."),),
                solution=in_numbers("exp((σ² + σ²_u)/2)", {"σ²": within, "σ²_u": between},
                    because="e^{μ + (σ² + σ²_u)/2} is divided by the median e^μ"),
                mistakes=(Mistake(f"e^{{{between + within}}}", None, "What stands below the line in the exponent?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
