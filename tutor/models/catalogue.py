"""The named designs: sizes in, a model in the lecture's notation out.

All are over-parameterised as lectures write them, μ + τ_i: a column of ones and one for each level. The rows are
ordered by the factors of the design, the first slowest, and a size may be a letter.
"""

from __future__ import annotations

from collections.abc import Callable

from tutor.models.designs.augmented_blocks import augmented
from tutor.models.designs.complete import crd, generalized_rcbd, multilocation, rcbd
from tutor.models.designs.crossed_over import crossover
from tutor.models.designs.incomplete import alpha, bibd
from tutor.models.designs.lines import ancova, random_intercepts, random_slopes, regression
from tutor.models.designs.repeated import repeated_measures
from tutor.models.designs.sampled import crossed, nested, one_way
from tutor.models.designs.splits import split_plot, split_split_plot, strip_plot
from tutor.models.designs.squares import graeco_latin, latin_square, row_column
from tutor.models.mixed import MixedModel

DESIGNS: dict[str, Callable[..., MixedModel]] = {
    design.__name__: design
    for design in (
        crd,
        rcbd,
        generalized_rcbd,
        latin_square,
        graeco_latin,
        row_column,
        bibd,
        alpha,
        augmented,
        split_plot,
        split_split_plot,
        strip_plot,
        repeated_measures,
        crossover,
        one_way,
        nested,
        crossed,
        regression,
        random_intercepts,
        random_slopes,
        ancova,
        multilocation,
    )
}
"""Name: the design. Every one is a public name of `tutor`."""
