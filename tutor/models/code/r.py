"""A model in R: lme4, glmmTMB and nlme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.errors import TutorError
from tutor.models.code.terms import Random, Terms, bare, is_factor

_NAME = re.compile(r"(?:[A-Za-z]|\.(?!\d))[\w.]*")
_RESERVED = frozenset({"if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL",
                       "Inf", "NaN", "NA", "in"})  # fmt: skip
_CODED = re.compile(r"C\((.+), (?:contr\.)?(\w+)\)")
_CALL = re.compile(r"[A-Za-z.][\w.]*\(.*\)")


def lme4(terms: Terms, data: str) -> str:
    """lmer, or lm for a model without random effects."""
    function = "lmer" if terms.random else "lm"
    library = "library(lme4)\n\n" if terms.random else ""
    return f"{library}m <- {function}({_with_bars(terms)}, {_data(terms, data)})"


def glmm_tmb(terms: Terms, data: str) -> str:
    """glmmTMB with the normal distribution."""
    return f"library(glmmTMB)\n\nm <- glmmTMB({_with_bars(terms)}, {_data(terms, data)}, REML = TRUE)"


def nlme(terms: Terms, data: str) -> str:
    """lme for groups within groups and crossed ones, gls without random effects."""
    if terms.offset:
        raise TutorError(
            f"nlme has no offset for {terms.offset}.", tip='m.code("lme4") has; or take it away from the response.'
        )
    fixed = _fixed(terms)
    if not terms.random:
        return "\n".join(["library(nlme)", "", *_coded(terms, data), f"m <- gls({fixed}, data = {data})"])
    chain = terms.chain
    prepared, random = _crossed(terms, data) if chain is None else _nested(chain, data)
    lines = ["library(nlme)", "", *prepared, f"m <- lme({fixed}, random = {random}, {_data(terms, data)})"]
    return "\n".join(lines)


def _data(terms: Terms, data: str) -> str:
    """The arguments that tell the data and the contrasts."""
    told = ", ".join(f'{quoted(name)} = "{contrasts}"' for name, contrasts in terms.contrasts)
    return f"data = {data}, contrasts = list({told})" if told else f"data = {data}"


def _coded(terms: Terms, data: str) -> list[str]:
    """Statements that set contrasts, for gls, which takes none."""
    return [
        f"{data}${quoted(name)} <- C(factor({data}${quoted(name)}), {contrasts})" for name, contrasts in terms.contrasts
    ]


# Formulas


def quoted(name: str) -> str:
    """A name as R reads it: in backticks where it is no name of R's; calls such as factor(x) as they are.

    >>> quoted("my x"), quoted("log(x)"), quoted("C(f, sum)")
    ('`my x`', 'log(x)', 'C(f, "contr.sum")')
    """
    coded = _CODED.fullmatch(name)
    if coded is not None:
        # nlme takes every name in a formula for a column, and a text for none.
        return f'C({quoted(coded[1])}, "contr.{coded[2]}")'
    if _CALL.fullmatch(name) or (_NAME.fullmatch(name) and name not in _RESERVED):
        return name
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _product(variables: Sequence[str]) -> str:
    return ":".join(quoted(variable) for variable in variables)


def _sum(intercept: bool, terms: Sequence[Sequence[str]]) -> str:
    return " + ".join([*([] if intercept else ["0"]), *map(_product, terms)]) or "1"


def _fixed(terms: Terms) -> str:
    offset = f" + {terms.offset}" if terms.offset else ""
    return f"{quoted(terms.response)} ~ {_sum(terms.intercept, terms.fixed)}{offset}"


def _with_bars(terms: Terms) -> str:
    bars = [_bar(term) for term in terms.random]
    return " + ".join([_fixed(terms), *bars])


def _bar(term: Random) -> str:
    """(x | g), (1 | a:b); without covariances a bar for each coefficient, since || does not part a factor's levels."""
    group = _product(term.group)
    if term.structure != "diagonal":
        inside = _sum(term.intercept, term.coefficients)
        return f"({'1 + ' if term.intercept and term.coefficients else ''}{inside} | {group})"
    bars = [f"(1 | {group})"] if term.intercept else []
    return " + ".join([*bars, *(f"(0 + {_product(effect)} | {group})" for effect in term.coefficients)])


# nlme


def _nested(chain: Sequence[Random], data: str) -> tuple[list[str], str]:
    """Statements that make the groups, and a list of random parts from the outermost group to the innermost."""
    prepared: list[str] = []
    parts: list[str] = []
    known: set[str] = set()
    for term in chain:
        own = [name for name in term.group if name not in known]
        known |= set(term.group)
        group = quoted(bare(own[0]))
        if len(own) > 1 or is_factor(own[0]):
            group = quoted(".".join(map(bare, own)))
            columns = ", ".join(f"{data}${quoted(bare(name))}" for name in own)
            made = f"interaction({columns}, drop = TRUE)" if len(own) > 1 else f"factor({columns})"
            prepared.append(f"{data}${group} <- {made}")
        parts.append(f"{group} = {_pd_mat(term)}")
    return prepared, f"list({', '.join(parts)})"


def _pd_mat(term: Random) -> str:
    formula = f"~ {'1 + ' if term.intercept and term.coefficients else ''}{_sum(term.intercept, term.coefficients)}"
    return f"pdDiag({formula})" if term.structure == "diagonal" else formula


def _crossed(terms: Terms, data: str) -> tuple[list[str], str]:
    """Blocks of one group of all rows, an identity for each term."""
    prepared = [f"{data}$all <- factor(1)"]
    blocks: list[str] = []
    for term in terms.random:
        group = ":".join(quoted(name) if is_factor(name) else f"factor({quoted(name)})" for name in term.group)
        if len(term.group) > 1:
            column = quoted(".".join(map(bare, term.group)))
            columns = ", ".join(f"{data}${quoted(bare(name))}" for name in term.group)
            prepared.append(f"{data}${column} <- interaction({columns}, drop = TRUE)")
            group = column
        coefficients = ([()] if term.intercept else []) + list(term.coefficients)
        if term.structure == "unstructured":
            inner = _sum(term.intercept, term.coefficients)
            raise TutorError(
                f"nlme cannot say ({inner} | {_product(term.group)}) beside a group that crosses it.",
                tip='m.code("lme4") can.',
            )
        blocks += [f"pdIdent(~ 0 + {':'.join([group, *map(quoted, effect)])})" for effect in coefficients]
    return prepared, f"list(all = pdBlocked(list({', '.join(blocks)})))"
