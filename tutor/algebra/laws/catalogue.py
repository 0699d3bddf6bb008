"""All laws, each once, in the order of what they speak of."""

from __future__ import annotations

from tutor.algebra.laws.inverses import INVERSE_CANCELS_IN_SUM, INVERSE_OF_TRANSPOSE, INVERSES
from tutor.algebra.laws.kronecker import KRONECKER_DISTRIBUTED, KRONECKERS, VECS
from tutor.algebra.laws.moments import MEANS, QUADRATIC_MEAN, VARIANCE_OF_SCALED, VARIANCES
from tutor.algebra.laws.products import COLLECTING, DISTRIBUTED, PRODUCTS
from tutor.algebra.laws.projections import PROJECTIONS
from tutor.algebra.laws.traces import DETERMINANTS, TRACES
from tutor.algebra.laws.transposes import TRANSPOSES
from tutor.algebra.laws.woodbury import LOW_RANK
from tutor.algebra.rules import Rule

MATRIX_LAWS: tuple[Rule, ...] = tuple(
    dict.fromkeys(
        (
            *PRODUCTS,
            DISTRIBUTED,
            *COLLECTING,
            *TRANSPOSES,
            *INVERSES,
            INVERSE_OF_TRANSPOSE,
            INVERSE_CANCELS_IN_SUM,
            *PROJECTIONS,
            *LOW_RANK,
            *KRONECKERS,
            KRONECKER_DISTRIBUTED,
            *VECS,
            *TRACES,
            *DETERMINANTS,
        )
    )
)
"""The laws of matrices."""

LAWS: tuple[Rule, ...] = tuple(dict.fromkeys((*MEANS, *VARIANCES, VARIANCE_OF_SCALED, QUADRATIC_MEAN, *MATRIX_LAWS)))
"""Every law."""
