"""A model in R: lme4, glmmTMB and nlme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tutor.errors import TutorError
from tutor.models.code.structures import (
    GLMM_TMB,
    GLMM_TMB_DISPERSION,
    GLMM_TMB_EFFECTS,
    LME4_EFFECTS,
    NLME,
    NLME_EFFECTS,
    SPATIAL,
    check_added,
    check_known,
    check_without,
    numbers,
    steps,
)
from tutor.models.code.terms import Correlated, Random, Terms, bare, is_factor, is_over, renamed

_NAME = re.compile(r"(?:[A-Za-z]|\.(?!\d))[\w.]*")
_RESERVED = frozenset({"if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL",
                       "Inf", "NaN", "NA", "in"})  # fmt: skip
_CODED = re.compile(r"C\((.+), (?:contr\.)?(\w+)\)")
_CALL = re.compile(r"[A-Za-z.][\w.]*\(.*\)")


def lme4(terms: Terms, data: str) -> str:
    """lmer, or lm for a model without random effects."""
    terms = _with_quoted_calls(terms)
    check_without(terms, "lme4")
    for term in terms.random:
        if term.correlated is not None:
            check_known(term.correlated, "lme4", "effects")
    function = "lmer" if terms.random else "lm"
    library = "library(lme4)\n\n" if terms.random else ""
    if any(term.correlated is not None for term in terms.random):
        library += "# Structures of random terms came with lme4 2.0.\n"
    return f"{library}m <- {function}({_with_bars(terms, LME4_EFFECTS)}, {_data(terms, data)})"


def glmm_tmb(terms: Terms, data: str) -> str:
    """glmmTMB with the normal distribution."""
    terms = _with_quoted_calls(terms)
    for term in terms.random:
        if term.correlated is not None:
            check_known(term.correlated, "glmmTMB", "effects")
    prepared = [line for term in terms.random if term.correlated is not None for line in _places(term.correlated, data)]
    formula, dispersion = _with_bars(terms, GLMM_TMB_EFFECTS), ""
    told = terms.residual
    if told is not None:
        check_known(told, "glmmTMB", "residuals")
        check_added(told, "glmmTMB")
        if told.key in GLMM_TMB:
            # Without dispersion the random effects of the rows are the residuals; the nugget is the dispersion.
            prepared += _places(told, data)
            if not told.group:
                prepared.append(f"{data}$all <- factor(1)")
            formula += f" + {GLMM_TMB[told.key]}(0 + {_place(told)} | {_product(told.group) or 'all'})"
            dispersion = "" if told.has_nugget else "dispformula = ~ 0, "
        else:
            dispersion = f"dispformula = ~ {GLMM_TMB_DISPERSION[told.key].format(quoted(told.column))}, "
    lines = ["library(glmmTMB)", "", *dict.fromkeys(prepared)]
    return "\n".join([*lines, f"m <- glmmTMB({formula}, {dispersion}{_data(terms, data)}, REML = TRUE)"])


def formula_and_data(terms: Terms, data: str, program: str, between: str = "") -> str:
    """The arguments of a function of lme4 or glmmTMB, with what stands ``between`` the formula and the data.

    Raises
    ------
    TutorError
        For structures of random effects that the program does not have.
    """
    terms = _with_quoted_calls(terms)
    for term in terms.random:
        if term.correlated is not None:
            check_known(term.correlated, program, "effects")
    wrappers = LME4_EFFECTS if program == "lme4" else GLMM_TMB_EFFECTS
    return f"{_with_bars(terms, wrappers)}, {between}{_data(terms, data)}"


def _place(told: Correlated) -> str:
    """The levels as glmmTMB is told them: a factor, or for a structure of distance a factor of coordinates."""
    if told.key in SPATIAL:
        return quoted(".".join([*told.columns, "place"]))
    return f"factor({quoted(told.column)}{_levels(told)})"


def _places(told: Correlated, data: str) -> list[str]:
    if told.key not in SPATIAL:
        return []
    column = f"{data}${quoted(told.column)}"
    number = ", ".join(f"{data}${quoted(name)}" for name in told.columns)
    if not told.beside and not numbers(told.levels):
        number = f"as.integer(factor({column}{_levels(told)}))"
    return [f"{data}${_place(told)} <- numFactor({number})"]


def _levels(told: Correlated) -> str:
    """The argument of factor() that tells the order of the levels where R would take another."""
    if numbers(told.levels):
        return ""
    return f", levels = c({', '.join(map(_text, told.levels))})"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def nlme(terms: Terms, data: str) -> str:
    """lme for groups within groups and crossed ones, gls without random effects."""
    if terms.offset:
        raise TutorError(
            f"nlme has no offset for {terms.offset}.", tip='m.code("lme4") has; or take it away from the response.'
        )
    copied, terms = _with_plain_names(terms, data)
    fixed = _fixed(_coded_within(terms))
    if not terms.random:
        prepared, residual = _residual(terms, data, ())
        call = f"gls({fixed}, {residual}data = {data})"
        return "\n".join(["library(nlme)", "", *copied, *_coded(terms, data), *prepared, f"m <- {call}"])
    chain = terms.chain
    prepared, random, groups = _crossed(terms, data) if chain is None else _nested(chain, data)
    further, residual = _residual(terms, data, groups)
    of_columns = replace(terms, contrasts=tuple(each for each in terms.contrasts if "(" not in each[0]))
    # lme refuses more effects than observations in every group, which one group of all rows may have.
    control = ", control = lmeControl(allow.n.lt.q = TRUE)" if chain is None and terms.has_more_effects else ""
    call = f"lme({fixed}, random = {random}, {residual}{_data(of_columns, data)}{control})"
    return "\n".join(["library(nlme)", "", *copied, *prepared, *further, f"m <- {call}"])


def _residual(terms: Terms, data: str, groups: Sequence[str]) -> tuple[list[str], str]:
    """Statements that make columns, and the arguments correlation and weights; ``groups`` are those of random effects.

    nlme takes the levels of the random effects and then, below them, those of the correlation.

    Raises
    ------
    TutorError
        For a structure that nlme has not, or whose groups do not lie in those of the random effects.
    """
    told = terms.residual
    if told is None:
        return [], ""
    check_known(told, "nlme", "residuals")
    check_added(told, "nlme")
    words = NLME[told.key]
    by = told if told.variances is None else told.variances
    weights = NLME[by.key].weights.format(quoted(by.column))
    weights = f"weights = {weights}, " if weights else ""
    if not words.correlation:
        return [], weights
    prepared: list[str] = []
    own = _below(terms, told) if terms.random else ()
    if terms.random and not own and told.group:
        inside = "/".join(groups)
    else:
        columns = own if terms.random else told.group
        name = quoted(".".join(columns))
        if len(columns) > 1:
            made = ", ".join(f"{data}${quoted(column)}" for column in columns)
            prepared.append(f"{data}${name} <- interaction({made}, drop = TRUE)")
        inside = "/".join([*groups, *([name] if columns else [])])
    place = "1"
    if words.by_step:
        place = " + ".join(map(quoted, told.columns))
        distances = told.key in SPATIAL
        if not told.beside and not (numbers(told.levels) if distances else steps(told)):
            place = quoted(f"{told.column}.step")
            factor = f"factor({data}${quoted(told.column)}{_levels(told)})"
            prepared += [f"# The steps between the levels of {told.column}; the rows may stand in any order.",
                         f"{data}${place} <- as.integer({factor})"]  # fmt: skip
    within = f" | {inside}" if inside else ""
    added = ", nugget = TRUE" if told.has_nugget else ""
    correlation = f"{words.correlation}(form = ~ {place}{within}{words.arguments}{added})"
    return prepared, f"correlation = {correlation}, {weights}"


def _below(terms: Terms, told: Correlated) -> tuple[str, ...]:
    """The columns that part the groups of a structure below those of the random effects."""
    inner = {bare(name) for name in terms.chain[-1].group} if terms.random and terms.chain else set[str]()
    if not told.group or not inner <= set(told.group):
        raise TutorError(
            f"nlme puts the structure {told.key} within the innermost group of the random effects, "
            f"{':'.join(sorted(inner))}, and {':'.join(told.group) or 'no group'} does not lie in that.",
            tip='m.code("glmmTMB") or m.code("sas") can say it.',
        )
    return tuple(name for name in told.group if name not in inner)


def _data(terms: Terms, data: str) -> str:
    """The arguments that tell the data and the contrasts."""
    names = [_in_backticks(name) if "(" in name else quoted(name) for name, _ in terms.contrasts]
    told = ", ".join(f'{name} = "{own}"' for name, (_, own) in zip(names, terms.contrasts, strict=True))
    return f"data = {data}, contrasts = list({told})" if told else f"data = {data}"


def _coded(terms: Terms, data: str) -> list[str]:
    """Statements that set the contrasts of columns, for gls, which takes none."""
    return [
        f"{data}${quoted(name)} <- C(factor({data}${quoted(name)}), {contrasts})"
        for name, contrasts in terms.contrasts
        if "(" not in name
    ]


def _coded_within(terms: Terms) -> Terms:
    """The terms with the contrasts of calls such as factor(x) in them, C(factor(x), "contr.sum"): for nlme contrasts
    are those of columns."""
    calls = {name: f'C({name}, "{contrasts}")' for name, contrasts in terms.contrasts if "(" in name}
    return replace(terms, fixed=tuple(tuple(calls.get(name, name) for name in term) for term in terms.fixed))


# Formulas


def quoted(name: str) -> str:
    """A name as R reads it: in backticks where it is no name of R's; calls such as factor(x) as they are.

    >>> quoted("my x"), quoted("log(x)"), quoted("C(f, sum)")
    ('`my x`', 'log(x)', 'C(f, "contr.sum")')
    """
    if name.startswith("`"):
        return name
    coded = _CODED.fullmatch(name)
    if coded is not None:
        # nlme takes every name in a formula for a column, and a text for none.
        return f'C({quoted(coded[1])}, "contr.{coded[2]}")'
    if _CALL.fullmatch(name) or (_NAME.fullmatch(name) and name not in _RESERVED):
        return name
    return _in_backticks(name)


def _in_backticks(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _strange(terms: Terms) -> list[str]:
    """The columns whose names R reads in backticks only."""
    return [name for name in terms.columns if not _NAME.fullmatch(name) or name in _RESERVED]


def _with_quoted_calls(terms: Terms) -> Terms:
    """The same with backticks around names that need them within calls: log(`my x`)."""
    return renamed(terms, {name: _in_backticks(name) for name in _strange(terms)}, in_calls=True)


def _with_plain_names(terms: Terms, data: str) -> tuple[list[str], Terms]:
    """Statements that copy columns to plain names, and the same with these.

    nlme puts the names of a formula together to new ones, and leaves the backticks out.
    """
    plain: dict[str, str] = {}
    for name in _strange(terms):
        word = re.sub(r"[^\w.]", ".", name)
        word = word if _NAME.fullmatch(word) else f"X{word}"
        word = f"{word}." if word in _RESERVED else word
        while word in {*terms.columns, *plain.values()}:
            word += ".1"
        plain[name] = word
    lines = [f"{data}${word} <- {data}${quoted(name)}" for name, word in plain.items()]
    return (["# nlme reads no names in backticks.", *lines] if lines else []), renamed(terms, plain)


def _product(variables: Sequence[str]) -> str:
    return ":".join(quoted(variable) for variable in variables)


def _sum(intercept: bool, terms: Sequence[Sequence[str]]) -> str:
    return " + ".join([*([] if intercept else ["0"]), *map(_product, terms)]) or "1"


def _fixed(terms: Terms) -> str:
    offset = f" + {terms.offset}" if terms.offset else ""
    return f"{quoted(terms.response)} ~ {_sum(terms.intercept, terms.fixed)}{offset}"


def _with_bars(terms: Terms, wrappers: Mapping[str, str]) -> str:
    """The formula with its random terms; ``wrappers`` are the program's names of structures."""
    bars = [
        _bar(term) if term.correlated is None else _wrapped(term, term.correlated, wrappers[term.correlated.key])
        for term in terms.random
    ]
    return " + ".join([_fixed(terms), *bars])


