"""A model for MixedLM of statsmodels."""

from __future__ import annotations

import keyword
from collections.abc import Sequence

from tutor.errors import TutorError
from tutor.models.code.structures import check_known, check_without
from tutor.models.code.terms import Random, Terms, bare, renamed

FUNCTIONS = frozenset({"C", "Q", "I", "Treatment", "Sum", "Poly", "Diff", "Helmert", "center", "scale", "standardize"})
"""What patsy calls in a formula: a column of the name would hide it."""


def statsmodels(terms: Terms, data: str) -> str:
    """MixedLM.from_formula: the outermost group as ``groups``, all else as variance components.

    Raises
    ------
    TutorError
        For a structure of R or G, of which it has none, and for covariances of coefficients in another group than the
        outermost, which it has no words for.
    """
    if terms.offset:
        raise TutorError(f"MixedLM has no offset for {terms.offset}.", tip="Take it away from the response.")
    check_without(terms, "statsmodels")
    for term in terms.random:
        if term.correlated is not None:
            check_known(term.correlated, "statsmodels", "effects")
    lines = ["import statsmodels.formula.api as smf", ""]
    taken = {name: f"{name}_" for name in terms.columns if name in FUNCTIONS}
    if taken:
        lines.append(f"{data} = {data}.rename(columns={taken!r})  # in a formula {', '.join(taken)} is a function")
        terms = renamed(terms, taken)
    formula = f"{_variable(terms.response)} ~ {_sum(terms.intercept, terms.fixed, terms.classes)}"
    if not terms.random:
        return "\n".join([*lines, f"m = smf.ols({formula!r}, {data}).fit()"])
    chain = terms.chain
    arguments = [repr(formula), data]
    if chain is None:
        lines.append(f"{data}['all'] = 1")
        arguments.append("groups='all'")
        arguments.append("re_formula='0'")
        rest = terms.random
    else:
        outer, *rest = chain
        group = outer.group[0]
        if len(outer.group) > 1:
            group = ".".join(map(bare, outer.group))
            columns = " + ':' + ".join(f"{data}[{bare(name)!r}].astype(str)" for name in outer.group)
            lines.append(f"{data}[{group!r}] = {columns}")
        arguments.append(f"groups={bare(group)!r}")
        if outer.structure == "diagonal":
            arguments.append("re_formula='1'" if outer.intercept else "re_formula='0'")
            components = [(_key(effect), f"0 + {_product(effect, terms.classes)}") for effect in outer.coefficients]
        else:
            arguments.append(f"re_formula={'~' + _sum(outer.intercept, outer.coefficients, terms.classes)!r}")
            components = []
        return "\n".join([*lines, _fit(arguments, [*components, *_components(rest, terms.classes)])])
    return "\n".join([*lines, _fit(arguments, _components(rest, terms.classes))])


def _fit(arguments: Sequence[str], components: Sequence[tuple[str, str]]) -> str:
    told = [*arguments]
    if components:
        told.append("vc_formula={" + ", ".join(f"{key!r}: {formula!r}" for key, formula in components) + "}")
    inside = ",\n    ".join(told)
    return f"m = smf.mixedlm(\n    {inside},\n).fit(reml=True)"


def _components(terms: Sequence[Random], classes: Sequence[str]) -> list[tuple[str, str]]:
    """A variance component for each coefficient of each term: an indicator of the group, times the coefficient."""
    found: list[tuple[str, str]] = []
    for term in terms:
        if term.structure == "unstructured":
            group = ":".join(term.group)
            raise TutorError(
                f"statsmodels has no words for covariances of the coefficients within {group}.",
                tip='It knows them in the outermost group only; m.code("lme4") can say it.',
            )
        group = ":".join(f"C({_variable(name)})" for name in term.group)
        coefficients = ([()] if term.intercept else []) + list(term.coefficients)
        for effect in coefficients:
            product = ":".join([group, *(_coded(name, classes) for name in effect)])
            found.append((":".join([*map(bare, term.group), *effect]), f"0 + {product}"))
    return found


def _sum(intercept: bool, terms: Sequence[Sequence[str]], classes: Sequence[str]) -> str:
    return " + ".join([*(["1"] if intercept else ["0"]), *(_product(term, classes) for term in terms)])


def _product(variables: Sequence[str], classes: Sequence[str]) -> str:
    return ":".join(_coded(variable, classes) for variable in variables)


def _key(variables: Sequence[str]) -> str:
    return ":".join(variables)


def _coded(label: str, classes: Sequence[str]) -> str:
    name = bare(label)
    return f"C({_variable(name)})" if name in classes else _variable(name)


def _variable(label: str) -> str:
    """A name as patsy reads it: Q('…') where Python could not."""
    name = bare(label)
    if "(" in name or ")" in name:
        raise TutorError(f"{name} is an expression of R's.", tip="Make a column of it first, and use its name.")
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"Q({name!r})"
