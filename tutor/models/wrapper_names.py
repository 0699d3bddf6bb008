"""What may stand before the bracket of a random term: the names of glmmTMB for covariance structures."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.errors import nearest
from tutor.models.expressions import Bar, Call, Expression, Operation, Sign, Source, Span

KRONECKER = "kron"
"""What stands before a random term of two structures, kron(us(trait):ar1(time) | g)."""

WRAPPERS: Mapping[str, str] = {
    "us": "",
    "diag": "diag",
    "homdiag": "identity",
    "cs": "csh",
    "homcs": "cs",
    "ar1": "ar1",
    "hetar1": "arh1",
    "toep": "toeph",
    "homtoep": "toep",
    "exp": "exp",
    "ou": "pow",
    "gau": "gau",
    "mat": "matern",
    KRONECKER: KRONECKER,
}
"""glmmTMB's names for the structure of a random term's coefficients, and our keys; those of us covary freely. The
Kronecker product of two is a name of ours."""


HOMOGENEOUS: Mapping[str, Mapping[str, str]] = {
    "diag": {"TRUE": "identity", "FALSE": "diag"},
    "cs": {"TRUE": "cs", "FALSE": "csh"},
    "ar1": {"TRUE": "ar1", "FALSE": "arh1"},
}
"""Keys of structures by lme4's ``hom``: whether the coefficients have one variance; without it as in `WRAPPERS`."""


def structure_key(wrapper: str, homogeneous: str = "") -> str:
    """The key of a wrapper with the value of ``hom``, "" where coefficients covary freely or there is no wrapper.

    >>> structure_key("cs"), structure_key("cs", "TRUE"), structure_key("ar1"), structure_key("us")
    ('csh', 'cs', 'ar1', '')
    """
    return HOMOGENEOUS[wrapper][homogeneous] if homogeneous else WRAPPERS.get(wrapper, "")


def homogeneous_of(bar: Bar) -> str:
    """The value of lme4's ``hom`` in a random term, TRUE or FALSE; "" without it."""
    if bar.option is None:
        return ""
    value = bar.option[1]
    return {"T": "TRUE", "F": "FALSE"}.get(value, value)


def bars_of(expression: Expression) -> list[Bar]:
    """The random terms anywhere in an expression."""
    match expression:
        case Bar():
            return [expression]
        case Operation(left=left, right=right):
            return [*bars_of(left), *bars_of(right)]
        case Sign(operand=operand):
            return bars_of(operand)
        case Call(arguments=arguments):
            return [bar for argument in arguments for bar in bars_of(argument)]
        case _:
            return []


def check_wrapper(bar: Bar, source: Source) -> None:
    """Refuse a name before a random term that is no structure: misspelt, or a term whose + is missing.

    Raises
    ------
    FormulaError
        At the name, or at the bracket before which an operator is missing.
    """
    if not bar.wrapper:
        return
    if bar.wrapper not in WRAPPERS:
        meant = nearest(bar.wrapper, WRAPPERS)
        if meant and bar.bracket == bar.span.start + len(bar.wrapper):
            raise source.error("structure", f"{bar.wrapper} is no structure of a random term.",
                               Span(bar.span.start, bar.bracket), f"Did you mean {meant}?")  # fmt: skip
        raise source.error(
            "missing-operator", "An operator is missing before this bracket.", Span(bar.bracket, bar.bracket + 1),
            "A random term is added: … + (1 | g).",
        )  # fmt: skip
    if bar.option is not None:
        name, value, span = bar.option
        if name != "hom" or homogeneous_of(bar) not in {"TRUE", "FALSE"} or bar.wrapper not in HOMOGENEOUS:
            able = ", ".join(HOMOGENEOUS)
            raise source.error("structure", f"{bar.wrapper} takes no {name} = {value}.", span,
                               f"lme4's hom = TRUE or FALSE belongs to {able}.")  # fmt: skip
    if not bar.correlated:
        raise source.error("structure", f"|| and {bar.wrapper} both tell how coefficients covary.", bar.span,
                           f"Write {bar.wrapper}(… | g), or (… || g).")  # fmt: skip
