"""Covariance structures in other programs: what each calls them for R and for G, and what it is told of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.errors import TutorError
from tutor.models.code.terms import Correlated, Terms
from tutor.models.numbers import number_of_text

SPATIAL = frozenset({"exp", "gau", "sph", "lin", "ratio", "matern", "pow"})
"""Structures of distance: a program is told the numbers themselves, and not the steps between them."""


@dataclass(frozen=True, slots=True)
class NlmeWords:
    """A structure in nlme: the class of the correlation, "" without one, and its arguments besides the form.

    ``by_step`` tells whether the correlation needs to know the level of each row; ``weights`` are those of a variance
    for each level, or by a number, with {} for the column.
    """

    correlation: str = ""
    arguments: str = ""
    by_step: bool = True
    weights: str = ""


BY_LEVEL = "varIdent(form = ~ 1 | {})"


NLME: Mapping[str, NlmeWords] = {
    "diag": NlmeWords(weights=BY_LEVEL),
    "cs": NlmeWords("corCompSymm", by_step=False),
    "csh": NlmeWords("corCompSymm", by_step=False, weights=BY_LEVEL),
    "ar1": NlmeWords("corAR1"),
    "arh1": NlmeWords("corAR1", weights=BY_LEVEL),
    "arma11": NlmeWords("corARMA", ", p = 1, q = 1"),
    "un": NlmeWords("corSymm", weights=BY_LEVEL),
    "unr": NlmeWords("corSymm", weights=BY_LEVEL),
    "exp": NlmeWords("corExp"),
    "pow": NlmeWords("corCAR1"),
    "gau": NlmeWords("corGaus"),
    "sph": NlmeWords("corSpher"),
    "lin": NlmeWords("corLin"),
    "ratio": NlmeWords("corRatio"),
    "varpower": NlmeWords(weights="varPower(form = ~ {})"),
    "varexp": NlmeWords(weights="varExp(form = ~ {})"),
}

GLMM_TMB: Mapping[str, str] = {
    "cs": "homcs",
    "csh": "cs",
    "ar1": "ar1",
    "arh1": "hetar1",
    "toep": "homtoep",
    "toeph": "toep",
    "un": "us",
    "unr": "us",
    "exp": "exp",
    "pow": "ou",
    "gau": "gau",
    "matern": "mat",
}
"""The wrapper of a random term that is R where the dispersion is 0."""

GLMM_TMB_DISPERSION: Mapping[str, str] = {
    "diag": "0 + factor({})", "varexp": "{}", "varpower": "log(abs({}))",
}  # fmt: skip
"""The formula of the logarithm of the dispersion, with {} for the column, of what is told by it."""

SAS: Mapping[str, str] = {
    "diag": "",
    "cs": "cs",
    "csh": "csh",
    "ar1": "ar(1)",
    "arh1": "arh(1)",
    "arma11": "arma(1,1)",
    "toep": "toep",
    "toepq": "toep(q)",
    "toeph": "toeph",
    "ante1": "ante(1)",
    "un": "un",
    "unr": "unr",
    "hf": "hf",
    "fa1": "fa(1)",
    "exp": "sp(exp)",
    "pow": "sp(pow)",
    "gau": "sp(gau)",
    "sph": "sp(sph)",
    "lin": "sp(lin)",
    "matern": "sp(matern)",
    "varexp": "",
    "varpower": "",
}
"""TYPE= of the REPEATED statement; diag is told by GROUP= instead, and variances by a number by LOCAL=EXP()."""

LME4_EFFECTS: Mapping[str, str] = {
    "identity": "diag(…, hom = TRUE)", "diag": "diag", "cs": "cs(…, hom = TRUE)", "csh": "cs", "ar1": "ar1",
    "arh1": "ar1(…, hom = FALSE)", "un": "us", "unr": "us",
}  # fmt: skip
"""lme4's names since 2.0; the dots stand for the coefficients and their group."""
NLME_EFFECTS: Mapping[str, str] = {
    "identity": "pdIdent",
    "diag": "pdDiag",
    "cs": "pdCompSymm",
    "un": "pdSymm",
    "unr": "pdSymm",
}
GLMM_TMB_EFFECTS: Mapping[str, str] = {**GLMM_TMB, "diag": "diag", "identity": "homdiag"}
SAS_EFFECTS: Mapping[str, str] = {**SAS, "diag": "un(1)", "identity": "toep(1)"}

