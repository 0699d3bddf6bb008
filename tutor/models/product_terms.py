"""Random terms whose coefficients are the cells of two factors: kron(us(trait):ar1(time) | g), Var = I ⊗ S ⊗ C.

The spelling is that of ASReml, us(trait):ar1(time), behind the name that `tutor.covariance.kron` has for residuals.
"""

from __future__ import annotations

from tutor.models.expressions import Bar, Call, Expression, Operation, Source
from tutor.models.wrapper_names import KRONECKER, WRAPPERS, structure_key


def factors_of(bar: Bar, source: Source) -> tuple[tuple[str, str], tuple[Expression, Expression]]:
    """The keys of both structures, and the factors over whose levels they are.

    Raises
    ------
    FormulaError
        For anything but two structures of one factor each, joined by a colon.
    """
    match bar.effects:
        case Operation(
            operator=":",
            left=Call(function=first, arguments=(rows,)),
            right=Call(function=second, arguments=(columns,)),
        ) if {first, second} <= WRAPPERS.keys() - {KRONECKER}:
            return (structure_key(first) or "un", structure_key(second) or "un"), (rows, columns)
    raise source.error(
        "structure", "kron takes two structures, each of one factor, joined by a colon.", bar.span,
        "As in kron(us(trait):ar1(factor(time)) | subject).",
    )  # fmt: skip
