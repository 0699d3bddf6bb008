"""Estimates of fixed effects, predictors of random ones, and why these are shrunk."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, one_way


def make() -> Lesson:
    litters = model("weight ~ 1 + (1 | litter)", data={"weight": [8, 9, 11, 7], "litter": list("AAAB")})
    m = one_way(4, 5)
    rails = model("travel ~ 1 + (1 | Rail)", data="rail.csv")
    return Lesson(
        title="Estimates and predictors",
        about="What the model says of data: the best estimate of β, and the best predictor of u.",
        day=2,
        parts=(
            Page(
                "Weighed by how they vary",
                r"Ordinary least squares weighs all observations alike. If they vary together, or not equally, the "
                r"best linear unbiased estimate weighs them by $\mathbf{V}^{-1}$. Random effects are not estimated "
                r"but predicted, from what they share with $\mathbf{y}$."
                "\n\n"
                r"Three piglets of one litter and one of another: if litters differ much, three that share theirs "
                r"tell hardly more than one. Then the mean of the litters' means is better than the mean of all.",
                shown=litters.Z,
                picture=litters.plot_variance,
            ),
            Practice("best_estimates"),
            Page(
                "Part of the way",
                r"A group that is far above the mean is so partly by its effect and partly by chance. The predictor "
                r"goes only part of the way. With $\sigma^2_u = 1$, $\sigma^2 = 5$ and five observations it goes "
                r"$5/(5 + 5) = 1/2$ of it: a group whose mean is 8 above the rest is predicted to be 4 above.",
                shown=m.blup.shrinkage,
            ),
            Page(
                "Six rails",
                r"A wave was sent along each of six rails three times (`rail.csv`). Rails differ much, $\sigma^2_u = "
                r"615.3$, and measurements little, $\sigma^2 = 16.17$. So predictors go nearly all of the way: $3 "
                r"\cdot 615.3/(16.17 + 3 \cdot 615.3) = 0.99$. One measurement of each would go $615.3/631.5 = 0.97$ "
                r"of it.",
                shown=rails.blup.shrinkage,
            ),
            Practice("shrinkage"),
        ),
    )