RESIDUALS: Mapping[str, Mapping[str, object]] = {
    "nlme": NLME, "glmmTMB": {**GLMM_TMB, **GLMM_TMB_DISPERSION}, "sas": SAS,
}  # fmt: skip
"""The structures of residuals that a program has; one that is not here has σ² I only."""

EFFECTS: Mapping[str, Mapping[str, object]] = {
    "lme4": LME4_EFFECTS, "nlme": NLME_EFFECTS, "glmmTMB": GLMM_TMB_EFFECTS, "sas": SAS_EFFECTS,
}  # fmt: skip
"""The structures of random effects that a program has."""


def check_known(told: Correlated, program: str, of: Literal["residuals", "effects"]) -> None:
    """Refuse a structure that a program has not, for residuals or for random effects.

    Raises
    ------
    TutorError
        With the programs that have it.
    """
    if told.times is not None and of == "effects":
        raise TutorError(f"{program} has no Kronecker product of structures for random effects.",
                         tip="No program here has it; of residuals SAS has: R=kron(…).")  # fmt: skip
    if told.times is not None:
        _check_product(told, told.times, program)
        return
    known = RESIDUALS if of == "residuals" else EFFECTS
    if told.key in known.get(program, {}):
        return
    able = [f'm.code("{name}")' for name, keys in known.items() if told.key in keys]
    what = "residuals" if of == "residuals" else "random effects"
    only = " It has independent ones of one variance only." if of == "residuals" and program not in known else ""
    raise TutorError(
        f"{program} has no structure {told.key} for {what}.{only}",
        tip=f"{' or '.join(able)} can say it." if able else "No program here has it.",
    )


PRODUCTS = ("un", "cs", "ar1")
"""What SAS multiplies an unstructured matrix by."""


def _check_product(told: Correlated, times: Correlated, program: str) -> None:
    what = f"the Kronecker product of {told.key} and {times.key}"
    by_sas = told.key == "un" and times.key in PRODUCTS
    if program != "sas" or not by_sas:
        can = 'm.code("sas") can say it.' if by_sas else "No program here has it: SAS has un by un, cs or ar1."
        raise TutorError(f"{program} has no structure for {what}.", tip=can)


def check_added(told: Correlated, program: str) -> None:
    """Refuse variances beside correlations, and a nugget, in a program that has no words for them.

    Raises
    ------
    TutorError
        With the programs that have them.
    """
    if told.variances is not None and program != "nlme":
        what = f"correlations {told.key} with variances by {told.variances.column}"
        raise TutorError(f"{program} has no words for {what}.", tip='m.code("nlme") has.')
    if told.has_nugget and program == "nlme" and told.key not in SPATIAL - {"pow", "matern"}:
        raise TutorError(f"nlme has a nugget for structures of distance only, and {told.key} is none.",
                         tip='m.code("glmmTMB") and m.code("sas") can say it.')  # fmt: skip


def check_without(terms: Terms, program: str) -> None:
    """Refuse a structure of R in a program that has none."""
    if terms.residual is not None:
        check_known(terms.residual, program, "residuals")


def steps(residual: Correlated) -> bool:
    """Whether the levels are the numbers 1, 2, …, so that the column tells the steps itself."""
    return residual.levels == tuple(map(str, range(1, len(residual.levels) + 1)))


def numbers(levels: Sequence[str]) -> bool:
    """Whether all levels are numbers in increasing order."""
    found = [number_of_text(level) for level in levels]
    return all(number is not None for number in found) and found == sorted(found, key=lambda n: n or 0)
