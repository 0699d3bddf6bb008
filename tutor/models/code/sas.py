"""A model for PROC MIXED of SAS."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.errors import TutorError
from tutor.models.code.terms import Random, Terms, bare

_NAME = re.compile(r"[A-Za-z_]\w{0,31}")


def sas(terms: Terms, data: str) -> str:
    """PROC MIXED with a RANDOM statement for each term; the residual is the default.

    Raises
    ------
    TutorError
        For names and expressions that SAS reads in no MODEL statement.
    """
    if terms.offset:
        raise TutorError(f"PROC MIXED has no offset for {terms.offset}.", tip="Take it away from the response.")
    lines = [f"proc mixed data={data} method=reml;"]
    if terms.classes:
        lines.append(f"  class {' '.join(map(_variable, terms.classes))};")
    options = "solution" if terms.intercept else "noint solution"
    fixed = " ".join(map(_product, terms.fixed))
    lines.append(f"  model {_variable(terms.response)} ={' ' + fixed if fixed else ''} / {options};")
    for term in terms.random:
        lines += [f"  {line}" for line in _random(term)]
    return "\n".join([*lines, "run;"])


def _variable(label: str) -> str:
    name = bare(label)
    if not _NAME.fullmatch(name):
        raise TutorError(
            f"SAS has no variable {name}: a name is made of letters, digits and _, at most 32.",
            tip="Rename the column, or make the variable in a data step first.",
        )
    return name


def _product(variables: Sequence[str]) -> str:
    return "*".join(map(_variable, variables))


def _random(term: Random) -> list[str]:
    """RANDOM statements: the coefficients within each SUBJECT, with covariances for TYPE=UN."""
    effects = [*(["intercept"] if term.intercept else []), *map(_product, term.coefficients)]
    subject = f"subject={_product(term.group)}"
    if term.structure == "unstructured":
        return [f"random {' '.join(effects)} / {subject} type=un;"]
    return [f"random {' '.join(effects)} / {subject};"]
