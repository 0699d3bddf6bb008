"""All laws, each once, in the order of what they speak of."""

from __future__ import annotations

from tutor.algebra.laws.blocks import BLOCKS, SCHUR
from tutor.algebra.laws.gradients import GRADIENTS
from tutor.algebra.laws.inverse_of_sums import INVERSES_OF_SUMS
from tutor.algebra.laws.inverses import INVERSE_CANCELS_IN_SUM, INVERSE_OF_TRANSPOSE, INVERSES
from tutor.algebra.laws.kronecker import KRONECKER_DISTRIBUTED, KRONECKERS, VEC_OF_PRODUCT, VECS
from tutor.algebra.laws.logarithms import LOGARITHMS
from tutor.algebra.laws.moments import MEANS, VARIANCE_OF_SCALED, VARIANCES
from tutor.algebra.laws.products import COLLECTING, DISTRIBUTED, PRODUCTS
from tutor.algebra.laws.projections import PROJECTIONS
from tutor.algebra.laws.quadratics import QUADRATICS
from tutor.algebra.laws.ranks import RANKS
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
            *INVERSES_OF_SUMS,
            *LOW_RANK,
            *BLOCKS,
            *SCHUR,
            *KRONECKERS,
            KRONECKER_DISTRIBUTED,
            *VECS,
            VEC_OF_PRODUCT,
            *TRACES,
            *RANKS,
            *DETERMINANTS,
            *LOGARITHMS,
        )
    )
)
"""The laws of matrices."""

LAWS: tuple[Rule, ...] = tuple(
    dict.fromkeys((*MEANS, *VARIANCES, VARIANCE_OF_SCALED, *QUADRATICS, *GRADIENTS, *MATRIX_LAWS))
)
"""Every law."""
