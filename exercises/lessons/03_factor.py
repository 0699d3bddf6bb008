"""X for a factor: a column for each level, and what its coefficients mean."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, crd, model


def make() -> Lesson:
    m = crd(treatments=2, reps=3)
    coded = model("yield ~ light", data={"yield": [4, 5, 7, 8], "light": ["blue", "blue", "red", "red"]})
    return Lesson(
        title="A factor in X",
        about="What a factor with several levels looks like in X, in the model of the lecture and in R.",
        parts=(
            Page(
                "One column for each level",
                r"A treatment has no values to multiply by. Each level gets a column of its own, with a $1$ in the "
                r"rows of that level and a $0$ elsewhere: so a row picks the effects that belong to its observation.",
                shown=m.X,
                picture=lambda: m.plot_matrix("X"),
            ),
            Practice("design_matrix_factor"),
            Page(
                "What R does instead",
                r"The columns of the levels add up to the column of ones, so one column is too many. R leaves out "
                r"that of the first level. Then $\beta_0$ is the mean of the first level, and the other coefficients "
                r"are differences from it: the rows below say that the mean under blue light is $\beta_0$, "
                r"and under red light $\beta_0 + \beta_1$.",
                shown=coded.X,
                picture=lambda: coded.plot_matrix("X"),
            ),
            Practice("factor_coding"),
        ),
    )
