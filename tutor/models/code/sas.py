"""A model for PROC MIXED of SAS."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tutor.errors import TutorError
from tutor.models.code.structures import SAS, SAS_EFFECTS, SPATIAL, check_added, check_known, numbers
from tutor.models.code.terms import Correlated, Random, Terms, bare, is_over

LOCAL = frozenset({"varpower", "varexp"})
"""Structures that LOCAL=EXP() says."""

NUMBER = "_number"
"""What is added to the name of a class where a copy of it is a number."""

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
    told = terms.residual
    if told is not None:
        check_known(told, "sas", "residuals")
        check_added(told, "sas")
    named = [*terms.classes]
    copied: dict[str, str] = {}
    if told is not None:
        copied |= _copies(terms, told)
        named += [*told.group, *([] if told.key in (*SPATIAL, *LOCAL) else [copied.get(told.column, told.column)])]
        named += [] if told.times is None else list(told.times.columns)
    for own in [term.correlated for term in terms.random if term.correlated and is_over(term, term.correlated)]:
        copied |= _copies(terms, own, of_effects=True)
        # An effect of each level is that of a class, and the distances between them are those of a number.
        is_number = copied.get(own.column, "").endswith(NUMBER)
        named += [*own.group, own.column if is_number else copied.get(own.column, own.column)]
    classes = list(dict.fromkeys(named))
    lines = _data_step(data, copied)
    lines.append(f"proc mixed data={data} method=reml;")
    if classes:
        lines.append(f"  class {' '.join(map(_variable, classes))};")
    options = "solution" if terms.intercept else "noint solution"
    fixed = " ".join(map(_product, terms.fixed))
    lines.append(f"  model {_variable(terms.response)} ={' ' + fixed if fixed else ''} / {options};")
    for term in terms.random:
        lines += [f"  {line}" for line in _random(term, copied)]
    if told is not None:
        lines.append(f"  {_repeated(told, copied)}")
    return "\n".join([*lines, "run;"])


def _copies(terms: Terms, told: Correlated, *, of_effects: bool = False) -> dict[str, str]:
    """The column of a structure, and the name of its copy where the model takes it for a class and the structure for
    a number, or the other way round."""
    if told.key in LOCAL:
        return {f"log(abs({_variable(told.column)}))": f"log_{told.column}"} if told.key == "varpower" else {}
    used = {name for effect in terms.fixed for name in effect}
    used |= {name for term in terms.random if not term.correlated for effect in term.coefficients for name in effect}
    is_class, distance = told.column in terms.classes, told.key in SPATIAL
    if distance and not told.beside and not numbers(told.levels):
        raise TutorError(f"SAS takes the distances of {told.key} from numbers, and {told.column} is text.",
                         tip="Make a column of numbers of it first.")  # fmt: skip
    as_number = told.column in used and not is_class
    if distance and (is_class or (of_effects and not as_number)):
        return {told.column: f"{told.column}{NUMBER}"}
    if (of_effects or not distance) and as_number:
        return {told.column: f"{told.column}_level"}
    return {}


def _data_step(data: str, copied: Mapping[str, str]) -> list[str]:
    if not copied:
        return []
    made = [
        f"  {_variable(copy)} = {column if column.startswith('log(') else _variable(column)};"
        for column, copy in copied.items()
    ]
    return [f"data {data};", f"  set {data};", *made, "run;", ""]


def _repeated(told: Correlated, copied: Mapping[str, str]) -> str:
    """The REPEATED statement: the effect tells which row of the structure an observation is, the subject the group."""
    if told.key in LOCAL:
        return f"repeated / local=exp({_variable(next(iter(copied.values()), told.column))});"
    column = _variable(copied.get(told.column, told.column))
    if not SAS[told.key]:
        return f"repeated / group={column};"
    local = " local" if told.has_nugget else ""
    kind = SAS[told.key].replace("(q)", f"({told.bands})")
    if told.key in SPATIAL:
        subject = f"subject={_product(told.group) or 'intercept'} "
        places = " ".join([column, *map(_variable, told.beside)])
        return f"repeated / {subject}type={kind}({places}){local};"
    subject = f"subject={_product(told.group)} " if told.group else ""
    if told.times is not None:
        column = f"{column} {_variable(told.times.column)}"
        kind = f"{kind}@{SAS[told.times.key]}"
    return f"repeated {column} / {subject}type={kind}{local};"


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


def _random(term: Random, copied: Mapping[str, str]) -> list[str]:
    """RANDOM statements: the coefficients within each SUBJECT, with covariances for TYPE=UN or a structure's TYPE."""
    told = term.correlated
    if told is not None:
        check_known(told, "sas", "effects")
    effects = [*(["intercept"] if term.intercept else []), *map(_product, term.coefficients)]
    subject = f"subject={_product(term.group)}"
    if told is not None:
        copy = _variable(copied.get(told.column, told.column))
        column, number = (_variable(told.column), copy) if copy.endswith(NUMBER) else (copy, _variable(told.column))
        over = [column] if is_over(term, told) else effects
        distances = f"({number})" if told.key in SPATIAL else ""
        return [f"random {' '.join(over)} / {subject} type={SAS_EFFECTS[told.key]}{distances};"]
    if term.structure == "unstructured":
        return [f"random {' '.join(effects)} / {subject} type=un;"]
    return [f"random {' '.join(effects)} / {subject};"]
