"""A model in the terms of which every program's language is made: variables, classes, groups, coefficients."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tutor.algebra.nodes import Kronecker, Scaled, Symbol
from tutor.errors import TutorError
from tutor.models.covariance import Covariance
from tutor.models.effects import INTERCEPT, RandomTerm

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Structure = Literal["identity", "diagonal", "unstructured"]

_FACTOR = re.compile(r"(?:(?:as\.)?(?:factor|ordered)|relevel)\((\w+\([^)]*\)|[^,]+)(?:, .+)?\)")


@dataclass(frozen=True, slots=True)
class Correlated:
    """A structure over the levels of a column, in their order, within the groups that columns make together.

    ``beside`` is the second coordinate of a place, ``variances`` the structure of the variances where they are told
    apart from the correlations, ``bands`` the number of those of toepq, ``times`` the other factor of a Kronecker
    product.
    """

    key: str
    column: str
    group: tuple[str, ...]
    levels: tuple[str, ...]
    beside: tuple[str, ...] = ()
    has_nugget: bool = False
    variances: Correlated | None = None
    bands: int = 1
    times: Correlated | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that tell where an observation lies."""
        return (self.column, *self.beside, *(() if self.times is None else self.times.columns))


@dataclass(frozen=True, slots=True)
class Random:
    """A random term: the variables whose combinations are its groups, what varies over them, and how that covaries.

    ``coefficients`` are terms as those of the fixed part, without the intercept; ``intercept`` says whether it varies.
    ``correlated`` is the structure of the coefficients where it was named.
    """

    group: tuple[str, ...]
    coefficients: tuple[tuple[str, ...], ...]
    intercept: bool
    structure: Structure
    correlated: Correlated | None = None

    def lies_within(self, other: Random) -> bool:
        """Whether each group of this term is in one group of the other."""
        return set(other.group) < set(self.group)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a program must be told of a model.

    ``fixed`` are the terms of the fixed part, each the variables whose product it is, without the intercept;
    ``classes`` those of all variables that are factors, by their bare names; ``contrasts`` the codings of factors that
    are none of R's default; ``offset`` is the offset as a formula has it, "" without one; ``residual`` is the structure
    of R, or None for σ² I.
    """

    response: str
    intercept: bool
    fixed: tuple[tuple[str, ...], ...]
    random: tuple[Random, ...]
    classes: tuple[str, ...]
    contrasts: tuple[tuple[str, str], ...] = ()
    offset: str = ""
    residual: Correlated | None = None
    columns: tuple[str, ...] = ()
    """The columns of the data that the model knows."""
    has_more_effects: bool = False
    """Whether there are more random effects than observations."""

    @property
    def chain(self) -> tuple[Random, ...] | None:
        """The random terms from the outermost group to the innermost, or None where they are crossed."""
        ordered = sorted(self.random, key=lambda term: len(term.group))
        pairs = itertools.pairwise(ordered)
        return tuple(ordered) if all(inner.lies_within(outer) for outer, inner in pairs) else None


def terms_of(model: MixedModel) -> Terms:
    """The terms of a model.

    Raises
    ------
    TutorError
        For a covariance that has no name in the table of structures, which no program could be told.
    """
    fixed = tuple(term.variables for term in model.fixed if term.variables)
    random = _merged([_random(term) for term in model.random])
    factors = {factor.name for factor in model.factors}
    named = [bare(name) for variables in fixed for name in variables if name in factors or is_factor(name)]
    named += [bare(name) for term in random for name in term.group]
    return Terms(
        response=model.response_name,
        intercept=any(term.name == INTERCEPT for term in model.fixed),
        fixed=fixed,
        random=random,
        classes=tuple(dict.fromkeys(named)),
        offset=next((label for name, label in model.index.glossary if name.bases == ("o",)), ""),
        contrasts=tuple(
            (factor.name, f"contr.{factor.contrasts.removeprefix('contr.')}")
            for factor in model.factors
            if factor.contrasts != "treatment" and not factor.name.startswith(("C(", "ordered(", "as.ordered("))
        ),
        residual=None if model.residual is None else _correlated(model.residual, "residuals"),
        columns=tuple(name for name, _ in model.columns),
        has_more_effects=model.Z is not None and bool((model.Z.shape[1] - model.n).is_positive),
    )


def _correlated(covariance: Covariance, of: str) -> Correlated | None:
    """The structure by its name; None for independent residuals of one variance."""
    if isinstance(covariance.tree, Scaled):
        return None
    told = covariance.over
    if told is None:
        raise TutorError(f"The covariance of the {of} has no name that another program knows.",
                         tip="Take a structure of tutor.covariance by its key.")  # fmt: skip
    if not covariance.levels:
        raise TutorError(f"The levels of {told.column} are counted by a letter: no program can be told them.",
                         tip="Give their number.")  # fmt: skip
    if told.key == "identity" and of == "residuals":
        return None
    by, times = told.variances, told.times
    return Correlated(
        told.key, bare(told.column), told.group, covariance.levels, tuple(map(bare, told.beside)), told.has_nugget,
        None if by is None else Correlated(by.key, bare(by.column), by.group, ()), dict(told.options).get("bands", 1),
        None if times is None else Correlated(times.key, bare(times.column), times.group, covariance.crossed),
    )  # fmt: skip


def _random(term: RandomTerm) -> Random:
    # lme4 does not find the column of a call behind a bar; the groups are those of the column, in whatever order.
    group = tuple(map(bare, term.variables))
    if term.coefficients == (INTERCEPT,):  # one effect a row of Σ, as those of the times of a subject
        told = _correlated(term.covariance, f"effects of {term.group}")
        if told is not None:
            return Random(told.group, ((told.column,),), False, "unstructured", told)
    elif term.covariance.over is not None:
        told = _correlated(term.covariance, f"coefficients of {term.group}")
        return Random(group, term.effects, INTERCEPT in term.coefficients, "unstructured", told)
    return Random(group, term.effects, INTERCEPT in term.coefficients, _structure(term))


def _structure(term: RandomTerm) -> Structure:
    tree = term.covariance.tree
    if isinstance(tree, Scaled):
        return "identity"
    inner = tree.factors[-1] if isinstance(tree, Kronecker) else None
    block = inner.definition.explicit() if isinstance(inner, Symbol) and inner.definition is not None else None
    return "diagonal" if block is not None and block.is_diagonal() else "unstructured"


def _merged(terms: Sequence[Random]) -> tuple[Random, ...]:
    """Terms of one group with one coefficient each as one term without covariances: (1 | g) + (0 + x | g)."""
    found: dict[frozenset[str], Random] = {}
    for term in terms:
        key = frozenset(term.group)
        before = found.get(key)
        if before is None or before.correlated or term.correlated:
            found[key if before is None else frozenset({*key, f"{len(found)}"})] = term
        else:
            coefficients = before.coefficients + term.coefficients
            found[key] = Random(before.group, coefficients, before.intercept or term.intercept, "diagonal")
    return tuple(found.values())


def renamed(terms: Terms, names: Mapping[str, str], *, in_calls: bool = False) -> Terms:
    """The same with other names for columns; ``in_calls`` those only that stand in a call, as in log(x)."""
    if not names:
        return terms
    inside = re.compile("|".join(rf"(?<![\w.]){re.escape(name)}(?![\w.])" for name in sorted(names, key=len)[::-1]))

    def label(text: str) -> str:
        if text in terms.columns:
            return text if in_calls else names.get(text, text)
        return inside.sub(lambda found: names[found[0]], text) if "(" in text else text

    def labels(several: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(label, several))

    def correlated(told: Correlated | None) -> Correlated | None:
        if told is None:
            return None
        return replace(told, column=label(told.column), group=labels(told.group), beside=labels(told.beside),
                       variances=correlated(told.variances), times=correlated(told.times))  # fmt: skip

    return replace(
        terms,
        response=label(terms.response),
        fixed=tuple(map(labels, terms.fixed)),
        random=tuple(
            replace(term, group=labels(term.group), coefficients=tuple(map(labels, term.coefficients)),
                    correlated=correlated(term.correlated))
            for term in terms.random
        ),
        classes=labels(terms.classes),
        contrasts=tuple((label(name), contrasts) for name, contrasts in terms.contrasts),
        offset=label(terms.offset),
        residual=correlated(terms.residual),
        columns=labels(terms.columns),
    )  # fmt: skip


def is_over(term: Random, told: Correlated) -> bool:
    """Whether the coefficients are one for each level of the structure's column."""
    return not term.intercept and tuple(bare(name) for effect in term.coefficients for name in effect) == (told.column,)


def is_factor(label: str) -> bool:
    """Whether a label makes a factor of a column: factor(nitro), relevel(f, ref = "b")."""
    return _FACTOR.fullmatch(label) is not None


def bare(label: str) -> str:
    """The column of a label: nitro of factor(nitro), and of relevel(factor(nitro), ref = "0.2")."""
    told = _FACTOR.fullmatch(label)
    return label.strip("`") if told is None else bare(told[1].strip())
