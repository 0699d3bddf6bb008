"""The same model in the words of lme4, nlme, glmmTMB, SAS and statsmodels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from tutor.errors import UnknownNameError
from tutor.models.code.r import glmm_tmb, lme4, nlme
from tutor.models.code.sas import sas
from tutor.models.code.statsmodels import statsmodels
from tutor.models.code.terms import Terms, terms_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Program = Literal["lme4", "nlme", "glmmTMB", "sas", "statsmodels"]

WRITERS: dict[str, Callable[[Terms, str], str]] = {
    "lme4": lme4,
    "nlme": nlme,
    "glmmTMB": glmm_tmb,
    "sas": sas,
    "statsmodels": statsmodels,
}


class Code(str):
    """Lines of a program, shown as they are."""

    __slots__ = ()

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        for number, line in enumerate(self.split("\n")):
            if number:
                printer.break_()  # pyright: ignore[reportAttributeAccessIssue]
            printer.text(line)  # pyright: ignore[reportAttributeAccessIssue]


def code(model: MixedModel, program: str, data: str = "d") -> Code:
    """The model in a program's language, fitted by REML; ``data`` is what the program calls the data.

    Raises
    ------
    UnknownNameError
        For another program.
    TutorError
        For a model that the program has no words for, with one that has.
    """
    if program not in WRITERS:
        raise UnknownNameError("The program", str(program), WRITERS)
    return Code(WRITERS[program](terms_of(model), data))
