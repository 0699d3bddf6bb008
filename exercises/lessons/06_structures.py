"""Covariance structures: by their names, and by what stands in each entry."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, covariance, matrix, repeated_measures


def make() -> Lesson:
    return Lesson(
        title="Patterns of variances",
        about="Variances that are not σ²I: compound symmetry, AR(1) and others, by name and by entry.",
        parts=(
            Page(
                "Between one number and all of them",
                r"$\sigma^2\mathbf{I}$ has one parameter. A variance of $t$ observations without any rule, an "
                r"*unstructured* one, has $t(t + 1)/2$. A *structure* is a rule in between. *Compound symmetry* says "
                r"that all pairs are equally correlated:",
                shown=matrix(covariance.structure("cs").matrix(4).explicit().tolist()),
                picture=lambda: repeated_measures(2, 4, within="cs").plot_matrix("R"),
            ),
            Page(
                "Near in time, near in value",
                r"*AR(1)* says that correlations fall by the same factor with each step in time. It has two "
                r"parameters as well, whatever the number of times:",
                shown=matrix(covariance.structure("ar1").matrix(4).explicit().tolist()),
                picture=lambda: repeated_measures(2, 4, within="ar1").plot_matrix("R"),
            ),
            Practice("structures_by_name"),
            Practice("parameters_of_structures"),
            Practice("structures_by_entry"),
        ),
    )
