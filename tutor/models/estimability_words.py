"""The words of why a function of the fixed effects is estimable, or not: the mean that it is, the change of effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sympy

from tutor.algebra.nodes import Scalar
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import plain_name
from tutor.models.index import IndexTerm, Name
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline

Column = tuple[sympy.Expr, ...]

MOST_NAMED = 6
"""Effects that a reason names one by one."""


def shown_combination(model: MixedModel, combination: Mapping[int, sympy.Expr]) -> str:
    """it is E(y_11 − y_21), and the values of covariates that must differ for that."""
    if not combination:
        return "it is 0"
    assert model.y.entries is not None
    means = sympy.Add(*(weight * model.y.entries[i, 0] for i, weight in combination.items()))
    offset = "" if model.offset is None else ", apart from the offset"
    return f"it is E({inline(means)}){offset}{_where(combination.values())}"


def shown_orthogonality(model: MixedModel) -> str:
    """Why k is in the row space of X where the rows that show it have many irrational numbers."""
    if model.rank == model.p:
        return "the columns of X are independent, so that β = (X'X)⁻¹X'E(y)"
    return "every change of β that changes no mean E(y) leaves it as it is"


def _where(weights: Iterable[sympy.Expr]) -> str:
    """, where x_1 ≠ x_2: the divisors that are no numbers must not be 0."""
    divisors = (factor.as_base_exp()[0] for weight in weights
                for factor in sympy.Mul.make_args(sympy.denom(sympy.together(weight))))  # fmt: skip
    told: dict[str, None] = {}
    for divisor in divisors:
        if not divisor.free_symbols:
            continue
        terms = sympy.Add.make_args(divisor)
        minus = [-term for term in terms if term.could_extract_minus_sign()]
        plus = [term for term in terms if not term.could_extract_minus_sign()]
        left, right = (sympy.Add(*part) for part in (plus, minus))
        first, second = sorted((left, right), key=str) if left != 0 else (right, left)
        told[f"{inline(first)} ≠ {inline(second)}"] = None
    return f", where {' and '.join(told)}" if told else ""


def terms_of_columns(model: MixedModel) -> list[list[int]]:
    """The columns of each fixed term."""
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    return [[place[label] for label in term.columns or ()] for term in model.fixed]


def shown_change(model: MixedModel, v: Column, entries: Sequence[sympy.Symbol]) -> str:
    """adding 1 to μ and subtracting 1 from every τ_i"""
    told: list[str] = []
    for group, index_term in zip(terms_of_columns(model), _index_terms(model, entries), strict=True):
        term = None if index_term is None else index_term.coefficient
        by_covariate = None if index_term is None else _of_covariate(model, index_term, v, group, entries)
        if by_covariate is not None:
            told.append(by_covariate)
            continue
        for value in dict.fromkeys(v[j] for j in group if v[j] != 0):
            changed = [j for j in group if v[j] == value]
            every = None if term is None else _pattern(term, [entries[j] for j in changed], [entries[j] for j in group])
            names = every or joined([_labelled(model, j, entries) for j in changed])
            negative = value.could_extract_minus_sign()
            size = inline(-value if negative else value)
            told.append(f"subtracting {size} from {names}" if negative else f"adding {size} to {names}")
    return joined(told, most=len(told))


def _pattern(term: Name, changed: Sequence[sympy.Symbol], group: Sequence[sympy.Symbol]) -> str | None:
    """every τ_i, every (τα)_1j: elements of a term in which each index is one number or takes all its values."""
    letters = term.indices + term.within
    cells = [[_cell(entry, len(letters)) for entry in entries] for entries in (changed, group)]
    if len(changed) < 2 or not all(cell is not None for part in cells for cell in part):
        return None
    own, every = (list(zip(*part, strict=True)) for part in cells)  # pyright: ignore[reportArgumentType]
    indices, count = "", 1
    for letter, mine, all_of_them in zip(letters, own, every, strict=True):
        if (len(set(mine)) > 1 and set(mine) != set(all_of_them)) or (len(set(mine)) == 1 and len(mine[0]) > 1):
            return None  # some of the values only, or a number that would run into the next index
        indices += letter if len(set(mine)) > 1 else mine[0]
        count *= len(set(mine))
    if count != len(changed):
        return None
    width = len(term.indices)
    return f"every {plain_name(replace(term, indices=indices[:width], within=indices[width:]))}"


def _of_covariate(
    model: MixedModel, term: IndexTerm, v: Column, group: Sequence[int], entries: Sequence[sympy.Symbol]
) -> str | None:
    """subtracting x_i from every τ_i, where each changes by the value of a covariate at its level; None otherwise."""
    below = [entries[j].name.partition("_")[2] for j in group]
    for covariate in (name for other in model.index.terms for name in other.covariates):
        if len(group) < 2 or covariate.indices != term.coefficient.indices or term.coefficient.within:
            continue
        values = [f"{''.join(covariate.bases)}_{cell}" for cell in below]
        for sign, told in ((1, "adding {} to"), (-1, "subtracting {} from")):
            changes = [sign * v[j] for j in group]
            if all(isinstance(x, sympy.Symbol) and x.name == name for x, name in zip(changes, values, strict=True)):
                return f"{told.format(plain_name(covariate))} every {plain_name(term.coefficient)}"
    return None


def _cell(entry: sympy.Symbol, width: int) -> list[str] | None:
    """The indices of an element, each a number: those of tau_12 are 12, or 1 and 2 where there are two."""
    below = entry.name.split("_")[1:]
    if len(below) == 1 and width > 1:
        below = list(below[0])
    return below if len(below) == width and all(part.isdigit() for part in below) else None


def _index_terms(model: MixedModel, entries: Sequence[sympy.Symbol]) -> list[IndexTerm | None]:
    """τ_i for each fixed term that the equation in elements calls as β's elements are called; None for another."""
    drawn = {name for effects in model.index.effects for name in effects.names}
    fixed = [term for term in model.index.terms if term.coefficient not in drawn]
    groups = terms_of_columns(model)
    if len(fixed) != len(groups):
        return [None] * len(groups)
    return [
        term if all(entries[j].name.partition("_")[0] == "".join(term.coefficient.bases) for j in group) else None
        for term, group in zip(fixed, groups, strict=True)
    ]


def _labelled(model: MixedModel, j: int, entries: Sequence[sympy.Symbol]) -> str:
    """The name of an effect, and the label of its column where that says more: β_1 (nitro)."""
    name, label = name_of(entries[j]), (model.X.column_labels or ())[j]
    if _bare(label).startswith(_bare(name)):
        return name
    return f"{name} ({label.strip('()') if label == INTERCEPT else label})"


def _bare(name: str) -> str:
    return "".join(letter for letter in name if letter not in "_{} ")


def joined(names: Sequence[str], most: int = MOST_NAMED) -> str:
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def name_of(entry: sympy.Symbol) -> str:
    return inline(Scalar(entry))
