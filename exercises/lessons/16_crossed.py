"""Samples of units, crossed effects and strips: what a pair of observations shares."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, crd, crossed, model, strip_plot


def make() -> Lesson:
    plots, raters = crd(2, 3, samples=4), crossed(3, 4)
    machines = model("score ~ Machine + (1 | Worker) + (1 | Worker:Machine)", data="machines.csv")
    return Lesson(
        title="Sampled, crossed, stripped",
        about="Which random terms two observations share tells their covariance, in every design.",
        day=2,
        parts=(
            Page(
                "Samples of a unit",
                r"Several plants of a plot share what the plot does. More plants make the mean of the plot more "
                r"exact, but the plots still vary.",
                shown=plots.derive("Var(ȳ_1··)"),
                picture=crd(2, 2, samples=3).plot_variance,
            ),
            Practice("samples_of_a_plot"),
            Page(
                "Crossed effects",
                r"When every rater reads every essay, an observation belongs to a rater and to an essay. Neither is "
                r"within the other.",
                shown=raters.V.closed_form(),
                picture=raters.plot_variance,
            ),
            Page(
                "Six workers on three machines",
                r"Each of six workers ran each of three machines three times (`machines.csv`). Workers differ, and "
                r"some are at odds with one machine: $u_j$ belongs to a worker, $v_{ij}$ to a worker on a machine. "
                r"Estimates are $\sigma^2_u = 22.9$, $\sigma^2_v = 13.9$ and $\sigma^2 = 0.9$. Two runs of a worker on "
                r"two machines have the correlation $22.9/37.7 = 0.61$, on one machine $(22.9 + 13.9)/37.7 = 0.98$.",
                shown=machines,
            ),
            Practice("raters_and_essays"),
            Page(
                "Strips",
                r"In a strip plot A is drawn for strips that run one way and B for strips that run the other. Two "
                r"observations may share a strip of either kind, or the block only.",
                shown=strip_plot(2, 3, 2).layout(seed=1),
                picture=strip_plot(2, 3, 2).plot_variance,
            ),
            Practice("strips_that_cross"),
            Practice("z_of_designs"),
            Page(
                "Two sets of columns",
                r"Where effects cross, $\mathbf{Z}$ has a set of columns for each kind, and each row has a 1 in both: "
                r"the first goes through the raters once, the second through the essays again for each rater.",
                shown=raters.Z,
                picture=lambda: raters.plot_matrix("Z"),
            ),
            Practice("z_of_crossed_designs"),
        ),
    )