def _bar(term: Random) -> str:
    """(x | g), (1 | a:b); without covariances a bar for each coefficient, since || does not part a factor's levels."""
    group = _product(term.group)
    if term.structure != "diagonal":
        inside = _sum(term.intercept, term.coefficients)
        return f"({'1 + ' if term.intercept and term.coefficients else ''}{inside} | {group})"
    bars = [f"(1 | {group})"] if term.intercept else []
    return " + ".join([*bars, *(f"(0 + {_product(effect)} | {group})" for effect in term.coefficients)])


def _wrapped(term: Random, told: Correlated, wrapper: str) -> str:
    """ar1(0 + factor(time) | g); the names of the coefficients are the program's own."""
    inside = f"0 + {_place(told)} | {_product(term.group)}" if is_over(term, told) else _bar(term)[1:-1]
    return wrapper.replace("…", inside) if "…" in wrapper else f"{wrapper}({inside})"


# nlme


def _nested(chain: Sequence[Random], data: str) -> tuple[list[str], str, list[str]]:
    """Statements that make the groups, a list of random parts from the outermost to the innermost, and their names."""
    prepared: list[str] = []
    names: list[str] = []
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
        names.append(group)
        parts.append(f"{group} = {_pd_mat(term)}")
    return prepared, f"list({', '.join(parts)})", names


def _pd_mat(term: Random) -> str:
    formula = f"~ {'1 + ' if term.intercept and term.coefficients else ''}{_sum(term.intercept, term.coefficients)}"
    if term.correlated is not None:
        check_known(term.correlated, "nlme", "effects")
        if is_over(term, term.correlated):
            formula = f"~ 0 + factor({quoted(term.correlated.column)}{_levels(term.correlated)})"
        return f"{NLME_EFFECTS[term.correlated.key]}({formula})"
    return f"pdDiag({formula})" if term.structure == "diagonal" else formula


def _crossed(terms: Terms, data: str) -> tuple[list[str], str, list[str]]:
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
        if term.correlated is not None:
            check_known(term.correlated, "nlme", "effects")
        if term.structure == "unstructured":
            inner = _sum(term.intercept, term.coefficients)
            raise TutorError(
                f"nlme cannot say ({inner} | {_product(term.group)}) beside a group that crosses it.",
                tip='m.code("lme4") can.',
            )
        blocks += [f"pdIdent(~ 0 + {':'.join([group, *map(quoted, effect)])})" for effect in coefficients]
    return prepared, f"list(all = pdBlocked(list({', '.join(blocks)})))", ["all"]
