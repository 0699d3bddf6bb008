"""What may stand before the bracket of a random term: the names of glmmTMB for covariance structures."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.errors import nearest
from tutor.models.expressions import Bar, Source, Span

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
}
"""glmmTMB's names for the structure of a random term's coefficients, and our keys; those of us covary freely."""


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
    if not bar.correlated:
        raise source.error("structure", f"|| and {bar.wrapper} both tell how coefficients covary.", bar.span,
                           f"Write {bar.wrapper}(… | g), or (… || g).")  # fmt: skip
